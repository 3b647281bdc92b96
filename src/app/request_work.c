#include "app/request_work.h"

#include "base/json.h"
#include "base/text.h"
#include "domain/archive.h"

enum { NOTE_BYTES = 64 << 10 };

// --- what follows from the facts

// The day the phase changes by itself: when the other side's time is over.
void request_keep(InfoRequest *r, const Clock *clock)
{
    r->received = clock->received;
    r->due = clock->due;
    r->draft_due = clock->draft_due;
    r->phase = clock->phase;
    r->open = clock->phase != PHASE_DONE && clock->phase != PHASE_ENDED;
    r->turn = date_is(clock->waits_until) && !clock->lapsed ? (Date){clock->waits_until.days + 1}
                                                            : date_none;
    Date by = clock->phase == PHASE_CORRECTION || clock->phase == PHASE_FEE ? clock->waits_until
                                                                            : clock->due;
    r->act_by = date_is(by) ? by : (Date){REQUEST_NO_DAY};
}

bool request_compute(App *app, const RequestFacts *facts, const RequestRules *rules, InfoRequest *r,
                     Err *err)
{
    Clock clock;
    if (!clock_compute(facts, &rules->calendar, &rules->settings, app->today, &clock, err))
        return false;
    request_keep(r, &clock);
    return true;
}

Str request_code_normal(Str code, Arena *a)
{
    static const Str open[] = {SI("("), SI("["), SI("【"), SI("{")};
    static const Str close[] = {SI(")"), SI("]"), SI("】"), SI("}")};
    Str s = str_replace(a, text_nfkc(a, str_trim(code)), S(" "), S(""));
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        s = str_replace(a, str_replace(a, s, open[i], S("〔")), close[i], S("〕"));
    return s;
}

// --- the audit

static Str outcome_words(Str id)
{
    Outcome outcome;
    return outcome_named(id, &outcome) ? outcome_defs[outcome].name : id;
}

Str request_summary(const InfoRequest *r, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", r->code);
    json_put_str(&w, "title", r->title);
    json_put_str(&w, "phase", phase_defs[r->phase].name);
    if (r->outcome.n)
        json_put_str(&w, "outcome", outcome_words(r->outcome));
    if (r->handler.n)
        json_put_str(&w, "handler", r->handler_name);
    json_end(&w);
    return buf_str(&b);
}

bool request_note(Act *act, ActKind kind, const RequestWork *work, Arena *a, Err *err)
{
    const InfoRequest *r = &work->request;
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("request"),
                               .noun_id = r->id.n,
                               .version = r->version,
                               .organ = r->organ,
                               .was = work->was,
                               .became = request_summary(r, a)},
                    err);
}

// --- in hand

bool request_load(App *app, RequestId id, int64_t version, Arena *a, RequestWork *out, Err *err)
{
    RequestRules rules;
    return app_request_rules(app, a, &rules, err) &&
           request_load_under(app, id, version, &rules, a, out, err);
}

bool request_load_under(App *app, RequestId id, int64_t version, const RequestRules *rules,
                        Arena *a, RequestWork *out, Err *err)
{
    if (!store_request_get(app->db, &app->scope, id, a, &out->request, err) ||
        !store_request_facts(app->db, app->site, id, a, &out->stored, err))
        return false;
    out->rules = *rules;
    if (!out->request.open && date_is(out->request.ended))
        request_rules_on(&out->rules, out->request.ended);
    out->facts = facts_standing(&out->stored, a);
    out->was = request_summary(&out->request, a);
    if (version && out->request.version != version)
        return fail(err, ERR_BUSY, NULL, "这件申请刚被别人改过，请看过现在的内容再提交",
                    "somebody else has changed this request; look at it again");
    return true;
}

static int64_t fact_number(const StoredFacts *stored)
{
    int64_t last = 0;
    for (size_t i = 0; i < stored->n; i++)
        last = stored->v[i].fact.id > last ? stored->v[i].fact.id : last;
    return last + 1;
}

bool request_by_hand(FactKind kind, Err *err)
{
    return !step_rules[kind].signed_first ||
           fail(err, ERR_RULE, NULL, "“" PRI_STR "”要先有签发的决定，请在决定单上办理",
                "“" PRI_STR "” follows a signed decision; see the decision sheet",
                STR_ARG(request_fact_defs[kind].name));
}

bool request_ends(FactKind kind)
{
    return kind == FACT_ANSWERED || kind == FACT_WITHDRAWN || kind == FACT_CLOSED;
}

static void ended_by(InfoRequest *r, const RequestStep *step)
{
    if (!request_ends(step->fact.kind))
        return;
    r->ended = step->fact.on;
    r->outcome = step->fact.kind == FACT_WITHDRAWN ? outcome_defs[OUTCOME_WITHDRAWN].id
                                                   : outcome_defs[step->outcome].id;
}

bool request_save(App *app, RequestWork *work, Err *err)
{
    return archive_change_may(work->request.archived_at != 0, err) &&
           store_request_save(app->db, &app->scope, &work->request, err);
}

bool request_take(App *app, RequestWork *work, const RequestStep *step, Arena *a, Err *err)
{
    RequestFacts next;
    StoredFact f = {.fact = step->fact,
                    .whom = step->whom,
                    .note = step->note,
                    .recorded_at = app->now,
                    .person = app->actor.person};
    f.fact.id = fact_number(&work->stored);
    if (!archive_change_may(work->request.archived_at != 0, err) ||
        !request_decide(&work->facts, &f.fact, &work->rules.calendar, &work->rules.settings,
                        app->today, a, &next, err))
        return false;
    ended_by(&work->request, step);
    work->facts = next;
    *PUSH(a, &work->stored) = f;
    return request_compute(app, &next, &work->rules, &work->request, err) &&
           store_request_fact_add(app->db, app->site, work->request.id, &f, err) &&
           request_save(app, work, err);
}

static bool is_among(const int64_t *facts, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (facts[i] == id)
            return true;
    return false;
}

// Whether the rules allow what is left: built up again from the first.
static bool without(App *app, const RequestWork *w, const int64_t *facts, size_t n, Arena *a,
                    RequestFacts *out, Err *err)
{
    RequestFacts left = {0};
    for (size_t i = 0; i < w->facts.n; i++) {
        const RequestFact *f = &w->facts.v[i];
        if (is_among(facts, n, f->id))
            continue;
        if (left.n == 0)
            *PUSH(a, &left) = *f;
        else if (!request_decide(&left, f, &w->rules.calendar, &w->rules.settings, app->today, a,
                                 &left, err))
            return false;
    }
    *out = left;
    return true;
}

static void strike_noted(RequestWork *w, int64_t fact, Str reason, Date today, Arena *a)
{
    InfoRequest *r = &w->request;
    for (size_t i = 0; i < w->facts.n; i++)
        if (w->facts.v[i].id == fact && request_ends(w->facts.v[i].kind)) {
            r->ended = date_none;
            r->outcome = S("");
            request_rules_on(&w->rules, today);
        }
    r->note = str_cat(a, r->note,
                      str_fmt(a, "撤销第%lld步：" PRI_STR "\n", (long long)fact, STR_ARG(reason)));
}

bool request_untake(App *app, RequestWork *work, const int64_t *facts, size_t n, Str reason,
                    Arena *a, Err *err)
{
    RequestFacts left;
    for (size_t i = 0; i < n; i++)
        strike_noted(work, facts[i], reason, app->today, a);
    if (!without(app, work, facts, n, a, &left, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!store_request_fact_strike(app->db, app->site, work->request.id, facts[i], app->now,
                                       err))
            return false;
    work->facts = left;
    return request_compute(app, &left, &work->rules, &work->request, err) &&
           request_save(app, work, err);
}

#include "app/remedy.h"

#include "app/act.h"
#include "base/json.h"
#include "store/organ.h"

enum { NOTE_BYTES = 16 << 10, FIGURE_CASES = 20000, DAYS_MOST = 1000, CASES_OF_ONE = 200 };

// --- in hand

typedef struct RemedyWork {
    RemedyCase c;
    StoredRemedyFacts stored;
    RemedyFacts facts; // those that stand
    Calendar calendar;
    RemedySettings settings;
    Str was;
} RemedyWork;

static Str summary(const RemedyCase *c, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "title", c->title);
    json_put_str(&w, "remedy_kind", remedy_kinds[c->kind].name);
    json_put_str(&w, "remedy_forum", c->forum);
    json_put_str(&w, "remedy_number", c->number);
    json_put_str(&w, "phase", remedy_phases[c->phase].name);
    if (c->decided)
        json_put_str(&w, "remedy_result", remedy_results[c->result].name);
    json_end(&w);
    return buf_str(&b);
}

static bool note(Act *act, ActKind kind, const RemedyWork *w, Arena *a, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("remedy"),
                               .noun_id = w->c.id.n,
                               .version = w->c.version,
                               .organ = w->c.organ,
                               .was = w->was,
                               .became = summary(&w->c, a)},
                    err);
}

static bool rules(App *app, Arena *a, RemedyWork *w, Err *err)
{
    RequestRules r;
    RemedySettingRows rows;
    if (!app_request_rules(app, a, &r, err) ||
        !store_remedy_settings(app->db, app->site, &rows, err))
        return false;
    w->calendar = r.calendar;
    w->settings = rows.settings;
    return true;
}

static bool load(App *app, RemedyId id, int64_t version, Arena *a, RemedyWork *out, Err *err)
{
    *out = (RemedyWork){0};
    if (!store_remedy_get(app->db, &app->scope, id, a, &out->c, err) ||
        !store_remedy_facts(app->db, app->site, id, a, &out->stored, err) ||
        !rules(app, a, out, err))
        return false;
    out->facts = remedy_standing(&out->stored, a);
    out->was = summary(&out->c, a);
    if (version && version != out->c.version)
        return fail(err, ERR_BUSY, NULL, "这件案件刚被别人改过，请看过现在的内容再提交",
                    "somebody else has changed this case; look at it again");
    return true;
}

// Who has it now, and under which number: the last that was said since the stage began.
static void forum_of(const StoredRemedyFacts *stored, RemedyCase *c)
{
    c->forum = c->number = S("");
    for (size_t i = 0; i < stored->n; i++) {
        const StoredRemedyFact *f = &stored->v[i];
        if (f->struck_at)
            continue;
        if (f->fact.kind == RF_APPEALED || f->fact.kind == RF_RETRIED)
            c->forum = c->number = S("");
        c->forum = f->forum.n ? f->forum : c->forum;
        c->number = f->number.n ? f->number : c->number;
    }
}

static bool compute(App *app, RemedyWork *w, Err *err)
{
    RemedyState s;
    if (!remedy_compute(w->c.kind, &w->facts, &w->calendar, &w->settings, app->today, &s, err))
        return false;
    w->c.filed = s.filed;
    w->c.phase = s.phase;
    w->c.stage = s.stage;
    w->c.decided = s.decided;
    w->c.result = s.result;
    w->c.closed = s.closed;
    w->c.answer_by = s.answer_by;
    w->c.redo_by = s.redo_by;
    forum_of(&w->stored, &w->c);
    return true;
}

// By day, then number: as the store gives them.
static void place(StoredRemedyFacts *stored, const StoredRemedyFact *fact, Arena *a)
{
    size_t at = stored->n;
    PUSH(a, stored);
    while (at > 0 && stored->v[at - 1].fact.on.days > fact->fact.on.days) {
        stored->v[at] = stored->v[at - 1];
        at--;
    }
    stored->v[at] = *fact;
}

// --- opening

static bool says_enough(const RemedyNew *n, const App *app, Err *err)
{
    if (!n->title.n || !n->applicant.n)
        return fail(err, ERR_INPUT, NULL, "请填写案由和申请人、原告",
                    "what it is about, or who has brought it, is missing");
    return (date_is(n->filed) && n->filed.days <= app->today.days) ||
           fail(err, ERR_INPUT, NULL, "提出的日期应当是今天或者以前的一天",
                "the day it was filed is today or before");
}

// Whose act it is about, and what is known of it.
static bool organ_of(App *app, const RemedyNew *n, Arena *a, RemedyCase *c, Err *err)
{
    InfoRequest request;
    Organ organ;
    c->organ = n->organ;
    if (n->request.n) {
        if (!store_request_get(app->db, &app->scope, n->request, a, &request, err))
            return false;
        c->organ = request.organ;
    }
    return store_organ_get(app->db, &app->scope, c->organ, a, &organ, err);
}

static bool review_fits(App *app, const RemedyNew *n, Arena *a, Err *err)
{
    RemedyCase review;
    if (!n->after.n)
        return true;
    if (!store_remedy_get(app->db, &app->scope, n->after, a, &review, err))
        return false;
    return (n->kind == CASE_SUIT_AFTER && review.kind == CASE_REVIEW && review.decided) ||
           fail(err, ERR_RULE, NULL, "复议案件还没有结果，不能登记复议后的诉讼",
                "the review has not been decided, so no suit can follow it");
}

bool app_remedy_open(App *app, const RemedyNew *n, Arena *a, RemedyId *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RemedyWork w = {.c = {.request = n->request,
                          .kind = n->kind,
                          .about = n->about,
                          .after = n->after,
                          .title = n->title,
                          .applicant = n->applicant,
                          .note = n->note,
                          .created_at = app->now}};
    StoredRemedyFact filed = {
        .fact = {.id = 1, .kind = RF_FILED, .on = n->filed, .until = date_none},
        .forum = n->forum,
        .number = n->number,
        .recorded_at = app->now};
    place(&w.stored, &filed, a);
    w.facts = remedy_standing(&w.stored, a);
    if (!says_enough(n, app, err) || !act_begin(app, &act, err) ||
        !organ_of(app, n, a, &w.c, err) || !review_fits(app, n, a, err) ||
        !rules(app, a, &w, err) || !compute(app, &w, err) ||
        !store_remedy_add(app->db, app->site, &w.c, err) ||
        !store_remedy_fact_add(app->db, app->site, w.c.id, &filed, app->actor.person, err) ||
        !note(&act, ACT_REMEDY_OPEN, &w, a, err) || !act_commit(&act, err))
        return false;
    *out = w.c.id;
    return true;
}

// --- steps

static Str result_id(const RemedyStep *step)
{
    return step->kind == RF_DECIDED  ? remedy_results[step->result].id
           : step->kind == RF_REDONE ? outcome_defs[step->outcome].id
                                     : S("");
}

// Within an act, of a case in hand.
static bool step_take(Act *act, RemedyWork *w, const RemedyStep *step, Arena *a, Err *err)
{
    App *app = act->app;
    StoredRemedyFact f = {.fact = {.id = (int64_t)w->stored.n + 1,
                                   .kind = step->kind,
                                   .on = step->on,
                                   .until = step->until,
                                   .result = step->result},
                          .result = result_id(step),
                          .forum = step->forum,
                          .number = step->number,
                          .document = step->document,
                          .note = step->note,
                          .recorded_at = app->now};
    RemedyFacts next;
    if (!remedy_decide(w->c.kind, &w->facts, &f.fact, app->today, a, &next, err))
        return false;
    place(&w->stored, &f, a);
    w->facts = next;
    return compute(app, w, err) &&
           store_remedy_fact_add(app->db, app->site, w->c.id, &f, app->actor.person, err) &&
           store_remedy_save(app->db, &app->scope, &w->c, err) &&
           note(act, ACT_REMEDY_STEP, w, a, err);
}

// A new reply to a request that is here leaves by its decision sheet, which records it. By hand it
// is recorded where the request was answered after the order without one: with others, or on paper.
static bool redone_by_hand(App *app, const RemedyWork *w, const RemedyStep *step, Arena *a,
                           Err *err)
{
    InfoRequest r;
    if (step->kind != RF_REDONE || !w->c.request.n || w->c.phase != RP_REDO)
        return true;
    if (!store_request_get(app->db, &app->scope, w->c.request, a, &r, err))
        return false;
    return (date_is(r.ended) && r.ended.days >= w->c.closed.days) ||
           fail(err, ERR_RULE, NULL,
                "这件申请（" PRI_STR "）的重新答复请在它的决定单上办理；发出的时候，这一步自动登记",
                "the new reply to " PRI_STR
                " is made on its decision sheet; sending it records this step",
                STR_ARG(r.code));
}

bool app_remedy_step(App *app, const RemedyStep *step, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RemedyWork w;
    return act_begin(app, &act, err) && load(app, step->id, step->version, a, &w, err) &&
           redone_by_hand(app, &w, step, a, err) && step_take(&act, &w, step, a, err) &&
           act_commit(&act, err);
}

bool remedy_redone(Act *act, const RedoneSay *say, Arena *a, Err *err)
{
    App *app = act->app;
    RemedyCases waiting;
    if (!store_remedy_waiting(app->db, app->site, say->request, a, &waiting, err))
        return false;
    for (size_t i = 0; i < waiting.n; i++) {
        const RemedyCase *c = &waiting.v[i];
        RemedyWork w;
        RemedyStep step = {.id = c->id,
                           .kind = RF_REDONE,
                           .on = say->on,
                           .until = date_none,
                           .outcome = say->outcome,
                           .document = say->document};
        bool meant = say->only.n ? say->only.n == c->id.n : c->closed.days <= say->on.days;
        if (meant && (!load(app, c->id, 0, a, &w, err) || !step_take(act, &w, &step, a, err)))
            return false;
    }
    return true;
}

static StoredRemedyFact *stored_at(StoredRemedyFacts *stored, int64_t fact)
{
    for (size_t i = 0; i < stored->n; i++)
        if (stored->v[i].fact.id == fact && !stored->v[i].struck_at)
            return &stored->v[i];
    return NULL;
}

static bool strike(Act *act, RemedyWork *w, StoredRemedyFact *f, Str why, Arena *a, Err *err)
{
    App *app = act->app;
    f->struck_at = app->now;
    w->facts = remedy_standing(&w->stored, a);
    return remedy_history_ok(w->c.kind, &w->facts, err) && compute(app, w, err) &&
           store_remedy_fact_strike(app->db, app->site, w->c.id, f->fact.id, why, app->now, err) &&
           store_remedy_save(app->db, &app->scope, &w->c, err) &&
           note(act, ACT_REMEDY_STRIKE, w, a, err);
}

// What a reply recorded by its sending is taken back with it, in the request.
static bool stands_by_itself(App *app, const RemedyWork *w, const StoredRemedyFact *f, Arena *a,
                             Err *err)
{
    StoredFacts facts;
    if (f->fact.kind != RF_REDONE || !w->c.request.n)
        return true;
    if (!store_request_facts(app->db, app->site, w->c.request, a, &facts, err))
        return false;
    for (size_t i = 0; i < facts.n; i++)
        if (facts.v[i].fact.kind == FACT_REDONE && !facts.v[i].struck_at &&
            str_eq(facts.v[i].fact.document, f->document))
            return fail(err, ERR_RULE, NULL,
                        "这一步随重新答复的发出登记；请在申请的经过里撤销“重新答复”，这里一并撤销",
                        "this step was recorded by sending the new reply; take that back");
    return true;
}

bool app_remedy_strike(App *app, RemedyId id, int64_t version, int64_t fact, Str why, Arena *a,
                       Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RemedyWork w;
    if (!why.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么撤销这一步",
                    "say why this step is taken back");
    if (!act_begin(app, &act, err) || !load(app, id, version, a, &w, err))
        return false;
    StoredRemedyFact *f = stored_at(&w.stored, fact);
    if (!f || f->fact.kind == RF_FILED)
        return fail(err, ERR_RULE, NULL, "没有可以撤销的这一步",
                    "there is no such step to take back");
    return stands_by_itself(app, &w, f, a, err) && strike(&act, &w, f, why, a, err) &&
           act_commit(&act, err);
}

static StoredRemedyFact *redone_with(StoredRemedyFacts *stored, Str document)
{
    for (size_t i = stored->n; i-- > 0;)
        if (stored->v[i].fact.kind == RF_REDONE && !stored->v[i].struck_at &&
            str_eq(stored->v[i].document, document))
            return &stored->v[i];
    return NULL;
}

bool remedy_unredone(Act *act, RequestId request, Str document, Str why, Arena *a, Err *err)
{
    App *app = act->app;
    RemedyCases cases;
    RemedyAskList ask = {.from = date_none,
                         .to = date_none,
                         .any_kind = true,
                         .request = request,
                         .closed_from = date_none,
                         .limit = CASES_OF_ONE};
    if (!document.n)
        return true;
    if (!store_remedy_list(app->db, &app->scope, &ask, a, &cases, err))
        return false;
    for (size_t i = 0; i < cases.n; i++) {
        RemedyWork w;
        if (!load(app, cases.v[i].id, 0, a, &w, err))
            return false;
        StoredRemedyFact *f = redone_with(&w.stored, document);
        if (f && !strike(act, &w, f, why, a, err))
            return false;
    }
    return true;
}

// --- reading

static Date fact_day(const StoredFacts *facts, FactKind kind)
{
    for (size_t i = facts->n; i-- > 0;)
        if (facts->v[i].fact.kind == kind && !facts->v[i].struck_at)
            return facts->v[i].fact.on;
    return date_none;
}

// From when the applicant knows: the answer arrived or went out, the request was closed, or the day
// it was due is over.
static bool told_first(const InfoRequest *r, const StoredFacts *facts, Date today, RemedyAsk *out)
{
    Date delivered = fact_day(facts, FACT_DELIVERED);
    *out = (RemedyAsk){.about = ABOUT_ANSWER, .told = date_is(delivered) ? delivered : r->ended};
    if (date_is(r->ended))
        return outcome_named(r->outcome, &out->outcome);
    out->about = ABOUT_INACTION;
    out->told = r->due;
    return date_is(r->due) && r->due.days < today.days;
}

// Of the reply that stood on `day`: one made anew takes the place of the one before it.
static bool told_of(App *app, const InfoRequest *r, const StoredFacts *stored, Date day, Arena *a,
                    RemedyAsk *out, bool *told, Err *err)
{
    DecisionHeads heads;
    RequestFacts facts = facts_standing(stored, a);
    if (!store_decision_heads(app->db, app->site, r->id, a, &heads, err))
        return false;
    const DecisionHead *last = decision_last_out(&heads, &facts, day);
    if (!last || !last->remedy)
        return *told = told_first(r, stored, app->today, out), true;
    Date arrived = decision_arrived_on(last->nth, &facts);
    *out = (RemedyAsk){.about = ABOUT_ANSWER,
                       .outcome = last->outcome,
                       .told = date_is(arrived) ? arrived : decision_sent_on(last->nth, &facts)};
    *told = last->chosen;
    return true;
}

bool remedy_days_of(App *app, const RequestFile *file, Arena *a, RemedyDays *out, Err *err)
{
    RemedyAsk ask;
    bool told = false;
    if (!told_of(app, &file->request, &file->facts, app->today, a, &ask, &told, err))
        return false;
    if (!told)
        return *out = (RemedyDays){0}, true;
    return remedy_calendar(&ask, &file->rules.calendar, a, out, err);
}

bool app_remedy_calendar(App *app, RequestId request, Arena *a, RemedyDays *out, Err *err)
{
    RequestFile file;
    return app_request_get(app, request, a, &file, err) && remedy_days_of(app, &file, a, out, err);
}

static Date served_of(App *app, RemedyId review, Arena *a)
{
    StoredRemedyFacts facts;
    Err unread;
    if (!review.n || !store_remedy_facts(app->db, app->site, review, a, &facts, &unread))
        return date_none;
    for (size_t i = facts.n; i-- > 0;)
        if (facts.v[i].fact.kind == RF_SERVED && !facts.v[i].struck_at)
            return facts.v[i].fact.on;
    return date_none;
}

static bool hints_read(App *app, const RemedyWork *w, RemedyFile *f, Arena *a, Err *err)
{
    StoredFacts facts = {0};
    RemedyAsk ask = {.told = date_none};
    bool told = false;
    RemedyScene scene = {.kind = w->c.kind,
                         .about = w->c.about,
                         .told = date_none,
                         .filed = w->c.filed,
                         .review_served = served_of(app, w->c.after, a)};
    if (w->c.request.n) {
        if (!store_request_get(app->db, &app->scope, w->c.request, a, &f->request, err) ||
            !store_request_facts(app->db, app->site, w->c.request, a, &facts, err) ||
            !told_of(app, &f->request, &facts, w->c.filed, a, &ask, &told, err))
            return false;
        f->has_request = true;
        if (told) {
            f->told = scene.told = ask.told;
            scene.has_outcome = ask.about == ABOUT_ANSWER;
            scene.outcome = ask.outcome;
        }
    }
    return remedy_hints(&scene, &w->calendar, a, &f->hints, err);
}

bool app_remedy_get(App *app, RemedyId id, Arena *a, RemedyFile *out, Err *err)
{
    RemedyWork w;
    RemedyFile f = {.told = date_none};
    if (!load(app, id, 0, a, &w, err) ||
        !remedy_compute(w.c.kind, &w.facts, &w.calendar, &w.settings, app->today, &f.state, err) ||
        !hints_read(app, &w, &f, a, err))
        return false;
    f.c = w.c;
    f.facts = w.stored;
    for (int k = 0; k < RF__COUNT; k++)
        f.may[k] = remedy_may(w.c.kind, &w.facts, (RemedyFactKind)k, app->today, a);
    *out = f;
    return true;
}

// --- table four

static bool period_ok(Date from, Date to, Err *err)
{
    return (date_is(from) && date_is(to) && from.days <= to.days) ||
           fail(err, ERR_INPUT, NULL, "期间的结束日期应当不早于开始日期",
                "a period ends on or after the day it begins");
}

typedef struct Counted {
    RemedyCase c;
    T4Column column;
} Counted;

typedef struct CountedCases {
    Counted *v;
    size_t n, cap;
} CountedCases;

// What was filed by the end and not closed before the beginning; then each as it stood at the end.
static bool counted(App *app, Date from, Date to, Arena *a, CountedCases *out, Err *err)
{
    RemedyAskList ask = {
        .from = date_none, .to = to, .any_kind = true, .closed_from = from, .limit = FIGURE_CASES};
    RemedyCases found;
    if (!period_ok(from, to, err) || !store_remedy_list(app->db, &app->scope, &ask, a, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++) {
        StoredRemedyFacts stored;
        T4Column column;
        if (!store_remedy_facts(app->db, app->site, found.v[i].id, a, &stored, err))
            return false;
        RemedyFacts facts = remedy_standing(&stored, a);
        if (remedy_column(found.v[i].kind, &facts, from, to, &column))
            *PUSH(a, out) = (Counted){found.v[i], column};
    }
    return true;
}

bool app_remedy_figures(App *app, Date from, Date to, Arena *a, RemedyFigures *out, Err *err)
{
    CountedCases cases = {0};
    RemedyFigures figures = {0};
    if (!counted(app, from, to, a, &cases, err))
        return false;
    for (size_t i = 0; i < cases.n; i++)
        figures.n[cases.v[i].c.kind][cases.v[i].column]++;
    *out = figures;
    return true;
}

bool app_remedy_figure_list(App *app, Date from, Date to, RemedyKind kind, bool any_column,
                            T4Column column, Arena *a, RemedyCases *out, Err *err)
{
    CountedCases cases = {0};
    RemedyCases kept = {0};
    if (!counted(app, from, to, a, &cases, err))
        return false;
    for (size_t i = 0; i < cases.n; i++)
        if (cases.v[i].c.kind == kind && (any_column || cases.v[i].column == column))
            *PUSH(a, &kept) = cases.v[i].c;
    *out = kept;
    return true;
}

// --- settings

bool app_remedy_settings(App *app, RemedySettingRows *out, Err *err)
{
    return store_remedy_settings(app->db, app->site, out, err);
}

static Str settings_summary(const RemedySettings *s, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    for (int i = 0; i < SETTING__COUNT; i++)
        json_put_int(&w, remedy_setting_defs[i].id.s, s->n[i]);
    json_end(&w);
    return buf_str(&b);
}

static bool settings_ok(const RemedySettings *s, Err *err)
{
    for (int i = 0; i < SETTING__COUNT; i++)
        if (s->n[i] < (i == SETTING_CORRECTION_TARGET ? 0 : 1) || s->n[i] > DAYS_MOST)
            return fail(err, ERR_INPUT, NULL, "“" PRI_STR "”应在1到%d之间",
                        "“" PRI_STR "” goes from 1 to %d", STR_ARG(remedy_setting_defs[i].name),
                        DAYS_MOST);
    return true;
}

bool app_remedy_settings_save(App *app, const RemedySettings *settings, int64_t version, Arena *a,
                              Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RemedySettingRows was;
    if (!settings_ok(settings, err) || !act_begin(app, &act, err) ||
        !store_remedy_settings(app->db, app->site, &was, err))
        return false;
    if (version != was.version)
        return fail(err, ERR_BUSY, NULL, "设置刚被别人改过，请看过现在的内容再提交",
                    "somebody else has changed the settings; look at them again");
    for (int i = 0; i < SETTING__COUNT; i++)
        if (settings->n[i] != was.settings.n[i] &&
            !store_remedy_setting_save(app->db, app->site, (RemedySettingId)i, settings->n[i], err))
            return false;
    ActNote line = {.kind = ACT_REMEDY_SETTINGS,
                    .noun = S("site"),
                    .noun_id = app->site.n,
                    .was = settings_summary(&was.settings, a),
                    .became = settings_summary(settings, a)};
    return act_note(&act, &line, err) && act_commit(&act, err);
}

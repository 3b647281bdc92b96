#include "web/page_api.h"

#include "app/key.h"
#include "app/request.h"
#include "app/request_figures.h"
#include "store/audit.h"
#include "store/register.h"
#include "web/api.h"
#include "web/page_common.h"

enum { BODY_BYTES = 8 << 20, FIELDS_MAX = 24, LIMIT = 50, SOON_WORKDAYS = 5, ONCE_LETTERS = 100 };

static void put_day(JsonOut *j, const char *key, Date d, Arena *a)
{
    json_key(j, str_z(key));
    if (date_is(d))
        json_str(j, date_iso(a, d));
    else
        json_null(j);
}

static void put_optional(JsonOut *j, const char *key, Str s)
{
    json_key(j, str_z(key));
    if (s.n)
        json_str(j, s);
    else
        json_null(j);
}

// Texts are made beside the buffer, which grows at the end of its own arena.
static void put_request(JsonOut *j, const InfoRequest *r, Arena scratch)
{
    Outcome o;
    json_object(j);
    json_put_int(j, "id", r->id.n);
    json_put_str(j, "code", r->code);
    json_put_str(j, "organ", r->organ_name);
    json_put_str(j, "title", r->title);
    json_put_str(j, "phase", phase_defs[r->phase].id);
    json_put_bool(j, "open", r->open);
    put_optional(j, "outcome", outcome_named(r->outcome, &o) ? r->outcome : S(""));
    json_put_str(j, "channel", channel_defs[r->channel].id);
    json_put_str(j, "kind", applicant_defs[r->applicant_kind].id);
    put_optional(j, "handler", r->handler_name);
    put_day(j, "filed", r->filed, &scratch);
    put_day(j, "received", r->received, &scratch);
    put_day(j, "draft_due", r->draft_due, &scratch);
    put_day(j, "due", r->due, &scratch);
    put_day(j, "ended", r->ended, &scratch);
    json_put_int(j, "units", r->n_units);
    json_put_bool(j, "archived", r->archived_at != 0);
    json_put_int(j, "version", r->version);
    json_end(j);
}

// --- lists

enum {
    Q_TAB,
    Q_TEXT,
    Q_PHASE,
    Q_OUTCOME,
    Q_CHANNEL,
    Q_KIND,
    Q_DAY,
    Q_FROM,
    Q_TO,
    Q_LATE,
    Q_SORT,
    Q_CURSOR,
    Q_LIMIT
};

static int word_at(const ApiField *f, Str s)
{
    for (int i = 0; s.n && f->word(i).n; i++)
        if (str_eq(f->word(i), s))
            return i;
    return -1;
}

static Date day_of(Str s)
{
    Date d;
    return date_parse(s, &d) ? d : date_none;
}

// "<key>.<number>" of the last row.
static bool cursor_read(Str s, RegisterAsk *ask, Err *err)
{
    Str key, id;
    if (!s.n)
        return true;
    return (str_cut(s, S("."), &key, &id) && str_to_int(key, &ask->after_key) &&
            str_to_int(id, &ask->after.n) && ask->after.n > 0) ||
           fail(err, ERR_INPUT, NULL, "cursor应当是上一页给出的next",
                "the cursor is not one that a page gave");
}

static bool ask_of(Request *r, RegisterAsk *out, Err *err)
{
    static const RequestTab tabs[] = {REQUESTS_OPEN,    REQUESTS_DUE_SOON, REQUESTS_WAITING,
                                      REQUESTS_OVERDUE, REQUESTS_ENDED,    REQUESTS_ALL};
    const ApiField *fields = api_fields_of("/api/v1/requests", METHOD_GET, true);
    Str q[FIELDS_MAX];
    RequestRules rules;
    Term soon;
    App *app = app_of(r);
    if (!api_query(r, fields, q, err) || !app_request_rules(app, r->a, &rules, err) ||
        !calendar_due(&rules.calendar, app->today, SOON_WORKDAYS, &soon, err))
        return false;
    int tab = word_at(&fields[Q_TAB], q[Q_TAB]), day = word_at(&fields[Q_DAY], q[Q_DAY]);
    int sort = word_at(&fields[Q_SORT], q[Q_SORT]);
    RegisterAsk ask = {.filter = {.tab = tabs[tab < 0 ? 0 : tab],
                                  .today = app->today,
                                  .soon = soon.due,
                                  .text = q[Q_TEXT],
                                  .phase = q[Q_PHASE],
                                  .outcome = q[Q_OUTCOME],
                                  .channel = q[Q_CHANNEL],
                                  .kind = q[Q_KIND],
                                  .from = day_of(q[Q_FROM]),
                                  .to = day_of(q[Q_TO]),
                                  .late = str_eq(q[Q_LATE], S("true"))},
                       .sort = sort < 0 ? SORT_DUE : (RegisterSort)sort,
                       .limit = LIMIT};
    if (date_is(ask.filter.from) || date_is(ask.filter.to))
        ask.filter.day = day < 0 ? BY_RECEIVED : (RegisterDay)(BY_FILED + day);
    if (q[Q_LIMIT].n)
        str_to_int(q[Q_LIMIT], &ask.limit);
    if (ask.limit < 1)
        return fail(err, ERR_INPUT, NULL, "limit应当至少是1", "limit is at least 1");
    *out = ask;
    return cursor_read(q[Q_CURSOR], out, err);
}

bool page_api_requests(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RegisterAsk ask = {0};
    InfoRequests found;
    CLEANUP(arena_end) Arena scratch = arena_new(4 << 20);
    if (!ask_of(r, &ask, err))
        return false;
    int64_t limit = ask.limit++;
    if (!store_register_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_key(&j, S("requests"));
    json_array(&j);
    for (size_t i = 0; i < found.n && (int64_t)i < limit; i++)
        put_request(&j, &found.v[i], scratch);
    json_end(&j);
    const InfoRequest *last = (int64_t)found.n > limit ? &found.v[limit - 1] : NULL;
    put_optional(&j, "next",
                 last ? str_fmt(&scratch, "%lld.%lld", (long long)register_key(ask.sort, last),
                                (long long)last->id.n)
                      : S(""));
    json_end(&j);
    return api_answer(w, &j);
}

// --- one

static bool id_of(const Request *r, RequestId *out, Err *err)
{
    return (str_to_int(request_param(r, "id"), &out->n) && out->n > 0) ||
           fail(err, ERR_MISSING, NULL, "没有这件申请", "no such request");
}

bool page_api_request(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RequestId id;
    InfoRequest q;
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    if (!id_of(r, &id, err) || !store_request_get(app->db, &app->scope, id, r->a, &q, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    put_request(&j, &q, scratch);
    return api_answer(w, &j);
}

static void put_fact(JsonOut *j, const StoredFact *f, Arena scratch)
{
    json_object(j);
    json_put_int(j, "id", f->fact.id);
    json_put_str(j, "kind", request_fact_defs[f->fact.kind].id);
    json_put_str(j, "name", request_fact_defs[f->fact.kind].name);
    put_day(j, "on", f->fact.on, &scratch);
    json_put_int(j, "workdays", f->fact.workdays);
    put_day(j, "until", f->fact.until, &scratch);
    json_put_int(j, "about", f->fact.about);
    json_put_str(j, "document", f->fact.document);
    json_put_bool(j, "struck", f->struck_at != 0);
    json_end(j);
}

static bool answer_facts(Request *r, Response *w, RequestId id, Err *err)
{
    App *app = app_of(r);
    InfoRequest q;
    StoredFacts facts;
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    if (!store_request_get(app->db, &app->scope, id, r->a, &q, err) ||
        !store_request_facts(app->db, app->site, id, r->a, &facts, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_key(&j, S("facts"));
    json_array(&j);
    for (size_t i = 0; i < facts.n; i++)
        put_fact(&j, &facts.v[i], scratch);
    json_end(&j);
    json_put_int(&j, "version", q.version);
    json_end(&j);
    return api_answer(w, &j);
}

bool page_api_facts(Request *r, Response *w, Err *err)
{
    RequestId id;
    return id_of(r, &id, err) && answer_facts(r, w, id, err);
}

static Str ledger_kind(LedgerKind kind)
{
    static const Str names[] = {
        [LEDGER_START] = SI("start"), [LEDGER_COUNT] = SI("count"), [LEDGER_OFF] = SI("off"),
        [LEDGER_PAUSE] = SI("pause"), [LEDGER_AGAIN] = SI("again"), [LEDGER_EXTEND] = SI("extend"),
        [LEDGER_DUE] = SI("due"),
    };
    return names[kind];
}

static void put_line(JsonOut *j, const LedgerLine *l, Arena scratch)
{
    json_object(j);
    json_put_str(j, "kind", ledger_kind(l->kind));
    put_day(j, "from", l->from, &scratch);
    put_day(j, "to", date_is(l->to) ? l->to : l->from, &scratch);
    json_put_int(j, "days", l->days);
    json_put_int(j, "total", l->total);
    json_put_str(j, "words", l->words);
    json_put_str(j, "source", l->source);
    json_put_int(j, "fact", l->fact);
    json_end(j);
}

bool page_api_ledger(Request *r, Response *w, Err *err)
{
    RequestId id;
    RequestFile file;
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    if (!id_of(r, &id, err) || !app_request_get(app_of(r), id, r->a, &file, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    put_day(&j, "due", file.clock.due, &scratch);
    json_put_int(&j, "term", file.clock.term);
    json_put_int(&j, "used", file.clock.used);
    json_put_int(&j, "left", file.clock.left);
    json_put_bool(&j, "paused", file.clock.paused);
    json_put_bool(&j, "overdue", file.clock.overdue);
    json_put_bool(&j, "provisional", file.clock.provisional);
    json_key(&j, S("lines"));
    json_array(&j);
    for (size_t i = 0; i < file.ledger.n; i++)
        put_line(&j, &file.ledger.v[i], scratch);
    json_end(&j);
    json_end(&j);
    return api_answer(w, &j);
}

// --- writing

static bool once_wanted(const Request *r, Err *err)
{
    return (r->idempotency.n && r->idempotency.n <= ONCE_LETTERS) ||
           fail(err, ERR_INPUT, NULL, "请在Idempotency-Key里给出一个不重复的值，最长%d个字节",
                "send an Idempotency-Key of your own, at most %d bytes", ONCE_LETTERS);
}

// The code the applicant asks with follows from the sender's key, so that sending again tells it
// again; without the site's key nobody can make it.
static bool query_code(Request *r, Str *out, Err *err)
{
    Key key;
    unsigned char mac[SHA256_BYTES];
    if (!app_key(app_of(r), KEY_FORMS, &key, err))
        return false;
    crypt_mac(&key, str_cat(r->a, S("query code "), app_of(r)->once), mac);
    crypt_wipe(&key, sizeof key);
    *out = crypt_hex(r->a, (Str){(const char *)mac, 5});
    return true;
}

enum {
    F_CHANNEL,
    F_FILED,
    F_TITLE,
    F_DESCRIPTION,
    F_FORM,
    F_WAY,
    F_KIND,
    F_NAME,
    F_ID_KIND,
    F_ID_NUMBER,
    F_PHONE,
    F_EMAIL,
    F_ADDRESS,
    F_POSTCODE,
    F_REPRESENTATIVE,
    F_CONTACT
};

static NewRequest new_of(const Request *r, const Str *f)
{
    return (NewRequest){.organ = r->viewer->organ,
                        .channel = request_channel(f[F_CHANNEL]),
                        .filed = day_of(f[F_FILED]),
                        .title = f[F_TITLE],
                        .description = f[F_DESCRIPTION],
                        .form = f[F_FORM].n ? f[F_FORM] : S("electronic"),
                        .way = f[F_WAY].n ? f[F_WAY] : S("platform"),
                        .kind = request_applicant(f[F_KIND]),
                        .name = f[F_NAME],
                        .applicant = {.id_kind = f[F_ID_KIND],
                                      .id_number = f[F_ID_NUMBER],
                                      .phone = f[F_PHONE],
                                      .email = f[F_EMAIL],
                                      .address = f[F_ADDRESS],
                                      .postcode = f[F_POSTCODE],
                                      .representative = f[F_REPRESENTATIVE],
                                      .contact = f[F_CONTACT]}};
}

static bool answer_registered(Request *r, Response *w, const Registered *made, bool repeated)
{
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_put_int(&j, "id", made->id.n);
    json_put_str(&j, "code", made->code);
    json_put_str(&j, "query_code", made->query_code);
    json_put_bool(&j, "repeated", repeated);
    json_end(&j);
    w->status = repeated ? 200 : 201;
    return api_answer(w, &j);
}

static bool spent_on_other(Err *err)
{
    return fail(err, ERR_REPEATED, NULL, "这个Idempotency-Key已经用于另外的内容",
                "this Idempotency-Key was spent on something else");
}

// What the key was spent on: this very request, or something else.
static bool spent_on(Request *r, const NewRequest *n, InfoRequest *out, Err *err)
{
    App *app = app_of(r);
    Str noun;
    RequestId id;
    if (!store_once_find(app->db, app->site, (PersonId){0}, app->once, r->a, &noun, &id.n, err))
        return false;
    if (str_eq(noun, S("request")) && store_request_get(app->db, &app->scope, id, r->a, out, err) &&
        str_eq(out->title, n->title) && str_eq(out->description, n->description) &&
        str_eq(out->applicant_name, n->name))
        return true;
    return spent_on_other(err);
}

bool page_api_register(Request *r, Response *w, Err *err)
{
    Str f[FIELDS_MAX];
    Registered made;
    InfoRequest was;
    if (!once_wanted(r, err) ||
        !api_body(r, api_fields_of("/api/v1/requests", METHOD_POST, false), f, err))
        return false;
    NewRequest n = new_of(r, f);
    if (!query_code(r, &n.query_code, err))
        return false;
    if (app_request_register(app_of(r), &n, r->a, &made, err))
        return answer_registered(r, w, &made, false);
    if (err->kind != ERR_REPEATED || !spent_on(r, &n, &was, err))
        return false;
    made = (Registered){was.id, was.code, n.query_code};
    return answer_registered(r, w, &made, true);
}

enum {
    S_KIND,
    S_ON,
    S_VERSION,
    S_WORKDAYS,
    S_UNTIL,
    S_ABOUT,
    S_DOCUMENT,
    S_WHOM,
    S_NOTE,
    S_OUTCOME
};

static RequestStep step_of(RequestId id, const Str *f)
{
    int64_t workdays = 0;
    RequestStep s = {.id = id,
                     .fact = {.kind = request_fact_kind(f[S_KIND]),
                              .on = day_of(f[S_ON]),
                              .until = day_of(f[S_UNTIL]),
                              .document = f[S_DOCUMENT]},
                     .whom = f[S_WHOM],
                     .note = f[S_NOTE],
                     .outcome = OUTCOME_OTHER};
    str_to_int(f[S_VERSION], &s.version);
    str_to_int(f[S_WORKDAYS], &workdays);
    str_to_int(f[S_ABOUT], &s.fact.about);
    s.fact.workdays = (int)workdays;
    outcome_named(f[S_OUTCOME], &s.outcome);
    return s;
}

static bool version_wanted(const RequestStep *s, Err *err)
{
    return s->version > 0 || fail(err, ERR_INPUT, NULL, "version应当是看到的那一版，至少是1",
                                  "version is that of the request that was looked at");
}

// What the key was spent on: this very step, or something else, and then this one was not taken.
static bool step_taken(Request *r, const RequestStep *step, Err *err)
{
    App *app = app_of(r);
    StoredFacts facts = {0};
    Str noun;
    int64_t id = 0;
    if (!store_once_find(app->db, app->site, (PersonId){0}, app->once, r->a, &noun, &id, err) ||
        !store_request_facts(app->db, app->site, step->id, r->a, &facts, err))
        return false;
    bool taken = false;
    for (size_t i = 0; i < facts.n && str_eq(noun, S("request")) && id == step->id.n; i++)
        taken |= facts.v[i].fact.kind == step->fact.kind &&
                 facts.v[i].fact.on.days == step->fact.on.days;
    return taken || spent_on_other(err);
}

bool page_api_step(Request *r, Response *w, Err *err)
{
    Str f[FIELDS_MAX];
    RequestId id;
    if (!id_of(r, &id, err) || !once_wanted(r, err) ||
        !api_body(r, api_fields_of(r->pattern, METHOD_POST, false), f, err))
        return false;
    RequestStep s = step_of(id, f);
    if (!version_wanted(&s, err))
        return false;
    w->status = 201;
    if (!app_request_step(app_of(r), r->may, &s, r->a, err)) {
        if (err->kind != ERR_REPEATED || !step_taken(r, &s, err))
            return false;
        w->status = 200;
    }
    return answer_facts(r, w, id, err);
}

// --- figures and days

enum { P_FROM, P_TO };

bool page_api_figures(Request *r, Response *w, Err *err)
{
    Str q[FIELDS_MAX];
    Document *doc = NEW(r->a, Document, 1);
    if (!api_query(r, api_fields_of(r->pattern, METHOD_GET, true), q, err) ||
        !app_request_figures(app_of(r), day_of(q[P_FROM]), day_of(q[P_TO]), r->a, doc, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_put_str(&j, "from", q[P_FROM]);
    json_put_str(&j, "to", q[P_TO]);
    json_key(&j, S("rows"));
    json_object(&j);
    for (int row = 0; row < T3_ROWS; row++) {
        if (doc->cells[cell_t3((T3Row)row, T3_TOTAL)].state != CELL_VALUE)
            continue;
        json_key(&j, t3_rows[row].key);
        json_object(&j);
        for (int col = 0; col < T3_COLS; col++) {
            json_key(&j, t3_cols[col].key);
            json_int(&j, doc->cells[cell_t3((T3Row)row, (T3Col)col)].n);
        }
        json_end(&j);
    }
    json_end(&j);
    json_end(&j);
    return api_answer(w, &j);
}

bool page_api_due(Request *r, Response *w, Err *err)
{
    Str q[FIELDS_MAX];
    RequestRules rules;
    Term term;
    int64_t workdays = 0;
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    if (!api_query(r, api_fields_of(r->pattern, METHOD_GET, true), q, err) ||
        !app_request_rules(app_of(r), r->a, &rules, err))
        return false;
    str_to_int(q[1], &workdays);
    if (!calendar_due(&rules.calendar, day_of(q[P_FROM]), (int)workdays, &term, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    put_day(&j, "due", term.due, &scratch);
    json_put_bool(&j, "provisional", term.provisional);
    json_end(&j);
    return api_answer(w, &j);
}

bool page_api_count(Request *r, Response *w, Err *err)
{
    Str q[FIELDS_MAX];
    RequestRules rules;
    int workdays;
    if (!api_query(r, api_fields_of(r->pattern, METHOD_GET, true), q, err) ||
        !app_request_rules(app_of(r), r->a, &rules, err) ||
        !calendar_count(&rules.calendar, day_of(q[P_FROM]), day_of(q[P_TO]), &workdays, err))
        return false;
    Buf b = buf_new(r->a, BODY_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_put_int(&j, "workdays", workdays);
    json_end(&j);
    return api_answer(w, &j);
}

bool page_api_openapi(Request *r, Response *w, Err *err)
{
    (void)err;
    respond_type(w, S("application/json; charset=utf-8"));
    w->body = api_openapi(r->a);
    return true;
}

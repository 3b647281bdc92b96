#include "app/request.h"

#include "app/act.h"
#include "app/desk.h"
#include "app/key.h"
#include "base/json.h"
#include "store/organ.h"
#include "store/person.h"

enum { QUERY_CODE_BYTES = 5, NOTE_BYTES = 64 << 10 };

// --- who asks, sealed

#define APPLICANT_FIELDS(X)                                                                        \
    X(id_kind)                                                                                     \
    X(id_number)                                                                                   \
    X(phone)                                                                                       \
    X(email)                                                                                       \
    X(address)                                                                                     \
    X(postcode)                                                                                    \
    X(representative)                                                                              \
    X(contact)

static Str applicant_json(const Applicant *who, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
#define X(field) json_put_str(&w, #field, who->field);
    APPLICANT_FIELDS(X)
#undef X
    json_end(&w);
    return buf_str(&b);
}

static bool applicant_read(Str json, Arena *a, Applicant *out, Err *err)
{
    const Json *v;
    if (!json_read(json, NOTE_BYTES, a, &v, err))
        return false;
    *out = (Applicant){0};
#define X(field) out->field = json_get_str(v, #field);
    APPLICANT_FIELDS(X)
#undef X
    return true;
}

// A sealed text opens only where it was put; no two requests have the same query code.
static Str sealed_about(const InfoRequest *r, Arena *a)
{
    return str_fmt(a, "request %lld %d " PRI_STR, (long long)r->organ.n, r->filed.days,
                   STR_ARG(r->query_hash));
}

static bool applicant_open(const App *app, const InfoRequest *r, Arena *a, Applicant *out, Err *err)
{
    Key key;
    Str json;
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    bool opened = crypt_open(a, &key, r->sealed, sealed_about(r, a), &json);
    crypt_wipe(&key, sizeof key);
    if (!opened)
        return fail(err, ERR_SYSTEM, NULL, "申请人信息打不开：密钥不对，或者数据被改过",
                    "who asks cannot be opened: another key, or the data were changed");
    return applicant_read(json, a, out, err);
}

// The same number gives the same text, and nobody without the key can try numbers out.
static Str applicant_key(const Key *key, Str id_number, Arena *a)
{
    Str keyed = str_cat(a, (Str){(const char *)key->bytes, sizeof key->bytes}, id_number);
    return id_number.n ? crypt_sha256(a, keyed) : S("");
}

static bool applicant_seal(const App *app, const Applicant *who, Arena *a, InfoRequest *r, Err *err)
{
    Key secrets, forms;
    if (!app_key(app, KEY_SECRETS, &secrets, err) || !app_key(app, KEY_FORMS, &forms, err))
        return false;
    r->sealed = crypt_seal(a, &secrets, applicant_json(who, a), sealed_about(r, a));
    r->applicant_key = applicant_key(&forms, who->id_number, a);
    crypt_wipe(&secrets, sizeof secrets);
    crypt_wipe(&forms, sizeof forms);
    return true;
}

// --- what follows from the facts

static bool request_calendar(Arena *a, Calendar *out, Err *err)
{
    CalendarNotices notices = calendar_national(a);
    return calendar_make(&notices, a, out, err);
}

// The day the phase changes by itself: when the other side's time is over.
static void keep_computed(InfoRequest *r, const Clock *clock)
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

static bool compute(App *app, const RequestFacts *facts, const Calendar *c, InfoRequest *r,
                    Err *err)
{
    Clock clock;
    if (!clock_compute(facts, c, &clock_settings_default, app->today, &clock, err))
        return false;
    keep_computed(r, &clock);
    return true;
}

// --- registering

// 条例第二十九条第二款
static bool says_enough(const NewRequest *n, Err *err)
{
    if (!n->name.n)
        return fail(err, ERR_INPUT, NULL, "请填写申请人的姓名或者名称（条例第二十九条）",
                    "the applicant's name is missing (Regulation, Art. 29)");
    if (!n->applicant.id_number.n)
        return fail(err, ERR_INPUT, NULL, "请填写申请人的身份证明（条例第二十九条）",
                    "the applicant's proof of identity is missing (Regulation, Art. 29)");
    if (!n->applicant.phone.n && !n->applicant.email.n && !n->applicant.address.n)
        return fail(err, ERR_INPUT, NULL, "请至少填写一种联系方式（条例第二十九条）",
                    "a way to reach the applicant is missing (Regulation, Art. 29)");
    if (!n->title.n && !n->description.n)
        return fail(err, ERR_INPUT, NULL,
                    "请写明申请公开的信息的名称、文号或者便于查询的其他特征（条例第二十九条）",
                    "say what is asked for (Regulation, Art. 29)");
    return true;
}

static bool day_ok(const App *app, Date filed, Err *err)
{
    return (date_is(filed) && filed.days <= app->today.days) ||
           fail(err, ERR_INPUT, NULL, "提交日期应当是今天或者以前的一天",
                "the day of filing is today or before");
}

static InfoRequest request_of(const App *app, const NewRequest *n, Arena *a)
{
    return (InfoRequest){.organ = n->organ,
                         .channel = n->channel,
                         .title = n->title.n ? n->title : str_clip(a, n->description, 40),
                         .description = n->description,
                         .form = n->form,
                         .way = n->way,
                         .applicant_kind = n->kind,
                         .applicant_name = n->name,
                         .filed = n->filed,
                         .ended = date_none,
                         .turn = date_none,
                         .n_units = 1,
                         .created_at = app->now};
}

static Str prefix_of(const Organ *organ, Arena *a)
{
    return str_cat(a, organ->short_name.n ? organ->short_name : organ->name, S("依申"));
}

static Str outcome_words(Str id)
{
    Outcome outcome;
    return outcome_named(id, &outcome) ? outcome_defs[outcome].name : id;
}

static Str summary(const InfoRequest *r, Arena *a)
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

static bool note(Act *act, ActKind kind, const InfoRequest *r, Str was, Arena *a, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("request"),
                               .noun_id = r->id.n,
                               .version = r->version,
                               .organ = r->organ,
                               .was = was,
                               .became = summary(r, a)},
                    err);
}

bool app_request_register(App *app, const NewRequest *new_request, Arena *a, Registered *out,
                          Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Calendar calendar;
    Organ organ;
    InfoRequest r = request_of(app, new_request, a);
    Str query_code = crypt_token(a, QUERY_CODE_BYTES);
    r.query_hash = crypt_sha256(a, query_code);
    StoredFact filed = {.fact = {.id = 1,
                                 .kind = FACT_FILED,
                                 .on = r.filed,
                                 .channel = r.channel,
                                 .until = date_none},
                        .recorded_at = app->now,
                        .person = app->actor.person};
    RequestFacts facts = {&filed.fact, 1, 1};
    if (!says_enough(new_request, err) || !day_ok(app, r.filed, err) ||
        !request_calendar(a, &calendar, err) || !act_begin(app, &act, err) ||
        !store_organ_get(app->db, &app->scope, r.organ, a, &organ, err) ||
        !applicant_seal(app, &new_request->applicant, a, &r, err) ||
        !compute(app, &facts, &calendar, &r, err) ||
        !store_request_add(app->db, app->site, prefix_of(&organ, a), &r, a, err) ||
        !store_request_fact_add(app->db, app->site, r.id, &filed, err) ||
        !note(&act, ACT_REQUEST_REGISTER, &r, S(""), a, err) || !act_commit(&act, err))
        return false;
    *out = (Registered){r.id, r.code, query_code};
    return true;
}

// --- steps

typedef struct Loaded {
    InfoRequest request;
    StoredFacts stored;
    RequestFacts facts;
    Calendar calendar;
    Str was; // for the audit
} Loaded;

static bool load(App *app, RequestId id, int64_t version, Arena *a, Loaded *out, Err *err)
{
    if (!store_request_get(app->db, &app->scope, id, a, &out->request, err) ||
        !store_request_facts(app->db, app->site, id, a, &out->stored, err) ||
        !request_calendar(a, &out->calendar, err))
        return false;
    out->facts = facts_standing(&out->stored, a);
    out->was = summary(&out->request, a);
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

static bool ends(FactKind kind)
{
    return kind == FACT_ANSWERED || kind == FACT_WITHDRAWN || kind == FACT_CLOSED;
}

static void ended_by(InfoRequest *r, const RequestStep *step)
{
    if (!ends(step->fact.kind))
        return;
    r->ended = step->fact.on;
    r->outcome = step->fact.kind == FACT_WITHDRAWN ? outcome_defs[OUTCOME_WITHDRAWN].id
                                                   : outcome_defs[step->outcome].id;
}

static bool power_fits(Verb may, FactKind kind, Err *err)
{
    Verb wanted = step_rules[kind].may;
    return may == wanted ||
           fail(err, ERR_DENIED, NULL, "“" PRI_STR "”需要另外的权限：" PRI_STR,
                "“" PRI_STR "” takes another power: " PRI_STR,
                STR_ARG(request_fact_defs[kind].name), STR_ARG(verb_defs[wanted].name));
}

bool app_request_step(App *app, Verb may, const RequestStep *step, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Loaded l;
    RequestFacts next;
    if (!power_fits(may, step->fact.kind, err) || !act_begin(app, &act, err) ||
        !load(app, step->id, step->version, a, &l, err))
        return false;
    StoredFact f = {.fact = step->fact,
                    .whom = step->whom,
                    .note = step->note,
                    .recorded_at = app->now,
                    .person = app->actor.person};
    f.fact.id = fact_number(&l.stored);
    ended_by(&l.request, step);
    return request_decide(&l.facts, &f.fact, &l.calendar, &clock_settings_default, app->today, a,
                          &next, err) &&
           compute(app, &next, &l.calendar, &l.request, err) &&
           store_request_fact_add(app->db, app->site, step->id, &f, err) &&
           store_request_save(app->db, &app->scope, &l.request, err) &&
           note(&act, ACT_REQUEST_STEP, &l.request, l.was, a, err) && act_commit(&act, err);
}

// Whether the rules allow what is left when one is taken out: built up again from the first.
static bool without(App *app, const Loaded *l, int64_t fact, Arena *a, RequestFacts *out, Err *err)
{
    RequestFacts left = {0};
    for (size_t i = 0; i < l->facts.n; i++) {
        const RequestFact *f = &l->facts.v[i];
        if (f->id == fact)
            continue;
        if (left.n == 0)
            *PUSH(a, &left) = *f;
        else if (!request_decide(&left, f, &l->calendar, &clock_settings_default, app->today, a,
                                 &left, err))
            return false;
    }
    *out = left;
    return true;
}

static const RequestFact *standing(const Loaded *l, int64_t fact)
{
    for (size_t i = 0; i < l->facts.n; i++)
        if (l->facts.v[i].id == fact)
            return &l->facts.v[i];
    return NULL;
}

bool app_request_strike(App *app, RequestId id, int64_t version, int64_t fact, Str reason, Arena *a,
                        Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Loaded l;
    RequestFacts left;
    if (!reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么撤销这一步",
                    "say why this step is taken back");
    if (!act_begin(app, &act, err) || !load(app, id, version, a, &l, err))
        return false;
    const RequestFact *f = standing(&l, fact);
    if (!f || f->kind == FACT_FILED)
        return fail(err, ERR_RULE, NULL, "没有可以撤销的这一步",
                    "there is no such step to take back");
    if (ends(f->kind)) {
        l.request.ended = date_none;
        l.request.outcome = S("");
    }
    l.request.note =
        str_cat(a, l.request.note,
                str_fmt(a, "撤销第%lld步：" PRI_STR "\n", (long long)fact, STR_ARG(reason)));
    return without(app, &l, fact, a, &left, err) &&
           compute(app, &left, &l.calendar, &l.request, err) &&
           store_request_fact_strike(app->db, app->site, id, fact, app->now, err) &&
           store_request_save(app->db, &app->scope, &l.request, err) &&
           note(&act, ACT_REQUEST_STRIKE, &l.request, l.was, a, err) && act_commit(&act, err);
}

// Whoever gives it to themselves knows.
static bool tell_handler(App *app, const InfoRequest *r, Arena *a, Err *err)
{
    if (!r->handler.n || r->handler.n == app->actor.person.n)
        return true;
    Str words = str_fmt(a, PRI_STR "指定您承办" PRI_STR "：" PRI_STR, STR_ARG(app->actor.name),
                        STR_ARG(r->code), STR_ARG(r->title));
    return app_notify(app, r->handler, NOTICE_TASK_GIVEN, words,
                      str_fmt(a, "/desk/requests/%lld", (long long)r->id.n), err);
}

bool app_request_assign(App *app, RequestId id, int64_t version, PersonId handler, Arena *a,
                        Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Loaded l;
    Person person = {0};
    if (!act_begin(app, &act, err) || !load(app, id, version, a, &l, err) ||
        (handler.n && !store_person_get(app->db, &app->scope, handler, a, &person, err)))
        return false;
    l.request.handler = handler;
    l.request.handler_name = person.name;
    return store_request_save(app->db, &app->scope, &l.request, err) &&
           tell_handler(app, &l.request, a, err) &&
           note(&act, ACT_REQUEST_ASSIGN, &l.request, l.was, a, err) && act_commit(&act, err);
}

// --- reading

bool app_request_get(App *app, RequestId id, Arena *a, RequestFile *out, Err *err)
{
    Loaded l;
    RequestFile file = {0};
    if (!load(app, id, 0, a, &l, err) ||
        !applicant_open(app, &l.request, a, &file.applicant, err) ||
        !clock_ledger(&l.facts, &l.calendar, &clock_settings_default, app->today, a, &file.clock,
                      &file.ledger, err) ||
        !request_next(&l.facts, &l.calendar, &clock_settings_default, app->today, a, &file.next,
                      err))
        return false;
    keep_computed(&l.request, &file.clock);
    file.request = l.request;
    file.facts = l.stored;
    file.calendar = l.calendar;
    *out = file;
    return true;
}

// --- the job

// What is kept for the lists alone; the version stays, since nothing was done to the request.
static bool turn_one(App *app, const Calendar *calendar, InfoRequest *r, Arena *a, Err *err)
{
    StoredFacts stored;
    if (!store_request_facts(app->db, app->site, r->id, a, &stored, err))
        return false;
    RequestFacts facts = facts_standing(&stored, a);
    return compute(app, &facts, calendar, r, err) &&
           store_request_computed(app->db, app->site, r, err);
}

bool app_request_turn(App *app, Arena *a, int64_t *changed, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Calendar calendar;
    InfoRequests due;
    if (!request_calendar(a, &calendar, err) ||
        !store_request_turning(app->db, app->site, app->today, a, &due, err))
        return false;
    for (size_t i = 0; i < due.n; i++)
        if (!turn_one(app, &calendar, &due.v[i], a, err))
            return false;
    if (!tx_commit(&tx, err))
        return false;
    *changed = (int64_t)due.n;
    return true;
}

#include "app/request.h"

#include "app/applicant.h"
#include "app/asked.h"
#include "app/bulk.h"
#include "app/desk.h"
#include "app/letter.h"
#include "app/remedy.h"
#include "app/request_work.h"
#include "base/crypt.h"
#include "store/fee.h"
#include "store/organ.h"
#include "store/person.h"

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

bool request_add(App *app, Act *act, const NewRequest *n, Str query_hash, Str note, Arena *a,
                 RequestWork *out, Err *err)
{
    RequestWork work = {.request = request_of(app, n, a)};
    InfoRequest *r = &work.request;
    Organ organ;
    LetterSettings letters;
    r->query_hash = query_hash;
    r->note = note;
    StoredFact filed = {.fact = {.id = 1,
                                 .kind = FACT_FILED,
                                 .on = r->filed,
                                 .channel = r->channel,
                                 .until = date_none},
                        .recorded_at = app->now,
                        .person = app->actor.person};
    RequestFacts facts = {&filed.fact, 1, 1};
    if (!says_enough(n, err) || !day_ok(app, r->filed, err) ||
        !app_request_rules(app, a, &work.rules, err) ||
        !store_organ_get(app->db, &app->scope, r->organ, a, &organ, err) ||
        !store_letter_settings(app->db, app->site, r->organ, a, &letters, err) ||
        !applicant_seal(app, &n->applicant, a, r, err) ||
        !request_compute(app, &facts, &work.rules, r, err) ||
        !store_request_add(app->db, app->site, request_prefix(&letters, &organ, a), r, a, err) ||
        !store_request_fact_add(app->db, app->site, r->id, &filed, err) ||
        !app_asked_keep(app, r, a, err) || !request_note(act, ACT_REQUEST_REGISTER, &work, a, err))
        return false;
    *out = work;
    return true;
}

bool app_request_draft(App *app, const NewRequest *n, Arena *a, InfoRequest *out, Err *err)
{
    InfoRequest r = request_of(app, n, a);
    if (!says_enough(n, err) || !day_ok(app, r.filed, err) ||
        !applicant_seal(app, &n->applicant, a, &r, err))
        return false;
    *out = r;
    return true;
}

bool request_register(Act *act, const NewRequest *new_request, Arena *a, Registered *out, Err *err)
{
    RequestWork work;
    Str query_code =
        new_request->query_code.n ? new_request->query_code : crypt_token(a, QUERY_CODE_BYTES);
    if (!request_add(act->app, act, new_request, crypt_sha256(a, query_code), S(""), a, &work, err))
        return false;
    *out = (Registered){work.request.id, work.request.code, query_code};
    return true;
}

bool app_request_register(App *app, const NewRequest *new_request, Arena *a, Registered *out,
                          Err *err)
{
    CLEANUP(act_end) Act act = {0};
    return act_begin(app, &act, err) && request_register(&act, new_request, a, out, err) &&
           act_commit(&act, err);
}

// --- steps

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
    return power_fits(may, step->fact.kind, err) && request_by_hand(step->fact.kind, err) &&
           app_request_past_step(app, step, a, err);
}

bool app_request_past_step(App *app, const RequestStep *step, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    return act_begin(app, &act, err) && request_load(app, step->id, step->version, a, &work, err) &&
           request_take(app, &work, step, a, err) &&
           request_note(&act, ACT_REQUEST_STEP, &work, a, err) &&
           (step->fact.kind != FACT_ANSWERED || bulk_answer(&act, &work, step->fact.on, a, err)) &&
           act_commit(&act, err);
}

static const RequestFact *standing(const RequestWork *l, int64_t fact)
{
    for (size_t i = 0; i < l->facts.n; i++)
        if (l->facts.v[i].id == fact)
            return &l->facts.v[i];
    return NULL;
}

// A notice of a fee and its payment go with their money (app/fee.h), not by themselves.
static bool fee_lets_go(App *app, const RequestWork *l, const RequestFact *f, Arena *a, Err *err)
{
    FeeNotice notice;
    bool stands = false;
    if (f->kind != FACT_FEE_NOTICED && f->kind != FACT_FEE_PAID)
        return true;
    if (!store_fee_standing(app->db, app->site, l->request.id, a, &notice, &stands, err))
        return false;
    return !stands || fail(err, ERR_RULE, NULL, "请在“信息处理费”里撤销通知或者缴费记录",
                           "take back the notice or the payment among the fees of the request");
}

bool app_request_strike(App *app, RequestId id, int64_t version, int64_t fact, Str reason, Arena *a,
                        Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork l;
    if (!reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么撤销这一步",
                    "say why this step is taken back");
    if (!act_begin(app, &act, err) || !request_load(app, id, version, a, &l, err))
        return false;
    const RequestFact *f = standing(&l, fact);
    if (!f || f->kind == FACT_FILED)
        return fail(err, ERR_RULE, NULL, "没有可以撤销的这一步",
                    "there is no such step to take back");
    Str reply = f->kind == FACT_ANSWERED || f->kind == FACT_REDONE ? f->document : S("");
    return fee_lets_go(app, &l, f, a, err) && request_untake(app, &l, &fact, 1, reason, a, err) &&
           remedy_unredone(&act, id, reply, reason, a, err) &&
           request_note(&act, ACT_REQUEST_STRIKE, &l, a, err) && act_commit(&act, err);
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
    RequestWork l;
    Person person = {0};
    if (!act_begin(app, &act, err) || !request_load(app, id, version, a, &l, err) ||
        (handler.n && !store_person_get(app->db, &app->scope, handler, a, &person, err)))
        return false;
    l.request.handler = handler;
    l.request.handler_name = person.name;
    return request_save(app, &l, err) && tell_handler(app, &l.request, a, err) &&
           request_note(&act, ACT_REQUEST_ASSIGN, &l, a, err) && act_commit(&act, err);
}

// --- reading

bool app_request_get(App *app, RequestId id, Arena *a, RequestFile *out, Err *err)
{
    RequestWork l;
    RequestFile file = {0};
    if (!request_load(app, id, 0, a, &l, err) ||
        !applicant_open(app, &l.request, a, &file.applicant, err) ||
        !clock_ledger(&l.facts, &l.rules.calendar, &l.rules.settings, app->today, a, &file.clock,
                      &file.ledger, err) ||
        !request_next(&l.facts, &l.rules.calendar, &l.rules.settings, app->today, a, &file.next,
                      err))
        return false;
    request_keep(&l.request, &file.clock);
    file.request = l.request;
    file.facts = l.stored;
    file.rules = l.rules;
    *out = file;
    return true;
}

// --- the job

// What is kept for the lists alone; the version stays, since nothing was done to the request.
static bool turn_one(App *app, const RequestRules *rules, InfoRequest *r, Arena *a, Err *err)
{
    StoredFacts stored;
    if (!store_request_facts(app->db, app->site, r->id, a, &stored, err))
        return false;
    RequestFacts facts = facts_standing(&stored, a);
    return request_compute(app, &facts, rules, r, err) &&
           store_request_computed(app->db, app->site, r, err);
}

bool app_request_turn(App *app, Arena *a, int64_t *changed, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    RequestRules rules;
    InfoRequests due;
    if (!app_request_rules(app, a, &rules, err) ||
        !store_request_turning(app->db, app->site, app->today, a, &due, err))
        return false;
    for (size_t i = 0; i < due.n; i++)
        if (!turn_one(app, &rules, &due.v[i], a, err))
            return false;
    if (!tx_commit(&tx, err))
        return false;
    *changed = (int64_t)due.n;
    return true;
}

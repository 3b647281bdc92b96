#include "app/bulk.h"

#include "app/desk.h"
#include "app/letter.h"
#include "base/json.h"
#include "store/person.h"

#include <time.h>
#include <unistd.h>

enum { JOB_SECONDS = 120, NOTE_BYTES = 4 << 10, OTHERS_TURN_US = 3000 };

// --- what is done to one

typedef struct BulkWork {
    Bulk bulk;
    GroupSide lead;   // BULK_JOIN
    GroupReply reply; // BULK_ANSWER
    Person handler;
    RequestRules rules;
} BulkWork;

// Fails with ERR_RULE, ERR_INPUT or ERR_MISSING only before anything was written: that one is then
// left out.
typedef bool BulkOne(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err);

static bool assign_one(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err)
{
    RequestWork work;
    if (!request_load_under(act->app, id, 0, &w->rules, a, &work, err))
        return false;
    if (!work.request.open)
        return fail(err, ERR_RULE, NULL, "已经办结", "it has ended");
    if (work.request.handler.n == w->bulk.handler.n)
        return fail(err, ERR_RULE, NULL, "已经由" PRI_STR "承办", PRI_STR " handles it already",
                    STR_ARG(w->handler.name));
    work.request.handler = w->bulk.handler;
    work.request.handler_name = w->handler.name;
    return request_save(act->app, &work, err) &&
           request_note(act, ACT_REQUEST_ASSIGN, &work, a, err);
}

static bool confirm_one(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err)
{
    RequestWork work;
    RequestStep step = {.id = id,
                        .fact = {.kind = FACT_CONFIRMED, .on = w->bulk.on, .until = date_none}};
    return request_load_under(act->app, id, 0, &w->rules, a, &work, err) &&
           request_take(act->app, &work, &step, a, err) &&
           request_note(act, ACT_REQUEST_STEP, &work, a, err);
}

static bool join_one(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err)
{
    return group_join_one(act, &w->lead, id, w->bulk.reason, a, err);
}

static bool answer_one(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err)
{
    return group_answer_one(act, &w->reply, id, w->bulk.on, a, err);
}

// As one alone is extended: approved by the head, and its applicant is told by a letter that says
// until when.
static bool extend_one(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err)
{
    App *app = act->app;
    RequestWork work;
    RequestFacts unused;
    LetterText text;
    Letter letter;
    LetterFill fill = {0};
    RequestStep step = {.id = id,
                        .fact = {.kind = FACT_EXTENDED,
                                 .on = w->bulk.on,
                                 .workdays = (int)w->bulk.workdays,
                                 .until = date_none}};
    letter_fill(a, &fill, "理由", w->bulk.reason);
    if (!request_load_under(app, id, 0, &w->rules, a, &work, err) ||
        !request_decide(&work.facts, &step.fact, &w->rules.calendar, &w->rules.settings, app->today,
                        a, &unused, err) ||
        !letter_draft(app, &work, LETTER_EXTENSION, &step, &fill, a, &text, err) ||
        !letter_ready(LETTER_EXTENSION, text.on, text.body, err) ||
        !letter_issue(act, letter_owner_request(&work.request), LETTER_EXTENSION, &text, a, &letter,
                      err))
        return false;
    step.fact.document = letter.code;
    return request_take(app, &work, &step, a, err) &&
           request_note(act, ACT_REQUEST_STEP, &work, a, err);
}

// The number in the post goes up with those that were sent.
static bool send_one(Act *act, const BulkWork *w, RequestId id, Arena *a, Err *err)
{
    Str number = S("");
    if (w->bulk.first.n && !post_number_behind(w->bulk.first, w->bulk.n_done, a, &number))
        return fail(err, ERR_RULE, NULL, "没有更多的邮件号码", "there are no more numbers");
    return group_send_one(act, id, &w->rules, w->bulk.on, number, a, err);
}

static BulkOne *const ones[BULK__COUNT] = {
    [BULK_ASSIGN] = assign_one, [BULK_CONFIRM] = confirm_one, [BULK_JOIN] = join_one,
    [BULK_ANSWER] = answer_one, [BULK_EXTEND] = extend_one,   [BULK_SEND] = send_one,
};

// --- all of them

// What every one of them needs, read once a piece.
static bool work_load(App *app, const Bulk *bulk, Arena *a, BulkWork *out, Err *err)
{
    BulkWork w = {.bulk = *bulk};
    if (!app_request_rules(app, a, &w.rules, err))
        return false;
    switch (bulk->kind) {
    case BULK_ASSIGN:
        if (!store_person_get(app->db, &app->scope, bulk->handler, a, &w.handler, err))
            return false;
        break;
    case BULK_JOIN:
        if (!group_side_load(app, bulk->lead, a, &w.lead, err))
            return false;
        break;
    case BULK_ANSWER:
        if (!group_reply_load(app, bulk->lead, &w.rules, a, &w.reply, err))
            return false;
        break;
    case BULK_CONFIRM:
    case BULK_EXTEND:
    case BULK_SEND:
    case BULK__COUNT:
        break;
    }
    *out = w;
    return true;
}

static bool is_reason(const Err *why)
{
    return why->kind == ERR_RULE || why->kind == ERR_INPUT || why->kind == ERR_MISSING;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

typedef struct Piece {
    int64_t done, left;
    bool ended;
} Piece;

// Some of what waits, within the caller's act: at most `most`, and for at most `ms`.
static bool piece(Act *act, BulkWork *w, int64_t most, int64_t ms, Arena scratch, Piece *out,
                  Err *err)
{
    App *app = act->app;
    RequestIds ids;
    Piece p = {0};
    int64_t until = now_ms() + ms;
    if (!store_bulk_waiting(app->db, app->site, w->bulk.id, most, &scratch, &ids, err))
        return false;
    size_t i = 0;
    for (; i < ids.n && (i == 0 || now_ms() < until); i++) {
        Arena own = scratch;
        Err why = {0};
        bool done = ones[w->bulk.kind](act, w, ids.v[i], &own, &why);
        if (!done && !is_reason(&why))
            return *err = why, false;
        if (!store_bulk_settle(app->db, app->site, w->bulk.id, ids.v[i], done, str_z(why.zh), err))
            return false;
        p.done += done;
        w->bulk.n_done += done;
        p.left += !done;
    }
    p.ended = i == ids.n && (int64_t)ids.n < most;
    *out = p;
    return store_bulk_step(app->db, app->site, w->bulk.id, p.done, p.left, p.ended ? app->now : 0,
                           err);
}

// --- beginning

static bool power_fits(Verb may, BulkKind kind, Err *err)
{
    return may == bulk_defs[kind].may ||
           fail(err, ERR_DENIED, NULL, "“" PRI_STR "”需要另外的权限：" PRI_STR,
                "“" PRI_STR "” takes another power: " PRI_STR, STR_ARG(bulk_defs[kind].name),
                STR_ARG(verb_defs[bulk_defs[kind].may].name));
}

// What goes by the post has a number, and the day is that of handing it in.
static bool sending_said(App *app, const BulkAsk *ask, Arena *a, Err *err)
{
    Str unused;
    if (!date_is(ask->on) || ask->on.days > app->today.days)
        return fail(err, ERR_INPUT, NULL, "请填写发出的日期，今天或者以前",
                    "say on which day they left, today or before");
    if (str_eq(ask->choice.way, S("mail")) && !post_number_behind(ask->first, 0, a, &unused))
        return fail(err, ERR_INPUT, NULL,
                    "请填写第一件的挂号或者EMS号码（13位，校验位正确），其余的按登记先后连续编号",
                    "the number in the post of the first one is wanted; the others follow it");
    return true;
}

static bool extension_said(const App *app, const BulkAsk *ask, Err *err)
{
    int most = clock_rules[RULE_EXTENSION].n;
    if (ask->workdays < 1 || ask->workdays > most)
        return fail(err, ERR_INPUT, NULL, "延长的期限为1到%d个工作日（条例第三十三条）",
                    "an extension is 1 to %d working days (Regulation, Art. 33)", most);
    if (!ask->reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明延期的理由，每一份告知书里都写上",
                    "say why: it stands in each letter");
    return ask->on.days == app->today.days ||
           fail(err, ERR_INPUT, NULL, "批量延期的日期是今天", "they are extended today");
}

static bool says_enough(App *app, const BulkAsk *ask, Arena *a, Err *err)
{
    if (ask->kind == BULK_ASSIGN && !ask->handler.n)
        return fail(err, ERR_INPUT, NULL, "请选择承办人", "choose who handles them");
    if (ask->kind == BULK_EXTEND && !extension_said(app, ask, err))
        return false;
    if (ask->kind == BULK_JOIN && !ask->lead.n)
        return fail(err, ERR_INPUT, NULL, "请选择主件", "choose the leading request");
    if (ask->kind == BULK_SEND && !sending_said(app, ask, a, err))
        return false;
    if (ask->kind == BULK_CONFIRM && (!date_is(ask->on) || ask->on.days > app->today.days))
        return fail(err, ERR_INPUT, NULL, "请填写双方确认的日期，今天或者以前",
                    "say on which day both sides confirmed, today or before");
    return true;
}

// Whose affair it is: the organ of the leading request, of the wording, or of those who choose.
static OrganId organ_of(const App *app, const BulkAsk *ask, const GroupSide *lead)
{
    return lead->request.organ.n ? lead->request.organ
           : ask->choice.organ.n ? ask->choice.organ
                                 : app->scope.root;
}

static Str bulk_summary(const Bulk *b, const BulkWork *w, Arena *a)
{
    Buf out = buf_new(a, NOTE_BYTES);
    JsonOut j = json_out(&out);
    json_object(&j);
    json_put_str(&j, "kind", bulk_defs[b->kind].name);
    json_put_int(&j, "count", b->n);
    if (w->lead.request.code.n)
        json_put_str(&j, "lead", w->lead.request.code);
    if (w->reply.lead.request.code.n)
        json_put_str(&j, "lead", w->reply.lead.request.code);
    if (w->handler.name.n)
        json_put_str(&j, "handler", w->handler.name);
    if (date_is(b->on))
        json_put_str(&j, "on", date_iso(a, b->on));
    if (b->workdays)
        json_put_int(&j, "workdays", b->workdays);
    if (b->reason.n)
        json_put_str(&j, "reason", b->reason);
    json_end(&j);
    return buf_str(&out);
}

// The row of it with those it is about, and its line in the audit.
static bool open_bulk(Act *act, Bulk *bulk, const BulkChoice *choice, BulkWork *w, Arena *a,
                      Err *err)
{
    App *app = act->app;
    bulk->person = app->actor.person;
    bulk->person_name = app->actor.name;
    bulk->root = app->scope.root;
    bulk->reach = app->scope.reach;
    bulk->made_at = app->now;
    if (!store_bulk_add(app->db, &app->scope, bulk, choice, err) ||
        !work_load(app, bulk, a, w, err))
        return false;
    if (!bulk->n)
        return fail(err, ERR_INPUT, NULL, "没有选中可以办理的申请", "no request is chosen");
    return act_note(act,
                    &(ActNote){.kind = ACT_BULK_BEGIN,
                               .noun = S("bulk"),
                               .noun_id = bulk->id,
                               .organ = bulk->organ,
                               .became = bulk_summary(bulk, w, a)},
                    err);
}

// One told for all.
static bool tell_handler(App *app, const BulkWork *w, Arena *a, Err *err)
{
    if (w->bulk.kind != BULK_ASSIGN || w->bulk.handler.n == app->actor.person.n)
        return true;
    Str words =
        str_fmt(a, PRI_STR "指定您承办%lld件申请", STR_ARG(app->actor.name), (long long)w->bulk.n);
    return app_notify(app, w->bulk.handler, NOTICE_TASK_GIVEN, words, S("/desk/requests?tab=mine"),
                      err);
}

static bool begin(Act *act, const BulkAsk *ask, Arena *a, Bulk *out, Err *err)
{
    App *app = act->app;
    BulkWork w;
    GroupSide lead = {0};
    Piece p;
    if (ask->lead.n &&
        (!group_side_load(app, ask->lead, a, &lead, err) || !group_set_free(act, &lead, a, err)))
        return false;
    BulkChoice choice = ask->choice;
    choice.but = ask->lead;
    Bulk bulk = {.kind = ask->kind,
                 .organ = organ_of(app, ask, &lead),
                 .lead = ask->lead,
                 .handler = ask->handler,
                 .on = ask->on,
                 .way = ask->choice.way,
                 .first = ask->first,
                 .workdays = ask->workdays,
                 .reason = ask->reason};
    if (!open_bulk(act, &bulk, &choice, &w, a, err) || !tell_handler(app, &w, a, err))
        return false;
    if (bulk.n <= BULK_AT_ONCE) {
        if (!piece(act, &w, BULK_AT_ONCE + 1, DB_BUSY_MS, *a, &p, err))
            return false;
        bulk.n_done = p.done;
        bulk.n_left = p.left;
        bulk.ended_at = p.ended ? app->now : 0;
    }
    *out = bulk;
    return true;
}

bool app_bulk_begin(App *app, Verb may, const BulkAsk *ask, Arena *a, Bulk *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Bulk bulk;
    if (!power_fits(may, ask->kind, err) || !says_enough(app, ask, a, err) ||
        !act_begin(app, &act, err) || !begin(&act, ask, a, &bulk, err) || !act_commit(&act, err))
        return false;
    *out = bulk;
    return true;
}

// --- the plan

static bool plan_line(Act *act, BulkWork *w, RequestId id, Arena *a, BulkLine *out, Err *err)
{
    InfoRequest r;
    Err why = {0};
    BulkLine line = {.id = id};
    if (!store_request_get(act->app->db, &act->app->scope, id, a, &r, err))
        return false;
    line.code = r.code;
    line.title = r.title;
    line.applicant_name = r.applicant_name;
    if (!ones[w->bulk.kind](act, w, id, a, &why)) {
        if (!is_reason(&why))
            return *err = why, false;
        line.why = str_dup(a, str_z(why.zh));
    } else {
        w->bulk.n_done++;
    }
    *out = line;
    return true;
}

// Everything that it writes is taken back when the act ends without a commit.
bool app_bulk_plan(App *app, Verb may, const BulkAsk *ask, Arena *a, BulkPlan *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    BulkPlan plan = {0};
    BulkWork w;
    RequestIds ids;
    GroupSide lead = {0};
    App own = *app;
    own.once = S("");
    Bulk bulk = {.kind = ask->kind,
                 .lead = ask->lead,
                 .handler = ask->handler,
                 .on = ask->on,
                 .way = ask->choice.way,
                 .first = ask->first,
                 .workdays = ask->workdays,
                 .reason = ask->reason};
    BulkChoice choice = ask->choice;
    choice.but = ask->lead;
    if (!power_fits(may, ask->kind, err) || !says_enough(app, ask, a, err) ||
        !act_begin(&own, &act, err) ||
        (ask->lead.n && (!group_side_load(&own, ask->lead, a, &lead, err) ||
                         !group_set_free(&act, &lead, a, err))) ||
        !store_bulk_count(own.db, &own.scope, &choice, &plan.n, err) ||
        !store_bulk_first(own.db, &own.scope, &choice, BULK_AT_ONCE, a, &ids, err) ||
        !work_load(&own, &bulk, a, &w, err))
        return false;
    plan.lines = NEW(a, BulkLine, BULK_AT_ONCE);
    for (size_t i = 0; i < ids.n && i < BULK_AT_ONCE; i++) {
        BulkLine *line = &plan.lines[plan.n_lines];
        if (ids.v[i].n == choice.but.n || !plan_line(&act, &w, ids.v[i], a, line, err)) {
            if (ids.v[i].n == choice.but.n || err->kind == ERR_MISSING)
                continue;
            return false;
        }
        plan.n_lines++;
        plan.n_do += !line->why.n;
    }
    if (choice.set == BULK_SET_LIST)
        plan.n = (int64_t)plan.n_lines; // those in scope
    *out = plan;
    return true;
}

// --- one reply for all

static bool answer_begin(Act *act, const InfoRequest *lead, Date on, Arena *a, Bulk *out, Err *err)
{
    BulkWork w;
    BulkChoice followers = {.set = BULK_SET_GROUP, .group = lead->id};
    Bulk bulk = {.kind = BULK_ANSWER, .organ = lead->organ, .lead = lead->id, .on = on};
    if (!open_bulk(act, &bulk, &followers, &w, a, err))
        return false;
    *out = bulk;
    return true;
}

bool bulk_answer(Act *act, const RequestWork *work, Date on, Arena *a, Err *err)
{
    int64_t followers = 0;
    BulkChoice all = {.set = BULK_SET_GROUP, .group = work->request.id};
    Bulk bulk;
    return store_bulk_count(act->app->db, &act->app->scope, &all, &followers, err) &&
           (!followers || answer_begin(act, &work->request, on, a, &bulk, err));
}

bool app_bulk_answer_again(App *app, RequestId lead, Arena *a, Bulk *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    InfoRequest r;
    Bulk bulk;
    if (!act_begin(app, &act, err) || !store_request_get(app->db, &app->scope, lead, a, &r, err))
        return false;
    if (r.phase != PHASE_DONE)
        return fail(err, ERR_RULE, NULL, "主件还没有答复", "the leading request is not answered");
    if (!answer_begin(&act, &r, app->today, a, &bulk, err) || !act_commit(&act, err))
        return false;
    *out = bulk;
    return true;
}

// --- going on

// In the name and the scope of who wanted it.
static App as_wanted(const App *app, const Bulk *b)
{
    App own = *app;
    own.actor = (Actor){.person = b->person, .name = b->person_name, .via = S("job")};
    own.scope = (Scope){.site = app->site, .reach = b->reach, .root = b->root, .person = b->person};
    own.once = S("");
    own.draft = S("");
    return own;
}

static bool go_on(App *app, const Bulk *bulk, Arena scratch, Piece *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    App own = as_wanted(app, bulk);
    BulkWork w;
    return act_begin(&own, &act, err) && work_load(&own, bulk, &scratch, &w, err) &&
           piece(&act, &w, BULK_PIECE, BULK_PIECE_MS, scratch, out, err) &&
           (act.notes ? act_commit(&act, err) : tx_commit(&act.tx, err));
}

bool app_bulk_go_on(App *app, int seconds, Arena *a, int64_t *n, Err *err)
{
    int64_t until = now_ms() + (int64_t)seconds * 1000, all = 0;
    bool found = true;
    while (now_ms() < until && !(app->stop && app->stop->asked)) {
        Arena scratch = *a;
        Bulk bulk;
        Piece p;
        if (!store_bulk_going(app->db, app->site, &scratch, &bulk, &found, err) ||
            (found && !go_on(app, &bulk, scratch, &p, err)))
            return false;
        if (!found)
            break;
        all += p.done + p.left;
        usleep(OTHERS_TURN_US);
    }
    *n = all;
    return true;
}

bool app_bulk_job(App *app, Arena *a, Str *did, Err *err)
{
    int64_t n;
    if (!app_bulk_go_on(app, JOB_SECONDS, a, &n, err))
        return false;
    *did = n ? str_fmt(a, "went on with %lld requests", (long long)n) : S("");
    return true;
}

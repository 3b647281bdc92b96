#include "app/group_answer.h"

static bool load(App *app, RequestId id, const RequestRules *rules, Arena *a, RequestWork *out,
                 Err *err)
{
    return request_load_under(app, id, 0, rules, a, out, err);
}

bool group_reply_load(App *app, RequestId lead, const RequestRules *rules, Arena *a,
                      GroupReply *out, Err *err)
{
    GroupReply r = {0};
    LetterText text;
    if (!load(app, lead, rules, a, &r.lead, err) ||
        !store_split_get(app->db, app->site, lead, a, &r.split, err) ||
        !store_decision_get(app->db, app->site, lead, a, &r.decision, err))
        return false;
    if (r.decision.version && r.decision.sheet.chosen) {
        LetterKind kind = letter_reply(r.decision.sheet.outcome);
        if (!letter_known(app, r.lead.request.organ, kind, a, &r.known, err) ||
            !decision_letter(app, &r.lead, &r.decision.sheet, a, &text, err))
            return false;
        r.by_hand = r.decision.sheet.text.n || !str_eq(text.body, r.decision.text);
    }
    *out = r;
    return true;
}

// --- the letter

static Str salutation(const InfoRequest *r)
{
    return r->applicant_kind == APPLICANT_NATURAL ? S("您") : S("你单位");
}

// A letter that was written by hand goes out as it was signed, with what belongs to the other
// applicant put in its place.
static Str rewritten(const GroupReply *reply, const RequestWork *to, Arena *a)
{
    const InfoRequest *from = &reply->lead.request, *r = &to->request;
    Str s = str_replace(a, reply->decision.text, from->code, r->code);
    if (from->applicant_name.n)
        s = str_replace(a, s, from->applicant_name, r->applicant_name);
    if (date_is(from->received) && date_is(r->received))
        s = str_replace(a, s, date_zh(a, from->received), date_zh(a, r->received));
    Str course = letter_course(&reply->lead.facts, a);
    if (course.n)
        s = str_replace(a, s, course, letter_course(&to->facts, a));
    return str_eq(salutation(from), salutation(r))
               ? s
               : str_replace(a, s, salutation(from), salutation(r));
}

// Of the day on which the decision was signed: the remedies are those of that day.
static bool letter_text(App *app, const GroupReply *reply, const RequestWork *work, Arena *a,
                        LetterText *out, Err *err)
{
    App then = *app;
    then.today = reply->decision.signed_on;
    LetterFill fill = decision_fill(&reply->decision.sheet, &work->request, a);
    if (!letter_draft_known(&then, work, &reply->known, NULL, &fill, a, out, err))
        return false;
    if (reply->by_hand)
        out->body = rewritten(reply, work, a);
    out->on = reply->decision.signed_on;
    return letter_ready(letter_reply(reply->decision.sheet.outcome), out->on, out->body, err);
}

// --- the reply

// As many units as the request that leads, with their outcomes: the same question is the same
// number of matters. One that was split by itself keeps its own.
static bool units_of_lead(App *app, const GroupReply *reply, RequestWork *work, Err *err)
{
    if (reply->split.units.n < 2 || work->request.n_units > 1)
        return true;
    work->request.n_units = (int64_t)reply->split.units.n;
    return store_split_set(app->db, app->site, work->request.id, &reply->split, err);
}

static bool may_answer(App *app, const GroupReply *reply, const RequestWork *work,
                       const RequestStep *step, Arena *a, Err *err)
{
    RequestFacts unused;
    if (work->request.same_as.n != reply->lead.request.id.n)
        return fail(err, ERR_RULE, NULL, "已经解除并案", "it is in the group no more");
    return request_decide(&work->facts, &step->fact, &work->rules.calendar, &work->rules.settings,
                          app->today, a, &unused, err);
}

static const SendWayDef *at_once(const InfoRequest *r)
{
    const SendWayDef *way = &send_ways[SEND_PLATFORM];
    return str_eq(r->way, way->id) ? way : NULL;
}

static bool take_answer(App *app, RequestWork *work, RequestStep *step, const SendWayDef *way,
                        Arena *a, Err *err)
{
    if (!request_take(app, work, step, a, err))
        return false;
    step->fact.kind = FACT_DELIVERED;
    return !way || !way->arrives || request_take(app, work, step, a, err);
}

// What the decision on the request that leads says, kept for this one with its own letter.
static bool keep_decision(Act *act, const GroupReply *reply, const RequestWork *work,
                          const LetterText *text, const SendWayDef *way, int64_t version, Arena *a,
                          Letter *letter, Err *err)
{
    App *app = act->app;
    if (!letter_issue_known(act, letter_owner_request(&work->request), &reply->known, text, a,
                            letter, err))
        return false;
    Decision d = reply->decision;
    d.request = work->request.id;
    d.version = version;
    d.text = text->body;
    d.letter = letter->id;
    d.letter_code = letter->code;
    d.send_way = way ? way->id : S("");
    d.send_number = d.send_whom = d.evidence = S("");
    return store_decision_save(app->db, app->site, &d, app->now, a, err);
}

static bool answer_with_letter(Act *act, const GroupReply *reply, RequestWork *work,
                               RequestStep *step, Arena *a, Err *err)
{
    App *app = act->app;
    LetterText text;
    Letter letter;
    Decision own;
    const SendWayDef *way = at_once(&work->request);
    if (!store_decision_get(app->db, app->site, work->request.id, a, &own, err))
        return false;
    if (own.letter.n && own.state == DECISION_SIGNED)
        return fail(err, ERR_RULE, NULL, "答复已经签发，等待发出",
                    "its reply is signed and waits to be sent");
    if (!letter_text(app, reply, work, a, &text, err) || !units_of_lead(app, reply, work, err) ||
        !keep_decision(act, reply, work, &text, way, own.version, a, &letter, err))
        return false;
    step->fact.document = letter.code;
    return way ? take_answer(app, work, step, way, a, err) : request_save(app, work, err);
}

bool group_answer_one(Act *act, const GroupReply *reply, RequestId id, Date on, Arena *a, Err *err)
{
    App *app = act->app;
    RequestWork work;
    bool letter = reply->decision.letter.n != 0;
    RequestStep step = {
        .id = id,
        .fact = {.kind = FACT_ANSWERED, .on = letter ? app->today : on, .until = date_none}};
    if (!outcome_named(reply->lead.request.outcome, &step.outcome))
        return fail(err, ERR_RULE, NULL, "主件还没有答复", "the leading request is not answered");
    step.note = str_fmt(a, "与" PRI_STR "并案答复", STR_ARG(reply->lead.request.code));
    if (!load(app, id, &reply->lead.rules, a, &work, err) ||
        !may_answer(app, reply, &work, &step, a, err))
        return false;
    if (!letter &&
        (!units_of_lead(app, reply, &work, err) || !request_take(app, &work, &step, a, err)))
        return false;
    return (!letter || answer_with_letter(act, reply, &work, &step, a, err)) &&
           request_note(act, ACT_REQUEST_STEP, &work, a, err);
}

// --- what waited

static SendWay way_of(const InfoRequest *r)
{
    return str_eq(r->way, S("email"))     ? SEND_EMAIL
           : str_eq(r->way, S("mail"))    ? SEND_POST
           : str_eq(r->way, S("pick_up")) ? SEND_HANDED
           : str_eq(r->way, S("on_site")) ? SEND_INSPECTION
                                          : SEND_PLATFORM;
}

bool group_send_one(Act *act, RequestId id, const RequestRules *rules, Date on, Str number,
                    Arena *a, Err *err)
{
    App *app = act->app;
    RequestWork work;
    RequestFacts unused;
    Decision d;
    if (!load(app, id, rules, a, &work, err) ||
        !store_decision_get(app->db, app->site, id, a, &d, err))
        return false;
    if (!d.letter.n || d.state != DECISION_SIGNED || !d.sheet.chosen)
        return fail(err, ERR_RULE, NULL, "答复还没有签发", "its reply is not signed");
    const SendWayDef *way = &send_ways[way_of(&work.request)];
    Sending sending = {.way = way_of(&work.request), .on = on, .number = number};
    RequestStep step = {
        .id = id,
        .fact = {.kind = FACT_ANSWERED, .on = on, .until = date_none, .document = d.letter_code},
        .note = number.n ? str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(way->name), STR_ARG(number))
                         : way->name,
        .outcome = d.sheet.outcome};
    if (!sending_decide(&sending, d.signed_on, app->today, err) ||
        !request_decide(&work.facts, &step.fact, &work.rules.calendar, &work.rules.settings,
                        app->today, a, &unused, err))
        return false;
    d.send_way = way->id;
    d.send_number = number;
    return take_answer(app, &work, &step, way, a, err) &&
           store_decision_save(app->db, app->site, &d, app->now, a, err) &&
           request_note(act, ACT_REQUEST_STEP, &work, a, err);
}

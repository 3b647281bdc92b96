#include "app/decision.h"

#include "app/bulk.h"
#include "app/decision_letter.h"
#include "app/desk.h"
#include "app/release.h"
#include "app/remedy.h"
#include "base/json.h"
#include "domain/archive.h"
#include "store/organ.h"

enum { NOTE_BYTES = 16 << 10 };

// --- reading

// The organ's own review organ and court, or else the site's (domain/organ.h).
static bool remedy_organs(App *app, OrganId organ, Arena *a, Str *review, Str *court, Err *err)
{
    Organ o;
    Site site;
    Scope all = scope_site(app->site);
    if (!store_organ_get(app->db, &all, organ, a, &o, err) ||
        !store_site_get(app->db, app->site, a, &site, err))
        return false;
    *review = o.review_name.n ? o.review_name : site.review_name;
    *court = o.court_name.n ? o.court_name : site.court_name;
    return true;
}

static bool has_roles(const DecisionHand *h, Verb may)
{
    return roles_reach(h->roles, may, false) != REACH_NONE;
}

static bool can_take(const DecisionHands *hands, const DecisionDeeds *deeds, DecisionPart part)
{
    for (size_t i = 0; i < hands->n; i++) {
        Doer who = {.person = hands->v[i].person};
        if (has_roles(&hands->v[i], decision_parts[part].may) &&
            !decision_conflict(deeds, &who, part))
            return true;
    }
    return false;
}

// Each part on its own: that there are enough people for all of them at once is told by the next
// step, when one of them has been used up.
DecisionPart decision_unfilled(const DecisionHands *hands, const DecisionDeeds *deeds,
                               DecisionState from, bool section)
{
    for (DecisionPart part = PART_SECTION; part <= PART_SIGN; part++) {
        bool over = (int)from > (int)DECISION_SECTION + (int)(part - PART_SECTION);
        bool skipped = part == PART_SECTION && !section;
        if (!over && !skipped && !can_take(hands, deeds, part))
            return part;
    }
    return PART_NONE;
}

static bool scene_make(App *app, const InfoRequest *r, const RequestFacts *facts,
                       const Opinions *opinions, Arena *a, DecisionScene *out, Err *err)
{
    *out = (DecisionScene){.facts = facts, .phase = r->phase};
    opinions_weigh(opinions, app->today, out);
    return remedy_organs(app, r->organ, a, &out->review, &out->court, err);
}

static Str remedy_of(const App *app, const Decision *d, const DecisionScene *scene, Arena *a)
{
    if (d->state == DECISION_SIGNED)
        return d->remedy;
    return d->sheet.chosen
               ? remedy_words(d->sheet.outcome, app->today, scene->review, scene->court, a)
               : S("");
}

// The page shows it as it would go out; a wording that cannot be used says so in its place.
static Str text_of(App *app, const RequestFile *file, const DecisionFile *f, Arena *a)
{
    Err why = {0};
    LetterText text;
    RequestWork work = {.request = file->request,
                        .stored = file->facts,
                        .facts = *f->scene.facts,
                        .rules = file->rules};
    if (f->decision.text.n || !f->decision.sheet.chosen)
        return f->decision.text;
    return decision_letter_redo(app, &work, &f->decision.sheet, redo_words(&f->hand, a), a, &text,
                                &why)
               ? text.body
               : str_dup(a, str_z(why.zh));
}

// Asked of outcomes that give something out (domain/outcome.h).
static bool given_ready(App *app, RequestId id, int64_t nth, const DecisionSheet *s, Arena *a,
                        bool *ready, Str *why, Err *err)
{
    *ready = true;
    return !s->chosen || !outcome_defs[s->outcome].releases ||
           release_ready_nth(app, id, nth, a, ready, why, err);
}

// The outcome of the one before it that went out.
static bool is_same(const DecisionFile *f)
{
    const DecisionHeads *heads = &f->hand.heads;
    for (size_t i = heads->n; f->decision.ordered.n && i-- > 0;)
        if (heads->v[i].nth < f->decision.nth && decision_is_out(&heads->v[i], f->scene.facts))
            return f->decision.sheet.chosen && heads->v[i].outcome == f->decision.sheet.outcome;
    return false;
}

static int64_t redo_of(const Decision *d)
{
    return d->ordered.n ? d->nth : 0;
}

// What is stored of the decision in hand; an empty draft where nothing is yet.
static bool decision_load(App *app, RequestId id, const DecisionInHand *hand, Arena *a,
                          Decision *out, Err *err)
{
    if (!store_decision_nth(app->db, app->site, id, hand->head.nth, a, out, err))
        return false;
    out->ordered.n = hand->head.remedy;
    return true;
}

bool app_decision_get(App *app, const RequestFile *file, Arena *a, DecisionFile *out, Err *err)
{
    return app_decision_nth(app, file, 0, a, out, err);
}

bool app_decision_nth(App *app, const RequestFile *file, int64_t nth, Arena *a, DecisionFile *out,
                      Err *err)
{
    DecisionFile f = {0};
    RequestId id = file->request.id;
    RequestFacts *facts = NEW(a, RequestFacts, 1);
    *facts = facts_standing(&file->facts, a);
    if (!decision_hand_nth(app, &file->request, facts, nth, a, &f.hand, err) ||
        !decision_load(app, id, &f.hand, a, &f.decision, err) ||
        !store_decision_deeds(app->db, app->site, id, f.decision.nth, a, &f.deeds, err) ||
        !store_decision_drafts(app->db, app->site, id, f.decision.nth, a, &f.drafts, err) ||
        !store_decision_hands(app->db, app->site, file->request.organ, app->today, a, &f.hands,
                              err) ||
        !store_decision_section(app->db, app->site, &f.section, err) ||
        !opinions_load(app, id, &file->facts, &file->rules, a, &f.opinions, err) ||
        !scene_make(app, &file->request, facts, &f.opinions, a, &f.scene, err))
        return false;
    f.review = f.scene.review;
    f.court = f.scene.court;
    f.state = decision_seen(f.decision.state, redo_of(&f.decision), facts);
    f.sent_on = decision_sent_on(redo_of(&f.decision), facts);
    f.arrived_on = decision_arrived_on(redo_of(&f.decision), facts);
    f.same = is_same(&f);
    f.remedy = remedy_of(app, &f.decision, &f.scene, a);
    decision_lacks(&f.decision.sheet, &f.scene, a, &f.lacks);
    f.text = text_of(app, file, &f, a);
    if (!given_ready(app, id, f.decision.nth, &f.decision.sheet, a, &f.ready, &f.not_ready, err))
        return false;
    *out = f;
    return true;
}

// --- one decision in hand

typedef struct Work {
    Act act;
    RequestWork request;
    DecisionInHand hand;
    Decision decision;
    DecisionDeeds deeds;
    Opinions opinions;
    DecisionScene scene;
    bool section;
    Str was;
} Work;

static Str summary(const Work *w, Str reason, Arena *a)
{
    const Decision *d = &w->decision;
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut out = json_out(&b);
    json_object(&out);
    json_put_str(&out, "code", w->request.request.code);
    json_put_str(&out, "state",
                 decision_states[decision_seen(d->state, redo_of(d), &w->request.facts)].name);
    if (d->ordered.n)
        json_put_int(&out, "nth", d->nth);
    if (d->sheet.chosen)
        json_put_str(&out, "outcome", outcome_defs[d->sheet.outcome].name);
    json_put_int(&out, "draft", d->draft);
    if (reason.n)
        json_put_str(&out, "reason", reason);
    json_end(&out);
    return buf_str(&b);
}

static void work_end(Work *w)
{
    act_end(&w->act);
}

// `nth` 0: the decision in hand.
static bool work_begin(App *app, RequestId id, int64_t nth, int64_t version, Arena *a, Work *w,
                       Err *err)
{
    Decision *d = &w->decision;
    if (!act_begin(app, &w->act, err) || !request_load(app, id, 0, a, &w->request, err) ||
        !decision_hand_nth(app, &w->request.request, &w->request.facts, nth, a, &w->hand, err) ||
        !decision_load(app, id, &w->hand, a, d, err) ||
        !store_decision_deeds(app->db, app->site, id, d->nth, a, &w->deeds, err) ||
        !store_decision_section(app->db, app->site, &w->section, err) ||
        !request_compute(app, &w->request.facts, &w->request.rules, &w->request.request, err) ||
        !opinions_load(app, id, &w->request.stored, &w->request.rules, a, &w->opinions, err) ||
        !scene_make(app, &w->request.request, &w->request.facts, &w->opinions, a, &w->scene, err))
        return false;
    d->state = decision_seen(d->state, redo_of(d), &w->request.facts);
    w->was = d->version ? summary(w, S(""), a) : S("");
    if (d->version != version)
        return fail(err, ERR_BUSY, NULL, "这份答复刚被别人改过或者办过，请看过现在的内容再提交",
                    "somebody else has changed this decision; look at it again");
    return true;
}

static Doer doer_of(const App *app)
{
    return (Doer){app->actor.person, app->actor.instead_of};
}

// Decides the step and records who took it.
static bool take(App *app, Work *w, DecisionAction action, Str reason, Arena *a, Err *err)
{
    const DecisionFlow *row = decision_row(w->decision.state, action);
    DecisionStep step = {action, doer_of(app), reason, !w->section};
    DecisionDeed deed = {.action = action,
                         .part = row ? row->part : PART_NONE,
                         .draft = w->decision.draft,
                         .by = step.by,
                         .at = app->now,
                         .reason = reason};
    if (!decision_decide(w->decision.state, &w->deeds, &step, &w->decision.state, err) ||
        !store_decision_deed_add(app->db, app->site, w->request.request.id, w->decision.nth, &deed,
                                 err))
        return false;
    *PUSH(a, &w->deeds) = deed;
    return true;
}

// What is stored goes up to SIGNED: sent and delivered follow from the facts.
static bool work_save(App *app, Work *w, Arena *a, Err *err)
{
    Decision *d = &w->decision;
    DecisionState seen = d->state;
    d->state = seen > DECISION_SIGNED ? DECISION_SIGNED : seen;
    bool ok = store_decision_save(app->db, app->site, d, app->now, a, err);
    d->state = seen;
    return ok;
}

static bool work_note(Work *w, ActKind kind, Str reason, Arena *a, Err *err)
{
    const InfoRequest *r = &w->request.request;
    return act_note(&w->act,
                    &(ActNote){.kind = kind,
                               .noun = S("request"),
                               .noun_id = r->id.n,
                               .version = w->decision.version,
                               .organ = r->organ,
                               .was = w->was,
                               .became = summary(w, reason, a)},
                    err);
}

// --- what must hold before it goes on

// A decision made anew stands on an order: an appeal, or a case that was recorded by mistake, takes
// it away. What is in the archive is opened first.
static bool still_ordered(const Work *w, Err *err)
{
    if (!archive_change_may(w->request.request.archived_at != 0, err))
        return false;
    return w->hand.open ||
           fail(err, ERR_RULE, NULL,
                "复议、诉讼案件里现在没有等待办理的重新答复（已经上诉、撤销登记或者已经答复），"
                "这份决定单不能再办",
                "no review or suit waits for a new reply now; this decision cannot go on");
}

static bool still_open(const Work *w, Err *err)
{
    if (w->decision.ordered.n)
        return still_ordered(w, err);
    Phase phase = w->request.request.phase;
    return phase == PHASE_OPEN || phase == PHASE_OPINION ||
           fail(err, ERR_RULE, NULL, "申请现在是“" PRI_STR "”，还不能（不用再）答复",
                "the request is “" PRI_STR "”; no reply now", STR_ARG(phase_defs[phase].name));
}

static bool all_said(Work *w, Arena *a, DecisionLacks *lacks, Err *err)
{
    decision_lacks(&w->decision.sheet, &w->scene, a, lacks);
    return !lacks->n || fail(err, ERR_INPUT, NULL, "还不能送出：" PRI_STR, "not yet: " PRI_STR,
                             STR_ARG(lacks->v[0].words));
}

static bool hands_there(App *app, Work *w, Arena *a, Err *err)
{
    DecisionHands hands;
    if (!store_decision_hands(app->db, app->site, w->request.request.organ, app->today, a, &hands,
                              err))
        return false;
    DecisionPart part = decision_unfilled(&hands, &w->deeds, w->decision.state, w->section);
    return part == PART_NONE ||
           fail(err, ERR_RULE, NULL,
                "本机关没有人可以“" PRI_STR "”（没有经手过这件的" PRI_STR
                "），请先请管理员给另一个人授予岗位",
                "nobody at the organ can do “" PRI_STR "” (" PRI_STR
                " who has had no other part in it); have one appointed",
                STR_ARG(decision_parts[part].name), STR_ARG(decision_parts[part].roles));
}

// --- drafting

static bool changed(const Decision *d, const DecisionSheet *sheet, Arena *a)
{
    return d->state != DECISION_DRAFT || !d->version ||
           !str_eq(decision_sheet_json(&d->sheet, a), decision_sheet_json(sheet, a));
}

static bool keep(App *app, Work *w, const DecisionSheet *sheet, Arena *a, Err *err)
{
    Decision *d = &w->decision;
    if (!changed(d, sheet, a))
        return true;
    d->draft++;
    d->sheet = *sheet;
    d->text = S("");
    return take(app, w, DECISION_SAVE, S(""), a, err) &&
           store_decision_draft_add(app->db, app->site, d, app->actor.person, app->now, a, err);
}

// Fixed when it is sent on: what is reviewed is what is signed.
static bool write_letter(App *app, Work *w, Arena *a, DecisionLacks *lacks, Err *err)
{
    LetterText text;
    const DecisionSheet *s = &w->decision.sheet;
    Err why = {0};
    if (!decision_letter_redo(app, &w->request, s, redo_words(&w->hand, a), a, &text, err))
        return false;
    if (!letter_ready(letter_reply(s->outcome), app->today, text.body, &why)) {
        *PUSH(a, lacks) = (DecisionLack){S("text"), str_dup(a, str_z(why.zh))};
        *err = why;
        return false;
    }
    w->decision.text = text.body;
    return true;
}

static bool submit(App *app, Work *w, Arena *a, DecisionLacks *lacks, Err *err)
{
    return still_open(w, err) && all_said(w, a, lacks, err) &&
           write_letter(app, w, a, lacks, err) && take(app, w, DECISION_SUBMIT, S(""), a, err) &&
           hands_there(app, w, a, err);
}

static bool not_ended(const Work *w, Err *err)
{
    if (w->decision.ordered.n)
        return still_ordered(w, err);
    return w->request.request.open || fail(err, ERR_RULE, NULL, "申请已经办结，不用再起草答复",
                                           "the request is closed; nothing is drafted");
}

bool app_decision_save(App *app, const DecisionSave *save, Arena *a, DecisionLacks *lacks, Err *err)
{
    CLEANUP(work_end) Work w = {0};
    *lacks = (DecisionLacks){0};
    return work_begin(app, save->id, 0, save->version, a, &w, err) && not_ended(&w, err) &&
           keep(app, &w, &save->sheet, a, err) &&
           (!save->submit || submit(app, &w, a, lacks, err)) && work_save(app, &w, a, err) &&
           work_note(&w, save->submit ? ACT_DECISION_SUBMIT : ACT_DECISION_SAVE, S(""), a, err) &&
           act_commit(&w.act, err);
}

// --- on its way

static bool power_fits(Verb may, const DecisionFlow *row, Err *err)
{
    Verb wanted = row ? decision_may(row) : may;
    return may == wanted ||
           fail(err, ERR_DENIED, NULL, "这一步需要另外的权限：" PRI_STR,
                "this step takes another power: " PRI_STR, STR_ARG(verb_defs[wanted].name));
}

static bool nothing_waits(App *app, Work *w, Arena *a, Err *err)
{
    bool ready;
    Str why = S("");
    if (!given_ready(app, w->request.request.id, w->decision.nth, &w->decision.sheet, a, &ready,
                     &why, err))
        return false;
    return ready || fail(err, ERR_RULE, NULL, "要提供的信息还没有准备好：" PRI_STR,
                         "what is given out is not ready: " PRI_STR, STR_ARG(why));
}

// Fixed for good: the letter gets its number, and the remedies are those of this day.
static bool sign(App *app, Work *w, Arena *a, Err *err)
{
    Decision *d = &w->decision;
    LetterText text;
    Letter letter;
    if (!nothing_waits(app, w, a, err) ||
        !decision_letter_redo(app, &w->request, &d->sheet, redo_words(&w->hand, a), a, &text, err))
        return false;
    text.body = d->text;
    text.on = app->today;
    if (!letter_issue(&w->act, letter_owner_request(&w->request.request),
                      letter_reply(d->sheet.outcome), &text, a, &letter, err))
        return false;
    d->signed_on = app->today;
    d->letter = letter.id;
    d->letter_code = letter.code;
    d->remedy = remedy_words(d->sheet.outcome, app->today, w->scene.review, w->scene.court, a);
    return true;
}

static PersonId drafter_of(const DecisionDeeds *deeds)
{
    for (size_t i = deeds->n; i-- > 0;)
        if (deeds->v[i].part == PART_DRAFT)
            return deeds->v[i].by.person;
    return (PersonId){0};
}

static bool tell_drafter(App *app, const Work *w, Str words, Arena *a, Err *err)
{
    PersonId to = drafter_of(&w->deeds);
    const InfoRequest *r = &w->request.request;
    if (!to.n || to.n == app->actor.person.n)
        return true;
    return app_notify(app, to, NOTICE_TASK_GIVEN,
                      str_fmt(a, PRI_STR "：" PRI_STR, STR_ARG(r->code), STR_ARG(words)),
                      str_fmt(a, "/desk/requests/%lld/decision", (long long)r->id.n), err);
}

static bool step_on(App *app, Work *w, const DecisionAsk *ask, Arena *a, ActKind *act, Err *err)
{
    DecisionLacks lacks = {0};
    bool signs = w->decision.state == DECISION_SIGNING;
    if (ask->action == DECISION_RECALL || ask->action == DECISION_RETURN)
        w->decision.text = S("");
    if (ask->action == DECISION_RECALL)
        return *act = ACT_DECISION_RECALL, take(app, w, ask->action, ask->reason, a, err);
    if (ask->action == DECISION_RETURN) {
        *act = ACT_DECISION_RETURN;
        return take(app, w, ask->action, ask->reason, a, err) &&
               tell_drafter(app, w, str_cat(a, S("答复稿退回修改："), ask->reason), a, err);
    }
    *act = ask->action == DECISION_SUBMIT ? ACT_DECISION_SUBMIT
           : signs                        ? ACT_DECISION_SIGN
                                          : ACT_DECISION_PASS;
    if (!still_open(w, err) || !all_said(w, a, &lacks, err) ||
        (ask->action == DECISION_SUBMIT && !write_letter(app, w, a, &lacks, err)) ||
        !take(app, w, ask->action, ask->reason, a, err))
        return false;
    if (!signs)
        return hands_there(app, w, a, err);
    return sign(app, w, a, err) && tell_drafter(app, w, S("答复已签发，请当日发出"), a, err);
}

bool app_decision_step(App *app, Verb may, const DecisionAsk *ask, Arena *a, Err *err)
{
    CLEANUP(work_end) Work w = {0};
    ActKind act = ACT_DECISION_PASS;
    return work_begin(app, ask->id, 0, ask->version, a, &w, err) &&
           power_fits(may, decision_row(w.decision.state, ask->action), err) &&
           step_on(app, &w, ask, a, &act, err) && work_save(app, &w, a, err) &&
           work_note(&w, act, ask->reason, a, err) && act_commit(&w.act, err);
}

// --- leaving, and arriving

static Str way_words(const Sending *s, Arena *a)
{
    Str words = send_ways[s->way].name;
    if (s->number.n)
        words = str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(words), STR_ARG(s->number));
    return s->whom.n ? str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(words), STR_ARG(s->whom)) : words;
}

static bool record(App *app, Work *w, FactKind kind, Date on, Str note, Arena *a, Err *err)
{
    RequestStep step = {.id = w->request.request.id,
                        .fact = {.kind = kind,
                                 .on = on,
                                 .until = date_none,
                                 .about = redo_of(&w->decision),
                                 .document = w->decision.letter_code},
                        .note = note,
                        .outcome = w->decision.sheet.outcome};
    return request_take(app, &w->request, &step, a, err);
}

static bool record_sent(App *app, Work *w, Date on, Str words, Arena *a, Err *err)
{
    return record(app, w, w->decision.ordered.n ? FACT_REDONE : FACT_ANSWERED, on, words, a, err);
}

static bool record_arrived(App *app, Work *w, Date on, Str words, Arena *a, Err *err)
{
    return record(app, w, w->decision.ordered.n ? FACT_REDONE_DELIVERED : FACT_DELIVERED, on, words,
                  a, err);
}

// The case that ordered it; a first reply is what every case about silence waits for.
static bool tell_cases(Work *w, Date on, Arena *a, Err *err)
{
    RedoneSay say = {.request = w->request.request.id,
                     .only = w->decision.ordered,
                     .on = on,
                     .outcome = w->decision.sheet.outcome,
                     .document = w->decision.letter_code};
    return remedy_redone(&w->act, &say, a, err);
}

// Only the first reply is that of those who were joined: what was ordered, was about one request.
static bool answer_joined(Work *w, Date on, Arena *a, Err *err)
{
    return w->decision.ordered.n || bulk_answer(&w->act, &w->request, on, a, err);
}

// 条例第三十二条: 决定公开的，将决定公开的政府信息内容和理由书面告知第三方.
static bool third_parties_told(const Work *w, Err *err)
{
    const Opinion *o = opinion_untold(&w->opinions, w->decision.sheet.outcome == OUTCOME_DISCLOSED);
    return !o ||
           fail(err, ERR_RULE, NULL,
                "“" PRI_STR
                "”不同意公开，发出以前要把决定公开的内容和理由书面告知对方（条例第三十二条）",
                "“" PRI_STR "” objected and has to be told in writing first (Regulation, Art. 32)",
                STR_ARG(o->whom));
}

bool app_decision_send(App *app, RequestId id, int64_t version, const Sending *sending, Arena *a,
                       Err *err)
{
    CLEANUP(work_end) Work w = {0};
    if (!work_begin(app, id, 0, version, a, &w, err) ||
        (w.decision.ordered.n && w.decision.state == DECISION_SIGNED && !still_ordered(&w, err)) ||
        !take(app, &w, DECISION_SEND, S(""), a, err) || !nothing_waits(app, &w, a, err) ||
        !third_parties_told(&w, err) ||
        !sending_decide(sending, w.decision.signed_on, app->today, err))
        return false;
    Str words = way_words(sending, a);
    w.decision.send_way = send_ways[sending->way].id;
    w.decision.send_number = sending->number;
    w.decision.send_whom = sending->whom;
    return record_sent(app, &w, sending->on, words, a, err) &&
           (!send_ways[sending->way].arrives ||
            (take(app, &w, DECISION_DELIVER, S(""), a, err) &&
             record_arrived(app, &w, sending->on, words, a, err))) &&
           tell_cases(&w, sending->on, a, err) && work_save(app, &w, a, err) &&
           work_note(&w, ACT_DECISION_SEND, words, a, err) &&
           answer_joined(&w, sending->on, a, err) && act_commit(&w.act, err);
}

bool app_decision_deliver(App *app, RequestId id, int64_t nth, int64_t version, Date on,
                          Str evidence, Arena *a, Err *err)
{
    CLEANUP(work_end) Work w = {0};
    if (!evidence.n)
        return fail(err, ERR_INPUT, NULL, "请写明凭什么知道已经送达：签收人、回执、投递查询结果",
                    "say by what it is known to have arrived");
    if (!work_begin(app, id, nth, version, a, &w, err))
        return false;
    w.decision.evidence = evidence;
    return take(app, &w, DECISION_DELIVER, S(""), a, err) &&
           record_arrived(app, &w, on, evidence, a, err) && work_save(app, &w, a, err) &&
           work_note(&w, ACT_DECISION_DELIVER, evidence, a, err) && act_commit(&w.act, err);
}

// --- settings

bool app_decision_setting(App *app, bool section, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    bool was;
    static const Str words[] = {SI("{\"section_review\":\"\"}"), SI("{\"section_review\":\"1\"}")};
    return act_begin(app, &act, err) && store_decision_section(app->db, app->site, &was, err) &&
           store_decision_section_set(app->db, app->site, section, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_DECISION_SETTING,
                               .noun = S("site"),
                               .noun_id = app->site.n,
                               .was = words[was],
                               .became = words[section]},
                    err) &&
           act_commit(&act, err);
}

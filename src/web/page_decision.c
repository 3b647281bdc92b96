#include "web/page_decision.h"

#include "app/release.h"
#include "views.h"
#include "web/decision_view.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

// --- what every page of it begins with

typedef struct Sheet {
    DecisionPage page;
    RequestFile file;
    DecisionFile decision;
} Sheet;

static Str sheet_path(Arena *a, RequestId id, const char *tail)
{
    return str_fmt(a, "/desk/requests/%lld/decision%s", (long long)id.n, tail);
}

// 0: the one in hand.
static int64_t nth_asked(const Request *r)
{
    int64_t nth = 0;
    str_to_int(request_param(r, "nth"), &nth);
    return nth;
}

static Str nth_path(Arena *a, RequestId id, int64_t nth, const char *tail)
{
    return nth ? str_fmt(a, "/desk/requests/%lld/decisions/%lld%s", (long long)id.n, (long long)nth,
                         tail)
               : sheet_path(a, id, tail);
}

static bool load(Request *r, Sheet *s, Err *err)
{
    return app_request_get(app_of(r), request_id_of(r), r->a, &s->file, err) &&
           app_decision_nth(app_of(r), &s->file, nth_asked(r), r->a, &s->decision, err);
}

static void others(Request *r, Sheet *s)
{
    const DecisionHeads *heads = &s->decision.hand.heads;
    for (size_t i = 0; i < heads->n; i++) {
        const DecisionHead *h = &heads->v[i];
        Str name = h->chosen ? outcome_defs[h->outcome].name : S("还没有选决定");
        if (h->nth != s->decision.decision.nth)
            *PUSH(r->a, &s->page.others) =
                (Link){.href = nth_path(r->a, s->file.request.id, h->nth, ""),
                       .text = str_fmt(r->a, "第%lld次决定，" PRI_STR "%s" PRI_STR,
                                       (long long)h->nth, STR_ARG(name),
                                       h->letter_code.n ? "，" : "", STR_ARG(h->letter_code))};
    }
}

static bool begin(Request *r, Str heading, Sheet *s, Err *err)
{
    *s = (Sheet){0};
    if (!load(r, s, err) || !desk_begin(r, heading, DESK_REQUESTS, &s->page.desk, err))
        return false;
    RequestId id = s->file.request.id;
    desk_crumb(r, &s->page.desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &s->page.desk, door_path(r->a, S("request"), id.n), s->file.request.code);
    s->page.back = nth_path(r->a, id, nth_asked(r), "");
    if (!str_eq(r->path, s->page.back))
        desk_crumb(r, &s->page.desk, s->page.back, S("决定单"));
    desk_crumb(r, &s->page.desk, S(""), heading);
    s->page.code = s->file.request.code;
    s->page.heading = heading;
    s->page.hint = s->file.request.title;
    s->page.action = r->path;
    s->page.again = redo_say(r->a, &s->decision);
    if (s->decision.same && s->decision.state < DECISION_SIGNED)
        s->page.same =
            S("与上一次答复的处理决定相同。复议决定、判决撤销了它，请写明有什么新的事实或者"
              "理由；是否属于基本相同的答复，请法制审核人核对。");
    others(r, s);
    s->page.sheet = sheet_view(r, &s->file, &s->decision);
    s->page.deeds = deed_lines(r, &s->decision.deeds, &s->page.n_deeds);
    return true;
}

static bool show(Response *w, Sheet *s)
{
    if (s->page.has_form && form_is_wrong(&s->page.form))
        w->status = 422;
    view_decision(&w->out, &s->page);
    return true;
}

static void form_begin(Request *r, Sheet *s, const FieldDef *defs, size_t n, Str submit)
{
    form_new(r, defs, n, &s->page.form);
    s->page.form.version = s->decision.decision.version;
    s->page.has_form = true;
    s->page.submit = submit;
}

static Doer viewer_doer(const Request *r, Verb may)
{
    const Post *post = viewer_post(r->viewer, may);
    return (Doer){r->viewer->person, post ? post->instead_of : (PersonId){0}};
}

// Whether this viewer may take the step; where another part of theirs is in the way, *why says so.
static bool step_open(Request *r, const DecisionFile *d, DecisionAction action, Verb may, Str *why)
{
    Err unread = {0};
    DecisionState next;
    DecisionStep step = {action, viewer_doer(r, may), S("-"), !d->section};
    if (decision_decide(d->state, &d->deeds, &step, &next, &unread))
        return true;
    *why = str_dup(r->a, str_z(unread.zh));
    return false;
}

// --- the sheet

typedef struct SheetDoor {
    DecisionState state;
    DecisionAction action;
    const char *tail, *name;
} SheetDoor;

// clang-format off
static const SheetDoor sheet_doors[] = {
    { DECISION_DRAFT,   DECISION_SAVE,    "/edit",     "拟定答复" },
    { DECISION_SECTION, DECISION_PASS,    "/review",   "科室审核" },
    { DECISION_LEGAL,   DECISION_PASS,    "/legal",    "法制审核" },
    { DECISION_SIGNING, DECISION_PASS,    "/sign",     "签发" },
    { DECISION_SIGNED,  DECISION_SEND,    "/send",     "发出答复" },
    { DECISION_SENT,    DECISION_DELIVER, "/delivery", "登记送达" },
    { DECISION_SECTION, DECISION_RECALL,  "/recall",   "撤回" },
    { DECISION_LEGAL,   DECISION_RECALL,  "/recall",   "撤回" },
    { DECISION_SIGNING, DECISION_RECALL,  "/recall",   "撤回" },
};
// clang-format on

static void letter_link(Request *r, Sheet *s)
{
    const Decision *d = &s->decision.decision;
    if (d->letter.n)
        *PUSH(r->a, &s->page.doors) = (Link){.href = door_path(r->a, S("letter"), d->letter.n),
                                             .text = str_cat(r->a, S("看告知书"), d->letter_code)};
}

static void doors(Request *r, Sheet *s)
{
    for (size_t i = 0; i < sizeof sheet_doors / sizeof *sheet_doors; i++) {
        const SheetDoor *door = &sheet_doors[i];
        const DecisionFlow *row = decision_row(door->state, door->action);
        Str why = S("");
        if (door->state != s->decision.state || !viewer_may(r->viewer, decision_may(row)))
            continue;
        if (step_open(r, &s->decision, door->action, decision_may(row), &why))
            *PUSH(r->a, &s->page.doors) =
                (Link){.href = nth_path(r->a, s->file.request.id, nth_asked(r), door->tail),
                       .text = str_z(door->name)};
        else
            s->page.alert = why;
    }
}

static void drafts(Request *r, Sheet *s)
{
    const DecisionDrafts *d = &s->decision.drafts;
    for (size_t i = 0; i < d->n; i++) {
        Outcome o;
        Str name = outcome_named(d->v[i].outcome, &o) ? outcome_defs[o].name : S("还没有选决定");
        *PUSH(r->a, &s->page.drafts) =
            (Link){.href = str_fmt(r->a, PRI_STR "/drafts/%lld", STR_ARG(s->page.back),
                                   (long long)d->v[i].draft),
                   .text = str_fmt(r->a, "第%lld稿，" PRI_STR "，" PRI_STR,
                                   (long long)d->v[i].draft, STR_ARG(name), STR_ARG(d->v[i].who))};
    }
}

// What was given out with it.
static bool files(Request *r, Sheet *s, Err *err)
{
    Release release;
    if (!app_release_nth(app_of(r), s->file.request.id, s->decision.decision.nth, r->a, &release,
                         err))
        return false;
    for (size_t i = 0; i < release.files.n; i++)
        *PUSH(r->a, &s->page.files) =
            (Link){.href = str_fmt(r->a, "/desk/releases/%lld", (long long)release.files.v[i].id.n),
                   .text = release.files.v[i].name};
    return true;
}

bool page_decision(Request *r, Response *w, Err *err)
{
    Sheet s;
    if (!begin(r, S("决定单"), &s, err))
        return false;
    if (s.decision.hand.open && s.file.request.archived_at)
        s.page.alert =
            S("这件申请已经归档：先在它的“档案”里按这件复议、诉讼重新打开，再办重新答复。");
    else if (s.decision.hand.open || s.decision.state >= DECISION_SIGNED)
        doors(r, &s);
    letter_link(r, &s);
    drafts(r, &s);
    return show(w, &s);
}

// Of one that is not in hand nothing is left to do but to say that it arrived.
bool page_decision_nth(Request *r, Response *w, Err *err)
{
    Sheet s;
    if (!begin(r, str_fmt(r->a, "第%lld次决定", (long long)nth_asked(r)), &s, err) ||
        !files(r, &s, err))
        return false;
    if (s.decision.state >= DECISION_SENT)
        doors(r, &s);
    letter_link(r, &s);
    drafts(r, &s);
    return show(w, &s);
}

bool page_decision_draft(Request *r, Response *w, Err *err)
{
    Sheet s;
    DecisionSheet old;
    int64_t draft = 0;
    str_to_int(request_param(r, "draft"), &draft);
    if (!begin(r, str_fmt(r->a, "第%lld稿", (long long)draft), &s, err) ||
        !store_decision_draft_get(app_of(r)->db, app_of(r)->site, s.file.request.id,
                                  s.decision.decision.nth, draft, r->a, &old, err))
        return false;
    s.page.sheet = sheet_view_draft(r, &old);
    drafts(r, &s);
    return show(w, &s);
}

DecisionDoor decision_door(Request *r, const RequestFile *file, const DecisionFile *d)
{
    for (size_t i = 0; i < sizeof sheet_doors / sizeof *sheet_doors; i++) {
        const SheetDoor *door = &sheet_doors[i];
        if (door->state != d->state)
            continue;
        Verb may = decision_may(decision_row(door->state, door->action));
        Str why = S("");
        bool mine = viewer_may(r->viewer, may) && step_open(r, d, door->action, may, &why);
        Str name = d->decision.ordered.n ? str_cat(r->a, S("重新答复："), str_z(door->name))
                                         : str_z(door->name);
        return (DecisionDoor){.href = mine ? sheet_path(r->a, file->request.id, door->tail) : S(""),
                              .name = name,
                              .by = why.n ? why : S("条例第三十六条、第四十五条")};
    }
    return (DecisionDoor){0};
}

bool part_decision(Request *r, const RequestFile *file, Out *out, Err *err)
{
    DecisionFile d;
    if (!app_decision_get(app_of(r), file, r->a, &d, err))
        return false;
    if (!d.decision.version && !d.hand.open)
        return true;
    SheetView v = sheet_view(r, file, &d);
    view_decision_part(out, &v, sheet_path(r->a, file->request.id, ""));
    return true;
}

// --- choosing the outcome

bool page_decision_choose(Request *r, Response *w, Err *err)
{
    Sheet s;
    if (!begin(r, S("选择处理决定"), &s, err))
        return false;
    DecisionChoosePage p = {.desk = s.page.desk, .code = s.page.code, .back = s.page.back};
    for (int q = 0; q < ASK__COUNT; q++) {
        p.groups[q].name = decision_questions[q].name;
        p.groups[q].words = decision_questions[q].words;
    }
    for (int o = 0; o < OUTCOME__COUNT; o++)
        if (decision_needs[o].here)
            *PUSH(r->a, &p.groups[decision_needs[o].at].choices) =
                (Choice){.value = path_with(r->a, str_cat(r->a, s.page.back, S("/edit")), "outcome",
                                            outcome_defs[o].id),
                         .text = outcome_defs[o].name,
                         .hint = outcome_defs[o].source};
    view_decision_choose(&w->out, &p);
    return true;
}

// --- one verdict: the section's, 法制审核, signing

// clang-format off
static const FieldDef verdict_defs[] = {
    { .name = "verdict", .label = "意见", .kind = FIELD_RADIO, .required = true },
    { .name = "reason", .label = "给拟稿人的说明", .hint = "退回的必须写：改哪里、改成什么",
      .kind = FIELD_AREA, .max = 1000 },
};
static const struct { Verb may; DecisionState state; const char *name; } verdicts[] = {
    { MAY_REQUEST_REVIEW, DECISION_SECTION, "科室审核" },
    { MAY_REQUEST_LEGAL,  DECISION_LEGAL,   "法制审核" },
    { MAY_REQUEST_SIGN,   DECISION_SIGNING, "签发" },
};
// clang-format on

static bool verdict_begin(Request *r, Sheet *s, bool *open, Err *err)
{
    size_t i = 0;
    while (verdicts[i].may != r->may)
        i++;
    if (!begin(r, str_z(verdicts[i].name), s, err))
        return false;
    Str why = S("");
    *open = s->decision.state == verdicts[i].state &&
            step_open(r, &s->decision, DECISION_PASS, r->may, &why);
    form_begin(r, s, verdict_defs, 2, str_z(verdicts[i].name));
    s->page.has_form = *open;
    if (!*open)
        s->page.alert = why.n ? why
                              : str_fmt(r->a, "答复现在是“" PRI_STR "”，不用在这里办",
                                        STR_ARG(decision_states[s->decision.state].name));
    const DecisionFlow *pass = decision_row(verdicts[i].state, DECISION_PASS);
    form_choice(&s->page.form, "verdict", S("pass"), pass->name, S(""));
    form_choice(&s->page.form, "verdict", S("return"),
                decision_row(verdicts[i].state, DECISION_RETURN)->name, S(""));
    return true;
}

bool page_decision_verdict(Request *r, Response *w, Err *err)
{
    Sheet s;
    bool open;
    return verdict_begin(r, &s, &open, err) && show(w, &s);
}

bool page_decision_verdict_send(Request *r, Response *w, Err *err)
{
    Sheet s;
    bool open;
    Err why = {0};
    if (!verdict_begin(r, &s, &open, err))
        return false;
    s.page.has_form = true; // so that what was typed is not lost where somebody was faster
    if (!form_take(r, &s.page.form))
        return show(w, &s);
    DecisionAsk ask = {.id = s.file.request.id,
                       .version = request_version(r),
                       .action = str_eq(form_text(&s.page.form, "verdict"), S("pass"))
                                     ? DECISION_PASS
                                     : DECISION_RETURN,
                       .reason = form_text(&s.page.form, "reason")};
    if (!app_decision_step(app_of(r), r->may, &ask, r->a, &why))
        return form_mend(&s.page.form, &why, err) && show(w, &s);
    return desk_done(r, w, s.page.back,
                     ask.action == DECISION_RETURN ? "decision-returned"
                     : r->may == MAY_REQUEST_SIGN  ? "decision-signed"
                                                   : "decision-passed");
}

// --- taking it back from review

static const FieldDef recall_defs[] = {
    {.name = "reason", .label = "为什么撤回", .kind = FIELD_AREA, .max = 500},
};

static bool recall_begin(Request *r, Sheet *s, Err *err)
{
    if (!begin(r, S("撤回"), s, err))
        return false;
    Str why = S("");
    bool open = step_open(r, &s->decision, DECISION_RECALL, r->may, &why);
    form_begin(r, s, recall_defs, 1, S("撤回到拟稿"));
    s->page.has_form = open;
    s->page.alert = open ? S("撤回以后回到拟稿，已经作的审核不再算数。") : why;
    return true;
}

bool page_decision_recall(Request *r, Response *w, Err *err)
{
    Sheet s;
    return recall_begin(r, &s, err) && show(w, &s);
}

bool page_decision_recall_send(Request *r, Response *w, Err *err)
{
    Sheet s;
    Err why = {0};
    if (!recall_begin(r, &s, err))
        return false;
    s.page.has_form = true;
    if (!form_take(r, &s.page.form))
        return show(w, &s);
    DecisionAsk ask = {s.file.request.id, request_version(r), DECISION_RECALL,
                       form_text(&s.page.form, "reason")};
    if (!app_decision_step(app_of(r), r->may, &ask, r->a, &why))
        return form_mend(&s.page.form, &why, err) && show(w, &s);
    return desk_done(r, w, s.page.back, "decision-recalled");
}

// --- leaving the house

// clang-format off
static const FieldDef leave_defs[] = {
    { .name = "way", .label = "发出的方式", .kind = FIELD_RADIO, .required = true },
    { .name = "on", .label = "发出的日期", .kind = FIELD_DATE, .required = true,
      .hint = "邮寄的为交邮之日，当面交付的为申请人签收之日" },
    { .name = "number", .label = "挂号或者EMS号码", .hint = "邮寄的填写，13位；应当交邮政企业", .max = 20 },
    { .name = "whom", .label = "签收人或者寄往的地址", .max = 200 },
};
static const struct { Str way; SendWay send; } asked_ways[] = { // as the applicant chose
    { SI("platform"), SEND_PLATFORM }, { SI("email"), SEND_EMAIL }, { SI("mail"), SEND_POST },
    { SI("pick_up"), SEND_HANDED },    { SI("on_site"), SEND_INSPECTION },
};
// clang-format on

static SendWay asked_way(Str way)
{
    for (size_t i = 0; i < sizeof asked_ways / sizeof *asked_ways; i++)
        if (str_eq(asked_ways[i].way, way))
            return asked_ways[i].send;
    return SEND_PLATFORM;
}

static bool leave_begin(Request *r, Sheet *s, Err *err)
{
    if (!begin(r, S("发出答复"), s, err))
        return false;
    Str why = S("");
    bool open = step_open(r, &s->decision, DECISION_SEND, r->may, &why);
    form_begin(r, s, leave_defs, sizeof leave_defs / sizeof *leave_defs, S("登记发出"));
    s->page.has_form = open;
    s->page.alert = why;
    for (int way = 0; way < SEND__COUNT; way++)
        form_choice(&s->page.form, "way", send_ways[way].id, send_ways[way].name,
                    send_ways[way].day);
    return true;
}

bool page_decision_leave(Request *r, Response *w, Err *err)
{
    Sheet s;
    if (!leave_begin(r, &s, err))
        return false;
    form_set(&s.page.form, "way", send_ways[asked_way(s.file.request.way)].id);
    form_set_date(&s.page.form, "on", app_of(r)->today);
    return show(w, &s);
}

bool page_decision_leave_send(Request *r, Response *w, Err *err)
{
    Sheet s;
    Err why = {0};
    if (!leave_begin(r, &s, err))
        return false;
    Form *f = &s.page.form;
    s.page.has_form = true;
    if (!form_take(r, f))
        return show(w, &s);
    Sending sending = {
        .on = form_date(f, "on"), .number = form_text(f, "number"), .whom = form_text(f, "whom")};
    send_way_named(form_text(f, "way"), &sending.way);
    if (!app_decision_send(app_of(r), s.file.request.id, request_version(r), &sending, r->a, &why))
        return form_mend(f, &why, err) && show(w, &s);
    return desk_done(r, w, s.page.back, "decision-sent");
}

// --- arriving

static const FieldDef arrive_defs[] = {
    {.name = "on", .label = "送达的日期", .kind = FIELD_DATE, .required = true},
    {.name = "evidence",
     .label = "送达的凭据",
     .hint = "谁在什么时候签收，回执或者投递查询的结果；有扫描件的，在案卷里添加",
     .kind = FIELD_AREA,
     .required = true,
     .max = 500},
};

static bool arrive_begin(Request *r, Sheet *s, Err *err)
{
    if (!begin(r, S("登记送达"), s, err))
        return false;
    Str why = S("");
    bool open = step_open(r, &s->decision, DECISION_DELIVER, r->may, &why);
    form_begin(r, s, arrive_defs, 2, S("登记送达"));
    s->page.has_form = open;
    s->page.alert = why;
    return true;
}

bool page_decision_arrive(Request *r, Response *w, Err *err)
{
    Sheet s;
    if (!arrive_begin(r, &s, err))
        return false;
    form_set_date(&s.page.form, "on", app_of(r)->today);
    return show(w, &s);
}

bool page_decision_arrive_send(Request *r, Response *w, Err *err)
{
    Sheet s;
    Err why = {0};
    if (!arrive_begin(r, &s, err))
        return false;
    s.page.has_form = true;
    if (!form_take(r, &s.page.form))
        return show(w, &s);
    if (!app_decision_deliver(app_of(r), s.file.request.id, nth_asked(r), request_version(r),
                              form_date(&s.page.form, "on"), form_text(&s.page.form, "evidence"),
                              r->a, &why))
        return form_mend(&s.page.form, &why, err) && show(w, &s);
    return desk_done(r, w, s.page.back, "decision-delivered");
}

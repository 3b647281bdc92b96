#include "web/page_remedy.h"

#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"

static const Str LIST = SI("/desk/remedies");

static RemedyId id_of(const Request *r)
{
    int64_t n = 0;
    str_to_int(request_param(r, "id"), &n);
    return (RemedyId){n};
}

static Str case_path(Arena *a, RemedyId id)
{
    return door_path(a, S("remedy"), id.n);
}

static Str day_or(Arena *a, Date d, const char *otherwise)
{
    return date_is(d) ? date_zh(a, d) : str_z(otherwise);
}

// --- one line of a list

RemedyLine remedy_line(Arena *a, const RemedyCase *c, Date today)
{
    Date due = date_is(c->answer_by) ? c->answer_by : c->redo_by;
    return (RemedyLine){
        .href = case_path(a, c->id),
        .title = c->title,
        .kind = remedy_kinds[c->kind].name,
        .about = remedy_abouts[c->about].name,
        .applicant = c->applicant,
        .organ = c->organ_name,
        .forum = c->forum,
        .number = c->number,
        .filed = date_zh(a, c->filed),
        .closed = day_or(a, c->closed, "—"),
        .phase = remedy_phases[c->phase].name,
        .tag = remedy_phases[c->phase].tag,
        .result = c->decided ? remedy_results[c->result].name : S("—"),
        .due = day_or(a, due, ""),
        .late = date_is(due) && due.days < today.days,
    };
}

// --- a case

static void fact(Arena *a, Facts *facts, const char *name, Str value, Str more)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value, .href = more};
}

static Str say(Arena *a, const RemedyFile *f)
{
    const RemedyState *s = &f->state;
    switch (s->phase) {
    case RP_FILED:
        return S("已经提出，等复议机关、法院受理。");
    case RP_OPEN:
        return S("正在审理。");
    case RP_ANSWER:
        return str_fmt(a, "最迟" PRI_STR "向复议机关、法院提交答复、证据、依据和有关材料。",
                       STR_ARG(date_zh(a, s->answer_by)));
    case RP_CLOSED:
        return str_fmt(a, "已经审结：" PRI_STR "。", STR_ARG(remedy_results[s->result].name));
    case RP_REDO:
        return str_fmt(a, "责令重新处理，最迟" PRI_STR "答复申请人。",
                       STR_ARG(date_zh(a, s->redo_by)));
    case RP__COUNT:
        break;
    }
    return S("");
}

static void facts_read(Arena *a, const RemedyFile *f, RemedyPage *p)
{
    const RemedyCase *c = &f->c;
    const RemedyState *s = &f->state;
    fact(a, &p->facts, "种类", remedy_kinds[c->kind].name, remedy_abouts[c->about].name);
    fact(a, &p->facts, "审级", remedy_stages[s->stage].name, S(""));
    fact(a, &p->facts, c->kind == CASE_REVIEW ? "复议机关" : "法院",
         c->forum.n ? c->forum : S("还没有登记"), c->number);
    fact(a, &p->facts, c->kind == CASE_REVIEW ? "复议申请人" : "原告", c->applicant, S(""));
    fact(a, &p->facts, "被申请人、被告", c->organ_name, S(""));
    fact(a, &p->facts, "提出", date_zh(a, c->filed), S(""));
    if (date_is(s->answer_by))
        fact(a, &p->facts, "答复期限", date_zh(a, s->answer_by), S("以通知书写明的为准"));
    if (s->decided)
        fact(a, &p->facts, "结果", remedy_results[s->result].name,
             str_cat(a, S("表四："), remedy_columns[remedy_results[s->result].column].name));
    if (date_is(s->redo_by))
        fact(a, &p->facts, "最迟重新处理", date_zh(a, s->redo_by),
             s->redo_told ? S("文书写明的期限") : S("文书没有写明，按本站设置计算，不是法定期限"));
    if (date_is(s->suit_by))
        fact(a, &p->facts, "申请人可起诉到", date_zh(a, s->suit_by),
             remedy_terms[TERM_SUIT_AFTER].source);
}

static Str outcome_words(Str id)
{
    Outcome o;
    RemedyResult r;
    if (outcome_named(id, &o))
        return outcome_defs[o].name;
    return remedy_result_named(id, &r) ? remedy_results[r].name : id;
}

static Str fact_words(Arena *a, const RemedyFile *f, const StoredRemedyFact *s)
{
    Str words = remedy_fact_name(s->fact.kind, f->c.kind);
    if (s->result.n)
        words = str_fmt(a, PRI_STR "：" PRI_STR, STR_ARG(words), STR_ARG(outcome_words(s->result)));
    if (date_is(s->fact.until))
        words =
            str_fmt(a, PRI_STR "，至" PRI_STR, STR_ARG(words), STR_ARG(date_zh(a, s->fact.until)));
    if (s->forum.n)
        words = str_fmt(a, PRI_STR "。" PRI_STR, STR_ARG(words), STR_ARG(s->forum));
    return s->note.n ? str_fmt(a, PRI_STR "。" PRI_STR, STR_ARG(words), STR_ARG(s->note)) : words;
}

// Newest first.
static void history(Request *r, const RemedyFile *f, RemedyPage *p)
{
    p->history = NEW(r->a, FactLine, f->facts.n);
    for (size_t i = f->facts.n; i-- > 0;) {
        const StoredRemedyFact *s = &f->facts.v[i];
        bool can =
            !s->struck_at && s->fact.kind != RF_FILED && viewer_may(r->viewer, MAY_REQUEST_HANDLE);
        Str paper = s->number.n && s->document.n ? str_fmt(r->a, PRI_STR "，" PRI_STR,
                                                           STR_ARG(s->number), STR_ARG(s->document))
                                                 : str_cat(r->a, s->number, s->document);
        p->history[p->n_history++] = (FactLine){
            .cls = S(""),
            .day = date_zh(r->a, s->fact.on),
            .words = fact_words(r->a, f, s),
            .who = s->person_name,
            .document = paper,
            .struck = s->struck_at > 0,
            .strike = can ? str_fmt(r->a, PRI_STR "/strike?fact=%lld",
                                    STR_ARG(case_path(r->a, f->c.id)), (long long)s->fact.id)
                          : S("")};
    }
}

static void door(Arena *a, RemedyPage *p, Str href, Str name, Str by)
{
    (void)a;
    p->doors[p->n_doors++] = (StepDoor){.href = href, .name = name, .by = by};
}

// A request that is here is answered anew on its decision sheet; the step by hand is for one that
// was answered after the order without it.
static bool by_sheet(const RemedyFile *f)
{
    return f->state.phase == RP_REDO && f->has_request;
}

static bool by_hand(const RemedyFile *f, RemedyFactKind kind)
{
    bool answered = date_is(f->request.ended) && f->request.ended.days >= f->state.closed.days;
    return kind != RF_REDONE || !by_sheet(f) || answered;
}

static void doors(Request *r, const RemedyFile *f, RemedyPage *p)
{
    p->doors = NEW(r->a, StepDoor, RF__COUNT + 3);
    if (f->c.request.n)
        door(r->a, p, door_path(r->a, S("request"), f->c.request.n), S("看这件申请"),
             f->c.request_code);
    if (!viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        return;
    if (by_sheet(f))
        door(r->a, p, str_cat(r->a, door_path(r->a, S("request"), f->c.request.n), S("/decision")),
             f->request.open ? S("在决定单上答复") : S("起草重新答复"),
             S("送审、签发、发出以后，这里自动登记重新处理"));
    for (int k = 0; k < RF__COUNT; k++)
        if (f->may[k] && by_hand(f, (RemedyFactKind)k))
            door(r->a, p,
                 str_fmt(r->a, PRI_STR "/" PRI_STR, STR_ARG(case_path(r->a, f->c.id)),
                         STR_ARG(remedy_fact_defs[k].id)),
                 remedy_fact_name((RemedyFactKind)k, f->c.kind),
                 k == RF_REDONE && by_sheet(f) ? S("责令以后已经用别的方式答复的，在这里登记")
                                               : S(""));
    if (f->c.kind == CASE_REVIEW && f->state.decided)
        door(r->a, p, str_fmt(r->a, "/desk/remedies/new?after=%lld", (long long)f->c.id.n),
             S("登记复议后的诉讼"), remedy_terms[TERM_SUIT_AFTER].source);
}

bool page_remedy(Request *r, Response *w, Err *err)
{
    RemedyPage p = {0};
    RemedyFile f;
    if (!app_remedy_get(app_of(r), id_of(r), r->a, &f, err) ||
        !desk_begin(r, f.c.title, DESK_REMEDIES, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, LIST, S("复议诉讼"));
    desk_crumb(r, &p.desk, S(""), f.c.title);
    p.title = f.c.title;
    p.say = say(r->a, &f);
    p.phase = remedy_phases[f.state.phase].name;
    p.tag = remedy_phases[f.state.phase].tag;
    p.hints = f.hints;
    facts_read(r->a, &f, &p);
    doors(r, &f, &p);
    history(r, &f, &p);
    view_remedy(&w->out, &p);
    return true;
}

// --- forms

static const FormPlace place = {DESK_REMEDIES, SI("/desk/remedies"), SI("复议诉讼")};

// --- registering a case

static const FieldDef new_defs[] = {
    {.name = "after", .label = "", .kind = FIELD_HIDDEN},
    {.name = "organ",
     .label = "被申请人、被告",
     .hint = "填了申请编号的，以那件申请的机关为准",
     .kind = FIELD_SELECT,
     .required = true},
    {.name = "request",
     .label = "申请编号",
     .hint = "例如示住建依申〔2026〕1号；与本站登记的申请无关的不填",
     .max = 60},
    {.name = "kind", .label = "种类", .kind = FIELD_SELECT, .required = true},
    {.name = "about", .label = "对什么不服", .kind = FIELD_SELECT, .required = true},
    {.name = "title", .label = "案由", .required = true, .max = 100},
    {.name = "applicant", .label = "复议申请人、原告", .required = true, .max = 100},
    {.name = "filed",
     .label = "提出的日期",
     .hint = "申请人申请复议、起诉之日；不清楚的，填收到通知之日",
     .kind = FIELD_DATE,
     .required = true},
    {.name = "forum", .label = "复议机关、法院", .max = 100},
    {.name = "number", .label = "案号", .max = 80},
    {.name = "note", .label = "说明", .kind = FIELD_AREA, .max = 500},
};
enum { NEW_FIELDS = sizeof new_defs / sizeof *new_defs };

static bool new_choices(Request *r, Form *f, Err *err)
{
    Organs organs;
    App *app = app_of(r);
    if (!store_organ_all(app->db, &app->scope, r->a, &organs, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        if (organs.v[i].kind != ORGANKIND_SECTION)
            form_choice(f, "organ", str_fmt(r->a, "%lld", (long long)organs.v[i].id.n),
                        organs.v[i].name, S(""));
    for (int k = 0; k < CASE__COUNT; k++)
        form_choice(f, "kind", remedy_kinds[k].id, remedy_kinds[k].name, S(""));
    for (int k = 0; k < ABOUT__COUNT; k++)
        form_choice(f, "about", remedy_abouts[k].id, remedy_abouts[k].name, S(""));
    return true;
}

static bool new_begin(Request *r, RequestFormPage *p, Err *err)
{
    *p = (RequestFormPage){.heading = S("登记复议、诉讼案件"),
                           .hint = S("提出以后的受理、答复、决定等，登记以后在案件里逐步记录。"),
                           .action = S("/desk/remedies/new"),
                           .submit = S("登记"),
                           .back = LIST};
    return form_page_begin(r, p, &place, S(""), new_defs, NEW_FIELDS, err) &&
           new_choices(r, &p->form, err);
}

// From a request's page.
static bool about_request(Request *r, Form *f, int64_t id, Err *err)
{
    InfoRequest q;
    App *app = app_of(r);
    if (!store_request_get(app->db, &app->scope, (RequestId){id}, r->a, &q, err))
        return false;
    form_set(f, "organ", str_fmt(r->a, "%lld", (long long)q.organ.n));
    form_set(f, "request", q.code);
    form_set(f, "title", q.title);
    form_set(f, "applicant", q.applicant_name);
    form_set(f, "about", remedy_abouts[q.open ? ABOUT_INACTION : ABOUT_ANSWER].id);
    return true;
}

// From a review that has been decided.
static bool after_review(Request *r, Form *f, int64_t id, Err *err)
{
    RemedyCase c;
    App *app = app_of(r);
    if (!store_remedy_get(app->db, &app->scope, (RemedyId){id}, r->a, &c, err))
        return false;
    form_set(f, "after", str_fmt(r->a, "%lld", (long long)id));
    form_set(f, "organ", str_fmt(r->a, "%lld", (long long)c.organ.n));
    form_set(f, "request", c.request_code);
    form_set(f, "title", c.title);
    form_set(f, "applicant", c.applicant);
    form_set(f, "kind", remedy_kinds[CASE_SUIT_AFTER].id);
    form_set(f, "about", remedy_abouts[c.about].id);
    return true;
}

bool page_remedy_new(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    int64_t request = 0, after = 0;
    str_to_int(request_query(r, "request"), &request);
    str_to_int(request_query(r, "after"), &after);
    if (!new_begin(r, &p, err))
        return false;
    form_set(&p.form, "organ", str_fmt(r->a, "%lld", (long long)r->viewer->organ.n));
    form_set_date(&p.form, "filed", app_of(r)->today);
    if ((request && !about_request(r, &p.form, request, err)) ||
        (after && !after_review(r, &p.form, after, err)))
        return false;
    return form_page_show(w, &p);
}

bool page_remedy_new_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    Err why = {0};
    RemedyId id;
    if (!new_begin(r, &p, err))
        return false;
    bool whole = form_take(r, &p.form);
    const Form *f = &p.form;
    RemedyNew n = {.organ = {form_int(f, "organ")},
                   .after = {form_int(f, "after")},
                   .title = form_text(f, "title"),
                   .applicant = form_text(f, "applicant"),
                   .note = form_text(f, "note"),
                   .filed = form_date(f, "filed"),
                   .forum = form_text(f, "forum"),
                   .number = form_text(f, "number")};
    if (!whole)
        return form_page_again(w, &p, &why, err);
    remedy_kind_named(form_text(f, "kind"), &n.kind);
    remedy_about_named(form_text(f, "about"), &n.about);
    if (!form_request_named(r, &p.form, "request", &n.request, err))
        return false;
    if (form_is_wrong(f) || !app_remedy_open(app_of(r), &n, r->a, &id, &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, case_path(r->a, id), "registered");
}

// --- steps

typedef enum RemedyField {
    ASKS_UNTIL = 1,
    ASKS_RESULT = 2,
    ASKS_OUTCOME = 4,
    ASKS_FORUM = 8
} RemedyField;

static const FieldDef step_defs[] = {
    {.name = "on", .label = "日期", .kind = FIELD_DATE, .required = true},
    {.name = "until", .label = "期限的最后一天", .kind = FIELD_DATE},
    {.name = "result", .label = "结果", .kind = FIELD_SELECT, .required = true},
    {.name = "outcome", .label = "重新处理的结果", .kind = FIELD_SELECT, .required = true},
    {.name = "forum", .label = "复议机关、法院", .max = 100},
    {.name = "number", .label = "案号", .max = 80},
    {.name = "document", .label = "文书名称或者文号", .max = 100},
    {.name = "note", .label = "说明", .kind = FIELD_AREA, .max = 500},
};
enum { STEP_FIELDS = sizeof step_defs / sizeof *step_defs };
static const unsigned step_field_needs[STEP_FIELDS] = {
    0, ASKS_UNTIL, ASKS_RESULT, ASKS_OUTCOME, ASKS_FORUM, ASKS_FORUM, 0, 0};

// clang-format off
static const struct { unsigned asks; Str hint; } step_asks[RF__COUNT] = {
    [RF_ACCEPTED]  = { ASKS_FORUM,                SI("") },
    [RF_NOTIFIED]  = { ASKS_UNTIL | ASKS_FORUM,   SI("期限照通知书写明的日期填写；没有写明的不填，按站点设置的天数计算。") },
    [RF_ANSWERED]  = { 0,                         SI("") },
    [RF_HEARD]     = { 0,                         SI("") },
    [RF_PROLONGED] = { ASKS_UNTIL,                SI("") },
    [RF_DECIDED]   = { ASKS_UNTIL | ASKS_RESULT,  SI("责令重新答复的，决定、判决写明期限的填最后一天。") },
    [RF_SERVED]    = { 0,                         SI("") },
    [RF_APPEALED]  = { ASKS_FORUM,                SI("登记以后，案件进入二审；一审的结果留在经过里。") },
    [RF_RETRIED]   = { ASKS_FORUM,                SI("") },
    [RF_REDONE]    = { ASKS_OUTCOME,              SI("申请不在本系统办理，或者责令以后已经答复的，在这里登记；在本系统重新答复的，从申请的决定单发出，自动登记。不计入表三的新收和办理结果。") },
};
// clang-format on

typedef struct StepPage {
    RequestFormPage page;
    RemedyFile file;
    RemedyFactKind kind;
    FieldDef defs[STEP_FIELDS];
} StepPage;

static size_t step_fields(StepPage *p)
{
    size_t n = 0;
    for (size_t i = 0; i < STEP_FIELDS; i++)
        if (!step_field_needs[i] || step_asks[p->kind].asks & step_field_needs[i])
            p->defs[n++] = step_defs[i];
    return n;
}

static void step_choices(StepPage *p)
{
    Form *f = &p->page.form;
    bool review = p->file.c.kind == CASE_REVIEW;
    for (int i = 0; step_asks[p->kind].asks & ASKS_RESULT && i < RESULT__COUNT; i++)
        if (review ? remedy_results[i].review : remedy_results[i].suit)
            form_choice(f, "result", remedy_results[i].id, remedy_results[i].name, S(""));
    for (int o = 0; step_asks[p->kind].asks & ASKS_OUTCOME && o < OUTCOME__COUNT; o++)
        if (o != OUTCOME_NOT_CORRECTED && o != OUTCOME_NOT_PAID && o != OUTCOME_WITHDRAWN)
            form_choice(f, "outcome", outcome_defs[o].id, outcome_defs[o].name, S(""));
}

static bool step_begin(Request *r, StepPage *p, Err *err)
{
    if (!remedy_fact_named(request_param(r, "event"), &p->kind) || p->kind == RF_FILED)
        return fail(err, ERR_MISSING, NULL, "没有这个步骤", "there is no such step");
    if (!app_remedy_get(app_of(r), id_of(r), r->a, &p->file, err))
        return false;
    Str name = remedy_fact_name(p->kind, p->file.c.kind);
    if (!name.n)
        return fail(err, ERR_MISSING, NULL, "没有这个步骤", "there is no such step");
    p->page = (RequestFormPage){.heading = name,
                                .hint = step_asks[p->kind].hint,
                                .action = r->path,
                                .submit = S("登记这一步"),
                                .back = case_path(r->a, p->file.c.id)};
    if (!form_page_begin(r, &p->page, &place, p->file.c.title, p->defs, step_fields(p), err))
        return false;
    p->page.form.version = p->file.c.version;
    step_choices(p);
    return true;
}

bool page_remedy_step(Request *r, Response *w, Err *err)
{
    StepPage p = {0};
    if (!step_begin(r, &p, err))
        return false;
    form_set_date(&p.page.form, "on", app_of(r)->today);
    if (step_asks[p.kind].asks & ASKS_FORUM && p.kind != RF_APPEALED && p.kind != RF_RETRIED) {
        form_set(&p.page.form, "forum", p.file.c.forum);
        form_set(&p.page.form, "number", p.file.c.number);
    }
    return form_page_show(w, &p.page);
}

static RemedyStep step_read(const StepPage *p)
{
    const Form *f = &p->page.form;
    unsigned asks = step_asks[p->kind].asks;
    RemedyStep s = {.id = p->file.c.id,
                    .version = f->version,
                    .kind = p->kind,
                    .on = form_date(f, "on"),
                    .until = date_none,
                    .document = form_text(f, "document"),
                    .note = form_text(f, "note")};
    if (asks & ASKS_UNTIL)
        s.until = form_date(f, "until");
    if (asks & ASKS_RESULT)
        remedy_result_named(form_text(f, "result"), &s.result);
    if (asks & ASKS_OUTCOME)
        outcome_named(form_text(f, "outcome"), &s.outcome);
    if (asks & ASKS_FORUM) {
        s.forum = form_text(f, "forum");
        s.number = form_text(f, "number");
    }
    return s;
}

bool page_remedy_step_send(Request *r, Response *w, Err *err)
{
    StepPage p = {0};
    Err why = {0};
    if (!step_begin(r, &p, err))
        return false;
    bool whole = form_take(r, &p.page.form);
    RemedyStep step = {0};
    if (whole)
        step = step_read(&p);
    if (!whole || !app_remedy_step(app_of(r), &step, r->a, &why))
        return form_page_again(w, &p.page, &why, err);
    return desk_done(r, w, p.page.back, "saved");
}

// --- taking one back

static const FieldDef strike_defs[] = {
    {.name = "fact", .label = "", .kind = FIELD_HIDDEN},
    {.name = "why",
     .label = "为什么撤销",
     .hint = "撤销以后，这一步仍然留在经过里，划线显示",
     .kind = FIELD_AREA,
     .required = true,
     .max = 300},
};

static bool strike_begin(Request *r, RequestFormPage *p, RemedyFile *f, Err *err)
{
    if (!app_remedy_get(app_of(r), id_of(r), r->a, f, err))
        return false;
    *p = (RequestFormPage){.heading = S("撤销登记错误的一步"),
                           .hint = f->c.title,
                           .action = r->path,
                           .submit = S("撤销这一步"),
                           .back = case_path(r->a, f->c.id)};
    if (!form_page_begin(r, p, &place, f->c.title, strike_defs, 2, err))
        return false;
    p->form.version = f->c.version;
    return true;
}

bool page_remedy_strike(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RemedyFile f;
    if (!strike_begin(r, &p, &f, err))
        return false;
    form_set(&p.form, "fact", request_query(r, "fact"));
    return form_page_show(w, &p);
}

bool page_remedy_strike_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RemedyFile f;
    Err why = {0};
    if (!strike_begin(r, &p, &f, err))
        return false;
    if (!form_take(r, &p.form) ||
        !app_remedy_strike(app_of(r), f.c.id, p.form.version, form_int(&p.form, "fact"),
                           form_text(&p.form, "why"), r->a, &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, p.back, "saved");
}

// --- settings

static const FieldDef setting_defs[] = {
    {.name = "review_answer", .label = "", .kind = FIELD_NUMBER, .required = true, .max = 4},
    {.name = "suit_answer", .label = "", .kind = FIELD_NUMBER, .required = true, .max = 4},
    {.name = "redo", .label = "", .kind = FIELD_NUMBER, .required = true, .max = 4},
    {.name = "correction_target", .label = "", .kind = FIELD_NUMBER, .required = true, .max = 4},
};
_Static_assert(sizeof setting_defs / sizeof *setting_defs == SETTING__COUNT, "one for each");

static bool settings_begin(Request *r, RequestFormPage *p, RemedySettingRows *rows, Err *err)
{
    *p = (RequestFormPage){.heading = S("复议诉讼和更正的天数"),
                           .hint = S("这里的天数不是法条写明、或者还没有与原文核对的。"),
                           .action = S("/desk/remedies/settings"),
                           .submit = S("保存"),
                           .back = LIST};
    if (!app_remedy_settings(app_of(r), rows, err) ||
        !form_page_begin(r, p, &place, S(""), setting_defs, SETTING__COUNT, err))
        return false;
    p->form.version = rows->version;
    for (int i = 0; i < SETTING__COUNT; i++) {
        const RemedySettingDef *def = &remedy_setting_defs[i];
        FieldView *v = form_field(&p->form, def->id.s);
        v->label = str_fmt(r->a, PRI_STR "（" PRI_STR "）", STR_ARG(def->name), STR_ARG(def->unit));
        v->hint = def->reason;
    }
    return true;
}

bool page_remedy_settings(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RemedySettingRows rows;
    if (!settings_begin(r, &p, &rows, err))
        return false;
    for (int i = 0; i < SETTING__COUNT; i++)
        form_set(&p.form, remedy_setting_defs[i].id.s, str_fmt(r->a, "%d", rows.settings.n[i]));
    return form_page_show(w, &p);
}

bool page_remedy_settings_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RemedySettingRows rows;
    RemedySettings settings;
    Err why = {0};
    if (!settings_begin(r, &p, &rows, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_again(w, &p, &why, err);
    for (int i = 0; i < SETTING__COUNT; i++) {
        int64_t n = form_int(&p.form, remedy_setting_defs[i].id.s);
        settings.n[i] = n < 0 || n > 100000 ? 100000 : (int)n;
    }
    if (!app_remedy_settings_save(app_of(r), &settings, request_version(r), r->a, &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, LIST, "saved");
}

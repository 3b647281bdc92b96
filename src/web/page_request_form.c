#include "store/audit.h"
#include "views.h"
#include "web/doors.h"
#include "web/letter_form.h"
#include "web/page_common.h"
#include "web/page_group.h"
#include "web/page_request.h"

// --- registering

static const FieldDef register_defs[] = {
    {.name = "organ", .label = "收到申请的机关", .kind = FIELD_SELECT, .required = true},
    {.name = "channel", .label = "申请渠道", .kind = FIELD_SELECT, .required = true},
    {.name = "filed",
     .label = "提交或者收到的日期",
     .hint = "当面提交的为提交之日；需要签收的信函为签收之日；其他的为实际收到之日，另行登记双方确"
             "认之日",
     .kind = FIELD_DATE,
     .required = true},
    {.name = "kind", .label = "申请人类别", .kind = FIELD_SELECT, .required = true},
    {.name = "name", .label = "姓名或者名称", .kind = FIELD_TEXT, .required = true, .max = 100},
    {.name = "id_kind",
     .label = "身份证明",
     .hint = "例如居民身份证、统一社会信用代码证书",
     .max = 40},
    {.name = "id_number", .label = "证件号码", .required = true, .max = 40},
    {.name = "phone", .label = "联系电话", .kind = FIELD_TEL, .max = 40},
    {.name = "email", .label = "电子邮箱", .kind = FIELD_EMAIL, .max = 120},
    {.name = "address", .label = "通信地址", .max = 200},
    {.name = "title",
     .label = "信息名称",
     .hint = "概括成一句话，列表里这样显示",
     .required = true,
     .max = 100},
    {.name = "description",
     .label = "名称、文号或者便于查询的其他特征性描述",
     .hint = "照申请书填写",
     .kind = FIELD_AREA,
     .required = true,
     .max = 4000},
    {.name = "form", .label = "提供信息的形式", .kind = FIELD_SELECT, .required = true},
    {.name = "way", .label = "获取信息的方式", .kind = FIELD_SELECT, .required = true},
};
enum { REGISTER_FIELDS = sizeof register_defs / sizeof *register_defs };

// clang-format off
static const Choice forms[] = {
    { SI("electronic"), SI("电子数据"), SI(""), false },
    { SI("paper"),      SI("纸质件"),   SI(""), false },
    { SI("inspect"),    SI("查阅、抄录"), SI(""), false },
    { SI("other"),      SI("其他"),     SI(""), false },
};
static const Choice ways[] = {
    { SI("platform"), SI("平台下载"), SI(""), false },
    { SI("email"),    SI("电子邮件"), SI(""), false },
    { SI("mail"),     SI("邮寄"),     SI(""), false },
    { SI("pick_up"),  SI("自行领取"), SI(""), false },
    { SI("on_site"),  SI("当场查阅"), SI(""), false },
};
// clang-format on

static bool register_choices(Request *r, Form *f, Err *err)
{
    if (!form_organs(r, f, "organ", err))
        return false;
    form_channels(f);
    form_applicants(f);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        form_choice(f, "form", forms[i].value, forms[i].text, S(""));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        form_choice(f, "way", ways[i].value, ways[i].text, S(""));
    return true;
}

static bool register_begin(Request *r, RegisterPage *reg, Err *err)
{
    RequestFormPage *p = &reg->page;
    *reg = (RegisterPage){0};
    *p = (RequestFormPage){.heading = S("登记申请"),
                           .hint = S("登记以后得到编号，期限自动计算。"),
                           .action = S("/desk/requests/new"),
                           .submit = S("登记"),
                           .back = S("/desk/requests")};
    return form_page_begin(r, p, &place_requests, S(""), register_defs, REGISTER_FIELDS, err) &&
           register_choices(r, &p->form, err);
}

static bool register_show(Response *w, RegisterPage *reg)
{
    if (form_is_wrong(&reg->page.form))
        w->status = 422;
    view_request_register(&w->out, reg);
    return true;
}

bool page_request_new(Request *r, Response *w, Err *err)
{
    RegisterPage reg;
    if (!register_begin(r, &reg, err))
        return false;
    form_set(&reg.page.form, "organ", str_fmt(r->a, "%lld", (long long)r->viewer->organ.n));
    form_set_date(&reg.page.form, "filed", app_of(r)->today);
    return register_show(w, &reg);
}

static NewRequest register_read(const Form *f)
{
    return (NewRequest){.organ = {form_int(f, "organ")},
                        .channel = request_channel(form_text(f, "channel")),
                        .filed = form_date(f, "filed"),
                        .title = form_text(f, "title"),
                        .description = form_text(f, "description"),
                        .form = form_text(f, "form"),
                        .way = form_text(f, "way"),
                        .kind = request_applicant(form_text(f, "kind")),
                        .name = form_text(f, "name"),
                        .applicant = form_applicant(f)};
}

// Who asks the same, so that a paper that came twice, by post and by fax, is not registered twice,
// and what was answered before is known from the first day.
static bool look_around(Request *r, const NewRequest *n, RegisterPage *reg, Err *why)
{
    InfoRequest draft;
    Radar radar;
    if (!app_request_draft(app_of(r), n, r->a, &draft, why) ||
        !app_asked_radar(app_of(r), &draft, r->a, &radar, why))
        return false;
    same_draft(r, &radar, &reg->same, &reg->many);
    reg->looked = true;
    reg->seen =
        str_sub(asked_hash(asked_normal(draft.title, draft.description, r->a), r->a), 0, 16);
    reg->page.submit = reg->many ? S("看过了，仍然登记") : S("登记");
    return true;
}

// The same form sent twice finds what it registered the first time, and is to be led there.
static bool is_spent(Request *r, bool *out, Err *err)
{
    App *app = app_of(r);
    Str noun;
    int64_t id;
    if (!store_once_find(app->db, app->site, r->viewer->person, app->once, r->a, &noun, &id, err))
        return false;
    *out = app->once.n && noun.n;
    return true;
}

static bool register_again(Response *w, RegisterPage *reg, const Err *why, Err *err)
{
    return form_mend(&reg->page.form, why, err) && register_show(w, reg);
}

bool page_request_new_send(Request *r, Response *w, Err *err)
{
    RegisterPage reg;
    Registered done;
    Err why = {0};
    if (!register_begin(r, &reg, err))
        return false;
    if (!form_take(r, &reg.page.form))
        return register_show(w, &reg);
    NewRequest n = register_read(&reg.page.form);
    bool only_look = str_eq(request_form(r, "do"), S("look")), spent = false;
    if (!is_spent(r, &spent, err))
        return false;
    if (!spent && !look_around(r, &n, &reg, &why))
        return register_again(w, &reg, &why, err);
    if (only_look || (reg.many && !str_eq(request_form(r, "seen"), reg.seen)))
        return register_show(w, &reg);
    if (!app_request_register(app_of(r), &n, r->a, &done, &why))
        return register_again(w, &reg, &why, err);
    return desk_done(r, w, door_path(r->a, S("request"), done.id.n), "registered");
}

// --- steps

typedef enum StepField {
    ASKS_WORKDAYS = 1,
    ASKS_UNTIL = 2,
    ASKS_WHOM = 4,
    ASKS_ABOUT = 8,
    ASKS_OUTCOME = 16,
    ASKS_DOCUMENT = 32,
    ASKS_LETTER = 64,
    ASKS_PLACE = 128, // where to, for who is not the applicant
} StepField;

static const FieldDef step_defs[] = {
    {.name = "on", .label = "日期", .kind = FIELD_DATE, .required = true},
    {.name = "workdays", .label = "工作日", .kind = FIELD_NUMBER, .required = true, .max = 3},
    {.name = "until", .label = "延迟到", .kind = FIELD_DATE, .required = true},
    {.name = "whom", .label = "征求谁的意见", .kind = FIELD_TEXT, .required = true, .max = 100},
    {.name = "about", .label = "哪一份征求意见书", .kind = FIELD_SELECT, .required = true},
    {.name = "outcome", .label = "处理决定", .kind = FIELD_SELECT, .required = true},
    {.name = "address", .label = "对方的地址", .hint = "打印信封用", .max = 200},
    {.name = "postcode", .label = "邮政编码", .max = 6},
    LETTER_FORM_FIELDS,
    {.name = "note", .label = "说明", .hint = "只在案卷里显示", .kind = FIELD_AREA, .max = 500},
};
enum { STEP_FIELDS = sizeof step_defs / sizeof *step_defs };
static const unsigned step_field_needs[STEP_FIELDS] = {
    0,          ASKS_WORKDAYS, ASKS_UNTIL,  ASKS_WHOM,   ASKS_ABOUT,  ASKS_OUTCOME,
    ASKS_PLACE, ASKS_PLACE,    ASKS_LETTER, ASKS_LETTER, ASKS_LETTER, ASKS_DOCUMENT,
    0};

// clang-format off
static const unsigned step_asks[FACT__COUNT] = {
    [FACT_CORRECTION_ASKED]  = ASKS_WORKDAYS | ASKS_DOCUMENT | ASKS_LETTER,
    [FACT_THIRD_PARTY_ASKED] = ASKS_WHOM | ASKS_DOCUMENT | ASKS_LETTER | ASKS_PLACE,
    [FACT_ORGAN_ASKED]       = ASKS_WHOM | ASKS_DOCUMENT | ASKS_LETTER | ASKS_PLACE,
    [FACT_ASKED_RECEIVED]    = ASKS_ABOUT,
    [FACT_OPINION]           = ASKS_ABOUT | ASKS_DOCUMENT,
    [FACT_REASONS_ASKED]     = ASKS_DOCUMENT | ASKS_LETTER,
    [FACT_EXTENDED]          = ASKS_WORKDAYS | ASKS_DOCUMENT | ASKS_LETTER,
    [FACT_DELAYED]           = ASKS_UNTIL | ASKS_DOCUMENT | ASKS_LETTER,
    [FACT_FEE_NOTICED]       = ASKS_DOCUMENT | ASKS_LETTER,
    [FACT_ANSWERED]          = ASKS_OUTCOME | ASKS_DOCUMENT,
    [FACT_WITHDRAWN]         = ASKS_DOCUMENT | ASKS_LETTER,
    [FACT_CLOSED]            = ASKS_OUTCOME | ASKS_DOCUMENT | ASKS_LETTER,
};
// clang-format on

typedef struct StepPage {
    RequestFormPage page;
    RequestFile file;
    FactKind kind;
    FieldDef defs[STEP_FIELDS]; // those that the step asks for
    LetterSheet sheet;          // to be looked at; without paragraphs: not asked for
    Str held;                   // why the letter could not go out as it is
} StepPage;

static bool kind_of(const Request *r, FactKind *out, Err *err)
{
    for (int k = FACT_FILED + 1; k < FACT__COUNT; k++)
        if (str_eq(request_fact_defs[k].id, request_param(r, "step")) &&
            step_rules[k].may == r->may && !step_pages[k])
            return *out = (FactKind)k, true;
    return fail(err, ERR_MISSING, NULL, "没有这个步骤", "there is no such step");
}

static size_t step_fields(StepPage *p)
{
    size_t n = 0;
    for (size_t i = 0; i < STEP_FIELDS; i++)
        if (!step_field_needs[i] || step_asks[p->kind] & step_field_needs[i])
            p->defs[n++] = step_defs[i];
    return n;
}

static void outcome_choices(Form *f, FactKind kind)
{
    for (int o = 0; o < OUTCOME__COUNT; o++) {
        bool ends_without = o == OUTCOME_NOT_CORRECTED || o == OUTCOME_NOT_PAID;
        if (o != OUTCOME_WITHDRAWN && (kind == FACT_CLOSED) == ends_without)
            form_choice(f, "outcome", outcome_defs[o].id, outcome_defs[o].name, S(""));
    }
}

static void about_choices(Request *r, Form *f, const StoredFacts *facts)
{
    for (size_t i = 0; i < facts->n; i++) {
        const StoredFact *s = &facts->v[i];
        if ((s->fact.kind == FACT_THIRD_PARTY_ASKED || s->fact.kind == FACT_ORGAN_ASKED) &&
            !s->struck_at)
            form_choice(
                f, "about", str_fmt(r->a, "%lld", (long long)s->fact.id),
                str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(date_zh(r->a, s->fact.on)),
                        STR_ARG(s->whom.n ? s->whom : request_fact_defs[s->fact.kind].name)),
                S(""));
    }
}

static bool step_begin(Request *r, StepPage *p, Err *err)
{
    if (!kind_of(r, &p->kind, err) ||
        !app_request_get(app_of(r), request_id_of(r), r->a, &p->file, err))
        return false;
    const InfoRequest *q = &p->file.request;
    p->page = (RequestFormPage){.heading = request_fact_defs[p->kind].name,
                                .hint = str_fmt(r->a, PRI_STR "，" PRI_STR "。依据：" PRI_STR,
                                                STR_ARG(q->code), STR_ARG(q->title),
                                                STR_ARG(step_rules[p->kind].source)),
                                .submit = S("登记这一步")};
    if (p->kind == FACT_CONFIRMED && !group_hint(r, q, &p->page.hint, err))
        return false;
    if (!form_page_of_request(r, &p->page, q, p->defs, step_fields(p), err))
        return false;
    if (step_asks[p->kind] & ASKS_OUTCOME)
        outcome_choices(&p->page.form, p->kind);
    if (step_asks[p->kind] & ASKS_ABOUT)
        about_choices(r, &p->page.form, &p->file.facts);
    if (step_asks[p->kind] & ASKS_LETTER)
        letter_form_papers(&p->page.form, true);
    return true;
}

// --- its letter

// The kind that goes with the step as it is filled in.
static bool letter_kind(const StepPage *p, LetterKind *out)
{
    Outcome outcome = p->file.clock.phase == PHASE_FEE ? OUTCOME_NOT_PAID : OUTCOME_NOT_CORRECTED;
    if (step_asks[p->kind] & ASKS_OUTCOME)
        outcome_named(form_text(&p->page.form, "outcome"), &outcome);
    return step_asks[p->kind] & ASKS_LETTER && letter_of_fact(p->kind, outcome, out);
}

static LetterText letter_read(const StepPage *p, const RequestStep *step, LetterKind kind)
{
    const Form *f = &p->page.form;
    LetterText text = letter_form_read(f, kind, p->file.request.applicant_name, step->fact.on);
    if (step_asks[p->kind] & ASKS_PLACE) {
        text.addressee = step->whom;
        text.address = form_text(f, "address");
        text.postcode = form_text(f, "postcode");
    }
    return text;
}

// Made anew from the wording and what the form says; why not, where the step may not be taken.
static void letter_fill_in(Request *r, StepPage *p, const RequestStep *step)
{
    LetterKind kind;
    LetterText text;
    Err why = {0};
    if (!letter_kind(p, &kind))
        return;
    if (app_letter_draft(app_of(r), letter_owner(OWNER_REQUEST, p->file.request.id.n), kind, step,
                         NULL, r->a, &text, &why))
        letter_form_put(&p->page.form, &text);
    else
        p->held = str_dup(r->a, str_z(why.zh));
}

static void letter_show(Request *r, StepPage *p, const RequestStep *step)
{
    LetterKind kind;
    if (!letter_kind(p, &kind))
        return;
    LetterText text = letter_read(p, step, kind);
    letter_form_look(r->a, kind, &text, p->file.request.organ_name, &p->held, &p->sheet);
}

static bool step_show(Response *w, StepPage *p)
{
    if (!(step_asks[p->kind] & ASKS_LETTER))
        return form_page_show(w, &p->page);
    if (form_is_wrong(&p->page.form))
        w->status = 422;
    LetterFormPage page = {.desk = p->page.desk,
                           .form = p->page.form,
                           .heading = p->page.heading,
                           .hint = p->page.hint,
                           .action = p->page.action,
                           .submit = p->page.submit,
                           .back = p->page.back,
                           .sheet = p->sheet,
                           .held = p->held};
    view_letter_step(&w->out, &page);
    return true;
}

static RequestStep step_read(const StepPage *p);

static void outcome_preset(StepPage *p)
{
    Outcome o = p->file.clock.phase == PHASE_FEE ? OUTCOME_NOT_PAID : OUTCOME_NOT_CORRECTED;
    if (p->kind == FACT_CLOSED)
        form_set(&p->page.form, "outcome", outcome_defs[o].id);
}

bool page_request_step(Request *r, Response *w, Err *err)
{
    StepPage p = {0};
    if (!step_begin(r, &p, err))
        return false;
    form_set_date(&p.page.form, "on", app_of(r)->today);
    if (p.kind == FACT_EXTENDED)
        form_set(&p.page.form, "workdays", str_fmt(r->a, "%d", clock_rules[RULE_EXTENSION].n));
    if (p.kind == FACT_CORRECTION_ASKED)
        form_set(&p.page.form, "workdays",
                 str_fmt(r->a, "%d", p.file.rules.settings.correction_workdays));
    outcome_preset(&p);
    if (step_asks[p.kind] & ASKS_LETTER) {
        RequestStep step = step_read(&p);
        bool fresh = !form_field(&p.page.form, "letter")->drafted;
        form_set(&p.page.form, "paper", S("issue"));
        if (fresh && p.kind != FACT_DELAYED) // which needs a day first
            letter_fill_in(r, &p, &step);
    }
    return step_show(w, &p);
}

static RequestStep step_read(const StepPage *p)
{
    const Form *f = &p->page.form;
    unsigned asks = step_asks[p->kind];
    RequestStep step = {.id = p->file.request.id,
                        .version = f->version,
                        .fact = {.kind = p->kind, .on = form_date(f, "on"), .until = date_none},
                        .note = form_text(f, "note")};
    if (asks & ASKS_WORKDAYS)
        step.fact.workdays = (int)form_int(f, "workdays");
    if (asks & ASKS_UNTIL)
        step.fact.until = form_date(f, "until");
    if (asks & ASKS_ABOUT)
        step.fact.about = form_int(f, "about");
    if (asks & ASKS_WHOM)
        step.whom = form_text(f, "whom");
    if (asks & ASKS_DOCUMENT)
        step.fact.document = form_text(f, "document");
    if (asks & ASKS_OUTCOME)
        outcome_named(form_text(f, "outcome"), &step.outcome);
    return step;
}

// Takes the step, with its letter where one was asked for.
static bool step_take(Request *r, StepPage *p, const RequestStep *step, Err *why)
{
    LetterKind kind;
    Letter done;
    bool letter = step_asks[p->kind] & ASKS_LETTER;
    Str paper = letter ? form_text(&p->page.form, "paper") : S("");
    if (str_eq(paper, S("elsewhere")) && !step->fact.document.n)
        return fail(why, ERR_INPUT, NULL, "请填写在别处制作的文书的名称或者文号",
                    "say the number of the paper that was made elsewhere");
    if (!str_eq(paper, S("issue")) || !letter_kind(p, &kind))
        return app_request_step(app_of(r), r->may, step, r->a, why);
    LetterText text = letter_read(p, step, kind);
    return app_letter_step(app_of(r), r->may, step, kind, &text, r->a, &done, why);
}

bool page_request_step_send(Request *r, Response *w, Err *err)
{
    StepPage p = {0};
    Err why = {0};
    if (!step_begin(r, &p, err))
        return false;
    bool right = form_take(r, &p.page.form);
    RequestStep step = step_read(&p);
    Str wish = step_asks[p.kind] & ASKS_LETTER ? request_form(r, "do") : S("");
    if (str_eq(wish, S("again")) && date_is(step.fact.on))
        letter_fill_in(r, &p, &step);
    if (str_eq(wish, S("again")) || str_eq(wish, S("preview")) || !right) {
        if (date_is(step.fact.on))
            letter_show(r, &p, &step);
        return step_show(w, &p);
    }
    if (!step_take(r, &p, &step, &why))
        return form_mend(&p.page.form, &why, err) && step_show(w, &p);
    return desk_done(r, w, p.page.back, "saved");
}

// --- taking a step back

static const FieldDef strike_defs[] = {
    {.name = "fact", .label = "", .kind = FIELD_HIDDEN},
    {.name = "reason",
     .label = "为什么撤销",
     .hint = "撤销以后，这一步仍然留在经过里，划线显示",
     .kind = FIELD_AREA,
     .required = true,
     .max = 300},
};

static bool strike_begin(Request *r, RequestFormPage *p, RequestFile *file, Err *err)
{
    if (!app_request_get(app_of(r), request_id_of(r), r->a, file, err))
        return false;
    *p = (RequestFormPage){.heading = S("撤销登记错误的一步"), .submit = S("撤销这一步")};
    return form_page_of_request(r, p, &file->request, strike_defs, 2, err);
}

static Str struck_words(Arena *a, const StoredFacts *facts, int64_t id)
{
    for (size_t i = 0; i < facts->n; i++)
        if (facts->v[i].fact.id == id)
            return str_fmt(a, "要撤销的是：" PRI_STR "，" PRI_STR,
                           STR_ARG(date_zh(a, facts->v[i].fact.on)),
                           STR_ARG(request_fact_defs[facts->v[i].fact.kind].name));
    return S("");
}

// A step is taken back by those who could take it: what the head has approved or signed does not
// fall by the hand of whoever drafts.
static bool strike_power(const Request *r, const StoredFacts *facts, int64_t id, Err *err)
{
    for (size_t i = 0; i < facts->n; i++) {
        FactKind kind = facts->v[i].fact.kind;
        Verb wanted = step_rules[kind].may;
        if (facts->v[i].fact.id == id && !viewer_may(r->viewer, wanted))
            return fail(err, ERR_DENIED, NULL, "撤销“" PRI_STR "”需要另外的权限：" PRI_STR,
                        "taking back “" PRI_STR "” takes another power: " PRI_STR,
                        STR_ARG(request_fact_defs[kind].name), STR_ARG(verb_defs[wanted].name));
    }
    return true;
}

bool page_request_strike(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RequestFile file;
    if (!strike_begin(r, &p, &file, err))
        return false;
    form_set(&p.form, "fact", request_query(r, "fact"));
    p.hint = struck_words(r->a, &file.facts, form_int(&p.form, "fact"));
    return form_page_show(w, &p);
}

bool page_request_strike_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RequestFile file;
    Err why = {0};
    if (!strike_begin(r, &p, &file, err))
        return false;
    bool whole = form_take(r, &p.form);
    if (!strike_power(r, &file.facts, form_int(&p.form, "fact"), err))
        return false;
    p.hint = struck_words(r->a, &file.facts, form_int(&p.form, "fact"));
    if (!whole)
        return form_page_show(w, &p);
    if (!app_request_strike(app_of(r), file.request.id, p.form.version, form_int(&p.form, "fact"),
                            form_text(&p.form, "reason"), r->a, &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, p.back, "saved");
}

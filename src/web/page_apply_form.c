// /apply/:organ: the form in small steps, what is doubted in it, its file, its draft, the receipt.
#include "web/page_apply.h"

#include "app/config.h"
#include "base/qr.h"
#include "domain/attach_kind.h"
#include "domain/identity.h"
#include "views.h"
#include "web/page_common.h"
#include "web/static.h"

typedef enum ApplyStep { STEP_KIND = 1, STEP_WHO, STEP_WHAT, STEP_HOW, STEP_CHECK } ApplyStep;

static const Str step_names[] = {SI("您是谁"), SI("身份和联系方式"), SI("需要的信息"),
                                 SI("获取方式和帮助"), SI("核对并提交")};

typedef enum AskedOf { BOTH, PERSON, ORGANISATION } AskedOf;

// A field, the step that asks for it, and of whom. 条例第二十九条 says what has to be there.
typedef struct ApplyField {
    ApplyStep step;
    AskedOf of;
} ApplyField;

// clang-format off
static const FieldDef defs[] = {
    { .name = "kind", .label = "您以什么身份申请", .kind = FIELD_RADIO, .required = true },
    { .name = "name", .label = "姓名", .required = true, .max = 100, .autocomplete = "name" },
    { .name = "id_kind", .label = "身份证明的种类", .kind = FIELD_SELECT, .required = true },
    { .name = "id_number", .label = "证件号码", .hint = "加密保存，只用于核对身份", .required = true, .max = 40 },
    { .name = "representative", .label = "法定代表人或者负责人", .required = true, .max = 60 },
    { .name = "contact", .label = "联系人", .hint = "办理这件申请的人", .required = true, .max = 60 },
    { .name = "phone", .label = "联系电话", .hint = "机关用它与您确认收到申请；双方确认之日为收到申请之日",
      .kind = FIELD_TEL, .required = true, .max = 40, .autocomplete = "tel" },
    { .name = "title", .label = "信息名称", .hint = "知道文件名称就照写；不知道可以用自己的话概括。一件申请写一项内容",
      .required = true, .max = 100 },
    { .name = "description", .label = "文号或者便于查询的其他特征",
      .hint = "例如地点、年份、项目、签订单位。写得越具体，查找越快；不用写申请的理由",
      .kind = FIELD_AREA, .required = true, .max = 2000 },
    { .name = "form", .label = "希望的形式", .kind = FIELD_RADIO, .required = true },
    { .name = "way", .label = "希望怎样得到", .kind = FIELD_RADIO, .required = true },
    { .name = "email", .label = "电子邮箱", .hint = "用电子邮件得到信息的，必须填写", .kind = FIELD_EMAIL, .max = 120, .autocomplete = "email" },
    { .name = "notify", .label = "有进展时发邮件告诉我", .hint = "邮件里不写申请的内容，随时可以取消", .kind = FIELD_YES },
    { .name = "address", .label = "通信地址", .hint = "要邮寄的，必须填写，写到门牌号", .max = 200, .autocomplete = "street-address" },
    { .name = "postcode", .label = "邮政编码", .max = 10, .autocomplete = "postal-code" },
    { .name = "otherwise", .label = "没有这种形式时", .kind = FIELD_RADIO },
    { .name = "help", .label = "需要的帮助", .hint = "阅读有困难，或者有视听障碍的，机关应当提供帮助（条例第四十三条）", .kind = FIELD_CHECKS },
    { .name = "help_more", .label = "还需要什么帮助", .max = 200 },
    { .name = "true", .label = "以上内容属实，联系方式可以用于送达", .kind = FIELD_YES, .required = true },
};
enum { FIELDS = sizeof defs / sizeof *defs };

static const ApplyField fields[FIELDS] = {
    { STEP_KIND, BOTH },
    { STEP_WHO, BOTH }, { STEP_WHO, PERSON }, { STEP_WHO, BOTH }, { STEP_WHO, ORGANISATION },
    { STEP_WHO, ORGANISATION }, { STEP_WHO, BOTH },
    { STEP_WHAT, BOTH }, { STEP_WHAT, BOTH },
    { STEP_HOW, BOTH }, { STEP_HOW, BOTH }, { STEP_HOW, BOTH }, { STEP_HOW, BOTH }, { STEP_HOW, BOTH },
    { STEP_HOW, BOTH }, { STEP_HOW, BOTH }, { STEP_HOW, BOTH }, { STEP_HOW, BOTH },
    { STEP_CHECK, BOTH },
};

static const char *const paper_kinds[] = {
    "居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "港澳台居民居住证",
    "外国人永久居留身份证", "军人证件", "其他证件",
};
// clang-format on
static const Str card = SI("居民身份证"), credit_paper = SI("统一社会信用代码证书");

static bool fits(const ApplyStepPage *p, size_t i)
{
    return fields[i].of == BOTH || (fields[i].of == PERSON) == p->natural;
}

bool apply_asks(const ApplyStepPage *p, size_t i, int step)
{
    return i < FIELDS && (int)fields[i].step == step && fits(p, i);
}

bool apply_asks_ever(const ApplyStepPage *p, size_t i)
{
    return i < FIELDS && fits(p, i) && fields[i].step != STEP_CHECK;
}

Str apply_shown(const ApplyStepPage *p, const FieldView *v)
{
    return str_eq(v->name, S("id_number")) && p->natural ? identity_masked(v->value, p->form.a)
                                                         : v->value;
}

Str apply_chosen(const ApplyStepPage *p, const FieldView *v)
{
    Strs said = {0};
    for (size_t i = 0; i < v->choices.n; i++)
        if (v->choices.v[i].chosen)
            *PUSH(p->form.a, &said) = v->choices.v[i].text;
    return str_join(p->form.a, said.v, said.n, S("；"));
}

// --- the empty form

static void choices(Form *f)
{
    for (int k = 0; k < APPLICANT__COUNT; k++)
        form_choice(f, "kind", applicant_defs[k].id,
                    k == APPLICANT_NATURAL ? S("公民个人") : applicant_defs[k].name,
                    k == APPLICANT_NATURAL ? S("为自己申请，或者代家人申请") : S(""));
    for (size_t i = 0; i < sizeof paper_kinds / sizeof *paper_kinds; i++)
        form_choice(f, "id_kind", str_z(paper_kinds[i]), str_z(paper_kinds[i]), S(""));
    form_choice(f, "form", S("electronic"), S("电子数据"), S("在平台下载，或者发送到邮箱"));
    form_choice(f, "form", S("paper"), S("纸质件"), S("邮寄或者自行领取"));
    form_choice(f, "form", S("inspect"), S("当场查阅、抄录"), S(""));
    form_choice(f, "way", S("platform"), S("平台下载"), S("在本站凭编号和查询码下载"));
    form_choice(f, "way", S("email"), S("电子邮件"), S("请在下面填写电子邮箱"));
    form_choice(f, "way", S("mail"), S("邮寄"), S("请在下面填写通信地址"));
    form_choice(f, "way", S("pick_up"), S("自行领取"), S(""));
    form_choice(f, "otherwise", S("愿意接受其他形式"), S("愿意接受其他形式"), S(""));
    form_choice(f, "otherwise", S("先与申请人商量"), S("先与我商量"), S(""));
    for (size_t i = 0; i < n_help_defs; i++)
        form_choice(f, "help", help_defs[i].id, help_defs[i].name, S(""));
}

// Labels differ between a person and an organisation.
static void labels(ApplyStepPage *p)
{
    if (p->natural)
        return;
    form_field(&p->form, "name")->label = S("单位全称");
    form_field(&p->form, "name")->hint = S("与登记证书一致");
    form_field(&p->form, "name")->autocomplete = S("organization");
    form_field(&p->form, "id_number")->label = S("统一社会信用代码");
    form_field(&p->form, "id_number")->hint = S("18位，在登记证书上");
}

static bool organ_get(Request *r, OrganRow *organ, ApplyStepPage *p, Err *err)
{
    App *app = app_of(r);
    Organ whole;
    Scope site = scope_site(app->site);
    if (!store_organ_by_slug(app->db, app->site, request_param(r, "organ"), r->a, organ, err))
        return false;
    if (organ->kind == ORGANKIND_SECTION)
        return fail(err, ERR_MISSING, NULL, "内设机构不单独受理申请，请向它所在的机关申请",
                    "a section takes no requests; ask the organ it belongs to");
    if (organ->state != ORGAN_ACTIVE)
        return fail(err, ERR_MISSING, NULL, "这个机关已经撤并，请向承接它职能的机关申请",
                    "this organ has ended; ask the one that carries on its work");
    if (!store_organ_get(app->db, &site, organ->id, r->a, &whole, err))
        return false;
    p->organ = organ->name;
    p->office_phone = whole.phone;
    return true;
}

static bool step_begin(Request *r, OrganRow *organ, ApplyStepPage *p, Err *err)
{
    *p = (ApplyStepPage){.step = STEP_KIND,
                         .last = STEP_CHECK,
                         .natural = true,
                         .steps = {(Str *)step_names, STEP_CHECK, STEP_CHECK},
                         .draft_days = app_citizen_draft_days(app_of(r))};
    if (!organ_get(r, organ, p, err))
        return false;
    r->path = p->action = str_cat(r->a, S("/apply/"), organ->slug);
    if (!page_begin(r, S("申请公开政府信息"), NAV_APPLY, &p->page, err))
        return false;
    p->ways = apply_ways(r, &p->page);
    p->page.canonical = S("");
    p->page.script = asset("apply.js");
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), organ->name);
    form_new(r, defs, FIELDS, &p->form);
    choices(&p->form);
    return true;
}

// --- showing it

// If the organ confirmed it today: what the applicant may expect.
static Str due_if_today(Request *r)
{
    App *app = app_of(r);
    RequestRules rules;
    Clock clock;
    Err ignored;
    RequestFact v[] = {{.id = 1,
                        .kind = FACT_FILED,
                        .on = app->today,
                        .channel = CHANNEL_INTERNET,
                        .until = date_none},
                       {.id = 2, .kind = FACT_CONFIRMED, .on = app->today, .until = date_none}};
    RequestFacts facts = {v, 2, 2};
    if (!app_request_rules(app, r->a, &rules, &ignored) ||
        !clock_compute(&facts, &rules.calendar, &rules.settings, app->today, &clock, &ignored) ||
        !date_is(clock.due))
        return S("");
    return date_zh(r->a, clock.due);
}

// What is public already and fits what was written, beside the question for it and before sending.
static void hits(Request *r, ApplyStepPage *p)
{
    LikelyOrgans unused;
    Err ignored;
    Str words = str_clip(r->a, form_text(&p->form, "title"), PUBLIC_WORDS_MAX);
    if (words.n && !app_public_search(app_of(r), words, r->a, &p->hits, &unused, &ignored))
        p->hits = (PublicHits){0};
}

static bool show(Request *r, Response *w, ApplyStepPage *p)
{
    labels(p);
    p->check = p->step == STEP_CHECK;
    if (p->check)
        p->due = due_if_today(r);
    if (p->step == STEP_WHAT || p->check)
        hits(r, p);
    if (form_is_wrong(&p->form))
        w->status = 422;
    view_apply_step(&w->out, p);
    return true;
}

bool page_apply_form(Request *r, Response *w, Err *err)
{
    ApplyStepPage p;
    OrganRow organ;
    if (!step_begin(r, &organ, &p, err))
        return false;
    form_set(&p.form, "kind", applicant_defs[APPLICANT_NATURAL].id);
    form_set(&p.form, "id_kind", card);
    form_set(&p.form, "title", str_clip(r->a, str_trim(request_query(r, "about")), 100));
    return show(r, w, &p);
}

// --- what was sent

// What the way wanted needs beside the fields that are always needed.
static void needs(Form *f)
{
    Str way = form_text(f, "way");
    if (str_eq(way, S("email")) && !form_text(f, "email").n)
        form_wrong(f, "email", S("要用电子邮件得到信息，请填写电子邮箱"));
    if (str_eq(way, S("mail")) && !form_text(f, "address").n)
        form_wrong(f, "address", S("要邮寄，请填写通信地址"));
    if (form_yes(f, "notify") && !form_text(f, "email").n)
        form_wrong(f, "email", S("要用邮件告诉您进展，请填写电子邮箱"));
}

// The first step up to `step` with something wrong, or `step`; what later ones ask for, and what is
// not asked of this applicant, is not wrong.
static int first_wrong(ApplyStepPage *p, int step)
{
    Form *f = &p->form;
    int first = step;
    for (size_t i = 0; i < FIELDS; i++) {
        bool later = (int)fields[i].step > step;
        if ((later || !fits(p, i)) && f->v[i].error.n) {
            f->v[i].error = f->v[i].described = S("");
            f->n_errors--;
        } else if (f->v[i].error.n && (int)fields[i].step < first) {
            first = (int)fields[i].step;
        }
    }
    return first;
}

// What looks like a slip, in words; not an error, because papers differ. Whoever has looked says
// that it is so, about these very numbers.
static void doubts(Request *r, ApplyStepPage *p)
{
    Form *f = &p->form;
    Str number = form_text(f, "id_number"), phone = form_text(f, "phone"), code;
    Err err;
    p->sure =
        str_sub(crypt_sha256(r->a, str_cat(r->a, number, str_cat(r->a, S("\n"), phone))), 0, 16);
    bool is_card = p->natural && str_eq(form_text(f, "id_kind"), card);
    if (is_card && number.n && !identity_number_check(number, app_of(r)->today, &err))
        *PUSH(r->a, &p->doubts) = str_dup(r->a, str_z(err.zh));
    if (!p->natural && number.n && !credit_code_read(number, r->a, &code, &err))
        *PUSH(r->a, &p->doubts) =
            str_cat(r->a, S("统一社会信用代码："), str_dup(r->a, str_z(err.zh)));
    if (phone.n && !phone_looks_right(phone))
        *PUSH(r->a, &p->doubts) = S("联系电话不像电话号码，机关可能打不通");
    if (str_eq(request_form(r, "sure"), p->sure))
        p->doubts = (Strs){0};
}

// A file that came with this step, or the key of the one that came before.
static bool take_proof(Request *r, ApplyStepPage *p, Err *err)
{
    const Field *file = request_file(r, "proof");
    Held held;
    Err why = {0};
    p->proof_key = request_form(r, "proof_key");
    p->proof_name = request_form(r, "proof_name");
    p->proof_picture = str_eq(request_form(r, "proof_picture"), S("1"));
    if (str_eq(request_form(r, "go"), S("drop")))
        p->proof_key = p->proof_name = S("");
    if (!file || !file->value.n)
        return true;
    if (!app_held_add(app_of(r), file->file_name, file->value, r->a, &held, &why)) {
        if (!applicant_told(&why)) {
            *err = why;
            return false;
        }
        form_fail(&p->form, &why);
        p->step = STEP_WHO;
        return true;
    }
    p->proof_key = held.key;
    p->proof_name = held.name;
    p->proof_picture = held.kind != ATTACH_PDF;
    return true;
}

// --- sending it

static Str help_words(const ApplyStepPage *p)
{
    Arena *a = p->form.a;
    Str chosen = apply_chosen(p, form_field(&p->form, "help")),
        more = form_text(&p->form, "help_more");
    return chosen.n && more.n ? str_cat(a, chosen, str_cat(a, S("；"), more))
           : chosen.n         ? chosen
                              : more;
}

static NewRequest read_form(const ApplyStepPage *p, OrganId organ)
{
    const Form *f = &p->form;
    return (NewRequest){
        .organ = organ,
        .title = form_text(f, "title"),
        .description = form_text(f, "description"),
        .form = form_text(f, "form"),
        .way = form_text(f, "way"),
        .kind = request_applicant(form_text(f, "kind")),
        .name = form_text(f, "name"),
        .applicant = {.id_kind = p->natural ? form_text(f, "id_kind") : credit_paper,
                      .id_number = form_text(f, "id_number"),
                      .phone = form_text(f, "phone"),
                      .email = form_text(f, "email"),
                      .address = form_text(f, "address"),
                      .postcode = form_text(f, "postcode"),
                      .representative = p->natural ? S("") : form_text(f, "representative"),
                      .contact = p->natural ? S("") : form_text(f, "contact")}};
}

static Html progress_qr(Request *r, Str code)
{
    const Config *c = app_of(r)->config;
    if (!c || !c->base_url.n)
        return (Html){S("")};
    Str path = path_with(r->a, str_cat(r->a, c->base_url, S("/progress")), "number", code);
    return (Html){qr_svg(r->a, path, S("查询进度的网址"))};
}

static bool show_filed(Request *r, Response *w, FiledPage *filed, Err *err)
{
    if (!page_begin(r, S("申请已经提交"), NAV_APPLY, &filed->page, err))
        return false;
    filed->page.canonical = S("");
    apply_ways(r, &filed->page);
    filed->page.script = asset("apply.js");
    page_crumb(r, &filed->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &filed->page, S(""), S("已经提交"));
    filed->qr = progress_qr(r, filed->filed.code);
    view_apply_filed(&w->out, filed);
    return true;
}

static bool send(Request *r, Response *w, ApplyStepPage *p, const OrganRow *organ, Err *err)
{
    FiledPage filed = {0};
    NewRequest n = read_form(p, organ->id);
    Wishes wishes = {.help = help_words(p),
                     .otherwise = form_text(&p->form, "otherwise"),
                     .mail = form_yes(&p->form, "notify"),
                     .proof = p->proof_key};
    Err why = {0}, ignored;
    App *app = app_of(r);
    if (!app_request_file(app, &n, &wishes, r->a, &filed.filed, &why)) {
        if (!applicant_told(&why)) {
            *err = why;
            return false;
        }
        if (why.kind == ERR_MISSING) { // the file is held no more
            p->proof_key = p->proof_name = S("");
            p->step = STEP_WHO;
        }
        form_fail(&p->form, &why);
        return show(r, w, p);
    }
    if (p->resume.n) // what it cannot throw away goes by itself after some days
        app_citizen_draft_drop(app, p->resume, r->a, &ignored);
    return show_filed(r, w, &filed, err);
}

// --- drafts

static const char *const drafted_more[] = {"step", "once", "proof_key", "proof_name",
                                           "proof_picture"};

static bool is_drafted(Str name)
{
    for (size_t i = 0; i < sizeof drafted_more / sizeof *drafted_more; i++)
        if (str_eq(name, str_z(drafted_more[i])))
            return true;
    for (size_t i = 0; i < FIELDS; i++)
        if (str_eq(name, str_z(defs[i].name)))
            return true;
    return false;
}

// The file itself is kept for some hours only, and has to come again after that.
static bool save(Request *r, Response *w, ApplyStepPage *p, const OrganRow *organ, Err *err)
{
    DraftFields draft = {0};
    Err why = {0};
    *PUSH(r->a, &draft) = (DraftField){S("organ"), organ->slug};
    for (size_t i = 0; i < r->form.n; i++)
        if (!r->form.v[i].is_file && is_drafted(r->form.v[i].name))
            *PUSH(r->a, &draft) = (DraftField){r->form.v[i].name, r->form.v[i].value};
    if (!app_citizen_draft_save(app_of(r), p->resume, &draft, r->a, &p->resume, &why)) {
        if (!applicant_told(&why)) {
            *err = why;
            return false;
        }
        form_fail(&p->form, &why);
    } else {
        p->draft_said = p->resume;
    }
    return show(r, w, p);
}

// --- the way through the steps

static void take(Request *r, ApplyStepPage *p)
{
    int64_t step = STEP_KIND;
    str_to_int(request_form(r, "step"), &step);
    p->step = step < STEP_KIND ? STEP_KIND : step > STEP_CHECK ? STEP_CHECK : (int)step;
    form_take(r, &p->form);
    if (request_form(r, "once").n)
        p->form.once = request_form(r, "once");
    p->resume = request_form(r, "resume");
    Str kind = form_text(&p->form, "kind");
    p->natural = !kind.n || str_eq(kind, applicant_defs[APPLICANT_NATURAL].id);
}

// Back, to a step to change it, without the file, or shown in another way: nothing is wrong with
// that.
static bool elsewhere(Str go, int step, int *out)
{
    int64_t to;
    if (str_eq(go, S("back")))
        *out = step > STEP_KIND ? step - 1 : STEP_KIND;
    else if (str_eq(go, S("drop")))
        *out = STEP_WHO;
    else if (str_eq(go, S("stay")))
        *out = step;
    else if (str_starts(go, S("edit-")) && str_to_int(str_from(go, 5), &to) && to >= STEP_KIND &&
             to < STEP_CHECK)
        *out = (int)to;
    else
        return false;
    return true;
}

static bool forward(Request *r, Response *w, ApplyStepPage *p, const OrganRow *organ, Err *err)
{
    if (p->step >= STEP_HOW)
        needs(&p->form);
    int wrong = first_wrong(p, p->step);
    if (form_is_wrong(&p->form)) {
        p->step = wrong;
        return show(r, w, p);
    }
    if (p->step == STEP_CHECK)
        return send(r, w, p, organ, err);
    if (p->step == STEP_WHO)
        doubts(r, p);
    if (!p->doubts.n)
        p->step++;
    return show(r, w, p);
}

bool page_apply_send(Request *r, Response *w, Err *err)
{
    ApplyStepPage p;
    OrganRow organ;
    Str go = request_form(r, "go");
    applicant_acts(r);
    if (!step_begin(r, &organ, &p, err))
        return false;
    take(r, &p);
    if (!take_proof(r, &p, err))
        return false;
    if (p.form.error.n) { // of the file
        first_wrong(&p, STEP_KIND);
        return show(r, w, &p);
    }
    if (elsewhere(go, p.step, &p.step) || str_eq(go, S("save"))) {
        first_wrong(&p, 0);
        return str_eq(go, S("save")) ? save(r, w, &p, &organ, err) : show(r, w, &p);
    }
    return forward(r, w, &p, &organ, err);
}

static bool resume_failed(Request *r, Response *w, const Err *why, Err *err)
{
    Frame page;
    if (!applicant_told(why)) {
        *err = *why;
        return false;
    }
    if (!page_begin(r, S("继续填写"), NAV_APPLY, &page, err))
        return false;
    w->status = 422;
    page.canonical = S("");
    ApplyPage p = {.page = page};
    static const FieldDef code[] = {
        {.name = "resume", .label = "续填码", .required = true, .max = 40}};
    form_new(r, code, 1, &p.resume);
    form_set(&p.resume, "resume", request_form(r, "resume"));
    p.resume.failed = S("不能继续填写");
    form_fail(&p.resume, why);
    view_apply_resume(&w->out, &p);
    return true;
}

// The draft as if it had been sent from the step it was saved at, to be looked at once more.
bool page_apply_resume(Request *r, Response *w, Err *err)
{
    ApplyStepPage p;
    OrganRow organ;
    DraftFields draft;
    Err why = {0};
    Str code = request_form(r, "resume");
    applicant_acts(r);
    if (!app_citizen_draft_get(app_of(r), code, r->a, &draft, &why))
        return resume_failed(r, w, &why, err);
    Fields sent = {0};
    for (size_t i = 0; i < draft.n; i++) {
        Fields *to = str_eq(draft.v[i].name, S("organ")) ? &r->params : &sent;
        *PUSH(r->a, to) = (Field){.name = draft.v[i].name, .value = draft.v[i].value};
    }
    r->form = sent;
    if (!step_begin(r, &organ, &p, err))
        return false;
    take(r, &p);
    if (!take_proof(r, &p, err))
        return false;
    p.resume = code;
    first_wrong(&p, 0);
    return show(r, w, &p);
}

// --- the picture that was uploaded, to who has the form

bool page_apply_preview(Request *r, Response *w, Err *err)
{
    Held held;
    applicant_acts(r);
    if (!app_held_get(app_of(r), request_form(r, "proof_key"), r->a, &held, err))
        return false;
    if (held.kind == ATTACH_PDF)
        respond_download(r, w, attach_kinds[held.kind].type, held.name);
    else
        respond_type(w, attach_kinds[held.kind].type);
    respond_header(w, "Content-Security-Policy", S("default-src 'none'; sandbox"));
    w->body = held.bytes;
    w->fresh = true;
    return true;
}

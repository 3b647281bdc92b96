#include "web/page_apply.h"

#include "app/config.h"
#include "base/qr.h"
#include "store/organ.h"
#include "views.h"
#include "web/page_common.h"

// --- how to ask, and whom

bool page_apply(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    ApplyPage p = {0};
    Organs organs;
    Scope all = scope_site(app->site);
    if (!page_begin(r, S("依申请公开"), NAV_APPLY, &p.page, err) ||
        !store_organ_all(app->db, &all, r->a, &organs, err))
        return false;
    page_crumb(r, &p.page, S(""), S("依申请公开"));
    p.page.description = S("向行政机关申请公开政府信息，查询办理进度，核验登记回执。");
    for (size_t i = 0; i < organs.n; i++) {
        const Organ *o = &organs.v[i];
        if (o->state == ORGAN_ACTIVE && o->kind != ORGANKIND_SECTION)
            *PUSH(r->a, &p.organs) =
                (Link){.href = str_fmt(r->a, "/apply/" PRI_STR, STR_ARG(o->slug)), .text = o->name};
    }
    view_apply(&w->out, &p);
    return true;
}

// --- the form

typedef enum ApplyStep { STEP_WHO = 1, STEP_WHAT, STEP_HOW, STEP_CHECK } ApplyStep;

static const Str step_names[] = {SI("身份和联系方式"), SI("需要的信息"), SI("获取方式"),
                                 SI("核对并提交")};

// A field and the step that asks for it. 条例第二十九条 says what has to be there.
static const FieldDef defs[] = {
    {.name = "kind", .label = "您以什么身份申请", .kind = FIELD_RADIO, .required = true},
    {.name = "name",
     .label = "姓名或者名称",
     .hint = "个人填姓名；单位填全称",
     .required = true,
     .max = 100,
     .autocomplete = "name"},
    {.name = "id_kind",
     .label = "身份证明的种类",
     .hint = "例如居民身份证、统一社会信用代码证书",
     .required = true,
     .max = 40},
    {.name = "id_number",
     .label = "证件号码",
     .hint = "加密保存，只用于核对身份",
     .required = true,
     .max = 40},
    {.name = "representative",
     .label = "法定代表人或者负责人",
     .hint = "单位申请的填写",
     .max = 60},
    {.name = "phone",
     .label = "联系电话",
     .hint = "用于与您确认收到申请；收到日期以双方确认之日为准",
     .kind = FIELD_TEL,
     .required = true,
     .max = 40,
     .autocomplete = "tel"},
    {.name = "email",
     .label = "电子邮箱",
     .kind = FIELD_EMAIL,
     .max = 120,
     .autocomplete = "email"},
    {.name = "address",
     .label = "通信地址",
     .hint = "需要邮寄的填写，写明邮政编码",
     .max = 200,
     .autocomplete = "street-address"},
    {.name = "title",
     .label = "信息名称",
     .hint = "知道文件名称就照写；不知道可以用自己的话概括",
     .required = true,
     .max = 100},
    {.name = "description",
     .label = "文号或者便于查询的其他特征",
     .hint = "例如项目地点、年份、签订单位。写得越具体，查找越快",
     .kind = FIELD_AREA,
     .required = true,
     .max = 2000},
    {.name = "form", .label = "希望的形式", .kind = FIELD_RADIO, .required = true},
    {.name = "way", .label = "希望怎样得到", .kind = FIELD_RADIO, .required = true},
    {.name = "help",
     .label = "需要的帮助",
     .hint = "阅读有困难，或者有视听障碍的，请写明需要什么帮助（条例第四十三条）",
     .kind = FIELD_AREA,
     .max = 300},
    {.name = "proof",
     .label = "身份证明的照片或者扫描件",
     .hint = "可以盖住与核对身份无关的部分；加密保存",
     .kind = FIELD_FILE,
     .accept = "image/jpeg,image/png,application/pdf"},
    {.name = "true", .label = "以上内容属实", .kind = FIELD_YES, .required = true},
};
enum { FIELDS = sizeof defs / sizeof *defs };
static const ApplyStep asked_in[FIELDS] = {STEP_WHO, STEP_WHO, STEP_WHO, STEP_WHO,   STEP_WHO,
                                           STEP_WHO, STEP_WHO, STEP_WHO, STEP_WHAT,  STEP_WHAT,
                                           STEP_HOW, STEP_HOW, STEP_HOW, STEP_CHECK, STEP_CHECK};

bool apply_asks(size_t i, int step)
{
    return i < FIELDS && (int)asked_in[i] == step;
}

static void choices(Form *f)
{
    for (int k = 0; k < APPLICANT__COUNT; k++)
        form_choice(f, "kind", applicant_defs[k].id, applicant_defs[k].name, S(""));
    form_choice(f, "form", S("electronic"), S("电子数据"), S("在平台下载，或者发送到邮箱"));
    form_choice(f, "form", S("paper"), S("纸质件"), S("邮寄或者自行领取"));
    form_choice(f, "form", S("inspect"), S("当场查阅、抄录"), S(""));
    form_choice(f, "way", S("platform"), S("平台下载"), S(""));
    form_choice(f, "way", S("email"), S("电子邮件"), S("请填写电子邮箱"));
    form_choice(f, "way", S("mail"), S("邮寄"), S("请填写通信地址"));
    form_choice(f, "way", S("pick_up"), S("自行领取"), S(""));
}

static bool step_begin(Request *r, OrganRow *organ, ApplyStepPage *p, Err *err)
{
    App *app = app_of(r);
    if (!store_organ_by_slug(app->db, app->site, request_param(r, "organ"), r->a, organ, err))
        return false;
    if (organ->kind == ORGANKIND_SECTION)
        return fail(err, ERR_MISSING, NULL, "内设机构不单独受理申请，请向它所在的机关申请",
                    "a section takes no requests; ask the organ it belongs to");
    if (organ->state != ORGAN_ACTIVE)
        return fail(err, ERR_MISSING, NULL, "这个机关已经撤并，请向承接它职能的机关申请",
                    "this organ has ended; ask the one that carries on its work");
    *p = (ApplyStepPage){.step = STEP_WHO,
                         .last = STEP_CHECK,
                         .steps = {(Str *)step_names, STEP_CHECK, STEP_CHECK},
                         .organ = organ->name,
                         .action = r->path};
    if (!page_begin(r, S("申请公开政府信息"), NAV_APPLY, &p->page, err))
        return false;
    p->page.canonical = S("");
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), organ->name);
    form_new(r, defs, FIELDS, &p->form);
    choices(&p->form);
    return true;
}

static bool show(Response *w, ApplyStepPage *p)
{
    p->check = p->step == STEP_CHECK;
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
    return show(w, &p);
}

// What the way wanted needs beside the fields that are always needed.
static void needs(Form *f)
{
    Str way = form_text(f, "way");
    if (str_eq(way, S("email")) && !form_text(f, "email").n)
        form_wrong(f, "email", S("要用电子邮件得到信息，请填写电子邮箱"));
    if (str_eq(way, S("mail")) && !form_text(f, "address").n)
        form_wrong(f, "address", S("要邮寄，请填写通信地址和邮政编码"));
    if (!str_eq(form_text(f, "kind"), applicant_defs[APPLICANT_NATURAL].id) &&
        !form_text(f, "representative").n)
        form_wrong(f, "representative", S("单位申请的，请填写法定代表人或者负责人"));
}

// The first step up to `step` with something wrong, or `step`; what later ones ask for is not
// wrong yet.
static int first_wrong(Form *f, int step)
{
    int first = step;
    for (size_t i = 0; i < FIELDS; i++) {
        bool later = (int)asked_in[i] > step;
        if (later && f->v[i].error.n) {
            f->v[i].error = f->v[i].described = S("");
            f->n_errors--;
        } else if (f->v[i].error.n && (int)asked_in[i] < first) {
            first = (int)asked_in[i];
        }
    }
    return first;
}

static NewRequest read_form(const Form *f, OrganId organ)
{
    Str help = form_text(f, "help"), what = form_text(f, "description");
    return (NewRequest){.organ = organ,
                        .title = form_text(f, "title"),
                        .description = help.n ? str_fmt(f->a, PRI_STR "\n需要的帮助：" PRI_STR,
                                                        STR_ARG(what), STR_ARG(help))
                                              : what,
                        .form = form_text(f, "form"),
                        .way = form_text(f, "way"),
                        .kind = request_applicant(form_text(f, "kind")),
                        .name = form_text(f, "name"),
                        .applicant = {.id_kind = form_text(f, "id_kind"),
                                      .id_number = form_text(f, "id_number"),
                                      .phone = form_text(f, "phone"),
                                      .email = form_text(f, "email"),
                                      .address = form_text(f, "address"),
                                      .representative = form_text(f, "representative")}};
}

static Html progress_qr(Request *r, Str code)
{
    const Config *c = app_of(r)->config;
    if (!c || !c->base_url.n)
        return (Html){S("")};
    Str path = path_with(r->a, str_cat(r->a, c->base_url, S("/progress")), "number", code);
    return (Html){qr_svg(r->a, path, S("查询进度的网址"))};
}

void applicant_acts(Request *r)
{
    app_of(r)->actor = (Actor){.ip = r->ip, .via = S("web"), .request = r->id};
}

static bool send(Request *r, Response *w, ApplyStepPage *p, const OrganRow *organ, Err *err)
{
    FiledPage filed = {0};
    const Field *proof = request_file(r, "proof");
    NewRequest n = read_form(&p->form, organ->id);
    Err why = {0};
    App *app = app_of(r);
    app->once = request_form(r, "once");
    applicant_acts(r);
    if (!app_request_file(app, &n, proof ? proof->file_name : S(""), proof ? proof->value : S(""),
                          r->a, &filed.filed, &why)) {
        if (why.kind != ERR_INPUT && why.kind != ERR_LIMIT && why.kind != ERR_REPEATED) {
            *err = why;
            return false;
        }
        form_fail(&p->form, &why);
        return show(w, p);
    }
    if (!page_begin(r, S("申请已经提交"), NAV_APPLY, &filed.page, err))
        return false;
    filed.page.canonical = S("");
    page_crumb(r, &filed.page, S("/apply"), S("依申请公开"));
    page_crumb(r, &filed.page, S(""), S("已经提交"));
    filed.qr = progress_qr(r, filed.filed.code);
    view_apply_filed(&w->out, &filed);
    return true;
}

bool page_apply_send(Request *r, Response *w, Err *err)
{
    ApplyStepPage p;
    OrganRow organ;
    int64_t step = STEP_WHO;
    if (!step_begin(r, &organ, &p, err))
        return false;
    str_to_int(request_form(r, "step"), &step);
    p.step = step < STEP_WHO ? STEP_WHO : step > STEP_CHECK ? STEP_CHECK : (int)step;
    form_take(r, &p.form);
    if (request_form(r, "once").n)
        p.form.once = request_form(r, "once");
    if (str_eq(request_form(r, "go"), S("back"))) {
        p.step = p.step > STEP_WHO ? p.step - 1 : STEP_WHO;
        first_wrong(&p.form, 0);
        return show(w, &p);
    }
    if (p.step >= STEP_HOW)
        needs(&p.form);
    int wrong = first_wrong(&p.form, p.step);
    if (form_is_wrong(&p.form)) {
        p.step = wrong;
        return show(w, &p);
    }
    if (p.step == STEP_CHECK)
        return send(r, w, &p, &organ, err);
    p.step++;
    return show(w, &p);
}

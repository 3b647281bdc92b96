#include "web/page_correction.h"

#include "base/crypt.h"
#include "domain/identity.h"
#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_applicant.h"
#include "web/page_common.h"

enum { PER_PAGE = 50 };

static const Str LIST = SI("/desk/corrections");

static CorrectionId id_of(const Request *r)
{
    int64_t n = 0;
    str_to_int(request_param(r, "id"), &n);
    return (CorrectionId){n};
}

static Str case_path(Arena *a, CorrectionId id, const char *tail)
{
    return str_cat(a, door_path(a, S("correction"), id.n), str_z(tail));
}

static Str day_or(Arena *a, Date d, const char *otherwise)
{
    return date_is(d) ? date_zh(a, d) : str_z(otherwise);
}

static Str state_name(const Correction *c)
{
    return c->ended                    ? correction_defs[c->outcome].name
           : date_is(c->days.examined) ? S("已审核")
                                       : S("待审核");
}

static Str state_tag(const Correction *c)
{
    return c->ended ? S("ok") : S("run");
}

// --- the register

static CorrectionLine line_of(Arena *a, const Correction *c, Date today)
{
    return (CorrectionLine){.href = case_path(a, c->id, ""),
                            .code = c->code,
                            .record = c->record,
                            .applicant = c->applicant_name,
                            .organ = c->organ_name,
                            .filed = date_zh(a, c->days.filed),
                            .target = day_or(a, c->target, "—"),
                            .state = state_name(c),
                            .tag = state_tag(c),
                            .late = !c->ended && date_is(c->target) && c->target.days < today.days};
}

bool page_corrections(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    CorrectionListPage p = {.text = str_trim(request_query(r, "q")),
                            .open_only = str_eq(request_query(r, "state"), S("open")),
                            .may_add = viewer_may(r->viewer, MAY_REQUEST_REGISTER)};
    CorrectionAsk ask = {.open_only = p.open_only, .text = p.text, .limit = PER_PAGE + 1};
    Corrections found;
    str_to_int(request_query(r, "before"), &ask.before);
    if (!desk_begin(r, S("更正申请"), DESK_CORRECTIONS, &p.desk, err) ||
        !store_correction_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    p.lines = NEW(r->a, CorrectionLine, shown);
    for (size_t i = 0; i < shown; i++)
        p.lines[p.n++] = line_of(r->a, &found.v[i], app->today);
    if (found.n > shown)
        p.next = path_with_int(
            r->a,
            path_with(r->a, path_with(r->a, LIST, "q", p.text), "state", request_query(r, "state")),
            "before", found.v[shown - 1].id.n);
    view_correction_list(&w->out, &p);
    return true;
}

// --- one

static void fact(Arena *a, Facts *facts, const char *name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value};
}

static void facts_read(Arena *a, const Correction *c, const Applicant *who, CorrectionPage *p)
{
    fact(a, &p->facts, "收到", date_zh(a, c->days.filed));
    fact(a, &p->facts, "内部时限", day_or(a, c->target, "没有设"));
    fact(a, &p->facts, "审核", day_or(a, c->days.examined, "还没有"));
    fact(a, &p->facts, "办结", day_or(a, c->days.ended, "还没有"));
    fact(a, &p->who, "申请人", c->applicant_name);
    fact(a, &p->who, "身份证明",
         str_cat(a, who->id_kind, str_cat(a, S(" "), identity_masked(who->id_number, a))));
    fact(a, &p->who, "电话", who->phone);
    fact(a, &p->who, "邮箱", who->email);
    fact(a, &p->who, "地址", who->address);
    fact(a, &p->who, "渠道", channel_defs[c->channel].name);
    fact(a, &p->who, "哪一项记录", c->record);
    fact(a, &p->who, "哪里不准确", c->wrong);
    fact(a, &p->who, "应当怎样", c->claim);
    fact(a, &p->who, "证据", c->evidence);
    fact(a, &p->who, "审核的情况", c->examined);
    fact(a, &p->who, "处理结果", c->words);
    fact(a, &p->who, "文号", c->document);
}

static void door(CorrectionPage *p, Str href, const char *name, const char *by)
{
    p->doors[p->n_doors++] = (StepDoor){.href = href, .name = str_z(name), .by = str_z(by)};
}

static void doors(Request *r, const Correction *c, CorrectionPage *p)
{
    p->doors = NEW(r->a, StepDoor, 3);
    if (c->request.n)
        door(p, door_path(r->a, S("request"), c->request.n), "看相关的公开申请", "");
    if (!c->ended && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        door(p, case_path(r->a, c->id, "/examine"), "登记审核的情况", "条例第四十一条");
    if (!c->ended && viewer_may(r->viewer, MAY_REQUEST_SIGN))
        door(p, case_path(r->a, c->id, "/end"), "办结并告知申请人", "条例第四十一条");
}

static bool letter_read(Request *r, const Correction *c, CorrectionPage *p, Err *err)
{
    App *app = app_of(r);
    Organ organ;
    Site site;
    if (!store_organ_get(app->db, &app->scope, c->organ, r->a, &organ, err) ||
        !store_site_get(app->db, app->site, r->a, &site, err))
        return false;
    Str review = organ.review_name.n ? organ.review_name : site.review_name;
    Str court = organ.court_name.n ? organ.court_name : site.court_name;
    Str rest = correction_letter(c, review.n ? review : S("行政复议机关"),
                                 court.n ? court : S("人民法院"), r->a);
    p->letter_title =
        c->ended && c->outcome == CORRECTION_REFUSED ? S("不予更正告知书") : S("更正告知书");
    while (rest.n) {
        Str line;
        str_cut(rest, S("\n"), &line, &rest);
        if (line.n)
            *PUSH(r->a, &p->letter) = line;
    }
    return true;
}

bool page_correction(Request *r, Response *w, Err *err)
{
    CorrectionPage p = {0};
    Correction c;
    Applicant who;
    if (!app_correction_get(app_of(r), id_of(r), r->a, &c, &who, err) ||
        !desk_begin(r, c.record, DESK_CORRECTIONS, &p.desk, err) || !letter_read(r, &c, &p, err))
        return false;
    desk_crumb(r, &p.desk, LIST, S("更正申请"));
    desk_crumb(r, &p.desk, S(""), c.code);
    p.title = c.record;
    p.code = c.code;
    p.state = state_name(&c);
    p.tag = state_tag(&c);
    p.say = c.ended
                ? S("已经办结。")
                : S("条例第四十一条没有规定办理期限；内部时限是本机关自己的要求，不是法定期限。");
    facts_read(r->a, &c, &who, &p);
    p.reveal = case_path(r->a, c.id, "/identity");
    p.csrf = r->viewer->csrf;
    p.once = crypt_token(r->a, 16);
    doors(r, &c, &p);
    view_correction(&w->out, &p);
    return true;
}

bool page_correction_reveal(Request *r, Response *w, Err *err)
{
    RevealPage p = {0};
    Correction c;
    Applicant who;
    if (!app_correction_reveal(app_of(r), id_of(r), r->a, &c, &who, err) ||
        !desk_begin(r, S("申请人的证件号码"), DESK_CORRECTIONS, &p.desk, err))
        return false;
    p.back = case_path(r->a, c.id, "");
    desk_crumb(r, &p.desk, LIST, S("更正申请"));
    desk_crumb(r, &p.desk, p.back, c.code);
    desk_crumb(r, &p.desk, S(""), S("证件号码"));
    p.id_kind = who.id_kind;
    p.number = who.id_number;
    view_request_reveal(&w->out, &p);
    return true;
}

// --- forms

static bool again(Response *w, RequestFormPage *p, const Err *why, Err *err)
{
    if (why->kind && why->kind != ERR_INPUT && why->kind != ERR_RULE && why->kind != ERR_BUSY) {
        *err = *why;
        return false;
    }
    if (why->kind)
        form_fail(&p->form, why);
    w->status = 422;
    view_request_form(&w->out, p);
    return true;
}

static bool form_begin(Request *r, RequestFormPage *p, const FieldDef *defs, size_t n, Str crumb,
                       Err *err)
{
    if (!desk_begin(r, p->heading, DESK_CORRECTIONS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, LIST, S("更正申请"));
    if (crumb.n)
        desk_crumb(r, &p->desk, p->back, crumb);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, defs, n, &p->form);
    return true;
}

static const FieldDef new_defs[] = {
    {.name = "organ", .label = "收到申请的机关", .kind = FIELD_SELECT, .required = true},
    {.name = "channel", .label = "申请渠道", .kind = FIELD_SELECT, .required = true},
    {.name = "filed", .label = "收到的日期", .kind = FIELD_DATE, .required = true},
    {.name = "kind", .label = "申请人类别", .kind = FIELD_SELECT, .required = true},
    {.name = "name", .label = "姓名或者名称", .required = true, .max = 100},
    {.name = "id_kind", .label = "身份证明", .max = 40},
    {.name = "id_number", .label = "证件号码", .required = true, .max = 40},
    {.name = "phone", .label = "联系电话", .kind = FIELD_TEL, .max = 40},
    {.name = "email", .label = "电子邮箱", .kind = FIELD_EMAIL, .max = 120},
    {.name = "address", .label = "通信地址", .max = 200},
    {.name = "record",
     .label = "哪一项记录",
     .hint = "与申请人自身相关的政府信息，例如某年某号的某项登记",
     .required = true,
     .max = 100},
    {.name = "wrong", .label = "哪里不准确", .kind = FIELD_AREA, .required = true, .max = 1000},
    {.name = "claim", .label = "应当怎样记录", .kind = FIELD_AREA, .max = 1000},
    {.name = "evidence",
     .label = "证据",
     .hint = "有什么材料证明记录不准确",
     .kind = FIELD_AREA,
     .required = true,
     .max = 1000},
    {.name = "request", .label = "相关的公开申请编号", .max = 60},
};
enum { NEW_FIELDS = sizeof new_defs / sizeof *new_defs };

static bool new_begin(Request *r, RequestFormPage *p, Err *err)
{
    App *app = app_of(r);
    Organs organs;
    *p = (RequestFormPage){
        .heading = S("登记更正申请"),
        .hint = S("公民、法人和其他组织有证据证明行政机关提供的与其自身相关的政府信息记录不准确的，"
                  "可以要求更正（条例第四十一条）。不计入年报表三。"),
        .action = S("/desk/corrections/new"),
        .submit = S("登记"),
        .back = LIST};
    if (!form_begin(r, p, new_defs, NEW_FIELDS, S(""), err) ||
        !store_organ_all(app->db, &app->scope, r->a, &organs, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        if (organs.v[i].state == ORGAN_ACTIVE && organs.v[i].kind != ORGANKIND_SECTION)
            form_choice(&p->form, "organ", str_fmt(r->a, "%lld", (long long)organs.v[i].id.n),
                        organs.v[i].name, S(""));
    for (int c = 0; c < CHANNEL__COUNT; c++)
        form_choice(&p->form, "channel", channel_defs[c].id, channel_defs[c].name, S(""));
    for (int k = 0; k < APPLICANT__COUNT; k++)
        form_choice(&p->form, "kind", applicant_defs[k].id, applicant_defs[k].name, S(""));
    return true;
}

bool page_correction_new(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    if (!new_begin(r, &p, err))
        return false;
    form_set(&p.form, "organ", str_fmt(r->a, "%lld", (long long)r->viewer->organ.n));
    form_set_date(&p.form, "filed", app_of(r)->today);
    view_request_form(&w->out, &p);
    return true;
}

static NewCorrection new_read(const Form *f)
{
    return (NewCorrection){.organ = {form_int(f, "organ")},
                           .channel = request_channel(form_text(f, "channel")),
                           .filed = form_date(f, "filed"),
                           .kind = request_applicant(form_text(f, "kind")),
                           .name = form_text(f, "name"),
                           .applicant = {.id_kind = form_text(f, "id_kind"),
                                         .id_number = form_text(f, "id_number"),
                                         .phone = form_text(f, "phone"),
                                         .email = form_text(f, "email"),
                                         .address = form_text(f, "address")},
                           .record = form_text(f, "record"),
                           .wrong = form_text(f, "wrong"),
                           .claim = form_text(f, "claim"),
                           .evidence = form_text(f, "evidence")};
}

static bool request_named(Request *r, Form *f, RequestId *out, Err *err)
{
    App *app = app_of(r);
    bool found = false;
    Str code = form_text(f, "request");
    if (!code.n)
        return true;
    if (!store_request_coded(app->db, &app->scope, code, out, &found, err))
        return false;
    if (!found)
        form_wrong(f, "request", S("没有这个编号的申请，请核对；不填也可以登记"));
    return true;
}

bool page_correction_new_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    CorrectionFiled done;
    Err why = {0};
    if (!new_begin(r, &p, err))
        return false;
    if (!form_take(r, &p.form))
        return again(w, &p, &why, err);
    NewCorrection n = new_read(&p.form);
    if (!request_named(r, &p.form, &n.request, err))
        return false;
    if (form_is_wrong(&p.form) || !app_correction_file(app_of(r), &n, r->a, &done, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, case_path(r->a, done.id, ""), "registered");
}

// --- steps

static const FieldDef examine_defs[] = {
    {.name = "on", .label = "审核的日期", .kind = FIELD_DATE, .required = true},
    {.name = "words",
     .label = "审核的情况",
     .hint = "核对了什么，是否属实，本机关是否有权更正",
     .kind = FIELD_AREA,
     .required = true,
     .max = 1000},
};
static const FieldDef end_defs[] = {
    {.name = "outcome", .label = "处理结果", .kind = FIELD_RADIO, .required = true},
    {.name = "on", .label = "告知的日期", .kind = FIELD_DATE, .required = true},
    {.name = "words",
     .label = "写进告知书的内容",
     .hint = "更正了什么；或者为什么不予更正；或者转送、告知哪个机关，怎样联系",
     .kind = FIELD_AREA,
     .required = true,
     .max = 1000},
    {.name = "document", .label = "告知书文号", .max = 100},
};

static bool step_begin(Request *r, bool ends, RequestFormPage *p, Correction *c, Err *err)
{
    App *app = app_of(r);
    if (!store_correction_get(app->db, &app->scope, id_of(r), r->a, c, err))
        return false;
    *p = (RequestFormPage){.heading = ends ? S("办结更正申请") : S("登记审核的情况"),
                           .hint = str_fmt(r->a, PRI_STR "，" PRI_STR "。依据：条例第四十一条",
                                           STR_ARG(c->code), STR_ARG(c->record)),
                           .action = r->path,
                           .submit = ends ? S("办结") : S("登记"),
                           .back = case_path(r->a, c->id, "")};
    if (!form_begin(r, p, ends ? end_defs : examine_defs, ends ? 4 : 2, c->code, err))
        return false;
    p->form.version = c->version;
    for (int o = 0; ends && o < CORRECTION__COUNT; o++)
        form_choice(&p->form, "outcome", correction_defs[o].id, correction_defs[o].name,
                    correction_defs[o].source);
    return true;
}

static bool step_show(Request *r, Response *w, bool ends, Err *err)
{
    RequestFormPage p;
    Correction c;
    if (!step_begin(r, ends, &p, &c, err))
        return false;
    form_set_date(&p.form, "on", app_of(r)->today);
    view_request_form(&w->out, &p);
    return true;
}

bool page_correction_examine(Request *r, Response *w, Err *err)
{
    return step_show(r, w, false, err);
}

bool page_correction_end(Request *r, Response *w, Err *err)
{
    return step_show(r, w, true, err);
}

bool page_correction_examine_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    Correction c;
    Err why = {0};
    if (!step_begin(r, false, &p, &c, err))
        return false;
    if (!form_take(r, &p.form) ||
        !app_correction_examine(app_of(r), c.id, p.form.version, form_date(&p.form, "on"),
                                form_text(&p.form, "words"), r->a, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, p.back, "saved");
}

bool page_correction_end_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    Correction c;
    Err why = {0};
    if (!step_begin(r, true, &p, &c, err))
        return false;
    bool whole = form_take(r, &p.form);
    const Form *f = &p.form;
    CorrectionEnd end = {.id = c.id,
                         .version = f->version,
                         .on = form_date(f, "on"),
                         .words = form_text(f, "words"),
                         .document = form_text(f, "document")};
    if (!whole || !correction_named(form_text(f, "outcome"), &end.outcome) ||
        !app_correction_end(app_of(r), &end, r->a, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, p.back, "saved");
}

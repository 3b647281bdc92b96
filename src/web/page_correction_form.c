// Registering a correction, its examination, and its end with the letter that tells the applicant.
#include "app/citizen.h"
#include "views.h"
#include "web/doors.h"
#include "web/letter_form.h"
#include "web/page_common.h"
#include "web/page_correction.h"

// --- registering

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
    *p = (RequestFormPage){
        .heading = S("登记更正申请"),
        .hint = S("公民、法人和其他组织有证据证明行政机关提供的与其自身相关的政府信息记录不准确的，"
                  "可以要求更正（条例第四十一条）。不计入年报表三。"),
        .action = S("/desk/corrections/new"),
        .submit = S("登记"),
        .back = place_corrections.list};
    if (!form_page_begin(r, p, &place_corrections, S(""), new_defs, NEW_FIELDS, err) ||
        !form_organs(r, &p->form, "organ", err))
        return false;
    form_channels(&p->form);
    form_applicants(&p->form);
    return true;
}

bool page_correction_new(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    if (!new_begin(r, &p, err))
        return false;
    form_set(&p.form, "organ", str_fmt(r->a, "%lld", (long long)r->viewer->organ.n));
    form_set_date(&p.form, "filed", app_of(r)->today);
    return form_page_show(w, &p);
}

static NewCorrection new_read(const Form *f)
{
    return (NewCorrection){.organ = {form_int(f, "organ")},
                           .channel = request_channel(form_text(f, "channel")),
                           .filed = form_date(f, "filed"),
                           .kind = request_applicant(form_text(f, "kind")),
                           .name = form_text(f, "name"),
                           .applicant = form_applicant(f),
                           .record = form_text(f, "record"),
                           .wrong = form_text(f, "wrong"),
                           .claim = form_text(f, "claim"),
                           .evidence = form_text(f, "evidence")};
}

static bool filed_show(Request *r, Response *w, const CorrectionFiled *done, Err *err)
{
    CorrectionFiledPage p = {.code = done->code,
                             .query_code = code_shown(r->a, done->query_code),
                             .href = door_path(r->a, S("correction"), done->id.n)};
    if (!desk_begin(r, S("更正申请已登记"), DESK_CORRECTIONS, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, place_corrections.list, place_corrections.name);
    desk_crumb(r, &p.desk, p.href, done->code);
    view_correction_filed(&w->out, &p);
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
        return form_page_again(w, &p, &why, err);
    NewCorrection n = new_read(&p.form);
    if (!form_request_named(r, &p.form, "request", &n.request, err))
        return false;
    if (form_is_wrong(&p.form) || !app_correction_file(app_of(r), &n, r->a, &done, &why))
        return form_page_again(w, &p, &why, err);
    return filed_show(r, w, &done, err);
}

// --- the examination

static const FieldDef examine_defs[] = {
    {.name = "on", .label = "审核的日期", .kind = FIELD_DATE, .required = true},
    {.name = "words",
     .label = "审核的情况",
     .hint = "核对了什么，是否属实，本机关是否有权更正",
     .kind = FIELD_AREA,
     .required = true,
     .max = 1000},
};

static Str about(Arena *a, const Correction *c, Str source)
{
    return str_fmt(a, PRI_STR "，" PRI_STR "%s" PRI_STR, STR_ARG(c->code), STR_ARG(c->record),
                   source.n ? "。依据：" : "", STR_ARG(source));
}

static bool examine_begin(Request *r, RequestFormPage *p, Correction *c, Err *err)
{
    App *app = app_of(r);
    if (!store_correction_get(app->db, &app->scope, correction_id_of(r), r->a, c, err))
        return false;
    *p = (RequestFormPage){.heading = S("登记审核的情况"),
                           .hint = about(r->a, c, S("条例第四十一条")),
                           .action = r->path,
                           .submit = S("登记"),
                           .back = door_path(r->a, S("correction"), c->id.n)};
    if (!form_page_begin(r, p, &place_corrections, c->code, examine_defs, 2, err))
        return false;
    p->form.version = c->version;
    return true;
}

bool page_correction_examine(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    Correction c;
    if (!examine_begin(r, &p, &c, err))
        return false;
    form_set_date(&p.form, "on", app_of(r)->today);
    return form_page_show(w, &p);
}

bool page_correction_examine_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    Correction c;
    Err why = {0};
    if (!examine_begin(r, &p, &c, err))
        return false;
    if (!form_take(r, &p.form) ||
        !app_correction_examine(app_of(r), c.id, p.form.version, form_date(&p.form, "on"),
                                form_text(&p.form, "words"), r->a, &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, p.back, "saved");
}

// --- the end

static const FieldDef end_defs[] = {
    {.name = "on", .label = "告知的日期", .kind = FIELD_DATE, .required = true},
    {.name = "words", .label = "", .kind = FIELD_AREA, .required = true, .max = 1000},
    LETTER_FORM_FIELDS,
};
enum { END_FIELDS = sizeof end_defs / sizeof *end_defs };

typedef struct EndPage {
    LetterFormPage page;
    Correction c;
    CorrectionOutcome outcome;
    LetterKind letter; // LETTER__COUNT: none, and no field for one
} EndPage;

static bool has_letter(const EndPage *p)
{
    return p->letter != LETTER__COUNT;
}

static bool end_begin(Request *r, EndPage *p, Err *err)
{
    App *app = app_of(r);
    if (!correction_named(request_param(r, "outcome"), &p->outcome))
        return fail(err, ERR_MISSING, NULL, "没有这个步骤", "there is no such step");
    if (!store_correction_get(app->db, &app->scope, correction_id_of(r), r->a, &p->c, err))
        return false;
    const CorrectionDef *def = &correction_defs[p->outcome];
    p->letter = def->letter;
    RequestFormPage form = {.heading = def->name,
                            .hint = about(r->a, &p->c, def->source),
                            .action = r->path,
                            .submit = S("办结"),
                            .back = door_path(r->a, S("correction"), p->c.id.n)};
    if (!form_page_begin(r, &form, &place_corrections, p->c.code, end_defs,
                         END_FIELDS - (has_letter(p) ? 0 : LETTER_FORM_N), err))
        return false;
    form.form.version = p->c.version;
    form_field(&form.form, "words")->label = def->asks;
    if (has_letter(p))
        letter_form_papers(&form.form, false);
    p->page = (LetterFormPage){.desk = form.desk,
                               .form = form.form,
                               .heading = form.heading,
                               .hint = form.hint,
                               .action = form.action,
                               .submit = form.submit,
                               .back = form.back};
    return true;
}

// The letter anew from the wording and what the form says.
static bool letter_fill_in(Request *r, EndPage *p, Err *err)
{
    LetterFill fill = {0};
    LetterText text;
    correction_fill(p->letter, form_text(&p->page.form, "words"), r->a, &fill);
    if (!app_letter_draft(app_of(r), letter_owner(OWNER_CORRECTION, p->c.id.n), p->letter, NULL,
                          &fill, r->a, &text, err))
        return false;
    letter_form_put(&p->page.form, &text);
    return true;
}

static bool end_show(Response *w, EndPage *p)
{
    if (form_is_wrong(&p->page.form))
        w->status = 422;
    if (has_letter(p))
        view_letter_step(&w->out, &p->page);
    else
        view_letter_form(&w->out, &p->page);
    return true;
}

bool page_correction_end(Request *r, Response *w, Err *err)
{
    EndPage p = {0};
    if (!end_begin(r, &p, err))
        return false;
    form_set_date(&p.page.form, "on", app_of(r)->today);
    if (has_letter(&p)) {
        bool fresh = !form_field(&p.page.form, "letter")->drafted;
        form_set(&p.page.form, "paper", S("issue"));
        if (fresh && !letter_fill_in(r, &p, err))
            return false;
    }
    return end_show(w, &p);
}

// As it was sent; what the form says by now stands where it was still to be filled in.
static LetterText end_letter(const EndPage *p)
{
    const Form *f = &p->page.form;
    LetterText text = letter_form_read(f, p->letter, p->c.applicant_name, form_date(f, "on"));
    LetterFill fill = {0};
    correction_fill(p->letter, form_text(f, "words"), f->a, &fill);
    text.body = letter_fill_marks(text.body, &fill, f->a);
    return text;
}

// Looked at, or made anew; nothing is done yet.
static bool end_look(Request *r, Response *w, EndPage *p, Err *err)
{
    if (str_eq(request_form(r, "do"), S("again")) && !letter_fill_in(r, p, err))
        return false;
    LetterText text = end_letter(p);
    letter_form_look(r->a, p->letter, &text, p->c.organ_name, &p->page.held, &p->page.sheet);
    return end_show(w, p);
}

bool page_correction_end_send(Request *r, Response *w, Err *err)
{
    EndPage p = {0};
    Err why = {0};
    LetterText text;
    if (!end_begin(r, &p, err))
        return false;
    const Form *f = &p.page.form;
    bool whole = form_take(r, &p.page.form);
    Str wish = has_letter(&p) ? request_form(r, "do") : S("");
    if (str_eq(wish, S("again")) || str_eq(wish, S("preview")))
        return end_look(r, w, &p, err);
    CorrectionEnd end = {.id = p.c.id,
                         .version = f->version,
                         .outcome = p.outcome,
                         .on = form_date(f, "on"),
                         .words = form_text(f, "words")};
    if (has_letter(&p)) {
        text = end_letter(&p);
        end.letter = letter_form_issues(f) ? &text : NULL;
        end.document = form_text(f, "document");
    }
    if (!whole || !app_correction_end(app_of(r), &end, r->a, &why))
        return form_mend(&p.page.form, &why, err) && end_show(w, &p);
    return desk_done(r, w, p.page.back, "saved");
}

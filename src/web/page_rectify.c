#include "web/page_rectify.h"

#include "app/citizen.h"
#include "app/letter_paper.h"
#include "app/public_search.h"
#include "store/organ.h"
#include "views.h"
#include "web/page_apply.h"
#include "web/page_common.h"
#include "web/page_letter.h"

// clang-format off
static const FieldDef defs[] = {
    { .name = "kind", .label = "您以什么身份提出", .kind = FIELD_RADIO, .required = true },
    { .name = "name", .label = "姓名或者单位全称", .required = true, .max = 100, .autocomplete = "name" },
    { .name = "id_kind", .label = "身份证明的种类", .hint = "例如居民身份证、统一社会信用代码证书", .required = true, .max = 40 },
    { .name = "id_number", .label = "证件号码", .hint = "加密保存，只用于核对身份", .required = true, .max = 40 },
    { .name = "phone", .label = "联系电话", .kind = FIELD_TEL, .required = true, .max = 40, .autocomplete = "tel" },
    { .name = "address", .label = "通信地址", .hint = "告知书寄到这里；不填的，请到机关领取", .max = 200, .autocomplete = "street-address" },
    { .name = "record", .label = "哪一份记录", .hint = "名称、文号、日期，或者在哪里看到的", .required = true, .max = 200 },
    { .name = "wrong", .label = "记录里哪里不准确", .kind = FIELD_AREA, .required = true, .max = 2000 },
    { .name = "claim", .label = "应当是什么", .kind = FIELD_AREA, .required = true, .max = 2000 },
    { .name = "evidence", .label = "有什么证据", .hint = "写明证据是什么、在哪里；原件在机关核对时带去", .kind = FIELD_AREA, .required = true, .max = 2000 },
    { .name = "true", .label = "以上内容属实", .kind = FIELD_YES, .required = true },
};

static const FieldDef look_defs[] = {
    { .name = "number", .label = "编号", .required = true, .max = 60 },
    { .name = "code", .label = "查询码", .required = true, .max = 40 },
};
// clang-format on

static bool begin(Request *r, Str title, RectifyPage *p, Err *err)
{
    if (!page_begin(r, title, NAV_APPLY, &p->page, err))
        return false;
    apply_ways(r, &p->page);
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), title);
    return true;
}

static App for_anyone(Request *r)
{
    applicant_acts(r);
    App own = *app_of(r);
    own.scope = scope_site(own.site);
    return own;
}

// --- whom to ask, and how far it is

static bool looking(Request *r, RectifyPage *p, Err *err)
{
    Organs organs;
    *p = (RectifyPage){0};
    if (!begin(r, S("更正本人的记录"), p, err) || !app_public_organs(app_of(r), r->a, &organs, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        *PUSH(r->a, &p->organs) = (Link){.href = str_cat(r->a, S("/rectify/"), organs.v[i].slug),
                                         .text = organs.v[i].name};
    form_new(r, look_defs, 2, &p->form);
    p->form.failed = S("没有查到");
    return true;
}

bool page_rectify(Request *r, Response *w, Err *err)
{
    RectifyPage p;
    if (!looking(r, &p, err))
        return false;
    view_rectify(&w->out, &p);
    return true;
}

static void fill(Arena *a, const Correction *c, RectifyPage *p)
{
    p->found = true;
    p->code = c->code;
    p->query_code = form_text(&p->form, "code");
    p->organ = c->organ_name;
    p->title = c->record;
    p->say = c->ended ? correction_defs[c->outcome].name
             : date_is(c->days.examined)
                 ? S("正在审核，已经核查过记录。")
                 : S("已经收到，正在审核。条例第四十一条没有规定办理的期限。");
    p->words = c->ended ? c->words : S("");
    p->day = c->ended ? str_cat(a, date_zh(a, c->days.ended), S("办结"))
                      : str_cat(a, date_zh(a, c->days.filed), S("提出"));
    p->target = !c->ended && date_is(c->target) ? date_zh(a, c->target) : S("");
}

static void fill_letters(Arena *a, const Letters *letters, RectifyPage *p)
{
    p->letters = NEW(a, RectifyLetter, letters->n);
    for (size_t i = letters->n; i-- > 0;) { // newest first
        const Letter *l = &letters->v[i];
        p->letters[p->n_letters++] = (RectifyLetter){.id = str_fmt(a, "%lld", (long long)l->id.n),
                                                     .title = l->title,
                                                     .code = l->code,
                                                     .text = letter_sheet(a, l).paragraphs};
    }
}

// Wrong codes are counted as those of requests are.
static bool found(App *own, Str number, Str code, Arena *a, Correction *out, Letters *letters,
                  Err *err)
{
    if (!citizen_try(own, TRY_CODE, number, true, a, err))
        return false;
    if (app_correction_progress(own, number, code_typed(a, code), a, out, letters, err))
        return true;
    Err limit;
    if (err->kind == ERR_MISSING && !citizen_try(own, TRY_CODE, number, false, a, &limit))
        *err = limit;
    return false;
}

// The case that number and code lead to; false with *done where there is nothing more to do: the
// page says what is wrong, or *err is set.
static bool asked(Request *r, Response *w, RectifyPage *p, Correction *c, Letters *letters,
                  bool *done, Err *err)
{
    Err why = {0};
    App own = for_anyone(r);
    *done = false;
    if (!looking(r, p, err))
        return false;
    bool typed = form_take(r, &p->form);
    if (typed && found(&own, form_text(&p->form, "number"), form_text(&p->form, "code"), r->a, c,
                       letters, &why))
        return true;
    if (typed && !applicant_told(&why)) {
        *err = why;
        return false;
    }
    if (typed)
        form_fail(&p->form, &why);
    w->status = 422;
    view_rectify(&w->out, p);
    *done = true;
    return false;
}

bool page_rectify_show(Request *r, Response *w, Err *err)
{
    RectifyPage p;
    Correction c;
    Letters letters;
    bool done;
    if (!asked(r, w, &p, &c, &letters, &done, err))
        return done;
    fill(r->a, &c, &p);
    fill_letters(r->a, &letters, &p);
    view_rectify(&w->out, &p);
    return true;
}

bool page_rectify_letter(Request *r, Response *w, Err *err)
{
    RectifyPage p;
    Correction c;
    Letters letters;
    bool done;
    int64_t wanted = 0;
    str_to_int(request_form(r, "letter"), &wanted);
    if (!asked(r, w, &p, &c, &letters, &done, err))
        return done;
    for (size_t i = 0; i < letters.n; i++) {
        if (letters.v[i].id.n != wanted)
            continue;
        Paper paper = letter_paper(&letters.v[i], r->a);
        Papers one = {&paper, 1, 1};
        if (!paper_pdf(&one, r->a, &w->body, err))
            return false;
        respond_download(r, w, S("application/pdf"),
                         letter_file_name(&letters.v[i], S("pdf"), r->a));
        return true;
    }
    return fail(err, ERR_MISSING, NULL, "没有这份文书", "there is no such letter");
}

// --- the form

static bool form_begin(Request *r, OrganRow *organ, RectifyPage *p, Err *err)
{
    App *app = app_of(r);
    *p = (RectifyPage){0};
    if (!store_organ_by_slug(app->db, app->site, request_param(r, "organ"), r->a, organ, err))
        return false;
    if (organ->kind == ORGANKIND_SECTION || organ->state != ORGAN_ACTIVE)
        return fail(err, ERR_MISSING, NULL,
                    "请向对外履行职责的机关提出，或者向承接它职能的机关提出",
                    "this organ takes no requests");
    if (!begin(r, S("申请更正记录"), p, err))
        return false;
    p->page.canonical = S("");
    p->organ = organ->name;
    p->action = str_cat(r->a, S("/rectify/"), organ->slug);
    form_new(r, defs, sizeof defs / sizeof *defs, &p->form);
    for (int k = 0; k < APPLICANT__COUNT; k++)
        form_choice(&p->form, "kind", applicant_defs[k].id, applicant_defs[k].name, S(""));
    return true;
}

bool page_rectify_form(Request *r, Response *w, Err *err)
{
    RectifyPage p;
    OrganRow organ;
    if (!form_begin(r, &organ, &p, err))
        return false;
    form_set(&p.form, "kind", applicant_defs[APPLICANT_NATURAL].id);
    view_rectify_form(&w->out, &p);
    return true;
}

static NewCorrection read_form(const Form *f, const App *app, OrganId organ)
{
    return (NewCorrection){.organ = organ,
                           .channel = CHANNEL_INTERNET,
                           .filed = app->today,
                           .kind = request_applicant(form_text(f, "kind")),
                           .name = form_text(f, "name"),
                           .applicant = {.id_kind = form_text(f, "id_kind"),
                                         .id_number = form_text(f, "id_number"),
                                         .phone = form_text(f, "phone"),
                                         .address = form_text(f, "address")},
                           .record = form_text(f, "record"),
                           .wrong = form_text(f, "wrong"),
                           .claim = form_text(f, "claim"),
                           .evidence = form_text(f, "evidence")};
}

bool page_rectify_send(Request *r, Response *w, Err *err)
{
    RectifyPage p;
    OrganRow organ;
    CorrectionFiled filed;
    Err why = {0};
    App own = for_anyone(r);
    if (!form_begin(r, &organ, &p, err))
        return false;
    if (form_take(r, &p.form)) {
        NewCorrection n = read_form(&p.form, &own, organ.id);
        if (citizen_try(&own, TRY_FILE, own.actor.ip, false, r->a, &why) &&
            app_correction_file(&own, &n, r->a, &filed, &why)) {
            p.code = filed.code;
            p.query_code = code_shown(r->a, filed.query_code);
            view_rectify_form(&w->out, &p);
            return true;
        }
        if (!applicant_told(&why)) {
            *err = why;
            return false;
        }
        form_fail(&p.form, &why);
    }
    w->status = 422;
    view_rectify_form(&w->out, &p);
    return true;
}

#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_letter.h"

static const Str LIST = SI("/desk/letters"), TEMPLATES = SI("/desk/letters/templates");

static const Str to_words[TO__COUNT] = {
    [TO_APPLICANT] = SI("申请人"), [TO_THIRD_PARTY] = SI("第三方"), [TO_ORGAN] = SI("机关")};

static Str kind_name(Arena *a, LetterKind kind)
{
    return letter_is_reply(kind)
               ? str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(letter_title(kind)),
                         STR_ARG(outcome_defs[kind - LETTER_REPLY].name))
               : letter_title(kind);
}

static Str template_path(Arena *a, LetterKind kind, const char *tail)
{
    return str_fmt(a, "/desk/letters/templates/" PRI_STR "%s", STR_ARG(letter_defs[kind].id), tail);
}

// --- all of them

static Str version_words(Arena *a, const LetterTemplates *own, LetterKind kind)
{
    for (size_t i = 0; i < own->n; i++)
        if (own->v[i].kind == kind && own->v[i].body.n)
            return str_fmt(a, "本站第%lld版，" PRI_STR, (long long)own->v[i].version,
                           STR_ARG(own->v[i].person_name));
    return S("默认");
}

bool page_letter_templates(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    LetterTemplates own;
    Organs organs;
    LetterTemplatesPage p = {0};
    if (!desk_begin(r, S("文书模板"), DESK_TEMPLATES, &p.desk, err) ||
        !store_letter_templates(app->db, app->site, r->a, &own, err) ||
        !store_organ_all(app->db, &app->scope, r->a, &organs, err))
        return false;
    desk_crumb(r, &p.desk, LIST, S("文书"));
    desk_crumb(r, &p.desk, S(""), S("文书模板"));
    p.v = NEW(r->a, LetterLine, LETTER__COUNT);
    for (int k = 0; k < LETTER__COUNT; k++)
        p.v[p.n++] = (LetterLine){.href = template_path(r->a, (LetterKind)k, ""),
                                  .title = kind_name(r->a, (LetterKind)k),
                                  .code = letter_source((LetterKind)k),
                                  .addressee = to_words[letter_defs[k].to],
                                  .state = version_words(r->a, &own, (LetterKind)k)};
    for (size_t i = 0; i < organs.n; i++)
        if (organs.v[i].state == ORGAN_ACTIVE && organs.v[i].kind != ORGANKIND_SECTION)
            *PUSH(r->a, &p.organs) = (Choice){
                .value = str_fmt(r->a, "/desk/letters/settings/%lld", (long long)organs.v[i].id.n),
                .text = organs.v[i].name};
    view_letter_templates(&w->out, &p);
    return true;
}

// --- one

static const FieldDef template_defs[] = {
    {.name = "text",
     .label = "正文模板",
     .hint = "一行一段。{收到日期}这样的地方填入内容；{如有 经过}和{/如有}之间的文字，有内容时才"
             "出现。留空保存就恢复默认",
     .kind = FIELD_AREA,
     .max = 5000},
};

typedef struct TemplatePage {
    LetterFormPage page;
    LetterKind kind;
    LetterTemplate now;
} TemplatePage;

static void places_fill(Request *r, TemplatePage *p)
{
    for (size_t i = 0; i < n_letter_places; i++)
        *PUSH(r->a, &p->page.places) =
            (Fact){.name = str_fmt(r->a, "{" PRI_STR "}", STR_ARG(letter_places[i].name)),
                   .value = letter_places[i].about};
}

static bool versions_fill(Request *r, TemplatePage *p, Err *err)
{
    LetterTemplates all;
    if (!store_letter_template_versions(app_of(r)->db, app_of(r)->site, p->kind, r->a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        *PUSH(r->a, &p->page.versions) =
            (Fact){.name = str_fmt(r->a, "第%lld版，" PRI_STR "，" PRI_STR,
                                   (long long)all.v[i].version, STR_ARG(all.v[i].person_name),
                                   STR_ARG(moment_zh(r->a, all.v[i].created_at))),
                   .value = all.v[i].body.n ? all.v[i].body : S("恢复默认")};
    return true;
}

static bool template_begin(Request *r, TemplatePage *p, Err *err)
{
    App *app = app_of(r);
    if (!letter_named(request_param(r, "letter_kind"), &p->kind))
        return fail(err, ERR_MISSING, NULL, "没有这种文书", "there is no such letter");
    if (!store_letter_template(app->db, app->site, p->kind, r->a, &p->now, err))
        return false;
    p->page = (LetterFormPage){.heading = kind_name(r->a, p->kind),
                               .hint = str_fmt(r->a, "依据：" PRI_STR "。现在使用：%s。",
                                               STR_ARG(letter_source(p->kind)),
                                               p->now.body.n ? "本站的模板" : "默认模板"),
                               .action = r->path,
                               .submit = S("保存模板"),
                               .back = TEMPLATES,
                               .template = true,
                               .sample = template_path(r->a, p->kind, "/sample")};
    if (!desk_begin(r, p->page.heading, DESK_TEMPLATES, &p->page.desk, err))
        return false;
    desk_crumb(r, &p->page.desk, LIST, S("文书"));
    desk_crumb(r, &p->page.desk, TEMPLATES, S("文书模板"));
    desk_crumb(r, &p->page.desk, S(""), p->page.heading);
    form_new(r, template_defs, 1, &p->page.form);
    p->page.form.version = p->now.version + 1; // 0 would be no version at all
    places_fill(r, p);
    return versions_fill(r, p, err);
}

static bool template_show(Request *r, Response *w, TemplatePage *p)
{
    Letter sample;
    Err why = {0};
    if (form_is_wrong(&p->page.form))
        w->status = 422;
    if (app_letter_sample(app_of(r), p->kind, form_text(&p->page.form, "text"), r->a, &sample,
                          &why))
        p->page.sheet = letter_sheet(r->a, &sample);
    view_letter_form(&w->out, &p->page);
    return true;
}

bool page_letter_template(Request *r, Response *w, Err *err)
{
    TemplatePage p = {0};
    if (!template_begin(r, &p, err))
        return false;
    form_set(&p.page.form, "text", p.now.body.n ? p.now.body : letter_template_default(p.kind));
    return template_show(r, w, &p);
}

// Line ends as browsers send them; the usual wording, sent unchanged, stays the usual wording.
static Str text_sent(Request *r, const TemplatePage *p)
{
    Str text = str_replace(r->a, form_text(&p->page.form, "text"), S("\r\n"), S("\n"));
    return str_eq(text, str_trim(letter_template_default(p->kind))) ? S("") : text;
}

bool page_letter_template_send(Request *r, Response *w, Err *err)
{
    TemplatePage p = {0};
    Err why = {0};
    if (!template_begin(r, &p, err))
        return false;
    if (!form_take(r, &p.page.form))
        return template_show(r, w, &p);
    Str text = text_sent(r, &p);
    if (str_eq(request_form(r, "do"), S("preview"))) {
        if (text.n && !letter_template_ok(p.kind, text, &why))
            form_wrong(&p.page.form, "text", str_dup(r->a, str_z(why.zh)));
        return template_show(r, w, &p);
    }
    if (!app_letter_template(app_of(r), p.kind, p.page.form.version - 1, text, r->a, &why)) {
        if (why.kind != ERR_INPUT && why.kind != ERR_BUSY && why.kind != ERR_LIMIT) {
            *err = why;
            return false;
        }
        form_wrong(&p.page.form, "text", str_dup(r->a, str_z(why.zh)));
        return template_show(r, w, &p);
    }
    return desk_done(r, w, TEMPLATES, "template-saved");
}

bool page_letter_template_sample(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    LetterKind kind;
    LetterTemplate now;
    Letter sample;
    if (!letter_named(request_param(r, "letter_kind"), &kind))
        return fail(err, ERR_MISSING, NULL, "没有这种文书", "there is no such letter");
    if (!store_letter_template(app->db, app->site, kind, r->a, &now, err) ||
        !app_letter_sample(app, kind, now.body, r->a, &sample, err))
        return false;
    Paper paper = letter_paper(&sample, r->a);
    paper.mark = S("样本");
    Papers one = {&paper, 1, 1};
    if (!paper_pdf(&one, r->a, &w->body, err))
        return false;
    respond_download(r, w, S("application/pdf"),
                     str_cat(r->a, letter_title(kind), S("（样本）.pdf")));
    w->fresh = true;
    return true;
}

// --- numbering

static const FieldDef settings_defs[] = {
    {.name = "letter_prefix",
     .label = "文书代字",
     .hint = "文号在“〔2026〕17号”前面的字，例如：示住建公复。留空用机关简称加“公复”。序号每年从1"
             "开始，不重不漏；年中改代字，序号接着编",
     .max = 20},
    {.name = "request_prefix",
     .label = "申请编号代字",
     .hint = "例如：示住建依申。留空用机关简称加“依申”",
     .max = 20},
    {.name = "head",
     .label = "发文机关标志",
     .hint = "印在文书上方的红头，例如：示例县住房和城乡建设局。留空不印红头",
     .max = 40},
    {.name = "review_channel",
     .label = "网上复议渠道",
     .hint = "提交行政复议申请书的互联网渠道。通过互联网送达的答复应当写明（行政复议法第二十二条第"
             "二款）",
     .max = 200},
    {.name = "fee_way", .label = "信息处理费缴纳方式", .hint = "写入收费通知书", .max = 200},
};
enum { SETTINGS_FIELDS = sizeof settings_defs / sizeof *settings_defs };

static bool settings_begin(Request *r, LetterFormPage *p, LetterSettings *now, Err *err)
{
    App *app = app_of(r);
    Organ organ;
    OrganId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    if (!store_organ_get(app->db, &app->scope, id, r->a, &organ, err) ||
        !store_letter_settings(app->db, app->site, id, r->a, now, err))
        return false;
    *p = (LetterFormPage){
        .heading = S("文号和红头"),
        .hint = str_fmt(
            r->a, PRI_STR "。现在的文号：" PRI_STR "〔%d〕1号；申请编号：" PRI_STR "〔%d〕1号",
            STR_ARG(organ.name), STR_ARG(letter_prefix(now, &organ, r->a)), date_year(app->today),
            STR_ARG(request_prefix(now, &organ, r->a)), date_year(app->today)),
        .action = r->path,
        .submit = S("保存"),
        .back = TEMPLATES};
    if (!desk_begin(r, p->heading, DESK_TEMPLATES, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, LIST, S("文书"));
    desk_crumb(r, &p->desk, TEMPLATES, S("文书模板"));
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, settings_defs, SETTINGS_FIELDS, &p->form);
    p->form.version = now->version + 1;
    return true;
}

static bool settings_show(Response *w, LetterFormPage *p)
{
    if (form_is_wrong(&p->form))
        w->status = 422;
    view_letter_form(&w->out, p);
    return true;
}

bool page_letter_settings(Request *r, Response *w, Err *err)
{
    LetterFormPage p;
    LetterSettings now;
    if (!settings_begin(r, &p, &now, err))
        return false;
    form_set(&p.form, "letter_prefix", now.letter_prefix);
    form_set(&p.form, "request_prefix", now.request_prefix);
    form_set(&p.form, "head", now.head);
    form_set(&p.form, "review_channel", now.review_channel);
    form_set(&p.form, "fee_way", now.fee_way);
    return settings_show(w, &p);
}

bool page_letter_settings_send(Request *r, Response *w, Err *err)
{
    LetterFormPage p;
    LetterSettings now;
    Err why = {0};
    if (!settings_begin(r, &p, &now, err))
        return false;
    if (!form_take(r, &p.form))
        return settings_show(w, &p);
    LetterSettings next = {.organ = now.organ,
                           .letter_prefix = form_text(&p.form, "letter_prefix"),
                           .request_prefix = form_text(&p.form, "request_prefix"),
                           .head = form_text(&p.form, "head"),
                           .review_channel = form_text(&p.form, "review_channel"),
                           .fee_way = form_text(&p.form, "fee_way"),
                           .version = p.form.version - 1};
    if (!app_letter_settings(app_of(r), &next, r->a, &why))
        return form_mend(&p.form, &why, err) && settings_show(w, &p);
    return desk_done(r, w, TEMPLATES, "saved");
}

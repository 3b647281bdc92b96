#include "web/page_publication.h"

#include "app/release.h"
#include "app/request_public.h"
#include "domain/word.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

enum { LIST_MOST = 200, FILES_MOST = 50 };

static const Str PUBLICATIONS = SI("/desk/publications");
static const Str DISCLOSURES = SI("/disclosures");

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_zh(a, d) : S("");
}

PublicationLine publication_line(Arena *a, const Publication *p, Date today, bool desk)
{
    return (PublicationLine){
        .href = str_fmt(a, PRI_STR "/%lld", STR_ARG(desk ? PUBLICATIONS : DISCLOSURES),
                        (long long)p->id.n),
        .title = p->title,
        .organ = p->organ_name,
        .state = publication_states[p->state].name,
        .tag = publication_states[p->state].tag,
        .why = str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(publication_whys[p->why].name),
                       STR_ARG(publication_whys[p->why].source)),
        .decided = day(a, p->decided),
        .due = day(a, p->due),
        .published = day(a, p->published),
        .formed = day(a, p->formed),
        .corrected = day(a, p->corrected),
        .index_no = p->index_no,
        .summary = p->summary,
        .late = p->state == PUBLICATION_DUE && p->due.days < today.days};
}

// --- the part of a request's page

static Str suggestion_path(Arena *a, RequestId id)
{
    return str_cat(a, door_path(a, S("request"), id.n), S("/suggestion"));
}

static void suggestion_words(Request *r, RequestId id, const PublicationAsked *asked,
                             PublicationPart *p)
{
    switch (asked->suggestion) {
    case SUGGESTION_NONE:
        break;
    case SUGGESTION_WAITS:
        p->suggestion = S("申请人建议把这些信息纳入主动公开，等待审核（条例第四十四条第二款）。");
        p->review = viewer_may(r->viewer, MAY_REQUEST_HANDLE) ? suggestion_path(r->a, id) : S("");
        break;
    case SUGGESTION_TAKEN:
        p->suggestion = S("申请人建议纳入主动公开，已经采纳。");
        break;
    case SUGGESTION_DECLINED:
        p->suggestion = str_fmt(
            r->a, "申请人建议纳入主动公开，" PRI_STR "于" PRI_STR "审核，没有采纳：" PRI_STR,
            STR_ARG(asked->review.person_name), STR_ARG(day(r->a, asked->review.on)),
            STR_ARG(asked->review.reason));
    }
}

bool part_publication(Request *r, const RequestFile *file, Out *out, Err *err)
{
    App *app = app_of(r);
    const InfoRequest *q = &file->request;
    Publications found;
    PublicationPart p = {0};
    Err why = {0};
    bool live = false;
    PublicationAsked asked;
    if (!store_publication_of(app->db, &app->scope, q->id, r->a, &found, err) ||
        !app_publication_asked(app, q->id, r->a, &asked, err))
        return false;
    p.lines = NEW(r->a, PublicationLine, found.n);
    for (size_t i = 0; i < found.n; i++) {
        live |= found.v[i].state != PUBLICATION_WITHDRAWN;
        p.lines[p.n++] = publication_line(r->a, &found.v[i], app->today, true);
    }
    bool may = publication_may(q->phase, q->outcome, PUBLISH_SUGGESTED, 0, &why);
    suggestion_words(r, q->id, &asked, &p);
    if (!may && !p.n && !p.suggestion.n)
        return true;
    if (may && !live && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p.decide =
            str_fmt(r->a, PRI_STR "/publish", STR_ARG(door_path(r->a, S("request"), q->id.n)));
    view_publication_part(out, &p);
    return true;
}

// --- from a request

static const FieldDef why_defs[] = {
    {.name = "why", .label = "为什么转为主动公开", .kind = FIELD_RADIO, .required = true},
};

static bool decide_begin(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    App *app = app_of(r);
    RequestId id = {0};
    int64_t askers;
    str_to_int(request_param(r, "id"), &id.n);
    *p = (RequestFormPage){
        .heading = S("转为主动公开"), .action = r->path, .submit = S("转为主动公开")};
    if (!store_request_get(app->db, &app->scope, id, r->a, q, err) ||
        !app_publication_askers(app, q, &askers, err) ||
        !desk_begin(r, p->heading, DESK_PUBLICATIONS, &p->desk, err))
        return false;
    p->back = door_path(r->a, S("request"), q->id.n);
    p->hint = str_fmt(
        r->a, "从今天起%d个工作日以内公开（条例第二十六条）。就相同内容提出的申请现在有%lld件。",
        clock_rules[RULE_PUBLISH].n, (long long)askers);
    desk_crumb(r, &p->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p->desk, p->back, q->code);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, why_defs, 1, &p->form);
    for (int w = 0; w < PUBLISH__COUNT; w++)
        form_choice(&p->form, "why", publication_whys[w].id, publication_whys[w].name,
                    publication_whys[w].source);
    form_set(&p->form, "why",
             publication_whys[askers > 1 ? PUBLISH_SEVERAL : PUBLISH_SUGGESTED].id);
    return true;
}

bool page_publish_request(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    return decide_begin(r, &p, &q, err) && form_page_show(w, &p);
}

static bool is_shown(const Err *why, Err *err)
{
    if (why->kind != ERR_REPEATED && why->kind != ERR_MISSING && why->kind != ERR_SYSTEM)
        return true;
    *err = *why;
    return false;
}

bool page_publish_request_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    Publication made;
    PublicationWhy reason = PUBLISH_SUGGESTED;
    Err why = {0};
    if (!decide_begin(r, &p, &q, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    publication_why_named(form_text(&p.form, "why"), &reason);
    if (app_publication_decide(app_of(r), q.id, reason, r->a, &made, &why))
        return desk_done(
            r, w, str_fmt(r->a, PRI_STR "/%lld", STR_ARG(PUBLICATIONS), (long long)made.id.n),
            "publication-decided");
    if (!is_shown(&why, err))
        return false;
    form_fail(&p.form, &why);
    return form_page_show(w, &p);
}

// --- what the applicant suggests

static const FieldDef suggestion_defs[] = {
    {.name = "result", .label = "审核意见", .kind = FIELD_RADIO, .required = true},
    {.name = "reason",
     .label = "为什么不属于主动公开的范围",
     .hint = "不采纳的写明，申请人看得到",
     .kind = FIELD_AREA,
     .max = 500},
};

// What was said, where words were.
static bool said_of(Request *r, const InfoRequest *q, Str *out, Err *err)
{
    SaidWords words;
    if (!app_request_words(app_of(r), q, r->a, &words, err))
        return false;
    for (size_t i = 0; i < words.n; i++)
        if (words.v[i].kind == WORD_PUBLISH && words.v[i].text.n)
            *out = str_fmt(r->a, "申请人的建议：“" PRI_STR "”　", STR_ARG(words.v[i].text));
    return true;
}

static bool suggestion_begin(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    App *app = app_of(r);
    RequestId id = {0};
    PublicationAsked now;
    str_to_int(request_param(r, "id"), &id.n);
    *p = (RequestFormPage){
        .heading = S("审核主动公开的建议"), .action = r->path, .submit = S("提交审核意见")};
    if (!store_request_get(app->db, &app->scope, id, r->a, q, err) ||
        !app_publication_asked(app, id, r->a, &now, err) || !said_of(r, q, &p->hint, err) ||
        !desk_begin(r, p->heading, DESK_PUBLICATIONS, &p->desk, err))
        return false;
    if (now.suggestion == SUGGESTION_NONE)
        return fail(err, ERR_MISSING, NULL, "申请人没有提出建议", "nothing was suggested");
    p->back = door_path(r->a, S("request"), q->id.n);
    p->hint = str_cat(r->a, p->hint,
                      S("经审核属于主动公开范围的，应当及时公开（条例第四十四条第二款）。"));
    desk_crumb(r, &p->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p->desk, p->back, q->code);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, suggestion_defs, 2, &p->form);
    form_choice(&p->form, "result", S("take"), S("采纳，转为主动公开"),
                str_fmt(r->a, "从今天起%d个工作日以内公开", clock_rules[RULE_PUBLISH].n));
    form_choice(&p->form, "result", S("decline"), S("不采纳"), S("写明理由，答复申请人"));
    return true;
}

bool page_suggestion(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    return suggestion_begin(r, &p, &q, err) && form_page_show(w, &p);
}

bool page_suggestion_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    Publication made = {0};
    Err why = {0};
    if (!suggestion_begin(r, &p, &q, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    bool take = str_eq(form_text(&p.form, "result"), S("take"));
    bool done =
        take ? app_publication_decide(app_of(r), q.id, PUBLISH_SUGGESTED, r->a, &made, &why)
             : app_publication_decline(app_of(r), q.id, form_text(&p.form, "reason"), r->a, &why);
    if (done && take)
        return desk_done(
            r, w, str_fmt(r->a, PRI_STR "/%lld", STR_ARG(PUBLICATIONS), (long long)made.id.n),
            "publication-decided");
    if (done)
        return desk_done(r, w, p.back, "suggestion-declined");
    if (!is_shown(&why, err))
        return false;
    form_fail(&p.form, &why);
    return form_page_show(w, &p);
}

// --- the desk

bool page_publications(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    PublicationsPage p = {0};
    Publications found;
    if (!desk_begin(r, S("转为主动公开"), DESK_PUBLICATIONS, &p.desk, err) ||
        !store_publication_list(app->db, &app->scope, LIST_MOST, r->a, &found, err))
        return false;
    p.lines = NEW(r->a, PublicationLine, found.n);
    for (size_t i = 0; i < found.n; i++)
        p.lines[p.n++] = publication_line(r->a, &found.v[i], app->today, true);
    view_publications(&w->out, &p);
    return true;
}

// clang-format off
static const FieldDef edit_defs[] = {
    {.name = "title", .label = "标题", .kind = FIELD_TEXT, .required = true, .max = 120},
    {.name = "summary", .label = "内容概述", .hint = "信息的内容，或者它在附件里的什么地方；不写申请人", .kind = FIELD_AREA, .required = true, .max = 4000},
    {.name = "formed", .label = "生成日期", .hint = "信息形成的日期，例如文件的成文日期；目录里要写明（条例第十二条）", .kind = FIELD_DATE, .required = true},
    {.name = "change", .label = "更正说明", .hint = "更正了什么、为什么，公众看得到；原来的内容留在本页", .kind = FIELD_AREA, .required = true, .max = 300},
};
enum { EDIT_FIELDS = 3, CORRECT_FIELDS = 4 }; // what is public is corrected, with the last field too
static const FieldDef withdraw_defs[] = {
    {.name = "why", .label = "为什么撤下", .hint = "原来的地址上显示这个原因", .kind = FIELD_AREA, .required = true, .max = 300},
};
// clang-format on

static bool files_read(Request *r, const Publication *pub, PublicationPage *p, Err *err)
{
    App *app = app_of(r);
    ReleasePublic given;
    PublicationFiles kept;
    if (pub->state == PUBLICATION_DUE) {
        if (!app_release_public(app, pub->request, r->a, &given, err))
            return false;
        p->files = NEW(r->a, PublicationFileLine, given.n);
        for (size_t i = 0; i < given.n; i++)
            p->files[p->n_files++] = (PublicationFileLine){.name = given.v[i].name,
                                                           .size = size_zh(r->a, given.v[i].bytes),
                                                           .id = given.v[i].id.n};
        return true;
    }
    if (!store_publication_files(app->db, app->site, pub->id, r->a, &kept, err))
        return false;
    p->files = NEW(r->a, PublicationFileLine, kept.n);
    for (size_t i = 0; i < kept.n; i++)
        p->files[p->n_files++] =
            (PublicationFileLine){.name = kept.v[i].name, .size = size_zh(r->a, kept.v[i].bytes)};
    return true;
}

static bool changes_read(Request *r, const Publication *pub, PublicationPage *p, Err *err)
{
    PublicationChanges found;
    if (!store_publication_changes(app_of(r)->db, app_of(r)->site, pub->id, r->a, &found, err))
        return false;
    p->changes = NEW(r->a, PublicationChangeLine, found.n);
    for (size_t i = found.n; i-- > 0;)
        p->changes[p->n_changes++] = (PublicationChangeLine){.on = day(r->a, found.v[i].on),
                                                             .why = found.v[i].why,
                                                             .title = found.v[i].title,
                                                             .summary = found.v[i].summary,
                                                             .by = found.v[i].person_name};
    return true;
}

static bool one_begin(Request *r, PublicationPage *p, Publication *pub, Err *err)
{
    App *app = app_of(r);
    PublicationId id = {0};
    *p = (PublicationPage){0};
    str_to_int(request_param(r, "id"), &id.n);
    if (!store_publication_get(app->db, &app->scope, id, r->a, pub, err) ||
        !desk_begin(r, pub->title, DESK_PUBLICATIONS, &p->desk, err) ||
        !files_read(r, pub, p, err) || !changes_read(r, pub, p, err))
        return false;
    desk_crumb(r, &p->desk, PUBLICATIONS, S("转为主动公开"));
    desk_crumb(r, &p->desk, S(""), pub->title);
    p->line = publication_line(r->a, pub, app->today, true);
    p->version = pub->version;
    p->request = door_path(r->a, S("request"), pub->request.n);
    p->shown = pub->state == PUBLICATION_DUE
                   ? S("")
                   : str_fmt(r->a, PRI_STR "/%lld", STR_ARG(DISCLOSURES), (long long)id.n);
    bool handles = viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    bool signs = viewer_may(r->viewer, MAY_REQUEST_SIGN);
    p->edit = handles && pub->state == PUBLICATION_DUE ? str_cat(r->a, p->line.href, S("/edit"))
              : signs && pub->state == PUBLICATION_PUBLIC
                  ? str_cat(r->a, p->line.href, S("/correct"))
                  : S("");
    p->publish = signs && pub->state == PUBLICATION_DUE && pub->summary.n && date_is(pub->formed)
                     ? str_cat(r->a, p->line.href, S("/publish"))
                     : S("");
    p->withdraw_at = signs && pub->state == PUBLICATION_PUBLIC
                         ? str_cat(r->a, p->line.href, S("/withdraw"))
                         : S("");
    p->corrects = pub->state == PUBLICATION_PUBLIC;
    form_new(r, edit_defs, p->corrects ? CORRECT_FIELDS : EDIT_FIELDS, &p->form);
    form_new(r, withdraw_defs, 1, &p->withdraw);
    p->form.version = p->withdraw.version = pub->version;
    p->form.draft = p->withdraw.draft = S(""); // two forms on one page: neither is kept as a draft
    return true;
}

static bool one_show(Response *w, const PublicationPage *p)
{
    w->status = form_is_wrong(&p->form) || form_is_wrong(&p->withdraw) || p->wrong.n ? 422 : 200;
    view_publication(&w->out, p);
    return true;
}

static void as_it_is(PublicationPage *p, const Publication *pub)
{
    form_set(&p->form, "title", pub->title);
    form_set(&p->form, "summary", pub->summary);
    if (date_is(pub->formed))
        form_set_date(&p->form, "formed", pub->formed);
}

bool page_publication(Request *r, Response *w, Err *err)
{
    PublicationPage p;
    Publication pub;
    if (!one_begin(r, &p, &pub, err))
        return false;
    as_it_is(&p, &pub);
    return one_show(w, &p);
}

static bool change_send(Request *r, Response *w,
                        bool (*change)(App *, const PublicationEdit *, Arena *, Err *), Err *err)
{
    PublicationPage p;
    Publication pub;
    Err why = {0};
    if (!one_begin(r, &p, &pub, err))
        return false;
    if (!form_take(r, &p.form))
        return one_show(w, &p);
    PublicationEdit edit = {.id = pub.id,
                            .version = request_version(r),
                            .title = form_text(&p.form, "title"),
                            .summary = form_text(&p.form, "summary"),
                            .formed = form_date(&p.form, "formed"),
                            .why = p.corrects ? form_text(&p.form, "change") : S("")};
    if (change(app_of(r), &edit, r->a, &why))
        return desk_done(r, w, p.line.href, "saved");
    if (!is_shown(&why, err))
        return false;
    form_fail(&p.form, &why);
    return one_show(w, &p);
}

bool page_publication_edit_send(Request *r, Response *w, Err *err)
{
    return change_send(r, w, app_publication_edit, err);
}

bool page_publication_correct_send(Request *r, Response *w, Err *err)
{
    return change_send(r, w, app_publication_correct, err);
}

bool page_publication_publish_send(Request *r, Response *w, Err *err)
{
    PublicationPage p;
    Publication pub;
    Err why = {0};
    int64_t files[FILES_MOST] = {0};
    size_t n = 0;
    if (!one_begin(r, &p, &pub, err))
        return false;
    for (size_t i = 0; i < r->form.n && n < FILES_MOST; i++)
        if (str_eq(r->form.v[i].name, S("file")) && str_to_int(r->form.v[i].value, &files[n]))
            n++;
    if (app_publication_publish(app_of(r), pub.id, request_version(r), files, n, r->a, &why))
        return desk_done(r, w, p.line.href, "published");
    if (!is_shown(&why, err))
        return false;
    p.wrong = str_z(why.zh);
    as_it_is(&p, &pub);
    return one_show(w, &p);
}

bool page_publication_withdraw_send(Request *r, Response *w, Err *err)
{
    PublicationPage p;
    Publication pub;
    Err why = {0};
    if (!one_begin(r, &p, &pub, err))
        return false;
    as_it_is(&p, &pub);
    if (!form_take(r, &p.withdraw))
        return one_show(w, &p);
    if (app_publication_withdraw(app_of(r), pub.id, request_version(r),
                                 form_text(&p.withdraw, "why"), r->a, &why))
        return desk_done(r, w, p.line.href, "withdrawn");
    if (!is_shown(&why, err))
        return false;
    form_fail(&p.withdraw, &why);
    return one_show(w, &p);
}

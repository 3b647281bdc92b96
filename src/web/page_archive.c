#include "web/page_archive.h"

#include "app/request_public.h"
#include "domain/personal.h"
#include "store/remedy.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

enum { PER_PAGE = 50 };

static const Str ARCHIVE = SI("/desk/archive");

static Str outcome_name(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : S("—");
}

// --- the part of a request's page

static ArchiveLineView package_view(Arena *a, const Archived *row)
{
    return (ArchiveLineView){.at = moment_zh(a, row->archived_at),
                             .by = row->person_name.n ? row->person_name : S("命令行"),
                             .sum = row->sha256,
                             .size = size_zh(a, row->bytes),
                             .why = row->reopened_at
                                        ? str_fmt(a, PRI_STR "重新打开：" PRI_STR,
                                                  STR_ARG(moment_zh(a, row->reopened_at)),
                                                  STR_ARG(row->reopened_why))
                                    : row->anonymised_at ? S("保管期满，申请人信息已经清除")
                                                         : S("")};
}

static Str under(Arena *a, const InfoRequest *q, const char *tail)
{
    return str_fmt(a, PRI_STR "/%s", STR_ARG(door_path(a, S("request"), q->id.n)), tail);
}

static Link tar_link(Arena *a, const InfoRequest *q, int64_t volume, int64_t of)
{
    Str path = under(a, q, "archive.tar");
    return of > 1 ? (Link){.href = path_with_int(a, path, "volume", volume),
                           .text = str_fmt(a, "下载档案包第%lld卷（共%lld卷）", (long long)volume,
                                           (long long)of)}
                  : (Link){.href = path, .text = S("下载档案包")};
}

bool part_archive(Request *r, const RequestFile *file, Out *out, Err *err)
{
    App *app = app_of(r);
    const InfoRequest *q = &file->request;
    ArchivedList rows;
    ArchivePart p = {0};
    RemedyCases ordered;
    Err why = {0};
    bool may = viewer_may(r->viewer, MAY_REQUEST_ARCHIVE);
    if (!store_archive_of(app->db, &app->scope, q->id, r->a, &rows, err))
        return false;
    bool could = archive_may(file->clock.phase, q->archived_at != 0, &why);
    if (!rows.n && !could)
        return true; // it is being handled: nothing to say yet
    p.sealed = q->archived_at ? moment_zh(r->a, q->archived_at) : S("");
    if (!store_remedy_waiting(app->db, app->site, q->id, r->a, &ordered, err))
        return false;
    if (ordered.n && !q->archived_at) {
        could = false;
        p.wait = S("复议、诉讼责令重新答复，重新答复以后再归档。");
    }
    p.archive = may && could ? under(r->a, q, "archive") : S("");
    p.reopen = may && q->archived_at ? under(r->a, q, "reopen") : S("");
    for (int64_t v = 1; may && rows.n && v <= rows.v[0].volumes; v++)
        *PUSH(r->a, &p.tar) = tar_link(r->a, q, v, rows.v[0].volumes);
    p.rows = NEW(r->a, ArchiveLineView, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        p.rows[p.n++] = package_view(r->a, &rows.v[i]);
    view_archive_part(out, &p);
    return true;
}

// --- one request: put away, opened again

static bool again(Response *w, RequestFormPage *p, const Err *why, Err *err)
{
    if (why->kind == ERR_REPEATED || why->kind == ERR_MISSING || why->kind == ERR_SYSTEM) {
        *err = *why;
        return false;
    }
    form_fail(&p->form, why);
    return form_page_show(w, p);
}

static bool one_begin(Request *r, const FieldDef *defs, size_t n, RequestFormPage *p,
                      InfoRequest *q, Err *err)
{
    App *app = app_of(r);
    if (!store_request_get(app->db, &app->scope, request_id_of(r), r->a, q, err) ||
        !desk_begin(r, p->heading, DESK_ARCHIVE, &p->desk, err))
        return false;
    p->action = r->path;
    p->back = door_path(r->a, S("request"), q->id.n);
    desk_crumb(r, &p->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p->desk, p->back, q->code);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, defs, n, &p->form);
    p->form.version = q->version;
    return true;
}

static bool put_begin(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    *p = (RequestFormPage){
        .heading = S("归档"),
        .hint = S("申请、办理经过、期限台账、文书、附件和操作记录合成一个有签名的"
                  "档案包。归档以后，这件申请不能再改动；有复议、诉讼的，可以重新打开。"),
        .submit = S("归档")};
    return one_begin(r, NULL, 0, p, q, err);
}

bool page_archive_one(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    return put_begin(r, &p, &q, err) && form_page_show(w, &p);
}

bool page_archive_one_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    Archived row;
    Err why = {0};
    if (!put_begin(r, &p, &q, err))
        return false;
    if (!app_archive_make(app_of(r), q.id, request_version(r), r->a, &row, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, p.back, "archived");
}

// clang-format off
static const FieldDef reopen_defs[] = {
    {.name = "kind", .label = "因为什么重新打开", .kind = FIELD_RADIO, .required = true},
    {.name = "remedy", .label = "复议、诉讼案件", .hint = "已经在“复议诉讼”里登记的、关于这件申请的案件", .kind = FIELD_SELECT},
    {.name = "document", .label = "责令改正文书的文号", .hint = "因复议、诉讼重新打开的不用填，用案件的案号", .kind = FIELD_TEXT, .max = 60},
    {.name = "reason", .label = "说明", .hint = "写进档案和操作记录", .kind = FIELD_AREA, .required = true, .max = 300},
};
// clang-format on

static bool reopen_begin(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    *p = (RequestFormPage){
        .heading = S("重新打开已归档的申请"),
        .hint = S("归档以后只因复议、诉讼或者主管部门责令改正重新打开。原来的档案包保留不变。"),
        .submit = S("重新打开")};
    RemedyAskList ask = {.from = date_none,
                         .to = date_none,
                         .any_kind = true,
                         .closed_from = date_none,
                         .limit = 50};
    RemedyCases cases;
    if (!one_begin(r, reopen_defs, sizeof reopen_defs / sizeof *reopen_defs, p, q, err))
        return false;
    ask.request = q->id;
    if (!store_remedy_list(app_of(r)->db, &app_of(r)->scope, &ask, r->a, &cases, err))
        return false;
    form_choice(&p->form, "remedy", S(""), S("（不是复议、诉讼）"), S(""));
    for (size_t i = 0; i < cases.n; i++)
        form_choice(&p->form, "remedy", str_fmt(r->a, "%lld", (long long)cases.v[i].id.n),
                    str_fmt(r->a, PRI_STR "　" PRI_STR, STR_ARG(cases.v[i].number),
                            STR_ARG(cases.v[i].title)),
                    S(""));
    for (size_t i = 0; i < n_reopen_kinds; i++)
        form_choice(&p->form, "kind", reopen_kinds[i].id, reopen_kinds[i].name, S(""));
    return true;
}

bool page_archive_reopen(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    return reopen_begin(r, &p, &q, err) && form_page_show(w, &p);
}

bool page_archive_reopen_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    Err why = {0};
    if (!reopen_begin(r, &p, &q, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    Reopen reopen = {.id = q.id,
                     .version = p.form.version,
                     .kind = form_text(&p.form, "kind"),
                     .document = form_text(&p.form, "document"),
                     .reason = form_text(&p.form, "reason")};
    str_to_int(form_text(&p.form, "remedy"), &reopen.remedy);
    if (!app_archive_reopen(app_of(r), &reopen, r->a, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, p.back, "reopened");
}

bool page_archive_tar(Request *r, Response *w, Err *err)
{
    Archived row;
    Str bytes;
    int64_t nth = 0, volume = 0;
    str_to_int(request_query(r, "nth"), &nth);
    str_to_int(request_query(r, "volume"), &volume);
    if (!app_archive_get(app_of(r), request_id_of(r), nth, volume, r->a, &row, &bytes, err))
        return false;
    Str which =
        row.volumes > 1 ? str_fmt(r->a, "-第%lld卷", (long long)(volume > 1 ? volume : 1)) : S("");
    respond_download(r, w, S("application/x-tar"),
                     str_fmt(r->a, PRI_STR "-%lld" PRI_STR ".tar", STR_ARG(row.code),
                             (long long)row.nth, STR_ARG(which)));
    w->body = bytes;
    return true;
}

// --- what waits

static ArchiveLineView waiting_view(Arena *a, const InfoRequest *q)
{
    return (ArchiveLineView){.href = door_path(a, S("request"), q->id.n),
                             .id = q->id.n,
                             .code = q->code,
                             .title = q->title,
                             .ended = date_zh(a, q->ended),
                             .outcome = q->outcome.n ? outcome_name(q->outcome)
                                                     : phase_defs[q->phase].name};
}

static bool list_begin(Request *r, ArchivePage *p, Err *err)
{
    App *app = app_of(r);
    InfoRequests found;
    AnonymPlan plan;
    RequestId after = {0};
    Date after_day = date_none;
    str_to_int(request_query(r, "id"), &after.n);
    date_parse(request_query(r, "after"), &after_day);
    if (!desk_begin(r, S("归档与保管"), DESK_ARCHIVE, &p->desk, err) ||
        !store_archive_waiting(app->db, &app->scope, app->today, after_day, after, PER_PAGE + 1,
                               r->a, &found, err) ||
        !app_anonym_plan(app, r->a, &plan, err))
        return false;
    form_new(r, NULL, 0, &p->form);
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    p->rows = NEW(r->a, ArchiveLineView, shown);
    for (size_t i = 0; i < shown; i++)
        p->rows[p->n++] = waiting_view(r->a, &found.v[i]);
    if (found.n > shown)
        p->next = path_with_int(
            r->a, path_with(r->a, ARCHIVE, "after", date_iso(r->a, found.v[shown - 1].ended)), "id",
            found.v[shown - 1].id.n);
    p->due = plan.due.n ? str_fmt(r->a, "%zu件保管期满", plan.due.n) : S("");
    p->due_href = S("/desk/archive/due");
    p->retention = S("/desk/archive/retention");
    return true;
}

bool page_archive(Request *r, Response *w, Err *err)
{
    ArchivePage p = {0};
    if (!list_begin(r, &p, err))
        return false;
    view_archive(&w->out, &p);
    return true;
}

static size_t ids_of(const Request *r, RequestId *out)
{
    size_t n = 0;
    for (size_t i = 0; i < r->form.n && n < PER_PAGE; i++)
        if (str_eq(r->form.v[i].name, S("id")) && str_to_int(r->form.v[i].value, &out[n].n))
            n++;
    return n;
}

bool page_archive_send(Request *r, Response *w, Err *err)
{
    RequestId ids[PER_PAGE] = {0};
    ArchivePage p = {0};
    ArchiveMany many = {0};
    size_t n = ids_of(r, ids);
    if (!app_archive_many(app_of(r), ids, n, r->a, &many, err))
        return false;
    if (n && !many.left)
        return desk_done(r, w, ARCHIVE, "archived");
    if (!list_begin(r, &p, err))
        return false;
    p.why = n ? str_fmt(r->a, "%zu件已经归档，%zu件没有：%s", many.done, many.left, many.why.zh)
              : S("没有选中申请");
    w->status = 422;
    view_archive(&w->out, &p);
    return true;
}

// --- years

bool page_retention(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RetentionPage p = {.due_href = S("/desk/archive/due")};
    Retention years[RETAIN__COUNT];
    if (!store_retention(app->db, app->site, r->a, years, err) ||
        !desk_begin(r, S("保管年限"), DESK_ARCHIVE, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, ARCHIVE, S("归档与保管"));
    desk_crumb(r, &p.desk, S(""), S("保管年限"));
    bool may = viewer_may(r->viewer, MAY_SITE_EDIT);
    for (int k = 0; k < RETAIN__COUNT; k++)
        p.lines[k] = (RetentionLine){
            .name = retention_kinds[k].name,
            .years = str_fmt(r->a, "%d年", years[k].years),
            .reason = years[k].reason,
            .own = years[k].own,
            .edit = may ? path_with(r->a, S("/desk/site/retention"), "kind", retention_kinds[k].id)
                        : S("")};
    view_retention(&w->out, &p);
    return true;
}

static const FieldDef retention_defs[] = {
    {.name = "kind", .label = "哪一类", .kind = FIELD_RADIO, .required = true},
    {.name = "years", .label = "保管年限（年）", .kind = FIELD_NUMBER, .required = true, .max = 3},
    {.name = "reason",
     .label = "依据",
     .hint = "本机关的保管期限表，或者档案主管部门的规定",
     .kind = FIELD_AREA,
     .required = true,
     .max = 300},
};

static bool retention_begin(Request *r, RequestFormPage *p, Err *err)
{
    *p = (RequestFormPage){.heading = S("设置保管年限"),
                           .action = r->path,
                           .hint = S("从办结那一年的年底算起。改变年限，会改变哪些申请已经满期。"),
                           .submit = S("保存"),
                           .back = S("/desk/site")};
    if (!desk_begin(r, p->heading, DESK_RETENTION, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, p->back, S("站点设置"));
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, retention_defs, 3, &p->form);
    for (int k = 0; k < RETAIN__COUNT; k++)
        form_choice(&p->form, "kind", retention_kinds[k].id, retention_kinds[k].name, S(""));
    return true;
}

bool page_retention_set(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RequestFormPage p;
    RetentionKind kind;
    Retention years[RETAIN__COUNT];
    if (!retention_begin(r, &p, err) || !store_retention(app->db, app->site, r->a, years, err))
        return false;
    if (!retention_named(request_query(r, "kind"), &kind))
        kind = RETAIN_ORDINARY;
    form_set(&p.form, "kind", retention_kinds[kind].id);
    form_set(&p.form, "years", str_fmt(r->a, "%d", years[kind].years));
    form_set(&p.form, "reason", years[kind].own ? years[kind].reason : S(""));
    return form_page_show(w, &p);
}

bool page_retention_set_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RetentionKind kind = RETAIN_ORDINARY;
    Err why = {0};
    if (!retention_begin(r, &p, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    if (!retention_named(form_text(&p.form, "kind"), &kind) ||
        !app_retention_set(app_of(r), kind, form_int(&p.form, "years"),
                           form_text(&p.form, "reason"), r->a, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, p.back, "saved");
}

// --- when the years are over

// What in title and description looks like somebody's number.
static Str found_in(Request *r, const Archived *row, Str *title, Err *err)
{
    App *app = app_of(r);
    InfoRequest q;
    Strs found = {0};
    *title = row->title;
    if (!store_request_get(app->db, &app->scope, row->request, r->a, &q, err))
        return S("");
    Str texts[] = {q.title, q.description};
    for (size_t t = 0; t < 2; t++) {
        PersonalKind kind;
        Str number;
        for (size_t at = 0; personal_next(texts[t], &at, &kind, &number);)
            *PUSH(r->a, &found) = personal_names[kind];
    }
    return found.n ? str_fmt(r->a, "内容里疑似有" PRI_STR,
                             STR_ARG(str_join(r->a, found.v, found.n, S("、"))))
                   : S("");
}

static bool anonym_begin(Request *r, AnonymPage *p, Err *err)
{
    App *app = app_of(r);
    AnonymPlan plan;
    Retention years[RETAIN__COUNT];
    static const FieldDef defs[] = {{.name = "mark", .label = "", .kind = FIELD_HIDDEN}};
    if (!desk_begin(r, S("保管期满"), DESK_ARCHIVE, &p->desk, err) ||
        !app_anonym_plan(app, r->a, &plan, err) ||
        !store_retention(app->db, app->site, r->a, years, err))
        return false;
    desk_crumb(r, &p->desk, ARCHIVE, S("归档与保管"));
    desk_crumb(r, &p->desk, S(""), S("保管期满"));
    form_new(r, defs, 1, &p->form);
    form_set(&p->form, "mark", plan.mark);
    p->lines = NEW(r->a, AnonymLine, plan.due.n);
    for (size_t i = 0; i < plan.due.n; i++) {
        const Archived *row = &plan.due.v[i];
        AnonymLine *l = &p->lines[p->n++];
        l->href = door_path(r->a, S("request"), row->request.n);
        l->code = row->code;
        l->kind = retention_kinds[row->kind].name;
        l->ended = date_zh(r->a, row->ended);
        l->until = date_zh(r->a, retention_until(row->ended, years[row->kind].years));
        l->found = found_in(r, row, &l->title, err);
        p->n_found += l->found.n != 0;
    }
    return true;
}

bool page_anonymise(Request *r, Response *w, Err *err)
{
    AnonymPage p = {0};
    if (!anonym_begin(r, &p, err))
        return false;
    view_anonymise(&w->out, &p);
    return true;
}

bool page_anonymise_send(Request *r, Response *w, Err *err)
{
    AnonymPage p = {0};
    size_t done;
    Err why = {0};
    if (app_anonymise(app_of(r), request_form(r, "mark"), r->a, &done, &why))
        return desk_done(r, w, S("/desk/archive/due"), "anonymised");
    if (why.kind != ERR_BUSY) {
        *err = why;
        return false;
    }
    if (!anonym_begin(r, &p, err))
        return false;
    form_fail(&p.form, &why);
    w->status = 409;
    view_anonymise(&w->out, &p);
    return true;
}

// --- proving a package, by anybody

static const FieldDef verify_defs[] = {
    {.name = "file",
     .label = "档案包（.tar）",
     .kind = FIELD_FILE,
     .required = true,
     .accept = ".tar,application/x-tar"},
};

static bool verify_begin(Request *r, VerifyPage *p, Err *err)
{
    Err unread;
    *p = (VerifyPage){0};
    if (!page_begin(r, S("核验档案包"), NAV_NONE, &p->page, err))
        return false;
    page_crumb(r, &p->page, S(""), S("核验档案包"));
    if (!app_receipt_key(app_of(r), r->a, &p->public_key, &unread))
        p->public_key = S("");
    form_new(r, verify_defs, 1, &p->form);
    return true;
}

bool page_archive_verify(Request *r, Response *w, Err *err)
{
    VerifyPage p;
    if (!verify_begin(r, &p, err))
        return false;
    view_archive_verify(&w->out, &p);
    return true;
}

bool page_archive_verify_send(Request *r, Response *w, Err *err)
{
    VerifyPage p;
    Err why = {0};
    if (!verify_begin(r, &p, err))
        return false;
    const Field *file = request_file(r, "file");
    if (!file)
        form_wrong(&p.form, "file", S("请选择档案包"));
    else if (!(p.proved = archive_verify(file->value, p.public_key, r->a, &p.proof, &why)))
        form_fail(&p.form, &why);
    p.files = str_fmt(r->a, "%zu个文件与归档时相同，签名有效", p.proof.n_files);
    p.form.failed = S("不能证明");
    w->status = p.proved ? 200 : 422;
    view_archive_verify(&w->out, &p);
    return true;
}

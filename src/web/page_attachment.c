#include "web/page_attachment.h"

#include "domain/attach_kind.h"
#include "store/organ.h"
#include "views.h"
#include "web/page_common.h"

// clang-format off
static const FieldDef defs[] = {
    { "life",    "哪一次变更", "",                                                              FIELD_SELECT, .required = true },
    { "file",    "依据文件",   "PDF、OFD、Word、Excel、演示文稿、图片、文本或ZIP，最大32MB", FIELD_FILE,   .required = true },
    { "private", "内部文件：加密保存，每次下载都记入操作记录", "",                              FIELD_YES,    .max = 0 },
};
// clang-format on
enum { N_DEFS = sizeof defs / sizeof *defs };

static const Str NOUN = SI("organ_life");

static Str added_text(Arena *a, const Attachment *at)
{
    Str day = date_zh(a, moment_day(at->added_at));
    return str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(day), STR_ARG(at->added_name));
}

AttachmentViews attachment_views(Arena *a, const Attachments *all, int64_t noun_id)
{
    AttachmentViews views = {0};
    for (size_t i = 0; i < all->n; i++) {
        const Attachment *at = &all->v[i];
        AttachKind kind;
        if (at->noun_id != noun_id)
            continue;
        *PUSH(a, &views) = (AttachmentView){
            .href = str_fmt(a, "/desk/files/%lld", (long long)at->id),
            .name = at->name,
            .kind = attach_kind_named(at->kind, &kind) ? attach_kinds[kind].name : at->kind,
            .size = size_zh(a, at->bytes),
            .added = added_text(a, at),
            .private = at->private};
    }
    return views;
}

// --- the page of an organ

static Str change_text(Arena *a, const OrganLife *life)
{
    Str event = life_events[life->event].name;
    if (!life->new_name.n || str_eq(life->old_name, life->new_name))
        return event;
    return str_fmt(a, PRI_STR "：" PRI_STR "%s" PRI_STR, STR_ARG(event), STR_ARG(life->old_name),
                   life->old_name.n ? " → " : "", STR_ARG(life->new_name));
}

static Str life_value(Arena *a, const OrganLife *life)
{
    return str_fmt(a, "%lld", (long long)life->id);
}

// What was recorded of this organ itself; what it carries on is on the page of the other.
static void changes_fill(Request *r, const OrganLives *lives, const Attachments *files,
                         OrganFilesPage *p)
{
    p->changes = NEW(r->a, OrganChangeView, lives->n);
    for (size_t i = 0; i < lives->n; i++) {
        const OrganLife *life = &lives->v[i];
        if (life->inherited)
            continue;
        OrganChangeView view = {.what = change_text(r->a, life),
                                .on = date_is(life->on) ? date_zh(r->a, life->on) : S("日期不详"),
                                .basis = life->basis,
                                .files = attachment_views(r->a, files, life->id)};
        p->changes[p->n++] = view;
        form_choice(&p->form, "life", life_value(r->a, life),
                    str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(view.on), STR_ARG(view.what)),
                    S(""));
    }
}

static OrganId organ_param(const Request *r)
{
    int64_t n = 0;
    str_to_int(request_param(r, "id"), &n);
    return (OrganId){n};
}

// Everything but the frame. The organ is looked for in scope.
static bool files_load(Request *r, OrganFilesPage *p, Err *err)
{
    App *app = app_of(r);
    OrganId id = organ_param(r);
    Organ organ;
    OrganLives lives;
    Attachments files;
    if (!store_organ_get(app->db, &app->scope, id, r->a, &organ, err) ||
        !store_organ_lives(app->db, app->site, id, r->a, &lives, err) ||
        !store_attachment_list(app->db, &app->scope, id, NOUN, r->a, &files, err))
        return false;
    p->organ = organ.name;
    p->organ_href = str_fmt(r->a, "/desk/organs/%lld", (long long)id.n);
    p->action = str_cat(r->a, p->organ_href, S("/files"));
    p->may_add = viewer_may(r->viewer, MAY_ORGAN_CHANGE);
    form_new(r, defs, N_DEFS, &p->form);
    p->form.draft = S(""); // a file cannot be kept as a draft
    changes_fill(r, &lives, &files, p);
    return true;
}

static bool files_show(Request *r, Response *w, OrganFilesPage *p, Err *err)
{
    if (!desk_begin(r, S("变更依据文件"), DESK_ORGANS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, S("/desk/organs"), S("机关"));
    desk_crumb(r, &p->desk, p->organ_href, p->organ);
    desk_crumb(r, &p->desk, S(""), S("变更依据文件"));
    w->status = form_is_wrong(&p->form) ? 422 : 200;
    view_organ_files(&w->out, p);
    return true;
}

bool page_organ_files(Request *r, Response *w, Err *err)
{
    OrganFilesPage p = {0};
    return files_load(r, &p, err) && files_show(r, w, &p, err);
}

static bool files_add(Request *r, OrganFilesPage *p, Err *err)
{
    const Field *file = request_file(r, "file");
    AttachmentNew new = {.noun = NOUN,
                         .noun_id = form_int(&p->form, "life"),
                         .organ = organ_param(r),
                         .private = form_yes(&p->form, "private"),
                         .name = file->file_name,
                         .bytes = file->value};
    Attachment added;
    return app_attachment_add(app_of(r), &new, r->a, &added, err);
}

bool page_organ_files_send(Request *r, Response *w, Err *err)
{
    OrganFilesPage p = {0};
    if (!files_load(r, &p, err))
        return false;
    if (!form_take(r, &p.form) || !request_file(r, "file"))
        return files_show(r, w, &p, err);
    if (files_add(r, &p, err))
        return desk_done(r, w, p.action, "file-added");
    if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT)
        return false;
    form_wrong(&p.form, "file", str_dup(r->a, str_z(err->zh)));
    return files_show(r, w, &p, err);
}

// --- the download

// What came with a request is part of it: whoever may not read requests does not get it, whichever
// other private files they may have.
static bool scope_of_file(Request *r, int64_t id, Err *err)
{
    App *app = app_of(r);
    Attachment at;
    if (!store_attachment_get(app->db, &app->scope, id, r->a, &at, err))
        return false;
    if (str_eq(at.noun, S("request")) || str_eq(at.noun, S("release")))
        app->scope = viewer_scope(r->viewer, MAY_REQUEST_READ);
    return true;
}

bool page_attachment(Request *r, Response *w, Err *err)
{
    Attachment at;
    AttachKind kind;
    Str bytes;
    int64_t id = 0;
    str_to_int(request_param(r, "id"), &id);
    if (!scope_of_file(r, id, err) || !app_attachment_get(app_of(r), id, r->a, &at, &bytes, err))
        return false;
    Str type =
        attach_kind_named(at.kind, &kind) ? attach_kinds[kind].type : S("application/octet-stream");
    respond_download(r, w, type, at.name);
    // Where a browser shows it after all, nothing in it runs and nothing is loaded.
    respond_header(w, "Content-Security-Policy", S("default-src 'none'; sandbox"));
    w->body = bytes;
    w->fresh = true;
    return true;
}

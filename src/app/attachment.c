#include "app/attachment.h"

#include "app/act.h"
#include "app/config.h"
#include "base/json.h"
#include "domain/attach_kind.h"

Files app_files(const App *app)
{
    return (Files){.data = app->data,
                   .s3 = app->config ? &app->config->s3 : NULL,
                   .master = app->has_key ? &app->master : NULL};
}

// Without anything that tells what a private file holds.
static Str attachment_json(const Attachment *at, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "file", at->name);
    json_put_str(&w, "type", at->kind);
    json_put_int(&w, "bytes", at->bytes);
    json_put_bool(&w, "private", at->private);
    json_put_str(&w, "noun", at->noun);
    json_put_int(&w, "noun_id", at->noun_id);
    json_end(&w);
    return buf_str(&b);
}

static bool keep(App *app, Str bytes, Attachment *at, Arena *a, Err *err)
{
    Files files = app_files(app);
    return at->private ? files_put_private(&files, bytes, a, &at->address, err)
                       : files_put(&files, bytes, a, &at->address, err);
}

bool attachment_keep(App *app, const AttachmentNew *file, Arena *a, Attachment *out, Err *err)
{
    AttachKind kind;
    if (!attach_kind_of(file->bytes, &kind, err))
        return false;
    Attachment at = {.noun = file->noun,
                     .noun_id = file->noun_id,
                     .organ = file->organ,
                     .private = file->private,
                     .name = attach_kind_name(kind, file->name, a),
                     .kind = attach_kinds[kind].id,
                     .bytes = (int64_t)file->bytes.n,
                     .added_by = app->actor.person,
                     .added_name = app->actor.name,
                     .added_at = app->now};
    if (!keep(app, file->bytes, &at, a, err))
        return false;
    *out = at;
    return true;
}

bool attachment_add(Act *act, Attachment *at, Arena *a, Err *err)
{
    if (!store_attachment_add(act->app->db, &act->app->scope, at, err))
        return false;
    ActNote note = {.kind = ACT_FILE_ADD,
                    .noun = S("attachment"),
                    .noun_id = at->id,
                    .organ = at->organ,
                    .became = attachment_json(at, a)};
    return act_note(act, &note, err);
}

bool app_attachment_add(App *app, const AttachmentNew *file, Arena *a, Attachment *out, Err *err)
{
    Attachment at;
    CLEANUP(act_end) Act act = {0};
    if (!attachment_keep(app, file, a, &at, err) || !act_begin(app, &act, err) ||
        !attachment_add(&act, &at, a, err) || !act_commit(&act, err))
        return false;
    *out = at;
    return true;
}

bool app_attachment_get(App *app, int64_t id, Arena *a, Attachment *out, Str *bytes, Err *err)
{
    Files files = app_files(app);
    Attachment at;
    Str found;
    if (!store_attachment_get(app->db, &app->scope, id, a, &at, err) ||
        !(at.private ? files_get_private(&files, at.address, a, &found, err)
                     : files_get(&files, at.address, a, &found, err)))
        return false;
    ActNote note = {.kind = ACT_FILE_READ,
                    .noun = S("attachment"),
                    .noun_id = at.id,
                    .organ = at.organ,
                    .became = attachment_json(&at, a)};
    if (at.private && !app_note(app, &note, err))
        return false;
    *out = at;
    *bytes = found;
    return true;
}

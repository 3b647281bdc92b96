#include "app/archive.h"

#include "app/applicant.h"
#include "app/archive_work.h"
#include "app/attachment.h"
#include "app/key.h"
#include "base/json.h"
#include "store/remedy.h"

#include <assert.h>

enum { NOTE_BYTES = 16 << 10 };

// --- the package

bool archive_case_load(App *app, RequestId id, int64_t version, Arena *a, ArchiveCase *out,
                       Err *err)
{
    ArchiveCase c = {0};
    if (!request_load(app, id, version, a, &c.work, err) ||
        !applicant_open(app, &c.work.request, a, &c.applicant, err) ||
        !clock_ledger(&c.work.facts, &c.work.rules.calendar, &c.work.rules.settings, app->today, a,
                      &c.clock, &c.ledger, err))
        return false;
    *out = c;
    return true;
}

// One volume, with what it holds read for the time it takes. What stays is copied out by the
// caller: scratch is gone afterwards.
static bool volume_keep(App *app, const ArchiveHead *head, const ArchiveFiles *files, int64_t at,
                        const Key *key, Arena scratch, ArchivedVolume *out, Err *err)
{
    Files store = app_files(app);
    ArchiveFiles whole = {0};
    Str package = {0};
    for (size_t i = 0; i < files->n; i++) {
        ArchiveFile f = files->v[i];
        if (!archive_bytes(app, &files->v[i], &scratch, &f.bytes, err))
            return false;
        *PUSH(&scratch, &whole) = f;
    }
    if (!archive_pack(head, &whole, at, key, &scratch, &package, err) ||
        !files_put_private(&store, package, &scratch, &out->address, err))
        return false;
    out->sha256 = crypt_sha256(&scratch, package);
    out->bytes = (int64_t)package.n;
    return true;
}

static bool volumes_keep(App *app, ArchiveHead *head, const ArchiveVolumes *volumes, int64_t at,
                         const Key *key, Arena *a, ArchivedVolumes *out, Err *err)
{
    enum { HEX = 2 * SHA256_BYTES };
    ArchivedVolumes kept = {0};
    head->volumes = (int)volumes->n;
    for (size_t i = 0; i < volumes->n; i++) {
        ArchivedVolume v = {.volume = (int64_t)i + 1};
        char address[HEX], sum[HEX];
        head->volume = (int)i + 1;
        if (!volume_keep(app, head, &volumes->v[i], at, key, *a, &v, err))
            return false;
        assert(v.address.n == HEX && v.sha256.n == HEX);
        memcpy(address, v.address.s, HEX);
        memcpy(sum, v.sha256.s, HEX);
        v.address = str_dup(a, (Str){address, HEX});
        v.sha256 = str_dup(a, (Str){sum, HEX});
        *PUSH(a, &kept) = v;
    }
    *out = kept;
    return true;
}

bool archive_case_keep(App *app, const ArchiveCase *c, int64_t at, Arena *a, Archived *row,
                       ArchivedVolumes *more, Err *err)
{
    ArchiveFiles files;
    ArchiveVolumes volumes;
    ArchivedVolumes kept = {0};
    Key key;
    ArchiveHead head = {.code = c->work.request.code,
                        .organ = c->work.request.organ_name,
                        .title = c->work.request.title,
                        .archived = moment_text(a, at),
                        .nth = row->nth};
    if (!archive_files(app, c, a, &files, err) ||
        !archive_volumes(&files, ARCHIVE_MAX, a, &volumes, err) ||
        !app_key(app, KEY_RECEIPTS, &key, err))
        return false;
    bool done = volumes_keep(app, &head, &volumes, at, &key, a, &kept, err);
    crypt_wipe(&key, sizeof key);
    if (!done)
        return false;
    assert(kept.n); // index.html is always there
    row->address = kept.v[0].address;
    row->sha256 = kept.v[0].sha256;
    row->bytes = kept.v[0].bytes;
    row->volumes = (int64_t)kept.n;
    *more = (ArchivedVolumes){kept.v + 1, kept.n - 1, kept.n - 1};
    return true;
}

bool archive_volumes_add(App *app, const Archived *row, const ArchivedVolumes *more, Err *err)
{
    for (size_t i = 0; i < more->n; i++)
        if (!store_archive_volume_add(app->db, app->site, row->request, row->nth, &more->v[i], err))
            return false;
    return true;
}

// Whether a remedy was ever entered: then it is kept longer.
static bool disputed(const ArchivedList *before)
{
    for (size_t i = 0; i < before->n; i++)
        if (before->v[i].reopened_at)
            return true;
    return false;
}

// What a review or a suit has ordered is still to be done: the case is not over.
static bool nothing_ordered(App *app, RequestId id, Arena *a, Err *err)
{
    RemedyCases waiting;
    if (!store_remedy_waiting(app->db, app->site, id, a, &waiting, err))
        return false;
    return !waiting.n ||
           fail(err, ERR_RULE, NULL,
                "复议、诉讼责令重新答复（" PRI_STR "），还没有答复，不能归档；重新答复以后再归档",
                "a review or a suit waits for a new reply (" PRI_STR "); archive it after that",
                STR_ARG(waiting.v[0].title));
}

static bool prepare(App *app, RequestId id, int64_t version, Arena *a, ArchiveCase *c,
                    Archived *row, Err *err)
{
    ArchivedList before;
    if (!archive_case_load(app, id, version, a, c, err) ||
        !archive_may(c->clock.phase, c->work.request.archived_at != 0, err) ||
        !nothing_ordered(app, id, a, err) ||
        !store_archive_of(app->db, &app->scope, id, a, &before, err))
        return false;
    const InfoRequest *r = &c->work.request;
    *row = (Archived){.request = id,
                      .nth = before.n ? before.v[0].nth + 1 : 1,
                      .organ = r->organ,
                      .kind = retention_of(r->outcome, disputed(&before)),
                      .ended = r->ended,
                      .archived_at = app->now,
                      .person = app->actor.person,
                      .code = r->code,
                      .title = r->title,
                      .organ_name = r->organ_name};
    return true;
}

bool app_archive_make(App *app, RequestId id, int64_t version, Arena *a, Archived *out, Err *err)
{
    ArchiveCase c;
    Archived row;
    ArchivedVolumes more;
    if (!prepare(app, id, version, a, &c, &row, err) ||
        !archive_case_keep(app, &c, app->now, a, &row, &more, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    if (!act_begin(app, &act, err) ||
        !request_load(app, id, c.work.request.version, a, &work, err) ||
        !store_archive_add(app->db, app->site, &row, err) ||
        !archive_volumes_add(app, &row, &more, err) ||
        !store_request_archived(app->db, &app->scope, &work.request, app->now, err) ||
        !request_note(&act, ACT_REQUEST_ARCHIVE, &work, a, err) || !act_commit(&act, err))
        return false;
    *out = row;
    return true;
}

bool app_archive_many(App *app, const RequestId *ids, size_t n, Arena *a, ArchiveMany *out,
                      Err *err)
{
    ArchiveMany many = {0};
    for (size_t i = 0; i < n; i++) {
        Arena scratch = *a;
        Archived row;
        Err why;
        if (app_archive_make(app, ids[i], 0, &scratch, &row, &why)) {
            many.done++;
            app->once = S(""); // spent with the first
            continue;
        }
        if (why.kind == ERR_REPEATED || why.kind == ERR_SYSTEM) {
            *err = why;
            return false;
        }
        if (!many.left++)
            many.why = why;
    }
    *out = many;
    return true;
}

static Str row_json(const Archived *row, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", row->code);
    json_put_str(&w, "sha256", row->sha256);
    json_put_int(&w, "bytes", row->bytes);
    json_end(&w);
    return buf_str(&b);
}

// The row as of the volume that is wanted.
static bool volume_of(App *app, int64_t volume, Arena *a, Archived *row, Err *err)
{
    ArchivedVolumes more;
    if (volume <= 1)
        return true;
    if (!store_archive_volumes(app->db, app->site, row->request, row->nth, a, &more, err))
        return false;
    for (size_t i = 0; i < more.n; i++)
        if (more.v[i].volume == volume) {
            row->address = more.v[i].address;
            row->sha256 = more.v[i].sha256;
            row->bytes = more.v[i].bytes;
            return true;
        }
    return fail(err, ERR_MISSING, NULL, "档案包没有这一卷", "the package has no such volume");
}

bool app_archive_get(App *app, RequestId id, int64_t nth, int64_t volume, Arena *a, Archived *row,
                     Str *bytes, Err *err)
{
    ArchivedList rows;
    Files files = app_files(app);
    Str found;
    Archived one = {0};
    if (!store_archive_of(app->db, &app->scope, id, a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n && !one.nth; i++)
        if (!nth || rows.v[i].nth == nth)
            one = rows.v[i];
    if (!one.nth)
        return fail(err, ERR_MISSING, NULL, "这件申请没有归档",
                    "the request is not in the archive");
    if (!volume_of(app, volume, a, &one, err))
        return false;
    ActNote note = {.kind = ACT_ARCHIVE_READ,
                    .noun = S("request"),
                    .noun_id = id.n,
                    .organ = one.organ,
                    .became = row_json(&one, a)};
    if (!files_get_private(&files, one.address, a, &found, err) || !app_note(app, &note, err))
        return false;
    *row = one;
    *bytes = found;
    return true;
}

// --- opened again

static Str reopen_words(const Reopen *o, Arena *a)
{
    Str name = S("");
    for (size_t i = 0; i < n_reopen_kinds; i++)
        if (str_eq(reopen_kinds[i].id, o->kind))
            name = reopen_kinds[i].name;
    return str_fmt(a, PRI_STR "，" PRI_STR "：" PRI_STR, STR_ARG(name), STR_ARG(o->document),
                   STR_ARG(o->reason));
}

// A review or a suit is a case on record, so that the archive, table four and the terms of the case
// tell of the same; what a superior orders has a document alone.
static bool case_named(App *app, Reopen *o, Arena *a, Err *err)
{
    RemedyCase c;
    bool review = str_eq(o->kind, S("review"));
    if (!review && !str_eq(o->kind, S("suit")))
        return true;
    if (!o->remedy || !store_remedy_get(app->db, &app->scope, (RemedyId){o->remedy}, a, &c, err) ||
        c.request.n != o->id.n || (c.kind == CASE_REVIEW) != review)
        return fail(err, ERR_INPUT, NULL,
                    "请选这件申请的复议、诉讼案件；还没有登记的，先在“复议诉讼”里登记",
                    "name a case of remedy about this request; register it first");
    o->document = c.number.n ? c.number : c.title;
    return true;
}

bool app_archive_reopen(App *app, const Reopen *reopen, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    ArchivedList rows;
    Reopen named = *reopen, *o = &named;
    if (!act_begin(app, &act, err) || !request_load(app, o->id, o->version, a, &work, err) ||
        !case_named(app, o, a, err) ||
        !archive_reopen_may(work.request.archived_at != 0, o->kind, o->document, o->reason, err) ||
        !store_archive_of(app->db, &app->scope, o->id, a, &rows, err))
        return false;
    return store_archive_reopen(app->db, app->site, o->id, rows.n ? rows.v[0].nth : 0, app->now,
                                reopen_words(o, a), err) &&
           store_request_archived(app->db, &app->scope, &work.request, 0, err) &&
           request_note(&act, ACT_REQUEST_REOPEN, &work, a, err) && act_commit(&act, err);
}

// --- retention

static Str retention_json(int years, Str reason, RetentionKind kind, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "kind", retention_kinds[kind].name);
    json_put_int(&w, "years", years);
    json_put_str(&w, "why", reason);
    json_end(&w);
    return buf_str(&b);
}

bool app_retention_set(App *app, RetentionKind kind, int64_t years, Str reason, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Retention now[RETAIN__COUNT];
    if (!retention_years_ok(years, err))
        return false;
    if (!reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明年限的依据", "say what the years rest on");
    if (!act_begin(app, &act, err) || !store_retention(app->db, app->site, a, now, err) ||
        !store_retention_set(app->db, app->site, kind, (int)years, reason, app->actor.person,
                             app->now, err))
        return false;
    ActNote note = {.kind = ACT_RETENTION_SET,
                    .noun = S("site"),
                    .noun_id = app->site.n,
                    .was = retention_json(now[kind].years, now[kind].reason, kind, a),
                    .became = retention_json((int)years, reason, kind, a)};
    return act_note(&act, &note, err) && act_commit(&act, err);
}

bool app_anonym_plan(App *app, Arena *a, AnonymPlan *out, Err *err)
{
    AnonymPlan plan = {0};
    Retention years[RETAIN__COUNT];
    Buf b = buf_new(a, 1 << 20);
    if (!store_retention(app->db, app->site, a, years, err))
        return false;
    for (int k = 0; k < RETAIN__COUNT; k++) {
        ArchivedList due;
        Date cut = retention_cut(app->today, years[k].years);
        if (!store_archive_due(app->db, &app->scope, (RetentionKind)k, cut, ANONYMISE_MOST, a, &due,
                               err))
            return false;
        for (size_t i = 0; i < due.n && plan.due.n < ANONYMISE_MOST; i++)
            *PUSH(a, &plan.due) = due.v[i];
    }
    for (size_t i = 0; i < plan.due.n; i++)
        buf_fmt(&b, "%lld.%lld ", (long long)plan.due.v[i].request.n, (long long)plan.due.v[i].nth);
    plan.mark = str_sub(crypt_sha256(a, buf_str(&b)), 0, 16);
    *out = plan;
    return true;
}

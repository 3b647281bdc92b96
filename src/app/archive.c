#include "app/archive.h"

#include "app/applicant.h"
#include "app/archive_work.h"
#include "app/attachment.h"
#include "app/key.h"
#include "base/json.h"
#include "store/remedy.h"

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

bool archive_case_pack(App *app, const ArchiveCase *c, int64_t nth, int64_t at, Arena *a, Str *out,
                       Err *err)
{
    ArchiveFiles files;
    Key key;
    ArchiveHead head = {.code = c->work.request.code,
                        .organ = c->work.request.organ_name,
                        .title = c->work.request.title,
                        .archived = moment_text(a, at),
                        .nth = nth};
    if (!archive_files(app, c, a, &files, err) || !app_key(app, KEY_RECEIPTS, &key, err))
        return false;
    bool packed = archive_pack(&head, &files, at, &key, a, out, err);
    crypt_wipe(&key, sizeof key);
    return packed;
}

// Kept among the private files before the act begins: what is not committed lies there unnamed.
bool archive_case_keep(App *app, Str package, Arena *a, Archived *row, Err *err)
{
    Files files = app_files(app);
    row->sha256 = crypt_sha256(a, package);
    row->bytes = (int64_t)package.n;
    return files_put_private(&files, package, a, &row->address, err);
}

// Whether a remedy was ever entered: then it is kept longer.
static bool disputed(const ArchivedList *before)
{
    for (size_t i = 0; i < before->n; i++)
        if (before->v[i].reopened_at)
            return true;
    return false;
}

static bool prepare(App *app, RequestId id, int64_t version, Arena *a, ArchiveCase *c,
                    Archived *row, Err *err)
{
    ArchivedList before;
    if (!archive_case_load(app, id, version, a, c, err) ||
        !archive_may(c->clock.phase, c->work.request.archived_at != 0, err) ||
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
    Str package;
    if (!prepare(app, id, version, a, &c, &row, err) ||
        !archive_case_pack(app, &c, row.nth, app->now, a, &package, err) ||
        !archive_case_keep(app, package, a, &row, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    if (!act_begin(app, &act, err) ||
        !request_load(app, id, c.work.request.version, a, &work, err) ||
        !store_archive_add(app->db, app->site, &row, err) ||
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

bool app_archive_get(App *app, RequestId id, int64_t nth, Arena *a, Archived *row, Str *bytes,
                     Err *err)
{
    ArchivedList rows;
    Files files = app_files(app);
    Str found;
    const Archived *one = NULL;
    if (!store_archive_of(app->db, &app->scope, id, a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n && !one; i++)
        if (!nth || rows.v[i].nth == nth)
            one = &rows.v[i];
    if (!one)
        return fail(err, ERR_MISSING, NULL, "这件申请没有归档",
                    "the request is not in the archive");
    ActNote note = {.kind = ACT_ARCHIVE_READ,
                    .noun = S("request"),
                    .noun_id = id.n,
                    .organ = one->organ,
                    .became = row_json(one, a)};
    if (!files_get_private(&files, one->address, a, &found, err) || !app_note(app, &note, err))
        return false;
    *row = *one;
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

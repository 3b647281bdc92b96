#include "store/archive.h"

#include "store/request_gram.h"

#define ARCHIVE_COLUMNS                                                                            \
    "t.request_id, t.nth, t.organ_id, t.kind, t.ended_on, t.archived_at, t.person_id, p.name,"     \
    " t.address, t.sha256, t.bytes, t.reopened_at, t.reopened_why, t.anonymised_at, r.code,"       \
    " r.title, o.name, t.volumes"
#define ARCHIVE_NAMES                                                                              \
    " JOIN request r ON r.site_id = t.site_id AND r.request_id = t.request_id"                     \
    " JOIN organ o ON o.site_id = t.site_id AND o.organ_id = t.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = t.site_id AND p.person_id = t.person_id"

static Archived archive_row(Stmt *s, Arena *a)
{
    Archived r = {0};
    r.request.n = col_int(s);
    r.nth = col_int(s);
    r.organ.n = col_int(s);
    if (!retention_named(col_view(s), &r.kind))
        r.kind = RETAIN_DISPUTED; // what is not known is kept longest
    r.ended = col_date(s);
    r.archived_at = col_int(s);
    r.person.n = col_int(s);
    r.person_name = col_str(s, a);
    r.address = col_str(s, a);
    r.sha256 = col_str(s, a);
    r.bytes = col_int(s);
    r.reopened_at = col_int(s);
    r.reopened_why = col_str(s, a);
    r.anonymised_at = col_int(s);
    r.code = col_str(s, a);
    r.title = col_str(s, a);
    r.organ_name = col_str(s, a);
    r.volumes = col_int(s);
    return r;
}

static bool rows_read(Stmt *s, Arena *a, ArchivedList *out, Err *err)
{
    ArchivedList found = {0};
    while (stmt_row(s))
        *PUSH(a, &found) = archive_row(s, a);
    if (!stmt_ok(s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_OF[] = "SELECT " ARCHIVE_COLUMNS " FROM request_archive t" ARCHIVE_NAMES
                             " WHERE t.site_id = ?1 AND t.request_id = ?4"
                             " AND " IN_SCOPE("t.organ_id") " ORDER BY t.nth DESC";

bool store_archive_of(Db *db, const Scope *scope, RequestId id, Arena *a, ArchivedList *out,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    return rows_read(&s, a, out, err);
}

static const char SQL_ADD[] =
    "INSERT INTO request_archive (site_id, request_id, nth, organ_id, kind, ended_on, archived_at,"
    " person_id, address, sha256, bytes, volumes)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

bool store_archive_add(Db *db, SiteId site, const Archived *row, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, row->request.n);
    bind_int(&s, row->nth);
    bind_int(&s, row->organ.n);
    bind_str(&s, retention_kinds[row->kind].id);
    bind_date(&s, row->ended);
    bind_int(&s, row->archived_at);
    row->person.n ? bind_int(&s, row->person.n) : bind_null(&s);
    bind_str(&s, row->address);
    bind_str(&s, row->sha256);
    bind_int(&s, row->bytes);
    bind_int(&s, row->volumes);
    return stmt_run(&s, err);
}

static const char SQL_VOLUMES[] =
    "SELECT volume, address, sha256, bytes FROM request_archive_volume"
    " WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3 ORDER BY volume";

bool store_archive_volumes(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a,
                           ArchivedVolumes *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_VOLUMES);
    ArchivedVolumes found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    while (stmt_row(&s)) {
        ArchivedVolume *v = PUSH(a, &found);
        v->volume = col_int(&s);
        v->address = col_str(&s, a);
        v->sha256 = col_str(&s, a);
        v->bytes = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_VOLUME_ADD[] =
    "INSERT INTO request_archive_volume (site_id, request_id, nth, volume, address, sha256, bytes)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

bool store_archive_volume_add(Db *db, SiteId site, RequestId id, int64_t nth,
                              const ArchivedVolume *volume, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_VOLUME_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    bind_int(&s, volume->volume);
    bind_str(&s, volume->address);
    bind_str(&s, volume->sha256);
    bind_int(&s, volume->bytes);
    return stmt_run(&s, err);
}

static bool one_changed(Db *db, Err *err)
{
    return db_changes(db) == 1 ||
           fail(err, ERR_BUSY, NULL, "这件申请的档案刚被别人改过，请刷新后重试",
                "somebody else has just changed the archive of this request");
}

static const char SQL_REOPEN[] =
    "UPDATE request_archive SET reopened_at = ?4, reopened_why = ?5"
    " WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3 AND reopened_at IS NULL";

bool store_archive_reopen(Db *db, SiteId site, RequestId id, int64_t nth, int64_t now, Str why,
                          Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REOPEN);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    bind_int(&s, now);
    bind_str(&s, why);
    return stmt_run(&s, err) && one_changed(db, err);
}

static const char SQL_ANONYMISED[] =
    "UPDATE request_archive SET anonymised_at = ?4, address = ?5, sha256 = ?6, bytes = ?7,"
    " volumes = ?8 WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3 AND anonymised_at IS NULL";

static const char SQL_VOLUMES_DROP[] =
    "DELETE FROM request_archive_volume WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3";

static bool volumes_drop(Db *db, SiteId site, RequestId id, int64_t nth, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_VOLUMES_DROP);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    return stmt_run(&s, err);
}

bool store_archive_anonymised(Db *db, SiteId site, const Archived *row, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ANONYMISED);
    bind_int(&s, site.n);
    bind_int(&s, row->request.n);
    bind_int(&s, row->nth);
    bind_int(&s, row->anonymised_at);
    bind_str(&s, row->address);
    bind_str(&s, row->sha256);
    bind_int(&s, row->bytes);
    bind_int(&s, row->volumes);
    return stmt_run(&s, err) && one_changed(db, err) &&
           volumes_drop(db, site, row->request, row->nth, err);
}

static const char SQL_MARK[] =
    "UPDATE request SET version = version + 1, archived_at = ?6"
    " WHERE site_id = ?1 AND request_id = ?4 AND version = ?5 AND " IN_SCOPE("request.organ_id");

bool store_request_archived(Db *db, const Scope *scope, InfoRequest *request, int64_t at, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MARK);
    bind_scope(&s, scope);
    bind_int(&s, request->id.n);
    bind_int(&s, request->version);
    at ? bind_int(&s, at) : bind_null(&s);
    if (!stmt_run(&s, err) || !one_changed(db, err))
        return false;
    request->version++;
    request->archived_at = at;
    return true;
}

// --- lists

static const char SQL_WAITING[] =
    "SELECT r.request_id, r.organ_id, r.code, r.title, r.phase, r.outcome, r.ended_on, r.version"
    " FROM request r WHERE r.site_id = ?1 AND " IN_SCOPE(
        "r.organ_id") " AND r.archived_at IS NULL AND r.open = 0 AND r.ended_on <= ?4"
                      " AND (r.ended_on > ?5 OR (r.ended_on = ?5 AND r.request_id > ?6))"
                      " ORDER BY r.ended_on, r.request_id LIMIT ?7";

bool store_archive_waiting(Db *db, const Scope *scope, Date until, Date after_day, RequestId after,
                           int64_t limit, Arena *a, InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WAITING);
    InfoRequests found = {0};
    bind_scope(&s, scope);
    bind_date(&s, until);
    bind_int(&s, date_is(after_day) ? after_day.days : INT32_MIN);
    bind_int(&s, after.n);
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        InfoRequest *r = PUSH(a, &found);
        r->id.n = col_int(&s);
        r->organ.n = col_int(&s);
        r->code = col_str(&s, a);
        r->title = col_str(&s, a);
        r->phase = request_phase(col_view(&s));
        r->outcome = col_str(&s, a);
        r->ended = col_date(&s);
        r->version = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_DUE[] = "SELECT " ARCHIVE_COLUMNS " FROM request_archive t" ARCHIVE_NAMES
                              " WHERE t.site_id = ?1 AND " IN_SCOPE(
                                  "t.organ_id") " AND t.kind = ?4 AND t.ended_on <= ?5 AND "
                                                "t.reopened_at IS NULL AND t.anonymised_at IS NULL"
                                                " ORDER BY t.ended_on, t.request_id LIMIT ?6";

bool store_archive_due(Db *db, const Scope *scope, RetentionKind kind, Date until, int64_t limit,
                       Arena *a, ArchivedList *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DUE);
    bind_scope(&s, scope);
    bind_str(&s, retention_kinds[kind].id);
    bind_date(&s, until);
    bind_int(&s, limit);
    return rows_read(&s, a, out, err);
}

// --- without who asked

static const char SQL_ADDRESSES[] =
    "SELECT t.address FROM attachment t WHERE t.site_id = ?1 AND t.noun = 'request'"
    " AND t.noun_id = ?2 AND t.private = 1 AND t.address <> '' AND NOT EXISTS (SELECT 1"
    " FROM attachment x WHERE x.site_id = t.site_id AND x.address = t.address"
    " AND (x.noun <> t.noun OR x.noun_id <> t.noun_id))"
    " UNION SELECT h.address FROM request_archive h WHERE h.site_id = ?1 AND h.request_id = ?2"
    " AND h.address <> ''"
    // of what was given out: the documents, what was made of them, pictures of their pages
    " UNION SELECT f.address FROM release_file f WHERE f.site_id = ?1 AND f.request_id = ?2"
    " AND f.address <> '' AND NOT EXISTS (SELECT 1 FROM attachment x WHERE x.site_id = f.site_id"
    " AND x.address = f.address AND NOT (x.noun = 'request' AND x.noun_id = ?2)"
    " AND NOT (x.noun = 'release' AND EXISTS (SELECT 1 FROM release_file y"
    " WHERE y.site_id = f.site_id AND y.file_id = x.noun_id AND y.request_id = ?2)))"
    " UNION SELECT f.result FROM release_file f WHERE f.site_id = ?1 AND f.request_id = ?2"
    " AND f.result <> '' AND NOT EXISTS (SELECT 1 FROM release_file x WHERE x.site_id = f.site_id"
    " AND x.result = f.result AND x.request_id <> f.request_id)"
    " UNION SELECT p.address FROM release_file f JOIN release_page p ON p.site_id = f.site_id"
    " AND p.file_id = f.file_id WHERE f.site_id = ?1 AND f.request_id = ?2"
    " AND NOT EXISTS (SELECT 1 FROM release_page x JOIN release_file y ON y.site_id = x.site_id"
    " AND y.file_id = x.file_id WHERE x.site_id = p.site_id AND x.address = p.address"
    " AND y.request_id <> f.request_id)"
    " UNION SELECT v.address FROM request_archive_volume v"
    " WHERE v.site_id = ?1 AND v.request_id = ?2 AND v.address <> ''"
    " ORDER BY 1";

bool store_anonym_addresses(Db *db, SiteId site, RequestId id, Arena *a, Strs *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADDRESSES);
    Strs found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s))
        *PUSH(a, &found) = col_str(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_NAMELESS[] =
    "UPDATE request SET version = version + 1, applicant_name = ?6, applicant_key = ?7,"
    " applicant = ?8, query_hash = ?9, note = ?10, title = ?11, description = ?12"
    " WHERE site_id = ?1 AND request_id = ?4 AND version = ?5 AND archived_at IS NOT NULL"
    " AND " IN_SCOPE("request.organ_id");

static bool nameless(Db *db, const Scope *scope, const InfoRequest *request, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NAMELESS);
    bind_scope(&s, scope);
    bind_int(&s, request->id.n);
    bind_int(&s, request->version);
    bind_str(&s, request->applicant_name);
    bind_str(&s, request->applicant_key);
    bind_blob(&s, request->sealed);
    bind_str(&s, request->query_hash);
    bind_str(&s, request->note);
    bind_str(&s, request->title);
    bind_str(&s, request->description);
    return stmt_run(&s, err) && one_changed(db, err);
}

bool store_anonym_request(Db *db, const Scope *scope, const InfoRequest *request, Err *err)
{
    bool words_change;
    return request_gram_drop(db, scope->site, request, &words_change, err) &&
           nameless(db, scope, request, err) &&
           (!words_change || request_gram_add(db, scope->site, request, err));
}

static const char SQL_FACTS[] =
    "UPDATE request_fact SET whom = CASE WHEN whom = '' THEN '' ELSE ?3 END, note = ''"
    " WHERE site_id = ?1 AND request_id = ?2";

bool store_anonym_facts(Db *db, SiteId site, RequestId id, Str somebody, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACTS);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_str(&s, somebody);
    return stmt_run(&s, err);
}

static const char SQL_FILES_GONE[] =
    "UPDATE attachment SET address = '', name = '已按保管期限销毁' WHERE site_id = ?1"
    " AND noun = 'request' AND noun_id = ?2 AND private = 1";
static const char SQL_RELEASES_GONE[] =
    "UPDATE attachment SET address = '', name = '已按保管期限销毁' WHERE site_id = ?1"
    " AND noun = 'release' AND noun_id IN (SELECT f.file_id FROM release_file f"
    " WHERE f.site_id = ?1 AND f.request_id = ?2)";
static const char SQL_PACKAGES_GONE[] =
    "UPDATE request_archive SET address = '' WHERE site_id = ?1 AND request_id = ?2";

static const char SQL_VOLUMES_GONE[] =
    "UPDATE request_archive_volume SET address = '' WHERE site_id = ?1 AND request_id = ?2";

bool store_anonym_files(Db *db, SiteId site, RequestId id, Err *err)
{
    static const char *const all[] = {SQL_FILES_GONE, SQL_RELEASES_GONE, SQL_PACKAGES_GONE,
                                      SQL_VOLUMES_GONE};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        CLEANUP(stmt_end) Stmt s = stmt(db, all[i]);
        bind_int(&s, site.n);
        bind_int(&s, id.n);
        if (!stmt_run(&s, err))
            return false;
    }
    return true;
}

// --- years

static const char SQL_RETENTION[] =
    "SELECT kind, years, reason FROM retention WHERE site_id = ?1 ORDER BY kind";

bool store_retention(Db *db, SiteId site, Arena *a, Retention out[RETAIN__COUNT], Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_RETENTION);
    Retention found[RETAIN__COUNT];
    RetentionKind kind;
    for (int k = 0; k < RETAIN__COUNT; k++)
        found[k] = (Retention){retention_kinds[k].years, retention_kinds[k].reason, false};
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        if (!retention_named(col_view(&s), &kind))
            continue;
        found[kind].years = (int)col_int(&s);
        found[kind].reason = col_str(&s, a);
        found[kind].own = true;
    }
    if (!stmt_ok(&s, err))
        return false;
    memcpy(out, found, sizeof found);
    return true;
}

static const char SQL_RETENTION_SET[] =
    "INSERT INTO retention (site_id, kind, years, reason, set_at, person_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (site_id, kind) DO UPDATE SET"
    " years = excluded.years, reason = excluded.reason, set_at = excluded.set_at,"
    " person_id = excluded.person_id";

bool store_retention_set(Db *db, SiteId site, RetentionKind kind, int years, Str reason,
                         PersonId by, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_RETENTION_SET);
    bind_int(&s, site.n);
    bind_str(&s, retention_kinds[kind].id);
    bind_int(&s, years);
    bind_str(&s, reason);
    bind_int(&s, now);
    by.n ? bind_int(&s, by.n) : bind_null(&s);
    return stmt_run(&s, err);
}

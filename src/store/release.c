#include "store/release.h"

#define COLUMNS                                                                                    \
    "f.file_id, f.request_id, r.organ_id, f.attachment_id, f.name, f.kind, f.bytes, f.address,"    \
    " f.source_hash, f.pages, f.facts, f.state, f.result, f.result_hash, f.result_bytes,"          \
    " f.certificate, f.made_at, f.checked_by, f.checked_name, f.checked_at, f.checked_note,"       \
    " f.added_by, f.added_name, f.added_at, f.removed_at, f.version, f.nth"
#define OF_REQUEST                                                                                 \
    " FROM release_file f JOIN request r ON r.site_id = f.site_id AND r.request_id = f.request_id"

static void bind_some(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

bool store_release_number(Db *db, SiteId site, ReleaseFileId *out, Err *err)
{
    return store_number(db, site, S("release_file"), &out->n, err);
}

static const char SQL_ADD[] =
    "INSERT INTO release_file (site_id, file_id, request_id, attachment_id, name, kind, bytes,"
    " address, source_hash, pages, facts, state, result, result_hash, result_bytes, certificate,"
    " checked_name, checked_note, added_by, added_name, added_at, nth, version)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, '', '', 0, '', '', '', ?13, ?14,"
    " ?15, ?16, 1)";

bool store_release_add(Db *db, SiteId site, const ReleaseFile *f, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, f->id.n);
    bind_int(&s, f->request.n);
    bind_int(&s, f->attachment);
    bind_str(&s, f->name);
    bind_str(&s, attach_kinds[f->kind].id);
    bind_int(&s, f->bytes);
    bind_str(&s, f->address);
    bind_str(&s, f->source_hash);
    bind_int(&s, f->pages);
    bind_str(&s, f->facts);
    bind_str(&s, release_states[f->state].id);
    bind_some(&s, f->added_by.n);
    bind_str(&s, f->added_name);
    bind_int(&s, f->added_at);
    bind_int(&s, f->nth);
    return stmt_run(&s, err);
}

static void row_read(Stmt *s, Arena *a, ReleaseFile *f)
{
    f->id.n = col_int(s);
    f->request.n = col_int(s);
    f->organ.n = col_int(s);
    f->attachment = col_int(s);
    f->name = col_str(s, a);
    attach_kind_named(col_view(s), &f->kind);
    f->bytes = col_int(s);
    f->address = col_str(s, a);
    f->source_hash = col_str(s, a);
    f->pages = (int)col_int(s);
    f->facts = col_str(s, a);
    release_state_named(col_view(s), &f->state);
    f->result = col_str(s, a);
    f->result_hash = col_str(s, a);
    f->result_bytes = col_int(s);
    f->certificate = col_str(s, a);
    f->made_at = col_int(s);
    f->checked_by.n = col_int(s);
    f->checked_name = col_str(s, a);
    f->checked_at = col_int(s);
    f->checked_note = col_str(s, a);
    f->added_by.n = col_int(s);
    f->added_name = col_str(s, a);
    f->added_at = col_int(s);
    f->removed_at = col_int(s);
    f->version = col_int(s);
    f->nth = col_int(s);
}

static const char SQL_GET[] = "SELECT " COLUMNS OF_REQUEST " WHERE f.site_id = ?1"
                              " AND " IN_SCOPE("r.organ_id") " AND f.file_id = ?4"
                                                             " AND f.removed_at IS NULL";

bool store_release_get(Db *db, const Scope *scope, ReleaseFileId id, Arena *a, ReleaseFile *out,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    ReleaseFile found = {0};
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (stmt_row(&s))
        row_read(&s, a, &found);
    if (!stmt_ok(&s, err))
        return false;
    if (!found.id.n)
        return fail(err, ERR_MISSING, NULL, "没有这份文件，或者已经撤下",
                    "there is no such file, or it was taken out");
    *out = found;
    return true;
}

static const char SQL_LIST[] =
    "SELECT " COLUMNS OF_REQUEST " WHERE f.site_id = ?1 AND f.request_id = ?2"
    " AND f.removed_at IS NULL ORDER BY f.file_id";

bool store_release_list(Db *db, SiteId site, RequestId request, Arena *a, ReleaseFiles *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    ReleaseFiles found = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    while (stmt_row(&s))
        row_read(&s, a, PUSH(a, &found));
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE release_file SET version = version + 1, state = ?4, result = ?5, result_hash = ?6,"
    " result_bytes = ?7, certificate = ?8, made_at = ?9, checked_by = ?10, checked_name = ?11,"
    " checked_at = ?12, checked_note = ?13, removed_at = ?14"
    " WHERE site_id = ?1 AND file_id = ?2 AND version = ?3";

bool store_release_save(Db *db, SiteId site, const ReleaseFile *f, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, f->id.n);
    bind_int(&s, f->version);
    bind_str(&s, release_states[f->state].id);
    bind_str(&s, f->result);
    bind_str(&s, f->result_hash);
    bind_int(&s, f->result_bytes);
    bind_str(&s, f->certificate);
    bind_some(&s, f->made_at);
    bind_some(&s, f->checked_by.n);
    bind_str(&s, f->checked_name);
    bind_some(&s, f->checked_at);
    bind_str(&s, f->checked_note);
    bind_some(&s, f->removed_at);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 ||
           fail(err, ERR_BUSY, NULL, "这份文件刚被别人改过，请看过现在的样子再操作",
                "somebody else has changed this file; look at it again");
}

// --- marks

static const char SQL_MARK_ADD[] =
    "INSERT INTO release_mark (site_id, file_id, mark_id, page, x, y, w, h, words, ground, note,"
    " added_by, added_name, added_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

bool store_release_mark_add(Db *db, SiteId site, ReleaseFileId file, const ReleaseMark *m, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MARK_ADD);
    const int numbers[] = {m->mark.box.page, m->mark.box.x, m->mark.box.y, m->mark.box.w,
                           m->mark.box.h};
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_int(&s, m->mark.id);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        bind_int(&s, numbers[i]);
    bind_blob(&s, m->mark.words);
    bind_str(&s, ground_defs[m->mark.ground].id);
    bind_str(&s, m->mark.note);
    bind_some(&s, m->added_by.n);
    bind_str(&s, m->added_name);
    bind_int(&s, m->added_at);
    return stmt_run(&s, err);
}

static const char SQL_MARK_DROP[] =
    "DELETE FROM release_mark WHERE site_id = ?1 AND file_id = ?2 AND mark_id = ?3";

bool store_release_mark_drop(Db *db, SiteId site, ReleaseFileId file, int64_t mark, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MARK_DROP);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_int(&s, mark);
    return stmt_run(&s, err);
}

static const char SQL_MARKS[] =
    "SELECT mark_id, page, x, y, w, h, words, ground, note, added_by, added_name, added_at"
    " FROM release_mark WHERE site_id = ?1 AND file_id = ?2 ORDER BY mark_id";

bool store_release_marks(Db *db, SiteId site, ReleaseFileId file, Arena *a, ReleaseMarks *out,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MARKS);
    ReleaseMarks found = {0};
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    while (stmt_row(&s)) {
        ReleaseMark *m = PUSH(a, &found);
        int *const numbers[] = {&m->mark.box.page, &m->mark.box.x, &m->mark.box.y, &m->mark.box.w,
                                &m->mark.box.h};
        m->mark.id = col_int(&s);
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            *numbers[i] = (int)col_int(&s);
        m->mark.words = col_str(&s, a);
        ground_named(col_view(&s), &m->mark.ground);
        m->mark.note = col_str(&s, a);
        m->added_by.n = col_int(&s);
        m->added_name = col_str(&s, a);
        m->added_at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- pictures of pages

static const char SQL_PAGE[] = "SELECT address FROM release_page WHERE site_id = ?1"
                               " AND file_id = ?2 AND hash = ?3 AND page = ?4";

bool store_release_page(Db *db, SiteId site, ReleaseFileId file, Str hash, int page, Arena *a,
                        Str *address, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PAGE);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, hash);
    bind_int(&s, page);
    Str found = stmt_row(&s) ? col_str(&s, a) : S("");
    if (!stmt_ok(&s, err))
        return false;
    *address = found;
    return true;
}

static const char SQL_PAGE_ADD[] =
    "INSERT INTO release_page (site_id, file_id, hash, page, address) VALUES (?1, ?2, ?3, ?4, ?5)"
    " ON CONFLICT (site_id, file_id, hash, page) DO UPDATE SET address = excluded.address";

bool store_release_page_add(Db *db, SiteId site, ReleaseFileId file, Str hash, int page,
                            Str address, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PAGE_ADD);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, hash);
    bind_int(&s, page);
    bind_str(&s, address);
    return stmt_run(&s, err);
}

// --- where else

static const char SQL_ELSEWHERE[] = "SELECT words, said_by, said_name, said_at"
                                    " FROM release_elsewhere WHERE site_id = ?1"
                                    " AND request_id = ?2 AND nth = ?3";

bool store_release_elsewhere(Db *db, SiteId site, RequestId request, int64_t nth, Arena *a,
                             ReleaseElsewhere *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ELSEWHERE);
    ReleaseElsewhere found = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, nth);
    if (stmt_row(&s)) {
        found.words = col_str(&s, a);
        found.by.n = col_int(&s);
        found.name = col_str(&s, a);
        found.at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_ELSEWHERE_SET[] =
    "INSERT INTO release_elsewhere (site_id, request_id, nth, words, said_by, said_name, said_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, request_id, nth) DO UPDATE SET"
    " words = excluded.words, said_by = excluded.said_by, said_name = excluded.said_name,"
    " said_at = excluded.said_at";

bool store_release_elsewhere_set(Db *db, SiteId site, RequestId request, int64_t nth,
                                 const ReleaseElsewhere *said, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ELSEWHERE_SET);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, nth);
    bind_str(&s, said->words);
    bind_some(&s, said->by.n);
    bind_str(&s, said->name);
    bind_int(&s, said->at);
    return stmt_run(&s, err);
}

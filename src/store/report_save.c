// The writing half of store/report.h.
#include "store/report.h"

static const char SQL_CURRENT[] =
    "SELECT report_id, version FROM report WHERE site_id = ?1 AND organ_id = ?2 AND year = ?3";

// The number and version of the report that is there; 0 and 0 where there is none.
static bool find_current(Db *db, SiteId site, const ReportRow *row, ReportId *id, int64_t *version,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CURRENT);
    bind_int(&s, site.n);
    bind_int(&s, row->organ.n);
    bind_int(&s, row->year);
    bool has = stmt_row(&s);
    id->n = has ? col_int(&s) : 0;
    *version = has ? col_int(&s) : 0;
    return stmt_ok(&s, err);
}

static const char SQL_TO_PAST[] =
    "INSERT INTO report_past (site_id, report_id, version, title, published_on, file_name,"
    " file_kind, encoding, sha256, bytes, doc, imported_at, replaced_at, reading)"
    " SELECT r.site_id, r.report_id, r.version, r.title, r.published_on, r.file_name,"
    " r.file_kind, r.encoding, r.sha256, r.bytes, r.doc, r.imported_at, ?3, t.reading"
    " FROM report r JOIN report_reading t ON t.site_id = r.site_id AND t.report_id = r.report_id"
    " WHERE r.site_id = ?1 AND r.report_id = ?2";
static const char SQL_DROP[] = "DELETE FROM report WHERE site_id = ?1 AND report_id = ?2";
static const char SQL_DROP_READING[] =
    "DELETE FROM report_reading WHERE site_id = ?1 AND report_id = ?2";
static const char SQL_DROP_FINDINGS[] =
    "DELETE FROM report_finding WHERE site_id = ?1 AND report_id = ?2";
static const char SQL_DROP_CELLS[] =
    "DELETE FROM report_cell WHERE site_id = ?1 AND organ_id = ?2 AND year = ?3";

static bool to_past(Db *db, SiteId site, ReportId id, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TO_PAST);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, now);
    return stmt_run(&s, err);
}

static bool run_for_report(Db *db, const char *sql, SiteId site, ReportId id, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    return stmt_run(&s, err);
}

static bool drop_cells(Db *db, SiteId site, const ReportRow *row, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DROP_CELLS);
    bind_int(&s, site.n);
    bind_int(&s, row->organ.n);
    bind_int(&s, row->year);
    return stmt_run(&s, err);
}

static bool move_aside(Db *db, SiteId site, ReportId id, const ReportRow *row, Err *err)
{
    return to_past(db, site, id, row->imported_at, err) &&
           run_for_report(db, SQL_DROP, site, id, err) &&
           run_for_report(db, SQL_DROP_READING, site, id, err) &&
           run_for_report(db, SQL_DROP_FINDINGS, site, id, err) && drop_cells(db, site, row, err);
}

static const char SQL_INSERT[] =
    "INSERT INTO report (site_id, report_id, organ_id, year, version, edition, title,"
    " published_on, file_name, file_kind, encoding, sha256, bytes, doc, imported_at,"
    " n_pass, n_error, n_warning, n_note, n_doubtful, n_open) VALUES"
    " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
    " ?20, ?21)";

static void bind_counts(Stmt *s, const FindingCounts *c)
{
    bind_int(s, c->pass);
    bind_int(s, c->error);
    bind_int(s, c->warning);
    bind_int(s, c->note);
    bind_int(s, c->doubtful);
    bind_int(s, c->open);
}

static bool insert_report(Db *db, SiteId site, const ReportRow *row, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_INSERT);
    bind_int(&s, site.n);
    bind_int(&s, row->id.n);
    bind_int(&s, row->organ.n);
    bind_int(&s, row->year);
    bind_int(&s, row->version);
    bind_str(&s, row->edition);
    bind_str(&s, row->title);
    bind_date(&s, row->published);
    bind_str(&s, row->file_name);
    bind_str(&s, row->file_kind);
    bind_str(&s, row->encoding);
    bind_str(&s, row->sha256);
    bind_int(&s, row->bytes);
    bind_int(&s, row->doc);
    bind_int(&s, row->imported_at);
    bind_counts(&s, &row->counts);
    return stmt_run(&s, err);
}

static const char SQL_READING[] =
    "INSERT INTO report_reading (site_id, report_id, reading) VALUES (?1, ?2, ?3)";

static bool insert_reading(Db *db, SiteId site, ReportId id, Str reading, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_READING);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_str(&s, reading);
    return stmt_run(&s, err);
}

static const char SQL_CELL[] = "INSERT INTO report_cell (site_id, organ_id, cell, year, state, n)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static bool insert_cells(Db *db, SiteId site, const ReportRow *row, const ReportParts *parts,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CELL);
    for (size_t i = 0; i < parts->n_cells; i++) {
        const ReportCell *c = &parts->cells[i];
        bind_int(&s, site.n);
        bind_int(&s, row->organ.n);
        bind_str(&s, c->cell);
        bind_int(&s, row->year);
        bind_str(&s, c->state);
        str_eq(c->state, S("value")) ? bind_int(&s, c->n) : bind_null(&s);
        if (!stmt_again(&s, err))
            return false;
    }
    return stmt_ok(&s, err);
}

static const char SQL_FINDING[] =
    "INSERT INTO report_finding (site_id, check_id, report_id, result, n)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";

static bool insert_findings(Db *db, SiteId site, ReportId id, const ReportParts *parts, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FINDING);
    for (size_t i = 0; i < parts->n_findings; i++) {
        const ReportFinding *f = &parts->findings[i];
        bind_int(&s, site.n);
        bind_str(&s, f->check);
        bind_int(&s, id.n);
        bind_str(&s, f->result);
        bind_int(&s, f->n);
        if (!stmt_again(&s, err))
            return false;
    }
    return stmt_ok(&s, err);
}

bool store_report_put(Db *db, SiteId site, ReportRow *row, const ReportParts *parts, Err *err)
{
    ReportRow now = *row;
    int64_t version;
    if (!find_current(db, site, row, &now.id, &version, err))
        return false;
    now.version = version + 1;
    bool placed = version ? move_aside(db, site, now.id, &now, err)
                          : store_number(db, site, S("report"), &now.id.n, err);
    if (!placed || !insert_report(db, site, &now, err) ||
        !insert_reading(db, site, now.id, parts->reading, err) ||
        !insert_cells(db, site, &now, parts, err) ||
        !insert_findings(db, site, now.id, parts, err) || !store_site_touch(db, site, err))
        return false;
    *row = now;
    return true;
}

static const char SQL_RECHECKED[] =
    "UPDATE report SET n_pass = ?3, n_error = ?4, n_warning = ?5, n_note = ?6, n_doubtful = ?7,"
    " n_open = ?8 WHERE site_id = ?1 AND report_id = ?2";

static bool update_counts(Db *db, SiteId site, ReportId id, const FindingCounts *counts, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_RECHECKED);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_counts(&s, counts);
    return stmt_run(&s, err);
}

bool store_report_rechecked(Db *db, SiteId site, ReportId id, const FindingCounts *counts,
                            const ReportParts *parts, Err *err)
{
    return update_counts(db, site, id, counts, err) &&
           run_for_report(db, SQL_DROP_READING, site, id, err) &&
           insert_reading(db, site, id, parts->reading, err) &&
           run_for_report(db, SQL_DROP_FINDINGS, site, id, err) &&
           insert_findings(db, site, id, parts, err) && store_site_touch(db, site, err);
}

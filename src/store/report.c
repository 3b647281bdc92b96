#include "store/report.h"

// --- rows

#define ROW_COLUMNS                                                                                \
    "r.report_id, r.organ_id, o.name, o.slug, r.year, r.version, r.edition, r.title,"              \
    " r.published_on, r.file_name, r.file_kind, r.encoding, r.sha256, r.bytes, r.doc,"             \
    " r.imported_at, r.n_pass, r.n_error, r.n_warning, r.n_note, r.n_doubtful, r.n_open"
#define ROW_TABLES                                                                                 \
    " FROM report r JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"

static FindingCounts read_counts(Stmt *s)
{
    FindingCounts c = {0};
    c.pass = col_int(s);
    c.error = col_int(s);
    c.warning = col_int(s);
    c.note = col_int(s);
    c.doubtful = col_int(s);
    c.open = col_int(s);
    return c;
}

static ReportRow read_row(Stmt *s, Arena *a)
{
    ReportRow r = {0};
    r.id.n = col_int(s);
    r.organ.n = col_int(s);
    r.organ_name = col_str(s, a);
    r.organ_slug = col_str(s, a);
    r.year = (int)col_int(s);
    r.version = col_int(s);
    r.edition = col_str(s, a);
    r.title = col_str(s, a);
    r.published = col_date(s);
    r.file_name = col_str(s, a);
    r.file_kind = col_str(s, a);
    r.encoding = col_str(s, a);
    r.sha256 = col_str(s, a);
    r.bytes = col_int(s);
    r.doc = col_int(s);
    r.imported_at = col_int(s);
    r.counts = read_counts(s);
    return r;
}

// --- lists

enum { LIST_DEFAULT = 50, LIST_MAX = 1000 };

// One statement for each way to filter: a condition that is sometimes true for every row would keep
// PostgreSQL from walking the index backwards to the first few.
#define YEAR " AND r.year = ?2"
#define ORGAN " AND r.organ_id = ?3"
#define LIST(conditions)                                                                           \
    "SELECT " ROW_COLUMNS ROW_TABLES " WHERE r.site_id = ?1" conditions                            \
    " ORDER BY r.year DESC, o.ordinal, o.organ_id LIMIT ?4 OFFSET ?5"
#define COUNT(conditions)                                                                          \
    "SELECT count(*) FROM report r WHERE r.site_id = ?1 AND ?2 >= 0 AND ?3 >= 0" conditions

static const char SQL_LIST[] = LIST(""), SQL_LIST_YEAR[] = LIST(YEAR),
                  SQL_LIST_ORGAN[] = LIST(ORGAN), SQL_LIST_BOTH[] = LIST(YEAR ORGAN);
static const char SQL_COUNT[] = COUNT(""), SQL_COUNT_YEAR[] = COUNT(YEAR),
                  SQL_COUNT_ORGAN[] = COUNT(ORGAN), SQL_COUNT_BOTH[] = COUNT(YEAR ORGAN);
// by whether there is a year, and an organ
static const char *const sql_list[2][2] = {{SQL_LIST, SQL_LIST_ORGAN},
                                           {SQL_LIST_YEAR, SQL_LIST_BOTH}};
static const char *const sql_count[2][2] = {{SQL_COUNT, SQL_COUNT_ORGAN},
                                            {SQL_COUNT_YEAR, SQL_COUNT_BOTH}};

static bool list_rows(Db *db, SiteId site, const ReportFilter *f, Arena *a, ReportRows *out,
                      Err *err)
{
    int64_t limit = f->limit <= 0 ? LIST_DEFAULT : f->limit < LIST_MAX ? f->limit : LIST_MAX;
    CLEANUP(stmt_end) Stmt s = stmt(db, sql_list[f->year != 0][f->organ.n != 0]);
    bind_int(&s, site.n);
    bind_int(&s, f->year);
    bind_int(&s, f->organ.n);
    bind_int(&s, limit);
    bind_int(&s, f->offset > 0 ? f->offset : 0);
    while (stmt_row(&s))
        *PUSH(a, out) = read_row(&s, a);
    return stmt_ok(&s, err);
}

static bool count_rows(Db *db, SiteId site, const ReportFilter *f, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql_count[f->year != 0][f->organ.n != 0]);
    bind_int(&s, site.n);
    bind_int(&s, f->year);
    bind_int(&s, f->organ.n);
    *out = stmt_row(&s) ? col_int(&s) : 0;
    return stmt_ok(&s, err);
}

bool store_report_list(Db *db, SiteId site, const ReportFilter *filter, Arena *a, ReportRows *out,
                       int64_t *total, Err *err)
{
    ReportRows rows = {0};
    int64_t n;
    if (!list_rows(db, site, filter, a, &rows, err) || !count_rows(db, site, filter, &n, err))
        return false;
    *out = rows;
    *total = n;
    return true;
}

static const char SQL_YEARS[] =
    "SELECT year, count(*) FROM report WHERE site_id = ?1 AND (?2 = 0 OR organ_id = ?2)"
    " GROUP BY year ORDER BY year DESC";

bool store_report_years(Db *db, SiteId site, OrganId organ, Arena *a, YearCounts *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_YEARS);
    bind_int(&s, site.n);
    bind_int(&s, organ.n);
    YearCounts found = {0};
    while (stmt_row(&s)) {
        YearCount *y = PUSH(a, &found);
        y->year = (int)col_int(&s);
        y->n = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- one report

#define GET_COLUMNS                                                                                \
    ROW_COLUMNS ", t.reading,"                                                                     \
                " (SELECT max(p.year) FROM report p WHERE p.site_id = r.site_id"                   \
                " AND p.organ_id = r.organ_id AND p.year < r.year),"                               \
                " (SELECT min(p.year) FROM report p WHERE p.site_id = r.site_id"                   \
                " AND p.organ_id = r.organ_id AND p.year > r.year)"

// Takes the statement with its values bound.
static bool get_one(Stmt *s, Arena *a, StoredReport *out, Err *err)
{
    if (!stmt_row(s))
        return stmt_ok(s, err) &&
               fail(err, ERR_MISSING, NULL, "没有这份年度报告", "no such annual report");
    StoredReport r = {.row = read_row(s, a)};
    r.reading = col_str(s, a);
    r.previous = (int)col_int(s);
    r.following = (int)col_int(s);
    *out = r;
    return true;
}

#define GET_TABLES                                                                                 \
    ROW_TABLES                                                                                     \
    " JOIN report_reading t ON t.site_id = r.site_id AND t.report_id = r.report_id"

static const char SQL_GET[] =
    "SELECT " GET_COLUMNS GET_TABLES " WHERE r.site_id = ?1 AND o.slug = ?2 AND r.year = ?3";

bool store_report_get(Db *db, SiteId site, Str organ_slug, int year, Arena *a, StoredReport *out,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_int(&s, site.n);
    bind_str(&s, organ_slug);
    bind_int(&s, year);
    return get_one(&s, a, out, err);
}

static const char SQL_BY_ID[] =
    "SELECT " GET_COLUMNS GET_TABLES " WHERE r.site_id = ?1 AND r.report_id = ?2";

bool store_report_by_id(Db *db, SiteId site, ReportId id, Arena *a, StoredReport *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_ID);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    return get_one(&s, a, out, err);
}

static const char SQL_HAS_FILE[] =
    "SELECT 1 FROM report WHERE site_id = ?1 AND sha256 = ?2 AND doc = ?3 LIMIT 1";

bool store_report_has_file(Db *db, SiteId site, Str sha256, int64_t doc, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HAS_FILE);
    bind_int(&s, site.n);
    bind_str(&s, sha256);
    bind_int(&s, doc);
    bool has = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = has;
    return true;
}

// --- figures

static const char SQL_SERIES[] =
    "SELECT cell, year, state, n FROM report_cell"
    " WHERE site_id = ?1 AND organ_id = ?2 AND cell IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
    " ?13, ?14, ?15, ?16, ?17, ?18)"
    " ORDER BY cell, year";

bool store_report_series(Db *db, SiteId site, OrganId organ, const Str *cells, size_t n, Arena *a,
                         Series *out, Err *err)
{
    if (n > SERIES_CELLS)
        return fail(err, ERR_LIMIT, NULL, "一次最多选 %d 项指标", "at most %d figures at a time",
                    SERIES_CELLS);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SERIES);
    bind_int(&s, site.n);
    bind_int(&s, organ.n);
    for (size_t i = 0; i < SERIES_CELLS; i++)
        i < n ? bind_str(&s, cells[i]) : bind_null(&s);
    Series found = {0};
    while (stmt_row(&s)) {
        SeriesPoint *p = PUSH(a, &found);
        p->cell = col_str(&s, a);
        p->year = (int)col_int(&s);
        p->state = col_str(&s, a);
        p->n = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_CELLS[] =
    "SELECT o.name, o.slug, c.cell, c.state, c.year, c.n"
    " FROM report_cell c JOIN organ o ON o.site_id = c.site_id AND o.organ_id = c.organ_id"
    " WHERE c.site_id = ?1 AND (?2 = 0 OR c.year = ?2)"
    " ORDER BY c.organ_id, c.cell, c.year";

bool store_report_cells(Db *db, SiteId site, int year, bool (*each)(void *ctx, const OpenCell *c),
                        void *ctx, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CELLS);
    stmt_stream(&s);
    bind_int(&s, site.n);
    bind_int(&s, year);
    while (stmt_row(&s)) {
        OpenCell c = {0};
        c.organ = col_view(&s);
        c.slug = col_view(&s);
        c.cell = col_view(&s);
        c.state = col_view(&s);
        c.year = (int)col_int(&s);
        c.n = col_int(&s);
        if (!each(ctx, &c))
            return true;
    }
    return stmt_ok(&s, err);
}

static const char SQL_CHECKS[] =
    "SELECT f.check_id, f.result, count(*), CAST(sum(f.n) AS BIGINT) FROM report_finding f"
    " JOIN report r ON r.site_id = f.site_id AND r.report_id = f.report_id"
    " WHERE f.site_id = ?1 AND (?2 = 0 OR r.year = ?2) AND f.result <> 'pass'"
    " GROUP BY f.check_id, f.result ORDER BY count(*) DESC, f.check_id, f.result";

bool store_report_checks(Db *db, SiteId site, int year, Arena *a, CheckCounts *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHECKS);
    bind_int(&s, site.n);
    bind_int(&s, year);
    CheckCounts found = {0};
    while (stmt_row(&s)) {
        CheckCount *c = PUSH(a, &found);
        c->check = col_str(&s, a);
        c->result = col_str(&s, a);
        c->reports = col_int(&s);
        c->n = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_PAST[] =
    "SELECT version, imported_at, replaced_at, bytes, title, file_name, sha256 FROM report_past"
    " WHERE site_id = ?1 AND report_id = ?2 ORDER BY version DESC";

bool store_report_past(Db *db, SiteId site, ReportId id, Arena *a, PastReports *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PAST);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    PastReports found = {0};
    while (stmt_row(&s)) {
        PastReport *p = PUSH(a, &found);
        p->version = col_int(&s);
        p->imported_at = col_int(&s);
        p->replaced_at = col_int(&s);
        p->bytes = col_int(&s);
        p->title = col_str(&s, a);
        p->file_name = col_str(&s, a);
        p->sha256 = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

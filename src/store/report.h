// Published annual reports as stored: the facts of the file, the document as read and checked (in
// the JSON of docs/report.schema.json, which report/report_json.h writes and reads), and beside it
// the cells as rows, for trends and open data.
//
// An organ has at most one report for a year. A new one for the same year takes its place under the
// same ReportId with a higher version; the one before is kept in the past.
#ifndef GONGKAI_STORE_REPORT_H
#define GONGKAI_STORE_REPORT_H

#include "store/organ.h"

typedef struct ReportId {
    int64_t n;
} ReportId;

// How the checks ended; failures by severity.
typedef struct FindingCounts {
    int64_t pass, error, warning, note, doubtful, open; // open: not assessable
} FindingCounts;

// One line of a list, and the head of a report's page.
typedef struct ReportRow {
    ReportId id;
    OrganId organ;
    Str organ_name, organ_slug;
    int year; // 统计年度
    int64_t version;
    Str edition; // id: "fmt2021"; empty for none
    Str title;
    Date published; // date_none unknown
    Str file_name, file_kind, encoding;
    Str sha256; // of the original, in hexadecimal; its bytes are under files/ (store/files.h)
    int64_t bytes, doc;  // size of the original; which document of it, from 0
    int64_t imported_at; // seconds since 1970-01-01 UTC
    FindingCounts counts;
} ReportRow;

typedef struct ReportRows {
    ReportRow *v;
    size_t n, cap;
} ReportRows;

// --- reading

typedef struct ReportFilter {
    int year;              // 0: all
    OrganId organ;         // 0: all
    int64_t offset, limit; // limit 0: 50; at most 1000
} ReportFilter;

// Newest year first, then the organs in their order. *total is how many there are without the
// limit. Two queries.
bool store_report_list(Db *db, SiteId site, const ReportFilter *filter, Arena *a, ReportRows *out,
                       int64_t *total, Err *err);

typedef struct YearCount {
    int year;
    int64_t n;
} YearCount;
typedef struct YearCounts {
    YearCount *v;
    size_t n, cap;
} YearCounts;

// The years with reports, newest first, and how many; of one organ, or of all (organ 0).
bool store_report_years(Db *db, SiteId site, OrganId organ, Arena *a, YearCounts *out, Err *err);

typedef struct StoredReport {
    ReportRow row;
    Str reading;             // JSON
    int previous, following; // the organ's nearest years with a report, 0 for none
} StoredReport;

// By the organ's slug and the year, or by number. One query. ERR_MISSING.
bool store_report_get(Db *db, SiteId site, Str organ_slug, int year, Arena *a, StoredReport *out,
                      Err *err);
bool store_report_by_id(Db *db, SiteId site, ReportId id, Arena *a, StoredReport *out, Err *err);

// Whether these very bytes have been imported for this document of the file.
bool store_report_has_file(Db *db, SiteId site, Str sha256, int64_t doc, bool *out, Err *err);

typedef struct SeriesPoint {
    Str cell; // "t3.new.total"
    int year;
    Str state; // "value" "blank" "unreadable"; absent cells have no point
    int64_t n; // with "value"; amounts in millionths of 万元
} SeriesPoint;
typedef struct Series {
    SeriesPoint *v;
    size_t n, cap;
} Series;

enum { SERIES_CELLS = 16 };

// Chosen cells of an organ over the years, by cell as it sorts and then year. At most SERIES_CELLS
// cells. One query.
bool store_report_series(Db *db, SiteId site, OrganId organ, const Str *cells, size_t n, Arena *a,
                         Series *out, Err *err);

typedef struct OpenCell {
    Str organ, slug, cell, state;
    int year;
    int64_t n;
} OpenCell;

// Every cell of every report of a year (0: all years), one after the other, for exports that
// stream: the texts are good only inside `each`, which returns false to stop. Ordered by organ,
// cell, year.
bool store_report_cells(Db *db, SiteId site, int year, bool (*each)(void *ctx, const OpenCell *c),
                        void *ctx, Err *err);

typedef struct CheckCount {
    Str check, result; // "t3.row_sum" "fail"
    int64_t reports, n;
} CheckCount;
typedef struct CheckCounts {
    CheckCount *v;
    size_t n, cap;
} CheckCounts;

// Which checks ended how in the reports of a year (0: all years), passes left out; most reports
// first. One query.
bool store_report_checks(Db *db, SiteId site, int year, Arena *a, CheckCounts *out, Err *err);

typedef struct PastReport {
    int64_t version, imported_at, replaced_at, bytes;
    Str title, file_name, sha256;
} PastReport;
typedef struct PastReports {
    PastReport *v;
    size_t n, cap;
} PastReports;

// The versions that were replaced, newest first.
bool store_report_past(Db *db, SiteId site, ReportId id, Arena *a, PastReports *out, Err *err);

// --- writing, inside a transaction of the caller's

typedef struct ReportCell {
    Str cell, state;
    int64_t n;
} ReportCell;

typedef struct ReportFinding {
    Str check, result;
    int64_t n;
} ReportFinding;

typedef struct ReportParts {
    Str reading;
    const ReportCell *cells; // absent ones left out
    size_t n_cells;
    const ReportFinding *findings; // one per check and result
    size_t n_findings;
} ReportParts;

// Adds the report of row->organ and row->year, or puts it in the place of the one that is there,
// which goes to the past. Sets row->id and row->version; reads everything else of the row but the
// organ's name and slug.
bool store_report_put(Db *db, SiteId site, ReportRow *row, const ReportParts *parts, Err *err);

// Findings of a stored report made anew because its neighbour came or changed: the same version.
bool store_report_rechecked(Db *db, SiteId site, ReportId id, const FindingCounts *counts,
                            const ReportParts *parts, Err *err);

#endif

// The search box of the desk, as far as no other file has it: reports by organ and year, and
// one's own tasks by their words. Organs are found by store_organ_find, people by
// store_person_list.
//
// What is looked for is part of a text (LIKE), so that words of two characters are found exactly:
// measured at 100,000 reports (docs/performance.md), which is more than any site of today has.
#ifndef GONGKAI_STORE_SEARCH_H
#define GONGKAI_STORE_SEARCH_H

#include "store/report.h"
#include "store/task.h"

// %part% with %, _ and ! escaped by !; empty for nothing.
Str search_pattern(Arena *a, Str part);

typedef struct FoundReport {
    Str organ_name, organ_slug, title;
    int year;
} FoundReport;
typedef struct FoundReports {
    FoundReport *v;
    size_t n, cap;
} FoundReports;

// Published reports, newest year first: of organs any of whose names, past ones too, holds `text`
// (empty: any); of that year (0: any). *total counts those beyond the limit. One query.
bool store_search_reports(Db *db, SiteId site, Str text, int year, int limit, Arena *a,
                          FoundReports *out, int64_t *total, Err *err);

// Open tasks in the boxes whose words hold `text`, by due day. One query.
bool store_search_tasks(Db *db, SiteId site, const Strs *boxes, Str text, int limit, Arena *a,
                        Tasks *out, int64_t *total, Err *err);

#endif

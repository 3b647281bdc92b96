// What handlers share: the frame of a page, addresses, and ways to show.
#ifndef GONGKAI_WEB_PAGE_COMMON_H
#define GONGKAI_WEB_PAGE_COMMON_H

#include "app/report.h"
#include "web/pages.h"

// The data folder as this thread has opened it (WebConfig.open).
static inline App *app_of(const Request *r)
{
    return r->db;
}

// Begins a page: site, ways to show it, canonical address. The handler then sets what differs.
bool page_begin(Request *r, Str title, NavItem nav, Frame *p, Err *err);

// As page_begin, for pages that must not ask the store (errors).
void page_begin_plain(Request *r, Str site, Str title, NavItem nav, Frame *p);

void page_crumb(Request *r, Frame *p, Str href, Str text); // empty href: this page

// "/annual-reports" + key=value, percent-encoded; an empty value adds nothing.
Str path_with(Arena *a, Str path, const char *key, Str value);
Str path_with_int(Arena *a, Str path, const char *key, int64_t value); // 0 adds nothing

// The style sheet with these colours (#1b4b87); empty where there are none.
Str site_css_path(Arena *a, Str accent, Str brand);
// What the frame of every page takes from the settings.
void frame_site(Arena *a, const Site *site, Frame *p);

Str report_path(Arena *a, Str organ_slug, int year); // "/annual-reports/x/2023"
Str report_path_tail(Arena *a, Str organ_slug, int year, const char *tail); // … + ".json"
Str organ_path(Arena *a, Str organ_slug, const char *tail); // "/annual-reports/x" + tail

// A whole number from 1 to most, or 0 for anything else.
int query_int(const Request *r, const char *name, int most);

ReportLine report_line(Arena *a, const ReportRow *row);
Tally tally_of_counts(const FindingCounts *c);
Str edition_zh(Arena *a, Str edition_id);
Str size_zh(Arena *a, int64_t bytes); // 386 KB

#endif

// A site (站点) is one government's platform; organs (行政机关) belong to it, in a tree. Numbers of
// things are counted per site and never used again.
#ifndef GONGKAI_STORE_SITE_H
#define GONGKAI_STORE_SITE_H

#include "domain/ids.h"
#include "store/db.h"

typedef struct Site {
    SiteId id;
    Str name;
    int64_t version; // goes up with every change a public page can show; part of their ETags
} Site;

// ERR_MISSING where there is no such site.
bool store_site_get(Db *db, SiteId id, Arena *a, Site *out, Err *err);
bool store_site_add(Db *db, SiteId id, Str name, Err *err);
bool store_site_rename(Db *db, SiteId id, Str name, Err *err);
// The version alone, for the cache to ask before every page.
bool store_site_version(Db *db, SiteId id, int64_t *out, Err *err);
bool store_site_touch(Db *db, SiteId id, Err *err); // version + 1; in every writing transaction

// The next number of its kind ("organ", "report"), from 1.
bool store_number(Db *db, SiteId site, Str kind, int64_t *out, Err *err);

typedef struct Organ {
    OrganId id;
    OrganId parent;  // 0: none
    Str kind;        // government office department township dispatched section
    Str level;       // state province city county township; empty unknown
    Str slug;        // in addresses: ASCII letters, digits and '-'
    Str name;        // in full, Simplified
    int64_t ordinal; // among its siblings
    int64_t n_reports, first_year, last_year; // of what is stored; 0 without reports
} Organ;

typedef struct Organs {
    Organ *v;
    size_t n, cap;
} Organs;

// All organs of the site, parents' order first, with their counts. One query.
bool store_organ_list(Db *db, SiteId site, Arena *a, Organs *out, Err *err);
bool store_organ_by_slug(Db *db, SiteId site, Str slug, Arena *a, Organ *out, Err *err);
// By its full name. *found says whether there is one.
bool store_organ_by_name(Db *db, SiteId site, Str name, Arena *a, Organ *out, bool *found,
                         Err *err);
// Gives it its number, and where empty the slug "organ-<number>".
bool store_organ_add(Db *db, SiteId site, Organ *organ, Arena *a, Err *err);

#endif

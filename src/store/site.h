// A site (站点) is one government's platform; organs (行政机关) belong to it (store/organ.h).
// Numbers of things are counted per site and never used again.
#ifndef GONGKAI_STORE_SITE_H
#define GONGKAI_STORE_SITE_H

#include "domain/site.h"
#include "store/db.h"

// ERR_MISSING where there is no such site.
bool store_site_get(Db *db, SiteId id, Arena *a, Site *out, Err *err);
bool store_site_add(Db *db, SiteId id, Str name, Err *err);
// Everything that can be set, over the revision it was read at. ERR_BUSY where somebody else has
// saved meanwhile.
bool store_site_save(Db *db, const Site *site, Err *err);
bool store_site_rename(Db *db, SiteId id, Str name, Err *err);
// The version alone, for the cache to ask before every page.
bool store_site_version(Db *db, SiteId id, int64_t *out, Err *err);
bool store_site_touch(Db *db, SiteId id, Err *err); // version + 1; in every writing transaction

// The organ that runs the site; none where none is named yet.
bool store_site_top(Db *db, SiteId id, OrganId *out, Err *err);
bool store_site_top_set(Db *db, SiteId id, OrganId organ, Err *err);
// The first active organ that stands under none, and how many there are.
bool store_site_root(Db *db, SiteId id, OrganId *out, int64_t *n, Err *err);

// The next number of its kind ("organ", "report"), from 1.
bool store_number(Db *db, SiteId site, Str kind, int64_t *out, Err *err);

#endif

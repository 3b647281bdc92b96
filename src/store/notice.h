// Notices and who wants which by mail, as stored. A person's own: every function takes whose.
#ifndef GONGKAI_STORE_NOTICE_H
#define GONGKAI_STORE_NOTICE_H

#include "domain/ids.h"
#include "domain/notice.h"
#include "store/db.h"

typedef struct Notice {
    int64_t id;          // 0 before it is stored
    int64_t at, read_at; // seconds since 1970-01-01 UTC; read_at 0: unread
    NoticeKind kind;
    Str words, door; // door: a path of the site, or empty
} Notice;

typedef struct Notices {
    Notice *v;
    size_t n, cap;
} Notices;

bool store_notice_add(Db *db, SiteId site, PersonId person, Notice *notice, Err *err);
// Latest first, behind `before` (0: from the latest). One query.
bool store_notice_list(Db *db, SiteId site, PersonId person, int64_t before, int limit, Arena *a,
                       Notices *out, Err *err);
// One, or all up to this one (0: all); other people's are not touched.
bool store_notice_read(Db *db, SiteId site, PersonId person, int64_t id, int64_t now, Err *err);
bool store_notice_read_all(Db *db, SiteId site, PersonId person, int64_t now, Err *err);
// ERR_MISSING where it is not theirs.
bool store_notice_get(Db *db, SiteId site, PersonId person, int64_t id, Arena *a, Notice *out,
                      Err *err);
// Takes away what was read before `at`, at most `most` of them.
bool store_notice_clean(Db *db, SiteId site, int64_t at, int most, Err *err);

// Which kinds this person wants by mail: as the table of kinds has it, but for what they chose.
bool store_notice_mail(Db *db, SiteId site, PersonId person, bool out[NOTICE__COUNT], Err *err);
bool store_notice_choose(Db *db, SiteId site, PersonId person, NoticeKind kind, bool mail,
                         Err *err);

#endif

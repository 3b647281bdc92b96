// Packages of archived requests, as rows; what they hold lies among the private files. And how long
// a site keeps what.
#ifndef GONGKAI_STORE_ARCHIVE_H
#define GONGKAI_STORE_ARCHIVE_H

#include "domain/archive.h"
#include "store/request.h"

typedef struct Archived {
    RequestId request;
    int64_t nth;
    OrganId organ;
    RetentionKind kind;
    Date ended;
    int64_t archived_at;
    PersonId person;
    Str person_name;
    Str address, sha256;
    int64_t bytes;
    int64_t volumes;     // address, sha256 and bytes are those of the first
    int64_t reopened_at; // 0: it is what counts today
    Str reopened_why;
    int64_t anonymised_at;       // 0: not
    Str code, title, organ_name; // of the request
} Archived;

typedef struct ArchivedList {
    Archived *v;
    size_t n, cap;
} ArchivedList;

// A volume of a package behind the first.
typedef struct ArchivedVolume {
    int64_t volume; // from 2
    Str address, sha256;
    int64_t bytes;
} ArchivedVolume;

typedef struct ArchivedVolumes {
    ArchivedVolume *v;
    size_t n, cap;
} ArchivedVolumes;

// The request was loaded in scope.
bool store_archive_volumes(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a,
                           ArchivedVolumes *out, Err *err);
bool store_archive_volume_add(Db *db, SiteId site, RequestId id, int64_t nth,
                              const ArchivedVolume *volume, Err *err);

// All packages of one request, the last first.
bool store_archive_of(Db *db, const Scope *scope, RequestId id, Arena *a, ArchivedList *out,
                      Err *err);
bool store_archive_add(Db *db, SiteId site, const Archived *row, Err *err);
// The last one is opened again; is replaced by one without who asked, whose volumes are to be
// added.
bool store_archive_reopen(Db *db, SiteId site, RequestId id, int64_t nth, int64_t now, Str why,
                          Err *err);
bool store_archive_anonymised(Db *db, SiteId site, const Archived *row, Err *err);
// The mark on the request itself; 0: no more.
bool store_request_archived(Db *db, const Scope *scope, InfoRequest *request, int64_t at, Err *err);

// Closed and not in the archive, ended on `until` or before; by the day they ended, then number,
// behind `after`. At most `limit`.
bool store_archive_waiting(Db *db, const Scope *scope, Date until, Date after_day, RequestId after,
                           int64_t limit, Arena *a, InfoRequests *out, Err *err);
// In the archive, of this kind, ended on `until` or before, and with who asked still there.
bool store_archive_due(Db *db, const Scope *scope, RetentionKind kind, Date until, int64_t limit,
                       Arena *a, ArchivedList *out, Err *err);

// --- without who asked

// What only this request has in the store of files: its private attachments, its packages.
bool store_anonym_addresses(Db *db, SiteId site, RequestId id, Arena *a, Strs *out, Err *err);
// Name, key, sealed part, code, note and words of the request as given, over its version; what it
// is found by follows.
bool store_anonym_request(Db *db, const Scope *scope, const InfoRequest *request, Err *err);
bool store_anonym_facts(Db *db, SiteId site, RequestId id, Str somebody, Err *err);
// Private attachments and packages: the rows stay and lead nowhere.
bool store_anonym_files(Db *db, SiteId site, RequestId id, Err *err);

// --- years

typedef struct Retention {
    int years;
    Str reason;
    bool own; // set by the site
} Retention;

// Of every kind, with the defaults where the site has set nothing.
bool store_retention(Db *db, SiteId site, Arena *a, Retention out[RETAIN__COUNT], Err *err);
bool store_retention_set(Db *db, SiteId site, RetentionKind kind, int years, Str reason,
                         PersonId by, int64_t now, Err *err);

#endif

// Publications as rows, with the files that everybody may have.
#ifndef GONGKAI_STORE_PUBLICATION_H
#define GONGKAI_STORE_PUBLICATION_H

#include "domain/publication.h"
#include "store/request.h"

typedef struct PublicationId {
    int64_t n;
} PublicationId;

typedef struct Publication {
    PublicationId id;
    OrganId organ;
    Str organ_name;
    RequestId request;
    PublicationWhy why;
    Str title, summary, index_no, counted;
    int64_t serial;
    PublicationState state;
    Date decided, due, published, withdrawn;
    Date formed;    // 生成日期; date_none: not said yet
    Date corrected; // the last time after it was published; date_none: never
    Str withdrawn_why;
    int64_t version, created_at;
    PersonId person;
} Publication;

typedef struct Publications {
    Publication *v;
    size_t n, cap;
} Publications;

typedef struct PublicationFile {
    int64_t no;
    Str name, kind; // kind: domain/attach_kind.h
    int64_t bytes;
    Str address;
} PublicationFile;

typedef struct PublicationFiles {
    PublicationFile *v;
    size_t n, cap;
} PublicationFiles;

// What stood there until a correction.
typedef struct PublicationChange {
    int64_t no;
    Date on, formed;
    Str title, summary, why, person_name;
    PersonId person;
} PublicationChange;

typedef struct PublicationChanges {
    PublicationChange *v;
    size_t n, cap;
} PublicationChanges;

// What the organ says to an applicant's suggestion.
typedef struct PublicationReview {
    bool accepted;
    Str reason; // why not
    Date on;
    PersonId person;
    Str person_name;
} PublicationReview;

// For the desk: in scope, those that are due first, then the newest; at most `limit`.
bool store_publication_list(Db *db, const Scope *scope, int64_t limit, Arena *a, Publications *out,
                            Err *err);
bool store_publication_get(Db *db, const Scope *scope, PublicationId id, Arena *a, Publication *out,
                           Err *err);
bool store_publication_of(Db *db, const Scope *scope, RequestId request, Arena *a,
                          Publications *out, Err *err);
// For everybody: public ones, the newest first, behind (day, number); one of any state but due.
bool store_publication_public(Db *db, SiteId site, Date after_day, PublicationId after,
                              int64_t limit, Arena *a, Publications *out, Err *err);
// Those whose title, summary or index number has these words, likewise.
bool store_publication_search(Db *db, SiteId site, Str words, Date after_day, PublicationId after,
                              int64_t limit, Arena *a, Publications *out, Err *err);
// What happened last to what was ever public, withdrawn ones too, the latest first: for the feed.
bool store_publication_news(Db *db, SiteId site, int64_t limit, Arena *a, Publications *out,
                            Err *err);
// Decided and not public, due until this day, by that day; at most `limit`.
bool store_publication_due(Db *db, SiteId site, Date until, int64_t limit, Arena *a,
                           Publications *out, Err *err);
bool store_publication_shown(Db *db, SiteId site, PublicationId id, Arena *a, Publication *out,
                             Err *err);

bool store_publication_add(Db *db, SiteId site, Publication *p, Err *err);         // sets id
bool store_publication_save(Db *db, const Scope *scope, Publication *p, Err *err); // ERR_BUSY
// The highest serial given so far under this text.
bool store_publication_serial(Db *db, SiteId site, Str counted, int64_t *out, Err *err);

bool store_publication_file_add(Db *db, SiteId site, PublicationId id, const PublicationFile *file,
                                Err *err);
bool store_publication_files(Db *db, SiteId site, PublicationId id, Arena *a, PublicationFiles *out,
                             Err *err);

bool store_publication_change_add(Db *db, SiteId site, PublicationId id,
                                  const PublicationChange *change, Err *err); // numbers it
bool store_publication_changes(Db *db, SiteId site, PublicationId id, Arena *a,
                               PublicationChanges *out, Err *err); // the first one first

// --- what applicants suggest; the request was loaded in scope

bool store_publication_suggested(Db *db, SiteId site, RequestId request, bool *out, Err *err);
bool store_publication_review(Db *db, SiteId site, RequestId request, Arena *a,
                              PublicationReview *out, bool *found, Err *err);
// ERR_BUSY where somebody else has just reviewed it.
bool store_publication_review_add(Db *db, SiteId site, RequestId request,
                                  const PublicationReview *review, Err *err);

#endif

// What is given to applicants, as rows: files, the marks in them, pictures of their pages, and
// where else information is given. What the files hold lies sealed in the store of files (files.h);
// texts to be withheld come and go sealed. Reading and writing goes by the organ of the request.
#ifndef GONGKAI_STORE_RELEASE_H
#define GONGKAI_STORE_RELEASE_H

#include "domain/redaction.h"
#include "domain/release.h"
#include "store/request.h"

typedef struct ReleaseFileId {
    int64_t n;
} ReleaseFileId;

typedef struct ReleaseFile {
    ReleaseFileId id;
    RequestId request;
    OrganId organ; // of the request; not written here
    int64_t attachment;
    Str name;
    AttachKind kind;
    int64_t bytes;
    Str address, source_hash;
    int pages;
    Str facts; // JSON
    ReleaseState state;
    Str result, result_hash; // address and SHA-256 of what was made
    int64_t result_bytes;
    Str certificate; // JSON
    int64_t made_at;
    PersonId checked_by;
    Str checked_name;
    int64_t checked_at;
    Str checked_note;
    PersonId added_by;
    Str added_name;
    int64_t added_at;
    int64_t removed_at; // 0: it is still among them
    int64_t nth;        // with which decision on the request it is given out, from 1
    int64_t version;
} ReleaseFile;

typedef struct ReleaseFiles {
    ReleaseFile *v;
    size_t n, cap;
} ReleaseFiles;

// A mark as stored: mark.words is sealed.
typedef struct ReleaseMark {
    RedactMark mark;
    PersonId added_by;
    Str added_name;
    int64_t added_at;
} ReleaseMark;

typedef struct ReleaseMarks {
    ReleaseMark *v;
    size_t n, cap;
} ReleaseMarks;

// Where the information is given, when nothing is attached.
typedef struct ReleaseElsewhere {
    Str words; // empty: nothing was said
    PersonId by;
    Str name;
    int64_t at;
} ReleaseElsewhere;

// The next number of a file, before it is added: its attachment carries it.
bool store_release_number(Db *db, SiteId site, ReleaseFileId *out, Err *err);
bool store_release_add(Db *db, SiteId site, const ReleaseFile *file, Err *err);
// ERR_MISSING where there is none, it was taken out, or the request is out of scope.
bool store_release_get(Db *db, const Scope *scope, ReleaseFileId id, Arena *a, ReleaseFile *out,
                       Err *err);
// Those of a request that have not been taken out, in the order they were added.
bool store_release_list(Db *db, SiteId site, RequestId request, Arena *a, ReleaseFiles *out,
                        Err *err);
// State, result, certificate, who checked, removed; over the version it was read at. ERR_BUSY where
// somebody else was faster.
bool store_release_save(Db *db, SiteId site, const ReleaseFile *file, Err *err);

bool store_release_mark_add(Db *db, SiteId site, ReleaseFileId file, const ReleaseMark *mark,
                            Err *err);
bool store_release_mark_drop(Db *db, SiteId site, ReleaseFileId file, int64_t mark, Err *err);
bool store_release_marks(Db *db, SiteId site, ReleaseFileId file, Arena *a, ReleaseMarks *out,
                         Err *err);

// The address of a page's picture; empty where none was made. `hash` is of the document's bytes.
bool store_release_page(Db *db, SiteId site, ReleaseFileId file, Str hash, int page, Arena *a,
                        Str *address, Err *err);
bool store_release_page_add(Db *db, SiteId site, ReleaseFileId file, Str hash, int page,
                            Str address, Err *err);

// With the decision `nth` on the request.
bool store_release_elsewhere(Db *db, SiteId site, RequestId request, int64_t nth, Arena *a,
                             ReleaseElsewhere *out, Err *err);
bool store_release_elsewhere_set(Db *db, SiteId site, RequestId request, int64_t nth,
                                 const ReleaseElsewhere *said, Err *err);

#endif

// Orders to black files out, one row a file (sql/0033_release_making.sql): what waits, who works on
// it, how far it is. Whoever works holds the row for MAKING_HOLD_S and says so again before that is
// over; what is written in the name of a holder is written only as long as it is theirs.
#ifndef GONGKAI_STORE_RELEASE_MAKING_H
#define GONGKAI_STORE_RELEASE_MAKING_H

#include "store/release.h"

typedef struct ReleaseMaking {
    ReleaseFileId file; // 0: there is none
    int64_t version;    // of the file
    MakingState state;
    int pages, done;
    PersonId by;
    Str name;
    int64_t ordered_at, began_at, ended_at;
    int64_t tries;
    Str why;
    int64_t ahead; // orders before it
} ReleaseMaking;

typedef struct ReleaseMakings {
    ReleaseMaking *v;
    size_t n, cap;
} ReleaseMakings;

// The last order of a file; MAKING_NONE where there never was one.
bool store_making_get(Db *db, SiteId site, ReleaseFileId file, Arena *a, ReleaseMaking *out,
                      Err *err);
// Those of a request's files that have not ended.
bool store_making_list(Db *db, SiteId site, RequestId request, Arena *a, ReleaseMakings *out,
                       Err *err);
// In place of the last one: file, version, pages, by, name, ordered_at.
bool store_making_order(Db *db, SiteId site, const ReleaseMaking *order, Err *err);
// Ends it, whoever works on it; nothing happens where it has ended.
bool store_making_stop(Db *db, SiteId site, ReleaseFileId file, MakingState state, int64_t now,
                       bool *stopped, Err *err);

// --- by whoever works

// The oldest that nobody holds; out->file 0 where there is none.
bool store_making_take(Db *db, SiteId site, Str holder, int64_t now, Arena *a, ReleaseMaking *out,
                       Err *err);
// So far, and held for MAKING_HOLD_S more. *mine: it still is; then only these do anything.
bool store_making_beat(Db *db, SiteId site, ReleaseFileId file, Str holder, int done, int64_t now,
                       bool *mine, Err *err);
bool store_making_end(Db *db, SiteId site, ReleaseFileId file, Str holder, MakingState state,
                      Str why, int64_t now, bool *mine, Err *err);
// Lets it go untouched, for another to take at once. `counts`: this was a try.
bool store_making_back(Db *db, SiteId site, ReleaseFileId file, Str holder, bool counts, Err *err);

// How many wait or are worked on.
bool store_making_count(Db *db, SiteId site, int64_t *out, Err *err);

#endif

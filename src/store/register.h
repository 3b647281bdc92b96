// The register (台账): requests by any conditions together, in several orders, and all of them for
// an export. The desk's plain lists are store/request.h's, which is faster where only a tab or
// words are asked for.
#ifndef GONGKAI_STORE_REGISTER_H
#define GONGKAI_STORE_REGISTER_H

#include "store/request.h"

typedef enum RegisterDay { // which day the period is about
    BY_NO_DAY,
    BY_FILED,
    BY_RECEIVED,
    BY_DUE,
    BY_ENDED,
    BY__COUNT,
} RegisterDay;

typedef enum RegisterSort { // each ends in the number
    SORT_DUE,               // what has to happen first, first
    SORT_FILED,             // newest first, likewise the two below
    SORT_RECEIVED,
    SORT_ENDED,
    SORT__COUNT,
} RegisterSort;

// Empty texts and zeros: any.
typedef struct RegisterFilter {
    RequestTab tab;
    Date today, soon;                  // of the tabs
    Str text;                          // part of code, title, applicant's name
    Str phase, outcome, channel, kind; // ids
    OrganId organ;
    PersonId handler;
    RegisterDay day;
    Date from, to; // date_none: open on that side
    bool late;     // past its day, open or answered
    bool extended; // by an extension that stands
} RegisterFilter;

typedef struct RegisterAsk {
    RegisterFilter filter;
    RegisterSort sort;
    int64_t after_key; // of the last row seen, with its number; after 0: from the beginning
    RequestId after;
    int64_t limit;
} RegisterAsk;

// What the row is ordered by: after_key of the next page.
int64_t register_key(RegisterSort sort, const InfoRequest *r);

// Rows with what a list shows, and n_units, same_as, form and way besides.
bool store_register_list(Db *db, const Scope *scope, const RegisterAsk *ask, Arena *a,
                         InfoRequests *out, Err *err);

// How many open ones each tab has under the filter, whatever its tab (REQUESTS_UNCOUNTED for what
// grows for ever).
bool store_register_counts(Db *db, const Scope *scope, const RegisterFilter *filter, Arena *a,
                           int64_t out[REQUESTS__COUNT], Err *err);

#endif

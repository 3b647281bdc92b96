// How long answering took: working days from the day of receipt (day 0) to the answer, over all
// requests answered in a period, in groups. Days in which a correction, an opinion or a fee was
// waited for are in it, since that is how long the applicant waited; whether an answer was in time
// is judged by its own day, with all that does not count taken out.
#ifndef GONGKAI_APP_REQUEST_TIMES_H
#define GONGKAI_APP_REQUEST_TIMES_H

#include "app/request.h"

typedef enum TimesBy {
    TIMES_MONTH, // of the answer
    TIMES_ORGAN, // what a section has is its organ's
    TIMES_HANDLER,
    TIMES_OUTCOME,
    TIMES_CHANNEL,
    TIMES__COUNT,
} TimesBy;

enum { TIMES_DAYS = 400 }; // longer ones count as this many in median and 90 %

typedef struct TimesRow {
    Str key;  // 2026-03, the organ's number …: for an address
    Str name; // 住房保障科
    int64_t n;
    int64_t judged; // with a day they were due
    int64_t late, extended;
    int median, p90, max;
    RequestId longest;
    Date first, last; // of TIMES_MONTH: its days within the period
} TimesRow;

typedef struct TimesRows {
    TimesRow *v;
    size_t n, cap;
} TimesRows;

typedef struct TimesTable {
    TimesRow all;
    TimesRows rows;                 // months in order, others by how many
    int64_t spread[TIMES_DAYS + 1]; // how many took so many days
} TimesTable;

// Both days belong to the period. ERR_INPUT where it ends before it begins.
bool app_request_times(App *app, Date from, Date to, TimesBy by, Arena *a, TimesTable *out,
                       Err *err);

#endif

// Requests that are one matter (并案), and one request with several matters (拆分统计).
//
// Joining changes nothing in the law: every applicant is owed an answer, inside the term of their
// own request (条例第三十三条、第三十六条). What is joined is the work: one decision on the request
// that leads is applied to those that follow, each with its own letter, day and units.
//
// 国办函〔2020〕109号《政府信息公开信息处理费管理办法》第四条: one request with several matters is
// counted as several, by the smallest reasonable units (一事一申请).
#ifndef GONGKAI_DOMAIN_GROUP_H
#define GONGKAI_DOMAIN_GROUP_H

#include "base/err.h"
#include "domain/asked.h"
#include "domain/outcome.h"

// What joining asks of a request.
typedef struct JoinSide {
    int64_t request, organ;
    bool open;
    int64_t lead;      // that it follows; 0: none
    int64_t followers; // that follow it
    Str code;          // for what is said
} JoinSide;

// Whether `other` may follow `lead`; `alike` is asked_alike of their texts. Another kind of
// applicant, another way of receiving do not matter: each gets their own letter. ERR_RULE with the
// reason; ERR_INPUT where texts differ and nobody says why they are the same matter.
bool group_join(const JoinSide *lead, const JoinSide *other, int alike, Str reason, Err *err);

// Why the same applicant's request may be one that was answered before (条例第三十六条第六项).
extern const Str group_repeated_source;

// --- units

enum { UNITS_MAX = 50, MATTER_RUNES = 200 };

typedef struct Unit {
    Str matter;
    Str outcome; // domain/outcome.h; empty: as the whole request
} Unit;

typedef struct Units {
    Unit *v;
    size_t n, cap;
} Units;

// One matter a line, without numbers at their beginning and empty lines.
Units units_read(Str lines, Arena *a);

// ERR_INPUT for what is no list of matters: none or too many, one twice, one too long. One matter
// undoes a split.
bool units_check(const Units *units, Err *err);

// Outcomes that a unit of an answered request may have: not those that end a request as a whole.
bool unit_outcome_fits(Outcome outcome);

#endif

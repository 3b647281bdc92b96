// Administrative divisions (行政区划): provinces, cities and areas with their codes
// (data/divisions). A code has two digits for a province, four for a city, six for an area; the
// digits in front name what it lies in. Codes change from year to year, so an unknown one is a
// doubt and not an error.
#ifndef GONGKAI_DOMAIN_DIVISION_H
#define GONGKAI_DOMAIN_DIVISION_H

#include "base/str.h"

typedef struct Division {
    Str code, name;
} Division;

typedef struct Divisions {
    Division *v;
    size_t n, cap;
} Divisions;

// The division of a code of 2, 4 or 6 digits; of longer ones the area, and 0000 or 00 at the end
// stand for the province or city.
bool division_get(Str code, Division *out);

// 河北省石家庄市长安区; names that only say "directly under" (市辖区) are left out. Empty where the
// code is not known.
Str division_full_name(Arena *a, Str code);

// Those right in it; the provinces for an empty code. By code.
void division_children(Str code, Arena *a, Divisions *out);

// Those whose full name holds the words or whose code begins with them, whole names first, at most
// `most`.
void division_find(Str words, size_t most, Arena *a, Divisions *out);

#endif

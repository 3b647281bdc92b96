// Numbers in a text that stand for a person: identity cards and mobile telephones. What is found is
// for somebody to look at; nothing is taken out by it.
#ifndef GONGKAI_DOMAIN_PERSONAL_H
#define GONGKAI_DOMAIN_PERSONAL_H

#include "base/str.h"

typedef enum PersonalKind {
    PERSONAL_IDENTITY, // 18 digits whose last one fits (GB 11643), X allowed in its place
    PERSONAL_MOBILE,   // 11 digits from 13 to 19
    PERSONAL__COUNT,
} PersonalKind;

extern const Str personal_names[PERSONAL__COUNT]; // 身份证号码

// The first one at or after *at; *at moves behind it. False where there is none.
bool personal_next(Str text, size_t *at, PersonalKind *kind, Str *found);

#endif

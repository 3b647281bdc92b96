// What is written about an applicant beside the request itself, taken out when its years are over:
// by all areas, in one place, so that none is forgotten. A column that only ever names people or
// tells of them is emptied; in one that has to stay (why a fee was lowered, what a remedy was
// about) the words by which the applicant is known are replaced. The audit is left as it is: it
// tells who did what, and its chain would break.
#ifndef GONGKAI_STORE_ANONYM_H
#define GONGKAI_STORE_ANONYM_H

#include "store/request.h"

enum { ANONYM_WORDS = 7, ANONYM_EMAIL = 1 };

// By which somebody is known: name, number of the paper, telephone … Empty ones are passed over.
typedef struct AnonymWords {
    Str v[ANONYM_WORDS];
} AnonymWords;

extern const Str ANONYM_SOMEBODY; // 某, in their place

// What `who` is known by, the longest kinds first, so that a name within an address goes with it.
AnonymWords anonym_words(Str name, const Applicant *who);
// A text without them, and without any identity or mobile number (domain/personal.h).
Str anonym_text(Arena *a, const AnonymWords *words, Str text);

// Inside the act. All rows that belong to the request, and the desk's about it.
bool store_anonym_papers(Db *db, SiteId site, RequestId id, const AnonymWords *words, Err *err);

#endif

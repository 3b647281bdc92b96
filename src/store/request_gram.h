// Finding requests by a part of their title, of the applicant's name or of their number: for every
// two characters that stand side by side in one of these there is a row (request_gram), and what is
// looked for is read along the rarest of its own pairs, newest first. Exact for words of any
// length, and the same on both engines.
#ifndef GONGKAI_STORE_REQUEST_GRAM_H
#define GONGKAI_STORE_REQUEST_GRAM_H

#include "store/request.h"

// --- keeping it, for what writes a request's title, name or organ: store/request.c and archive.c

// Rows for what is stored of the request now.
bool request_gram_add(Db *db, SiteId site, const InfoRequest *request, Err *err);
// Takes away those of what is stored, where `request` has other words or another organ; before it
// is saved. *changed says whether it has.
bool request_gram_drop(Db *db, SiteId site, const InfoRequest *request, bool *changed, Err *err);

// --- looking for something

enum { GRAMS_LOOKED_AT = 12, GRAM_SAMPLE = 300 };

// The pair of `text`, which has two characters or more, that the fewest requests have.
bool request_gram_choose(Db *db, SiteId site, Str text, Str *out, Err *err);

// Letters A to Z made small, as the engines' lower() does with our collations.
Str request_gram_lower(Arena *a, Str text);

#endif

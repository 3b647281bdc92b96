// Whether what somebody wants to ask for is public already, and which organ it would be asked of:
// looked for before they write, in everything that the site shows to everybody. One more kind of
// thing that is published is one more row of the table in public_search.c.
#ifndef GONGKAI_APP_PUBLIC_SEARCH_H
#define GONGKAI_APP_PUBLIC_SEARCH_H

#include "app/app.h"
#include "domain/whose.h"
#include "store/organ.h"

typedef struct PublicHit {
    Str title, about; // about: what it is, one line
    Str door;         // its address on this site
} PublicHit;

typedef struct PublicHits {
    PublicHit *v;
    size_t n, cap;
} PublicHits;

// An organ that takes requests, and why it may be the one.
typedef struct LikelyOrgan {
    Str name, slug;
    Str why;           // 名称相符; 土地、规划、不动产登记
    Str office, phone; // of its guide
    Str address;
} LikelyOrgan;

typedef struct LikelyOrgans {
    LikelyOrgan *v;
    size_t n, cap;
} LikelyOrgans;

enum { PUBLIC_HITS_MOST = 8, LIKELY_ORGANS_MOST = 6, PUBLIC_WORDS_MAX = 60 };

// `words` as typed, in Simplified characters, at most PUBLIC_WORDS_MAX of them.
bool app_public_search(App *app, Str words, Arena *a, PublicHits *hits, LikelyOrgans *organs,
                       Err *err);

// Organs that take requests: active, and no inner sections; in the site's order.
bool app_public_organs(App *app, Arena *a, Organs *out, Err *err);

#endif

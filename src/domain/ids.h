// The numbers of things, each a type of its own so that one cannot stand for another. Counted per
// site from 1, never used again; 0 is none.
#ifndef GONGKAI_DOMAIN_IDS_H
#define GONGKAI_DOMAIN_IDS_H

#include <stdint.h>

typedef struct SiteId {
    int64_t n;
} SiteId;
typedef struct OrganId {
    int64_t n;
} OrganId;
typedef struct PersonId {
    int64_t n;
} PersonId;
typedef struct SessionId {
    int64_t n;
} SessionId;

#endif

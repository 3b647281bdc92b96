// The files of assets/, built into the program.
#ifndef GONGKAI_WEB_STATIC_H
#define GONGKAI_WEB_STATIC_H

#include "base/str.h"

typedef struct Asset {
    Str name; // "gongkai.css"
    Str url; // "/assets/gongkai.1f3a….css": changes with the content, so it may be kept for ever;
             // robots.txt stays "/robots.txt"
    Str type;
    Str body;
} Asset;

enum { MAX_ASSETS = 64 };
typedef struct Assets {
    Asset v[MAX_ASSETS];
    size_t n;
} Assets;

const Assets *assets_all(void);

// {{asset("gongkai.css")}}: the address of an asset; of one that does not exist, the empty Str.
Str asset(const char *name);
// By address; NULL where there is none.
const Asset *asset_find(Str url);

#endif

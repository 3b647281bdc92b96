// /desk/api-keys: keys of other systems, for administrators.
#ifndef GONGKAI_WEB_PAGE_API_KEYS_H
#define GONGKAI_WEB_PAGE_API_KEYS_H

#include "app/api_key.h"
#include "web/desk.h"

bool page_api_keys(Request *r, Response *w, Err *err);
bool page_api_key_new(Request *r, Response *w, Err *err);
bool page_api_key_new_send(Request *r, Response *w, Err *err);
bool page_api_key_revoke(Request *r, Response *w, Err *err);

typedef struct ApiKeyLine {
    Str name, organ, powers, head, made, until, often, used, state, tag;
    Str revoke; // address; empty where it is over
} ApiKeyLine;

typedef struct ApiKeysPage {
    Desk desk;
    ApiKeyLine *lines;
    size_t n;
    Str token; // just made: shown once
    Str made;  // for which system
} ApiKeysPage;

#endif

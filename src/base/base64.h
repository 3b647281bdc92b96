// Bytes as letters (RFC 4648): the usual alphabet with padding, as in mail; the one for addresses
// and tokens without.
#ifndef GONGKAI_BASE64_H
#define GONGKAI_BASE64_H

#include "base/str.h"

Str base64(Arena *a, Str bytes);     // + / =
Str base64_url(Arena *a, Str bytes); // - _

// The other way. False for any other character, padding included, and for a length or last letter
// that no bytes give.
bool base64_url_read(Arena *a, Str letters, Str *bytes);

#endif

// The mark of the master key that a database's secrets are sealed with.
#ifndef GONGKAI_STORE_KEY_H
#define GONGKAI_STORE_KEY_H

#include "domain/ids.h"
#include "store/db.h"

// Empty where there is none.
bool store_key_mark(Db *db, SiteId site, Arena *a, Str *out, Err *err);
// Keeps it where there is none yet.
bool store_key_set(Db *db, SiteId site, Str mark, Err *err);

#endif

// The master key of a data folder: 32 random bytes in a file of their own, <data>/secret.key, made
// with the folder, readable for its owner alone. All other keys are derived from it by purpose
// (base/crypt.h). It is not in the database, so that a copy of the database alone opens nothing;
// the database has its mark, so that a wrong or lost key is noticed at once and not when the first
// secret does not open.
//
// Who loses it loses second factors, passwords of other services and private files: it belongs into
// the backup, kept apart from the database.
#ifndef GONGKAI_APP_KEY_H
#define GONGKAI_APP_KEY_H

#include "app/app.h"

// Loads it into app->master; `file` may be empty. Made where neither file nor mark is there and
// mode is DB_CREATE. ERR_MISSING where the database has a mark and the file is not there,
// ERR_DENIED where others of the machine may read it, ERR_SYSTEM where it is another data folder's.
// With DB_READ, which needs no secrets, all that leaves the App without a key.
bool app_key_load(App *app, Str file, DbMode mode, Arena *a, Err *err);

// A key for one purpose. ERR_MISSING where the App has none.
bool app_key(const App *app, KeyUse use, Key *out, Err *err);

#endif

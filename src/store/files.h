// Files, kept as they came or sealed, in the data folder (<data>/files/ab/ab12…) or in a store that
// speaks S3 (files_s3.h), each under an address of 64 hexadecimal digits. A file once written never
// changes; the same bytes are kept once.
//
// What is public lies under the SHA-256 of its bytes. What is private is sealed with the site's
// secret and lies under a keyed hash of its bytes, so that neither the file nor its name tells
// anything to those who have the folder but not the secret.
#ifndef GONGKAI_STORE_FILES_H
#define GONGKAI_STORE_FILES_H

#include "base/crypt.h"
#include "store/files_s3.h"

typedef struct Files {
    Str data;           // the data folder
    const S3Config *s3; // NULL, or not configured: the folder
    const Key *master;  // of private files; NULL: there are none
} Files;

enum { FILES_MAX = (64 << 20) - 4096 }; // bytes of one file: it is held in memory whole

// Keeps the bytes; on disk, with the folder's entry, before it returns. A file that lies there
// damaged is written anew. ERR_LIMIT above FILES_MAX; ERR_SYSTEM for the disk; errors of
// files_s3.h.
bool files_put(const Files *f, Str bytes, Arena *a, Str *address, Err *err);

// The bytes kept under an address, compared with it. ERR_MISSING, ERR_SYSTEM (also where the file
// has been changed).
bool files_get(const Files *f, Str address, Arena *a, Str *bytes, Err *err);

// The same for private ones. ERR_MISSING without the secret as well.
bool files_put_private(const Files *f, Str bytes, Arena *a, Str *address, Err *err);
bool files_get_private(const Files *f, Str address, Arena *a, Str *bytes, Err *err);

// Empties what lies under an address for ever; that nobody else needs it is for the caller to know.
// Reading it then gives ERR_MISSING. Backups made before still hold it.
bool files_erase(const Files *f, Str address, Arena *a, Err *err);

bool files_has(const Files *f, Str address, Arena *a, bool *out, Err *err);

// The address of what is public.
Str files_address(Arena *a, Str bytes);

#endif

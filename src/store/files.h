// Originals, kept as they came, addressed by the SHA-256 of their bytes:
// <data>/files/ab/ab12… A file once written never changes; the same bytes are kept once.
#ifndef GONGKAI_STORE_FILES_H
#define GONGKAI_STORE_FILES_H

#include "base/err.h"
#include "base/str.h"

// Keeps the bytes; on disk before it returns. *sha256 is their address, 64 hexadecimal digits.
// ERR_SYSTEM for the disk.
bool files_put(Str data, Str bytes, Arena *a, Str *sha256, Err *err);

// The bytes kept under an address, compared with it. ERR_MISSING, ERR_SYSTEM (also where the file
// has been changed).
bool files_get(Str data, Str sha256, Arena *a, Str *bytes, Err *err);

// The address alone.
Str files_address(Arena *a, Str bytes);

#endif

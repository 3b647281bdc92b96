// A whole database into another, on the same engine or the other, row by row.
//
// What is compared is a hash of each table: SHA-256 over its rows in the order of the primary key,
// each column as a sign of what it is, its length and its bytes, so that it is the same on both
// engines.
#ifndef GONGKAI_STORE_COPY_H
#define GONGKAI_STORE_COPY_H

#include "base/crypt.h"
#include "store/db.h"

typedef struct CopyTable {
    Str name;
    int64_t rows;
    Str sha256; // 64 hexadecimal digits
} CopyTable;

typedef struct CopyTables {
    CopyTable *v;
    size_t n, cap;
} CopyTables;

// Told now and then; may be NULL.
typedef struct CopyWatch {
    void (*rows)(void *ctx, Str table, bool comparing, int64_t done);
    void *ctx;
} CopyWatch;

// Copies everything `from` holds at this moment, which must be at this program's migrations, into
// `to`, which must have no tables, and compares what arrived; all in one transaction of `to`, so
// that nothing is there unless all of it is. *out has a row for each table. ERR_RULE where `to`
// holds something or `from` is of another version, ERR_SYSTEM where what arrived differs.
bool copy_database(Db *from, Db *to, const CopyWatch *watch, Arena *a, CopyTables *out, Err *err);

// The hashes of all tables, by their names.
bool copy_hashes(Db *db, const CopyWatch *watch, Arena *a, CopyTables *out, Err *err);

// The first difference in words for an error, or true.
bool copy_same(const CopyTables *want, const CopyTables *got, Err *err);

#endif

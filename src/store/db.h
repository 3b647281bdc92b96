// The database as a few calls that SQLite and a server database can both answer. One file per
// engine implements it (db_sqlite.c); everything else in store/ is SQL in one dialect
// (sql/README.md) and the functions that run it.
//
// A Db is one connection and belongs to one thread. Statements are prepared once per connection and
// found again by the address of their text, so SQL is always a static string, never put together.
//
//     CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
//     bind_int(&s, site.n);                 // ?1, then ?2 …
//     while (stmt_row(&s))
//         *PUSH(a, out) = (Organ){.id = {col_int(&s)}, .name = col_str(&s, a)};   // in column
//         order
//     return stmt_ok(&s, err);
//
// What goes wrong on the way is remembered by the statement and told by stmt_ok: ERR_BUSY where
// trying again can help (another writer, a row somebody else has made), ERR_SYSTEM for the disk and
// the file.
#ifndef GONGKAI_STORE_DB_H
#define GONGKAI_STORE_DB_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

typedef struct Db Db;

typedef enum DbMode {
    DB_CREATE, // read and write; the file is made where there is none
    DB_WRITE,  // read and write; ERR_MISSING where there is no file
    DB_READ,   // never writes; ERR_MISSING where there is no file
} DbMode;

// Opens the file at `path`, which must not be moved while open. The connection is closed by
// CLEANUP(db_close), or lives as long as its thread.
bool db_open(const char *path, DbMode mode, Db **out, Err *err);
void db_close(Db **db);

// --- statements

typedef struct Stmt {
    Db *db;
    void *handle;
    int bound, column, status;
    bool own; // prepared for this use only, because the cached one is in use further out
} Stmt;

Stmt stmt(Db *db, const char *sql);
void stmt_end(Stmt *s);

void bind_int(Stmt *s, int64_t n);
void bind_str(Stmt *s, Str text); // the bytes must live until stmt_end; likewise for bind_blob
void bind_blob(Stmt *s, Str bytes);
void bind_date(Stmt *s, Date d); // date_none is NULL
void bind_null(Stmt *s);

bool stmt_row(Stmt *s);             // the next row; false at the end and after an error
bool stmt_ok(Stmt *s, Err *err);    // false, with the reason, where anything above failed
bool stmt_run(Stmt *s, Err *err);   // runs to the end, for statements without rows
bool stmt_again(Stmt *s, Err *err); // runs to the end and makes ready for other values

int64_t col_int(Stmt *s);       // 0 for NULL
bool col_has(Stmt *s);          // whether the next column is not NULL; does not move on
Str col_str(Stmt *s, Arena *a); // a copy in the arena; blobs too
Str col_view(Stmt *s);          // good until the next stmt_row
Date col_date(Stmt *s);

int64_t db_changes(Db *db); // rows changed by the last statement

// --- transactions

// One at a time in a connection. Where beginning fails, every statement until tx_end fails with the
// same reason, so that nothing runs outside; tx_commit tells it too. What is not committed is
// rolled back by CLEANUP(tx_end).
typedef struct Tx {
    Db *db;
    bool open;
} Tx;

Tx tx_begin(Db *db); // to write: waits for other writers, at most DB_BUSY_MS
Tx tx_read(Db *db);  // several reads of one state
bool tx_commit(Tx *tx, Err *err);
void tx_end(Tx *tx);

enum { DB_BUSY_MS = 5000 };

// --- the file as a whole

// Runs several statements ended by `;` that give no rows; for migrations.
bool db_script(Db *db, Str sql, Err *err);

// Whether there is a table of this name.
bool db_has_table(Db *db, Str name, bool *out, Err *err);

// The engine's own check of the file. *out is what it found wrong, or empty.
bool db_integrity(Db *db, Arena *a, Str *out, Err *err);

#endif

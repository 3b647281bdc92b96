// The database as a few calls that SQLite and PostgreSQL both answer. One file per engine
// implements it (db_sqlite.c, db_pg.c) behind the table of db_driver.h; everything else in store/
// is SQL in one dialect (sql/README.md) and the functions that run it.
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
// trying again can help (another writer, a row somebody else has made, a server that is away),
// ERR_SYSTEM for the disk and the file, ERR_INPUT for a NUL in a text (PostgreSQL keeps none, so
// SQLite is not given one either).
//
// Rows are collected before the first is given, so that other statements can run between two rows.
// A statement that may give more rows than should lie in memory says stmt_stream first.
//
// A server that went away is asked again by the next statement outside a transaction; inside, what
// was begun fails with ERR_BUSY and nothing of it is kept.
#ifndef GONGKAI_STORE_DB_H
#define GONGKAI_STORE_DB_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

typedef struct Db Db;

typedef enum DbMode {
    DB_CREATE, // read and write; the file is made where there is none
    DB_WRITE,  // read and write; ERR_MISSING where there is no file, or nothing in the database
    DB_READ,   // never writes; ERR_MISSING likewise
} DbMode;

// Opens the database at an address: `postgresql://…`, `postgres://…` or `host=… dbname=…` for a
// server (which must have the database; it is not made), anything else is the path of a SQLite
// file, which must not be moved while open. The connection is closed by CLEANUP(db_close), or lives
// as long as its thread. ERR_BUSY where the server does not answer.
bool db_open(Str address, DbMode mode, Db **out, Err *err);
void db_close(Db **db);

Str db_engine(const Db *db); // "sqlite" or "postgresql"
bool db_is_server(Str address);
// The address as it may be shown and logged: without a password.
Str db_address_shown(Str address, Arena *a);

// Statements may take as long as they like: for copies, checks, migrations. A server otherwise ends
// one after DB_STATEMENT_MS.
bool db_patient(Db *db, Err *err);

// --- statements

typedef struct Stmt {
    Db *db;
    void *handle;
    int bound, column, status;
    bool own; // prepared for this use only, because the cached one is in use further out
} Stmt;

Stmt stmt(Db *db, const char *sql);
void stmt_end(Stmt *s);

// The same for SQL that was put together, which is never of anything but names that the database
// itself gave (copy.c); `sql` must live until stmt_end.
Stmt stmt_once(Db *db, const char *sql);

// Before the first stmt_row: rows are to be fetched as they are read, however many there are. (On
// PostgreSQL another statement in between makes it collect what is left.)
void stmt_stream(Stmt *s);

void bind_int(Stmt *s, int64_t n);
void bind_str(Stmt *s, Str text); // the bytes must live until stmt_end; likewise for bind_blob
void bind_blob(Stmt *s, Str bytes);
void bind_date(Stmt *s, Date d); // date_none is NULL
void bind_null(Stmt *s);

// For `column LIKE ?n ESCAPE '!'`: what has these words in it, as they are. Empty stays empty.
Str db_like(Arena *a, Str words);

bool stmt_row(Stmt *s);           // the next row; false at the end and after an error
bool stmt_ok(Stmt *s, Err *err);  // false, with the reason, where anything above failed
bool stmt_run(Stmt *s, Err *err); // runs to the end, for statements without rows
// Runs to the end and makes ready for other values. In a transaction PostgreSQL does not wait for
// the answer: what failed may be told by a later statement, at the latest by tx_commit.
bool stmt_again(Stmt *s, Err *err);

int64_t col_int(Stmt *s);       // 0 for NULL
bool col_has(Stmt *s);          // whether the next column is not NULL; does not move on
Str col_str(Stmt *s, Arena *a); // a copy in the arena; blobs too
Str col_view(Stmt *s);          // good until the next stmt_row
Date col_date(Stmt *s);

int64_t db_changes(Db *db); // rows changed by the last statement

// --- transactions

// One at a time in a connection. Where beginning fails, or a statement in it, every further
// statement until tx_end fails with the same reason, so that nothing runs outside and nothing is
// half done; tx_commit tells it too. What is not committed is rolled back by CLEANUP(tx_end).
//
// Writers come one after the other on both engines: what was read in a tx_begin cannot be changed
// by another before it is committed.
typedef struct Tx {
    Db *db;
    bool open;
} Tx;

Tx tx_begin(Db *db); // to write: waits for other writers, at most DB_BUSY_MS
Tx tx_read(Db *db);  // several reads of one state
bool tx_commit(Tx *tx, Err *err);
void tx_end(Tx *tx);

enum { DB_BUSY_MS = 5000, DB_STATEMENT_MS = 60000 };

// --- the database as a whole

// Runs several statements ended by `;` that give no rows; for migrations. Lines between one that
// says `--:sqlite` or `--:postgresql` and the next such line, or `--:all`, are for that engine
// alone.
bool db_script(Db *db, Str sql, Arena *a, Err *err);

// Leaves a SQLite file as one file that can be moved and read where nothing may be written. For the
// last act on a connection.
bool db_rest(Db *db, Err *err);

// Whether there is a table of this name.
bool db_has_table(Db *db, Str name, bool *out, Err *err);

// The engine's own check. *out is what it found wrong, in lines, or empty.
bool db_integrity(Db *db, Arena *a, Str *out, Err *err);

typedef enum DbKind { DB_INT, DB_TEXT, DB_BLOB } DbKind;

typedef struct DbColumn {
    Str name;
    DbKind kind;
    int key; // place in the primary key from 1; 0 not in it
} DbColumn;

typedef struct DbTable {
    Str name;
    DbColumn *v;
    size_t n, cap;
} DbTable;

typedef struct DbTables {
    DbTable *v;
    size_t n, cap;
} DbTables;

// Every table with its columns, by name and in their order; for copies.
bool db_tables(Db *db, Arena *a, DbTables *out, Err *err);

#endif

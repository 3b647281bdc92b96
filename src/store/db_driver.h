// What an engine must do, for db.c, which is the same for all of them. Only db*.c include this.
//
// A status is 0 where all is well, DB_DONE behind the last row, else a reason: below 0 one of
// these, above 0 the engine's own number, which its `fail` puts into words.
#ifndef GONGKAI_STORE_DB_DRIVER_H
#define GONGKAI_STORE_DB_DRIVER_H

#include "store/db.h"

typedef struct DbDriver DbDriver;

enum {
    DB_DONE = -1,
    DB_NUL = -2,       // a text with a NUL in it
    DB_NESTED = -3,    // a transaction within a transaction
    DB_OUTSIDE = -4,   // a commit without a transaction
    DB_TOO_LARGE = -5, // a value above DB_VALUE_MAX
};

enum { DB_VALUE_MAX = 256 << 20 }; // bytes of one value; PostgreSQL's own end is at 1 GB a message

// The first member of every engine's connection.
struct Db {
    const DbDriver *driver;
    int refused; // why the transaction cannot go on; its statements fail with it
    bool in_tx;
    char detail[200]; // what the engine said of the last failure, for the log
};

typedef enum DbTx { DB_TX_READ, DB_TX_WRITE } DbTx;

struct DbDriver {
    Str name;

    bool (*open)(Str address, DbMode mode, Db **out, Err *err);
    void (*close)(Db *db);
    bool (*fail)(Db *db, int status, Err *err); // sets *err; always false
    int (*patient)(Db *db);
    int (*rest)(Db *db);

    // Statements. `kept` are found again by the address of their text. Each sets s->status.
    void (*prepare)(Stmt *s, const char *sql, bool kept);
    void (*end)(Stmt *s); // s->handle is not NULL
    void (*stream)(Stmt *s);
    void (*bind_int)(Stmt *s, int64_t n);
    void (*bind_bytes)(Stmt *s, Str bytes, DbKind kind); // bytes.s is not NULL
    void (*bind_null)(Stmt *s);
    bool (*row)(Stmt *s);   // s->status is DB_DONE behind the last
    void (*again)(Stmt *s); // runs to the end, ready for other values

    // Of column s->column, which they leave as it is.
    bool (*has)(Stmt *s);
    int64_t (*get_int)(Stmt *s);
    Str (*get_bytes)(Stmt *s);

    int64_t (*changes)(Db *db);

    int (*begin)(Db *db, DbTx what);
    int (*commit)(Db *db);
    void (*rollback)(Db *db);

    int (*script)(Db *db, Str sql, Arena *a);
    bool (*has_table)(Db *db, Str name, bool *out, Err *err);
    bool (*integrity)(Db *db, Arena *a, Str *out, Err *err);
    bool (*tables)(Db *db, Arena *a, DbTables *out, Err *err);
};

extern const DbDriver db_sqlite, db_pg;

// Whether the address is a PostgreSQL one; and that without its password.
bool db_pg_address(Str address);
Str db_pg_shown(Str address, Arena *a);

// Remembers what the engine said, one line of it.
void db_note(Db *db, const char *words);

#endif

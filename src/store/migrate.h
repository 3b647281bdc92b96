// Migrations: sql/NNNN_name.sql, built into the program, run once each in the order of their
// numbers, each in a transaction of its own, and recorded with the hash of their text. A file that
// has run is never edited; a change is another file (sql/README.md).
#ifndef GONGKAI_STORE_MIGRATE_H
#define GONGKAI_STORE_MIGRATE_H

#include "store/db.h"

typedef struct Migration {
    int number;
    Str name, sql;
    bool applied;
} Migration;

typedef struct Migrations {
    Migration *v;
    size_t n, cap;
    int newest_in_file; // may be above the program's: then another, newer program made it
} Migrations;

// What the program has and which of it the file has. ERR_SYSTEM where one that has run is not the
// one built in, or the file is of a newer program.
bool migrate_state(Db *db, Arena *a, Migrations *out, Err *err);

// Runs what is missing. `now` (seconds since 1970) is written beside each. Safe to call from
// several processes at once.
bool migrate_run(Db *db, int64_t now, Arena *a, Err *err);

// Makes the tables of all of them, within the caller's transaction and with nothing in them, not
// even a record that they ran: for a copy of a database, which brings its own rows.
bool migrate_make(Db *db, Arena *a, Err *err);

#endif

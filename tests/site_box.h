// A place for a test to work in, on either engine: a data folder, and a database of its own that is
// migrated and holds site 1 (示例市人民政府).
//
//     static int begin(void **state) { return site_box_make(state); }   // *state: a SiteBox *
//     ... SiteBox *b = *state; store_x(b->db, BOX_SITE, …, &b->a, &err)
//     static int end(void **state) { return site_box_drop(state); }
//
// or, for a program or an App: box.dir and box.database are what --data and --database take.
//
// Where the environment says GONGKAI_TEST_DATABASE=postgresql the database is on a PostgreSQL that
// the test program starts when the first box is made (a cluster in a temporary folder, reached by a
// socket there, thrown away when the program ends, however it ends). Without PostgreSQL installed
// the program skips itself. tests/README.md says how a suite is run on both.
#ifndef GONGKAI_TEST_SITE_BOX_H
#define GONGKAI_TEST_SITE_BOX_H

#include "store/site.h"

#define BOX_SITE ((SiteId){1})

typedef struct SiteBox {
    Arena a; // 4 GB of address space, gone with the box; taken by address, as these functions use
             // it too
    Str dir; // the data folder
    Str database; // its address; on SQLite <dir>/gongkai.db
    Db *db;       // DB_CREATE
} SiteBox;

// For cmocka's set-up and tear-down of a test or a group; a failure is told on standard error.
int site_box_make(void **state);
int site_box_drop(void **state);

// The same without the site and its migrations: box.db is NULL, and box.database is the address of
// a database with nothing in it.
int site_box_make_empty(void **state);

// Another connection to the box's database. Fails the test where it cannot be had.
Db *site_box_open(SiteBox *box, DbMode mode);

// Another database beside the box's, with nothing in it: its address.
Str site_box_beside(SiteBox *box, const char *name);

bool site_box_on_server(void); // whether this run is on PostgreSQL

// The address of an empty database on a PostgreSQL, whatever this run is on; empty where none is
// installed. `name` is of letters and digits.
Str pg_box_database(Arena *a, const char *name);
// Stops the server as an administrator would, and starts it again; returns when it has.
void pg_box_stop(void);
void pg_box_start(void);
bool pg_box_installed(void);

#endif

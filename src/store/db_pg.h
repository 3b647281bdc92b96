// Between the files of the PostgreSQL driver: db_pg.c, which alone knows libpq; db_pg_words.c, what
// the server's complaints are called; db_pg_catalog.c, what it has in it and whether that is whole,
// asked in SQL like anything else.
#ifndef GONGKAI_STORE_DB_PG_H
#define GONGKAI_STORE_DB_PG_H

#include "store/db_driver.h"

// A status is the five digits of an SQLSTATE read in base 36.
int pg_status(const char *state);
bool pg_fail(Db *db, int status, Err *err);

#define PG_LOST "08006"
#define PG_AWAY "08001"
#define PG_MAYBE "08007" // lost while committing

bool pg_has_table(Db *db, Str name, bool *out, Err *err);
bool pg_tables(Db *db, Arena *a, DbTables *out, Err *err);
bool pg_integrity(Db *db, Arena *a, Str *out, Err *err);

// Has the server look again at tables that have become twice as large since it last did; every
// connection then plans the statements about them anew. Outside a transaction. What fails is left.
void pg_learn(Db *db);

#endif

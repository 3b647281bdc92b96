// SQL of our one dialect (sql/README.md) as PostgreSQL wants it. All that differs is in
// db_pg_sql.c:
//
//     ?1                      $1
//     ?1 IS NULL              $n IS NULL, with a value of its own: asked of $1 itself the server
//     would
//                             not know its type when NULL is what it is
//     BLOB                    BYTEA
//     TEXT, of a column       TEXT COLLATE "C": compared by bytes, as SQLite does
//     WITHOUT ROWID           nothing
//
// What stands in quotes, in comments and between $$ stays as it is.
#ifndef GONGKAI_STORE_DB_PG_SQL_H
#define GONGKAI_STORE_DB_PG_SQL_H

#include "base/str.h"

enum { PG_PARAMS = 64, PG_NULLS = 16 };

typedef struct PgSql {
    Str text;
    int n;                   // the highest number of a parameter
    uint64_t used;           // bit i: parameter i + 1 stands somewhere with a value
    int n_nulls;             // parameters behind the n: whether …
    uint8_t nulls[PG_NULLS]; // … this one of the n, counted from 0, is NULL
} PgSql;

PgSql pg_sql(Str sql, Arena *a);

#endif

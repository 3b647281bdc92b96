#include "store/db_pg.h"

static const char SQL_HAS_TABLE[] =
    "SELECT 1 FROM pg_catalog.pg_class c WHERE c.relname = ?1 AND c.relkind IN ('r', 'p')"
    " AND pg_catalog.pg_table_is_visible(c.oid)";

bool pg_has_table(Db *db, Str name, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HAS_TABLE);
    bind_str(&s, name);
    bool has = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = has;
    return true;
}

static const char SQL_COLUMNS[] =
    "SELECT CAST(c.relname AS TEXT), CAST(col.attname AS TEXT), CAST(t.typname AS TEXT),"
    " coalesce(array_position(CAST(i.indkey AS int2[]), col.attnum) + 1, 0)"
    " FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_attribute col ON col.attrelid = c.oid AND col.attnum > 0"
    " AND NOT col.attisdropped"
    " JOIN pg_catalog.pg_type t ON t.oid = col.atttypid"
    " LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = CAST(CAST(current_schema() AS TEXT) AS"
    " regnamespace) ORDER BY CAST(c.relname AS TEXT) COLLATE \"C\", col.attnum";

static DbKind kind_of(Str type)
{
    return str_eq(type, S("text")) ? DB_TEXT : str_eq(type, S("bytea")) ? DB_BLOB : DB_INT;
}

bool pg_tables(Db *db, Arena *a, DbTables *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COLUMNS);
    DbTables all = {0};
    while (stmt_row(&s)) {
        Str table = col_str(&s, a);
        DbColumn column = {.name = col_str(&s, a)};
        column.kind = kind_of(col_view(&s));
        column.key = (int)col_int(&s);
        if (!all.n || !str_eq(all.v[all.n - 1].name, table))
            PUSH(a, &all)->name = table;
        *PUSH(a, &all.v[all.n - 1]) = column;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = all;
    return true;
}

// Indexes and constraints that the server itself does not trust, and pages whose sums did not fit.
static const char SQL_DOUBTS[] =
    "SELECT 'index ' || CAST(c.relname AS TEXT) || ' is not valid' AS line"
    " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
    " WHERE NOT (i.indisvalid AND i.indisready) AND pg_catalog.pg_table_is_visible(c.oid)"
    " UNION ALL SELECT 'constraint ' || CAST(k.conname AS TEXT) || ' was not checked'"
    " FROM pg_catalog.pg_constraint k WHERE NOT k.convalidated"
    " UNION ALL SELECT CAST(s.checksum_failures AS TEXT) || ' pages whose checksum did not fit'"
    " FROM pg_catalog.pg_stat_database s"
    " WHERE s.datname = current_database() AND s.checksum_failures > 0 ORDER BY line LIMIT 20";

static const char SQL_AMCHECK[] = "SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'amcheck'";
static const char SQL_INDEXES[] =
    "SELECT count(bt_index_check(c.oid, true)) FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
    " JOIN pg_catalog.pg_am am ON am.oid = c.relam AND am.amname = 'btree'"
    " WHERE c.relkind = 'i' AND i.indisvalid AND pg_catalog.pg_table_is_visible(c.oid)";

// A statement whose failing is what is being looked for: a line of *found, as a connection that
// breaks is not.
static bool try_to(Db *db, const char *sql, Str what, Arena *a, Strs *found, Err *err)
{
    Err why = {0};
    CLEANUP(stmt_end) Stmt s = stmt_once(db, sql);
    if (stmt_run(&s, &why))
        return true;
    if (why.kind == ERR_BUSY) {
        *err = why;
        return false;
    }
    *PUSH(a, found) = str_fmt(a, PRI_STR ": %s", STR_ARG(what), why.detail);
    return true;
}

// Every row is read whole, with what lies outside the table.
static bool read_all(Db *db, Arena *a, Strs *found, Err *err)
{
    DbTables tables;
    if (!pg_tables(db, a, &tables, err))
        return false;
    for (size_t i = 0; i < tables.n; i++) {
        Str name = tables.v[i].name;
        Str sql =
            str_fmt(a, "SELECT count(md5(CAST(t AS TEXT))) FROM \"" PRI_STR "\" t", STR_ARG(name));
        if (!try_to(db, str_to_z(a, sql), name, a, found, err))
            return false;
    }
    return true;
}

bool pg_integrity(Db *db, Arena *a, Str *out, Err *err)
{
    Strs found = {0};
    if (!db_patient(db, err))
        return false;
    CLEANUP(stmt_end) Stmt doubts = stmt(db, SQL_DOUBTS);
    while (stmt_row(&doubts))
        *PUSH(a, &found) = col_str(&doubts, a);
    CLEANUP(stmt_end) Stmt amcheck = stmt(db, SQL_AMCHECK);
    bool can = stmt_row(&amcheck);
    if (!stmt_ok(&doubts, err) || !stmt_ok(&amcheck, err) || !read_all(db, a, &found, err) ||
        (can && !try_to(db, SQL_INDEXES, S("indexes"), a, &found, err)))
        return false;
    *out = str_join(a, found.v, found.n, S("\n"));
    return true;
}

// --- what plans are made of

// Of a table it has never looked at the server believes that a site is one of two hundred, so that
// an index of which a statement knows no more than the site, or the site and the organ, looks as
// good as the key: along it every row of the site is read, and once for each request of thousands.
// Of one that was empty when it looked it believes that it may be read from end to end. Autovacuum
// looks within a minute or so; a campaign files thousands in that time, and answers them.
static const char SQL_GROWN[] =
    "SELECT quote_ident(CAST(c.relname AS TEXT)) FROM pg_catalog.pg_class c"
    " WHERE c.relkind = 'r' AND c.relnamespace = CAST(CAST(current_schema() AS TEXT) AS"
    " regnamespace) AND pg_has_role(c.relowner, 'USAGE') AND pg_relation_size(c.oid)"
    " / CAST(current_setting('block_size') AS BIGINT) >= 2 * greatest(c.relpages, 1)"
    " ORDER BY c.oid";

void pg_learn(Db *db)
{
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    Strs grown = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GROWN);
    while (stmt_row(&s))
        *PUSH(&a, &grown) = col_str(&s, &a);
    for (size_t i = 0; i < grown.n; i++)
        db->driver->script(db, str_fmt(&a, "ANALYZE (SKIP_LOCKED) " PRI_STR, STR_ARG(grown.v[i])),
                           &a);
}

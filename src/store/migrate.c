#include "store/migrate.h"

#include "base/embedded.h"

extern const Embedded sql_files[]; // sql/*.sql, in order
extern const size_t sql_files_n;

static const char SQL_TABLE[] =
    "CREATE TABLE IF NOT EXISTS migration"
    " (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL,"
    " applied_at BIGINT NOT NULL)";
static const char SQL_APPLIED[] = "SELECT number, hash FROM migration ORDER BY number";
static const char SQL_RECORD[] =
    "INSERT INTO migration (number, name, hash, applied_at) VALUES (?1, ?2, ?3, ?4)";

// FNV-1a, 64 bits: enough to notice that a file was edited, which is all this is for.
static Str text_hash(Arena *a, Str text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.s[i]) * 0x100000001b3u;
    return str_fmt(a, "%016llx", (unsigned long long)h);
}

static Migrations migrations_known(Arena *a)
{
    Migrations known = {0};
    for (size_t i = 0; i < sql_files_n; i++) {
        int64_t number = 0;
        if (str_to_int(str_sub(sql_files[i].name, 0, 4), &number))
            *PUSH(a, &known) =
                (Migration){(int)number, sql_files[i].name, sql_files[i].bytes, false};
    }
    return known;
}

static bool mark_applied(Migrations *all, int number, Str hash, Arena *a, Err *err)
{
    all->newest_in_file = number;
    for (size_t i = 0; i < all->n; i++) {
        Migration *m = &all->v[i];
        if (m->number != number)
            continue;
        m->applied = true;
        if (!str_eq(hash, text_hash(a, m->sql)))
            return fail(err, ERR_SYSTEM, NULL,
                        "数据结构 %04d 与程序自带的不同，不能使用这个数据文件",
                        "migration %04d in the file is not the one of this program", number);
        return true;
    }
    return fail(err, ERR_SYSTEM, NULL, "数据文件由更新版本的程序建立（%04d），请升级程序",
                "the database was made by a newer program (%04d); upgrade", number);
}

static bool load_state(Db *db, Arena *a, Migrations *out, Err *err)
{
    Migrations all = migrations_known(a);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_APPLIED);
    while (stmt_row(&s)) {
        int number = (int)col_int(&s);
        if (!mark_applied(&all, number, col_view(&s), a, err))
            return false;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = all;
    return true;
}

bool migrate_state(Db *db, Arena *a, Migrations *out, Err *err)
{
    bool has;
    if (!db_has_table(db, S("migration"), &has, err))
        return false;
    if (has)
        return load_state(db, a, out, err);
    *out = migrations_known(a);
    return true;
}

static bool record(Db *db, const Migration *m, int64_t now, Arena *a, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_RECORD);
    bind_int(&s, m->number);
    bind_str(&s, m->name);
    bind_str(&s, text_hash(a, m->sql));
    bind_int(&s, now);
    return stmt_run(&s, err);
}

// Whether it has run is asked again inside: another process may have been faster.
static bool apply(Db *db, size_t which, int64_t now, Arena *a, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(db);
    Migrations all;
    if (!load_state(db, a, &all, err))
        return false;
    const Migration *m = &all.v[which];
    if (m->applied) // NOLINT(clang-analyzer-core.NullDereference): all of them are in the list
        return true;
    return db_script(db, m->sql, a, err) && record(db, m, now, a, err) && tx_commit(&tx, err);
}

static bool make_table(Db *db, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TABLE);
    return stmt_run(&s, err);
}

bool migrate_run(Db *db, int64_t now, Arena *a, Err *err)
{
    Migrations all;
    if (!migrate_state(db, a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!all.v[i].applied && (!make_table(db, err) || !apply(db, i, now, a, err)))
            return false;
    return true;
}

static bool has_rows(Db *db, Str table, Arena *a, bool *out, Err *err)
{
    Str sql = str_fmt(a, "SELECT 1 FROM \"" PRI_STR "\" LIMIT 1", STR_ARG(table));
    CLEANUP(stmt_end) Stmt s = stmt_once(db, str_to_z(a, sql));
    *out = stmt_row(&s);
    return stmt_ok(&s, err);
}

static bool empty_table(Db *db, Str table, Arena *a, Err *err)
{
    bool has;
    if (!has_rows(db, table, a, &has, err))
        return false;
    if (!has)
        return true;
    Str sql = str_fmt(a, "DELETE FROM \"" PRI_STR "\"", STR_ARG(table));
    CLEANUP(stmt_end) Stmt s = stmt_once(db, str_to_z(a, sql));
    return stmt_run(&s, err);
}

// What a migration puts into a table of its own accord is in the rows that are brought.
static bool empty_tables(Db *db, Arena *a, Err *err)
{
    DbTables tables;
    if (!db_tables(db, a, &tables, err))
        return false;
    for (size_t i = 0; i < tables.n; i++)
        if (!empty_table(db, tables.v[i].name, a, err))
            return false;
    return true;
}

bool migrate_make(Db *db, Arena *a, Err *err)
{
    Migrations all = migrations_known(a);
    if (!make_table(db, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!db_script(db, all.v[i].sql, a, err))
            return false;
    return empty_tables(db, a, err);
}

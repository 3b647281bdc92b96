#include "store/copy.h"

#include "base/buf.h"
#include "store/migrate.h"

#include <stdio.h>

enum { TELL_EVERY = 5000 }; // rows

// --- a table's hash, a value at a time

static void hash_value(Sha256 *sum, char sign, Str bytes)
{
    unsigned char head[9] = {(unsigned char)sign};
    for (int i = 0; i < 8; i++)
        head[1 + i] = (unsigned char)((uint64_t)bytes.n >> (56 - 8 * i));
    sha256_add(sum, (Str){(const char *)head, sizeof head});
    sha256_add(sum, bytes);
}

static void hash_int(Sha256 *sum, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    hash_value(sum, 'i', (Str){digits, (size_t)len});
}

// --- SQL, of names that db_tables gave

static void put_names(Buf *b, const DbTable *t)
{
    for (size_t i = 0; i < t->n; i++)
        buf_fmt(b, "%s\"" PRI_STR "\"", i ? ", " : "", STR_ARG(t->v[i].name));
}

static const DbColumn *key_column(const DbTable *t, int place)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].key == place)
            return &t->v[i];
    return NULL;
}

static const char *sql_end(Buf *b)
{
    buf_byte(b, '\0');
    return b->s;
}

static const char *sql_select(const DbTable *t, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    buf_add(&b, S("SELECT "));
    put_names(&b, t);
    buf_fmt(&b, " FROM \"" PRI_STR "\" ORDER BY ", STR_ARG(t->name));
    const DbColumn *c;
    for (int place = 1; (c = key_column(t, place)); place++)
        buf_fmt(&b, "%s\"" PRI_STR "\"", place > 1 ? ", " : "", STR_ARG(c->name));
    return sql_end(&b);
}

static const char *sql_insert(const DbTable *t, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    buf_fmt(&b, "INSERT INTO \"" PRI_STR "\" (", STR_ARG(t->name));
    put_names(&b, t);
    buf_add(&b, S(") VALUES ("));
    for (size_t i = 0; i < t->n; i++)
        buf_fmt(&b, "%s?%d", i ? ", " : "", (int)i + 1);
    buf_byte(&b, ')');
    return sql_end(&b);
}

// --- rows

typedef struct Pass {
    Sha256 sum;
    int64_t rows;
    Stmt *into; // NULL where they are only hashed
} Pass;

static void take_value(Stmt *s, const DbColumn *c, Pass *p)
{
    if (!col_has(s)) {
        s->column++;
        hash_value(&p->sum, 'n', S(""));
        if (p->into)
            bind_null(p->into);
    } else if (c->kind == DB_INT) {
        int64_t n = col_int(s);
        hash_int(&p->sum, n);
        if (p->into)
            bind_int(p->into, n);
    } else {
        Str bytes = col_view(s);
        hash_value(&p->sum, c->kind == DB_TEXT ? 't' : 'b', bytes);
        if (p->into)
            c->kind == DB_TEXT ? bind_str(p->into, bytes) : bind_blob(p->into, bytes);
    }
}

static void tell(const CopyWatch *watch, const DbTable *t, const Pass *p)
{
    if (watch && watch->rows)
        watch->rows(watch->ctx, t->name, !p->into, p->rows);
}

static bool take_rows(Db *from, const DbTable *t, const CopyWatch *watch, Pass *p, Arena *a,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt_once(from, sql_select(t, a));
    stmt_stream(&s);
    while (stmt_row(&s)) {
        for (size_t i = 0; i < t->n; i++)
            take_value(&s, &t->v[i], p);
        if (p->into && !stmt_again(p->into, err))
            return false;
        if (++p->rows % TELL_EVERY == 0)
            tell(watch, t, p);
    }
    tell(watch, t, p);
    return stmt_ok(&s, err);
}

static CopyTable pass_end(const DbTable *t, Pass *p, Arena *a)
{
    unsigned char sum[SHA256_BYTES];
    sha256_end(&p->sum, sum);
    return (CopyTable){str_dup(a, t->name), p->rows,
                       crypt_hex(a, (Str){(const char *)sum, sizeof sum})};
}

static bool hash_table(Db *db, const DbTable *t, const CopyWatch *watch, Arena *a, CopyTable *out,
                       Err *err)
{
    Pass p = {.sum = sha256_begin()};
    if (!take_rows(db, t, watch, &p, a, err))
        return false;
    *out = pass_end(t, &p, a);
    return true;
}

static bool copy_table(Db *from, Db *to, const DbTable *t, const CopyWatch *watch, Arena *a,
                       CopyTable *out, Err *err)
{
    CLEANUP(stmt_end) Stmt into = stmt_once(to, sql_insert(t, a));
    Pass p = {.sum = sha256_begin(), .into = &into};
    if (!take_rows(from, t, watch, &p, a, err))
        return false;
    *out = pass_end(t, &p, a);
    return true;
}

// --- whole databases

static bool tables_of(Db *db, Arena *a, DbTables *out, Err *err)
{
    DbTables all;
    if (!db_tables(db, a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!key_column(&all.v[i], 1))
            return fail(err, ERR_SYSTEM, NULL, "数据表 " PRI_STR " 没有主键，不能复制",
                        "the table " PRI_STR " has no primary key and cannot be copied",
                        STR_ARG(all.v[i].name));
    *out = all;
    return true;
}

static bool hash_all(Db *db, const DbTables *tables, const CopyWatch *watch, Arena *a,
                     CopyTables *out, Err *err)
{
    CopyTables done = {0};
    for (size_t i = 0; i < tables->n; i++)
        if (!hash_table(db, &tables->v[i], watch, a, PUSH(a, &done), err))
            return false;
    *out = done;
    return true;
}

bool copy_hashes(Db *db, const CopyWatch *watch, Arena *a, CopyTables *out, Err *err)
{
    DbTables tables = {0};
    CLEANUP(tx_end) Tx tx = tx_read(db);
    return tables_of(db, a, &tables, err) && hash_all(db, &tables, watch, a, out, err) &&
           tx_commit(&tx, err);
}

bool copy_same(const CopyTables *want, const CopyTables *got, Err *err)
{
    size_t i = 0;
    while (i < want->n && i < got->n && str_eq(want->v[i].name, got->v[i].name) &&
           want->v[i].rows == got->v[i].rows && str_eq(want->v[i].sha256, got->v[i].sha256))
        i++;
    if (i == want->n && i == got->n)
        return true;
    const CopyTable *t = i < want->n ? &want->v[i] : &got->v[i];
    return fail(err, ERR_SYSTEM, NULL, "数据表 " PRI_STR " 与应有的不同（应有%lld行）",
                "the table " PRI_STR " differs from what it should be (%lld rows)",
                STR_ARG(t->name), (long long)t->rows);
}

// Of this program's version, neither older nor newer.
static bool is_current(Db *from, Arena *a, Err *err)
{
    Migrations all;
    if (!migrate_state(from, a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!all.v[i].applied)
            return fail(err, ERR_RULE, NULL, "数据库不是当前版本，请先运行 gongkai db migrate",
                        "the database is not of this version; run gongkai db migrate first");
    return true;
}

static bool is_empty(Db *to, Arena *a, Err *err)
{
    DbTables tables = {0};
    if (!db_tables(to, a, &tables, err))
        return false;
    return tables.n == 0 || fail(err, ERR_RULE, NULL, "目标数据库不是空的，不能覆盖",
                                 "the target database is not empty; nothing is ever overwritten");
}

static bool copy_rows(Db *from, Db *to, const DbTables *tables, const CopyWatch *watch, Arena *a,
                      CopyTables *out, Err *err)
{
    CopyTables done = {0}, arrived = {0};
    for (size_t i = 0; i < tables->n; i++)
        if (!copy_table(from, to, &tables->v[i], watch, a, PUSH(a, &done), err))
            return false;
    if (!hash_all(to, tables, watch, a, &arrived, err) || !copy_same(&done, &arrived, err))
        return false;
    *out = done;
    return true;
}

bool copy_database(Db *from, Db *to, const CopyWatch *watch, Arena *a, CopyTables *out, Err *err)
{
    DbTables tables = {0};
    if (!db_patient(from, err) || !db_patient(to, err))
        return false;
    CLEANUP(tx_end) Tx reading = tx_read(from);
    CLEANUP(tx_end) Tx writing = tx_begin(to);
    CopyTables done;
    if (!is_current(from, a, err) || !is_empty(to, a, err) || !migrate_make(to, a, err) ||
        !tables_of(from, a, &tables, err) || !copy_rows(from, to, &tables, watch, a, &done, err) ||
        !tx_commit(&writing, err))
        return false;
    *out = done;
    return true;
}

// What is the same on every engine: which one an address means, the state of a statement and of a
// transaction. The engines: db_sqlite.c, db_pg.c.
#include "store/db_driver.h"

#include "base/buf.h"

// --- connection

bool db_is_server(Str address)
{
    return db_pg_address(address);
}

bool db_open(Str address, DbMode mode, Db **out, Err *err)
{
    const DbDriver *driver = db_is_server(address) ? &db_pg : &db_sqlite;
    return driver->open(address, mode, out, err);
}

void db_close(Db **db)
{
    if (*db)
        (*db)->driver->close(*db);
    *db = NULL;
}

Str db_engine(const Db *db)
{
    return db->driver->name;
}

Str db_address_shown(Str address, Arena *a)
{
    return db_is_server(address) ? db_pg_shown(address, a) : address;
}

void db_note(Db *db, const char *words)
{
    size_t n = strcspn(words, "\n");
    if (n >= sizeof db->detail)
        n = sizeof db->detail - 1;
    memcpy(db->detail, words, n);
    db->detail[n] = '\0';
}

// --- errors

// clang-format off
#define OWN_WORDS(X) \
    X(DB_NUL,       ERR_INPUT,  "文字中含有不能保存的空字符（NUL）；请删去后重试", "a text holds a NUL, which cannot be stored; remove it and try again") \
    X(DB_TOO_LARGE, ERR_LIMIT,  "内容超过数据库允许的大小",                         "the content is larger than the database allows") \
    X(DB_NESTED,    ERR_SYSTEM, "数据库出错：事务嵌套",                             "the database failed: a transaction within another") \
    X(DB_OUTSIDE,   ERR_SYSTEM, "数据库出错：没有事务可提交",                       "the database failed: no transaction to commit")
// clang-format on

static bool db_fail(Db *db, int status, Err *err)
{
#define X(code, kind, zh, en)                                                                      \
    if (status == code)                                                                            \
        return fail(err, kind, NULL, zh, en);
    OWN_WORDS(X)
#undef X
    return db->driver->fail(db, status, err);
}

static bool db_ok(Db *db, int status, Err *err)
{
    return status == 0 || status == DB_DONE || db_fail(db, status, err);
}

// A statement that fails takes its transaction with it, on every engine as on PostgreSQL.
static void spread(Stmt *s)
{
    if (s->status != 0 && s->status != DB_DONE && s->db->in_tx && !s->db->refused)
        s->db->refused = s->status;
}

bool db_patient(Db *db, Err *err)
{
    return db_ok(db, db->driver->patient(db), err);
}

bool db_rest(Db *db, Err *err)
{
    return db_ok(db, db->driver->rest(db), err);
}

int64_t db_changes(Db *db)
{
    return db->driver->changes(db);
}

// --- statements

static Stmt begin(Db *db, const char *sql, bool kept)
{
    Stmt s = {.db = db, .status = db->refused};
    if (!s.status)
        db->driver->prepare(&s, sql, kept);
    spread(&s);
    return s;
}

Stmt stmt(Db *db, const char *sql)
{
    return begin(db, sql, true);
}

Stmt stmt_once(Db *db, const char *sql)
{
    return begin(db, sql, false);
}

// Ended twice does no harm.
void stmt_end(Stmt *s)
{
    if (s->handle)
        s->db->driver->end(s);
    s->handle = NULL;
}

void stmt_stream(Stmt *s)
{
    if (!s->status)
        s->db->driver->stream(s);
}

void bind_int(Stmt *s, int64_t n)
{
    if (!s->status)
        s->db->driver->bind_int(s, n);
}

static void bind_bytes(Stmt *s, Str bytes, DbKind kind)
{
    if (s->status)
        return;
    if (bytes.n > DB_VALUE_MAX)
        s->status = DB_TOO_LARGE;
    else if (kind == DB_TEXT && bytes.n && memchr(bytes.s, 0, bytes.n))
        s->status = DB_NUL;
    else
        s->db->driver->bind_bytes(s, bytes.s ? bytes : S(""), kind);
}

void bind_str(Stmt *s, Str text)
{
    bind_bytes(s, text, DB_TEXT);
}

void bind_blob(Stmt *s, Str bytes)
{
    bind_bytes(s, bytes, DB_BLOB);
}

void bind_null(Stmt *s)
{
    if (!s->status)
        s->db->driver->bind_null(s);
}

void bind_date(Stmt *s, Date d)
{
    if (date_is(d))
        bind_int(s, d.days);
    else
        bind_null(s);
}

Str db_like(Arena *a, Str words)
{
    if (!words.n)
        return S("");
    Str s = str_replace(a, words, S("!"), S("!!"));
    s = str_replace(a, str_replace(a, s, S("%"), S("!%")), S("_"), S("!_"));
    return str_fmt(a, "%%" PRI_STR "%%", STR_ARG(s));
}

bool stmt_row(Stmt *s)
{
    s->column = 0;
    if (!s->status && s->db->driver->row(s))
        return true;
    spread(s);
    return false;
}

bool stmt_ok(Stmt *s, Err *err)
{
    return db_ok(s->db, s->status, err);
}

bool stmt_run(Stmt *s, Err *err)
{
    while (stmt_row(s))
        ;
    return stmt_ok(s, err);
}

bool stmt_again(Stmt *s, Err *err)
{
    if (!s->status)
        s->db->driver->again(s);
    spread(s);
    if (!stmt_ok(s, err))
        return false;
    s->bound = s->column = s->status = 0;
    return true;
}

bool col_has(Stmt *s)
{
    return s->db->driver->has(s);
}

int64_t col_int(Stmt *s)
{
    int64_t n = s->db->driver->get_int(s);
    s->column++;
    return n;
}

Str col_view(Stmt *s)
{
    Str bytes = s->db->driver->get_bytes(s);
    s->column++;
    return bytes;
}

Str col_str(Stmt *s, Arena *a)
{
    return str_dup(a, col_view(s));
}

Date col_date(Stmt *s)
{
    return col_has(s) ? (Date){(int32_t)col_int(s)} : (s->column++, date_none);
}

// --- transactions

static Tx tx_of(Db *db, DbTx what)
{
    if (db->in_tx) {
        db->refused = DB_NESTED;
        return (Tx){.db = db};
    }
    db->refused = db->driver->begin(db, what);
    db->in_tx = db->refused == 0;
    return (Tx){.db = db, .open = db->in_tx};
}

Tx tx_begin(Db *db)
{
    return tx_of(db, DB_TX_WRITE);
}

Tx tx_read(Db *db)
{
    return tx_of(db, DB_TX_READ);
}

bool tx_commit(Tx *tx, Err *err)
{
    Db *db = tx->db;
    int status = db->refused ? db->refused : tx->open ? db->driver->commit(db) : DB_OUTSIDE;
    if (status) {
        db->refused = db->in_tx ? status : db->refused;
        return db_fail(db, status, err);
    }
    tx->open = db->in_tx = false;
    return true;
}

void tx_end(Tx *tx)
{
    Db *db = tx->db;
    if (tx->open)
        db->driver->rollback(db);
    if (tx->open || !db->in_tx || db->refused == DB_NESTED)
        db->refused = 0;
    if (tx->open)
        db->in_tx = false;
    tx->open = false;
}

// --- the database as a whole

// The lines of a script that are for this engine.
static Str script_for(Str engine, Str sql, Arena *a)
{
    Buf b = buf_new(a, sql.n + 1);
    Str line, rest = sql, mark = S("--:");
    bool mine = true;
    while (rest.n) {
        str_cut(rest, S("\n"), &line, &rest);
        if (str_starts(line, mark)) {
            Str named = str_trim(str_from(line, mark.n));
            mine = str_eq(named, S("all")) || str_eq(named, engine);
            continue;
        }
        if (mine) {
            buf_add(&b, line);
            buf_byte(&b, '\n');
        }
    }
    return buf_str(&b);
}

bool db_script(Db *db, Str sql, Arena *a, Err *err)
{
    Arena scratch = *a;
    if (db->refused)
        return db_fail(db, db->refused, err);
    int status = db->driver->script(db, script_for(db->driver->name, sql, &scratch), &scratch);
    if (status && db->in_tx)
        db->refused = status;
    return db_ok(db, status, err);
}

bool db_has_table(Db *db, Str name, bool *out, Err *err)
{
    return db->driver->has_table(db, name, out, err);
}

bool db_integrity(Db *db, Arena *a, Str *out, Err *err)
{
    return db->driver->integrity(db, a, out, err);
}

bool db_tables(Db *db, Arena *a, DbTables *out, Err *err)
{
    return db->driver->tables(db, a, out, err);
}

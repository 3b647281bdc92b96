// The SQLite driver; the only file that knows sqlite3.h.
//
// WAL, so that readers never wait for the writer. synchronous=FULL: what an officer has been told
// is saved survives a power cut; writes are few, and each waits for one fsync of the log. The page
// cache is small (1 MB a connection) because the system's own cache holds the file already.
#include "store/db.h"

#include <sqlite3.h>
#include <unistd.h>

enum { STMT_SLOTS = 256 }; // well above the number of statements in the program

typedef struct Slot {
    const char *sql;
    sqlite3_stmt *handle;
    bool busy;
} Slot;

struct Db {
    sqlite3 *lite;
    int refused; // status of a transaction that could not begin; statements fail with it meanwhile
    Slot slots[STMT_SLOTS]; // by address of the SQL, open addressing, nothing is taken out
};

// --- errors in words

// clang-format off
#define STATUS_WORDS(X) \
    X(SQLITE_BUSY,       ERR_BUSY,   "数据正在被其他操作写入，请稍后重试",           "the database is being written by someone else; try again in a moment") \
    X(SQLITE_LOCKED,     ERR_BUSY,   "数据正在被其他操作写入，请稍后重试",           "the database is being written by someone else; try again in a moment") \
    X(SQLITE_CONSTRAINT, ERR_BUSY,   "同时有人做了同样的改动，请刷新后重试",         "someone else has made the same change; reload and try again") \
    X(SQLITE_FULL,       ERR_SYSTEM, "磁盘已满，没有保存；请清理磁盘后重试",         "the disk is full, nothing was saved; make room and try again") \
    X(SQLITE_READONLY,   ERR_SYSTEM, "数据文件只读，没有保存；请检查文件和目录权限", "the database is read-only, nothing was saved; check the rights on file and folder") \
    X(SQLITE_CANTOPEN,   ERR_SYSTEM, "打不开数据文件；请检查路径和权限",             "the database cannot be opened; check path and rights") \
    X(SQLITE_PERM,       ERR_SYSTEM, "没有访问数据文件的权限",                       "no right to the database file") \
    X(SQLITE_NOTADB,     ERR_SYSTEM, "这个文件不是本程序的数据文件",                 "this file is not a database of this program") \
    X(SQLITE_CORRUPT,    ERR_SYSTEM, "数据文件已损坏；请运行 gongkai db check 并从备份恢复", "the database is damaged; run gongkai db check and restore a backup") \
    X(SQLITE_IOERR,      ERR_SYSTEM, "读写数据文件出错；请检查磁盘",                 "reading or writing the database failed; check the disk") \
    X(SQLITE_TOOBIG,     ERR_LIMIT,  "内容超过数据库允许的大小",                     "the content is larger than the database allows")
// clang-format on

static bool db_fail(Db *db, int status, Err *err)
{
    const char *detail = db->refused ? sqlite3_errstr(status) : sqlite3_errmsg(db->lite);
    int kind = status & 0xff; // the bits above say more closely what the detail says anyway
#define X(code, err_kind, zh, en)                                                                  \
    if (kind == code)                                                                              \
        return fail(err, err_kind, detail, zh, en);
    STATUS_WORDS(X)
#undef X
    return fail(err, ERR_SYSTEM, detail, "数据库出错", "the database failed");
}

// --- connection

static const char SETUP[] =
    "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -1000;"
    "PRAGMA journal_size_limit = 4194304; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF";

static int open_flags(DbMode mode)
{
    int how = mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    return how | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX |
           SQLITE_OPEN_EXRESCODE;
}

enum { WAL_PAUSE_MS = 20 };

// SQLite does not wait for others when it changes the journal, so two programs that make the same
// folder at once would send one away.
static int journal_begin(sqlite3 *lite)
{
    int status = SQLITE_BUSY;
    for (int waited = 0; (status & 0xff) == SQLITE_BUSY && waited < DB_BUSY_MS;
         waited += WAL_PAUSE_MS) {
        status = sqlite3_exec(lite, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((status & 0xff) == SQLITE_BUSY)
            sqlite3_sleep(WAL_PAUSE_MS);
    }
    return status;
}

static int open_lite(Db *db, const char *path, DbMode mode)
{
    int status = sqlite3_open_v2(path, &db->lite, open_flags(mode), NULL);
    if (status == SQLITE_OK)
        status = sqlite3_busy_timeout(db->lite, DB_BUSY_MS);
    if (status == SQLITE_OK)
        status = sqlite3_exec(db->lite, SETUP, NULL, NULL, NULL);
    if (status == SQLITE_OK && mode == DB_CREATE)
        status = journal_begin(db->lite);
    return status;
}

bool db_open(const char *path, DbMode mode, Db **out, Err *err)
{
    if (mode != DB_CREATE && access(path, F_OK) != 0)
        return fail(err, ERR_MISSING, path, "还没有数据文件；请先导入或启动一次网站",
                    "there is no database yet; import something or start the site once");
    CLEANUP(db_close) Db *db = calloc(1, sizeof *db);
    if (!db)
        return fail(err, ERR_SYSTEM, NULL, "内存不足", "out of memory");
    int status = open_lite(db, path, mode);
    if (status != SQLITE_OK)
        return db_fail(db, status, err);
    *out = db;
    db = NULL;
    return true;
}

void db_close(Db **db)
{
    if (!*db)
        return;
    for (size_t i = 0; i < STMT_SLOTS; i++)
        sqlite3_finalize((*db)->slots[i].handle);
    sqlite3_close((*db)->lite);
    free(*db);
    *db = NULL;
}

int64_t db_changes(Db *db)
{
    return sqlite3_changes64(db->lite);
}

// --- statements

// The slot of this SQL, or an empty one for it; NULL when all are taken.
static Slot *slot_find(Db *db, const char *sql)
{
    size_t at = (uintptr_t)sql * 0x9e3779b97f4a7c15u >> 56;
    for (size_t tries = 0; tries < STMT_SLOTS; tries++, at = (at + 1) % STMT_SLOTS)
        if (!db->slots[at].sql || db->slots[at].sql == sql)
            return &db->slots[at];
    return NULL;
}

static sqlite3_stmt *prepare(Db *db, const char *sql, unsigned flags, int *status)
{
    sqlite3_stmt *handle = NULL;
    *status = sqlite3_prepare_v3(db->lite, sql, -1, flags, &handle, NULL);
    return handle;
}

Stmt stmt(Db *db, const char *sql)
{
    Stmt s = {.db = db, .status = db->refused};
    if (s.status)
        return s;
    Slot *slot = slot_find(db, sql);
    if (!slot || slot->busy) {
        s.own = true;
        s.handle = prepare(db, sql, 0, &s.status);
        return s;
    }
    if (!slot->handle)
        slot->handle = prepare(db, sql, SQLITE_PREPARE_PERSISTENT, &s.status);
    slot->sql = slot->handle ? sql : NULL;
    slot->busy = slot->handle != NULL;
    s.handle = slot->handle;
    return s;
}

// Ended twice does no harm.
void stmt_end(Stmt *s)
{
    if (!s->handle)
        return;
    if (s->own) {
        sqlite3_finalize(s->handle);
        s->handle = NULL;
        return;
    }
    sqlite3_reset(s->handle);
    sqlite3_clear_bindings(s->handle);
    for (size_t i = 0; i < STMT_SLOTS; i++)
        if (s->db->slots[i].handle == s->handle)
            s->db->slots[i].busy = false;
    s->handle = NULL;
}

static void note(Stmt *s, int status)
{
    if (!s->status && status != SQLITE_OK)
        s->status = status;
}

void bind_int(Stmt *s, int64_t n)
{
    if (!s->status)
        note(s, sqlite3_bind_int64(s->handle, ++s->bound, n));
}

void bind_str(Stmt *s, Str text)
{
    if (!s->status)
        note(s, sqlite3_bind_text64(s->handle, ++s->bound, text.s ? text.s : "", text.n,
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void bind_blob(Stmt *s, Str bytes)
{
    if (!s->status)
        note(s, sqlite3_bind_blob64(s->handle, ++s->bound, bytes.s ? bytes.s : "", bytes.n,
                                    SQLITE_STATIC));
}

void bind_null(Stmt *s)
{
    if (!s->status)
        note(s, sqlite3_bind_null(s->handle, ++s->bound));
}

void bind_date(Stmt *s, Date d)
{
    if (date_is(d))
        bind_int(s, d.days);
    else
        bind_null(s);
}

bool stmt_row(Stmt *s)
{
    if (s->status)
        return false;
    s->column = 0;
    int got = sqlite3_step(s->handle);
    if (got == SQLITE_ROW)
        return true;
    s->status = got; // SQLITE_DONE: no more steps, which would begin again
    return false;
}

bool stmt_ok(Stmt *s, Err *err)
{
    if (s->status == SQLITE_OK || s->status == SQLITE_DONE || s->status == SQLITE_ROW)
        return true;
    return db_fail(s->db, s->status, err);
}

bool stmt_run(Stmt *s, Err *err)
{
    while (stmt_row(s))
        ;
    return stmt_ok(s, err);
}

bool stmt_again(Stmt *s, Err *err)
{
    if (!stmt_run(s, err))
        return false;
    sqlite3_reset(s->handle);
    s->bound = s->column = s->status = 0;
    return true;
}

bool col_has(Stmt *s)
{
    return sqlite3_column_type(s->handle, s->column) != SQLITE_NULL;
}

int64_t col_int(Stmt *s)
{
    return sqlite3_column_int64(s->handle, s->column++);
}

Str col_view(Stmt *s)
{
    int at = s->column++;
    const char *text = sqlite3_column_blob(s->handle, at);
    return (Str){text, text ? (size_t)sqlite3_column_bytes(s->handle, at) : 0};
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

static Tx begin(Db *db, const char *sql)
{
    db->refused = sqlite3_exec(db->lite, sql, NULL, NULL, NULL);
    return (Tx){.db = db, .open = db->refused == SQLITE_OK};
}

Tx tx_begin(Db *db)
{
    return begin(db, "BEGIN IMMEDIATE");
}

Tx tx_read(Db *db)
{
    return begin(db, "BEGIN");
}

bool tx_commit(Tx *tx, Err *err)
{
    Db *db = tx->db;
    if (!tx->open)
        return db_fail(db, db->refused ? db->refused : SQLITE_MISUSE, err);
    int status = sqlite3_exec(db->lite, "COMMIT", NULL, NULL, NULL);
    if (status != SQLITE_OK)
        return db_fail(db, status, err);
    tx->open = false;
    return true;
}

void tx_end(Tx *tx)
{
    tx->db->refused = SQLITE_OK;
    // Some errors (disk full) have rolled back already.
    if (tx->open && !sqlite3_get_autocommit(tx->db->lite))
        sqlite3_exec(tx->db->lite, "ROLLBACK", NULL, NULL, NULL);
    tx->open = false;
}

// --- the file as a whole

static bool script_step(Db *db, const char **at, const char *end, Err *err)
{
    sqlite3_stmt *handle = NULL;
    int status = sqlite3_prepare_v2(db->lite, *at, (int)(end - *at), &handle, at);
    if (status == SQLITE_OK && handle) {
        status = sqlite3_step(handle);
        sqlite3_finalize(handle);
    }
    return status == SQLITE_OK || status == SQLITE_DONE || db_fail(db, status, err);
}

bool db_script(Db *db, Str sql, Err *err)
{
    const char *at = sql.s, *end = sql.s + sql.n;
    while (at < end)
        if (!script_step(db, &at, end, err))
            return false;
    return true;
}

static const char SQL_HAS_TABLE[] =
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";

bool db_has_table(Db *db, Str name, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HAS_TABLE);
    bind_str(&s, name);
    bool has = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = has;
    return true;
}

static const char SQL_INTEGRITY[] = "PRAGMA integrity_check(20)";

bool db_integrity(Db *db, Arena *a, Str *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_INTEGRITY);
    Strs found = {0};
    while (stmt_row(&s))
        *PUSH(a, &found) = col_str(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    bool fine = found.n == 1 && str_eq(found.v[0], S("ok"));
    *out = fine ? S("") : str_join(a, found.v, found.n, S("\n"));
    return true;
}

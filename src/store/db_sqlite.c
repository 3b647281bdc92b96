// The SQLite driver; the only file that knows sqlite3.h.
//
// WAL, so that readers never wait for the writer. synchronous=FULL: what an officer has been told
// is saved survives a power cut; writes are few, and each waits for one fsync of the log. The page
// cache is small (1 MB a connection) because the system's own cache holds the file already; but
// what a transaction has changed stays in memory up to 128 MB, or each of its pages would be
// written to the log and read again many times (a changed calendar moves 100,000 requests in six
// indexes). It is given back with the transaction.
#include "store/db_driver.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { STMT_SLOTS = 1024 }; // well above the number of statements in the program

typedef struct Slot {
    const char *sql;
    sqlite3_stmt *handle;
    bool busy;
} Slot;

typedef struct LiteDb {
    Db db; // first
    sqlite3 *lite;
    Slot slots[STMT_SLOTS]; // by address of the SQL, open addressing, nothing is taken out
} LiteDb;

static LiteDb *lite_of(Db *db)
{
    return (LiteDb *)db;
}

static sqlite3_stmt *handle_of(const Stmt *s)
{
    return s->handle;
}

// --- errors in words

// clang-format off
#define STATUS_WORDS(X) \
    X(SQLITE_CONSTRAINT_TRIGGER, ERR_RULE, "这些记录只能追加，不能修改或删除",       "these records can only be added to, not changed or removed") \
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

// Of the extended codes only those named above matter; the detail says the rest.
static bool lite_fail(Db *db, int status, Err *err)
{
#define X(code, err_kind, zh, en)                                                                  \
    if ((code > 0xff ? status : status & 0xff) == code)                                            \
        return fail(err, err_kind, db->detail, zh, en);
    STATUS_WORDS(X)
#undef X
    return fail(err, ERR_SYSTEM, db->detail, "数据库出错", "the database failed");
}

// Keeps the library's words while they are those of this failure.
static int noted(Db *db, int status)
{
    if (status != SQLITE_OK)
        db_note(db, sqlite3_errmsg(lite_of(db)->lite));
    return status;
}

// --- connection

static const char SETUP[] =
    "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -1000;"
    "PRAGMA cache_spill = -128000;"
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

// Readable by its owner alone, whatever the umask; SQLite gives the files beside it the same mode.
static void make_private(const char *path)
{
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) // else it is there, or SQLite will say what is wrong
        close(fd);
}

static int open_lite(LiteDb *db, const char *path, DbMode mode)
{
    if (mode == DB_CREATE)
        make_private(path);
    int status = sqlite3_open_v2(path, &db->lite, open_flags(mode), NULL);
    if (status == SQLITE_OK)
        status = sqlite3_busy_timeout(db->lite, DB_BUSY_MS);
    if (status == SQLITE_OK)
        status = sqlite3_exec(db->lite, SETUP, NULL, NULL, NULL);
    if (status == SQLITE_OK && mode == DB_CREATE)
        status = journal_begin(db->lite);
    return status;
}

static void lite_close(Db *db)
{
    LiteDb *d = lite_of(db);
    for (size_t i = 0; i < STMT_SLOTS; i++)
        sqlite3_finalize(d->slots[i].handle);
    sqlite3_close(d->lite);
    free(d);
}

static bool lite_open(Str address, DbMode mode, Db **out, Err *err)
{
    char path[PATH_MAX];
    if (address.n >= sizeof path)
        return fail(err, ERR_INPUT, NULL, "数据文件的路径太长",
                    "the path of the database is too long");
    snprintf(path, sizeof path, PRI_STR, STR_ARG(address));
    if (mode != DB_CREATE && access(path, F_OK) != 0)
        return fail(err, ERR_MISSING, path, "还没有数据文件；请先导入或启动一次网站",
                    "there is no database yet; import something or start the site once");
    LiteDb *d = calloc(1, sizeof *d);
    if (!d)
        return fail(err, ERR_SYSTEM, NULL, "内存不足", "out of memory");
    d->db.driver = &db_sqlite;
    int status = noted(&d->db, open_lite(d, path, mode));
    if (status == SQLITE_OK) {
        *out = &d->db;
        return true;
    }
    lite_fail(&d->db, status, err);
    lite_close(&d->db);
    return false;
}

// It never ends a statement of its own accord. A copy walks over every index, so it gets more of
// the file into memory.
static int lite_patient(Db *db)
{
    return noted(db,
                 sqlite3_exec(lite_of(db)->lite, "PRAGMA cache_size = -64000", NULL, NULL, NULL));
}

static int64_t lite_changes(Db *db)
{
    return sqlite3_changes64(lite_of(db)->lite);
}

// --- statements

// The slot of this SQL, or an empty one for it; NULL when all are taken.
static Slot *slot_find(LiteDb *db, const char *sql)
{
    size_t at = (uintptr_t)sql * 0x9e3779b97f4a7c15u >> 54;
    for (size_t tries = 0; tries < STMT_SLOTS; tries++, at = (at + 1) % STMT_SLOTS)
        if (!db->slots[at].sql || db->slots[at].sql == sql)
            return &db->slots[at];
    return NULL;
}

static sqlite3_stmt *prepare(LiteDb *db, const char *sql, unsigned flags, int *status)
{
    sqlite3_stmt *handle = NULL;
    *status = sqlite3_prepare_v3(db->lite, sql, -1, flags, &handle, NULL);
    return handle;
}

static void lite_prepare(Stmt *s, const char *sql, bool kept)
{
    LiteDb *db = lite_of(s->db);
    Slot *slot = kept ? slot_find(db, sql) : NULL;
    if (!slot || slot->busy) {
        s->own = true;
        s->handle = prepare(db, sql, 0, &s->status);
        return;
    }
    if (!slot->handle)
        slot->handle = prepare(db, sql, SQLITE_PREPARE_PERSISTENT, &s->status);
    slot->sql = slot->handle ? sql : NULL;
    slot->busy = slot->handle != NULL;
    s->handle = slot->handle;
}

static void lite_prepare_noted(Stmt *s, const char *sql, bool kept)
{
    lite_prepare(s, sql, kept);
    noted(s->db, s->status);
}

static void lite_end(Stmt *s)
{
    LiteDb *db = lite_of(s->db);
    if (s->own) {
        sqlite3_finalize(s->handle);
        return;
    }
    sqlite3_reset(s->handle);
    sqlite3_clear_bindings(s->handle);
    for (size_t i = 0; i < STMT_SLOTS; i++)
        if (db->slots[i].handle == s->handle)
            db->slots[i].busy = false;
}

static void lite_stream(Stmt *s) // it does nothing else
{
    (void)s;
}

static void lite_bind_int(Stmt *s, int64_t n)
{
    s->status = noted(s->db, sqlite3_bind_int64(s->handle, ++s->bound, n));
}

static void lite_bind_bytes(Stmt *s, Str bytes, DbKind kind)
{
    int at = ++s->bound;
    int status =
        kind == DB_TEXT
            ? sqlite3_bind_text64(s->handle, at, bytes.s, bytes.n, SQLITE_STATIC, SQLITE_UTF8)
            : sqlite3_bind_blob64(s->handle, at, bytes.s, bytes.n, SQLITE_STATIC);
    s->status = noted(s->db, status);
}

static void lite_bind_null(Stmt *s)
{
    s->status = noted(s->db, sqlite3_bind_null(s->handle, ++s->bound));
}

static bool lite_row(Stmt *s)
{
    int got = sqlite3_step(s->handle);
    if (got == SQLITE_ROW)
        return true;
    s->status = got == SQLITE_DONE ? DB_DONE : noted(s->db, got); // a step more would begin again
    return false;
}

static void lite_again(Stmt *s)
{
    while (lite_row(s)) {
    }
    if (s->status == DB_DONE)
        sqlite3_reset(s->handle);
}

static bool lite_has(Stmt *s)
{
    return sqlite3_column_type(handle_of(s), s->column) != SQLITE_NULL;
}

static int64_t lite_int(Stmt *s)
{
    return sqlite3_column_int64(handle_of(s), s->column);
}

static Str lite_bytes(Stmt *s)
{
    const char *bytes = sqlite3_column_blob(handle_of(s), s->column);
    return (Str){bytes, bytes ? (size_t)sqlite3_column_bytes(handle_of(s), s->column) : 0};
}

// --- transactions

static int lite_exec(Db *db, const char *sql)
{
    return noted(db, sqlite3_exec(lite_of(db)->lite, sql, NULL, NULL, NULL));
}

static int lite_begin(Db *db, DbTx what)
{
    return lite_exec(db, what == DB_TX_WRITE ? "BEGIN IMMEDIATE" : "BEGIN");
}

static int lite_commit(Db *db)
{
    return lite_exec(db, "COMMIT");
}

// Some errors (disk full) have rolled back already.
static void lite_rollback(Db *db)
{
    if (!sqlite3_get_autocommit(lite_of(db)->lite))
        sqlite3_exec(lite_of(db)->lite, "ROLLBACK", NULL, NULL, NULL);
}

// --- the file as a whole

static int script_step(Db *db, const char **at, const char *end)
{
    sqlite3_stmt *handle = NULL;
    int status = sqlite3_prepare_v2(lite_of(db)->lite, *at, (int)(end - *at), &handle, at);
    if (status == SQLITE_OK && handle) {
        status = sqlite3_step(handle);
        noted(db, status == SQLITE_DONE ? SQLITE_OK : status);
        sqlite3_finalize(handle);
    }
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

static int lite_rest(Db *db)
{
    return lite_exec(db, "PRAGMA journal_mode = DELETE");
}

static int lite_script(Db *db, Str sql, Arena *a)
{
    (void)a;
    const char *at = sql.s, *end = sql.s + sql.n;
    int status = SQLITE_OK;
    while (at < end && status == SQLITE_OK)
        status = script_step(db, &at, end);
    return status;
}

static const char SQL_HAS_TABLE[] =
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";

static bool lite_has_table(Db *db, Str name, bool *out, Err *err)
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

static bool lite_integrity(Db *db, Arena *a, Str *out, Err *err)
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

static const char SQL_COLUMNS[] =
    "SELECT t.name, c.name, c.type, c.pk FROM sqlite_schema t, pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    " ORDER BY t.name, c.cid";

static DbKind kind_of(Str type)
{
    return str_eq(type, S("TEXT")) ? DB_TEXT : str_eq(type, S("BLOB")) ? DB_BLOB : DB_INT;
}

static bool lite_tables(Db *db, Arena *a, DbTables *out, Err *err)
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

const DbDriver db_sqlite = {
    .name = SI("sqlite"),
    .open = lite_open,
    .close = lite_close,
    .fail = lite_fail,
    .patient = lite_patient,
    .rest = lite_rest,
    .prepare = lite_prepare_noted,
    .end = lite_end,
    .stream = lite_stream,
    .bind_int = lite_bind_int,
    .bind_bytes = lite_bind_bytes,
    .bind_null = lite_bind_null,
    .row = lite_row,
    .again = lite_again,
    .has = lite_has,
    .get_int = lite_int,
    .get_bytes = lite_bytes,
    .changes = lite_changes,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .script = lite_script,
    .has_table = lite_has_table,
    .integrity = lite_integrity,
    .tables = lite_tables,
};

// The PostgreSQL driver; the only file that knows libpq-fe.h.
//
// Writers are made to come one after the other by an advisory lock that every writing transaction
// takes with its BEGIN: the program reads, decides and writes, and the audit chain has one end.
// Under that lock READ COMMITTED is enough. Readers take no lock and are never waited for.
//
// Statements are prepared on the server when they first run, with the types of the values bound
// then. Values go and come in binary. A write that is made again and again (stmt_again) is sent
// without waiting for the answer; whatever needs the connection next takes the answers in first
// (settle).
//
// A statement is planned once, out of what the server knows of its tables then, which is nothing
// where they are new; what to do about it is pg_learn's.
//
// A connection that broke is made anew by the next statement outside a transaction. What can have
// changed nothing (BEGIN, SELECT) is then tried once more, so that a restart of the server between
// two requests is not seen at all.
#include "store/db_pg.h"

#include "base/buf.h"
#include "store/db_pg_sql.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    SLOTS = 1024, // well above the number of statements in the program
    VALUES = PG_PARAMS + PG_NULLS,
    DEFERRED_MAX = 256, // answers that may be outstanding
    CONNECT_S = 5,
    AGAIN_MS = 100,    // a server that did not answer is left alone for so long, at least
    LEARN_ROWS = 2000, // written before it is looked whether tables have grown
};

// Types by their numbers in pg_type, which never change.
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_OID = 26,
    OID_NUMERIC = 1700
};

// A statement as the server knows it, once `ready`.
typedef struct Prepared {
    char *text; // in the server's dialect
    PgSql sql;  // without its text
    char name[16];
    Oid types[VALUES]; // 0: not known yet, only NULL was bound
    bool ready, reads;
} Prepared;

typedef struct Slot {
    const char *sql;
    Prepared *prepared;
} Slot;

// One use of a statement: what is bound, and the rows.
typedef struct Run {
    struct Run *next; // in the list of those not in use
    Prepared *prepared;
    const char *values[VALUES];
    int lengths[VALUES];
    Oid types[VALUES];
    int64_t ints[VALUES]; // big-endian
    int n, n_sent;        // bound; with those that say what is NULL
    bool ran, stream;
    PGresult *res; // the rows at hand, of which `at` is the current one
    int at;
    PGresult **rest; // rows of a stream that had to be taken in before they were asked for
    size_t n_rest, cap_rest, at_rest;
} Run;

typedef struct PgDb {
    Db db; // first
    PGconn *conn;
    DbMode mode;
    bool patient, lost;
    int64_t next_try_ms; // of connecting again
    int64_t changes;
    int64_t written; // rows since pg_learn
    unsigned made;   // names given to prepared statements
    Run *streaming;  // whose rows are still on their way
    int deferred;    // answers outstanding
    Run *idle;
    Slot slots[SLOTS]; // by address of the SQL, open addressing, nothing is taken out
} PgDb;

static PgDb *pg_of(Db *db)
{
    return (PgDb *)db;
}

// Of a result: 0, or the reason it failed for.
static int result_status(PgDb *d, const PGresult *res)
{
    ExecStatusType what = PQresultStatus(res);
    if (what == PGRES_COMMAND_OK || what == PGRES_TUPLES_OK || what == PGRES_SINGLE_TUPLE ||
        what == PGRES_PIPELINE_SYNC)
        return 0;
    const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
    db_note(&d->db, res ? PQresultErrorMessage(res) : PQerrorMessage(d->conn));
    if (PQstatus(d->conn) != CONNECTION_OK) {
        d->lost = true;
        return pg_status(state && strncmp(state, "57", 2) == 0 ? state : PG_LOST);
    }
    return pg_status(state);
}

// --- connection

bool db_pg_address(Str address)
{
    static const Str begins[] = {SI("postgresql://"), SI("postgres://"), SI("host="),
                                 SI("hostaddr="),     SI("dbname="),     SI("service=")};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts(address, begins[i]))
            return true;
    return false;
}

// "host port dbname user", as far as given.
Str db_pg_shown(Str address, Arena *a)
{
    static const char *const shown[] = {"user", "host", "hostaddr", "port", "dbname", "service"};
    char *error = NULL;
    PQconninfoOption *all = PQconninfoParse(str_to_z(a, address), &error);
    PQfreemem(error);
    Buf b = buf_new(a, 4096);
    buf_add(&b, S("postgresql"));
    for (const PQconninfoOption *o = all; o && o->keyword; o++)
        for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
            if (o->val && strcmp(o->keyword, shown[i]) == 0)
                buf_fmt(&b, " %s=%s", o->keyword, o->val);
    PQconninfoFree(all);
    return buf_str(&b);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// One answer to the simple protocol, of as many commands as `sql` has.
static int simple(PgDb *d, const char *sql)
{
    PGresult *res = PQexec(d->conn, sql);
    int status = result_status(d, res);
    PQclear(res);
    return status;
}

// What a session of ours is like. idle_in_transaction lets go of the lock of a process that hangs.
static int setup(PgDb *d)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SET statement_timeout = %d; SET lock_timeout = %d;"
             " SET idle_in_transaction_session_timeout = %d; SET standard_conforming_strings = on;"
             " SET client_min_messages = warning; SET default_transaction_isolation ="
             " 'read committed'; SET plan_cache_mode = force_generic_plan; SET "
             "default_transaction_read_only = %s",
             d->patient ? 0 : DB_STATEMENT_MS, DB_BUSY_MS, d->patient ? 0 : DB_STATEMENT_MS,
             d->mode == DB_READ ? "on" : "off");
    return simple(d, sql);
}

// Notices go nowhere: what matters comes as an error.
static void be_quiet(void *ctx, const PGresult *res)
{
    (void)ctx;
    (void)res;
}

static void connect_to(PgDb *d, const char *address)
{
    char wait[12];
    snprintf(wait, sizeof wait, "%d", CONNECT_S);
    // What stands before the address it may say otherwise; what stands behind, not.
    const char *const keys[] = {"connect_timeout",
                                "keepalives_idle",
                                "tcp_user_timeout",
                                "application_name",
                                "dbname",
                                "client_encoding",
                                NULL};
    const char *const values[] = {wait, "30", "30000", "gongkai", address, "UTF8", NULL};
    d->conn = PQconnectdbParams(keys, values, 1);
    PQsetNoticeReceiver(d->conn, be_quiet, NULL);
}

static void forget_prepared(PgDb *d)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (d->slots[i].prepared)
            d->slots[i].prepared->ready = false;
}

// It is left alone for as long as finding out took, so that where it takes long (a machine that is
// off) at most half of the time is spent waiting for it.
static int away(PgDb *d, int64_t asked_ms)
{
    int64_t now = now_ms(), took = now - asked_ms;
    db_note(&d->db, PQerrorMessage(d->conn));
    d->next_try_ms = now + (took > AGAIN_MS ? took : AGAIN_MS);
    return pg_status(PG_AWAY);
}

static bool is_lost(const PgDb *d)
{
    return d->lost || PQstatus(d->conn) != CONNECTION_OK;
}

// The connection works, as far as is known; one that was lost is made anew.
static int connected(PgDb *d)
{
    if (!is_lost(d))
        return 0;
    if (d->db.in_tx)
        return pg_status(PG_LOST);
    if (now_ms() < d->next_try_ms)
        return pg_status(PG_AWAY);
    d->lost = true;
    d->deferred = 0;
    d->streaming = NULL;
    forget_prepared(d);
    int64_t asked_ms = now_ms();
    PQreset(d->conn);
    if (PQstatus(d->conn) != CONNECTION_OK)
        return away(d, asked_ms);
    d->lost = false;
    d->next_try_ms = 0;
    return setup(d);
}

static void prepared_free(Prepared *p)
{
    if (p)
        free(p->text);
    free(p);
}

static void pg_close(Db *db)
{
    PgDb *d = pg_of(db);
    PQfinish(d->conn);
    for (size_t i = 0; i < SLOTS; i++)
        prepared_free(d->slots[i].prepared);
    while (d->idle) {
        Run *run = d->idle;
        d->idle = run->next;
        free(run->rest);
        free(run);
    }
    free(d);
}

static bool has_something(Db *db, Err *err)
{
    bool has;
    return db_has_table(db, S("migration"), &has, err) &&
           (has || fail(err, ERR_MISSING, NULL, "数据库中还没有内容；请先导入或启动一次网站",
                        "there is nothing in the database yet; import something or start the "
                        "site once"));
}

static bool pg_open(Str address, DbMode mode, Db **out, Err *err)
{
    char z[2048];
    if (address.n >= sizeof z)
        return fail(err, ERR_INPUT, NULL, "数据库地址太长",
                    "the address of the database is too long");
    snprintf(z, sizeof z, PRI_STR, STR_ARG(address));
    PgDb *d = calloc(1, sizeof *d);
    if (!d)
        return fail(err, ERR_SYSTEM, NULL, "内存不足", "out of memory");
    d->db.driver = &db_pg;
    d->mode = mode;
    d->patient = mode == DB_CREATE; // a migration takes as long as it takes
    connect_to(d, z);
    int status = PQstatus(d->conn) == CONNECTION_OK ? setup(d) : away(d, now_ms());
    bool ok =
        status ? pg_fail(&d->db, status, err) : mode == DB_CREATE || has_something(&d->db, err);
    if (ok)
        *out = &d->db;
    else
        pg_close(&d->db);
    return ok;
}

// --- taking in what is on its way

static void rest_keep(Run *run, PGresult *res)
{
    if (run->n_rest == run->cap_rest) {
        run->cap_rest = run->cap_rest ? 2 * run->cap_rest : 64;
        PGresult **more = realloc(run->rest, run->cap_rest * sizeof(PGresult *));
        if (!more)
            abort();
        run->rest = more;
    }
    run->rest[run->n_rest++] = res;
}

// The rest of the stream, so that another statement can use the connection.
static void settle_stream(PgDb *d)
{
    Run *run = d->streaming;
    d->streaming = NULL;
    PGresult *res;
    while (run && (res = PQgetResult(d->conn)))
        rest_keep(run, res);
}

static void count_changes(PgDb *d, const PGresult *res)
{
    const char *what = PQcmdStatus((PGresult *)(uintptr_t)res);
    if (!what[0] || strncmp(what, "SELECT", 6) == 0)
        return;
    d->changes = strtoll(PQcmdTuples((PGresult *)(uintptr_t)res), NULL, 10);
    d->written += d->changes;
}

// The answers to what was sent without waiting; the first reason why one failed. Each ends in a
// NULL.
static int take_deferred(PgDb *d)
{
    int status = 0;
    for (; d->deferred > 0 && PQstatus(d->conn) == CONNECTION_OK;) {
        PGresult *res = PQgetResult(d->conn);
        if (res && !status && !(status = result_status(d, res)))
            count_changes(d, res);
        d->deferred -= !res;
        PQclear(res);
    }
    d->deferred = 0;
    return status;
}

// Up to the mark that ends what was sent together.
static void take_mark(PgDb *d)
{
    for (bool end = false; !end && PQstatus(d->conn) == CONNECTION_OK;) {
        PGresult *res = PQgetResult(d->conn);
        end = res && PQresultStatus(res) == PGRES_PIPELINE_SYNC;
        PQclear(res);
    }
    PQexitPipelineMode(d->conn);
}

static int settle_deferred(PgDb *d)
{
    if (!d->deferred)
        return 0;
    if (!PQpipelineSync(d->conn)) {
        d->deferred = 0;
        return result_status(d, NULL);
    }
    int status = take_deferred(d);
    take_mark(d);
    return status;
}

static int refuse(PgDb *d, int status)
{
    if (status && d->db.in_tx && !d->db.refused)
        d->db.refused = status;
    return status;
}

static int settle(PgDb *d)
{
    settle_stream(d);
    return refuse(d, settle_deferred(d));
}

// --- preparing

static Slot *slot_find(PgDb *d, const char *sql)
{
    size_t at = (uintptr_t)sql * 0x9e3779b97f4a7c15u >> 54;
    for (size_t tries = 0; tries < SLOTS; tries++, at = (at + 1) % SLOTS)
        if (!d->slots[at].sql || d->slots[at].sql == sql)
            return &d->slots[at];
    return NULL;
}

static Prepared *prepared_new(const char *from)
{
    Arena a = arena_new(1 << 20);
    Prepared *p = calloc(1, sizeof *p);
    PgSql sql = pg_sql(str_z(from), &a);
    Str text = sql.text;
    if (p) {
        p->sql = sql;
        p->sql.text = S("");
        p->text = strndup(text.s, text.n);
        p->reads = str_starts(text, S("SELECT")) || str_starts(text, S("WITH"));
    }
    arena_free(&a);
    return p;
}

// Whether what the server has prepared does not fit what is bound now. NULL fits any type.
static bool types_differ(const Prepared *p, const Run *run)
{
    for (int i = 0; i < run->n_sent; i++)
        if (run->types[i] && run->types[i] != p->types[i])
            return true;
    return !p->ready;
}

static void deallocate(PgDb *d, Prepared *p)
{
    char sql[64];
    snprintf(sql, sizeof sql, "DEALLOCATE %s", p->name);
    if (p->ready && d->db.refused == 0)
        simple(d, sql);
    p->ready = false;
}

static int prepare_now(PgDb *d, Prepared *p, const Run *run)
{
    if (!types_differ(p, run))
        return 0;
    int status = settle(d);
    if (status)
        return status;
    deallocate(d, p);
    for (int i = 0; i < run->n_sent; i++)
        p->types[i] = run->types[i] ? run->types[i] : p->types[i];
    snprintf(p->name, sizeof p->name, "s%u", ++d->made);
    PGresult *res = PQprepare(d->conn, p->name, p->text, run->n_sent, p->types);
    status = result_status(d, res);
    PQclear(res);
    p->ready = status == 0;
    return status;
}

static Run *run_new(PgDb *d)
{
    Run *run = d->idle;
    if (run)
        d->idle = run->next;
    else if (!(run = calloc(1, sizeof *run)))
        return NULL;
    run->next = NULL;
    return run;
}

// What nobody will read. Within a transaction the server may not be told to stop: that would end
// the transaction too.
static void drop_stream(PgDb *d)
{
    PGcancel *cancel = d->db.in_tx ? NULL : PQgetCancel(d->conn);
    PGresult *res;
    char words[256];
    if (cancel)
        PQcancel(cancel, words, sizeof words);
    PQfreeCancel(cancel);
    while ((res = PQgetResult(d->conn)))
        PQclear(res);
    d->streaming = NULL;
}

static void run_clear(PgDb *d, Run *run)
{
    if (d->streaming == run)
        drop_stream(d);
    PQclear(run->res);
    while (run->at_rest < run->n_rest)
        PQclear(run->rest[run->at_rest++]);
    run->res = NULL;
    run->n_rest = run->at_rest = 0;
    run->n = run->at = 0;
    run->ran = run->stream = false;
}

static void pg_prepare(Stmt *s, const char *sql, bool kept)
{
    PgDb *d = pg_of(s->db);
    Slot *slot = kept ? slot_find(d, sql) : NULL;
    s->own = slot == NULL;
    Prepared *p = slot && slot->prepared ? slot->prepared : prepared_new(sql);
    Run *run = run_new(d);
    if (!p || !run)
        abort(); // as an arena does
    if (slot) {
        slot->sql = sql;
        slot->prepared = p;
    }
    run->prepared = p;
    s->handle = run;
}

static void pg_end(Stmt *s)
{
    PgDb *d = pg_of(s->db);
    Run *run = s->handle;
    run_clear(d, run);
    if (s->own) {
        if (run->prepared->ready && !is_lost(d) && settle(d) == 0)
            deallocate(d, run->prepared);
        prepared_free(run->prepared);
    }
    run->next = d->idle;
    d->idle = run;
}

static void pg_stream(Stmt *s)
{
    ((Run *)s->handle)->stream = true;
}

// --- binding

static void bind(Stmt *s, Oid type, const char *value, size_t n)
{
    Run *run = s->handle;
    if (run->n == PG_PARAMS) {
        s->status = pg_status("54023");
        return;
    }
    run->types[run->n] = type;
    run->values[run->n] = value;
    run->lengths[run->n++] = (int)n;
}

static void pg_bind_int(Stmt *s, int64_t n)
{
    Run *run = s->handle;
    int64_t *at = &run->ints[run->n < PG_PARAMS ? run->n : 0];
    *at = (int64_t)htobe64((uint64_t)n);
    bind(s, OID_INT8, (const char *)at, sizeof *at);
}

static void pg_bind_bytes(Stmt *s, Str bytes, DbKind kind)
{
    bind(s, kind == DB_TEXT ? OID_TEXT : OID_BYTEA, bytes.s, bytes.n);
}

static void pg_bind_null(Stmt *s)
{
    bind(s, 0, NULL, 0);
}

// --- running

static const int binary[] = {
#define ONES 1, 1, 1, 1, 1, 1, 1, 1
    ONES, ONES, ONES, ONES, ONES, ONES, ONES, ONES, ONES, ONES,
#undef ONES
};
_Static_assert(sizeof binary == VALUES * sizeof *binary, "one for each value");

static int send(PgDb *d, const Run *run)
{
    if (PQsendQueryPrepared(d->conn, run->prepared->name, run->n_sent, run->values, run->lengths,
                            binary, 1))
        return 0;
    return result_status(d, NULL);
}

// All rows at once.
static int collect(PgDb *d, Run *run)
{
    PGresult *res;
    int status = 0;
    while ((res = PQgetResult(d->conn))) {
        PQclear(run->res);
        run->res = res;
        status = status ? status : result_status(d, res);
    }
    if (!run->res)
        return result_status(d, NULL);
    if (!status)
        count_changes(d, run->res);
    run->at = -1;
    return status;
}

// The values behind those bound, which say of some of them whether they are NULL; and a type for
// those of which nothing else is asked.
static int complete(Run *run)
{
    const PgSql *sql = &run->prepared->sql;
    if (run->n != sql->n)
        return pg_status("42P02");
    for (int i = 0; i < sql->n_nulls; i++) {
        run->types[run->n + i] = OID_TEXT;
        run->lengths[run->n + i] = 0;
        run->values[run->n + i] = run->values[sql->nulls[i]] ? "" : NULL;
    }
    for (int i = 0; i < run->n; i++)
        if (!(sql->used >> i & 1) && !run->types[i])
            run->types[i] = OID_TEXT;
    run->n_sent = run->n + sql->n_nulls;
    return 0;
}

// Behind what was sent without waiting, so that one wait is enough for all of it.
static int run_behind(PgDb *d, Run *run)
{
    int status = send(d, run);
    if (status)
        return settle(d), status;
    if (!PQpipelineSync(d->conn)) {
        d->deferred = 0;
        return result_status(d, NULL);
    }
    status = refuse(d, take_deferred(d));
    int own = collect(d, run);
    take_mark(d);
    return status ? status : own;
}

static int run_once(PgDb *d, Run *run)
{
    if (d->deferred && !run->stream && !types_differ(run->prepared, run))
        return run_behind(d, run);
    int status = settle(d);
    if (!status)
        status = connected(d);
    if (!status)
        status = prepare_now(d, run->prepared, run);
    if (!status)
        status = send(d, run);
    if (status || !run->stream)
        return status ? status : collect(d, run);
    PQsetSingleRowMode(d->conn);
    d->streaming = run;
    return 0;
}

static int run_now(PgDb *d, Run *run)
{
    run->ran = true;
    int status = complete(run);
    if (status)
        return status;
    status = run_once(d, run);
    if (is_lost(d) && !d->db.in_tx && run->prepared->reads && !d->next_try_ms)
        status = run_once(d, run);
    return status;
}

// The next row of a stream: from what had to be taken in, or from the connection.
static bool stream_next(PgDb *d, Run *run, int *status)
{
    PQclear(run->res);
    run->res = run->at_rest < run->n_rest ? run->rest[run->at_rest++]
               : d->streaming == run      ? PQgetResult(d->conn)
                                          : NULL;
    run->at = 0;
    if (run->res)
        *status = result_status(d, run->res);
    else if (d->streaming == run)
        d->streaming = NULL;
    return run->res && !*status && PQntuples(run->res) > 0;
}

static bool pg_row(Stmt *s)
{
    PgDb *d = pg_of(s->db);
    Run *run = s->handle;
    int status = run->ran ? 0 : run_now(d, run);
    bool more =
        !status && (run->stream ? stream_next(d, run, &status) : ++run->at < PQntuples(run->res));
    s->status = status ? status : more ? 0 : DB_DONE;
    return more;
}

// Without waiting for the answer: only where it is known already that the server can do it, and
// where the end of the transaction will tell.
static bool defer(PgDb *d, Run *run, int *status)
{
    Prepared *p = run->prepared;
    if (!d->db.in_tx || run->ran || run->stream || p->reads || (*status = complete(run)) ||
        types_differ(p, run))
        return false;
    settle_stream(d);
    if (d->deferred == DEFERRED_MAX)
        *status = settle(d);
    if (!*status && !d->deferred && !PQenterPipelineMode(d->conn))
        return false;
    if (!*status)
        *status = send(d, run);
    d->deferred += *status == 0;
    return true;
}

static void pg_again(Stmt *s)
{
    PgDb *d = pg_of(s->db);
    Run *run = s->handle;
    int status = 0;
    if (!defer(d, run, &status)) {
        while (pg_row(s)) {
        }
        status = s->status;
    }
    s->status = status;
    run_clear(d, run);
}

static int64_t pg_changes(Db *db)
{
    settle(pg_of(db));
    return pg_of(db)->changes;
}

// --- columns

static const Run *rows_of(const Stmt *s)
{
    return s->handle;
}

static bool pg_has(Stmt *s)
{
    const Run *run = rows_of(s);
    return !PQgetisnull(run->res, run->at, s->column);
}

static uint64_t be(const unsigned char *p, size_t n)
{
    uint64_t x = 0;
    for (size_t i = 0; i < n; i++)
        x = x << 8 | p[i];
    return x;
}

// What sum() over BIGINT gives: digits in base 10000, the first of weight 10000^weight. The part
// behind the point is left.
static int64_t numeric_int(const unsigned char *p)
{
    int n = (int16_t)be(p, 2), weight = (int16_t)be(p + 2, 2);
    int64_t x = 0;
    for (int i = 0; i <= weight && i < 5; i++)
        x = x * 10000 + (i < n ? (int64_t)be(p + 8 + 2 * (size_t)i, 2) : 0);
    return be(p + 4, 2) == 0x4000 ? -x : x;
}

static int64_t pg_int(Stmt *s)
{
    const Run *run = rows_of(s);
    if (PQgetisnull(run->res, run->at, s->column))
        return 0;
    const unsigned char *p = (const unsigned char *)PQgetvalue(run->res, run->at, s->column);
    switch (PQftype(run->res, s->column)) {
    case OID_INT8:
        return (int64_t)be(p, 8);
    case OID_INT4:
    case OID_OID:
        return (int32_t)be(p, 4);
    case OID_INT2:
        return (int16_t)be(p, 2);
    case OID_BOOL:
        return p[0] != 0;
    case OID_NUMERIC:
        return numeric_int(p);
    default:
        return 0; // as SQLite reads a text that is no number
    }
}

static Str pg_bytes(Stmt *s)
{
    const Run *run = rows_of(s);
    return (Str){PQgetvalue(run->res, run->at, s->column),
                 (size_t)PQgetlength(run->res, run->at, s->column)};
}

// --- transactions

static const char SQL_BEGIN[] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
                                " SELECT pg_advisory_xact_lock(26475, hashtext(current_schema()))";
static const char SQL_BEGIN_READ[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

static int begin_once(PgDb *d, const char *sql)
{
    int status = settle(d);
    if (!status)
        status = connected(d);
    if (!status)
        status = simple(d, sql);
    if (status && PQtransactionStatus(d->conn) != PQTRANS_IDLE && !is_lost(d)) {
        int why = status;
        simple(d, "ROLLBACK"); // a lock that could not be had
        status = why;
    }
    return status;
}

static int pg_begin(Db *db, DbTx what)
{
    PgDb *d = pg_of(db);
    if (what == DB_TX_WRITE && d->mode == DB_READ) {
        db_note(db, "opened for reading");
        return pg_status("25006");
    }
    const char *sql = what == DB_TX_WRITE ? SQL_BEGIN : SQL_BEGIN_READ;
    int status = begin_once(d, sql);
    if (is_lost(d) && !d->next_try_ms)
        status = begin_once(d, sql);
    return status;
}

// Behind a transaction that is over: what fails here is not its failure.
static void learn(PgDb *d)
{
    d->db.in_tx = false;
    if (d->written < LEARN_ROWS)
        return;
    d->written = 0;
    pg_learn(&d->db);
}

static int pg_commit(Db *db)
{
    PgDb *d = pg_of(db);
    int status = settle(d);
    if (status)
        return status;
    PGresult *res = PQexec(d->conn, "COMMIT");
    status = result_status(d, res);
    // A server in a failed transaction answers COMMIT with ROLLBACK, and calls that a success.
    if (!status && strcmp(PQcmdStatus(res), "COMMIT") != 0)
        status = pg_status("25P02");
    PQclear(res);
    if (is_lost(d))
        return pg_status(PG_MAYBE);
    if (!status)
        learn(d);
    return status;
}

static void pg_rollback(Db *db)
{
    PgDb *d = pg_of(db);
    settle(d);
    if (!is_lost(d))
        simple(d, "ROLLBACK");
}

// --- the database as a whole

static int pg_patient(Db *db)
{
    PgDb *d = pg_of(db);
    d->patient = true;
    int status = settle(d);
    if (!status)
        status = connected(d);
    return status ? status : setup(d);
}

static int pg_rest(Db *db) // there is no file
{
    (void)db;
    return 0;
}

static int pg_script(Db *db, Str sql, Arena *a)
{
    PgDb *d = pg_of(db);
    int status = settle(d);
    if (!status)
        status = connected(d);
    return status ? status : simple(d, str_to_z(a, pg_sql(sql, a).text));
}

const DbDriver db_pg = {
    .name = SI("postgresql"),
    .open = pg_open,
    .close = pg_close,
    .fail = pg_fail,
    .patient = pg_patient,
    .rest = pg_rest,
    .prepare = pg_prepare,
    .end = pg_end,
    .stream = pg_stream,
    .bind_int = pg_bind_int,
    .bind_bytes = pg_bind_bytes,
    .bind_null = pg_bind_null,
    .row = pg_row,
    .again = pg_again,
    .has = pg_has,
    .get_int = pg_int,
    .get_bytes = pg_bytes,
    .changes = pg_changes,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .script = pg_script,
    .has_table = pg_has_table,
    .integrity = pg_integrity,
    .tables = pg_tables,
};

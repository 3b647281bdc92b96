#include "store/audit.h"

#include "store/audit_row.h"

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

static const char SQL_LAST[] = "SELECT line_id, at, hash FROM audit_line WHERE site_id = ?1"
                               " ORDER BY line_id DESC LIMIT 1";

static bool last_line(Db *db, SiteId site, AuditLine *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LAST);
    AuditLine last = {0};
    bind_int(&s, site.n);
    if (stmt_row(&s)) {
        last.id = col_int(&s);
        last.at = col_int(&s);
        Str hash = col_view(&s);
        if (hash.n != sizeof last.hash)
            return fail(err, ERR_SYSTEM, NULL, "操作记录已损坏；请运行 gongkai audit verify",
                        "the audit is damaged; run gongkai audit verify");
        memcpy(last.hash, hash.s, sizeof last.hash);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = last;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO audit_line (site_id, line_id, at, clock_at, act, person_id, person_name,"
    " instead_of, organ_id, via, ip, session_id, request, noun, noun_id, version, was, became, "
    "hash)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
    "?19)";

static bool insert(Db *db, SiteId site, const AuditLine *line, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    const Actor *who = &line->actor;
    bind_int(&s, site.n);
    bind_int(&s, line->id);
    bind_int(&s, line->at);
    bind_int(&s, line->clock);
    bind_str(&s, line->act);
    bind_id(&s, who->person.n);
    bind_str(&s, who->name);
    bind_id(&s, who->instead_of.n);
    bind_id(&s, line->organ.n);
    bind_str(&s, who->via);
    bind_str(&s, who->ip);
    bind_id(&s, who->session.n);
    bind_str(&s, who->request);
    bind_str(&s, line->noun);
    bind_id(&s, line->noun_id);
    bind_id(&s, line->version);
    bind_str(&s, line->was);
    bind_str(&s, line->became);
    bind_blob(&s, (Str){(const char *)line->hash, sizeof line->hash});
    return stmt_again(&s, err);
}

bool store_audit_add_behind(Db *db, SiteId site, const AuditLine *last, AuditLine *line, Err *err)
{
    AuditLine next = *line;
    next.id = last->id + 1;
    next.at = next.clock > last->at ? next.clock : last->at;
    audit_hash(site, last->hash, &next, next.hash);
    if (!insert(db, site, &next, err))
        return false;
    *line = next;
    return true;
}

bool store_audit_add(Db *db, SiteId site, AuditLine *line, Err *err)
{
    AuditLine last = {0};
    return last_line(db, site, &last, err) && store_audit_add_behind(db, site, &last, line, err);
}

// --- reading in the order of the chain

static const char SQL_WALK[] =
    "SELECT " AUDIT_COLUMNS("") " FROM audit_line"
                                " WHERE site_id = ?1 AND line_id > ?2 ORDER BY line_id LIMIT ?3";

// A 0 is stored as NULL, so that a 0 that stands there is not what was written.
static int64_t col_id(Stmt *s)
{
    bool has = col_has(s);
    int64_t n = col_int(s);
    return has && n == 0 ? INT64_MIN : n;
}

static void col_hash(Stmt *s, unsigned char *out, size_t n)
{
    Str hash = col_view(s);
    memset(out, 0, n); // fits nothing
    if (hash.n == n)
        memcpy(out, hash.s, n);
}

void audit_row_read(Stmt *s, AuditLine *l)
{
    l->id = col_int(s);
    l->at = col_int(s);
    l->clock = col_int(s);
    l->act = col_view(s);
    l->actor.person.n = col_id(s);
    l->actor.name = col_view(s);
    l->actor.instead_of.n = col_id(s);
    l->organ.n = col_id(s);
    l->actor.via = col_view(s);
    l->actor.ip = col_view(s);
    l->actor.session.n = col_id(s);
    l->actor.request = col_view(s);
    l->noun = col_view(s);
    l->noun_id = col_id(s);
    l->version = col_id(s);
    l->was = col_view(s);
    l->became = col_view(s);
    col_hash(s, l->hash, sizeof l->hash);
}

void audit_row_keep(AuditLine *l, Arena *a)
{
    Str *texts[] = {&l->act,           &l->actor.name, &l->actor.via, &l->actor.ip,
                    &l->actor.request, &l->noun,       &l->was,       &l->became};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_dup(a, *texts[i]);
}

bool store_audit_walk(Db *db, SiteId site, int64_t after, size_t most, AuditEach *each, void *ctx,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WALK);
    AuditLine line;
    bind_int(&s, site.n);
    bind_int(&s, after);
    bind_int(&s, (int64_t)most);
    while (stmt_row(&s)) {
        audit_row_read(&s, &line);
        if (!each(ctx, &line))
            return true;
    }
    return stmt_ok(&s, err);
}

typedef struct Lines {
    Arena *a;
    AuditLine *v;
    size_t n, most;
} Lines;

static bool keep_each(void *ctx, const AuditLine *line)
{
    Lines *all = ctx;
    AuditLine *to = &all->v[all->n++];
    *to = *line;
    audit_row_keep(to, all->a);
    return all->n < all->most;
}

bool store_audit_after(Db *db, SiteId site, int64_t after, size_t most, Arena *a, AuditLine *v,
                       size_t *n, Err *err)
{
    Lines all = {.a = a, .v = v, .most = most};
    if (!store_audit_walk(db, site, after, most, keep_each, &all, err))
        return false;
    *n = all.n;
    return true;
}

bool store_audit_last(Db *db, SiteId site, AuditLine *out, Err *err)
{
    return last_line(db, site, out, err);
}

// --- seals

#define SEAL_COLUMNS                                                                               \
    "seal_id, day, at, line_id, line_hash, previous, key_number, public_key, next_key, signature"

static void read_seal(Stmt *s, Seal *out)
{
    out->id = col_int(s);
    out->day = col_int(s);
    out->at = col_int(s);
    out->line = col_int(s);
    col_hash(s, out->line_hash, sizeof out->line_hash);
    col_hash(s, out->previous, sizeof out->previous);
    out->key_number = col_int(s);
    col_hash(s, out->public_key, sizeof out->public_key);
    col_hash(s, out->next_key, sizeof out->next_key);
    col_hash(s, out->signature, sizeof out->signature);
}

static bool seal_one(Stmt *s, Seal *out, bool *found, Err *err)
{
    Seal seal = {0};
    bool has = stmt_row(s);
    if (has)
        read_seal(s, &seal);
    if (!stmt_ok(s, err))
        return false;
    *found = has;
    if (has)
        *out = seal;
    return true;
}

static const char SQL_SEAL_NEXT[] = "SELECT " SEAL_COLUMNS " FROM audit_seal"
                                    " WHERE site_id = ?1 AND seal_id > ?2 ORDER BY seal_id LIMIT 1";

bool store_seal_after(Db *db, SiteId site, int64_t after, Seal *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SEAL_NEXT);
    bind_int(&s, site.n);
    bind_int(&s, after);
    return seal_one(&s, out, found, err);
}

static const char SQL_SEAL_LAST[] =
    "SELECT " SEAL_COLUMNS " FROM audit_seal"
    " WHERE site_id = ?1 AND day < ?2 ORDER BY seal_id DESC LIMIT 1";

bool store_seal_before(Db *db, SiteId site, Date day, Seal *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SEAL_LAST);
    bind_int(&s, site.n);
    bind_int(&s, date_is(day) ? day.days : INT64_MAX);
    return seal_one(&s, out, found, err);
}

static const char SQL_SEAL_OF[] = "SELECT " SEAL_COLUMNS " FROM audit_seal"
                                  " WHERE site_id = ?1 AND line_id >= ?2 ORDER BY seal_id LIMIT 1";

bool store_seal_of(Db *db, SiteId site, int64_t line, Seal *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SEAL_OF);
    bind_int(&s, site.n);
    bind_int(&s, line);
    return seal_one(&s, out, found, err);
}

static const char SQL_SEAL_ADD[] = "INSERT INTO audit_seal (site_id, " SEAL_COLUMNS ")"
                                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

static void bind_bytes(Stmt *s, const unsigned char *bytes, size_t n)
{
    bind_blob(s, (Str){(const char *)bytes, n});
}

bool store_seal_add(Db *db, SiteId site, const Seal *seal, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SEAL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, seal->id);
    bind_int(&s, seal->day);
    bind_int(&s, seal->at);
    bind_int(&s, seal->line);
    bind_bytes(&s, seal->line_hash, sizeof seal->line_hash);
    bind_bytes(&s, seal->previous, sizeof seal->previous);
    bind_int(&s, seal->key_number);
    bind_bytes(&s, seal->public_key, sizeof seal->public_key);
    bind_bytes(&s, seal->next_key, sizeof seal->next_key);
    bind_bytes(&s, seal->signature, sizeof seal->signature);
    return stmt_run(&s, err);
}

// --- forms that are acted on once

static const char SQL_ONCE_TAKE[] =
    "INSERT INTO form_once (site_id, person_id, once, at, noun) VALUES (?1, ?2, ?3, ?4, '')"
    " ON CONFLICT (site_id, person_id, once) DO NOTHING";

bool store_once_take(Db *db, SiteId site, PersonId person, Str once, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_TAKE);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, once);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 || fail(err, ERR_REPEATED, NULL, "这份表单已经提交过，没有重复办理",
                                      "this form has been sent before; it was not acted on again");
}

static const char SQL_ONCE_ABOUT[] = "UPDATE form_once SET noun = ?4, noun_id = ?5"
                                     " WHERE site_id = ?1 AND person_id = ?2 AND once = ?3";

bool store_once_about(Db *db, SiteId site, PersonId person, Str once, Str noun, int64_t noun_id,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_ABOUT);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, once);
    bind_str(&s, noun);
    bind_id(&s, noun_id);
    return stmt_run(&s, err);
}

static const char SQL_ONCE_FIND[] = "SELECT noun, noun_id FROM form_once"
                                    " WHERE site_id = ?1 AND person_id = ?2 AND once = ?3";

bool store_once_find(Db *db, SiteId site, PersonId person, Str once, Arena *a, Str *noun,
                     int64_t *noun_id, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_FIND);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, once);
    Str found = S("");
    int64_t id = 0;
    if (stmt_row(&s)) {
        found = col_str(&s, a);
        id = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *noun = found;
    *noun_id = id;
    return true;
}

static const char SQL_ONCE_FORGET[] = "DELETE FROM form_once WHERE site_id = ?1 AND at < ?2";

bool store_once_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_FORGET);
    bind_int(&s, site.n);
    bind_int(&s, before);
    if (!stmt_run(&s, err))
        return false;
    *n = db_changes(db);
    return true;
}

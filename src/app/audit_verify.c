#include "app/audit.h"
#include "app/key.h"

#include "store/audit.h"

enum { BATCH = 4096, KEYS_MOST = 64, SCRATCH = 16 << 20, EXPLAIN_SCRATCH = 256 << 20 };

typedef struct Walk {
    App *app;
    Verified *found;
    unsigned char keys[KEYS_MOST][PUBLIC_KEY_BYTES]; // trusted
    size_t n_keys;
    AuditLine last; // id, at, hash
    Seal seal;      // the last one looked at; id 0: none
    Seal next;
    bool has_next;
    Seal anchor; // line 0: none
    Arena scratch;
    size_t seen; // lines of this batch
    bool failed; // the store did, for the reason in *err
    Err *err;
} Walk;

static bool stop(Walk *w, AuditFault fault, int64_t line, int64_t seal)
{
    w->found->fault = fault;
    w->found->line = line;
    w->found->seal = seal;
    return false;
}

// --- keys

static bool keys_read(Walk *w, Str text, Err *err)
{
    for (Str line; text.n;) {
        str_cut(text, S("\n"), &line, &text);
        line = str_trim(line);
        if (!line.n || line.s[0] == '#')
            continue;
        if (w->n_keys == KEYS_MOST || !crypt_unhex(line, w->keys[w->n_keys], PUBLIC_KEY_BYTES))
            return fail(err, ERR_INPUT, NULL, "公钥文件每行应是一个公钥（64位十六进制数）",
                        "each line of the file is one public key of 64 hexadecimal digits");
        w->n_keys++;
    }
    return true;
}

static bool key_trusted(const Walk *w, const Seal *seal)
{
    for (size_t i = 0; i < w->n_keys; i++)
        if (memcmp(w->keys[i], seal->public_key, PUBLIC_KEY_BYTES) == 0)
            return true;
    return false;
}

static bool key_own(const App *app, const Seal *seal)
{
    unsigned char public_key[PUBLIC_KEY_BYTES];
    Key key = crypt_key_nth(&app->master, KEY_SEALS, (uint64_t)seal->key_number);
    crypt_public_key(&key, public_key);
    crypt_wipe(&key, sizeof key);
    return memcmp(public_key, seal->public_key, sizeof public_key) == 0;
}

// Each seal holds the hash of the one before, so that the key of the newest proves them all; where
// keys were given, each is compared.
static AuditFault newest_key(Walk *w)
{
    if (!w->seal.id || w->n_keys || !w->app->has_key)
        return AUDIT_FINE;
    return key_own(w->app, &w->seal) ? AUDIT_FINE : AUDIT_SEAL_KEY;
}

// --- seals

static bool next_seal(Walk *w)
{
    w->failed =
        !store_seal_after(w->app->db, w->app->site, w->seal.id, &w->next, &w->has_next, w->err);
    return !w->failed;
}

static bool check_seal(Walk *w, const AuditLine *line)
{
    const Seal *seal = &w->next;
    AuditFault fault = seal_follows(w->app->site, w->seal.id ? &w->seal : NULL, seal, w->scratch);
    bool trusted = w->n_keys && key_trusted(w, seal);
    if (fault == AUDIT_SEAL_KEY && trusted)
        fault = AUDIT_FINE;
    if (fault == AUDIT_FINE && w->n_keys && !trusted)
        fault = AUDIT_SEAL_KEY;
    if (fault != AUDIT_FINE)
        return stop(w, fault, 0, fault == AUDIT_SEAL_MISSING ? w->seal.id + 1 : seal->id);
    if (seal->line != line->id || memcmp(seal->line_hash, line->hash, SHA256_BYTES) != 0)
        return stop(w, AUDIT_RESEALED, line->id, seal->id);
    w->seal = *seal;
    w->found->seals++;
    return next_seal(w);
}

static bool check_anchor(Walk *w, const AuditLine *line)
{
    if (w->anchor.line != line->id || memcmp(w->anchor.line_hash, line->hash, SHA256_BYTES) == 0)
        return true;
    return stop(w, AUDIT_RESEALED, line->id, w->anchor.id);
}

// --- lines

static bool explain(Walk *w, const AuditLine *line)
{
    CLEANUP(arena_end) Arena a = arena_new(EXPLAIN_SCRATCH);
    AuditLine *v = NEW(&a, AuditLine, AUDIT_LOOK);
    size_t n = 0;
    w->failed =
        !store_audit_after(w->app->db, w->app->site, line->id - 1, AUDIT_LOOK, &a, v, &n, w->err);
    return stop(w, audit_explain(w->app->site, w->last.hash, v, n), line->id, 0);
}

static bool walk_line(void *ctx, const AuditLine *line)
{
    Walk *w = ctx;
    AuditFault fault = audit_follows(w->app->site, w->last.id, w->last.at, w->last.hash, line);
    if (fault == AUDIT_CHANGED)
        return explain(w, line);
    if (fault != AUDIT_FINE)
        return stop(w, fault, fault == AUDIT_MISSING ? w->last.id + 1 : line->id, 0);
    w->last.id = line->id;
    w->last.at = line->at;
    memcpy(w->last.hash, line->hash, sizeof w->last.hash);
    w->found->lines++;
    w->seen++;
    while (w->has_next && w->next.line <= line->id)
        if (!check_seal(w, line))
            return false;
    return check_anchor(w, line);
}

static bool walk_lines(Walk *w, Err *err)
{
    do {
        w->seen = 0;
        if (!store_audit_walk(w->app->db, w->app->site, w->last.id, BATCH, walk_line, w, err) ||
            w->failed)
            return false;
    } while (w->seen == BATCH && w->found->fault == AUDIT_FINE);
    return true;
}

// What is not there at the end.
static void walk_end(Walk *w)
{
    if (w->has_next)
        stop(w, AUDIT_TRUNCATED, w->last.id + 1, w->next.id);
    else if (w->anchor.line > w->last.id)
        stop(w, AUDIT_TRUNCATED, w->last.id + 1, w->anchor.id);
    else if (w->anchor.id > w->seal.id)
        stop(w, AUDIT_SEAL_MISSING, 0, w->seal.id + 1);
    else if (newest_key(w) != AUDIT_FINE)
        stop(w, AUDIT_SEAL_KEY, 0, w->seal.id);
}

// --- where to begin

static bool begin_at_seal(Walk *w, Date from, Err *err)
{
    const App *app = w->app;
    bool found = false;
    Arena scratch = w->scratch;
    if (date_is(from) && !store_seal_before(app->db, app->site, from, &w->seal, &found, err))
        return false;
    if (!found)
        return true;
    Str text = seal_text(app->site, &w->seal, &scratch);
    if (!crypt_verify(w->seal.public_key, text, w->seal.signature))
        stop(w, AUDIT_SEAL_CHANGED, 0, w->seal.id);
    w->last.id = w->seal.line;
    memcpy(w->last.hash, w->seal.line_hash, sizeof w->last.hash);
    w->found->seals++;
    return true;
}

static bool anchored_line(void *ctx, const AuditLine *line)
{
    check_anchor(ctx, line);
    return false;
}

// An anchor from before the beginning is compared by itself.
static bool begin_anchor(Walk *w, Str text, Err *err)
{
    Arena scratch = w->scratch;
    if (text.n && !anchor_read(w->app->site, text, &scratch, &w->anchor, err))
        return false;
    return !w->anchor.line || w->anchor.line > w->last.id ||
           store_audit_walk(w->app->db, w->app->site, w->anchor.line - 1, 1, anchored_line, w, err);
}

bool app_audit_verify(App *app, const VerifyOptions *opt, Verified *out, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH);
    Verified found = {.sealed_on = date_none};
    Walk *w = NEW(&a, Walk, 1);
    *w = (Walk){.app = app, .found = &found, .err = err};
    w->scratch = a;
    if (!keys_read(w, opt->public_keys, err) || !begin_at_seal(w, opt->from, err) ||
        !begin_anchor(w, opt->anchor, err))
        return false;
    found.first = w->last.id + 1;
    found.keys_known = w->n_keys || app->has_key;
    if (found.fault == AUDIT_FINE && (!next_seal(w) || !walk_lines(w, err)))
        return false;
    if (found.fault == AUDIT_FINE)
        walk_end(w);
    found.last = w->last.id;
    found.sealed_to = w->seal.line;
    found.sealed_on = w->seal.id ? (Date){(int32_t)w->seal.day} : date_none;
    *out = found;
    return true;
}

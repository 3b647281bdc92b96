// Blacking out behind the page: the order is a row, a worker takes it, says how far it is, and
// keeps the result in one transaction with the end of the order. What was ordered for marks that
// are not the present ones, or was cancelled, leaves nothing behind.
#include "app/attachment.h"
#include "app/desk.h"
#include "app/release_work.h"
#include "app/release_workers.h"

#include <time.h>

enum { BEAT_MS = 1000 };

// --- ordering

static bool ordered_already(const ReleaseMaking *m, const ReleaseFile *f)
{
    return making_states[m->state].open && m->version == f->version;
}

bool app_release_order(App *app, ReleaseFileId id, int64_t version, Arena *a, ReleaseMaking *out,
                       Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    ReleaseMaking m;
    if (!act_begin(app, &act, err) ||
        !release_load(app, id, version, RELEASE_WITHHOLD, a, &f, &r, err) ||
        !release_can_be_marked(&f, err) || !store_making_get(app->db, app->site, id, a, &m, err))
        return false;
    if (ordered_already(&m, &f)) { // by somebody else, a moment ago
        *out = m;
        return true;
    }
    m = (ReleaseMaking){.file = id,
                        .version = f.version,
                        .state = MAKING_WAITING,
                        .pages = f.pages,
                        .by = app->actor.person,
                        .name = app->actor.name,
                        .ordered_at = app->now};
    if (!store_making_order(app->db, app->site, &m, err) ||
        !release_note(&act, ACT_RELEASE_ORDER, &f, "", S(""), a, err) || !act_commit(&act, err))
        return false;
    release_workers_wake(app->workers);
    *out = m;
    return true;
}

bool app_release_cancel(App *app, ReleaseFileId id, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    bool stopped;
    if (!act_begin(app, &act, err) || !release_load(app, id, 0, RELEASE_SEE, a, &f, &r, err) ||
        !store_making_stop(app->db, app->site, id, MAKING_CANCELLED, app->now, &stopped, err))
        return false;
    if (!stopped)
        return fail(err, ERR_RULE, NULL, "这份文件没有正在进行的遮盖，可能刚刚完成",
                    "the file is not being blacked out; it may just have ended");
    return release_note(&act, ACT_RELEASE_CANCEL, &f, "", S(""), a, err) && act_commit(&act, err);
}

bool release_changed(App *app, const ReleaseFile *f, Err *err)
{
    bool stopped;
    return store_release_save(app->db, app->site, f, err) &&
           store_decision_look_again(app->db, app->site, f->request, f->nth, err) &&
           store_making_stop(app->db, app->site, f->id, MAKING_STALE, app->now, &stopped, err);
}

// --- working

typedef struct Making {
    App app; // in the name of who ordered it
    ReleaseMaking order;
    Str holder;
    int64_t began_ms, beat_ms;
    int told;     // pages, at the last beat
    bool stopped; // the program ends: another takes it up
    bool lost;    // cancelled, stale, or another's by now
} Making;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// The moment by the App's clock, which stood still meanwhile.
static int64_t moment_of(const Making *k)
{
    return k->app.now + (now_ms() - k->began_ms) / 1000;
}

// A database that does not answer for once is asked again at the next beat: what counts is asked
// for when the result is kept.
static bool beat(void *ctx, int done, int pages)
{
    Making *k = ctx;
    App *app = &k->app;
    int64_t now = now_ms();
    bool mine = true;
    Err away;
    k->stopped = app->stop && app->stop->asked;
    if (k->stopped || now - k->beat_ms < BEAT_MS)
        return !k->stopped;
    k->beat_ms = now;
    k->told = pages ? done : k->told;
    if (store_making_beat(app->db, app->site, k->order.file, k->holder, k->told, moment_of(k),
                          &mine, &away))
        k->lost = !mine;
    return !k->lost;
}

static void job_of(const ReleaseFile *f, const ReleaseMarks *marks, Making *k, Arena *a,
                   RedactJob *out)
{
    *out = (RedactJob){.work = REDACT_MAKE, .kind = f->kind, .watch = {beat, k}};
    for (size_t i = 0; i < marks->n; i++)
        *PUSH(a, &out->marks) = marks->v[i].mark;
}

typedef struct Made {
    ReleaseState state;
    Str address, hash, proof;
    int64_t bytes;
} Made;

// Before the transaction: what is kept and then not named harms nobody. What is not proven is not
// kept.
static bool result_keep(const App *app, const RedactJob *job, const RedactResult *r, Arena *a,
                        Made *out, Err *err)
{
    Files files = app_files(app);
    *out = (Made){.state = RELEASE_BLOCKED, .proof = redact_proof_json(job, r, a)};
    if (!r->proven)
        return true;
    out->state = RELEASE_MADE;
    out->hash = crypt_sha256(a, r->bytes);
    out->bytes = (int64_t)r->bytes.n;
    return files_put_private(&files, r->bytes, a, &out->address, err);
}

static bool tell(App *app, const Making *k, const ReleaseFile *f, Str words, Arena *a, Err *err)
{
    Str door =
        str_fmt(a, "/desk/requests/%lld/release/%lld", (long long)f->request.n, (long long)f->id.n);
    return !k->order.by.n || app_notify(app, k->order.by, NOTICE_FILE, words, door, err);
}

static Str told_words(const ReleaseFile *f, Arena *a)
{
    return f->state == RELEASE_MADE
               ? str_fmt(a, "“" PRI_STR "”已遮盖并通过检查，请看过后确认", STR_ARG(f->name))
               : str_fmt(a, "“" PRI_STR "”遮盖后没有通过检查，请看结果", STR_ARG(f->name));
}

// The result, the end of the order and their line in one transaction. ERR_BUSY where the order is
// ours no more, or the marks are others.
static bool finish(Making *k, const Made *made, Arena *a, Err *err)
{
    App *app = &k->app;
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    bool mine;
    int64_t seconds = moment_of(k) - app->now;
    app->now += seconds;
    if (!act_begin(app, &act, err) ||
        !release_load(app, k->order.file, k->order.version, RELEASE_WITHHOLD, a, &f, &r, err) ||
        !store_making_end(app->db, app->site, f.id, k->holder, MAKING_DONE, S(""), app->now, &mine,
                          err))
        return false;
    if (!mine)
        return fail(err, ERR_BUSY, NULL, "已取消", "cancelled meanwhile");
    release_undo(&f);
    f.state = made->state;
    f.result = made->address;
    f.result_hash = made->hash;
    f.result_bytes = made->bytes;
    f.made_at = app->now;
    f.certificate = release_certificate(app, &f, &r, made->proof, a);
    return store_release_save(app->db, app->site, &f, err) &&
           (seconds < MAKING_NOTICE_S || tell(app, k, &f, told_words(&f, a), a, err)) &&
           release_note(&act, ACT_RELEASE_MAKE, &f, "", S(""), a, err) && act_commit(&act, err);
}

// The slow part holds no transaction.
static bool make(Making *k, Arena *a, Err *err)
{
    App *app = &k->app;
    ReleaseFileId id = k->order.file;
    ReleaseFile f;
    InfoRequest r;
    ReleaseMarks marks;
    RedactJob job;
    RedactResult result;
    Made made;
    if (!release_load(app, id, k->order.version, RELEASE_WITHHOLD, a, &f, &r, err) ||
        !store_release_marks(app->db, app->site, id, a, &marks, err) ||
        !release_words_open(app, id, &marks, a, err))
        return false;
    job_of(&f, &marks, k, a, &job);
    return release_can_be_marked(&f, err) && release_source(app, &f, a, &job.source, err) &&
           release_work(app, &job, a, &result, err) &&
           result_keep(app, &job, &result, a, &made, err) && finish(k, &made, a, err);
}

// The words are for whoever ordered it. A file that is gone, or whose reply is out, has no reader.
static bool failed(Making *k, const Err *why, Arena *a, Err *err)
{
    App *app = &k->app;
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    bool mine;
    Str words = str_dup(a, str_z(why->zh));
    app->now = moment_of(k);
    k->began_ms = now_ms();
    if (!act_begin(app, &act, err) ||
        !store_making_end(app->db, app->site, k->order.file, k->holder, MAKING_FAILED, words,
                          app->now, &mine, err))
        return false;
    if (!mine)
        return true;
    Err gone;
    if (!release_load(app, k->order.file, 0, RELEASE_SEE, a, &f, &r, &gone))
        return tx_commit(&act.tx, err);
    return tell(app, k, &f, str_fmt(a, "“" PRI_STR "”没有遮盖成", STR_ARG(f.name)), a, err) &&
           release_note(&act, ACT_RELEASE_MAKE, &f, "failed", words, a, err) &&
           act_commit(&act, err);
}

static App as_ordered(const App *app, const ReleaseMaking *m)
{
    App own = *app;
    own.actor = (Actor){.person = m->by, .name = m->name, .via = S("job")};
    own.scope = scope_site(app->site); // it was in scope when it was ordered
    own.once = S("");
    own.draft = S("");
    return own;
}

static bool too_often(const ReleaseMaking *m, Err *why)
{
    return m->tries > MAKING_TRIES &&
           !fail(
               why, ERR_LIMIT, NULL,
               "处理了%d次都中途停止，多半是内存不够。请把文件分成几份，或者打印成新的PDF再添加。",
               "begun %d times without an end; split the document or print it into a new PDF",
               MAKING_TRIES);
}

bool app_release_next(App *app, Arena *a, bool *did, Str *what, Err *err)
{
    Making k = {.holder = crypt_token(a, 8)};
    Err why = {0};
    if (!store_making_take(app->db, app->site, k.holder, app->now, a, &k.order, err))
        return false;
    *did = k.order.file.n != 0;
    *what = S("");
    if (!*did)
        return true;
    k.app = as_ordered(app, &k.order);
    k.began_ms = k.beat_ms = now_ms();
    if (!too_often(&k.order, &why) && make(&k, a, &why)) {
        *what = str_fmt(a, "file %lld in %lld s", (long long)k.order.file.n,
                        (long long)((now_ms() - k.began_ms) / 1000));
        return true;
    }
    if (k.stopped || (why.kind == ERR_BUSY && !k.lost))
        return store_making_back(app->db, app->site, k.order.file, k.holder, !k.stopped, err);
    if (k.lost) {
        *what = str_fmt(a, "file %lld: cancelled, or changed", (long long)k.order.file.n);
        return true;
    }
    *what = str_fmt(a, "file %lld failed: %s", (long long)k.order.file.n, why.en);
    return failed(&k, &why, a, err);
}

bool app_release_job(App *app, Arena *a, Str *did, Err *err)
{
    bool found = true;
    int64_t n = 0;
    while (found && !(app->stop && app->stop->asked)) {
        Arena scratch = *a;
        Str what;
        if (!app_release_next(app, &scratch, &found, &what, err))
            return false;
        n += found;
    }
    *did = n ? str_fmt(a, "blacked out %lld files", (long long)n) : S("");
    return true;
}

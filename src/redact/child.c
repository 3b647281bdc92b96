// What goes to the child and comes back: a line "gongkai redact <bytes of JSON>", the JSON, then
// the document or what was made of it. Before its answer the child says how far it is, in lines
// "page <done> <of>".
#include "base/crypt.h"
#include "base/json.h"
#include "base/sandbox.h"
#include "base/text.h"
#include "redact/prove.h"

enum {
    JSON_BYTES = 8 << 20,
    ANSWER_BYTES = 80 << 20,
    MEMORY_SHIFT = 36,    // of address space: arenas are reserved, not used
    CPU_SECONDS = 1800,   // its own; the programs it starts have theirs
    TIMEOUT_MS = 3600000, // 300 pages that are read by tesseract as well
    LOOK_MS = 1000,
};

static const Str HEAD = SI("gongkai redact ");

static Str packed(const Buf *json, Str bytes, Arena *a)
{
    Buf b = buf_new(a, ANSWER_BYTES + JSON_BYTES);
    buf_room(&b, json->n + bytes.n + 64);
    buf_fmt(&b, PRI_STR "%zu\n", STR_ARG(HEAD), json->n);
    buf_add(&b, buf_str(json));
    buf_add(&b, bytes);
    return buf_str(&b);
}

static bool unpack(Str s, Arena *a, const Json **json, Str *bytes, Err *err)
{
    Str line = {0}, rest = {0};
    int64_t n;
    if (!str_starts(s, HEAD) || !str_cut(str_from(s, HEAD.n), S("\n"), &line, &rest) ||
        !str_to_int(line, &n) || n < 2 || n > JSON_BYTES || (size_t)n > rest.n)
        return fail(err, ERR_UNREADABLE, NULL, "处理程序的回答不完整",
                    "the answer of the child is cut short");
    *bytes = str_from(rest, (size_t)n);
    return json_read(str_sub(rest, 0, (size_t)n), JSON_BYTES, a, json, err);
}

// --- how far it is

static const Str PAGE = SI("page ");

Str redact_said(int done, int pages, Arena *a)
{
    return str_fmt(a, PRI_STR "%d %d\n", STR_ARG(PAGE), done, pages);
}

// The last whole line of those at the beginning, which are taken off. False where there is none.
static bool said_last(Str *s, int *done, int *pages)
{
    Str line = {0}, rest = {0}, first = {0}, second = {0};
    int64_t n = 0, of = 0;
    bool any = false;
    while (str_starts(*s, PAGE) && str_cut(*s, S("\n"), &line, &rest)) {
        any = str_cut(str_from(line, PAGE.n), S(" "), &first, &second) && str_to_int(first, &n) &&
              str_to_int(second, &of) && n >= 0 && n <= of && of <= REDACT_PAGES_MOST;
        *s = rest;
    }
    *done = (int)n;
    *pages = (int)of;
    return any;
}

static bool look_on(void *ctx, Str out)
{
    const RedactWatch *watch = ctx;
    int done, pages;
    bool any = said_last(&out, &done, &pages);
    return watch->told(watch->ctx, any ? done : 0, any ? pages : 0);
}

// --- what is asked

static void put_mark(JsonOut *w, const RedactMark *m)
{
    json_object(w);
    json_put_int(w, "id", m->id);
    json_put_int(w, "page", m->box.page);
    json_put_int(w, "x", m->box.x);
    json_put_int(w, "y", m->box.y);
    json_put_int(w, "w", m->box.w);
    json_put_int(w, "h", m->box.h);
    json_put_str(w, "words", m->words);
    json_put_int(w, "ground", m->ground);
    json_end(w);
}

static Str job_pack(const RedactJob *job, Arena *a)
{
    Buf b = buf_new(a, JSON_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "work", job->work);
    json_put_int(&w, "kind", job->kind);
    json_put_int(&w, "page", job->page);
    json_put_int(&w, "side", job->side);
    json_put_bool(&w, "quick", job->quick);
    json_key(&w, S("marks"));
    json_array(&w);
    for (size_t i = 0; i < job->marks.n; i++)
        put_mark(&w, &job->marks.v[i]);
    json_end(&w);
    json_end(&w);
    return packed(&b, job->source, a);
}

static int small(const Json *v, const char *key, int most)
{
    int64_t n = json_get_int(v, key, 0);
    return n < 0 || n > most ? 0 : (int)n;
}

static bool job_unpack(Str s, Arena *a, RedactJob *out, Err *err)
{
    const Json *v = NULL;
    RedactJob job = {0};
    if (!unpack(s, a, &v, &job.source, err))
        return false;
    job.work = (RedactWork)small(v, "work", REDACT_WORK__COUNT - 1);
    job.kind = (AttachKind)small(v, "kind", ATTACH_KIND__COUNT - 1);
    job.page = small(v, "page", REDACT_PAGES_MOST);
    job.side = small(v, "side", 8000);
    job.quick = json_get_bool(v, "quick");
    for (const Json *m = json_first(json_get(v, "marks")); m; m = json_next(m))
        *PUSH(a, &job.marks) =
            (RedactMark){.id = json_get_int(m, "id", 0),
                         .box = {small(m, "page", REDACT_PAGES_MOST), small(m, "x", PAGE_UNITS),
                                 small(m, "y", PAGE_UNITS), small(m, "w", PAGE_UNITS),
                                 small(m, "h", PAGE_UNITS)},
                         .words = json_get_str(m, "words"),
                         .ground = (Ground)small(m, "ground", GROUND__COUNT - 1)};
    *out = job;
    return true;
}

// --- what is answered

static void put_strs(JsonOut *w, Str key, const Strs *v)
{
    json_key(w, key);
    json_array(w);
    for (size_t i = 0; i < v->n; i++)
        json_str(w, v->v[i]);
    json_end(w);
}

static const Str outcome_ids[] = {SI("held"), SI("failed"), SI("not_made")};

static void put_shapes(JsonOut *w, const RedactResult *r)
{
    json_key(w, S("shapes"));
    json_array(w);
    for (int i = 0; i < 2 * r->pages; i++)
        json_int(w, r->shapes[i]);
    json_end(w);
}

Str redact_facts_json(const RedactResult *r, Arena *a)
{
    Buf b = buf_new(a, JSON_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_bool(&w, "text", r->text);
    put_strs(&w, S("hidden"), &r->hidden);
    put_shapes(&w, r);
    json_end(&w);
    return buf_str(&b);
}

static void put_checks(JsonOut *w, const RedactResult *r)
{
    json_key(w, S("checks"));
    json_array(w);
    for (int i = 0; i < PROVE__COUNT; i++) {
        if (!r->checks[i].done)
            continue;
        json_object(w);
        json_put_str(w, "id", redact_checks[i].id);
        json_put_str(w, "name", redact_checks[i].name);
        json_put_str(w, "outcome", outcome_ids[r->checks[i].outcome]);
        json_put_str(w, "words", r->checks[i].words);
        json_end(w);
    }
    json_end(w);
}

static void put_places(JsonOut *w, const RedactResult *r)
{
    json_key(w, S("places"));
    json_array(w);
    for (size_t i = 0; i < r->n_places; i++) {
        json_object(w);
        json_put_int(w, "mark", r->places[i].mark);
        json_put_int(w, "places", r->places[i].places);
        json_end(w);
    }
    json_end(w);
}

static Str result_pack(const RedactResult *r, Arena *a)
{
    Buf b = buf_new(a, JSON_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "pages", r->pages);
    put_shapes(&w, r);
    json_put_bool(&w, "text", r->text);
    json_put_bool(&w, "proven", r->proven);
    json_put_bool(&w, "unread", r->unread);
    json_put_int(&w, "layer", r->layer);
    put_strs(&w, S("hidden"), &r->hidden);
    put_strs(&w, S("tools"), &r->tools);
    put_checks(&w, r);
    put_places(&w, r);
    json_end(&w);
    return packed(&b, r->bytes, a);
}

static Str failure_pack(const Err *err, Arena *a)
{
    Buf b = buf_new(a, JSON_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "failed", err->kind);
    json_put_str(&w, "zh", str_z(err->zh));
    json_put_str(&w, "en", str_z(err->en));
    Str detail = str_z(err->detail);
    json_put_str(&w, "detail", str_sub(detail, 0, text_valid(detail)));
    json_end(&w);
    return packed(&b, S(""), a);
}

Str redact_answer(Str asked, RedactWatch watch, Arena *a)
{
    RedactJob job;
    RedactResult r;
    Err err = {0};
    if (!job_unpack(asked, a, &job, &err))
        return failure_pack(&err, a);
    job.watch = watch;
    if (!redact_do(&job, a, &r, &err))
        return failure_pack(&err, a);
    return result_pack(&r, a);
}

// --- and read

static void read_strs(const Json *v, Arena *a, Strs *out)
{
    Str s = {0};
    for (const Json *i = json_first(v); i; i = json_next(i))
        if (json_as_str(i, &s))
            *PUSH(a, out) = s;
}

static void read_check(const Json *v, RedactCheck checks[PROVE__COUNT])
{
    Str id = json_get_str(v, "id"), outcome = json_get_str(v, "outcome");
    for (int i = 0; i < PROVE__COUNT; i++)
        for (int o = 0; o < 3; o++)
            if (str_eq(redact_checks[i].id, id) && str_eq(outcome_ids[o], outcome))
                checks[i] = (RedactCheck){(RedactOutcome)o, true, json_get_str(v, "words")};
}

static void read_result(const Json *v, Arena *a, RedactResult *r)
{
    int i = 0;
    r->pages = small(v, "pages", REDACT_PAGES_MOST);
    r->shapes = NEW(a, int, 2 * (size_t)r->pages);
    for (const Json *n = json_first(json_get(v, "shapes")); n && i < 2 * r->pages;
         n = json_next(n)) {
        int64_t size = 0;
        json_as_int(n, &size);
        r->shapes[i++] = size > 0 && size < 1 << 20 ? (int)size : 1;
    }
    r->text = json_get_bool(v, "text");
    r->proven = json_get_bool(v, "proven");
    r->unread = json_get_bool(v, "unread");
    r->layer = json_get_int(v, "layer", 0);
    read_strs(json_get(v, "hidden"), a, &r->hidden);
    read_strs(json_get(v, "tools"), a, &r->tools);
    for (const Json *c = json_first(json_get(v, "checks")); c; c = json_next(c))
        read_check(c, r->checks);
    const Json *places = json_get(v, "places");
    r->places = NEW(a, RedactPlaces, json_count(places));
    for (const Json *p = json_first(places); p; p = json_next(p))
        r->places[r->n_places++] =
            (RedactPlaces){json_get_int(p, "mark", 0), json_get_int(p, "places", 0)};
}

// The child's own failure, in its words.
static bool failure_read(const Json *v, Err *err)
{
    Err e = {.kind = (ErrKind)small(v, "failed", ERR__COUNT - 1)};
    if (e.kind == ERR_NONE)
        return false;
    snprintf(e.zh, sizeof e.zh, PRI_STR, STR_ARG(json_get_str(v, "zh")));
    snprintf(e.en, sizeof e.en, PRI_STR, STR_ARG(json_get_str(v, "en")));
    snprintf(e.detail, sizeof e.detail, PRI_STR, STR_ARG(json_get_str(v, "detail")));
    *err = e;
    return true;
}

bool redact_in_child(const RedactJob *job, Arena *a, RedactResult *out, Err *err)
{
    static const char *const argv[] = {"/proc/self/exe", "redact", "work", NULL};
    const SandboxLimits limits = {
        .memory = (size_t)1 << MEMORY_SHIFT, .cpu_seconds = CPU_SECONDS, .may_start = true};
    RedactWatch told = job->watch;
    const SandboxWatch watch = {look_on, &told, LOOK_MS};
    SandboxResult answer;
    const Json *v = NULL;
    RedactResult r = {0};
    int done, pages;
    if (!sandbox_run_watched(argv, job_pack(job, a), ANSWER_BYTES, TIMEOUT_MS, &limits,
                             told.told ? &watch : NULL, a, &answer, err))
        return false;
    said_last(&answer.out, &done, &pages);
    if (answer.out.n == 0)
        return fail(err, ERR_UNREADABLE, str_to_z(a, answer.err),
                    "处理程序在这个文件上出错，已放弃。请把它打印成新的PDF或者扫描后再添加。",
                    "the child broke down on this file; print it into a new PDF");
    if (!unpack(answer.out, a, &v, &r.bytes, err) || failure_read(v, err))
        return false;
    read_result(v, a, &r);
    *out = r;
    return true;
}

// --- the certificate

static const RedactPlaces *places_of(const RedactResult *r, int64_t mark)
{
    for (size_t i = 0; i < r->n_places; i++)
        if (r->places[i].mark == mark)
            return &r->places[i];
    return NULL;
}

static void put_proof_mark(JsonOut *w, const RedactMark *m, const RedactResult *r, Arena *a)
{
    const RedactPlaces *places = places_of(r, m->id);
    json_object(w);
    json_put_int(w, "id", m->id);
    json_put_str(w, "kind", m->box.page ? S("area") : S("text"));
    if (m->box.page)
        json_put_str(w, "area", redact_area_words(&m->box, a));
    else
        json_put_int(w, "characters", (int64_t)str_runes(m->words));
    json_put_int(w, "places", places ? places->places : 0);
    json_put_str(w, "ground", ground_defs[m->ground].name);
    json_put_str(w, "source", ground_defs[m->ground].source);
    if (m->note.n)
        json_put_str(w, "note", m->note);
    json_end(w);
}

static void put_file(JsonOut *w, Str key, Str bytes, Arena *a)
{
    json_key(w, key);
    json_object(w);
    json_put_str(w, "sha256", crypt_sha256(a, bytes));
    json_put_int(w, "bytes", (int64_t)bytes.n);
    json_end(w);
}

Str redact_proof_json(const RedactJob *job, const RedactResult *r, Arena *a)
{
    Buf b = buf_new(a, JSON_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_bool(&w, "proven", r->proven);
    put_file(&w, S("document"), job->source, a);
    put_file(&w, S("result"), r->bytes, a);
    json_put_int(&w, "pages", r->pages);
    json_put_int(&w, "words_as_text", r->layer);
    json_put_bool(&w, "unread", r->unread);
    json_key(&w, S("marks"));
    json_array(&w);
    for (size_t i = 0; i < job->marks.n; i++)
        put_proof_mark(&w, &job->marks.v[i], r, a);
    json_end(&w);
    put_checks(&w, r);
    put_strs(&w, S("left_behind"), &r->hidden);
    put_strs(&w, S("tools"), &r->tools);
    json_end(&w);
    return buf_str(&b);
}

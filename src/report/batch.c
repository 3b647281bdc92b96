#include "report/batch.h"

#include "base/file.h"
#include "base/text.h"
#include "report/batch_work.h"
#include "report/organ.h"
#include "report/pool.h"

#include <unistd.h>

enum { IN_MEMORY = 16 }; // so few files wait there and not on disk

typedef struct Pair {
    size_t earlier, later; // in batch->docs
} Pair;

typedef struct Run {
    Batch *batch;
    const BatchOptions *opt;
    const Strs *names;
    Str from_stdin; // once read
    Arena *a;
    size_t next, done;
    struct {
        size_t *v;
        size_t n, cap;
    } again; // files that need a child which may start a converter
    struct {
        Pair *v;
        size_t n, cap;
    } pairs;
    Err *err;
    bool failed; // the spill could not be written or read
} Run;

// --- the files ---

static void file_failed(Run *run, size_t i, const Err *why)
{
    BatchFile *f = &run->batch->files[i];
    f->why = why->kind;
    f->message = str_dup(run->a, str_z(run->opt->lang == LANG_ZH ? why->zh : why->en));
    run->batch->n_unreadable++;
}

static void file_finished(Run *run)
{
    run->done++;
    if (run->opt->progress)
        run->opt->progress(run->opt->progress_ctx, run->done, run->batch->n_files);
}

static bool too_large(Err *why)
{
    if (why->kind == ERR_LIMIT)
        fail(why, ERR_LIMIT, NULL, "文件超过 %d MB", "the file is larger than %d MB",
             MAX_FILE_BYTES >> 20);
    return false;
}

static bool file_bytes(Run *run, size_t i, Arena *a, Str *bytes, Err *why)
{
    Str name = run->names->v[i];
    if (!str_eq(name, S("-")))
        return file_read(name, MAX_FILE_BYTES, a, bytes, why) || too_large(why);
    // kept, because it cannot be read a second time for a child that may start a converter
    bool have = run->from_stdin.s ||
                file_read_fd(STDIN_FILENO, MAX_FILE_BYTES, run->a, &run->from_stdin, why);
    *bytes = run->from_stdin;
    return have || too_large(why);
}

static bool next_file(Run *run, size_t *i, bool *open)
{
    *open = run->again.n > 0;
    if (*open)
        *i = run->again.v[--run->again.n];
    else if (run->next < run->batch->n_files)
        *i = run->next++;
    else
        return false;
    return true;
}

static Str request_make(Arena *a, JobKind kind, Str first, Str second)
{
    JobHead head = {kind, first.n, second.n};
    size_t n = sizeof head + first.n + second.n;
    Buf b = buf_new(a, n);
    buf_room(&b, n);
    add_bytes(&b, &head, sizeof head);
    buf_add(&b, first);
    buf_add(&b, second);
    return buf_str(&b);
}

static bool next_read(void *ctx, Arena *a, PoolJob *job)
{
    Run *run = ctx;
    size_t i;
    bool open;
    while (!run->failed && next_file(run, &i, &open)) {
        Err why = {0};
        Str bytes = {0};
        if (file_bytes(run, i, a, &bytes, &why)) {
            *job = (PoolJob){i, request_make(a, JOB_READ, run->batch->files[i].name, bytes), open};
            return true;
        }
        file_failed(run, i, &why);
        file_finished(run);
    }
    return false;
}

static void pool_end_says(PoolEnd end, Err *why)
{
    switch (end) {
    case POOL_TIME:
        fail(why, ERR_LIMIT, NULL, "读取超过 %d 秒，已放弃", "reading took more than %d seconds",
             BATCH_TIMEOUT_MS / 1000);
        return;
    case POOL_MEMORY:
        fail(why, ERR_LIMIT, NULL, "读取所需内存超过限制",
             "reading needs more memory than allowed");
        return;
    case POOL_LARGE:
        fail(why, ERR_LIMIT, NULL, "文件内容过多，超过限制", "there is more in it than allowed");
        return;
    case POOL_BROKEN:
    case POOL_ANSWERED:
        break;
    }
    fail(why, ERR_UNREADABLE, NULL, "读取程序在这个文件上出错，已放弃",
         "the reader broke down on this file");
}

static bool spans_sound(const AnswerDoc *d)
{
    const JsonSpans *s = &d->spans;
    return s->text <= s->findings && s->findings <= s->end && s->end < d->json_n;
}

static bool take_document(Run *run, size_t file, Str *answer)
{
    AnswerDoc head;
    Str organ, json, alone;
    BatchDoc doc = {.file = file};
    if (!take_bytes(answer, &head, sizeof head) || !take_str(answer, head.organ_n, &organ) ||
        !take_str(answer, head.json_n, &json) || !take_str(answer, head.alone_n, &alone) ||
        head.kind > DOC_OTHER || head.edition >= EDITION__COUNT || !spans_sound(&head))
        return false;
    doc.kind = head.kind;
    doc.edition = head.edition;
    doc.year = head.year;
    doc.organ = str_dup(run->a, organ);
    doc.n = json.n;
    doc.spans = head.spans;
    memcpy(doc.results, head.results, sizeof doc.results);
    doc.alone = alone.n > 0;
    doc.series_n = alone.n;
    doc.results[RESULT_NOT_ASSESSABLE] += doc.alone;
    if (!spill_add(&run->batch->spill, json, &doc.at, run->err) ||
        !spill_add(&run->batch->spill, alone, &doc.series_at, run->err)) {
        run->failed = true;
        return false;
    }
    *PUSH(run->a, &run->batch->docs) = doc;
    return true;
}

static bool take_documents(Run *run, size_t i, size_t n, Str answer)
{
    BatchFile *f = &run->batch->files[i];
    f->first = run->batch->docs.n;
    for (size_t d = 0; d < n; d++)
        if (!take_document(run, i, &answer)) {
            run->batch->docs.n = f->first;
            return false;
        }
    f->n_docs = n;
    f->read = true;
    return true;
}

static void done_read(void *ctx, size_t i, PoolEnd end, Str answer)
{
    Run *run = ctx;
    AnswerHead head;
    Err why = {0};
    bool sound = end == POOL_ANSWERED && take_bytes(&answer, &head, sizeof head);
    if (sound && head.kind == ANSWER_OPEN) {
        *PUSH(run->a, &run->again) = i;
        return;
    }
    bool said = sound && head.kind == ANSWER_NOT_READ && take_bytes(&answer, &why, sizeof why);
    if (!said)
        pool_end_says(end, &why);
    if (!(sound && head.kind == ANSWER_READ && take_documents(run, i, head.n_docs, answer)))
        file_failed(run, i, &why);
    file_finished(run);
}

// --- one year beside the year before ---

typedef struct Filed {
    Str organ;
    int year;
    size_t doc;
} Filed;

static int filed_cmp(const void *x, const void *y)
{
    const Filed *a = x, *b = y;
    int c = str_cmp(a->organ, b->organ);
    if (c == 0)
        c = (a->year > b->year) - (a->year < b->year);
    return c ? c : (a->doc > b->doc) - (a->doc < b->doc);
}

static Filed *file_by_organ(Run *run, size_t *n)
{
    const Batch *b = run->batch;
    Filed *v = NEW(run->a, Filed, b->docs.n + 1);
    *n = 0;
    for (size_t i = 0; i < b->docs.n; i++) {
        const BatchDoc *d = &b->docs.v[i];
        if (d->kind == DOC_REPORT && d->year && d->organ.n)
            v[(*n)++] = (Filed){organ_key(run->a, d->organ), d->year, i};
    }
    qsort(v, *n, sizeof *v, filed_cmp);
    return v;
}

// Reports of one organ and year may be several (two formats of one report): each is put beside the
// first of the year before. Those of one file have been put beside each other by the child.
static void find_pairs(Run *run)
{
    size_t n, first = 0, before = 0, n_before = 0;
    Filed *v = file_by_organ(run, &n);
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && str_eq(v[i].organ, v[first].organ);
        if (!same || v[i].year != v[first].year) {
            bool follows = same && v[i].year == v[first].year + 1;
            before = first;
            n_before = follows ? i - first : 0;
            first = i;
        }
        bool own = false;
        for (size_t k = 0; k < n_before; k++)
            own = own ||
                  run->batch->docs.v[v[before + k].doc].file == run->batch->docs.v[v[i].doc].file;
        run->batch->docs.v[v[i].doc].beside = n_before > 0;
        if (n_before && !own)
            *PUSH(run->a, &run->pairs) = (Pair){v[before].doc, v[i].doc};
    }
}

static bool next_series(void *ctx, Arena *a, PoolJob *job)
{
    Run *run = ctx;
    if (run->failed || run->next == run->pairs.n)
        return false;
    const Pair *pair = &run->pairs.v[run->next];
    const BatchDoc *e = &run->batch->docs.v[pair->earlier], *l = &run->batch->docs.v[pair->later];
    Str earlier, later;
    if (!batch_json(run->batch, e, JSON_TEXT, a, &earlier, run->err) ||
        !batch_json(run->batch, l, JSON_TEXT, a, &later, run->err)) {
        run->failed = true;
        return false;
    }
    *job = (PoolJob){run->next++, request_make(a, JOB_SERIES, earlier, later), false};
    return true;
}

static bool add_findings(Batch *b, BatchDoc *doc, Str json, const uint32_t results[4], Err *err)
{
    if (!spill_add(&b->spill, json, &doc->series_at, err))
        return false;
    doc->series_n = json.n;
    doc->results[RESULT_NOT_ASSESSABLE] -= doc->alone; // what is added stands in its place
    doc->alone = false;
    for (int r = 0; r < 4; r++)
        doc->results[r] += results[r];
    return true;
}

static void done_series(void *ctx, size_t i, PoolEnd end, Str answer)
{
    Run *run = ctx;
    BatchDoc *doc = &run->batch->docs.v[run->pairs.v[i].later];
    AnswerHead head;
    uint32_t results[4];
    if (end != POOL_ANSWERED || !take_bytes(&answer, &head, sizeof head) ||
        head.kind != ANSWER_SERIES || !take_bytes(&answer, results, sizeof results))
        return;
    if (!add_findings(run->batch, doc, answer, results, run->err))
        run->failed = true;
}

static void work(void *ctx, Str request, bool open, Arena *a, Buf *answer)
{
    const Run *run = ctx;
    batch_work(run->opt, request, open, a, answer);
}

static bool run_pool(Run *run, bool series, Err *err)
{
    int workers = run->opt->workers > 0 ? run->opt->workers : pool_processors();
    size_t jobs = series ? run->pairs.n : run->batch->n_files;
    if (jobs == 0)
        return true;
    workers = workers > POOL_MAX_WORKERS ? POOL_MAX_WORKERS : workers;
    PoolPlan plan = {
        .workers = (size_t)workers > jobs ? (int)jobs : workers,
        .timeout_ms = BATCH_TIMEOUT_MS,
        .memory = BATCH_MEMORY,
        .max_answer = BATCH_MAX_ANSWER,
        .ctx = run,
        .next = series ? next_series : next_read,
        .work = work,
        .done = series ? done_series : done_read,
    };
    return pool_run(&plan, err) && !run->failed;
}

// Names of files are bytes; old archives carry them in GB18030.
static Str name_shown(Arena *a, Str name)
{
    Str utf8 = name, encoding;
    Err err;
    return text_decode(name, S(""), a, &utf8, &encoding, &err) ? utf8 : S("?");
}

bool batch_read(const Strs *names, Str stdin_name, const BatchOptions *opt, Arena *a, Batch *out,
                Err *err)
{
    Batch batch = {.n_files = names->n, .files = NEW(a, BatchFile, names->n)};
    for (size_t i = 0; i < names->n; i++)
        batch.files[i].name = name_shown(a, str_eq(names->v[i], S("-")) ? stdin_name : names->v[i]);
    if (!spill_open(&batch.spill, batch.n_files <= IN_MEMORY, err))
        return false;
    Run run = {.batch = &batch, .opt = opt, .names = names, .a = a, .err = err};
    bool ok = run_pool(&run, false, err);
    if (ok && opt->check) {
        run.next = 0;
        find_pairs(&run);
        ok = run_pool(&run, true, err);
    }
    if (!ok) {
        batch_end(&batch);
        return false;
    }
    *out = batch;
    return true;
}

void batch_end(Batch *b)
{
    if (b->files)
        spill_end(&b->spill);
    *b = (Batch){0};
}

// --- getting at the documents ---

// Adds bytes [from, to) of the spilled JSON to what is being put together.
static bool add_span(const Batch *b, const BatchDoc *doc, size_t from, size_t to, char *s,
                     size_t *n, Err *err)
{
    if (!spill_get(&b->spill, doc->at + (off_t)from, to - from, s + *n, err))
        return false;
    *n += to - from;
    return true;
}

// Findings are the last part and end in "]", which makes room for those beside the year before.
static bool add_series(const Batch *b, const BatchDoc *doc, char *s, size_t *n, Err *err)
{
    if (doc->series_n == 0)
        return true;
    --*n;
    if (s[*n - 1] != '[')
        s[(*n)++] = ',';
    if (!spill_get(&b->spill, doc->series_at, doc->series_n, s + *n, err))
        return false;
    *n += doc->series_n;
    s[(*n)++] = ']';
    return true;
}

bool batch_add_findings(Batch *b, BatchDoc *doc, const Findings *more, Arena *a, Err *err)
{
    uint32_t results[4];
    Buf json = buf_new(a, BATCH_MAX_ANSWER);
    count_into(more, results);
    report_json_findings(&json, more);
    return add_findings(b, doc, buf_str(&json), results, err);
}

bool batch_json(const Batch *b, const BatchDoc *doc, unsigned parts, Arena *a, Str *out, Err *err)
{
    const JsonSpans *at = &doc->spans;
    char *s = NEW(a, char, doc->n + doc->series_n + 2);
    size_t n = 0;
    if (!add_span(b, doc, 0, at->text, s, &n, err) ||
        ((parts & JSON_TEXT) && !add_span(b, doc, at->text, at->findings, s, &n, err)))
        return false;
    if ((parts & JSON_FINDINGS) && at->end > at->findings &&
        (!add_span(b, doc, at->findings, at->end, s, &n, err) || !add_series(b, doc, s, &n, err)))
        return false;
    s[n++] = '}';
    *out = (Str){s, n};
    return true;
}

bool batch_document(const Batch *b, const BatchDoc *doc, unsigned parts, Arena *a, Reading *source,
                    Document *out, Err *err)
{
    Str json;
    return batch_json(b, doc, parts, a, &json, err) &&
           report_document_from_json(json, a, source, out, err);
}

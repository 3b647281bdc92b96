#include "report/batch.h"

#include "base/file.h"
#include "base/text.h"
#include "report/organ.h"
#include "report/pool.h"
#include "report/report_json.h"
#include "report/report_print.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

// --- what goes to a child and comes back: this program's own structs, on one machine ---

typedef enum JobKind { JOB_READ, JOB_SERIES } JobKind;

// Followed by the name and the bytes of a file, or by the JSON of the earlier and the later report.
typedef struct JobHead {
    JobKind kind;
    size_t first_n, second_n;
} JobHead;

typedef enum AnswerKind {
    ANSWER_READ,     // AnswerDoc…
    ANSWER_NOT_READ, // Err
    ANSWER_OPEN,     // a converter is needed: not in a child that may start no program
    ANSWER_SERIES,   // results, then findings as JSON
} AnswerKind;

typedef struct AnswerHead {
    AnswerKind kind;
    size_t n_docs;
} AnswerHead;

// Followed by the organ and the JSON.
typedef struct AnswerDoc {
    DocKind kind;
    Edition edition;
    int year;
    uint32_t results[4];
    size_t organ_n, json_n;
    JsonSpans spans;
} AnswerDoc;

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

static void add_bytes(Buf *b, const void *p, size_t n)
{
    buf_add(b, (Str){p, n});
}

static bool take_bytes(Str *from, void *out, size_t n)
{
    if (from->n < n)
        return false;
    memcpy(out, from->s, n);
    *from = str_from(*from, n);
    return true;
}

static bool take_str(Str *from, size_t n, Str *out)
{
    if (from->n < n)
        return false;
    *out = str_sub(*from, 0, n);
    *from = str_from(*from, n);
    return true;
}

// --- in the child ---

static void count_into(const Findings *findings, uint32_t results[4])
{
    size_t counts[4];
    count_results(findings, counts);
    for (int i = 0; i < 4; i++)
        results[i] = (uint32_t)counts[i];
}

static void answer_failure(Buf *answer, const Err *why)
{
    AnswerHead head = {.kind = ANSWER_NOT_READ};
    add_bytes(answer, &head, sizeof head);
    add_bytes(answer, why, sizeof *why);
}

static void answer_document(Buf *answer, const Reading *r, const Document *doc, unsigned parts)
{
    AnswerDoc head = {
        .kind = doc->kind, .edition = doc->edition, .year = doc->year, .organ_n = doc->organ.n};
    count_into(&doc->findings, head.results);
    size_t at = answer->n;
    add_bytes(answer, &head, sizeof head);
    buf_add(answer, doc->organ);
    size_t json_at = answer->n;
    report_json_document_spans(answer, r, doc, parts, &head.spans);
    head.json_n = answer->n - json_at;
    if (!answer->full)
        memcpy(answer->s + at, &head, sizeof head);
}

static void check_reading(Reading *r, const CheckOptions *opt, Arena *a)
{
    Document **docs = NEW(a, Document *, r->docs.n);
    for (size_t i = 0; i < r->docs.n; i++) {
        docs[i] = &r->docs.v[i];
        report_check(docs[i], opt, a);
    }
    report_check_all(docs, r->docs.n, opt, a);
}

static void work_read(const BatchOptions *opt, Str name, Str bytes, bool open, Arena *a,
                      Buf *answer)
{
    Err why = {0};
    Reading r = {0};
    FileKind kind;
    if (!read_kind(bytes, &kind, &why)) {
        answer_failure(answer, &why);
        return;
    }
    AnswerHead head = {.kind = ANSWER_READ};
    if (!open && (kind == FILE_PDF || kind == FILE_DOC)) {
        head.kind = ANSWER_OPEN;
        add_bytes(answer, &head, sizeof head);
        return;
    }
    if (!report_read(name, bytes, a, &r, &why)) {
        answer_failure(answer, &why);
        return;
    }
    if (opt->check)
        check_reading(&r, opt->check, a);
    head.n_docs = r.docs.n;
    add_bytes(answer, &head, sizeof head);
    for (size_t i = 0; i < r.docs.n; i++)
        answer_document(answer, &r, &r.docs.v[i], opt->check ? JSON_ALL : JSON_TEXT);
}

static void work_series(const BatchOptions *opt, Str earlier_json, Str later_json, Arena *a,
                        Buf *answer)
{
    Reading source = {0};
    Document *earlier = NEW(a, Document, 1), *later = NEW(a, Document, 1);
    Err why = {0};
    uint32_t results[4];
    if (!report_document_from_json(earlier_json, a, &source, earlier, &why) ||
        !report_document_from_json(later_json, a, &source, later, &why)) {
        answer_failure(answer, &why);
        return;
    }
    later->findings = (Findings){0};
    report_check_series(later, earlier, opt->check, a);
    AnswerHead head = {.kind = ANSWER_SERIES};
    count_into(&later->findings, results);
    add_bytes(answer, &head, sizeof head);
    add_bytes(answer, results, sizeof results);
    report_json_findings(answer, &later->findings);
}

// Reads a text that makes every library load what it loads from files: Traditional characters for
// the conversion, a table, a table in HTML.
static void warm_up(const BatchOptions *opt, Arena *a, Buf *answer)
{
    work_read(opt, S(""),
              S("示例縣人民政府政府信息公開工作年度報告\n一、總體情況\n規範性檔案 1 件。\n"), false,
              a, answer);
    work_read(opt, S(""),
              S("<!DOCTYPE html><meta charset=gb2312><p>\xca\xbe\xc0\xfd<table><tr><td>1</table>"),
              false, a, answer);
}

static void work(void *ctx, Str request, bool open, Arena *a, Buf *answer)
{
    const Run *run = ctx;
    JobHead head;
    Str first, second;
    if (request.n == 0) {
        warm_up(run->opt, a, answer);
        return;
    }
    if (!take_bytes(&request, &head, sizeof head) || !take_str(&request, head.first_n, &first) ||
        !take_str(&request, head.second_n, &second))
        return;
    if (head.kind == JOB_READ)
        work_read(run->opt, first, second, open, a, answer);
    else
        work_series(run->opt, first, second, a, answer);
}

// --- the spill ---

static bool spill_broken(Err *err)
{
    return fail(err, ERR_SYSTEM, strerror(errno), "临时文件写不下",
                "no room for the temporary file");
}

static bool spill_add(Batch *b, Str s, off_t *at, Err *err)
{
    *at = b->spill_end;
    for (size_t done = 0; done < s.n;) {
        ssize_t w = pwrite(b->spill, s.s + done, s.n - done, b->spill_end);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return spill_broken(err);
        done += (size_t)w;
        b->spill_end += w;
    }
    return true;
}

static bool spill_get(const Batch *b, off_t at, size_t n, char *out, Err *err)
{
    for (size_t done = 0; done < n;) {
        ssize_t r = pread(b->spill, out + done, n - done, at + (off_t)done);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return fail(err, ERR_SYSTEM, strerror(errno), "临时文件读不出",
                        "the temporary file cannot be read");
        done += (size_t)r;
    }
    return true;
}

// A few documents wait in memory: in a sandbox there is no file to be had.
static bool spill_open(Batch *b, Err *err)
{
    enum { IN_MEMORY = 16 }; // files
    if (b->n_files <= IN_MEMORY) {
        b->spill = memfd_create("reports", MFD_CLOEXEC);
        return b->spill >= 0 || fail(err, ERR_SYSTEM, strerror(errno), "不能建立临时文件",
                                     "cannot make a temporary file");
    }
    const char *dir = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/gongkai-XXXXXX", dir && *dir ? dir : "/tmp");
    b->spill = mkostemp(path, O_CLOEXEC);
    if (b->spill < 0)
        return fail(err, ERR_SYSTEM, strerror(errno), "不能建立临时文件",
                    "cannot make a temporary file");
    unlink(path);
    return true;
}

// --- in the parent: the files ---

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
    Str organ, json;
    BatchDoc doc = {.file = file};
    if (!take_bytes(answer, &head, sizeof head) || !take_str(answer, head.organ_n, &organ) ||
        !take_str(answer, head.json_n, &json) || head.kind > DOC_OTHER ||
        head.edition >= EDITION__COUNT || !spans_sound(&head))
        return false;
    doc.kind = head.kind;
    doc.edition = head.edition;
    doc.year = head.year;
    doc.organ = str_dup(run->a, organ);
    doc.n = json.n;
    doc.spans = head.spans;
    memcpy(doc.results, head.results, sizeof doc.results);
    if (!spill_add(run->batch, json, &doc.at, run->err)) {
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

// --- in the parent: one year beside the year before ---

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
    if (!spill_add(b, json, &doc->series_at, err))
        return false;
    doc->series_n = json.n;
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
    if (!spill_open(&batch, err))
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
        close(b->spill);
    *b = (Batch){0};
}

// --- getting at the documents ---

// Adds bytes [from, to) of the spilled JSON to what is being put together.
static bool add_span(const Batch *b, const BatchDoc *doc, size_t from, size_t to, char *s,
                     size_t *n, Err *err)
{
    if (!spill_get(b, doc->at + (off_t)from, to - from, s + *n, err))
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
    if (!spill_get(b, doc->series_at, doc->series_n, s + *n, err))
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

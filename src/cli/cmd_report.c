// gongkai report read and check: many files in, documents out, as text, JSON or CSV.
#include "cli/cmd_report.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/inputs.h"
#include "report/render_xlsx.h"
#include "report/report_csv.h"
#include "report/report_json.h"
#include "report/report_print.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { OUT_MAX = 256 << 20, KEEP_WARM = 4 << 20 };

Lang args_lang(const Args *args)
{
    return str_eq(args->value[OPT_LANG], S("en")) ? LANG_EN : LANG_ZH;
}

static size_t terminal_width(void)
{
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
    return !known ? 100 : size.ws_col > 140 ? 140 : size.ws_col;
}

PrintOptions args_print(const Args *args)
{
    return (PrintOptions){args_lang(args), args->colour, args->on[OPT_ALL], terminal_width(), NULL};
}

void out(Str s)
{
    if (s.n) // an empty text may have no address
        fwrite(s.s, 1, s.n, stdout);
}

// --- progress: one line on a terminal, written over ---

static void progress(void *ctx, size_t done, size_t total)
{
    size_t *last = ctx, percent = done * 100 / total;
    if (percent == *last && done != total)
        return;
    *last = percent;
    fprintf(stderr, done == total ? "\r\033[K" : "\r\033[K%zu of %zu files, %zu %%", done, total,
            percent);
    fflush(stderr);
}

static bool jobs_wanted(const Args *args, int *workers, Err *err)
{
    int64_t n = 0;
    if (args->on[OPT_JOBS] && (!str_to_int(args->value[OPT_JOBS], &n) || n < 1 || n > 64))
        return fail(err, ERR_INPUT, NULL, "--jobs 是 1 到 64 的数",
                    "--jobs is a number from 1 to 64");
    *workers = (int)n;
    return true;
}

bool read_all_reports(const Args *args, const Strs *operands, bool check, Batch *batch, Err *err)
{
    enum { PROGRESS_FROM = 20 }; // files: fewer are done before one could read it
    Strs names = {0};
    size_t shown = SIZE_MAX;
    CheckOptions how = {args_lang(args), args->today};
    BatchOptions opt = {.check = check ? &how : NULL, .lang = how.lang};
    if (!jobs_wanted(args, &opt.workers, err) || !inputs_collect(operands, args->a, &names, err))
        return false;
    if (args->progress && names.n >= PROGRESS_FROM) {
        opt.progress = progress;
        opt.progress_ctx = &shown;
    }
    return batch_read(&names, args->value[OPT_NAME], &opt, args->a, batch, err);
}

// --- printing ---

// One format: called before the first, for each, and after the last document.
typedef struct Printer {
    const Args *args;
    const Batch *batch;
    PrintOptions opt;
    bool check;
    size_t printed;
} Printer;

static bool json_one(Printer *p, const BatchDoc *doc, Arena *a, Err *err)
{
    Str json;
    if (!batch_json(p->batch, doc, JSON_ALL, a, &json, err))
        return false;
    out(p->printed ? S(",\n") : S("{\"schema\":1,\"documents\":[\n"));
    out(json);
    return true;
}

static void json_end_all(Printer *p, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    bool first = true;
    buf_add(&b, p->printed ? S("\n],\"unreadable\":[")
                           : S("{\"schema\":1,\"documents\":[],\"unreadable\":["));
    for (size_t i = 0; i < p->batch->n_files; i++) {
        const BatchFile *f = &p->batch->files[i];
        if (f->read)
            continue;
        buf_add(&b, first ? S("\n") : S(",\n"));
        report_json_unreadable(&b, f->name, f->why, f->message);
        first = false;
    }
    buf_add(&b, S("]}\n"));
    out(buf_str(&b));
}

static bool csv_one(Printer *p, const BatchDoc *doc, Arena *a, Err *err)
{
    Reading source;
    Document *d = NEW(a, Document, 1);
    if (!batch_document(p->batch, doc, 0, a, &source, d, err))
        return false;
    Buf b = buf_new(a, OUT_MAX);
    if (!p->printed)
        report_csv_head(&b);
    size_t first = p->batch->files[doc->file].first;
    report_csv(&b, source.name, (size_t)(doc - p->batch->docs.v) - first + 1, d);
    out(buf_str(&b));
    return true;
}

static bool text_one(Printer *p, const BatchDoc *doc, Arena *a, Err *err)
{
    Reading source;
    Document *d = NEW(a, Document, 1);
    if (!batch_document(p->batch, doc, JSON_FINDINGS, a, &source, d, err))
        return false;
    Buf b = buf_new(a, OUT_MAX);
    buf_add(&b, p->printed ? S("\n") : S(""));
    print_heading(&b, &source, d, &p->opt);
    if (p->check) {
        print_findings(&b, d, &p->opt);
    } else {
        print_facts(&b, d);
        print_tables(&b, d, &p->opt);
    }
    out(buf_str(&b));
    return true;
}

static size_t with_failures(const Batch *batch)
{
    size_t n = 0;
    for (size_t i = 0; i < batch->docs.n; i++)
        n += batch->docs.v[i].results[RESULT_FAIL] > 0;
    return n;
}

void name_one_unreadable(Str name, Str why)
{
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    Buf b = buf_new(&a, 1 << 16);
    text_shown(&b, name.n ? name : S("standard input"));
    buf_add(&b, S(": "));
    text_shown(&b, why);
    fprintf(stderr, "gongkai: could not read " PRI_STR "\n", STR_ARG(buf_str(&b)));
}

void name_unreadable(const Batch *batch)
{
    for (size_t i = 0; i < batch->n_files; i++)
        if (!batch->files[i].read)
            name_one_unreadable(batch->files[i].name, batch->files[i].message);
}

static void text_end_all(Printer *p, Arena *a)
{
    const Batch *batch = p->batch;
    if (batch->n_files < 2 && batch->docs.n < 2)
        return;
    Buf b = buf_new(a, 1 << 12);
    buf_fmt(&b, "\n%zu files, %zu documents", batch->n_files, batch->docs.n);
    if (p->check)
        buf_fmt(&b, ", %zu of them with failures", with_failures(batch));
    if (batch->n_unreadable)
        buf_fmt(&b, "; %zu files could not be read", batch->n_unreadable);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

static void csv_end_all(Printer *p, Arena *a)
{
    (void)p, (void)a;
}

typedef struct Format {
    int option; // -1: when no other is asked for
    bool (*one)(Printer *p, const BatchDoc *doc, Arena *a, Err *err);
    void (*end)(Printer *p, Arena *a);
    bool names_unreadable; // by itself
} Format;

static const Format formats[] = {
    {OPT_JSON, json_one, json_end_all, true},
    {OPT_CSV, csv_one, csv_end_all, false},
    {-1, text_one, text_end_all, false},
};

static const Format *format_wanted(const Args *args)
{
    const Format *f = formats;
    while (f->option >= 0 && !args->on[f->option])
        f++;
    return f;
}

static bool print_all(Printer *p, Err *err)
{
    const Format *f = format_wanted(p->args);
    CLEANUP(arena_end) Arena a = arena_new((size_t)1 << 30);
    for (size_t i = 0; i < p->batch->n_files; i++) {
        const BatchFile *file = &p->batch->files[i];
        for (size_t d = 0; d < file->n_docs; d++) {
            arena_reset(&a, KEEP_WARM);
            if (!f->one(p, &p->batch->docs.v[file->first + d], &a, err))
                return false;
            p->printed++;
        }
    }
    arena_reset(&a, KEEP_WARM);
    f->end(p, &a);
    fflush(stdout);
    if (!f->names_unreadable)
        name_unreadable(p->batch);
    return true;
}

int exit_code(const Batch *batch)
{
    if (batch->n_unreadable)
        return DONE_UNREADABLE;
    return with_failures(batch) ? DONE_FINDINGS : DONE_CLEAN;
}

bool args_one_format(const Args *args, Err *err)
{
    if (args->on[OPT_JSON] && args->on[OPT_CSV])
        return fail(err, ERR_INPUT, NULL, "--json 和 --csv 只能选一个",
                    "--json or --csv, not both");
    return true;
}

// --xlsx: the one report among what was read, as a workbook.
static bool write_workbook(const Args *args, const Batch *batch, Err *err)
{
    const BatchDoc *one = NULL;
    size_t n = 0;
    for (size_t i = 0; i < batch->docs.n; i++)
        if (batch->docs.v[i].kind == DOC_REPORT) {
            one = &batch->docs.v[i];
            n++;
        }
    if (n != 1)
        return fail(err, ERR_INPUT, NULL, "一个工作簿放一份报告，这里有 %zu 份",
                    "a workbook holds one report; there are %zu here", n);
    Reading source;
    Str book;
    Document *doc = NEW(args->a, Document, 1);
    return batch_document(batch, one, JSON_FINDINGS, args->a, &source, doc, err) &&
           render_xlsx(doc, args->a, &book, err) && file_write(args->value[OPT_XLSX], book, err);
}

static int run(const Args *args, bool check, Err *err)
{
    CLEANUP(batch_end) Batch batch = {0};
    if (!args_one_format(args, err) || !read_all_reports(args, &args->operands, check, &batch, err))
        return -1;
    if (args->on[OPT_DATA] && !check_beside_stored(args, &batch, err))
        return -1;
    Printer p = {args, &batch, args_print(args), check, 0};
    if (args->on[OPT_XLSX] && !batch.n_unreadable) {
        if (!write_workbook(args, &batch, err))
            return -1;
    } else if (!print_all(&p, err)) {
        return -1;
    }
    return exit_code(&batch);
}

int cmd_report_read(const Args *args, Err *err)
{
    return run(args, false, err);
}

int cmd_report_check(const Args *args, Err *err)
{
    return run(args, true, err);
}

// gongkai report sum: many reports added cell by cell; gongkai report diff: two side by side.
#include "cli/cmd_report.h"
#include "report/diff_out.h"
#include "report/report_json.h"
#include "report/sum_out.h"

enum { OUT_MAX = 64 << 20, DOCUMENTS = 1 << 30, KEEP_WARM = 4 << 20 };

static bool add_all(const Batch *batch, Sum *sum, Arena *a, Err *err)
{
    CLEANUP(arena_end) Arena each = arena_new(DOCUMENTS);
    for (size_t i = 0; i < batch->n_files; i++)
        for (size_t d = 0; d < batch->files[i].n_docs; d++) {
            arena_reset(&each, KEEP_WARM);
            Reading source;
            Document *doc = NEW(&each, Document, 1);
            const BatchDoc *which = &batch->docs.v[batch->files[i].first + d];
            if (!batch_document(batch, which, 0, &each, &source, doc, err))
                return false;
            sum_add(sum, source.name, doc, a);
        }
    return true;
}

// The report with figures among the documents of --total; of several, the one of the years summed.
static const BatchDoc *choose_total(const Batch *batch, const Sum *sum)
{
    const BatchDoc *chosen = NULL;
    for (size_t i = 0; i < batch->docs.n; i++) {
        const BatchDoc *d = &batch->docs.v[i];
        bool of_year = d->year && d->year == sum->year_to;
        if (d->kind == DOC_REPORT && (!chosen || (of_year && chosen->year != sum->year_to)))
            chosen = d;
    }
    return chosen;
}

static bool compare_total(const Args *args, SumShown *shown, Err *err)
{
    CLEANUP(batch_end) Batch batch = {0};
    Strs operand = {0};
    Reading source;
    *PUSH(args->a, &operand) = args->value[OPT_TOTAL];
    if (!read_all_reports(args, &operand, false, &batch, err))
        return false;
    const BatchDoc *which = choose_total(&batch, shown->sum);
    if (!which)
        return fail(err, ERR_UNREADABLE, NULL, "“" PRI_STR "”中没有年度报告" PRI_STR,
                    "there is no annual report in “" PRI_STR "”" PRI_STR,
                    STR_ARG(args->value[OPT_TOTAL]),
                    STR_ARG(batch.n_unreadable ? batch.files[0].message : S("")));
    Document *published = NEW(args->a, Document, 1);
    SumComparison *c = NEW(args->a, SumComparison, 1);
    if (!batch_document(&batch, which, 0, args->a, &source, published, err))
        return false;
    sum_compare(shown->sum, published, args->a, c);
    shown->comparison = c;
    shown->published = args->value[OPT_TOTAL];
    return true;
}

static void json_unreadable(Buf *b, const Batch *batch)
{
    bool first = true;
    buf_add(b, S(",\"unreadable\":["));
    for (size_t i = 0; i < batch->n_files; i++) {
        const BatchFile *f = &batch->files[i];
        if (f->read)
            continue;
        buf_add(b, first ? S("") : S(","));
        report_json_unreadable(b, f->name, f->why, f->message);
        first = false;
    }
    buf_add(b, S("]}\n"));
}

static void sum_show(const Args *args, const Batch *batch, const SumShown *shown)
{
    Buf b = buf_new(args->a, OUT_MAX);
    PrintOptions opt = args_print(args);
    if (args->on[OPT_JSON]) {
        buf_fmt(&b, "{\"schema\":%d,\"sum\":", REPORT_JSON_SCHEMA);
        sum_json(&b, shown, opt.lang);
        json_unreadable(&b, batch);
    } else if (args->on[OPT_CSV]) {
        sum_csv(&b, shown);
    } else {
        sum_print(&b, shown, &opt);
    }
    out(buf_str(&b));
    if (!args->on[OPT_JSON])
        name_unreadable(batch);
}

static bool sum_faulty(const SumShown *shown)
{
    size_t counts[4];
    count_results(&shown->total->findings, counts);
    return counts[RESULT_FAIL] || (shown->comparison && shown->comparison->n_match[SUM_DIFFERS]);
}

int cmd_report_sum(const Args *args, Err *err)
{
    CLEANUP(batch_end) Batch batch = {0};
    Sum *sum = NEW(args->a, Sum, 1);
    Document *total = NEW(args->a, Document, 1);
    SumShown shown = {.sum = sum, .total = total};
    CheckOptions how = {args_lang(args), args->today};
    if (!args_one_format(args, err) ||
        !read_all_reports(args, &args->operands, false, &batch, err) ||
        !add_all(&batch, sum, args->a, err))
        return -1;
    if (args->on[OPT_TOTAL] && !compare_total(args, &shown, err))
        return -1;
    sum_check(sum, &how, args->a, total);
    sum_show(args, &batch, &shown);
    if (batch.n_unreadable)
        return DONE_UNREADABLE;
    return sum_faulty(&shown) ? DONE_FINDINGS : DONE_CLEAN;
}

// --- diff ---

// The two reports among what was read: in order of their years, else as they were given.
static bool choose_two(const Batch *batch, const BatchDoc *two[2], Err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < batch->n_files; i++)
        for (size_t d = 0; d < batch->files[i].n_docs; d++) {
            const BatchDoc *doc = &batch->docs.v[batch->files[i].first + d];
            if (doc->kind == DOC_REPORT && n++ < 2)
                two[n - 1] = doc;
        }
    if (n != 2)
        return fail(err, ERR_INPUT, NULL, "比较要两份报告，这里有 %zu 份",
                    "two reports are compared; there are %zu here", n);
    if (two[0]->year && two[1]->year && two[0]->year > two[1]->year) {
        const BatchDoc *later = two[0];
        two[0] = two[1];
        two[1] = later;
    }
    return true;
}

static bool diff_show(const Args *args, const Batch *batch, const BatchDoc *two[2], Err *err)
{
    Document *docs = NEW(args->a, Document, 2);
    Reading source;
    Diff *diff = NEW(args->a, Diff, 1);
    for (int i = 0; i < 2; i++)
        if (!batch_document(batch, two[i], JSON_TEXT, args->a, &source, &docs[i], err))
            return false;
    report_diff(&docs[0], &docs[1], args->a, diff);
    Buf b = buf_new(args->a, OUT_MAX);
    PrintOptions opt = args_print(args);
    if (args->on[OPT_JSON]) {
        buf_fmt(&b, "{\"schema\":%d,\"diff\":", REPORT_JSON_SCHEMA);
        diff_json(&b, diff);
        buf_add(&b, S("}\n"));
    } else {
        diff_print(&b, diff, &opt);
    }
    out(buf_str(&b));
    return true;
}

int cmd_report_diff(const Args *args, Err *err)
{
    CLEANUP(batch_end) Batch batch = {0};
    const BatchDoc *two[2] = {0};
    if (!read_all_reports(args, &args->operands, false, &batch, err))
        return -1;
    if (batch.n_unreadable) {
        name_unreadable(&batch);
        return DONE_UNREADABLE;
    }
    if (!choose_two(&batch, two, err) || !diff_show(args, &batch, two, err))
        return -1;
    return DONE_CLEAN;
}

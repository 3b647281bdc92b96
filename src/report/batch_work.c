#include "report/batch_work.h"

#include "report/report_print.h"

bool take_bytes(Str *from, void *out, size_t n)
{
    if (from->n < n)
        return false;
    memcpy(out, from->s, n);
    *from = str_from(*from, n);
    return true;
}

bool take_str(Str *from, size_t n, Str *out)
{
    if (from->n < n)
        return false;
    *out = str_sub(*from, 0, n);
    *from = str_from(*from, n);
    return true;
}

void count_into(const Findings *findings, uint32_t results[4])
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

static bool has_neighbour(const Document *doc)
{
    for (size_t i = 0; i < doc->findings.n; i++)
        if (str_starts(doc->findings.v[i].id, S("series.")))
            return true;
    return false;
}

// Only the parent knows whether the report of the year before is in another file.
static void answer_alone(Buf *answer, const Document *doc, const CheckOptions *opt, Arena *a)
{
    Document *copy = NEW(a, Document, 1);
    if (!opt || has_neighbour(doc))
        return;
    *copy = *doc;
    copy->findings = (Findings){0};
    report_check_alone(copy, opt, a);
    report_json_findings(answer, &copy->findings);
}

static void answer_document(Buf *answer, const Reading *r, const Document *doc,
                            const CheckOptions *opt, Arena *a)
{
    AnswerDoc head = {
        .kind = doc->kind, .edition = doc->edition, .year = doc->year, .organ_n = doc->organ.n};
    count_into(&doc->findings, head.results);
    size_t at = answer->n;
    add_bytes(answer, &head, sizeof head);
    buf_add(answer, doc->organ);
    size_t json_at = answer->n;
    report_json_document_spans(answer, r, doc, opt ? JSON_ALL : JSON_TEXT, &head.spans);
    head.json_n = answer->n - json_at;
    answer_alone(answer, doc, opt, a);
    head.alone_n = answer->n - json_at - head.json_n;
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
        answer_document(answer, &r, &r.docs.v[i], opt->check, a);
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

void batch_work(const BatchOptions *opt, Str request, bool open, Arena *a, Buf *answer)
{
    JobHead head;
    Str first, second;
    if (request.n == 0) {
        warm_up(opt, a, answer);
        return;
    }
    if (!take_bytes(&request, &head, sizeof head) || !take_str(&request, head.first_n, &first) ||
        !take_str(&request, head.second_n, &second))
        return;
    if (head.kind == JOB_READ)
        work_read(opt, first, second, open, a, answer);
    else
        work_series(opt, first, second, a, answer);
}

// A visitor's report, checked and forgotten: read in a child (report/child.h), shown, not kept.
#include "web/page_check.h"

#include "report/child.h"
#include "report/render_xlsx.h"
#include "report/report_json.h"
#include "views.h"
#include "web/static.h"

#include <time.h>

enum {
    REPORTS_SHOWN = 12, // of a file that holds several
    JSON_MAX = 256 << 20,
};

static bool check_begin(Request *r, CheckPage *p, Err *err)
{
    if (!page_begin(r, S("核对年度报告"), NAV_CHECK, &p->page, err))
        return false;
    page_crumb(r, &p->page, S(""), S("核对年度报告"));
    p->page.description =
        S("上传或者粘贴一份政府信息公开工作年度报告，马上看到表格、正文和格式是否对得上。不保存。");
    p->page.script = asset("check.js");
    p->paste = str_eq(request_query(r, "by"), S("paste"));
    p->limit = size_zh(r->a, MAX_FILE_BYTES);
    p->error_field = p->paste ? S("text") : S("file");
    return true;
}

bool page_check(Request *r, Response *w, Err *err)
{
    CheckPage p = {0};
    if (!check_begin(r, &p, err))
        return false;
    view_check(&w->out, &p);
    return true;
}

// What was sent. Where nothing was, *why says so.
static bool sent(Request *r, const CheckPage *p, Str *name, Str *bytes, Err *why)
{
    if (p->paste) {
        *name = S("");
        *bytes = request_form(r, "text");
        return str_trim(*bytes).n > 0 ||
               fail(why, ERR_INPUT, NULL, "请把报告的文字粘贴进来。", "Please paste the text.");
    }
    const Field *file = request_file(r, "file");
    if (!file)
        return fail(why, ERR_INPUT, NULL, "请选择一个报告文件。", "Please choose a file.");
    *name = file->file_name;
    *bytes = file->value;
    return bytes->n > 0 ||
           fail(why, ERR_INPUT, NULL, "这个文件是空的，请换一个文件。", "The file is empty.");
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// The form again, filled, with what is wrong.
static bool answer_error(Request *r, Response *w, CheckPage *p, const Err *why)
{
    static const int statuses[] = {
        [ERR_LIMIT] = 413,  [ERR_UNREADABLE] = 422, [ERR_BUSY] = 503,
        [ERR_SYSTEM] = 500, [ERR_REPEATED] = 409,
    };
    w->status = why->kind == ERR_INPUT || why->kind >= sizeof statuses / sizeof *statuses ||
                        !statuses[why->kind]
                    ? 400
                    : statuses[why->kind];
    p->error = str_z(why->zh);
    p->page.title = str_cat(r->a, S("没有核对成："), p->page.title);
    view_check(&w->out, p);
    return true;
}

static Str base_name(Arena *a, Str name, const char *ending)
{
    ptrdiff_t dot = str_find_last(name, S("."));
    Str stem = name.n == 0 ? S("核对结果") : dot > 0 ? str_sub(name, 0, (size_t)dot) : name;
    return str_fmt(a, PRI_STR "%s", STR_ARG(stem), ending);
}

static bool answer_json(Request *r, Response *w, const Reading *reading)
{
    Buf b = buf_new(r->a, JSON_MAX);
    report_json(&b, reading, JSON_ALL);
    respond_download(r, w, S("application/json; charset=utf-8"),
                     base_name(r->a, reading->name, ".json"));
    w->body = buf_str(&b);
    return true;
}

// A workbook is about one report: of a file with several, the first.
static bool answer_xlsx(Request *r, Response *w, const Reading *reading, Err *err)
{
    Str bytes = S("");
    const Document *doc = NULL;
    for (size_t i = 0; !doc && i < reading->docs.n; i++)
        if (reading->docs.v[i].kind == DOC_REPORT)
            doc = &reading->docs.v[i];
    if (!doc)
        return fail(err, ERR_UNREADABLE, NULL,
                    "没有认出年度报告，做不成表格。请确认文件是年度报告全文。",
                    "No annual report was recognised, so there is no workbook.");
    if (!render_xlsx(doc, r->a, &bytes, err))
        return false;
    respond_download(r, w, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                     base_name(r->a, reading->name, ".xlsx"));
    w->body = bytes;
    return true;
}

static bool answer_page(Request *r, Response *w, CheckPage *p, const Reading *reading)
{
    Arena *a = r->a;
    const Documents *docs = &reading->docs;
    p->answered = true;
    p->file_name = reading->name;
    p->n_reports = docs->n < REPORTS_SHOWN ? docs->n : REPORTS_SHOWN;
    p->n_left = docs->n - p->n_reports;
    p->reports = NEW(a, ReportView, p->n_reports + 1);
    for (size_t i = 0; i < p->n_reports; i++)
        report_view(&docs->v[i], docs->n > 1 ? str_fmt(a, "d%zu-", i + 1) : S(""), a,
                    &p->reports[i]);
    p->page.title = str_cat(a, S("结果："), p->page.title);
    p->page.canonical = S("");
    view_check(&w->out, p);
    return true;
}

// A text that was checked comes back too, so that it can be corrected and sent again; a long one is
// left out, the browser has it.
static Str text_kept(Str text)
{
    enum { MOST = 64 << 10 };
    return text.n <= MOST ? text : S("");
}

static bool has_year_before(const Documents *docs, const Document *doc)
{
    for (size_t i = 0; i < docs->n; i++)
        if (docs->v[i].year == doc->year - 1 && str_eq(docs->v[i].organ, doc->organ))
            return true;
    return false;
}

// The child knows only the file; what the site holds of the year before is set beside it here. A
// report that came with its own year before has been compared with that.
static bool check_beside_stored(Request *r, Documents *docs, Err *err)
{
    for (size_t i = 0; i < docs->n; i++)
        if (!has_year_before(docs, &docs->v[i]) &&
            !app_report_check_beside(app_of(r), &docs->v[i], r->a, err))
            return false;
    return true;
}

bool page_check_send(Request *r, Response *w, Err *err)
{
    CheckPage p = {0};
    Str name = S(""), bytes = S("");
    Reading reading;
    Err why = {0};
    if (!check_begin(r, &p, err))
        return false;
    p.text = request_form(r, "text");
    int64_t before = now_ms();
    const CheckOptions options = {.lang = LANG_ZH, .today = date_none};
    if (!sent(r, &p, &name, &bytes, &why) ||
        !report_read_in_child(name, bytes, &options, r->a, &reading, &why))
        return answer_error(r, w, &p, &why);
    if (!check_beside_stored(r, &reading.docs, err))
        return false;
    p.took_ms = now_ms() - before;
    Str as = request_form(r, "as");
    if (str_eq(as, S("json")))
        return answer_json(r, w, &reading);
    if (str_eq(as, S("xlsx")))
        return answer_xlsx(r, w, &reading, &why) || answer_error(r, w, &p, &why);
    p.text = text_kept(p.text);
    return answer_page(r, w, &p, &reading);
}

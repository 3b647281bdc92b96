#include "app/register_export.h"

#include "app/act.h"
#include "base/csv.h"
#include "base/json.h"
#include "report/render_xlsx.h"

enum { PAGE = 500, COLUMNS = 18 };

// clang-format off
static const XlsxColumn columns[COLUMNS] = {
    { SI("编号"),       XLSX_TEXT,   28 },
    { SI("机关"),       XLSX_TEXT,   28 },
    { SI("申请内容"),   XLSX_TEXT,   50 },
    { SI("申请人类别"), XLSX_TEXT,   12 },
    { SI("申请人"),     XLSX_TEXT,   16 },
    { SI("渠道"),       XLSX_TEXT,   14 },
    { SI("提交"),       XLSX_DAY,    12 },
    { SI("收到"),       XLSX_DAY,    12 },
    { SI("拟稿时限"),   XLSX_DAY,    12 },
    { SI("法定时限"),   XLSX_DAY,    12 },
    { SI("办结"),       XLSX_DAY,    12 },
    { SI("阶段"),       XLSX_TEXT,   10 },
    { SI("结果"),       XLSX_TEXT,   24 },
    { SI("逾期"),       XLSX_TEXT,   8  },
    { SI("承办人"),     XLSX_TEXT,   12 },
    { SI("件数"),       XLSX_NUMBER, 8  },
    { SI("归档"),       XLSX_DAY,    12 },
    { SI("系统编号"),   XLSX_NUMBER, 10 },
};
// clang-format on

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_iso(a, d) : S("");
}

static bool late(const InfoRequest *r, Date today)
{
    return date_is(r->due) && ((r->open && r->due.days < today.days) ||
                               (r->phase == PHASE_DONE && r->ended.days > r->due.days));
}

static void cells_of(const InfoRequest *r, Date today, Arena *a, Str out[COLUMNS])
{
    Outcome o;
    Str cells[COLUMNS] = {
        r->code,
        r->organ_name,
        r->title,
        applicant_defs[r->applicant_kind].name,
        r->applicant_name,
        channel_defs[r->channel].name,
        day(a, r->filed),
        day(a, r->received),
        day(a, r->draft_due),
        day(a, r->due),
        day(a, r->ended),
        phase_defs[r->phase].name,
        outcome_named(r->outcome, &o) ? outcome_defs[o].name : S(""),
        late(r, today) ? S("是") : S(""),
        r->handler_name,
        str_fmt(a, "%lld", (long long)r->n_units),
        r->archived_at ? day(a, moment_day(r->archived_at)) : S(""),
        str_fmt(a, "%lld", (long long)r->id.n),
    };
    memcpy(out, cells, sizeof cells);
}

// --- the two formats

typedef struct Export {
    RegisterFormat format;
    Buf csv;
    XlsxList *list;
    Date today;
    size_t rows;
} Export;

static bool begin(Export *e, Arena *a, Err *err)
{
    if (e->format == REGISTER_XLSX)
        return xlsx_list_open(S("申请台账"), columns, COLUMNS, a, &e->list, err);
    e->csv = buf_new(a, XLSX_MAX);
    buf_add(&e->csv, S("\xef\xbb\xbf")); // so that a spreadsheet takes it for UTF-8
    for (size_t c = 0; c < COLUMNS; c++)
        csv_cell(&e->csv, columns[c].name, c == 0);
    csv_end(&e->csv);
    return true;
}

static void put(Export *e, const InfoRequest *r, Arena scratch)
{
    Str cells[COLUMNS];
    cells_of(r, e->today, &scratch, cells);
    e->rows++;
    if (e->format == REGISTER_XLSX) {
        xlsx_list_row(e->list, cells, scratch);
        return;
    }
    for (size_t c = 0; c < COLUMNS; c++)
        csv_cell(&e->csv, cells[c], c == 0);
    csv_end(&e->csv);
}

static bool finish(Export *e, Arena *a, Str *out, Err *err)
{
    if (e->format == REGISTER_XLSX)
        return xlsx_list_close(&e->list, a, out, err);
    *out = buf_str(&e->csv);
    return !e->csv.full ||
           fail(err, ERR_LIMIT, NULL, "要导出的内容过大，请缩小范围", "too much at once");
}

static bool too_many(Err *err)
{
    return fail(err, ERR_LIMIT, NULL, "符合条件的超过%d件，请加上条件，分几次导出",
                "more than %d rows; add conditions", REGISTER_EXPORT_MOST);
}

static bool write_rows(App *app, const RegisterAsk *asked, Export *e, Err *err)
{
    CLEANUP(arena_end) Arena page = arena_new((size_t)64 << 20);
    CLEANUP(tx_end) Tx tx = tx_read(app->db); // all pages of one state
    RegisterAsk ask = *asked;
    ask.after_key = 0;
    ask.after.n = 0;
    ask.limit = PAGE;
    for (;;) {
        Arena scratch = page;
        InfoRequests found;
        if (!store_register_list(app->db, &app->scope, &ask, &scratch, &found, err))
            return false;
        if (e->rows + found.n > REGISTER_EXPORT_MOST)
            return too_many(err);
        for (size_t i = 0; i < found.n; i++)
            put(e, &found.v[i], scratch);
        if (found.n < PAGE)
            return true;
        ask.after = found.v[found.n - 1].id;
        ask.after_key = register_key(ask.sort, &found.v[found.n - 1]);
    }
}

static bool note(App *app, const Export *e, Str asked, Arena *a, Err *err)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "format", e->format == REGISTER_XLSX ? S("xlsx") : S("csv"));
    json_put_int(&w, "lines", (int64_t)e->rows);
    json_put_str(&w, "filter", asked);
    json_end(&w);
    return app_note(app,
                    &(ActNote){.kind = ACT_REQUEST_EXPORT,
                               .noun = S("request"),
                               .organ = app->scope.root,
                               .became = buf_str(&b)},
                    err);
}

bool app_register_export(App *app, const RegisterAsk *ask, Str asked, RegisterFormat format,
                         Arena *a, Str *out, Err *err)
{
    Export e = {.format = format, .today = app->today};
    Str bytes = S("");
    bool ok = begin(&e, a, err) && write_rows(app, ask, &e, err) && finish(&e, a, &bytes, err);
    xlsx_list_drop(&e.list);
    if (!ok || !note(app, &e, asked, a, err))
        return false;
    *out = bytes;
    return true;
}

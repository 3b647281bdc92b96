// gongkai request …: what is due, one request, and its ledger.
#include "cli/cmd_request.h"

#include "app/request.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "report/columns.h"

enum { OUT_MAX = 16 << 20, LIST_DEFAULT = 50, LIST_MOST = 200 };

// 〔2026〕, as it is printed; people type what their keyboard has.
static Str code_of(Arena *a, Str text)
{
    static const char *const opening[] = {"[", "(", "（", "【", "［"};
    static const char *const closing[] = {"]", ")", "）", "】", "］"};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        text = str_replace(a, text, str_z(opening[i]), S("〔"));
        text = str_replace(a, text, str_z(closing[i]), S("〕"));
    }
    return text;
}

bool request_operand(App *app, Str text, Arena *a, RequestId *out, Err *err)
{
    RequestId id;
    bool found;
    if (str_to_int(text, &id.n) && id.n > 0)
        return *out = id, true;
    if (!store_request_coded(app->db, &app->scope, code_of(a, text), &id, &found, err))
        return false;
    if (!found)
        return fail(err, ERR_MISSING, NULL, "没有编号是“" PRI_STR "”的申请",
                    "there is no request “" PRI_STR "”", STR_ARG(text));
    *out = id;
    return true;
}

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_iso(a, d) : S("-");
}

// --- list

static void line_json(JsonOut *w, const InfoRequest *r, Arena *a)
{
    json_object(w);
    json_put_int(w, "id", r->id.n);
    json_put_str(w, "code", r->code);
    json_put_str(w, "title", r->title);
    json_put_str(w, "organ", r->organ_name);
    json_put_str(w, "phase", phase_defs[r->phase].id);
    json_put_str(w, "outcome", r->outcome);
    json_put_str(w, "applicant_kind", applicant_defs[r->applicant_kind].id);
    json_put_str(w, "filed", day(a, r->filed));
    json_put_str(w, "received", day(a, r->received));
    json_put_str(w, "due", day(a, r->due));
    json_put_str(w, "ended", day(a, r->ended));
    json_end(w);
}

static void list_json(const InfoRequests *found, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < found->n; i++)
        line_json(&w, &found->v[i], &scratch);
    json_end(&w);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

static void list_table(const InfoRequests *found, Arena *a)
{
    static const char *const names[] = {"id", "code", "phase", "due", "organ", "title"};
    enum { COLS = 6 };
    Strs cells = {0};
    for (size_t i = 0; i < COLS; i++)
        *PUSH(a, &cells) = str_z(names[i]);
    for (size_t i = 0; i < found->n; i++) {
        const InfoRequest *r = &found->v[i];
        *PUSH(a, &cells) = str_fmt(a, "%lld", (long long)r->id.n);
        *PUSH(a, &cells) = r->code;
        *PUSH(a, &cells) = phase_defs[r->phase].id;
        *PUSH(a, &cells) = day(a, r->due);
        *PUSH(a, &cells) = r->organ_name;
        *PUSH(a, &cells) = r->title;
    }
    Buf b = buf_new(a, OUT_MAX);
    columns_table(&b, cells.v, cells.n / COLS, COLS, 0, S(""));
    out(buf_str(&b));
}

int cmd_request_list(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    RequestAsk ask = {.tab = args->on[OPT_ALL] ? REQUESTS_ALL : REQUESTS_OPEN,
                      .after_day = date_none,
                      .limit = LIST_DEFAULT};
    InfoRequests found;
    if (args->operands.n)
        ask.text = args->operands.v[0];
    if (args->on[OPT_LIMIT] &&
        (!str_to_int(args->value[OPT_LIMIT], &ask.limit) || ask.limit < 1 ||
         ask.limit > LIST_MOST) &&
        !fail(err, ERR_INPUT, NULL, "--limit应当是1到%d", "--limit is from 1 to %d", LIST_MOST))
        return -1;
    if (!args_app(args, DB_READ, &app, err))
        return -1;
    ask.today = ask.soon = app.today;
    if (!store_request_list(app.db, &app.scope, &ask, args->a, &found, err))
        return -1;
    if (args->on[OPT_JSON])
        list_json(&found, args->a);
    else
        list_table(&found, args->a);
    return DONE_CLEAN;
}

// --- show, ledger

static bool file_of(const Args *args, App *app, RequestFile *file, Err *err)
{
    RequestId id = {0};
    return args_app(args, DB_READ, app, err) &&
           request_operand(app, args->operands.v[0], args->a, &id, err) &&
           app_request_get(app, id, args->a, file, err);
}

static Str outcome_words(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].id : S("");
}

static void fact_json(JsonOut *w, const StoredFact *f, Arena *a)
{
    json_object(w);
    json_put_int(w, "id", f->fact.id);
    json_put_str(w, "kind", request_fact_defs[f->fact.kind].id);
    json_put_str(w, "on", day(a, f->fact.on));
    json_put_str(w, "document", f->fact.document);
    json_put_bool(w, "struck", f->struck_at != 0);
    json_end(w);
}

static void show_json(const RequestFile *file, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_key(&w, S("request"));
    line_json(&w, &file->request, &scratch);
    json_put_int(&w, "term", file->clock.term);
    json_put_int(&w, "used", file->clock.used);
    json_put_bool(&w, "overdue", file->clock.overdue);
    json_put_bool(&w, "provisional", file->clock.provisional);
    json_put_bool(&w, "archived", file->request.archived_at != 0);
    json_key(&w, S("facts"));
    json_array(&w);
    for (size_t i = 0; i < file->facts.n; i++)
        fact_json(&w, &file->facts.v[i], &scratch);
    json_end(&w);
    json_end(&w);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

static void fact_out(Buf *b, const char *name, Str value)
{
    if (!value.n)
        return;
    buf_fmt(b, "%-10s  ", name);
    text_shown(b, value);
    buf_byte(b, '\n');
}

static void show_text(const RequestFile *file, Arena *a)
{
    const InfoRequest *r = &file->request;
    Buf b = buf_new(a, OUT_MAX);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    fact_out(&b, "code", r->code);
    fact_out(&b, "organ", r->organ_name);
    fact_out(&b, "title", r->title);
    fact_out(&b, "applicant", applicant_defs[r->applicant_kind].name);
    fact_out(&b, "phase", phase_defs[r->phase].id);
    fact_out(&b, "outcome", outcome_words(r->outcome));
    fact_out(&b, "handler", r->handler_name);
    fact_out(&b, "received", day(&scratch, r->received));
    fact_out(&b, "due", day(&scratch, r->due));
    fact_out(&b, "ended", day(&scratch, r->ended));
    fact_out(&b, "archive", r->archived_at ? moment_text(&scratch, r->archived_at) : S(""));
    for (size_t i = 0; i < file->facts.n; i++) {
        const StoredFact *f = &file->facts.v[i];
        buf_fmt(&b, "%6lld  " PRI_STR "  ", (long long)f->fact.id,
                STR_ARG(day(&scratch, f->fact.on)));
        text_shown(&b, request_fact_defs[f->fact.kind].name);
        buf_add(&b, f->struck_at ? S("  (taken back)\n") : S("\n"));
    }
    out(buf_str(&b));
}

int cmd_request_show(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    RequestFile file;
    if (!file_of(args, &app, &file, err))
        return -1;
    if (args->on[OPT_JSON])
        show_json(&file, args->a);
    else
        show_text(&file, args->a);
    return DONE_CLEAN;
}

static void ledger_json(const RequestFile *file, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", file->request.code);
    json_put_str(&w, "due", day(&scratch, file->clock.due));
    json_key(&w, S("lines"));
    json_array(&w);
    for (size_t i = 0; i < file->ledger.n; i++) {
        const LedgerLine *l = &file->ledger.v[i];
        json_object(&w);
        json_put_str(&w, "from", day(&scratch, l->from));
        json_put_str(&w, "to", day(&scratch, l->to));
        json_put_int(&w, "days", l->days);
        json_put_int(&w, "total", l->total);
        json_put_str(&w, "words", l->words);
        json_put_str(&w, "source", l->source);
        json_put_int(&w, "fact", l->fact);
        json_end(&w);
    }
    json_end(&w);
    json_end(&w);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

int cmd_request_ledger(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    RequestFile file;
    if (!file_of(args, &app, &file, err))
        return -1;
    if (args->on[OPT_JSON]) {
        ledger_json(&file, args->a);
        return DONE_CLEAN;
    }
    Buf b = buf_new(args->a, OUT_MAX);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    if (!file.ledger.n)
        buf_add(&b, S("no term is running\n"));
    for (size_t i = 0; i < file.ledger.n; i++) {
        const LedgerLine *l = &file.ledger.v[i];
        buf_fmt(&b, PRI_STR "  " PRI_STR "  %3d  %3d  ", STR_ARG(day(&scratch, l->from)),
                STR_ARG(day(&scratch, l->to)), l->days, l->total);
        text_shown(&b, l->words);
        buf_add(&b, S("  "));
        text_shown(&b, l->source);
        buf_byte(&b, '\n');
    }
    out(buf_str(&b));
    return DONE_CLEAN;
}

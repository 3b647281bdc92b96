#include "app/fee.h"

#include "app/letter.h"
#include "app/request_work.h"
#include "base/csv.h"
#include "base/json.h"
#include "report/render_xlsx.h"

enum { NOTE_BYTES = 16 << 10, EXPORT_BYTES = 16 << 20 };

// --- in hand

typedef struct FeeWork {
    RequestWork request;
    FeeNotice notice;
    FeeMoneys money;
    Str was;
    bool has;
} FeeWork;

static Str summary(const InfoRequest *r, const FeeNotice *n, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", r->code);
    json_put_str(&w, "phase", phase_defs[r->phase].name);
    json_put_str(&w, "fee_basis", fee_bases[n->basis].name);
    json_put_int(&w, "fee_full_yuan", n->full.n);
    json_put_int(&w, "fee_yuan", n->yuan.n);
    json_put_int(&w, "fee_paid_yuan", n->paid.n);
    if (n->reason.n)
        json_put_str(&w, "fee_reason", n->reason);
    if (n->voided_at)
        json_put_str(&w, "fee_void_reason", n->void_reason);
    json_end(&w);
    return buf_str(&b);
}

static bool fee_note(Act *act, ActKind kind, const FeeWork *w, Arena *a, Err *err)
{
    const InfoRequest *r = &w->request.request;
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("request"),
                               .noun_id = r->id.n,
                               .version = r->version,
                               .organ = r->organ,
                               .was = w->was,
                               .became = summary(r, &w->notice, a)},
                    err);
}

static bool fee_load(App *app, RequestId id, int64_t version, Arena *a, FeeWork *out, Err *err)
{
    *out = (FeeWork){0};
    if (!request_load(app, id, version, a, &out->request, err) ||
        !store_fee_standing(app->db, app->site, id, a, &out->notice, &out->has, err))
        return false;
    if (!out->has)
        return true;
    out->was = summary(&out->request.request, &out->notice, a);
    return store_fee_moneys(app->db, app->site, out->notice.id, a, &out->money, err);
}

static bool fee_load_standing(App *app, RequestId id, int64_t version, Arena *a, FeeWork *out,
                              Err *err)
{
    return fee_load(app, id, version, a, out, err) &&
           (out->has || fail(err, ERR_RULE, NULL, "这件申请没有收费通知",
                             "there is no notice of a fee for this request"));
}

static bool clock_now(App *app, const RequestWork *w, Clock *out, Err *err)
{
    return clock_compute(&w->facts, &w->rules.calendar, &w->rules.settings, app->today, out, err);
}

static FeeState state_of(const FeeNotice *n, const InfoRequest *r, const Clock *clock)
{
    return fee_state(n, r->open, str_eq(r->outcome, outcome_defs[OUTCOME_NOT_PAID].id),
                     clock->phase == PHASE_FEE && clock->lapsed);
}

static const RequestFact *fact_of(const RequestFacts *facts, FactKind kind)
{
    for (size_t i = facts->n; i-- > 0;)
        if (facts->v[i].kind == kind)
            return &facts->v[i];
    return NULL;
}

static bool take(App *app, FeeWork *w, FactKind kind, Date on, Str document, Arena *a, Err *err)
{
    RequestStep step = {
        .id = w->request.request.id,
        .fact = {.kind = kind, .on = on, .until = date_none, .document = document},
        .outcome = OUTCOME_NOT_PAID,
    };
    return request_take(app, &w->request, &step, a, err);
}

// --- the notice

static bool none_stands(const FeeWork *w, Err *err)
{
    return !w->has || fail(err, ERR_RULE, NULL,
                           "已经有一份收费通知；一件申请只能选一种标准收费一次（办法第三条）",
                           "a notice stands already; a request is charged once (Measures, Art. 3)");
}

static FeeNotice notice_of(const App *app, const FeeNew *n, const InfoRequest *r, const Fee *fee,
                           Yuan asked)
{
    return (FeeNotice){.request = r->id.n,
                       .organ = r->organ.n,
                       .basis = n->basis,
                       .provision = n->provision,
                       .first = fee->v[0].from,
                       .last = fee->v[fee->n - 1].to,
                       .full = fee->sum,
                       .yuan = asked,
                       .reason = n->reason,
                       .noticed = n->on,
                       .document = n->document,
                       .how = n->how,
                       .settled = date_none,
                       .created_at = app->now};
}

static void span_words(Buf *b, int from, int to, const char *unit)
{
    if (from == to)
        buf_fmt(b, "第%d%s", from, unit);
    else
        buf_fmt(b, "第%d至%d%s", from, to, unit);
}

// 按量计收，第1至70页：第1至30页不收费；第31至70页每页10元，计400元
static Str working_words(const Fee *fee, const FeeNotice *n, Arena *a)
{
    bool by_item = fee->basis == FEE_BY_ITEM;
    const char *unit = by_item ? "件" : "页";
    Buf b = buf_new(a, NOTE_BYTES);
    buf_add(&b, by_item ? S("按件计收，本件是当月在本机关累计的") : S("按量计收，"));
    span_words(&b, n->first, n->last, unit);
    buf_add(&b, S("："));
    for (size_t i = 0; i < fee->n; i++) {
        const FeeLine *l = &fee->v[i];
        buf_add(&b, i ? S("；") : S(""));
        span_words(&b, l->from, l->to, unit);
        if (l->each.n)
            buf_fmt(&b, "每%s%lld元，计%lld元", unit, (long long)l->each.n, (long long)l->sum.n);
        else
            buf_add(&b, S("不收费"));
    }
    if (n->yuan.n < n->full.n)
        buf_fmt(&b, "；合计%lld元，减收以后为%lld元（" PRI_STR "）", (long long)n->full.n,
                (long long)n->yuan.n, STR_ARG(n->reason));
    return buf_str(&b);
}

static bool letter(Act *act, FeeWork *w, const FeeNew *n, const Fee *fee, Arena *a, Err *err)
{
    App *app = act->app;
    LetterFill fill = {0};
    LetterText text;
    Letter made;
    RequestStep step = {.id = n->request,
                        .fact = {.kind = FACT_FEE_NOTICED, .on = n->on, .until = date_none}};
    letter_fill(a, &fill, "收费计算", working_words(fee, &w->notice, a));
    letter_fill(a, &fill, "收费金额", str_fmt(a, "%lld", (long long)w->notice.yuan.n));
    letter_fill(a, &fill, "缴纳方式", n->how);
    if (!letter_draft(app, &w->request, LETTER_FEE, &step, &fill, a, &text, err) ||
        !letter_issue(act, letter_owner_request(&w->request.request), LETTER_FEE, &text, a, &made,
                      err))
        return false;
    w->notice.document = made.code;
    return true;
}

// With nothing asked for no notice goes out, and the request goes on.
static bool notice_taken(Act *act, FeeWork *w, const FeeNew *n, const Fee *fee, Arena *a, Err *err)
{
    App *app = act->app;
    if (!w->notice.yuan.n)
        return request_save(app, &w->request, err);
    if (!n->how.n)
        return fail(err, ERR_INPUT, NULL, "请写明缴纳方式（办法第六条）",
                    "say how to pay (Measures, Art. 6)");
    if ((!n->document.n && !letter(act, w, n, fee, a, err)) ||
        !take(app, w, FACT_FEE_NOTICED, n->on, w->notice.document, a, err))
        return false;
    const StoredFacts *stored = &w->request.stored;
    w->notice.fact = stored->v[stored->n - 1].fact.id; // the one just taken
    return true;
}

bool app_fee_notice(App *app, const FeeNew *n, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    FeeWork w;
    FeeUnits month = {0}, none = {0};
    Fee fee;
    Yuan asked;
    if (!act_begin(app, &act, err) || !fee_load(app, n->request, n->version, a, &w, err) ||
        !none_stands(&w, err) ||
        !store_fee_month(app->db, app->site, &w.request.request, a, &month, err))
        return false;
    FeeAsk ask = {.basis = n->basis,
                  .provision = n->provision,
                  .pages = n->pages,
                  .month = &month,
                  .request = n->request.n,
                  .received = w.request.request.received,
                  .all = n->all,
                  .asked = n->asked,
                  .reason = n->reason};
    if (!fee_decide(&ask, a, &fee, &asked, err))
        return false;
    w.notice = notice_of(app, n, &w.request.request, &fee, asked);
    return notice_taken(&act, &w, n, &fee, a, err) &&
           store_fee_add(app->db, app->site, &w.notice, n->basis == FEE_BY_ITEM ? &month : &none,
                         app->actor.person, err) &&
           fee_note(&act, ACT_FEE_NOTICE, &w, a, err) && act_commit(&act, err);
}

// --- money

// Paid in full within the time: the new term begins. `from` is the day on which the amount became
// what it is, where that was later than the money.
static bool settle(App *app, FeeWork *w, Date from, Arena *a, Err *err)
{
    Clock clock;
    FeeNotice *n = &w->notice;
    n->paid = fee_net(&w->money);
    if (!clock_now(app, &w->request, &clock, err))
        return false;
    if (date_is(n->settled) || clock.phase != PHASE_FEE)
        return request_save(app, &w->request, err);
    Date on = fee_settled(n->yuan, &w->money, clock.waits_until);
    if (!date_is(on) || (date_is(from) && from.days > clock.waits_until.days))
        return request_save(app, &w->request, err);
    n->settled = date_is(from) && from.days > on.days ? from : on;
    return take(app, w, FACT_FEE_PAID, n->settled, n->document, a, err);
}

static bool saved(App *app, Act *act, ActKind kind, FeeWork *w, Arena *a, Err *err)
{
    return store_fee_save(app->db, app->site, &w->notice, err) && fee_note(act, kind, w, a, err) &&
           act_commit(act, err);
}

// What was paid on a notice that was withdrawn is given back on that notice.
static bool fee_load_refund(App *app, RequestId id, int64_t version, Arena *a, FeeWork *out,
                            Err *err)
{
    FeeNotices all;
    if (!fee_load(app, id, version, a, out, err) ||
        !store_fee_notices(app->db, app->site, id, a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].voided_at && all.v[i].paid.n > 0) {
            out->notice = all.v[i];
            out->has = true;
            out->was = summary(&out->request.request, &out->notice, a);
            return store_fee_moneys(app->db, app->site, out->notice.id, a, &out->money, err);
        }
    return out->has || fail(err, ERR_RULE, NULL, "没有可以退的费用", "nothing to give back");
}

bool app_fee_money(App *app, RequestId request, int64_t version, const FeeMoney *money, Arena *a,
                   Err *err)
{
    CLEANUP(act_end) Act act = {0};
    FeeWork w = {0};
    Clock clock;
    bool refund = money->kind == MONEY_REFUND;
    if (!act_begin(app, &act, err) ||
        !(refund ? fee_load_refund : fee_load_standing)(app, request, version, a, &w, err) ||
        !clock_now(app, &w.request, &clock, err))
        return false;
    FeeState state = state_of(&w.notice, &w.request.request, &clock);
    FeeMoney m = *money;
    m.id = (int64_t)w.money.n + 1;
    m.recorded_at = app->now;
    if (!fee_money_ok(&w.notice, state, &w.money, &m, app->today, err) ||
        !store_fee_money_add(app->db, app->site, w.notice.id, &m, app->actor.person, err))
        return false;
    *PUSH(a, &w.money) = m;
    return settle(app, &w, date_none, a, err) && saved(app, &act, ACT_FEE_MONEY, &w, a, err);
}

static FeeMoney *money_at(FeeMoneys *money, int64_t id)
{
    for (size_t i = 0; i < money->n; i++)
        if (money->v[i].id == id && !money->v[i].struck_at)
            return &money->v[i];
    return NULL;
}

// What was taken for paid in full is not any more.
static bool unsettle(App *app, FeeWork *w, Str why, Arena *a, Err *err)
{
    const RequestFact *paid = fact_of(&w->request.facts, FACT_FEE_PAID);
    w->notice.paid = fee_net(&w->money);
    if (!date_is(w->notice.settled) || w->notice.paid.n >= w->notice.yuan.n || !paid)
        return request_save(app, &w->request, err);
    w->notice.settled = date_none;
    return request_untake(app, &w->request, &paid->id, 1, why, a, err);
}

static bool reason_given(Str why, Err *err)
{
    return why.n || fail(err, ERR_INPUT, NULL, "请写明理由", "say why");
}

bool app_fee_strike(App *app, RequestId request, int64_t version, int64_t money, Str why, Arena *a,
                    Err *err)
{
    CLEANUP(act_end) Act act = {0};
    FeeWork w;
    if (!reason_given(why, err) || !act_begin(app, &act, err) ||
        !fee_load_standing(app, request, version, a, &w, err))
        return false;
    FeeMoney *m = money_at(&w.money, money);
    if (!m)
        return fail(err, ERR_RULE, NULL, "没有可以撤销的这一笔", "there is no such payment");
    m->struck_at = app->now;
    return store_fee_money_strike(app->db, app->site, w.notice.id, money, why, app->now, err) &&
           unsettle(app, &w, why, a, err) && saved(app, &act, ACT_FEE_STRIKE, &w, a, err);
}

bool app_fee_lower(App *app, RequestId request, int64_t version, Yuan to, Str why, Arena *a,
                   Err *err)
{
    CLEANUP(act_end) Act act = {0};
    FeeWork w;
    Clock clock;
    if (!act_begin(app, &act, err) || !fee_load_standing(app, request, version, a, &w, err) ||
        !clock_now(app, &w.request, &clock, err) ||
        !fee_lower_ok(&w.notice, state_of(&w.notice, &w.request.request, &clock), to, why, err))
        return false;
    w.notice.yuan = to;
    w.notice.reason =
        w.notice.reason.n ? str_cat(a, w.notice.reason, str_cat(a, S("；"), why)) : why;
    return settle(app, &w, app->today, a, err) && saved(app, &act, ACT_FEE_LOWER, &w, a, err);
}

// --- taking it back, and its lapse

// A notice that was numbered here; one that came from elsewhere has no letter.
static bool letter_taken_back(Act *act, const FeeWork *w, Str why, Arena *a, Err *err)
{
    App *app = act->app;
    Letters letters;
    if (!store_letter_of(app->db, &app->scope, letter_owner(OWNER_REQUEST, w->request.request.id.n),
                         a, &letters, err))
        return false;
    for (size_t i = 0; i < letters.n; i++) {
        const Letter *l = &letters.v[i];
        if (l->kind == LETTER_FEE && !l->is_void && str_eq(l->code, w->notice.document))
            return letter_void(act, l->id, why, a, err);
    }
    return true;
}

bool app_fee_void(App *app, RequestId request, int64_t version, Str why, Arena *a, Err *err)
{
    static const FactKind kinds[] = {FACT_FEE_NOTICED, FACT_FEE_NOTICE_RECEIVED, FACT_FEE_PAID};
    CLEANUP(act_end) Act act = {0};
    FeeWork w;
    int64_t facts[3];
    size_t n = 0;
    if (!reason_given(why, err) || !act_begin(app, &act, err) ||
        !fee_load_standing(app, request, version, a, &w, err))
        return false;
    for (size_t i = 0; w.notice.fact && i < sizeof kinds / sizeof *kinds; i++) {
        const RequestFact *f = fact_of(&w.request.facts, kinds[i]);
        if (f)
            facts[n++] = f->id;
    }
    w.notice.voided_at = app->now;
    w.notice.void_reason = why;
    w.notice.settled = date_none;
    return (n ? request_untake(app, &w.request, facts, n, why, a, err)
              : request_save(app, &w.request, err)) &&
           letter_taken_back(&act, &w, why, a, err) && saved(app, &act, ACT_FEE_VOID, &w, a, err);
}

static bool lapse_letter(Act *act, const FeeWork *w, Date on, Arena *a, Str *code, Err *err)
{
    LetterKind kind = letter_reply(OUTCOME_NOT_PAID);
    LetterFill fill = {0};
    LetterText text;
    Letter made;
    RequestStep step = {.id = w->request.request.id,
                        .fact = {.kind = FACT_CLOSED, .on = on, .until = date_none},
                        .outcome = OUTCOME_NOT_PAID};
    if (!letter_draft(act->app, &w->request, kind, &step, &fill, a, &text, err) ||
        !letter_issue(act, letter_owner_request(&w->request.request), kind, &text, a, &made, err))
        return false;
    *code = made.code;
    return true;
}

bool app_fee_lapse(App *app, RequestId request, int64_t version, Date on, Str document, Arena *a,
                   Err *err)
{
    CLEANUP(act_end) Act act = {0};
    FeeWork w;
    if (!act_begin(app, &act, err) || !fee_load(app, request, version, a, &w, err))
        return false;
    if (!fact_of(&w.request.facts, FACT_FEE_NOTICE_RECEIVED))
        return fail(err, ERR_RULE, NULL,
                    "还没有登记申请人收到收费通知的日期；缴费期限从收到的次日起算（办法第六条）",
                    "it is not on record that the applicant received the notice, from which the "
                    "time to pay runs (Measures, Art. 6)");
    return (document.n || lapse_letter(&act, &w, on, a, &document, err)) &&
           take(app, &w, FACT_CLOSED, on, document, a, err) &&
           fee_note(&act, ACT_FEE_LAPSE, &w, a, err) && act_commit(&act, err);
}

// --- reading

static bool standing_read(App *app, const Clock *clock, Arena *a, FeeFile *f, Err *err)
{
    f->state = state_of(&f->notice, &f->file.request, clock);
    return store_fee_units(app->db, app->site, f->notice.id, a, &f->counted, err) &&
           store_fee_moneys(app->db, app->site, f->notice.id, a, &f->money, err);
}

bool app_fee_get(App *app, RequestId id, Arena *a, FeeFile *out, Err *err)
{
    FeeFile f = {0};
    FeeNotices all;
    LetterSettings settings;
    if (!app_request_get(app, id, a, &f.file, err) ||
        !store_fee_month(app->db, app->site, &f.file.request, a, &f.month, err) ||
        !store_fee_notices(app->db, app->site, id, a, &all, err) ||
        !store_letter_settings(app->db, app->site, f.file.request.organ, a, &settings, err))
        return false;
    f.way = settings.fee_way;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].voided_at)
            *PUSH(a, &f.voided) = all.v[i];
        else
            f.notice = all.v[i], f.has = true;
    }
    if (f.voided.n && !store_fee_moneys(app->db, app->site, f.voided.v[0].id, a, &f.returned, err))
        return false;
    if (f.has && !standing_read(app, &f.file.clock, a, &f, err))
        return false;
    *out = f;
    return true;
}

// --- the register

static FeeState row_state(const App *app, const FeeLineRow *row)
{
    return fee_state(&row->notice, row->open, row->not_paid,
                     row->phase == PHASE_FEE && row->act_by.days < app->today.days);
}

bool app_fee_list(App *app, const FeeFilter *filter, Arena *a, FeeLines *out, int64_t *last,
                  Err *err)
{
    FeeAskList ask = {filter->from,  filter->to,    filter->money,
                      filter->organ, filter->after, filter->limit};
    FeeLineRows rows;
    FeeLines lines = {0};
    if (!store_fee_list(app->db, &app->scope, &ask, a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        FeeState state = row_state(app, &rows.v[i]);
        if (filter->any_state || state == filter->state)
            *PUSH(a, &lines) = (FeeLineView){rows.v[i], state};
    }
    *last = rows.n && (int64_t)rows.n == filter->limit ? rows.v[rows.n - 1].notice.id : 0;
    *out = lines;
    return true;
}

// clang-format off
static const XlsxColumn export_columns[] = {
    { SI("机关"),     XLSX_TEXT, 24 }, { SI("编号"),     XLSX_TEXT, 24 }, { SI("申请内容"),     XLSX_TEXT, 36 },
    { SI("通知文号"), XLSX_TEXT, 24 }, { SI("通知日期"), XLSX_DAY, 12 },  { SI("标准"),         XLSX_TEXT, 8 },
    { SI("起"),       XLSX_NUMBER, 6 }, { SI("止"),      XLSX_NUMBER, 6 }, { SI("按标准（元）"), XLSX_NUMBER, 12 },
    { SI("应缴（元）"), XLSX_NUMBER, 12 }, { SI("实缴（元）"), XLSX_NUMBER, 12 }, { SI("缴清日期"), XLSX_DAY, 12 },
    { SI("状态"),     XLSX_TEXT, 12 }, { SI("减免或者撤销的理由"), XLSX_TEXT, 36 },
};
// clang-format on
enum { EXPORT_COLUMNS = sizeof export_columns / sizeof *export_columns };

static Str number(Arena *a, int64_t n)
{
    return str_fmt(a, "%lld", (long long)n);
}

static void export_cells(const FeeLineView *l, Arena *a, Str cells[EXPORT_COLUMNS])
{
    const FeeNotice *n = &l->row.notice;
    Str row[EXPORT_COLUMNS] = {l->row.organ_name,
                               l->row.code,
                               l->row.title,
                               n->document,
                               date_iso(a, n->noticed),
                               fee_bases[n->basis].name,
                               number(a, n->first),
                               number(a, n->last),
                               number(a, n->full.n),
                               number(a, n->yuan.n),
                               number(a, n->paid.n),
                               date_is(n->settled) ? date_iso(a, n->settled) : S(""),
                               fee_states[l->state].name,
                               n->voided_at ? n->void_reason : n->reason};
    memcpy(cells, row, sizeof row);
}

static bool export_csv(const FeeLines *lines, Arena *a, Str *out, Err *err)
{
    Buf b = buf_new(a, EXPORT_BYTES);
    Str cells[EXPORT_COLUMNS];
    buf_add(&b, S("\xEF\xBB\xBF")); // spreadsheets then read it as UTF-8
    for (size_t i = 0; i < EXPORT_COLUMNS; i++)
        csv_cell(&b, export_columns[i].name, i == 0);
    csv_end(&b);
    for (size_t i = 0; i < lines->n; i++) {
        export_cells(&lines->v[i], a, cells);
        for (size_t c = 0; c < EXPORT_COLUMNS; c++)
            csv_cell(&b, cells[c], c == 0);
        csv_end(&b);
    }
    *out = buf_str(&b);
    return !b.full || fail(err, ERR_LIMIT, NULL, "期间太长，请缩短后再导出",
                           "too many fees for one file; choose a shorter period");
}

static bool export_xlsx(const FeeLines *lines, Arena *a, Str *out, Err *err)
{
    CLEANUP(xlsx_list_drop) XlsxList *list = NULL;
    Str cells[EXPORT_COLUMNS];
    if (!xlsx_list_open(S("信息处理费"), export_columns, EXPORT_COLUMNS, a, &list, err))
        return false;
    for (size_t i = 0; i < lines->n; i++) {
        export_cells(&lines->v[i], a, cells);
        xlsx_list_row(list, cells, *a);
    }
    return xlsx_list_close(&list, a, out, err);
}

bool app_fee_export(App *app, const FeeFilter *filter, FeeFormat format, Arena *a, Str *out,
                    Err *err)
{
    FeeFilter all = *filter;
    FeeLines lines;
    int64_t last;
    all.after = 0;
    all.limit = FEE_EXPORT;
    if (!app_fee_list(app, &all, a, &lines, &last, err))
        return false;
    if (last)
        return fail(err, ERR_LIMIT, NULL, "期间太长，请缩短后再导出",
                    "too many fees for one file; choose a shorter period");
    return format == FEE_XLSX ? export_xlsx(&lines, a, out, err) : export_csv(&lines, a, out, err);
}

#include "web/page_request_list.h"

#include "app/register_export.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"

enum { PER_PAGE = 20, SOON_WORKDAYS = 5, BOARD_CARDS = 8 };

static const Str LIST = SI("/desk/requests");

// clang-format off
static const struct { RequestTab tab; Str id, name, empty; } tabs[] = {
    { REQUESTS_OPEN,     SI(""),        SI("在办"),          SI("没有在办的申请") },
    { REQUESTS_MINE,     SI("mine"),    SI("等我处理"),      SI("没有由您承办的申请") },
    { REQUESTS_DUE_SOON, SI("soon"),    SI("5个工作日内到期"), SI("5个工作日内没有到期的申请") },
    { REQUESTS_WAITING,  SI("waiting"), SI("等对方"),        SI("没有等待确认、补正、意见或者缴费的申请") },
    { REQUESTS_OVERDUE,  SI("overdue"), SI("已逾期"),        SI("没有逾期的申请") },
    { REQUESTS_ENDED,    SI("ended"),   SI("已办结"),        SI("还没有办结的申请") },
    { REQUESTS_ALL,      SI("all"),     SI("全部"),          SI("还没有申请") },
};
// clang-format on
enum { TABS = sizeof tabs / sizeof *tabs };

// 3月19日; the year where it is not this one.
static Str day_text(Arena *a, Date d, Date today)
{
    int y, m, n;
    if (!date_is(d))
        return S("—");
    if (date_year(d) != date_year(today))
        return date_zh(a, d);
    date_parts(d, &y, &m, &n);
    return str_fmt(a, "%d月%d日", m, n);
}

// 逾期1日, 3日, 补正3日, 暂停中
static Str left_text(Arena *a, const InfoRequest *q, const Calendar *c, Date today,
                     RequestLine *line)
{
    int left;
    Err unread;
    if (!q->open || q->act_by.days == REQUEST_NO_DAY ||
        !calendar_count(c, today, q->act_by, &left, &unread))
        return S("—");
    if (q->phase == PHASE_OPINION)
        return S("暂停中");
    line->soon = left >= 0 && left <= SOON_WORKDAYS;
    line->late = left < 0 && date_is(q->due);
    if (left < 0)
        return str_fmt(a, "逾期%d日", -left);
    Str whose = q->phase == PHASE_CORRECTION ? S("补正")
                : q->phase == PHASE_FEE      ? S("缴费")
                                             : S("");
    return str_fmt(a, PRI_STR "%d日", STR_ARG(whose), left);
}

static Str outcome_words(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : S("");
}

// 暂定: in a year without a notice.
static Str due_text(Arena *a, const InfoRequest *q, const Calendar *c, Date today)
{
    bool unsure = calendar_has(c, q->due) && !calendar_known(c, q->due);
    Str day = day_text(a, q->due, today);
    return unsure ? str_cat(a, day, S("（暂定）")) : day;
}

static RequestLine line_of(Arena *a, const InfoRequest *q, const Calendar *c, Date today)
{
    RequestLine line = {.href = door_path(a, S("request"), q->id.n),
                        .ended = date_is(q->ended) ? date_zh(a, q->ended) : S(""),
                        .outcome = outcome_words(q->outcome),
                        .pick = str_fmt(a, "%lld", (long long)q->id.n),
                        .joined = q->same_as.n != 0,
                        .code = q->code,
                        .title = q->title,
                        .phase = phase_defs[q->phase].name,
                        .tag = phase_defs[q->phase].tag,
                        .applicant = applicant_defs[q->applicant_kind].name,
                        .channel = channel_defs[q->channel].name,
                        .filed = day_text(a, date_is(q->received) ? q->received : q->filed, today),
                        .handler = q->handler_name.n ? q->handler_name : S("—"),
                        .draft_due = day_text(a, q->draft_due, today),
                        .due = q->phase == PHASE_UNCONFIRMED  ? S("确认后起算")
                               : q->phase == PHASE_CORRECTION ? S("补正后起算")
                               : q->phase == PHASE_FEE        ? S("缴费后起算")
                                                              : due_text(a, q, c, today)};
    line.left = left_text(a, q, c, today, &line);
    if (line.late) {
        line.phase = S("已逾期");
        line.tag = S("late");
    }
    return line;
}

// --- the list

static size_t tab_at(RequestTab tab)
{
    for (size_t i = 0; i < TABS; i++)
        if (tabs[i].tab == tab)
            return i;
    return 0;
}

static void tabs_of(Arena *a, const RegisterWish *wish, const int64_t *counts, CountedLinks *out)
{
    for (size_t i = 0; i < TABS; i++)
        *PUSH(a, out) = (CountedLink){.href = register_path_set(a, LIST, wish, KEY_TAB, tabs[i].id),
                                      .text = tabs[i].name,
                                      .count = counts[tabs[i].tab],
                                      .current = tabs[i].tab == wish->filter.tab};
}

// Words alone are looked for by an index of their own (store/request.h); conditions by the
// register.
static bool rows_read(Request *r, const RegisterWish *wish, InfoRequests *out, Err *err)
{
    App *app = app_of(r);
    int64_t key = 0, id = 0;
    const RegisterFilter *f = &wish->filter;
    bool goes_on =
        str_to_int(request_query(r, "after"), &key) && str_to_int(request_query(r, "id"), &id);
    if (register_filtered(wish)) {
        RegisterAsk ask = {.filter = *f,
                           .sort = wish->sort,
                           .after_key = goes_on ? key : 0,
                           .after = {goes_on ? id : 0},
                           .limit = PER_PAGE + 1};
        return store_register_list(app->db, &app->scope, &ask, r->a, out, err);
    }
    RequestAsk ask = {.tab = f->tab,
                      .today = f->today,
                      .soon = f->soon,
                      .text = f->text,
                      .after_day = goes_on ? (Date){(int32_t)key} : date_none,
                      .after = {goes_on ? id : 0},
                      .limit = PER_PAGE + 1};
    return store_request_list(app->db, &app->scope, &ask, r->a, out, err);
}

static bool counts_read(Request *r, const RegisterWish *wish, int64_t out[REQUESTS__COUNT],
                        Err *err)
{
    App *app = app_of(r);
    const RegisterFilter *f = &wish->filter;
    return register_filtered(wish) || f->text.n
               ? store_register_counts(app->db, &app->scope, f, r->a, out, err)
               : store_request_counts(app->db, &app->scope, f->today, f->soon, out, err);
}

static Str next_path(Arena *a, const RegisterWish *wish, const InfoRequest *last)
{
    Str key = str_fmt(a, "%lld", (long long)register_key(wish->sort, last));
    Str path = path_with(a, register_path(a, LIST, wish, KEY__REGISTER), "after", key);
    return path_with_int(a, path, "id", last->id.n);
}

static void empty_words(Arena *a, const RegisterWish *wish, RequestListPage *p)
{
    bool filtered = register_filtered(wish);
    p->empty = filtered    ? S("没有符合全部条件的申请")
               : p->text.n ? str_fmt(a, "没有找到“" PRI_STR "”", STR_ARG(p->text))
                           : tabs[tab_at(wish->filter.tab)].empty;
    p->todo = filtered ? S("可以去掉一个条件再看，或者到“全部”里找。")
              : p->text.n
                  ? S("编号、申请内容和申请人里都没有这几个字，可以换一个词，或者到“全部”里找。")
                  : S("收到信函、传真或者当面提交的申请以后，在这里登记。");
}

// What list and board begin with: the rules, what is asked, the form and its chips.
static bool page_read(Request *r, Str path, RegisterWish *wish, RequestRules *rules,
                      RequestListPage *p, Err *err)
{
    int64_t counts[REQUESTS__COUNT];
    if (!app_request_rules(app_of(r), r->a, rules, err) || !register_wish(r, rules, wish, err) ||
        !desk_begin(r, S("申请办理"), DESK_REQUESTS, &p->desk, err) ||
        !register_options(r, wish, &p->choices, err) ||
        !register_chips(r, path, wish, &p->chips, err) || !counts_read(r, wish, counts, err))
        return false;
    tabs_of(r->a, wish, counts, &p->tabs);
    p->text = wish->given[KEY_TEXT];
    p->tab = wish->given[KEY_TAB];
    p->from = wish->given[KEY_FROM];
    p->to = wish->given[KEY_TO];
    p->late = wish->filter.late;
    p->extended = wish->filter.extended;
    p->wrong = wish->wrong;
    p->filtered = register_filtered(wish);
    p->clear = p->chips.n ? path_with(r->a, path, "tab", p->tab) : S("");
    p->may_register = viewer_may(r->viewer, MAY_REQUEST_REGISTER);
    p->may_extend = viewer_may(r->viewer, MAY_REQUEST_APPROVE);
    p->may_pick = viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    p->csv = register_path(r->a, S("/desk/requests/export.csv"), wish, KEY__REGISTER);
    p->xlsx = register_path(r->a, S("/desk/requests/export.xlsx"), wish, KEY__REGISTER);
    p->list = register_path(r->a, LIST, wish, KEY__REGISTER);
    p->board = register_path(r->a, S("/desk/requests/board"), wish, KEY_TAB);
    p->limit = str_fmt(r->a, "%d", REGISTER_EXPORT_MOST);
    return true;
}

bool page_requests(Request *r, Response *w, Err *err)
{
    RequestListPage p = {0};
    RegisterWish wish;
    RequestRules rules;
    InfoRequests found = {0};
    if (!page_read(r, LIST, &wish, &rules, &p, err) ||
        (!wish.wrong.n && !rows_read(r, &wish, &found, err)))
        return false;
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    p.lines = NEW(r->a, RequestLine, shown);
    for (size_t i = 0; i < shown; i++)
        p.lines[p.n++] = line_of(r->a, &found.v[i], &rules.calendar, app_of(r)->today);
    p.next = found.n > shown ? next_path(r->a, &wish, &found.v[shown - 1]) : S("");
    p.first = request_query(r, "after").n ? p.list : S("");
    p.ended = wish.filter.tab == REQUESTS_ENDED;
    empty_words(r->a, &wish, &p);
    w->status = wish.wrong.n ? 422 : 200;
    view_request_list(&w->out, &p);
    return true;
}

// --- the board: a column for each phase, what has to happen first on top

static bool column_read(Request *r, const RegisterWish *wish, Phase phase, const Calendar *c,
                        BoardColumn *out, Err *err)
{
    App *app = app_of(r);
    InfoRequests found;
    RegisterAsk ask = {.filter = wish->filter, .limit = BOARD_CARDS + 1};
    bool closed = phase == PHASE_DONE || phase == PHASE_ENDED;
    ask.filter.tab = closed ? REQUESTS_ENDED : REQUESTS_OPEN;
    ask.filter.phase = phase_defs[phase].id;
    ask.sort = closed ? SORT_ENDED : SORT_DUE;
    if (!store_register_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    size_t shown = found.n < BOARD_CARDS ? found.n : BOARD_CARDS;
    Str more = register_path(r->a, LIST, wish, KEY__REGISTER);
    more = path_with(r->a, path_with(r->a, more, "tab", closed ? S("ended") : S("")), "phase",
                     phase_defs[phase].id);
    *out = (BoardColumn){.name = phase_defs[phase].name,
                         .tag = phase_defs[phase].tag,
                         .lines = NEW(r->a, RequestLine, shown),
                         .more = found.n > shown ? more : S("")};
    for (size_t i = 0; i < shown; i++)
        out->lines[out->n++] = line_of(r->a, &found.v[i], c, app->today);
    return true;
}

bool page_request_board(Request *r, Response *w, Err *err)
{
    RequestBoardPage p = {0};
    RegisterWish wish;
    RequestRules rules;
    if (!page_read(r, S("/desk/requests/board"), &wish, &rules, &p.list, err))
        return false;
    for (int phase = 0; phase < PHASE__COUNT && !wish.wrong.n; phase++)
        if (!wish.filter.phase.n || str_eq(wish.filter.phase, phase_defs[phase].id))
            if (!column_read(r, &wish, (Phase)phase, &rules.calendar, &p.columns[p.n++], err))
                return false;
    w->status = wish.wrong.n ? 422 : 200;
    view_request_board(&w->out, &p);
    return true;
}

// --- exports

static bool export(Request *r, Response *w, RegisterFormat format, Str type, const char *tail,
                   Err *err)
{
    RegisterWish wish;
    RequestRules rules;
    Str bytes;
    if (!app_request_rules(app_of(r), r->a, &rules, err) || !register_wish(r, &rules, &wish, err))
        return false;
    if (wish.wrong.n)
        return fail(err, ERR_INPUT, NULL, PRI_STR, PRI_STR, STR_ARG(wish.wrong));
    RegisterAsk ask = {.filter = wish.filter, .sort = wish.sort};
    if (!app_register_export(app_of(r), &ask, register_path(r->a, LIST, &wish, KEY__REGISTER),
                             format, r->a, &bytes, err))
        return false;
    respond_download(r, w, type, str_cat(r->a, S("申请台账"), str_z(tail)));
    w->body = bytes;
    return true;
}

bool page_requests_csv(Request *r, Response *w, Err *err)
{
    return export(r, w, REGISTER_CSV, S("text/csv; charset=utf-8"), ".csv", err);
}

bool page_requests_xlsx(Request *r, Response *w, Err *err)
{
    return export(r, w, REGISTER_XLSX,
                  S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ".xlsx",
                  err);
}

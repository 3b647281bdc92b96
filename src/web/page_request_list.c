#include "views.h"
#include "web/page_common.h"
#include "web/page_request.h"

enum { PER_PAGE = 20, SOON_WORKDAYS = 5 };

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

static size_t tab_of(const Request *r)
{
    for (size_t i = 0; i < TABS; i++)
        if (str_eq(request_query(r, "tab"), tabs[i].id))
            return i;
    return 0;
}

static Str day_text(Arena *a, Date d)
{
    int y, m, n;
    if (!date_is(d))
        return S("—");
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

static RequestLine line_of(Arena *a, const InfoRequest *q, const Calendar *c, Date today)
{
    RequestLine line = {.href = str_fmt(a, "/desk/requests/%lld", (long long)q->id.n),
                        .code = q->code,
                        .title = q->title,
                        .phase = phase_defs[q->phase].name,
                        .tag = phase_defs[q->phase].tag,
                        .applicant = applicant_defs[q->applicant_kind].name,
                        .channel = channel_defs[q->channel].name,
                        .filed = day_text(a, date_is(q->received) ? q->received : q->filed),
                        .handler = q->handler_name.n ? q->handler_name : S("—"),
                        .draft_due = day_text(a, q->draft_due),
                        .due = q->phase == PHASE_UNCONFIRMED  ? S("确认后起算")
                               : q->phase == PHASE_CORRECTION ? S("补正后起算")
                               : q->phase == PHASE_FEE        ? S("缴费后起算")
                                                              : day_text(a, q->due)};
    line.left = left_text(a, q, c, today, &line);
    if (line.late) {
        line.phase = S("已逾期");
        line.tag = S("late");
    }
    return line;
}

static Str tab_path(Arena *a, size_t tab, Str text)
{
    return path_with(a, path_with(a, LIST, "tab", tabs[tab].id), "q", text);
}

static bool tabs_read(Request *r, size_t tab, Date soon, RequestListPage *p, Err *err)
{
    App *app = app_of(r);
    int64_t counts[REQUESTS__COUNT];
    if (!store_request_counts(app->db, &app->scope, app->today, soon, counts, err))
        return false;
    for (size_t i = 0; i < TABS; i++)
        *PUSH(r->a, &p->tabs) = (CountedLink){.href = tab_path(r->a, i, p->text),
                                              .text = tabs[i].name,
                                              .count = counts[tabs[i].tab],
                                              .current = i == tab};
    return true;
}

static RequestAsk ask_of(Request *r, size_t tab, Date soon)
{
    Date after;
    int64_t id = 0;
    RequestAsk ask = {.tab = tabs[tab].tab,
                      .today = app_of(r)->today,
                      .soon = soon,
                      .text = str_trim(request_query(r, "q")),
                      .after_day = date_none,
                      .limit = PER_PAGE + 1};
    if (date_parse(request_query(r, "after"), &after) && str_to_int(request_query(r, "id"), &id)) {
        ask.after_day = after;
        ask.after.n = id;
    }
    return ask;
}

static Str next_path(Arena *a, size_t tab, Str text, const InfoRequest *last)
{
    Str path = path_with(a, tab_path(a, tab, text), "after", date_iso(a, last->act_by));
    return path_with_int(a, path, "id", last->id.n);
}

bool page_requests(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RequestListPage p = {0};
    size_t tab = tab_of(r);
    RequestRules rules;
    Term soon;
    InfoRequests found;
    if (!app_request_rules(app, r->a, &rules, err) ||
        !calendar_due(&rules.calendar, app->today, SOON_WORKDAYS, &soon, err))
        return false;
    RequestAsk ask = ask_of(r, tab, soon.due);
    p.text = ask.text;
    if (!desk_begin(r, S("申请办理"), DESK_REQUESTS, &p.desk, err) ||
        !tabs_read(r, tab, soon.due, &p, err) ||
        !store_request_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    p.lines = NEW(r->a, RequestLine, shown);
    for (size_t i = 0; i < shown; i++)
        p.lines[p.n++] = line_of(r->a, &found.v[i], &rules.calendar, app->today);
    p.next = found.n > shown ? next_path(r->a, tab, p.text, &found.v[shown - 1]) : S("");
    p.first = date_is(ask.after_day) ? tab_path(r->a, tab, p.text) : S("");
    p.tab = tabs[tab].id;
    p.clear = p.text.n ? tab_path(r->a, tab, S("")) : S("");
    p.empty = p.text.n ? str_fmt(r->a, "没有找到“" PRI_STR "”", STR_ARG(p.text)) : tabs[tab].empty;
    p.may_register = viewer_may(r->viewer, MAY_REQUEST_REGISTER);
    p.todo = p.text.n
                 ? S("编号、申请内容和申请人里都没有这几个字，可以换一个词，或者到“全部”里找。")
                 : S("收到信函、传真或者当面提交的申请以后，在这里登记。");
    view_request_list(&w->out, &p);
    return true;
}

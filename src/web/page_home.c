// The home page, the statement on accessibility, and the pages for what went wrong.
#include "web/page_home.h"

#include "views.h"
#include "web/api.h"
#include "web/guard.h"
#include "web/page_desk.h"

enum { LATEST = 10, FAULTY = 5, LOOKED_AT = 100 };

static bool home_read(Request *r, HomePage *p, Err *err)
{
    ReportRows rows = {0};
    YearCounts years = {0};
    OrganRows organs = {0};
    const ReportFilter newest = {.limit = LOOKED_AT};
    if (!store_report_list(app_of(r)->db, app_of(r)->site, &newest, r->a, &rows, &p->n_reports,
                           err) ||
        !store_report_years(app_of(r)->db, app_of(r)->site, (OrganId){0}, r->a, &years, err) ||
        !store_organ_rows(app_of(r)->db, app_of(r)->site, r->a, &organs, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const ReportRow *row = &rows.v[i];
        if (i < LATEST)
            *PUSH(r->a, &p->latest) = report_line(r->a, row);
        if (row->counts.error + row->counts.warning > 0 && p->faulty.n < FAULTY)
            *PUSH(r->a, &p->faulty) = report_line(r->a, row);
    }
    for (size_t i = 0; i < organs.n; i++)
        p->n_organs += organs.v[i].n_reports > 0;
    p->n_years = (int64_t)years.n;
    if (years.n) {
        p->first_year = years.v[years.n - 1].year;
        p->last_year = years.v[0].year;
    }
    return true;
}

bool page_home(Request *r, Response *w, Err *err)
{
    HomePage p = {0};
    if (!page_begin(r, S("年度报告"), NAV_HOME, &p.page, err) || !home_read(r, &p, err))
        return false;
    p.page.description =
        S("政府信息公开年度报告：官方表格、正文、历年变化和逐项核对的结果，数据可以下载。");
    view_home(&w->out, &p);
    return true;
}

bool page_accessibility(Request *r, Response *w, Err *err)
{
    PlainPage p = {0};
    if (!page_begin(r, S("无障碍声明"), NAV_NONE, &p.page, err))
        return false;
    page_crumb(r, &p.page, S(""), S("无障碍声明"));
    p.page.description = S("本站在无障碍方面做到的和还没有做到的。");
    view_accessibility(&w->out, &p);
    return true;
}

// --- errors

// clang-format off
static const struct {
    int status;
    Str heading, what, todo;
} errors[] = {
    {400, SI("这个请求看不明白"),   SI("地址或者表单里有不能识别的内容。"),         SI("请从页面上的链接重新进入。")},
    {403, SI("不能这样提交"),       SI("这个表单不是从本站页面提交的。"),           SI("请回到本站的页面，重新填写后提交。")},
    {404, SI("没有这个页面"),       SI("网址可能写错了，或者页面已经移走。"),       SI("")},
    {405, SI("这个地址不能这样用"), SI("提交的方式不对。"),                         SI("请从页面上的链接或者表单进入。")},
    {408, SI("等得太久了"),         SI("没有在规定的时间里收到全部内容。"),         SI("请检查网络，再试一次。")},
    {413, SI("文件太大"),           SI("提交的内容超过了大小限制。"),               SI("请分成几个文件，或者只提交年度报告本身。")},
    {414, SI("网址太长"),           SI("这个网址超过了长度限制。"),                 SI("请从页面上的链接重新进入。")},
    {422, SI("这份文件读不了"),     SI("文件可能损坏、加密，或者是扫描的图片。"),   SI("请换一种格式，或者粘贴文字再试。")},
    {429, SI("请求太多"),           SI("短时间里请求太多，先停一下。"),             SI("请一分钟以后再试。需要大量数据的，可以下载开放数据。")},
    {500, SI("系统出错了"),         SI("处理这个请求时出了问题，已经记下来。"),     SI("请稍后再试；一直不行，请告诉本站的管理人员。")},
    {503, SI("现在太忙"),           SI("同时处理的请求太多，暂时办不了这一件。"),   SI("请过一会儿再试。已公开的报告可以照常查阅。")},
};
// clang-format on

static void error_words(const Request *r, ErrorPage *p, const Err *err)
{
    size_t n = sizeof errors / sizeof *errors, at = 0;
    while (at < n && errors[at].status != p->status)
        at++;
    bool known = at < n;
    p->heading = known ? errors[at].heading : S("没有办成");
    if (p->status == 403 && r->method == METHOD_GET) // nothing was sent
        p->heading = S("您不能看这个页面");
    p->what = known ? errors[at].what : S("");
    p->todo = known ? errors[at].todo : S("");
    if (!err || !err->zh[0] || p->status == 500)
        return;
    p->what = str_z(err->zh); // which says what to do, too
    if (!str_ends(p->what, S("。")))
        p->what = str_cat(r->a, p->what, S("。"));
    p->todo = S("");
}

// Somebody signed in is told inside the desk, also for an address that no route has.
static bool error_in_desk(Request *r, Response *w, const Err *err)
{
    Err unread;
    ErrorPage p = {.status = w->status};
    if (!r->viewer && r->db && w->status == 404 && str_starts(r->path, S("/desk")))
        (void)site_guard.viewer(r, &r->viewer, &unread);
    if (!r->viewer || r->viewer->due != DUE_NOTHING)
        return false;
    error_words(r, &p, err);
    page_desk_error(r, w, w->status, p.heading, p.what, p.todo);
    return true;
}

void page_error(Request *r, Response *w, const Err *err)
{
    ErrorPage p = {.status = w->status};
    if (str_starts(r->path, S("/api/"))) {
        api_error(r, w, err);
        return;
    }
    if (error_in_desk(r, w, err))
        return;
    Site site = {.name = S("政府信息公开")};
    Err unread;
    if (r->db)
        (void)store_site_get(app_of(r)->db, app_of(r)->site, r->a, &site, &unread);
    p.id = r->id;
    error_words(r, &p, err);
    page_begin_plain(r, site.name, p.heading, NAV_NONE, &p.page);
    static const Link doors[] = {
        {.href = SI("/annual-reports"), .text = SI("查看全部年报")},
        {.href = SI("/check"), .text = SI("核对一份报告")},
        {.href = SI("/"), .text = SI("回首页")},
    };
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
        *PUSH(r->a, &p.doors) = doors[i];
    view_error(&w->out, &p);
}

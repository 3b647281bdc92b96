// The search box of the desk: organs under every name they had, people, reports, requests, one's
// own tasks, and pages of the desk; each only as far as the viewer's scope goes.
#include "web/page_desk.h"

#include "base/buf.h"
#include "store/organ.h"
#include "store/person.h"
#include "store/request.h"
#include "store/search.h"
#include "views.h"
#include "web/page_common.h"

enum { EACH = 10, WORDS_MAX = 60 };

// What was looked for, marked where it stands; what stands around it is escaped as everywhere.
static Html marked(Arena *a, Str text, Str words)
{
    Out o = {.b = buf_new(a, 64 << 10)};
    ptrdiff_t at;
    while (words.n && (at = str_find(text, words)) >= 0) {
        view_text_str(&o, str_sub(text, 0, (size_t)at));
        buf_add(&o.b, S("<mark>"));
        view_text_str(&o, words);
        buf_add(&o.b, S("</mark>"));
        text = str_from(text, (size_t)at + words.n);
    }
    view_text_str(&o, text);
    return (Html){buf_str(&o.b)};
}

static void found(Request *r, SearchPage *p, FoundGroup *g, Str href, Str title, Str about)
{
    *PUSH(r->a, g) = (FoundLine){.href = href,
                                 .title = marked(r->a, title, p->words),
                                 .about = marked(r->a, about, p->words)};
}

static void add(Request *r, SearchPage *p, const FoundGroup *g)
{
    p->total += g->total;
    if (g->total)
        *PUSH(r->a, &p->groups) = *g;
}

static bool find_organs(Request *r, SearchPage *p, Err *err)
{
    FoundGroup g = {.name = S("机关"), .id = S("organs")};
    OrganFilter filter = {.words = p->words, .ended = true, .limit = EACH};
    OrganLines lines;
    Scope scope = viewer_scope(r->viewer, MAY_ORGAN_READ);
    if (scope.reach == REACH_NONE)
        return true;
    if (!store_organ_find(app_of(r)->db, &scope, &filter, r->a, &lines, &g.total, err))
        return false;
    for (size_t i = 0; i < lines.n; i++) {
        const OrganLine *o = &lines.v[i];
        Str was = o->found_as.n ? str_cat(r->a, S("又名或曾用名："), o->found_as) : S("");
        found(r, p, &g, str_fmt(r->a, "/desk/organs/%lld", (long long)o->id.n), o->name, was);
    }
    add(r, p, &g);
    return true;
}

static bool find_people(Request *r, SearchPage *p, Err *err)
{
    FoundGroup g = {.name = S("人员"), .id = S("people")};
    PersonAsk ask = {.text = p->words, .limit = EACH};
    PersonLines lines;
    Scope scope = viewer_scope(r->viewer, MAY_PERSON_READ);
    if (scope.reach == REACH_NONE)
        return true;
    if (!store_person_list(app_of(r)->db, &scope, &ask, app_of(r)->today, r->a, &lines, &g.total,
                           err))
        return false;
    for (size_t i = 0; i < lines.n; i++) {
        const Person *one = &lines.v[i].person;
        found(r, p, &g, str_fmt(r->a, "/desk/people/%lld", (long long)one->id.n), one->name,
              one->organ_name);
    }
    add(r, p, &g);
    return true;
}

// 水务局 2023: a year among the words narrows to it.
static Str without_year(Arena *a, Str words, int *year)
{
    Strs rest = {0};
    for (Str one; words.n;) {
        int64_t n;
        str_cut(words, S(" "), &one, &words);
        bool is_year = one.n == 4 && str_to_int(one, &n) && n > 2000 && n < 2200;
        if (is_year)
            *year = (int)n;
        else if (one.n)
            *PUSH(a, &rest) = one;
    }
    return str_join(a, rest.v, rest.n, S(" "));
}

static bool find_reports(Request *r, SearchPage *p, Err *err)
{
    FoundGroup g = {.name = S("年度报告"), .id = S("reports")};
    FoundReports reports;
    int year = 0;
    Str text = without_year(r->a, p->words, &year);
    if (!store_search_reports(app_of(r)->db, app_of(r)->site, text, year, EACH, r->a, &reports,
                              &g.total, err))
        return false;
    for (size_t i = 0; i < reports.n; i++) {
        const FoundReport *one = &reports.v[i];
        Str title = str_fmt(r->a, PRI_STR "%d年度报告", STR_ARG(one->organ_name), one->year);
        found(r, p, &g, report_path(r->a, one->organ_slug, one->year), title, one->title);
    }
    g.all = S("/annual-reports");
    add(r, p, &g);
    return true;
}

static bool find_tasks(Request *r, SearchPage *p, Err *err)
{
    FoundGroup g = {.name = S("待办"), .id = S("tasks"), .all = S("/desk/tasks")};
    Tasks tasks;
    Strs boxes = task_boxes(r->viewer, r->a);
    if (!store_search_tasks(app_of(r)->db, app_of(r)->site, &boxes, p->words, EACH, r->a, &tasks,
                            &g.total, err))
        return false;
    for (size_t i = 0; i < tasks.n; i++)
        found(r, p, &g, str_fmt(r->a, "/desk/tasks/%lld", (long long)tasks.v[i].id.n),
              tasks.v[i].title, tasks.v[i].about);
    add(r, p, &g);
    return true;
}

// By number, words or applicant; counted as far as one list goes.
static bool find_requests(Request *r, SearchPage *p, Err *err)
{
    enum { MOST = 200 };
    FoundGroup g = {.name = S("申请"), .id = S("requests")};
    Date today = app_of(r)->today;
    RequestAsk ask = {.tab = REQUESTS_ALL,
                      .today = today,
                      .soon = today,
                      .text = p->words,
                      .after_day = date_none,
                      .limit = MOST};
    InfoRequests requests;
    Scope scope = viewer_scope(r->viewer, MAY_REQUEST_READ);
    if (scope.reach == REACH_NONE)
        return true;
    if (!store_request_list(app_of(r)->db, &scope, &ask, r->a, &requests, err))
        return false;
    for (size_t i = 0; i < requests.n && i < EACH; i++) {
        const InfoRequest *one = &requests.v[i];
        found(r, p, &g, str_fmt(r->a, "/desk/requests/%lld", (long long)one->id.n), one->title,
              str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(one->code),
                      STR_ARG(phase_defs[one->phase].name)));
    }
    g.total = (int64_t)requests.n;
    g.all = path_with(r->a, S("/desk/requests?tab=all"), "q", p->words);
    add(r, p, &g);
    return true;
}

static void find_pages(Request *r, SearchPage *p)
{
    FoundGroup g = {.name = S("工作台的页面"), .id = S("pages")};
    for (size_t i = 0; i < p->desk.nav.n; i++)
        if (str_has(p->desk.nav.v[i].text, p->words))
            found(r, p, &g, p->desk.nav.v[i].href, p->desk.nav.v[i].text, S(""));
    g.total = (int64_t)g.n;
    add(r, p, &g);
}

bool page_desk_search(Request *r, Response *w, Err *err)
{
    SearchPage p = {.words = str_clip(r->a, str_trim(request_query(r, "q")), WORDS_MAX)};
    if (!desk_begin(r, S("检索"), DESK_NONE, &p.desk, err))
        return false;
    p.desk.query = p.words;
    if (p.words.n) {
        if (!find_tasks(r, &p, err) || !find_requests(r, &p, err) || !find_organs(r, &p, err) ||
            !find_people(r, &p, err) || !find_reports(r, &p, err))
            return false;
        find_pages(r, &p);
    }
    view_desk_search(&w->out, &p);
    return true;
}

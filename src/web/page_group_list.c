// Groups: what is proposed to be joined, one wording, and one request with those that follow it.
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_group.h"
#include "web/page_request.h"

enum { PROPOSALS = 50, GROUPS_A_PAGE = 30, FOLLOWERS_A_PAGE = 50, PROPOSED_DAYS = 90, BULKS = 5 };

static const Str GROUPS = SI("/desk/groups");

static RequestId after_of(const Request *r, const char *key)
{
    int64_t n = 0;
    str_to_int(request_query(r, key), &n);
    return (RequestId){n};
}

static Str wording_path(Arena *a, OrganId organ, int64_t asked)
{
    return str_fmt(a, "/desk/groups/%lld/%lld", (long long)organ.n, (long long)asked);
}

// --- all of them

static Str proposal_words(Arena *a, const AskedMany *m)
{
    if (m->lead.n)
        return str_fmt(a, "已有并案；另有%lld件在办的还没有并入", (long long)m->n_open);
    return str_fmt(a, "共%lld件，其中在办的%lld件", (long long)m->n, (long long)m->n_open);
}

// With one open there is nothing to join, unless a group is there already.
static bool worth_it(const AskedMany *m)
{
    return m->lead.n ? m->n_open > 0 : m->n_open > 1;
}

static bool proposals_read(Request *r, GroupsPage *p, Err *err)
{
    App *app = app_of(r);
    AskedManys many;
    Date since = {app->today.days - PROPOSED_DAYS};
    if (!store_asked_many(app->db, &app->scope, since, PROPOSALS, r->a, &many, err))
        return false;
    p->proposals = NEW(r->a, ProposalLine, many.n);
    for (size_t i = 0; i < many.n; i++) {
        const AskedMany *m = &many.v[i];
        if (worth_it(m))
            p->proposals[p->n_proposals++] =
                (ProposalLine){.href = wording_path(r->a, m->organ, m->asked),
                               .title = m->title,
                               .organ = m->organ_name,
                               .say = proposal_words(r->a, m),
                               .last = date_zh(r->a, m->last)};
    }
    return true;
}

bool page_groups(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    GroupsPage p = {0};
    if (!desk_begin(r, S("并案"), DESK_GROUPS, &p.desk, err) || !proposals_read(r, &p, err) ||
        !store_group_list(app->db, &app->scope, after_of(r, "before"), GROUPS_A_PAGE + 1, r->a,
                          &p.groups, err))
        return false;
    if (p.groups.n > GROUPS_A_PAGE) {
        p.groups.n = GROUPS_A_PAGE;
        p.next = path_with_int(r->a, GROUPS, "before", p.groups.v[GROUPS_A_PAGE - 1].lead.n);
    }
    p.due = NEW(r->a, Str, p.groups.n);
    p.href = NEW(r->a, Str, p.groups.n);
    for (size_t i = 0; i < p.groups.n; i++) {
        const GroupLine *g = &p.groups.v[i];
        p.due[i] = date_is(g->due) ? date_zh(r->a, g->due) : S("—");
        p.href[i] = str_cat(r->a, door_path(r->a, S("request"), g->lead.n), S("/group"));
    }
    view_group_list(&w->out, &p);
    return true;
}

// --- one wording

static void fact(Arena *a, Facts *facts, const char *name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value};
}

static void act(Arena *a, BulkActs *acts, Str href, Str text)
{
    *PUSH(a, acts) = (BulkAct){href, text};
}

static Str wording_plan(Arena *a, const char *what, const AskedMany *m, Str lead)
{
    Str path = str_fmt(a, "/desk/bulk/%s", what);
    path = path_with_int(a, path, "organ", m->organ.n);
    return path_with(a, path_with_int(a, path, "asked", m->asked), "lead", lead);
}

// What may be done with all of one wording, each by its plan.
static bool wording_acts(Request *r, const AskedMany *m, WordingPage *p, Err *err)
{
    App *app = app_of(r);
    InfoRequest lead = {0};
    RequestId first = m->lead.n ? m->lead : m->oldest;
    int64_t unconfirmed = 0;
    BulkChoice waiting = {
        .set = BULK_SET_WORDING, .organ = m->organ, .asked = m->asked, .unconfirmed = true};
    if (!store_bulk_count(app->db, &app->scope, &waiting, &unconfirmed, err) ||
        (first.n && !store_request_get(app->db, &app->scope, first, r->a, &lead, err)))
        return false;
    if (worth_it(m) && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        act(r->a, &p->acts, wording_plan(r->a, "join", m, lead.code),
            m->lead.n ? str_fmt(r->a, "把新到的%lld件并入" PRI_STR, (long long)m->n_open,
                                STR_ARG(lead.code))
                      : str_fmt(r->a, "把这%lld件并案", (long long)m->n_open));
    if (unconfirmed && viewer_may(r->viewer, MAY_REQUEST_REGISTER))
        act(r->a, &p->acts, wording_plan(r->a, "confirm", m, S("")),
            str_fmt(r->a, "确认收到%lld件", (long long)unconfirmed));
    if (m->n_open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        act(r->a, &p->acts, wording_plan(r->a, "assign", m, S("")), S("指定承办人"));
    fact(r->a, &p->facts, m->lead.n ? "已有主件" : "最早的一件", lead.code);
    p->description = lead.description;
    return true;
}

static const FieldDef decline_defs[] = {
    {.name = "why",
     .label = "不并案的理由",
     .hint = "又有相同的申请时会再次提出",
     .kind = FIELD_AREA,
     .required = true,
     .max = 300},
};

static bool wording_begin(Request *r, WordingPage *p, AskedMany *m, Err *err)
{
    App *app = app_of(r);
    OrganId organ = {0};
    int64_t asked = 0;
    AskedRequests first = {0};
    str_to_int(request_param(r, "at"), &organ.n);
    str_to_int(request_param(r, "wording"), &asked);
    if (!store_asked_many_get(app->db, &app->scope, organ, asked, r->a, m, err))
        return false;
    AskedAsk ask = {.list = ASKED_OLDEST, .asked = asked, .organ = organ, .limit = 20};
    *p = (WordingPage){.title = m->title, .say = proposal_words(r->a, m)};
    if (!desk_begin(r, S("相同的申请"), DESK_GROUPS, &p->desk, err) ||
        !store_asked_requests(app->db, &app->scope, &ask, r->a, &first, err))
        return false;
    desk_crumb(r, &p->desk, GROUPS, S("并案"));
    desk_crumb(r, &p->desk, S(""), m->title);
    fact(r->a, &p->facts, "机关", m->organ_name);
    fact(r->a, &p->facts, "最近一件", date_zh(r->a, m->last));
    form_new(r, decline_defs, 1, &p->form);
    p->may_decline = viewer_may(r->viewer, MAY_REQUEST_HANDLE) && worth_it(m);
    p->action = str_cat(r->a, wording_path(r->a, m->organ, m->asked), S("/decline"));
    p->lines = NEW(r->a, SameLine, first.n);
    for (size_t i = first.n; i-- > 0;)
        p->lines[p->n++] = same_line(r->a, &first.v[i]);
    return wording_acts(r, m, p, err);
}

bool page_wording(Request *r, Response *w, Err *err)
{
    WordingPage p;
    AskedMany m;
    if (!wording_begin(r, &p, &m, err))
        return false;
    view_group_wording(&w->out, &p);
    return true;
}

bool page_wording_decline(Request *r, Response *w, Err *err)
{
    WordingPage p;
    AskedMany m;
    Err why = {0};
    if (!wording_begin(r, &p, &m, err))
        return false;
    if (form_take(r, &p.form) &&
        app_asked_decline(app_of(r), m.organ, m.asked, form_text(&p.form, "why"), r->a, &why))
        return desk_done(r, w, GROUPS, "declined");
    if (!form_is_wrong(&p.form)) {
        if (why.kind != ERR_INPUT && why.kind != ERR_RULE)
            return *err = why, false;
        form_fail(&p.form, &why);
    }
    w->status = 422;
    view_group_wording(&w->out, &p);
    return true;
}

// --- one request with those that follow it

static FollowerLine follower_line(Request *r, const InfoRequest *q)
{
    Outcome o;
    Arena *a = r->a;
    Date today = app_of(r)->today;
    FollowerLine line = {.href = door_path(a, S("request"), q->id.n),
                         .code = q->code,
                         .applicant =
                             str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(q->applicant_name),
                                     STR_ARG(applicant_defs[q->applicant_kind].name)),
                         .phase = phase_defs[q->phase].name,
                         .tag = phase_defs[q->phase].tag,
                         .due = date_is(q->due) ? date_zh(a, q->due) : S("—")};
    line.late = q->open && date_is(q->due) && q->due.days < today.days;
    if (outcome_named(q->outcome, &o))
        line.outcome = outcome_defs[o].name;
    if (q->open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        line.leave = str_cat(a, line.href, S("/leave"));
    return line;
}

static Str group_plan(Arena *a, const char *what, RequestId lead)
{
    return path_with_int(a, str_fmt(a, "/desk/bulk/%s", what), "group", lead.n);
}

static const char *const sent_by[GROUP_WAYS] = {"交邮", "发出邮件", "当面交付", "查阅签收"};

static void group_acts(Request *r, const InfoRequest *lead, const GroupFigures *g, GroupPage *p)
{
    Arena *a = r->a;
    if (g->unconfirmed && viewer_may(r->viewer, MAY_REQUEST_REGISTER))
        act(a, &p->acts, group_plan(a, "confirm", lead->id),
            str_fmt(a, "确认收到%lld件", (long long)g->unconfirmed));
    if (g->open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        act(a, &p->acts, group_plan(a, "assign", lead->id), S("指定承办人"));
    if (g->open && !lead->open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        act(a, &p->acts, group_plan(a, "join", lead->id), S("另选主件"));
    for (size_t i = 0; i < sizeof sent_by / sizeof *sent_by && lead->phase == PHASE_DONE; i++)
        if (g->signed_by[i] && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
            act(a, &p->acts, path_with(a, group_plan(a, "send", lead->id), "way", group_ways[i]),
                str_fmt(a, "登记%s%lld件", sent_by[i], (long long)g->signed_by[i]));
    if (g->open && lead->phase == PHASE_DONE && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p->again = str_cat(a, door_path(a, S("request"), lead->id.n), S("/group"));
}

static Str bulk_words(Arena *a, const Bulk *b)
{
    Str name = bulk_defs[b->kind].name;
    if (!b->ended_at)
        return str_fmt(a, PRI_STR "：进行中，%lld件里已办%lld件", STR_ARG(name), (long long)b->n,
                       (long long)b->n_done + (long long)b->n_left);
    return b->n_left ? str_fmt(a, PRI_STR "：%lld件办好，%lld件没有办", STR_ARG(name),
                               (long long)b->n_done, (long long)b->n_left)
                     : str_fmt(a, PRI_STR "：%lld件办好", STR_ARG(name), (long long)b->n_done);
}

static bool group_bulks(Request *r, RequestId lead, GroupPage *p, Err *err)
{
    Bulks bulks;
    App *app = app_of(r);
    if (!store_bulk_of(app->db, &app->scope, lead, BULKS, r->a, &bulks, err))
        return false;
    for (size_t i = 0; i < bulks.n; i++)
        act(r->a, &p->bulks, str_fmt(r->a, "/desk/bulk/%lld", (long long)bulks.v[i].id),
            bulk_words(r->a, &bulks.v[i]));
    return true;
}

static bool group_letters(Request *r, RequestId lead, GroupPage *p, Err *err)
{
    App *app = app_of(r);
    size_t n = 0;
    p->letters = NEW(r->a, int64_t, FOLLOWERS_A_PAGE);
    if (!store_group_letters(app->db, &app->scope, lead, after_of(r, "after"), FOLLOWERS_A_PAGE,
                             p->letters, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (p->letters[i])
            p->letters[p->n_letters++] = p->letters[i];
    return true;
}

static void group_facts(Arena *a, const GroupFigures *g, GroupPage *p)
{
    for (int k = 0; k < APPLICANT__COUNT; k++)
        if (g->kinds[k])
            fact(a, &p->facts, applicant_defs[k].name.s,
                 str_fmt(a, "%lld件", (long long)g->kinds[k]));
    if (date_is(g->first_due))
        fact(a, &p->facts, "最早到期", date_zh(a, g->first_due));
    if (g->unconfirmed)
        fact(a, &p->facts, "待确认", str_fmt(a, "%lld件", (long long)g->unconfirmed));
    if (g->waiting)
        fact(a, &p->facts, "等对方", str_fmt(a, "%lld件", (long long)g->waiting));
}

bool page_request_group(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    GroupPage p = {0};
    RequestFile f;
    GroupFigures g;
    InfoRequests found;
    if (!app_request_get(app, request_id_of(r), r->a, &f, err) ||
        !store_group_figures(app->db, app->site, f.request.id, app->today, &g, err) ||
        !store_group_followers(app->db, &app->scope, f.request.id, after_of(r, "after"),
                               FOLLOWERS_A_PAGE + 1, r->a, &found, err) ||
        !desk_begin(r, S("并入的申请"), DESK_GROUPS, &p.desk, err))
        return false;
    p.code = f.request.code;
    p.title = f.request.title;
    p.href = door_path(r->a, S("request"), f.request.id.n);
    desk_crumb(r, &p.desk, GROUPS, S("并案"));
    desk_crumb(r, &p.desk, S(""), p.code);
    p.say = g.n ? str_fmt(r->a, "并入%lld件，在办%lld件，办结%lld件。", (long long)g.n,
                          (long long)g.open, (long long)(g.n - g.open))
                : S("没有并入的申请。");
    p.warn = group_warning(r->a, &g, &f.clock);
    group_facts(r->a, &g, &p);
    group_acts(r, &f.request, &g, &p);
    if (!group_bulks(r, f.request.id, &p, err))
        return false;
    if (!group_letters(r, f.request.id, &p, err))
        return false;
    size_t shown = found.n < FOLLOWERS_A_PAGE ? found.n : FOLLOWERS_A_PAGE;
    p.lines = NEW(r->a, FollowerLine, shown);
    for (size_t i = 0; i < shown; i++)
        p.lines[p.n++] = follower_line(r, &found.v[i]);
    if (found.n > shown)
        p.next = path_with_int(r->a, str_cat(r->a, p.href, S("/group")), "after",
                               found.v[shown - 1].id.n);
    view_group_page(&w->out, &p);
    return true;
}

// One thing done to many requests: chosen on the list, planned, begun, looked at while it goes on.
#include "base/buf.h"
#include "store/person.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_group.h"

enum { CHOSEN_MAX = 200, LEFT_A_PAGE = 50, IDS_BYTES = CHOSEN_MAX * 21, REFRESH_S = 5 };

// --- chosen on the list

bool page_many(Request *r, Response *w, Err *err)
{
    Buf ids = buf_new(r->a, IDS_BYTES);
    BulkKind kind;
    if (!bulk_named(request_form(r, "what"), &kind) || kind == BULK_ANSWER)
        return fail(err, ERR_INPUT, NULL, "请选择要办什么", "say what is to be done");
    for (size_t i = 0; i < r->form.n; i++) {
        int64_t id = 0;
        if (str_eq(r->form.v[i].name, S("id")) && str_to_int(r->form.v[i].value, &id) && id > 0)
            buf_fmt(&ids, ids.n ? ",%lld" : "%lld", (long long)id);
    }
    if (!ids.n)
        return desk_done(r, w, S("/desk/requests"), "none_chosen");
    Str path = str_fmt(r->a, "/desk/bulk/" PRI_STR, STR_ARG(bulk_defs[kind].id));
    return respond_redirect(w, path_with(r->a, path, "ids", buf_str(&ids)));
}

// --- the plan

static const FieldDef plan_defs[] = {
    {.name = "handler", .label = "承办人", .kind = FIELD_SELECT, .required = true},
    {.name = "on",
     .label = "双方确认的日期",
     .hint = "条例第三十一条：以双方确认之日为收到申请之日",
     .kind = FIELD_DATE,
     .required = true},
    {.name = "lead", .label = "主件的编号", .required = true, .max = 60},
    {.name = "reason",
     .label = "为什么是同一事项",
     .hint = "文字完全相同的可以不写",
     .kind = FIELD_AREA,
     .max = 300},
    {.name = "on_sent",
     .label = "发出的日期",
     .hint = "交邮之日；当面交付的为签收之日",
     .kind = FIELD_DATE,
     .required = true},
    {.name = "first",
     .label = "第一件的邮件号码",
     .hint = "邮寄的填写：挂号或者EMS号码，其余各件按登记先后连续编号",
     .max = 13},
    {.name = "workdays",
     .label = "延长多少个工作日",
     .hint = "最长20个工作日，只能延长一次（条例第三十三条第二款）",
     .kind = FIELD_NUMBER,
     .required = true,
     .max = 2},
    {.name = "because",
     .label = "延期的理由",
     .hint = "接在告知书的“因”字后面，例如：需要检索的档案较多。每份告知书都写上，申请人看得到",
     .kind = FIELD_AREA,
     .required = true,
     .max = 300},
    {.name = "ids", .label = "", .kind = FIELD_HIDDEN, .max = IDS_BYTES},
    {.name = "organ", .label = "", .kind = FIELD_HIDDEN, .max = 20},
    {.name = "asked", .label = "", .kind = FIELD_HIDDEN, .max = 20},
    {.name = "group", .label = "", .kind = FIELD_HIDDEN, .max = 20},
    {.name = "way", .label = "", .kind = FIELD_HIDDEN, .max = 20},
};
enum { PLAN_FIELDS = sizeof plan_defs / sizeof *plan_defs, EVERY = 1u << BULK__COUNT };
// clang-format off
static const unsigned plan_field_of[] = { // as plan_defs
    1u << BULK_ASSIGN, 1u << BULK_CONFIRM, 1u << BULK_JOIN, 1u << BULK_JOIN, 1u << BULK_SEND, 1u << BULK_SEND,
    1u << BULK_EXTEND, 1u << BULK_EXTEND,
    EVERY, EVERY, EVERY, EVERY, EVERY,
};
// clang-format on
_Static_assert(sizeof plan_field_of / sizeof *plan_field_of == PLAN_FIELDS, "one for each field");

static const Str chosen_by[] = {SI("ids"), SI("organ"), SI("asked"), SI("group"), SI("way")};

typedef struct PlanPage {
    BulkPlanPage page;
    BulkKind kind;
    BulkAsk ask;
    FieldDef defs[PLAN_FIELDS];
} PlanPage;

static bool kind_of(const Request *r, BulkKind *out, Err *err)
{
    static const Str head = SI("/desk/bulk/");
    return bulk_named(str_from(str_z(r->pattern), head.n), out) ||
           fail(err, ERR_MISSING, NULL, "没有这种批量办理", "there is no such bulk action");
}

static size_t fields_of(PlanPage *p)
{
    size_t n = 0;
    for (size_t i = 0; i < PLAN_FIELDS; i++)
        if (plan_field_of[i] & (EVERY | 1u << p->kind))
            p->defs[n++] = plan_defs[i];
    return n;
}

static RequestIds ids_read(Str list, Arena *a)
{
    RequestIds ids = {0};
    Str one, rest = list;
    for (bool more = list.n > 0; more && ids.n < CHOSEN_MAX;) {
        int64_t id;
        more = str_cut(rest, S(","), &one, &rest);
        if (str_to_int(one, &id) && id > 0)
            PUSH(a, &ids)->n = id;
    }
    return ids;
}

static int64_t number(Str s)
{
    int64_t n = 0;
    str_to_int(s, &n);
    return n;
}

// From the fields `get` gives: of the address at first, of the form afterwards.
static BulkChoice choice_read(const Request *r, Str (*get)(const Request *, const char *),
                              BulkKind kind)
{
    BulkChoice c = {.unconfirmed = kind == BULK_CONFIRM, .free = false};
    c.ids = ids_read(get(r, "ids"), r->a);
    c.organ.n = number(get(r, "organ"));
    c.asked = number(get(r, "asked"));
    c.group.n = number(get(r, "group"));
    c.way = get(r, "way");
    c.set = c.group.n ? BULK_SET_GROUP : c.asked ? BULK_SET_WORDING : BULK_SET_LIST;
    c.free = kind == BULK_JOIN && c.set == BULK_SET_WORDING;
    return c;
}

// --- who may handle them

static bool can_handle(const PersonLine *line)
{
    for (size_t i = 0; i < line->posts.n; i++)
        if (role_reach(line->posts.v[i].role, MAY_REQUEST_HANDLE, false) != REACH_NONE)
            return true;
    return false;
}

// At the organ of the first that is chosen.
static bool handlers(Request *r, PlanPage *p, Err *err)
{
    App *app = app_of(r);
    RequestIds first;
    InfoRequest q;
    PersonAsk ask = {.limit = 200};
    PersonLines people;
    int64_t total;
    if (!store_bulk_first(app->db, &app->scope, &p->ask.choice, 1, r->a, &first, err))
        return false;
    if (first.n && store_request_get(app->db, &app->scope, first.v[0], r->a, &q, err))
        ask.organ = q.organ;
    else if (first.n)
        return false;
    if (!store_person_list(app->db, &app->scope, &ask, app->today, r->a, &people, &total, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (can_handle(&people.v[i]))
            form_choice(&p->page.form, "handler",
                        str_fmt(r->a, "%lld", (long long)people.v[i].person.id.n),
                        people.v[i].person.name, S(""));
    return true;
}

// --- the page

static Str back_of(Arena *a, const BulkChoice *c)
{
    if (c->set == BULK_SET_GROUP)
        return str_cat(a, door_path(a, S("request"), c->group.n), S("/group"));
    if (c->set == BULK_SET_WORDING)
        return str_fmt(a, "/desk/groups/%lld/%lld", (long long)c->organ.n, (long long)c->asked);
    return S("/desk/requests");
}

static bool plan_begin(Request *r, PlanPage *p, Err *err)
{
    Str (*get)(const Request *, const char *) =
        r->method == METHOD_POST ? request_form : request_query;
    if (!kind_of(r, &p->kind, err))
        return false;
    p->ask = (BulkAsk){.kind = p->kind, .choice = choice_read(r, get, p->kind), .on = date_none};
    BulkPlanPage *page = &p->page;
    page->heading = str_cat(r->a, S("批量"), bulk_defs[p->kind].name);
    page->action = r->path;
    page->back = back_of(r->a, &p->ask.choice);
    if (!desk_begin(r, page->heading, DESK_REQUESTS, &page->desk, err))
        return false;
    desk_crumb(r, &page->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &page->desk, S(""), page->heading);
    form_new(r, p->defs, fields_of(p), &page->form);
    page->form.draft = S(""); // what was chosen once is not what is chosen now
    for (size_t i = 0; i < sizeof chosen_by / sizeof *chosen_by; i++)
        form_set(&page->form, chosen_by[i].s, get(r, chosen_by[i].s));
    return p->kind != BULK_ASSIGN || handlers(r, p, err);
}

static bool ask_read(Request *r, PlanPage *p, Err *err)
{
    const Form *f = &p->page.form;
    if (p->kind == BULK_ASSIGN)
        p->ask.handler.n = form_int(f, "handler");
    if (p->kind == BULK_CONFIRM)
        p->ask.on = form_date(f, "on");
    if (p->kind == BULK_SEND) {
        p->ask.on = form_date(f, "on_sent");
        p->ask.first = form_text(f, "first");
    }
    if (p->kind == BULK_EXTEND) {
        p->ask.on = app_of(r)->today;
        p->ask.workdays = form_int(f, "workdays");
        p->ask.reason = form_text(f, "because");
    }
    if (p->kind == BULK_JOIN) {
        p->ask.reason = form_text(f, "reason");
        if (form_text(f, "lead").n)
            return group_lead_named(app_of(r), form_text(f, "lead"), r->a, &p->ask.lead, err);
    }
    return true;
}

static Str plan_words(Arena *a, const BulkPlan *plan)
{
    size_t left = plan->n_lines - plan->n_do;
    if (plan->n > (int64_t)plan->n_lines)
        return str_fmt(a, "共%lld件。下面是前%zu件试算的结果：%zu件可以办，%zu件不能办。",
                       (long long)plan->n, plan->n_lines, plan->n_do, left);
    return left ? str_fmt(a, "%zu件可以办，%zu件不能办，原因列在下面。", plan->n_do, left)
                : str_fmt(a, "%zu件都可以办。", plan->n_do);
}

static bool planned(Request *r, PlanPage *p, Err *err)
{
    BulkPlan plan;
    if (!app_bulk_plan(app_of(r), r->may, &p->ask, r->a, &plan, err))
        return false;
    BulkPlanPage *page = &p->page;
    page->planned = true;
    page->say = plan_words(r->a, &plan);
    page->submit =
        str_fmt(r->a, "确认，办理这%lld件",
                (long long)(plan.n > (int64_t)plan.n_lines ? plan.n : (int64_t)plan.n_do));
    page->lines = NEW(r->a, BulkPlanLine, plan.n_lines);
    page->n_do = plan.n > (int64_t)plan.n_lines ? (size_t)plan.n : plan.n_do;
    for (size_t i = 0; i < plan.n_lines; i++) {
        const BulkLine *l = &plan.lines[i];
        page->lines[page->n++] = (BulkPlanLine){door_path(r->a, S("request"), l->id.n), l->code,
                                                l->title, l->applicant_name, l->why};
    }
    return true;
}

static bool show(Response *w, PlanPage *p)
{
    if (form_is_wrong(&p->page.form))
        w->status = 422;
    view_bulk_plan(&w->out, &p->page);
    return true;
}

static bool again(Response *w, PlanPage *p, const Err *why, Err *err)
{
    return form_mend(&p->page.form, why, err) && show(w, p);
}

bool page_bulk_plan(Request *r, Response *w, Err *err)
{
    PlanPage *p = NEW(r->a, PlanPage, 1);
    Err why = {0};
    if (!plan_begin(r, p, err))
        return false;
    if (p->kind == BULK_CONFIRM)
        form_set_date(&p->page.form, "on", app_of(r)->today);
    if (p->kind == BULK_EXTEND)
        form_set(&p->page.form, "workdays", str_fmt(r->a, "%d", clock_rules[RULE_EXTENSION].n));
    if (p->kind == BULK_SEND)
        form_set_date(&p->page.form, "on_sent", app_of(r)->today);
    if (p->kind == BULK_JOIN)
        form_set(&p->page.form, "lead", str_clip(r->a, request_query(r, "lead"), 60));
    if (p->kind == BULK_CONFIRM)
        p->ask.on = app_of(r)->today;
    if (p->kind == BULK_JOIN && request_query(r, "lead").n &&
        !group_lead_named(app_of(r), request_query(r, "lead"), r->a, &p->ask.lead, &why))
        return again(w, p, &why, err);
    bool enough = p->kind == BULK_CONFIRM || p->ask.lead.n;
    if (enough && !planned(r, p, &why))
        return again(w, p, &why, err);
    return show(w, p);
}

bool page_bulk_send(Request *r, Response *w, Err *err)
{
    PlanPage *p = NEW(r->a, PlanPage, 1);
    Err why = {0};
    Bulk bulk;
    if (!plan_begin(r, p, err))
        return false;
    if (!form_take(r, &p->page.form))
        return show(w, p);
    if (!ask_read(r, p, &why))
        return again(w, p, &why, err);
    if (!request_form(r, "go").n)
        return planned(r, p, &why) ? show(w, p) : again(w, p, &why, err);
    if (!app_bulk_begin(app_of(r), r->may, &p->ask, r->a, &bulk, &why))
        return again(w, p, &why, err);
    return desk_done(r, w, str_fmt(r->a, "/desk/bulk/%lld", (long long)bulk.id), "bulk_begun");
}

bool page_bulk_again(Request *r, Response *w, Err *err)
{
    Bulk bulk;
    RequestId lead = {number(request_param(r, "id"))};
    if (!app_bulk_answer_again(app_of(r), lead, r->a, &bulk, err))
        return false;
    return desk_done(r, w, str_fmt(r->a, "/desk/bulk/%lld", (long long)bulk.id), "bulk_begun");
}

// --- how far it is

static Str progress_words(Arena *a, const Bulk *b)
{
    int64_t settled = b->n_done + b->n_left;
    if (!b->ended_at)
        return str_fmt(a, "共%lld件，已办%lld件，还有%lld件。可以离开这一页，后台会继续办完。",
                       (long long)b->n, (long long)settled, (long long)(b->n - settled));
    return b->n_left ? str_fmt(a, "办完了：%lld件已办，%lld件没有办，原因列在下面。",
                               (long long)b->n_done, (long long)b->n_left)
                     : str_fmt(a, "办完了：%lld件。", (long long)b->n_done);
}

static bool left_read(Request *r, const Bulk *b, BulkPage *p, Err *err)
{
    App *app = app_of(r);
    BulkLefts left;
    RequestId after = {number(request_query(r, "after"))};
    if (!store_bulk_items(app->db, &app->scope, b->id, false, after, LEFT_A_PAGE + 1, r->a, &left,
                          err))
        return false;
    size_t shown = left.n < LEFT_A_PAGE ? left.n : LEFT_A_PAGE;
    p->left = NEW(r->a, BulkPlanLine, shown);
    for (size_t i = 0; i < shown; i++)
        p->left[p->n_listed++] =
            (BulkPlanLine){door_path(r->a, S("request"), left.v[i].id.n), left.v[i].code,
                           left.v[i].title, left.v[i].applicant_name, left.v[i].why};
    if (left.n > shown)
        p->next = path_with_int(r->a, p->self, "after", left.v[shown - 1].id.n);
    return true;
}

bool page_bulk(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    BulkPage p = {0};
    Bulk b;
    InfoRequest lead = {0};
    if (!store_bulk_get(app->db, &app->scope, number(request_param(r, "id")), r->a, &b, err) ||
        (b.lead.n && !store_request_get(app->db, &app->scope, b.lead, r->a, &lead, err)))
        return false;
    p.heading = str_cat(r->a, S("批量"), bulk_defs[b.kind].name);
    p.self = str_fmt(r->a, "/desk/bulk/%lld", (long long)b.id);
    p.say = progress_words(r->a, &b);
    p.by = str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(b.person_name),
                   STR_ARG(moment_zh(r->a, b.made_at)));
    p.reason = b.reason;
    p.n = b.n;
    p.n_done = b.n_done;
    p.n_left = b.n_left;
    p.going = !b.ended_at;
    if (lead.id.n) {
        p.lead = lead.code;
        p.lead_href = str_cat(r->a, door_path(r->a, S("request"), lead.id.n), S("/group"));
    }
    if (!desk_begin(r, p.heading, DESK_REQUESTS, &p.desk, err) || !left_read(r, &b, &p, err))
        return false;
    desk_crumb(r, &p.desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p.desk, S(""), p.heading);
    if (p.going)
        respond_header(w, "Refresh", str_fmt(r->a, "%d", REFRESH_S));
    view_bulk_progress(&w->out, &p);
    return true;
}

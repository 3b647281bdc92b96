#include "web/page_people.h"

#include "app/config.h"
#include "store/organ.h"
#include "views.h"
#include "web/page_common.h"

enum { PEOPLE_PER_PAGE = 30 };

Str person_path(Arena *a, PersonId id, const char *tail)
{
    return str_fmt(a, "/desk/people/%lld%s", (long long)id.n, tail);
}

PersonId person_param(const Request *r)
{
    int64_t n = 0;
    str_to_int(request_param(r, "id"), &n);
    return (PersonId){n > 0 ? n : 0};
}

Date day_of(int64_t at)
{
    enum { DAY = 86400, CHINA = 8 * 3600 };
    return (Date){(int32_t)((at + CHINA) / DAY)};
}

Str days_zh(Arena *a, Date from, Date to)
{
    return str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(date_zh(a, from)), STR_ARG(date_zh(a, to)));
}

Str roles_zh(Arena *a, uint32_t roles)
{
    Strs names = {0};
    for (int r = 0; r < ROLE__COUNT; r++)
        if (roles >> r & 1)
            *PUSH(a, &names) = role_defs[r].name;
    return str_join(a, names.v, names.n, S("、"));
}

HandoverItemViews handover_views(Arena *a, const HandoverItems *items)
{
    HandoverItemViews views = {0};
    for (size_t i = 0; i < items->n; i++)
        *PUSH(a, &views) = (HandoverItemView){handover_noun(items->v[i].noun), items->v[i].title};
    return views;
}

RowButton row_button(Request *r, Str action, const char *name, int64_t value, Str text)
{
    return (RowButton){.action = action,
                       .name = str_z(name),
                       .value = str_fmt(r->a, "%lld", (long long)value),
                       .text = text,
                       .csrf = r->viewer->csrf,
                       .once = crypt_token(r->a, 16)};
}

// --- the list

// 公开机构经办人；管理员（示例市教育局）: where it is not the organ they belong to, it is said.
static Str roles_of(Arena *a, const PersonLine *line)
{
    Strs names = {0};
    for (size_t i = 0; i < line->posts.n; i++) {
        const Post *p = &line->posts.v[i];
        Str name = role_defs[p->role].name;
        *PUSH(a, &names) =
            p->organ.n == line->person.organ.n
                ? name
                : str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(name), STR_ARG(p->organ_name));
    }
    return str_join(a, names.v, names.n, S("；"));
}

static PersonRowView row_view(Arena *a, const PersonLine *line)
{
    const Person *p = &line->person;
    return (PersonRowView){.href = person_path(a, p->id, ""),
                           .name = p->name,
                           .login = p->login,
                           .organ = p->organ_name,
                           .roles = roles_of(a, line)};
}

typedef struct ListAsk {
    PersonAsk ask;
    int page; // from 1
} ListAsk;

static ListAsk list_ask(const Request *r)
{
    ListAsk l = {.page = query_int(r, "page", 100000)};
    l.page = l.page ? l.page : 1;
    l.ask = (PersonAsk){.text = str_clip(r->a, str_trim(request_query(r, "q")), 40),
                        .organ = {query_int(r, "organ", INT32_MAX)},
                        .by_role = role_named(request_query(r, "role"), &l.ask.role),
                        .closed = request_query(r, "closed").n > 0,
                        .offset = (int64_t)(l.page - 1) * PEOPLE_PER_PAGE,
                        .limit = PEOPLE_PER_PAGE};
    role_named(request_query(r, "role"), &l.ask.role);
    return l;
}

static Str list_path(Arena *a, const ListAsk *l, int page)
{
    const PersonAsk *ask = &l->ask;
    Str path = path_with(a, S("/desk/people"), "q", ask->text);
    path = path_with_int(a, path, "organ", ask->organ.n);
    path = path_with(a, path, "role", ask->by_role ? role_defs[ask->role].id : S(""));
    path = path_with(a, path, "closed", ask->closed ? S("1") : S(""));
    return path_with_int(a, path, "page", page > 1 ? page : 0);
}

static void list_chips(Arena *a, const ListAsk *l, const Choices *organs, Links *out)
{
    ListAsk without = *l;
    if (l->ask.text.n) {
        without.ask.text = S("");
        *PUSH(a, out) = (Link){.href = list_path(a, &without, 1),
                               .text = str_fmt(a, "检索：" PRI_STR, STR_ARG(l->ask.text))};
    }
    for (size_t i = 0; i < organs->n; i++) {
        without = *l;
        without.ask.organ.n = 0;
        if (organs->v[i].chosen)
            *PUSH(a, out) = (Link){.href = list_path(a, &without, 1), .text = organs->v[i].text};
    }
    without = *l;
    without.ask.by_role = false;
    if (l->ask.by_role)
        *PUSH(a, out) =
            (Link){.href = list_path(a, &without, 1), .text = role_defs[l->ask.role].name};
}

static bool organ_choices(Request *r, OrganId chosen, Choices *out, Err *err)
{
    OrganLines organs = {0};
    int64_t total;
    OrganFilter filter = {0};
    if (!store_organ_find(app_of(r)->db, &app_of(r)->scope, &filter, r->a, &organs, &total, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        *PUSH(r->a, out) = (Choice){.value = str_fmt(r->a, "%lld", (long long)organs.v[i].id.n),
                                    .text = organs.v[i].name,
                                    .chosen = organs.v[i].id.n == chosen.n};
    return true;
}

static void list_tabs(Arena *a, const ListAsk *l, Links *out)
{
    ListAsk open = *l, closed = *l;
    open.ask.closed = false;
    closed.ask.closed = true;
    *PUSH(a, out) =
        (Link){.href = list_path(a, &open, 1), .text = S("在用账号"), .current = !l->ask.closed};
    *PUSH(a, out) =
        (Link){.href = list_path(a, &closed, 1), .text = S("已停用"), .current = l->ask.closed};
}

static void list_rows(Arena *a, const PersonLines *lines, const ListAsk *l, PeoplePage *p)
{
    p->rows = NEW(a, PersonRowView, lines->n);
    for (size_t i = 0; i < lines->n; i++)
        p->rows[p->n++] = row_view(a, &lines->v[i]);
    p->first = lines->n ? l->ask.offset + 1 : 0;
    p->last = l->ask.offset + (int64_t)lines->n;
    p->previous = l->page > 1 ? list_path(a, l, l->page - 1) : S("");
    p->next = p->last < p->total ? list_path(a, l, l->page + 1) : S("");
}

bool page_people(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    ListAsk l = list_ask(r);
    PeoplePage p = {.text = l.ask.text, .closed = l.ask.closed};
    PersonLines lines = {0};
    if (!desk_begin(r, S("人员与岗位"), DESK_PEOPLE, &p.desk, err) ||
        !organ_choices(r, l.ask.organ, &p.organs, err) ||
        !store_person_list(app->db, &app->scope, &l.ask, app->today, r->a, &lines, &p.total, err))
        return false;
    for (int i = 0; i < ROLE__COUNT; i++)
        *PUSH(r->a, &p.roles) = (Choice){.value = role_defs[i].id,
                                         .text = role_defs[i].name,
                                         .chosen = l.ask.by_role && (int)l.ask.role == i};
    list_tabs(r->a, &l, &p.tabs);
    list_chips(r->a, &l, &p.organs, &p.chips);
    list_rows(r->a, &lines, &l, &p);
    p.may_add = viewer_may(r->viewer, MAY_PERSON_EDIT);
    view_people(&w->out, &p);
    return true;
}

// --- one person

static void fact(Arena *a, Facts *facts, Str name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = name, .value = value};
}

static void person_facts(Arena *a, const Person *p, Facts *out)
{
    fact(a, out, S("登录名"), p->login);
    fact(a, out, S("所属机关"), p->organ_name);
    fact(a, out, S("电话"), p->phone);
    fact(a, out, S("电子邮箱"), p->email);
    fact(a, out, S("开设"), date_zh(a, day_of(p->opened_at)));
    if (!p->closed)
        return;
    fact(a, out, S("停用"), date_zh(a, day_of(p->closed_at)));
    fact(a, out, S("停用原因"), p->closed_why);
}

static PostView post_view(Request *r, const PostRow *post, bool may_take)
{
    App *app = app_of(r);
    Date until = post->until;
    PostView v = {.role = role_defs[post->role].name,
                  .organ = post->organ_name,
                  .held = !date_is(until) || until.days > app->today.days};
    v.days = !date_is(until) ? str_fmt(r->a, PRI_STR "起", STR_ARG(date_zh(r->a, post->from)))
             : until.days <= post->from.days
                 ? str_fmt(r->a, PRI_STR "授予，当日免去", STR_ARG(date_zh(r->a, post->from)))
                 : days_zh(r->a, post->from, (Date){until.days - 1});
    v.has_button = may_take && v.held;
    if (v.has_button)
        v.take = row_button(r, person_path(r->a, post->person, "/posts/take"), "post", post->id,
                            S("免去"));
    return v;
}

static bool posts_load(Request *r, PersonId id, bool may_take, PersonPage *p, Err *err)
{
    PostRows rows = {0};
    if (!store_post_list(app_of(r)->db, &app_of(r)->scope, id, r->a, &rows, err))
        return false;
    p->posts = NEW(r->a, PostView, rows.n);
    for (int held = 1; held >= 0; held--)
        for (size_t i = 0; i < rows.n; i++) {
            PostView v = post_view(r, &rows.v[i], may_take);
            if (v.held == held)
                p->posts[p->n_posts++] = v;
            p->n_past += v.held == held && !held;
        }
    p->n_posts -= p->n_past;
    return true;
}

static StandView stand_view(Request *r, const Substitution *s, PersonId person)
{
    Date today = app_of(r)->today;
    Str who =
        s->away.n == person.n ? str_fmt(r->a, "由" PRI_STR "代行", STR_ARG(s->substitute_name))
        : s->substitute.n == person.n ? str_fmt(r->a, "代" PRI_STR, STR_ARG(s->away_name))
                                      : str_fmt(r->a, PRI_STR "代" PRI_STR,
                                                STR_ARG(s->substitute_name), STR_ARG(s->away_name));
    StandView v = {.who = who,
                   .roles = roles_zh(r->a, s->roles),
                   .organ = s->organ_name,
                   .days = days_zh(r->a, s->from, s->to),
                   .why = s->why,
                   .state = S("未开始"),
                   .state_cls = S("wait")};
    if (substitution_over(s, today))
        v.state = date_is(s->ended) ? S("提前结束") : S("已结束"), v.state_cls = S("");
    else if (substitution_on(s, today))
        v.state = S("进行中"), v.state_cls = S("ok");
    return v;
}

bool stands_load(Request *r, PersonId person, bool over, Str action, StandViews *out, Err *err)
{
    App *app = app_of(r);
    Substitutions list = {0};
    if (!store_substitution_list(app->db, &app->scope, person, app->today, over, r->a, &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        StandView v = stand_view(r, &list.v[i], person);
        v.has_button = action.n && !substitution_over(&list.v[i], app->today);
        if (v.has_button)
            v.end = row_button(r, action, "substitution", list.v[i].id, S("结束代行"));
        *PUSH(r->a, out) = v;
    }
    return true;
}

static bool handovers_load(Request *r, PersonId id, PersonPage *p, Err *err)
{
    Handovers list = {0};
    if (!store_handover_list(app_of(r)->db, &app_of(r)->scope, id, r->a, &list, err))
        return false;
    p->handovers = NEW(r->a, HandoverView, list.n);
    for (size_t i = 0; i < list.n; i++) {
        const Handover *h = &list.v[i];
        bool gave = h->from.n == id.n;
        p->handovers[p->n_handovers++] = (HandoverView){
            .href = str_fmt(r->a, "/desk/handovers/%lld", (long long)h->id),
            .text = str_fmt(r->a, "%s" PRI_STR "%lld件", gave ? "交给" : "接手",
                            STR_ARG(gave ? h->to_name : h->from_name), (long long)h->n_items),
            .on = day_of(h->at)};
    }
    return true;
}

static void add_act(Arena *a, PersonPage *p, const char *tail, Str text)
{
    *PUSH(a, &p->acts) = (Link){.href = person_path(a, p->person->id, tail), .text = text};
}

// What an administrator may do here. Their scope is another than that of looking.
static bool acts_load(Request *r, const Person *person, PersonPage *p, Err *err)
{
    App *app = app_of(r);
    Scope scope = viewer_scope(r->viewer, MAY_PERSON_EDIT);
    PersonFacts facts = {0};
    if (scope.reach == REACH_NONE)
        return true;
    if (!store_person_facts(app->db, &scope, person->id, app->today, &facts, err))
        return false;
    Err no = {0};
    Giver giver = {r->viewer->person, scope.reach};
    p->may_edit = person_change_decide(&giver, person, &facts, &no);
    p->why_not = p->may_edit ? S("") : str_dup(r->a, str_z(no.zh));
    if (person->closed) {
        if (p->may_edit)
            add_act(r->a, p, "/reopen", S("重新启用"));
        return true;
    }
    add_act(r->a, p, "/posts", S("授予岗位"));
    add_act(r->a, p, "/substitution", S("设置代行"));
    if (!p->may_edit)
        return true;
    add_act(r->a, p, "/edit", S("修改"));
    add_act(r->a, p, "/hand-over", S("交接"));
    if (person->id.n != r->viewer->person.n) {
        add_act(r->a, p, "/reset", S("重设密码"));
        const Config *c = app_of(r)->config;
        if (c && (oidc_configured(&c->oidc) || ldap_configured(&c->ldap)))
            add_act(r->a, p, "/link", S("关联登录身份"));
        add_act(r->a, p, "/close", S("停用"));
    }
    return true;
}

bool page_person(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    PersonId id = person_param(r);
    Person person;
    PersonPage p = {.person = &person};
    if (!store_person_get(app->db, &app->scope, id, r->a, &person, err) ||
        !desk_begin(r, person.name, DESK_PEOPLE, &p.desk, err) || !acts_load(r, &person, &p, err))
        return false;
    bool edits = viewer_may(r->viewer, MAY_PERSON_EDIT);
    Str end = edits ? person_path(r->a, id, "/substitution/end") : S("");
    if (!posts_load(r, id, edits, &p, err) || !stands_load(r, id, true, end, &p.stands, err) ||
        !handovers_load(r, id, &p, err))
        return false;
    person_facts(r->a, &person, &p.facts);
    desk_crumb(r, &p.desk, S("/desk/people"), S("人员与岗位"));
    desk_crumb(r, &p.desk, S(""), person.name);
    if (viewer_may(r->viewer, MAY_AUDIT_READ))
        p.audit_href = str_fmt(r->a, "/desk/audit?noun=person&noun_id=%lld", (long long)id.n);
    view_person(&w->out, &p);
    return true;
}

// --- a handover, with the list as it was

bool page_handover(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    int64_t id = 0;
    Handover h;
    HandoverItems items = {0};
    HandoverPage p = {.handover = &h};
    str_to_int(request_param(r, "id"), &id);
    if (!store_handover_get(app->db, &app->scope, id, r->a, &h, &items, err) ||
        !desk_begin(r, S("交接清单"), DESK_PEOPLE, &p.desk, err))
        return false;
    p.on = day_of(h.at);
    p.items = handover_views(r->a, &items);
    desk_crumb(r, &p.desk, S("/desk/people"), S("人员与岗位"));
    desk_crumb(r, &p.desk, person_path(r->a, h.from, ""), h.from_name);
    desk_crumb(r, &p.desk, S(""), S("交接清单"));
    view_handover(&w->out, &p);
    return true;
}

// --- the policy, from the one table

static Str reach_words(Role role, Verb verb)
{
    Reach below = role_reach(role, verb, false), top = role_reach(role, verb, true);
    if (below == REACH_NONE)
        return top == REACH_SITE ? S("全站") : S("");
    return below == REACH_BELOW ? S("本机关和下级") : S("本机关");
}

static void conflict_views(Arena *a, RolesPage *p)
{
    p->conflicts = NEW(a, ConflictView, n_role_conflicts);
    for (size_t i = 0; i < n_role_conflicts; i++) {
        const RoleConflict *c = &role_conflicts[i];
        p->conflicts[p->n_conflicts++] =
            (ConflictView){.one = role_defs[c->one].name,
                           .other = role_defs[c->other].name,
                           .why = c->why,
                           .state_cls = c->refused ? S("bad") : S("wait"),
                           .state = !c->refused   ? S("提示")
                                    : c->anywhere ? S("全站不得兼任")
                                                  : S("同一机关不得兼任")};
    }
}

bool page_roles(Request *r, Response *w, Err *err)
{
    RolesPage p = {0};
    if (!desk_begin(r, S("权限表"), DESK_ROLES, &p.desk, err))
        return false;
    for (int v = 0; v < VERB__COUNT; v++) {
        if (v == MAY_ANYONE || v == MAY_ENTER)
            continue;
        PolicyRow *row = &p.rows[p.n++];
        *row = (PolicyRow){.id = verb_defs[v].id, .name = verb_defs[v].name};
        for (int role = 0; role < ROLE__COUNT; role++)
            row->words[role] = reach_words((Role)role, (Verb)v);
    }
    conflict_views(r->a, &p);
    view_people_roles(&w->out, &p);
    return true;
}

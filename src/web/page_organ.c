#include "web/page_organ.h"

#include "views.h"
#include "web/page_common.h"

enum { TREE_MOST = 300, PER_PAGE = 50, DEPTH_SHOWN = 6 };

Str organ_path_of(Arena *a, OrganId id, const char *tail)
{
    return str_fmt(a, "/desk/organs/%lld%s", (long long)id.n, tail);
}

OrganId organ_addressed(const Request *r)
{
    int64_t n = 0;
    str_to_int(request_param(r, "id"), &n);
    return (OrganId){n > 0 ? n : 0};
}

// --- the tree

static OrganLineView line_view(Arena *a, const OrganLine *l, int depth)
{
    return (OrganLineView){
        .href = organ_path_of(a, l->id, ""),
        .name = l->name,
        .note = l->found_as.n ? str_fmt(a, "按“" PRI_STR "”找到", STR_ARG(l->found_as)) : S(""),
        .kind = organ_kinds[l->kind].name,
        .tier = l->tier == TIER_UNKNOWN ? S("") : organ_tiers[l->tier].name,
        .code = l->code,
        .state = l->state == ORGAN_ACTIVE ? S("") : organ_states[l->state].name,
        .state_cls = S("wait"),
        .depth = depth < DEPTH_SHOWN ? depth : DEPTH_SHOWN,
    };
}

typedef struct Tree {
    const OrganLines *lines;
    ptrdiff_t *first, *next, *last; // children of a line, then its siblings; -1 none
    OrganLineView *out;
    size_t n;
    Arena *a;
} Tree;

// Which line an organ is; -1 where it is out of sight. The lines are few.
static ptrdiff_t line_of(const OrganLines *lines, OrganId id)
{
    for (size_t i = 0; id.n && i < lines->n; i++)
        if (lines->v[i].id.n == id.n)
            return (ptrdiff_t)i;
    return -1;
}

static void put_below(Tree *t, ptrdiff_t at, int depth)
{
    for (; at >= 0; at = t->next[at]) {
        t->out[t->n++] = line_view(t->a, &t->lines->v[at], depth);
        if (depth < ORGAN_DEPTH * 4)
            put_below(t, t->first[at], depth + 1);
    }
}

OrganLineView *organ_tree(Arena *a, const OrganLines *lines)
{
    size_t n = lines->n;
    Tree t = {lines,
              NEW(a, ptrdiff_t, n + 1),
              NEW(a, ptrdiff_t, n + 1),
              NEW(a, ptrdiff_t, n + 1),
              NEW(a, OrganLineView, n + 1),
              0,
              a};
    for (size_t i = 0; i <= n; i++)
        t.first[i] = t.next[i] = t.last[i] = -1;
    for (size_t i = 0; i < n; i++) { // place n is above all that have nothing above them
        ptrdiff_t up = line_of(lines, lines->v[i].parent);
        size_t above = up < 0 ? n : (size_t)up;
        if (t.last[above] < 0)
            t.first[above] = (ptrdiff_t)i;
        else
            t.next[t.last[above]] = (ptrdiff_t)i;
        t.last[above] = (ptrdiff_t)i;
    }
    put_below(&t, t.first[n], 0);
    return t.out;
}

static Str list_path(Arena *a, const OrgansPage *p, int page)
{
    Str path = path_with(a, S("/desk/organs"), "q", p->words);
    path = path_with(a, path, "ended", p->ended ? S("1") : S(""));
    return path_with_int(a, path, "page", page > 1 ? page : 0);
}

static void list_rows(Arena *a, const OrganLines *lines, int page, OrgansPage *p)
{
    p->tree = !p->words.n && (int64_t)lines->n == p->total;
    if (p->tree) {
        p->rows = organ_tree(a, lines);
    } else {
        p->rows = NEW(a, OrganLineView, lines->n + 1);
        for (size_t i = 0; i < lines->n; i++)
            p->rows[i] = line_view(a, &lines->v[i], 0);
    }
    p->n = lines->n;
    p->first = lines->n ? (page - 1) * PER_PAGE + 1 : 0;
    p->last = p->first ? p->first + (int64_t)lines->n - 1 : 0;
    if (p->tree)
        return;
    p->previous = page > 1 ? list_path(a, p, page - 1) : S("");
    p->next = p->last < p->total ? list_path(a, p, page + 1) : S("");
}

// A first look for the whole tree; where that is too large, the page asked for.
bool page_organs(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    int page = query_int(r, "page", 100000);
    page = page ? page : 1;
    OrgansPage p = {.words = str_clip(r->a, str_trim(request_query(r, "q")), 60),
                    .ended = request_query(r, "ended").n > 0,
                    .may_change = viewer_may(r->viewer, MAY_ORGAN_CHANGE)};
    OrganLines lines = {0};
    OrganFilter filter = {.words = p.words, .ended = p.ended, .limit = TREE_MOST};
    if (!desk_begin(r, S("机关"), DESK_ORGANS, &p.desk, err) ||
        !store_organ_find(app->db, &app->scope, &filter, r->a, &lines, &p.total, err))
        return false;
    if (p.words.n || p.total > TREE_MOST) {
        filter.limit = PER_PAGE;
        filter.offset = (int64_t)(page - 1) * PER_PAGE;
        if (!store_organ_find(app->db, &app->scope, &filter, r->a, &lines, &p.total, err))
            return false;
    }
    list_rows(r->a, &lines, page, &p);
    view_organs(&w->out, &p);
    return true;
}

bool page_organs_csv(Request *r, Response *w, Err *err)
{
    if (!app_organ_export(app_of(r), r->a, &w->body, err))
        return false;
    respond_download(r, w, S("text/csv; charset=utf-8"), S("机关.csv"));
    return true;
}

// --- one organ

static void fact(Arena *a, Facts *facts, Str name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = name, .value = value};
}

static void field_facts(Arena *a, const Organ *o, OrganField from, OrganField to, Facts *out)
{
    for (int f = from; f <= (int)to; f++)
        fact(a, out, organ_fields[f].name, organ_field_get(o, (OrganField)f, a));
}

static Str powers_zh(const Organ *o)
{
    if (o->rules)
        return o->normative ? S("规章、行政规范性文件") : S("规章");
    return o->normative ? S("行政规范性文件") : S("");
}

static void own_facts(Arena *a, const OrganPage *p, Facts *out)
{
    const Organ *o = &p->organ;
    fact(a, out, S("类别"), organ_kinds[o->kind].name);
    fact(a, out, S("级别"), o->tier == TIER_UNKNOWN ? S("") : organ_tiers[o->tier].name);
    if (p->parent_name.n)
        *PUSH(a, out) = (Fact){.name = S("上级机关"),
                               .value = p->parent_name,
                               .href = organ_path_of(a, o->parent, "")};
    field_facts(a, o, OF_SHORT, OF_SLUG, out);
    field_facts(a, o, OF_CREDIT, OF_DIVISION, out);
    fact(a, out, S("可以制定"), powers_zh(o));
    fact(a, out, S("设立"), date_is(o->founded) ? date_zh(a, o->founded) : S(""));
    fact(a, out, organ_states[o->state].name, date_is(o->ended) ? date_zh(a, o->ended) : S(""));
}

static void name_facts(Arena *a, const OrganNames *names, Facts *out)
{
    for (size_t i = names->n; i-- > 0;) {
        const OrganName *n = &names->v[i];
        if (!str_eq(n->kind, S("name")) || (names->n == 1))
            continue;
        Str from = date_is(n->from) ? date_zh(a, n->from) : S("设立");
        Str until = date_is(n->until) ? date_zh(a, (Date){n->until.days - 1}) : S("今");
        fact(a, out, str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(from), STR_ARG(until)), n->name);
    }
}

static Str life_title(Arena *a, const OrganLife *l, const OrganRows *heirs)
{
    Str event = life_events[l->event].name;
    Strs names = {0};
    for (size_t i = 0; i < heirs->n && !l->inherited; i++)
        *PUSH(a, &names) = heirs->v[i].name;
    switch (l->event) {
    case LIFE_RENAMED:
        return str_fmt(a, PRI_STR "：" PRI_STR "改为" PRI_STR, STR_ARG(event), STR_ARG(l->old_name),
                       STR_ARG(l->new_name));
    case LIFE_MOVED:
        return str_fmt(a, PRI_STR "：由" PRI_STR "改为" PRI_STR, STR_ARG(event),
                       STR_ARG(l->old_parent.n ? l->old_parent : S("无上级")),
                       STR_ARG(l->new_parent.n ? l->new_parent : S("无上级")));
    case LIFE_MERGED:
    case LIFE_SPLIT:
        return names.n ? str_fmt(a, PRI_STR PRI_STR, STR_ARG(event),
                                 STR_ARG(str_join(a, names.v, names.n, S("、"))))
                       : event;
    case LIFE_FOUNDED:
    case LIFE_ABOLISHED:
    case LIFE__COUNT:
        break;
    }
    return event;
}

static void life_views(Arena *a, const OrganPage *p, OrganView *v)
{
    v->lives = NEW(a, LifeView, p->lives.n + 1);
    for (size_t i = 0; i < p->lives.n; i++) {
        const OrganLife *l = &p->lives.v[i];
        v->lives[v->n_lives++] =
            (LifeView){.title = life_title(a, l, &p->heirs),
                       .organ = l->inherited ? l->organ_name : S(""),
                       .basis = l->basis,
                       .on = date_is(l->on) ? date_zh(a, l->on) : S("日期不明")};
    }
}

static void line_views(Arena *a, const OrganPage *p, OrganView *v)
{
    v->lines = NEW(a, OrganLineOver, p->lines.n + 1);
    for (size_t i = 0; i < p->lines.n; i++) {
        const Supervision *l = &p->lines.v[i];
        bool below = l->organ.n == p->organ.id.n;
        v->lines[v->n_lines++] =
            (OrganLineOver){.text = below ? str_fmt(a, "受" PRI_STR "监督：" PRI_STR,
                                                    STR_ARG(l->over_name), STR_ARG(l->business))
                                          : str_fmt(a, "监督" PRI_STR "：" PRI_STR,
                                                    STR_ARG(l->organ_name), STR_ARG(l->business)),
                            .href = organ_path_of(a, below ? l->over : l->organ, "")};
    }
}

static void row_links(Arena *a, const OrganRows *rows, Links *out)
{
    for (size_t i = 0; i < rows->n; i++)
        *PUSH(a, out) =
            (Link){.href = organ_path_of(a, rows->v[i].id, ""), .text = rows->v[i].name};
}

// What may be done; whether this organ is among those that may be edited is asked again by the
// page.
static bool acts(Request *r, const OrganPage *p, OrganView *v, Err *err)
{
    static const struct {
        const char *tail, *text;
        bool change;
    } all[] = {{"/edit", "修改", false},    {"/rename", "更名", true}, {"/move", "改变隶属", true},
               {"/merge", "并入", true},    {"/split", "分设", true},  {"/abolish", "撤销", true},
               {"/lines", "监督关系", true}};
    Scope edits = viewer_scope(r->viewer, MAY_ORGAN_EDIT);
    Organ o;
    Err why = {0};
    bool may_edit = edits.reach != REACH_NONE &&
                    store_organ_get(app_of(r)->db, &edits, p->organ.id, r->a, &o, &why);
    if (why.kind != ERR_NONE && why.kind != ERR_MISSING) {
        *err = why;
        return false;
    }
    v->may_change = viewer_may(r->viewer, MAY_ORGAN_CHANGE);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].change ? v->may_change && p->organ.state == ORGAN_ACTIVE : may_edit)
            *PUSH(r->a, &v->acts) = (Link){.href = organ_path_of(r->a, p->organ.id, all[i].tail),
                                           .text = str_z(all[i].text)};
    return true;
}

static void more(Request *r, const OrganPage *p, OrganView *v)
{
    Arena *a = r->a;
    for (size_t i = 0; i < p->children.n; i++)
        *PUSH(a, &v->children) = (Link){.href = organ_path_of(a, p->children.v[i].id, ""),
                                        .text = p->children.v[i].name};
    row_links(a, &p->heirs, &v->heirs);
    row_links(a, &p->forerunners, &v->forerunners);
    if (viewer_may(r->viewer, MAY_PERSON_READ)) {
        v->people = p->n_people ? str_fmt(a, "%lld人在这里有岗位", (long long)p->n_people)
                                : S("还没有人在这里有岗位");
        v->people_href = path_with_int(a, S("/desk/people"), "organ", p->organ.id.n);
    }
    if (viewer_may(r->viewer, MAY_AUDIT_READ))
        v->audit_href = str_fmt(a, "/desk/audit?noun=organ&noun_id=%lld", (long long)p->organ.id.n);
}

bool page_organ(Request *r, Response *w, Err *err)
{
    OrganPage p;
    OrganView v = {0};
    if (!app_organ_get(app_of(r), organ_addressed(r), r->a, &p, err) ||
        !desk_begin(r, p.organ.name, DESK_ORGANS, &v.desk, err) || !acts(r, &p, &v, err))
        return false;
    desk_crumb(r, &v.desk, S("/desk/organs"), S("机关"));
    desk_crumb(r, &v.desk, S(""), p.organ.name);
    v.id = p.organ.id;
    v.name = p.organ.name;
    v.state = p.organ.state == ORGAN_ACTIVE ? S("") : organ_states[p.organ.state].name;
    v.state_cls = S("wait");
    own_facts(r->a, &p, &v.facts);
    field_facts(r->a, &p.organ, OF_OFFICE, OF_MAIL, &v.contacts);
    field_facts(r->a, &p.organ, OF_REVIEW, OF_COURT_PHONE, &v.remedies);
    name_facts(r->a, &p.names, &v.names);
    life_views(r->a, &p, &v);
    line_views(r->a, &p, &v);
    more(r, &p, &v);
    view_organ(&w->out, &v);
    return true;
}

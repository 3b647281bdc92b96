#include "web/page_organ_public.h"

#include "views.h"
#include "web/page_common.h"

static Str public_path(Arena *a, Str slug)
{
    return str_cat(a, S("/organs/"), slug);
}

// --- addresses it had

static bool lead(Request *r, Response *w, Str slug)
{
    Str asked = request_param(r, "organ"), path = r->path;
    ptrdiff_t at = str_find(path, asked);
    if (at < 0 || !asked.n)
        return false;
    path = str_cat(r->a, str_sub(path, 0, (size_t)at),
                   str_cat(r->a, slug, str_from(path, (size_t)at + asked.n)));
    for (size_t i = 0; i < r->query.n; i++)
        path = path_with(r->a, path, str_to_z(r->a, r->query.v[i].name), r->query.v[i].value);
    respond_redirect(w, path);
    w->status = 308;
    return true;
}

bool organ_elsewhere(Request *r, Response *w, const OrganRow *organ)
{
    return !str_eq(organ->slug, request_param(r, "organ")) && lead(r, w, organ->slug);
}

bool organ_moved(Request *r, Response *w, Err *err)
{
    OrganRow organ;
    Err why;
    return err->kind == ERR_MISSING &&
           store_organ_by_slug(app_of(r)->db, app_of(r)->site, request_param(r, "organ"), r->a,
                               &organ, &why) &&
           organ_elsewhere(r, w, &organ);
}

// --- kin

static void kin_links(Arena *a, const OrganRows *rows, CountedLinks *out)
{
    for (size_t i = 0; i < rows->n; i++)
        *PUSH(a, out) = (CountedLink){.href = public_path(a, rows->v[i].slug),
                                      .text = rows->v[i].name,
                                      .count = rows->v[i].n_reports};
}

static Str other_names(Arena *a, const OrganNames *names, Str now)
{
    Strs said = {0};
    for (size_t i = 0; i < names->n; i++) {
        const OrganName *n = &names->v[i];
        if (!str_eq(n->kind, S("name")) || str_eq(n->name, now))
            continue;
        *PUSH(a, &said) = date_is(n->until)
                              ? str_fmt(a, PRI_STR "（至" PRI_STR "）", STR_ARG(n->name),
                                        STR_ARG(date_zh(a, (Date){n->until.days - 1})))
                              : n->name;
    }
    return said.n ? str_cat(a, S("原名："), str_join(a, said.v, said.n, S("、"))) : S("");
}

static bool kin_of(Request *r, const Organ *o, OrganNames *names, OrganKin *out, Err *err)
{
    App *app = app_of(r);
    OrganRows heirs, forerunners;
    OrganKin kin = {.href = public_path(r->a, o->slug)};
    if (!store_organ_names(app->db, app->site, o->id, r->a, names, err) ||
        !store_organ_heirs(app->db, app->site, o->id, r->a, &heirs, err) ||
        !store_organ_forerunners(app->db, app->site, o->id, r->a, &forerunners, err))
        return false;
    kin.names = other_names(r->a, names, o->name);
    if (o->state != ORGAN_ACTIVE)
        kin.ended = str_fmt(r->a, PRI_STR PRI_STR,
                            STR_ARG(date_is(o->ended) ? date_zh(r->a, o->ended) : S("")),
                            STR_ARG(o->state == ORGAN_MERGED ? S("并入其他机关") : S("撤销")));
    kin_links(r->a, &heirs, &kin.heirs);
    kin_links(r->a, &forerunners, &kin.forerunners);
    *out = kin;
    return true;
}

static bool organ_by_id(Request *r, OrganId id, Organ *out, Err *err)
{
    Scope site = scope_site(app_of(r)->site); // what follows is public of every organ
    return store_organ_get(app_of(r)->db, &site, id, r->a, out, err);
}

bool organ_kin(Request *r, OrganId id, OrganKin *out, Err *err)
{
    Organ o;
    OrganNames names;
    return organ_by_id(r, id, &o, err) && kin_of(r, &o, &names, out, err);
}

// --- the page

static void fact(Arena *a, Facts *facts, Str name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = name, .value = value};
}

static void fields(Arena *a, const Organ *o, OrganField from, OrganField to, Facts *out)
{
    for (int f = from; f <= (int)to; f++)
        fact(a, out, organ_fields[f].name, organ_field_get(o, (OrganField)f, a));
}

// The organ's own, or the site's.
static void remedies(Arena *a, const Organ *o, const Site *site, Facts *out)
{
    bool review = o->review_name.n > 0, court = o->court_name.n > 0;
    fact(a, out, S("行政复议机关"), review ? o->review_name : site->review_name);
    fact(a, out, S("复议机关地址"), review ? o->review_address : site->review_address);
    fact(a, out, S("复议机关电话"), review ? o->review_phone : site->review_phone);
    fact(a, out, S("行政诉讼管辖法院"), court ? o->court_name : site->court_name);
    fact(a, out, S("法院地址"), court ? o->court_address : site->court_address);
    fact(a, out, S("法院电话"), court ? o->court_phone : site->court_phone);
}

static void name_facts(Arena *a, const OrganNames *names, Facts *out)
{
    for (size_t i = 0; i < names->n; i++) {
        const OrganName *n = &names->v[i];
        if (!str_eq(n->kind, S("name")))
            continue;
        Str from = date_is(n->from) ? date_zh(a, n->from) : S("设立"),
            to = date_is(n->until) ? date_zh(a, (Date){n->until.days - 1}) : S("今");
        fact(a, out, str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(from), STR_ARG(to)), n->name);
    }
    if (out->n < 2)
        *out = (Facts){0};
}

static bool below(Request *r, OrganId id, CountedLinks *out, Err *err)
{
    OrganRows rows;
    if (!store_organ_rows(app_of(r)->db, app_of(r)->site, r->a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].parent.n == id.n && rows.v[i].state == ORGAN_ACTIVE &&
            rows.v[i].kind != ORGANKIND_SECTION)
            *PUSH(r->a, out) = (CountedLink){.href = public_path(r->a, rows.v[i].slug),
                                             .text = rows.v[i].name,
                                             .count = rows.v[i].n_reports};
    return true;
}

static bool page_fill(Request *r, const Organ *o, OrganPublicPage *p, Err *err)
{
    App *app = app_of(r);
    Site site;
    OrganNames names;
    if (!store_site_get(app->db, app->site, r->a, &site, err) ||
        !kin_of(r, o, &names, &p->kin, err) || !below(r, o->id, &p->below, err))
        return false;
    fact(r->a, &p->facts, S("简称"), o->short_name);
    fact(r->a, &p->facts, S("类别"), organ_kinds[o->kind].name);
    fact(r->a, &p->facts, S("统一社会信用代码"), o->credit_code);
    fields(r->a, o, OF_OFFICE, OF_MAIL, &p->guide);
    remedies(r->a, o, &site, &p->remedies);
    name_facts(r->a, &names, &p->names);
    if (o->state == ORGAN_ACTIVE && o->kind != ORGANKIND_SECTION)
        p->apply = str_cat(r->a, S("/apply/"), o->slug);
    p->address = o->address;
    p->phone = o->phone;
    p->name = o->name;
    p->state = o->state == ORGAN_ACTIVE ? S("") : organ_states[o->state].name;
    return true;
}

bool page_organ_public(Request *r, Response *w, Err *err)
{
    OrganRow row;
    Organ o;
    OrganPublicPage p = {0};
    if (!store_organ_by_slug(app_of(r)->db, app_of(r)->site, request_param(r, "organ"), r->a, &row,
                             err))
        return false;
    if (organ_elsewhere(r, w, &row))
        return true;
    if (!organ_by_id(r, row.id, &o, err) || !page_begin(r, o.name, NAV_NONE, &p.page, err) ||
        !page_fill(r, &o, &p, err))
        return false;
    p.n_reports = row.n_reports;
    p.reports = row.n_reports ? path_with(r->a, S("/annual-reports"), "organ", row.slug) : S("");
    p.page.description = str_cat(r->a, o.name, S("的政府信息公开工作机构、联系方式和沿革。"));
    page_crumb(r, &p.page, S(""), o.name);
    view_organ_public(&w->out, &p);
    return true;
}

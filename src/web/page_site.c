// The settings of the site, and the colours it has chosen as a style sheet.
#include "app/site_settings.h"
#include "domain/colour.h"
#include "domain/division.h"
#include "domain/index_no.h"
#include "views.h"
#include "web/page_common.h"
#include "web/page_organ.h"

static FieldDef def_of(SiteField f)
{
    const SiteFieldDef *d = &site_fields[f]; // literals, so they end in NUL
    FieldKind kind = f == SF_OFFICE_MAIL ? FIELD_EMAIL : FIELD_TEXT;
    return (FieldDef){.name = d->id.s,
                      .label = d->name.s,
                      .hint = d->hint.s,
                      .kind = kind,
                      .required = f == SF_NAME,
                      .max = (int)d->max};
}

static const FieldDef host_def = {"organ", "运行本站的机关", "在这个机关任职的管理员管理全站",
                                  FIELD_SELECT, .max = 0};

static bool site_form(Request *r, OrganForm *p, Err *err)
{
    FieldDef *defs = NEW(r->a, FieldDef, SF__COUNT + 1);
    for (int f = 0; f < SF__COUNT; f++)
        defs[f] = def_of((SiteField)f);
    defs[SF__COUNT] = host_def;
    *p = (OrganForm){.title = S("站点设置"), .action = S("/desk/site"), .button = S("保存")};
    form_new(r, defs, SF__COUNT + 1, &p->form);
    return organ_choose(r, &p->form, "organ", (OrganId){0}, err);
}

static void fact(Arena *a, Facts *facts, Str name, Str value)
{
    *PUSH(a, facts) = (Fact){.name = name, .value = value};
}

static void colour_fact(Arena *a, OrganForm *p, const char *field, const char *label)
{
    Colour c;
    Err err;
    Str text = form_text(&p->form, field);
    if (!text.n || !colour_read(text, &c, &err))
        return;
    int contrast = colour_contrast(c, (Colour){255, 255, 255});
    fact(a, &p->samples, str_z(label),
         str_fmt(a, PRI_STR "，白底上对比度%d.%02d", STR_ARG(colour_text(a, c)), contrast / 100,
                 contrast % 100));
}

// What the settings as typed come to.
static void samples(Request *r, OrganForm *p)
{
    Arena *a = r->a;
    Form *f = &p->form;
    Str form = form_text(f, "index_form"), number, place = form_text(f, "division");
    OrganId host = {form_int(f, "organ")};
    Err err;
    if (form.n)
        fact(a, &p->samples, S("索引号的样子"),
             !host.n ? S("选定运行本站的机关以后显示")
             : app_site_index_sample(app_of(r), form, host, a, &number, &err)
                 ? number
                 : str_dup(a, str_z(err.zh)));
    if (place.n) {
        Str name = division_full_name(a, place);
        fact(a, &p->samples, S("行政区划"), name.n ? name : S("数据里没有这个代码，请核对"));
    }
    colour_fact(a, p, "accent", "主色");
    colour_fact(a, p, "brand", "标志色");
    p->css = site_css_path(a, form_text(f, "accent"), form_text(f, "brand"));
}

bool page_site(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Site site;
    OrganForm p;
    if (!store_site_get(app->db, app->site, r->a, &site, err) || !site_form(r, &p, err))
        return false;
    for (int f = 0; f < SF__COUNT; f++)
        form_set(&p.form, site_fields[f].id.s, site_field_get(&site, (SiteField)f));
    if (site.organ.n)
        form_set(&p.form, "organ", str_fmt(r->a, "%lld", (long long)site.organ.n));
    p.form.version = site.revision;
    samples(r, &p);
    return organ_form_show(r, w, &p, DESK_SITE, err);
}

static void settings_read(Form *f, SiteSetting *v)
{
    Site scratch = {0};
    for (int i = 0; i < SF__COUNT; i++) {
        Err err;
        const char *name = site_fields[i].id.s;
        v[i] = (SiteSetting){(SiteField)i, form_text(f, name)};
        if (!form_field(f, name)->error.n &&
            !site_field_set(&scratch, (SiteField)i, v[i].text, f->a, &err))
            form_wrong(f, name, str_dup(f->a, str_z(err.zh)));
    }
}

bool page_site_send(Request *r, Response *w, Err *err)
{
    OrganForm p;
    Site after;
    SiteSetting v[SF__COUNT];
    OrganId host = {0};
    if (!site_form(r, &p, err))
        return false;
    bool taken = form_take(r, &p.form);
    p.form.version = request_version(r);
    settings_read(&p.form, v);
    if (!organ_chosen(r, &p.form, "organ", &host, err))
        return false;
    samples(r, &p);
    if (!taken || form_is_wrong(&p.form) || str_eq(request_form(r, "stage"), S("look")))
        return organ_form_show(r, w, &p, DESK_SITE, err);
    if (app_site_edit(app_of(r), p.form.version, v, SF__COUNT, host, r->a, &after, err))
        return desk_done(r, w, S("/desk/site"), "saved");
    return organ_form_failed(r, w, &p, DESK_SITE, err);
}

// --- the style sheet: its address holds the colours, so what it says never changes

bool page_site_css(Request *r, Response *w, Err *err)
{
    (void)err;
    Str accent = request_query(r, "accent"), brand = request_query(r, "brand");
    respond_type(w, S("text/css; charset=utf-8"));
    w->body = colour_css(r->a, accent.n ? str_cat(r->a, S("#"), accent) : S(""),
                         brand.n ? str_cat(r->a, S("#"), brand) : S(""));
    return true;
}

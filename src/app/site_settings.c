#include "app/site_settings.h"

#include "app/act.h"
#include "base/json.h"
#include "domain/index_no.h"

// The fields of `site` in which it differs from `other`.
static Str changed(const Site *site, const Site *other, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    for (int f = 0; f < SF__COUNT; f++) {
        Str text = site_field_get(site, (SiteField)f);
        if (!str_eq(text, site_field_get(other, (SiteField)f)))
            json_key(&w, site_fields[f].id), json_str(&w, text);
    }
    if (site->organ.n != other->organ.n)
        json_put_int(&w, "organ", site->organ.n);
    json_end(&w);
    return buf_str(&b);
}

static bool host_set(App *app, Site *site, OrganId organ, Arena *a, Err *err)
{
    Organ host;
    if (!organ.n || organ.n == site->organ.n)
        return true;
    if (!store_organ_get(app->db, &app->scope, organ, a, &host, err))
        return false;
    if (host.state != ORGAN_ACTIVE)
        return fail(err, ERR_RULE, NULL, PRI_STR "已经终止，不能运行本站",
                    PRI_STR " has ended and cannot run the site", STR_ARG(host.name));
    site->organ = organ;
    return true;
}

bool app_site_edit(App *app, int64_t revision, const SiteSetting *v, size_t n, OrganId organ,
                   Arena *a, Site *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Site now, next;
    if (app->scope.reach != REACH_SITE)
        return fail(err, ERR_DENIED, NULL, "站点设置由运行本站的机关的管理员修改",
                    "the settings belong to the administrator of the organ that runs the site");
    if (!act_begin(app, &act, err) || !store_site_get(app->db, app->site, a, &now, err))
        return false;
    next = now;
    next.revision = revision ? revision : now.revision;
    for (size_t i = 0; i < n; i++)
        if (!site_field_set(&next, v[i].field, v[i].text, a, err))
            return false;
    if (!host_set(app, &next, organ, a, err) || !store_site_save(app->db, &next, err) ||
        !act_note(&act,
                  &(ActNote){.kind = ACT_SITE_EDIT,
                             .noun = S("site"),
                             .noun_id = app->site.n,
                             .version = next.revision + 1,
                             .was = changed(&now, &next, a),
                             .became = changed(&next, &now, a)},
                  err) ||
        !act_commit(&act, err))
        return false;
    *out = next;
    return true;
}

bool app_site_index_sample(App *app, Str form, OrganId organ, Arena *a, Str *out, Err *err)
{
    Organ o;
    Str counted;
    Scope site = scope_site(app->site);
    return store_organ_get(app->db, &site, organ, a, &o, err) &&
           index_no_make(form, &o, app->today, 1, a, out, &counted, err);
}

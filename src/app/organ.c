#include "app/organ.h"

#include "app/act.h"
#include "app/organ_note.h"
#include "base/json.h"

// --- looking

static bool parent_of(App *app, OrganId id, Arena *a, OrganPage *out, Err *err)
{
    Organ parent;
    Scope site = scope_site(app->site); // that there is one above is no secret
    if (!id.n)
        return true;
    if (!store_organ_get(app->db, &site, id, a, &parent, err))
        return false;
    out->parent_name = parent.name;
    out->parent_slug = parent.slug;
    return true;
}

static bool children_of(App *app, OrganId id, Arena *a, OrganLines *out, Err *err)
{
    OrganFilter filter = {.parent = id};
    int64_t total;
    return store_organ_find(app->db, &app->scope, &filter, a, out, &total, err);
}

bool app_organ_get(App *app, OrganId id, Arena *a, OrganPage *out, Err *err)
{
    OrganPage p = {0};
    CLEANUP(tx_end) Tx tx = tx_read(app->db);
    if (!store_organ_get(app->db, &app->scope, id, a, &p.organ, err) ||
        !parent_of(app, p.organ.parent, a, &p, err) ||
        !store_organ_names(app->db, app->site, id, a, &p.names, err) ||
        !store_organ_lives(app->db, app->site, id, a, &p.lives, err) ||
        !store_organ_heirs(app->db, app->site, id, a, &p.heirs, err) ||
        !store_organ_forerunners(app->db, app->site, id, a, &p.forerunners, err) ||
        !store_organ_supervisions(app->db, app->site, id, a, &p.lines, err) ||
        !children_of(app, id, a, &p.children, err) ||
        !store_organ_people(app->db, app->site, id, &p.n_people, err))
        return false;
    *out = p;
    return true;
}

// --- what the audit is told

static Str field_json(const Organ *o, const Organ *other, bool whole, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    for (int f = 0; f < OF__COUNT; f++) {
        Str text = organ_field_get(o, (OrganField)f, a);
        if (whole ? text.n > 0 : !str_eq(text, organ_field_get(other, (OrganField)f, a)))
            json_key(&w, organ_fields[f].id), json_str(&w, text);
    }
    if (whole ? o->parent.n != 0 : o->parent.n != other->parent.n)
        json_put_int(&w, "parent", o->parent.n);
    if (!whole && o->state != other->state)
        json_put_str(&w, "state", organ_states[o->state].id);
    json_end(&w);
    return buf_str(&b);
}

Str organ_json_all(const Organ *o, Arena *a)
{
    return field_json(o, o, true, a);
}

Str organ_json_changed(const Organ *o, const Organ *other, Arena *a)
{
    return field_json(o, other, false, a);
}

// --- editing

bool organ_facts_free(App *app, const Organ *o, Err *err)
{
    bool slug = false, credit = false;
    if ((o->slug.n && !store_organ_slug_taken(app->db, app->site, o->slug, o->id, &slug, err)) ||
        (o->credit_code.n &&
         !store_organ_credit_taken(app->db, app->site, o->credit_code, o->id, &credit, err)))
        return false;
    if (slug)
        return fail(err, ERR_RULE, NULL, "网址中的名字" PRI_STR "别的机关在用或者用过",
                    "the slug " PRI_STR " is or was another organ's", STR_ARG(o->slug));
    return !credit ||
           fail(err, ERR_RULE, NULL, "统一社会信用代码" PRI_STR "别的机关在用",
                "the credit code " PRI_STR " is another organ's", STR_ARG(o->credit_code));
}

// The version the form was filled from is what is saved over.
bool organ_load(App *app, OrganId id, int64_t version, Arena *a, Organ *out, Err *err)
{
    if (!store_organ_get(app->db, &app->scope, id, a, out, err))
        return false;
    out->version = version ? version : out->version;
    return true;
}

static bool apply(Organ *o, const OrganSetting *v, size_t n, Arena *a, Err *err)
{
    for (size_t i = 0; i < n; i++) {
        const OrganFieldDef *def = &organ_fields[v[i].field];
        if (def->life && !str_eq(str_trim(v[i].text), organ_field_get(o, v[i].field, a)))
            return fail(err, ERR_RULE, NULL, PRI_STR "要用“更名”来改",
                        "the field " PRI_STR " changes by renaming the organ", STR_ARG(def->name));
        if (!organ_field_set(o, v[i].field, v[i].text, a, err))
            return false;
    }
    return true;
}

static bool same_facts(const Organ *x, const Organ *y, Arena scratch)
{
    for (int f = 0; f < OF__COUNT; f++)
        if (!str_eq(organ_field_get(x, (OrganField)f, &scratch),
                    organ_field_get(y, (OrganField)f, &scratch)))
            return false;
    return true;
}

bool app_organ_edit(App *app, OrganId id, int64_t version, const OrganSetting *v, size_t n,
                    Arena *a, Organ *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Organ now, next;
    if (!act_begin(app, &act, err) || !organ_load(app, id, version, a, &now, err))
        return false;
    next = now;
    if (!apply(&next, v, n, a, err) || !organ_facts_free(app, &next, err))
        return false;
    if (same_facts(&now, &next, *a))
        return fail(err, ERR_INPUT, NULL, "没有改动", "nothing was changed");
    if (!store_organ_save(app->db, &app->scope, &next, a, err) ||
        (now.kind != next.kind && !store_organ_under_refresh(app->db, app->site, err)) ||
        !store_site_touch(app->db, app->site, err) ||
        !act_note(&act,
                  &(ActNote){ACT_ORGAN_EDIT, S("organ"), id.n, next.version, id,
                             organ_json_changed(&now, &next, a),
                             organ_json_changed(&next, &now, a)},
                  err) ||
        !act_commit(&act, err))
        return false;
    *out = next;
    return true;
}

// --- lines of supervision

static Str line_json(OrganId over, Str over_name, Str business, Arena *a)
{
    Buf b = buf_new(a, 4096);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "over", over.n);
    json_put_str(&w, "over_name", over_name);
    json_put_str(&w, "business", business);
    json_end(&w);
    return buf_str(&b);
}

static bool line_begin(App *app, const Organ *organ, const Organ *over, Str business, Err *err)
{
    bool circle;
    return store_organ_is_under(app->db, app->site, organ->id, over->id, &circle, err) &&
           organ_line_ok(organ, over, business, circle, err) &&
           store_organ_line_add(app->db, app->site, organ->id, over->id, business, app->today, err);
}

static bool line_end(App *app, OrganId organ, OrganId over, Str business, Err *err)
{
    bool was;
    return store_organ_line_drop(app->db, app->site, organ, over, business, &was, err) &&
           (was || fail(err, ERR_MISSING, NULL, "没有这条监督关系",
                        "there is no such line of supervision"));
}

bool app_organ_line(App *app, OrganId organ, OrganId over, Str business, bool drop, Arena *a,
                    Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Organ below, above;
    Str what = str_trim(business);
    if (!act_begin(app, &act, err) ||
        !store_organ_get(app->db, &app->scope, organ, a, &below, err) ||
        !store_organ_get(app->db, &app->scope, over, a, &above, err) ||
        !(drop ? line_end(app, organ, over, what, err)
               : line_begin(app, &below, &above, what, err)) ||
        !store_organ_under_refresh(app->db, app->site, err))
        return false;
    Str json = line_json(over, above.name, what, a);
    return act_note(&act,
                    &(ActNote){ACT_ORGAN_LINE, S("organ"), organ.n, below.version, organ,
                               drop ? json : S(""), drop ? S("") : json},
                    err) &&
           act_commit(&act, err);
}

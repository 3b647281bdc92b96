// The steps of an organ's life: decided by domain/organ.h, kept with all that follows from them.
#include "app/act.h"
#include "app/organ_note.h"
#include "base/json.h"

// What a step is made of while it runs.
typedef struct Run {
    App *app;
    const OrganStep *step;
    Arena *a;
    Organ now, next;
    Organ heirs[HEIRS_MOST];
    Organ parent; // the new one
    LifeFacts facts;
    int64_t life;
    OrganOutcome out;
} Run;

static void follows(Run *r, Str sentence)
{
    *PUSH(r->a, &r->out.follows) = sentence;
}

// --- what the decision depends on

static bool load_others(Run *r, Err *err)
{
    App *app = r->app;
    const OrganStep *s = r->step;
    if (s->parent.n && !store_organ_get(app->db, &app->scope, s->parent, r->a, &r->parent, err))
        return false;
    for (size_t i = 0; i < s->n_heirs; i++)
        if (!store_organ_get(app->db, &app->scope, s->heirs[i], r->a, &r->heirs[i], err))
            return false;
    return true;
}

static bool below(Run *r, OrganId id, bool *out, Err *err)
{
    bool is;
    if (!store_organ_is_under(r->app->db, r->app->site, r->now.id, id, &is, err))
        return false;
    *out |= is && id.n != r->now.id.n;
    return true;
}

static bool facts_of(Run *r, Err *err)
{
    App *app = r->app;
    const OrganStep *s = r->step;
    int64_t children = 0;
    r->facts = (LifeFacts){.today = app->today, .last = date_none};
    if (r->now.id.n &&
        (!store_organ_last_change(app->db, app->site, r->now.id, &r->facts.last, err) ||
         !store_organ_children(app->db, app->site, r->now.id, &children, err)))
        return false;
    r->facts.n_children = (size_t)children;
    if (s->name.n &&
        !store_organ_name_taken(app->db, app->site, s->name, r->now.id, &r->facts.name_taken, err))
        return false;
    if (s->event == LIFE_MOVED && s->parent.n && !below(r, s->parent, &r->facts.would_circle, err))
        return false;
    for (size_t i = 0; i < s->n_heirs; i++)
        if (!below(r, s->heirs[i], &r->facts.heir_below, err))
            return false;
    return true;
}

static bool load(Run *r, Err *err)
{
    const OrganStep *s = r->step;
    if (s->event != LIFE_FOUNDED && !organ_load(r->app, s->id, s->version, r->a, &r->now, err))
        return false;
    return load_others(r, err) && facts_of(r, err);
}

// --- the decision

static bool founding_form(Run *r, Organ *form, Err *err)
{
    const OrganStep *s = r->step;
    organ_from_name(S(""), form);
    for (size_t i = 0; i < s->n_settings; i++)
        if ((s->settings[i].field != OF_SLUG || str_trim(s->settings[i].text).n) &&
            !organ_field_set(form, s->settings[i].field, s->settings[i].text, r->a, err))
            return false;
    form->parent = s->parent;
    if (form->kind == ORGANKIND_SECTION && !s->parent.n)
        return fail(err, ERR_RULE, NULL, "内设机构要有所属的机关", "a section belongs to an organ");
    if (s->parent.n && r->parent.state != ORGAN_ACTIVE)
        return fail(err, ERR_RULE, NULL, PRI_STR "已经终止，不能设立在它之下",
                    PRI_STR " has ended; nothing can be founded below it", STR_ARG(r->parent.name));
    return store_organ_name_taken(r->app->db, r->app->site, form->name, form->id,
                                  &r->facts.name_taken, err);
}

static bool decide(Run *r, Err *err)
{
    const OrganStep *s = r->step;
    Organ form;
    switch (s->event) {
    case LIFE_FOUNDED:
        return founding_form(r, &form, err) &&
               organ_found(&form, &s->step, &r->facts, &r->next, err);
    case LIFE_RENAMED: {
        Organ named = r->now;
        return organ_field_set(&named, OF_NAME, s->name, r->a, err) &&
               organ_rename(&r->now, named.name, &s->step, &r->facts, &r->next, err) &&
               (!s->slug.n || organ_field_set(&r->next, OF_SLUG, s->slug, r->a, err));
    }
    case LIFE_MERGED:
        if (s->n_heirs != 1)
            return fail(err, ERR_INPUT, NULL, "请选择并入哪个机关",
                        "say into which organ it is merged");
        return organ_merge(&r->now, &r->heirs[0], &s->step, &r->facts, &r->next, err);
    case LIFE_SPLIT:
        return organ_split(&r->now, r->heirs, s->n_heirs, &s->step, &r->facts, &r->next, err);
    case LIFE_ABOLISHED:
        return organ_abolish(&r->now, &s->step, &r->facts, &r->next, err);
    case LIFE_MOVED:
        return organ_move(&r->now, s->parent.n ? &r->parent : NULL, &s->step, &r->facts, &r->next,
                          err);
    case LIFE__COUNT:
        break;
    }
    return fail(err, ERR_INPUT, NULL, "没有这种变更", "there is no such step");
}

// --- keeping it

static bool record(Run *r, OrganLife *life, Err *err)
{
    life->on = r->step->step.on;
    life->basis = str_trim(r->step->step.basis);
    life->by = r->app->actor.person;
    life->recorded_at = r->app->now;
    return store_organ_life_add(r->app->db, r->app->site, life, err);
}

static bool save_organ(Run *r, Err *err)
{
    App *app = r->app;
    if (!organ_facts_free(app, &r->next, err))
        return false;
    if (r->step->event == LIFE_FOUNDED)
        return store_organ_add(app->db, app->site, &r->next, r->a, err);
    return store_organ_save(app->db, &app->scope, &r->next, r->a, err) &&
           (r->step->event != LIFE_RENAMED ||
            store_organ_name_add(app->db, app->site, r->next.id, r->next.name, r->step->step.on,
                                 err));
}

static bool record_step(Run *r, Err *err)
{
    OrganLife life = {.organ = r->next.id, .event = r->step->event};
    if (r->step->event == LIFE_RENAMED || r->step->event == LIFE_FOUNDED) {
        life.old_name = r->now.name;
        life.new_name = r->next.name;
    }
    if (r->step->event == LIFE_MOVED) {
        life.old_parent_id = r->now.parent;
        life.new_parent_id = r->next.parent;
    }
    if (!record(r, &life, err))
        return false;
    r->life = life.id;
    for (size_t i = 0; i < r->step->n_heirs; i++)
        if (!store_organ_heir_add(r->app->db, r->app->site, r->now.id, r->step->heirs[i], life.id,
                                  err))
            return false;
    return true;
}

// What stood below a merged organ comes under the one it was merged into.
static bool move_children(Run *r, Err *err)
{
    App *app = r->app;
    OrganLines children = {0};
    int64_t total;
    if (r->step->n_heirs == 0 || r->facts.n_children == 0)
        return true;
    OrganId to = r->step->heirs[0];
    Scope site = scope_site(app->site);
    OrganFilter filter = {.parent = r->now.id};
    if (!store_organ_find(app->db, &site, &filter, r->a, &children, &total, err) ||
        !store_organ_adopt(app->db, app->site, r->now.id, to, err))
        return false;
    for (size_t i = 0; i < children.n; i++) {
        OrganLife life = {.organ = children.v[i].id,
                          .event = LIFE_MOVED,
                          .old_parent_id = r->now.id,
                          .new_parent_id = to};
        if (!record(r, &life, err))
            return false;
    }
    follows(r, str_fmt(r->a, "原在它之下的%zu个机关、内设机构改由" PRI_STR "管理。", children.n,
                       STR_ARG(r->heirs[0].name)));
    return true;
}

// Lines of an ended organ end; those of a merged one go on with the heir, where that closes no
// circle.
static bool hand_over_line(Run *r, const Supervision *l, OrganId heir, bool *kept, Err *err)
{
    App *app = r->app;
    bool over = l->over.n == r->now.id.n, circle, was;
    OrganId organ = over ? l->organ : heir, above = over ? heir : l->over;
    *kept = false;
    if (!store_organ_line_drop(app->db, app->site, l->organ, l->over, l->business, &was, err))
        return false;
    if (!heir.n || organ.n == above.n)
        return true;
    if (!store_organ_is_under(app->db, app->site, organ, above, &circle, err))
        return false;
    *kept = !circle;
    return circle || store_organ_line_add(app->db, app->site, organ, above, l->business,
                                          r->step->step.on, err);
}

static bool end_lines(Run *r, Err *err)
{
    Supervisions lines;
    size_t kept = 0;
    OrganId heir = r->step->event == LIFE_MERGED ? r->step->heirs[0] : (OrganId){0};
    if (!store_organ_supervisions(r->app->db, r->app->site, r->now.id, r->a, &lines, err))
        return false;
    for (size_t i = 0; i < lines.n; i++) {
        bool one;
        if (!hand_over_line(r, &lines.v[i], heir, &one, err))
            return false;
        kept += one;
    }
    if (kept)
        follows(r,
                str_fmt(r->a, "%zu条监督关系由" PRI_STR "接续。", kept, STR_ARG(r->heirs[0].name)));
    if (lines.n > kept)
        follows(r, str_fmt(r->a, "%zu条监督关系随之终止。", lines.n - kept));
    return true;
}

// The organ that runs the site cannot end without another in its place.
static bool keep_host(Run *r, Err *err)
{
    Site site;
    if (!store_site_get(r->app->db, r->app->site, r->a, &site, err))
        return false;
    if (site.organ.n != r->now.id.n)
        return true;
    if (r->step->event != LIFE_MERGED)
        return fail(err, ERR_RULE, NULL, "本站由这个机关运行，请先在站点设置里改为别的机关",
                    "this organ runs the site; name another in the settings first");
    site.organ = r->step->heirs[0];
    follows(r, str_fmt(r->a, "本站改由" PRI_STR "运行。", STR_ARG(r->heirs[0].name)));
    return store_site_save(r->app->db, &site, err);
}

static bool is_end(LifeEvent e)
{
    return e == LIFE_MERGED || e == LIFE_SPLIT || e == LIFE_ABOLISHED;
}

static bool keep(Run *r, Err *err)
{
    LifeEvent e = r->step->event;
    return save_organ(r, err) && record_step(r, err) &&
           (!is_end(e) || (end_lines(r, err) && move_children(r, err) && keep_host(r, err))) &&
           (e == LIFE_RENAMED || e == LIFE_FOUNDED ||
            store_organ_under_refresh(r->app->db, r->app->site, err)) &&
           store_site_touch(r->app->db, r->app->site, err);
}

// --- in words

static void doubt_place(Run *r)
{
    if ((r->step->event != LIFE_MOVED && r->step->event != LIFE_FOUNDED) || !r->step->parent.n)
        return;
    Str doubt = organ_place_doubt(&r->next, &r->parent);
    if (doubt.n)
        *PUSH(r->a, &r->out.doubts) = doubt;
}

static bool words_published(Run *r, Err *err)
{
    OrganRow row;
    if (r->step->event == LIFE_FOUNDED || r->step->event == LIFE_MOVED)
        return true;
    if (!store_organ_by_slug(r->app->db, r->app->site, r->next.slug, r->a, &row, err))
        return false;
    if (row.n_reports)
        follows(
            r,
            str_fmt(r->a,
                    r->step->event == LIFE_RENAMED
                        ? "已公布的%lld份年度报告留在原处，按原名和新名都能找到。"
                        : "已公布的%lld份年度报告留在原处，按它的名称仍能找到，并指向承继的机关。",
                    (long long)row.n_reports));
    return true;
}

static bool words_people(Run *r, Err *err)
{
    int64_t n;
    if (!is_end(r->step->event))
        return true;
    if (!store_organ_people(r->app->db, r->app->site, r->now.id, &n, err))
        return false;
    if (n)
        follows(r, str_fmt(r->a, "%lld人在这个机关有岗位，要到“人员与岗位”里移交。", (long long)n));
    return true;
}

static bool words(Run *r, Err *err)
{
    const OrganStep *s = r->step;
    if (s->event == LIFE_RENAMED && s->slug.n && !str_eq(s->slug, r->now.slug))
        follows(r, str_fmt(r->a, "网址中的" PRI_STR "改为" PRI_STR "，旧网址自动转到新网址。",
                           STR_ARG(r->now.slug), STR_ARG(r->next.slug)));
    for (size_t i = 0; i < s->n_heirs; i++)
        follows(r, str_fmt(r->a, PRI_STR "承继它的职责，可以看到和办理它留下的事项。",
                           STR_ARG(r->heirs[i].name)));
    if (s->event == LIFE_MOVED)
        follows(r, S("能看到它的监督员、管理员随新的上级机关改变。"));
    if (s->step.on.days > r->app->today.days)
        *PUSH(r->a, &r->out.doubts) = S("生效日期在今天以后，登记以后立即按新的情况显示");
    doubt_place(r);
    return words_published(r, err) && words_people(r, err);
}

static bool run(Run *r, Err *err)
{
    if (!load(r, err) || !decide(r, err) || !keep(r, err) || !words(r, err))
        return false;
    r->out.organ = r->next;
    return true;
}

// --- the audit

static const ActKind act_kinds[LIFE__COUNT] = {
    [LIFE_FOUNDED] = ACT_ORGAN_FOUND,     [LIFE_RENAMED] = ACT_ORGAN_RENAME,
    [LIFE_MERGED] = ACT_ORGAN_MERGE,      [LIFE_SPLIT] = ACT_ORGAN_SPLIT,
    [LIFE_ABOLISHED] = ACT_ORGAN_ABOLISH, [LIFE_MOVED] = ACT_ORGAN_MOVE,
};

static Str became(const Run *r)
{
    Buf b = buf_new(r->a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "on", date_iso(r->a, r->step->step.on));
    json_put_str(&w, "basis", str_trim(r->step->step.basis));
    for (size_t i = 0; i < r->step->n_heirs; i++) {
        if (!i)
            json_key(&w, S("heirs")), json_array(&w);
        json_int(&w, r->step->heirs[i].n);
    }
    if (r->step->n_heirs)
        json_end(&w);
    json_key(&w, S("organ"));
    json_raw(&w, r->step->event == LIFE_FOUNDED ? organ_json_all(&r->next, r->a)
                                                : organ_json_changed(&r->next, &r->now, r->a));
    json_end(&w);
    return buf_str(&b);
}

static bool note(Act *act, const Run *r, Err *err)
{
    Str was = r->step->event == LIFE_FOUNDED ? S("") : organ_json_changed(&r->now, &r->next, r->a);
    return act_note(act,
                    &(ActNote){act_kinds[r->step->event], S("organ"), r->next.id.n, r->next.version,
                               r->next.id, was, became(r)},
                    err);
}

bool app_organ_step(App *app, const OrganStep *step, Arena *a, OrganOutcome *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Run r = {.app = app, .step = step, .a = a};
    if (!act_begin(app, &act, err) || !run(&r, err) || !note(&act, &r, err) ||
        !act_commit(&act, err))
        return false;
    *out = r.out;
    return true;
}

bool app_organ_preview(App *app, const OrganStep *step, Arena *a, OrganOutcome *out, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db); // never committed
    Run r = {.app = app, .step = step, .a = a};
    if (!tx.open)
        return tx_commit(&tx, err);
    if (!run(&r, err))
        return false;
    *out = r.out;
    return true;
}

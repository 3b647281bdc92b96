#include "app/organ_import.h"

#include "app/act.h"
#include "app/organ_note.h"
#include "base/crypt.h"
#include "base/json.h"
#include "base/text.h"

enum { EXPORT_MAX = 64 << 20 };

static bool rows_of(Str bytes, Arena *a, CsvRows *out, Err *err)
{
    Str text, encoding;
    if (bytes.n > ORGAN_CSV_MAX)
        return fail(err, ERR_LIMIT, NULL, "文件超过%d MB", "the file is larger than %d MB",
                    ORGAN_CSV_MAX >> 20);
    return text_decode(bytes, S(""), a, &text, &encoding, err) && csv_read(text, a, out, err);
}

static bool whole_site(const App *app, Err *err)
{
    return app->scope.reach == REACH_SITE ||
           fail(err, ERR_DENIED, NULL, "批量导入由运行本站的机关的管理员办理",
                "importing belongs to the administrator of the organ that runs the site");
}

static bool plan(App *app, Str bytes, Arena *a, OrganPlan *out, Err *err)
{
    CsvRows rows;
    Organs organs;
    return whole_site(app, err) && rows_of(bytes, a, &rows, err) &&
           store_organ_all(app->db, &app->scope, a, &organs, err) &&
           organ_plan(&rows, organs.v, organs.n, a, out, err);
}

bool app_organ_plan(App *app, Str bytes, Arena *a, OrganPlan *out, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_read(app->db);
    return plan(app, bytes, a, out, err);
}

// --- doing it

static bool add(App *app, OrganPlan *plan, PlanLine *line, const LifeStep *step, Arena *a, Err *err)
{
    if (line->parent_at >= 0)
        line->organ.parent = plan->v[line->parent_at].organ.id;
    if (!date_is(line->organ.founded))
        line->organ.founded = step->on;
    bool slug = false;
    if (line->organ.slug.n &&
        !store_organ_slug_taken(app->db, app->site, line->organ.slug, (OrganId){0}, &slug, err))
        return false;
    if (slug)
        return fail(err, ERR_RULE, NULL, "第%d行：网址中的名字别的机关用过",
                    "line %d: the slug was another organ's", line->line);
    if (!store_organ_add(app->db, app->site, &line->organ, a, err))
        return false;
    OrganLife life = {.organ = line->organ.id,
                      .event = LIFE_FOUNDED,
                      .on = line->organ.founded,
                      .basis = str_trim(step->basis),
                      .new_name = line->organ.name,
                      .by = app->actor.person,
                      .recorded_at = app->now};
    return store_organ_life_add(app->db, app->site, &life, err);
}

static bool run_plan(App *app, OrganPlan *plan, const LifeStep *step, Arena *a, Err *err)
{
    bool shape = false;
    for (size_t i = 0; i < plan->n; i++) {
        PlanLine *line = &plan->v[i];
        Arena scratch = *a;
        if (line->kind == PLAN_ADD && !add(app, plan, line, step, a, err))
            return false;
        if (line->kind == PLAN_CHANGE &&
            !store_organ_save(app->db, &app->scope, &line->organ, &scratch, err))
            return false;
        shape |= line->kind == PLAN_CHANGE && line->now->kind != line->organ.kind;
    }
    return !shape || store_organ_under_refresh(app->db, app->site, err);
}

static const PlanLine *first_refused(const OrganPlan *plan)
{
    for (size_t i = 0; i < plan->n; i++)
        if (plan->v[i].kind == PLAN_REFUSE)
            return &plan->v[i];
    return NULL;
}

static bool plan_ok(const OrganPlan *plan, const LifeStep *step, Err *err)
{
    const PlanLine *bad = first_refused(plan);
    if (bad)
        return fail(err, ERR_RULE, NULL, "有%zu行不能导入，整个文件没有导入。第%d行：%s",
                    "%zu lines are refused, so nothing was imported; line %d: %s",
                    plan->counts[PLAN_REFUSE], bad->line, bad->why.zh);
    if (!plan->counts[PLAN_ADD] && !plan->counts[PLAN_CHANGE])
        return fail(err, ERR_INPUT, NULL, "文件里没有要改的内容", "the file changes nothing");
    if (plan->counts[PLAN_ADD] && (!date_is(step->on) || !str_trim(step->basis).n))
        return fail(err, ERR_INPUT, NULL,
                    "新增机关要填写设立的依据和日期（文件里写了设立日期的，以文件为准）",
                    "adding organs needs a basis and a day");
    return true;
}

// What was imported: the file by its hash, and every organ that is new or changed.
static Str became(const OrganPlan *plan, Str bytes, const LifeStep *step, Arena *a)
{
    Buf b = buf_new(a, EXPORT_MAX);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "sha256", crypt_sha256(a, bytes));
    json_put_str(&w, "basis", str_trim(step->basis));
    json_key(&w, S("added")), json_array(&w);
    for (size_t i = 0; i < plan->n; i++)
        if (plan->v[i].kind == PLAN_ADD) {
            json_object(&w);
            json_put_int(&w, "id", plan->v[i].organ.id.n);
            json_put_str(&w, "name", plan->v[i].organ.name);
            json_end(&w);
        }
    json_end(&w);
    json_key(&w, S("changed")), json_array(&w);
    for (size_t i = 0; i < plan->n; i++)
        if (plan->v[i].kind == PLAN_CHANGE) {
            json_object(&w);
            json_put_int(&w, "id", plan->v[i].organ.id.n);
            json_key(&w, S("was"));
            json_raw(&w, organ_json_changed(plan->v[i].now, &plan->v[i].organ, a));
            json_key(&w, S("became"));
            json_raw(&w, organ_json_changed(&plan->v[i].organ, plan->v[i].now, a));
            json_end(&w);
        }
    json_end(&w);
    json_end(&w);
    return buf_str(&b);
}

bool app_organ_import(App *app, Str bytes, const LifeStep *step, Arena *a, OrganPlan *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    OrganPlan p;
    if (!act_begin(app, &act, err) || !plan(app, bytes, a, &p, err) || !plan_ok(&p, step, err) ||
        !run_plan(app, &p, step, a, err) || !store_site_touch(app->db, app->site, err) ||
        !act_note(&act,
                  &(ActNote){.kind = ACT_ORGAN_IMPORT,
                             .noun = S("organ"),
                             .became = became(&p, bytes, step, a)},
                  err) ||
        !act_commit(&act, err))
        return false;
    *out = p;
    return true;
}

bool app_organ_export(App *app, Arena *a, Str *out, Err *err)
{
    Organs organs, parents;
    Scope site = scope_site(app->site);
    CLEANUP(tx_end) Tx tx = tx_read(app->db);
    if (!store_organ_all(app->db, &app->scope, a, &organs, err) ||
        !store_organ_all(app->db, &site, a, &parents, err))
        return false;
    Buf b = buf_new(a, EXPORT_MAX);
    buf_room(&b, 64 << 10);
    organ_csv(&b, organs.v, organs.n, parents.v, parents.n, a);
    if (b.full)
        return fail(err, ERR_LIMIT, NULL, "导出的内容过多", "too much to export");
    *out = buf_str(&b);
    return true;
}

// gongkai organ …, gongkai division …: the organs of the site and their lives.
#include "app/organ_import.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "domain/division.h"
#include "report/columns.h"

enum { OUT_MAX = 64 << 20, FOUND_MOST = 50 };

// --- naming an organ: its number, its slug, a code of it, or a name it has or had

static bool by_number(App *app, Str word, Arena *a, Organ *out, bool *found, Err *err)
{
    int64_t n;
    Err why = {0};
    *found = false;
    if (!str_to_int(word, &n) || n < 1)
        return true;
    *found = store_organ_get(app->db, &app->scope, (OrganId){n}, a, out, &why);
    if (*found || why.kind == ERR_MISSING)
        return true;
    *err = why;
    return false;
}

static bool by_name(App *app, Str word, Arena *a, OrganId *out, bool *found, Err *err)
{
    OrganRow row;
    Err why = {0};
    if (store_organ_by_slug(app->db, app->site, word, a, &row, &why)) {
        *out = row.id;
        return *found = true;
    }
    if (why.kind != ERR_MISSING) {
        *err = why;
        return false;
    }
    if (!store_organ_by_name(app->db, app->site, word, a, &row, found, err))
        return false;
    if (*found)
        *out = row.id;
    return true;
}

static bool by_search(App *app, Str word, Arena *a, OrganId *out, Err *err)
{
    OrganLines lines;
    int64_t total;
    OrganFilter filter = {.words = word, .ended = true, .limit = 5};
    if (!store_organ_find(app->db, &app->scope, &filter, a, &lines, &total, err))
        return false;
    if (total == 1) {
        *out = lines.v[0].id;
        return true;
    }
    return fail(err, total ? ERR_INPUT : ERR_MISSING, NULL, "“" PRI_STR "”对应%lld个机关",
                "“" PRI_STR "” names %lld organs; give a number, slug, code or full name",
                STR_ARG(word), (long long)total);
}

static bool organ_of(App *app, Str word, Arena *a, Organ *out, Err *err)
{
    OrganId id = {0};
    bool found;
    if (!by_number(app, word, a, out, &found, err))
        return false;
    if (found)
        return true;
    if (!by_name(app, word, a, &id, &found, err) || (!found && !by_search(app, word, a, &id, err)))
        return false;
    return store_organ_get(app->db, &app->scope, id, a, out, err);
}

static bool id_of(App *app, Str word, Arena *a, OrganId *out, Err *err)
{
    Organ o;
    if (!organ_of(app, word, a, &o, err))
        return false;
    *out = o.id;
    return true;
}

// --- lists

static Str number(Arena *a, int64_t n)
{
    return str_fmt(a, "%lld", (long long)n);
}

static Str shown(Arena *a, Str s)
{
    Buf b = buf_new(a, 4 * s.n + 64);
    text_shown(&b, s);
    return buf_str(&b);
}

static Str lines_table(const OrganLines *lines, Arena *a)
{
    Strs cells = {0};
    Buf b = buf_new(a, OUT_MAX);
    for (size_t i = 0; i < lines->n; i++) {
        const OrganLine *l = &lines->v[i];
        *PUSH(a, &cells) = number(a, l->id.n);
        *PUSH(a, &cells) = organ_kinds[l->kind].id;
        *PUSH(a, &cells) = organ_states[l->state].id;
        *PUSH(a, &cells) = l->code.n ? l->code : S("-");
        *PUSH(a, &cells) = shown(a, l->found_as.n ? str_fmt(a, PRI_STR " (" PRI_STR ")",
                                                            STR_ARG(l->name), STR_ARG(l->found_as))
                                                  : l->name);
    }
    columns_table(&b, cells.v, lines->n, 5, 1, S(""));
    return buf_str(&b);
}

static Str lines_json(const OrganLines *lines, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < lines->n; i++) {
        const OrganLine *l = &lines->v[i];
        json_object(&w);
        json_put_int(&w, "id", l->id.n);
        json_put_int(&w, "parent", l->parent.n);
        json_put_str(&w, "kind", organ_kinds[l->kind].id);
        json_put_str(&w, "level", organ_tiers[l->tier].id);
        json_put_str(&w, "state", organ_states[l->state].id);
        json_put_str(&w, "name", l->name);
        json_put_str(&w, "code", l->code);
        json_put_str(&w, "credit_code", l->credit_code);
        json_end(&w);
    }
    json_end(&w);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

int cmd_organ_list(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganLines lines;
    int64_t total;
    OrganFilter filter = {.words = args->operands.n ? args->operands.v[0] : S(""),
                          .ended = args->on[OPT_ALL]};
    if (!args_app(args, DB_READ, &app, err) ||
        !store_organ_find(app.db, &app.scope, &filter, args->a, &lines, &total, err))
        return -1;
    out(args->on[OPT_JSON] ? lines_json(&lines, args->a) : lines_table(&lines, args->a));
    return DONE_CLEAN;
}

// --- one

static void put_rows(JsonOut *w, const char *key, const OrganRows *rows)
{
    json_key(w, str_z(key)), json_array(w);
    for (size_t i = 0; i < rows->n; i++) {
        json_object(w);
        json_put_int(w, "id", rows->v[i].id.n);
        json_put_str(w, "name", rows->v[i].name);
        json_end(w);
    }
    json_end(w);
}

static Str page_json(const OrganPage *p, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "id", p->organ.id.n);
    json_put_int(&w, "version", p->organ.version);
    json_put_str(&w, "state", organ_states[p->organ.state].id);
    json_put_int(&w, "parent", p->organ.parent.n);
    for (int f = 0; f < OF__COUNT; f++)
        json_key(&w, organ_fields[f].id),
            json_str(&w, organ_field_get(&p->organ, (OrganField)f, a));
    put_rows(&w, "heirs", &p->heirs);
    put_rows(&w, "forerunners", &p->forerunners);
    json_key(&w, S("life")), json_array(&w);
    for (size_t i = 0; i < p->lives.n; i++) {
        const OrganLife *l = &p->lives.v[i];
        json_object(&w);
        json_put_str(&w, "event", life_events[l->event].id);
        json_put_str(&w, "on", date_is(l->on) ? date_iso(a, l->on) : S(""));
        json_put_str(&w, "organ", l->organ_name);
        json_put_str(&w, "old_name", l->old_name);
        json_put_str(&w, "new_name", l->new_name);
        json_put_str(&w, "basis", l->basis);
        json_end(&w);
    }
    json_end(&w), json_end(&w);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

static void put_line(Buf *b, const char *label, Str text)
{
    if (!text.n)
        return;
    buf_fmt(b, "%-16s", label);
    text_shown(b, text);
    buf_byte(b, '\n');
}

static Str page_text(const OrganPage *p, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    put_line(&b, "number", number(a, p->organ.id.n));
    put_line(&b, "state", organ_states[p->organ.state].id);
    put_line(&b, "parent", p->parent_name);
    for (int f = 0; f < OF__COUNT; f++)
        put_line(&b, str_to_z(a, organ_fields[f].id), organ_field_get(&p->organ, (OrganField)f, a));
    for (size_t i = 0; i < p->heirs.n; i++)
        put_line(&b, "heir", p->heirs.v[i].name);
    for (size_t i = 0; i < p->forerunners.n; i++)
        put_line(&b, "forerunner", p->forerunners.v[i].name);
    for (size_t i = 0; i < p->lines.n; i++)
        put_line(&b, p->lines.v[i].organ.n == p->organ.id.n ? "supervised by" : "supervises",
                 str_fmt(a, PRI_STR " (" PRI_STR ")",
                         STR_ARG(p->lines.v[i].organ.n == p->organ.id.n ? p->lines.v[i].over_name
                                                                        : p->lines.v[i].organ_name),
                         STR_ARG(p->lines.v[i].business)));
    for (size_t i = 0; i < p->lives.n; i++) {
        const OrganLife *l = &p->lives.v[i];
        put_line(&b, str_to_z(a, life_events[l->event].id),
                 str_fmt(a, PRI_STR " " PRI_STR " " PRI_STR " " PRI_STR,
                         STR_ARG(date_is(l->on) ? date_iso(a, l->on) : S("-")),
                         STR_ARG(l->organ_name), STR_ARG(l->old_name), STR_ARG(l->basis)));
    }
    return buf_str(&b);
}

int cmd_organ_show(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganPage p;
    OrganId id;
    if (!args_app(args, DB_READ, &app, err) ||
        !id_of(&app, args->operands.v[0], args->a, &id, err) ||
        !app_organ_get(&app, id, args->a, &p, err))
        return -1;
    out(args->on[OPT_JSON] ? page_json(&p, args->a) : page_text(&p, args->a));
    return DONE_CLEAN;
}

// --- steps

static bool step_args(const Args *args, LifeStep *out, Err *err)
{
    LifeStep step = {args->today, args->value[OPT_BASIS]};
    if (args->on[OPT_ON] && !date_parse(args->value[OPT_ON], &step.on))
        return fail(err, ERR_INPUT, NULL, "--on 要写成一天，如2024-03-19",
                    "--on is a day: 2024-03-19");
    *out = step;
    return true;
}

// FIELD=VALUE operands.
static bool settings_of(const Args *args, size_t from, OrganSetting **v, size_t *n, Err *err)
{
    OrganSetting *settings = NEW(args->a, OrganSetting, args->operands.n + 1);
    size_t count = 0;
    for (size_t i = from; i < args->operands.n; i++) {
        Str key, value;
        OrganField field;
        if (!str_cut(args->operands.v[i], S("="), &key, &value) || !organ_field_named(key, &field))
            return fail(err, ERR_INPUT, NULL, "不认识“" PRI_STR "”，要写成 字段=内容",
                        "“" PRI_STR "” is not FIELD=VALUE with a field of an organ",
                        STR_ARG(args->operands.v[i]));
        settings[count++] = (OrganSetting){field, value};
    }
    *v = settings;
    *n = count;
    return true;
}

static int step_run(const Args *args, App *app, const OrganStep *step, Err *err)
{
    OrganOutcome outcome = {0};
    bool dry = args->on[OPT_DRY_RUN];
    if (!(dry ? app_organ_preview : app_organ_step)(app, step, args->a, &outcome, err))
        return -1;
    Buf b = buf_new(args->a, 1 << 20);
    buf_fmt(&b, "%s%s: ", dry ? "would be " : "", life_events[step->event].id.s);
    text_shown(&b, outcome.organ.name);
    buf_fmt(&b, " (%lld)\n", (long long)outcome.organ.id.n);
    for (size_t i = 0; i < outcome.follows.n; i++)
        buf_fmt(&b, "  " PRI_STR "\n", STR_ARG(outcome.follows.v[i]));
    for (size_t i = 0; i < outcome.doubts.n; i++)
        buf_fmt(&b, "  ? " PRI_STR "\n", STR_ARG(outcome.doubts.v[i]));
    out(buf_str(&b));
    return DONE_CLEAN;
}

int cmd_organ_add(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganStep step = {.event = LIFE_FOUNDED};
    OrganSetting *v = NULL;
    size_t n = 0;
    Organ named;
    if (!step_args(args, &step.step, err) || !settings_of(args, 1, &v, &n, err) ||
        !args_app(args, DB_CREATE, &app, err) ||
        (args->on[OPT_PARENT] && !id_of(&app, args->value[OPT_PARENT], args->a, &step.parent, err)))
        return -1;
    organ_from_name(str_trim(args->operands.v[0]), &named);
    OrganSetting *all = NEW(args->a, OrganSetting, n + 3);
    all[0] = (OrganSetting){OF_NAME, named.name};
    all[1] = (OrganSetting){OF_KIND, organ_kinds[named.kind].id};
    all[2] = (OrganSetting){OF_TIER, organ_tiers[named.tier].id};
    for (size_t i = 0; i < n; i++)
        all[3 + i] = v[i];
    step.name = named.name;
    step.settings = all;
    step.n_settings = n + 3;
    return step_run(args, &app, &step, err);
}

int cmd_organ_edit(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganSetting *v = NULL;
    size_t n = 0;
    OrganId id;
    Organ after;
    if (!settings_of(args, 1, &v, &n, err) || !args_app(args, DB_WRITE, &app, err) ||
        !id_of(&app, args->operands.v[0], args->a, &id, err) ||
        !app_organ_edit(&app, id, 0, v, n, args->a, &after, err))
        return -1;
    out(str_fmt(args->a, "saved as version %lld\n", (long long)after.version));
    return DONE_CLEAN;
}

int cmd_organ_rename(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganStep step = {.event = LIFE_RENAMED, .name = str_trim(args->operands.v[1])};
    if (!step_args(args, &step.step, err) || !args_app(args, DB_WRITE, &app, err) ||
        !id_of(&app, args->operands.v[0], args->a, &step.id, err))
        return -1;
    step.slug = args->value[OPT_SLUG];
    return step_run(args, &app, &step, err);
}

// merge ORGAN INTO, split ORGAN HEIR HEIR…
static int with_heirs(const Args *args, LifeEvent event, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganStep step = {.event = event};
    if (args->operands.n - 1 > HEIRS_MOST) {
        fail(err, ERR_LIMIT, NULL, "承继的机关不超过%d个", "at most %d heirs", HEIRS_MOST);
        return -1;
    }
    if (!step_args(args, &step.step, err) || !args_app(args, DB_WRITE, &app, err) ||
        !id_of(&app, args->operands.v[0], args->a, &step.id, err))
        return -1;
    for (size_t i = 1; i < args->operands.n; i++)
        if (!id_of(&app, args->operands.v[i], args->a, &step.heirs[step.n_heirs++], err))
            return -1;
    return step_run(args, &app, &step, err);
}

int cmd_organ_merge(const Args *args, Err *err)
{
    return with_heirs(args, LIFE_MERGED, err);
}

int cmd_organ_split(const Args *args, Err *err)
{
    return with_heirs(args, LIFE_SPLIT, err);
}

int cmd_organ_abolish(const Args *args, Err *err)
{
    return with_heirs(args, LIFE_ABOLISHED, err);
}

int cmd_organ_move(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganStep step = {.event = LIFE_MOVED};
    bool top = str_eq(args->operands.v[1], S("-"));
    if (!step_args(args, &step.step, err) || !args_app(args, DB_WRITE, &app, err) ||
        !id_of(&app, args->operands.v[0], args->a, &step.id, err) ||
        (!top && !id_of(&app, args->operands.v[1], args->a, &step.parent, err)))
        return -1;
    return step_run(args, &app, &step, err);
}

int cmd_organ_line(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganId organ, over;
    if (!args_app(args, DB_WRITE, &app, err) ||
        !id_of(&app, args->operands.v[0], args->a, &organ, err) ||
        !id_of(&app, args->operands.v[1], args->a, &over, err) ||
        !app_organ_line(&app, organ, over, args->operands.v[2], args->on[OPT_END], args->a, err))
        return -1;
    out(args->on[OPT_END] ? S("ended\n") : S("begun\n"));
    return DONE_CLEAN;
}

// --- files

static Str plan_text(const OrganPlan *p, bool all, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    for (size_t i = 0; i < p->n; i++) {
        const PlanLine *l = &p->v[i];
        if (l->kind == PLAN_SAME && !all)
            continue;
        buf_fmt(&b, "%5d  %-7s", l->line, plan_kinds[l->kind].id.s);
        text_shown(&b, l->organ.name);
        if (l->kind == PLAN_REFUSE)
            buf_fmt(&b, ": %s", l->why.en);
        for (size_t c = 0; c < l->changed.n; c++) {
            buf_add(&b, c ? S("; ") : S(": "));
            text_shown(&b, l->changed.v[c]);
        }
        buf_byte(&b, '\n');
    }
    for (int k = 0; k < PLAN__COUNT; k++)
        buf_fmt(&b, "%s%zu %s", k ? ", " : "", p->counts[k], plan_kinds[k].id.s);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

static Str plan_json(const OrganPlan *p, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < p->n; i++) {
        const PlanLine *l = &p->v[i];
        json_object(&w);
        json_put_int(&w, "line", l->line);
        json_put_str(&w, "kind", plan_kinds[l->kind].id);
        json_put_int(&w, "id", l->organ.id.n);
        json_put_str(&w, "name", l->organ.name);
        if (l->kind == PLAN_REFUSE)
            json_put_str(&w, "why", str_z(l->why.en));
        json_end(&w);
    }
    json_end(&w);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

int cmd_organ_import(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    OrganPlan plan;
    LifeStep step;
    Str bytes, name = args->operands.v[0];
    if (!step_args(args, &step, err) || !args_app(args, DB_CREATE, &app, err) ||
        !(str_eq(name, S("-")) ? file_read_fd(0, ORGAN_CSV_MAX, args->a, &bytes, err)
                               : file_read(name, ORGAN_CSV_MAX, args->a, &bytes, err)))
        return -1;
    bool dry = args->on[OPT_DRY_RUN];
    if (!(dry ? app_organ_plan(&app, bytes, args->a, &plan, err)
              : app_organ_import(&app, bytes, &step, args->a, &plan, err)))
        return -1;
    out(args->on[OPT_JSON] ? plan_json(&plan, args->a)
                           : plan_text(&plan, args->on[OPT_ALL], args->a));
    return plan.counts[PLAN_REFUSE] ? DONE_FINDINGS : DONE_CLEAN;
}

int cmd_organ_export(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Str csv;
    if (!args_app(args, DB_READ, &app, err) || !app_organ_export(&app, args->a, &csv, err))
        return -1;
    out(csv);
    return DONE_CLEAN;
}

// --- divisions

int cmd_division_find(const Args *args, Err *err)
{
    Arena *a = args->a;
    Divisions found;
    Buf b = buf_new(a, OUT_MAX);
    division_find(args->operands.v[0], FOUND_MOST, a, &found);
    if (!found.n) {
        fail(err, ERR_MISSING, NULL, "没有这样的行政区划", "no such division");
        return -1;
    }
    JsonOut w = json_out(&b);
    if (args->on[OPT_JSON])
        json_array(&w);
    for (size_t i = 0; i < found.n; i++) {
        Str code = found.v[i].code, name = division_full_name(a, code);
        if (!args->on[OPT_JSON]) {
            buf_fmt(&b, "%-6s  " PRI_STR "\n", str_to_z(a, code), STR_ARG(name));
            continue;
        }
        json_object(&w);
        json_put_str(&w, "code", code);
        json_put_str(&w, "name", name);
        json_end(&w);
    }
    if (args->on[OPT_JSON])
        json_end(&w), buf_byte(&b, '\n');
    out(buf_str(&b));
    return DONE_CLEAN;
}

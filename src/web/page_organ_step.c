// The steps of an organ's life: a form, a second look at what follows, then the act.
#include "views.h"
#include "web/page_common.h"
#include "web/page_organ.h"

// clang-format off
#define ON    { "on",    "生效日期", "",                            FIELD_DATE, .required = true }
#define BASIS { "basis", "依据",     "机构编制部门文件的文号和名称", FIELD_TEXT, .required = true, .max = 300 }
static const FieldDef found_defs[] = {
    { "name",   "机关名称", "全称，与公章一致", FIELD_TEXT,   .required = true, .max = 80 },
    { "parent", "上级机关", "",                 FIELD_SELECT, .required = false },
    { "kind",   "类别",     "",                 FIELD_SELECT, .required = true },
    { "level",  "级别",     "",                 FIELD_SELECT, .max = 0 },
    { "slug",   "网址中的名字", "小写字母、数字和短横；留空由系统编号", FIELD_TEXT, .max = 60 },
    ON, BASIS };
static const FieldDef rename_defs[] = {
    { "name", "新名称",       "全称，与公章一致",                     FIELD_TEXT, .required = true, .max = 80 },
    { "slug", "网址中的名字", "留空不改；改了以后旧网址自动转到新网址", FIELD_TEXT, .max = 60 },
    ON, BASIS };
static const FieldDef merge_defs[] = {
    { "heirs", "并入哪个机关", "它承继全部职责", FIELD_SELECT, .required = true }, ON, BASIS };
static const FieldDef split_defs[] = {
    { "heirs", "由哪些机关承继", "两个以上；新设的请先设立", FIELD_CHECKS, .required = true }, ON, BASIS };
static const FieldDef abolish_defs[] = { ON, BASIS };
static const FieldDef move_defs[] = {
    { "parent", "新的上级机关", "不选就是没有上级", FIELD_SELECT, .max = 0 }, ON, BASIS };

typedef struct StepDef {
    Str path, title, button;
    const FieldDef *defs;
    size_t n;
    const char *organs; // the field that chooses organs
    bool danger;
} StepDef;

#define DEFS(d) d, sizeof d / sizeof *(d)
static const StepDef steps[LIFE__COUNT] = {
    //                   path           title            button
    [LIFE_FOUNDED]   = { SI("new"),     SI("设立机关"),  SI("确认设立"), DEFS(found_defs),   "parent", false },
    [LIFE_RENAMED]   = { SI("rename"),  SI("更名"),      SI("确认更名"), DEFS(rename_defs),  NULL,     false },
    [LIFE_MERGED]    = { SI("merge"),   SI("并入"),      SI("确认并入"), DEFS(merge_defs),   "heirs",  true },
    [LIFE_SPLIT]     = { SI("split"),   SI("分设"),      SI("确认分设"), DEFS(split_defs),   "heirs",  true },
    [LIFE_ABOLISHED] = { SI("abolish"), SI("撤销"),      SI("确认撤销"), DEFS(abolish_defs), NULL,     true },
    [LIFE_MOVED]     = { SI("move"),    SI("改变隶属"),  SI("确认改变隶属"), DEFS(move_defs), "parent", false },
};
// clang-format on

// Which step the address names; LIFE__COUNT for none.
static LifeEvent event_of(const Request *r)
{
    int e = 0;
    Str path = r->path;
    while (e < LIFE__COUNT && !str_ends(path, str_cat(r->a, S("/"), steps[e].path)))
        e++;
    return (LifeEvent)e;
}

// --- the form

static bool step_fields(Request *r, const StepDef *def, OrganId but, Form *f, Err *err)
{
    FieldDef *defs = NEW(r->a, FieldDef, def->n);
    for (size_t i = 0; i < def->n; i++) {
        defs[i] = def->defs[i];
        if (def->organs && strcmp(defs[i].name, def->organs) == 0 &&
            !organ_choice_kind(r, &defs[i], err))
            return false;
    }
    form_new(r, defs, def->n, f);
    return !def->organs || organ_choose(r, f, def->organs, but, err);
}

static void kind_choices(Form *f)
{
    for (int i = 0; i < ORGANKIND__COUNT; i++)
        form_choice(f, "kind", organ_kinds[i].id, organ_kinds[i].name, S(""));
    for (int i = TIER_STATE; i < TIER__COUNT; i++)
        form_choice(f, "level", organ_tiers[i].id, organ_tiers[i].name, S(""));
}

static bool step_page(Request *r, LifeEvent event, Organ *now, OrganForm *p, Err *err)
{
    App *app = app_of(r);
    const StepDef *def = &steps[event];
    bool new = event == LIFE_FOUNDED;
    *now = (Organ){0};
    if (!new && !store_organ_get(app->db, &app->scope, organ_addressed(r), r->a, now, err))
        return false;
    *p = (OrganForm){
        .title = new ? def->title
                     : str_fmt(r->a, PRI_STR "：" PRI_STR, STR_ARG(def->title), STR_ARG(now->name)),
        .lead = S("先看会发生什么，再确认。确认以后写入机关沿革和操作记录，不能删除。"),
        .action =
            new ? S("/desk/organs/new")
                : organ_path_of(r->a, now->id, str_to_z(r->a, str_cat(r->a, S("/"), def->path))),
        .button = S("看会发生什么"),
        .back = new ? S("/desk/organs") : organ_path_of(r->a, now->id, ""),
        .danger = def->danger};
    if (!step_fields(r, def, now->id, &p->form, err))
        return false;
    if (new)
        kind_choices(&p->form);
    p->form.version = now->version;
    return true;
}

bool page_organ_step(Request *r, Response *w, Err *err)
{
    LifeEvent event = event_of(r);
    Organ now;
    OrganForm p;
    if (event == LIFE__COUNT)
        return fail(err, ERR_MISSING, NULL, "没有这个页面", "there is no such page");
    if (!step_page(r, event, &now, &p, err))
        return false;
    form_set_date(&p.form, "on", app_of(r)->today);
    if (event == LIFE_RENAMED)
        form_set(&p.form, "name", now.name);
    if (event == LIFE_FOUNDED && request_query(r, "parent").n)
        form_set(&p.form, "parent", request_query(r, "parent"));
    return organ_form_show(r, w, &p, DESK_ORGANS, err);
}

// --- what was sent

static bool heir_add(OrganStep *step, OrganId id, Err *err)
{
    if (step->n_heirs == HEIRS_MOST)
        return fail(err, ERR_LIMIT, NULL, "承继的机关不超过%d个", "at most %d heirs", HEIRS_MOST);
    step->heirs[step->n_heirs++] = id;
    return true;
}

// Chosen from the list; or, where there are too many for one, named one by one between 、.
static bool heirs_read(Request *r, Form *f, OrganStep *step, Err *err)
{
    const FieldView *v = form_field(f, "heirs");
    for (size_t i = 0; i < v->choices.n; i++) {
        OrganId id = {0};
        if (v->choices.v[i].chosen && str_to_int(v->choices.v[i].value, &id.n) &&
            !heir_add(step, id, err))
            return false;
    }
    Str rest = v->def->kind == FIELD_TEXT ? v->value : S(""), one;
    while (rest.n) {
        OrganId id = {0};
        str_cut(rest, S("、"), &one, &rest);
        if (!organ_typed(r, f, "heirs", str_trim(one), &id, err) ||
            (id.n && !heir_add(step, id, err)))
            return false;
    }
    return true;
}

// The settings of a new organ, with messages beside their fields.
static void founding_read(Form *f, OrganStep *step)
{
    static const OrganField fields[] = {OF_NAME, OF_KIND, OF_TIER, OF_SLUG};
    OrganSetting *v = NEW(f->a, OrganSetting, 4);
    Organ scratch = {.founded = date_none};
    for (size_t i = 0; i < 4; i++) {
        Err why;
        const char *name = organ_fields[fields[i]].id.s;
        v[i] = (OrganSetting){fields[i], form_text(f, name)};
        if (v[i].text.n && !organ_field_set(&scratch, fields[i], v[i].text, f->a, &why))
            form_wrong(f, name, str_dup(f->a, str_z(why.zh)));
    }
    step->settings = v;
    step->n_settings = 4;
}

static bool step_read(Request *r, LifeEvent event, const Organ *now, Form *f, OrganStep *step,
                      Err *err)
{
    *step = (OrganStep){.event = event,
                        .id = now->id,
                        .version = request_version(r),
                        .step = {form_date(f, "on"), form_text(f, "basis")}};
    if (event == LIFE_RENAMED || event == LIFE_FOUNDED)
        step->name = form_text(f, "name");
    if (event == LIFE_RENAMED)
        step->slug = form_text(f, "slug");
    if (event == LIFE_FOUNDED)
        founding_read(f, step);
    if (event == LIFE_FOUNDED || event == LIFE_MOVED)
        return organ_chosen(r, f, "parent", &step->parent, err);
    return (event != LIFE_MERGED && event != LIFE_SPLIT) || heirs_read(r, f, step, err);
}

// The second look.
static bool preview(Request *r, Response *w, const StepDef *def, const OrganStep *step,
                    OrganForm *p, Err *err)
{
    OrganOutcome outcome;
    if (!app_organ_preview(app_of(r), step, r->a, &outcome, err))
        return organ_form_failed(r, w, p, DESK_ORGANS, err);
    p->preview = true;
    p->follows = outcome.follows;
    p->doubts = outcome.doubts;
    p->button = def->button;
    return organ_form_show(r, w, p, DESK_ORGANS, err);
}

bool page_organ_step_send(Request *r, Response *w, Err *err)
{
    LifeEvent event = event_of(r);
    Organ now;
    OrganForm p;
    OrganStep step;
    OrganOutcome outcome;
    Str stage = request_form(r, "stage");
    if (event == LIFE__COUNT)
        return fail(err, ERR_MISSING, NULL, "没有这个页面", "there is no such page");
    if (!step_page(r, event, &now, &p, err))
        return false;
    bool taken = form_take(r, &p.form);
    p.form.version = request_version(r);
    if (!step_read(r, event, &now, &p.form, &step, err))
        return organ_form_failed(r, w, &p, DESK_ORGANS, err);
    if (!taken || form_is_wrong(&p.form) || str_eq(stage, S("back")))
        return organ_form_show(r, w, &p, DESK_ORGANS, err);
    if (!str_eq(stage, S("sure")))
        return preview(r, w, &steps[event], &step, &p, err);
    if (!app_organ_step(app_of(r), &step, r->a, &outcome, err))
        return organ_form_failed(r, w, &p, DESK_ORGANS, err);
    return desk_done(r, w, organ_path_of(r->a, outcome.organ.id, ""), "saved");
}

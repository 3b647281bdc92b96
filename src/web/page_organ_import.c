// Organs from a file: the file, the plan, the act.
#include "base/base64.h"
#include "views.h"
#include "web/page_common.h"
#include "web/page_organ.h"

enum { ROWS_SHOWN = 500 };

// clang-format off
static const FieldDef defs[] = {
    { "file",  "CSV文件",  "第一行是列名；Excel另存为的CSV就可以。空格不改原来的内容，只写一个短横（-）表示清空", FIELD_FILE, .required = false, .accept = ".csv,text/csv" },
    { "on",    "设立日期", "文件里没有写设立日期的新机关用这一天", FIELD_DATE, .max = 0 },
    { "basis", "依据",     "有新增机关时要填",                     FIELD_TEXT, .max = 300 },
};
// clang-format on

static Str strs_join(Arena *a, const Strs *v)
{
    return str_join(a, v->v, v->n, S("；"));
}

static void add_rows(Arena *a, const OrganPlan *plan, PlanKind kind, ImportPage *p)
{
    static const Str classes[PLAN__COUNT] = {SI("ok"), SI("run"), SI(""), SI("bad")};
    for (size_t i = 0; i < plan->n; i++) {
        const PlanLine *l = &plan->v[i];
        if (l->kind != kind)
            continue;
        if (p->n == ROWS_SHOWN) {
            p->left++;
            continue;
        }
        p->rows[p->n++] = (PlanLineView){
            .line = l->line,
            .kind = plan_kinds[kind].name,
            .kind_cls = classes[kind],
            .name = l->organ.name,
            .what = kind == PLAN_REFUSE ? str_dup(a, str_z(l->why.zh))
                    : kind == PLAN_ADD  ? (l->parent_name.n ? str_fmt(a, "在" PRI_STR "之下",
                                                                      STR_ARG(l->parent_name))
                                                            : S("没有上级"))
                                        : strs_join(a, &l->changed)};
    }
}

static bool show(Request *r, Response *w, ImportPage *p, Err *err)
{
    if (!desk_begin(r, S("导入机关"), DESK_ORGANS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, S("/desk/organs"), S("机关"));
    desk_crumb(r, &p->desk, S(""), S("导入机关"));
    w->status = form_is_wrong(&p->form) ? 422 : 200;
    view_organ_import(&w->out, p);
    return true;
}

bool page_organ_import(Request *r, Response *w, Err *err)
{
    ImportPage p = {0};
    form_new(r, defs, 3, &p.form);
    p.form.draft = S(""); // a file cannot be kept as a draft
    form_set_date(&p.form, "on", app_of(r)->today);
    return show(r, w, &p, err);
}

// The file of the first step comes back in the second, so that nothing lies about in between.
static bool bytes_of(Request *r, Str *out)
{
    const Field *file = request_file(r, "file");
    Str kept = request_form(r, "kept");
    if (file && file->value.n)
        *out = file->value;
    else if (!kept.n || !base64_url_read(r->a, kept, out))
        return false;
    return true;
}

static bool planned(Request *r, Response *w, Str bytes, ImportPage *p, Err *err)
{
    OrganPlan plan;
    if (!app_organ_plan(app_of(r), bytes, r->a, &plan, err)) {
        if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT)
            return false;
        form_wrong(&p->form, "file", str_dup(r->a, str_z(err->zh)));
        return show(r, w, p, err);
    }
    p->planned = true;
    p->rows = NEW(r->a, PlanLineView, ROWS_SHOWN);
    add_rows(r->a, &plan, PLAN_REFUSE, p);
    add_rows(r->a, &plan, PLAN_ADD, p);
    add_rows(r->a, &plan, PLAN_CHANGE, p);
    for (int k = 0; k < PLAN__COUNT; k++)
        p->counts[k] = plan.counts[k];
    p->can_run = !plan.counts[PLAN_REFUSE] && (plan.counts[PLAN_ADD] || plan.counts[PLAN_CHANGE]);
    p->text = p->can_run ? base64_url(r->a, bytes) : S("");
    return show(r, w, p, err);
}

bool page_organ_import_send(Request *r, Response *w, Err *err)
{
    ImportPage p = {0};
    OrganPlan plan;
    Str bytes;
    form_new(r, defs, 3, &p.form);
    p.form.draft = S(""); // a file cannot be kept as a draft
    bool taken = form_take(r, &p.form);
    if (!bytes_of(r, &bytes))
        form_wrong(&p.form, "file", S("请选择一个CSV文件"));
    if (!taken || form_is_wrong(&p.form))
        return show(r, w, &p, err);
    if (!str_eq(request_form(r, "stage"), S("sure")))
        return planned(r, w, bytes, &p, err);
    LifeStep step = {form_date(&p.form, "on"), form_text(&p.form, "basis")};
    if (app_organ_import(app_of(r), bytes, &step, r->a, &plan, err))
        return desk_done(r, w, S("/desk/organs"), "organs-imported");
    if (err->kind != ERR_INPUT && err->kind != ERR_RULE && err->kind != ERR_LIMIT)
        return false;
    form_fail(&p.form, err);
    return planned(r, w, bytes, &p, err);
}

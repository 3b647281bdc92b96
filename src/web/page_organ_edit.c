// Editing the facts of an organ, and its lines of supervision.
#include "views.h"
#include "web/page_common.h"
#include "web/page_organ.h"

enum { CHOICES_MOST = 500 };

bool organ_form_show(Request *r, Response *w, OrganForm *p, DeskNav nav, Err *err)
{
    Desk desk = {0};
    if (!desk_begin(r, p->title, nav, &desk, err))
        return false;
    p->desk = desk;
    if (nav == DESK_ORGANS)
        desk_crumb(r, &p->desk, S("/desk/organs"), S("机关"));
    if (nav == DESK_ORGANS)
        desk_crumb(r, &p->desk, S(""), p->title);
    w->status = form_is_wrong(&p->form) ? 422 : 200;
    view_organ_form(&w->out, p);
    return true;
}

bool organ_form_failed(Request *r, Response *w, OrganForm *p, DeskNav nav, Err *err)
{
    static const bool shown[ERR__COUNT] = {
        [ERR_INPUT] = true, [ERR_RULE] = true, [ERR_BUSY] = true, [ERR_LIMIT] = true};
    if (!shown[err->kind])
        return false;
    form_fail(&p->form, err);
    p->preview = false;
    return organ_form_show(r, w, p, nav, err);
}

// --- choosing organs

bool organ_choose(Request *r, Form *f, const char *name, OrganId but, Err *err)
{
    OrganLines lines = {0};
    OrganFilter filter = {.limit = CHOICES_MOST};
    int64_t total;
    if (form_field(f, name)->def->kind == FIELD_TEXT)
        return true;
    if (!store_organ_find(app_of(r)->db, &app_of(r)->scope, &filter, r->a, &lines, &total, err))
        return false;
    const OrganLineView *tree = organ_tree(r->a, &lines);
    for (size_t i = 0; i < lines.n; i++) {
        Str id = str_from(tree[i].href, sizeof "/desk/organs/" - 1), indent = S("");
        int64_t n = 0;
        for (int d = 0; d < tree[i].depth; d++)
            indent = str_cat(r->a, indent, S("　"));
        if (str_to_int(id, &n) && n != but.n)
            form_choice(f, name, id, str_cat(r->a, indent, tree[i].name), S(""));
    }
    return true;
}

bool organ_choice_kind(Request *r, FieldDef *def, Err *err)
{
    OrganLines lines = {0};
    OrganFilter filter = {.limit = 1};
    int64_t total;
    if (!store_organ_find(app_of(r)->db, &app_of(r)->scope, &filter, r->a, &lines, &total, err))
        return false;
    if (total <= CHOICES_MOST)
        return true;
    def->hint =
        def->kind == FIELD_CHECKS ? "写全称或者机关代码，几个之间用顿号隔开" : "写全称或者机关代码";
    def->kind = FIELD_TEXT;
    return true;
}

bool organ_typed(Request *r, Form *f, const char *name, Str text, OrganId *out, Err *err)
{
    App *app = app_of(r);
    OrganLines lines = {0};
    OrganFilter filter = {.words = text, .limit = CHOICES_MOST};
    OrganId id = {0};
    int64_t total;
    if (!store_organ_find(app->db, &app->scope, &filter, r->a, &lines, &total, err))
        return false;
    for (size_t i = 0; i < lines.n; i++)
        if (total == 1 || str_eq(lines.v[i].name, text) || str_eq(lines.v[i].code, text))
            id = lines.v[i].id;
    if (!id.n)
        form_wrong(f, name,
                   str_fmt(r->a, "“" PRI_STR "”没有这个机关，或者不止一个；请写全称或者机关代码",
                           STR_ARG(text)));
    *out = id;
    return true;
}

bool organ_chosen(Request *r, Form *f, const char *name, OrganId *out, Err *err)
{
    Str text = form_text(f, name);
    OrganId id = {0};
    if (!text.n)
        return true;
    if (form_field(f, name)->def->kind == FIELD_TEXT)
        return organ_typed(r, f, name, text, out, err);
    if (!str_to_int(text, &id.n))
        id.n = 0;
    *out = id;
    return true;
}

// --- facts

static FieldKind kind_of(OrganField f)
{
    static const FieldKind kinds[OF__COUNT] = {
        [OF_KIND] = FIELD_SELECT,   [OF_TIER] = FIELD_SELECT,  [OF_RULES] = FIELD_YES,
        [OF_NORMATIVE] = FIELD_YES, [OF_FOUNDED] = FIELD_DATE, [OF_PHONE] = FIELD_TEL,
        [OF_FAX] = FIELD_TEL,       [OF_MAIL] = FIELD_EMAIL};
    return kinds[f];
}

static FieldDef def_of(OrganField f)
{
    const OrganFieldDef *d = &organ_fields[f]; // literals, so they end in NUL
    return (FieldDef){.name = d->id.s,
                      .label = d->name.s,
                      .hint = d->hint.s,
                      .kind = kind_of(f),
                      .required = f == OF_SLUG || f == OF_KIND,
                      .max = (int)d->max};
}

static void word_choices(Form *f, const char *name, const WordDef *words, int from, int n)
{
    for (int i = from; i < n; i++)
        form_choice(f, name, words[i].id, words[i].name, S(""));
}

// The fields that editing changes, in their order.
static void facts_form(Request *r, Form *f)
{
    FieldDef *defs = NEW(r->a, FieldDef, OF__COUNT);
    size_t n = 0;
    for (int i = 0; i < OF__COUNT; i++)
        if (!organ_fields[i].life)
            defs[n++] = def_of((OrganField)i);
    form_new(r, defs, n, f);
    word_choices(f, "kind", organ_kinds, 0, ORGANKIND__COUNT);
    word_choices(f, "level", organ_tiers, TIER_STATE, TIER__COUNT);
}

static void facts_fill(Form *f, const Organ *o)
{
    for (int i = 0; i < OF__COUNT; i++)
        if (!organ_fields[i].life)
            form_set(f, organ_fields[i].id.s, organ_field_get(o, (OrganField)i, f->a));
    f->version = o->version;
}

// Each field by its own rule, so that each gets its message.
static size_t facts_read(Form *f, OrganSetting *v)
{
    Organ scratch = {.founded = date_none, .ended = date_none};
    size_t n = 0;
    for (int i = 0; i < OF__COUNT; i++) {
        if (organ_fields[i].life)
            continue;
        Err err;
        const char *name = organ_fields[i].id.s;
        v[n] = (OrganSetting){(OrganField)i, form_text(f, name)};
        if (!form_field(f, name)->error.n &&
            !organ_field_set(&scratch, v[n].field, v[n].text, f->a, &err))
            form_wrong(f, name, str_dup(f->a, str_z(err.zh)));
        n++;
    }
    return n;
}

static OrganForm edit_page(Request *r, const Organ *o)
{
    OrganForm p = {.title = str_fmt(r->a, "修改" PRI_STR, STR_ARG(o->name)),
                   .lead = S("名称和隶属由“更名”“改变隶属”等办理，这里不改。"),
                   .action = organ_path_of(r->a, o->id, "/edit"),
                   .button = S("保存"),
                   .back = organ_path_of(r->a, o->id, "")};
    facts_form(r, &p.form);
    return p;
}

bool page_organ_edit(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Organ o;
    if (!store_organ_get(app->db, &app->scope, organ_addressed(r), r->a, &o, err))
        return false;
    OrganForm p = edit_page(r, &o);
    facts_fill(&p.form, &o);
    return organ_form_show(r, w, &p, DESK_ORGANS, err);
}

// What the other one saved, where it is not what this one typed.
static void told_of_others(const Organ *now, OrganForm *p)
{
    Arena *a = p->form.a;
    for (int i = 0; i < OF__COUNT; i++) {
        if (organ_fields[i].life)
            continue;
        Str theirs = organ_field_get(now, (OrganField)i, a),
            mine = form_text(&p->form, organ_fields[i].id.s);
        if (!str_eq(theirs, mine))
            *PUSH(a, &p->warnings) =
                str_fmt(a, "别人保存的" PRI_STR "是“" PRI_STR "”，您填的是“" PRI_STR "”。",
                        STR_ARG(organ_fields[i].name), STR_ARG(theirs), STR_ARG(mine));
    }
    p->form.version = now->version;
}

bool page_organ_edit_send(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Organ now, after;
    OrganId id = organ_addressed(r);
    OrganSetting v[OF__COUNT];
    if (!store_organ_get(app->db, &app->scope, id, r->a, &now, err))
        return false;
    OrganForm p = edit_page(r, &now);
    bool taken = form_take(r, &p.form);
    p.form.version = request_version(r);
    size_t n = facts_read(&p.form, v);
    if (!taken || form_is_wrong(&p.form))
        return organ_form_show(r, w, &p, DESK_ORGANS, err);
    if (app_organ_edit(app, id, p.form.version, v, n, r->a, &after, err))
        return desk_done(r, w, organ_path_of(r->a, id, ""), "saved");
    if (err->kind == ERR_BUSY) {
        Err unread; // the changes are told beside the error, which stays
        (void)form_meanwhile(r, &p.form, S("organ"), id.n, &unread);
        told_of_others(&now, &p);
    }
    return organ_form_failed(r, w, &p, DESK_ORGANS, err);
}

// --- lines of supervision

// clang-format off
static const FieldDef line_defs[] = {
    { "over",     "由哪个机关监督", "垂直领导、业务归口等，不改变隶属", FIELD_SELECT, .required = true },
    { "business", "监督的业务",     "如：政府信息公开、水资源管理",   FIELD_TEXT,   .required = true, .max = 40 },
};
// clang-format on

static bool lines_page(Request *r, const Organ *o, OrganForm *p, Err *err)
{
    App *app = app_of(r);
    Supervisions lines;
    *p = (OrganForm){.title = str_fmt(r->a, PRI_STR "的监督关系", STR_ARG(o->name)),
                     .lead = S("监督机关的监督员、管理员可以看到这个机关和它之下的机关。"),
                     .action = organ_path_of(r->a, o->id, "/lines"),
                     .button = S("加上"),
                     .back = organ_path_of(r->a, o->id, ""),
                     .may_end = true};
    FieldDef *defs = NEW(r->a, FieldDef, 2);
    defs[0] = line_defs[0];
    defs[1] = line_defs[1];
    if (!organ_choice_kind(r, &defs[0], err))
        return false;
    form_new(r, defs, 2, &p->form);
    if (!organ_choose(r, &p->form, "over", o->id, err) ||
        !store_organ_supervisions(app->db, app->site, o->id, r->a, &lines, err))
        return false;
    p->lines = NEW(r->a, OrganLineOver, lines.n + 1);
    for (size_t i = 0; i < lines.n; i++) {
        const Supervision *l = &lines.v[i];
        if (l->organ.n == o->id.n)
            p->lines[p->n_lines++] =
                (OrganLineOver){.text = str_fmt(r->a, PRI_STR "：" PRI_STR, STR_ARG(l->over_name),
                                                STR_ARG(l->business)),
                                .href = organ_path_of(r->a, o->id, "/lines/end"),
                                .over = str_fmt(r->a, "%lld", (long long)l->over.n),
                                .business = l->business};
    }
    return true;
}

bool page_organ_lines(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Organ o;
    OrganForm p;
    return store_organ_get(app->db, &app->scope, organ_addressed(r), r->a, &o, err) &&
           lines_page(r, &o, &p, err) && organ_form_show(r, w, &p, DESK_ORGANS, err);
}

bool page_organ_lines_send(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Organ o;
    OrganForm p;
    OrganId over = {0};
    if (!store_organ_get(app->db, &app->scope, organ_addressed(r), r->a, &o, err) ||
        !lines_page(r, &o, &p, err))
        return false;
    bool taken = form_take(r, &p.form);
    if (!organ_chosen(r, &p.form, "over", &over, err))
        return false;
    if (!taken || form_is_wrong(&p.form))
        return organ_form_show(r, w, &p, DESK_ORGANS, err);
    if (app_organ_line(app, o.id, over, form_text(&p.form, "business"), false, r->a, err))
        return desk_done(r, w, organ_path_of(r->a, o.id, "/lines"), "saved");
    return organ_form_failed(r, w, &p, DESK_ORGANS, err);
}

bool page_organ_line_end(Request *r, Response *w, Err *err)
{
    OrganId id = organ_addressed(r), over = {0};
    str_to_int(request_form(r, "over"), &over.n);
    return app_organ_line(app_of(r), id, over, request_form(r, "business"), true, r->a, err) &&
           desk_done(r, w, organ_path_of(r->a, id, "/lines"), "saved");
}

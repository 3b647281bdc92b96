// Writing the decision sheet: the fields that the chosen outcome has, piece by piece where it is
// partial. A draft is kept in any condition; what is sent on is checked in full.
#include "store/organ.h"
#include "views.h"
#include "web/decision_view.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

enum { PIECES_MORE = 2, PIECES_FIRST = 3, PIECES_SHOWN = 20, PIECE_FIELDS = 4, FIXED_FIELDS = 3 };
enum { DEFS_MAX = DF__COUNT + PIECES_SHOWN * PIECE_FIELDS + FIXED_FIELDS };

typedef struct Edit {
    DecisionPage page;
    RequestFile file;
    DecisionFile decision;
    DecisionSheet sheet; // as the form shows it
    FieldDef *defs;
    size_t n_defs, n_pieces;
} Edit;

// --- the fields

static FieldDef *def_add(Edit *e)
{
    return &e->defs[e->n_defs++];
}

static void outcome_defs_add(Request *r, Edit *e)
{
    const DecisionNeed *need = &decision_needs[e->sheet.outcome];
    for (int f = 0; f < DF__COUNT; f++) {
        const DecisionFieldDef *d = &decision_fields[f];
        if (!((need->must | need->may) >> f & 1))
            continue;
        *def_add(e) = (FieldDef){.name = str_to_z(r->a, d->id),
                                 .label = str_to_z(r->a, d->name),
                                 .hint = str_to_z(r->a, d->hint),
                                 .kind = f == DF_CLASS ? FIELD_RADIO
                                         : d->area     ? FIELD_AREA
                                                       : FIELD_TEXT,
                                 .required = need->must >> f & 1,
                                 .max = d->max};
    }
}

static const char *piece_name(Arena *a, size_t i, const char *what)
{
    return str_to_z(a, str_fmt(a, "piece%d_%s", (int)i + 1, what));
}

static const char *piece_label(Arena *a, size_t i, const char *what)
{
    return str_to_z(a, str_fmt(a, "第%d部分：%s", (int)i + 1, what));
}

static void piece_defs_add(Request *r, Edit *e)
{
    size_t n = e->sheet.n_pieces + PIECES_MORE;
    n = n < PIECES_FIRST ? PIECES_FIRST : n > PIECES_SHOWN ? PIECES_SHOWN : n;
    e->n_pieces = decision_needs[e->sheet.outcome].pieces ? n : 0;
    for (size_t i = 0; i < e->n_pieces; i++) {
        *def_add(e) = (FieldDef){.name = piece_name(r->a, i, "what"),
                                 .label = piece_label(r->a, i, "所涉信息"),
                                 .max = 200};
        *def_add(e) = (FieldDef){.name = piece_name(r->a, i, "answer"),
                                 .label = piece_label(r->a, i, "公开还是不公开"),
                                 .kind = FIELD_SELECT};
        *def_add(e) = (FieldDef){.name = piece_name(r->a, i, "ground"),
                                 .label = piece_label(r->a, i, "不公开的依据"),
                                 .kind = FIELD_SELECT};
        *def_add(e) = (FieldDef){.name = piece_name(r->a, i, "reason"),
                                 .label = piece_label(r->a, i, "理由"),
                                 .kind = FIELD_AREA,
                                 .max = 1000};
    }
}

// Organs of the site, for who knows which it is: name and contact need not be typed.
static bool organ_choices(Request *r, Edit *e, Err *err)
{
    App *app = app_of(r);
    OrganRows rows;
    if (e->sheet.outcome != OUTCOME_OTHER_ORGAN)
        return true;
    if (!store_organ_rows(app->db, app->site, r->a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].state == ORGAN_ACTIVE && rows.v[i].kind != ORGANKIND_SECTION &&
            rows.v[i].id.n != e->file.request.organ.n)
            form_choice(&e->page.form, "organ_here",
                        str_fmt(r->a, "%lld", (long long)rows.v[i].id.n), rows.v[i].name, S(""));
    return true;
}

// What the tree says of the organ that was chosen, where nothing else was typed.
static bool organ_fill(Request *r, Edit *e, Err *err)
{
    App *app = app_of(r);
    Scope all = scope_site(app->site);
    Organ o;
    int64_t id =
        e->sheet.outcome == OUTCOME_OTHER_ORGAN ? form_int(&e->page.form, "organ_here") : 0;
    if (!id || e->sheet.field[DF_ORGAN].n)
        return true;
    if (!store_organ_get(app->db, &all, (OrganId){id}, r->a, &o, err))
        return false;
    e->sheet.field[DF_ORGAN] = o.name;
    if (!e->sheet.field[DF_CONTACT].n)
        e->sheet.field[DF_CONTACT] =
            o.address.n && o.phone.n
                ? str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(o.address), STR_ARG(o.phone))
            : o.phone.n ? o.phone
                        : o.address;
    form_set(&e->page.form, "organ", e->sheet.field[DF_ORGAN]);
    form_set(&e->page.form, "contact", e->sheet.field[DF_CONTACT]);
    return true;
}

static void choices(Request *r, Edit *e)
{
    Form *f = &e->page.form;
    const DecisionNeed *need = &decision_needs[e->sheet.outcome];
    for (size_t i = 0; (need->must | need->may) >> DF_CLASS & 1 && i < n_decision_classes; i++)
        if (decision_classes[i].outcome == e->sheet.outcome)
            form_choice(f, "class", decision_classes[i].id, decision_classes[i].name, S(""));
    for (size_t i = 0; i < e->n_pieces; i++) {
        form_choice(f, piece_name(r->a, i, "answer"), S("given"), S("公开"), S(""));
        form_choice(f, piece_name(r->a, i, "answer"), S("withheld"), S("不公开"), S(""));
        for (size_t g = 0; g < n_decision_grounds; g++)
            form_choice(f, piece_name(r->a, i, "ground"),
                        outcome_defs[decision_grounds[g].outcome].id,
                        str_fmt(r->a, PRI_STR "（" PRI_STR "）", STR_ARG(decision_grounds[g].name),
                                STR_ARG(decision_grounds[g].article)),
                        S(""));
    }
}

static void form_make(Request *r, Edit *e)
{
    e->defs = NEW(r->a, FieldDef, DEFS_MAX);
    *def_add(e) = (FieldDef){.name = "outcome", .label = "", .kind = FIELD_HIDDEN};
    if (e->sheet.outcome == OUTCOME_OTHER_ORGAN)
        *def_add(e) = (FieldDef){.name = "organ_here",
                                 .label = "是本站的机关",
                                 .hint = "选了的，名称和联系方式自动填入；不在本站的，在下面填写",
                                 .kind = FIELD_SELECT};
    piece_defs_add(r, e);
    outcome_defs_add(r, e);
    *def_add(e) = (FieldDef){.name = "text",
                             .label = "告知书正文",
                             .hint = "留空的，按模板从上面填的内容生成；要自己写的，写在这里",
                             .kind = FIELD_AREA,
                             .max = 6000};
    form_new(r, e->defs, e->n_defs, &e->page.form);
    e->page.form.version = e->decision.decision.version;
    choices(r, e);
}

// --- between form and sheet

static void form_fill(Request *r, Edit *e)
{
    Form *f = &e->page.form;
    const DecisionSheet *s = &e->sheet;
    static const Str answers[] = {
        [PIECE_OPEN] = SI(""), [PIECE_GIVEN] = SI("given"), [PIECE_WITHHELD] = SI("withheld")};
    for (size_t i = 0; i < e->n_defs; i++)
        for (int d = 0; d < DF__COUNT; d++)
            if (str_eq(str_z(e->defs[i].name), decision_fields[d].id))
                form_set(f, e->defs[i].name, s->field[d]);
    for (size_t i = 0; i < e->n_pieces && i < s->n_pieces; i++) {
        form_set(f, piece_name(r->a, i, "what"), s->pieces[i].what);
        form_set(f, piece_name(r->a, i, "answer"), answers[s->pieces[i].answer]);
        form_set(f, piece_name(r->a, i, "ground"),
                 decision_ground(s->pieces[i].ground) ? outcome_defs[s->pieces[i].ground].id
                                                      : S(""));
        form_set(f, piece_name(r->a, i, "reason"), s->pieces[i].reason);
    }
    form_set(f, "outcome", outcome_defs[s->outcome].id);
    form_set(f, "text", s->text);
}

static DecisionPiece piece_read(Request *r, const Form *f, size_t i)
{
    Str answer = form_text(f, piece_name(r->a, i, "answer"));
    DecisionPiece p = {.what = form_text(f, piece_name(r->a, i, "what")),
                       .ground = OUTCOME__COUNT,
                       .reason = form_text(f, piece_name(r->a, i, "reason"))};
    p.answer = str_eq(answer, S("given"))      ? PIECE_GIVEN
               : str_eq(answer, S("withheld")) ? PIECE_WITHHELD
                                               : PIECE_OPEN;
    outcome_named(form_text(f, piece_name(r->a, i, "ground")), &p.ground);
    return p;
}

// What the outcome does not ask for is kept as it was, so that choosing another one and coming back
// loses nothing.
static void form_read(Request *r, Edit *e)
{
    const Form *f = &e->page.form;
    for (size_t i = 0; i < e->n_defs; i++)
        for (int d = 0; d < DF__COUNT; d++)
            if (str_eq(str_z(e->defs[i].name), decision_fields[d].id))
                e->sheet.field[d] = form_text(f, e->defs[i].name);
    if (e->n_pieces)
        e->sheet.n_pieces = 0;
    for (size_t i = 0; i < e->n_pieces; i++) {
        DecisionPiece p = piece_read(r, f, i);
        if (p.what.n || p.answer != PIECE_OPEN || p.reason.n)
            e->sheet.pieces[e->sheet.n_pieces++] = p;
    }
    e->sheet.text = form_text(f, "text");
}

// --- the pages

// The outcome that the address or the form names, else the one of the draft.
static bool chosen(Request *r, Edit *e)
{
    Str word = r->method == METHOD_POST ? request_form(r, "outcome") : request_query(r, "outcome");
    Outcome o;
    e->sheet = e->decision.decision.sheet;
    if (outcome_named(word, &o) && decision_needs[o].here) {
        if (e->sheet.chosen && o != e->sheet.outcome)
            e->sheet.field[DF_CLASS] = S("");
        e->sheet.outcome = o;
        e->sheet.chosen = true;
    }
    return e->sheet.chosen;
}

static bool begin(Request *r, Edit *e, Err *err)
{
    *e = (Edit){0};
    App *app = app_of(r);
    if (!app_request_get(app, request_id_of(r), r->a, &e->file, err) ||
        !app_decision_get(app, &e->file, r->a, &e->decision, err) ||
        !desk_begin(r, S("拟定答复"), DESK_REQUESTS, &e->page.desk, err))
        return false;
    Str request = door_path(r->a, S("request"), e->file.request.id.n);
    e->page.back = str_cat(r->a, request, S("/decision"));
    desk_crumb(r, &e->page.desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &e->page.desk, request, e->file.request.code);
    desk_crumb(r, &e->page.desk, e->page.back, S("决定单"));
    desk_crumb(r, &e->page.desk, S(""), S("拟定答复"));
    e->page.code = e->file.request.code;
    e->page.heading = S("拟定答复");
    e->page.action = r->path;
    e->page.again = redo_say(r->a, &e->decision);
    e->page.submit = S("送审");
    e->page.second = S("存稿");
    return true;
}

// Of the outcome as it is chosen in the form, not as it was saved.
static void follows(Request *r, Edit *e)
{
    DecisionFile as_chosen = e->decision;
    as_chosen.decision.sheet = e->sheet;
    if (!e->decision.decision.sheet.chosen ||
        !outcome_defs[e->decision.decision.sheet.outcome].releases) {
        as_chosen.ready = false; // nobody has asked yet
        as_chosen.not_ready = S("签发以前要放好要提供的文件，逐份审查、遮盖");
    }
    as_chosen.remedy = remedy_words(e->sheet.outcome, app_of(r)->today, e->decision.review,
                                    e->decision.court, r->a);
    e->page.sheet = sheet_view(r, &e->file, &as_chosen);
    e->page.hint =
        str_fmt(r->a, PRI_STR "（" PRI_STR "）。", STR_ARG(outcome_defs[e->sheet.outcome].name),
                STR_ARG(outcome_defs[e->sheet.outcome].source));
}

static bool show(Response *w, Edit *e)
{
    e->page.has_form = true;
    if (form_is_wrong(&e->page.form))
        w->status = 422;
    view_decision_edit(&w->out, &e->page);
    return true;
}

bool page_decision_edit(Request *r, Response *w, Err *err)
{
    Edit e;
    if (!begin(r, &e, err))
        return false;
    if (!chosen(r, &e))
        return respond_redirect(w, str_cat(r->a, e.page.back, S("/choose")));
    form_make(r, &e);
    if (!organ_choices(r, &e, err))
        return false;
    form_fill(r, &e);
    follows(r, &e);
    return show(w, &e);
}

// A draft may lack anything; what is too long to be kept is said for drafts too.
static bool too_long(const Form *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].error.n && f->v[i].value.n)
            return true;
    return false;
}

static void lacks_beside(Form *f, const DecisionLacks *lacks)
{
    for (size_t i = 0; i < lacks->n; i++)
        for (size_t v = 0; v < f->n; v++)
            if (str_eq(f->v[v].name, lacks->v[i].field) && f->v[v].def->kind != FIELD_HIDDEN)
                form_wrong(f, f->v[v].def->name, lacks->v[i].words);
}

bool page_decision_edit_send(Request *r, Response *w, Err *err)
{
    Edit e;
    Err why = {0};
    DecisionLacks lacks = {0};
    if (!begin(r, &e, err))
        return false;
    if (!chosen(r, &e))
        return respond_redirect(w, str_cat(r->a, e.page.back, S("/choose")));
    bool submit = !str_eq(request_form(r, "go"), S("save"));
    form_make(r, &e);
    if (!organ_choices(r, &e, err))
        return false;
    bool whole = form_take(r, &e.page.form);
    form_read(r, &e);
    if (!organ_fill(r, &e, err))
        return false;
    follows(r, &e);
    if (!whole && (submit || too_long(&e.page.form)))
        return show(w, &e);
    DecisionSave save = {e.file.request.id, request_version(r), e.sheet, submit};
    if (app_decision_save(app_of(r), &save, r->a, &lacks, &why))
        return desk_done(r, w, e.page.back, submit ? "decision-submitted" : "saved");
    if (!form_mend(&e.page.form, &why, err))
        return false;
    lacks_beside(&e.page.form, &lacks);
    return show(w, &e);
}

// --- the site's setting

static const FieldDef setting_defs[] = {
    {.name = "section",
     .label = "送审以后先由科室审核人审核，再作法制审核",
     .hint = "法制审核和签发不能省略；拟稿、审核、签发的人各不相同",
     .kind = FIELD_YES},
};

static bool setting_begin(Request *r, DecisionPage *p, Err *err)
{
    *p = (DecisionPage){.heading = S("答复的审核"),
                        .action = r->path,
                        .submit = S("保存"),
                        .back = S("/desk/site"),
                        .has_form = true};
    if (!desk_begin(r, p->heading, DESK_DECISIONS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, p->back, S("站点设置"));
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, setting_defs, 1, &p->form);
    return true;
}

bool page_decision_setting(Request *r, Response *w, Err *err)
{
    DecisionPage p;
    bool section;
    App *app = app_of(r);
    if (!setting_begin(r, &p, err) || !store_decision_section(app->db, app->site, &section, err))
        return false;
    form_set(&p.form, "section", section ? S("1") : S(""));
    view_decision_setting(&w->out, &p);
    return true;
}

bool page_decision_setting_send(Request *r, Response *w, Err *err)
{
    DecisionPage p;
    if (!setting_begin(r, &p, err))
        return false;
    form_take(r, &p.form);
    return app_decision_setting(app_of(r), form_yes(&p.form, "section"), err) &&
           desk_done(r, w, r->path, "saved");
}

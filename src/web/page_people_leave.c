// Going away for a while, handing over, closing: the other half of the forms of page_people.h.
#include "web/page_common.h"
#include "web/page_people_form.h"

static bool load(Request *r, Person *out, Err *err)
{
    return store_person_get(app_of(r)->db, &app_of(r)->scope, person_param(r), r->a, out, err);
}

// --- closing and handing over

// clang-format off
static const FieldDef close_defs[] = {
    { "why",       "停用原因", "例如：调离、退休",               FIELD_TEXT,   .required = true, .max = 100 },
    { "successor", "接手人",   "手上没有未办结的事项时不用选",   FIELD_SELECT, .max = 0 },
};
static const FieldDef over_defs[] = {
    { "why",       "交接说明", "例如：岗位调整",                 FIELD_TEXT,   .required = true, .max = 100 },
    { "successor", "接手人",   "",                               FIELD_SELECT, .required = true },
};
// clang-format on

// What is open, and who could take it.
static bool leave_form(Request *r, const Person *person, const FieldDef *defs, PeopleForm *p,
                       Err *err)
{
    App *app = app_of(r);
    HandoverItems items = {0};
    People near = {0};
    p->back = person_path(r->a, person->id, "");
    p->lists = true;
    form_new(r, defs, 2, &p->form);
    p->form.version = person->version;
    if (!handover_open(app->db, &app->scope, person->id, r->a, &items, err) ||
        !store_person_near(app->db, &app->scope, person->organ, r->a, &near, err))
        return false;
    p->items = handover_views(r->a, &items);
    return people_choose(r, &p->form, "successor", &near, person->id);
}

static bool close_form(Request *r, const Person *person, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("停用账号："), person->name),
                      .lead = S("停用以后立即不能登录，岗位和代行一并结束；历史记录保留。"),
                      .action = person_path(r->a, person->id, "/close"),
                      .button = S("停用账号"),
                      .danger = true};
    return leave_form(r, person, close_defs, p, err);
}

bool page_person_close(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && close_form(r, &person, &p, err) &&
           people_form_show(r, w, &p, err);
}

bool page_person_close_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    if (!load(r, &person, err) || !close_form(r, &person, &p, err))
        return false;
    if (!form_take(r, &p.form))
        return people_form_show(r, w, &p, err);
    PersonClose form = {.id = person.id,
                        .version = request_version(r),
                        .successor = {form_int(&p.form, "successor")},
                        .why = form_text(&p.form, "why")};
    if (!app_person_close(app_of(r), &form, r->a, err))
        return people_form_failed(r, w, &p, err);
    return desk_done(r, w, person_path(r->a, person.id, ""), "person-closed");
}

static bool over_form(Request *r, const Person *person, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("交接："), person->name),
                      .lead = S("把手上没有办完的事项一次交给接手人，清单留存。账号和岗位不变。"),
                      .action = person_path(r->a, person->id, "/hand-over"),
                      .button = S("全部交接")};
    if (!leave_form(r, person, over_defs, p, err))
        return false;
    p->closed = !p->items.n;
    return true;
}

bool page_person_hand_over(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && over_form(r, &person, &p, err) &&
           people_form_show(r, w, &p, err);
}

bool page_person_hand_over_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    Handover h;
    if (!load(r, &person, err) || !over_form(r, &person, &p, err))
        return false;
    if (!form_take(r, &p.form))
        return people_form_show(r, w, &p, err);
    PersonId to = {form_int(&p.form, "successor")};
    if (!app_hand_over(app_of(r), person.id, to, form_text(&p.form, "why"), r->a, &h, err))
        return people_form_failed(r, w, &p, err);
    return desk_done(r, w, str_fmt(r->a, "/desk/handovers/%lld", (long long)h.id), "handed-over");
}

// --- standing in

// clang-format off
static const FieldDef stand_defs[] = {
    { "substitute", "代行人",       "本机关的人",                             FIELD_SELECT, .required = true },
    { "organ",      "机关",         "",                                       FIELD_SELECT, .required = true },
    { "roles",      "代行哪些岗位", "管理员和审计员只在勾选时才由人代行",     FIELD_CHECKS, .required = true },
    { "from",       "从哪天起",     "",                                       FIELD_DATE,   .required = true },
    { "to",         "到哪天止（含）", "到期自动结束",                         FIELD_DATE,   .required = true },
    { "why",        "原因",         "例如：出差、休假",                       FIELD_TEXT,   .max = 100 },
};
// clang-format on

typedef struct Lent { // what the one who is away holds, in scope
    uint32_t roles;
    OrganId organs[16];
    size_t n;
} Lent;

static void lent_add(Request *r, Form *f, const PostRow *post, Lent *lent)
{
    if (!(lent->roles >> post->role & 1))
        form_choice(f, "roles", role_defs[post->role].id, role_defs[post->role].name, S(""));
    lent->roles |= 1u << post->role;
    for (size_t i = 0; i < lent->n; i++)
        if (lent->organs[i].n == post->organ.n)
            return;
    if (lent->n == sizeof lent->organs / sizeof *lent->organs)
        return;
    lent->organs[lent->n++] = post->organ;
    form_choice(f, "organ", str_fmt(r->a, "%lld", (long long)post->organ.n), post->organ_name,
                S(""));
}

static bool lent_load(Request *r, PersonId away, Form *f, Lent *lent, Err *err)
{
    App *app = app_of(r);
    PostRows rows = {0};
    if (!store_post_list(app->db, &app->scope, away, r->a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!date_is(rows.v[i].until) || rows.v[i].until.days > app->today.days)
            lent_add(r, f, &rows.v[i], lent);
    return true;
}

static bool is_among(const People *people, PersonId id)
{
    for (size_t i = 0; i < people->n; i++)
        if (people->v[i].id.n == id.n)
            return true;
    return false;
}

static bool near_load(Request *r, PersonId away, const Lent *lent, Form *f, Err *err)
{
    App *app = app_of(r);
    People all = {0};
    for (size_t i = 0; i < lent->n; i++) {
        People near = {0};
        if (!store_person_near(app->db, &app->scope, lent->organs[i], r->a, &near, err))
            return false;
        for (size_t k = 0; k < near.n; k++)
            if (!is_among(&all, near.v[k].id))
                *PUSH(r->a, &all) = near.v[k];
    }
    return people_choose(r, f, "substitute", &all, away);
}

static bool stand_form(Request *r, PersonId away, PeopleForm *p, Err *err)
{
    Lent lent = {0};
    form_new(r, stand_defs, sizeof stand_defs / sizeof *stand_defs, &p->form);
    if (!lent_load(r, away, &p->form, &lent, err) || !near_load(r, away, &lent, &p->form, err))
        return false;
    if (lent.n == 1)
        form_set(&p->form, "organ", str_fmt(r->a, "%lld", (long long)lent.organs[0].n));
    form_set_date(&p->form, "from", app_of(r)->today);
    uint32_t usual = roles_lent_by_default(lent.roles);
    FieldView *roles = form_field(&p->form, "roles");
    for (size_t i = 0; i < roles->choices.n; i++) {
        Role role;
        if (role_named(roles->choices.v[i].value, &role))
            roles->choices.v[i].chosen = usual >> role & 1;
    }
    p->closed = !lent.n;
    if (p->closed)
        *PUSH(r->a, &p->warnings) = S("在这里没有岗位，没有可以请人代行的。");
    return true;
}

// Sets it, or shows the form again.
typedef bool SetIt(App *app, Substitution *s, Arena *a, Err *err);

static bool stand_send(Request *r, Response *w, PeopleForm *p, PersonId away, SetIt *set, Str then,
                       Err *err)
{
    if (!form_take(r, &p->form))
        return people_form_show(r, w, p, err);
    Substitution s = {.away = away,
                      .substitute = {form_int(&p->form, "substitute")},
                      .organ = {form_int(&p->form, "organ")},
                      .roles = people_roles_chosen(&p->form),
                      .from = form_date(&p->form, "from"),
                      .to = form_date(&p->form, "to"),
                      .why = form_text(&p->form, "why")};
    if (!set(app_of(r), &s, r->a, err))
        return people_form_failed(r, w, p, err);
    return desk_done(r, w, then, "substitute-set");
}

static int64_t substitution_sent(const Request *r)
{
    int64_t id = 0;
    str_to_int(request_form(r, "substitution"), &id);
    return id;
}

static bool person_stand_form(Request *r, const Person *person, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("设置代行："), person->name),
                      .lead = S("不在岗期间由同事代行。到期自动结束，也可以提前结束。"),
                      .action = person_path(r->a, person->id, "/substitution"),
                      .button = S("设置代行"),
                      .back = person_path(r->a, person->id, "")};
    return stand_form(r, person->id, p, err);
}

bool page_person_stand_in(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && person_stand_form(r, &person, &p, err) &&
           people_form_show(r, w, &p, err);
}

bool page_person_stand_in_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && person_stand_form(r, &person, &p, err) &&
           stand_send(r, w, &p, person.id, app_substitution_set, person_path(r->a, person.id, ""),
                      err);
}

bool page_person_stand_in_end(Request *r, Response *w, Err *err)
{
    return app_substitution_end(app_of(r), substitution_sent(r), r->a, err) &&
           desk_done(r, w, person_path(r->a, person_param(r), ""), "substitute-ended");
}

static const Str my_path = SI("/desk/substitution");

static bool my_form(Request *r, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.nav = DESK_STAND_IN,
                      .title = S("我的代行"),
                      .lead = S("不在岗期间请同事代行，或者查看自己代谁。到期自动结束。"),
                      .action = my_path,
                      .button = S("设置代行")};
    return stands_load(r, r->viewer->person, false, S("/desk/substitution/end"), &p->stands, err) &&
           stand_form(r, r->viewer->person, p, err);
}

bool page_my_stand_in(Request *r, Response *w, Err *err)
{
    PeopleForm p;
    return my_form(r, &p, err) && people_form_show(r, w, &p, err);
}

bool page_my_stand_in_send(Request *r, Response *w, Err *err)
{
    PeopleForm p;
    return my_form(r, &p, err) &&
           stand_send(r, w, &p, r->viewer->person, app_substitution_set_own, my_path, err);
}

bool page_my_stand_in_end(Request *r, Response *w, Err *err)
{
    return app_substitution_end_own(app_of(r), substitution_sent(r), r->a, err) &&
           desk_done(r, w, my_path, "substitute-ended");
}

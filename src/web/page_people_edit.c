// Opening, changing and closing accounts, giving and taking posts: the forms of page_people.h.
#include "app/config.h"
#include "views.h"
#include "web/page_common.h"
#include "web/page_people_form.h"

// The page with the form, as it stands; after a mistake with the status of one.
bool people_form_show(Request *r, Response *w, PeopleForm *p, Err *err)
{
    Desk desk = {0};
    if (!desk_begin(r, p->title, p->nav ? p->nav : DESK_PEOPLE, &desk, err))
        return false;
    p->desk = desk;
    if (!p->nav) {
        desk_crumb(r, &p->desk, S("/desk/people"), S("人员与岗位"));
        desk_crumb(r, &p->desk, S(""), p->title);
    }
    w->status = form_is_wrong(&p->form) ? 422 : 200;
    view_people_form(&w->out, p);
    return true;
}

// What the rule said, above the form; what is no matter of the form (missing, repeated, disk) goes
// on to the error page.
bool people_form_failed(Request *r, Response *w, PeopleForm *p, Err *err)
{
    static const bool shown[ERR__COUNT] = {
        [ERR_INPUT] = true, [ERR_RULE] = true, [ERR_BUSY] = true, [ERR_LIMIT] = true};
    if (!shown[err->kind])
        return false;
    form_fail(&p->form, err);
    return people_form_show(r, w, p, err);
}

bool people_secret_show(Request *r, Response *w, Str title, PersonId id, const FirstPassword *first,
                        Err *err)
{
    SecretPage p = {.title = title,
                    .password = first->text,
                    .until = day_of(first->until),
                    .back = person_path(r->a, id, "")};
    Person person;
    if (!store_person_any(app_of(r)->db, app_of(r)->site, id, r->a, &person, err) ||
        !desk_begin(r, title, DESK_PEOPLE, &p.desk, err))
        return false;
    p.login = person.login;
    view_people_secret(&w->out, &p);
    return true;
}

bool people_choose(Request *r, Form *f, const char *name, const People *people, PersonId but)
{
    for (size_t i = 0; i < people->n; i++) {
        const Person *p = &people->v[i];
        if (p->id.n != but.n)
            form_choice(
                f, name, str_fmt(r->a, "%lld", (long long)p->id.n),
                str_fmt(r->a, PRI_STR "（" PRI_STR "）", STR_ARG(p->name), STR_ARG(p->organ_name)),
                S(""));
    }
    return true;
}

bool people_organs(Request *r, Form *f, OrganId chosen, Err *err)
{
    OrganLines organs = {0};
    OrganFilter filter = {0};
    int64_t total;
    if (!store_organ_find(app_of(r)->db, &app_of(r)->scope, &filter, r->a, &organs, &total, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        form_choice(f, "organ", str_fmt(r->a, "%lld", (long long)organs.v[i].id.n),
                    organs.v[i].name, S(""));
    if (chosen.n)
        form_set(f, "organ", str_fmt(r->a, "%lld", (long long)chosen.n));
    return true;
}

static void role_choices(Form *f, const char *name)
{
    for (int r = 0; r < ROLE__COUNT; r++)
        form_choice(f, name, role_defs[r].id, role_defs[r].name, role_defs[r].about);
}

uint32_t people_roles_chosen(const Form *f)
{
    uint32_t roles = 0;
    for (int r = 0; r < ROLE__COUNT; r++)
        roles |= form_chosen(f, "roles", role_defs[r].id) ? 1u << r : 0;
    return roles;
}

// --- facts

// clang-format off
static const FieldDef fact_defs[] = {
    { "login",     "登录名",   "字母、数字和 . _ - @；不分大小写", FIELD_TEXT,   .required = true, .max = 40 },
    { "name",      "姓名",     "",                                 FIELD_TEXT,   .required = true, .max = 40 },
    { "organ",     "所属机关", "账号由这个机关的管理员管理",       FIELD_SELECT, .required = true },
    { "phone",     "电话",     "",                                 FIELD_TEL,    .max = 30 },
    { "email",     "电子邮箱", "通知发到这里",                     FIELD_EMAIL,  .max = 200 },
    { "roles",     "在所属机关的岗位", "也可以以后再授予",         FIELD_CHECKS, .max = 0 },
    { "elsewhere", "只用统一身份认证登录，不设密码", "",           FIELD_YES, .max = 0 },
};
// clang-format on
enum { EDIT_FIELDS = 5, NEW_FIELDS = sizeof fact_defs / sizeof *fact_defs };

// Each field by the rules of its own, so that each gets its message.
static bool facts_read(Form *f, Person *out)
{
    for (int i = 0; i < PF__COUNT; i++) {
        Err err = {0};
        const char *name = str_to_z(f->a, person_fields[i].id);
        Str *at = person_field(out, (PersonField)i);
        if (!person_field_read((PersonField)i, form_text(f, name), f->a, at, &err))
            form_wrong(f, name, str_dup(f->a, str_z(err.zh)));
    }
    out->organ.n = form_int(f, "organ");
    return !form_is_wrong(f);
}

static void facts_set(Form *f, const Person *p)
{
    Person all = *p;
    for (int i = 0; i < PF__COUNT; i++)
        form_set(f, str_to_z(f->a, person_fields[i].id), *person_field(&all, (PersonField)i));
    f->version = p->version;
}

static bool new_form(Request *r, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.title = S("开设账号"),
                      .lead = S("开设以后会显示一个首次密码，只显示一次。"),
                      .action = S("/desk/people/new"),
                      .button = S("开设账号"),
                      .back = S("/desk/people")};
    form_new(r, fact_defs, NEW_FIELDS, &p->form);
    role_choices(&p->form, "roles");
    return people_organs(r, &p->form, r->viewer->organ, err);
}

bool page_person_new(Request *r, Response *w, Err *err)
{
    PeopleForm p;
    return new_form(r, &p, err) && people_form_show(r, w, &p, err);
}

bool page_person_new_send(Request *r, Response *w, Err *err)
{
    PeopleForm p;
    PersonNew form = {0};
    PersonId id;
    FirstPassword first;
    if (!new_form(r, &p, err))
        return false;
    bool ok = form_take(r, &p.form);
    if (!facts_read(&p.form, &form.person) || !ok)
        return people_form_show(r, w, &p, err);
    form.roles = people_roles_chosen(&p.form);
    form.elsewhere = form_yes(&p.form, "elsewhere");
    if (!app_person_add(app_of(r), &form, r->a, &id, &first, err))
        return people_form_failed(r, w, &p, err);
    if (!first.text.n)
        return desk_done(r, w, person_path(r->a, id, ""), "person-added");
    return people_secret_show(r, w, S("账号已开设"), id, &first, err);
}

static bool load(Request *r, Person *out, Err *err)
{
    return store_person_get(app_of(r)->db, &app_of(r)->scope, person_param(r), r->a, out, err);
}

static bool edit_form(Request *r, const Person *person, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("修改："), person->name),
                      .action = person_path(r->a, person->id, "/edit"),
                      .button = S("保存"),
                      .back = person_path(r->a, person->id, "")};
    form_new(r, fact_defs, EDIT_FIELDS, &p->form);
    facts_set(&p->form, person);
    return people_organs(r, &p->form, person->organ, err);
}

bool page_person_edit(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && edit_form(r, &person, &p, err) &&
           people_form_show(r, w, &p, err);
}

// Somebody else saved first: what stands there now is said beside what was typed, and saving again
// goes over it.
static void tell_changes(Request *r, PeopleForm *p, const Person *now, const Person *typed)
{
    Person theirs = *now, mine = *typed;
    for (int i = 0; i < PF__COUNT; i++) {
        Str is = *person_field(&theirs, (PersonField)i), was = *person_field(&mine, (PersonField)i);
        if (!str_eq(is, was))
            *PUSH(r->a, &p->warnings) = str_fmt(r->a, "别人刚刚保存的" PRI_STR "是“" PRI_STR "”",
                                                STR_ARG(person_fields[i].name), STR_ARG(is));
    }
    p->form.version = now->version;
}

bool page_person_edit_send(Request *r, Response *w, Err *err)
{
    PeopleForm p;
    Person now, form;
    if (!load(r, &now, err) || !edit_form(r, &now, &p, err))
        return false;
    form = now;
    bool ok = form_take(r, &p.form);
    if (!facts_read(&p.form, &form) || !ok)
        return people_form_show(r, w, &p, err);
    form.version = request_version(r);
    if (app_person_edit(app_of(r), &form, r->a, err))
        return desk_done(r, w, person_path(r->a, now.id, ""), "saved");
    if (err->kind == ERR_BUSY) {
        Err unread; // the changes are told beside the error, which stays
        (void)form_meanwhile(r, &p.form, S("person"), now.id.n, &unread);
        tell_changes(r, &p, &now, &form);
    }
    return people_form_failed(r, w, &p, err);
}

// --- posts

// clang-format off
static const FieldDef post_defs[] = {
    { "role",  "岗位",           "",                               FIELD_RADIO,  .required = true },
    { "organ", "机关",           "权限从这个机关算起",             FIELD_SELECT, .required = true },
    { "from",  "开始日期",       "不填就是今天",                   FIELD_DATE, .max = 0 },
    { "to",    "结束日期（含）", "不填就一直有效，直到免去",       FIELD_DATE, .max = 0 },
    { "sure",  "我已知道以上提示，仍然授予", "",                   FIELD_YES, .max = 0 },
};
// clang-format on
enum { POST_FIELDS = 4, POST_FIELDS_SURE = 5 };

static bool post_form(Request *r, const Person *person, size_t n, PeopleForm *p, Err *err)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("授予岗位："), person->name),
                      .action = person_path(r->a, person->id, "/posts"),
                      .button = S("授予"),
                      .back = person_path(r->a, person->id, "")};
    form_new(r, post_defs, n, &p->form);
    role_choices(&p->form, "role");
    return people_organs(r, &p->form, person->organ, err);
}

bool page_person_post(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && post_form(r, &person, POST_FIELDS, &p, err) &&
           people_form_show(r, w, &p, err);
}

// What does not go well together is told once, and given when it is asked for again.
static bool post_warn(Request *r, const PostForm *form, PeopleForm *p, bool *warned, Err *err)
{
    App *app = app_of(r);
    Posts held = {0};
    if (!store_post_held(app->db, app->site, form->person, app->today, r->a, &held, err))
        return false;
    const RoleConflict *row = role_conflict(&held, form->role, form->organ, false);
    *warned = row && !form_yes(&p->form, "sure");
    if (*warned)
        *PUSH(r->a, &p->warnings) = str_fmt(r->a, "已经是" PRI_STR "：" PRI_STR,
                                            STR_ARG(role_defs[row->one].name), STR_ARG(row->why));
    if (*warned && row->one == form->role)
        p->warnings.v[p->warnings.n - 1] =
            str_fmt(r->a, "已经是" PRI_STR "：" PRI_STR, STR_ARG(role_defs[row->other].name),
                    STR_ARG(row->why));
    return true;
}

bool page_person_post_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    bool warned = false;
    if (!load(r, &person, err) || !post_form(r, &person, POST_FIELDS_SURE, &p, err))
        return false;
    bool ok = form_take(r, &p.form);
    Date to = form_date(&p.form, "to");
    PostForm form = {.person = person.id,
                     .organ = {form_int(&p.form, "organ")},
                     .from = form_date(&p.form, "from"),
                     .until = date_is(to) ? (Date){to.days + 1} : date_none};
    ok = ok && role_named(form_text(&p.form, "role"), &form.role);
    if (ok && !post_warn(r, &form, &p, &warned, err))
        return false;
    if (!ok || !warned)
        p.form.n = POST_FIELDS;
    if (!ok || warned) {
        if (warned && ok)
            form_wrong(&p.form, "sure", S("请看过提示再确认"));
        return people_form_show(r, w, &p, err);
    }
    if (!app_post_give(app_of(r), &form, r->a, err))
        return people_form_failed(r, w, &p, err);
    return desk_done(r, w, person_path(r->a, person.id, ""), "post-given");
}

bool page_person_post_take(Request *r, Response *w, Err *err)
{
    int64_t post = 0;
    str_to_int(request_form(r, "post"), &post);
    return app_post_take(app_of(r), post, r->a, err) &&
           desk_done(r, w, person_path(r->a, person_param(r), ""), "post-taken");
}

// --- passwords

// clang-format off
static const FieldDef reset_defs[] = {
    { "second", "同时清除动态口令", "本人丢了手机时用；下次登录时重新设置", FIELD_YES, .max = 0 },
};
// clang-format on

static bool reset_form(Request *r, const Person *person, PeopleForm *p)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("重设密码："), person->name),
                      .lead =
                          S("现在的密码和登录立即失效，会显示一个首次密码。请先核实是本人要求的。"),
                      .action = person_path(r->a, person->id, "/reset"),
                      .button = S("重设密码"),
                      .back = person_path(r->a, person->id, ""),
                      .danger = true};
    form_new(r, reset_defs, 1, &p->form);
    return true;
}

bool page_person_reset(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && reset_form(r, &person, &p) && people_form_show(r, w, &p, err);
}

bool page_person_reset_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    FirstPassword first;
    if (!load(r, &person, err) || !reset_form(r, &person, &p))
        return false;
    form_take(r, &p.form);
    if (!app_person_reset(app_of(r), person.id, form_yes(&p.form, "second"), r->a, &first, err))
        return people_form_failed(r, w, &p, err);
    return people_secret_show(r, w, S("密码已重设"), person.id, &first, err);
}

// --- accounts elsewhere

// clang-format off
static const FieldDef link_defs[] = {
    { "kind",    "在哪里的账号", NULL, FIELD_RADIO, .required = true },
    { "subject", "身份标识", "统一身份认证给的sub，或者单位目录里的用户名；照原样填写，不是姓名", FIELD_TEXT, .required = true },
};
// clang-format on

// The identities that are configured, as choices. ERR_MISSING where none is.
static bool link_form(Request *r, const Person *person, PeopleForm *p, Err *err)
{
    const Config *c = app_of(r)->config;
    *p = (PeopleForm){.title = str_cat(r->a, S("关联登录身份："), person->name),
                      .lead = S("以后可以用那里的账号登录这个账号。请先核实是同一个人。"),
                      .action = person_path(r->a, person->id, "/link"),
                      .button = S("关联"),
                      .back = person_path(r->a, person->id, "")};
    form_new(r, link_defs, 2, &p->form);
    if (c && oidc_configured(&c->oidc))
        form_choice(&p->form, "kind", identity_ids[IDENTITY_OIDC], c->oidc.label, S(""));
    if (c && ldap_configured(&c->ldap))
        form_choice(&p->form, "kind", identity_ids[IDENTITY_LDAP], S("单位目录"), S(""));
    return form_field(&p->form, "kind")->choices.n ||
           fail(err, ERR_MISSING, NULL, "没有配置统一身份认证或者单位目录",
                "neither a provider nor a directory is configured");
}

bool page_person_link(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && link_form(r, &person, &p, err) &&
           people_form_show(r, w, &p, err);
}

bool page_person_link_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    if (!load(r, &person, err) || !link_form(r, &person, &p, err))
        return false;
    if (!form_take(r, &p.form))
        return people_form_show(r, w, &p, err);
    const Config *c = app_of(r)->config;
    bool ldap = form_chosen(&p.form, "kind", identity_ids[IDENTITY_LDAP]);
    Identity identity = {ldap ? IDENTITY_LDAP : IDENTITY_OIDC, ldap ? c->ldap.base : c->oidc.issuer,
                         form_text(&p.form, "subject")};
    if (!app_person_link(app_of(r), person.id, &identity, r->a, err))
        return people_form_failed(r, w, &p, err);
    return desk_done(r, w, person_path(r->a, person.id, ""), "linked");
}

static bool reopen_form(Request *r, const Person *person, PeopleForm *p)
{
    *p = (PeopleForm){.title = str_cat(r->a, S("重新启用："), person->name),
                      .lead = S("账号重新启用以后没有岗位，需要另行授予；会显示一个首次密码。"),
                      .action = person_path(r->a, person->id, "/reopen"),
                      .button = S("重新启用"),
                      .back = person_path(r->a, person->id, "")};
    form_new(r, reset_defs, 0, &p->form);
    p->form.version = person->version;
    return true;
}

bool page_person_reopen(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    return load(r, &person, err) && reopen_form(r, &person, &p) && people_form_show(r, w, &p, err);
}

bool page_person_reopen_send(Request *r, Response *w, Err *err)
{
    Person person;
    PeopleForm p;
    FirstPassword first;
    if (!load(r, &person, err) || !reopen_form(r, &person, &p))
        return false;
    if (!app_person_reopen(app_of(r), person.id, request_version(r), r->a, &first, err))
        return people_form_failed(r, w, &p, err);
    return people_secret_show(r, w, S("账号已重新启用"), person.id, &first, err);
}

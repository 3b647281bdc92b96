#include "app/person.h"

#include "app/desk.h"
#include "app/handover.h"
#include "app/person_note.h"
#include "app/person_open.h"
#include "app/session.h"
#include "domain/password.h"
#include "store/second.h"

static Giver giver_of(const App *app)
{
    return (Giver){app->actor.person, app->scope.reach};
}

// --- what is noted

static Str facts_note(const Person *p, const Person *but, Arena *a)
{
    NoteOut n = note_new(a);
    Person now = *p, was = but ? *but : (Person){0};
    for (int f = 0; f < PF__COUNT; f++) {
        Str value = *person_field(&now, (PersonField)f);
        Str other = *person_field(&was, (PersonField)f);
        if (!but)
            note_str(&n, person_fields[f].id, value);
        else if (!str_eq(value, other))
            json_key(&n.out, person_fields[f].id), json_str(&n.out, value);
    }
    if (!but || !str_eq(p->organ_name, but->organ_name))
        note_str(&n, S("organ"), p->organ_name);
    return note_done(&n);
}

static bool note_person(Act *act, ActKind kind, const Person *p, Str was, Str became, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("person"),
                               .noun_id = p->id.n,
                               .version = p->version,
                               .organ = p->organ,
                               .was = was,
                               .became = became},
                    err);
}

// --- first passwords

Str password_made(Arena *a)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; // without l i o 0 1
    enum { N = sizeof letters - 1, LENGTH = 19 };
    char *s = NEW(a, char, LENGTH);
    for (int i = 0; i < LENGTH;) {
        unsigned char byte;
        crypt_random(&byte, 1);
        if (i % 5 == 4)
            s[i++] = '-';
        else if (byte < 256 / N * N) // so that each letter is as likely
            s[i++] = letters[byte % N];
    }
    return (Str){s, LENGTH};
}

bool person_first_password(App *app, Str typed, Arena *a, FirstPassword *first, PersonSecret *out,
                           Err *err)
{
    const SessionConfig *c = session_config(app);
    FirstPassword made = {typed, 0};
    if (!typed.n)
        made = (FirstPassword){password_made(a), app->now + c->first_password_s};
    PersonSecret secret = {.set_at = app->now, .until = made.until, .must_change = !typed.n};
    if (!crypt_password_hash(made.text, session_password_cost(c), a, &secret.password, err))
        return false;
    *first = typed.n ? (FirstPassword){0} : made;
    *out = secret;
    return true;
}

// --- posts

// Whether the post may be given, and what it is.
static bool give_load(App *app, const Person *to, const PostForm *form, Arena *a, PostRow *out,
                      const RoleConflict **despite, Err *err)
{
    OrganPower power = {0};
    Posts held = {0};
    if (!store_organ_power(app->db, &app->scope, form->organ, a, &power, err) ||
        !store_post_held(app->db, app->site, to->id, app->today, a, &held, err))
        return false;
    if (!power.active)
        return fail(err, ERR_RULE, NULL, PRI_STR "已经撤销，不能再设岗位",
                    PRI_STR " has ended; it takes no more posts", STR_ARG(power.name));
    Giver giver = giver_of(app);
    PostGift gift = {.role = form->role,
                     .organ = form->organ,
                     .from = date_is(form->from) ? form->from : app->today,
                     .until = form->until,
                     .within = power.within,
                     .at_top = power.at_top,
                     .held = &held};
    if (!post_give_decide(&giver, to, &gift, app->today, err))
        return false;
    *despite = role_conflict(&held, form->role, form->organ, false);
    *out = (PostRow){.person = to->id,
                     .organ = form->organ,
                     .organ_name = power.name,
                     .role = form->role,
                     .from = gift.from,
                     .until = gift.until};
    return true;
}

// `despite`: what was told before it was given, or NULL.
static Str post_note(const PostRow *post, const RoleConflict *despite, Arena *a)
{
    NoteOut n = note_new(a);
    note_str(&n, S("role"), role_defs[post->role].name);
    note_str(&n, S("organ"), post->organ_name);
    note_date(&n, S("from"), post->from, a);
    note_date(&n, S("until"), post->until, a);
    note_str(&n, S("despite"), despite ? despite->why : S(""));
    return note_done(&n);
}

static bool note_post(Act *act, ActKind kind, const PostRow *post, Str was, Str became, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("person"),
                               .noun_id = post->person.n,
                               .organ = post->organ,
                               .was = was,
                               .became = became},
                    err);
}

static bool tell_post(App *app, const PostRow *post, const char *what, Arena *a, Err *err)
{
    Str words = str_fmt(a, "%s" PRI_STR "（" PRI_STR "）", what,
                        STR_ARG(role_defs[post->role].name), STR_ARG(post->organ_name));
    return app_notify(app, post->person, NOTICE_POST, words,
                      str_fmt(a, "/desk/people/%lld", (long long)post->person.n), err);
}

static bool give(Act *act, const Person *to, const PostForm *form, Arena *a, Err *err)
{
    App *app = act->app;
    PostRow post;
    const RoleConflict *despite = NULL;
    return give_load(app, to, form, a, &post, &despite, err) &&
           store_post_add(app->db, app->site, &post, app->actor.person, err) &&
           note_post(act, ACT_POST_GIVE, &post, S(""), post_note(&post, despite, a), err) &&
           tell_post(app, &post, "授予您岗位：", a, err);
}

bool app_post_give(App *app, const PostForm *form, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person to;
    return act_begin(app, &act, err) &&
           store_person_get(app->db, &app->scope, form->person, a, &to, err) &&
           give(&act, &to, form, a, err) && act_commit(&act, err);
}

// Taking somebody's power over the site is for those who could have given it.
static bool take_decide(App *app, const Person *who, const PostRow *post, Arena *a, Err *err)
{
    OrganPower power = {0};
    PersonFacts facts = {0};
    if (!store_organ_power(app->db, &app->scope, post->organ, a, &power, err) ||
        !store_person_facts(app->db, &app->scope, who->id, app->today, &facts, err))
        return false;
    Giver giver = giver_of(app);
    return post_take_decide(&giver, power.within, power.at_top, err) &&
           admin_leave_decide(who, facts.is_admin && power.at_top && post->role == ROLE_ADMIN,
                              facts.other_admins, err);
}

bool app_post_take(App *app, int64_t id, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    PostRow post;
    Person who;
    if (!act_begin(app, &act, err) || !store_post_get(app->db, &app->scope, id, a, &post, err) ||
        !store_person_any(app->db, app->site, post.person, a, &who, err) ||
        !take_decide(app, &who, &post, a, err) ||
        !store_post_end(app->db, &app->scope, id, app->today, err))
        return false;
    return note_post(&act, ACT_POST_TAKE, &post, post_note(&post, NULL, a), S(""), err) &&
           tell_post(app, &post, "免去您的岗位：", a, err) && act_commit(&act, err);
}

// --- opening and changing

static bool give_roles(Act *act, const Person *to, uint32_t roles, Arena *a, Err *err)
{
    for (int r = 0; r < ROLE__COUNT; r++) {
        PostForm form = {to->id, to->organ, (Role)r, date_none, date_none};
        if (roles >> r & 1 && !give(act, to, &form, a, err))
            return false;
    }
    return true;
}

// The organ somebody belongs to: in scope, and not ended.
static bool home_load(App *app, Person *p, Arena *a, Err *err)
{
    OrganPower power = {0};
    if (!p->organ.n)
        return fail(err, ERR_INPUT, NULL, "请选择所属机关", "say which organ they belong to");
    if (!store_organ_power(app->db, &app->scope, p->organ, a, &power, err))
        return false;
    if (!power.active)
        return fail(err, ERR_RULE, NULL, PRI_STR "已经撤销，请选择它的承继机关",
                    PRI_STR " has ended; choose the organ that took over", STR_ARG(power.name));
    p->organ_name = power.name;
    return true;
}

bool person_open(Act *act, const PersonNew *form, const PersonSecret *secret, Arena *a,
                 PersonId *out, Err *err)
{
    App *app = act->app;
    Person p = form->person;
    p.opened_at = app->now;
    if (!person_fields_read(&p, a, err) || !home_load(app, &p, a, err) ||
        !store_person_add(app->db, app->site, &p, err) ||
        !store_person_secret_save(app->db, app->site, p.id, secret, err) ||
        !note_person(act, ACT_PERSON_ADD, &p, S(""), facts_note(&p, NULL, a), err) ||
        !give_roles(act, &p, form->roles, a, err))
        return false;
    *out = p.id;
    return true;
}

bool app_person_add(App *app, const PersonNew *form, Arena *a, PersonId *out, FirstPassword *first,
                    Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person checked = form->person;
    PersonSecret secret = {0};
    FirstPassword made = {0};
    PersonId id;
    if (!person_fields_read(&checked, a, err) ||
        (!form->elsewhere && !person_first_password(app, S(""), a, &made, &secret, err)) ||
        !act_begin(app, &act, err) || !person_open(&act, form, &secret, a, &id, err) ||
        !act_commit(&act, err))
        return false;
    *out = id;
    *first = made;
    return true;
}

// The person in scope with what decisions about them depend on.
static bool load(App *app, PersonId id, Arena *a, Person *p, PersonFacts *facts, Err *err)
{
    HandoverItems open = {0};
    Scope site = scope_site(app->site);
    if (!store_person_get(app->db, &app->scope, id, a, p, err) ||
        !store_person_facts(app->db, &app->scope, id, app->today, facts, err) ||
        !handover_open(app->db, &site, id, a, &open, err))
        return false;
    facts->n_open = (int64_t)open.n;
    return true;
}

bool app_person_edit(App *app, const Person *form, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person was, next;
    PersonFacts facts = {0};
    Giver giver = giver_of(app);
    if (!act_begin(app, &act, err) || !load(app, form->id, a, &was, &facts, err) ||
        !person_change_decide(&giver, &was, &facts, err))
        return false;
    next = was;
    next.version = form->version;
    next.organ = form->organ;
    for (int f = 0; f < PF__COUNT; f++) {
        Person typed = *form;
        *person_field(&next, (PersonField)f) = *person_field(&typed, (PersonField)f);
    }
    if (!person_fields_read(&next, a, err) ||
        (next.organ.n != was.organ.n && !home_load(app, &next, a, err)) ||
        !store_person_save(app->db, &app->scope, &next, err))
        return false;
    return note_person(&act, ACT_PERSON_EDIT, &next, facts_note(&was, &next, a),
                       facts_note(&next, &was, a), err) &&
           act_commit(&act, err);
}

// --- closing

static bool successor_load(App *app, PersonId id, Arena *a, Person *out, const Person **given,
                           Err *err)
{
    *given = id.n ? out : NULL;
    return !id.n || store_person_get(app->db, &app->scope, id, a, out, err);
}

static bool powers_end(App *app, PersonId id, Err *err)
{
    return store_post_end_all(app->db, app->site, id, app->today, err) &&
           store_substitution_end_all(app->db, app->site, id, app->today, err) &&
           session_end_person(app, id, END_CLOSED, err);
}

bool app_person_close(App *app, const PersonClose *form, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person p, next;
    const Person *successor;
    PersonFacts facts = {0};
    Handover h = {0};
    Giver giver = giver_of(app);
    if (!act_begin(app, &act, err) || !load(app, form->id, a, &p, &facts, err) ||
        !successor_load(app, form->successor, a, &next, &successor, err) ||
        !person_close_decide(&giver, &p, &facts, successor, err))
        return false;
    p.version = form->version;
    p.closed = true;
    p.closed_at = app->now;
    p.closed_why = form->why;
    NoteOut became = note_new(a);
    note_str(&became, S("status"), S("已停用"));
    note_str(&became, S("why"), form->why);
    note_str(&became, S("successor"), successor ? successor->name : S(""));
    return store_person_save(app->db, &app->scope, &p, err) && powers_end(app, p.id, err) &&
           note_person(&act, ACT_PERSON_CLOSE, &p, S(""), note_done(&became), err) &&
           (!successor || handover_run(&act, &p, successor, form->why, a, &h, err)) &&
           act_commit(&act, err);
}

bool app_person_reopen(App *app, PersonId id, int64_t version, Arena *a, FirstPassword *first,
                       Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person p;
    PersonFacts facts = {0};
    PersonSecret secret;
    FirstPassword made;
    Giver giver = giver_of(app);
    if (!person_first_password(app, S(""), a, &made, &secret, err) || !act_begin(app, &act, err) ||
        !load(app, id, a, &p, &facts, err) || !person_reopen_decide(&giver, &p, err) ||
        !person_change_decide(&giver, &p, &facts, err))
        return false;
    Str why = p.closed_why;
    p.version = version;
    p.closed = false;
    p.closed_at = 0;
    p.closed_why = S("");
    NoteOut was = note_new(a);
    note_str(&was, S("status"), S("已停用"));
    note_str(&was, S("why"), why);
    if (!store_person_save(app->db, &app->scope, &p, err) ||
        !store_person_secret_save(app->db, app->site, id, &secret, err) ||
        !store_second_drop(app->db, app->site, id, err) ||
        !note_person(&act, ACT_PERSON_REOPEN, &p, note_done(&was), S(""), err) ||
        !act_commit(&act, err))
        return false;
    *first = made;
    return true;
}

bool app_person_reset(App *app, PersonId id, bool second, Arena *a, FirstPassword *first, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person p;
    PersonFacts facts = {0};
    PersonSecret secret;
    FirstPassword made;
    Giver giver = giver_of(app);
    if (!person_first_password(app, S(""), a, &made, &secret, err) || !act_begin(app, &act, err) ||
        !load(app, id, a, &p, &facts, err) || !person_reset_decide(&giver, &p, &facts, err))
        return false;
    NoteOut became = note_new(a);
    note_str(&became, S("second"), second ? S("已清除") : S(""));
    if (!store_person_secret_save(app->db, app->site, id, &secret, err) ||
        (second && !store_second_drop(app->db, app->site, id, err)) ||
        !session_end_person(app, id, END_PASSWORD, err) ||
        !note_person(&act, ACT_PERSON_RESET, &p, S(""), note_done(&became), err) ||
        !app_notify(app, id, NOTICE_ACCOUNT,
                    second ? S("管理员重设了您的密码，并清除了动态口令")
                           : S("管理员重设了您的密码"),
                    S("/desk/account"), err) ||
        !act_commit(&act, err))
        return false;
    *first = made;
    return true;
}

bool app_person_link(App *app, PersonId id, const Identity *identity, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person p;
    PersonFacts facts = {0};
    Giver giver = giver_of(app);
    if (!identity->subject.n)
        return fail(err, ERR_INPUT, NULL, "请填写对方的身份标识", "the subject is missing");
    NoteOut became = note_new(a);
    note_str(&became, S("kind"), identity_ids[identity->kind]);
    note_str(&became, S("issuer"), identity->issuer);
    note_str(&became, S("subject"), identity->subject);
    return act_begin(app, &act, err) && load(app, id, a, &p, &facts, err) &&
           person_reset_decide(&giver, &p, &facts, err) &&
           store_person_link(app->db, app->site, id, identity, app->now, err) &&
           note_person(&act, ACT_IDENTITY_LINK, &p, S(""), note_done(&became), err) &&
           app_notify(app, id, NOTICE_ACCOUNT, S("管理员把别处的身份关联到您的账号，可以用它登录"),
                      S("/desk/account"), err) &&
           act_commit(&act, err);
}

// --- the first administrator

// Who runs the site, is named here where nobody has yet: without that no power reaches all of it.
static bool top_name(App *app, OrganId asked, OrganId *top, Err *err)
{
    int64_t n = 1;
    OrganId organ = asked;
    if (!asked.n && !store_site_root(app->db, app->site, &organ, &n, err))
        return false;
    if (n != 1)
        return fail(err, ERR_RULE, NULL, "本站有%lld个最上级机关，请指明由哪一个管理本站",
                    "the site has %lld organs at the top; say with --organ which one runs it",
                    (long long)n);
    *top = organ;
    return store_site_top_set(app->db, app->site, organ, err);
}

static bool first_organ(App *app, OrganId asked, OrganId *out, Err *err)
{
    OrganId top = {0};
    if (!store_site_top(app->db, app->site, &top, err) ||
        (!top.n && !top_name(app, asked, &top, err)))
        return false;
    *out = top;
    return !asked.n || asked.n == top.n ||
           fail(err, ERR_RULE, NULL, "首个管理员要属于管理本站的机关",
                "the first administrator belongs to the organ that runs the site");
}

bool app_first_admin(App *app, const Person *person, Str typed, Arena *a, PersonId *out,
                     FirstPassword *first, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person p = *person;
    PersonSecret secret;
    FirstPassword made;
    int64_t admins = 0;
    p.opened_at = app->now;
    if (!person_fields_read(&p, a, err) ||
        (typed.n &&
         !password_decide(typed, &(PasswordOwner){.login = p.login, .name = p.name}, a, err)) ||
        !person_first_password(app, typed, a, &made, &secret, err) || !act_begin(app, &act, err) ||
        !store_admin_count(app->db, app->site, app->today, &admins, err))
        return false;
    if (admins)
        return fail(err, ERR_RULE, NULL, "本站已有管理员",
                    "the site has an administrator already; they can open accounts");
    if (!first_organ(app, p.organ, &p.organ, err) || !home_load(app, &p, a, err) ||
        !store_person_add(app->db, app->site, &p, err) ||
        !store_person_secret_save(app->db, app->site, p.id, &secret, err) ||
        !note_person(&act, ACT_PERSON_ADD, &p, S(""), facts_note(&p, NULL, a), err) ||
        !give_roles(&act, &p, 1u << ROLE_ADMIN, a, err) || !act_commit(&act, err))
        return false;
    *out = p.id;
    *first = made;
    return true;
}

// Standing in (app/person.h).
#include "app/desk.h"
#include "app/person.h"
#include "app/person_note.h"

// In their own name.
static uint32_t held_at(const Posts *held, OrganId organ)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < held->n; i++)
        if (held->v[i].organ.n == organ.n && !held->v[i].instead_of.n)
            roles |= 1u << held->v[i].role;
    return roles;
}

// Of the one who is away, at that organ alone: elsewhere another may stand in.
static Substitutions at_organ(const Substitutions *all, PersonId away, OrganId organ, Arena *a)
{
    Substitutions some = {0};
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].away.n == away.n && all->v[i].organ.n == organ.n)
            *PUSH(a, &some) = all->v[i];
    return some;
}

static bool works_near(const People *near, PersonId id)
{
    for (size_t i = 0; i < near->n; i++)
        if (near->v[i].id.n == id.n)
            return true;
    return false;
}

static bool set_decide(App *app, const Substitution *s, const Person *away,
                       const Person *substitute, Arena *a, Err *err)
{
    Posts held = {0}, theirs = {0};
    OrganPower power = {0};
    Substitutions all = {0};
    People near = {0};
    Scope site = scope_site(app->site);
    if (!store_organ_power(app->db, &app->scope, s->organ, a, &power, err) ||
        !store_post_held(app->db, app->site, s->away, app->today, a, &held, err) ||
        !store_post_held(app->db, app->site, s->substitute, app->today, a, &theirs, err) ||
        !store_person_near(app->db, &app->scope, s->organ, a, &near, err) ||
        !store_substitution_list(app->db, &site, s->away, app->today, false, a, &all, err))
        return false;
    Substitutions other = at_organ(&all, s->away, s->organ, a);
    SubstitutionFacts facts = {.held = held_at(&held, s->organ),
                               .substitutes = &theirs,
                               .other = &other,
                               .within = power.within,
                               .at_top = power.at_top,
                               .near = works_near(&near, s->substitute)};
    Giver giver = {app->actor.person, app->scope.reach};
    return substitution_decide(&giver, away, substitute, s, &facts, app->today, err);
}

static Str note_of(const Substitution *s, Arena *a)
{
    Strs names = {0};
    for (int r = 0; r < ROLE__COUNT; r++)
        if (s->roles >> r & 1)
            *PUSH(a, &names) = role_defs[r].name;
    NoteOut n = note_new(a);
    note_str(&n, S("substitute"), s->substitute_name);
    note_str(&n, S("organ"), s->organ_name);
    note_str(&n, S("role"), str_join(a, names.v, names.n, S("、")));
    note_date(&n, S("from"), s->from, a);
    note_date(&n, S("to"), s->to, a);
    note_str(&n, S("why"), s->why);
    return note_done(&n);
}

static bool note_substitution(Act *act, ActKind kind, const Substitution *s, Str was, Str became,
                              Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("person"),
                               .noun_id = s->away.n,
                               .organ = s->organ,
                               .was = was,
                               .became = became},
                    err);
}

// Both, but whoever set it knows already.
static bool tell(App *app, const Substitution *s, Arena *a, Err *err)
{
    Str days =
        str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(date_zh(a, s->from)), STR_ARG(date_zh(a, s->to)));
    Str to_substitute =
        str_fmt(a, "请您代行" PRI_STR "的岗位，" PRI_STR, STR_ARG(s->away_name), STR_ARG(days));
    Str to_away =
        str_fmt(a, PRI_STR "代行您的岗位，" PRI_STR, STR_ARG(s->substitute_name), STR_ARG(days));
    Str door = S("/desk/substitution");
    return app_notify(app, s->substitute, NOTICE_SUBSTITUTE, to_substitute, door, err) &&
           (s->away.n == app->actor.person.n ||
            app_notify(app, s->away, NOTICE_SUBSTITUTE, to_away, door, err));
}

static bool set(App *app, Substitution *substitution, const Person *away, Act *act, Arena *a,
                Err *err)
{
    Substitution s = *substitution;
    Person substitute;
    s.ended = date_none;
    s.set_at = app->now;
    if (!store_person_any(app->db, app->site, s.substitute, a, &substitute, err) ||
        !set_decide(app, &s, away, &substitute, a, err) ||
        !store_substitution_add(app->db, app->site, &s, app->actor.person, err) ||
        !store_substitution_get(app->db, &app->scope, s.id, a, &s, err) ||
        !note_substitution(act, ACT_SUBSTITUTE_SET, &s, S(""), note_of(&s, a), err) ||
        !tell(app, &s, a, err) || !act_commit(act, err))
        return false;
    *substitution = s;
    return true;
}

bool app_substitution_set(App *app, Substitution *s, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person away;
    return act_begin(app, &act, err) &&
           store_person_get(app->db, &app->scope, s->away, a, &away, err) &&
           set(app, s, &away, &act, a, err);
}

bool app_substitution_set_own(App *app, Substitution *s, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person me;
    Substitution mine = *s;
    mine.away = app->actor.person;
    if (!act_begin(app, &act, err) ||
        !store_person_any(app->db, app->site, mine.away, a, &me, err) ||
        !set(app, &mine, &me, &act, a, err))
        return false;
    *s = mine;
    return true;
}

static bool end(Act *act, const Substitution *s, Arena *a, Err *err)
{
    App *app = act->app;
    return store_substitution_end(app->db, &app->scope, s->id, app->today, err) &&
           note_substitution(act, ACT_SUBSTITUTE_END, s, note_of(s, a), S(""), err) &&
           act_commit(act, err);
}

bool app_substitution_end(App *app, int64_t id, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Substitution s;
    return act_begin(app, &act, err) &&
           store_substitution_get(app->db, &app->scope, id, a, &s, err) && end(&act, &s, a, err);
}

bool app_substitution_end_own(App *app, int64_t id, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Substitution s;
    int64_t me = app->actor.person.n;
    if (!act_begin(app, &act, err) || !store_substitution_get(app->db, &app->scope, id, a, &s, err))
        return false;
    if (s.away.n != me && s.substitute.n != me)
        return fail(err, ERR_MISSING, NULL, "没有这次代行", "no such substitution");
    return end(&act, &s, a, err);
}

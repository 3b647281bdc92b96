#include "app/duty.h"

#include "app/desk.h"
#include "store/organ.h"
#include "store/person.h"

static bool day_ok(const App *app, const InfoRequest *r, Date due, Err *err)
{
    if (!date_is(due))
        return true;
    if (due.days < app->today.days)
        return fail(err, ERR_INPUT, NULL, "内部时限不能早于今天", "the internal day is not past");
    if (date_is(r->due) && due.days >= r->due.days)
        return fail(err, ERR_INPUT, NULL,
                    "内部时限应当早于法定的答复期限，留出审核、签发和发出的时间",
                    "the internal day comes before the legal one");
    return true;
}

static bool section_ok(App *app, const InfoRequest *r, OrganId section, Arena *a, Err *err)
{
    Organ o;
    if (!section.n)
        return true;
    if (!store_organ_get(app->db, &app->scope, section, a, &o, err))
        return false;
    return o.parent.n == r->organ.n ||
           fail(err, ERR_INPUT, NULL, "不是本机关的内设机构", "this is no section of the organ");
}

static bool tell(App *app, PersonId to, NoticeKind kind, Str words, RequestId id, Arena *a,
                 Err *err)
{
    return !to.n || to.n == app->actor.person.n ||
           app_notify(app, to, kind, words, str_fmt(a, "/desk/requests/%lld", (long long)id.n),
                      err);
}

static Str given_words(const App *app, const InfoRequest *r, const DutyGive *g, Arena *a)
{
    Str words = str_fmt(a, PRI_STR "指定您承办" PRI_STR "：" PRI_STR, STR_ARG(app->actor.name),
                        STR_ARG(r->code), STR_ARG(r->title));
    if (date_is(g->due))
        words =
            str_fmt(a, PRI_STR "，" PRI_STR "前办出", STR_ARG(words), STR_ARG(date_zh(a, g->due)));
    return g->words.n ? str_fmt(a, PRI_STR "。" PRI_STR, STR_ARG(words), STR_ARG(g->words)) : words;
}

bool app_duty_give(App *app, const DutyGive *g, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork w;
    Person person;
    if (!act_begin(app, &act, err) || !request_load(app, g->id, g->version, a, &w, err) ||
        !store_person_get(app->db, &app->scope, g->person, a, &person, err) ||
        !section_ok(app, &w.request, g->section, a, err) || !day_ok(app, &w.request, g->due, err))
        return false;
    Duty duty = {.request = g->id,
                 .section = g->section,
                 .person = g->person,
                 .given_by = app->actor.person,
                 .words = g->words,
                 .due = g->due,
                 .given_at = app->now};
    w.request.handler = g->person;
    w.request.handler_name = person.name;
    return store_duty_add(app->db, app->site, &duty, err) && request_save(app, &w, err) &&
           tell(app, g->person, NOTICE_TASK_GIVEN, given_words(app, &w.request, g, a), g->id, a,
                err) &&
           request_note(&act, ACT_REQUEST_ASSIGN, &w, a, err) && act_commit(&act, err);
}

// --- chasing

static bool chase_one(App *app, const Duty *d, Arena *a, Err *err)
{
    Str words =
        str_fmt(a, PRI_STR "（" PRI_STR "承办）已过内部时限" PRI_STR "：" PRI_STR, STR_ARG(d->code),
                STR_ARG(d->person_name), STR_ARG(date_zh(a, d->due)), STR_ARG(d->title));
    bool same = d->given_by.n == d->person.n;
    return tell(app, d->person, NOTICE_REQUEST, words, d->request, a, err) &&
           (same || tell(app, d->given_by, NOTICE_REQUEST, words, d->request, a, err)) &&
           store_duty_chased(app->db, app->site, d->request, d->id, app->today, err);
}

bool app_duty_chase(App *app, Arena *a, Str *did, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Duties late;
    if (!store_duties_overdue(app->db, app->site, app->today, a, &late, err))
        return false;
    for (size_t i = 0; i < late.n; i++)
        if (!chase_one(app, &late.v[i], a, err))
            return false;
    if (!tx_commit(&tx, err))
        return false;
    *did = late.n ? str_fmt(a, "%zu internal days are over; people told", late.n) : S("");
    return true;
}

#include "app/remind.h"

#include "app/act.h"
#include "app/desk.h"
#include "base/json.h"
#include "domain/remind.h"
#include "store/publication.h"

// --- reminders

typedef struct Round {
    App *app;
    RequestRules rules;
    Arena *a;
    int64_t told, requests;
} Round;

static bool to_whom(Round *r, const DueRequest *d, bool head, PersonIds *out, Err *err)
{
    App *app = r->app;
    if (!head && d->handler.n) {
        *PUSH(r->a, out) = d->handler;
        return true;
    }
    return store_role_holders(app->db, app->site, d->organ, head ? ROLE_HEAD : ROLE_OFFICER,
                              app->today, r->a, out, err);
}

static bool tell(Round *r, const DueRequest *d, RemindRule rule, Date day, const PersonIds *who,
                 Str door, Err *err)
{
    Str words = str_replace(r->a, remind_defs[rule].words, S("{day}"), date_zh(r->a, day));
    words = str_fmt(r->a, PRI_STR "%s" PRI_STR, STR_ARG(d->code),
                    d->remedy ? "按复议决定、判决重新答复，" : "", STR_ARG(words));
    for (size_t i = 0; i < who->n; i++, r->told++)
        if (!app_notify(r->app, who->v[i], NOTICE_REQUEST, words, door, err))
            return false;
    r->requests++;
    return true;
}

// Where nobody is there to be told, it is not noted as told.
static bool remind(Round *r, const DueRequest *d, bool head, Err *err)
{
    RemindCase c = {.due = d->due,
                    .draft_due = d->draft_due,
                    .drafted = d->draft.n && !str_eq(d->draft, S("draft"))};
    RemindRule rule;
    PersonIds who = {0};
    bool first;
    if (d->phase != PHASE_OPEN ||
        !remind_rule(&c, head, &r->rules.calendar, &r->rules.settings, r->app->today, &rule))
        return true;
    Date day = remind_day(&c, rule);
    if (!to_whom(r, d, head, &who, err))
        return false;
    if (!who.n)
        return true;
    Str door =
        str_fmt(r->a, "/desk/requests/%lld%s", (long long)d->id.n, d->remedy ? "/decision" : "");
    Str id = remind_defs[rule].id;
    if (d->remedy)
        id = str_fmt(r->a, "redo.%lld." PRI_STR, (long long)d->remedy, STR_ARG(id));
    return store_request_told(r->app->db, r->app->site, d->id, id, day, r->app->now, &first, err) &&
           (!first || tell(r, d, rule, day, &who, door, err));
}

// As far ahead as any rule looks.
static bool horizon(const Round *r, Date *out, Err *err)
{
    const ClockSettings *s = &r->rules.settings;
    Term term;
    int ahead = s->draft_workdays > s->remind_workdays ? s->draft_workdays : s->remind_workdays;
    if (!calendar_due(&r->rules.calendar, r->app->today, ahead + 1, &term, err))
        return false;
    *out = term.due;
    return true;
}

// Of the request that it came from: told once for each day it is due.
static bool remind_publication(Round *r, const Publication *p, bool head, Err *err)
{
    App *app = r->app;
    RemindCase c = {.due = p->due, .draft_due = date_none, .of = REMIND_OF_PUBLICATION};
    RemindRule rule;
    InfoRequest q;
    Scope site = scope_site(app->site);
    PersonIds who = {0};
    bool first;
    if (!remind_rule(&c, head, &r->rules.calendar, &r->rules.settings, app->today, &rule))
        return true;
    if (!store_request_get(app->db, &site, p->request, r->a, &q, err))
        return false;
    DueRequest d = {.id = q.id, .organ = p->organ, .code = q.code};
    if (!to_whom(r, &d, head, &who, err))
        return false;
    if (!who.n)
        return true;
    Str door = str_fmt(r->a, "/desk/publications/%lld", (long long)p->id.n);
    return store_request_told(app->db, app->site, q.id, remind_defs[rule].id, p->due, app->now,
                              &first, err) &&
           (!first || tell(r, &d, rule, p->due, &who, door, err));
}

static bool remind_publications(Round *r, Err *err)
{
    enum { MOST = 500 };
    Date until;
    Publications due;
    if (!horizon(r, &until, err) ||
        !store_publication_due(r->app->db, r->app->site, until, MOST, r->a, &due, err))
        return false;
    for (size_t i = 0; i < due.n; i++)
        if (!remind_publication(r, &due.v[i], false, err) ||
            !remind_publication(r, &due.v[i], true, err))
            return false;
    return true;
}

typedef bool FindDue(Db *db, const Scope *scope, Date until, const DueRequest *after, Arena *a,
                     DueRequests *out, Err *err);

// A new reply is drafted as long before it is due as any other.
static void draft_by(const Round *r, DueRequest *d)
{
    if (d->remedy)
        d->draft_due =
            calendar_before(&r->rules.calendar, d->due, r->rules.settings.draft_workdays);
}

static bool remind_found(Round *r, FindDue *find, Err *err)
{
    Date until;
    DueRequests some;
    DueRequest after = {0};
    Scope site = scope_site(r->app->site);
    if (!horizon(r, &until, err))
        return false;
    do {
        Arena scratch = *r->a;
        Round round = *r;
        round.a = &scratch;
        if (!find(r->app->db, &site, until, &after, &scratch, &some, err))
            return false;
        for (size_t i = 0; i < some.n; i++) {
            draft_by(r, &some.v[i]);
            if (!remind(&round, &some.v[i], false, err) || !remind(&round, &some.v[i], true, err))
                return false;
        }
        r->told = round.told;
        r->requests = round.requests;
        if (some.n)
            after = (DueRequest){.id = some.v[some.n - 1].id,
                                 .due = some.v[some.n - 1].due,
                                 .remedy = some.v[some.n - 1].remedy};
    } while (some.n == DUE_REQUESTS_MOST);
    return true;
}

static bool remind_all(Round *r, Err *err)
{
    return remind_found(r, store_request_due, err) && remind_found(r, store_redo_due, err);
}

static Str tally_json(const Round *r)
{
    Buf b = buf_new(r->a, 256);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "count", r->requests);
    json_put_int(&w, "told", r->told);
    json_end(&w);
    return buf_str(&b);
}

bool app_remind_job(App *app, Arena *a, Str *did, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Round r = {.app = app, .a = a};
    *did = S("");
    if (!act_begin(app, &act, err) || !app_request_rules(app, a, &r.rules, err) ||
        !remind_all(&r, err) || !remind_publications(&r, err))
        return false;
    if (!r.told)
        return true; // nothing was written that anybody would miss
    ActNote note = {.kind = ACT_REQUEST_REMIND, .became = tally_json(&r)};
    if (!act_note(&act, &note, err) || !act_commit(&act, err))
        return false;
    *did = str_fmt(a, "%lld reminders about requests", (long long)r.told);
    return true;
}

// --- the forecast

bool app_forecast(App *app, Arena *a, Forecast *out, Err *err)
{
    RequestRules rules;
    Forecast f = {0};
    if (!app_request_rules(app, a, &rules, err))
        return false;
    for (int i = 0; i <= FORECAST_DAYS; i++) {
        Term day;
        if (!calendar_due(&rules.calendar, app->today, i, &day, err))
            return false;
        f.days[i] = day.due;
        f.provisional[i] = day.provisional;
    }
    if (!store_request_due(app->db, &app->scope, f.days[FORECAST_DAYS], &(DueRequest){0}, a,
                           &f.requests, err))
        return false;
    f.more = f.requests.n == DUE_REQUESTS_MOST;
    size_t at = 0;
    for (int i = 0; i <= FORECAST_DAYS; i++) {
        int32_t since = i ? f.days[i - 1].days + 1 : app->today.days;
        while (at < f.requests.n && f.requests.v[at].due.days < since)
            at++;
        f.from[i] = at;
    }
    *out = f;
    return true;
}

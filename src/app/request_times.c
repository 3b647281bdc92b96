#include "app/request_times.h"

#include "store/organ.h"
#include "store/request_times.h"

#include <stdlib.h>

typedef struct Group {
    int64_t id;
    TimesRow row;
    int64_t spread[TIMES_DAYS + 1];
} Group;

typedef struct Groups {
    Group **v;
    size_t n, cap;
} Groups;

typedef struct Counting {
    Arena *a;
    const Calendar *calendar;
    TimesBy by;
    Date from, to;
    Organs organs; // of the whole site, by number: whose a section is
    Groups groups;
    Group *last; // rows of one group often come one after the other
    Group all;
    Err why;
    bool failed;
} Counting;

// --- which group

static int organ_order(const void *x, const void *y)
{
    const Organ *a = x, *b = y;
    return a->id.n < b->id.n ? -1 : a->id.n > b->id.n;
}

static const Organ *organ_at(const Counting *c, OrganId id)
{
    Organ key = {.id = id};
    return c->organs.n ? bsearch(&key, c->organs.v, c->organs.n, sizeof *c->organs.v, organ_order)
                       : NULL;
}

// The organ itself, or the one that a section is in, however deep: a section acts in nobody's name
// but its organ's (条例第十条).
static const Organ *owner_of(const Counting *c, OrganId id)
{
    enum { DEEPEST = 32 };
    const Organ *o = organ_at(c, id), *up = o;
    for (int i = 0; up && up->kind == ORGANKIND_SECTION && i < DEEPEST; i++)
        up = organ_at(c, up->parent);
    return up ? up : o;
}

static int64_t outcome_at(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? (int64_t)o : OUTCOME__COUNT;
}

static int64_t group_id(const Counting *c, const RequestTime *t)
{
    int y, m, d;
    const Organ *owner;
    switch (c->by) {
    case TIMES_MONTH:
        date_parts(t->ended, &y, &m, &d);
        return y * 12 + m - 1;
    case TIMES_ORGAN:
        owner = owner_of(c, t->organ);
        return owner ? owner->id.n : t->organ.n;
    case TIMES_HANDLER:
        return t->handler.n;
    case TIMES_OUTCOME:
        return outcome_at(t->outcome);
    case TIMES_CHANNEL:
        return request_channel(t->channel);
    case TIMES__COUNT:
        break;
    }
    return 0;
}

static Date later(Date x, Date y)
{
    return x.days > y.days ? x : y;
}

static Date earlier(Date x, Date y)
{
    return x.days < y.days ? x : y;
}

static void month_row(const Counting *c, int64_t id, TimesRow *row)
{
    int y = (int)(id / 12), m = (int)(id % 12) + 1;
    Date first, next;
    date_make(y, m, 1, &first);
    date_make(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1, &next);
    row->name = str_fmt(c->a, "%d年%d月", y, m);
    row->key = str_fmt(c->a, "%04d-%02d", y, m);
    row->first = later(first, c->from);
    row->last = earlier((Date){next.days - 1}, c->to);
}

static void group_names(const Counting *c, int64_t id, const RequestTime *t, TimesRow *row)
{
    const Organ *owner;
    row->key = str_fmt(c->a, "%lld", (long long)id);
    switch (c->by) {
    case TIMES_MONTH:
        month_row(c, id, row);
        break;
    case TIMES_ORGAN:
        owner = owner_of(c, t->organ);
        row->name = owner ? owner->name : str_cat(c->a, t->organ_name, S(""));
        break;
    case TIMES_HANDLER:
        row->name = id ? str_cat(c->a, t->handler_name, S("")) : S("没有承办人");
        row->key = id ? row->key : S("");
        break;
    case TIMES_OUTCOME:
        row->name = id < OUTCOME__COUNT ? outcome_defs[id].name : S("没有记录");
        row->key = id < OUTCOME__COUNT ? outcome_defs[id].id : S("");
        break;
    case TIMES_CHANNEL:
        row->name = channel_defs[id].name;
        row->key = channel_defs[id].id;
        break;
    case TIMES__COUNT:
        break;
    }
}

static Group *group_of(Counting *c, const RequestTime *t)
{
    int64_t id = group_id(c, t);
    if (c->last && c->last->id == id)
        return c->last;
    for (size_t i = 0; i < c->groups.n; i++)
        if (c->groups.v[i]->id == id)
            return c->last = c->groups.v[i];
    Group *g = NEW(c->a, Group, 1);
    g->id = id;
    group_names(c, id, t, &g->row);
    *PUSH(c->a, &c->groups) = g;
    return c->last = g;
}

// --- counting

static void add(Group *g, const RequestTime *t, int days)
{
    TimesRow *row = &g->row;
    row->n++;
    row->extended += t->extended;
    if (date_is(t->due)) {
        row->judged++;
        row->late += t->ended.days > t->due.days;
    }
    if (days > row->max || !row->longest.n) {
        row->max = days;
        row->longest = t->id;
    }
    g->spread[days < TIMES_DAYS ? days : TIMES_DAYS]++;
}

static void count(void *ctx, const RequestTime *t)
{
    Counting *c = ctx;
    int days = 0;
    if (!c->failed && !calendar_count(c->calendar, t->received, t->ended, &days, &c->why))
        c->failed = true;
    if (c->failed)
        return;
    days = days < 0 ? 0 : days;
    add(group_of(c, t), t, days);
    add(&c->all, t, days);
}

// The smallest number of days within which so many percent were answered.
static int within(const Group *g, int percent)
{
    int64_t wanted = (g->row.n * percent + 99) / 100, seen = 0;
    for (int d = 0; d <= TIMES_DAYS; d++)
        if ((seen += g->spread[d]) >= wanted && wanted)
            return d;
    return 0;
}

static TimesRow finished(const Group *g)
{
    TimesRow row = g->row;
    row.median = within(g, 50);
    row.p90 = within(g, 90);
    return row;
}

static int by_id(const void *x, const void *y)
{
    const Group *const *a = x, *const *b = y;
    return (*a)->id < (*b)->id ? -1 : (*a)->id > (*b)->id;
}

static int by_n(const void *x, const void *y)
{
    const Group *const *a = x, *const *b = y;
    return (*a)->row.n != (*b)->row.n ? ((*a)->row.n > (*b)->row.n ? -1 : 1) : by_id(x, y);
}

static bool organs_read(App *app, TimesBy by, Arena *a, Organs *out, Err *err)
{
    Scope site = scope_site(app->site);
    if (by != TIMES_ORGAN)
        return true;
    if (!store_organ_all(app->db, &site, a, out, err))
        return false;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, organ_order);
    return true;
}

bool app_request_times(App *app, Date from, Date to, TimesBy by, Arena *a, TimesTable *out,
                       Err *err)
{
    RequestRules rules;
    if (!date_is(from) || !date_is(to) || to.days < from.days)
        return fail(err, ERR_INPUT, NULL, "期间的结束日期应当不早于开始日期",
                    "a period ends on or after the day it begins");
    if (!app_request_rules(app, a, &rules, err))
        return false;
    Counting *c = NEW(a, Counting, 1);
    *c = (Counting){.a = a, .calendar = &rules.calendar, .by = by, .from = from, .to = to};
    if (!organs_read(app, by, a, &c->organs, err) ||
        !store_request_times(app->db, &app->scope, from, to, count, c, err))
        return false;
    if (c->failed) {
        *err = c->why;
        return false;
    }
    if (c->groups.n)
        qsort(c->groups.v, c->groups.n, sizeof *c->groups.v, by == TIMES_MONTH ? by_id : by_n);
    TimesTable t = {.all = finished(&c->all)};
    for (size_t i = 0; i < c->groups.n; i++)
        *PUSH(a, &t.rows) = finished(c->groups.v[i]);
    memcpy(t.spread, c->all.spread, sizeof t.spread);
    *out = t;
    return true;
}

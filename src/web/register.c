#include "web/register.h"

#include "store/organ.h"
#include "store/person.h"
#include "web/page_common.h"

enum { SOON_WORKDAYS = 5, CHOICES_MOST = 100 };

// clang-format off
static const struct { const char *key; const char *label; } keys[KEY__REGISTER] = {
    [KEY_TAB]     = { "tab",     "分类" },
    [KEY_TEXT]    = { "q",       "含有" },
    [KEY_PHASE]   = { "phase",   "阶段" },
    [KEY_OUTCOME] = { "outcome", "结果" },
    [KEY_CHANNEL] = { "channel", "渠道" },
    [KEY_KIND]    = { "kind",    "申请人" },
    [KEY_ORGAN]   = { "organ",   "机关" },
    [KEY_HANDLER] = { "handler", "承办人" },
    [KEY_DAY]     = { "day",     "日期" },
    [KEY_FROM]    = { "from",    "自" },
    [KEY_TO]      = { "to",      "至" },
    [KEY_LATE]    = { "late",    "逾期" },
    [KEY_EXTENDED] = { "extended", "延期" },
    [KEY_SORT]    = { "sort",    "排序" },
};
static const struct { Str id, name; } days[BY__COUNT] = {
    [BY_NO_DAY]   = { SI(""),         SI("") },
    [BY_FILED]    = { SI("filed"),    SI("提交") },
    [BY_RECEIVED] = { SI("received"), SI("收到") },
    [BY_DUE]      = { SI("due"),      SI("期限") },
    [BY_ENDED]    = { SI("ended"),    SI("办结") },
};
static const struct { Str id, name; } sorts[SORT__COUNT] = {
    [SORT_DUE]      = { SI(""),         SI("期限先后") },
    [SORT_FILED]    = { SI("filed"),    SI("提交，新的在前") },
    [SORT_RECEIVED] = { SI("received"), SI("收到，新的在前") },
    [SORT_ENDED]    = { SI("ended"),    SI("办结，新的在前") },
};
static const struct { RequestTab tab; Str id; } tabs[REQUESTS__COUNT] = {
    { REQUESTS_OPEN, SI("") },        { REQUESTS_MINE, SI("mine") },   { REQUESTS_DUE_SOON, SI("soon") }, { REQUESTS_WAITING, SI("waiting") },
    { REQUESTS_OVERDUE, SI("overdue") }, { REQUESTS_ENDED, SI("ended") }, { REQUESTS_ALL, SI("all") },
};
// clang-format on

// --- reading

static bool phase_id(Str id)
{
    for (int p = 0; p < PHASE__COUNT; p++)
        if (str_eq(phase_defs[p].id, id))
            return true;
    return false;
}

static bool channel_id(Str id)
{
    for (int c = 0; c < CHANNEL__COUNT; c++)
        if (str_eq(channel_defs[c].id, id))
            return true;
    return false;
}

static bool kind_id(Str id)
{
    for (int k = 0; k < APPLICANT__COUNT; k++)
        if (str_eq(applicant_defs[k].id, id))
            return true;
    return false;
}

static bool outcome_id(Str id)
{
    Outcome o;
    return outcome_named(id, &o);
}

static Str known(RegisterWish *w, Arena *a, RegisterKey key, bool (*is)(Str))
{
    Str given = w->given[key];
    if (!given.n || is(given))
        return given;
    w->wrong = str_fmt(a, "没有这样的%s：“" PRI_STR "”", keys[key].label, STR_ARG(given));
    return S("");
}

static int64_t number(RegisterWish *w, Arena *a, RegisterKey key)
{
    int64_t n = 0;
    Str given = w->given[key];
    if (given.n && (!str_to_int(given, &n) || n <= 0)) {
        w->wrong = str_fmt(a, "%s应当是编号：“" PRI_STR "”", keys[key].label, STR_ARG(given));
        return 0;
    }
    return n;
}

static Date day_given(RegisterWish *w, Arena *a, RegisterKey key)
{
    Date d;
    Str given = w->given[key];
    if (!given.n)
        return date_none;
    if (date_parse(given, &d))
        return d;
    w->wrong = str_fmt(a, "“" PRI_STR "”不是日期，请写成2026-04-01", STR_ARG(given));
    return date_none;
}

static void period(RegisterWish *w, Arena *a)
{
    RegisterFilter *f = &w->filter;
    f->from = day_given(w, a, KEY_FROM);
    f->to = day_given(w, a, KEY_TO);
    f->day = date_is(f->from) || date_is(f->to) ? BY_RECEIVED : BY_NO_DAY;
    for (int d = BY_FILED; d < BY__COUNT && f->day; d++)
        if (str_eq(days[d].id, w->given[KEY_DAY]))
            f->day = (RegisterDay)d;
    if (date_is(f->from) && date_is(f->to) && f->to.days < f->from.days)
        w->wrong = S("结束日期应当不早于开始日期");
}

bool register_wish(Request *r, const RequestRules *rules, RegisterWish *out, Err *err)
{
    RegisterWish w = {0};
    RegisterFilter *f = &w.filter;
    Term soon;
    f->today = app_of(r)->today;
    if (!calendar_due(&rules->calendar, f->today, SOON_WORKDAYS, &soon, err))
        return false;
    f->soon = soon.due;
    for (int k = 0; k < KEY__REGISTER; k++)
        w.given[k] = str_trim(request_query(r, keys[k].key));
    for (int t = 0; t < REQUESTS__COUNT; t++)
        if (str_eq(tabs[t].id, w.given[KEY_TAB]))
            f->tab = tabs[t].tab;
    for (int s = 0; s < SORT__COUNT; s++)
        if (str_eq(sorts[s].id, w.given[KEY_SORT]))
            w.sort = (RegisterSort)s;
    f->text = w.given[KEY_TEXT];
    f->phase = known(&w, r->a, KEY_PHASE, phase_id);
    f->outcome = known(&w, r->a, KEY_OUTCOME, outcome_id);
    f->channel = known(&w, r->a, KEY_CHANNEL, channel_id);
    f->kind = known(&w, r->a, KEY_KIND, kind_id);
    f->organ.n = number(&w, r->a, KEY_ORGAN);
    f->handler.n = number(&w, r->a, KEY_HANDLER);
    f->late = str_eq(w.given[KEY_LATE], S("1"));
    f->extended = str_eq(w.given[KEY_EXTENDED], S("1"));
    period(&w, r->a);
    *out = w;
    return true;
}

// --- addresses

Str register_path(Arena *a, Str path, const RegisterWish *wish, RegisterKey without)
{
    for (int k = 0; k < KEY__REGISTER; k++)
        if (k != (int)without)
            path = path_with(a, path, keys[k].key, wish->given[k]);
    return path;
}

Str register_path_set(Arena *a, Str path, const RegisterWish *wish, RegisterKey key, Str value)
{
    return path_with(a, register_path(a, path, wish, key), keys[key].key, value);
}

bool register_filtered(const RegisterWish *wish)
{
    for (int k = KEY_PHASE; k < KEY__REGISTER; k++)
        if (wish->given[k].n)
            return true;
    return false;
}

// --- words

static Str outcome_words(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : id;
}

static Str organ_words(Request *r, int64_t id, Err *unread)
{
    Organ organ;
    App *app = app_of(r);
    return store_organ_get(app->db, &app->scope, (OrganId){id}, r->a, &organ, unread) ? organ.name
                                                                                      : S("—");
}

static Str person_words(Request *r, int64_t id, Err *unread)
{
    Person person;
    App *app = app_of(r);
    return store_person_get(app->db, &app->scope, (PersonId){id}, r->a, &person, unread)
               ? person.name
               : S("—");
}

static Str words_of(Request *r, const RegisterWish *w, RegisterKey k)
{
    Err unread;
    Str given = w->given[k];
    switch (k) {
    case KEY_PHASE:
        return phase_defs[request_phase(given)].name;
    case KEY_OUTCOME:
        return outcome_words(given);
    case KEY_CHANNEL:
        return channel_defs[request_channel(given)].name;
    case KEY_KIND:
        return applicant_defs[request_applicant(given)].name;
    case KEY_ORGAN:
        return organ_words(r, w->filter.organ.n, &unread);
    case KEY_HANDLER:
        return person_words(r, w->filter.handler.n, &unread);
    case KEY_LATE:
    case KEY_EXTENDED:
        return S("是");
    case KEY_SORT:
        return sorts[w->sort].name;
    case KEY_TAB:
    case KEY_TEXT:
    case KEY_DAY:
    case KEY_FROM:
    case KEY_TO:
    case KEY__REGISTER:
        break;
    }
    return given;
}

// 收到自 2026-01-01; the day itself is no condition.
static Str label_of(Arena *a, const RegisterWish *w, RegisterKey k)
{
    if (k == KEY_FROM || k == KEY_TO)
        return str_cat(a, days[w->filter.day].name, str_z(keys[k].label));
    return str_z(keys[k].label);
}

bool register_chips(Request *r, Str path, const RegisterWish *wish, Links *out, Err *err)
{
    Links chips = {0};
    (void)err;
    for (int k = KEY_TEXT; k < KEY__REGISTER; k++) {
        if (!wish->given[k].n || k == KEY_DAY)
            continue;
        Str label = label_of(r->a, wish, (RegisterKey)k), words = words_of(r, wish, (RegisterKey)k);
        *PUSH(r->a, &chips) =
            (Link){.href = register_path(r->a, path, wish, (RegisterKey)k),
                   .text = str_fmt(r->a, PRI_STR "：" PRI_STR, STR_ARG(label), STR_ARG(words))};
    }
    *out = chips;
    return true;
}

static void choice(Arena *a, Choices *to, Str value, Str text, Str given)
{
    *PUSH(a, to) = (Choice){.value = value, .text = text, .chosen = str_eq(value, given)};
}

static Str id_text(Arena *a, int64_t n)
{
    return str_fmt(a, "%lld", (long long)n);
}

// Where the scope is one organ there is nothing to choose among but its sections.
static bool organs_in(Request *r, const RegisterWish *w, Choices *to, Err *err)
{
    App *app = app_of(r);
    OrganFilter filter = {.limit = CHOICES_MOST};
    OrganLines organs;
    int64_t total;
    if (!store_organ_find(app->db, &app->scope, &filter, r->a, &organs, &total, err))
        return false;
    for (size_t i = 0; i < organs.n && organs.n > 1; i++)
        choice(r->a, to, id_text(r->a, organs.v[i].id.n), organs.v[i].name, w->given[KEY_ORGAN]);
    return true;
}

static bool handlers_in(Request *r, const RegisterWish *w, Choices *to, Err *err)
{
    App *app = app_of(r);
    PersonAsk ask = {.organ = r->viewer->organ, .limit = CHOICES_MOST};
    PersonLines people;
    int64_t total;
    if (!store_person_list(app->db, &app->scope, &ask, app->today, r->a, &people, &total, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        choice(r->a, to, id_text(r->a, people.v[i].person.id.n), people.v[i].person.name,
               w->given[KEY_HANDLER]);
    return true;
}

bool register_options(Request *r, const RegisterWish *wish, RegisterChoices *out, Err *err)
{
    RegisterChoices c = {0};
    const Str *given = wish->given;
    for (int p = 0; p < PHASE__COUNT; p++)
        choice(r->a, &c.phase, phase_defs[p].id, phase_defs[p].name, given[KEY_PHASE]);
    for (int o = 0; o < OUTCOME__COUNT; o++)
        choice(r->a, &c.outcome, outcome_defs[o].id, outcome_defs[o].name, given[KEY_OUTCOME]);
    for (int ch = 0; ch < CHANNEL__COUNT; ch++)
        choice(r->a, &c.channel, channel_defs[ch].id, channel_defs[ch].name, given[KEY_CHANNEL]);
    for (int k = 0; k < APPLICANT__COUNT; k++)
        choice(r->a, &c.kind, applicant_defs[k].id, applicant_defs[k].name, given[KEY_KIND]);
    for (int d = BY_FILED; d < BY__COUNT; d++)
        choice(r->a, &c.day, days[d].id, days[d].name,
               given[KEY_DAY].n ? given[KEY_DAY] : S("received"));
    for (int s = 0; s < SORT__COUNT; s++)
        choice(r->a, &c.sort, sorts[s].id, sorts[s].name, given[KEY_SORT]);
    if (!organs_in(r, wish, &c.organ, err) || !handlers_in(r, wish, &c.handler, err))
        return false;
    *out = c;
    return true;
}

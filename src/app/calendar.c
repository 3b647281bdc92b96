#include "app/calendar.h"

#include "app/desk.h"
#include "app/request_work.h"
#include "base/crypt.h"
#include "base/json.h"
#include "store/organ.h"
#include "store/person.h"
#include "store/request_open.h"

enum { NOTE_BYTES = 256 << 10, NOTED_MOVES = 500 };

// --- the rules as they would be

static bool notice_ok(const SiteNotice *n, Err *err)
{
    const CalendarNotice *c = &n->notice;
    if (c->year <= CALENDAR_FIRST_YEAR || c->year > CALENDAR_LAST_YEAR)
        return fail(err, ERR_INPUT, NULL, "年份应在%d到%d之间", "the year is from %d to %d",
                    CALENDAR_FIRST_YEAR + 1, CALENDAR_LAST_YEAR);
    if (!n->number.n && !n->title.n)
        return fail(err, ERR_INPUT, NULL, "请填写通知的文号或者标题",
                    "say which paper it is: its number or title");
    if (!c->days.n)
        return fail(err, ERR_INPUT, NULL, "请填写放假和上班的日期",
                    "say which days are off and which are worked");
    if (c->days.n > NOTICE_DAYS_MAX)
        return fail(err, ERR_LIMIT, NULL, "一份通知最多%d天", "a notice has at most %d days",
                    NOTICE_DAYS_MAX);
    return calendar_days_check(&c->days, c->year, err);
}

// The national ones stand before the region's.
static void notice_insert(Arena *a, SiteNotices *list, const SiteNotice *n)
{
    *PUSH(a, list) = *n;
    for (size_t i = list->n - 1;
         i > 0 && list->v[i - 1].notice.regional && !list->v[i].notice.regional; i--) {
        SiteNotice t = list->v[i];
        list->v[i] = list->v[i - 1];
        list->v[i - 1] = t;
    }
}

static bool notice_find(const SiteNotices *list, int64_t id, size_t *out, Err *err)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].id == id) {
            *out = i;
            return true;
        }
    return fail(err, ERR_MISSING, NULL, "没有这份放假安排，或者已经撤回",
                "there is no such notice, or it has been withdrawn");
}

static bool notices_after(const RulesChange *c, Arena *a, SiteNotices *list, int *year, Err *err)
{
    size_t at = 0;
    if (c->add) {
        if (list->n == SITE_NOTICES_MAX)
            return fail(err, ERR_LIMIT, NULL, "本站的放假安排最多%d份",
                        "a site has at most %d notices", SITE_NOTICES_MAX);
        if (!notice_ok(c->add, err))
            return false;
        *year = c->add->notice.year;
        notice_insert(a, list, c->add);
    }
    if (c->withdraw) {
        if (!notice_find(list, c->withdraw, &at, err))
            return false;
        *year = list->v[at].notice.year;
        list->v[at].withdrawn_at = 1;
    }
    return true;
}

static bool setting_ok(size_t which, int value, Err *err)
{
    const ClockSettingDef *d = &clock_setting_defs[which];
    return (value >= d->least && value <= d->most) ||
           fail(err, ERR_INPUT, NULL, "“" PRI_STR "”应在%d到%d之间",
                "“" PRI_STR "” is from %d to %d", STR_ARG(d->name), d->least, d->most);
}

static bool changes_after(App *app, const RulesChange *c, const ClockSettings *now, Arena *a,
                          ClockChanges *list, Err *err)
{
    size_t before = list->n;
    for (size_t i = 0; c->settings && i < n_clock_setting_defs; i++) {
        int value = clock_setting_get(c->settings, i), was = clock_setting_get(now, i);
        if (!setting_ok(i, value, err))
            return false;
        if (value != was)
            *PUSH(a, list) = (ClockChange){.which = i,
                                           .value = value,
                                           .was = was,
                                           .why = c->why,
                                           .at = app->now,
                                           .by = app->actor.person};
    }
    return !c->settings || list->n > before ||
           fail(err, ERR_RULE, NULL, "没有改动", "nothing is different");
}

static bool changes_nothing(const Calendar *x, const Calendar *y)
{
    return memcmp(x->sum, y->sum, (x->n + 1) * sizeof *x->sum) == 0 &&
           memcmp(x->known, y->known, sizeof x->known) == 0;
}

static bool rules_after(App *app, const RulesChange *c, const RequestRules *now, Arena *a,
                        RulesPlan *plan, Err *err)
{
    SiteNotices notices;
    ClockChanges changes = {0};
    for (size_t i = 0; i < now->changes.n; i++)
        *PUSH(a, &changes) = now->changes.v[i];
    if (!store_calendar_list(app->db, app->site, false, a, &notices, err) ||
        !notices_after(c, a, &notices, &plan->year, err) ||
        !changes_after(app, c, &now->settings, a, &changes, err) ||
        !request_rules_make(&notices, &changes, a, &plan->rules, err))
        return false;
    if (c->add && changes_nothing(&now->calendar, &plan->rules.calendar))
        return fail(err, ERR_RULE, NULL, "这些日子现在已经是这样，不用再录入",
                    "the calendar has these days so already");
    return true;
}

// --- who moves

static Date by_of(const InfoRequest *r)
{
    return r->act_by.days == REQUEST_NO_DAY ? date_none : r->act_by;
}

static bool moved(const InfoRequest *was, const InfoRequest *is)
{
    return was->act_by.days != is->act_by.days || was->draft_due.days != is->draft_due.days ||
           was->due.days != is->due.days;
}

// Whether more than its days differ.
static bool stands_elsewhere(const InfoRequest *kept, const InfoRequest *is)
{
    return kept->turn.days != is->turn.days || kept->phase != is->phase ||
           kept->received.days != is->received.days || kept->open != is->open;
}

static bool computed(App *app, const OpenRequest *o, const RequestRules *rules, InfoRequest *out,
                     bool *overdue, Err *err)
{
    Clock clock;
    if (!clock_compute(&o->facts, &rules->calendar, &rules->settings, app->today, &clock, err))
        return false;
    *out = o->request;
    *overdue = clock.overdue;
    request_keep(out, &clock);
    return true;
}

// One request under both rules; *is is what to keep of it.
static bool look_at(App *app, const OpenRequest *o, const RequestRules *now, Arena *a,
                    RulesPlan *plan, InfoRequest *is, Err *err)
{
    InfoRequest was;
    bool was_overdue, is_overdue;
    if (!computed(app, o, now, &was, &was_overdue, err) ||
        !computed(app, o, &plan->rules, is, &is_overdue, err))
        return false;
    plan->n_open++;
    if (!moved(&was, is))
        return true;
    plan->n_overdue += is_overdue && !was_overdue;
    plan->n_saved += was_overdue && !is_overdue;
    *PUSH(a, &plan->moves) = (RulesMove){.id = is->id,
                                         .organ = is->organ,
                                         .handler = is->handler,
                                         .code = str_dup(a, is->code),
                                         .phase = is->phase,
                                         .was = by_of(&was),
                                         .becomes = by_of(is),
                                         .draft_was = was.draft_due,
                                         .draft_becomes = is->draft_due,
                                         .was_overdue = was_overdue,
                                         .is_overdue = is_overdue};
    return true;
}

// Goes over one lot of them, in memory that is given back behind it.
static bool look_at_some(App *app, const OpenRequests *some, const RequestRules *now, bool write,
                         Arena *scratch, Arena *a, RulesPlan *plan, Err *err)
{
    InfoRequest *is = NEW(scratch, InfoRequest, some->n);
    ComputedRequest *changed = NEW(scratch, ComputedRequest, some->n);
    size_t n = 0;
    for (size_t i = 0; i < some->n; i++) {
        const InfoRequest *kept = &some->v[i].request;
        if (!look_at(app, &some->v[i], now, a, plan, &is[i], err))
            return false;
        bool elsewhere = stands_elsewhere(kept, &is[i]);
        if (elsewhere || moved(kept, &is[i]))
            changed[n++] = (ComputedRequest){&is[i], !elsewhere};
    }
    return !write || store_request_computed_all(app->db, app->site, changed, n, err);
}

static bool look_at_all(App *app, const RequestRules *now, bool write, Arena *a, RulesPlan *plan,
                        Err *err)
{
    CLEANUP(arena_end) Arena own = arena_new((size_t)64 << 20);
    RequestId after = {0};
    OpenRequests some;
    do {
        Arena scratch = own;
        if (!store_request_open_list(app->db, app->site, after, &scratch, &some, err) ||
            !look_at_some(app, &some, now, write, &scratch, a, plan, err))
            return false;
        after = some.n ? some.v[some.n - 1].request.id : after;
    } while (some.n == OPEN_REQUESTS_MOST);
    return true;
}

// --- the plan

static int rank(const RulesMove *m)
{
    return m->is_overdue && !m->was_overdue ? 0 : m->was_overdue && !m->is_overdue ? 1 : 2;
}

static int by_urgency(const void *x, const void *y)
{
    const RulesMove *p = x, *q = y;
    if (rank(p) != rank(q))
        return rank(p) - rank(q);
    if (p->becomes.days != q->becomes.days)
        return p->becomes.days < q->becomes.days ? -1 : 1;
    return p->id.n < q->id.n ? -1 : 1;
}

static bool names(App *app, Arena *a, RulesPlan *plan, Err *err)
{
    for (size_t i = 0; i < plan->moves.n && i < RULES_SHOWN; i++) {
        RulesMove *m = &plan->moves.v[i];
        Organ organ;
        Person person = {0};
        if (!store_organ_get(app->db, &app->scope, m->organ, a, &organ, err) ||
            (m->handler.n && !store_person_any(app->db, app->site, m->handler, a, &person, err)))
            return false;
        m->organ_name = organ.name;
        m->handler_name = person.name;
    }
    return true;
}

static bool workdays_of(const Calendar *c, int year, int *out, Err *err)
{
    Date before = date_none, last = date_none;
    date_make(year - 1, 12, 31, &before);
    date_make(year, 12, 31, &last);
    return calendar_count(c, before, last, out, err);
}

static bool look(App *app, const RulesChange *change, bool write, Arena *a, RulesPlan *out,
                 Err *err)
{
    RequestRules now;
    RulesPlan plan = {0};
    if (app->scope.reach != REACH_SITE)
        return fail(err, ERR_DENIED, NULL, "工作日历由运行本站的机关的管理员维护",
                    "the calendar belongs to the administrator of the organ that runs the site");
    if (!app_request_rules(app, a, &now, err) || !rules_after(app, change, &now, a, &plan, err) ||
        !look_at_all(app, &now, write, a, &plan, err))
        return false;
    if (plan.year && (!workdays_of(&now.calendar, plan.year, &plan.workdays_was, err) ||
                      !workdays_of(&plan.rules.calendar, plan.year, &plan.workdays_becomes, err)))
        return false;
    plan.stamp = now.stamp;
    if (plan.moves.n)
        qsort(plan.moves.v, plan.moves.n, sizeof *plan.moves.v, by_urgency);
    if (!names(app, a, &plan, err))
        return false;
    *out = plan;
    return true;
}

bool app_rules_plan(App *app, const RulesChange *change, Arena *a, RulesPlan *out, Err *err)
{
    return look(app, change, false, a, out, err);
}

// --- telling

static int by_handler(const void *x, const void *y)
{
    const RulesMove *const *p = x, *const *q = y;
    if ((*p)->handler.n != (*q)->handler.n)
        return (*p)->handler.n < (*q)->handler.n ? -1 : 1;
    return by_urgency(*p, *q);
}

static Str day_or_none(Arena *a, Date d)
{
    return date_is(d) ? date_zh(a, d) : S("不定");
}

static Str words_for(Arena *a, const RulesMove *const *v, size_t n)
{
    size_t overdue = 0;
    for (size_t i = 0; i < n; i++)
        overdue += v[i]->is_overdue && !v[i]->was_overdue;
    Str first =
        date_is(v[0]->was) && v[0]->was.days == v[0]->becomes.days
            ? str_fmt(a, PRI_STR "的拟稿时限由" PRI_STR "改为" PRI_STR, STR_ARG(v[0]->code),
                      STR_ARG(day_or_none(a, v[0]->draft_was)),
                      STR_ARG(day_or_none(a, v[0]->draft_becomes)))
            : str_fmt(a, PRI_STR "由" PRI_STR "改为" PRI_STR, STR_ARG(v[0]->code),
                      STR_ARG(day_or_none(a, v[0]->was)), STR_ARG(day_or_none(a, v[0]->becomes)));
    Str late = overdue ? str_fmt(a, "，其中%zu件因此逾期", overdue) : S("");
    if (n == 1)
        return str_fmt(a, "工作日历或者期限设置有改动，您承办的" PRI_STR PRI_STR, STR_ARG(first),
                       STR_ARG(overdue ? S("，因此逾期") : S("")));
    return str_fmt(
        a, "工作日历或者期限设置有改动，您承办的%zu件申请日期有变" PRI_STR "：" PRI_STR "等", n,
        STR_ARG(late), STR_ARG(first));
}

// Each handler once, however many of theirs move.
static bool tell(App *app, const RulesMoves *moves, Arena *a, Err *err)
{
    const RulesMove **v = NEW(a, const RulesMove *, moves->n);
    for (size_t i = 0; i < moves->n; i++)
        v[i] = &moves->v[i];
    if (moves->n)
        qsort(v, moves->n, sizeof *v, by_handler);
    for (size_t i = 0, end; i < moves->n; i = end) {
        for (end = i; end < moves->n && v[end]->handler.n == v[i]->handler.n; end++)
            continue;
        Str door = end - i == 1 ? str_fmt(a, "/desk/requests/%lld", (long long)v[i]->id.n)
                                : S("/desk/requests?tab=mine");
        if (v[i]->handler.n && !app_notify(app, v[i]->handler, NOTICE_REQUEST,
                                           words_for(a, v + i, end - i), door, err))
            return false;
    }
    return true;
}

// --- the audit

static void put_moves(JsonOut *w, const RulesPlan *plan, Arena *a)
{
    json_put_int(w, "moved", (int64_t)plan->moves.n);
    json_put_int(w, "overdue", plan->n_overdue);
    json_put_int(w, "saved", plan->n_saved);
    json_key(w, S("requests")), json_array(w);
    for (size_t i = 0; i < plan->moves.n && i < NOTED_MOVES; i++) {
        const RulesMove *m = &plan->moves.v[i];
        Str was = date_is(m->was) ? date_iso(a, m->was) : S("");
        Str becomes = date_is(m->becomes) ? date_iso(a, m->becomes) : S("");
        json_str(w, str_fmt(a, PRI_STR " " PRI_STR " → " PRI_STR, STR_ARG(m->code), STR_ARG(was),
                            STR_ARG(becomes)));
    }
    json_end(w);
}

static void put_notice(JsonOut *w, const SiteNotice *n, Arena *a)
{
    json_put_int(w, "year", n->notice.year);
    json_put_str(w, "kind", n->notice.regional ? S("地方") : S("全国"));
    json_put_str(w, "code", n->number);
    json_put_str(w, "title", n->title);
    json_put_str(w, "address", n->address);
    json_put_str(w, "days", calendar_days_text(&n->notice.days, a));
}

static void put_settings(JsonOut *w, const ClockChanges *changes, size_t from, bool was, Arena *a)
{
    for (size_t i = from; i < changes->n; i++) {
        const ClockChange *c = &changes->v[i];
        json_key(w, clock_setting_defs[c->which].name);
        json_str(w, clock_setting_words(c->which, was ? c->was : c->value, a));
    }
}

typedef struct Noted {
    ActKind kind;
    Str noun;
    int64_t noun_id;
    const SiteNotice *notice; // entered or withdrawn
    size_t settings_from;     // the first change made
} Noted;

static Str note_json(const RulesChange *c, const Noted *n, const RulesPlan *plan, bool was,
                     Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    if (n->notice && was == (c->withdraw != 0))
        put_notice(&w, n->notice, a);
    if (c->settings)
        put_settings(&w, &plan->rules.changes, n->settings_from, was, a);
    if (!was && c->why.n)
        json_put_str(&w, "why", c->why);
    if (!was)
        put_moves(&w, plan, a);
    json_end(&w);
    return buf_str(&b);
}

// --- doing it

static bool write_notice(App *app, const RulesChange *c, Arena *a, Noted *out, Err *err)
{
    SiteNotice *n = NEW(a, SiteNotice, 1);
    out->noun = S("calendar");
    out->notice = n;
    if (c->withdraw) {
        out->kind = ACT_CALENDAR_WITHDRAW;
        out->noun_id = c->withdraw;
        return store_calendar_get(app->db, app->site, c->withdraw, a, n, err) &&
               store_calendar_withdraw(app->db, app->site, c->withdraw, app->actor.person, app->now,
                                       c->why, err);
    }
    *n = *c->add;
    n->entered_at = app->now;
    n->entered_by = app->actor.person;
    out->kind = ACT_CALENDAR_ADD;
    if (!store_calendar_add(app->db, app->site, n, err))
        return false;
    out->noun_id = n->id;
    return true;
}

static bool write_settings(App *app, const RulesPlan *plan, size_t from, Noted *out, Err *err)
{
    *out = (Noted){.kind = ACT_CLOCK_SETTINGS, .noun = S("clock"), .settings_from = from};
    out->noun_id = app->site.n;
    for (size_t i = from; i < plan->rules.changes.n; i++)
        if (!store_clock_change_add(app->db, app->site, &plan->rules.changes.v[i], err))
            return false;
    return true;
}

static bool stamp_anew(App *app, Err *err)
{
    int64_t stamp;
    crypt_random(&stamp, sizeof stamp);
    return store_clock_stamp_set(app->db, app->site, (stamp & INT64_MAX) | 1, err);
}

static bool says_why(const RulesChange *c, Err *err)
{
    return c->add || c->why.n || fail(err, ERR_INPUT, NULL, "请写明理由", "a reason is wanted");
}

bool app_rules_change(App *app, const RulesChange *c, int64_t stamp, Arena *a, RulesPlan *out,
                      Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestRules now;
    RulesPlan plan = {0};
    Noted noted = {0};
    if (!says_why(c, err) || !act_begin(app, &act, err) || !app_request_rules(app, a, &now, err))
        return false;
    if (stamp && stamp != now.stamp)
        return fail(err, ERR_BUSY, NULL, "日历或者设置刚被别人改过，请按现在的情况再看一遍",
                    "somebody else has changed the calendar or the settings; look again");
    if (!look(app, c, true, a, &plan, err) ||
        !(c->settings ? write_settings(app, &plan, now.changes.n, &noted, err)
                      : write_notice(app, c, a, &noted, err)) ||
        !stamp_anew(app, err) || !tell(app, &plan.moves, a, err))
        return false;
    ActNote note = {.kind = noted.kind,
                    .noun = noted.noun,
                    .noun_id = noted.noun_id,
                    .was = note_json(c, &noted, &plan, true, a),
                    .became = note_json(c, &noted, &plan, false, a)};
    if (!act_note(&act, &note, err) || !act_commit(&act, err))
        return false;
    *out = plan;
    return true;
}

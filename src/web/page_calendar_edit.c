// Changing the calendar and the settings: a form, a second look at what moves, the act.
#include "web/page_calendar.h"

#include "views.h"
#include "web/page_common.h"

static const Str BACK = SI("/desk/calendar"), CLOCK = SI("/desk/clock");

// clang-format off
static const FieldDef notice_defs[] = {
    { "year",    "年份",   "通知标题里的年份",                                   FIELD_NUMBER, .required = true },
    { "kind",    "范围",   "",                                                   FIELD_RADIO,  .required = true },
    { "number",  "文号",   "例如：国办发明电〔2026〕7号",                        FIELD_TEXT,   .max = 80 },
    { "title",   "标题",   "文号和标题至少填一项",                               FIELD_TEXT,   .max = 120 },
    { "address", "网址",   "通知公布在哪里，没有可以不填",                       FIELD_TEXT,   .max = 300 },
    { "days",    "安排",   "从通知里原样粘贴也可以，例如：春节：2月15日至23日放假。2月14日、2月28日上班。"
                           "也可以一天一行：2026-02-14 上班 春节。只写有变化的日子，后来的通知盖过以前的", FIELD_AREA, .required = true, .max = 6000 },
};
static const FieldDef withdraw_defs[] = {
    { "why", "撤回的理由", "例如：录入有误；已由另一份通知替代", FIELD_TEXT, .required = true, .max = 200 },
};
// clang-format on
enum { NOTICE_FIELDS = sizeof notice_defs / sizeof *notice_defs };

// --- the second look

static Str day_text(Arena *a, Date d)
{
    return date_is(d) ? date_iso(a, d) : S("—");
}

static MoveLine line_of(Arena *a, const RulesMove *m)
{
    bool same = m->was.days == m->becomes.days;
    MoveLine l = {.code = m->code,
                  .organ = m->organ_name,
                  .handler = m->handler_name.n ? m->handler_name : S("—"),
                  .was = day_text(a, same ? m->draft_was : m->was),
                  .becomes = day_text(a, same ? m->draft_becomes : m->becomes),
                  .note = S("在期限内"),
                  .cls = S("")};
    if (same)
        l.note = S("只是拟稿时限");
    else if (m->is_overdue && !m->was_overdue)
        l.note = S("变为逾期"), l.cls = S("late");
    else if (m->was_overdue && !m->is_overdue)
        l.note = S("不再逾期"), l.cls = S("ok");
    else if (m->is_overdue)
        l.note = S("仍然逾期"), l.cls = S("late");
    return l;
}

static void plan_view(Arena *a, const RulesPlan *plan, RulesFormPage *p)
{
    size_t shown = plan->moves.n < RULES_SHOWN ? plan->moves.n : RULES_SHOWN;
    p->preview = true;
    p->n_open = plan->n_open;
    p->n_moved = (int64_t)plan->moves.n;
    p->n_overdue = plan->n_overdue;
    p->n_saved = plan->n_saved;
    p->left = (int64_t)(plan->moves.n - shown);
    for (size_t i = 0; i < shown; i++)
        *PUSH(a, &p->moves) = line_of(a, &plan->moves.v[i]);
    p->workdays = !plan->year ? S("")
                  : plan->workdays_was == plan->workdays_becomes
                      ? str_fmt(a, "%d年仍是%d个工作日。", plan->year, plan->workdays_was)
                      : str_fmt(a, "%d年由%d个工作日变为%d个。", plan->year, plan->workdays_was,
                                plan->workdays_becomes);
    p->form.version = plan->stamp;
}

static bool show(Request *r, Response *w, RulesFormPage *p, bool clock, Err *err)
{
    if (!desk_begin(r, p->heading, clock ? DESK_CLOCK : DESK_CALENDAR, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, clock ? CLOCK : BACK, clock ? S("期限设置") : S("工作日历"));
    desk_crumb(r, &p->desk, S(""), p->heading);
    w->status = form_is_wrong(&p->form) ? 422 : p->again.n ? 409 : 200;
    view_rules_form(&w->out, p);
    return true;
}

static bool for_the_form(ErrKind kind)
{
    return kind == ERR_INPUT || kind == ERR_RULE || kind == ERR_LIMIT;
}

// A form that was sent: shown again, looked at, or done.
static bool sent(Request *r, Response *w, const RulesChange *change, RulesFormPage *p, bool clock,
                 Str to, Err *err)
{
    App *app = app_of(r);
    RulesPlan plan;
    Err why = {0};
    if (form_is_wrong(&p->form) || str_eq(request_form(r, "stage"), S("back")))
        return show(r, w, p, clock, err);
    if (str_eq(request_form(r, "stage"), S("sure"))) {
        if (app_rules_change(app, change, request_version(r), r->a, &plan, &why))
            return desk_done(r, w, to, "rules-changed");
        if (why.kind == ERR_BUSY)
            p->again = str_dup(r->a, str_z(why.zh));
        else if (!for_the_form(why.kind))
            return *err = why, false;
    }
    if (app_rules_plan(app, change, r->a, &plan, &why))
        plan_view(r->a, &plan, p);
    else if (for_the_form(why.kind))
        form_fail(&p->form, &why);
    else
        return *err = why, false;
    return show(r, w, p, clock, err);
}

// --- a notice

static void notice_form(Request *r, RulesFormPage *p)
{
    *p = (RulesFormPage){
        .heading = S("录入放假安排"),
        .lead = S("国务院办公厅新的通知、对已有安排的调整，或者本地区的节假日。下一步先看哪些"
                  "在办申请的日期会变，确认以后才生效。"),
        .action = S("/desk/calendar/new"),
        .back = BACK,
        .button = S("看看哪些申请会变")};
    form_new(r, notice_defs, NOTICE_FIELDS, &p->form);
    form_choice(&p->form, "kind", S("national"), S("全国"), S("国务院办公厅的通知"));
    form_choice(&p->form, "kind", S("regional"), S("地方"),
                S("民族自治地方等依法规定的节假日，叠加在全国安排之上"));
}

bool page_calendar_new(Request *r, Response *w, Err *err)
{
    RulesFormPage p;
    int year = query_int(r, "year", CALENDAR_LAST_YEAR);
    notice_form(r, &p);
    form_set(&p.form, "year", str_fmt(r->a, "%d", year ? year : date_year(app_of(r)->today)));
    form_set(&p.form, "kind", S("national"));
    return show(r, w, &p, false, err);
}

static void notice_of(Form *f, SiteNotice *n)
{
    Err why;
    Str address = form_text(f, "address");
    int64_t year = form_int(f, "year");
    n->notice.year = year > 0 && year <= CALENDAR_LAST_YEAR ? (int)year : 0;
    n->notice.regional = form_chosen(f, "kind", S("regional"));
    n->number = form_text(f, "number");
    n->title = form_text(f, "title");
    n->address = address;
    if (address.n && !str_starts(address, S("https://")) && !str_starts(address, S("http://")))
        form_wrong(f, "address", S("网址以 https:// 或者 http:// 开头"));
    if (!calendar_days_read(form_text(f, "days"), n->notice.year, f->a, &n->notice.days, &why))
        form_wrong(f, "days", str_dup(f->a, str_z(why.zh)));
}

bool page_calendar_new_send(Request *r, Response *w, Err *err)
{
    RulesFormPage p;
    SiteNotice n = {0};
    notice_form(r, &p);
    if (form_take(r, &p.form))
        notice_of(&p.form, &n);
    RulesChange change = {.add = &n};
    return sent(r, w, &change, &p, false, path_with_int(r->a, BACK, "year", n.notice.year), err);
}

static bool withdraw_form(Request *r, SiteNotice *n, RulesFormPage *p, Err *err)
{
    App *app = app_of(r);
    int64_t id = 0;
    if (!str_to_int(request_param(r, "id"), &id) || id < 1)
        return fail(err, ERR_MISSING, NULL, "没有这份放假安排", "no such notice");
    if (!store_calendar_get(app->db, app->site, id, r->a, n, err))
        return false;
    if (n->withdrawn_at)
        return fail(err, ERR_RULE, NULL, "这份放假安排已经撤回",
                    "the notice has been withdrawn already");
    *p = (RulesFormPage){.heading = S("撤回放假安排"),
                         .lead = str_fmt(r->a, "撤回“" PRI_STR "”，它留在列表里，标明已撤回。",
                                         STR_ARG(n->title.n ? n->title : n->number)),
                         .action = str_fmt(r->a, "/desk/calendar/%lld/withdraw", (long long)id),
                         .back = str_fmt(r->a, "/desk/calendar/%lld", (long long)id),
                         .button = S("看看哪些申请会变"),
                         .danger = true};
    form_new(r, withdraw_defs, 1, &p->form);
    return true;
}

bool page_calendar_withdraw(Request *r, Response *w, Err *err)
{
    RulesFormPage p;
    SiteNotice n;
    return withdraw_form(r, &n, &p, err) && show(r, w, &p, false, err);
}

bool page_calendar_withdraw_send(Request *r, Response *w, Err *err)
{
    RulesFormPage p;
    SiteNotice n;
    if (!withdraw_form(r, &n, &p, err))
        return false;
    form_take(r, &p.form);
    RulesChange change = {.withdraw = n.id, .why = form_text(&p.form, "why")};
    return sent(r, w, &change, &p, false, p.back, err);
}

// --- settings

static FieldDef *setting_defs(Arena *a)
{
    FieldDef *defs = NEW(a, FieldDef, n_clock_setting_defs + 1);
    for (size_t i = 0; i < n_clock_setting_defs; i++) {
        const ClockSettingDef *d = &clock_setting_defs[i]; // literals, so they end in NUL
        defs[i] =
            (FieldDef){.name = d->id.s,
                       .label = d->name.s,
                       .hint = d->yes ? d->reason.s
                                      : str_to_z(a, str_fmt(a, "工作日，%d到%d。" PRI_STR, d->least,
                                                            d->most, STR_ARG(d->reason))),
                       .kind = d->yes ? FIELD_RADIO : FIELD_NUMBER,
                       .required = true};
    }
    defs[n_clock_setting_defs] = (FieldDef){.name = "why",
                                            .label = "修改的理由",
                                            .hint = "留在记录里，法院问起时要说得清",
                                            .kind = FIELD_TEXT,
                                            .required = true,
                                            .max = 200};
    return defs;
}

static bool settings_form(Request *r, RequestRules *rules, RulesFormPage *p, Err *err)
{
    if (!app_request_rules(app_of(r), r->a, rules, err))
        return false;
    *p = (RulesFormPage){
        .heading = S("修改期限设置"),
        .lead = S("只有法律没有写明的地方才可以设置。下一步先看哪些在办申请的日期会变；已经办结"
                  "的申请仍按办结时的设置计算。"),
        .action = S("/desk/clock/edit"),
        .back = CLOCK,
        .button = S("看看哪些申请会变")};
    form_new(r, setting_defs(r->a), n_clock_setting_defs + 1, &p->form);
    for (size_t i = 0; i < n_clock_setting_defs; i++) {
        if (!clock_setting_defs[i].yes)
            continue;
        form_choice(&p->form, clock_setting_defs[i].id.s, S("1"), S("是"), S(""));
        form_choice(&p->form, clock_setting_defs[i].id.s, S("0"), S("否"), S(""));
    }
    return true;
}

bool page_clock_edit(Request *r, Response *w, Err *err)
{
    RequestRules rules;
    RulesFormPage p;
    if (!settings_form(r, &rules, &p, err))
        return false;
    for (size_t i = 0; i < n_clock_setting_defs; i++)
        form_set(&p.form, clock_setting_defs[i].id.s,
                 str_fmt(r->a, "%d", clock_setting_get(&rules.settings, i)));
    return show(r, w, &p, true, err);
}

bool page_clock_edit_send(Request *r, Response *w, Err *err)
{
    RequestRules rules;
    RulesFormPage p;
    if (!settings_form(r, &rules, &p, err))
        return false;
    ClockSettings next = rules.settings;
    form_take(r, &p.form);
    for (size_t i = 0; i < n_clock_setting_defs && !form_is_wrong(&p.form); i++) {
        const ClockSettingDef *d = &clock_setting_defs[i];
        int64_t value = form_int(&p.form, d->id.s);
        if (value < d->least || value > d->most)
            form_wrong(&p.form, d->id.s, str_fmt(r->a, "应在%d到%d之间", d->least, d->most));
        else
            clock_setting_put(&next, i, (int)value);
    }
    RulesChange change = {.settings = &next, .why = form_text(&p.form, "why")};
    return sent(r, w, &change, &p, true, CLOCK, err);
}

// --- the settings as they are

static Str changed_words(Arena *a, const ClockChanges *changes, size_t which)
{
    for (size_t i = changes->n; i > 0; i--)
        if (changes->v[i - 1].which == which)
            return date_zh(a, moment_day(changes->v[i - 1].at));
    return S("");
}

static ChangeLine change_line(Arena *a, const ClockChange *c)
{
    return (ChangeLine){.at = moment_zh(a, c->at),
                        .who = c->by_name.n ? c->by_name : S("命令行"),
                        .name = clock_setting_defs[c->which].name,
                        .was = clock_setting_words(c->which, c->was, a),
                        .became = clock_setting_words(c->which, c->value, a),
                        .why = c->why};
}

bool page_clock(Request *r, Response *w, Err *err)
{
    Arena *a = r->a;
    RequestRules rules;
    ClockPage p = {0};
    if (!app_request_rules(app_of(r), a, &rules, err) ||
        !desk_begin(r, S("期限设置"), DESK_CLOCK, &p.desk, err))
        return false;
    for (size_t i = 0; i < n_clock_setting_defs; i++) {
        int now = clock_setting_get(&rules.settings, i);
        *PUSH(a, &p.settings) =
            (SettingLine){.name = clock_setting_defs[i].name,
                          .value = clock_setting_words(i, now, a),
                          .reason = clock_setting_defs[i].reason,
                          .changed = changed_words(a, &rules.changes, i),
                          .own = now != clock_setting_get(&clock_settings_default, i),
                          .standard = clock_setting_defs[i].value};
    }
    for (size_t i = rules.changes.n; i > 0; i--)
        *PUSH(a, &p.changes) = change_line(a, &rules.changes.v[i - 1]);
    p.may_change = viewer_may(r->viewer, MAY_SITE_EDIT);
    view_clock_settings(&w->out, &p);
    return true;
}

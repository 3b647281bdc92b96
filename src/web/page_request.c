#include "web/page_request.h"

#include "domain/identity.h"
#include "views.h"
#include "web/decision_view.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/request_part.h"

static Str day_zh(Arena *a, Date d)
{
    return date_is(d) ? date_zh(a, d) : S("—");
}

// --- the five facts

static void five(Arena *a, RequestPage *p, const char *name, Str value, Str more)
{
    *PUSH(a, &p->five) = (Fact){.name = str_z(name), .value = value, .href = more};
}

static Str left_words(Arena *a, Date due, int left)
{
    if (!date_is(due))
        return S("");
    return left < 0 ? str_fmt(a, "逾期%d个工作日", -left) : str_fmt(a, "还剩%d个工作日", left);
}

static Str no_due_words(Phase phase)
{
    return phase == PHASE_UNCONFIRMED  ? S("双方确认收到后起算")
           : phase == PHASE_CORRECTION ? S("收到补正后重新起算")
           : phase == PHASE_FEE        ? S("缴费后重新起算")
                                       : S("—");
}

// How many working days from tomorrow up to that day; empty where it is none or past.
static Str days_to(const RequestFile *f, Date to, Date today, Arena *a)
{
    int n = 0;
    Err unread = {0};
    if (!f->request.open || !date_is(to))
        return S("");
    if (to.days < today.days)
        return S("已过");
    return calendar_count(&f->rules.calendar, today, to, &n, &unread)
               ? str_fmt(a, "还剩%d个工作日", n)
               : S("");
}

// Whose turn it is, in plain words.
static Str turn_words(const RequestFile *f, const DecisionFile *d, Arena *a)
{
    const Clock *c = &f->clock;
    if (c->overdue)
        return S("已经逾期");
    if (c->lapsed)
        return S("对方期限已过，可以终止办理");
    if (d->decision.ordered.n)
        return str_cat(a, S("重新答复："), decision_states[d->state].name);
    if (f->request.open && d->state == DECISION_DRAFT && d->decision.version)
        return S("答复正在起草");
    if (d->state != DECISION_DRAFT)
        return str_cat(a, S("答复："), decision_states[d->state].name);
    return c->phase == PHASE_OPEN ? S("可以拟定答复") : S("");
}

static void facts_five(Request *r, const RequestFile *f, const DecisionFile *d, RequestPage *p)
{
    const Clock *c = &f->clock;
    Arena *a = r->a;
    Date today = app_of(r)->today;
    five(a, p, "谁在办", f->request.handler_name.n ? f->request.handler_name : S("还没有指定"),
         f->request.organ_name);
    five(a, p, "状态", phase_defs[c->phase].name, turn_words(f, d, a));
    p->five.v[p->five.n - 1].wide = true; // with its tag
    p->tag = c->overdue ? S("late") : phase_defs[c->phase].tag;
    five(a, p, "拟稿时限", day_zh(a, c->draft_due), days_to(f, c->draft_due, today, a));
    five(a, p, "法定时限", date_is(c->due) ? date_zh(a, c->due) : no_due_words(c->phase),
         f->request.open ? left_words(a, c->due, c->left) : S(""));
    five(a, p, "暂停",
         c->paused || c->phase == PHASE_OPINION ? str_cat(a, S("等到"), day_zh(a, c->waits_until))
                                                : S("没有"),
         c->paused_days ? str_fmt(a, "征求意见停过%d个工作日", c->paused_days) : S(""));
}

// --- what comes next

static Str power_path(Verb may)
{
    return may == MAY_REQUEST_REGISTER  ? S("register")
           : may == MAY_REQUEST_HANDLE  ? S("handle")
           : may == MAY_REQUEST_APPROVE ? S("approve")
                                        : S("sign");
}

const char *const step_pages[FACT__COUNT] = {
    [FACT_ASKED_RECEIVED] = "opinions", [FACT_OPINION] = "opinions",
    [FACT_ANSWERED] = "decision",       [FACT_DELIVERED] = "decision/delivery",
    [FACT_REDONE] = "decision",         [FACT_REDONE_DELIVERED] = "decision/delivery",
    [FACT_FEE_NOTICED] = "fee",         [FACT_FEE_PAID] = "fee/pay",
};

static Str step_path(Arena *a, RequestId id, FactKind kind)
{
    if (step_pages[kind])
        return str_fmt(a, "/desk/requests/%lld/%s", (long long)id.n, step_pages[kind]);
    return str_fmt(a, "/desk/requests/%lld/" PRI_STR "/" PRI_STR, (long long)id.n,
                   STR_ARG(power_path(step_rules[kind].may)), STR_ARG(request_fact_defs[kind].id));
}

// Steps that are looked for also when they may not be taken; the others are then left out.
static bool looked_for(FactKind kind, Phase phase)
{
    return phase != PHASE_DONE && phase != PHASE_ENDED &&
           (kind == FACT_CORRECTION_ASKED || kind == FACT_EXTENDED || kind == FACT_ANSWERED);
}

// What a step is for, in plain words; its article stands behind.
// clang-format off
static const Str step_hints[FACT__COUNT] = {
    [FACT_CONFIRMED]           = SI("与申请人确认收到；确认之日是第0日"),
    [FACT_CORRECTION_ASKED]    = SI("内容不明确的，一次性告知怎样补正，收到补正后重新计算期限"),
    [FACT_CORRECTED]           = SI("收到补正的材料，期限从这一天重新计算"),
    [FACT_THIRD_PARTY_ASKED]   = SI("公开会损害第三方权益的，书面征求意见；15个工作日不计入期限"),
    [FACT_ORGAN_ASKED]         = SI("共同制作的信息，征求其他机关意见；逾期没有答复视为同意"),
    [FACT_ASKED_RECEIVED]      = SI("对方收到征求意见书，15个工作日从这一天起算"),
    [FACT_OPINION]             = SI("登记对方的意见、理由，认定理由是否合理"),
    [FACT_REASONS_ASKED]       = SI("数量、频次明显超过合理范围的，要求说明理由"),
    [FACT_REASONS_GIVEN]       = SI("收到申请人的说明"),
    [FACT_EXTENDED]            = SI("最长20个工作日，须经工作机构负责人同意，并告知申请人"),
    [FACT_DELAYED]             = SI("理由合理而不能按期答复的，确定延迟的合理期限并告知"),
    [FACT_FEE_NOTICED]         = SI("超出一定数量、频次的，在期限内发出收费通知"),
    [FACT_FEE_NOTICE_RECEIVED] = SI("申请人收到收费通知，次日起20个工作日内缴纳"),
    [FACT_FEE_PAID]            = SI("缴费以后重新计算期限"),
    [FACT_DELIVERED]           = SI("登记答复已经送达和凭据"),
    [FACT_WITHDRAWN]           = SI("申请人书面或者口头撤回，登记后终止"),
    [FACT_CLOSED]              = SI("申请人逾期不补正、不缴费，视为放弃申请"),
};

// Most wanted first; what is rare stands behind.
static const int step_rank[FACT__COUNT] = {
    [FACT_CONFIRMED] = -2, [FACT_CORRECTED] = -2, [FACT_FEE_PAID] = -2, [FACT_OPINION] = -2,
    [FACT_ANSWERED] = -1,  [FACT_DELIVERED] = -1, [FACT_REASONS_ASKED] = 1, [FACT_FEE_NOTICED] = 1,
    [FACT_WITHDRAWN] = 2,
};
// clang-format on

// While a decision made anew is in hand, the one that answered the request arrives by its number.
static Str first_arrival(Arena *a, RequestId id, const DecisionHeads *heads)
{
    int64_t nth = 1;
    for (size_t i = 0; i < heads->n; i++)
        nth = heads->v[i].remedy ? nth : heads->v[i].nth;
    return str_fmt(a, "/desk/requests/%lld/decisions/%lld/delivery", (long long)id.n,
                   (long long)nth);
}

static StepDoor door_of(Request *r, const RequestFile *f, FactKind kind, const DecisionFile *d)
{
    Str hint = step_hints[kind], source = step_rules[kind].source;
    StepDoor door = {
        .name = request_fact_defs[kind].name,
        .by = hint.n ? str_fmt(r->a, PRI_STR "（" PRI_STR "）", STR_ARG(hint), STR_ARG(source))
                     : source,
        .rank = step_rank[kind]};
    if (kind != FACT_ANSWERED) {
        door.href = step_path(r->a, f->request.id, kind);
        if (kind == FACT_DELIVERED && d->decision.ordered.n)
            door.href = first_arrival(r->a, f->request.id, &d->hand.heads);
        return door;
    }
    DecisionDoor next = decision_door(r, f, d);
    door.name = next.name;
    Str turn = turn_words(f, d, r->a), way = S("选定处理决定，审核、签发以后发出");
    door.by = turn.n ? str_fmt(r->a, PRI_STR "；" PRI_STR, STR_ARG(turn), STR_ARG(way)) : way;
    door.href = next.href.n
                    ? next.href
                    : str_fmt(r->a, "/desk/requests/%lld/decision", (long long)f->request.id.n);
    return door;
}

static void door_put(RequestPage *p, StepDoor door)
{
    size_t at = p->n_doors++;
    for (; at > 0 && p->doors[at - 1].rank > door.rank; at--)
        p->doors[at] = p->doors[at - 1];
    p->doors[at] = door;
}

static void redo_door(Request *r, const RequestFile *f, const DecisionFile *d, RequestPage *p)
{
    bool waits = d->hand.open || d->state == DECISION_SENT;
    if (!d->decision.ordered.n || !waits)
        return;
    DecisionDoor next = decision_door(r, f, d);
    StepDoor door = {.href = next.href.n ? next.href
                                         : str_fmt(r->a, "/desk/requests/%lld/decision",
                                                   (long long)f->request.id.n),
                     .name = next.name,
                     .by = redo_say(r->a, d),
                     .rank = -3};
    door_put(p, door);
}

static void doors(Request *r, const RequestFile *f, const DecisionFile *d, RequestPage *p)
{
    p->doors = NEW(r->a, StepDoor, f->next.n + 1);
    p->closed = NEW(r->a, StepDoor, f->next.n);
    for (size_t i = 0; i < f->next.n; i++) {
        const NextStep *next = &f->next.v[i];
        Verb may = step_rules[next->kind].may;
        StepDoor door = door_of(r, f, next->kind, d);
        if (!next->allowed) {
            door.why = str_cat(r->a, S("不能办理："), str_z(next->why.zh));
            if (looked_for(next->kind, f->clock.phase))
                p->closed[p->n_closed++] = door;
        } else if (!viewer_may(r->viewer, may) && next->kind != FACT_ANSWERED) {
            door.why = str_fmt(r->a, "由有“" PRI_STR "”权限的人办理", STR_ARG(verb_defs[may].name));
            p->closed[p->n_closed++] = door;
        } else
            door_put(p, door);
    }
    redo_door(r, f, d, p);
    if (p->n_doors && p->doors[0].rank < 0)
        p->doors[0].primary = true;
}

// --- the clock

static const LedgerLine *line_at(const Ledger *l, Date d)
{
    for (size_t i = l->n; i-- > 0;)
        if (l->v[i].kind != LEDGER_DUE && d.days >= l->v[i].from.days && d.days <= l->v[i].to.days)
            return &l->v[i];
    return NULL;
}

static Str cell_class(const LedgerLine *line, Date d, Date today, Date due)
{
    return d.days == due.days           ? S("d")
           : line->kind == LEDGER_PAUSE ? S("p")
           : d.days == today.days       ? S("t")
           : d.days < today.days        ? S("u")
                                        : S("");
}

void clock_cells(Arena *a, const Calendar *calendar, Date today, const Clock *clock,
                 const Ledger *ledger, ClockCell **out, size_t *n)
{
    enum { LONGEST = 400 }; // days that a bar can show
    int number = 0;
    *n = 0;
    if (!date_is(clock->due) || clock->due.days - clock->begins.days > LONGEST)
        return;
    *out = NEW(a, ClockCell, LONGEST);
    for (Date d = {clock->begins.days + 1}; d.days <= clock->due.days; d.days++) {
        const LedgerLine *line = line_at(ledger, d);
        if (!calendar_works(calendar, d) || !line)
            continue;
        bool paused = line->kind == LEDGER_PAUSE;
        number += !paused;
        (*out)[(*n)++] = (ClockCell){cell_class(line, d, today, clock->due),
                                     paused ? S("停") : str_fmt(a, "%d", number)};
    }
}

static Str span_words(Arena *a, Date from, Date to)
{
    int y, m, d, y2, m2, d2;
    date_parts(from, &y, &m, &d);
    date_parts(to, &y2, &m2, &d2);
    if (from.days == to.days)
        return str_fmt(a, "%d年%d月%d日", y, m, d);
    return y == y2 ? str_fmt(a, "%d年%d月%d日至%d月%d日", y, m, d, m2, d2)
                   : str_fmt(a, "%d年%d月%d日至%d年%d月%d日", y, m, d, y2, m2, d2);
}

LedgerRow *ledger_view(Arena *a, const Ledger *ledger, size_t *n)
{
    LedgerRow *rows = NEW(a, LedgerRow, ledger->n);
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerLine *l = &ledger->v[i];
        bool counts = l->kind == LEDGER_COUNT || l->kind == LEDGER_EXTEND;
        rows[i] = (LedgerRow){.cls = l->kind == LEDGER_PAUSE ? S("p") : S(""),
                              .day = span_words(a, l->from, l->to),
                              .words = l->words,
                              .days = counts                    ? str_fmt(a, "＋%d", l->days)
                                      : l->kind == LEDGER_PAUSE ? S("停")
                                                                : S("—"),
                              .total = str_fmt(a, "%d", l->total),
                              .source = l->source};
    }
    *n = ledger->n;
    return rows;
}

// --- the request and its history

static void asked(Arena *a, RequestPage *p, const char *name, Str value)
{
    if (value.n)
        *PUSH(a, &p->asked) = (Fact){.name = str_z(name), .value = value};
}

static void asked_facts(Arena *a, const RequestFile *f, RequestPage *p)
{
    const InfoRequest *q = &f->request;
    const Applicant *who = &f->applicant;
    asked(a, p, "申请人",
          str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(q->applicant_name),
                  STR_ARG(applicant_defs[q->applicant_kind].name)));
    asked(a, p, "身份证明",
          str_cat(a, who->id_kind, str_cat(a, S(" "), identity_masked(who->id_number, a))));
    asked(a, p, "电话", who->phone);
    asked(a, p, "邮箱", who->email);
    asked(a, p, "地址", who->address);
    asked(a, p, "渠道", channel_defs[q->channel].name);
    asked(a, p, "提交", date_zh(a, q->filed));
    asked(a, p, "收到", date_is(q->received) ? date_zh(a, q->received) : S("待双方确认"));
    asked(a, p, "内容", q->description);
    asked(a, p, "统计件数", str_fmt(a, "%lld件", (long long)q->n_units));
    asked(a, p, "备注", q->note);
}

static Str fact_words(Arena *a, const StoredFact *s)
{
    Str words = request_fact_defs[s->fact.kind].name;
    if (s->whom.n)
        words = str_fmt(a, PRI_STR "：" PRI_STR, STR_ARG(words), STR_ARG(s->whom));
    if (s->fact.workdays)
        words = str_fmt(a, PRI_STR "，%d个工作日", STR_ARG(words), s->fact.workdays);
    if (date_is(s->fact.until))
        words =
            str_fmt(a, PRI_STR "，至" PRI_STR, STR_ARG(words), STR_ARG(date_zh(a, s->fact.until)));
    return s->note.n ? str_fmt(a, PRI_STR "。" PRI_STR, STR_ARG(words), STR_ARG(s->note)) : words;
}

// Newest first.
static void history(Request *r, const RequestFile *f, RequestPage *p)
{
    p->facts = NEW(r->a, FactLine, f->facts.n);
    for (size_t i = f->facts.n; i-- > 0;) {
        const StoredFact *s = &f->facts.v[i];
        bool can = !s->struck_at && s->fact.kind != FACT_FILED &&
                   viewer_may(r->viewer, MAY_REQUEST_HANDLE) &&
                   viewer_may(r->viewer, step_rules[s->fact.kind].may);
        p->facts[p->n_facts++] = (FactLine){
            .cls = s->fact.kind == FACT_THIRD_PARTY_ASKED || s->fact.kind == FACT_ORGAN_ASKED
                       ? S("p")
                       : S(""),
            .day = date_zh(r->a, s->fact.on),
            .words = fact_words(r->a, s),
            .who = s->person_name,
            .document = s->fact.document,
            .struck = s->struck_at > 0,
            .by_applicant = s->fact.kind == FACT_FILED && s->fact.channel == CHANNEL_INTERNET,
            .strike = can ? str_fmt(r->a, "/desk/requests/%lld/strike?fact=%lld",
                                    (long long)f->request.id.n, (long long)s->fact.id)
                          : S("")};
    }
}

// Of a new reply that a review or a suit ordered, behind what is said of the request.
static Str say_again(Arena *a, const DecisionFile *d)
{
    if (!d->decision.ordered.n)
        return S("");
    if (date_is(d->sent_on))
        return str_fmt(a, PRI_STR "重新答复。", STR_ARG(date_zh(a, d->sent_on)));
    return date_is(d->hand.order.due) ? str_fmt(a, "责令重新答复，最迟" PRI_STR "。",
                                                STR_ARG(date_zh(a, d->hand.order.due)))
                                      : S("");
}

static Str say(Arena *a, const Clock *c)
{
    switch (c->phase) {
    case PHASE_UNCONFIRMED:
        return S("还没有与申请人确认收到，请当日确认（条例第三十一条）。");
    case PHASE_CORRECTION:
        return str_cat(a, S("等申请人补正，最迟"), str_cat(a, day_zh(a, c->waits_until), S("。")));
    case PHASE_FEE:
        return str_cat(a, S("等申请人缴费，最迟"), str_cat(a, day_zh(a, c->waits_until), S("。")));
    case PHASE_OPINION:
        return str_fmt(a, "正在征求意见，最迟" PRI_STR "；按此计算，最迟" PRI_STR "答复。",
                       STR_ARG(day_zh(a, c->waits_until)), STR_ARG(day_zh(a, c->due)));
    case PHASE_OPEN:
        return c->overdue ? str_fmt(a, "已逾期%d个工作日，应于" PRI_STR "答复。", -c->left,
                                    STR_ARG(day_zh(a, c->due)))
                          : str_fmt(a, "最迟" PRI_STR "答复，还剩%d个工作日。",
                                    STR_ARG(day_zh(a, c->due)), c->left);
    case PHASE_DONE:
        return c->late ? S("已经答复，迟于法定期限。") : S("已经在期限内答复。");
    case PHASE_ENDED:
    case PHASE__COUNT:
        break;
    }
    return S("已经终止办理。");
}

bool page_request(Request *r, Response *w, Err *err)
{
    RequestPage p = {0};
    RequestFile f;
    DecisionFile d;
    if (!app_request_get(app_of(r), request_id_of(r), r->a, &f, err) ||
        !app_decision_get(app_of(r), &f, r->a, &d, err) ||
        !desk_begin(r, f.request.title, DESK_REQUESTS, &p.desk, err))
        return false;
    clock_cells(r->a, &f.rules.calendar, app_of(r)->today, &f.clock, &f.ledger, &p.cells,
                &p.n_cells);
    desk_crumb(r, &p.desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p.desk, S(""), f.request.code);
    p.code = f.request.code;
    p.title = f.request.title;
    p.say = str_cat(r->a, say(r->a, &f.clock), say_again(r->a, &d));
    p.due_words = date_is(f.clock.due) ? date_zh(r->a, f.clock.due) : S("");
    facts_five(r, &f, &d, &p);
    if (f.request.open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p.assign = str_cat(r->a, door_path(r->a, S("request"), f.request.id.n), S("/assign"));
    doors(r, &f, &d, &p);
    if (f.request.open && date_is(f.clock.due))
        p.next_day = str_cat(r->a, S("最迟"), date_zh(r->a, f.clock.due));
    if (d.hand.open && date_is(d.hand.order.due))
        p.next_day = str_cat(r->a, S("最迟"), date_zh(r->a, d.hand.order.due));
    p.rows = ledger_view(r->a, &f.ledger, &p.n_rows);
    if (f.clock.provisional)
        p.provisional =
            S("期限跨入尚未公布节假日安排的年份，暂按周末和法定节日计算；安排公布后重新计算。");
    asked_facts(r->a, &f, &p);
    history(r, &f, &p);
    if (!request_parts_show(r, &f, &p.parts, err))
        return false;
    view_request_file(&w->out, &p);
    return true;
}

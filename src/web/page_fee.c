#include "web/page_fee.h"

#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

static Str yuan_words(Arena *a, Yuan yuan)
{
    return str_fmt(a, "%lld元", (long long)yuan.n);
}

static Str request_path(Arena *a, RequestId id, const char *tail)
{
    return str_cat(a, door_path(a, S("request"), id.n), str_z(tail));
}

// --- tables

static Str places_words(Arena *a, int first, int last)
{
    return first == last ? str_fmt(a, "第%d件", first) : str_fmt(a, "第%d至%d件", first, last);
}

static void units_table(Arena *a, const FeeUnits *units, int64_t here, FeeTables *t)
{
    t->units = NEW(a, FeeUnitRow, units->n);
    for (size_t i = 0; i < units->n; i++) {
        const FeeUnit *u = &units->v[i];
        t->units[t->n_units++] = (FeeUnitRow){.href = door_path(a, S("request"), u->request),
                                              .code = u->code,
                                              .title = u->title,
                                              .received = date_zh(a, u->received),
                                              .places = places_words(a, u->first, u->last),
                                              .here = u->request == here};
    }
    if (units->n) {
        int y, m, d;
        date_parts(units->v[0].received, &y, &m, &d);
        t->month =
            str_fmt(a, "%d年%d月，本机关收到该申请人的申请共%d件（“收到”以条例第三十一条为准）", y,
                    m, units->v[units->n - 1].last);
    }
}

static void working_table(Arena *a, const Fee *fee, FeeTables *t)
{
    Str unit = fee->basis == FEE_BY_ITEM ? S("件") : S("页");
    t->rows = NEW(a, FeeWorkRow, fee->n);
    for (size_t i = 0; i < fee->n; i++) {
        const FeeLine *l = &fee->v[i];
        t->rows[t->n_rows++] = (FeeWorkRow){
            .span = l->from == l->to
                        ? str_fmt(a, "第%d" PRI_STR, l->from, STR_ARG(unit))
                        : str_fmt(a, "第%d至%d" PRI_STR, l->from, l->to, STR_ARG(unit)),
            .count = str_fmt(a, "%d", l->to - l->from + 1),
            .each = str_fmt(a, "%lld", (long long)l->each.n),
            .sum = str_fmt(a, "%lld", (long long)l->sum.n),
            .source = l->source};
    }
    t->sum = yuan_words(a, fee->sum);
}

// --- the notice

static const FieldDef notice_defs[] = {
    {.name = "basis", .kind = FIELD_HIDDEN, .label = ""},
    {.name = "provision", .kind = FIELD_HIDDEN, .label = ""},
    {.name = "pages", .kind = FIELD_HIDDEN, .label = ""},
    {.name = "yuan",
     .label = "收费数额（元）",
     .hint = "只能减免，不能高于标准；免收填0，不发通知，申请照常办理",
     .kind = FIELD_NUMBER,
     .required = true,
     .max = 9},
    {.name = "reason",
     .label = "减收或者免收的理由",
     .hint = "按标准收取的不填",
     .kind = FIELD_AREA,
     .max = 300},
    {.name = "on", .label = "发出通知的日期", .kind = FIELD_DATE, .required = true},
    {.name = "document",
     .label = "通知书文号",
     .hint = "不填，由本站照模板生成通知书并编号；已经在别处发文的，填那份通知书的文号",
     .max = 100},
    {.name = "how",
     .label = "缴纳方式",
     .hint = "写进通知：到哪里缴、缴款码或者账户、问谁",
     .kind = FIELD_AREA,
     .max = 600},
};
enum { NOTICE_FIELDS = sizeof notice_defs / sizeof *notice_defs };

static void choices(Request *r, FeePage *p, FeeBasis basis, bool has_basis, FeeProvision provision)
{
    for (int b = 0; b < FEE__COUNT; b++)
        *PUSH(r->a, &p->bases) =
            (Choice){.value = fee_bases[b].id,
                     .text = fee_bases[b].name,
                     .hint = b == FEE_BY_ITEM ? S("适用于所有处理决定")
                                              : S("只用于提供纸质件、发送电子邮件、复制电子数据等"),
                     .chosen = has_basis && b == (int)basis};
    for (int v = 0; v < PROVIDE__COUNT; v++)
        *PUSH(r->a, &p->provisions) = (Choice){.value = fee_provisions[v].id,
                                               .text = fee_provisions[v].name,
                                               .chosen = v == (int)provision};
}

// What the query of a GET or the fields of a POST ask for.
typedef struct Asked {
    FeeBasis basis;
    FeeProvision provision;
    int pages;
    bool has_basis;
} Asked;

static Asked asked_of(Str basis, Str provision, Str pages, const InfoRequest *q)
{
    Asked asked = {.provision = str_eq(q->form, S("paper")) ? PROVIDE_PAPER : PROVIDE_COPY};
    int64_t n = 0;
    asked.has_basis = fee_basis_named(basis, &asked.basis);
    fee_provision_named(provision, &asked.provision);
    if (str_to_int(pages, &n) && n > 0 && n <= FEE_MAX_UNITS)
        asked.pages = (int)n;
    return asked;
}

static void work_out(Request *r, const FeeFile *f, const Asked *asked, FeePage *p)
{
    Fee fee;
    Err why = {0};
    FeeAsk ask = {.basis = asked->basis,
                  .provision = asked->provision,
                  .pages = asked->pages,
                  .month = &f->month,
                  .request = f->file.request.id.n,
                  .received = f->file.request.received};
    if (asked->basis == FEE_BY_ITEM)
        units_table(r->a, &f->month, f->file.request.id.n, &p->tables);
    if (!fee_working(&ask, r->a, &fee, &why)) {
        p->problem = str_dup(r->a, str_z(why.zh));
        return;
    }
    working_table(r->a, &fee, &p->tables);
    if (!fee.sum.n)
        p->problem = S("没有超过免费的数量，不收费（办法第四条、第五条）。");
    p->chosen = fee.sum.n > 0;
    form_set(&p->form, "yuan", str_fmt(r->a, "%lld", (long long)fee.sum.n));
}

static bool fee_begin(Request *r, const FeeFile *f, FeePage *p, Err *err)
{
    const InfoRequest *q = &f->file.request;
    *p = (FeePage){.title = S("收费通知"),
                   .code = str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(q->code), STR_ARG(q->title)),
                   .action = request_path(r->a, q->id, "/fee"),
                   .back = request_path(r->a, q->id, ""),
                   .account = S("/desk/fees/account")};
    if (!desk_begin(r, p->title, DESK_REQUESTS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p->desk, p->back, q->code);
    desk_crumb(r, &p->desk, S(""), p->title);
    form_new(r, notice_defs, NOTICE_FIELDS, &p->form);
    p->form.version = q->version;
    return true;
}

static void fee_fill(Request *r, const FeeFile *f, const Asked *asked, FeePage *p)
{
    choices(r, p, asked->basis, asked->has_basis, asked->provision);
    p->pages = asked->pages ? str_fmt(r->a, "%d", asked->pages) : S("");
    if (f->has)
        p->problem = S("已经有一份收费通知；一件申请只能选一种标准收费一次（办法第三条）。");
    else if (asked->has_basis)
        work_out(r, f, asked, p);
}

bool page_fee(Request *r, Response *w, Err *err)
{
    FeePage p;
    FeeFile f;
    if (!app_fee_get(app_of(r), request_id_of(r), r->a, &f, err) || !fee_begin(r, &f, &p, err))
        return false;
    Asked asked = asked_of(request_query(r, "basis"), request_query(r, "provision"),
                           request_query(r, "pages"), &f.file.request);
    form_set(&p.form, "basis", request_query(r, "basis"));
    form_set(&p.form, "provision", fee_provisions[asked.provision].id);
    form_set(&p.form, "pages", request_query(r, "pages"));
    form_set_date(&p.form, "on", app_of(r)->today);
    form_set(&p.form, "how", f.way);
    fee_fill(r, &f, &asked, &p);
    view_fee(&w->out, &p);
    return true;
}

static bool again(Response *w, FeePage *p, const Err *why, Err *err)
{
    if (!form_mend(&p->form, why, err))
        return false;
    p->chosen = true;
    w->status = 422;
    view_fee(&w->out, p);
    return true;
}

static FeeNew notice_read(const FeeFile *f, const Asked *asked, const Form *form)
{
    return (FeeNew){.request = f->file.request.id,
                    .version = form->version,
                    .basis = asked->basis,
                    .provision = asked->provision,
                    .pages = asked->pages,
                    .asked = {form_int(form, "yuan")},
                    .reason = form_text(form, "reason"),
                    .on = form_date(form, "on"),
                    .document = form_text(form, "document"),
                    .how = form_text(form, "how")};
}

bool page_fee_send(Request *r, Response *w, Err *err)
{
    FeePage p;
    FeeFile f;
    Err why = {0};
    if (!app_fee_get(app_of(r), request_id_of(r), r->a, &f, err) || !fee_begin(r, &f, &p, err))
        return false;
    bool whole = form_take(r, &p.form);
    Asked asked = asked_of(form_text(&p.form, "basis"), form_text(&p.form, "provision"),
                           form_text(&p.form, "pages"), &f.file.request);
    FeeNew fee = notice_read(&f, &asked, &p.form);
    Str typed = form_text(&p.form, "yuan");
    fee_fill(r, &f, &asked, &p);
    form_set(&p.form, "yuan", typed);
    if (!asked.has_basis)
        return fail(err, ERR_INPUT, NULL, "请先选择按件还是按量", "choose by item or by page");
    if (!whole || !app_fee_notice(app_of(r), &fee, r->a, &why))
        return again(w, &p, &why, err);
    return desk_done(r, w, p.back, fee.asked.n ? "fee-noticed" : "fee-waived");
}

// --- steps

static const FieldDef pay_defs[] = {
    {.name = "on", .label = "缴费日期", .kind = FIELD_DATE, .required = true},
    {.name = "yuan",
     .label = "金额（元）",
     .hint = "分次缴的逐笔登记，缴清之日起重新计算期限",
     .kind = FIELD_NUMBER,
     .required = true,
     .max = 9},
    {.name = "receipt",
     .label = "财政票据号",
     .hint = "办法第九条：使用财政部门统一监（印）制的票据",
     .required = true,
     .max = 60},
    {.name = "method", .label = "缴费方式", .kind = FIELD_SELECT, .required = true},
};
static const FieldDef refund_defs[] = {
    {.name = "on", .label = "退费日期", .kind = FIELD_DATE, .required = true},
    {.name = "yuan", .label = "金额（元）", .kind = FIELD_NUMBER, .required = true, .max = 9},
    {.name = "method", .label = "退费方式", .kind = FIELD_SELECT, .required = true},
    {.name = "receipt", .label = "退付凭证号", .max = 60},
    {.name = "why", .label = "为什么退", .kind = FIELD_AREA, .required = true, .max = 300},
};
static const FieldDef lower_defs[] = {
    {.name = "yuan",
     .label = "减收以后的数额（元）",
     .kind = FIELD_NUMBER,
     .required = true,
     .max = 9},
    {.name = "why", .label = "减收的理由", .kind = FIELD_AREA, .required = true, .max = 300},
};
static const FieldDef why_defs[] = {
    {.name = "why",
     .label = "为什么撤销",
     .hint = "撤销的仍然留在案卷里，划线显示",
     .kind = FIELD_AREA,
     .required = true,
     .max = 300},
    {.name = "money", .label = "", .kind = FIELD_HIDDEN},
};
static const FieldDef lapse_defs[] = {
    {.name = "on", .label = "终止办理的日期", .kind = FIELD_DATE, .required = true},
    {.name = "document",
     .label = "告知书文号",
     .hint = "不填的，由系统按文书模板生成告知书并编号",
     .max = 100},
};

typedef enum FeeStepKind {
    FS_PAY,
    FS_REFUND,
    FS_LOWER,
    FS_VOID,
    FS_STRIKE,
    FS_LAPSE,
    FS__COUNT
} FeeStepKind;

// clang-format off
#define DEFS(d) d, sizeof d / sizeof *d
static const struct FeeStepDef {
    const char *tail;
    Str title, hint, submit;
    const FieldDef *defs;
    size_t n;
} fee_steps[FS__COUNT] = {
    [FS_PAY]    = { "/fee/pay",    SI("登记缴费"),       SI(""), SI("登记缴费"), DEFS(pay_defs) },
    [FS_REFUND] = { "/fee/refund", SI("登记退费"),       SI("多收的、通知撤销或者申请终止以后已收的，退还申请人。"), SI("登记退费"), DEFS(refund_defs) },
    [FS_LOWER]  = { "/fee/lower",  SI("减收"),           SI("数额只能降低。已缴的达到减收后的数额，就算缴清。"), SI("减收"), DEFS(lower_defs) },
    [FS_VOID]   = { "/fee/void",   SI("撤销收费通知"),   SI("通知发错的（例如件数数错）才撤销。撤销以后，期限按没有发过通知计算；已收的要退还。"), SI("撤销通知"), DEFS(why_defs) },
    [FS_STRIKE] = { "/fee/strike", SI("撤销登记错误的一笔"), SI(""), SI("撤销这一笔"), DEFS(why_defs) },
    [FS_LAPSE]  = { "/fee/lapse",  SI("逾期未缴费，终止办理"), SI("申请人收到通知的次日起20个工作日内没有缴清，视为放弃申请，不再处理（办法第六条）。"), SI("终止办理"), DEFS(lapse_defs) },
};
// clang-format on

static FeeStepKind step_of(const Request *r)
{
    for (int k = 0; k < FS__COUNT; k++)
        if (str_ends(str_z(r->pattern), str_z(fee_steps[k].tail)))
            return (FeeStepKind)k;
    return FS_PAY;
}

static void methods(Form *f)
{
    for (int m = 0; m < MONEY_METHOD__COUNT; m++)
        form_choice(f, "method", money_methods[m].id, money_methods[m].name, S(""));
}

static Str left_hint(Arena *a, const FeeFile *f)
{
    if (!f->has)
        return S("这件申请没有收费通知的数额。");
    return str_fmt(a, "应缴" PRI_STR "，已缴" PRI_STR "，还应缴" PRI_STR "。",
                   STR_ARG(yuan_words(a, f->notice.yuan)), STR_ARG(yuan_words(a, f->notice.paid)),
                   STR_ARG(yuan_words(a, (Yuan){f->notice.yuan.n - f->notice.paid.n})));
}

static bool step_begin(Request *r, FeeStepKind kind, RequestFormPage *p, FeeFile *f, Err *err)
{
    if (!app_fee_get(app_of(r), request_id_of(r), r->a, f, err))
        return false;
    *p = (RequestFormPage){.heading = fee_steps[kind].title,
                           .hint = kind == FS_PAY ? left_hint(r->a, f) : fee_steps[kind].hint,
                           .action = r->path,
                           .submit = fee_steps[kind].submit,
                           .back = request_path(r->a, f->file.request.id, "")};
    if (!desk_begin(r, p->heading, DESK_REQUESTS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p->desk, p->back, f->file.request.code);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, fee_steps[kind].defs, fee_steps[kind].n, &p->form);
    p->form.version = f->file.request.version;
    if (kind == FS_PAY || kind == FS_REFUND)
        methods(&p->form);
    return true;
}

bool page_fee_step(Request *r, Response *w, Err *err)
{
    FeeStepKind kind = step_of(r);
    RequestFormPage p;
    FeeFile f;
    if (!step_begin(r, kind, &p, &f, err))
        return false;
    if (kind == FS_PAY || kind == FS_REFUND || kind == FS_LAPSE)
        form_set_date(&p.form, "on", app_of(r)->today);
    if (kind == FS_PAY && f.has)
        form_set(&p.form, "yuan",
                 str_fmt(r->a, "%lld", (long long)(f.notice.yuan.n - f.notice.paid.n)));
    if (kind == FS_STRIKE)
        form_set(&p.form, "money", request_query(r, "money"));
    return form_page_show(w, &p);
}

static FeeMoney money_read(FeeStepKind kind, const Form *f)
{
    FeeMoney m = {.kind = kind == FS_REFUND ? MONEY_REFUND : MONEY_PAYMENT,
                  .on = form_date(f, "on"),
                  .yuan = {form_int(f, "yuan")},
                  .receipt = form_text(f, "receipt"),
                  .note = kind == FS_REFUND ? form_text(f, "why") : S("")};
    for (int i = 0; i < MONEY_METHOD__COUNT; i++)
        if (str_eq(money_methods[i].id, form_text(f, "method")))
            m.method = (MoneyMethod)i;
    return m;
}

static bool step_do(Request *r, FeeStepKind kind, const FeeFile *file, const Form *f, Err *err)
{
    App *app = app_of(r);
    RequestId id = file->file.request.id;
    switch (kind) {
    case FS_PAY:
    case FS_REFUND: {
        FeeMoney m = money_read(kind, f);
        return app_fee_money(app, id, f->version, &m, r->a, err);
    }
    case FS_LOWER:
        return app_fee_lower(app, id, f->version, (Yuan){form_int(f, "yuan")}, form_text(f, "why"),
                             r->a, err);
    case FS_VOID:
        return app_fee_void(app, id, f->version, form_text(f, "why"), r->a, err);
    case FS_STRIKE:
        return app_fee_strike(app, id, f->version, form_int(f, "money"), form_text(f, "why"), r->a,
                              err);
    case FS_LAPSE:
        return app_fee_lapse(app, id, f->version, form_date(f, "on"), form_text(f, "document"),
                             r->a, err);
    case FS__COUNT:
        break;
    }
    return fail(err, ERR_MISSING, NULL, "没有这个步骤", "there is no such step");
}

bool page_fee_step_send(Request *r, Response *w, Err *err)
{
    FeeStepKind kind = step_of(r);
    RequestFormPage p;
    FeeFile f;
    Err why = {0};
    if (!step_begin(r, kind, &p, &f, err))
        return false;
    if (form_take(r, &p.form) && step_do(r, kind, &f, &p.form, &why))
        return desk_done(r, w, p.back, "saved");
    return form_page_again(w, &p, &why, err);
}

// --- the part of a request's page

static void fact(Arena *a, FeePartPage *p, const char *name, Str value, Str more)
{
    if (value.n)
        *PUSH(a, &p->facts) = (Fact){.name = str_z(name), .value = value, .href = more};
}

static const RequestFact *fact_last(const StoredFacts *facts, FactKind kind)
{
    for (size_t i = facts->n; i-- > 0;)
        if (facts->v[i].fact.kind == kind && !facts->v[i].struck_at)
            return &facts->v[i].fact;
    return NULL;
}

static Str amount_words(Arena *a, const FeeNotice *n)
{
    if (n->yuan.n == n->full.n)
        return S("按标准收取");
    return str_fmt(a, "按标准应为" PRI_STR "，%s：" PRI_STR, STR_ARG(yuan_words(a, n->full)),
                   n->yuan.n ? "减收" : "免收", STR_ARG(n->reason));
}

static void notice_facts(Arena *a, const FeeFile *f, FeePartPage *p)
{
    const FeeNotice *n = &f->notice;
    const Clock *clock = &f->file.clock;
    const RequestFact *received = fact_last(&f->file.facts, FACT_FEE_NOTICE_RECEIVED);
    fact(a, p, "应缴", yuan_words(a, n->yuan), amount_words(a, n));
    fact(a, p, "已缴", yuan_words(a, n->paid),
         date_is(n->settled) ? str_cat(a, date_zh(a, n->settled), S("缴清")) : S(""));
    if (!n->fact)
        return;
    fact(a, p, "通知", date_zh(a, n->noticed), n->document);
    fact(a, p, "申请人收到", received ? date_zh(a, received->on) : S("还没有登记"),
         received ? S("") : S("缴费期限从收到的次日起算"));
    if (clock->phase == PHASE_FEE)
        fact(a, p, "最迟缴费", date_zh(a, clock->waits_until), S("收到通知次日起20个工作日"));
}

static void door(Request *r, const FeeFile *f, FeePartPage *p, Verb may, const char *tail,
                 const char *name)
{
    if (viewer_may(r->viewer, may))
        p->doors[p->n_doors++] =
            (StepDoor){.href = request_path(r->a, f->file.request.id, tail), .name = str_z(name)};
}

static void part_doors(Request *r, const FeeFile *f, FeePartPage *p)
{
    bool stands = f->has && f->notice.fact;
    bool waits = stands && (f->state == FEE_DUE || f->state == FEE_PARTLY);
    p->doors = NEW(r->a, StepDoor, 8);
    if (!f->has && f->file.request.open && f->month.n)
        door(r, f, p, MAY_REQUEST_HANDLE, "/fee", "算一算，发收费通知");
    if (waits || (stands && f->state == FEE_LAPSED && f->file.request.open))
        door(r, f, p, MAY_REQUEST_HANDLE, "/fee/pay", "登记缴费");
    if (waits)
        door(r, f, p, MAY_REQUEST_HANDLE, "/fee/lower", "减收");
    if (f->has && f->file.request.open)
        door(r, f, p, MAY_REQUEST_HANDLE, "/fee/void", "撤销通知");
    if (f->has && f->state == FEE_LAPSED && f->file.request.open)
        door(r, f, p, MAY_REQUEST_SIGN, "/fee/lapse", "终止办理");
    if ((f->has && f->notice.paid.n > fee_owed(&f->notice, f->state).n) ||
        fee_net(&f->returned).n > 0)
        door(r, f, p, MAY_REQUEST_HANDLE, "/fee/refund", "登记退费");
}

static void money_rows(Request *r, const FeeFile *f, const FeeMoneys *money, bool can,
                       FeePartPage *p)
{
    p->money = NEW(r->a, FeeMoneyRow, money->n);
    for (size_t i = 0; i < money->n; i++) {
        const FeeMoney *m = &money->v[i];
        Str strike = str_fmt(r->a, PRI_STR "?money=%lld",
                             STR_ARG(request_path(r->a, f->file.request.id, "/fee/strike")),
                             (long long)m->id);
        p->money[p->n_money++] =
            (FeeMoneyRow){.kind = money_kinds[m->kind].name,
                          .on = date_zh(r->a, m->on),
                          .yuan = str_fmt(r->a, "%s%lld", m->kind == MONEY_REFUND ? "−" : "",
                                          (long long)m->yuan.n),
                          .receipt = m->receipt,
                          .method = money_methods[m->method].name,
                          .note = m->struck_at ? m->struck_why : m->note,
                          .who = m->person_name,
                          .struck = m->struck_at > 0,
                          .strike = can && !m->struck_at ? strike : S("")};
    }
}

// Counted as of today it may be less: a request was joined, or taken for received by mistake.
static void recount(Arena *a, const FeeFile *f, FeePartPage *p)
{
    const FeeNotice *n = &f->notice;
    const FeeUnit *now = fee_unit_of(&f->month, f->file.request.id.n);
    Fee fee;
    Err unread;
    if (n->basis == FEE_BY_ITEM && now &&
        fee_compute(FEE_BY_ITEM, now->first, now->last, f->file.request.received, a, &fee,
                    &unread) &&
        fee.sum.n < n->yuan.n)
        p->warn = str_fmt(a,
                          "按现在的登记重新数，是" PRI_STR "，应收" PRI_STR
                          "，少于通知的数额。请核对，数错的减收或者撤销通知。",
                          STR_ARG(places_words(a, now->first, now->last)),
                          STR_ARG(yuan_words(a, fee.sum)));
}

static void standing_part(Request *r, const FeeFile *f, FeePartPage *p)
{
    Fee fee;
    Err unread;
    const FeeNotice *n = &f->notice;
    p->state = fee_states[f->state].name;
    p->tag = fee_states[f->state].tag;
    notice_facts(r->a, f, p);
    if (n->basis == FEE_BY_ITEM)
        units_table(r->a, &f->counted, f->file.request.id.n, &p->tables);
    if (fee_compute(n->basis, n->first, n->last, f->file.request.received, r->a, &fee, &unread))
        working_table(r->a, &fee, &p->tables);
    money_rows(r, f, &f->money, viewer_may(r->viewer, MAY_REQUEST_HANDLE), p);
    recount(r->a, f, p);
}

static void no_notice(Request *r, const FeeFile *f, FeePartPage *p)
{
    const FeeUnit *u = fee_unit_of(&f->month, f->file.request.id.n);
    Fee fee;
    Err unread;
    if (fact_last(&f->file.facts, FACT_FEE_NOTICED))
        p->say = S("经过里登记了收费通知，但没有数额。请撤销那一步，在这里重新发出。");
    else if (f->voided.n)
        p->say =
            str_fmt(r->a, "收费通知已撤销：" PRI_STR "。", STR_ARG(f->voided.v[0].void_reason));
    else if (u && fee_compute(FEE_BY_ITEM, u->first, u->last, f->file.request.received, r->a, &fee,
                              &unread))
        p->say = str_fmt(r->a, "该申请人当月在本机关的" PRI_STR "；按件计%s" PRI_STR "。",
                         STR_ARG(places_words(r->a, u->first, u->last)), fee.sum.n ? "应收" : "",
                         STR_ARG(fee.sum.n ? yuan_words(r->a, fee.sum) : S("不收费")));
    money_rows(r, f, &f->returned, false, p);
}

bool fee_part(Request *r, const RequestFile *file, Out *out, Err *err)
{
    FeeFile f;
    FeePartPage p = {0};
    if (!app_fee_get(app_of(r), file->request.id, r->a, &f, err))
        return false;
    if (!f.has && !f.voided.n && !file->request.open)
        return true;
    if (f.has)
        standing_part(r, &f, &p);
    else
        no_notice(r, &f, &p);
    part_doors(r, &f, &p);
    if (p.say.n || f.has || p.n_doors)
        view_fee_part(out, &p);
    return true;
}

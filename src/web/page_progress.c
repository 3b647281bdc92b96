#include "views.h"
#include "web/page_apply.h"
#include "web/page_common.h"

// --- how far a request is

static const FieldDef defs[] = {
    {.name = "number",
     .label = "编号",
     .hint = "例如示住建依申〔2026〕17号，括号可以用任何一种",
     .required = true,
     .max = 60},
    {.name = "code", .label = "查询码", .hint = "在登记回执上，10位", .required = true, .max = 40},
};

static bool begin(Request *r, ProgressPage *p, Err *err)
{
    *p = (ProgressPage){0};
    if (!page_begin(r, S("查询申请进度"), NAV_APPLY, &p->page, err))
        return false;
    p->page.canonical = S("");
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), S("查询进度"));
    form_new(r, defs, 2, &p->form);
    p->form.failed = S("没有查到");
    return true;
}

bool page_progress(Request *r, Response *w, Err *err)
{
    ProgressPage p;
    if (!begin(r, &p, err))
        return false;
    form_set(&p.form, "number", request_query(r, "number"));
    view_progress(&w->out, &p);
    return true;
}

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_zh(a, d) : S("");
}

// A sentence, never a code.
static Str say(Arena *a, const Progress *g)
{
    Str organ = g->request.organ_name;
    const Clock *c = &g->clock;
    switch (c->phase) {
    case PHASE_UNCONFIRMED:
        return str_fmt(a, PRI_STR "收到您的提交，将与您联系确认；确认之日为收到申请之日。",
                       STR_ARG(organ));
    case PHASE_OPEN:
        return c->overdue
                   ? str_fmt(a, PRI_STR "应于" PRI_STR "答复，已经逾期。您可以申请行政复议。",
                             STR_ARG(organ), STR_ARG(day(a, c->due)))
                   : str_fmt(a, PRI_STR "已受理，正在办理，最迟" PRI_STR "答复。", STR_ARG(organ),
                             STR_ARG(day(a, c->due)));
    case PHASE_OPINION:
        return str_fmt(
            a, PRI_STR "正在征求有关方面的意见，这段时间不计入答复期限；最迟" PRI_STR "答复。",
            STR_ARG(organ), STR_ARG(day(a, c->due)));
    case PHASE_CORRECTION:
        return str_fmt(a, "请按告知书补正，最迟" PRI_STR "。收到补正之日起，答复期限重新计算。",
                       STR_ARG(day(a, c->waits_until)));
    case PHASE_FEE:
        return str_fmt(a, "请按收费通知缴费，最迟" PRI_STR "。逾期不缴的，不再处理。",
                       STR_ARG(day(a, c->waits_until)));
    case PHASE_DONE:
        return str_fmt(a, PRI_STR "已于" PRI_STR "答复。", STR_ARG(organ),
                       STR_ARG(day(a, g->request.ended)));
    case PHASE_ENDED:
    case PHASE__COUNT:
        break;
    }
    return S("这件申请已经终止办理。");
}

static void facts(Arena *a, const Progress *g, ProgressPage *p)
{
    p->facts = NEW(a, FactLine, g->facts.n);
    for (size_t i = g->facts.n; i-- > 0;)
        p->facts[p->n_facts++] =
            (FactLine){.day = date_zh(a, g->facts.v[i].fact.on),
                       .words = request_fact_defs[g->facts.v[i].fact.kind].name,
                       .document = g->facts.v[i].fact.document};
}

static void fill(Request *r, const Progress *g, ProgressPage *p)
{
    clock_cells(r->a, &g->rules.calendar, app_of(r)->today, &g->clock, &g->ledger, &p->cells,
                &p->n_cells);
    p->found = true;
    p->code = g->request.code;
    p->query_code = form_text(&p->form, "code");
    p->title = g->request.title;
    p->organ = g->request.organ_name;
    p->phase = g->clock.overdue ? S("已逾期") : phase_defs[g->clock.phase].name;
    p->tag = g->clock.overdue ? S("late") : phase_defs[g->clock.phase].tag;
    p->say = say(r->a, g);
    p->why = date_is(g->clock.due)
                 ? str_fmt(r->a, "为什么是" PRI_STR, STR_ARG(day(r->a, g->clock.due)))
                 : S("");
    p->rows = ledger_view(r->a, &g->ledger, &p->n_rows);
    p->may_withdraw = g->request.open;
    facts(r->a, g, p);
}

// What is asked with number and code: shown, or said beside the form why not.
static bool answer(Request *r, Response *w, bool withdraw, Err *err)
{
    ProgressPage p;
    Progress g;
    Err why = {0};
    if (!begin(r, &p, err))
        return false;
    applicant_acts(r);
    if (form_take(r, &p.form)) {
        Str number = form_text(&p.form, "number"), code = form_text(&p.form, "code");
        bool ok = (!withdraw || app_request_withdraw(app_of(r), number, code, r->a, &why)) &&
                  app_request_progress(app_of(r), number, code, r->a, &g, &why);
        if (!ok && why.kind != ERR_MISSING && why.kind != ERR_RULE) {
            *err = why;
            return false;
        }
        if (!ok)
            form_fail(&p.form, &why);
        else
            fill(r, &g, &p);
    }
    w->status = p.found ? 200 : 422;
    view_progress(&w->out, &p);
    return true;
}

bool page_progress_show(Request *r, Response *w, Err *err)
{
    return answer(r, w, false, err);
}

bool page_progress_withdraw(Request *r, Response *w, Err *err)
{
    return answer(r, w, true, err);
}

// --- proving a receipt

static const FieldDef receipt_defs[] = {
    {.name = "text",
     .label = "登记回执全文",
     .hint = "从“政府信息公开申请登记回执”起，到“签名”一行止，整份粘贴",
     .kind = FIELD_AREA,
     .required = true,
     .max = 8000},
};

static bool receipt_begin(Request *r, ReceiptPage *p, Err *err)
{
    Err no_key;
    *p = (ReceiptPage){0};
    if (!page_begin(r, S("核验登记回执"), NAV_APPLY, &p->page, err))
        return false;
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), S("核验回执"));
    form_new(r, receipt_defs, 1, &p->form);
    p->form.failed = S("核验没有通过");
    if (!app_receipt_key(app_of(r), r->a, &p->public_key, &no_key))
        p->public_key = S("");
    return true;
}

bool page_receipt(Request *r, Response *w, Err *err)
{
    ReceiptPage p;
    if (!receipt_begin(r, &p, err))
        return false;
    view_receipt(&w->out, &p);
    return true;
}

bool page_receipt_verify(Request *r, Response *w, Err *err)
{
    ReceiptPage p;
    Err why = {0};
    if (!receipt_begin(r, &p, err))
        return false;
    if (form_take(r, &p.form)) {
        p.proved = receipt_verify(form_text(&p.form, "text"), p.public_key, r->a, &p.proof, &why);
        if (!p.proved)
            form_fail(&p.form, &why);
    }
    w->status = p.proved ? 200 : 422;
    view_receipt(&w->out, &p);
    return true;
}

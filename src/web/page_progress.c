// /progress: how far a request is, and what its applicant may do about it.
#include "domain/word.h"
#include "store/organ.h"
#include "views.h"
#include "web/page_apply.h"
#include "web/page_common.h"

static const FieldDef defs[] = {
    {.name = "number",
     .label = "编号",
     .hint = "例如示住建依申〔2026〕17号，括号可以用任何一种",
     .required = true,
     .max = 60},
    {.name = "code",
     .label = "查询码",
     .hint = "在登记回执上，12位，空格可以不打",
     .required = true,
     .max = 40},
    // what may be changed afterwards
    {.name = "form", .label = "希望的形式", .kind = FIELD_RADIO},
    {.name = "way", .label = "希望怎样得到", .kind = FIELD_RADIO},
    {.name = "email",
     .label = "电子邮箱",
     .hint = "留空就用原来填的",
     .kind = FIELD_EMAIL,
     .max = 120},
    {.name = "address", .label = "通信地址", .hint = "留空就用原来填的", .max = 200},
};
enum { FIELDS = sizeof defs / sizeof *defs };

static bool begin(Request *r, ProgressPage *p, Err *err)
{
    *p = (ProgressPage){.tried = WORD__COUNT};
    r->path = S("/progress");
    if (!page_begin(r, S("查询申请进度"), NAV_APPLY, &p->page, err))
        return false;
    p->page.canonical = S("");
    p->ways = apply_ways(r, &p->page);
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), S("查询进度"));
    form_new(r, defs, FIELDS, &p->form);
    p->form.failed = S("没有查到");
    form_choice(&p->form, "form", S("electronic"), S("电子数据"), S(""));
    form_choice(&p->form, "form", S("paper"), S("纸质件"), S(""));
    form_choice(&p->form, "form", S("inspect"), S("当场查阅、抄录"), S(""));
    form_choice(&p->form, "way", S("platform"), S("平台下载"), S(""));
    form_choice(&p->form, "way", S("email"), S("电子邮件"), S(""));
    form_choice(&p->form, "way", S("mail"), S("邮寄"), S(""));
    form_choice(&p->form, "way", S("pick_up"), S("自行领取"), S(""));
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

// The day of the answer; one that is counted into a year without a notice may still move.
static Str due_day(Arena *a, const Clock *c)
{
    return c->provisional ? str_cat(a, day(a, c->due), S("（暂定，放假安排公布后重新计算）"))
                          : day(a, c->due);
}

static const StoredFact *fact_of(const Progress *g, FactKind kind)
{
    for (size_t i = 0; i < g->facts.n; i++)
        if (g->facts.v[i].fact.kind == kind)
            return &g->facts.v[i];
    return NULL;
}

// Of a reply that a review or a suit ordered anew, behind what is said of the request.
static Str say_again(Arena *a, const Progress *g)
{
    const RedoneView *v = &g->redone;
    Str sent = date_is(v->sent_on) ? str_fmt(a, "按复议决定或者判决，已于" PRI_STR "重新答复。",
                                             STR_ARG(day(a, v->sent_on)))
                                   : S("");
    if (!date_is(v->due))
        return sent;
    return str_fmt(a, PRI_STR "复议决定或者判决责令重新答复，最迟" PRI_STR "答复您%s。",
                   STR_ARG(sent), STR_ARG(day(a, v->due)),
                   v->told ? "" : "（文书没有写明期限，这是机关自己的要求）");
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
                             STR_ARG(due_day(a, c)));
    case PHASE_OPINION:
        return str_fmt(
            a, PRI_STR "正在征求有关方面的意见，这段时间不计入答复期限；最迟" PRI_STR "答复。",
            STR_ARG(organ), STR_ARG(due_day(a, c)));
    case PHASE_CORRECTION:
        return str_fmt(a, "请按告知书补正，最迟" PRI_STR "。收到补正之日起，答复期限重新计算。",
                       STR_ARG(day(a, c->waits_until)));
    case PHASE_FEE:
        return str_fmt(a, "请按收费通知缴费，最迟" PRI_STR "。逾期不缴的，不再处理。",
                       STR_ARG(day(a, c->waits_until)));
    case PHASE_DONE:
        return str_cat(a,
                       str_fmt(a, PRI_STR "已于" PRI_STR "答复。", STR_ARG(organ),
                               STR_ARG(day(a, g->request.ended))),
                       say_again(a, g));
    case PHASE_ENDED:
    case PHASE__COUNT:
        break;
    }
    Str again = say_again(a, g);
    return again.n ? again
           : fact_of(g, FACT_WITHDRAWN)
               ? S("您已经撤回这件申请，机关不再办理。还需要这些信息的，可以重新申请。")
               : S("这件申请没有继续办理，已经终止。原因见下面“办理经过”；还需要的，可以重新申请"
                   "。");
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

// --- what the applicant said, and may say

static void said(Arena *a, const Progress *g, ProgressPage *p)
{
    p->said = NEW(a, SaidLine, g->words.n);
    for (size_t i = g->words.n; i-- > 0;) {
        const SaidWord *w = &g->words.v[i];
        p->said[p->n_said++] = (SaidLine){.day = date_zh(a, moment_day(w->said_at)),
                                          .name = say_defs[w->kind].name,
                                          .text = w->text,
                                          .file = w->file > 0};
    }
}

static bool has_said(const Progress *g, WordKind kind)
{
    for (size_t i = 0; i < g->words.n; i++)
        if (g->words.v[i].kind == kind)
            return true;
    return false;
}

// By the phase, and by what it follows: reasons are given where they were asked for.
static void may(Arena *a, const Progress *g, ProgressPage *p)
{
    for (int k = 0; k < WORD__COUNT; k++)
        p->may[k] = word_fits((WordKind)k, g->clock.phase) &&
                    !(say_defs[k].once && has_said(g, (WordKind)k));
    const StoredFact *confirmed = fact_of(g, FACT_CONFIRMED);
    if (confirmed && p->may[WORD_AGREED] && p->may[WORD_DISAGREED])
        p->confirmed_on = date_zh(a, confirmed->fact.on);
    p->may[WORD_REASONS] &= fact_of(g, FACT_REASONS_ASKED) && !fact_of(g, FACT_REASONS_GIVEN);
    p->may[WORD_RECEIVED] &= !fact_of(g, FACT_DELIVERED);
    p->may_withdraw = g->request.open;
    p->asks_mail = g->request.open && g->applicant.email.n;
    p->mail = g->mail;
    p->calendar = date_is(g->clock.due) || date_is(g->clock.waits_until) ||
                  date_is(g->redone.due) || g->days.n;
}

// --- letters, fee, remedies

static Strs paragraphs(Arena *a, Str body)
{
    Strs all = {0};
    while (body.n) {
        ptrdiff_t at = str_find(body, S("\n"));
        size_t end = at < 0 ? body.n : (size_t)at;
        if (end)
            *PUSH(a, &all) = str_sub(body, 0, end);
        body = str_from(body, at < 0 ? end : end + 1);
    }
    return all;
}

// The letter that the phase waits for an answer to.
static bool asks_now(Phase phase, LetterKind kind)
{
    return (phase == PHASE_CORRECTION && kind == LETTER_CORRECTION) ||
           (phase == PHASE_FEE && kind == LETTER_FEE);
}

static bool is_again(const Progress *g, const Letter *l)
{
    const DecisionHead *head = decision_of_letter(&g->decisions, l->id.n);
    return head && head->remedy;
}

// Newest first. Old telephones open no PDF: the text stands on the page as well.
static void letters(Arena *a, const Progress *g, ProgressPage *p)
{
    p->letters = NEW(a, ProgressLetter, g->letters.n);
    p->unread = (g->clock.phase == PHASE_DONE && !fact_of(g, FACT_DELIVERED)) ||
                (date_is(g->redone.sent_on) && !date_is(g->redone.arrived_on));
    for (size_t i = g->letters.n; i-- > 0;) {
        const Letter *l = &g->letters.v[i];
        p->letters[p->n_letters++] =
            (ProgressLetter){.id = str_fmt(a, "%lld", (long long)l->id.n),
                             .title = l->title,
                             .code = l->code,
                             .again = is_again(g, l),
                             .text = paragraphs(a, l->body),
                             .open = asks_now(g->clock.phase, l->kind) || letter_ends(l->kind)};
    }
}

static void fee(Arena *a, const Progress *g, ProgressPage *p)
{
    if (!g->has_fee || g->clock.phase != PHASE_FEE)
        return;
    p->fee = str_fmt(a, "%lld元", (long long)g->fee.yuan.n);
    p->fee_how = g->fee.how;
    p->fee_words = str_fmt(a, PRI_STR "计收，" PRI_STR "发出通知",
                           STR_ARG(fee_bases[g->fee.basis].name), STR_ARG(day(a, g->fee.noticed)));
}

static void remedies(Arena *a, const Progress *g, ProgressPage *p)
{
    for (size_t i = 0; i < g->days.n; i++) {
        const RemedyDay *one = &g->days.v[i];
        *PUSH(a, &p->remedies) =
            (Fact){.name = one->what,
                   .value = date_is(one->on) ? date_zh(a, one->on) : S("从它发生之日起算"),
                   .href = one->source};
    }
}

// 条例第四十四条第二款: the applicant is told what became of the suggestion.
static void publication(Arena *a, const Progress *g, ProgressPage *p)
{
    const PublicationAsked *x = &g->publication;
    bool there = x->publication.id.n && x->publication.state == PUBLICATION_PUBLIC;
    bool due = x->publication.id.n && x->publication.state == PUBLICATION_DUE;
    p->may[WORD_PUBLISH] &= !there && !due;
    if (there) {
        p->publication = str_fmt(a, "这些信息已于" PRI_STR "向所有人公开。",
                                 STR_ARG(day(a, x->publication.published)));
        p->publication_href = str_fmt(a, "/disclosures/%lld", (long long)x->publication.id.n);
    } else if (due) {
        p->publication = str_fmt(a, "机关决定把这些信息向所有人公开，最迟" PRI_STR "发布。",
                                 STR_ARG(day(a, x->publication.due)));
    } else if (x->suggestion == SUGGESTION_DECLINED) {
        p->publication =
            str_fmt(a, "您建议主动公开，机关于" PRI_STR "审核，没有采纳。理由：" PRI_STR,
                    STR_ARG(day(a, x->review.on)), STR_ARG(x->review.reason));
    } else if (x->suggestion == SUGGESTION_WAITS) {
        p->publication = S("您建议主动公开，机关正在审核。");
    }
}

// --- what is given

static bool given(Request *r, const Progress *g, ProgressPage *p, Err *err)
{
    ReleasePublic files;
    if (g->clock.phase != PHASE_DONE && !date_is(g->redone.sent_on))
        return true;
    if (!app_release_public(app_of(r), g->request.id, r->a, &files, err))
        return false;
    p->files = NEW(r->a, ProgressFile, files.n);
    for (size_t i = 0; i < files.n; i++)
        p->files[p->n_files++] =
            (ProgressFile){.id = str_fmt(r->a, "%lld", (long long)files.v[i].id.n),
                           .name = files.v[i].name,
                           .kind = files.v[i].kind,
                           .size = size_zh(r->a, files.v[i].bytes),
                           .again = files.v[i].nth > 0,
                           .redacted = files.v[i].redacted};
    p->elsewhere = files.elsewhere;
    p->given = true;
    return true;
}

static bool contact(Request *r, const Progress *g, ProgressPage *p, Err *err)
{
    Organ organ;
    Scope site = scope_site(app_of(r)->site);
    if (!store_organ_get(app_of(r)->db, &site, g->request.organ, r->a, &organ, err))
        return false;
    p->office = organ.office;
    p->phone = organ.phone;
    return true;
}

static bool fill(Request *r, const Progress *g, ProgressPage *p, Err *err)
{
    clock_cells(r->a, &g->rules.calendar, app_of(r)->today, &g->clock, &g->ledger, &p->cells,
                &p->n_cells);
    p->found = true;
    p->code = g->request.code;
    p->query_code = form_text(&p->form, "code");
    p->once = p->form.once;
    p->title = g->request.title;
    p->organ = g->request.organ_name;
    p->phase = g->clock.overdue ? S("已逾期") : phase_defs[g->clock.phase].name;
    p->tag = g->clock.overdue ? S("late") : phase_defs[g->clock.phase].tag;
    p->say = say(r->a, g);
    p->why = date_is(g->clock.due)
                 ? str_fmt(r->a, "为什么是" PRI_STR, STR_ARG(day(r->a, g->clock.due)))
                 : S("");
    p->rows = ledger_view(r->a, &g->ledger, &p->n_rows);
    facts(r->a, g, p);
    said(r->a, g, p);
    may(r->a, g, p);
    letters(r->a, g, p);
    fee(r->a, g, p);
    remedies(r->a, g, p);
    publication(r->a, g, p);
    p->redone = date_is(g->redone.sent_on);
    if (!form_text(&p->form, "form").n)
        form_set(&p->form, "form", g->request.form);
    if (!form_text(&p->form, "way").n)
        form_set(&p->form, "way", g->request.way);
    return given(r, g, p, err) && contact(r, g, p, err);
}

// --- with number and code

// What is done before the page is shown: with the ticket, said in `done` when it worked.
typedef struct Deed {
    bool (*act)(Request *r, const Ticket *ticket, ProgressPage *p, Err *err);
    const char *done;
    const Err *why; // it has been tried elsewhere, and failed
} Deed;

static Str told(Arena *a, const Err *why)
{
    return str_dup(a, str_z(why->zh));
}

// A form that came a second time has done what it should.
static bool did(Request *r, const Deed *deed, const Ticket *ticket, ProgressPage *p, Err *err)
{
    Err why = {0};
    if (!deed)
        return true;
    if (deed->why)
        why = *deed->why;
    else if (!deed->act || deed->act(r, ticket, p, &why))
        return p->done = str_z(deed->done), true;
    if (why.kind == ERR_REPEATED) {
        p->done = S("先前已经收到，没有重复登记。");
        return true;
    }
    if (!applicant_told(&why)) {
        *err = why;
        return false;
    }
    p->failed = told(r->a, &why);
    return true;
}

// The deed is done and the request shown; or it is said beside the form why not.
static bool answer(Request *r, Response *w, const Deed *deed, Err *err)
{
    ProgressPage p;
    Progress g;
    Err why = {0};
    applicant_acts(r);
    if (!begin(r, &p, err))
        return false;
    form_take(r, &p.form);
    Ticket ticket = {form_text(&p.form, "number"), form_text(&p.form, "code")};
    if (form_field(&p.form, "number")->error.n || form_field(&p.form, "code")->error.n)
        p.found = false;
    else if (!did(r, deed, &ticket, &p, err))
        return false;
    else if (!app_request_progress(app_of(r), &ticket, r->a, &g, &why)) {
        if (!applicant_told(&why)) {
            *err = why;
            return false;
        }
        form_fail(&p.form, &why);
    } else if (!fill(r, &g, &p, err)) {
        return false;
    }
    w->status = p.found && !p.failed.n ? 200 : 422;
    view_progress(&w->out, &p);
    return true;
}

bool page_progress_show(Request *r, Response *w, Err *err)
{
    return answer(r, w, NULL, err);
}

static bool withdraw(Request *r, const Ticket *ticket, ProgressPage *p, Err *err)
{
    (void)p;
    if (!request_form(r, "sure").n)
        return fail(err, ERR_INPUT, NULL, "要撤回的，请勾选“我确定要撤回”", "not confirmed");
    return app_request_withdraw(app_of(r), ticket, r->a, err);
}

bool page_progress_withdraw(Request *r, Response *w, Err *err)
{
    static const Deed deed = {.act = withdraw, .done = "申请已经撤回。"};
    return answer(r, w, &deed, err);
}

static bool say_it(Request *r, const Ticket *ticket, ProgressPage *p, Err *err)
{
    const Field *file = request_file(r, "file");
    Saying saying = {.text = request_form(r, "text"),
                     .form = form_text(&p->form, "form"),
                     .way = form_text(&p->form, "way"),
                     .email = form_text(&p->form, "email"),
                     .address = form_text(&p->form, "address")};
    if (!word_named(request_form(r, "kind"), &saying.kind))
        return fail(err, ERR_INPUT, NULL, "请从查询页面上的按钮提交", "no such kind");
    if (file) {
        saying.file_name = file->file_name;
        saying.file = file->value;
    }
    p->tried = saying.kind;
    p->typed = saying.text;
    if (form_field(&p->form, "email")->error.n)
        return fail(err, ERR_INPUT, NULL, "邮箱应含有@，例如name@example.cn", "no mail address");
    if (!app_request_say(app_of(r), ticket, &saying, r->a, err))
        return false;
    p->tried = WORD__COUNT;
    return true;
}

bool page_progress_say(Request *r, Response *w, Err *err)
{
    static const Deed deed = {.act = say_it, .done = "已经收到，机关会看到。"};
    return answer(r, w, &deed, err);
}

static bool mail(Request *r, const Ticket *ticket, ProgressPage *p, Err *err)
{
    (void)p;
    return app_request_mail(app_of(r), ticket, str_eq(request_form(r, "wanted"), S("1")), r->a,
                            err);
}

bool page_progress_mail(Request *r, Response *w, Err *err)
{
    static const Deed deed = {.act = mail, .done = "已经改了。"};
    return answer(r, w, &deed, err);
}

static bool read_letter(Request *r, const Ticket *ticket, ProgressPage *p, Err *err)
{
    Letter letter;
    int64_t wanted = 0;
    (void)p;
    str_to_int(request_form(r, "letter"), &wanted);
    app_of(r)->once = S(""); // reading spends no form
    return app_request_letter(app_of(r), ticket, (LetterId){wanted}, r->a, &letter, err);
}

bool progress_read(Request *r, Response *w, Err *err)
{
    static const Deed deed = {.act = read_letter, .done = "文书的全文在下面“文书”一栏。"};
    return answer(r, w, &deed, err);
}

// Where something cannot be given, the request is shown, and why.
bool progress_refuse(Request *r, Response *w, const Err *why, Err *err)
{
    const Deed deed = {.why = why};
    return answer(r, w, &deed, err);
}

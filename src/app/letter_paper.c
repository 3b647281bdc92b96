#include "app/letter_paper.h"

#include "app/applicant.h"
#include "app/correction.h"
#include "store/organ.h"

static void add_lines(Arena *a, Paper *p, PaperKind kind, Str text)
{
    Str line;
    while (text.n) {
        str_cut(text, S("\n"), &line, &text);
        if (line.n)
            paper_add(a, p, kind, line);
    }
}

Paper letter_paper(const Letter *l, Arena *a)
{
    Paper p = {.form = PAPER_A4,
               .title = l->title,
               .author = l->organ_name,
               .on = l->on,
               .mark = l->is_void ? S("已作废") : S("")};
    if (l->head.n) {
        paper_add(a, &p, PAPER_HEAD, l->head);
        paper_add(a, &p, PAPER_NUMBER, l->code);
    }
    paper_add(a, &p, PAPER_TITLE, l->title);
    if (!l->head.n)
        paper_add(a, &p, PAPER_NUMBER, l->code);
    paper_add(a, &p, PAPER_TO, str_cat(a, l->addressee, S("：")));
    add_lines(a, &p, PAPER_TEXT, l->body);
    paper_add(a, &p, PAPER_SIGN, l->organ_name);
    paper_add(a, &p, PAPER_DAY, date_zh(a, l->on));
    return p;
}

Str letter_file_name(const Letter *l, Str ending, Arena *a)
{
    return str_fmt(a, PRI_STR " " PRI_STR "." PRI_STR, STR_ARG(l->code), STR_ARG(l->title),
                   STR_ARG(ending));
}

// --- the ledger

static Str span(Arena *a, Date from, Date to)
{
    return from.days == to.days ? date_zh(a, from)
                                : str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(date_zh(a, from)),
                                          STR_ARG(date_zh(a, to)));
}

static PaperRow ledger_row(const LedgerLine *l, Arena *a)
{
    bool counts = l->kind == LEDGER_COUNT || l->kind == LEDGER_EXTEND;
    Str days = counts ? str_fmt(a, "＋%d", l->days) : l->kind == LEDGER_PAUSE ? S("不计") : S("—");
    return (PaperRow){
        {span(a, l->from, l->to), l->words, days, str_fmt(a, "%d", l->total), l->source}};
}

static const PaperTable ledger_columns = {
    .columns = 5,
    .widths = {0.22, 0.36, 0.09, 0.09, 0.24},
    .heads = {SI("日期"), SI("事项"), SI("工作日"), SI("累计"), SI("依据")},
};

static PaperTable *ledger_table(const RequestFile *f, Arena *a)
{
    PaperTable *t = NEW(a, PaperTable, 1);
    *t = ledger_columns;
    for (size_t i = 0; i < f->ledger.n; i++)
        *PUSH(a, t) = ledger_row(&f->ledger.v[i], a);
    return t;
}

static Str ledger_end(const RequestFile *f, Arena *a)
{
    const Clock *c = &f->clock;
    if (!date_is(c->due))
        return str_fmt(a, "目前状态：" PRI_STR "，答复期限没有在计算。",
                       STR_ARG(phase_defs[c->phase].name));
    return str_fmt(a, "答复期限：" PRI_STR "。%s%s", STR_ARG(date_zh(a, c->due)),
                   c->provisional ? "期限跨入尚未公布节假日安排的年份，暂按周末和法定节日计算。"
                                  : "",
                   c->late ? "答复迟于该日。" : "");
}

Paper ledger_paper(const RequestFile *f, Date today, Arena *a)
{
    const InfoRequest *r = &f->request;
    Paper p = {.form = PAPER_A4,
               .title = S("政府信息公开申请期限台账"),
               .author = r->organ_name,
               .on = today};
    paper_add(a, &p, PAPER_TITLE, p.title);
    paper_add(a, &p, PAPER_NOTE, str_cat(a, S("申请编号："), r->code));
    paper_add(a, &p, PAPER_NOTE, str_cat(a, S("受理机关："), r->organ_name));
    paper_add(a, &p, PAPER_NOTE, str_cat(a, S("申请内容："), r->title));
    paper_add(
        a, &p, PAPER_NOTE,
        str_fmt(a, "提交：" PRI_STR "，" PRI_STR "。收到：" PRI_STR "。",
                STR_ARG(date_zh(a, r->filed)), STR_ARG(channel_defs[r->channel].name),
                STR_ARG(date_is(r->received) ? date_zh(a, r->received) : S("双方还没有确认"))));
    if (f->ledger.n) {
        paper_add(a, &p, PAPER_TABLE, S(""));
        p.v[p.n - 1].table = ledger_table(f, a);
    }
    paper_add(a, &p, PAPER_NOTE, ledger_end(f, a));
    paper_add(a, &p, PAPER_NOTE,
              str_fmt(a,
                      "期限按登记的事实计算至" PRI_STR
                      "；收到当日不计入，法定节假日和周末不计，调休上班日计入。",
                      STR_ARG(date_zh(a, today))));
    paper_add(a, &p, PAPER_SIGN, r->organ_name);
    paper_add(a, &p, PAPER_DAY, date_zh(a, today));
    return p;
}

// --- printed together

static bool by_number(App *app, const LetterId *ids, size_t n, Arena *a, Letters *out, Err *err)
{
    Letters found = {0};
    if (!n || n > PAPERS_MAX)
        return fail(err, ERR_INPUT, NULL, "请选择1到%d份文书", "choose 1 to %d letters",
                    PAPERS_MAX);
    for (size_t i = 0; i < n; i++)
        if (!store_letter_get(app->db, &app->scope, ids[i], a, PUSH(a, &found), err))
            return false;
    *out = found;
    return true;
}

bool app_letters_print(App *app, const LetterId *ids, size_t n, Arena *a, Papers *out, Err *err)
{
    Letters letters;
    Papers papers = {0};
    if (!by_number(app, ids, n, a, &letters, err))
        return false;
    for (size_t i = 0; i < letters.n; i++)
        *PUSH(a, &papers) = letter_paper(&letters.v[i], a);
    *out = papers;
    return true;
}

static bool applicant_of(App *app, LetterOwner owner, Arena *a, Applicant *out, Err *err)
{
    InfoRequest r;
    Correction c;
    if (owner.kind == OWNER_CORRECTION)
        return app_correction_get(app, (CorrectionId){owner.id}, a, &c, out, err);
    return store_request_get(app->db, &app->scope, (RequestId){owner.id}, a, &r, err) &&
           applicant_open(app, &r, a, out, err);
}

static bool addressed(App *app, const Letter *l, Arena *a, Envelope *out, Err *err)
{
    Applicant who;
    if (letter_defs[l->kind].to != TO_APPLICANT) {
        out->address = l->address;
        out->postcode = l->postcode;
        return true;
    }
    if (!applicant_of(app, l->owner, a, &who, err))
        return false;
    out->address = who.address;
    out->postcode = who.postcode;
    return true;
}

// An empty address is for the caller to say.
static bool envelope_of(App *app, const Letter *l, PaperForm form, Arena *a, Paper *out, Err *err)
{
    Organ organ;
    Envelope e = {.name = l->addressee, .from_name = l->organ_name};
    if (!addressed(app, l, a, &e, err) ||
        !store_organ_get(app->db, &app->scope, l->owner.organ, a, &organ, err))
        return false;
    e.from_address = organ.address;
    e.from_postcode = organ.post_code;
    *out = (Paper){.form = form,
                   .title = str_cat(a, S("信封 "), l->code),
                   .author = l->organ_name,
                   .on = l->on,
                   .envelope = e};
    return true;
}

enum { SHOWN_UNADDRESSED = 3 }; // by number; the others are counted

static bool no_address(const Strs *codes, Arena *a, Err *err)
{
    size_t n = codes->n < SHOWN_UNADDRESSED ? codes->n : SHOWN_UNADDRESSED;
    Str named = str_join(a, codes->v, n, S("、"));
    if (codes->n > n)
        named = str_fmt(a, PRI_STR "等%zu份", STR_ARG(named), codes->n);
    return fail(err, ERR_RULE, NULL,
                PRI_STR "没有收件地址，不能打印信封、标签。请返回上一页，不选没有地址的再打印",
                PRI_STR ": no address for an envelope or a label; print the others without",
                STR_ARG(named));
}

bool letter_envelope(App *app, const Letter *l, PaperForm form, Arena *a, Paper *out, Err *err)
{
    if (!envelope_of(app, l, form, a, out, err))
        return false;
    return out->envelope.address.n ||
           fail(err, ERR_RULE, NULL, PRI_STR "没有收件地址，不能打印信封",
                PRI_STR " has no address for an envelope", STR_ARG(l->code));
}

bool app_letters_envelopes(App *app, const LetterId *ids, size_t n, PaperForm form, Arena *a,
                           Papers *out, Err *err)
{
    Letters letters = {0};
    Papers papers = {0};
    Strs without = {0};
    if (!by_number(app, ids, n, a, &letters, err))
        return false;
    for (size_t i = 0; i < letters.n; i++) {
        Paper *paper = PUSH(a, &papers);
        if (!envelope_of(app, &letters.v[i], form, a, paper, err))
            return false;
        if (!paper->envelope.address.n)
            *PUSH(a, &without) = letters.v[i].code;
    }
    *out = papers;
    return !without.n || no_address(&without, a, err);
}

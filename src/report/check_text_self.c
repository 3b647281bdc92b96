// The text against itself: what came in and went out, outcomes, 其中 lists, shares, growth, fees.
#include "report/check_text.h"

#include "report/claim_parts.h"
#include "report/equation.h"

#define F(name) FEATURE(name)

static const uint64_t OUTCOMES = F(R1) | F(R2) | F(R3) | F(R4) | F(R5) | F(R6) | F(SUB);

static Str print_n(Checking *c, int64_t n)
{
    return millionths_print(c->a, n);
}

static Finding *told(Checking *c, CheckId id, Result result, Str message, Str quote, uint32_t para)
{
    Finding *f = finding_add_said(c, id, result, message);
    f->evidence = quote_print(c, quote, S(""));
    if (result == RESULT_DOUBTFUL && f->severity == SEVERITY_ERROR)
        f->severity = SEVERITY_WARNING;
    finding_place(c, f, c->doc->paras.v[para].place);
    return f;
}

// --- what came in is what went out

static bool of_kind(const Claim *c, const char *key)
{
    return str_eq(claim_kinds[c->kind].key, str_z(key));
}

static bool plain(const Document *d, const Claim *c)
{
    return !(c->features & (F(CHANNEL) | F(RESTRICT))) && !c->figure.approx && !c->period &&
           (!c->year || !d->year || c->year == d->year);
}

// The claim of a kind nearest to the start of a paragraph's claims [from, to).
static const Claim *find(const Document *d, const Claims *all, size_t from, size_t to,
                         const char *key)
{
    for (size_t i = from; i < to; i++)
        if (of_kind(&all->list.v[i], key) && plain(d, &all->list.v[i]))
            return &all->list.v[i];
    return NULL;
}

static void check_balance(Checking *c, const Claims *all, size_t from, size_t to)
{
    const Claim *in = find(c->doc, all, from, to, "new");
    const Claim *old = find(c->doc, all, from, to, "carried_in");
    const Claim *closed = find(c->doc, all, from, to, "closed");
    const Claim *next = find(c->doc, all, from, to, "carried_out");
    bool strict = in != NULL;
    if (!in)
        in = find(c->doc, all, from, to, "received");
    if (!in || !old || !closed || !next)
        return;
    int64_t left = in->figure.n + old->figure.n, right = closed->figure.n + next->figure.n;
    bool fits = left == right || (!strict && in->figure.n == right);
    Result result = fits ? RESULT_PASS : strict ? RESULT_FAIL : RESULT_DOUBTFUL;
    bool within = left != right && fits; // 收到30件（含上年结转2件）
    Str sum = say(c,
                  within ? "收到%.*s（含上年结转%.*s），办结%.*s＋结转下年%.*s"
                         : "新收%.*s＋上年结转%.*s，办结%.*s＋结转下年%.*s",
                  within ? "received %.*s (with %.*s carried in), closed %.*s + carried out %.*s"
                         : "received %.*s + carried in %.*s, closed %.*s + carried out %.*s",
                  STR_ARG(print_n(c, in->figure.n)), STR_ARG(print_n(c, old->figure.n)),
                  STR_ARG(print_n(c, closed->figure.n)), STR_ARG(print_n(c, next->figure.n)));
    Str message =
        fits ? say(c, "正文自身平衡：%.*s。", "The text balances: %.*s.", STR_ARG(sum))
             : say(c, "正文自身不平衡：%.*s。请核对这几个数。",
                   "The text does not balance: %.*s. Look at these figures.", STR_ARG(sum));
    Finding *f = told(c, CHECK_TEXT_BALANCE, result, message, in->quote, in->para);
    f->left = print_n(c, within ? in->figure.n : left);
    f->right = print_n(c, right);
}

// --- outcomes

typedef struct Outcomes {
    int64_t sum;
    size_t n;
    uint64_t seen;
    Str written;
    const Claim *first;
} Outcomes;

static uint64_t group_of(const Claim *c)
{
    if (!(c->features & F(SUB)))
        return c->features & OUTCOMES;
    return c->row < T3_R4_1 ? F(R3) : c->row < T3_R5_1 ? F(R4) : c->row < T3_R6 ? F(R5) : F(R6);
}

// Each outcome once; the rows of a group only where the group itself is not said.
static Outcomes outcomes_of(Checking *c, const Claims *all, size_t from, size_t to)
{
    Outcomes o = {.written = S("")};
    uint32_t rows = 0;
    for (int subs = 0; subs < 2; subs++) {
        uint64_t groups = o.seen;
        for (size_t i = from; i < to; i++) {
            const Claim *k = &all->list.v[i];
            bool outcome = claim_kinds[k->kind].check == CHECK_TEXT_OUTCOME;
            bool sub = outcome && (k->features & F(SUB));
            if (!outcome || sub != (subs == 1) || !plain(c->doc, k) || (k->features & F(NEG)))
                continue;
            uint64_t group = group_of(k);
            if (sub ? (groups & group) || (rows >> k->row & 1) : (o.seen & group) != 0)
                continue;
            if (sub)
                rows |= UINT32_C(1) << k->row;
            o.seen |= group;
            o.sum += k->figure.n;
            o.n++;
            o.first = o.first ? o.first : k;
            Str one = print_n(c, k->figure.n);
            o.written = o.written.n
                            ? str_fmt(c->a, PRI_STR "+" PRI_STR, STR_ARG(o.written), STR_ARG(one))
                            : one;
        }
    }
    return o;
}

static bool is(const Claim *c, int64_t n)
{
    return c && c->figure.n == n;
}

static int bits(uint64_t v)
{
    return __builtin_popcountll(v);
}

static void check_outcome_sum(Checking *c, const Claims *all, size_t from, size_t to)
{
    Outcomes o = outcomes_of(c, all, from, to);
    if (o.n < 2)
        return;
    const Claim *closed = find(c->doc, all, from, to, "closed");
    const Claim *in = find(c->doc, all, from, to, "received");
    if (!in)
        in = find(c->doc, all, from, to, "new");
    if (!in)
        in = find(c->doc, all, from, to, "handled");
    const Claim *old = find(c->doc, all, from, to, "carried_in");
    const Claim *next = find(c->doc, all, from, to, "carried_out");
    const Claim *whole = closed ? closed : in;
    if (!whole)
        return;
    int64_t out = o.sum + (next ? next->figure.n : 0), came = in ? in->figure.n : 0;
    bool fits = is(closed, o.sum) || is(in, o.sum) || is(in, out) ||
                (in && old && came + old->figure.n == out);
    int groups = bits(o.seen);
    // Fewer outcomes than there are kinds may be meant as examples: then only too many are wrong.
    bool over = closed ? o.sum > closed->figure.n && (!in || o.sum > came) : o.sum > came && !old;
    if (!fits && !over && groups < 4)
        return;
    Result result = fits                              ? RESULT_PASS
                    : closed && (over || groups == 6) ? RESULT_FAIL
                                                      : RESULT_DOUBTFUL;
    Str total = print_n(c, whole->figure.n);
    Str message =
        fits ? say(c, "正文各项办理结果合计 %.*s，与总数相符。",
                   "The outcomes in the text add up to %.*s, as they should.",
                   STR_ARG(print_n(c, o.sum)))
             : say(c, "正文各项办理结果合计 %.*s，%s %.*s。请核对。",
                   "The outcomes in the text add up to %.*s; %s %.*s. Look at these figures.",
                   STR_ARG(print_n(c, o.sum)),
                   c->opt->lang == LANG_EN ? (closed ? "closed are" : "received are")
                                           : (closed ? "办结却是" : "收到却是"),
                   STR_ARG(total));
    Finding *f = told(c, CHECK_TEXT_OUTCOME_SUM, result, message, o.first->quote, o.first->para);
    f->left = str_fmt(c->a, PRI_STR " = " PRI_STR, STR_ARG(o.written), STR_ARG(print_n(c, o.sum)));
    f->right = total;
    if (whole->para != o.first->para)
        finding_place(c, f, c->doc->paras.v[whole->para].place);
}

// Claims that stand together: those of one paragraph, or of paragraphs next to each other.
static void check_passages(Checking *c, const Claims *all)
{
    for (size_t from = 0, to; from < all->list.n; from = to) {
        to = from + 1;
        while (to < all->list.n && all->list.v[to].para <= all->list.v[to - 1].para + 1)
            to++;
        check_balance(c, all, from, to);
        check_outcome_sum(c, all, from, to);
    }
}

// --- 其中

static bool counts_cases(const PartList *p)
{
    return (p->topic & (F(REQUEST) | F(REVIEW) | F(SUIT) | F(FEE))) != 0;
}

// Parts that come close to the whole are meant to be all of it; others are examples.
static bool nearly_whole(const PartList *p)
{
    int64_t missing = p->whole.n - p->sum.n;
    return missing <= p->whole.n / 10 || missing <= CLAIM_ONE;
}

// RESULT_NOT_ASSESSABLE: not worth a line.
static Result judge_parts(const PartList *p)
{
    bool over = p->sum.n > p->whole.n, cases = counts_cases(p);
    if (p->fits)
        return RESULT_PASS;
    if (p->etc || p->outcomes || !p->one_unit) // outcomes are added up by check_outcome_sum
        return RESULT_NOT_ASSESSABLE;
    if (p->bracket)
        return p->n_parts > 2 &&
                       !(p->features & (F(CLOSE) | F(CARRY_IN) | F(CARRY_OUT) | F(CHANNEL)))
                   ? RESULT_FAIL
                   : RESULT_NOT_ASSESSABLE;
    if (p->channel && !cases && over) // one item, published in several ways, counts in each
        return RESULT_NOT_ASSESSABLE;
    if (p->exact)
        return p->sure && !p->channel ? RESULT_FAIL : RESULT_DOUBTFUL;
    if ((p->features & F(NATURAL)) && (p->features & F(LEGAL)))
        return p->sure ? RESULT_FAIL : RESULT_DOUBTFUL;
    if (!p->sure || (p->may_end && !p->bridges))
        return RESULT_NOT_ASSESSABLE;
    if (over)
        return cases ? RESULT_FAIL : RESULT_DOUBTFUL;
    return nearly_whole(p) ? RESULT_DOUBTFUL : RESULT_NOT_ASSESSABLE;
}

static void check_parts(Checking *c, const Claims *all)
{
    for (size_t i = 0; i < all->parts.n; i++) {
        const PartList *p = &all->parts.v[i];
        Result result = judge_parts(p);
        if (result == RESULT_NOT_ASSESSABLE)
            continue;
        Str sum = print_n(c, p->sum.n), whole = figure_print(c, &p->whole);
        Str message =
            result == RESULT_PASS ? say(c, "各分项相加为 %.*s，与总数相符。",
                                        "The parts add up to %.*s, the whole.", STR_ARG(sum))
            : result == RESULT_FAIL
                ? say(c, "各分项相加为 %.*s，总数却写 %.*s。请核对分项和总数。",
                      "The parts add up to %.*s, but the whole is given as %.*s. Look at both.",
                      STR_ARG(sum), STR_ARG(whole))
                : say(c, "各分项相加为 %.*s，总数是 %.*s。如分项应当穷尽且不重复，请核对。",
                      "The parts add up to %.*s, the whole is %.*s. If the parts are meant to be "
                      "complete, look at them.",
                      STR_ARG(sum), STR_ARG(whole));
        Finding *f = told(c, CHECK_TEXT_PARTS, result, message, p->quote, p->para);
        f->left = str_fmt(c->a, PRI_STR " = " PRI_STR, STR_ARG(p->written), STR_ARG(sum));
        f->right = whole;
        if (result == RESULT_DOUBTFUL && !p->exact)
            f->severity = SEVERITY_NOTE;
    }
}

// --- shares

// A share of the year's requests may be meant of a total that only the table has.
static bool fits_a_total(const Document *d, const Share *s)
{
    static const T3Row rows[] = {T3_NEW, T3_R7};
    int64_t came = 0;
    for (size_t i = 0; i < 2; i++) {
        CellIx ix = cell_t3(rows[i], T3_TOTAL);
        if (cell_has(d, ix) && share_fits(&s->part, &s->percent, d->cells[ix].n * CLAIM_ONE))
            return true;
        came += cell_has(d, ix) && i == 0 ? d->cells[ix].n : 0;
    }
    CellIx in = cell_t3(T3_CARRIED_IN, T3_TOTAL);
    came += cell_has(d, in) ? d->cells[in].n : 0;
    return share_fits(&s->part, &s->percent, came * CLAIM_ONE);
}

// 网上18件，占78%；信函5件，占22%: the whole is not said, it is the parts together.
static bool fits_together(const Claims *all, size_t i)
{
    const Share *s = &all->shares.v[i];
    int64_t whole = 0;
    for (size_t k = 0; k < all->shares.n; k++)
        if (all->shares.v[k].quote.s == s->quote.s)
            whole += all->shares.v[k].part.n;
    return whole > s->part.n && share_fits(&s->part, &s->percent, whole);
}

static void share_wrong(Checking *c, const Share *s)
{
    double right = s->whole.n ? (double)s->part.n * 100.0 / (double)s->whole.n : 0;
    Finding *f = told(c, CHECK_TEXT_SHARE, s->sure ? RESULT_FAIL : RESULT_DOUBTFUL,
                      say(c, "%.*s占%.*s应为 %.2f%%，正文写 %.*s。请核对。",
                          "%.*s of %.*s is %.2f%%, the text says %.*s. Look at it.",
                          STR_ARG(figure_print(c, &s->part)), STR_ARG(figure_print(c, &s->whole)),
                          right, STR_ARG(figure_print(c, &s->percent))),
                      s->quote, s->para);
    f->left = figure_print(c, &s->percent);
    f->right = str_fmt(c->a, "%.2f%%", right);
}

static void check_shares(Checking *c, const Claims *all)
{
    for (size_t i = 0; i < all->shares.n;) {
        uint32_t para = all->shares.v[i].para;
        size_t right = 0, first = i;
        for (; i < all->shares.n && all->shares.v[i].para == para; i++)
            if (all->shares.v[i].fits || fits_a_total(c->doc, &all->shares.v[i]) ||
                (!all->shares.v[i].sure && fits_together(all, i)))
                right++;
            else if (!all->shares.v[i].lone)
                share_wrong(c, &all->shares.v[i]);
        if (right)
            told(c, CHECK_TEXT_SHARE, RESULT_PASS,
                 say(c, "%zu 处占比计算正确。", "%zu shares are right.", right),
                 all->shares.v[first].quote, para);
    }
}

// --- growth

static int64_t signed_by(const Growth *g)
{
    return g->shrink ? -g->by.n : g->by.n;
}

// 增长25% and 增加3件 beside one another: with this year's figure they must agree.
static const Growth *difference_near(const Claims *all, size_t i)
{
    const Growth *g = &all->growths.v[i];
    for (size_t k = i ? i - 1 : 0; k < all->growths.n && k <= i + 1; k++) {
        const Growth *other = &all->growths.v[k];
        if (k != i && other->by.text.n && other->claim == g->claim && other->para == g->para)
            return other;
    }
    return NULL;
}

// The difference is told together with its percentage.
static bool has_percent_near(const Claims *all, size_t i)
{
    const Growth *g = &all->growths.v[i];
    for (size_t k = i ? i - 1 : 0; k < all->growths.n && k <= i + 1; k++) {
        const Growth *other = &all->growths.v[k];
        if (k != i && other->percent.text.n && other->claim == g->claim && other->para == g->para)
            return true;
    }
    return false;
}

static bool growth_right(const Growth *g, int64_t now, int64_t before)
{
    if (before <= 0)
        return false;
    Figure by = {.n = now > before ? now - before : before - now};
    bool same_way = g->shrink ? now <= before : now >= before;
    return same_way && share_fits(&by, &g->percent, before);
}

static Str growth_name(Checking *c, const Growth *g)
{
    Str said = g->percent.text.n ? g->percent.text : g->by.text;
    return g->shrink ? say(c, "减少 %.*s", "a decrease of %.*s", STR_ARG(said))
                     : say(c, "增长 %.*s", "a growth of %.*s", STR_ARG(said));
}

static void check_growths(Checking *c, const Claims *all)
{
    for (size_t i = 0; i < all->growths.n; i++) {
        const Growth *g = &all->growths.v[i];
        const Growth *by = g->percent.text.n ? difference_near(all, i) : NULL;
        if (g->claim < 0 || (g->by.text.n && has_percent_near(all, i)))
            continue;
        Str name = growth_name(c, g);
        if (!by && !(g->percent.text.n && g->was.text.n)) {
            told(c, CHECK_TEXT_GROWTH, RESULT_NOT_ASSESSABLE,
                 say(c, "正文说%.*s，要与上年度报告一起才能核对。",
                     "The text says %.*s; this can be checked beside last year's report.",
                     STR_ARG(name)),
                 g->quote, g->para);
            continue;
        }
        int64_t now = all->list.v[g->claim].figure.n;
        bool right = growth_right(g, now, by ? now - signed_by(by) : g->was.n);
        told(c, CHECK_TEXT_GROWTH, right ? RESULT_PASS : RESULT_FAIL,
             right ? say(c, "正文%.*s，与所写件数相符。", "%.*s agrees with the figures given.",
                         STR_ARG(name))
                   : say(c, "正文%.*s，与所写件数算得的幅度不符。请核对。",
                         "%.*s does not follow from the figures given. Look at it.", STR_ARG(name)),
             g->quote, g->para);
    }
}

// --- growth against last year's report

enum { NOT_KNOWN = -1 };

// What last year's report says of the same thing, by each reading of the claim's kind.
static bool growth_fits(const Checking *c, const Document *earlier, const Claim *claim,
                        const Growth *g, int64_t *last)
{
    *last = NOT_KNOWN;
    for (size_t i = 0; i < CLAIM_SUMS; i++) {
        CellIx ix[SUM_CELLS];
        size_t n;
        int64_t before;
        if (!claim_sum(earlier, claim, i, &before, ix, &n))
            continue;
        if (*last == NOT_KNOWN)
            *last = before;
        int64_t now = claim->figure.n;
        if (g->percent.text.n ? growth_right(g, now, before) : now - before == signed_by(g))
            return true;
    }
    (void)c;
    return false;
}

void check_text_series(Checking *c, const Document *earlier)
{
    Claims all;
    claims_read(c->doc, c->a, &all);
    for (size_t i = 0; i < all.growths.n; i++) {
        const Growth *g = &all.growths.v[i];
        if (g->claim < 0 || !earlier || earlier->year != c->doc->year - 1)
            continue;
        const Claim *claim = &all.list.v[g->claim];
        int64_t last;
        bool right = growth_fits(c, earlier, claim, g, &last);
        if (last == NOT_KNOWN)
            continue;
        Str name = growth_name(c, g), now = figure_print(c, &claim->figure), was = print_n(c, last);
        Finding *f = told(
            c, CHECK_TEXT_GROWTH, right ? RESULT_PASS : RESULT_DOUBTFUL,
            right
                ? say(c, "正文%.*s，与上年度报告相符。", "%.*s agrees with last year's report.",
                      STR_ARG(name))
                : say(c, "正文%.*s；本年 %.*s，上年度报告是 %.*s。请核对幅度或上年口径。",
                      "%.*s; this year %.*s, last year's report says %.*s. Look at the rate, or at "
                      "what was counted.",
                      STR_ARG(name), STR_ARG(now), STR_ARG(was)),
            g->quote, g->para);
        f->left = now;
        f->right = was;
    }
}

// --- the fee

static void check_fee(Checking *c, const Claims *all)
{
    const Claim *first = NULL, *other = NULL;
    for (size_t i = 0; i < all->list.n; i++) {
        const Claim *k = &all->list.v[i];
        if (claim_kinds[k->kind].check != CHECK_TEXT_FEE || k->part || !plain(c->doc, k))
            continue;
        if (!first)
            first = k;
        else if (k->figure.n != first->figure.n)
            other = k;
    }
    if (!first)
        return;
    Str said = figure_print(c, &first->figure);
    if (!other) {
        told(c, CHECK_TEXT_FEE, RESULT_PASS,
             say(c, "正文说明了信息处理费（%.*s），前后一致。",
                 "The text states the information fee (%.*s), and says nothing else elsewhere.",
                 STR_ARG(said)),
             first->quote, first->para);
        return;
    }
    Finding *f = told(c, CHECK_TEXT_FEE, RESULT_DOUBTFUL,
                      say(c, "信息处理费前后说法不同：%.*s、%.*s。如是同一口径，请改正。",
                          "The information fee is given as %.*s and as %.*s. If both count the "
                          "same, correct one.",
                          STR_ARG(said), STR_ARG(figure_print(c, &other->figure))),
                      other->quote, other->para);
    f->left = said;
    f->right = figure_print(c, &other->figure);
    finding_place(c, f, c->doc->paras.v[first->para].place);
}

void check_text_self(Checking *c, const Claims *claims)
{
    check_passages(c, claims);
    check_parts(c, claims);
    check_shares(c, claims);
    check_growths(c, claims);
    check_fee(c, claims);
}

#include "report/claim_walk.h"

// Topics that stay with the passage even where only named; the others only where they count.
static const uint64_t OUTCOMES = F(R1) | F(R2) | F(R3) | F(R4) | F(R5) | F(R6) | F(SUB);
static const uint64_t MOVES = F(NEWLY) | F(RECEIVE) | F(ACCEPT) | F(PROCESS) | F(CLOSE);
static const uint64_t WHO =
    F(NATURAL) | F(LEGAL) | F(BUSINESS) | F(RESEARCH) | F(WELFARE) | F(LAWYER);
static const uint64_t RESULTS =
    F(UPHELD) | F(CORRECTED) | F(OTHER_RESULT) | F(PENDING) | F(DIRECT) | F(AFTER);

// What may make a figure a claim of a kind.
static uint64_t roles(void)
{
    return OUTCOMES | MOVES | CARRIES | WHO | RESULTS | RULE_ACTS | F(GROW) | F(SHRINK) | F(RATE) |
           F(SHARE);
}

uint64_t clause_features(const Clause *c, size_t from, size_t to, int8_t *row)
{
    uint64_t f = 0;
    for (size_t i = from; i < to; i++) {
        f |= c->v[i].features;
        if (c->v[i].row >= 0)
            *row = c->v[i].row;
    }
    return f;
}

// --- from a label to claims

typedef struct Label {
    uint64_t f;
    int8_t row;
} Label;

static bool kind_fits(const ClaimKind *k, uint64_t f, uint64_t topic, const Figure *figure)
{
    return (f & k->never) == 0 && (k->topic & topic) && (!k->any || (f & k->any)) &&
           (f & k->all) == k->all && (k->any || (f & k->topic)) &&
           (figure->text.n == 0 || (k->units >> figure->unit & 1) ||
            (figure->n == 0 && figure->unit != UNIT_YUAN && !(k->units >> UNIT_YUAN & 1)));
}

static bool several(uint64_t bits)
{
    return (bits & (bits - 1)) != 0;
}

// What a document says beyond this is not read: no report says so much, and claims are compared
// with one another.
enum { MAX_CLAIMS = 1000 };

static void claim_add(Walk *w, size_t kind, const Label *label, const Figure *figure, bool part)
{
    if (w->out->list.n == MAX_CLAIMS)
        return;
    uint64_t own = label->f & claim_kinds[kind].topic;
    w->last_claim = (int)w->out->list.n;
    *PUSH(w->a, &w->out->list) = (Claim){
        .kind = (uint16_t)kind,
        .row = label->row,
        .figure = *figure,
        .features = label->f,
        .sentence_scope = w->scope & F(ORGAN) ? w->scope & ~F(OWN) : w->scope,
        .topic_said = own != 0,
        .inherits = own == 0,
        .far_topic =
            own == 0 && w->topic_sentence != UINT32_MAX && w->topic_sentence != w->sentence,
        .disclosure = w->disclosure || (part && w->disclosure_part),
        .part = part,
        .period = w->period,
        .year = w->year,
        .sentence = w->sentence,
        .para = w->para,
    };
}

// What a part may still claim for the whole year: results, not totals.
static bool part_may(const ClaimKind *k)
{
    return (k->any & (F(NEWLY) | F(RECEIVE) | F(ACCEPT) | F(PROCESS))) == 0 && k->any != 0;
}

static void claims_of(Walk *w, Label label, const Figure *figure, bool part)
{
    uint64_t topic = label.f & TOPICS ? label.f & TOPICS : w->topic;
    if (label.f & (F(LAST_YEAR) | F(SHARE) | F(GROW) | F(SHRINK) | F(PLAN) | F(PERIOD)))
        return;
    if (several(label.f & OUTCOMES & ~F(SUB)) ||
        several(label.f & RESULTS & ~(F(DIRECT) | F(AFTER))))
        return;
    CheckId done = CHECK__COUNT; // the first kind of a check wins
    for (size_t i = 0; i < n_claim_kinds; i++) {
        const ClaimKind *k = &claim_kinds[i];
        if (k->check == done || !kind_fits(k, label.f, topic, figure) || (part && !part_may(k)))
            continue;
        claim_add(w, i, &label, figure, part);
        done = k->check;
    }
}

// 2022年结转, 结转2024年: the year says which way.
static uint64_t carry_by_year(const Walk *w, const Clause *c, uint64_t f)
{
    if (!(f & F(CARRY)) || (f & (F(CARRY_IN) | F(CARRY_OUT))) || !w->doc->year)
        return f;
    for (size_t i = 0; i < c->n; i++) {
        if (!c->v[i].is_figure || c->v[i].figure.unit != UNIT_YEAR)
            continue;
        int year = (int)(c->v[i].figure.n / CLAIM_ONE);
        if (year == w->doc->year - 1)
            return (f & ~F(CARRY)) | F(CARRY_IN);
        if (year == w->doc->year + 1)
            return (f & ~F(CARRY)) | F(CARRY_OUT);
    }
    return f;
}

// --- figures of a clause

bool figure_counts(const Figure *f)
{
    return f->unit == UNIT_CASE || f->unit == UNIT_ITEM || f->unit == UNIT_TIMES ||
           f->unit == UNIT_YUAN || f->unit == UNIT_NONE;
}

static bool counted(const Mark *m)
{
    return m->is_figure && (figure_counts(&m->figure) || m->figure.unit == UNIT_PERCENT ||
                            m->figure.unit == UNIT_POINTS);
}

size_t clause_figure(const Clause *c, size_t i)
{
    while (i < c->n && !counted(&c->v[i]))
        i++;
    return i;
}

// Whether the words of the clause stand behind its figures (3件申请, 1件尚未审结).
static bool figures_first(const Clause *c, size_t first)
{
    int8_t row = -1;
    return (clause_features(c, 0, first, &row) & (roles() | TOPICS)) == 0;
}

static Label label_of(Walk *w, const Clause *c, size_t from, size_t i, size_t next,
                      bool first_style)
{
    Label l = {0, -1};
    l.f = clause_features(c, from, i, &l.row);
    int8_t row = -1;
    uint64_t behind = clause_features(c, i + 1, next, &row);
    bool last = next == c->n;
    if (first_style && !(l.f & roles())) {
        l.f |= behind;
        l.row = l.row < 0 ? row : l.row;
    } else if (last && !(l.f & TOPICS)) {
        l.f |= behind & (TOPICS | F(ETC));
        // 收到3件申请并全部答复: the words behind belong to something else, except the topic
    }
    if (last && !(l.f & (MOVES | OUTCOMES | CARRIES | RESULTS | RULE_ACTS)))
        l.f |= behind & (MOVES | CARRIES | RESULTS | RULE_ACTS | F(CHANNEL) | F(RESTRICT));
    if ((l.f & (F(NORM) | F(RULES))) && !(l.f & (RULE_ACTS | F(PUBLISH))))
        l.f |= c->acts;
    return (Label){carry_by_year(w, c, l.f), l.row};
}

// A bare number is a figure only right behind a word that claims one, and at the end of its clause.
static bool bare_is_a_figure(const Walk *w, const Clause *c, size_t i)
{
    if (i == 0 || c->v[i - 1].is_figure || !(c->v[i - 1].features & (roles() | TOPICS)))
        return false;
    Str rest = str_trim(str_from(w->text, c->v[i].end));
    size_t gap = c->v[i].at - c->v[i - 1].end;
    bool closes = rest.n == 0 || rest.s[0] == ',' || rest.s[0] == ';' || rest.s[0] == '(' ||
                  rest.s[0] == ')' || str_starts(rest, S("，")) || str_starts(rest, S("。")) ||
                  str_starts(rest, S("、")) || str_starts(rest, S("；"));
    return closes && gap <= 9;
}

enum { MAX_GROWTHS = 200 };

// The difference or the percentage, as its unit tells.
static void growth_read(Walk *w, const Figure *f, uint64_t label)
{
    if ((label & (F(RATE) | F(PERIOD) | F(PLAN))) || w->out->growths.n == MAX_GROWTHS)
        return;
    bool percent = f->unit == UNIT_PERCENT;
    *PUSH(w->a, &w->out->growths) = (Growth){
        .claim = w->last_claim,
        .percent = percent ? *f : (Figure){0},
        .by = percent ? (Figure){0} : *f,
        .was = w->was,
        .shrink = (label & F(SHRINK)) != 0,
        .last_year = (label & F(LAST_YEAR)) != 0,
        .para = w->para,
    };
}

static void percent_read(Walk *w, const Figure *f, uint64_t label)
{
    if (f->unit == UNIT_PERCENT && (label & F(SHARE)) && !(label & F(RATE)))
        parts_share(&w->parts, f, w->out, w->a, w->para);
    if (f->unit == UNIT_PERCENT && (label & (F(GROW) | F(SHRINK))))
        growth_read(w, f, label);
}

// A clause joined by 、 without figures of its own speaks of the same figure: 受理、办结18件,
// 行政复议、行政诉讼均为0件.
static void claims_of_joined(Walk *w, const Clause *c, Label label, const Figure *f, bool part)
{
    static const int64_t zero = 0;
    bool each = (label.f & F(EACH)) || f->n == zero;
    if (each) {
        for (size_t i = 0; i < c->n_pending; i++)
            claims_of(w, (Label){c->pending[i], -1}, f, part);
    } else {
        for (size_t i = 0; i < c->n_pending; i++)
            label.f |= c->pending[i] & (TOPICS | MOVES | OUTCOMES | WHO | RULE_ACTS);
    }
    if (f->n == zero && (label.f & F(REVIEW)) && (label.f & F(SUIT)) &&
        !(label.f & (F(DIRECT) | F(AFTER)))) {
        claims_of(w, (Label){label.f & ~F(SUIT), label.row}, f, part);
        claims_of(w, (Label){label.f & ~F(REVIEW), label.row}, f, part);
        return;
    }
    claims_of(w, label, f, part);
}

// 较上年度的25件增长24%, 比2022年的70件减少14件.
static bool last_years(const Walk *w, const Clause *c, size_t from, size_t i)
{
    int8_t row = -1;
    uint64_t before = clause_features(c, from, i, &row);
    if (before & (F(GROW) | F(SHRINK) | CARRIES))
        return false;
    uint64_t behind = clause_features(c, i + 1, c->n, &row);
    if (before & F(LAST_YEAR)) // 其中上年度总结1条 is a part like others
        return (behind & (F(GROW) | F(SHRINK))) || !parts_listing(&w->parts, w->depth);
    for (size_t k = from; k < i && (behind & (F(GROW) | F(SHRINK))); k++)
        if (c->v[k].is_figure && c->v[k].figure.unit == UNIT_YEAR &&
            c->v[k].figure.n != (int64_t)w->doc->year * CLAIM_ONE)
            return true;
    return false;
}

static void figure_take(Walk *w, const Clause *c, size_t from, size_t i, Label label)
{
    const Figure *f = &c->v[i].figure;
    if (!figure_counts(f)) {
        percent_read(w, f, label.f);
        return;
    }
    if (f->unit == UNIT_NONE && !bare_is_a_figure(w, c, i))
        return;
    if (last_years(w, c, from, i)) {
        w->was = *f;
        return;
    }
    if (label.f & (F(GROW) | F(SHRINK))) {
        growth_read(w, f, label.f);
        return;
    }
    bool part =
        parts_take(&w->parts, w->depth, f, label.f, label.f & TOPICS ? label.f & TOPICS : w->topic);
    claims_of_joined(w, c, label, f, part || w->depth > 0);
}

void figures_take(Walk *w, const Clause *c)
{
    size_t first = clause_figure(c, 0);
    bool first_style = figures_first(c, first);
    for (size_t i = first, from = 0; i < c->n;) {
        size_t next = clause_figure(c, i + 1);
        figure_take(w, c, from, i, label_of(w, c, from, i, next, first_style));
        from = i + 1;
        i = next;
    }
}

// --- none

// 未发生行政复议, 没有收到……申请. What stands before the negation counts only where nothing follows
// it.
void negation_take(Walk *w, const Clause *c)
{
    size_t at = 0;
    while (at < c->n && !(c->v[at].features & F(NEG)))
        at++;
    Label l = {0, -1};
    l.f = clause_features(c, at == c->n ? 0 : at, c->n, &l.row);
    if (!(l.f & (TOPICS | CARRIES | OUTCOMES))) { // 行政复议、行政诉讼均为零
        l.f |= clause_features(c, 0, at == c->n ? 0 : at, &l.row);
        for (size_t i = 0; i < c->n_pending && !c->neg; i++)
            l.f |= c->pending[i] & (F(REVIEW) | F(SUIT));
    }
    if (l.f & (F(REVIEW) | F(SUIT)))
        l.f &= ~F(ELSE);
    if (!(l.f & (TOPICS | CARRIES | OUTCOMES)) && !((l.f & MOVES) && w->topic == F(REQUEST)))
        return;
    Figure none = {.n = 0};
    l.f |= F(NEG);
    if ((l.f & F(CORRECTED)) && !(l.f & (F(REVIEW) | F(SUIT))))
        return;
    bool both = (l.f & F(REVIEW)) && (l.f & F(SUIT));
    if (!both) {
        claims_of(w, l, &none, false);
        return;
    }
    claims_of(w, (Label){l.f & ~F(SUIT), l.row}, &none, false);
    claims_of(w, (Label){l.f & ~F(REVIEW), l.row}, &none, false);
}

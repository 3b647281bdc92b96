#include "report/claims.h"

#include "report/claim_parts.h"
#include "report/words.h"

#include <pthread.h>

#define F(name) FEATURE(name)

static const uint64_t TOPICS = F(REQUEST) | F(REVIEW) | F(SUIT) | F(NORM) | F(RULES) | F(LICENCE) |
                               F(PENALTY) | F(COERCION) | F(CHARGE) | F(FEE) | F(PUBLISH) | F(ELSE);
// Topics that stay with the passage even where only named; the others only where they count.
static const uint64_t LASTING = F(REQUEST) | F(REVIEW) | F(SUIT) | F(FEE);
static const uint64_t OUTCOMES = F(R1) | F(R2) | F(R3) | F(R4) | F(R5) | F(R6) | F(SUB);
static const uint64_t MOVES = F(NEWLY) | F(RECEIVE) | F(ACCEPT) | F(PROCESS) | F(CLOSE);
static const uint64_t CARRIES = F(CARRY) | F(CARRY_IN) | F(CARRY_OUT);
static const uint64_t WHO =
    F(NATURAL) | F(LEGAL) | F(BUSINESS) | F(RESEARCH) | F(WELFARE) | F(LAWYER);
static const uint64_t RESULTS =
    F(UPHELD) | F(CORRECTED) | F(OTHER_RESULT) | F(PENDING) | F(DIRECT) | F(AFTER);
static const uint64_t RULE_ACTS = F(MAKE) | F(REPEAL) | F(IN_FORCE) | F(LEVY);
static const uint64_t SCOPES = F(BROAD) | F(OWN) | F(ORGAN);

// What may make a figure a claim of a kind.
static uint64_t roles(void)
{
    return OUTCOMES | MOVES | CARRIES | WHO | RESULTS | RULE_ACTS | F(GROW) | F(SHRINK) | F(RATE) |
           F(SHARE);
}

// --- the clause at hand
// --------------------------------------------------------------------------------------

enum { MAX_MARKS = 48, MAX_DEPTH_READ = 3, MAX_PENDING = 8 };

typedef struct Mark {
    size_t at, end;
    bool is_figure;
    uint64_t features;
    int8_t row;
    Figure figure;
} Mark;

typedef struct Clause {
    Mark v[MAX_MARKS];
    size_t n;
    size_t start;
    uint64_t pending[MAX_PENDING]; // features of clauses joined to this one by 、, without figures
    size_t n_pending;
    bool neg; // the negation of a clause joined by 、 goes on
} Clause;

typedef struct Walk {
    const Document *doc;
    Arena *a;
    Claims *out;
    uint32_t para;
    Str text;
    Clause clause[MAX_DEPTH_READ + 1]; // by depth of brackets
    int depth;
    uint64_t topic, heading_topic;
    uint64_t scope;
    bool scope_fresh;
    bool disclosure;
    int year;
    uint32_t sentence;
    size_t sentence_at, previous_at;
    size_t first_claim, first_share, first_growth; // of the sentence, for its quote
    int last_claim;                                // in this sentence, or -1
    Figure was;                                    // last year's figure, said in this sentence
    PartsState parts;
} Walk;

static Clause *now(Walk *w)
{
    return &w->clause[w->depth];
}

static uint64_t features_between(const Clause *c, size_t from, size_t to, int8_t *row)
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
// ----------------------------------------------------------------------------------

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
        .disclosure = w->disclosure,
        .part = part,
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
// -------------------------------------------------------------------------------------

static bool counts(const Figure *f)
{
    return f->unit == UNIT_CASE || f->unit == UNIT_ITEM || f->unit == UNIT_TIMES ||
           f->unit == UNIT_YUAN || f->unit == UNIT_NONE;
}

static bool counted(const Mark *m)
{
    return m->is_figure &&
           (counts(&m->figure) || m->figure.unit == UNIT_PERCENT || m->figure.unit == UNIT_POINTS);
}

static size_t next_figure(const Clause *c, size_t i)
{
    while (i < c->n && !counted(&c->v[i]))
        i++;
    return i;
}

// Whether the words of the clause stand behind its figures (3件申请, 1件尚未审结).
static bool figures_first(const Clause *c, size_t first)
{
    int8_t row = -1;
    return (features_between(c, 0, first, &row) & (roles() | TOPICS)) == 0;
}

static Label label_of(Walk *w, const Clause *c, size_t from, size_t i, size_t next,
                      bool first_style)
{
    Label l = {0, -1};
    l.f = features_between(c, from, i, &l.row);
    int8_t row = -1;
    uint64_t behind = features_between(c, i + 1, next, &row);
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
    uint64_t before = features_between(c, from, i, &row);
    if (before & (F(GROW) | F(SHRINK) | CARRIES))
        return false;
    uint64_t behind = features_between(c, i + 1, c->n, &row);
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
    if (!counts(f)) {
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

static void figures_take(Walk *w, const Clause *c)
{
    size_t first = next_figure(c, 0);
    bool first_style = figures_first(c, first);
    for (size_t i = first, from = 0; i < c->n;) {
        size_t next = next_figure(c, i + 1);
        figure_take(w, c, from, i, label_of(w, c, from, i, next, first_style));
        from = i + 1;
        i = next;
    }
}

// --- none
// ----------------------------------------------------------------------------------------------------

// 未发生行政复议, 没有收到……申请. What stands before the negation counts only where nothing follows
// it.
static void negation_take(Walk *w, const Clause *c)
{
    size_t at = 0;
    while (at < c->n && !(c->v[at].features & F(NEG)))
        at++;
    Label l = {0, -1};
    l.f = features_between(c, at == c->n ? 0 : at, c->n, &l.row);
    if (!(l.f & (TOPICS | CARRIES | OUTCOMES))) { // 行政复议、行政诉讼均为零
        l.f |= features_between(c, 0, at == c->n ? 0 : at, &l.row);
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

// --- clauses
// -------------------------------------------------------------------------------------------------

static void topic_update(Walk *w, uint64_t f, bool counts_something)
{
    uint64_t said = f & TOPICS;
    if (!counts_something)
        said &= LASTING;
    if (!said)
        return;
    if (said & (F(REVIEW) | F(SUIT)))
        said &= F(REVIEW) | F(SUIT);
    else if (said & F(ELSE))
        said = F(ELSE);
    w->topic = said;
}

// 2022年……: from here on the sentence speaks of that year, unless it compares.
static void year_update(Walk *w, const Clause *c, uint64_t f)
{
    bool since = (f & F(LAST_YEAR)) && (f & F(PERIOD)); // 2008年……以来
    if ((f & (CARRIES | F(GROW) | F(SHRINK))) || ((f & F(LAST_YEAR)) && !since))
        return;
    int found = 0;
    for (size_t i = 0; i < c->n && !counted(&c->v[i]); i++)
        if (c->v[i].is_figure && c->v[i].figure.unit == UNIT_YEAR)
            found = (int)(c->v[i].figure.n / CLAIM_ONE);
    if (found)
        w->year = found;
}

static void clause_clear(Clause *c, size_t at)
{
    c->n = c->n_pending = 0;
    c->neg = false;
    c->start = at;
}

// 等 behind the last figure, not before one (图文解读等7件).
static bool ends_in_etc(const Clause *c)
{
    for (size_t i = c->n; i-- > 0 && !c->v[i].is_figure;)
        if (c->v[i].features & F(ETC))
            return true;
    return false;
}

// The clause is complete; `joined` says that 、 follows.
static void clause_end(Walk *w, size_t end, bool joined)
{
    Clause *c = now(w);
    int8_t row = -1;
    uint64_t f = features_between(c, 0, c->n, &row);
    bool figures = next_figure(c, 0) < c->n;
    bool neg = (f & F(NEG)) || c->neg;
    year_update(w, c, f);
    if (figures)
        figures_take(w, c);
    else if (neg && c->n)
        negation_take(w, c);
    topic_update(w, f, figures || neg);
    if (ends_in_etc(c))
        parts_etc(&w->parts, w->depth);
    if (!joined || figures) {
        clause_clear(c, end);
        return;
    }
    if (c->n_pending < MAX_PENDING && f)
        c->pending[c->n_pending++] = f;
    c->n = 0;
    c->neg = neg;
    c->start = end;
}

static Str quote(const Walk *w, size_t from, size_t end)
{
    return str_trim(str_sub(w->text, from, end));
}

static void sentence_end(Walk *w, size_t end)
{
    while (w->depth > 0) {
        clause_end(w, end, false);
        parts_close(&w->parts, w->depth, w->out, w->a, w->para);
        w->depth--;
    }
    clause_end(w, end, false);
    parts_close(&w->parts, 0, w->out, w->a, w->para);
    Str said = quote(w, w->sentence_at, end);
    for (size_t i = w->first_claim; i < w->out->list.n; i++)
        w->out->list.v[i].quote = said, w->out->list.v[i].disclosure |= w->disclosure;
    for (size_t i = w->first_share; i < w->out->shares.n; i++)
        w->out->shares.v[i].quote = said;
    for (size_t i = w->first_growth; i < w->out->growths.n; i++)
        w->out->growths.v[i].quote = said;
    parts_sentence_end(&w->parts, w->out, quote(w, w->previous_at, end), said);
    w->first_claim = w->out->list.n;
    w->first_share = w->out->shares.n;
    w->first_growth = w->out->growths.n;
    w->previous_at = w->sentence_at;
    w->sentence_at = end;
    w->sentence++;
    w->last_claim = -1;
    w->was = (Figure){0};
    w->scope_fresh = false;
    w->scope &= ~F(OWN);
}

static void bracket_open(Walk *w, size_t at, size_t end)
{
    if (w->depth == MAX_DEPTH_READ)
        return;
    Clause *c = now(w);
    bool behind_figure = c->n && c->v[c->n - 1].is_figure && counts(&c->v[c->n - 1].figure) &&
                         str_trim(str_sub(w->text, c->v[c->n - 1].end, at)).n == 0;
    if (behind_figure)
        clause_end(w, at, false);
    w->depth++;
    clause_clear(now(w), end);
    if (behind_figure)
        parts_open(&w->parts, w->depth, PARTS_BRACKET, 0);
}

static void bracket_close(Walk *w, size_t at)
{
    if (w->depth == 0)
        return;
    clause_end(w, at, false);
    parts_close(&w->parts, w->depth, w->out, w->a, w->para);
    w->depth--;
}

static void colon(Walk *w, size_t at, size_t end)
{
    Clause *c = now(w);
    bool behind_figure = c->n && c->v[c->n - 1].is_figure && counts(&c->v[c->n - 1].figure);
    bool has_figure = next_figure(c, 0) < c->n;
    bool before_figure = end < w->text.n && w->text.s[end] >= '0' && w->text.s[end] <= '9';
    if (!has_figure && before_figure)
        return; // 新收：5件 is one clause
    clause_end(w, at, false);
    if (behind_figure)
        parts_open(&w->parts, w->depth, PARTS_COLON, 0);
    else
        parts_colon(&w->parts, w->depth);
}

static void among(Walk *w, const ClaimWord *word, size_t at, size_t end)
{
    bool opens_sentence = str_trim(str_sub(w->text, w->sentence_at, at)).n == 0;
    clause_end(w, at, false);
    now(w)->start = end;
    parts_break(&w->parts, w->depth, w->out, w->a, w->para);
    parts_open(&w->parts, w->depth, opens_sentence ? PARTS_SENTENCE : PARTS_AMONG, word->features);
}

// --- scanning
// ------------------------------------------------------------------------------------------------

static Words index_words;
static pthread_once_t indexed = PTHREAD_ONCE_INIT;

static void index_build(void)
{
    words_index(&index_words, claim_words, sizeof *claim_words, n_claim_words);
}

static void mark_figure(Walk *w, size_t at, size_t end, const Figure *f)
{
    Clause *c = now(w);
    if (c->n == MAX_MARKS)
        return;
    c->v[c->n++] = (Mark){.at = at, .end = end, .is_figure = true, .row = -1, .figure = *f};
}

static void mark_word(Walk *w, size_t at, size_t end, const ClaimWord *word)
{
    Clause *c = now(w);
    if (word->features & F(AMONG)) {
        bool strong = str_starts(word->text, S("其中")) || (word->features & F(EXACTLY));
        if (strong || parts_whole_near(&w->parts))
            among(w, word, at, end);
        return;
    }
    if (word->features & SCOPES) {
        if (w->depth > 0) // 全市17件（市政府5件……）
            return;
        w->scope = (w->scope_fresh ? w->scope : 0) | (word->features & SCOPES);
        w->scope_fresh = true;
        return;
    }
    if (word->features & (F(DISCLOSURE) | F(REQUEST)))
        w->disclosure = true;
    if (c->n < MAX_MARKS && (word->features & ~F(DISCLOSURE)))
        c->v[c->n++] = (Mark){
            .at = at, .end = end, .features = word->features & ~F(DISCLOSURE), .row = word->row};
}

// Titles of other documents are not this report's words.
static size_t skip_title(Str s, size_t i)
{
    ptrdiff_t end = str_find(str_sub(s, i, i + 300), S("》"));
    return end == STR_NONE ? i + S("《").n : i + (size_t)end + S("》").n;
}

typedef struct Sign {
    uint16_t rune;
    char as;
} Sign;
static const Sign signs[] = {
    {0xff0c, ','}, {0xff1b, ';'}, {0x3002, '.'}, {0xff1a, ':'}, {0x3001, '/'},
    {0xff08, '('}, {0xff09, ')'}, {0xff01, '.'}, {0xff1f, '.'},
};

static char sign_of(uint32_t rune)
{
    if (rune == ',' || rune == ';' || rune == ':' || rune == '(' || rune == ')')
        return (char)rune;
    if (rune < 0x3001)
        return 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].rune == rune)
            return signs[i].as;
    return 0;
}

static void sign_take(Walk *w, char sign, size_t at, size_t end)
{
    switch (sign) {
    case ',':
        clause_end(w, end, false);
        break;
    case '/':
        clause_end(w, end, true);
        break;
    case ';':
        clause_end(w, end, false);
        parts_semicolon(&w->parts, w->depth);
        break;
    case ':':
        colon(w, at, end);
        break;
    case '(':
        bracket_open(w, at, end);
        break;
    case ')':
        bracket_close(w, at);
        break;
    default:
        sentence_end(w, end);
    }
}

// Signs, and Chinese numerals, begin with few characters: one bit each says whether to look closer.
static uint64_t special[1024];

static const uint16_t han_numerals[] = {0x3007, 0x4e00, 0x4e8c, 0x4e24, 0x4e09, 0x56db, 0x4e94,
                                        0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341, 0x767e, 0x5343};

static bool numeral(uint32_t rune)
{
    for (size_t i = 0; i < sizeof han_numerals / sizeof *han_numerals; i++)
        if (rune == han_numerals[i])
            return true;
    return rune >= '0' && rune <= '9';
}

static void special_build(void)
{
    index_build();
    memcpy(special, index_words.alone, sizeof special);
    for (size_t i = 0; i < sizeof han_numerals / sizeof *han_numerals; i++)
        special[han_numerals[i] >> 6] |= UINT64_C(1) << (han_numerals[i] & 63);
    special[0x300a >> 6] |= UINT64_C(1) << (0x300a & 63); // 《
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        special[signs[i].rune >> 6] |= UINT64_C(1) << (signs[i].rune & 63);
    for (uint32_t r = 0; r < 0x80; r++)
        if (sign_of(r) || (r >= '0' && r <= '9'))
            special[r >> 6] |= UINT64_C(1) << (r & 63);
}

// Looks at what stands at byte i; the result is where to go on, i itself where nothing was found.
static size_t look(Walk *w, size_t i, uint32_t rune, size_t len)
{
    if (words_may(&index_words, rune)) {
        int word = words_at(&index_words, w->text, i, rune);
        if (word != WORDS_NONE) {
            mark_word(w, i, i + claim_words[word].text.n, &claim_words[word]);
            return i + claim_words[word].text.n;
        }
    }
    char sign = sign_of(rune);
    if (sign) {
        sign_take(w, sign, i, i + len);
        return i + len;
    }
    if (rune == 0x300a)
        return skip_title(w->text, i);
    if (!numeral(rune))
        return i;
    Figure f;
    size_t end = i + len;
    if (figure_read(w->text, i, &f, &end))
        mark_figure(w, i, end, &f);
    return end > i ? end : i + len;
}

static void para_scan(Walk *w)
{
    const char *s = w->text.s;
    size_t n = w->text.n;
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)s[i];
        size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        uint32_t rune = c;
        bool likely = false;
        if (len == 3 && i + 2 < n) {
            rune = (c & 0xfu) << 12 | ((unsigned char)s[i + 1] & 0x3fu) << 6 |
                   ((unsigned char)s[i + 2] & 0x3fu);
            likely = words_likely(&index_words, w->text, i);
        } else if (len != 1) {
            i += len;
            continue;
        }
        if (!(likely | (special[rune >> 6] >> (rune & 63) & 1))) {
            i += len;
            continue;
        }
        size_t to = look(w, i, rune, len);
        i = to == i ? i + len : to;
    }
    sentence_end(w, n);
}

// --- paragraphs
// ----------------------------------------------------------------------------------------------

static uint64_t topic_of_heading(Str text)
{
    static const struct {
        Str word;
        uint64_t topic;
    } table[] = {
        {SI("依申请"), F(REQUEST)},   {SI("收到和处理"), F(REQUEST)}, {SI("申请情况"), F(REQUEST)},
        {SI("申请答复"), F(REQUEST)}, {SI("复议"), F(REVIEW)},        {SI("诉讼"), F(REVIEW)},
        {SI("收费"), F(FEE)},         {SI("信息处理费"), F(FEE)},     {SI("主动公开"), F(PUBLISH)},
        {SI("提案"), F(ELSE)},        {SI("解读"), F(ELSE)},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_has(text, table[i].word))
            return table[i].topic;
    return 0;
}

enum { SHORT_HEADING_BYTES = 90 };

// A short line without a stop is a heading, whatever the source says.
static bool heading_like(const Para *p)
{
    if (p->kind == PARA_HEADING)
        return true;
    return p->kind == PARA_TEXT && p->text.n < SHORT_HEADING_BYTES && !str_has(p->text, S("。")) &&
           !str_has(p->text, S("件")) && !str_has(p->text, S("未")) && !str_has(p->text, S("无")) &&
           !str_has(p->text, S("条"));
}

static void para_read(Walk *w, uint32_t ix, const Para *p)
{
    if (heading_like(p)) {
        w->heading_topic = topic_of_heading(p->text);
        return;
    }
    if (p->kind != PARA_TEXT)
        return;
    w->para = ix;
    w->text = p->text;
    w->depth = 0;
    clause_clear(now(w), 0);
    w->topic = p->chapter == 3 ? F(REQUEST) : w->heading_topic;
    w->disclosure = p->chapter == 3 || p->chapter == 4 || w->topic == F(REQUEST);
    w->scope = 0;
    w->scope_fresh = false;
    w->year = 0;
    w->sentence_at = w->previous_at = 0;
    w->last_claim = -1;
    parts_reset(&w->parts);
    para_scan(w);
}

void claims_read(const Document *doc, Arena *a, Claims *out)
{
    pthread_once(&indexed, special_build);
    *out = (Claims){0};
    Walk w = {.doc = doc, .a = a, .out = out, .last_claim = -1};
    for (uint32_t i = 0; i < doc->paras.n; i++)
        para_read(&w, i, &doc->paras.v[i]);
}

#include "report/check_text.h"

#include "report/equation.h"

#define F(name) FEATURE(name)

enum { QUOTE_RUNES = 160, QUOTE_BEFORE = 150 }; // characters; bytes kept before the figure

Str millionths_print(Arena *a, int64_t n)
{
    Str whole = number_print(a, n / CLAIM_ONE);
    int64_t rest = n % CLAIM_ONE;
    if (!rest)
        return whole;
    Str text = str_fmt(a, PRI_STR ".%06d", STR_ARG(whole), (int)rest);
    while (text.s[text.n - 1] == '0')
        text.n--;
    return text;
}

Str figure_print(const Checking *c, const Figure *f)
{
    return f->text.n ? f->text : millionths_print(c->a, f->n);
}

Str quote_print(const Checking *c, Str quote, Str at)
{
    bool inside = at.n && at.s >= quote.s && at.s < quote.s + quote.n;
    size_t from = inside ? (size_t)(at.s - quote.s) : 0;
    if (from < QUOTE_BEFORE * 2)
        return str_clip(c->a, quote, QUOTE_RUNES);
    from -= QUOTE_BEFORE;
    while ((quote.s[from] & 0xc0) == 0x80)
        from++;
    return str_cat(c->a, S("…"), str_clip(c->a, str_from(quote, from), QUOTE_RUNES));
}

// --- the cells of a reading

static void cells_of_stat(const CellSum *sum, CellIx *ix, size_t *n)
{
    for (size_t k = 0; k < 2 && sum->stat[k].n; k++)
        for (size_t i = 0; i < STAT_CELLS; i++)
            if (str_eq(stat_rows[i].key, sum->stat[k]))
                ix[(*n)++] = (CellIx)(STAT_FIRST + i);
}

static void cells_of(const CellSum *sum, CellIx *ix, size_t *n)
{
    *n = 0;
    for (int r = 0; r < T3_ROWS; r++)
        for (int k = 0; (sum->rows >> r & 1) && k < T3_COLS; k++)
            if (sum->cols >> k & 1)
                ix[(*n)++] = cell_t3((T3Row)r, (T3Col)k);
    for (int b = 0; b < T4_BLOCKS; b++)
        for (int k = 0; (sum->blocks >> b & 1) && k < T4_COLS; k++)
            if (sum->results >> k & 1)
                ix[(*n)++] = cell_t4((T4Block)b, (T4Col)k);
    if (sum->cell)
        ix[(*n)++] = (CellIx)(sum->cell - 1);
    cells_of_stat(sum, ix, n);
}

// 其他处理 is one row in the 2019 form and three in the 2021 form: the rows that are not there are
// not part of the sum.
static bool row_of_other_form(const Document *d, CellIx ix)
{
    return ix >= cell_t3(T3_R6, 0) && ix < cell_t3(T3_R7, 0) && d->cells[ix].state == CELL_ABSENT;
}

// More than any report can mean; beyond them sums would overflow.
static const int64_t MOST_COUNT = INT64_C(10000000000);
static const int64_t MOST_AMOUNT = INT64_C(100000000) * AMOUNT_ONE;

bool claim_sum(const Document *d, const Claim *claim, size_t n, int64_t *value, CellIx *ix,
               size_t *n_ix)
{
    CellSum own = claim_kinds[claim->kind].sums[n];
    if (n == 0 && claim->row >= 0 && !own.rows && !own.blocks && !own.cell && !own.stat[0].n)
        own = (CellSum){.rows = UINT32_C(1) << claim->row, .cols = 1 << T3_TOTAL};
    size_t all;
    cells_of(&own, ix, &all);
    int64_t sum = 0;
    bool known = all > 0;
    *n_ix = 0;
    for (size_t i = 0; i < all; i++) {
        if (row_of_other_form(d, ix[i]))
            continue;
        int64_t held = d->cells[ix[i]].n;
        bool amount = cell_def(ix[i])->type == TYPE_AMOUNT;
        known &= cell_has(d, ix[i]) && held >= 0 && held <= (amount ? MOST_AMOUNT : MOST_COUNT);
        sum += known ? held * (amount ? 10000 : CLAIM_ONE) : 0; // both in millionths
        ix[(*n_ix)++] = ix[i];
    }
    *value = sum;
    return known && *n_ix > 0;
}

// --- does it agree?

// 1200余 means 1200 and something; 近 and 约 a little less or more.
static bool agrees(const Figure *f, int64_t cell)
{
    if (f->unit == UNIT_YUAN || f->step > CLAIM_ONE) {
        int64_t off = f->n > cell ? f->n - cell : cell - f->n;
        if (off < f->step)
            return true;
    }
    if (!f->approx)
        return f->n == cell;
    int64_t off = f->n > cell ? f->n - cell : cell - f->n;
    return off <= f->n / 8 || (f->step > CLAIM_ONE && off < f->step);
}

typedef struct Match {
    const Claim *claim;
    Result result;
    int reading;   // the one that agrees, or the first that is known, or -1
    int64_t value; // of that reading
    CellIx ix[SUM_CELLS];
    size_t n_ix;
} Match;

// Whether the reading is asked of this form at all, for claims that only the form of another
// edition can answer.
static bool of_this_form(const Document *d, const CellIx *ix, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (d->cells[ix[i]].state != CELL_ABSENT || cell_in(ix[i], d->edition))
            return true;
    return false;
}

static void match(const Document *d, const Claim *claim, Match *m)
{
    m->claim = claim;
    m->reading = -1;
    m->result = RESULT_NOT_ASSESSABLE;
    m->n_ix = 0;
    bool first_form = true;
    for (int i = 0; i < CLAIM_SUMS; i++) {
        CellIx ix[SUM_CELLS];
        size_t n_ix;
        int64_t value;
        bool known = claim_sum(d, claim, (size_t)i, &value, ix, &n_ix);
        if (n_ix == 0 || !of_this_form(d, ix, n_ix))
            continue;
        bool fits = known && agrees(&claim->figure, value);
        // What the words say is the first reading, or the first of the 2014 table; where the form
        // does not ask that, another can only agree.
        bool says = first_form && (i == 0 || cell_def(ix[0])->table == TABLE_STAT);
        if (says || fits) {
            m->reading = i;
            m->value = value;
            m->n_ix = n_ix;
            memcpy(m->ix, ix, n_ix * sizeof *ix);
            m->result = fits ? RESULT_PASS : known ? RESULT_FAIL : RESULT_NOT_ASSESSABLE;
        }
        if (fits)
            return;
        first_form &= !says;
    }
}

// --- whose figure is it?

// Whose figures the tables hold, as far as the name tells.
typedef enum Extent {
    EXTENT_UNKNOWN,
    EXTENT_ORGAN,  // one organ: a bureau, a town
    EXTENT_REGION, // a government with all its organs
    EXTENT_EITHER, // a government's office: its own, or the whole region's
} Extent;

static Extent extent_of(Str organ)
{
    static const struct {
        Str end;
        Extent extent;
    } table[] = {
        {SI("乡人民政府"), EXTENT_ORGAN},  {SI("镇人民政府"), EXTENT_ORGAN},
        {SI("镇政府"), EXTENT_ORGAN},      {SI("乡政府"), EXTENT_ORGAN},
        {SI("街道办事处"), EXTENT_ORGAN},  {SI("政府办公室"), EXTENT_EITHER},
        {SI("政府办公厅"), EXTENT_EITHER}, {SI("政府办"), EXTENT_EITHER},
        {SI("政府"), EXTENT_REGION},       {SI("管委会"), EXTENT_REGION},
        {SI("管理委员会"), EXTENT_REGION}, {SI("省"), EXTENT_REGION},
        {SI("市"), EXTENT_REGION},         {SI("区"), EXTENT_REGION},
        {SI("县"), EXTENT_REGION},         {SI("州"), EXTENT_REGION},
        {SI("旗"), EXTENT_REGION},
    };
    if (!organ.n)
        return EXTENT_UNKNOWN;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_ends(organ, table[i].end))
            return table[i].extent;
    return EXTENT_ORGAN;
}

// A slip changes a figure a little; another scope changes it much (17 and 95).
static bool close_to(int64_t text, int64_t table)
{
    return table <= text + text / 2;
}

// A smaller figure in the text may be the government's own in a table of the whole region, a larger
// one the whole region's in a table of one organ: never called an error.
static bool scope_certain(Extent extent, const Match *m)
{
    uint64_t scope = m->claim->sentence_scope;
    bool smaller = m->claim->figure.n < m->value;
    bool near = !smaller || close_to(m->claim->figure.n, m->value);
    bool broad = (scope & F(BROAD)) != 0, partial = (scope & F(PARTIAL)) != 0;
    bool own = (scope & F(OWN)) || (partial && !broad); // 各乡镇 are not the whole county
    switch (extent) {
    case EXTENT_ORGAN:
        return !(broad || partial) || smaller;
    case EXTENT_REGION:
        return broad ? true : own ? !smaller : near;
    case EXTENT_EITHER:
        return broad || partial ? broad && smaller : near;
    case EXTENT_UNKNOWN:
        return (scope & F(ORGAN)) ? true : broad ? smaller : own ? near && !partial : true;
    }
    return false;
}

// Words that make it a part of the year's figure, or somebody else's.
static bool restricted(const Claim *c)
{
    bool court =
        (c->features & (F(REVIEW) | F(SUIT))) != 0; // 涉及政府信息公开的行政复议 is the form
    return (c->features & (court ? F(CHANNEL) : F(CHANNEL) | F(RESTRICT))) != 0;
}

static bool in_reporting_chapter(const Document *d, const Claim *c)
{
    int chapter = d->paras.v[c->para].chapter;
    return chapter == 0 || chapter == 1 || chapter == 3 || chapter == 4;
}

static bool guess_among(const Document *d, const Match *m)
{
    for (size_t i = 0; i < m->n_ix; i++)
        if (cell_guessed(&d->cells[m->ix[i]]))
            return true;
    return false;
}

// Courts: the organ may also sit in judgement over others' decisions.
static bool about_disclosure(const Claim *c)
{
    const ClaimKind *k = &claim_kinds[c->kind];
    if (k->check != CHECK_TEXT_REVIEW && k->check != CHECK_TEXT_SUIT)
        return true;
    if (c->figure.n == 0) // a report on disclosure says 未发生行政复议 of disclosure
        return true;
    return c->disclosure && !(c->features & (F(ACCEPT) | F(PROCESS) | F(CLOSE)));
}

// 行政许可, 收费 and the like are told of towns, bureaus and projects alike: only where the
// sentence names the organ itself is it clear whose they are. 办结上年结转3件 may be some of them.
static bool subject_clear(const Claim *c)
{
    CheckId check = claim_kinds[c->kind].check;
    if (check == CHECK_TEXT_DECISIONS || check == CHECK_TEXT_CHARGE)
        return (c->sentence_scope & F(ORGAN)) != 0;
    if (check == CHECK_TEXT_NORMATIVE) // 以市政府名义出台
        return !(c->sentence_scope & F(OWN));
    if (check == CHECK_TEXT_CARRIED_IN)
        return !(c->features & F(CLOSE));
    bool moves = check == CHECK_TEXT_NEW || check == CHECK_TEXT_CLOSED;
    return !moves || !c->far_topic || str_has(c->quote, S("申请")) || !c->inherits;
}

static bool mismatch_certain(const Document *d, Extent extent, const Match *m)
{
    const Claim *c = m->claim;
    bool soft_unit = c->figure.n && c->figure.unit != UNIT_CASE && c->figure.unit != UNIT_YUAN;
    bool closed_part = c->part && claim_kinds[c->kind].check == CHECK_TEXT_CLOSED;
    return !claim_kinds[c->kind].weak && !c->figure.approx && !soft_unit && !restricted(c) &&
           !closed_part && in_reporting_chapter(d, c) && about_disclosure(c) && subject_clear(c) &&
           !guess_among(d, m) && scope_certain(extent, m);
}

// Where the number of requests is another body's, so is everything said beside it.
static bool other_scope_near(const Match *v, size_t n, size_t i, Extent extent)
{
    for (size_t k = 0; k < n; k++)
        if (v[k].claim->para == v[i].claim->para && v[k].result == RESULT_FAIL &&
            claim_kinds[v[k].claim->kind].check == CHECK_TEXT_NEW && !scope_certain(extent, &v[k]))
            return true;
    return false;
}

// Said of another year, or so restricted that disagreeing means nothing.
static bool says_nothing(const Document *d, const Match *m)
{
    const Claim *c = m->claim;
    if (c->year && d->year && c->year != d->year)
        return true;
    return m->result == RESULT_FAIL && (restricted(c) || c->period || !about_disclosure(c));
}

// --- findings

static bool reading_with_carry(const Match *m)
{
    const ClaimKind *k = &claim_kinds[m->claim->kind];
    return k->check == CHECK_TEXT_NEW && m->result == RESULT_PASS && m->n_ix == 2 &&
           m->ix[0] == cell_t3(T3_NEW, T3_TOTAL);
}

static Str claim_name(const Checking *c, const Claim *claim)
{
    if (claim->row >= 0 && str_eq(claim_kinds[claim->kind].key, S("outcome_row")))
        return c->opt->lang == LANG_EN ? t3_rows[claim->row].en : t3_rows[claim->row].short_zh;
    const ClaimKind *k = &claim_kinds[claim->kind];
    return c->opt->lang == LANG_EN ? k->en : k->zh;
}

static Str table_value(const Checking *c, const Match *m)
{
    bool amount = m->n_ix && cell_def(m->ix[0])->type == TYPE_AMOUNT;
    return millionths_print(c->a, amount ? m->value / 10000 : m->value);
}

static Str message_of(Checking *c, const Match *m)
{
    Str name = claim_name(c, m->claim), said = figure_print(c, &m->claim->figure);
    Str table = table_value(c, m);
    switch (m->result) {
    case RESULT_PASS:
        if (reading_with_carry(m))
            return say(c, "正文%.*s %.*s，与表格相符（本年新收加上年结转）。",
                       "The text says %.*s %.*s; the table agrees (new and carried over together).",
                       STR_ARG(name), STR_ARG(said));
        return say(c, "正文%.*s %.*s，与表格相符。", "The text says %.*s %.*s; the table agrees.",
                   STR_ARG(name), STR_ARG(said));
    case RESULT_FAIL:
        return say(
            c, "正文%.*s %.*s，表格是 %.*s。请核对台账，改正有误的一处。",
            "The text says %.*s %.*s, the table %.*s. Look at the records and correct the one "
            "that is wrong.",
            STR_ARG(name), STR_ARG(said), STR_ARG(table));
    case RESULT_DOUBTFUL:
        return say(c, "正文%.*s %.*s，表格是 %.*s。两处统计范围可能不同；如是同一口径，请改正。",
                   "The text says %.*s %.*s, the table %.*s. They may count different things; if "
                   "they count the same, correct one.",
                   STR_ARG(name), STR_ARG(said), STR_ARG(table));
    case RESULT_NOT_ASSESSABLE:
        break;
    }
    return say(c, "正文%.*s %.*s，表格中没有可比的数。",
               "The text says %.*s %.*s; the table has no figure to compare.", STR_ARG(name),
               STR_ARG(said));
}

static void finding_of(Checking *c, const Match *m)
{
    const Claim *claim = m->claim;
    Finding *f = finding_add_said(c, claim_kinds[claim->kind].check, m->result, message_of(c, m));
    f->evidence = quote_print(c, claim->quote, claim->figure.text);
    f->left = figure_print(c, &claim->figure);
    if (m->result != RESULT_NOT_ASSESSABLE)
        f->right = table_value(c, m);
    if (m->result == RESULT_DOUBTFUL && f->severity == SEVERITY_ERROR)
        f->severity = SEVERITY_WARNING;
    finding_place(c, f, c->doc->paras.v[claim->para].place);
    for (size_t i = 0; i < m->n_ix; i++)
        finding_cell(c, f, m->ix[i]);
}

// One sentence about the same thing agrees with the table: another that does not counts something
// else.
static bool another_agrees(const Match *v, size_t n, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (k != i && v[k].result == RESULT_PASS && v[k].claim->row == v[i].claim->row &&
            claim_kinds[v[k].claim->kind].check == claim_kinds[v[i].claim->kind].check &&
            (v[k].claim->kind == v[i].claim->kind ||
             claim_kinds[v[i].claim->kind].check == CHECK_TEXT_NEW) &&
            v[k].claim->figure.n != v[i].claim->figure.n)
            return true;
    return false;
}

// The same said twice is told once.
static bool said_before(const Match *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (v[k].claim->kind == v[i].claim->kind && v[k].claim->row == v[i].claim->row &&
            v[k].claim->sentence == v[i].claim->sentence &&
            v[k].claim->figure.n == v[i].claim->figure.n)
            return true;
    return false;
}

// Kinds that only one form can answer are not worth a line in the others.
static bool worth_telling(const Document *d, const Match *m)
{
    CheckId check = claim_kinds[m->claim->kind].check;
    if (m->result != RESULT_NOT_ASSESSABLE)
        return true;
    if (check == CHECK_TEXT_PUBLISHED || check == CHECK_TEXT_CHARGE)
        return d->edition == EDITION_STAT2014 && check == CHECK_TEXT_PUBLISHED;
    return check != CHECK_TEXT_FEE;
}

static void check_claims(Checking *c, const Claims *claims)
{
    size_t n = claims->list.n;
    if (!n)
        return;
    Match *v = NEW(c->a, Match, n);
    Extent extent = extent_of(c->doc->organ);
    for (size_t i = 0; i < n; i++)
        match(c->doc, &claims->list.v[i], &v[i]);
    for (size_t i = 0; i < n; i++) {
        if (said_before(v, i) || says_nothing(c->doc, &v[i]))
            continue;
        Match m = v[i];
        if (m.result == RESULT_FAIL &&
            (another_agrees(v, n, i) || other_scope_near(v, n, i, extent) ||
             !mismatch_certain(c->doc, extent, &m)))
            m.result = RESULT_DOUBTFUL;
        if (worth_telling(c->doc, &m))
            finding_of(c, &m);
    }
}

void check_text(Checking *c)
{
    if (!c->doc->paras.n)
        return;
    Claims claims;
    claims_read(c->doc, c->a, &claims);
    check_claims(c, &claims);
    check_text_self(c, &claims);
}

#include "report/equation.h"

bool cell_guessed(const Cell *cell)
{
    for (int i = 0; cell->repairs >> i && i < REPAIR__COUNT; i++)
        if (cell->repairs >> i & 1 && repair_defs[i].guess)
            return true;
    return false;
}

bool cell_fitted(const Cell *cell)
{
    return cell->repairs & (REPAIR_SPLIT | REPAIR_POSITION);
}

Str number_print(Arena *a, int64_t n)
{
    char s[24];
    size_t at = sizeof s;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        s[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (n < 0)
        s[--at] = '-';
    return str_dup(a, (Str){s + at, sizeof s - at});
}

static Str join3(Arena *a, Str x, const char *between, const char *y)
{
    size_t n_between = strlen(between), n_y = strlen(y);
    char *s = NEW(a, char, x.n + n_between + n_y);
    if (x.n)
        memcpy(s, x.s, x.n);
    memcpy(s + x.n, between, n_between);
    memcpy(s + x.n + n_between, y, n_y);
    return (Str){s, x.n + n_between + n_y};
}

Str cell_name(const Checking *c, CellIx ix)
{
    const CellDef *def = cell_def(ix);
    if (c->opt->lang == LANG_ZH)
        return str_fmt(c->a, PRI_STR "（" PRI_STR "）", STR_ARG(def->row), STR_ARG(def->col));
    if (ix >= T3_FIRST && ix < T3_FIRST + T3_CELLS)
        return str_fmt(c->a, PRI_STR " (" PRI_STR ")",
                       STR_ARG(t3_rows[(ix - T3_FIRST) / T3_COLS].en),
                       STR_ARG(t3_cols[(ix - T3_FIRST) % T3_COLS].en));
    if (ix >= T4_FIRST && ix < T4_FIRST + T4_CELLS)
        return str_fmt(c->a, PRI_STR " (" PRI_STR ")",
                       STR_ARG(t4_blocks[(ix - T4_FIRST) / T4_COLS].en),
                       STR_ARG(t4_cols[(ix - T4_FIRST) % T4_COLS].en));
    return str_fmt(c->a, PRI_STR " (" PRI_STR ", " PRI_STR ")", STR_ARG(def->id), STR_ARG(def->row),
                   STR_ARG(def->col));
}

// --- what stands on the two sides

typedef struct Sides {
    int64_t left, right; // of the values there are
    int values, unknown_left, unknown_right;
    CellIx unknown; // the first without a value
    bool guessed, fitted, overflow;
} Sides;

// One cell read as something else than it is; ix CELL_NONE for none.
typedef struct Patch {
    CellIx ix;
    int64_t n;
} Patch;
static const Patch as_read = {CELL_NONE, 0};

static bool side_add(const Document *d, CellIx ix, Patch patch, int64_t *sum, Sides *s)
{
    const Cell *cell = &d->cells[ix];
    if (cell->state != CELL_VALUE) {
        if (!s->unknown_left && !s->unknown_right)
            s->unknown = ix;
        return false;
    }
    s->values++;
    if (cell->repairs) {
        s->guessed |= cell_guessed(cell);
        s->fitted |= cell_fitted(cell);
    }
    s->overflow |= __builtin_add_overflow(*sum, ix == patch.ix ? patch.n : cell->n, sum);
    return true;
}

static Sides eq_sides(const Document *d, const Eq *eq, Patch patch)
{
    Sides s = {.unknown = CELL_NONE};
    for (size_t i = 0; i < eq->n_left; i++)
        s.unknown_left += !side_add(d, eq->left[i], patch, &s.left, &s);
    for (size_t i = 0; i < eq->n_right; i++)
        s.unknown_right += !side_add(d, eq->right[i], patch, &s.right, &s);
    int64_t gap;
    s.overflow |= __builtin_sub_overflow(s.left, s.right, &gap) || gap == INT64_MIN;
    return s;
}

static bool known(const Sides *s)
{
    return !s->unknown_left && !s->unknown_right && !s->overflow;
}

// Which side of the equation the cell stands on: 'l', 'r', or 0.
static char eq_side(const Eq *eq, CellIx ix)
{
    for (size_t i = 0; i < eq->n_right; i++)
        if (eq->right[i] == ix)
            return 'r';
    for (size_t i = 0; i < eq->n_left; i++)
        if (eq->left[i] == ix)
            return 'l';
    return 0;
}

// --- writing it out: 31＋4＋0＋0＋2＋0＝37 ≠ 36

typedef struct Line {
    char s[3000];
    size_t n;
    bool en;
} Line;

static void line_add(Line *l, const char *s, size_t n)
{
    if (n > sizeof l->s - l->n)
        n = 0;
    memcpy(l->s + l->n, s, n);
    l->n += n;
}

static void line_say(Line *l, const char *zh, const char *en)
{
    const char *s = l->en ? en : zh;
    line_add(l, s, strlen(s));
}

static void line_number(Line *l, int64_t n)
{
    char s[24];
    int len = 0;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    char digits[24];
    int k = 0;
    do
        digits[k++] = (char)('0' + u % 10);
    while (u /= 10);
    if (n < 0)
        s[len++] = '-';
    while (k)
        s[len++] = digits[--k];
    line_add(l, s, (size_t)len);
}

// A long sum is easier to follow without its zeros.
enum { LONG_SUM = 8 };

static void line_term(Line *l, bool first)
{
    if (!first)
        line_say(l, "＋", "+");
}

// Cells without a figure stand behind the others: one as （空）, several as （空3格）.
static void line_blanks(Line *l, size_t blanks, bool first)
{
    if (!blanks)
        return;
    line_term(l, first);
    line_say(l, "（空", "(");
    if (blanks > 1)
        line_number(l, (int64_t)blanks);
    line_say(l, blanks > 1 ? "格）" : "）", blanks > 1 ? " blank)" : "blank)");
}

static void line_terms(Line *l, const Document *d, const CellIx *v, size_t n, Patch patch)
{
    bool first = true;
    size_t blanks = 0;
    for (size_t i = 0; i < n; i++) {
        const Cell *cell = &d->cells[v[i]];
        int64_t x = v[i] == patch.ix ? patch.n : cell->n;
        bool blank = cell->state != CELL_VALUE;
        blanks += blank;
        if (blank || (x == 0 && n > LONG_SUM))
            continue;
        line_term(l, first);
        line_number(l, x);
        first = false;
    }
    if (first && !blanks)
        line_say(l, "0", "0");
    line_blanks(l, blanks, first);
}

static void line_side(Line *l, const Document *d, const CellIx *v, size_t n, int64_t sum,
                      Patch patch)
{
    line_terms(l, d, v, n, patch);
    if (n > 1) {
        line_say(l, "＝", "=");
        line_number(l, sum);
    }
}

static void line_eq(Line *l, const Document *d, const Eq *eq, Patch patch)
{
    Sides s = eq_sides(d, eq, patch);
    if (l->n)
        line_add(l, "\n", 1);
    line_side(l, d, eq->left, eq->n_left, s.left, patch);
    line_say(l, s.left == s.right ? " ＝ " : " ≠ ", s.left == s.right ? " = " : " ≠ ");
    line_side(l, d, eq->right, eq->n_right, s.right, patch);
}

// --- the cell whose correction would make everything hold

typedef struct Suspect {
    CellIx ix; // CELL_NONE: none, or more than one
    int64_t should;
    const Eq *also[4]; // other equations it would set right
    size_t n_also;
    bool alone; // every single correction would break another equation
} Suspect;

// Whether all equations of the cell hold once it is `patch`; those that did not before go to
// s->also.
static bool patch_holds(const Document *d, const Eqs *eqs, const Eq *eq, Patch patch, Suspect *s)
{
    s->n_also = 0;
    for (size_t i = 0; i < eqs->n; i++) {
        const Eq *other = &eqs->v[i];
        if (other == eq || !eq_side(other, patch.ix))
            continue;
        Sides before = eq_sides(d, other, as_read), after = eq_sides(d, other, patch);
        if (!known(&before))
            continue;
        if (after.overflow || after.left != after.right)
            return false;
        if (before.left != before.right && s->n_also < 4)
            s->also[s->n_also++] = other;
    }
    return true;
}

static bool patch_for(const Document *d, const Eq *eq, const Sides *sides, CellIx ix, Patch *out)
{
    int64_t gap = sides->left - sides->right, n = d->cells[ix].n;
    bool over = eq_side(eq, ix) == 'r' ? __builtin_add_overflow(n, gap, &n)
                                       : __builtin_sub_overflow(n, gap, &n);
    if (over || n < 0)
        return false;
    *out = (Patch){ix, n};
    return true;
}

// Of several corrections that are as good, a total left at 0 is the likeliest: it was not filled
// in.
static bool forgotten_total(const Document *d, const Eq *eq, CellIx ix)
{
    return eq->n_right == 1 && ix == eq->right[0] && d->cells[ix].n == 0;
}

static Suspect suspect_find(const Document *d, const Eqs *eqs, const Eq *eq, const Sides *sides)
{
    Suspect best = {.ix = CELL_NONE, .alone = true};
    size_t ties = 0;
    for (size_t i = 0; i < (size_t)eq->n_left + eq->n_right; i++) {
        CellIx ix = i < eq->n_left ? eq->left[i] : eq->right[i - eq->n_left];
        Suspect s = {.ix = ix};
        Patch patch;
        if (!patch_for(d, eq, sides, ix, &patch) || !patch_holds(d, eqs, eq, patch, &s))
            continue;
        s.should = patch.n;
        bool better = best.ix == CELL_NONE || s.n_also > best.n_also;
        bool as_good = !better && s.n_also == best.n_also;
        ties = better ? 0 : ties + as_good;
        if (as_good && forgotten_total(d, eq, ix)) {
            better = true;
            ties = 0;
        }
        if (better)
            best = s;
    }
    if (ties) // say nothing rather than guess
        best = (Suspect){.ix = CELL_NONE};
    return best;
}

static Str names_of(const Checking *c, const Suspect *s)
{
    Str names[4];
    for (size_t i = 0; i < s->n_also; i++)
        names[i] = join3(c->a, s->also[i]->name, c->opt->lang == LANG_EN ? ": " : "：",
                         c->opt->lang == LANG_EN ? s->also[i]->words->pass_en
                                                 : s->also[i]->words->pass_zh);
    return str_join(c->a, names, s->n_also, c->opt->lang == LANG_EN ? S("; ") : S("、"));
}

static Str suspect_say(const Checking *c, const Suspect *s)
{
    if (s->ix == CELL_NONE)
        return s->alone
                   ? say(c,
                         "只改其中一格，都会使别的等式不成立，可能不止一处有误；"
                         "请对照登记台账逐格核对。",
                         "Changing any single cell breaks another sum, so more than one may be "
                         "wrong; check the cells against the register.")
                   : say(c, "请对照登记台账逐格核对。", "Check the cells against the register.");
    Str name = cell_name(c, s->ix);
    long long was = (long long)c->doc->cells[s->ix].n, should = (long long)s->should;
    if (s->n_also)
        return say(c,
                   PRI_STR "由%lld改为%lld以后，“" PRI_STR
                           "”也同时成立，很可能是这一格写错；请核对后改正。",
                   "With " PRI_STR " changed from %lld to %lld, “" PRI_STR
                   "” holds as well, so this cell is probably the mistake; check and correct it.",
                   STR_ARG(name), was, should, STR_ARG(names_of(c, s)));
    return say(c, PRI_STR "改为%lld（现为%lld）即成立，且不影响其他等式；请核对后改正。",
               PRI_STR " as %lld (now %lld) would make it hold without breaking another sum; check "
                       "and correct it.",
               STR_ARG(name), should, was);
}

// --- findings

static Finding *eq_finding(Checking *c, const Eq *eq, Result result, Str message)
{
    const EqWords *w = eq->words;
    bool en = c->opt->lang == LANG_EN, bad = result == RESULT_FAIL || result == RESULT_DOUBTFUL;
    Finding *f = finding_add_said(c, w->check, result, message);
    f->title = join3(c->a, eq->name, en ? ": " : "：",
                     bad ? (en ? w->fail_en : w->fail_zh) : (en ? w->pass_en : w->pass_zh));
    return f;
}

// All cells of the equation, `first` in front; the total where nothing else is suspected.
static void eq_cells(Checking *c, Finding *f, const Eq *eq, CellIx first)
{
    f->cells = NEW(c->a, CellIx, (size_t)eq->n_left + eq->n_right);
    f->cells[f->n_cells++] = first;
    for (size_t i = 0; i < eq->n_right; i++)
        if (eq->right[i] != first)
            f->cells[f->n_cells++] = eq->right[i];
    for (size_t i = 0; i < eq->n_left; i++)
        if (eq->left[i] != first)
            f->cells[f->n_cells++] = eq->left[i];
    for (size_t i = 0; i < f->n_cells; i++)
        if (f->result != RESULT_PASS || i == 0)
            finding_place(c, f, c->doc->cells[f->cells[i]].place);
}

static void eq_passes(Checking *c, const Eq *eq, const Sides *s)
{
    Finding *f =
        s->fitted ? eq_finding(
                        c, eq, RESULT_NOT_ASSESSABLE,
                        say(c,
                            "其中有数字是按表内等式推定位置或拆分的，等式成立不能说明问题；"
                            "请对照原件。",
                            "Some figures were placed or split so that the sums hold; that they do "
                            "proves nothing. Compare with the original."))
                  : eq_finding(c, eq, RESULT_PASS, say(c, "相符。", "They agree."));
    Line l;
    l.n = 0;
    l.en = c->opt->lang == LANG_EN;
    line_eq(&l, c->doc, eq, as_read);
    f->evidence = str_dup(c->a, (Str){l.s, l.n});
    f->left = f->right = number_print(c->a, s->left);
    eq_cells(c, f, eq, eq->right[0]);
}

static void eq_fails(Checking *c, const Eqs *eqs, const Eq *eq, const Sides *s)
{
    const EqWords *w = eq->words;
    Suspect suspect = suspect_find(c->doc, eqs, eq, s);
    int64_t by = s->left > s->right ? s->left - s->right : s->right - s->left;
    Str advice = suspect_say(c, &suspect);
    Str caution = s->guessed ? say(c, "其中有推定读取的数字，请先对照原件。",
                                   " Some figures were read by a guess; compare with the original.")
                             : S("");
    Str message = c->opt->lang == LANG_EN
                      ? str_fmt(c->a, "%s %lld, %s %lld; the difference is %lld. " PRI_STR PRI_STR,
                                w->left_en, (long long)s->left, w->right_en, (long long)s->right,
                                (long long)by, STR_ARG(advice), STR_ARG(caution))
                      : str_fmt(c->a, "%s是%lld，%s是%lld，相差%lld。" PRI_STR PRI_STR, w->left_zh,
                                (long long)s->left, w->right_zh, (long long)s->right, (long long)by,
                                STR_ARG(advice), STR_ARG(caution));
    Finding *f = eq_finding(c, eq, s->guessed ? RESULT_DOUBTFUL : RESULT_FAIL, message);
    Line l;
    l.n = 0;
    l.en = c->opt->lang == LANG_EN;
    line_eq(&l, c->doc, eq, as_read);
    Patch patch = {suspect.ix, suspect.should};
    for (size_t i = 0; i < suspect.n_also; i++) {
        line_eq(&l, c->doc, suspect.also[i], as_read);
        line_eq(&l, c->doc, suspect.also[i], patch);
    }
    f->evidence = str_dup(c->a, (Str){l.s, l.n});
    f->left = number_print(c->a, s->left);
    f->right = number_print(c->a, s->right);
    eq_cells(c, f, eq, suspect.ix == CELL_NONE ? eq->right[0] : suspect.ix);
}

static const char *const state_zh[] = {"没有读到", "空白", "读不出"};
static const char *const state_en[] = {"was not found", "is blank", "cannot be read"};

// What the cells without a value would have to be.
static Str unknown_say(const Checking *c, const Sides *s, int64_t needed)
{
    int n = s->unknown_left + s->unknown_right;
    if (s->unknown_left && s->unknown_right)
        return say(c, "等式两边都缺数字，不能核对。", "Figures are missing on both sides.");
    if (needed == 0 && s->unknown_left)
        return say(c, "其余各项相加已等于总计，可能应填0；请核对后填写。",
                   "The others already add up to the total, so it may have to be 0; check and fill "
                   "it in.");
    if (n == 1)
        return say(c, "按其余数字推算，可能应为%lld；请核对后填写。",
                   "From the other figures it may have to be %lld; check and fill it in.",
                   (long long)needed);
    return say(c, "按其余数字推算，缺的%d格合计应为%lld；请核对后填写。",
               "From the other figures the %d missing ones should come to %lld; check and fill "
               "them in.",
               n, (long long)needed);
}

static void eq_unknown(Checking *c, const Eq *eq, const Sides *s)
{
    CellState state = c->doc->cells[s->unknown].state;
    int64_t needed = s->unknown_left ? s->right - s->left : s->left - s->right;
    bool one_side = !s->unknown_left != !s->unknown_right;
    bool impossible = one_side && needed < 0;
    Str name = cell_name(c, s->unknown);
    Str more = impossible ? say(c, "已有的数字不论缺的是多少都不能成立；请逐格核对。",
                                "Whatever the missing figures are, the sum cannot hold; check the "
                                "cells.")
                          : unknown_say(c, s, needed);
    int n = s->unknown_left + s->unknown_right;
    Str message =
        n == 1 ? say(c, PRI_STR "%s。空白不当作0。" PRI_STR,
                     PRI_STR " %s; a blank is not taken for 0. " PRI_STR, STR_ARG(name),
                     c->opt->lang == LANG_EN ? state_en[state] : state_zh[state], STR_ARG(more))
               : say(c, PRI_STR "等%d格没有数字。空白不当作0。" PRI_STR,
                     PRI_STR " and others, %d cells in all, have no figure; a blank is not "
                             "taken for 0. " PRI_STR,
                     STR_ARG(name), n, STR_ARG(more));
    Finding *f = eq_finding(c, eq, impossible ? RESULT_DOUBTFUL : RESULT_NOT_ASSESSABLE, message);
    Line l;
    l.n = 0;
    l.en = c->opt->lang == LANG_EN;
    line_terms(&l, c->doc, eq->left, eq->n_left, as_read);
    line_say(&l, " ？ ", " ? ");
    line_terms(&l, c->doc, eq->right, eq->n_right, as_read);
    f->evidence = str_dup(c->a, (Str){l.s, l.n});
    eq_cells(c, f, eq, s->unknown);
}

static void eq_check(Checking *c, const Eqs *eqs, const Eq *eq, const Sides *s)
{
    if (s->overflow) {
        Finding *f = eq_finding(c, eq, RESULT_NOT_ASSESSABLE,
                                say(c, "数字过大，不能相加；请核对。",
                                    "The figures are too large to add; check them."));
        eq_cells(c, f, eq, eq->right[0]);
    } else if (!known(s)) {
        eq_unknown(c, eq, s);
    } else if (s->left == s->right) {
        eq_passes(c, eq, s);
    } else {
        eq_fails(c, eqs, eq, s);
    }
}

// One finding for all equations of a kind without any figure.
static void eqs_empty(Checking *c, const Eqs *eqs, const EqWords *w, size_t n, CellIx first)
{
    Str message = n == eqs->n
                      ? say(c, "没有读到数字，不能核对。", "No figures were read.")
                      : say(c, "有%zu处没有读到数字，不能核对。空白不当作0。",
                            "%zu of these have no figures at all; a blank is not taken for 0.", n);
    Finding *f = finding_add_said(c, w->check, RESULT_NOT_ASSESSABLE, message);
    finding_cell(c, f, first);
}

void eqs_check(Checking *c, const Eqs *eqs)
{
    for (size_t i = 0; i < eqs->n;) {
        const EqWords *w = eqs->v[i].words;
        size_t empty = 0;
        CellIx first = CELL_NONE;
        for (; i < eqs->n && eqs->v[i].words == w; i++) {
            Sides s = eq_sides(c->doc, &eqs->v[i], as_read);
            if (s.values) {
                eq_check(c, eqs, &eqs->v[i], &s);
            } else {
                first = empty++ ? first : eqs->v[i].right[0];
            }
        }
        if (empty)
            eqs_empty(c, eqs, w, empty, first);
    }
}

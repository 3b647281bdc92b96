// What can be said of a report only beside the same organ's report of the year before.
#include "report/equation.h"
#include "report/likeness.h"
#include "report/organ.h"

typedef struct Series {
    Checking c; // of the later report
    const Document *earlier;
    bool same_organ; // or one of the two does not say who it is
} Series;

// --- an equality between two years

typedef struct Between {
    CheckId check;
    Str name;            // what it is about
    int64_t left, right; // what it should be by the earlier report; what the later says
    bool guessed;        // some figure on either side
    bool soft;           // a difference is doubtful at most
    CellIx cell;         // the later report's
    Str evidence, advice;
} Between;

static Str titled(const Checking *c, Str name, CheckId id, Result result)
{
    return str_fmt(c->a, PRI_STR "%s" PRI_STR, STR_ARG(name), c->opt->lang == LANG_EN ? ": " : "：",
                   STR_ARG(check_title(c, id, result)));
}

static int64_t apart(int64_t x, int64_t y)
{
    int64_t by;
    if (__builtin_sub_overflow(x > y ? x : y, x > y ? y : x, &by))
        return INT64_MAX;
    return by;
}

static void between_add(Series *s, const Between *b)
{
    Checking *c = &s->c;
    Result result = b->left == b->right                       ? RESULT_PASS
                    : b->guessed || b->soft || !s->same_organ ? RESULT_DOUBTFUL
                                                              : RESULT_FAIL;
    Str message =
        result == RESULT_PASS
            ? say(c, "相符。", "They agree.")
            : say(c, "按上年度报告应为%lld，本年填的是%lld，相差%lld。" PRI_STR "%s%s",
                  "By last year's report it should be %lld; this one says %lld, a difference of "
                  "%lld. " PRI_STR "%s%s",
                  (long long)b->left, (long long)b->right, (long long)apart(b->left, b->right),
                  STR_ARG(b->advice),
                  b->guessed ? c->opt->lang == LANG_EN ? " Some figures were read by a guess."
                                                       : "其中有推定读取的数字，请先对照原件。"
                             : "",
                  s->same_organ             ? ""
                  : c->opt->lang == LANG_EN ? " The two reports name different organs."
                                            : "两份报告的机关名称不同，统计范围可能不一样。");
    Finding *f = finding_add_said(c, b->check, result, message);
    f->title = titled(c, b->name, b->check, result);
    f->evidence = b->evidence;
    f->left = cell_print(c->a, b->cell, b->left);
    f->right = cell_print(c->a, b->cell, b->right);
    if (b->soft && result == RESULT_DOUBTFUL)
        f->severity = SEVERITY_NOTE;
    finding_cell(c, f, b->cell);
}

static Finding *between_unknown(Series *s, CheckId id, Str name, CellIx ix, bool earlier)
{
    Checking *c = &s->c;
    Finding *f = finding_add(c, id, RESULT_NOT_ASSESSABLE,
                             earlier ? "上年度报告的有关单元格没有数字，不能核对；空白不当作0。"
                                     : "本年报告的有关单元格没有数字，不能核对；空白不当作0。",
                             earlier ? "Last year's report has no figure there; a blank is not "
                                       "taken for 0."
                                     : "This report has no figure there; a blank is not taken for "
                                       "0.");
    f->title = titled(c, name, id, RESULT_NOT_ASSESSABLE);
    finding_cell(c, f, ix);
    return f;
}

static bool mark(Between *b, const Cell *cell)
{
    b->guessed |= cell_guessed(cell);
    return cell->state == CELL_VALUE;
}

// --- 上年结转

typedef enum Balance { BALANCE_UNKNOWN, BALANCE_HOLDS, BALANCE_FAILS } Balance;

// 一＋二＝三＋四 of a report in the column, with this carry-over.
static Balance balance_with(const Document *d, T3Col col, int64_t carried_in)
{
    const Cell *new = &d->cells[cell_t3(T3_NEW, col)], *r7 = &d->cells[cell_t3(T3_R7, col)],
               *out = &d->cells[cell_t3(T3_CARRIED_OUT, col)];
    int64_t left, right;
    if (new->state != CELL_VALUE || r7->state != CELL_VALUE || out->state != CELL_VALUE ||
        __builtin_add_overflow(new->n, carried_in, &left) ||
        __builtin_add_overflow(r7->n, out->n, &right))
        return BALANCE_UNKNOWN;
    return left == right ? BALANCE_HOLDS : BALANCE_FAILS;
}

static Balance balance_of(const Document *d, T3Col col)
{
    const Cell *in = &d->cells[cell_t3(T3_CARRIED_IN, col)];
    return in->state == CELL_VALUE ? balance_with(d, col, in->n) : BALANCE_UNKNOWN;
}

// Each report's own balance is a witness: it holds with the right figure and not with the wrong
// one.
static Str carry_advice(const Series *s, T3Col col, int64_t should, int64_t is)
{
    bool with_should = balance_with(s->c.doc, col, should) == BALANCE_HOLDS;
    bool with_is = balance_with(s->c.doc, col, is) == BALANCE_HOLDS;
    bool last_year_fails = balance_of(s->earlier, col) == BALANCE_FAILS;
    if (with_should && !with_is)
        return say(&s->c, "改为%lld以后，本年“一＋二＝三＋四”也成立，很可能是本年的上年结转写错。",
                   "With %lld this year's 1 + 2 = 3 + 4 holds as well, so this figure is probably "
                   "the mistake.",
                   (long long)should);
    if (with_is && !with_should && last_year_fails)
        return say(
            &s->c,
            "本年“一＋二＝三＋四”成立，上年度报告的不成立，很可能是上年度报告写错；更正的，在第六部"
            "分说明。",
            "This year's 1 + 2 = 3 + 4 holds and last year's does not, so last year's report "
            "is probably wrong; explain a correction in chapter six.");
    return say(&s->c, "请对照登记台账核对两年的结转数；确有更正的，在第六部分说明。",
               "Check both years against the register; explain a correction in chapter six.");
}

// Columns without a figure in one of the two years are told together.
typedef struct Blanks {
    CellIx v[T3_COLS];
    size_t n;
    bool earlier; // some of them for want of last year's figure
} Blanks;

static void carry_column(Series *s, T3Col col, Blanks *blanks)
{
    const Cell *out = &s->earlier->cells[cell_t3(T3_CARRIED_OUT, col)];
    CellIx ix = cell_t3(T3_CARRIED_IN, col);
    Between b = {.check = CHECK_SERIES_CARRY,
                 .name = s->c.opt->lang == LANG_EN ? t3_cols[col].en : t3_cols[col].label,
                 .cell = ix};
    bool has_out = mark(&b, out), has_in = mark(&b, &s->c.doc->cells[ix]);
    if (!has_out || !has_in) {
        blanks->v[blanks->n++] = ix;
        blanks->earlier |= !has_out;
        return;
    }
    b.left = out->n;
    b.right = s->c.doc->cells[ix].n;
    b.evidence = say(&s->c, "上年度“结转下年度”%lld %s 本年“上年结转”%lld",
                     "carried on last year: %lld %s carried over this year: %lld",
                     (long long)b.left, b.left == b.right ? "＝" : "≠", (long long)b.right);
    b.advice = carry_advice(s, col, b.left, b.right);
    between_add(s, &b);
}

static void carry_blanks(Series *s, const Blanks *blanks)
{
    if (!blanks->n)
        return;
    CellIx first = blanks->v[0];
    T3Col col = (T3Col)((first - T3_FIRST) % T3_COLS);
    Str name = s->c.opt->lang == LANG_EN ? t3_cols[col].en : t3_cols[col].label;
    if (blanks->n > 1)
        name = say(&s->c, PRI_STR "等%zu列", PRI_STR " and others, %zu columns", STR_ARG(name),
                   blanks->n);
    Finding *f = between_unknown(s, CHECK_SERIES_CARRY, name, first, blanks->earlier);
    for (size_t i = 1; i < blanks->n; i++)
        finding_cell(&s->c, f, blanks->v[i]);
}

static bool row_has_value(const Document *d, T3Row row)
{
    for (T3Col col = 0; col < T3_COLS; col++)
        if (cell_has(d, cell_t3(row, col)))
            return true;
    return false;
}

static void carry_over(Series *s)
{
    bool was = row_has_value(s->earlier, T3_CARRIED_OUT),
         is = row_has_value(s->c.doc, T3_CARRIED_IN);
    if (was && is) {
        Blanks blanks = {0};
        for (T3Col col = 0; col < T3_COLS; col++)
            carry_column(s, col, &blanks);
        carry_blanks(s, &blanks);
        return;
    }
    if (s->c.doc->edition == EDITION_STAT2014)
        return; // neither year's form has a carry-over
    finding_add(
        &s->c, CHECK_SERIES_CARRY, RESULT_NOT_ASSESSABLE,
        was ? "没有读到本年报告的上年结转数，不能核对。" : "没有读到上年度报告的结转数，不能核对。",
        was ? "This report's carry-over was not read." : "Last year's carry-over was not read.");
}

// --- 现行有效, 对外公开总数量, 上一年项目数量

// right = the sum of the terms; the sign says how each counts, '-' against.
typedef struct Chain {
    CheckId check;
    Edition later, earlier; // forms of the two reports
    bool soft;
    CellIx right; // of the later report
    struct {
        bool earlier;
        char sign;
        CellIx ix;
    } terms[3];
} Chain;

// clang-format off
#define NO_TERM {false, 0, CELL_NONE}
static const Chain chains[] = {
    // 现行有效(N) = 现行有效(N-1) + 制发(N) - 废止(N)
    {CHECK_SERIES_IN_FORCE, EDITION_FMT2021, EDITION_FMT2021, false, T2_REGULATION_IN_FORCE,
     {{true, '+', T2_REGULATION_IN_FORCE}, {false, '+', T2_REGULATION_MADE}, {false, '-', T2_REGULATION_REPEALED}}},
    {CHECK_SERIES_IN_FORCE, EDITION_FMT2021, EDITION_FMT2021, false, T2_NORMATIVE_IN_FORCE,
     {{true, '+', T2_NORMATIVE_IN_FORCE}, {false, '+', T2_NORMATIVE_MADE}, {false, '-', T2_NORMATIVE_REPEALED}}},
    // the 2019 form counted what is public, not what is in force
    {CHECK_SERIES_IN_FORCE, EDITION_FMT2021, EDITION_FMT2019, true, T2_REGULATION_IN_FORCE,
     {{true, '+', T2_REGULATION_ALL_PUBLIC}, {false, '+', T2_REGULATION_MADE}, {false, '-', T2_REGULATION_REPEALED}}},
    {CHECK_SERIES_IN_FORCE, EDITION_FMT2021, EDITION_FMT2019, true, T2_NORMATIVE_IN_FORCE,
     {{true, '+', T2_NORMATIVE_ALL_PUBLIC}, {false, '+', T2_NORMATIVE_MADE}, {false, '-', T2_NORMATIVE_REPEALED}}},
    // 对外公开总数量(N) ≈ 对外公开总数量(N-1) + 本年新公开(N): the form had no column for what was withdrawn
    {CHECK_SERIES_ALL_PUBLIC, EDITION_FMT2019, EDITION_FMT2019, true, T2_REGULATION_ALL_PUBLIC,
     {{true, '+', T2_REGULATION_ALL_PUBLIC}, {false, '+', T2_REGULATION_NEWLY_PUBLIC}, NO_TERM}},
    {CHECK_SERIES_ALL_PUBLIC, EDITION_FMT2019, EDITION_FMT2019, true, T2_NORMATIVE_ALL_PUBLIC,
     {{true, '+', T2_NORMATIVE_ALL_PUBLIC}, {false, '+', T2_NORMATIVE_NEWLY_PUBLIC}, NO_TERM}},
    // 上一年项目数量(N) = 上一年项目数量(N-1) + 本年增/减(N-1)
#define ITEMS(row) {CHECK_SERIES_LAST_YEAR, EDITION_FMT2019, EDITION_FMT2019, true, T2_##row##_LAST_YEAR, \
     {{true, '+', T2_##row##_LAST_YEAR}, {true, '+', T2_##row##_CHANGE}, NO_TERM}}
    ITEMS(LICENCE), ITEMS(SERVICE), ITEMS(PENALTY), ITEMS(COERCION), ITEMS(CHARGE),
};
// clang-format on

// What a chain comes to; false where a figure is missing (in the earlier report: *earlier).
static bool chain_sum(const Series *s, const Chain *chain, Between *b, bool *earlier)
{
    for (size_t i = 0; i < 3 && chain->terms[i].sign; i++) {
        const Document *d = chain->terms[i].earlier ? s->earlier : s->c.doc;
        const Cell *cell = &d->cells[chain->terms[i].ix];
        *earlier = chain->terms[i].earlier;
        if (!mark(b, cell))
            return false;
        bool over = chain->terms[i].sign == '-'
                        ? __builtin_sub_overflow(b->left, cell->n, &b->left)
                        : __builtin_add_overflow(b->left, cell->n, &b->left);
        if (over)
            return false;
    }
    return true;
}

// 5＋1－0＝6 ≠ 5
static Str chain_evidence(const Series *s, const Chain *chain, const Between *b)
{
    const Checking *c = &s->c;
    bool en = c->opt->lang == LANG_EN;
    Str line = S("");
    for (size_t i = 0; i < 3 && chain->terms[i].sign; i++) {
        const Document *d = chain->terms[i].earlier ? s->earlier : c->doc;
        const char *sign = i == 0                        ? ""
                           : chain->terms[i].sign == '-' ? en ? "-" : "－"
                           : en                          ? "+"
                                                         : "＋";
        line = str_fmt(c->a, PRI_STR "%s%lld", STR_ARG(line), sign,
                       (long long)d->cells[chain->terms[i].ix].n);
    }
    return str_fmt(c->a, PRI_STR "%s%lld %s %lld", STR_ARG(line), en ? "=" : "＝",
                   (long long)b->left, b->left == b->right ? (en ? "=" : "＝") : "≠",
                   (long long)b->right);
}

static Str chain_advice(const Series *s, const Chain *chain)
{
    if (chain->check == CHECK_SERIES_IN_FORCE && chain->earlier == EDITION_FMT2021)
        return say(
            &s->c, "请核对制发、废止件数；因到期失效、清理或机构改革有出入的，在第六部分说明。",
            "Check what was made and repealed; explain expiry, clean-up or reorganisation in "
            "chapter six.");
    if (chain->check == CHECK_SERIES_IN_FORCE)
        return say(&s->c, "上年度格式统计的是对外公开总数量，口径不同，仅供核对时参考。",
                   "Last year's form counted what was public, which is not the same; a hint only.");
    if (chain->check == CHECK_SERIES_ALL_PUBLIC)
        return say(&s->c, "其间废止、撤下的文件也会造成出入，请核对。",
                   "Repealed or withdrawn documents may be the difference; check.");
    return say(&s->c, "请核对上年的项目数量和增减数。", "Check last year's number and change.");
}

static void chain_check(Series *s, const Chain *chain)
{
    const Checking *c = &s->c;
    const CellDef *def = cell_def(chain->right);
    const Cell *right = &c->doc->cells[chain->right];
    Between b = {.check = chain->check,
                 .name = c->opt->lang == LANG_EN ? def->id : def->row,
                 .soft = chain->soft,
                 .cell = chain->right};
    bool earlier = false;
    bool has_right = mark(&b, right), has_left = chain_sum(s, chain, &b, &earlier);
    if (!has_right || !has_left) {
        if (!chain->soft) // a hint that cannot be given is not worth a line
            between_unknown(s, b.check, b.name, chain->right, has_right && earlier);
        return;
    }
    b.right = right->n;
    b.evidence = chain_evidence(s, chain, &b);
    b.advice = chain_advice(s, chain);
    between_add(s, &b);
}

// --- 尚未审结 of last year turn up again this year

static void pending_block(Series *s, T4Block block)
{
    const Cell *pending = &s->earlier->cells[cell_t4(block, T4_PENDING)];
    CellIx ix = cell_t4(block, T4_TOTAL);
    const Cell *total = &s->c.doc->cells[ix];
    if (pending->state != CELL_VALUE || total->state != CELL_VALUE || pending->n <= total->n)
        return;
    Finding *f = finding_add(&s->c, CHECK_SERIES_PENDING, RESULT_DOUBTFUL,
                             "上年度尚未审结%lld件，本年总计只有%"
                             "lld件；上年没有审结的案件本年应当有结果或者仍列尚未审结，请核对。",
                             "%lld were pending last year, but this year's total is only %lld; "
                             "what was pending should show "
                             "up again, decided or still pending. Check.",
                             (long long)pending->n, (long long)total->n);
    f->title =
        titled(&s->c, s->c.opt->lang == LANG_EN ? t4_blocks[block].en : t4_blocks[block].label,
               CHECK_SERIES_PENDING, RESULT_DOUBTFUL);
    f->left = cell_print(s->c.a, ix, pending->n);
    f->right = cell_print(s->c.a, ix, total->n);
    finding_cell(&s->c, f, ix);
}

// --- 雷同

// Reports of one organ are alike by nature: the form, the duties and many phrases stay. From these
// shares on, a reader takes the text for last year's.
enum { COPIED_REPORT = 700, COPIED_CHAPTER = 800, QUOTE_RUNES = 60, LONG_CHAPTER = 150 };

static Place chapter_place(const Document *d, int number)
{
    for (size_t i = 0; i < d->chapters.n; i++)
        if (d->chapters.v[i].number == number)
            return d->chapters.v[i].place;
    return d->place;
}

static Likeness likeness_of(const Series *s, int chapter)
{
    Arena *a = s->c.a;
    return text_likeness(chapter_text(s->earlier, chapter, a), chapter_text(s->c.doc, chapter, a),
                         a);
}

static Finding *copied_add(Series *s, Result result, const Likeness *l, Str what)
{
    Checking *c = &s->c;
    Str message =
        result == RESULT_PASS
            ? say(c, PRI_STR "与上年度报告相同的文字占%d%%。",
                  "%.*s: %d%% is the same as last year's.", STR_ARG(what), l->per_mille / 10)
            : say(c,
                  PRI_STR
                  "与上年度报告相同的文字占%d%%（数字不计），请按本年实际情况重写相同的段落。",
                  "%.*s: %d%% is the same as last year's, figures apart; rewrite what is the same "
                  "from this year's work.",
                  STR_ARG(what), l->per_mille / 10);
    Finding *f = finding_add_said(c, CHECK_SERIES_COPIED, result, message);
    f->left = say(c, "%d%%", "%d%%", l->per_mille / 10);
    if (result != RESULT_PASS && l->longest.n)
        f->evidence = say(
            c, "“" PRI_STR "”", "“" PRI_STR "”",
            STR_ARG(str_clip(c->a, str_replace(c->a, l->longest, S("\n"), S(" ")), QUOTE_RUNES)));
    return f;
}

static void copied(Series *s)
{
    Checking *c = &s->c;
    Likeness all = likeness_of(s, 0);
    if (all.per_mille < 0) {
        finding_add(c, CHECK_SERIES_COPIED, RESULT_NOT_ASSESSABLE,
                    "两份报告中至少一份没有足够的正文，不能比较。",
                    "One of the two reports has too little text to compare.");
        return;
    }
    bool copy = all.per_mille >= COPIED_REPORT;
    Finding *f =
        copied_add(s, copy ? RESULT_DOUBTFUL : RESULT_PASS, &all, say(c, "全文", "the text"));
    finding_place(c, f, c->doc->place);
    static const int chapters[] = {1, 5};
    for (size_t i = 0; i < 2 && !copy; i++) {
        Likeness l = likeness_of(s, chapters[i]);
        if (l.per_mille < COPIED_CHAPTER || l.runes < LONG_CHAPTER)
            continue;
        f = copied_add(s, RESULT_DOUBTFUL, &l,
                       say(c, "“" PRI_STR "”一章", "chapter “" PRI_STR "”",
                           STR_ARG(chapter_titles[chapters[i] - 1])));
        finding_place(c, f, chapter_place(c->doc, chapters[i]));
    }
}

// --- one pair

static bool same_organ(const Document *x, const Document *y, Arena a)
{
    Str kx = organ_key(&a, x->organ), ky = organ_key(&a, y->organ);
    return !kx.n || !ky.n || str_ends(kx, ky) || str_ends(ky, kx);
}

void report_check_series(Document *later, const Document *earlier, const CheckOptions *opt,
                         Arena *a)
{
    if (later->kind != DOC_REPORT || earlier->kind != DOC_REPORT)
        return;
    Series s = {{later, opt, a}, earlier, same_organ(later, earlier, *a)};
    carry_over(&s);
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++)
        if (chains[i].later == later->edition && chains[i].earlier == earlier->edition)
            chain_check(&s, &chains[i]);
    for (T4Block block = 0; block < T4_BLOCKS; block++)
        pending_block(&s, block);
    copied(&s);
    check_text_series(&s.c, earlier);
}

void report_check_alone(Document *doc, const CheckOptions *opt, Arena *a)
{
    // the forms before had no carry-over to compare with
    if (doc->kind != DOC_REPORT || edition_due(doc->year - 1) < EDITION_FMT2019 ||
        !row_has_value(doc, T3_CARRIED_IN))
        return;
    Checking c = {doc, opt, a};
    Finding *f = finding_add(&c, CHECK_SERIES_CARRY, RESULT_NOT_ASSESSABLE,
                             "没有%d年度报告，不能逐列核对上年结转数；请一并提供上一年度报告。",
                             "The report for %d is not here, so the carry-over cannot be compared; "
                             "give it as well.",
                             doc->year - 1);
    finding_cell(&c, f, cell_t3(T3_CARRIED_IN, T3_TOTAL));
}

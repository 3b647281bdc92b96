// The six chapters (国办公开办函〔2021〕30号), their sections and numbering.
#include "report/check.h"

static bool has_six(const Document *d)
{
    Edition form = form_of(d);
    return form == EDITION_FMT2019 || form == EDITION_FMT2021;
}

static const Chapter *chapter_first(const Document *d, int number)
{
    for (size_t i = 0; i < d->chapters.n; i++)
        if (d->chapters.v[i].number == number)
            return &d->chapters.v[i];
    return NULL;
}

static const char *const numerals[] = {"〇", "一", "二", "三", "四", "五",
                                       "六", "七", "八", "九", "十"};

typedef struct Numeral {
    char s[24];
    size_t n;
} Numeral;

static void numeral_add(Numeral *out, const char *s)
{
    size_t n = strlen(s);
    memcpy(out->s + out->n, s, n);
    out->n += n;
}

// 1 to 99 between two marks: 一, 十, 十一、, （二十）.
static Numeral numeral_between(const char *before, int n, const char *after)
{
    Numeral out = {.n = 0};
    numeral_add(&out, before);
    if (n < 0 || n > 99)
        numeral_add(&out, "…");
    else if (n >= 20)
        numeral_add(&out, numerals[n / 10]);
    if (n > 10 && n <= 99)
        numeral_add(&out, "十");
    if (n >= 0 && n <= 10)
        numeral_add(&out, numerals[n]);
    else if (n <= 99 && n % 10)
        numeral_add(&out, numerals[n % 10]);
    numeral_add(&out, after);
    return out;
}

static Str numeral(const Checking *c, int n)
{
    Numeral plain = numeral_between("", n, "");
    return str_dup(c->a, (Str){plain.s, plain.n});
}

// --- missing chapters

// The numbering itself leaves out the chapter: 四、 is followed by 六、. Then it may be the copy
// that lacks it.
static bool skipped_by_number(const Document *d, int number)
{
    for (size_t i = 0; i + 1 < d->chapters.n; i++) {
        const Chapter *a = &d->chapters.v[i], *b = &d->chapters.v[i + 1];
        if (a->printed == a->number && b->printed == b->number && a->number < number &&
            b->number > number)
            return true;
    }
    return false;
}

static Result missing_result(const Document *d, int number)
{
    if (skipped_by_number(d, number))
        return RESULT_DOUBTFUL;
    if (document_whole(d))
        return RESULT_FAIL;
    bool before = false, after = false;
    for (size_t i = 0; i < d->chapters.n; i++) {
        before |= d->chapters.v[i].number < number;
        after |= d->chapters.v[i].number > number;
    }
    return before && after ? RESULT_FAIL : RESULT_NOT_ASSESSABLE;
}

static Str titles_of(const Checking *c, const int *numbers, size_t n)
{
    Str v[CHAPTERS];
    for (size_t i = 0; i < n; i++)
        v[i] = str_fmt(c->a, "“" PRI_STR "、" PRI_STR "”", STR_ARG(numeral(c, numbers[i])),
                       STR_ARG(chapter_titles[numbers[i] - 1]));
    return str_join(c->a, v, n, S("、"));
}

static void missing_add(Checking *c, Result result, const int *numbers, size_t n)
{
    if (!n)
        return;
    Str titles = titles_of(c, numbers, n);
    Finding *f =
        result == RESULT_FAIL
            ? finding_add(c, CHECK_FORM_CHAPTERS_MISSING, result,
                          "没有" PRI_STR "，请按格式补上；没有内容的也要保留标题并写明。",
                          PRI_STR " missing; add it, with a word where there is nothing to report.",
                          STR_ARG(titles))
        : result == RESULT_DOUBTFUL
            ? finding_add(c, CHECK_FORM_CHAPTERS_MISSING, result,
                          "章号中间缺" PRI_STR "，可能是摘录，也可能漏了；请对照原件。",
                          "The numbering leaves out " PRI_STR
                          ": an excerpt, or forgotten. Compare with the original.",
                          STR_ARG(titles))
            : finding_add(c, CHECK_FORM_CHAPTERS_MISSING, result,
                          "文本不完整，没有读到" PRI_STR "。",
                          "The text is not complete; " PRI_STR " not found.", STR_ARG(titles));
    f->evidence = titles;
    finding_place(c, f, c->doc->place);
}

static void chapters_missing(Checking *c)
{
    static const Result kinds[] = {RESULT_FAIL, RESULT_DOUBTFUL, RESULT_NOT_ASSESSABLE};
    size_t missing = 0;
    for (size_t k = 0; k < 3; k++) {
        int numbers[CHAPTERS];
        size_t n = 0;
        for (int number = 1; number <= CHAPTERS; number++)
            if (!chapter_first(c->doc, number) && missing_result(c->doc, number) == kinds[k])
                numbers[n++] = number;
        missing_add(c, kinds[k], numbers, n);
        missing += n;
    }
    if (!missing)
        finding_add(c, CHECK_FORM_CHAPTERS_MISSING, RESULT_PASS, "六章齐全。",
                    "All six are there.");
}

// --- order and numbers

static void chapters_order(Checking *c)
{
    const Document *d = c->doc;
    for (size_t i = 1; i < d->chapters.n; i++) {
        const Chapter *a = &d->chapters.v[i - 1], *b = &d->chapters.v[i];
        if (b->number > a->number)
            continue;
        bool twice = chapter_first(d, b->number) != b;
        Finding *f = finding_add(
            c, CHECK_FORM_CHAPTERS_ORDER, twice ? RESULT_DOUBTFUL : RESULT_FAIL,
            twice ? "“" PRI_STR "”出现在“" PRI_STR "”之后，这一章不止一处；请核对。"
                  : "“" PRI_STR "”排在“" PRI_STR "”之后，与格式的次序不符；请按格式调整。",
            twice ? "“" PRI_STR "” after “" PRI_STR "”: the chapter stands there more than once."
                  : "“" PRI_STR "” comes after “" PRI_STR "”, not in the order of the form.",
            STR_ARG(b->heading), STR_ARG(a->heading));
        finding_place(c, f, b->place);
        return;
    }
    if (d->chapters.n > 1)
        finding_add(c, CHECK_FORM_CHAPTERS_ORDER, RESULT_PASS, "各章次序正确。",
                    "The chapters are in order.");
}

static void chapters_numbering(Checking *c)
{
    const Document *d = c->doc;
    Finding *f = NULL;
    for (size_t i = 0; i < d->chapters.n; i++) {
        const Chapter *chapter = &d->chapters.v[i];
        if (!chapter->printed || chapter->printed == chapter->number)
            continue;
        if (!f)
            f = finding_add(
                c, CHECK_FORM_CHAPTERS_NUMBER, RESULT_FAIL,
                "章号与格式不符：“" PRI_STR "”按格式是第" PRI_STR "章；请恢复六章的编号。",
                "The numbers are not the form's: “" PRI_STR "” is chapter " PRI_STR ". Restore the "
                "six numbers.",
                STR_ARG(chapter->heading), STR_ARG(numeral(c, chapter->number)));
        f->evidence = f->evidence.n ? str_fmt(c->a, PRI_STR "\n" PRI_STR, STR_ARG(f->evidence),
                                              STR_ARG(chapter->heading))
                                    : chapter->heading;
        finding_place(c, f, chapter->place);
    }
    if (!f && d->chapters.n)
        finding_add(c, CHECK_FORM_CHAPTERS_NUMBER, RESULT_PASS, "章号与格式一致。",
                    "The numbers are the form's.");
}

// --- chapters with a heading and nothing under it

static bool chapter_has_text(const Document *d, const Chapter *chapter)
{
    for (size_t i = chapter->first; i < chapter->last && i < d->paras.n; i++)
        if (d->paras.v[i].kind == PARA_TEXT || d->paras.v[i].kind == PARA_TABLE)
            return true;
    return chapter->has_table;
}

static void chapters_empty(Checking *c)
{
    const Document *d = c->doc;
    bool any = false;
    for (size_t i = 0; i < d->chapters.n; i++) {
        const Chapter *chapter = &d->chapters.v[i];
        if (chapter_has_text(d, chapter) || (chapter->number >= 2 && chapter->number <= 4))
            continue; // a lost table is told by form.table
        bool last = i + 1 == d->chapters.n && chapter->number < CHAPTERS;
        Finding *f = finding_add(
            c, CHECK_FORM_CHAPTERS_EMPTY, last ? RESULT_NOT_ASSESSABLE : RESULT_FAIL,
            last ? "“" PRI_STR "”之后没有内容，文本可能不完整。"
                 : "“" PRI_STR "”只有标题，没有内容；请补写，确无内容的写“无”并说明。",
            last ? "Nothing follows “" PRI_STR "”; the text may be cut."
                 : "“" PRI_STR "” has nothing under it; write it, or say that there is nothing.",
            STR_ARG(chapter->heading));
        finding_place(c, f, chapter->place);
        any = true;
    }
    if (!any && d->chapters.n)
        finding_add(c, CHECK_FORM_CHAPTERS_EMPTY, RESULT_PASS, "各章都有内容。",
                    "Every chapter has content.");
}

// --- sections: （一）, （二） …

typedef struct Ordinal {
    int n;        // 0 for none
    char level;   // 's' （一）, 'c' 一、
    size_t bytes; // of the ordinal
} Ordinal;

// 1 to 10 for the numeral that begins at byte i, else 0.
static int numeral_at(Str s, size_t i)
{
    if (i + 3 > s.n)
        return 0;
    for (int n = 1; n <= 10; n++)
        if (memcmp(s.s + i, numerals[n], 3) == 0)
            return n;
    return 0;
}

// 一 to 九十九, as far as they go; a longer run is no number.
static int chinese_number(Str s, size_t *bytes)
{
    int n = 0, digit = 0, d;
    bool ten = false;
    for (*bytes = 0; (d = numeral_at(s, *bytes)) != 0; *bytes += 3) {
        if (d == 10) {
            n = (digit ? digit : 1) * 10;
            ten = true;
        }
        digit = d == 10 ? 0 : d;
    }
    return *bytes > 9 ? 0 : ten ? n + digit : digit;
}

static Ordinal ordinal_of(Str s)
{
    static const Str open[] = {SI("("), SI("（")}, shut[] = {SI(")"), SI("）")};
    size_t bytes, from = 0;
    s = str_trim(s);
    for (size_t i = 0; i < 2; i++)
        if (str_starts(s, open[i]))
            from = open[i].n;
    int n = chinese_number(str_from(s, from), &bytes);
    if (!n)
        return (Ordinal){0};
    Str rest = str_from(s, from + bytes);
    if (!from)
        return (Ordinal){str_starts(rest, S("、")) ? n : 0, 'c', bytes + 3};
    for (size_t i = 0; i < 2; i++)
        if (str_starts(rest, shut[i]))
            return (Ordinal){n, 's', from + bytes + shut[i].n};
    return (Ordinal){0};
}

static Str ordinal_print(const Checking *c, char level, int n)
{
    Numeral o = level == 's' ? numeral_between("（", n, "）") : numeral_between("", n, "、");
    return str_dup(c->a, (Str){o.s, o.n});
}

// An excerpt may have left out what is missing.
static void jump_add(Checking *c, const Para *p, Ordinal o, int last)
{
    Str was = ordinal_print(c, o.level, last), is = ordinal_print(c, o.level, o.n);
    Finding *f =
        finding_add(c, CHECK_FORM_NUMBERING, c->doc->title.n ? RESULT_FAIL : RESULT_DOUBTFUL,
                    "“" PRI_STR "”之后是“" PRI_STR "”，中间缺号；请核对是漏了内容还是编号有误。",
                    "“" PRI_STR "” is followed by “" PRI_STR
                    "”: something was left out, or the numbers are wrong.",
                    STR_ARG(was), STR_ARG(is));
    f->evidence = str_clip(c->a, p->text, 40);
    finding_place(c, f, p->place);
}

// Where the ordinal is found in s, one past its end; 0 where it is not.
static size_t past(Str s, Numeral o)
{
    ptrdiff_t at = str_find(s, (Str){o.s, o.n});
    return at < 0 ? 0 : (size_t)at + o.n;
}

// The last number reached in a paragraph that begins with number n: others may stand inside it.
static int last_inside(const Para *p, Ordinal o)
{
    Str rest = str_from(str_trim(p->text), o.bytes);
    bool section = o.level == 's';
    int n = o.n;
    for (size_t end = 1; end && n < 99; rest = str_from(rest, end)) {
        end = past(rest,
                   section ? numeral_between("(", n + 1, ")") : numeral_between("", n + 1, "、"));
        if (!end && section)
            end = past(rest, numeral_between("（", n + 1, "）"));
        n += end > 0;
    }
    return n;
}

// A heading inside the 2014 table (八、机构建设和保障经费情况), met as a line of text.
static bool table_heading(const Para *p)
{
    for (size_t i = 0; i < STAT_CELLS; i++)
        if (stat_rows[i].above.n && str_starts(str_trim(p->text), stat_rows[i].above))
            return true;
    return false;
}

// Sections are numbered without gaps within a chapter. Chapters of the free reports up to 2018
// likewise; the six of the form have a check of their own.
static void numbering(Checking *c)
{
    const Document *d = c->doc;
    int section = 0, chapter = 0;
    size_t found = 0, seen = 0;
    for (size_t i = 0; i < d->paras.n; i++) {
        const Para *p = &d->paras.v[i];
        if (p->kind != PARA_TEXT && p->kind != PARA_HEADING)
            continue;
        Ordinal o = ordinal_of(p->text);
        if (!o.n) {
            section = p->kind == PARA_HEADING ? 0 : section;
            continue;
        }
        if (d->table_seen[TABLE_STAT] && table_heading(p))
            continue;
        int *last = o.level == 's' ? &section : &chapter;
        seen++;
        if (*last && o.n > *last + 1 && (o.level == 's' || !has_six(d))) {
            jump_add(c, p, o, *last);
            found++;
        }
        if (o.level == 'c')
            section = 0;
        // a list that does not begin at its beginning is none we can follow
        *last = *last || o.n == 1 ? last_inside(p, o) : 0;
    }
    if (!found && seen)
        finding_add(c, CHECK_FORM_NUMBERING, RESULT_PASS, "编号没有跳号。",
                    "No number is left out.");
}

enum { HEADING_BYTES = 90 };

// A line that is a section's heading rather than an item of a list.
static bool section_heading(const Para *p)
{
    if (p->kind == PARA_TABLE || p->text.n > HEADING_BYTES)
        return false;
    static const Str topics[] = {SI("情况"), SI("公开"), SI("管理"), SI("建设"),
                                 SI("保障"), SI("问题"), SI("改进"), SI("措施")};
    Ordinal o = ordinal_of(p->text);
    if (o.level != 's' || !o.n || str_has(p->text, S("。")) || str_has(p->text, S(",")) ||
        str_has(p->text, S("，")) || str_has(p->text, S(":")) || str_has(p->text, S("：")) ||
        str_has(p->text, S("；")))
        return false;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (str_has(p->text, topics[i]))
            return true;
    return false;
}

static bool section_begins(const Para *p)
{
    if (p->kind == PARA_TABLE)
        return false;
    Ordinal o = ordinal_of(p->text);
    return o.n && o.level == 's';
}

// Whether the chapter has sections with text under such headings, so that one without is an
// omission.
static bool sections_filled(const Document *d, const Chapter *chapter)
{
    for (size_t i = chapter->first; i + 1 < chapter->last && i + 1 < d->paras.n; i++)
        if (section_heading(&d->paras.v[i]) && d->paras.v[i + 1].kind == PARA_TEXT &&
            !section_begins(&d->paras.v[i + 1]))
            return true;
    return false;
}

static void sections_empty(Checking *c)
{
    const Document *d = c->doc;
    for (size_t k = 0; k < d->chapters.n; k++) {
        const Chapter *chapter = &d->chapters.v[k];
        if (!sections_filled(d, chapter))
            continue;
        for (size_t i = chapter->first; i < chapter->last && i < d->paras.n; i++) {
            bool end = i + 1 >= chapter->last || i + 1 >= d->paras.n;
            if (!section_heading(&d->paras.v[i]) || (end && k + 1 == d->chapters.n) ||
                (!end && !section_begins(&d->paras.v[i + 1])))
                continue;
            Finding *f =
                finding_add(c, CHECK_FORM_SECTION_EMPTY, RESULT_FAIL,
                            "“" PRI_STR "”只有标题，没有内容；请补写，没有发生的也要写明。",
                            "“" PRI_STR "” has nothing under it; write it, also where there "
                            "was nothing.",
                            STR_ARG(str_trim(d->paras.v[i].text)));
            finding_place(c, f, d->paras.v[i].place);
        }
    }
}

void check_chapters(Checking *c)
{
    if (has_six(c->doc)) {
        if (c->doc->chapters.n) {
            chapters_missing(c);
            chapters_order(c);
            chapters_numbering(c);
            chapters_empty(c);
        } else {
            finding_add(c, CHECK_FORM_CHAPTERS_MISSING, RESULT_NOT_ASSESSABLE,
                        "没有读到任何一章的标题。", "No chapter heading was found.");
        }
        sections_empty(c);
    }
    numbering(c);
}

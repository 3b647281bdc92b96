#include "report/build.h"
#include "report/pdf.h"

#include <math.h>

// --- lines
// ---------------------------------------------------------------------------------------------------

typedef struct PdfLines {
    PdfLine *v;
    size_t n, cap;
} PdfLines;

static int by_middle(const void *x, const void *y)
{
    const PdfWord *a = x, *b = y;
    float d = (a->box.y0 + a->box.y1) - (b->box.y0 + b->box.y1);
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return d < 0 ? -1 : d > 0 ? 1 : (a->box.x0 > b->box.x0) - (a->box.x0 < b->box.x0);
}

static int by_left(const void *x, const void *y)
{
    const PdfWord *a = x, *b = y;
    return (a->box.x0 > b->box.x0) - (a->box.x0 < b->box.x0);
}

// How much of the lower of the two boxes lies beside the other, 0..1.
static float beside(PdfBox a, PdfBox b)
{
    float low = fminf(a.y1, b.y1) - fmaxf(a.y0, b.y0);
    float height = fminf(a.y1 - a.y0, b.y1 - b.y0);
    return height > 0 ? low / height : 0;
}

static PdfBox around(PdfBox a, PdfBox b)
{
    return (PdfBox){fminf(a.x0, b.x0), fminf(a.y0, b.y0), fmaxf(a.x1, b.x1), fmaxf(a.y1, b.y1)};
}

static PdfLines lines_of(PdfWords *w, Arena *a)
{
    PdfLines out = {0};
    if (w->n)
        qsort(w->v, w->n, sizeof *w->v, by_middle);
    for (size_t i = 0; i < w->n;) {
        PdfLine l = {.first = i, .box = w->v[i].box, .page = w->v[i].page};
        PdfBox first = l.box;
        for (; i < w->n && w->v[i].page == l.page && beside(first, w->v[i].box) >= 0.5F; i++)
            l.box = around(l.box, w->v[i].box);
        if (i == l.first) // a box without height
            i++;
        l.last = i;
        qsort(w->v + l.first, l.last - l.first, sizeof *w->v, by_left);
        *PUSH(a, &out) = l;
    }
    return out;
}

static bool ascii_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '.' || c == ',';
}

// The line as text: no space between words unless letters or digits would run together.
static Str line_text(const PdfWords *w, const PdfLine *l, Arena *a)
{
    size_t n = 0;
    for (size_t i = l->first; i < l->last; i++)
        n += w->v[i].text.n + 1;
    char *s = NEW(a, char, n + 1), *p = s;
    for (size_t i = l->first; i < l->last; i++) {
        Str t = w->v[i].text;
        if (i > l->first && ascii_word(p[-1]) && ascii_word(t.s[0]))
            *p++ = ' ';
        p = mempcpy(p, t.s, t.n);
    }
    return (Str){s, (size_t)(p - s)};
}

// --- page furniture
// ------------------------------------------------------------------------------------------

// "-3-", "— 3 —", "3", "第3页", "第3页共9页", "3/9"
static bool page_number(Str s)
{
    static const Str marks[] = {SI("-"), SI("—"), SI("–"), SI("－"), SI("第"), SI("页"), SI("共"),
                                SI("/"), SI(" "), SI("·"), SI("～"), SI("~"),  SI("―"),  SI("，")};
    size_t digits = 0;
    while (s.n) {
        size_t k = 0;
        if (s.s[0] >= '0' && s.s[0] <= '9') {
            digits++;
            s = str_from(s, 1);
            continue;
        }
        while (k < sizeof marks / sizeof *marks && !str_starts(s, marks[k]))
            k++;
        if (k == sizeof marks / sizeof *marks)
            return false;
        s = str_from(s, marks[k].n);
    }
    return digits > 0 && digits <= 8;
}

typedef struct Margins {
    float left, right; // of running text
    float step;        // usual distance of lines
    float height;      // of the text on a page
} Margins;

// Whether the line is nearer to the page's edge than text is: the last or first of its page.
static bool at_edge(const PdfLines *l, size_t i)
{
    bool first = i == 0 || l->v[i - 1].page != l->v[i].page;
    bool last = i + 1 == l->n || l->v[i + 1].page != l->v[i].page;
    return first || last;
}

static bool same_text(const PdfWords *w, const PdfLine *x, const PdfLine *y)
{
    if (x->last - x->first != y->last - y->first)
        return false;
    for (size_t i = 0; i < x->last - x->first; i++) {
        Str s = w->v[x->first + i].text, t = w->v[y->first + i].text;
        if (!str_eq(s, t) && !(page_number(s) && page_number(t)))
            return false;
    }
    return fabsf(x->box.y0 - y->box.y0) < 3;
}

// A running head or foot: the same text in the same place on other pages.
static bool repeated(const PdfWords *w, const PdfLines *l, size_t i)
{
    size_t times = 0;
    for (size_t k = 0; k < l->n && times < 3; k++)
        times += k != i && at_edge(l, k) && l->v[k].page != l->v[i].page &&
                 same_text(w, &l->v[i], &l->v[k]);
    return times >= 2 || (times == 1 && w->pages == 2);
}

// Two rounds, since a foot may have two lines.
static void furniture_off(const PdfWords *w, PdfLines *l, Arena *a)
{
    for (int round = 0; round < 2; round++) {
        Arena scratch = *a;
        bool *off = NEW(&scratch, bool, l->n + 1);
        for (size_t i = 0; i < l->n; i++) {
            if (!at_edge(l, i))
                continue;
            Arena more = scratch;
            off[i] = page_number(line_text(w, &l->v[i], &more)) ||
                     (l->v[i].page <= 200 && repeated(w, l, i));
        }
        size_t n = 0;
        for (size_t i = 0; i < l->n; i++)
            if (!off[i])
                l->v[n++] = l->v[i];
        l->n = n;
    }
}

static int by_float(const void *x, const void *y)
{
    float a = *(const float *)x, b = *(const float *)y;
    return (a > b) - (a < b);
}

static float quantile(float *v, size_t n, double q, float otherwise)
{
    if (!n)
        return otherwise;
    qsort(v, n, sizeof *v, by_float);
    return v[(size_t)((double)(n - 1) * q)];
}

static Margins margins_of(const PdfWords *w, const PdfLines *l, Arena *a)
{
    Arena scratch = *a;
    float *left = NEW(&scratch, float, l->n + 1), *right = NEW(&scratch, float, l->n + 1);
    float *step = NEW(&scratch, float, l->n + 1);
    size_t n = 0, steps = 0;
    float widest = 0;
    for (size_t i = 0; i < l->n; i++)
        widest = fmaxf(widest, l->v[i].box.x1 - l->v[i].box.x0);
    for (size_t i = 0; i < l->n; i++) {
        if (l->v[i].box.x1 - l->v[i].box.x0 < widest * 0.7F)
            continue;
        left[n] = l->v[i].box.x0;
        right[n++] = l->v[i].box.x1;
        if (i && l->v[i - 1].page == l->v[i].page)
            step[steps++] = l->v[i].box.y0 - l->v[i - 1].box.y0;
    }
    // where all lines are short, none is full
    float narrowest = w->width * 0.6F;
    return (Margins){.left = quantile(left, n, 0.2, 0),
                     .right = fmaxf(quantile(right, n, 0.8, narrowest), narrowest),
                     .step = quantile(step, steps, 0.5, 24)};
}

// --- which lines are a table
// -----------------------------------------------------------------------------------

typedef enum LineLook {
    PROSE,   // as wide as the page: running text
    SHORT,   // a heading, the end of a paragraph, a label
    FIGURES, // holds numbers that stand by themselves
    HEADER,  // holds words that only the head of an official table has
    CHAPTER, // 二、主动公开政府信息情况
} LineLook;

static bool starts_any(Str s, const Str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, v[i]))
            return true;
    return false;
}

static bool has_any(Str s, const Str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(s, v[i]))
            return true;
    return false;
}

static bool is_chapter(Str s)
{
    static const Str numbers[] = {SI("一、"), SI("二、"), SI("三、"), SI("四、"), SI("五、"),
                                  SI("六、"), SI("七、"), SI("八、"), SI("附")};
    static const Str words[] = {
        SI("总体情况"), SI("主动公开政府信息"), SI("收到和处理"), SI("行政复议"), SI("主要问题"),
        SI("改进"),     SI("其他需要"),         SI("报告的事项"), SI("概述"),     SI("存在的")};
    return starts_any(s, numbers, 9) && has_any(s, words, 10) && !str_has(s, S("：")) &&
           str_runes(s) <= 40;
}

static bool is_header(Str s)
{
    static const Str words[] = {SI("信息内容"),   SI("第二十条第"),   SI("申请人情况"),
                                SI("勾稽关系"),   SI("自然人"),       SI("法人或其他组织"),
                                SI("结果维持"),   SI("尚未审结"),     SI("未经复议直接起诉"),
                                SI("复议后起诉"), SI("统计指标"),     SI("本年制发件数"),
                                SI("本年新制作"), SI("本年处理决定"), SI("本年收费金额")};
    return str_eq(s, S("行政复议行政诉讼")) ||
           (has_any(s, words, sizeof words / sizeof *words) && str_runes(s) <= 90);
}

static bool looks_figures(const PdfWords *w, const PdfLine *l, size_t *count, float *last)
{
    size_t alone = 0, rest = 0;
    for (size_t i = l->first; i < l->last; i++) {
        PdfBox b = w->v[i].box;
        float em = pdf_em(b);
        bool gap_left = i == l->first || b.x0 - w->v[i - 1].box.x1 > em * 0.6F;
        bool gap_right = i + 1 == l->last || w->v[i + 1].box.x0 - b.x1 > em * 0.6F;
        bool figure = gap_left && gap_right && pdf_numeric(w->v[i].text);
        alone += figure;
        rest += !figure;
        *last = figure ? b.x0 : *last;
    }
    *count = alone;
    return alone > 0 && (alone > 1 || rest > 0 || l->last - l->first == 1);
}

typedef struct Looks {
    uint8_t *look;
    size_t *figures; // numbers standing alone on the line
    float *number;   // where the last of them begins
    float *text;     // where the widest words on the line end
} Looks;

// The widest of what stands on the line without wide gaps.
static PdfBox widest_of(const PdfWords *w, const PdfLine *l)
{
    PdfBox widest = w->v[l->first].box, now = widest;
    for (size_t k = l->first; k < l->last; k++) {
        PdfBox b = w->v[k].box;
        if (k > l->first && b.x0 - w->v[k - 1].box.x1 > pdf_em(b) * 0.9F)
            now = b;
        now.x1 = fmaxf(now.x1, b.x1);
        if (now.x1 - now.x0 > widest.x1 - widest.x0)
            widest = now;
    }
    return widest;
}

// Running text fills its lines; labels of tables end where the figures begin.
static bool fills_line(PdfBox b, Margins m)
{
    float width = b.x1 - b.x0, all = m.right - m.left;
    return width > all * 0.8F || (width > all * 0.66F && b.x1 > m.right - 3 * pdf_em(b));
}

static LineLook look_of(const PdfWords *w, const PdfLine *l, Margins m, Str text, Looks *k,
                        size_t i)
{
    PdfBox widest = widest_of(w, l);
    bool whole = widest.x1 - widest.x0 >= l->box.x1 - l->box.x0;
    k->text[i] = widest.x1;
    if (whole && is_chapter(text))
        return CHAPTER;
    if (is_header(text))
        return HEADER;
    if (fills_line(widest, m))
        return PROSE;
    return looks_figures(w, l, &k->figures[i], &k->number[i]) ? FIGURES : SHORT;
}

static Looks looks_of(const PdfWords *w, const PdfLines *l, Margins m, Arena *a)
{
    size_t n = l->n + 1;
    Looks out = {NEW(a, uint8_t, n), NEW(a, size_t, n), NEW(a, float, n), NEW(a, float, n)};
    for (size_t i = 0; i < l->n; i++) {
        Arena scratch = *a;
        Str text = line_text(w, &l->v[i], &scratch);
        out.look[i] = (uint8_t)look_of(w, &l->v[i], m, text, &out, i);
    }
    return out;
}

// Whether lines i and i + 1 are near enough to be parts of one row or of rows that follow.
static bool follows(const PdfLines *l, size_t i)
{
    const PdfLine *x = &l->v[i], *y = &l->v[i + 1];
    if (x->page != y->page)
        return y->page == x->page + 1;
    return y->box.y0 - x->box.y1 < 5 * (y->box.y1 - y->box.y0);
}

// The end of the table that begins at `i`, or `i` where none does: a run of lines that are neither
// running text nor a chapter's heading, in which numbers stand by themselves. *next is where to
// look on: no part of a run that is no table is one.
static size_t table_end(const PdfLines *l, const Looks *k, size_t i, size_t *next)
{
    *next = i + 1;
    if (k->look[i] != HEADER && k->look[i] != FIGURES)
        return i;
    size_t end = i, lines = 0, figures = 0, headers = 0;
    float number = 0;
    for (size_t j = i; j < l->n; j++) {
        *next = j + 1;
        bool label = k->text[j] < number; // long, but within the column of labels
        if ((k->look[j] == PROSE && !label) || k->look[j] == CHAPTER ||
            (j > i && !follows(l, j - 1)))
            break;
        if (k->look[j] == FIGURES) {
            lines++;
            figures += k->figures[j];
            number = k->number[j];
        }
        headers += k->look[j] == HEADER;
        if (k->look[j] == FIGURES || k->look[j] == HEADER)
            end = j + 1;
    }
    bool table = figures && (headers || (lines >= 3 && figures >= 6));
    if (!table)
        return i;
    // the rest of a label that goes on below the last numbers, close beneath
    while (end < l->n && k->look[end] == SHORT && l->v[end].page == l->v[end - 1].page &&
           l->v[end].box.y0 - l->v[end - 1].box.y1 < (l->v[end].box.y1 - l->v[end].box.y0) * 0.35F)
        end++;
    return end;
}

// Lines above the first one known to be of a table that belong to its head: "商业 科研 …", or the
// upper half of a label.
static size_t table_begin(const PdfLines *l, const Looks *k, size_t i, size_t low)
{
    while (i > low && k->look[i - 1] == SHORT && l->v[i - 1].page == l->v[i].page &&
           l->v[i].box.y0 - l->v[i - 1].box.y1 < (l->v[i].box.y1 - l->v[i].box.y0) * 0.5F &&
           l->v[i - 1].last - l->v[i - 1].first > 1)
        i--;
    return i;
}

// --- paragraphs
// -------------------------------------------------------------------------------------------------

typedef struct Para {
    Str *v;
    size_t n, cap;
    Place place;
} Para;

static Place place_of(const PdfLine *l)
{
    return (Place){
        .page = l->page, .x0 = l->box.x0, .y0 = l->box.y0, .x1 = l->box.x1, .y1 = l->box.y1};
}

static bool ends_sentence(Str s)
{
    static const Str ends[] = {SI("。"), SI("；"), SI("："), SI("！"), SI("？"), SI("”")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

// "一、…", "（一）…": begins a paragraph wherever it stands, if a sentence ended before.
static bool begins_section(Str s)
{
    static const Str han[] = {SI("一"), SI("二"), SI("三"), SI("四"), SI("五"),
                              SI("六"), SI("七"), SI("八"), SI("九"), SI("十")};
    Str in = str_starts(s, S("（")) ? str_from(s, 3) : s;
    return starts_any(in, han, 10) && (str_starts(str_from(in, 3), S("、")) ||
                                       (in.n < s.n && str_starts(str_from(in, 3), S("）"))));
}

static bool goes_on(const PdfLines *l, size_t i, Margins m)
{
    const PdfLine *x = &l->v[i - 1], *y = &l->v[i];
    float em = pdf_em(y->box);
    bool full = x->box.x1 > m.right - 2.2F * em;
    bool indented = y->box.x0 > m.left + 1.2F * em;
    if (!full || indented)
        return false;
    float height = x->box.y1 - x->box.y0, other = y->box.y1 - y->box.y0;
    if (fabsf(height - other) > 0.35F * fmaxf(height, other))
        return false;
    return x->page != y->page || y->box.y0 - x->box.y0 < 1.7F * m.step;
}

static Str para_join(Arena *a, const Para *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += p->v[i].n + 1;
    char *s = NEW(a, char, n + 1), *to = s;
    for (size_t i = 0; i < p->n; i++) {
        if (i && ascii_word(to[-1]) && ascii_word(p->v[i].s[0]))
            *to++ = ' ';
        to = mempcpy(to, p->v[i].s, p->v[i].n);
    }
    return (Str){s, (size_t)(to - s)};
}

static void para_end(Para *p, Arena *a, Blocks *out)
{
    if (p->n)
        *PUSH(a, out) = (Block){.text = para_join(a, p), .place = p->place};
    *p = (Para){0};
}

static void paras_add(const PdfWords *w, const PdfLines *l, size_t from, size_t to, Margins m,
                      Arena *a, Blocks *out)
{
    Para p = {0};
    for (size_t i = from; i < to; i++) {
        Str text = line_text(w, &l->v[i], a);
        bool section = p.n && begins_section(text) && ends_sentence(p.v[p.n - 1]);
        if (p.n && (section || !goes_on(l, i, m)))
            para_end(&p, a, out);
        if (!p.n)
            p.place = place_of(&l->v[i]);
        else if (p.place.page == l->v[i].page) {
            p.place.x0 = fminf(p.place.x0, l->v[i].box.x0);
            p.place.x1 = fmaxf(p.place.x1, l->v[i].box.x1);
            p.place.y1 = l->v[i].box.y1;
        }
        *PUSH(a, &p) = text;
    }
    para_end(&p, a, out);
}

void pdf_layout(PdfWords *words, Arena *a, Blocks *out)
{
    PdfLines l = lines_of(words, a);
    furniture_off(words, &l, a);
    Margins m = margins_of(words, &l, a);
    Looks k = looks_of(words, &l, m, a);
    int32_t tables = 0;
    size_t done = 0;
    out->title = words->title;
    for (size_t i = 0; i < l.n;) {
        size_t next, end = table_end(&l, &k, i, &next);
        size_t begin = end > i ? table_begin(&l, &k, i, done) : i;
        Grid *g = end > i ? pdf_table(words, l.v + begin, end - begin, tables + 1, a) : NULL;
        if (!g) {
            i = next;
            continue;
        }
        tables++;
        paras_add(words, &l, done, begin, m, a, out);
        *PUSH(a, out) = (Block){.kind = BLOCK_GRID, .grid = g, .place = g->place};
        done = i = end;
    }
    paras_add(words, &l, done, l.n, m, a, out);
}

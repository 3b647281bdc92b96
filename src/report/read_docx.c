#include "base/buf.h"
#include "report/build.h"
#include "report/office.h"

// A DOCX is read in one pass over word/document.xml, after its styles (for headings) and its list
// definitions (for the numbers Word prints before paragraphs, which stand nowhere in the text).

// --- styles
// --------------------------------------------------------------------------------------------------

typedef struct Style {
    Str id, based_on;
    int heading;        // 1..6, 0 none, -1 not said
    int64_t num, level; // of its list; -1 not said
    bool contents;      // a line of a table of contents
} Style;

typedef struct Styles {
    Style *v;
    size_t n, cap;
} Styles;

// "heading 2", "标题 2", "标题2", "Title"
static int heading_of(Str name)
{
    static const Str words[] = {SI("heading"), SI("Heading"), SI("标题"), SI("標題")};
    if (str_eq(name, S("Title")) || str_eq(name, S("标题")) || str_eq(name, S("title")))
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int64_t n;
        if (str_starts(name, words[i]) && str_to_int(str_trim(str_from(name, words[i].n)), &n))
            return n >= 1 && n <= 6 ? (int)n : n <= 9 ? 6 : 0;
    }
    return -1;
}

static int heading_of_outline(int64_t level) // w:outlineLvl: 0..8, 9 is body text
{
    return level < 0 || level > 8 ? 0 : level > 5 ? 6 : (int)level + 1;
}

static void style_part(Xml *x, Style *s, Arena *a)
{
    if (xml_is(x, "name")) {
        Str name = xml_attr(x, "val", a);
        if (s->heading < 0)
            s->heading = heading_of(name);
        s->contents = str_starts(name, S("toc ")) || str_starts(name, S("TOC "));
    } else if (xml_is(x, "basedOn")) {
        s->based_on = xml_attr(x, "val", a);
    } else if (xml_is(x, "outlineLvl")) {
        s->heading = heading_of_outline(xml_attr_int(x, "val", 9));
    } else if (xml_is(x, "numId")) {
        s->num = xml_attr_int(x, "val", -1);
    } else if (xml_is(x, "ilvl")) {
        s->level = xml_attr_int(x, "val", 0);
    }
}

static Styles styles_read(Package *p, Arena *a)
{
    Styles out = {0};
    CLEANUP(xml_end) Xml *x = xml_open(p, "word/styles.xml");
    Style *s = NULL;
    for (XmlEvent e; x && (e = xml_next(x)) != XML_STOP;) {
        if (e == XML_OPEN && xml_is(x, "style")) {
            s = PUSH(a, &out);
            *s = (Style){.id = xml_attr(x, "styleId", a), .heading = -1, .num = -1, .level = -1};
        } else if (e == XML_OPEN && s) {
            style_part(x, s, a);
        } else if (e == XML_CLOSE && xml_is(x, "style")) {
            s = NULL;
        }
    }
    return out;
}

static const Style *style_find(const Styles *all, Str id)
{
    for (size_t i = 0; id.n && i < all->n; i++)
        if (str_eq(all->v[i].id, id))
            return &all->v[i];
    return NULL;
}

// The style with what it takes over from those it is based on.
static Style style_full(const Styles *all, Str id)
{
    Style out = {.heading = -1, .num = -1, .level = -1};
    const Style *s = style_find(all, id);
    for (int steps = 0; s && steps < 12; steps++, s = style_find(all, s->based_on)) {
        if (out.heading < 0)
            out.heading = s->heading;
        if (out.num < 0)
            out.num = s->num;
        if (out.level < 0)
            out.level = s->level;
        out.contents |= s->contents && steps == 0;
    }
    return out;
}

// --- lists
// ---------------------------------------------------------------------------------------------------

enum { LEVELS = 9 };

typedef struct Level {
    Str format, text;
    int64_t start;
} Level;

typedef struct List {
    int64_t id; // w:abstractNumId
    Level level[LEVELS];
    int64_t count[LEVELS]; // how far it has counted; 0 not begun
} List;

typedef struct Num {
    int64_t id, list;
    int64_t restart[LEVELS]; // w:startOverride, -1 none; spent once used
} Num;

typedef struct Numbering {
    struct {
        List *v;
        size_t n, cap;
    } lists;
    struct {
        Num *v;
        size_t n, cap;
    } nums;
} Numbering;

static int level_clip(int64_t n)
{
    return n < 0 ? 0 : n >= LEVELS ? LEVELS - 1 : (int)n;
}

static void list_part(Xml *x, List *list, int *level, Arena *a)
{
    if (xml_is(x, "lvl"))
        *level = level_clip(xml_attr_int(x, "ilvl", 0));
    else if (xml_is(x, "start"))
        list->level[*level].start = xml_attr_int(x, "val", 1);
    else if (xml_is(x, "numFmt"))
        list->level[*level].format = xml_attr(x, "val", a);
    else if (xml_is(x, "lvlText"))
        list->level[*level].text = xml_attr(x, "val", a);
}

static void num_part(Xml *x, Num *num, int *level)
{
    if (xml_is(x, "abstractNumId"))
        num->list = xml_attr_int(x, "val", -1);
    else if (xml_is(x, "lvlOverride"))
        *level = level_clip(xml_attr_int(x, "ilvl", 0));
    else if (xml_is(x, "startOverride"))
        num->restart[*level] = xml_attr_int(x, "val", 1);
}

static Numbering numbering_read(Package *p, Arena *a)
{
    Numbering out = {0};
    CLEANUP(xml_end) Xml *x = xml_open(p, "word/numbering.xml");
    List *list = NULL;
    Num *num = NULL;
    int level = 0;
    for (XmlEvent e; x && (e = xml_next(x)) != XML_STOP;) {
        if (e == XML_CLOSE) {
            list = xml_is(x, "abstractNum") ? NULL : list;
            num = xml_is(x, "num") ? NULL : num;
        } else if (e != XML_OPEN) {
            continue;
        } else if (xml_is(x, "abstractNum")) {
            list = PUSH(a, &out.lists);
            list->id = xml_attr_int(x, "abstractNumId", -1);
            for (int i = 0; i < LEVELS; i++)
                list->level[i].start = 1;
        } else if (xml_is(x, "num")) {
            num = PUSH(a, &out.nums);
            *num = (Num){.id = xml_attr_int(x, "numId", -1), .list = -1};
            memset(num->restart, -1, sizeof num->restart);
        } else if (list) {
            list_part(x, list, &level, a);
        } else if (num) {
            num_part(x, num, &level);
        }
    }
    return out;
}

static const char *const han[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

// 一 … 九千九百九十九; as Word counts: 十, 十一, 二十.
static Str han_count(Arena *a, int64_t n)
{
    static const char *const units[] = {"千", "百", "十", ""};
    if (n <= 0 || n > 9999)
        return str_fmt(a, "%lld", (long long)n);
    Buf b = buf_new(a, 64);
    bool zero = false;
    int64_t unit = 1000;
    for (int i = 0; i < 4; i++, unit /= 10) {
        int64_t d = n / unit % 10;
        if (!d) {
            zero = b.n > 0;
            continue;
        }
        if (zero)
            buf_add(&b, S("零"));
        zero = false;
        if (!(d == 1 && unit == 10 && b.n == 0))
            buf_add(&b, str_z(han[d]));
        buf_add(&b, str_z(units[i]));
    }
    return buf_str(&b);
}

static Str roman(Arena *a, int64_t n, bool upper)
{
    static const struct {
        int value;
        const char *up, *low;
    } steps[] = {{100, "C", "c"},  {90, "XC", "xc"}, {50, "L", "l"},
                 {40, "XL", "xl"}, {10, "X", "x"},   {9, "IX", "ix"},
                 {5, "V", "v"},    {4, "IV", "iv"},  {1, "I", "i"}};
    Buf b = buf_new(a, 256);
    for (size_t i = 0; n > 0 && n < 1000 && i < sizeof steps / sizeof *steps; i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            buf_add(&b, str_z(upper ? steps[i].up : steps[i].low));
    return buf_str(&b);
}

typedef enum NumberForm {
    ARABIC,
    HAN,
    HAN_DIGITS,
    LEGAL,
    ROMAN_UP,
    ROMAN_LOW,
    LETTER_UP,
    LETTER_LOW,
    CIRCLED,
    NOTHING
} NumberForm;

static NumberForm form_of(Str format)
{
    static const struct {
        Str name;
        NumberForm form;
    } forms[] = {
        {SI("chineseCounting"), HAN},
        {SI("chineseCountingThousand"), HAN},
        {SI("japaneseCounting"), HAN},
        {SI("taiwaneseCounting"), HAN},
        {SI("taiwaneseCountingThousand"), HAN},
        {SI("koreanCounting"), HAN},
        {SI("ideographDigital"), HAN_DIGITS},
        {SI("taiwaneseDigital"), HAN_DIGITS},
        {SI("japaneseDigitalTenThousand"), HAN_DIGITS},
        {SI("chineseLegalSimplified"), LEGAL},
        {SI("ideographLegalTraditional"), LEGAL},
        {SI("upperRoman"), ROMAN_UP},
        {SI("lowerRoman"), ROMAN_LOW},
        {SI("upperLetter"), LETTER_UP},
        {SI("lowerLetter"), LETTER_LOW},
        {SI("decimalEnclosedCircle"), CIRCLED},
        {SI("decimalEnclosedCircleChinese"), CIRCLED},
        {SI("bullet"), NOTHING},
        {SI("none"), NOTHING},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_eq(forms[i].name, format))
            return forms[i].form;
    return ARABIC;
}

static Str number_print(Arena *a, Str format, int64_t n)
{
    static const char *const legal[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
    switch (form_of(format)) {
    case NOTHING:
        return S("");
    case HAN:
        return han_count(a, n);
    case HAN_DIGITS:
        return n >= 0 && n < 10 ? str_z(han[n]) : han_count(a, n);
    case LEGAL:
        return n >= 0 && n < 10 ? str_z(legal[n]) : han_count(a, n);
    case ROMAN_UP:
    case ROMAN_LOW:
        return roman(a, n, form_of(format) == ROMAN_UP);
    case LETTER_UP:
    case LETTER_LOW:
        if (n >= 1 && n <= 26)
            return str_fmt(a, "%c", (int)((form_of(format) == LETTER_UP ? 'A' : 'a') + n - 1));
        break;
    case CIRCLED: // U+2460 ①
        if (n >= 1 && n <= 20)
            return str_fmt(a, "\xe2\x91%c", (int)(0x9f + n));
        break;
    case ARABIC:
        break;
    }
    return str_fmt(a, "%lld", (long long)n);
}

// Counts one paragraph of the list on and returns what Word prints before it: "一、", "（二）",
// "1.2".
static Str number_next(Numbering *all, int64_t num_id, int64_t at, Arena *a)
{
    Num *num = NULL;
    for (size_t i = 0; i < all->nums.n && !num; i++)
        num = all->nums.v[i].id == num_id ? &all->nums.v[i] : NULL;
    List *list = NULL;
    for (size_t i = 0; num && i < all->lists.n && !list; i++)
        list = all->lists.v[i].id == num->list ? &all->lists.v[i] : NULL;
    if (!list)
        return S("");
    int level = level_clip(at);
    if (num->restart[level] >= 0) {
        list->count[level] = num->restart[level];
        num->restart[level] = -1;
    } else {
        list->count[level] = list->count[level] ? list->count[level] + 1 : list->level[level].start;
    }
    for (int i = level + 1; i < LEVELS; i++)
        list->count[i] = 0;
    if (form_of(list->level[level].format) == NOTHING)
        return S("");
    Buf b = buf_new(a, 400);
    Str text = list->level[level].text;
    for (size_t i = 0; i < text.n; i++) {
        int k = text.s[i] == '%' && i + 1 < text.n ? text.s[i + 1] - '1' : -1;
        if (k < 0 || k >= LEVELS) {
            buf_byte(&b, text.s[i]);
            continue;
        }
        int64_t n = list->count[k] ? list->count[k] : list->level[k].start;
        buf_add(&b, number_print(a, list->level[k].format, n));
        i++;
    }
    return buf_str(&b);
}

// --- the document
// -------------------------------------------------------------------------------------------

typedef enum Tag {
    T_OTHER,
    T_P,
    T_PPR,
    T_PSTYLE,
    T_OUTLINE,
    T_NUM,
    T_LEVEL,
    T_R,
    T_VANISH,
    T_T,
    T_TAB,
    T_BREAK,
    T_HYPHEN,
    T_FIELD,
    T_SKIP,
    T_TBL,
    T_TR,
    T_TRPR,
    T_SKIP_COLS,
    T_ROW_GONE,
    T_TC,
    T_TCPR,
    T_SPAN,
    T_MERGE,
} Tag;

static Tag tag_of(const char *name)
{
    static const struct {
        const char *name;
        Tag tag;
    } tags[] = {
        {"t", T_T},
        {"r", T_R},
        {"p", T_P},
        {"pPr", T_PPR},
        {"tc", T_TC},
        {"tcPr", T_TCPR},
        {"tr", T_TR},
        {"tbl", T_TBL},
        {"pStyle", T_PSTYLE},
        {"vanish", T_VANISH},
        {"outlineLvl", T_OUTLINE},
        {"numId", T_NUM},
        {"ilvl", T_LEVEL},
        {"tab", T_TAB},
        {"ptab", T_TAB},
        {"br", T_BREAK},
        {"cr", T_BREAK},
        {"noBreakHyphen", T_HYPHEN},
        {"fldChar", T_FIELD},
        {"gridSpan", T_SPAN},
        {"vMerge", T_MERGE},
        {"trPr", T_TRPR},
        {"gridBefore", T_SKIP_COLS},
        {"del", T_ROW_GONE},
        // what people do not see, or see once already
        {"moveFrom", T_SKIP},
        {"Fallback", T_SKIP},
        {"tabs", T_SKIP},
        {"rt", T_SKIP},
        {"pPrChange", T_SKIP},
        {"rPrChange", T_SKIP},
        {"tcPrChange", T_SKIP},
        {"trPrChange", T_SKIP},
        {"tblPrChange", T_SKIP},
        {"sectPr", T_SKIP},
        {"delText", T_SKIP},
        {"instrText", T_SKIP},
        {"binData", T_SKIP},
        {"sdtPr", T_SKIP},
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].name, name) == 0)
            return tags[i].tag;
    return T_OTHER;
}

enum { MAX_FIELDS = 64 };

typedef struct Docx {
    Build *b;
    Arena *a;
    Xml *x;
    Styles styles;
    Numbering numbering;
    // of the paragraph
    Str style;
    int heading;
    int64_t num, level;
    bool in_ppr;
    // of the run
    bool vanish;
    bool in_text;
    bool drop; // a line of a table of contents
    // of the cell that was opened and whose properties are still being read
    bool cell_pending, continued;
    int64_t span;
    // likewise of the row
    bool row_pending, in_trpr;
    int32_t skip_cols;
    // of fields: the code of a field is not text, its result is
    bool code[MAX_FIELDS];
    int fields;
} Docx;

static void cell_begin(Docx *d)
{
    if (!d->cell_pending)
        return;
    d->cell_pending = false;
    if (d->continued)
        build_cell_continued(d->b, d->span);
    else
        build_cell(d->b, 1, d->span);
}

// At the end of a paragraph's properties. True where the paragraph is not to be read: a line of a
// table of contents.
static bool para_begin(Docx *d)
{
    d->in_ppr = false;
    Style s = style_full(&d->styles, d->style);
    int heading = d->heading >= 0 ? d->heading : s.heading > 0 ? s.heading : 0;
    build_para(d->b, heading, 0);
    int64_t num = d->num >= 0 ? d->num : s.num;
    int64_t level = d->level >= 0 ? d->level : s.level >= 0 ? s.level : 0;
    if (num > 0 && !s.contents)
        build_text(d->b, number_next(&d->numbering, num, level, d->a));
    return s.contents;
}

static void para_end(Docx *d)
{
    d->drop = false;
    build_para(d->b, 0, 0);
}

static void row_begin(Docx *d)
{
    if (!d->row_pending)
        return;
    d->row_pending = false;
    build_row(d->b);
    build_skip(d->b, d->skip_cols);
}

// Reads on to the end of the row whose w:trPr holds the w:del just opened.
static void row_drop(Docx *d)
{
    xml_skip(d->x);
    xml_skip(d->x);
    xml_skip(d->x);
    d->row_pending = d->in_trpr = false;
}

static void field(Docx *d)
{
    Arena scratch = *d->a;
    Str type = xml_attr(d->x, "fldCharType", &scratch);
    if (str_eq(type, S("begin")) && d->fields < MAX_FIELDS)
        d->code[d->fields++] = true;
    else if (str_eq(type, S("separate")) && d->fields)
        d->code[d->fields - 1] = false;
    else if (str_eq(type, S("end")) && d->fields)
        d->fields--;
}

static bool shown(const Docx *d)
{
    return d->in_text && !d->vanish && !d->drop && !(d->fields && d->code[d->fields - 1]);
}

static void merge(Docx *d)
{
    Arena scratch = *d->a;
    d->continued = !str_eq(xml_attr(d->x, "val", &scratch), S("restart"));
}

static void vanish(Docx *d)
{
    Arena scratch = *d->a;
    Str val = xml_attr(d->x, "val", &scratch);
    d->vanish = !d->in_ppr && !str_eq(val, S("0")) && !str_eq(val, S("false"));
}

static void opened(Docx *d)
{
    Tag tag = tag_of(xml_name(d->x));
    switch (tag) {
    case T_P:
        cell_begin(d);
        build_para(d->b, 0, 0);
        d->style = S("");
        d->heading = -1;
        d->num = d->level = -1;
        break;
    case T_PPR:
        d->in_ppr = true;
        break;
    case T_PSTYLE:
        d->style = xml_attr(d->x, "val", d->a);
        break;
    case T_OUTLINE:
        d->heading = heading_of_outline(xml_attr_int(d->x, "val", 9));
        break;
    case T_NUM:
        d->num = xml_attr_int(d->x, "val", -1);
        break;
    case T_LEVEL:
        d->level = xml_attr_int(d->x, "val", 0);
        break;
    case T_R:
        d->vanish = false;
        break;
    case T_VANISH:
        vanish(d);
        break;
    case T_T:
        d->in_text = true;
        break;
    case T_TAB:
        build_tab(d->b);
        break;
    case T_BREAK:
        build_line_end(d->b);
        break;
    case T_HYPHEN:
        build_text(d->b, S("-"));
        break;
    case T_FIELD:
        field(d);
        break;
    case T_SKIP:
        xml_skip(d->x);
        break;
    case T_TBL:
        cell_begin(d);
        build_table(d->b);
        break;
    case T_TR:
        d->row_pending = true;
        d->skip_cols = 0;
        break;
    case T_TRPR:
        d->in_trpr = true;
        break;
    case T_SKIP_COLS:
        d->skip_cols = (int32_t)xml_attr_int(d->x, "val", 0);
        break;
    case T_ROW_GONE: // inside w:trPr: the row was deleted with changes tracked
        if (d->in_trpr)
            row_drop(d);
        break;
    case T_TC:
        row_begin(d);
        d->cell_pending = true;
        d->continued = false;
        d->span = 1;
        break;
    case T_SPAN:
        d->span = xml_attr_int(d->x, "val", 1);
        break;
    case T_MERGE:
        merge(d);
        break;
    case T_TCPR:
    case T_OTHER:
        break;
    }
}

static void closed(Docx *d)
{
    Tag tag = tag_of(xml_name(d->x));
    if (tag == T_PPR && d->in_ppr)
        d->drop = para_begin(d);
    else if (tag == T_P)
        para_end(d);
    else if (tag == T_T)
        d->in_text = false;
    else if (tag == T_TRPR)
        d->in_trpr = false;
    else if (tag == T_TC)
        cell_begin(d);
    else if (tag == T_TBL)
        build_table_end(d->b);
}

static bool body_read(Package *p, Arena *a, Blocks *out, Err *err)
{
    const char *part = package_main(p, a, "word/document.xml");
    Docx d = {.b = build_new(a), .a = a};
    d.styles = styles_read(p, a);
    d.numbering = numbering_read(p, a);
    CLEANUP(xml_end) Xml *x = d.x = xml_open(p, part);
    if (!x)
        return fail(err, ERR_UNREADABLE, part,
                    "文件中没有正文，可能已损坏。请用 Word 重新保存后再试。",
                    "the file has no main document part; save it again with Word");
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP && !build_full(d.b);)
        if (e == XML_OPEN)
            opened(&d);
        else if (e == XML_CLOSE)
            closed(&d);
        else if (shown(&d))
            build_text(d.b, xml_text(x));
    return xml_ok(x, err) && build_end(d.b, out, err);
}

static Str title_read(Package *p, Arena *a)
{
    CLEANUP(xml_end) Xml *x = xml_open(p, "docProps/core.xml");
    for (XmlEvent e; x && (e = xml_next(x)) != XML_STOP;)
        if (e == XML_OPEN && xml_is(x, "title"))
            return xml_next(x) == XML_TEXT ? build_fold(a, xml_text(x)) : S("");
    return S("");
}

bool read_docx(Str bytes, Arena *a, Blocks *out, Err *err)
{
    CLEANUP(package_end) Package *p = NULL;
    Blocks blocks = {0};
    if (!package_open(bytes, a, &p, err) || !body_read(p, a, &blocks, err))
        return false;
    blocks.title = title_read(p, a);
    *out = blocks;
    return true;
}

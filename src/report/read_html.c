#include "report/build.h"

#include "base/text.h"

#include <gumbo.h>
#include <setjmp.h>

// The tree is made by gumbo in the arena and walked once, without recursion, while blocks are put
// together; nothing of it is freed. Gumbo 0.10 has no limits of its own and takes time that grows
// with the square of the nesting depth and of the number of attributes, so both are bounded before
// it is called, and its memory while it runs.

enum {
    MAX_OPEN_TAGS = 8 * MAX_DEPTH, // more unclosed tags than this are refused before parsing
    MAX_ATTRIBUTES = 2000,         // of one tag
    PARSER_BYTES_BASE = 64 << 20,  // gumbo may take this and so many times the bytes of the page
    PARSER_BYTES_EACH = 60,
    CHARSET_WITHIN = 4096, // where a charset is looked for; browsers take 1024
};

// --- before parsing
// -----------------------------------------------------------------------------------------

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

// How a tag counts towards nesting.
enum { NESTS, FLAT, RAW };

// clang-format off
static const uint8_t nesting[GUMBO_TAG_LAST + 1] = {
    // without an end, or ended by the next of their kind
    [GUMBO_TAG_AREA] = FLAT,  [GUMBO_TAG_BASE] = FLAT,  [GUMBO_TAG_BR] = FLAT,    [GUMBO_TAG_COL] = FLAT,
    [GUMBO_TAG_EMBED] = FLAT, [GUMBO_TAG_HR] = FLAT,    [GUMBO_TAG_IMG] = FLAT,   [GUMBO_TAG_INPUT] = FLAT,
    [GUMBO_TAG_LINK] = FLAT,  [GUMBO_TAG_META] = FLAT,  [GUMBO_TAG_PARAM] = FLAT, [GUMBO_TAG_SOURCE] = FLAT,
    [GUMBO_TAG_TRACK] = FLAT, [GUMBO_TAG_WBR] = FLAT,   [GUMBO_TAG_P] = FLAT,     [GUMBO_TAG_LI] = FLAT,
    [GUMBO_TAG_DT] = FLAT,    [GUMBO_TAG_DD] = FLAT,    [GUMBO_TAG_OPTION] = FLAT,[GUMBO_TAG_TR] = FLAT,
    [GUMBO_TAG_TD] = FLAT,    [GUMBO_TAG_TH] = FLAT,    [GUMBO_TAG_TBODY] = FLAT, [GUMBO_TAG_THEAD] = FLAT,
    [GUMBO_TAG_TFOOT] = FLAT, [GUMBO_TAG_COLGROUP] = FLAT, [GUMBO_TAG_RT] = FLAT, [GUMBO_TAG_RP] = FLAT,
    // what they hold is no markup
    [GUMBO_TAG_SCRIPT] = RAW, [GUMBO_TAG_STYLE] = RAW,  [GUMBO_TAG_TEXTAREA] = RAW, [GUMBO_TAG_TITLE] = RAW,
    [GUMBO_TAG_XMP] = RAW,    [GUMBO_TAG_IFRAME] = RAW, [GUMBO_TAG_NOEMBED] = RAW, [GUMBO_TAG_NOFRAMES] = RAW,
};
// clang-format on

static int nesting_of(Str s)
{
    unsigned n = 0;
    while (n < s.n && n < 20 && (is_letter(s.s[n]) || (s.s[n] >= '0' && s.s[n] <= '9')))
        n++;
    return nesting[gumbo_tagn_enum(s.s, n)];
}

// One past the end of the tag that begins at `i`; its attributes are counted roughly.
static size_t tag_end(Str s, size_t i, size_t *attributes)
{
    char quote = 0;
    *attributes = 0;
    for (; i < s.n; i++) {
        char c = s.s[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '>') {
            return i + 1;
        } else if ((c == '"' || c == '\'') && i && s.s[i - 1] == '=') {
            quote = c;
        } else if (c == ' ' || c == '/' || (c >= '\t' && c <= '\r')) {
            *attributes += i + 1 < s.n && (unsigned char)s.s[i + 1] > ' ' && s.s[i + 1] != '/';
        }
    }
    return s.n;
}

static bool too_deep(Err *err, long limit)
{
    return fail(err, ERR_LIMIT, NULL, "网页的标签嵌套超过%ld层，无法读取。",
                "HTML elements are nested more than %ld deep", limit);
}

static bool bounds_check(Str s, Err *err)
{
    long open = 0;
    for (size_t i = 0; i < s.n;) {
        const char *lt = memchr(s.s + i, '<', s.n - i);
        if (!lt)
            return true;
        i = (size_t)(lt - s.s) + 1;
        bool closing = i < s.n && s.s[i] == '/';
        Str name = str_from(s, i + closing);
        if (!name.n || !is_letter(name.s[0]))
            continue;
        size_t attributes;
        size_t end = tag_end(s, i, &attributes);
        if (attributes > MAX_ATTRIBUTES)
            return fail(err, ERR_LIMIT, NULL, "网页中有一个标签的属性超过%d个，无法读取。",
                        "an HTML tag has more than %d attributes", MAX_ATTRIBUTES);
        int kind = nesting_of(name);
        if (kind == NESTS)
            open += closing ? (open > 0 ? -1 : 0) : 1;
        if (open > MAX_OPEN_TAGS)
            return too_deep(err, MAX_DEPTH);
        i = end;
        if (!closing && kind == RAW) {
            const char *close = memmem(s.s + i, s.n - i, "</", 2);
            i = close ? (size_t)(close - s.s) : s.n;
        }
    }
    return true;
}

// The charset a page declares: <meta charset=…>, or content="…; charset=…"; also <?xml
// encoding=…?>.
static Str declared_charset(Str bytes)
{
    static const char *const marks[] = {"charset", "encoding"};
    Str head = str_sub(bytes, 0, CHARSET_WITHIN);
    for (size_t i = 0; i + 8 < head.n; i++)
        for (size_t k = 0; k < 2; k++) {
            size_t len = strlen(marks[k]);
            if (i + len >= head.n || strncasecmp(head.s + i, marks[k], len) != 0)
                continue;
            Str rest = str_trim(str_from(head, i + len));
            if (!rest.n || rest.s[0] != '=')
                continue;
            rest = str_trim(str_from(rest, 1));
            if (rest.n && (rest.s[0] == '"' || rest.s[0] == '\''))
                rest = str_from(rest, 1);
            size_t n = 0;
            while (n < rest.n && n < 24 && (unsigned char)rest.s[n] > ' ' &&
                   !strchr("\"'>;/?", rest.s[n]))
                n++;
            return str_sub(rest, 0, n);
        }
    return S("");
}

// --- memory for gumbo
// ---------------------------------------------------------------------------------------

// What gumbo frees is kept by size and given out again, since it makes and frees a buffer per
// token.
enum { CLASSES = 60 };

typedef struct Pool {
    Arena *a;
    size_t left;
    void *free[CLASSES]; // of blocks of 16 << (class / 2) bytes, half steps between
    jmp_buf out;
} Pool;

typedef union Head {
    size_t class;
    max_align_t align;
} Head;

static size_t class_size(size_t class)
{
    return ((size_t)16 << class / 2) + (class % 2 ? (size_t)8 << class / 2 : 0);
}

static void *pool_take(void *userdata, size_t size)
{
    Pool *pool = userdata;
    size_t class = 0;
    if (size > 64) // 16 << 2: begin near the size rather than at the smallest class
        class = 2 * (size_t)(63 - __builtin_clzl(size) - 4);
    while (class_size(class) < size)
        class ++;
    void *p = pool->free[class];
    if (p) {
        pool->free[class] = *(void **)p;
        return p;
    }
    size_t bytes = class_size(class) + sizeof(Head);
    if (bytes > pool->left)
        longjmp(pool->out, 1);
    pool->left -= bytes;
    Head *head = arena_alloc(pool->a, 1, _Alignof(Head), bytes);
    head->class = class;
    return head + 1;
}

static void pool_give(void *userdata, void *p)
{
    Pool *pool = userdata;
    if (!p)
        return;
    size_t class = ((Head *)p - 1)->class;
    *(void **)p = pool->free[class];
    pool->free[class] = p;
}

static GumboOutput *parse(Str html, Arena *a)
{
    Pool *pool = NEW(a, Pool, 1);
    pool->a = a;
    pool->left = PARSER_BYTES_BASE + PARSER_BYTES_EACH * html.n;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = pool_take;
    options.deallocator = pool_give;
    options.userdata = pool;
    options.max_errors = 0;
    if (setjmp(pool->out))
        return NULL;
    return gumbo_parse_with_options(&options, html.s, html.n);
}

// --- the walk
// -----------------------------------------------------------------------------------------------

// What an element does when it is entered.
typedef enum Act {
    INLINE, // its text belongs to the paragraph around it
    PARA,   // begins and ends a paragraph
    SKIP,   // neither it nor what it holds is read by people
    BREAK,
    HEADING,
    TABLE,
    GROUP,
    ROW,
    CELL,
    TITLE,
    PRE,
} Act;

static const uint8_t acts[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_ADDRESS] = PARA,    [GUMBO_TAG_ARTICLE] = PARA,  [GUMBO_TAG_ASIDE] = PARA,
    [GUMBO_TAG_BLOCKQUOTE] = PARA, [GUMBO_TAG_BODY] = PARA,     [GUMBO_TAG_CAPTION] = PARA,
    [GUMBO_TAG_CENTER] = PARA,     [GUMBO_TAG_DD] = PARA,       [GUMBO_TAG_DETAILS] = PARA,
    [GUMBO_TAG_DIR] = PARA,        [GUMBO_TAG_DIV] = PARA,      [GUMBO_TAG_DL] = PARA,
    [GUMBO_TAG_DT] = PARA,         [GUMBO_TAG_FIELDSET] = PARA, [GUMBO_TAG_FIGCAPTION] = PARA,
    [GUMBO_TAG_FIGURE] = PARA,     [GUMBO_TAG_FOOTER] = PARA,   [GUMBO_TAG_FORM] = PARA,
    [GUMBO_TAG_HEADER] = PARA,     [GUMBO_TAG_HGROUP] = PARA,   [GUMBO_TAG_HR] = PARA,
    [GUMBO_TAG_LEGEND] = PARA,     [GUMBO_TAG_LI] = PARA,       [GUMBO_TAG_MAIN] = PARA,
    [GUMBO_TAG_MENU] = PARA,       [GUMBO_TAG_NAV] = PARA,      [GUMBO_TAG_OL] = PARA,
    [GUMBO_TAG_P] = PARA,          [GUMBO_TAG_SECTION] = PARA,  [GUMBO_TAG_SUMMARY] = PARA,
    [GUMBO_TAG_UL] = PARA,         [GUMBO_TAG_OPTION] = PARA,   [GUMBO_TAG_LISTING] = PRE,
    [GUMBO_TAG_PRE] = PRE,         [GUMBO_TAG_XMP] = PRE,       [GUMBO_TAG_PLAINTEXT] = PRE,
    [GUMBO_TAG_H1] = HEADING,      [GUMBO_TAG_H2] = HEADING,    [GUMBO_TAG_H3] = HEADING,
    [GUMBO_TAG_H4] = HEADING,      [GUMBO_TAG_H5] = HEADING,    [GUMBO_TAG_H6] = HEADING,
    [GUMBO_TAG_TABLE] = TABLE,     [GUMBO_TAG_TBODY] = GROUP,   [GUMBO_TAG_THEAD] = GROUP,
    [GUMBO_TAG_TFOOT] = GROUP,     [GUMBO_TAG_TR] = ROW,        [GUMBO_TAG_TD] = CELL,
    [GUMBO_TAG_TH] = CELL,         [GUMBO_TAG_BR] = BREAK,      [GUMBO_TAG_TITLE] = TITLE,
    [GUMBO_TAG_SCRIPT] = SKIP,     [GUMBO_TAG_STYLE] = SKIP,    [GUMBO_TAG_NOSCRIPT] = SKIP,
    [GUMBO_TAG_TEMPLATE] = SKIP,   [GUMBO_TAG_IFRAME] = SKIP,   [GUMBO_TAG_OBJECT] = SKIP,
    [GUMBO_TAG_NOFRAMES] = SKIP,   [GUMBO_TAG_NOEMBED] = SKIP,  [GUMBO_TAG_SELECT] = SKIP,
    [GUMBO_TAG_TEXTAREA] = SKIP,   [GUMBO_TAG_RT] = SKIP,       [GUMBO_TAG_RP] = SKIP,
    [GUMBO_TAG_SVG] = SKIP,        [GUMBO_TAG_MATH] = SKIP,     [GUMBO_TAG_AUDIO] = SKIP,
    [GUMBO_TAG_VIDEO] = SKIP,      [GUMBO_TAG_CANVAS] = SKIP,   [GUMBO_TAG_MAP] = SKIP,
};

static bool style_hides(const char *style)
{
    for (const char *d = style; (d = strcasestr(d, "display")); d += 7) {
        const char *p = d + 7 + strspn(d + 7, " \t\r\n");
        if (*p != ':')
            continue;
        p += 1 + strspn(p + 1, " \t\r\n");
        if (strncasecmp(p, "none", 4) == 0)
            return true;
    }
    return strcasestr(style, "mso-hide:all") != NULL;
}

static bool hidden(const GumboElement *e)
{
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *at = e->attributes.data[i];
        if (strcmp(at->name, "hidden") == 0 ||
            (strcmp(at->name, "style") == 0 && style_hides(at->value)))
            return true;
    }
    return false;
}

// rowspan and colspan as HTML reads them: leading white space, digits, the rest ignored.
static int64_t span(const GumboElement *e, const char *name)
{
    const GumboAttribute *at = gumbo_get_attribute(&e->attributes, name);
    if (!at)
        return 1;
    const char *p = at->value + strspn(at->value, " \t\r\n\f");
    if (*p < '0' || *p > '9')
        return 1;
    int64_t n = 0;
    for (; *p >= '0' && *p <= '9'; p++)
        n = n < 100000 ? n * 10 + (*p - '0') : n;
    return n;
}

typedef struct Walk {
    Build *b;
    Arena *a;
    Str title;
    int pre;         // inside so many <pre>
    bool references; // the page has &#…;
    bool lines;      // a text with tables in it (Markdown): line ends are line ends
} Walk;

// Gumbo writes what is no character for references like &#x1ffffffff;. Text is checked where a page
// has references by number at all.
static Str text_safe(const Walk *w, const char *text)
{
    Str s = str_z(text), encoding;
    Err err;
    if (w->references && text_valid(s) < s.n &&
        !text_decode(s, S("utf-8"), w->a, &s, &encoding, &err))
        return S("");
    return s;
}

static void text_take(Walk *w, Str s)
{
    if (!w->pre && !(w->lines && !build_in_cell(w->b))) {
        build_text(w->b, s);
        return;
    }
    for (Str line, rest = s; rest.n;) {
        bool cut = str_cut(rest, S("\n"), &line, &rest);
        build_text(w->b, line);
        if (cut)
            build_line_end(w->b);
    }
}

static Str title_of(const Walk *w, const GumboElement *e)
{
    if (!e->children.length)
        return S("");
    const GumboNode *n = e->children.data[0];
    return n->type == GUMBO_NODE_TEXT ? build_fold(w->a, text_safe(w, n->v.text.text)) : S("");
}

// True where the walk goes on with what the element holds.
static bool enter(Walk *w, const GumboNode *n)
{
    const GumboElement *e = &n->v.element;
    Act act = acts[e->tag];
    if (act == SKIP || n->type == GUMBO_NODE_TEMPLATE || (e->attributes.length && hidden(e)))
        return false;
    switch (act) {
    case INLINE:
    case SKIP:
        break;
    case PRE:
        w->pre++;
        build_para(w->b, 0, (int32_t)e->start_pos.line);
        break;
    case PARA:
        build_para(w->b, 0, (int32_t)e->start_pos.line);
        break;
    case HEADING:
        build_para(w->b, (int)(e->tag - GUMBO_TAG_H1) + 1, (int32_t)e->start_pos.line);
        break;
    case BREAK:
        build_line_end(w->b);
        break;
    case TITLE:
        if (!w->title.n && e->tag_namespace == GUMBO_NAMESPACE_HTML)
            w->title = title_of(w, e);
        return false;
    case TABLE:
        build_table(w->b);
        break;
    case GROUP:
        build_group(w->b);
        break;
    case ROW:
        build_row(w->b);
        break;
    case CELL:
        build_cell(w->b, span(e, "rowspan"), span(e, "colspan"));
        build_para(w->b, 0, (int32_t)e->start_pos.line);
        break;
    }
    return true;
}

static void leave(Walk *w, const GumboNode *n)
{
    Act act = acts[n->v.element.tag];
    if (act == TABLE)
        build_table_end(w->b);
    else if (act == GROUP)
        build_group(w->b);
    else if (act == PARA || act == HEADING || act == PRE)
        build_para(w->b, 0, 0);
    w->pre -= act == PRE;
}

static bool is_element(const GumboNode *n)
{
    return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
}

// The next node after the subtree of `n`; leaves what ends on the way. NULL at the end.
static const GumboNode *climb(Walk *w, const GumboNode *n, const GumboNode *root, int *depth)
{
    while (n != root) {
        const GumboVector *v = &n->parent->v.element.children;
        if (n->index_within_parent + 1 < v->length)
            return v->data[n->index_within_parent + 1];
        n = n->parent;
        --*depth;
        leave(w, n);
    }
    return NULL;
}

static bool walk(Walk *w, const GumboNode *root, Err *err)
{
    int depth = 0;
    for (const GumboNode *n = root; n && !build_full(w->b);) {
        if (is_element(n)) {
            if (enter(w, n)) {
                if (n->v.element.children.length) {
                    if (++depth > MAX_DEPTH)
                        return too_deep(err, MAX_DEPTH);
                    n = n->v.element.children.data[0];
                    continue;
                }
                leave(w, n);
            }
        } else if (n->type != GUMBO_NODE_COMMENT) {
            text_take(w, text_safe(w, n->v.text.text));
        }
        n = climb(w, n, root, &depth);
    }
    return true;
}

// Markdown that holds tables as HTML: text first, and no tag that makes paragraphs.
static bool text_with_tables(Str html)
{
    static const char *const tags[] = {"<p>", "<p ", "<div", "<html", "<body", "<head"};
    Str s = str_trim(html);
    if (!s.n || s.s[0] == '<')
        return false;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_has(s, str_z(tags[i])))
            return false;
    return true;
}

bool read_html(Str bytes, Arena *a, Blocks *out, Err *err)
{
    Str html, encoding;
    if (!text_decode(bytes, declared_charset(bytes), a, &html, &encoding, err) ||
        !bounds_check(html, err))
        return false;
    GumboOutput *tree = parse(html, a);
    if (!tree)
        return fail(err, ERR_LIMIT, NULL,
                    "网页的结构过于繁复，解析所需内存超过上限，无法读取。请另存为纯文本后再试。",
                    "parsing this HTML takes more memory than allowed; save it as plain text");
    Walk w = {.b = build_new(a), .a = a, .lines = text_with_tables(html)};
    w.references = str_has(html, S("&#"));
    Blocks blocks = {0};
    if (!walk(&w, tree->root, err) || !build_end(w.b, &blocks, err))
        return false;
    blocks.title = w.title;
    blocks.encoding = encoding;
    *out = blocks;
    return true;
}

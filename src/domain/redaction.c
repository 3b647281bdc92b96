#include "domain/redaction.h"

#include "base/buf.h"
#include "base/text.h"

// clang-format off
const GroundDef ground_defs[GROUND__COUNT] = {
    //                        id                     name                        label            source
    [GROUND_STATE_SECRET] = { SI("state_secret"),  SI("国家秘密"),               SI("第十四条"), SI("条例第十四条") },
    [GROUND_FORBIDDEN]    = { SI("forbidden"),     SI("法律、行政法规禁止公开"), SI("第十四条"), SI("条例第十四条") },
    [GROUND_SAFETY]       = { SI("safety"),        SI("危及“三安全一稳定”"),     SI("第十四条"), SI("条例第十四条") },
    [GROUND_TRADE_SECRET] = { SI("trade_secret"),  SI("商业秘密"),               SI("第十五条"), SI("条例第十五条") },
    [GROUND_PRIVACY]      = { SI("privacy"),       SI("个人隐私"),               SI("第十五条"), SI("条例第十五条") },
    [GROUND_THIRD_PARTY]  = { SI("third_party"),   SI("第三方的其他合法权益"),   SI("第十五条"), SI("条例第十五条") },
    [GROUND_INTERNAL]     = { SI("internal"),      SI("三类内部事务信息"),       SI("第十六条"), SI("条例第十六条第一款") },
    [GROUND_PROCESS]      = { SI("process"),       SI("四类过程性信息"),         SI("第十六条"), SI("条例第十六条第二款") },
    [GROUND_CASE_FILE]    = { SI("case_file"),     SI("行政执法案卷信息"),       SI("第十六条"), SI("条例第十六条第二款") },
};
// clang-format on

bool ground_named(Str id, Ground *out)
{
    for (int g = 0; g < GROUND__COUNT; g++)
        if (str_eq(ground_defs[g].id, id)) {
            *out = (Ground)g;
            return true;
        }
    return false;
}

// --- marks

static bool area_check(const RedactBox *b, int pages, Err *err)
{
    if (b->page > pages)
        return fail(err, ERR_INPUT, NULL, "文件共%d页，没有第%d页",
                    "the document has %d pages; there is no page %d", pages, b->page);
    if (b->w < REDACT_AREA_LEAST || b->h < REDACT_AREA_LEAST)
        return fail(err, ERR_INPUT, NULL, "第%d页的区域太小，宽和高至少是页面的0.2%%",
                    "the area on page %d is too small: at least 0.2%% of the page", b->page);
    if (b->x < 0 || b->y < 0 || b->x + b->w > PAGE_UNITS || b->y + b->h > PAGE_UNITS)
        return fail(err, ERR_INPUT, NULL, "第%d页的区域超出了页面",
                    "the area on page %d goes beyond the page", b->page);
    return true;
}

static bool words_check(Str words, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)1 << 20);
    size_t n = words.n <= 4 * REDACT_WORDS_MOST ? str_runes(redact_fold(words, &a).text)
                                                : REDACT_WORDS_MOST + 1;
    if (n < REDACT_WORDS_MIN)
        return fail(err, ERR_INPUT, NULL,
                    "要遮盖的文字至少%d个字，否则会遮住不相干的地方；一个字请用区域遮盖",
                    "a text to withhold has at least %d characters; mark an area for less",
                    REDACT_WORDS_MIN);
    return n <= REDACT_WORDS_MOST ||
           fail(err, ERR_INPUT, NULL, "要遮盖的文字最多%d个字；大段内容请用区域遮盖",
                "a text to withhold has at most %d characters; mark an area for more",
                REDACT_WORDS_MOST);
}

bool redact_mark_check(const RedactMark *mark, int pages, Err *err)
{
    return mark->box.page ? area_check(&mark->box, pages, err) : words_check(mark->words, err);
}

// 12.5 as 1250.
static bool percent_read(Str s, int *out)
{
    Str whole, part = S("");
    int64_t n = 0, tenths = 0;
    s = str_trim(s);
    str_cut(s, S("."), &whole, &part);
    if (whole.n > 3 || part.n > 2 || !whole.n || whole.s[0] < '0' || !str_to_int(whole, &n) ||
        (part.n && (part.s[0] < '0' || !str_to_int(part, &tenths))))
        return false;
    *out = (int)(n * 100 + (part.n == 1 ? tenths * 10 : tenths));
    return *out <= PAGE_UNITS;
}

bool redact_area_read(Str s, RedactBox *out, Err *err)
{
    Str page, rest, part;
    int64_t number = 0;
    int v[4] = {0};
    bool good = str_cut(str_trim(s), S(":"), &page, &rest) && str_to_int(page, &number) &&
                number >= 1 && number <= REDACT_PAGES_MOST;
    for (int i = 0; good && i < 4; i++)
        good = str_cut(rest, S(","), &part, &rest) == (i < 3) && percent_read(part, &v[i]);
    if (!good)
        return fail(err, ERR_INPUT, NULL,
                    "区域应当写成 页:左,上,宽,高（百分数，例如 1:10,20.5,30,4），不能是“" PRI_STR
                    "”",
                    "an area is page:left,top,width,height in per cent, as 1:10,20.5,30,4; not"
                    " “" PRI_STR "”",
                    STR_ARG(str_sub(s, 0, 60)));
    *out = (RedactBox){(int)number, v[0], v[1], v[2], v[3]};
    return true;
}

static Str percent(Arena *a, int units)
{
    int whole = units / 100, part = units % 100;
    return part == 0        ? str_fmt(a, "%d%%", whole)
           : part % 10 == 0 ? str_fmt(a, "%d.%d%%", whole, part / 10)
                            : str_fmt(a, "%d.%02d%%", whole, part);
}

Str redact_area_words(const RedactBox *b, Arena *a)
{
    return str_fmt(a, "第%d页，左" PRI_STR "、上" PRI_STR "、宽" PRI_STR "、高" PRI_STR, b->page,
                   STR_ARG(percent(a, b->x)), STR_ARG(percent(a, b->y)), STR_ARG(percent(a, b->w)),
                   STR_ARG(percent(a, b->h)));
}

// --- the same text

// What has no width or is a space: it may stand between any two characters of the same text.
static bool is_nothing(uint32_t c)
{
    return c <= ' ' || (c >= 0x7f && c <= 0xa0) || c == 0xad || c == 0x34f || c == 0x61c ||
           c == 0x1680 || c == 0x180e || (c >= 0x2000 && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x3000 ||
           c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfff0 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

// Strokes that typesetters use for one another: 身份证号 written 1101—0101 is the same number.
static uint32_t fold_rune(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return '-';
    return c == 0x30fb || c == 0x2022 || c == 0x2027 ? 0xb7 : c;
}

static size_t utf8_put(char *s, uint32_t c)
{
    if (c < 0x80)
        return (void)(s[0] = (char)c), 1;
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        s[i] = (char)(0x80 | (c & 0x3f));
    s[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
    return n;
}

// Rune by rune, so that each byte of the result knows where it came from. What form KC would put
// together out of several runes (accents) stays apart on both sides.
Folded redact_fold(Str s, Arena *a)
{
    enum { GROWS = 18 }; // runes that one rune becomes at most under form KC
    Folded f = {0};
    struct {
        uint32_t *v;
        size_t n, cap;
    } from = {0};
    Buf b = buf_new(a, s.n * GROWS * 4 + 1);
    buf_room(&b, s.n + 1);
    size_t len, k;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len);
        Str one = c < 0x80 ? str_sub(s, i, i + len) : text_nfkc(a, str_sub(s, i, i + len));
        for (size_t j = 0; j < one.n; j += k) {
            char out[4];
            uint32_t r = str_rune(one, j, &k);
            if (is_nothing(r))
                continue;
            size_t n = utf8_put(out, fold_rune(r));
            buf_add(&b, (Str){out, n});
            for (size_t m = 0; m < n; m++)
                *PUSH(a, &from) = (uint32_t)i;
        }
    }
    *PUSH(a, &from) = (uint32_t)s.n;
    f.text = buf_str(&b);
    f.from = from.v;
    return f;
}

bool redact_holds(Str text, Str words, Arena *a)
{
    Arena scratch = *a;
    Str what = redact_fold(words, &scratch).text;
    return what.n && str_has(redact_fold(text, &scratch).text, what);
}

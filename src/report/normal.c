#include "report/normal.h"

#include "report/report.h"

// U+FF01..U+FF5E are ASCII moved up by this much.
enum { FULL_WIDTH_SHIFT = 0xfee0 };

// What a rune becomes in the normal form; 0 to drop it.
static uint32_t plain_rune(uint32_t r)
{
    if (r >= 0xff01 && r <= 0xff5e)
        return r - FULL_WIDTH_SHIFT;
    switch (r) {
    case 0x00a0: // no-break space
    case 0x2002:
    case 0x2003:
    case 0x2009:
    case 0x3000: // ideographic space
    case '\t':
    case '\r':
    case '\n':
        return ' ';
    case 0x200b: // zero width space
    case 0x200c:
    case 0x200d:
    case 0xfeff:
        return 0;
    case 0x2212: // minus sign
    case 0x2010:
    case 0x2011:
        return '-';
    case 0x2014:
    case 0x2015:
        return 0x2014;
    default:
        return r;
    }
}

// The length of a pinyin residue that begins at byte i, such as (shù) or (jù)： brackets around one
// to six Latin letters, right behind a Han character. 0 for none. Mirrored pages carry them behind
// characters whose simplified form merged two.
static size_t residue_at(Str s, size_t i)
{
    Str t = str_from(s, i);
    size_t open = str_starts(t, S("(")) ? 1 : str_starts(t, S("（")) ? 3 : 0;
    if (!open)
        return 0;
    size_t at = open, letters = 0;
    bool toned = false;
    while (at < t.n && letters <= 6) {
        size_t len;
        uint32_t r = str_rune(t, at, &len);
        if (r == ')' || r == 0xff09)
            return letters && toned ? at + len : 0;
        bool tone = (r >= 0xe0 && r <= 0xfc) || (r >= 0x100 && r <= 0x1dc);
        if (!tone && !(r >= 'a' && r <= 'z'))
            return 0;
        toned |= tone;
        letters++;
        at += len;
    }
    return 0;
}

// Whether a line can be taken as it is: no rune that plain_rune changes, no run of spaces, no
// residue.
static bool is_plain(Str s)
{
    const unsigned char *p = (const unsigned char *)s.s, *end = p + s.n;
    if (s.n && (p[0] <= ' ' || end[-1] <= ' '))
        return false;
    for (; p < end; p++) {
        unsigned char c = *p;
        if (c >= 0xe4 && c <= 0xe9) { // the Han characters, which are most of the text
            p += 2;
            continue;
        }
        if (c < ' ' || c == 0xef || c == 0xc2 || (c >= 0xc3 && c <= 0xc7))
            return false;
        if (c == ' ' && p[1] == ' ')
            return false;
        if (c == 0xe2 && (p[1] == 0x80 || p[1] == 0x88) && !(p[1] == 0x80 && p[2] >= 0x98))
            return false;
        if (c == 0xe3 && p[1] == 0x80 && p[2] == 0x80)
            return false;
        if (c >= 0xe2)
            p += 2 + (c >= 0xf0);
    }
    return true;
}

static size_t rune_put(char *out, uint32_t r)
{
    if (r < 0x80) {
        out[0] = (char)r;
        return 1;
    }
    if (r < 0x800) {
        out[0] = (char)(0xc0 | r >> 6);
        out[1] = (char)(0x80 | (r & 0x3f));
        return 2;
    }
    if (r < 0x10000) {
        out[0] = (char)(0xe0 | r >> 12);
        out[1] = (char)(0x80 | (r >> 6 & 0x3f));
        out[2] = (char)(0x80 | (r & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | r >> 18);
    out[1] = (char)(0x80 | (r >> 12 & 0x3f));
    out[2] = (char)(0x80 | (r >> 6 & 0x3f));
    out[3] = (char)(0x80 | (r & 0x3f));
    return 4;
}

static Str rewrite(Arena *a, Str raw, uint32_t *repairs)
{
    char *out = NEW(a, char, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0, len; i < raw.n; i += len) {
        unsigned char c = (unsigned char)raw.s[i];
        if (c >= 0xe4 && c <= 0xe9) { // no Han character changes here
            memcpy(out + n, raw.s + i, 3);
            n += 3;
            len = 3;
            continue;
        }
        size_t residue = n && (unsigned char)out[n - 1] >= 0x80 ? residue_at(raw, i) : 0;
        if (residue) {
            *repairs |= REPAIR_RESIDUE;
            len = residue;
            continue;
        }
        uint32_t was = str_rune(raw, i, &len), r = plain_rune(was);
        if (r >= '0' && r <= '9' && was != r)
            *repairs |= REPAIR_WIDTH;
        if (r == 0 || (r == ' ' && (n == 0 || out[n - 1] == ' ')))
            continue;
        n += rune_put(out + n, r);
    }
    while (n && out[n - 1] == ' ')
        n--;
    return (Str){out, n};
}

// Character by character. The phrases in which one character stands for two need the dictionary,
// but they are words of literature and names, not of reports; Taiwan's words are looked up
// (hanzi_simplify_as).
static Str simplify_runes(Arena *a, Str s)
{
    const uint16_t *simple = hanzi_simple_table();
    char *out = NEW(a, char, s.n + 1);
    memcpy(out, s.s, s.n);
    for (size_t i = 0; i + 2 < s.n;) {
        unsigned char c = (unsigned char)out[i];
        if (c < 0xe3 || c > 0xef) {
            i += c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
            continue;
        }
        size_t len;
        uint16_t was = (uint16_t)str_rune(s, i, &len), is = simple[was];
        if (is != was && is >= 0x800)
            rune_put(out + i, is);
        i += 3;
    }
    return (Str){out, s.n};
}

// The dictionary is slow, and few clauses hold words of Taiwan's: only those are looked up.
static Str simplify_clauses(Arena *a, Str s)
{
    Strs parts = {0};
    while (s.n) {
        size_t end = 0;
        while (end < s.n && s.s[end] != ',' && !str_starts(str_from(s, end), S("。")))
            end++;
        end += end < s.n ? (s.s[end] == ',' ? 1 : 3) : 0;
        Str clause = str_sub(s, 0, end);
        *PUSH(a, &parts) = hanzi_taiwan(clause) ? hanzi_simplify_as(a, clause, HANZI_TAIWAN)
                                                : simplify_runes(a, clause);
        s = str_from(s, end);
    }
    return str_join(a, parts.v, parts.n, S(""));
}

Str normal_text(Arena *a, Str raw, HanziKind script, uint32_t *repairs)
{
    Str s = is_plain(raw) ? raw : rewrite(a, raw, repairs);
    if (script == HANZI_SIMPLIFIED || !hanzi_traditional(s))
        return s;
    *repairs |= REPAIR_SCRIPT;
    return script == HANZI_TAIWAN && hanzi_taiwan(s) ? simplify_clauses(a, s)
                                                     : simplify_runes(a, s);
}

// --- numbering

static int han_digit(uint32_t r)
{
    static const uint32_t digits[] = {0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94,
                                      0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341};
    for (int i = 0; i < 10; i++) // 一 二 三 四 五 六 七 八 九 十
        if (digits[i] == r)
            return i + 1;
    return 0;
}

// A Chinese numeral up to 九十九 at the front; 0 for none. *len is its length in bytes.
static int han_number(Str s, size_t *len)
{
    int n = 0, digit;
    *len = 0;
    for (size_t l; *len < s.n && (digit = han_digit(str_rune(s, *len, &l))); *len += l)
        n = digit == 10 ? (n ? n * 10 : 10) : n % 10 == 0 ? n + digit : -1000;
    return n > 0 ? n : 0;
}

static int digit_number(Str s, size_t *len)
{
    int n = 0;
    for (*len = 0; *len < s.n && *len < 3 && s.s[*len] >= '0' && s.s[*len] <= '9'; ++*len)
        n = n * 10 + (s.s[*len] - '0');
    return n;
}

static bool take(Str *s, Str what)
{
    if (!str_starts(*s, what))
        return false;
    *s = str_from(*s, what.n);
    return true;
}

static bool take_comma(Str *s)
{
    return take(s, S("、")) || take(s, S(".")) || take(s, S("．")) || take(s, S(","));
}

int normal_number(Str text, Str *rest, int *style)
{
    Str s = text;
    size_t len;
    *rest = text;
    *style = NUMBER_NONE;
    while (take(&s, S(" "))) {
    }
    unsigned char c = s.n ? (unsigned char)s.s[0] : 0;
    if (c != '(' && c != 0xef && (c < 0xe4 || c > 0xe5) && (c < '0' || c > '9'))
        return 0;
    bool open = take(&s, S("(")) || take(&s, S("（"));
    while (open && take(&s, S(" "))) {
    }
    bool digit = s.n && s.s[0] >= '0' && s.s[0] <= '9';
    int n = digit ? 0 : han_number(s, &len);
    bool han = n > 0;
    if (!han)
        n = digit_number(s, &len);
    if (!n)
        return 0;
    s = str_from(s, len);
    while (open && take(&s, S(" "))) {
    }
    bool closed = take(&s, S(")")) || take(&s, S("）"));
    bool comma = take_comma(&s);
    if (open != closed && !(closed && !open && !han) && !(open && comma))
        return 0;
    if (!closed && !comma)
        return 0;
    // 3.5 or 1,234 is a number, not numbering
    if (!han && !closed && s.n && s.s[0] >= '0' && s.s[0] <= '9')
        return 0;
    *rest = s;
    *style = han      ? (closed ? NUMBER_HAN_BRACKET : NUMBER_HAN_COMMA)
             : closed ? NUMBER_DIGIT_BRACKET
                      : NUMBER_DIGIT;
    return n;
}

size_t normal_key(Str text, bool brackets, char *out, size_t max)
{
    Str s;
    int style, depth = 0;
    normal_number(text, &s, &style);
    size_t n = 0;
    for (size_t i = 0, len; i < s.n; i += len) {
        unsigned char c = (unsigned char)s.s[i];
        len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        if (c == '(') {
            depth++;
        } else if (c == ')') {
            depth -= depth > 0;
        } else if (c >= 0xe4 && c <= 0xe9 && i + 3 <= s.n && (brackets || depth == 0)) {
            if (n + 3 > max)
                return 0;
            memcpy(out + n, s.s + i, 3);
            n += 3;
        }
    }
    return n;
}

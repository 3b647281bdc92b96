#include "base/text.h"

#include "base/hanzi.h"

#include <limits.h>
#include <pthread.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

// --- UTF-8

// Eight ASCII bytes other than NUL at once: none has its high bit, and none becomes negative when
// one is taken from each.
static bool plain8(const unsigned char *p)
{
    uint64_t w;
    memcpy(&w, p, 8);
    return ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) == 0;
}

static bool tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

// The length of the valid character at p, which has `left` > 0 bytes; 0 where it is not valid.
// Ranges as in Unicode's table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
static size_t valid_char(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    if (c < 0x80)
        return c != 0;
    if (c < 0xc2 || c > 0xf4 || left < 2 || !tail(p[1]))
        return 0;
    if (c < 0xe0)
        return 2;
    if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f) || (c == 0xf0 && p[1] < 0x90) ||
        (c == 0xf4 && p[1] > 0x8f) || left < 3 || !tail(p[2]))
        return 0;
    if (c < 0xf0)
        return 3;
    return left < 4 || !tail(p[3]) ? 0 : 4;
}

size_t text_valid(Str s)
{
    const unsigned char *p = (const unsigned char *)s.s;
    size_t i = 0, n;
    while (i < s.n) {
        if (p[i] < 0x80) {
            while (i + 8 <= s.n && plain8(p + i))
                i += 8;
            while (i < s.n && p[i] < 0x80) {
                if (!p[i])
                    return i;
                i++;
                if (i + 8 <= s.n && plain8(p + i))
                    break;
            }
            continue;
        }
        // Almost all Chinese characters: lead E4 to E9, where every pair of tails is valid.
        while (i + 3 <= s.n && p[i] >= 0xe4 && p[i] <= 0xe9 &&
               ((p[i + 1] ^ 0x80) | (p[i + 2] ^ 0x80)) < 0x40)
            i += 3;
        if (i < s.n && p[i] >= 0x80) {
            if (!(n = valid_char(p + i, s.n - i)))
                return i;
            i += n;
        }
    }
    return i;
}

// C0 and C1, and the marks that set a direction (Unicode TR 9, 2.1 to 2.6) or end a line.
static bool steers(uint32_t c)
{
    return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f || c == 0x61c ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void shown_part(Buf *b, Str s)
{
    size_t done = 0, len;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len);
        if (!steers(c))
            continue;
        buf_add(b, str_sub(s, done, i));
        buf_add(b, c == '\n' || c == '\r' || c == '\t' ? S(" ") : S("\uFFFD"));
        done = i + len;
    }
    buf_add(b, str_from(s, done));
}

void text_shown(Buf *b, Str s)
{
    while (s.n) {
        size_t valid = text_valid(s);
        shown_part(b, str_sub(s, 0, valid));
        if (valid < s.n)
            buf_add(b, S("\uFFFD"));
        s = str_from(s, valid + 1);
    }
}

// --- ICU

static UConverter *open_converter(const char *name)
{
    UErrorCode e = U_ZERO_ERROR;
    UConverter *cv = ucnv_open(name, &e);
    if (U_FAILURE(e))
        return NULL;
    ucnv_setToUCallBack(cv, UCNV_TO_U_CALLBACK_SUBSTITUTE, NULL, NULL, NULL, &e);
    return cv;
}

typedef struct Wide { // UTF-16
    UChar *v;
    size_t n;
} Wide;

// What `cv` makes of the bytes. NUL and SUB, which stand for what it could not read, become U+FFFD.
static Wide decode(UConverter *cv, Str bytes, Arena *a)
{
    size_t cap = bytes.n * 2 + 16; // no encoding here makes more units than two a byte
    Wide w = {NEW(a, UChar, cap), 0};
    UErrorCode e = U_ZERO_ERROR;
    ucnv_reset(cv);
    int32_t n = ucnv_toUChars(cv, w.v, (int32_t)cap, bytes.s, (int32_t)bytes.n, &e);
    if (U_FAILURE(e))
        return w;
    w.n = (size_t)n;
    for (size_t i = 0; i < w.n; i++)
        if (w.v[i] == 0 || w.v[i] == 0x1a)
            w.v[i] = 0xfffd;
    return w;
}

static Str to_utf8(Wide w, Arena *a)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = 0;
    size_t cap = w.n * 3 + 1;
    char *s = NEW(a, char, cap);
    u_strToUTF8WithSub(s, (int32_t)cap, &n, w.v, (int32_t)w.n, 0xfffd, NULL, &e);
    return (Str){s, U_FAILURE(e) ? 0 : (size_t)n};
}

// --- which encoding

typedef struct Mark {
    Str bytes;
    const char *name;
} Mark;

static const Mark marks[] = {
    // UTF-32LE begins as UTF-16LE does, so it is asked first
    {SI("\xff\xfe\0\0"), "utf-32le"}, {SI("\0\0\xfe\xff"), "utf-32be"},
    {SI("\xef\xbb\xbf"), "utf-8"},    {SI("\xff\xfe"), "utf-16le"},
    {SI("\xfe\xff"), "utf-16be"},
};

static const Str candidates[] = {SI("utf-8"), SI("gb18030"), SI("big5"), SI("utf-16le"),
                                 SI("utf-16be")};

// All are read as GB 18030, which holds the older two.
static const Str gb_names[] = {SI("gb2312"),    SI("gbk"),   SI("gb_2312-80"), SI("x-gbk"),
                               SI("gb2312-80"), SI("cp936"), SI("gb-18030"),   SI("euc-cn")};

// The characters most used in Chinese prose and in reports; Traditional text is looked up by its
// Simplified forms.
static const Str common = SI(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真"
    "务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段"
    "研界拉林律且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响"
    "约支般史感劳便团往酸历市克何除消构府称太准精值号率维划选标写存候亲快效斯院查江型按格养易置派"
    "层片始却专状育厂京识适属圆包住调满县局照参红细引听该铁价申请政府信息公开依予答复行处罚诉讼议"
    "镇街村城乡办监督收费项监审环境卫健财税教育旅游应急住房");

static struct {
    pthread_once_t once;
    uint8_t common[0x10000 / 8];
} chinese = {.once = PTHREAD_ONCE_INIT};

static void learn_common(void)
{
    size_t len;
    for (size_t i = 0; i < common.n; i += len) {
        uint32_t c = str_rune(common, i, &len);
        chinese.common[c >> 3] |= (uint8_t)(1 << (c & 7));
    }
}

// How much like text a UTF-16 unit is.
static int likeness(UChar c, const uint16_t *simple)
{
    UChar s = simple[c];
    if (chinese.common[s >> 3] >> (s & 7) & 1)
        return 3;
    if (c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f))
        return 1;
    if ((c >= 0x3000 && c < 0x3020) || (c >= 0xff01 && c < 0xff5f) || (c >= 0x2010 && c < 0x2030))
        return 1;
    if (c >= 0x4e00 && c < 0xa000)
        return 0;
    if (c < 0x20 || c == 0xfffd || (c >= 0x7f && c < 0xa0))
        return -5;
    return c >= 0xe000 && c < 0xf900 ? -3 : -1;
}

static long score(Str sample, const char *name, Arena scratch)
{
    UConverter *cv = open_converter(name);
    if (!cv)
        return LONG_MIN;
    Wide w = decode(cv, sample, &scratch);
    ucnv_close(cv);
    const uint16_t *simple = hanzi_simple_table();
    long sum = 0;
    for (size_t i = 0; i < w.n; i++)
        sum += likeness(w.v[i], simple);
    return sum;
}

// 64 KB from the first byte that is not plain ASCII, at an even place so that UTF-16 stays whole.
// Cut at the end within a character costs every candidate the same.
static Str sample_of(Str bytes)
{
    size_t at = 0;
    while (at < bytes.n && (unsigned char)bytes.s[at] < 0x80 && bytes.s[at])
        at++;
    at &= ~(size_t)1;
    return str_sub(bytes, at, at + (64 << 10));
}

static Str lower(Arena *a, Str s)
{
    Str z = str_dup(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] >= 'A' && s.s[i] <= 'Z')
            ((char *)z.s)[i] = (char)(s.s[i] + 32);
    return z;
}

// The declaration in our words, ended by NUL; empty where it says nothing we could use.
static Str declared_name(Arena *a, Str declared)
{
    Str name = lower(a, str_trim(declared));
    for (size_t i = 0; i < sizeof gb_names / sizeof *gb_names; i++)
        if (str_eq(name, gb_names[i]))
            return S("gb18030");
    if (name.n > 40 || str_eq(name, S("utf8")))
        return S("");
    return name;
}

static Str choose(Str bytes, Str declared, Arena *a)
{
    pthread_once(&chinese.once, learn_common);
    Str sample = sample_of(bytes), best = candidates[0];
    long best_score = LONG_MIN;
    if (declared.n) {
        best_score = score(sample, declared.s, *a);
        if (best_score != LONG_MIN) {
            best = declared;
            best_score += labs(best_score) / 8; // a declaration is worth something, not all
        }
    }
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        long n = score(sample, candidates[i].s, *a);
        if (n > best_score) {
            best_score = n;
            best = candidates[i];
        }
    }
    return best;
}

// Whether valid UTF-8 may be taken for it at once. Short text in GBK can be valid UTF-8 by chance
// (目录 is C4 BF C2 BC), but then it is made of two-byte characters only.
static bool surely_utf8(Str s)
{
    bool wide = false;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.s[i] >= 0xe0)
            return true;
        wide |= (unsigned char)s.s[i] >= 0x80;
    }
    return !wide;
}

bool text_decode(Str bytes, Str declared_charset, Arena *a, Str *utf8, Str *encoding, Err *err)
{
    if (bytes.n > TEXT_MAX_BYTES)
        return fail(err, ERR_LIMIT, NULL, "文本有 %zu 兆字节，超过 %d 兆的上限。",
                    "The text has %zu MB, more than the limit of %d MB.", bytes.n >> 20,
                    TEXT_MAX_BYTES >> 20);
    Str name = S("");
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !name.n; i++)
        if (str_starts(bytes, marks[i].bytes)) {
            name = str_z(marks[i].name);
            bytes = str_from(bytes, marks[i].bytes.n);
        }
    bool maybe_utf8 = !name.n || str_eq(name, S("utf-8"));
    if (maybe_utf8 && text_valid(bytes) == bytes.n && (name.n || surely_utf8(bytes))) {
        *utf8 = bytes;
        *encoding = S("utf-8");
        return true;
    }
    if (!name.n)
        name = choose(bytes, declared_name(a, declared_charset), a);
    UConverter *cv = open_converter(name.s);
    if (!cv)
        return fail(err, ERR_SYSTEM, name.s, "系统缺少字符编码数据（ICU）。",
                    "The system's encoding data (ICU) is missing.");
    Arena scratch = *a;
    size_t room = bytes.n * 3 + 16; // the result, made first so that the UTF-16 may go
    char *out = NEW(&scratch, char, room);
    Arena behind = scratch;
    Str s = to_utf8(decode(cv, bytes, &behind), &behind);
    ucnv_close(cv);
    if (s.n > room)
        s.n = room;
    memcpy(out, s.s, s.n);
    *a = scratch;
    *utf8 = (Str){out, s.n};
    *encoding = name;
    return true;
}

bool text_encode(Str utf8, const char *encoding, Arena *a, Str *bytes)
{
    UErrorCode e = U_ZERO_ERROR;
    UConverter *cv = ucnv_open(encoding, &e);
    if (U_FAILURE(e))
        return false;
    int32_t n = 0;
    UChar *w = NEW(a, UChar, utf8.n + 1);
    u_strFromUTF8WithSub(w, (int32_t)utf8.n + 1, &n, utf8.s, (int32_t)utf8.n, 0xfffd, NULL, &e);
    size_t cap = (size_t)UCNV_GET_MAX_BYTES_FOR_STRING(n, ucnv_getMaxCharSize(cv)) + 4;
    char *out = NEW(a, char, cap);
    int32_t len = ucnv_fromUChars(cv, out, (int32_t)cap, w, n, &e);
    ucnv_close(cv);
    *bytes = (Str){out, U_FAILURE(e) ? 0 : (size_t)len};
    return U_SUCCESS(e);
}

// --- normalisation form KC

// What becomes of a character of the BMP. Chinese text is full of ，：（） that change on their
// own, so those are looked up; only text with combining characters goes through ICU.
enum { KC_SAME, KC_MAPPED, KC_ASK };

static struct {
    pthread_once_t once;
    const UNormalizer2 *icu;
    uint8_t class[0x10000];
    uint32_t mapped[0x10000]; // offset into pool, length in the low byte
    char pool[1 << 17];
    size_t used;
} kc = {.once = PTHREAD_ONCE_INIT};

static void learn_kc_of(UChar c)
{
    UChar to[32];
    char *at = kc.pool + kc.used;
    int32_t n = 0, len = 0;
    UErrorCode e = U_ZERO_ERROR;
    n = unorm2_normalize(kc.icu, &c, 1, to, 32, &e);
    u_strToUTF8(at, (int32_t)(sizeof kc.pool - kc.used), &len, to, n, &e);
    if (U_FAILURE(e) || len > 255 || !unorm2_hasBoundaryBefore(kc.icu, c) ||
        !unorm2_hasBoundaryAfter(kc.icu, c)) {
        kc.class[c] = KC_ASK;
        return;
    }
    kc.class[c] = KC_MAPPED;
    kc.mapped[c] = (uint32_t)(kc.used << 8) | (uint32_t)len;
    kc.used += (size_t)len;
}

static void learn_kc(void)
{
    UErrorCode e = U_ZERO_ERROR;
    kc.icu = unorm2_getNFKCInstance(&e);
    for (uint32_t c = 1; U_SUCCESS(e) && c < 0x10000; c++)
        if (!unorm2_isInert(kc.icu, (UChar32)c) && !U16_IS_SURROGATE(c))
            learn_kc_of((UChar)c);
}

static Str nfkc_by_icu(Arena *a, Str s)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = 0;
    size_t cap = s.n * 6 + 64; // a unit grows to at most 18; such are rare, and then s is kept
    UChar *from = NEW(a, UChar, s.n + 1), *to = NEW(a, UChar, cap);
    u_strFromUTF8WithSub(from, (int32_t)s.n + 1, &n, s.s, (int32_t)s.n, 0xfffd, NULL, &e);
    n = unorm2_normalize(kc.icu, from, n, to, (int32_t)cap, &e);
    return U_FAILURE(e) ? s : to_utf8((Wide){to, (size_t)n}, a);
}

static unsigned kc_class(uint32_t c)
{
    if (c < 0x10000)
        return kc.class[c];
    return unorm2_isInert(kc.icu, (UChar32)c) ? KC_SAME : KC_ASK;
}

// Whether any character changes, and whether one needs ICU.
static unsigned kc_worst(Str s)
{
    unsigned worst = KC_SAME;
    size_t len;
    for (size_t i = 0; i < s.n && worst != KC_ASK; i += len) {
        len = 1;
        if ((unsigned char)s.s[i] < 0x80)
            continue;
        unsigned class = kc_class(str_rune(s, i, &len));
        worst = class > worst ? class : worst;
    }
    return worst;
}

Str text_nfkc(Arena *a, Str s)
{
    pthread_once(&kc.once, learn_kc);
    unsigned worst = kc.icu ? kc_worst(s) : KC_SAME;
    if (worst == KC_SAME)
        return s;
    if (worst == KC_ASK)
        return nfkc_by_icu(a, s);
    Buf out = buf_new(a, s.n * 18 + 16);
    buf_room(&out, s.n); // what is full-width only shrinks
    size_t done = 0, len;
    for (size_t i = 0; i < s.n; i += len) {
        len = 1;
        if ((unsigned char)s.s[i] < 0x80)
            continue;
        uint32_t c = str_rune(s, i, &len);
        if (c > 0xffff || kc.class[c] == KC_SAME)
            continue;
        buf_add(&out, str_sub(s, done, i));
        buf_add(&out, (Str){kc.pool + (kc.mapped[c] >> 8), kc.mapped[c] & 0xff});
        done = i + len;
    }
    buf_add(&out, str_from(s, done));
    return buf_str(&out);
}

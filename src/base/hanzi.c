#include "base/hanzi.h"

#include "base/buf.h"

#include <opencc/opencc.h>
#include <pthread.h>

// --- Taiwan's words
//
// Ours and not OpenCC's own reversal (tw2sp), because that also rewrites words that both sides
// use: 執行 becomes 运行, 建立 becomes 创建, 查詢 becomes 查找, 審核 becomes 稽核, 檔案館 becomes
// 文件馆. Characters are OpenCC's job, words are this table's.

typedef struct Word {
    Str taiwan;     // in Traditional
    Str simplified; // the same word after its characters are converted
    Str mainland;
    uint8_t tells; // which spelling shows a text to have Taiwan's words
} Word;

enum { TELLS_NO, TELLS_TRADITIONAL, TELLS_BOTH };

// clang-format off
// Longer words before shorter ones that they begin with.
static const Word words[] = {
    // Taiwan            characters only     mainland         tells
    {SI("規範性檔案"),   SI("规范性档案"),   SI("规范性文件"), TELLS_BOTH},
    {SI("檔案"),         SI("档案"),         SI("文件"),       TELLS_NO}, // but see is_archive
    {SI("網際網路"),     SI("网际网路"),     SI("互联网"),     TELLS_BOTH},
    {SI("網路"),         SI("网路"),         SI("网络"),       TELLS_TRADITIONAL},
    {SI("資訊"),         SI("资讯"),         SI("信息"),       TELLS_TRADITIONAL},
    {SI("資料庫"),       SI("资料库"),       SI("数据库"),     TELLS_TRADITIONAL},
    {SI("最佳化"),       SI("最佳化"),       SI("优化"),       TELLS_BOTH},
    {SI("小程式"),       SI("小程式"),       SI("小程序"),     TELLS_BOTH},
    {SI("程式碼"),       SI("程式码"),       SI("代码"),       TELLS_BOTH},
    {SI("程式"),         SI("程式"),         SI("程序"),       TELLS_NO},
    {SI("軟體"),         SI("软体"),         SI("软件"),       TELLS_TRADITIONAL},
    {SI("硬體"),         SI("硬体"),         SI("硬件"),       TELLS_TRADITIONAL},
    {SI("硬碟"),         SI("硬碟"),         SI("硬盘"),       TELLS_BOTH},
    {SI("記憶體"),       SI("记忆体"),       SI("内存"),       TELLS_BOTH},
    {SI("伺服器"),       SI("伺服器"),       SI("服务器"),     TELLS_BOTH},
    {SI("使用者"),       SI("使用者"),       SI("用户"),       TELLS_NO},
    {SI("套用"),         SI("套用"),         SI("应用"),       TELLS_NO},
    {SI("連結"),         SI("连结"),         SI("链接"),       TELLS_NO},
    {SI("專案"),         SI("专案"),         SI("项目"),       TELLS_NO},
    {SI("透過"),         SI("透过"),         SI("通过"),       TELLS_NO},
    {SI("列印"),         SI("列印"),         SI("打印"),       TELLS_NO},
    {SI("登入"),         SI("登入"),         SI("登录"),       TELLS_NO},
    {SI("搜尋"),         SI("搜寻"),         SI("搜索"),       TELLS_NO},
    {SI("線上"),         SI("线上"),         SI("在线"),       TELLS_NO},
    {SI("簡訊"),         SI("简讯"),         SI("短信"),       TELLS_NO},
    {SI("介面"),         SI("介面"),         SI("界面"),       TELLS_NO},
    {SI("解析度"),       SI("解析度"),       SI("分辨率"),     TELLS_NO},
    {SI("人工智慧"),     SI("人工智慧"),     SI("人工智能"),   TELLS_BOTH},
    {SI("回覆"),         SI("回覆"),         SI("回复"),       TELLS_NO},
    {SI("批覆"),         SI("批覆"),         SI("批复"),       TELLS_NO},
};
// What makes 档案 an archive and not a document, behind it and before it.
static const Str archive_behind[] = {
    SI("馆"), SI("局"), SI("室"), SI("法"), SI("管理"), SI("工作"), SI("资料"), SI("材料"),
    SI("盒"), SI("柜"), SI("事业"), SI("部门"), SI("信息"), SI("资讯"), SI("移交"), SI("利用"),
};
static const Str archive_before[] = {
    SI("国家"), SI("综合"), SI("历史"), SI("人事"), SI("学籍"), SI("诚信"), SI("信用"),
    SI("健康"), SI("城建"), SI("图书"), SI("归"), SI("建"),
};
// Characters that OpenCC turns into others although Simplified text has them too (all are in
// GB 2312): 乾县, 宫商角徵羽, 麴町. 後 and 於 are in GB 2312 as well, but nobody writes them.
static const Str also_simplified = SI("乾吒夥徵捱摺榘甯菸薹醣麴麽");
// Characters about which OpenCC's phrases say something else than its table does: 瞭解 and 瞭望,
// 乾淨 and 乾縣. 於 is left out: its phrases are surnames and old books, and it stands everywhere.
static const Str in_phrases = SI("坏鍊瞭乾么麼麽噁傢俱覆藉鍾吒徵彷佛沈牴祇畫薹衹鉅幺昇著");
// clang-format on

#define COUNT(v) (sizeof(v) / sizeof *(v))

// --- what is built once

enum {
    IS_TRADITIONAL = 1,
    STARTS_WORD = 2, // the first character of a word of the table
    TELLS_FIRST = 4, // the first two of one that tells
    TELLS_SECOND = 8,
    IN_PHRASES = 16, // what it becomes depends on its neighbours
};

static struct {
    pthread_once_t once;
    opencc_t t2s, s2t; // NULL where the dictionaries are missing
    uint16_t simple[0x10000];
    uint8_t classes[0x10000];
} dict = {.once = PTHREAD_ONCE_INIT};

static opencc_t opened(const char *config)
{
    opencc_t cc = opencc_open(config);
    return cc == (opencc_t)-1 ? NULL : cc;
}

static size_t put_rune(char *p, uint32_t c) // BMP, three bytes
{
    p[0] = (char)(0xe0 | c >> 12);
    p[1] = (char)(0x80 | (c >> 6 & 0x3f));
    p[2] = (char)(0x80 | (c & 0x3f));
    return 3;
}

// Asks the dictionary for every character from `from` up to `to`, each on a line so that no two
// make a word.
static void learn_range(uint32_t from, uint32_t to)
{
    Arena a = arena_new(1 << 20);
    char *all = NEW(&a, char, (to - from) * 4), *p = all;
    for (uint32_t c = from; c < to; c++) {
        p += put_rune(p, c);
        *p++ = '\n';
    }
    char *out = opencc_convert_utf8(dict.t2s, all, (size_t)(p - all));
    Str line, rest = str_z(out);
    for (uint32_t c = from; c < to && rest.n; c++) {
        str_cut(rest, S("\n"), &line, &rest);
        size_t len = 0;
        uint32_t rune = line.n ? str_rune(line, 0, &len) : 0;
        if (rune >= 0x10000) // does not fit the table
            dict.classes[c] |= IN_PHRASES | IS_TRADITIONAL;
        else if (rune && len == line.n && rune != c) {
            dict.simple[c] = (uint16_t)rune;
            dict.classes[c] |= IS_TRADITIONAL;
        }
    }
    opencc_convert_utf8_free(out);
    arena_free(&a);
}

static void learn_word(Str word, bool tells)
{
    size_t first, second;
    uint8_t *at = &dict.classes[str_rune(word, 0, &first)];
    *at |= (uint8_t)(STARTS_WORD | (tells ? TELLS_FIRST : 0));
    if (tells)
        dict.classes[str_rune(word, first, &second)] |= TELLS_SECOND;
}

static void learn(void)
{
    for (uint32_t c = 0; c < 0x10000; c++)
        dict.simple[c] = (uint16_t)c;
    dict.t2s = opened("t2s.json");
    dict.s2t = opened("s2tw.json");
    if (dict.t2s) {
        learn_range(0x3400, 0x4dc0);
        learn_range(0x4e00, 0xa000);
        learn_range(0xf900, 0xfb00);
    }
    size_t len;
    for (size_t i = 0; i < also_simplified.n; i += len)
        dict.classes[str_rune(also_simplified, i, &len)] &= (uint8_t)~IS_TRADITIONAL;
    for (size_t i = 0; i < in_phrases.n; i += len)
        dict.classes[str_rune(in_phrases, i, &len)] |= IN_PHRASES;
    for (size_t i = 0; i < COUNT(words); i++) {
        learn_word(words[i].taiwan, words[i].tells >= TELLS_TRADITIONAL);
        learn_word(words[i].simplified, words[i].tells == TELLS_BOTH);
    }
}

static void ready(void)
{
    pthread_once(&dict.once, learn);
}

const uint16_t *hanzi_simple_table(void)
{
    ready();
    return dict.simple;
}

uint16_t hanzi_simple_rune(uint32_t rune)
{
    ready();
    return rune < 0x10000 ? dict.simple[rune] : 0;
}

// --- telling the kinds apart

static bool tells_taiwan(Str s, size_t at)
{
    Str here = str_from(s, at);
    for (size_t i = 0; i < COUNT(words); i++)
        if ((words[i].tells >= TELLS_TRADITIONAL && str_starts(here, words[i].taiwan)) ||
            (words[i].tells == TELLS_BOTH && str_starts(here, words[i].simplified)))
            return true;
    return false;
}

// Whether the character at byte i is the second of a word that tells: cheap, and mostly not so.
static bool tells_on(Str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.s + i;
    return i + 3 <= s.n && p[0] >= 0xe3 && p[0] <= 0xef &&
           dict.classes[(p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f)] & TELLS_SECOND;
}

typedef struct Census {
    size_t hanzi, traditional, phrases;
    bool taiwan;
} Census;

// Counts until one character of the classes in `stop` is found, or to the end.
static Census count(Str s, unsigned stop)
{
    ready();
    Census c = {0};
    const unsigned char *p = (const unsigned char *)s.s;
    for (size_t i = 0; i + 3 <= s.n;) {
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        if (p[i] < 0xe3 || p[i] > 0xef) { // no ideographs
            i += p[i] < 0xe0 ? 2 : p[i] < 0xf0 ? 3 : 4;
            continue;
        }
        uint32_t rune =
            (uint32_t)(p[i] & 0x0f) << 12 | (uint32_t)(p[i + 1] & 0x3f) << 6 | (p[i + 2] & 0x3f);
        unsigned class = dict.classes[rune];
        c.hanzi++;
        if (__builtin_expect(class, 0)) {
            c.traditional += class & IS_TRADITIONAL;
            c.phrases += (class & IN_PHRASES) != 0;
            if (class & TELLS_FIRST && !c.taiwan && tells_on(s, i + 3) && tells_taiwan(s, i))
                c.taiwan = true;
            if ((stop & IS_TRADITIONAL && c.traditional) || (stop & TELLS_FIRST && c.taiwan) ||
                (stop & IN_PHRASES && c.phrases))
                break;
        }
        i += 3;
    }
    return c;
}

bool hanzi_traditional(Str s)
{
    return count(s, IS_TRADITIONAL).traditional > 0;
}

bool hanzi_taiwan(Str s)
{
    return count(s, TELLS_FIRST).taiwan;
}

// A name or a quotation in Traditional does not make a Simplified document Traditional; one
// character in a hundred does (in Traditional text it is about one in three).
HanziKind hanzi_kind(Str text)
{
    Census c = count(text, 0);
    if (c.taiwan)
        return HANZI_TAIWAN;
    return c.traditional * 100 > c.hanzi ? HANZI_TRADITIONAL : HANZI_SIMPLIFIED;
}

// --- converting

static Str convert(Arena *a, opencc_t cc, Str s)
{
    char *out = cc ? opencc_convert_utf8(cc, s.s, s.n) : NULL;
    if (!out)
        return s;
    Str got = str_z(out);
    got = str_eq(got, s) ? s : str_dup(a, got);
    opencc_convert_utf8_free(out);
    return got;
}

// Characters only, each by itself: most text, and some hundred times faster than by words.
static Str by_table(Arena *a, Str s)
{
    char *out = NEW(a, char, s.n + 1);
    const unsigned char *p = (const unsigned char *)s.s;
    for (size_t i = 0; i < s.n;) {
        if (p[i] < 0xe3 || p[i] > 0xef) {
            out[i] = s.s[i];
            i++;
            continue;
        }
        put_rune(out + i,
                 dict.simple[(p[i] & 0x0f) << 12 | (p[i + 1] & 0x3f) << 6 | (p[i + 2] & 0x3f)]);
        i += 3;
    }
    return (Str){out, s.n};
}

// OpenCC is asked where a character stands that phrases decide about.
static Str simple_characters(Arena *a, Str s)
{
    if (!dict.t2s || count(s, IN_PHRASES).phrases)
        return convert(a, dict.t2s, s);
    return by_table(a, s);
}

static bool is_archive(Str before, Str behind)
{
    for (size_t i = 0; i < COUNT(archive_behind); i++)
        if (str_starts(behind, archive_behind[i]))
            return true;
    for (size_t i = 0; i < COUNT(archive_before); i++)
        if (str_ends(before, archive_before[i]))
            return true;
    return false;
}

static const Word *word_at(Str s, size_t at)
{
    Str here = str_from(s, at);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(here, words[i].simplified)) {
            bool keep = str_eq(words[i].simplified, S("档案")) &&
                        is_archive(str_sub(s, 0, at), str_from(here, words[i].simplified.n));
            return keep ? NULL : &words[i];
        }
    return NULL;
}

static Str mainland_words(Arena *a, Str s)
{
    Buf out = buf_new(a, s.n * 2 + 1);
    size_t done = 0, len;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t rune = str_rune(s, i, &len);
        const Word *w = rune < 0x10000 && dict.classes[rune] & STARTS_WORD ? word_at(s, i) : NULL;
        if (!w)
            continue;
        len = w->simplified.n;
        buf_add(&out, str_sub(s, done, i));
        buf_add(&out, w->mainland);
        done = i + len;
    }
    if (!done)
        return s;
    buf_add(&out, str_from(s, done));
    return buf_str(&out);
}

Str hanzi_simplify_as(Arena *a, Str s, HanziKind kind)
{
    if (kind == HANZI_SIMPLIFIED || !s.n)
        return s;
    if (count(s, IS_TRADITIONAL).traditional)
        s = simple_characters(a, s);
    return kind == HANZI_TAIWAN ? mainland_words(a, s) : s;
}

Str hanzi_simplify(Arena *a, Str s)
{
    Census c = count(s, 0);
    return hanzi_simplify_as(a, s,
                             c.taiwan        ? HANZI_TAIWAN
                             : c.traditional ? HANZI_TRADITIONAL
                                             : HANZI_SIMPLIFIED);
}

Str hanzi_traditionalise(Arena *a, Str s)
{
    ready();
    return s.n ? convert(a, dict.s2t, s) : s;
}

// Whether the page can be trusted as the organ's own: words pushed in by attackers, broken text,
// what a template or a former year left behind. Every paragraph is scanned once.
#include "report/check.h"

#include "report/trust_words.h"
#include "report/words.h"

#include <pthread.h>

enum {
    MAX_HITS = 40, // told in one finding
    QUOTE_RUNES = 80,
    SHOWN_WORDS = 6,
    MAX_FRAMES_SEEN = 400,
};

typedef struct Hit {
    Str word;
    Result result;
    uint32_t para;
    size_t at;
} Hit;

typedef struct Hits {
    Hit v[MAX_HITS];
    size_t n, all;
} Hits;

// What stands where a fixed phrase has one word: 政府[信息]公开.
typedef struct Framed {
    Str text;
    uint8_t frame;
    uint32_t para;
    size_t at;
} Framed;

// What the sentence at hand holds, until it ends.
typedef struct Suspicion {
    Str strong[8];
    size_t strong_at[8];
    size_t n_strong;
    uint32_t weak_words[TRUST_UNFILLED + 1]; // how many different weak words of each class
    Str weak;
    size_t weak_at;
    bool guard;
    size_t underscores; // between words, as in titles made for search engines
    size_t underscore_at;
} Suspicion;

typedef struct Scan {
    Checking *c;
    uint32_t para;
    Str text;
    Hits injected, garbled, unfilled, dates, links, years;
    size_t year_right;
    Str this_year; // "2023年"
    Framed *framed;
    size_t n_framed, right_in_frame[8];
    Suspicion now;
    size_t sentence_at;
} Scan;

static void hit_add(Hits *h, Str word, Result result, const Scan *s, size_t at)
{
    h->all++;
    if (h->n < MAX_HITS)
        h->v[h->n++] = (Hit){word, result, s->para, at};
}

// --- words that are not the organ's
// ------------------------------------------------------------------------------

static void frames_take(Scan *s, size_t at);

static void word_take(Scan *s, const TrustWord *w, size_t at)
{
    Suspicion *now = &s->now;
    if (w->class == TRUST_HARMLESS)
        return;
    if (w->class == TRUST_FRAME) {
        frames_take(s, at);
        return;
    }
    if (w->class == TRUST_GUARD) {
        now->guard = true;
        return;
    }
    if (w->class == TRUST_GARBLED || w->class == TRUST_UNFILLED) {
        hit_add(w->class == TRUST_GARBLED ? &s->garbled : &s->unfilled, w->text, RESULT_FAIL, s,
                at);
        return;
    }
    if (w->weight == WEIGHT_BRAND) {
        hit_add(&s->injected, w->text, RESULT_FAIL, s, at);
        return;
    }
    if (w->weight == WEIGHT_STRONG && now->n_strong < 8) {
        now->strong_at[now->n_strong] = at;
        now->strong[now->n_strong++] = w->text;
    }
    if (w->weight == WEIGHT_WEAK && !str_eq(now->weak, w->text)) {
        now->weak_words[w->class]++;
        now->weak = w->text;
        now->weak_at = at;
    }
}

static bool many_weak(const Suspicion *now)
{
    for (size_t i = 0; i <= TRUST_UNFILLED; i++)
        if (now->weak_words[i] >= 3)
            return true;
    return false;
}

static void sentence_end(Scan *s)
{
    Suspicion *now = &s->now;
    bool chain = now->underscores >= 2; // 甲_乙_丙
    for (size_t i = 0; i < now->n_strong; i++)
        if (!now->guard || chain)
            hit_add(&s->injected, now->strong[i], RESULT_FAIL, s, now->strong_at[i]);
    if (now->weak.n && !now->guard && (chain || many_weak(now)))
        hit_add(&s->injected, now->weak, chain ? RESULT_FAIL : RESULT_DOUBTFUL, s, now->weak_at);
    else if (chain && !now->n_strong)
        hit_add(&s->injected, S("_"), RESULT_DOUBTFUL, s, now->underscore_at);
    *now = (Suspicion){0};
}

// --- runs of Latin letters and digits
// ------------------------------------------------------------------------------

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool letter(char c)
{
    c = small(c);
    return c >= 'a' && c <= 'z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool run_has(Str run, Str word)
{
    for (size_t i = 0; i + word.n <= run.n; i++) {
        size_t k = 0;
        while (k < word.n && small(run.s[i + k]) == word.s[k])
            k++;
        if (k == word.n)
            return true;
    }
    return false;
}

// bet behind a figure, or before one at the beginning: 365bet, bet9; not alphabet2.
static bool run_bets(Str run)
{
    for (size_t i = 0; i + 3 <= run.n; i++)
        if (small(run.s[i]) == 'b' && small(run.s[i + 1]) == 'e' && small(run.s[i + 2]) == 't' &&
            (i > 0 ? digit(run.s[i - 1]) : run.n > 3 && digit(run.s[3])))
            return true;
    return false;
}

static void latin_take(Scan *s, Str run, size_t at)
{
    bool letters = false;
    for (size_t i = 0; i < run.n && !letters; i++)
        letters = letter(run.s[i]);
    if (!letters || run.n < 4 || run.n > 40)
        return;
    bool hit = run_bets(run);
    for (size_t i = 0; i < n_trust_latin && !hit; i++)
        hit = run_has(run, trust_latin[i]);
    if (hit)
        hit_add(&s->injected, run, RESULT_FAIL, s, at);
}

// --- addresses of sites
// --------------------------------------------------------------------------------------------

static bool domain_known(Str d)
{
    static const Str ends[] = {SI("gov.cn"), SI("gov"),       SI("edu.cn"), SI("org.cn"),
                               SI("mil.cn"), SI("weibo.com"), SI("qq.com"), SI("people.com.cn"),
                               SI("12345"),  SI("政务"),      SI("com.cn"), SI("com"),
                               SI("net.cn"), SI("net")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(d, ends[i]))
            return true;
    return false;
}

// 政府……网站（foo.cn）: the address of a government's site that is not under gov.cn. Only short
// names directly under .cn and the like are doubted; many small organs use a commercial address.
static void domain_take(Scan *s, size_t at, size_t end)
{
    Str d = str_sub(s->text, at, end);
    if (str_find(d, S(".")) <= 0 || str_has(d, S("@")) || domain_known(d))
        return;
    Str last = str_from(d, (size_t)str_find_last(d, S(".")) + 1);
    if (last.n < 2 || last.n > 4 || !letter(last.s[0]) || !letter(last.s[1]))
        return;
    static const Str files[] = {SI("pdf"), SI("doc"),  SI("docx"), SI("xls"), SI("xlsx"),
                                SI("htm"), SI("html"), SI("jsp"),  SI("wps"), SI("ofd"),
                                SI("zip"), SI("rar"),  SI("jpg"),  SI("png"), SI("txt")};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (str_eq(last, files[i]))
            return;
    Str before = str_sub(s->text, at > 90 ? at - 90 : 0, at);
    ptrdiff_t site = str_find_last(before, S("网站"));
    if (site == STR_NONE || before.n - (size_t)site > 24 || !str_has(before, S("政府")))
        return;
    hit_add(&s->links, d, RESULT_DOUBTFUL, s, at);
}

static bool domain_byte(char c)
{
    return letter(c) || digit(c) || c == '.' || c == '-' || c == '@';
}

// --- dates
// ------------------------------------------------------------------------------------------------------

static bool stands(Str s, size_t i, Str what)
{
    // Chinese characters differ in their last byte more often than in their first.
    return s.n - i >= what.n && s.s[i + what.n - 1] == what.s[what.n - 1] &&
           memcmp(s.s + i, what.s, what.n) == 0;
}

static int number_of(Str s, size_t from, size_t to)
{
    int n = 0;
    for (size_t i = from; i < to && n < 100000; i++)
        n = n * 10 + (s.s[i] - '0');
    return n;
}

// 20231月1日 and 202020年 have lost or doubled something; 13月 and 32日 are no dates.
static void date_take(Scan *s, size_t at, size_t end)
{
    bool year = stands(s->text, end, S("年")), month = stands(s->text, end, S("月"));
    bool day = stands(s->text, end, S("日"));
    if (!year && !month && !day)
        return;
    size_t digits = end - at;
    int n = number_of(s->text, at, end);
    bool in_date = at >= 3 && stands(s->text, at - 3, month ? S("年") : S("月"));
    bool bad = (year && digits >= 5) || (month && digits >= 5) ||
               (month && in_date && (n < 1 || n > 12)) || (day && in_date && (n < 1 || n > 31));
    size_t to = end + 3;
    if (bad)
        hit_add(&s->dates, str_sub(s->text, at, to), RESULT_DOUBTFUL, s, at);
}

// --- the year spoken of
// ---------------------------------------------------------------------------------------

static Str sentence_from(Str text, size_t at)
{
    Str rest = str_from(text, at);
    ptrdiff_t end = str_find(rest, S("。"));
    return end == STR_NONE ? rest : str_sub(rest, 0, (size_t)end);
}

static bool has_any(Str s, const Str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(s, v[i]))
            return true;
    return false;
}

// A sentence that reports what was done and counts it, without comparing or planning.
static bool reports_work(Str sentence, Str this_year)
{
    static const Str verbs[] = {SI("公开"), SI("发布"), SI("收到"), SI("受理"),
                                SI("办结"), SI("答复"), SI("更新")};
    static const Str units[] = {SI("件"), SI("条"), SI("份"), SI("次"), SI("未")};
    static const Str others[] = {SI("较"),   SI("同比"), SI("比"),     SI("上年"), SI("去年"),
                                 SI("以来"), SI("计划"), SI("下一步"), SI("规划"), SI("起"),
                                 SI("将"),   SI("至"),   SI("考评")};
    return has_any(sentence, verbs, 7) && has_any(sentence, units, 5) &&
           !has_any(sentence, others, sizeof others / sizeof *others) &&
           !str_has(sentence, this_year);
}

// At the beginning of a sentence: 2022年，我局…… or 截至2022年12月31日.
static void year_take(Scan *s, size_t at)
{
    const Document *d = s->c->doc;
    static const Str leads[] = {SI("截至"), SI("截止"), SI("据统计,"), SI("据统计，"), SI(" ")};
    bool until = false;
    size_t i = at;
    for (size_t k = 0; k < sizeof leads / sizeof *leads; k++)
        if (stands(s->text, i, leads[k])) {
            until |= k < 2;
            i += leads[k].n;
        }
    if (i + 4 >= s->text.n || !digit(s->text.s[i]) || !digit(s->text.s[i + 3]) ||
        digit(s->text.s[i + 4]))
        return;
    int year = number_of(s->text, i, i + 4);
    size_t end = i + 4;
    while (end < s->text.n && s->text.s[end] == ' ')
        end++;
    if (!stands(s->text, end, S("年")) || year < 1990 || year > 2100)
        return;
    end += 3;
    bool date = end < s->text.n && digit(s->text.s[end]);
    if (year == d->year)
        s->year_right++;
    else if (date ? until && year < d->year && str_has(str_sub(s->text, end, end + 12), S("12月"))
                  : year == d->year - 1 && reports_work(sentence_from(s->text, at), s->this_year))
        hit_add(&s->years, str_sub(s->text, i, end), RESULT_DOUBTFUL, s, at);
}

// --- fixed phrases with a foreign word
// ---------------------------------------------------------------------------

// A phrase every report repeats, with the place of one word open.
typedef struct Frame {
    Str before, word, after;
} Frame;

static const Frame frames[] = {
    {SI("政府"), SI("信息"), SI("公开")},         {SI("政府信息"), SI("公开"), SI("申请")},
    {SI("政府信息"), SI("公开"), SI("工作")},     {SI("收到和处理"), SI("政府信息"), SI("公开")},
    {SI("信息公开"), SI("工作"), SI("年度报告")}, {SI("法人或其他"), SI("组织"), SI("")},
};
enum { N_FRAMES = sizeof frames / sizeof *frames };

// What may well stand there in a report.
static bool usual(Str x)
{
    static const Str words[] = {
        SI("信息"), SI("公开"), SI("政务"), SI("网"),   SI("工作"), SI("数据"), SI("文件"),
        SI("部门"), SI("主动"), SI("依"),   SI("及"),   SI("和"),   SI("的"),   SI("等"),
        SI("各"),   SI("采购"), SI("平台"), SI("服务"), SI("公报"), SI("会议"), SI("决策"),
        SI("规章"), SI("办"),   SI("机关"), SI("门户"), SI("管理"), SI("制度"), SI("不"),
        SI("及时"), SI("予以"), SI("年度"), SI("报告"), SI("未"),   SI("与"),   SI("在"),
        SI("已"),   SI("应"),   SI("进行"), SI("全面"), SI("持续"), SI("推进"), SI("加强"),
        SI("情况"), SI("事项"), SI("内容"), SI("处理"), SI("申请"), SI("指南"), SI("目录"),
        SI("领域"), SI("重点"), SI("预"),   SI("项目"), SI("资金"), SI("对"),   SI("向"),
        SI("为"),   SI("将"),   SI("可"),   SI("经"),   SI("按"),   SI("通过"), SI("实行"),
        SI("本"),   SI("我"),   SI("全"),   SI("重大"), SI("财政"), SI("基层"), SI("统计"),
        SI("条例"),
    };
    return has_any(x, words, sizeof words / sizeof *words);
}

static void frame_take(Scan *s, size_t k, size_t at)
{
    size_t from = at + frames[k].before.n, i = from, runes = 0;
    for (; i < s->text.n && runes <= 12; runes++) {
        if (frames[k].after.n && stands(s->text, i, frames[k].after))
            break;
        size_t len;
        uint32_t r = str_rune(s->text, i, &len);
        bool inner =
            (r >= 0x4e00 && r <= 0x9fff) || (r < 0x80 && (letter((char)r) || digit((char)r)));
        if (!inner)
            return;
        i += len;
    }
    Str x = str_sub(s->text, from, i);
    if (runes > 12 || i >= s->text.n || !frames[k].after.n)
        return;
    if (str_eq(x, frames[k].word))
        s->right_in_frame[k]++;
    else if (runes >= 2 && s->n_framed < MAX_FRAMES_SEEN)
        s->framed[s->n_framed++] = (Framed){x, (uint8_t)k, s->para, from};
}

static void frames_take(Scan *s, size_t at)
{
    for (size_t k = 0; k < N_FRAMES; k++)
        if (stands(s->text, at, frames[k].before))
            frame_take(s, k, at);
}

// --- scanning
// ---------------------------------------------------------------------------------------------------

static Words index_words;
static pthread_once_t indexed = PTHREAD_ONCE_INIT;
static uint64_t special[1024]; // characters at which something may begin

static void special_set(uint32_t rune)
{
    special[rune >> 6] |= UINT64_C(1) << (rune & 63);
}

static void index_build(void)
{
    words_index(&index_words, trust_words, sizeof *trust_words, n_trust_words);
    memcpy(special, index_words.alone, sizeof special);
    for (uint32_t r = '0'; r <= '9'; r++)
        special_set(r);
    for (uint32_t r = 'a'; r <= 'z'; r++)
        special_set(r), special_set(r - 'a' + 'A');
    special_set('_');
    special_set(0x3002); // 。
}

static size_t run_end(Str s, size_t i)
{
    while (i < s.n && (letter(s.s[i]) || digit(s.s[i])))
        i++;
    return i;
}

static size_t ascii_take(Scan *s, size_t i)
{
    size_t end = run_end(s->text, i);
    bool inside = i > 0 && domain_byte(s->text.s[i - 1]);
    latin_take(s, str_sub(s->text, i, end), i);
    if (digit(s->text.s[i]) && !inside)
        date_take(s, i, end);
    if (!inside && end < s->text.n && s->text.s[end] == '.') {
        size_t stop = end;
        while (stop < s->text.n && domain_byte(s->text.s[stop]))
            stop++;
        domain_take(s, i, stop);
    }
    return end;
}

static void underscore_take(Scan *s, size_t i)
{
    bool between = i > 2 && i + 3 < s->text.n && (s->text.s[i - 1] & 0x80) &&
                   ((s->text.s[i + 1] & 0x80) || digit(s->text.s[i + 1]));
    if (!between || str_has(s->text, S(".pdf")) || str_has(s->text, S(".doc")) ||
        str_has(s->text, S(".xls")))
        return;
    s->now.underscores++;
    s->now.underscore_at = i;
}

static size_t look(Scan *s, size_t i, uint32_t rune, size_t len)
{
    uint32_t first = rune < 0x80 ? (uint32_t)(unsigned char)small((char)rune) : rune;
    bool run_goes_on =
        rune < 0x80 && i > 0 && (letter(s->text.s[i - 1]) || digit(s->text.s[i - 1]));
    if (words_may(&index_words, first) && !run_goes_on) {
        int word = words_at(&index_words, s->text, i, first);
        if (word != WORDS_NONE) {
            const TrustWord *w = &trust_words[word];
            word_take(s, w, i);
            // A run of letters and digits is looked at as well, and a frame's words overlap.
            if (rune >= 0x80)
                return i + (w->class == TRUST_FRAME ? len : w->text.n);
        }
    }
    if (rune == '_')
        underscore_take(s, i);
    else if (rune < 0x80 && (letter((char)rune) || digit((char)rune)))
        return ascii_take(s, i);
    else if (rune == 0x3002) {
        sentence_end(s);
        year_take(s, i + len);
    }
    return i + len;
}

static void para_scan(Scan *s)
{
    const char *t = s->text.s;
    size_t n = s->text.n;
    year_take(s, 0);
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)t[i];
        size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        if (i + len > n)
            break;
        uint32_t rune = c;
        bool likely = false;
        if (len == 3) {
            rune = (c & 0xfu) << 12 | ((unsigned char)t[i + 1] & 0x3fu) << 6 |
                   ((unsigned char)t[i + 2] & 0x3fu);
            likely = words_likely(&index_words, s->text, i);
        } else if (len == 2) {
            rune = (c & 0x1fu) << 6 | ((unsigned char)t[i + 1] & 0x3fu);
            likely = words_may(&index_words, rune);
        } else if (len == 4) {
            i += len;
            continue;
        }
        if (likely | (special[rune >> 6] >> (rune & 63) & 1))
            i = look(s, i, rune, len);
        else
            i += len;
    }
    sentence_end(s);
}

// --- findings
// --------------------------------------------------------------------------------------------------

static Str quote_at(const Scan *s, const Hit *h)
{
    Str text = s->c->doc->paras.v[h->para].text;
    size_t from = h->at > 60 ? h->at - 60 : 0;
    while (from < h->at && (text.s[from] & 0xc0) == 0x80)
        from++;
    return str_clip(s->c->a, str_from(text, from), QUOTE_RUNES);
}

static Str words_of(const Scan *s, const Hits *h)
{
    Str shown[SHOWN_WORDS];
    size_t n = 0;
    for (size_t i = 0; i < h->n && n < SHOWN_WORDS; i++) {
        bool seen = false;
        for (size_t k = 0; k < n && !seen; k++)
            seen = str_eq(shown[k], h->v[i].word);
        if (!seen)
            shown[n++] = h->v[i].word;
    }
    return str_join(s->c->a, shown, n, S("、"));
}

static Result worst(const Hits *h)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->v[i].result == RESULT_FAIL)
            return RESULT_FAIL;
    return RESULT_DOUBTFUL;
}

typedef struct HitWords {
    CheckId check;
    Str fail_zh, fail_en; // {words} and {n}: how often
    Str pass_zh, pass_en;
} HitWords;

static Str in_words(const Checking *c, Str zh, Str en)
{
    return c->opt->lang == LANG_EN ? en : zh;
}

static void hits_tell(Scan *s, const Hits *h, const HitWords *w)
{
    if (!h->all) {
        finding_add_said(s->c, w->check, RESULT_PASS, in_words(s->c, w->pass_zh, w->pass_en));
        return;
    }
    Str words = words_of(s, h);
    Str message = in_words(s->c, w->fail_zh, w->fail_en);
    message = str_replace(s->c->a, message, S("{words}"), words);
    message = str_replace(s->c->a, message, S("{n}"), str_fmt(s->c->a, "%zu", h->all));
    Finding *f = finding_add_said(s->c, w->check, worst(h), message);
    f->evidence = quote_at(s, &h->v[0]);
    f->left = words;
    if (f->result == RESULT_DOUBTFUL && f->severity == SEVERITY_ERROR)
        f->severity = SEVERITY_WARNING;
    for (size_t i = 0; i < h->n; i++)
        if (i == 0 || h->v[i].para != h->v[i - 1].para)
            finding_place(s->c, f, s->c->doc->paras.v[h->v[i].para].place);
}

// clang-format off
static const HitWords injected_words = {CHECK_TRUST_INJECTED,
    SI("页面里有不属于本机关的词语：{words}（{n} 处），疑似被植入。请立即删除，并检查网站是否被篡改。"),
    SI("The page holds words that are not the organ's: {words} ({n} times), probably injected. Remove them now and look whether the site was tampered with."),
    SI("没有发现被植入的词语。"), SI("No injected words were found.")};
static const HitWords garbled_words = {CHECK_TRUST_ENCODING,
    SI("文字有乱码：{words}（{n} 处）。请用正确的编码重新发布。"),
    SI("The text is garbled: {words} ({n} times). Publish it again in the right encoding."),
    SI("没有发现乱码。"), SI("No broken characters were found.")};
static const HitWords unfilled_words = {CHECK_TRUST_TEMPLATE,
    SI("留有模板中的文字或未填的空：{words}（{n} 处）。请填写或删除。"),
    SI("Words or blanks of the template are left: {words} ({n} times). Fill them in or remove them."),
    SI("没有发现模板残留。"), SI("Nothing of the template is left.")};
static const HitWords date_words = {CHECK_TRUST_DATE,
    SI("日期书写有误：{words}（{n} 处）。请更正。"),
    SI("Dates are not well formed: {words} ({n} times). Correct them."),
    SI("日期书写完整。"), SI("Dates are well formed.")};
static const HitWords link_words = {CHECK_TRUST_LINK,
    SI("政府网站的地址不在 gov.cn 之下：{words}（{n} 处）。请核对是否被替换。"),
    SI("The address of a government site is not under gov.cn: {words} ({n} times). Look whether it was replaced."),
    SI("政府网站地址没有异常。"), SI("Addresses of government sites look right.")};
static const HitWords year_words = {CHECK_TRUST_YEAR,
    SI("正文用 {words} 报告本年工作（{n} 处），与统计年度不同，可能是往年内容未更新。请核对。"),
    SI("The text reports this year's work under {words} ({n} times), not the reporting year; it may be left from a former report. Look at it."),
    SI("正文年份与统计年度相符。"), SI("The years in the text are the reporting year.")};
// clang-format on

// Notes of the reading that concern trust.
static void notes_add(Scan *s, NoteKind kind, CheckId check, Result result, Str message)
{
    size_t n = 0;
    const Note *first = NULL;
    for (size_t i = 0; i < s->c->doc->notes.n; i++)
        if (s->c->doc->notes.v[i].kind == kind) {
            first = first ? first : &s->c->doc->notes.v[i];
            n++;
        }
    if (!first)
        return;
    Finding *f = finding_add_said(s->c, check, result, message);
    f->evidence = str_clip(s->c->a, first->text, QUOTE_RUNES);
    for (size_t i = 0; i < s->c->doc->notes.n && f->n_places < MAX_HITS; i++)
        if (s->c->doc->notes.v[i].kind == kind)
            finding_place(s->c, f, s->c->doc->notes.v[i].place);
}

static bool note_among(const Document *d, NoteKind kind)
{
    for (size_t i = 0; i < d->notes.n; i++)
        if (d->notes.v[i].kind == kind)
            return true;
    return false;
}

static void tell_encoding(Scan *s)
{
    bool quotes = note_among(s->c->doc, NOTE_BROKEN_QUOTES);
    bool broken = note_among(s->c->doc, NOTE_BROKEN_TEXT) && !s->garbled.all;
    if (s->garbled.all || !(quotes || broken))
        hits_tell(s, &s->garbled, &garbled_words);
    if (broken)
        notes_add(
            s, NOTE_BROKEN_TEXT, CHECK_TRUST_ENCODING, RESULT_FAIL,
            say(s->c, "文字有乱码（无法还原的字符）。请用正确的编码重新发布。",
                "There are characters that were lost in a wrong encoding. Publish it again in the "
                "right one."));
    if (quotes)
        notes_add(s, NOTE_BROKEN_QUOTES, CHECK_TRUST_ENCODING, RESULT_FAIL,
                  say(s->c, "引号变成了“???”。请更正后重新发布。",
                      "Quotation marks have turned into ???. Correct them and publish again."));
}

// --- replaced words
// ----------------------------------------------------------------------------------------------

enum { REPLACED_AT_LEAST = 3 };

static size_t count_framed(const Scan *s, Str x, size_t *right)
{
    size_t n = 0;
    bool frame_seen[N_FRAMES] = {false};
    for (size_t i = 0; i < s->n_framed; i++)
        if (str_eq(s->framed[i].text, x)) {
            n++;
            frame_seen[s->framed[i].frame] = true;
        }
    *right = 0;
    for (size_t k = 0; k < N_FRAMES; k++)
        *right += frame_seen[k] ? s->right_in_frame[k] : 0;
    return n;
}

// The same foreign phrase stands again and again where a report has a word of its own.
static void tell_replaced(Scan *s)
{
    for (size_t i = 0; i < s->n_framed; i++) {
        const Framed *x = &s->framed[i];
        size_t right, n = count_framed(s, x->text, &right);
        if (n < REPLACED_AT_LEAST || right > n || usual(x->text))
            continue;
        const Frame *frame = &frames[x->frame];
        Finding *f = finding_add(
            s->c, CHECK_TRUST_REPLACED, RESULT_FAIL,
            "“%.*s%.*s%.*s”中的“%.*s”多处被“%.*s”代替（%zu 处），疑似网页被篡改。请立即核对原文。",
            "In %.*s%.*s%.*s the word %.*s is replaced by %.*s (%zu times); the page was probably "
            "tampered with. Compare it with the original now.",
            STR_ARG(frame->before), STR_ARG(frame->word), STR_ARG(frame->after),
            STR_ARG(frame->word), STR_ARG(x->text), n);
        f->left = x->text;
        f->right = frame->word;
        f->evidence = quote_at(s, &(Hit){.para = x->para, .at = x->at});
        finding_place(s->c, f, s->c->doc->paras.v[x->para].place);
        return;
    }
    finding_add(s->c, CHECK_TRUST_REPLACED, RESULT_PASS, "固定用语没有被替换。",
                "No fixed phrase is replaced.");
}

static void tell_years(Scan *s)
{
    if (!s->c->doc->year || (!s->year_right && !s->years.all))
        return;
    if (!s->year_right && s->years.all > 1)
        s->years.v[0].result = RESULT_FAIL;
    hits_tell(s, &s->years, &year_words);
}

void check_trust(Checking *c)
{
    pthread_once(&indexed, index_build);
    if (!c->doc->paras.n)
        return;
    Scan *s = NEW(c->a, Scan, 1);
    s->c = c;
    s->this_year = str_fmt(c->a, "%d年", c->doc->year);
    s->framed = NEW(c->a, Framed, MAX_FRAMES_SEEN);
    for (uint32_t i = 0; i < c->doc->paras.n; i++) {
        s->para = i;
        s->text = c->doc->paras.v[i].text;
        para_scan(s);
    }
    hits_tell(s, &s->injected, &injected_words);
    tell_replaced(s);
    tell_encoding(s);
    hits_tell(s, &s->unfilled, &unfilled_words);
    notes_add(s, NOTE_TEMPLATE, CHECK_TRUST_TEMPLATE, RESULT_FAIL,
              say(s->c, "留有模板的填写说明。请删除。",
                  "Instructions of the template are left. Remove them."));
    notes_add(s, NOTE_RESIDUE, CHECK_TRUST_RESIDUE, RESULT_DOUBTFUL,
              say(s->c, "词语中夹有拼音等转换残留，可能是镜像或自动转换的页面。请以原页面为准。",
                  "Words hold pinyin or other residue; the page may be a mirror or an automatic "
                  "conversion. Go by the original page."));
    tell_years(s);
    if (s->dates.all)
        hits_tell(s, &s->dates, &date_words);
    if (s->links.all)
        hits_tell(s, &s->links, &link_words);
}

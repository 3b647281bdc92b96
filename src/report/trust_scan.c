#include "report/trust_scan.h"

#include "report/words.h"

#include <pthread.h>

static void hit_add(Hits *h, Str word, Result result, const Scan *s, size_t at)
{
    h->all++;
    if (h->n < MAX_HITS)
        h->v[h->n++] = (Hit){word, result, s->text, at, s->place};
}

// --- words that are not the organ's

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

static bool stands(Str s, size_t i, Str what)
{
    // Chinese characters differ in their last byte more often than in their first.
    return s.n - i >= what.n && s.s[i + what.n - 1] == what.s[what.n - 1] &&
           memcmp(s.s + i, what.s, what.n) == 0;
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

// kok体育, m6体育官网: a short Latin name in front of what such sites call themselves, unless the
// word goes on as in 体育馆.
static bool run_names_site(const Scan *s, Str run, size_t at)
{
    static const Str kinds[] = {SI("体育"), SI("棋牌"), SI("彩票"), SI("真人"), SI("电竞")};
    static const Str next[] = {
        SI("官"),   SI("平台"), SI("投注"), SI("注册"), SI("网"),   SI("登"),   SI("下载"),
        SI("在线"), SI("最"),   SI("手机"), SI("综合"), SI("全站"), SI("入口"), SI("首页"),
        SI("娱乐"), SI("app"),  SI("APP"),  SI("_"),    SI("-"),    SI("("),    SI(")")};
    size_t end = at + run.n;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!stands(s->text, end, kinds[k]))
            continue;
        size_t after = end + kinds[k].n;
        for (size_t i = 0; i < sizeof next / sizeof *next; i++)
            if (stands(s->text, after, next[i]))
                return true;
    }
    return false;
}

static void latin_take(Scan *s, Str run, size_t at)
{
    bool letters = false;
    for (size_t i = 0; i < run.n && !letters; i++)
        letters = letter(run.s[i]);
    if (!letters || run.n < 2 || run.n > 40)
        return;
    if (run_names_site(s, run, at))
        hit_add(&s->injected, str_sub(s->text, at, at + run.n + S("体育").n), RESULT_FAIL, s, at);
    bool hit = run.n >= 4 && run_bets(run);
    for (size_t i = 0; i < n_trust_latin && !hit && run.n >= 4; i++)
        hit = run_has(run, trust_latin[i]);
    if (hit)
        hit_add(&s->injected, run, RESULT_FAIL, s, at);
}

// --- addresses of sites

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

static Str sentence_from(Str text, size_t at)
{
    Str rest = str_from(text, at);
    ptrdiff_t end = str_find(rest, S("。"));
    return end == STR_NONE ? rest : str_sub(rest, 0, (size_t)end);
}

bool str_has_any(Str s, const Str *v, size_t n)
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
    return str_has_any(sentence, verbs, 7) && str_has_any(sentence, units, 5) &&
           !str_has_any(sentence, others, sizeof others / sizeof *others) &&
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

const Frame trust_frames[N_FRAMES] = {
    {SI("政府"), SI("信息"), SI("公开")},
    {SI("政府信息"), SI("公开"), SI("申请")},
    {SI("政府信息"), SI("公开"), SI("工作")},
    {SI("收到和处理"), SI("政府信息"), SI("公开")},
    {SI("信息公开"), SI("工作"), SI("年度报告")},
    {SI("政府信息公开"), SI("申请"), SI("情况")},
    {SI("收到和处理"), SI("政府"), SI("信息公开申请")},
    {SI("中华人民共和国"), SI("政府"), SI("信息公开条例")},
    {SI("依"), SI("申请"), SI("公开")},
};

static void frame_take(Scan *s, size_t k, size_t at)
{
    size_t from = at + trust_frames[k].before.n, i = from, runes = 0;
    for (; i < s->text.n && runes <= 12; runes++) {
        if (trust_frames[k].after.n && stands(s->text, i, trust_frames[k].after))
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
    if (runes > 12 || i >= s->text.n || !trust_frames[k].after.n)
        return;
    if (str_eq(x, trust_frames[k].word))
        s->right_in_frame[k]++;
    else if (runes >= 2 && s->n_framed < MAX_FRAMES_SEEN)
        s->framed[s->n_framed++] = (Framed){x, (uint8_t)k, s->text, from, s->place};
}

static void frames_take(Scan *s, size_t at)
{
    for (size_t k = 0; k < N_FRAMES; k++)
        if (stands(s->text, at, trust_frames[k].before))
            frame_take(s, k, at);
}

// --- scanning

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

static void text_scan(Scan *s, Str text, Place place)
{
    s->text = text;
    s->place = place;
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

// The title usually stands in a paragraph as well; where it is only the file's own, it is a text
// more.
static bool title_repeated(const Document *d)
{
    for (size_t i = 0; i < d->paras.n && i < 8; i++)
        if (str_has(d->paras.v[i].text, d->title))
            return true;
    return d->title.n == 0;
}

void trust_scan(Scan *s)
{
    pthread_once(&indexed, index_build);
    const Document *d = s->c->doc;
    for (size_t i = 0; i < d->paras.n; i++)
        text_scan(s, d->paras.v[i].text, d->paras.v[i].place);
    if (!title_repeated(d))
        text_scan(s, d->title, d->place);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (d->cells[ix].state == CELL_UNREADABLE)
            text_scan(s, d->cells[ix].raw, d->cells[ix].place);
}

#include "report/claim_walk.h"
#include "report/words.h"

#include <pthread.h>

// Topics that stay with the passage even where only named; the others only where they count.
static const uint64_t LASTING = F(REQUEST) | F(REVIEW) | F(SUIT) | F(FEE);
static const uint64_t SCOPES = F(PARTIAL) | F(BROAD) | F(OWN) | F(ORGAN);

static Clause *now(Walk *w)
{
    return &w->clause[w->depth];
}

// --- clauses

static void topic_update(Walk *w, uint64_t f, bool counts_something)
{
    uint64_t said = f & TOPICS;
    if (!counts_something)
        said &= LASTING;
    if (!said)
        return;
    if (said & (F(REVIEW) | F(SUIT)))
        said &= F(REVIEW) | F(SUIT);
    else if (said & F(ELSE))
        said = F(ELSE);
    w->topic = said;
    w->topic_sentence = w->sentence;
}

// 2022年……: from here on the sentence speaks of that year, unless it compares.
static void year_update(Walk *w, const Clause *c, uint64_t f)
{
    bool since = (f & F(LAST_YEAR)) && (f & F(PERIOD)); // 2008年……以来
    if ((f & (CARRIES | F(GROW) | F(SHRINK))) || ((f & F(LAST_YEAR)) && !since))
        return;
    int found = 0;
    for (size_t i = 0, n = clause_figure(c, 0); i < n; i++)
        if (c->v[i].is_figure && c->v[i].figure.unit == UNIT_YEAR)
            found = (int)(c->v[i].figure.n / CLAIM_ONE);
    if (found)
        w->year = found;
}

static void clause_clear(Clause *c, size_t at)
{
    c->n = c->n_pending = 0;
    c->acts = 0;
    c->neg = false;
    c->start = at;
}

// 等 behind the last figure, not before one (图文解读等7件).
static bool ends_in_etc(const Clause *c)
{
    for (size_t i = c->n; i-- > 0 && !c->v[i].is_figure;)
        if (c->v[i].features & F(ETC))
            return true;
    return false;
}

// The clause is complete; `joined` says that 、 follows.
static void clause_end(Walk *w, size_t end, bool joined)
{
    Clause *c = now(w);
    int8_t row = -1;
    uint64_t f = clause_features(c, 0, c->n, &row);
    bool figures = clause_figure(c, 0) < c->n;
    bool neg = (f & F(NEG)) || c->neg;
    year_update(w, c, f);
    if (figures)
        figures_take(w, c);
    else if (neg && c->n)
        negation_take(w, c);
    topic_update(w, f, figures || neg);
    if (ends_in_etc(c))
        parts_etc(&w->parts, w->depth);
    if (!joined || figures) {
        clause_clear(c, end);
        c->acts = joined ? f & RULE_ACTS : 0;
        return;
    }
    if (c->n_pending < MAX_PENDING && f)
        c->pending[c->n_pending++] = f;
    c->n = 0;
    c->neg = neg;
    c->start = end;
}

static Str quote(const Walk *w, size_t from, size_t end)
{
    return str_trim(str_sub(w->text, from, end));
}

static void sentence_end(Walk *w, size_t end)
{
    while (w->depth > 0) {
        clause_end(w, end, false);
        parts_close(&w->parts, w->depth, w->out, w->a, w->para);
        w->depth--;
    }
    clause_end(w, end, false);
    parts_close(&w->parts, 0, w->out, w->a, w->para);
    Str said = quote(w, w->sentence_at, end);
    for (size_t i = w->first_claim; i < w->out->list.n; i++)
        w->out->list.v[i].quote = said, w->out->list.v[i].disclosure |= w->disclosure;
    for (size_t i = w->first_share; i < w->out->shares.n; i++)
        w->out->shares.v[i].quote = said;
    for (size_t i = w->first_growth; i < w->out->growths.n; i++)
        w->out->growths.v[i].quote = said;
    parts_sentence_end(&w->parts, w->out, quote(w, w->previous_at, end), said);
    w->first_claim = w->out->list.n;
    w->first_share = w->out->shares.n;
    w->first_growth = w->out->growths.n;
    w->previous_at = w->sentence_at;
    w->sentence_at = end;
    w->sentence++;
    w->last_claim = -1;
    w->was = (Figure){0};
    w->disclosure |= w->disclosure_part;
    w->disclosure_part = false;
    w->period = false;
    w->scope_fresh = false;
    w->scope &= F(ORGAN); // 全市 and 市政府 are said of their own sentence only
}

static void bracket_open(Walk *w, size_t at, size_t end)
{
    if (w->depth == MAX_DEPTH_READ)
        return;
    Clause *c = now(w);
    bool behind_figure = c->n && c->v[c->n - 1].is_figure &&
                         figure_counts(&c->v[c->n - 1].figure) &&
                         str_trim(str_sub(w->text, c->v[c->n - 1].end, at)).n == 0;
    if (behind_figure)
        clause_end(w, at, false);
    w->depth++;
    clause_clear(now(w), end);
    if (behind_figure)
        parts_open(&w->parts, w->depth, PARTS_BRACKET, 0);
}

static void bracket_close(Walk *w, size_t at)
{
    if (w->depth == 0)
        return;
    clause_end(w, at, false);
    parts_close(&w->parts, w->depth, w->out, w->a, w->para);
    w->depth--;
}

static void colon(Walk *w, size_t at, size_t end)
{
    Clause *c = now(w);
    bool behind_figure = c->n && c->v[c->n - 1].is_figure && figure_counts(&c->v[c->n - 1].figure);
    bool has_figure = clause_figure(c, 0) < c->n;
    bool before_figure = end < w->text.n && w->text.s[end] >= '0' && w->text.s[end] <= '9';
    if (!has_figure && before_figure)
        return; // 新收：5件 is one clause
    clause_end(w, at, false);
    if (behind_figure)
        parts_open(&w->parts, w->depth, PARTS_COLON, 0);
    else
        parts_colon(&w->parts, w->depth);
}

static void among(Walk *w, const ClaimWord *word, size_t at, size_t end)
{
    bool opens_sentence = str_trim(str_sub(w->text, w->sentence_at, at)).n == 0;
    clause_end(w, at, false);
    now(w)->start = end;
    parts_break(&w->parts, w->depth, w->out, w->a, w->para);
    parts_open(&w->parts, w->depth, opens_sentence ? PARTS_SENTENCE : PARTS_AMONG, word->features);
}

// --- scanning

static Words index_words;
static pthread_once_t indexed = PTHREAD_ONCE_INIT;

static void index_build(void)
{
    words_index(&index_words, claim_words, sizeof *claim_words, n_claim_words);
}

static bool stands(Str s, size_t i, Str what)
{
    return i <= s.n && str_starts(str_from(s, i), what);
}

// 6月, 1-6月, 12月6日: less than the year. 1月1日 and 12月31日 are its ends.
static void period_update(Walk *w, size_t at, size_t end)
{
    Str month = str_sub(w->text, at, end);
    if (!str_ends(month, S("月")))
        return;
    bool day = w->text.n > end && w->text.s[end] >= '0' && w->text.s[end] <= '9';
    bool begins = str_eq(month, S("1月")) && stands(w->text, end, S("1日"));
    bool ends = str_ends(month, S("12月")) && (!day || stands(w->text, end, S("31日")));
    w->period |= !begins && !ends;
}

static void mark_figure(Walk *w, size_t at, size_t end, const Figure *f)
{
    if (f->unit == UNIT_OTHER)
        period_update(w, at, end);
    Clause *c = now(w);
    if (c->n == MAX_MARKS)
        return;
    c->v[c->n++] = (Mark){.at = at, .end = end, .is_figure = true, .row = -1, .figure = *f};
}

static void mark_word(Walk *w, size_t at, size_t end, const ClaimWord *word)
{
    Clause *c = now(w);
    if (word->features & F(AMONG)) {
        bool strong = str_starts(word->text, S("其中")) || (word->features & F(EXACTLY));
        bool remark = (word->features & F(ETC)) && parts_listing(&w->parts, w->depth);
        if (!remark && (strong || parts_whole_near(&w->parts))) // 甲145条，乙68条，主要包括……
            among(w, word, at, end);
        return;
    }
    if (word->features & SCOPES) {
        if (w->depth > 0) // 全市17件（市政府5件……）
            return;
        bool same = w->scope_fresh && w->scope_clause == c->start; // 全市各部门
        w->scope = (same ? w->scope : 0) | (word->features & SCOPES);
        w->scope_fresh = true;
        w->scope_clause = c->start;
        return;
    }
    if (word->features & (F(DISCLOSURE) | F(REQUEST)))
        *(parts_listing(&w->parts, w->depth) ? &w->disclosure_part : &w->disclosure) = true;
    if (c->n < MAX_MARKS && (word->features & ~F(DISCLOSURE)))
        c->v[c->n++] = (Mark){
            .at = at, .end = end, .features = word->features & ~F(DISCLOSURE), .row = word->row};
}

// Titles of other documents are not this report's words.
static size_t skip_title(Str s, size_t i)
{
    ptrdiff_t end = str_find(str_sub(s, i, i + 300), S("》"));
    return end == STR_NONE ? i + S("《").n : i + (size_t)end + S("》").n;
}

typedef struct Sign {
    uint16_t rune;
    char as;
} Sign;
static const Sign signs[] = {
    {0xff0c, ','}, {0xff1b, ';'}, {0x3002, '.'}, {0xff1a, ':'}, {0x3001, '/'},
    {0xff08, '('}, {0xff09, ')'}, {0xff01, '.'}, {0xff1f, '.'},
};

static char sign_of(uint32_t rune)
{
    if (rune == ',' || rune == ';' || rune == ':' || rune == '(' || rune == ')')
        return (char)rune;
    if (rune < 0x3001)
        return 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].rune == rune)
            return signs[i].as;
    return 0;
}

static void sign_take(Walk *w, char sign, size_t at, size_t end)
{
    switch (sign) {
    case ',':
        clause_end(w, end, false);
        break;
    case '/':
        clause_end(w, end, true);
        break;
    case ';':
        clause_end(w, end, false);
        parts_semicolon(&w->parts, w->depth);
        break;
    case ':':
        colon(w, at, end);
        break;
    case '(':
        bracket_open(w, at, end);
        break;
    case ')':
        bracket_close(w, at);
        break;
    default:
        sentence_end(w, end);
    }
}

// Signs, and Chinese numerals, begin with few characters: one bit each says whether to look closer.
static uint64_t special[1024];

static const uint16_t han_numerals[] = {0x3007, 0x4e00, 0x4e8c, 0x4e24, 0x4e09, 0x56db, 0x4e94,
                                        0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341, 0x767e, 0x5343};

static bool numeral(uint32_t rune)
{
    for (size_t i = 0; i < sizeof han_numerals / sizeof *han_numerals; i++)
        if (rune == han_numerals[i])
            return true;
    return rune >= '0' && rune <= '9';
}

static void special_build(void)
{
    index_build();
    memcpy(special, index_words.alone, sizeof special);
    for (size_t i = 0; i < sizeof han_numerals / sizeof *han_numerals; i++)
        special[han_numerals[i] >> 6] |= UINT64_C(1) << (han_numerals[i] & 63);
    special[0x300a >> 6] |= UINT64_C(1) << (0x300a & 63); // 《
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        special[signs[i].rune >> 6] |= UINT64_C(1) << (signs[i].rune & 63);
    for (uint32_t r = 0; r < 0x80; r++)
        if (sign_of(r) || (r >= '0' && r <= '9'))
            special[r >> 6] |= UINT64_C(1) << (r & 63);
}

// Looks at what stands at byte i; the result is where to go on, i itself where nothing was found.
static size_t look(Walk *w, size_t i, uint32_t rune, size_t len)
{
    if (words_may(&index_words, rune)) {
        int word = words_at(&index_words, w->text, i, rune);
        if (word != WORDS_NONE) {
            mark_word(w, i, i + claim_words[word].text.n, &claim_words[word]);
            return i + claim_words[word].text.n;
        }
    }
    char sign = sign_of(rune);
    if (sign) {
        sign_take(w, sign, i, i + len);
        return i + len;
    }
    if (rune == 0x300a)
        return skip_title(w->text, i);
    if (!numeral(rune))
        return i;
    Figure f;
    size_t end = i + len;
    if (figure_read(w->text, i, &f, &end))
        mark_figure(w, i, end, &f);
    else if (stands(w->text, end, S("月"))) // 1-6月
        period_update(w, i, end + S("月").n);
    return end > i ? end : i + len;
}

static void para_scan(Walk *w)
{
    const char *s = w->text.s;
    size_t n = w->text.n;
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)s[i];
        size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        uint32_t rune = c;
        bool likely = false;
        if (len == 3 && i + 2 < n) {
            rune = (c & 0xfu) << 12 | ((unsigned char)s[i + 1] & 0x3fu) << 6 |
                   ((unsigned char)s[i + 2] & 0x3fu);
            likely = words_likely(&index_words, w->text, i);
        } else if (len != 1) {
            i += len;
            continue;
        }
        if (!(likely | (special[rune >> 6] >> (rune & 63) & 1))) {
            i += len;
            continue;
        }
        size_t to = look(w, i, rune, len);
        i = to == i ? i + len : to;
    }
    sentence_end(w, n);
}

// --- paragraphs

static uint64_t topic_of_heading(Str text)
{
    static const struct {
        Str word;
        uint64_t topic;
    } table[] = {
        {SI("依申请"), F(REQUEST)},   {SI("收到和处理"), F(REQUEST)}, {SI("申请情况"), F(REQUEST)},
        {SI("申请答复"), F(REQUEST)}, {SI("复议"), F(REVIEW)},        {SI("诉讼"), F(REVIEW)},
        {SI("收费"), F(FEE)},         {SI("信息处理费"), F(FEE)},     {SI("主动公开"), F(PUBLISH)},
        {SI("提案"), F(ELSE)},        {SI("解读"), F(ELSE)},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_has(text, table[i].word))
            return table[i].topic;
    return 0;
}

enum { SHORT_HEADING_BYTES = 90 };

// A short line without a stop is a heading, whatever the source says.
static bool heading_like(const Para *p)
{
    if (p->kind == PARA_HEADING)
        return true;
    return p->kind == PARA_TEXT && p->text.n < SHORT_HEADING_BYTES && !str_has(p->text, S("。")) &&
           !str_has(p->text, S("件")) && !str_has(p->text, S("未")) && !str_has(p->text, S("无")) &&
           !str_has(p->text, S("条"));
}

static void para_read(Walk *w, uint32_t ix, const Para *p)
{
    if (heading_like(p)) {
        w->heading_topic = topic_of_heading(p->text);
        return;
    }
    if (p->kind != PARA_TEXT)
        return;
    w->para = ix;
    w->text = p->text;
    w->depth = 0;
    clause_clear(now(w), 0);
    w->topic = p->chapter == 3 ? F(REQUEST) : w->heading_topic;
    w->disclosure = p->chapter == 3 || p->chapter == 4 || w->topic == F(REQUEST);
    w->scope = 0;
    w->scope_fresh = false;
    w->year = 0;
    w->disclosure_part = false;
    w->period = false;
    w->topic_sentence = UINT32_MAX;
    w->sentence_at = w->previous_at = 0;
    w->last_claim = -1;
    parts_reset(&w->parts);
    para_scan(w);
}

void claims_read(const Document *doc, Arena *a, Claims *out)
{
    pthread_once(&indexed, special_build);
    *out = (Claims){0};
    Walk w = {.doc = doc, .a = a, .out = out, .last_claim = -1};
    for (uint32_t i = 0; i < doc->paras.n; i++)
        para_read(&w, i, &doc->paras.v[i]);
}

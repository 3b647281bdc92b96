// Figures in running text: 1,234件, 1.2万余条, 二十三件, 41.13万元, 66.7%, 百分之三十.
#include "report/claims.h"

typedef struct UnitWord {
    Str text;
    ClaimUnit unit;
} UnitWord;

// Longer words stand before those they begin with.
static const UnitWord unit_words[] = {
    {SI("个百分点"), UNIT_POINTS}, {SI("%"), UNIT_PERCENT},  {SI("％"), UNIT_PERCENT},
    {SI("件事"), UNIT_OTHER},      {SI("件"), UNIT_CASE},    {SI("宗"), UNIT_CASE},
    {SI("份"), UNIT_CASE},         {SI("起"), UNIT_CASE},    {SI("例"), UNIT_CASE},
    {SI("笔"), UNIT_CASE},         {SI("条"), UNIT_ITEM},    {SI("篇"), UNIT_ITEM},
    {SI("期"), UNIT_ITEM},         {SI("则"), UNIT_ITEM},    {SI("个工作日"), UNIT_OTHER},
    {SI("个自然日"), UNIT_OTHER},  {SI("个月"), UNIT_OTHER}, {SI("个小时"), UNIT_OTHER},
    {SI("个"), UNIT_TIMES},        {SI("项"), UNIT_TIMES},   {SI("人次"), UNIT_TIMES},
    {SI("次"), UNIT_TIMES},        {SI("元"), UNIT_YUAN},    {SI("年"), UNIT_YEAR},
    {SI("月"), UNIT_OTHER},        {SI("日"), UNIT_OTHER},   {SI("号"), UNIT_OTHER},
    {SI("人"), UNIT_OTHER},        {SI("家"), UNIT_OTHER},   {SI("名"), UNIT_OTHER},
    {SI("位"), UNIT_OTHER},        {SI("天"), UNIT_OTHER},   {SI("时"), UNIT_OTHER},
    {SI("分"), UNIT_OTHER},        {SI("台"), UNIT_OTHER},   {SI("部"), UNIT_OTHER},
    {SI("套"), UNIT_OTHER},        {SI("楼"), UNIT_OTHER},   {SI("室"), UNIT_OTHER},
    {SI("岁"), UNIT_OTHER},        {SI("周"), UNIT_OTHER},   {SI("倍"), UNIT_OTHER},
    {SI("级"), UNIT_OTHER},        {SI("届"), UNIT_OTHER},   {SI("多年"), UNIT_OTHER},
    {SI("字"), UNIT_OTHER},        {SI("类"), UNIT_OTHER},   {SI("座"), UNIT_OTHER},
};

static bool stands(Str s, size_t i, Str what)
{
    // Chinese characters differ in their last byte more often than in their first.
    return s.n - i >= what.n && s.s[i + what.n - 1] == what.s[what.n - 1] &&
           memcmp(s.s + i, what.s, what.n) == 0;
}

static bool stands_before(Str s, size_t i, Str what)
{
    return i >= what.n && s.s[i - 1] == what.s[what.n - 1] &&
           memcmp(s.s + i - what.n, what.s, what.n) == 0;
}

static bool digit(Str s, size_t i)
{
    return i < s.n && s.s[i] >= '0' && s.s[i] <= '9';
}

static bool word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '/' || c == '.' || c == '@' || c == '~';
}

static size_t skip_spaces(Str s, size_t i)
{
    while (i < s.n && s.s[i] == ' ')
        i++;
    return i;
}

// --- the number

enum { MAX_DIGITS = 10 }; // of the whole part; more is a telephone or a code

static const int64_t MOST = INT64_C(10000000000) * CLAIM_ONE;

static bool thousands_mark(Str s, size_t i, size_t since)
{
    return s.s[i] == ',' && i - since <= 3 && digit(s, i + 1) && digit(s, i + 2) &&
           digit(s, i + 3) && !digit(s, i + 4);
}

// Digits, thousands marks and a decimal part from byte i on. *n in millionths.
static bool read_digits(Str s, size_t i, int64_t *n, uint8_t *decimals, size_t *end)
{
    int64_t whole = 0, scale = CLAIM_ONE, rest = 0;
    size_t start = i, group = i, count = 0;
    for (; digit(s, i) || (i < s.n && count && thousands_mark(s, i, group)); i++) {
        if (s.s[i] == ',') {
            group = i + 1;
            continue;
        }
        if (++count <= MAX_DIGITS)
            whole = whole * 10 + (s.s[i] - '0');
    }
    *decimals = 0;
    if (i < s.n && s.s[i] == '.' && digit(s, i + 1))
        for (i++; digit(s, i); i++) {
            scale /= 10;
            rest += (s.s[i] - '0') * scale;
            if (*decimals < 6)
                ++*decimals;
        }
    *n = whole * CLAIM_ONE + rest;
    *end = i;
    return count <= MAX_DIGITS && !(count > 1 && s.s[start] == '0' && !*decimals);
}

static const char *const han_digits = "零一二三四五六七八九";

// The value of the Chinese digit at byte i, or -1; all are three bytes long.
static int han_digit(Str s, size_t i)
{
    if (s.n - i < 3)
        return -1;
    for (int d = 0; d < 10; d++)
        if (memcmp(s.s + i, han_digits + 3 * (size_t)d, 3) == 0)
            return d;
    if (stands(s, i, S("两")))
        return 2;
    return stands(s, i, S("〇")) ? 0 : -1;
}

static int han_power(Str s, size_t i)
{
    return stands(s, i, S("十"))   ? 10
           : stands(s, i, S("百")) ? 100
           : stands(s, i, S("千")) ? 1000
                                   : 0;
}

// 二十三, 一百零五, 两千, 二〇二三: false for a run that is no number (三四, 一一).
static bool read_han(Str s, size_t i, int64_t *n, size_t *end)
{
    int64_t sum = 0, last = -1, digits = 0;
    for (; i < s.n; i += 3) {
        int d = han_digit(s, i), power = han_power(s, i);
        if (d < 0 && !power)
            break;
        if (d >= 0) {
            digits += last > 0;
            last = d;
            continue;
        }
        sum += (last < 0 ? 1 : last) * power;
        last = -1;
    }
    *n = (sum + (last > 0 ? last : 0)) * CLAIM_ONE;
    *end = i;
    return digits == 0;
}

// --- the unit

static bool approx_mark(Str s, size_t *i)
{
    static const Str marks[] = {SI("余"), SI("多"), SI("来")};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (stands(s, *i, marks[k]) && !stands(s, *i, S("多年"))) {
            *i += marks[k].n;
            return true;
        }
    return false;
}

static bool approx_before(Str s, size_t i)
{
    static const Str marks[] = {SI("近"),   SI("约"),   SI("超"),  SI("逾"),
                                SI("超过"), SI("大约"), SI("近百")};
    while (i > 0 && s.s[i - 1] == ' ')
        i--;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (stands_before(s, i, marks[k]))
            return true;
    return false;
}

static int64_t multiplier(Str s, size_t *i)
{
    static const struct {
        Str text;
        int64_t by;
    } table[] = {{SI("万"), 10000}, {SI("亿"), 100000000}};
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        if (stands(s, *i, table[k].text)) {
            *i += table[k].text.n;
            return table[k].by;
        }
    return 1;
}

static ClaimUnit read_unit(Str s, size_t *i)
{
    for (size_t k = 0; k < sizeof unit_words / sizeof *unit_words; k++)
        if (stands(s, *i, unit_words[k].text)) {
            *i += unit_words[k].text.n;
            return unit_words[k].unit;
        }
    return UNIT_NONE;
}

static void finish(Str s, size_t start, size_t i, Figure *out, size_t *end)
{
    size_t at = skip_spaces(s, i);
    bool approx = approx_mark(s, &at) || approx_before(s, start);
    int64_t by = multiplier(s, &at);
    approx |= approx_mark(s, &at);
    at = skip_spaces(s, at);
    size_t unit_at = at;
    out->unit = read_unit(s, &at);
    out->approx = approx;
    if (out->n > MOST / by) // sums of a list must not overflow
        out->unit = UNIT_OTHER;
    else
        out->n *= by;
    out->step = CLAIM_ONE * by;
    for (int k = 0; k < out->decimals; k++)
        out->step /= 10;
    // A year is written with four figures; 3年 is a span.
    if (out->unit == UNIT_YEAR &&
        (out->n < INT64_C(1949) * CLAIM_ONE || out->n > INT64_C(2100) * CLAIM_ONE))
        out->unit = UNIT_OTHER;
    *end = out->unit == UNIT_NONE ? (by > 1 ? unit_at : i) : at;
    out->text = str_sub(s, start, *end);
}

static bool figure_digits(Str s, size_t i, Figure *out, size_t *end)
{
    size_t start = i;
    bool good = read_digits(s, i, &out->n, &out->decimals, &i);
    good &= start == 0 || !word_byte(s.s[start - 1]);
    good &= !stands_before(s, start, S("第")) && !stands_before(s, start, S("〔")) &&
            !stands_before(s, start, S("["));
    if (i < s.n && word_byte(s.s[i])) // 0635-6068810, 8.1.2, 2号楼B座
        good = false;
    if (i + 1 < s.n && s.s[i] == ':' && digit(s, i + 1)) // 8:30
        good = false;
    if (!good) {
        while (i < s.n && (word_byte(s.s[i]) || (s.s[i] == ':' && digit(s, i + 1))))
            i++;
        *end = i;
        return false;
    }
    finish(s, start, i, out, end);
    return true;
}

static bool figure_han(Str s, size_t i, Figure *out, size_t *end)
{
    size_t start = i;
    bool percent = stands(s, i, S("百分之"));
    if (percent) {
        i += S("百分之").n;
        if (digit(s, i) ? !read_digits(s, i, &out->n, &out->decimals, &i)
                        : !read_han(s, i, &out->n, &i)) {
            *end = i;
            return false;
        }
        out->unit = UNIT_PERCENT;
        *end = i;
        out->text = str_sub(s, start, i);
        return true;
    }
    bool good = read_han(s, i, &out->n, &i) && !stands_before(s, start, S("第"));
    finish(s, start, i, out, end);
    // 一是, 三公, 五公开: a Chinese numeral counts only with a unit behind it.
    if (good && out->unit != UNIT_NONE && out->unit != UNIT_OTHER && out->unit != UNIT_YEAR)
        return true;
    *end = i;
    return false;
}

bool figure_read(Str s, size_t i, Figure *out, size_t *end)
{
    Figure f = {0};
    bool found = digit(s, i) ? figure_digits(s, i, &f, end) : figure_han(s, i, &f, end);
    if (found)
        *out = f;
    return found;
}

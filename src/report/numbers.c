#include "report/numbers.h"

// Words around a figure. A unit multiplies an amount's millionths of 万元 (0: not a unit of money).
typedef struct Unit {
    Str word;
    int64_t count_by;   // what a count is multiplied by
    int64_t amount_num; // 万元 = written × num / den
    int64_t amount_den;
} Unit;

// clang-format off
static const Unit units[] = { // longest first
    {SI("万元人民币"), 0, 1, 1}, {SI("亿元"), 0, 10000, 1}, {SI("万元"), 0, 1, 1}, {SI("人次"), 1, 0, 1},
    {SI("万件"), 10000, 0, 1}, {SI("万项"), 10000, 0, 1}, {SI("万条"), 10000, 0, 1}, {SI("元"), 0, 1, 10000},
    {SI("万"), 10000, 1, 1}, {SI("件"), 1, 0, 1}, {SI("项"), 1, 0, 1}, {SI("条"), 1, 0, 1}, {SI("个"), 1, 0, 1},
    {SI("次"), 1, 0, 1}, {SI("宗"), 1, 0, 1}, {SI("份"), 1, 0, 1}, {SI("人"), 1, 0, 1}, {SI("家"), 1, 0, 1},
    {SI("篇"), 1, 0, 1}, {SI("起"), 1, 0, 1}, {SI("例"), 1, 0, 1}, {SI("部"), 1, 0, 1},
};
static const Str plus_words[] = {SI("增加"), SI("新增"), SI("增"), SI("+"), SI("↑")};
static const Str minus_words[] = {SI("减少"), SI("减"), SI("-"), SI("−"), SI("－"), SI("↓")};
static const Str blank_words[] = {SI("-"), SI("_"), SI("/"), SI("—"), SI("–"), SI("无"), SI("\\"), SI("…"), SI("―"), SI("－")};
// clang-format on

#define COUNT(v) (sizeof(v) / sizeof *(v))

static bool take_any(Str *s, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(*s, words[i])) {
            *s = str_from(*s, words[i].n);
            return true;
        }
    return false;
}

// Nothing but dashes: "—", "--", "/ /", "无".
static bool only_dashes(Str s)
{
    while (s.n)
        if (!take_any(&s, blank_words, COUNT(blank_words)) && !take_any(&s, &S(" "), 1))
            return false;
    return true;
}

typedef struct Digits {
    int64_t whole, millionths;
    bool any, fraction;
    uint32_t repairs;
} Digits;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// A comma is a thousands mark where three digits, and no fourth, follow it.
static bool thousands_mark(Str s, size_t i)
{
    return i > 0 && s.s[i] == ',' && i + 3 < s.n && is_digit(s.s[i + 1]) && is_digit(s.s[i + 2]) &&
           is_digit(s.s[i + 3]) && !(i + 4 < s.n && is_digit(s.s[i + 4]));
}

// Takes 1,234 or 1 234.5 from the front of *s. False where it overflows or is malformed.
static bool take_digits(Str *s, Digits *out)
{
    Digits d = {0};
    size_t i = 0;
    for (; i < s->n; i++) {
        if (is_digit(s->s[i])) {
            if (__builtin_mul_overflow(d.whole, 10, &d.whole) ||
                __builtin_add_overflow(d.whole, s->s[i] - '0', &d.whole))
                return false;
            d.any = true;
        } else if (d.any && thousands_mark(*s, i)) {
            d.repairs |= REPAIR_THOUSANDS;
        } else if (d.any && s->s[i] == ' ' && i + 1 < s->n && is_digit(s->s[i + 1])) {
            d.repairs |= REPAIR_SPACES;
        } else {
            break;
        }
    }
    if (d.any && i + 1 < s->n && s->s[i] == '.' && is_digit(s->s[i + 1])) {
        int64_t place = AMOUNT_ONE;
        for (i++; i < s->n && is_digit(s->s[i]); i++)
            d.millionths += (s->s[i] - '0') * (place /= 10);
        d.fraction = d.millionths != 0;
    }
    *out = d;
    *s = str_from(*s, i);
    return true;
}

// 〇, 零, 一 … 十, and the letters O and o that stand for a zero.
static bool look_alike(Str s, int64_t *n)
{
    static const Str words[] = {SI("零"), SI("一"), SI("二"), SI("三"), SI("四"), SI("五"),
                                SI("六"), SI("七"), SI("八"), SI("九"), SI("十")};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(s, words[i])) {
            *n = (int64_t)i;
            return true;
        }
    *n = 0;
    return str_eq(s, S("〇")) || str_eq(s, S("O")) || str_eq(s, S("o")) || str_eq(s, S("○"));
}

static const Unit *take_unit(Str *s)
{
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_starts(*s, units[i].word)) {
            *s = str_from(*s, units[i].word.n);
            return &units[i];
        }
    return NULL;
}

// The figure in the type's own unit; false where the unit or a fraction does not belong to the
// type.
static bool scale(const Digits *d, const Unit *unit, CellType type, int64_t *n)
{
    if (type == TYPE_AMOUNT) {
        int64_t v;
        if (__builtin_mul_overflow(d->whole, AMOUNT_ONE, &v) ||
            __builtin_add_overflow(v, d->millionths, &v))
            return false;
        if (unit && (!unit->amount_num || __builtin_mul_overflow(v, unit->amount_num, &v)))
            return unit && unit->count_by == 1 ? (*n = v, true) : false;
        *n = unit ? v / unit->amount_den : v;
        return true;
    }
    if (unit && !unit->count_by)
        return false;
    int64_t by = unit ? unit->count_by : 1, part = d->millionths * by;
    if (part % AMOUNT_ONE != 0 || __builtin_mul_overflow(d->whole, by, n))
        return false;
    *n += part / AMOUNT_ONE;
    return true;
}

static Str strip_brackets(Str s)
{
    if (s.n > 2 && s.s[0] == '(' && s.s[s.n - 1] == ')')
        return str_trim(str_sub(s, 1, s.n - 1));
    return s;
}

// Nearly every figure is a few plain digits: true, and *n, for those.
static bool plain_digits(Str s, int64_t *n)
{
    int64_t v = 0;
    if (s.n == 0 || s.n > 15)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.s[i]))
            return false;
        v = v * 10 + (s.s[i] - '0');
    }
    *n = v;
    return true;
}

void number_read(Str text, CellType type, uint32_t repairs, Cell *out)
{
    int64_t plain;
    repairs &= REPAIR_WIDTH;
    if (type != TYPE_AMOUNT && plain_digits(text, &plain)) {
        *out = (Cell){CELL_VALUE, repairs, plain, out->raw, out->place};
        return;
    }
    Str s = str_trim(text);
    *out = (Cell){.state = CELL_BLANK, .repairs = 0, .raw = out->raw, .place = out->place};
    if (only_dashes(s)) {
        out->repairs = s.n ? REPAIR_DASH : 0;
        return;
    }
    out->state = CELL_UNREADABLE;
    int64_t n;
    if (look_alike(s, &n)) {
        *out = (Cell){CELL_VALUE, repairs | REPAIR_DIGITS, n, out->raw, out->place};
        return;
    }
    bool minus = false, word = s.n && (unsigned char)s.s[0] >= 0x80;
    if (take_any(&s, minus_words, COUNT(minus_words)))
        minus = true;
    else if (!take_any(&s, plus_words, COUNT(plus_words)))
        word = false;
    s = str_trim(s);
    Digits d;
    if (!take_digits(&s, &d) || !d.any)
        return;
    s = strip_brackets(str_trim(s));
    const Unit *unit = take_unit(&s);
    if (str_trim(s).n || !scale(&d, unit, type, &n))
        return;
    repairs |= d.repairs | (unit ? REPAIR_UNIT : 0) | (word ? REPAIR_SIGN_WORD : 0);
    if (unit && unit->amount_den > 1 && type == TYPE_AMOUNT)
        repairs |= REPAIR_YUAN;
    *out = (Cell){CELL_VALUE, repairs, minus ? -n : n, out->raw, out->place};
}

bool number_like(Str text)
{
    int64_t plain;
    if (plain_digits(text, &plain))
        return true;
    Str s = text.n <= 60 ? str_trim(text) : text;
    if (!s.n || s.n > 40)
        return false;
    unsigned char c = (unsigned char)s.s[0];
    if (c > 0x7f) {
        // Of the Han characters only those that begin a figure are worth a look.
        static const Str starts[] = {SI("增"), SI("减"), SI("新增"), SI("无"), SI("零"), SI("〇"),
                                     SI("—"),  SI("–"),  SI("…"),    SI("−"),  SI("↑"),  SI("↓"),
                                     SI("一"), SI("二"), SI("三"),   SI("四"), SI("五"), SI("六"),
                                     SI("七"), SI("八"), SI("九"),   SI("十"), SI("○"),  SI("―")};
        bool hit = false;
        for (size_t i = 0; i < COUNT(starts) && !hit; i++)
            hit = str_starts(s, starts[i]);
        if (!hit)
            return false;
    } else if (!is_digit((char)c) && !strchr("+-_/\\.Oo(", c)) {
        return false;
    }
    Cell cell = {0};
    number_read(s, TYPE_AMOUNT, 0, &cell);
    if (cell.state == CELL_UNREADABLE)
        number_read(s, TYPE_COUNT, 0, &cell);
    return cell.state != CELL_UNREADABLE;
}

// --- figures run together

typedef struct Splits {
    Str digits;
    size_t parts, found, tried;
    bool (*fits)(const int64_t *, size_t);
    int64_t now[32], *out;
} Splits;

enum { MAX_SPLIT_TRIES = 100000 };

static void split_from(Splits *s, size_t at, size_t part)
{
    size_t left = s->digits.n - at, more = s->parts - part;
    if (s->found > 1 || left < more || s->tried++ > MAX_SPLIT_TRIES)
        return;
    if (more == 0) {
        if (left == 0 && s->fits(s->now, s->parts) && s->found++ == 0)
            memcpy(s->out, s->now, s->parts * sizeof *s->now);
        return;
    }
    int64_t n = 0;
    size_t longest = s->digits.s[at] == '0' ? 1 : left - (more - 1);
    for (size_t len = 1; len <= longest && len <= 10; len++) {
        n = n * 10 + (s->digits.s[at + len - 1] - '0');
        s->now[part] = n;
        split_from(s, at + len, part + 1);
    }
}

size_t number_splits(Str digits, size_t parts, bool (*fits)(const int64_t *n, size_t parts),
                     int64_t *out)
{
    Splits s = {.digits = digits, .parts = parts, .fits = fits, .out = out};
    if (!parts || parts > COUNT(s.now) || digits.n > 60)
        return 0;
    split_from(&s, 0, 0);
    return s.tried > MAX_SPLIT_TRIES ? 2 : s.found;
}

#include "domain/password.h"

#include "base/embedded.h"

#include <limits.h>

extern const Embedded password_files[]; // data/passwords.txt

// Bits are reckoned in tenths.
enum {
    WORD = 100, // one of about a thousand
    OWN = 20,   // one of the person's own names
    RUN = 80,   // which keys, which way, how many
    DAY = 145,  // of some sixty years
    YEAR = 65,
    MOBILE = 300,  // 1[3-9] and nine digits
    REPEAT = 30,   // how often
    DISGUISE = 15, // capitals, or digits for letters
    DIGIT = 33,
    LETTER = 47,
    CAPITAL = 57,
    SIGN = 60,
    HANZI = 110, // one of some two thousand in use
    PIECE_MOST = 40,
};

// The password as it is taken apart: one entry a character.
typedef struct Letters {
    uint32_t *rune; // as typed
    unsigned char
        *plain; // lower case, with letters for the digits that stand for them; 0 beyond ASCII
    size_t n;
} Letters;

static unsigned char lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 32) : c < 128 ? (unsigned char)c : 0;
}

static Letters letters_of(Str s, Arena *a)
{
    Letters l = {.rune = NEW(a, uint32_t, s.n + 1), .plain = NEW(a, unsigned char, s.n + 1)};
    for (size_t i = 0, len; i < s.n; i += len) {
        l.rune[l.n] = str_rune(s, i, &len);
        l.plain[l.n] = lower(l.rune[l.n]);
        l.n++;
    }
    return l;
}

static int bits_of_one(uint32_t c)
{
    return c >= '0' && c <= '9'   ? DIGIT
           : c >= 'a' && c <= 'z' ? LETTER
           : c >= 'A' && c <= 'Z' ? CAPITAL
           : c < 128              ? SIGN
                                  : HANZI;
}

// --- pieces: how many characters from `i` on are one, at which price

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static int number_at(const Letters *l, size_t i, size_t digits)
{
    int n = 0;
    for (size_t k = 0; k < digits; k++)
        n = n * 10 + (int)(l->rune[i + k] - '0');
    return n;
}

static size_t digits_at(const Letters *l, size_t i)
{
    size_t n = 0;
    while (i + n < l->n && is_digit(l->rune[i + n]))
        n++;
    return n;
}

static bool is_year(int y)
{
    return y >= 1930 && y <= 2049;
}

static bool is_month_day(int md)
{
    int m = md / 100, d = md % 100;
    return m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

static const char *const rows[] = {
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "!@#$%^&*()",
    "0123456789",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "147258369",
    "789456123",
    "poiuytrewq",
    "lkjhgfdsa",
    "mnbvcxz",
    "0987654321",
    "zyxwvutsrqponmlkjihgfedcba",
    "9876543210",
    ")(*&^%$#@!",
};

// The longest run of neighbours in a row from here on.
static size_t run_at(const Letters *l, size_t i)
{
    size_t most = 0;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const char *at = l->plain[i] ? strchr(rows[r], l->plain[i]) : NULL;
        size_t n = 0;
        while (at && at[n] && i + n < l->n && l->plain[i + n] == (unsigned char)at[n])
            n++;
        most = n > most ? n : most;
    }
    return most;
}

static size_t same_at(const Letters *l, size_t i)
{
    size_t n = 1;
    while (i + n < l->n && l->rune[i + n] == l->rune[i])
        n++;
    return n;
}

// What digits and signs stand for in a word: p@ssw0rd.
static bool stands_for(unsigned char typed, unsigned char letter)
{
    static const char disguises[][2] = {{'0', 'o'}, {'1', 'l'}, {'1', 'i'}, {'3', 'e'}, {'4', 'a'},
                                        {'5', 's'}, {'7', 't'}, {'@', 'a'}, {'$', 's'}, {'!', 'i'}};
    for (size_t i = 0; i < sizeof disguises / sizeof *disguises; i++)
        if (typed == (unsigned char)disguises[i][0] && letter == (unsigned char)disguises[i][1])
            return true;
    return false;
}

// The price of finding `word` here, INT_MAX where it does not stand here.
static int word_at(const Letters *l, size_t i, Str word, int price)
{
    bool disguised = false;
    if (i + word.n > l->n)
        return INT_MAX;
    for (size_t k = 0; k < word.n; k++) {
        unsigned char typed = l->plain[i + k], want = (unsigned char)word.s[k];
        if (typed != want && !stands_for(typed, want))
            return INT_MAX;
        disguised |= l->rune[i + k] != want;
    }
    return price + (disguised ? DISGUISE : 0);
}

static bool own_at(const Letters *l, size_t i, const Letters *own)
{
    if (own->n < 2 || i + own->n > l->n)
        return false;
    for (size_t k = 0; k < own->n; k++)
        if (l->rune[i + k] != own->rune[k] && !(own->plain[k] && l->plain[i + k] == own->plain[k]))
            return false;
    return true;
}

// --- the cheapest way to put it together

typedef struct Costs {
    const Letters *l;
    int *to; // the price of the first i characters
} Costs;

static void offer(Costs *c, size_t i, size_t n, int price)
{
    if (n && c->to[i] + price < c->to[i + n])
        c->to[i + n] = c->to[i] + price;
}

static void offer_numbers(Costs *c, size_t i)
{
    const Letters *l = c->l;
    size_t n = digits_at(l, i);
    if (n >= 4 && is_year(number_at(l, i, 4)))
        offer(c, i, 4, YEAR);
    if (n >= 4 && is_month_day(number_at(l, i, 4)))
        offer(c, i, 4, DAY - YEAR);
    if (n >= 8 && is_year(number_at(l, i, 4)) && is_month_day(number_at(l, i + 4, 4)))
        offer(c, i, 8, DAY);
    if (n >= 6 && is_month_day(number_at(l, i + 2, 4)))
        offer(c, i, 6, DAY);
    if (n >= 11 && l->rune[i] == '1' && l->rune[i + 1] >= '3')
        offer(c, i, 11, MOBILE);
}

static void offer_runs(Costs *c, size_t i)
{
    size_t run = run_at(c->l, i), same = same_at(c->l, i);
    for (size_t n = 3; n <= run; n++)
        offer(c, i, n, RUN + (int)n);
    for (size_t n = 3; n <= same; n++)
        offer(c, i, n, bits_of_one(c->l->rune[i]) + REPEAT);
    // what stands before it once more, however often
    for (size_t period = 2; period <= i && period <= PIECE_MOST; period++) {
        size_t n = 0;
        while (i + n < c->l->n && c->l->rune[i + n] == c->l->rune[i + n - period])
            n++;
        if (n >= period)
            offer(c, i, n, REPEAT);
    }
}

static void offer_words(Costs *c, size_t i)
{
    for (Str text = password_files[0].bytes, line; text.n;) {
        str_cut(text, S("\n"), &line, &text);
        if (str_starts(line, S("#")))
            continue;
        for (Str word; line.n;) {
            str_cut(line, S(" "), &word, &line);
            int price = word.n ? word_at(c->l, i, word, WORD) : INT_MAX;
            if (price < INT_MAX)
                offer(c, i, word.n, price);
        }
    }
}

static void offer_own(Costs *c, size_t i, const PasswordOwner *owner, Arena *a)
{
    const Str names[] = {owner->login, owner->name, owner->organ, owner->site};
    for (size_t k = 0; k < 4; k++) {
        Letters own = letters_of(names[k], a);
        if (own_at(c->l, i, &own))
            offer(c, i, own.n, OWN);
    }
}

int password_bits(Str password, const PasswordOwner *owner, Arena *a)
{
    Arena scratch = *a;
    Letters l = letters_of(password, &scratch);
    Costs c = {.l = &l, .to = NEW(&scratch, int, l.n + 1)};
    for (size_t i = 1; i <= l.n; i++)
        c.to[i] = INT_MAX / 2;
    for (size_t i = 0; i < l.n; i++) {
        offer(&c, i, 1, bits_of_one(l.rune[i]));
        offer_numbers(&c, i);
        offer_runs(&c, i);
        offer_words(&c, i);
        offer_own(&c, i, owner, &scratch);
    }
    return c.to[l.n] / 10;
}

Str password_strength(int bits)
{
    return bits < PASSWORD_LEAST_BITS ? S("太容易猜")
           : bits < 55                ? S("可以")
           : bits < 75                ? S("较强")
                                      : S("很强");
}

// --- deciding

static bool has_control(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < ' ' || s.s[i] == 0x7f)
            return true;
    return false;
}

// Whether one of the owner's names is what makes it long.
static bool is_own(Str password, const PasswordOwner *owner, Arena *a)
{
    const PasswordOwner nobody = {0};
    return password_bits(password, &nobody, a) >= PASSWORD_LEAST_BITS &&
           password_bits(password, owner, a) < PASSWORD_LEAST_BITS;
}

bool password_decide(Str password, const PasswordOwner *owner, Arena *a, Err *err)
{
    size_t n = str_runes(password);
    if (n < PASSWORD_LEAST)
        return fail(err, ERR_INPUT, NULL, "密码至少%d个字，可以用几个不相干的词连起来",
                    "a password has at least %d characters; several words together will do",
                    PASSWORD_LEAST);
    if (n > PASSWORD_MOST)
        return fail(err, ERR_INPUT, NULL, "密码最多%d个字", "a password has at most %d characters",
                    PASSWORD_MOST);
    if (has_control(password))
        return fail(err, ERR_INPUT, NULL, "密码里不能有换行、制表等控制字符",
                    "a password has no control characters");
    if (is_own(password, owner, a))
        return fail(err, ERR_INPUT, NULL,
                    "密码里不要用登录名、姓名、机关或者网站的名称，这些人人知道",
                    "leave out the login and the names of the person, organ and site");
    if (password_bits(password, owner, a) < PASSWORD_LEAST_BITS)
        return fail(
            err, ERR_INPUT, NULL,
            "这个密码容易被猜到（常用词、键盘顺序、日期、手机号或者重复），请换几个不相干的词",
            "too easy to guess (common words, rows of keys, days, telephone numbers or"
            " repetitions); take several words that do not belong together");
    return true;
}

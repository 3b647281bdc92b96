#include "domain/identity.h"

enum { NUMBER_LENGTH = 18, OLD_LENGTH = 15 };

// GB 11643-1999, 5.2
static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
static const char digits[] = "10X98765432";

static bool digits_only(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] < '0' || s.s[i] > '9')
            return false;
    return true;
}

char identity_number_digit(Str first17)
{
    int sum = 0;
    for (size_t i = 0; i < 17; i++)
        sum += (first17.s[i] - '0') * weights[i];
    return digits[sum % 11];
}

static int number_at(Str s, size_t at, size_t n)
{
    int value = 0;
    for (size_t i = at; i < at + n; i++)
        value = value * 10 + (s.s[i] - '0');
    return value;
}

bool identity_number_check(Str s, Date today, Err *err)
{
    Date born;
    if (s.n == OLD_LENGTH && digits_only(s))
        return fail(err, ERR_INPUT, NULL, "这像是15位的旧身份证号码，现在的号码是18位",
                    "this looks like an old number of 15 digits; there are 18 now");
    if (s.n != NUMBER_LENGTH)
        return fail(err, ERR_INPUT, NULL, "居民身份证号码是18位，现在是%zu位",
                    "an identity number has 18 digits, not %zu", s.n);
    if (!digits_only(str_sub(s, 0, 17)) || !strchr("0123456789Xx", s.s[17]))
        return fail(err, ERR_INPUT, NULL, "居民身份证号码只有数字，最后一位可以是X",
                    "an identity number is digits, the last one may be X");
    if (!date_make(number_at(s, 6, 4), number_at(s, 10, 2), number_at(s, 12, 2), &born) ||
        born.days > today.days)
        return fail(err, ERR_INPUT, NULL, "第7位到第14位应当是出生的年月日",
                    "digits 7 to 14 are the day of birth");
    char last = s.s[17] == 'x' ? 'X' : s.s[17];
    return last == identity_number_digit(s) ||
           fail(err, ERR_INPUT, NULL, "号码与它的最后一位（校验码）对不上，可能有一位写错了",
                "the check digit does not fit; one of the digits may be wrong");
}

Str identity_masked(Str number, Arena *a)
{
    size_t runes = str_runes(number);
    size_t shown = runes >= 12 ? 4 : runes >= 6 ? 2 : 0, i = 0, len;
    char *out = NEW(a, char, number.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < number.n; at += len, i++) {
        str_rune(number, at, &len);
        if (i < shown || i >= runes - shown) {
            memcpy(out + n, number.s + at, len);
            n += len;
        } else {
            out[n++] = '*';
        }
    }
    return (Str){out, n};
}

bool phone_looks_right(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.s[i] >= '0' && s.s[i] <= '9';
        if (!digit && !strchr("+-() ", s.s[i]))
            return false;
        n += digit;
    }
    return n >= 7 && n <= 20;
}

#include "domain/personal.h"

const Str personal_names[PERSONAL__COUNT] = {
    [PERSONAL_IDENTITY] = SI("身份证号码"),
    [PERSONAL_MOBILE] = SI("手机号码"),
};

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

// GB 11643: weights are powers of two modulo 11, the last one is what makes the sum 1.
static bool identity(Str s)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1};
    int sum = 0;
    if (s.n != 18)
        return false;
    for (size_t i = 0; i < 18; i++) {
        bool last_x = i == 17 && (s.s[i] | 32) == 'x';
        if (!digit(s.s[i]) && !last_x)
            return false;
        sum += weights[i] * (last_x ? 10 : s.s[i] - '0');
    }
    return sum % 11 == 1;
}

static bool mobile(Str s)
{
    return s.n == 11 && s.s[0] == '1' && s.s[1] >= '3' && s.s[1] <= '9';
}

// A whole run of digits, with an X behind it, is one number.
bool personal_next(Str text, size_t *at, PersonalKind *kind, Str *found)
{
    size_t i = *at;
    while (i < text.n) {
        size_t from = i;
        while (i < text.n && digit(text.s[i]))
            i++;
        if (i == from) {
            i++;
            continue;
        }
        if (i < text.n && (text.s[i] | 32) == 'x' && i - from == 17)
            i++;
        Str run = str_sub(text, from, i);
        if (!identity(run) && !mobile(run))
            continue;
        *kind = identity(run) ? PERSONAL_IDENTITY : PERSONAL_MOBILE;
        *found = run;
        *at = i;
        return true;
    }
    *at = i;
    return false;
}

#include "domain/bulk.h"

// clang-format off
const BulkDef bulk_defs[BULK__COUNT] = {
    [BULK_ASSIGN]  = { SI("assign"),  SI("指定承办人"),       SI("已指定承办人"), MAY_REQUEST_HANDLE },
    [BULK_CONFIRM] = { SI("confirm"), SI("确认收到"),         SI("已确认收到"),   MAY_REQUEST_REGISTER },
    [BULK_JOIN]    = { SI("join"),    SI("并案"),             SI("已并案"),       MAY_REQUEST_HANDLE },
    [BULK_ANSWER]  = { SI("answer"),  SI("适用主件的答复"),   SI("已答复"),       MAY_REQUEST_HANDLE },
    [BULK_EXTEND]  = { SI("extend"),  SI("延期"),             SI("已延期"),       MAY_REQUEST_APPROVE },
    [BULK_SEND]    = { SI("send"),    SI("登记发出"),         SI("已发出"),       MAY_REQUEST_HANDLE },
};
// clang-format on

bool bulk_named(Str id, BulkKind *out)
{
    for (int k = 0; k < BULK__COUNT; k++)
        if (str_eq(bulk_defs[k].id, id))
            return *out = (BulkKind)k, true;
    return false;
}

// --- numbers of letters in the post

enum { S10_LENGTH = 13, S10_DIGITS = 8, S10_MOST = 100000000 };

static int check_digit(int64_t serial)
{
    static const int weights[S10_DIGITS] = {8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (int i = S10_DIGITS; i-- > 0; serial /= 10)
        sum += (int)(serial % 10) * weights[i];
    int check = 11 - sum % 11;
    return check == 10 ? 0 : check == 11 ? 5 : check;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool post_number_behind(Str first, int64_t n, Arena *a, Str *out)
{
    int64_t serial;
    if (first.n != S10_LENGTH || !is_capital(first.s[0]) || !is_capital(first.s[1]) ||
        !is_capital(first.s[11]) || !is_capital(first.s[12]) ||
        !str_to_int(str_sub(first, 2, 10), &serial) || serial < 0 ||
        first.s[10] != '0' + check_digit(serial) || n < 0 || n >= S10_MOST - serial)
        return false;
    serial += n;
    *out = str_fmt(a, "%.2s%08lld%d%.2s", first.s, (long long)serial, check_digit(serial),
                   first.s + 11);
    return true;
}

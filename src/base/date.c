#include "base/date.h"

// Days and civil dates turn into one another by counting from 1 March of the year 0, in eras of
// 400 years, so that the leap day is the last of its year and no table is needed.
enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };

static bool leap(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int month_days(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && leap(y) ? 29 : days[m - 1];
}

bool date_make(int year, int month, int day, Date *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month))
        return false;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400, of_era = y - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int in_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    out->days = era * DAYS_PER_ERA + in_era - DAYS_TO_1970;
    return true;
}

void date_parts(Date d, int *year, int *month, int *day)
{
    int z = d.days + DAYS_TO_1970;
    int era = z / DAYS_PER_ERA, in_era = z - era * DAYS_PER_ERA;
    int of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int of_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = of_era + era * 400 + (*month <= 2);
}

int date_year(Date d)
{
    int y, m, day;
    date_parts(d, &y, &m, &day);
    return y;
}

Str date_iso(Arena *a, Date d)
{
    int y, m, day;
    date_parts(d, &y, &m, &day);
    return str_fmt(a, "%04d-%02d-%02d", y, m, day);
}

Str date_zh(Arena *a, Date d)
{
    int y, m, day;
    date_parts(d, &y, &m, &day);
    return str_fmt(a, "%d年%d月%d日", y, m, day);
}

// Takes digits from the front of *s, at least `min` and at most `max` of them.
static bool take_digits(Str *s, size_t min, size_t max, int *out)
{
    size_t n = 0;
    for (*out = 0; n < s->n && n < max && s->s[n] >= '0' && s->s[n] <= '9'; n++)
        *out = *out * 10 + (s->s[n] - '0');
    *s = str_from(*s, n);
    return n >= min;
}

static bool take(Str *s, Str what)
{
    bool there = str_starts(*s, what);
    if (there)
        *s = str_from(*s, what.n);
    return there;
}

bool date_parse(Str s, Date *out)
{
    static const Str marks[][3] = {
        // behind the year, the month, the day
        {SI("-"), SI("-"), SI("")},
        {SI("/"), SI("/"), SI("")},
        {SI("."), SI("."), SI("")},
        {SI("年"), SI("月"), SI("日")},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        Str rest = s;
        int y, m, d;
        if (take_digits(&rest, 4, 4, &y) && take(&rest, marks[i][0]) &&
            take_digits(&rest, 1, 2, &m) && take(&rest, marks[i][1]) &&
            take_digits(&rest, 1, 2, &d) && take(&rest, marks[i][2]) && rest.n == 0)
            return date_make(y, m, d, out);
    }
    return false;
}

// --- moments

enum { DAY_SECONDS = 86400, BEIJING = 8 * 3600 };

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

Date moment_day(int64_t seconds)
{
    return (Date){(int32_t)floor_div(seconds + BEIJING, DAY_SECONDS)};
}

int64_t moment_begin(Date day)
{
    return (int64_t)day.days * DAY_SECONDS - BEIJING;
}

Str moment_text(Arena *a, int64_t seconds)
{
    Date day = moment_day(seconds);
    int of_day = (int)(seconds - moment_begin(day));
    Str date = date_iso(a, day);
    return str_fmt(a, PRI_STR " %02d:%02d:%02d", STR_ARG(date), of_day / 3600, of_day / 60 % 60,
                   of_day % 60);
}

Str moment_zh(Arena *a, int64_t seconds)
{
    Date day = moment_day(seconds);
    int of_day = (int)(seconds - moment_begin(day));
    return str_fmt(a, PRI_STR "%02d:%02d", STR_ARG(date_zh(a, day)), of_day / 3600,
                   of_day / 60 % 60);
}

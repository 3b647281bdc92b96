// Days as notices write them, for whoever copies them from one:
// 二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
#include "domain/calendar.h"

enum { DAYS_A_SPAN = 40 };

// Where a line has been read to.
typedef struct Reading {
    Str s;
    size_t at;
    int year, month; // of the day before, which the next one may leave out
} Reading;

static bool digit_at(const Reading *r, size_t i)
{
    return i < r->s.n && r->s.s[i] >= '0' && r->s.s[i] <= '9';
}

static bool skip(Reading *r, Str word)
{
    if (!word.n || !str_starts(str_from(r->s, r->at), word))
        return false;
    r->at += word.n;
    return true;
}

static int number(Reading *r)
{
    int n = 0;
    for (int digits = 0; digit_at(r, r->at) && digits < 5; digits++)
        n = n * 10 + (r->s.s[r->at++] - '0');
    return n;
}

static bool divided(Reading *r, Str zh)
{
    return skip(r, zh) || skip(r, S("-")) || skip(r, S("/")) || skip(r, S("."));
}

// 2026年2月15日, 2026-02-15, 2月15日, and behind a day 23日 alone. False, and nothing read, for
// anything else.
static bool day_read(Reading *r, Date *out)
{
    Reading t = *r;
    if (!digit_at(&t, t.at))
        return false;
    int first = number(&t);
    if (first > 31) {
        t.year = first;
        if (!divided(&t, S("年")) || !digit_at(&t, t.at))
            return false;
        first = number(&t);
    }
    int day = first;
    if (!skip(&t, S("日"))) {
        t.month = first;
        if (!divided(&t, S("月")) || !digit_at(&t, t.at))
            return false;
        day = number(&t);
        skip(&t, S("日"));
    }
    if (!t.month || !date_make(t.year, t.month, day, out))
        return false;
    *r = t;
    return true;
}

// （星期六）
static bool skip_brackets(Reading *r)
{
    bool narrow = str_starts(str_from(r->s, r->at), S("("));
    if (!narrow && !str_starts(str_from(r->s, r->at), S("（")))
        return false;
    ptrdiff_t end = str_find(str_from(r->s, r->at), narrow ? S(")") : S("）"));
    r->at = end == STR_NONE ? r->s.n : r->at + (size_t)end + (narrow ? 1 : S("）").n);
    return true;
}

// The longest of those that begin alike come first.
static bool skip_one(Reading *r, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (skip(r, words[i]))
            return true;
    return false;
}

static bool skip_to(Reading *r)
{
    static const Str words[] = {SI("至"), SI("到"), SI("—"), SI("－"), SI("～"), SI("~"), SI("-")};
    Reading t = *r;
    while (skip(&t, S(" ")) || skip_brackets(&t))
        continue;
    if (!skip_one(&t, words, sizeof words / sizeof *words))
        return false;
    while (skip(&t, S(" ")))
        continue;
    *r = t;
    return true;
}

// What stands between days and says nothing.
static bool skip_filler(Reading *r)
{
    static const Str words[] = {SI("放假调休"), SI("放假"), SI("调休"), SI("休息"), SI("休"),
                                SI("上班"),     SI("班"),   SI("work"), SI("off"),  SI("共"),
                                SI("："),       SI(":"),    SI("、"),   SI("，"),   SI(","),
                                SI("。"),       SI("；"),   SI(";"),    SI(" "),    SI("\t"),
                                SI("　"),       SI("和"),   SI("天")};
    return skip_brackets(r) || skip_one(r, words, sizeof words / sizeof *words);
}

// 共9天: a number that is no day.
static bool skip_count(Reading *r)
{
    Reading t = *r;
    if (!digit_at(&t, t.at))
        return false;
    number(&t);
    if (!skip(&t, S("天")))
        return false;
    *r = t;
    return true;
}

static bool line_wrong(int line, Str text, Err *err)
{
    return fail(err, ERR_INPUT, NULL,
                "第%d行“" PRI_STR "”看不懂：请写成“春节：2月15日至23日放假。2月14日上班。”"
                "或者“2026-02-14 上班 春节”",
                "line %d, “" PRI_STR "”, is not understood: write “2026-02-14 work 春节” or "
                "“2026-02-15 off 春节”",
                line, STR_ARG(str_sub(text, 0, 90)));
}

// A name: letters that are neither a day nor filler. The one before a colon is meant, or else the
// first: 二、春节：
static void name_read(Reading *r, Str *name, bool *sure)
{
    Reading t = *r;
    size_t begin = t.at;
    while (t.at < t.s.n && !digit_at(&t, t.at)) {
        Reading word = t;
        size_t len;
        if (skip_filler(&word))
            break;
        str_rune(t.s, t.at, &len);
        t.at += len;
    }
    Str run = str_sub(r->s, begin, t.at), rest = str_from(t.s, t.at);
    bool colon = str_starts(rest, S("：")) || str_starts(rest, S(":"));
    if (!name->n || (colon && !*sure))
        *name = run;
    *sure |= colon;
    r->at = t.at;
}

typedef struct Line {
    int number;
    Str text, name;
    bool named_surely;
} Line;

static void add_days(CalendarDays *days, Date from, Date to, bool works, Arena *a)
{
    for (Date d = from; d.days <= to.days; d.days++)
        *PUSH(a, days) = (CalendarDay){.date = d, .works = works};
}

static bool says_works(Str sentence)
{
    return str_has(sentence, S("班")) || str_has(sentence, S("work"));
}

static bool sentence_read(Line *line, Reading *r, Arena *a, CalendarDays *out, Err *err)
{
    bool works = says_works(r->s);
    while (r->at < r->s.n) {
        Date from, to;
        if (skip_count(r))
            continue;
        if (!day_read(r, &from)) {
            if (digit_at(r, r->at))
                return line_wrong(line->number, line->text, err);
            if (!skip_filler(r))
                name_read(r, &line->name, &line->named_surely);
            continue;
        }
        to = from;
        if (skip_to(r) &&
            (!day_read(r, &to) || to.days < from.days || to.days - from.days >= DAYS_A_SPAN))
            return line_wrong(line->number, line->text, err);
        add_days(out, from, to, works, a);
    }
    return true;
}

static bool line_read(Line *line, int year, Arena *a, CalendarDays *out, Err *err)
{
    size_t before = out->n;
    Reading r = {.year = year};
    for (Str rest = line->text; rest.n;) {
        str_cut(rest, S("。"), &r.s, &rest);
        r.at = 0;
        if (!sentence_read(line, &r, a, out, err))
            return false;
    }
    for (size_t i = before; i < out->n; i++)
        out->v[i].name = line->name.n ? line->name : out->v[i].works ? S("调休上班") : S("放假");
    return out->n > before || line_wrong(line->number, line->text, err);
}

bool calendar_days_read(Str text, int year, Arena *a, CalendarDays *out, Err *err)
{
    CalendarDays days = {0};
    Line line = {0};
    while (text.n) {
        line = (Line){.number = line.number + 1};
        str_cut(text, S("\n"), &line.text, &text);
        line.text = str_trim(line.text);
        if (line.text.n && line.text.s[0] != '#' && !line_read(&line, year, a, &days, err))
            return false;
    }
    *out = days;
    return true;
}

bool calendar_days_check(const CalendarDays *days, int year, Err *err)
{
    for (size_t i = 0; i < days->n; i++) {
        int y, m, d;
        date_parts(days->v[i].date, &y, &m, &d);
        if (y != year && !(y == year - 1 && m == 12))
            return fail(err, ERR_INPUT, NULL, "%d年%d月%d日不属于%d年的通知",
                        "%d-%02d-%02d does not belong into a notice for %d", y, m, d, year);
        for (size_t k = 0; k < i; k++)
            if (days->v[k].date.days == days->v[i].date.days)
                return fail(err, ERR_INPUT, NULL, "%d年%d月%d日写了两次",
                            "%d-%02d-%02d is said twice", y, m, d);
    }
    return true;
}

static size_t span_end(const CalendarDays *days, size_t from)
{
    size_t end = from + 1;
    while (end < days->n && days->v[end].date.days == days->v[end - 1].date.days + 1 &&
           days->v[end].works == days->v[from].works &&
           str_eq(days->v[end].name, days->v[from].name))
        end++;
    return end;
}

Str calendar_days_text(const CalendarDays *days, Arena *a)
{
    Strs lines = {0};
    for (size_t i = 0, end; i < days->n; i = end) {
        end = span_end(days, i);
        Str from = date_zh(a, days->v[i].date), to = date_zh(a, days->v[end - 1].date);
        Str span =
            end - i == 1 ? from : str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(from), STR_ARG(to));
        *PUSH(a, &lines) = str_fmt(a, PRI_STR "：" PRI_STR "%s", STR_ARG(days->v[i].name),
                                   STR_ARG(span), days->v[i].works ? "上班" : "放假");
    }
    return str_join(a, lines.v, lines.n, S("\n"));
}

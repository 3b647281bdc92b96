#include "web/period.h"

#include "web/page_common.h"

Period period_of(const Request *r, Date today)
{
    Period p = {.to = today};
    Str from = request_query(r, "from"), to = request_query(r, "to");
    date_make(date_year(today), 1, 1, &p.from);
    if ((from.n && !date_parse(from, &p.from)) || (to.n && !date_parse(to, &p.to)))
        p.wrong = S("日期应当像2026-03-19");
    if (p.to.days < p.from.days)
        p.wrong = S("结束日期应当不早于开始日期");
    return p;
}

bool period_right(const Period *p, Err *err)
{
    return !p->wrong.n || fail(err, ERR_INPUT, NULL, PRI_STR, PRI_STR, STR_ARG(p->wrong));
}

Str period_path(Arena *a, Str path, const Period *p)
{
    return path_with(a, path_with(a, path, "from", date_iso(a, p->from)), "to", date_iso(a, p->to));
}

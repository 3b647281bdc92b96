#include "store/search.h"

#include "base/buf.h"
#include "domain/organ.h"

Str search_pattern(Arena *a, Str part)
{
    if (!part.n)
        return S("");
    Buf b = buf_new(a, 2 * part.n + 2);
    buf_byte(&b, '%');
    for (size_t i = 0; i < part.n; i++) {
        if (part.s[i] == '%' || part.s[i] == '_' || part.s[i] == '!')
            buf_byte(&b, '!');
        buf_byte(&b, part.s[i]);
    }
    buf_byte(&b, '%');
    return buf_str(&b);
}

// By their organs, of which there are few, and the year: a title says no more than these two. CROSS
// JOIN keeps SQLite from beginning with the reports.
static const char SQL_REPORTS[] =
    "SELECT o.name, o.slug, r.title, r.year, count(*) OVER () FROM"
    " (SELECT DISTINCT n.organ_id FROM organ_name n WHERE n.site_id = ?1"
    " AND n.name_key LIKE ?3 ESCAPE '!') f"
    " CROSS JOIN report r"
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " WHERE r.site_id = ?1 AND r.organ_id = f.organ_id AND (?2 = 0 OR r.year = ?2)"
    " ORDER BY r.year DESC, o.ordinal, r.report_id LIMIT ?4";

bool store_search_reports(Db *db, SiteId site, Str text, int year, int limit, Arena *a,
                          FoundReports *out, int64_t *total, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REPORTS);
    FoundReports found = {0};
    int64_t n = 0;
    bind_int(&s, site.n);
    bind_int(&s, year);
    bind_str(&s, text.n ? search_pattern(a, organ_name_key(a, text)) : S("%"));
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        FoundReport r = {.organ_name = col_str(&s, a)};
        r.organ_slug = col_str(&s, a);
        r.title = col_str(&s, a);
        r.year = (int)col_int(&s);
        n = col_int(&s);
        *PUSH(a, &found) = r;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    *total = n;
    return true;
}

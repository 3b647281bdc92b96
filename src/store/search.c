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

// The organs are found first: there are few of them, and reports lie by organ.
static const char SQL_REPORTS[] =
    "SELECT o.name, o.slug, r.title, r.year, count(*) OVER () FROM report r"
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " WHERE r.site_id = ?1 AND (?2 = 0 OR r.year = ?2)"
    " AND (?3 = '' OR r.title LIKE ?3 ESCAPE '!' OR r.organ_id IN (SELECT n.organ_id"
    " FROM organ_name n WHERE n.site_id = ?1 AND n.name_key LIKE ?4 ESCAPE '!'))"
    " ORDER BY r.year DESC, o.ordinal, r.report_id LIMIT ?5";

bool store_search_reports(Db *db, SiteId site, Str text, int year, int limit, Arena *a,
                          FoundReports *out, int64_t *total, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REPORTS);
    FoundReports found = {0};
    int64_t n = 0;
    bind_int(&s, site.n);
    bind_int(&s, year);
    bind_str(&s, search_pattern(a, text));
    bind_str(&s, search_pattern(a, organ_name_key(a, text)));
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

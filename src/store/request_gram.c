#include "store/request_gram.h"

// --- keeping it

// ?1 site, ?2 request, ?3 the most characters one of the texts has.
#define STORED_GRAMS                                                                               \
    " WITH RECURSIVE place (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM place"     \
    " WHERE i < ?3)"                                                                               \
    " SELECT DISTINCT t.site_id, lower(substr(t.words, CAST(p.i AS INTEGER), 2)) AS gram, "        \
    "t.request_id,"                                                                                \
    " t.organ_id FROM (SELECT site_id, request_id, organ_id, title AS words FROM request"          \
    " WHERE site_id = ?1 AND request_id = ?2 UNION ALL"                                            \
    " SELECT site_id, request_id, organ_id, applicant_name FROM request"                           \
    " WHERE site_id = ?1 AND request_id = ?2) t JOIN place p ON p.i <= length(t.words)"            \
    " UNION SELECT site_id, CAST(number AS TEXT) || '号', request_id, organ_id FROM request"      \
    " WHERE site_id = ?1 AND request_id = ?2"

static const char SQL_ADD[] =
    "INSERT INTO request_gram (site_id, gram, request_id, organ_id)" STORED_GRAMS;

bool request_gram_add(Db *db, SiteId site, const InfoRequest *r, Err *err)
{
    size_t title = str_runes(r->title), name = str_runes(r->applicant_name);
    size_t most = title > name ? title : name;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, r->id.n);
    bind_int(&s, (int64_t)most);
    return stmt_run(&s, err);
}

static const char SQL_WORDS[] = "SELECT organ_id, title, applicant_name FROM request"
                                " WHERE site_id = ?1 AND request_id = ?2";

static bool are_words(const InfoRequest *r, OrganId organ, Str title, Str applicant_name)
{
    return organ.n == r->organ.n && str_eq(title, r->title) &&
           str_eq(applicant_name, r->applicant_name);
}

static bool same_words(Db *db, SiteId site, const InfoRequest *r, bool *same, Err *err)
{
    const RequestWords *known = &r->stored;
    if (known->organ.n) { // else it would not be of its version, and not be saved
        *same = are_words(r, known->organ, known->title, known->applicant_name);
        return true;
    }
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WORDS);
    bind_int(&s, site.n);
    bind_int(&s, r->id.n);
    bool found = stmt_row(&s);
    OrganId organ = {found ? col_int(&s) : 0};
    Str title = found ? col_view(&s) : S(""), name = found ? col_view(&s) : S("");
    bool is = found && are_words(r, organ, title, name);
    if (!stmt_ok(&s, err))
        return false;
    *same = is;
    return true;
}

// Along the request's own organ, whose index has all of its rows near each other.
static const char SQL_DROP[] =
    "DELETE FROM request_gram WHERE site_id = ?1 AND request_id = ?2 AND gram IN"
    " (SELECT g.gram FROM (" STORED_GRAMS ") g)";

bool request_gram_drop(Db *db, SiteId site, const InfoRequest *r, bool *changed, Err *err)
{
    bool same;
    if (!same_words(db, site, r, &same, err))
        return false;
    *changed = !same;
    if (same)
        return true;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DROP);
    bind_int(&s, site.n);
    bind_int(&s, r->id.n);
    bind_int(&s, 4000); // longer than any text of a request's heading
    return stmt_run(&s, err);
}

// --- choosing what to read along

Str request_gram_lower(Arena *a, Str text)
{
    char *s = NEW(a, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        s[i] = text.s[i] >= 'A' && text.s[i] <= 'Z' ? (char)(text.s[i] + 32) : text.s[i];
    return (Str){s, text.n};
}

// How far back one has to go for GRAM_SAMPLE rows: the rarer, the further. 0: there are fewer.
static const char SQL_REACH[] = "SELECT request_id FROM request_gram WHERE site_id = ?1"
                                " AND gram = ?2 ORDER BY request_id DESC LIMIT 1 OFFSET ?3";

static bool reach_of(Db *db, SiteId site, Str gram, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REACH);
    bind_int(&s, site.n);
    bind_str(&s, gram);
    bind_int(&s, GRAM_SAMPLE - 1);
    int64_t id = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = id;
    return true;
}

bool request_gram_choose(Db *db, SiteId site, Str text, Str *out, Err *err)
{
    size_t first, second;
    int64_t rarest = INT64_MAX;
    Str choice = {0};
    str_rune(text, 0, &first);
    for (size_t i = 0, n = 0; i + first < text.n && n < GRAMS_LOOKED_AT && rarest; n++) {
        int64_t reach;
        str_rune(text, i + first, &second);
        Str gram = str_sub(text, i, i + first + second);
        if (!reach_of(db, site, gram, &reach, err))
            return false;
        if (reach < rarest) {
            rarest = reach;
            choice = gram;
        }
        i += first;
        first = second;
    }
    *out = choice;
    return true;
}

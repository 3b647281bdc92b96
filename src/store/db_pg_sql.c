#include "store/db_pg_sql.h"

#include "base/buf.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return c == '_' || is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t word_end(Str sql, size_t i)
{
    while (i < sql.n && is_word(sql.s[i]))
        i++;
    return i;
}

// The end of what is copied as it is: a string, a name in quotes, a comment, a $$ body; i where
// none begins there.
static size_t verbatim_end(Str sql, size_t i)
{
    static const struct {
        Str begin, end;
    } kinds[] = {
        {SI("'"), SI("'")}, {SI("\""), SI("\"")}, {SI("--"), SI("\n")}, {SI("$$"), SI("$$")}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!str_starts(str_from(sql, i), kinds[k].begin))
            continue;
        size_t from = i + kinds[k].begin.n;
        ptrdiff_t end = str_find(str_from(sql, from), kinds[k].end);
        return end < 0 ? sql.n : from + (size_t)end + kinds[k].end.n;
    }
    return i;
}

// One word; returns where to go on. A TEXT behind AS is that of a CAST.
static size_t put_word(Str sql, size_t i, bool *cast, Buf *b)
{
    size_t end = word_end(sql, i);
    Str word = str_sub(sql, i, end);
    if (str_eq(word, S("WITHOUT")) && str_starts(str_from(sql, end), S(" ROWID")))
        return end + 6;
    buf_add(b, str_eq(word, S("BLOB")) ? S("BYTEA") : word);
    if (str_eq(word, S("TEXT")) && !*cast)
        buf_add(b, S(" COLLATE \"C\""));
    *cast = str_eq(word, S("AS"));
    return end;
}

static int param_number(Str sql, size_t i, size_t *end)
{
    int n = 0;
    for (*end = i + 1; *end < sql.n && is_digit(sql.s[*end]) && n <= PG_PARAMS; ++*end)
        n = n * 10 + (sql.s[*end] - '0');
    return n;
}

static bool asks_null(Str rest)
{
    return str_starts(rest, S(" IS NULL")) || str_starts(rest, S(" IS NOT NULL"));
}

static int null_param(PgSql *out, int n)
{
    int i = 0;
    while (i < out->n_nulls && out->nulls[i] != n - 1)
        i++;
    if (i == out->n_nulls && i < PG_NULLS)
        out->nulls[out->n_nulls++] = (uint8_t)(n - 1);
    return out->n + i + 1;
}

static size_t put_param(Str sql, size_t i, PgSql *out, Buf *b)
{
    size_t end;
    int n = param_number(sql, i, &end);
    bool null = asks_null(str_from(sql, end));
    if (!null && n > 0 && n <= PG_PARAMS)
        out->used |= UINT64_C(1) << (n - 1);
    buf_byte(b, '$');
    buf_int(b, null ? null_param(out, n) : n);
    return end;
}

static int highest(Str sql)
{
    int most = 0;
    for (size_t i = 0, end; i<sql.n; i = end> i ? end : i + 1) {
        end = verbatim_end(sql, i);
        int n = end == i && sql.s[i] == '?' ? param_number(sql, i, &end) : 0;
        most = n > most ? n : most;
    }
    return most;
}

PgSql pg_sql(Str sql, Arena *a)
{
    PgSql out = {.n = highest(sql)};
    Buf b = buf_new(a, 4 * sql.n + 64);
    bool cast = false;
    for (size_t i = 0, end; i < sql.n; i = end) {
        end = verbatim_end(sql, i);
        if (end == i && sql.s[i] == '?')
            end = put_param(sql, i, &out, &b);
        else if (end == i && is_word(sql.s[i]))
            end = put_word(sql, i, &cast, &b);
        else
            buf_add(&b, str_sub(sql, i, end = end > i ? end : i + 1));
    }
    out.text = buf_str(&b);
    return out;
}

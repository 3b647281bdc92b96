// Many reports: which of them follow each other.
#include "report/check.h"
#include "report/organ.h"

typedef struct Member {
    Document *doc;
    Str key;     // of the organ
    size_t file; // number of the file; for organs without a name, the only thing to pair by
    int year;
    size_t at;
} Member;

// Documents side by side in one list are of one file.
static void members_number(Member *m, size_t n)
{
    for (size_t i = 1; i < n; i++)
        m[i].file = m[i - 1].file + (m[i].doc != m[i - 1].doc + 1);
}

// The one organ that the file's documents name; shorter forms of the name count as the same.
static Str file_key(const Member *m, size_t n)
{
    Str key = S("");
    for (size_t i = 0; i < n; i++) {
        if (!m[i].key.n || str_ends(key, m[i].key))
            continue;
        if (key.n && !str_ends(m[i].key, key))
            return S("");
        key = m[i].key;
    }
    return key;
}

// A report without a year between those of two years takes the year that is missing.
static void years_fill(Member *m, size_t n)
{
    for (size_t i = 1; i + 1 < n; i++) {
        int before = m[i - 1].year, after = m[i + 1].year;
        if (!m[i].year && m[i].doc->kind == DOC_REPORT && before && after &&
            (before - after == 2 || after - before == 2))
            m[i].year = (before + after) / 2;
    }
}

static void file_fill(Member *m, size_t n)
{
    Str key = file_key(m, n);
    for (size_t i = 0; i < n; i++)
        if (key.n)
            m[i].key = key;
    years_fill(m, n);
}

static int member_order(const void *x, const void *y)
{
    const Member *a = x, *b = y;
    int by = str_cmp(a->key, b->key);
    if (!by && !a->key.n)
        by = (a->file > b->file) - (a->file < b->file);
    if (!by)
        by = (a->year > b->year) - (a->year < b->year);
    return by ? by : (a->at > b->at) - (a->at < b->at);
}

static bool same_series(const Member *a, const Member *b)
{
    return str_eq(a->key, b->key) && (a->key.n || a->file == b->file);
}

// The report of the year before among the members ahead of m[i], in order.
static const Member *member_before(const Member *m, size_t i)
{
    for (size_t k = i; k-- > 0 && same_series(&m[k], &m[i]) && m[k].year >= m[i].year - 1;)
        if (m[k].year == m[i].year - 1)
            return &m[k];
    return NULL;
}

void report_check_all(Document **docs, size_t n, const CheckOptions *opt, Arena *a)
{
    Member *m = NEW(a, Member, n + 1);
    for (size_t i = 0; i < n; i++)
        m[i] = (Member){docs[i], organ_key(a, docs[i]->organ), 0, docs[i]->year, i};
    members_number(m, n);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && m[k].file == m[i].file;)
            k++;
        file_fill(m + i, k - i);
    }
    size_t reports = 0;
    for (size_t i = 0; i < n; i++)
        if (m[i].doc->kind == DOC_REPORT && m[i].year)
            m[reports++] = m[i];
    qsort(m, reports, sizeof *m, member_order);
    for (size_t i = 0; i < reports; i++) {
        const Member *before = member_before(m, i);
        if (before)
            report_check_series(m[i].doc, before->doc, opt, a);
    }
}

#include "app/figures.h"

Document figures_document(Date from, Date to)
{
    Document doc = {.kind = DOC_REPORT,
                    .edition = edition_due(date_year(to)),
                    .year = date_year(to),
                    .published = date_none,
                    .from = from,
                    .to = to};
    if (doc.edition == EDITION_NONE || doc.edition == EDITION_STAT2014)
        doc.edition = EDITION_FMT2019; // the form before had neither table
    return doc;
}

T4Block figures_block(RemedyKind kind)
{
    static const T4Block blocks[CASE__COUNT] = {
        [CASE_REVIEW] = T4_REVIEW,
        [CASE_SUIT] = T4_SUIT_DIRECT,
        [CASE_SUIT_AFTER] = T4_SUIT_AFTER_REVIEW,
    };
    return blocks[kind];
}

T4Col figures_column(T4Column column)
{
    static const T4Col columns[COLUMN__COUNT] = {
        [COLUMN_UPHELD] = T4_UPHELD,
        [COLUMN_CORRECTED] = T4_CORRECTED,
        [COLUMN_OTHER] = T4_OTHER,
        [COLUMN_PENDING] = T4_PENDING,
    };
    return columns[column];
}

static void put(Document *doc, T4Block block, T4Col col, int64_t n, Arena *a)
{
    doc->cells[cell_t4(block, col)] =
        (Cell){.state = CELL_VALUE, .n = n, .raw = str_fmt(a, "%lld", (long long)n)};
}

void figures_remedies(const RemedyFigures *f, Arena *a, Document *doc)
{
    doc->table_seen[TABLE_T4] = true;
    for (int k = 0; k < CASE__COUNT; k++) {
        T4Block block = figures_block((RemedyKind)k);
        int64_t sum = 0;
        for (int c = 0; c < COLUMN__COUNT; c++) {
            put(doc, block, figures_column((T4Column)c), f->n[k][c], a);
            sum += f->n[k][c];
        }
        put(doc, block, T4_TOTAL, sum, a);
    }
}

// A file of organs: any bytes are decoded, read as a table and planned; what the plan would keep
// goes out and comes back unchanged. The same bytes as a template of index numbers and as a credit
// code.
#include "base/text.h"
#include "domain/index_no.h"
#include "domain/organ_import.h"
#include "fuzz.h"

// Cells as read, written, are read as the same cells.
static void round_trip(const CsvRows *rows, Arena *a)
{
    Buf b = buf_new(a, 16 << 20);
    CsvRows back;
    Err err;
    for (size_t i = 0; i < rows->n; i++) {
        for (size_t c = 0; c < rows->v[i].n; c++)
            csv_cell(&b, rows->v[i].v[c], c == 0);
        csv_end(&b);
    }
    // A first line without a comma does not tell its separator.
    if (rows->n == 0 || rows->v[0].n < 2 || str_has(buf_str(&b), S(";")) ||
        str_has(buf_str(&b), S("\t")))
        return;
    FUZZ_EXPECT(csv_read(buf_str(&b), a, &back, &err));
    FUZZ_EXPECT(back.n == rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        FUZZ_EXPECT(back.v[i].n == rows->v[i].n);
        for (size_t c = 0; c < rows->v[i].n; c++)
            FUZZ_EXPECT(str_eq(back.v[i].v[c], rows->v[i].v[c]));
    }
}

static void check_plan(const OrganPlan *p)
{
    size_t n = 0;
    for (int k = 0; k < PLAN__COUNT; k++)
        n += p->counts[k];
    FUZZ_EXPECT(n == p->n);
    for (size_t i = 0; i < p->n; i++) {
        const PlanLine *l = &p->v[i];
        FUZZ_EXPECT(l->kind != PLAN_ADD || l->parent_at < (ptrdiff_t)i);
        FUZZ_EXPECT(l->kind != PLAN_ADD || l->parent_at < 0 ||
                    p->v[l->parent_at].kind != PLAN_REFUSE);
        FUZZ_EXPECT((l->kind == PLAN_REFUSE) == (l->why.zh[0] != 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str text, encoding, out, counted;
    CsvRows rows;
    OrganPlan plan;
    Organ there;
    Err err;
    organ_from_name(S("示例市人民政府"), &there);
    there.id.n = 1;
    there.slug = S("shi");
    if (!text_decode(fuzz_copy(a, data, size), S(""), a, &text, &encoding, &err))
        return 0;
    if (csv_read(text, a, &rows, &err)) {
        round_trip(&rows, a);
        if (organ_plan(&rows, &there, 1, a, &plan, &err))
            check_plan(&plan);
    }
    if (credit_code_read(text, a, &out, &err))
        FUZZ_EXPECT(out.n == 18 && credit_code_digit(out) == out.s[17]);
    if (index_no_make(text, &there, (Date){20000}, 7, a, &out, &counted, &err))
        FUZZ_EXPECT(str_has(counted, S("#")) && out.n > 0);
    return 0;
}

#include "doc_builder.h"
#include "form.h"

#include "report/office.h"
#include "report/render_xlsx.h"

// The report as the workbook says it, read like any other file.
static Document *read_back(const Document *d, Arena *a)
{
    Str book;
    Err err;
    Reading *r = NEW(a, Reading, 1);
    if (!render_xlsx(d, a, &book, &err) || !report_read(S("报告.xlsx"), book, a, r, &err))
        fail_msg("%s", err.en);
    assert_int_equal(r->kind, FILE_XLSX);
    assert_int_equal(r->docs.n, 1);
    return &r->docs.v[0];
}

static void same_figures(const Document *d, const Document *back)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const Cell *x = &d->cells[ix], *y = &back->cells[ix];
        if (x->state != y->state || x->n != y->n)
            fail_msg(PRI_STR ": " PRI_STR " %lld became " PRI_STR " %lld",
                     STR_ARG(cell_def(ix)->id), STR_ARG(cell_state_ids[x->state]), (long long)x->n,
                     STR_ARG(cell_state_ids[y->state]), (long long)y->n);
    }
}

static void figures_written_into_a_workbook_are_read_back(void **state)
{
    (void)state;
    for (int e = EDITION_STAT2014; e < EDITION__COUNT; e++)
        for (uint64_t seed = 1; seed <= 5; seed++) {
            Arena a = arena_new((size_t)1 << 30);
            Document *d = doc_new(&a, (Edition)e, editions[e].year_from);
            Figures *f = NEW(&a, Figures, 1);
            Dice dice = {seed};
            figures_make(&dice, (Edition)e, false, SIZE_MIDDLE, f);
            for (CellIx ix = 0; ix < CELL_COUNT; ix++)
                if (f->state[ix] == CELL_VALUE)
                    d->cells[ix].n = f->n[ix];
            same_figures(d, read_back(d, &a));
            arena_free(&a);
        }
}

static void a_blank_stays_a_blank_and_a_decimal_a_decimal(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 30);
    Document *d = doc_new(&a, EDITION_FMT2021, 2023);
    doc_set(d, "t2.charge.amount_wan", 41130000);
    doc_blank(d, "t3.r1.natural");
    doc_blank(d, "t4.review.upheld");
    same_figures(d, read_back(d, &a));
    arena_free(&a);
}

static void the_same_report_gives_the_same_bytes(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 30);
    Document *d = doc_new(&a, EDITION_FMT2021, 2023);
    report_check(d, &doc_check_zh, &a);
    Str one, two;
    Err err;
    assert_true(render_xlsx(d, &a, &one, &err));
    assert_true(render_xlsx(d, &a, &two, &err));
    assert_true(str_eq(one, two));
    arena_free(&a);
}

static void a_text_without_tables_is_a_workbook_too(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 28);
    Document *d = NEW(&a, Document, 1);
    Str book;
    Err err;
    d->published = d->from = d->to = date_none;
    assert_true(render_xlsx(d, &a, &book, &err));
    assert_true(str_starts(book, S("PK")));
    arena_free(&a);
}

// What a spreadsheet would run as a formula, in a list of rows that others have typed.
static void a_list_holds_texts_numbers_and_days_and_no_formula(void **state)
{
    (void)state;
    static const XlsxColumn columns[] = {
        {SI("内容"), XLSX_TEXT, 20}, {SI("件数"), XLSX_NUMBER, 8}, {SI("收到"), XLSX_DAY, 12}};
    static const Str rows[][3] = {{SI("=HYPERLINK(\"http://x\")"), SI("12"), SI("2026-03-19")},
                                  {SI("+1+cmd|'/C calc'!A0"), SI("="), SI("@SUM(A1)")}};
    Arena a = arena_new((size_t)1 << 28);
    XlsxList *list = NULL;
    Package *p = NULL;
    Str book;
    Err err;
    assert_true(xlsx_list_open(S("台账"), columns, 3, &a, &list, &err));
    for (size_t i = 0; i < 2; i++)
        xlsx_list_row(list, rows[i], a);
    assert_true(xlsx_list_close(&list, &a, &book, &err));
    assert_true(package_open(book, &a, &p, &err));
    Xml *x = xml_open(p, "xl/worksheets/sheet1.xml");
    size_t cells = 0, formulas = 0;
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP;) {
        cells += e == XML_OPEN && xml_is(x, "c");
        formulas += e == XML_OPEN && xml_is(x, "f");
    }
    assert_int_equal(cells, 9);
    assert_int_equal(formulas, 0);
    xml_end(&x);
    package_end(&p);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_written_into_a_workbook_are_read_back),
        cmocka_unit_test(a_blank_stays_a_blank_and_a_decimal_a_decimal),
        cmocka_unit_test(the_same_report_gives_the_same_bytes),
        cmocka_unit_test(a_text_without_tables_is_a_workbook_too),
        cmocka_unit_test(a_list_holds_texts_numbers_and_days_and_no_formula),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

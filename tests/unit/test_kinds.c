#include "base/file.h"
#include "report/report.h"
#include "test.h"

// The same report as page, DOCX, XLSX, DOC and PDF: whatever the file, the figures are the page's.

static Document *read(Arena *a, const char *name)
{
    Str bytes, path = str_fmt(a, "%s/tests/fixtures/kinds/%s", SOURCE_ROOT, name);
    Reading *r = NEW(a, Reading, 1);
    Err err = {0};
    if (!file_read(path, MAX_FILE_BYTES, a, &bytes, &err) ||
        !report_read(str_z(name), bytes, a, r, &err))
        fail_msg("%s: %s (%s)", name, err.en, err.detail);
    assert_int_equal(r->docs.n, 1);
    return &r->docs.v[0];
}

static void same_as_page(const char *form, const char *kind, size_t figures)
{
    Arena a = arena_new((size_t)4 << 30);
    const Document *page = read(&a, str_fmt(&a, "%s.html", form).s);
    const Document *other = read(&a, str_fmt(&a, "%s.%s", form, kind).s);
    size_t n = 0;
    assert_int_equal(other->edition, page->edition);
    assert_int_equal(other->year, page->year);
    assert_int_equal(other->chapters.n, page->chapters.n);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const Cell *want = &page->cells[ix], *got = &other->cells[ix];
        n += want->state == CELL_VALUE;
        if (got->state != want->state || got->n != want->n)
            fail_msg("%s.%s: " PRI_STR ": %lld, not %lld", form, kind, STR_ARG(cell_def(ix)->id),
                     (long long)got->n, (long long)want->n);
    }
    assert_true(n >= figures);
    arena_free(&a);
}

#define TEST(name, form, kind, figures)                                                            \
    static void name(void **state __attribute__((unused)))                                         \
    {                                                                                              \
        same_as_page(form, kind, figures);                                                         \
    }

TEST(a_docx_of_the_2021_form, "2021", "docx", 200)
TEST(an_xlsx_of_the_2021_form, "2021", "xlsx", 200)
TEST(a_doc_of_the_2021_form, "2021", "doc", 200)
TEST(a_pdf_of_the_2021_form, "2021", "pdf", 200)
TEST(a_docx_of_the_2019_form, "2019", "docx", 170)
TEST(an_xlsx_of_the_2019_form, "2019", "xlsx", 170)
TEST(a_docx_of_the_2014_form, "2014", "docx", 55)
TEST(an_xlsx_of_the_2014_form, "2014", "xlsx", 55)
TEST(a_doc_of_the_2014_form, "2014", "doc", 55)
TEST(a_pdf_of_the_2014_form, "2014", "pdf", 55)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_docx_of_the_2021_form), cmocka_unit_test(an_xlsx_of_the_2021_form),
        cmocka_unit_test(a_doc_of_the_2021_form),  cmocka_unit_test(a_pdf_of_the_2021_form),
        cmocka_unit_test(a_docx_of_the_2019_form), cmocka_unit_test(an_xlsx_of_the_2019_form),
        cmocka_unit_test(a_docx_of_the_2014_form), cmocka_unit_test(an_xlsx_of_the_2014_form),
        cmocka_unit_test(a_doc_of_the_2014_form),  cmocka_unit_test(a_pdf_of_the_2014_form),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

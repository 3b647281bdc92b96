#include "doc_builder.h"

#include "web/pages.h"

static Arena arena;
static Document *doc;
static ReportView *view;

static int start(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    doc = doc_new(&arena, EDITION_FMT2021, 2023);
    view = NEW(&arena, ReportView, 1);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void show(void)
{
    report_view(doc, S(""), &arena, view);
}

static const CellView *cell(const char *id)
{
    return &view->forms.cells[cell_by_id(str_z(id))];
}

static Finding *add(Result result, Severity severity, const char *title)
{
    Finding *f = PUSH(&arena, &doc->findings);
    *f = (Finding){
        .id = S("t3.row_sum"), .result = result, .severity = severity, .title = str_z(title)};
    return f;
}

static void on_cell(Finding *f, const char *id)
{
    f->cells = NEW(&arena, CellIx, 1);
    f->cells[0] = cell_by_id(str_z(id));
    f->n_cells = 1;
}

static void a_zero_a_blank_a_missing_and_an_unreadable_cell_look_different(void **state)
{
    (void)state;
    doc_blank(doc, "t3.new.natural");
    doc_absent(doc, "t3.new.business");
    doc_unreadable(doc, "t3.new.research", "1,2,3");
    show();
    assert_str(cell("t3.new.welfare")->text, S("0"));
    assert_str(cell("t3.new.welfare")->cls, S("z"));
    assert_str(cell("t3.new.natural")->text, S("空"));
    assert_str(cell("t3.new.natural")->cls, S("c-blank"));
    assert_str(cell("t3.new.business")->text, S("缺"));
    assert_str(cell("t3.new.business")->cls, S("c-absent"));
    assert_str(cell("t3.new.research")->text, S("1,2,3"));
    assert_str(cell("t3.new.research")->words, S("读不出："));
    assert_true(view->forms.any_blank && view->forms.any_absent && view->forms.any_unread);
}

static void a_guess_is_marked_and_a_plain_repair_is_not(void **state)
{
    (void)state;
    doc_set(doc, "t3.new.total", 5);
    doc_repair(doc, "t3.new.total", REPAIR_POSITION);
    doc_set(doc, "t3.new.natural", 5);
    doc_repair(doc, "t3.new.natural", REPAIR_WIDTH);
    show();
    assert_str(cell("t3.new.total")->mark, S("推"));
    assert_str(cell("t3.new.total")->words, S("推定："));
    assert_str(cell("t3.new.natural")->mark, S(""));
    assert_int_equal(view->forms.n_repairs, 2);
}

static void failures_come_first_and_passes_stand_apart(void **state)
{
    (void)state;
    add(RESULT_PASS, SEVERITY_ERROR, "p");
    add(RESULT_NOT_ASSESSABLE, SEVERITY_ERROR, "n");
    add(RESULT_FAIL, SEVERITY_NOTE, "h");
    add(RESULT_DOUBTFUL, SEVERITY_ERROR, "d");
    add(RESULT_FAIL, SEVERITY_WARNING, "f");
    show();
    const char *const order[] = {"f", "d", "h", "n"};
    assert_int_equal(view->shown.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_str(view->shown.v[i].title, str_z(order[i]));
    assert_int_equal(view->passed.n, 1);
    assert_int_equal(view->tally.fails, 1);
    assert_int_equal(view->tally.hints, 1);
}

static void a_cell_leads_to_its_worst_finding_and_the_finding_back(void **state)
{
    (void)state;
    on_cell(add(RESULT_DOUBTFUL, SEVERITY_ERROR, "d"), "t3.new.total");
    on_cell(add(RESULT_FAIL, SEVERITY_ERROR, "f"), "t3.new.total");
    show();
    assert_str(cell("t3.new.total")->href, S("#f1"));
    assert_str(cell("t3.new.total")->mark, S("1"));
    assert_str(cell("t3.new.total")->words, S("不符，见结果1："));
    assert_str(cell("t3.new.total")->anchor, S("t3.new.total"));
    assert_str(view->shown.v[0].title, S("f"));
    assert_str(view->shown.v[0].anchor, S("f1"));
    assert_str(view->shown.v[0].doors.v[0].href, S("#t3.new.total"));
}

static void a_finding_about_a_sentence_leads_to_it(void **state)
{
    (void)state;
    doc_para(doc, &arena, 1, "本年新收申请3件。");
    size_t last = 0;
    while (!str_eq(doc->paras.v[last].text, S("本年新收申请3件。")))
        last++;
    Finding *f = add(RESULT_FAIL, SEVERITY_ERROR, "f");
    f->places = &doc->paras.v[last].place;
    f->n_places = 1;
    show();
    Str href = str_fmt(&arena, "#p%zu", last);
    assert_str(view->shown.v[0].doors.v[0].href, href);
    bool found = false;
    for (size_t c = 0; c < view->n_chapters; c++)
        for (size_t p = 0; p < view->chapters[c].n; p++)
            found |= str_eq(view->chapters[c].paras[p].anchor, str_from(href, 1));
    assert_true(found);
}

static int rows_of(Edition edition)
{
    doc = doc_new(&arena, edition, edition == EDITION_FMT2019 ? 2020 : 2023);
    show();
    return (int)view->forms.n_t3;
}

static void table_three_has_the_rows_of_its_edition(void **state)
{
    (void)state;
    assert_int_equal(rows_of(EDITION_FMT2019), 23);
    assert_int_equal(view->forms.result_rows, 20);
    assert_int_equal(rows_of(EDITION_FMT2021), 25);
    assert_int_equal(view->forms.result_rows, 22);
}

static void each_form_stands_in_its_chapter(void **state)
{
    (void)state;
    show();
    TableId tables[] = {TABLE__COUNT, TABLE_T2, TABLE_T3, TABLE_T4, TABLE__COUNT, TABLE__COUNT};
    size_t first = view->n_chapters - CHAPTERS;
    for (size_t i = 0; i < CHAPTERS; i++)
        assert_int_equal(view->chapters[first + i].table, tables[i]);
    assert_int_equal(view->n_loose, 0);
}

static void a_form_without_its_chapter_is_still_shown(void **state)
{
    (void)state;
    doc_drop_chapter(doc, 3);
    show();
    assert_int_equal(view->n_loose, 1);
    assert_int_equal(view->loose[0], TABLE_T3);
}

static void a_table_that_was_not_found_is_not_shown_as_empty(void **state)
{
    (void)state;
    doc_drop_table(doc, TABLE_T4);
    show();
    assert_false(view->forms.has[TABLE_T4]);
    assert_true(view->forms.has[TABLE_T3]);
}

static void a_figure_the_form_has_no_place_for_is_listed(void **state)
{
    (void)state;
    doc_set(doc, "t3.r6.total", 4);
    show();
    assert_int_equal(view->forms.n_odd, 1);
    assert_str(view->forms.odd[0].cell->text, S("4"));
}

static void nothing_that_could_be_checked_is_not_called_passed(void **state)
{
    (void)state;
    add(RESULT_NOT_ASSESSABLE, SEVERITY_ERROR, "n");
    show();
    assert_str(view->verdict, S("没有可以核对的内容，不能说这份报告通过。"));
}

static void the_form_due_is_named_where_another_was_used(void **state)
{
    (void)state;
    doc = doc_new(&arena, EDITION_FMT2019, 2021);
    show();
    assert_str(view->edition_due, S("2021年格式（国办公开办函〔2021〕30号）"));
    doc = doc_new(&arena, EDITION_FMT2021, 2021);
    show();
    assert_str(view->edition_due, S(""));
}

static void several_reports_on_a_page_keep_their_ids_apart(void **state)
{
    (void)state;
    on_cell(add(RESULT_FAIL, SEVERITY_ERROR, "f"), "t3.new.total");
    report_view(doc, S("d2-"), &arena, view);
    assert_str(cell("t3.new.total")->anchor, S("d2-t3.new.total"));
    assert_str(cell("t3.new.total")->href, S("#d2-f1"));
    assert_str(view->shown.v[0].anchor, S("d2-f1"));
}

// What comes from the reading child is not trusted to be in order.
static void a_document_out_of_order_is_still_shown(void **state)
{
    (void)state;
    Finding *f = add(RESULT_FAIL, SEVERITY_ERROR, "f");
    on_cell(f, "t3.new.total");
    f->cells[0] = CELL_NONE;
    doc->chapters.v[0].first = 7;
    doc->chapters.v[0].last = 3;
    doc->chapters.v[1].last = 1000000;
    doc->chapters.v[2].number = 77;
    show();
    assert_int_equal(view->shown.n, 1);
    assert_int_equal(view->shown.v[0].doors.n, 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_zero_a_blank_a_missing_and_an_unreadable_cell_look_different),
        T(a_guess_is_marked_and_a_plain_repair_is_not),
        T(failures_come_first_and_passes_stand_apart),
        T(a_cell_leads_to_its_worst_finding_and_the_finding_back),
        T(a_finding_about_a_sentence_leads_to_it),
        T(table_three_has_the_rows_of_its_edition),
        T(each_form_stands_in_its_chapter),
        T(a_form_without_its_chapter_is_still_shown),
        T(a_table_that_was_not_found_is_not_shown_as_empty),
        T(a_figure_the_form_has_no_place_for_is_listed),
        T(nothing_that_could_be_checked_is_not_called_passed),
        T(the_form_due_is_named_where_another_was_used),
        T(several_reports_on_a_page_keep_their_ids_apart),
        T(a_document_out_of_order_is_still_shown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

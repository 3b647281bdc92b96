// A file of organs, line by line.
#include "../test.h"

#include "base/csv.h"
#include "domain/organ_import.h"

#include <time.h>

static Arena a;

// --- reading and writing tables

static CsvRows rows_of(Str text)
{
    CsvRows rows = {0};
    Err err = {0};
    if (!csv_read(text, &a, &rows, &err))
        fail_msg("%s", err.en);
    return rows;
}

static void quotes_line_ends_and_separators_are_those_of_spreadsheets(void **state)
{
    (void)state;
    CsvRows r = rows_of(S("a,b\r\n\"x,\"\"y\"\"\n2\",c\r\n\r\n , \nlast,\"\"\n"));
    assert_int_equal(r.n, 3);
    assert_str(r.v[1].v[0], S("x,\"y\"\n2"));
    assert_str(r.v[1].v[1], S("c"));
    assert_int_equal(r.v[2].line, 6);
    assert_str(r.v[2].v[1], S(""));
    assert_str(rows_of(S("a;b;c\n1,5;2;3")).v[1].v[0], S("1,5"));
    assert_str(rows_of(S("a\tb\n1\t2")).v[1].v[1], S("2"));
    CsvRows none;
    Err err = {0};
    assert_false(csv_read(S("a\n\"open"), &a, &none, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void what_is_written_reads_back_and_no_cell_begins_a_formula(void **state)
{
    (void)state;
    static const char *const cells[] = {"=1+1",   "'=1", "+86 10", "-", "@x",    "a,b",   "\"q\"",
                                        "两\n行", " x ", "",       "'", "plain", "＝1+1", "\t=1"};
    size_t n = sizeof cells / sizeof *cells;
    Buf b = buf_new(&a, 4096);
    for (size_t i = 0; i < n; i++)
        csv_cell(&b, str_z(cells[i]), i == 0);
    csv_end(&b);
    CsvRows back = rows_of(buf_str(&b));
    assert_int_equal(back.v[0].n, n);
    for (size_t i = 0; i < n; i++)
        assert_str(back.v[0].v[i], str_z(cells[i]));
    assert_true(str_starts(buf_str(&b), S("'=1+1,''=1,'+86 10")));
    assert_true(str_has(buf_str(&b), S(",'＝1+1,\"'\t=1\"")));
}

// --- plans

static Organ there(int64_t id, int64_t parent, const char *name, const char *code)
{
    Organ o;
    organ_from_name(str_z(name), &o);
    o.id.n = id;
    o.parent.n = parent;
    o.code = str_z(code);
    o.slug = str_fmt(&a, "organ-%lld", (long long)id);
    o.ordinal = id;
    o.version = 1;
    return o;
}

static OrganPlan planned(const char *csv)
{
    static Organ organs[4];
    organs[0] = there(1, 0, "示例市人民政府", "001");
    organs[1] = there(2, 1, "示例市水务局", "002");
    organs[2] = there(3, 1, "示例市教育局", "003");
    organs[3] = there(4, 1, "示例市城市管理局", "004");
    organs[3].state = ORGAN_MERGED;
    CsvRows rows = rows_of(str_z(csv));
    OrganPlan plan = {0};
    Err err = {0};
    if (!organ_plan(&rows, organs, 4, &a, &plan, &err))
        fail_msg("%s", err.en);
    return plan;
}

typedef struct LineRow {
    const char *name, *csv;
    PlanKind want; // of the last line of the file
} LineRow;

// clang-format off
static const LineRow lines[] = {
    { "an organ that is not there is added",             "机关名称,上级机关\n示例市财政局,示例市人民政府\n",                PLAN_ADD },
    { "under a parent named by its code",                "name,parent\n示例市财政局,001\n",                                 PLAN_ADD },
    { "under a parent that the file adds",               "name,parent\n示例县人民政府,示例市人民政府\n示例县财政局,示例县人民政府\n", PLAN_ADD },
    { "also where that stands further down",             "name,parent\n示例县人民政府,示例市人民政府\n示例县财政局,示例县人民政府\n", PLAN_ADD },
    { "one that is there is changed",                    "机关名称,联系电话\n示例市水务局,0000-1234567\n",                  PLAN_CHANGE },
    { "found by its code",                               "机关代码,机关名称,联系电话\n002,示例市水务局,1\n",                PLAN_CHANGE },
    { "or left as it is",                                "机关名称,机关代码\n示例市水务局,002\n",                           PLAN_SAME },
    { "an empty cell changes nothing",                   "机关名称,机关代码\n示例市水务局,\n",                              PLAN_SAME },
    { "a dash clears",                                   "机关名称,机关代码\n示例市水务局,-\n",                             PLAN_CHANGE },
    { "its code under another name is refused",          "机关代码,机关名称\n002,示例市水利局\n",                           PLAN_REFUSE },
    { "another parent is refused",                       "机关名称,上级机关\n示例市水务局,示例市教育局\n",                  PLAN_REFUSE },
    { "a parent that nobody knows is refused",           "机关名称,上级机关\n示例市财政局,示例省人民政府\n",                PLAN_REFUSE },
    { "a parent that has ended is refused",              "机关名称,上级机关\n示例市财政局,示例市城市管理局\n",              PLAN_REFUSE },
    { "the name of one that has ended is free",          "机关名称,上级机关\n示例市城市管理局,示例市人民政府\n",            PLAN_ADD },
    { "an organ twice is refused",                       "机关名称,联系电话\n示例市水务局,1\n示例市水务局,2\n",             PLAN_REFUSE },
    { "a new one twice is refused",                      "机关名称\n示例市财政局\n示例市财政局\n",                          PLAN_REFUSE },
    { "a line without a name is refused",                "机关名称,联系电话\n,1\n",                                         PLAN_REFUSE },
    { "a wrong credit code is refused",                  "机关名称,统一社会信用代码\n示例市水务局,123\n",                   PLAN_REFUSE },
    { "an unknown kind is refused",                      "机关名称,类别\n示例市财政局,公司\n",                              PLAN_REFUSE },
    { "too many cells are refused",                      "机关名称\n示例市财政局,1\n",                                      PLAN_REFUSE },
    { "an organ under itself is refused",                "机关名称,上级机关\n示例市财政局,示例市财政局\n",                  PLAN_REFUSE },
    { "a section without a parent is refused",           "机关名称,类别\n办公室,内设机构\n",                                PLAN_REFUSE },
    { "an address another has is refused",               "机关名称,网址中的名字\n示例市财政局,organ-2\n",                   PLAN_REFUSE },
    { "two lines with one address: the second is refused", "name,slug\n示例市财政局,cz\n示例市审计局,cz\n",                 PLAN_REFUSE },
};
// clang-format on

static void check_line(void **state)
{
    const LineRow *row = *state;
    OrganPlan p = planned(row->csv);
    const PlanLine *last = &p.v[0];
    for (size_t i = 0; i < p.n; i++)
        last = p.v[i].line > last->line ? &p.v[i] : last;
    if (last->kind != row->want)
        fail_msg("%s: %s", plan_kinds[last->kind].id.s, last->why.en);
    assert_int_equal(last->kind == PLAN_REFUSE, last->why.zh[0] != 0);
}

static void parents_come_before_those_below_them(void **state)
{
    (void)state;
    OrganPlan p = planned("name,parent\n"
                          "示例镇人民政府,示例县人民政府\n"
                          "示例县人民政府,示例市人民政府\n"
                          "示例镇财政所,示例镇人民政府\n");
    assert_int_equal(p.counts[PLAN_ADD], 3);
    for (size_t i = 0; i < p.n; i++)
        assert_true(p.v[i].parent_at < (ptrdiff_t)i);
    assert_str(p.v[0].organ.name, S("示例县人民政府"));
    assert_int_equal(p.v[0].organ.parent.n, 1);
    assert_str(p.v[p.v[2].parent_at].organ.name, S("示例镇人民政府"));
}

static void a_circle_of_parents_is_refused_as_a_whole(void **state)
{
    (void)state;
    OrganPlan p =
        planned("name,parent\n甲局,乙局\n乙局,丙局\n丙局,甲局\n丁局,甲局\n戊局,示例市人民政府\n");
    assert_int_equal(p.counts[PLAN_REFUSE], 4);
    assert_int_equal(p.counts[PLAN_ADD], 1);
}

static void a_refused_parent_refuses_those_below_it(void **state)
{
    (void)state;
    OrganPlan p = planned("name,parent,level\n甲局,示例市人民政府,特级\n乙局,甲局,\n");
    assert_int_equal(p.counts[PLAN_REFUSE], 2);
}

static void a_change_says_what_was_and_what_becomes(void **state)
{
    (void)state;
    OrganPlan p = planned("机关名称,联系电话,排序\n示例市水务局,<b>1</b>,9\n");
    assert_int_equal(p.v[0].changed.n, 2);
    assert_str(p.v[0].changed.v[0], S("联系电话：“”改为“<b>1</b>”"));
    assert_str(p.v[0].changed.v[1], S("排序：2改为9"));
}

static void a_head_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const heads[] = {"", "联系电话\n1\n", "机关名称,颜色\nx,y\n",
                                        "机关名称,name\nx,y\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        CsvRows rows = rows_of(str_z(heads[i]));
        OrganPlan plan;
        Err err = {0};
        assert_false(organ_plan(&rows, NULL, 0, &a, &plan, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
}

static void what_is_exported_changes_nothing_when_it_comes_back(void **state)
{
    (void)state;
    Organ organs[] = {there(1, 0, "示例市人民政府", "001"), there(2, 1, "=示例市\"水务\"局", "002"),
                      there(3, 1, "示例市教育局", "003")};
    organs[1].kind = ORGANKIND_SECTION;
    organs[1].address = S("示例路1号,\n东楼");
    organs[1].address = S("示例路1号, 东楼");
    organs[1].credit_code = S("11341702486344515H");
    organs[1].rules = true;
    organs[2].state = ORGAN_ABOLISHED;
    Buf b = buf_new(&a, 1 << 20);
    organ_csv(&b, organs, 3, organs, 3, &a);
    CsvRows rows = rows_of(str_from(buf_str(&b), 3)); // behind the mark of UTF-8
    OrganPlan plan;
    Err err = {0};
    if (!organ_plan(&rows, organs, 3, &a, &plan, &err))
        fail_msg("%s", err.en);
    assert_int_equal(plan.counts[PLAN_SAME], 2);
    assert_int_equal(plan.n, 2); // the one that has ended is left out
}

static void ten_thousand_lines_are_planned_in_a_moment(void **state)
{
    (void)state;
    Buf b = buf_new(&a, 8 << 20);
    buf_add(&b, S("name,parent,code\n示例省人民政府,,0\n"));
    for (int i = 1; i < 10000; i++)
        buf_fmt(&b, "示例第%d局,%d,%d\n", i, (i - 1) / 8, i);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    CsvRows rows = rows_of(buf_str(&b));
    OrganPlan plan;
    Err err = {0};
    assert_true(organ_plan(&rows, NULL, 0, &a, &plan, &err));
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_int_equal(plan.counts[PLAN_ADD], 10000);
    assert_true((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 < 3000);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    a = arena_new((size_t)1 << 30);
    static struct CMUnitTest tests[64];
    size_t n = 0;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        tests[n++] = (struct CMUnitTest){lines[i].name, check_line, NULL, NULL,
                                         (void *)(uintptr_t)&lines[i]};
    const struct CMUnitTest others[] = {
        cmocka_unit_test(quotes_line_ends_and_separators_are_those_of_spreadsheets),
        cmocka_unit_test(what_is_written_reads_back_and_no_cell_begins_a_formula),
        cmocka_unit_test(parents_come_before_those_below_them),
        cmocka_unit_test(a_circle_of_parents_is_refused_as_a_whole),
        cmocka_unit_test(a_refused_parent_refuses_those_below_it),
        cmocka_unit_test(a_change_says_what_was_and_what_becomes),
        cmocka_unit_test(a_head_that_is_none_is_refused),
        cmocka_unit_test(what_is_exported_changes_nothing_when_it_comes_back),
        cmocka_unit_test(ten_thousand_lines_are_planned_in_a_moment),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        tests[n++] = others[i];
    return _cmocka_run_group_tests("organ_import", tests, n, NULL, NULL);
}

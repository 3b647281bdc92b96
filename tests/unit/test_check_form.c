#include "doc_builder.h"

#include "report/check.h"

static Arena arena;

static int start(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Document *checked(Document *d)
{
    report_check(d, &doc_check_zh, &arena);
    return d;
}

// --- what upsets each check

static void wrong_form(Document *d)
{
    d->year = 2023; // on the form of 2019
}
static void no_year(Document *d)
{
    d->year = 0;
}
static void before_the_forms(Document *d)
{
    d->year = 2012;
}
static void mixed(Document *d)
{
    d->mixed = true;
}
static void no_t2(Document *d)
{
    doc_drop_table(d, TABLE_T2);
}
static void no_t3(Document *d)
{
    doc_drop_table(d, TABLE_T3);
}
static void no_t4(Document *d)
{
    doc_drop_table(d, TABLE_T4);
}
static void cut_before_t4(Document *d)
{
    doc_drop_table(d, TABLE_T4);
    doc_note(d, &arena, NOTE_CUT, "");
}
static void no_statistics(Document *d)
{
    doc_drop_table(d, TABLE_STAT);
}
static void no_row(Document *d)
{
    for (T3Col col = 0; col < T3_COLS; col++)
        doc_absent(d, cell_def(cell_t3(T3_R5_2, col))->id.s);
}
static void no_row_but_an_unknown_one(Document *d)
{
    no_row(d);
    doc_note(d, &arena, NOTE_EXTRA_ROW, "2.反复申请");
}
static void one_blank(Document *d)
{
    doc_blank(d, "t3.r5_4.natural");
}
static void many_blanks(Document *d)
{
    for (CellIx ix = T3_FIRST; ix < T3_FIRST + T3_CELLS / 2; ix++)
        if (d->cells[ix].state == CELL_VALUE)
            doc_blank(d, cell_def(ix)->id.s);
}
static void words_in_a_cell(Document *d)
{
    doc_unreadable(d, "t2.licence.decided", "详见附件");
}
static void about_ten(Document *d)
{
    doc_unreadable(d, "t2.licence.decided", "10余件");
}
static void a_negative(Document *d)
{
    doc_set(d, "t4.review.upheld", -1);
}
static void a_negative_unread(Document *d)
{
    doc_unreadable(d, "t4.review.upheld", "-1");
}
static void a_decimal(Document *d)
{
    doc_unreadable(d, "t3.new.natural", "3.5");
}
static void a_row_lost(Document *d)
{
    doc_unreadable(d, "t2.normative.made", "-4");
    doc_unreadable(d, "t2.normative.in_force", "-4");
}
static void tables_as_text(Document *d)
{
    no_t4(d);
    doc_para(d, &arena, 4, "行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计00000");
}
static void run_together(Document *d)
{
    doc_unreadable(d, "t3.new.natural", "11000001");
}
static void a_guess(Document *d)
{
    doc_repair(d, "t3.new.natural", REPAIR_POSITION);
}
static void a_space(Document *d)
{
    doc_set(d, "t3.r1.natural", 14);
    d->cells[cell_by_id(S("t3.r1.natural"))].raw = S("1 4");
    doc_repair(d, "t3.r1.natural", REPAIR_SPACES);
}
static void in_yuan(Document *d)
{
    doc_set(d, "t2.charge.amount_wan", 1000000);
    doc_repair(d, "t2.charge.amount_wan", REPAIR_YUAN);
}
static void huge_amount(Document *d)
{
    doc_set(d, "t2.charge.amount_wan", (int64_t)20000000 * AMOUNT_ONE);
}
static void extra_row(Document *d)
{
    doc_note(d, &arena, NOTE_EXTRA_ROW, "小计 | 0");
}
static void extra_column(Document *d)
{
    doc_note(d, &arena, NOTE_EXTRA_COLUMN, "法人小计");
}
static void row_twice(Document *d)
{
    doc_note(d, &arena, NOTE_ROW_TWICE, "规章 | 1 | 0 | 0");
}
static void cut(Document *d)
{
    doc_note(d, &arena, NOTE_CUT, "");
}
static void no_chapter_five(Document *d)
{
    doc_drop_chapter(d, 5);
    for (size_t i = 0; i < d->chapters.n; i++)
        d->chapters.v[i].printed = (int)i + 1;
}
static void no_chapter_six(Document *d)
{
    doc_drop_chapter(d, 6);
}
static void number_five_skipped(Document *d)
{
    doc_drop_chapter(d, 5);
}
static void an_excerpt(Document *d)
{
    d->title = S("");
    d->published = date_none;
    doc_drop_table(d, TABLE_T4);
    doc_drop_chapter(d, 1);
    for (int chapter = 3; chapter <= 6; chapter++)
        doc_drop_chapter(d, chapter);
}
static void annexed_tables(Document *d)
{
    Chapter five = d->chapters.v[4];
    memmove(d->chapters.v + 2, d->chapters.v + 1, 3 * sizeof five);
    d->chapters.v[1] = five;
}
static void a_chapter_twice(Document *d)
{
    Chapter five = d->chapters.v[4];
    *PUSH(&arena, &d->chapters) = five;
}
static void renumbered(Document *d)
{
    d->chapters.v[4].printed = 2;
}
static void empty_chapter(Document *d)
{
    doc_drop_chapter(d, 5);
    Chapter six = d->chapters.v[4];
    *PUSH(&arena, &d->chapters) = six;
    d->chapters.v[4] = (Chapter){.number = 5,
                                 .printed = 5,
                                 .heading = S("五、存在的主要问题及改进情况"),
                                 .first = six.first - 1,
                                 .last = six.first - 1};
}
static void empty_section(Document *d)
{
    doc_para(d, &arena, 1, "（一）主动公开情况");
    doc_para(d, &arena, 1, "全年公开供水检修安排二十四期。");
    doc_para(d, &arena, 1, "（二）依申请公开情况");
    doc_para(d, &arena, 1, "（三）监督保障情况");
    doc_para(d, &arena, 1, "全年检查两次。");
}
static void filled_sections(Document *d)
{
    doc_para(d, &arena, 1, "（一）主动公开情况");
    doc_para(d, &arena, 1, "全年公开供水检修安排二十四期。");
    doc_para(d, &arena, 1, "（二）依申请公开情况");
    doc_para(d, &arena, 1, "没有收到申请。");
}
static void a_list_of_items(Document *d)
{
    filled_sections(d);
    doc_para(d, &arena, 1, "主要包括：");
    doc_para(d, &arena, 1, "（一）机构职能");
    doc_para(d, &arena, 1, "（二）政策法规");
}
static void number_jumps(Document *d)
{
    doc_para(d, &arena, 1, "（一）更新供水信息。");
    doc_para(d, &arena, 1, "（二）更新节水信息。");
    doc_para(d, &arena, 1, "（四）更新水质信息。");
}
static void numbers_begin_again(Document *d)
{
    doc_para(d, &arena, 1, "（一）更新供水信息。");
    doc_para(d, &arena, 1, "（二）更新节水信息。");
    doc_para(d, &arena, 5, "（一）更新不及时。");
    doc_para(d, &arena, 5, "（二）解读少。");
}
static void a_number_inside_a_paragraph(Document *d)
{
    doc_para(d, &arena, 1, "（一）更新供水信息。（二）更新节水信息。");
    doc_para(d, &arena, 1, "（三）更新水质信息。");
}
static void chapters_past_ten(Document *d)
{
    static const char *const headings[] = {"一、引言", "二、甲", "三、乙",   "四、丙",
                                           "五、丁",   "六、戊", "七、己",   "八、庚",
                                           "九、辛",   "十、壬", "十一、癸", "十三、结语"};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        doc_para(d, &arena, 0, headings[i]);
}
static void headings_of_the_statistics_table(Document *d)
{
    doc_para(d, &arena, 0, "一、概述");
    doc_para(d, &arena, 0, "八、机构建设和保障经费情况 | —— |");
}
static void old_form_beside_the_new(Document *d)
{
    doc_para(d, &arena, 1, "根据国办公开办函〔2021〕30号（替代国办公开办函〔2019〕60号）编制。");
}
static void chapters_jump_in_a_free_report(Document *d)
{
    doc_para(d, &arena, 0, "一、概述");
    doc_para(d, &arena, 0, "三、打算");
}
static void rules_of_a_bureau(Document *d)
{
    doc_set(d, "t2.regulation.made", 1);
}
static void rules_of_a_city_office(Document *d)
{
    d->organ = S("梅州市人民政府办公室");
    doc_set(d, "t2.regulation.made", 1);
}
static void rules_of_a_city(Document *d)
{
    d->organ = S("宿迁市");
    doc_set(d, "t2.regulation.in_force", 11);
}
static void rules_of_some_city(Document *d)
{
    d->organ = S("示例市人民政府");
    doc_set(d, "t2.regulation.made", 1);
}
static void rules_of_nobody(Document *d)
{
    d->organ = S("");
    doc_set(d, "t2.regulation.made", 1);
}
static void rules_only_published(Document *d)
{
    doc_set(d, "t2.regulation.all_public", 5);
}
static void half_a_year(Document *d)
{
    date_make(d->year, 6, 30, &d->to);
}
static void stale_period(Document *d)
{
    date_make(d->year - 1, 1, 1, &d->from);
    date_make(d->year - 1, 12, 31, &d->to);
}
static void no_period(Document *d)
{
    d->to = date_none;
}
static void february(Document *d)
{
    date_make(d->year + 1, 2, 1, &d->published);
}
static void last_of_january(Document *d)
{
    date_make(d->year + 1, 1, 31, &d->published);
}
static void a_government_in_march(Document *d)
{
    d->organ = S("示例县人民政府");
    date_make(d->year + 1, 3, 31, &d->published);
}
static void a_government_in_april(Document *d)
{
    d->organ = S("示例县人民政府");
    date_make(d->year + 1, 4, 1, &d->published);
}
static void a_township_in_february(Document *d)
{
    d->organ = S("示例县青山镇人民政府");
    february(d);
}
static void before_the_year_ended(Document *d)
{
    date_make(d->year, 12, 1, &d->published);
}
static void years_later(Document *d)
{
    date_make(d->year + 3, 6, 1, &d->published);
}
static void not_dated(Document *d)
{
    d->published = date_none;
}
static void no_fee(Document *d)
{
    doc_drop_chapter(d, 6);
    Chapter *five = &d->chapters.v[4];
    *PUSH(&arena, &d->chapters) = (Chapter){.number = 6,
                                            .printed = 6,
                                            .heading = S("六、其他需要报告的事项"),
                                            .first = five->last,
                                            .last = five->last};
    doc_para(d, &arena, 6, "没有其他需要报告的事项。");
}
static void old_regulation(Document *d)
{
    doc_para(d, &arena, 1, "根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。");
}
static void both_regulations(Document *d)
{
    doc_para(d, &arena, 1, "根据条例（国务院令第492号公布，国务院令第711号修订）编制。");
}
static void form_of_2019(Document *d)
{
    doc_para(d, &arena, 1, "根据国办公开办函〔2019〕60号编制。");
}
static void form_of_2014(Document *d)
{
    doc_para(d, &arena, 1, "根据国办发[2014]32号编制。");
}
static void form_of_2021(Document *d)
{
    doc_para(d, &arena, 1, "根据国办公开办函〔2021〕30号编制。");
}
static void more_new_than_all(Document *d)
{
    doc_set(d, "t2.normative.newly_public", 3);
    doc_set(d, "t2.normative.all_public", 2);
}
static void fewer_than_none(Document *d)
{
    doc_set(d, "t2.licence.last_year", 2);
    doc_set(d, "t2.licence.change", -3);
}
static void made_but_not_in_force(Document *d)
{
    doc_set(d, "t2.normative.made", 3);
    doc_set(d, "t2.normative.repealed", 1);
    doc_set(d, "t2.normative.in_force", 1);
}
static void part_over_whole(Document *d)
{
    doc_set(d, "stat.press_head", 1);
}
static void more_than_channels(Document *d)
{
    doc_set(d, "stat.proactive", 9);
    doc_set(d, "stat.channel_website", 8);
}
static void nothing(Document *d)
{
    (void)d;
}

// --- the table: a document, and what the check says of it; NONE for no finding at all

enum { NONE = -1 };

typedef struct Row {
    const char *check;
    Edition edition;
    int year;
    const char *name;
    void (*upset)(Document *d);
    int want;
} Row;

#define F14 EDITION_STAT2014, 2016
#define F19 EDITION_FMT2019, 2020
#define F21 EDITION_FMT2021, 2023
#define PASS RESULT_PASS
#define FAIL RESULT_FAIL
#define DOUBT RESULT_DOUBTFUL
#define NA RESULT_NOT_ASSESSABLE
#define ON(f) #f, f

// clang-format off
static const Row rows[] = {
    {"form.edition",          F21, ON(nothing), PASS},
    {"form.edition",          F19, ON(wrong_form), FAIL},
    {"form.edition",          F21, ON(no_year), NA},
    {"form.edition",          F21, ON(before_the_forms), DOUBT},
    {"form.mixed",            F19, ON(nothing), NONE},
    {"form.mixed",            F19, ON(mixed), FAIL},
    {"form.table.t2",         F21, ON(nothing), PASS},
    {"form.table.t2",         F21, ON(no_t2), FAIL},
    {"form.table.t3",         F19, ON(nothing), PASS},
    {"form.table.t3",         F19, ON(no_t3), FAIL},
    {"form.table.t4",         F21, ON(nothing), PASS},
    {"form.table.t4",         F21, ON(no_t4), FAIL},
    {"form.table.t4",         F21, ON(cut_before_t4), NA},
    {"form.table.stat",       F14, ON(nothing), PASS},
    {"form.table.stat",       F14, ON(no_statistics), NA},
    {"form.row_missing",      F21, ON(nothing), PASS},
    {"form.row_missing",      F19, ON(nothing), PASS},
    {"form.row_missing",      F21, ON(no_row), FAIL},
    {"form.row_missing",      F19, ON(no_row_but_an_unknown_one), DOUBT},
    {"form.blank",            F21, ON(nothing), PASS},
    {"form.blank",            F14, ON(nothing), PASS},
    {"form.type",             F21, ON(nothing), PASS},
    {"form.type",             F21, ON(words_in_a_cell), FAIL},
    {"form.type",             F21, ON(about_ten), FAIL},
    {"form.negative",         F21, ON(nothing), NONE},
    {"form.negative",         F21, ON(a_negative), FAIL},
    {"form.negative",         F21, ON(a_negative_unread), FAIL},
    {"form.negative",         F21, ON(a_row_lost), NONE},
    {"form.unreadable",       F21, ON(a_row_lost), NA},
    {"form.table.t4",         F21, ON(tables_as_text), NA},
    {"form.decimal",          F21, ON(nothing), NONE},
    {"form.decimal",          F21, ON(a_decimal), FAIL},
    {"form.unreadable",       F21, ON(nothing), NONE},
    {"form.unreadable",       F21, ON(run_together), NA},
    {"form.guess",            F21, ON(nothing), NONE},
    {"form.guess",            F21, ON(a_guess), DOUBT},
    {"form.guess",            F21, ON(a_space), DOUBT},
    {"form.amount",           F21, ON(nothing), PASS},
    {"form.amount",           F21, ON(in_yuan), FAIL},
    {"form.amount",           F21, ON(huge_amount), DOUBT},
    {"form.extra_row",        F21, ON(nothing), NONE},
    {"form.extra_row",        F21, ON(extra_row), DOUBT},
    {"form.extra_column",     F21, ON(nothing), NONE},
    {"form.extra_column",     F21, ON(extra_column), DOUBT},
    {"form.row_twice",        F21, ON(nothing), NONE},
    {"form.row_twice",        F21, ON(row_twice), DOUBT},
    {"form.cut",              F21, ON(nothing), NONE},
    {"form.cut",              F21, ON(cut), NA},
    {"form.chapters.missing", F21, ON(nothing), PASS},
    {"form.chapters.missing", F21, ON(no_chapter_five), FAIL},
    {"form.chapters.missing", F21, ON(no_chapter_six), FAIL},
    {"form.chapters.missing", F21, ON(number_five_skipped), DOUBT},
    {"form.chapters.missing", F21, ON(an_excerpt), NA},
    {"form.chapters.missing", F14, ON(nothing), NONE},
    {"form.chapters.order",   F21, ON(nothing), PASS},
    {"form.chapters.order",   F19, ON(annexed_tables), FAIL},
    {"form.chapters.order",   F21, ON(a_chapter_twice), DOUBT},
    {"form.chapters.number",  F21, ON(nothing), PASS},
    {"form.chapters.number",  F19, ON(renumbered), FAIL},
    {"form.chapters.empty",   F21, ON(nothing), PASS},
    {"form.chapters.empty",   F21, ON(empty_chapter), FAIL},
    {"form.section.empty",    F21, ON(filled_sections), NONE},
    {"form.section.empty",    F21, ON(a_list_of_items), NONE},
    {"form.section.empty",    F21, ON(empty_section), FAIL},
    {"form.numbering",        F21, ON(numbers_begin_again), PASS},
    {"form.numbering",        F21, ON(number_jumps), FAIL},
    {"form.numbering",        F21, ON(a_number_inside_a_paragraph), PASS},
    {"form.numbering",        F14, ON(headings_of_the_statistics_table), PASS},
    {"form.numbering",        F14, ON(chapters_past_ten), FAIL},
    {"form.numbering",        F14, ON(chapters_jump_in_a_free_report), FAIL},
    {"form.regulation_power", F21, ON(nothing), PASS},
    {"form.regulation_power", F21, ON(rules_of_a_bureau), FAIL},
    {"form.regulation_power", F21, ON(rules_of_a_city_office), PASS},
    {"form.regulation_power", F21, ON(rules_of_a_city), PASS},
    {"form.regulation_power", F21, ON(rules_of_some_city), DOUBT},
    {"form.regulation_power", F21, ON(rules_of_nobody), NA},
    {"form.regulation_power", F19, ON(rules_only_published), DOUBT},
    {"form.period",           F21, ON(nothing), PASS},
    {"form.period",           F21, ON(half_a_year), FAIL},
    {"form.period",           F21, ON(stale_period), FAIL},
    {"form.period",           F21, ON(no_period), NA},
    {"form.published",        F21, ON(nothing), PASS},
    {"form.published",        F21, ON(last_of_january), PASS},
    {"form.published",        F21, ON(february), FAIL},
    {"form.published",        F14, ON(february), PASS},
    {"form.published",        F21, ON(a_government_in_march), PASS},
    {"form.published",        F21, ON(a_government_in_april), FAIL},
    {"form.published",        F21, ON(a_township_in_february), NA},
    {"form.published",        F21, ON(before_the_year_ended), DOUBT},
    {"form.published",        F21, ON(years_later), DOUBT},
    {"form.published",        F21, ON(not_dated), NA},
    {"form.fee_statement",    F21, ON(nothing), PASS},
    {"form.fee_statement",    F19, ON(no_fee), NONE},
    {"form.fee_statement",    F21, ON(no_fee), FAIL},
    {"form.fee_statement",    F21, ON(an_excerpt), NA},
    {"form.superseded_basis", F21, ON(form_of_2021), PASS},
    {"form.superseded_basis", F21, ON(both_regulations), PASS},
    {"form.superseded_basis", F21, ON(old_regulation), FAIL},
    {"form.superseded_basis", F21, ON(old_form_beside_the_new), PASS},
    {"form.superseded_basis", F14, ON(old_regulation), PASS},
    {"form.superseded_basis", F21, ON(form_of_2019), FAIL},
    {"form.superseded_basis", F19, ON(form_of_2019), PASS},
    {"form.superseded_basis", F21, ON(nothing), NONE},
    {"form.superseded_basis", F19, ON(form_of_2014), FAIL},
    {"t2.newly_public",       F19, ON(nothing), PASS},
    {"t2.newly_public",       F21, ON(nothing), NONE},
    {"t2.change",             F19, ON(nothing), PASS},
    {"t2.change",             F19, ON(fewer_than_none), DOUBT},
    {"t2.in_force",           F21, ON(nothing), PASS},
    {"t2.in_force",           F19, ON(nothing), NONE},
    {"stat.part",             F14, ON(nothing), PASS},
    {"stat.channels",         F14, ON(nothing), PASS},
    {"stat.channels",         F14, ON(more_than_channels), DOUBT},
};
// clang-format on

static void a_document_gets_the_result_of_its_row(void **state)
{
    const Row *row = *state;
    Document *d = doc_new(&arena, row->edition, row->year);
    row->upset(d);
    checked(d);
    if (row->want == NONE)
        assert_no_finding(d, row->check);
    else
        assert_result(d, row->check, NULL, (Result)row->want);
}

// Of checks with a finding for each table or row, the one that matters.
static void want_first_cell(void (*upset)(Document *), Edition edition, int year, const char *check,
                            const char *cell, Result result)
{
    Document *d = doc_new(&arena, edition, year);
    upset(d);
    assert_result(checked(d), check, cell, result);
}

static void a_blank_is_a_fault_and_many_are_doubtful(void **state)
{
    (void)state;
    want_first_cell(one_blank, F21, "form.blank", "t3.r5_4.natural", RESULT_FAIL);
    want_first_cell(many_blanks, F21, "form.blank", "t3.new.natural", RESULT_DOUBTFUL);
}

static void what_cannot_exceed_is_doubtful_by_row(void **state)
{
    (void)state;
    want_first_cell(more_new_than_all, F19, "t2.newly_public", "t2.normative.all_public",
                    RESULT_DOUBTFUL);
    want_first_cell(made_but_not_in_force, F21, "t2.in_force", "t2.normative.in_force",
                    RESULT_DOUBTFUL);
    want_first_cell(part_over_whole, F14, "stat.part", "stat.press", RESULT_DOUBTFUL);
}

static void a_faultless_report_passes_everything(void **state)
{
    (void)state;
    static const struct {
        Edition edition;
        int year;
    } forms[] = {{F19}, {F21}, {F14}};
    for (size_t i = 0; i < 3; i++) {
        Document *d = checked(doc_new(&arena, forms[i].edition, forms[i].year));
        assert_int_not_equal(d->findings.n, 0);
        for (size_t k = 0; k < d->findings.n; k++) {
            const Finding *f = &d->findings.v[k];
            if (f->result != RESULT_PASS && str_starts(f->id, S("form.")))
                fail_msg("%s: " PRI_STR, f->id.s, STR_ARG(f->message));
        }
    }
}

static void a_guide_is_not_checked_as_a_report(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, F21);
    d->kind = DOC_GUIDE;
    checked(d);
    assert_no_finding(d, "form.edition");
    assert_no_finding(d, "t3.row_sum");
}

static void an_undated_report_past_its_day_is_told_so(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, F21);
    d->published = date_none;
    CheckOptions opt = {.lang = LANG_ZH};
    date_make(2024, 2, 1, &opt.today);
    report_check(d, &opt, &arena);
    const Finding *f = doc_finding(d, "form.published", NULL);
    assert_non_null(f);
    assert_true(str_has(f->message, S("现已过期")));
}

static void a_finding_is_named_after_the_fault(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, F21);
    no_fee(d);
    assert_str(doc_finding(checked(d), "form.fee_statement", NULL)->title, S("没有写信息处理费"));
    report_check(d, &doc_check_en, &arena);
    assert_str(doc_finding(d, "form.fee_statement", NULL)->title, S("fees not mentioned"));
}

static void every_check_has_an_id_of_its_own_and_words_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < CHECK__COUNT; i++) {
        assert_true(check_defs[i].id.n && check_defs[i].zh.n && check_defs[i].en.n &&
                    check_defs[i].basis.n);
        for (int k = 0; k < i; k++)
            assert_false(str_eq(check_defs[i].id, check_defs[k].id));
    }
}

static void a_jump_past_ten_is_named_in_full(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, F14);
    chapters_past_ten(d);
    const Finding *f = doc_finding(checked(d), "form.numbering", NULL);
    assert_true(str_starts(f->message, S("“十一、”之后是“十三、”")));
}

static void a_finding_rests_on_the_form_of_its_year(void **state)
{
    (void)state;
    assert_str(doc_finding(checked(doc_new(&arena, F19)), "form.chapters.missing", NULL)->basis,
               S("国办公开办函〔2019〕60号"));
    assert_str(doc_finding(checked(doc_new(&arena, F21)), "form.chapters.missing", NULL)->basis,
               S("国办公开办函〔2021〕30号"));
}

static void checking_again_starts_again(void **state)
{
    (void)state;
    Document *d = checked(doc_new(&arena, F21));
    size_t n = d->findings.n;
    assert_int_equal(checked(d)->findings.n, n);
}

enum { ROWS = sizeof rows / sizeof *rows };

int main(void)
{
    static char names[ROWS][120];
    struct CMUnitTest tests[ROWS + 20];
    size_t n = 0;
    for (; n < ROWS; n++) {
        snprintf(names[n], sizeof names[n], "%s %s %d: %s", rows[n].check,
                 editions[rows[n].edition].id.s, rows[n].year, rows[n].name);
        tests[n] = (struct CMUnitTest){names[n], a_document_gets_the_result_of_its_row, start, end,
                                       (void *)&rows[n]};
    }
#define T(f) tests[n++] = (struct CMUnitTest){#f, f, start, end, NULL}
    T(a_blank_is_a_fault_and_many_are_doubtful);
    T(what_cannot_exceed_is_doubtful_by_row);
    T(a_faultless_report_passes_everything);
    T(a_guide_is_not_checked_as_a_report);
    T(an_undated_report_past_its_day_is_told_so);
    T(a_finding_is_named_after_the_fault);
    T(every_check_has_an_id_of_its_own_and_words_in_both_languages);
    T(a_jump_past_ten_is_named_in_full);
    T(a_finding_rests_on_the_form_of_its_year);
    T(checking_again_starts_again);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("check_form", tests, n, NULL, NULL);
}

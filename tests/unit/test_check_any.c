// Any document whatever can be checked, compared and added up: every state, form and year, figures
// at the ends of their range, chapters that overlap. Run under the sanitizers, this is what it is
// for.
#include "test.h"

#include "report/diff.h"
#include "report/sum.h"

static uint64_t seed;

static uint64_t any(uint64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % below;
}

static Str any_text(void)
{
    static const Str texts[] = {
        SI("（一）主动公开情况"),
        SI("(二)"),
        SI("（十九）甲"),
        SI("一、"),
        SI("九十九、乙"),
        SI("国办发〔2014〕32号"),
        SI("号"),
        SI("30号"),
        SI("国办公开办函〔2019〕60号"),
        SI("国务院令第492号"),
        SI("信息处理费"),
        SI(""),
        SI("（"),
        SI("、"),
        SI("第二十条第"),
        SI("统 计 表"),
        SI("详见附件"),
        SI("一一一一一一一、"),
        SI("2023年收到申请3件，增长55%"),
        SI("示例市人民政府"),
        SI("示例县水务局"),
    };
    return texts[any(sizeof texts / sizeof *texts)];
}

static int64_t any_figure(void)
{
    static const int64_t figures[] = {INT64_MIN, INT64_MAX, -3, 0, 0, 0, 1, 2, 5000000000};
    return figures[any(sizeof figures / sizeof *figures)];
}

static Date any_date(void)
{
    return any(2) ? date_none : (Date){(int32_t)any(60000)};
}

static void any_text_parts(Document *d, Arena *a)
{
    size_t n = any(40);
    for (size_t i = 0; i < n; i++) {
        Str s = any_text();
        *PUSH(a, &d->paras) =
            (Para){.text = s, .raw = s, .chapter = (int8_t)any(7), .kind = (int8_t)any(4)};
    }
    for (size_t i = any(8); i > 0; i--) {
        size_t first = any(n + 1);
        *PUSH(a, &d->chapters) = (Chapter){.number = 1 + (int)any(6),
                                           .printed = (int)any(12),
                                           .heading = any_text(),
                                           .first = first,
                                           .last = first + any(n - first + 1),
                                           .has_table = any(2)};
    }
    for (size_t i = any(4); i > 0; i--)
        *PUSH(a, &d->notes) = (Note){.kind = (NoteKind)any(10),
                                     .text = any_text(),
                                     .cell = any(2) ? CELL_NONE : (CellIx)any(CELL_COUNT)};
}

static Document *any_document(Arena *a)
{
    static const int years[] = {0, 2013, 2014, 2018, 2019, 2020, 2021, 2023, 9999, -5, INT32_MAX};
    Document *d = NEW(a, Document, 1);
    *d = (Document){.kind = any(8) ? DOC_REPORT : DOC_GUIDE,
                    .edition = (Edition)any(EDITION__COUNT),
                    .mixed = any(2),
                    .year = years[any(sizeof years / sizeof *years)],
                    .organ = any_text(),
                    .title = any_text(),
                    .published = any_date(),
                    .from = any_date(),
                    .to = any_date()};
    for (TableId t = 0; t < TABLE__COUNT; t++)
        d->table_seen[t] = any(2);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        d->cells[ix] = (Cell){.state = (CellState)any(4),
                              .n = any_figure(),
                              .raw = any_text(),
                              .repairs = any(8) ? 0 : (uint32_t)any(1 << REPAIR__COUNT)};
    any_text_parts(d, a);
    return d;
}

static void every_finding_is_sound(const Document *d)
{
    for (size_t i = 0; i < d->findings.n; i++) {
        const Finding *f = &d->findings.v[i];
        assert_true(f->id.n && f->title.n && f->message.n && f->basis.n);
        for (size_t k = 0; k < f->n_cells; k++)
            assert_true(f->cells[k] < CELL_COUNT);
    }
}

static void any_document_can_be_checked(void **state)
{
    (void)state;
    Arena a = arena_new(256 << 20);
    seed = 88172645463325252;
    for (int i = 0; i < 500; i++) {
        CheckOptions opt = {any(2) ? LANG_ZH : LANG_EN, any_date()};
        Document *earlier = any_document(&a), *later = any_document(&a);
        report_check(later, &opt, &a);
        report_check_series(later, earlier, &opt, &a);
        report_check_alone(later, &opt, &a);
        report_check_all((Document *[]){earlier, later}, 2, &opt, &a);
        every_finding_is_sound(later);
        arena_reset(&a, 1 << 20);
    }
    arena_free(&a);
}

static void any_documents_can_be_compared_and_added_up(void **state)
{
    (void)state;
    Arena a = arena_new(256 << 20);
    seed = 1181783497276652981;
    for (int i = 0; i < 500; i++) {
        Document *earlier = any_document(&a), *later = any_document(&a), total;
        Diff diff;
        report_diff(earlier, later, &a, &diff);
        Sum *sum = NEW(&a, Sum, 1);
        sum_add(sum, S("一"), earlier, &a);
        sum_add(sum, S("二"), later, &a);
        SumComparison cmp;
        sum_compare(sum, later, &a, &cmp);
        sum_check(sum, &(CheckOptions){LANG_ZH, date_none}, &a, &total);
        every_finding_is_sound(&total);
        arena_reset(&a, 1 << 20);
    }
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_document_can_be_checked),
        cmocka_unit_test(any_documents_can_be_compared_and_added_up),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

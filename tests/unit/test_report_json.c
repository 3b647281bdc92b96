#include "test.h"

#include "report/report_json.h"

#include <stdio.h>

// --- documents made by chance, the same ones every time ---

typedef struct Chance {
    uint64_t state;
    Arena *a;
} Chance;

static uint32_t roll(Chance *c, uint32_t below)
{
    c->state = c->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(c->state >> 33) % below;
}

static Str some_text(Chance *c)
{
    static const Str pieces[] = {SI("新收"), SI("3"),  SI("\""), SI("\\"), SI("<script>"),
                                 SI("\n"),   SI("，"), SI("\t"), SI("𠮷"), SI("件")};
    Buf b = buf_new(c->a, 4096);
    for (uint32_t i = roll(c, 6); i-- > 0;)
        buf_add(&b, pieces[roll(c, 10)]);
    return buf_str(&b);
}

static Place some_place(Chance *c)
{
    switch (roll(c, 4)) {
    case 0:
        return (Place){0};
    case 1:
        return (Place){.line = (int32_t)roll(c, 9999) + 1};
    case 2:
        return (Place){.table = 1 + (int32_t)roll(c, 9), .row = 1 + (int32_t)roll(c, 30), .col = 4};
    }
    return (Place){.page = 1 + (int32_t)roll(c, 20),
                   .x0 = (float)roll(c, 2000) / 4,
                   .y0 = 1.5f,
                   .x1 = 500.25f,
                   .y1 = (float)roll(c, 3000) / 4};
}

static Date some_date(Chance *c)
{
    return roll(c, 3) ? (Date){(int32_t)roll(c, 20000)} : date_none;
}

static CellIx some_cell(Chance *c)
{
    return (CellIx)roll(c, CELL_COUNT);
}

static void fill_cells(Chance *c, Document *d)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        Cell *cell = &d->cells[ix];
        cell->state = (CellState)roll(c, 4);
        if (cell->state == CELL_ABSENT)
            continue;
        cell->raw = some_text(c);
        cell->place = some_place(c);
        if (cell->state != CELL_VALUE)
            continue;
        cell->repairs = roll(c, 1u << REPAIR__COUNT);
        bool amount = cell_def(ix)->type == TYPE_AMOUNT;
        cell->n = (int64_t)roll(c, 2000000000) * (amount ? 7 : 1) - (roll(c, 5) ? 0 : 900);
    }
}

static void fill_text(Chance *c, Document *d)
{
    for (uint32_t i = roll(c, 12); i-- > 0;) {
        Str text = some_text(c);
        *PUSH(c->a, &d->paras) = (Para){text, roll(c, 2) ? text : some_text(c), some_place(c),
                                        (int8_t)roll(c, 7), (int8_t)roll(c, 4)};
    }
    for (uint32_t i = roll(c, 6); i-- > 0;) {
        size_t first = roll(c, (uint32_t)d->paras.n + 1);
        *PUSH(c->a, &d->chapters) = (Chapter){1 + (int)roll(c, 6),
                                              (int)roll(c, 9),
                                              some_text(c),
                                              some_place(c),
                                              first,
                                              first + roll(c, (uint32_t)(d->paras.n - first) + 1),
                                              roll(c, 2)};
    }
    for (uint32_t i = roll(c, 5); i-- > 0;)
        *PUSH(c->a, &d->notes) = (Note){(NoteKind)roll(c, 10), some_text(c), some_place(c),
                                        roll(c, 2) ? some_cell(c) : (CellIx)CELL_NONE};
}

static void fill_findings(Chance *c, Document *d)
{
    for (uint32_t i = roll(c, 5); i-- > 0;) {
        Finding f = {.id = S("t3.row_sum"),
                     .result = (Result)roll(c, 4),
                     .severity = (Severity)roll(c, 3),
                     .title = some_text(c),
                     .message = some_text(c),
                     .basis = some_text(c),
                     .evidence = some_text(c),
                     .left = some_text(c),
                     .right = some_text(c)};
        f.n_cells = roll(c, 4);
        f.cells = NEW(c->a, CellIx, f.n_cells);
        for (size_t k = 0; k < f.n_cells; k++)
            f.cells[k] = some_cell(c);
        f.n_places = roll(c, 4);
        f.places = NEW(c->a, Place, f.n_places);
        for (size_t k = 0; k < f.n_places; k++)
            f.places[k] = some_place(c);
        *PUSH(c->a, &d->findings) = f;
    }
}

static Document *some_document(Chance *c)
{
    Document *d = NEW(c->a, Document, 1);
    d->kind = (DocKind)roll(c, 3);
    d->edition = (Edition)roll(c, EDITION__COUNT);
    d->mixed = roll(c, 2);
    d->year = roll(c, 2) ? 2008 + (int)roll(c, 20) : 0;
    d->title = some_text(c);
    d->organ = some_text(c);
    d->published = some_date(c);
    d->from = some_date(c);
    d->to = some_date(c);
    d->place = some_place(c);
    for (int i = 0; i < TABLE__COUNT; i++)
        d->table_seen[i] = roll(c, 2);
    fill_cells(c, d);
    fill_text(c, d);
    fill_findings(c, d);
    return d;
}

// --- two documents are the same, member by member ---

static void same_place(Place a, Place b)
{
    assert_int_equal(a.line, b.line);
    assert_int_equal(a.page, b.page);
    assert_int_equal(a.table, b.table);
    assert_int_equal(a.row, b.row);
    assert_int_equal(a.col, b.col);
    assert_true(a.x0 == b.x0 && a.y0 == b.y0 && a.x1 == b.x1 && a.y1 == b.y1);
}

static void same_cells(const Document *a, const Document *b)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        assert_int_equal(a->cells[ix].state, b->cells[ix].state);
        assert_int_equal(a->cells[ix].repairs, b->cells[ix].repairs);
        assert_true(a->cells[ix].n == b->cells[ix].n);
        assert_str(a->cells[ix].raw, b->cells[ix].raw);
        same_place(a->cells[ix].place, b->cells[ix].place);
    }
}

static void same_text(const Document *a, const Document *b)
{
    assert_int_equal(a->paras.n, b->paras.n);
    for (size_t i = 0; i < a->paras.n; i++) {
        assert_str(a->paras.v[i].text, b->paras.v[i].text);
        assert_str(a->paras.v[i].raw, b->paras.v[i].raw);
        assert_int_equal(a->paras.v[i].chapter, b->paras.v[i].chapter);
        assert_int_equal(a->paras.v[i].kind, b->paras.v[i].kind);
        same_place(a->paras.v[i].place, b->paras.v[i].place);
    }
    assert_int_equal(a->chapters.n, b->chapters.n);
    for (size_t i = 0; i < a->chapters.n; i++) {
        const Chapter *x = &a->chapters.v[i], *y = &b->chapters.v[i];
        assert_int_equal(x->number, y->number);
        assert_int_equal(x->printed, y->printed);
        assert_str(x->heading, y->heading);
        assert_int_equal(x->first, y->first);
        assert_int_equal(x->last, y->last);
        assert_int_equal(x->has_table, y->has_table);
        same_place(x->place, y->place);
    }
    assert_int_equal(a->notes.n, b->notes.n);
    for (size_t i = 0; i < a->notes.n; i++) {
        assert_int_equal(a->notes.v[i].kind, b->notes.v[i].kind);
        assert_int_equal(a->notes.v[i].cell, b->notes.v[i].cell);
        assert_str(a->notes.v[i].text, b->notes.v[i].text);
        same_place(a->notes.v[i].place, b->notes.v[i].place);
    }
}

static void same_findings(const Findings *a, const Findings *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        const Finding *x = &a->v[i], *y = &b->v[i];
        const Str xs[] = {x->id, x->title, x->message, x->basis, x->evidence, x->left, x->right};
        const Str ys[] = {y->id, y->title, y->message, y->basis, y->evidence, y->left, y->right};
        for (size_t k = 0; k < 7; k++)
            assert_str(xs[k], ys[k]);
        assert_int_equal(x->result, y->result);
        assert_int_equal(x->severity, y->severity);
        assert_int_equal(x->n_cells, y->n_cells);
        for (size_t k = 0; k < x->n_cells; k++)
            assert_int_equal(x->cells[k], y->cells[k]);
        assert_int_equal(x->n_places, y->n_places);
        for (size_t k = 0; k < x->n_places; k++)
            same_place(x->places[k], y->places[k]);
    }
}

static void same_document(const Document *a, const Document *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->edition, b->edition);
    assert_int_equal(a->mixed, b->mixed);
    assert_int_equal(a->year, b->year);
    assert_str(a->title, b->title);
    assert_str(a->organ, b->organ);
    assert_int_equal(a->published.days, b->published.days);
    assert_int_equal(a->from.days, b->from.days);
    assert_int_equal(a->to.days, b->to.days);
    same_place(a->place, b->place);
    for (int i = 0; i < TABLE__COUNT; i++)
        assert_int_equal(a->table_seen[i], b->table_seen[i]);
    same_cells(a, b);
    same_text(a, b);
    same_findings(&a->findings, &b->findings);
}

// --- the sentences ---

static void a_document_comes_back_from_json_as_it_went_in(void **state)
{
    (void)state;
    enum { ROUNDS = 200 };
    Arena a = arena_new((size_t)1 << 30);
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        arena_reset(&a, 0);
        Chance c = {round, &a};
        Reading source = {
            .name = some_text(&c), .kind = (FileKind)roll(&c, 6), .encoding = S("gb18030")};
        const Document *d = some_document(&c);
        Buf b = buf_new(&a, 8 << 20);
        report_json_document(&b, &source, d, JSON_ALL);
        Reading again;
        Document back;
        Err err;
        if (!report_document_from_json(buf_str(&b), &a, &again, &back, &err))
            fail_msg("round %d: %s: " PRI_STR, (int)round, err.en, STR_ARG(buf_str(&b)));
        same_document(d, &back);
        assert_str(again.name, source.name);
        assert_int_equal(again.kind, source.kind);
        assert_str(again.encoding, source.encoding);
    }
    arena_free(&a);
}

static void a_reading_of_two_documents_comes_back_in_order(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 28);
    Chance c = {42, &a};
    Reading r = {.name = S("两年.html"), .kind = FILE_HTML, .encoding = S("utf-8")}, back;
    *PUSH(&a, &r.docs) = *some_document(&c);
    *PUSH(&a, &r.docs) = *some_document(&c);
    Buf b = buf_new(&a, 8 << 20);
    Err err;
    report_json(&b, &r, JSON_ALL);
    assert_true(report_from_json(buf_str(&b), &a, &back, &err));
    assert_int_equal(back.docs.n, 2);
    same_document(&r.docs.v[0], &back.docs.v[0]);
    same_document(&r.docs.v[1], &back.docs.v[1]);
    arena_free(&a);
}

static Str json_of(Arena *a, const Document *d, unsigned parts)
{
    Reading source = {0};
    Buf b = buf_new(a, 8 << 20);
    report_json_document(&b, &source, d, parts);
    return buf_str(&b);
}

static void every_cell_of_the_edition_is_listed_and_an_absent_one_has_no_value(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = NEW(&a, Document, 1);
    d->edition = EDITION_FMT2021;
    d->published = d->from = d->to = date_none;
    Str json = json_of(&a, d, JSON_ALL);
    assert_true(str_has(json, S("\"t3.r6_1.total\":{\"state\":\"absent\"}")));
    assert_false(str_has(json, S("t2.procurement.items")));
    d->cells[T2_PROCUREMENT_ITEMS] = (Cell){.state = CELL_BLANK};
    assert_true(
        str_has(json_of(&a, d, JSON_ALL), S("\"t2.procurement.items\":{\"state\":\"blank\"}")));
    arena_free(&a);
}

static void an_amount_is_a_decimal_number_of_wan_yuan(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = NEW(&a, Document, 1);
    d->cells[T2_CHARGE_AMOUNT_WAN] = (Cell){.state = CELL_VALUE, .n = 41130000};
    assert_true(str_has(json_of(&a, d, 0),
                        S("\"t2.charge.amount_wan\":{\"state\":\"value\",\"value\":41.13,")));
    arena_free(&a);
}

static void what_is_not_known_is_null_and_not_zero(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = NEW(&a, Document, 1);
    d->published = d->from = d->to = date_none;
    Str json = json_of(&a, d, 0);
    assert_true(str_has(json, S("\"edition\":null")));
    assert_true(str_has(json, S("\"year\":null")));
    assert_true(str_has(json, S("\"organ\":null")));
    assert_true(str_has(json, S("\"published\":null")));
    arena_free(&a);
}

static void findings_come_last_so_that_more_can_be_added(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Chance c = {7, &a};
    Document *d = some_document(&c);
    assert_true(str_ends(json_of(&a, d, JSON_ALL), S("]}")));
    assert_false(str_has(json_of(&a, d, JSON_TEXT), S("\"findings\"")));
    arena_free(&a);
}

static void the_reason_for_an_unreadable_file_is_handed_on(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Reading r;
    Err err = {0};
    Buf b = buf_new(&a, 1 << 16);
    buf_add(&b, S("{\"schema\":1,\"documents\":[],\"unreadable\":["));
    report_json_unreadable(&b, S("扫描.pdf"), ERR_UNREADABLE, S("这是扫描件，没有文字"));
    buf_add(&b, S("]}"));
    assert_false(report_from_json(buf_str(&b), &a, &r, &err));
    assert_int_equal(err.kind, ERR_UNREADABLE);
    assert_string_equal(err.zh, "这是扫描件，没有文字");
    arena_free(&a);
}

static void an_answer_with_anything_amiss_is_refused_whole(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "",
        "[]",
        "{\"documents\":[{\"kind\":\"novel\"}]}",
        "{\"documents\":[{\"kind\":\"report\",\"year\":\"2023\",\"source\":{\"kind\":\"text\"}}]}",
        "{\"documents\":[{\"kind\":\"report\",\"year\":99999999999,\"source\":{\"kind\":\"text\"}}]"
        "}",
        "{\"documents\":[{\"kind\":\"report\",\"source\":{\"kind\":\"text\"},\"cells\":{\"t9.x\":{"
        "\"state\":\"blank\"}}}]}",
        "{\"documents\":[{\"kind\":\"report\",\"source\":{\"kind\":\"text\"},"
        "\"cells\":{\"t3.new.total\":{\"state\":\"value\",\"value\":1.5}}}]}",
        "{\"documents\":[{\"kind\":\"report\",\"source\":{\"kind\":\"text\"},"
        "\"chapters\":[{\"number\":1,\"first\":0,\"last\":5}],\"paragraphs\":[]}]}",
        "{\"documents\":[{\"kind\":\"report\",\"source\":{\"kind\":\"text\"},"
        "\"paragraphs\":[{\"text\":\"a\",\"chapter\":77}]}]}",
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        Arena a = arena_new(1 << 26);
        Reading r;
        Err err = {0};
        if (report_from_json(str_z(answers[i]), &a, &r, &err))
            fail_msg("was taken: %s", answers[i]);
        assert_int_equal(err.kind, ERR_UNREADABLE);
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_comes_back_from_json_as_it_went_in),
        cmocka_unit_test(a_reading_of_two_documents_comes_back_in_order),
        cmocka_unit_test(every_cell_of_the_edition_is_listed_and_an_absent_one_has_no_value),
        cmocka_unit_test(an_amount_is_a_decimal_number_of_wan_yuan),
        cmocka_unit_test(what_is_not_known_is_null_and_not_zero),
        cmocka_unit_test(findings_come_last_so_that_more_can_be_added),
        cmocka_unit_test(the_reason_for_an_unreadable_file_is_handed_on),
        cmocka_unit_test(an_answer_with_anything_amiss_is_refused_whole),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

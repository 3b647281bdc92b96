// Packages of archived requests, and the rules of the archive.
#include "../test.h"

#include "domain/archive.h"
#include "domain/personal.h"

static Arena arena;
static const Key KEY = {{7, 1, 9}}, OTHER = {{8, 1, 9}};
static const ArchiveHead HEAD = {SI("示住建依申〔2026〕17号"),
                                 SI("示例县住房和城乡建设局"),
                                 SI("施工合同\n含工程量清单"),
                                 SI("2026-03-19 09:30:05"),
                                 1,
                                 0,
                                 0};

static int make(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Str package(const Key *key)
{
    ArchiveFile v[] = {
        {.path = SI("index.html"), .title = SI("目录"), .bytes = SI("<!doctype html>")},
        {.path = SI("facts/facts.json"), .title = SI("每一步"), .bytes = SI("[]")}};
    ArchiveFiles files = {v, 2, 2};
    Str out = {0};
    Err err = {0};
    if (!archive_pack(&HEAD, &files, 1774000000, key, &arena, &out, &err))
        fail_msg("%s", err.en);
    return out;
}

static void what_was_packed_is_proved(void **state)
{
    (void)state;
    ArchiveProof p;
    Err err = {0};
    assert_true(archive_verify(package(&KEY), S(""), &arena, &p, &err));
    assert_int_equal(p.n_files, 3); // with the sums
    assert_str(p.lines[0].value, HEAD.code);
    assert_str(p.lines[2].value, S("施工合同 含工程量清单"));
    assert_false(p.known);
    assert_true(archive_verify(package(&KEY), p.public_key, &arena, &p, &err));
    assert_true(p.known);
}

static ArchiveFile large(const char *path, size_t size)
{
    return (ArchiveFile){.path = str_z(path),
                         .section = S("附件"),
                         .title = S("扫描件"),
                         .size = size,
                         .address = S("somewhere")};
}

static void what_does_not_fit_into_one_volume_goes_into_the_next(void **state)
{
    (void)state;
    enum { MB = 1 << 20 };
    ArchiveFile v[] = {{.path = S("index.html"), .bytes = S("<!doctype html>")},
                       large("attachments/1.pdf", 25 * MB),
                       large("attachments/2.pdf", 30 * MB),
                       large("attachments/3.pdf", 6 * MB),
                       large("attachments/4.pdf", 32 * MB)};
    ArchiveFiles files = {v, 5, 5};
    ArchiveVolumes out;
    Err err = {0};
    assert_true(archive_volumes(&files, ARCHIVE_MAX, &arena, &out, &err));
    assert_int_equal(out.n, 2);
    assert_int_equal(out.v[0].n, 3); // 55 MB and the index
    assert_int_equal(out.v[1].n, 2);
    assert_str(out.v[1].v[0].path, S("attachments/3.pdf"));
    files.n = 3;
    assert_true(archive_volumes(&files, ARCHIVE_MAX, &arena, &out, &err));
    assert_int_equal(out.n, 1);
    v[1] = large("attachments/1.pdf", 61 * MB);
    assert_false(archive_volumes(&files, ARCHIVE_MAX, &arena, &out, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_true(str_has(str_z(err.zh), S("扫描件")) && str_has(str_z(err.zh), S("拆成几份")));
}

static void a_volume_says_which_it_is(void **state)
{
    (void)state;
    ArchiveFile v[] = {{.path = S("attachments/7.pdf"), .bytes = S("%PDF")}};
    ArchiveFiles files = {v, 1, 1};
    ArchiveHead head = HEAD;
    ArchiveProof p;
    Str out = {0};
    Err err = {0};
    head.volume = 2;
    head.volumes = 3;
    assert_true(archive_pack(&head, &files, 1774000000, &KEY, &arena, &out, &err));
    assert_true(archive_verify(out, S(""), &arena, &p, &err));
    assert_str(p.lines[5].name, S("分卷"));
    assert_str(p.lines[5].value, S("第2卷，共3卷"));
}

static void the_same_case_gives_the_same_bytes(void **state)
{
    (void)state;
    assert_str(package(&KEY), package(&KEY));
}

static void another_key_is_told(void **state)
{
    (void)state;
    ArchiveProof p;
    Err err = {0};
    assert_true(archive_verify(package(&KEY), S(""), &arena, &p, &err));
    assert_false(archive_verify(package(&OTHER), p.public_key, &arena, &p, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

// Whatever the byte belongs to: a head of the archive, a file, the manifest, the room between.
static void any_changed_byte_is_noticed(void **state)
{
    (void)state;
    Str whole = package(&KEY);
    for (size_t i = 0; i < whole.n; i += 7) {
        if (i % 512 == 154 || i % 512 == 155)
            continue; // what stands behind the digits of a head's own sum
        Arena scratch = arena;
        ArchiveProof p;
        Err err = {0};
        char *bytes = NEW(&scratch, char, whole.n);
        memcpy(bytes, whole.s, whole.n);
        bytes[i] ^= 1;
        if (archive_verify((Str){bytes, whole.n}, S(""), &scratch, &p, &err))
            fail_msg("byte %zu of %zu was changed and nothing said so", i, whole.n);
    }
}

static void what_is_cut_is_no_package(void **state)
{
    (void)state;
    Str whole = package(&KEY);
    for (size_t n = 0; n + 1024 < whole.n; n += 100) {
        Arena scratch = arena;
        ArchiveProof p;
        Err err = {0};
        assert_false(archive_verify(str_sub(whole, 0, n), S(""), &scratch, &p, &err));
    }
}

static void only_what_is_closed_is_archived_once(void **state)
{
    (void)state;
    Err err = {0};
    for (int phase = 0; phase < PHASE__COUNT; phase++) {
        bool closed = phase == PHASE_DONE || phase == PHASE_ENDED;
        assert_int_equal(archive_may((Phase)phase, false, &err), closed);
        assert_false(archive_may((Phase)phase, true, &err));
    }
    assert_true(archive_change_may(false, &err));
    assert_false(archive_change_may(true, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void nothing_but_a_remedy_opens_it_again(void **state)
{
    (void)state;
    Err err = {0};
    Str no = S("示政复〔2026〕3号"), why = S("复议机关要求补充证据");
    assert_true(archive_reopen_may(true, S("review"), no, why, &err));
    assert_false(archive_reopen_may(false, S("review"), no, why, &err));
    assert_false(archive_reopen_may(true, S("mistake"), no, why, &err));
    assert_false(archive_reopen_may(true, S("suit"), S(""), why, &err));
    assert_false(archive_reopen_may(true, S("suit"), no, S(""), &err));
}

static void years_are_counted_from_the_end_of_the_year(void **state)
{
    (void)state;
    Date ended, until;
    assert_true(date_make(2015, 3, 2, &ended) && date_make(2025, 12, 31, &until));
    assert_int_equal(retention_until(ended, 10).days, until.days);
    Date eve = until, day = {until.days + 1};
    assert_true(ended.days > retention_cut(eve, 10).days);
    assert_true(ended.days <= retention_cut(day, 10).days);
}

static void numbers_of_people_are_found_and_others_are_not(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int kind; // -1: none
    } rows[] = {
        {"身份证号000000199001010005的批复", -1}, // the last digit does not fit
        {"身份证号11010519491231002X的批复", PERSONAL_IDENTITY},
        {"电话13900000000，请回复", PERSONAL_MOBILE},
        {"合同编号20240315001", -1},
        {"1390000000012的清单", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t at = 0;
        PersonalKind kind = PERSONAL__COUNT;
        Str found;
        bool has = personal_next(str_z(rows[i].text), &at, &kind, &found);
        if (has != (rows[i].kind >= 0) || (has && (int)kind != rows[i].kind))
            fail_msg("%s", rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_packed_is_proved, make, drop),
        cmocka_unit_test_setup_teardown(what_does_not_fit_into_one_volume_goes_into_the_next, make,
                                        drop),
        cmocka_unit_test_setup_teardown(a_volume_says_which_it_is, make, drop),
        cmocka_unit_test_setup_teardown(the_same_case_gives_the_same_bytes, make, drop),
        cmocka_unit_test_setup_teardown(another_key_is_told, make, drop),
        cmocka_unit_test_setup_teardown(any_changed_byte_is_noticed, make, drop),
        cmocka_unit_test_setup_teardown(what_is_cut_is_no_package, make, drop),
        cmocka_unit_test_setup_teardown(only_what_is_closed_is_archived_once, make, drop),
        cmocka_unit_test_setup_teardown(nothing_but_a_remedy_opens_it_again, make, drop),
        cmocka_unit_test_setup_teardown(years_are_counted_from_the_end_of_the_year, make, drop),
        cmocka_unit_test_setup_teardown(numbers_of_people_are_found_and_others_are_not, make, drop),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "test.h"

#include "app/act.h"
#include "app/audit.h"
#include "base/file.h"
#include "site_box.h"
#include "store/audit.h"

#include <stdlib.h>

// Twenty-five lines: a seal after the 10th, which is the 11th, one after the 20th, which is the
// 21st, and what came later.
enum { FIRST_SEAL = 11, SECOND_SEAL = 21, LINES = 25, START = 1000000 };

typedef struct Box {
    SiteBox *site;
    Arena a;
    App app;
    Str anchor; // of the second seal
    const void *row;
} Box;

static void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s (%s)", err->en, err->detail);
}

static void note(Box *b, int64_t i)
{
    Err err = {0};
    b->app.now += 10;
    b->app.actor = (Actor){.person = {i % 3}, // 0: nobody
                           .name = i % 2 ? S("周衡") : S("许文"),
                           .session = {i},
                           .ip = S("192.0.2.7"),
                           .via = S("web"),
                           .request = str_fmt(&b->a, "r%lld", (long long)i)};
    must(app_note(&b->app,
                  &(ActNote){.kind = ACT_SITE_EDIT,
                             .noun = S("site"),
                             .noun_id = i,
                             .version = 2,
                             .organ = {i % 2},
                             .was = S("{\"name\":\"甲\"}"),
                             .became = str_fmt(&b->a, "{\"name\":\"乙%lld\"}", (long long)i)},
                  &err),
         &err);
}

static void seal(Box *b)
{
    Err err = {0};
    Seal made;
    bool done = false;
    b->app.actor = (Actor){.name = S("任务"), .via = S("job")};
    must(app_audit_seal(&b->app, false, &b->a, &made, &done, &err), &err);
    assert_true(done);
    b->app.today.days++;
}

static int box_empty(void **state)
{
    void *site;
    const void *row = *state;
    if (site_box_make(&site) != 0)
        return -1;
    Box *b = calloc(1, sizeof *b);
    Err err = {0};
    b->row = row;
    Date today;
    b->site = site;
    b->a = arena_new((size_t)1 << 30);
    assert_true(date_make(2026, 4, 1, &today));
    must(app_open(&(AppPlace){.data = b->site->dir, .database = b->site->database}, DB_CREATE,
                  today, START, &b->a, &b->app, &err),
         &err);
    *state = b;
    return 0;
}

static int box_make(void **state)
{
    if (box_empty(state) != 0)
        return -1;
    Box *b = *state;
    Err err = {0};
    for (int i = 1; i <= LINES; i++) {
        if (i == FIRST_SEAL || i == SECOND_SEAL)
            seal(b);
        else
            note(b, i);
    }
    must(app_audit_anchor(&b->app, &b->a, &b->anchor, &err), &err);
    return 0;
}

static int box_drop(void **state)
{
    Box *b = *state;
    void *site = b->site;
    app_close(&b->app);
    arena_free(&b->a);
    free(b);
    return site_box_drop(&site);
}

static Verified verified(Box *b, VerifyOptions opt)
{
    Err err = {0};
    Verified found;
    must(app_audit_verify(&b->app, &opt, &found, &err), &err);
    return found;
}

static const VerifyOptions all = {.from = {DATE_NONE_DAYS}};

static void expect(Box *b, VerifyOptions opt, AuditFault fault, int64_t line, int64_t at_seal)
{
    Verified v = verified(b, opt);
    if (v.fault != fault || v.line != line || v.seal != at_seal)
        fail_msg("found %s at line %lld, seal %lld; want %s at line %lld, seal %lld",
                 audit_fault_defs[v.fault].id.s, (long long)v.line, (long long)v.seal,
                 audit_fault_defs[fault].id.s, (long long)line, (long long)at_seal);
}

// --- somebody who has the database, though not the site's key

static const char DISARM[] = "--:sqlite\n"
                             "DROP TRIGGER audit_line_update; DROP TRIGGER audit_line_delete;"
                             "DROP TRIGGER audit_seal_update; DROP TRIGGER audit_seal_delete;\n"
                             "--:postgresql\n"
                             "DROP TRIGGER audit_line_kept ON audit_line;"
                             "DROP TRIGGER audit_seal_kept ON audit_seal;\n"
                             "--:all\n";

static void run_sql(Box *b, Str sql)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(b->app.db);
    must(db_script(b->app.db, sql, &b->a, &err) && tx_commit(&tx, &err), &err);
}

static const char SQL_SET_HASH[] =
    "UPDATE audit_line SET hash = ?3 WHERE site_id = ?1 AND line_id = ?2";

// Makes the hashes fit again from a line on; from -7, only that of line 7.
static void rechain(Box *b, int64_t from)
{
    bool one = from < 0;
    from = one ? -from : from;
    Err err = {0};
    AuditLine *v = NEW(&b->a, AuditLine, LINES + 2);
    size_t n;
    must(store_audit_after(b->app.db, BOX_SITE, 0, LINES + 2, &b->a, v, &n, &err), &err);
    CLEANUP(tx_end) Tx tx = tx_begin(b->app.db);
    for (size_t i = (size_t)from - 1; i < (one ? (size_t)from : n); i++) {
        audit_hash(BOX_SITE, i ? v[i - 1].hash : (unsigned char[SHA256_BYTES]){0}, &v[i],
                   v[i].hash);
        CLEANUP(stmt_end) Stmt s = stmt(b->app.db, SQL_SET_HASH);
        bind_int(&s, BOX_SITE.n);
        bind_int(&s, v[i].id);
        bind_blob(&s, (Str){(const char *)v[i].hash, SHA256_BYTES});
        must(stmt_run(&s, &err), &err);
    }
    must(tx_commit(&tx, &err), &err);
}

typedef struct Tampering {
    const char *name, *sql;
    int64_t rechain; // from this line on; 0: hashes stay as they are
    bool anchored;   // an anchor of the second seal was kept elsewhere
    AuditFault fault;
    int64_t line, seal;
} Tampering;

#define SHIFT(from, by)                                                                            \
    "UPDATE audit_line SET line_id = -(line_id + " by ") WHERE line_id >= " from ";"               \
    "UPDATE audit_line SET line_id = -line_id WHERE line_id < 0;"
#define SWAP(x, y)                                                                                 \
    "UPDATE audit_line SET line_id = -1 WHERE line_id = " x ";"                                    \
    "UPDATE audit_line SET line_id = " x " WHERE line_id = " y ";"                                 \
    "UPDATE audit_line SET line_id = " y " WHERE line_id = -1;"
#define COPY(from, to)                                                                             \
    "INSERT INTO audit_line SELECT site_id, " to ", at, clock_at, act, person_id, person_name,"    \
    " instead_of, organ_id, via, ip, session_id, request, noun, noun_id, version, was, became,"    \
    " hash FROM audit_line WHERE line_id = " from ";"
#define SET(what) "UPDATE audit_line SET " what " WHERE line_id = 7;"

// clang-format off
static const Tampering tamperings[] = {
    { "another_time_is_found",              SET("at = at + 1"),              0, false, AUDIT_CHANGED, 7, 0 },
    { "another_clock_is_found",             SET("clock_at = clock_at - 1"),  0, false, AUDIT_CHANGED, 7, 0 },
    { "another_act_is_found",               SET("act = 'sample.load'"),      0, false, AUDIT_CHANGED, 7, 0 },
    { "another_person_is_found",            SET("person_id = 9"),            0, false, AUDIT_CHANGED, 7, 0 },
    { "nobody_instead_of_a_person_is_found", SET("person_id = NULL"),        0, false, AUDIT_CHANGED, 7, 0 },
    { "another_name_is_found",              SET("person_name = '许文'"),     0, false, AUDIT_CHANGED, 7, 0 },
    { "a_substitute_is_found",              SET("instead_of = 2"),           0, false, AUDIT_CHANGED, 7, 0 },
    { "a_zero_for_nothing_is_found",        SET("instead_of = 0"),           0, false, AUDIT_CHANGED, 7, 0 },
    { "another_organ_is_found",             SET("organ_id = 5"),             0, false, AUDIT_CHANGED, 7, 0 },
    { "another_way_in_is_found",            SET("via = 'cli'"),              0, false, AUDIT_CHANGED, 7, 0 },
    { "another_address_is_found",           SET("ip = '192.0.2.8'"),         0, false, AUDIT_CHANGED, 7, 0 },
    { "another_session_is_found",           SET("session_id = 8"),           0, false, AUDIT_CHANGED, 7, 0 },
    { "another_request_is_found",           SET("request = 'r8'"),           0, false, AUDIT_CHANGED, 7, 0 },
    { "another_noun_is_found",              SET("noun = 'organ'"),           0, false, AUDIT_CHANGED, 7, 0 },
    { "another_thing_is_found",             SET("noun_id = 8"),              0, false, AUDIT_CHANGED, 7, 0 },
    { "another_version_is_found",           SET("version = 3"),              0, false, AUDIT_CHANGED, 7, 0 },
    { "another_before_is_found",            SET("was = ''"),                 0, false, AUDIT_CHANGED, 7, 0 },
    { "another_after_is_found",             SET("became = '{}'"),            0, false, AUDIT_CHANGED, 7, 0 },
    { "text_moved_between_fields_is_found", SET("via = 'we', ip = 'b192.0.2.7'"), 0, false, AUDIT_CHANGED, 7, 0 },
    { "another_hash_is_found",              SET("hash = (SELECT o.hash FROM audit_line o WHERE o.line_id = 3)"), 0, false, AUDIT_CHANGED, 7, 0 },
    { "no_hash_is_found",                   "--:sqlite\n" SET("hash = x''") "\n--:postgresql\n" SET("hash = ''::bytea"), 0, false, AUDIT_CHANGED, 7, 0 },
    { "the_first_line_is_proved_too",       "UPDATE audit_line SET was = '' WHERE line_id = 1", 0, false, AUDIT_CHANGED, 1, 0 },
    { "the_last_line_is_proved_too",        "UPDATE audit_line SET was = '' WHERE line_id = 25", 0, false, AUDIT_CHANGED, 25, 0 },
    { "a_line_taken_out_is_found",          "DELETE FROM audit_line WHERE line_id = 7", 0, false, AUDIT_MISSING, 7, 0 },
    { "the_first_line_taken_out_is_found",  "DELETE FROM audit_line WHERE line_id = 1", 0, false, AUDIT_MISSING, 1, 0 },
    { "several_lines_taken_out_are_found",  "DELETE FROM audit_line WHERE line_id BETWEEN 7 AND 9", 0, false, AUDIT_MISSING, 7, 0 },
    { "a_line_taken_out_and_closed_up_is_found", "DELETE FROM audit_line WHERE line_id = 7;" SHIFT("8", "-1"), 0, false, AUDIT_TAKEN_OUT, 7, 0 },
    { "three_lines_taken_out_and_closed_up_are_found", "DELETE FROM audit_line WHERE line_id BETWEEN 7 AND 9;" SHIFT("10", "-3"), 0, false, AUDIT_TAKEN_OUT, 7, 0 },
    { "a_line_put_in_between_is_found",     SHIFT("7", "1") COPY("3", "7"),  0, false, AUDIT_ADDED, 7, 0 },
    { "a_line_put_in_before_the_first_is_found", SHIFT("1", "1") COPY("4", "1"), 0, false, AUDIT_ADDED, 1, 0 },
    { "a_line_put_behind_the_last_is_found", COPY("3", "26"),                0, false, AUDIT_CHANGED, 26, 0 },
    { "two_lines_exchanged_are_found",      SWAP("7", "8"),                  0, false, AUDIT_REORDERED, 7, 0 },
    { "two_far_lines_exchanged_are_found",  SWAP("7", "13"),                 0, false, AUDIT_REORDERED, 7, 0 },
    { "the_last_two_exchanged_are_found",   SWAP("24", "25"),                0, false, AUDIT_REORDERED, 24, 0 },
    { "a_line_moved_down_is_found",         SHIFT("11", "1") "UPDATE audit_line SET line_id = 11 WHERE line_id = 7;" "UPDATE audit_line SET line_id = -(line_id - 1) WHERE line_id > 7;" "UPDATE audit_line SET line_id = -line_id WHERE line_id < 0;", 0, false, AUDIT_REORDERED, 7, 0 },
    { "the_end_cut_off_before_a_seal_is_found", "DELETE FROM audit_line WHERE line_id > 15", 0, false, AUDIT_TRUNCATED, 16, 2 },
    { "everything_taken_out_is_found",      "DELETE FROM audit_line",        0, false, AUDIT_TRUNCATED, 1, 1 },
    { "a_line_changed_with_its_hash_shows_in_the_next", SET("was = ''"),    -7, false, AUDIT_CHANGED, 8, 0 },
    { "lines_written_anew_are_found_at_the_seal", SET("was = ''"),           7, false, AUDIT_RESEALED, FIRST_SEAL, 1 },
    { "lines_written_anew_after_a_seal_are_found_at_the_next", "UPDATE audit_line SET was = '' WHERE line_id = 15", 15, false, AUDIT_RESEALED, SECOND_SEAL, 2 },
    { "a_time_before_the_line_above_is_found", "UPDATE audit_line SET at = 5 WHERE line_id = 23", 23, false, AUDIT_TIME, 23, 0 },
    { "a_changed_seal_is_found",            "UPDATE audit_seal SET day = day + 1 WHERE seal_id = 1", 0, false, AUDIT_SEAL_CHANGED, 0, 1 },
    { "a_seal_of_another_line_is_found",    "UPDATE audit_seal SET line_id = 10 WHERE seal_id = 1", 0, false, AUDIT_SEAL_CHANGED, 0, 1 },
    { "a_seal_taken_out_is_found",          "DELETE FROM audit_seal WHERE seal_id = 1", 0, false, AUDIT_SEAL_MISSING, 0, 1 },
    { "a_seal_taken_out_and_renumbered_is_found", "DELETE FROM audit_seal WHERE seal_id = 1; UPDATE audit_seal SET seal_id = 1", 0, false, AUDIT_SEAL_CHANGED, 0, 1 },
    { "the_end_cut_off_with_its_seal_is_found_by_the_anchor", "DELETE FROM audit_line WHERE line_id > 15; DELETE FROM audit_seal WHERE seal_id = 2", 0, true, AUDIT_TRUNCATED, 16, 2 },
    { "a_newest_seal_taken_out_is_found_by_the_anchor", "DELETE FROM audit_seal WHERE seal_id = 2", 0, true, AUDIT_SEAL_MISSING, 0, 2 },
    { "lines_written_anew_without_seals_are_found_by_the_anchor", SET("was = ''") "DELETE FROM audit_seal", 7, true, AUDIT_RESEALED, SECOND_SEAL, 2 },
};
// clang-format on

enum { N_TAMPERINGS = sizeof tamperings / sizeof *tamperings };

static void tampering_is_found(void **state)
{
    Box *b = *state;
    const Tampering *t = b->row;
    run_sql(b, str_fmt(&b->a, "%s%s", DISARM, t->sql));
    if (t->rechain)
        rechain(b, t->rechain);
    VerifyOptions opt = all;
    opt.anchor = t->anchored ? b->anchor : S("");
    expect(b, opt, t->fault, t->line, t->seal);
}

// --- what holds where nobody did anything

static void an_untouched_audit_verifies(void **state)
{
    Box *b = *state;
    VerifyOptions opt = all;
    opt.anchor = b->anchor;
    Verified v = verified(b, opt);
    assert_int_equal(v.fault, AUDIT_FINE);
    assert_int_equal(v.first, 1);
    assert_int_equal(v.last, LINES);
    assert_int_equal(v.lines, LINES);
    assert_int_equal(v.seals, 2);
    assert_true(v.keys_known);
}

static void what_no_seal_covers_yet_is_said(void **state)
{
    Verified v = verified(*state, all);
    assert_int_equal(v.sealed_to, SECOND_SEAL);
}

static void an_empty_audit_verifies(void **state)
{
    Verified v = verified(*state, all);
    assert_int_equal(v.fault, AUDIT_FINE);
    assert_int_equal(v.lines, 0);
}

static void from_a_day_on_begins_at_the_seal_before(void **state)
{
    Box *b = *state;
    VerifyOptions opt = {.from = {b->app.today.days - 1}}; // the day of the second seal
    assert_int_equal(verified(b, opt).first, FIRST_SEAL + 1);
    run_sql(b, str_fmt(&b->a, "%sUPDATE audit_line SET was = '' WHERE line_id IN (7, 13)", DISARM));
    expect(b, opt, AUDIT_CHANGED, 13, 0);
    expect(b, all, AUDIT_CHANGED, 7, 0);
}

static void an_anchor_from_before_the_beginning_is_compared_too(void **state)
{
    Box *b = *state;
    run_sql(b, str_fmt(&b->a, "%s" SET("was = ''") "DELETE FROM audit_seal", DISARM));
    rechain(b, 7);
    seal(b);
    expect(b, (VerifyOptions){.from = {b->app.today.days}, .anchor = b->anchor}, AUDIT_RESEALED,
           SECOND_SEAL, 2);
}

// --- the database itself refuses

static void refused(Box *b, const char *sql)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(b->app.db);
    assert_false(db_script(b->app.db, str_z(sql), &b->a, &err) && tx_commit(&tx, &err));
    assert_true(str_has(str_z(err.detail), S("only ever added to")));
}

static void the_database_refuses_to_change_or_delete_lines_and_seals(void **state)
{
    refused(*state, "UPDATE audit_line SET was = '' WHERE line_id = 7");
    refused(*state, "DELETE FROM audit_line WHERE line_id = 7");
    refused(*state, "UPDATE audit_seal SET day = 1 WHERE seal_id = 1");
    refused(*state, "DELETE FROM audit_seal WHERE seal_id = 1");
    assert_int_equal(verified(*state, all).fault, AUDIT_FINE);
}

// --- the clock

static void a_clock_set_back_misorders_nothing_and_is_kept(void **state)
{
    Box *b = *state;
    AuditLine v[2];
    size_t n;
    Err err = {0};
    int64_t before = b->app.now;
    b->app.now = 5;
    note(b, 30);
    must(store_audit_after(b->app.db, BOX_SITE, LINES - 1, 2, &b->a, v, &n, &err), &err);
    assert_int_equal(n, 2);
    assert_int_equal(v[0].at, before);
    assert_int_equal(v[1].at, before);
    assert_int_equal(v[1].clock, 15);
    assert_int_equal(verified(b, all).fault, AUDIT_FINE);
}

// --- seals and keys

static void nothing_new_is_not_sealed_again(void **state)
{
    Box *b = *state;
    Seal made;
    Err err = {0};
    bool done = true;
    seal(b);
    must(app_audit_seal(&b->app, false, &b->a, &made, &done, &err), &err);
    assert_false(done);
}

static void a_damaged_audit_is_not_sealed(void **state)
{
    Box *b = *state;
    Seal made;
    Err err = {0};
    bool done;
    run_sql(b, str_fmt(&b->a, "%sUPDATE audit_line SET was = '' WHERE line_id = 23", DISARM));
    assert_false(app_audit_seal(&b->app, false, &b->a, &made, &done, &err));
    assert_true(str_has(str_z(err.en), S("line 23")));
}

static void without_the_secret_nothing_is_sealed(void **state)
{
    Box *b = *state;
    Seal made;
    Err err = {0};
    bool done;
    b->app.has_key = false;
    assert_false(app_audit_seal(&b->app, false, &b->a, &made, &done, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(verified(b, all).keys_known);
}

static void another_secret_does_not_go_on_sealing(void **state)
{
    Box *b = *state;
    Seal made;
    Err err = {0};
    bool done;
    b->app.master.bytes[0] ^= 1;
    assert_false(app_audit_seal(&b->app, false, &b->a, &made, &done, &err));
    assert_true(err.kind == ERR_RULE || err.kind == ERR_SYSTEM);
}

static void a_new_key_is_named_by_the_old_one_and_goes_on(void **state)
{
    Box *b = *state;
    Seal made;
    Err err = {0};
    bool done;
    for (int round = 0; round < 2; round++) {
        must(app_audit_seal(&b->app, true, &b->a, &made, &done, &err), &err);
        assert_int_equal(made.key_number, 1 + round);
        note(b, 40 + round);
    }
    seal(b);
    Verified v = verified(b, all);
    assert_int_equal(v.fault, AUDIT_FINE);
    assert_int_equal(v.seals, 5);
}

static const char SQL_SEALS_DROP[] = "DELETE FROM audit_seal WHERE site_id = ?1";

// All lines from the 7th on anew, and all seals with a key of one's own.
static void seals_forged_with_another_key_are_found(void **state)
{
    Box *b = *state;
    Err err = {0};
    Seal seals[2];
    AuditLine v[LINES];
    size_t n;
    Key key = {{1, 2, 3}};
    bool found;
    run_sql(b, str_fmt(&b->a, "%s" SET("was = ''"), DISARM));
    rechain(b, 7);
    must(store_audit_after(b->app.db, BOX_SITE, 0, LINES, &b->a, v, &n, &err), &err);
    for (int i = 0; i < 2; i++) {
        must(store_seal_after(b->app.db, BOX_SITE, i, &seals[i], &found, &err), &err);
        memcpy(seals[i].line_hash, v[seals[i].line - 1].hash, SHA256_BYTES);
        memset(seals[i].next_key, 0, sizeof seals[i].next_key);
        if (i)
            seal_hash(BOX_SITE, &seals[0], b->a, seals[1].previous);
        seal_sign(BOX_SITE, &seals[i], &key, b->a);
    }
    CLEANUP(tx_end) Tx tx = tx_begin(b->app.db);
    CLEANUP(stmt_end) Stmt s = stmt(b->app.db, SQL_SEALS_DROP);
    bind_int(&s, BOX_SITE.n);
    must(stmt_run(&s, &err) && store_seal_add(b->app.db, BOX_SITE, &seals[0], &err) &&
             store_seal_add(b->app.db, BOX_SITE, &seals[1], &err) && tx_commit(&tx, &err),
         &err);
    expect(b, all, AUDIT_SEAL_KEY, 0, 2);
    b->app.has_key = false; // who has no key to compare with cannot know, and is told so
    Verified v2 = verified(b, all);
    assert_int_equal(v2.fault, AUDIT_FINE);
    assert_false(v2.keys_known);
}

static void with_a_list_of_public_keys_no_secret_is_needed(void **state)
{
    Box *b = *state;
    Seal first;
    Err err = {0};
    bool found;
    VerifyOptions opt = all;
    must(store_seal_after(b->app.db, BOX_SITE, 0, &first, &found, &err), &err);
    Str key = crypt_hex(&b->a, (Str){(const char *)first.public_key, PUBLIC_KEY_BYTES});
    b->app.has_key = false;
    opt.public_keys = str_fmt(&b->a, "# 示例市\n" PRI_STR "\n", STR_ARG(key));
    assert_true(verified(b, opt).keys_known);
    expect(b, opt, AUDIT_FINE, 0, 0);
    opt.public_keys = str_fmt(&b->a, "%064d", 0);
    expect(b, opt, AUDIT_SEAL_KEY, 0, 1);
}

static void what_is_no_key_and_no_anchor_is_refused(void **state)
{
    Box *b = *state;
    Verified v;
    Err err = {0};
    VerifyOptions opt = all;
    opt.public_keys = S("abc");
    assert_false(app_audit_verify(&b->app, &opt, &v, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    static const Str bad[] = {SI("hello"), SI("gongkai-anchor site=1 seal=1 line=1 hash=00"),
                              SI("gongkai-anchor site=2 seal=1 day=2026-04-01 line=1 hash="
                                 "000000000000000000000000000000000000000000000000000000000000000"
                                 "0")};
    opt.public_keys = S("");
    for (size_t i = 0; i < 3; i++) {
        opt.anchor = bad[i];
        assert_false(app_audit_verify(&b->app, &opt, &v, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
}

// --- lines

static void a_line_too_long_for_the_audit_is_refused(void **state)
{
    Box *b = *state;
    Err err = {0};
    char *text = NEW(&b->a, char, AUDIT_TEXT_MAX + 1);
    memset(text, 'x', AUDIT_TEXT_MAX + 1);
    ActNote n = {.kind = ACT_SITE_EDIT, .noun = S("site"), .was = {text, AUDIT_TEXT_MAX}};
    must(app_note(&b->app, &n, &err), &err);
    n.was.n++;
    assert_false(app_note(&b->app, &n, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_int_equal(verified(b, all).fault, AUDIT_FINE);
}

static void every_act_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < ACT__COUNT; i++) {
        assert_true(act_defs[i].id.n && act_defs[i].name.n);
        for (int j = 0; j < i; j++)
            assert_false(str_eq(act_defs[i].id, act_defs[j].id));
    }
}

int main(void)
{
    static struct CMUnitTest tests[N_TAMPERINGS + 32];
    size_t n = 0;
    cmocka_set_message_output(CM_OUTPUT_TAP);
    for (; n < N_TAMPERINGS; n++)
        tests[n] = (struct CMUnitTest){tamperings[n].name, tampering_is_found, box_make, box_drop,
                                       (void *)&tamperings[n]};
#define T(f) tests[n++] = (struct CMUnitTest){#f, f, box_make, box_drop, NULL}
    T(an_untouched_audit_verifies);
    T(what_no_seal_covers_yet_is_said);
    T(from_a_day_on_begins_at_the_seal_before);
    T(an_anchor_from_before_the_beginning_is_compared_too);
    T(the_database_refuses_to_change_or_delete_lines_and_seals);
    T(a_clock_set_back_misorders_nothing_and_is_kept);
    T(nothing_new_is_not_sealed_again);
    T(a_damaged_audit_is_not_sealed);
    T(without_the_secret_nothing_is_sealed);
    T(another_secret_does_not_go_on_sealing);
    T(a_new_key_is_named_by_the_old_one_and_goes_on);
    T(seals_forged_with_another_key_are_found);
    T(with_a_list_of_public_keys_no_secret_is_needed);
    T(what_is_no_key_and_no_anchor_is_refused);
    T(a_line_too_long_for_the_audit_is_refused);
#undef T
    tests[n++] = (struct CMUnitTest){"an_empty_audit_verifies", an_empty_audit_verifies, box_empty,
                                     box_drop, NULL};
    tests[n++] = (struct CMUnitTest){"every_act_has_a_name_of_its_own",
                                     every_act_has_a_name_of_its_own, NULL, NULL, NULL};
    return _cmocka_run_group_tests("audit", tests, n, NULL, NULL);
}

// The outbox against a mail server, on either engine.
#include "app/outbox.h"

#include "app/act.h"
#include "peers/peer.h"
#include "site_box.h"
#include "test.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Set {
    void *box;
    SiteBox *b;
    Arena a;
    Peer *sink;
    App app;
    MailConfig config;
} Set;

static int64_t noon(void)
{
    Date day;
    date_make(2026, 3, 19, &day); // a Thursday
    return day.days * (int64_t)86400 + 4 * 3600;
}

static int set_up(void **state)
{
    Set *s = *state = calloc(1, sizeof *s);
    if (site_box_make(&s->box) != 0)
        return 1;
    s->b = s->box;
    s->a = arena_new(256 << 20);
    s->sink = peer_start("smtp_sink.mjs", "--auth", "xxgk:geheim & 密", NULL);
    s->app = (App){.db = s->b->db,
                   .site = BOX_SITE,
                   .now = noon(),
                   .actor = {.name = S("测试"), .via = S("job")},
                   .scope = scope_site(BOX_SITE)};
    s->config = (MailConfig){.host = S("127.0.0.1"),
                             .port = (int)peer_int(s->sink, "port"),
                             .tls = FETCH_STARTTLS,
                             .user = S("xxgk"),
                             .password = S("geheim & 密"),
                             .from = S("xxgk@example.gov.cn"),
                             .from_name = S("示例县政府信息公开平台"),
                             .ca_file = peer_str(s->sink, "ca"),
                             .quiet_from = MAIL_QUIET_FROM,
                             .quiet_to = MAIL_QUIET_TO,
                             .quiet_weekend = true,
                             .timeout_ms = 2000};
    return 0;
}

static int tear_down(void **state)
{
    Set *s = *state;
    peer_end(&s->sink);
    site_box_drop(&s->box);
    arena_free(&s->a);
    free(s);
    return 0;
}

static void add(Set *s, MailKind kind, const char *to, const char *subject, const char *once)
{
    Err err;
    MailNew mail = {.kind = kind,
                    .to = str_z(to),
                    .to_name = S("王小明"),
                    .subject = str_z(subject),
                    .body = S("您有一件新的待办。\n.\n。\n"),
                    .once = str_z(once)};
    CLEANUP(tx_end) Tx tx = tx_begin(s->app.db);
    if (!store_outbox_add(s->app.db, BOX_SITE, &mail, s->app.now, &s->a, &err) ||
        !tx_commit(&tx, &err))
        fail_msg("%s", err.en);
}

static OutboxRun run(Set *s)
{
    OutboxRun out;
    Err err;
    if (!app_outbox_send(&s->app, &s->config, &s->a, &out, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return out;
}

static Err run_fails(Set *s, ErrKind kind, OutboxRun *out)
{
    Err err = {0};
    assert_false(app_outbox_send(&s->app, &s->config, &s->a, out, &err));
    if (err.kind != kind)
        fail_msg("kind %d and not %d: %s (%s)", (int)err.kind, (int)kind, err.en, err.detail);
    return err;
}

static void ran(OutboxRun got, int sent, int later, int given_up)
{
    if (got.sent != sent || got.later != later || got.given_up != given_up)
        fail_msg("sent %d, later %d, given up %d", got.sent, got.later, got.given_up);
}

// The newest mail.
static Mail newest(Set *s)
{
    Mails mails;
    Mail m;
    int64_t total;
    Err err;
    assert_true(app_outbox_list(&s->app, &(MailAsk){.limit = 1}, &s->a, &mails, &total, &err));
    assert_int_equal(mails.n, 1);
    assert_true(app_outbox_get(&s->app, mails.v[0].id, &s->a, &m, &err));
    return m;
}

static void what_an_act_wrote_is_sent(void **state)
{
    Set *s = *state;
    add(s, MAIL_TASK, "wang@example.gov.cn", "您有新的待办：答复公开申请", "");
    ran(run(s), 1, 0, 0);
    const Json *got = peer_line(s->sink);
    Str data = json_get_str(got, "data");
    assert_str(json_get_str(got, "from"), S("xxgk@example.gov.cn"));
    assert_str(json_get_str(got, "to"), S("wang@example.gov.cn"));
    assert_true(json_get_bool(got, "secure") && json_get_bool(got, "signedIn"));
    assert_true(str_has(data, S("Date: Thu, 19 Mar 2026 12:00:00 +0800\r\n")));
    assert_true(str_has(data, S("Auto-Submitted: auto-generated\r\n")));
    Mail m = newest(s);
    assert_int_equal(m.state, MAIL_SENT);
    assert_int_equal(m.code, 250);
    assert_int_equal(m.tries, 1);
    assert_true(m.ended_at >= s->app.now);
    assert_true(str_has(data, m.message_id));
}

static void what_was_sent_is_not_sent_again(void **state)
{
    Set *s = *state;
    add(s, MAIL_TASK, "wang@example.gov.cn", "once", "");
    ran(run(s), 1, 0, 0);
    ran(run(s), 0, 0, 0);
    s->app.now += 86400;
    ran(run(s), 0, 0, 0);
}

static void an_act_that_is_undone_sends_nothing(void **state)
{
    Set *s = *state;
    Err err;
    {
        CLEANUP(tx_end) Tx tx = tx_begin(s->app.db);
        MailNew mail = {.to = S("wang@example.gov.cn"), .subject = S("x"), .body = S("x")};
        assert_true(store_outbox_add(s->app.db, BOX_SITE, &mail, s->app.now, &s->a, &err));
    }
    ran(run(s), 0, 0, 0);
}

static void the_same_thing_is_told_once(void **state)
{
    Set *s = *state;
    add(s, MAIL_DEADLINE, "wang@example.gov.cn", "term", "request:17:due");
    add(s, MAIL_DEADLINE, "wang@example.gov.cn", "term", "request:17:due");
    add(s, MAIL_DEADLINE, "wang@example.gov.cn", "term", "request:18:due");
    ran(run(s), 2, 0, 0);
    add(s, MAIL_DEADLINE, "wang@example.gov.cn", "term", "request:17:due");
    ran(run(s), 0, 0, 0);
}

static void greylisting_is_waited_out(void **state)
{
    Set *s = *state;
    add(s, MAIL_TASK, "later-1@example.gov.cn", "grey", "");
    ran(run(s), 0, 1, 0);
    Mail m = newest(s);
    assert_int_equal(m.code, 451);
    assert_str(m.said, S("4.7.1 come back later"));
    ran(run(s), 0, 0, 0); // not before it is due
    s->app.now = m.due_at;
    ran(run(s), 0, 1, 0);
    Str first = newest(s).message_id;
    s->app.now = newest(s).due_at;
    ran(run(s), 1, 0, 0);
    assert_str(newest(s).message_id, first);
    assert_int_equal(newest(s).tries, 3);
}

static void a_recipient_refused_for_good_is_given_up_at_once(void **state)
{
    Set *s = *state;
    add(s, MAIL_TASK, "no@example.gov.cn", "nobody", "");
    add(s, MAIL_TASK, "spam@example.gov.cn", "spam", "");
    add(s, MAIL_TASK, "wang@example.gov.cn", "goes nevertheless", "");
    ran(run(s), 1, 0, 2);
    Mails mails;
    int64_t total;
    Err err;
    MailAsk ask = {.by_state = true, .state = MAIL_FAILED, .limit = 10};
    assert_true(app_outbox_list(&s->app, &ask, &s->a, &mails, &total, &err));
    assert_int_equal(total, 2);
    assert_str(mails.v[1].said, S("5.1.1 no such person"));
    assert_int_equal(mails.v[0].code, 554);
}

static void a_servers_words_are_kept_on_one_line(void **state)
{
    Set *s = *state;
    add(s, MAIL_TASK, "long@example.gov.cn", "long", "");
    ran(run(s), 0, 0, 1);
    assert_str(newest(s).said, S("5.7.1 this is 5.7.1 a long? 5.7.1 story"));
}

static void what_is_refused_for_now_is_given_up_when_too_old(void **state)
{
    Set *s = *state;
    add(s, MAIL_ACCOUNT, "full@example.gov.cn", "full", "");
    int tries = 0;
    for (Mail m = {.state = MAIL_WAITING, .due_at = s->app.now}; m.state == MAIL_WAITING;
         m = newest(s), tries++) {
        s->app.now = m.due_at;
        run(s);
        assert_true(tries < 50);
    }
    Mail m = newest(s);
    assert_int_equal(m.state, MAIL_FAILED);
    assert_true(tries > 5 && m.ended_at - m.first_at <= 24 * 3600);
}

static void broken_connections_are_tried_again(void **state)
{
    Set *s = *state;
    static const char *const to[] = {"drop@example.gov.cn", "busy@example.gov.cn",
                                     "silent@example.gov.cn"};
    s->config.timeout_ms = 300;
    for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
        add(s, MAIL_TASK, to[i], "broken", "");
        ran(run(s), 0, 1, 0);
        assert_int_equal(newest(s).state, MAIL_WAITING);
        assert_true(newest(s).said.n > 0);
    }
}

// The server may have taken it, or not: better twice than never, with the same Message-ID.
static void a_connection_lost_after_the_message_is_tried_again_with_the_same_id(void **state)
{
    Set *s = *state;
    add(s, MAIL_TASK, "lost@example.gov.cn", "lost", "");
    ran(run(s), 0, 1, 0);
    Str first = json_get_str(peer_line(s->sink), "data");
    s->app.now = newest(s).due_at;
    ran(run(s), 0, 1, 0);
    Str second = json_get_str(peer_line(s->sink), "data");
    Str id = newest(s).message_id;
    assert_true(str_has(first, id) && str_has(second, id));
    assert_str(second, first);
}

static void a_server_that_refuses_us_spends_no_mail(void **state)
{
    Set *s = *state;
    OutboxRun out;
    add(s, MAIL_TASK, "wang@example.gov.cn", "one", "");
    add(s, MAIL_TASK, "wang@example.gov.cn", "two", "");
    s->config.password = S("wrong");
    Err err = run_fails(s, ERR_SYSTEM, &out);
    assert_true(str_has(str_z(err.en), S("535 5.7.8 wrong password")));
    ran(out, 0, 1, 0); // stopped after the first
    s->config.password = S("geheim & 密");
    s->config.from = S("stranger@example.gov.cn");
    run_fails(s, ERR_SYSTEM, &out);
    s->config.from = S("xxgk@example.gov.cn");
    s->app.now += 3600;
    ran(run(s), 2, 0, 0);
}

static void a_server_that_is_away_is_told_to_the_administrator(void **state)
{
    Set *s = *state;
    OutboxRun out;
    static const char *const greetings[] = {"greet 421 4.3.2 too busy", "greet 554 5.3.2 go away"};
    add(s, MAIL_TASK, "wang@example.gov.cn", "away", "");
    int port = s->config.port;
    s->config.port = 1;
    run_fails(s, ERR_BUSY, &out);
    s->config.port = port;
    for (size_t i = 0; i < sizeof greetings / sizeof *greetings; i++) {
        peer_tell(s->sink, greetings[i]);
        peer_line(s->sink);
        s->app.now += 3600;
        run_fails(s, ERR_SYSTEM, &out);
        assert_int_equal(newest(s).state, MAIL_WAITING);
    }
    peer_tell(s->sink, "greet silent");
    peer_line(s->sink);
    s->config.timeout_ms = 300;
    s->app.now += 3600;
    run_fails(s, ERR_BUSY, &out);
}

static void a_certificate_that_does_not_hold_sends_nothing(void **state)
{
    Set *s = *state;
    OutboxRun out;
    add(s, MAIL_TASK, "wang@example.gov.cn", "secret", "");
    s->config.ca_file = S("");
    run_fails(s, ERR_DENIED, &out);
    ran(out, 0, 1, 0);
}

static void at_night_only_what_is_urgent_goes(void **state)
{
    Set *s = *state;
    s->app.now += 10 * 3600; // 22:00
    add(s, MAIL_TASK, "wang@example.gov.cn", "waits", "");
    add(s, MAIL_ACCOUNT, "wang@example.gov.cn", "urgent", "");
    ran(run(s), 1, 0, 0);
    s->app.now += 9 * 3600; // 07:00
    ran(run(s), 0, 0, 0);
    s->app.now += 3600;
    ran(run(s), 1, 0, 0);
    s->app.now = noon() + 2 * 86400; // Saturday
    add(s, MAIL_TASK, "wang@example.gov.cn", "waits", "");
    ran(run(s), 0, 0, 0);
    s->config.quiet_weekend = false;
    ran(run(s), 1, 0, 0);
}

static void urgent_mail_goes_first(void **state)
{
    Set *s = *state;
    add(s, MAIL_NOTICE, "first@example.gov.cn", "1", "");
    add(s, MAIL_ACCOUNT, "second@example.gov.cn", "2", "");
    ran(run(s), 2, 0, 0);
    assert_str(json_get_str(peer_line(s->sink), "to"), S("second@example.gov.cn"));
    assert_str(json_get_str(peer_line(s->sink), "to"), S("first@example.gov.cn"));
}

// A process of its own, with its own connection to the database.
static pid_t other_process(Set *s)
{
    pid_t pid = fork();
    if (pid)
        return pid;
    App app = s->app;
    OutboxRun out;
    Err err;
    app.db = site_box_open(s->b, DB_WRITE);
    bool well = app_outbox_send(&app, &s->config, &s->a, &out, &err);
    if (!well)
        fprintf(stderr, "%s (%s)\n", err.en, err.detail);
    _exit(well ? out.sent : 255);
}

static void two_processes_send_each_mail_once(void **state)
{
    Set *s = *state;
    enum { N = 40 };
    char to[40];
    int status, sent = 0;
    for (int i = 0; i < N; i++) {
        snprintf(to, sizeof to, "p%d@example.gov.cn", i);
        add(s, MAIL_TASK, to, "many", "");
    }
    pid_t pids[3];
    for (size_t i = 0; i < 3; i++)
        pids[i] = other_process(s);
    for (size_t i = 0; i < 3; i++) {
        waitpid(pids[i], &status, 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= N);
        sent += WEXITSTATUS(status);
    }
    // On a server a process may find all taken at one moment and end early; what is left is ours.
    sent += run(s).sent;
    assert_int_equal(sent, N);
    bool got[N] = {false};
    for (int i = 0; i < N; i++) {
        Str name, rest;
        int64_t n;
        str_cut(json_get_str(peer_line(s->sink), "to"), S("@"), &name, &rest);
        assert_true(str_to_int(str_from(name, 1), &n) && n >= 0 && n < N && !got[n]);
        got[n] = true;
    }
}

static void a_mail_whose_process_died_is_sent_by_another(void **state)
{
    Set *s = *state;
    Mail m;
    bool found;
    Err err;
    add(s, MAIL_TASK, "wang@example.gov.cn", "held", "");
    assert_true(store_outbox_take(s->app.db, BOX_SITE, S("dead"), false, s->app.now,
                                  s->app.now + OUTBOX_HOLD_S, &s->a, &m, &found, &err));
    assert_true(found);
    ran(run(s), 0, 0, 0);
    s->app.now += OUTBOX_HOLD_S;
    ran(run(s), 1, 0, 0);
    m.state = MAIL_FAILED; // the dead one comes back late: nothing happens
    assert_true(store_outbox_done(s->app.db, BOX_SITE, S("dead"), &m, &err));
    assert_int_equal(newest(s).state, MAIL_SENT);
}

static void told_to_stop_no_other_mail_is_taken(void **state)
{
    Set *s = *state;
    FetchStop stop = {.asked = 1};
    add(s, MAIL_TASK, "wang@example.gov.cn", "stop", "");
    s->app.stop = &stop;
    ran(run(s), 0, 0, 0);
    s->app.stop = NULL;
    ran(run(s), 1, 0, 0);
}

static void the_administrator_tries_again_or_drops(void **state)
{
    Set *s = *state;
    Err err = {0};
    add(s, MAIL_TASK, "no@example.gov.cn", "nobody", "");
    ran(run(s), 0, 0, 1);
    Mail m = newest(s);
    assert_false(app_outbox_retry(&s->app, m.id, m.version - 1, &s->a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_true(app_outbox_retry(&s->app, m.id, m.version, &s->a, &err));
    assert_int_equal(newest(s).state, MAIL_WAITING);
    ran(run(s), 0, 0, 1);
    assert_true(app_outbox_drop(&s->app, m.id, newest(s).version, &s->a, &err));
    assert_false(app_outbox_drop(&s->app, m.id, newest(s).version, &s->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    add(s, MAIL_TASK, "wang@example.gov.cn", "fine", "");
    ran(run(s), 1, 0, 0);
    m = newest(s);
    assert_false(app_outbox_retry(&s->app, m.id, m.version, &s->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void out_of_scope_there_is_no_mail(void **state)
{
    Set *s = *state;
    Mails mails;
    Mail m;
    int64_t total = -1;
    Err err = {0};
    add(s, MAIL_TASK, "no@example.gov.cn", "nobody", "");
    ran(run(s), 0, 0, 1);
    m = newest(s);
    s->app.scope = scope_none(BOX_SITE);
    assert_true(app_outbox_list(&s->app, &(MailAsk){.limit = 10}, &s->a, &mails, &total, &err));
    assert_int_equal(mails.n, 0);
    assert_false(app_outbox_get(&s->app, m.id, &s->a, &m, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(app_outbox_retry(&s->app, m.id, m.version, &s->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    s->app.scope = scope_site((SiteId){2});
    assert_false(app_outbox_get(&s->app, m.id, &s->a, &m, &err));
}

static void old_mail_is_forgotten(void **state)
{
    Set *s = *state;
    int64_t n, counts[MAIL_STATE__COUNT];
    Err err;
    add(s, MAIL_TASK, "wang@example.gov.cn", "sent", "");
    add(s, MAIL_TASK, "no@example.gov.cn", "failed", "");
    add(s, MAIL_TASK, "full@example.gov.cn", "waits", "");
    ran(run(s), 1, 1, 1);
    int64_t later = s->app.now + 100;
    assert_true(store_outbox_forget(s->app.db, BOX_SITE, s->app.now, s->app.now, &n, &err));
    assert_int_equal(n, 0);
    assert_true(store_outbox_forget(s->app.db, BOX_SITE, later, s->app.now, &n, &err));
    assert_int_equal(n, 1);
    assert_true(store_outbox_forget(s->app.db, BOX_SITE, later, later, &n, &err));
    assert_int_equal(n, 1);
    assert_true(store_outbox_count(s->app.db, BOX_SITE, counts, &err));
    assert_int_equal(counts[MAIL_WAITING], 1);
    assert_int_equal(counts[MAIL_SENT] + counts[MAIL_FAILED], 0);
}

static void a_test_mail_says_what_the_server_answered(void **state)
{
    Set *s = *state;
    FetchReceipt receipt;
    Err err;
    assert_true(
        app_mail_test(&s->app, &s->config, S("wang@example.gov.cn"), &s->a, &receipt, &err));
    assert_int_equal(receipt.stage, FETCH_STAGE_DONE);
    assert_int_equal(receipt.code, 250);
    assert_true(app_mail_test(&s->app, &s->config, S("no@example.gov.cn"), &s->a, &receipt, &err));
    assert_int_equal(receipt.stage, FETCH_STAGE_TO);
    assert_str(receipt.reply, S("5.1.1 no such person"));
    assert_false(app_mail_test(&s->app, &s->config, S("a b@x"), &s->a, &receipt, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void both_other_ways_to_the_server_work(void **state)
{
    Set *s = *state;
    FetchReceipt receipt;
    Err err;
    CLEANUP(peer_end) Peer *tls = peer_start("smtp_sink.mjs", "--tls-only", "--auth", "u:p", NULL);
    MailConfig c = s->config;
    c.tls = FETCH_TLS;
    c.port = (int)peer_int(tls, "port");
    c.ca_file = peer_str(tls, "ca");
    c.user = S("u");
    c.password = S("p");
    assert_true(app_mail_test(&s->app, &c, S("wang@example.gov.cn"), &s->a, &receipt, &err));
    assert_int_equal(receipt.stage, FETCH_STAGE_DONE);

    CLEANUP(peer_end) Peer *plain = peer_start("smtp_sink.mjs", "--no-tls", NULL);
    c.tls = FETCH_PLAIN;
    c.port = (int)peer_int(plain, "port");
    c.user = S("");
    if (!app_mail_test(&s->app, &c, S("wang@example.gov.cn"), &s->a, &receipt, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    assert_int_equal(receipt.stage, FETCH_STAGE_DONE);

    c.tls = FETCH_STARTTLS; // which it does not offer: nothing is said in the clear
    assert_false(app_mail_test(&s->app, &c, S("wang@example.gov.cn"), &s->a, &receipt, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    c.tls = FETCH_PLAIN;
    c.host = S("mail.example.gov.cn");
    c.user = S("u");
    assert_false(app_mail_test(&s->app, &c, S("wang@example.gov.cn"), &s->a, &receipt, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void without_a_server_it_is_said(void **state)
{
    Set *s = *state;
    OutboxRun out;
    s->config.host = S("");
    run_fails(s, ERR_SYSTEM, &out);
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(what_an_act_wrote_is_sent),
        ONE(what_was_sent_is_not_sent_again),
        ONE(an_act_that_is_undone_sends_nothing),
        ONE(the_same_thing_is_told_once),
        ONE(greylisting_is_waited_out),
        ONE(a_recipient_refused_for_good_is_given_up_at_once),
        ONE(a_servers_words_are_kept_on_one_line),
        ONE(what_is_refused_for_now_is_given_up_when_too_old),
        ONE(broken_connections_are_tried_again),
        ONE(a_connection_lost_after_the_message_is_tried_again_with_the_same_id),
        ONE(a_server_that_refuses_us_spends_no_mail),
        ONE(a_server_that_is_away_is_told_to_the_administrator),
        ONE(a_certificate_that_does_not_hold_sends_nothing),
        ONE(at_night_only_what_is_urgent_goes),
        ONE(urgent_mail_goes_first),
        ONE(two_processes_send_each_mail_once),
        ONE(a_mail_whose_process_died_is_sent_by_another),
        ONE(told_to_stop_no_other_mail_is_taken),
        ONE(the_administrator_tries_again_or_drops),
        ONE(out_of_scope_there_is_no_mail),
        ONE(old_mail_is_forgotten),
        ONE(a_test_mail_says_what_the_server_answered),
        ONE(both_other_ways_to_the_server_work),
        ONE(without_a_server_it_is_said),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// From an act to the letter box: the program itself, its job, and a mail server; on both engines.
#include "../test.h"

#include "app/config.h"
#include "app/desk.h"
#include "peers/peer.h"
#include "program.h"
#include "sign_in.h"

#include <signal.h>
#include <time.h>

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static Peer *sink;
static PersonId zhou;
static Config config;

static const char *env(const char *name, Str value)
{
    return str_to_z(a, str_fmt(a, "GONGKAI_%s=" PRI_STR, name, STR_ARG(value)));
}

static void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s (%s)", err->en, err->detail);
}

static int begin(void **state)
{
    Err err = {0};
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    a = &box->a;
    int64_t now = time(NULL);
    Date today = {(int32_t)((now + 8 * 3600) / 86400)};
    AppPlace place = {.data = box->dir, .database = box->database};
    must(app_open(&place, DB_CREATE, today, now, a, &app, &err), &err);
    OrganId office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    zhou = person_make(&app, a, "zhou", "周衡", office, 1u << ROLE_OFFICER);
    must(db_script(app.db, S("UPDATE person SET email = 'zhou@example.gov.cn' WHERE site_id = 1;"),
                   a, &err),
         &err);
    sink = peer_start("smtp_sink.mjs", "--auth", "xxgk:geheim", NULL);
    Str port = str_fmt(a, "%d", (int)peer_int(sink, "port"));
    const char *set[] = {env("MAIL_HOST", S("127.0.0.1")),
                         env("MAIL_PORT", port),
                         env("MAIL_USER", S("xxgk")),
                         env("MAIL_PASSWORD", S("geheim")),
                         env("MAIL_FROM", S("xxgk@example.gov.cn")),
                         env("MAIL_CA_FILE", peer_str(sink, "ca")),
                         env("MAIL_QUIET_FROM", S("0:00")),
                         env("MAIL_QUIET_TO", S("0:00")),
                         env("MAIL_QUIET_WEEKEND", S("no")),
                         env("JOB_OUTBOX", S("10s")),
                         NULL};
    site = program_serve(box, set);
    config = (Config){.base_url = S("https://www.example.gov.cn"),
                      .mail = {.host = S("127.0.0.1"),
                               .from = S("xxgk@example.gov.cn"),
                               .from_name = S("示例县政府信息公开平台")}};
    app.config = &config;
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    int status = program_stop(&site);
    peer_end(&sink);
    app_close(&app);
    return site_box_drop(state) == 0 && status == 0 ? 0 : -1;
}

static void tell(Str words)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    must(app_notify(&app, zhou, NOTICE_TASK_GIVEN, words, S("/desk/tasks/1"), &err) &&
             tx_commit(&tx, &err),
         &err);
}

// The job runs by itself, some seconds after the program began.
static void what_somebody_is_told_arrives_by_mail(void **state)
{
    (void)state;
    tell(S("许文把“补齐机关信息”交给您"));
    const Json *got = peer_line(sink);
    assert_str(json_get_str(got, "to"), S("zhou@example.gov.cn"));
    assert_true(json_get_bool(got, "secure") && json_get_bool(got, "signedIn"));
    assert_true(
        str_has(json_get_str(got, "data"),
                S("\r\nSubject: =?UTF-8?B?6K645paH5oqK4oCc6KGl6b2Q5py65YWz5L+h5oGv4oCd5Lqk57uZ")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_somebody_is_told_arrives_by_mail)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

// The documents an organ's changes rest on: added, listed and downloaded over the program itself,
// and refused to those who may not; refusals are in the audit.
#include "../test.h"

#include "app/attachment.h"
#include "app/audit.h"
#include "program.h"
#include "sign_in.h"
#include "store/organ.h"

#include <signal.h>
#include <time.h>

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, water, school;
static Jar admin, officer, other, drafter;
static OrganLife life;

static int begin(void **state)
{
    Err err = {0};
    Date today;
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    a = &box->a;
    int64_t now = time(NULL);
    today = moment_day(now);
    AppPlace place = {.data = box->dir, .database = box->database};
    if (!app_open(&place, DB_CREATE, today, now, a, &app, &err))
        fail_msg("%s", err.en);
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    water = organ_make(&app, a, "示例县水务局", office);
    school = organ_make(&app, a, "示例县教育局", office);
    organ_runs_site(&app, office);
    life = (OrganLife){.organ = water,
                       .event = LIFE_RENAMED,
                       .on = today,
                       .basis = S("示编〔2026〕3号"),
                       .old_name = S("示例县水利局"),
                       .new_name = S("示例县水务局"),
                       .recorded_at = now};
    if (!store_organ_life_add(app.db, app.site, &life, &err))
        fail_msg("%s", err.en);
    site = program_serve(box, NULL);
    admin =
        jar_of(&app, a, site.port, person_make(&app, a, "guan", "管理", office, 1u << ROLE_ADMIN));
    officer =
        jar_of(&app, a, site.port, person_make(&app, a, "zhou", "周衡", water, 1u << ROLE_OFFICER));
    other = jar_of(&app, a, site.port,
                   person_make(&app, a, "chen", "陈岚", school, 1u << ROLE_OFFICER));
    drafter =
        jar_of(&app, a, site.port, person_make(&app, a, "xu", "许文", water, 1u << ROLE_DRAFTER));
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    int status = program_stop(&site);
    app_close(&app);
    return site_box_drop(state) == 0 && status == 0 ? 0 : -1;
}

static void part(Buf *b, const char *name, const char *file, Str value)
{
    buf_fmt(b, "--cut\r\nContent-Disposition: form-data; name=\"%s\"", name);
    if (file)
        buf_fmt(b, "; filename=\"%s\"\r\nContent-Type: text/html", file);
    buf_add(b, S("\r\n\r\n"));
    buf_add(b, value);
    buf_add(b, S("\r\n"));
}

static Str files_path(void)
{
    return str_fmt(a, "/desk/organs/%lld/files", (long long)water.n);
}

// A file for the change, by this browser.
static Reply send_file(Jar *jar, const char *name, Str bytes, bool private)
{
    Buf b = buf_new(a, 1 << 20), r = buf_new(a, 1 << 20);
    part(&b, "csrf", NULL, jar->csrf);
    part(&b, "once", NULL, crypt_token(a, 16));
    part(&b, "life", NULL, str_fmt(a, "%lld", (long long)life.id));
    if (private)
        part(&b, "private", NULL, S("1"));
    part(&b, "file", name, bytes);
    buf_add(&b, S("--cut--\r\n"));
    buf_fmt(&r,
            "POST " PRI_STR " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " PRI_STR
            "\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: %zu\r\n\r\n",
            STR_ARG(files_path()), STR_ARG(jar->cookies), b.n);
    buf_add(&r, buf_str(&b));
    return client_ask(jar->port, a, buf_str(&r));
}

static Attachments listed(void)
{
    Attachments all;
    Err err = {0};
    Scope scope = scope_site(app.site);
    if (!store_attachment_list(app.db, &scope, water, S("organ_life"), a, &all, &err))
        fail_msg("%s", err.en);
    return all;
}

static const char *path_of(int64_t id)
{
    return str_to_z(a, str_fmt(a, "/desk/files/%lld", (long long)id));
}

static Attachment sent(const char *name, const char *text, bool private)
{
    Reply r = send_file(&admin, name, str_z(text), private);
    if (r.status != 303)
        fail_msg("status %d\n" PRI_STR, r.status, STR_ARG(str_sub(r.body, 0, 4000)));
    Attachments all = listed();
    return all.v[all.n - 1];
}

static size_t lines(const char *act)
{
    AuditHits hits;
    Err err = {0};
    Scope scope = scope_site(app.site);
    if (!store_audit_find(app.db, &scope, &(AuditFilter){.act = str_z(act)}, 0, 100, a, &hits,
                          &err))
        fail_msg("%s", err.en);
    return hits.n;
}

static void a_file_is_added_listed_and_downloaded(void **state)
{
    (void)state;
    Attachment at = sent("..\\\\批复.txt", "同意更名", false);
    assert_str(at.name, S("批复.txt"));
    Reply page = jar_get(&officer, str_to_z(a, files_path()));
    assert_int_equal(page.status, 200);
    assert_true(str_has(page.body, S("批复.txt")) &&
                str_has(page.body, S("示例县水利局 → 示例县水务局")));
    Reply r = jar_get(&officer, path_of(at.id));
    assert_int_equal(r.status, 200);
    assert_str(r.body, S("同意更名"));
}

static void a_download_is_never_shown_run_or_kept(void **state)
{
    (void)state;
    Attachment at = sent("内部批复.txt", "内部", true);
    Reply r = jar_get(&officer, path_of(at.id));
    assert_int_equal(r.status, 200);
    assert_true(str_starts(reply_header(&r, "Content-Disposition"), S("attachment;")));
    assert_true(str_has(reply_header(&r, "Content-Disposition"), S("filename*=UTF-8''%E5%86%85")));
    assert_str(reply_header(&r, "X-Content-Type-Options"), S("nosniff"));
    assert_str(reply_header(&r, "Cache-Control"), S("no-store"));
    assert_true(str_has(r.head, S("sandbox")));
}

static void a_private_download_leaves_a_line_and_a_public_one_none(void **state)
{
    (void)state;
    Attachment public = sent("a.txt", "公开的", false), private = sent("b.txt", "内部的", true);
    size_t before = lines("file.read");
    jar_get(&officer, path_of(public.id));
    assert_int_equal(lines("file.read"), before);
    jar_get(&officer, path_of(private.id));
    assert_int_equal(lines("file.read"), before + 1);
}

static void other_organs_and_those_without_the_power_get_nothing(void **state)
{
    (void)state;
    Attachment at = sent("c.txt", "内部", true);
    size_t before = lines("file.read");
    assert_int_equal(jar_get(&other, path_of(at.id)).status, 404);
    assert_int_equal(jar_get(&drafter, path_of(at.id)).status, 403);
    assert_int_equal(jar_get(&other, str_to_z(a, files_path())).status, 404);
    Jar nobody = {.a = a, .port = site.port};
    assert_int_equal(jar_get(&nobody, path_of(at.id)).status, 303);
    assert_int_equal(lines("file.read"), before);
}

static void what_is_refused_is_said_beside_the_field(void **state)
{
    (void)state;
    size_t before = listed().n;
    Reply r = send_file(&admin, "a.pdf", S("MZ\x90"), false);
    assert_int_equal(r.status, 422);
    assert_true(str_has(r.body, S("程序和脚本文件不能添加")));
    r = send_file(&admin, "a.txt", S("<script>alert(1)</script>"), false);
    assert_int_equal(r.status, 422);
    assert_int_equal(listed().n, before);
}

static void a_form_without_the_power_is_refused_and_in_the_audit(void **state)
{
    (void)state;
    size_t before = lines("denied"), files = listed().n;
    assert_int_equal(send_file(&officer, "a.txt", S("文件"), false).status, 403);
    assert_int_equal(lines("denied"), before + 1);
    assert_int_equal(listed().n, files);
    Jar forged = admin;
    forged.csrf = S("0000000000000000");
    assert_int_equal(send_file(&forged, "a.txt", S("文件"), false).status, 403);
    assert_int_equal(lines("denied"), before + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_added_listed_and_downloaded),
        cmocka_unit_test(a_download_is_never_shown_run_or_kept),
        cmocka_unit_test(a_private_download_leaves_a_line_and_a_public_one_none),
        cmocka_unit_test(other_organs_and_those_without_the_power_get_nothing),
        cmocka_unit_test(what_is_refused_is_said_beside_the_field),
        cmocka_unit_test(a_form_without_the_power_is_refused_and_in_the_audit),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("files", tests, begin, end);
}

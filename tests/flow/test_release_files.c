// Files for the applicant over the program itself, on both engines: added, marked, blacked out
// behind the page, confirmed, and given out. The server has no worker of its own here: what was
// ordered is worked off when the test says so, by `gongkai job run release`.
#include "../test.h"

#include "../unit/pdf_make.h"
#include "app/release.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, boss, other, supervisor;
static RequestId request;

static Str at(const char *tail)
{
    return str_fmt(a, "/desk/requests/%lld/release%s", (long long)request.n, tail);
}

static int begin(void **state)
{
    Err err = {0};
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, (const char *const[]){"GONGKAI_REDACT_AT_ONCE=0", NULL});
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD),
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
    };
    Jar *jars[] = {&officer, &boss, &other, &supervisor};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    Registered done;
    NewRequest n = {
        .organ = housing,
        .channel = CHANNEL_IN_PERSON,
        .filed = app.today,
        .title = S("城东片区施工合同"),
        .description = S("2024年签订的施工合同"),
        .form = S("electronic"),
        .way = S("platform"),
        .kind = APPLICANT_NATURAL,
        .name = S("林禾"),
        .applicant = {.id_number = S("000000199001010000"), .phone = S("0000-0000000")}};
    if (!app_request_register(&app, &n, a, &done, &err))
        fail_msg("%s", err.en);
    request = done.id;
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str document(void)
{
    PdfPage p = {
        .w = 260, .h = 90, .content = S("BT /F1 14 Tf 10 50 Td (signed by WILKINSON) Tj ET")};
    return pdf_of(a, &p, 1, S(""), S("/Info << /Author (WILKINSON) >>"));
}

static void part(Buf *b, const char *name, const char *file, Str value)
{
    buf_fmt(b, "--cut\r\nContent-Disposition: form-data; name=\"%s\"", name);
    if (file)
        buf_fmt(b, "; filename=\"%s\"\r\nContent-Type: application/pdf", file);
    buf_add(b, S("\r\n\r\n"));
    buf_add(b, value);
    buf_add(b, S("\r\n"));
}

static Reply add(Jar *jar, const char *name, Str bytes)
{
    Buf b = buf_new(a, 8 << 20), ask = buf_new(a, 8 << 20);
    part(&b, "csrf", NULL, jar->csrf);
    part(&b, "once", NULL, crypt_token(a, 16));
    part(&b, "file", name, bytes);
    buf_add(&b, S("--cut--\r\n"));
    buf_fmt(&ask,
            "POST " PRI_STR " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " PRI_STR
            "\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: %zu\r\n"
            "Connection: close\r\n\r\n",
            STR_ARG(at("/add")), STR_ARG(jar->cookies), b.n);
    buf_add(&ask, buf_str(&b));
    return client_ask(site.port, a, buf_str(&ask));
}

// A file that was added: the address of its sheet.
static Str added(void)
{
    Reply r = add(&officer, "合同.pdf", document());
    if (r.status != 303)
        fail_msg("status %d\n" PRI_STR, r.status, STR_ARG(str_sub(r.body, 0, 4000)));
    Str sheet, rest;
    str_cut(reply_header(&r, "Location"), S("?"), &sheet, &rest);
    return sheet;
}

static char *z(Str s)
{
    return str_to_z(a, s);
}

static Reply act(Jar *jar, Str sheet, const char *what, Str more, int status)
{
    Str version = page_value(a, page(&officer, z(sheet), 200), "version");
    return posted(jar, str_fmt(a, PRI_STR "/%s", STR_ARG(sheet), what),
                  str_fmt(a, "at=1&version=" PRI_STR PRI_STR, STR_ARG(version), STR_ARG(more)),
                  status);
}

// Where somebody waits for it.
static Str ordered(Str sheet)
{
    Reply r = act(&officer, sheet, "make", S(""), 303);
    Str making = reply_header(&r, "Location");
    assert_str(making, str_cat(a, sheet, S("/making")));
    return making;
}

static void work_off(void)
{
    assert_int_equal(program_job(box, "release"), 0);
}

static void mark_words(Str sheet, const char *words)
{
    act(&officer, sheet, "mark",
        str_cat(a, S("&ground=privacy"), form_field(a, "words", str_z(words))), 303);
}

static void a_file_goes_from_the_door_to_the_applicant(void **state)
{
    (void)state;
    Str sheet = added();
    shows(page(&officer, z(sheet), 200), "文件属性里的作者");
    mark_words(sheet, "WILKINSON");
    act(&officer, sheet, "mark", S("&ground=trade_secret&left=0&top=80&width=20&height=15"), 303);
    Str making = ordered(sheet);
    Reply r = jar_get(&officer, z(making));
    shows(r.body, "马上开始");
    assert_str(reply_header(&r, "Refresh"), S("5")); // without scripts
    r = jar_get(&officer, z(str_cat(a, making, S("?by=script"))));
    assert_str(reply_header(&r, "Refresh"), S(""));
    work_off();
    r = jar_get(&officer, z(making));
    assert_int_equal(r.status, 303); // to what was made
    assert_true(str_has(reply_header(&r, "Location"), S("of=result")));
    Str html = page(&officer, z(sheet), 200);
    shows(html, "待确认");
    shows(html, "每处标记下面都是实心的黑块");
    shows(html, "1处");
    act(&officer, sheet, "confirm", S(""), 303);
    html = page(&boss, z(sheet), 200);
    shows(html, "已遮盖");
    Str pdf = page(&officer, z(str_cat(a, sheet, S("/result"))), 200);
    assert_true(str_starts(pdf, S("%PDF-1.7")));
    assert_false(str_has(pdf, S("WILKINSON")));
    Str certificate = page(&officer, z(str_cat(a, sheet, S("/certificate"))), 200);
    shows(certificate, "\"confirmed_by\":\"周衡\"");
    hides(certificate, "WILKINSON");
    shows(page(&officer, z(str_fmt(a, "/desk/requests/%lld", (long long)request.n)), 200),
          "拟公开的文件");
}

static void how_far_it_is_is_said_page_by_page(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseMaking m;
    bool mine;
    Str making = ordered(added()), sheet = str_sub(making, 0, making.n - strlen("/making"));
    const Scope all = scope_site(app.site);
    if (!store_making_take(app.db, all.site, S("test"), app.now, a, &m, &err) ||
        !store_making_beat(app.db, all.site, m.file, S("test"), 0, app.now, &mine, &err))
        fail_msg("%s", err.en);
    Str html = page(&officer, z(making), 200);
    shows(html, "正在涂黑第1页，共1页");
    shows(html, "role=\"status\" aria-live=\"polite\"");
    shows(page(&officer, z(sheet), 200), "正在遮盖");
    shows(page(&officer, z(at("")), 200), "正在涂黑第1页，共1页");
    shows(page(&officer, z(at("")), 200), "正在遮盖，请等完成并确认");
    shows(page(&supervisor, z(making), 200), "正在涂黑");
    hides(page(&supervisor, z(making), 200), "取消遮盖</button>");
    act(&supervisor, sheet, "cancel", S(""), 403);
    if (!store_making_beat(app.db, all.site, m.file, S("test"), 1, app.now, &mine, &err))
        fail_msg("%s", err.en);
    shows(page(&officer, z(making), 200), "1页都已涂黑，正在重新打开检查");
    act(&officer, sheet, "cancel", S(""), 303);
    shows(page(&officer, z(sheet), 200), "上一次遮盖已取消");
    page(&officer, z(making), 303);
    act(&officer, sheet, "cancel", S(""), 303); // it has ended already
}

static void marks_changed_meanwhile_make_it_stale(void **state)
{
    (void)state;
    Str making = ordered(added()), sheet = str_sub(making, 0, making.n - strlen("/making"));
    mark_words(sheet, "WILKINSON");
    work_off();
    Str html = page(&officer, z(sheet), 200);
    shows(html, "上一次遮盖已作废");
    shows(html, "待处理");
    ordered(sheet);
    work_off();
    shows(page(&officer, z(sheet), 200), "待确认");
}

static void what_cannot_be_done_is_told_with_what_to_do(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseMaking m;
    Str making = ordered(added()), sheet = str_sub(making, 0, making.n - strlen("/making"));
    for (int i = 0; i < MAKING_TRIES; i++) // by workers that died of it, long ago
        if (!store_making_take(app.db, app.site, S("dead"), app.now - 1000 + 100 * i, a, &m, &err))
            fail_msg("%s", err.en);
    work_off();
    Str html = page(&officer, z(sheet), 200);
    shows(html, "上一次遮盖没有完成");
    shows(html, "请把文件分成几份");
    shows(page(&officer, "/desk/notices", 200), "“合同.pdf”没有遮盖成");
    ordered(sheet); // it may be tried again
    work_off();
    shows(page(&officer, z(sheet), 200), "待确认");
}

static void what_is_not_seen_is_taken_out_or_given_knowingly(void **state)
{
    (void)state;
    Str sheet = added();
    shows(page(&officer, z(sheet), 200), "去掉这些内容，做一份新的PDF");
    shows(act(&officer, sheet, "clean", S(""), 422).body, "请去掉这些内容");
    act(&officer, sheet, "clean", S("&knowing=1&note=%E7%9C%8B%E8%BF%87"), 303);
    shows(page(&officer, z(sheet), 200), "知道并一并提供：文件属性里的作者。看过");
}

static void several_areas_come_at_once(void **state)
{
    (void)state;
    Str sheet = added();
    act(&officer, sheet, "mark",
        str_cat(a, S("&ground=internal"), form_field(a, "areas", S("1:10,10,20,5;1:50,50.5,20,5"))),
        303);
    Str html = page(&officer, z(sheet), 200);
    shows(html, "第1页，左10%、上10%、宽20%、高5%");
    shows(html, "x=\"5000\" y=\"5050\"");
}

static void what_cannot_be_meant_is_said_beside_the_form(void **state)
{
    (void)state;
    Str sheet = added();
    shows(act(&officer, sheet, "mark", S("&ground=privacy"), 422).body, "请划出区域");
    shows(act(&officer, sheet, "mark", S("&ground=privacy&left=10"), 422).body, "四个数都要填");
    shows(act(&officer, sheet, "mark", S("&ground=privacy&areas=9:1,1,5,5"), 422).body,
          "没有第9页");
    shows(act(&officer, sheet, "mark", S("&words=ab"), 422).body, "依据");
}

static void a_page_is_shown_as_a_picture(void **state)
{
    (void)state;
    Str sheet = added();
    assert_true(
        str_starts(page(&officer, z(str_cat(a, sheet, S("/picture/1"))), 200), S("\x89PNG")));
    page(&officer, z(str_cat(a, sheet, S("/picture/2"))), 404);
    page(&officer, z(str_cat(a, sheet, S("/picture/1?of=result"))), 404);
}

static void bad_files_are_refused_with_what_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        Str bytes;
        const char *says;
    } rows[] = {
        {"a.pdf", SI("%PDF-1.7\nnothing"), "重新导出"},
        {"a.tif", SI("II*\0...."), "多页也是一份"},
        {"a.exe", SI("MZ\x90\0..."), "程序和脚本"},
        {"a.png", SI("\x89PNG\r\n\x1a\nxxxx"), "已损坏"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Reply r = add(&officer, rows[i].name, rows[i].bytes);
        assert_int_equal(r.status, 422);
        shows(r.body, rows[i].says);
    }
}

static void others_find_nothing_and_readers_change_nothing(void **state)
{
    (void)state;
    Str sheet = added();
    page(&other, z(sheet), 404);
    page(&other, z(str_cat(a, sheet, S("/picture/1"))), 404);
    page(&other, z(at("")), 404);
    page(&supervisor, z(sheet), 200);
    hides(page(&supervisor, z(sheet), 200), "遮盖并检查</button>");
    act(&supervisor, sheet, "clean", S(""), 403);
    assert_int_equal(add(&supervisor, "a.pdf", document()).status, 403);
}

static void a_file_of_another_request_is_not_under_this_one(void **state)
{
    (void)state;
    Str sheet = added();
    ptrdiff_t slash = str_find_last(sheet, S("/"));
    page(&officer, z(str_cat(a, S("/desk/requests/999/release"), str_from(sheet, (size_t)slash))),
         404);
}

static void nothing_attached_is_said(void **state)
{
    (void)state;
    posted(&officer, at("/elsewhere"), form_field(a, "words", S("到服务大厅三号窗口查阅")), 303);
    shows(page(&officer, z(at("")), 200), "到服务大厅三号窗口查阅");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_goes_from_the_door_to_the_applicant),
        cmocka_unit_test(how_far_it_is_is_said_page_by_page),
        cmocka_unit_test(marks_changed_meanwhile_make_it_stale),
        cmocka_unit_test(what_cannot_be_done_is_told_with_what_to_do),
        cmocka_unit_test(what_is_not_seen_is_taken_out_or_given_knowingly),
        cmocka_unit_test(several_areas_come_at_once),
        cmocka_unit_test(what_cannot_be_meant_is_said_beside_the_form),
        cmocka_unit_test(a_page_is_shown_as_a_picture),
        cmocka_unit_test(bad_files_are_refused_with_what_to_do),
        cmocka_unit_test(others_find_nothing_and_readers_change_nothing),
        cmocka_unit_test(a_file_of_another_request_is_not_under_this_one),
        cmocka_unit_test(nothing_attached_is_said),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

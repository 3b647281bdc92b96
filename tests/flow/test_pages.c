// The real program over a data folder with the sample site: what its pages say, asked as a browser
// would ask. The path of the program is the first argument.
#include "test.h"

#include "client.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;
static char folder[] = "/tmp/gongkai-site-XXXXXX";
static pid_t server;
static uint16_t port;
static Arena arena;

// --- the server

static uint16_t port_said(int out)
{
    char line[256];
    size_t n = 0;
    while (n + 1 < sizeof line && read(out, line + n, 1) == 1 && line[n] != '\n')
        n++;
    line[n] = '\0';
    int64_t said = 0;
    Str s = {line, n};
    s = str_from(s, (size_t)str_find_last(s, S(":")) + 1);
    return str_to_int(str_sub(s, 0, s.n - 1), &said) ? (uint16_t)said : 0;
}

static int serve(void **state)
{
    (void)state;
    int out[2];
    arena = arena_new((size_t)1 << 30);
    if (!mkdtemp(folder) || pipe(out) != 0)
        return -1;
    server = fork();
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // never outlives the test
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execl(program, program, "serve", "--quiet", "--port", "0", "--data", folder, NULL);
        _exit(127);
    }
    close(out[1]);
    port = port_said(out[0]);
    close(out[0]);
    return port ? 0 : -1;
}

static int gone(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

static int leave(void **state)
{
    (void)state;
    int status = 0;
    kill(server, SIGTERM);
    waitpid(server, &status, 0);
    nftw(folder, gone, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&arena);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

// --- asking

static Reply get(const char *path)
{
    return client_get(port, &arena, path);
}

static bool says(const Reply *r, const char *words)
{
    return str_has(r->body, str_z(words));
}

static void want(const char *path, int status, const char *words)
{
    Reply r = get(path);
    if (r.status != status || !says(&r, words))
        fail_msg("%s: %d, and “%s” is %s it", path, r.status, words,
                 says(&r, words) ? "in" : "not in");
}

typedef struct Part {
    const char *name, *file, *value;
} Part;

static Reply post(const char *path, const char *origin, const Part *parts, size_t n)
{
    Str body = S("");
    for (size_t i = 0; i < n; i++) {
        Str file = parts[i].file ? str_fmt(&arena, "; filename=\"%s\"\r\nContent-Type: text/plain",
                                           parts[i].file)
                                 : S("");
        body = str_fmt(&arena,
                       PRI_STR "--x\r\nContent-Disposition: form-data; name=\"%s\"" PRI_STR
                               "\r\n\r\n%s\r\n",
                       STR_ARG(body), parts[i].name, STR_ARG(file), parts[i].value);
    }
    body = str_cat(&arena, body, S("--x--\r\n"));
    return client_ask(
        port, &arena,
        str_fmt(
            &arena,
            "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: %s\r\nConnection: close\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: %zu\r\n\r\n" PRI_STR,
            path, port, origin, body.n, STR_ARG(body)));
}

static const char *here(void)
{
    return str_fmt(&arena, "http://127.0.0.1:%d", port).s;
}

static Reply check_file(const char *name, const char *bytes, const char *as)
{
    const Part parts[] = {{"file", name, bytes}, {"as", NULL, as}};
    return post("/check", here(), parts, 2);
}

static Reply check_text(const char *text)
{
    const Part parts[] = {{"text", NULL, text}, {"as", NULL, "html"}};
    return post("/check?by=paste", here(), parts, 2);
}

// One total is wrong: 4 + 1 is not 6.
static const char report[] =
    "<h1>示例县林业局2023年政府信息公开工作年度报告</h1>"
    "<h2>三、收到和处理政府信息公开申请情况</h2><table>"
    "<tr><td colspan=3 rowspan=3></td><td colspan=7>申请人情况</td></tr>"
    "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>"
    "<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</"
    "td></tr>"
    "<tr><td "
    "colspan=3>一、本年新收政府信息公开申请数量</td><td>4</td><td>1</td><td>0</td><td>0</td>"
    "<td>0</td><td>0</td><td>6</td></tr>"
    "<tr><td colspan=3>二、上年结转政府信息公开申请数量</td><td>0</td><td>0</td><td></td><td>0</td>"
    "<td>0</td><td>0</td><td>0</td></tr></table>";

// --- what must stay true

static void every_page_answers_with_what_it_is_for(void **state)
{
    (void)state;
    static const char *const pages[][2] = {
        {"/", "政府信息公开年度报告</h1>"},
        {"/annual-reports", "示例市水务局2022年"},
        {"/annual-reports?year=2022", "去掉条件"},
        {"/annual-reports?organ=shuiwu", "历年变化"},
        {"/annual-reports?year=1999", "没有这样的报告"},
        {"/annual-reports?page=99999", "没有这样的报告"},
        {"/annual-reports/shuiwu/2022", "核对结果"},
        {"/annual-reports/shuiwu/trends", "<desc"},
        {"/annual-reports/shuiwu/compare", "增减"},
        {"/annual-reports/shuiwu/compare?a=2022&b=2023&all=1", "相同"},
        {"/annual-reports/shuiwu/2022.json", "\"cells\""},
        {"/annual-reports/shuiwu/2022.csv", "t3.new.total"},
        {"/annual-reports/shuiwu/2022.xlsx", "PK"},
        {"/check", "报告文件"},
        {"/check?by=paste", "报告文字"},
        {"/open-data", "/api/v1/reports"},
        {"/open-data/cells.csv", "organ,organ_name,year,cell,state,value"},
        {"/open-data/cells.csv?year=2022", "shuiwu"},
        {"/open-data/report.schema.json", "$schema"},
        {"/api/v1/reports", "\"total\":"},
        {"/api/v1/reports?organ=shuiwu&year=2022", "\"total\":1"},
        {"/api/v1/reports/1", "\"cells\""},
        {"/feed.atom", "<entry>"},
        {"/sitemap.xml", "/annual-reports/shuiwu/2022</loc>"},
        {"/about/accessibility", "无障碍声明</h1>"},
        {"/robots.txt", "User-agent"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        want(pages[i][0], 200, pages[i][1]);
}

static void what_is_not_there_is_said_in_words(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "/nothing",
        "/annual-reports/nobody/2022",
        "/annual-reports/shuiwu/1999",
        "/annual-reports/shuiwu/abc",
        "/annual-reports/shuiwu/99999999999999999999",
        "/annual-reports/shuiwu/-1",
        "/annual-reports/nobody/trends",
        "/annual-reports/nobody/compare",
        "/annual-reports/shuiwu/compare?a=1999&b=2022",
        "/annual-reports?organ=nobody",
        "/api/v1/reports/999999",
        "/api/v1/reports/x",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        want(paths[i], 404, "没有");
}

static void pages_carry_one_heading_and_nothing_the_policy_forbids(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "/",      "/annual-reports", "/annual-reports/shuiwu/2022", "/annual-reports/shuiwu/trends",
        "/check", "/nothing"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        Reply r = get(paths[i]);
        ptrdiff_t first = str_find(r.body, S("<h1"));
        assert_true(first >= 0);
        assert_int_equal(first, str_find_last(r.body, S("<h1")));
        assert_false(says(&r, " style="));
        assert_false(says(&r, "<script>"));
        assert_true(says(&r, "<main id=\"main\""));
        assert_true(reply_header(&r, "Content-Security-Policy").n > 0);
    }
}

static void a_cell_and_its_finding_lead_to_each_other(void **state)
{
    (void)state;
    Reply r = get("/annual-reports/shuiwu/2022");
    ptrdiff_t at = str_find(r.body, S("c-fail"));
    assert_true(at >= 0);
    assert_true(says(&r, "href=\"#f1\""));
    assert_true(says(&r, "id=\"f1\""));
    assert_true(says(&r, "不符，见结果1："));
}

static void the_way_of_showing_goes_along(void **state)
{
    (void)state;
    Reply r = get("/annual-reports?mode=elder&hant=1");
    assert_true(says(&r, "<html lang=\"zh-Hant\" data-mode=\"elder\""));
    assert_true(says(&r, "href=\"/check?hant=1&amp;mode=elder\""));
    assert_true(says(&r, "政府信息公開年報"));
    r = get("/annual-reports/shuiwu/compare?mode=contrast");
    assert_true(says(&r, "<input type=\"hidden\" name=\"mode\" value=\"contrast\">"));
}

static void a_file_sent_is_checked_and_not_kept(void **state)
{
    (void)state;
    Reply before = get("/api/v1/reports");
    Reply r = check_file("linye.html", report, "html");
    assert_int_equal(r.status, 200);
    assert_true(says(&r, "示例县林业局2023年政府信息公开工作年度报告"));
    assert_true(says(&r, "c-fail"));
    assert_true(says(&r, "c-blank"));
    assert_true(says(&r, "linye.html"));
    assert_true(says(&r, "noindex"));
    assert_str(reply_header(&r, "Cache-Control"), S("no-store"));
    Reply after = get("/api/v1/reports");
    assert_str(after.body, before.body);
}

static void the_answer_comes_as_data_too(void **state)
{
    (void)state;
    Reply r = check_file("林业.html", report, "json");
    assert_int_equal(r.status, 200);
    assert_true(str_starts(reply_header(&r, "Content-Type"), S("application/json")));
    assert_true(str_starts(reply_header(&r, "Content-Disposition"), S("attachment")));
    assert_true(says(&r, "\"t3.new.total\""));
    r = check_file("linye.html", report, "xlsx");
    assert_true(str_starts(r.body, S("PK")));
}

static void text_that_was_pasted_comes_back_and_is_not_markup(void **state)
{
    (void)state;
    Reply r = check_text("</textarea><script>alert(1)</script> 示例县林业局");
    assert_int_equal(r.status, 200);
    assert_true(says(&r, "&lt;/textarea&gt;&lt;script&gt;"));
    assert_false(says(&r, "<script>alert"));
    assert_true(says(&r, "没有认出年度报告"));
}

static void what_cannot_be_checked_is_answered_with_the_form_and_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
        int status;
        const char *words;
    } bad[] = {
        {"x.txt", "", 400, "空"},
        {"x.pdf", "%PDF-1.7\nnothing more", 422, "没有核对成"},
        {"x.docx", "PK\003\004nothing more", 422, "没有核对成"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Reply r = check_file(bad[i].name, bad[i].bytes, "html");
        assert_int_equal(r.status, bad[i].status);
        assert_true(says(&r, bad[i].words));
        assert_true(says(&r, "aria-invalid=\"true\""));
        assert_true(says(&r, "href=\"#file\""));
    }
    Reply r = check_text("   ");
    assert_int_equal(r.status, 400);
    assert_true(says(&r, "href=\"#text\""));
    r = check_file("x.txt", "今天天气很好", "xlsx");
    assert_int_equal(r.status, 422);
    assert_true(says(&r, "没有认出年度报告"));
}

static void a_form_from_another_site_is_refused(void **state)
{
    (void)state;
    const Part parts[] = {{"file", "x.html", report}, {"as", NULL, "html"}};
    Reply r = post("/check", "https://elsewhere.example", parts, 2);
    assert_int_equal(r.status, 403);
    assert_true(says(&r, "不能这样提交"));
}

static void the_original_is_a_download_of_a_type_nobody_shows(void **state)
{
    (void)state;
    Reply r = get("/annual-reports/shuiwu/2021/original");
    assert_int_equal(r.status, 200);
    assert_str(reply_header(&r, "Content-Type"), S("application/octet-stream"));
    assert_true(str_starts(reply_header(&r, "Content-Disposition"), S("attachment")));
}

static void part_of_a_name_finds_its_organ(void **state)
{
    (void)state;
    want("/annual-reports?name=%E6%B0%B4%E5%8A%A1", 200, "去掉条件"); // 水务
    want("/annual-reports?name=%E6%B0%B4%E5%8B%99", 200, "去掉条件"); // 水務, the only one
    want("/annual-reports?name=%E4%BA%BA%E6%B0%91", 200, "请选择");   // 人民, several
    want("/annual-reports?name=zzz", 200, "没有名称里有");
}

static int fresh(void **state)
{
    (void)state;
    arena_reset(&arena, 0);
    return 0;
}

#define T(f) cmocka_unit_test_setup(f, fresh)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        T(every_page_answers_with_what_it_is_for),
        T(what_is_not_there_is_said_in_words),
        T(pages_carry_one_heading_and_nothing_the_policy_forbids),
        T(a_cell_and_its_finding_lead_to_each_other),
        T(the_way_of_showing_goes_along),
        T(a_file_sent_is_checked_and_not_kept),
        T(the_answer_comes_as_data_too),
        T(text_that_was_pasted_comes_back_and_is_not_markup),
        T(what_cannot_be_checked_is_answered_with_the_form_and_a_reason),
        T(a_form_from_another_site_is_refused),
        T(the_original_is_a_download_of_a_type_nobody_shows),
        T(part_of_a_name_finds_its_organ),
    };
    if (argc < 2) {
        fprintf(stderr, "usage: %s PROGRAM\n", argv[0]);
        return 2;
    }
    program = argv[1];
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, serve, leave);
}

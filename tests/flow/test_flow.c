// The server as a browser, a careless program and an attacker see it.
#include "../test.h"

#include "client.h"

#include "base/pack.h"
#include "web/cache.h"
#include "web/server.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

// ---- pages for the test

static _Atomic int made;        // how often a page was made
static _Atomic int slow_inside; // how many slow pages wait
static _Atomic bool gate_open;
static _Atomic uint64_t data_version;

static bool page_hello(Request *r, Response *w, Err *err)
{
    (void)err;
    made++;
    respond_depends(r, w, 7);
    buf_add(&w->out.b, S("<html lang=\"zh-Hans\"><p>政府信息公开</p>"));
    view_text_str(&w->out, request_query(r, "q"));
    buf_add(&w->out.b, S("<a href=\"/x?a=1\">"));
    for (int i = 0; i < 100; i++)
        buf_add(&w->out.b, S("<p>filling</p>"));
    return true;
}

static bool page_organ(Request *r, Response *w, Err *err)
{
    if (str_eq(request_param(r, "year"), S("1900")))
        return fail(err, ERR_MISSING, NULL, "没有%d年的报告", "no report of %d", 1900);
    respond_type(w, S("application/json"));
    buf_fmt(&w->out.b, "{\"organ\":\"" PRI_STR "\",\"year\":\"" PRI_STR "\"}",
            STR_ARG(request_param(r, "organ")), STR_ARG(request_param(r, "year")));
    return true;
}

static bool page_fail(Request *r, Response *w, Err *err)
{
    int64_t kind = 0;
    (void)w;
    str_to_int(request_param(r, "kind"), &kind);
    return fail(err, (ErrKind)kind, NULL, "不行", "no");
}

static bool page_slow(Request *r, Response *w, Err *err)
{
    struct timespec pause = {.tv_nsec = 1000000};
    (void)r, (void)err;
    slow_inside++;
    while (!gate_open)
        nanosleep(&pause, NULL);
    slow_inside--;
    buf_add(&w->out.b, S("slow"));
    return true;
}

static bool page_upload(Request *r, Response *w, Err *err)
{
    const Field *file = request_file(r, "file");
    (void)err;
    buf_fmt(&w->out.b, "name=" PRI_STR " size=%zu text=" PRI_STR,
            STR_ARG(file ? file->file_name : S("none")), file ? file->value.n : 0,
            STR_ARG(request_form(r, "text")));
    return true;
}

static bool page_big(Request *r, Response *w, Err *err)
{
    (void)r, (void)err;
    for (int i = 0; i < 200000; i++)
        buf_fmt(&w->out.b, "%09d\n", i);
    respond_download(r, w, S("text/plain"), S("年度报告.txt"));
    return true;
}

static bool page_away(Request *r, Response *w, Err *err)
{
    (void)err;
    return respond_redirect(w, request_query(r, "to"));
}

// clang-format off
static const Route routes[] = {
    // method      pattern                       page         lane  who     csrf         keep          body     /min query
    { METHOD_GET,  "/",                          page_hello,  FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,       0,   "q" },
    { METHOD_GET,  "/organs/:organ/:year.json",  page_organ,  FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,       0,   "" },
    { METHOD_GET,  "/organs/:organ/:year",       page_organ,  FAST, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,       0,   "" },
    { METHOD_GET,  "/fail/:kind",                page_fail,   FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,       0,   "" },
    { METHOD_GET,  "/slow",                      page_slow,   SLOW, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,       0,   "" },
    { METHOD_GET,  "/big",                       page_big,    SLOW, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,       0,   "" },
    { METHOD_GET,  "/away",                      page_away,   FAST, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,       0,   "to" },
    { METHOD_POST, "/upload",                    page_upload, SLOW, MAY_ANYONE, CSRF_ORIGIN, KEEP_NOTHING, 1 << 20, 0,   "" },
    { METHOD_GET,  "/upload",                    page_hello,  FAST, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,       0,   "" },
    { METHOD_POST, "/quick",                     page_upload, FAST, MAY_ANYONE, CSRF_ORIGIN, KEEP_NOTHING, 2000,    0,   "" },
    { METHOD_POST, "/rare",                      page_upload, FAST, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 2000,    3,   "" },
};
// clang-format on

static bool db_open_test(void *ctx, void **db, Err *err)
{
    (void)err;
    *db = ctx;
    return true;
}

static uint64_t db_version_test(void *db)
{
    (void)db;
    return data_version;
}

static WebConfig config_new(void)
{
    static Net here;
    assert_true(net_parse(S("127.0.0.0/8"), &here));
    return (WebConfig){.bind = "127.0.0.1",
                       .trusted = {.v = &here, .n = 1},
                       .routes = routes,
                       .n_routes = sizeof routes / sizeof *routes,
                       .open = db_open_test,
                       .version = db_version_test,
                       .cache_bytes = 8 << 20,
                       .max_connections_per_ip = 400,
                       .quiet = true};
}

// One server for all tests that do not need their own.
static Web *web;
static uint16_t port;
static Arena arena;

static int all_begin(void **state)
{
    Err err;
    WebConfig config = config_new();
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    arena = arena_new((size_t)1 << 31);
    if (!web_start(&config, &web, &err))
        return -1;
    port = web_port(web);
    return 0;
}

static int all_end(void **state)
{
    (void)state;
    web_stop(web);
    arena_free(&arena);
    return 0;
}

static int each_begin(void **state)
{
    (void)state; // of a row: the row
    arena_reset(&arena, 1 << 20);
    gate_open = false;
    return 0;
}

// ---- rows: what is asked, what must be answered

typedef struct Row {
    const char *name, *request;
    int status;
    const char *head, *body; // must be found there
} Row;

#define HOST "\r\nHost: localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define PARTS "Content-Type: multipart/form-data; boundary=b\r\n"

// clang-format off
static const Row rows[] = {
    { "a_page_is_answered",              "GET / HTTP/1.1" HOST "\r\n",                            200, "Content-Type: text/html; charset=utf-8", "政府信息公开" },
    { "a_query_key_of_the_route",        "GET /?q=%3Cb%3E HTTP/1.1" HOST "\r\n",                  200, "ETag: W/\"", "&lt;b&gt;" },
    { "other_keys_are_ignored",          "GET /?z=1&q=yes HTTP/1.1" HOST "\r\n",                  200, "", "yes" },
    { "names_in_the_path_are_decoded",   "GET /organs/%E7%A4%BA%E4%BE%8B/2023.json HTTP/1.1" HOST "\r\n", 200, "application/json", "\"organ\":\"示例\",\"year\":\"2023\"" },
    { "the_first_row_that_fits_wins",    "GET /organs/a/2023 HTTP/1.1" HOST "\r\n",               200, "no-store", "\"year\":\"2023\"" },
    { "traditional_by_query",            "GET /?hant=1 HTTP/1.1" HOST "\r\n",                     200, "", "<html lang=\"zh-Hant\"><p>政府信息公開</p>" },
    { "links_carry_traditional_on",      "GET /?hant=1 HTTP/1.1" HOST "\r\n",                     200, "", "href=\"/x?a=1&amp;hant=1\"" },
    { "links_carry_the_mode_on",         "GET /?mode=elder HTTP/1.1" HOST "\r\n",                 200, "", "href=\"/x?a=1&amp;mode=elder\"" },
    { "an_unknown_mode_is_plain",        "GET /?mode=x%22 HTTP/1.1" HOST "\r\n",                  200, "", "href=\"/x?a=1\"" },
    { "the_sign_of_life",                "GET /healthz HTTP/1.1" HOST "\r\n",                     200, "no-store", "ok\n" },
    { "robots",                          "GET /robots.txt HTTP/1.1" HOST "\r\n",                  200, "text/plain", "User-agent" },
    { "a_slash_at_the_end_is_taken_away", "GET /organs/a/2023/?x=1 HTTP/1.1" HOST "\r\n",         308, "Location: /organs/a/2023?x=1", "" },
    { "a_redirect_stays_on_the_site",    "GET /away?to=//evil.example HTTP/1.1" HOST "\r\n",      303, "Location: /\r\n", "" },
    { "no_line_end_enters_a_header",     "GET /away?to=/a%0d%0aX:1 HTTP/1.1" HOST "\r\n",         303, "", "" },

    { "error_input",                     "GET /fail/1 HTTP/1.1" HOST "\r\n",                      400, "no-store", "不行" },
    { "error_missing",                   "GET /fail/2 HTTP/1.1" HOST "\r\n",                      404, "", "不行" },
    { "error_denied",                    "GET /fail/3 HTTP/1.1" HOST "\r\n",                      403, "", "" },
    { "error_rule",                      "GET /fail/4 HTTP/1.1" HOST "\r\n",                      409, "", "" },
    { "error_busy",                      "GET /fail/5 HTTP/1.1" HOST "\r\n",                      503, "Retry-After:", "" },
    { "error_limit",                     "GET /fail/6 HTTP/1.1" HOST "\r\n",                      413, "", "" },
    { "error_unreadable",                "GET /fail/7 HTTP/1.1" HOST "\r\n",                      422, "", "" },
    { "error_system",                    "GET /fail/8 HTTP/1.1" HOST "\r\n",                      500, "", "" },
    { "error_of_a_page_with_words",      "GET /organs/a/1900 HTTP/1.1" HOST "\r\n",               404, "", "没有1900年的报告" },

    { "no_such_page",                    "GET /nothing HTTP/1.1" HOST "\r\n",                     404, "", "没有这个页面" },
    { "an_empty_name_fits_nothing",      "GET /organs//2023 HTTP/1.1" HOST "\r\n",                404, "", "" },
    { "another_method_says_which",       "DELETE /upload HTTP/1.1" HOST "\r\n",                   405, "Allow: GET, HEAD, POST", "" },
    { "get_only",                        "POST / HTTP/1.1" HOST "Content-Length: 0\r\n\r\n",      405, "Allow: GET, HEAD\r\n", "" },
    { "an_unknown_method",               "BREW / HTTP/1.1" HOST "\r\n",                           405, "", "" },
    { "traversal",                       "GET /organs/../../etc HTTP/1.1" HOST "\r\n",            400, "", "" },
    { "traversal_encoded",               "GET /organs/%2e%2e/2023 HTTP/1.1" HOST "\r\n",          400, "", "" },
    { "a_slash_encoded",                 "GET /organs/a%2fb/2023 HTTP/1.1" HOST "\r\n",           400, "", "" },
    { "a_backslash",                     "GET /organs/a%5cb/2023 HTTP/1.1" HOST "\r\n",           400, "", "" },
    { "a_nul",                           "GET /organs/a%00/2023 HTTP/1.1" HOST "\r\n",            400, "", "" },
    { "half_a_percent",                  "GET /organs/a%2/2023 HTTP/1.1" HOST "\r\n",             400, "", "" },
    { "no_hex",                          "GET /organs/a%zz/2023 HTTP/1.1" HOST "\r\n",            400, "", "" },
    { "not_utf8",                        "GET /organs/%ff/2023 HTTP/1.1" HOST "\r\n",             400, "", "" },
    { "overlong_utf8",                   "GET /organs/%c0%ae/2023 HTTP/1.1" HOST "\r\n",          400, "", "" },
    { "a_bad_query",                     "GET /?q=%ff HTTP/1.1" HOST "\r\n",                      400, "", "" },
    { "a_host_with_markup",              "GET / HTTP/1.1\r\nHost: a<b\r\n\r\n",                   400, "", "" },
    { "no_host",                         "GET / HTTP/1.1\r\n\r\n",                                400, "", "" },

    { "a_form",                          "POST /quick HTTP/1.1" HOST FORM "Content-Length: 16\r\n\r\ntext=%E5%85%AC+x",                     200, "no-store", "text=公 x" },
    { "a_form_for_the_slow_lane",        "POST /upload HTTP/1.1" HOST FORM "Content-Length: 6\r\n\r\ntext=a",                               200, "", "text=a" },
    { "a_file",                          "POST /upload HTTP/1.1" HOST PARTS "Content-Length: 89\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\x\\\\a.txt\"\r\n\r\nabc\0d\r\n--b--\r\n", 200, "", "name=a.txt size=5" },
    { "a_form_in_chunks",                "POST /quick HTTP/1.1" HOST FORM "Transfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n2\r\n=b\r\n0\r\n\r\n", 200, "", "text=b" },
    { "from_this_site",                  "POST /quick HTTP/1.1" HOST FORM "Sec-Fetch-Site: same-origin\r\nContent-Length: 6\r\n\r\ntext=a",  200, "", "text=a" },
    { "from_this_origin",                "POST /quick HTTP/1.1" HOST FORM "Origin: http://localhost\r\nContent-Length: 6\r\n\r\ntext=a",     200, "", "text=a" },
    { "from_another_site",               "POST /quick HTTP/1.1" HOST FORM "Sec-Fetch-Site: cross-site\r\nContent-Length: 6\r\n\r\ntext=a",   403, "", "不是从本站提交" },
    { "from_another_origin",             "POST /quick HTTP/1.1" HOST FORM "Origin: http://evil.example\r\nContent-Length: 6\r\n\r\ntext=a",  403, "", "" },
    { "from_nowhere",                    "POST /quick HTTP/1.1" HOST FORM "Origin: null\r\nContent-Length: 6\r\n\r\ntext=a",                 403, "", "" },
    { "a_form_of_another_type",          "POST /quick HTTP/1.1" HOST "Content-Type: text/plain\r\nContent-Length: 6\r\n\r\ntext=a",          400, "", "" },
    { "a_form_without_type",             "POST /quick HTTP/1.1" HOST "Content-Length: 6\r\n\r\ntext=a",                                      400, "", "" },
    { "a_form_with_a_bad_percent",       "POST /quick HTTP/1.1" HOST FORM "Content-Length: 7\r\n\r\ntext=%q",                                400, "", "" },
    { "parts_without_boundary",          "POST /upload HTTP/1.1" HOST "Content-Type: multipart/form-data\r\nContent-Length: 4\r\n\r\n--b-",  400, "", "表单数据" },
    { "parts_that_do_not_end",           "POST /upload HTTP/1.1" HOST PARTS "Content-Length: 52\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc", 400, "", "" },
    { "more_than_the_route_takes",       "POST /quick HTTP/1.1" HOST FORM "Expect: 100-continue\r\nContent-Length: 2001\r\n\r\n",            413, "", "超过上限" },
    { "far_more_than_the_route_takes",   "POST /quick HTTP/1.1" HOST FORM "Content-Length: 99999999999\r\n\r\n",                            413, "", "" },
    { "two_lengths",                     "POST /quick HTTP/1.1" HOST FORM "Content-Length: 6\r\nContent-Length: 0\r\n\r\ntext=a",           400, "Connection: close", "起止不清楚" },
    { "two_equal_lengths",               "POST /quick HTTP/1.1" HOST FORM "Content-Length: 6\r\nContent-Length: 6\r\n\r\ntext=a",           400, "Connection: close", "" },
    { "a_length_and_chunks",             "POST /quick HTTP/1.1" HOST FORM "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "Connection: close", "起止不清楚" },
    { "an_unknown_coding",               "POST /quick HTTP/1.1" HOST FORM "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",                  400, "Connection: close", "" },
    { "two_codings",                     "POST /quick HTTP/1.1" HOST FORM "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400, "Connection: close", "" },
    { "two_hosts",                       "GET / HTTP/1.1" HOST "Host: evil.example\r\n\r\n",                                             400, "Connection: close", "" },
    { "a_space_before_the_colon",        "GET / HTTP/1.1" HOST "Content-Length : 6\r\n\r\n",                                             400, "Connection: close", "" },
    { "a_length_beyond_numbers",         "POST /quick HTTP/1.1" HOST FORM "Content-Length: 9223372036854775808\r\n\r\n",                413, "", "" },
    { "chunks_that_are_none",            "POST /quick HTTP/1.1" HOST FORM "Transfer-Encoding: chunked\r\n\r\nzz\r\n",                     400, "", "" },
    { "no_number_for_a_length",          "POST /quick HTTP/1.1" HOST FORM "Content-Length: -1\r\n\r\n",                                      400, "", "" },
};
// clang-format on

// A NUL in the request is told from its end by the length of the array's literal, which a table
// cannot hold: the one row that has one is measured by its Content-Length.
static Str row_request(const Row *row)
{
    Str head = str_z(row->request);
    const char *length = strstr(row->request, "Content-Length: ");
    ptrdiff_t end = str_find(head, S("\r\n\r\n"));
    int64_t n = 0;
    Str number, rest;
    if (!length || !str_has(head, S("filename")))
        return head;
    str_cut(str_z(length + 16), S("\r\n"), &number, &rest);
    str_to_int(number, &n);
    return (Str){row->request, (size_t)end + 4 + (size_t)n};
}

static bool has_security_headers(const Reply *r)
{
    return str_starts(reply_header(r, "Content-Security-Policy"), S("default-src 'none'")) &&
           str_eq(reply_header(r, "X-Content-Type-Options"), S("nosniff")) &&
           reply_header(r, "Referrer-Policy").n && reply_header(r, "Permissions-Policy").n &&
           reply_header(r, "Cross-Origin-Opener-Policy").n && !reply_header(r, "Server").n;
}

static void row_holds(void **state)
{
    const Row *row = *state;
    Reply r = client_ask(port, &arena, row_request(row));
    if (r.status != row->status)
        fail_msg("status %d, want %d\n" PRI_STR "\n" PRI_STR, r.status, row->status,
                 STR_ARG(r.head), STR_ARG(r.body));
    if (!str_has(r.head, str_z(row->head)))
        fail_msg("no “%s” in\n" PRI_STR, row->head, STR_ARG(r.head));
    if (!str_has(r.body, str_z(row->body)))
        fail_msg("no “%s” in\n" PRI_STR, row->body, STR_ARG(str_sub(r.body, 0, 500)));
    bool ours = row->status != 400 || reply_header(&r, "Cache-Control").n; // or the library's
    if (ours && !has_security_headers(&r))
        fail_msg("headers missing in\n" PRI_STR, STR_ARG(r.head));
}

// ---- sentences

static void a_kept_page_is_made_once(void **state)
{
    (void)state;
    int before = made;
    Reply one = client_get(port, &arena, "/?q=once"), two = client_get(port, &arena, "/?q=once");
    assert_int_equal(made, before + 1);
    assert_str(two.body, one.body);
    client_get(port, &arena, "/?other=1&q=once");
    assert_int_equal(made, before + 1);
}

static void a_change_of_its_organ_makes_a_page_anew(void **state)
{
    (void)state;
    client_get(port, &arena, "/?q=change");
    int before = made;
    web_changed(web, 8);
    client_get(port, &arena, "/?q=change");
    assert_int_equal(made, before);
    web_changed(web, 7);
    client_get(port, &arena, "/?q=change");
    assert_int_equal(made, before + 1);
}

static void a_change_of_the_data_from_outside_makes_pages_anew(void **state)
{
    struct timespec pause = {.tv_nsec = 20000000};
    (void)state;
    client_get(port, &arena, "/?q=outside");
    int before = made;
    data_version++;
    for (int i = 0; i < 100 && made == before; i++) {
        nanosleep(&pause, NULL);
        client_get(port, &arena, "/?q=outside");
    }
    assert_int_equal(made, before + 1);
}

static void after_a_form_kept_pages_are_as_new(void **state)
{
    (void)state;
    client_get(port, &arena, "/?q=form");
    int before = made;
    data_version++;
    client_ask(port, &arena, S("POST /quick HTTP/1.1" HOST FORM "Content-Length: 6\r\n\r\ntext=a"));
    client_get(port, &arena, "/?q=form");
    assert_int_equal(made, before + 1);
}

static void the_etag_saves_sending_again(void **state)
{
    (void)state;
    Reply one = client_get(port, &arena, "/?q=tag");
    Str tag = reply_header(&one, "ETag");
    assert_true(tag.n > 4);
    Reply two =
        client_ask(port, &arena,
                   str_fmt(&arena, "GET /?q=tag HTTP/1.1" HOST "If-None-Match: " PRI_STR "\r\n\r\n",
                           STR_ARG(tag)));
    assert_int_equal(two.status, 304);
    assert_int_equal(two.body.n, 0);
    assert_str(reply_header(&two, "ETag"), tag);
    Reply other =
        client_ask(port, &arena, S("GET /?q=tag HTTP/1.1" HOST "If-None-Match: \"x\"\r\n\r\n"));
    assert_int_equal(other.status, 200);
}

static void head_is_get_without_the_body(void **state)
{
    (void)state;
    Reply get = client_get(port, &arena, "/?q=head");
    Reply head = client_ask(port, &arena, S("HEAD /?q=head HTTP/1.1" HOST "\r\n"));
    assert_int_equal(head.status, 200);
    assert_str(reply_header(&head, "Content-Length"), reply_header(&get, "Content-Length"));
    assert_int_equal(head.body.n, 0);
}

static Reply packed(const char *accept)
{
    Str ask = str_fmt(&arena, "GET /?q=packed HTTP/1.1" HOST "Accept-Encoding: %s\r\n\r\n", accept);
    return client_ask(port, &arena, ask);
}

static void pages_are_packed_as_the_browser_can_read(void **state)
{
    Str plain = client_get(port, &arena, "/?q=packed").body, out = {0};
    (void)state;
    Reply br = packed("gzip, deflate, br"), gz = packed("br;q=0, GZIP;q=0.5"),
          no = packed("gzip;q=0");
    assert_str(reply_header(&br, "Content-Encoding"), S("br"));
    assert_true(unpack_brotli(&arena, br.body, 1 << 20, &out));
    assert_str(out, plain);
    assert_str(reply_header(&gz, "Content-Encoding"), S("gzip"));
    assert_true(unpack_gzip(&arena, gz.body, 1 << 20, &out));
    assert_str(out, plain);
    assert_int_equal(reply_header(&no, "Content-Encoding").n, 0);
    assert_str(reply_header(&no, "Vary"), S("Accept-Encoding"));
}

static void what_is_not_kept_is_packed_too_where_it_is_long_text(void **state)
{
    Str out;
    (void)state;
    Reply r =
        client_ask(port, &arena, S("GET /upload HTTP/1.1" HOST "Accept-Encoding: gzip\r\n\r\n"));
    assert_str(reply_header(&r, "Content-Encoding"), S("gzip"));
    assert_true(unpack_gzip(&arena, r.body, 1 << 20, &out));
    assert_true(str_has(out, S("政府信息公开")));
    r = client_ask(port, &arena, S("GET /healthz HTTP/1.1" HOST "Accept-Encoding: gzip\r\n\r\n"));
    assert_str(r.body, S("ok\n"));
}

static void one_connection_serves_many_requests(void **state)
{
    (void)state;
    int fd = client_open(port);
    for (int i = 0; i < 5; i++) {
        assert_true(client_send(fd, S("GET / HTTP/1.1" HOST "\r\n")));
        assert_int_equal(client_read(fd, &arena, false).status, 200);
        assert_true(
            client_send(fd, S("POST /quick HTTP/1.1" HOST FORM "Content-Length: 6\r\n\r\ntext=a")));
        assert_int_equal(client_read(fd, &arena, false).status, 200);
        assert_true(client_send(fd, S("GET /missing HTTP/1.1" HOST "\r\n")));
        assert_int_equal(client_read(fd, &arena, false).status, 404);
    }
    close(fd);
}

static void requests_sent_at_once_are_answered_in_their_order(void **state)
{
    (void)state;
    int fd = client_open(port), found = 0;
    char s[65536];
    size_t n = 0;
    client_send(fd, S("GET /healthz HTTP/1.1" HOST "\r\nGET /nothing HTTP/1.1" HOST "\r\n"
                      "GET /slow HTTP/1.1" HOST "\r\n"
                      "GET /organs/a/2023 HTTP/1.1" HOST "Connection: close\r\n\r\n"));
    gate_open = true;
    for (ssize_t got; n < sizeof s && (got = recv(fd, s + n, sizeof s - n, 0)) > 0;)
        n += (size_t)got;
    close(fd);
    static const Str in_order[] = {SI("200 OK"), SI("ok\n"), SI("404 "), SI("slow"),
                                   SI("\"2023\"")};
    for (Str rest = {s, n}, head; found < 5 && str_cut(rest, in_order[found], &head, &rest);)
        found++;
    assert_int_equal(found, 5);
}

static void a_large_answer_arrives_whole(void **state)
{
    (void)state;
    Reply r = client_get(port, &arena, "/big");
    assert_int_equal(r.body.n, 2000000);
    assert_true(str_ends(r.body, S("000199999\n")));
    assert_str(reply_header(&r, "Content-Disposition"),
               S("attachment; filename*=UTF-8''%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A.txt"));
}

static void a_large_file_arrives_whole(void **state)
{
    (void)state;
    size_t n = 900000;
    Buf b = buf_new(&arena, 1 << 21), body = buf_new(&arena, 1 << 21);
    buf_add(&body,
            S("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"报告.pdf\"\r\n"
              "Content-Type: application/pdf\r\n\r\n"));
    for (size_t i = 0; i < n; i++)
        buf_byte(&body, (char)(i * 7));
    buf_add(&body, S("\r\n--b--\r\n"));
    buf_fmt(&b, "POST /upload HTTP/1.1" HOST PARTS "Content-Length: %zu\r\n\r\n", body.n);
    buf_add(&b, buf_str(&body));
    Reply r = client_ask(port, &arena, buf_str(&b));
    assert_int_equal(r.status, 200);
    assert_true(str_starts(r.body, S("name=报告.pdf size=900000")));
}

static void a_file_that_is_too_large_is_refused_in_words(void **state)
{
    (void)state;
    Buf b = buf_new(&arena, 4 << 20);
    buf_fmt(&b, "POST /upload HTTP/1.1" HOST PARTS "Content-Length: %d\r\n\r\n", 3000000);
    for (int i = 0; i < 3000000; i++)
        buf_byte(&b, 'x');
    Reply r = client_ask(port, &arena, buf_str(&b));
    assert_int_equal(r.status, 413);
    assert_true(str_has(r.body, S("超过上限（1024KB）")));
}

static void a_huge_head_is_refused(void **state)
{
    (void)state;
    Buf b = buf_new(&arena, 1 << 20);
    buf_add(&b, S("GET / HTTP/1.1" HOST "X: "));
    for (int i = 0; i < 100000; i++)
        buf_byte(&b, 'x');
    buf_add(&b, S("\r\n\r\n"));
    int status = client_ask(port, &arena, buf_str(&b)).status;
    assert_true(status == 431 || status == 413 || status == 0); // or the connection is ended
    assert_int_equal(client_get(port, &arena, "/").status, 200);
}

static void too_many_from_one_address_are_refused(void **state)
{
    (void)state;
    Str ask = S("POST /rare HTTP/1.1" HOST FORM "Content-Length: 6\r\n\r\ntext=a");
    for (int i = 0; i < 3; i++)
        assert_int_equal(client_ask(port, &arena, ask).status, 200);
    Reply r = client_ask(port, &arena, ask);
    assert_int_equal(r.status, 429);
    assert_true(reply_header(&r, "Retry-After").n > 0);
}

static int rare_for(const char *visitor)
{
    Str ask = str_fmt(&arena,
                      "POST /rare HTTP/1.1" HOST FORM "X-Forwarded-For: %s\r\n"
                      "Content-Length: 6\r\n\r\ntext=a",
                      visitor);
    return client_ask(port, &arena, ask).status;
}

static void visitors_behind_a_proxy_are_counted_apart(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(rare_for("192.0.2.1"), 200);
    assert_int_equal(rare_for("192.0.2.1"), 429);
    // what the visitor wrote before the proxy's word does not help
    assert_int_equal(rare_for("1.2.3.4, 192.0.2.1"), 429);
    assert_int_equal(rare_for("192.0.2.2"), 200);
}

static Str id_of(uint16_t at, const char *header)
{
    Str ask = str_fmt(&arena, "GET /fail/2 HTTP/1.1" HOST "%s\r\n", header);
    Reply r = client_ask(at, &arena, ask);
    return reply_header(&r, "X-Request-Id");
}

static void a_request_has_a_name_of_its_own(void **state)
{
    (void)state;
    Str one = id_of(port, ""), two = id_of(port, "");
    assert_true(one.n >= 8 && two.n >= 8 && !str_eq(one, two));
}

static void a_proxy_may_name_a_request_and_nobody_else(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    (void)state;
    assert_str(id_of(port, "X-Request-Id: 0a1b2c3d4e5f\r\n"), S("0a1b2c3d4e5f"));
    assert_false(str_has(id_of(port, "X-Request-Id: <b>0a1b2c3d</b>\r\n"), S("<")));
    assert_false(str_eq(id_of(port, "X-Request-Id: short\r\n"), S("short")));
    config.trusted = (Nets){0};
    assert_true(web_start(&config, &own, &err));
    assert_false(str_eq(id_of(web_port(own), "X-Request-Id: 0a1b2c3d4e5f\r\n"), S("0a1b2c3d4e5f")));
    web_stop(own);
}

// ---- /metrics

static Reply measured(uint16_t at, const char *header)
{
    return client_ask(at, &arena, str_fmt(&arena, "GET /metrics HTTP/1.1" HOST "%s\r\n", header));
}

static int64_t metric(const Reply *r, const char *name)
{
    int64_t n;
    Str before, rest, value, after;
    if (!str_cut(r->body, str_fmt(&arena, "\n%s ", name), &before, &rest))
        return -1;
    str_cut(rest, S("\n"), &value, &after);
    assert_true(str_to_int(value, &n));
    return n;
}

static void what_was_answered_is_counted_by_route_and_status(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    (void)state;
    assert_true(web_start(&config, &own, &err));
    uint16_t at = web_port(own);
    for (int i = 0; i < 3; i++)
        client_get(at, &arena, "/?q=x");
    client_get(at, &arena, "/fail/2");
    client_get(at, &arena, "/nowhere");
    client_get(at, &arena, "/assets/desk.css");
    Reply r = measured(at, "");
    assert_int_equal(r.status, 200);
    assert_str(reply_header(&r, "Content-Type"), S("text/plain; version=0.0.4; charset=utf-8"));
#define REQUESTS(method, route, status)                                                            \
    metric(&r, "gongkai_requests_total{method=\"" method "\",route=\"" route "\",status=\"" status \
               "\"}")
    assert_int_equal(REQUESTS("GET", "/", "200"), 3);
    assert_int_equal(REQUESTS("GET", "/fail/:kind", "404"), 1);
    assert_int_equal(REQUESTS("", "(none)", "404"), 1);
    assert_int_equal(REQUESTS("", "(built in)", "200"), 1);
    assert_int_equal(metric(&r, "gongkai_cache_hits_total"), 2);
    assert_int_equal(metric(&r, "gongkai_cache_misses_total"), 1);
    assert_int_equal(metric(&r, "gongkai_errors_total{kind=\"missing\"}"), 2);
    assert_int_equal(metric(&r, "gongkai_request_seconds_count{lane=\"fast\"}"), 6);
    assert_int_equal(metric(&r, "gongkai_request_seconds_bucket{lane=\"fast\",le=\"+Inf\"}"), 6);
    web_stop(own);
}

static void metrics_are_for_this_machine_and_who_has_the_token(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    (void)state;
    assert_int_equal(measured(port, "").status, 200);
    assert_int_equal(measured(port, "X-Forwarded-For: 192.0.2.1\r\n").status, 404);
    assert_int_equal(measured(port, "X-Forwarded-For: 127.0.0.1\r\n").status, 404);
    config.metrics_token = S("open-sesame");
    assert_true(web_start(&config, &own, &err));
    uint16_t at = web_port(own);
#define OUTSIDE "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer "
    assert_int_equal(measured(at, OUTSIDE "open-sesame\r\n").status, 200);
    assert_int_equal(measured(at, OUTSIDE "open-sesam\r\n").status, 404);
    assert_int_equal(measured(at, OUTSIDE "\r\n").status, 404);
    web_stop(own);
}

static void wait_for(_Atomic int *n, int want)
{
    struct timespec pause = {.tv_nsec = 1000000};
    for (int i = 0; i < 5000 && *n != want; i++)
        nanosleep(&pause, NULL);
    assert_int_equal(*n, want);
}

static void fast_pages_do_not_wait_for_slow_ones(void **state)
{
    int fds[4];
    (void)state;
    for (int i = 0; i < 4; i++) {
        fds[i] = client_open(port);
        assert_true(client_send(fds[i], S("GET /slow HTTP/1.1" HOST "\r\n")));
    }
    wait_for(&slow_inside, 2);
    assert_int_equal(client_get(port, &arena, "/").status, 200);
    gate_open = true;
    for (int i = 0; i < 4; i++) {
        assert_str(client_read(fds[i], &arena, false).body, S("slow"));
        close(fds[i]);
    }
}

static void a_full_slow_lane_says_try_again(void **state)
{
    enum { RUNNING = 2, WAITING = 64, REFUSED = 14, ALL = RUNNING + WAITING + REFUSED };
    struct pollfd at[ALL];
    int refused = 0;
    (void)state;
    for (int i = 0; i < ALL; i++) {
        at[i] = (struct pollfd){.fd = client_open(port), .events = POLLIN};
        assert_true(client_send(at[i].fd, S("GET /slow HTTP/1.1" HOST "\r\n")));
        if (i + 1 == RUNNING)
            wait_for(&slow_inside, RUNNING);
    }
    while (refused < REFUSED) { // nothing else is answered while the gate is shut
        assert_true(poll(at, ALL, 10000) > 0);
        for (int i = 0; i < ALL; i++) {
            if (!at[i].revents)
                continue;
            Reply r = client_read(at[i].fd, &arena, false);
            assert_int_equal(r.status, 503);
            assert_str(reply_header(&r, "Retry-After"), S("10"));
            close(at[i].fd);
            at[i].fd = -1;
            refused++;
        }
    }
    gate_open = true;
    for (int i = 0; i < ALL; i++) {
        if (at[i].fd < 0)
            continue;
        assert_int_equal(client_read(at[i].fd, &arena, false).status, 200);
        close(at[i].fd);
    }
}

static void who_leaves_while_a_slow_page_runs_harms_nobody(void **state)
{
    (void)state;
    int fd = client_open(port);
    assert_true(client_send(fd, S("GET /slow HTTP/1.1" HOST "\r\n")));
    wait_for(&slow_inside, 1);
    close(fd);
    gate_open = true;
    wait_for(&slow_inside, 0);
    assert_int_equal(client_get(port, &arena, "/").status, 200);
}

static bool closed_within(int fd, int ms)
{
    char c;
    struct timeval limit = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    while (recv(fd, &c, 1, 0) > 0) {
    }
    return errno != EAGAIN && errno != EWOULDBLOCK;
}

static void slow_heads_and_bodies_are_ended(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    struct timespec pause = {.tv_nsec = 100000000};
    (void)state;
    config.header_timeout_s = config.body_timeout_s = 1;
    assert_true(web_start(&config, &own, &err));
    int head = client_open(web_port(own)), body = client_open(web_port(own));
    int large = client_open(web_port(own));
    client_send(head, S("GET / HTTP/1.1\r\n"));
    client_send(body, S("POST /quick HTTP/1.1" HOST FORM "Content-Length: 1000\r\n\r\n"));
    client_send(large, S("POST /upload HTTP/1.1" HOST FORM "Content-Length: 1000000\r\n\r\n"));
    for (int i = 0; i < 25; i++) { // a byte every now and then does not help
        client_send(head, S("a"));
        client_send(body, S("a"));
        client_send(large, S("a")); // nor does promising much
        nanosleep(&pause, NULL);
    }
    errno = 0;
    assert_true(closed_within(head, 1000));
    errno = 0;
    assert_true(closed_within(body, 1000));
    errno = 0;
    assert_true(closed_within(large, 1000));
    close(head);
    close(body);
    close(large);
    web_stop(own);
}

static void *ask_slow(void *arg)
{
    Arena a = arena_new(64 << 20);
    int *status = arg;
    *status = client_get((uint16_t)*status, &a, "/slow").status;
    arena_free(&a);
    return NULL;
}

static void *open_gate(void *arg)
{
    struct timespec pause = {.tv_nsec = 100000000};
    (void)arg;
    nanosleep(&pause, NULL);
    gate_open = true;
    return NULL;
}

static void stopping_finishes_what_runs(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    (void)state;
    assert_true(web_start(&config, &own, &err));
    int status = web_port(own);
    pthread_t asks, opens;
    pthread_create(&asks, NULL, ask_slow, &status);
    wait_for(&slow_inside, 1);
    pthread_create(&opens, NULL, open_gate, NULL);
    web_stop(own);
    pthread_join(asks, NULL);
    pthread_join(opens, NULL);
    assert_int_equal(status, 200);
}

// libmicrohttpd has no room for so many parameters, and says neither yes nor no.
static void a_head_that_was_given_up_is_forgotten(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    struct timespec before, after;
    (void)state;
    Buf b = buf_new(&arena, 1 << 16);
    buf_add(&b, S("GET /?"));
    for (int i = 0; i < 180; i++)
        buf_fmt(&b, "&a%d=%040d", i, i);
    buf_add(&b, S(" HTTP/1.1" HOST "\r\n"));
    assert_true(web_start(&config, &own, &err));
    int fd = client_open(web_port(own));
    assert_true(client_send(fd, buf_str(&b)));
    assert_int_equal(client_get(web_port(own), &arena, "/").status, 200);
    close(fd);
    clock_gettime(CLOCK_MONOTONIC, &before);
    web_stop(own); // waits for what still runs
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(after.tv_sec - before.tv_sec < 5);
}

static void a_taken_port_is_said_in_words(void **state)
{
    Err err;
    Web *own;
    WebConfig config = config_new();
    (void)state;
    config.port = port;
    assert_false(web_start(&config, &own, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_non_null(strstr(err.zh, "--port"));
    assert_non_null(strstr(err.en, "--port"));
}

// ---- many at once

enum { CLIENTS = 8, ROUNDS = 150 };

static void *hammer(void *arg)
{
    static const char *const targets[] = {"/?q=1", "/?q=2&hant=1", "/organs/a/2023.json",
                                          "/?q=3", "/nothing",     "/healthz"};
    Arena a = arena_new(256 << 20);
    uintptr_t me = (uintptr_t)arg, wrong = 0;
    int fd = client_open(port);
    for (uintptr_t i = 0; i < ROUNDS; i++) {
        arena_reset(&a, 1 << 20);
        const char *target = targets[(i + me) % 6];
        Str ask = str_fmt(&a, "GET %s HTTP/1.1" HOST "Accept-Encoding: %s\r\n\r\n", target,
                          i % 3 == 0   ? "br"
                          : i % 3 == 1 ? "gzip"
                                       : "");
        client_send(fd, ask);
        wrong += client_read(fd, &a, false).status != (strstr(target, "nothing") ? 404 : 200);
        if (me == 0 && i % 10 == 0)
            web_changed(web, 7);
        if (me == 1 && i % 5 == 0)
            wrong +=
                client_ask(port, &a,
                           S("POST /upload HTTP/1.1" HOST FORM "Content-Length: 6\r\n\r\ntext=a"))
                    .status != 200;
    }
    close(fd);
    arena_free(&a);
    return (void *)wrong;
}

static void many_at_once_get_what_they_asked_for(void **state)
{
    pthread_t threads[CLIENTS];
    (void)state;
    for (uintptr_t i = 0; i < CLIENTS; i++)
        pthread_create(&threads[i], NULL, hammer, (void *)i);
    for (size_t i = 0; i < CLIENTS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_int_equal((uintptr_t)wrong, 0);
    }
}

#define T(f) cmocka_unit_test_setup(f, each_begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_kept_page_is_made_once),
        T(a_change_of_its_organ_makes_a_page_anew),
        T(a_change_of_the_data_from_outside_makes_pages_anew),
        T(after_a_form_kept_pages_are_as_new),
        T(the_etag_saves_sending_again),
        T(head_is_get_without_the_body),
        T(pages_are_packed_as_the_browser_can_read),
        T(what_is_not_kept_is_packed_too_where_it_is_long_text),
        T(one_connection_serves_many_requests),
        T(requests_sent_at_once_are_answered_in_their_order),
        T(a_large_answer_arrives_whole),
        T(a_large_file_arrives_whole),
        T(a_file_that_is_too_large_is_refused_in_words),
        T(a_huge_head_is_refused),
        T(too_many_from_one_address_are_refused),
        T(visitors_behind_a_proxy_are_counted_apart),
        T(a_request_has_a_name_of_its_own),
        T(a_proxy_may_name_a_request_and_nobody_else),
        T(what_was_answered_is_counted_by_route_and_status),
        T(metrics_are_for_this_machine_and_who_has_the_token),
        T(fast_pages_do_not_wait_for_slow_ones),
        T(a_full_slow_lane_says_try_again),
        T(who_leaves_while_a_slow_page_runs_harms_nobody),
        T(slow_heads_and_bodies_are_ended),
        T(stopping_finishes_what_runs),
        T(a_head_that_was_given_up_is_forgotten),
        T(a_taken_port_is_said_in_words),
        T(many_at_once_get_what_they_asked_for),
    };
    enum { ROWS = sizeof rows / sizeof *rows, TESTS = sizeof tests / sizeof *tests };
    struct CMUnitTest all[ROWS + TESTS];
    for (size_t i = 0; i < ROWS; i++)
        all[i] = (struct CMUnitTest){.name = rows[i].name,
                                     .test_func = row_holds,
                                     .setup_func = each_begin,
                                     .initial_state = (void *)(uintptr_t)&rows[i]};
    memcpy(all + ROWS, tests, sizeof tests);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("flow", all, all_begin, all_end);
}

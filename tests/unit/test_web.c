// Forms, routes, kept pages, ways to show: what the server decides without a socket.
#include "../test.h"

#include "web/cache.h"
#include "web/form.h"
#include "web/rate.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/static.h"

#include <pthread.h>

static Arena arena;

static int each_begin(void **state)
{
    (void)state;
    arena = arena_new(256 << 20);
    return 0;
}

static int each_end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

// ---- forms

#define PARTS "multipart/form-data; boundary=xYz"
#define URLENCODED "application/x-www-form-urlencoded"
#define PART(name) "--xYz\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define END "\r\n--xYz--\r\n"

// What is read, written as name=value; name@file=value for files.
static const struct FormRow {
    const char *name, *type;
    Str body;
    ErrKind kind;
    const char *read;
} form_rows[] = {
    {"one_field", URLENCODED, SI("a=1"), ERR_NONE, "a=1;"},
    {"two_fields_in_their_order", URLENCODED, SI("b=2&a=1"), ERR_NONE, "b=2;a=1;"},
    {"plus_and_percent", URLENCODED, SI("a=+%2B%e5%85%AC"), ERR_NONE, "a= +公;"},
    {"a_name_alone", URLENCODED, SI("a"), ERR_NONE, "a=;"},
    {"empty_pairs", URLENCODED, SI("&&a=1&"), ERR_NONE, "a=1;"},
    {"nothing", URLENCODED, SI(""), ERR_NONE, ""},
    {"with_charset", URLENCODED "; charset=utf-8", SI("a=1"), ERR_NONE, "a=1;"},
    {"another_type_that_begins_alike", URLENCODED "x", SI("a=1"), ERR_INPUT, ""},
    {"a_percent_at_the_end", URLENCODED, SI("a=%"), ERR_INPUT, ""},
    {"a_nul", URLENCODED, SI("a=%00"), ERR_INPUT, ""},
    {"not_utf8", URLENCODED, SI("a=%e5%85"), ERR_INPUT, ""},
    {"one_part", PARTS, SI(PART("a") "1" END), ERR_NONE, "a=1;"},
    {"an_empty_part", PARTS, SI(PART("a") END), ERR_NONE, "a=;"},
    {"two_parts", PARTS, SI(PART("a") "1\r\n2\r\n" PART("b") "3" END), ERR_NONE, "a=1\r\n2;b=3;"},
    {"a_quoted_boundary", "Multipart/Form-Data; charset=x; Boundary=\"xYz\"", SI(PART("a") "1" END),
     ERR_NONE, "a=1;"},
    {"a_file", PARTS,
     SI("--xYz\r\ncontent-disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\nContent-Type: "
        "application/pdf\r\n\r\n\0\xff" END),
     ERR_NONE, "f@a.pdf=2;"},
    {"no_file_chosen", PARTS,
     SI("--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n" END), ERR_NONE,
     "f@=0;"},
    {"a_file_name_with_folders", PARTS,
     SI("--xYz\r\nContent-Disposition: form-data; name=\"f\"; "
        "filename=\"../../etc/x\"\r\n\r\n" END),
     ERR_NONE, "f@x=0;"},
    {"a_name_with_a_quote", PARTS, SI(PART("a%22b") "1" END), ERR_NONE, "a\"b=1;"},
    {"a_boundary_inside_a_line", PARTS, SI(PART("a") "x--xYz--y" END), ERR_NONE, "a=x--xYz--y;"},
    {"no_part_at_all", PARTS, SI("--xYz--\r\n"), ERR_NONE, ""},
    {"no_boundary", "multipart/form-data", SI("--xYz--\r\n"), ERR_INPUT, ""},
    {"a_boundary_that_is_too_long",
     "multipart/form-data; "
     "boundary=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghh",
     SI(""), ERR_INPUT, ""},
    {"something_before_the_first", PARTS, SI("x" PART("a") "1" END), ERR_INPUT, ""},
    {"something_behind_the_last", PARTS, SI(PART("a") "1" END "x"), ERR_INPUT, ""},
    {"no_last_boundary", PARTS, SI(PART("a") "1"), ERR_INPUT, ""},
    {"half_a_last_boundary", PARTS, SI(PART("a") "1\r\n--xYz"), ERR_INPUT, ""},
    {"a_part_without_a_name", PARTS, SI("--xYz\r\nContent-Type: a\r\n\r\n1" END), ERR_INPUT, ""},
    {"two_dispositions", PARTS,
     SI("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
        "name=\"b\"\r\n\r\n1" END),
     ERR_INPUT, ""},
    {"an_attachment", PARTS,
     SI("--xYz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1" END), ERR_INPUT, ""},
    {"a_header_without_colon", PARTS, SI("--xYz\r\nContent\r\n\r\n1" END), ERR_INPUT, ""},
    {"base64", PARTS,
     SI("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\n1" END),
     ERR_INPUT, ""},
    {"a_text_field_that_is_not_utf8", PARTS, SI(PART("a") "\xff" END), ERR_INPUT, ""},
    {"bare_line_feeds", PARTS,
     SI("--xYz\nContent-Disposition: form-data; name=\"a\"\n\n1\n--xYz--\n"), ERR_INPUT, ""},
};

static Str form_print(const Fields *fields)
{
    Buf b = buf_new(&arena, 4096);
    for (size_t i = 0; i < fields->n; i++) {
        const Field *f = &fields->v[i];
        buf_add(&b, f->name);
        if (f->is_file)
            buf_fmt(&b, "@" PRI_STR "=%zu;", STR_ARG(f->file_name), f->value.n);
        else
            buf_fmt(&b, "=" PRI_STR ";", STR_ARG(f->value));
    }
    return buf_str(&b);
}

static void form_row_holds(void **state)
{
    const struct FormRow *row = *state;
    Fields fields = {0};
    Err err = {0};
    each_begin(NULL);
    bool ok = form_parse(str_z(row->type), row->body, &arena, &fields, &err);
    assert_int_equal(ok ? ERR_NONE : err.kind, row->kind);
    assert_str(form_print(&fields), str_z(row->read));
    each_end(NULL);
}

static void a_form_with_too_many_fields_is_refused(void **state)
{
    Fields fields = {0};
    Err err = {0};
    Buf parts = buf_new(&arena, 1 << 20);
    (void)state;
    for (int i = 0; i <= FORM_MAX_FIELDS; i++)
        buf_fmt(&parts, "%s--xYz\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\n",
                i ? "\r\n" : "", i);
    buf_add(&parts, S(END));
    assert_false(form_parse(S(PARTS), buf_str(&parts), &arena, &fields, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

static void a_form_cut_anywhere_is_refused(void **state)
{
    static const Str whole = SI(PART("a") "1\r\n" PART("bb") "22" END);
    Fields fields = {0};
    Err err;
    (void)state;
    for (size_t n = 0; n < whole.n - 2; n++) // the last line end may be missing
        assert_false(form_parse(S(PARTS), str_sub(whole, 0, n), &arena, &fields, &err));
    assert_true(form_parse(S(PARTS), str_sub(whole, 0, whole.n - 2), &arena, &fields, &err));
}

// ---- routes

static const Route routes[] = {
    {METHOD_GET, "/", NULL, FAST, MAY_ANYONE, CSRF_NONE, KEEP_PAGE, 0, 0, "b a"},
    {METHOD_GET, "/r/new", NULL, FAST, MAY_ANYONE, CSRF_NONE, KEEP_PAGE, 0, 0, ""},
    {METHOD_GET, "/r/:id.json", NULL, FAST, MAY_ANYONE, CSRF_NONE, KEEP_PAGE, 0, 0, ""},
    {METHOD_GET, "/r/:id", NULL, FAST, MAY_ANYONE, CSRF_NONE, KEEP_PAGE, 0, 0, ""},
    {METHOD_POST, "/r/:id", NULL, FAST, MAY_ANYONE, CSRF_NONE, KEEP_PAGE, 0, 0, ""},
    {METHOD_GET, "/r/:id/:year/x", NULL, FAST, MAY_ANYONE, CSRF_NONE, KEEP_PAGE, 0, 0, ""},
};
enum { ROUTES = sizeof routes / sizeof *routes };

static void paths_find_their_rows(void **state)
{
    static const struct {
        const char *path;
        Method method;
        RouteMatch match;
        const char *pattern, *params;
    } rows[] = {
        {"/", METHOD_GET, ROUTE_FOUND, "/", ""},
        {"/r/new", METHOD_GET, ROUTE_FOUND, "/r/new", ""},
        {"/r/news", METHOD_GET, ROUTE_FOUND, "/r/:id", "id=news;"},
        {"/r/7.json", METHOD_GET, ROUTE_FOUND, "/r/:id.json", "id=7;"},
        {"/r/.json", METHOD_GET, ROUTE_FOUND, "/r/:id", "id=.json;"},
        {"/r/7json", METHOD_GET, ROUTE_FOUND, "/r/:id", "id=7json;"},
        {"/r/%41", METHOD_POST, ROUTE_FOUND, "/r/:id", "id=A;"},
        {"/r/a+b", METHOD_GET, ROUTE_FOUND, "/r/:id", "id=a+b;"},
        {"/r/1/2/x", METHOD_GET, ROUTE_FOUND, "/r/:id/:year/x", "id=1;year=2;"},
        {"/r/1/2/y", METHOD_GET, ROUTE_NONE, "", ""},
        {"/r", METHOD_GET, ROUTE_NONE, "", ""},
        {"/r/", METHOD_GET, ROUTE_NONE, "", ""},
        {"//", METHOD_GET, ROUTE_NONE, "", ""},
        {"/r/1/", METHOD_GET, ROUTE_NONE, "", ""},
        {"/r/new", METHOD_POST, ROUTE_FOUND, "/r/:id", "id=new;"},
        {"/", METHOD_POST, ROUTE_METHOD, "GET, HEAD", ""},
        {"/r/7", METHOD__COUNT, ROUTE_METHOD, "GET, HEAD, POST", ""},
        {"", METHOD_GET, ROUTE_BAD, "", ""},
        {"r", METHOD_GET, ROUTE_BAD, "", ""},
        {"*", METHOD_GET, ROUTE_BAD, "", ""},
        {"http://x/", METHOD_GET, ROUTE_BAD, "", ""},
        {"/r/..", METHOD_GET, ROUTE_BAD, "", ""},
        {"/r/%2e", METHOD_GET, ROUTE_BAD, "", ""},
        {"/r/a%2Fb", METHOD_GET, ROUTE_BAD, "", ""},
        {"/r/a%00", METHOD_GET, ROUTE_BAD, "", ""},
        {"/r/%", METHOD_GET, ROUTE_BAD, "", ""},
        {"/r/%0a", METHOD_GET, ROUTE_BAD, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Route *found = NULL;
        Fields params = {0};
        Str allow = {0};
        RouteMatch match = route_find(routes, ROUTES, rows[i].method, str_z(rows[i].path), &arena,
                                      &found, &params, &allow);
        if (match != rows[i].match)
            fail_msg("%s: %d, want %d", rows[i].path, match, rows[i].match);
        if (match == ROUTE_FOUND)
            assert_string_equal(found->pattern, rows[i].pattern);
        if (match == ROUTE_METHOD)
            assert_str(allow, str_z(rows[i].pattern));
        assert_str(form_print(&params), str_z(rows[i].params));
    }
}

static Request asked(const char *query)
{
    Request r = {.a = &arena, .pattern = "/"};
    assert_true(route_query(&routes[0], str_z(query), &arena, &r.query, &r.hant, &r.mode));
    return r;
}

static void one_request_has_one_key_however_it_is_written(void **state)
{
    Request x = asked("a=1&b=2"), y = asked("b=%32&z=9&a=1&a=3&hant=0&mode=none");
    (void)state;
    assert_str(route_key(&x, &arena), route_key(&y, &arena));
}

static void different_requests_have_different_keys(void **state)
{
    static const char *const queries[] = {"",
                                          "a=1",
                                          "b=1",
                                          "a=1&b=1",
                                          "a=1%0ab%201%201",
                                          "a=11",
                                          "a=1&hant=1",
                                          "a=1&mode=elder",
                                          "a=1&mode=contrast"};
    enum { N = sizeof queries / sizeof *queries };
    (void)state;
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < i; k++) {
            Request x = asked(queries[i]), y = asked(queries[k]);
            assert_false(str_eq(route_key(&x, &arena), route_key(&y, &arena)));
        }
}

// ---- kept pages

static Kept *keep(Cache *c, const char *key, size_t n, uint64_t organ)
{
    Request r = {.a = &arena, .cache = c};
    Response w = response_new(&arena);
    respond_depends(&r, &w, organ);
    Kept *k = kept_new(str_z(key), (Str){NEW(&arena, char, n), n}, &w);
    cache_put(c, k);
    kept_free(c, k);
    return k;
}

static bool has(Cache *c, const char *key)
{
    Kept *k = cache_get(c, str_z(key));
    kept_free(c, k);
    return k != NULL;
}

static void a_change_drops_the_pages_of_its_organ_only(void **state)
{
    Cache *c = cache_new(1 << 20, NULL, NULL);
    (void)state;
    keep(c, "one", 10, 1);
    keep(c, "two", 10, 2);
    cache_bump(c, 1);
    assert_false(has(c, "one"));
    assert_true(has(c, "two"));
    cache_bump_all(c);
    assert_false(has(c, "two"));
    assert_int_equal(cache_count(c).pages, 0);
    assert_int_equal(cache_count(c).bytes, 0);
    cache_free(c);
}

static void a_change_while_a_page_is_made_is_seen(void **state)
{
    Cache *c = cache_new(1 << 20, NULL, NULL);
    Request r = {.a = &arena, .cache = c};
    Response w = response_new(&arena);
    (void)state;
    respond_depends(&r, &w, 1); // reading begins
    cache_bump(c, 1);           // and the data change under it
    Kept *k = kept_new(S("late"), S("old"), &w);
    cache_put(c, k);
    kept_free(c, k);
    assert_false(has(c, "late"));
    cache_free(c);
}

static void a_page_in_use_outlives_its_place(void **state)
{
    Cache *c = cache_new(1 << 20, NULL, NULL);
    (void)state;
    keep(c, "one", 100, 1);
    Kept *k = cache_get(c, S("one"));
    cache_bump(c, 1);
    assert_false(has(c, "one"));
    assert_int_equal(k->body.n, 100);
    assert_int_equal(k->body.s[99], 0);
    kept_free(c, k);
    cache_free(c);
}

static void room_is_made_by_dropping_what_nobody_asked_for(void **state)
{
    enum { EACH = 10000 };
    Cache *c = cache_new(10 * (EACH + 2000), NULL, NULL);
    (void)state;
    keep(c, "asked", EACH, 1);
    for (int i = 0; i < 30; i++) {
        assert_true(has(c, "asked"));
        keep(c, str_to_z(&arena, str_fmt(&arena, "other %d", i)), EACH, 1);
    }
    assert_true(has(c, "asked"));
    assert_true(has(c, "other 29"));
    assert_false(has(c, "other 0"));
    assert_true(cache_count(c).bytes <= 10 * (EACH + 2000));
    cache_free(c);
}

static void a_page_too_large_for_the_cache_is_not_kept(void **state)
{
    Cache *c = cache_new(100000, NULL, NULL);
    (void)state;
    keep(c, "large", 90000, 1);
    assert_false(has(c, "large"));
    cache_free(c);
}

static void packing_is_done_once_and_counted(void **state)
{
    Cache *c = cache_new(1 << 20, NULL, NULL);
    bool first;
    (void)state;
    keep(c, "one", 50000, 1);
    size_t before = cache_count(c).bytes;
    Kept *k = cache_get(c, S("one"));
    assert_true(kept_pack(c, k, PACK_GZIP, &first));
    assert_true(first);
    assert_false(kept_pack(c, k, PACK_GZIP, &first)); // not to be used before it is ready
    kept_packed(k, PACK_GZIP);
    assert_true(kept_pack(c, k, PACK_GZIP, &first));
    assert_false(first);
    assert_true(k->packed[PACK_GZIP].n < 1000);
    assert_int_equal(cache_count(c).bytes, before + k->packed[PACK_GZIP].n);
    kept_free(c, k);
    cache_free(c);
}

static void different_bodies_have_different_tags(void **state)
{
    enum { N = 100 };
    char body[N] = {0};
    Response w = response_new(&arena);
    Cache *c = cache_new(1 << 20, NULL, NULL);
    (void)state;
    Kept *plain = kept_new(S("k"), (Str){body, N}, &w);
    for (size_t i = 0; i < N; i++)
        for (int bit = 0; bit < 8; bit++) {
            body[i] = (char)(1 << bit);
            Kept *k = kept_new(S("k"), (Str){body, N}, &w);
            assert_string_not_equal(k->etag, plain->etag);
            kept_free(c, k);
            body[i] = 0;
        }
    kept_free(c, plain);
    cache_free(c);
}

// ---- how often

static void so_many_at_once_and_then_one_at_a_time(void **state)
{
    static Rate rate;
    (void)state;
    pthread_mutex_init(&rate.lock, NULL);
    for (int i = 0; i < 6; i++)
        assert_true(rate_take(&rate, S("10.0.0.1"), routes, 6, 1000));
    assert_false(rate_take(&rate, S("10.0.0.1"), routes, 6, 1000));
    assert_true(rate_take(&rate, S("10.0.0.2"), routes, 6, 1000));
    assert_false(rate_take(&rate, S("10.0.0.1"), routes, 6, 10900));
    assert_true(rate_take(&rate, S("10.0.0.1"), routes, 6, 11100));
    assert_false(rate_take(&rate, S("10.0.0.1"), routes, 6, 11100));
    assert_true(rate_take(&rate, S("2001:db8:1:2::1"), routes, 1, 11100));
    assert_false(rate_take(&rate, S("2001:db8:1:2:ffff::9"), routes, 1, 11100)); // its neighbour
    assert_true(rate_take(&rate, S("2001:db8:1:3::1"), routes, 1, 11100));
    pthread_mutex_destroy(&rate.lock);
}

// ---- ways to show

static Str shown(bool hant, Mode mode, const char *html)
{
    Request r = {.a = &arena, .hant = hant, .mode = mode};
    return respond_shown(&r, str_z(html));
}

static void pages_in_traditional_characters(void **state)
{
    static const struct {
        const char *html, *out;
    } rows[] = {
        {"<html lang=\"zh-Hans\"><p>信息公开</p>", "<html lang=\"zh-Hant\"><p>信息公開</p>"},
        {"<a hreflang=\"zh-Hans\">", "<a hreflang=\"zh-Hans\">"},
        {"<p title=\"报告\" class=\"报\">", "<p title=\"報告\" class=\"报\">"},
        {"<input value=\"报告\">", "<input value=\"报告\">"},
        {"<p>报</p><textarea name=\"x\">报告&quot;</textarea>报",
         "<p>報</p><textarea name=\"x\">报告&quot;</textarea>報"},
        {"<textarea>报", "<textarea>報"},
        {"<pre class=\"x\" translate=\"no\">报告</pre>报",
         "<pre class=\"x\" translate=\"no\">报告</pre>報"},
        {"<h1 translate=\"no\">1号</h1>号", "<h1 translate=\"no\">1号</h1>號"},
        {"<p translate=\"no\">报", "<p translate=\"no\">報"},
        {"<a href=\"/报告\">报告</a>", "<a href=\"/报告?hant=1\">報告</a>"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(shown(true, MODE_PLAIN, rows[i].html), str_z(rows[i].out));
}

static void links_carry_the_way_of_showing(void **state)
{
    static const struct {
        const char *html, *out;
    } rows[] = {
        {"<a href=\"/x\">", "<a href=\"/x?mode=elder\">"},
        {"<a class=\"c\" href=\"/x?a=1#f\">", "<a class=\"c\" href=\"/x?a=1&amp;mode=elder#f\">"},
        {"<a href=\"?a=1\">", "<a href=\"?a=1&amp;mode=elder\">"},
        {"<a href=\"/x?mode=plain\">", "<a href=\"/x?mode=plain\">"},
        {"<a href=\"/x?a=1&amp;mode=plain\">", "<a href=\"/x?a=1&amp;mode=plain\">"},
        {"<a href=\"#f\">", "<a href=\"#f\">"},
        {"<a href=\"/x.json\">", "<a href=\"/x.json\">"},
        {"<a href=\"https://example.org/x\">", "<a href=\"https://example.org/x\">"},
        {"<a href=\"//example.org/x\">", "<a href=\"//example.org/x\">"},
        {"<link rel=\"canonical\" href=\"/x\">", "<link rel=\"canonical\" href=\"/x\">"},
        {"<form action=\"/x\"><p>",
         "<form action=\"/x\"><input type=\"hidden\" name=\"mode\" value=\"elder\"><p>"},
        {"<form method=\"post\" action=\"/x\">", "<form method=\"post\" action=\"/x?mode=elder\">"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(shown(false, MODE_ELDER, rows[i].html), str_z(rows[i].out));
}

static void a_plain_page_is_left_as_it_is(void **state)
{
    const char *html = "<a href=\"/x\">";
    (void)state;
    assert_ptr_equal(shown(false, MODE_PLAIN, html).s, html);
}

// ---- assets

static void assets_are_found_under_an_address_of_their_content(void **state)
{
    (void)state;
    Str url = asset("gongkai.css");
    assert_true(str_starts(url, S("/assets/gongkai.")) && str_ends(url, S(".css")));
    assert_true(url.n >= sizeof "/assets/gongkai..css" + 15);
    assert_non_null(asset_find(url));
    assert_str(asset_find(url)->type, S("text/css; charset=utf-8"));
    assert_int_equal(asset("no-such.css").n, 0);
    assert_null(asset_find(S("/assets/gongkai.css")));
}

#define T(f) cmocka_unit_test_setup_teardown(f, each_begin, each_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_form_with_too_many_fields_is_refused),
        T(a_form_cut_anywhere_is_refused),
        T(paths_find_their_rows),
        T(one_request_has_one_key_however_it_is_written),
        T(different_requests_have_different_keys),
        T(a_change_drops_the_pages_of_its_organ_only),
        T(a_change_while_a_page_is_made_is_seen),
        T(a_page_in_use_outlives_its_place),
        T(room_is_made_by_dropping_what_nobody_asked_for),
        T(a_page_too_large_for_the_cache_is_not_kept),
        T(packing_is_done_once_and_counted),
        T(different_bodies_have_different_tags),
        T(so_many_at_once_and_then_one_at_a_time),
        T(pages_in_traditional_characters),
        T(links_carry_the_way_of_showing),
        T(a_plain_page_is_left_as_it_is),
        T(assets_are_found_under_an_address_of_their_content),
    };
    enum { TESTS = sizeof tests / sizeof *tests, ROWS = sizeof form_rows / sizeof *form_rows };
    struct CMUnitTest all[TESTS + ROWS];
    memcpy(all, tests, sizeof tests);
    for (size_t i = 0; i < ROWS; i++)
        all[TESTS + i] = (struct CMUnitTest){.name = form_rows[i].name,
                                             .test_func = form_row_holds,
                                             .initial_state = (void *)(uintptr_t)&form_rows[i]};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("web", all, NULL, NULL);
}

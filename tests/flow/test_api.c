// The API for other systems, over the program itself and on both engines; the last tests take the
// contract that it publishes and ask by it, rightly and wrongly.
#include "../test.h"

#include "app/api_key.h"
#include "app/request.h"
#include "base/json.h"
#include "desk_site.h"
#include "store/audit_find.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar admin, officer;
static Str all_token, read_token, water_token;

static Str token_of(const char *name, OrganId organ, const char *verbs)
{
    ApiKey made;
    Str token;
    Err err = {0};
    ApiKeyNew key = {.name = str_z(name),
                     .organ = organ,
                     .powers = api_key_powers(str_z(verbs)),
                     .expires = {app.today.days + 30}};
    if (!app_api_key_make(&app, &key, a, &made, &token, &err))
        fail_msg("%s", err.en);
    return token;
}

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    admin =
        jar_of(&app, a, site.port, person_make(&app, a, "guan", "管理", office, 1u << ROLE_ADMIN));
    officer = jar_of(&app, a, site.port,
                     person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER));
    all_token = token_of("县政务平台", housing, "request.read request.register request.handle");
    read_token = token_of("县统计系统", housing, "request.read");
    water_token = token_of("水务系统", water, "request.read request.register");
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Reply ask(const char *method, Str token, Str target, Str once, Str body)
{
    Str auth =
        token.n ? str_fmt(a, "Authorization: Bearer " PRI_STR "\r\n", STR_ARG(token)) : S("");
    Str key = once.n ? str_fmt(a, "Idempotency-Key: " PRI_STR "\r\n", STR_ARG(once)) : S("");
    Str type = str_fmt(a, "Content-Type: application/json\r\nContent-Length: %zu\r\n", body.n);
    Str head = str_fmt(
        a,
        "%s " PRI_STR
        " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" PRI_STR PRI_STR PRI_STR "\r\n",
        method, STR_ARG(target), STR_ARG(auth), STR_ARG(key),
        STR_ARG(strcmp(method, "POST") ? S("") : type));
    return client_ask(site.port, a, strcmp(method, "POST") ? head : str_cat(a, head, body));
}

static const Json *json_of(const Reply *r)
{
    const Json *v = NULL;
    Err err = {0};
    if (!json_read(r->body, r->body.n, a, &v, &err))
        fail_msg("%d, no JSON: " PRI_STR, r->status, STR_ARG(str_sub(r->body, 0, 500)));
    return v;
}

static const Json *got(Str token, const char *target, int status)
{
    Reply r = ask("GET", token, str_z(target), S(""), S(""));
    if (r.status != status)
        fail_msg("%s: %d " PRI_STR, target, r.status, STR_ARG(r.body));
    return json_of(&r);
}

static const Json *sent(Str token, Str target, Str once, Str body, int status)
{
    Reply r = ask("POST", token, target, once, body);
    if (r.status != status)
        fail_msg(PRI_STR ": %d " PRI_STR, STR_ARG(target), r.status, STR_ARG(r.body));
    return json_of(&r);
}

static Str kind_of(const Json *v)
{
    return json_get_str(json_get(v, "error"), "kind");
}

static Str body_of(const char *title)
{
    return str_fmt(a,
                   "{\"channel\":\"in_person\",\"filed\":\"" PRI_STR "\",\"title\":\"%s\","
                   "\"kind\":\"natural\",\"name\":\"张三\",\"id_number\":\"000000199001010000\","
                   "\"phone\":\"0000-1234567\",\"description\":\"全部附件\"}",
                   STR_ARG(date_iso(a, app.today)), title);
}

static int64_t registered(const char *title, const char *once)
{
    return json_get_int(sent(all_token, S("/api/v1/requests"), str_z(once), body_of(title), 201),
                        "id", 0);
}

static Str at(int64_t id, const char *tail)
{
    return str_fmt(a, "/api/v1/requests/%lld%s", (long long)id, tail);
}

static void without_a_key_nothing_is_told(void **state)
{
    (void)state;
    static const char *const targets[] = {"/api/v1/requests", "/api/v1/requests/1",
                                          "/api/v1/figures?from=2026-01-01&to=2026-12-31"};
    for (size_t i = 0; i < 3; i++) {
        assert_str(kind_of(got(S(""), targets[i], 401)), S("unauthenticated"));
        assert_str(kind_of(got(S("gk_0000"), targets[i], 401)), S("unauthenticated"));
    }
    Reply r = ask("GET", S(""), S("/api/v1/requests"), S(""), S(""));
    assert_true(str_starts(reply_header(&r, "WWW-Authenticate"), S("Bearer")));
    sent(S(""), S("/api/v1/requests"), S("k"), body_of("没有密钥的"), 401);
}

static void a_request_is_registered_once_however_often_it_is_sent(void **state)
{
    (void)state;
    const Json *one = sent(all_token, S("/api/v1/requests"), S("k-1"), body_of("路灯改造"), 201);
    const Json *two = sent(all_token, S("/api/v1/requests"), S("k-1"), body_of("路灯改造"), 200);
    assert_int_equal(json_get_int(one, "id", 0), json_get_int(two, "id", -1));
    assert_str(json_get_str(one, "query_code"), json_get_str(two, "query_code"));
    assert_true(json_get_bool(two, "repeated"));
    const Json *other = sent(all_token, S("/api/v1/requests"), S("k-1"), body_of("别的内容"), 409);
    assert_str(kind_of(other), S("repeated"));
    // and its applicant can ask with the code
    Str form = str_cat(a, form_field(a, "number", json_get_str(one, "code")),
                       form_field(a, "code", json_get_str(one, "query_code")));
    Jar nobody = {.a = a, .port = site.port};
    shows(posted(&nobody, S("/progress"), form, 200).body, "路灯改造");
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *body, *kind, *named;
    } rows[] = {
        {"[]", "input", ""},
        {"{", "input", ""},
        {"{\"channel\":\"pigeon\"}", "input", "channel"},
        {"{\"channel\":7}", "input", "channel"},
        {"{\"channel\":\"fax\",\"surprise\":1}", "input", "surprise"},
        {"{\"channel\":\"fax\",\"filed\":\"2026-2-30\"}", "input", "filed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str once = str_fmt(a, "wrong-%zu", i);
        const Json *v = sent(all_token, S("/api/v1/requests"), once, str_z(rows[i].body), 400);
        assert_str(kind_of(v), str_z(rows[i].kind));
        assert_true(str_has(json_get_str(json_get(v, "error"), "en"), str_z(rows[i].named)));
        assert_true(json_get_str(json_get(v, "error"), "zh").n > 0);
    }
    sent(all_token, S("/api/v1/requests"), S(""), body_of("没有幂等键"), 400);
}

static void a_key_does_what_it_may_where_it_may(void **state)
{
    (void)state;
    int64_t id = registered("电梯补贴名单", "k-2");
    assert_str(kind_of(sent(read_token, S("/api/v1/requests"), S("k"), body_of("只读"), 403)),
               S("denied"));
    got(read_token, str_to_z(a, at(id, "")), 200);
    assert_str(kind_of(got(water_token, str_to_z(a, at(id, "")), 404)), S("missing"));
    const Json *list = got(water_token, "/api/v1/requests?tab=all", 200);
    assert_int_equal(json_count(json_get(list, "requests")), 0);
}

static void who_asks_is_not_given_out(void **state)
{
    (void)state;
    int64_t id = registered("公厕选址", "k-3");
    static const char *const tails[] = {"", "/facts", "/ledger"};
    for (size_t i = 0; i < 3; i++) {
        Reply r = ask("GET", all_token, at(id, tails[i]), S(""), S(""));
        assert_int_equal(r.status, 200);
        hides(r.body, "张三");
        hides(r.body, "000000199001010000");
    }
}

static void a_step_is_taken_and_an_old_version_is_refused(void **state)
{
    (void)state;
    int64_t id = registered("绿化合同", "k-4");
    Str step = str_fmt(a,
                       "{\"kind\":\"correction_asked\",\"on\":\"" PRI_STR
                       "\",\"version\":1,\"workdays\":10,\"document\":\"补1号\"}",
                       STR_ARG(date_iso(a, app.today)));
    sent(all_token, at(id, "/steps/register"), S("s-1"), step, 403); // another power's
    const Json *facts = sent(all_token, at(id, "/steps/handle"), S("s-2"), step, 201);
    assert_int_equal(json_count(json_get(facts, "facts")), 2);
    sent(all_token, at(id, "/steps/handle"), S("s-2"), step, 200); // sent again
    assert_int_equal(
        json_count(json_get(got(all_token, str_to_z(a, at(id, "/facts")), 200), "facts")), 2);
    assert_str(kind_of(sent(all_token, at(id, "/steps/handle"), S("s-3"), step, 503)), S("busy"));
    int64_t other = registered("绿化合同的附件", "k-4b"); // what was not taken is not said to be
    assert_str(kind_of(sent(all_token, at(other, "/steps/handle"), S("s-2"), step, 409)),
               S("repeated"));
    assert_str(json_get_str(got(all_token, str_to_z(a, at(id, "")), 200), "phase"),
               S("correction"));
}

static void what_binds_the_organ_is_not_for_machines(void **state)
{
    (void)state;
    int64_t id = registered("停车位规划", "k-5");
    Str step =
        str_fmt(a, "{\"kind\":\"extended\",\"on\":\"" PRI_STR "\",\"version\":1,\"workdays\":20}",
                STR_ARG(date_iso(a, app.today)));
    assert_str(kind_of(sent(all_token, at(id, "/steps/handle"), S("e-1"), step, 403)), S("denied"));
    ApiKey made;
    Str token;
    Err err = {0};
    ApiKeyNew key = {.name = S("太多"),
                     .organ = housing,
                     .powers = api_key_powers(S("request.sign request.approve")),
                     .expires = {app.today.days + 30}};
    assert_false(app_api_key_make(&app, &key, a, &made, &token, &err));
}

static void pages_follow_their_cursor(void **state)
{
    (void)state;
    for (int i = 0; i < 7; i++)
        registered("成批的", str_to_z(a, str_fmt(a, "many-%d", i)));
    Str next = S("");
    size_t n = 0;
    for (int page = 0; page < 20; page++) {
        Str target = str_fmt(a, "/api/v1/requests?tab=all&sort=filed&limit=3%s" PRI_STR,
                             next.n ? "&cursor=" : "", STR_ARG(next));
        const Json *v = got(all_token, str_to_z(a, target), 200);
        n += json_count(json_get(v, "requests"));
        next = json_get_str(v, "next");
        if (!next.n)
            break;
    }
    Reply csv = jar_get(&officer, "/desk/requests/export.csv?tab=all");
    size_t lines = 0;
    for (size_t i = 0; i < csv.body.n; i++)
        lines += csv.body.s[i] == '\n';
    assert_int_equal(n, lines - 1); // as many as the register itself has
}

static void days_are_counted_as_everywhere(void **state)
{
    (void)state;
    const Json *due = got(read_token, "/api/v1/calendar/due?from=2024-09-27&workdays=2", 200);
    assert_str(json_get_str(due, "due"), S("2024-09-30")); // 29 September was worked
    const Json *n = got(read_token, "/api/v1/calendar/count?from=2024-09-27&to=2024-09-30", 200);
    assert_int_equal(json_get_int(n, "workdays", -1), 2);
    got(read_token, "/api/v1/calendar/due?from=2024-13-01&workdays=3", 400);
    got(read_token, "/api/v1/calendar/due?from=2024-09-27&workdays=1001", 400);
}

static void a_revoked_key_opens_nothing_and_leaves_its_lines(void **state)
{
    (void)state;
    Str html = page(&admin, "/desk/api-keys/new", 200);
    shows(html, "示例县住房和城乡建设局");
    Str f = str_fmt(a, "organ=%lld&verbs=request.read&expires=" PRI_STR PRI_STR,
                    (long long)housing.n, STR_ARG(date_iso(a, (Date){app.today.days + 5})),
                    STR_ARG(form_field(a, "name", S("临时系统"))));
    html = posted(&admin, S("/desk/api-keys/new"), f, 200).body;
    ptrdiff_t from = str_find(html, S("gk_"));
    assert_true(from >= 0);
    Str token = str_sub(html, (size_t)from, (size_t)from + 67);
    got(token, "/api/v1/requests", 200);
    hides(page(&admin, "/desk/api-keys", 200), str_to_z(a, token)); // shown once
    html = page(&admin, "/desk/api-keys", 200);
    ptrdiff_t row = str_find(html, S("临时系统</th>"));
    ptrdiff_t action = str_find(str_from(html, (size_t)row), S("/desk/api-keys/"));
    Str path, rest;
    str_cut(str_from(html, (size_t)(row + action)), S("\""), &path, &rest);
    posted(&admin, path, S(""), 303);
    got(token, "/api/v1/requests", 401);
    page(&officer, "/desk/api-keys", 403);
    AuditFilter filter = {.act = S("api_key.revoke")};
    AuditHits hits;
    Err err = {0};
    assert_true(store_audit_find(app.db, &app.scope, &filter, 0, 5, a, &hits, &err));
    assert_int_equal(hits.n, 1);
    hides(hits.v[0].line.was, str_to_z(a, token));
}

// --- by the published contract

static uint64_t seed = 11;
static uint64_t chance(uint64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
}

static const Json *contract(void)
{
    Reply r = client_get(site.port, a, "/api/v1/openapi.json");
    assert_int_equal(r.status, 200);
    return json_of(&r);
}

static const Json *nth(const Json *array, uint64_t n)
{
    const Json *v = json_first(array);
    while (n-- && v)
        v = json_next(v);
    return v;
}

static const char *const texts[] = {
    "",   "x",       "路灯", "' OR 1=1 --", "<script>", "2026-03-19", "9999999999999999999",
    "-1", "\\u0000", "％",   "0.5",         "null"};

// A value as the schema wants it, or, `wild`, anything.
static Str value(const Json *schema, bool wild)
{
    const Json *words = json_get(schema, "enum");
    Str type = json_get_str(schema, "type");
    if (wild)
        return str_z(texts[chance(sizeof texts / sizeof *texts)]);
    if (words) {
        Str word = S("");
        json_as_str(nth(words, chance(json_count(words))), &word);
        return word;
    }
    if (str_eq(json_get_str(schema, "format"), S("date")))
        return date_iso(a, (Date){app.today.days - (int32_t)chance(40)});
    if (str_eq(type, S("integer")))
        return str_fmt(a, "%lld",
                       (long long)chance((uint64_t)json_get_int(schema, "maximum", 30) + 1));
    return str_eq(type, S("boolean")) ? S("true") : S("内容");
}

static Str json_value(const Json *schema, bool wild)
{
    Buf b = buf_new(a, 4096);
    Str s = value(schema, wild), type = json_get_str(schema, "type");
    if (!wild && (str_eq(type, S("integer")) || str_eq(type, S("boolean"))))
        return s;
    if (wild && chance(4) == 0)
        return S("[[{}]]");
    if (str_has(s, S("\\u")))
        return str_fmt(a, "\"" PRI_STR "\"", STR_ARG(s));
    json_quote(&b, s);
    return buf_str(&b);
}

static Str body_by(const Json *op, int wild)
{
    const Json *schema = json_get(
        json_get(json_get(json_get(op, "requestBody"), "content"), "application/json"), "schema");
    Str body = S("{"), sep = S("");
    for (const Json *p = json_first(json_get(schema, "properties")); p; p = json_next(p)) {
        if (wild && chance(3) == 0)
            continue;
        body = str_fmt(a, PRI_STR PRI_STR "\"" PRI_STR "\":" PRI_STR, STR_ARG(body), STR_ARG(sep),
                       STR_ARG(json_name(p)), STR_ARG(json_value(p, wild && chance(2))));
        sep = S(",");
    }
    return str_cat(a, body, wild && chance(9) == 0 ? S("") : S("}"));
}

static Str target_by(Str path, const Json *op, int wild)
{
    Str target = str_replace(a, path, S("{id}"),
                             wild && chance(2) ? form_encode(a, str_z(texts[1 + chance(11)]))
                                               : str_fmt(a, "%d", (int)chance(9)));
    Str sep = S("?");
    for (const Json *p = json_first(json_get(op, "parameters")); p; p = json_next(p)) {
        bool needed = json_get_bool(p, "required");
        if (!str_eq(json_get_str(p, "in"), S("query")) || (!needed && chance(2)))
            continue;
        Str v = value(json_get(p, "schema"), wild && chance(2));
        if (str_eq(json_get_str(p, "name"), S("cursor")) && !wild)
            continue;
        target = str_fmt(a, PRI_STR PRI_STR PRI_STR "=" PRI_STR, STR_ARG(target), STR_ARG(sep),
                         STR_ARG(json_get_str(p, "name")), STR_ARG(form_encode(a, v)));
        sep = S("&");
    }
    return target;
}

static const Json *schema_of(const Json *doc, const Json *response)
{
    Str ref = json_get_str(
        json_get(json_get(json_get(response, "content"), "application/json"), "schema"), "$ref");
    Str name = str_from(ref, sizeof "#/components/schemas/" - 1);
    return json_get(json_get(json_get(doc, "components"), "schemas"), str_to_z(a, name));
}

// Every member that is promised is there, and nothing that is not.
static void as_promised(const Json *schema, const Json *v, Str target)
{
    for (const Json *m = json_first(v); m; m = json_next(m))
        if (!json_get(json_get(schema, "properties"), str_to_z(a, json_name(m))))
            fail_msg(PRI_STR " gives “" PRI_STR "”, which is not promised", STR_ARG(target),
                     STR_ARG(json_name(m)));
    for (const Json *m = json_first(json_get(schema, "required")); m; m = json_next(m)) {
        Str name;
        if (json_as_str(m, &name) && !json_get(v, str_to_z(a, name)))
            fail_msg(PRI_STR " lacks “" PRI_STR "”", STR_ARG(target), STR_ARG(name));
    }
}

static void one_call(const Json *doc, Str path, const Json *op, int wild, int i)
{
    bool post = str_eq(json_name(op), S("post"));
    Str target = target_by(path, op, wild);
    Str once = post ? str_fmt(a, "fuzz-%d-%llu", i, (unsigned long long)chance(1000000)) : S("");
    Reply r = ask(post ? "POST" : "GET", all_token, target, once, post ? body_by(op, wild) : S(""));
    Str status = str_fmt(a, "%d", r.status);
    const Json *response = json_get(json_get(op, "responses"), str_to_z(a, status));
    if (!response)
        fail_msg(PRI_STR " answered %d, which is not in the contract: " PRI_STR, STR_ARG(target),
                 r.status, STR_ARG(str_sub(r.body, 0, 600)));
    assert_true(str_starts(reply_header(&r, "Content-Type"), S("application/json")));
    as_promised(schema_of(doc, response), json_of(&r), target);
}

static void every_operation_keeps_its_contract_whatever_is_sent(void **state)
{
    (void)state;
    const Json *doc = contract();
    size_t operations = 0;
    for (const Json *path = json_first(json_get(doc, "paths")); path; path = json_next(path))
        for (const Json *op = json_first(path); op; op = json_next(op), operations++)
            for (int i = 0; i < 60; i++) {
                Arena keep = *a;
                one_call(doc, json_name(path), op, i % 3 != 0, i);
                *a = keep;
            }
    assert_int_equal(operations, 10);
    print_message("# %zu operations\n", operations);
}

static Str often_token(const char *name, int64_t per_minute)
{
    ApiKey made;
    Str token;
    Err err = {0};
    ApiKeyNew key = {.name = str_z(name),
                     .organ = housing,
                     .powers = api_key_powers(S("request.read")),
                     .expires = {app.today.days + 30},
                     .per_minute = per_minute};
    if (!app_api_key_make(&app, &key, a, &made, &token, &err))
        fail_msg("%s", err.en);
    return token;
}

static void each_key_has_a_limit_of_its_own(void **state)
{
    (void)state;
    Str slow = often_token("一分钟三次", 3), own = often_token("另一个", 3);
    for (int i = 0; i < 3; i++)
        got(slow, "/api/v1/requests", 200);
    Reply r = ask("GET", slow, S("/api/v1/requests"), S(""), S(""));
    assert_int_equal(r.status, 429);
    assert_str(reply_header(&r, "Retry-After"), S("20"));
    const Json *v = json_of(&r);
    assert_str(kind_of(v), S("busy"));
    shows(json_get_str(json_get(v, "error"), "zh"), "每分钟最多3次");
    shows(json_get_str(json_get(v, "error"), "en"), "3 times in a minute");
    got(own, "/api/v1/requests", 200); // from the same address
}

static void a_limit_out_of_range_is_refused(void **state)
{
    (void)state;
    ApiKey made;
    Str token;
    Err err = {0};
    ApiKeyNew key = {.name = S("太快"),
                     .organ = housing,
                     .powers = api_key_powers(S("request.read")),
                     .expires = {app.today.days + 30},
                     .per_minute = API_KEY_A_MINUTE_MAX + 1};
    assert_false(app_api_key_make(&app, &key, a, &made, &token, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_has_a_limit_of_its_own),
        cmocka_unit_test(a_limit_out_of_range_is_refused),
        cmocka_unit_test(without_a_key_nothing_is_told),
        cmocka_unit_test(a_request_is_registered_once_however_often_it_is_sent),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_key_does_what_it_may_where_it_may),
        cmocka_unit_test(who_asks_is_not_given_out),
        cmocka_unit_test(a_step_is_taken_and_an_old_version_is_refused),
        cmocka_unit_test(what_binds_the_organ_is_not_for_machines),
        cmocka_unit_test(pages_follow_their_cursor),
        cmocka_unit_test(days_are_counted_as_everywhere),
        cmocka_unit_test(a_revoked_key_opens_nothing_and_leaves_its_lines),
        cmocka_unit_test(every_operation_keeps_its_contract_whatever_is_sent),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

// What an administrator can set: order of the sources, mistakes by line, secrets, and the pages
// made from the table.
#include "../test.h"

#include "app/config.h"
#include "base/file.h"

#include <sys/stat.h>

static Arena arena;
static Str dir;

static Str file_with(const char *text)
{
    static int n;
    Err err;
    Str path = file_join(&arena, dir, str_fmt(&arena, "%d.conf", n++));
    assert_true(file_write(path, str_z(text), &err));
    chmod(str_to_z(&arena, path), 0640);
    return path;
}

static bool load(const char *text, ConfigLoaded *out, Err *err)
{
    return config_load(&(ConfigInput){.file = file_with(text)}, &arena, out, err);
}

static void the_table_s_own_values_are_sound(void **state)
{
    ConfigLoaded loaded;
    (void)state;
    assert_true(config_read(&(ConfigInput){0}, &arena, &loaded));
    assert_str(loaded.config.data, S("gongkai-data"));
    assert_int_equal(loaded.config.port, 8080);
    assert_int_equal(loaded.config.cache, 64 << 20);
    assert_int_equal(loaded.config.log_level, LOG_INFO);
    assert_int_equal(loaded.config.trusted_proxies.n, 2);
    assert_int_equal(loaded.config.mail.quiet_from, MAIL_QUIET_FROM);
    assert_int_equal(loaded.config.mail.quiet_to, MAIL_QUIET_TO);
    assert_int_equal(loaded.config.mail.tls, FETCH_STARTTLS);
    assert_int_equal(loaded.config.mail.timeout_ms, MAIL_TIMEOUT_MS);
    assert_int_equal(loaded.config.ldap.timeout_ms, LDAP_TIMEOUT_MS);
    assert_false(mail_configured(&loaded.config.mail) || oidc_configured(&loaded.config.oidc) ||
                 ldap_configured(&loaded.config.ldap) || s3_configured(&loaded.config.s3));
}

static void options_go_before_the_environment_and_that_before_the_file(void **state)
{
    static const char *const environment[] = {"GONGKAI_PORT=2", "GONGKAI_CACHE=2MB", NULL};
    const ConfigOption options[] = {{SI("cache"), SI("3MB"), SI("--cache")}};
    ConfigInput in = {.file = file_with("port = 1\ncache = 1MB\nsite = 4\n"),
                      .environment = environment,
                      .options = options,
                      .n_options = 1};
    ConfigLoaded loaded;
    Err err;
    (void)state;
    assert_true(config_load(&in, &arena, &loaded, &err));
    assert_int_equal(loaded.config.port, 2);
    assert_int_equal(loaded.config.cache, 3 << 20);
    assert_int_equal(loaded.config.site, 4);
    Str shown = config_show(&loaded, &arena);
    assert_true(str_has(shown, S("# GONGKAI_PORT\n")));
    assert_true(str_has(shown, S("# --cache\n")));
    assert_true(str_has(shown, str_cat(&arena, in.file, S(":3\n"))));
}

static void sections_comments_quotes_and_blanks_are_understood(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    assert_true(load(
        "# a comment\r\n\n  log_level=debug\r\n[mail]\nhost = mail.example.gov.cn\nfrom = a@b.cn\n"
        "from_name = \"示例县 \"\n   # port = x\nquiet_from = 21:30\n[s3]\n"
        "path_style = no\n",
        &loaded, &err));
    assert_int_equal(loaded.config.log_level, LOG_DEBUG);
    assert_str(loaded.config.mail.host, S("mail.example.gov.cn"));
    assert_str(loaded.config.mail.from_name, S("示例县 "));
    assert_int_equal(loaded.config.mail.quiet_from, 21 * 60 + 30);
    assert_false(loaded.config.s3.path_style);
}

static void a_mistake_is_named_with_its_line_in_both_languages(void **state)
{
    // clang-format off
    static const struct {
        const char *text, *line, *en, *zh;
    } rows[] = {
        {"port = 70000",                  ":1", "port is a number from 0 to 65535, not “70000”", "应为0到65535之间的整数"},
        {"\nport = x",                    ":2", "not “x”",                    "不能是“x”"},
        {"prot = 1",                      ":1", "no key “prot”",              "没有“prot”"},
        {"[mail]\nprot = 1",              ":2", "no key “mail.prot”",         "没有“mail.prot”"},
        {"port 1",                        ":1", "key = value",                "设置项 = 值"},
        {"port = 1\nport = 2",            ":2", "already",                    "设过"},
        {"log_level = loud",              ":1", "error warn info debug",      "只能是"},
        {"log_requests = maybe",          ":1", "yes or no",                  "yes 或 no"},
        {"cache = 64",                    ":1", "64MB",                       "64MB"},
        {"cache = 99999GB",               ":1", "range",                      "范围"},
        {"cache = 9223372036854775807GB", ":1", "range",                      "范围"},
        {"upload_max = 1KB",              ":1", "range",                      "范围"},
        {"mail.timeout = 5",              ":1", "30s, 15m, 12h, 7d",          "时长"},
        {"mail.quiet_to = 25:00",         ":1", "20:00",                      "20:00"},
        {"bind = localhost",              ":1", "IP address",                 "IP 地址"},
        {"trusted_proxies = 10.0.0.1/8",  ":1", "networks",                   "网段"},
        {"base_url = www.example.gov.cn", ":1", "https://host",               "https://主机名"},
        {"base_url = https://a.cn/b",     ":1", "https://host",               "https://主机名"},
        {"mail.password_file = /none",    ":1", "/none",                      "/none"},
        {"port_file = /none",             ":1", "no key",                     "没有"},
    };
    // clang-format on
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ConfigLoaded loaded;
        Err err = {0};
        if (load(rows[i].text, &loaded, &err))
            fail_msg("“%s” was taken", rows[i].text);
        assert_int_equal(err.kind, ERR_INPUT);
        if (!strstr(err.en, rows[i].line) || !strstr(err.en, rows[i].en) ||
            !strstr(err.zh, rows[i].zh))
            fail_msg("“%s”: %s / %s", rows[i].text, err.en, err.zh);
    }
}

static void what_cannot_work_together_is_refused(void **state)
{
    // clang-format off
    static const struct {
        const char *text, *en;
    } rows[] = {
        {"[mail]\nhost = m.cn",                               "mail.from"},
        {"[mail]\nhost = m.cn\nfrom = a@m.cn\nuser = a",      "mail.password"},
        {"oidc.issuer = https://id.cn",                       "oidc.client_id"},
        {"[oidc]\nissuer = https://id.cn\nclient_id = a",     "base_url"},
        {"ldap.uri = ldaps://l.cn",                           "ldap.base"},
        {"[ldap]\nuri = l.cn\nbase = dc=cn",                  "ldaps://"},
        {"[ldap]\nuri = ldaps://l\nbase = dc=cn\nstarttls = yes", "TLS already"},
        {"[ldap]\nuri = ldaps://l\nbase = dc=cn\nbind_dn = cn=a", "bind_password"},
        {"s3.endpoint = https://s3.cn",                       "s3.bucket"},
        {"max_connections = 100",                             "above max_connections"},
    };
    // clang-format on
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ConfigLoaded loaded;
        Err err = {0};
        if (load(rows[i].text, &loaded, &err) || !strstr(err.en, rows[i].en) || !err.zh[0])
            fail_msg("“%s”: %s", rows[i].text, err.en);
    }
}

static void the_way_back_from_a_provider_follows_from_the_address(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    assert_true(load("base_url = https://www.example.gov.cn/\n[oidc]\nissuer = https://id.cn\n"
                     "client_id = a",
                     &loaded, &err));
    assert_str(loaded.config.oidc.redirect_uri,
               S("https://www.example.gov.cn/desk/sign-in/oidc/back"));
    assert_true(config_secure(&loaded.config));
}

static void what_is_open_to_the_world_is_noted(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    assert_true(load("bind = 0.0.0.0", &loaded, &err));
    assert_int_equal(config_notes(&loaded.config, &arena).n, 1);
    assert_true(load("bind = 0.0.0.0\nbase_url = https://a.cn", &loaded, &err));
    assert_int_equal(config_notes(&loaded.config, &arena).n, 0);
}

static void all_mistakes_are_found_in_one_go(void **state)
{
    ConfigLoaded loaded;
    (void)state;
    Str file = file_with("port = x\nnothing = 1\ncache = y\n");
    assert_false(config_read(&(ConfigInput){.file = file}, &arena, &loaded));
    assert_int_equal(loaded.problems.n, 3);
}

static void a_file_that_is_not_there_is_a_mistake_only_where_it_was_named(void **state)
{
    ConfigLoaded loaded;
    Err err;
    ConfigInput in = {.file = S("/none/gongkai.conf")};
    (void)state;
    assert_true(config_load(&in, &arena, &loaded, &err));
    assert_str(loaded.file, S(""));
    in.file_must = true;
    assert_false(config_load(&in, &arena, &loaded, &err));
}

// --- secrets

static void a_secret_that_everybody_may_read_is_refused(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    Str path = file_with("mail.password = geheim\n");
    assert_true(config_load(&(ConfigInput){.file = path}, &arena, &loaded, &err));
    chmod(str_to_z(&arena, path), 0644);
    assert_false(config_load(&(ConfigInput){.file = path}, &arena, &loaded, &err));
    assert_true(strstr(err.en, "chmod o-r") && strstr(err.zh, "chmod o-r"));
    Str none = file_with("port = 1\n");
    chmod(str_to_z(&arena, none), 0644);
    assert_true(config_load(&(ConfigInput){.file = none}, &arena, &loaded, &err));
}

static void a_secret_may_stand_in_a_file_of_its_own(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    Str secret = file_with("geheim\n");
    Str file = file_with(str_to_z(
        &arena, str_fmt(&arena, "[mail]\npassword_file = " PRI_STR "\n", STR_ARG(secret))));
    assert_true(config_load(&(ConfigInput){.file = file}, &arena, &loaded, &err));
    assert_str(loaded.config.mail.password, S("geheim"));
    const char *const environment[] = {
        str_to_z(&arena, str_cat(&arena, S("GONGKAI_LDAP_BIND_PASSWORD_FILE="), secret)), NULL};
    assert_true(config_load(&(ConfigInput){.environment = environment}, &arena, &loaded, &err));
    assert_str(loaded.config.ldap.bind_password, S("geheim"));
    chmod(str_to_z(&arena, secret), 0644);
    assert_false(config_load(&(ConfigInput){.file = file}, &arena, &loaded, &err));
}

static void a_systemd_credential_is_found_by_its_name(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    Str credential = file_join(&arena, dir, S("s3.secret_key"));
    assert_true(file_write(credential, S("geheim"), &err));
    chmod(str_to_z(&arena, credential), 0400);
    const char *const environment[] = {
        str_to_z(&arena, str_cat(&arena, S("CREDENTIALS_DIRECTORY="), dir)), NULL};
    assert_true(config_load(&(ConfigInput){.environment = environment}, &arena, &loaded, &err));
    assert_str(loaded.config.s3.secret_key, S("geheim"));
}

static void secrets_are_not_shown(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    assert_true(load("mail.password = geheim1\n"
                     "database = postgresql://gongkai:geheim2@db:5432/gongkai?password=geheim3\n",
                     &loaded, &err));
    Str shown = config_show(&loaded, &arena);
    assert_false(str_has(shown, S("geheim")));
    assert_true(str_has(shown, S("mail.password = (set)")));
    assert_true(str_has(shown, S("postgresql://gongkai:***@db:5432/gongkai?…")));
}

// --- what is made from the table

static void the_sample_reads_back_as_what_it_says(void **state)
{
    ConfigLoaded loaded;
    Err err;
    (void)state;
    Str sample = config_sample(&arena);
    if (!load(str_to_z(&arena, sample), &loaded, &err))
        fail_msg("%s", err.en);
    assert_str(loaded.config.data, S("/var/lib/gongkai"));
    // every line commented out holds too
    Str plain = str_replace(&arena, sample, S("\n#"), S("\n"));
    Strs lines = {0};
    Str line;
    for (bool more = true; more;) {
        more = str_cut(plain, S("\n"), &line, &plain);
        if (!str_starts(line, S(" ")) && !str_starts(line, S("#")) && str_has(line, S(" =")))
            *PUSH(&arena, &lines) = line;
    }
    size_t n = 0;
    for (size_t i = 0; i < n_config_keys; i++)
        n += config_keys[i].type != CONFIG_GROUP;
    assert_int_equal(lines.n, n);
    if (!load(str_to_z(&arena, str_join(&arena, lines.v, lines.n, S("\n"))), &loaded, &err))
        fail_msg("%s", err.en);
}

static void the_packaged_file_is_the_sample(void **state)
{
    Str packaged;
    Err err;
    (void)state;
    assert_true(
        file_read(S(SOURCE_ROOT "/packaging/gongkai.conf"), 1 << 20, &arena, &packaged, &err));
    if (!str_eq(packaged, config_sample(&arena)))
        fail_msg("run: build/gongkai config sample > packaging/gongkai.conf");
}

static void the_administrator_s_page_holds_the_table(void **state)
{
    Str page;
    Err err;
    (void)state;
    assert_true(file_read(S(SOURCE_ROOT "/docs/admin/configure.md"), 1 << 20, &arena, &page, &err));
    if (!str_has(page, config_table(&arena)))
        fail_msg("run: tools/config_page");
}

static int begin(void **state)
{
    Err err;
    (void)state;
    arena = arena_new((size_t)1 << 30);
    return file_temp_dir(&arena, &dir, &err) ? 0 : -1;
}

static int end(void **state)
{
    Err err;
    (void)state;
    file_remove(dir, &err);
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_s_own_values_are_sound),
        cmocka_unit_test(options_go_before_the_environment_and_that_before_the_file),
        cmocka_unit_test(sections_comments_quotes_and_blanks_are_understood),
        cmocka_unit_test(a_mistake_is_named_with_its_line_in_both_languages),
        cmocka_unit_test(what_cannot_work_together_is_refused),
        cmocka_unit_test(the_way_back_from_a_provider_follows_from_the_address),
        cmocka_unit_test(what_is_open_to_the_world_is_noted),
        cmocka_unit_test(all_mistakes_are_found_in_one_go),
        cmocka_unit_test(a_file_that_is_not_there_is_a_mistake_only_where_it_was_named),
        cmocka_unit_test(a_secret_that_everybody_may_read_is_refused),
        cmocka_unit_test(a_secret_may_stand_in_a_file_of_its_own),
        cmocka_unit_test(a_systemd_credential_is_found_by_its_name),
        cmocka_unit_test(secrets_are_not_shown),
        cmocka_unit_test(the_sample_reads_back_as_what_it_says),
        cmocka_unit_test(the_packaged_file_is_the_sample),
        cmocka_unit_test(the_administrator_s_page_holds_the_table),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("config", tests, begin, end);
}

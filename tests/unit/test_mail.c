#include "app/mail.h"

#include "test.h"

static const MailConfig config = {.host = SI("mail.example.gov.cn"),
                                  .from = SI("xxgk@example.gov.cn"),
                                  .from_name = SI("示例县政府信息公开平台")};

static Arena room(void)
{
    return arena_new(16 << 20);
}

static MailMessage plain(void)
{
    return (MailMessage){.id = S("0a1b"),
                         .to = S("wang@example.gov.cn"),
                         .to_name = S("王小明"),
                         .subject = S("您有新的待办"),
                         .body = S("一\n二\n"),
                         .written_at = 1773892800}; // 2026-03-19 12:00 in China
}

static Str built(Arena *a, const MailConfig *c, MailMessage m)
{
    Str out;
    Err err;
    if (!mail_build(c, &m, a, &out, &err))
        fail_msg("%s", err.en);
    return out;
}

static void refused(Arena *a, const MailConfig *c, MailMessage m)
{
    Str out;
    Err err = {0};
    if (mail_build(c, &m, a, &out, &err))
        fail_msg("built: " PRI_STR, STR_ARG(out));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void a_mail_looks_like_this(void **state)
{
    (void)state;
    Arena a = room();
    assert_str(built(&a, &config, plain()),
               S("From: =?UTF-8?B?56S65L6L5Y6/5pS/5bqc5L+h5oGv5YWs5byA5bmz5Y+w?=\r\n"
                 " <xxgk@example.gov.cn>\r\n"
                 "To: =?UTF-8?B?546L5bCP5piO?=\r\n"
                 " <wang@example.gov.cn>\r\n"
                 "Subject: =?UTF-8?B?5oKo5pyJ5paw55qE5b6F5Yqe?=\r\n"
                 "Date: Thu, 19 Mar 2026 12:00:00 +0800\r\n"
                 "Message-ID: <0a1b@example.gov.cn>\r\n"
                 "List-Id: <gongkai.example.gov.cn>\r\n"
                 "Auto-Submitted: auto-generated\r\n"
                 "X-Auto-Response-Suppress: All\r\n"
                 "MIME-Version: 1.0\r\n"
                 "Content-Type: text/plain; charset=UTF-8\r\n"
                 "Content-Transfer-Encoding: base64\r\n"
                 "\r\n"
                 "5LiADQrkuowNCg==\r\n"));
    arena_free(&a);
}

static void no_line_is_longer_than_readers_take(void **state)
{
    (void)state;
    Arena a = room();
    MailMessage m = plain();
    char long_text[MAIL_SUBJECT_MAX + 1];
    for (size_t n = 1; n <= MAIL_NAME_MAX; n++) {
        for (size_t i = 0; i < n; i++)
            long_text[i] = n % 3 ? 'x' : "公"[i % 3];
        m.subject = m.to_name = (Str){long_text, n};
        Str rest = built(&a, &config, m), line;
        while (str_cut(rest, S("\r\n"), &line, &rest))
            if (line.n > 78)
                fail_msg("%d: " PRI_STR, (int)n, STR_ARG(line));
    }
    arena_free(&a);
}

// What stands in a long subject comes out again whole, and no character is cut by an encoded word.
static void a_long_subject_is_folded_between_characters(void **state)
{
    (void)state;
    Arena a = room();
    MailMessage m = plain();
    m.subject =
        S("关于申请公开示例县二〇二五年度财政预算执行情况和其他财政收支审计工作报告的补正告知提醒");
    Str mail = built(&a, &config, m), before, rest, word;
    assert_true(str_cut(mail, S("Subject: "), &before, &rest));
    assert_true(str_cut(rest, S("\r\nDate"), &word, &rest));
    int words = 0;
    Str at = word, letters;
    while (str_cut(at, S("=?UTF-8?B?"), &before, &at) && str_cut(at, S("?="), &letters, &at)) {
        words++;
        assert_int_equal(letters.n % 4, 0);
        assert_true(letters.n <= 56);
    }
    assert_int_equal(words, 4);
    arena_free(&a);
}

static void plain_ascii_stays_readable(void **state)
{
    (void)state;
    Arena a = room();
    MailMessage m = plain();
    m.subject = S("Test of mail");
    m.to_name = S("");
    MailConfig with_reply = config;
    with_reply.reply_to = S("office@example.gov.cn");
    Str mail = built(&a, &with_reply, m);
    assert_true(str_has(mail, S("\r\nSubject: Test of mail\r\n")));
    assert_true(str_has(mail, S("\r\nTo: <wang@example.gov.cn>\r\n")));
    assert_true(str_has(mail, S("\r\nReply-To: <office@example.gov.cn>\r\n")));
    // what could be taken for more than text is encoded
    m.subject = S("a=?UTF-8?B?eA==?=");
    assert_false(str_has(built(&a, &config, m), S("eA==?=\r\n")));
    m.to_name = S("\"x\" <evil@example.net>");
    assert_false(str_has(built(&a, &config, m), S("evil@")));
    arena_free(&a);
}

static void no_header_can_be_slipped_in(void **state)
{
    (void)state;
    Arena a = room();
    static const char *const bad[] = {"x\r\nBcc: evil@example.net", "x\nBcc: y", "x\ry", "x\ty",
                                      "x\x7f"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        MailMessage subject = plain(), name = plain(), id = plain(), to = plain();
        MailConfig from = config, reply = config;
        subject.subject = name.to_name = id.id = to.to = from.from_name = reply.reply_to =
            str_z(bad[i]);
        refused(&a, &config, subject);
        refused(&a, &config, name);
        refused(&a, &config, id);
        refused(&a, &config, to);
        refused(&a, &from, plain());
        refused(&a, &reply, plain());
    }
    arena_free(&a);
}

static void what_is_too_long_is_refused(void **state)
{
    (void)state;
    Arena a = room();
    static char long_text[MAIL_BODY_MAX + 1];
    memset(long_text, 'x', sizeof long_text);
    MailMessage subject = plain(), name = plain(), body = plain(), nul = plain();
    subject.subject = (Str){long_text, MAIL_SUBJECT_MAX + 1};
    name.to_name = (Str){long_text, MAIL_NAME_MAX + 1};
    body.body = (Str){long_text, MAIL_BODY_MAX + 1};
    nul.body = S("a\0b");
    refused(&a, &config, subject);
    refused(&a, &config, name);
    refused(&a, &config, body);
    refused(&a, &config, nul);
    body.body.n--;
    built(&a, &config, body);
    arena_free(&a);
}

static void an_address_is_one_plain_address(void **state)
{
    (void)state;
    static const char *const good[] = {"a@b", "wang@example.gov.cn",
                                       "wang.xiao+x@mail-1.example.cn", "o'hara@example.cn",
                                       "1@2.3"};
    static const char *const bad[] = {"",
                                      "a",
                                      "@b",
                                      "a@",
                                      "a@b@c",
                                      "a b@c",
                                      "a@b c",
                                      "<a@b>",
                                      "a@b>",
                                      "\"a\"@b",
                                      "a,b@c",
                                      "a@b,c@d",
                                      "a@b\r\nRCPT TO:<c@d>",
                                      "a@b\n",
                                      ".a@b",
                                      "a.@b",
                                      "a..b@c",
                                      "a@.b",
                                      "a@b.",
                                      "a@b..c",
                                      "a@-b",
                                      "王@example.cn",
                                      "a@例.cn",
                                      "a@b SIZE=1",
                                      "a(x)@b",
                                      "a@[127.0.0.1]",
                                      "a\\@b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!mail_address_ok(str_z(good[i])))
            fail_msg("%s is one", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (mail_address_ok(str_z(bad[i])))
            fail_msg("%s is none", bad[i]);
    char long_local[70];
    memset(long_local, 'x', sizeof long_local);
    memcpy(long_local + 64, "@b", 2);
    assert_true(mail_address_ok((Str){long_local, 66}));
    memcpy(long_local + 64, "x@b", 3);
    assert_false(mail_address_ok((Str){long_local, 67}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mail_looks_like_this),
        cmocka_unit_test(no_line_is_longer_than_readers_take),
        cmocka_unit_test(a_long_subject_is_folded_between_characters),
        cmocka_unit_test(plain_ascii_stays_readable),
        cmocka_unit_test(no_header_can_be_slipped_in),
        cmocka_unit_test(what_is_too_long_is_refused),
        cmocka_unit_test(an_address_is_one_plain_address),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

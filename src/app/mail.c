#include "app/mail.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/date.h"

enum {
    LINE_MAX = 78,
    WORD_BYTES = 42, // of text in one encoded word: 56 letters, 77 with “Subject: ” and the rest
    BODY_LINE = 76,  // letters of base64
    LOCAL_MAX = 64
};

// --- what is let through

static bool in_set(Str s, const char *also)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (!c || !strchr(also, c)))
            return false;
    }
    return s.n > 0;
}

bool mail_address_ok(Str address)
{
    Str local, domain;
    return address.n <= MAIL_ADDRESS_MAX && str_cut(address, S("@"), &local, &domain) &&
           local.n <= LOCAL_MAX && in_set(local, "!#$%&'*+-/=?^_`{|}~.") && in_set(domain, "-.") &&
           !str_starts(local, S(".")) && !str_ends(local, S(".")) && !str_has(address, S("..")) &&
           !str_starts(domain, S(".")) && !str_ends(domain, S(".")) && !str_starts(domain, S("-"));
}

static bool one_line(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < ' ' || s.s[i] == 0x7f)
            return false;
    return true;
}

static bool check(const MailConfig *config, const MailMessage *m, Err *err)
{
    if (!mail_address_ok(config->from) ||
        (config->reply_to.n && !mail_address_ok(config->reply_to)))
        return fail(err, ERR_INPUT, NULL, "发件地址不正确，请检查 mail.from 和 mail.reply_to",
                    "mail.from or mail.reply_to is not an address");
    if (!mail_address_ok(m->to))
        return fail(err, ERR_INPUT, NULL, "收件人的邮件地址不正确", "not a mail address");
    if (!one_line(m->subject) || !one_line(m->to_name) || !one_line(config->from_name) ||
        !in_set(m->id, "-._"))
        return fail(err, ERR_INPUT, NULL, "邮件标题和姓名中不能有换行等控制字符",
                    "no line ends or other control characters in a subject or name");
    if (m->subject.n > MAIL_SUBJECT_MAX || m->to_name.n > MAIL_NAME_MAX ||
        config->from_name.n > MAIL_NAME_MAX || m->body.n > MAIL_BODY_MAX ||
        memchr(m->body.s ? m->body.s : "", 0, m->body.n))
        return fail(err, ERR_INPUT, NULL, "邮件标题、姓名或正文太长", "too long for a mail");
    return true;
}

// --- headers

// As many bytes as fit into one encoded word without cutting a character.
static size_t word_end(Str s)
{
    if (s.n <= WORD_BYTES)
        return s.n;
    size_t n = WORD_BYTES;
    while (n > 1 && ((unsigned char)s.s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

// RFC 2047. The first word goes on a line of its own where a long name of the header is before it.
static void put_encoded(Buf *b, Str s, Arena *a)
{
    for (size_t n; s.n; s = str_from(s, n)) {
        n = word_end(s);
        buf_fmt(b, "=?UTF-8?B?" PRI_STR "?=", STR_ARG(base64(a, str_sub(s, 0, n))));
        if (n < s.n)
            buf_add(b, S("\r\n "));
    }
}

// Text as it stands where every reader takes it so, and encoded otherwise.
static void put_text(Buf *b, Str s, Arena *a)
{
    if (s.n <= 40 && in_set(s, " -"))
        buf_add(b, s);
    else if (s.n)
        put_encoded(b, s, a);
}

static void put_header(Buf *b, const char *name, Str value)
{
    buf_fmt(b, "%s: " PRI_STR "\r\n", name, STR_ARG(value));
}

static void put_person(Buf *b, const char *header, Str name, Str address, Arena *a)
{
    buf_fmt(b, "%s: ", header);
    put_text(b, name, a);
    buf_fmt(b, name.n ? "\r\n <" PRI_STR ">\r\n" : "<" PRI_STR ">\r\n", STR_ARG(address));
}

// RFC 5322, 3.3, in Chinese time.
static Str date_of(Arena *a, int64_t at)
{
    static const char days[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t there = at + 8 * 3600;
    int second = (int)((there % 86400 + 86400) % 86400), y, m, d;
    int32_t day = (int32_t)((there - second) / 86400);
    date_parts((Date){day}, &y, &m, &d);
    return str_fmt(a, "%s, %d %s %d %02d:%02d:%02d +0800", days[(day % 7 + 7) % 7], d,
                   months[m - 1], y, second / 3600, second / 60 % 60, second % 60);
}

static Str domain_of(Str address)
{
    Str local, domain;
    str_cut(address, S("@"), &local, &domain);
    return domain;
}

static void put_headers(Buf *b, const MailConfig *config, const MailMessage *m, Arena *a)
{
    Str domain = domain_of(config->from);
    put_person(b, "From", config->from_name, config->from, a);
    put_person(b, "To", m->to_name, m->to, a);
    if (config->reply_to.n)
        put_person(b, "Reply-To", S(""), config->reply_to, a);
    buf_add(b, S("Subject: "));
    put_text(b, m->subject, a);
    buf_add(b, S("\r\n"));
    put_header(b, "Date", date_of(a, m->written_at));
    put_header(b, "Message-ID",
               str_fmt(a, "<" PRI_STR "@" PRI_STR ">", STR_ARG(m->id), STR_ARG(domain)));
    put_header(b, "List-Id", str_fmt(a, "<gongkai." PRI_STR ">", STR_ARG(domain)));
    put_header(b, "Auto-Submitted", S("auto-generated")); // RFC 3834: no absence notices, please
    put_header(b, "X-Auto-Response-Suppress", S("All"));  // the same for Exchange
    put_header(b, "MIME-Version", S("1.0"));
    put_header(b, "Content-Type", S("text/plain; charset=UTF-8"));
    put_header(b, "Content-Transfer-Encoding", S("base64"));
}

// --- body

static Str with_crlf(Str s, Arena *a)
{
    Buf b = buf_new(a, s.n * 2 + 2);
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '\n')
            buf_byte(&b, '\r');
        if (s.s[i] != '\r')
            buf_byte(&b, s.s[i]);
    }
    return buf_str(&b);
}

bool mail_build(const MailConfig *config, const MailMessage *m, Arena *a, Str *out, Err *err)
{
    if (!check(config, m, err))
        return false;
    Str letters = base64(a, with_crlf(m->body, a));
    Buf b = buf_new(a, letters.n * 2 + (16 << 10));
    put_headers(&b, config, m, a);
    buf_add(&b, S("\r\n"));
    for (size_t i = 0; i < letters.n; i += BODY_LINE) {
        buf_add(&b, str_sub(letters, i, i + BODY_LINE));
        buf_add(&b, S("\r\n"));
    }
    *out = buf_str(&b);
    return true;
}

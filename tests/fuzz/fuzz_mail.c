// A mail of any subject, name, address and text: its lines end as they must, none is too long, and
// its headers are ours.
#include "app/mail.h"
#include "fuzz.h"

static const MailConfig config = {.from = SI("xxgk@example.gov.cn"), .from_name = SI("平台")};

// In what was built every CR stands before an LF, every LF behind a CR, and no line is over 78, or
// over what the address needs.
static size_t lines_of(Str mail, size_t longest, size_t *headers)
{
    size_t n = 0, length = 0;
    *headers = 0;
    for (size_t i = 0; i < mail.n; i++, length++) {
        FUZZ_EXPECT((mail.s[i] == '\r') == (i + 1 < mail.n && mail.s[i + 1] == '\n'));
        if (mail.s[i] != '\n')
            continue;
        FUZZ_EXPECT(length <= longest + 1);
        if (!*headers && length == 1)
            *headers = n;
        length = (size_t)-1;
        n++;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str rest = fuzz_copy(a, data, size), mail, fields[3];
    size_t headers, named = 0;
    Err err;
    for (size_t i = 0; i < 3; i++)
        str_cut(rest, S("\x1f"), &fields[i], &rest);
    MailMessage m = {.id = S("1"),
                     .to = fields[0],
                     .to_name = fields[1],
                     .subject = fields[2],
                     .body = rest,
                     .written_at = (int64_t)size * 1000003};
    if (!mail_build(&config, &m, a, &mail, &err))
        return 0;
    FUZZ_EXPECT(mail_address_ok(fields[0]));
    lines_of(mail, m.to.n + 10 > 78 ? m.to.n + 10 : 78, &headers);
    Str head = mail, line;
    for (size_t i = 0; i < headers; i++) {
        str_cut(head, S("\r\n"), &line, &head);
        named += line.s[0] != ' ';
    }
    FUZZ_EXPECT(named == 11);
    return 0;
}

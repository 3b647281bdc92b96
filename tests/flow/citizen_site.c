#include "../test.h"

#include "base/buf.h"
#include "citizen_site.h"

Str citizen_answers(Citizen *c, int step, const char *more)
{
    Arena *a = c->a;
    Str f = str_fmt(a, "step=%d&go=on&kind=natural&form=electronic&way=platform%s", step, more);
    f = str_cat(a, f, form_field(a, "name", S("张三")));
    f = str_cat(a, f, form_field(a, "id_kind", S("居民身份证")));
    f = str_cat(a, f, form_field(a, "id_number", S("000000199001010018")));
    f = str_cat(a, f, form_field(a, "phone", S("0000-0000000")));
    f = str_cat(a, f, form_field(a, "title", S("城东片区改造施工合同")));
    return str_cat(a, f, form_field(a, "description", S("2024年签订，含工程量清单")));
}

static Reply expect(Reply r, int status)
{
    if (r.status != status)
        fail_msg("status %d\n" PRI_STR, r.status, STR_ARG(str_sub(r.body, 0, 6000)));
    return r;
}

static void elsewhere(Citizen *c)
{
    c->posts++;
    c->jar.from = str_fmt(c->a, "198.51.%d.%d", c->posts / 250, c->posts % 250 + 1);
}

Reply citizen_post(Citizen *c, const char *target, Str form, int status)
{
    Str own = c->jar.from;
    if (!own.n)
        elsewhere(c);
    Reply r = jar_send(&c->jar, target, form);
    c->jar.from = own;
    return expect(r, status);
}

Reply citizen_send(Citizen *c, Str form, int status)
{
    return citizen_post(c, str_to_z(c->a, c->path), form, status);
}

static int hex(char c)
{
    return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static Str decoded(Arena *a, Str s)
{
    Buf b = buf_new(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] == '%' && i + 2 < s.n)
            buf_byte(&b, (char)(hex(s.s[i + 1]) << 4 | hex(s.s[i + 2]))), i += 2;
        else
            buf_byte(&b, s.s[i] == '+' ? ' ' : s.s[i]);
    return buf_str(&b);
}

Reply citizen_send_file(Citizen *c, const char *target, Str form, const char *field,
                        const char *file_name, Str bytes, int status)
{
    Buf b = buf_new(c->a, 80 << 20), r = buf_new(c->a, 80 << 20);
    for (Str one, name, value; form.n;) {
        str_cut(form, S("&"), &one, &form);
        str_cut(one, S("="), &name, &value);
        buf_fmt(&b,
                "--cut\r\nContent-Disposition: form-data; name=\"" PRI_STR "\"\r\n\r\n" PRI_STR
                "\r\n",
                STR_ARG(name), STR_ARG(decoded(c->a, value)));
    }
    buf_fmt(&b,
            "--cut\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
            "Content-Type: image/jpeg\r\n\r\n",
            field, file_name);
    buf_add(&b, bytes);
    buf_add(&b, S("\r\n--cut--\r\n"));
    elsewhere(c);
    buf_fmt(&r,
            "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: " PRI_STR
            "\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: %zu\r\n\r\n",
            target, STR_ARG(c->jar.from), b.n);
    c->jar.from = S("");
    buf_add(&r, buf_str(&b));
    return expect(client_ask(c->jar.port, c->a, buf_str(&r)), status);
}

Str between(Str html, Str from, Str to)
{
    Str before, rest = {0}, found = {0}, after;
    if (!str_cut(html, from, &before, &rest) || !str_cut(rest, to, &found, &after))
        fail_msg("nothing behind " PRI_STR " in " PRI_STR, STR_ARG(from),
                 STR_ARG(str_sub(html, 0, 6000)));
    return found;
}

static Paper paper_of(Str html)
{
    return (Paper){.number = between(html, S("<dt>编号</dt><dd translate=\"no\">"), S("</dd>")),
                   .code = between(html, S("<dt>查询码</dt><dd><b>"), S("</b>")),
                   .receipt = between(html, S("登记回执\">"), S("</pre>"))};
}

Paper citizen_filed(Citizen *c, const char *once, const char *more)
{
    Str form = citizen_answers(c, 5, "&true=1");
    form = str_cat(c->a, form, str_fmt(c->a, "&once=%s%s", once, more));
    return paper_of(citizen_send(c, form, 200).body);
}

Str citizen_ticket(Citizen *c, const Paper *paper)
{
    return str_cat(c->a, str_from(form_field(c->a, "number", paper->number), 1),
                   form_field(c->a, "code", paper->code));
}

Str citizen_progress(Citizen *c, const Paper *paper, int status)
{
    return citizen_post(c, "/progress", citizen_ticket(c, paper), status).body;
}

Str citizen_photo(void)
{
    static const char bytes[] = "\xff\xd8"
                                "\xff\xe1\x00\x11"
                                "Exif\0\0GPS 0.000"
                                "\xff\xdb\x00\x04\x00\x01"
                                "\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"
                                "\xff\xc4\x00\x04\x00\x01"
                                "\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34\x56"
                                "\xff\xd9";
    return (Str){bytes, sizeof bytes - 1};
}

#include "../test.h"

#include "sign_in.h"

#include "base/buf.h"
#include "store/organ.h"
#include "store/person.h"

#include <time.h>

#define MUST(call)                                                                                 \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s (%s)", err.en, err.detail);                                               \
    } while (0)

// --- organs and people

OrganId organ_make(App *app, Arena *a, const char *name, OrganId parent)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Organ o = {.parent = parent,
               .kind = ORGANKIND_DEPARTMENT,
               .name = str_z(name),
               .founded = date_none,
               .ended = date_none};
    MUST(store_organ_add(app->db, app->site, &o, a, &err));
    MUST(store_organ_under_refresh(app->db, app->site, &err));
    MUST(tx_commit(&tx, &err));
    return o.id;
}

static const char SQL_RUNS[] = "UPDATE site SET organ_id = ?2 WHERE site_id = ?1";

void organ_runs_site(App *app, OrganId organ)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(app->db, SQL_RUNS);
    bind_int(&s, app->site.n);
    bind_int(&s, organ.n);
    MUST(stmt_run(&s, &err));
}

static const PasswordCost cheap = {.passes = 1, .memory_kb = 8192};

static void post_make(App *app, PersonId person, OrganId organ, Role role)
{
    Err err = {0};
    PostRow post = {.person = person,
                    .organ = organ,
                    .role = role,
                    .from = {app->today.days - 1},
                    .until = date_none};
    MUST(store_post_add(app->db, app->site, &post, (PersonId){0}, &err));
}

PersonId person_make(App *app, Arena *a, const char *login, const char *name, OrganId organ,
                     uint32_t roles)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Person p = {.login = str_z(login), .name = str_z(name), .organ = organ, .opened_at = app->now};
    PersonSecret secret = {.set_at = app->now};
    MUST(store_person_add(app->db, app->site, &p, &err));
    MUST(crypt_password_hash(S(TEST_PASSWORD), cheap, a, &secret.password, &err));
    MUST(store_person_secret_save(app->db, app->site, p.id, &secret, &err));
    for (int role = 0; role < ROLE__COUNT; role++)
        if (roles >> role & 1)
            post_make(app, p.id, organ, (Role)role);
    MUST(tx_commit(&tx, &err));
    return p.id;
}

Jar jar_of(App *app, Arena *a, uint16_t port, PersonId person)
{
    Err err = {0};
    Session session;
    Str token;
    app->now = time(NULL); // as the program sees it, or the newest would be the oldest
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    SessionBegin begin = {.person = person,
                          .how = S("password"),
                          .code = CODE_GIVEN,
                          .ip = S("127.0.0.1"),
                          .user_agent = S("test")};
    MUST(session_begin(app, &begin, a, &token, &session, &err));
    MUST(tx_commit(&tx, &err));
    Jar jar = {.a = a, .port = port, .csrf = session.csrf};
    jar_set_cookie(&jar, "gongkai", token);
    return jar;
}

// --- cookies

Str jar_cookie(const Jar *jar, const char *name)
{
    Str rest = jar->cookies, one, key, value;
    while (rest.n) {
        str_cut(rest, S("; "), &one, &rest);
        str_cut(one, S("="), &key, &value);
        if (str_eq(key, str_z(name)))
            return value;
    }
    return S("");
}

void jar_set_cookie(Jar *jar, const char *name, Str value)
{
    Str rest = jar->cookies, one, key, ignored, kept = S("");
    while (rest.n) {
        str_cut(rest, S("; "), &one, &rest);
        str_cut(one, S("="), &key, &ignored);
        if (!str_eq(key, str_z(name)))
            kept = str_cat(jar->a, kept.n ? str_cat(jar->a, kept, S("; ")) : kept, one);
    }
    if (value.n)
        kept = str_fmt(jar->a, PRI_STR "%s%s=" PRI_STR, STR_ARG(kept), kept.n ? "; " : "", name,
                       STR_ARG(value));
    jar->cookies = kept;
}

static void keep_cookies(Jar *jar, Str head)
{
    Str rest = head, before, line, pair, name, value;
    while (str_cut(rest, S("Set-Cookie: "), &before, &rest)) {
        str_cut(rest, S("\r\n"), &line, &before);
        str_cut(line, S(";"), &pair, &before);
        str_cut(pair, S("="), &name, &value);
        jar_set_cookie(jar, str_to_z(jar->a, name), value);
    }
}

// --- requests

static Reply ask(Jar *jar, const char *method, const char *target, Str body)
{
    Buf b = buf_new(jar->a, 64 << 20);
    buf_fmt(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, target);
    if (jar->cookies.n)
        buf_fmt(&b, "Cookie: " PRI_STR "\r\n", STR_ARG(jar->cookies));
    if (jar->from.n)
        buf_fmt(&b, "X-Forwarded-For: " PRI_STR "\r\n", STR_ARG(jar->from));
    buf_add(&b, jar->headers);
    if (strcmp(method, "POST") == 0)
        buf_fmt(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
                body.n);
    buf_add(&b, S("\r\n"));
    buf_add(&b, body);
    Reply r = client_ask(jar->port, jar->a, buf_str(&b));
    keep_cookies(jar, r.head);
    return r;
}

Reply jar_get(Jar *jar, const char *target)
{
    return ask(jar, "GET", target, S(""));
}

Reply jar_send(Jar *jar, const char *target, Str form)
{
    return ask(jar, "POST", target, form);
}

static bool names(Str form, const char *name)
{
    size_t n = strlen(name);
    for (Str rest = form, one; rest.n;) {
        str_cut(rest, S("&"), &one, &rest);
        if (one.n > n && memcmp(one.s, name, n) == 0 && one.s[n] == '=')
            return true;
    }
    return false;
}

Reply jar_post(Jar *jar, const char *target, const char *form)
{
    Str body = str_z(form);
    if (!names(body, "csrf"))
        body = str_fmt(jar->a, PRI_STR "&csrf=" PRI_STR, STR_ARG(body), STR_ARG(jar->csrf));
    if (!names(body, "once")) {
        Str once = crypt_token(jar->a, 16);
        body = str_fmt(jar->a, PRI_STR "&once=" PRI_STR, STR_ARG(body), STR_ARG(once));
    }
    return jar_send(jar, target, body);
}

Str form_encode(Arena *a, Str value)
{
    Buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < value.n; i++)
        buf_fmt(&b, "%%%02X", (unsigned char)value.s[i]);
    return buf_str(&b);
}

Str page_value(Arena *a, Str html, const char *name)
{
    Str before, rest, tag, value, ignored;
    Str mark = str_fmt(a, " name=\"%s\"", name);
    if (!str_cut(html, mark, &before, &rest))
        return S("");
    str_cut(rest, S(">"), &tag, &ignored);
    if (!str_cut(tag, S(" value=\""), &before, &rest))
        return S("");
    str_cut(rest, S("\""), &value, &ignored);
    return str_replace(a, value, S("&amp;"), S("&"));
}

Reply jar_sign_in(Jar *jar, const char *login, const char *password)
{
    Reply page = jar_get(jar, "/desk/sign-in");
    Str proof = page_value(jar->a, page.body, "form");
    Str name = form_encode(jar->a, str_z(login)), secret = form_encode(jar->a, str_z(password));
    return jar_send(jar, "/desk/sign-in",
                    str_fmt(jar->a,
                            "form=" PRI_STR "&to=%%2Fdesk&login=" PRI_STR "&password=" PRI_STR,
                            STR_ARG(proof), STR_ARG(name), STR_ARG(secret)));
}

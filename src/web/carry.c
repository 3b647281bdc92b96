#include "web/carry.h"

#include "app/key.h"
#include "app/session.h"
#include "web/cookie.h"
#include "web/page_common.h"

static const char PREFIX[] = "c.";

static Str about(const Request *r)
{
    return str_fmt(r->a, "carry %lld", (long long)app_of(r)->site.n);
}

static Str prove(Request *r, PersonId person)
{
    Key key;
    Err err;
    if (!app_key(app_of(r), KEY_FORMS, &key, &err))
        return S("");
    Str text = str_fmt(r->a, "%lld " PRI_STR, (long long)person.n, STR_ARG(r->path));
    Str sealed = crypt_seal_hex(r->a, &key, text, about(r));
    crypt_wipe(&key, sizeof key);
    return sealed;
}

static bool proven(Request *r, Str proof, PersonId *person, Str *action)
{
    Key key;
    Err err;
    Str text, number;
    if (!app_key(app_of(r), KEY_FORMS, &key, &err))
        return false;
    bool ours = crypt_open_hex(r->a, &key, proof, about(r), &text);
    crypt_wipe(&key, sizeof key);
    return ours && str_cut(text, S(" "), &number, action) && str_to_int(number, &person->n);
}

// Not what is secret, and not what belongs to the session that ended.
static bool is_carried(Str name)
{
    static const Str not_these[] = {SI("csrf"), SI("password"), SI("there"), SI("old"),
                                    SI("new"),  SI("again"),    SI("code"),  SI("recovery")};
    for (size_t i = 0; i < sizeof not_these / sizeof *not_these; i++)
        if (str_eq(name, not_these[i]))
            return false;
    return true;
}

static bool fits(const Request *r)
{
    size_t bytes = 0;
    for (size_t i = 0; i < r->form.n; i++)
        bytes += r->form.v[i].is_file ? 0 : r->form.v[i].name.n + r->form.v[i].value.n;
    return r->form.n <= CARRY_FIELDS && bytes <= CARRY_BYTES;
}

// The person whose ended session the form was opened in.
static bool owner(Request *r, PersonId *out)
{
    Session past;
    bool found = false;
    Err err;
    if (!app_session_past(app_of(r), cookie_get(r, COOKIE_SESSION), r->a, &past, &found, &err) ||
        !found || !crypt_same(past.csrf, request_form(r, "csrf")))
        return false;
    *out = past.person;
    return true;
}

Carry carry_begin(Request *r, bool *lost)
{
    Carry c = {.action = r->path};
    *lost = r->form.n > 0;
    if (!r->form.n || !fits(r) || !owner(r, &c.person))
        return (Carry){0};
    for (size_t i = 0; i < r->form.n; i++) {
        Field f = r->form.v[i];
        c.had_files |= f.is_file && f.value.n;
        if (f.is_file || !is_carried(f.name))
            continue;
        f.name = str_cat(r->a, str_z(PREFIX), f.name);
        *PUSH(r->a, &c.fields) = f;
    }
    c.proof = prove(r, c.person);
    *lost = !c.proof.n;
    return c.proof.n ? c : (Carry){0};
}

Carry carry_on(Request *r)
{
    Carry c = {.proof = request_form(r, "carry")};
    if (!c.proof.n || !fits(r) || !proven(r, c.proof, &c.person, &c.action))
        return (Carry){0};
    for (size_t i = 0; i < r->form.n; i++)
        if (str_starts(r->form.v[i].name, str_z(PREFIX)) && !r->form.v[i].is_file)
            *PUSH(r->a, &c.fields) = r->form.v[i];
    return c;
}

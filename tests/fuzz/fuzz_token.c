// What a sign-in server sends: the first line is its key set, the second a token, the third user
// information. Nobody is let in but by claims that were signed.
#include "base/jose.h"
#include "domain/oidc.h"
#include "fuzz.h"

static const OidcExpect expect = {.issuer = SI("https://id.example.gov.cn"),
                                  .client_id = SI("gongkai"),
                                  .nonce = SI("n"),
                                  .now = 1773892800};

static void claims(Arena *a, Str text, Str more)
{
    OidcIdentity who;
    Err err;
    if (!oidc_claims_check(text, &expect, a, &who, &err))
        return;
    FUZZ_EXPECT(str_eq(who.issuer, expect.issuer));
    FUZZ_EXPECT(who.subject.n > 0 && who.subject.n <= OIDC_SUBJECT_MAX);
    Str subject = who.subject;
    (void)oidc_claims_add(more, &expect, a, &who, &err);
    FUZZ_EXPECT(str_eq(who.subject, subject));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str keys, token, rest = fuzz_copy(a, data, size), payload = {0};
    const char *why = NULL;
    str_cut(rest, S("\n"), &keys, &rest);
    str_cut(rest, S("\n"), &token, &rest);
    JoseResult result = jose_verify(token, keys, a, &payload, &why);
    FUZZ_EXPECT((result == JOSE_GOOD) == (why == NULL));
    if (result == JOSE_GOOD)
        claims(a, payload, rest);
    claims(a, token, rest);
    if (oidc_return_ok(token))
        FUZZ_EXPECT(token.s[0] == '/' &&
                    (token.n < 2 || (token.s[1] != '/' && token.s[1] != '\\')));
    (void)oidc_url_ok(keys);
    return 0;
}

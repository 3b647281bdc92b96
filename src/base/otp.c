#include "base/otp.h"

#include "base/buf.h"
#include "base/crypt.h"

#include <liboath/oath.h>
#include <stdlib.h>

enum { URI_MAX = 2000 };

Str otp_secret(Arena *a)
{
    char *bytes = NEW(a, char, OTP_SECRET_BYTES);
    crypt_random(bytes, OTP_SECRET_BYTES);
    return (Str){bytes, OTP_SECRET_BYTES};
}

static Str base32(Arena *a, Str secret)
{
    char *text = NULL;
    size_t n = 0;
    if (oath_base32_encode(secret.s, secret.n, &text, &n) != OATH_OK)
        return S("");
    Str out = str_dup(a, (Str){text, n});
    crypt_wipe(text, n);
    free(text);
    return out;
}

Str otp_text(Arena *a, Str secret)
{
    Str all = base32(a, secret);
    Buf b = buf_new(a, 2 * all.n + 1);
    for (size_t i = 0; i < all.n; i++) {
        if (i && i % 4 == 0)
            buf_byte(&b, ' ');
        buf_byte(&b, all.s[i]);
    }
    return buf_str(&b);
}

static void put_encoded(Buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            buf_byte(b, (char)c);
        else
            buf_fmt(b, "%%%02X", c);
    }
}

Str otp_uri(Arena *a, Str issuer, Str account, Str secret)
{
    Buf b = buf_new(a, URI_MAX);
    buf_add(&b, S("otpauth://totp/"));
    put_encoded(&b, issuer);
    buf_add(&b, S(":"));
    put_encoded(&b, account);
    buf_add(&b, S("?secret="));
    buf_add(&b, base32(a, secret));
    buf_add(&b, S("&issuer="));
    put_encoded(&b, issuer);
    return buf_str(&b);
}

Str otp_code(Arena *a, Str secret, int64_t step)
{
    char code[OTP_DIGITS + 1] = "";
    if (oath_hotp_generate(secret.s, secret.n, (uint64_t)step, OTP_DIGITS, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, code) != OATH_OK)
        return S("");
    return str_dup(a, str_z(code));
}

static bool digits_only(Str typed, char out[OTP_DIGITS])
{
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.s[i] == ' ')
            continue;
        if (typed.s[i] < '0' || typed.s[i] > '9' || n == OTP_DIGITS)
            return false;
        out[n++] = typed.s[i];
    }
    return n == OTP_DIGITS;
}

bool otp_verify(Str secret, Str code, int64_t now, int64_t used, int64_t *step)
{
    char typed[OTP_DIGITS];
    _Alignas(max_align_t) char room[256];
    if (!digits_only(code, typed))
        return false;
    bool found = false;
    for (int64_t s = now / OTP_STEP_S - 1; s <= now / OTP_STEP_S + 1; s++) { // all, in one time
        Arena a = arena_over(room, sizeof room);
        bool same = crypt_same(otp_code(&a, secret, s), (Str){typed, OTP_DIGITS});
        if (same && s > used && !found) {
            *step = s;
            found = true;
        }
    }
    return found;
}

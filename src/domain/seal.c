#include "domain/seal.h"

#include "base/buf.h"
#include "base/date.h"

static Str bytes_of(const unsigned char *bytes, size_t n)
{
    return (Str){(const char *)bytes, n};
}

static void put_hex(Buf *b, const char *name, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    buf_fmt(b, "%s ", name);
    for (size_t i = 0; i < n; i++) {
        buf_byte(b, digits[bytes[i] >> 4]);
        buf_byte(b, digits[bytes[i] & 15]);
    }
    buf_byte(b, '\n');
}

static void put_number(Buf *b, const char *name, int64_t n)
{
    buf_fmt(b, "%s %lld\n", name, (long long)n);
}

Str seal_text(SiteId site, const Seal *seal, Arena *a)
{
    Buf b = buf_new(a, 2048);
    buf_add(&b, S("gongkai audit seal 1\n"));
    put_number(&b, "site", site.n);
    put_number(&b, "seal", seal->id);
    put_number(&b, "day", seal->day);
    put_number(&b, "at", seal->at);
    put_number(&b, "line", seal->line);
    put_hex(&b, "hash", seal->line_hash, sizeof seal->line_hash);
    put_hex(&b, "previous", seal->previous, sizeof seal->previous);
    put_number(&b, "number", seal->key_number);
    put_hex(&b, "key", seal->public_key, sizeof seal->public_key);
    put_hex(&b, "next", seal->next_key, sizeof seal->next_key);
    return buf_str(&b);
}

void seal_hash(SiteId site, const Seal *seal, Arena scratch, unsigned char out[SHA256_BYTES])
{
    Str text = seal_text(site, seal, &scratch);
    crypt_sha256_raw(str_cat(&scratch, text, bytes_of(seal->signature, sizeof seal->signature)),
                     out);
}

static bool is_zero(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i])
            return false;
    return true;
}

void seal_sign(SiteId site, Seal *seal, const Key *key, Arena scratch)
{
    crypt_public_key(key, seal->public_key);
    if (is_zero(seal->next_key, sizeof seal->next_key))
        memcpy(seal->next_key, seal->public_key, sizeof seal->next_key);
    crypt_sign(key, seal_text(site, seal, &scratch), seal->signature);
}

AuditFault seal_follows(SiteId site, const Seal *last, const Seal *seal, Arena scratch)
{
    unsigned char above[SHA256_BYTES] = {0};
    if (seal->id != (last ? last->id : 0) + 1)
        return AUDIT_SEAL_MISSING;
    if (!crypt_verify(seal->public_key, seal_text(site, seal, &scratch), seal->signature))
        return AUDIT_SEAL_CHANGED;
    if (last)
        seal_hash(site, last, scratch, above);
    if (memcmp(above, seal->previous, sizeof above) != 0 || (last && seal->line < last->line))
        return AUDIT_SEAL_CHANGED;
    bool expected = !last || memcmp(last->next_key, seal->public_key, PUBLIC_KEY_BYTES) == 0;
    return expected ? AUDIT_FINE : AUDIT_SEAL_KEY;
}

// --- anchors

Str anchor_text(SiteId site, const Seal *seal, Arena *a)
{
    int y, m, d;
    date_parts((Date){(int32_t)seal->day}, &y, &m, &d);
    Str hex = crypt_hex(a, bytes_of(seal->line_hash, sizeof seal->line_hash));
    return str_fmt(
        a, "gongkai-anchor site=%lld seal=%lld day=%04d-%02d-%02d line=%lld hash=" PRI_STR,
        (long long)site.n, (long long)seal->id, y, m, d, (long long)seal->line, STR_ARG(hex));
}

// The value behind " name=", up to the next space.
static Str anchor_part(Str text, const char *name, Arena *a)
{
    Str key = str_fmt(a, " %s=", name), head, rest;
    ptrdiff_t at = str_find(text, key);
    if (at < 0)
        return S("");
    str_cut(str_from(text, (size_t)at + key.n), S(" "), &head, &rest);
    return str_trim(head);
}

bool anchor_read(SiteId site, Str text, Arena *a, Seal *out, Err *err)
{
    Seal seal = {0};
    int64_t of_site = 0;
    ptrdiff_t at = str_find(text, S("gongkai-anchor "));
    Str line = S(""), rest;
    if (at >= 0)
        str_cut(str_from(text, (size_t)at), S("\n"), &line, &rest);
    if (!str_to_int(anchor_part(line, "site", a), &of_site) ||
        !str_to_int(anchor_part(line, "seal", a), &seal.id) ||
        !str_to_int(anchor_part(line, "line", a), &seal.line) ||
        !crypt_unhex(anchor_part(line, "hash", a), seal.line_hash, sizeof seal.line_hash))
        return fail(err, ERR_INPUT, NULL, "这不是一份存证：缺少“gongkai-anchor site=… hash=…”一行",
                    "no anchor in it: a line “gongkai-anchor site=… hash=…” is missing");
    if (of_site != site.n)
        return fail(err, ERR_INPUT, NULL, "这份存证不是本站点的", "the anchor is of another site");
    *out = seal;
    return true;
}

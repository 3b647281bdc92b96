#include "domain/receipt.h"

#include "base/buf.h"

enum { RECEIPT_MAX = 64 << 10 };

static const Str TITLE = SI("政府信息公开申请登记回执");
static const Str COLON = SI("：");
static const Str KEY_LINE = SI("公钥（Ed25519）");
static const Str SIGNATURE_LINE = SI("签名（Ed25519）");

static void put_line(Buf *b, Str name, Str value, Arena *a)
{
    Str flat = str_replace(a, str_replace(a, value, S("\r"), S("")), S("\n"), S(" "));
    buf_add(b, name);
    buf_add(b, COLON);
    buf_add(b, str_trim(flat));
    buf_byte(b, '\n');
}

Str receipt_write(const ReceiptLines *lines, const Key *key, Arena *a)
{
    Buf b = buf_new(a, RECEIPT_MAX);
    unsigned char public_key[PUBLIC_KEY_BYTES], signature[SIGNATURE_BYTES];
    buf_add(&b, TITLE);
    buf_byte(&b, '\n');
    for (size_t i = 0; i < lines->n; i++)
        put_line(&b, lines->v[i].name, lines->v[i].value, a);
    crypt_public_key(key, public_key);
    put_line(&b, KEY_LINE, crypt_hex(a, (Str){(const char *)public_key, sizeof public_key}), a);
    crypt_sign(key, buf_str(&b), signature);
    put_line(&b, SIGNATURE_LINE, crypt_hex(a, (Str){(const char *)signature, sizeof signature}), a);
    return buf_str(&b);
}

// --- reading

static bool no_receipt(Err *err)
{
    return fail(err, ERR_INPUT, NULL,
                "这不是登记回执：应当以“政府信息公开申请登记回执”开头，以“签名（Ed25519）”一行结尾",
                "this is not a receipt: its first line or the line with the signature is missing");
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unhex(Str hex, unsigned char *out, size_t n)
{
    if (hex.n != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int high = digit(hex.s[2 * i]), low = digit(hex.s[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

// The lines without what stands around them, and the text as it was signed.
static bool take_apart(Str text, Arena *a, ReceiptLines *out, Str *body)
{
    Buf b = buf_new(a, RECEIPT_MAX);
    ReceiptLines lines = {0};
    bool titled = false, signed_ = false;
    for (Str line; text.n && !signed_;) {
        ReceiptLine l;
        str_cut(text, S("\n"), &line, &text);
        line = str_trim(line);
        if (!line.n)
            continue;
        if (!titled) {
            titled = str_eq(line, TITLE);
            buf_add(&b, line), buf_byte(&b, '\n');
            if (!titled)
                return false;
            continue;
        }
        if (!str_cut(line, COLON, &l.name, &l.value))
            return false;
        *PUSH(a, &lines) = l;
        signed_ = str_eq(l.name, SIGNATURE_LINE);
        if (!signed_)
            buf_add(&b, line), buf_byte(&b, '\n');
    }
    *out = lines;
    *body = buf_str(&b);
    return signed_ && !b.full && lines.n >= 2;
}

bool receipt_verify(Str text, Str public_key, Arena *a, ReceiptProof *out, Err *err)
{
    ReceiptProof proof = {0};
    Str body;
    unsigned char key[PUBLIC_KEY_BYTES], signature[SIGNATURE_BYTES];
    if (!take_apart(text, a, &proof.lines, &body))
        return no_receipt(err);
    size_t n = proof.lines.n;
    proof.public_key = proof.lines.v[n - 2].value;
    if (!str_eq(proof.lines.v[n - 2].name, KEY_LINE) || !unhex(proof.public_key, key, sizeof key) ||
        !unhex(proof.lines.v[n - 1].value, signature, sizeof signature))
        return no_receipt(err);
    if (!crypt_verify(key, body, signature))
        return fail(err, ERR_RULE, NULL, "签名不符：这份回执被改动过，或者没有完整复制",
                    "the signature does not fit: the receipt was changed, or not copied whole");
    proof.known = public_key.n && str_eq(public_key, proof.public_key);
    if (public_key.n && !proof.known)
        return fail(err, ERR_RULE, NULL, "回执是用另一个公钥签名的，不是这个站点的",
                    "the receipt was signed with another key than this one");
    proof.lines.n -= 2;
    *out = proof;
    return true;
}

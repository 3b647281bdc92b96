// gongkai receipt verify: needs no data folder and no server, only the text.
#include "base/file.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "domain/receipt.h"

enum { RECEIPT_BYTES = 64 << 10 };

// The key that signed is among the lines of the file that was given.
static bool trusted(const Args *args, Str key, bool *out, Err *err)
{
    Str keys, line;
    *out = false;
    if (!args->on[OPT_PUBLIC_KEY])
        return true;
    if (!file_read(args->value[OPT_PUBLIC_KEY], RECEIPT_BYTES, args->a, &keys, err))
        return false;
    while (keys.n) {
        str_cut(keys, S("\n"), &line, &keys);
        *out |= str_eq(str_trim(line), key);
    }
    return *out || fail(err, ERR_RULE, NULL, "回执是用另一个公钥签名的",
                        "the receipt was signed with another key than those given");
}

int cmd_receipt_verify(const Args *args, Err *err)
{
    Str path = args->operands.v[0], bytes, text, encoding;
    ReceiptProof proof;
    Arena *a = args->a;
    bool read = str_eq(path, S("-")) ? file_read_fd(0, RECEIPT_BYTES, a, &bytes, err)
                                     : file_read(path, RECEIPT_BYTES, a, &bytes, err);
    if (!read || !text_decode(bytes, S(""), a, &text, &encoding, err))
        return -1;
    bool known;
    if (!receipt_verify(text, S(""), a, &proof, err) ||
        !trusted(args, proof.public_key, &known, err)) {
        if (err->kind != ERR_RULE)
            return -1;
        out(str_fmt(a, "%s\n", err->en));
        return DONE_FINDINGS;
    }
    Buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < proof.lines.n; i++) {
        text_shown(&b, proof.lines.v[i].name);
        buf_add(&b, S("  "));
        text_shown(&b, proof.lines.v[i].value);
        buf_byte(&b, '\n');
    }
    buf_fmt(&b, "\nthe signature fits; public key " PRI_STR "%s\n", STR_ARG(proof.public_key),
            known ? ", as given" : " (compare it with the one the site shows)");
    out(buf_str(&b));
    return DONE_CLEAN;
}

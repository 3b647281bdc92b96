// The receipt (登记回执) of a request (条例第四十五条: 登记): what was filed, with whom and when,
// as a text that anybody can read, signed with the site's key so that anybody who has the public
// key can prove it without asking the organ's server.
//
// The signature is over every byte before its line. White space at the ends of lines, which mail
// and printers change, does not count.
#ifndef GONGKAI_DOMAIN_RECEIPT_H
#define GONGKAI_DOMAIN_RECEIPT_H

#include "base/crypt.h"
#include "base/err.h"

typedef struct ReceiptLine {
    Str name, value; // 编号; 示住建依申〔2026〕17号
} ReceiptLine;

typedef struct ReceiptLines {
    ReceiptLine *v;
    size_t n, cap;
} ReceiptLines;

// The whole text, signed with `key` (crypt_key(…, KEY_RECEIPTS)). Line ends in values become
// spaces.
Str receipt_write(const ReceiptLines *lines, const Key *key, Arena *a);

typedef struct ReceiptProof {
    ReceiptLines lines;
    Str public_key; // hexadecimal: whether it is the site's is for the reader to compare
    bool known;     // it is the one that was asked for
} ReceiptProof;

// Whether the signature fits the text. `public_key` (hexadecimal) may be empty: then any. ERR_INPUT
// for what is no receipt, ERR_RULE where it was changed or another key signed it.
bool receipt_verify(Str text, Str public_key, Arena *a, ReceiptProof *out, Err *err);

#endif

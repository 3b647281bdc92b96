// Decoding, normalising and converting any bytes.
#include "base/hanzi.h"
#include "base/text.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Str declared[] = {SI(""),      SI("gb2312"),      SI("big5"), SI("utf-16"),
                                   SI("utf-7"), SI("iso-2022-cn"), SI("hz")};
    if (size < 1)
        return 0;
    Arena *a = fuzz_arena();
    Str bytes = fuzz_copy(a, data + 1, size - 1), s, encoding;
    Err err;
    if (!text_decode(bytes, declared[data[0] % (sizeof declared / sizeof *declared)], a, &s,
                     &encoding, &err))
        return 0;
    FUZZ_EXPECT(text_valid(s) == s.n);
    Str kc = text_nfkc(a, s);
    FUZZ_EXPECT(text_valid(kc) == kc.n);
    FUZZ_EXPECT(str_eq(text_nfkc(a, kc), kc));
    Str simple = hanzi_simplify(a, s);
    FUZZ_EXPECT(text_valid(simple) == simple.n);
    hanzi_simplify_as(a, s, HANZI_TAIWAN);
    hanzi_traditionalise(a, s);
    return 0;
}

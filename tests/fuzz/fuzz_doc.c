// Word files from 97 to 2003: the container, the pieces of text, the properties of paragraphs.
#include "base/text.h"
#include "fuzz.h"
#include "report/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Blocks blocks;
    Err err;
    bool older;
    if (!doc_read(fuzz_copy(a, data, size), a, &blocks, &older, &err))
        return 0;
    for (size_t i = 0; i < blocks.n; i++)
        FUZZ_EXPECT(text_valid(blocks.v[i].text) == blocks.v[i].text.n);
    return 0;
}

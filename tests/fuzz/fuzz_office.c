// Reading DOCX and XLSX: any bytes as an archive, and any bytes as the part that is the document.
#include "fuzz.h"
#include "report/blocks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str bytes = fuzz_copy(a, data, size);
    Blocks blocks;
    Err err;
    FileKind kind;
    read_kind(bytes, &kind, &err);
    read_docx(bytes, a, &blocks, &err);
    read_xlsx(bytes, a, &blocks, &err);
    return 0;
}

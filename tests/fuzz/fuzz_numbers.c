// Reading one figure.
#include "base/text.h"
#include "fuzz.h"
#include "report/numbers.h"

static bool ascending(const int64_t *n, size_t parts)
{
    for (size_t i = 1; i < parts; i++)
        if (n[i] < n[i - 1])
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str s = fuzz_copy(a, data, size);
    if (text_valid(s) < s.n)
        return 0;
    number_like(s);
    for (CellType type = TYPE_COUNT; type <= TYPE_AMOUNT; type++) {
        Cell cell = {0};
        number_read(s, type, 0, &cell);
        FUZZ_EXPECT(cell.state != CELL_ABSENT);
    }
    bool digits = s.n > 0 && s.n < 40;
    for (size_t i = 0; i < s.n; i++)
        digits = digits && s.s[i] >= '0' && s.s[i] <= '9';
    int64_t out[7];
    if (digits)
        FUZZ_EXPECT(number_splits(s, 7, ascending, out) <= 2);
    return 0;
}

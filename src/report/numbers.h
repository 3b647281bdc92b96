// Reading one figure.
#ifndef GONGKAI_REPORT_NUMBERS_H
#define GONGKAI_REPORT_NUMBERS_H

#include "report/report.h"

// What stands in a cell of the given type. `text` is normalised (normal.h), `repairs` what that
// did. Sets state, n and repairs of *out; leaves raw and place alone. Never a guess: what is not
// one number is CELL_UNREADABLE.
void number_read(Str text, CellType type, uint32_t repairs, Cell *out);

// Whether a piece of text can be the content of a figure's cell at all: a number, a dash, 无, a
// number with a unit. Cheap: decides most text by its first byte.
bool number_like(Str text);

// All ways to cut a run of digits into `parts` numbers without leading zeros for which
// fits(numbers, parts) holds. Returns how many there are, at most 2; the first goes to out.
size_t number_splits(Str digits, size_t parts, bool (*fits)(const int64_t *n, size_t parts),
                     int64_t *out);

#endif

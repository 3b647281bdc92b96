// Between the files of the checks on text: what is said (claims.h) against the tables
// (check_text.c) and against itself (check_text_self.c).
#ifndef GONGKAI_REPORT_CHECK_TEXT_H
#define GONGKAI_REPORT_CHECK_TEXT_H

#include "report/claims.h"

// Reading number n of the claim's kind: its sum, and the cells summed. False where the reading has
// no cells in this document or one of them has no value; *ix and *n_ix then still name the cells
// there are.
enum { SUM_CELLS = 64 };
bool claim_sum(const Document *d, const Claim *claim, size_t n, int64_t *value, CellIx *ix,
               size_t *n_ix);

// The figure as written, or 0 for 未发生 and the like.
Str figure_print(const Checking *c, const Figure *f);
// A number in millionths, without its unit.
Str millionths_print(Arena *a, int64_t n);
// The sentence as evidence, not longer than a reader wants; of a long one the part around `at`,
// which lies in it (or is empty).
Str quote_print(const Checking *c, Str quote, Str at);

void check_text_self(Checking *c, const Claims *claims);

#endif

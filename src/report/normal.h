// Written text brought to one form, so that a label or a sentence is the same text however a page
// printed it.
//
// The normal form: Simplified characters; half-width digits, letters and ( ) , : ; % + ! ? ; no
// pinyin residues (数(shù)据 → 数据); runs of spaces folded to one and trimmed. 。、“”《》〔〕 stay
// as they are.
#ifndef GONGKAI_REPORT_NORMAL_H
#define GONGKAI_REPORT_NORMAL_H

#include "base/hanzi.h"

// What was changed, as bits of Repair that concern a label (REPAIR_SCRIPT, REPAIR_RESIDUE) or a
// number (REPAIR_WIDTH), go to *repairs by or. `traditional`: whether to simplify
// (normal_traditional of the whole file, so that one look decides). Returns the same bytes, not a
// copy, where nothing had to change.
Str normal_text(Arena *a, Str raw, HanziKind script, uint32_t *repairs);

// The key by which labels are compared: Han characters only, without numbering in front (一、
// （三） 1. ) and without `???`, quotation marks, spaces. `brackets`: keep what stands in brackets.
// At most `max` bytes are written to `out`; longer keys give 0, because no label is that long.
size_t normal_key(Str text, bool brackets, char *out, size_t max);

// The number in front of a heading or label: （三） → 3, 十二、 → 12, 5. → 5; 0 for none. *rest is
// what follows, *style one of NUMBER_*.
enum { NUMBER_NONE, NUMBER_HAN_COMMA, NUMBER_HAN_BRACKET, NUMBER_DIGIT, NUMBER_DIGIT_BRACKET };
int normal_number(Str text, Str *rest, int *style);

#endif

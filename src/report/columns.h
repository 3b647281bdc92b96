// Text set in columns of a terminal, where a Chinese character is as wide as two letters.
#ifndef GONGKAI_REPORT_COLUMNS_H
#define GONGKAI_REPORT_COLUMNS_H

#include "base/buf.h"

// How many columns the text takes.
size_t text_columns(Str s);

// Adds the text and what spaces it lacks of `width`; on its left where `right` is set.
void columns_pad(Buf *b, Str s, size_t width, bool right);

// A table of rows * cols texts, row by row, each column as wide as its widest text. Bit i of
// `right` sets column i flush right. Lines begin with `indent`.
void columns_table(Buf *b, const Str *cells, size_t rows, size_t cols, unsigned right, Str indent);

// Adds the text in lines of at most `width` columns, each after the first begun by `indent`.
// Breaks at spaces and between Chinese characters, never before a closing mark.
void columns_wrap(Buf *b, Str s, size_t width, Str indent);

#endif

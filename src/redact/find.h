// Where the texts stand that are to be withheld: among the words of a page, across spaces, line
// ends and columns, in whatever form they are written (redact_fold). What is found becomes boxes to
// be blacked out; where only part of a word is meant, its letters are told apart by their widths
// and by the white between them, and where that is not sure the whole word goes.
#ifndef GONGKAI_REDACT_FIND_H
#define GONGKAI_REDACT_FIND_H

#include "redact/paint.h"

// A word on a page's picture.
typedef struct PageWord {
    Str text;
    double x0, y0, x1, y1; // pixels
} PageWord;

typedef struct PageWords {
    PageWord *v;
    size_t n, cap;
} PageWords;

// The words of a page in all the orders they are looked through, which is the slow part: made once
// for all marks.
typedef struct PageText PageText;
const PageText *find_begin(const PageWords *words, const PageWords *drawn, Arena *a);

// Adds a blot for every place where the mark's text stands; returns how many places. The words are
// looked through as they came, by lines from left to right, down each column, and as they were
// drawn: a watermark or seal that runs askew is whole there alone. A text that goes on in the next
// line is whole in one of them; a hyphen at the end of a word may be the line's or the text's, so
// each is looked through with and without. `m` is the page as it is, before anything is painted.
size_t find_text(const PageText *text, const RedactMark *mark, const Image *m, Arena *a,
                 Blots *out);

// All words of the page as one text in each of these orders, one after the other.
Str find_page_text(const PageWords *words, Arena *a);

#endif

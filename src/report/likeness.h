// How much of one text was taken over from another. Spaces, punctuation and the figures themselves
// do not count: a report copied from last year with new numbers is still a copy.
#ifndef GONGKAI_REPORT_LIKENESS_H
#define GONGKAI_REPORT_LIKENESS_H

#include "report/report.h"

typedef struct Likeness {
    int per_mille; // share of the later text that stands in the earlier; -1 where either is too
                   // short
    size_t runes;  // of the later text, as compared
    Str longest;   // the longest passage taken over, as it stands in the later text
} Likeness;

// Both texts are read up to a limit of some hundred thousand characters.
Likeness text_likeness(Str earlier, Str later, Arena *a);

// The running text of a chapter (1..6), or of all chapters (0; where none are told apart, of the
// whole document), without headings, tables and page furniture; paragraphs separated by line ends.
Str chapter_text(const Document *d, int chapter, Arena *a);

#endif

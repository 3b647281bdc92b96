// What `pdftotext -bbox-layout` prints: words with their boxes, page by page. Boxes stay as poppler
// gives them (report/pdf.h cuts them to the letters for reading lines).
#ifndef GONGKAI_REDACT_BBOX_H
#define GONGKAI_REDACT_BBOX_H

#include "base/str.h"

typedef struct BoxWord {
    Str text;
    int page;              // from 1
    double x0, y0, x1, y1; // points, from the upper left of the page as shown
} BoxWord;

typedef struct BoxWords {
    BoxWord *v; // page by page
    size_t n, cap;
    int pages;
} BoxWords;

// Takes anything; what is no word is passed over. `xhtml` is valid UTF-8.
BoxWords bbox_read(Str xhtml, Arena *a);

#endif

// The result opened again, as somebody would who looks for what was withheld: by a strict reading
// of our own, and by poppler's programs, which know nothing of how it was made.
#ifndef GONGKAI_REDACT_PROVE_H
#define GONGKAI_REDACT_PROVE_H

#include "redact/find.h"
#include "redact/own_pdf.h"
#include "redact/redact.h"

// What must hold of the result.
typedef struct Proof {
    const RedactMarks *marks; // whose texts must not be in it
    const Blots *blots;       // of page i + 1
    const int *widths;        // of its picture, in pixels
    int pages;
} Proof;

// Fills the checks but PROVE_OCR, which is made page by page while the result is made.
bool prove(const Proof *p, Str pdf, Arena *a, RedactCheck checks[PROVE__COUNT], Err *err);

// A PDF of anybody's: PROVE_BYTES, PROVE_TEXT and PROVE_PARTS.
bool prove_foreign(const RedactMarks *marks, Str pdf, Arena *a, RedactCheck checks[PROVE__COUNT],
                   Err *err);

// The first mark whose text is in `text`; NULL for none.
const RedactMark *prove_holds(const RedactMarks *marks, Str text, Arena *a);

void prove_held(RedactCheck *c, Str words);
void prove_failed(RedactCheck *c, Str words); // stays failed

#endif

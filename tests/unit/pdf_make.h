// Small PDFs written by hand, for tests of what takes PDFs apart.
//
//     PdfMake m = pdf_make(&a);
//     int font = pdf_add(&m, S("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"));
//     … pdf_stream(&m, S("/Type /XObject …"), bytes) …
//     Str pdf = pdf_done(&m, root, S(""));
#ifndef GONGKAI_TEST_PDF_MAKE_H
#define GONGKAI_TEST_PDF_MAKE_H

#include "base/buf.h"

typedef struct PdfMake {
    Buf b;
    size_t at[5000];
    int n; // objects so far
} PdfMake;

PdfMake *pdf_make(Arena *a);
int pdf_next(const PdfMake *m);    // the number the next object will have
int pdf_add(PdfMake *m, Str body); // its number
int pdf_stream(PdfMake *m, Str dict, Str bytes);
Str pdf_done(PdfMake *m, int root, Str trailer); // `trailer`: more members of it

// The font F1: Helvetica; F2: Chinese that is not embedded, its strings UTF-16BE in hexadecimal.
Str pdf_fonts(PdfMake *m, Arena *a); // "/Font << … >>"
Str pdf_hex(Arena *a, Str utf8);     // <5F204E09>

typedef struct PdfPage {
    int w, h;    // of the media box, from 0 0; 0: 595 by 842
    int crop[4]; // all 0: none
    int rotate;
    Str content;
    Str resources; // besides the fonts
    Str more;      // members of the page
} PdfPage;

// A document of these pages; `catalogue` and `trailer` are more members of each.
Str pdf_of(Arena *a, const PdfPage *pages, size_t n, Str catalogue, Str trailer);

#endif

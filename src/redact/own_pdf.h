// The PDF that is given out: a picture for each page and, invisible over it, the words that can be
// read there. Written by us byte by byte and read back just as strictly: what own_pdf_read takes is
// exactly what own_pdf_write would write of it, so that there is no room for anything else (no
// metadata, files, scripts, forms, notes, layers, earlier versions, not one byte between objects).
#ifndef GONGKAI_REDACT_OWN_PDF_H
#define GONGKAI_REDACT_OWN_PDF_H

#include "base/err.h"
#include "base/str.h"

// A word of the invisible layer; in hundredths of a point, from the lower left of the page.
typedef struct OwnWord {
    Str text;
    int x, y;    // where its line begins
    int size;    // of the letters
    int stretch; // hundredths of a per cent
} OwnWord;

typedef struct OwnWords {
    OwnWord *v;
    size_t n, cap;
} OwnWords;

typedef struct OwnPage {
    int w, h;          // pixels
    int width, height; // hundredths of a point
    int channels;      // 1 grey, 3 colours
    bool jpeg;         // or else deflated with PNG's predictors (image_png_data)
    Str picture;
    OwnWords words;
} OwnPage;

typedef struct OwnPdf {
    OwnPage *v;
    size_t n, cap;
} OwnPdf;

enum { OWN_PDF_MOST = (64 << 20) - 8192 }; // bytes: what the store of files takes

// ERR_LIMIT where it would be larger.
bool own_pdf_write(const OwnPdf *pdf, Arena *a, Str *out, Err *err);

// False for anything that own_pdf_write would not write in just these bytes. Pictures are not
// looked into.
bool own_pdf_read(Str bytes, Arena *a, OwnPdf *out);

#endif

// What can be read off a picture, by tesseract where it is installed: an eye that knows nothing of
// the document but what is seen. What it reads may stand as text in what is given out, and what is
// withheld must not be among it.
#ifndef GONGKAI_REDACT_OCR_H
#define GONGKAI_REDACT_OCR_H

#include "redact/find.h"

bool ocr_has(void); // tesseract with Chinese is there
// The words on the picture. ERR_LIMIT where it took too long.
bool ocr_read(const Image *m, int dpi, Arena *a, PageWords *out, Err *err);
Str ocr_tool(Arena *a); // its version

#endif

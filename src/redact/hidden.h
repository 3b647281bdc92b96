// What is in a document and cannot be seen on its pages: who wrote it, what was attached, what it
// said before, notes, layers, and words that stand where nobody sees them. Whoever gives out the
// document as it is gives that out as well.
//
// The list is of what is usual, for the eyes of an officer; it is no proof. What is made anew out
// of pictures (own_pdf.h) needs no such list.
#ifndef GONGKAI_REDACT_HIDDEN_H
#define GONGKAI_REDACT_HIDDEN_H

#include "redact/source.h"

// `info`: what pdfinfo says of it; `attached`: pdfdetach.
void hidden_in_pdf(Str pdf, Str info, Str attached, Arena *a, Strs *out);
// What a camera or a program wrote beside the picture.
void hidden_in_picture(Str bytes, Arena *a, Strs *out);

// Words that are text in the file and that the picture of their page does not show: white on white,
// under a bar or a picture, invisible, too small, outside the page.
typedef struct HiddenWords {
    int words, pages;
    int page[5];  // the first of them
    int unlooked; // the first page nobody looked at; 0: all were
} HiddenWords;

void hidden_on(const Source *s, int page, const Image *m, HiddenWords *found);
// All pages, rendered small, for at most so many seconds: somebody waits.
bool hidden_words(const Source *s, int seconds, HiddenWords *found, Err *err);
// In words, a line for each that there is something to say.
void hidden_words_say(const HiddenWords *found, Arena *a, Strs *out);

#endif

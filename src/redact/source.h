// A document that somebody sent, as pages: how large they are, what words stand where, what they
// look like. A PDF is taken apart by poppler's programs, each in a sandbox (base/sandbox.h): the
// parser and its licence stay outside, and what breaks it breaks only that process.
#ifndef GONGKAI_REDACT_SOURCE_H
#define GONGKAI_REDACT_SOURCE_H

#include "base/image.h"
#include "domain/attach_kind.h"
#include "redact/bbox.h"

typedef struct PageShape {
    double w, h; // points, as shown: cropped and turned
    int dpi;     // at which it is rendered
} PageShape;

typedef struct Source {
    AttachKind kind;
    Str bytes;
    PageShape *v;
    int pages;
    Strs hidden;    // what is in it and not seen on its pages, in words: 文件属性：作者
    Image image;    // of a picture
    BoxWords words; // line by line and column by column
    BoxWords drawn; // in the order they are drawn: text that runs askew is torn apart by lines
} Source;

enum {
    SOURCE_DPI = 200,
    SOURCE_DPI_LEAST = 60,         // larger pages are refused
    SOURCE_PIXELS = 16 << 20,      // of a page
    SOURCE_PICTURE = 60 * 1000000, // of a picture as it comes
    SOURCE_AT_ONCE = 32 << 20,     // pixels rendered by one process
};

// Looks what it is. ERR_UNREADABLE for what is broken or encrypted, ERR_LIMIT for too many or too
// large pages, each with what to do.
bool source_open(AttachKind kind, Str bytes, Arena *a, Source *out, Err *err);

// Of what pdfinfo says: what stands behind "key:" at the beginning of a line; empty for none.
Str source_value(Str info, Str key);

// The words of all its pages; none in a picture or a scan.
bool source_words(Source *s, Arena *a, Err *err);

// The last page that can be rendered together with `first`.
int source_together(const Source *s, int first);
// Pages first to last, in out[0] …; all are of one resolution. `side` > 0: at most so many pixels
// wide and high instead.
bool source_render(const Source *s, int first, int last, int side, Arena *a, Image *out, Err *err);

// The version of poppler's programs, for the certificate.
Str source_tool(Arena *a);

// One of poppler's programs over a PDF. ERR_UNREADABLE in words that say what to do.
bool source_run(const char *const argv[], Str pdf, size_t most, Arena *a, Str *out, Err *err);

#endif

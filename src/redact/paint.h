// Blacking out: solid black over what is withheld, with the article of the law in white where it
// fits (第十五条). The letters are drawn from strokes of our own, so that no font is needed where
// nothing may be read from disk, and so that the same mark is always the same pixels.
#ifndef GONGKAI_REDACT_PAINT_H
#define GONGKAI_REDACT_PAINT_H

#include "base/image.h"
#include "domain/redaction.h"

// In pixels of the page's picture; x1 and y1 are one past it.
typedef struct PxBox {
    int x0, y0, x1, y1;
} PxBox;

typedef struct Blot {
    PxBox box;
    Ground ground;
    int64_t mark; // whose it is
} Blot;

typedef struct Blots {
    Blot *v;
    size_t n, cap;
} Blots;

// Of an area, rounded outwards.
PxBox paint_box(const RedactBox *area, int w, int h);
PxBox paint_clip(PxBox b, int w, int h);
static inline bool paint_meets(PxBox a, PxBox b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

// All of them black, then all labels, so that no blot covers the label of another half.
void paint_blots(Image *m, const Blots *blots);

// How far the pixels under the blots are, at most, from what paint_blots makes there, of 255. For a
// picture that was opened again: 0, or a little where it is a JPEG.
int paint_differs(const Image *m, const Blots *blots, Arena *a);

#endif

#include "redact/paint.h"

#include <math.h>

// --- letters, as strokes on a square of 32

typedef struct Letter {
    Str rune;
    const signed char *strokes; // x y x y … ; UP ends a line, END the letter
} Letter;

enum { UP = -1, END = -2, SQUARE = 32 };

// clang-format off
static const signed char di[]   = { 9,2, 4,9, UP, 7,5, 15,5, UP, 10,5, 12,9, UP, 20,2, 16,9, UP, 18,5, 29,5, UP, 22,5, 24,9, UP,
                                    5,11, 26,11, 26,16, 7,16, 5,22, 27,22, 26,28, 22,27, UP, 16,9, 16,31, UP, 15,22, 5,30, END };
static const signed char shi[]  = { 3,14, 29,14, UP, 16,3, 16,30, END };
static const signed char si[]   = { 4,7, 28,7, 28,27, 4,27, 4,7, UP, 12,7, 12,14, 8,20, UP, 19,7, 19,18, 27,18, END };
static const signed char wu[]   = { 5,5, 27,5, UP, 15,5, 11,28, UP, 6,15, 23,15, 22,28, UP, 3,28, 29,28, END };
static const signed char liu[]  = { 15,3, 17,8, UP, 3,12, 29,12, UP, 12,17, 5,28, UP, 20,17, 28,28, END };
static const signed char tiao[] = { 13,2, 5,11, UP, 11,5, 24,5, 17,12, 5,17, UP, 9,8, 18,13, 28,16, UP,
                                    4,21, 28,21, UP, 16,16, 16,31, UP, 14,22, 5,29, UP, 18,22, 28,29, END };

static const Letter letters[] = {
    { SI("第"), di }, { SI("十"), shi }, { SI("四"), si }, { SI("五"), wu }, { SI("六"), liu }, { SI("条"), tiao },
};
// clang-format on

static const signed char *strokes_of(Str rune)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (str_eq(letters[i].rune, rune))
            return letters[i].strokes;
    return NULL;
}

// How far a point is from a line between two.
static double apart(double px, double py, double x0, double y0, double x1, double y1)
{
    double dx = x1 - x0, dy = y1 - y0, length = dx * dx + dy * dy;
    double t = length > 0 ? ((px - x0) * dx + (py - y0) * dy) / length : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(px - x0 - t * dx, py - y0 - t * dy);
}

// How white the letter is at a point of the square, 0 to 1; `soft` is a pixel's width there.
static double whiteness(const signed char *s, double x, double y, double soft)
{
    const double half = 1.3; // of a stroke's width
    double near = SQUARE;
    while (*s != END) {
        for (; s[2] != UP && s[2] != END; s += 2) {
            double d = apart(x, y, s[0], s[1], s[2], s[3]);
            near = d < near ? d : near;
        }
        s += s[2] == UP ? 3 : 2;
    }
    double w = 0.5 + (half - near) / soft;
    return w < 0 ? 0 : w > 1 ? 1 : w;
}

// --- blots

static int floor_units(int units, int of)
{
    return (int)((int64_t)units * of / PAGE_UNITS);
}

PxBox paint_clip(PxBox b, int w, int h)
{
    return (PxBox){b.x0 < 0 ? 0 : b.x0, b.y0 < 0 ? 0 : b.y0, b.x1 > w ? w : b.x1,
                   b.y1 > h ? h : b.y1};
}

PxBox paint_box(const RedactBox *b, int w, int h)
{
    PxBox box = {floor_units(b->x, w), floor_units(b->y, h), floor_units(b->x + b->w, w) + 1,
                 floor_units(b->y + b->h, h) + 1};
    return paint_clip(box, w, h);
}

static void dot(Image *m, int x, int y, int value)
{
    size_t at = ((size_t)y * (size_t)m->w + (size_t)x) * (size_t)m->channels;
    memset(m->px + at, value, (size_t)m->channels);
}

static void black(Image *m, PxBox b)
{
    for (int y = b.y0; y < b.y1; y++)
        for (int x = b.x0; x < b.x1; x++)
            dot(m, x, y, 0);
}

static void letter(Image *m, const signed char *strokes, int x0, int y0, int side)
{
    double scale = (double)SQUARE / side;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            double w = whiteness(strokes, (x + 0.5) * scale, (y + 0.5) * scale, scale);
            if (w > 0)
                dot(m, x0 + x, y0 + y, (int)(w * 255));
        }
}

// In the middle, as large as fits up to LARGEST; left out where it could not be read.
static void label(Image *m, const Blot *blot)
{
    enum { LARGEST = 32, LEAST = 10 };
    Str text = ground_defs[blot->ground].label;
    int n = (int)str_runes(text), w = blot->box.x1 - blot->box.x0, h = blot->box.y1 - blot->box.y0;
    int side = w / (n + 1) < h * 3 / 4 ? w / (n + 1) : h * 3 / 4;
    side = side > LARGEST ? LARGEST : side;
    if (side < LEAST)
        return;
    int x = blot->box.x0 + (w - side * n) / 2, y = blot->box.y0 + (h - side) / 2;
    size_t len;
    for (size_t i = 0; i < text.n; i += len, x += side) {
        str_rune(text, i, &len);
        const signed char *strokes = strokes_of(str_sub(text, i, i + len));
        if (strokes)
            letter(m, strokes, x, y, side);
    }
}

void paint_blots(Image *m, const Blots *blots)
{
    for (size_t i = 0; i < blots->n; i++)
        black(m, blots->v[i].box);
    for (size_t i = 0; i < blots->n; i++)
        label(m, &blots->v[i]);
}

static int differs_at(const Image *m, const Image *want, int x, int y)
{
    int most = 0;
    size_t at = (size_t)y * (size_t)m->w + (size_t)x;
    for (int c = 0; c < m->channels; c++) {
        int d = abs(m->px[at * (size_t)m->channels + (size_t)c] - want->px[at]);
        most = d > most ? d : most;
    }
    return most;
}

int paint_differs(const Image *m, const Blots *blots, Arena *a)
{
    Arena scratch = *a;
    int most = 0;
    if (!blots->n)
        return 0;
    Image want = image_new(&scratch, m->w, m->h, 1);
    paint_blots(&want, blots);
    for (size_t i = 0; i < blots->n; i++)
        for (int y = blots->v[i].box.y0; y < blots->v[i].box.y1; y++)
            for (int x = blots->v[i].box.x0; x < blots->v[i].box.x1; x++) {
                int d = differs_at(m, &want, x, y);
                most = d > most ? d : most;
            }
    return most;
}

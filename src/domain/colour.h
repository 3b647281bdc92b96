// The two colours a site may choose, and whether they can be read on white (WCAG 2.1, 1.4.3).
#ifndef GONGKAI_DOMAIN_COLOUR_H
#define GONGKAI_DOMAIN_COLOUR_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

typedef struct Colour {
    uint8_t r, g, b;
} Colour;

enum { CONTRAST_TEXT = 450 }; // hundredths: 4.5 to 1

// #1b4b87, any case. ERR_INPUT.
bool colour_read(Str text, Colour *out, Err *err);
Str colour_text(Arena *a, Colour c); // #1b4b87

// Hundredths: 100 for the same colour, 2100 for black on white.
int colour_contrast(Colour x, Colour y);

// As colour_read, and refuses with ERR_RULE what has less than CONTRAST_TEXT on white, for links
// and buttons are written in it.
bool colour_for_text(Str text, Colour *out, Err *err);

// `c` moved towards `to` by so many hundredths.
Colour colour_mix(Colour c, Colour to, int percent);

// A style sheet that puts the colours in the place of the usual ones (assets/tokens.css); an empty
// text leaves that one alone. High contrast keeps its own.
Str colour_css(Arena *a, Str accent, Str brand);

#endif

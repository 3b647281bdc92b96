// QR codes. The only file that knows libqrencode.
#ifndef GONGKAI_QR_H
#define GONGKAI_QR_H

#include "base/str.h"

enum { QR_TEXT_MAX = 1000 }; // bytes

// An <svg> with black modules on white and its quiet zone, whatever the page's colours, because
// telephones want it so. `label` is what it shows, for those who do not see it; not escaped here:
// a literal. Empty where the text is too long.
Str qr_svg(Arena *a, Str text, Str label);

#endif

// Photographs without what they tell besides the picture: the place and the hour they were taken,
// the camera, earlier versions, whatever was hung behind them. The picture itself is not computed
// anew, so nothing of it is lost; only the parts that draw it are kept, and all else is left out,
// known or not.
//
// A photograph of a telephone lies on its side and says so in its metadata; that one number is
// kept, because without it nobody could read a card in it.
#ifndef GONGKAI_DOMAIN_PICTURE_H
#define GONGKAI_DOMAIN_PICTURE_H

#include "base/err.h"
#include "base/str.h"

enum { PICTURE_SIDE_MAX = 20000, PICTURE_PIXELS_MAX = 100000000 };

typedef struct PictureSize {
    uint32_t width, height;
} PictureSize;

// JPEG (ITU-T T.81): frames, tables and scans up to the end of the picture; of Exif the
// orientation alone. ERR_INPUT for what is no whole picture, ERR_LIMIT for one that would fill a
// reader's memory. At most as long as `bytes` and 64 more.
bool picture_jpeg_clean(Str bytes, Arena *a, Str *out, PictureSize *size, Err *err);

// PNG (ISO 15948): IHDR, PLTE, tRNS, IDAT and IEND, each with the right checksum.
bool picture_png_clean(Str bytes, Arena *a, Str *out, PictureSize *size, Err *err);

#endif

// Pictures as pixels: PNG and JPEG in and out. The only file that knows libpng and libjpeg-turbo.
//
// Bytes from outside are decoded in a child (redact/redact.h). Nothing but pixels comes in: no
// comments, no places, no thumbnails, no profiles; and nothing else goes out.
#ifndef GONGKAI_IMAGE_H
#define GONGKAI_IMAGE_H

#include "base/err.h"
#include "base/str.h"

typedef struct Image {
    int w, h;
    int channels; // 1 grey, 3 red green blue; a byte each
    unsigned char *px;
} Image;

enum { IMAGE_SIDE_MOST = 20000 };

static inline size_t image_bytes(const Image *m)
{
    return (size_t)m->w * (size_t)m->h * (size_t)m->channels;
}

// White.
Image image_new(Arena *a, int w, int h, int channels);

// The first picture in the bytes, upright: a JPEG is turned as its EXIF says. What is transparent
// is white. ERR_LIMIT for more than `most` pixels or a side above IMAGE_SIDE_MOST, said before
// memory is taken; ERR_UNREADABLE where it is broken or cut off.
bool image_read(Str bytes, size_t most, Arena *a, Image *out, Err *err);

// How a JPEG is to be turned, 1 to 8, 1 for none: from its EXIF, which is not trusted.
int image_orientation(Str jpeg);
Image image_turn(const Image *m, int orientation, Arena *a);

bool image_png(const Image *m, Arena *a, Str *out, Err *err);
bool image_jpeg(const Image *m, int quality, Arena *a, Str *out, Err *err);

// The picture data of a PNG made here, without its frame (what PDF calls FlateDecode with predictor
// 15), and back. False where it does not give exactly this many pixels and end there.
Str image_png_data(Str png, Arena *a);
bool image_of_data(Str data, int w, int h, int channels, Arena *a, Image *out);
// A JPEG as made here: nothing in it but what the picture needs, nothing behind it.
bool image_jpeg_plain(Str jpeg);

// Grey where every pixel is, within what a camera or JPEG adds to grey.
Image image_grey_if_grey(const Image *m, Arena *a);

// Smaller, at most `side` wide and high, by averages; itself where it is already.
Image image_smaller(const Image *m, int side, Arena *a);

#endif

#include "base/qr.h"

#include "base/buf.h"

#include <qrencode.h>

enum { QUIET = 4, SVG_MAX = 512 << 10 };

// One path of squares, a run of dark modules in a row being one.
static void put_row(Buf *b, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width;) {
        int from = x;
        while (x < width && row[x] & 1)
            x++;
        if (x > from)
            buf_fmt(b, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
        else
            x++;
    }
}

Str qr_svg(Arena *a, Str text, Str label)
{
    if (!text.n || text.n > QR_TEXT_MAX)
        return S("");
    QRcode *code = QRcode_encodeString8bit(str_to_z(a, text), 0, QR_ECLEVEL_M);
    if (!code)
        return S("");
    int side = code->width + 2 * QUIET;
    Buf b = buf_new(a, SVG_MAX);
    buf_fmt(&b,
            "<svg class=\"qr\" role=\"img\" aria-label=\"" PRI_STR
            "\" viewBox=\"0 0 %d %d\" width=\"240\" height=\"240\">"
            "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
            STR_ARG(label), side, side, side, side);
    for (int y = 0; y < code->width; y++)
        put_row(&b, code->data + (size_t)y * (size_t)code->width, code->width, y);
    buf_add(&b, S("\"/></svg>"));
    QRcode_free(code);
    return b.full ? S("") : buf_str(&b);
}

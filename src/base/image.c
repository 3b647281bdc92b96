#include "base/image.h"

#include "base/buf.h"
#include "base/pack.h"

#include <png.h>
#include <turbojpeg.h>

Image image_new(Arena *a, int w, int h, int channels)
{
    Image m = {w, h, channels, NULL};
    m.px = NEW(a, unsigned char, image_bytes(&m));
    memset(m.px, 0xff, image_bytes(&m));
    return m;
}

static bool size_fits(int64_t w, int64_t h, size_t most, Err *err)
{
    return (w > 0 && h > 0 && w <= IMAGE_SIDE_MOST && h <= IMAGE_SIDE_MOST &&
            (uint64_t)w * (uint64_t)h <= most) ||
           fail(err, ERR_LIMIT, NULL,
                "图片有%lld×%lld像素，太大（最多%zu万像素）。请缩小或者分成几张再添加。",
                "the picture has %lld×%lld pixels, more than %zu × 10000; make it smaller",
                (long long)w, (long long)h, most / 10000);
}

static bool broken(Err *err, const char *why)
{
    return fail(err, ERR_UNREADABLE, why, "图片不完整或者已损坏，请重新保存或者扫描后再试",
                "the picture is cut short or damaged; save or scan it again");
}

// --- PNG

static bool png_in(Str bytes, size_t most, Arena *a, Image *out, Err *err)
{
    png_image p = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&p, bytes.s, bytes.n))
        return broken(err, p.message);
    if (!size_fits(p.width, p.height, most, err)) {
        png_image_free(&p);
        return false;
    }
    bool colour = p.format & PNG_FORMAT_FLAG_COLOR;
    p.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    Image m = image_new(a, (int)p.width, (int)p.height, colour ? 3 : 1);
    const png_color white = {255, 255, 255};
    if (!png_image_finish_read(&p, &white, m.px, 0, NULL))
        return broken(err, p.message);
    *out = m;
    return true;
}

bool image_png(const Image *m, Arena *a, Str *out, Err *err)
{
    png_image p = {.version = PNG_IMAGE_VERSION,
                   .width = (png_uint_32)m->w,
                   .height = (png_uint_32)m->h,
                   .format = m->channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY,
                   .flags = PNG_IMAGE_FLAG_FAST};
    png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(p);
    char *room = NEW(a, char, n);
    if (!png_image_write_to_memory(&p, room, &n, 0, m->px, 0, NULL))
        return fail(err, ERR_SYSTEM, p.message, "图片没有生成", "the picture could not be made");
    a->at = room + n; // what was not needed goes back
    *out = (Str){room, n};
    return true;
}

static uint32_t be32(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

enum { PNG_HEAD = 8, PNG_CHUNK = 12 }; // a chunk: length, name, bytes, sum

Str image_png_data(Str png, Arena *a)
{
    Buf b = buf_new(a, png.n);
    for (size_t at = PNG_HEAD; at + PNG_CHUNK <= png.n;) {
        size_t n = be32(png.s + at);
        if (n > png.n - at - PNG_CHUNK)
            break;
        if (memcmp(png.s + at + 4, "IDAT", 4) == 0)
            buf_add(&b, (Str){png.s + at + 8, n});
        at += n + PNG_CHUNK;
    }
    return buf_str(&b);
}

static void put_be32(Buf *b, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_byte(b, (char)(n >> shift));
}

static void chunk(Buf *b, Str name, Str bytes)
{
    put_be32(b, (uint32_t)bytes.n);
    size_t from = b->n;
    buf_add(b, name);
    buf_add(b, bytes);
    put_be32(b, pack_crc32((Str){b->s + from, b->n - from}));
}

bool image_of_data(Str data, int w, int h, int channels, Arena *a, Image *out)
{
    char head[13] = {0};
    Buf b = buf_new(a, data.n + 100), size = buf_new(a, 8);
    put_be32(&size, (uint32_t)w);
    put_be32(&size, (uint32_t)h);
    memcpy(head, size.s, 8);
    head[8] = 8;
    head[9] = channels == 3 ? 2 : 0;
    buf_add(&b, S("\x89PNG\r\n\x1a\n"));
    chunk(&b, S("IHDR"), (Str){head, sizeof head});
    chunk(&b, S("IDAT"), data);
    chunk(&b, S("IEND"), S(""));
    png_image p = {.version = PNG_IMAGE_VERSION};
    if (b.full || !png_image_begin_read_from_memory(&p, b.s, b.n))
        return false;
    p.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    Image m = image_new(a, w, h, channels);
    bool good = png_image_finish_read(&p, NULL, m.px, 0, NULL);
    if (!good || p.warning_or_error) // also more data than the picture needs
        return false;
    *out = m;
    return true;
}

// --- JPEG

static void codec_end(tjhandle *h)
{
    if (*h)
        tjDestroy(*h);
}

static bool jpeg_in(Str bytes, size_t most, Arena *a, Image *out, Err *err)
{
    CLEANUP(codec_end) tjhandle h = tjInitDecompress();
    int w = 0, height = 0, sub = 0, space = 0;
    if (!h)
        return fail(err, ERR_SYSTEM, tjGetErrorStr2(NULL), "不能读取JPEG图片",
                    "JPEG pictures cannot be read");
    if (tjDecompressHeader3(h, (const unsigned char *)bytes.s, bytes.n, &w, &height, &sub,
                            &space) != 0)
        return broken(err, tjGetErrorStr2(h));
    if (w < 1 || height < 1) // a header that was read as far as it went
        return broken(err, "no size");
    if (!size_fits(w, height, most, err))
        return false;
    if (space == TJCS_CMYK || space == TJCS_YCCK)
        return fail(err, ERR_UNREADABLE, NULL,
                    "这张JPEG是印刷用的四色（CMYK）图片，请另存为普通（RGB）图片再添加",
                    "the JPEG is in four colours for print (CMYK); save it as RGB");
    bool grey = space == TJCS_GRAY;
    Image m = image_new(a, w, height, grey ? 1 : 3);
    if (tjDecompress2(h, (const unsigned char *)bytes.s, bytes.n, m.px, w, 0, height,
                      grey ? TJPF_GRAY : TJPF_RGB, TJFLAG_LIMITSCANS) != 0)
        return broken(err, tjGetErrorStr2(h));
    *out = m;
    return true;
}

bool image_jpeg(const Image *m, int quality, Arena *a, Str *out, Err *err)
{
    CLEANUP(codec_end) tjhandle h = tjInitCompress();
    int sub = m->channels == 3 ? TJSAMP_420 : TJSAMP_GRAY;
    unsigned long n = tjBufSize(m->w, m->h, sub);
    unsigned char *room = NEW(a, unsigned char, n);
    if (!h || tjCompress2(h, m->px, m->w, 0, m->h, m->channels == 3 ? TJPF_RGB : TJPF_GRAY, &room,
                          &n, sub, quality, TJFLAG_NOREALLOC) != 0)
        return fail(err, ERR_SYSTEM, h ? tjGetErrorStr2(h) : NULL, "图片没有生成",
                    "the picture could not be made");
    a->at = (char *)room + n;
    *out = (Str){(char *)room, n};
    return true;
}

// Walks the segments of a JPEG: *at stands on a marker and moves behind its segment. False at the
// end, or where there is no segment.
static bool segment(Str s, size_t *at, int *marker, Str *body)
{
    if (*at + 4 > s.n || (unsigned char)s.s[*at] != 0xff)
        return false;
    size_t n = (size_t)(unsigned char)s.s[*at + 2] << 8 | (unsigned char)s.s[*at + 3];
    *marker = (unsigned char)s.s[*at + 1];
    if (n < 2 || n > s.n - *at - 2)
        return false;
    *body = (Str){s.s + *at + 4, n - 2};
    *at += n + 2;
    return true;
}

enum { APP0 = 0xe0, APP1 = 0xe1, SOS = 0xda, SOF0 = 0xc0, DHT = 0xc4, DQT = 0xdb, EOI = 0xd9 };

bool image_jpeg_plain(Str s)
{
    size_t at = 2;
    int marker;
    Str body;
    if (!str_starts(s, S("\xff\xd8")) || !str_ends(s, S("\xff\xd9")))
        return false;
    do {
        if (!segment(s, &at, &marker, &body) ||
            !(marker == APP0 ? body.n == 14 && str_starts(body, S("JFIF"))
                             : marker == SOS || marker == SOF0 || marker == DHT || marker == DQT))
            return false;
    } while (marker != SOS);
    // Only bytes of the picture up to the end: a 0xff there is followed by 0.
    for (; at + 2 < s.n; at++)
        if ((unsigned char)s.s[at] == 0xff && s.s[at + 1] != 0)
            return false;
    return true;
}

// --- how a JPEG is turned

static uint32_t number(Str s, size_t at, size_t n, bool little)
{
    uint32_t v = 0;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | (unsigned char)s.s[at + (little ? n - 1 - i : i)];
    return v;
}

// A directory of TIFF: the short value of tag 0x112.
static int tiff_orientation(Str s)
{
    enum { TAG = 0x112, ENTRY = 12 };
    if (s.n < 8)
        return 1;
    bool little = s.s[0] == 'I';
    size_t at = number(s, 4, 4, little);
    if (at > s.n - 2 || at < 8)
        return 1;
    size_t n = number(s, at, 2, little);
    for (size_t i = 0, e = at + 2; i < n && e + ENTRY <= s.n; i++, e += ENTRY)
        if (number(s, e, 2, little) == TAG) {
            uint32_t v = number(s, e + 8, 2, little);
            return v >= 1 && v <= 8 ? (int)v : 1;
        }
    return 1;
}

int image_orientation(Str s)
{
    size_t at = 2;
    int marker;
    Str body;
    while (segment(s, &at, &marker, &body) && marker != SOS)
        if (marker == APP1 && str_starts(body, S("Exif\0\0")))
            return tiff_orientation(str_from(body, 6));
    return 1;
}

Image image_turn(const Image *m, int orientation, Arena *a)
{
    if (orientation < 2 || orientation > 8)
        return *m;
    bool sides = orientation >= 5; // width and height change places
    bool flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    Image t = image_new(a, sides ? m->h : m->w, sides ? m->w : m->h, m->channels);
    size_t c = (size_t)m->channels;
    for (int y = 0; y < t.h; y++)
        for (int x = 0; x < t.w; x++) {
            int sx = sides ? y : x, sy = sides ? x : y;
            sx = flip_x ? m->w - 1 - sx : sx;
            sy = flip_y ? m->h - 1 - sy : sy;
            memcpy(t.px + ((size_t)y * (size_t)t.w + (size_t)x) * c,
                   m->px + ((size_t)sy * (size_t)m->w + (size_t)sx) * c, c);
        }
    return t;
}

bool image_read(Str bytes, size_t most, Arena *a, Image *out, Err *err)
{
    if (str_starts(bytes, S("\x89PNG")))
        return png_in(bytes, most, a, out, err);
    Image m;
    if (!jpeg_in(bytes, most, a, &m, err))
        return false;
    *out = image_turn(&m, image_orientation(bytes), a);
    return true;
}

// --- other pixels of the same picture

static bool is_grey(const Image *m)
{
    enum { NEAR = 6 }; // of 255
    for (size_t i = 0, n = image_bytes(m); i < n; i += 3) {
        int r = m->px[i], g = m->px[i + 1], b = m->px[i + 2];
        if (abs(r - g) > NEAR || abs(g - b) > NEAR || abs(r - b) > NEAR)
            return false;
    }
    return true;
}

Image image_grey_if_grey(const Image *m, Arena *a)
{
    if (m->channels == 1 || !is_grey(m))
        return *m;
    Image g = image_new(a, m->w, m->h, 1);
    for (size_t i = 0, n = image_bytes(&g); i < n; i++)
        g.px[i] = (unsigned char)((m->px[3 * i] + 2 * m->px[3 * i + 1] + m->px[3 * i + 2] + 2) / 4);
    return g;
}

static void average(const Image *m, const Image *s, int x, int y, unsigned char *out)
{
    int x0 = (int)((int64_t)x * m->w / s->w), x1 = (int)((int64_t)(x + 1) * m->w / s->w);
    int y0 = (int)((int64_t)y * m->h / s->h), y1 = (int)((int64_t)(y + 1) * m->h / s->h);
    for (int c = 0; c < m->channels; c++) {
        uint64_t sum = 0;
        for (int sy = y0; sy < y1; sy++)
            for (int sx = x0; sx < x1; sx++)
                sum += m->px[((size_t)sy * (size_t)m->w + (size_t)sx) * (size_t)m->channels +
                             (size_t)c];
        out[c] = (unsigned char)(sum / ((uint64_t)(x1 - x0) * (uint64_t)(y1 - y0)));
    }
}

Image image_smaller(const Image *m, int side, Arena *a)
{
    int longer = m->w > m->h ? m->w : m->h;
    if (longer <= side)
        return *m;
    int w = (int)((int64_t)m->w * side / longer), h = (int)((int64_t)m->h * side / longer);
    Image s = image_new(a, w ? w : 1, h ? h : 1, m->channels);
    for (int y = 0; y < s.h; y++)
        for (int x = 0; x < s.w; x++)
            average(m, &s, x, y, s.px + ((size_t)y * (size_t)s.w + (size_t)x) * (size_t)s.channels);
    return s;
}

#include "domain/picture.h"

#include "base/buf.h"

static bool broken(Err *err, const char *detail)
{
    return fail(err, ERR_INPUT, detail, "这张图片不完整或者已经损坏，请重新拍照或者扫描",
                "the picture is not whole or damaged; take it again");
}

static bool size_fits(PictureSize s, Err *err)
{
    if (s.width == 0 || s.height == 0)
        return broken(err, "no size");
    if (s.width > PICTURE_SIDE_MAX || s.height > PICTURE_SIDE_MAX ||
        (uint64_t)s.width * s.height > PICTURE_PIXELS_MAX)
        return fail(err, ERR_LIMIT, NULL, "图片太大（%u×%u点），请缩小以后再上传",
                    "the picture is too large (%u by %u); make it smaller", s.width, s.height);
    return true;
}

static uint32_t big(Str s, size_t at, int bytes)
{
    uint32_t n = 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)s.s[at + (size_t)i];
    return n;
}

// --- JPEG

enum {
    SOI = 0xd8,
    EOI = 0xd9,
    SOS = 0xda,
    DQT = 0xdb,
    DRI = 0xdd,
    DHT = 0xc4,
    DAC = 0xcc,
    JPG = 0xc8,
    APP0 = 0xe0,
    APP1 = 0xe1,
    APP14 = 0xee,
    RST0 = 0xd0,
    RST7 = 0xd7,
    TEM = 0x01,
};

static bool is_frame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != DHT && marker != JPG && marker != DAC;
}

static uint32_t number(Str s, size_t at, int bytes, bool little)
{
    uint32_t n = 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)s.s[at + (size_t)(little ? bytes - 1 - i : i)];
    return n;
}

// Exif is a small TIFF; its first directory has the orientation, 1 to 8, under 0x0112. 0: none.
static int orientation(Str segment)
{
    enum { TAG = 0x0112, SHORT = 3, ENTRY = 12 };
    if (!str_starts(segment, (Str){"Exif\0\0", 6}))
        return 0;
    Str t = str_from(segment, 6);
    bool little = str_starts(t, S("II"));
    if (t.n < 14 || (!little && !str_starts(t, S("MM"))) || number(t, 2, 2, little) != 42)
        return 0;
    size_t at = number(t, 4, 4, little);
    if (at > t.n - 2)
        return 0;
    size_t entries = number(t, at, 2, little);
    for (size_t i = 0; i < entries && at + 2 + (i + 1) * ENTRY <= t.n; i++) {
        size_t e = at + 2 + i * ENTRY;
        uint32_t value = number(t, e + 8, 2, little);
        if (number(t, e, 2, little) == TAG && number(t, e + 2, 2, little) == SHORT)
            return value >= 1 && value <= 8 ? (int)value : 0;
    }
    return 0;
}

static void orientation_write(Buf *out, int value)
{
    static const char head[] = "\xff\xe1\x00\x22"
                               "Exif\0\0"
                               "MM\0*\0\0\0\x08"
                               "\0\x01"
                               "\x01\x12\0\x03\0\0\0\x01\0";
    buf_add(out, (Str){head, sizeof head - 1});
    buf_byte(out, (char)value);
    buf_add(out, (Str){"\0\0\0\0\0\0", 6});
}

typedef struct Jpeg {
    Str in;
    size_t at;
    Buf out;
    PictureSize size;
    bool framed, scanned, oriented;
} Jpeg;

static void marker_write(Buf *out, int marker)
{
    buf_byte(out, '\xff');
    buf_byte(out, (char)marker);
}

// The coded data behind a scan's head, up to the marker that ends it.
static bool scan_copy(Jpeg *j)
{
    size_t from = j->at;
    for (; j->at + 1 < j->in.n; j->at++) {
        if ((unsigned char)j->in.s[j->at] != 0xff)
            continue;
        int next = (unsigned char)j->in.s[j->at + 1];
        if (next == 0 || (next >= RST0 && next <= RST7)) {
            j->at++;
            continue;
        }
        if (next == 0xff) // fill
            continue;
        buf_add(&j->out, str_sub(j->in, from, j->at));
        return true;
    }
    return false;
}

static bool frame_read(Jpeg *j, Str body, Err *err)
{
    if (j->framed || body.n < 6)
        return broken(err, "frame");
    j->framed = true;
    j->size = (PictureSize){.width = big(body, 3, 2), .height = big(body, 1, 2)};
    return size_fits(j->size, err);
}

// What draws is kept; of what describes, the orientation, and Adobe's word on how colours are
// coded.
static bool segment(Jpeg *j, int marker, Str whole, Err *err)
{
    Str body = str_from(whole, 4);
    if (is_frame(marker) && !frame_read(j, body, err))
        return false;
    if (marker == APP1 && !j->oriented && !j->framed && orientation(body)) {
        orientation_write(&j->out, orientation(body));
        j->oriented = true;
        return true;
    }
    bool adobe = marker == APP14 && body.n == 12 && str_starts(body, S("Adobe"));
    if (is_frame(marker) || marker == DQT || marker == DHT || marker == DAC || marker == DRI ||
        marker == SOS || adobe)
        buf_add(&j->out, whole);
    if (marker != SOS)
        return true;
    j->scanned = true;
    return j->framed && scan_copy(j) ? true : broken(err, "scan");
}

static bool jpeg_walk(Jpeg *j, Err *err)
{
    while (j->at + 2 <= j->in.n) {
        if ((unsigned char)j->in.s[j->at] != 0xff)
            return broken(err, "no marker");
        int marker = (unsigned char)j->in.s[j->at + 1];
        if (marker == 0xff) {
            j->at++;
            continue;
        }
        if (marker == EOI)
            return j->scanned || broken(err, "no scan");
        size_t length = j->at + 4 <= j->in.n ? big(j->in, j->at + 2, 2) : 0;
        if (marker == 0 || marker == TEM || (marker >= RST0 && marker <= SOI) || length < 2 ||
            j->at + 2 + length > j->in.n)
            return broken(err, "segment");
        Str whole = str_sub(j->in, j->at, j->at + 2 + length);
        j->at += 2 + length;
        if (!segment(j, marker, whole, err))
            return false;
    }
    return broken(err, "no end");
}

bool picture_jpeg_clean(Str bytes, Arena *a, Str *out, PictureSize *size, Err *err)
{
    Jpeg j = {.in = bytes, .at = 2, .out = buf_new(a, bytes.n + 64)};
    if (!str_starts(bytes, S("\xff\xd8")))
        return broken(err, "no JPEG");
    marker_write(&j.out, SOI);
    if (!jpeg_walk(&j, err))
        return false;
    marker_write(&j.out, EOI);
    if (j.out.full)
        return broken(err, "grows");
    *out = buf_str(&j.out);
    *size = j.size;
    return true;
}

// --- PNG

// ISO 15948, annex D, four bits at a time.
static uint32_t crc32_of(Str s)
{
    static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                       0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                       0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                       0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (unsigned char)s.s[i];
        crc = table[crc & 15] ^ crc >> 4;
        crc = table[crc & 15] ^ crc >> 4;
    }
    return ~crc;
}

static bool chunk_draws(Str name)
{
    static const Str kept[] = {SI("IHDR"), SI("PLTE"), SI("tRNS"), SI("IDAT"), SI("IEND")};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (str_eq(name, kept[i]))
            return true;
    return false;
}

bool picture_png_clean(Str bytes, Arena *a, Str *out, PictureSize *size, Err *err)
{
    enum { HEAD = 8, FRAME = 12 }; // length, name, checksum
    static const Str signature = SI("\x89PNG\r\n\x1a\n");
    Buf b = buf_new(a, bytes.n);
    PictureSize found = {0};
    bool drawn = false;
    if (!str_starts(bytes, signature))
        return broken(err, "no PNG");
    buf_add(&b, signature);
    for (size_t at = signature.n; at + FRAME <= bytes.n;) {
        size_t length = big(bytes, at, 4);
        if (length > bytes.n - at - FRAME)
            return broken(err, "chunk");
        Str name = str_sub(bytes, at + 4, at + HEAD);
        Str whole = str_sub(bytes, at, at + FRAME + length);
        if (crc32_of(str_sub(whole, 4, HEAD + length)) != big(whole, HEAD + length, 4))
            return broken(err, "checksum");
        if ((at == signature.n) != str_eq(name, S("IHDR")))
            return broken(err, "order");
        if (at == signature.n) {
            if (length != 13)
                return broken(err, "head");
            found = (PictureSize){big(whole, HEAD, 4), big(whole, HEAD + 4, 4)};
            if (!size_fits(found, err))
                return false;
        }
        if (chunk_draws(name))
            buf_add(&b, whole);
        drawn |= str_eq(name, S("IDAT"));
        at += whole.n;
        if (str_eq(name, S("IEND"))) {
            if (!drawn)
                return broken(err, "nothing drawn");
            *out = buf_str(&b);
            *size = found;
            return true;
        }
    }
    return broken(err, "no end");
}

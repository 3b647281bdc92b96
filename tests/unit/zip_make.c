#include "zip_make.h"

ZipMake zip_make(Arena *a)
{
    return (ZipMake){.out = buf_new(a, 64 << 20), .directory = buf_new(a, 16 << 20)};
}

static uint32_t crc_of(Str s)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (unsigned char)s.s[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static void put(Buf *b, uint32_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_byte(b, i < 4 ? (char)(n >> 8 * i) : 0);
}

// What a local header and an entry of the list have in common, from the version on.
static void put_common(Buf *b, uint32_t crc, uint32_t size, uint32_t name)
{
    put(b, 20, 2);
    put(b, 0, 4); // flags, stored
    put(b, 0x00210000, 4);
    put(b, crc, 4);
    put(b, size, 4);
    put(b, size, 4);
    put(b, name, 2);
    put(b, 0, 2);
}

void zip_make_add(ZipMake *z, const char *name, Str content)
{
    uint32_t at = (uint32_t)z->out.n, crc = crc_of(content);
    uint32_t len = (uint32_t)strlen(name), size = (uint32_t)content.n;
    put(&z->out, 0x04034b50, 4);
    put_common(&z->out, crc, size, len);
    buf_add(&z->out, str_z(name));
    buf_add(&z->out, content);
    put(&z->directory, 0x02014b50, 4);
    put(&z->directory, 20, 2);
    put_common(&z->directory, crc, size, len);
    put(&z->directory, 0, 2 + 2 + 2 + 4);
    put(&z->directory, at, 4);
    buf_add(&z->directory, str_z(name));
    z->entries++;
}

Str zip_make_end(ZipMake *z)
{
    uint32_t at = (uint32_t)z->out.n, size = (uint32_t)z->directory.n;
    buf_add(&z->out, buf_str(&z->directory));
    put(&z->out, 0x06054b50, 4);
    put(&z->out, 0, 4);
    put(&z->out, (uint32_t)z->entries, 2);
    put(&z->out, (uint32_t)z->entries, 2);
    put(&z->out, size, 4);
    put(&z->out, at, 4);
    put(&z->out, 0, 2);
    return buf_str(&z->out);
}

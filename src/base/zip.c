#include "base/zip.h"

#include "base/pack.h"

// Little-endian, as the format wants.
static void put(Buf *b, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_byte(b, (char)(n >> (8 * i) & 0xff));
}

enum { VERSION = 20, DAY_1980_01_01 = 0x21 };

// What local and central headers have in common, from the version on.
static void put_common(Buf *b, const ZipMember *m)
{
    put(b, VERSION, 2);
    put(b, 0, 2); // flags
    put(b, 0, 2); // stored
    put(b, 0, 2); // time
    put(b, DAY_1980_01_01, 2);
    put(b, pack_crc32(m->bytes), 4);
    put(b, m->bytes.n, 4);
    put(b, m->bytes.n, 4);
    put(b, m->name.n, 2);
    put(b, 0, 2); // extra
}

static void put_central(Buf *b, const ZipMember *m, size_t at)
{
    put(b, 0x02014b50, 4);
    put(b, VERSION, 2);
    put_common(b, m);
    put(b, 0, 2); // comment
    put(b, 0, 2); // disk
    put(b, 0, 2); // attributes
    put(b, 0, 4);
    put(b, at, 4);
    buf_add(b, m->name);
}

static size_t put_local(Buf *b, const ZipMember *m, size_t begin)
{
    size_t at = b->n - begin;
    put(b, 0x04034b50, 4);
    put_common(b, m);
    buf_add(b, m->name);
    buf_add(b, m->bytes);
    return at;
}

bool zip_write(Buf *out, const ZipMember *members, size_t n)
{
    size_t begin = out->n, *at = NEW(out->a, size_t, n);
    for (size_t i = 0; i < n; i++) {
        if (members[i].bytes.n > UINT32_MAX)
            return false;
        at[i] = put_local(out, &members[i], begin);
    }
    size_t central = out->n - begin;
    for (size_t i = 0; i < n; i++)
        put_central(out, &members[i], at[i]);
    size_t size = out->n - begin - central;
    put(out, 0x06054b50, 4);
    put(out, 0, 4); // disks
    put(out, n, 2);
    put(out, n, 2);
    put(out, size, 4);
    put(out, central, 4);
    put(out, 0, 2); // comment
    return !out->full && out->n - begin <= UINT32_MAX;
}

#include "report/ole.h"

enum { ENTRY = 128, END_OF_CHAIN = 0x7ffffffa }; // sector numbers from there on are marks

struct Ole {
    Str bytes;
    Arena *a;
    size_t sector, mini; // their sizes
    Str fat, minifat, directory, ministream;
    uint32_t cutoff; // streams below it are in the mini stream
};

uint32_t ole_number(Str s, size_t at, int bytes)
{
    uint32_t n = 0;
    if (at > s.n || s.n - at < (size_t)bytes)
        return 0;
    for (int i = bytes; i-- > 0;)
        n = n << 8 | (unsigned char)s.s[at + (size_t)i];
    return n;
}

static Str sector_at(const Ole *o, uint32_t number)
{
    size_t at = ((size_t)number + 1) * o->sector;
    return str_sub(o->bytes, at, at + o->sector);
}

// The parts of a chain one after another. A chain longer than what it is in goes in a circle.
static Str chain(const Ole *o, Str table, Str from, size_t part, uint32_t first, size_t size)
{
    size_t most = from.n / part + 1, n = 0;
    char *out = NEW(o->a, char, size < from.n ? size : from.n);
    for (uint32_t at = first; at < END_OF_CHAIN && most-- > 0 && n < size;) {
        // sectors are counted from behind the header, which is as long as one of them
        size_t begin = (size_t)at * part + (from.s == o->bytes.s ? o->sector : 0);
        Str piece = str_sub(from, begin, begin + part);
        size_t take = piece.n < size - n ? piece.n : size - n;
        if (!take || n + take > from.n)
            break;
        memcpy(out + n, piece.s, take);
        n += take;
        if ((size_t)at * 4 + 4 > table.n)
            break;
        at = ole_number(table, (size_t)at * 4, 4);
    }
    return (Str){out, n};
}

// The table of chains is itself in sectors: 109 of them are listed in the header, more in a chain
// of lists.
static Str fat_read(const Ole *o)
{
    size_t count = ole_number(o->bytes, 0x2c, 4), most = o->bytes.n / o->sector, n = 0;
    count = count < most ? count : most;
    char *fat = NEW(o->a, char, count * o->sector);
    Str list = str_sub(o->bytes, 0x4c, 0x200);
    uint32_t next = ole_number(o->bytes, 0x44, 4);
    size_t per_list = 109;
    for (size_t lists = 0; lists <= most && n < count; lists++) {
        for (size_t i = 0; i < per_list && n < count; i++) {
            Str s = sector_at(o, ole_number(list, i * 4, 4));
            if (s.n < o->sector)
                return (Str){fat, n * o->sector};
            memcpy(fat + n++ * o->sector, s.s, o->sector);
        }
        if (next >= END_OF_CHAIN)
            break;
        list = sector_at(o, next);
        per_list = o->sector / 4 - 1;
        next = ole_number(list, per_list * 4, 4);
    }
    return (Str){fat, n * o->sector};
}

Ole *ole_open(Str bytes, Arena *a)
{
    if (!str_starts(bytes, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) || bytes.n < 512)
        return NULL;
    uint32_t sector = ole_number(bytes, 0x1e, 2), mini = ole_number(bytes, 0x20, 2);
    if ((sector != 9 && sector != 12) || mini != 6)
        return NULL;
    Ole *o = NEW(a, Ole, 1);
    *o = (Ole){.bytes = bytes, .a = a, .sector = (size_t)1 << sector, .mini = 64};
    o->cutoff = ole_number(bytes, 0x38, 4);
    o->fat = fat_read(o);
    o->directory = chain(o, o->fat, bytes, o->sector, ole_number(bytes, 0x30, 4), bytes.n);
    o->minifat = chain(o, o->fat, bytes, o->sector, ole_number(bytes, 0x3c, 4), bytes.n);
    // the first entry is the root; what it holds is the stream of small streams
    o->ministream = chain(o, o->fat, bytes, o->sector, ole_number(o->directory, 0x74, 4),
                          ole_number(o->directory, 0x78, 4));
    return o;
}

static bool entry_named(Str entry, const char *name)
{
    size_t n = strlen(name);
    if (ole_number(entry, 0x40, 2) != 2 * n + 2)
        return false;
    for (size_t i = 0; i < n; i++)
        if (ole_number(entry, 2 * i, 2) != (unsigned char)name[i])
            return false;
    return true;
}

Str ole_stream(Ole *o, const char *name)
{
    for (size_t at = 0; at + ENTRY <= o->directory.n; at += ENTRY) {
        Str entry = str_sub(o->directory, at, at + ENTRY);
        if (ole_number(entry, 0x42, 1) != 2 || !entry_named(entry, name))
            continue;
        uint32_t first = ole_number(entry, 0x74, 4), size = ole_number(entry, 0x78, 4);
        if (size < o->cutoff)
            return chain(o, o->minifat, o->ministream, o->mini, first, size);
        return chain(o, o->fat, o->bytes, o->sector, first, size);
    }
    return S("");
}

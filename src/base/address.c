#include "base/address.h"

#include <arpa/inet.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool address_is_v4(Address a)
{
    return memcmp(a.bytes, mapped, sizeof mapped) == 0;
}

bool address_parse(Str s, Address *out)
{
    char z[INET6_ADDRSTRLEN];
    Address a = {0};
    if (!s.n || s.n >= sizeof z)
        return false;
    memcpy(z, s.s, s.n);
    z[s.n] = 0;
    if (inet_pton(AF_INET, z, a.bytes + 12) == 1)
        memcpy(a.bytes, mapped, sizeof mapped);
    else if (inet_pton(AF_INET6, z, a.bytes) != 1)
        return false;
    *out = a;
    return true;
}

bool address_loopback(Address a)
{
    static const Address six = {.bytes = {[15] = 1}};
    return address_is_v4(a) ? a.bytes[12] == 127
                            : memcmp(a.bytes, six.bytes, sizeof six.bytes) == 0;
}

Str address_home(Arena *a, Str ip)
{
    Address home;
    char z[INET6_ADDRSTRLEN];
    if (!address_parse(ip, &home) || address_is_v4(home))
        return ip;
    memset(home.bytes + 8, 0, 8);
    inet_ntop(AF_INET6, home.bytes, z, sizeof z);
    return str_fmt(a, "%s/64", z);
}

static bool bit(Address a, int i)
{
    return a.bytes[i / 8] >> (7 - i % 8) & 1;
}

bool net_parse(Str s, Net *out)
{
    Str address, bits;
    int64_t n = 0;
    Net net;
    bool has_bits = str_cut(s, S("/"), &address, &bits);
    if (!address_parse(address, &net.address))
        return false;
    int most = address_is_v4(net.address) && !str_has(address, S(":")) ? 32 : 128;
    if (has_bits && (!str_to_int(bits, &n) || n < 0 || n > most))
        return false;
    net.bits = has_bits ? (int)n + 128 - most : 128;
    for (int i = net.bits; i < 128; i++)
        if (bit(net.address, i))
            return false;
    *out = net;
    return true;
}

bool net_has(const Net *net, Address a)
{
    int whole = net->bits / 8;
    if (memcmp(net->address.bytes, a.bytes, (size_t)whole) != 0)
        return false;
    for (int i = whole * 8; i < net->bits; i++)
        if (bit(net->address, i) != bit(a, i))
            return false;
    return true;
}

bool nets_have(const Nets *nets, Address a)
{
    for (size_t i = 0; i < nets->n; i++)
        if (net_has(&nets->v[i], a))
            return true;
    return false;
}

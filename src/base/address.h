// Internet addresses and networks, as text and compared: 192.0.2.7, 2001:db8::1, 10.0.0.0/8. An
// IPv4 address written as IPv6 (::ffff:192.0.2.7) is the IPv4 address.
#ifndef GONGKAI_ADDRESS_H
#define GONGKAI_ADDRESS_H

#include "base/str.h"

typedef struct Address {
    unsigned char bytes[16]; // IPv4 as ::ffff:a.b.c.d
} Address;

typedef struct Net {
    Address address;
    int bits; // of the 128 that count
} Net;

typedef struct Nets {
    Net *v;
    size_t n, cap;
} Nets;

bool address_parse(Str s, Address *out); // no port, no brackets, no zone
bool address_is_v4(Address a);
bool address_loopback(Address a); // 127.0.0.0/8, ::1

// Whose it is likely to be: of IPv6 the network of 64 bits, which one customer of a provider has
// whole, as "2001:db8:1:2::/64"; anything else as it is.
Str address_home(Arena *a, Str ip);

// An address, which stands for itself alone, or address/bits. What lies behind the bits must be
// zero, so that 10.1.2.3/8 is a slip and not a network.
bool net_parse(Str s, Net *out);
bool net_has(const Net *net, Address a);
bool nets_have(const Nets *nets, Address a);

#endif

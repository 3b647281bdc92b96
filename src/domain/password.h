// What a password must be: long, and not what others would try first. No rules about kinds of signs
// and no changing by the calendar: both make people write 2026Mima! and then 2027Mima! (NIST SP
// 800-63B 5.1.1.2 says so too).
//
// How hard it is to guess is reckoned by taking it apart into the cheapest pieces that people make
// passwords of (data/passwords.txt, the person's own names, rows of keys, days, telephone numbers,
// repetitions), each worth the number of such pieces there are, and the rest sign by sign.
#ifndef GONGKAI_DOMAIN_PASSWORD_H
#define GONGKAI_DOMAIN_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

enum {
    PASSWORD_LEAST = 12,      // characters
    PASSWORD_MOST = 128,      // the same
    PASSWORD_LEAST_BITS = 40, // of what it takes to guess it
};

// Whose it will be: names that are no secret.
typedef struct PasswordOwner {
    Str login, name, organ, site;
} PasswordOwner;

// Bits: the binary logarithm of how many tries somebody needs who knows how people choose.
int password_bits(Str password, const PasswordOwner *owner, Arena *a);

// In a word: 太容易猜 可以 较强 很强.
Str password_strength(int bits);

// ERR_INPUT, with what to do, where it will not do.
bool password_decide(Str password, const PasswordOwner *owner, Arena *a, Err *err);

#endif

// Hashes, randomness, passwords, sealed bytes and signatures. The only file that knows libsodium.
#ifndef GONGKAI_CRYPT_H
#define GONGKAI_CRYPT_H

#include "base/err.h"
#include "base/str.h"

enum { SHA256_BYTES = 32 };

// SHA-256 of `s` as 64 lower-case hexadecimal digits: the name of a file by its content, an ETag.
Str crypt_sha256(Arena *a, Str s);

void crypt_sha256_raw(Str s, unsigned char out[SHA256_BYTES]);

// The same piece by piece.
typedef struct Sha256 {
    _Alignas(16) unsigned char state[128]; // libsodium's
} Sha256;
Sha256 sha256_begin(void);
void sha256_add(Sha256 *sum, Str s);
void sha256_end(Sha256 *sum, unsigned char out[SHA256_BYTES]);

// A keyed 64-bit hash (SipHash) whose key is random per process: for tables whose keys come from
// outside, so that nobody can choose them to collide.
uint64_t crypt_hash64(Str s);

// Random bytes of the system; never fails (the process ends where there is no randomness at all).
void crypt_random(void *out, size_t n);

// `bytes` random bytes as hexadecimal digits: tokens, file names.
Str crypt_token(Arena *a, size_t bytes);

Str crypt_hex(Arena *a, Str bytes);
// Exactly n bytes from 2 n hexadecimal digits; false, and `out` undefined, for anything else.
bool crypt_unhex(Str hex, unsigned char *out, size_t n);

// Whether two secrets are the same, in a time that does not tell where they differ.
bool crypt_same(Str x, Str y);

// --- keys
//
// One secret of 32 random bytes belongs to a data folder; every other key is derived from it for
// one purpose, so that none can stand for another.

enum { KEY_BYTES = 32 };

typedef struct Key {
    unsigned char bytes[KEY_BYTES];
} Key;

// The purposes and their names in the derivation: eight letters that never change.
typedef enum KeyUse {
    KEY_SECRETS,  // second factors and passwords of other services in the database
    KEY_FILES,    // private files
    KEY_SEALS,    // signatures under the audit
    KEY_FORMS,    // what a page gives out and wants back unchanged
    KEY_RECEIPTS, // signatures under receipts, which last longer than a key of the audit
    KEY__COUNT,
} KeyUse;

Key crypt_key(const Key *master, KeyUse use);
// The second, third … key for the same purpose, where keys are changed; `number` from 1, which is
// that of crypt_key.
Key crypt_key_nth(const Key *master, KeyUse use, uint64_t number);

// XChaCha20-Poly1305 with a random nonce before the bytes: CRYPT_SEALED more than s. `about` is not
// kept, but must be the same when opening (whose secret it is), so that a sealed text moved to
// another row does not open.
enum { CRYPT_SEALED = 24 + 16 };
Str crypt_seal(Arena *a, const Key *key, Str s, Str about);
// False where the bytes were changed, or sealed with another key or about something else.
bool crypt_open(Arena *a, const Key *key, Str sealed, Str about, Str *out);
// The same as hexadecimal digits, for cookies and hidden fields.
Str crypt_seal_hex(Arena *a, const Key *key, Str s, Str about);
bool crypt_open_hex(Arena *a, const Key *key, Str hex, Str about, Str *out);

// SHA-256 with a key (HMAC): the same bytes give the same name only to those who have the key.
void crypt_mac(const Key *key, Str s, unsigned char out[SHA256_BYTES]);

// --- signatures (Ed25519); the pair belongs to a key

enum { SIGNATURE_BYTES = 64, PUBLIC_KEY_BYTES = 32 };
void crypt_public_key(const Key *key, unsigned char out[PUBLIC_KEY_BYTES]);
void crypt_sign(const Key *key, Str s, unsigned char out[SIGNATURE_BYTES]);
bool crypt_verify(const unsigned char public_key[PUBLIC_KEY_BYTES], Str s,
                  const unsigned char signature[SIGNATURE_BYTES]);

// --- passwords (argon2id)

typedef struct PasswordCost {
    unsigned passes;  // at least 1
    size_t memory_kb; // at least 8
} PasswordCost;

// A text with its own salt and cost, to be stored. ERR_SYSTEM where there is not that much memory.
bool crypt_password_hash(Str password, PasswordCost cost, Arena *a, Str *out, Err *err);
bool crypt_password_is(Str hash, Str password);
// Whether it was made at another cost, and should be made anew when the password is next given.
bool crypt_password_old(Str hash, PasswordCost cost);

// Overwrites what was secret; not left out by the compiler.
void crypt_wipe(void *bytes, size_t n);

#endif

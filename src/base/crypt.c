#include "base/crypt.h"

#include <pthread.h>
#include <sodium.h>

static struct {
    pthread_once_t once;
    unsigned char key[crypto_shorthash_KEYBYTES];
} sodium = {.once = PTHREAD_ONCE_INIT};

static void start(void)
{
    if (sodium_init() < 0) {
        fputs("gongkai: libsodium does not start\n", stderr);
        exit(EXIT_MEMORY);
    }
    randombytes_buf(sodium.key, sizeof sodium.key);
}

static void ready(void)
{
    pthread_once(&sodium.once, start);
}

void crypt_sha256_raw(Str s, unsigned char out[SHA256_BYTES])
{
    ready();
    crypto_hash_sha256(out, (const unsigned char *)s.s, s.n);
}

Str crypt_sha256(Arena *a, Str s)
{
    unsigned char sum[SHA256_BYTES];
    crypt_sha256_raw(s, sum);
    return crypt_hex(a, (Str){(const char *)sum, sizeof sum});
}

uint64_t crypt_hash64(Str s)
{
    ready();
    uint64_t h;
    crypto_shorthash((unsigned char *)&h, (const unsigned char *)s.s, s.n, sodium.key);
    return h;
}

void crypt_random(void *out, size_t n)
{
    ready();
    randombytes_buf(out, n);
}

Str crypt_token(Arena *a, size_t bytes)
{
    char *random = NEW(a, char, bytes);
    crypt_random(random, bytes);
    return crypt_hex(a, (Str){random, bytes});
}

Str crypt_hex(Arena *a, Str bytes)
{
    char *hex = NEW(a, char, bytes.n * 2 + 1);
    sodium_bin2hex(hex, bytes.n * 2 + 1, (const unsigned char *)bytes.s, bytes.n);
    return (Str){hex, bytes.n * 2};
}

bool crypt_same(Str x, Str y)
{
    return x.n == y.n && (x.n == 0 || sodium_memcmp(x.s, y.s, x.n) == 0);
}

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

_Static_assert(sizeof(Sha256) >= sizeof(crypto_hash_sha256_state), "room for libsodium's state");
_Static_assert(_Alignof(Sha256) >= _Alignof(crypto_hash_sha256_state), "aligned for it");

Sha256 sha256_begin(void)
{
    ready();
    Sha256 sum;
    crypto_hash_sha256_init((crypto_hash_sha256_state *)sum.state);
    return sum;
}

void sha256_add(Sha256 *sum, Str s)
{
    crypto_hash_sha256_update((crypto_hash_sha256_state *)sum->state, (const unsigned char *)s.s,
                              s.n);
}

void sha256_end(Sha256 *sum, unsigned char out[SHA256_BYTES])
{
    crypto_hash_sha256_final((crypto_hash_sha256_state *)sum->state, out);
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

bool crypt_unhex(Str hex, unsigned char *out, size_t n)
{
    size_t made = 0;
    return hex.n == 2 * n && sodium_hex2bin(out, n, hex.s, hex.n, NULL, &made, NULL) == 0 &&
           made == n;
}

bool crypt_same(Str x, Str y)
{
    return x.n == y.n && (x.n == 0 || sodium_memcmp(x.s, y.s, x.n) == 0);
}

// --- keys

_Static_assert(KEY_BYTES == crypto_kdf_KEYBYTES, "one key serves all");
_Static_assert(CRYPT_SEALED == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                   crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "nonce and tag");

// clang-format off
static const char key_uses[KEY__COUNT][crypto_kdf_CONTEXTBYTES + 1] = {
    [KEY_SECRETS] = "secrets_",
    [KEY_FILES]   = "files___",
    [KEY_SEALS]   = "seals___",
    [KEY_FORMS]   = "forms___",
    [KEY_RECEIPTS] = "receipts",
};
// clang-format on

Key crypt_key_nth(const Key *master, KeyUse use, uint64_t number)
{
    ready();
    Key key;
    crypto_kdf_derive_from_key(key.bytes, sizeof key.bytes, number, key_uses[use], master->bytes);
    return key;
}

Key crypt_key(const Key *master, KeyUse use)
{
    return crypt_key_nth(master, use, 1);
}

void crypt_mac(const Key *key, Str s, unsigned char out[SHA256_BYTES])
{
    ready();
    crypto_auth_hmacsha256(out, (const unsigned char *)s.s, s.n, key->bytes);
}

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };

Str crypt_seal(Arena *a, const Key *key, Str s, Str about)
{
    unsigned char *out = NEW(a, unsigned char, s.n + CRYPT_SEALED);
    crypt_random(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, (const unsigned char *)s.s, s.n,
                                               (const unsigned char *)about.s, about.n, NULL, out,
                                               key->bytes);
    return (Str){(const char *)out, s.n + CRYPT_SEALED};
}

bool crypt_open(Arena *a, const Key *key, Str sealed, Str about, Str *out)
{
    ready();
    if (sealed.n < CRYPT_SEALED)
        return false;
    const unsigned char *from = (const unsigned char *)sealed.s;
    unsigned char *text = NEW(a, unsigned char, sealed.n - CRYPT_SEALED + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(text, NULL, NULL, from + NONCE, sealed.n - NONCE,
                                                   (const unsigned char *)about.s, about.n, from,
                                                   key->bytes) != 0)
        return false;
    *out = (Str){(const char *)text, sealed.n - CRYPT_SEALED};
    return true;
}

Str crypt_seal_hex(Arena *a, const Key *key, Str s, Str about)
{
    return crypt_hex(a, crypt_seal(a, key, s, about));
}

bool crypt_open_hex(Arena *a, const Key *key, Str hex, Str about, Str *out)
{
    unsigned char *sealed = NEW(a, unsigned char, hex.n / 2 + 1);
    return crypt_unhex(hex, sealed, hex.n / 2) &&
           crypt_open(a, key, (Str){(const char *)sealed, hex.n / 2}, about, out);
}

// --- signatures

static void pair_of(const Key *key, unsigned char public_key[crypto_sign_PUBLICKEYBYTES],
                    unsigned char secret[crypto_sign_SECRETKEYBYTES])
{
    ready();
    crypto_sign_seed_keypair(public_key, secret, key->bytes);
}

void crypt_public_key(const Key *key, unsigned char out[PUBLIC_KEY_BYTES])
{
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    pair_of(key, out, secret);
    crypt_wipe(secret, sizeof secret);
}

void crypt_sign(const Key *key, Str s, unsigned char out[SIGNATURE_BYTES])
{
    unsigned char public_key[PUBLIC_KEY_BYTES], secret[crypto_sign_SECRETKEYBYTES];
    pair_of(key, public_key, secret);
    crypto_sign_detached(out, NULL, (const unsigned char *)s.s, s.n, secret);
    crypt_wipe(secret, sizeof secret);
}

bool crypt_verify(const unsigned char public_key[PUBLIC_KEY_BYTES], Str s,
                  const unsigned char signature[SIGNATURE_BYTES])
{
    ready();
    return crypto_sign_verify_detached(signature, (const unsigned char *)s.s, s.n, public_key) == 0;
}

// --- passwords

bool crypt_password_hash(Str password, PasswordCost cost, Arena *a, Str *out, Err *err)
{
    ready();
    char *hash = NEW(a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(hash, password.s, password.n, cost.passes, cost.memory_kb * 1024,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(err, ERR_SYSTEM, "argon2id", "内存不足，密码没有保存，请稍后重试",
                    "not enough memory to keep a password; try again");
    *out = str_z(hash);
    return true;
}

bool crypt_password_is(Str hash, Str password)
{
    ready();
    char z[crypto_pwhash_STRBYTES] = {0};
    if (!hash.n || hash.n >= sizeof z)
        return false;
    memcpy(z, hash.s, hash.n);
    return crypto_pwhash_str_verify(z, password.s, password.n) == 0;
}

bool crypt_password_old(Str hash, PasswordCost cost)
{
    ready();
    char z[crypto_pwhash_STRBYTES] = {0};
    if (hash.n >= sizeof z)
        return true;
    memcpy(z, hash.s, hash.n);
    return crypto_pwhash_str_needs_rehash(z, cost.passes, cost.memory_kb * 1024) != 0;
}

void crypt_wipe(void *bytes, size_t n)
{
    sodium_memzero(bytes, n);
}

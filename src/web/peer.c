#include "web/peer.h"

#include "base/crypt.h"

#include <pthread.h>

bool peer_trusted(const Nets *trusted, Str peer)
{
    Address a;
    return trusted->n && address_parse(peer, &a) && nets_have(trusted, a);
}

static void keep(Str address, char out[PEER_TEXT])
{
    size_t n = address.n < PEER_TEXT ? address.n : PEER_TEXT - 1;
    memcpy(out, address.n ? address.s : "", n);
    out[n] = 0;
}

void peer_client(const Nets *trusted, Str peer, Str forwarded, char out[PEER_TEXT])
{
    Address a;
    Str client = peer;
    while (forwarded.n && peer_trusted(trusted, client)) {
        ptrdiff_t comma = str_find_last(forwarded, S(","));
        Str last = str_trim(str_from(forwarded, comma < 0 ? 0 : (size_t)comma + 1));
        if (!address_parse(last, &a))
            break;
        client = last;
        forwarded = str_sub(forwarded, 0, comma < 0 ? 0 : (size_t)comma);
    }
    keep(client, out);
}

bool peer_id_ok(Str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!strchr("-_.", id.s[i]) && !((id.s[i] | 32) >= 'a' && (id.s[i] | 32) <= 'z') &&
            !(id.s[i] >= '0' && id.s[i] <= '9'))
            return false;
    return id.n >= 8 && id.n < PEER_ID;
}

static uint32_t process_name;

static void process_named(void)
{
    crypt_random(&process_name, sizeof process_name);
}

static char *put_hex(char *at, uint64_t n, int digits)
{
    for (int i = digits; i-- > 0;)
        *at++ = "0123456789abcdef"[n >> (4 * i) & 15];
    return at;
}

void peer_id_make(uint64_t n, char out[PEER_ID])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, process_named);
    char *at = put_hex(out, process_name, 8);
    *at++ = '-';
    *put_hex(at, n, n >> 24 ? 16 : 6) = 0;
}

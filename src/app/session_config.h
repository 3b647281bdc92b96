// What an administrator can set about signing in (app/config.c, group "sign_in").
#ifndef GONGKAI_APP_SESSION_CONFIG_H
#define GONGKAI_APP_SESSION_CONFIG_H

#include "base/crypt.h"

// Whether a session goes on where its cookie comes from another address than it began at.
typedef enum AddressRule {
    ADDRESS_EXACT,   // not at all
    ADDRESS_NETWORK, // within the same /24 (IPv4) or /64 (IPv6), as telephones and proxies change
                     // it
    ADDRESS_OFF,     // anywhere
} AddressRule;

typedef struct SessionConfig {
    int idle_s;                      // without a request for so long, it ends
    int absolute_s;                  // and after so long in any case
    int per_person;                  // open at once; one more ends the oldest
    int address;                     // AddressRule
    int hash_passes, hash_memory_kb; // of argon2id
    int hash_at_once;                // how many passwords are computed at once, at most
    int first_password_s;            // how long one given by an administrator is good
    bool oidc_second; // a provider that says it asked for a second factor is believed
    Str oidc_acr; // values of "acr" that mean so, by blanks; besides "mfa", "otp", "hwk" in "amr"
} SessionConfig;

// What the table of the configuration says where nothing is set; for programs without one.
static const SessionConfig session_config_standard = {
    .idle_s = 30 * 60,
    .absolute_s = 12 * 3600,
    .per_person = 5,
    .address = ADDRESS_NETWORK,
    .hash_passes = 2,
    .hash_memory_kb = 64 << 10,
    .hash_at_once = 4,
    .first_password_s = 7 * 24 * 3600,
};

static inline PasswordCost session_password_cost(const SessionConfig *c)
{
    return (PasswordCost){.passes = (unsigned)c->hash_passes,
                          .memory_kb = (size_t)c->hash_memory_kb};
}

#endif

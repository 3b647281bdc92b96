// Signing in with a password that a directory knows (LDAP). The only file that knows libldap.
//
// Search, then bind: the name typed is looked for with the configured filter; exactly one entry
// must be found; then the password is tried as that entry. The password itself is never read or
// kept. An empty password is refused before anything is asked, because a directory takes a bind
// without a password as an anonymous one and says yes.
//
// Waits for the directory, so it belongs into the slow lane and outside transactions.
#ifndef GONGKAI_APP_LDAP_H
#define GONGKAI_APP_LDAP_H

#include "base/err.h"
#include "base/str.h"

typedef struct LdapConfig {
    Str uri;                    // ldaps://ldap.example.gov.cn or ldap://…; empty: not used
    bool starttls;              // with ldap://: change over to TLS before anything else is said
    Str ca_file;                // PEM of the authority; empty: the system's
    Str bind_dn, bind_password; // as whom to search; empty: anonymously
    Str base;                   // ou=people,dc=example,dc=cn
    Str filter;                 // {} stands for the name typed, escaped; empty: "(uid={})"
    Str uid_attr;               // empty: "uid"
    Str name_attr;              // empty: "cn"
    Str mail_attr;              // empty: "mail"
    int timeout_ms;             // of each step, and half of the whole; 0: LDAP_TIMEOUT_MS
} LdapConfig;

enum { LDAP_TIMEOUT_MS = 5000, LDAP_NAME_MAX = 128, LDAP_PASSWORD_MAX = 1024 };

typedef struct LdapIdentity {
    Str dn;         // as the directory names the entry
    Str uid;        // what to find the account by; never empty
    Str name, mail; // may be empty
} LdapIdentity;

static inline bool ldap_configured(const LdapConfig *config)
{
    return config->uri.n && config->base.n;
}

// ERR_DENIED, with one text, where there is no such entry, more than one, or the password is wrong;
// ERR_BUSY where the directory does not answer in time or its certificate does not hold; ERR_SYSTEM
// where it refuses us (service password, rights, a base that is not there) and for a configuration
// that would send passwords in the clear: ldap:// without StartTLS is allowed to this machine only.
bool app_ldap_sign_in(const LdapConfig *config, Str name, Str password, Arena *a, LdapIdentity *out,
                      Err *err);

#endif

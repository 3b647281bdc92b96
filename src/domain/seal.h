// A seal (封存记录): the last line of the audit, signed with the site's key, once a day and with
// every backup. Seals form a chain of their own. What was sealed cannot be written anew by somebody
// who has the database but not the key; what was told to others (an anchor, 存证) not even by
// somebody who has both.
#ifndef GONGKAI_DOMAIN_SEAL_H
#define GONGKAI_DOMAIN_SEAL_H

#include "domain/audit.h"

typedef struct Seal {
    int64_t id;      // from 1, without gaps
    int64_t day, at; // of the line's time; when it was made
    int64_t line;    // the last one sealed
    unsigned char line_hash[SHA256_BYTES];
    unsigned char previous[SHA256_BYTES]; // seal_hash of the one before; zeros for the first
    int64_t key_number;                   // of crypt_key_nth(KEY_SEALS)
    unsigned char public_key[PUBLIC_KEY_BYTES];
    unsigned char next_key[PUBLIC_KEY_BYTES]; // who signs the next: public_key, or the new one
    unsigned char signature[SIGNATURE_BYTES];
} Seal;

// What is signed, as lines for people: "gongkai audit seal 1", then site, seal, day, at, line,
// hash, previous, key and next key, each a name, a space, and decimal or hexadecimal digits.
Str seal_text(SiteId site, const Seal *seal, Arena *a);

void seal_hash(SiteId site, const Seal *seal, Arena scratch, unsigned char out[SHA256_BYTES]);

// Fills public_key and signature. seal->next_key of zeros becomes public_key.
void seal_sign(SiteId site, Seal *seal, const Key *key, Arena scratch);

// Whether `seal` is the next one after `last` (NULL for none), signed with the key that one named.
AuditFault seal_follows(SiteId site, const Seal *last, const Seal *seal, Arena scratch);

// --- anchors: a seal as a short text to be kept elsewhere, on paper if need be

Str anchor_text(SiteId site, const Seal *seal, Arena *a);
// ERR_INPUT where it is none of this site.
bool anchor_read(SiteId site, Str text, Arena *a, Seal *out, Err *err);

#endif

// Keys of other systems of an organ (接口密钥): what one may be allowed, and how long. A machine
// records and reads; what binds the organ (a longer term, a review, a signature) is a person's and
// cannot be given to a key.
#ifndef GONGKAI_DOMAIN_API_KEY_H
#define GONGKAI_DOMAIN_API_KEY_H

#include "base/date.h"
#include "base/err.h"
#include "domain/role.h"

// The powers a key may have.
extern const Verb api_key_verbs[];
extern const size_t n_api_key_verbs;

enum { API_KEY_DAYS_MAX = 731, API_KEY_NAME_MAX = 60 }; // two years, then a new one

// A bit for each verb; ids by spaces, as stored. Unknown ones, and those no key may have, give no
// bit.
uint64_t api_key_powers(Str ids);
Str api_key_ids(uint64_t powers, Arena *a);

// ERR_INPUT without a name or a power, or with an end that is past or too far.
bool api_key_may(Str name, uint64_t powers, Date expires, Date today, Err *err);

#endif

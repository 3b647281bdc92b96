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

// Two years, then a new one. How often one may ask in a minute, unless set otherwise, and at most.
enum {
    API_KEY_DAYS_MAX = 731,
    API_KEY_NAME_MAX = 60,
    API_KEY_A_MINUTE = 600,
    API_KEY_A_MINUTE_MAX = 3000,
};

// A bit for each verb; ids by spaces, as stored. Unknown ones, and those no key may have, give no
// bit.
uint64_t api_key_powers(Str ids);
Str api_key_ids(uint64_t powers, Arena *a);

// ERR_INPUT without a name or a power, with an end that is past or too far, or out of what is
// allowed in a minute.
bool api_key_may(Str name, uint64_t powers, Date expires, int64_t per_minute, Date today, Err *err);

#endif

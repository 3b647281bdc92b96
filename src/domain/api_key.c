#include "domain/api_key.h"

#include "base/buf.h"
#include "base/text.h"

const Verb api_key_verbs[] = {MAY_REQUEST_READ, MAY_REQUEST_REGISTER, MAY_REQUEST_HANDLE};
const size_t n_api_key_verbs = sizeof api_key_verbs / sizeof *api_key_verbs;

uint64_t api_key_powers(Str ids)
{
    uint64_t powers = 0;
    for (Str id; ids.n;) {
        str_cut(ids, S(" "), &id, &ids);
        for (size_t i = 0; i < n_api_key_verbs; i++)
            if (str_eq(verb_defs[api_key_verbs[i]].id, id))
                powers |= UINT64_C(1) << api_key_verbs[i];
    }
    return powers;
}

Str api_key_ids(uint64_t powers, Arena *a)
{
    Strs ids = {0};
    for (size_t i = 0; i < n_api_key_verbs; i++)
        if (powers >> api_key_verbs[i] & 1)
            *PUSH(a, &ids) = verb_defs[api_key_verbs[i]].id;
    return str_join(a, ids.v, ids.n, S(" "));
}

bool api_key_may(Str name, uint64_t powers, Date expires, int64_t per_minute, Date today, Err *err)
{
    if (!name.n)
        return fail(err, ERR_INPUT, NULL, "请写明是哪个系统", "name the system");
    if (!powers)
        return fail(err, ERR_INPUT, NULL, "请至少选一项权限", "a key needs a power");
    if (!date_is(expires) || expires.days <= today.days)
        return fail(err, ERR_INPUT, NULL, "有效期应当在今天以后", "a key ends after today");
    if (per_minute < 1 || per_minute > API_KEY_A_MINUTE_MAX)
        return fail(err, ERR_INPUT, NULL, "每分钟的次数应当是1到%d",
                    "a key may ask 1 to %d times in a minute", API_KEY_A_MINUTE_MAX);
    return expires.days - today.days <= API_KEY_DAYS_MAX ||
           fail(err, ERR_INPUT, NULL, "有效期最长两年，到期换一个新的",
                "a key lasts two years at most");
}

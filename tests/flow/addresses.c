#include "addresses.h"

#include "base/buf.h"

// clang-format off
// What a :name in an address may be, one after the other; a name that is not here is a number.
static const struct { const char *name; const char *values[3]; } params[] = {
    { "organ", { "organ-1", "organ-2", "organ-3" } },
    { "slug",  { "organ-1", "organ-2", "organ-3" } },
    { "year",  { "2023", "2024", "2025" } },
    { "part",  { "received", "answer", "judge" } },
    { "event", { "accepted", "decided", "strike" } },
    { "step",  { "confirmed", "extended", "closed" } },
    { "outcome", { "corrected", "refused", "withdrawn" } },
    { "letter_kind", { "receipt", "record_transfer", "reply_disclosed" } },
};
// clang-format on

static const char *param_value(Str name, int i, bool *number, Arena *a)
{
    for (size_t p = 0; p < sizeof params / sizeof *params; p++)
        if (str_eq(name, str_z(params[p].name)))
            return params[p].values[(i - 1) % 3];
    *number = true;
    return str_to_z(a, str_fmt(a, "%d", i));
}

static size_t name_length(const char *s)
{
    size_t n = 0;
    while ((s[n] >= 'a' && s[n] <= 'z') || s[n] == '_')
        n++;
    return n;
}

Str address_fill(const char *pattern, int i, int *most, Arena *a)
{
    Buf target = buf_new(a, 1000);
    bool number = false;
    *most = 1;
    for (const char *s = pattern; *s;) {
        if (*s != ':') {
            buf_byte(&target, *s++);
            continue;
        }
        size_t n = name_length(s + 1);
        buf_add(&target, str_z(param_value((Str){s + 1, n}, i, &number, a)));
        s += n + 1;
        *most = number ? ADDRESS_IDS : 3;
    }
    return buf_str(&target);
}

#include "domain/audit_diff.h"

#include "base/json.h"
#include "domain/audit.h"

typedef struct Side {
    AuditChanges *all;
    bool after;
    Arena *a;
} Side;

static void put(Side *s, Str field, Str value)
{
    AuditChange *c = NULL;
    for (size_t i = 0; s->after && i < s->all->n; i++)
        if (str_eq(s->all->v[i].field, field))
            c = &s->all->v[i];
    if (!c && s->all->n == AUDIT_CHANGES_MOST)
        return;
    if (!c) {
        c = PUSH(s->a, s->all);
        *c = (AuditChange){.field = field, .was = S(""), .became = S("")};
    }
    *(s->after ? &c->became : &c->was) = value;
}

static Str number_text(const Json *v, Arena *a)
{
    int64_t n;
    double x = 0;
    if (json_as_int(v, &n))
        return str_fmt(a, "%lld", (long long)n);
    json_as_real(v, &x);
    return str_fmt(a, "%.15g", x);
}

static Str value_text(const Json *v, Arena *a);

static Str list_text(const Json *v, Arena *a)
{
    Strs parts = {0};
    for (const Json *item = json_first(v); item; item = json_next(item)) {
        Str text = value_text(item, a), name = audit_field_name(json_name(item));
        *PUSH(a, &parts) = json_is_object(v)
                               ? str_fmt(a, PRI_STR "：" PRI_STR, STR_ARG(name), STR_ARG(text))
                               : text;
    }
    return str_join(a, parts.v, parts.n, json_is_object(v) ? S("，") : S("、"));
}

static Str value_text(const Json *v, Arena *a)
{
    Str text;
    bool yes;
    if (json_as_str(v, &text))
        return text;
    if (json_is_number(v))
        return number_text(v, a);
    if (json_as_bool(v, &yes))
        return yes ? S("是") : S("否");
    return json_is_null(v) ? S("") : list_text(v, a);
}

static void members(Side *s, Str under, const Json *object)
{
    for (const Json *m = json_first(object); m; m = json_next(m)) {
        Str name = str_cat(s->a, under, audit_field_name(json_name(m)));
        if (json_is_object(m))
            members(s, str_cat(s->a, name, S("·")), m);
        else
            put(s, name, value_text(m, s->a));
    }
}

static void side(Side *s, Str text)
{
    const Json *v;
    Err err;
    if (!text.n)
        return;
    if (json_read(text, AUDIT_TEXT_MAX, s->a, &v, &err) && json_is_object(v))
        members(s, S(""), v);
    else
        put(s, S("内容"), text);
}

AuditChanges audit_changes(Str was, Str became, Arena *a)
{
    AuditChanges all = {0}, changed = {0};
    side(&(Side){&all, false, a}, was);
    side(&(Side){&all, true, a}, became);
    for (size_t i = 0; i < all.n; i++)
        if (!str_eq(all.v[i].was, all.v[i].became))
            *PUSH(a, &changed) = all.v[i];
    return changed;
}

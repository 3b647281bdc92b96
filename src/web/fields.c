#include "web/fields.h"

#include "base/buf.h"
#include "base/crypt.h"
#include "web/draft.h"

#include <assert.h>

enum { MAX_TEXT = 200, MAX_AREA = 4000, ONCE_BYTES = 16 };

static Str text_or_empty(const char *s)
{
    return s ? str_z(s) : S("");
}

static FieldView field_new(Arena *a, const FieldDef *def)
{
    return (FieldView){.def = def,
                       .id = str_fmt(a, "f-%s", def->name),
                       .name = str_z(def->name),
                       .label = str_z(def->label),
                       .hint = text_or_empty(def->hint),
                       .autocomplete = def->autocomplete ? str_z(def->autocomplete) : S("off"),
                       .accept = text_or_empty(def->accept)};
}

// Which of the texts around the field belong to it, for a screen reader.
static void describe(Arena *a, FieldView *v)
{
    Str hint = v->hint.n ? str_cat(a, v->id, S("-h")) : S("");
    Str error = v->error.n ? str_cat(a, v->id, S("-e")) : S("");
    v->described =
        hint.n && error.n ? str_cat(a, hint, str_cat(a, S(" "), error)) : (hint.n ? hint : error);
}

void form_new(Request *r, const FieldDef *defs, size_t n, Form *out)
{
    *out = (Form){.a = r->a,
                  .v = NEW(r->a, FieldView, n),
                  .n = n,
                  .failed = S("还不能提交"),
                  .csrf = r->viewer ? r->viewer->csrf : S(""),
                  .once = crypt_token(r->a, ONCE_BYTES)};
    for (size_t i = 0; i < n; i++) {
        out->v[i] = field_new(r->a, &defs[i]);
        describe(r->a, &out->v[i]);
    }
    draft_begin(r, out);
}

FieldView *form_field(const Form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->v[i].def->name, name) == 0)
            return &f->v[i];
    assert(false && "a field that is in the table");
    return NULL;
}

// --- values

static bool has_choices(FieldKind kind)
{
    return kind == FIELD_SELECT || kind == FIELD_RADIO || kind == FIELD_CHECKS;
}

static void choose(FieldView *v, Str value)
{
    for (size_t i = 0; i < v->choices.n; i++)
        if (str_eq(v->choices.v[i].value, value))
            v->choices.v[i].chosen = true;
        else if (v->def->kind != FIELD_CHECKS)
            v->choices.v[i].chosen = false;
}

void form_set(Form *f, const char *name, Str value)
{
    FieldView *v = form_field(f, name);
    if (v->drafted)
        return;
    v->value = value;
    if (has_choices(v->def->kind))
        choose(v, value);
}

void form_set_date(Form *f, const char *name, Date d)
{
    form_set(f, name, date_is(d) ? date_iso(f->a, d) : S(""));
}

void form_choice(Form *f, const char *name, Str value, Str text, Str hint)
{
    FieldView *v = form_field(f, name);
    bool chosen = v->def->kind != FIELD_CHECKS && str_eq(v->value, value);
    for (size_t i = 0; i < v->chosen.n; i++)
        chosen |= str_eq(v->chosen.v[i], value);
    *PUSH(f->a, &v->choices) = (Choice){value, text, hint, chosen};
}

Str form_text(const Form *f, const char *name)
{
    return form_field(f, name)->value;
}

Date form_date(const Form *f, const char *name)
{
    Date d;
    return date_parse(form_text(f, name), &d) ? d : date_none;
}

int64_t form_int(const Form *f, const char *name)
{
    int64_t n;
    return str_to_int(form_text(f, name), &n) ? n : 0;
}

bool form_yes(const Form *f, const char *name)
{
    return str_eq(form_text(f, name), S("1"));
}

bool form_chosen(const Form *f, const char *name, Str value)
{
    const FieldView *v = form_field(f, name);
    for (size_t i = 0; i < v->choices.n; i++)
        if (v->choices.v[i].chosen && str_eq(v->choices.v[i].value, value))
            return true;
    return false;
}

// --- what was sent

static void take_value(const Request *r, FieldView *v)
{
    for (size_t i = 0; i < r->form.n; i++) {
        const Field *sent = &r->form.v[i];
        if (!str_eq(sent->name, v->name) || sent->is_file)
            continue;
        v->value = v->def->kind == FIELD_PASSWORD ? sent->value : str_trim(sent->value);
        if (has_choices(v->def->kind))
            choose(v, v->value);
    }
}

static bool any_chosen(const FieldView *v)
{
    for (size_t i = 0; i < v->choices.n; i++)
        if (v->choices.v[i].chosen)
            return true;
    return false;
}

static bool is_given(const Request *r, const FieldView *v)
{
    if (v->def->kind == FIELD_FILE)
        return request_file(r, v->def->name) != NULL;
    return v->def->kind == FIELD_CHECKS ? any_chosen(v) : v->value.n > 0;
}

static size_t most(const FieldDef *def)
{
    if (def->max)
        return (size_t)def->max;
    return def->kind == FIELD_AREA ? MAX_AREA : MAX_TEXT;
}

// What is asked for in words: 请填写, 请选择, 请勾选.
static Str ask(Arena *a, const FieldView *v)
{
    if (v->def->kind == FIELD_YES)
        return str_fmt(a, "请勾选“" PRI_STR "”", STR_ARG(v->label));
    bool pick = has_choices(v->def->kind) || v->def->kind == FIELD_FILE;
    return str_cat(a, pick ? S("请选择") : S("请填写"), v->label);
}

static bool looks_like_mail(Str s)
{
    ptrdiff_t at = str_find(s, S("@"));
    return at > 0 && (size_t)at + 1 < s.n && !str_has(s, S(" ")) &&
           !str_has(str_from(s, (size_t)at + 1), S("@"));
}

static Str what_is_wrong(Arena *a, const FieldView *v)
{
    Date day;
    int64_t number;
    if (v->def->kind != FIELD_FILE && !has_choices(v->def->kind) &&
        str_runes(v->value) > most(v->def))
        return str_fmt(a, PRI_STR "最多%zu个字，现在有%zu个", STR_ARG(v->label), most(v->def),
                       str_runes(v->value));
    if (v->def->kind == FIELD_DATE && !date_parse(v->value, &day))
        return S("日期应当像2026-03-19，并且是日历上有的一天");
    if (v->def->kind == FIELD_NUMBER && !str_to_int(v->value, &number))
        return S("请填写整数");
    if (v->def->kind == FIELD_EMAIL && !looks_like_mail(v->value))
        return S("邮箱应含有@，例如name@example.cn");
    if (has_choices(v->def->kind) && !any_chosen(v))
        return str_cat(a, ask(a, v), S("，所选的已经不在列表里"));
    return S("");
}

bool form_take(Request *r, Form *f)
{
    f->version = request_version(r);
    for (size_t i = 0; i < f->n; i++) {
        FieldView *v = &f->v[i];
        take_value(r, v);
        if (is_given(r, v))
            form_wrong(f, v->def->name, what_is_wrong(f->a, v));
        else if (v->def->required)
            form_wrong(f, v->def->name, ask(f->a, v));
    }
    return f->n_errors == 0;
}

// --- what is wrong

void form_wrong(Form *f, const char *name, Str message)
{
    FieldView *v = form_field(f, name);
    if (!message.n || v->error.n)
        return;
    v->error = message;
    f->n_errors++;
    describe(f->a, v);
}

void form_fail(Form *f, const Err *err)
{
    f->error = str_dup(f->a, str_z(err->zh));
}

bool form_mend(Form *f, const Err *why, Err *err)
{
    if (why->kind && why->kind != ERR_INPUT && why->kind != ERR_RULE && why->kind != ERR_BUSY) {
        *err = *why;
        return false;
    }
    if (why->kind)
        form_fail(f, why);
    return true;
}

bool form_is_wrong(const Form *f)
{
    return f->n_errors > 0 || f->error.n > 0;
}

int64_t request_version(const Request *r)
{
    int64_t n = 0;
    str_to_int(request_form(r, "version"), &n);
    return n;
}

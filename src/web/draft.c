#include "web/draft.h"

#include "app/desk.h"
#include "base/buf.h"
#include "base/json.h"
#include "store/audit_find.h"
#include "web/page_common.h"
#include "web/page_desk.h"

// --- which forms, under which name

static bool is_secret(FieldKind kind)
{
    return kind == FIELD_PASSWORD || kind == FIELD_CODE;
}

static bool is_typed(FieldKind kind)
{
    return kind != FIELD_HIDDEN && kind != FIELD_FILE && !is_secret(kind);
}

// Forms with a secret are never drafts; a form with one short field is filled again as fast.
static bool is_worth_it(const Form *f)
{
    size_t typed = 0;
    for (size_t i = 0; i < f->n; i++) {
        FieldKind kind = f->v[i].def->kind;
        if (is_secret(kind))
            return false;
        typed += kind == FIELD_AREA ? 2 : is_typed(kind) ? 1 : 0;
    }
    return typed > 1;
}

// The page, and which of its forms: a hash of the names of its fields.
static Str name_of(Request *r, const Form *f)
{
    Str sent = request_form(r, "draft"), names = S("");
    if (r->method == METHOD_POST && str_starts(sent, S("/desk/")) && sent.n <= DRAFT_FORM_MAX)
        return sent; // shown again after an error, under another address
    for (size_t i = 0; i < f->n; i++)
        names = str_cat(r->a, names, f->v[i].name);
    return str_fmt(r->a, PRI_STR "#%08x", STR_ARG(r->path), (unsigned)str_hash(names));
}

// --- filling

static void fill_field(Arena *a, FieldView *v, const Json *body)
{
    v->drafted = true;
    for (const Json *pair = json_first(body); pair; pair = json_next(pair)) {
        const Json *name = json_first(pair);
        Str key, value;
        if (!json_as_str(name, &key) || !json_as_str(json_next(name), &value) ||
            !str_eq(key, v->name))
            continue;
        v->value = value;
        if (v->def->kind == FIELD_CHECKS)
            *PUSH(a, &v->chosen) = value;
    }
}

static Str when_zh(Request *r, int64_t at)
{
    Date day = moment_day(at);
    Str time = str_sub(moment_text(r->a, at), S("2026-03-19 ").n, S("2026-03-19 09:30").n);
    if (day.days == app_of(r)->today.days)
        return str_cat(r->a, S("今天"), time);
    int year, month, d;
    date_parts(day, &year, &month, &d);
    return str_fmt(r->a, "%d月%d日" PRI_STR, month, d, STR_ARG(time));
}

static void fill(Request *r, Form *f, const Draft *d)
{
    const Json *body;
    Err unread;
    if (!json_read(d->body, DRAFT_BODY_MAX, r->a, &body, &unread) || !json_is_array(body))
        return;
    for (size_t i = 0; i < f->n; i++)
        if (is_typed(f->v[i].def->kind))
            fill_field(r->a, &f->v[i], body);
    f->drafted_at = when_zh(r, d->at);
    f->drafted_version = d->version;
}

void draft_begin(Request *r, Form *f)
{
    Draft d;
    Err unread;
    bool found = false;
    if (!r->viewer || r->viewer->due != DUE_NOTHING || !r->db || !is_worth_it(f))
        return;
    f->draft = name_of(r, f);
    f->whose = r->viewer->person;
    if (r->method == METHOD_GET &&
        store_draft_get(app_of(r)->db, app_of(r)->site, r->viewer->person, f->draft, r->a, &d,
                        &found, &unread) &&
        found)
        fill(r, f, &d);
}

// --- saving and throwing away

static bool draft_name(const Request *r, Str *out, Err *err)
{
    Str name = request_form(r, "draft");
    if (!str_starts(name, S("/desk/")) || str_has(name, S("//")) || str_has(name, S("\\")) ||
        name.n > DRAFT_FORM_MAX)
        return fail(err, ERR_INPUT, NULL, "这份表单不能存成草稿", "not a form with a draft");
    *out = name;
    return true;
}

static bool is_key(Str name)
{
    static const Str keys[] = {SI("csrf"), SI("once"), SI("version"), SI("draft"), SI("by")};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_eq(name, keys[i]))
            return true;
    return false;
}

static Str body_of(const Request *r)
{
    Buf b = buf_new(r->a, DRAFT_BODY_MAX + 1);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < r->form.n; i++) {
        const Field *f = &r->form.v[i];
        if (f->is_file || is_key(f->name))
            continue;
        json_array(&w);
        json_str(&w, f->name);
        json_str(&w, f->value);
        json_end(&w);
    }
    json_end(&w);
    return buf_str(&b);
}

// The form's page again: what stands before the # of its draft's name.
static Str page_of(Str name)
{
    Str page, which;
    str_cut(name, S("#"), &page, &which);
    return page;
}

// For desk.js the time, for a button the page again.
bool page_draft_save(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Str name = {0};
    if (!draft_name(r, &name, err) ||
        !app_draft_save(app, name, body_of(r), request_version(r), err))
        return false;
    if (!str_eq(request_form(r, "by"), S("script")))
        return desk_done(r, w, page_of(name), "draft");
    Str at = moment_text(r->a, app->now);
    respond_type(w, S("application/json; charset=utf-8"));
    JsonOut out = json_out(&w->out.b);
    json_object(&out);
    json_put_str(&out, "at", str_sub(at, S("2026-03-19 ").n, S("2026-03-19 09:30").n));
    json_end(&out);
    return true;
}

bool page_draft_drop(Request *r, Response *w, Err *err)
{
    Str name = {0};
    return draft_name(r, &name, err) && app_draft_drop(app_of(r), name, err) &&
           desk_done(r, w, page_of(name), "draft_dropped");
}

// --- what others did meanwhile

static Str label_of(const Form *f, Str key)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].name, key))
            return f->v[i].label;
    return audit_field_name(key);
}

static Str shown(Arena *a, const Json *v)
{
    Str text;
    int64_t n;
    if (json_as_str(v, &text))
        return text.n ? text : S("空");
    return json_as_int(v, &n) ? str_fmt(a, "%lld", (long long)n) : S("");
}

static void add_changes(Request *r, Form *f, const AuditLine *line)
{
    const Json *was = NULL, *became = NULL;
    Err unread;
    if (!json_read(line->became, JSON_MAX_BYTES, r->a, &became, &unread))
        return;
    if (!json_read(line->was, JSON_MAX_BYTES, r->a, &was, &unread))
        was = NULL;
    for (const Json *m = json_first(became); m; m = json_next(m)) {
        Str key = json_name(m);
        Str before = was ? shown(r->a, json_get(was, str_to_z(r->a, key))) : S("");
        Str after = shown(r->a, m);
        if (!str_eq(before, after))
            *PUSH(r->a, &f->meanwhile) = (Change){.who = line->actor.name,
                                                  .at = moment_zh(r->a, line->at),
                                                  .field = label_of(f, key),
                                                  .was = before,
                                                  .became = after};
    }
}

// The person who edits a thing may see what was done to it, whether or not the audit is theirs to
// read: the scope is of the power that let them in.
bool form_meanwhile(Request *r, Form *f, Str noun, int64_t noun_id, Err *err)
{
    enum { LINES = 50 };
    AuditFilter about = {.noun = noun, .noun_id = noun_id};
    AuditHits hits;
    Scope scope = viewer_scope(r->viewer, r->may);
    int64_t newest = f->version;
    if (!store_audit_find(app_of(r)->db, &scope, &about, 0, LINES, r->a, &hits, err))
        return false;
    for (size_t i = 0; i < hits.n; i++) {
        const AuditLine *line = &hits.v[i].line;
        if (line->version <= f->version)
            continue;
        newest = line->version > newest ? line->version : newest;
        add_changes(r, f, line);
    }
    f->version = newest;
    return true;
}

#include "web/respond.h"

#include "base/hanzi.h"
#include "web/cache.h"

// clang-format off
static const int statuses[] = {
    [ERR_NONE]       = 500, // a page that failed without a reason
    [ERR_INPUT]      = 400,
    [ERR_MISSING]    = 404,
    [ERR_DENIED]     = 403,
    [ERR_RULE]       = 409,
    [ERR_BUSY]       = 503,
    [ERR_LIMIT]      = 413,
    [ERR_UNREADABLE] = 422,
    [ERR_SYSTEM]     = 500,
    [ERR_REPEATED]   = 409,
};

const FixedHeader fixed_headers[] = {
    // Scripts, styles and images come from this site only; nothing runs that stands in a page.
    { "Content-Security-Policy",      "default-src 'none'; style-src 'self'; img-src 'self' data:; "
                                      "script-src 'self'; connect-src 'self'; form-action 'self'; "
                                      "frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'" },
    { "X-Content-Type-Options",       "nosniff" },
    { "X-Frame-Options",              "DENY" },
    { "Referrer-Policy",              "same-origin" },
    { "Permissions-Policy",           "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
    { "Cross-Origin-Opener-Policy",   "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { NULL, NULL },
};
// clang-format on

int status_of(ErrKind kind)
{
    return statuses[kind];
}

Response response_new(Arena *a)
{
    return (Response){
        .status = 200, .type = S("text/html; charset=utf-8"), .out = {.b = buf_new(a, MAX_PAGE)}};
}

bool respond_redirect(Response *w, Str path)
{
    w->status = 303;
    w->fresh = true;
    // "//host" and "/\host" would lead to another site
    bool inside =
        str_starts(path, S("/")) && !str_starts(path, S("//")) && !str_starts(path, S("/\\"));
    respond_header(w, "Location", inside ? path : S("/"));
    return true;
}

void respond_type(Response *w, Str type)
{
    w->type = type;
}

void respond_header(Response *w, const char *name, Str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.s[i] < ' ' || value.s[i] == 0x7f)
            return; // a line end here would be a header of somebody else's making
    if (w->n_headers < MAX_HEADERS)
        w->headers[w->n_headers++] = (ResponseHeader){name, value};
}

void respond_download(Request *r, Response *w, Str type, Str file_name)
{
    static const char hex[] = "0123456789ABCDEF";
    Buf b = buf_new(r->a, 4096);
    buf_add(&b, S("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < file_name.n; i++) {
        unsigned char c = (unsigned char)file_name.s[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
                     (c && strchr("-._~", c));
        if (plain)
            buf_byte(&b, (char)c);
        else
            buf_add(&b, (Str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
    }
    w->type = type;
    respond_header(w, "Content-Disposition", buf_str(&b));
}

void respond_depends(Request *r, Response *w, uint64_t organ_id)
{
    if (w->n_depends == MAX_DEPENDS) { // too many to name: everything
        w->depends[0].slot = 0;
        w->depends[0].version = cache_version(r->cache, 0);
        return;
    }
    uint32_t slot = cache_slot(organ_id);
    w->depends[w->n_depends].slot = slot;
    w->depends[w->n_depends++].version = cache_version(r->cache, slot);
}

void respond_error(Response *w, int status, const Err *err)
{
    Arena *a = w->out.b.a;
    *w = response_new(a);
    w->status = status;
    w->fresh = true;
    w->type = S("text/plain; charset=utf-8");
    buf_fmt(&w->out.b, "%d %s\n%s\n", status, err->zh, err->en);
}

// ---- ways to show a page

// The address in the tag at i, where it is one that people follow; what stands in <head> names
// other pages than this one on purpose.
static bool link_at(Str html, size_t i, size_t *value)
{
    Str tag, rest, attribute = S(" href=\"");
    str_cut(str_from(html, i), S(">"), &tag, &rest);
    if (str_starts(tag, S("<form")) && str_has(tag, S("method=\"post\"")))
        attribute = S(" action=\"");
    else if (!str_starts(tag, S("<a ")))
        return false;
    ptrdiff_t at = str_find(tag, attribute);
    if (at < 0)
        return false;
    *value = i + (size_t)at + attribute.n;
    return html.s[*value] == '/' || html.s[*value] == '?';
}

// A page of ours: not a file, not data.
static bool is_page(Str url)
{
    Str path, query;
    str_cut(url, S("?"), &path, &query);
    return !str_has(path, S(".")) && !str_starts(path, S("//")) && !str_starts(path, S("/api/"));
}

static bool has_key(Str url, const char *key)
{
    Str path, query, pair;
    str_cut(url, S("?"), &path, &query);
    while (query.n) {
        str_cut(query, S("&"), &pair, &query);
        if (str_starts(pair, S("amp;")))
            pair = str_from(pair, 4);
        if (str_starts(pair, str_z(key)) && pair.n > strlen(key) && pair.s[strlen(key)] == '=')
            return true;
    }
    return false;
}

static const char *mode_name(Mode m)
{
    return m == MODE_ELDER ? "elder" : m == MODE_CONTRAST ? "contrast" : NULL;
}

static void carry_link(const Request *r, Str url, Buf *b)
{
    Str before, fragment;
    bool has_fragment = str_cut(url, S("#"), &before, &fragment);
    const char *join = str_has(before, S("?")) ? "&amp;" : "?";
    buf_add(b, before);
    if (is_page(before)) {
        if (r->hant && !has_key(before, "hant")) {
            buf_fmt(b, "%shant=1", join);
            join = "&amp;";
        }
        if (mode_name(r->mode) && !has_key(before, "mode"))
            buf_fmt(b, "%smode=%s", join, mode_name(r->mode));
    }
    if (has_fragment) {
        buf_byte(b, '#');
        buf_add(b, fragment);
    }
}

static void carry_form(const Request *r, Buf *b)
{
    if (r->hant)
        buf_add(b, S("<input type=\"hidden\" name=\"hant\" value=\"1\">"));
    if (mode_name(r->mode))
        buf_fmt(b, "<input type=\"hidden\" name=\"mode\" value=\"%s\">", mode_name(r->mode));
}

static Str carry(const Request *r, Str html)
{
    Buf b = buf_new(r->a, 2 * html.n + (64 << 10));
    size_t done = 0, at;
    bool in_form = false;
    for (size_t i = 0; i < html.n; i++) {
        char c = html.s[i];
        if (c == '<' && link_at(html, i, &at)) {
            ptrdiff_t n = str_find(str_from(html, at), S("\""));
            if (n < 0)
                break;
            buf_add(&b, str_sub(html, done, at));
            carry_link(r, str_sub(html, at, at + (size_t)n), &b);
            done = i = at + (size_t)n;
        } else if (c == '<' && str_starts(str_from(html, i), S("<form"))) {
            Str tag, rest;
            str_cut(str_from(html, i), S(">"), &tag, &rest);
            in_form = !str_has(tag, S("method=\"post\""));
        } else if (c == '>' && in_form) {
            buf_add(&b, str_sub(html, done, i + 1));
            carry_form(r, &b);
            done = i + 1;
            in_form = false;
        }
    }
    buf_add(&b, str_from(html, done));
    return buf_str(&b);
}

// Text between tags and the attributes people read; not addresses, not values that forms send back.
static bool shown_attribute(Str tag_before)
{
    static const Str names[] = {SI(" title=\""),       SI(" alt=\""),     SI(" aria-label=\""),
                                SI(" placeholder=\""), SI(" content=\""), SI(" label=\""),
                                SI(" data-label=\"")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_ends(tag_before, names[i]))
            return true;
    return false;
}

static void tag_traditional(const Request *r, Str tag, Buf *b)
{
    size_t done = 0;
    for (size_t i = 0; i < tag.n; i++) {
        if (tag.s[i] != '"')
            continue;
        ptrdiff_t n = str_find(str_from(tag, i + 1), S("\""));
        if (n < 0)
            break;
        Str before = str_sub(tag, 0, i + 1), value = str_sub(tag, i + 1, i + 1 + (size_t)n);
        if (str_ends(before, S(" lang=\"")) && str_eq(value, S("zh-Hans")))
            value = S("zh-Hant");
        else if (shown_attribute(before))
            value = hanzi_traditionalise(r->a, value);
        buf_add(b, str_sub(tag, done, i + 1));
        buf_add(b, value);
        done = i = i + 1 + (size_t)n;
    }
    buf_add(b, str_from(tag, done));
}

// What somebody typed into a box is sent back as it is, and what is signed or looked up by its very
// characters stands in an element without others in it that says translate="no": both belong to the
// tag.
static Str with_text_kept(Str html, size_t i, Str tag)
{
    bool typed = str_starts(tag, S("<textarea"));
    if (!typed && !str_has(tag, S(" translate=\"no\"")))
        return tag;
    Str rest = str_from(html, i);
    ptrdiff_t at = str_find(rest, typed ? S("</textarea") : S("</"));
    ptrdiff_t end = at < 0 ? STR_NONE : str_find(str_from(rest, (size_t)at), S(">"));
    return end < 0 ? tag : str_sub(rest, 0, (size_t)at + (size_t)end);
}

// The words of a whole page are converted at once, since a phrase may be divided by a tag's end but
// the dictionary is best opened once; a byte that text never holds stands for each tag.
static Str traditional(const Request *r, Str html)
{
    Buf text = buf_new(r->a, html.n + 1), b = buf_new(r->a, 2 * html.n + (64 << 10));
    Strs tags = {0};
    for (size_t i = 0; i < html.n; i++) {
        Str tag, rest;
        if (html.s[i] != '<') {
            buf_byte(&text, html.s[i]);
            continue;
        }
        str_cut(str_from(html, i), S(">"), &tag, &rest);
        tag = with_text_kept(html, i, tag);
        *PUSH(r->a, &tags) = tag;
        buf_byte(&text, '\x01');
        i += tag.n;
    }
    Str words = hanzi_traditionalise(r->a, buf_str(&text));
    for (size_t i = 0, tag = 0; i < words.n; i++) {
        if (words.s[i] != '\x01' || tag == tags.n) {
            buf_byte(&b, words.s[i]);
            continue;
        }
        tag_traditional(r, tags.v[tag++], &b);
        buf_byte(&b, '>');
    }
    return buf_str(&b);
}

Str respond_shown(const Request *r, Str html)
{
    if (r->hant)
        html = traditional(r, html);
    return r->hant || r->mode != MODE_PLAIN ? carry(r, html) : html;
}

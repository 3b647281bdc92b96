#include "viewc.h"

#include <ctype.h>
#include <strings.h>

static bool in(Str s, const Str *v)
{
    for (; v->n; v++)
        if (str_eq(s, *v))
            return true;
    return false;
}

static const Str voids[] = {SI("area"),  SI("base"),   SI("br"),    SI("col"),  SI("embed"),
                            SI("hr"),    SI("img"),    SI("input"), SI("link"), SI("meta"),
                            SI("param"), SI("source"), SI("track"), SI("wbr"),  {0}};

// Elements around which white space is not shown.
static const Str blocks[] = {SI("html"),
                             SI("head"),
                             SI("body"),
                             SI("title"),
                             SI("meta"),
                             SI("link"),
                             SI("header"),
                             SI("footer"),
                             SI("main"),
                             SI("nav"),
                             SI("section"),
                             SI("article"),
                             SI("aside"),
                             SI("div"),
                             SI("p"),
                             SI("h1"),
                             SI("h2"),
                             SI("h3"),
                             SI("h4"),
                             SI("h5"),
                             SI("h6"),
                             SI("ul"),
                             SI("ol"),
                             SI("li"),
                             SI("dl"),
                             SI("dt"),
                             SI("dd"),
                             SI("table"),
                             SI("caption"),
                             SI("colgroup"),
                             SI("col"),
                             SI("thead"),
                             SI("tbody"),
                             SI("tfoot"),
                             SI("tr"),
                             SI("th"),
                             SI("td"),
                             SI("form"),
                             SI("fieldset"),
                             SI("legend"),
                             SI("hr"),
                             SI("br"),
                             SI("pre"),
                             SI("blockquote"),
                             SI("figure"),
                             SI("figcaption"),
                             SI("details"),
                             SI("summary"),
                             SI("address"),
                             SI("option"),
                             SI("optgroup"),
                             SI("g"),
                             SI("path"),
                             SI("rect"),
                             SI("line"),
                             SI("circle"),
                             SI("polyline"),
                             SI("polygon"),
                             SI("defs"),
                             SI("!doctype"),
                             {0}};

static const Str urls[] = {SI("href"),   SI("src"),        SI("action"),   SI("formaction"),
                           SI("poster"), SI("xlink:href"), SI("cite"),     SI("data"),
                           SI("ping"),   SI("background"), SI("manifest"), {0}};

// Values that are a language of their own; no escaping is right for them.
static const Str closed[] = {SI("srcset"), SI("srcdoc"), SI("sizes"), {0}};

static bool no(Html *h, const char *why)
{
    h->why = why;
    return false;
}

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == ':' || c == '_';
}

static Str name_keep(Html *h, Arena *a)
{
    for (size_t i = 0; i < h->n_name; i++)
        h->name[i] = (char)tolower((unsigned char)h->name[i]);
    Str s = str_dup(a, (Str){h->name, h->n_name});
    h->n_name = 0;
    return s;
}

static bool name_add(Html *h, char c)
{
    if (h->n_name == sizeof h->name)
        return no(h, "a name longer than 64 bytes");
    h->name[h->n_name++] = c;
    return true;
}

bool html_is_block(Str tag)
{
    return in(tag, blocks);
}

static bool inside(const Html *h, Str tag)
{
    for (size_t i = 0; i < h->open.n; i++)
        if (str_eq(h->open.v[i], tag))
            return true;
    return false;
}

bool html_keeps_space(const Html *h)
{
    return inside(h, S("pre")) || inside(h, S("textarea"));
}

static bool tag_begin(Html *h, Str name)
{
    h->tag = name;
    h->slash = h->has_src = false;
    if (str_eq(name, S("style")) && !h->closing)
        return no(h, "<style> does not run under our content security policy: put it in assets/");
    if (str_eq(name, S("base")) || str_eq(name, S("object")) || str_eq(name, S("embed")))
        return no(h, "<base>, <object> and <embed> are not used on our pages");
    return true;
}

static bool attr_begin(Html *h, Str name)
{
    h->attr = name;
    h->url_begun = h->url_open = false;
    if (h->closing)
        return no(h, "an end tag with an attribute");
    if (str_starts(name, S("on")))
        return no(h,
                  "on… attributes do not run under our content security policy: put it in assets/");
    if (str_eq(name, S("http-equiv")))
        return no(h, "http-equiv: headers are the server's business");
    if (str_eq(name, S("style")))
        return no(h, "style attributes do not work under our content security policy: use a class");
    if (str_eq(h->tag, S("script")) && str_eq(name, S("src")))
        h->has_src = true;
    return true;
}

static bool tag_end(Html *h, Arena *a)
{
    h->state = TEXT;
    h->after_name = false;
    h->after_block = html_is_block(h->tag);
    bool svg = inside(h, S("svg")) || str_eq(h->tag, S("svg"));
    if (h->closing) {
        if (h->open.n == 0 || !str_eq(h->open.v[h->open.n - 1], h->tag))
            return no(
                h,
                str_to_z(a, str_fmt(a, "</" PRI_STR "> but the element open here is <" PRI_STR ">",
                                    STR_ARG(h->tag),
                                    STR_ARG(h->open.n ? h->open.v[h->open.n - 1] : S("none")))));
        h->open.n--;
        return true;
    }
    if (str_eq(h->tag, S("script")) && !h->has_src)
        return no(h, "a script in the page does not run under our content security policy: "
                     "put it in assets/ and name it with src");
    if (in(h->tag, voids))
        return true;
    if (h->slash)
        return svg || no(h, "only void elements and SVG end in />");
    *PUSH(a, &h->open) = h->tag;
    return true;
}

static bool url_literal_ok(Html *h, Str rest)
{
    if (h->url_begun)
        return true;
    Str all = {rest.s - 1, rest.n + 1};
    static const Str bad[] = {SI("javascript:"), SI("vbscript:"), SI("data:"), {0}};
    for (const Str *b = bad; b->n; b++)
        if (all.n >= b->n && strncasecmp(all.s, b->s, b->n) == 0)
            return no(h, "an address that begins with javascript:, vbscript: or data:");
    return true;
}

static bool value_byte(Html *h, char c, Str rest)
{
    if (c == h->quote) {
        h->state = IN_TAG;
        h->after_name = true; // a space or > must follow
        return true;
    }
    if (h->url_open && !strchr("/?#&", c))
        return no(h,
                  "after a whole address only / ? # or & may follow: compute the address before");
    h->url_open = false;
    if (in(h->attr, urls) && !url_literal_ok(h, rest))
        return false;
    h->url_begun = true;
    return true;
}

static bool text_byte(Html *h, char c, Str rest)
{
    bool raw = h->open.n && (str_eq(h->open.v[h->open.n - 1], S("title")) ||
                             str_eq(h->open.v[h->open.n - 1], S("textarea")));
    bool script = h->open.n && str_eq(h->open.v[h->open.n - 1], S("script"));
    if (c == '<' && raw && !str_starts(rest, S("/")))
        return no(h, "a tag inside <title> or <textarea>");
    if (script && c != '<' && !isspace((unsigned char)c))
        return no(h, "text inside <script>");
    if (c != '<') {
        h->after_block = h->after_block && isspace((unsigned char)c);
        return true;
    }
    h->state = TAG_OPEN;
    h->closing = false;
    h->n_name = 0;
    return true;
}

static bool in_tag_byte(Html *h, char c, Arena *a)
{
    if (c == '>')
        return tag_end(h, a);
    if (h->slash)
        return no(h, "/ inside a tag");
    if (isspace((unsigned char)c)) {
        h->after_name = false;
        return true;
    }
    if (c == '/') {
        h->slash = true;
        return true;
    }
    if (h->after_name)
        return no(h, "a space or > must stand here");
    if (!is_name(c))
        return no(h, "an attribute must stand here");
    h->state = ATTR_NAME;
    h->n_name = 0;
    return name_add(h, c);
}

bool html_byte(Html *h, char c, Str rest, Arena *a)
{
    if (c == '\0')
        return no(h, "a NUL byte");
    switch (h->state) {
    case TEXT:
        return text_byte(h, c, rest);
    case TAG_OPEN:
        if (c == '!') {
            h->state = DECL;
            return true;
        }
        if (c == '/' && !h->closing) {
            h->closing = true;
            return true;
        }
        if (!isalpha((unsigned char)c))
            return no(h, "< that begins no tag: write &lt;");
        h->state = TAG_NAME;
        return name_add(h, c);
    case TAG_NAME:
        if (is_name(c))
            return name_add(h, c);
        if (!tag_begin(h, name_keep(h, a)))
            return false;
        h->state = IN_TAG;
        return in_tag_byte(h, c, a);
    case IN_TAG:
        return in_tag_byte(h, c, a);
    case ATTR_NAME:
        if (is_name(c))
            return name_add(h, c);
        if (!attr_begin(h, name_keep(h, a)))
            return false;
        h->state = c == '=' ? ATTR_EQ : IN_TAG;
        return c == '=' || in_tag_byte(h, c, a);
    case ATTR_EQ:
        if (isspace((unsigned char)c) || c == '>')
            return no(h, "an attribute without its value");
        h->state = c == '"' || c == '\'' ? VALUE : VALUE_BARE;
        h->quote = c;
        return true;
    case VALUE:
        return value_byte(h, c, rest);
    case VALUE_BARE:
        if (isspace((unsigned char)c) || c == '>') {
            h->state = IN_TAG;
            return in_tag_byte(h, c, a);
        }
        return !strchr("\"'<=`", c) || no(h, "an attribute value that needs quotes");
    case DECL:
        if (c == '>') {
            h->state = TEXT;
            h->after_block = true;
        }
        return true;
    }
    return no(h, "a state that does not exist");
}

bool html_pause(Html *h, Arena *a)
{
    switch (h->state) {
    case TEXT:
    case VALUE:
    case IN_TAG:
        return true;
    case VALUE_BARE:
    case ATTR_EQ:
        return no(h, "an attribute value with a directive needs quotes");
    case TAG_OPEN:
    case DECL:
        return no(h, "a directive inside a tag name");
    case TAG_NAME:
    case ATTR_NAME:
        if (!(h->state == TAG_NAME ? tag_begin(h, name_keep(h, a))
                                   : attr_begin(h, name_keep(h, a))))
            return false;
        h->state = IN_TAG;
        h->after_name = true;
        return true;
    }
    return false;
}

bool html_place(Html *h, Place *out, Arena *a)
{
    if (!html_pause(h, a))
        return false;
    if (h->state == IN_TAG)
        return no(h, "a value among attributes: write {{if x}} name{{end}} or name=\"{{x}}\"");
    h->after_block = false;
    if (h->state == TEXT) {
        if (h->open.n && str_eq(h->open.v[h->open.n - 1], S("script")))
            return no(h, "a value inside <script>");
        *out = PLACE_TEXT;
        return true;
    }
    if (in(h->attr, closed))
        return no(h, "a value in an attribute that has a language of its own");
    *out = !in(h->attr, urls) ? PLACE_ATTR : h->url_begun ? PLACE_URL_PART : PLACE_URL;
    h->url_open = *out == PLACE_URL;
    h->url_begun = true;
    return true;
}

bool html_same(const Html *x, const Html *y)
{
    if (x->state != y->state || x->open.n != y->open.n)
        return false;
    if (x->state == VALUE && !(str_eq(x->attr, y->attr) && x->quote == y->quote))
        return false;
    if (x->state == IN_TAG && !(str_eq(x->tag, y->tag) && x->closing == y->closing))
        return false;
    for (size_t i = 0; i < x->open.n; i++)
        if (!str_eq(x->open.v[i], y->open.v[i]))
            return false;
    return true;
}

void html_join(Html *h, const Html *other)
{
    h->url_begun |= other->url_begun;
    h->url_open |= other->url_open;
    h->after_name |= other->after_name;
    h->after_block &= other->after_block;
}

Html html_copy(const Html *h, Arena *a)
{
    Html copy = *h;
    copy.open = (Strs){0};
    for (size_t i = 0; i < h->open.n; i++)
        *PUSH(a, &copy.open) = h->open.v[i];
    return copy;
}

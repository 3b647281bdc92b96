// viewc OUTDIR VIEW.html...: writes OUTDIR/views.h and one OUTDIR/<view>.c for each.
#include "viewc.h"

#include "base/buf.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_FILE = 4 << 20, MAX_BLOCKS = 64, LITERAL = 1500 };

// %! name(params) [opens html body] [closes body html]
typedef struct View {
    Str name, params; // params without the outer parentheses
    Strs opens;       // left open at its end, outermost first
    Strs closes;      // found open at its beginning, outermost first
} View;

typedef struct Views {
    View *v;
    size_t n, cap;
} Views;

// An open condition or loop.
typedef struct Block {
    int line;
    Html at_open;
    Html at_end; // of the branches so far
    bool has_end, has_else, is_if;
} Block;

typedef struct Compiler {
    Arena *a;
    const char *file;
    Str text;
    size_t i;
    int line;
    Html html;
    const View *view; // NULL before the first %!
    const Views *views;
    Block blocks[MAX_BLOCKS];
    size_t n_blocks;
    Buf literal; // static text not yet written
    Buf out;
} Compiler;

static _Noreturn void stop(const Compiler *c, int line, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

static _Noreturn void stop(const Compiler *c, int line, const char *why, ...)
{
    va_list ap;
    va_start(ap, why);
    fprintf(stderr, "%s:%d: error: ", c->file, line);
    vfprintf(stderr, why, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

static Str file_get(Arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be opened\n", path);
        exit(1);
    }
    char *s = NEW(a, char, MAX_FILE);
    size_t n = fread(s, 1, MAX_FILE, f);
    fclose(f);
    return (Str){s, n};
}

// Left alone where nothing changed, so that nothing is built again.
static void file_put(Arena *a, const char *path, Str s)
{
    FILE *old = fopen(path, "rb");
    if (old) {
        fclose(old);
        if (str_eq(file_get(a, path), s))
            return;
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(s.s, 1, s.n, f) != s.n || fclose(f) != 0) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(1);
    }
}

// ---- what is written

static void literal_flush(Compiler *c)
{
    Str s = buf_str(&c->literal);
    while (s.n) {
        size_t n = s.n < LITERAL ? s.n : LITERAL;
        while (n < s.n && n > 1 && ((unsigned char)s.s[n] & 0xc0) == 0x80) // not inside a character
            n--;
        buf_add(&c->out, S("    view_put(o, \""));
        for (size_t i = 0; i < n; i++) {
            if (s.s[i] == '\n')
                buf_add(&c->out, S("\\n"));
            else if (strchr("\"\\?", s.s[i]))
                buf_fmt(&c->out, "\\%c", s.s[i]);
            else if ((unsigned char)s.s[i] < ' ')
                buf_fmt(&c->out, "\\%03o", (unsigned)s.s[i]);
            else
                buf_byte(&c->out, s.s[i]);
        }
        buf_fmt(&c->out, "\", %zu);\n", n);
        s = str_from(s, n);
    }
    c->literal.n = 0;
}

static void emit(Compiler *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void emit(Compiler *c, const char *fmt, ...)
{
    va_list ap;
    literal_flush(c);
    buf_fmt(&c->out, "#line %d \"%s\"\n", c->line, c->file);
    va_start(ap, fmt);
    buf_add(&c->out, str_vfmt(c->a, fmt, ap));
    va_end(ap);
    buf_byte(&c->out, '\n');
}

// ---- views

static bool is_ident(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static Str word_cut(Str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && !isspace((unsigned char)s->s[n]))
        n++;
    Str word = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return word;
}

// "name(a, b) rest"; the parenthesis that ends the list is the one that matches the first.
static bool call_cut(Str s, Str *name, Str *args, Str *rest)
{
    size_t n = 0, depth = 0, i;
    s = str_trim(s);
    while (n < s.n && is_ident(s.s[n]))
        n++;
    if (n == 0 || n == s.n || s.s[n] != '(')
        return false;
    for (i = n; i < s.n; i++) {
        depth += s.s[i] == '(';
        if (s.s[i] == ')' && --depth == 0)
            break;
    }
    if (i == s.n)
        return false;
    *name = str_sub(s, 0, n);
    *args = str_trim(str_sub(s, n + 1, i));
    *rest = str_trim(str_from(s, i + 1));
    return true;
}

static void view_declare(const Compiler *c, Str head, Views *views)
{
    View v = {0};
    Str rest;
    if (!call_cut(head, &v.name, &v.params, &rest))
        stop(c, c->line, "%%! wants: name(const Type *p)");
    Strs *list = NULL;
    for (Str w; (w = word_cut(&rest)).n;) {
        if (str_eq(w, S("opens")))
            list = &v.opens;
        else if (str_eq(w, S("closes")))
            list = &v.closes;
        else if (list)
            *PUSH(c->a, list) = w;
        else
            stop(c, c->line, "after the parameters: opens ELEMENT… or closes ELEMENT…");
    }
    for (size_t i = 0; i < v.closes.n / 2; i++) { // as written: innermost first
        Str swap = v.closes.v[i];
        v.closes.v[i] = v.closes.v[v.closes.n - 1 - i];
        v.closes.v[v.closes.n - 1 - i] = swap;
    }
    for (size_t i = 0; i < views->n; i++)
        if (str_eq(views->v[i].name, v.name))
            stop(c, c->line, "there is already a view of the name " PRI_STR, STR_ARG(v.name));
    *PUSH(c->a, views) = v;
}

static const View *view_find(const Compiler *c, Str name)
{
    for (size_t i = 0; i < c->views->n; i++)
        if (str_eq(c->views->v[i].name, name))
            return &c->views->v[i];
    stop(c, c->line, "there is no view of the name " PRI_STR, STR_ARG(name));
}

static void view_end(Compiler *c)
{
    if (!c->view)
        return;
    if (c->n_blocks)
        stop(c, c->blocks[c->n_blocks - 1].line, "a condition or loop that is not closed");
    if (c->html.state != TEXT)
        stop(c, c->line, "the view ends inside a tag");
    const Strs *want = &c->view->opens, *got = &c->html.open;
    for (size_t i = 0; i < got->n; i++)
        if (i >= want->n || !str_eq(got->v[i], want->v[i]))
            stop(c, c->line, "<" PRI_STR "> is not closed in view " PRI_STR, STR_ARG(got->v[i]),
                 STR_ARG(c->view->name));
    if (got->n < want->n)
        stop(c, c->line, "view " PRI_STR " says it opens more than it does",
             STR_ARG(c->view->name));
    Str last =
        buf_str(&c->literal); // the line end after its last line is the file's, not the page's
    if (str_ends(last, S("\n")))
        c->literal.n--;
    literal_flush(c);
    buf_add(&c->out, S("}\n\n"));
}

static void view_begin(Compiler *c, Str head)
{
    Str name, params, rest;
    view_end(c);
    if (!call_cut(head, &name, &params, &rest))
        stop(c, c->line, "%%! wants: name(const Type *p)");
    c->view = view_find(c, name);
    c->html = (Html){.after_block = true};
    for (size_t i = 0; i < c->view->closes.n; i++)
        *PUSH(c->a, &c->html.open) = c->view->closes.v[i];
    emit(c, "void view_" PRI_STR "(Out *o%s" PRI_STR ")\n{", STR_ARG(name), params.n ? ", " : "",
         STR_ARG(params));
}

// ---- directives

static void block_open(Compiler *c, Str code, bool is_if)
{
    if (c->n_blocks == MAX_BLOCKS)
        stop(c, c->line, "conditions and loops deeper than %d", MAX_BLOCKS);
    c->blocks[c->n_blocks++] =
        (Block){.line = c->line, .at_open = html_copy(&c->html, c->a), .is_if = is_if};
    emit(c, PRI_STR " {", STR_ARG(code));
}

static Block *block_top(Compiler *c)
{
    if (!c->n_blocks)
        stop(c, c->line, "nothing is open that could end here");
    return &c->blocks[c->n_blocks - 1];
}

static void branch_end(Compiler *c, Block *b)
{
    if (b->has_end && !html_same(&b->at_end, &c->html))
        stop(c, c->line, "the branches from line %d leave the page in different places", b->line);
    if (b->has_end)
        html_join(&c->html, &b->at_end);
    b->at_end = html_copy(&c->html, c->a);
    b->has_end = true;
}

static void block_else(Compiler *c, Str code)
{
    Block *b = block_top(c);
    if (!b->is_if || b->has_else)
        stop(c, c->line, "an else without its if");
    branch_end(c, b);
    c->html = html_copy(&b->at_open, c->a);
    b->has_else = str_eq(code, S("else"));
    emit(c, "} " PRI_STR " {", STR_ARG(code));
}

static void block_close(Compiler *c)
{
    Block *b = block_top(c);
    branch_end(c, b);
    if (!b->has_else) { // it may not run at all
        if (!html_same(&b->at_open, &c->html))
            stop(c, c->line,
                 "what is between line %d and here opens or closes more than it "
                 "closes or opens",
                 b->line);
        html_join(&c->html, &b->at_open);
    }
    c->n_blocks--;
    emit(c, "}");
}

static bool word_starts(Str s, Str word)
{
    return str_starts(s, word) && (s.n == word.n || !is_ident(s.s[word.n]));
}

// if (x) is C already, if x is made so.
static Str condition(const Compiler *c, Str word, Str s)
{
    Str x = str_trim(str_from(s, word.n));
    if (x.n == 0)
        stop(c, c->line, PRI_STR " without a condition", STR_ARG(word));
    return str_fmt(c->a, PRI_STR " (" PRI_STR ")", STR_ARG(word), STR_ARG(x));
}

static void partial(Compiler *c, Str s)
{
    Str name, args, rest;
    if (!call_cut(s, &name, &args, &rest) || rest.n)
        stop(c, c->line, "{{> wants: name(arguments)}}");
    if (c->html.state != TEXT)
        stop(c, c->line, "a view inside a tag");
    const View *v = view_find(c, name);
    for (size_t i = v->closes.n; i-- > 0;) {
        if (!c->html.open.n || !str_eq(c->html.open.v[c->html.open.n - 1], v->closes.v[i]))
            stop(c, c->line, PRI_STR " closes <" PRI_STR ">, which is not the element open here",
                 STR_ARG(name), STR_ARG(v->closes.v[i]));
        c->html.open.n--;
    }
    for (size_t i = 0; i < v->opens.n; i++)
        *PUSH(c->a, &c->html.open) = v->opens.v[i];
    c->html.after_block = false;
    emit(c, "    view_" PRI_STR "(o%s" PRI_STR ");", STR_ARG(name), args.n ? ", " : "",
         STR_ARG(args));
}

static const char *const writers[] = {
    [PLACE_TEXT] = "VIEW_TEXT",
    [PLACE_ATTR] = "VIEW_ATTR",
    [PLACE_URL] = "VIEW_URL",
    [PLACE_URL_PART] = "VIEW_URL_PART",
};

static void value(Compiler *c, Str expr)
{
    Place place = PLACE_TEXT;
    if (!html_place(&c->html, &place, c->a))
        stop(c, c->line, "%s", c->html.why);
    emit(c, "    %s(o, (" PRI_STR "));", writers[place], STR_ARG(expr));
}

static void raw(Compiler *c, Str expr)
{
    Place place = PLACE_TEXT;
    if (!html_place(&c->html, &place, c->a))
        stop(c, c->line, "%s", c->html.why);
    if (place != PLACE_TEXT)
        stop(c, c->line, "ready HTML may stand between tags only");
    emit(c, "    view_html(o, (" PRI_STR "));", STR_ARG(expr));
}

static void directive(Compiler *c, Str s)
{
    s = str_trim(s);
    if (s.n == 0)
        stop(c, c->line, "{{}} with nothing in it");
    if (!html_pause(&c->html, c->a))
        stop(c, c->line, "%s", c->html.why);
    if (s.s[0] == '>')
        partial(c, str_from(s, 1));
    else if (word_starts(s, S("if")))
        block_open(c, condition(c, S("if"), s), true);
    else if (word_starts(s, S("for")))
        block_open(c, s, false);
    else if (str_eq(s, S("else")))
        block_else(c, s);
    else if (word_starts(s, S("else if")))
        block_else(c, condition(c, S("else if"), s));
    else if (str_eq(s, S("end")))
        block_close(c);
    else if (word_starts(s, S("raw")))
        raw(c, str_from(s, 3));
    else
        value(c, s);
}

// The end of an inline directive, which may hold strings with braces in them.
static size_t directive_end(const Compiler *c, size_t i, Str close)
{
    char quote = 0;
    for (; i < c->text.n && c->text.s[i] != '\n'; i++) {
        char ch = c->text.s[i];
        if (quote && ch == '\\')
            i++;
        else if (quote)
            quote = ch == quote ? 0 : quote;
        else if (ch == '"' || ch == '\'')
            quote = ch;
        else if (str_starts(str_from(c->text, i), close))
            return i;
    }
    stop(c, c->line, "{{ that is not closed on its line");
}

static void inline_directive(Compiler *c)
{
    bool is_raw = str_starts(str_from(c->text, c->i), S("{{{"));
    Str close = is_raw ? S("}}}") : S("}}");
    size_t from = c->i + close.n, to = directive_end(c, from, close);
    Str s = str_sub(c->text, from, to);
    if (!c->view)
        stop(c, c->line, "nothing may stand before the first %%! line");
    if (is_raw)
        raw(c, str_trim(s));
    else
        directive(c, s);
    c->i = to + close.n;
}

// % if (…) {   % } else {   % for (…) {   % while (…) {   % }   % const T x = …;
static void code_line(Compiler *c, Str s)
{
    Str body = str_trim(str_ends(s, S("{")) ? str_sub(s, 0, s.n - 1) : s);
    bool opens = str_ends(s, S("{"));
    if (!c->view)
        stop(c, c->line, "nothing may stand before the first %%! line");
    if (!html_pause(&c->html, c->a))
        stop(c, c->line, "%s", c->html.why);
    if (opens && word_starts(body, S("if")))
        block_open(c, body, true);
    else if (opens && (word_starts(body, S("for")) || word_starts(body, S("while"))))
        block_open(c, body, false);
    else if (opens && str_starts(body, S("}")) &&
             word_starts(str_trim(str_from(body, 1)), S("else")))
        block_else(c, str_trim(str_from(body, 1)));
    else if (str_eq(s, S("}")))
        block_close(c);
    else if (word_starts(s, S("const")) && str_ends(s, S(";")))
        emit(c, PRI_STR, STR_ARG(s));
    else
        stop(c, c->line,
             "a view has loops, conditions and const declarations only; "
             "what opens a block ends with { on its line");
}

static Str line_at(Str text, size_t i)
{
    Str line, rest;
    str_cut(str_from(text, i), S("\n"), &line, &rest);
    return line;
}

static bool is_code_line(Str text, size_t i)
{
    if (i >= text.n || text.s[i] != '%')
        return false;
    while (i > 0 && (text.s[i - 1] == ' ' || text.s[i - 1] == '\t'))
        i--;
    return i == 0 || text.s[i - 1] == '\n';
}

static void percent(Compiler *c)
{
    Str line = line_at(c->text, c->i), s = str_trim(str_from(line, 1));
    if (str_starts(line, S("%!")))
        view_begin(c, str_from(line, 2));
    else if (!str_starts(line, S("%#")) && !word_starts(str_from(line, 1), S("include")))
        code_line(c, s);
    c->i += line.n;
    if (c->i < c->text.n) {
        c->i++;
        c->line++;
    }
}

// ---- static text

static bool is_wide(Str s, size_t i)
{
    return i < s.n && (unsigned char)s.s[i] >= 0xe3;
}

static bool block_follows(Str s)
{
    size_t i = s.n > 1 && s.s[1] == '/' ? 2 : 1, from = i;
    if (s.n == 0 || s.s[0] != '<')
        return false;
    while (i < s.n && (is_ident(s.s[i]) || s.s[i] == '!'))
        i++;
    return html_is_block(str_sub(s, from, i));
}

// White space between tags: indentation goes; a line end stays only where a reader would see it as
// a space, which is not beside a block and not between two Chinese characters.
static void space(Compiler *c)
{
    size_t from = c->i, to = from;
    bool line_end = false, line_begins = from == 0 || c->text.s[from - 1] == '\n';
    for (; to < c->text.n && isspace((unsigned char)c->text.s[to]); to++)
        if (c->text.s[to] == '\n') {
            line_end = true;
            c->line++;
        }
    c->i = to;
    Str rest = str_from(c->text, to), lit = buf_str(&c->literal);
    bool wide = is_wide(rest, 0) && lit.n >= 3 && is_wide(lit, lit.n - 3);
    if (line_begins || !c->view)
        return;
    if (line_end && (c->html.after_block || wide || block_follows(rest)))
        return;
    buf_byte(&c->literal, line_end ? '\n' : ' ');
}

static void comment(Compiler *c)
{
    ptrdiff_t n = str_find(str_from(c->text, c->i), S("-->"));
    if (n < 0)
        stop(c, c->line, "a comment that does not end");
    Str body = str_sub(c->text, c->i, c->i + (size_t)n);
    if (str_has(body, S("{{")))
        stop(c, c->line, "a directive inside a comment: comments are not sent, use %%#");
    for (size_t i = 0; i < body.n; i++)
        c->line += body.s[i] == '\n';
    c->i += body.n + 3;
}

static void byte(Compiler *c)
{
    char ch = c->text.s[c->i];
    bool in_text = c->html.state == TEXT;
    if (isspace((unsigned char)ch) && in_text && !html_keeps_space(&c->html)) {
        space(c);
        return;
    }
    if (!c->view)
        stop(c, c->line, "nothing may stand before the first %%! line");
    if (!html_byte(&c->html, ch, str_from(c->text, c->i + 1), c->a))
        stop(c, c->line, "%s", c->html.why);
    c->i++;
    c->line += ch == '\n';
    if (isspace((unsigned char)ch) && !in_text) { // in a tag one space is as good as any
        while (c->i < c->text.n && isspace((unsigned char)c->text.s[c->i]))
            c->line += c->text.s[c->i++] == '\n';
        ch = ' ';
    }
    buf_byte(&c->literal, ch);
}

static void compile(Compiler *c)
{
    while (c->i < c->text.n) {
        Str rest = str_from(c->text, c->i);
        if (is_code_line(c->text, c->i))
            percent(c);
        else if (str_starts(rest, S("{{")))
            inline_directive(c);
        else if (c->html.state == TEXT && str_starts(rest, S("<!--")))
            comment(c);
        else
            byte(c);
    }
    view_end(c);
}

// ---- files

static void scan(const Compiler *base, Views *views, Strs *includes)
{
    Compiler c = *base;
    for (c.line = 1; c.i < c.text.n; c.line++) {
        Str line = line_at(c.text, c.i);
        if (str_starts(line, S("%!")))
            view_declare(&c, str_from(line, 2), views);
        if (str_starts(line, S("%include"))) {
            Str what = str_trim(str_from(line, 8));
            bool known = false;
            for (size_t i = 0; i < includes->n; i++)
                known |= str_eq(includes->v[i], what);
            if (!known)
                *PUSH(c.a, includes) = what;
        }
        c.i += line.n + 1;
    }
}

static Str header(Arena *a, const Views *views, const Strs *includes)
{
    Buf b = buf_new(a, MAX_FILE);
    buf_add(&b, S("// Made from views/*.html by tools/viewc.\n#ifndef GONGKAI_VIEWS_H\n"
                  "#define GONGKAI_VIEWS_H\n\n#include \"web/view.h\"\n"));
    for (size_t i = 0; i < includes->n; i++)
        buf_fmt(&b, "#include " PRI_STR "\n", STR_ARG(includes->v[i]));
    buf_byte(&b, '\n');
    for (size_t i = 0; i < views->n; i++)
        buf_fmt(&b, "void view_" PRI_STR "(Out *o%s" PRI_STR ");\n", STR_ARG(views->v[i].name),
                views->v[i].params.n ? ", " : "", STR_ARG(views->v[i].params));
    buf_add(&b, S("\n#endif\n"));
    return buf_str(&b);
}

static const char *out_path(Arena *a, const char *dir, const char *view)
{
    Str s = str_z(view);
    ptrdiff_t slash = str_find_last(s, S("/"));
    Str name = str_from(s, slash < 0 ? 0 : (size_t)slash + 1), stem, rest;
    str_cut(name, S(".html"), &stem, &rest);
    return str_to_z(a, str_fmt(a, "%s/" PRI_STR ".c", dir, STR_ARG(stem)));
}

int main(int argc, char **argv)
{
    Arena a = arena_new((size_t)1 << 30);
    Views views = {0};
    Strs includes = {0};
    if (argc < 2) {
        fputs("viewc OUTDIR VIEW.html...\n", stderr);
        return 2;
    }
    Compiler *files = NEW(&a, Compiler, (size_t)argc);
    for (int i = 2; i < argc; i++) {
        files[i] = (Compiler){.a = &a, .file = argv[i], .text = file_get(&a, argv[i]), .line = 1};
        scan(&files[i], &views, &includes);
    }
    file_put(&a, str_to_z(&a, str_fmt(&a, "%s/views.h", argv[1])), header(&a, &views, &includes));
    for (int i = 2; i < argc; i++) {
        Compiler *c = &files[i];
        c->views = &views;
        c->literal = buf_new(&a, MAX_FILE);
        c->out = buf_new(&a, 4 * MAX_FILE);
        buf_add(&c->out, S("// Made by tools/viewc.\n#include \"views.h\"\n"
                           "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n\n"));
        compile(c);
        file_put(&a, out_path(&a, argv[1], argv[i]), buf_str(&c->out));
    }
    return 0;
}

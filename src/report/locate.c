#include "report/locate.h"
#include "report/numbers.h"

#include <string.h>

// --- lines

static HanziKind script_of(const Blocks *blocks)
{
    HanziKind kind = HANZI_SIMPLIFIED;
    for (size_t i = 0; i < blocks->n && kind != HANZI_TAIWAN; i++) {
        const Block *b = &blocks->v[i];
        if (b->kind == BLOCK_PARA) {
            HanziKind k = hanzi_traditional(b->text) ? hanzi_kind(b->text) : HANZI_SIMPLIFIED;
            kind = k > kind ? k : kind;
            continue;
        }
        for (size_t c = 0; c < b->grid->n; c++)
            if (hanzi_traditional(b->grid->v[c].text)) {
                HanziKind k = hanzi_kind(b->grid->v[c].text);
                kind = k > kind ? k : kind;
            }
    }
    return kind;
}

// A dump of a page laid out by tables ends each line with a pipe. A line with one field is that
// field.
static void strip_pipes(Line *line)
{
    Str s = line->text;
    for (size_t i = 0; i < s.n; i++)
        line->pipes += s.s[i] == '|';
    if (!line->pipes)
        return;
    line->fields = line->pipes + 1 - (line->tabs ? 0 : str_starts(s, S("|")) + str_ends(s, S("|")));
    if (line->tabs)
        return;
    while (s.n && (s.s[0] == '|' || s.s[0] == ' '))
        s = str_from(s, 1);
    while (s.n && (s.s[s.n - 1] == '|' || s.s[s.n - 1] == ' '))
        s.n--;
    if (!memchr(s.s, '|', s.n))
        line->text = s;
}

// A table copied out of a word processor has its cells parted by tabs. Tabs that only indent, or
// stand behind a heading's number, part nothing.
static Str tabs_to_pipes(Arena *a, Str raw, bool *tabs_part)
{
    if (!memchr(raw.s, '\t', raw.n))
        return raw;
    Str s = raw, head, rest;
    size_t tabs = 0;
    for (size_t i = 0; i < s.n; i++)
        tabs += s.s[i] == '\t';
    str_cut(s, S("\t"), &head, &rest);
    if (tabs == 1 && !number_like(str_trim(rest)) && !label_exact(str_trim(head)).mark)
        return raw;
    *tabs_part = true;
    return str_replace(a, s, S("\t"), S("|"));
}

static Line *add_line(Lines *lines, Str raw, Place place, uint8_t heading, Arena *a)
{
    Line line = {.raw = raw, .place = place, .heading = heading};
    line.text = normal_text(a, tabs_to_pipes(a, raw, &line.tabs), lines->script, &line.repairs);
    strip_pipes(&line);
    if (!line.text.n && !line.pipes)
        return NULL;
    int printed;
    line.furniture = is_furniture(line.text);
    line.chapter = line.furniture ? 0 : (int8_t)chapter_of(&line, &printed);
    Line *out = PUSH(a, lines);
    *out = line;
    return out;
}

enum { FLAT_BYTES = 600 };

// A page whose line ends are lost: everything stands on one line, words and figures parted by
// spaces.
static bool is_flat_table(Str s)
{
    return s.n > FLAT_BYTES && str_has(s, S("本年新收政府信息公开申请")) &&
           str_has(s, S("结转下年度继续办理"));
}

static bool is_flat_text(Str s)
{
    return s.n > 4000 && str_has(s, S(" 一、")) && str_has(s, S(" 二、"));
}

// Whether a heading or section begins at byte i, behind a space.
static bool section_at(Str s, size_t i)
{
    Str rest;
    int style;
    return normal_number(str_sub(s, i, i + 24), &rest, &style) &&
           (style == NUMBER_HAN_COMMA || style == NUMBER_HAN_BRACKET);
}

static void split_flat(Lines *lines, Str raw, Place place, bool table, Arena *a)
{
    size_t from = 0;
    for (size_t i = 0; i <= raw.n; i++) {
        bool cut = i == raw.n || (raw.s[i] == ' ' && (table || section_at(raw, i + 1)));
        if (!cut)
            continue;
        Line *line = i > from ? add_line(lines, str_sub(raw, from, i), place, 0, a) : NULL;
        // What is cut off a running text is not a heading of the form unless it stands alone.
        if (line && !table)
            line->chapter = 0;
        from = i + 1;
    }
}

static void add_para(Lines *lines, const Block *b, Arena *a)
{
    if (b->text.n > FLAT_BYTES) {
        uint32_t repairs = 0;
        Str text = normal_text(a, b->text, lines->script, &repairs);
        bool table = is_flat_table(text);
        if (table || is_flat_text(text)) {
            split_flat(lines, text, b->place, table, a);
            return;
        }
    }
    add_line(lines, b->text, b->place, b->heading, a);
}

static bool grid_is_form(const Grid *g, HanziKind script, Arena a)
{
    size_t labels = 0;
    for (size_t i = 0; i < g->n && labels < 2; i++) {
        uint32_t repairs = 0;
        Str text = g->v[i].text.n < 300 ? normal_text(&a, g->v[i].text, script, &repairs) : S("");
        labels += label_exact(text).mark != MARK_NONE;
    }
    return labels >= 2;
}

// Every line of every cell, for a grid that is none of the official tables.
static void add_grid_text(Lines *lines, const Grid *g, Arena *a)
{
    for (size_t i = 0; i < g->n; i++)
        for (Str head, rest = g->v[i].text; rest.n;) {
            str_cut(rest, S("\n"), &head, &rest);
            add_line(lines, head, g->v[i].place, 0, a);
        }
}

static void make_lines(const Blocks *blocks, Arena *a, Lines *lines)
{
    lines->script = script_of(blocks);
    for (size_t i = 0; i < blocks->n; i++) {
        const Block *b = &blocks->v[i];
        if (b->kind == BLOCK_PARA)
            add_para(lines, b, a);
        else if (grid_is_form(b->grid, lines->script, *a) || b->grid->n > 200)
            *PUSH(a, lines) = (Line){.grid = b->grid, .place = b->place};
        else
            add_grid_text(lines, b->grid, a);
    }
}

// --- where one document ends and the next begins

typedef struct Split {
    size_t start;     // of the document that is open
    size_t text;      // lines of text in it
    int last_chapter; // the furthest met
    bool tables;
    size_t chapters;
} Split;

static bool form_label(const Line *line)
{
    if (line->grid)
        return true;
    if (line->text.n < 6 || line->text.n > 200) // two characters at least
        return false;
    Str first = line->text, rest;
    if (memchr(first.s, '|', first.n))
        str_cut(line->text, S("|"), &first, &rest);
    Label l = label_exact(first);
    return l.mark == MARK_T2_BLOCK || (l.mark == MARK_T3_ROW && l.arg == T3_NEW);
}

// The line that opens a page: 字号：大 中 小, which page furniture puts above the text.
static bool opens_page(Str s)
{
    return str_starts(s, S("字号:")) || str_starts(s, S("大 中 小")) || str_starts(s, S("字体:"));
}

static bool mentions_year(Str s)
{
    return str_has(s, S("19")) || str_has(s, S("20"));
}

// Whether a document begins at line i, though one is open.
static bool begins(const Lines *lines, size_t i, const Split *s)
{
    const Line *line = &lines->v[i];
    if (line->grid || s->text < 3)
        return false;
    if (opens_page(line->text) && (s->tables || s->text > 8))
        return !(i && opens_page(lines->v[i - 1].text));
    bool much = s->last_chapter >= 3 || (s->tables && s->chapters >= 1) || s->text > 25;
    if (title_of_report(line->text) && mentions_year(line->text) && line->text.n < 120)
        return much;
    return line->chapter == 1 && s->last_chapter >= 5 && s->tables;
}

// Where the text that leads up to a repeated chapter one begins: behind the signature or the page's
// end.
static size_t preamble_start(const Lines *lines, size_t from, size_t i)
{
    size_t at = i;
    while (at > from + 1 && i - at < 4) {
        Str t = lines->v[at - 1].text;
        bool leads = str_has(t, S("编制")) || str_has(t, S("统计期限")) || title_of_report(t) ||
                     str_has(t, S("本报告"));
        if (!leads)
            break;
        at--;
    }
    return at;
}

static void note(Document *doc, NoteKind kind, Str text, Place place, Arena *a)
{
    *PUSH(a, &doc->notes) = (Note){kind, text, place, CELL_NONE};
}

enum { MAX_TEXT_NOTES = 20 };

static void note_text(const Lines *lines, size_t from, size_t to, Arena *a, Document *doc)
{
    bool script = false, residue = false;
    size_t found = 0;
    for (size_t i = from; i < to && found < MAX_TEXT_NOTES; i++) {
        const Line *l = &lines->v[i];
        if (l->grid)
            continue;
        if (!script && l->repairs & REPAIR_SCRIPT)
            note(doc, NOTE_TRADITIONAL, S(""), l->place, a);
        if (!residue && l->repairs & REPAIR_RESIDUE)
            note(doc, NOTE_RESIDUE, l->raw, l->place, a);
        script |= (l->repairs & REPAIR_SCRIPT) != 0;
        residue |= (l->repairs & REPAIR_RESIDUE) != 0;
        if (memchr(l->raw.s, '?', l->raw.n) && str_has(l->raw, S("???"))) {
            note(doc, NOTE_BROKEN_QUOTES, l->raw, l->place, a);
            found++;
        }
        if (memchr(l->raw.s, 0xef, l->raw.n) && str_has(l->raw, S("\xef\xbf\xbd"))) {
            note(doc, NOTE_BROKEN_TEXT, l->raw, l->place, a);
            found++;
        }
    }
}

static void add_document(Lines *lines, size_t from, size_t to, Arena *a, Documents *out)
{
    if (from >= to)
        return;
    Document *doc = PUSH(a, out);
    Tables tables;
    tables_find(lines, from, to, a, &tables);
    for (int t = 0; t < TABLE__COUNT; t++)
        doc->table_seen[t] = tables.seen[t];
    doc->place = lines->v[from].place;
    meta_fill(lines, from, to, a, doc);
    // Nothing but the table behind its last row: the document ends in the middle of it.
    tables_assign(&tables, tables.last_line == to, a, doc);
    note_text(lines, from, to, a, doc);
}

void report_locate(const Blocks *blocks, Arena *a, Documents *out)
{
    Lines lines = {0};
    make_lines(blocks, a, &lines);
    Split s = {0};
    for (size_t i = 0; i < lines.n; i++) {
        if (begins(&lines, i, &s)) {
            size_t at = lines.v[i].chapter == 1 ? preamble_start(&lines, s.start, i) : i;
            add_document(&lines, s.start, at, a, out);
            s = (Split){.start = at};
        }
        const Line *line = &lines.v[i];
        s.text += !line->grid && !line->furniture;
        s.chapters += line->chapter != 0;
        s.last_chapter = line->chapter > s.last_chapter ? line->chapter : s.last_chapter;
        s.tables |= form_label(line);
    }
    add_document(&lines, s.start, lines.n, a, out);
    if (!out->n)
        *PUSH(a, out) = (Document){
            .kind = DOC_OTHER, .published = date_none, .from = date_none, .to = date_none};
    if (out->n == 1 && !out->v[0].title.n && blocks->title.n) { // of a page that holds one document
        uint32_t repairs = 0;
        meta_title(&out->v[0], normal_text(a, blocks->title, lines.script, &repairs));
    }
}

#include "report/diff_out.h"

#include "base/json.h"
#include "base/text.h"
#include "report/columns.h"
#include "report/report_json.h"

enum { SCRATCH = 16 << 20 };

// --- text ---

static Str side_shown(Arena *a, CellIx ix, const DiffSide *s)
{
    if (!s->in_form)
        return S("not in the form");
    if (s->state == CELL_VALUE)
        return cell_print(a, ix, s->n);
    return cell_state_ids[s->state];
}

static Str change_shown(Arena *a, const CellChange *c)
{
    bool both = c->was.state == CELL_VALUE && c->is.state == CELL_VALUE;
    if (!both || c->by == 0)
        return S("");
    return str_fmt(a, "%s" PRI_STR, c->by > 0 ? "+" : "", STR_ARG(cell_print(a, c->cell, c->by)));
}

static Str percent_shown(Arena *a, const CellChange *c)
{
    if (!c->has_percent || c->by == 0)
        return S("");
    int32_t tenths = c->percent_tenths < 0 ? -c->percent_tenths : c->percent_tenths;
    return str_fmt(a, "%s%d.%d %%", c->percent_tenths < 0 ? "-" : "+", tenths / 10, tenths % 10);
}

static void cells(Buf *b, const Diff *d, const PrintOptions *opt, Arena *a)
{
    Strs t = {0};
    for (size_t i = 0; i < d->n; i++) {
        const CellChange *c = &d->v[i];
        if (!opt->all && (c->kind == CHANGE_SAME || c->kind == CHANGE_NOT_COMPARABLE))
            continue;
        *PUSH(a, &t) = change_ids[c->kind];
        *PUSH(a, &t) = cell_def(c->cell)->row;
        *PUSH(a, &t) = cell_def(c->cell)->col;
        *PUSH(a, &t) = side_shown(a, c->cell, &c->was);
        *PUSH(a, &t) = side_shown(a, c->cell, &c->is);
        *PUSH(a, &t) = change_shown(a, c);
        *PUSH(a, &t) = percent_shown(a, c);
    }
    columns_table(b, t.v, t.n / 7, 7, 0x78, S("  "));
}

static void chapters(Buf *b, const Diff *d, Arena *a)
{
    Strs t = {0};
    for (int i = 0; i < CHAPTERS; i++) {
        const ChapterChange *c = &d->chapters[i];
        if (!c->was && !c->is)
            continue;
        *PUSH(a, &t) = str_fmt(a, "chapter %d", c->number);
        *PUSH(a, &t) = chapter_titles[i];
        *PUSH(a, &t) = c->was ? str_fmt(a, "%zu characters", c->was_runes) : S("missing");
        *PUSH(a, &t) = c->is ? str_fmt(a, "%zu characters", c->is_runes) : S("missing");
        *PUSH(a, &t) = c->alike < 0 ? S("") : str_fmt(a, "%d %% as before", (c->alike + 5) / 10);
    }
    columns_table(b, t.v, t.n / 5, 5, 0x1c, S("  "));
}

static void side_title(Buf *b, const Document *d)
{
    text_shown(b, d->organ.n ? d->organ : S("(organ unknown)"));
    if (d->year)
        buf_fmt(b, " %d", d->year);
    if (d->edition != EDITION_NONE)
        buf_fmt(b, " (" PRI_STR ")", STR_ARG(editions[d->edition].id));
}

void diff_print(Buf *b, const Diff *d, const PrintOptions *opt)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH);
    side_title(b, d->earlier);
    buf_add(b, S(" → "));
    side_title(b, d->later);
    buf_byte(b, '\n');
    cells(b, d, opt, &a);
    chapters(b, d, &a);
    buf_fmt(b,
            "  %zu cells the same, %zu changed, %zu appeared, %zu vanished, %zu not comparable\n",
            d->n_kind[CHANGE_SAME], d->n_kind[CHANGE_CHANGED], d->n_kind[CHANGE_APPEARED],
            d->n_kind[CHANGE_VANISHED], d->n_kind[CHANGE_NOT_COMPARABLE]);
}

// --- JSON ---

static void json_number(JsonOut *w, const char *key, CellIx ix, int64_t n)
{
    json_key(w, str_z(key));
    json_decimal(w, n, cell_def(ix)->type == TYPE_AMOUNT ? AMOUNT_ONE : 1);
}

static void json_side(JsonOut *w, const char *key, CellIx ix, const DiffSide *s)
{
    json_key(w, str_z(key));
    json_object(w);
    json_put_str(w, "state", cell_state_ids[s->state]);
    if (s->state == CELL_VALUE)
        json_number(w, "value", ix, s->n);
    json_put_bool(w, "in_form", s->in_form);
    if (s->derived)
        json_put_bool(w, "derived", true);
    json_end(w);
}

static void json_change(JsonOut *w, const CellChange *c)
{
    json_key(w, cell_def(c->cell)->id);
    json_object(w);
    json_put_str(w, "change", change_ids[c->kind]);
    json_side(w, "was", c->cell, &c->was);
    json_side(w, "is", c->cell, &c->is);
    if (c->was.state == CELL_VALUE && c->is.state == CELL_VALUE)
        json_number(w, "by", c->cell, c->by);
    if (c->has_percent) {
        json_key(w, S("percent"));
        json_decimal(w, c->percent_tenths, 10);
    }
    json_end(w);
}

static void json_chapter(JsonOut *w, const ChapterChange *c)
{
    json_object(w);
    json_put_int(w, "number", c->number);
    json_put_bool(w, "was", c->was);
    json_put_bool(w, "is", c->is);
    json_put_int(w, "was_characters", (int64_t)c->was_runes);
    json_put_int(w, "is_characters", (int64_t)c->is_runes);
    if (c->alike >= 0) {
        json_key(w, S("alike"));
        json_decimal(w, c->alike, 1000);
    }
    json_end(w);
}

static void json_which(JsonOut *w, const char *key, const Document *d)
{
    json_key(w, str_z(key));
    json_object(w);
    json_put_str(w, "organ", d->organ);
    json_key(w, S("year"));
    d->year ? json_int(w, d->year) : json_null(w);
    json_key(w, S("edition"));
    d->edition ? json_str(w, editions[d->edition].id) : json_null(w);
    json_end(w);
}

void diff_json(Buf *b, const Diff *d)
{
    JsonOut w = json_out(b);
    json_object(&w);
    json_which(&w, "earlier", d->earlier);
    json_which(&w, "later", d->later);
    json_key(&w, S("cells"));
    json_object(&w);
    for (size_t i = 0; i < d->n; i++)
        json_change(&w, &d->v[i]);
    json_end(&w);
    json_key(&w, S("chapters"));
    json_array(&w);
    for (int i = 0; i < CHAPTERS; i++)
        if (d->chapters[i].was || d->chapters[i].is)
            json_chapter(&w, &d->chapters[i]);
    json_end(&w);
    json_end(&w);
}

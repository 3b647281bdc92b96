#include "report/figures.h"

#include "report/numbers.h"

Cell read_item(const Item *it, CellType type)
{
    Cell c = {.raw = it->raw, .place = it->place};
    number_read(it->text, type, it->repairs, &c);
    return c;
}

bool adds_up(const int64_t *n, size_t parts)
{
    int64_t sum = 0;
    for (size_t i = 0; i + 1 < parts; i++)
        sum += n[i];
    return sum == n[parts - 1];
}

// The figures of a row in one text with its label; empty where they are not.
Str glued_digits(const Found *f)
{
    if (f->items.n != 1 || !f->items.v[0].glued)
        return S("");
    Str text = f->items.v[0].text;
    for (size_t i = 0; i < text.n; i++)
        if (text.s[i] < '0' || text.s[i] > '9')
            return S("");
    return text;
}

// A dump whose figures run together may have lost blanks or gained spaces as well. A row with fewer
// digits than cells, or one that adds up in no way, shows it: then no split of its figures can be
// trusted.
bool splits_trusted(const Tables *t)
{
    static const size_t least[T2_ROWS] = {3, 3, 1, 3, 1, 1, 1, 2};
    bool glued = false;
    for (size_t i = 0; i < t->rows.n; i++)
        glued |= t->rows.v[i].items.n && t->rows.v[i].items.v[0].glued;
    for (size_t i = 0; glued && i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        bool t3 = f->mark == MARK_T3_ROW, t2 = f->mark == MARK_T2_ROW && f->row >= 0;
        Str digits = glued_digits(f);
        int64_t n[T3_COLS];
        if ((t3 || t2) &&
            (f->items.n == 0 || (digits.n && digits.n < (t3 ? T3_COLS : least[f->row]))))
            return false;
        if (t3 && digits.n && number_splits(digits, T3_COLS, adds_up, n) == 0)
            return false;
    }
    return true;
}

// A row whose figures stand in one text, parted by spaces: "17 0 0 0 0 0 17". It is one only when
// there are as many as the row has cells (`parts`, ended by 0); otherwise the spaces stand inside
// one number.
Items expand_figures(const Found *f, const size_t *parts, Arena *a)
{
    Items out = {0};
    const Item *only = NULL;
    for (size_t i = 0; i < f->items.n; i++) {
        if (f->items.v[i].blank)
            continue;
        if (only)
            return f->items;
        only = &f->items.v[i];
    }
    if (!only || !memchr(only->text.s, ' ', only->text.n))
        return f->items;
    for (Str head, rest = only->text; rest.n;) {
        str_cut(rest, S(" "), &head, &rest);
        if (!number_like(head))
            return f->items;
        Item *it = PUSH(a, &out);
        *it = *only;
        it->raw = it->text = head;
    }
    for (; *parts; parts++)
        if (*parts == out.n)
            return out;
    return f->items;
}

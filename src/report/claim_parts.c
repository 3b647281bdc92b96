#include "report/claim_parts.h"

#include "report/equation.h"

#define F(name) FEATURE(name)

void parts_reset(PartsState *p)
{
    p->n_tops = p->n_before = 0;
    p->has_last = false;
    for (int d = 0; d < PARTS_DEPTH; d++)
        p->lists[d].open = false;
}

bool parts_listing(const PartsState *p, int depth)
{
    return p->lists[depth].open;
}

bool parts_whole_near(const PartsState *p)
{
    return p->n_tops > 0;
}

// --- opening

static void whole_add(PartsOpen *l, const PartsFigure *f)
{
    if (l->n_wholes < PARTS_TOPS)
        l->wholes[l->n_wholes++] = *f;
}

static void wholes_from(PartsOpen *l, const PartsFigure *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        whole_add(l, &v[i]);
}

void parts_open(PartsState *p, int depth, PartsOpening how, uint64_t features)
{
    PartsOpen *l = &p->lists[depth];
    if (l->open && l->how == PARTS_COLON && l->n_items == 0) // 57条：其中
        return;
    PartsFigure last = p->last;
    bool nested = l->open && l->n_items > 0;
    l->open = false;
    l->n_wholes = l->n_items = l->n_stops = 0;
    l->how = how;
    l->broken = false;
    l->exact = how == PARTS_COLON || how == PARTS_BRACKET || (features & F(EXACTLY));
    l->etc = (features & F(ETC)) != 0;
    if (how == PARTS_SENTENCE)
        wholes_from(l, p->before, p->n_before);
    else if (depth > 0 || nested || how == PARTS_COLON)
        wholes_from(l, &last, p->has_last);
    else if (p->n_tops)
        wholes_from(l, p->tops, p->n_tops);
    else
        wholes_from(l, p->before, p->n_before);
    l->open = l->n_wholes > 0;
}

void parts_colon(PartsState *p, int depth)
{
    PartsOpen *l = &p->lists[depth];
    if (l->open && l->n_items == 0)
        l->exact = true;
}

void parts_semicolon(PartsState *p, int depth)
{
    PartsOpen *l = &p->lists[depth];
    if (l->open && l->n_stops < PARTS_STOPS)
        l->stops[l->n_stops++] = l->n_items;
}

void parts_etc(PartsState *p, int depth)
{
    p->lists[depth].etc = true;
}

// --- figures

bool parts_take(PartsState *p, int depth, const Figure *f, uint64_t features, uint64_t topic)
{
    PartsOpen *l = &p->lists[depth];
    PartsFigure taken = {*f, features, topic};
    bool in_list = l->open && !((features & F(TOTAL)) && l->n_items > 0);
    p->last = taken;
    p->has_last = true;
    p->last_list = in_list ? depth : -1;
    if (!in_list && (features & (F(LAST_YEAR) | F(PERIOD))))
        return false;
    if (in_list && l->n_items < PARTS_ITEMS)
        l->items[l->n_items++] = taken;
    else if (in_list)
        l->broken = true;
    else if (l->open)
        l->broken = true; // something else is counted from here on
    if (!in_list && depth == 0 && p->n_tops < PARTS_TOPS)
        p->tops[p->n_tops++] = taken;
    return in_list;
}

bool share_fits(const Figure *part, const Figure *percent, int64_t whole)
{
    if (whole <= 0)
        return false;
    double share = (double)part->n * 100.0 / (double)whole;
    double said = (double)percent->n / CLAIM_ONE, step = 1.0;
    for (uint8_t i = 0; i < percent->decimals; i++)
        step /= 10;
    double off = share > said ? share - said : said - share;
    return off <= step * 1.0001;
}

static void share_try(Share *s, const PartsFigure *v, size_t n, size_t *tried)
{
    for (size_t i = 0; i < n; i++) {
        if (v[i].figure.unit == UNIT_YUAN)
            continue;
        ++*tried;
        if (s->fits)
            continue;
        s->whole = v[i].figure;
        s->fits = share_fits(&s->part, &s->percent, v[i].figure.n);
    }
}

void parts_share(PartsState *p, const Figure *percent, Claims *out, Arena *a, uint32_t para)
{
    if (!p->has_last || p->last.figure.approx || percent->approx)
        return;
    Share s = {.part = p->last.figure, .percent = *percent, .para = para};
    size_t tried = 0, n_tops = p->n_tops;
    if (p->last_list >= 0)
        share_try(&s, p->lists[p->last_list].wholes, p->lists[p->last_list].n_wholes, &tried);
    else if (n_tops)
        n_tops--; // the part itself
    s.sure = tried == 1 && p->last_list >= 0;
    share_try(&s, p->tops, n_tops, &tried);
    share_try(&s, p->before, p->n_before, &tried);
    s.lone = tried == 0;
    if (out->shares.n < PARTS_MOST)
        *PUSH(a, &out->shares) = s;
}

// --- closing

static bool same_class(const Figure *x, const Figure *y)
{
    return (x->unit == UNIT_YUAN) == (y->unit == UNIT_YUAN);
}

typedef struct Sum {
    int64_t n;
    uint16_t parts;
    bool approx, one_unit, outcomes;
    uint64_t any;
} Sum;

static const uint64_t OUTCOMES = F(R1) | F(R2) | F(R3) | F(R4) | F(R5) | F(R6) | F(SUB);

// The first `n` items of the class of `whole`; without what is carried over where asked
// (答复50件，包括上年结转3件).
static Sum sum_of(const PartsOpen *l, size_t n, const Figure *whole, bool without_carried)
{
    Sum s = {.one_unit = true, .outcomes = true};
    for (size_t i = 0; i < n; i++) {
        const PartsFigure *f = &l->items[i];
        if (!same_class(&f->figure, whole) || (without_carried && (f->features & F(CARRY_IN))))
            continue;
        s.n += f->figure.n;
        s.parts++;
        s.approx |= f->figure.approx;
        s.one_unit &= f->figure.unit == whole->unit;
        s.any |= f->features;
        s.outcomes &= (f->features & OUTCOMES) != 0;
    }
    return s;
}

static bool reading_fits(const PartsOpen *l, size_t n, PartList *out)
{
    const Figure nearest = out->whole;
    for (size_t i = l->n_wholes; i-- > 0;)
        for (int without = 0; without < 2; without++) {
            const Figure *whole = &l->wholes[i].figure;
            if (!same_class(whole, &nearest))
                continue;
            Sum s = sum_of(l, n, whole, without);
            if (s.parts < 2 || s.n != whole->n)
                continue;
            out->whole = *whole;
            out->sum.n = s.n;
            out->n_parts = s.parts;
            out->fits = true;
            return true;
        }
    return false;
}

static int64_t distance(int64_t x, int64_t y)
{
    return x > y ? x - y : y - x;
}

// How many items belong to the list when no reading fits: up to a ；or to the end, whichever comes
// nearest to the whole.
static size_t likely_items(const PartsOpen *l, const Figure *whole)
{
    size_t best = l->n_items;
    int64_t off = distance(sum_of(l, best, whole, false).n, whole->n);
    for (size_t i = 0; i < l->n_stops; i++) {
        Sum s = sum_of(l, l->stops[i], whole, false);
        if (s.parts < 2 || distance(s.n, whole->n) >= off)
            continue;
        best = l->stops[i];
        off = distance(s.n, whole->n);
    }
    return best;
}

static Str sum_written(const PartsOpen *l, const PartList *p, size_t n, Arena *a)
{
    Str parts[PARTS_ITEMS];
    size_t n_parts = 0;
    for (size_t i = 0; i < n; i++) {
        const Figure *f = &l->items[i].figure;
        if (same_class(f, &p->whole))
            parts[n_parts++] = f->n % CLAIM_ONE ? f->text : number_print(a, f->n / CLAIM_ONE);
    }
    return str_join(a, parts, n_parts, S("+"));
}

static size_t wholes_like(const PartsOpen *l, const Figure *whole)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_wholes; i++)
        n += same_class(&l->wholes[i].figure, whole);
    return n;
}

static void list_judge(const PartsOpen *l, const PartsFigure *whole, Claims *out, Arena *a,
                       uint32_t para)
{
    PartList p = {.whole = whole->figure, .para = para, .topic = whole->topic};
    size_t n = l->n_items;
    bool fits = reading_fits(l, n, &p);
    for (size_t i = l->n_stops; !fits && i-- > 0;)
        fits = reading_fits(l, n = l->stops[i], &p);
    if (!fits)
        n = likely_items(l, &p.whole);
    Sum s = sum_of(l, n, &p.whole, false);
    if (s.parts < 2 || (!fits && l->broken))
        return;
    p.sum = (Figure){.n = fits ? p.whole.n : s.n, .unit = p.whole.unit};
    p.n_parts = s.parts;
    p.written = sum_written(l, &p, n, a);
    p.features = s.any;
    p.outcomes = s.outcomes;
    p.one_unit = s.one_unit;
    p.exact = l->exact;
    p.bracket = l->how == PARTS_BRACKET;
    p.bridges = l->how == PARTS_SENTENCE;
    p.sure = wholes_like(l, &p.whole) == 1;
    p.may_end = l->n_stops && sum_of(l, l->stops[0], &p.whole, false).parts < 2;
    p.etc = l->etc || s.approx || whole->figure.approx;
    p.channel = (s.any & F(CHANNEL)) != 0;
    if (out->parts.n < PARTS_MOST)
        *PUSH(a, &out->parts) = p;
}

static const PartsFigure *last_of_class(const PartsOpen *l, bool yuan)
{
    for (size_t i = l->n_wholes; i-- > 0;)
        if ((l->wholes[i].figure.unit == UNIT_YUAN) == yuan)
            return &l->wholes[i];
    return NULL;
}

void parts_close(PartsState *p, int depth, Claims *out, Arena *a, uint32_t para)
{
    PartsOpen *l = &p->lists[depth];
    if (!l->open)
        return;
    l->open = false;
    for (int yuan = 0; yuan < 2; yuan++) {
        const PartsFigure *whole = last_of_class(l, yuan);
        if (whole)
            list_judge(l, whole, out, a, para);
    }
}

void parts_break(PartsState *p, int depth, Claims *out, Arena *a, uint32_t para)
{
    PartsOpen *l = &p->lists[depth];
    if (!l->open || (l->how == PARTS_COLON && l->n_items == 0))
        return;
    l->broken = true;
    parts_close(p, depth, out, a, para);
}

void parts_sentence_end(PartsState *p, Claims *out, Str with_before, Str sentence)
{
    for (size_t i = p->first_list; i < out->parts.n; i++)
        out->parts.v[i].quote = out->parts.v[i].bridges ? with_before : sentence;
    p->first_list = out->parts.n;
    if (p->n_tops) { // a sentence without figures leaves those of the one before in reach
        memcpy(p->before, p->tops, p->n_tops * sizeof *p->tops);
        p->n_before = p->n_tops;
    }
    p->n_tops = 0;
    p->has_last = false;
}

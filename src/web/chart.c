#include "web/chart.h"

// The drawing area, in units of the viewBox. The axis leaves room for five figures on its left.
enum {
    WIDTH = 640,
    HEIGHT = 240,
    LEFT = 52,
    RIGHT = 630,
    TOP = 22,
    BOTTOM = 204,
    MAX_TICKS = 5,
    MAX_LABELS = 12, // beyond, every second one is left out
    SVG_MAX = 256 << 10,
};

// Series are told apart by shade, by hatching and by the shape of the mark, not by hue alone.
// clang-format off
static const struct {
    Str colour; // of the solid, or of the hatching's lines and of a line's mark
    Str hatch;  // path in an 8 × 8 tile; empty for solid
} fills[CHART_MAX_SERIES] = {
    { SI("var(--accent)"), SI("") },
    { SI("var(--brand)"),  SI("M0 8 8 0M-2 2 2-2M6 10l4-4") },
    { SI("var(--ink-3)"),  SI("") },
    { SI("var(--calm)"),   SI("M0 0 8 8M-2 6l4 4M6-2l4 4") },
    { SI("var(--warn)"),   SI("M0 4h8") },
    { SI("var(--ok)"),     SI("M4 0v8") },
};
// clang-format on

typedef struct Drawing {
    const Chart *c;
    Buf out;
    int64_t step, top; // between ticks; the value at TOP
} Drawing;

static void put(Drawing *d, const char *z)
{
    buf_add(&d->out, str_z(z));
}

static void put_text(Drawing *d, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.s[i]) {
        case '&':
            put(d, "&amp;");
            break;
        case '<':
            put(d, "&lt;");
            break;
        case '>':
            put(d, "&gt;");
            break;
        case '"':
            put(d, "&quot;");
            break;
        default:
            buf_byte(&d->out, s.s[i]);
        }
    }
}

// The highest stack or mark of any label; at least 1, so that an axis can be drawn.
static int64_t highest(const Chart *c)
{
    int64_t most = 1;
    for (size_t x = 0; x < c->n; x++) {
        int64_t stack = 0;
        for (size_t i = 0; i < c->n_series; i++) {
            const ChartPoint *p = &c->series[i].at[x];
            if (!p->known)
                continue;
            if (c->series[i].mark == CHART_STACK)
                stack += p->v;
            most = p->v > most ? p->v : most;
        }
        most = stack > most ? stack : most;
    }
    return most;
}

// The step between ticks: the least 1, 2, 2.5 or 5 times a power of ten that reaches `most` in at
// most MAX_TICKS whole steps.
static int64_t round_step(int64_t most)
{
    for (int64_t ten = 1; ten <= INT64_MAX / 100; ten *= 10) {
        const int64_t steps[] = {ten, ten * 2, ten * 5 / 2, ten * 5};
        for (size_t i = 0; i < 4; i++)
            if (steps[i] * MAX_TICKS >= most && (i != 2 || ten > 1))
                return steps[i];
    }
    return most;
}

static double y_of(const Drawing *d, int64_t v)
{
    return BOTTOM - (double)v * (BOTTOM - TOP) / (double)d->top;
}

static double step(const Drawing *d)
{
    return (double)(RIGHT - LEFT) / (double)(d->c->n ? d->c->n : 1);
}

static double x_mid(const Drawing *d, size_t x)
{
    return LEFT + step(d) * ((double)x + 0.5);
}

static void fill_of(Drawing *d, size_t i)
{
    if (fills[i].hatch.n)
        buf_fmt(&d->out, "url(#" PRI_STR "-h%zu)", STR_ARG(d->c->id), i);
    else
        buf_add(&d->out, fills[i].colour);
}

static void draw_hatching(Drawing *d, size_t i)
{
    buf_fmt(&d->out,
            "<pattern id=\"" PRI_STR "-h%zu\" width=\"8\" height=\"8\" "
            "patternUnits=\"userSpaceOnUse\"><path d=\"M0 0h8v8H0z\" fill=\"var(--paper)\"/>"
            "<path d=\"" PRI_STR "\" stroke=\"" PRI_STR "\" stroke-width=\"2.5\"/></pattern>",
            STR_ARG(d->c->id), i, STR_ARG(fills[i].hatch), STR_ARG(fills[i].colour));
}

static void draw_axis(Drawing *d)
{
    for (int64_t v = 0; v <= d->top; v += d->step) {
        buf_fmt(&d->out,
                "<path d=\"M%d %.1fH%d\" stroke=\"var(--line)\"/><text x=\"%d\" y=\"%.1f\" "
                "text-anchor=\"end\" fill=\"var(--ink-3)\">%lld</text>",
                LEFT, y_of(d, v), RIGHT, LEFT - 8, y_of(d, v) + 4, (long long)v);
    }
    for (size_t x = 0; x<d->c->n; x += d->c->n> MAX_LABELS ? 2 : 1) {
        buf_fmt(&d->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"var(--ink-2)\">",
                x_mid(d, x), BOTTOM + 20);
        put_text(d, d->c->labels[x]);
        put(d, "</text>");
    }
}

static void draw_value(Drawing *d, double x, double y, int64_t v)
{
    buf_fmt(&d->out,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"var(--ink)\">%lld</text>", x,
            y - 6, (long long)v);
}

static void draw_rect(Drawing *d, size_t i, double x, double width, double y0, double y1)
{
    buf_fmt(&d->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" stroke=\"", x, y0,
            width, y1 - y0);
    buf_add(&d->out, fills[i].colour);
    put(d, "\" fill=\"");
    fill_of(d, i);
    put(d, "\"/>");
}

static size_t count_mark(const Chart *c, ChartMark mark)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_series; i++)
        n += c->series[i].mark == mark;
    return n;
}

// Bars of one label stand side by side in 60 % of its step.
static double bar_width(const Drawing *d)
{
    size_t n = count_mark(d->c, CHART_BAR);
    double width = step(d) * 0.6 / (double)(n ? n : 1);
    return width > 44 ? 44 : width;
}

static double bar_left(const Drawing *d, size_t x, size_t nth)
{
    return x_mid(d, x) + bar_width(d) * ((double)nth - (double)count_mark(d->c, CHART_BAR) / 2);
}

static void draw_bars(Drawing *d, size_t x)
{
    size_t nth = 0;
    for (size_t i = 0; i < d->c->n_series; i++) {
        const ChartSeries *s = &d->c->series[i];
        if (s->mark != CHART_BAR)
            continue;
        if (s->at[x].known)
            draw_rect(d, i, bar_left(d, x, nth), bar_width(d), y_of(d, s->at[x].v), BOTTOM);
        nth++;
    }
}

// Where a figure can be written above y without a line's mark under it.
static double above_marks(const Drawing *d, size_t x, double at, double y)
{
    double mid = x_mid(d, x);
    for (size_t i = 0; i < d->c->n_series; i++) {
        const ChartSeries *s = &d->c->series[i];
        if (s->mark != CHART_LINE || !s->at[x].known || at < mid - 20 || at > mid + 20)
            continue;
        double mark = y_of(d, s->at[x].v);
        if (mark < y + 8 && mark > y - 22)
            y = mark < y + 5 ? mark - 5 : y;
    }
    return y;
}

// After the lines, so that no line crosses a figure.
static void draw_values(Drawing *d, size_t x)
{
    size_t nth = 0;
    for (size_t i = 0; i < d->c->n_series; i++) {
        const ChartSeries *s = &d->c->series[i];
        if (s->mark != CHART_BAR)
            continue;
        double at = bar_left(d, x, nth++) + bar_width(d) / 2;
        if (s->at[x].known)
            draw_value(d, at, above_marks(d, x, at, y_of(d, s->at[x].v)), s->at[x].v);
    }
}

static void draw_stack(Drawing *d, size_t x)
{
    double width = step(d) * 0.55;
    width = width > 48 ? 48 : width;
    int64_t sum = 0;
    bool any = false;
    for (size_t i = 0; i < d->c->n_series; i++) {
        const ChartSeries *s = &d->c->series[i];
        if (s->mark != CHART_STACK || !s->at[x].known)
            continue;
        any = true;
        if (s->at[x].v > 0)
            draw_rect(d, i, x_mid(d, x) - width / 2, width, y_of(d, sum + s->at[x].v),
                      y_of(d, sum));
        sum += s->at[x].v;
    }
    if (any && d->c->n <= MAX_LABELS)
        draw_value(d, x_mid(d, x), y_of(d, sum), sum);
}

static void draw_mark(Drawing *d, size_t i, double x, double y)
{
    switch (i % 3) {
    case 0:
        buf_fmt(&d->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"", x, y);
        break;
    case 1:
        buf_fmt(&d->out, "<path d=\"M%.1f %.1fm-4-4h8v8h-8z\"", x, y);
        break;
    default:
        buf_fmt(&d->out, "<path d=\"M%.1f %.1fm0-5 5 9h-10z\"", x, y);
        break;
    }
    buf_fmt(&d->out, " fill=\"var(--paper)\" stroke=\"" PRI_STR "\" stroke-width=\"2\"/>",
            STR_ARG(fills[i].colour));
}

// A line is broken where a year is not known.
static void draw_line(Drawing *d, size_t i)
{
    const ChartSeries *s = &d->c->series[i];
    put(d, "<path d=\"");
    bool down = false;
    for (size_t x = 0; x < d->c->n; x++) {
        if (s->at[x].known)
            buf_fmt(&d->out, "%c%.1f %.1f", down ? 'L' : 'M', x_mid(d, x), y_of(d, s->at[x].v));
        down = s->at[x].known;
    }
    buf_fmt(&d->out, "\" fill=\"none\" stroke=\"" PRI_STR "\" stroke-width=\"2\"/>",
            STR_ARG(fills[i].colour));
    for (size_t x = 0; x < d->c->n; x++)
        if (s->at[x].known)
            draw_mark(d, i, x_mid(d, x), y_of(d, s->at[x].v));
}

static void draw_words(Drawing *d)
{
    Str id = d->c->id;
    buf_fmt(&d->out,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"" PRI_STR "-t " PRI_STR
            "-d\" class=\"chart\"><title id=\"" PRI_STR "-t\">",
            WIDTH, HEIGHT, STR_ARG(id), STR_ARG(id), STR_ARG(id));
    put_text(d, d->c->title);
    buf_fmt(&d->out, "</title><desc id=\"" PRI_STR "-d\">", STR_ARG(id));
    put_text(d, d->c->desc);
    put(d, "</desc><defs>");
    for (size_t i = 0; i < d->c->n_series; i++)
        if (fills[i].hatch.n)
            draw_hatching(d, i);
    put(d, "</defs>");
}

Html chart_svg(Arena *a, const Chart *c)
{
    Drawing d = {.c = c, .out = buf_new(a, SVG_MAX)};
    int64_t most = highest(c);
    d.step = round_step(most);
    d.top = (most + d.step - 1) / d.step * d.step;
    draw_words(&d);
    draw_axis(&d);
    for (size_t x = 0; x < c->n; x++) {
        draw_stack(&d, x);
        draw_bars(&d, x);
    }
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].mark == CHART_LINE)
            draw_line(&d, i);
    for (size_t x = 0; x < c->n && c->n <= MAX_LABELS; x++)
        draw_values(&d, x);
    put(&d, "</svg>");
    return (Html){buf_str(&d.out)};
}

Html chart_sample(Arena *a, const Chart *c, size_t i)
{
    Drawing d = {.c = c, .out = buf_new(a, 4096), .top = 1};
    put(&d, "<svg width=\"24\" height=\"14\" viewBox=\"0 0 24 14\" aria-hidden=\"true\">");
    if (c->series[i].mark == CHART_LINE) {
        buf_fmt(&d.out, "<path d=\"M0 7h24\" stroke=\"" PRI_STR "\" stroke-width=\"2\"/>",
                STR_ARG(fills[i].colour));
        draw_mark(&d, i, 12, 7);
    } else {
        draw_rect(&d, i, 5, 14, 0.5, 13.5);
    }
    put(&d, "</svg>");
    return (Html){buf_str(&d.out)};
}

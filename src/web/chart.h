// Charts as SVG, drawn on the server. A pure function of its data: no script, no style attribute
// (the content policy forbids both), colours from the page's tokens, so that a chart follows 高对比
// and prints. A chart is never the only place of its numbers: the page puts the same figures in a
// table beneath it.
//
// What is not known is not drawn: no bar, a gap in the line. It is never drawn as zero.
#ifndef GONGKAI_WEB_CHART_H
#define GONGKAI_WEB_CHART_H

#include "web/view.h"

typedef enum ChartMark {
    CHART_BAR,   // beside the other bars of the same year
    CHART_STACK, // on top of the stacks before it
    CHART_LINE,
} ChartMark;

typedef struct ChartPoint {
    bool known;
    int64_t v; // ≥ 0
} ChartPoint;

typedef struct ChartSeries {
    Str name;
    ChartMark mark;
    const ChartPoint *at; // one for each label
} ChartSeries;

enum { CHART_MAX_SERIES = 6 }; // so many fills can be told apart without colour

typedef struct Chart {
    Str id;            // prefix of the ids inside, unique on the page
    Str title;         // what is shown, and of which years
    Str desc;          // the same in a sentence, for those who do not see it
    const Str *labels; // under the axis
    size_t n;          // of them
    const ChartSeries *series;
    size_t n_series; // at most CHART_MAX_SERIES
} Chart;

Html chart_svg(Arena *a, const Chart *c);

// The sample of series `i` for the key beside the chart; decorative, its name stands beside it.
Html chart_sample(Arena *a, const Chart *c, size_t i);

#endif

// /desk/figures: table three of any period as the form has it, every number a door to the requests
// it was counted from.
#ifndef GONGKAI_WEB_PAGE_FIGURES_H
#define GONGKAI_WEB_PAGE_FIGURES_H

#include "app/request_figures.h"
#include "web/desk.h"

bool page_figures(Request *r, Response *w, Err *err);
bool page_figure(Request *r, Response *w, Err *err); // the requests behind one number

typedef struct FiguresPage {
    Desk desk;
    ReportView report;
    Str from, to, wrong;
    Str times, xlsx,
        json;    // the same period: how long it took, as the form, as the report reader takes it
    Str balance; // 23＋3＝8＋18，与台账相符。
} FiguresPage;

typedef struct FigureLine {
    Str href, code, title, applicant, received, ended, outcome, units;
} FigureLine;

typedef struct FigurePage {
    Desk desk;
    Str heading, back, next;
    FigureLine *lines;
    size_t n;
} FigurePage;

#endif

// /desk/remedies: 行政复议 and 行政诉讼, their steps, and table four (/desk/figures/remedies).
#ifndef GONGKAI_WEB_PAGE_REMEDY_H
#define GONGKAI_WEB_PAGE_REMEDY_H

#include "app/remedy.h"
#include "web/page_request.h"
#include "web/request_part.h"

bool page_remedies(Request *r, Response *w, Err *err);
bool page_remedies_csv(Request *r, Response *w, Err *err);
bool page_remedy(Request *r, Response *w, Err *err);
bool page_remedy_new(Request *r, Response *w, Err *err);
bool page_remedy_new_send(Request *r, Response *w, Err *err);
bool page_remedy_step(Request *r, Response *w, Err *err);
bool page_remedy_step_send(Request *r, Response *w, Err *err);
bool page_remedy_strike(Request *r, Response *w, Err *err);
bool page_remedy_strike_send(Request *r, Response *w, Err *err);
bool page_remedy_settings(Request *r, Response *w, Err *err);
bool page_remedy_settings_send(Request *r, Response *w, Err *err);
bool page_remedy_figures(Request *r, Response *w, Err *err);
bool page_remedy_figures_xlsx(Request *r, Response *w, Err *err);
bool page_remedy_figures_json(Request *r, Response *w, Err *err);
bool page_remedy_figure(Request *r, Response *w, Err *err);

RequestPartShow remedy_part; // of a request's page

// --- what the views are given

typedef struct RemedyLine {
    Str href, title, kind, about, applicant, organ, forum, number, filed, closed, phase, tag,
        result;
    Str due; // until when the organ has to do something
    bool late;
} RemedyLine;

typedef struct RemedyListPage {
    Desk desk;
    Str from, to, text, wrong, next, csv, settings, figures;
    Choices kinds;
    bool open_only, may_add;
    RemedyLine *lines;
    size_t n;
} RemedyListPage;

typedef struct RemedyPage {
    Desk desk;
    Str title, say, tag, phase;
    Facts facts;
    StepDoor *doors;
    size_t n_doors;
    RemedyHints hints;
    FactLine *history;
    size_t n_history;
    RemedyLine *suits;
    size_t n_suits;
} RemedyPage;

typedef struct RemedyDayRow {
    Str on, what, source;
} RemedyDayRow;

typedef struct RemedyPartPage {
    RemedyLine *lines;
    size_t n_lines;
    RemedyDayRow *days;
    size_t n_days;
    Str add;
} RemedyPartPage;

typedef struct RemedyFiguresPage {
    Desk desk;
    Str from, to, wrong, said, xlsx, json;
    FormsView forms; // table four, numbers are doors
} RemedyFiguresPage;

typedef struct RemedyFigurePage {
    Desk desk;
    Str heading, back;
    RemedyLine *lines;
    size_t n;
} RemedyFigurePage;

RemedyLine remedy_line(Arena *a, const RemedyCase *c, Date today);

#endif

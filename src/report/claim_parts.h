// Wholes and their parts, while a paragraph is walked (claims.c). Keeps the figures of the sentence
// at hand and of the one before, and the list that is open at each depth of brackets.
#ifndef GONGKAI_REPORT_CLAIM_PARTS_H
#define GONGKAI_REPORT_CLAIM_PARTS_H

#include "report/claims.h"

enum { PARTS_TOPS = 24, PARTS_ITEMS = 64, PARTS_STOPS = 16, PARTS_DEPTH = 4, PARTS_MOST = 400 };

typedef enum PartsOpening {
    PARTS_AMONG,    // ，其中
    PARTS_SENTENCE, // 。其中: the whole stands in the sentence before
    PARTS_COLON,    // 57条：
    PARTS_BRACKET,  // 57条（
} PartsOpening;

typedef struct PartsFigure {
    Figure figure;
    uint64_t features, topic;
} PartsFigure;

typedef struct PartsOpen {
    bool open, exact, etc, broken;
    PartsOpening how;
    PartsFigure wholes[PARTS_TOPS];
    size_t n_wholes;
    PartsFigure items[PARTS_ITEMS];
    size_t n_items;
    size_t stops[PARTS_STOPS]; // how many items stood before each ；
    size_t n_stops;
} PartsOpen;

typedef struct PartsState {
    PartsFigure tops[PARTS_TOPS], before[PARTS_TOPS];
    size_t n_tops, n_before;
    PartsOpen lists[PARTS_DEPTH];
    PartsFigure last; // the figure taken last, of which a share may follow
    bool has_last;
    int last_list;     // the depth of the list it is in, or -1
    size_t first_list; // of Claims.parts, in this sentence
} PartsState;

void parts_reset(PartsState *p); // at a paragraph's start
void parts_open(PartsState *p, int depth, PartsOpening how, uint64_t features);
void parts_colon(PartsState *p, int depth); // a colon that is not behind a figure
void parts_semicolon(PartsState *p, int depth);
void parts_etc(PartsState *p, int depth);
bool parts_listing(const PartsState *p, int depth); // a list is open
bool parts_whole_near(const PartsState *p);         // a figure stands in the sentence so far

// A count. True where it is a part of an open list.
bool parts_take(PartsState *p, int depth, const Figure *f, uint64_t features, uint64_t topic);
void parts_share(PartsState *p, const Figure *percent, Claims *out, Arena *a, uint32_t para);
void parts_close(PartsState *p, int depth, Claims *out, Arena *a, uint32_t para);
// Another list begins inside the open one: what stands so far is a list only if it adds up.
void parts_break(PartsState *p, int depth, Claims *out, Arena *a, uint32_t para);
void parts_sentence_end(PartsState *p, Claims *out, Str with_before, Str sentence);

// Whether percent is part of whole within what rounding or cutting the last place allows.
bool share_fits(const Figure *part, const Figure *percent, int64_t whole);

#endif

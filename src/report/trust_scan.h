// The scan of a document's paragraphs for what check_trust.c tells.
#ifndef GONGKAI_REPORT_TRUST_SCAN_H
#define GONGKAI_REPORT_TRUST_SCAN_H

#include "report/check.h"
#include "report/trust_words.h"

// A phrase every report repeats, with the place of one word open.
typedef struct Frame {
    Str before, word, after;
} Frame;

enum { N_FRAMES = 9 };
extern const Frame trust_frames[N_FRAMES];

enum {
    MAX_HITS = 40, // told in one finding
    QUOTE_RUNES = 80,
    SHOWN_WORDS = 6,
    MAX_FRAMES_SEEN = 400,
};

typedef struct Hit {
    Str word;
    Result result;
    Str text; // in which it stands, at byte `at`
    size_t at;
    Place place;
} Hit;

typedef struct Hits {
    Hit v[MAX_HITS];
    size_t n, all;
} Hits;

// What stands where a fixed phrase has one word: 政府[信息]公开.
typedef struct Framed {
    Str text;
    uint8_t frame;
    Str in; // in which it stands, at byte `at`
    size_t at;
    Place place;
} Framed;

// What the sentence at hand holds, until it ends.
typedef struct Suspicion {
    Str strong[8];
    size_t strong_at[8];
    size_t n_strong;
    uint32_t weak_words[TRUST_UNFILLED + 1]; // how many different weak words of each class
    Str weak;
    size_t weak_at;
    bool guard;
    size_t underscores; // between words, as in titles made for search engines
    size_t underscore_at;
} Suspicion;

typedef struct Scan {
    Checking *c;
    Str text; // at hand: a paragraph, the title, what stands in a cell that could not be read
    Place place;
    Hits injected, garbled, unfilled, dates, links, years;
    size_t year_right;
    Str this_year; // "2023年"
    Framed *framed;
    size_t n_framed, right_in_frame[N_FRAMES];
    Suspicion now;
    size_t sentence_at;
} Scan;

// Fills in everything but c and framed, which the caller has made. Each text is looked at once.
void trust_scan(Scan *s);
bool str_has_any(Str s, const Str *v, size_t n);

#endif

// The arithmetic of the forms: a sum of cells that must equal another. Judging one, writing it out,
// and finding the one cell whose correction would make everything hold.
#ifndef GONGKAI_REPORT_EQUATION_H
#define GONGKAI_REPORT_EQUATION_H

#include "report/check.h"

enum { EQ_LEFT = 26, EQ_RIGHT = 2 };

// What the sides are called in messages; one for each kind of equation.
typedef struct EqWords {
    CheckId check;
    const char *left_zh, *left_en;   // "各列相加" "the columns add up to"
    const char *right_zh, *right_en; // "总计" "the total"
    const char *pass_zh, *pass_en;   // ends of the title: "总计等于各列之和"
    const char *fail_zh, *fail_en;   // "总计不等于各列之和"
} EqWords;

// Σ left = Σ right.
typedef struct Eq {
    const EqWords *words;
    Str name; // what it is about, in the language asked for: "本年新收"
    uint8_t n_left, n_right;
    CellIx left[EQ_LEFT], right[EQ_RIGHT];
} Eq;

typedef struct Eqs {
    Eq *v;
    size_t n, cap;
} Eqs;

// Adds one finding for each equation, except that equations of one kind in which no cell has a
// value are told in one finding together. In a finding the first cell is the one to look at: the
// one most likely wrong or missing, else the total.
void eqs_check(Checking *c, const Eqs *eqs);

// "予以公开（自然人）", in the language asked for.
Str cell_name(const Checking *c, CellIx ix);

// A value read by a guess (RepairDef.guess).
bool cell_guessed(const Cell *cell);
// … which was placed or split so that an equation holds: the equation then proves nothing.
bool cell_fitted(const Cell *cell);

// A whole number in the arena; str_fmt is too slow for what a check prints.
Str number_print(Arena *a, int64_t n);

#endif

// Figures as found in rows: what cells, rows and dumps have in common, whatever the table.
#ifndef GONGKAI_REPORT_FIGURES_H
#define GONGKAI_REPORT_FIGURES_H

#include "report/locate.h"

Cell read_item(const Item *it, CellType type);
bool adds_up(const int64_t *n, size_t parts); // the last is the sum of the others

// The figures of a row in one text with its label; empty where they are not.
Str glued_digits(const Found *f);

// Whether figures that run together may be split at all in this dump.
bool splits_trusted(const Tables *t);

// The items of a row, with figures that stand in one text parted by spaces taken apart, if there
// are as many as the row has cells: `parts` lists how many that may be, ended by 0.
Items expand_figures(const Found *f, const size_t *parts, Arena *a);

// Rows of table three into cells of *doc. Returns IN_2019, IN_2021 or both, by the rows only one
// edition has; 0 where none tells. `cut`: the document ends with the last row. `dropped`: the dump
// lost what it had printed before.
unsigned assign_t3(const Tables *t, bool cut, bool dropped, Arena *a, Document *doc);

#endif

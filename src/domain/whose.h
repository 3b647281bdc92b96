// Which organ most likely holds what somebody looks for, by the words they use. No rule of law: who
// made a thing or got it holds it (条例第十条), and organs differ from place to place. It saves
// people the way to the wrong door.
#ifndef GONGKAI_DOMAIN_WHOSE_H
#define GONGKAI_DOMAIN_WHOSE_H

#include "base/str.h"

typedef struct WhoseRow {
    Str words; // what people say, between blanks
    Str about; // 土地、征收、规划、不动产登记
    Str names; // parts of the names such organs have, between blanks
} WhoseRow;
extern const WhoseRow whose_rows[];
extern const size_t n_whose_rows;

enum { WHOSE_MOST = 3 };

// Rows whose words stand in `text`, those with most words first; at most WHOSE_MOST. Returns how
// many.
size_t whose_find(Str text, const WhoseRow *out[WHOSE_MOST]);

// Whether an organ of this name is one of the row's.
bool whose_fits(const WhoseRow *row, Str organ_name);

#endif

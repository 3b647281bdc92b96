// Every address of the table of routes, filled: what a :name can be is tried one after the other.
#ifndef GONGKAI_FLOW_ADDRESSES_H
#define GONGKAI_FLOW_ADDRESSES_H

#include "base/str.h"

enum { ADDRESS_IDS = 34 }; // numbers tried, from 1

// The i-th way (from 1) to fill the names of a pattern; *most ways there are.
Str address_fill(const char *pattern, int i, int *most, Arena *a);

#endif

// Where the thing stands that an act, a task or a notification is about: its noun and number as an
// address of the desk.
#ifndef GONGKAI_WEB_DOORS_H
#define GONGKAI_WEB_DOORS_H

#include "base/str.h"

// Empty for a noun that has no page, and for no number where the page needs one.
Str door_path(Arena *a, Str noun, int64_t id);

#endif

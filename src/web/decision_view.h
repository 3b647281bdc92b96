// The decision sheet in words, for every page that shows it.
#ifndef GONGKAI_WEB_DECISION_VIEW_H
#define GONGKAI_WEB_DECISION_VIEW_H

#include "web/page_decision.h"

SheetView sheet_view(Request *r, const RequestFile *file, const DecisionFile *d);
// The same of a draft that was, without what follows from it today.
SheetView sheet_view_draft(Request *r, const DecisionSheet *sheet);
// Of a decision made anew: what ordered it, and until when; empty for the other.
Str redo_say(Arena *a, const DecisionFile *d);
DeedLine *deed_lines(Request *r, const DecisionDeeds *deeds, size_t *n); // newest first

#endif

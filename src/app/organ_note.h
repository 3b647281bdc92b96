// What the acts on organs share (organ.c, organ_step.c, organ_import.c): how they are told to the
// audit, and the checks against other organs. For the layer's own files only.
#ifndef GONGKAI_APP_ORGAN_NOTE_H
#define GONGKAI_APP_ORGAN_NOTE_H

#include "app/organ.h"

// As JSON for the audit: every field that is set; those in which `o` differs from `other`.
Str organ_json_all(const Organ *o, Arena *a);
Str organ_json_changed(const Organ *o, const Organ *other, Arena *a);

// ERR_RULE where its address or credit code is another organ's.
bool organ_facts_free(App *app, const Organ *o, Err *err);

// In scope, at the version the form was filled from (0: the present one), so that a save over it
// finds out whether somebody was faster.
bool organ_load(App *app, OrganId id, int64_t version, Arena *a, Organ *out, Err *err);

#endif

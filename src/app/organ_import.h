// Organs from and to CSV files (domain/organ_import.h).
#ifndef GONGKAI_APP_ORGAN_IMPORT_H
#define GONGKAI_APP_ORGAN_IMPORT_H

#include "app/organ.h"
#include "domain/organ_import.h"

enum { ORGAN_CSV_MAX = 16 << 20 }; // bytes

// What a file would change; nothing is kept. Any encoding that base/text.h knows.
bool app_organ_plan(App *app, Str bytes, Arena *a, OrganPlan *out, Err *err);

// Does what the plan says, as one act; lines that are refused refuse the whole with ERR_RULE, so
// that a file is in or is not. `step` is the decision the new ones rest on.
bool app_organ_import(App *app, Str bytes, const LifeStep *step, Arena *a, OrganPlan *out,
                      Err *err);

// Everything in scope, in the shape that can be imported.
bool app_organ_export(App *app, Arena *a, Str *out, Err *err);

#endif

// What is done to organs: editing their facts, and the steps of their lives. Each is one act, seen
// in the audit; who may do it is the caller's scope (App.scope).
#ifndef GONGKAI_APP_ORGAN_H
#define GONGKAI_APP_ORGAN_H

#include "app/app.h"
#include "store/organ.h"

// --- looking

typedef struct OrganPage {
    Organ organ;
    Str parent_name, parent_slug; // empty without one
    OrganNames names;
    OrganLives lives; // newest first, with those of the organs it carries on
    OrganRows heirs, forerunners;
    Supervisions lines;
    OrganLines children; // active ones right under it
    int64_t n_people;    // who hold posts at it
} OrganPage;

// ERR_MISSING out of scope. Some eight queries, each by key.
bool app_organ_get(App *app, OrganId id, Arena *a, OrganPage *out, Err *err);

// --- editing

typedef struct OrganSetting {
    OrganField field;
    Str text; // as typed
} OrganSetting;

// Fields that are facts, not names or places. `version` is the one the form was filled from, 0 for
// the present one. ERR_INPUT, ERR_RULE (an address or credit code another organ has), ERR_BUSY.
bool app_organ_edit(App *app, OrganId id, int64_t version, const OrganSetting *v, size_t n,
                    Arena *a, Organ *out, Err *err);

// Begins or, with `drop`, ends a line of supervision of `over` over `organ`.
bool app_organ_line(App *app, OrganId organ, OrganId over, Str business, bool drop, Arena *a,
                    Err *err);

// --- the life

enum { HEIRS_MOST = 16 };

typedef struct OrganStep {
    LifeEvent event;
    OrganId id;                // of whom; none for LIFE_FOUNDED
    int64_t version;           // as in app_organ_edit
    LifeStep step;             // the day and the decision
    Str name;                  // LIFE_RENAMED: the new one
    Str slug;                  // LIFE_RENAMED: the new address; empty: stays
    OrganId parent;            // LIFE_MOVED, LIFE_FOUNDED; none: the top
    OrganId heirs[HEIRS_MOST]; // LIFE_MERGED: one; LIFE_SPLIT: two or more
    size_t n_heirs;
    const OrganSetting *settings; // LIFE_FOUNDED: its facts, the name among them
    size_t n_settings;
} OrganStep;

typedef struct OrganOutcome {
    Organ organ;  // afterwards
    Strs follows; // what follows, sentence by sentence, in Chinese
    Strs doubts;  // what is unusual and should be looked at again
} OrganOutcome;

// Takes the step; ERR_INPUT, ERR_RULE as domain/organ.h decides, ERR_BUSY.
bool app_organ_step(App *app, const OrganStep *step, Arena *a, OrganOutcome *out, Err *err);
// The same without keeping anything, and without spending the form's key.
bool app_organ_preview(App *app, const OrganStep *step, Arena *a, OrganOutcome *out, Err *err);

#endif

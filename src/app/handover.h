// 交接: what somebody who leaves still has open, and giving it to a successor. Each kind of thing
// that can be in somebody's hands has a row; a new one (a request, a draft) adds a row and is
// listed, counted before an account is closed, and moved.
#ifndef GONGKAI_APP_HANDOVER_H
#define GONGKAI_APP_HANDOVER_H

#include "app/act.h"
#include "store/handover.h"

typedef struct HandoverKind {
    Str noun; // as in the audit: task
    Str name; // 待办
    // Adds what is open in the person's hands and in the scope.
    bool (*list)(Db *db, const Scope *scope, PersonId person, Arena *a, HandoverItems *io,
                 Err *err);
    // Gives one to another person, within an act.
    bool (*move)(Act *act, const HandoverItem *item, PersonId from, PersonId to, Arena *a,
                 Err *err);
} HandoverKind;

// Ended by a row without a noun.
extern const HandoverKind handover_kinds[];

Str handover_noun(Str noun); // 待办; the noun itself where no row has it

// Everything open in the person's hands that the scope shows.
bool handover_open(Db *db, const Scope *scope, PersonId person, Arena *a, HandoverItems *out,
                   Err *err);

// Within an act: moves all of it and keeps the list. Nothing open makes no handover, and out->id
// is 0. ERR_RULE where something open lies outside the scope.
bool handover_run(Act *act, const Person *from, const Person *to, Str note, Arena *a, Handover *out,
                  Err *err);

// Hands over everything open of somebody in scope who stays.
bool app_hand_over(App *app, PersonId from, PersonId to, Str note, Arena *a, Handover *out,
                   Err *err);

#endif

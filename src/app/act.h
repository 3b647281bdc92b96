// An act: something a person does, in one transaction, at most once, and never without a line in
// the audit.
//
//     CLEANUP(act_end) Act act = {0};
//     Organ now, next;
//     if (!act_begin(app, &act, err) ||
//         !store_organ_get(app->db, &app->scope, id, a, &now, err) ||
//         !organ_rename(&now, form, &next, err) ||                        // domain: decides
//         !store_organ_save(app->db, &app->scope, &next, err))
//         return false;
//     return act_note(&act, &(ActNote){ACT_ORGAN_RENAME, S("organ"), id.n, .organ = id, …}, err) &&
//            act_commit(&act, err);
//
// Who acts, in which scope, and the key of the form come from the App, which the edge has set.
#ifndef GONGKAI_APP_ACT_H
#define GONGKAI_APP_ACT_H

#include "app/app.h"

typedef struct Act {
    App *app;
    Tx tx;
    size_t notes;
    AuditLine last; // of them: nobody else adds one before it is committed
} Act;

enum { ONCE_MAX = 64 }; // letters of a form's key; ours have 32

// Begins the transaction and spends the form's key (app->once), where there is one. ERR_REPEATED
// where the form has been acted on before; ERR_INPUT where the key is longer than ONCE_MAX, since
// it is kept; ERR_BUSY.
bool act_begin(App *app, Act *out, Err *err);

typedef struct ActNote {
    ActKind kind;
    Str noun; // "organ"; with its number leads those who send the form again to where it went
    int64_t noun_id, version;
    OrganId organ;   // whose affair: who may see the line; none: the site's
    Str was, became; // JSON of what changed, without secrets; empty: nothing
} ActNote;

// Adds a line to the audit. The first one says what the form was about. ERR_LIMIT where was or
// became is longer than AUDIT_TEXT_MAX.
bool act_note(Act *act, const ActNote *note, Err *err);

// A line about what changes nothing else: a private file was read, a form was refused. A
// transaction of its own; the form's key is not spent.
bool app_note(App *app, const ActNote *note, Err *err);

// A line within a transaction of the caller's, where it is not known beforehand whether anything
// will change: imports. Not between the notes of an act, which know their line above.
bool app_note_within(App *app, const ActNote *note, Err *err);

// ERR_SYSTEM where nothing was noted: an act that leaves no trace is a mistake in the program.
bool act_commit(Act *act, Err *err);

void act_end(Act *act); // rolls back what was not committed

#endif

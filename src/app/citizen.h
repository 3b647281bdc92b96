// What people without an account leave with us on the way to a request: a file that waits for its
// form, a draft under a code, and how often one network does things. All of it is sealed, counted
// under keyed hashes, and thrown away after its time (app_citizen_clean).
#ifndef GONGKAI_APP_CITIZEN_H
#define GONGKAI_APP_CITIZEN_H

#include "app/app.h"
#include "app/attachment.h"
#include "domain/attach_kind.h"

// --- how often. Networks of many people share an address, so a day has room for an office or a
// library; what is refused says what to do instead.

typedef enum TryKind {
    TRY_FILE,   // requests filed, by network and day: Config.apply.per_day
    TRY_UPLOAD, // files and drafts, by network and day
    TRY_CODE,   // wrong query codes, by number, network and hour
    TRY__COUNT,
} TryKind;

// One more; ERR_LIMIT, with words for the applicant, where that is too many. `who`: an address of
// the Internet; for TRY_CODE the number that is asked for, counted for the network of the actor
// alone: numbers follow each other, and who guesses at one from elsewhere must not keep its
// applicant from it. Empty is never refused. With `look` nothing is counted.
bool citizen_try(App *app, TryKind kind, Str who, bool look, Arena *a, Err *err);

// --- a file that waits for its form

enum { HELD_S = 6 * 3600 };

typedef struct Held {
    Str key; // 32 hexadecimal digits: only who has it gets the file
    AttachKind kind;
    Str name; // safe to save under
    Str bytes;
} Held;

// Judged and cleaned (domain/proof.h), then kept. ERR_INPUT and ERR_LIMIT for the applicant.
bool app_held_add(App *app, Str name, Str bytes, Arena *a, Held *out, Err *err);
// ERR_MISSING where there is none (any more).
bool app_held_get(App *app, Str key, Arena *a, Held *out, Err *err);

// --- drafts

enum { CITIZEN_DRAFT_MAX = 256 << 10 };

typedef struct DraftField {
    Str name, value;
} DraftField;
typedef struct DraftFields {
    DraftField *v;
    size_t n, cap;
} DraftFields;

// Under `code`, or where it is empty under a new one: *out is the code, 16 signs in groups of
// four. ERR_LIMIT above CITIZEN_DRAFT_MAX.
bool app_citizen_draft_save(App *app, Str code, const DraftFields *fields, Arena *a, Str *out,
                            Err *err);
// ERR_MISSING, in the same words, for a code that is wrong and one whose time is over.
bool app_citizen_draft_get(App *app, Str code, Arena *a, DraftFields *out, Err *err);
bool app_citizen_draft_drop(App *app, Str code, Arena *a, Err *err);
int app_citizen_draft_days(const App *app);

// --- codes as people type them back

// Without blanks and dashes, small letters.
Str code_typed(Arena *a, Str code);
// In groups of four, to be read aloud and typed.
Str code_shown(Arena *a, Str code);

// The job: what nobody came back for.
bool app_citizen_clean(App *app, Arena *a, Str *did, Err *err);

#endif

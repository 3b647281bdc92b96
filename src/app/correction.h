// 更正 (条例第四十一条): filed by whoever the record is about, examined, and ended with a letter.
// No term is the law's; the organ's own (app/remedy.h, SETTING_CORRECTION_TARGET) is said to be
// one.
#ifndef GONGKAI_APP_CORRECTION_H
#define GONGKAI_APP_CORRECTION_H

#include "app/correction_letter.h"

typedef struct NewCorrection {
    OrganId organ;
    Channel channel;
    Date filed; // not after today
    ApplicantKind kind;
    Str name;
    Applicant applicant;
    Str record;        // which record
    Str wrong;         // what it says that is not accurate
    Str claim;         // what it should say
    Str evidence;      // what proves it
    RequestId request; // by which they got to know it; 0: none
} NewCorrection;

typedef struct CorrectionFiled {
    CorrectionId id;
    Str code;
    Str query_code; // for the applicant: shown once, only its hash is kept
    Date target;    // the organ's own; date_none where it sets none
} CorrectionFiled;

// From the desk or from the public form. ERR_INPUT for what Art. 41 wants and is not there (who
// asks, which record, what is wrong, evidence), ERR_MISSING for an organ out of scope.
bool app_correction_file(App *app, const NewCorrection *correction, Arena *a, CorrectionFiled *out,
                         Err *err);

// What the examination found.
bool app_correction_examine(App *app, CorrectionId id, int64_t version, Date on, Str words,
                            Arena *a, Err *err);

typedef struct CorrectionEnd {
    CorrectionId id;
    int64_t version;
    CorrectionOutcome outcome;
    Date on;
    Str words;                // what was corrected, why not, to whom
    const LetterText *letter; // that tells it, numbered in the same act; NULL: none is issued here
    Str document;             // then the number of the one made elsewhere
} CorrectionEnd;
// ERR_INPUT where the applicant would be told nothing.
bool app_correction_end(App *app, const CorrectionEnd *end, Arena *a, Err *err);

// With who asks, opened.
bool app_correction_get(App *app, CorrectionId id, Arena *a, Correction *out, Applicant *who,
                        Err *err);

// The same for who looks at the number of the identity paper: each time it leaves a line in the
// audit.
bool app_correction_reveal(App *app, CorrectionId id, Arena *a, Correction *out, Applicant *who,
                           Err *err);

// For its applicant, by number and code; brackets of any kind around the year. ERR_MISSING, in the
// same words, where there is no such number and where the code is another.
bool app_correction_progress(App *app, Str code, Str query_code, Arena *a, Correction *out,
                             Letters *letters, Err *err);

#endif

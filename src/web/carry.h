// A form that was sent when its session had ended: it goes along through the sign-in in hidden
// fields and is shown for confirmation afterwards, so that nothing typed is lost.
//
// Only a form that proves that it was opened in that session (its csrf) is carried, and only the
// same person can complete it: what else somebody's browser is made to send is dropped. Passwords
// and files are not carried.
#ifndef GONGKAI_WEB_CARRY_H
#define GONGKAI_WEB_CARRY_H

#include "web/http.h"

enum { CARRY_FIELDS = 48, CARRY_BYTES = 64 << 10, CARRY_BODY = 8 * CARRY_BYTES };

typedef struct Carry {
    Str proof;     // sealed: whose it is and where it goes; empty: nothing is carried
    Fields fields; // named "c." and their own name
    Str action;    // where it goes
    PersonId person;
    bool had_files;
} Carry;

// From a form that came without a session (guard.c). Empty where it must not, or is too large, to
// be carried; *lost says that something was there.
Carry carry_begin(Request *r, bool *lost);
// From the forms of the sign-in, which hold it in hidden fields. Empty where the proof is not ours.
Carry carry_on(Request *r);

#endif

// Opening an account, as app_person_add and app_person_import do it.
#ifndef GONGKAI_APP_PERSON_OPEN_H
#define GONGKAI_APP_PERSON_OPEN_H

#include "app/person.h"

// What is stored of `typed`, or of a password made here where that is empty (*first has it then).
// Takes tens of milliseconds: before the transaction.
bool person_first_password(App *app, Str typed, Arena *a, FirstPassword *first, PersonSecret *out,
                           Err *err);
// Within an act: checks, stores and notes the person, and gives the roles.
bool person_open(Act *act, const PersonNew *form, const PersonSecret *secret, Arena *a,
                 PersonId *out, Err *err);

#endif

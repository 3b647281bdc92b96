// People: opening, changing and closing accounts, giving and taking posts, standing in. Each is an
// act (act.h) in the scope of app->scope: whoever is outside is not there.
//
// An account begins with a first password, made here, shown once to whoever opened it and good for
// a few days; the first thing to be done with it is to choose another one.
#ifndef GONGKAI_APP_PERSON_H
#define GONGKAI_APP_PERSON_H

#include "app/act.h"
#include "store/handover.h"
#include "store/person.h"
#include "store/substitution.h"

typedef struct FirstPassword {
    Str text;      // four groups of four; empty: none was made
    int64_t until; // seconds since 1970-01-01 UTC
} FirstPassword;

typedef struct PersonNew {
    Person person;  // login, name, phone, email, organ
    uint32_t roles; // at that organ, from today
    bool elsewhere; // signs in through another server alone: no password is made
} PersonNew;

// ERR_INPUT, ERR_RULE (a login that is taken, a role that may not be given), ERR_MISSING (organ).
bool app_person_add(App *app, const PersonNew *form, Arena *a, PersonId *out, FirstPassword *first,
                    Err *err);

// --- a file of people

typedef enum PersonDone { PERSON_ADDED, PERSON_THERE, PERSON_REFUSED } PersonDone;

typedef struct PersonImported {
    int line; // of the file, from 1
    Str login, name;
    PersonDone done; // PERSON_THERE: somebody has the login; nothing was changed
    FirstPassword first;
    Err why; // of PERSON_REFUSED
} PersonImported;

typedef struct PersonImporteds {
    PersonImported *v;
    size_t n, cap;
} PersonImporteds;

// A table in CSV whose first row names columns: login, name, organ (full name), roles (ids between
// blanks), phone, email; or 登录名, 姓名, 机关, 岗位, 电话, 电子邮箱. All of it or, where a line is
// refused, nothing. With `dry` nothing is kept, and no passwords are made. True also where lines
// were refused; ERR_INPUT where it is no such table.
bool app_person_import(App *app, Str csv, bool dry, bool elsewhere, Arena *a, PersonImporteds *out,
                       Err *err);

// The facts of `form` (with id and version) over those stored; moves it to another organ too.
// ERR_BUSY where somebody else has changed it since.
bool app_person_edit(App *app, const Person *form, Arena *a, Err *err);

typedef struct PersonClose {
    PersonId id;
    int64_t version;
    PersonId successor; // none: nothing is open
    Str why;
} PersonClose;

// Ends posts, substitutions and sessions at once; what is open goes to the successor in the same
// act. The account keeps its history and its login.
bool app_person_close(App *app, const PersonClose *form, Arena *a, Err *err);

// Opens it again without posts and with a first password.
bool app_person_reopen(App *app, PersonId id, int64_t version, Arena *a, FirstPassword *first,
                       Err *err);

// A first password in place of the one there is; ends sessions, and takes the second factor away
// where `second` says so. Its owner is told.
bool app_person_reset(App *app, PersonId id, bool second, Arena *a, FirstPassword *first, Err *err);

// An account elsewhere that signs in as this person from now on; its owner is told. As weighty as a
// new password, and decided alike. ERR_RULE where it belongs to somebody else.
bool app_person_link(App *app, PersonId id, const Identity *identity, Arena *a, Err *err);

// --- posts

typedef struct PostForm {
    PersonId person;
    OrganId organ;
    Role role;
    Date from, until; // from: date_none is today; until: first day no longer held, or date_none
} PostForm;

bool app_post_give(App *app, const PostForm *form, Arena *a, Err *err);
// From today on it is not held.
bool app_post_take(App *app, int64_t post, Arena *a, Err *err);

// --- substitution

// s: away, substitute, organ, roles, from, to, why; gets its number. By an administrator in whose
// scope the organ is.
bool app_substitution_set(App *app, Substitution *s, Arena *a, Err *err);
// In one's own name: s->away is app->actor.person. Takes no power but a desk.
bool app_substitution_set_own(App *app, Substitution *s, Arena *a, Err *err);
// By an administrator.
bool app_substitution_end(App *app, int64_t id, Arena *a, Err *err);
// By the one who is away, or the substitute. ERR_MISSING for everybody else.
bool app_substitution_end_own(App *app, int64_t id, Arena *a, Err *err);

// --- the first administrator, from the command line

// Works only while the site has none. The organ named by `person->organ` runs the site from then on
// where none does; none: the organ that does, or the only one at the top. The password is `typed`,
// or made where that is empty (then in *first, to be changed at once).
bool app_first_admin(App *app, const Person *person, Str typed, Arena *a, PersonId *out,
                     FirstPassword *first, Err *err);

// A password like k7mf-2xqa-h4vt-9wdn: 79 bits, letters that are not mistaken for one another.
Str password_made(Arena *a);

#endif

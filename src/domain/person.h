// People (人员): accounts, the posts they hold, who stands in for whom, handing over. What a login,
// a phone number and a mail address look like; who may give which role to whom; what must be true
// before an account is closed. Decisions only: nothing here reads the clock or the database, and
// each is told the facts it depends on.
//
// An account belongs to an organ or section (机关) and lives there: whoever administers that organ
// may change it. What a person may do comes from posts alone (岗位), which may be elsewhere.
#ifndef GONGKAI_DOMAIN_PERSON_H
#define GONGKAI_DOMAIN_PERSON_H

#include "base/date.h"
#include "base/err.h"
#include "domain/viewer.h"

typedef struct Person {
    PersonId id;
    Str login; // lower case
    Str name;
    Str phone, email; // empty where not known
    OrganId organ;    // the organ or section they belong to
    Str organ_name;
    bool closed;
    int64_t opened_at, closed_at; // seconds since 1970-01-01 UTC; closed_at 0 while open
    Str closed_why;
    int64_t version;
} Person;

typedef struct People {
    Person *v;
    size_t n, cap;
} People;

// --- fields: what forms, CSV files and the audit call them

typedef enum PersonField { PF_LOGIN, PF_NAME, PF_PHONE, PF_EMAIL, PF__COUNT } PersonField;

typedef struct PersonFieldDef {
    Str id;       // "login": in forms, JSON, CSV headers
    Str name;     // 登录名
    int min, max; // characters; min 0: may be empty
} PersonFieldDef;
extern const PersonFieldDef person_fields[PF__COUNT];

Str *person_field(Person *p, PersonField field);

// One field as it was typed: trimmed, logins and mail addresses in lower case, in `a`. ERR_INPUT.
bool person_field_read(PersonField field, Str text, Arena *a, Str *out, Err *err);

// All of them in place. The first that is wrong is told.
bool person_fields_read(Person *p, Arena *a, Err *err);

// --- roles that do not go together

typedef struct RoleConflict {
    Role one, other;
    bool refused;  // or else only told, before the second one is given
    bool anywhere; // at whatever organs of the site; or else at the same one
    Str why;
} RoleConflict;
extern const RoleConflict role_conflicts[];
extern const size_t n_role_conflicts;

// The first row that `role` at `organ` breaks beside the posts held; NULL for none.
const RoleConflict *role_conflict(const Posts *held, Role role, OrganId organ, bool refused);

// --- posts

// Whoever gives, takes, opens or closes.
typedef struct Giver {
    PersonId person; // none: the command line
    Reach reach;     // of MAY_PERSON_EDIT
} Giver;

typedef struct PostGift {
    Role role;
    OrganId organ;
    Date from, until; // until: first day no longer held; date_none: until it is taken
    // facts
    bool within;       // the organ, and every organ below it, is in the giver's scope
    bool at_top;       // it is the organ that runs the site
    const Posts *held; // in force or to come, the person's own
} PostGift;

// Whether the role may be given. Giving reaches no further than the giver does, nobody gives to
// themselves, and what does not go together is not held together. ERR_RULE, ERR_INPUT.
bool post_give_decide(const Giver *giver, const Person *to, const PostGift *gift, Date today,
                      Err *err);

// Taking one is for whoever could give it.
bool post_take_decide(const Giver *giver, bool within, bool at_top, Err *err);

// The administrators of the site besides this person: who hold the role at the organ that runs it,
// today and without end, with an open account.
bool admin_leave_decide(const Person *who, bool is_admin, int64_t other_admins, Err *err);

// --- accounts

// Facts about an account that somebody wants to change, close or let in anew.
typedef struct PersonFacts {
    int64_t beyond; // what reaches beyond the giver's scope: home, posts held, posts lent to them
    bool is_admin;  // of the site
    int64_t other_admins;
    int64_t n_open; // open things in their hands
} PersonFacts;

// Changing an account (its login, mail address, password) is as much as acting for it, so it takes
// somebody whose scope holds every post of it.
bool person_change_decide(const Giver *giver, const Person *p, const PersonFacts *facts, Err *err);
// Open things need a successor first; nobody closes themselves; the site keeps an administrator.
bool person_close_decide(const Giver *giver, const Person *p, const PersonFacts *facts,
                         const Person *successor, Err *err);
// A new first password from somebody else; one's own is changed on the account page.
bool person_reset_decide(const Giver *giver, const Person *p, const PersonFacts *facts, Err *err);
bool person_reopen_decide(const Giver *giver, const Person *p, Err *err);
bool handover_decide(const Giver *giver, const Person *from, const Person *to, Err *err);

// --- substitution (代行)

enum { SUBSTITUTION_DAYS = 366 }; // at most; longer is a post of one's own

typedef struct Substitution {
    int64_t id;
    PersonId away, substitute;
    Str away_name, substitute_name;
    OrganId organ;
    Str organ_name;
    uint32_t roles; // a bit for each that is lent
    Date from, to;  // first and last day
    Date ended;     // ended early: the first day on which it no longer held; or date_none
    Str why;
    int64_t set_at;
} Substitution;

typedef struct Substitutions {
    Substitution *v;
    size_t n, cap;
} Substitutions;

// All but those that are only lent when they are named: the administrator's and the auditor's.
uint32_t roles_lent_by_default(uint32_t held);

typedef struct SubstitutionFacts {
    uint32_t held;              // by the one who is away at that organ, in their own name
    const Posts *substitutes;   // own posts of the substitute
    const Substitutions *other; // of the one who is away, at that organ, not over yet
    bool within, at_top; // as in PostGift; not asked where the one who is away sets it themselves
    bool near;           // the substitute works at the organ, or at a section beside it
} SubstitutionFacts;

// Whether `s` may be set. Set by the one who is away, or by an administrator who is neither.
bool substitution_decide(const Giver *giver, const Person *away, const Person *substitute,
                         const Substitution *s, const SubstitutionFacts *facts, Date today,
                         Err *err);

// Whether it is in force on the day; whether it will be or is.
bool substitution_on(const Substitution *s, Date day);
bool substitution_over(const Substitution *s, Date today);

#endif

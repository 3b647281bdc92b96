// The register's conditions as they stand in an address: read from a query, written back into
// links with one of them taken away or set. One table of keys drives the form, the chips, the
// exports and the API, so that what is seen is what is exported.
#ifndef GONGKAI_WEB_REGISTER_H
#define GONGKAI_WEB_REGISTER_H

#include "app/request_rules.h"
#include "store/register.h"
#include "web/fields.h"
#include "web/pages.h"

// In the row of a route: the keys that register_wish takes.
#define REGISTER_KEYS                                                                              \
    "tab q phase outcome channel kind organ handler day from to late extended sort"

typedef enum RegisterKey {
    KEY_TAB,
    KEY_TEXT,
    KEY_PHASE,
    KEY_OUTCOME,
    KEY_CHANNEL,
    KEY_KIND,
    KEY_ORGAN,
    KEY_HANDLER,
    KEY_DAY,
    KEY_FROM,
    KEY_TO,
    KEY_LATE,
    KEY_EXTENDED,
    KEY_SORT,
    KEY__REGISTER,
} RegisterKey;

typedef struct RegisterWish {
    Str given[KEY__REGISTER]; // as it stands in the address; empty: not asked
    RegisterFilter filter;
    RegisterSort sort;
    Str wrong; // what cannot be understood; empty: nothing
} RegisterWish;

// `soon` working days are those of the tab that is due soon. False only where the rules cannot be
// read; what is wrong in the query stands in `wrong`.
bool register_wish(Request *r, const RequestRules *rules, RegisterWish *out, Err *err);

// The path with what was given but for one key (KEY__REGISTER: with all); and with one set.
Str register_path(Arena *a, Str path, const RegisterWish *wish, RegisterKey without);
Str register_path_set(Arena *a, Str path, const RegisterWish *wish, RegisterKey key, Str value);

// Whether more than a tab and words is asked.
bool register_filtered(const RegisterWish *wish);

// A chip for each condition, leading to the list without it. Names of organ and handler are looked
// up in scope.
bool register_chips(Request *r, Str path, const RegisterWish *wish, Links *out, Err *err);

// What may be chosen in the form.
typedef struct RegisterChoices {
    Choices phase, outcome, channel, kind, organ, handler, day, sort;
} RegisterChoices;
bool register_options(Request *r, const RegisterWish *wish, RegisterChoices *out, Err *err);

#endif

// Changing what requests are computed with: a notice entered or withdrawn, a setting changed. Each
// is looked at first: which open requests move from which day to which, which become overdue and
// which stop being so. Doing it computes every open request anew in the same act, and tells whoever
// handles one that moved.
#ifndef GONGKAI_APP_CALENDAR_H
#define GONGKAI_APP_CALENDAR_H

#include "app/act.h"
#include "app/request_rules.h"
#include "store/request.h"

// One of the three; the rest zero.
typedef struct RulesChange {
    const SiteNotice *add;         // without number, who and when
    int64_t withdraw;              // a notice's number
    const ClockSettings *settings; // all of them, as they shall be
    Str why;                       // of withdrawing, and of settings
} RulesChange;

// An open request that moves.
typedef struct RulesMove {
    RequestId id;
    OrganId organ;
    PersonId handler;
    Str code, organ_name, handler_name; // names of those shown alone: RULES_SHOWN
    Phase phase;
    Date was, becomes;             // what has to happen by when; date_none: nothing
    Date draft_was, draft_becomes; // likewise the draft
    bool was_overdue, is_overdue;
} RulesMove;

typedef struct RulesMoves {
    RulesMove *v;
    size_t n, cap;
} RulesMoves;

enum { RULES_SHOWN = 200 };

typedef struct RulesPlan {
    int64_t stamp;      // of the rules that it was computed against
    RequestRules rules; // as they would be
    int64_t n_open;     // requests gone over
    RulesMoves moves;   // those that become overdue first, then those that stop, then by new day
    int64_t n_overdue;  // of them become overdue
    int64_t n_saved;    // and stop being so
    int year;           // of the notice
    int workdays_was, workdays_becomes; // of that year
} RulesPlan;

// What would happen; nothing is written. ERR_DENIED where the scope is not the whole site,
// ERR_INPUT, ERR_RULE where nothing would change, ERR_MISSING.
bool app_rules_plan(App *app, const RulesChange *change, Arena *a, RulesPlan *out, Err *err);

// Does it. ERR_BUSY where the rules are not those of `stamp` any more (0: whichever they are).
bool app_rules_change(App *app, const RulesChange *change, int64_t stamp, Arena *a, RulesPlan *out,
                      Err *err);

#endif

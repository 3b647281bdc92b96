// Decisions as stored: the draft that stands, every draft there was, who did what; one that answers
// the request, and those that were ordered anew. Whose affair it is, is the request's: whoever
// calls has loaded that in scope (app/request_work.h).
#ifndef GONGKAI_STORE_DECISION_H
#define GONGKAI_STORE_DECISION_H

#include "domain/decision.h"
#include "store/letter.h"
#include "store/remedy.h"

typedef struct Decision {
    RequestId request;
    int64_t nth;         // from 1
    RemedyId ordered;    // by the case that ordered it anew; 0: it answers the request
    DecisionState state; // up to SIGNED as stored; decision_seen says the rest
    DecisionSheet sheet;
    int64_t draft;
    Str text;        // the letter as it was sent on; empty in a draft
    Str remedy;      // as told when it was signed
    LetterId letter; // issued when it was signed
    Str letter_code;
    Date signed_on;
    Str send_way, send_number, send_whom, evidence;
    int64_t version; // 0: none is stored yet
    int64_t changed_at;
} Decision;

// All of a request, by number.
bool store_decision_heads(Db *db, SiteId site, RequestId id, Arena *a, DecisionHeads *out,
                          Err *err);
// *out is an empty draft, version 0, where there is none. The first: the one that answers the
// request, under the next number where there is none.
bool store_decision_get(Db *db, SiteId site, RequestId id, Arena *a, Decision *out, Err *err);
bool store_decision_nth(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a, Decision *out,
                        Err *err);
// Over the version it was read at; adds the row where that is 0. ERR_BUSY where somebody else has
// been here. Sets the new version.
bool store_decision_save(Db *db, SiteId site, Decision *decision, int64_t now, Arena *a, Err *err);

typedef struct DecisionDraft {
    int64_t draft, at;
    Str outcome, who;
} DecisionDraft;

typedef struct DecisionDrafts {
    DecisionDraft *v;
    size_t n, cap;
} DecisionDrafts;

bool store_decision_draft_add(Db *db, SiteId site, const Decision *decision, PersonId by,
                              int64_t now, Arena *a, Err *err);
bool store_decision_drafts(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a,
                           DecisionDrafts *out, Err *err); // newest first
bool store_decision_draft_get(Db *db, SiteId site, RequestId id, int64_t nth, int64_t draft,
                              Arena *a, DecisionSheet *out, Err *err); // ERR_MISSING

bool store_decision_deed_add(Db *db, SiteId site, RequestId id, int64_t nth,
                             const DecisionDeed *deed, Err *err);
bool store_decision_deeds(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a,
                          DecisionDeeds *out, Err *err);

// What goes out with it has changed while it is with those who pass or sign it: whoever had it
// before them gets ERR_BUSY, and looks at what it is now.
bool store_decision_look_again(Db *db, SiteId site, RequestId request, int64_t nth, Err *err);

// Who could take each part at that organ on the day; a bit in out[part] is not enough, since the
// same person counts once: everybody with the roles they hold there.
typedef struct DecisionHand {
    PersonId person;
    Str name;
    uint32_t roles; // held at the organ, lent ones too
} DecisionHand;

typedef struct DecisionHands {
    DecisionHand *v;
    size_t n, cap;
} DecisionHands;

bool store_decision_hands(Db *db, SiteId site, OrganId organ, Date today, Arena *a,
                          DecisionHands *out, Err *err);

// What the site has set. Without a row there is a section's review.
bool store_decision_section(Db *db, SiteId site, bool *out, Err *err);
bool store_decision_section_set(Db *db, SiteId site, bool section, Err *err);

#endif

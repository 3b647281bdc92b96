// A publication (主动公开信息): what was asked for and is made public for everybody
// (条例第四十四条), within twenty working days after it was decided (条例第二十六条). A small noun
// on purpose: title, what it says, files, index number, and when.
#ifndef GONGKAI_DOMAIN_PUBLICATION_H
#define GONGKAI_DOMAIN_PUBLICATION_H

#include "domain/clock.h"
#include "domain/outcome.h"

typedef enum PublicationWhy {
    PUBLISH_SEVERAL,   // several have asked for the same
    PUBLISH_SUGGESTED, // the applicant suggests it
    PUBLISH__COUNT,
} PublicationWhy;

typedef struct PublicationWhyDef {
    Str id, name, source;
} PublicationWhyDef;
extern const PublicationWhyDef publication_whys[PUBLISH__COUNT];

typedef enum PublicationState {
    PUBLICATION_DUE, // decided, not public yet
    PUBLICATION_PUBLIC,
    PUBLICATION_WITHDRAWN, // a page with the reason stands in its place
    PUBLICATION__COUNT,
} PublicationState;

typedef struct PublicationStateDef {
    Str id, name, tag;
} PublicationStateDef;
extern const PublicationStateDef publication_states[PUBLICATION__COUNT];

// What became of the applicant's suggestion to make it public (条例第四十四条第二款).
typedef enum Suggestion {
    SUGGESTION_NONE,
    SUGGESTION_WAITS, // said, and not reviewed
    SUGGESTION_TAKEN,
    SUGGESTION_DECLINED,
} Suggestion;
Suggestion publication_suggestion(bool said, bool reviewed, bool accepted, bool has_publication);

bool publication_why_named(Str id, PublicationWhy *out);
PublicationState publication_state_named(Str id); // unknown ones are not public

// Whether a request with this outcome may become one: the information can be given to everybody,
// and, where that is the reason, at least two have asked (`askers`). ERR_RULE with the article.
bool publication_may(Phase phase, Str outcome, PublicationWhy why, int64_t askers, Err *err);
// Whether the suggestion waits to be declined, with a reason that the applicant reads. ERR_RULE,
// ERR_INPUT.
bool publication_decline_may(Suggestion now, Str reason, Err *err);
// Whether it says what 条例第十二条 wants in the catalogue: title, what it is about, and the day it
// came into being, which is not to come. ERR_INPUT.
bool publication_complete(Str title, Str summary, Date formed, Date today, Err *err);
// Whether the step from one state to another is one. ERR_RULE.
bool publication_step(PublicationState from, PublicationState to, Err *err);

#endif

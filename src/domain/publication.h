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

bool publication_why_named(Str id, PublicationWhy *out);
PublicationState publication_state_named(Str id); // unknown ones are not public

// Whether a request with this outcome may become one: the information can be given to everybody,
// and, where that is the reason, at least two have asked (`askers`). ERR_RULE with the article.
bool publication_may(Phase phase, Str outcome, PublicationWhy why, int64_t askers, Err *err);
// Whether the step from one state to another is one. ERR_RULE.
bool publication_step(PublicationState from, PublicationState to, Err *err);

#endif

// Whose opinion was asked (征求意见), what they answered, and what the organ made of it.
//
// A third party that says nothing in its time leaves it to the organ (条例第三十二条); an organ
// that says nothing has agreed (第三十四条). When and whom is in the request's facts; here is the
// rest.
#ifndef GONGKAI_DOMAIN_OPINION_H
#define GONGKAI_DOMAIN_OPINION_H

#include "domain/decision.h"

typedef enum OpinionAnswer {
    ANSWER_OPEN,     // none yet
    ANSWER_AGREE,    // 同意公开
    ANSWER_PARTLY,   // 部分不同意
    ANSWER_DISAGREE, // 不同意公开
    ANSWER__COUNT,
} OpinionAnswer;

typedef enum OpinionHeld { HELD_OPEN, HELD_REASONABLE, HELD_NOT, HELD__COUNT } OpinionHeld;

typedef enum OpinionDecided {
    DECIDED_OPEN,
    DECIDED_GIVE,
    DECIDED_WITHHOLD,
    DECIDED__COUNT
} OpinionDecided;

typedef struct OpinionWord {
    Str id, name;
} OpinionWord;
extern const OpinionWord opinion_answers[ANSWER__COUNT];   // ids: "" agree partly disagree
extern const OpinionWord opinion_helds[HELD__COUNT];       // "" yes no
extern const OpinionWord opinion_decideds[DECIDED__COUNT]; // "" give withhold

// The index of a word; 0 for one that is not there.
int opinion_word(const OpinionWord *words, int n, Str id);

typedef struct Opinion {
    int64_t fact;  // by which they were asked
    FactKind kind; // FACT_THIRD_PARTY_ASKED, FACT_ORGAN_ASKED
    Str whom, document;
    Date asked, received, due, came; // date_none where not; due: the last day of their time
    Str address, number;             // where the letter went, and its number in the post
    OpinionAnswer answer;
    Str reasons; // theirs
    OpinionHeld held;
    OpinionDecided decided;
    Str decided_why;
    Date told_on;
    Str told_number;
    int64_t version; // 0: nothing but the facts
} Opinion;

typedef struct Opinions {
    Opinion *v;
    size_t n, cap;
} Opinions;

// Received, asked and so on of the facts that stand; `whom` and the rest are the caller's.
bool opinions_of(const RequestFacts *facts, const Calendar *calendar, Arena *a, Opinions *out,
                 Err *err);

// Silent beyond its time on `today`.
bool opinion_silent(const Opinion *o, Date today);
// In one sentence what follows: 逾期没有提出意见，视为同意（条例第三十四条）.
Str opinion_words(const Opinion *o, Date today);

// What was said, and what it means for the decision: sets refused, despite and undecided.
void opinions_weigh(const Opinions *opinions, Date today, DecisionScene *scene);

// A third party against whose will something is given out and who has not been told in writing of
// what and why; NULL where there is none. `gives`: the whole is given.
const Opinion *opinion_untold(const Opinions *opinions, bool gives);

// The parts in which it is recorded.
typedef enum OpinionPart {
    OPINION_SENT,     // address and number of the letter
    OPINION_RECEIVED, // FACT_ASKED_RECEIVED
    OPINION_ANSWER,   // FACT_OPINION
    OPINION_JUDGE,    // whether the reasons hold; what the organ decides
    OPINION_TOLD,     // told in writing
    OPINION_PART__COUNT,
} OpinionPart;

typedef struct OpinionPartDef {
    Str id, name, source;
} OpinionPartDef;
extern const OpinionPartDef opinion_parts[OPINION_PART__COUNT];

bool opinion_part_named(Str id, OpinionPart *out);

// Whether the part may be recorded now, `next` being the opinion with it. ERR_RULE, ERR_INPUT.
bool opinion_decide(const Opinion *now, const Opinion *next, OpinionPart part, Date today,
                    Err *err);

#endif

// The walk through a paragraph, shared by claims.c (clauses, sentences, scanning) and
// claim_labels.c (what the figures of a clause claim).
#ifndef GONGKAI_REPORT_CLAIM_WALK_H
#define GONGKAI_REPORT_CLAIM_WALK_H

#include "report/claim_parts.h"

#define F(name) FEATURE(name)

#define TOPICS                                                                                     \
    (F(REQUEST) | F(REVIEW) | F(SUIT) | F(NORM) | F(RULES) | F(LICENCE) | F(PENALTY) |             \
     F(COERCION) | F(CHARGE) | F(FEE) | F(PUBLISH) | F(ELSE))
#define RULE_ACTS (F(MAKE) | F(REPEAL) | F(IN_FORCE) | F(LEVY))
#define CARRIES (F(CARRY) | F(CARRY_IN) | F(CARRY_OUT))

// --- the clause at hand

enum { MAX_MARKS = 48, MAX_DEPTH_READ = 3, MAX_PENDING = 8 };

typedef struct Mark {
    size_t at, end;
    bool is_figure;
    uint64_t features;
    int8_t row;
    Figure figure;
} Mark;

typedef struct Clause {
    Mark v[MAX_MARKS];
    size_t n;
    size_t start;
    uint64_t pending[MAX_PENDING]; // features of clauses joined to this one by 、, without figures
    size_t n_pending;
    uint64_t acts; // 现行有效 of the clause before 、: 现行有效规章3件、规范性文件56件
    bool neg; // the negation of a clause joined by 、 goes on
} Clause;

typedef struct Walk {
    const Document *doc;
    Arena *a;
    Claims *out;
    uint32_t para;
    Str text;
    Clause clause[MAX_DEPTH_READ + 1]; // by depth of brackets
    int depth;
    uint64_t topic, heading_topic;
    uint64_t scope;
    bool scope_fresh;
    size_t scope_clause; // where the clause of the last such word began
    bool disclosure;     // the passage is about disclosure
    bool disclosure_part; // so far only a part of a list said so: 复议15件，其中政府信息公开2件
    int year;
    bool period; // the sentence speaks of months or a day
    uint32_t sentence;
    uint32_t topic_sentence; // in which the topic was named last; the first of the paragraph for a
                             // heading's
    size_t sentence_at, previous_at;
    size_t first_claim, first_share, first_growth; // of the sentence, for its quote
    int last_claim;                                // in this sentence, or -1
    Figure was;                                    // last year's figure, said in this sentence
    PartsState parts;
} Walk;

// What the words numbered [from, to) of the clause say together; *row is set where one names a row.
uint64_t clause_features(const Clause *c, size_t from, size_t to, int8_t *row);
bool figure_counts(const Figure *f); // of something, not a year or a day
// The number of the first mark from i on that is a count or a percentage, or c->n.
size_t clause_figure(const Clause *c, size_t i);

// The claims of a clause with figures, and of one that says there was nothing.
void figures_take(Walk *w, const Clause *c);
void negation_take(Walk *w, const Clause *c);

#endif

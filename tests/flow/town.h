// A town made by chance: organs in a tree with sections, a line of supervision and an organ that
// another carries on; people, posts, substitutes, and something of everything that a desk shows.
// Whatever is not for everybody's eyes holds a mark, m00017z, and the town knows without asking the
// program who may see it: that is worked out here a second time, from the tree as it was made.
#ifndef GONGKAI_FLOW_TOWN_H
#define GONGKAI_FLOW_TOWN_H

#include "../site_box.h"

#include "domain/role.h"

enum { TOWN_ORGANS = 14, TOWN_PEOPLE = 30, TOWN_MARKS = 400, TOWN_SEATS = 60 };

// Somebody signed in, working for an organ.
typedef struct Seat {
    int person, organ; // from 1
    uint32_t roles;    // held there, lent ones included
    Str token, csrf;
} Seat;

typedef enum MarkKind {
    MARK_PERSON, // of a person: seen where they belong, hold a post, or stand in
    MARK_ORGAN,  // of an organ: seen by those who have the power there
    MARK_OWN,    // for one person's eyes
} MarkKind;

typedef struct Mark {
    MarkKind kind;
    int person, organ;
    Verb verb, or_verb; // MARK_ORGAN: any of these; MAY_ANYONE: there is no second
    const char *what;   // for the message: "a handover's note"
} Mark;

typedef struct Town {
    SiteBox *box;
    uint64_t chance;
    int parent[TOWN_ORGANS + 1];
    bool section[TOWN_ORGANS + 1], ended[TOWN_ORGANS + 1];
    bool close[TOWN_ORGANS + 1][TOWN_ORGANS + 1]; // [root][organ]: itself, sections, carried on
    bool below[TOWN_ORGANS + 1][TOWN_ORGANS + 1];
    int home[TOWN_PEOPLE + 1];
    uint32_t posts[TOWN_PEOPLE + 1][TOWN_ORGANS + 1]; // roles in their own name, a bit each
    uint32_t lent[TOWN_PEOPLE + 1][TOWN_ORGANS + 1];
    bool stands[TOWN_PEOPLE + 1][TOWN_ORGANS + 1]; // is or was a substitute there
    int login_mark[TOWN_PEOPLE + 1], browser_mark[TOWN_PEOPLE + 1];
    Mark marks[TOWN_MARKS];
    int n_marks;
    Seat seats[TOWN_SEATS];
    int n_seats;
    Date today;
    int64_t now;
} Town;

// In the box, which has its site and nothing else. The same seed makes the same town.
void town_make(Town *t, SiteBox *box, uint64_t seed);
// A new session for a seat whose own has ended.
void town_sit(Town *t, Seat *seat);

Reach town_reach(const Seat *seat, Verb verb);
bool town_sees_organ(const Town *t, const Seat *seat, Verb verb, int organ);
bool town_sees_person(const Town *t, const Seat *seat, int person);
bool town_sees_mark(const Town *t, const Seat *seat, int mark); // seat NULL: the public

Str town_mark(Arena *a, int mark);
// The next mark in a text behind *at, which moves on; 0 at the end.
int town_find(Str text, size_t *at);

#endif

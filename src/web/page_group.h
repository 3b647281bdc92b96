// Requests that are one matter, and one that is several: what stands on a request's page about it,
// the forms, and the groups with what is proposed to be joined.
#ifndef GONGKAI_WEB_PAGE_GROUP_H
#define GONGKAI_WEB_PAGE_GROUP_H

#include "app/asked.h"
#include "app/bulk.h"
#include "web/page_request.h"
#include "web/request_part.h"

// Parts of a request's page.
RequestPartShow request_part_same;  // who asked the same or the like
RequestPartShow request_part_group; // what it is answered together with
RequestPartShow request_part_units; // what it is counted as

// Adds to a form's hint what is known of others that asked the same, for who confirms a request.
bool group_hint(Request *r, const InfoRequest *q, Str *hint, Err *err);

// What is known of others that ask the same as one that is about to be registered, for its page;
// *many says whether somebody should look before it is.
struct SamePart;
void same_draft(Request *r, const Radar *radar, struct SamePart *out, bool *many);

// /desk/requests/:id/…
bool page_request_join(Request *r, Response *w, Err *err);
bool page_request_join_send(Request *r, Response *w, Err *err);
bool page_request_leave(Request *r, Response *w, Err *err);
bool page_request_leave_send(Request *r, Response *w, Err *err);
bool page_request_units(Request *r, Response *w, Err *err);
bool page_request_units_send(Request *r, Response *w, Err *err);
bool page_request_group(Request *r, Response *w, Err *err); // those that follow it

// /desk/groups: what is proposed, and what is joined.
bool page_groups(Request *r, Response *w, Err *err);
bool page_wording(Request *r, Response *w, Err *err);
bool page_wording_decline(Request *r, Response *w, Err *err);

// /desk/requests/many, from the list; /desk/bulk/…
bool page_many(Request *r, Response *w, Err *err);
bool page_bulk_plan(Request *r, Response *w, Err *err);
bool page_bulk_send(Request *r, Response *w, Err *err);
bool page_bulk_again(Request *r, Response *w, Err *err); // what the reply could not be given to
bool page_bulk(Request *r, Response *w, Err *err);       // how far it is

// --- what the views are given

// What is said where a request that follows is due before the one that leads; empty: nothing.
Str group_warning(Arena *a, const GroupFigures *f, const Clock *lead);

typedef struct SameLine {
    Str href, code, title, organ, filed, state, reply, alike, join; // join: where, or empty
} SameLine;

SameLine same_line(Arena *a, const AskedRequest *q);

typedef struct SameList {
    Str heading, hint;
    SameLine *v;
    size_t n;
} SameList;

typedef struct SamePart {
    Str say;         // how many ask the same
    Str repeated;    // the same applicant was answered already, or empty
    Str month, year; // how many requests of this applicant
    SameList lists[4];
    Str group; // the proposal, where there are many
} SamePart;

// Registering a request, with those that ask the same, once they were looked for.
typedef struct RegisterPage {
    RequestFormPage page;
    bool looked, many; // many: it is said again before it is registered
    SamePart same;
    Str seen; // of the words that were looked for
} RegisterPage;

typedef struct GroupPart {
    Str lead_href, lead, who, reason, leave; // it follows
    Str say, list;                           // it leads
    Str warn;
} GroupPart;

typedef struct UnitLine {
    Str matter, outcome;
} UnitLine;

typedef struct UnitsPart {
    Str say, who, edit;
    UnitLine *v;
    size_t n;
} UnitsPart;

typedef struct FollowerLine {
    Str href, code, applicant, phase, tag, due, outcome, leave;
    bool late;
} FollowerLine;

typedef struct BulkAct {
    Str href, text;
} BulkAct;

typedef struct BulkActs {
    BulkAct *v;
    size_t n, cap;
} BulkActs;

typedef struct GroupPage {
    Desk desk;
    Str code, title, say, warn, href;
    Facts facts;
    BulkActs acts;
    Str again;      // the form that gives the reply to the rest, or empty
    BulkActs bulks; // what was done to all of them
    FollowerLine *lines;
    size_t n;
    int64_t *letters; // of the replies on this page, to be printed together
    size_t n_letters;
    Str next;
} GroupPage;

typedef struct ProposalLine {
    Str href, title, organ, say, last;
} ProposalLine;

typedef struct GroupsPage {
    Desk desk;
    ProposalLine *proposals;
    size_t n_proposals;
    GroupLines groups;
    Str *due, *href;
    Str next;
} GroupsPage;

typedef struct WordingPage {
    Desk desk;
    Str title, description, say;
    Facts facts;
    BulkActs acts;
    bool may_decline;
    Form form;
    Str action;
    SameLine *lines;
    size_t n;
} WordingPage;

typedef struct BulkPlanLine {
    Str href, code, title, applicant, why;
} BulkPlanLine;

typedef struct BulkPlanPage {
    Desk desk;
    Form form;
    Str heading, say, more, action, back, submit;
    BulkPlanLine *lines;
    size_t n, n_do, n_left;
    bool planned;
} BulkPlanPage;

typedef struct BulkPage {
    Desk desk;
    Str heading, say, by, reason, lead_href, lead;
    int64_t n, n_done, n_left;
    bool going;
    Str self;
    BulkPlanLine *left;
    size_t n_listed;
    Str next;
} BulkPage;

#endif

// /desk/audit: the lines of the audit, one line with what it changed, and exports.
#ifndef GONGKAI_WEB_PAGE_AUDIT_H
#define GONGKAI_WEB_PAGE_AUDIT_H

#include "domain/audit_diff.h"
#include "web/desk.h"

bool page_audit(Request *r, Response *w, Err *err);
bool page_audit_line(Request *r, Response *w, Err *err);
bool page_audit_csv(Request *r, Response *w, Err *err);
bool page_audit_json(Request *r, Response *w, Err *err);

// --- what the views are given

typedef struct AuditRowView {
    int64_t id;
    Str href, at, act;
    Str who, who_href;     // href: the list of what this person did
    Str organ, organ_href; // empty: the site's affair
    Str thing, thing_href; // 机关 7; empty for none
    Str change;            // 名称：甲 → 乙
} AuditRowView;

typedef struct AuditPage {
    Desk desk;
    Str who, organ, from, to, text; // as typed
    Choices acts;
    Str noun, noun_id, person; // kept in the form
    Str wrong;                 // a condition that cannot be understood; empty: none
    Links chips;               // href: the list without this condition
    AuditRowView *rows;
    size_t n;
    Str newest, older;     // empty: this is the beginning, the end
    bool unsearched;       // older lines were not looked through yet
    Str csv, json, limits; // addresses; how many lines at most
} AuditPage;

typedef struct AuditLinePage {
    Desk desk;
    int64_t id;
    Str act;
    Facts facts;
    AuditChanges changes;
    Facts chain; // hash, the seal over it
    bool sealed;
} AuditLinePage;

#endif

// What the public sees of organs: /organs/:slug, and how pages tell of names an organ had.
#ifndef GONGKAI_WEB_PAGE_ORGAN_PUBLIC_H
#define GONGKAI_WEB_PAGE_ORGAN_PUBLIC_H

#include "store/organ.h"
#include "web/pages.h"

bool page_organ_public(Request *r, Response *w, Err *err);

// After a page of :organ failed with ERR_MISSING: where the organ has another address now, leads
// there (308) and is true; else false, *err as it was.
bool organ_moved(Request *r, Response *w, Err *err);
// Where the organ was found under an address it had: leads to the present one.
bool organ_elsewhere(Request *r, Response *w, const OrganRow *organ);

// ERR_MISSING.
bool organ_kin(Request *r, OrganId id, OrganKin *out, Err *err);

typedef struct OrganPublicPage {
    Frame page;
    Str name, state;
    Facts facts, guide, remedies, names;
    OrganKin kin;
    CountedLinks below; // organs right under it
    Str reports;        // address of its reports; empty without
    Str apply;          // where it is asked for information; empty: it takes no requests
    Str address, phone; // for those who ask on paper; may be empty
    int64_t n_reports;
} OrganPublicPage;

#endif

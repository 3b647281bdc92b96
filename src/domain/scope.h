// Whose things a query may see or change. Every store function that reads or writes what belongs to
// an organ takes one, and puts it into its WHERE by the macro of store/scope.h; what is outside is
// not there, for pages, lists, exports, feeds, searches and addresses alike.
#ifndef GONGKAI_DOMAIN_SCOPE_H
#define GONGKAI_DOMAIN_SCOPE_H

#include "domain/ids.h"
#include "domain/role.h"

typedef struct Scope {
    SiteId site;
    Reach reach;
    OrganId root;    // where it begins; none with REACH_SITE
    PersonId person; // whose own things; none for the command line and for jobs
} Scope;

// Nothing at all: what somebody without the power gets.
static inline Scope scope_none(SiteId site)
{
    return (Scope){.site = site, .reach = REACH_NONE};
}

// Everything: jobs, the command line, and migrations of data.
static inline Scope scope_site(SiteId site)
{
    return (Scope){.site = site, .reach = REACH_SITE};
}

#endif

// The audit (操作记录): what an act is called, what one line holds, and the chain. Each line's hash
// is over the hash of the line above and over everything the line says, so that nothing can be
// taken out or changed without every later hash being another one; once a day the last hash is
// signed with the site's key (a seal).
#ifndef GONGKAI_DOMAIN_AUDIT_H
#define GONGKAI_DOMAIN_AUDIT_H

#include "base/crypt.h"
#include "domain/ids.h"

typedef enum ActKind {
    ACT_SITE_EDIT,
    ACT_SAMPLE_LOAD,
    ACT_REPORT_IMPORT,
    ACT__COUNT,
} ActKind;

typedef struct ActDef {
    Str id;   // as stored
    Str name; // on pages
} ActDef;
extern const ActDef act_defs[ACT__COUNT];

// Who does it. Zeros and empty texts where there is none.
typedef struct Actor {
    PersonId person;
    Str name;            // "命令行 root" for the command line
    PersonId instead_of; // for whom, where a substitute acts
    SessionId session;
    Str ip;
    Str via;     // web cli job
    Str request; // its id in the log
} Actor;

typedef struct AuditLine {
    int64_t id; // from 1, without gaps
    int64_t at; // seconds since 1970-01-01 UTC, never before the line above
    Str act;
    Actor actor;
    OrganId organ; // whose affair; none: the site's
    Str noun;
    int64_t noun_id, version; // 0: none
    Str was, became;          // JSON of what changed; empty: nothing
    unsigned char hash[SHA256_BYTES];
} AuditLine;

// The hash of a line under the one above it (zeros for the first), over `site` as well; line->hash
// is not read. `scratch` must hold twice the line's texts.
void audit_hash(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *line,
                Arena scratch, unsigned char out[SHA256_BYTES]);

#endif

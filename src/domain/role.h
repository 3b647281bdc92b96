// Roles (岗位角色), what can be done (verbs), and the one table that says which role may do what to
// whose things. Nothing else in the program asks who may: a route names a verb, and a query is
// scoped by the reach that the table gives (domain/scope.h).
//
// A role is held at an organ, as a post (domain/viewer.h). Its reach begins there.
#ifndef GONGKAI_DOMAIN_ROLE_H
#define GONGKAI_DOMAIN_ROLE_H

#include "base/str.h"

#include <stdbool.h>

typedef enum Role {
    ROLE_DRAFTER,    // 拟稿人
    ROLE_REVIEWER,   // 科室审核人
    ROLE_LEADER,     // 分管领导
    ROLE_SECRECY,    // 保密审查员
    ROLE_LEGAL,      // 法制审核员
    ROLE_OFFICER,    // 公开机构经办人
    ROLE_HEAD,       // 公开机构负责人
    ROLE_ARCHIVIST,  // 档案管理员
    ROLE_SUPERVISOR, // 主管部门监督员
    ROLE_ADMIN,      // 管理员
    ROLE_AUDITOR,    // 审计员
    ROLE__COUNT,
} Role;

typedef struct RoleDef {
    Str id;         // in the database, CSV files and the command line
    Str name;       // on pages
    Str name_short; // in narrow places
    bool signs;     // its word binds the organ, so that a password alone is not enough
    Str about;      // one sentence for whoever gives the role to somebody
} RoleDef;
extern const RoleDef role_defs[ROLE__COUNT];

bool role_named(Str id, Role *out);

// How far a power goes from the organ of the post.
typedef enum Reach {
    REACH_NONE,
    REACH_ORGAN, // the organ and its inner sections
    REACH_BELOW, // and every organ below it, by the tree or by a line of supervision
    REACH_SITE,  // everything of the site
} Reach;

typedef enum Verb {
    MAY_ANYONE,           // no sign-in: the public side
    MAY_ENTER,            // half signed in: the second factor or a new password is still due
    MAY_DESK,             // signed in, for whatever is one's own
    MAY_ORGAN_READ,       // organs: see their facts and history
    MAY_ORGAN_EDIT,       // names, codes, contacts of an organ
    MAY_ORGAN_CHANGE,     // found, rename, merge, abolish, import
    MAY_SITE_EDIT,        // settings of the site
    MAY_PERSON_READ,      // people and the posts they hold
    MAY_PERSON_EDIT,      // open, close accounts; give and take posts; hand over
    MAY_AUDIT_READ,       // the audit: search, export
    MAY_FILE_READ,        // private files
    MAY_JOB_READ,         // mail that could not be sent, jobs that failed
    MAY_JOB_RUN,          // try such mail again, or drop it
    MAY_REQUEST_READ,     // requests and their papers
    MAY_REQUEST_REGISTER, // what comes from applicants: filed, confirmed, corrected, withdrawn
    MAY_REQUEST_HANDLE,   // what the organ does on the way: corrections, opinions, fees, drafts
    MAY_REQUEST_APPROVE,  // longer terms
    MAY_REQUEST_REVIEW,   // replies of others, before they are signed: the section's
    MAY_REQUEST_LEGAL,    // 法制审核 of them
    MAY_REQUEST_SIGN,     // replies
    MAY_REQUEST_ARCHIVE,  // closed requests: into the archive, kept, made anonymous
    MAY_TASK_GIVE,        // give tasks to others, drop them
    VERB__COUNT,
} Verb;

typedef struct VerbDef {
    Str id;
    Str name; // 查看人员
} VerbDef;
extern const VerbDef verb_defs[VERB__COUNT];

// What one role may; and the most that several may, `roles` being a bit for each: 1u << ROLE_HEAD.
// at_top: the post is at the organ that runs the site, whose "below" is everything.
Reach role_reach(Role role, Verb verb, bool at_top);
Reach roles_reach(uint32_t roles, Verb verb, bool at_top);

// Whether one of them signs.
bool roles_sign(uint32_t roles);

#endif

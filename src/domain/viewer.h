// Who is looking: a person who signed in, the organ they are working for now, and the roles they
// hold there, in their own name or for somebody who is away (代行).
#ifndef GONGKAI_DOMAIN_VIEWER_H
#define GONGKAI_DOMAIN_VIEWER_H

#include "domain/scope.h"

typedef struct Post {
    OrganId organ;
    Str organ_name;
    Role role;
    PersonId instead_of; // whose post it is, where it is not one's own
    Str instead_of_name;
} Post;

typedef struct Posts {
    Post *v;
    size_t n, cap;
} Posts;

// What is still due before anything else may be done (MAY_ENTER pages only).
typedef enum Due {
    DUE_NOTHING,
    DUE_CODE,     // the second factor has to be given
    DUE_PASSWORD, // a new password has to be chosen
    DUE_SECOND,   // a second factor has to be set up, because a role signs
} Due;

typedef struct Viewer {
    SiteId site;
    PersonId person;
    SessionId session;
    Str name, login;
    Due due;
    OrganId organ; // worked for now
    Str organ_name;
    bool at_top;     // that organ runs the site
    Posts posts;     // in force today, at all organs
    uint64_t powers; // of a system that comes with a key (domain/api_key.h): a bit for each verb,
                     // at its organ; such a one holds no post
    int64_t key;     // its number; 0: a person
    int per_minute;  // of a key: how often it may ask
    Str csrf;        // the session's token for forms
} Viewer;

// A bit for each role held at the organ worked for now.
uint32_t viewer_roles(const Viewer *v);

// Whether a role of theirs signs, at whatever organ.
bool viewer_signs(const Viewer *v);

// What this viewer may do with the verb. REACH_NONE where something is still due, or no post at the
// organ gives the power.
Scope viewer_scope(const Viewer *v, Verb verb);
bool viewer_may(const Viewer *v, Verb verb);

// The post that gives the power, one's own before another's; NULL where none does. The audit names
// for whom somebody acted.
const Post *viewer_post(const Viewer *v, Verb verb);

#endif

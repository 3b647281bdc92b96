#include "domain/viewer.h"

uint32_t viewer_roles(const Viewer *v)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < v->posts.n; i++)
        if (v->posts.v[i].organ.n == v->organ.n)
            roles |= 1u << v->posts.v[i].role;
    return roles;
}

bool viewer_signs(const Viewer *v)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < v->posts.n; i++)
        roles |= 1u << v->posts.v[i].role;
    return roles_sign(roles);
}

Scope viewer_scope(const Viewer *v, Verb verb)
{
    Scope scope = scope_none(v->site);
    if (v->due != DUE_NOTHING && verb != MAY_ENTER && verb != MAY_ANYONE)
        return scope;
    scope.reach =
        v->powers >> verb & 1 ? REACH_ORGAN : roles_reach(viewer_roles(v), verb, v->at_top);
    scope.root = scope.reach == REACH_SITE ? (OrganId){0} : v->organ;
    scope.person = v->person;
    return scope;
}

bool viewer_may(const Viewer *v, Verb verb)
{
    return viewer_scope(v, verb).reach != REACH_NONE;
}

const Post *viewer_post(const Viewer *v, Verb verb)
{
    const Post *found = NULL;
    for (size_t i = 0; i < v->posts.n; i++) {
        const Post *p = &v->posts.v[i];
        if (p->organ.n != v->organ.n || role_reach(p->role, verb, v->at_top) == REACH_NONE)
            continue;
        if (!p->instead_of.n)
            return p;
        found = found ? found : p;
    }
    return found;
}

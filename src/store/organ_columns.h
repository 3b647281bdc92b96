// Columns of organs read into the domain's words; for the store's own files on organs only.
#ifndef GONGKAI_STORE_ORGAN_COLUMNS_H
#define GONGKAI_STORE_ORGAN_COLUMNS_H

#include "store/organ.h"

// Words of the domain's tables; what the database holds that they do not know is the first.
static inline int word_at(Str id, const WordDef *words, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq(words[i].id, id))
            return i;
    return 0;
}

static inline OrganKind col_kind(Stmt *s)
{
    return (OrganKind)word_at(col_view(s), organ_kinds, ORGANKIND__COUNT);
}

static inline OrganTier col_tier(Stmt *s)
{
    return (OrganTier)word_at(col_view(s), organ_tiers, TIER__COUNT);
}

static inline OrganState col_state(Stmt *s)
{
    return (OrganState)word_at(col_view(s), organ_states, ORGAN_STATE__COUNT);
}

#endif

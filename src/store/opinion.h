// What the facts do not say of those who were asked for an opinion. The request was loaded in
// scope.
#ifndef GONGKAI_STORE_OPINION_H
#define GONGKAI_STORE_OPINION_H

#include "domain/opinion.h"
#include "store/request.h"

// Adds what is stored to the opinions of a request that were made from its facts, and whom they
// were asked of.
bool store_opinions(Db *db, SiteId site, RequestId id, const StoredFacts *facts, Arena *a,
                    Opinions *list, Err *err);
// Over the version it was read at. ERR_BUSY.
bool store_opinion_save(Db *db, SiteId site, RequestId id, Opinion *opinion, Err *err);

#endif

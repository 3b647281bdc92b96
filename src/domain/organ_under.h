// Who stands under whom, worked out from the tree, the lines of supervision and the heirs of ended
// organs: what scopes go by (store/scope.h). A few thousand organs take milliseconds, so it is
// worked out whole after each change of shape, and the store writes the differences.
#ifndef GONGKAI_DOMAIN_ORGAN_UNDER_H
#define GONGKAI_DOMAIN_ORGAN_UNDER_H

#include "base/arena.h"
#include "domain/ids.h"

#include <stdbool.h>

typedef enum EdgeKind {
    EDGE_CHILD,   // `below` stands under `above` in the tree
    EDGE_SECTION, // and is an inner section: part of the organ above
    EDGE_LINE,    // `above` supervises `below`
    EDGE_HEIR,    // `above` carries on the work of `below`, which has ended
} EdgeKind;

typedef struct UnderEdge {
    int64_t above, below;
    EdgeKind kind;
} UnderEdge;

typedef struct UnderEdges {
    UnderEdge *v;
    size_t n, cap;
} UnderEdges;

typedef struct UnderRow {
    int64_t root, organ;
    int reach; // 1: itself, its sections, whose work it carries on (REACH_ORGAN); 2: below it
} UnderRow;

typedef struct UnderRows {
    UnderRow *v;
    size_t n, cap;
} UnderRows;

// Every pair, by root and then organ, each once with the closer reach. `ids` in rising order, every
// organ of the site; edges to others are passed over. Edges may be in any order and may even go in
// a circle, which ends nothing but the walk.
void organ_under(const int64_t *ids, size_t n, const UnderEdges *edges, Arena *a, UnderRows *out);

#endif

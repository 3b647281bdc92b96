#include "domain/organ_under.h"

#include <stdlib.h>

// The edges sorted by `above`, as positions in `ids`.
typedef struct Graph {
    const int64_t *ids;
    size_t n;
    size_t *first; // n + 1: where the edges of a position begin
    struct {
        uint32_t to;
        bool close; // keeps reach 1
    } * to;
} Graph;

static size_t place_of(const int64_t *ids, size_t n, int64_t id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ids[mid] < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && ids[low] == id ? low : n;
}

static Graph graph_of(const int64_t *ids, size_t n, const UnderEdges *edges, Arena *a)
{
    Graph g = {.ids = ids, .n = n, .first = NEW(a, size_t, n + 2)};
    g.to = arena_alloc(a, sizeof *g.to, _Alignof(uint32_t), edges->n + 1);
    for (size_t i = 0; i < edges->n; i++) // how many, one place further on
        g.first[place_of(ids, n, edges->v[i].above) + 1]++;
    for (size_t i = 0; i < n; i++)
        g.first[i + 1] += g.first[i];
    size_t *next = NEW(a, size_t, n + 1);
    for (size_t i = 0; i < n; i++)
        next[i] = g.first[i];
    for (size_t i = 0; i < edges->n; i++) {
        const UnderEdge *e = &edges->v[i];
        size_t from = place_of(ids, n, e->above), to = place_of(ids, n, e->below);
        if (from == n)
            continue;
        g.to[next[from]].to = (uint32_t)to; // n: nobody of ours, passed over by the walk
        g.to[next[from]++].close = e->kind == EDGE_SECTION || e->kind == EDGE_HEIR;
    }
    return g;
}

typedef struct Walk {
    const Graph *g;
    unsigned char *reach; // by position; 0 not met
    uint32_t *met;        // positions in the order met
    size_t n_met;
} Walk;

static void meet(Walk *w, uint32_t place, unsigned char reach)
{
    if (place >= w->g->n || w->reach[place])
        return;
    w->reach[place] = reach;
    w->met[w->n_met++] = place;
}

// First what is close, along close edges alone, then all the rest: so each is met first at its
// closer reach.
static void walk_from(Walk *w, uint32_t root)
{
    const Graph *g = w->g;
    meet(w, root, 1);
    for (size_t i = 0; i < w->n_met; i++)
        for (size_t e = g->first[w->met[i]]; e < g->first[w->met[i] + 1]; e++)
            if (g->to[e].close)
                meet(w, g->to[e].to, 1);
    for (size_t i = 0; i < w->n_met; i++)
        for (size_t e = g->first[w->met[i]]; e < g->first[w->met[i] + 1]; e++)
            meet(w, g->to[e].to, 2);
}

static int by_place(const void *x, const void *y)
{
    uint32_t p = *(const uint32_t *)x, q = *(const uint32_t *)y;
    return (p > q) - (p < q);
}

void organ_under(const int64_t *ids, size_t n, const UnderEdges *edges, Arena *a, UnderRows *out)
{
    Graph g = graph_of(ids, n, edges, a);
    Walk w = {&g, NEW(a, unsigned char, n + 1), NEW(a, uint32_t, n + 1), 0};
    UnderRows rows = {0};
    for (size_t root = 0; root < n; root++) {
        w.n_met = 0;
        walk_from(&w, (uint32_t)root);
        qsort(w.met, w.n_met, sizeof *w.met, by_place);
        for (size_t i = 0; i < w.n_met; i++) {
            *PUSH(a, &rows) = (UnderRow){ids[root], ids[w.met[i]], w.reach[w.met[i]]};
            w.reach[w.met[i]] = 0;
        }
    }
    *out = rows;
}

// Organs from a table: what a CSV file would change, line by line, without changing anything.
//
// The first line has the columns, by their ids or Chinese names (domain/organ.h), and besides
// `parent` (上级机关: the full name or a code of an organ that is there or stands in the file),
// `ordinal` (排序) and `state` (状态), which is only read to leave out what has ended. An organ is
// found by its credit code, else its own code, else its full name. A column that is not there, or a
// cell that is empty, changes nothing; a single - clears. Renaming is an act with a decision behind
// it, so a line whose code is one organ's and whose name is another is refused.
#ifndef GONGKAI_DOMAIN_ORGAN_IMPORT_H
#define GONGKAI_DOMAIN_ORGAN_IMPORT_H

#include "base/csv.h"
#include "domain/organ.h"

typedef enum PlanKind { PLAN_ADD, PLAN_CHANGE, PLAN_SAME, PLAN_REFUSE, PLAN__COUNT } PlanKind;
extern const WordDef plan_kinds[PLAN__COUNT];

typedef struct PlanLine {
    int line; // in the file
    PlanKind kind;
    Organ organ;         // as it would stand; of PLAN_REFUSE what was read of it
    const Organ *now;    // the one that is there; NULL for PLAN_ADD
    ptrdiff_t parent_at; // the line of the plan that adds its parent; -1: organ.parent says
    Str parent_name;
    Strs changed; // of PLAN_CHANGE: 联系电话：“…”改为“…”
    Err why;      // of PLAN_REFUSE
} PlanLine;

typedef struct OrganPlan {
    PlanLine *v; // every parent that is added stands before those below it
    size_t n, cap;
    size_t counts[PLAN__COUNT];
} OrganPlan;

enum { IMPORT_ROWS_MAX = 20000 };

// `organs`: all that the importer may change. ERR_INPUT for a head that is none, ERR_LIMIT for too
// many lines; mistakes of single lines are in the plan.
bool organ_plan(const CsvRows *rows, const Organ *organs, size_t n, Arena *a, OrganPlan *out,
                Err *err);

// The same shape, for export: a line of heads, then one for each organ, active ones only unless
// `ended`. `parents` finds names: all organs of the site.
void organ_csv(Buf *b, const Organ *organs, size_t n, const Organ *parents, size_t n_parents,
               Arena *a);

#endif

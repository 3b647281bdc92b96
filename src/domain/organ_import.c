#include "domain/organ_import.h"

#include <stdlib.h>

// clang-format off
const WordDef plan_kinds[PLAN__COUNT] = {
    [PLAN_ADD]    = { SI("add"),    SI("新增") },
    [PLAN_CHANGE] = { SI("change"), SI("修改") },
    [PLAN_SAME]   = { SI("same"),   SI("不变") },
    [PLAN_REFUSE] = { SI("refuse"), SI("不能导入") },
};
// clang-format on

// Columns beside the organ's own fields.
enum { COL_PARENT = OF__COUNT, COL_ORDINAL, COL_STATE, COL_NONE, COL__COUNT };

static const WordDef own_columns[] = {
    {SI("parent"), SI("上级机关")}, {SI("ordinal"), SI("排序")}, {SI("state"), SI("状态")}};

// --- finding organs by name and code: a table of hashes, doubled as it fills

typedef struct Entry {
    Str key;
    ptrdiff_t at; // 0…: of the organs; -1-i: line i of the plan
} Entry;

typedef struct Index {
    Entry *v;
    size_t mask, n;
} Index;

static Index index_for(size_t n, Arena *a)
{
    size_t size = 16;
    while (size < 4 * n)
        size *= 2;
    return (Index){NEW(a, Entry, size), size - 1, 0};
}

static Entry *entry_of(const Index *ix, Str key)
{
    size_t i = str_hash(key) & ix->mask;
    while (ix->v[i].key.n && !str_eq(ix->v[i].key, key))
        i = (i + 1) & ix->mask;
    return &ix->v[i];
}

// The first of a key stays.
static void index_put(Index *ix, Str key, ptrdiff_t at)
{
    Entry *e = key.n ? entry_of(ix, key) : NULL;
    if (e && !e->key.n)
        *e = (Entry){key, at};
}

static bool index_find(const Index *ix, Str key, ptrdiff_t *at)
{
    const Entry *e = key.n ? entry_of(ix, key) : NULL;
    if (!e || !e->key.n)
        return false;
    *at = e->at;
    return true;
}

typedef struct Planner {
    const Organ *organs;
    size_t n_organs;
    Index names, credits, codes; // of active organs and of lines that add one
    Index slugs;
    Index ids; // position of an organ by its number
    int *columns;
    size_t n_columns;
    bool *taken; // organs that a line is about already
    OrganPlan plan;
    Arena *a;
} Planner;

static Str id_key(OrganId id, Arena *a)
{
    return str_fmt(a, "%lld", (long long)id.n);
}

static void index_organs(Planner *p, size_t n_rows)
{
    size_t n = p->n_organs + n_rows;
    p->names = index_for(n, p->a);
    p->credits = index_for(n, p->a);
    p->codes = index_for(n, p->a);
    p->slugs = index_for(n, p->a);
    p->ids = index_for(n, p->a);
    p->taken = NEW(p->a, bool, p->n_organs + 1);
    for (size_t i = 0; i < p->n_organs; i++) {
        const Organ *o = &p->organs[i];
        index_put(&p->slugs, o->slug, (ptrdiff_t)i);
        index_put(&p->ids, id_key(o->id, p->a), (ptrdiff_t)i);
        if (o->state != ORGAN_ACTIVE)
            continue;
        index_put(&p->names, o->name, (ptrdiff_t)i);
        index_put(&p->credits, o->credit_code, (ptrdiff_t)i);
        index_put(&p->codes, o->code, (ptrdiff_t)i);
    }
}

// --- the head

static int column_named(Str word)
{
    OrganField field;
    if (organ_field_named(word, &field))
        return (int)field;
    for (int i = 0; i < 3; i++)
        if (str_eq(own_columns[i].id, word) || str_eq(own_columns[i].name, word))
            return COL_PARENT + i;
    return COL_NONE;
}

static bool head_read(Planner *p, const CsvRow *head, Err *err)
{
    bool seen[COL__COUNT] = {0};
    p->columns = NEW(p->a, int, head->n);
    p->n_columns = head->n;
    for (size_t i = 0; i < head->n; i++) {
        Str word = str_trim(head->v[i]);
        int c = p->columns[i] = column_named(word);
        if (c == COL_NONE && word.n)
            return fail(err, ERR_INPUT, NULL, "第一行的列名“" PRI_STR "”不认识",
                        "the first line names an unknown column, “" PRI_STR "”", STR_ARG(word));
        if (c != COL_NONE && seen[c])
            return fail(err, ERR_INPUT, NULL, "第一行的列名“" PRI_STR "”有两个",
                        "the first line names the column “" PRI_STR "” twice", STR_ARG(word));
        seen[c] = true;
    }
    return seen[OF_NAME] || fail(err, ERR_INPUT, NULL, "第一行要有列名，其中要有“机关名称”",
                                 "the first line has the columns, “name” among them");
}

static Str cell_of(const Planner *p, const CsvRow *row, int column)
{
    for (size_t i = 0; i < p->n_columns && i < row->n; i++)
        if (p->columns[i] == column)
            return str_trim(row->v[i]);
    return S("");
}

// --- one line

// Which organ it is about: by credit code, own code, name. -1 none.
static bool match(const Planner *p, const CsvRow *row, ptrdiff_t *out, Err *err)
{
    ptrdiff_t at;
    Str name = cell_of(p, row, OF_NAME), credit = cell_of(p, row, OF_CREDIT), kept;
    Err ignored;
    *out = -1;
    if (credit.n && credit_code_read(credit, p->a, &kept, &ignored))
        credit = kept;
    const struct {
        const Index *index;
        Str key;
    } ways[] = {{&p->credits, credit}, {&p->codes, cell_of(p, row, OF_CODE)}, {&p->names, name}};
    for (size_t i = 0; i < 3; i++)
        if (index_find(ways[i].index, ways[i].key, &at)) {
            if (at < 0)
                return fail(err, ERR_RULE, NULL, "和第%d行重复", "the same as line %d",
                            p->plan.v[-1 - at].line);
            *out = at;
            break;
        }
    if (*out >= 0 && !str_eq(p->organs[*out].name, name))
        return fail(err, ERR_RULE, NULL, "代码是“" PRI_STR "”的，名称却不同；更名请单独办理",
                    "the code is that of “" PRI_STR
                    "”, whose name differs; renaming is an act of its own",
                    STR_ARG(p->organs[*out].name));
    return *out < 0 || !p->taken[*out] ||
           fail(err, ERR_RULE, NULL, "前面已有一行是这个机关",
                "an earlier line is about this organ");
}

static bool set_cell(Organ *o, int column, Str text, Arena *a, Err *err)
{
    int64_t n;
    if (!text.n || column >= COL_STATE || column == COL_PARENT)
        return true;
    if (column != COL_ORDINAL)
        return organ_field_set(o, (OrganField)column, str_eq(text, S("-")) ? S("") : text, a, err);
    if (!str_to_int(text, &n) || n < 0 || n > 1000000000)
        return fail(err, ERR_INPUT, NULL, "排序不是数字：" PRI_STR,
                    "the ordinal is no number: " PRI_STR, STR_ARG(text));
    o->ordinal = n;
    return true;
}

static bool set_cells(const Planner *p, const CsvRow *row, Organ *o, Err *err)
{
    for (size_t i = 0; i < p->n_columns && i < row->n; i++)
        if (!set_cell(o, p->columns[i], str_trim(row->v[i]), p->a, err))
            return false;
    return row->n <= p->n_columns ||
           fail(err, ERR_INPUT, NULL, "这一行比第一行多%zu格",
                "the line has %zu cells more than the first", row->n - p->n_columns);
}

static bool facts_free(const Planner *p, const Organ *o, ptrdiff_t self, Err *err)
{
    ptrdiff_t at;
    if (o->slug.n && index_find(&p->slugs, o->slug, &at) && (at < 0 || at != self))
        return fail(err, ERR_RULE, NULL, "网址中的名字" PRI_STR "别的机关在用",
                    "the slug " PRI_STR " is another organ's", STR_ARG(o->slug));
    return !o->credit_code.n || !index_find(&p->credits, o->credit_code, &at) ||
           (at >= 0 && at == self) ||
           fail(err, ERR_RULE, NULL, "统一社会信用代码" PRI_STR "别的机关在用",
                "the credit code " PRI_STR " is another organ's", STR_ARG(o->credit_code));
}

static bool read_line(Planner *p, const CsvRow *row, PlanLine *line, ptrdiff_t *self, Err *err)
{
    if (!cell_of(p, row, OF_NAME).n)
        return fail(err, ERR_INPUT, NULL, "没有机关名称", "the name is missing");
    if (!match(p, row, self, err))
        return false;
    if (*self >= 0) {
        line->now = &p->organs[*self];
        line->organ = *line->now;
    } else {
        organ_from_name(cell_of(p, row, OF_NAME), &line->organ);
    }
    return set_cells(p, row, &line->organ, err) && facts_free(p, &line->organ, *self, err);
}

static bool has_ended(const Planner *p, const CsvRow *row)
{
    Str state = cell_of(p, row, COL_STATE);
    for (int s = ORGAN_ACTIVE + 1; s < ORGAN_STATE__COUNT; s++)
        if (str_eq(state, organ_states[s].id) || str_eq(state, organ_states[s].name))
            return true;
    return false;
}

static void refuse(PlanLine *line, const Err *why)
{
    line->kind = PLAN_REFUSE;
    line->why = *why;
}

static void add_line(Planner *p, const CsvRow *row)
{
    ptrdiff_t self = -1, at = -1 - (ptrdiff_t)p->plan.n;
    PlanLine *line = PUSH(p->a, &p->plan);
    Err err;
    *line = (PlanLine){.line = row->line, .parent_at = -1};
    if (!read_line(p, row, line, &self, &err)) {
        line->organ.name = cell_of(p, row, OF_NAME);
        refuse(line, &err);
        return;
    }
    line->parent_name = cell_of(p, row, COL_PARENT);
    line->kind = self >= 0 ? PLAN_CHANGE : PLAN_ADD;
    if (self >= 0)
        p->taken[self] = true;
    else {
        index_put(&p->names, line->organ.name, at);
        index_put(&p->codes, line->organ.code, at);
    }
    index_put(&p->credits, line->organ.credit_code, self >= 0 ? self : at);
    index_put(&p->slugs, line->organ.slug, self >= 0 ? self : at);
}

// --- parents, when all lines are known

static bool parent_find(const Planner *p, Str word, ptrdiff_t *at)
{
    return index_find(&p->names, word, at) || index_find(&p->credits, word, at) ||
           index_find(&p->codes, word, at);
}

static bool parent_set(Planner *p, PlanLine *line, Err *err)
{
    ptrdiff_t at;
    OrganId to = {0};
    if (!line->parent_name.n) {
        if (!line->now && line->organ.kind == ORGANKIND_SECTION)
            return fail(err, ERR_RULE, NULL, "内设机构要有上级机关", "a section needs a parent");
        return true;
    }
    if (str_eq(line->parent_name, S("-"))) {
        line->parent_name = S("");
    } else if (!parent_find(p, line->parent_name, &at)) {
        return fail(err, ERR_RULE, NULL, "没有这个上级机关：" PRI_STR, "no such parent: " PRI_STR,
                    STR_ARG(line->parent_name));
    } else if (at < 0) {
        if (p->plan.v[-1 - at].kind == PLAN_REFUSE)
            return fail(err, ERR_RULE, NULL, "上级机关在第%d行，那一行不能导入",
                        "its parent is in line %d, which is refused", p->plan.v[-1 - at].line);
        line->parent_at = -1 - at;
    } else {
        to = p->organs[at].id;
    }
    if (line->now && (line->parent_at >= 0 || to.n != line->now->parent.n))
        return fail(err, ERR_RULE, NULL, "上级机关和现在的不同；改变隶属请单独办理",
                    "its parent differs from the present one; moving is an act of its own");
    line->organ.parent = to;
    return true;
}

// Lines that add organs, each behind its parent. Steps from a line to its parent's; a line met
// again on the way stands in a circle.
typedef enum Mark { MARK_NONE, MARK_OPEN, MARK_DONE } Mark;

static void order_from(Planner *p, size_t i, Mark *marks, size_t *order, size_t *n)
{
    size_t *way = NEW(p->a, size_t, 1), depth = 0, cap = 1;
    for (ptrdiff_t at = (ptrdiff_t)i; at >= 0 && marks[at] == MARK_NONE;
         at = p->plan.v[at].parent_at) {
        if (depth == cap)
            way = arena_grow(p->a, way, sizeof *way, _Alignof(size_t), depth, &cap);
        marks[at] = MARK_OPEN;
        way[depth++] = (size_t)at;
    }
    ptrdiff_t above = depth ? p->plan.v[way[depth - 1]].parent_at : -1;
    bool circle = above >= 0 && marks[above] == MARK_OPEN;
    while (depth--) {
        PlanLine *line = &p->plan.v[way[depth]];
        bool lost =
            circle || (line->parent_at >= 0 && p->plan.v[line->parent_at].kind == PLAN_REFUSE);
        if (lost && line->kind != PLAN_REFUSE) {
            Err err;
            fail(&err, ERR_RULE, NULL, "上级机关成为循环，或者上级机关不能导入",
                 "its parents go in a circle, or are refused");
            refuse(line, &err);
        }
        marks[way[depth]] = MARK_DONE;
        order[(*n)++] = way[depth];
    }
}

static void put_in_order(Planner *p)
{
    size_t n = 0, *order = NEW(p->a, size_t, p->plan.n + 1),
           *place = NEW(p->a, size_t, p->plan.n + 1);
    Mark *marks = NEW(p->a, Mark, p->plan.n + 1);
    for (size_t i = 0; i < p->plan.n; i++)
        if (marks[i] == MARK_NONE)
            order_from(p, i, marks, order, &n);
    PlanLine *sorted = NEW(p->a, PlanLine, n + 1);
    for (size_t i = 0; i < n; i++)
        place[order[i]] = i;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = p->plan.v[order[i]];
        if (sorted[i].parent_at >= 0)
            sorted[i].parent_at = (ptrdiff_t)place[sorted[i].parent_at];
    }
    p->plan.v = sorted;
}

// --- what differs

static void differ(PlanLine *line, Arena *a)
{
    for (int f = 0; f < OF__COUNT; f++) {
        Str was = organ_field_get(line->now, (OrganField)f, a),
            becomes = organ_field_get(&line->organ, (OrganField)f, a);
        if (!str_eq(was, becomes))
            *PUSH(a, &line->changed) =
                str_fmt(a, PRI_STR "：“" PRI_STR "”改为“" PRI_STR "”",
                        STR_ARG(organ_fields[f].name), STR_ARG(was), STR_ARG(becomes));
    }
    if (line->now->ordinal != line->organ.ordinal)
        *PUSH(a, &line->changed) = str_fmt(a, "排序：%lld改为%lld", (long long)line->now->ordinal,
                                           (long long)line->organ.ordinal);
    if (!line->changed.n)
        line->kind = PLAN_SAME;
}

bool organ_plan(const CsvRows *rows, const Organ *organs, size_t n, Arena *a, OrganPlan *out,
                Err *err)
{
    Planner p = {.organs = organs, .n_organs = n, .a = a};
    if (rows->n == 0)
        return fail(err, ERR_INPUT, NULL, "文件里没有内容", "the file is empty");
    if (rows->n > IMPORT_ROWS_MAX)
        return fail(err, ERR_LIMIT, NULL, "一次最多导入%d行", "at most %d lines at a time",
                    IMPORT_ROWS_MAX);
    if (!head_read(&p, &rows->v[0], err))
        return false;
    index_organs(&p, rows->n);
    for (size_t i = 1; i < rows->n; i++)
        if (!has_ended(&p, &rows->v[i]))
            add_line(&p, &rows->v[i]);
    for (size_t i = 0; i < p.plan.n; i++) {
        Err why;
        if (p.plan.v[i].kind != PLAN_REFUSE && !parent_set(&p, &p.plan.v[i], &why))
            refuse(&p.plan.v[i], &why);
    }
    put_in_order(&p);
    for (size_t i = 0; i < p.plan.n; i++) {
        if (p.plan.v[i].kind == PLAN_CHANGE)
            differ(&p.plan.v[i], a);
        p.plan.counts[p.plan.v[i].kind]++;
    }
    *out = p.plan;
    return true;
}

// --- the way out

void organ_csv(Buf *b, const Organ *organs, size_t n, const Organ *parents, size_t n_parents,
               Arena *a)
{
    Index names = index_for(n_parents, a);
    for (size_t i = 0; i < n_parents; i++)
        index_put(&names, id_key(parents[i].id, a), (ptrdiff_t)i);
    buf_add(b, S("\xEF\xBB\xBF")); // so that spreadsheets take it as UTF-8
    for (int f = 0; f < OF__COUNT; f++)
        csv_cell(b, organ_fields[f].name, f == 0);
    for (int i = 0; i < 3; i++)
        csv_cell(b, own_columns[i].name, false);
    csv_end(b);
    for (size_t i = 0; i < n; i++) {
        const Organ *o = &organs[i];
        ptrdiff_t at;
        for (int f = 0; f < OF__COUNT; f++)
            csv_cell(b, organ_field_get(o, (OrganField)f, a), f == 0);
        bool known = index_find(&names, id_key(o->parent, a), &at);
        csv_cell(b, known ? parents[at].name : S(""), false);
        csv_cell(b, str_fmt(a, "%lld", (long long)o->ordinal), false);
        csv_cell(b, organ_states[o->state].name, false);
        csv_end(b);
    }
}

// gongkai law …: the tables that run, printed for those who review them.
#include "cli/cmd_report.h"
#include "domain/clock.h"
#include "domain/decision.h"
#include "domain/fee_notice.h"
#include "domain/outcome.h"
#include "domain/redaction.h"
#include "domain/remedy.h"
#include "domain/request.h"
#include "report/check.h"
#include "report/columns.h"

enum { TABLE_MAX = 4 << 20 };

static void heads(Strs *cells, Arena *a, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *PUSH(a, cells) = str_z(names[i]);
}

static int print(const Strs *cells, size_t cols, Arena *a)
{
    Buf b = buf_new(a, TABLE_MAX);
    columns_table(&b, cells->v, cells->n / cols, cols, 0, S(""));
    out(buf_str(&b));
    return DONE_CLEAN;
}

int cmd_law_editions(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"edition", "from", "to", "called", "basis"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 5);
    for (int e = EDITION_NONE; e < EDITION__COUNT; e++) {
        const EditionDef *def = &editions[e];
        *PUSH(a, &cells) = def->id.n ? def->id : S("-");
        *PUSH(a, &cells) = def->year_from ? str_fmt(a, "%d", def->year_from) : S("-");
        *PUSH(a, &cells) = def->year_to < 9999 ? str_fmt(a, "%d", def->year_to) : S("-");
        *PUSH(a, &cells) = def->zh;
        *PUSH(a, &cells) = def->basis;
    }
    return print(&cells, 5, a);
}

static Str editions_of(Arena *a, unsigned bits)
{
    Buf b = buf_new(a, 256);
    for (int e = EDITION_NONE + 1; e < EDITION__COUNT; e++)
        if (bits >> e & 1) {
            buf_add(&b, b.n ? S(" ") : S(""));
            buf_add(&b, editions[e].id);
        }
    return buf_str(&b);
}

int cmd_law_cells(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"cell", "type", "unit", "editions", "row", "column"};
    static const Str types[] = {SI("count"), SI("change"), SI("amount")};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 6);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const CellDef *def = cell_def(ix);
        *PUSH(a, &cells) = def->id;
        *PUSH(a, &cells) = types[def->type];
        *PUSH(a, &cells) = def->unit;
        *PUSH(a, &cells) = editions_of(a, def->editions);
        *PUSH(a, &cells) = def->row;
        *PUSH(a, &cells) = def->col;
    }
    return print(&cells, 6, a);
}

int cmd_law_checks(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"check", "severity", "title", "basis"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 4);
    for (int i = 0; i < CHECK__COUNT; i++) {
        const CheckDef *def = &check_defs[i];
        *PUSH(a, &cells) = def->id;
        *PUSH(a, &cells) = severity_ids[def->severity];
        *PUSH(a, &cells) = args_lang(args) == LANG_ZH ? def->zh : def->en;
        *PUSH(a, &cells) = def->basis;
    }
    return print(&cells, 4, a);
}

int cmd_law_repairs(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"repair", "a guess", "what was done"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 3);
    for (int i = 0; i < REPAIR__COUNT; i++) {
        const RepairDef *def = &repair_defs[i];
        *PUSH(a, &cells) = def->id;
        *PUSH(a, &cells) = def->guess ? S("yes") : S("no");
        *PUSH(a, &cells) = args_lang(args) == LANG_ZH ? def->zh : def->en;
    }
    return print(&cells, 3, a);
}

// --- terms and fees

static int print_settings(Arena *a)
{
    static const char *const names[] = {"setting", "default", "means", "because"};
    Strs cells = {0};
    heads(&cells, a, names, 4);
    for (size_t i = 0; i < n_clock_setting_defs; i++) {
        *PUSH(a, &cells) = clock_setting_defs[i].id;
        *PUSH(a, &cells) = clock_setting_defs[i].value;
        *PUSH(a, &cells) = clock_setting_defs[i].name;
        *PUSH(a, &cells) = clock_setting_defs[i].reason;
    }
    return print(&cells, 4, a);
}

int cmd_law_clocks(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"term", "length", "for", "silence", "source"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 5);
    for (int r = 0; r < RULE__COUNT; r++) {
        const ClockRule *rule = &clock_rules[r];
        *PUSH(a, &cells) = rule->id;
        *PUSH(a, &cells) = str_fmt(a, "%d" PRI_STR, rule->n, STR_ARG(rule->unit));
        *PUSH(a, &cells) = rule->name;
        *PUSH(a, &cells) = rule->silence.n ? rule->silence : S("-");
        *PUSH(a, &cells) = rule->source;
    }
    print(&cells, 5, a);
    out(S("\n"));
    return print_settings(a);
}

static int print_fee_readings(Arena *a)
{
    static const char *const names[] = {"reading", "value", "because"};
    Strs cells = {0};
    heads(&cells, a, names, 3);
    for (size_t i = 0; i < n_fee_readings; i++) {
        *PUSH(a, &cells) = fee_readings[i].id;
        *PUSH(a, &cells) = fee_readings[i].value;
        *PUSH(a, &cells) = fee_readings[i].reason;
    }
    return print(&cells, 3, a);
}

int cmd_law_fees(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"by", "from", "yuan each", "source"};
    static const Str bases[FEE__COUNT] = {[FEE_BY_ITEM] = SI("item"), [FEE_BY_PAGE] = SI("page")};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 4);
    for (int b = 0; b < FEE__COUNT; b++) {
        size_t n;
        const FeeStep *scale = fee_scale((FeeBasis)b, &n);
        for (size_t i = 0; i < n; i++) {
            *PUSH(a, &cells) = bases[b];
            *PUSH(a, &cells) = str_fmt(a, "%d", scale[i].from);
            *PUSH(a, &cells) = str_fmt(a, "%lld", (long long)scale[i].each);
            *PUSH(a, &cells) = scale[i].source;
        }
    }
    print(&cells, 4, a);
    out(S("\n"));
    return print_fee_readings(a);
}

// --- reviews and suits

static void print_remedy_terms(Arena *a)
{
    static const Str units[] = {
        [UNIT_DAYS] = SI("日"), [UNIT_MONTHS] = SI("个月"), [UNIT_YEARS] = SI("年")};
    static const char *const names[] = {"term", "length", "for", "from", "source"};
    Strs cells = {0};
    heads(&cells, a, names, 5);
    for (int i = 0; i < TERM__COUNT; i++) {
        const RemedyTerm *t = &remedy_terms[i];
        *PUSH(a, &cells) = t->id;
        *PUSH(a, &cells) = str_fmt(a, "%d" PRI_STR, t->n, STR_ARG(units[t->unit]));
        *PUSH(a, &cells) = t->name;
        *PUSH(a, &cells) = t->from;
        *PUSH(a, &cells) = t->source;
    }
    print(&cells, 5, a);
    out(S("\n"));
}

static void print_remedy_results(Arena *a)
{
    static const char *const names[] = {"result", "called", "column of table four", "answer anew"};
    Strs cells = {0};
    heads(&cells, a, names, 4);
    for (int i = 0; i < RESULT__COUNT; i++) {
        const RemedyResultDef *r = &remedy_results[i];
        *PUSH(a, &cells) = r->id;
        *PUSH(a, &cells) = r->name;
        *PUSH(a, &cells) = remedy_columns[r->column].name;
        *PUSH(a, &cells) = r->redo ? S("yes") : S("-");
    }
    print(&cells, 4, a);
    out(S("\n"));
}

static void print_remedy_bars(Arena *a)
{
    static const char *const names[] = {"no subject of a suit (法释〔2025〕8号, hints)", "about",
                                        "outcome"};
    Strs cells = {0};
    heads(&cells, a, names, 3);
    for (size_t i = 0; i < n_remedy_bars; i++) {
        const RemedyBar *b = &remedy_bars[i];
        *PUSH(a, &cells) = b->words;
        *PUSH(a, &cells) = remedy_abouts[b->about].id;
        *PUSH(a, &cells) = b->outcome == OUTCOME__COUNT ? S("-") : outcome_defs[b->outcome].id;
    }
    print(&cells, 3, a);
    out(S("\n"));
}

static void print_remedy_settings(Arena *a)
{
    static const char *const names[] = {"setting", "default", "means", "because"};
    Strs cells = {0};
    heads(&cells, a, names, 4);
    for (int i = 0; i < SETTING__COUNT; i++) {
        const RemedySettingDef *s = &remedy_setting_defs[i];
        *PUSH(a, &cells) = s->id;
        *PUSH(a, &cells) = str_fmt(a, "%d" PRI_STR, s->n, STR_ARG(s->unit));
        *PUSH(a, &cells) = s->name;
        *PUSH(a, &cells) = s->reason;
    }
    print(&cells, 4, a);
    out(S("\n"));
}

int cmd_law_remedies(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"reading", "value", "because"};
    Arena *a = args->a;
    Strs cells = {0};
    print_remedy_terms(a);
    print_remedy_results(a);
    print_remedy_bars(a);
    print_remedy_settings(a);
    heads(&cells, a, names, 3);
    for (size_t i = 0; i < n_remedy_readings; i++) {
        *PUSH(a, &cells) = remedy_readings[i].id;
        *PUSH(a, &cells) = remedy_readings[i].value;
        *PUSH(a, &cells) = remedy_readings[i].reason;
    }
    return print(&cells, 3, a);
}

static Str phases_of(Arena *a, uint32_t bits)
{
    Strs names = {0};
    for (int p = 0; p < PHASE__COUNT; p++)
        if (bits >> p & 1)
            *PUSH(a, &names) = phase_defs[p].name;
    return names.n ? str_join(a, names.v, names.n, S(" ")) : S("-");
}

int cmd_law_steps(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"step", "called", "while", "power",
                                        "once", "first",  "source"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 7);
    for (int k = 0; k < FACT__COUNT; k++) {
        const StepRule *rule = &step_rules[k];
        *PUSH(a, &cells) = request_fact_defs[k].id;
        *PUSH(a, &cells) = request_fact_defs[k].name;
        *PUSH(a, &cells) = phases_of(a, rule->phases);
        *PUSH(a, &cells) = verb_defs[rule->may].name;
        *PUSH(a, &cells) = rule->once ? S("once") : S("-");
        *PUSH(a, &cells) = rule->first.n ? rule->first : S("-");
        *PUSH(a, &cells) = rule->source;
    }
    return print(&cells, 7, a);
}

static const Str remedies[REMEDY__COUNT] = {
    [REMEDY_EITHER] = SI("either"),
    [REMEDY_REVIEW_FIRST] = SI("review_first"),
    [REMEDY_NONE] = SI("none"),
};

static int print_remedies(Arena *a)
{
    static const char *const names[] = {"remedy", "from", "until", "words", "source"};
    Strs cells = {0};
    heads(&cells, a, names, 5);
    for (size_t i = 0; i < n_remedy_rows; i++) {
        const RemedyRow *row = &remedy_rows[i];
        *PUSH(a, &cells) = remedies[row->remedy];
        *PUSH(a, &cells) = row->from ? str_z(row->from) : S("-");
        *PUSH(a, &cells) = row->until ? str_z(row->until) : S("-");
        *PUSH(a, &cells) = row->words;
        *PUSH(a, &cells) = row->source;
    }
    return print(&cells, 5, a);
}

int cmd_law_outcomes(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"outcome", "called", "row", "letter", "remedy", "source"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 6);
    for (int o = 0; o < OUTCOME__COUNT; o++) {
        const OutcomeDef *def = &outcome_defs[o];
        *PUSH(a, &cells) = def->id;
        *PUSH(a, &cells) = def->name;
        *PUSH(a, &cells) = def->row;
        *PUSH(a, &cells) = def->letter;
        *PUSH(a, &cells) = remedies[def->remedy];
        *PUSH(a, &cells) = def->source;
    }
    print(&cells, 6, a);
    out(S("\n"));
    return print_remedies(a);
}

static int print_needs(Arena *a)
{
    static const char *const names[] = {"outcome", "question", "must say", "may say", "pieces"};
    Strs cells = {0};
    heads(&cells, a, names, 5);
    for (int o = 0; o < OUTCOME__COUNT; o++) {
        const DecisionNeed *need = &decision_needs[o];
        Strs must = {0}, may = {0};
        if (!need->here)
            continue;
        for (int f = 0; f < DF__COUNT; f++) {
            if (need->must >> f & 1)
                *PUSH(a, &must) = decision_fields[f].name;
            if (need->may >> f & 1)
                *PUSH(a, &may) = decision_fields[f].name;
        }
        *PUSH(a, &cells) = outcome_defs[o].id;
        *PUSH(a, &cells) = decision_questions[need->at].name;
        *PUSH(a, &cells) = must.n ? str_join(a, must.v, must.n, S(" ")) : S("-");
        *PUSH(a, &cells) = may.n ? str_join(a, may.v, may.n, S(" ")) : S("-");
        *PUSH(a, &cells) = need->pieces ? S("each") : S("-");
    }
    return print(&cells, 5, a);
}

// Through whose hands a reply goes, and what each outcome has to say.
int cmd_law_decisions(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"state", "action", "called", "hand",
                                        "power", "then",   "source"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 7);
    for (size_t i = 0; i < n_decision_flow; i++) {
        const DecisionFlow *row = &decision_flow[i];
        *PUSH(a, &cells) = decision_states[row->from].id;
        *PUSH(a, &cells) = decision_action_ids[row->action];
        *PUSH(a, &cells) = row->name;
        *PUSH(a, &cells) = row->part == PART_NONE ? S("-") : decision_parts[row->part].name;
        *PUSH(a, &cells) = verb_defs[decision_may(row)].name;
        *PUSH(a, &cells) = decision_states[row->to].id;
        *PUSH(a, &cells) = row->source.n ? row->source : S("-");
    }
    print(&cells, 7, a);
    out(S("\n"));
    return print_needs(a);
}

int cmd_law_grounds(const Args *args, Err *err)
{
    (void)err;
    static const char *const names[] = {"ground", "called", "written", "source"};
    Arena *a = args->a;
    Strs cells = {0};
    heads(&cells, a, names, 4);
    for (int g = 0; g < GROUND__COUNT; g++) {
        *PUSH(a, &cells) = ground_defs[g].id;
        *PUSH(a, &cells) = ground_defs[g].name;
        *PUSH(a, &cells) = ground_defs[g].label;
        *PUSH(a, &cells) = ground_defs[g].source;
    }
    return print(&cells, 4, a);
}

// The ledger: the same facts as clock.c, told day by day. Ordinary weekends have no line of their
// own; a line ends at the last day it says something of.
#include "domain/clock_run.h"

typedef struct Scribe {
    const Calendar *c;
    const ClockRun *run;
    Arena *a;
    Ledger *out;
    int total;         // counted in this term
    bool resumed;      // the line before was a pause
    LedgerLine *open;  // that may still grow
    Date worked_first; // a worked weekend day inside the open line
} Scribe;

static LedgerLine *line_add(Scribe *s, LedgerKind kind, Date d, Str source)
{
    LedgerLine *line = PUSH(s->a, s->out);
    *line = (LedgerLine){.kind = kind, .from = d, .to = d, .total = s->total, .source = source};
    s->open = line;
    s->worked_first = date_none;
    return line;
}

static Str day_short(Arena *a, Date d)
{
    int y, m, n;
    date_parts(d, &y, &m, &n);
    return str_fmt(a, "%d月%d日", m, n);
}

// --- lines that stand alone

static Str with_document(Arena *a, Str words, const RequestFact *f)
{
    return f->document.n
               ? str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(words), STR_ARG(f->document))
               : words;
}

static void write_start(Scribe *s, const TermRun *t)
{
    bool again = t->from->kind == FACT_CORRECTED || t->from->kind == FACT_FEE_PAID;
    s->total = 0;
    Str source = again ? request_fact_defs[t->from->kind].source
                       : channel_defs[s->run->filed->channel].source;
    LedgerLine *line = line_add(s, again ? LEDGER_AGAIN : LEDGER_START, t->begins, source);
    Str what = again ? str_cat(s->a, request_fact_defs[t->from->kind].name, S("，答复期限重新计算"))
                     : str_cat(s->a, S("收到申请："), channel_defs[s->run->filed->channel].day);
    line->words = with_document(s->a, str_cat(s->a, what, S("，当日不计入")), t->from);
    line->fact = t->from->id;
    s->open = NULL;
}

static void write_fact(Scribe *s, LedgerKind kind, const RequestFact *f, Str words)
{
    LedgerLine *line = line_add(s, kind, f->on, request_fact_defs[f->kind].source);
    line->words = with_document(s->a, words, f);
    line->fact = f->id;
    s->open = NULL;
}

static void write_due(Scribe *s, const TermRun *t, Date due)
{
    Str source =
        t->delayed ? request_fact_defs[FACT_DELAYED].source : clock_rules[RULE_REPLY].source;
    LedgerLine *line = line_add(s, LEDGER_DUE, due, source);
    line->words = S("答复期限届满");
    s->open = NULL;
}

// --- days

static bool is_weekend(Date d)
{
    return ((d.days + 3) % 7 + 7) % 7 >= 5;
}

// What one day is; LEDGER_START where it has no line.
static LedgerKind kind_of(const Scribe *s, const TermRun *t, Date d)
{
    const CalendarDay *named = calendar_named(s->c, d);
    if (!calendar_works(s->c, d))
        return named && !term_pause(t, d) ? LEDGER_OFF : LEDGER_START;
    if (term_pause(t, d))
        return LEDGER_PAUSE;
    return s->total < clock_rules[RULE_REPLY].n ? LEDGER_COUNT : LEDGER_EXTEND;
}

static Str source_of(Scribe *s, const TermRun *t, LedgerKind kind, Date d)
{
    if (kind == LEDGER_OFF)
        return str_fmt(s->a, "%d年节假日安排", date_year(d));
    if (kind == LEDGER_PAUSE)
        return term_pause(t, d)->asked->kind == FACT_ORGAN_ASKED
                   ? S("条例第三十三条第三款、第三十四条")
                   : S("条例第三十二条、第三十三条第三款");
    return clock_rules[RULE_REPLY].source;
}

static Str words_count(Scribe *s, const LedgerLine *line)
{
    Str first = line->kind == LEDGER_EXTEND ? S("延期的工作日")
                : s->resumed                ? S("恢复计算")
                                            : S("工作日");
    if (!date_is(s->worked_first))
        return first;
    if (line->days == 1)
        return str_cat(s->a, first, S("，调休上班"));
    return str_fmt(s->a, PRI_STR "，含" PRI_STR "调休上班", STR_ARG(first),
                   STR_ARG(day_short(s->a, s->worked_first)));
}

static Str words_of(Scribe *s, const TermRun *t, const LedgerLine *line)
{
    if (line->kind == LEDGER_OFF)
        return str_fmt(s->a, PRI_STR "放假%d天", STR_ARG(calendar_named(s->c, line->from)->name),
                       line->to.days - line->from.days + 1);
    if (line->kind != LEDGER_PAUSE)
        return words_count(s, line);
    const RequestFact *asked = term_pause(t, line->from)->asked;
    Str whom = asked->kind == FACT_ORGAN_ASKED ? S("征求共同制作机关意见") : S("征求第三方意见");
    return with_document(
        s->a, str_fmt(s->a, PRI_STR "，%d个工作日不计入", STR_ARG(whom), line->days), asked);
}

static void line_close(Scribe *s, const TermRun *t)
{
    LedgerLine *line = s->open;
    if (!line)
        return;
    line->total = s->total;
    line->words = words_of(s, t, line);
    if (!calendar_known(s->c, line->to))
        line->words = str_fmt(s->a, PRI_STR "（%d年节假日安排尚未公布，暂按周末和法定节日计算）",
                              STR_ARG(line->words), date_year(line->to));
    s->resumed = line->kind == LEDGER_PAUSE;
    s->open = NULL;
}

static bool goes_on(const Scribe *s, LedgerKind kind, Date d)
{
    if (!s->open || s->open->kind != kind ||
        calendar_known(s->c, s->open->to) != calendar_known(s->c, d))
        return false;
    return kind != LEDGER_OFF ||
           str_eq(calendar_named(s->c, s->open->from)->name, calendar_named(s->c, d)->name);
}

static void write_day(Scribe *s, const TermRun *t, Date d)
{
    LedgerKind kind = kind_of(s, t, d);
    if (kind == LEDGER_START)
        return;
    if (!goes_on(s, kind, d)) {
        line_close(s, t);
        line_add(s, kind, d, source_of(s, t, kind, d));
        if (kind == LEDGER_PAUSE)
            s->open->fact = term_pause(t, d)->asked->id;
        if (kind == LEDGER_EXTEND && t->extended)
            s->open->fact = t->extended->id;
    }
    s->open->to = d;
    if (kind == LEDGER_OFF)
        return;
    s->open->days++;
    s->total += kind != LEDGER_PAUSE;
    if (is_weekend(d) && !date_is(s->worked_first))
        s->worked_first = d;
}

static void write_days(Scribe *s, const TermRun *t, Date to)
{
    for (Date d = {t->begins.days + 1}; d.days <= to.days && calendar_has(s->c, d); d.days++)
        write_day(s, t, d);
    line_close(s, t);
}

// --- terms

// A term that was broken off counts up to the day before the question went out; nothing of it is
// carried over.
static void write_broken(Scribe *s, const TermRun *t)
{
    write_days(s, t, (Date){t->broken->on.days});
    write_fact(s, LEDGER_PAUSE, t->broken,
               t->broken->kind == FACT_FEE_NOTICED ? S("发出收费通知，等待申请人缴费")
                                                   : S("告知补正，等待申请人补正"));
}

static bool write_whole(Scribe *s, const TermRun *t, Err *err)
{
    Term due;
    const RequestFact *ended = s->run->answered ? NULL : s->run->ended;
    if (ended) {
        write_days(s, t, ended->on);
        write_fact(s, LEDGER_DUE, ended, request_fact_defs[ended->kind].name);
        return true;
    }
    if (t->delayed) {
        write_days(s, t, t->delayed->on);
        write_fact(s, LEDGER_EXTEND, t->delayed, S("确定延迟答复的合理期限，告知申请人"));
        write_due(s, t, t->delayed->until);
        return true;
    }
    if (!term_due(t, s->c, &due, err))
        return false;
    write_days(s, t, due.due);
    write_due(s, t, due.due);
    return true;
}

bool clock_ledger(const RequestFacts *facts, const Calendar *calendar,
                  const ClockSettings *settings, Date today, Arena *a, Clock *clock, Ledger *out,
                  Err *err)
{
    ClockRun run;
    Ledger ledger = {0};
    if (!clock_compute(facts, calendar, settings, today, clock, err) ||
        !clock_run(facts, calendar, settings, today, &run, err))
        return false;
    Scribe s = {.c = calendar, .run = &run, .a = a, .out = &ledger, .worked_first = date_none};
    for (size_t i = 0; i < run.n_terms; i++) {
        const TermRun *t = &run.terms[i];
        write_start(&s, t);
        s.resumed = false;
        if (t->broken)
            write_broken(&s, t);
        else if (!write_whole(&s, t, err))
            return false;
    }
    *out = ledger;
    return true;
}

#include "../test.h"

#include "domain/clock.h"

static Arena arena;
static Calendar calendar;

static int make(void **state)
{
    (void)state;
    Err err = {0};
    arena = arena_new((size_t)256 << 20);
    CalendarNotices notices = calendar_national(&arena);
    return calendar_make(&notices, &arena, &calendar, &err) ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Date day(const char *iso)
{
    Date d = date_none;
    if (iso && !date_parse(str_z(iso), &d))
        fail_msg("not a day: %s", iso);
    return d;
}

// --- histories written as rows: "filed internet 2026-02-12; confirmed 2026-02-13; …". A fact that
// was struck ("struck opinion #2 2026-03-05") is not there, but has used its number.

static FactKind kind_named(Str id)
{
    for (int k = 0; k < FACT__COUNT; k++)
        if (str_eq(request_fact_defs[k].id, id))
            return (FactKind)k;
    fail_msg("no such fact: " PRI_STR, STR_ARG(id));
    return FACT__COUNT;
}

static Channel channel_named(Str id)
{
    for (int k = 0; k < CHANNEL__COUNT; k++)
        if (str_eq(channel_defs[k].id, id))
            return (Channel)k;
    fail_msg("no such channel: " PRI_STR, STR_ARG(id));
    return CHANNEL__COUNT;
}

// The words behind a fact's name: a channel, a day, +workdays, #about, until a day behind >.
static void word_take(RequestFact *f, Str word)
{
    int64_t n = 0;
    if (str_starts(word, S("+")) && str_to_int(str_from(word, 1), &n))
        f->workdays = (int)n;
    else if (str_starts(word, S("#")) && str_to_int(str_from(word, 1), &f->about))
        return;
    else if (str_starts(word, S(">")) && date_parse(str_from(word, 1), &f->until))
        return;
    else if (!date_parse(word, &f->on))
        f->channel = channel_named(word);
}

static RequestFacts history(const char *text)
{
    RequestFacts facts = {0};
    int64_t number = 0;
    for (Str rest = str_z(text), one; rest.n;) {
        Str word, words;
        str_cut(rest, S(";"), &one, &rest);
        str_cut(str_trim(one), S(" "), &word, &words);
        bool struck = str_eq(word, S("struck"));
        if (struck)
            str_cut(words, S(" "), &word, &words);
        RequestFact *f = PUSH(&arena, &facts);
        *f = (RequestFact){.id = ++number, .kind = kind_named(word)};
        while (words.n) {
            str_cut(words, S(" "), &word, &words);
            word_take(f, word);
        }
        facts.n -= struck;
    }
    return facts;
}

typedef struct ClockRow {
    const char *name, *facts, *today;
    Phase phase;
    const char *received, *due;
    int left;
    const char *waits_until;
} ClockRow;

#define PAPER "filed in_person "
// clang-format off
static const ClockRow rows[] = {
    { "a web request that nobody confirmed has no deadline",
      "filed internet 2026-02-12", "2026-03-12", PHASE_UNCONFIRMED, NULL, NULL, 0, NULL },
    { "a web request counts from the day both sides confirmed",
      "filed internet 2026-02-12; confirmed 2026-02-13", "2026-02-13", PHASE_OPEN, "2026-02-13", "2026-03-19", 20, NULL },
    { "a paper request counts from the day it was handed in",
      PAPER "2026-02-13", "2026-02-13", PHASE_OPEN, "2026-02-13", "2026-03-19", 20, NULL },
    { "a registered letter counts from the day it was signed for",
      "filed mail_signed 2026-02-13", "2026-02-24", PHASE_OPEN, "2026-02-13", "2026-03-19", 18, NULL },
    { "a plain letter waits for the confirmation",
      "filed mail_plain 2026-02-13; confirmed 2026-02-13", "2026-02-13", PHASE_OPEN, "2026-02-13", "2026-03-19", 20, NULL },
    { "five working days of asking a third party do not count",
      "filed internet 2026-02-12; confirmed 2026-02-13; third_party_asked 2026-03-03; opinion #3 2026-03-10",
      "2026-03-12", PHASE_OPEN, "2026-02-13", "2026-03-26", 10, NULL },
    { "while a third party is asked the term reckons with all its fifteen days",
      PAPER "2026-02-11; third_party_asked 2026-03-02", "2026-03-12", PHASE_OPINION, "2026-02-11", "2026-04-08", 11, "2026-03-23" },
    { "a third party that is silent: the term goes on by itself",
      PAPER "2026-02-11; third_party_asked 2026-03-02", "2026-03-24", PHASE_OPEN, "2026-02-11", "2026-04-08", 10, NULL },
    { "the fifteen days begin when the letter was received",
      PAPER "2026-02-11; third_party_asked 2026-03-02; asked_received #2 2026-03-04", "2026-03-12", PHASE_OPINION, "2026-02-11", "2026-04-10", 11, "2026-03-25" },
    { "an opinion that comes too late changes nothing",
      PAPER "2026-02-11; third_party_asked 2026-03-02; opinion #2 2026-03-30", "2026-03-30", PHASE_OPEN, "2026-02-11", "2026-04-08", 6, NULL },
    { "two that are asked at the same time are taken out once",
      PAPER "2026-02-11; third_party_asked 2026-03-02; organ_asked 2026-03-02; opinion #2 2026-03-10; opinion #3 2026-03-10",
      "2026-03-10", PHASE_OPEN, "2026-02-11", "2026-03-25", 11, NULL },
    { "two that overlap are taken out once",
      PAPER "2026-02-11; third_party_asked 2026-03-02; third_party_asked 2026-03-05; opinion #2 2026-03-09; opinion #3 2026-03-11",
      "2026-03-11", PHASE_OPEN, "2026-02-11", "2026-03-26", 11, NULL },
    { "asked and answered on the same day takes nothing out",
      PAPER "2026-02-11; third_party_asked 2026-03-02; opinion #2 2026-03-02", "2026-03-02", PHASE_OPEN, "2026-02-11", "2026-03-17", 11, NULL },
    { "a correction is waited for",
      PAPER "2026-02-26; correction_asked 2026-03-03 +10", "2026-03-12", PHASE_CORRECTION, "2026-02-26", NULL, 0, "2026-03-17" },
    { "a correction begins a new term",
      PAPER "2026-02-26; correction_asked 2026-03-03; corrected 2026-03-10", "2026-03-10", PHASE_OPEN, "2026-02-26", "2026-04-08", 20, NULL },
    { "an extension adds its days",
      PAPER "2026-02-13; extended 2026-03-10 +20", "2026-03-12", PHASE_OPEN, "2026-02-13", "2026-04-17", 25, NULL },
    { "an extension by less adds less",
      PAPER "2026-02-13; extended 2026-03-10 +5", "2026-03-12", PHASE_OPEN, "2026-02-13", "2026-03-26", 10, NULL },
    { "a fee stops the term",
      PAPER "2026-02-13; fee_noticed 2026-03-02", "2026-03-12", PHASE_FEE, "2026-02-13", NULL, 0, "2026-03-30" },
    { "the time to pay begins when the notice was received",
      PAPER "2026-02-13; fee_noticed 2026-03-02; fee_notice_received 2026-03-04", "2026-03-12", PHASE_FEE, "2026-02-13", NULL, 0, "2026-04-01" },
    { "a payment begins a new term",
      PAPER "2026-02-13; fee_noticed 2026-03-02; fee_paid 2026-03-12", "2026-03-12", PHASE_OPEN, "2026-02-13", "2026-04-10", 20, NULL },
    { "the day after the last is overdue",
      PAPER "2026-02-05", "2026-03-12", PHASE_OPEN, "2026-02-05", "2026-03-11", -1, NULL },
    { "an answer on the last day is in time",
      PAPER "2026-02-13; answered 2026-03-19", "2026-04-30", PHASE_DONE, "2026-02-13", "2026-03-19", 0, NULL },
    { "a reasonable delay sets its own day",
      PAPER "2026-02-13; delayed 2026-03-02 >2026-06-30", "2026-03-12", PHASE_OPEN, "2026-02-13", "2026-06-30", 5, NULL },
    { "withdrawn: nothing is due",
      PAPER "2026-02-13; withdrawn 2026-03-02", "2026-03-12", PHASE_ENDED, "2026-02-13", NULL, 0, NULL },
    { "facts of days to come are not there yet",
      PAPER "2026-02-13; correction_asked 2026-03-03", "2026-03-02", PHASE_OPEN, "2026-02-13", "2026-03-19", 13, NULL },
    { "over the holiday that was made longer",
      PAPER "2020-01-23", "2020-01-23", PHASE_OPEN, "2020-01-23", "2020-02-28", 20, NULL },

    // Counted on paper with the notices of 2025 and 2026; the comment of a row is the count.

    // 09-20 is a worked Sunday and day 0; 09-21~24 = 4; 09-25~27 and 10-01~07 off; 09-28~30 = 7; 10-08, 09, 10(Sat) = 10; 10-12~16 = 15; 10-19~23 = 20
    { "a correction that comes on a worked Sunday, its last day, begins the term there",
      PAPER "2026-09-02; correction_asked 2026-09-07 +10; corrected 2026-09-20", "2026-09-22", PHASE_OPEN, "2026-09-02", "2026-10-23", 18, NULL },
    // 09-26 is day 0 though nobody works; 09-28~30 = 3; 10-08~10 = 6; 10-12~16 = 11; 10-19~23 = 16; 10-26~29 = 20
    { "a correction that comes on a holiday: that day is day 0, the next working day is day 1",
      PAPER "2026-09-07; correction_asked 2026-09-15 +10; corrected 2026-09-26", "2026-09-28", PHASE_OPEN, "2026-09-07", "2026-10-29", 19, NULL },
    // ten working days after 02-12: 02-13, 02-14(Sat), 02-24~28 (Sat worked) = 7, 03-02~04 = 10
    { "the applicant's time for a correction goes over the Spring Festival",
      PAPER "2026-02-11; correction_asked 2026-02-12 +10", "2026-03-04", PHASE_CORRECTION, "2026-02-11", NULL, 0, "2026-03-04" },
    // out: 03-03~06 and 09 (first), 03-09~27 (second, silent, from 03-06): 03-03~27 = 19; counted to 03-02: 9; 03-30~04-03 = 14; 04-07~10 = 18; 04-13, 14 = 20
    { "a third party that is asked twice, overlapping, and is silent the second time",
      PAPER "2026-02-11; third_party_asked 2026-03-02; third_party_asked 2026-03-06; opinion #2 2026-03-09",
      "2026-03-12", PHASE_OPINION, "2026-02-11", "2026-04-14", 11, "2026-03-27" },
    // 15 days from 02-10: 02-11~14 = 4, 02-24~28 = 9, 03-02~06 = 14, 03-09; counted: 02-06, 09, 10 = 3; 03-10~13 = 7; 03-16~20 = 12; 03-23~27 = 17; 03-30~04-01 = 20
    { "a third party that is silent over the Spring Festival",
      PAPER "2026-02-05; third_party_asked 2026-02-10", "2026-02-24", PHASE_OPINION, "2026-02-05", "2026-04-01", 17, "2026-03-09" },
    // 15 days from 09-28: 09-29, 30 = 2; 10-08~10 = 5; 10-12~16 = 10; 10-19~23 = 15; counted: 09-22, 23, 24, 28 = 4; 10-26~30 = 9; 11-02~06 = 14; 11-09~13 = 19; 11-16
    { "an organ that is silent over the National Day",
      PAPER "2026-09-21; organ_asked 2026-09-28", "2026-10-21", PHASE_OPINION, "2026-09-21", "2026-11-16", 16, "2026-10-23" },
    // 20 days to pay from 03-04 end on 04-01 (04-06 is later): paid that day; 04-02, 03 = 2; 04-07~10 = 6; 04-13~17 = 11; 04-20~24 = 16; 04-27~30 = 20
    { "a fee paid on the last day begins a new term the day after",
      PAPER "2026-02-13; fee_noticed 2026-03-02; fee_notice_received 2026-03-04; fee_paid 2026-04-01",
      "2026-04-07", PHASE_OPEN, "2026-02-13", "2026-04-30", 17, NULL },
    // due 03-26 after five days out; twenty more: 03-27 = 1; 03-30~04-03 = 6; 04-07~10 = 10; 04-13~17 = 15; 04-20~24 = 20
    { "an extension after a consultation goes on from the moved day",
      PAPER "2026-02-13; third_party_asked 2026-03-03; opinion #2 2026-03-10; extended 2026-03-25 +20",
      "2026-03-26", PHASE_OPEN, "2026-02-13", "2026-04-24", 20, NULL },
    // due 04-02 with ten more; asked 03-25, 24 counted; out 03-26~04-16 (15 days, 04-06 off); 04-17 = 25, 04-20~24 = 30
    { "a consultation within the days of an extension moves them",
      PAPER "2026-02-13; extended 2026-03-16 +10; third_party_asked 2026-03-25", "2026-03-30", PHASE_OPINION, "2026-02-13", "2026-04-24", 6, "2026-04-16" },
    // 10-03 is day 0; 10-08, 09, 10(Sat) = 3; 10-12~16 = 8; 10-19~23 = 13; 10-26~30 = 18; 11-02, 03 = 20
    { "a web request confirmed on a holiday counts from the next working day",
      "filed internet 2026-09-30; confirmed 2026-10-03", "2026-10-08", PHASE_OPEN, "2026-10-03", "2026-11-03", 19, NULL },
    // out: 05-06, 07, 08, 09(Sat) = 4; counted to 04-30: 04-27~30 = 4; 05-11~15 = 9; 05-18~22 = 14; 05-25~29 = 19; 06-01
    { "an opinion that comes on a worked Saturday: that day is still out",
      PAPER "2026-04-24; third_party_asked 2026-04-30; opinion #2 2026-05-09", "2026-05-11", PHASE_OPEN, "2026-04-24", "2026-06-01", 15, NULL },
    // sent and received in the holiday week; out: 10-08, 09, 10, 12 = 4; counted: 09-23, 24, 28, 29, 30 = 5; 10-13~16 = 9; 10-19~23 = 14; 10-26~30 = 19; 11-02
    { "a letter sent in a holiday takes out working days only",
      PAPER "2026-09-22; third_party_asked 2026-10-02; asked_received #2 2026-10-09; opinion #2 2026-10-12",
      "2026-10-12", PHASE_OPEN, "2026-09-22", "2026-11-02", 15, NULL },
    // out: 03-03~06 = 4 and 03-09~11 = 3; 03-06 is out once; 9 counted to 03-02, 03-12, 13 = 11; 03-16~20 = 16; 03-23~26 = 20
    { "two consultations one after the other, the second sent on the day the first came back",
      PAPER "2026-02-11; third_party_asked 2026-03-02; opinion #2 2026-03-06; organ_asked 2026-03-06; opinion #4 2026-03-11",
      "2026-03-11", PHASE_OPEN, "2026-02-11", "2026-03-26", 11, NULL },
    // the opinion of 03-05 was recorded by mistake: out from 03-03 up to 03-23, as if it had never come
    { "an opinion that was struck did not come",
      PAPER "2026-02-11; third_party_asked 2026-03-02; struck opinion #2 2026-03-05", "2026-03-12", PHASE_OPINION, "2026-02-11", "2026-04-08", 11, "2026-03-23" },
    // the letter of 02-25 was struck; the other, number 3, takes out 03-06, 09, 10 = 3: 03-19 moves to 03-24
    { "a consultation that was struck takes nothing out, the other one keeps its number",
      PAPER "2026-02-13; struck third_party_asked 2026-02-25; organ_asked 2026-03-05; opinion #3 2026-03-10",
      "2026-03-12", PHASE_OPEN, "2026-02-13", "2026-03-24", 8, NULL },
    // the term that is broken is gone with its five days out: from 03-16 the plain twenty days, 04-06 off
    { "what was taken out before a correction does not move the new term",
      PAPER "2026-03-02; third_party_asked 2026-03-03; opinion #2 2026-03-05; correction_asked 2026-03-06; corrected 2026-03-16",
      "2026-03-16", PHASE_OPEN, "2026-03-02", "2026-04-14", 20, NULL },
    // 15 days from 03-03: 03-04~06 = 3, 03-09~13 = 8, 03-16~20 = 13, 03-23, 24; the term of 03-10: out 03-11~24; 03-25~27 = 3; 03-30~04-03 = 8; 04-07~10 = 12; 04-13~17 = 17; 04-20~22
    { "time for an opinion that still runs when a payment begins a new term is out of that term too",
      PAPER "2026-03-02; third_party_asked 2026-03-03; fee_noticed 2026-03-05; fee_paid 2026-03-10",
      "2026-03-12", PHASE_OPINION, "2026-03-02", "2026-04-22", 20, "2026-03-24" },
    // out 03-11, 12, 13; 03-16~20 = 5; 03-23~27 = 10; 03-30~04-03 = 15; 04-07~10 = 19; 04-13
    { "it is out of the new term until the opinion comes",
      PAPER "2026-03-02; third_party_asked 2026-03-03; fee_noticed 2026-03-05; fee_paid 2026-03-10; opinion #2 2026-03-13",
      "2026-03-16", PHASE_OPEN, "2026-03-02", "2026-04-13", 19, NULL },
    // the plain twenty days from 03-10, 04-06 off
    { "an opinion that came while the payment was waited for takes nothing out of the new term",
      PAPER "2026-03-02; third_party_asked 2026-03-03; fee_noticed 2026-03-05; opinion #2 2026-03-09; fee_paid 2026-03-10",
      "2026-03-12", PHASE_OPEN, "2026-03-02", "2026-04-08", 18, NULL },
    { "withdrawn while a third party is asked: nobody waits any more",
      PAPER "2026-02-11; third_party_asked 2026-03-02; withdrawn 2026-03-10", "2026-03-12", PHASE_ENDED, "2026-02-11", NULL, 0, NULL },
    // 2026-01-01~03 off, 01-04 is a worked Sunday: 01-04~09 = 6 … ; forty days with 02-14, 02-28 worked and 02-15~23 off
    { "an extended term over new year and the Spring Festival",
      PAPER "2025-12-31; extended 2026-01-04 +20", "2026-01-04", PHASE_OPEN, "2025-12-31", "2026-03-04", 39, NULL },
};
// clang-format on

static void assert_day(Date got, const char *want, const char *what)
{
    if (got.days != day(want).days)
        fail_msg("%s: " PRI_STR ", want %s", what,
                 STR_ARG(date_is(got) ? date_iso(&arena, got) : S("none")), want ? want : "none");
}

static void check_clock(void **state)
{
    const ClockRow *row = *state;
    RequestFacts facts = history(row->facts);
    Clock clock;
    Err err = {0};
    if (!clock_compute(&facts, &calendar, &clock_settings_default, day(row->today), &clock, &err))
        fail_msg("%s", err.en);
    assert_str(phase_defs[clock.phase].id, phase_defs[row->phase].id);
    assert_day(clock.received, row->received, "received");
    assert_day(clock.due, row->due, "due");
    assert_day(clock.waits_until, row->waits_until, "waits until");
    assert_int_equal(clock.left, row->left);
}

static Clock clock_of(const char *facts_text, const char *today)
{
    RequestFacts facts = history(facts_text);
    Clock clock;
    Err err = {0};
    if (!clock_compute(&facts, &calendar, &clock_settings_default, day(today), &clock, &err))
        fail_msg("%s", err.en);
    return clock;
}

static void what_is_over_is_said(void **state)
{
    (void)state;
    assert_true(clock_of(PAPER "2026-02-05", "2026-03-12").overdue);
    assert_false(clock_of(PAPER "2026-02-05", "2026-03-11").overdue);
    assert_true(clock_of(PAPER "2026-02-05; answered 2026-03-12", "2026-03-20").late);
    assert_false(clock_of(PAPER "2026-02-05; answered 2026-03-12", "2026-03-20").overdue);
    assert_false(clock_of(PAPER "2026-02-05; answered 2026-03-11", "2026-03-20").late);
    assert_true(clock_of(PAPER "2026-02-26; correction_asked 2026-03-03 +5", "2026-03-11").lapsed);
    assert_false(clock_of(PAPER "2026-02-26; correction_asked 2026-03-03 +5", "2026-03-10").lapsed);
    assert_true(clock_of(PAPER "2026-12-11", "2026-12-11").provisional);
}

static void the_draft_is_due_before_the_answer(void **state)
{
    (void)state;
    Clock clock = clock_of(PAPER "2026-02-05", "2026-02-05");
    assert_day(clock.due, "2026-03-11", "due");
    assert_day(clock.draft_due, "2026-03-04", "draft due");
    assert_day(clock.correction_by, "2026-02-14", "correction by");
}

// --- the ledger

static Ledger ledger_of(const RequestFacts *facts, Date today, Clock *clock)
{
    Ledger ledger;
    Err err = {0};
    if (!clock_ledger(facts, &calendar, &clock_settings_default, today, &arena, clock, &ledger,
                      &err))
        fail_msg("%s", err.en);
    return ledger;
}

static void the_ledger_tells_every_step(void **state)
{
    (void)state;
    static const struct {
        LedgerKind kind;
        const char *from, *to;
        int days, total;
        const char *words;
    } want[] = {
        {LEDGER_START, "2026-02-13", "2026-02-13", 0, 0, "收到申请：双方确认之日，当日不计入"},
        {LEDGER_COUNT, "2026-02-14", "2026-02-14", 1, 1, "工作日，调休上班"},
        {LEDGER_OFF, "2026-02-15", "2026-02-23", 0, 1, "春节放假9天"},
        {LEDGER_COUNT, "2026-02-24", "2026-03-03", 7, 8, "工作日，含2月28日调休上班"},
        {LEDGER_PAUSE, "2026-03-04", "2026-03-10", 5, 8, "征求第三方意见，5个工作日不计入"},
        {LEDGER_COUNT, "2026-03-11", "2026-03-26", 12, 20, "恢复计算"},
        {LEDGER_DUE, "2026-03-26", "2026-03-26", 0, 20, "答复期限届满"},
    };
    enum { LINES = sizeof want / sizeof *want };
    RequestFacts facts = history("filed internet 2026-02-12; confirmed 2026-02-13;"
                                 "third_party_asked 2026-03-03; opinion #3 2026-03-10");
    Clock clock;
    Ledger ledger = ledger_of(&facts, day("2026-03-12"), &clock);
    assert_int_equal(ledger.n, LINES);
    for (size_t i = 0; i < LINES; i++) {
        const LedgerLine *line = &ledger.v[i];
        assert_int_equal(line->kind, want[i].kind);
        assert_day(line->from, want[i].from, "from");
        assert_day(line->to, want[i].to, "to");
        assert_int_equal(line->days, want[i].days);
        assert_int_equal(line->total, want[i].total);
        assert_str(line->words, str_z(want[i].words));
        assert_true(line->source.n > 0);
    }
}

static void a_new_term_counts_from_nothing(void **state)
{
    (void)state;
    RequestFacts facts =
        history(PAPER "2026-02-26; correction_asked 2026-03-03; corrected 2026-03-10");
    Clock clock;
    Ledger ledger = ledger_of(&facts, day("2026-03-12"), &clock);
    size_t again = 0;
    for (size_t i = 0; i < ledger.n; i++)
        if (ledger.v[i].kind == LEDGER_AGAIN)
            again = i;
    assert_true(again > 0);
    assert_int_equal(ledger.v[again].total, 0);
    assert_int_equal(ledger.v[ledger.n - 1].total, 20);
    assert_int_equal(ledger.v[ledger.n - 1].to.days, clock.due.days);
}

// --- random histories against a slow, independent count

static uint32_t dice;

static uint32_t roll(uint32_t n)
{
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) % n;
}

typedef struct Span {
    int32_t after, to;
    bool open; // no opinion came
} Span;

// Walks day by day from the beginning of the last term: the plainest reading of the rules.
static Date slow_due(int32_t begins, int term, const Span *spans, size_t n)
{
    int counted = 0;
    for (int32_t d = begins + 1;; d++) {
        bool out = false;
        for (size_t i = 0; i < n; i++)
            out |= d > spans[i].after && d <= spans[i].to;
        counted += calendar_works(&calendar, (Date){d}) && !out;
        if (counted == term)
            return (Date){d};
    }
}

static int32_t slow_after(int32_t from, int workdays)
{
    int32_t d = from;
    for (int left = workdays; left > 0;)
        left -= calendar_works(&calendar, (Date){++d});
    return d;
}

typedef struct Random {
    RequestFacts facts;
    int32_t at, begins;
    int term;
    bool extended;
    Span spans[16];
    size_t n_spans;
} Random;

static RequestFact *fact_add(Random *r, FactKind kind)
{
    RequestFact *f = PUSH(&arena, &r->facts);
    *f = (RequestFact){.id = (int64_t)r->facts.n, .kind = kind, .on = {r->at}};
    return f;
}

static void random_ask(Random *r)
{
    RequestFact *asked = fact_add(r, roll(2) ? FACT_THIRD_PARTY_ASKED : FACT_ORGAN_ASKED);
    int64_t id = asked->id;
    int32_t sent = r->at, received = sent;
    if (roll(2)) {
        received = r->at += (int32_t)roll(4);
        fact_add(r, FACT_ASKED_RECEIVED)->about = id;
    }
    int32_t last = slow_after(received, 15);
    bool answered = roll(3);
    if (answered) {
        r->at += (int32_t)roll(25);
        fact_add(r, FACT_OPINION)->about = id;
        last = r->at < last ? r->at : last;
    }
    r->spans[r->n_spans++] = (Span){sent, last, !answered};
}

// What is still waited for on the day the new term begins goes on in it.
static void spans_go_on(Random *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->n_spans; i++)
        if (r->spans[i].open && r->spans[i].to > r->begins)
            r->spans[kept++] = (Span){r->begins, r->spans[i].to, true};
    r->n_spans = kept;
}

static void random_again(Random *r, FactKind asks, FactKind answers)
{
    fact_add(r, asks);
    r->at += (int32_t)roll(20);
    fact_add(r, answers);
    r->begins = r->at;
    r->term = 20;
    spans_go_on(r);
}

static Random random_history(void)
{
    Random r = {.at = day("2012-01-01").days + (int32_t)roll(4800), .term = 20};
    r.begins = r.at;
    fact_add(&r, FACT_FILED);
    for (uint32_t steps = roll(6); steps; steps--) {
        r.at += (int32_t)roll(9);
        switch (roll(5)) {
        case 0:
            random_again(&r, FACT_CORRECTION_ASKED, FACT_CORRECTED);
            break;
        case 1:
            random_again(&r, FACT_FEE_NOTICED, FACT_FEE_PAID);
            break;
        case 2:
            if (!r.extended) {
                int days = 1 + (int)roll(20);
                fact_add(&r, FACT_EXTENDED)->workdays = days;
                r.term += days;
                r.extended = true;
            }
            break;
        default:
            random_ask(&r);
        }
    }
    return r;
}

static void assert_adds_up(const Ledger *ledger, const Clock *clock)
{
    int total = 0;
    Date last = date_none;
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerLine *line = &ledger->v[i];
        if (line->kind == LEDGER_AGAIN || line->kind == LEDGER_START)
            total = 0;
        if (line->kind == LEDGER_COUNT || line->kind == LEDGER_EXTEND)
            total += line->days;
        assert_int_equal(line->total, total);
        if (date_is(last))
            assert_true(line->from.days >= last.days);
        assert_true(line->to.days >= line->from.days && line->words.n && line->source.n);
        last = line->to;
    }
    assert_int_equal(total, clock->term);
    assert_int_equal(ledger->v[ledger->n - 1].to.days, clock->due.days);
}

static void a_slow_count_gives_the_same_day_and_the_ledger_adds_up(void **state)
{
    (void)state;
    Arena before = arena;
    for (dice = 1; dice < 20000; dice += 7) {
        uint32_t seed = dice;
        arena = before;
        Random r = random_history();
        Clock clock;
        Ledger ledger = ledger_of(&r.facts, (Date){r.at + 1}, &clock);
        Date slow = slow_due(r.begins, r.term, r.spans, r.n_spans);
        if (clock.due.days != slow.days)
            fail_msg("history %u: " PRI_STR ", counted slowly " PRI_STR, seed,
                     STR_ARG(date_iso(&arena, clock.due)), STR_ARG(date_iso(&arena, slow)));
        assert_adds_up(&ledger, &clock);
        dice = seed;
    }
    arena = before;
}

// The site may read it the other way: then the new term is the plain twenty days.
static void time_for_an_opinion_ends_with_its_term_where_the_site_says_so(void **state)
{
    (void)state;
    RequestFacts facts = history(PAPER "2026-03-02; third_party_asked 2026-03-03;"
                                       " fee_noticed 2026-03-05; fee_paid 2026-03-10");
    ClockSettings settings = clock_settings_default;
    Clock clock;
    Err err = {0};
    size_t which = 0;
    assert_true(clock_setting_named(S("opinion_goes_over"), &which));
    clock_setting_put(&settings, which, 0);
    assert_true(clock_compute(&facts, &calendar, &settings, day("2026-03-12"), &clock, &err));
    assert_day(clock.due, "2026-04-08", "due");
    assert_int_equal(clock.phase, PHASE_OPEN);
}

static void every_row_of_the_tables_is_filled(void **state)
{
    (void)state;
    for (int r = 0; r < RULE__COUNT; r++)
        assert_true(clock_rules[r].n > 0 && clock_rules[r].source.n && clock_rules[r].name.n);
    for (int c = 0; c < CHANNEL__COUNT; c++)
        assert_true(channel_defs[c].source.n && channel_defs[c].day.n);
    for (int f = 0; f < FACT__COUNT; f++)
        assert_true(request_fact_defs[f].id.n && request_fact_defs[f].name.n);
    for (size_t s = 0; s < n_clock_setting_defs; s++)
        assert_true(clock_setting_defs[s].reason.n > 0);
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof *rows };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(what_is_over_is_said),
        cmocka_unit_test(the_draft_is_due_before_the_answer),
        cmocka_unit_test(the_ledger_tells_every_step),
        cmocka_unit_test(a_new_term_counts_from_nothing),
        cmocka_unit_test(a_slow_count_gives_the_same_day_and_the_ledger_adds_up),
        cmocka_unit_test(time_for_an_opinion_ends_with_its_term_where_the_site_says_so),
        cmocka_unit_test(every_row_of_the_tables_is_filled),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[ROWS + OTHERS];
    for (size_t i = 0; i < ROWS; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, check_clock, NULL, NULL, (void *)&rows[i]};
    memcpy(tests + ROWS, others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("clock", tests, ROWS + OTHERS, make, drop);
}

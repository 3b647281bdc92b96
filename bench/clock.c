// What a deadline costs. The yardstick is the plainest way to find it, day by day, in the same run.
#include "domain/clock.h"

enum { ROUNDS = 7, CASES = 100000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef struct Bench {
    Calendar calendar;
    RequestFact facts[5];
    Arena a;
    int64_t sum; // so that nothing is left out
} Bench;

// Confirmed, a third party asked, its opinion, an extension.
static RequestFacts facts_at(Bench *b, int32_t day)
{
    b->facts[0] =
        (RequestFact){.id = 1, .kind = FACT_FILED, .channel = CHANNEL_INTERNET, .on = {day}};
    b->facts[1] = (RequestFact){.id = 2, .kind = FACT_CONFIRMED, .on = {day + 1}};
    b->facts[2] = (RequestFact){.id = 3, .kind = FACT_THIRD_PARTY_ASKED, .on = {day + 6}};
    b->facts[3] = (RequestFact){.id = 4, .kind = FACT_OPINION, .on = {day + 15}, .about = 3};
    b->facts[4] = (RequestFact){.id = 5, .kind = FACT_EXTENDED, .on = {day + 20}, .workdays = 20};
    return (RequestFacts){b->facts, 5, 5};
}

typedef void Work(Bench *b, RequestFacts *facts, Date today);

static void computes(Bench *b, RequestFacts *facts, Date today)
{
    Clock clock;
    Err err;
    if (clock_compute(facts, &b->calendar, &clock_settings_default, today, &clock, &err))
        b->sum += clock.due.days;
}

static void tells(Bench *b, RequestFacts *facts, Date today)
{
    Clock clock;
    Ledger ledger;
    Err err;
    Arena a = b->a;
    if (clock_ledger(facts, &b->calendar, &clock_settings_default, today, &a, &clock, &ledger,
                     &err))
        b->sum += (int64_t)ledger.n;
}

static void walks(Bench *b, RequestFacts *facts, Date today)
{
    (void)today;
    int32_t d = facts->v[1].on.days;
    for (int counted = 0; counted < 40;) {
        bool out = d >= facts->v[2].on.days && d < facts->v[3].on.days;
        counted += calendar_works(&b->calendar, (Date){++d}) && !out;
    }
    b->sum += d;
}

static double microseconds(Bench *b, Work *work)
{
    double best = 1e9;
    for (int r = 0; r < ROUNDS; r++) {
        double from = now();
        for (int i = 0; i < CASES; i++) {
            RequestFacts facts = facts_at(b, 17000 + i % 3000);
            work(b, &facts, (Date){17000 + i % 3000 + 25});
        }
        double took = (now() - from) * 1e6 / CASES;
        best = took < best ? took : best;
    }
    return best;
}

static void row(const char *name, double us, double yard, double goal)
{
    printf("%s\t%.2f us\t%.2f us day by day\t%.2f\t%.0f us\t%s\n", name, us, yard, us / yard, goal,
           us <= goal ? "met" : "missed");
}

int main(void)
{
    static Bench b;
    Err err;
    b.a = arena_new(64 << 20);
    CalendarNotices notices = calendar_national(&b.a);
    if (!calendar_make(&notices, &b.a, &b.calendar, &err))
        return 1;
    double yard = microseconds(&b, walks);
    row("the deadline of one request", microseconds(&b, computes), yard, 2);
    row("the same with its ledger", microseconds(&b, tells), yard, 20);
    double all = microseconds(&b, computes) * CASES / 1e6;
    printf("100,000 open requests computed anew\t%.3f s\t%.3f s day by day\t%.2f\t2 s\t%s\n", all,
           yard * CASES / 1e6, all / (yard * CASES / 1e6), all <= 2 ? "met" : "missed");
    return b.sum == 0;
}

// Time limits of remedies, what they come to for one answer, and what speaks against a case.
#include "domain/remedy.h"

// clang-format off
const RemedyTerm remedy_terms[TERM__COUNT] = {
    //                              id                            what                                       n   unit         from                                           source
    [TERM_REVIEW]               = { SI("review"),                 SI("申请行政复议"),                        60, UNIT_DAYS,   SI("知道或者应当知道该行政行为之日"),          SI("行政复议法第二十条") },
    [TERM_REVIEW_UNTOLD]        = { SI("review_untold"),          SI("没有告知复议权利的，最长"),             1, UNIT_YEARS,  SI("知道或者应当知道行政行为内容之日"),        SI("行政复议法第二十条") },
    [TERM_REVIEW_LONGEST]       = { SI("review_longest"),         SI("申请行政复议，最长"),                   5, UNIT_YEARS,  SI("行政行为作出之日"),                        SI("行政复议法第二十一条") },
    [TERM_SUIT]                 = { SI("suit"),                   SI("直接提起诉讼"),                         6, UNIT_MONTHS, SI("知道或者应当知道作出行政行为之日"),        SI("行政诉讼法第四十六条") },
    [TERM_SUIT_UNTOLD]          = { SI("suit_untold"),            SI("没有告知起诉期限的，最长"),             1, UNIT_YEARS,  SI("知道或者应当知道行政行为内容之日"),        SI("行政诉讼法解释第六十四条") },
    [TERM_SUIT_LONGEST]         = { SI("suit_longest"),           SI("提起诉讼，最长"),                       5, UNIT_YEARS,  SI("行政行为作出之日"),                        SI("行政诉讼法第四十六条") },
    [TERM_SUIT_AFTER]           = { SI("suit_after"),             SI("对复议决定不服提起诉讼"),              15, UNIT_DAYS,   SI("收到复议决定书之日"),                      SI("行政诉讼法第四十五条") },
    [TERM_SUIT_NO_REVIEW]       = { SI("suit_no_review"),         SI("复议前置而不予受理、不作决定的，提起诉讼"), 15, UNIT_DAYS, SI("收到不予受理决定书或者复议期限届满之日"), SI("行政复议法第三十四条") },
    [TERM_REVIEW_HANDLING]      = { SI("review_handling"),        SI("复议机关审理，普通程序"),              60, UNIT_DAYS,   SI("受理之日"),                                SI("行政复议法（普通程序60日）") },
    [TERM_REVIEW_HANDLING_MORE] = { SI("review_handling_more"),   SI("复议机关延长，最长"),                  30, UNIT_DAYS,   SI("原期限届满之日"),                          SI("行政复议法（普通程序可延长30日）") },
    [TERM_REVIEW_SIMPLE]        = { SI("review_simple"),          SI("复议机关审理，简易程序"),              30, UNIT_DAYS,   SI("受理之日"),                                SI("行政复议法第五十三条：政府信息公开案件可适用简易程序") },
};

// 法释〔2025〕8号, in force from 2025-06-01; the list was read in a secondary source.
const RemedyBar remedy_bars[] = {
    { ABOUT_PROCEDURE, OUTCOME__COUNT,      SI("延长期限、告知补正等程序性告知") },
    { ABOUT_FEE,       OUTCOME__COUNT,      SI("单独对收费决定起诉") },
    { ABOUT_ANSWER,    OUTCOME_REPEATED,    SI("重复申请不予重复处理") },
    { ABOUT_ANSWER,    OUTCOME_QUERY,       SI("工商、不动产登记资料等另有查询规定") },
    { ABOUT_ANSWER,    OUTCOME_NOT_MADE,    SI("要求制作、加工分析信息") },
    { ABOUT_ANSWER,    OUTCOME_PETITION,    SI("以信息公开名义进行信访、投诉、举报") },
    { ABOUT_ANSWER,    OUTCOME_PUBLICATION, SI("要求提供公开出版物") },
};
const size_t n_remedy_bars = sizeof remedy_bars / sizeof *remedy_bars;

static const char REVIEW_FIRST_FROM[] = "2024-01-01"; // 行政复议法第二十三条第一款
static const char BARS_FROM[]         = "2025-06-01"; // 法释〔2025〕8号
// clang-format on

static bool since(const char *from, Date on)
{
    Date begin;
    return date_parse(str_z(from), &begin) && date_is(on) && on.days >= begin.days;
}

bool remedy_review_first(RemedyAbout about, bool has_outcome, Outcome outcome, Date on)
{
    if (!since(REVIEW_FIRST_FROM, on))
        return false;
    return about == ABOUT_INACTION || (about == ABOUT_ANSWER && has_outcome &&
                                       outcome_defs[outcome].remedy == REMEDY_REVIEW_FIRST);
}

// --- days

static Date months_after(Date from, int months)
{
    int y, m, d;
    Date day = date_none;
    date_parts(from, &y, &m, &d);
    m += months - 1;
    y += m / 12;
    m = m % 12 + 1;
    while (!date_make(y, m, d, &day)) // 31 August and six months: the last day of February
        d--;
    return day;
}

bool remedy_last_day(Date from, int n, RemedyUnit unit, const Calendar *c, Date *out, Err *err)
{
    if (!date_is(from) || n < 0 || n > 10000 || !calendar_has(c, from))
        return fail(err, ERR_INPUT, NULL, "日期有误，请核对", "the day cannot be; check it");
    Date last = unit == UNIT_DAYS ? (Date){from.days + n}
                                  : months_after(from, unit == UNIT_YEARS ? 12 * n : n);
    while (calendar_has(c, last) && !calendar_works(c, last))
        last.days++;
    *out = last;
    return true;
}

static bool term_end(RemedyTermId id, Date from, const Calendar *c, Date *out, Err *err)
{
    return remedy_last_day(from, remedy_terms[id].n, remedy_terms[id].unit, c, out, err);
}

// --- for citizens

static const RemedyBar *bar_of(RemedyAbout about, bool has_outcome, Outcome outcome)
{
    for (size_t i = 0; i < n_remedy_bars; i++) {
        const RemedyBar *b = &remedy_bars[i];
        bool fits = b->outcome == OUTCOME__COUNT || (has_outcome && b->outcome == outcome);
        if (b->about == about && fits)
            return b;
    }
    return NULL;
}

static Str suit_words(const RemedyAsk *ask, Arena *a)
{
    const RemedyBar *bar = bar_of(ask->about, true, ask->outcome);
    Str words = S("直接向人民法院提起行政诉讼的最后一天");
    if (!bar || !since(BARS_FROM, ask->told))
        return words;
    return str_fmt(
        a, PRI_STR "（法释〔2025〕8号把“" PRI_STR "”列为不属于受案范围的情形，法院可能不予立案）",
        STR_ARG(words), STR_ARG(bar->words));
}

bool remedy_calendar(const RemedyAsk *ask, const Calendar *c, Arena *a, RemedyDays *out, Err *err)
{
    RemedyDays days = {0};
    Date review, suit;
    bool silent = ask->about == ABOUT_INACTION;
    if (!silent && outcome_defs[ask->outcome].remedy == REMEDY_NONE)
        return *out = days, true;
    if (!term_end(TERM_REVIEW, ask->told, c, &review, err) ||
        !term_end(TERM_SUIT, ask->told, c, &suit, err))
        return false;
    *PUSH(a, &days) =
        (RemedyDay){review, S("申请行政复议的最后一天"), remedy_terms[TERM_REVIEW].source};
    if (remedy_review_first(ask->about, !silent, ask->outcome, ask->told))
        *PUSH(a, &days) = (RemedyDay){
            date_none,
            S("先申请行政复议；对复议决定不服的，自收到复议决定书之日起15日内提起行政诉讼"),
            S("行政复议法第二十三条第一款，行政诉讼法第四十五条")};
    else
        *PUSH(a, &days) = (RemedyDay){suit, suit_words(ask, a), remedy_terms[TERM_SUIT].source};
    *out = days;
    return true;
}

// --- hints

static void hint(Arena *a, RemedyHints *out, Str words, Str source)
{
    *PUSH(a, out) = (RemedyHint){words, source};
}

static bool late(const RemedyScene *s, RemedyTermId id, Date from, const Calendar *c, Arena *a,
                 RemedyHints *out, Err *err)
{
    Date last = date_none;
    if (!date_is(from) || !date_is(s->filed))
        return true;
    if (!term_end(id, from, c, &last, err))
        return false;
    if (s->filed.days > last.days)
        hint(a, out,
             str_fmt(a,
                     "提出之日晚于" PRI_STR "（" PRI_STR
                     "的期限）；请核对是否有耽误期限的正当理由，"
                     "以及告知是否完整",
                     STR_ARG(date_zh(a, last)), STR_ARG(remedy_terms[id].name)),
             remedy_terms[id].source);
    return true;
}

static void against_suit(const RemedyScene *s, Arena *a, RemedyHints *out)
{
    const RemedyBar *bar = bar_of(s->about, s->has_outcome, s->outcome);
    if (s->kind == CASE_SUIT && remedy_review_first(s->about, s->has_outcome, s->outcome, s->filed))
        hint(a, out,
             s->about == ABOUT_INACTION
                 ? S("逾期不予答复，应当先申请行政复议；未经复议直接起诉的，法院可能不予立案")
                 : S("不予公开，应当先申请行政复议；未经复议直接起诉的，法院可能不予立案"),
             S("行政复议法第二十三条第一款第（三）、（四）项"));
    if (bar && since(BARS_FROM, s->filed))
        hint(a, out,
             str_fmt(a, "“" PRI_STR "”，列在不属于行政诉讼受案范围的情形里", STR_ARG(bar->words)),
             S("法释〔2025〕8号（清单转引，请核对原文）"));
}

static void against_review(const RemedyScene *s, Arena *a, RemedyHints *out)
{
    if (s->about == ABOUT_PROCEDURE)
        hint(a, out, S("单独对补正、延期等程序告知申请复议的，不予受理"),
             S("国办函〔2021〕132号第三条"));
    if (s->about == ABOUT_FEE)
        hint(a, out, S("缴费期内对收费有异议申请复议的，不予受理"), S("国办函〔2021〕132号第三条"));
}

bool remedy_hints(const RemedyScene *s, const Calendar *c, Arena *a, RemedyHints *out, Err *err)
{
    RemedyHints hints = {0};
    RemedyTermId term = s->kind == CASE_REVIEW ? TERM_REVIEW : TERM_SUIT;
    if (s->about == ABOUT_PROACTIVE)
        hint(a, &hints, S("认为行政机关不履行主动公开职责的，应当先向行政机关申请获取信息"),
             S("法释〔2025〕8号第二条"));
    if (s->kind == CASE_REVIEW)
        against_review(s, a, &hints);
    else
        against_suit(s, a, &hints);
    if (!(s->kind == CASE_SUIT_AFTER ? late(s, TERM_SUIT_AFTER, s->review_served, c, a, &hints, err)
                                     : late(s, term, s->told, c, a, &hints, err)))
        return false;
    *out = hints;
    return true;
}

#include "domain/group.h"

const Str group_repeated_source = SI("条例第三十六条第（六）项");

// --- joining

typedef struct Join {
    const JoinSide *lead, *other;
    int alike;
    Str reason;
} Join;

static bool itself(const Join *j)
{
    return j->lead->request == j->other->request;
}
static bool another_organ(const Join *j)
{
    return j->lead->organ != j->other->organ;
}
static bool lead_ended(const Join *j)
{
    return !j->lead->open;
}
static bool other_ended(const Join *j)
{
    return !j->other->open;
}
static bool lead_follows(const Join *j)
{
    return j->lead->lead != 0;
}
static bool other_leads(const Join *j)
{
    return j->other->followers != 0;
}
static bool other_follows(const Join *j)
{
    return j->other->lead != 0;
}
static bool another_matter(const Join *j)
{
    return j->alike < ASKED_ALIKE;
}
static bool unexplained(const Join *j)
{
    return j->alike < ASKED_SAME && !j->reason.n;
}

// clang-format off
// The first that holds is told; both texts take the code of the request that would follow.
#define JOIN_RULES(X)                                                                                                           \
    X(itself,         ERR_RULE,  PRI_STR "就是主件，不能并入自己", PRI_STR " is the leading request itself") \
    X(another_organ,  ERR_RULE,  PRI_STR "是向别的机关提出的，不能并案：各机关分别答复（条例第三十六条）", \
                                 PRI_STR " was filed with another organ, which answers for itself (Art. 36)") \
    X(lead_ended,     ERR_RULE,  "主件已经办结，" PRI_STR "不能再并入；请单独答复，可以参照主件的答复", "the leading request has ended; answer " PRI_STR " by itself") \
    X(other_ended,    ERR_RULE,  PRI_STR "已经办结，不用并案", PRI_STR " has ended") \
    X(other_follows,  ERR_RULE,  PRI_STR "已经并案；要换主件，请先解除", PRI_STR " follows a request already; take it out of that group first") \
    X(lead_follows,   ERR_RULE,  "选作主件的申请自己已经并入别的申请，请把" PRI_STR "并入那一件", "the leading request follows another one; join " PRI_STR " to that") \
    X(other_leads,    ERR_RULE,  PRI_STR "自己是主件，有申请并入了它；请先解除，或者把它选作主件", PRI_STR " leads other requests; take those out first") \
    X(another_matter, ERR_RULE,  PRI_STR "与主件的内容不是同一事项（文字相同的不到三成），不能并案", PRI_STR " asks for something else: less than 30 %% of the words are the same") \
    X(unexplained,    ERR_INPUT, PRI_STR "与主件的文字不完全相同，请写明为什么是同一事项", PRI_STR " is worded differently; say why it is the same matter")
// clang-format on

bool group_join(const JoinSide *lead, const JoinSide *other, int alike, Str reason, Err *err)
{
    Join j = {lead, other, alike, reason};
#define X(wrong, kind, zh, en)                                                                     \
    if (wrong(&j))                                                                                 \
        return fail(err, kind, NULL, zh, en, STR_ARG(other->code));
    JOIN_RULES(X)
#undef X
    return true;
}

// --- units

// "1. ", "（二）", "3、": what people number a list with.
static Str without_number(Str s)
{
    static const Str marks[] = {SI("."), SI("、"), SI("．"), SI("）"), SI(")"), SI("，")};
    size_t i = 0, digits = 0;
    Str rest = s;
    if (str_starts(rest, S("（")))
        rest = str_from(rest, S("（").n);
    else if (str_starts(rest, S("(")))
        rest = str_from(rest, 1);
    static const Str han[] = {SI("一"), SI("二"), SI("三"), SI("四"), SI("五"),
                              SI("六"), SI("七"), SI("八"), SI("九"), SI("十")};
    while (i < rest.n) {
        size_t was = i;
        if (rest.s[i] >= '0' && rest.s[i] <= '9')
            i++;
        for (size_t h = 0; h < sizeof han / sizeof *han && i == was; h++)
            if (str_starts(str_from(rest, i), han[h]))
                i += han[h].n;
        if (i == was)
            break;
        digits++;
    }
    for (size_t m = 0; digits && digits <= 3 && m < sizeof marks / sizeof *marks; m++)
        if (str_starts(str_from(rest, i), marks[m]))
            return str_trim(str_from(rest, i + marks[m].n));
    return s;
}

Units units_read(Str lines, Arena *a)
{
    Units units = {0};
    Str line, rest = lines;
    bool more = true;
    while (more) {
        more = str_cut(rest, S("\n"), &line, &rest);
        Str matter = without_number(str_trim(line));
        if (matter.n)
            *PUSH(a, &units) = (Unit){.matter = matter};
    }
    return units;
}

bool units_check(const Units *units, Err *err)
{
    if (!units->n)
        return fail(err, ERR_INPUT, NULL, "请写明事项，每行一项", "write the matters, one a line");
    if (units->n > UNITS_MAX)
        return fail(err, ERR_INPUT, NULL, "最多拆分为%d件", "at most %d units", UNITS_MAX);
    for (size_t i = 0; i < units->n; i++) {
        if (str_runes(units->v[i].matter) > MATTER_RUNES)
            return fail(err, ERR_INPUT, NULL, "第%zu项太长，最多%d个字",
                        "matter %zu has more than %d characters", i + 1, MATTER_RUNES);
        for (size_t j = 0; j < i; j++)
            if (str_eq(units->v[i].matter, units->v[j].matter))
                return fail(err, ERR_INPUT, NULL, "第%zu项和第%zu项相同",
                            "matters %zu and %zu are the same", j + 1, i + 1);
    }
    return true;
}

bool unit_outcome_fits(Outcome outcome)
{
    return outcome != OUTCOME_WITHDRAWN && outcome != OUTCOME_NOT_CORRECTED &&
           outcome != OUTCOME_NOT_PAID;
}

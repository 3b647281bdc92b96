// What the report says of itself: powers of its organ, period, day of publication, fees, legal
// basis.
#include "report/equation.h"
#include "report/organ.h"

// --- 规章 by an organ that cannot make them

// Figures of the row 规章 that are not zero; those of making and repealing separately, because
// anybody may have published rules made by others.
static CellIx rules_claimed(const Document *d, bool *made)
{
    CellIx first = CELL_NONE;
    *made = false;
    for (CellIx ix = T2_REGULATION_MADE; ix <= T2_REGULATION_ALL_PUBLIC; ix++) {
        if (d->cells[ix].state != CELL_VALUE || d->cells[ix].n == 0)
            continue;
        *made |= ix <= T2_REGULATION_IN_FORCE;
        first = first == CELL_NONE ? ix : first;
    }
    return first;
}

// The row has a figure in every cell of its form; false too where it has none at all (*any).
static bool rules_read(const Document *d, bool *any)
{
    bool all = true;
    *any = false;
    for (CellIx ix = T2_REGULATION_MADE; ix <= T2_REGULATION_ALL_PUBLIC; ix++) {
        if (d->cells[ix].state == CELL_VALUE)
            *any = true;
        else if (d->cells[ix].state != CELL_ABSENT || cell_in(ix, form_of(d)))
            all = false;
    }
    return all && *any;
}

static void no_rules(Checking *c)
{
    bool any, all = rules_read(c->doc, &any);
    if (!any)
        return;
    Finding *f =
        all ? finding_add(c, CHECK_FORM_POWER, RESULT_PASS, "规章一行为0。", "The row is 0.")
            : finding_add(c, CHECK_FORM_POWER, RESULT_NOT_ASSESSABLE,
                          "规章一行有单元格没有数字；空白不当作0。",
                          "A cell of the row has no figure; a blank is not taken for 0.");
    for (CellIx ix = T2_REGULATION_MADE; ix <= T2_REGULATION_ALL_PUBLIC; ix++)
        if (cell_has(c->doc, ix))
            finding_cell(c, f, ix);
}

// clang-format off
static const struct { Result result; const char *zh, *en; } powers[] = {
    [POWER_UNKNOWN] = {RESULT_NOT_ASSESSABLE, "不能从机关名称判断有没有规章制定权；没有制定权的，规章一行应填0。", "The organ's name does not tell whether it can make rules; without that power this row is 0."},
    [POWER_NONE]    = {RESULT_FAIL,           "这一机关没有规章制定权，规章一行应填0；行政规范性文件请填在下一行。", "This organ cannot make rules (规章): the row is 0; normative documents belong in the next."},
    [POWER_CITY]    = {RESULT_DOUBTFUL,       "设区的市才有规章制定权，请核对；没有的，规章一行应填0。", "Only cities divided into districts can make rules; check, and write 0 without that power."},
    [POWER_OFFICE]  = {RESULT_PASS,           "按本级人民政府的规章统计；办公室本身没有规章制定权。", "Taken as the rules of its government; an office itself makes none."},
    [POWER_FULL]    = {RESULT_PASS,           "有规章制定权。", "It can make rules."},
};
// clang-format on

static void regulation_power(Checking *c)
{
    const Document *d = c->doc;
    bool made;
    CellIx ix = rules_claimed(d, &made);
    if (ix == CELL_NONE) {
        no_rules(c);
        return;
    }
    RulePower power = organ_rule_power(organ_key(c->a, d->organ));
    Result result = powers[power].result;
    if (result == RESULT_FAIL && (!made || cell_guessed(&d->cells[ix])))
        result = RESULT_DOUBTFUL;
    Finding *f =
        finding_add_said(c, CHECK_FORM_POWER, result,
                         str_z(c->opt->lang == LANG_EN ? powers[power].en : powers[power].zh));
    f->evidence = d->organ;
    f->left = cell_print(c->a, ix, d->cells[ix].n);
    f->right = result == RESULT_FAIL ? S("0") : S("");
    for (; ix <= T2_REGULATION_ALL_PUBLIC; ix++)
        if (d->cells[ix].state == CELL_VALUE && d->cells[ix].n)
            finding_cell(c, f, ix);
}

// --- the period

static void period(Checking *c)
{
    const Document *d = c->doc;
    Date first, last;
    if (!d->year || !date_is(d->from) || !date_is(d->to) || !date_make(d->year, 1, 1, &first) ||
        !date_make(d->year, 12, 31, &last)) {
        finding_add(c, CHECK_FORM_PERIOD, RESULT_NOT_ASSESSABLE, "没有读到完整的统计期限。",
                    "The period was not found, or not both its ends.");
        return;
    }
    bool right = d->from.days == first.days && d->to.days == last.days;
    Finding *f =
        right ? finding_add(c, CHECK_FORM_PERIOD, RESULT_PASS, "统计期限是全年。",
                            "The period is the whole year.")
              : finding_add(
                    c, CHECK_FORM_PERIOD, RESULT_FAIL,
                    "统计期限应为%d年1月1日至12月31日；请改正，年中成立或撤并的在第六部分说明。",
                    "The period should be 1 January to 31 December %d; correct it, or explain "
                    "in chapter six why the organ's year was shorter.",
                    d->year);
    f->left = str_fmt(c->a, PRI_STR "—" PRI_STR, STR_ARG(date_iso(c->a, d->from)),
                      STR_ARG(date_iso(c->a, d->to)));
    f->right = str_fmt(c->a, "%d-01-01—%d-12-31", d->year, d->year);
    finding_place(c, f, d->place);
}

// --- the day of publication

typedef struct Due {
    bool known;
    Date day;
    Str basis;
} Due;

// 条例 (2019) 第四十九条; the 2008 text, 第三十一条, gave everybody until 31 March.
static Due due_of(const Document *d, OrganLevel level)
{
    Due due = {.basis = d->year <= 2018 ? S("《政府信息公开条例》（2007年）第三十一条")
                                        : S("《政府信息公开条例》第四十九条")};
    bool march = d->year <= 2018 || level == ORGAN_GOVERNMENT;
    due.known = d->year > 0 && d->year < 9999 &&
                (d->year <= 2018 || level == ORGAN_GOVERNMENT || level == ORGAN_DEPARTMENT) &&
                date_make(d->year + 1, march ? 3 : 1, 31, &due.day);
    return due;
}

static void not_dated(Checking *c, const Due *due)
{
    bool over = due->known && date_is(c->opt->today) && c->opt->today.days > due->day.days;
    Finding *f =
        !due->known
            ? finding_add(c, CHECK_FORM_PUBLISHED, RESULT_NOT_ASSESSABLE, "没有读到公布日期。",
                          "The day of publication was not found.")
            : finding_add(c, CHECK_FORM_PUBLISHED, RESULT_NOT_ASSESSABLE,
                          over ? "没有读到公布日期；应在" PRI_STR
                                 "前公布，现已过期，请注明公布日期。"
                               : "没有读到公布日期；应在" PRI_STR "前公布。",
                          over ? "The day of publication was not found; it was due by " PRI_STR
                                 ", which is past."
                               : "The day of publication was not found; it is due by " PRI_STR ".",
                          STR_ARG(c->opt->lang == LANG_EN ? date_iso(c->a, due->day)
                                                          : date_zh(c->a, due->day)));
    f->basis = due->basis;
}

enum {
    LONG_AFTER_DAYS = 400
}; // later than that, the date is more likely of a new site than of the report

static void published_judge(Checking *c, const Due *due)
{
    const Document *d = c->doc;
    int late = d->published.days - due->day.days;
    Date year_end;
    bool early = date_make(d->year, 12, 31, &year_end) && d->published.days <= year_end.days;
    bool en = c->opt->lang == LANG_EN;
    Str day = en ? date_iso(c->a, d->published) : date_zh(c->a, d->published);
    Str limit = en ? date_iso(c->a, due->day) : date_zh(c->a, due->day);
    Finding *f =
        early ? finding_add(c, CHECK_FORM_PUBLISHED, RESULT_DOUBTFUL,
                            PRI_STR "公布，早于统计期末；请核对日期（期限" PRI_STR "）。",
                            "Dated " PRI_STR
                            ", before the period ended; check the date (due " PRI_STR ").",
                            STR_ARG(day), STR_ARG(limit))
        : late <= 0
            ? finding_add(c, CHECK_FORM_PUBLISHED, RESULT_PASS, PRI_STR "公布，未超过" PRI_STR "。",
                          "Published " PRI_STR ", not after " PRI_STR ".", STR_ARG(day),
                          STR_ARG(limit))
        : late > LONG_AFTER_DAYS
            ? finding_add(c, CHECK_FORM_PUBLISHED, RESULT_DOUBTFUL,
                          "页面日期" PRI_STR "比期限" PRI_STR
                          "晚一年以上，可能是网站改版或者补录的日期；请核对首次公布的日期。",
                          "The date " PRI_STR " is more than a year after " PRI_STR
                          ": perhaps of a new site. Check when it was first published.",
                          STR_ARG(day), STR_ARG(limit))
            : finding_add(c, CHECK_FORM_PUBLISHED, RESULT_FAIL,
                          PRI_STR "公布，超过" PRI_STR "的期限%d天。",
                          "Published " PRI_STR ", after " PRI_STR " by %d days.", STR_ARG(day),
                          STR_ARG(limit), late);
    f->basis = due->basis;
    f->left = day;
    f->right = limit;
    finding_place(c, f, d->place);
}

static void published(Checking *c)
{
    const Document *d = c->doc;
    OrganLevel level = organ_level(organ_key(c->a, d->organ));
    Due due = due_of(d, level);
    if (!date_is(d->published))
        not_dated(c, &due);
    else if (due.known)
        published_judge(c, &due);
    else
        finding_add(
            c, CHECK_FORM_PUBLISHED, RESULT_NOT_ASSESSABLE,
            level == ORGAN_TOWNSHIP
                ? "条例没有规定乡镇、街道的公布日期，由当地通知确定。"
                : "不能从机关名称判断公布期限：政府部门为1月31日，县级以上地方人民政府为3月31日。",
            level == ORGAN_TOWNSHIP
                ? "The Regulation sets no date for townships; local notices do."
                : "The organ's name does not tell the date due: 31 January for departments, 31 "
                  "March for governments.");
}

// --- the fee statement, due from reporting year 2021

static const Para *para_with(const Document *d, Str what)
{
    for (size_t i = 0; i < d->paras.n; i++)
        if (d->paras.v[i].kind != PARA_FURNITURE && str_has(d->paras.v[i].text, what))
            return &d->paras.v[i];
    return NULL;
}

static void fee_statement(Checking *c)
{
    const Document *d = c->doc;
    if (d->year < 2021)
        return;
    const Para *p = para_with(d, S("处理费"));
    if (p) {
        Finding *f = finding_add(c, CHECK_FORM_FEE, RESULT_PASS, "写明了信息处理费的情况。",
                                 "The fees are mentioned.");
        f->evidence = str_clip(c->a, p->text, 60);
        finding_place(c, f, p->place);
    } else if (document_whole(d)) {
        finding_add(
            c, CHECK_FORM_FEE, RESULT_FAIL,
            "没有写信息处理费；请在第六部分写明发出收费通知的件数、总金额和实际收取金额，没有收取的"
            "也要写明。",
            "Nothing is said of the information processing fee; chapter six should give the "
            "notices issued, their total and what was collected, or say that there were none.");
    } else {
        finding_add(c, CHECK_FORM_FEE, RESULT_NOT_ASSESSABLE,
                    "文本不完整，没有读到信息处理费的情况。",
                    "The text is not complete; the fees were not found.");
    }
}

// --- a basis that was replaced

// Laws and forms cited: the first paragraph that does. One pass over the text finds them by their
// 号.
typedef enum Act { LAW_2007, LAW_2019, FORM_2014, FORM_2019, FORM_2021, ACT__COUNT } Act;

// clang-format off
static const struct { int64_t year, number; Str name; } acts[ACT__COUNT] = {
    // year in brackets before the number, 0 for none
    [LAW_2007]  = {0,    492, SI("国务院令第492号")},
    [LAW_2019]  = {0,    711, SI("国务院令第711号")},
    [FORM_2014] = {2014, 32,  SI("国办发〔2014〕32号")},
    [FORM_2019] = {2019, 60,  SI("国办公开办函〔2019〕60号")},
    [FORM_2021] = {2021, 30,  SI("国办公开办函〔2021〕30号")},
};

static const struct { Act old, new; int from_year; Str instead; } replaced[] = {
    // cited for that reporting year or later, and not beside what replaced it
    {LAW_2007,  LAW_2019,  2019, SI("国务院令第711号")},
    {FORM_2014, FORM_2019, 2019, SI("国办公开办函〔2019〕60号或者〔2021〕30号")},
    {FORM_2019, FORM_2021, 2021, SI("国办公开办函〔2021〕30号")},
};
// clang-format on

typedef struct Citations {
    const Para *at[ACT__COUNT];
} Citations;

// The digits that end at byte `end`; where they begin goes to *from. 0 where there are none.
static int64_t number_before(Str s, size_t end, size_t *from)
{
    *from = end;
    while (*from > 0 && end - *from < 9 && s.s[*from - 1] >= '0' && s.s[*from - 1] <= '9')
        --*from;
    int64_t n = 0;
    return str_to_int(str_sub(s, *from, end), &n) ? n : 0;
}

enum { BRACKET_BYTES = 4, ISSUER_BYTES = 30 };

// The year in brackets before a number, of a document of 国办; 0 for none.
static int64_t year_before(Str s, size_t number)
{
    size_t from, end = number;
    while (end > 0 && number - end < BRACKET_BYTES && !(s.s[end - 1] >= '0' && s.s[end - 1] <= '9'))
        end--;
    int64_t year = number_before(s, end, &from);
    Str before = str_sub(s, from > ISSUER_BYTES ? from - ISSUER_BYTES : 0, from);
    return str_has(before, S("国办")) ? year : 0;
}

static void citations_of(const Para *p, Citations *out)
{
    static const Str mark = SI("号");
    size_t at = 0;
    for (ptrdiff_t next; (next = str_find(str_from(p->text, at), mark)) >= 0; at += mark.n) {
        at += (size_t)next;
        size_t from;
        int64_t number = number_before(p->text, at, &from);
        for (Act act = 0; number && act < ACT__COUNT; act++)
            if (acts[act].number == number && !out->at[act] &&
                (!acts[act].year || year_before(p->text, from) == acts[act].year))
                out->at[act] = p;
    }
}

static void basis_add(Checking *c, const Para *p, Str old, Str instead)
{
    Finding *f = finding_add(c, CHECK_FORM_BASIS, RESULT_FAIL,
                             "依据写的是" PRI_STR "，%d年度应依据" PRI_STR "；请更新。",
                             "The basis given is " PRI_STR "; for %d it is " PRI_STR ". Update it.",
                             STR_ARG(old), c->doc->year, STR_ARG(instead));
    f->evidence = str_clip(c->a, p->text, 80);
    f->left = old;
    f->right = instead;
    finding_place(c, f, p->place);
}

static void basis(Checking *c)
{
    const Document *d = c->doc;
    Citations cited = {0};
    bool any = false, old = false;
    for (size_t i = 0; i < d->paras.n; i++)
        if (d->paras.v[i].kind != PARA_FURNITURE)
            citations_of(&d->paras.v[i], &cited);
    for (Act act = 0; act < ACT__COUNT; act++)
        any |= cited.at[act] != NULL;
    for (size_t i = 0; i < sizeof replaced / sizeof *replaced; i++) {
        const Para *p = cited.at[replaced[i].old];
        if (d->year < replaced[i].from_year || !p || cited.at[replaced[i].new])
            continue;
        basis_add(c, p, acts[replaced[i].old].name, replaced[i].instead);
        old = true;
    }
    if (any && !old)
        finding_add(c, CHECK_FORM_BASIS, RESULT_PASS, "没有引用已被替代的依据。",
                    "No replaced basis is cited.");
}

void check_facts(Checking *c)
{
    regulation_power(c);
    period(c);
    published(c);
    fee_statement(c);
    basis(c);
}

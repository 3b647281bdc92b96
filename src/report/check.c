#include "report/check.h"

const CheckDef check_defs[CHECK__COUNT] = {
#define X(name, id, severity, basis, zh, en)                                                       \
    [CHECK_##name] = {SI(id), severity, SI(basis), SI(zh), SI(en)},
#include "report/check_defs.h"
#undef X
};

// What a finding is called where the check did not pass; a check without a line keeps its own
// title.
// clang-format off
static const struct { Str zh, en; } fault_titles[CHECK__COUNT] = {
    [CHECK_FORM_EDITION]          = {SI("年报格式与统计年度不符"), SI("not the form due for the year")},
    [CHECK_FORM_MIXED]            = {SI("混用两版格式"), SI("rows of two forms")},
    [CHECK_FORM_TABLE_T2]         = {SI("缺主动公开情况表"), SI("table two is missing")},
    [CHECK_FORM_TABLE_T3]         = {SI("缺申请情况表"), SI("table three is missing")},
    [CHECK_FORM_TABLE_T4]         = {SI("缺复议诉讼情况表"), SI("table four is missing")},
    [CHECK_FORM_ROW]              = {SI("表格缺行"), SI("a row is missing")},
    [CHECK_FORM_BLANK]            = {SI("单元格留空"), SI("cells left blank")},
    [CHECK_FORM_TYPE]             = {SI("单元格填的不是数字"), SI("not a number")},
    [CHECK_FORM_NEGATIVE]         = {SI("出现负数"), SI("a negative figure")},
    [CHECK_FORM_DECIMAL]          = {SI("出现小数"), SI("not a whole number")},
    [CHECK_FORM_GUESS]            = {SI("数字是推定读取的"), SI("figures read by a guess")},
    [CHECK_FORM_AMOUNT]           = {SI("金额单位不对"), SI("amount not in 万元")},
    [CHECK_FORM_EXTRA_ROW]        = {SI("有格式以外的行"), SI("a row beyond the form")},
    [CHECK_FORM_EXTRA_COLUMN]     = {SI("有格式以外的列"), SI("a column beyond the form")},
    [CHECK_FORM_ROW_TWICE]        = {SI("同一行出现两次"), SI("the same row twice")},
    [CHECK_FORM_CHAPTERS_MISSING] = {SI("缺章"), SI("chapters missing")},
    [CHECK_FORM_CHAPTERS_ORDER]   = {SI("各章次序与格式不符"), SI("chapters out of order")},
    [CHECK_FORM_CHAPTERS_NUMBER]  = {SI("章号与格式不符"), SI("chapters numbered otherwise")},
    [CHECK_FORM_CHAPTERS_EMPTY]   = {SI("有章没有内容"), SI("an empty chapter")},
    [CHECK_FORM_SECTION_EMPTY]    = {SI("有节没有内容"), SI("an empty section")},
    [CHECK_FORM_NUMBERING]        = {SI("编号跳号"), SI("a number is left out")},
    [CHECK_FORM_POWER]            = {SI("规章与制定权不符"), SI("rules without the power to make them")},
    [CHECK_FORM_PERIOD]           = {SI("统计期限不是全年"), SI("period is not the calendar year")},
    [CHECK_FORM_PUBLISHED]        = {SI("没有按期公布"), SI("not published in time")},
    [CHECK_FORM_FEE]              = {SI("没有写信息处理费"), SI("fees not mentioned")},
    [CHECK_FORM_BASIS]            = {SI("引用了已被替代的依据"), SI("a replaced basis is cited")},
    [CHECK_T2_PUBLIC]             = {SI("本年新公开多于对外公开总数"), SI("more newly public than public in all")},
    [CHECK_T2_CHANGE]             = {SI("减少数多于上一年项目数量"), SI("decrease exceeds last year's number")},
    [CHECK_T2_IN_FORCE]           = {SI("现行有效少于制发减废止"), SI("fewer in force than made less repealed")},
    [CHECK_STAT_PART]             = {SI("其中数大于合计"), SI("a part exceeds its whole")},
    [CHECK_STAT_CHANNELS]         = {SI("主动公开数大于各渠道之和"), SI("published more than by all channels")},
    [CHECK_SERIES_CARRY]          = {SI("上年结转与上年度报告不符"), SI("carry-over differs from last year's report")},
    [CHECK_SERIES_IN_FORCE]       = {SI("现行有效件数与上年接不上"), SI("number in force does not follow from last year's")},
    [CHECK_SERIES_ALL_PUBLIC]     = {SI("对外公开总数量与上年接不上"), SI("number public does not follow from last year's")},
    [CHECK_SERIES_LAST_YEAR]      = {SI("上一年项目数量与上年接不上"), SI("last year's items differ from last year's report")},
    [CHECK_SERIES_PENDING]        = {SI("上年尚未审结的案件没有下文"), SI("cases pending last year are gone")},
    [CHECK_TEXT_NEW]              = {SI("正文收到申请数与表三不符"), SI("requests received: text and table differ")},
    [CHECK_TEXT_CARRIED_IN]       = {SI("正文上年结转数与表三不符"), SI("carry-over from last year: text and table differ")},
    [CHECK_TEXT_CLOSED]           = {SI("正文办结数与表三不符"), SI("requests closed: text and table differ")},
    [CHECK_TEXT_CARRIED_OUT]      = {SI("正文结转下年数与表三不符"), SI("carry-over to next year: text and table differ")},
    [CHECK_TEXT_OUTCOME]          = {SI("正文办理结果与表三不符"), SI("outcomes: text and table differ")},
    [CHECK_TEXT_APPLICANT]        = {SI("正文申请人情况与表三不符"), SI("applicants: text and table differ")},
    [CHECK_TEXT_REVIEW]           = {SI("正文行政复议数与表四不符"), SI("reviews: text and table differ")},
    [CHECK_TEXT_SUIT]             = {SI("正文行政诉讼数与表四不符"), SI("suits: text and table differ")},
    [CHECK_TEXT_NORMATIVE]        = {SI("正文规范性文件数与表二不符"), SI("rules: text and table differ")},
    [CHECK_TEXT_DECISIONS]        = {SI("正文行政行为数与表二不符"), SI("licences, penalties, coercion: text and table differ")},
    [CHECK_TEXT_CHARGE]           = {SI("正文收费金额与表二不符"), SI("charges: text and table differ")},
    [CHECK_TEXT_FEE]              = {SI("信息处理费说法前后不一"), SI("statements on the information fee differ")},
    [CHECK_TEXT_PUBLISHED]        = {SI("正文主动公开数与统计表不符"), SI("items published: text and table differ")},
    [CHECK_TEXT_BALANCE]          = {SI("正文收、结、转数不平衡"), SI("the text's own figures do not balance")},
    [CHECK_TEXT_OUTCOME_SUM]      = {SI("正文各项办理结果合计不符"), SI("the text's outcomes do not add up")},
    [CHECK_TEXT_PARTS]            = {SI("正文“其中”各项之和不符"), SI("parts in the text do not add up to their whole")},
    [CHECK_TEXT_SHARE]            = {SI("正文占比计算有误"), SI("a share in the text is wrong")},
    [CHECK_TEXT_GROWTH]           = {SI("正文增减幅度计算有误"), SI("growth in the text is wrong")},
    [CHECK_TRUST_INJECTED]        = {SI("有被植入的词语"), SI("injected words")},
    [CHECK_TRUST_REPLACED]        = {SI("固定用语被替换"), SI("a fixed phrase was replaced")},
    [CHECK_TRUST_ENCODING]        = {SI("文字有乱码"), SI("broken characters")},
    [CHECK_TRUST_RESIDUE]         = {SI("有转换残留"), SI("residue of a conversion")},
    [CHECK_TRUST_TEMPLATE]        = {SI("有模板残留"), SI("something of the template is left")},
    [CHECK_TRUST_YEAR]            = {SI("正文年份不是统计年度"), SI("the text speaks of another year")},
    [CHECK_TRUST_DATE]            = {SI("日期书写残缺"), SI("a date is not well formed")},
    [CHECK_TRUST_LINK]            = {SI("政府网站域名不规范"), SI("an address of a government site looks wrong")},
    [CHECK_SERIES_COPIED]         = {SI("正文与上年雷同"), SI("text copied from last year")},
};
// clang-format on

// In the order in which findings are given.
typedef void CheckGroup(Checking *c);
static CheckGroup *const groups[] = {check_form, check_cells, check_chapters, check_facts,
                                     check_sums, check_text,  check_trust};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" // say has checked both
static Str say_v(const Checking *c, const char *zh, const char *en, va_list ap)
{
    const char *fmt = c->opt->lang == LANG_EN ? en : zh;
    if (!strchr(fmt, '%')) // most passes: nothing to fill in, nothing to copy
        return str_z(fmt);
    return str_vfmt(c->a, fmt, ap);
}
#pragma GCC diagnostic pop

Str say(const Checking *c, const char *zh, const char *en, ...)
{
    va_list ap;
    va_start(ap, en);
    Str s = say_v(c, zh, en, ap);
    va_end(ap);
    return s;
}

Str check_title(const Checking *c, CheckId id, Result result)
{
    bool en = c->opt->lang == LANG_EN, fault = result == RESULT_FAIL || result == RESULT_DOUBTFUL;
    if (fault && fault_titles[id].zh.n)
        return en ? fault_titles[id].en : fault_titles[id].zh;
    return en ? check_defs[id].en : check_defs[id].zh;
}

// The catalogue names the form in force; an older report rests on its own.
static Str basis_of(const Checking *c, const CheckDef *def)
{
    Edition form = form_of(c->doc);
    bool rests_on_form = str_eq(def->basis, editions[EDITION_FMT2021].basis);
    return rests_on_form && form != EDITION_NONE ? editions[form].basis : def->basis;
}

Finding *finding_add_said(Checking *c, CheckId id, Result result, Str message)
{
    const CheckDef *def = &check_defs[id];
    Finding *f = PUSH(c->a, &c->doc->findings);
    *f = (Finding){.id = def->id,
                   .result = result,
                   .severity = def->severity,
                   .title = check_title(c, id, result),
                   .message = message,
                   .basis = basis_of(c, def)};
    return f;
}

Finding *finding_add(Checking *c, CheckId id, Result result, const char *zh, const char *en, ...)
{
    va_list ap;
    va_start(ap, en);
    Str message = say_v(c, zh, en, ap);
    va_end(ap);
    return finding_add_said(c, id, result, message);
}

// A finding keeps no capacity: its lists double when their length reaches a power of two.
static bool list_full(size_t n)
{
    return (n & (n - 1)) == 0;
}

void finding_place(Checking *c, Finding *f, Place place)
{
    if (list_full(f->n_places)) {
        Place *v = NEW(c->a, Place, f->n_places ? f->n_places * 2 : 1);
        if (f->n_places)
            memcpy(v, f->places, f->n_places * sizeof *v);
        f->places = v;
    }
    f->places[f->n_places++] = place;
}

static void cell_push(Checking *c, Finding *f, CellIx ix)
{
    if (list_full(f->n_cells)) {
        CellIx *v = NEW(c->a, CellIx, f->n_cells ? f->n_cells * 2 : 1);
        if (f->n_cells)
            memcpy(v, f->cells, f->n_cells * sizeof *v);
        f->cells = v;
    }
    f->cells[f->n_cells++] = ix;
}

void finding_cell(Checking *c, Finding *f, CellIx ix)
{
    cell_push(c, f, ix);
    if (c->doc->cells[ix].state != CELL_ABSENT)
        finding_place(c, f, c->doc->cells[ix].place);
}

void report_check(Document *doc, const CheckOptions *opt, Arena *a)
{
    Checking c = {doc, opt, a};
    doc->findings = (Findings){0};
    if (doc->kind != DOC_REPORT)
        return;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        groups[i](&c);
}

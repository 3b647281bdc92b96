#include "report/equation.h"

// --- the form due for the year (chosen by reporting year, not by publication date)

static Str edition_name(Edition e)
{
    return editions[e].zh;
}

static void form_edition(Checking *c)
{
    const Document *d = c->doc;
    Edition due = edition_due(d->year);
    if (d->edition == EDITION_NONE || !d->year) {
        finding_add(c, CHECK_FORM_EDITION, RESULT_NOT_ASSESSABLE,
                    d->year ? "没有认出所用的年报格式。"
                            : "没有认出报告的统计年度，不能判断应用哪一版格式。",
                    d->year ? "The form could not be recognised."
                            : "The reporting year is unknown, so the form due cannot be told.");
    } else if (d->edition == due) {
        finding_add(c, CHECK_FORM_EDITION, RESULT_PASS, "与统计年度相符。", "It fits the year.");
    } else {
        Finding *f = finding_add(
            c, CHECK_FORM_EDITION, RESULT_FAIL,
            "%d年度应使用" PRI_STR "（" PRI_STR "），报告用的是" PRI_STR "；请换用格式后重新填写。",
            "The form due for %d is " PRI_STR " (" PRI_STR "); this report uses " PRI_STR
            ". Fill it in again on the form due.",
            d->year, STR_ARG(edition_name(due)), STR_ARG(editions[due].basis),
            STR_ARG(edition_name(d->edition)));
        f->left = edition_name(d->edition);
        f->right = edition_name(due);
        finding_place(c, f, d->place);
    }
}

void check_form(Checking *c)
{
    form_edition(c);
}

#include "domain/correction.h"

// clang-format off
const CorrectionDef correction_defs[CORRECTION__COUNT] = {
    [CORRECTION_CORRECTED] = { SI("corrected"), SI("予以更正"),           SI("更正了什么：原来怎样记录，更正以后怎样"), true,  LETTER_RECORD,           SI("条例第四十一条：有权更正且经审核属实的，应当予以更正并告知申请人") },
    [CORRECTION_REFUSED]   = { SI("refused"),   SI("不予更正"),           SI("为什么不予更正"),                         true,  LETTER_RECORD_REFUSED,   SI("条例第四十一条：经审核不属实") },
    [CORRECTION_FORWARDED] = { SI("forwarded"), SI("转送有权更正的机关"), SI("转送哪个机关，怎样联系"),                 false, LETTER_RECORD_FORWARDED, SI("条例第四十一条：不属于本机关职能范围的，可以转送有权更正的机关处理并告知申请人") },
    [CORRECTION_TOLD]      = { SI("told"),      SI("告知向有权机关提出"), SI("告知向哪个机关提出，怎样联系"),           false, LETTER_RECORD_TOLD,      SI("条例第四十一条：不属于本机关职能范围的，告知申请人向有权更正的机关提出") },
    [CORRECTION_WITHDRAWN] = { SI("withdrawn"), SI("申请人撤回"),         SI("申请人怎样撤回的"),                       false, LETTER__COUNT,           SI("") },
};
// clang-format on

bool correction_named(Str id, CorrectionOutcome *out)
{
    for (int o = 0; o < CORRECTION__COUNT; o++)
        if (str_eq(correction_defs[o].id, id))
            return *out = (CorrectionOutcome)o, true;
    return false;
}

static bool open_on(const CorrectionDays *now, Date on, Date today, Err *err)
{
    if (date_is(now->ended))
        return fail(err, ERR_RULE, NULL, "这件更正申请已经办结", "the correction has been ended");
    Date from = date_is(now->examined) ? now->examined : now->filed;
    return (date_is(on) && on.days >= from.days && on.days <= today.days) ||
           fail(err, ERR_INPUT, NULL, "日期应当在" PRI_STR "以后、今天以前",
                "the day lies after “" PRI_STR "” and not after today",
                STR_ARG(date_is(now->examined) ? S("审核") : S("收到申请")));
}

bool correction_examine(const CorrectionDays *now, Date on, Str words, Date today, Err *err)
{
    CorrectionDays again = {.filed = now->filed, .examined = date_none, .ended = now->ended};
    return open_on(&again, on, today, err) &&
           (words.n ||
            fail(err, ERR_INPUT, NULL, "请写明审核的情况", "say what the examination found"));
}

bool correction_end(const CorrectionDays *now, CorrectionOutcome outcome, Date on, Str words,
                    Date today, Err *err)
{
    const CorrectionDef *def = &correction_defs[outcome];
    if (!open_on(now, on, today, err))
        return false;
    if (def->examined && !date_is(now->examined))
        return fail(err, ERR_RULE, NULL, "“" PRI_STR "”以前要先登记审核的情况（条例第四十一条）",
                    "“" PRI_STR "” follows an examination (Regulation, Art. 41)",
                    STR_ARG(def->name));
    return words.n ||
           fail(err, ERR_INPUT, NULL, "请写明：" PRI_STR, "say: " PRI_STR, STR_ARG(def->asks));
}

bool correction_may_send(bool ended, CorrectionOutcome outcome, LetterKind kind)
{
    if (kind == LETTER_RECORD_TRANSFER)
        return !ended || outcome == CORRECTION_FORWARDED;
    return ended && correction_defs[outcome].letter == kind;
}

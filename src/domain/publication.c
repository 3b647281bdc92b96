#include "domain/publication.h"

// clang-format off
const PublicationWhyDef publication_whys[PUBLISH__COUNT] = {
    [PUBLISH_SEVERAL]   = { SI("several"),   SI("多个申请人就相同信息提出申请"), SI("条例第四十四条第一款") },
    [PUBLISH_SUGGESTED] = { SI("suggested"), SI("申请人建议纳入主动公开"),       SI("条例第四十四条第二款") },
};

const PublicationStateDef publication_states[PUBLICATION__COUNT] = {
    [PUBLICATION_DUE]       = { SI("due"),       SI("待发布"), SI("wait") },
    [PUBLICATION_PUBLIC]    = { SI("public"),    SI("已发布"), SI("ok") },
    [PUBLICATION_WITHDRAWN] = { SI("withdrawn"), SI("已撤下"), SI("ended") },
};
// clang-format on

bool publication_why_named(Str id, PublicationWhy *out)
{
    for (int w = 0; w < PUBLISH__COUNT; w++)
        if (str_eq(publication_whys[w].id, id))
            return *out = (PublicationWhy)w, true;
    return false;
}

PublicationState publication_state_named(Str id)
{
    for (int s = 0; s < PUBLICATION__COUNT; s++)
        if (str_eq(publication_states[s].id, id))
            return (PublicationState)s;
    return PUBLICATION_DUE;
}

bool publication_may(Phase phase, Str outcome, PublicationWhy why, int64_t askers, Err *err)
{
    Outcome o;
    bool given = phase == PHASE_DONE && outcome_named(outcome, &o) && outcome_defs[o].releases;
    if (!given)
        return fail(err, ERR_RULE, NULL,
                    "只有已经答复、可以公开的信息才能纳入主动公开（条例第四十四条）",
                    "only what was answered and can be given becomes public (Regulation, Art. 44)");
    return why != PUBLISH_SEVERAL || askers >= 2 ||
           fail(err, ERR_RULE, NULL, "就相同信息提出申请的还只有%lld件（条例第四十四条第一款）",
                "so far %lld have asked for the same (Regulation, Art. 44)", (long long)askers);
}

Suggestion publication_suggestion(bool said, bool reviewed, bool accepted, bool has_publication)
{
    if (!said)
        return SUGGESTION_NONE;
    if (reviewed)
        return accepted ? SUGGESTION_TAKEN : SUGGESTION_DECLINED;
    return has_publication ? SUGGESTION_TAKEN : SUGGESTION_WAITS;
}

bool publication_decline_may(Suggestion now, Str reason, Err *err)
{
    if (now != SUGGESTION_WAITS)
        return fail(err, ERR_RULE, NULL, "没有等待审核的建议（条例第四十四条第二款）",
                    "no suggestion waits to be reviewed (Regulation, Art. 44)");
    return reason.n || fail(err, ERR_INPUT, NULL, "请写明为什么不属于主动公开的范围，申请人看得到",
                            "say why it is not to be made public; the applicant reads it");
}

bool publication_complete(Str title, Str summary, Date formed, Date today, Err *err)
{
    if (!title.n || !summary.n)
        return fail(err, ERR_INPUT, NULL, "请写明标题和内容概述", "title and summary are missing");
    if (!date_is(formed))
        return fail(err, ERR_INPUT, NULL, "请填写信息的生成日期（条例第十二条）",
                    "the day it came into being is missing (Regulation, Art. 12)");
    return formed.days <= today.days ||
           fail(err, ERR_INPUT, NULL, "生成日期应当是今天或者以前的一天",
                "the day it came into being is today or before");
}

bool publication_step(PublicationState from, PublicationState to, Err *err)
{
    bool ok = (from == PUBLICATION_DUE && to == PUBLICATION_PUBLIC) ||
              (from == PUBLICATION_PUBLIC && to == PUBLICATION_WITHDRAWN);
    return ok || fail(err, ERR_RULE, NULL, "“" PRI_STR "”的信息不能改为“" PRI_STR "”",
                      "what is “" PRI_STR "” cannot become “" PRI_STR "”",
                      STR_ARG(publication_states[from].name), STR_ARG(publication_states[to].name));
}

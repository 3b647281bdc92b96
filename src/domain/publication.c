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

bool publication_step(PublicationState from, PublicationState to, Err *err)
{
    bool ok = (from == PUBLICATION_DUE && to == PUBLICATION_PUBLIC) ||
              (from == PUBLICATION_PUBLIC && to == PUBLICATION_WITHDRAWN);
    return ok || fail(err, ERR_RULE, NULL, "“" PRI_STR "”的信息不能改为“" PRI_STR "”",
                      "what is “" PRI_STR "” cannot become “" PRI_STR "”",
                      STR_ARG(publication_states[from].name), STR_ARG(publication_states[to].name));
}

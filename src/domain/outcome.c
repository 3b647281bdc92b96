#include "domain/outcome.h"

// clang-format off
const OutcomeDef outcome_defs[OUTCOME__COUNT] = {
    //                            id                     on the decision sheet                          row         letter                                            remedies             releases  source
    [OUTCOME_PUBLIC_ALREADY] = { SI("public_already"), SI("已经主动公开，告知获取方式"),             SI("r1"),   SI("政府信息已主动公开告知书"),                   REMEDY_EITHER,       false, SI("条例第三十六条第（一）项") },
    [OUTCOME_DISCLOSED]      = { SI("disclosed"),      SI("予以公开"),                               SI("r1"),   SI("政府信息公开告知书"),                         REMEDY_EITHER,       true,  SI("条例第三十六条第（二）项") },
    [OUTCOME_PARTLY]         = { SI("partly"),         SI("部分公开"),                               SI("r2"),   SI("政府信息部分公开告知书"),                     REMEDY_REVIEW_FIRST, true,  SI("条例第三十七条") },
    [OUTCOME_STATE_SECRET]   = { SI("state_secret"),   SI("不予公开：属于国家秘密"),                 SI("r3_1"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十四条、第三十六条第（三）项") },
    [OUTCOME_FORBIDDEN]      = { SI("forbidden"),      SI("不予公开：其他法律行政法规禁止公开"),     SI("r3_2"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十四条、第三十六条第（三）项") },
    [OUTCOME_SAFETY]         = { SI("safety"),         SI("不予公开：危及“三安全一稳定”"),           SI("r3_3"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十四条、第三十六条第（三）项") },
    [OUTCOME_THIRD_PARTY]    = { SI("third_party"),    SI("不予公开：保护第三方合法权益"),           SI("r3_4"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十五条、第三十二条、第三十六条第（三）项") },
    [OUTCOME_INTERNAL]       = { SI("internal"),       SI("不予公开：属于三类内部事务信息"),         SI("r3_5"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十六条第一款、第三十六条第（三）项") },
    [OUTCOME_PROCESS]        = { SI("process"),        SI("不予公开：属于四类过程性信息"),           SI("r3_6"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十六条第二款、第三十六条第（三）项") },
    [OUTCOME_CASE_FILE]      = { SI("case_file"),      SI("不予公开：属于行政执法案卷"),             SI("r3_7"), SI("政府信息不予公开告知书"),                     REMEDY_REVIEW_FIRST, false, SI("条例第十六条第二款、第三十六条第（三）项") },
    [OUTCOME_QUERY]          = { SI("query"),          SI("属于行政查询事项，依照有关规定办理"),     SI("r3_8"), SI("行政查询事项告知书"),                         REMEDY_EITHER,       false, SI("条例第三十六条第（七）项") },
    [OUTCOME_NOT_EXISTING]   = { SI("not_existing"),   SI("无法提供：信息不存在"),                   SI("r4_1"), SI("政府信息不存在告知书"),                       REMEDY_EITHER,       false, SI("条例第三十六条第（四）项") },
    [OUTCOME_OTHER_ORGAN]    = { SI("other_organ"),    SI("无法提供：不属于本机关负责公开"),         SI("r4_1"), SI("非本机关负责公开告知书"),                     REMEDY_EITHER,       false, SI("条例第三十六条第（五）项") },
    [OUTCOME_NOT_MADE]       = { SI("not_made"),       SI("无法提供：没有现成信息，需要另行制作"),   SI("r4_2"), SI("没有现成政府信息告知书"),                     REMEDY_EITHER,       false, SI("条例第三十八条") },
    [OUTCOME_UNCLEAR]        = { SI("unclear"),        SI("无法提供：补正后申请内容仍不明确"),       SI("r4_3"), SI("申请内容不明确告知书"),                       REMEDY_EITHER,       false, SI("条例第三十条") },
    [OUTCOME_PETITION]       = { SI("petition"),       SI("不予处理：信访、举报、投诉"),             SI("r5_1"), SI("信访投诉举报事项告知书"),                     REMEDY_EITHER,       false, SI("条例第三十九条第一款") },
    [OUTCOME_REPEATED]       = { SI("repeated"),       SI("不予处理：重复申请"),                     SI("r5_2"), SI("重复申请不予重复处理告知书"),                 REMEDY_EITHER,       false, SI("条例第三十六条第（六）项") },
    [OUTCOME_PUBLICATION]    = { SI("publication"),    SI("不予处理：要求提供公开出版物"),           SI("r5_3"), SI("公开出版物获取途径告知书"),                   REMEDY_EITHER,       false, SI("条例第三十九条第二款") },
    [OUTCOME_EXCESSIVE]      = { SI("excessive"),      SI("不予处理：无正当理由大量反复申请"),       SI("r5_4"), SI("不予处理告知书"),                             REMEDY_EITHER,       false, SI("条例第三十五条") },
    [OUTCOME_REISSUE]        = { SI("reissue"),        SI("不予处理：要求确认或重新出具已获取信息"), SI("r5_5"), SI("不予处理告知书"),                             REMEDY_EITHER,       false, SI("年度报告格式（国办公开办函〔2021〕30号）表三（五）5") },
    [OUTCOME_NOT_CORRECTED]  = { SI("not_corrected"),  SI("其他处理：逾期不补正，不再处理"),         SI("r6_1"), SI("终止办理告知书"),                             REMEDY_EITHER,       false, SI("条例第三十条") },
    [OUTCOME_NOT_PAID]       = { SI("not_paid"),       SI("其他处理：逾期不缴费，不再处理"),         SI("r6_2"), SI("终止办理告知书"),                             REMEDY_EITHER,       false, SI("信息处理费管理办法第六条") },
    [OUTCOME_WITHDRAWN]      = { SI("withdrawn"),      SI("其他处理：申请人撤回"),                   SI("r6_3"), SI("终止办理告知书"),                             REMEDY_NONE,         false, SI("年度报告格式（国办公开办函〔2021〕30号）表三（六）3") },
    [OUTCOME_OTHER]          = { SI("other"),          SI("其他处理：其他"),                         SI("r6_3"), SI("告知书"),                                     REMEDY_EITHER,       false, SI("年度报告格式（国办公开办函〔2021〕30号）表三（六）3") },
};

// Before 2024 a refusal could be taken to court without a review. That the refused part of a partial
// disclosure needs the review first follows from 国办函〔2021〕132号, which counts it as a refusal.
const RemedyRow remedy_rows[] = {
    { REMEDY_REVIEW_FIRST, "2024-01-01", NULL, SI("如不服本告知，可以自收到之日起60日内向{review}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向{court}提起行政诉讼。"), SI("行政复议法第二十条、第二十三条第一款第（四）项、第二款，行政诉讼法第四十五条") },
    { REMEDY_REVIEW_FIRST, NULL, "2023-12-31", SI("如不服本告知，可以自收到之日起60日内向{review}申请行政复议，或者自收到之日起6个月内向{court}提起行政诉讼。"), SI("行政复议法（2017年修正）第九条，行政诉讼法第四十六条") },
    { REMEDY_EITHER,       NULL, NULL,         SI("如不服本告知，可以自收到之日起60日内向{review}申请行政复议，或者自收到之日起6个月内向{court}提起行政诉讼。"), SI("行政复议法第二十条，行政诉讼法第四十六条") },
};
// clang-format on
const size_t n_remedy_rows = sizeof remedy_rows / sizeof *remedy_rows;

bool outcome_named(Str id, Outcome *out)
{
    for (int o = 0; o < OUTCOME__COUNT; o++)
        if (str_eq(outcome_defs[o].id, id))
            return *out = (Outcome)o, true;
    return false;
}

Str outcome_row(Outcome o, int year)
{
    Str row = outcome_defs[o].row;
    return year < 2021 && str_starts(row, S("r6")) ? S("r6") : row;
}

static bool in_force(const RemedyRow *row, Date on)
{
    Date from = date_none, until = date_none;
    bool begun = !row->from || (date_parse(str_z(row->from), &from) && on.days >= from.days);
    bool over = row->until && date_parse(str_z(row->until), &until) && on.days > until.days;
    return begun && !over;
}

Str remedy_words(Outcome o, Date on, Str review, Str court, Arena *a)
{
    for (size_t i = 0; i < n_remedy_rows; i++)
        if (remedy_rows[i].remedy == outcome_defs[o].remedy && in_force(&remedy_rows[i], on))
            return str_replace(a, str_replace(a, remedy_rows[i].words, S("{review}"), review),
                               S("{court}"), court);
    return S("");
}

#include "domain/letter.h"

const Str letter_of_nouns[OWNER__COUNT] = {SI("request"), SI("correction")};

// clang-format off
#define ALWAYS "收到日期 信息名称 "
#define ENDS ALWAYS "经过 事实 依据 处理结果 救济途径 网上复议渠道"
#define REFUSES ENDS " 理由"
#define AFTER_ALL ALWAYS "依据 处理结果 救济途径 网上复议渠道"

const LetterDef letter_defs[LETTER__COUNT] = {
    //                           id                       title                                   to              goes with               its template needs                                       source
    [LETTER_RECEIPT]         = { SI("receipt"),          SI("政府信息公开申请登记回执"),         TO_APPLICANT,   FACT__COUNT,            SI(ALWAYS "申请编号 答复期限"),                       SI("条例第三十一条、第四十五条"), OWNER_REQUEST },
    [LETTER_CORRECTION]      = { SI("correction"),       SI("政府信息公开申请补正告知书"),       TO_APPLICANT,   FACT_CORRECTION_ASKED,  SI(ALWAYS "补正事项 补正截止"),                       SI("条例第三十条"), OWNER_REQUEST },
    [LETTER_REASONS]         = { SI("reasons"),          SI("政府信息公开申请说明理由告知书"),   TO_APPLICANT,   FACT_REASONS_ASKED,     SI(ALWAYS "事实"),                                    SI("条例第三十五条"), OWNER_REQUEST },
    [LETTER_EXTENSION]       = { SI("extension"),        SI("政府信息公开延期答复告知书"),       TO_APPLICANT,   FACT_EXTENDED,          SI(ALWAYS "理由 延长工作日 答复期限"),                SI("条例第三十三条第二款"), OWNER_REQUEST },
    [LETTER_DELAY]           = { SI("delay"),            SI("政府信息公开延迟答复告知书"),       TO_APPLICANT,   FACT_DELAYED,           SI(ALWAYS "理由 答复期限"),                           SI("条例第三十五条"), OWNER_REQUEST },
    [LETTER_THIRD_PARTY]     = { SI("third_party"),      SI("政府信息公开征求第三方意见书"),     TO_THIRD_PARTY, FACT_THIRD_PARTY_ASKED, SI("信息名称 征求期限"),                              SI("条例第三十二条"), OWNER_REQUEST },
    [LETTER_ORGAN]           = { SI("organ"),            SI("政府信息公开征求机关意见书"),       TO_ORGAN,       FACT_ORGAN_ASKED,       SI("信息名称 征求期限"),                              SI("条例第三十四条"), OWNER_REQUEST },
    [LETTER_CONSULTING]      = { SI("consulting"),       SI("政府信息公开征求意见告知书"),       TO_APPLICANT,   FACT__COUNT,            SI(ALWAYS "征求对象"),                                SI("条例第三十二条、第三十三条第三款、第三十四条"), OWNER_REQUEST },
    [LETTER_THIRD_PARTY_TOLD] = { SI("third_party_told"), SI("政府信息依申请公开告知书"),        TO_THIRD_PARTY, FACT__COUNT,            SI("信息名称 公开内容 理由 救济途径"),                SI("条例第三十二条"), OWNER_REQUEST },
    [LETTER_FEE]             = { SI("fee"),              SI("政府信息公开信息处理费收费通知书"), TO_APPLICANT,   FACT_FEE_NOTICED,       SI(ALWAYS "收费计算 收费金额 缴纳方式"),              SI("信息处理费管理办法第三条至第六条"), OWNER_REQUEST },
    [LETTER_TRANSFER]        = { SI("transfer"),         SI("政府信息公开有关事项转送函"),       TO_ORGAN,       FACT__COUNT,            SI(ALWAYS "事实"),                                    SI("条例第三十六条第（五）项"), OWNER_REQUEST },
#define ABOUT_RECORD(...) { __VA_ARGS__, SI("条例第四十一条"), OWNER_CORRECTION }
    [LETTER_RECORD]           = ABOUT_RECORD(SI("record"),           SI("政府信息更正告知书"),                   TO_APPLICANT, FACT__COUNT, SI(ALWAYS "事实 处理结果")),
    [LETTER_RECORD_REFUSED]   = ABOUT_RECORD(SI("record_refused"),   SI("政府信息不予更正告知书"),               TO_APPLICANT, FACT__COUNT, SI(ALWAYS "事实 理由 救济途径 网上复议渠道")),
    [LETTER_RECORD_FORWARDED] = ABOUT_RECORD(SI("record_forwarded"), SI("政府信息更正申请转送告知书"),           TO_APPLICANT, FACT__COUNT, SI(ALWAYS "处理结果 救济途径 网上复议渠道")),
    [LETTER_RECORD_TOLD]      = ABOUT_RECORD(SI("record_told"),      SI("政府信息更正申请告知书"),               TO_APPLICANT, FACT__COUNT, SI(ALWAYS "处理结果 救济途径 网上复议渠道")),
    [LETTER_RECORD_TRANSFER]  = ABOUT_RECORD(SI("record_transfer"),  SI("政府信息更正申请转送函"),               TO_ORGAN,     FACT__COUNT, SI(ALWAYS "申请人 不准确之处")),
#undef ABOUT_RECORD
#define REPLY(outcome, id, fact, needs) [LETTER_REPLY + outcome] = { SI("reply_" id), SI(""), TO_APPLICANT, fact, SI(needs), SI(""), OWNER_REQUEST }
    REPLY(OUTCOME_PUBLIC_ALREADY, "public_already", FACT_ANSWERED, ENDS),
    REPLY(OUTCOME_DISCLOSED,      "disclosed",      FACT_ANSWERED, ENDS),
    REPLY(OUTCOME_PARTLY,         "partly",         FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_STATE_SECRET,   "state_secret",   FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_FORBIDDEN,      "forbidden",      FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_SAFETY,         "safety",         FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_THIRD_PARTY,    "third_party",    FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_INTERNAL,       "internal",       FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_PROCESS,        "process",        FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_CASE_FILE,      "case_file",      FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_QUERY,          "query",          FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_NOT_EXISTING,   "not_existing",   FACT_ANSWERED, ENDS),
    REPLY(OUTCOME_OTHER_ORGAN,    "other_organ",    FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_NOT_MADE,       "not_made",       FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_UNCLEAR,        "unclear",        FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_PETITION,       "petition",       FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_REPEATED,       "repeated",       FACT_ANSWERED, ENDS),
    REPLY(OUTCOME_PUBLICATION,    "publication",    FACT_ANSWERED, ENDS),
    REPLY(OUTCOME_EXCESSIVE,      "excessive",      FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_REISSUE,        "reissue",        FACT_ANSWERED, REFUSES),
    REPLY(OUTCOME_NOT_CORRECTED,  "not_corrected",  FACT_CLOSED,    AFTER_ALL " 经过"),
    REPLY(OUTCOME_NOT_PAID,       "not_paid",       FACT_CLOSED,    AFTER_ALL " 经过"),
    REPLY(OUTCOME_WITHDRAWN,      "withdrawn",      FACT_WITHDRAWN, ALWAYS "处理结果"),
    REPLY(OUTCOME_OTHER,          "other",          FACT_ANSWERED, REFUSES),
#undef REPLY
};
// clang-format on

Str letter_title(LetterKind kind)
{
    return letter_is_reply(kind) ? outcome_defs[kind - LETTER_REPLY].letter
                                 : letter_defs[kind].title;
}

Str letter_source(LetterKind kind)
{
    return letter_is_reply(kind) ? outcome_defs[kind - LETTER_REPLY].source
                                 : letter_defs[kind].source;
}

bool letter_ends(LetterKind kind)
{
    return letter_is_reply(kind);
}

bool letter_named(Str id, LetterKind *out)
{
    for (int k = 0; k < LETTER__COUNT; k++)
        if (str_eq(letter_defs[k].id, id))
            return *out = (LetterKind)k, true;
    return false;
}

bool letter_of_fact(FactKind fact, Outcome outcome, LetterKind *out)
{
    if (fact == FACT_ANSWERED || fact == FACT_CLOSED)
        return *out = letter_reply(outcome), true;
    if (fact == FACT_WITHDRAWN)
        return *out = letter_reply(OUTCOME_WITHDRAWN), true;
    for (int k = 0; k < LETTER_REPLY; k++)
        if (letter_defs[k].fact == fact)
            return *out = (LetterKind)k, true;
    return false;
}

// --- values that follow from the facts

// clang-format off
static const struct { FactKind kind; Str words; } course[] = {
    { FACT_CORRECTION_ASKED,    SI("告知补正") },
    { FACT_CORRECTED,           SI("收到补正") },
    { FACT_REASONS_ASKED,       SI("要求说明理由") },
    { FACT_REASONS_GIVEN,       SI("收到说明") },
    { FACT_THIRD_PARTY_ASKED,   SI("书面征求第三方意见") },
    { FACT_ORGAN_ASKED,         SI("征求有关机关意见") },
    { FACT_OPINION,             SI("收到意见") },
    { FACT_EXTENDED,            SI("告知延长答复期限") },
    { FACT_DELAYED,             SI("告知延迟答复的期限") },
    { FACT_FEE_NOTICED,         SI("发出收费通知") },
    { FACT_FEE_PAID,            SI("确认缴费完成") },
};
// clang-format on

static Str course_words(FactKind kind)
{
    for (size_t i = 0; i < sizeof course / sizeof *course; i++)
        if (course[i].kind == kind)
            return course[i].words;
    return S("");
}

Str letter_course(const RequestFacts *facts, Arena *a)
{
    Strs parts = {0};
    for (size_t i = 0; i < facts->n; i++) {
        Str words = course_words(facts->v[i].kind);
        if (words.n)
            *PUSH(a, &parts) = str_fmt(a, "于" PRI_STR PRI_STR, STR_ARG(date_zh(a, facts->v[i].on)),
                                       STR_ARG(words));
    }
    return parts.n ? str_fmt(a, "办理期间，本机关" PRI_STR "。",
                             STR_ARG(str_join(a, parts.v, parts.n, S("，"))))
                   : S("");
}

// Names as the tables shorten them, where they begin a reference.
// clang-format off
static const struct { Str brief, full; } laws[] = {
    { SI("信息处理费管理办法"), SI("《政府信息公开信息处理费管理办法》") },
    { SI("条例"),               SI("《中华人民共和国政府信息公开条例》") },
};
// clang-format on

Str letter_law(Str source, Arena *a)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
        if (str_starts(source, laws[i].brief))
            return str_cat(a, laws[i].full, str_from(source, laws[i].brief.n));
    return source;
}

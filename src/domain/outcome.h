// How a request can end (条例第三十六条至第三十九条, and what the report's form adds): one row
// gives the letter, the row of table three, and which remedies are told (复议、诉讼). Choosing an
// outcome is choosing all of them.
#ifndef GONGKAI_DOMAIN_OUTCOME_H
#define GONGKAI_DOMAIN_OUTCOME_H

#include "base/date.h"
#include "base/str.h"

typedef enum Outcome {
    OUTCOME_PUBLIC_ALREADY, // 已主动公开
    OUTCOME_DISCLOSED,      // 予以公开
    OUTCOME_PARTLY,         // 部分公开
    OUTCOME_STATE_SECRET,   // 不予公开：国家秘密
    OUTCOME_FORBIDDEN,      // 其他法律行政法规禁止公开
    OUTCOME_SAFETY,         // 危及“三安全一稳定”
    OUTCOME_THIRD_PARTY,    // 保护第三方合法权益
    OUTCOME_INTERNAL,       // 三类内部事务信息
    OUTCOME_PROCESS,        // 四类过程性信息
    OUTCOME_CASE_FILE,      // 行政执法案卷
    OUTCOME_QUERY,          // 行政查询事项
    OUTCOME_NOT_EXISTING,   // 不存在
    OUTCOME_OTHER_ORGAN,    // 不属于本机关负责
    OUTCOME_NOT_MADE,       // 没有现成信息需要另行制作
    OUTCOME_UNCLEAR,        // 补正后申请内容仍不明确
    OUTCOME_PETITION,       // 信访举报投诉
    OUTCOME_REPEATED,       // 重复申请
    OUTCOME_PUBLICATION,    // 公开出版物
    OUTCOME_EXCESSIVE,      // 无正当理由大量反复申请
    OUTCOME_REISSUE,        // 要求确认或重新出具已获取信息
    OUTCOME_NOT_CORRECTED,  // 逾期不补正
    OUTCOME_NOT_PAID,       // 逾期不缴费
    OUTCOME_WITHDRAWN,      // 撤回
    OUTCOME_OTHER,          // 其他
    OUTCOME__COUNT,
} Outcome;

typedef enum Remedy {
    REMEDY_EITHER,       // review, or suit
    REMEDY_REVIEW_FIRST, // 复议前置: review before suit
    REMEDY_NONE,         // nothing is decided against the applicant
    REMEDY__COUNT,
} Remedy;

typedef struct OutcomeDef {
    Str id;     // in the database and the API
    Str name;   // on the decision sheet
    Str row;    // of table three: "r3_4"; before 2021 r6_1 … r6_3 are all r6
    Str letter; // its title
    Remedy remedy;
    bool releases; // information is given out, so that it has to be reviewed and redacted
    Str source;
} OutcomeDef;
extern const OutcomeDef outcome_defs[OUTCOME__COUNT];

bool outcome_named(Str id, Outcome *out);

// The row of table three in the report of that year.
Str outcome_row(Outcome o, int year);

// The paragraph that tells the remedies, as in force on the day of the letter; empty where none is
// told. `review` and `court` are the organs' names.
Str remedy_words(Outcome o, Date on, Str review, Str court, Arena *a);

// The table behind it, for printing: {review} and {court} stand for the names.
typedef struct RemedyRow {
    Remedy remedy;
    const char *from, *until; // days between which it is in force, both included; NULL open
    Str words, source;
} RemedyRow;
extern const RemedyRow remedy_rows[];
extern const size_t n_remedy_rows;

#endif

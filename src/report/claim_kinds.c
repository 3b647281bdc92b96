// What a labelled figure claims, and which cells it may equal. One row per kind; the first row that
// fits a label in each group of rows with the same check wins, so stricter readings stand before
// looser ones.
#include "report/claims.h"

#define F(name) FEATURE(name)

// Several meanings need several rows of table three.
#define ROW(r) (UINT32_C(1) << (r))
enum {
    R3_ALL = 0xff << T3_R3_1,
    R4_ALL = 0x7 << T3_R4_1,
    R5_ALL = 0x1f << T3_R5_1,
    R6_ALL = 0xf << T3_R6,
    IN_ALL = 1 << T3_NEW | 1 << T3_CARRIED_IN,
    REPLIED = 1 << T3_R1 | 1 << T3_R2 | R3_ALL | R4_ALL | R5_ALL,
    COL_TOTAL = 1 << T3_TOTAL,
    COL_LEGAL = 0x1f << T3_BUSINESS,
    SUITS = 1 << T4_SUIT_DIRECT | 1 << T4_SUIT_AFTER_REVIEW,
};

#define T3(rows_, cols_)                                                                           \
    {                                                                                              \
        .rows = (rows_), .cols = (cols_)                                                           \
    }
#define T4(blocks_, result_)                                                                       \
    {                                                                                              \
        .blocks = (blocks_), .results = 1 << (result_)                                             \
    }
#define CELL(ix)                                                                                   \
    {                                                                                              \
        .cell = (ix) + 1                                                                           \
    }
#define STAT(key)                                                                                  \
    {                                                                                              \
        .stat = { SI(key) }                                                                        \
    }
#define STAT2(key, more)                                                                           \
    {                                                                                              \
        .stat = { SI(key), SI(more) }                                                              \
    }

enum {
    CASES = 1 << UNIT_CASE,
    COUNTS = 1 << UNIT_CASE | 1 << UNIT_ITEM | 1 << UNIT_TIMES | 1 << UNIT_NONE,
    PIECES = 1 << UNIT_CASE | 1 << UNIT_TIMES | 1 << UNIT_NONE,
};

#define OTHER_MATTER                                                                               \
    (F(ELSE) | F(FEE) | F(NORM) | F(RULES) | F(LICENCE) | F(PENALTY) | F(COERCION) | F(CHARGE))
#define COURTS (F(REVIEW) | F(SUIT))
#define CARRIED (F(CARRY_IN) | F(CARRY_OUT) | F(CARRY))
#define RESULTS (F(UPHELD) | F(CORRECTED) | F(OTHER_RESULT) | F(PENDING))
#define OUTCOMES (F(R1) | F(R2) | F(R3) | F(R4) | F(R5) | F(R6) | F(SUB))
#define WHO (F(NATURAL) | F(LEGAL) | F(BUSINESS) | F(RESEARCH) | F(WELFARE) | F(LAWYER))
#define MOVES (F(NEWLY) | F(RECEIVE) | F(ACCEPT) | F(PROCESS) | F(CLOSE))
#define NOT_REQUESTS (OTHER_MATTER | COURTS | RESULTS | F(PUBLISH))

// clang-format off
const ClaimKind claim_kinds[] = {
    // --- table three: coming in
    {SI("new"), CHECK_TEXT_NEW, SI("本年新收"), SI("received"), F(REQUEST), F(NEWLY), 0, NOT_REQUESTS | CARRIED | OUTCOMES | WHO, COUNTS,
        {T3(ROW(T3_NEW), COL_TOTAL), STAT("requests")}, false},
    {SI("received"), CHECK_TEXT_NEW, SI("收到"), SI("received"), F(REQUEST), F(RECEIVE) | F(ACCEPT), 0, F(NEWLY) | NOT_REQUESTS | CARRIED | OUTCOMES | WHO, COUNTS,
        {T3(ROW(T3_NEW), COL_TOTAL), T3(IN_ALL, COL_TOTAL), STAT("requests")}, false},
    {SI("handled"), CHECK_TEXT_NEW, SI("办理"), SI("handled"), F(REQUEST), F(PROCESS), 0, F(NEWLY) | F(RECEIVE) | F(ACCEPT) | F(CLOSE) | NOT_REQUESTS | CARRIED | OUTCOMES | WHO, COUNTS,
        {T3(ROW(T3_R7), COL_TOTAL), T3(IN_ALL, COL_TOTAL), T3(ROW(T3_NEW), COL_TOTAL), STAT("finished"), STAT("requests")}, false},
    {SI("requests"), CHECK_TEXT_NEW, SI("依申请公开"), SI("requests"), F(REQUEST), 0, 0, MOVES | NOT_REQUESTS | CARRIED | OUTCOMES | WHO | F(RATE), CASES | 1 << UNIT_NONE,
        {T3(ROW(T3_NEW), COL_TOTAL), T3(IN_ALL, COL_TOTAL), T3(ROW(T3_R7), COL_TOTAL), STAT("requests"), STAT("finished")}, true},
    {SI("carried_in"), CHECK_TEXT_CARRIED_IN, SI("上年结转"), SI("carried over from last year"), F(REQUEST), F(CARRY_IN), 0, NOT_REQUESTS | F(CARRY_OUT) | WHO, COUNTS,
        {T3(ROW(T3_CARRIED_IN), COL_TOTAL)}, false},
    // --- table three: going out
    {SI("closed"), CHECK_TEXT_CLOSED, SI("办结"), SI("closed"), F(REQUEST), F(CLOSE), 0, NOT_REQUESTS | CARRIED | OUTCOMES | WHO | F(RATE), COUNTS,
        {T3(ROW(T3_R7), COL_TOTAL), T3(REPLIED, COL_TOTAL), STAT("finished"), STAT("replies")}, false},
    {SI("carried_out"), CHECK_TEXT_CARRIED_OUT, SI("结转下年度"), SI("carried over to next year"), F(REQUEST), F(CARRY_OUT), 0, NOT_REQUESTS | F(CARRY_IN) | WHO, COUNTS,
        {T3(ROW(T3_CARRIED_OUT), COL_TOTAL)}, false},
    {SI("carried"), CHECK_TEXT_CARRIED_OUT, SI("结转"), SI("carried over"), F(REQUEST), F(CARRY), 0, NOT_REQUESTS | F(CARRY_IN) | F(CARRY_OUT) | WHO, COUNTS,
        {T3(ROW(T3_CARRIED_OUT), COL_TOTAL), T3(ROW(T3_CARRIED_IN), COL_TOTAL)}, true},
    // --- table three: how
    {SI("r1"), CHECK_TEXT_OUTCOME, SI("予以公开"), SI("disclosed"), F(REQUEST), F(R1), 0, NOT_REQUESTS | WHO | F(R2) | F(R3), PIECES,
        {T3(ROW(T3_R1), COL_TOTAL), T3(ROW(T3_R1) | ROW(T3_R2), COL_TOTAL), STAT("granted"), STAT2("granted", "already_public"), STAT("already_public")}, false},
    {SI("r2"), CHECK_TEXT_OUTCOME, SI("部分公开"), SI("partly disclosed"), F(REQUEST), F(R2), 0, NOT_REQUESTS | WHO | F(R1) | F(R3), PIECES,
        {T3(ROW(T3_R2), COL_TOTAL), STAT("partly")}, false},
    {SI("r3"), CHECK_TEXT_OUTCOME, SI("不予公开"), SI("refused"), F(REQUEST), F(R3), 0, NOT_REQUESTS | WHO | F(SUB) | F(R1) | F(R2), PIECES,
        {T3(R3_ALL, COL_TOTAL), STAT("refused")}, false},
    {SI("r4"), CHECK_TEXT_OUTCOME, SI("无法提供"), SI("could not be provided"), F(REQUEST), F(R4), 0, NOT_REQUESTS | WHO | F(SUB), PIECES,
        {T3(R4_ALL, COL_TOTAL)}, false},
    {SI("r5"), CHECK_TEXT_OUTCOME, SI("不予处理"), SI("not processed"), F(REQUEST), F(R5), 0, NOT_REQUESTS | WHO | F(SUB), PIECES,
        {T3(R5_ALL, COL_TOTAL)}, false},
    {SI("r6"), CHECK_TEXT_OUTCOME, SI("其他处理"), SI("otherwise closed"), F(REQUEST), F(R6), 0, NOT_REQUESTS | WHO | F(SUB), PIECES,
        {T3(R6_ALL, COL_TOTAL)}, false},
    {SI("outcome_row"), CHECK_TEXT_OUTCOME, SI("办理结果"), SI("outcome"), F(REQUEST), F(SUB), 0, NOT_REQUESTS | WHO, PIECES,
        {{0}}, false}, // the row is the word's
    // --- table three: by whom
    {SI("natural"), CHECK_TEXT_APPLICANT, SI("自然人申请"), SI("by natural persons"), F(REQUEST), F(NATURAL), 0, NOT_REQUESTS | OUTCOMES | CARRIED | (WHO & ~F(NATURAL)), PIECES,
        {T3(ROW(T3_NEW), 1 << T3_NATURAL), T3(IN_ALL, 1 << T3_NATURAL), T3(ROW(T3_R7), 1 << T3_NATURAL)}, false},
    {SI("legal"), CHECK_TEXT_APPLICANT, SI("法人或其他组织申请"), SI("by legal persons and other organizations"), F(REQUEST), F(LEGAL), 0, NOT_REQUESTS | OUTCOMES | CARRIED | (WHO & ~F(LEGAL)), PIECES,
        {T3(ROW(T3_NEW), COL_LEGAL), T3(IN_ALL, COL_LEGAL), T3(ROW(T3_R7), COL_LEGAL)}, false},
    {SI("business"), CHECK_TEXT_APPLICANT, SI("商业企业申请"), SI("by businesses"), F(REQUEST), F(BUSINESS), 0, NOT_REQUESTS | OUTCOMES | CARRIED | (WHO & ~(F(BUSINESS) | F(LEGAL))), PIECES,
        {T3(ROW(T3_NEW), 1 << T3_BUSINESS), T3(IN_ALL, 1 << T3_BUSINESS), T3(ROW(T3_R7), 1 << T3_BUSINESS)}, false},
    {SI("research"), CHECK_TEXT_APPLICANT, SI("科研机构申请"), SI("by research bodies"), F(REQUEST), F(RESEARCH), 0, NOT_REQUESTS | OUTCOMES | CARRIED | (WHO & ~(F(RESEARCH) | F(LEGAL))), PIECES,
        {T3(ROW(T3_NEW), 1 << T3_RESEARCH), T3(IN_ALL, 1 << T3_RESEARCH), T3(ROW(T3_R7), 1 << T3_RESEARCH)}, false},
    {SI("welfare"), CHECK_TEXT_APPLICANT, SI("社会公益组织申请"), SI("by welfare organizations"), F(REQUEST), F(WELFARE), 0, NOT_REQUESTS | OUTCOMES | CARRIED | (WHO & ~(F(WELFARE) | F(LEGAL))), PIECES,
        {T3(ROW(T3_NEW), 1 << T3_WELFARE), T3(IN_ALL, 1 << T3_WELFARE), T3(ROW(T3_R7), 1 << T3_WELFARE)}, false},
    {SI("lawyer"), CHECK_TEXT_APPLICANT, SI("法律服务机构申请"), SI("by law firms"), F(REQUEST), F(LAWYER), 0, NOT_REQUESTS | OUTCOMES | CARRIED | (WHO & ~(F(LAWYER) | F(LEGAL))), PIECES,
        {T3(ROW(T3_NEW), 1 << T3_LEGAL), T3(IN_ALL, 1 << T3_LEGAL), T3(ROW(T3_R7), 1 << T3_LEGAL)}, false},
    // --- table four
    {SI("courts"), CHECK_TEXT_REVIEW, SI("行政复议和行政诉讼"), SI("reviews and suits"), F(REVIEW), 0, F(REVIEW) | F(SUIT), OTHER_MATTER | RESULTS | F(DIRECT) | F(AFTER), COUNTS,
        {T4(1 << T4_REVIEW | SUITS, T4_TOTAL), STAT2("review", "suit")}, true},
    {SI("review"), CHECK_TEXT_REVIEW, SI("行政复议"), SI("administrative reviews"), F(REVIEW), F(REVIEW), 0, OTHER_MATTER | RESULTS | F(SUIT), COUNTS,
        {T4(1 << T4_REVIEW, T4_TOTAL), STAT("review")}, false},
    {SI("review_upheld"), CHECK_TEXT_REVIEW, SI("行政复议维持"), SI("reviews upheld"), F(REVIEW), F(UPHELD), 0, OTHER_MATTER | F(SUIT) | F(CORRECTED) | F(PENDING), COUNTS,
        {T4(1 << T4_REVIEW, T4_UPHELD), STAT("review_upheld")}, false},
    {SI("review_corrected"), CHECK_TEXT_REVIEW, SI("行政复议纠正"), SI("reviews corrected"), F(REVIEW), F(CORRECTED), 0, OTHER_MATTER | F(SUIT) | F(UPHELD) | F(PENDING), COUNTS,
        {T4(1 << T4_REVIEW, T4_CORRECTED), STAT("review_corrected")}, false},
    {SI("review_other"), CHECK_TEXT_REVIEW, SI("行政复议其他结果"), SI("reviews, other results"), F(REVIEW), F(OTHER_RESULT), 0, OTHER_MATTER | F(SUIT) | F(UPHELD) | F(CORRECTED) | F(PENDING), COUNTS,
        {T4(1 << T4_REVIEW, T4_OTHER), STAT("review_other")}, true},
    {SI("review_pending"), CHECK_TEXT_REVIEW, SI("行政复议尚未审结"), SI("reviews pending"), F(REVIEW), F(PENDING), 0, OTHER_MATTER | F(SUIT), COUNTS,
        {T4(1 << T4_REVIEW, T4_PENDING)}, false},
    {SI("suit_direct"), CHECK_TEXT_SUIT, SI("未经复议直接起诉"), SI("suits without review"), F(SUIT), F(DIRECT), 0, OTHER_MATTER | RESULTS | F(AFTER), COUNTS,
        {T4(1 << T4_SUIT_DIRECT, T4_TOTAL)}, false},
    {SI("suit_after"), CHECK_TEXT_SUIT, SI("复议后起诉"), SI("suits after review"), F(SUIT), F(AFTER), 0, OTHER_MATTER | RESULTS | F(DIRECT), COUNTS,
        {T4(1 << T4_SUIT_AFTER_REVIEW, T4_TOTAL)}, false},
    {SI("suit"), CHECK_TEXT_SUIT, SI("行政诉讼"), SI("suits"), F(SUIT), F(SUIT), 0, OTHER_MATTER | RESULTS | F(REVIEW) | F(DIRECT) | F(AFTER), COUNTS,
        {T4(SUITS, T4_TOTAL), STAT("suit")}, false},
    {SI("suit_upheld"), CHECK_TEXT_SUIT, SI("行政诉讼维持"), SI("suits upheld"), F(SUIT), F(UPHELD), 0, OTHER_MATTER | F(REVIEW) | F(CORRECTED) | F(PENDING), COUNTS,
        {T4(SUITS, T4_UPHELD), T4(1 << T4_SUIT_DIRECT, T4_UPHELD), T4(1 << T4_SUIT_AFTER_REVIEW, T4_UPHELD), STAT("suit_upheld")}, false},
    {SI("suit_corrected"), CHECK_TEXT_SUIT, SI("行政诉讼纠正"), SI("suits corrected"), F(SUIT), F(CORRECTED), 0, OTHER_MATTER | F(REVIEW) | F(UPHELD) | F(PENDING), COUNTS,
        {T4(SUITS, T4_CORRECTED), T4(1 << T4_SUIT_DIRECT, T4_CORRECTED), T4(1 << T4_SUIT_AFTER_REVIEW, T4_CORRECTED), STAT("suit_corrected")}, false},
    {SI("suit_other"), CHECK_TEXT_SUIT, SI("行政诉讼其他结果"), SI("suits, other results"), F(SUIT), F(OTHER_RESULT), 0, OTHER_MATTER | F(REVIEW) | F(UPHELD) | F(CORRECTED) | F(PENDING), COUNTS,
        {T4(SUITS, T4_OTHER), T4(1 << T4_SUIT_DIRECT, T4_OTHER), T4(1 << T4_SUIT_AFTER_REVIEW, T4_OTHER), STAT("suit_other")}, true},
    {SI("suit_pending"), CHECK_TEXT_SUIT, SI("行政诉讼尚未审结"), SI("suits pending"), F(SUIT), F(PENDING), 0, OTHER_MATTER | F(REVIEW), COUNTS,
        {T4(SUITS, T4_PENDING), T4(1 << T4_SUIT_DIRECT, T4_PENDING), T4(1 << T4_SUIT_AFTER_REVIEW, T4_PENDING)}, false},
    // --- table two. 主动公开规范性文件 counts what was published, which the 2021 form does not ask.
    {SI("normative_public"), CHECK_TEXT_NORMATIVE, SI("公开规范性文件"), SI("rules made public"), F(NORM), F(PUBLISH), 0, F(ELSE) | F(MAKE) | F(REPEAL) | F(IN_FORCE) | F(REQUEST), COUNTS,
        {CELL(T2_NORMATIVE_NEWLY_PUBLIC), CELL(T2_NORMATIVE_ALL_PUBLIC), CELL(T2_NORMATIVE_MADE), CELL(T2_NORMATIVE_IN_FORCE), STAT("proactive_normative")}, true},
    {SI("normative_made"), CHECK_TEXT_NORMATIVE, SI("制发规范性文件"), SI("rules made"), F(NORM), F(MAKE), 0, F(ELSE) | F(PUBLISH) | F(REPEAL) | F(IN_FORCE) | F(RULES), PIECES,
        {CELL(T2_NORMATIVE_MADE), STAT("normative_made")}, false},
    {SI("normative_repealed"), CHECK_TEXT_NORMATIVE, SI("废止规范性文件"), SI("rules repealed"), F(NORM), F(REPEAL), 0, F(ELSE) | F(MAKE) | F(IN_FORCE) | F(RULES), PIECES,
        {CELL(T2_NORMATIVE_REPEALED)}, false},
    {SI("normative_in_force"), CHECK_TEXT_NORMATIVE, SI("现行有效规范性文件"), SI("rules in force"), F(NORM), F(IN_FORCE), 0, F(ELSE) | F(REPEAL) | F(RULES), PIECES,
        {CELL(T2_NORMATIVE_IN_FORCE)}, false},
    {SI("regulation_made"), CHECK_TEXT_NORMATIVE, SI("制发规章"), SI("regulations made"), F(RULES), F(MAKE), 0, F(ELSE) | F(NORM) | F(REPEAL) | F(IN_FORCE), PIECES,
        {CELL(T2_REGULATION_MADE)}, false},
    {SI("regulation_repealed"), CHECK_TEXT_NORMATIVE, SI("废止规章"), SI("regulations repealed"), F(RULES), F(REPEAL), 0, F(ELSE) | F(NORM) | F(MAKE) | F(IN_FORCE), PIECES,
        {CELL(T2_REGULATION_REPEALED)}, false},
    {SI("regulation_in_force"), CHECK_TEXT_NORMATIVE, SI("现行有效规章"), SI("regulations in force"), F(RULES), F(IN_FORCE), 0, F(ELSE) | F(NORM) | F(REPEAL), PIECES,
        {CELL(T2_REGULATION_IN_FORCE)}, false},
    {SI("licence"), CHECK_TEXT_DECISIONS, SI("行政许可"), SI("licences"), F(LICENCE), F(LICENCE), 0, F(ELSE) | F(PUBLISH) | F(PENALTY) | F(COERCION) | F(REQUEST) | COURTS, CASES,
        {CELL(T2_LICENCE_DECIDED)}, false},
    {SI("penalty"), CHECK_TEXT_DECISIONS, SI("行政处罚"), SI("penalties"), F(PENALTY), F(PENALTY), 0, F(ELSE) | F(PUBLISH) | F(LICENCE) | F(COERCION) | F(REQUEST) | COURTS, CASES,
        {CELL(T2_PENALTY_DECIDED)}, false},
    {SI("coercion"), CHECK_TEXT_DECISIONS, SI("行政强制"), SI("coercive measures"), F(COERCION), F(COERCION), 0, F(ELSE) | F(PUBLISH) | F(LICENCE) | F(PENALTY) | F(REQUEST) | COURTS, CASES,
        {CELL(T2_COERCION_DECIDED)}, false},
    {SI("charge"), CHECK_TEXT_CHARGE, SI("行政事业性收费"), SI("charges"), F(CHARGE), F(CHARGE), 0, F(ELSE) | F(FEE) | F(REQUEST), 1 << UNIT_YUAN,
        {CELL(T2_CHARGE_AMOUNT_WAN)}, false},
    // --- said in the text alone
    {SI("fee"), CHECK_TEXT_FEE, SI("信息处理费"), SI("information fee"), F(FEE), F(FEE) | F(LEVY), 0, F(CHARGE) | COURTS, 1 << UNIT_YUAN,
        {STAT("fee")}, false},
    {SI("published"), CHECK_TEXT_PUBLISHED, SI("主动公开政府信息"), SI("items published"), F(PUBLISH), F(PUBLISH), 0, F(ELSE) | F(NORM) | F(CHANNEL) | F(REQUEST) | OUTCOMES, 1 << UNIT_ITEM,
        {STAT("proactive")}, true},
};
// clang-format on

const size_t n_claim_kinds = sizeof claim_kinds / sizeof *claim_kinds;

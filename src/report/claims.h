// What the text of a report says in figures: "收到……申请5件", "未发生行政复议",
// "其中……".
//
// The text is scanned once, clause by clause. Known words (claim_words.c) give a clause features;
// each figure of the clause is labelled with the features around it; a row of the table of kinds
// (claim_kinds.c) says what such a figure claims and which cells it may equal. Nothing here judges:
// check_text.c compares.
#ifndef GONGKAI_REPORT_CLAIMS_H
#define GONGKAI_REPORT_CLAIMS_H

#include "report/check.h"

// --- features ------------------------------------------------------------------------------------

// What a word says about the figure near it. A word may have several.
// clang-format off
#define CLAIM_FEATURES(X) \
    /* what it is about */ \
    X(REQUEST) X(REVIEW) X(SUIT) X(NORM) X(RULES) X(LICENCE) X(PENALTY) X(COERCION) X(CHARGE) X(FEE) \
    X(PUBLISH)   /* 主动公开 of information */ \
    X(ELSE)      /* proposals, letters, training …: nothing the tables count */ \
    /* what was done */ \
    X(NEWLY) X(RECEIVE) X(ACCEPT) X(PROCESS) X(CLOSE) X(CARRY_IN) X(CARRY_OUT) X(CARRY) \
    X(MAKE) X(REPEAL) X(IN_FORCE) X(LEVY) \
    /* how it ended */ \
    X(R1) X(R2) X(R3) X(R4) X(R5) X(R6) X(SUB) /* SUB: one row, in Word.row */ \
    X(UPHELD) X(CORRECTED) X(OTHER_RESULT) X(PENDING) X(DIRECT) X(AFTER) \
    /* who asked */ \
    X(NATURAL) X(LEGAL) X(BUSINESS) X(RESEARCH) X(WELFARE) X(LAWYER) \
    /* how it is said */ \
    X(NEG) X(AMONG) X(EXACTLY) /* 分别为: a list that is complete */ X(ETC) X(TOTAL) X(EACH) \
    X(CHANNEL) X(RESTRICT) X(GROW) X(SHRINK) X(SHARE) X(RATE) X(LAST_YEAR) X(PLAN) X(PERIOD) \
    X(PARTIAL) /* 各部门 */ X(BROAD) X(OWN) X(ORGAN) X(DISCLOSURE) /* 政府信息公开 by itself */ X(PERCENT)
// clang-format on

enum {
#define X(name) FE_##name,
    CLAIM_FEATURES(X)
#undef X
        FE__COUNT
};
_Static_assert(FE__COUNT <= 64, "features are bits of a uint64_t");
#define FEATURE(name) (UINT64_C(1) << FE_##name)

typedef struct ClaimWord {
    Str text;
    uint64_t features;
    int8_t row; // T3Row of a SUB, else -1
} ClaimWord;
extern const ClaimWord claim_words[];
extern const size_t n_claim_words;

// --- figures

enum { CLAIM_ONE = 1000000 }; // figures are held in millionths, like amounts

typedef enum ClaimUnit {
    UNIT_NONE,
    UNIT_CASE,    // 件 宗 份 起 例: what applications and cases are counted in
    UNIT_ITEM,    // 条 篇 期
    UNIT_TIMES,   // 次 个 项 人次: also said of applications, less surely
    UNIT_YUAN,    // 元, 万元 (turned into 元)
    UNIT_PERCENT, // %, also 百分之
    UNIT_POINTS,  // 个百分点
    UNIT_YEAR,
    UNIT_OTHER, // 月 日 人 家 号 …: not a count of anything here
} ClaimUnit;

typedef struct Figure {
    int64_t n; // millionths
    ClaimUnit unit;
    uint8_t decimals; // of the figure as written
    int64_t step;     // one of its last place, in millionths: 100元 for 41.13万元
    bool approx;      // 余, 多, 近, 约
    Str text;         // as written, with the unit
} Figure;

// Reads a figure at byte i of s (a digit or a Chinese numeral stands there) with its unit; false
// where there is none or it is no figure (a telephone, a document number, 三审, 一是). *end is set
// to the byte after it in both cases.
bool figure_read(Str s, size_t i, Figure *out, size_t *end);

// --- kinds of claims

// A sum of cells: every one of `rows` × `cols` of table three, or of table four, or one cell.
typedef struct CellSum {
    uint32_t rows;           // bits of T3Row; 0: not of table three
    uint8_t cols;            // bits of T3Col
    uint8_t blocks, results; // bits of T4Block and T4Col
    uint16_t cell;           // CellIx + 1, or 0
    Str stat[2];             // keys of rows of the 2014 table, added up
} CellSum;

enum { CLAIM_SUMS = 5 };

typedef struct ClaimKind {
    Str key; // for tests
    CheckId check;
    Str zh, en;     // what the figure counts
    uint64_t topic; // one of these: in the label, or what the passage is about
    uint64_t any;   // one of these must be in the label (0: the topic itself must be)
    uint64_t all;   // all of these
    uint64_t never; // none of these
    unsigned units; // bits of ClaimUnit
    // The cells it may equal. The first is what the words say; the others are accepted readings
    // (共受理 with or without the carry-over).
    CellSum sums[CLAIM_SUMS];
    bool weak; // a mismatch is doubtful at most
} ClaimKind;
extern const ClaimKind claim_kinds[];
extern const size_t n_claim_kinds;

// --- what was found

typedef struct Claim {
    uint16_t kind; // of claim_kinds
    int8_t row;    // T3Row for a SUB
    Figure figure; // n is 0 for 未发生 and the like, text empty
    uint64_t features;
    uint64_t sentence_scope; // BROAD, OWN, ORGAN words before it in its sentence
    bool topic_said;         // the label names its topic itself
    bool disclosure;         // its paragraph is about disclosure (for reviews and suits)
    bool period;             // its sentence speaks of months or a day, not of the year
    bool part;               // stands in a list after 其中 or in brackets
    bool far_topic;          // its topic was named in an earlier sentence
    bool inherits;           // its topic comes from what went before
    int year;                // the year the sentence speaks of, 0 none
    uint32_t sentence;       // sentences are counted through the document
    uint32_t para;           // of Document.paras
    Str quote;               // the sentence
} Claim;

// A whole and its parts: 其中…, or a list after a colon or in brackets.
typedef struct PartList {
    Figure whole;
    Figure sum;  // of the reading nearest to the whole
    Str written; // "4+2+3"
    uint16_t n_parts;
    bool fits;     // some reading of the sentence fits
    bool exact;    // the words say that the list is complete
    bool sure;     // there is only one figure it can be the whole of
    bool bridges;  // the whole stands in the sentence before
    bool one_unit; // parts and whole are counted in one unit
    bool may_end;  // a ；stands behind the first part: the others may be something else
    bool bracket;
    bool etc;          // ends in 等, or with approximate figures
    bool channel;      // parts are ways something was published
    uint64_t topic;    // what is counted
    uint64_t features; // of any part
    bool outcomes;     // every part is an outcome of requests
    uint32_t para;
    Str quote;
} PartList;

// A share: 占50% of the part before it.
typedef struct Share {
    Figure part, percent;
    Figure whole; // the one that fits, else the nearest candidate
    bool fits;
    bool sure; // there was only one whole it could be of
    bool lone; // no figure stands before it that it could be of
    uint32_t para;
    Str quote;
} Share;

// 同比增长20%, 比上年增加3件.
typedef struct Growth {
    int claim;      // the claim it speaks of (index), or -1
    Figure percent; // text empty where not said
    Figure by;      // the difference in pieces, likewise
    Figure was;     // last year's figure, likewise
    bool shrink;
    bool last_year; // it says that it compares with the year before
    uint32_t para;
    Str quote;
} Growth;

typedef struct Claims {
    struct {
        Claim *v;
        size_t n, cap;
    } list;
    struct {
        PartList *v;
        size_t n, cap;
    } parts;
    struct {
        Share *v;
        size_t n, cap;
    } shares;
    struct {
        Growth *v;
        size_t n, cap;
    } growths;
} Claims;

// Everything said in doc->paras of kind PARA_TEXT. The result lies in the arena and points into the
// paragraphs.
void claims_read(const Document *doc, Arena *a, Claims *out);

#endif

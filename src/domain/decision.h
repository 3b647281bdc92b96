// The decision on a request (答复决定): what is answered, through whose hands the draft goes, and
// how the reply leaves the house.
//
// Two tables say all of it: `decision_flow` (state × action × who; `gongkai law decisions` prints
// it) and `decision_needs` (what each outcome has to say). A draft may be saved in any condition;
// what is sent on has said everything.
//
// Who drafts does not review, and who reviews does not sign: decided over the list of who did what,
// in which somebody who stands in for another counts as both. What is stored goes up to SIGNED;
// sent and delivered follow from the request's facts.
//
// A request has one decision that answers it. What a review or a suit orders to be decided again is
// another decision with the next number, on the same way through hands of its own; the one before
// it stays as it was. Which one is in hand is decided here.
#ifndef GONGKAI_DOMAIN_DECISION_H
#define GONGKAI_DOMAIN_DECISION_H

#include "domain/ids.h"
#include "domain/outcome.h"
#include "domain/request.h"

// --- the way of a draft

typedef enum DecisionState {
    DECISION_DRAFT,     // 拟稿
    DECISION_SECTION,   // 科室审核
    DECISION_LEGAL,     // 法制审核
    DECISION_SIGNING,   // 待签发
    DECISION_SIGNED,    // 已签发，待发出
    DECISION_SENT,      // 已发出: a FACT_ANSWERED stands
    DECISION_DELIVERED, // 已送达: a FACT_DELIVERED stands
    DECISION_STATE__COUNT,
} DecisionState;

typedef struct DecisionStateDef {
    Str id, name, tag; // tag: the class of its look
} DecisionStateDef;
extern const DecisionStateDef decision_states[DECISION_STATE__COUNT];

bool decision_state_named(Str id, DecisionState *out);

typedef enum DecisionAction {
    DECISION_SAVE,    // 存稿
    DECISION_SUBMIT,  // 送审
    DECISION_PASS,    // 审核通过, 签发
    DECISION_RETURN,  // 退回
    DECISION_RECALL,  // 撤回
    DECISION_SEND,    // 发出
    DECISION_DELIVER, // 登记送达
    DECISION_ACTION__COUNT,
} DecisionAction;
extern const Str decision_action_ids[DECISION_ACTION__COUNT];

bool decision_action_named(Str id, DecisionAction *out);

typedef enum DecisionPart { // whose hand it is: nobody has two of them in one decision
    PART_DRAFT,             // 拟稿
    PART_SECTION,           // 科室审核
    PART_LEGAL,             // 法制审核
    PART_SIGN,              // 签发
    PART__COUNT,
    PART_NONE = PART__COUNT, // sending and what comes behind it
} DecisionPart;

typedef struct DecisionPartDef {
    Str id, name;
    Str roles; // whom to appoint where nobody may
    Verb may;
} DecisionPartDef;
extern const DecisionPartDef decision_parts[PART__COUNT];

typedef struct DecisionFlow {
    DecisionState from;
    DecisionAction action;
    DecisionPart part;
    DecisionState to;
    bool reason; // wants one, for the drafter
    Str name;    // on the button: 送审
    Str source;
} DecisionFlow;
extern const DecisionFlow decision_flow[];
extern const size_t n_decision_flow;

// The row; NULL where the action is not possible in that state.
const DecisionFlow *decision_row(DecisionState from, DecisionAction action);
// The power that it takes.
Verb decision_may(const DecisionFlow *row);

// Somebody, and for whom, where they stand in.
typedef struct Doer {
    PersonId person, instead_of;
} Doer;

// Who did what, in the order it was done.
typedef struct DecisionDeed {
    DecisionAction action;
    DecisionPart part;
    int64_t draft; // the draft it was done to
    Doer by;
    Str name, instead_of_name; // from the store, for pages
    int64_t at;
    Str reason;
} DecisionDeed;

typedef struct DecisionDeeds {
    DecisionDeed *v;
    size_t n, cap;
} DecisionDeeds;

// The deed that keeps this person from taking the part; NULL where none does.
const DecisionDeed *decision_conflict(const DecisionDeeds *deeds, const Doer *who,
                                      DecisionPart part);

typedef struct DecisionStep {
    DecisionAction action;
    Doer by;
    Str reason;
    bool no_section; // the site does without 科室审核
} DecisionStep;

// The state behind the step. ERR_RULE where the state or another part of the same person does not
// allow it, ERR_INPUT where a reason is missing.
bool decision_decide(DecisionState now, const DecisionDeeds *deeds, const DecisionStep *step,
                     DecisionState *next, Err *err);

// Sent and delivered, as the facts that stand have it. `redo`: the number of a decision that was
// ordered anew, whose facts are its own; 0 for the one that answers the request.
DecisionState decision_seen(DecisionState stored, int64_t redo, const RequestFacts *facts);
// The day it was sent, or arrived; date_none before that.
Date decision_sent_on(int64_t redo, const RequestFacts *facts);
Date decision_arrived_on(int64_t redo, const RequestFacts *facts);

// --- decided anew

// One of the decisions on a request, by number.
typedef struct DecisionHead {
    int64_t nth;         // from 1
    int64_t remedy;      // the case that ordered it (domain/remedy.h); 0: it answers the request
    DecisionState state; // as stored
    bool chosen;
    Outcome outcome;
    int64_t letter; // 0: not signed
    Str letter_code;
    Date signed_on;
} DecisionHead;

typedef struct DecisionHeads {
    DecisionHead *v;
    size_t n, cap;
} DecisionHeads;

int64_t decision_redo(const DecisionHead *head); // its number where it was ordered, else 0
bool decision_is_out(const DecisionHead *head, const RequestFacts *facts); // it was sent

// The last that was signed says that another organ is responsible. NULL where it does not.
const DecisionHead *decision_other_organ(const DecisionHeads *heads);

// Which one is in hand; one that is not among them yet has `nth` behind the last, and `remedy` of
// the case that orders it. While the request is open, the one that answers it; then the one that is
// ordered (`ordered`: the case whose order waits, 0 none) and has not been sent; else the last.
DecisionHead decision_in_hand(const DecisionHeads *heads, const RequestFacts *facts, bool open,
                              int64_t ordered);

// --- what an outcome has to say

typedef enum DecisionField {
    DF_CLASS,    // which of the kinds that the article lists
    DF_WHAT,     // 提供的信息
    DF_PLACE,    // 获取的方式、途径
    DF_SEARCH,   // 检索情况
    DF_BASIS,    // the other law
    DF_ORGAN,    // 负责公开的机关
    DF_CONTACT,  // its 联系方式
    DF_EARLIER,  // number of the earlier request
    DF_REASON,   // 理由
    DF_INTEREST, // 公共利益的考虑 (Art. 15)
    DF__COUNT,
} DecisionField;

typedef struct DecisionFieldDef {
    Str id, name, hint;
    bool area; // several lines
    int max;   // characters
} DecisionFieldDef;
extern const DecisionFieldDef decision_fields[DF__COUNT];

// Seven questions, in the order they are asked (补不补—是不是—谁负责—有没有—给不给—怎么给—怎么答).
typedef enum DecisionQuestion {
    ASK_CLEAR,  // 补不补
    ASK_KIND,   // 是不是
    ASK_WHOSE,  // 谁负责
    ASK_EXISTS, // 有没有
    ASK_MAY,    // 给不给
    ASK_HOW,    // 怎么给
    ASK_REPLY,  // 怎么答
    ASK__COUNT,
} DecisionQuestion;

typedef struct DecisionQuestionDef {
    Str name, words;
} DecisionQuestionDef;
extern const DecisionQuestionDef decision_questions[ASK__COUNT];

typedef struct DecisionNeed {
    bool here; // decided on the sheet; lapses and withdrawals are steps of their own
    DecisionQuestion at;
    uint32_t must, may; // a bit for each DecisionField
    bool pieces;        // piece by piece what is given and what is not
    uint32_t after;     // facts of which one has to stand: a bit for each FactKind; 0 none
    Str after_words;    // what is missing where none stands
} DecisionNeed;
extern const DecisionNeed decision_needs[OUTCOME__COUNT];

// What may be chosen in DF_CLASS.
typedef struct DecisionClass {
    Outcome outcome;
    Str id, name;
} DecisionClass;
extern const DecisionClass decision_classes[];
extern const size_t n_decision_classes;

Str decision_class_name(Outcome outcome, Str id); // the id itself where there is none

// Why a piece is not given: an outcome among Articles 14 to 16, with its article.
typedef struct DecisionGround {
    Outcome outcome;
    Str name, article;
} DecisionGround;
extern const DecisionGround decision_grounds[];
extern const size_t n_decision_grounds;

const DecisionGround *decision_ground(Outcome outcome); // NULL for outcomes that are none

typedef enum PieceAnswer { PIECE_OPEN, PIECE_GIVEN, PIECE_WITHHELD } PieceAnswer;

typedef struct DecisionPiece {
    Str what;
    PieceAnswer answer;
    Outcome ground; // of what is withheld; OUTCOME__COUNT none yet
    Str reason;
} DecisionPiece;

enum { DECISION_PIECES = 40, DECISION_SHEET_BYTES = 256 << 10 };

typedef struct DecisionSheet {
    bool chosen;
    Outcome outcome;
    Str field[DF__COUNT];
    DecisionPiece pieces[DECISION_PIECES];
    size_t n_pieces;
    Str text; // the letter's, as the drafter wants it; empty: as its template gives it
} DecisionSheet;

// As JSON, as it is stored.
Str decision_sheet_json(const DecisionSheet *sheet, Arena *a);
bool decision_sheet_read(Str json, Arena *a, DecisionSheet *out, Err *err);

// How those stand who were asked (domain/opinion.h).
typedef struct DecisionScene {
    const RequestFacts *facts;
    Phase phase;
    Str review, court; // whom the reply names; empty: not set
    bool refused;      // somebody refuses with good reason, or the organ itself decided to withhold
    bool despite;      // somebody refuses with good reason, and nothing was decided against it
    bool undecided;    // somebody kept silent or has no good reason, and the organ has not decided
} DecisionScene;

typedef struct DecisionLack {
    Str field; // of the form: reason, piece2_reason; empty: of the sheet as a whole
    Str words;
} DecisionLack;

typedef struct DecisionLacks {
    DecisionLack *v;
    size_t n, cap;
} DecisionLacks;

// Everything that is missing before the draft may be sent on.
void decision_lacks(const DecisionSheet *sheet, const DecisionScene *scene, Arena *a,
                    DecisionLacks *out);

// --- how a reply leaves

typedef enum SendWay {
    SEND_PLATFORM,
    SEND_EMAIL,
    SEND_POST,
    SEND_HANDED,
    SEND_INSPECTION,
    SEND__COUNT,
} SendWay;

typedef struct SendWayDef {
    Str id, name;
    Str day;      // which day counts
    bool today;   // at once: the day is not asked
    bool number;  // of the post
    bool arrives; // has arrived by leaving
    Str source;
} SendWayDef;
extern const SendWayDef send_ways[SEND__COUNT];

bool send_way_named(Str id, SendWay *out);

typedef struct Sending {
    SendWay way;
    Date on;
    Str number; // 挂号, EMS
    Str whom;   // who took it; to which address
} Sending;

// `signed_on`: nothing leaves before it is signed. ERR_INPUT, ERR_RULE.
bool sending_decide(const Sending *sending, Date signed_on, Date today, Err *err);

#endif

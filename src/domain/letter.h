// Letters (文书): every paper that goes out about a request or about the correction of a record,
// one row each: its title, to whom it goes, which fact it belongs to, whether it ends the request,
// and what a template of it must say.
//
// A template is text with places in braces and parts that are there only where a value is:
//
//     本机关于{收到日期}收到{称谓}提出的政府信息公开申请，申请公开“{信息名称}”。
//     {如有 经过}{经过}{/如有}
//
// Each line is a paragraph. Title, number, addressee, signature and day are not in it: the form of
// the letter has them (①②⑨ of what a reply needs), so that no template can leave them out. A value
// that nobody has given stands as 【请填写：理由】 in the text, and a letter with such a place in
// it is not issued.
#ifndef GONGKAI_DOMAIN_LETTER_H
#define GONGKAI_DOMAIN_LETTER_H

#include "domain/clock.h"
#include "domain/outcome.h"

typedef enum LetterKind {
    LETTER_RECEIPT,          // 登记回执
    LETTER_CORRECTION,       // 补正告知书
    LETTER_REASONS,          // 说明理由告知书
    LETTER_EXTENSION,        // 延期答复告知书
    LETTER_DELAY,            // 延迟答复告知书
    LETTER_THIRD_PARTY,      // 征求第三方意见书
    LETTER_ORGAN,            // 征求机关意见书
    LETTER_CONSULTING,       // 征求意见告知书, to the applicant
    LETTER_THIRD_PARTY_TOLD, // 依申请公开告知书, to the third party
    LETTER_FEE,              // 收费通知书
    LETTER_TRANSFER,         // 转送函, to another organ
    LETTER_RECORD,           // 更正告知书 (第四十一条)
    LETTER_RECORD_REFUSED,   // 不予更正告知书
    LETTER_RECORD_FORWARDED, // 更正申请转送告知书
    LETTER_RECORD_TOLD,      // 告知向有权更正的机关提出
    LETTER_RECORD_TRANSFER,  // 更正申请转送函, to the organ that may correct
    LETTER_REPLY,            // from here on one for each Outcome: letter_reply
    LETTER__COUNT = LETTER_REPLY + OUTCOME__COUNT,
} LetterKind;

static inline LetterKind letter_reply(Outcome o)
{
    return (LetterKind)(LETTER_REPLY + o);
}

static inline bool letter_is_reply(LetterKind kind)
{
    return kind >= LETTER_REPLY;
}

typedef enum LetterTo { TO_APPLICANT, TO_THIRD_PARTY, TO_ORGAN, TO__COUNT } LetterTo;

// What a letter belongs to.
typedef enum LetterOf { OWNER_REQUEST, OWNER_CORRECTION, OWNER__COUNT } LetterOf;
extern const Str letter_of_nouns[OWNER__COUNT]; // in the database, the audit and for its door

typedef struct LetterDef {
    Str id;    // correction, reply_disclosed: in the database, the API, and its template's file
    Str title; // empty for replies: letter_title
    LetterTo to;
    FactKind fact; // that it goes with; FACT__COUNT: none
    Str needs;     // places that its template must have, divided by spaces
    Str source;    // empty for replies: letter_source
    LetterOf of;
} LetterDef;
extern const LetterDef letter_defs[LETTER__COUNT];

Str letter_title(LetterKind kind);
Str letter_source(LetterKind kind);
bool letter_ends(LetterKind kind); // whether its fact ends the request
bool letter_named(Str id, LetterKind *out);
// The kind that goes with a step; for steps that end a request with their outcome. False where none
// does.
bool letter_of_fact(FactKind fact, Outcome outcome, LetterKind *out);

// --- places

typedef struct LetterPlace {
    Str name;   // 收到日期
    Str about;  // for whoever edits a template
    Str sample; // in previews
} LetterPlace;
extern const LetterPlace letter_places[];
extern const size_t n_letter_places;

typedef struct LetterValue {
    Str name, value;
} LetterValue;

typedef struct LetterFill {
    LetterValue *v;
    size_t n, cap;
} LetterFill;

void letter_fill(Arena *a, LetterFill *fill, const char *name, Str value); // the last one counts
Str letter_filled(const LetterFill *fill, Str name);                       // empty: not given

// --- templates

enum { LETTER_TEMPLATE_MAX = 16 << 10, LETTER_BODY_MAX = 32 << 10 }; // bytes

// Our own wording (data/letters).
Str letter_template_default(LetterKind kind);

// ERR_INPUT with the line: a place that is not known, a brace or a part that does not end; what
// the kind needs and the template lacks.
bool letter_template_ok(LetterKind kind, Str text, Err *err);

// The body: paragraphs, a line each, none empty. Errors of a template alone; places without a value
// are marked.
bool letter_merge(Str text, const LetterFill *fill, Arena *a, Str *out, Err *err);

// Text as it was typed, as paragraphs: trimmed, none empty.
Str letter_tidy(Arena *a, Str text);

// A text with marked places, these filled as far as they are given.
Str letter_fill_marks(Str body, const LetterFill *fill, Arena *a);

// The first place that is still marked, 理由; empty where the text is whole.
Str letter_unfilled(Str body);

// Whether a text may go out on that day. ERR_RULE: a place is still marked; what ends the request
// tells no remedies, or 不予公开 tells of a suit without the review that has come before it since
// 2024 (行政复议法第二十三条).
bool letter_ready(LetterKind kind, Date on, Str body, Err *err);

// --- values that follow from the facts

// What happened between receipt and reply, in one sentence: 本机关于2026年3月2日告知补正，
// 于2026年3月10日收到补正。 Empty where nothing did.
Str letter_course(const RequestFacts *facts, Arena *a);

// 条例第三十三条 as a letter says it: 《中华人民共和国政府信息公开条例》第三十三条.
Str letter_law(Str source, Arena *a);

#endif

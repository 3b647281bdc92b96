// What is withheld in a document that is given out, and on which ground. A mark is an area of a
// page, or a text wherever it stands; each says under which item of 条例第十四条至第十六条 it is
// withheld. Finding a text among the words of a page is here too, because what is taken for the
// same text decides what stays secret.
#ifndef GONGKAI_DOMAIN_REDACTION_H
#define GONGKAI_DOMAIN_REDACTION_H

#include "base/err.h"
#include "base/str.h"

typedef enum Ground {
    GROUND_STATE_SECRET, // 国家秘密
    GROUND_FORBIDDEN,    // 法律、行政法规禁止公开
    GROUND_SAFETY,       // 三安全一稳定
    GROUND_TRADE_SECRET, // 商业秘密
    GROUND_PRIVACY,      // 个人隐私
    GROUND_THIRD_PARTY,  // 第三方的其他合法权益
    GROUND_INTERNAL,     // 内部事务信息
    GROUND_PROCESS,      // 过程性信息
    GROUND_CASE_FILE,    // 行政执法案卷信息
    GROUND__COUNT,
} Ground;

typedef struct GroundDef {
    Str id;
    Str name;   // 个人隐私
    Str label;  // as written on what is blacked out: 第十五条
    Str source; // 条例第十五条
} GroundDef;
extern const GroundDef ground_defs[GROUND__COUNT];

bool ground_named(Str id, Ground *out);

// Places on a page are ten thousandths of its width and height, from the top left, of the page as
// it is shown: turned as it says, cropped as it says.
enum { PAGE_UNITS = 10000 };

typedef struct RedactBox {
    int page; // from 1
    int x, y, w, h;
} RedactBox;

typedef struct RedactMark {
    int64_t id;    // within its document, from 1
    RedactBox box; // of an area; page 0: a text
    Str words;     // of a text
    Ground ground;
    Str note;
} RedactMark;

typedef struct RedactMarks {
    RedactMark *v;
    size_t n, cap;
} RedactMarks;

enum {
    REDACT_MARKS_MOST = 500, // in a document
    REDACT_WORDS_MIN = 2,    // runes of a text without spaces and marks
    REDACT_WORDS_MOST = 100, //
    REDACT_PAGES_MOST = 300, // of a document
    REDACT_AREA_LEAST = 20,  // of an area's width and height
};

// ERR_INPUT for an area outside its page or too small to be meant, a page that is not there, a text
// too short to be told from others.
bool redact_mark_check(const RedactMark *mark, int pages, Err *err);

// "page:left,top,width,height" in per cent, as on the command line and in the page's form: decimals
// with at most two digits behind the point.
bool redact_area_read(Str s, RedactBox *out, Err *err);
Str redact_area_words(const RedactBox *box, Arena *a); // 第3页，左12.5%、上40%、宽20%、高3%

// --- the same text

// A text as it is compared: form KC (full-width digits are digits, ligatures letters), small
// letters, without spaces, controls and what has no width. `from[i]` is the byte of `s` that byte i
// of the result comes from; from[n] is s.n. The result may be empty.
typedef struct Folded {
    Str text;
    uint32_t *from;
} Folded;
Folded redact_fold(Str s, Arena *a);

// Whether `text` holds what `words` says, both as they came; a longer run of digits or Latin
// letters around it counts too, since part of it is what is withheld.
bool redact_holds(Str text, Str words, Arena *a);

#endif

// 更正 (条例第四十一条): somebody who has evidence that a record of the organ about themselves is
// not accurate asks for it to be corrected. A kind of case of its own: the law sets no term for it,
// and it is in no row of table three.
#ifndef GONGKAI_DOMAIN_CORRECTION_H
#define GONGKAI_DOMAIN_CORRECTION_H

#include "domain/letter.h"

typedef enum CorrectionOutcome {
    CORRECTION_CORRECTED, // 审核属实，予以更正并告知
    CORRECTION_REFUSED,   // 审核不属实
    CORRECTION_FORWARDED, // 不属于本机关职能范围，转送有权机关并告知
    CORRECTION_TOLD,      // 告知申请人向有权机关提出
    CORRECTION_WITHDRAWN, // 申请人撤回
    CORRECTION__COUNT,
} CorrectionOutcome;

typedef struct CorrectionDef {
    Str id, name;
    Str asks;          // what its words have to say, on the form
    bool examined;     // only after the examination has been recorded
    LetterKind letter; // that tells the applicant; LETTER__COUNT: none is owed
    Str source;
} CorrectionDef;
extern const CorrectionDef correction_defs[CORRECTION__COUNT];
bool correction_named(Str id, CorrectionOutcome *out);

typedef struct CorrectionDays {
    Date filed, examined, ended; // date_none: not yet
} CorrectionDays;

// Recording what the examination found. ERR_RULE once it is ended, ERR_INPUT for days that cannot
// be and without words.
bool correction_examine(const CorrectionDays *now, Date on, Str words, Date today, Err *err);
bool correction_end(const CorrectionDays *now, CorrectionOutcome outcome, Date on, Str words,
                    Date today, Err *err);

// Whether a letter may be issued by itself: the one that tells how it ended, once it has, where the
// first was made void or was to be made elsewhere; 转送函 while it may still be sent on, or has
// been.
bool correction_may_send(bool ended, CorrectionOutcome outcome, LetterKind kind);

#endif

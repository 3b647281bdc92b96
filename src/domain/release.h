// What is given to an applicant together with the reply: files, each either proven free of what is
// withheld in it, or looked at by somebody who says that nothing has to be (条例第三十七条: what
// can be told apart is given, what is withheld is not).
#ifndef GONGKAI_DOMAIN_RELEASE_H
#define GONGKAI_DOMAIN_RELEASE_H

#include "base/err.h"
#include "domain/attach_kind.h"

enum { RELEASE_FILES_MOST = 200 }; // of a request

typedef enum ReleaseState {
    RELEASE_OPEN,    // 待处理
    RELEASE_MADE,    // 待确认: made and proven, and nobody has looked at it yet
    RELEASE_BLOCKED, // 未通过: something withheld is left in what was made
    RELEASE_PROVEN,  // 已遮盖: proven, and confirmed by somebody who looked
    RELEASE_CLEAN,   // 无需遮盖: said by somebody who looked
    RELEASE__COUNT,
} ReleaseState;

typedef struct ReleaseStateDef {
    Str id, name, tag; // tag: the class of its look
    bool given;        // may go out
} ReleaseStateDef;
extern const ReleaseStateDef release_states[RELEASE__COUNT];

bool release_state_named(Str id, ReleaseState *out);

// The order to black a file out and prove the result, which is worked off behind the page.
typedef enum MakingState {
    MAKING_NONE,      // never ordered
    MAKING_WAITING,   // 排队中
    MAKING_GOING,     // 正在遮盖
    MAKING_DONE,      // 已完成
    MAKING_FAILED,    // 没有完成: the document, or the machine
    MAKING_CANCELLED, // 已取消
    MAKING_STALE,     // 已作废: the file or its marks were changed meanwhile
    MAKING__COUNT,
} MakingState;

typedef struct MakingStateDef {
    Str id, name, tag; // as in ReleaseStateDef
    bool open;         // it is still to come
    Str todo;          // what whoever ordered it does next; empty: nothing
} MakingStateDef;
extern const MakingStateDef making_states[MAKING__COUNT];

bool making_state_named(Str id, MakingState *out);

enum {
    MAKING_HOLD_S = 30,   // a worker that says nothing for so long is taken for dead
    MAKING_TRIES = 3,     // begun so often without an end: it is the document that ends the worker
    MAKING_NOTICE_S = 60, // what took longer is told to whoever ordered it: they are elsewhere
};

// 正在涂黑第12页，共80页。 `ahead`: orders before it. Empty for what has ended.
Str making_words(MakingState state, int done, int pages, int64_t ahead, Arena *a);

// What may be done with a file of this kind.
typedef struct ReleaseKind {
    bool taken;          // may be given out at all
    bool marked;         // something in it can be withheld
    const char *zh, *en; // what to do where it may not; NULL
} ReleaseKind;
extern const ReleaseKind release_kinds[ATTACH_KIND__COUNT];

// ERR_INPUT with what to do.
bool release_kind_check(AttachKind kind, Err *err);

// Whether a reply that releases may go out with these files. `elsewhere`: it says where or how the
// information is given instead. *why is a sentence where it may not.
typedef struct ReleaseCount {
    int n[RELEASE__COUNT];
    int making; // of these: ordered to be blacked out, and not ended yet
} ReleaseCount;
bool release_ready(const ReleaseCount *files, bool elsewhere, Arena *a, Str *why);

#endif

// One thing done to many requests (批量办理). What is done to each is what would be done to it
// alone, with its own line in the audit; where the rules do not allow it, that one is left out and
// the reason kept.
#ifndef GONGKAI_DOMAIN_BULK_H
#define GONGKAI_DOMAIN_BULK_H

#include "base/str.h"
#include "domain/role.h"

typedef enum BulkKind {
    BULK_ASSIGN,  // 指定承办人
    BULK_CONFIRM, // 确认收到
    BULK_JOIN,    // 并案
    BULK_ANSWER,  // the reply of the request that leads, to those that follow
    BULK_EXTEND,  // 延长答复期限, each with its letter (条例第三十三条第二款)
    BULK_SEND,    // their letters, once they are issued: posted, handed over
    BULK__COUNT,
} BulkKind;

typedef struct BulkDef {
    Str id; // as stored, and in addresses
    Str name;
    Str done; // what is said of one: 已指定承办人
    Verb may;
} BulkDef;
extern const BulkDef bulk_defs[BULK__COUNT];

bool bulk_named(Str id, BulkKind *out);

enum {
    BULK_AT_ONCE = 50,   // so many are done in the act that begins it; more by the job
    BULK_PIECE = 100,    // of one transaction, at most
    BULK_PIECE_MS = 100, // and no longer than that, since other writers wait
};

// The number in the post that comes `n` behind `first`: two capitals, eight digits and their check
// digit, two capitals (万国邮联 S10). False where `first` is none, or there are no more.
bool post_number_behind(Str first, int64_t n, Arena *a, Str *out);

#endif

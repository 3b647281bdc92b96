// What a line of the audit says of before and after, field by field, for people to read.
#ifndef GONGKAI_DOMAIN_AUDIT_DIFF_H
#define GONGKAI_DOMAIN_AUDIT_DIFF_H

#include "base/str.h"

typedef struct AuditChange {
    Str field;       // 名称; 联系方式·电话 for a member of a member
    Str was, became; // empty: not there
} AuditChange;

typedef struct AuditChanges {
    AuditChange *v;
    size_t n, cap;
} AuditChanges;

enum { AUDIT_CHANGES_MOST = 500 };

// The members of two JSON objects, those of `was` first, without those that are the same in both;
// at most AUDIT_CHANGES_MOST. What is no JSON object is one change of the field 内容.
AuditChanges audit_changes(Str was, Str became, Arena *a);

#endif

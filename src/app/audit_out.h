// Lines of the audit for other programs: CSV with a line of names above, or one JSON array. Where a
// text could pass for a formula, it begins with an apostrophe in CSV, as in all of our tables.
#ifndef GONGKAI_APP_AUDIT_OUT_H
#define GONGKAI_APP_AUDIT_OUT_H

#include "base/buf.h"
#include "store/audit_find.h"

typedef enum AuditFormat { AUDIT_CSV, AUDIT_JSON } AuditFormat;

void audit_out_begin(Buf *b, AuditFormat format);
// `scratch` is not the arena in which b grows.
void audit_out_line(Buf *b, AuditFormat format, const AuditHit *hit, bool first, Arena scratch);
void audit_out_end(Buf *b, AuditFormat format);

#endif

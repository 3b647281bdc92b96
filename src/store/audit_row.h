// One row of audit_line as it is read; for audit.c and audit_find.c alone.
#ifndef GONGKAI_STORE_AUDIT_ROW_H
#define GONGKAI_STORE_AUDIT_ROW_H

#include "domain/audit.h"
#include "store/db.h"

#define AUDIT_COLUMNS(t)                                                                           \
    t "line_id, " t "at, " t "clock_at, " t "act, " t "person_id, " t "person_name, " t            \
      "instead_of, " t "organ_id, " t "via, " t "ip, " t "session_id, " t "request, " t "noun, " t \
      "noun_id, " t "version, " t "was, " t "became, " t "hash"

// Texts are good until the next row, or kept in the arena by audit_row_keep.
void audit_row_read(Stmt *s, AuditLine *out);
void audit_row_keep(AuditLine *line, Arena *a);

#endif

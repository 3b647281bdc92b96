#include "store/attachment.h"

#include "store/site.h"

#define COLUMNS                                                                                    \
    "attachment_id, noun, noun_id, organ_id, private, name, kind, bytes, address, added_by,"       \
    " added_name, added_at"

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

// The organ is looked for in scope by the statement that adds.
static const char SQL_ADD[] =
    "INSERT INTO attachment (site_id, " COLUMNS ")"
    " SELECT s.site_id, CAST(?4 AS BIGINT), ?5, CAST(?6 AS BIGINT), CAST(?7 AS BIGINT),"
    " CAST(?8 AS BIGINT), ?9, ?10, CAST(?11 AS BIGINT), ?12, CAST(?13 AS BIGINT), ?14,"
    " CAST(?15 AS BIGINT) FROM site s WHERE s.site_id = ?1"
    " AND " IN_SCOPE("CAST(?7 AS BIGINT)");

bool store_attachment_add(Db *db, const Scope *scope, Attachment *attachment, Err *err)
{
    int64_t id;
    if (!store_number(db, scope->site, S("attachment"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_scope(&s, scope);
    bind_int(&s, id);
    bind_str(&s, attachment->noun);
    bind_int(&s, attachment->noun_id);
    bind_id(&s, attachment->organ.n);
    bind_int(&s, attachment->private);
    bind_str(&s, attachment->name);
    bind_str(&s, attachment->kind);
    bind_int(&s, attachment->bytes);
    bind_str(&s, attachment->address);
    bind_id(&s, attachment->added_by.n);
    bind_str(&s, attachment->added_name);
    bind_int(&s, attachment->added_at);
    if (!stmt_run(&s, err))
        return false;
    if (!db_changes(db))
        return fail(err, ERR_MISSING, NULL, "没有这个机关", "there is no such organ");
    attachment->id = id;
    return true;
}

static void row_read(Stmt *s, Arena *a, Attachment *out)
{
    out->id = col_int(s);
    out->noun = col_str(s, a);
    out->noun_id = col_int(s);
    out->organ.n = col_int(s);
    out->private = col_int(s) != 0;
    out->name = col_str(s, a);
    out->kind = col_str(s, a);
    out->bytes = col_int(s);
    out->address = col_str(s, a);
    out->added_by.n = col_int(s);
    out->added_name = col_str(s, a);
    out->added_at = col_int(s);
}

static const char SQL_GET[] = "SELECT " COLUMNS " FROM attachment t WHERE t.site_id = ?1"
                              " AND " IN_SCOPE("t.organ_id") " AND t.attachment_id = ?4";

bool store_attachment_get(Db *db, const Scope *scope, int64_t id, Arena *a, Attachment *out,
                          Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    Attachment found = {0};
    bind_scope(&s, scope);
    bind_int(&s, id);
    if (stmt_row(&s))
        row_read(&s, a, &found);
    if (!stmt_ok(&s, err))
        return false;
    if (!found.id)
        return fail(err, ERR_MISSING, NULL, "没有这份附件", "there is no such attachment");
    *out = found;
    return true;
}

static const char SQL_LIST[] = "SELECT " COLUMNS " FROM attachment t WHERE t.site_id = ?1"
                               " AND " IN_SCOPE("t.organ_id") " AND t.organ_id = ?4 AND t.noun = ?5"
                                                              " ORDER BY t.attachment_id";

bool store_attachment_list(Db *db, const Scope *scope, OrganId organ, Str noun, Arena *a,
                           Attachments *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    Attachments found = {0};
    bind_scope(&s, scope);
    bind_int(&s, organ.n);
    bind_str(&s, noun);
    while (stmt_row(&s))
        row_read(&s, a, PUSH(a, &found));
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_OF[] = "SELECT " COLUMNS " FROM attachment t WHERE t.site_id = ?1"
                             " AND " IN_SCOPE("t.organ_id") " AND t.noun = ?4 AND t.noun_id = ?5"
                                                            " ORDER BY t.attachment_id";

bool store_attachment_of(Db *db, const Scope *scope, Str noun, int64_t noun_id, Arena *a,
                         Attachments *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    Attachments found = {0};
    bind_scope(&s, scope);
    bind_str(&s, noun);
    bind_int(&s, noun_id);
    while (stmt_row(&s))
        row_read(&s, a, PUSH(a, &found));
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

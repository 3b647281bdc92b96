#include "store/key.h"

static const char SQL_MARK[] = "SELECT mark FROM data_key WHERE site_id = ?1";

bool store_key_mark(Db *db, SiteId site, Arena *a, Str *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MARK);
    bind_int(&s, site.n);
    Str mark = stmt_row(&s) ? col_str(&s, a) : S("");
    if (!stmt_ok(&s, err))
        return false;
    *out = mark;
    return true;
}

static const char SQL_SET[] = "INSERT INTO data_key (site_id, mark) VALUES (?1, ?2)"
                              " ON CONFLICT (site_id) DO NOTHING";

bool store_key_set(Db *db, SiteId site, Str mark, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SET);
    bind_int(&s, site.n);
    bind_str(&s, mark);
    return stmt_run(&s, err);
}

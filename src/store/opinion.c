#include "store/opinion.h"

static const char SQL_OF[] =
    "SELECT fact_id, whom, address, number, answer, reasons, reasonable, decided, decided_why,"
    " told_on, told_number, version FROM request_opinion"
    " WHERE site_id = ?1 AND request_id = ?2 ORDER BY fact_id";

static void row_read(Stmt *s, Arena *a, Opinion *o)
{
    Str whom = col_str(s, a);
    o->whom = whom.n ? whom : o->whom;
    o->address = col_str(s, a);
    o->number = col_str(s, a);
    o->answer = (OpinionAnswer)opinion_word(opinion_answers, ANSWER__COUNT, col_view(s));
    o->reasons = col_str(s, a);
    o->held = (OpinionHeld)opinion_word(opinion_helds, HELD__COUNT, col_view(s));
    o->decided = (OpinionDecided)opinion_word(opinion_decideds, DECIDED__COUNT, col_view(s));
    o->decided_why = col_str(s, a);
    o->told_on = col_date(s);
    o->told_number = col_str(s, a);
    o->version = col_int(s);
}

static void whom_of(const StoredFacts *facts, Opinion *o)
{
    for (size_t i = 0; i < facts->n; i++)
        if (facts->v[i].fact.id == o->fact)
            o->whom = facts->v[i].whom;
}

bool store_opinions(Db *db, SiteId site, RequestId id, const StoredFacts *facts, Arena *a,
                    Opinions *list, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    for (size_t i = 0; i < list->n; i++)
        whom_of(facts, &list->v[i]);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        int64_t fact = col_int(&s);
        for (size_t i = 0; i < list->n; i++)
            if (list->v[i].fact == fact)
                row_read(&s, a, &list->v[i]);
    }
    return stmt_ok(&s, err);
}

static const char SQL_SAVE[] =
    "INSERT INTO request_opinion (site_id, request_id, fact_id, whom, address, number, answer,"
    " reasons, reasonable, decided, decided_why, told_on, told_number, version)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1)"
    " ON CONFLICT (site_id, request_id, fact_id) DO UPDATE SET whom = ?4, address = ?5,"
    " number = ?6, answer = ?7, reasons = ?8, reasonable = ?9, decided = ?10, decided_why = ?11,"
    " told_on = ?12, told_number = ?13, version = request_opinion.version + 1"
    " WHERE request_opinion.version = ?14";

bool store_opinion_save(Db *db, SiteId site, RequestId id, Opinion *o, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, o->fact);
    bind_str(&s, o->whom);
    bind_str(&s, o->address);
    bind_str(&s, o->number);
    bind_str(&s, opinion_answers[o->answer].id);
    bind_str(&s, o->reasons);
    bind_str(&s, opinion_helds[o->held].id);
    bind_str(&s, opinion_decideds[o->decided].id);
    bind_str(&s, o->decided_why);
    bind_date(&s, o->told_on);
    bind_str(&s, o->told_number);
    bind_int(&s, o->version);
    if (!stmt_run(&s, err))
        return false;
    if (!db_changes(db))
        return fail(err, ERR_BUSY, NULL, "这份意见刚被别人登记过，请看过现在的内容再提交",
                    "somebody else has recorded this opinion; look at it again");
    o->version++;
    return true;
}

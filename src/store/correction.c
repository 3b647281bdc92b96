#include "store/correction.h"

#define COLUMNS                                                                                    \
    "SELECT c.correction_id, c.organ_id, o.name, c.year, c.number, c.code, c.query_hash,"          \
    " c.channel, c.applicant_kind, c.applicant_name, c.applicant_key, c.applicant, c.record,"      \
    " c.wrong, c.claim, c.evidence, c.request_id, c.handler_id, p.name, c.filed_on, c.target_on,"  \
    " c.examined_on, c.examined, c.ended_on, c.outcome, c.words, c.document, c.version,"           \
    " c.created_at FROM correction c"                                                              \
    " JOIN organ o ON o.site_id = c.site_id AND o.organ_id = c.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = c.site_id AND p.person_id = c.handler_id"

static Correction correction_row(Stmt *s, Arena *a)
{
    Correction c = {0};
    c.id.n = col_int(s);
    c.organ.n = col_int(s);
    c.organ_name = col_str(s, a);
    c.year = (int)col_int(s);
    c.number = col_int(s);
    c.code = col_str(s, a);
    c.query_hash = col_str(s, a);
    c.channel = request_channel(col_view(s));
    c.applicant_kind = request_applicant(col_view(s));
    c.applicant_name = col_str(s, a);
    c.applicant_key = col_str(s, a);
    c.sealed = col_str(s, a);
    c.record = col_str(s, a);
    c.wrong = col_str(s, a);
    c.claim = col_str(s, a);
    c.evidence = col_str(s, a);
    c.request.n = col_int(s);
    c.handler.n = col_int(s);
    c.handler_name = col_str(s, a);
    c.days.filed = col_date(s);
    c.target = col_date(s);
    c.days.examined = col_date(s);
    c.examined = col_str(s, a);
    c.days.ended = col_date(s);
    c.ended = correction_named(col_view(s), &c.outcome);
    c.words = col_str(s, a);
    c.document = col_str(s, a);
    c.version = col_int(s);
    c.created_at = col_int(s);
    return c;
}

LetterOwner letter_owner_correction(const Correction *c)
{
    return (LetterOwner){OWNER_CORRECTION, c->id.n, c->organ, c->code, c->record};
}

static const char SQL_GET[] = COLUMNS " WHERE c.site_id = ?1 AND c.correction_id = ?4"
                                      " AND " IN_SCOPE("c.organ_id");

bool store_correction_get(Db *db, const Scope *scope, CorrectionId id, Arena *a, Correction *out,
                          Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = correction_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) &&
           fail(err, ERR_MISSING, NULL, "没有这件更正申请", "no such correction");
}

static const char SQL_BY_CODE[] = "SELECT correction_id FROM correction WHERE site_id = ?1"
                                  " AND code = ?2 AND query_hash = ?3 AND query_hash <> ''"
                                  " ORDER BY correction_id LIMIT 1";

bool store_correction_by_code(Db *db, SiteId site, Str code, Str query_hash, CorrectionId *out,
                              bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_CODE);
    bind_int(&s, site.n);
    bind_str(&s, code);
    bind_str(&s, query_hash);
    bool has = stmt_row(&s);
    CorrectionId id = {has ? col_int(&s) : 0};
    if (!stmt_ok(&s, err))
        return false;
    *out = id;
    *found = has;
    return true;
}

static const char SQL_LIST[] = COLUMNS " WHERE c.site_id = ?1 AND " IN_SCOPE(
    "c.organ_id") " AND (?4 = 0 OR c.outcome = '')"
                  " AND (?5 = '' OR c.code LIKE ?5 ESCAPE '!' OR c.record LIKE ?5 ESCAPE '!'"
                  " OR c.applicant_name LIKE ?5 ESCAPE '!')"
                  " AND (?6 = 0 OR c.correction_id < ?6) ORDER BY c.correction_id DESC LIMIT ?7";

bool store_correction_list(Db *db, const Scope *scope, const CorrectionAsk *ask, Arena *a,
                           Corrections *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    Corrections found = {0};
    bind_scope(&s, scope);
    bind_int(&s, ask->open_only);
    bind_str(&s, db_like(a, ask->text));
    bind_int(&s, ask->before);
    bind_int(&s, ask->limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = correction_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- writing

static const char SQL_NUMBER[] = "SELECT coalesce(max(number), 0) + 1 FROM correction"
                                 " WHERE site_id = ?1 AND organ_id = ?2 AND year = ?3";

static bool number_next(Db *db, SiteId site, const Correction *c, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NUMBER);
    bind_int(&s, site.n);
    bind_int(&s, c->organ.n);
    bind_int(&s, c->year);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO correction (site_id, correction_id, organ_id, year, number, code, query_hash,"
    " channel, applicant_kind, applicant_name, applicant_key, applicant, record, wrong, claim,"
    " evidence, request_id, filed_on, target_on, examined, outcome, words, document, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, '', '', '', '', ?20)";

bool store_correction_add(Db *db, SiteId site, Str prefix, Correction *correction, Arena *a,
                          Err *err)
{
    Correction c = *correction;
    c.year = date_year(c.days.filed);
    if (!store_number(db, site, S("correction"), &c.id.n, err) ||
        !number_next(db, site, &c, &c.number, err))
        return false;
    c.code = str_fmt(a, PRI_STR "〔%d〕%lld号", STR_ARG(prefix), c.year, (long long)c.number);
    c.version = 1;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, c.id.n);
    bind_int(&s, c.organ.n);
    bind_int(&s, c.year);
    bind_int(&s, c.number);
    bind_str(&s, c.code);
    bind_str(&s, c.query_hash);
    bind_str(&s, channel_defs[c.channel].id);
    bind_str(&s, applicant_defs[c.applicant_kind].id);
    bind_str(&s, c.applicant_name);
    bind_str(&s, c.applicant_key);
    bind_blob(&s, c.sealed);
    bind_str(&s, c.record);
    bind_str(&s, c.wrong);
    bind_str(&s, c.claim);
    bind_str(&s, c.evidence);
    c.request.n ? bind_int(&s, c.request.n) : bind_null(&s);
    bind_date(&s, c.days.filed);
    bind_date(&s, c.target);
    bind_int(&s, c.created_at);
    if (!stmt_run(&s, err))
        return false;
    *correction = c;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE correction SET version = version + 1, examined_on = ?6, examined = ?7, ended_on = ?8,"
    " outcome = ?9, words = ?10, document = ?11"
    " WHERE site_id = ?1 AND correction_id = ?4 AND version = ?5"
    " AND " IN_SCOPE("correction.organ_id");

bool store_correction_save(Db *db, const Scope *scope, Correction *c, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, c->id.n);
    bind_int(&s, c->version);
    bind_date(&s, c->days.examined);
    bind_str(&s, c->examined);
    bind_date(&s, c->days.ended);
    bind_str(&s, c->ended ? correction_defs[c->outcome].id : S(""));
    bind_str(&s, c->words);
    bind_str(&s, c->document);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) != 1)
        return fail(err, ERR_BUSY, NULL, "这件更正申请刚被别人改过，请刷新后重试",
                    "somebody else has just changed this correction; reload and try again");
    c->version++;
    return true;
}

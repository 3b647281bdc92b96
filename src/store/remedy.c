#include "store/remedy.h"

#define COLUMNS                                                                                    \
    "SELECT c.remedy_id, c.after_id, c.organ_id, o.name, c.request_id, r.code, c.kind, c.about,"   \
    " c.title, c.applicant, c.note, c.filed_on, c.forum, c.number, c.phase, c.stage, c.result,"    \
    " c.closed_on, c.answer_by, c.redo_by, c.version, c.created_at FROM remedy c"                  \
    " JOIN organ o ON o.site_id = c.site_id AND o.organ_id = c.organ_id"                           \
    " LEFT JOIN request r ON r.site_id = c.site_id AND r.request_id = c.request_id"

static RemedyPhase phase_named(Str id)
{
    for (int p = 0; p < RP__COUNT; p++)
        if (str_eq(remedy_phases[p].id, id))
            return (RemedyPhase)p;
    return RP_OPEN;
}

static RemedyStage stage_named(Str id)
{
    for (int s = 0; s < STAGE__COUNT; s++)
        if (str_eq(remedy_stages[s].id, id))
            return (RemedyStage)s;
    return STAGE_REVIEW;
}

static RemedyCase case_row(Stmt *s, Arena *a)
{
    RemedyCase c = {0};
    c.id.n = col_int(s);
    c.after.n = col_int(s);
    c.organ.n = col_int(s);
    c.organ_name = col_str(s, a);
    c.request.n = col_int(s);
    c.request_code = col_str(s, a);
    remedy_kind_named(col_view(s), &c.kind);
    remedy_about_named(col_view(s), &c.about);
    c.title = col_str(s, a);
    c.applicant = col_str(s, a);
    c.note = col_str(s, a);
    c.filed = col_date(s);
    c.forum = col_str(s, a);
    c.number = col_str(s, a);
    c.phase = phase_named(col_view(s));
    c.stage = stage_named(col_view(s));
    c.decided = remedy_result_named(col_view(s), &c.result);
    c.closed = col_date(s);
    c.answer_by = col_date(s);
    c.redo_by = col_date(s);
    c.version = col_int(s);
    c.created_at = col_int(s);
    return c;
}

static const char SQL_GET[] = COLUMNS " WHERE c.site_id = ?1 AND c.remedy_id = ?4"
                                      " AND " IN_SCOPE("c.organ_id");

bool store_remedy_get(Db *db, const Scope *scope, RemedyId id, Arena *a, RemedyCase *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = case_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这件复议诉讼案件", "no such case");
}

// --- lists

static const char SQL_LIST[] = COLUMNS " WHERE c.site_id = ?1 AND " IN_SCOPE(
    "c.organ_id") " AND c.filed_on >= ?4 AND c.filed_on <= ?5 AND (?6 = '' OR c.kind = ?6)"
                  " AND (?7 = 0 OR c.closed_on IS NULL OR c.redo_by IS NOT NULL)"
                  " AND (?8 = 0 OR c.request_id = ?8)"
                  " AND (c.closed_on IS NULL OR c.closed_on >= ?9)"
                  " AND (?10 = '' OR c.title LIKE ?10 ESCAPE '!' OR c.applicant LIKE ?10 ESCAPE '!'"
                  " OR c.number LIKE ?10 ESCAPE '!')"
                  " AND (?11 = 0 OR c.remedy_id < ?11) ORDER BY c.remedy_id DESC LIMIT ?12";

bool store_remedy_list(Db *db, const Scope *scope, const RemedyAskList *ask, Arena *a,
                       RemedyCases *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    RemedyCases found = {0};
    bind_scope(&s, scope);
    bind_int(&s, date_is(ask->from) ? ask->from.days : INT32_MIN);
    bind_int(&s, date_is(ask->to) ? ask->to.days : INT32_MAX);
    bind_str(&s, ask->any_kind ? S("") : remedy_kinds[ask->kind].id);
    bind_int(&s, ask->open_only);
    bind_int(&s, ask->request.n);
    bind_int(&s, date_is(ask->closed_from) ? ask->closed_from.days : INT32_MIN);
    bind_str(&s, db_like(a, ask->text));
    bind_int(&s, ask->before);
    bind_int(&s, ask->limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = case_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_WAITING[] = COLUMNS " WHERE c.site_id = ?1 AND c.request_id = ?2"
                                          " AND c.redo_by IS NOT NULL"
                                          " ORDER BY c.redo_by, c.remedy_id";

bool store_remedy_waiting(Db *db, SiteId site, RequestId request, Arena *a, RemedyCases *out,
                          Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WAITING);
    RemedyCases found = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    while (stmt_row(&s))
        *PUSH(a, &found) = case_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_OF[] = COLUMNS " WHERE c.site_id = ?1 AND c.request_id = ?2"
                                     " AND c.remedy_id = ?3";

bool store_remedy_of(Db *db, SiteId site, RequestId request, RemedyId id, Arena *a, RemedyCase *out,
                     Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, id.n);
    if (stmt_row(&s))
        return *out = case_row(&s, a), true;
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这件复议诉讼案件", "no such case");
}

// --- facts

static const char SQL_FACTS[] =
    "SELECT f.fact_id, f.kind, f.on_day, f.until_day, f.result, f.forum, f.number, f.document,"
    " f.note, f.recorded_at, e.name, f.struck_at, f.struck_why FROM remedy_fact f"
    " LEFT JOIN person e ON e.site_id = f.site_id AND e.person_id = f.person_id"
    " WHERE f.site_id = ?1 AND f.remedy_id = ?2 ORDER BY f.on_day, f.fact_id";

static bool fact_row(Stmt *s, Arena *a, StoredRemedyFact *out)
{
    StoredRemedyFact f = {.fact = {.id = col_int(s)}};
    bool known = remedy_fact_named(col_view(s), &f.fact.kind);
    f.fact.on = col_date(s);
    f.fact.until = col_date(s);
    f.result = col_str(s, a);
    remedy_result_named(f.result, &f.fact.result);
    f.forum = col_str(s, a);
    f.number = col_str(s, a);
    f.document = col_str(s, a);
    f.note = col_str(s, a);
    f.recorded_at = col_int(s);
    f.person_name = col_str(s, a);
    f.struck_at = col_int(s);
    f.struck_why = col_str(s, a);
    *out = f;
    return known;
}

bool store_remedy_facts(Db *db, SiteId site, RemedyId id, Arena *a, StoredRemedyFacts *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACTS);
    StoredRemedyFacts found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s))
        if (!fact_row(&s, a, PUSH(a, &found)))
            return fail(err, ERR_SYSTEM, NULL, "案件的记录由更新版本的程序写入，请升级程序",
                        "a newer program has recorded a step; upgrade");
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

RemedyFacts remedy_standing(const StoredRemedyFacts *stored, Arena *a)
{
    RemedyFacts facts = {0};
    for (size_t i = 0; i < stored->n; i++)
        if (!stored->v[i].struck_at)
            *PUSH(a, &facts) = stored->v[i].fact;
    return facts;
}

static const char SQL_FACT_ADD[] =
    "INSERT INTO remedy_fact (site_id, remedy_id, fact_id, kind, on_day, until_day, result, forum,"
    " number, document, note, recorded_at, person_id, struck_why)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, '')";

bool store_remedy_fact_add(Db *db, SiteId site, RemedyId id, const StoredRemedyFact *f,
                           PersonId person, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACT_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, f->fact.id);
    bind_str(&s, remedy_fact_defs[f->fact.kind].id);
    bind_date(&s, f->fact.on);
    bind_date(&s, f->fact.until);
    bind_str(&s, f->result);
    bind_str(&s, f->forum);
    bind_str(&s, f->number);
    bind_str(&s, f->document);
    bind_str(&s, f->note);
    bind_int(&s, f->recorded_at);
    person.n ? bind_int(&s, person.n) : bind_null(&s);
    return stmt_run(&s, err);
}

static const char SQL_FACT_STRIKE[] =
    "UPDATE remedy_fact SET struck_at = ?4, struck_why = ?5"
    " WHERE site_id = ?1 AND remedy_id = ?2 AND fact_id = ?3 AND struck_at IS NULL";

bool store_remedy_fact_strike(Db *db, SiteId site, RemedyId id, int64_t fact, Str why, int64_t now,
                              Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACT_STRIKE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, fact);
    bind_int(&s, now);
    bind_str(&s, why);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 || fail(err, ERR_BUSY, NULL, "这一步已经被别人改过，请刷新后重试",
                                       "somebody else has changed this step; reload and try again");
}

// --- writing

// What follows from the facts, from the present parameter on.
static void bind_computed(Stmt *s, const RemedyCase *c)
{
    bind_date(s, c->filed);
    bind_str(s, c->forum);
    bind_str(s, c->number);
    bind_str(s, remedy_phases[c->phase].id);
    bind_str(s, remedy_stages[c->stage].id);
    bind_str(s, c->decided ? remedy_results[c->result].id : S(""));
    bind_date(s, c->closed);
    bind_date(s, c->answer_by);
    bind_date(s, c->redo_by);
}

static const char SQL_ADD[] =
    "INSERT INTO remedy (site_id, remedy_id, organ_id, request_id, kind, about, after_id, title,"
    " applicant, note, filed_on, forum, number, phase, stage, result, closed_on, answer_by,"
    " redo_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    " ?15, ?16, ?17, ?18, ?19, ?20)";

bool store_remedy_add(Db *db, SiteId site, RemedyCase *c, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("remedy"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, c->organ.n);
    c->request.n ? bind_int(&s, c->request.n) : bind_null(&s);
    bind_str(&s, remedy_kinds[c->kind].id);
    bind_str(&s, remedy_abouts[c->about].id);
    c->after.n ? bind_int(&s, c->after.n) : bind_null(&s);
    bind_str(&s, c->title);
    bind_str(&s, c->applicant);
    bind_str(&s, c->note);
    bind_computed(&s, c);
    bind_int(&s, c->created_at);
    if (!stmt_run(&s, err))
        return false;
    c->id.n = id;
    c->version = 1;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE remedy SET version = version + 1, filed_on = ?6, forum = ?7, number = ?8, phase = ?9,"
    " stage = ?10, result = ?11, closed_on = ?12, answer_by = ?13, redo_by = ?14"
    " WHERE site_id = ?1 AND remedy_id = ?4 AND version = ?5 AND " IN_SCOPE("remedy.organ_id");

bool store_remedy_save(Db *db, const Scope *scope, RemedyCase *c, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, c->id.n);
    bind_int(&s, c->version);
    bind_computed(&s, c);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) != 1)
        return fail(err, ERR_BUSY, NULL, "这件案件刚被别人改过，请刷新后重试",
                    "somebody else has just changed this case; reload and try again");
    c->version++;
    return true;
}

// --- settings

static const char SQL_SETTINGS[] = "SELECT setting, n, version FROM remedy_setting"
                                   " WHERE site_id = ?1 ORDER BY setting";

bool store_remedy_settings(Db *db, SiteId site, RemedySettingRows *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SETTINGS);
    RemedySettingRows rows = {.settings = remedy_settings_default()};
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        Str id = col_view(&s);
        for (int i = 0; i < SETTING__COUNT; i++)
            if (str_eq(remedy_setting_defs[i].id, id)) {
                rows.settings.n[i] = (int)col_int(&s);
                rows.version += col_int(&s);
                break;
            }
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = rows;
    return true;
}

static const char SQL_SETTING_SAVE[] =
    "INSERT INTO remedy_setting (site_id, setting, n, version) VALUES (?1, ?2, ?3, 1)"
    " ON CONFLICT (site_id, setting) DO UPDATE SET n = ?3, version = remedy_setting.version + 1";

bool store_remedy_setting_save(Db *db, SiteId site, RemedySettingId setting, int n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SETTING_SAVE);
    bind_int(&s, site.n);
    bind_str(&s, remedy_setting_defs[setting].id);
    bind_int(&s, n);
    return stmt_run(&s, err);
}

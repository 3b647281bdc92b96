#include "store/request.h"

#include "store/request_gram.h"

// clang-format off
const ApplicantDef applicant_defs[APPLICANT__COUNT] = {
    [APPLICANT_NATURAL]  = { SI("natural"),  SI("自然人") },
    [APPLICANT_BUSINESS] = { SI("business"), SI("商业企业") },
    [APPLICANT_RESEARCH] = { SI("research"), SI("科研机构") },
    [APPLICANT_WELFARE]  = { SI("welfare"),  SI("社会公益组织") },
    [APPLICANT_LEGAL]    = { SI("legal"),    SI("法律服务机构") },
    [APPLICANT_OTHER]    = { SI("other"),    SI("其他") },
};
// clang-format on

#define REQUEST_COLUMNS                                                                            \
    "r.request_id, r.organ_id, o.name, r.year, r.number, r.code, r.query_hash, r.channel,"         \
    " r.title, r.description, r.form, r.way, r.applicant_kind, r.applicant_name, r.applicant_key," \
    " r.applicant, r.same_as, r.handler_id, p.name, r.note, r.filed_on, r.received_on, r.due_on,"  \
    " r.draft_due_on, r.turn_on, r.ended_on, r.act_by, r.phase, r.open, r.outcome, r.n_units, "    \
    "r.version,"                                                                                   \
    " r.created_at, r.archived_at"
#define REQUEST_NAMES                                                                              \
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"

Channel request_channel(Str id)
{
    for (int c = 0; c < CHANNEL__COUNT; c++)
        if (str_eq(channel_defs[c].id, id))
            return (Channel)c;
    return CHANNEL_IN_PERSON;
}

Phase request_phase(Str id)
{
    for (int p = 0; p < PHASE__COUNT; p++)
        if (str_eq(phase_defs[p].id, id))
            return (Phase)p;
    return PHASE_OPEN;
}

ApplicantKind request_applicant(Str id)
{
    for (int k = 0; k < APPLICANT__COUNT; k++)
        if (str_eq(applicant_defs[k].id, id))
            return (ApplicantKind)k;
    return APPLICANT_OTHER;
}

static RequestWords words_of(const InfoRequest *r)
{
    return (RequestWords){r->organ, r->title, r->applicant_name};
}

static InfoRequest request_row(Stmt *s, Arena *a)
{
    InfoRequest r = {0};
    r.id.n = col_int(s);
    r.organ.n = col_int(s);
    r.organ_name = col_str(s, a);
    r.year = (int)col_int(s);
    r.number = col_int(s);
    r.code = col_str(s, a);
    r.query_hash = col_str(s, a);
    r.channel = request_channel(col_view(s));
    r.title = col_str(s, a);
    r.description = col_str(s, a);
    r.form = col_str(s, a);
    r.way = col_str(s, a);
    r.applicant_kind = request_applicant(col_view(s));
    r.applicant_name = col_str(s, a);
    r.applicant_key = col_str(s, a);
    r.sealed = col_str(s, a);
    r.same_as.n = col_int(s);
    r.handler.n = col_int(s);
    r.handler_name = col_str(s, a);
    r.note = col_str(s, a);
    r.filed = col_date(s);
    r.received = col_date(s);
    r.due = col_date(s);
    r.draft_due = col_date(s);
    r.turn = col_date(s);
    r.ended = col_date(s);
    r.act_by = col_date(s);
    r.phase = request_phase(col_view(s));
    r.open = col_int(s) != 0;
    r.outcome = col_str(s, a);
    r.n_units = col_int(s);
    r.version = col_int(s);
    r.created_at = col_int(s);
    r.archived_at = col_int(s);
    r.stored = words_of(&r);
    return r;
}

static const char SQL_GET[] = "SELECT " REQUEST_COLUMNS " FROM request r" REQUEST_NAMES
                              " WHERE r.site_id = ?1 AND r.request_id = ?4"
                              " AND " IN_SCOPE("r.organ_id");

bool store_request_get(Db *db, const Scope *scope, RequestId id, Arena *a, InfoRequest *out,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = request_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这件申请", "no such request");
}

static const char SQL_BY_CODE[] = "SELECT request_id FROM request WHERE site_id = ?1 AND code = ?2"
                                  " AND query_hash = ?3 AND query_hash <> ''"
                                  " ORDER BY request_id LIMIT 1";

bool store_request_by_code(Db *db, SiteId site, Str code, Str query_hash, RequestId *out,
                           bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_CODE);
    bind_int(&s, site.n);
    bind_str(&s, code);
    bind_str(&s, query_hash);
    bool has = stmt_row(&s);
    RequestId id = {has ? col_int(&s) : 0};
    if (!stmt_ok(&s, err))
        return false;
    *out = id;
    *found = has;
    return true;
}

static const char SQL_CODED[] = "SELECT r.request_id FROM request r WHERE r.site_id = ?1"
                                " AND " IN_SCOPE("r.organ_id") " AND r.code = ?4"
                                                               " ORDER BY r.request_id LIMIT 1";

bool store_request_coded(Db *db, const Scope *scope, Str code, RequestId *out, bool *found,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CODED);
    bind_scope(&s, scope);
    bind_str(&s, code);
    bool has = stmt_row(&s);
    RequestId id = {has ? col_int(&s) : 0};
    if (!stmt_ok(&s, err))
        return false;
    *out = id;
    *found = has;
    return true;
}

static const char SQL_TURNING[] = "SELECT " REQUEST_COLUMNS " FROM request r" REQUEST_NAMES
                                  " WHERE r.site_id = ?1 AND r.turn_on <= ?2 AND r.open = 1"
                                  " ORDER BY r.turn_on, r.request_id LIMIT 500";

bool store_request_turning(Db *db, SiteId site, Date today, Arena *a, InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TURNING);
    InfoRequests found = {0};
    bind_int(&s, site.n);
    bind_date(&s, today);
    while (stmt_row(&s))
        *PUSH(a, &found) = request_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- facts

static const char SQL_FACTS[] =
    "SELECT f.fact_id, f.kind, f.on_day, f.channel, f.workdays, f.until_day, f.about, f.document,"
    " f.whom, f.note, f.recorded_at, f.person_id, p.name, f.struck_at FROM request_fact f"
    " LEFT JOIN person p ON p.site_id = f.site_id AND p.person_id = f.person_id"
    " WHERE f.site_id = ?1 AND f.request_id = ?2 ORDER BY f.on_day, f.fact_id";

FactKind request_fact_kind(Str id)
{
    for (int k = 0; k < FACT__COUNT; k++)
        if (str_eq(request_fact_defs[k].id, id))
            return (FactKind)k;
    return FACT__COUNT;
}

bool request_fact_unknown(Err *err)
{
    return fail(err, ERR_SYSTEM, NULL, "申请的记录由更新版本的程序写入，请升级程序",
                "a newer program has recorded a step; upgrade");
}

static StoredFact fact_row(Stmt *s, Arena *a)
{
    StoredFact f = {0};
    f.fact.id = col_int(s);
    f.fact.kind = request_fact_kind(col_view(s));
    f.fact.on = col_date(s);
    f.fact.channel = request_channel(col_view(s));
    f.fact.workdays = (int)col_int(s);
    f.fact.until = col_date(s);
    f.fact.about = col_int(s);
    f.fact.document = col_str(s, a);
    f.whom = col_str(s, a);
    f.note = col_str(s, a);
    f.recorded_at = col_int(s);
    f.person.n = col_int(s);
    f.person_name = col_str(s, a);
    f.struck_at = col_int(s);
    return f;
}

bool store_request_facts(Db *db, SiteId site, RequestId id, Arena *a, StoredFacts *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACTS);
    StoredFacts found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        StoredFact f = fact_row(&s, a);
        if (f.fact.kind == FACT__COUNT)
            return request_fact_unknown(err);
        *PUSH(a, &found) = f;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

RequestFacts facts_standing(const StoredFacts *stored, Arena *a)
{
    RequestFacts facts = {0};
    for (size_t i = 0; i < stored->n; i++)
        if (!stored->v[i].struck_at)
            *PUSH(a, &facts) = stored->v[i].fact;
    return facts;
}

static const char SQL_FACT_ADD[] =
    "INSERT INTO request_fact (site_id, request_id, fact_id, kind, on_day, channel, workdays,"
    " until_day, about, document, whom, note, recorded_at, person_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

bool store_request_fact_add(Db *db, SiteId site, RequestId id, const StoredFact *fact, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACT_ADD);
    const RequestFact *f = &fact->fact;
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, f->id);
    bind_str(&s, request_fact_defs[f->kind].id);
    bind_date(&s, f->on);
    bind_str(&s, f->kind == FACT_FILED ? channel_defs[f->channel].id : S(""));
    bind_int(&s, f->workdays);
    bind_date(&s, f->until);
    bind_int(&s, f->about);
    bind_str(&s, f->document);
    bind_str(&s, fact->whom);
    bind_str(&s, fact->note);
    bind_int(&s, fact->recorded_at);
    fact->person.n ? bind_int(&s, fact->person.n) : bind_null(&s);
    return stmt_again(&s, err);
}

static const char SQL_FACT_STRIKE[] =
    "UPDATE request_fact SET struck_at = ?4"
    " WHERE site_id = ?1 AND request_id = ?2 AND fact_id = ?3 AND struck_at IS NULL";

bool store_request_fact_strike(Db *db, SiteId site, RequestId id, int64_t fact, int64_t now,
                               Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACT_STRIKE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, fact);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 || fail(err, ERR_BUSY, NULL, "这一步已经被别人改过，请刷新后重试",
                                       "somebody else has changed this step; reload and try again");
}

// --- writing

static const char SQL_NUMBER[] = "SELECT coalesce(max(number), 0) + 1 FROM request"
                                 " WHERE site_id = ?1 AND organ_id = ?2 AND year = ?3";

static bool number_next(Db *db, SiteId site, const InfoRequest *r, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NUMBER);
    bind_int(&s, site.n);
    bind_int(&s, r->organ.n);
    bind_int(&s, r->year);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

// The columns that a save writes too, from ?7 on.
static void bind_changing(Stmt *s, const InfoRequest *r)
{
    bind_str(s, r->title);
    bind_str(s, r->description);
    bind_str(s, r->form);
    bind_str(s, r->way);
    bind_str(s, applicant_defs[r->applicant_kind].id);
    bind_str(s, r->applicant_name);
    bind_str(s, r->applicant_key);
    bind_blob(s, r->sealed);
    r->same_as.n ? bind_int(s, r->same_as.n) : bind_null(s);
    r->handler.n ? bind_int(s, r->handler.n) : bind_null(s);
    bind_str(s, r->note);
    bind_date(s, r->received);
    bind_date(s, r->due);
    bind_date(s, r->draft_due);
    bind_date(s, r->turn);
    bind_str(s, phase_defs[r->phase].id);
    bind_int(s, r->open);
    bind_date(s, r->ended);
    bind_str(s, r->outcome);
    bind_int(s, r->n_units);
    bind_date(s, r->act_by);
}

static const char SQL_ADD[] =
    "INSERT INTO request (site_id, request_id, organ_id, year, number, code, title, description,"
    " form, way, applicant_kind, applicant_name, applicant_key, applicant, same_as, handler_id,"
    " note, received_on, due_on, draft_due_on, turn_on, phase, open, ended_on, outcome, n_units,"
    " act_by, query_hash, channel, filed_on, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30,"
    " ?31)";

bool store_request_add(Db *db, SiteId site, Str prefix, InfoRequest *request, Arena *a, Err *err)
{
    InfoRequest r = *request;
    r.year = date_year(r.filed);
    if (!store_number(db, site, S("request"), &r.id.n, err) ||
        !number_next(db, site, &r, &r.number, err))
        return false;
    r.code = str_fmt(a, PRI_STR "〔%d〕%lld号", STR_ARG(prefix), r.year, (long long)r.number);
    r.version = 1;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, r.id.n);
    bind_int(&s, r.organ.n);
    bind_int(&s, r.year);
    bind_int(&s, r.number);
    bind_str(&s, r.code);
    bind_changing(&s, &r);
    bind_str(&s, r.query_hash);
    bind_str(&s, channel_defs[r.channel].id);
    bind_date(&s, r.filed);
    bind_int(&s, r.created_at);
    if (!stmt_run(&s, err) || !request_gram_add(db, site, &r, err))
        return false;
    *request = r;
    return true;
}

static bool one_changed(Db *db, Err *err)
{
    return db_changes(db) == 1 ||
           fail(err, ERR_BUSY, NULL, "这件申请刚被别人改过，请刷新后重试",
                "somebody else has just changed this request; reload and try again");
}

static const char SQL_SAVE[] =
    "UPDATE request SET version = version + 1, organ_id = ?6, title = ?7, description = ?8,"
    " form = ?9, way = ?10, applicant_kind = ?11, applicant_name = ?12, applicant_key = ?13,"
    " applicant = ?14, same_as = ?15, handler_id = ?16, note = ?17, received_on = ?18,"
    " due_on = ?19, draft_due_on = ?20, turn_on = ?21, phase = ?22, open = ?23, ended_on = ?24,"
    " outcome = ?25, n_units = ?26, act_by = ?27"
    " WHERE site_id = ?1 AND request_id = ?4 AND version = ?5 AND archived_at IS NULL"
    " AND " IN_SCOPE("request.organ_id");

bool store_request_save(Db *db, const Scope *scope, InfoRequest *request, Err *err)
{
    bool words_change;
    if (!request_gram_drop(db, scope->site, request, &words_change, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, request->id.n);
    bind_int(&s, request->version);
    bind_int(&s, request->organ.n);
    bind_changing(&s, request);
    if (!stmt_run(&s, err) || !one_changed(db, err))
        return false;
    request->version++;
    request->stored = words_of(request);
    return !words_change || request_gram_add(db, scope->site, request, err);
}

static const char SQL_CODE[] =
    "UPDATE request SET version = version + 1, query_hash = ?6, applicant = ?7"
    " WHERE site_id = ?1 AND request_id = ?4 AND version = ?5 AND archived_at IS NULL"
    " AND " IN_SCOPE("request.organ_id");

bool store_request_code(Db *db, const Scope *scope, InfoRequest *request, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CODE);
    bind_scope(&s, scope);
    bind_int(&s, request->id.n);
    bind_int(&s, request->version);
    bind_str(&s, request->query_hash);
    bind_blob(&s, request->sealed);
    if (!stmt_run(&s, err) || !one_changed(db, err))
        return false;
    request->version++;
    return true;
}

static const char SQL_COMPUTED[] =
    "UPDATE request SET received_on = ?3, due_on = ?4, draft_due_on = ?5, turn_on = ?6,"
    " act_by = ?7, phase = ?8, open = ?9 WHERE site_id = ?1 AND request_id = ?2";

bool store_request_computed(Db *db, SiteId site, const InfoRequest *r, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COMPUTED);
    bind_int(&s, site.n);
    bind_int(&s, r->id.n);
    bind_date(&s, r->received);
    bind_date(&s, r->due);
    bind_date(&s, r->draft_due);
    bind_date(&s, r->turn);
    bind_date(&s, r->act_by);
    bind_str(&s, phase_defs[r->phase].id);
    bind_int(&s, r->open);
    return stmt_run(&s, err);
}

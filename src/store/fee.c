#include "store/fee.h"

// --- the month

static const char SQL_MONTH[] =
    "SELECT request_id, code, title, received_on, n_units FROM request"
    " WHERE site_id = ?1 AND organ_id = ?2 AND received_on >= ?3 AND received_on <= ?4"
    " AND ((applicant_key = ?5 AND ?5 <> '') OR request_id = ?6)"
    " ORDER BY received_on, request_id";

static void month_of(Date day, Date *first, Date *last)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    date_make(y, m, 1, first);
    date_make(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1, last);
    last->days--;
}

bool store_fee_month(Db *db, SiteId site, const InfoRequest *r, Arena *a, FeeUnits *out, Err *err)
{
    FeeUnits found = {0};
    Date first = date_none, last = date_none;
    if (!date_is(r->received))
        return *out = found, true;
    month_of(r->received, &first, &last);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MONTH);
    bind_int(&s, site.n);
    bind_int(&s, r->organ.n);
    bind_date(&s, first);
    bind_date(&s, last);
    bind_str(&s, r->applicant_key);
    bind_int(&s, r->id.n);
    while (stmt_row(&s)) {
        FeeUnit *u = PUSH(a, &found);
        u->request = col_int(&s);
        u->code = col_str(&s, a);
        u->title = col_str(&s, a);
        u->received = col_date(&s);
        u->n = (int)col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    fee_places(&found);
    *out = found;
    return true;
}

// --- notices

#define FEE_COLUMNS                                                                                \
    "f.fee_id, f.request_id, f.organ_id, f.fact_id, f.basis, f.provision, f.first_unit,"           \
    " f.last_unit, f.full_yuan, f.yuan, f.reason, f.noticed_on, f.document, f.how, f.paid_yuan,"   \
    " f.settled_on, f.voided_at, f.void_reason, f.version, f.created_at, e.name"
#define FEE_NAMES " LEFT JOIN person e ON e.site_id = f.site_id AND e.person_id = f.person_id"

static FeeNotice notice_row(Stmt *s, Arena *a)
{
    FeeNotice n = {0};
    n.id = col_int(s);
    n.request = col_int(s);
    n.organ = col_int(s);
    n.fact = col_int(s);
    fee_basis_named(col_view(s), &n.basis);
    fee_provision_named(col_view(s), &n.provision);
    n.first = (int)col_int(s);
    n.last = (int)col_int(s);
    n.full.n = col_int(s);
    n.yuan.n = col_int(s);
    n.reason = col_str(s, a);
    n.noticed = col_date(s);
    n.document = col_str(s, a);
    n.how = col_str(s, a);
    n.paid.n = col_int(s);
    n.settled = col_date(s);
    n.voided_at = col_int(s);
    n.void_reason = col_str(s, a);
    n.version = col_int(s);
    n.created_at = col_int(s);
    n.person_name = col_str(s, a);
    return n;
}

static const char SQL_NOTICES[] =
    "SELECT " FEE_COLUMNS " FROM fee f" FEE_NAMES " WHERE f.site_id = ?1 AND f.request_id = ?2"
    " ORDER BY f.fee_id DESC";

bool store_fee_notices(Db *db, SiteId site, RequestId request, Arena *a, FeeNotices *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NOTICES);
    FeeNotices found = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    while (stmt_row(&s))
        *PUSH(a, &found) = notice_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

bool store_fee_standing(Db *db, SiteId site, RequestId request, Arena *a, FeeNotice *out,
                        bool *found, Err *err)
{
    FeeNotices all;
    if (!store_fee_notices(db, site, request, a, &all, err))
        return false;
    *found = all.n && !all.v[0].voided_at;
    if (*found)
        *out = all.v[0];
    return true;
}

static const char SQL_UNITS[] =
    "SELECT u.request_id, r.code, r.title, r.received_on, u.first_unit, u.last_unit"
    " FROM fee_unit u JOIN request r ON r.site_id = u.site_id AND r.request_id = u.request_id"
    " WHERE u.site_id = ?1 AND u.fee_id = ?2 ORDER BY u.first_unit, u.request_id";

bool store_fee_units(Db *db, SiteId site, int64_t fee, Arena *a, FeeUnits *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNITS);
    FeeUnits found = {0};
    bind_int(&s, site.n);
    bind_int(&s, fee);
    while (stmt_row(&s)) {
        FeeUnit *u = PUSH(a, &found);
        u->request = col_int(&s);
        u->code = col_str(&s, a);
        u->title = col_str(&s, a);
        u->received = col_date(&s);
        u->first = (int)col_int(&s);
        u->last = (int)col_int(&s);
        u->n = u->last - u->first + 1;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static int word_at(const WordRow *rows, int n, Str id)
{
    for (int i = 0; i < n; i++)
        if (str_eq(rows[i].id, id))
            return i;
    return 0;
}

static const char SQL_MONEYS[] =
    "SELECT m.money_id, m.kind, m.on_day, m.yuan, m.receipt, m.method, m.note, m.recorded_at,"
    " m.struck_at, m.struck_why, e.name FROM fee_money m"
    " LEFT JOIN person e ON e.site_id = m.site_id AND e.person_id = m.person_id"
    " WHERE m.site_id = ?1 AND m.fee_id = ?2 ORDER BY m.money_id";

bool store_fee_moneys(Db *db, SiteId site, int64_t fee, Arena *a, FeeMoneys *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MONEYS);
    FeeMoneys found = {0};
    bind_int(&s, site.n);
    bind_int(&s, fee);
    while (stmt_row(&s)) {
        FeeMoney *m = PUSH(a, &found);
        m->id = col_int(&s);
        m->kind = (MoneyKind)word_at(money_kinds, MONEY__COUNT, col_view(&s));
        m->on = col_date(&s);
        m->yuan.n = col_int(&s);
        m->receipt = col_str(&s, a);
        m->method = (MoneyMethod)word_at(money_methods, MONEY_METHOD__COUNT, col_view(&s));
        m->note = col_str(&s, a);
        m->recorded_at = col_int(&s);
        m->struck_at = col_int(&s);
        m->struck_why = col_str(&s, a);
        m->person_name = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- writing

static const char SQL_ADD[] =
    "INSERT INTO fee (site_id, fee_id, request_id, organ_id, fact_id, basis, provision, first_unit,"
    " last_unit, full_yuan, yuan, reason, noticed_on, document, how, paid_yuan, void_reason,"
    " created_at, person_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    " ?15, 0, '', ?16, ?17)";
static const char SQL_UNIT_ADD[] = "INSERT INTO fee_unit (site_id, fee_id, request_id, first_unit,"
                                   " last_unit) VALUES (?1, ?2, ?3, ?4, ?5)";

static bool units_add(Db *db, SiteId site, int64_t fee, const FeeUnits *units, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNIT_ADD);
    for (size_t i = 0; i < units->n; i++) {
        bind_int(&s, site.n);
        bind_int(&s, fee);
        bind_int(&s, units->v[i].request);
        bind_int(&s, units->v[i].first);
        bind_int(&s, units->v[i].last);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

static void bind_person(Stmt *s, PersonId person)
{
    person.n ? bind_int(s, person.n) : bind_null(s);
}

bool store_fee_add(Db *db, SiteId site, FeeNotice *n, const FeeUnits *units, PersonId person,
                   Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("fee"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, n->request);
    bind_int(&s, n->organ);
    bind_int(&s, n->fact);
    bind_str(&s, fee_bases[n->basis].id);
    bind_str(&s, fee_provisions[n->provision].id);
    bind_int(&s, n->first);
    bind_int(&s, n->last);
    bind_int(&s, n->full.n);
    bind_int(&s, n->yuan.n);
    bind_str(&s, n->reason);
    bind_date(&s, n->noticed);
    bind_str(&s, n->document);
    bind_str(&s, n->how);
    bind_int(&s, n->created_at);
    bind_person(&s, person);
    if (!stmt_run(&s, err) || !units_add(db, site, id, units, err))
        return false;
    n->id = id;
    n->version = 1;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE fee SET version = version + 1, yuan = ?4, reason = ?5, paid_yuan = ?6, settled_on = ?7,"
    " voided_at = ?8, void_reason = ?9 WHERE site_id = ?1 AND fee_id = ?2 AND version = ?3";

bool store_fee_save(Db *db, SiteId site, FeeNotice *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, n->id);
    bind_int(&s, n->version);
    bind_int(&s, n->yuan.n);
    bind_str(&s, n->reason);
    bind_int(&s, n->paid.n);
    bind_date(&s, n->settled);
    n->voided_at ? bind_int(&s, n->voided_at) : bind_null(&s);
    bind_str(&s, n->void_reason);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) != 1)
        return fail(err, ERR_BUSY, NULL, "这笔费用刚被别人改过，请刷新后重试",
                    "somebody else has just changed this fee; reload and try again");
    n->version++;
    return true;
}

static const char SQL_MONEY_ADD[] =
    "INSERT INTO fee_money (site_id, fee_id, money_id, kind, on_day, yuan, receipt, method, note,"
    " recorded_at, person_id, struck_why)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '')";

bool store_fee_money_add(Db *db, SiteId site, int64_t fee, const FeeMoney *m, PersonId person,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MONEY_ADD);
    bind_int(&s, site.n);
    bind_int(&s, fee);
    bind_int(&s, m->id);
    bind_str(&s, money_kinds[m->kind].id);
    bind_date(&s, m->on);
    bind_int(&s, m->yuan.n);
    bind_str(&s, m->receipt);
    bind_str(&s, money_methods[m->method].id);
    bind_str(&s, m->note);
    bind_int(&s, m->recorded_at);
    bind_person(&s, person);
    return stmt_run(&s, err);
}

static const char SQL_MONEY_STRIKE[] =
    "UPDATE fee_money SET struck_at = ?4, struck_why = ?5"
    " WHERE site_id = ?1 AND fee_id = ?2 AND money_id = ?3 AND struck_at IS NULL";

bool store_fee_money_strike(Db *db, SiteId site, int64_t fee, int64_t money, Str why, int64_t now,
                            Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MONEY_STRIKE);
    bind_int(&s, site.n);
    bind_int(&s, fee);
    bind_int(&s, money);
    bind_int(&s, now);
    bind_str(&s, why);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 || fail(err, ERR_BUSY, NULL, "这一笔已经撤销过，请刷新后重试",
                                       "this has been struck already; reload and try again");
}

// --- the register

// clang-format off
#define LIST_COLUMNS "SELECT " FEE_COLUMNS ", r.code, r.title, r.applicant_name, o.name, r.open, r.outcome, r.act_by, r.phase" \
    " FROM fee f" FEE_NAMES \
    " JOIN request r ON r.site_id = f.site_id AND r.request_id = f.request_id" \
    " JOIN organ o ON o.site_id = f.site_id AND o.organ_id = f.organ_id" \
    " WHERE f.site_id = ?1 AND " IN_SCOPE("f.organ_id") " AND (?6 = 0 OR f.organ_id = ?6) AND f.fee_id > ?7"
static const char SQL_LIST[] = LIST_COLUMNS
    " AND f.noticed_on >= ?4 AND f.noticed_on <= ?5 ORDER BY f.fee_id LIMIT ?8";
static const char SQL_LIST_MONEY[] = LIST_COLUMNS
    " AND EXISTS (SELECT 1 FROM fee_money m WHERE m.site_id = ?1 AND m.fee_id = f.fee_id"
    " AND m.struck_at IS NULL AND m.on_day >= ?4 AND m.on_day <= ?5) ORDER BY f.fee_id LIMIT ?8";
static const char SQL_SUM_NOTICES[] =
    "SELECT count(*), coalesce(CAST(sum(f.yuan) AS BIGINT), 0) FROM fee f"
    " WHERE f.site_id = ?1 AND " IN_SCOPE("f.organ_id") " AND (?6 = 0 OR f.organ_id = ?6)"
    " AND f.noticed_on >= ?4 AND f.noticed_on <= ?5 AND f.voided_at IS NULL AND f.fact_id > 0";
static const char SQL_SUM_MONEY[] =
    "SELECT coalesce(CAST(sum(CASE WHEN m.kind = 'refund' THEN -m.yuan ELSE m.yuan END) AS BIGINT), 0)"
    " FROM fee_money m JOIN fee f ON f.site_id = m.site_id AND f.fee_id = m.fee_id"
    " WHERE m.site_id = ?1 AND " IN_SCOPE("f.organ_id") " AND (?6 = 0 OR f.organ_id = ?6)"
    " AND m.on_day >= ?4 AND m.on_day <= ?5 AND m.struck_at IS NULL";
// clang-format on

static FeeLineRow list_row(Stmt *s, Arena *a)
{
    FeeLineRow l = {.notice = notice_row(s, a)};
    l.request.n = l.notice.request;
    l.code = col_str(s, a);
    l.title = col_str(s, a);
    l.applicant = col_str(s, a);
    l.organ_name = col_str(s, a);
    l.open = col_int(s) != 0;
    l.not_paid = str_eq(col_view(s), outcome_defs[OUTCOME_NOT_PAID].id);
    l.act_by = col_date(s);
    l.phase = request_phase(col_view(s));
    return l;
}

bool store_fee_list(Db *db, const Scope *scope, const FeeAskList *ask, Arena *a, FeeLineRows *out,
                    Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, ask->money ? SQL_LIST_MONEY : SQL_LIST);
    FeeLineRows found = {0};
    bind_scope(&s, scope);
    bind_date(&s, ask->from);
    bind_date(&s, ask->to);
    bind_int(&s, ask->organ.n);
    bind_int(&s, ask->after);
    bind_int(&s, ask->limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = list_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static bool sum_one(Db *db, const char *sql, const Scope *scope, Date from, Date to, OrganId organ,
                    int64_t *first, int64_t *second, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    int64_t a = 0, b = 0;
    bind_scope(&s, scope);
    bind_date(&s, from);
    bind_date(&s, to);
    bind_int(&s, organ.n);
    if (stmt_row(&s)) {
        a = col_int(&s);
        b = second ? col_int(&s) : 0;
    }
    if (!stmt_ok(&s, err))
        return false;
    *first = a;
    if (second)
        *second = b;
    return true;
}

bool store_fee_sums(Db *db, const Scope *scope, Date from, Date to, OrganId organ, FeeSums *out,
                    Err *err)
{
    FeeSums sums = {0};
    if (!sum_one(db, SQL_SUM_NOTICES, scope, from, to, organ, &sums.notices, &sums.asked.n, err) ||
        !sum_one(db, SQL_SUM_MONEY, scope, from, to, organ, &sums.received.n, NULL, err))
        return false;
    *out = sums;
    return true;
}

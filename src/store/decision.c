#include "store/decision.h"

#include "store/person_row.h"

// --- the decision

#define COLUMNS                                                                                    \
    "SELECT nth, remedy_id, state, draft, body, text, letter_id, letter_code, remedy, signed_on,"  \
    " send_way, send_number, send_whom, evidence, version, changed_at FROM decision"               \
    " WHERE site_id = ?1 AND request_id = ?2"
static const char SQL_GET[] = COLUMNS " AND remedy_id IS NULL ORDER BY nth DESC LIMIT 1";
static const char SQL_NTH[] = COLUMNS " AND nth = ?3";

static bool decision_row_read(Stmt *s, Arena *a, Decision *out, Err *err)
{
    out->nth = col_int(s);
    out->ordered.n = col_int(s);
    if (!decision_state_named(col_view(s), &out->state))
        return fail(err, ERR_SYSTEM, NULL, "答复由更新版本的程序写入，请升级程序",
                    "a newer program has written this decision; upgrade");
    out->draft = col_int(s);
    Str body = col_str(s, a);
    out->text = col_str(s, a);
    out->letter.n = col_int(s);
    out->letter_code = col_str(s, a);
    out->remedy = col_str(s, a);
    out->signed_on = col_date(s);
    out->send_way = col_str(s, a);
    out->send_number = col_str(s, a);
    out->send_whom = col_str(s, a);
    out->evidence = col_str(s, a);
    out->version = col_int(s);
    out->changed_at = col_int(s);
    return decision_sheet_read(body, a, &out->sheet, err);
}

static Decision none(RequestId id, int64_t nth)
{
    return (Decision){
        .request = id, .nth = nth, .signed_on = date_none, .sheet = {.outcome = OUTCOME__COUNT}};
}

bool store_decision_nth(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a, Decision *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NTH);
    Decision found = none(id, nth);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    if (stmt_row(&s) && !decision_row_read(&s, a, &found, err))
        return false;
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_LAST[] = "SELECT COALESCE(max(nth), 0) FROM decision"
                               " WHERE site_id = ?1 AND request_id = ?2";

static bool next_number(Db *db, SiteId site, RequestId id, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LAST);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    int64_t last = stmt_row(&s) ? col_int(&s) : 0;
    return stmt_ok(&s, err) && (*out = last + 1, true);
}

bool store_decision_get(Db *db, SiteId site, RequestId id, Arena *a, Decision *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    Decision found = none(id, 0);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    if (stmt_row(&s) && !decision_row_read(&s, a, &found, err))
        return false;
    if (!stmt_ok(&s, err) || (!found.nth && !next_number(db, site, id, &found.nth, err)))
        return false;
    *out = found;
    return true;
}

static const char SQL_HEADS[] =
    "SELECT nth, remedy_id, state, outcome, letter_id, letter_code, signed_on FROM decision"
    " WHERE site_id = ?1 AND request_id = ?2 ORDER BY nth";

bool store_decision_heads(Db *db, SiteId site, RequestId id, Arena *a, DecisionHeads *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HEADS);
    DecisionHeads found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        DecisionHead *h = PUSH(a, &found);
        *h = (DecisionHead){.nth = col_int(&s), .outcome = OUTCOME__COUNT};
        h->remedy = col_int(&s);
        decision_state_named(col_view(&s), &h->state);
        h->chosen = outcome_named(col_view(&s), &h->outcome);
        h->letter = col_int(&s);
        h->letter_code = col_str(&s, a);
        h->signed_on = col_date(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_SAVE[] =
    "INSERT INTO decision (site_id, request_id, state, outcome, draft, body, text, remedy,"
    " signed_on, send_way, send_number, send_whom, evidence, changed_at, letter_id, letter_code,"
    " nth, remedy_id, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    " ?15, ?16, ?18, ?19, 1) ON CONFLICT (site_id, request_id, nth) DO UPDATE SET state = ?3, "
    "outcome = ?4, draft = ?5,"
    " body = ?6, text = ?7, remedy = ?8, signed_on = ?9, send_way = ?10, send_number = ?11,"
    " send_whom = ?12, evidence = ?13, changed_at = ?14, letter_id = ?15,"
    " letter_code = ?16, version = decision.version + 1 WHERE decision.version = ?17";

static Str outcome_id(const DecisionSheet *sheet)
{
    return sheet->chosen ? outcome_defs[sheet->outcome].id : S("");
}

bool store_decision_save(Db *db, SiteId site, Decision *d, int64_t now, Arena *a, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, d->request.n);
    bind_str(&s, decision_states[d->state].id);
    bind_str(&s, outcome_id(&d->sheet));
    bind_int(&s, d->draft);
    bind_str(&s, decision_sheet_json(&d->sheet, a));
    bind_str(&s, d->text);
    bind_str(&s, d->remedy);
    bind_date(&s, d->signed_on);
    bind_str(&s, d->send_way);
    bind_str(&s, d->send_number);
    bind_str(&s, d->send_whom);
    bind_str(&s, d->evidence);
    bind_int(&s, now);
    d->letter.n ? bind_int(&s, d->letter.n) : bind_null(&s);
    bind_str(&s, d->letter_code);
    bind_int(&s, d->version);
    bind_int(&s, d->nth);
    d->ordered.n ? bind_int(&s, d->ordered.n) : bind_null(&s);
    if (!stmt_run(&s, err))
        return false;
    if (!db_changes(db))
        return fail(err, ERR_BUSY, NULL, "这份答复刚被别人改过，请看过现在的内容再提交",
                    "somebody else has changed this decision; look at it again");
    d->version++;
    return true;
}

static const char SQL_LOOK_AGAIN[] =
    "UPDATE decision SET version = version + 1 WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3"
    " AND state IN ('section', 'legal', 'signing')";

bool store_decision_look_again(Db *db, SiteId site, RequestId request, int64_t nth, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LOOK_AGAIN);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, nth);
    return stmt_run(&s, err);
}

// --- drafts

static const char SQL_DRAFT_ADD[] =
    "INSERT INTO decision_draft (site_id, request_id, draft, outcome, body, at, person_id,"
    " nth) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

bool store_decision_draft_add(Db *db, SiteId site, const Decision *d, PersonId by, int64_t now,
                              Arena *a, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DRAFT_ADD);
    bind_int(&s, site.n);
    bind_int(&s, d->request.n);
    bind_int(&s, d->draft);
    bind_str(&s, outcome_id(&d->sheet));
    bind_str(&s, decision_sheet_json(&d->sheet, a));
    bind_int(&s, now);
    by.n ? bind_int(&s, by.n) : bind_null(&s);
    bind_int(&s, d->nth);
    return stmt_run(&s, err);
}

static const char SQL_DRAFTS[] =
    "SELECT d.draft, d.at, d.outcome, p.name FROM decision_draft d"
    " LEFT JOIN person p ON p.site_id = d.site_id AND p.person_id = d.person_id"
    " WHERE d.site_id = ?1 AND d.request_id = ?2 AND d.nth = ?3 ORDER BY d.draft DESC";

bool store_decision_drafts(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a,
                           DecisionDrafts *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DRAFTS);
    DecisionDrafts found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    while (stmt_row(&s)) {
        DecisionDraft *d = PUSH(a, &found);
        d->draft = col_int(&s);
        d->at = col_int(&s);
        d->outcome = col_str(&s, a);
        d->who = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_DRAFT_GET[] = "SELECT body FROM decision_draft"
                                    " WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3"
                                    " AND draft = ?4";

bool store_decision_draft_get(Db *db, SiteId site, RequestId id, int64_t nth, int64_t draft,
                              Arena *a, DecisionSheet *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DRAFT_GET);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    bind_int(&s, draft);
    if (stmt_row(&s))
        return decision_sheet_read(col_str(&s, a), a, out, err);
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这一稿", "no such draft");
}

// --- who did what

static const char SQL_DEED_ADD[] =
    "INSERT INTO decision_deed (site_id, request_id, nth, deed_id, action, part, draft, at,"
    " person_id, instead_of, reason) SELECT CAST(?1 AS BIGINT), CAST(?2 AS BIGINT),"
    " CAST(?3 AS BIGINT), 1 + COALESCE(max(deed_id), 0), CAST(?4 AS TEXT), CAST(?5 AS TEXT),"
    " CAST(?6 AS BIGINT), CAST(?7 AS BIGINT), CAST(?8 AS BIGINT), CAST(?9 AS BIGINT),"
    " CAST(?10 AS TEXT) FROM decision_deed WHERE site_id = ?1 AND request_id = ?2 AND nth = ?3";

bool store_decision_deed_add(Db *db, SiteId site, RequestId id, int64_t nth, const DecisionDeed *d,
                             Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DEED_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    bind_str(&s, decision_action_ids[d->action]);
    bind_str(&s, d->part == PART_NONE ? S("") : decision_parts[d->part].id);
    bind_int(&s, d->draft);
    bind_int(&s, d->at);
    bind_int(&s, d->by.person.n);
    d->by.instead_of.n ? bind_int(&s, d->by.instead_of.n) : bind_null(&s);
    bind_str(&s, d->reason);
    return stmt_run(&s, err);
}

static DecisionPart part_named(Str id)
{
    for (int p = 0; p < PART__COUNT; p++)
        if (str_eq(decision_parts[p].id, id))
            return (DecisionPart)p;
    return PART_NONE;
}

static const char SQL_DEEDS[] =
    "SELECT d.action, d.part, d.draft, d.at, d.person_id, p.name, d.instead_of, f.name, d.reason"
    " FROM decision_deed d"
    " LEFT JOIN person p ON p.site_id = d.site_id AND p.person_id = d.person_id"
    " LEFT JOIN person f ON f.site_id = d.site_id AND f.person_id = d.instead_of"
    " WHERE d.site_id = ?1 AND d.request_id = ?2 AND d.nth = ?3 ORDER BY d.deed_id";

bool store_decision_deeds(Db *db, SiteId site, RequestId id, int64_t nth, Arena *a,
                          DecisionDeeds *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DEEDS);
    DecisionDeeds found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, nth);
    while (stmt_row(&s)) {
        DecisionDeed *d = PUSH(a, &found);
        *d = (DecisionDeed){.action = DECISION_SAVE};
        decision_action_named(col_view(&s), &d->action);
        d->part = part_named(col_view(&s));
        d->draft = col_int(&s);
        d->at = col_int(&s);
        d->by.person.n = col_int(&s);
        d->name = col_str(&s, a);
        d->by.instead_of.n = col_int(&s);
        d->instead_of_name = col_str(&s, a);
        d->reason = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- who could

// Posts at the organ itself: one at a section of it reaches no further than the section.
static const char SQL_HANDS[] =
    "SELECT e.person_id, e.name, q.role FROM post q JOIN person e ON e.site_id = q.site_id"
    " AND e.person_id = q.person_id AND e.state = 'active'"
    " WHERE q.site_id = ?1 AND q.organ_id = ?3 AND " POST_ON("q",
                                                             "?2") " ORDER BY e.person_id, q.role";

bool store_decision_hands(Db *db, SiteId site, OrganId organ, Date today, Arena *a,
                          DecisionHands *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HANDS);
    DecisionHands found = {0};
    bind_int(&s, site.n);
    bind_date(&s, today);
    bind_int(&s, organ.n);
    while (stmt_row(&s)) {
        PersonId person = {col_int(&s)};
        Str name = col_str(&s, a);
        Role role;
        if (!found.n || found.v[found.n - 1].person.n != person.n)
            *PUSH(a, &found) = (DecisionHand){.person = person, .name = name};
        if (role_named(col_view(&s), &role))
            found.v[found.n - 1].roles |= 1u << role;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- settings

static const char SQL_SECTION[] = "SELECT section_review FROM decision_setting WHERE site_id = ?1";

bool store_decision_section(Db *db, SiteId site, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SECTION);
    bind_int(&s, site.n);
    bool set = stmt_row(&s);
    bool section = !set || col_int(&s) != 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = section;
    return true;
}

static const char SQL_SECTION_SET[] =
    "INSERT INTO decision_setting (site_id, section_review) VALUES (?1, ?2)"
    " ON CONFLICT (site_id) DO UPDATE SET section_review = ?2";

bool store_decision_section_set(Db *db, SiteId site, bool section, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SECTION_SET);
    bind_int(&s, site.n);
    bind_int(&s, section);
    return stmt_run(&s, err);
}

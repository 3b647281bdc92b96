#include "store/publication.h"

#define COLUMNS                                                                                    \
    "SELECT t.publication_id, t.organ_id, o.name, t.request_id, t.why, t.title, t.summary,"        \
    " t.index_no, t.counted, t.serial, t.state, t.decided_on, t.due_on, t.published_on,"           \
    " t.withdrawn_on, t.withdrawn_why, t.version, t.created_at, t.person_id, t.formed_on,"         \
    " (SELECT max(c.changed_on) FROM publication_change c WHERE c.site_id = t.site_id"             \
    " AND c.publication_id = t.publication_id) FROM publication t"                                 \
    " JOIN organ o ON o.site_id = t.site_id AND o.organ_id = t.organ_id WHERE t.site_id = ?1"

static Publication row_of(Stmt *s, Arena *a)
{
    Publication p = {0};
    p.id.n = col_int(s);
    p.organ.n = col_int(s);
    p.organ_name = col_str(s, a);
    p.request.n = col_int(s);
    if (!publication_why_named(col_view(s), &p.why))
        p.why = PUBLISH_SUGGESTED;
    p.title = col_str(s, a);
    p.summary = col_str(s, a);
    p.index_no = col_str(s, a);
    p.counted = col_str(s, a);
    p.serial = col_int(s);
    p.state = publication_state_named(col_view(s));
    p.decided = col_date(s);
    p.due = col_date(s);
    p.published = col_date(s);
    p.withdrawn = col_date(s);
    p.withdrawn_why = col_str(s, a);
    p.version = col_int(s);
    p.created_at = col_int(s);
    p.person.n = col_int(s);
    p.formed = col_date(s);
    p.corrected = col_date(s);
    return p;
}

static bool rows_of(Stmt *s, Arena *a, Publications *out, Err *err)
{
    Publications found = {0};
    while (stmt_row(s))
        *PUSH(a, &found) = row_of(s, a);
    if (!stmt_ok(s, err))
        return false;
    *out = found;
    return true;
}

static bool one_of(Stmt *s, Arena *a, Publication *out, Err *err)
{
    Publications found;
    if (!rows_of(s, a, &found, err))
        return false;
    if (!found.n)
        return fail(err, ERR_MISSING, NULL, "没有这条信息", "there is no such publication");
    *out = found.v[0];
    return true;
}

static const char SQL_LIST[] =
    COLUMNS " AND " IN_SCOPE("t.organ_id") " ORDER BY CASE t.state WHEN 'due' THEN 0 ELSE 1 END,"
                                           " CASE t.state WHEN 'due' THEN t.due_on ELSE 0 END,"
                                           " t.publication_id DESC LIMIT ?4";

bool store_publication_list(Db *db, const Scope *scope, int64_t limit, Arena *a, Publications *out,
                            Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    bind_scope(&s, scope);
    bind_int(&s, limit);
    return rows_of(&s, a, out, err);
}

static const char SQL_GET[] = COLUMNS " AND " IN_SCOPE("t.organ_id") " AND t.publication_id = ?4";

bool store_publication_get(Db *db, const Scope *scope, PublicationId id, Arena *a, Publication *out,
                           Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    return one_of(&s, a, out, err);
}

static const char SQL_OF[] =
    COLUMNS " AND " IN_SCOPE("t.organ_id") " AND t.request_id = ?4 ORDER BY t.publication_id";

bool store_publication_of(Db *db, const Scope *scope, RequestId request, Arena *a,
                          Publications *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    bind_scope(&s, scope);
    bind_int(&s, request.n);
    return rows_of(&s, a, out, err);
}

static const char SQL_PUBLIC[] =
    COLUMNS " AND t.state = 'public' AND (t.published_on < ?2 OR (t.published_on = ?2"
            " AND t.publication_id < ?3)) ORDER BY t.published_on DESC, t.publication_id DESC"
            " LIMIT ?4";

bool store_publication_public(Db *db, SiteId site, Date after_day, PublicationId after,
                              int64_t limit, Arena *a, Publications *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PUBLIC);
    bind_int(&s, site.n);
    bind_int(&s, date_is(after_day) ? after_day.days : REQUEST_NO_DAY);
    bind_int(&s, after.n);
    bind_int(&s, limit);
    return rows_of(&s, a, out, err);
}

#define BEHIND                                                                                     \
    " AND t.state = 'public' AND (t.published_on < ?2 OR (t.published_on = ?2"                     \
    " AND t.publication_id < ?3))"
static const char SQL_SEARCH[] =
    COLUMNS BEHIND " AND (t.title LIKE ?5 ESCAPE '!' OR t.summary LIKE ?5 ESCAPE '!'"
                   " OR t.index_no LIKE ?5 ESCAPE '!') ORDER BY t.published_on DESC,"
                   " t.publication_id DESC LIMIT ?4";

static Str like_of(Arena *a, Str words)
{
    Str s = str_replace(a, words, S("!"), S("!!"));
    s = str_replace(a, str_replace(a, s, S("%"), S("!%")), S("_"), S("!_"));
    return str_fmt(a, "%%" PRI_STR "%%", STR_ARG(s));
}

bool store_publication_search(Db *db, SiteId site, Str words, Date after_day, PublicationId after,
                              int64_t limit, Arena *a, Publications *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SEARCH);
    bind_int(&s, site.n);
    bind_int(&s, date_is(after_day) ? after_day.days : REQUEST_NO_DAY);
    bind_int(&s, after.n);
    bind_int(&s, limit);
    bind_str(&s, like_of(a, words));
    return rows_of(&s, a, out, err);
}

static const char SQL_NEWS[] =
    COLUMNS " AND t.state <> 'due' ORDER BY coalesce(t.withdrawn_on, (SELECT max(n.changed_on)"
            " FROM publication_change n WHERE n.site_id = t.site_id"
            " AND n.publication_id = t.publication_id), t.published_on) DESC,"
            " t.publication_id DESC LIMIT ?2";

bool store_publication_news(Db *db, SiteId site, int64_t limit, Arena *a, Publications *out,
                            Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NEWS);
    bind_int(&s, site.n);
    bind_int(&s, limit);
    return rows_of(&s, a, out, err);
}

static const char SQL_DUE[] = COLUMNS " AND t.state = 'due' AND t.due_on <= ?2"
                                      " ORDER BY t.due_on, t.publication_id LIMIT ?3";

bool store_publication_due(Db *db, SiteId site, Date until, int64_t limit, Arena *a,
                           Publications *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DUE);
    bind_int(&s, site.n);
    bind_date(&s, until);
    bind_int(&s, limit);
    return rows_of(&s, a, out, err);
}

static const char SQL_SHOWN[] = COLUMNS " AND t.publication_id = ?2 AND t.state <> 'due'";

bool store_publication_shown(Db *db, SiteId site, PublicationId id, Arena *a, Publication *out,
                             Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SHOWN);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    return one_of(&s, a, out, err);
}

// --- writing

static const char SQL_ADD[] =
    "INSERT INTO publication (site_id, publication_id, organ_id, request_id, why, title, summary,"
    " index_no, counted, serial, state, decided_on, due_on, withdrawn_why, created_at, person_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '', 0, ?8, ?9, ?10, '', ?11, ?12)";

bool store_publication_add(Db *db, SiteId site, Publication *p, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("publication"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, p->organ.n);
    bind_int(&s, p->request.n);
    bind_str(&s, publication_whys[p->why].id);
    bind_str(&s, p->title);
    bind_str(&s, p->summary);
    bind_str(&s, publication_states[p->state].id);
    bind_date(&s, p->decided);
    bind_date(&s, p->due);
    bind_int(&s, p->created_at);
    p->person.n ? bind_int(&s, p->person.n) : bind_null(&s);
    if (!stmt_run(&s, err))
        return false;
    p->id.n = id;
    p->version = 1;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE publication SET version = version + 1, title = ?6, summary = ?7, index_no = ?8,"
    " counted = ?9, serial = ?10, state = ?11, published_on = ?12, withdrawn_on = ?13,"
    " withdrawn_why = ?14, formed_on = ?15 WHERE site_id = ?1 AND publication_id = ?4 AND version "
    "= ?5"
    " AND " IN_SCOPE("publication.organ_id");

bool store_publication_save(Db *db, const Scope *scope, Publication *p, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, p->id.n);
    bind_int(&s, p->version);
    bind_str(&s, p->title);
    bind_str(&s, p->summary);
    bind_str(&s, p->index_no);
    bind_str(&s, p->counted);
    bind_int(&s, p->serial);
    bind_str(&s, publication_states[p->state].id);
    bind_date(&s, p->published);
    bind_date(&s, p->withdrawn);
    bind_str(&s, p->withdrawn_why);
    bind_date(&s, p->formed);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) != 1)
        return fail(err, ERR_BUSY, NULL, "这条信息刚被别人改过，请看过现在的内容再提交",
                    "somebody else has just changed this publication");
    p->version++;
    return true;
}

static const char SQL_SERIAL[] = "SELECT coalesce(max(serial), 0) FROM publication"
                                 " WHERE site_id = ?1 AND counted = ?2";

bool store_publication_serial(Db *db, SiteId site, Str counted, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SERIAL);
    bind_int(&s, site.n);
    bind_str(&s, counted);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_FILE_ADD[] =
    "INSERT INTO publication_file (site_id, publication_id, file_no, name, kind, bytes, address)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

bool store_publication_file_add(Db *db, SiteId site, PublicationId id, const PublicationFile *file,
                                Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FILE_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, file->no);
    bind_str(&s, file->name);
    bind_str(&s, file->kind);
    bind_int(&s, file->bytes);
    bind_str(&s, file->address);
    return stmt_run(&s, err);
}

static const char SQL_FILES[] = "SELECT file_no, name, kind, bytes, address FROM publication_file"
                                " WHERE site_id = ?1 AND publication_id = ?2 ORDER BY file_no";

bool store_publication_files(Db *db, SiteId site, PublicationId id, Arena *a, PublicationFiles *out,
                             Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FILES);
    PublicationFiles found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        PublicationFile *f = PUSH(a, &found);
        f->no = col_int(&s);
        f->name = col_str(&s, a);
        f->kind = col_str(&s, a);
        f->bytes = col_int(&s);
        f->address = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- what was corrected

static const char SQL_CHANGE_ADD[] =
    "INSERT INTO publication_change (site_id, publication_id, change_no, changed_on, title,"
    " summary, formed_on, why, person_id) VALUES (?1, ?2, (SELECT coalesce(max(c.change_no), 0) + 1"
    " FROM publication_change c WHERE c.site_id = ?1 AND c.publication_id = ?2), ?3, ?4, ?5, ?6,"
    " ?7, ?8)";

bool store_publication_change_add(Db *db, SiteId site, PublicationId id,
                                  const PublicationChange *change, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHANGE_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_date(&s, change->on);
    bind_str(&s, change->title);
    bind_str(&s, change->summary);
    bind_date(&s, change->formed);
    bind_str(&s, change->why);
    change->person.n ? bind_int(&s, change->person.n) : bind_null(&s);
    return stmt_run(&s, err);
}

static const char SQL_CHANGES[] =
    "SELECT c.change_no, c.changed_on, c.formed_on, c.title, c.summary, c.why, p.name, c.person_id"
    " FROM publication_change c"
    " LEFT JOIN person p ON p.site_id = c.site_id AND p.person_id = c.person_id"
    " WHERE c.site_id = ?1 AND c.publication_id = ?2 ORDER BY c.change_no";

bool store_publication_changes(Db *db, SiteId site, PublicationId id, Arena *a,
                               PublicationChanges *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHANGES);
    PublicationChanges found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        PublicationChange *c = PUSH(a, &found);
        c->no = col_int(&s);
        c->on = col_date(&s);
        c->formed = col_date(&s);
        c->title = col_str(&s, a);
        c->summary = col_str(&s, a);
        c->why = col_str(&s, a);
        c->person_name = col_str(&s, a);
        c->person.n = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- what applicants suggest

static const char SQL_SUGGESTED[] = "SELECT count(*) FROM request_word WHERE site_id = ?1"
                                    " AND request_id = ?2 AND kind = 'publish'";

bool store_publication_suggested(Db *db, SiteId site, RequestId request, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SUGGESTED);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bool said = stmt_row(&s) && col_int(&s) > 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = said;
    return true;
}

static const char SQL_REVIEW[] =
    "SELECT v.accepted, v.reason, v.reviewed_on, v.person_id, p.name FROM publication_review v"
    " LEFT JOIN person p ON p.site_id = v.site_id AND p.person_id = v.person_id"
    " WHERE v.site_id = ?1 AND v.request_id = ?2";

bool store_publication_review(Db *db, SiteId site, RequestId request, Arena *a,
                              PublicationReview *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REVIEW);
    PublicationReview v = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bool has = stmt_row(&s);
    if (has) {
        v.accepted = col_int(&s) != 0;
        v.reason = col_str(&s, a);
        v.on = col_date(&s);
        v.person.n = col_int(&s);
        v.person_name = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = v;
    *found = has;
    return true;
}

static const char SQL_REVIEW_ADD[] =
    "INSERT INTO publication_review (site_id, request_id, accepted, reason, reviewed_on, person_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (site_id, request_id) DO NOTHING";

bool store_publication_review_add(Db *db, SiteId site, RequestId request,
                                  const PublicationReview *review, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REVIEW_ADD);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, review->accepted);
    bind_str(&s, review->reason);
    bind_date(&s, review->on);
    review->person.n ? bind_int(&s, review->person.n) : bind_null(&s);
    return stmt_run(&s, err) &&
           (db_changes(db) == 1 || fail(err, ERR_BUSY, NULL, "这项建议刚被别人审核过",
                                        "somebody else has just reviewed it"));
}

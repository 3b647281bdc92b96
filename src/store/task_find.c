// What there is to do: one statement for each kind of task.
#include "store/person_row.h"
#include "store/task.h"

// Each gives: organ_id, person_id, noun_id, mark, name, more, due_on; ?1 is the site, ?2 today.

// clang-format off
#define LACKS(COLUMN, WORDS) "CASE WHEN o." COLUMN " = '' THEN '" WORDS "、' ELSE '' END"

// 条例 第十二条: what the guide says of the organ's office for disclosure. A fax number is asked
// for there too, but an organ may have none; the page says so.
static const char SQL_ORGAN_FACTS[] =
    "SELECT o.organ_id, CAST(NULL AS BIGINT), o.organ_id, '', o.name,"
    " " LACKS("credit_code", "统一社会信用代码")
    " || " LACKS("office", "工作机构名称")
    " || " LACKS("address", "办公地址")
    " || " LACKS("hours", "办公时间")
    " || " LACKS("phone", "联系电话")
    ", CAST(NULL AS BIGINT) FROM organ o WHERE o.site_id = ?1 AND o.state = 'active'"
    " AND o.kind <> 'section' AND ?2 = ?2 AND (o.credit_code = '' OR o.office = ''"
    " OR o.address = '' OR o.hours = '' OR o.phone = '') ORDER BY o.organ_id";

// The newest report of each organ: what is wrong in older ones is not corrected any more.
static const char SQL_REPORT_FAULTS[] =
    "SELECT o.organ_id, CAST(NULL AS BIGINT), r.report_id, o.slug || '/' || r.year,"
    " o.name || r.year || '年度报告', CAST(r.n_error + r.n_warning AS TEXT), CAST(NULL AS BIGINT)"
    " FROM report r JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " WHERE r.site_id = ?1 AND ?2 = ?2 AND o.state = 'active' AND r.n_error + r.n_warning > 0"
    " AND NOT EXISTS (SELECT 1 FROM report n WHERE n.site_id = r.site_id"
    " AND n.organ_id = r.organ_id AND n.year > r.year) ORDER BY r.report_id";

// 条例 第四十九条: departments of governments from the county up by 31 January; the government's
// own, which its competent department publishes, by 31 March. Townships have no date in the
// Regulation. ?3: the year reported on; ?4, ?5: those days; ?6: the first day of the year behind
// it.
static const char SQL_REPORT_MISSING[] =
    "SELECT o.organ_id, CAST(NULL AS BIGINT), o.organ_id, CAST(?3 AS TEXT), o.name,"
    " CAST(?3 AS TEXT), CASE WHEN o.kind = 'government' THEN CAST(?5 AS BIGINT)"
    " ELSE CAST(?4 AS BIGINT) END FROM organ o"
    " LEFT JOIN organ p ON p.site_id = o.site_id AND p.organ_id = o.parent_id"
    " WHERE o.site_id = ?1 AND ?2 = ?2 AND o.state = 'active'"
    " AND o.kind IN ('government', 'office', 'department')"
    " AND CASE WHEN o.level = '' THEN p.level ELSE o.level END"
    " IN ('state', 'province', 'city', 'county')"
    " AND (o.founded_on IS NULL OR o.founded_on < ?6)"
    " AND NOT EXISTS (SELECT 1 FROM report r WHERE r.site_id = o.site_id"
    " AND r.organ_id = o.organ_id AND r.year = CAST(?3 AS BIGINT)) ORDER BY o.organ_id";

// Whose role signs (domain/role.c) is not for SQL to know: the roles come with the rows.
static const char SQL_SECOND_FACTOR[] =
    "SELECT p.organ_id, e.person_id, e.person_id, '', p.role, '', CAST(NULL AS BIGINT)"
    " FROM person e JOIN post p ON p.site_id = e.site_id AND p.person_id = e.person_id"
    " WHERE e.site_id = ?1 AND e.state = 'active' AND " POST_ON("p", "?2")
    " AND NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.site_id = e.site_id"
    " AND f.person_id = e.person_id AND f.since IS NOT NULL)"
    " ORDER BY e.person_id, p.organ_id, p.role";

static const char SQL_CODES_LOW[] =
    "SELECT e.organ_id, e.person_id, e.person_id, '', '', CAST(count(c.code) AS TEXT),"
    " CAST(NULL AS BIGINT) FROM second_factor f"
    " JOIN person e ON e.site_id = f.site_id AND e.person_id = f.person_id AND e.state = 'active'"
    " LEFT JOIN recovery_code c ON c.site_id = f.site_id AND c.person_id = f.person_id"
    " AND c.used_at IS NULL WHERE f.site_id = ?1 AND ?2 = ?2 AND f.since IS NOT NULL"
    " GROUP BY e.person_id, e.organ_id HAVING count(c.code) <= 2 ORDER BY e.person_id";

// A week before its last day, and on it.
static const char SQL_SUBSTITUTION_ENDS[] =
    "SELECT s.organ_id, s.substitute_id, s.substitution_id, CAST(s.person_id AS TEXT), e.name, '',"
    " s.to_on FROM substitution s"
    " JOIN person e ON e.site_id = s.site_id AND e.person_id = s.person_id"
    " WHERE s.site_id = ?1 AND s.ended_on IS NULL AND s.to_on >= ?2 AND s.to_on <= ?2 + 7"
    " ORDER BY s.substitution_id";

static const char SQL_MAIL_FAILED[] =
    "SELECT s.organ_id, CAST(NULL AS BIGINT), s.site_id, '', '', CAST(count(*) AS TEXT),"
    " CAST(NULL AS BIGINT) FROM site s JOIN outbox m ON m.site_id = s.site_id"
    " AND m.state = 'failed' WHERE s.site_id = ?1 AND ?2 = ?2 AND s.organ_id IS NOT NULL"
    " GROUP BY s.site_id, s.organ_id ORDER BY s.site_id";

// Where nobody at the organ is an officer, an administrator above gets the task, who may not read
// requests: so it names the number and nothing of what is asked.
static const char SQL_REQUEST_CONFIRM[] =
    "SELECT r.organ_id, CAST(NULL AS BIGINT), r.request_id, '', r.code, '',"
    " CAST(NULL AS BIGINT) FROM request r WHERE r.site_id = ?1 AND ?2 = ?2 AND r.open = 1"
    " AND r.phase = 'unconfirmed' ORDER BY r.request_id";

static const char SQL_REQUEST_ANSWER[] =
    "SELECT r.organ_id, CAST(NULL AS BIGINT), r.request_id, '', r.code, '', r.due_on"
    " FROM request r WHERE r.site_id = ?1 AND ?2 = ?2 AND r.open = 1"
    " AND r.phase IN ('open', 'opinion') ORDER BY r.request_id";

static const char SQL_REQUEST_LAPSED[] =
    "SELECT r.organ_id, CAST(NULL AS BIGINT), r.request_id, '', r.code, '',"
    " CAST(NULL AS BIGINT) FROM request r WHERE r.site_id = ?1 AND r.open = 1"
    " AND r.phase IN ('correction', 'fee') AND r.act_by < ?2 ORDER BY r.request_id";

static const char SQL_REMEDY_ANSWER[] =
    "SELECT c.organ_id, CAST(NULL AS BIGINT), c.remedy_id, '', c.title,"
    " CASE WHEN c.kind = 'review' THEN '复议' ELSE '起诉' END, c.answer_by FROM remedy c"
    " WHERE c.site_id = ?1 AND ?2 = ?2 AND c.answer_by IS NOT NULL ORDER BY c.remedy_id";

static const char SQL_REMEDY_REDO[] =
    "SELECT c.organ_id, CAST(NULL AS BIGINT), c.remedy_id, '', c.title, '', c.redo_by FROM remedy c"
    " WHERE c.site_id = ?1 AND ?2 = ?2 AND c.redo_by IS NOT NULL ORDER BY c.remedy_id";
// What is to be done inside until when; whoever has it.
static const char SQL_REQUEST_DUTY[] =
    "SELECT r.organ_id, d.person_id, r.request_id, '', r.code, d.words, d.due_on"
    " FROM request_duty d JOIN request r ON r.site_id = d.site_id AND r.request_id = d.request_id"
    " WHERE d.site_id = ?1 AND ?2 = ?2 AND d.ended_at IS NULL AND d.due_on IS NOT NULL"
    " AND r.open = 1 ORDER BY r.request_id";

// Drafts on their way, by whose hand is next; due when the reply is. One that was ordered anew waits
// while its case does, and is due when the case says.
#define DECISIONS_IN(state)                                                                        \
    "SELECT r.organ_id, CAST(NULL AS BIGINT), r.request_id,"                                       \
    " CASE WHEN d.nth = 1 THEN '' ELSE d.nth || '.' END || d.draft, r.code,"                       \
    " CASE WHEN d.remedy_id IS NULL THEN '' ELSE '重新答复，' END || '第' || d.draft || '稿',"       \
    " CASE WHEN d.remedy_id IS NULL THEN r.due_on ELSE m.redo_by END"                              \
    " FROM decision d JOIN request r ON r.site_id = d.site_id AND r.request_id = d.request_id"     \
    " LEFT JOIN remedy m ON m.site_id = d.site_id AND m.remedy_id = d.remedy_id"                   \
    " WHERE d.site_id = ?1 AND ?2 = ?2 AND d.state = '" state "'"                                  \
    " AND ((d.remedy_id IS NULL AND r.open = 1) OR (m.redo_by IS NOT NULL AND r.open = 0"          \
    " AND NOT EXISTS (SELECT 1 FROM request_fact f WHERE f.site_id = d.site_id"                    \
    " AND f.request_id = d.request_id AND f.kind = 'redone' AND f.about = d.nth"                   \
    " AND f.struck_at IS NULL))) ORDER BY 3, 4"
static const char SQL_DECISION_SECTION[] = DECISIONS_IN("section");
static const char SQL_DECISION_LEGAL[] = DECISIONS_IN("legal");
static const char SQL_DECISION_SIGN[] = DECISIONS_IN("signing");
static const char SQL_DECISION_SEND[] = DECISIONS_IN("signed");
// While another one may still answer the phase is `opinion`.
static const char SQL_REQUEST_SILENT[] =
    "SELECT r.organ_id, CAST(NULL AS BIGINT), r.request_id, CAST(f.fact_id AS TEXT), r.code, '',"
    " CAST(NULL AS BIGINT) FROM request r"
    " JOIN request_fact f ON f.site_id = r.site_id AND f.request_id = r.request_id"
    " AND f.kind IN ('third_party_asked', 'organ_asked') AND f.struck_at IS NULL"
    " WHERE r.site_id = ?1 AND ?2 = ?2 AND r.open = 1 AND r.phase = 'open'"
    " AND NOT EXISTS (SELECT 1 FROM request_fact n WHERE n.site_id = f.site_id"
    " AND n.request_id = f.request_id AND n.kind = 'opinion' AND n.about = f.fact_id"
    " AND n.struck_at IS NULL) ORDER BY r.request_id, CAST(f.fact_id AS TEXT)";

// Said, and neither reviewed nor decided on; `request_word_publish` is the index.
static const char SQL_PUBLISH_SUGGESTED[] =
    "SELECT DISTINCT r.organ_id, CAST(NULL AS BIGINT), r.request_id, '', r.code, '',"
    " CAST(NULL AS BIGINT) FROM request_word w"
    " JOIN request r ON r.site_id = w.site_id AND r.request_id = w.request_id"
    " WHERE w.site_id = ?1 AND ?2 = ?2 AND w.kind = 'publish'"
    " AND NOT EXISTS (SELECT 1 FROM publication_review v WHERE v.site_id = w.site_id"
    " AND v.request_id = w.request_id)"
    " AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.site_id = w.site_id"
    " AND p.request_id = w.request_id AND p.state <> 'withdrawn') ORDER BY r.request_id";

// By the number of the request it came from: the title may be somebody's words still.
#define PUBLICATIONS_DUE(written)                                                                  \
    "SELECT p.organ_id, CAST(NULL AS BIGINT), p.publication_id, '', r.code, '', p.due_on"          \
    " FROM publication p JOIN request r ON r.site_id = p.site_id AND r.request_id = p.request_id"  \
    " WHERE p.site_id = ?1 AND ?2 = ?2 AND p.state = 'due' AND " written                           \
    " ORDER BY p.publication_id"
static const char SQL_PUBLISH_WRITE[] =
    PUBLICATIONS_DUE("(p.summary = '' OR p.formed_on IS NULL)");
static const char SQL_PUBLISH[] = PUBLICATIONS_DUE("p.summary <> '' AND p.formed_on IS NOT NULL");

const Str task_nouns[TASK__COUNT] = {
    [TASK_ORGAN_FACTS]       = SI("organ"),
    [TASK_REPORT_FAULTS]     = SI("report"),
    [TASK_REPORT_MISSING]    = SI("organ"),
    [TASK_SECOND_FACTOR]     = SI("person"),
    [TASK_CODES_LOW]         = SI("person"),
    [TASK_SUBSTITUTION_ENDS] = SI("substitution"),
    [TASK_MAIL_FAILED]       = SI("site"),
    [TASK_REQUEST_CONFIRM]   = SI("request"),
    [TASK_REQUEST_ANSWER]    = SI("request"),
    [TASK_REQUEST_LAPSED]    = SI("request"),
    [TASK_REMEDY_ANSWER]     = SI("remedy"),
    [TASK_REMEDY_REDO]       = SI("remedy"),
    [TASK_REQUEST_DUTY]      = SI("request"),
    [TASK_DECISION_SECTION]  = SI("request"),
    [TASK_DECISION_LEGAL]    = SI("request"),
    [TASK_DECISION_SIGN]     = SI("request"),
    [TASK_DECISION_SEND]     = SI("request"),
    [TASK_REQUEST_SILENT]    = SI("request"),
    [TASK_PUBLISH_SUGGESTED] = SI("request"),
    [TASK_PUBLISH_WRITE]     = SI("publication"),
    [TASK_PUBLISH]           = SI("publication"),
};

static const char *const finds[TASK__COUNT] = {
    [TASK_ORGAN_FACTS]       = SQL_ORGAN_FACTS,
    [TASK_REPORT_FAULTS]     = SQL_REPORT_FAULTS,
    [TASK_REPORT_MISSING]    = SQL_REPORT_MISSING,
    [TASK_SECOND_FACTOR]     = SQL_SECOND_FACTOR,
    [TASK_CODES_LOW]         = SQL_CODES_LOW,
    [TASK_SUBSTITUTION_ENDS] = SQL_SUBSTITUTION_ENDS,
    [TASK_MAIL_FAILED]       = SQL_MAIL_FAILED,
    [TASK_REQUEST_CONFIRM]   = SQL_REQUEST_CONFIRM,
    [TASK_REQUEST_ANSWER]    = SQL_REQUEST_ANSWER,
    [TASK_REQUEST_LAPSED]    = SQL_REQUEST_LAPSED,
    [TASK_REMEDY_ANSWER]     = SQL_REMEDY_ANSWER,
    [TASK_REMEDY_REDO]       = SQL_REMEDY_REDO,
    [TASK_REQUEST_DUTY]      = SQL_REQUEST_DUTY,
    [TASK_DECISION_SECTION]  = SQL_DECISION_SECTION,
    [TASK_DECISION_LEGAL]    = SQL_DECISION_LEGAL,
    [TASK_DECISION_SIGN]     = SQL_DECISION_SIGN,
    [TASK_DECISION_SEND]     = SQL_DECISION_SEND,
    [TASK_REQUEST_SILENT]    = SQL_REQUEST_SILENT,
    [TASK_PUBLISH_SUGGESTED] = SQL_PUBLISH_SUGGESTED,
    [TASK_PUBLISH_WRITE]     = SQL_PUBLISH_WRITE,
    [TASK_PUBLISH]           = SQL_PUBLISH,
};
// clang-format on

static void bind_year(Stmt *s, Date today)
{
    int year = date_year(today);
    Date january, march, first;
    date_make(year, 1, 31, &january);
    date_make(year, 3, 31, &march);
    date_make(year, 1, 1, &first);
    bind_int(s, year - 1);
    bind_date(s, january);
    bind_date(s, march);
    bind_date(s, first);
}

static bool signs(Str role_id)
{
    Role role;
    return role_named(role_id, &role) && role_defs[role].signs;
}

// Rows of somebody who holds several such roles are one situation.
static bool is_wanted(TaskKind kind, const Situations *found, const Situation *s)
{
    if (kind != TASK_SECOND_FACTOR)
        return true;
    return signs(s->name) && !(found->n && found->v[found->n - 1].noun_id == s->noun_id);
}

static Situation read_situation(Stmt *s, Arena *a)
{
    Situation found = {.organ = {col_int(s)}};
    found.person.n = col_int(s);
    found.noun_id = col_int(s);
    found.mark = col_str(s, a);
    found.name = col_str(s, a);
    found.more = col_str(s, a);
    if (str_ends(found.more, S("、")))
        found.more.n -= S("、").n;
    found.due = col_date(s);
    return found;
}

bool store_task_situations(Db *db, SiteId site, TaskKind kind, Date today, Arena *a,
                           Situations *out, Err *err)
{
    Situations found = {0};
    if (!finds[kind])
        return *out = found, true;
    CLEANUP(stmt_end) Stmt s = stmt(db, finds[kind]);
    bind_int(&s, site.n);
    bind_date(&s, today);
    if (kind == TASK_REPORT_MISSING)
        bind_year(&s, today);
    while (stmt_row(&s)) {
        Situation one = read_situation(&s, a);
        if (is_wanted(kind, &found, &one))
            *PUSH(a, &found) = one;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- who could see to it

// clang-format off
static const char SQL_HOLDERS[] =
    "SELECT o.organ_id, o.parent_id, p.role FROM organ o"
    " LEFT JOIN (SELECT DISTINCT q.organ_id, q.role FROM post q"
    " JOIN person e ON e.site_id = q.site_id AND e.person_id = q.person_id AND e.state = 'active'"
    " WHERE q.site_id = ?1 AND " POST_ON("q", "?2") ") p ON p.organ_id = o.organ_id"
    " WHERE o.site_id = ?1 ORDER BY o.organ_id, p.role";
// clang-format on

bool store_task_holders(Db *db, SiteId site, Date today, Arena *a, Holders *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HOLDERS);
    Holders found = {0};
    bind_int(&s, site.n);
    bind_date(&s, today);
    while (stmt_row(&s)) {
        OrganId organ = {col_int(&s)}, parent = {col_int(&s)};
        Role role;
        if (!found.n || found.v[found.n - 1].organ.n != organ.n)
            *PUSH(a, &found) = (Holder){.organ = organ, .parent = parent};
        if (role_named(col_view(&s), &role))
            found.v[found.n - 1].roles |= 1u << role;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

#include "store/anonym.h"

#include "base/buf.h"
#include "domain/personal.h"

const Str ANONYM_SOMEBODY = SI("某");

// --- in a text

// One character is no name: it stands in every other sentence.
static Str word(Str s)
{
    return str_runes(s) > 1 ? s : S("");
}

AnonymWords anonym_words(Str name, const Applicant *who)
{
    return (AnonymWords){{word(who->address), word(who->email), word(who->id_number),
                          word(who->phone), word(who->representative), word(who->contact),
                          word(name)}};
}

Str anonym_text(Arena *a, const AnonymWords *words, Str text)
{
    PersonalKind kind;
    Str number;
    for (size_t i = 0; i < ANONYM_WORDS; i++)
        if (words->v[i].n)
            text = str_replace(a, text, words->v[i], ANONYM_SOMEBODY);
    for (size_t at = 0; personal_next(text, &at, &kind, &number); at = 0)
        text = str_replace(a, text, number, ANONYM_SOMEBODY);
    return text;
}

// --- in the rows

#define WITHOUT(text, word) "replace(" text ", " word ", '某')"
#define MASKED(column)                                                                             \
    column " = " WITHOUT(                                                                          \
        WITHOUT(WITHOUT(WITHOUT(WITHOUT(WITHOUT(WITHOUT(column, "?3"), "?4"), "?5"), "?6"), "?7"), \
                "?8"),                                                                             \
        "?9")
#define EMPTY(column) column " = ''"
#define UPDATE(table, columns) "UPDATE " table " SET " columns " WHERE site_id = ?1 AND "
#define OWN "request_id = ?2"
#define OF_RELEASES                                                                                \
    "file_id IN (SELECT f.file_id FROM release_file f WHERE f.site_id = ?1 AND f.request_id = ?2)"
#define AT_DOOR(column) "(" column " = ?2 OR " column " LIKE ?2 || '/%')"

// ?1 site, ?3 to ?9 the words where they are used; ?2 the request, the address of its page, or the
// address to which mail went.
// clang-format off
static const char *const of_request[] = {
    "DELETE FROM decision_draft WHERE site_id = ?1 AND " OWN,
    "DELETE FROM request_word WHERE site_id = ?1 AND " OWN,
    "DELETE FROM request_mail WHERE site_id = ?1 AND " OWN,
    UPDATE("request_fact", MASKED("document")) OWN,
    UPDATE("decision", MASKED("body") "," EMPTY("text") "," EMPTY("send_whom") "," EMPTY("send_number") "," EMPTY("evidence")) OWN,
    UPDATE("decision_deed", EMPTY("reason")) OWN,
    UPDATE("request_opinion", "whom = '某'," EMPTY("address") "," EMPTY("number") "," EMPTY("reasons") "," EMPTY("decided_why")) OWN,
    UPDATE("request_duty", EMPTY("words")) OWN,
    UPDATE("request_forward", EMPTY("consent")) "(request_id = ?2 OR to_request = ?2)",
    "DELETE FROM release_page WHERE site_id = ?1 AND " OF_RELEASES,
    "DELETE FROM release_making WHERE site_id = ?1 AND " OF_RELEASES,
    UPDATE("release_mark", EMPTY("note")) OF_RELEASES,
    UPDATE("release_file", MASKED("name") "," MASKED("facts") "," MASKED("checked_note") "," MASKED("certificate") "," EMPTY("address") "," EMPTY("result")) OWN,
    UPDATE("release_elsewhere", MASKED("words")) OWN,
    UPDATE("request_joined", MASKED("reason")) OWN,
    UPDATE("request_split", MASKED("reason")) OWN,
    UPDATE("request_unit", MASKED("matter")) OWN,
    UPDATE("bulk_item", MASKED("why")) "request_id = ?2 AND why <> ''",
    UPDATE("bulk", MASKED("reason")) "lead_id = ?2",
    UPDATE("fee", MASKED("reason") "," MASKED("void_reason") "," MASKED("how")) OWN,
    UPDATE("fee_money", EMPTY("note") "," EMPTY("struck_why")) "fee_id IN (SELECT f.fee_id FROM fee f WHERE f.site_id = ?1 AND f.request_id = ?2)",
    UPDATE("remedy_fact", EMPTY("note") "," EMPTY("struck_why") "," MASKED("document")) "remedy_id IN (SELECT m.remedy_id FROM remedy m WHERE m.site_id = ?1 AND m.request_id = ?2)",
    UPDATE("remedy", "applicant = '某'," MASKED("title") "," EMPTY("note")) OWN,
    UPDATE("request_archive", MASKED("reopened_why")) OWN,
    UPDATE("publication", MASKED("why") "," MASKED("title") "," MASKED("summary") "," MASKED("withdrawn_why")) OWN,
    UPDATE("publication_file", MASKED("name")) "publication_id IN (SELECT p.publication_id FROM publication p WHERE p.site_id = ?1 AND p.request_id = ?2)",
    UPDATE("publication_change", MASKED("title") "," MASKED("summary") "," MASKED("why")) "publication_id IN (SELECT p.publication_id FROM publication p WHERE p.site_id = ?1 AND p.request_id = ?2)",
    UPDATE("publication_review", MASKED("reason")) OWN,
    UPDATE("attachment", MASKED("name")) "noun = 'request' AND noun_id = ?2",
    UPDATE("task", MASKED("title") "," MASKED("about") "," MASKED("why")) "noun = 'request' AND noun_id = ?2",
};
static const char *const of_door[] = {
    UPDATE("notice", MASKED("words")) AT_DOOR("door"),
    "DELETE FROM draft WHERE site_id = ?1 AND " AT_DOOR("form"),
};
// Mail that went out: all of it is old by now, whichever request of the applicant it was about.
#define MAILED "to_address = ?2 AND ?2 <> '' AND state <> 'waiting'"
static const char *const of_mail[] = {
    "DELETE FROM outbox_text WHERE site_id = ?1 AND mail_id IN (SELECT mail_id FROM outbox WHERE site_id = ?1 AND " MAILED ")",
    UPDATE("outbox", EMPTY("to_address") "," EMPTY("to_name") "," EMPTY("subject")) MAILED,
};
// clang-format on

typedef struct Whose {
    int64_t request; // 0: by the text
    Str text;
    const AnonymWords *words;
} Whose;

static bool run(Db *db, SiteId site, const Whose *whose, const char *sql, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    whose->request ? bind_int(&s, whose->request) : bind_str(&s, whose->text);
    for (size_t i = 0; str_has(str_z(sql), S("?3")) && i < ANONYM_WORDS; i++)
        bind_str(&s, whose->words->v[i]);
    return stmt_run(&s, err);
}

static bool run_all(Db *db, SiteId site, const Whose *whose, const char *const *sql, size_t n,
                    Err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!run(db, site, whose, sql[i], err))
            return false;
    return true;
}

// A correction that has ended goes with the request by which its record became known.
static const char SQL_CORRECTION[] = UPDATE(
    "correction",
    "applicant_name = '某', applicant_key = '', query_hash = '', applicant = ?3, record = '',"
    " wrong = '', claim = '', evidence = '', examined = '', words = ''") OWN " AND outcome <> ''";

// What was to be withheld in a file, in its own words.
static const char SQL_WITHHELD[] = UPDATE("release_mark", "words = ?3") OF_RELEASES;

// ?3: a sealed part that is empty now.
static bool sealed(Db *db, SiteId site, RequestId id, Err *err)
{
    static const char *const all[] = {SQL_CORRECTION, SQL_WITHHELD};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        CLEANUP(stmt_end) Stmt s = stmt(db, all[i]);
        bind_int(&s, site.n);
        bind_int(&s, id.n);
        bind_blob(&s, S(""));
        if (!stmt_run(&s, err))
            return false;
    }
    return true;
}

#define ALL_OF(list) list, sizeof list / sizeof *list

bool store_anonym_papers(Db *db, SiteId site, RequestId id, const AnonymWords *words, Err *err)
{
    char path[64];
    int n = snprintf(path, sizeof path, "/desk/requests/%lld", (long long)id.n);
    Whose request = {.request = id.n, .words = words};
    Whose door = {.text = {path, (size_t)n}, .words = words};
    Whose mail = {.text = words->v[ANONYM_EMAIL], .words = words};
    return run_all(db, site, &request, ALL_OF(of_request), err) &&
           run_all(db, site, &door, ALL_OF(of_door), err) &&
           run_all(db, site, &mail, ALL_OF(of_mail), err) && sealed(db, site, id, err);
}

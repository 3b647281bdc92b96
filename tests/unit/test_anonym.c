// Nothing by which an applicant is known stays in any table: a row is put into every table that
// hangs on a request, with the applicant's words in each of its texts, and looked for afterwards. A
// table or column that is added later and forgotten here fails. On both engines.
#include "test.h"

#include "base/buf.h"
#include "site_box.h"
#include "store/anonym.h"
#include "store/archive.h"
#include "store/letter.h"

enum { REQUEST = 77 };

// Texts that no words are ever put into: ids, states, hashes, addresses of stored files, numbers of
// letters, and names of officers.
static const char *const never[] = {
    "kind",           "state",        "outcome",    "channel",     "form",          "way",
    "applicant_kind", "phase",        "code",       "query_hash",  "applicant_key", "letter_code",
    "remedy",         "send_way",     "action",     "part",        "answer",        "reasonable",
    "decided",        "told_number",  "address",    "source_hash", "result",        "result_hash",
    "certificate",    "checked_name", "added_name", "said_name",   "organ_name",    "head",
    "person_name",    "void_by",      "basis",      "provision",   "document",      "about",
    "forum",          "number",       "stage",      "sha256",      "index_no",      "counted",
    "rule",           "hash",         "ground",     "receipt",     "method",        "title",
    "person",         "first",        "noun",       "mark",        "role",          "box",
    "facts",
};
// Of those, where they are somebody's words after all.
static const char *const but[] = {
    "request_fact.document",
    "request_opinion.address",
    "letter.address",
    "remedy.title",
    "publication.title",
    "publication_change.title",
    "task.title",
    "task.about",
    "release_file.facts",
    "release_file.certificate",
    "request_opinion.number",
    "remedy_fact.document",
};
// The request itself and what its own functions empty (store/archive.h), tested over the program.
static const char *const apart[] = {"request", "request_gram"};
// Tables that hang on another key, which is the request's number here.
static const struct {
    const char *table, *key;
} by_key[] = {
    {"release_mark", "file_id"},
    {"fee_money", "fee_id"},
    {"release_page", "file_id"},
    {"release_making", "file_id"},
    {"remedy_fact", "remedy_id"},
    {"publication_file", "publication_id"},
    {"attachment", "noun_id"},
    {"task", "noun_id"},
    {"publication_change", "publication_id"},
    {"letter", "noun_id"},
};

static const AnonymWords words = {{SI("示例路8号"), SI("lin@example.invalid"),
                                   SI("000000199001010026"), SI("0000-7654321"), SI("代表人甲"),
                                   SI("联络人乙"), SI("林小禾")}};
static Str planted;

static bool in(const char *const *list, size_t n, Str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_z(list[i]), name))
            return true;
    return false;
}
#define IN(list, name) in(list, sizeof list / sizeof *list, name)

static bool of_request(const DbTable *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->v[i].name, S("request_id")))
            return !IN(apart, t->name);
    for (size_t i = 0; i < sizeof by_key / sizeof *by_key; i++)
        if (str_eq(str_z(by_key[i].table), t->name))
            return true;
    return false;
}

static bool of_words(const DbTable *t, const DbColumn *c, Arena *a)
{
    Str whole = str_fmt(a, PRI_STR "." PRI_STR, STR_ARG(t->name), STR_ARG(c->name));
    return c->kind == DB_TEXT && !c->key && (IN(but, whole) || !IN(never, c->name));
}

static void bind_cell(Stmt *s, const DbTable *t, const DbColumn *c, Arena *a)
{
    if (c->kind == DB_BLOB)
        bind_blob(s, S(""));
    else if (c->kind == DB_INT)
        bind_int(s, str_eq(c->name, S("site_id")) ? BOX_SITE.n : REQUEST);
    else if (str_eq(c->name, S("noun")))
        bind_str(s, S("request"));
    else
        bind_str(s, of_words(t, c, a) ? planted : S("x"));
}

static void plant(Db *db, const DbTable *t, Arena *a)
{
    Err err = {0};
    Buf names = buf_new(a, 4096), values = buf_new(a, 4096);
    for (size_t i = 0; i < t->n; i++) {
        buf_fmt(&names, "%s" PRI_STR, i ? ", " : "", STR_ARG(t->v[i].name));
        buf_fmt(&values, "%s?%zu", i ? ", " : "", i + 1);
    }
    Str sql = str_fmt(a, "INSERT INTO " PRI_STR " (" PRI_STR ") VALUES (" PRI_STR ")",
                      STR_ARG(t->name), STR_ARG(buf_str(&names)), STR_ARG(buf_str(&values)));
    CLEANUP(stmt_end) Stmt s = stmt_once(db, str_to_z(a, sql));
    for (size_t i = 0; i < t->n; i++)
        bind_cell(&s, t, &t->v[i], a);
    if (!stmt_run(&s, &err))
        fail_msg("%s: %s %s", str_to_z(a, t->name), err.en, err.detail);
}

static int64_t found(Db *db, const DbTable *t, const DbColumn *c, Str text, Arena *a)
{
    Err err = {0};
    Str sql = str_fmt(a, "SELECT count(*) FROM " PRI_STR " WHERE " PRI_STR " LIKE ?1",
                      STR_ARG(t->name), STR_ARG(c->name));
    CLEANUP(stmt_end) Stmt s = stmt_once(db, str_to_z(a, sql));
    bind_str(&s, str_cat(a, str_cat(a, S("%"), text), S("%")));
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, &err))
        fail_msg("%s", err.en);
    return n;
}

static int64_t found_anywhere(Db *db, const DbTables *all, Str text, bool tell, Arena *a)
{
    int64_t n = 0;
    for (size_t t = 0; t < all->n; t++)
        for (size_t c = 0; c < all->v[t].n; c++) {
            const DbColumn *col = &all->v[t].v[c];
            int64_t here = col->kind == DB_TEXT ? found(db, &all->v[t], col, text, a) : 0;
            if (here && tell)
                print_message("# %s.%s\n", str_to_z(a, all->v[t].name), str_to_z(a, col->name));
            n += here;
        }
    return n;
}

static void nobody_is_known_by_any_text_that_stays(void **state)
{
    SiteBox *b = *state;
    Arena *a = &b->a;
    DbTables all;
    Err err = {0};
    Buf text = buf_new(a, 1024);
    for (size_t i = 0; i < ANONYM_WORDS; i++)
        buf_fmt(&text, "又" PRI_STR, STR_ARG(words.v[i]));
    planted = buf_str(&text);
    assert_true(db_tables(b->db, a, &all, &err));
    size_t n = 0;
    for (size_t t = 0; t < all.n; t++)
        if (of_request(&all.v[t])) {
            plant(b->db, &all.v[t], a);
            n++;
        }
    assert_true(n > 20);
    assert_true(found_anywhere(b->db, &all, words.v[6], false, a) > 20);
    if (!store_anonym_facts(b->db, BOX_SITE, (RequestId){REQUEST}, ANONYM_SOMEBODY, &err) ||
        !store_anonym_papers(b->db, BOX_SITE, (RequestId){REQUEST}, &words, &err) ||
        !store_letter_forget(b->db, BOX_SITE, (RequestId){REQUEST}, &err))
        fail_msg("%s %s", err.en, err.detail);
    for (size_t i = 0; i < ANONYM_WORDS; i++)
        assert_int_equal(found_anywhere(b->db, &all, words.v[i], true, a), 0);
}

static void a_text_loses_the_words_and_every_number_of_a_person(void **state)
{
    SiteBox *b = *state;
    assert_str(anonym_text(&b->a, &words, S("林小禾要13900000000名下的合同")),
               S("某要某名下的合同"));
    assert_str(anonym_text(&b->a, &words, S("2025年的合同")), S("2025年的合同"));
    Applicant who = {.contact = S("无"), .phone = S("0000-1")};
    AnonymWords w = anonym_words(S("林禾"), &who);
    assert_str(anonym_text(&b->a, &w, S("无林禾，电话0000-1")), S("无某，电话某"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_known_by_any_text_that_stays),
        cmocka_unit_test(a_text_loses_the_words_and_every_number_of_a_person),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, site_box_make, site_box_drop);
}

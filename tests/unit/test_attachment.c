#include "test.h"

#include "app/act.h"
#include "app/attachment.h"
#include "app/audit.h"
#include "base/file.h"
#include "domain/attach_kind.h"
#include "site_box.h"

#include <stdlib.h>

// --- kinds, by content

// A ZIP with empty entries of these names, by spaces: local heads left out, as only the directory
// is looked at.
static Str zip_of(Arena *a, const char *names)
{
    Buf b = buf_new(a, 1 << 16);
    buf_add(&b, S("PK\x03\x04"));
    size_t start = b.n;
    for (Str rest = str_z(names), name; rest.n;) {
        str_cut(rest, S(" "), &name, &rest);
        char head[46] = "PK\x01\x02";
        head[28] = (char)name.n;
        buf_add(&b, (Str){head, sizeof head});
        buf_add(&b, name);
    }
    char end[22] = "PK\x05\x06";
    end[16] = (char)start;
    buf_add(&b, (Str){end, sizeof end});
    return buf_str(&b);
}

enum { REFUSED = -1 };

typedef struct KindRow {
    const char *name;
    Str bytes;
    const char *zip; // names in a ZIP, instead of bytes
    int kind;
} KindRow;

#define OLE_HEAD "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....."
// clang-format off
static const KindRow kind_rows[] = {
    { "a_pdf_is_taken",               SI("%PDF-1.7\n..."), NULL, ATTACH_PDF },
    { "a_png_is_taken",               SI("\x89PNG\r\n\x1a\n..."), NULL, ATTACH_PNG },
    { "a_jpeg_is_taken",              SI("\xff\xd8\xff\xe0..."), NULL, ATTACH_JPEG },
    { "a_tiff_is_taken",              SI("II*\0...."), NULL, ATTACH_TIFF },
    { "a_text_is_taken",              SI("关于机构调整的批复\n"), NULL, ATTACH_TEXT },
    { "a_docx_is_taken",              SI(""), "[Content_Types].xml word/document.xml word/media/a.svg", ATTACH_DOCX },
    { "an_xlsx_is_taken",             SI(""), "[Content_Types].xml xl/workbook.xml", ATTACH_XLSX },
    { "a_pptx_is_taken",              SI(""), "[Content_Types].xml ppt/presentation.xml", ATTACH_PPTX },
    { "an_ofd_is_taken",              SI(""), "OFD.xml Doc_0/Document.xml", ATTACH_OFD },
    { "a_zip_of_documents_is_taken",  SI(""), "a.pdf b.docx", ATTACH_ZIP },
    { "an_old_doc_is_taken",          SI(OLE_HEAD "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), NULL, ATTACH_DOC },
    { "an_old_xls_is_taken",          SI(OLE_HEAD "W\0o\0r\0k\0b\0o\0o\0k\0"), NULL, ATTACH_XLS },
    { "nothing_is_refused",           SI(""), NULL, REFUSED },
    { "a_windows_program_is_refused", SI("MZ\x90\0..."), NULL, REFUSED },
    { "a_linux_program_is_refused",   SI("\x7f" "ELF\2\1\1"), NULL, REFUSED },
    { "a_script_is_refused",          SI("#!/bin/sh\nrm -rf /\n"), NULL, REFUSED },
    { "a_page_is_refused",            SI("<HTML><body>x"), NULL, REFUSED },
    { "a_picture_with_a_script_is_refused", SI("<svg onload=alert(1)>"), NULL, REFUSED },
    { "a_text_with_a_script_is_refused", SI("说明\n<ScRiPt>alert(1)</script>"), NULL, REFUSED },
    { "a_zip_with_a_program_is_refused", SI(""), "a.pdf setup.EXE", REFUSED },
    { "a_zip_with_a_shortcut_is_refused", SI(""), "a.lnk", REFUSED },
    { "a_zip_with_a_page_is_refused", SI(""), "index.html", REFUSED },
    { "a_docx_with_macros_is_refused", SI(""), "word/document.xml word/vbaProject.bin", REFUSED },
    { "an_old_doc_with_macros_is_refused", SI(OLE_HEAD "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0.._\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0"), NULL, REFUSED },
    { "a_cut_zip_is_refused",         SI("PK\x03\x04...."), NULL, REFUSED },
    { "an_archive_that_cannot_be_looked_into_is_refused", SI("Rar!\x1a\7\0"), NULL, REFUSED },
    { "unknown_bytes_are_refused",    SI("\1\2\3\0\4"), NULL, REFUSED },
    { "a_text_in_another_encoding_is_refused", SI("\xc4\xe3\xba\xc3"), NULL, REFUSED },
};

typedef struct NameRow {
    const char *name;
    AttachKind kind;
    Str came, kept;
} NameRow;

static const NameRow name_rows[] = {
    { "a_good_name_stays",                    ATTACH_PDF,  SI("关于更名的批复.pdf"), SI("关于更名的批复.pdf") },
    { "an_ending_in_capitals_stays",          ATTACH_PDF,  SI("A.PDF"), SI("A.PDF") },
    { "another_ending_that_fits_stays",       ATTACH_JPEG, SI("图.jpeg"), SI("图.jpeg") },
    { "an_ending_that_lies_gets_the_true_one", ATTACH_PDF, SI("批复.exe"), SI("批复.exe.pdf") },
    { "no_ending_gets_one",                   ATTACH_DOCX, SI("批复"), SI("批复.docx") },
    { "folders_are_left_out",                 ATTACH_PDF,  SI("..\\..\\etc/passwd.pdf"), SI("passwd.pdf") },
    { "only_folders_leave_a_name_of_ours",    ATTACH_PDF,  SI("../../"), SI("附件.pdf") },
    { "control_signs_are_left_out",           ATTACH_PDF,  SI("a\r\nb\x7f.pdf"), SI("ab.pdf") },
    { "signs_that_turn_writing_are_left_out", ATTACH_PDF,  SI("批\u202efdp.exe"), SI("批fdp.exe.pdf") },
    { "hidden_signs_are_left_out",            ATTACH_PDF,  SI("批\u200b复\ufeff.pdf"), SI("批复.pdf") },
    { "signs_of_shells_are_left_out",         ATTACH_PDF,  SI("a<b>:\"|?*.pdf"), SI("ab.pdf") },
    { "a_hidden_name_is_shown",               ATTACH_PDF,  SI("...a.pdf"), SI("a.pdf") },
    { "a_device_is_no_name",                  ATTACH_TEXT, SI("CON.txt"), SI("附件CON.txt") },
    { "nothing_is_given_a_name",              ATTACH_PDF,  SI(""), SI("附件.pdf") },
};
// clang-format on

static void a_kind(void **state)
{
    const KindRow *row = *state;
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    AttachKind kind = ATTACH_KIND__COUNT;
    Err err = {0};
    bool taken = attach_kind_of(row->zip ? zip_of(&a, row->zip) : row->bytes, &kind, &err);
    assert_int_equal(taken ? (int)kind : REFUSED, row->kind);
}

static void a_name(void **state)
{
    const NameRow *row = *state;
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    assert_str(attach_kind_name(row->kind, row->came, &a), row->kept);
}

static void a_long_name_is_cut_and_keeps_its_ending(void **state)
{
    (void)state;
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    char *long_name = NEW(&a, char, 1004);
    memset(long_name, 'x', 1000);
    memcpy(long_name + 1000, ".pdf", 4);
    Str kept = attach_kind_name(ATTACH_PDF, (Str){long_name, 1004}, &a);
    assert_true(str_runes(kept) <= 105 && str_ends(kept, S(".pdf")));
}

static void a_file_above_its_maximum_is_refused(void **state)
{
    (void)state;
    CLEANUP(arena_end) Arena a = arena_new(64 << 20);
    AttachKind kind;
    Err err = {0};
    Str big = {NEW(&a, char, attach_kinds[ATTACH_PDF].max + 1), attach_kinds[ATTACH_PDF].max};
    memcpy((char *)big.s, "%PDF-", 5);
    assert_true(attach_kind_of(big, &kind, &err));
    big.n++;
    assert_false(attach_kind_of(big, &kind, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

// --- kept and given out

typedef struct Box {
    SiteBox *site;
    Arena a;
    App app;
} Box;

static int box_make(void **state)
{
    void *site;
    if (site_box_make(&site) != 0)
        return -1;
    Box *b = calloc(1, sizeof *b);
    Err err = {0};
    b->site = site;
    b->a = arena_new((size_t)1 << 30);
    if (!app_open(&(AppPlace){.data = b->site->dir, .database = b->site->database}, DB_CREATE,
                  (Date){20000}, 1000, &b->a, &b->app, &err))
        fail_msg("%s", err.en);
    *state = b;
    return 0;
}

static int box_drop(void **state)
{
    Box *b = *state;
    void *site = b->site;
    app_close(&b->app);
    arena_free(&b->a);
    free(b);
    return site_box_drop(&site);
}

#define SECRET "关于机构调整的内部批复"

static Attachment added(Box *b, bool private)
{
    Err err = {0};
    Attachment at = {0};
    AttachmentNew new = {.noun = S("organ_life"),
                         .noun_id = 3,
                         .private = private,
                         .name = S("批复.txt"),
                         .bytes = S(SECRET)};
    if (!app_attachment_add(&b->app, &new, &b->a, &at, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return at;
}

static Str path_of(Box *b, const Attachment *at)
{
    return str_fmt(&b->a, PRI_STR "/files/" PRI_STR "/" PRI_STR, STR_ARG(b->site->dir),
                   STR_ARG(str_sub(at->address, 0, 2)), STR_ARG(at->address));
}

static Str stored(Box *b, const Attachment *at)
{
    Str bytes;
    Err err = {0};
    assert_true(file_read(path_of(b, at), 1 << 20, &b->a, &bytes, &err));
    return bytes;
}

static int64_t lines(Box *b, Str act)
{
    AuditHits hits;
    Err err = {0};
    assert_true(store_audit_find(b->app.db, &b->app.scope, &(AuditFilter){.act = act}, 0, 100,
                                 &b->a, &hits, &err));
    return (int64_t)hits.n;
}

static void what_was_added_comes_back_as_it_was(void **state)
{
    Box *b = *state;
    for (int private = 0; private < 2; private ++) {
        Attachment at = added(b, private), back;
        Str bytes;
        Err err = {0};
        assert_true(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
        assert_str(bytes, S(SECRET));
        assert_str(back.name, S("批复.txt"));
        assert_int_equal(back.private, private);
    }
}

static void a_private_file_tells_nothing_on_the_disk(void **state)
{
    Box *b = *state;
    Attachment at = added(b, true);
    assert_false(str_has(stored(b, &at), S("批复")));
    assert_false(str_eq(at.address, files_address(&b->a, S(SECRET))));
    Attachment public = added(b, false);
    assert_str(stored(b, &public), S(SECRET));
}

static void every_download_of_a_private_file_leaves_a_line(void **state)
{
    Box *b = *state;
    Attachment private = added(b, true), public = added(b, false), back;
    Str bytes;
    Err err = {0};
    assert_int_equal(lines(b, S("file.add")), 2);
    for (int i = 0; i < 2; i++)
        assert_true(app_attachment_get(&b->app, private.id, &b->a, &back, &bytes, &err));
    assert_true(app_attachment_get(&b->app, public.id, &b->a, &back, &bytes, &err));
    assert_int_equal(lines(b, S("file.read")), 2);
}

static void a_changed_private_file_is_not_given_out(void **state)
{
    Box *b = *state;
    Attachment at = added(b, true), back;
    Str bytes, sealed = stored(b, &at);
    Err err = {0};
    char *changed = str_to_z(&b->a, sealed);
    changed[30] ^= 1;
    assert_true(file_write(path_of(b, &at), (Str){changed, sealed.n}, &err));
    assert_false(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(lines(b, S("file.read")), 0);
    added(b, true); // the same again mends it
    assert_true(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
}

static void one_private_file_cannot_stand_for_another(void **state)
{
    Box *b = *state;
    Attachment at = added(b, true), back;
    AttachmentNew other = {.noun = S("organ_life"), .private = true, .bytes = S("别的文件")};
    Attachment second;
    Str bytes;
    Err err = {0};
    assert_true(app_attachment_add(&b->app, &other, &b->a, &second, &err));
    assert_true(file_write(path_of(b, &at), stored(b, &second), &err));
    assert_false(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
}

static void without_the_secret_no_private_file_is_kept_or_opened(void **state)
{
    Box *b = *state;
    Attachment at = added(b, true), back;
    Str bytes;
    Err err = {0};
    b->app.has_key = false;
    assert_false(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void another_site_s_secret_opens_nothing(void **state)
{
    Box *b = *state;
    Attachment at = added(b, true), back;
    Str bytes;
    Err err = {0};
    b->app.master.bytes[3] ^= 1;
    assert_false(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
}

static void an_address_from_the_database_leads_nowhere_else(void **state)
{
    Box *b = *state;
    Files files = app_files(&b->app);
    Str bytes;
    Err err = {0};
    bool has = true;
    assert_false(files_get(&files, S("../../../../etc/passwd"), &b->a, &bytes, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_true(files_has(&files, S("../secret.key"), &b->a, &has, &err));
    assert_false(has);
}

static void a_damaged_file_is_written_anew_when_it_comes_again(void **state)
{
    Box *b = *state;
    Attachment at = added(b, false), back;
    Str bytes;
    Err err = {0};
    assert_true(file_write(path_of(b, &at), S("x"), &err));
    added(b, false);
    assert_true(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
    assert_str(bytes, S(SECRET));
}

static void a_file_of_an_organ_out_of_scope_is_not_there(void **state)
{
    Box *b = *state;
    Attachment at = added(b, false), back;
    Str bytes;
    Err err = {0};
    b->app.scope = (Scope){.site = BOX_SITE, .root = {7}, .reach = REACH_BELOW};
    assert_false(app_attachment_get(&b->app, at.id, &b->a, &back, &bytes, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    AttachmentNew new = {.noun = S("organ_life"), .organ = {8}, .bytes = S("x")};
    assert_false(app_attachment_add(&b->app, &new, &b->a, &back, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void what_may_not_be_kept_leaves_nothing(void **state)
{
    Box *b = *state;
    Attachment at;
    Err err = {0};
    AttachmentNew new = {.noun = S("organ_life"), .name = S("a.pdf"), .bytes = S("MZ\x90")};
    assert_false(app_attachment_add(&b->app, &new, &b->a, &at, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(lines(b, S("file.add")), 0);
}

enum {
    N_KINDS = sizeof kind_rows / sizeof *kind_rows,
    N_NAMES = sizeof name_rows / sizeof *name_rows
};

int main(void)
{
    static struct CMUnitTest tests[N_KINDS + N_NAMES + 32];
    size_t n = 0;
    cmocka_set_message_output(CM_OUTPUT_TAP);
    for (size_t i = 0; i < N_KINDS; i++)
        tests[n++] =
            (struct CMUnitTest){kind_rows[i].name, a_kind, NULL, NULL, (void *)&kind_rows[i]};
    for (size_t i = 0; i < N_NAMES; i++)
        tests[n++] =
            (struct CMUnitTest){name_rows[i].name, a_name, NULL, NULL, (void *)&name_rows[i]};
#define T(f, make, drop) tests[n++] = (struct CMUnitTest){#f, f, make, drop, NULL}
    T(a_long_name_is_cut_and_keeps_its_ending, NULL, NULL);
    T(a_file_above_its_maximum_is_refused, NULL, NULL);
    T(what_was_added_comes_back_as_it_was, box_make, box_drop);
    T(a_private_file_tells_nothing_on_the_disk, box_make, box_drop);
    T(every_download_of_a_private_file_leaves_a_line, box_make, box_drop);
    T(a_changed_private_file_is_not_given_out, box_make, box_drop);
    T(one_private_file_cannot_stand_for_another, box_make, box_drop);
    T(without_the_secret_no_private_file_is_kept_or_opened, box_make, box_drop);
    T(another_site_s_secret_opens_nothing, box_make, box_drop);
    T(an_address_from_the_database_leads_nowhere_else, box_make, box_drop);
    T(a_damaged_file_is_written_anew_when_it_comes_again, box_make, box_drop);
    T(a_file_of_an_organ_out_of_scope_is_not_there, box_make, box_drop);
    T(what_may_not_be_kept_leaves_nothing, box_make, box_drop);
#undef T
    return _cmocka_run_group_tests("attachment", tests, n, NULL, NULL);
}

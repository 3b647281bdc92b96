// The archive over the program itself, on both engines: put away, proven, sealed, opened again, and
// after its years without who asked.
#include "../test.h"

#include "../unit/pdf_make.h"
#include "app/archive.h"
#include "app/attachment.h"
#include "app/release.h"
#include "app/request_figures.h"
#include "base/buf.h"
#include "desk_site.h"
#include "domain/archive.h"
#include "store/remedy.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, boss, archivist, other, admin;

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, (const char *const[]){"GONGKAI_REDACT_AT_ONCE=0", NULL});
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD),
        person_make(&app, a, "dang", "党安", housing, 1u << ROLE_ARCHIVIST),
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_ARCHIVIST),
        person_make(&app, a, "guan", "管理", office, 1u << ROLE_ADMIN),
    };
    Jar *jars[] = {&officer, &boss, &archivist, &other, &admin};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

// A request filed on that day, received and, where `closed`, withdrawn on the day after.
static RequestId asked(const char *title, Date filed, bool closed)
{
    Err err = {0};
    Registered made;
    InfoRequest now;
    NewRequest n = {.organ = housing,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = filed,
                    .title = str_z(title),
                    .description = S("联系电话13900000000，要施工合同"),
                    .form = S("electronic"),
                    .way = S("platform"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("张三丰"),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = S("000000199001010000"),
                                  .phone = S("0000-1234567")}};
    if (!app_request_register(&app, &n, a, &made, &err))
        fail_msg("%s", err.en);
    RequestStep step = {
        .id = made.id,
        .fact = {.kind = FACT_WITHDRAWN, .on = {filed.days + 1}, .until = date_none}};
    if (!store_request_get(app.db, &app.scope, made.id, a, &now, &err))
        fail_msg("%s", err.en);
    step.version = now.version;
    if (closed && !app_request_step(&app, step_rules[FACT_WITHDRAWN].may, &step, a, &err))
        fail_msg("%s", err.en);
    return made.id;
}

static Date ago(int days)
{
    return (Date){app.today.days - days};
}

static Str address(RequestId id, const char *tail)
{
    return str_fmt(a, "/desk/requests/%lld%s", (long long)id.n, tail);
}

static void archived(RequestId id)
{
    Str at = address(id, "/archive");
    Str f = str_fmt(a, "version=" PRI_STR,
                    STR_ARG(page_value(a, page(&archivist, str_to_z(a, at), 200), "version")));
    posted(&archivist, at, f, 303);
}

static void a_closed_request_becomes_a_package_that_proves_itself(void **state)
{
    (void)state;
    RequestId id = asked("城东片区改造施工合同", ago(10), true);
    shows(page(&archivist, "/desk/archive", 200), "城东片区改造施工合同");
    archived(id);
    Str tar = page(&archivist, str_to_z(a, address(id, "/archive.tar")), 200);
    ArchiveProof p;
    Err err = {0};
    if (!archive_verify(tar, S(""), a, &p, &err))
        fail_msg("%s", err.en);
    assert_true(p.n_files >= 6);
    shows(tar, "期限台账");
    shows(tar, "张三丰");
    hides(tar, "000000199001010000"); // the number of the paper is not whole anywhere in it
    hides(page(&archivist, "/desk/archive", 200), "城东片区改造施工合同");
    shows(page(&officer, str_to_z(a, address(id, "")), 200), "不能再改动");
}

static void scanned(RequestId id, const char *name, size_t size, Arena *own)
{
    Err err = {0};
    Attachment made;
    char *bytes = arena_alloc(own, 1, 1, size);
    memset(bytes, ' ', size);
    memcpy(bytes, "%PDF-1.4\n%", 10);
    memcpy(bytes + 10, name, strlen(name)); // no two files are the same
    memcpy(bytes + size - 6, "\n%%EOF", 6);
    AttachmentNew file = {.noun = S("request"),
                          .noun_id = id.n,
                          .organ = housing,
                          .private = true,
                          .name = str_z(name),
                          .bytes = {bytes, size}};
    if (!app_attachment_add(&app, &file, own, &made, &err))
        fail_msg("%s", err.en);
}

static void what_is_more_than_sixty_megabytes_has_two_volumes(void **state)
{
    (void)state;
    CLEANUP(arena_end) Arena own = arena_new((size_t)1 << 30);
    Err err = {0};
    Archived row;
    ArchiveProof p;
    RequestId id = asked("全套竣工图扫描件", ago(7), true);
    scanned(id, "第一册.pdf", (size_t)31 << 20, &own);
    scanned(id, "第二册.pdf", (size_t)31 << 20, &own);
    arena_reset(&own, 0);
    if (!app_archive_make(&app, id, 0, &own, &row, &err))
        fail_msg("%s", err.en);
    assert_int_equal(row.volumes, 2);
    shows(page(&archivist, str_to_z(a, address(id, "")), 200), "下载档案包第2卷（共2卷）");
    for (int64_t v = 1; v <= 2; v++) {
        Str tar;
        arena_reset(&own, 0);
        if (!app_archive_get(&app, id, 0, v, &own, &row, &tar, &err) ||
            !archive_verify(tar, S(""), &own, &p, &err))
            fail_msg("%s", err.en);
        assert_str(p.lines[5].value, v == 1 ? S("第1卷，共2卷") : S("第2卷，共2卷"));
    }
    assert_false(app_archive_get(&app, id, 0, 3, &own, &row, &(Str){0}, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void an_open_request_is_not_archived(void **state)
{
    (void)state;
    RequestId id = asked("排水管网图", ago(3), false);
    Str at = address(id, "/archive");
    Str f = str_fmt(a, "version=" PRI_STR,
                    STR_ARG(page_value(a, page(&archivist, str_to_z(a, at), 200), "version")));
    shows(posted(&archivist, at, f, 422).body, "办结以后才能归档");
}

static void nobody_without_the_power_archives_or_reads_a_package(void **state)
{
    (void)state;
    RequestId id = asked("绿地率计算书", ago(9), true);
    page(&officer, str_to_z(a, address(id, "/archive")), 403);
    page(&other, str_to_z(a, address(id, "/archive")), 404);
    archived(id);
    page(&officer, str_to_z(a, address(id, "/archive.tar")), 403);
    page(&other, str_to_z(a, address(id, "/archive.tar")), 404);
    hides(page(&other, "/desk/archive", 200), "绿地率计算书");
}

static void what_is_archived_cannot_be_changed(void **state)
{
    (void)state;
    RequestId id = asked("公厕选址意见", ago(8), true);
    archived(id);
    InfoRequest now;
    StoredFacts facts;
    Err err = {0};
    if (!store_request_get(app.db, &app.scope, id, a, &now, &err) ||
        !store_request_facts(app.db, app.site, id, a, &facts, &err))
        fail_msg("%s", err.en);
    assert_false(app_request_strike(&app, id, now.version, facts.v[1].fact.id, S("误登"), a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_request_assign(&app, id, now.version, (PersonId){0}, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(store_request_save(app.db, &app.scope, &now, &err)); // below the rule as well
    StoredFacts after;
    assert_true(store_request_facts(app.db, app.site, id, a, &after, &err));
    assert_int_equal(after.n, facts.n);
}

static RemedyId review_of(RequestId id)
{
    Err err = {0};
    RemedyCase c = {.organ = housing,
                    .request = id,
                    .kind = CASE_REVIEW,
                    .title = S("不服答复"),
                    .applicant = S("张三丰"),
                    .filed = app.today,
                    .forum = S("示例县人民政府"),
                    .number = S("示政复〔2026〕3号"),
                    .closed = date_none,
                    .answer_by = date_none,
                    .redo_by = date_none};
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    if (!store_remedy_add(app.db, app.site, &c, &err) || !tx_commit(&tx, &err))
        fail_msg("%s", err.en);
    return c.id;
}

static void a_remedy_opens_it_and_both_packages_stay(void **state)
{
    (void)state;
    RequestId id = asked("物业招标结果", ago(7), true);
    archived(id);
    Str at = address(id, "/reopen");
    Str v = page_value(a, page(&archivist, str_to_z(a, at), 200), "version");
    Str f = str_fmt(a, "version=" PRI_STR "&kind=review", STR_ARG(v));
    posted(&archivist, at, f, 422);
    f = str_cat(a, f, form_field(a, "document", S("示政复〔2026〕9号")));
    f = str_cat(a, f, form_field(a, "reason", S("复议机关要求补充证据")));
    shows(posted(&archivist, at, f, 422).body,
          "先在“复议诉讼”里登记"); // a number alone opens nothing
    RemedyId other_case = review_of(asked("另一件的案件", ago(7), true));
    Str wrong = str_fmt(a, PRI_STR "&remedy=%lld", STR_ARG(f), (long long)other_case.n);
    posted(&archivist, at, wrong, 422);
    f = str_fmt(a, PRI_STR "&remedy=%lld", STR_ARG(f), (long long)review_of(id).n);
    shows(page(&archivist, str_to_z(a, at), 200), "示政复〔2026〕3号");
    posted(&archivist, at, f, 303);
    shows(page(&archivist, str_to_z(a, address(id, "")), 200), "示政复〔2026〕3号");
    archived(id);
    page(&archivist, str_to_z(a, address(id, "/archive.tar?nth=1")), 200);
    page(&archivist, str_to_z(a, address(id, "/archive.tar?nth=2")), 200);
    page(&archivist, str_to_z(a, address(id, "/archive.tar?nth=3")), 404);
}

static void several_are_archived_at_once_and_those_left_are_told(void **state)
{
    (void)state;
    RequestId one = asked("路灯台账", ago(6), true), two = asked("井盖台账", ago(6), false);
    Str f = str_fmt(a, "id=%lld&id=%lld", (long long)one.n, (long long)two.n);
    shows(posted(&archivist, S("/desk/archive"), f, 422).body, "1件已经归档，1件没有");
    shows(page(&officer, str_to_z(a, address(one, "")), 200), "不能再改动");
}

static void anybody_proves_a_package_and_a_changed_one_is_refused(void **state)
{
    (void)state;
    RequestId id = asked("防汛物资清单", ago(5), true);
    archived(id);
    Str tar = page(&archivist, str_to_z(a, address(id, "/archive.tar")), 200);
    for (int change = 0; change < 2; change++) {
        char *bytes = NEW(a, char, tar.n);
        memcpy(bytes, tar.s, tar.n);
        if (change)
            bytes[600] ^= 1;
        Str top = S("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.tar\"\r\n"
                    "Content-Type: application/x-tar\r\n\r\n");
        Str body = str_cat(a, str_cat(a, top, (Str){bytes, tar.n}), S("\r\n--xx--\r\n"));
        Str ask = str_fmt(a,
                          "POST /archive/verify HTTP/1.1\r\nHost: localhost\r\nConnection: "
                          "close\r\nContent-Type: multipart/form-data; boundary=xx\r\n"
                          "Content-Length: %zu\r\n\r\n",
                          body.n);
        Reply r = client_ask(site.port, a, str_cat(a, ask, body));
        assert_int_equal(r.status, change ? 422 : 200);
        shows(r.body, change ? "被改动过" : "签名有效");
    }
}

static Str figures(Date from, Date to)
{
    Err err = {0};
    Document *doc = NEW(a, Document, 1);
    Buf b = buf_new(a, 1 << 20);
    if (!app_request_figures(&app, from, to, a, doc, &err))
        fail_msg("%s", err.en);
    for (CellIx ix = T3_FIRST; ix < T3_FIRST + T3_CELLS; ix++)
        buf_fmt(&b, "%lld ", (long long)doc->cells[ix].n);
    return buf_str(&b);
}

static int64_t grams(RequestId id, Str gram)
{
    Err err = {0};
    CLEANUP(stmt_end)
    Stmt s = stmt(app.db, "SELECT count(*) FROM request_gram WHERE site_id = ?1"
                          " AND request_id = ?2 AND gram = ?3");
    bind_int(&s, app.site.n);
    bind_int(&s, id.n);
    bind_str(&s, gram);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    assert_true(stmt_ok(&s, &err));
    return n;
}

static void after_its_years_nobody_is_named_and_every_figure_stays(void **state)
{
    (void)state;
    Date filed = date_none, from = date_none, to = date_none;
    Err err = {0};
    assert_true(date_make(2010, 3, 2, &filed) && date_make(2010, 1, 1, &from) &&
                date_make(2010, 12, 31, &to));
    RequestId id = asked("老城区危房名册", filed, true);
    archived(id);
    Str before = figures(from, to);
    Str html = page(&archivist, "/desk/archive/due", 200);
    shows(html, "老城区危房名册");
    shows(html, "手机号码");
    shows(html, "2020年12月31日");
    posted(&archivist, S("/desk/archive/due"), S("mark=0000000000000000"), 409);
    Str f = str_fmt(a, "mark=" PRI_STR, STR_ARG(page_value(a, html, "mark")));
    posted(&archivist, S("/desk/archive/due"), f, 303);
    InfoRequest now;
    if (!store_request_get(app.db, &app.scope, id, a, &now, &err))
        fail_msg("%s", err.en);
    assert_str(now.applicant_name, S("某"));
    assert_str(now.applicant_key, S(""));
    assert_str(now.description, S("联系电话某，要施工合同"));
    assert_int_equal(grams(id, S("张三")), 0); // nor is it found by the name
    assert_int_equal(grams(id, S("老城")), 1);
    assert_str(figures(from, to), before);
    Str tar = page(&archivist, str_to_z(a, address(id, "/archive.tar")), 200);
    hides(tar, "张三丰");
    hides(tar, "0000-1234567");
    ArchiveProof p;
    assert_true(archive_verify(tar, S(""), a, &p, &err));
    hides(page(&archivist, "/desk/archive/due", 200), "老城区危房名册");
    shows(page(&officer, str_to_z(a, address(id, "")), 200), "某（自然人）");
}

// --- what was given out

static void well(bool good, const Err *err)
{
    if (!good)
        fail_msg("%s (%s)", err->en, err->detail);
}

static Str document(const char *words)
{
    PdfPage p = {.w = 260,
                 .h = 90,
                 .content = str_fmt(a, "BT /F1 14 Tf 10 50 Td (%s WILKINSON) Tj ET", words)};
    return pdf_of(a, &p, 1, S(""), S(""));
}

// With a text that is withheld, blacked out, and looked at before and behind.
static ReleaseFile blacked_out(RequestId id, const char *words)
{
    Err err = {0};
    ReleaseFile f;
    ReleaseMaking m;
    ReleaseSheet s;
    RedactMarks marks = {0};
    bool did;
    Str what, png;
    *PUSH(a, &marks) = (RedactMark){.words = S("WILKINSON"), .ground = GROUND_PRIVACY};
    app.in_process = true;
    well(app_release_add(&app, id, S("合同.pdf"), document(words), a, &f, &err) &&
             app_release_mark(&app, f.id, 0, &marks, a, &err) &&
             app_release_order(&app, f.id, 0, a, &m, &err) &&
             app_release_next(&app, a, &did, &what, &err) &&
             app_release_picture(&app, f.id, 1, false, a, &png, &err) &&
             app_release_picture(&app, f.id, 1, true, a, &png, &err) &&
             app_release_sheet(&app, f.id, a, &s, &err),
         &err);
    app.in_process = false;
    assert_int_equal(s.file.state, RELEASE_MADE);
    return s.file;
}

// Of the documents, of what was made, and of both pictures of pages.
static Strs kept_of(const ReleaseFile *f)
{
    Err err = {0};
    Strs at = {0};
    *PUSH(a, &at) = f->address;
    *PUSH(a, &at) = f->result;
    well(store_release_page(app.db, app.site, f->id, f->source_hash, 1, a, PUSH(a, &at), &err) &&
             store_release_page(app.db, app.site, f->id, f->result_hash, 1, a, PUSH(a, &at), &err),
         &err);
    return at;
}

static size_t readable(const Strs *addresses)
{
    Files files = app_files(&app);
    size_t n = 0;
    Str bytes;
    Err err;
    for (size_t i = 0; i < addresses->n; i++)
        n += addresses->v[i].n && files_get_private(&files, addresses->v[i], a, &bytes, &err);
    return n;
}

static void withdrawn(RequestId id, Date on)
{
    Err err = {0};
    InfoRequest now;
    RequestStep step = {.id = id, .fact = {.kind = FACT_WITHDRAWN, .on = on, .until = date_none}};
    well(store_request_get(app.db, &app.scope, id, a, &now, &err), &err);
    step.version = now.version;
    well(app_request_step(&app, step_rules[FACT_WITHDRAWN].may, &step, a, &err), &err);
}

static void after_its_years_files_that_were_given_out_are_gone(void **state)
{
    (void)state;
    Date filed = date_none;
    Err err = {0};
    assert_true(date_make(2010, 5, 4, &filed));
    RequestId old = asked("老城区排水合同", filed, false);
    RequestId young = asked("新城区排水合同", ago(5), false);
    ReleaseFile own = blacked_out(old, "own"), shared = blacked_out(old, "shared");
    ReleaseFile other_own = blacked_out(young, "shared"); // the same document
    Strs own_at = kept_of(&own), shared_at = kept_of(&shared), other_at = kept_of(&other_own);
    assert_str(shared_at.v[0], other_at.v[0]);
    assert_int_equal(readable(&own_at), 4);
    withdrawn(old, (Date){filed.days + 3});
    archived(old);
    Str html = page(&archivist, "/desk/archive/due", 200);
    Str f = str_fmt(a, "mark=" PRI_STR, STR_ARG(page_value(a, html, "mark")));
    posted(&archivist, S("/desk/archive/due"), f, 303);
    assert_int_equal(readable(&own_at), 0);
    assert_int_equal(readable(&other_at), 4); // another request still needs them
    ReleaseMarks marks;
    Str address;
    well(store_release_marks(app.db, app.site, own.id, a, &marks, &err), &err);
    assert_int_equal(marks.v[0].mark.words.n, 0);
    well(store_release_page(app.db, app.site, own.id, own.source_hash, 1, a, &address, &err), &err);
    assert_int_equal(address.n, 0);
    well(store_release_marks(app.db, app.site, other_own.id, a, &marks, &err), &err);
    assert_true(marks.v[0].mark.words.n > 0);
    // What is left of it can be looked at, and says what it is.
    page(&officer,
         str_to_z(a, str_fmt(a, "/desk/requests/%lld/release/%lld", (long long)old.n,
                             (long long)own.id.n)),
         200);
}

static void the_site_sets_other_years_with_a_reason(void **state)
{
    (void)state;
    page(&archivist, "/desk/site/retention", 403);
    shows(page(&archivist, "/desk/archive/retention", 200), "本系统默认");
    posted(&admin, S("/desk/site/retention"), S("kind=withdrawn&years=20"), 422);
    Str f =
        str_cat(a, S("kind=withdrawn&years=20"), form_field(a, "reason", S("县档案局保管期限表")));
    posted(&admin, S("/desk/site/retention"), f, 303);
    shows(page(&archivist, "/desk/archive/retention", 200), "县档案局保管期限表");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_request_becomes_a_package_that_proves_itself),
        cmocka_unit_test(what_is_more_than_sixty_megabytes_has_two_volumes),
        cmocka_unit_test(an_open_request_is_not_archived),
        cmocka_unit_test(nobody_without_the_power_archives_or_reads_a_package),
        cmocka_unit_test(what_is_archived_cannot_be_changed),
        cmocka_unit_test(a_remedy_opens_it_and_both_packages_stay),
        cmocka_unit_test(several_are_archived_at_once_and_those_left_are_told),
        cmocka_unit_test(anybody_proves_a_package_and_a_changed_one_is_refused),
        cmocka_unit_test(after_its_years_nobody_is_named_and_every_figure_stays),
        cmocka_unit_test(after_its_years_files_that_were_given_out_are_gone),
        cmocka_unit_test(the_site_sets_other_years_with_a_reason),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

// What is given to an applicant, through the functions that pages call, on both engines.
#include "test.h"

#include "app/decision.h"
#include "app/key.h"
#include "app/release.h"
#include "pdf_make.h"
#include "site_box.h"
#include "store/audit.h"
#include "store/organ.h"

static struct {
    SiteBox *box;
    App app;
    OrganId housing, water;
} place;
static Arena *a;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static OrganId organ_made(const char *name, const char *short_name)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.short_name = str_z(short_name);
    assert_true(store_organ_add(place.app.db, BOX_SITE, &o, a, &err));
    return o.id;
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state))
        return 1;
    place.box = *state;
    a = &place.box->a;
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2026-03-12"), 1773300000, a, &place.app, &err))
        fail_msg("%s", err.en);
    place.housing = organ_made("示例县住房和城乡建设局", "示住建");
    place.water = organ_made("示例县水务局", "示水务");
    place.app.in_process = true; // this program is not gongkai
    place.app.actor.name = S("周衡");
    assert_true(store_organ_under_refresh(place.app.db, BOX_SITE, &err));
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static void well(bool good, const Err *err)
{
    if (!good)
        fail_msg("%s (%s)", err->en, err->detail);
}

static RequestId request_made(void)
{
    Registered done;
    Err err = {0};
    NewRequest n = {
        .organ = place.housing,
        .channel = CHANNEL_IN_PERSON,
        .filed = day("2026-03-02"),
        .title = S("城东片区老旧小区改造施工合同"),
        .description = S("2024年签订的施工合同，含工程量清单"),
        .form = S("electronic"),
        .way = S("platform"),
        .kind = APPLICANT_NATURAL,
        .name = S("张三"),
        .applicant = {.id_number = S("000000199001010000"), .phone = S("0000-0000000")}};
    well(app_request_register(&place.app, &n, a, &done, &err), &err);
    return done.id;
}

static void answer_with(RequestId id, Outcome outcome)
{
    RequestFile file;
    Err err = {0};
    well(app_request_get(&place.app, id, a, &file, &err), &err);
    RequestStep s = {.id = id,
                     .version = file.request.version,
                     .fact = {.kind = FACT_ANSWERED, .on = day("2026-03-12"), .until = date_none},
                     .outcome = outcome};
    well(app_request_past_step(&place.app, &s, a, &err), &err);
}

static void answer(RequestId id)
{
    answer_with(id, OUTCOME_PARTLY);
}

static const Str TEXT = SI("2024年第二季度公开目录\n");

static ReleaseFile added(RequestId id)
{
    ReleaseFile f;
    Err err = {0};
    well(app_release_add(&place.app, id, S("目录.txt"), TEXT, a, &f, &err), &err);
    return f;
}

static bool ready(RequestId id)
{
    bool is = false;
    Str why;
    Err err = {0};
    well(app_release_ready(&place.app, id, a, &is, &why, &err), &err);
    assert_int_equal(why.n == 0, is);
    return is;
}

static void a_reply_waits_until_every_file_has_been_looked_at(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    assert_false(ready(id));
    ReleaseFile f = added(id);
    assert_false(ready(id));
    well(app_release_clean(&place.app, f.id, f.version, false, S("逐页看过"), a, &err), &err);
    assert_true(ready(id));
    added(id);
    assert_false(ready(id));
}

static void nothing_attached_has_to_be_said(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    well(app_release_elsewhere(&place.app, id, S("到服务大厅三号窗口当场查阅"), a, &err), &err);
    assert_true(ready(id));
    well(app_release_elsewhere(&place.app, id, S(""), a, &err), &err);
    assert_false(ready(id));
}

static void who_said_that_nothing_is_withheld_is_kept(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = added(request_made());
    ReleaseSheet s;
    well(app_release_clean(&place.app, f.id, 0, false, S("逐页看过"), a, &err), &err);
    well(app_release_sheet(&place.app, f.id, a, &s, &err), &err);
    assert_int_equal(s.file.state, RELEASE_CLEAN);
    assert_str(s.file.checked_name, S("周衡"));
    assert_str(s.file.checked_note, S("逐页看过"));
    assert_int_equal(s.file.checked_at, place.app.now);
}

static void two_at_once_are_told(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = added(request_made());
    well(app_release_clean(&place.app, f.id, f.version, false, S(""), a, &err), &err);
    assert_false(app_release_drop(&place.app, f.id, f.version, a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
}

static void what_was_taken_out_is_not_there(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = added(id);
    ReleaseSheet s;
    Release all;
    well(app_release_drop(&place.app, f.id, f.version, a, &err), &err);
    assert_false(app_release_sheet(&place.app, f.id, a, &s, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    well(app_release_get(&place.app, id, a, &all, &err), &err);
    assert_int_equal(all.files.n, 0);
}

static void another_organ_finds_nothing(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = added(id), g;
    ReleaseSheet s;
    Release all;
    Scope whole = place.app.scope;
    place.app.scope = (Scope){.site = BOX_SITE, .root = place.water, .reach = REACH_ORGAN};
    assert_false(app_release_sheet(&place.app, f.id, a, &s, &err));
    assert_false(app_release_get(&place.app, id, a, &all, &err));
    assert_false(app_release_add(&place.app, id, S("a.txt"), TEXT, a, &g, &err));
    assert_false(app_release_drop(&place.app, f.id, 0, a, &err));
    assert_false(app_release_clean(&place.app, f.id, 0, false, S(""), a, &err));
    assert_false(app_release_elsewhere(&place.app, id, S("别处"), a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    place.app.scope = whole;
}

static void before_the_reply_the_applicant_is_given_nothing(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = added(id);
    ReleasePublic given;
    ReleasePublicFile one;
    Str bytes;
    well(app_release_clean(&place.app, f.id, 0, false, S(""), a, &err), &err);
    well(app_release_public(&place.app, id, a, &given, &err), &err);
    assert_int_equal(given.n, 0);
    assert_false(app_release_public_get(&place.app, id, f.id, a, &one, &bytes, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void after_it_what_is_ready_and_nothing_else(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = added(id), open = added(id), other = added(request_made());
    ReleasePublic given;
    ReleasePublicFile one;
    Str bytes;
    well(app_release_clean(&place.app, f.id, 0, false, S(""), a, &err), &err);
    well(app_release_clean(&place.app, other.id, 0, false, S(""), a, &err), &err);
    answer(id);
    well(app_release_public(&place.app, id, a, &given, &err), &err);
    assert_int_equal(given.n, 1);
    assert_str(given.v[0].name, S("目录.txt"));
    well(app_release_public_get(&place.app, id, f.id, a, &one, &bytes, &err), &err);
    assert_str(bytes, TEXT);
    assert_false(app_release_public_get(&place.app, id, open.id, a, &one, &bytes, &err));
    assert_false(app_release_public_get(&place.app, id, other.id, a, &one, &bytes, &err));
}

static void a_refusal_gives_out_nothing_that_had_been_made_ready(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = added(id);
    ReleasePublic given;
    ReleasePublicFile one;
    Str bytes;
    well(app_release_clean(&place.app, f.id, 0, false, S(""), a, &err), &err);
    answer_with(id, OUTCOME_THIRD_PARTY);
    well(app_release_public(&place.app, id, a, &given, &err), &err);
    assert_int_equal(given.n, 0);
    assert_false(app_release_public_get(&place.app, id, f.id, a, &one, &bytes, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void after_the_reply_nothing_can_be_changed(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = added(id), g;
    answer(id);
    assert_false(app_release_drop(&place.app, f.id, 0, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_release_clean(&place.app, f.id, 0, false, S(""), a, &err));
    assert_false(app_release_elsewhere(&place.app, id, S("别处"), a, &err));
    assert_false(app_release_add(&place.app, id, S("a.txt"), TEXT, a, &g, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void what_cannot_be_proven_is_not_taken(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f;
    RequestId id = request_made();
    assert_false(app_release_add(&place.app, id, S("扫描.tif"), S("II*\0...."), a, &f, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(str_has(str_z(err.zh), S("“打印”到PDF")));
    assert_false(app_release_add(&place.app, id, S("a.exe"), S("MZ\x90\0..."), a, &f, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

// --- a file that is blacked out

static Str document(void)
{
    PdfPage p = {
        .w = 260, .h = 90, .content = S("BT /F1 14 Tf 10 50 Td (signed by WILKINSON) Tj ET")};
    return pdf_of(a, &p, 1, S(""), S("/Info << /Author (WILKINSON) >>"));
}

static ReleaseFile pdf_added(RequestId id)
{
    ReleaseFile f;
    Err err = {0};
    well(app_release_add(&place.app, id, S("合同.pdf"), document(), a, &f, &err), &err);
    return f;
}

static bool mark(ReleaseFileId file, RedactMark m, Err *err)
{
    RedactMarks marks = {0};
    m.ground = GROUND_PRIVACY;
    *PUSH(a, &marks) = m;
    return app_release_mark(&place.app, file, 0, &marks, a, err);
}

static void withhold(ReleaseFileId file, const char *words)
{
    Err err = {0};
    well(mark(file, (RedactMark){.words = str_z(words)}, &err), &err);
}

static ReleaseSheet sheet(ReleaseFileId file)
{
    ReleaseSheet s;
    Err err = {0};
    well(app_release_sheet(&place.app, file, a, &s, &err), &err);
    return s;
}

// --- ordered, and worked off by hand

static ReleaseMaking ordered(ReleaseFileId file)
{
    ReleaseMaking m;
    Err err = {0};
    well(app_release_order(&place.app, file, 0, a, &m, &err), &err);
    return m;
}

static bool worked(void)
{
    bool did = false;
    Str what;
    Err err = {0};
    well(app_release_next(&place.app, a, &did, &what, &err), &err);
    return did;
}

static ReleaseFile made(ReleaseFileId file)
{
    ordered(file);
    assert_true(worked());
    return sheet(file).file;
}

static void an_order_waits_is_worked_off_once_and_says_so(void **state)
{
    (void)state;
    RequestId id = request_made();
    ReleaseFile f = pdf_added(id);
    withhold(f.id, "WILKINSON");
    assert_int_equal(ordered(f.id).state, MAKING_WAITING);
    assert_int_equal(sheet(f.id).making.state, MAKING_WAITING);
    assert_int_equal(sheet(f.id).file.state, RELEASE_OPEN);
    assert_true(worked());
    assert_false(worked());
    ReleaseSheet s = sheet(f.id);
    assert_int_equal(s.making.state, MAKING_DONE);
    assert_int_equal(s.making.done, s.making.pages);
    assert_str(s.making.name, S("周衡"));
    assert_int_equal(s.file.state, RELEASE_MADE);
}

static void two_officers_at_once_order_it_once(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    ReleaseMaking m;
    ordered(f.id);
    place.app.actor.name = S("许文");
    place.app.now += 5;
    well(app_release_order(&place.app, f.id, f.version, a, &m, &err), &err);
    place.app.actor.name = S("周衡");
    place.app.now -= 5;
    assert_str(m.name, S("周衡"));
    assert_int_equal(m.ordered_at, place.app.now);
    assert_true(worked());
    assert_false(worked());
}

static void a_reply_waits_for_what_is_ordered(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = pdf_added(id);
    made(f.id);
    well(app_release_confirm(&place.app, f.id, 0, false, a, &err), &err);
    assert_true(ready(id));
    ordered(f.id);
    assert_false(ready(id)); // it will be another
    assert_false(app_release_confirm(&place.app, f.id, 0, true, a, &err));
    well(app_release_cancel(&place.app, f.id, a, &err), &err);
    assert_true(ready(id)); // what was proven still stands
}

static void what_is_cancelled_is_not_made(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    ordered(f.id);
    well(app_release_cancel(&place.app, f.id, a, &err), &err);
    assert_false(worked());
    ReleaseSheet s = sheet(f.id);
    assert_int_equal(s.making.state, MAKING_CANCELLED);
    assert_int_equal(s.file.state, RELEASE_OPEN);
    assert_false(app_release_cancel(&place.app, f.id, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_int_equal(ordered(f.id).state, MAKING_WAITING); // and may be ordered again
    assert_true(worked());
}

static void other_marks_make_the_order_stale(void **state)
{
    (void)state;
    ReleaseFile f = pdf_added(request_made());
    withhold(f.id, "WILKINSON");
    ordered(f.id);
    withhold(f.id, "signed");
    assert_int_equal(sheet(f.id).making.state, MAKING_STALE);
    assert_false(worked());
    assert_int_equal(made(f.id).state, RELEASE_MADE);
}

// While it is worked on, the row is taken by another hand: what this one makes is not kept.
static void what_was_changed_in_the_middle_is_not_kept(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    ReleaseMaking m;
    bool mine = true;
    ordered(f.id);
    well(store_making_take(place.app.db, BOX_SITE, S("one"), place.app.now, a, &m, &err), &err);
    assert_int_equal(m.file.n, f.id.n);
    assert_int_equal(sheet(f.id).making.state, MAKING_GOING);
    assert_false(worked()); // somebody holds it
    well(store_making_beat(place.app.db, BOX_SITE, f.id, S("one"), 1, place.app.now, &mine, &err),
         &err);
    assert_true(mine);
    assert_int_equal(sheet(f.id).making.done, 1);
    withhold(f.id, "WILKINSON");
    well(store_making_beat(place.app.db, BOX_SITE, f.id, S("one"), 1, place.app.now, &mine, &err),
         &err);
    assert_false(mine);
    well(store_making_end(place.app.db, BOX_SITE, f.id, S("one"), MAKING_DONE, S(""), place.app.now,
                          &mine, &err),
         &err);
    assert_false(mine);
    assert_int_equal(sheet(f.id).making.state, MAKING_STALE);
}

static void a_worker_that_died_is_followed_by_another(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    ReleaseMaking m;
    int64_t now = place.app.now;
    ordered(f.id);
    well(store_making_take(place.app.db, BOX_SITE, S("dead"), now, a, &m, &err), &err);
    place.app.now = now + MAKING_HOLD_S - 1;
    assert_false(worked());
    place.app.now = now + MAKING_HOLD_S;
    assert_true(worked());
    place.app.now = now;
    assert_int_equal(sheet(f.id).file.state, RELEASE_MADE);
    assert_int_equal(sheet(f.id).making.tries, 2);
}

static void what_ends_every_worker_is_given_up(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    ReleaseMaking m;
    int64_t now = place.app.now;
    ordered(f.id);
    for (int i = 0; i < MAKING_TRIES; i++, place.app.now += MAKING_HOLD_S)
        well(store_making_take(place.app.db, BOX_SITE, S("dead"), place.app.now, a, &m, &err),
             &err);
    assert_true(worked());
    place.app.now = now;
    ReleaseSheet s = sheet(f.id);
    assert_int_equal(s.making.state, MAKING_FAILED);
    assert_true(str_has(s.making.why, S("分成几份")));
    assert_false(worked());
}

static void a_server_that_ends_leaves_the_order_to_the_next(void **state)
{
    (void)state;
    ReleaseFile f = pdf_added(request_made());
    FetchStop stop = {1};
    ordered(f.id);
    place.app.stop = &stop;
    assert_true(worked());
    place.app.stop = NULL;
    ReleaseSheet s = sheet(f.id);
    assert_int_equal(s.making.state, MAKING_WAITING);
    assert_int_equal(s.making.tries, 0);
    assert_true(worked()); // at once
    assert_int_equal(sheet(f.id).file.state, RELEASE_MADE);
}

static void the_oldest_order_comes_first(void **state)
{
    (void)state;
    ReleaseFile one = pdf_added(request_made()), two = pdf_added(request_made());
    ordered(two.id);
    place.app.now += 1;
    ordered(one.id);
    place.app.now -= 1;
    assert_int_equal(sheet(one.id).making.ahead, 1);
    assert_int_equal(sheet(two.id).making.ahead, 0);
    assert_true(worked());
    assert_int_equal(sheet(two.id).making.state, MAKING_DONE);
    assert_int_equal(sheet(one.id).making.state, MAKING_WAITING);
    assert_true(worked());
}

static void after_the_reply_what_was_ordered_comes_to_nothing(void **state)
{
    (void)state;
    RequestId id = request_made();
    ReleaseFile f = pdf_added(id);
    ordered(f.id);
    answer(id);
    assert_true(worked());
    ReleaseSheet s = sheet(f.id);
    assert_int_equal(s.making.state, MAKING_FAILED);
    assert_true(str_has(s.making.why, S("已经答复")));
    assert_int_equal(s.file.state, RELEASE_OPEN);
}

static void what_its_pages_do_not_show_is_given_out_knowingly(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    assert_false(app_release_clean(&place.app, f.id, 0, false, S("看过"), a, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(str_has(str_z(err.zh), S("作者")));
    well(app_release_clean(&place.app, f.id, 0, true, S("看过"), a, &err), &err);
    Str note = sheet(f.id).file.checked_note;
    assert_true(str_has(note, S("知道并一并提供：文件属性里的作者")));
    assert_true(str_has(note, S("看过")));
}

static void what_is_given_is_the_proven_result(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = pdf_added(id);
    ReleasePublicFile one;
    Str bytes;
    assert_int_equal(f.pages, 1);
    withhold(f.id, "WILKINSON");
    assert_int_equal(made(f.id).state, RELEASE_MADE);
    assert_false(ready(id)); // nobody has looked at it
    well(app_release_confirm(&place.app, f.id, 0, false, a, &err), &err);
    assert_true(ready(id));
    answer(id);
    well(app_release_public_get(&place.app, id, f.id, a, &one, &bytes, &err), &err);
    assert_str(one.name, S("合同（遮盖后）.pdf"));
    assert_true(one.redacted);
    assert_true(str_starts(bytes, S("%PDF-")));
    assert_false(str_has(bytes, S("WILKINSON")));
}

static void a_new_mark_undoes_what_was_made(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = pdf_added(id);
    withhold(f.id, "WILKINSON");
    made(f.id);
    well(app_release_confirm(&place.app, f.id, 0, false, a, &err), &err);
    withhold(f.id, "signed");
    assert_int_equal(sheet(f.id).file.state, RELEASE_OPEN);
    assert_false(ready(id));
    assert_false(app_release_confirm(&place.app, f.id, 0, true, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void a_mark_taken_out_undoes_it_too(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    withhold(f.id, "WILKINSON");
    withhold(f.id, "signed");
    made(f.id);
    well(app_release_unmark(&place.app, f.id, 0, 2, a, &err), &err);
    ReleaseSheet s = sheet(f.id);
    assert_int_equal(s.file.state, RELEASE_OPEN);
    assert_int_equal(s.marks.n, 1);
    assert_str(s.marks.v[0].mark.words, S("WILKINSON"));
    assert_false(app_release_unmark(&place.app, f.id, 0, 7, a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void a_text_found_nowhere_has_to_be_looked_for(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    withhold(f.id, "NOWHERE");
    made(f.id);
    assert_false(app_release_confirm(&place.app, f.id, 0, false, a, &err));
    assert_true(str_has(str_z(err.zh), S("没有找到")));
    well(app_release_confirm(&place.app, f.id, 0, true, a, &err), &err);
    assert_str(sheet(f.id).file.checked_note, S("已逐页看过"));
}

static void with_marks_it_is_not_said_to_need_nothing(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    withhold(f.id, "WILKINSON");
    assert_false(app_release_clean(&place.app, f.id, 0, false, S(""), a, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void what_is_withheld_stands_nowhere_in_the_open(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    withhold(f.id, "WILKINSON");
    made(f.id);
    ReleaseMarks sealed;
    Str json;
    well(store_release_marks(place.app.db, BOX_SITE, f.id, a, &sealed, &err), &err);
    assert_false(str_has(sealed.v[0].mark.words, S("WILKINSON")));
    well(app_release_certificate(&place.app, f.id, a, &json, &err), &err);
    assert_false(str_has(json, S("WILKINSON")));
    assert_true(str_has(json, S("\"proven\":true")));
    enum { LINES = 500 };
    AuditLine *lines = NEW(a, AuditLine, LINES);
    size_t n;
    well(store_audit_after(place.app.db, BOX_SITE, 0, LINES, a, lines, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        assert_false(str_has(lines[i].became, S("WILKINSON")));
}

static void pages_are_shown_and_each_look_is_noted(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made());
    Str one, two, none;
    well(app_release_picture(&place.app, f.id, 1, false, a, &one, &err), &err);
    well(app_release_picture(&place.app, f.id, 1, false, a, &two, &err), &err);
    assert_str(one, two);
    assert_true(str_starts(one, S("\x89PNG")));
    assert_false(app_release_picture(&place.app, f.id, 2, false, a, &none, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(
        app_release_picture(&place.app, f.id, 1, true, a, &none, &err)); // nothing made yet
}

static void marks_that_cannot_be_meant_are_refused(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f = pdf_added(request_made()), text = added(request_made());
    assert_false(mark(f.id, (RedactMark){.box = {2, 0, 0, 100, 100}}, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_false(mark(f.id, (RedactMark){.words = S("三")}, &err));
    assert_false(mark(text.id, (RedactMark){.words = S("目录")}, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_int_equal(sheet(f.id).marks.n, 0);
}

static void a_broken_document_is_refused_at_the_door(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f;
    assert_false(app_release_add(&place.app, request_made(), S("a.pdf"), S("%PDF-1.7\nnothing"), a,
                                 &f, &err));
    assert_int_equal(err.kind, ERR_UNREADABLE);
}

static Decision signed_for(RequestId id)
{
    Err err = {0};
    Decision d = {.request = id,
                  .nth = 1,
                  .state = DECISION_SIGNED,
                  .signed_on = place.app.today,
                  .sheet = {.chosen = true, .outcome = OUTCOME_PARTLY}};
    well(store_decision_save(place.app.db, place.app.site, &d, place.app.now, a, &err), &err);
    return d;
}

static void after_the_signature_only_more_is_blacked_out(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = request_made();
    ReleaseFile f = pdf_added(id);
    Sending now = {.way = SEND_PLATFORM, .on = place.app.today};
    withhold(f.id, "WILKINSON");
    Decision d = signed_for(id);
    withhold(f.id, "signed");
    ReleaseSheet s = sheet(f.id);
    assert_true(s.open && s.fixed);
    assert_false(app_release_unmark(&place.app, f.id, 0, s.marks.v[1].mark.id, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_decision_send(&place.app, id, d.version, &now, a, &err));
    assert_non_null(strstr(err.zh, "还没有准备好")); // until it is done
    assert_int_equal(made(f.id).state, RELEASE_MADE);
    well(app_release_confirm(&place.app, f.id, 0, true, a, &err), &err);
    assert_true(ready(id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_waits_until_every_file_has_been_looked_at),
        cmocka_unit_test(nothing_attached_has_to_be_said),
        cmocka_unit_test(who_said_that_nothing_is_withheld_is_kept),
        cmocka_unit_test(two_at_once_are_told),
        cmocka_unit_test(what_was_taken_out_is_not_there),
        cmocka_unit_test(another_organ_finds_nothing),
        cmocka_unit_test(before_the_reply_the_applicant_is_given_nothing),
        cmocka_unit_test(after_it_what_is_ready_and_nothing_else),
        cmocka_unit_test(a_refusal_gives_out_nothing_that_had_been_made_ready),
        cmocka_unit_test(after_the_reply_nothing_can_be_changed),
        cmocka_unit_test(after_the_signature_only_more_is_blacked_out),
        cmocka_unit_test(what_cannot_be_proven_is_not_taken),
        cmocka_unit_test(an_order_waits_is_worked_off_once_and_says_so),
        cmocka_unit_test(two_officers_at_once_order_it_once),
        cmocka_unit_test(a_reply_waits_for_what_is_ordered),
        cmocka_unit_test(what_is_cancelled_is_not_made),
        cmocka_unit_test(other_marks_make_the_order_stale),
        cmocka_unit_test(what_was_changed_in_the_middle_is_not_kept),
        cmocka_unit_test(a_worker_that_died_is_followed_by_another),
        cmocka_unit_test(what_ends_every_worker_is_given_up),
        cmocka_unit_test(a_server_that_ends_leaves_the_order_to_the_next),
        cmocka_unit_test(the_oldest_order_comes_first),
        cmocka_unit_test(after_the_reply_what_was_ordered_comes_to_nothing),
        cmocka_unit_test(what_its_pages_do_not_show_is_given_out_knowingly),
        cmocka_unit_test(what_is_given_is_the_proven_result),
        cmocka_unit_test(a_new_mark_undoes_what_was_made),
        cmocka_unit_test(a_mark_taken_out_undoes_it_too),
        cmocka_unit_test(a_text_found_nowhere_has_to_be_looked_for),
        cmocka_unit_test(with_marks_it_is_not_said_to_need_nothing),
        cmocka_unit_test(what_is_withheld_stands_nowhere_in_the_open),
        cmocka_unit_test(pages_are_shown_and_each_look_is_noted),
        cmocka_unit_test(marks_that_cannot_be_meant_are_refused),
        cmocka_unit_test(a_broken_document_is_refused_at_the_door),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

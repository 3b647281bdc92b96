// What is given to an applicant, through the functions that pages call, on both engines.
#include "test.h"

#include "app/key.h"
#include "app/release.h"
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

static void answer(RequestId id)
{
    RequestFile file;
    Err err = {0};
    well(app_request_get(&place.app, id, a, &file, &err), &err);
    RequestStep s = {.id = id,
                     .version = file.request.version,
                     .fact = {.kind = FACT_ANSWERED, .on = day("2026-03-12"), .until = date_none},
                     .outcome = OUTCOME_PARTLY};
    well(app_request_past_step(&place.app, &s, a, &err), &err);
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
    well(app_release_clean(&place.app, f.id, f.version, S("逐页看过"), a, &err), &err);
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
    well(app_release_clean(&place.app, f.id, 0, S("逐页看过"), a, &err), &err);
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
    well(app_release_clean(&place.app, f.id, f.version, S(""), a, &err), &err);
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
    assert_false(app_release_clean(&place.app, f.id, 0, S(""), a, &err));
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
    well(app_release_clean(&place.app, f.id, 0, S(""), a, &err), &err);
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
    well(app_release_clean(&place.app, f.id, 0, S(""), a, &err), &err);
    well(app_release_clean(&place.app, other.id, 0, S(""), a, &err), &err);
    answer(id);
    well(app_release_public(&place.app, id, a, &given, &err), &err);
    assert_int_equal(given.n, 1);
    assert_str(given.v[0].name, S("目录.txt"));
    well(app_release_public_get(&place.app, id, f.id, a, &one, &bytes, &err), &err);
    assert_str(bytes, TEXT);
    assert_false(app_release_public_get(&place.app, id, open.id, a, &one, &bytes, &err));
    assert_false(app_release_public_get(&place.app, id, other.id, a, &one, &bytes, &err));
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
    assert_false(app_release_clean(&place.app, f.id, 0, S(""), a, &err));
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
    assert_true(str_has(str_z(err.zh), S("另存为PDF")));
    assert_false(app_release_add(&place.app, id, S("a.exe"), S("MZ\x90\0..."), a, &f, &err));
    assert_int_equal(err.kind, ERR_INPUT);
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
        cmocka_unit_test(after_the_reply_nothing_can_be_changed),
        cmocka_unit_test(what_cannot_be_proven_is_not_taken),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

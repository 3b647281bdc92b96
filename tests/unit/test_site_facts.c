// What a site sets: index numbers, colours, codes, divisions.
#include "../test.h"

#include "domain/colour.h"
#include "domain/division.h"
#include "domain/index_no.h"
#include "domain/site.h"

static Arena a;

// --- index numbers

typedef struct NumberRow {
    const char *name, *form;
    int64_t serial;
    const char *want; // NULL: refused
} NumberRow;

// clang-format off
static const NumberRow numbers[] = {
    { "code, month, five digits",          "{信用代码}/{年月}-{流水:5}",       13,     "11341702486344515H/202603-00013" },
    { "the same in English",               "{credit}/{month}-{serial:5}",      13,     "11341702486344515H/202603-00013" },
    { "nine of the code, year",            "{代码9}/{年}-{流水:5}",            4736,   "486344515/2026-04736" },
    { "division, own code, day",           "{区划}-{机关代码}-{年月日}-{流水:3}", 7,   "341702-0007-20260319-007" },
    { "letters in front",                  "za{代码9}-{年}-{流水:6}",          71,     "za486344515-2026-000071" },
    { "five digits unless said",           "{年}{流水}",                       1,      "202600001" },
    { "the serial at the front",           "{流水:2}-{年}",                    99,     "99-2026" },
    { "a serial that has outgrown it",     "{流水:2}-{年}",                    100,    NULL },
    { "no serial",                         "{信用代码}/{年}",                  1,      NULL },
    { "two serials",                       "{流水:2}{流水:3}",                 1,      NULL },
    { "a place that is none",              "{部门}{流水:5}",                   1,      NULL },
    { "a brace that stays open",           "{年}{流水:5",                      1,      NULL },
    { "a brace that only closes",          "年}{流水:5}",                      1,      NULL },
    { "a serial of no digits",             "{流水:0}",                         1,      NULL },
    { "a serial of ten digits",            "{流水:10}",                        1,      NULL },
    { "digits where none belong",          "{年:4}{流水:5}",                   1,      NULL },
    { "a space",                           "{年} {流水:5}",                    1,      NULL },
    { "HTML",                              "<b>{流水:5}",                      1,      NULL },
    { "a quote",                           "'{流水:5}",                        1,      NULL },
    { "nothing",                           "",                                 1,      NULL },
    { "a number of no meaning",            "{流水:5}",                         0,      NULL },
};
// clang-format on

static Organ bureau(void)
{
    Organ o;
    organ_from_name(S("示例市水务局"), &o);
    o.credit_code = S("11341702486344515H");
    o.code = S("0007");
    o.division = S("341702");
    return o;
}

static Date march(void)
{
    Date d;
    assert_true(date_make(2026, 3, 19, &d));
    return d;
}

static void check_number(void **state)
{
    const NumberRow *row = *state;
    Organ o = bureau();
    Str out = S("untouched"), counted;
    Err err = {0};
    bool ok = index_no_make(str_z(row->form), &o, march(), row->serial, &a, &out, &counted, &err);
    assert_int_equal(ok, row->want != NULL);
    assert_str(out, row->want ? str_z(row->want) : S("untouched"));
}

static void a_number_needs_what_it_is_made_of(void **state)
{
    (void)state;
    Organ o = bureau();
    Str out, counted;
    Err err = {0};
    o.credit_code = S("");
    assert_false(index_no_make(S("{信用代码}-{流水:5}"), &o, march(), 1, &a, &out, &counted, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_true(index_no_make(S("{机关代码}-{流水:5}"), &o, march(), 1, &a, &out, &counted, &err));
    assert_str(counted, S("0007-#"));
}

// --- colours

static void contrasts_are_those_of_the_standard(void **state)
{
    (void)state;
    Colour c, white = {255, 255, 255}, black = {0, 0, 0};
    Err err;
    assert_int_equal(colour_contrast(white, black), 2100);
    assert_int_equal(colour_contrast(white, white), 100);
    assert_true(colour_read(S("#767676"), &c, &err)); // the lightest grey that passes
    assert_int_equal(colour_contrast(c, white), 454);
    assert_true(colour_read(S("#777777"), &c, &err));
    assert_true(colour_contrast(c, white) < CONTRAST_TEXT);
}

static void a_colour_too_light_for_text_is_refused(void **state)
{
    (void)state;
    Colour c;
    Err err = {0};
    assert_true(colour_for_text(S("#1B4B87"), &c, &err));
    assert_str(colour_text(&a, c), S("#1b4b87"));
    assert_false(colour_for_text(S("#f5c518"), &c, &err));
    assert_int_equal(err.kind, ERR_RULE);
    static const char *const none[] = {
        "", "red", "#12345", "#1234567", "#12345g", "1b4b87", "#1b4b87;}body{display:none"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(colour_for_text(str_z(none[i]), &c, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
}

static void the_style_sheet_holds_colours_and_nothing_else(void **state)
{
    (void)state;
    Str css = colour_css(&a, S("#1b4b87"), S("#b3261e"));
    assert_true(str_has(css, S("--accent: #1b4b87;")));
    assert_true(str_has(css, S("--brand: #b3261e;")));
    css = colour_css(&a, S("url(evil)"), S(""));
    assert_false(str_has(css, S("evil")));
    assert_false(str_has(css, S("--brand")));
}

// --- divisions

static void a_division_is_known_by_its_code(void **state)
{
    (void)state;
    assert_str(division_full_name(&a, S("130102")), S("河北省石家庄市长安区"));
    assert_str(division_full_name(&a, S("1301")), S("河北省石家庄市"));
    assert_str(division_full_name(&a, S("130100")), S("河北省石家庄市"));
    assert_str(division_full_name(&a, S("130000")), S("河北省"));
    assert_str(division_full_name(&a, S("13")), S("河北省"));
    assert_str(division_full_name(&a, S("130102001000")), S("河北省石家庄市长安区"));
    assert_str(division_full_name(&a, S("110101")), S("北京市东城区"));
    assert_str(division_full_name(&a, S("990000")), S(""));
    assert_str(division_full_name(&a, S("")), S(""));
}

static void divisions_are_found_by_name_and_by_the_front_of_their_code(void **state)
{
    (void)state;
    Divisions found;
    division_find(S("石家庄市"), 5, &a, &found);
    assert_str(found.v[0].code, S("1301"));
    assert_int_equal(found.n, 5);
    division_find(S("石家庄市长安"), 5, &a, &found);
    assert_int_equal(found.n, 1);
    division_find(S("1301"), 100, &a, &found);
    assert_true(found.n > 10);
    division_find(S(""), 100, &a, &found);
    assert_int_equal(found.n, 0);
    division_children(S(""), &a, &found);
    assert_int_equal(found.n, 31);
    division_children(S("1301"), &a, &found);
    assert_true(found.n > 10);
    assert_str(found.v[0].name, S("长安区"));
}

static void every_area_lies_in_a_city_and_every_city_in_a_province(void **state)
{
    (void)state;
    Divisions provinces, cities, areas;
    size_t n = 0;
    division_children(S(""), &a, &provinces);
    for (size_t i = 0; i < provinces.n; i++) {
        division_children(provinces.v[i].code, &a, &cities);
        assert_true(cities.n > 0);
        for (size_t j = 0; j < cities.n; j++) {
            division_children(cities.v[j].code, &a, &areas);
            n += areas.n;
        }
    }
    assert_int_equal(n, 2978); // all lines of areas.csv but its head
}

// --- fields

static void fields_of_a_site_are_checked(void **state)
{
    (void)state;
    static const struct {
        SiteField field;
        const char *text;
        bool ok;
    } rows[] = {
        {SF_NAME, "示例县人民政府", true},
        {SF_NAME, "", false},
        {SF_NAME, "a\nb", false},
        {SF_CODE, "4207000016", true},
        {SF_CODE, "420700001", false},
        {SF_CODE, "42070000l6", false},
        {SF_CODE, "", true},
        {SF_ACCENT, "#1b4b87", true},
        {SF_ACCENT, "#ffff00", false},
        {SF_BRAND, "", true},
        {SF_INDEX, "{年}-{流水:5}", true},
        {SF_INDEX, "{年}", false},
        {SF_OFFICE_MAIL, "x", false},
        {SF_DIVISION, "13x", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Site site = {0};
        Err err;
        assert_int_equal(site_field_set(&site, rows[i].field, str_z(rows[i].text), &a, &err),
                         rows[i].ok);
        assert_str(site_field_get(&site, rows[i].field), rows[i].ok ? str_z(rows[i].text) : S(""));
    }
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    a = arena_new(64 << 20);
    static struct CMUnitTest tests[64];
    size_t n = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        tests[n++] = (struct CMUnitTest){numbers[i].name, check_number, NULL, NULL,
                                         (void *)(uintptr_t)&numbers[i]};
    const struct CMUnitTest others[] = {
        cmocka_unit_test(a_number_needs_what_it_is_made_of),
        cmocka_unit_test(contrasts_are_those_of_the_standard),
        cmocka_unit_test(a_colour_too_light_for_text_is_refused),
        cmocka_unit_test(the_style_sheet_holds_colours_and_nothing_else),
        cmocka_unit_test(a_division_is_known_by_its_code),
        cmocka_unit_test(divisions_are_found_by_name_and_by_the_front_of_their_code),
        cmocka_unit_test(every_area_lies_in_a_city_and_every_city_in_a_province),
        cmocka_unit_test(fields_of_a_site_are_checked),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        tests[n++] = others[i];
    return _cmocka_run_group_tests("site_facts", tests, n, NULL, NULL);
}

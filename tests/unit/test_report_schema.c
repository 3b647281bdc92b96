// What we print matches what we publish: docs/report.schema.json. The validator knows the words of
// JSON Schema that the file uses and refuses one it does not know.
#include "test.h"

#include "doc_builder.h"

#include "base/file.h"
#include "base/json.h"
#include "base/regex.h"
#include "report/diff_out.h"
#include "report/report_json.h"
#include "report/sum_out.h"

#include <math.h>

typedef struct Schema {
    const Json *root;
    Arena *a;
    Str why; // the first thing that does not match
} Schema;

static bool matches(Schema *s, const Json *rule, const Json *v, Str path);

static bool no(Schema *s, Str path, Str what)
{
    if (s->why.n == 0)
        s->why = str_fmt(s->a, PRI_STR ": " PRI_STR, STR_ARG(path), STR_ARG(what));
    return false;
}

static bool is_type(const Json *v, Str type)
{
    double n;
    bool b;
    if (str_eq(type, S("object")))
        return json_is_object(v);
    if (str_eq(type, S("array")))
        return json_is_array(v);
    if (str_eq(type, S("string")))
        return json_is_str(v);
    if (str_eq(type, S("null")))
        return json_is_null(v);
    if (str_eq(type, S("boolean")))
        return json_as_bool(v, &b);
    if (str_eq(type, S("number")))
        return json_as_real(v, &n);
    assert_str(type, S("integer"));
    return json_as_real(v, &n) && n == floor(n);
}

static bool same(const Json *x, const Json *y)
{
    Str s, t;
    double n, m;
    if (json_as_str(x, &s))
        return json_as_str(y, &t) && str_eq(s, t);
    if (json_as_real(x, &n))
        return json_as_real(y, &m) && n == m;
    return json_is_null(x) && json_is_null(y);
}

static bool pattern(Schema *s, Str expression, Str text)
{
    RegexMatch m;
    for (size_t i = 0; i < 8; i++) {
        static Regex known[8];
        static Str of[8];
        if (of[i].n == 0) {
            // kept for the life of the test: the expression is compiled once
            of[i] = str_z(strdup(str_to_z(s->a, expression)));
            known[i].pattern = of[i].s;
        }
        if (str_eq(of[i], expression))
            return regex_find(&known[i], text, 0, &m);
    }
    fail_msg("more patterns than the test has room for");
    return false;
}

static bool one_of_types(const Json *types, const Json *v)
{
    Str type;
    if (json_as_str(types, &type))
        return is_type(v, type);
    for (const Json *t = json_first(types); t; t = json_next(t))
        if (json_as_str(t, &type) && is_type(v, type))
            return true;
    return false;
}

static bool in_enum(const Json *values, const Json *v)
{
    for (const Json *x = json_first(values); x; x = json_next(x))
        if (same(x, v))
            return true;
    return false;
}

static const Json *rule_of_member(Schema *s, const Json *rule, Str name)
{
    const Json *own = json_get(json_get(rule, "properties"), str_to_z(s->a, name));
    const Json *by_pattern = json_first(json_get(rule, "patternProperties"));
    for (; !own && by_pattern; by_pattern = json_next(by_pattern))
        if (pattern(s, json_name(by_pattern), name))
            own = by_pattern;
    return own;
}

static bool object_matches(Schema *s, const Json *rule, const Json *v, Str path)
{
    for (const Json *r = json_first(json_get(rule, "required")); r; r = json_next(r)) {
        Str name;
        if (json_as_str(r, &name) && !json_get(v, str_to_z(s->a, name)))
            return no(s, path, str_cat(s->a, S("lacks "), name));
    }
    for (const Json *m = json_first(v); m; m = json_next(m)) {
        Str at = str_fmt(s->a, PRI_STR "/" PRI_STR, STR_ARG(path), STR_ARG(json_name(m)));
        const Json *member = rule_of_member(s, rule, json_name(m));
        if (!member)
            return no(s, at, S("is not described"));
        if (!matches(s, member, m, at))
            return false;
    }
    return true;
}

static bool array_matches(Schema *s, const Json *rule, const Json *v, Str path)
{
    size_t i = 0;
    for (const Json *e = json_first(v); e; e = json_next(e), i++)
        if (!matches(s, json_get(rule, "items"), e,
                     str_fmt(s->a, PRI_STR "/%zu", STR_ARG(path), i)))
            return false;
    return (int64_t)i >= json_get_int(rule, "minItems", 0) &&
           (int64_t)i <= json_get_int(rule, "maxItems", INT32_MAX);
}

static const Json *follow(Schema *s, const Json *rule)
{
    Str ref = json_get_str(rule, "$ref");
    if (ref.n == 0)
        return rule;
    assert_true(str_starts(ref, S("#/$defs/")));
    const Json *to = json_get(json_get(s->root, "$defs"), str_to_z(s->a, str_from(ref, 8)));
    if (!to)
        fail_msg("nothing is called " PRI_STR, STR_ARG(ref));
    return to;
}

static void only_known_words(const Json *rule)
{
    static const char *const known[] = {"$schema",
                                        "$id",
                                        "$defs",
                                        "$ref",
                                        "title",
                                        "description",
                                        "type",
                                        "enum",
                                        "const",
                                        "properties",
                                        "patternProperties",
                                        "additionalProperties",
                                        "required",
                                        "items",
                                        "minItems",
                                        "maxItems",
                                        "minimum",
                                        "maximum",
                                        "pattern",
                                        "oneOf"};
    for (const Json *word = json_first(rule); word; word = json_next(word)) {
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is_known = is_known || str_eq(json_name(word), str_z(known[i]));
        if (!is_known)
            fail_msg("the test does not know the word " PRI_STR, STR_ARG(json_name(word)));
    }
}

static bool one_of(Schema *s, const Json *rules, const Json *v, Str path)
{
    int n = 0;
    Str why = s->why;
    for (const Json *r = json_first(rules); r; r = json_next(r))
        n += matches(s, r, v, path);
    if (n == 1)
        s->why = why;
    return n == 1 || no(s, path, S("is not exactly one of the shapes"));
}

static bool matches(Schema *s, const Json *rule, const Json *v, Str path)
{
    double n;
    Str text;
    rule = follow(s, rule);
    only_known_words(rule);
    const Json *type = json_get(rule, "type"), *constant = json_get(rule, "const");
    const Json *values = json_get(rule, "enum"), *shapes = json_get(rule, "oneOf");
    if (shapes && !one_of(s, shapes, v, path))
        return false;
    if (type && !one_of_types(type, v))
        return no(s, path, S("is of another type"));
    if (constant && !same(constant, v))
        return no(s, path, S("is another constant"));
    if (values && !in_enum(values, v))
        return no(s, path, S("is none of the values"));
    if (json_as_str(v, &text) && json_get(rule, "pattern") &&
        !pattern(s, json_get_str(rule, "pattern"), text))
        return no(s, path, str_cat(s->a, S("does not fit the pattern: "), text));
    if (json_as_real(v, &n) && (n < (double)json_get_int(rule, "minimum", INT32_MIN) ||
                                n > (double)json_get_int(rule, "maximum", INT64_C(1) << 52)))
        return no(s, path, S("is out of range"));
    if (json_is_object(v) && (json_get(rule, "properties") || json_get(rule, "patternProperties")))
        return object_matches(s, rule, v, path);
    return !json_is_array(v) || array_matches(s, rule, v, path);
}

static Schema schema_of(Arena *a)
{
    Schema s = {.a = a};
    Str text;
    Err err;
    if (!file_read(S(SOURCE_ROOT "/docs/report.schema.json"), 1 << 20, a, &text, &err) ||
        !json_read(text, 1 << 20, a, &s.root, &err))
        fail_msg("%s", err.en);
    return s;
}

static void assert_valid(Arena *a, Str json)
{
    Schema s = schema_of(a);
    const Json *v;
    Err err;
    if (!json_read(json, JSON_MAX_BYTES, a, &v, &err))
        fail_msg("%s: " PRI_STR, err.en, STR_ARG(json));
    if (!matches(&s, s.root, v, S("")))
        fail_msg(PRI_STR, STR_ARG(s.why));
}

static void assert_invalid(Arena *a, Str json)
{
    Schema s = schema_of(a);
    const Json *v;
    Err err;
    assert_true(json_read(json, JSON_MAX_BYTES, a, &v, &err));
    assert_false(matches(&s, s.root, v, S("")));
}

// --- the sentences ---

static void a_checked_report_of_every_edition_matches_the_published_schema(void **state)
{
    (void)state;
    for (int e = EDITION_STAT2014; e < EDITION__COUNT; e++) {
        Arena a = arena_new((size_t)1 << 30);
        Document *d = doc_new(&a, (Edition)e, editions[e].year_from);
        doc_note(d, &a, NOTE_EXTRA_ROW, "（八）");
        if (e == EDITION_FMT2021) {
            doc_set(d, "t3.new.total", 7);
            doc_set(d, "t2.charge.amount_wan", 41130000);
            doc_unreadable(d, "t3.r1.natural", "3 4 5");
            doc_repair(d, "t3.r2.natural", REPAIR_WIDTH | REPAIR_POSITION);
        }
        report_check(d, &doc_check_zh, &a);
        Reading r = {.name = S("a.html"), .kind = FILE_HTML, .encoding = S("utf-8")};
        *PUSH(&a, &r.docs) = *d;
        Buf b = buf_new(&a, 16 << 20);
        report_json(&b, &r, JSON_ALL);
        assert_valid(&a, buf_str(&b));
        arena_free(&a);
    }
}

static void every_cell_id_matches_the_pattern_and_no_other_does(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 26);
    Schema s = schema_of(&a);
    Str expression = json_get_str(json_get(json_get(s.root, "$defs"), "cell_id"), "pattern");
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (!pattern(&s, expression, cell_def(ix)->id))
            fail_msg(PRI_STR " does not match", STR_ARG(cell_def(ix)->id));
    assert_false(pattern(&s, expression, S("t3.r3_9.natural")));
    assert_false(pattern(&s, expression, S("t2.charge.decided")));
    arena_free(&a);
}

static void an_unreadable_file_matches_it_too(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 26);
    Buf b = buf_new(&a, 1 << 16);
    buf_add(&b, S("{\"schema\":1,\"documents\":[],\"unreadable\":["));
    report_json_unreadable(&b, S("扫描.pdf"), ERR_UNREADABLE, S("这是扫描件"));
    buf_add(&b, S("]}"));
    assert_valid(&a, buf_str(&b));
    arena_free(&a);
}

static void a_sum_and_its_comparison_match_it(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 28);
    Sum *sum = NEW(&a, Sum, 1);
    Document *total = NEW(&a, Document, 1), *one = doc_new(&a, EDITION_FMT2021, 2023);
    doc_blank(one, "t3.r1.natural");
    sum_add(sum, S("a.txt"), one, &a);
    sum_check(sum, &doc_check_zh, &a, total);
    SumComparison c;
    sum_compare(sum, doc_new(&a, EDITION_FMT2021, 2023), &a, &c);
    Buf b = buf_new(&a, 1 << 22);
    buf_add(&b, S("{\"schema\":1,\"sum\":"));
    sum_json(&b, &(SumShown){sum, total, &c, S("总.pdf")}, LANG_ZH);
    buf_add(&b, S(",\"unreadable\":[]}"));
    assert_valid(&a, buf_str(&b));
    arena_free(&a);
}

static void a_comparison_of_two_years_matches_it(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 28);
    Document *x = doc_new(&a, EDITION_FMT2019, 2020), *y = doc_new(&a, EDITION_FMT2021, 2021);
    doc_set(x, "t3.new.natural", 3);
    doc_set(y, "t3.new.natural", 4);
    Diff d;
    report_diff(x, y, &a, &d);
    Buf b = buf_new(&a, 1 << 22);
    buf_add(&b, S("{\"schema\":1,\"diff\":"));
    diff_json(&b, &d);
    buf_add(&b, S("}"));
    assert_valid(&a, buf_str(&b));
    arena_free(&a);
}

static void what_it_does_not_describe_is_not_valid(void **state)
{
    (void)state;
    Arena a = arena_new((size_t)1 << 28);
    assert_invalid(&a, S("{\"schema\":2,\"documents\":[],\"unreadable\":[]}"));
    assert_invalid(&a, S("{\"schema\":1,\"documents\":[{}],\"unreadable\":[]}"));
    assert_invalid(&a, S("{\"schema\":1,\"documents\":[],\"unreadable\":[],\"more\":1}"));
    assert_invalid(&a, S("[]"));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_checked_report_of_every_edition_matches_the_published_schema),
        cmocka_unit_test(every_cell_id_matches_the_pattern_and_no_other_does),
        cmocka_unit_test(an_unreadable_file_matches_it_too),
        cmocka_unit_test(a_sum_and_its_comparison_match_it),
        cmocka_unit_test(a_comparison_of_two_years_matches_it),
        cmocka_unit_test(what_it_does_not_describe_is_not_valid),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "test.h"

#include "report/organ.h"

typedef struct Row {
    const char *organ;
    RulePower power;
    OrganLevel level;
} Row;

// clang-format off
static const Row rows[] = {
    {"",                         POWER_UNKNOWN, ORGAN_UNKNOWN},
    {"我局",                     POWER_NONE,    ORGAN_DEPARTMENT},
    {"示例县人民政府",           POWER_NONE,    ORGAN_GOVERNMENT},
    {"示例县人民政府办公室",     POWER_NONE,    ORGAN_GOVERNMENT},
    {"示例县",                   POWER_NONE,    ORGAN_GOVERNMENT},
    {"示例县水务局",             POWER_NONE,    ORGAN_DEPARTMENT},
    {"示例县青山镇人民政府",     POWER_NONE,    ORGAN_TOWNSHIP},
    {"示例市南湖街道办事处",     POWER_NONE,    ORGAN_TOWNSHIP},
    {"示例市南湖街道",           POWER_NONE,    ORGAN_TOWNSHIP},
    {"示例市人民政府",           POWER_CITY,    ORGAN_GOVERNMENT},
    {"示例市财政局",             POWER_NONE,    ORGAN_DEPARTMENT},
    {"示例县第一中学校",         POWER_NONE,    ORGAN_UNKNOWN},
    {"示例县政务服务中心",       POWER_NONE,    ORGAN_UNKNOWN},
    {"示例县公安局交通警察大队", POWER_NONE,    ORGAN_DEPARTMENT},
    {"示例高新区管理委员会",     POWER_NONE,    ORGAN_UNKNOWN},
    {"宿迁市",                   POWER_FULL,    ORGAN_GOVERNMENT},
    {"江苏省宿迁市人民政府",     POWER_FULL,    ORGAN_GOVERNMENT},
    {"梅州市人民政府办公室",     POWER_OFFICE,  ORGAN_GOVERNMENT},
    {"江苏省人民政府",           POWER_FULL,    ORGAN_GOVERNMENT},
    {"上海市人民政府",           POWER_FULL,    ORGAN_GOVERNMENT},
    {"广西壮族自治区人民政府",   POWER_FULL,    ORGAN_GOVERNMENT},
    {"延边朝鲜族自治州人民政府", POWER_FULL,    ORGAN_GOVERNMENT},
    {"沈阳市和平区人民政府",     POWER_NONE,    ORGAN_GOVERNMENT},
    {"江苏省财政厅",             POWER_NONE,    ORGAN_DEPARTMENT},
    {"财政部",                   POWER_FULL,    ORGAN_DEPARTMENT},
    {"国家统计局",               POWER_FULL,    ORGAN_DEPARTMENT},
    {"国家税务总局示例县税务局", POWER_NONE,    ORGAN_DEPARTMENT},
    {"示例地区行政公署",         POWER_NONE,    ORGAN_GOVERNMENT},
};
// clang-format on

static void an_organ_is_what_its_name_says(void **state)
{
    const Row *row = *state;
    if (organ_rule_power(str_z(row->organ)) != row->power)
        fail_msg("%s: power %d, want %d", row->organ, organ_rule_power(str_z(row->organ)),
                 row->power);
    if (organ_level(str_z(row->organ)) != row->level)
        fail_msg("%s: level %d, want %d", row->organ, organ_level(str_z(row->organ)), row->level);
}

static void names_are_compared_without_the_words_of_a_title(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    assert_str(organ_key(&a, S("示例县水务局")), S("示例县水务局"));
    assert_str(organ_key(&a, S("示例县 水务局2023年政府信息公开工作年度报告")), S("示例县水务局"));
    assert_str(organ_key(&a, S("《示例县水务局》2023年度信息公开年报")), S("示例县水务局"));
    assert_str(organ_key(&a, S("")), S(""));
    arena_free(&a);
}

enum { ROWS = sizeof rows / sizeof *rows };

int main(void)
{
    struct CMUnitTest tests[ROWS + 1];
    for (size_t i = 0; i < ROWS; i++)
        tests[i] =
            (struct CMUnitTest){rows[i].organ[0] ? rows[i].organ : "no name",
                                an_organ_is_what_its_name_says, NULL, NULL, (void *)&rows[i]};
    tests[ROWS] =
        (struct CMUnitTest)cmocka_unit_test(names_are_compared_without_the_words_of_a_title);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

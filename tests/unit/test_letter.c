// Letters: that every kind has a wording that says what it must, how templates are read and merged,
// and what may not go out.
#include "test.h"

#include "domain/letter.h"

static Arena a;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static LetterFill samples(void)
{
    LetterFill f = {0};
    for (size_t i = 0; i < n_letter_places; i++)
        *PUSH(&a, &f) = (LetterValue){letter_places[i].name, letter_places[i].sample};
    return f;
}

static void every_kind_has_a_title_a_source_and_a_wording_that_says_enough(void **state)
{
    (void)state;
    for (int k = 0; k < LETTER__COUNT; k++) {
        Err err = {0};
        LetterKind kind = (LetterKind)k, found;
        assert_true(letter_title(kind).n > 0);
        assert_true(letter_source(kind).n > 0);
        assert_true(letter_named(letter_defs[k].id, &found) && found == kind);
        if (!letter_template_ok(kind, letter_template_default(kind), &err))
            fail_msg(PRI_STR ": %s", STR_ARG(letter_defs[k].id), err.en);
    }
}

static void a_wording_with_all_its_values_may_go_out(void **state)
{
    (void)state;
    LetterFill f = samples();
    for (int k = 0; k < LETTER__COUNT; k++) {
        Err err = {0};
        Str body;
        if (letter_is_reply((LetterKind)k))
            letter_fill(&a, &f, "救济途径",
                        remedy_words((Outcome)(k - LETTER_REPLY), day("2026-03-12"),
                                     S("示例县人民政府"), S("示例县人民法院"), &a));
        if (!letter_merge(letter_template_default((LetterKind)k), &f, &a, &body, &err) ||
            !letter_ready((LetterKind)k, day("2026-03-12"), body, &err))
            fail_msg(PRI_STR ": %s", STR_ARG(letter_defs[k].id), err.en);
    }
}

// clang-format off
static const struct { const char *name, *text, *error; } bad_templates[] = {
    { "a place that is not known",         "一\n二{收到曰期}",                          "line 2" },
    { "a brace that is not closed",        "一{收到日期\n二",                           "line 1" },
    { "a closing brace too many",          "一\n\n三}",                                 "line 3" },
    { "a part that is not closed",         "{如有 经过}{经过}",                         "the end" },
    { "the end of a part that is not open", "一{/如有}",                                "line 1" },
    { "a part within a part",              "{如有 经过}\n{如有 电话}{/如有}{/如有}",     "line 2" },
    { "what has to be said",               "本机关于{收到日期}收到“{信息名称}”{补正事项}", "{补正截止}" },
};
// clang-format on

static void a_template_is_refused_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_templates / sizeof *bad_templates; i++) {
        Err err = {0};
        if (letter_template_ok(LETTER_CORRECTION, str_z(bad_templates[i].text), &err) ||
            err.kind != ERR_INPUT || !strstr(err.en, bad_templates[i].error))
            fail_msg("%s: %s", bad_templates[i].name, err.en);
    }
}

static void third_parties_are_not_told_who_asked(void **state)
{
    (void)state;
    Err err = {0};
    Str text = S("{申请人}申请公开“{信息名称}”，{征求期限}");
    assert_false(letter_template_ok(LETTER_THIRD_PARTY, text, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(letter_template_ok(LETTER_ORGAN, text, &err));
}

// clang-format off
static const struct { const char *name, *text, *body; } merges[] = {
    { "a value stands in its place",        "收到{称谓}的申请",                     "收到您的申请" },
    { "a part is there with its value",     "甲{如有 电话}电话{电话}{/如有}乙",     "甲电话0000-0000000乙" },
    { "and gone without it",                "甲{如有 传真号}乙{/如有}",             NULL },
    { "a part without a value goes",        "甲\n{如有 经过}{经过}{/如有}\n乙",     "甲\n乙" },
    { "what nobody gave is marked",         "因{理由}，延期",                       "因【请填写：理由】，延期" },
    { "lines are paragraphs",               "  甲 \n\n\n 乙\n",                     "甲\n乙" },
};
// clang-format on

static void templates_and_values_make_a_text(void **state)
{
    (void)state;
    LetterFill f = {0};
    letter_fill(&a, &f, "称谓", S("你单位"));
    letter_fill(&a, &f, "称谓", S("您"));
    letter_fill(&a, &f, "电话", S("0000-0000000"));
    for (size_t i = 0; i < sizeof merges / sizeof *merges; i++) {
        Err err = {0};
        Str body = S("");
        bool ok = letter_merge(str_z(merges[i].text), &f, &a, &body, &err);
        if (ok != (merges[i].body != NULL) || (ok && !str_eq(body, str_z(merges[i].body))))
            fail_msg("%s: " PRI_STR, merges[i].name, STR_ARG(body));
    }
}

// clang-format off
static const struct { const char *name; Outcome outcome; const char *on, *body; bool ok; } texts[] = {
    { "review before suit",                    OUTCOME_PROCESS,   "2026-03-12", "不予公开。如不服本告知，可以自收到之日起60日内向县政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向县法院提起行政诉讼。", true },
    { "a refusal with the words of 2008",      OUTCOME_PROCESS,   "2026-03-12", "不予公开。如不服，可以60日内申请行政复议，或者在6个月内向人民法院提起行政诉讼。", false },
    { "with the words of 2008, three months",  OUTCOME_INTERNAL,  "2026-03-12", "不予公开。如不服，可以60日内申请行政复议，或者在三个月内向人民法院提起行政诉讼。", false },
    { "a suit at once without a term",         OUTCOME_SAFETY,    "2026-03-12", "可以申请行政复议。也可以直接提起行政诉讼。", false },
    { "partly, the same",                      OUTCOME_PARTLY,    "2026-03-12", "可以60日内申请行政复议，或者6个月内提起行政诉讼。", false },
    { "before 2024 it was right",              OUTCOME_PROCESS,   "2023-12-29", "可以60日内申请行政复议，或者6个月内提起行政诉讼。", true },
    { "for what does not exist it is right",   OUTCOME_NOT_EXISTING, "2026-03-12", "可以60日内申请行政复议，或者6个月内提起行政诉讼。", true },
    { "no remedies at all",                    OUTCOME_DISCLOSED, "2026-03-12", "予以公开。", false },
    { "withdrawn needs none",                  OUTCOME_WITHDRAWN, "2026-03-12", "您已经撤回该申请。", true },
    { "a place still marked",                  OUTCOME_WITHDRAWN, "2026-03-12", "您已经撤回【请填写：处理结果】", false },
    { "nothing",                               OUTCOME_WITHDRAWN, "2026-03-12", " \n", false },
};
// clang-format on

static void what_may_not_go_out_is_held(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Err err = {0};
        if (letter_ready(letter_reply(texts[i].outcome), day(texts[i].on), str_z(texts[i].body),
                         &err) != texts[i].ok)
            fail_msg("%s: %s", texts[i].name, err.en);
    }
}

static void what_happened_is_one_sentence(void **state)
{
    (void)state;
    RequestFact v[] = {
        {.id = 1, .kind = FACT_FILED, .on = day("2026-02-12")},
        {.id = 2, .kind = FACT_CORRECTION_ASKED, .on = day("2026-02-26")},
        {.id = 3, .kind = FACT_CORRECTED, .on = day("2026-03-04")},
    };
    RequestFacts none = {v, 1, 1}, some = {v, 3, 3};
    assert_str(letter_course(&none, &a), S(""));
    assert_str(letter_course(&some, &a),
               S("办理期间，本机关于2026年2月26日告知补正，于2026年3月4日收到补正。"));
}

static void a_step_leads_to_its_letter(void **state)
{
    (void)state;
    LetterKind kind;
    assert_true(letter_of_fact(FACT_EXTENDED, OUTCOME_OTHER, &kind) && kind == LETTER_EXTENSION);
    assert_true(letter_of_fact(FACT_ANSWERED, OUTCOME_PARTLY, &kind) &&
                kind == letter_reply(OUTCOME_PARTLY));
    assert_false(letter_of_fact(FACT_FEE_PAID, OUTCOME_OTHER, &kind));
}

static void laws_are_named_in_full(void **state)
{
    (void)state;
    assert_str(letter_law(S("条例第三十八条"), &a),
               S("《中华人民共和国政府信息公开条例》第三十八条"));
    assert_str(letter_law(S("信息处理费管理办法第六条"), &a),
               S("《政府信息公开信息处理费管理办法》第六条"));
}

// clang-format off
static const struct { const char *id, *says; } wordings[] = {
    // a day on which something is still in time is named as such
    { "receipt",         "前（含当日）答复" },
    { "correction",      "前（含当日）将补正后的申请提交本机关。答复期限自本机关收到补正的申请之日起计算" }, // 条例第三十条
    { "correction",      "无正当理由逾期不补正的，视为放弃申请" },
    { "extension",       "经本机关政府信息公开工作机构负责人同意" }, // 条例第三十三条第二款
    { "extension",       "前（含当日）答复" },
    { "delay",           "前（含当日）答复" },
    { "third_party",     "逾期未提出意见的，由本机关依照条例的规定决定是否公开" }, // 条例第三十二条
    { "organ",           "逾期未提出意见的，视为同意公开" }, // 条例第三十四条
    { "fee",             "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第三条至第六条" },
    { "fee",             "自收到本通知书次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请" }, // 办法第六条
    { "reply_partly",    "但是能够作区分处理" }, // 条例第三十七条
    { "reply_repeated",  "重复申请公开相同政府信息" }, // 条例第三十六条第（六）项
    { "reply_excessive", "经要求说明理由，未能说明合理的理由" }, // 条例第三十五条
    { "transfer",        "收到一件申请" }, // also of a request to correct a record: 条例第四十一条
};
// clang-format on

static void a_letter_says_what_its_article_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        LetterKind kind;
        assert_true(letter_named(str_z(wordings[i].id), &kind));
        if (!str_has(letter_template_default(kind), str_z(wordings[i].says)))
            fail_msg("%s does not say: %s", wordings[i].id, wordings[i].says);
    }
}

int main(void)
{
    a = arena_new(16 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_title_a_source_and_a_wording_that_says_enough),
        cmocka_unit_test(a_wording_with_all_its_values_may_go_out),
        cmocka_unit_test(a_template_is_refused_with_its_line),
        cmocka_unit_test(third_parties_are_not_told_who_asked),
        cmocka_unit_test(templates_and_values_make_a_text),
        cmocka_unit_test(what_may_not_go_out_is_held),
        cmocka_unit_test(what_happened_is_one_sentence),
        cmocka_unit_test(a_step_leads_to_its_letter),
        cmocka_unit_test(laws_are_named_in_full),
        cmocka_unit_test(a_letter_says_what_its_article_says),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

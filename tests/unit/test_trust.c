// Whether a page can be trusted: one row per kind of trouble, and per innocent look-alike.
#include "doc_builder.h"

#include "report/trust_words.h"

typedef struct Row {
    const char *name;
    const char *text; // one paragraph, or several with | between
    const char *check;
    int want; // a Result, or NONE where nothing may be said
} Row;

enum { NONE = -1, PASS = RESULT_PASS, FAIL = RESULT_FAIL, DOUBT = RESULT_DOUBTFUL };

// clang-format off
static const Row rows[] = {
    {"an ordinary sentence", "2023年，我局主动公开政府信息20条。", "trust.injected", PASS},
    {"gambling words inside an address", "请联系示例县人民政府（地址：某某投注平台_99bet赌城网址_提款会被冻结示例路6号）。", "trust.injected", FAIL},
    {"a site's name with figures", "详见88bet网站。", "trust.injected", FAIL},
    {"a site's name in capitals", "详见BET365网站。", "trust.injected", FAIL},
    {"a site's Chinese name", "示例县新葡京人民政府办公室", "trust.injected", FAIL},
    {"pornography", "本报告电子版可在裸聊网站查阅。", "trust.injected", FAIL},
    {"loans", "示例县花呗套现政府信息公开年报", "trust.injected", FAIL},
    {"false papers", "联系人：刻章办证示例县人民政府。", "trust.injected", FAIL},
    {"a chain of search words", "地址：最新网址_手机版下载_官方入口示例路6号", "trust.injected", FAIL},
    {"an unknown chain is doubted", "地址：蓝天白云_青山绿水_花好月圆示例路6号", "trust.injected", DOUBT},
    {"fighting gambling is an organ's work", "开展打击网络赌博平台、赌场专项行动3次。", "trust.injected", PASS},
    {"lotteries are sold by the state", "公开体育彩票、福利彩票公益金使用情况和彩票网点名单。", "trust.injected", PASS},
    {"fighting drugs", "开展禁毒宣传，查获冰毒案件2起。", "trust.injected", PASS},
    {"a short Latin name before 体育", "示例县M6体育官网人民政府办公室", "trust.injected", FAIL},
    {"a hall that is numbered", "公开B1体育馆、A区体育场、5G体育赛事直播和KTV娱乐场所检查情况。", "trust.injected", PASS},
    {"what search engines are fed", "示例县欧洲杯买球人民政府", "trust.injected", FAIL},
    {"complaints over the Internet", "加快3个平台建设，受理互联网投诉平台来件，购买球网，改造成人学校。", "trust.injected", PASS},
    {"opening a business", "推进企业开办一件事，办证、刻章、代开发票一次办成。", "trust.injected", PASS},
    {"a lottery's own office", "规范彩票投注站点，公开彩票中心开奖信息。", "trust.injected", PASS},
    {"a form to be filled in", "申请人可网上申请（填写申请表后提交），请填写完整。", "trust.template", PASS},
    {"inspecting dangerous goods", "开展气枪、仿真枪、弩等管制器具排查，检查娱乐城、电玩城20家次。", "trust.injected", PASS},
    {"warning of fraud", "加强反诈宣传，严防网贷、裸聊、刷单诈骗。", "trust.injected", PASS},
    {"words that hold others by chance", "提供综合性服务，开展亲自慰问活动，发扬特色综合优势，加快三个平台建设，支援交通。", "trust.injected", PASS},
    {"more words by chance", "文明升级，举办贸易博览会，建立博物馆，培养个性爱好，燃气枪手阀检查，联系12399热线。", "trust.injected", PASS},
    {"letters that hold others by chance", "alphabet2 Tibet socialism specialist betterment", "trust.injected", PASS},
    {"a file's name with underscores", "附件：示例县_水务局_年度报告.pdf", "trust.injected", PASS},
    {"a foreign phrase in place of a word", "政府金蟾公开年度报告|收到和处理政府金蟾公开申请情况|政府金蟾公开工作|第二十条政府金蟾公开", "trust.replaced", FAIL},
    {"a foreign phrase in the name of the Regulation", "中华人民共和国金蟾信息公开条例|三、收到和处理金蟾信息公开申请情况|中华人民共和国金蟾信息公开条例", "trust.replaced", FAIL},
    {"the year inside the title", "示例县政府信息公开2023年度报告|政府信息公开2023年度报告|政府信息公开2023年度报告|政府信息公开复议诉讼情况|政府信息公开复议诉讼情况|政府信息公开复议诉讼情况", "trust.replaced", PASS},
    {"published by law and by duty", "依法依规公开，依职权公开，依法依规公开，依职权公开，依法依规公开，依职权公开", "trust.replaced", PASS},
    {"a foreign phrase in place of 申请", "依金蟾公开情况|依金蟾公开工作|收到依金蟾公开3件", "trust.replaced", FAIL},
    {"the fixed phrase as it should be", "政府信息公开年度报告|政府信息公开工作|政府网站公开|政府网站公开|政府网站公开", "trust.replaced", PASS},
    {"lost characters", "全年公开\xef\xbf\xbd\xef\xbf\xbd信息20条。", "trust.encoding", FAIL},
    {"the mark of two wrong encodings", "全年公开锟斤拷信息20条。", "trust.encoding", FAIL},
    {"sound text", "全年公开信息20条。", "trust.encoding", PASS},
    {"the template's blanks", "XX年，我局公开信息xx条。", "trust.template", FAIL},
    {"the template's stars", "统计周期：*年第*季度", "trust.template", FAIL},
    {"the template's instruction", "（填写本单位名称）主动公开信息20条。", "trust.template", FAIL},
    {"nothing left of the template", "我局公开信息20条。", "trust.template", PASS},
    {"last year's work in this year's report", "2023年，我局加强领导。|2022年，我局通过网站公开信息90条。", "trust.year", DOUBT},
    {"everything is last year's", "2022年，我局公开信息90条。|2022年，我局收到申请3件。|2022年，我局办结3件。", "trust.year", FAIL},
    {"up to the end of last year", "2023年，我局加强领导。|截至2022年12月31日，公开信息90条。", "trust.year", DOUBT},
    {"this year's work", "2023年，我局公开信息90条。截至2023年12月31日，累计公开100条。", "trust.year", PASS},
    {"last year for comparison", "2023年，我局公开信息90条。2022年公开信息80条，较上年多。", "trust.year", PASS},
    {"next year's plans", "2023年，我局公开信息90条。2024年，我局将公开信息100条。", "trust.year", PASS},
    {"a date that has lost its 年", "统计期限自20231月1日起。", "trust.date", DOUBT},
    {"a year written twice", "至202023年12月31日止。", "trust.date", DOUBT},
    {"a thirteenth month", "至2023年13月31日止。", "trust.date", DOUBT},
    {"well-formed dates", "自2023年1月1日起至2023年12月31日止。", "trust.date", NONE},
    {"a site's address that is not a government's", "可在示例县人民政府门户网站（abcde.cn）查阅。", "trust.link", DOUBT},
    {"a government's address", "可在示例县人民政府门户网站（www.shilixian.gov.cn）查阅。", "trust.link", NONE},
};
// clang-format on

static Arena arena;

static Document *document_of(const char *text)
{
    Document *d = doc_new(&arena, EDITION_FMT2021, 2023);
    d->paras = (Paras){0};
    d->chapters = (Chapters){0};
    Str one, rest = str_z(text);
    while (rest.n) {
        str_cut(rest, S("|"), &one, &rest);
        *PUSH(&arena, &d->paras) = (Para){.text = one, .raw = one, .kind = PARA_TEXT};
    }
    return d;
}

static void holds(void **state)
{
    const Row *row = *state;
    arena = arena_new(64 << 20);
    Document *d = document_of(row->text);
    report_check(d, &doc_check_zh, &arena);
    const Finding *f = doc_finding(d, row->check, NULL);
    if ((f ? (int)f->result : NONE) != row->want)
        fail_msg("“%s”: %s is %s “" PRI_STR "”", row->text, row->check, doc_result_name(f),
                 STR_ARG(f ? f->message : S("")));
    arena_free(&arena);
}

static void broken_quotes_are_told_with_their_place(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    Document *d = document_of("我局公开信息20条。");
    doc_note(d, &arena, NOTE_BROKEN_QUOTES, "3.危及???三安全一稳定???");
    report_check(d, &doc_check_en, &arena);
    const Finding *f = doc_finding(d, "trust.encoding", NULL);
    assert_non_null(f);
    assert_int_equal(f->result, RESULT_FAIL);
    assert_int_equal(f->severity, SEVERITY_WARNING);
    assert_int_equal(f->n_places, 1);
    arena_free(&arena);
}

static void residue_is_doubted_not_failed(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    Document *d = document_of("我局公开信息20条。");
    doc_note(d, &arena, NOTE_RESIDUE, "规(guī)章");
    report_check(d, &doc_check_zh, &arena);
    assert_result(d, "trust.residue", NULL, RESULT_DOUBTFUL);
    arena_free(&arena);
}

static void a_foreign_title_is_seen(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    Document *d = document_of("我局公开信息20条。");
    d->title = S("示例县水务局_澳门永利赌场_年度报告");
    report_check(d, &doc_check_zh, &arena);
    assert_result(d, "trust.injected", NULL, RESULT_FAIL);
    arena_free(&arena);
}

static void words_in_a_cell_are_seen(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    Document *d = document_of("我局公开信息20条。");
    doc_unreadable(d, "t3.new.total", "99bet");
    report_check(d, &doc_check_zh, &arena);
    assert_result(d, "trust.injected", NULL, RESULT_FAIL);
    arena_free(&arena);
}

static void no_word_stands_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_trust_words; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(trust_words[i].text, trust_words[k].text))
                fail_msg(PRI_STR " stands twice", STR_ARG(trust_words[i].text));
}

int main(void)
{
    enum { N = sizeof rows / sizeof *rows };
    static struct CMUnitTest tests[N + 5];
    for (size_t i = 0; i < N; i++)
        tests[i] =
            (struct CMUnitTest){rows[i].name, holds, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    tests[N] = (struct CMUnitTest)cmocka_unit_test(broken_quotes_are_told_with_their_place);
    tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(residue_is_doubted_not_failed);
    tests[N + 2] = (struct CMUnitTest)cmocka_unit_test(a_foreign_title_is_seen);
    tests[N + 3] = (struct CMUnitTest)cmocka_unit_test(words_in_a_cell_are_seen);
    tests[N + 4] = (struct CMUnitTest)cmocka_unit_test(no_word_stands_twice);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

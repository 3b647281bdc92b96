// Papers, read back with our own readers and with poppler's tools: what stands on them, where, and
// that the same paper is the same bytes.
#include "test.h"

#include "app/letter_paper.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/blocks.h"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static Arena a;

static int begin(void **state)
{
    (void)state;
    a = arena_new((size_t)1 << 30);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&a);
    return 0;
}

static Letter letter_of(int paragraphs)
{
    Buf b = buf_new(&a, 1 << 20);
    for (int i = 0; i < paragraphs; i++)
        buf_fmt(&b,
                "%s第%d段：经检索，本机关制作并保存了2024年签订的施工合同，正文共一百二十六页，附"
                "件为工程量清单，其中部分内容涉及第三方的商业秘密。",
                i ? "\n" : "", i + 1);
    Letter l = {.kind = letter_reply(OUTCOME_PARTLY),
                .code = S("示住建公复〔2026〕17号"),
                .title = S("政府信息部分公开告知书"),
                .addressee = S("张三"),
                .body = buf_str(&b),
                .organ_name = S("示例县住房和城乡建设局")};
    date_make(2026, 3, 19, &l.on);
    return l;
}

static Str pdf_of(Paper paper)
{
    Err err = {0};
    Str pdf;
    Papers one = {&paper, 1, 1};
    if (!paper_pdf(&one, &a, &pdf, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return pdf;
}

static Blocks read_back(Str pdf)
{
    Blocks blocks;
    Err err = {0};
    if (!read_pdf(pdf, &a, &blocks, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return blocks;
}

// The block with these words, blanks aside; fails where there is none.
static const Block *block_with(const Blocks *blocks, const char *words)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (str_has(str_replace(&a, blocks->v[i].text, S(" "), S("")), str_z(words)))
            return &blocks->v[i];
    fail_msg("nothing says “%s”", words);
    return NULL;
}

// What a tool of poppler's says of a file: `before` and `after` stand around its path.
static Str said_by(const char *tool, const char *before, const char *after, Str pdf)
{
    char path[] = "/tmp/gongkai-paper-XXXXXX", said[] = "/tmp/gongkai-said-XXXXXX";
    Err err = {0};
    Str text;
    int in = mkstemp(path), out = mkstemp(said), status;
    assert_true(in >= 0 && out >= 0 && file_write_fd(in, pdf, &err));
    close(in);
    const char *argv[5] = {tool};
    int n = 1;
    if (before)
        argv[n++] = before;
    argv[n++] = path;
    if (after)
        argv[n++] = after;
    posix_spawn_file_actions_t acts;
    pid_t pid;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, out, STDOUT_FILENO);
    assert_int_equal(posix_spawnp(&pid, tool, &acts, NULL, (char **)argv, environ), 0);
    posix_spawn_file_actions_destroy(&acts);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    close(out);
    assert_true(file_read(str_z(said), 1 << 20, &a, &text, &err));
    unlink(path);
    unlink(said);
    return text;
}

static void says(Str text, const char *what)
{
    if (!str_has(text, str_z(what)))
        fail_msg("no “%s” in " PRI_STR, what, STR_ARG(text));
}

// Page by page, without blanks and line ends.
static Strs pages_of(Str pdf)
{
    Strs pages = {0};
    Str rest = said_by("pdftotext", "-layout", "-", pdf), page;
    while (str_cut(rest, S("\f"), &page, &rest))
        *PUSH(&a, &pages) = str_replace(&a, str_replace(&a, page, S(" "), S("")), S("\n"), S(""));
    return pages;
}

static void a_letter_has_the_form_of_an_official_document(void **state)
{
    (void)state;
    Letter l = letter_of(3);
    Blocks blocks = read_back(pdf_of(letter_paper(&l, &a)));
    Place title = block_with(&blocks, "政府信息部分公开告知书")->place;
    Place code = block_with(&blocks, "示住建公复〔2026〕17号")->place;
    Place to = block_with(&blocks, "张三：")->place;
    Place text = block_with(&blocks, "第1段")->place;
    Place sign = block_with(&blocks, "示例县住房和城乡建设局")->place;
    Place day = block_with(&blocks, "2026年3月19日")->place;
    enum { MIDDLE = 300, LEFT = 79, EM = 16 }; // points: 版心 begins 28 mm from the left
    assert_true(title.y0 > 100 && title.y0 < 150);
    assert_true(title.x0 < MIDDLE && title.x1 > MIDDLE && title.y0 < code.y0 && code.y0 < to.y0);
    assert_true(to.x0 > LEFT - 2 && to.x0 < LEFT + 4);
    assert_true(text.y0 > to.y0 && text.x1 < LEFT + 444);
    assert_true(sign.x0 > MIDDLE && day.y0 > sign.y0 && day.x1 < LEFT + 442 - 3 * EM);
    assert_true(str_ends(pages_of(pdf_of(letter_paper(&l, &a))).v[0], S("—1—")));
}

static void a_line_has_28_characters_and_a_page_22_lines(void **state)
{
    (void)state;
    Letter l = letter_of(0);
    Str ten = S("本机关制作并保存政府"), text = S("");
    for (int i = 0; i < 200; i++)
        text = str_cat(&a, text, ten);
    l.body = text;
    Str rest = said_by("pdftotext", "-layout", "-", pdf_of(letter_paper(&l, &a))), page, line;
    str_cut(rest, S("\f"), &page, &rest); // the first page begins with title and addressee
    str_cut(rest, S("\f"), &page, &rest);
    int lines = 0;
    for (; page.n; lines += str_has(line, S("政府")))
        str_cut(page, S("\n"), &line, &page),
            assert_true(!str_has(line, S("政府")) || str_runes(str_trim(line)) == 28);
    assert_int_equal(lines, 22);
}

static void the_signature_never_stands_alone(void **state)
{
    (void)state;
    size_t most = 0;
    for (int paragraphs = 1; paragraphs < 14; paragraphs++) {
        Letter l = letter_of(paragraphs);
        Strs pages = pages_of(pdf_of(letter_paper(&l, &a)));
        Str last = pages.v[pages.n - 1];
        most = pages.n > most ? pages.n : most;
        if (!str_has(last, S("2026年3月19日")) || !str_has(last, S("的商业秘密。示例县")))
            fail_msg("%d paragraphs: " PRI_STR, paragraphs, STR_ARG(last));
    }
    assert_true(most > 1);
}

// So many lines of a text, each a paragraph that takes one.
static Letter letter_of_lines(int lines)
{
    Letter l = letter_of(0);
    Buf b = buf_new(&a, 1 << 20);
    for (int i = 0; i < lines; i++)
        buf_fmt(&b, "%s第%d行正文。", i ? "\n" : "", i + 1);
    l.body = buf_str(&b);
    return l;
}

// However long the letter: text stands with the signature, and no page is begun for less than its
// lines could be moved together for.
static void the_end_of_a_letter_takes_text_along_or_fits_on_the_page_before(void **state)
{
    (void)state;
    size_t pages_before = 1;
    int longest = 0; // on one page
    for (int lines = 8; lines < 50; lines++) {
        Letter l = letter_of_lines(lines);
        Strs pages = pages_of(pdf_of(letter_paper(&l, &a)));
        Str last = pages.v[pages.n - 1];
        if (!str_has(last, S("2026年3月19日")) ||
            !str_has(last, str_fmt(&a, "第%d行正文。第%d行正文。示例县", lines - 1, lines)))
            fail_msg("%d lines: " PRI_STR, lines, STR_ARG(last));
        assert_true(pages.n >= pages_before);
        pages_before = pages.n;
        longest = pages.n == 1 ? lines : longest;
    }
    // 22 lines, without title, number, addressee, the room before the signature, name and day; two
    // more where they move together
    if (longest < 15 || longest > 17)
        fail_msg("%d lines on one page", longest);
}

static void the_same_letter_is_the_same_bytes(void **state)
{
    (void)state;
    Letter l = letter_of(12), other = letter_of(13);
    Str first = pdf_of(letter_paper(&l, &a));
    assert_str(pdf_of(letter_paper(&l, &a)), first);
    assert_false(str_eq(pdf_of(letter_paper(&other, &a)), first));
    Paper p = letter_paper(&l, &a);
    Str docx = {0}, again = {0};
    Err err = {0};
    assert_true(paper_docx(&p, &a, &docx, &err) && paper_docx(&p, &a, &again, &err));
    assert_str(again, docx);
}

static void *press(void *ctx)
{
    Arena own = arena_new((size_t)256 << 20);
    Err err = {0};
    Str pdf = {0};
    bool right = true;
    Papers one = {ctx, 1, 1};
    Str first = {0};
    for (int i = 0; i < 4 && right; i++) {
        right = paper_pdf(&one, &own, &pdf, &err) && (!i || str_eq(pdf, first));
        first = pdf;
    }
    char *said = malloc(1);
    *said = right ? 'y' : 'n';
    arena_free(&own);
    return said;
}

static void several_threads_print_at_once(void **state)
{
    (void)state;
    Letter l = letter_of(12);
    Paper p = letter_paper(&l, &a);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, press, &p);
    for (int i = 0; i < 4; i++) {
        void *said;
        pthread_join(threads[i], &said);
        assert_int_equal(*(char *)said, 'y');
        free(said);
    }
}

static void a_void_letter_says_so_and_a_red_head_stands_first(void **state)
{
    (void)state;
    Letter l = letter_of(2);
    l.is_void = true;
    l.head = S("示例县住房和城乡建设局");
    Paper p = letter_paper(&l, &a);
    assert_str(p.mark, S("已作废"));
    assert_int_equal(p.v[0].kind, PAPER_HEAD);
    assert_int_equal(p.v[1].kind, PAPER_NUMBER);
    Blocks blocks = read_back(pdf_of(p));
    assert_true(block_with(&blocks, "〔2026〕17号")->place.y0 <
                block_with(&blocks, "部分公开告知书")->place.y0);
}

static void it_is_tagged_titled_and_carries_its_fonts(void **state)
{
    (void)state;
    Letter l = letter_of(6);
    Str pdf = pdf_of(letter_paper(&l, &a)), info = said_by("pdfinfo", NULL, NULL, pdf);
    says(info, "政府信息部分公开告知书");
    says(info, "示例县住房和城乡建设局");
    says(info, "Tagged:          yes");
    says(info, "A4");
    says(info, "Mar 1");
    Str fonts = said_by("pdffonts", NULL, NULL, pdf);
    says(fonts, "yes yes yes"); // embedded, a part of it, with its characters
    assert_false(str_has(fonts, S(" no  ")));
    says(said_by("pdftotext", "-raw", "-", pdf), "政府信息部分公开告知书");
}

static PaperTable *long_table(void)
{
    PaperTable *t = NEW(&a, PaperTable, 1);
    *t = (PaperTable){.columns = 2, .widths = {0.3, 0.7}, .heads = {S("日期"), S("事项")}};
    for (int i = 0; i < 90; i++)
        *PUSH(&a, t) = (PaperRow){{str_fmt(&a, "第%d行", i + 1), S("工作日计入期限")}};
    return t;
}

static void a_table_goes_over_pages_with_its_heads(void **state)
{
    (void)state;
    Paper p = {.form = PAPER_A4, .title = S("期限台账"), .on = date_none};
    paper_add(&a, &p, PAPER_TITLE, p.title);
    paper_add(&a, &p, PAPER_TABLE, S(""));
    p.v[1].table = long_table();
    Strs pages = pages_of(pdf_of(p));
    assert_true(pages.n > 1);
    for (size_t i = 0; i < pages.n; i++)
        says(pages.v[i], "日期事项第");
    says(pages.v[pages.n - 1], "第90行");
}

static void a_word_document_is_read_back(void **state)
{
    (void)state;
    Letter l = letter_of(3);
    l.addressee = S("甲<乙>&丙");
    Paper p = letter_paper(&l, &a);
    Str docx;
    Blocks blocks;
    Err err = {0};
    if (!paper_docx(&p, &a, &docx, &err) || !read_docx(docx, &a, &blocks, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    static const char *const order[] = {"政府信息部分公开告知书",
                                        "示住建公复〔2026〕17号",
                                        "甲<乙>&丙：",
                                        "第1段",
                                        "第2段",
                                        "第3段",
                                        "示例县住房和城乡建设局",
                                        "2026年3月19日"};
    assert_int_equal(blocks.n, sizeof order / sizeof *order);
    for (size_t i = 0; i < blocks.n; i++)
        says(blocks.v[i].text, order[i]);
}

static void an_envelope_has_its_size_and_the_addressee(void **state)
{
    (void)state;
    Paper p = {.form = PAPER_DL,
               .title = S("信封"),
               .on = date_none,
               .envelope = {S("000000"), S("示例县城关镇和平路9号"), S("张三"), S("000001"),
                            S("示例县建设路1号"), S("示例县住房和城乡建设局")}};
    Str pdf = pdf_of(p), docx;
    Err err = {0};
    says(said_by("pdfinfo", NULL, NULL, pdf), "623.622 x 311.811 pts"); // 220 mm × 110 mm
    Blocks blocks = read_back(pdf);
    assert_true(block_with(&blocks, "和平路9号")->place.y0 <
                block_with(&blocks, "住房和城乡建设局")->place.y0);
    assert_false(paper_docx(&p, &a, &docx, &err));
}

typedef struct LineBox {
    double x0, y0, x1, y1;
} LineBox;

// The next line of pdftotext -bbox-layout.
static bool line_next(Str *rest, LineBox *out)
{
    ptrdiff_t at = str_find(*rest, S("<line "));
    if (at < 0)
        return false;
    Str line = str_from(*rest, (size_t)at);
    *rest = str_from(line, 5);
    return sscanf(str_to_z(&a, str_sub(line, 0, line.n < 200 ? line.n : 200)),
                  "<line xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &out->x0, &out->y0,
                  &out->x1, &out->y1) == 4;
}

// However long they are: a letter whose address cannot be read does not arrive.
static void lines_of_an_address_never_stand_over_each_other(void **state)
{
    (void)state;
    enum { LINES = 40 };
    static const PaperForm forms[] = {PAPER_DL, PAPER_C5, PAPER_LABELS};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Paper p = {.form = forms[i],
                   .title = S("信封"),
                   .on = date_none,
                   .envelope = {S("100100"),
                                S("示例省示例市示例县青山乡人民政府大院西侧示例农业科技发展有限责"
                                  "任公司办公楼二层综合办公室（请投放至传达室）"),
                                S("示例农业科技发展有限责任公司综合办公室"), S("000001"),
                                S("示例县人民路88号示例县人民政府综合办公大楼西附楼四层政府信息公"
                                  "开工作机构"),
                                S("示例县人民政府办公室（示例县政务服务和数据管理局）")}};
        LineBox v[LINES];
        size_t n = 0;
        Str rest = said_by("pdftotext", "-bbox-layout", "-", pdf_of(p));
        while (n < LINES && line_next(&rest, &v[n]))
            n++;
        assert_true(n >= 4);
        for (size_t x = 0; x < n; x++)
            for (size_t y = 0; y < n; y++) {
                bool beside = v[x].x1 <= v[y].x0 || v[y].x1 <= v[x].x0;
                if (x != y && !beside && v[y].y0 >= v[x].y0)
                    assert_true(v[y].y0 - v[x].y0 > 0.6 * (v[x].y1 - v[x].y0));
            }
    }
}

static void labels_share_sheets_of_three_by_eight(void **state)
{
    (void)state;
    Paper one = {
        .form = PAPER_LABELS,
        .title = S("标签"),
        .on = date_none,
        .envelope = {.postcode = S("000000"), .address = S("和平路9号"), .name = S("张三")}};
    Papers papers = {0};
    Str pdf;
    Err err = {0};
    for (int i = 0; i < 25; i++)
        *PUSH(&a, &papers) = one;
    assert_true(paper_pdf(&papers, &a, &pdf, &err));
    Str info = said_by("pdfinfo", NULL, NULL, pdf);
    says(info, "Pages:           2");
    says(info, "595.276 x 841.89");
}

static void nothing_and_too_much_are_refused(void **state)
{
    (void)state;
    Err err = {0};
    Str pdf;
    Papers none = {0};
    assert_false(paper_pdf(&none, &a, &pdf, &err));
    Paper p = {.form = PAPER_A4};
    Papers many = {&p, PAPERS_MAX + 1, 1};
    assert_false(paper_pdf(&many, &a, &pdf, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_has_the_form_of_an_official_document),
        cmocka_unit_test(a_line_has_28_characters_and_a_page_22_lines),
        cmocka_unit_test(the_signature_never_stands_alone),
        cmocka_unit_test(the_end_of_a_letter_takes_text_along_or_fits_on_the_page_before),
        cmocka_unit_test(the_same_letter_is_the_same_bytes),
        cmocka_unit_test(several_threads_print_at_once),
        cmocka_unit_test(a_void_letter_says_so_and_a_red_head_stands_first),
        cmocka_unit_test(it_is_tagged_titled_and_carries_its_fonts),
        cmocka_unit_test(a_table_goes_over_pages_with_its_heads),
        cmocka_unit_test(a_word_document_is_read_back),
        cmocka_unit_test(an_envelope_has_its_size_and_the_addressee),
        cmocka_unit_test(lines_of_an_address_never_stand_over_each_other),
        cmocka_unit_test(labels_share_sheets_of_three_by_eight),
        cmocka_unit_test(nothing_and_too_much_are_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}

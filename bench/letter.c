// A letter of six pages as PDF: the first one of a process, which has to find its fonts, and those
// after it, in time of the processor. With a folder as argument, leaves the files there.
#include "base/buf.h"
#include "base/file.h"
#include "paper/paper.h"

#include <stdio.h>
#include <time.h>

enum { TIMES = 20, PAGES = 6 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static Paper letter(Arena *a)
{
    static const char *const sentences[] = {
        "经检索，本机关制作并保存了2024年签订的施工合同，正文共一百二十六页，附件为工程量清单。",
        "其中第三章的单价分析表由中标单位编制，涉及其没有公开的成本构成和供货渠道。",
        "本机关于2026年3月6日书面征求该单位意见，该单位于3月13日回复，不同意公开并说明了理由。",
        "经审查，该部分内容不为公众所知悉，具有商业价值，并且采取了保密措施。",
    };
    Paper p = {.form = PAPER_A4,
               .title = S("政府信息部分公开告知书"),
               .author = S("示例县住房和城乡建设局")};
    Date on;
    date_make(2026, 3, 19, &on);
    p.on = on;
    paper_add(a, &p, PAPER_TITLE, p.title);
    paper_add(a, &p, PAPER_NUMBER, S("示住建公复〔2026〕17号"));
    paper_add(a, &p, PAPER_TO, S("张三："));
    for (int i = 0; i < 6 * PAGES + 1; i++) {
        Buf b = buf_new(a, 4096);
        for (int k = 0; k < 2; k++)
            buf_fmt(&b, "%s", sentences[(i + k) % 4]);
        paper_add(a, &p, PAPER_TEXT, buf_str(&b));
    }
    paper_add(a, &p, PAPER_SIGN, S("示例县住房和城乡建设局"));
    paper_add(a, &p, PAPER_DAY, S("2026年3月19日"));
    return p;
}

int main(int argc, char **argv)
{
    Arena a = arena_new((size_t)1 << 30);
    Err err = {0};
    Paper p = letter(&a);
    Papers one = {&p, 1, 1};
    Str pdf = {0}, docx = {0};
    double begin = now_ms();
    if (!paper_pdf(&one, &a, &pdf, &err) || !paper_docx(&p, &a, &docx, &err))
        return fprintf(stderr, "%s (%s)\n", err.en, err.detail), 1;
    double first = now_ms() - begin, sum = 0;
    for (int i = 0; i < TIMES; i++) {
        begin = now_ms();
        paper_pdf(&one, &a, &pdf, &err);
        sum += now_ms() - begin;
    }
    double each = sum / TIMES;
    printf("letter of %d pages as PDF, %zu KB\t%.1f ms\t%.0f ms the first one\t%.2f\t60 ms\t%s\n",
           PAGES, pdf.n / 1024, each, first, each / first, each < 60 ? "met" : "missed");
    if (argc > 1 && (!file_write(str_fmt(&a, "%s/letter.pdf", argv[1]), pdf, &err) ||
                     !file_write(str_fmt(&a, "%s/letter.docx", argv[1]), docx, &err)))
        return fprintf(stderr, "%s\n", err.en), 1;
    return 0;
}

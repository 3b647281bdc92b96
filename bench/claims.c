// How fast the text of a report is searched for statements and for what does not belong in it: MB
// of paragraphs a second, one thread. Reading and checking a text together may take no longer than
// 60 MB/s; these two are meant to be a small part of it.
#include "report/claims.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 400, BATCHES = 9, PARAS = 24, LEAST_MB_S = 120 };

// Everyday wording. The statements stand once, as in a report; the other paragraphs make up the
// rest.
enum { STATEMENTS = 3 };
// clang-format off
static const char *const passage[] = {
    "2023年，全县共收到政府信息公开申请126件，上年结转4件，办结128件，结转下年度继续办理2件。其中，"
    "予以公开60件，部分公开8件，不予公开12件，无法提供40件，不予处理6件，其他处理2件。",
    "因政府信息公开申请引发行政复议3件，其中结果维持2件，尚未审结1件；未发生行政诉讼。",
    "主动公开政府信息1000条，其中：工作动态720条，占72%；财政信息190条，占19%；"
    "其他90条，占9%。",
    "示例县人民政府办公室坚持以公开为常态、不公开为例外，认真贯彻《中华人民共和国政府信息公开条例》，"
    "围绕群众关心的重点领域，及时、准确公开各类政府信息，不断提高工作质量和水平。",
    "健全工作机制，明确专人负责，严格落实信息发布三级审核制度，做好保密审查，加强政府网站和政务新媒体"
    "日常管理，全年开展培训2次，参加人员120人次，发现的问题已全部整改到位。",
};
// clang-format on

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static Document *document(Arena *a, size_t *bytes)
{
    Document *d = NEW(a, Document, 1);
    d->kind = DOC_REPORT;
    d->edition = EDITION_FMT2021;
    d->year = 2023;
    d->organ = S("示例县人民政府");
    *bytes = 0;
    for (size_t i = 0; i < PARAS; i++) {
        size_t rest = sizeof passage / sizeof *passage - STATEMENTS;
        Str text = str_z(passage[i < STATEMENTS ? i : STATEMENTS + i % rest]);
        *PUSH(a, &d->paras) = (Para){.text = text, .raw = text, .chapter = 1, .kind = PARA_TEXT};
        *bytes += text.n;
    }
    return d;
}

static void claims(Checking *c)
{
    Claims out;
    claims_read(c->doc, c->a, &out);
}

static void measure(const char *name, void (*work)(Checking *), Document *d, size_t bytes, Arena *a)
{
    static const CheckOptions options = {LANG_ZH, {DATE_NONE_DAYS}};
    double best = 1e9;
    for (int b = 0; b < BATCHES; b++) {
        double start = seconds();
        for (int i = 0; i < ROUNDS; i++) {
            Arena scratch = *a;
            Document one = *d;
            work(&(Checking){&one, &options, &scratch});
        }
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    double rate = (double)bytes * ROUNDS / best / 1e6;
    printf("%-24s %8.1f MB/s  limit %d  ratio %.2f\n", name, rate, LEAST_MB_S, LEAST_MB_S / rate);
}

int main(void)
{
    Arena a = arena_new((size_t)256 << 20);
    size_t bytes;
    Document *d = document(&a, &bytes);
    measure("statements read", claims, d, bytes, &a);
    measure("statements checked", check_text, d, bytes, &a);
    measure("trust checked", check_trust, d, bytes, &a);
}

// Pages a second: a document of text is rendered, blacked out, written and proven. Without reading
// pictures (tesseract), which is measured apart.
//
//     bench_redact [PAGES]
#include "redact/redact.h"
#include "base/buf.h"

#include "../tests/unit/pdf_make.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static Str document(Arena *a, int pages)
{
    PdfPage *v = NEW(a, PdfPage, (size_t)pages);
    for (int i = 0; i < pages; i++) {
        Buf b = buf_new(a, 1 << 16);
        for (int line = 0; line < 40; line++)
            buf_fmt(&b,
                    "BT /F1 11 Tf 60 %d Td (%d.%d The works were taken over by Ann WILKINSON in"
                    " spring, as agreed.) Tj ET\n",
                    790 - 18 * line, i + 1, line);
        v[i].content = buf_str(&b);
    }
    return pdf_of(a, v, (size_t)pages, S(""), S(""));
}

static bool run(Str pdf, int pages, bool quick, Arena *a)
{
    Arena scratch = *a;
    RedactJob job = {.work = REDACT_MAKE, .kind = ATTACH_PDF, .source = pdf, .quick = quick};
    RedactResult r;
    Err err;
    *PUSH(&scratch, &job.marks) = (RedactMark){.id = 1, .words = S("WILKINSON")};
    double start = now();
    if (!redact_do(&job, &scratch, &r, &err) || !r.proven) {
        fprintf(stderr, "not proven\n");
        return false;
    }
    double seconds = now() - start;
    printf("%-28s %3d pages, %lld places: %.2f s, %.2f pages a second, %zu KB a page\n",
           quick ? "black out and prove" : "the same, read by tesseract", pages,
           (long long)r.places[0].places, seconds, pages / seconds,
           r.bytes.n / 1024 / (size_t)pages);
    return true;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)8 << 30);
    int pages = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 20;
    if (pages < 1 || pages > REDACT_PAGES_MOST)
        return 2;
    return run(document(&a, pages), pages, true, &a) && run(document(&a, 3), 3, false, &a) ? 0 : 1;
}

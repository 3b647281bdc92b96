// Prints what a reader makes of a file: `blocks FILE` (tells the kind first), `blocks -k FILE` the
// kind only. For looking, not for other programs.
#include "report/blocks.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct {
    const char *name;
    bool (*read)(Str, Arena *, Blocks *, Err *);
} kinds[] = {
    [FILE_TEXT] = {"text", read_text}, [FILE_HTML] = {"html", read_html},
    [FILE_PDF] = {"pdf", read_pdf},    [FILE_DOCX] = {"docx", read_docx},
    [FILE_XLSX] = {"xlsx", read_xlsx}, [FILE_DOC] = {"doc", read_doc},
};

static void print_text(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] == '\n')
            fputs("⏎", stdout);
        else
            putchar(s.s[i]);
}

static void print_place(Place p)
{
    if (p.page)
        printf(" p%d[%.0f,%.0f %.0f,%.0f]", p.page, (double)p.x0, (double)p.y0, (double)p.x1,
               (double)p.y1);
    if (p.line)
        printf(" L%d", p.line);
    if (p.table)
        printf(" t%d", p.table);
    if (p.row || p.col)
        printf(" r%dc%d", p.row, p.col);
}

static void print_grid(const Grid *g)
{
    printf("GRID %d×%d", g->rows, g->cols);
    print_place(g->place);
    int32_t row = -1;
    for (size_t i = 0; i < g->n; i++) {
        const GridCell *c = &g->v[i];
        if (c->row != row)
            printf("\n  %3d: ", row = c->row);
        printf("|%d", c->col);
        if (c->rowspan > 1 || c->colspan > 1)
            printf("(%d×%d)", c->rowspan, c->colspan);
        putchar(' ');
        print_text(c->text);
        putchar(' ');
    }
    putchar('\n');
}

static void print_blocks(const Blocks *b)
{
    printf("TITLE ");
    print_text(b->title);
    putchar('\n');
    for (size_t i = 0; i < b->n; i++) {
        if (b->v[i].kind == BLOCK_GRID) {
            print_grid(b->v[i].grid);
            continue;
        }
        printf("PARA%.0d", b->v[i].heading);
        print_place(b->v[i].place);
        fputs(": ", stdout);
        print_text(b->v[i].text);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    bool only_kind = argc == 3 && strcmp(argv[1], "-k") == 0;
    int fd = argc >= 2 ? open(argv[argc - 1], O_RDONLY | O_CLOEXEC) : -1;
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0) {
        fputs("usage: blocks [-k] FILE\n", stderr);
        return 2;
    }
    size_t n = (size_t)st.st_size;
    void *p = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    Str bytes = {p == MAP_FAILED ? NULL : p, p == MAP_FAILED ? 0 : n};
    close(fd);
    Arena a = arena_new((size_t)16 << 30);
    FileKind kind;
    Blocks blocks = {0};
    Err err;
    struct timespec t0, t1;
    clock_gettime(CLOCK_MONOTONIC, &t0);
    bool ok = read_kind(bytes, &kind, &err);
    if (ok)
        printf("KIND %s\n", kinds[kind].name);
    ok =
        ok && (only_kind || kinds[kind].read == NULL || kinds[kind].read(bytes, &a, &blocks, &err));
    clock_gettime(CLOCK_MONOTONIC, &t1);
    if (!ok) {
        printf("FAIL %d %s / %s [%s]\n", err.kind, err.zh, err.en, err.detail);
        return 1;
    }
    if (!only_kind)
        print_blocks(&blocks);
    fprintf(stderr, "%.2f ms, %zu KB\n",
            (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6,
            (size_t)(a.at - a.base) >> 10);
    return 0;
}

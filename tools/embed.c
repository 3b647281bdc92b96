// embed NAME FILE… > out.c
//
// Turns files into a table of their names and bytes, so that the program needs nothing beside
// itself: migrations and the sample organ. Read it with base/embedded.h. Runs at build time, with
// the C library alone.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static long print_bytes(FILE *f)
{
    long n = 0;
    for (int c = getc(f); c != EOF; c = getc(f), n++)
        printf("%d,%s", c, n % 24 == 23 ? "\n" : "");
    return n;
}

static long print_file(const char *path, int i)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    printf("static const unsigned char file_%d[] = {\n", i);
    long n = print_bytes(f);
    printf("0};\n");
    fclose(f);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: embed NAME FILE...\n");
        return 2;
    }
    long *n = calloc((size_t)argc, sizeof *n);
    if (!n)
        return 1;
    printf("#include \"base/embedded.h\"\nextern const Embedded %s[];\nextern const size_t %s_n;\n",
           argv[1], argv[1]);
    for (int i = 2; i < argc; i++)
        n[i] = print_file(argv[i], i);
    printf("const size_t %s_n = %d;\nconst Embedded %s[] = {\n", argv[1], argc - 2, argv[1]);
    for (int i = 2; i < argc; i++)
        printf("    {{\"%s\", %zu}, {(const char *)file_%d, %ld}},\n", base_name(argv[i]),
               strlen(base_name(argv[i])), i, n[i]);
    printf("};\n");
    free(n);
    return ferror(stdout) ? 1 : 0;
}

// A fuzz target over files instead of libFuzzer: each file given, and each in the directories
// given, is a test. Prints TAP.
#include "base/file.h"
#include "fuzz.h"

enum { FILES_MOST = 100000, FILE_MOST = 32 << 20 };

int main(int argc, char **argv)
{
    Arena names = arena_new((size_t)64 << 20), a = arena_new((size_t)64 << 20);
    int n = 0;
    Err err;
    for (int i = 1; i < argc; i++) {
        Strs files = {0};
        Str path = str_z(argv[i]);
        if (!file_is_dir(path))
            *PUSH(&names, &files) = path;
        else if (!file_walk(path, FILES_MOST, &names, &files, &err))
            return printf("Bail out! %s\n", err.en), 1;
        for (size_t k = 0; k < files.n; k++) {
            Str bytes;
            arena_reset(&a, 0);
            if (!file_read(files.v[k], FILE_MOST, &a, &bytes, &err))
                return printf("Bail out! %s\n", err.en), 1;
            LLVMFuzzerTestOneInput((const uint8_t *)bytes.s, bytes.n);
            printf("ok %d - " PRI_STR "\n", ++n, STR_ARG(file_name(files.v[k])));
            fflush(stdout);
        }
    }
    printf("1..%d%s\n", n, n ? "" : " # SKIP the corpus is empty");
    return 0;
}

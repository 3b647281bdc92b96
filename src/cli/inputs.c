#include "cli/inputs.h"

#include "base/file.h"

#include <glob.h>

// Lies beside saved pages and is never a report.
static const Str not_documents[] = {
    SI(".css"), SI(".js"),   SI(".mjs"),   SI(".map"),  SI(".json"), SI(".png"), SI(".jpg"),
    SI(".gif"), SI(".jpeg"), SI(".svg"),   SI(".ico"),  SI(".webp"), SI(".bmp"), SI(".woff"),
    SI(".ttf"), SI(".otf"),  SI(".woff2"), SI(".lock"), SI(".part"),
};

static bool is_document(Str name)
{
    for (size_t i = 0; i < sizeof not_documents / sizeof *not_documents; i++)
        if (str_ends(name, not_documents[i]))
            return false;
    return true;
}

static bool add(Strs *out, Arena *a, Str path, Err *err)
{
    if (out->n == MAX_INPUTS)
        return fail(err, ERR_LIMIT, NULL, "一次最多处理 %d 个文件", "at most %d files at once",
                    MAX_INPUTS);
    *PUSH(a, out) = path;
    return true;
}

static bool add_directory(Strs *out, Arena *a, Str dir, Err *err)
{
    Strs files = {0};
    if (!file_walk(dir, MAX_INPUTS, a, &files, err))
        return false;
    for (size_t i = 0; i < files.n; i++)
        if (is_document(files.v[i]) && !add(out, a, files.v[i], err))
            return false;
    return true;
}

static bool add_pattern(Strs *out, Arena *a, Str operand, Err *err)
{
    glob_t found;
    bool ok = true;
    if (glob(str_to_z(a, operand), 0, NULL, &found) != 0)
        return add(out, a, operand, err);
    for (size_t i = 0; ok && i < found.gl_pathc; i++)
        ok = add(out, a, str_dup(a, str_z(found.gl_pathv[i])), err);
    globfree(&found);
    return ok;
}

static bool add_operand(Strs *out, Arena *a, Str operand, Err *err)
{
    if (str_eq(operand, S("-")) || file_exists(operand))
        return file_is_dir(operand) ? add_directory(out, a, operand, err)
                                    : add(out, a, operand, err);
    return add_pattern(out, a, operand, err);
}

bool inputs_collect(const Strs *operands, Arena *a, Strs *out, Err *err)
{
    Strs list = {0};
    size_t from_stdin = 0;
    for (size_t i = 0; i < operands->n; i++) {
        if (!add_operand(&list, a, operands->v[i], err))
            return false;
        from_stdin += str_eq(operands->v[i], S("-"));
    }
    if (from_stdin > 1)
        return fail(err, ERR_INPUT, NULL, "标准输入“-”只能用一次",
                    "“-” (standard input) can be given once");
    *out = list;
    return true;
}

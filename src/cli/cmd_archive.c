// gongkai archive …: a closed request as one package; proving it needs neither site nor data.
#include "app/archive.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "cli/cmd_request.h"

enum { OUT_MAX = 1 << 20 };

// /tmp/case.tar, /tmp/case-2.tar …
static Str volume_file(Arena *a, Str file, int64_t volume)
{
    if (volume == 1)
        return file;
    return str_ends(file, S(".tar"))
               ? str_fmt(a, PRI_STR "-%lld.tar", STR_ARG(str_sub(file, 0, file.n - 4)),
                         (long long)volume)
               : str_fmt(a, PRI_STR "-%lld", STR_ARG(file), (long long)volume);
}

static bool volume_out(App *app, RequestId id, int64_t volume, Str file, Arena scratch,
                       int64_t *volumes, Err *err)
{
    Archived row;
    Str bytes, path = volume_file(&scratch, file, volume);
    if (file_exists(path))
        return fail(err, ERR_INPUT, NULL, PRI_STR "已经存在", PRI_STR " is there already",
                    STR_ARG(path));
    if (!app_archive_get(app, id, 0, volume, &scratch, &row, &bytes, err) ||
        !file_write(path, bytes, err))
        return false;
    out(str_fmt(&scratch, PRI_STR ": " PRI_STR ", %lld bytes, SHA-256 " PRI_STR "\n", STR_ARG(path),
                STR_ARG(row.code), (long long)row.bytes, STR_ARG(row.sha256)));
    *volumes = row.volumes;
    return true;
}

int cmd_archive_make(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    RequestId id;
    InfoRequest now;
    Archived row;
    int64_t volumes = 1;
    Str file = args->operands.v[1];
    if (file_exists(file)) {
        (void)fail(err, ERR_INPUT, NULL, PRI_STR "已经存在", PRI_STR " is there already",
                   STR_ARG(file));
        return -1;
    }
    if (!args_app(args, DB_WRITE, &app, err) ||
        !request_operand(&app, args->operands.v[0], args->a, &id, err) ||
        !store_request_get(app.db, &app.scope, id, args->a, &now, err) ||
        (!now.archived_at && !app_archive_make(&app, id, now.version, args->a, &row, err)))
        return -1;
    for (int64_t v = 1; v <= volumes; v++)
        if (!volume_out(&app, id, v, file, *args->a, &volumes, err))
            return -1;
    return DONE_CLEAN;
}

// The key that signed is among the lines of the file that was given.
static bool trusted(const Args *args, Str key, Err *err)
{
    Str keys, line;
    if (!args->on[OPT_PUBLIC_KEY])
        return true;
    if (!file_read(args->value[OPT_PUBLIC_KEY], 64 << 10, args->a, &keys, err))
        return false;
    while (keys.n) {
        str_cut(keys, S("\n"), &line, &keys);
        if (str_eq(str_trim(line), key))
            return true;
    }
    return fail(err, ERR_RULE, NULL, "档案包是用另一个公钥签名的",
                "the package was signed with another key than those given");
}

static void proof_out(const Args *args, const ArchiveProof *p)
{
    Buf b = buf_new(args->a, OUT_MAX);
    for (size_t i = 0; i < p->n_lines; i++) {
        text_shown(&b, p->lines[i].name);
        buf_add(&b, S("  "));
        text_shown(&b, p->lines[i].value);
        buf_byte(&b, '\n');
    }
    buf_fmt(&b, "\n%zu files, each as signed; public key " PRI_STR "%s\n", p->n_files,
            STR_ARG(p->public_key),
            args->on[OPT_PUBLIC_KEY] ? ", as given" : " (compare it with the one the site shows)");
    out(buf_str(&b));
}

int cmd_archive_verify(const Args *args, Err *err)
{
    Str path = args->operands.v[0], bytes;
    ArchiveProof proof;
    Arena *a = args->a;
    bool read = str_eq(path, S("-")) ? file_read_fd(0, ARCHIVE_MAX + 1, a, &bytes, err)
                                     : file_read(path, ARCHIVE_MAX + 1, a, &bytes, err);
    if (!read)
        return -1;
    if (!archive_verify(bytes, S(""), a, &proof, err) || !trusted(args, proof.public_key, err)) {
        if (err->kind != ERR_RULE)
            return -1;
        out(str_fmt(a, "%s\n", err->en));
        return DONE_FINDINGS;
    }
    proof_out(args, &proof);
    return DONE_CLEAN;
}

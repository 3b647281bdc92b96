#include "app/backup_file.h"

#include "base/crypt.h"
#include "base/file.h"
#include "base/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { MANIFEST_MAX = 16 << 20, SUM_DIGITS = 2 * SHA256_BYTES };

// --- writing

static bool disk_failed(Str path, Err *err)
{
    return fail(err, ERR_SYSTEM, strerror(errno),
                errno == ENOSPC ? "磁盘已满，备份没有完成：" PRI_STR : "无法写入备份：" PRI_STR,
                errno == ENOSPC ? "the disk is full, the backup was not finished: " PRI_STR
                                : "the backup cannot be written: " PRI_STR,
                STR_ARG(path));
}

static int create(Str path, Arena *a)
{
    return open(str_to_z(a, path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

bool backup_out_open(Str work, bool tar, int64_t now, Arena *a, BackupOut *out, Err *err)
{
    BackupOut o = {.work = work, .tar = -1, .now = now};
    o.sums = create(file_join(a, work, S(BACKUP_SUMS)), a);
    if (tar)
        o.tar = create(file_join(a, work, S("archive.tar")), a);
    if (o.sums >= 0 && (!tar || o.tar >= 0)) {
        *out = o;
        return true;
    }
    disk_failed(work, err);
    backup_out_close(&o);
    return false;
}

void backup_out_close(BackupOut *o)
{
    if (o->tar >= 0)
        close(o->tar);
    if (o->sums >= 0)
        close(o->sums);
    o->tar = o->sums = -1;
}

static bool put_tar(BackupOut *o, Str name, Str bytes, Err *err)
{
    static const char nothing[TAR_BLOCK];
    TarHead head;
    if (!tar_head(name, bytes.n, o->now, &head))
        return fail(err, ERR_LIMIT, NULL, "文件名太长，不能放入归档：" PRI_STR,
                    "the name is too long for an archive: " PRI_STR, STR_ARG(name));
    return file_write_fd(o->tar, (Str){head.bytes, TAR_BLOCK}, err) &&
           file_write_fd(o->tar, bytes, err) &&
           file_write_fd(o->tar, (Str){nothing, tar_fill(bytes.n)}, err);
}

static bool put_file(Str path, Str bytes, Arena *a, Err *err)
{
    int fd = create(path, a);
    if (fd < 0)
        return disk_failed(path, err);
    bool ok = file_write_fd(fd, bytes, err) && (fsync(fd) == 0 || disk_failed(path, err));
    close(fd);
    return ok;
}

// Into the folder, unless it lies there.
static bool put_folder(BackupOut *o, Str name, Str bytes, Arena *a, Err *err)
{
    Str path = file_join(a, o->work, name);
    ptrdiff_t slash = str_find_last(path, S("/"));
    return file_exists(path) ||
           (file_mkdir(str_sub(path, 0, (size_t)slash), err) && put_file(path, bytes, a, err));
}

static bool nameable(Str name)
{
    return !str_has(name, S("\n")) && !str_has(name, S("\\"));
}

bool backup_out_put(BackupOut *o, Str name, Str path, Arena *a, Err *err)
{
    Arena scratch = *a;
    CLEANUP(file_unmap) Str bytes = {0};
    if (!nameable(name))
        return fail(err, ERR_INPUT, NULL, "文件名不能放入备份：" PRI_STR,
                    "a name that cannot stand in a backup: " PRI_STR, STR_ARG(name));
    if (!file_map(path, &bytes, err))
        return false;
    Str line = str_fmt(&scratch, PRI_STR "  " PRI_STR "\n", STR_ARG(crypt_sha256(&scratch, bytes)),
                       STR_ARG(name));
    o->files++;
    o->bytes += (int64_t)bytes.n;
    return (o->tar >= 0 ? put_tar(o, name, bytes, err)
                        : put_folder(o, name, bytes, &scratch, err)) &&
           file_write_fd(o->sums, line, err);
}

static bool put_sums(BackupOut *o, Arena *a, Err *err)
{
    CLEANUP(file_unmap) Str sums = {0};
    static const char nothing[2 * TAR_BLOCK];
    return file_map(file_join(a, o->work, S(BACKUP_SUMS)), &sums, err) &&
           put_tar(o, S(BACKUP_SUMS), sums, err) &&
           file_write_fd(o->tar, (Str){nothing, sizeof nothing}, err);
}

bool backup_out_end(BackupOut *o, Arena *a, Err *err)
{
    if (o->tar >= 0 && !put_sums(o, a, err))
        return false;
    return (fsync(o->sums) == 0 && (o->tar < 0 || fsync(o->tar) == 0)) || disk_failed(o->work, err);
}

// --- reading

static bool not_whole(Str what, Err *err)
{
    return fail(err, ERR_UNREADABLE, NULL, "备份不完整或已损坏：" PRI_STR,
                "the backup is not whole, or damaged: " PRI_STR, STR_ARG(what));
}

// The manifest and the sums, wherever they are.
static bool in_tar(BackupIn *in, Arena *a, Err *err)
{
    TarEntry e;
    bool broken;
    Str rest = in->tar;
    Arena scratch = *a;
    while (tar_next(&rest, &scratch, &e, &broken)) {
        if (str_eq(e.name, S(BACKUP_MANIFEST)))
            in->manifest = e.bytes;
        if (str_eq(e.name, S(BACKUP_SUMS)))
            in->sums = e.bytes;
        scratch = *a;
    }
    return (!broken && in->sums.n && in->manifest.n) || not_whole(in->path, err);
}

static bool in_folder(BackupIn *in, Arena *a, Err *err)
{
    if (!file_exists(file_join(a, in->path, S(BACKUP_SUMS))))
        return not_whole(in->path, err);
    if (!file_map(file_join(a, in->path, S(BACKUP_SUMS)), &in->map, err) ||
        !file_read(file_join(a, in->path, S(BACKUP_MANIFEST)), MANIFEST_MAX, a, &in->manifest, err))
        return false;
    in->sums = in->map;
    return true;
}

bool backup_in_open(Str path, Arena *a, BackupIn *out, Err *err)
{
    CLEANUP(backup_in_close) BackupIn in = {.path = path};
    if (!file_exists(path))
        return fail(err, ERR_MISSING, NULL, "没有这个备份：" PRI_STR, "no such backup: " PRI_STR,
                    STR_ARG(path));
    bool ok = file_is_dir(path) ? in_folder(&in, a, err)
                                : file_map(path, &in.tar, err) && in_tar(&in, a, err);
    if (!ok)
        return false;
    *out = in;
    in = (BackupIn){0};
    return true;
}

void backup_in_close(BackupIn *in)
{
    file_unmap(&in->tar);
    file_unmap(&in->map);
}

// Names come from the backup: none may lead out of the place it is put.
static bool inside(Str name)
{
    return name.n && name.s[0] != '/' && !str_has(name, S("../")) && !str_ends(name, S("..")) &&
           nameable(name);
}

static bool one_file(const BackupIn *in, Str line, Str *rest, Str *name, Str *bytes, Arena *a,
                     Err *err)
{
    TarEntry e;
    bool broken;
    *name = str_from(line, SUM_DIGITS + 2);
    if (line.n <= SUM_DIGITS + 2 || !inside(*name))
        return not_whole(in->path, err);
    if (!in->tar.n)
        return (file_exists(file_join(a, in->path, *name)) &&
                file_map(file_join(a, in->path, *name), bytes, err)) ||
               not_whole(*name, err);
    if (!tar_next(rest, a, &e, &broken) || !str_eq(e.name, *name))
        return not_whole(*name, err);
    *bytes = e.bytes;
    return true;
}

static bool take(const BackupIn *in, Str line, Str *rest,
                 bool (*one)(void *ctx, Str name, Str bytes, Err *err), void *ctx, Arena *a,
                 Err *err)
{
    Str name, bytes = {0};
    bool ok = one_file(in, line, rest, &name, &bytes, a, err);
    if (ok && !str_eq(crypt_sha256(a, bytes), str_sub(line, 0, SUM_DIGITS)))
        ok = not_whole(name, err);
    ok = ok && (!one || one(ctx, name, bytes, err));
    if (!in->tar.n)
        file_unmap(&bytes);
    return ok;
}

bool backup_in_each(const BackupIn *in, bool (*one)(void *ctx, Str name, Str bytes, Err *err),
                    void *ctx, Arena *a, Err *err)
{
    Str line, lines = in->sums, rest = in->tar;
    while (lines.n) {
        Arena scratch = *a;
        str_cut(lines, S("\n"), &line, &lines);
        if (!take(in, line, &rest, one, ctx, &scratch, err))
            return false;
    }
    return true;
}

#include "store/files.h"

#include "base/crypt.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

Str files_address(Arena *a, Str bytes)
{
    return crypt_sha256(a, bytes);
}

static char *folder_of(Arena *a, Str data, Str sha256)
{
    return str_to_z(
        a, str_fmt(a, PRI_STR "/files/" PRI_STR, STR_ARG(data), STR_ARG(str_sub(sha256, 0, 2))));
}

static char *path_of(Arena *a, Str data, Str sha256)
{
    return str_to_z(a, str_fmt(a, "%s/" PRI_STR, folder_of(a, data, sha256), STR_ARG(sha256)));
}

static bool disk_fail(Err *err)
{
    const char *why = strerror(errno);
    if (errno == ENOSPC || errno == EDQUOT)
        return fail(err, ERR_SYSTEM, why, "磁盘已满，没有保存；请清理磁盘后重试",
                    "the disk is full, nothing was saved; make room and try again");
    if (errno == EACCES || errno == EPERM || errno == EROFS)
        return fail(err, ERR_SYSTEM, why, "不能写入数据目录，没有保存；请检查目录权限",
                    "the data folder cannot be written, nothing was saved; check its rights");
    return fail(err, ERR_SYSTEM, why, "读写数据目录出错；请检查磁盘",
                "reading or writing the data folder failed; check the disk");
}

static void fd_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool write_all(int fd, Str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.s, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static bool sync_folder(const char *folder)
{
    CLEANUP(fd_end) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd >= 0 && fsync(fd) == 0;
}

static bool make_folders(Arena *a, Str data, Str sha256)
{
    const char *files = str_to_z(a, str_cat(a, data, S("/files")));
    const char *folder = folder_of(a, data, sha256);
    return (mkdir(files, 0750) == 0 || errno == EEXIST) &&
           (mkdir(folder, 0750) == 0 || errno == EEXIST);
}

// Written beside and renamed, so that a file under its address is always whole.
static bool write_new(Arena *a, const char *path, Str bytes)
{
    char *beside = str_to_z(a, str_fmt(a, "%s.XXXXXX", path));
    CLEANUP(fd_end) int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0)
        return false;
    if (write_all(fd, bytes) && fchmod(fd, 0640) == 0 && fsync(fd) == 0 &&
        rename(beside, path) == 0)
        return true;
    int why = errno;
    unlink(beside);
    errno = why;
    return false;
}

bool files_put(Str data, Str bytes, Arena *a, Str *sha256, Err *err)
{
    Str address = files_address(a, bytes);
    const char *path = path_of(a, data, address);
    struct stat st;
    bool there = stat(path, &st) == 0 && (size_t)st.st_size == bytes.n;
    if (!there && (!make_folders(a, data, address) || !write_new(a, path, bytes) ||
                   !sync_folder(folder_of(a, data, address))))
        return disk_fail(err);
    *sha256 = address;
    return true;
}

static bool read_all(int fd, Arena *a, Str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return false;
    size_t size = (size_t)st.st_size, at = 0;
    char *bytes = NEW(a, char, size + 1);
    while (at < size) {
        ssize_t n = read(fd, bytes + at, size - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    *out = (Str){bytes, size};
    return true;
}

bool files_get(Str data, Str sha256, Arena *a, Str *bytes, Err *err)
{
    CLEANUP(fd_end) int fd = open(path_of(a, data, sha256), O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return fail(err, ERR_MISSING, NULL, "原件不在数据目录中",
                    "the original is not in the data folder");
    Str found;
    if (fd < 0 || !read_all(fd, a, &found))
        return disk_fail(err);
    if (!str_eq(files_address(a, found), sha256))
        return fail(err, ERR_SYSTEM, NULL, "原件与入库时不同，可能已损坏或被改动",
                    "the original is not what was stored; it has been damaged or changed");
    *bytes = found;
    return true;
}

#include "base/file.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096, DEPTH_MOST = 64, WALK_ARENA = 1 << 20 };

// A path as the system wants it; too long a one becomes "", which no call accepts.
typedef struct Path {
    char z[PATH_MOST];
} Path;

static Path path_of(Str s)
{
    Path p = {""};
    if (s.n < sizeof p.z && !memchr(s.n ? s.s : "", 0, s.n)) {
        memcpy(p.z, s.n ? s.s : "", s.n);
        p.z[s.n] = 0;
    }
    return p;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

// Turns errno into words about `path`; empty: about what has no name.
static bool failed(Err *err, Str path)
{
    static const struct {
        int number;
        ErrKind kind;
        const char *zh, *en;
    } rows[] = {
        {ENOENT, ERR_MISSING, "没有这个文件或目录", "No such file or directory"},
        {ENOTDIR, ERR_MISSING, "没有这个文件或目录", "No such file or directory"},
        {EACCES, ERR_DENIED, "没有权限访问", "Not permitted to access"},
        {EPERM, ERR_DENIED, "没有权限访问", "Not permitted to access"},
        {EROFS, ERR_DENIED, "所在的文件系统是只读的", "The file system is read-only"},
        {ENOSPC, ERR_SYSTEM, "磁盘已满，无法写入", "The disk is full, cannot write"},
        {EDQUOT, ERR_SYSTEM, "磁盘已满，无法写入", "The disk is full, cannot write"},
        {EPIPE, ERR_SYSTEM, "对方已关闭，无法写入", "The other end is closed"},
        {0, ERR_SYSTEM, "无法读写", "Cannot read or write"},
    };
    char why[100];
    int number = errno;
    size_t i = 0;
    while (rows[i].number && rows[i].number != number)
        i++;
    const char *words = strerror_r(number, why, sizeof why);
    if (!path.n)
        return fail(err, rows[i].kind, words, "%s%.0s", "%.0s%s", rows[i].zh, rows[i].en);
    return fail(err, rows[i].kind, words, "%s%.0s：%.*s", "%.0s%s: %.*s", rows[i].zh, rows[i].en,
                STR_ARG(path));
}

static bool too_large(Err *err, Str path, size_t max)
{
    return fail(err, ERR_LIMIT, NULL, "%.*s 超过 %zu 字节的上限。",
                "%.*s is larger than the limit of %zu bytes.", STR_ARG(path), max);
}

static bool read_all(int fd, size_t max, size_t guess, Arena *a, Str path, Str *out, Err *err)
{
    Arena made = *a;
    Buf b = buf_new(&made, max + 1);
    buf_room(&b, guess < max ? guess + 1 : max + 1);
    for (;;) {
        if (b.n > max)
            return too_large(err, path, max);
        size_t want = b.cap > b.n ? b.cap - b.n : 64 << 10;
        if (want > max + 1 - b.n)
            want = max + 1 - b.n;
        buf_room(&b, want);
        ssize_t n = read(fd, b.s + b.n, want);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(err, path);
        if (n == 0)
            break;
        b.n += (size_t)n;
    }
    *a = made;
    *out = buf_str(&b);
    return true;
}

bool file_read(Str path, size_t max, Arena *a, Str *out, Err *err)
{
    // Without O_NONBLOCK opening a named pipe would wait for a writer.
    CLEANUP(close_fd) int fd = open(path_of(path).z, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0)
        return failed(err, path);
    if (S_ISDIR(st.st_mode))
        return fail(err, ERR_INPUT, NULL, "%.*s 是目录，不是文件。",
                    "%.*s is a directory, not a file.", STR_ARG(path));
    if (!S_ISREG(st.st_mode))
        return fail(err, ERR_INPUT, NULL, "%.*s 不是普通文件。", "%.*s is not a regular file.",
                    STR_ARG(path));
    if ((size_t)st.st_size > max)
        return too_large(err, path, max);
    return read_all(fd, max, (size_t)st.st_size, a, path, out, err);
}

bool file_read_fd(int fd, size_t max, Arena *a, Str *out, Err *err)
{
    return read_all(fd, max, 64 << 10, a, S("-"), out, err);
}

bool file_write_fd(int fd, Str bytes, Err *err)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.s, bytes.n);
        if (n < 0 && errno != EINTR)
            return failed(err, S(""));
        bytes = str_from(bytes, n > 0 ? (size_t)n : 0);
    }
    return true;
}

static Str dir_of(Str path)
{
    ptrdiff_t slash = str_find_last(path, S("/"));
    return slash < 0 ? S(".") : slash == 0 ? S("/") : str_sub(path, 0, (size_t)slash);
}

static bool sync_dir(Str path)
{
    CLEANUP(close_fd) int fd = open(path_of(dir_of(path)).z, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd >= 0 && fsync(fd) == 0;
}

// Writes beside `path`, then `place`s it there: rename() over what was there, link() only where
// nothing was.
static bool put(Str path, Str bytes, mode_t mode, int (*place)(const char *, const char *),
                Err *err)
{
    Path tmp = path_of(path), to = tmp;
    size_t n = strlen(tmp.z);
    if (!n || n + 8 > sizeof tmp.z) {
        errno = ENAMETOOLONG;
        return failed(err, path);
    }
    memcpy(tmp.z + n, ".XXXXXX", 8);
    CLEANUP(close_fd) int fd = mkostemp(tmp.z, O_CLOEXEC);
    if (fd < 0)
        return failed(err, path);
    if (!file_write_fd(fd, bytes, err)) {
        unlink(tmp.z);
        return false;
    }
    bool ok = fchmod(fd, mode) == 0 && fsync(fd) == 0 && place(tmp.z, to.z) == 0 && sync_dir(path);
    int why = errno;
    unlink(tmp.z); // where it was renamed it is not there any more
    errno = why;
    return ok || failed(err, path);
}

bool file_write(Str path, Str bytes, Err *err)
{
    return put(path, bytes, 0644, rename, err);
}

bool file_make_secret(Str path, Str bytes, Err *err)
{
    Err why = {0};
    if (file_exists(path) || put(path, bytes, 0600, link, &why) || file_exists(path))
        return true;
    *err = why;
    return false;
}

bool file_exists(Str path)
{
    return access(path_of(path).z, F_OK) == 0;
}

bool file_is_dir(Str path)
{
    struct stat st;
    return stat(path_of(path).z, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_is_private(Str path)
{
    struct stat st;
    return stat(path_of(path).z, &st) == 0 && !(st.st_mode & (S_IRWXG | S_IRWXO));
}

bool file_mkdir(Str path, Err *err)
{
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && path.s[i] != '/')
            continue;
        Str part = str_sub(path, 0, i);
        bool made = mkdir(path_of(part).z, 0700) == 0;
        int why = errno; // which asking what is there overwrites
        if (!made && !file_is_dir(part)) {
            errno = why == EEXIST ? ENOTDIR : why;
            return failed(err, part);
        }
        if (made && !sync_dir(part)) // so that what is put into it is found after a power cut
            return failed(err, part);
    }
    return true;
}

// --- walking

typedef struct Walk {
    Arena *a;
    bool (*one)(void *ctx, Str path, Err *err);
    void *ctx;
    Err *err;
    bool folders; // they are told too, before what is in them
} Walk;

typedef struct Found {
    Arena *a;
    Strs paths;
    size_t max;
} Found;

static bool keep(void *ctx, Str path, Err *err)
{
    Found *f = ctx;
    if (f->paths.n == f->max)
        return fail(err, ERR_LIMIT, NULL, "目录中的文件超过 %zu 个。",
                    "The directory holds more than %zu files.", f->max);
    *PUSH(f->a, &f->paths) = str_dup(f->a, path);
    return true;
}

static unsigned char type_of(Str path, unsigned char told)
{
    struct stat st;
    if (told != DT_UNKNOWN || lstat(path_of(path).z, &st) < 0)
        return told;
    return S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_UNKNOWN;
}

static void close_dir(DIR **d)
{
    if (*d)
        closedir(*d);
}

static bool walk(Walk *w, Str dir, int depth)
{
    CLEANUP(close_dir) DIR *d = opendir(path_of(dir).z);
    if (!d)
        return depth > 0 || failed(w->err, dir);
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.')
            continue;
        Arena here = *w->a;
        Walk below = *w;
        below.a = &here;
        Str path = file_join(&here, dir, str_z(e->d_name));
        unsigned char type = type_of(path, e->d_type);
        if (type == DT_DIR && w->folders && !w->one(w->ctx, path, w->err))
            return false;
        if (type == DT_DIR && depth < DEPTH_MOST && !walk(&below, path, depth + 1))
            return false;
        if (type == DT_REG && !w->one(w->ctx, path, w->err))
            return false;
    }
    return true;
}

static int by_path(const void *x, const void *y)
{
    return str_cmp(*(const Str *)x, *(const Str *)y);
}

bool file_walk(Str dir, size_t max, Arena *a, Strs *out, Err *err)
{
    Found found = {.a = a, .max = max};
    CLEANUP(arena_end) Arena paths = arena_new(WALK_ARENA);
    if (!walk(&(Walk){&paths, keep, &found, err, false}, dir, 0))
        return false;
    if (found.paths.n)
        qsort(found.paths.v, found.paths.n, sizeof *found.paths.v, by_path);
    *out = found.paths;
    return true;
}

bool file_each(Str dir, bool (*one)(void *ctx, Str path, Err *err), void *ctx, Arena *a, Err *err)
{
    return walk(&(Walk){a, one, ctx, err, false}, dir, 0);
}

// --- as they lie on the disk

bool file_map(Str path, Str *out, Err *err)
{
    CLEANUP(close_fd) int fd = open(path_of(path).z, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0)
        return failed(err, path);
    if (!S_ISREG(st.st_mode))
        return fail(err, ERR_INPUT, NULL, "%.*s 不是普通文件。", "%.*s is not a regular file.",
                    STR_ARG(path));
    size_t n = (size_t)st.st_size;
    void *at = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    if (at == MAP_FAILED)
        return failed(err, path);
    *out = (Str){at, n};
    return true;
}

void file_unmap(Str *bytes)
{
    if (bytes->n)
        munmap((void *)(uintptr_t)bytes->s, bytes->n);
    *bytes = (Str){0};
}

bool file_owner(Str path, FileOwner *out)
{
    struct stat st;
    if (stat(path_of(path).z, &st) < 0)
        return false;
    *out = (FileOwner){st.st_uid, st.st_gid};
    return true;
}

static bool own_one(void *ctx, Str path, Err *err)
{
    const FileOwner *to = ctx;
    return lchown(path_of(path).z, to->uid, to->gid) == 0 || failed(err, path);
}

bool file_own(Str path, FileOwner to, Err *err)
{
    CLEANUP(arena_end) Arena paths = arena_new(WALK_ARENA);
    Walk all = {&paths, own_one, &to, err, .folders = true};
    return own_one(&to, path, err) && (!file_is_dir(path) || walk(&all, path, 0));
}

bool file_move(Str from, Str to, Err *err)
{
    if (file_exists(to))
        return fail(err, ERR_RULE, NULL, "已经存在，不会覆盖：%.*s",
                    "there already, and not overwritten: %.*s", STR_ARG(to));
    return (rename(path_of(from).z, path_of(to).z) == 0 && sync_dir(to)) || failed(err, to);
}

// --- temporary directories

bool file_temp_dir(Arena *a, Str *out, Err *err)
{
    const char *under = getenv("TMPDIR");
    Str dir = str_fmt(a, "%s/gongkai.XXXXXX", under && *under ? under : "/tmp");
    char *z = str_to_z(a, dir);
    if (!mkdtemp(z))
        return failed(err, dir);
    *out = str_z(z);
    return true;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

bool file_remove(Str path, Err *err)
{
    return nftw(path_of(path).z, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 || failed(err, path);
}

// --- names

Str file_name(Str path)
{
    return str_from(path, (size_t)(str_find_last(path, S("/")) + 1));
}

Str file_ext(Str path)
{
    Str name = file_name(path);
    ptrdiff_t dot = str_find_last(name, S("."));
    return dot <= 0 ? S("") : str_from(name, (size_t)dot + 1);
}

Str file_join(Arena *a, Str dir, Str name)
{
    bool slash = !dir.n || dir.s[dir.n - 1] == '/';
    return str_fmt(a, "%.*s%s%.*s", STR_ARG(dir), slash ? "" : "/", STR_ARG(name));
}

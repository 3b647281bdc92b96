#include "web/body.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static bool no_room(Err *err)
{
    return fail(err, ERR_SYSTEM, strerror(errno), "服务器暂时无法接收文件，请稍后再试",
                "the server cannot take the file now; try again later");
}

static bool file_write(int fd, Str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.s, s.n);
        if (n < 0 && errno != EINTR)
            return false;
        s = str_from(s, n < 0 ? 0 : (size_t)n);
    }
    return true;
}

static bool file_begin(Body *b, const char *tmp_dir)
{
    b->fd = open(tmp_dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (b->fd < 0) // not every file system has files without names
        b->fd = memfd_create("upload", MFD_CLOEXEC);
    return b->fd >= 0 && file_write(b->fd, (Str){b->s, b->n});
}

bool body_add(Body *b, Str more, const char *tmp_dir, Err *err)
{
    if (b->fd < 0 && b->n + more.n > BODY_IN_MEMORY && !file_begin(b, tmp_dir))
        return no_room(err);
    if (b->fd >= 0) {
        if (!file_write(b->fd, more))
            return no_room(err);
        b->n += more.n;
        return true;
    }
    if (b->n + more.n > b->cap) {
        size_t cap = b->cap ? b->cap : 4096;
        while (cap < b->n + more.n)
            cap *= 2;
        char *s = realloc(b->s, cap);
        if (!s)
            return no_room(err);
        b->s = s;
        b->cap = cap;
    }
    memcpy(b->s + b->n, more.s, more.n);
    b->n += more.n;
    return true;
}

bool body_whole(Body *b, Str *out, Err *err)
{
    if (b->fd >= 0 && !b->map) {
        void *map = mmap(NULL, b->n, PROT_READ, MAP_PRIVATE, b->fd, 0);
        if (map == MAP_FAILED)
            return no_room(err);
        b->map = map;
    }
    *out = (Str){b->fd >= 0 ? b->map : b->s, b->n};
    return true;
}

void body_free(Body *b)
{
    if (b->map)
        munmap(b->map, b->n);
    if (b->fd >= 0)
        close(b->fd);
    free(b->s);
    *b = body_new();
}

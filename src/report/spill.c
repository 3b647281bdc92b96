#include "report/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static int unlinked_file(void)
{
    const char *dir = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/gongkai-XXXXXX", dir && *dir ? dir : "/tmp");
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

bool spill_open(Spill *s, bool in_memory, Err *err)
{
    int fd = in_memory ? memfd_create("reports", MFD_CLOEXEC) : unlinked_file();
    if (fd < 0)
        return fail(err, ERR_SYSTEM, strerror(errno), "不能建立临时文件",
                    "cannot make a temporary file");
    *s = (Spill){.fd = fd};
    return true;
}

void spill_end(Spill *s)
{
    close(s->fd);
}

bool spill_add(Spill *s, Str bytes, off_t *at, Err *err)
{
    off_t start = s->end;
    for (size_t done = 0; done < bytes.n;) {
        ssize_t w = pwrite(s->fd, bytes.s + done, bytes.n - done, start + (off_t)done);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return fail(err, ERR_SYSTEM, strerror(errno), "临时文件写不下",
                        "no room for the temporary file");
        done += (size_t)w;
    }
    s->end = start + (off_t)bytes.n;
    *at = start;
    return true;
}

bool spill_get(const Spill *s, off_t at, size_t n, char *out, Err *err)
{
    for (size_t done = 0; done < n;) {
        ssize_t r = pread(s->fd, out + done, n - done, at + (off_t)done);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return fail(err, ERR_SYSTEM, strerror(errno), "临时文件读不出",
                        "the temporary file cannot be read");
        done += (size_t)r;
    }
    return true;
}

// Files: read whole, written whole, walked. Paths are as the system gives them: bytes ended by NUL
// within these functions, Str outside. Errors name the path and say what to do.
#ifndef GONGKAI_FILE_H
#define GONGKAI_FILE_H

#include "base/err.h"
#include "base/str.h"

// The whole of a regular file of at most `max` bytes. ERR_MISSING where there is none, ERR_DENIED
// where it may not be read, ERR_LIMIT where it is larger, ERR_INPUT for a directory or device.
bool file_read(Str path, size_t max, Arena *a, Str *out, Err *err);

// Everything up to the end of an open descriptor (standard input, a pipe), at most `max` bytes.
bool file_read_fd(int fd, size_t max, Arena *a, Str *out, Err *err);

// Puts `bytes` at `path` in one step: whoever opens it sees the old content or the new, also after
// a power cut.
bool file_write(Str path, Str bytes, Err *err);

// The same for nobody but its owner (mode 0600), and only where there is nothing at `path` yet: of
// several that do it at once one wins, and all of them find the winner's bytes. True where a file
// is there afterwards, whosever it is.
bool file_make_secret(Str path, Str bytes, Err *err);

// All of `bytes` to a descriptor, over as many calls as it takes. ERR_SYSTEM where it is closed.
bool file_write_fd(int fd, Str bytes, Err *err);

bool file_exists(Str path);
bool file_is_dir(Str path);
bool file_is_private(Str path); // for nobody but its owner (and root)

// The directory and those above it that are missing, for nobody but their owner (mode 0700): what
// an organ keeps is not for the other users of the machine.
bool file_mkdir(Str path, Err *err);

// Every regular file under `dir`, sorted by path (bytes), paths beginning with `dir`. Names that
// begin with a dot are passed over, symbolic links are not followed; at most `max` files, more is
// ERR_LIMIT. Directories below that may not be read are passed over; `dir` itself must be readable.
bool file_walk(Str dir, size_t max, Arena *a, Strs *out, Err *err);

// The same one by one, in the order in which the system has them, and however many: `one` gets each
// path and ends the walk by returning false. The path is in an arena that is given back behind it.
bool file_each(Str dir, bool (*one)(void *ctx, Str path, Err *err), void *ctx, Arena *a, Err *err);

// The bytes of a regular file as they lie on the disk, for reading; they take no memory of the
// process's. The file must not become shorter meanwhile. Ended by file_unmap.
bool file_map(Str path, Str *out, Err *err);
void file_unmap(Str *bytes);

// Who a file or folder belongs to.
typedef struct FileOwner {
    unsigned uid, gid;
} FileOwner;

// False where it is not there.
bool file_owner(Str path, FileOwner *out);
// Gives it away with all below it. Only root may.
bool file_own(Str path, FileOwner to, Err *err);

// Moves a file or folder; what is there already is ERR_RULE. On disk before it returns.
bool file_move(Str from, Str to, Err *err);

// A new empty directory for a test or a job, under $TMPDIR or /tmp; file_remove takes it away
// with all below it.
bool file_temp_dir(Arena *a, Str *out, Err *err);
bool file_remove(Str path, Err *err);

Str file_name(Str path); // behind the last slash
Str file_ext(Str path);  // behind the last dot of the name, empty where there is none
Str file_join(Arena *a, Str dir, Str name);

#endif

#include "store/files.h"

#include "base/crypt.h"
#include "base/file.h"

enum { ORIGINAL_MAX = 64 << 20 }; // above the limit of every reader

Str files_address(Arena *a, Str bytes)
{
    return crypt_sha256(a, bytes);
}

// A folder for the first two digits, so that none grows too long to list.
static Str folder_of(Arena *a, Str data, Str sha256)
{
    return file_join(a, file_join(a, data, S("files")), str_sub(sha256, 0, 2));
}

static Str path_of(Arena *a, Str data, Str sha256)
{
    return file_join(a, folder_of(a, data, sha256), sha256);
}

bool files_put(Str data, Str bytes, Arena *a, Str *sha256, Err *err)
{
    Str address = files_address(a, bytes), path = path_of(a, data, address);
    if (!file_exists(path) &&
        (!file_mkdir(folder_of(a, data, address), err) || !file_write(path, bytes, err)))
        return false;
    *sha256 = address;
    return true;
}

bool files_get(Str data, Str sha256, Arena *a, Str *bytes, Err *err)
{
    Str found, path = path_of(a, data, sha256);
    if (!file_exists(path))
        return fail(err, ERR_MISSING, NULL, "原件不在数据目录中",
                    "the original is not in the data folder");
    if (!file_read(path, ORIGINAL_MAX, a, &found, err))
        return false;
    if (!str_eq(files_address(a, found), sha256))
        return fail(err, ERR_SYSTEM, NULL, "原件与入库时不同，可能已损坏或被改动",
                    "the original is not what was stored; it has been damaged or changed");
    *bytes = found;
    return true;
}

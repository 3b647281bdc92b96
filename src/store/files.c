#include "store/files.h"

#include "base/file.h"

Str files_address(Arena *a, Str bytes)
{
    return crypt_sha256(a, bytes);
}

// --- where it lies

static bool on_s3(const Files *f)
{
    return f->s3 && s3_configured(f->s3);
}

// A folder for the first two digits, so that none grows too long to list.
static Str folder_of(Arena *a, Str data, Str address)
{
    return file_join(a, file_join(a, data, S("files")), str_sub(address, 0, 2));
}

static Str path_of(Arena *a, Str data, Str address)
{
    return file_join(a, folder_of(a, data, address), address);
}

// Addresses come from the database, which somebody may have changed: none leads out of the folder.
static bool address_ok(Str address)
{
    unsigned char bytes[SHA256_BYTES];
    return crypt_unhex(address, bytes, sizeof bytes);
}

static bool missing(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "文件不在存储中", "the file is not in the store");
}

static bool damaged(Err *err)
{
    return fail(err, ERR_SYSTEM, NULL, "文件与存入时不同，可能已损坏或被改动",
                "the file is not what was stored; it has been damaged or changed");
}

static bool write_at(const Files *f, Str address, Str bytes, Arena *a, Err *err)
{
    if (on_s3(f))
        return files_s3_put(f->s3, address, bytes, a, err);
    return file_mkdir(folder_of(a, f->data, address), err) &&
           file_write(path_of(a, f->data, address), bytes, err);
}

// Not compared with anything yet.
static bool read_at(const Files *f, Str address, Arena *a, Str *bytes, Err *err)
{
    if (!address_ok(address))
        return missing(err);
    if (on_s3(f))
        return files_s3_get(f->s3, address, S(""), a, bytes, err);
    Str path = path_of(a, f->data, address);
    return file_exists(path) ? file_read(path, FILES_MAX + CRYPT_SEALED, a, bytes, err)
                             : missing(err);
}

bool files_has(const Files *f, Str address, Arena *a, bool *out, Err *err)
{
    if (on_s3(f) && address_ok(address))
        return files_s3_has(f->s3, address, a, out, err);
    *out = address_ok(address) && file_exists(path_of(a, f->data, address));
    return true;
}

bool files_erase(const Files *f, Str address, Arena *a, Err *err)
{
    return address_ok(address) ? write_at(f, address, S(""), a, err) : missing(err);
}

static bool small_enough(Str bytes, Err *err)
{
    return bytes.n <= FILES_MAX || fail(err, ERR_LIMIT, NULL, "文件超过%dMB",
                                        "the file is larger than %d MB", FILES_MAX >> 20);
}

// --- public

bool files_get(const Files *f, Str address, Arena *a, Str *bytes, Err *err)
{
    Str found = {0};
    if (!read_at(f, address, a, &found, err))
        return false;
    if (!str_eq(files_address(a, found), address))
        return damaged(err);
    *bytes = found;
    return true;
}

// Writes it unless it is there already, and whole; S3 stores look after that themselves.
static bool keep(const Files *f, Str to, Str bytes,
                 bool (*get)(const Files *, Str, Arena *, Str *, Err *), Arena *a, Err *err)
{
    Arena scratch = *a;
    Str found;
    Err why;
    bool there = false;
    if (on_s3(f) && !files_s3_has(f->s3, to, &scratch, &there, err))
        return false;
    if (!on_s3(f))
        there = get(f, to, &scratch, &found, &why);
    return there || write_at(f, to, bytes, a, err);
}

bool files_put(const Files *f, Str bytes, Arena *a, Str *address, Err *err)
{
    Str to = files_address(a, bytes);
    if (!small_enough(bytes, err) || !keep(f, to, bytes, files_get, a, err))
        return false;
    *address = to;
    return true;
}

// --- private

typedef struct Secrets {
    Key seal, name;
} Secrets;

static bool secrets_of(const Files *f, Secrets *out, Err *err)
{
    *out = (Secrets){0};
    if (!f->master)
        return fail(err, ERR_MISSING, NULL, "没有读到密钥文件，不能处理内部文件",
                    "without the key file no private file can be opened or kept");
    out->seal = crypt_key_nth(f->master, KEY_FILES, 1);
    out->name = crypt_key_nth(f->master, KEY_FILES, 2);
    return true;
}

static void secrets_end(Secrets *s)
{
    crypt_wipe(s, sizeof *s);
}

bool files_get_private(const Files *f, Str address, Arena *a, Str *bytes, Err *err)
{
    CLEANUP(secrets_end) Secrets keys;
    Str sealed = {0};
    if (!secrets_of(f, &keys, err) || !read_at(f, address, a, &sealed, err))
        return false;
    if (!sealed.n)
        return missing(err); // erased
    return crypt_open(a, &keys.seal, sealed, address, bytes) || damaged(err);
}

bool files_put_private(const Files *f, Str bytes, Arena *a, Str *address, Err *err)
{
    CLEANUP(secrets_end) Secrets keys;
    unsigned char mac[SHA256_BYTES];
    if (!small_enough(bytes, err) || !secrets_of(f, &keys, err))
        return false;
    crypt_mac(&keys.name, bytes, mac);
    Str to = crypt_hex(a, (Str){(const char *)mac, sizeof mac});
    Str sealed = crypt_seal(a, &keys.seal, bytes, to);
    if (!keep(f, to, sealed, files_get_private, a, err))
        return false;
    *address = to;
    return true;
}

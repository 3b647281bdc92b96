#include "app/key.h"

#include "base/file.h"
#include "store/key.h"

// A hash of a derived key tells nothing about the key.
static Str mark_of(const Key *master, Arena *a)
{
    Key forms = crypt_key(master, KEY_FORMS);
    Str mark = crypt_sha256(a, (Str){(const char *)forms.bytes, sizeof forms.bytes});
    crypt_wipe(&forms, sizeof forms);
    return mark;
}

static bool key_make(Str path, Err *err)
{
    Key fresh;
    crypt_random(fresh.bytes, sizeof fresh.bytes);
    bool ok = file_make_secret(path, (Str){(const char *)fresh.bytes, sizeof fresh.bytes}, err);
    crypt_wipe(&fresh, sizeof fresh);
    return ok;
}

static bool key_read(Str path, Arena *a, Key *out, Err *err)
{
    Str bytes;
    if (!file_is_private(path))
        return fail(err, ERR_DENIED, NULL,
                    "本机其他用户可以读取密钥文件 " PRI_STR "，请先收回权限（chmod 600）",
                    "other users of this machine may read the key file " PRI_STR
                    "; take that away first (chmod 600)",
                    STR_ARG(path));
    if (!file_read(path, 2 * KEY_BYTES, a, &bytes, err))
        return false;
    if (bytes.n != KEY_BYTES)
        return fail(err, ERR_SYSTEM, NULL, "密钥文件 " PRI_STR " 不完整，请从备份恢复",
                    "the key file " PRI_STR " is not whole; restore it from a backup",
                    STR_ARG(path));
    memcpy(out->bytes, bytes.s, KEY_BYTES);
    return true;
}

static bool key_lost(Str path, Err *err)
{
    return fail(err, ERR_MISSING, NULL,
                "找不到密钥文件 " PRI_STR "：数据库里的秘密是用它封存的，请从备份恢复",
                "the key file " PRI_STR
                " is not there, and secrets in the database are sealed with it; restore it from a"
                " backup",
                STR_ARG(path));
}

static bool key_load(App *app, Str path, DbMode mode, Arena *a, Key *out, bool *has, Err *err)
{
    Str mark;
    if (!store_key_mark(app->db, app->site, a, &mark, err))
        return false;
    if (!file_exists(path)) {
        if (mark.n)
            return key_lost(path, err);
        *has = mode == DB_CREATE;
        if (!*has || !key_make(path, err))
            return !*has;
    }
    *has = true;
    if (!key_read(path, a, out, err))
        return false;
    Str found = mark_of(out, a);
    if (!mark.n && mode != DB_READ &&
        (!store_key_set(app->db, app->site, found, err) ||
         !store_key_mark(app->db, app->site, a, &mark, err)))
        return false;
    return !mark.n || str_eq(mark, found) ||
           fail(err, ERR_SYSTEM, NULL, "密钥文件 " PRI_STR " 与数据库不符：请放回建库时的密钥文件",
                "the key file " PRI_STR
                " does not belong to this database; put back the one it was made with",
                STR_ARG(path));
}

bool app_key_load(App *app, Str file, DbMode mode, Arena *a, Err *err)
{
    Err why = {0};
    Key key = {0};
    bool has = false;
    Str path = file.n ? file : file_join(a, app->data, S("secret.key"));
    bool ok = key_load(app, path, mode, a, &key, &has, &why);
    app->has_key = ok && has;
    app->master = app->has_key ? key : (Key){0};
    crypt_wipe(&key, sizeof key);
    if (ok || mode == DB_READ)
        return true;
    *err = why;
    return false;
}

bool app_key(const App *app, KeyUse use, Key *out, Err *err)
{
    if (!app->has_key)
        return fail(err, ERR_MISSING, NULL, "没有读到密钥文件，不能处理加密的内容",
                    "without the key file nothing that is sealed can be opened or made");
    *out = crypt_key(&app->master, use);
    return true;
}

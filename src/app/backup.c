#include "app/backup.h"

#include "app/backup_file.h"
#include "base/file.h"
#include "base/json.h"
#include "store/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#define KEY_NAME "secret.key"

enum { FORMAT = 1, MANIFEST_MAX = 16 << 20, NAMES_ARENA = 1 << 20 };

static void remove_dir(Str *path)
{
    Err ignored;
    if (path->n && file_exists(*path))
        file_remove(*path, &ignored);
}

// --- as root

static FileOwner owner_of(Str data)
{
    FileOwner me = {geteuid(), getegid()}, owner;
    return me.uid == 0 && file_owner(data, &owner) ? owner : me;
}

// A server that asks who is at the other end of its socket is to find the site's own user there.
static bool open_as(FileOwner who, Str address, DbMode mode, Db **out, Err *err)
{
    FileOwner me = {geteuid(), getegid()};
    if (who.uid == me.uid || !db_is_server(address))
        return db_open(address, mode, out, err);
    if (setegid(who.gid) != 0 || seteuid(who.uid) != 0)
        return fail(err, ERR_SYSTEM, strerror(errno), "不能切换为数据目录的所有者",
                    "cannot become the owner of the data folder");
    bool ok = db_open(address, mode, out, err);
    if (seteuid(me.uid) != 0 || setegid(me.gid) != 0)
        return fail(err, ERR_SYSTEM, strerror(errno), "不能切换回原来的用户",
                    "cannot become root again");
    return ok;
}

static bool give(FileOwner to, Str path, Err *err)
{
    return to.uid == geteuid() || !file_exists(path) || file_own(path, to, err);
}

bool app_db_copy(const AppPlace *place, Str to, const CopyWatch *watch, Arena *a, CopyTables *out,
                 Err *err)
{
    CLEANUP(db_close) Db *source = NULL;
    CLEANUP(db_close) Db *target = NULL;
    FileOwner owner = owner_of(place->data);
    if (!open_as(owner, app_database(place, a), DB_READ, &source, err) ||
        !open_as(owner, to, DB_CREATE, &target, err) ||
        !copy_database(source, target, watch, a, out, err))
        return false;
    db_close(&target);
    return db_is_server(to) || give(owner, to, err);
}

// --- the manifest

static void put_tables(JsonOut *w, const CopyTables *tables)
{
    json_key(w, S("tables")), json_array(w);
    for (size_t i = 0; i < tables->n; i++) {
        json_object(w);
        json_put_str(w, "name", tables->v[i].name);
        json_put_int(w, "rows", tables->v[i].rows);
        json_put_str(w, "sha256", tables->v[i].sha256);
        json_end(w);
    }
    json_end(w);
}

static Str manifest(const BackupDone *done, const CopyTables *tables, Arena *a)
{
    Buf b = buf_new(a, MANIFEST_MAX);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "format", FORMAT);
    json_put_str(&w, "program", done->program);
    json_put_int(&w, "made_at", done->made_at);
    json_put_str(&w, "engine", done->engine);
    json_put_bool(&w, "has_key", done->has_key);
    put_tables(&w, tables);
    json_end(&w);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

static bool read_manifest(Str text, Arena *a, BackupDone *done, CopyTables *tables, Err *err)
{
    const Json *m;
    if (!json_read(text, MANIFEST_MAX, a, &m, err))
        return false;
    if (json_get_int(m, "format", 0) != FORMAT)
        return fail(err, ERR_UNREADABLE, NULL, "备份由更新版本的程序制作，请升级程序",
                    "the backup was made by a newer program; upgrade");
    *done = (BackupDone){.made_at = json_get_int(m, "made_at", 0),
                         .program = json_get_str(m, "program"),
                         .engine = json_get_str(m, "engine"),
                         .has_key = json_get_bool(m, "has_key")};
    for (const Json *t = json_first(json_get(m, "tables")); t; t = json_next(t))
        *PUSH(a, tables) = (CopyTable){json_get_str(t, "name"), json_get_int(t, "rows", -1),
                                       json_get_str(t, "sha256")};
    return true;
}

static void count_tables(const CopyTables *tables, BackupDone *done)
{
    done->tables = (int64_t)tables->n;
    for (size_t i = 0; i < tables->n; i++)
        done->rows += tables->v[i].rows;
}

// --- making one

typedef struct Folder {
    BackupOut *out;
    Str data, database, key;
    Arena *a;
} Folder;

// What belongs to the database is in it already; what was removed meanwhile is not missed.
static bool put_one(void *ctx, Str path, Err *err)
{
    Folder *f = ctx;
    Arena scratch = *f->a;
    Str name = str_from(path, f->data.n + 1);
    Err why = {0};
    if (str_starts(path, f->database) || str_eq(path, f->key) || str_eq(name, S(KEY_NAME)))
        return true;
    if (backup_out_put(f->out, file_join(&scratch, S("data"), name), path, &scratch, &why) ||
        why.kind == ERR_MISSING)
        return true;
    *err = why;
    return false;
}

static Str key_path(const AppPlace *place, Arena *a)
{
    return place->key_file.n ? place->key_file : file_join(a, place->data, S(KEY_NAME));
}

static bool put_folder(const AppPlace *place, BackupOut *o, bool with_key, Arena *a, Err *err)
{
    CLEANUP(arena_end) Arena names = arena_new(NAMES_ARENA);
    Folder f = {.out = o,
                .data = place->data,
                .database = app_database(place, a),
                .key = key_path(place, a),
                .a = a};
    return (!with_key || backup_out_put(o, S("data/" KEY_NAME), f.key, a, err)) &&
           file_each(place->data, put_one, &f, &names, err);
}

static bool snapshot(const AppPlace *place, Str work, const CopyWatch *watch, Arena *a,
                     BackupDone *done, CopyTables *tables, Err *err)
{
    CLEANUP(db_close) Db *source = NULL;
    CLEANUP(db_close) Db *target = NULL;
    if (!open_as(owner_of(place->data), app_database(place, a), DB_READ, &source, err) ||
        !db_open(file_join(a, work, S(BACKUP_DB)), DB_CREATE, &target, err) ||
        !copy_database(source, target, watch, a, tables, err) || !db_rest(target, err))
        return false;
    done->engine = db_engine(source);
    count_tables(tables, done);
    return true;
}

static bool fill(const AppPlace *place, Str work, bool tar, const BackupOptions *options, Arena *a,
                 BackupDone *done, Err *err)
{
    CLEANUP(backup_out_close) BackupOut o = {.tar = -1, .sums = -1};
    CopyTables tables = {0};
    Str made = file_join(a, work, S(BACKUP_MANIFEST));
    if (!snapshot(place, work, options->watch, a, done, &tables, err) ||
        !file_write(made, manifest(done, &tables, a), err) ||
        !backup_out_open(work, tar, done->made_at, a, &o, err) ||
        !backup_out_put(&o, S(BACKUP_DB), file_join(a, work, S(BACKUP_DB)), a, err) ||
        !backup_out_put(&o, S(BACKUP_MANIFEST), made, a, err) ||
        !put_folder(place, &o, done->has_key, a, err) || !backup_out_end(&o, a, err))
        return false;
    done->files = o.files - 2;
    done->bytes = o.bytes;
    return true;
}

// Within the data folder a backup would be part of the next one, and lost with the folder.
static bool is_apart(const AppPlace *place, Str target, Arena *a, Err *err)
{
    char data[PATH_MAX], there[PATH_MAX];
    ptrdiff_t slash = str_find_last(target, S("/"));
    Str dir = slash > 0 ? str_sub(target, 0, (size_t)slash) : slash == 0 ? S("/") : S(".");
    if (file_exists(target))
        return fail(err, ERR_RULE, NULL, "已经存在，不会覆盖：" PRI_STR,
                    "there already, and not overwritten: " PRI_STR, STR_ARG(target));
    if (!realpath(str_to_z(a, place->data), data) || !realpath(str_to_z(a, dir), there))
        return fail(err, ERR_MISSING, NULL, "没有这个目录：" PRI_STR, "no such folder: " PRI_STR,
                    STR_ARG(dir));
    Str outer = str_cat(a, str_z(data), S("/")), inner = str_cat(a, str_z(there), S("/"));
    return !str_starts(inner, outer) ||
           fail(err, ERR_INPUT, NULL, "备份不能放在数据目录里面；请放到别的磁盘上",
                "a backup must not lie within the data folder; put it on another disk");
}

bool app_backup(const AppPlace *place, Str target, const BackupOptions *options, int64_t now,
                Arena *a, BackupDone *out, Err *err)
{
    bool tar = str_ends(target, S(".tar"));
    BackupDone done = {.made_at = now, .program = S(GONGKAI_VERSION)}, read;
    Str part = str_cat(a, target, S(".part"));
    done.has_key = !options->without_key && file_exists(key_path(place, a));
    if (!is_apart(place, target, a, err) || !is_apart(place, part, a, err))
        return false;
    CLEANUP(remove_dir) Str work = part;
    Str made = tar ? file_join(a, work, S("archive.tar")) : work;
    if (!file_mkdir(work, err) || !fill(place, work, tar, options, a, &done, err) ||
        !app_backup_verify(made, options, a, &read, err) || !file_move(made, target, err))
        return false;
    *out = done;
    return true;
}

// --- reading one

typedef struct Taken {
    Str db_path; // where the database is to be put; empty: nowhere
    Str data;    // where the rest is to be put; empty: nowhere
    bool has_db;
    int64_t files, bytes;
    Arena *a;
} Taken;

static bool put_at(Str path, Str bytes, Arena *a, Err *err)
{
    ptrdiff_t slash = str_find_last(path, S("/"));
    if (slash > 0 && !file_mkdir(str_sub(path, 0, (size_t)slash), err))
        return false;
    int fd = open(str_to_z(a, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(err, ERR_SYSTEM, strerror(errno), "无法写入：" PRI_STR,
                    "cannot be written: " PRI_STR, STR_ARG(path));
    bool ok = file_write_fd(fd, bytes, err);
    return close(fd) == 0 && ok;
}

static bool take_one(void *ctx, Str name, Str bytes, Err *err)
{
    Taken *t = ctx;
    Arena scratch = *t->a;
    Str at = S(""), rest = str_from(name, S("data/").n);
    bool is_db = str_eq(name, S(BACKUP_DB)), is_data = str_starts(name, S("data/"));
    if (is_db)
        at = t->db_path;
    else if (is_data && t->data.n)
        at = file_join(&scratch, t->data, rest);
    t->has_db = t->has_db || is_db;
    t->files += is_data;
    t->bytes += (int64_t)bytes.n;
    return !at.n || put_at(at, bytes, &scratch, err);
}

// The rows of every table as the manifest has them.
static bool same_rows(Str path, const CopyTables *want, const CopyWatch *watch, Arena *a, Err *err)
{
    CLEANUP(db_close) Db *db = NULL;
    CopyTables got = {0};
    Str found;
    if (!db_open(path, DB_READ, &db, err) || !db_integrity(db, a, &found, err))
        return false;
    if (found.n)
        return fail(err, ERR_UNREADABLE, NULL, "备份中的数据库已损坏",
                    "the database in the backup is damaged");
    return copy_hashes(db, watch, a, &got, err) && copy_same(want, &got, err);
}

// Reads all of it, and compares it with its sums and the manifest.
static bool read_backup(Str backup, Taken *t, const CopyWatch *watch, Arena *a, BackupDone *done,
                        Err *err)
{
    CLEANUP(backup_in_close) BackupIn in = {0};
    CLEANUP(arena_end) Arena names = arena_new(NAMES_ARENA);
    CopyTables tables = {0};
    t->a = &names;
    bool ok = backup_in_open(backup, a, &in, err) &&
              read_manifest(in.manifest, a, done, &tables, err) &&
              backup_in_each(&in, take_one, t, a, err);
    t->a = NULL;
    if (!ok)
        return false;
    if (!t->has_db)
        return fail(err, ERR_UNREADABLE, NULL, "备份中没有数据库", "the backup has no database");
    count_tables(&tables, done);
    done->files = t->files;
    done->bytes = t->bytes;
    Str db = t->db_path.n ? t->db_path : file_join(a, backup, S(BACKUP_DB));
    return same_rows(db, &tables, watch, a, err);
}

bool app_backup_verify(Str backup, const BackupOptions *options, Arena *a, BackupDone *out,
                       Err *err)
{
    CLEANUP(remove_dir) Str dir = S("");
    BackupDone done = {0};
    Taken t = {0};
    if (!file_is_dir(backup)) { // the database of an archive must lie somewhere to be opened
        if (!file_temp_dir(a, &dir, err))
            return false;
        t.db_path = file_join(a, dir, S(BACKUP_DB));
    }
    if (!read_backup(backup, &t, options->watch, a, &done, err))
        return false;
    *out = done;
    return true;
}

// --- putting it back

static bool is_free(Str data, Arena *a, Err *err)
{
    DIR *d = opendir(str_to_z(a, data));
    bool empty = true;
    for (struct dirent *e; d && (e = readdir(d));)
        empty = empty && (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0);
    if (d)
        closedir(d);
    return empty
               ? d || !file_exists(data) ||
                     fail(err, ERR_INPUT, NULL, "不是目录：" PRI_STR, "not a folder: " PRI_STR,
                          STR_ARG(data))
               : fail(err, ERR_RULE, NULL, "数据目录不是空的，不会覆盖：" PRI_STR,
                      "the data folder is not empty, and not overwritten: " PRI_STR, STR_ARG(data));
}

// The tables of the backup, brought up to date, into the database that is to be.
static bool put_database(FileOwner owner, Str from, Str to, int64_t now, const CopyWatch *watch,
                         Arena *a, Err *err)
{
    CLEANUP(db_close) Db *source = NULL;
    CLEANUP(db_close) Db *target = NULL;
    CopyTables done;
    return db_open(from, DB_WRITE, &source, err) && migrate_run(source, now, a, err) &&
           open_as(owner, to, DB_CREATE, &target, err) &&
           copy_database(source, target, watch, a, &done, err);
}

static bool sync_to_disk(Str data, Arena *a, Err *err)
{
    int fd = open(str_to_z(a, data), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && syncfs(fd) == 0;
    if (!ok)
        fail(err, ERR_SYSTEM, strerror(errno), "写入磁盘失败：" PRI_STR,
             "not written to the disk: " PRI_STR, STR_ARG(data));
    if (fd >= 0)
        close(fd);
    return ok;
}

// Whether the database that is to be holds nothing, before the folder is filled.
static bool database_is_free(FileOwner owner, Str address, Arena *a, Err *err)
{
    CLEANUP(db_close) Db *db = NULL;
    DbTables tables;
    if (!db_is_server(address))
        return !file_exists(address) ||
               fail(err, ERR_RULE, NULL, "数据库已经存在，不会覆盖：" PRI_STR,
                    "the database is there already, and not overwritten: " PRI_STR,
                    STR_ARG(address));
    if (!open_as(owner, address, DB_CREATE, &db, err) || !db_tables(db, a, &tables, err))
        return false;
    return tables.n == 0 || fail(err, ERR_RULE, NULL, "目标数据库不是空的，不能覆盖",
                                 "the target database is not empty; nothing is ever overwritten");
}

// Takes what it made away again where it failed.
static bool put_database_whole(FileOwner owner, Str from, Str to, int64_t now,
                               const CopyWatch *watch, Arena *a, Err *err)
{
    Err ignored;
    if (put_database(owner, from, to, now, watch, a, err))
        return true;
    if (!db_is_server(to) && file_exists(to))
        file_remove(to, &ignored);
    return false;
}

// From beside into the folder itself, entry by entry.
static bool move_up(Str from, Str to, Arena *a, Err *err)
{
    DIR *d = opendir(str_to_z(a, from));
    bool ok = true;
    for (struct dirent *e; ok && d && (e = readdir(d));)
        ok = e->d_name[0] == '.' || file_move(file_join(a, from, str_z(e->d_name)),
                                              file_join(a, to, str_z(e->d_name)), err);
    if (d)
        closedir(d);
    return ok;
}

bool app_restore(Str backup, const AppPlace *place, const BackupOptions *options, int64_t now,
                 Arena *a, BackupDone *out, Err *err)
{
    BackupDone done = {0};
    Str address = app_database(place, a);
    FileOwner owner = owner_of(place->data);
    if (!is_free(place->data, a, err) || !database_is_free(owner, address, a, err) ||
        !app_backup_verify(backup, options, a, &done, err))
        return false;
    CLEANUP(remove_dir) Str work = file_join(a, place->data, S(".restore"));
    Taken t = {.db_path = file_join(a, work, S(BACKUP_DB)), .data = file_join(a, work, S("data"))};
    if (!file_mkdir(t.data, err) || !read_backup(backup, &t, options->watch, a, &done, err) ||
        !put_database_whole(owner, t.db_path, address, now, options->watch, a, err) ||
        !move_up(t.data, place->data, a, err) || !give(owner, place->data, err) ||
        !sync_to_disk(place->data, a, err))
        return false;
    *out = done;
    return true;
}

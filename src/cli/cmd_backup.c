// What moves whole sites: db copy, backup, backup verify, restore.
#include "app/audit.h"
#include "app/backup.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

// One line on the terminal, written over and over.
static void progress(void *ctx, Str table, bool comparing, int64_t done)
{
    (void)ctx;
    fprintf(stderr, "\r\033[K%s " PRI_STR ": %lld rows", comparing ? "comparing" : "copying",
            STR_ARG(table), (long long)done);
}

static CopyWatch watch_of(const Args *args)
{
    return (CopyWatch){.rows = args->progress ? progress : NULL};
}

static void progress_end(const Args *args)
{
    if (args->progress)
        fputs("\r\033[K", stderr);
}

static bool place_of(const Args *args, AppPlace *out, bool *elsewhere, Err *err)
{
    ConfigLoaded *loaded = NEW(args->a, ConfigLoaded, 1);
    if (!args_config(args, loaded, err))
        return false;
    *out = app_place(&loaded->config);
    *elsewhere = loaded->config.s3.endpoint.n > 0;
    return true;
}

static void say_tables(const CopyTables *tables, Str to, Arena *a)
{
    int64_t rows = 0;
    for (size_t i = 0; i < tables->n; i++) {
        out(str_fmt(a, "%10lld  " PRI_STR "\n", (long long)tables->v[i].rows,
                    STR_ARG(tables->v[i].name)));
        rows += tables->v[i].rows;
    }
    out(str_fmt(a, "copied and compared: %zu tables, %lld rows, to " PRI_STR "\n", tables->n,
                (long long)rows, STR_ARG(db_address_shown(to, a))));
}

int cmd_db_copy(const Args *args, Err *err)
{
    AppPlace place;
    bool elsewhere; // documents are in an S3 store
    CopyTables tables = {0};
    CopyWatch watch = watch_of(args);
    Str to = args->operands.v[0];
    if (!place_of(args, &place, &elsewhere, err))
        return -1;
    bool ok = app_db_copy(&place, to, &watch, args->a, &tables, err);
    progress_end(args);
    if (!ok)
        return -1;
    say_tables(&tables, to, args->a);
    return DONE_CLEAN;
}

static void say_backup(const char *what, Str where, const BackupDone *d, Arena *a)
{
    out(str_fmt(a, "%s " PRI_STR ": %lld tables, %lld rows, %lld files, %lld bytes\n", what,
                STR_ARG(where), (long long)d->tables, (long long)d->rows, (long long)d->files,
                (long long)d->bytes));
}

static void say_key(const BackupDone *d)
{
    if (d->has_key)
        out(S("The site's key is in it in the open: whoever has this backup can read and sign "
              "everything. Keep it as safe as the site.\n"));
    else
        out(S(
            "The site's key is not in it: without a copy of the key kept elsewhere, what is sealed "
            "(second factors, passwords of services, private files) cannot be opened again.\n"));
}

static void seal_now(const Args *args)
{
    CLEANUP(app_close) App app = {0};
    Seal seal;
    bool made;
    Err err = {0};
    if (!args_app(args, DB_WRITE, &app, &err))
        return; // what is wrong with it the backup says as well
    if (!app_audit_seal(&app, false, args->a, &seal, &made, &err))
        fprintf(stderr, "gongkai: the audit was not sealed before the backup: %s\n", err.en);
}

// So that what is backed up is proved by a seal. A backup is wanted all the more where that fails.
// In a child, because it becomes the folder's owner, who may not write where backups lie.
static void seal_first(const Args *args)
{
    pid_t pid = fork();
    if (pid == 0) {
        seal_now(args);
        _exit(0);
    }
    if (pid > 0)
        waitpid(pid, NULL, 0);
}

int cmd_backup(const Args *args, Err *err)
{
    AppPlace place;
    bool elsewhere; // documents are in an S3 store
    Date today;
    int64_t now;
    BackupDone done;
    CopyWatch watch = watch_of(args);
    BackupOptions options = {.without_key = args->on[OPT_WITHOUT_KEY], .watch = &watch};
    main_clock(&today, &now);
    if (!place_of(args, &place, &elsewhere, err))
        return -1;
    seal_first(args);
    bool ok = app_backup(&place, args->operands.v[0], &options, now, args->a, &done, err);
    progress_end(args);
    if (!ok)
        return -1;
    say_backup("written and read again:", args->operands.v[0], &done, args->a);
    say_key(&done);
    if (elsewhere)
        out(S("Documents in the S3 store are not in it: back that up by its own means.\n"));
    return DONE_CLEAN;
}

int cmd_backup_verify(const Args *args, Err *err)
{
    BackupDone done;
    CopyWatch watch = watch_of(args);
    BackupOptions options = {.watch = &watch};
    bool ok = app_backup_verify(args->operands.v[0], &options, args->a, &done, err);
    progress_end(args);
    if (!ok)
        return -1;
    say_backup("whole:", args->operands.v[0], &done, args->a);
    say_key(&done);
    return DONE_CLEAN;
}

int cmd_restore(const Args *args, Err *err)
{
    AppPlace place;
    bool elsewhere; // documents are in an S3 store
    Date today;
    int64_t now;
    BackupDone done;
    CopyWatch watch = watch_of(args);
    BackupOptions options = {.watch = &watch};
    main_clock(&today, &now);
    if (!place_of(args, &place, &elsewhere, err))
        return -1;
    bool ok = app_restore(args->operands.v[0], &place, &options, now, args->a, &done, err);
    progress_end(args);
    if (!ok)
        return -1;
    say_backup("restored:", args->operands.v[0], &done, args->a);
    out(str_fmt(args->a, "data folder " PRI_STR ", database " PRI_STR "\n", STR_ARG(place.data),
                STR_ARG(db_address_shown(app_database(&place, args->a), args->a))));
    if (!done.has_key)
        out(S("The backup had no key: put secret.key into the data folder before starting the "
              "site.\n"));
    if (elsewhere)
        out(S("Documents in the S3 store were not in it.\n"));
    return DONE_CLEAN;
}

// The commands that work on a data folder: db check, db migrate, report import.
#include "cli/cmd_data.h"
#include "app/report.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/inputs.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

// For good: an administrator's command must leave no file behind that the service may not write.
bool data_own(Str data, Arena *a, Err *err)
{
    struct stat st;
    if (geteuid() != 0 || stat(str_to_z(a, data), &st) < 0 || st.st_uid == 0)
        return true;
    if (setgroups(1, &st.st_gid) == 0 && setgid(st.st_gid) == 0 && setuid(st.st_uid) == 0)
        return true;
    return fail(err, ERR_SYSTEM, strerror(errno), "不能切换为数据目录的所有者",
                "cannot become the owner of the data folder");
}

// Whoever typed the command, as the machine calls them: 命令行 root（sudo：zhou）.
static Actor command_line(Arena *a)
{
    struct passwd *self = getpwuid(getuid());
    const char *behind = getenv("SUDO_USER");
    Str name = str_fmt(a, "命令行 %s", self ? self->pw_name : "?");
    if (behind && *behind)
        name = str_fmt(a, PRI_STR "（sudo：%.64s）", STR_ARG(name), behind);
    return (Actor){.name = text_valid(name) == name.n ? name : S("命令行"), .via = S("cli")};
}

bool args_app(const Args *args, DbMode mode, App *out, Err *err)
{
    Actor actor = command_line(args->a); // before the process becomes somebody else
    Date today;
    int64_t now;
    ConfigLoaded *loaded = NEW(args->a, ConfigLoaded, 1);
    const Config *config = &loaded->config;
    main_clock(&today, &now);
    if (!args_config(args, loaded, err) || !data_own(config->data, args->a, err) ||
        !app_open_configured(config, mode, args->today, now, args->a, out, err))
        return false;
    out->actor = actor;
    return true;
}

int cmd_db_check(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Str found;
    if (!args_app(args, DB_READ, &app, err) || !app_db_check(&app, args->a, &found, err))
        return -1;
    out(found.n ? found : S("the data is whole\n"));
    return found.n ? DONE_FINDINGS : DONE_CLEAN;
}

int cmd_db_migrate(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    if (!args_app(args, DB_CREATE, &app, err))
        return -1;
    out(S("the data folder is ready\n"));
    return DONE_CLEAN;
}

// --- check, against what is stored ---

static bool check_one_beside(App *app, Batch *batch, BatchDoc *which, Arena *a, Err *err)
{
    Reading source;
    Document *doc = NEW(a, Document, 1);
    return batch_document(batch, which, JSON_TEXT, a, &source, doc, err) &&
           app_report_check_beside(app, doc, a, err) &&
           (doc->findings.n == 0 || batch_add_findings(batch, which, &doc->findings, a, err));
}

bool check_beside_stored(const Args *args, Batch *batch, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)1 << 30);
    CLEANUP(app_close) App app = {0};
    if (!args_app(args, DB_READ, &app, err))
        return false;
    app.lang = args_lang(args);
    for (size_t i = 0; i < batch->docs.n; i++) {
        arena_reset(&a, 4 << 20);
        if (!batch->docs.v[i].beside && !check_one_beside(&app, batch, &batch->docs.v[i], &a, err))
            return false;
    }
    return true;
}

// --- import ---

static void line(const Args *args, Str name, const Imported *i)
{
    static const char *const done[] = {
        [IMPORT_ADDED] = "added",   [IMPORT_REPLACED] = "replaced", [IMPORT_SAME] = "unchanged",
        [IMPORT_OTHER] = "skipped", [IMPORT_REFUSED] = "refused",
    };
    Buf b = buf_new(args->a, 1 << 16);
    buf_fmt(&b, "%-9s  ", done[i->done]);
    text_shown(&b, name);
    buf_add(&b, i->organ.n ? S(" · ") : S(""));
    text_shown(&b, i->organ);
    if (i->year)
        buf_fmt(&b, " · %d", i->year);
    if (i->done == IMPORT_OTHER)
        buf_add(&b, S(": not an annual report"));
    if (i->done == IMPORT_REFUSED)
        buf_fmt(&b, ": %s", args_lang(args) == LANG_ZH ? i->why.zh : i->why.en);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

// One file, whatever comes of it; false where the store itself failed.
static bool import_one(const Args *args, App *app, const ImportOptions *opt, Str name, size_t *bad,
                       Err *err)
{
    Str bytes;
    Importeds done = {0};
    Err why = {0};
    Str shown = str_eq(name, S("-")) ? args->value[OPT_NAME] : file_name(name);
    bool have = str_eq(name, S("-")) ? file_read_fd(0, MAX_FILE_BYTES, args->a, &bytes, &why)
                                     : file_read(name, MAX_FILE_BYTES, args->a, &bytes, &why);
    if (!have || !app_report_import(app, shown, bytes, opt, args->a, &done, &why)) {
        if (why.kind == ERR_BUSY || why.kind == ERR_SYSTEM) {
            *err = why;
            return false;
        }
        name_one_unreadable(name, str_z(args_lang(args) == LANG_ZH ? why.zh : why.en));
        ++*bad;
    }
    for (size_t i = 0; i < done.n; i++) {
        line(args, shown, &done.v[i]);
        *bad += done.v[i].done == IMPORT_REFUSED;
    }
    return true;
}

static bool year_given(const Args *args, int *year, Err *err)
{
    int64_t n = 0;
    if (args->on[OPT_YEAR] && (!str_to_int(args->value[OPT_YEAR], &n) || n < 2008 || n > 2100))
        return fail(err, ERR_INPUT, NULL, "--year 是 2008 以后的年份",
                    "--year is a year from 2008 on");
    *year = (int)n;
    return true;
}

int cmd_report_import(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    ImportOptions opt = {.organ = args->value[OPT_ORGAN], .dry_run = args->on[OPT_DRY_RUN]};
    Strs names = {0};
    size_t bad = 0;
    if (!year_given(args, &opt.year, err) ||
        !inputs_collect(&args->operands, args->a, &names, err) ||
        !args_app(args, DB_CREATE, &app, err))
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        Args each = *args;
        Arena scratch = *args->a;
        each.a = &scratch;
        if (!import_one(&each, &app, &opt, names.v[i], &bad, err))
            return -1;
    }
    return bad ? DONE_UNREADABLE : DONE_CLEAN;
}

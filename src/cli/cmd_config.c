// config show, sample, table and check; and where every other command gets its Config.
#include "cli/cmd_data.h"

#include "cli/cmd_report.h"

extern char **environ;

static const struct {
    OptionId option;
    Str key;
    const char *value; // a format for what was given; NULL: as it was given
} option_keys[] = {
    {OPT_DATA, SI("data"), NULL},          {OPT_PORT, SI("port"), NULL},
    {OPT_BIND, SI("bind"), NULL},          {OPT_CACHE, SI("cache"), "MB"},
    {OPT_QUIET, SI("log_requests"), "no"}, {OPT_DATABASE, SI("database"), NULL},
};
enum { N_OPTION_KEYS = sizeof option_keys / sizeof *option_keys };

// --config, else GONGKAI_CONFIG (empty for none), else the usual file where there is one.
static Str config_file(const Args *args, bool *must)
{
    const char *named = getenv("GONGKAI_CONFIG");
    *must = args->on[OPT_CONFIG] || (named && *named);
    return args->on[OPT_CONFIG] ? args->value[OPT_CONFIG] : named ? str_z(named) : S(CONFIG_FILE);
}

static ConfigInput config_input(const Args *args)
{
    ConfigInput in = {.environment = (const char *const *)environ};
    ConfigOption *options = NEW(args->a, ConfigOption, N_OPTION_KEYS);
    in.file = config_file(args, &in.file_must);
    for (size_t i = 0; i < N_OPTION_KEYS; i++) {
        OptionId id = option_keys[i].option;
        Str value = args->value[id];
        if (!args->on[id])
            continue;
        if (option_keys[i].value)
            value = str_cat(args->a, value, str_z(option_keys[i].value));
        options[in.n_options++] = (ConfigOption){option_keys[i].key, value,
                                                 str_cat(args->a, S("--"), option_defs[id].name)};
    }
    in.options = options;
    return in;
}

bool args_config(const Args *args, ConfigLoaded *out, Err *err)
{
    ConfigInput in = config_input(args);
    return config_load(&in, args->a, out, err);
}

int cmd_config_sample(const Args *args, Err *err)
{
    (void)err;
    out(config_sample(args->a));
    return DONE_CLEAN;
}

int cmd_config_table(const Args *args, Err *err)
{
    (void)err;
    out(config_table(args->a));
    return DONE_CLEAN;
}

int cmd_config_show(const Args *args, Err *err)
{
    ConfigLoaded loaded;
    if (!args_config(args, &loaded, err))
        return -1;
    if (loaded.file.n)
        out(str_fmt(args->a, "# " PRI_STR "\n", STR_ARG(loaded.file)));
    out(config_show(&loaded, args->a));
    return DONE_CLEAN;
}

int cmd_config_check(const Args *args, Err *err)
{
    ConfigLoaded loaded;
    ConfigInput in = config_input(args);
    (void)err;
    config_read(&in, args->a, &loaded);
    for (size_t i = 0; i < loaded.problems.n; i++) {
        const Err *p = &loaded.problems.v[i];
        out(str_fmt(args->a, "%s\n  %s\n", p->en, p->zh));
    }
    Strs strange = config_strange(in.environment, args->a);
    for (size_t i = 0; i < strange.n; i++)
        out(str_fmt(args->a, "note: " PRI_STR " in the environment is no key\n",
                    STR_ARG(strange.v[i])));
    Strs notes = config_notes(&loaded.config, args->a);
    for (size_t i = 0; i < notes.n; i++)
        out(str_fmt(args->a, "note: " PRI_STR "\n", STR_ARG(notes.v[i])));
    if (!loaded.problems.n)
        out(str_fmt(args->a, PRI_STR ": fine\n",
                    STR_ARG(loaded.file.n ? loaded.file : S("no file; the environment"))));
    return loaded.problems.n ? DONE_FINDINGS : DONE_CLEAN;
}

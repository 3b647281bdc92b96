#include "cli/command.h"

#include <unistd.h>

// clang-format off
const OptionDef option_defs[OPT__COUNT] = {
#define X(id, name, letter, arg, help) [OPT_##id] = { SI(name), letter, SI(arg), SI(help) },
    OPTIONS(X)
#undef X
};
// clang-format on

static const OptionDef *option_find(const Command *c, Str name, OptionId *id)
{
    for (int i = 0; i < OPT__COUNT; i++)
        if (str_eq(option_defs[i].name, name) && command_takes(c, i)) {
            *id = (OptionId)i;
            return &option_defs[i];
        }
    return NULL;
}

static Str option_long(char letter)
{
    for (int i = 0; letter && i < OPT__COUNT; i++)
        if (option_defs[i].letter == letter)
            return option_defs[i].name;
    return S("");
}

// An argument that may only be one of several words is given as "zh|en".
static bool value_allowed(const OptionDef *o, Str value)
{
    if (!str_has(o->arg, S("|")))
        return true;
    Str one, rest = o->arg;
    bool more = true;
    while (more) {
        more = str_cut(rest, S("|"), &one, &rest);
        if (str_eq(one, value))
            return true;
    }
    return false;
}

typedef struct Words {
    char **v;
    int n, at;
} Words;

static bool no_such_option(const Command *c, Str word, Err *err)
{
    return fail(err, ERR_INPUT, NULL,
                "没有选项“" PRI_STR "”；看 gongkai " PRI_STR " " PRI_STR " --help",
                "no option “" PRI_STR "”; see gongkai " PRI_STR " " PRI_STR " --help",
                STR_ARG(word), STR_ARG(c->noun), STR_ARG(c->verb));
}

// One word that begins with a dash: --name, --name=value, --name value, -x, -x value, -xvalue.
static bool option_take(const Command *c, Words *w, Args *args, Err *err)
{
    Str word = str_z(w->v[w->at++]), name, value = {0};
    bool has_value;
    if (str_starts(word, S("--"))) {
        has_value = str_cut(str_from(word, 2), S("="), &name, &value);
    } else {
        name = option_long(word.s[1]);
        value = str_from(word, 2);
        has_value = value.n > 0;
    }
    OptionId id;
    const OptionDef *o = option_find(c, name, &id);
    if (!o)
        return no_such_option(c, word, err);
    if (o->arg.n == 0 && has_value)
        return fail(err, ERR_INPUT, NULL, "选项 --" PRI_STR " 不带值",
                    "--" PRI_STR " takes no value", STR_ARG(o->name));
    if (o->arg.n && !has_value) {
        if (w->at == w->n)
            return fail(err, ERR_INPUT, NULL, "选项 --" PRI_STR " 要带值 " PRI_STR,
                        "--" PRI_STR " needs " PRI_STR, STR_ARG(o->name), STR_ARG(o->arg));
        value = str_z(w->v[w->at++]);
    }
    if (o->arg.n && !value_allowed(o, value))
        return fail(err, ERR_INPUT, NULL, "--" PRI_STR " 只能是 " PRI_STR "，不能是“" PRI_STR "”",
                    "--" PRI_STR " is " PRI_STR ", not “" PRI_STR "”", STR_ARG(o->name),
                    STR_ARG(o->arg), STR_ARG(value));
    args->on[id] = true;
    args->value[id] = value;
    *PUSH(args->a, &args->all[id]) = value;
    return true;
}

static bool operands_count(const Command *c, const Args *args, Err *err)
{
    size_t n = args->operands.n;
    if (args->on[OPT_HELP])
        return true;
    if (n < (size_t)c->min)
        return fail(err, ERR_INPUT, NULL, "缺少：" PRI_STR, "missing: " PRI_STR,
                    STR_ARG(c->operands));
    if (c->max >= 0 && n > (size_t)c->max)
        return fail(err, ERR_INPUT, NULL, "多了：“" PRI_STR "”", "one too many: “" PRI_STR "”",
                    STR_ARG(args->operands.v[c->max]));
    return true;
}

static bool today_given(Args *args, Err *err)
{
    Str day = args->value[OPT_TODAY];
    if (!args->on[OPT_TODAY])
        return true;
    if (str_eq(day, S("none"))) {
        args->today = date_none;
        return true;
    }
    return date_parse(day, &args->today) ||
           fail(err, ERR_INPUT, NULL, "--today 不是日期：“" PRI_STR "”",
                "--today is not a day: “" PRI_STR "”", STR_ARG(day));
}

bool args_parse(const Command *c, char **words, int n, Date today, Arena *a, Args *out, Err *err)
{
    Args args = {.a = a, .today = today};
    Words w = {words, n, 0};
    bool only_operands = false;
    while (w.at < w.n) {
        Str word = str_z(w.v[w.at]);
        if (only_operands || word.n < 2 || word.s[0] != '-') {
            *PUSH(a, &args.operands) = word;
            w.at++;
        } else if (str_eq(word, S("--"))) {
            only_operands = true;
            w.at++;
        } else if (!option_take(c, &w, &args, err)) {
            return false;
        }
    }
    if (!operands_count(c, &args, err))
        return false;
    if (!today_given(&args, err))
        return false;
    // https://no-color.org: any value that is not empty
    const char *no_color = getenv("NO_COLOR");
    args.colour = isatty(STDOUT_FILENO) && !args.on[OPT_NO_COLOR] && !(no_color && *no_color);
    args.progress = isatty(STDERR_FILENO);
    *out = args;
    return true;
}

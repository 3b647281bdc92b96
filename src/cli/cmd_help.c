#include "cli/command.h"

#include <stdio.h>

static int say(Str s)
{
    fwrite(s.s, 1, s.n, stdout);
    return DONE_CLEAN;
}

int cmd_help(const Args *args, Err *err)
{
    if (args->on[OPT_MAN])
        return say(help_man(args->a));
    if (args->operands.n == 0)
        return say(help_all(args->a));
    char *words[2] = {0};
    int n = 0, used;
    while (n < 2 && (size_t)n < args->operands.n) {
        words[n] = str_to_z(args->a, args->operands.v[n]);
        n++;
    }
    const Command *c = command_find(words, n, &used);
    Str of_noun = help_noun(args->operands.v[0], args->a);
    if (!c && n == 1 && of_noun.n)
        return say(of_noun);
    if (!c) {
        fail(err, ERR_INPUT, NULL, "没有命令“%s %s”", "no command “%s %s”", words[0],
             words[1] ? words[1] : "");
        return -1;
    }
    return say(help_command(c, args->a));
}

int cmd_version(const Args *args, Err *err)
{
    (void)args, (void)err;
    return say(S("gongkai " GONGKAI_VERSION "\n"));
}

int cmd_completion(const Args *args, Err *err)
{
    (void)err;
    return say(help_bash(args->a));
}

// The program: finds the row of the command, takes its words apart, runs it, and turns what went
// wrong into one line on standard error and an exit status.
#include "base/text.h"
#include "cli/command.h"

#include <stdio.h>
#include <time.h>

static const ExitCode exit_of[] = {
    [ERR_NONE] = DONE_FAILED,        [ERR_INPUT] = DONE_USAGE,
    [ERR_MISSING] = DONE_UNREADABLE, [ERR_DENIED] = DONE_FAILED,
    [ERR_RULE] = DONE_FAILED,        [ERR_BUSY] = DONE_FAILED,
    [ERR_LIMIT] = DONE_UNREADABLE,   [ERR_UNREADABLE] = DONE_UNREADABLE,
    [ERR_SYSTEM] = DONE_FAILED,      [ERR_REPEATED] = DONE_FAILED,
};

static int complain(const Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    Buf b = buf_new(&a, 4 * sizeof *err);
    text_shown(&b, str_z(err->en));
    buf_add(&b, err->detail[0] ? S(": ") : S(""));
    text_shown(&b, str_z(err->detail));
    fprintf(stderr, "gongkai: " PRI_STR "\n", STR_ARG(buf_str(&b)));
    return exit_of[err->kind];
}

// The day it is here: what the law counts in, the organ's own days.
void main_clock(Date *today, int64_t *now)
{
    time_t seconds = time(NULL);
    struct tm parts;
    *now = (int64_t)seconds;
    *today = date_none;
    if (localtime_r(&seconds, &parts))
        date_make(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, today);
}

static int run(int argc, char **argv, Arena *a)
{
    Err err = {0};
    int used = 0;
    bool asks = argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;
    if (asks) {
        Str help = help_all(a);
        fwrite(help.s, 1, help.n, argc < 2 ? stderr : stdout);
        return argc < 2 ? DONE_USAGE : DONE_CLEAN;
    }
    if (strcmp(argv[1], "--version") == 0)
        return cmd_version(NULL, NULL);
    const Command *c = command_find(argv + 1, argc - 1, &used);
    Str of_noun = help_noun(str_z(argv[1]), a);
    if (!c && of_noun.n) {
        fprintf(stderr, "gongkai %s: which of these?\n" PRI_STR, argv[1], STR_ARG(of_noun));
        return DONE_USAGE;
    }
    if (!c) {
        fail(&err, ERR_INPUT, NULL, "没有命令“%s”；看 gongkai help",
             "no command “%s”; see gongkai help", argv[1]);
        return complain(&err);
    }
    Args args;
    Date today;
    int64_t now;
    main_clock(&today, &now);
    if (!args_parse(c, argv + 1 + used, argc - 1 - used, today, a, &args, &err))
        return complain(&err);
    if (args.on[OPT_HELP]) {
        Str help = help_command(c, a);
        fwrite(help.s, 1, help.n, stdout);
        return DONE_CLEAN;
    }
    int done = c->run(&args, &err);
    return done < 0 ? complain(&err) : done;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)4 << 30);
    int done = run(argc, argv, &a);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        Err err = {0};
        fail(&err, ERR_SYSTEM, NULL, "输出没有写完", "the output could not be written to its end");
        return complain(&err);
    }
    return done;
}

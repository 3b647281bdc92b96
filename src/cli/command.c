#include "cli/command.h"

// clang-format off
const Command commands[] = {
    { SI("help"), SI(""), SI("[COMMAND]"), 0, 2, OPT(MAN),
      SI("show the commands, or what one of them does"),
      SI(""), cmd_help },
    { SI("version"), SI(""), SI(""), 0, 0, 0,
      SI("print the version"),
      SI(""), cmd_version },
    { SI("completion"), SI("bash"), SI(""), 0, 0, 0,
      SI("print the completion script for bash"),
      SI("Load it with: source <(gongkai completion bash)"), cmd_completion },
};
// clang-format on
const size_t n_commands = sizeof commands / sizeof *commands;

const Command *command_find(char **words, int n, int *used)
{
    Str noun = n > 0 ? str_z(words[0]) : S(""), verb = n > 1 ? str_z(words[1]) : S("");
    for (size_t i = 0; i < n_commands; i++)
        if (str_eq(commands[i].noun, noun) &&
            (commands[i].verb.n == 0 || str_eq(commands[i].verb, verb))) {
            *used = commands[i].verb.n ? 2 : 1;
            return &commands[i];
        }
    return NULL;
}

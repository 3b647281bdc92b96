#include "report/child.h"

#include "base/json.h"
#include "base/sandbox.h"
#include "report/report_json.h"

enum {
    CHILD_MEMORY_SHIFT = 33, // 8 GB of address space: arenas are reserved, not used
    CHILD_CPU_SECONDS = 60,
    SLACK_MS = 2000, // the child names the file itself when its own reader takes too long
};

bool report_read_in_child(Str name, Str bytes, const CheckOptions *opt, Arena *a, Reading *out,
                          Err *err)
{
    Str today = date_is(opt->today) ? date_iso(a, opt->today) : S("none");
    const char *argv[] = {
        "/proc/self/exe",
        "report",
        "check",
        "--json",
        "--jobs=1",
        opt->lang == LANG_ZH ? "--lang=zh" : "--lang=en",
        str_fmt(a, "--today=" PRI_STR, STR_ARG(today)).s,
        str_fmt(a, "--name=" PRI_STR, STR_ARG(name)).s,
        "-",
        NULL,
    };
    const SandboxLimits limits = {
        .memory = (size_t)1 << CHILD_MEMORY_SHIFT,
        .cpu_seconds = CHILD_CPU_SECONDS,
        .may_start = true,
    };
    SandboxResult answer;
    if (!sandbox_run(argv, bytes, JSON_MAX_BYTES, CHILD_TIMEOUT_MS + SLACK_MS, &limits, a, &answer,
                     err))
        return false;
    if (answer.out.n == 0)
        return fail(err, ERR_UNREADABLE, str_to_z(a, answer.err),
                    "读取程序在这个文件上出错，已放弃", "the reader broke down on this file");
    return report_from_json(answer.out, a, out, err);
}

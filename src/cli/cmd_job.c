// job list, job run: the work that `serve` does by itself.
#include "app/job.h"

#include "app/config.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"

#include <stdio.h>
#include <time.h>

static Str moment(Arena *a, int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm parts;
    if (!at || !localtime_r(&seconds, &parts))
        return S("never");
    return str_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1,
                   parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

static Str every(Arena *a, int seconds)
{
    static const struct {
        int seconds;
        char unit;
    } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    size_t i = 0;
    while (seconds % units[i].seconds)
        i++;
    return str_fmt(a, "%d%c", seconds / units[i].seconds, units[i].unit);
}

static JobRow row_of(const JobRows *rows, Str name)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].name, name))
            return rows->v[i];
    return (JobRow){.name = name};
}

static Str state(const JobRow *row, int64_t now)
{
    return row->held_until > now ? S("running")
           : row->failures       ? S("failed")
           : row->ended_at       ? S("well")
                                 : S("-");
}

int cmd_job_list(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    JobRows rows;
    Arena *a = args->a;
    if (!args_app(args, DB_READ, &app, err) || !store_job_list(app.db, app.site, a, &rows, err))
        return -1;
    out(S("JOB          EVERY  STATE    LAST WELL            NEXT                 WHAT\n"));
    for (size_t i = 0; i < n_jobs; i++) {
        JobRow row = row_of(&rows, jobs[i].name);
        Str next = row.due_at > app.now ? moment(a, row.due_at) : S("now");
        out(str_fmt(a, "%-12s %-6s %-8s %-20s %-20s " PRI_STR "\n", str_to_z(a, jobs[i].name),
                    str_to_z(a, every(a, job_every_s(&app, &jobs[i]))),
                    str_to_z(a, state(&row, app.now)), str_to_z(a, moment(a, row.well_at)),
                    str_to_z(a, next), STR_ARG(row.said.n ? row.said : jobs[i].what)));
    }
    return DONE_CLEAN;
}

int cmd_job_run(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Str name = args->operands.v[0];
    const Job *job = job_find(name);
    JobRan ran;
    if (!job)
        return fail(err, ERR_INPUT, NULL, "没有任务“" PRI_STR "”；看 gongkai job list",
                    "no job “" PRI_STR "”; see gongkai job list", STR_ARG(name)),
               -1;
    if (!args_app(args, DB_WRITE, &app, err) || !app_job_run(&app, job, true, args->a, &ran, err))
        return -1;
    if (!ran.ran)
        return fail(err, ERR_BUSY, NULL, "另一个进程正在执行这个任务，请稍后再试",
                    "another process is running it; try again later"),
               -1;
    if (!ran.well)
        return *err = ran.why, -1;
    out(str_fmt(args->a, PRI_STR "\n", STR_ARG(ran.did.n ? ran.did : S("nothing to do"))));
    return DONE_CLEAN;
}

// The sample site: what a new installation shows until it has something of its own.
#include "app/act.h"
#include "app/import.h"
#include "app/sample_organs.h"
#include "base/embedded.h"

extern const Embedded sample_files[]; // data/sample, by organ and year
extern const size_t sample_files_n;

static bool add_reports(App *app, const Reading *readings, Arena *a, Err *err)
{
    for (size_t i = 0; i < sample_files_n; i++) {
        Importeds done;
        if (!import_keep(app, &readings[i], sample_files[i].bytes, &(ImportOptions){0}, a, &done,
                         err))
            return false;
    }
    return true;
}

static bool fill(App *app, const Reading *readings, Arena *a, Err *err)
{
    OrganRows organs;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !store_organ_rows(app->db, app->site, a, &organs, err))
        return false;
    if (organs.n)
        return fail(err, ERR_RULE, NULL, "站点已有内容，不再放入示例",
                    "the site has organs already; the sample is for an empty one");
    return sample_organs_add(app, a, err) && add_reports(app, readings, a, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_SAMPLE_LOAD, .noun = S("site"), .noun_id = app->site.n},
                    err) &&
           act_commit(&act, err);
}

// They came with the program, so they are read here and not in a child.
bool app_sample_load(App *app, Arena *a, Err *err)
{
    App here = *app;
    here.in_process = true;
    Reading *readings = NEW(a, Reading, sample_files_n);
    for (size_t i = 0; i < sample_files_n; i++)
        if (!import_read(&here, sample_files[i].name, sample_files[i].bytes, &(ImportOptions){0}, a,
                         &readings[i], err))
            return false;
    return fill(&here, readings, a, err);
}

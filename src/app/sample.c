// The sample site: what a new installation shows until it has something of its own.
#include "app/act.h"
#include "app/import.h"
#include "base/embedded.h"

extern const Embedded sample_files[]; // data/sample, by organ and year
extern const size_t sample_files_n;

typedef struct SampleOrgan {
    Str slug, name;
    OrganKind kind;
    OrganTier tier;
    Str parent; // slug of a row above, or empty
} SampleOrgan;

// clang-format off
static const SampleOrgan sample_organs[] = {
    {SI("shi"),    SI("示例市人民政府"),       ORGANKIND_GOVERNMENT, TIER_CITY,   SI("")},
    {SI("zfb"),    SI("示例市人民政府办公室"), ORGANKIND_OFFICE,     TIER_CITY,   SI("shi")},
    {SI("jiaoyu"), SI("示例市教育局"),         ORGANKIND_DEPARTMENT, TIER_CITY,   SI("shi")},
    {SI("shuiwu"), SI("示例市水务局"),         ORGANKIND_DEPARTMENT, TIER_CITY,   SI("shi")},
    {SI("xian"),   SI("示例县人民政府"),       ORGANKIND_GOVERNMENT, TIER_COUNTY, SI("shi")},
};
// clang-format on

enum { N_SAMPLE_ORGANS = sizeof sample_organs / sizeof *sample_organs };

static bool add_organs(App *app, Arena *a, Err *err)
{
    Organ added[N_SAMPLE_ORGANS] = {0};
    for (size_t i = 0; i < N_SAMPLE_ORGANS; i++) {
        const SampleOrgan *from = &sample_organs[i];
        added[i] = (Organ){.kind = from->kind,
                           .tier = from->tier,
                           .slug = from->slug,
                           .name = from->name,
                           .founded = date_none,
                           .ended = date_none};
        for (size_t j = 0; j < i; j++)
            if (str_eq(sample_organs[j].slug, from->parent))
                added[i].parent = added[j].id;
        if (!store_organ_add(app->db, app->site, &added[i], a, err))
            return false;
    }
    return true;
}

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
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    if (!store_organ_rows(app->db, app->site, a, &organs, err))
        return false;
    if (organs.n)
        return fail(err, ERR_RULE, NULL, "站点已有内容，不再放入示例",
                    "the site has organs already; the sample is for an empty one");
    return store_site_rename(app->db, app->site, S("示例市人民政府"), err) &&
           app_note_within(app, &(ActNote){.kind = ACT_SAMPLE_LOAD, .noun = S("site")}, err) &&
           add_organs(app, a, err) && add_reports(app, readings, a, err) && tx_commit(&tx, err);
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

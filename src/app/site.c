#include "app/app.h"

#include "app/config.h"
#include "app/key.h"
#include "app/request_rules.h"
#include "base/file.h"
#include "store/migrate.h"

static const SiteId SITE_FIRST = {1};

static bool site_ready(App *app, Arena *a, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Site site;
    Err why = {0};
    if (store_site_get(app->db, app->site, a, &site, &why))
        return true;
    if (why.kind != ERR_MISSING) {
        *err = why;
        return false;
    }
    return store_site_add(app->db, app->site, S("政府信息公开"), err) && tx_commit(&tx, err);
}

static bool migrated(App *app, DbMode mode, Arena *a, Err *err)
{
    Migrations m;
    if (mode == DB_CREATE)
        return migrate_run(app->db, app->now, a, err) && site_ready(app, a, err);
    return migrate_state(app->db, a, &m, err);
}

static bool ready(App *app, const AppPlace *place, DbMode mode, Arena *a, Err *err)
{
    return migrated(app, mode, a, err) && app_key_load(app, place->key_file, mode, a, err);
}

AppPlace app_place(const Config *c)
{
    return (AppPlace){
        .data = c->data, .database = c->database, .key_file = c->key_file, .site = c->site};
}

Str app_database(const AppPlace *place, Arena *a)
{
    return place->database.n ? place->database : file_join(a, place->data, S("gongkai.db"));
}

bool app_open(const AppPlace *place, DbMode mode, Date today, int64_t now, Arena *a, App *out,
              Err *err)
{
    SiteId site = place->site ? (SiteId){place->site} : SITE_FIRST;
    CLEANUP(app_close)
    App app = {.site = site,
               .data = place->data,
               .database = app_database(place, a),
               .lang = LANG_ZH,
               .today = today,
               .now = now,
               .scope = scope_site(site)};
    if (!place->data.n)
        return fail(err, ERR_INPUT, NULL, "没有给出数据目录（--data）",
                    "no data folder given (--data)");
    if (mode == DB_CREATE && !file_mkdir(place->data, err))
        return false;
    if (!db_open(app.database, mode, &app.db, err) || !ready(&app, place, mode, a, err))
        return false;
    app.rules = rules_kept_new();
    *out = app;
    app.db = NULL;
    app.rules = NULL;
    return true;
}

void app_close(App *app)
{
    rules_kept_free(app->rules);
    app->rules = NULL;
    db_close(&app->db);
}

static Str migration_lines(const Migrations *m, Arena *a)
{
    Str out = S("");
    for (size_t i = 0; i < m->n; i++)
        if (!m->v[i].applied)
            out = str_cat(
                a, out,
                str_fmt(a, "迁移未执行 migration not run: " PRI_STR "\n", STR_ARG(m->v[i].name)));
    return out;
}

bool app_db_check(App *app, Arena *a, Str *out, Err *err)
{
    Migrations m;
    Str found;
    if (!migrate_state(app->db, a, &m, err) || !db_integrity(app->db, a, &found, err))
        return false;
    *out = str_cat(a, found, migration_lines(&m, a));
    return true;
}

bool app_empty(App *app, Arena *a, bool *out, Err *err)
{
    OrganRows organs;
    if (!store_organ_rows(app->db, app->site, a, &organs, err))
        return false;
    *out = organs.n == 0;
    return true;
}

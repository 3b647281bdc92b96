#include "site_box.h"

#include "base/file.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>

static bool told(bool ok, const Err *err)
{
    if (!ok)
        fprintf(stderr, "%s (%s)\n", err->en, err->detail);
    return ok;
}

Str site_box_beside(SiteBox *box, const char *name)
{
    static int made;
    if (!site_box_on_server())
        return file_join(&box->a, box->dir, str_fmt(&box->a, "%s.db", name));
    Str schema = str_fmt(&box->a, "%s%d", name, ++made);
    return pg_box_database(&box->a, str_to_z(&box->a, schema));
}

int site_box_make_empty(void **state)
{
    Err err;
    SiteBox *box = calloc(1, sizeof *box);
    if (!box)
        return -1;
    box->a = arena_new((size_t)4 << 30);
    *state = box;
    if (!told(file_temp_dir(&box->a, &box->dir, &err), &err))
        return -1;
    box->database = site_box_beside(box, "gongkai");
    return 0;
}

Db *site_box_open(SiteBox *box, DbMode mode)
{
    Err err;
    Db *db = NULL;
    if (!told(db_open(box->database, mode, &db, &err), &err))
        abort();
    return db;
}

int site_box_make(void **state)
{
    Err err;
    if (site_box_make_empty(state) != 0)
        return -1;
    SiteBox *box = *state;
    box->db = site_box_open(box, DB_CREATE);
    bool ok = migrate_run(box->db, 1000, &box->a, &err) &&
              store_site_add(box->db, BOX_SITE, S("示例市人民政府"), &err);
    return told(ok, &err) ? 0 : -1;
}

int site_box_drop(void **state)
{
    Err err;
    SiteBox *box = *state;
    db_close(&box->db);
    bool ok = told(file_remove(box->dir, &err), &err);
    arena_free(&box->a);
    free(box);
    return ok ? 0 : -1;
}

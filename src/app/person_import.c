// A file of people (app/person.h).
#include "app/person_open.h"
#include "base/csv.h"
#include "store/organ.h"

// clang-format off
typedef enum Column { COL_LOGIN, COL_NAME, COL_ORGAN, COL_ROLES, COL_PHONE, COL_EMAIL, COL__COUNT } Column;
static const struct { Str id, name; bool needed; } columns[COL__COUNT] = {
    [COL_LOGIN] = { SI("login"), SI("登录名"),   true },
    [COL_NAME]  = { SI("name"),  SI("姓名"),     true },
    [COL_ORGAN] = { SI("organ"), SI("机关"),     true },
    [COL_ROLES] = { SI("roles"), SI("岗位"),     false },
    [COL_PHONE] = { SI("phone"), SI("电话"),     false },
    [COL_EMAIL] = { SI("email"), SI("电子邮箱"), false },
};
// clang-format on

typedef struct Table {
    CsvRows rows;
    int place[COL__COUNT]; // of a column; -1: not there
} Table;

static bool read_table(Str csv, Arena *a, Table *t, Err *err)
{
    if (!csv_read(csv, a, &t->rows, err))
        return false;
    for (int c = 0; c < COL__COUNT; c++) {
        t->place[c] = -1;
        for (size_t i = 0; t->rows.n && i < t->rows.v[0].n; i++) {
            Str head = str_trim(t->rows.v[0].v[i]);
            if (str_eq(head, columns[c].id) || str_eq(head, columns[c].name))
                t->place[c] = (int)i;
        }
        if (columns[c].needed && t->place[c] < 0)
            return fail(err, ERR_INPUT, NULL, "第一行没有“" PRI_STR "”这一列",
                        "the first row names no column “" PRI_STR "”", STR_ARG(columns[c].id));
    }
    return true;
}

static Str cell(const Table *t, const CsvRow *row, Column c)
{
    int at = t->place[c];
    return at >= 0 && (size_t)at < row->n ? str_trim(row->v[at]) : S("");
}

static bool roles_read(Str words, uint32_t *out, Err *err)
{
    uint32_t roles = 0;
    for (Str one; words.n; words = str_trim(words)) {
        Role role = ROLE__COUNT;
        str_cut(words, S(" "), &one, &words);
        for (int r = 0; r < ROLE__COUNT; r++)
            if (str_eq(one, role_defs[r].id) || str_eq(one, role_defs[r].name))
                role = (Role)r;
        if (role == ROLE__COUNT)
            return fail(err, ERR_INPUT, NULL, "没有岗位“" PRI_STR "”", "no role “" PRI_STR "”",
                        STR_ARG(one));
        roles |= 1u << role;
    }
    *out = roles;
    return true;
}

static bool organ_read(App *app, Str name, Arena *a, OrganId *out, Err *err)
{
    OrganRow organ;
    bool found;
    if (!store_organ_by_name(app->db, app->site, name, a, &organ, &found, err))
        return false;
    *out = organ.id;
    return found || fail(err, ERR_INPUT, NULL, "没有机关“" PRI_STR "”",
                         "there is no organ “" PRI_STR "”", STR_ARG(name));
}

static bool row_open(Act *act, const Table *t, const CsvRow *row, const PersonSecret *secret,
                     Arena *a, Err *err)
{
    PersonNew form = {.person = {.login = cell(t, row, COL_LOGIN),
                                 .name = cell(t, row, COL_NAME),
                                 .phone = cell(t, row, COL_PHONE),
                                 .email = cell(t, row, COL_EMAIL)}};
    PersonId id;
    return roles_read(cell(t, row, COL_ROLES), &form.roles, err) &&
           organ_read(act->app, cell(t, row, COL_ORGAN), a, &form.person.organ, err) &&
           person_open(act, &form, secret, a, &id, err);
}

// What became of one row; false only where the database failed.
static bool row_import(Act *act, const Table *t, const CsvRow *row, const PersonSecret *secret,
                       Arena *a, PersonImported *out, Err *err)
{
    Person there;
    bool found;
    if (!store_person_by_login(act->app->db, act->app->site, out->login, a, &there, &found, err))
        return false;
    out->done = found ? PERSON_THERE : PERSON_ADDED;
    if (found || row_open(act, t, row, secret, a, &out->why))
        return true;
    out->done = PERSON_REFUSED;
    if (out->why.kind != ERR_BUSY && out->why.kind != ERR_SYSTEM)
        return true;
    *err = out->why;
    return false;
}

bool app_person_import(App *app, Str csv, bool dry, bool elsewhere, Arena *a, PersonImporteds *out,
                       Err *err)
{
    Table t;
    if (!read_table(csv, a, &t, err))
        return false;
    size_t n = t.rows.n - 1;
    PersonImporteds done = {NEW(a, PersonImported, n), n, n};
    PersonSecret *secrets = NEW(a, PersonSecret, n);
    for (size_t i = 0; i < n && !dry && !elsewhere; i++)
        if (!person_first_password(app, S(""), a, &done.v[i].first, &secrets[i], err))
            return false;
    CLEANUP(act_end) Act act = {0};
    bool refused = false, added = false;
    if (!act_begin(app, &act, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const CsvRow *row = &t.rows.v[i + 1];
        done.v[i].line = row->line;
        done.v[i].login = cell(&t, row, COL_LOGIN);
        done.v[i].name = cell(&t, row, COL_NAME);
        if (!row_import(&act, &t, row, &secrets[i], a, &done.v[i], err))
            return false;
        refused |= done.v[i].done == PERSON_REFUSED;
        added |= done.v[i].done == PERSON_ADDED;
    }
    if (added && !refused && !dry && !act_commit(&act, err))
        return false;
    *out = done;
    return true;
}

// gongkai audit …: proving, sealing, reading and exporting the audit.
#include "app/audit.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "report/columns.h"
#include "store/organ.h"

enum { OUT_MAX = 64 << 20, FILE_MAX = 1 << 20, LIST_DEFAULT = 20, LIST_MOST = 1000 };

// --- what was asked for

static bool file_of(const Args *args, OptionId option, Str *out, Err *err)
{
    return !args->on[option] || file_read(args->value[option], FILE_MAX, args->a, out, err);
}

static bool day_of(const Args *args, OptionId option, Date *out, Err *err)
{
    *out = date_none;
    return !args->on[option] || date_parse(args->value[option], out) ||
           fail(err, ERR_INPUT, NULL, "--%s 应为日期，如 2026-04-01",
                "--%s wants a day, 2026-04-01", option_defs[option].name.s);
}

static bool number_of(const Args *args, OptionId option, int64_t otherwise, int64_t most,
                      int64_t *out, Err *err)
{
    *out = otherwise;
    return !args->on[option] ||
           (str_to_int(args->value[option], out) && *out > 0 && *out <= most) ||
           fail(err, ERR_INPUT, NULL, "--%s 应为1到%lld之间的整数",
                "--%s wants a number from 1 to %lld", option_defs[option].name.s, (long long)most);
}

// "organ:7", or "organ" for all of them.
static bool about_of(const Args *args, AuditFilter *f, Err *err)
{
    Str number;
    bool numbered = str_cut(args->value[OPT_ABOUT], S(":"), &f->noun, &number);
    return !numbered || (str_to_int(number, &f->noun_id) && f->noun_id > 0) ||
           fail(err, ERR_INPUT, NULL, "--about 应为“organ”或“organ:7”",
                "--about wants “organ” or “organ:7”");
}

static bool organ_of(const Args *args, const App *app, OrganId *out, Err *err)
{
    OrganRow organ;
    bool found;
    Str name = args->value[OPT_ORGAN];
    if (!args->on[OPT_ORGAN])
        return true;
    if (!store_organ_by_name(app->db, app->site, name, args->a, &organ, &found, err) ||
        (!found && !store_organ_by_slug(app->db, app->site, name, args->a, &organ, err)))
        return false;
    *out = organ.id;
    return true;
}

static bool filter_of(const Args *args, const App *app, AuditFilter *out, Err *err)
{
    AuditFilter f = {
        .who = args->value[OPT_WHO], .act = args->value[OPT_ACT], .text = args->value[OPT_TEXT]};
    Date from, to;
    if (!day_of(args, OPT_FROM, &from, err) || !day_of(args, OPT_TO, &to, err) ||
        !about_of(args, &f, err) || !organ_of(args, app, &f.organ, err))
        return false;
    f.from = date_is(from) ? moment_begin(from) : 0;
    f.to = date_is(to) ? moment_begin((Date){to.days + 1}) : 0;
    *out = f;
    return true;
}

// --- verify

static Str fault_text(const Verified *v, Arena *a)
{
    const AuditFaultDef *def = &audit_fault_defs[v->fault];
    Str where = v->line ? str_fmt(a, "line %lld", (long long)v->line) : S("");
    if (v->seal)
        where = str_fmt(a, PRI_STR "%sseal %lld", STR_ARG(where), v->line ? ", " : "",
                        (long long)v->seal);
    return str_fmt(a, PRI_STR ": " PRI_STR "\n", STR_ARG(where), STR_ARG(def->en));
}

static void verify_text(const Verified *v, Arena *a)
{
    if (v->fault != AUDIT_FINE)
        out(fault_text(v, a));
    out(str_fmt(a, "%lld lines (%lld to %lld) and %lld seals %s\n", (long long)v->lines,
                (long long)v->first, (long long)v->last, (long long)v->seals,
                v->fault == AUDIT_FINE
                    ? "hold: nothing was changed, taken out, added or put in another order"
                    : "hold up to there"));
    if (v->fault != AUDIT_FINE)
        return;
    Str day = date_is(v->sealed_on) ? date_iso(a, v->sealed_on) : S("never");
    out(str_fmt(
        a, "sealed up to line %lld (" PRI_STR "); %lld lines since then are under no seal yet\n",
        (long long)v->sealed_to, STR_ARG(day), (long long)(v->last - v->sealed_to)));
    if (!v->keys_known)
        out(S("the seals' keys are those that the database names: give --public-key to prove "
              "them\n"));
}

static void verify_json(const Verified *v, Arena *a)
{
    Buf b = buf_new(a, 4096);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_bool(&w, "holds", v->fault == AUDIT_FINE);
    json_put_str(&w, "fault", audit_fault_defs[v->fault].id);
    json_put_int(&w, "line", v->line);
    json_put_int(&w, "seal", v->seal);
    json_put_int(&w, "first", v->first);
    json_put_int(&w, "last", v->last);
    json_put_int(&w, "lines", v->lines);
    json_put_int(&w, "seals", v->seals);
    json_put_int(&w, "sealed_to", v->sealed_to);
    json_put_bool(&w, "keys_known", v->keys_known);
    json_end(&w);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

int cmd_audit_verify(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    VerifyOptions opt = {.from = date_none};
    Verified v;
    if (!day_of(args, OPT_FROM, &opt.from, err) ||
        !file_of(args, OPT_PUBLIC_KEY, &opt.public_keys, err) ||
        !file_of(args, OPT_ANCHOR, &opt.anchor, err) || !args_app(args, DB_READ, &app, err) ||
        !app_audit_verify(&app, &opt, &v, err))
        return -1;
    if (args->on[OPT_JSON])
        verify_json(&v, args->a);
    else
        verify_text(&v, args->a);
    return v.fault == AUDIT_FINE ? DONE_CLEAN : DONE_FINDINGS;
}

// --- seal, anchor

int cmd_audit_seal(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Seal seal;
    bool made;
    if (!args_app(args, DB_WRITE, &app, err) ||
        !app_audit_seal(&app, args->on[OPT_NEW_KEY], args->a, &seal, &made, err))
        return -1;
    if (!made) {
        out(S("nothing was added since the last seal\n"));
        return DONE_CLEAN;
    }
    out(str_cat(args->a, anchor_text(app.site, &seal, args->a), S("\n")));
    Str key = crypt_hex(args->a, (Str){(const char *)seal.next_key, PUBLIC_KEY_BYTES});
    out(str_fmt(args->a, "public key of the next seal: " PRI_STR "\n", STR_ARG(key)));
    return DONE_CLEAN;
}

int cmd_audit_anchor(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Str anchor;
    if (!args_app(args, DB_READ, &app, err) || !app_audit_anchor(&app, args->a, &anchor, err))
        return -1;
    out(str_cat(args->a, anchor, S("\n")));
    return DONE_CLEAN;
}

// --- list, show

static void list_line(Strs *cells, const AuditHit *hit, Arena *a)
{
    const AuditLine *l = &hit->line;
    *PUSH(a, cells) = str_fmt(a, "%lld", (long long)l->id);
    *PUSH(a, cells) = moment_text(a, l->at);
    *PUSH(a, cells) = l->act;
    *PUSH(a, cells) = l->actor.name.n ? l->actor.name : S("-");
    *PUSH(a, cells) = hit->organ.n ? hit->organ : S("-");
    *PUSH(a, cells) = l->noun_id
                          ? str_fmt(a, PRI_STR ":%lld", STR_ARG(l->noun), (long long)l->noun_id)
                      : l->noun.n ? l->noun
                                  : S("-");
}

int cmd_audit_list(const Args *args, Err *err)
{
    static const char *const names[] = {"line", "at", "act", "who", "organ", "about"};
    enum { COLS = 6 };
    CLEANUP(app_close) App app = {0};
    AuditFilter filter;
    AuditHits hits;
    int64_t most, before;
    Strs cells = {0};
    if (!number_of(args, OPT_LIMIT, LIST_DEFAULT, LIST_MOST, &most, err) ||
        !number_of(args, OPT_BEFORE, 0, INT64_MAX, &before, err) ||
        !args_app(args, DB_READ, &app, err) || !filter_of(args, &app, &filter, err) ||
        !store_audit_find(app.db, &app.scope, &filter, before, (size_t)most, args->a, &hits, err))
        return -1;
    for (size_t i = 0; i < COLS; i++)
        *PUSH(args->a, &cells) = str_z(names[i]);
    for (size_t i = 0; i < hits.n; i++)
        list_line(&cells, &hits.v[i], args->a);
    Buf b = buf_new(args->a, OUT_MAX);
    columns_table(&b, cells.v, cells.n / COLS, COLS, 0, S(""));
    if (hits.next)
        buf_fmt(&b, "%s; go on with --before %lld\n",
                hits.unsearched ? "looked through that far" : "there are more",
                (long long)hits.next);
    out(buf_str(&b));
    return DONE_CLEAN;
}

static bool id_of(const Args *args, int64_t *out, Err *err)
{
    return (str_to_int(args->operands.v[0], out) && *out > 0) ||
           fail(err, ERR_INPUT, NULL, "应给出行号", "the number of a line is wanted");
}

int cmd_audit_show(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    AuditHit hit;
    Seal seal;
    bool sealed;
    int64_t id;
    if (!id_of(args, &id, err) || !args_app(args, DB_READ, &app, err) ||
        !store_audit_get(app.db, &app.scope, id, args->a, &hit, err) ||
        !store_seal_of(app.db, app.site, id, &seal, &sealed, err))
        return -1;
    CLEANUP(arena_end) Arena scratch = arena_new(OUT_MAX);
    Buf b = buf_new(args->a, OUT_MAX);
    audit_out_begin(&b, AUDIT_JSON);
    audit_out_line(&b, AUDIT_JSON, &hit, true, scratch);
    audit_out_end(&b, AUDIT_JSON);
    out(buf_str(&b));
    Str anchor = sealed ? anchor_text(app.site, &seal, args->a) : S("no seal yet");
    out(str_fmt(args->a, "under: " PRI_STR "\n", STR_ARG(anchor)));
    return DONE_CLEAN;
}

// --- export

static bool write_out(void *ctx, Str piece, Err *err)
{
    (void)ctx, (void)err;
    out(piece);
    return true;
}

int cmd_audit_export(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    AuditFilter filter;
    AuditExport to = {.format = args->on[OPT_JSON] ? AUDIT_JSON : AUDIT_CSV, .write = write_out};
    int64_t most;
    if (!args_one_format(args, err) ||
        !number_of(args, OPT_LIMIT, INT64_MAX, INT64_MAX, &most, err) ||
        !args_app(args, DB_WRITE, &app, err) || !filter_of(args, &app, &filter, err))
        return -1;
    to.most = (size_t)most;
    return app_audit_export(&app, &filter, &to, args->a, err) ? DONE_CLEAN : -1;
}

// gongkai request same: who asked the same or the like.
#include "app/asked.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "cli/cmd_request.h"

enum { OUT_MAX = 1 << 20 };

typedef struct SameKind {
    const char *id;
    const AskedRequests *list;
} SameKind;

static void same_json(const SameKind *kinds, size_t n, const Radar *radar, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "same", radar->n_same);
    for (size_t k = 0; k < n; k++) {
        json_key(&w, str_z(kinds[k].id));
        json_array(&w);
        for (size_t i = 0; i < kinds[k].list->n; i++) {
            const AskedRequest *r = &kinds[k].list->v[i];
            json_object(&w);
            json_put_int(&w, "id", r->id.n);
            json_put_str(&w, "code", r->code);
            json_put_str(&w, "organ", r->organ_name);
            json_put_str(&w, "phase", phase_defs[r->phase].id);
            json_put_str(&w, "outcome", r->outcome);
            json_put_str(&w, "document", r->document);
            json_put_int(&w, "alike_per_mille", r->alike);
            json_end(&w);
        }
        json_end(&w);
    }
    json_end(&w);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

static void same_text(const SameKind *kinds, size_t n, const Radar *radar, Arena *a)
{
    Buf b = buf_new(a, OUT_MAX);
    buf_fmt(&b, "%lld worded so, this one included\n", (long long)radar->n_same);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < kinds[k].list->n; i++) {
            const AskedRequest *r = &kinds[k].list->v[i];
            buf_fmt(&b, "%-5s  %3d %%  %-11s  ", kinds[k].id, r->alike / 10,
                    phase_defs[r->phase].id.s);
            text_shown(&b, r->code);
            buf_add(&b, S("  "));
            text_shown(&b, r->outcome.n ? r->outcome : S("-"));
            buf_add(&b, S("  "));
            text_shown(&b, r->document);
            buf_byte(&b, '\n');
        }
    out(buf_str(&b));
}

int cmd_request_same(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    RequestId id;
    InfoRequest r;
    Radar radar;
    if (!args_app(args, DB_READ, &app, err) ||
        !request_operand(&app, args->operands.v[0], args->a, &id, err) ||
        !store_request_get(app.db, &app.scope, id, args->a, &r, err) ||
        !app_asked_radar(&app, &r, args->a, &radar, err))
        return -1;
    const SameKind kinds[] = {
        {"own", &radar.own}, {"here", &radar.here}, {"away", &radar.away}, {"near", &radar.near}};
    if (args->on[OPT_JSON])
        same_json(kinds, sizeof kinds / sizeof *kinds, &radar, args->a);
    else
        same_text(kinds, sizeof kinds / sizeof *kinds, &radar, args->a);
    return DONE_CLEAN;
}

#include "app/group.h"

#include "app/asked.h"
#include "base/json.h"
#include "store/asked.h"

enum { NOTE_BYTES = 64 << 10 };

// --- joining

static bool is_open(App *app, RequestId id, Arena *a, bool *out, Err *err)
{
    InfoRequest r = {0};
    Scope all = scope_site(app->site);
    if (id.n && !store_request_get(app->db, &all, id, a, &r, err))
        return false;
    *out = r.open;
    return true;
}

bool group_side_load(App *app, RequestId id, Arena *a, GroupSide *out, Err *err)
{
    GroupSide g = {0};
    RequestId lead = {0};
    if (!store_request_get(app->db, &app->scope, id, a, &g.request, err) ||
        !store_group_side(app->db, app->site, id, &g.side.followers, &lead, err) ||
        !is_open(app, lead, a, &g.lead_open, err))
        return false;
    g.side.request = id.n;
    g.side.organ = g.request.organ.n;
    g.side.open = g.request.open;
    g.side.lead = lead.n;
    g.side.code = g.request.code;
    *out = g;
    return true;
}

bool group_may_join(App *app, const GroupSide *lead, const GroupSide *other, Str reason, Arena *a,
                    Err *err)
{
    int alike;
    JoinSide first = lead->side, second = other->side;
    if (!lead->lead_open)
        first.lead = 0;
    if (!other->lead_open)
        second.lead = 0;
    return app_asked_alike(app, &lead->request, &other->request, a, &alike, err) &&
           group_join(&first, &second, alike, reason, err);
}

static bool note_group(Act *act, ActKind kind, const RequestWork *work, Str lead, Str reason,
                       Arena *a, Err *err)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    const InfoRequest *r = &work->request;
    json_object(&w);
    json_put_str(&w, "code", r->code);
    json_put_str(&w, "lead", lead);
    if (reason.n)
        json_put_str(&w, "reason", reason);
    json_end(&w);
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("request"),
                               .noun_id = r->id.n,
                               .version = r->version,
                               .organ = r->organ,
                               .became = buf_str(&b)},
                    err);
}

// Out of its group, nothing noted.
static bool leave(App *app, RequestWork *work, Err *err)
{
    RequestId lead = work->request.same_as;
    work->request.same_as.n = 0;
    return store_joined_drop(app->db, app->site, work->request.id, lead, err) &&
           request_save(app, work, err);
}

bool group_set_free(Act *act, GroupSide *lead, Arena *a, Err *err)
{
    RequestWork work;
    if (!lead->side.lead || lead->lead_open)
        return true;
    if (!request_load(act->app, lead->request.id, 0, a, &work, err) ||
        !leave(act->app, &work, err) ||
        !note_group(act, ACT_REQUEST_LEAVE, &work, S(""), S("原主件已经办结"), a, err))
        return false;
    lead->side.lead = 0;
    lead->request = work.request;
    return true;
}

bool group_join_one(Act *act, const GroupSide *lead, RequestId id, Str reason, Arena *a, Err *err)
{
    App *app = act->app;
    GroupSide other;
    if (!group_side_load(app, id, a, &other, err) ||
        !group_may_join(app, lead, &other, reason, a, err))
        return false;
    RequestWork work = {.request = other.request};
    if (other.side.lead && !leave(app, &work, err))
        return false;
    Joined joined = {.id = id,
                     .lead = lead->request.id,
                     .at = app->now,
                     .person = app->actor.person,
                     .reason = reason};
    work.request.same_as = lead->request.id;
    return store_joined_add(app->db, app->site, lead->request.organ, &joined, err) &&
           request_save(app, &work, err) &&
           note_group(act, ACT_REQUEST_JOIN, &work, lead->request.code, reason, a, err);
}

bool group_lead_named(App *app, Str code, Arena *a, RequestId *out, Err *err)
{
    bool found = false;
    Str normal = request_code_normal(code, a);
    if (!store_request_coded(app->db, &app->scope, normal, out, &found, err))
        return false;
    return found || fail(err, ERR_INPUT, NULL, "没有编号为“" PRI_STR "”的申请",
                         "there is no request numbered “" PRI_STR "”", STR_ARG(normal));
}

bool app_request_join(App *app, RequestId id, int64_t version, Str lead, Str reason, Arena *a,
                      Err *err)
{
    CLEANUP(act_end) Act act = {0};
    GroupSide first;
    RequestWork work;
    RequestId lead_id;
    return act_begin(app, &act, err) && request_load(app, id, version, a, &work, err) &&
           group_lead_named(app, lead, a, &lead_id, err) &&
           group_side_load(app, lead_id, a, &first, err) && group_set_free(&act, &first, a, err) &&
           group_join_one(&act, &first, id, reason, a, err) && act_commit(&act, err);
}

bool app_request_leave(App *app, RequestId id, int64_t version, Str reason, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    InfoRequest lead;
    Scope all = scope_site(app->site);
    if (!reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么解除并案", "say why it is taken out");
    if (!act_begin(app, &act, err) || !request_load(app, id, version, a, &work, err))
        return false;
    if (!work.request.same_as.n)
        return fail(err, ERR_RULE, NULL, "这件申请没有并案", "it is in no group");
    if (!work.request.open)
        return fail(err, ERR_RULE, NULL, "这件申请已经随主件办结，不能再解除并案",
                    "it has ended together with the leading request");
    return store_request_get(app->db, &all, work.request.same_as, a, &lead, err) &&
           leave(app, &work, err) &&
           note_group(&act, ACT_REQUEST_LEAVE, &work, lead.code, reason, a, err) &&
           act_commit(&act, err);
}

bool app_asked_decline(App *app, OrganId organ, int64_t asked, Str why, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    AskedMany many;
    if (!why.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么不并案", "say why they are not joined");
    if (!act_begin(app, &act, err) ||
        !store_asked_many_get(app->db, &app->scope, organ, asked, a, &many, err) ||
        !store_asked_decline(app->db, &app->scope, organ, asked, app->actor.person, why, err))
        return false;
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "title", many.title);
    json_put_int(&w, "count", many.n);
    json_put_str(&w, "why", why);
    json_end(&w);
    return act_note(&act,
                    &(ActNote){.kind = ACT_REQUEST_NOT_JOINED,
                               .noun = S("request"),
                               .noun_id = many.oldest.n,
                               .organ = organ,
                               .became = buf_str(&b)},
                    err) &&
           act_commit(&act, err);
}

// --- splitting

static Str units_summary(const Units *units, Str reason, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "units", units->n > 1 ? (int64_t)units->n : 1);
    for (size_t i = 0; i < units->n; i++) {
        Outcome o;
        const Unit *u = &units->v[i];
        Str name = outcome_named(u->outcome, &o) ? outcome_defs[o].name : S("");
        json_put_str(&w, str_to_z(a, str_fmt(a, "unit%zu", i + 1)),
                     name.n ? str_fmt(a, PRI_STR "：" PRI_STR, STR_ARG(u->matter), STR_ARG(name))
                            : u->matter);
    }
    if (reason.n)
        json_put_str(&w, "reason", reason);
    json_end(&w);
    return buf_str(&b);
}

static bool outcomes_fit(const Units *units, Err *err)
{
    for (size_t i = 0; i < units->n; i++) {
        Outcome o;
        if (units->v[i].outcome.n &&
            (!outcome_named(units->v[i].outcome, &o) || !unit_outcome_fits(o)))
            return fail(err, ERR_INPUT, NULL, "第%zu项的处理结果不能这样选",
                        "unit %zu cannot have that outcome", i + 1);
    }
    return true;
}

bool app_request_split(App *app, RequestId id, int64_t version, const Units *units, Str reason,
                       Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    Split was,
        split = {.units = *units, .at = app->now, .person = app->actor.person, .reason = reason};
    if (!units_check(units, err) || !outcomes_fit(units, err))
        return false;
    if (!reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么这样计件", "say why it is counted so");
    if (!act_begin(app, &act, err) || !request_load(app, id, version, a, &work, err) ||
        !store_split_get(app->db, app->site, id, a, &was, err))
        return false;
    if (!work.request.open)
        return fail(err, ERR_RULE, NULL,
                    "这件申请已经办结，不能再改计件；答复登记有误的，先撤销那一步",
                    "it has ended; take the mistaken step back first");
    work.request.n_units = units->n > 1 ? (int64_t)units->n : 1;
    return store_split_set(app->db, app->site, id, &split, err) && request_save(app, &work, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_REQUEST_SPLIT,
                               .noun = S("request"),
                               .noun_id = id.n,
                               .version = work.request.version,
                               .organ = work.request.organ,
                               .was = units_summary(&was.units, was.reason, a),
                               .became = units_summary(units, reason, a)},
                    err) &&
           act_commit(&act, err);
}

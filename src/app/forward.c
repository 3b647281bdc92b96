#include "app/forward.h"

#include "app/applicant.h"
#include "store/decision.h"
#include "store/organ.h"

static bool is_decided(App *app, RequestId id, Arena *a, Err *err)
{
    DecisionHeads heads;
    if (!store_decision_heads(app->db, app->site, id, a, &heads, err))
        return false;
    return decision_other_organ(&heads) ||
           fail(err, ERR_RULE, NULL,
                "先签发“不属于本机关负责公开”的答复，再转给负责的机关（条例第三十六条第（五）项）",
                "sign the reply that another organ is responsible first (Regulation, Art. 36)");
}

static bool target_ok(App *app, const InfoRequest *r, OrganId to, Arena *a, Organ *out, Err *err)
{
    Scope all = scope_site(app->site);
    Forwards before;
    if (!store_organ_get(app->db, &all, to, a, out, err) ||
        !store_forwards(app->db, app->site, r->id, a, &before, err))
        return false;
    if (out->state != ORGAN_ACTIVE || out->kind == ORGANKIND_SECTION || to.n == r->organ.n)
        return fail(err, ERR_INPUT, NULL, "请选择另一个现有的机关", "choose another organ");
    for (size_t i = 0; i < before.n; i++)
        if (before.v[i].from.n == r->id.n && before.v[i].to_organ_id.n == to.n)
            return fail(err, ERR_RULE, NULL, "已经转给这个机关：" PRI_STR,
                        "passed on there already: " PRI_STR, STR_ARG(before.v[i].to_code));
    return true;
}

static NewRequest copy_of(const App *app, const InfoRequest *r, const Applicant *who, OrganId to)
{
    return (NewRequest){.organ = to,
                        .channel = CHANNEL_INTERNET, // counts once both sides have confirmed
                        .filed = app->today,
                        .title = r->title,
                        .description = r->description,
                        .form = r->form,
                        .way = r->way,
                        .kind = r->applicant_kind,
                        .name = r->applicant_name,
                        .applicant = *who};
}

bool app_request_forward(App *app, const ForwardAsk *ask, Arena *a, Registered *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork w, copy;
    Applicant who;
    Organ organ;
    App other = *app; // whose scope the copy is in
    other.scope = scope_site(app->site);
    if (!ask->consent.n)
        return fail(err, ERR_INPUT, NULL, "请写明申请人什么时候、怎样同意转送",
                    "say how and when the applicant agreed");
    if (!act_begin(app, &act, err) || !request_load(app, ask->id, 0, a, &w, err) ||
        !is_decided(app, ask->id, a, err) || !target_ok(app, &w.request, ask->to, a, &organ, err) ||
        !applicant_open(app, &w.request, a, &who, err))
        return false;
    NewRequest n = copy_of(app, &w.request, &who, ask->to);
    Str note =
        str_fmt(a, "由" PRI_STR "转来，原编号" PRI_STR "；申请人同意：" PRI_STR,
                STR_ARG(w.request.organ_name), STR_ARG(w.request.code), STR_ARG(ask->consent));
    if (!request_add(&other, &act, &n, w.request.query_hash, note, a, &copy, err))
        return false;
    Forward f = {.from = ask->id,
                 .to = copy.request.id,
                 .to_organ_id = ask->to,
                 .consent = ask->consent,
                 .at = app->now};
    if (!store_forward_add(app->db, app->site, &f, app->actor.person, err) ||
        !request_note(&act, ACT_REQUEST_FORWARD, &w, a, err) || !act_commit(&act, err))
        return false;
    *out = (Registered){copy.request.id, copy.request.code, S("")};
    return true;
}

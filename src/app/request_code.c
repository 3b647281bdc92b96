#include "app/request_code.h"

#include "app/act.h"
#include "app/applicant.h"
#include "app/citizen.h"
#include "base/crypt.h"

static bool may_have_one(const InfoRequest *r, Err *err)
{
    if (!r->sealed.n)
        return fail(err, ERR_RULE, NULL, "申请人信息已经按期清除，不再出具查询码",
                    "who asked was taken out of this request; it gets no code any more");
    return !r->archived_at ||
           fail(err, ERR_RULE, NULL, "申请已经归档，要先重新打开，才能出具查询码",
                "the request is archived; open it again first");
}

bool app_request_code(App *app, RequestId id, Arena *a, Registered *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    InfoRequest r = {0};
    Applicant who = {0};
    if (!act_begin(app, &act, err) || !store_request_get(app->db, &app->scope, id, a, &r, err) ||
        !may_have_one(&r, err) || !applicant_open(app, &r, a, &who, err))
        return false;
    Str code = crypt_token(a, QUERY_CODE_BYTES);
    r.query_hash = crypt_sha256(a, code);
    ActNote note = {.kind = ACT_REQUEST_CODE,
                    .noun = S("request"),
                    .noun_id = id.n,
                    .version = r.version + 1,
                    .organ = r.organ};
    if (!applicant_seal(app, &who, a, &r, err) ||
        !store_request_code(app->db, &app->scope, &r, err) || !act_note(&act, &note, err) ||
        !act_commit(&act, err))
        return false;
    *out = (Registered){id, r.code, code_shown(a, code)};
    return true;
}

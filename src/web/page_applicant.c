#include "web/page_applicant.h"

#include "app/request_code.h"
#include "base/crypt.h"
#include "domain/identity.h"
#include "views.h"
#include "web/page_common.h"

static Str request_path(Arena *a, RequestId id, const char *tail)
{
    return str_fmt(a, "/desk/requests/%lld%s", (long long)id.n, tail);
}

static void words_view(Arena *a, const SaidWords *words, ApplicantPart *p)
{
    p->words = NEW(a, ApplicantWord, words->n);
    for (size_t i = 0; i < words->n; i++) {
        const SaidWord *w = &words->v[i];
        p->words[p->n++] = (ApplicantWord){
            .day = moment_zh(a, w->said_at),
            .name = say_defs[w->kind].name,
            .text = w->text,
            .source = say_defs[w->kind].source,
            .file = w->file ? str_fmt(a, "/desk/files/%lld", (long long)w->file) : S("")};
    }
}

bool request_part_applicant(Request *r, const RequestFile *file, Out *out, Err *err)
{
    SaidWords words;
    if (!app_request_words(app_of(r), &file->request, r->a, &words, err))
        return false;
    ApplicantPart p = {.reveal = request_path(r->a, file->request.id, "/identity"),
                       .csrf = r->viewer->csrf,
                       .once = crypt_token(r->a, 16),
                       .number = identity_masked(file->applicant.id_number, r->a)};
    if (viewer_may(r->viewer, MAY_REQUEST_HANDLE) && file->request.sealed.n &&
        !file->request.archived_at) {
        p.renew = request_path(r->a, file->request.id, "/code");
        p.renew_once = crypt_token(r->a, 16);
    }
    words_view(r->a, &words, &p);
    view_request_applicant(out, &p);
    return true;
}

bool page_request_reveal(Request *r, Response *w, Err *err)
{
    RevealPage p = {0};
    Applicant who;
    int64_t id = 0;
    str_to_int(request_param(r, "id"), &id);
    if (!app_request_reveal(app_of(r), (RequestId){id}, r->a, &who, err) ||
        !desk_begin(r, S("申请人的证件号码"), DESK_REQUESTS, &p.desk, err))
        return false;
    p.back = request_path(r->a, (RequestId){id}, "");
    desk_crumb(r, &p.desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p.desk, p.back, S("申请"));
    desk_crumb(r, &p.desk, S(""), S("证件号码"));
    p.id_kind = who.id_kind;
    p.number = who.id_number;
    view_request_reveal(&w->out, &p);
    return true;
}

bool page_request_code(Request *r, Response *w, Err *err)
{
    QueryCodePage p = {0};
    Registered made = {0};
    int64_t id = 0;
    str_to_int(request_param(r, "id"), &id);
    if (!app_request_code(app_of(r), (RequestId){id}, r->a, &made, err) ||
        !desk_begin(r, S("新的查询码"), DESK_REQUESTS, &p.desk, err))
        return false;
    p.code = made.code;
    p.query_code = made.query_code;
    p.back = request_path(r->a, made.id, "");
    desk_crumb(r, &p.desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p.desk, p.back, made.code);
    desk_crumb(r, &p.desk, S(""), S("查询码"));
    view_request_query_code(&w->out, &p);
    return true;
}

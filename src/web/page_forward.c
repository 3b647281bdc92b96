#include "web/page_forward.h"

#include "app/forward.h"
#include "store/decision.h"
#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

static const FieldDef forward_defs[] = {
    {.name = "organ", .label = "负责的机关", .kind = FIELD_SELECT, .required = true},
    {.name = "consent",
     .label = "申请人怎样同意的",
     .hint = "什么时候、用什么方式，如“3月12日电话同意”；不同意的，不转",
     .required = true,
     .max = 200},
};

// What every visitor of the site sees of its organs; the one that the sheet names is chosen.
static bool organs(Request *r, const InfoRequest *q, Form *f, Err *err)
{
    App *app = app_of(r);
    OrganRows rows;
    Decision d;
    DecisionHeads heads;
    if (!store_organ_rows(app->db, app->site, r->a, &rows, err) ||
        !store_decision_heads(app->db, app->site, q->id, r->a, &heads, err))
        return false;
    const DecisionHead *says = decision_other_organ(&heads);
    if (!store_decision_nth(app->db, app->site, q->id, says ? says->nth : 1, r->a, &d, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const OrganRow *o = &rows.v[i];
        Str value = str_fmt(r->a, "%lld", (long long)o->id.n);
        if (o->state != ORGAN_ACTIVE || o->kind == ORGANKIND_SECTION || o->id.n == q->organ.n)
            continue;
        form_choice(f, "organ", value, o->name, S(""));
        if (str_eq(o->name, d.sheet.field[DF_ORGAN]))
            form_set(f, "organ", value);
    }
    return true;
}

static bool begin(Request *r, RequestFormPage *p, RequestFile *file, Err *err)
{
    if (!app_request_get(app_of(r), request_id_of(r), r->a, file, err))
        return false;
    *p = (RequestFormPage){
        .heading = S("转给负责的机关"),
        .hint = S("在那里登记一件相同的申请，等它与申请人确认；申请人用原来的查询码查询。法律只要求"
                  "告知申请人负责的机关，转送不影响本机关的答复。"),
        .submit = S("转送")};
    return form_page_of_request(r, p, &file->request, forward_defs, 2, err) &&
           organs(r, &file->request, &p->form, err);
}

bool page_forward(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RequestFile file;
    return begin(r, &p, &file, err) && form_page_show(w, &p);
}

bool page_forward_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RequestFile file;
    Registered done;
    Err why = {0};
    if (!begin(r, &p, &file, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    ForwardAsk ask = {file.request.id, {form_int(&p.form, "organ")}, form_text(&p.form, "consent")};
    if (app_request_forward(app_of(r), &ask, r->a, &done, &why))
        return desk_done(r, w, p.back, "forwarded");
    return form_page_again(w, &p, &why, err);
}

bool part_forward(Request *r, const RequestFile *file, Out *out, Err *err)
{
    App *app = app_of(r);
    Forwards list;
    DecisionHeads heads;
    RequestId id = file->request.id;
    if (!store_forwards(app->db, app->site, id, r->a, &list, err) ||
        !store_decision_heads(app->db, app->site, id, r->a, &heads, err))
        return false;
    bool decided = decision_other_organ(&heads) != NULL;
    ForwardView v = {.v = NEW(r->a, Str, list.n + 1), .n = list.n};
    for (size_t i = 0; i < list.n; i++) {
        const Forward *f = &list.v[i];
        v.v[i] =
            f->from.n == id.n
                ? str_fmt(r->a, "已转给" PRI_STR "，在那里的编号是" PRI_STR "（" PRI_STR "）。",
                          STR_ARG(f->to_organ), STR_ARG(f->to_code), STR_ARG(f->consent))
                : str_fmt(r->a, "由" PRI_STR "转来，原编号" PRI_STR "（" PRI_STR "）。",
                          STR_ARG(f->from_organ), STR_ARG(f->from_code), STR_ARG(f->consent));
    }
    if (decided && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        v.href = str_cat(r->a, door_path(r->a, S("request"), id.n), S("/forward"));
    if (v.n || v.href.n)
        view_forward_part(out, &v);
    return true;
}

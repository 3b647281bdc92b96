#include "web/form_page.h"

#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

const FormPlace place_requests = {DESK_REQUESTS, SI("/desk/requests"), SI("申请办理")};
const FormPlace place_corrections = {DESK_CORRECTIONS, SI("/desk/corrections"), SI("更正申请")};

bool form_page_begin(Request *r, RequestFormPage *p, const FormPlace *place, Str crumb,
                     const FieldDef *defs, size_t n, Err *err)
{
    if (!desk_begin(r, p->heading, place->nav, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, place->list, place->name);
    if (crumb.n)
        desk_crumb(r, &p->desk, p->back, crumb);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, defs, n, &p->form);
    return true;
}

bool form_page_of_request(Request *r, RequestFormPage *p, const InfoRequest *q,
                          const FieldDef *defs, size_t n, Err *err)
{
    p->action = r->path;
    p->back = door_path(r->a, S("request"), q->id.n);
    if (!form_page_begin(r, p, &place_requests, q->code, defs, n, err))
        return false;
    p->form.version = q->version;
    return true;
}

bool form_page_show(Response *w, RequestFormPage *p)
{
    if (form_is_wrong(&p->form))
        w->status = 422;
    view_request_form(&w->out, p);
    return true;
}

bool form_page_again(Response *w, RequestFormPage *p, const Err *why, Err *err)
{
    return form_mend(&p->form, why, err) && form_page_show(w, p);
}

// --- fields that several forms have

bool form_organs(Request *r, Form *f, const char *field, Err *err)
{
    Organs organs;
    App *app = app_of(r);
    if (!store_organ_all(app->db, &app->scope, r->a, &organs, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        if (organs.v[i].state == ORGAN_ACTIVE && organs.v[i].kind != ORGANKIND_SECTION)
            form_choice(f, field, str_fmt(r->a, "%lld", (long long)organs.v[i].id.n),
                        organs.v[i].name, S(""));
    return true;
}

void form_applicants(Form *f)
{
    for (int k = 0; k < APPLICANT__COUNT; k++)
        form_choice(f, "kind", applicant_defs[k].id, applicant_defs[k].name, S(""));
}

void form_channels(Form *f)
{
    for (int c = 0; c < CHANNEL__COUNT; c++)
        form_choice(f, "channel", channel_defs[c].id, channel_defs[c].name, S(""));
}

Applicant form_applicant(const Form *f)
{
    return (Applicant){.id_kind = form_text(f, "id_kind"),
                       .id_number = form_text(f, "id_number"),
                       .phone = form_text(f, "phone"),
                       .email = form_text(f, "email"),
                       .address = form_text(f, "address")};
}

bool form_request_named(Request *r, Form *f, const char *field, RequestId *out, Err *err)
{
    App *app = app_of(r);
    bool found = false;
    Str code = form_text(f, field);
    if (!code.n)
        return true;
    if (!store_request_coded(app->db, &app->scope, code, out, &found, err))
        return false;
    if (!found)
        form_wrong(f, field, S("没有这个编号的申请，请核对；不填也可以登记"));
    return true;
}

// /receipt: proving a receipt.
#include "views.h"
#include "web/page_apply.h"
#include "web/page_common.h"

static const FieldDef receipt_defs[] = {
    {.name = "text",
     .label = "登记回执全文",
     .hint = "从“政府信息公开申请登记回执”起，到“签名”一行止，整份粘贴",
     .kind = FIELD_AREA,
     .required = true,
     .max = 8000},
};

static bool receipt_begin(Request *r, ReceiptPage *p, Err *err)
{
    Err no_key;
    *p = (ReceiptPage){0};
    if (!page_begin(r, S("核验登记回执"), NAV_APPLY, &p->page, err))
        return false;
    page_crumb(r, &p->page, S("/apply"), S("依申请公开"));
    page_crumb(r, &p->page, S(""), S("核验回执"));
    form_new(r, receipt_defs, 1, &p->form);
    p->form.failed = S("核验没有通过");
    if (!app_receipt_key(app_of(r), r->a, &p->public_key, &no_key))
        p->public_key = S("");
    return true;
}

bool page_receipt(Request *r, Response *w, Err *err)
{
    ReceiptPage p;
    if (!receipt_begin(r, &p, err))
        return false;
    view_receipt(&w->out, &p);
    return true;
}

bool page_receipt_verify(Request *r, Response *w, Err *err)
{
    ReceiptPage p;
    Err why = {0};
    if (!receipt_begin(r, &p, err))
        return false;
    if (form_take(r, &p.form)) {
        p.proved = receipt_verify(form_text(&p.form, "text"), p.public_key, r->a, &p.proof, &why);
        if (!p.proved)
            form_fail(&p.form, &why);
    }
    w->status = p.proved ? 200 : 422;
    view_receipt(&w->out, &p);
    return true;
}

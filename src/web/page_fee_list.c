// /desk/fees: the register, and how an organ is paid.
#include "app/letter.h"
#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_fee.h"

enum { PER_PAGE = 100 };

static const Str LIST = SI("/desk/fees");

static Str yuan_words(Arena *a, Yuan yuan)
{
    return str_fmt(a, "%lld", (long long)yuan.n);
}

// The year so far, where nothing else is asked for.
static FeeFilter filter_of(const Request *r, Date today, Str *wrong)
{
    FeeFilter f = {.to = today, .limit = PER_PAGE, .any_state = true};
    Str from = request_query(r, "from"), to = request_query(r, "to");
    date_make(date_year(today), 1, 1, &f.from);
    *wrong = S("");
    if ((from.n && !date_parse(from, &f.from)) || (to.n && !date_parse(to, &f.to)))
        *wrong = S("日期应当像2026-03-19");
    else if (f.to.days < f.from.days)
        *wrong = S("结束日期应当不早于开始日期");
    f.money = str_eq(request_query(r, "by"), S("money"));
    f.any_state = !fee_state_named(request_query(r, "state"), &f.state);
    str_to_int(request_query(r, "after"), &f.after);
    return f;
}

static Str list_path(Arena *a, Str path, const FeeFilter *f, bool money, bool any_state)
{
    path = path_with(a, path, "from", date_iso(a, f->from));
    path = path_with(a, path, "to", date_iso(a, f->to));
    path = path_with(a, path, "by", money ? S("money") : S(""));
    return path_with(a, path, "state", any_state ? S("") : fee_states[f->state].id);
}

static FeeListLine line_of(Arena *a, const FeeLineView *l)
{
    const FeeNotice *n = &l->row.notice;
    return (FeeListLine){.href = door_path(a, S("request"), l->row.request.n),
                         .code = l->row.code,
                         .title = l->row.title,
                         .organ = l->row.organ_name,
                         .basis = fee_bases[n->basis].name,
                         .noticed = date_zh(a, n->noticed),
                         .document = n->document,
                         .yuan = yuan_words(a, n->yuan),
                         .full = n->full.n == n->yuan.n ? S("") : yuan_words(a, n->full),
                         .paid = yuan_words(a, n->paid),
                         .state = fee_states[l->state].name,
                         .tag = fee_states[l->state].tag};
}

static bool sums_read(Request *r, const FeeFilter *f, FeeListPage *p, Err *err)
{
    App *app = app_of(r);
    FeeSums sums;
    if (!store_fee_sums(app->db, &app->scope, f->from, f->to, f->organ, &sums, err))
        return false;
    Str notices = list_path(r->a, LIST, f, false, true),
        money = list_path(r->a, LIST, f, true, true);
    p->sums[0].text = S("发出收费通知");
    p->sums[0].value = str_fmt(r->a, "%lld件", (long long)sums.notices);
    p->sums[0].href = notices;
    p->sums[1].text = S("通知的总金额");
    p->sums[1].value = str_cat(r->a, yuan_words(r->a, sums.asked), S("元"));
    p->sums[1].href = notices;
    p->sums[2].text = S("实际收取的总金额");
    p->sums[2].value = str_cat(r->a, yuan_words(r->a, sums.received), S("元"));
    p->sums[2].href = money;
    return true;
}

static void filters(Request *r, const FeeFilter *f, FeeListPage *p)
{
    p->from = date_iso(r->a, f->from);
    p->to = date_iso(r->a, f->to);
    p->money = f->money;
    p->csv = list_path(r->a, S("/desk/fees/export.csv"), f, f->money, f->any_state);
    p->xlsx = list_path(r->a, S("/desk/fees/export.xlsx"), f, f->money, f->any_state);
    for (int s = 0; s < FEE_STATE__COUNT; s++)
        *PUSH(r->a, &p->states) = (Choice){.value = fee_states[s].id,
                                           .text = fee_states[s].name,
                                           .chosen = !f->any_state && s == (int)f->state};
    if (viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p->account = S("/desk/fees/account");
}

static bool lines_read(Request *r, const FeeFilter *f, FeeListPage *p, Err *err)
{
    FeeLines found;
    int64_t last;
    if (!sums_read(r, f, p, err) || !app_fee_list(app_of(r), f, r->a, &found, &last, err))
        return false;
    p->lines = NEW(r->a, FeeListLine, found.n);
    for (size_t i = 0; i < found.n; i++)
        p->lines[p->n++] = line_of(r->a, &found.v[i]);
    if (last)
        p->next =
            path_with_int(r->a, list_path(r->a, LIST, f, f->money, f->any_state), "after", last);
    return true;
}

bool page_fees(Request *r, Response *w, Err *err)
{
    FeeListPage p = {0};
    FeeFilter f = filter_of(r, app_of(r)->today, &p.wrong);
    if (!desk_begin(r, S("信息处理费"), DESK_FEES, &p.desk, err))
        return false;
    filters(r, &f, &p);
    if (!p.wrong.n && !lines_read(r, &f, &p, err))
        return false;
    w->status = p.wrong.n ? 422 : 200;
    view_fee_list(&w->out, &p);
    return true;
}

static bool export(Request *r, Response *w, FeeFormat format, Str type, Str name, Err *err)
{
    Str wrong;
    FeeFilter f = filter_of(r, app_of(r)->today, &wrong);
    if (wrong.n)
        return fail(err, ERR_INPUT, NULL, "日期有误，请核对", "the period cannot be");
    if (!app_fee_export(app_of(r), &f, format, r->a, &w->body, err))
        return false;
    respond_download(r, w, type, name);
    return true;
}

bool page_fees_csv(Request *r, Response *w, Err *err)
{
    return export(r, w, FEE_CSV, S("text/csv; charset=utf-8"), S("信息处理费.csv"), err);
}

bool page_fees_xlsx(Request *r, Response *w, Err *err)
{
    return export(r, w, FEE_XLSX,
                  S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                  S("信息处理费.xlsx"), err);
}

// --- how an organ is paid

static const FieldDef account_defs[] = {
    {.name = "how",
     .label = "缴纳方式",
     .hint = "写进本机关的每份收费通知：到哪里缴、缴款码或者非税收入账户、咨询电话",
     .kind = FIELD_AREA,
     .required = true,
     .max = 200},
};

static bool account_begin(Request *r, RequestFormPage *p, LetterSettings *now, Err *err)
{
    App *app = app_of(r);
    Organ organ;
    if (!store_organ_get(app->db, &app->scope, r->viewer->organ, r->a, &organ, err) ||
        !store_letter_settings(app->db, app->site, organ.id, r->a, now, err))
        return false;
    *p = (RequestFormPage){.heading = S("缴纳方式"),
                           .hint = organ.name,
                           .action = S("/desk/fees/account"),
                           .submit = S("保存"),
                           .back = LIST};
    if (!desk_begin(r, p->heading, DESK_FEES, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, LIST, S("信息处理费"));
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, account_defs, 1, &p->form);
    p->form.version = now->version;
    return true;
}

bool page_fee_account(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    LetterSettings now;
    if (!account_begin(r, &p, &now, err))
        return false;
    form_set(&p.form, "how", now.fee_way);
    return form_page_show(w, &p);
}

// One of the settings of the organ's letters, which its own officers may change.
bool page_fee_account_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    LetterSettings next;
    Err why = {0};
    if (!account_begin(r, &p, &next, err))
        return false;
    if (form_take(r, &p.form)) {
        next.organ = r->viewer->organ;
        next.version = request_version(r);
        next.fee_way = form_text(&p.form, "how");
        if (app_letter_settings(app_of(r), &next, r->a, &why))
            return desk_done(r, w, LIST, "saved");
    }
    return form_page_again(w, &p, &why, err);
}

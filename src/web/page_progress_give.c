// What an applicant takes home from /progress: the receipt, days for a calendar, released files.
#include "app/config.h"
#include "app/letter_paper.h"
#include "domain/ics.h"
#include "web/page_apply.h"
#include "web/page_common.h"

static Ticket ticket_of(Request *r)
{
    applicant_acts(r);
    app_of(r)->once = S(""); // reading spends no form
    return (Ticket){request_form(r, "number"), request_form(r, "code")};
}

static Str file_name(Request *r, Str number, const char *what)
{
    return str_fmt(r->a, PRI_STR "%s", STR_ARG(number), what);
}

bool page_progress_receipt(Request *r, Response *w, Err *err)
{
    Ticket ticket = ticket_of(r);
    Filed filed;
    Err why = {0};
    if (!app_request_receipt(app_of(r), &ticket, r->a, &filed, &why))
        return progress_refuse(r, w, &why, err);
    respond_download(r, w, S("text/plain; charset=utf-8"),
                     file_name(r, filed.code, "登记回执.txt"));
    w->body = filed.receipt;
    return true;
}

// --- days

typedef struct Days {
    Request *r;
    const Progress *g;
    IcsEvents events;
} Days;

static Str site_name(Request *r)
{
    const Config *c = app_of(r)->config;
    Str url = c ? c->base_url : S(""), host;
    ptrdiff_t at = str_find(url, S("://"));
    host = at < 0 ? S("gongkai.invalid") : str_from(url, (size_t)at + 3);
    return host;
}

static void day(Days *d, const char *what, Date from, Date until, Str title, Str text, int remind)
{
    if (!date_is(from))
        return;
    Str uid = str_fmt(d->r->a, "%lld-%s@" PRI_STR, (long long)d->g->request.id.n, what,
                      STR_ARG(site_name(d->r)));
    *PUSH(d->r->a, &d->events) = (IcsEvent){.uid = uid,
                                            .from = from,
                                            .until = until,
                                            .title = title,
                                            .text = text,
                                            .remind_days = remind};
}

static void days(Days *d)
{
    enum { SOON = 3 };
    Arena *a = d->r->a;
    const Progress *g = d->g;
    Str about = str_fmt(a, "编号" PRI_STR "，" PRI_STR, STR_ARG(g->request.code),
                        STR_ARG(g->request.organ_name));
    if (g->clock.phase == PHASE_CORRECTION)
        day(d, "correction", g->clock.waits_until, date_none, S("补正政府信息公开申请的最后一天"),
            str_cat(a, about, S("。逾期不补正的，视为放弃申请。")), SOON);
    if (g->clock.phase == PHASE_FEE)
        day(d, "fee", g->clock.waits_until, date_none, S("缴纳信息处理费的最后一天"),
            str_cat(a, about, S("。逾期不缴的，视为放弃申请。")), SOON);
    if (g->request.open)
        day(d, "due", g->clock.due, date_none, S("政府信息公开申请答复期限届满"),
            str_cat(a, about, S("。到期没有答复的，可以申请行政复议。")), 0);
    day(d, "redo", g->redone.due, date_none, S("重新答复期限届满"),
        str_cat(a, about, S("。复议决定或者判决责令机关在这天以前重新答复。")), 0);
    for (size_t i = 0; i < g->days.n; i++) {
        const RemedyDay *one = &g->days.v[i];
        day(d, str_to_z(a, str_fmt(a, "remedy%zu", i)), one->on, date_none, one->what,
            str_fmt(a, PRI_STR "。依据：" PRI_STR "。能否受理由复议机关、法院决定。",
                    STR_ARG(about), STR_ARG(one->source)),
            2 * SOON + 1);
    }
}

bool page_progress_calendar(Request *r, Response *w, Err *err)
{
    Ticket ticket = ticket_of(r);
    Progress g;
    Err why = {0};
    if (!app_request_progress(app_of(r), &ticket, r->a, &g, &why))
        return progress_refuse(r, w, &why, err);
    Days d = {.r = r, .g = &g};
    days(&d);
    respond_download(r, w, S("text/calendar; charset=utf-8"),
                     file_name(r, g.request.code, "日期.ics"));
    w->body = ics_write(&d.events, S("政府信息公开申请"), app_of(r)->now, r->a);
    return true;
}

// --- letters and files

bool page_progress_letter(Request *r, Response *w, Err *err)
{
    if (str_eq(request_form(r, "as"), S("text")))
        return progress_read(r, w, err);
    Ticket ticket = ticket_of(r);
    Letter letter;
    Err why = {0};
    int64_t wanted = 0;
    str_to_int(request_form(r, "letter"), &wanted);
    if (!app_request_letter(app_of(r), &ticket, (LetterId){wanted}, r->a, &letter, &why))
        return progress_refuse(r, w, &why, err);
    Paper paper = letter_paper(&letter, r->a);
    Papers one = {&paper, 1, 1};
    if (!paper_pdf(&one, r->a, &w->body, err))
        return false;
    respond_download(r, w, S("application/pdf"), letter_file_name(&letter, S("pdf"), r->a));
    return true;
}

bool page_progress_file(Request *r, Response *w, Err *err)
{
    Ticket ticket = ticket_of(r);
    ReleasePublicFile file;
    Str bytes;
    Err why = {0};
    int64_t wanted = 0;
    str_to_int(request_form(r, "file"), &wanted);
    if (!app_request_released(app_of(r), &ticket, (ReleaseFileId){wanted}, r->a, &file, &bytes,
                              &why))
        return progress_refuse(r, w, &why, err);
    respond_download(r, w, file.type, file.name);
    respond_header(w, "Content-Security-Policy", S("default-src 'none'; sandbox"));
    w->body = bytes;
    return true;
}

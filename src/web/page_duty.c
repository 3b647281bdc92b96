// Giving a request to somebody in a section, until an internal day.
#include "web/page_duty.h"
#include "app/duty.h"
#include "store/organ.h"
#include "store/person.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

static const FieldDef assign_defs[] = {
    {.name = "section",
     .label = "承办科室",
     .hint = "内设机构；不分科室的，不选",
     .kind = FIELD_SELECT},
    {.name = "handler",
     .label = "承办人",
     .hint = "只列出本机关有办理权限的人",
     .kind = FIELD_SELECT,
     .required = true},
    {.name = "due",
     .label = "内部时限",
     .hint = "早于法定的答复期限；过了的，每天提醒承办人和指定的人一次",
     .kind = FIELD_DATE},
    {.name = "words", .label = "要办什么", .kind = FIELD_AREA, .max = 300},
};
enum { ASSIGN_FIELDS = sizeof assign_defs / sizeof *assign_defs };

static bool can_handle(const PersonLine *line)
{
    for (size_t i = 0; i < line->posts.n; i++)
        if (role_reach(line->posts.v[i].role, MAY_REQUEST_HANDLE, false) != REACH_NONE)
            return true;
    return false;
}

static bool handlers(Request *r, const InfoRequest *q, Form *f, Err *err)
{
    App *app = app_of(r);
    PersonAsk ask = {.organ = q->organ, .limit = 200};
    PersonLines people;
    int64_t total;
    if (!store_person_list(app->db, &app->scope, &ask, app->today, r->a, &people, &total, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (can_handle(&people.v[i]))
            form_choice(f, "handler", str_fmt(r->a, "%lld", (long long)people.v[i].person.id.n),
                        people.v[i].person.name, S(""));
    return true;
}

static bool sections(Request *r, const InfoRequest *q, Form *f, Err *err)
{
    App *app = app_of(r);
    OrganFilter filter = {.parent = q->organ};
    OrganLines lines;
    int64_t total;
    if (!store_organ_find(app->db, &app->scope, &filter, r->a, &lines, &total, err))
        return false;
    for (size_t i = 0; i < lines.n; i++)
        if (lines.v[i].kind == ORGANKIND_SECTION)
            form_choice(f, "section", str_fmt(r->a, "%lld", (long long)lines.v[i].id.n),
                        lines.v[i].name, S(""));
    return true;
}

static bool assign_begin(Request *r, RequestFormPage *p, RequestFile *file, Err *err)
{
    if (!app_request_get(app_of(r), request_id_of(r), r->a, file, err))
        return false;
    *p = (RequestFormPage){
        .heading = S("指定承办人"), .hint = file->request.title, .submit = S("指定")};
    return form_page_of_request(r, p, &file->request, assign_defs, ASSIGN_FIELDS, err) &&
           handlers(r, &file->request, &p->form, err) && sections(r, &file->request, &p->form, err);
}

bool page_request_assign(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RequestFile file;
    if (!assign_begin(r, &p, &file, err))
        return false;
    form_set(&p.form, "handler", str_fmt(r->a, "%lld", (long long)file.request.handler.n));
    if (date_is(file.clock.draft_due) && file.clock.draft_due.days >= app_of(r)->today.days)
        form_set_date(&p.form, "due", file.clock.draft_due);
    return form_page_show(w, &p);
}

bool page_request_assign_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    RequestFile file;
    Err why = {0};
    if (!assign_begin(r, &p, &file, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    DutyGive give = {.id = file.request.id,
                     .version = p.form.version,
                     .section = {form_int(&p.form, "section")},
                     .person = {form_int(&p.form, "handler")},
                     .due = form_date(&p.form, "due"),
                     .words = form_text(&p.form, "words")};
    if (app_duty_give(app_of(r), &give, r->a, &why))
        return desk_done(r, w, p.back, "saved");
    return form_page_again(w, &p, &why, err);
}

// --- on the request's page

static Str given_day(Arena *a, int64_t at)
{
    return date_zh(a, (Date){(int32_t)((at + 8 * 3600) / 86400)});
}

static DutyLine duty_line(Request *r, const Duty *d)
{
    Date today = app_of(r)->today;
    bool late = !d->ended_at && date_is(d->due) && d->due.days < today.days;
    return (DutyLine){.who = d->section_name.n
                                 ? str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(d->section_name),
                                           STR_ARG(d->person_name))
                                 : d->person_name,
                      .given = d->given_name.n ? str_fmt(r->a, PRI_STR "，" PRI_STR "指定",
                                                         STR_ARG(given_day(r->a, d->given_at)),
                                                         STR_ARG(d->given_name))
                                               : given_day(r->a, d->given_at),
                      .due = date_is(d->due) ? date_zh(r->a, d->due) : S("没有定"),
                      .words = d->words,
                      .late = late,
                      .over = d->ended_at > 0};
}

bool part_duty(Request *r, const RequestFile *file, Out *out, Err *err)
{
    Duties list;
    App *app = app_of(r);
    if (!store_duties(app->db, app->site, file->request.id, r->a, &list, err))
        return false;
    if (!list.n)
        return true;
    DutiesView v = {NEW(r->a, DutyLine, list.n), list.n};
    for (size_t i = 0; i < list.n; i++)
        v.v[i] = duty_line(r, &list.v[i]);
    view_duty_part(out, &v);
    return true;
}

// Notices: the list, marking as read, and which of them come by mail.
#include "web/page_desk.h"

#include "app/config.h"
#include "app/desk.h"
#include "views.h"
#include "web/page_common.h"

enum { NOTICES = 30 };

static NoticeLine line_of(Request *r, const Notice *n)
{
    return (NoticeLine){.id = n->id,
                        .words = n->words,
                        .door = n->door,
                        .at = moment_zh(r->a, n->at),
                        .kind = notice_kinds[n->kind].name,
                        .unread = !n->read_at};
}

bool page_notices(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    NoticePage p = {0};
    Notices found;
    int64_t before = 0;
    str_to_int(request_query(r, "before"), &before);
    if (!desk_begin(r, S("通知"), DESK_NOTICES, &p.desk, err) ||
        !store_notice_list(app->db, app->site, r->viewer->person, before, NOTICES + 1, r->a, &found,
                           err))
        return false;
    for (size_t i = 0; i < found.n && i < NOTICES; i++) {
        *PUSH(r->a, &p.notices) = line_of(r, &found.v[i]);
        p.any_unread |= !found.v[i].read_at;
    }
    if (found.n > NOTICES)
        p.next = path_with_int(r->a, S("/desk/notices"), "before", found.v[NOTICES - 1].id);
    view_desk_notices(&w->out, &p);
    return true;
}

bool page_notice_read(Request *r, Response *w, Err *err)
{
    int64_t id = 0;
    if (!str_to_int(request_form(r, "id"), &id) || id < 1)
        return fail(err, ERR_INPUT, NULL, "没有这条通知", "there is no such notice");
    return app_notice_read(app_of(r), id, err) &&
           desk_done(r, w, S("/desk/notices"), "notice_read");
}

bool page_notices_read(Request *r, Response *w, Err *err)
{
    return app_notice_read(app_of(r), 0, err) && desk_done(r, w, S("/desk/notices"), "notice_read");
}

bool page_notice_settings(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    NoticeSettings p = {.no_mail = !app->config || !mail_configured(&app->config->mail)};
    bool mail[NOTICE__COUNT];
    if (!desk_begin(r, S("通知方式"), DESK_NOTICES, &p.desk, err) ||
        !store_notice_mail(app->db, app->site, r->viewer->person, mail, err))
        return false;
    desk_crumb(r, &p.desk, S("/desk/notices"), S("通知"));
    desk_crumb(r, &p.desk, S(""), S("通知方式"));
    for (int k = 0; k < NOTICE__COUNT; k++)
        p.kinds[k] = (NoticeChoice){.id = notice_kinds[k].id,
                                    .name = notice_kinds[k].name,
                                    .about = notice_kinds[k].about,
                                    .mail = mail[k],
                                    .must = notice_kinds[k].must};
    view_desk_notice_settings(&w->out, &p);
    return true;
}

bool page_notice_choose(Request *r, Response *w, Err *err)
{
    bool mail[NOTICE__COUNT];
    for (int k = 0; k < NOTICE__COUNT; k++)
        mail[k] = notice_kinds[k].must || request_form(r, notice_kinds[k].id.s).n > 0;
    return app_notice_choose(app_of(r), mail, err) &&
           desk_done(r, w, S("/desk/notices/settings"), "saved");
}

// /desk/requests/:id/release/:file/making: how far the blacking out of a file is. Without scripts
// the page comes again by itself; with them (assets/release.js, which says so in the address) only
// its words change. Once it has ended it leads back to the sheet, where the result or the reason
// stands.
#include "views.h"
#include "web/page_common.h"
#include "web/page_release.h"
#include "web/static.h"

enum { REFRESH_S = 5 };

ReleaseMakingView release_making_view(Arena *a, const ReleaseMaking *m)
{
    const MakingStateDef *def = &making_states[m->state];
    if (m->state == MAKING_NONE)
        return (ReleaseMakingView){0};
    return (ReleaseMakingView){.open = def->open,
                               .ended = def->todo.n > 0,
                               .state = def->name,
                               .tag = def->tag,
                               .words = making_words(m->state, m->done, m->pages, m->ahead, a),
                               .by = str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(m->name),
                                             STR_ARG(moment_zh(a, m->ordered_at))),
                               .why = m->why,
                               .todo = def->todo,
                               .done = m->done,
                               .pages = m->pages};
}

static bool to_sheet(Request *r, Response *w, const ReleaseSheet *s, Str sheet)
{
    if (s->making.state == MAKING_DONE && s->file.state == RELEASE_MADE)
        return desk_done(r, w, path_with(r->a, sheet, "of", S("result")), "release-made");
    return respond_redirect(w, sheet);
}

bool page_release_making(Request *r, Response *w, Err *err)
{
    ReleaseMakingPage p = {0};
    ReleaseSheet s;
    if (!release_sheet_get(r, &s, err))
        return false;
    p.sheet = release_sheet_path(r->a, s.file.request, s.file.id);
    p.href = str_cat(r->a, p.sheet, S("/making"));
    p.name = s.file.name;
    p.making = release_making_view(r->a, &s.making);
    p.may = viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    if (!p.making.open)
        return to_sheet(r, w, &s, p.sheet);
    if (!desk_begin(r, S("遮盖并检查"), DESK_REQUESTS, &p.desk, err))
        return false;
    release_crumbs(r, &p.desk, &s);
    desk_crumb(r, &p.desk, p.sheet, p.name);
    desk_crumb(r, &p.desk, S(""), S("遮盖并检查"));
    p.desk.page.script = asset("release.js");
    if (!str_eq(request_query(r, "by"), S("script")))
        respond_header(w, "Refresh", str_fmt(r->a, "%d", REFRESH_S));
    view_release_making(&w->out, &p);
    return true;
}

bool page_release_cancel(Request *r, Response *w, Err *err)
{
    ReleaseSheet s;
    if (!release_sheet_get(r, &s, err))
        return false;
    Str sheet = release_sheet_path(r->a, s.file.request, s.file.id);
    Err why = {0};
    if (app_release_cancel(app_of(r), s.file.id, r->a, &why))
        return desk_done(r, w, sheet, "release-cancelled");
    if (why.kind == ERR_RULE) // it has just ended
        return respond_redirect(w, sheet);
    *err = why;
    return false;
}

#include "web/guard.h"

#include "app/session.h"
#include "base/json.h"
#include "base/log.h"
#include "store/audit.h"
#include "web/cookie.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_sign_in.h"

static bool guard_viewer(Request *r, const Viewer **out, Err *err)
{
    App *app = app_of(r);
    Viewer *v = NEW(r->a, Viewer, 1);
    Str token = cookie_get(r, COOKIE_SESSION);
    bool found = false;
    if (token.n && !app_session_viewer(app, token, r->ip, r->a, v, &found, err))
        return false;
    *out = found ? v : NULL;
    return true;
}

// clang-format off
// Where to do what is due.
static const Str due_pages[] = {
    [DUE_NOTHING]  = SI("/desk"),
    [DUE_CODE]     = SI("/desk/sign-in/code"),
    [DUE_PASSWORD] = SI("/desk/sign-in/password"),
    [DUE_SECOND]   = SI("/desk/sign-in/second"),
};
// clang-format on

// The page asked for, to go on to later.
static Str asked_for(Request *r)
{
    Str path = r->path;
    for (size_t i = 0; i < r->query.n; i++)
        path = path_with(r->a, path, str_to_z(r->a, r->query.v[i].name), r->query.v[i].value);
    return signin_to(r->method == METHOD_GET ? path : S(""));
}

Str guard_due_path(Request *r, Due due, Str to)
{
    if (due == DUE_NOTHING)
        return signin_to(to);
    return path_with(r->a, due_pages[due], "to", to);
}

static bool guard_sign_in(Request *r, Response *w, Err *err)
{
    if (r->viewer)
        return respond_redirect(w, guard_due_path(r, r->viewer->due, asked_for(r)));
    if (r->method == METHOD_GET)
        return respond_redirect(w, path_with(r->a, S("/desk/sign-in"), "to", asked_for(r)));
    return sign_in_instead(r, w, err);
}

static void guard_act_as(Request *r)
{
    App *app = app_of(r);
    app->actor = session_actor(r->viewer, r->may, r->ip, r->id);
    app->scope = viewer_scope(r->viewer, r->may);
    app->once = request_form(r, "once");
    app->draft = request_form(r, "draft");
}

static bool guard_repeated(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Str noun;
    int64_t id;
    if (!store_once_find(app->db, app->site, r->viewer->person, request_form(r, "once"), r->a,
                         &noun, &id, err))
        return false;
    Str path = door_path(r->a, noun, id);
    return respond_redirect(w, path.n ? path : S("/desk"));
}

// Whose affair it was cannot be told from an address that is not theirs: it is the affair of the
// organ they work for.
static void guard_refused(Request *r, const Err *why)
{
    App *app = app_of(r);
    Err err;
    Buf b = buf_new(r->a, 16 << 10);
    JsonOut w = json_out(&b);
    app->actor = session_actor(r->viewer, r->may, r->ip, r->id);
    json_object(&w);
    json_put_str(&w, "path", str_clip(r->a, r->path, 300));
    json_put_str(&w, "power", verb_defs[r->may].name);
    json_put_int(&w, "status", why->kind == ERR_DENIED ? 403 : 404);
    json_put_str(&w, "why", str_z(why->zh));
    json_end(&w);
    ActNote note = {
        .kind = ACT_DENIED, .noun = S("form"), .organ = r->viewer->organ, .became = buf_str(&b)};
    if (!app_note(app, &note, &err))
        log_event(LOG_ERROR, "a refusal was not noted", log_z("why", err.en),
                  log_z("detail", err.detail));
}

const Guard site_guard = {.viewer = guard_viewer,
                          .sign_in = guard_sign_in,
                          .act_as = guard_act_as,
                          .repeated = guard_repeated,
                          .refused = guard_refused};

#include "desk_site.h"

#include "../test.h"

#include <signal.h>
#include <time.h>

enum { SHOWN = 6000 }; // bytes of a page in a failure

int desk_site_open(void **state, SiteBox **box, Arena **a, App *app)
{
    Err err = {0};
    int64_t now = time(NULL);
    Date today = {(int32_t)((now + 8 * 3600) / 86400)};
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    *box = *state;
    *a = &(*box)->a;
    AppPlace *place = NEW(*a, AppPlace, 1);
    *place = (AppPlace){.data = (*box)->dir, .database = (*box)->database};
    if (!app_open(place, DB_CREATE, today, now, *a, app, &err))
        fail_msg("%s", err.en);
    return 0;
}

int desk_site_close(void **state, App *app, Program *site)
{
    int status = program_stop(site);
    app_close(app);
    return site_box_drop(state) == 0 && status == 0 ? 0 : -1;
}

static void answers(const Reply *r, const char *target, int status)
{
    if (r->status != status)
        fail_msg("%s: status %d\n" PRI_STR, target, r->status, STR_ARG(str_sub(r->body, 0, SHOWN)));
}

Str page(Jar *jar, const char *target, int status)
{
    Reply r = jar_get(jar, target);
    answers(&r, target, status);
    return r.body;
}

Reply posted(Jar *jar, Str target, Str form, int status)
{
    char *path = str_to_z(jar->a, target);
    Reply r = jar_post(jar, path, str_to_z(jar->a, form));
    answers(&r, path, status);
    return r;
}

void shows(Str html, const char *text)
{
    if (!str_has(html, str_z(text)))
        fail_msg("no “%s” in " PRI_STR, text, STR_ARG(str_sub(html, 0, SHOWN)));
}

void hides(Str html, const char *text)
{
    if (str_has(html, str_z(text)))
        fail_msg("“%s” in " PRI_STR, text, STR_ARG(str_sub(html, 0, SHOWN)));
}

Str form_field(Arena *a, const char *name, Str value)
{
    return str_fmt(a, "&%s=" PRI_STR, name, STR_ARG(form_encode(a, value)));
}

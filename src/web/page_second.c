// A new password and a second factor: in the desk, or before it where they are due.
#include "base/qr.h"
#include "web/cookie.h"
#include "web/guard.h"
#include "web/page_account.h"
#include "web/page_common.h"
#include "web/page_sign_in.h"

#include "views.h"

// clang-format off
static const FieldDef password_fields[] = {
    { "old",   "现在的密码", NULL, FIELD_PASSWORD, .required = true, .max = 512, .autocomplete = "current-password" },
    { "new",   "新密码", "至少12个字，可以用几个不相干的词连起来；不要用姓名、机关、日期和手机号", FIELD_PASSWORD,
      .required = true, .max = 512, .autocomplete = "new-password" },
    { "again", "再输入一次新密码", NULL, FIELD_PASSWORD, .required = true, .max = 512, .autocomplete = "new-password" },
};
static const FieldDef second_fields[] = {
    { "code", "手机上显示的6位数字", NULL, FIELD_CODE, .required = true, .max = 12, .autocomplete = "one-time-code" },
    { "password", "密码", "请再输入一次密码", FIELD_PASSWORD, .required = true, .max = 512, .autocomplete = "current-password" },
};
static const FieldDef proof_fields[] = {
    { "password", "密码", "请再输入一次密码", FIELD_PASSWORD, .required = true, .max = 512, .autocomplete = "current-password" },
};
// clang-format on

// --- in the desk or before it

static bool at_door(const Request *r)
{
    return r->may == MAY_ENTER;
}

static Str to_of(Request *r)
{
    return signin_to(r->method == METHOD_GET ? request_query(r, "to") : request_form(r, "to"));
}

// After a POST the page is made with the viewer as it is now; `door` as it was before.
bool due_begin(Request *r, bool door, Str title, const char *action, DuePage *p, Err *err)
{
    p->door = door;
    p->to = to_of(r);
    p->action = str_fmt(r->a, "%s%s", door ? "/desk/sign-in/" : "/desk/account/", action);
    if (door)
        return door_frame(r, title, &p->desk.page, err);
    if (!desk_begin(r, title, DESK_ACCOUNT, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, S("/desk/account"), S("账号"));
    desk_crumb(r, &p->desk, S(""), title);
    return true;
}

// Where something else is due, or nothing: on to that.
static bool not_due(Request *r, Response *w, Due due, bool *elsewhere)
{
    *elsewhere = at_door(r) && r->viewer->due != due;
    return !*elsewhere || respond_redirect(w, guard_due_path(r, r->viewer->due, to_of(r)));
}

// What the person can set right by typing again; anything else is an error of its own.
static bool can_type_again(const Err *why)
{
    return why->kind == ERR_INPUT || why->kind == ERR_DENIED || why->kind == ERR_BUSY ||
           why->kind == ERR_RULE;
}

bool due_again(Response *w, Form *f, const Err *why, Err *err)
{
    if (why->kind == ERR_NONE || can_type_again(why)) {
        if (why->kind != ERR_NONE)
            form_fail(f, why);
        w->status = why->kind == ERR_BUSY ? 429 : 422;
        return true;
    }
    *err = *why;
    return false;
}

// --- the password

static void password_form(Request *r, Form *f)
{
    bool first = at_door(r); // the old one has just been given
    form_new(r, password_fields + first, 3 - first, f);
}

static bool password_show(Request *r, Response *w, DuePage *p, Err *err)
{
    if (!due_begin(r, at_door(r), at_door(r) ? S("设置新密码") : S("修改密码"), "password", p, err))
        return false;
    if (p->door)
        view_password_door(&w->out, p);
    else
        view_password_desk(&w->out, p);
    return true;
}

bool page_password(Request *r, Response *w, Err *err)
{
    DuePage p = {0};
    bool elsewhere;
    if (!not_due(r, w, DUE_PASSWORD, &elsewhere) || elsewhere)
        return elsewhere;
    password_form(r, &p.form);
    return password_show(r, w, &p, err);
}

bool page_password_send(Request *r, Response *w, Err *err)
{
    DuePage p = {0};
    bool elsewhere;
    Err why = {0};
    Str token;
    if (!not_due(r, w, DUE_PASSWORD, &elsewhere) || elsewhere)
        return elsewhere;
    password_form(r, &p.form);
    PasswordChange change = {.old = at_door(r) ? S("") : request_form(r, "old"),
                             .fresh = request_form(r, "new"),
                             .again = request_form(r, "again")};
    if (!form_take(r, &p.form) ||
        !app_password_change(app_of(r), r->viewer, &change, r->a, &token, &why)) {
        if (why.kind == ERR_REPEATED)
            return *err = why, false;
        return due_again(w, &p.form, &why, err) && password_show(r, w, &p, err);
    }
    if (!session_cookie(r, w, token, err))
        return false;
    if (at_door(r))
        return respond_redirect(w, guard_due_path(r, r->viewer->due, to_of(r)));
    return desk_done(r, w, S("/desk/account"), "password_changed");
}

// --- setting up a second factor

// In place of one there is, it takes the password too.
static bool second_form(Request *r, SecondPage *p, Err *err)
{
    SecondState state;
    if (!app_second_state(app_of(r), r->viewer, r->a, &state, err))
        return false;
    p->has = state.has;
    form_new(r, second_fields, state.has ? 2 : 1, &p->due.form);
    return true;
}

static bool second_show(Request *r, Response *w, SecondPage *p, Err *err)
{
    if (!due_begin(r, at_door(r), S("设置动态口令"), "second", &p->due, err))
        return false;
    p->qr = (Html){qr_svg(r->a, p->offer.uri, S("用手机上的认证应用扫描"))};
    if (p->due.door)
        view_second_door(&w->out, p);
    else
        view_second_desk(&w->out, p);
    return true;
}

bool page_second(Request *r, Response *w, Err *err)
{
    SecondPage p = {0};
    bool elsewhere;
    if (!not_due(r, w, DUE_SECOND, &elsewhere) || elsewhere)
        return elsewhere;
    return second_form(r, &p, err) && app_second_offer(app_of(r), r->viewer, r->a, &p.offer, err) &&
           second_show(r, w, &p, err);
}

static bool codes_show(Request *r, Response *w, bool door, CodesPage *p, Err *err)
{
    if (!due_begin(r, door, S("恢复码"), "recovery", &p->due, err))
        return false;
    if (!door)
        p->due.to = S("/desk/account");
    if (door)
        view_codes_door(&w->out, p);
    else
        view_codes_desk(&w->out, p);
    return true;
}

bool page_second_send(Request *r, Response *w, Err *err)
{
    SecondPage p = {0};
    CodesPage done = {0};
    bool elsewhere, door = at_door(r);
    Str sealed = request_form(r, "offer"), token;
    Err why = {0};
    if (!not_due(r, w, DUE_SECOND, &elsewhere) || elsewhere)
        return elsewhere;
    if (!second_form(r, &p, err))
        return false;
    if (!form_take(r, &p.due.form) ||
        !app_second_set(app_of(r), r->viewer, sealed, request_form(r, "code"),
                        request_form(r, "password"), r->a, &done.codes, &token, &why)) {
        if (why.kind == ERR_REPEATED)
            return *err = why, false;
        if (!app_second_again(app_of(r), r->viewer, sealed, r->a, &p.offer, err))
            return false;
        if (why.kind == ERR_INPUT) {
            form_wrong(&p.due.form, "code", str_dup(r->a, str_z(why.zh)));
            why.kind = ERR_NONE;
        }
        return due_again(w, &p.due.form, &why, err) && second_show(r, w, &p, err);
    }
    return session_cookie(r, w, token, err) && codes_show(r, w, door, &done, err);
}

// --- doing without, and new recovery codes: the password once more

static bool proof_show(Request *r, Response *w, const char *action, Str title, DuePage *p, Err *err)
{
    if (!due_begin(r, false, title, action, p, err))
        return false;
    view_proof(&w->out, p);
    return true;
}

static const Str drop_title = SI("取消动态口令"), recovery_title = SI("重新生成恢复码");

bool page_second_drop(Request *r, Response *w, Err *err)
{
    DuePage p = {0};
    form_new(r, proof_fields, 1, &p.form);
    return proof_show(r, w, "second/drop", drop_title, &p, err);
}

bool page_second_drop_send(Request *r, Response *w, Err *err)
{
    DuePage p = {0};
    Err why = {0};
    Str token;
    form_new(r, proof_fields, 1, &p.form);
    if (!form_take(r, &p.form) ||
        !app_second_drop(app_of(r), r->viewer, request_form(r, "password"), r->a, &token, &why))
        return due_again(w, &p.form, &why, err) &&
               proof_show(r, w, "second/drop", drop_title, &p, err);
    return session_cookie(r, w, token, err) &&
           desk_done(r, w, S("/desk/account"), "second_dropped");
}

bool page_recovery(Request *r, Response *w, Err *err)
{
    DuePage p = {0};
    form_new(r, proof_fields, 1, &p.form);
    return proof_show(r, w, "recovery", recovery_title, &p, err);
}

bool page_recovery_send(Request *r, Response *w, Err *err)
{
    DuePage p = {0};
    CodesPage done = {0};
    Err why = {0};
    form_new(r, proof_fields, 1, &p.form);
    if (!form_take(r, &p.form) ||
        !app_recovery_make(app_of(r), r->viewer, request_form(r, "password"), r->a, &done.codes,
                           &why))
        return due_again(w, &p.form, &why, err) &&
               proof_show(r, w, "recovery", recovery_title, &p, err);
    return codes_show(r, w, false, &done, err);
}

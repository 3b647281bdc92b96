#include "web/page_api_keys.h"

#include "store/organ.h"
#include "views.h"
#include "web/page_common.h"
#include "web/page_request.h"

enum { ORGANS_MOST = 300, DEFAULT_DAYS = 365 };

static const Str KEYS = SI("/desk/api-keys");

static Str powers_zh(Arena *a, Str ids)
{
    uint64_t powers = api_key_powers(ids);
    Strs names = {0};
    for (size_t i = 0; i < n_api_key_verbs; i++)
        if (powers >> api_key_verbs[i] & 1)
            *PUSH(a, &names) = verb_defs[api_key_verbs[i]].name;
    return str_join(a, names.v, names.n, S("、"));
}

static ApiKeyLine line_of(Arena *a, const ApiKey *k, int64_t now)
{
    bool over = k->revoked_at || k->expires_at <= now;
    return (ApiKeyLine){
        .name = k->name,
        .organ = k->organ_name,
        .powers = powers_zh(a, k->verbs),
        .head = str_cat(a, k->head, S("…")),
        .made = str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(date_zh(a, moment_day(k->created_at))),
                        STR_ARG(k->person_name)),
        .until = date_zh(a, moment_day(k->expires_at - 1)),
        .often = str_fmt(a, "%lld次", (long long)k->per_minute),
        .used = k->used_at ? moment_text(a, k->used_at) : S("没有用过"),
        .state = k->revoked_at ? S("已撤销")
                 : over        ? S("已到期")
                               : S("有效"),
        .tag = over ? S("ended") : S("run"),
        .revoke =
            over ? S("") : str_fmt(a, PRI_STR "/%lld/revoke", STR_ARG(KEYS), (long long)k->id)};
}

static bool keys_read(Request *r, ApiKeysPage *p, Err *err)
{
    App *app = app_of(r);
    ApiKeys keys;
    if (!desk_begin(r, S("接口密钥"), DESK_API_KEYS, &p->desk, err) ||
        !store_api_key_list(app->db, &app->scope, r->a, &keys, err))
        return false;
    p->lines = NEW(r->a, ApiKeyLine, keys.n);
    for (size_t i = 0; i < keys.n; i++)
        p->lines[p->n++] = line_of(r->a, &keys.v[i], app->now);
    return true;
}

bool page_api_keys(Request *r, Response *w, Err *err)
{
    ApiKeysPage p = {0};
    if (!keys_read(r, &p, err))
        return false;
    view_api_keys(&w->out, &p);
    return true;
}

// clang-format off
static const FieldDef new_defs[] = {
    {.name = "name", .label = "哪个系统", .hint = "写系统的名称，出现在操作记录里", .kind = FIELD_TEXT, .required = true, .max = API_KEY_NAME_MAX},
    {.name = "organ", .label = "哪个机关", .hint = "密钥只看得到这个机关和它的内设机构的申请", .kind = FIELD_SELECT, .required = true},
    {.name = "verbs", .label = "可以做什么", .hint = "批准延期、审核、签发须由人办理，不能给系统", .kind = FIELD_CHECKS, .required = true},
    {.name = "per_minute", .label = "每分钟最多几次", .hint = "超过的要等一等再来（HTTP 429）；留空为600次", .kind = FIELD_NUMBER, .max = 4},
    {.name = "expires", .label = "有效期至（不含）", .hint = "最长两年", .kind = FIELD_DATE, .required = true},
};
// clang-format on

static bool new_begin(Request *r, RequestFormPage *p, Err *err)
{
    App *app = app_of(r);
    OrganFilter filter = {.limit = ORGANS_MOST};
    OrganLines organs;
    int64_t total;
    *p = (RequestFormPage){.heading = S("开通接口密钥"),
                           .action = r->path,
                           .hint = S("密钥只在开通时显示一次，本系统只留它的哈希。"),
                           .submit = S("开通"),
                           .back = KEYS};
    if (!desk_begin(r, p->heading, DESK_API_KEYS, &p->desk, err) ||
        !store_organ_find(app->db, &app->scope, &filter, r->a, &organs, &total, err))
        return false;
    desk_crumb(r, &p->desk, KEYS, S("接口密钥"));
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, new_defs, sizeof new_defs / sizeof *new_defs, &p->form);
    for (size_t i = 0; i < organs.n; i++)
        form_choice(&p->form, "organ", str_fmt(r->a, "%lld", (long long)organs.v[i].id.n),
                    organs.v[i].name, S(""));
    for (size_t i = 0; i < n_api_key_verbs; i++)
        form_choice(&p->form, "verbs", verb_defs[api_key_verbs[i]].id,
                    verb_defs[api_key_verbs[i]].name, S(""));
    return true;
}

bool page_api_key_new(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    if (!new_begin(r, &p, err))
        return false;
    form_set(&p.form, "per_minute", str_fmt(r->a, "%d", API_KEY_A_MINUTE));
    form_set_date(&p.form, "expires", (Date){app_of(r)->today.days + DEFAULT_DAYS});
    return form_page_show(w, &p);
}

static uint64_t powers_of(const Form *f)
{
    uint64_t powers = 0;
    for (size_t i = 0; i < n_api_key_verbs; i++)
        if (form_chosen(f, "verbs", verb_defs[api_key_verbs[i]].id))
            powers |= UINT64_C(1) << api_key_verbs[i];
    return powers;
}

// The answer itself shows the key: an address to be led to would have to carry it.
bool page_api_key_new_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    ApiKeysPage list = {0};
    ApiKey made;
    Err why = {0};
    if (!new_begin(r, &p, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    ApiKeyNew key = {.name = form_text(&p.form, "name"),
                     .organ = {form_int(&p.form, "organ")},
                     .powers = powers_of(&p.form),
                     .expires = form_date(&p.form, "expires"),
                     .per_minute = form_int(&p.form, "per_minute")};
    if (!app_api_key_make(app_of(r), &key, r->a, &made, &list.token, &why)) {
        if (why.kind == ERR_REPEATED || why.kind == ERR_SYSTEM) {
            *err = why;
            return false;
        }
        form_fail(&p.form, &why);
        return form_page_show(w, &p);
    }
    list.made = made.name;
    if (!keys_read(r, &list, err))
        return false;
    view_api_keys(&w->out, &list);
    return true;
}

bool page_api_key_revoke(Request *r, Response *w, Err *err)
{
    int64_t id = 0;
    str_to_int(request_param(r, "id"), &id);
    return app_api_key_revoke(app_of(r), id, r->a, err) && desk_done(r, w, KEYS, "api-key-revoked");
}

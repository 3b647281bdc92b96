#include "app/request_public.h"

#include "app/attachment.h"
#include "app/key.h"
#include "app/request_work.h"
#include "base/hanzi.h"
#include "domain/attach_kind.h"
#include "store/organ.h"

// Applicants have no scope: what they file goes to whichever organ they chose.
static App for_anyone(const App *app)
{
    App own = *app;
    own.scope = scope_site(app->site);
    return own;
}

// --- the receipt

static void line(Arena *a, ReceiptLines *lines, Str name, Str value)
{
    if (value.n)
        *PUSH(a, lines) = (ReceiptLine){name, value};
}

// Beijing time, which all of China keeps.
static Str moment_zh(Arena *a, int64_t now)
{
    enum { BEIJING_S = 8 * 3600, DAY_S = 86400 };
    int64_t t = now + BEIJING_S;
    int s = (int)(t % DAY_S);
    Str day = date_iso(a, (Date){(int32_t)(t / DAY_S)});
    return str_fmt(a, PRI_STR " %02d:%02d:%02d（北京时间）", STR_ARG(day), s / 3600, s / 60 % 60,
                   s % 60);
}

static bool receipt_of(const App *app, const NewRequest *n, const Registered *r, Str site,
                       Str organ, Arena *a, Str *out, Err *err)
{
    Key key;
    ReceiptLines lines = {0};
    if (!app_key(app, KEY_RECEIPTS, &key, err))
        return false;
    line(a, &lines, S("站点"), site);
    line(a, &lines, S("受理机关"), organ);
    line(a, &lines, S("编号"), r->code);
    line(a, &lines, S("提交时间"), moment_zh(a, app->now));
    line(a, &lines, S("渠道"), channel_defs[n->channel].name);
    line(a, &lines, S("申请人"), n->name);
    line(a, &lines, S("申请人类别"), applicant_defs[n->kind].name);
    line(a, &lines, S("信息名称"), n->title);
    line(a, &lines, S("特征性描述"), n->description);
    line(a, &lines, S("内容摘要（SHA-256）"),
         crypt_sha256(a, str_cat(a, n->title, str_cat(a, S("\n"), n->description))));
    *out = receipt_write(&lines, &key, a);
    crypt_wipe(&key, sizeof key);
    return true;
}

bool app_receipt_key(const App *app, Arena *a, Str *out, Err *err)
{
    Key key;
    unsigned char public_key[PUBLIC_KEY_BYTES];
    if (!app_key(app, KEY_RECEIPTS, &key, err))
        return false;
    crypt_public_key(&key, public_key);
    crypt_wipe(&key, sizeof key);
    *out = crypt_hex(a, (Str){(const char *)public_key, sizeof public_key});
    return true;
}

// --- filing

static bool proof_keep(App *app, const NewRequest *n, RequestId id, Str name, Str bytes, Arena *a,
                       Err *err)
{
    Attachment kept;
    AttachmentNew file = {.noun = S("request"),
                          .noun_id = id.n,
                          .organ = n->organ,
                          .private = true,
                          .name = name,
                          .bytes = bytes};
    App own = *app;
    own.once = S("");
    return !bytes.n || app_attachment_add(&own, &file, a, &kept, err);
}

bool app_request_file(App *app, const NewRequest *request, Str proof_name, Str proof, Arena *a,
                      Filed *out, Err *err)
{
    App own = for_anyone(app);
    NewRequest n = *request;
    Registered done;
    Organ organ;
    Site site;
    Filed filed = {0};
    Err lost;
    AttachKind kind;
    n.channel = CHANNEL_INTERNET;
    n.filed = app->today;
    if ((proof.n && !attach_kind_of(proof, &kind, err)) ||
        !store_organ_get(own.db, &own.scope, n.organ, a, &organ, err) ||
        !store_site_get(own.db, own.site, a, &site, err) ||
        !app_request_register(&own, &n, a, &done, err) ||
        !receipt_of(&own, &n, &done, site.name, organ.name, a, &filed.receipt, err))
        return false;
    filed.id = done.id;
    filed.code = done.code;
    filed.query_code = done.query_code;
    filed.organ_name = organ.name;
    filed.proof_lost = !proof_keep(&own, &n, done.id, proof_name, proof, a, &lost);
    *out = filed;
    return true;
}

// --- how far it is

static Str query_normal(Arena *a, Str code)
{
    char *s = str_to_z(a, str_replace(a, str_trim(code), S(" "), S("")));
    for (char *c = s; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 'a' - 'A');
    return str_z(s);
}

static bool find(App *app, Str code, Str query_code, Arena *a, RequestId *out, Err *err)
{
    bool found = false;
    Str hash = crypt_sha256(a, query_normal(a, query_code));
    Str number = request_code_normal(code, a);
    if (!store_request_by_code(app->db, app->site, number, hash, out, &found, err) ||
        (!found && hanzi_traditional(number) &&
         !store_request_by_code(app->db, app->site, hanzi_simplify_as(a, number, HANZI_TRADITIONAL),
                                hash, out, &found, err)))
        return false;
    return found ||
           fail(err, ERR_MISSING, NULL, "编号或者查询码不对。两样都在登记回执上，请照着填写",
                "number or code is wrong; both are on the receipt");
}

// What is between officers stays there.
static void for_applicants(StoredFacts *facts)
{
    size_t kept = 0;
    for (size_t i = 0; i < facts->n; i++) {
        StoredFact f = facts->v[i];
        if (f.struck_at)
            continue;
        f.note = S("");
        f.person_name = S("");
        f.whom = S("");
        facts->v[kept++] = f;
    }
    facts->n = kept;
}

bool app_request_progress(App *app, Str code, Str query_code, Arena *a, Progress *out, Err *err)
{
    App own = for_anyone(app);
    RequestId id;
    RequestFile file;
    if (!find(&own, code, query_code, a, &id, err) || !app_request_get(&own, id, a, &file, err))
        return false;
    file.request.note = S("");
    for_applicants(&file.facts);
    *out = (Progress){file.request, file.facts, file.clock, file.ledger, file.rules};
    return true;
}

bool app_request_withdraw(App *app, Str code, Str query_code, Arena *a, Err *err)
{
    App own = for_anyone(app);
    RequestId id;
    if (!find(&own, code, query_code, a, &id, err))
        return false;
    RequestStep step = {.id = id,
                        .fact = {.kind = FACT_WITHDRAWN, .on = app->today, .until = date_none}};
    return app_request_step(&own, step_rules[FACT_WITHDRAWN].may, &step, a, err);
}

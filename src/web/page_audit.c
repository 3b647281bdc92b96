#include "web/page_audit.h"

#include "app/audit.h"
#include "store/audit_find.h"
#include "store/organ.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"

enum { AUDIT_PER_PAGE = 30, AUDIT_EXPORT_MOST = 50000, CHANGE_RUNES = 60 };

static const Str AUDIT = SI("/desk/audit");

// --- what was asked for

// One condition: its key in the address and what a chip calls it.
typedef enum Condition {
    K_WHO,
    K_PERSON,
    K_ACT,
    K_ORGAN,
    K_NOUN,
    K_NOUN_ID,
    K_FROM,
    K_TO,
    K_TEXT,
    K__COUNT
} Condition;

// clang-format off
static const struct { const char *key, *label; } keys[K__COUNT] = {
    [K_WHO]     = { "who",     "姓名" },
    [K_PERSON]  = { "person",  "人员" },
    [K_ACT]     = { "act",     "动作" },
    [K_ORGAN]   = { "organ",   "机关" },
    [K_NOUN]    = { "noun",    "对象" },
    [K_NOUN_ID] = { "noun_id", "编号" },
    [K_FROM]    = { "from",    "起" },
    [K_TO]      = { "to",      "止" },
    [K_TEXT]    = { "q",       "内容含" },
};
// clang-format on

typedef struct Wish {
    Str given[K__COUNT]; // trimmed; empty: none
    AuditFilter filter;
    Str organ_name;
    Str wrong;
} Wish;

// The address with the conditions, without those that are empty; `but` left out.
static Str path_of(Arena *a, Str path, const Wish *wish, Condition but)
{
    for (int k = 0; k < K__COUNT; k++)
        if (k != (int)but && !(but == K_NOUN && k == K_NOUN_ID))
            path = path_with(a, path, keys[k].key, wish->given[k]);
    return path;
}

static int64_t number_of(Str s)
{
    int64_t n = 0;
    return str_to_int(s, &n) && n > 0 ? n : 0;
}

// A number, or a name in full.
static bool wish_organ(Request *r, Wish *wish, Err *err)
{
    Str given = wish->given[K_ORGAN];
    OrganRow organ = {0};
    bool found = false;
    App *app = app_of(r);
    wish->filter.organ.n = number_of(given);
    wish->organ_name = given;
    if (!given.n || wish->filter.organ.n)
        return true;
    if (!store_organ_by_name(app->db, app->site, given, r->a, &organ, &found, err))
        return false;
    wish->filter.organ = organ.id;
    if (!found)
        wish->wrong = str_fmt(r->a, "没有名称为“" PRI_STR "”的机关，请写机关全称", STR_ARG(given));
    return true;
}

static int64_t wish_day(Request *r, Wish *wish, Condition key, int days)
{
    Date day;
    Str given = wish->given[key];
    if (!given.n)
        return 0;
    if (date_parse(given, &day))
        return moment_begin((Date){day.days + days});
    wish->wrong = str_fmt(r->a, "“" PRI_STR "”不是日期，请写成2026-04-01", STR_ARG(given));
    return 0;
}

static bool wish_read(Request *r, Wish *out, Err *err)
{
    Wish wish = {0};
    for (int k = 0; k < K__COUNT; k++)
        wish.given[k] = str_trim(request_query(r, keys[k].key));
    wish.filter = (AuditFilter){.who = wish.given[K_WHO],
                                .person = {number_of(wish.given[K_PERSON])},
                                .act = wish.given[K_ACT],
                                .noun = wish.given[K_NOUN],
                                .noun_id = number_of(wish.given[K_NOUN_ID]),
                                .text = wish.given[K_TEXT]};
    wish.filter.from = wish_day(r, &wish, K_FROM, 0);
    wish.filter.to = wish_day(r, &wish, K_TO, 1);
    if (!wish_organ(r, &wish, err))
        return false;
    *out = wish;
    return true;
}

static Str chip_text(Arena *a, const Wish *wish, Condition k)
{
    Str value = wish->given[k];
    if (k == K_ACT)
        value = act_name(value);
    if (k == K_NOUN)
        value = str_cat(a, noun_name(value), wish->given[K_NOUN_ID]);
    if (k == K_ORGAN)
        value = wish->organ_name;
    return str_fmt(a, "%s：" PRI_STR, keys[k].label, STR_ARG(value));
}

static Links chips_of(Arena *a, const Wish *wish)
{
    Links chips = {0};
    for (Condition k = 0; k < K__COUNT; k++)
        if (wish->given[k].n && k != K_NOUN_ID)
            *PUSH(a, &chips) =
                (Link){.href = path_of(a, AUDIT, wish, k), .text = chip_text(a, wish, k)};
    return chips;
}

static Choices acts_of(Arena *a, Str chosen)
{
    Choices acts = {0};
    for (int i = 0; i < ACT__COUNT; i++)
        *PUSH(a, &acts) = (Choice){.value = act_defs[i].id,
                                   .text = act_defs[i].name,
                                   .chosen = str_eq(act_defs[i].id, chosen)};
    return acts;
}

// --- rows

static Str line_path(Arena *a, int64_t id)
{
    return str_fmt(a, "/desk/audit/%lld", (long long)id);
}

static Str who_text(Arena *a, const Actor *who)
{
    return who->name.n     ? who->name
           : who->person.n ? str_fmt(a, "人员%lld", (long long)who->person.n)
           : who->via.n    ? S("未登录")
                           : S("程序");
}

static Str who_path(Arena *a, const Actor *who)
{
    if (who->person.n > 0)
        return path_with_int(a, AUDIT, "person", who->person.n);
    return who->name.n ? path_with(a, AUDIT, "who", who->name) : S("");
}

static Str thing_text(Arena *a, const AuditLine *l)
{
    if (!l->noun.n)
        return S("");
    Str noun = noun_name(l->noun);
    return l->noun_id > 0 ? str_fmt(a, PRI_STR "%lld", STR_ARG(noun), (long long)l->noun_id) : noun;
}

// The first change in one line, and how many more there are.
static Str change_text(Arena *a, const AuditLine *l)
{
    AuditChanges all = audit_changes(l->was, l->became, a);
    if (!all.n)
        return S("");
    const AuditChange *c = &all.v[0];
    Str was = str_clip(a, c->was, CHANGE_RUNES / 2),
        became = str_clip(a, c->became, CHANGE_RUNES / 2);
    Str text = str_fmt(a, PRI_STR "：" PRI_STR "%s" PRI_STR, STR_ARG(c->field), STR_ARG(was),
                       c->was.n ? " → " : "", STR_ARG(became));
    return all.n > 1 ? str_fmt(a, PRI_STR "，等%zu项", STR_ARG(text), all.n) : text;
}

static AuditRowView row_view(Arena *a, const AuditHit *hit)
{
    const AuditLine *l = &hit->line;
    return (AuditRowView){.id = l->id,
                          .href = line_path(a, l->id),
                          .at = moment_text(a, l->at),
                          .act = act_name(l->act),
                          .who = who_text(a, &l->actor),
                          .who_href = who_path(a, &l->actor),
                          .organ = hit->organ,
                          .organ_href =
                              l->organ.n > 0 ? path_with_int(a, AUDIT, "organ", l->organ.n) : S(""),
                          .thing = thing_text(a, l),
                          .thing_href = door_path(a, l->noun, l->noun_id > 0 ? l->noun_id : 0),
                          .change = change_text(a, l)};
}

static bool list_read(Request *r, const Wish *wish, AuditPage *p, Err *err)
{
    App *app = app_of(r);
    int64_t before = number_of(request_query(r, "before"));
    AuditHits hits = {0};
    if (!wish->wrong.n && !store_audit_find(app->db, &app->scope, &wish->filter, before,
                                            AUDIT_PER_PAGE, r->a, &hits, err))
        return false;
    p->rows = NEW(r->a, AuditRowView, hits.n);
    for (size_t i = 0; i < hits.n; i++)
        p->rows[p->n++] = row_view(r->a, &hits.v[i]);
    Str here = path_of(r->a, AUDIT, wish, K__COUNT);
    p->newest = before ? here : S("");
    p->older = path_with_int(r->a, here, "before", hits.next);
    if (!hits.next)
        p->older = S("");
    p->unsearched = hits.unsearched;
    return true;
}

bool page_audit(Request *r, Response *w, Err *err)
{
    AuditPage p = {0};
    Wish wish;
    if (!wish_read(r, &wish, err) || !desk_begin(r, S("操作记录"), DESK_AUDIT, &p.desk, err) ||
        !list_read(r, &wish, &p, err))
        return false;
    p.who = wish.given[K_WHO];
    p.organ = wish.given[K_ORGAN];
    p.from = wish.given[K_FROM];
    p.to = wish.given[K_TO];
    p.text = wish.given[K_TEXT];
    p.noun = wish.given[K_NOUN];
    p.noun_id = wish.given[K_NOUN_ID];
    p.person = wish.given[K_PERSON];
    p.acts = acts_of(r->a, wish.given[K_ACT]);
    p.chips = chips_of(r->a, &wish);
    p.wrong = wish.wrong;
    p.csv = path_of(r->a, S("/desk/audit/export.csv"), &wish, K__COUNT);
    p.json = path_of(r->a, S("/desk/audit/export.json"), &wish, K__COUNT);
    p.limits = str_fmt(r->a, "最多%d行", AUDIT_EXPORT_MOST);
    view_audit_list(&w->out, &p);
    return true;
}

// --- one line

static void fact(Arena *a, Facts *facts, const char *name, Str value, Str href)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value, .href = href};
}

static Str via_name(Str via)
{
    return str_eq(via, S("web"))   ? S("网页")
           : str_eq(via, S("cli")) ? S("命令行")
           : str_eq(via, S("job")) ? S("自动任务")
           : str_eq(via, S("api")) ? S("接口")
                                   : via;
}

static Str number_text(Arena *a, int64_t n)
{
    return n > 0 ? str_fmt(a, "%lld", (long long)n) : S("");
}

static Facts line_facts(Arena *a, const AuditHit *hit)
{
    const AuditLine *l = &hit->line;
    const Actor *who = &l->actor;
    AuditRowView row = row_view(a, hit);
    Facts facts = {0};
    fact(a, &facts, "时间", row.at, S(""));
    if (l->clock != l->at)
        fact(a, &facts, "当时的时钟", moment_text(a, l->clock), S(""));
    fact(a, &facts, "经手人", row.who, row.who_href);
    if (who->instead_of.n > 0)
        fact(a, &facts, "代", str_fmt(a, "人员%lld", (long long)who->instead_of.n),
             door_path(a, S("person"), who->instead_of.n));
    fact(a, &facts, "机关", row.organ, row.organ_href);
    fact(a, &facts, "对象", row.thing, row.thing_href);
    fact(a, &facts, "形成的版本", number_text(a, l->version), S(""));
    fact(a, &facts, "途径", via_name(who->via), S(""));
    fact(a, &facts, "地址", who->ip, S(""));
    fact(a, &facts, "登录编号", number_text(a, who->session.n), S(""));
    fact(a, &facts, "日志中的请求号", who->request, S(""));
    return facts;
}

static bool line_chain(Request *r, const AuditLine *l, AuditLinePage *p, Err *err)
{
    App *app = app_of(r);
    Seal seal;
    if (!store_seal_of(app->db, app->site, l->id, &seal, &p->sealed, err))
        return false;
    Str hash = crypt_hex(r->a, (Str){(const char *)l->hash, sizeof l->hash});
    fact(r->a, &p->chain, "哈希（SHA-256）", hash, S(""));
    if (!p->sealed)
        return true;
    Str day = date_zh(r->a, (Date){(int32_t)seal.day});
    fact(r->a, &p->chain, "封存",
         str_fmt(r->a, "第%lld次，" PRI_STR "，封存到第%lld行", (long long)seal.id, STR_ARG(day),
                 (long long)seal.line),
         S(""));
    fact(r->a, &p->chain, "封存公钥（Ed25519）",
         crypt_hex(r->a, (Str){(const char *)seal.public_key, sizeof seal.public_key}), S(""));
    return true;
}

bool page_audit_line(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    AuditHit hit;
    AuditLinePage p = {.id = number_of(request_param(r, "id"))};
    if (!store_audit_get(app->db, &app->scope, p.id, r->a, &hit, err) ||
        !desk_begin(r, str_fmt(r->a, "操作记录第%lld行", (long long)p.id), DESK_AUDIT, &p.desk,
                    err) ||
        !line_chain(r, &hit.line, &p, err))
        return false;
    desk_crumb(r, &p.desk, AUDIT, S("操作记录"));
    desk_crumb(r, &p.desk, S(""), str_fmt(r->a, "第%lld行", (long long)p.id));
    p.act = act_name(hit.line.act);
    p.facts = line_facts(r->a, &hit);
    p.changes = audit_changes(hit.line.was, hit.line.became, r->a);
    view_audit_line(&w->out, &p);
    return true;
}

// --- exports

static bool write_page(void *ctx, Str piece, Err *err)
{
    Response *w = ctx;
    buf_add(&w->out.b, piece);
    return !w->out.b.full || fail(err, ERR_LIMIT, NULL, "要导出的内容过大，请缩小范围",
                                  "too much to export at once; ask for less");
}

static bool export(Request *r, Response *w, AuditFormat format, Str type, Str name, Err *err)
{
    Wish wish;
    AuditExport to = {.format = format, .most = AUDIT_EXPORT_MOST, .write = write_page, .ctx = w};
    if (!wish_read(r, &wish, err))
        return false;
    if (wish.wrong.n)
        return fail(err, ERR_INPUT, NULL, PRI_STR, PRI_STR, STR_ARG(wish.wrong));
    respond_download(r, w, type, name);
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    return app_audit_export(app_of(r), &wish.filter, &to, &scratch, err);
}

bool page_audit_csv(Request *r, Response *w, Err *err)
{
    return export(r, w, AUDIT_CSV, S("text/csv; charset=utf-8"), S("操作记录.csv"), err);
}

bool page_audit_json(Request *r, Response *w, Err *err)
{
    return export(r, w, AUDIT_JSON, S("application/json; charset=utf-8"), S("操作记录.json"), err);
}

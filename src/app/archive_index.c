// index.html of a package: a document that has to open without this program for as long as the
// package is kept, so it is plain HTML with its style inside, and not one of the site's pages.
#include "app/archive_part.h"

#include "base/buf.h"

enum { INDEX_BYTES = 4 << 20 };

static const char HEAD[] =
    "<!doctype html>\n<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>";
static const char STYLE[] =
    "</title><style>body{font:16px/1.7 serif;max-width:50rem;margin:2rem auto;padding:0 1rem;"
    "color:#111}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{border:1px solid #777;padding:.3rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}caption{text-align:left;font-weight:bold;padding:.5rem 0}"
    ".sum{font:12px/1.5 monospace}@media print{body{margin:0;max-width:none}a{color:#111;"
    "text-decoration:none}tr{break-inside:avoid}}</style></head><body>\n";

static void put(Buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.s[i]) {
        case '&':
            buf_add(b, S("&amp;"));
            break;
        case '<':
            buf_add(b, S("&lt;"));
            break;
        case '>':
            buf_add(b, S("&gt;"));
            break;
        case '"':
            buf_add(b, S("&quot;"));
            break;
        default:
            buf_byte(b, s.s[i]);
        }
}

static void row(Buf *b, const char *name, Str value)
{
    if (!value.n)
        return;
    buf_fmt(b, "<tr><th scope=\"row\">%s</th><td>", name);
    put(b, value);
    buf_add(b, S("</td></tr>\n"));
}

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_zh(a, d) : S("");
}

static Str outcome_words(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : id;
}

static void put_request(Buf *b, const ArchiveCase *c, Arena *a)
{
    const InfoRequest *r = &c->work.request;
    buf_add(b, S("<table><caption>申请</caption><tbody>\n"));
    row(b, "编号", r->code);
    row(b, "机关", r->organ_name);
    row(b, "申请内容", r->title);
    row(b, "描述", r->description);
    row(b, "申请人", r->applicant_name);
    row(b, "申请人类别", applicant_defs[r->applicant_kind].name);
    row(b, "渠道", channel_defs[r->channel].name);
    row(b, "提交", day(a, r->filed));
    row(b, "收到", day(a, r->received));
    row(b, "答复期限", day(a, r->due));
    row(b, "办结", day(a, r->ended));
    row(b, "结果", outcome_words(r->outcome));
    row(b, "承办人", r->handler_name);
    buf_add(b, S("</tbody></table>\n"));
}

static void cell(Buf *b, Str s)
{
    buf_add(b, S("<td>"));
    put(b, s);
    buf_add(b, S("</td>"));
}

static void put_facts(Buf *b, const ArchiveCase *c, Arena *a)
{
    buf_add(b, S("<table><caption>办理经过</caption><thead><tr><th scope=\"col\">日期</th><th "
                 "scope=\"col\">事项</th><th scope=\"col\">文书</th><th "
                 "scope=\"col\">经手</th></tr></thead><tbody>\n"));
    for (size_t i = 0; i < c->work.stored.n; i++) {
        const StoredFact *f = &c->work.stored.v[i];
        Str name = request_fact_defs[f->fact.kind].name;
        buf_add(b, S("<tr>"));
        cell(b, day(a, f->fact.on));
        cell(b, f->struck_at ? str_cat(a, name, S("（已撤销）")) : name);
        cell(b, f->fact.document);
        cell(b, f->person_name);
        buf_add(b, S("</tr>\n"));
    }
    buf_add(b, S("</tbody></table>\n"));
}

static void put_ledger(Buf *b, const ArchiveCase *c, Arena *a)
{
    if (!c->ledger.n)
        return;
    buf_add(b, S("<table><caption>期限台账</caption><thead><tr><th scope=\"col\">日期</th><th "
                 "scope=\"col\">事项</th><th scope=\"col\">工作日</th><th "
                 "scope=\"col\">累计</th><th scope=\"col\">依据</th></tr></thead><tbody>\n"));
    for (size_t i = 0; i < c->ledger.n; i++) {
        const LedgerLine *l = &c->ledger.v[i];
        Str to = l->to.days == l->from.days ? S("") : str_cat(a, S(" 至 "), day(a, l->to));
        buf_add(b, S("<tr>"));
        cell(b, str_cat(a, day(a, l->from), to));
        cell(b, l->words);
        cell(b, str_fmt(a, "%d", l->days));
        cell(b, str_fmt(a, "%d", l->total));
        cell(b, l->source);
        buf_add(b, S("</tr>\n"));
    }
    buf_add(b, S("</tbody></table>\n"));
}

static void put_files(Buf *b, const ArchiveFiles *files)
{
    buf_add(b, S("<table><caption>包内文件</caption><thead><tr><th scope=\"col\">部分</th><th "
                 "scope=\"col\">文件</th><th "
                 "scope=\"col\">SHA-256</th></tr></thead><tbody>\n"));
    for (size_t i = 0; i < files->n; i++) {
        const ArchiveFile *f = &files->v[i];
        buf_add(b, S("<tr>"));
        cell(b, f->section);
        buf_add(b, S("<td><a href=\""));
        put(b, f->path);
        buf_add(b, S("\">"));
        put(b, f->title);
        buf_fmt(b, "</a></td><td class=\"sum\">" PRI_STR "</td></tr>\n", STR_ARG(f->sha256));
    }
    buf_add(b, S("</tbody></table>\n"));
}

// What is put together is made before it is added: b grows at the end of the same arena.
Str archive_index(const ArchiveCase *c, const ArchiveFiles *files, Arena *a)
{
    CLEANUP(arena_end) Arena scratch = arena_new(16 << 20);
    Buf b = buf_new(a, INDEX_BYTES);
    buf_add(&b, str_z(HEAD));
    put(&b, c->work.request.code);
    buf_add(&b, str_z(STYLE));
    buf_add(&b, S("<h1>"));
    put(&b, c->work.request.code);
    buf_add(&b,
            S("</h1>\n<p>政府信息公开申请档案包。清单manifest.txt列出每个文件的SHA-256并有站点的"
              "签名；用gongkai archive verify或者站点的核验页核对，不需要原来的系统。</p>\n"));
    if (c->nameless)
        buf_add(&b, S("<p>保管期满，申请人的信息已经清除。</p>\n"));
    put_request(&b, c, &scratch);
    put_ledger(&b, c, &scratch);
    put_facts(&b, c, &scratch);
    put_files(&b, files);
    buf_add(&b, S("</body></html>\n"));
    return buf_str(&b);
}

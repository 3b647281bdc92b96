#include "app/archive_part.h"

#include "app/archive_papers.h"
#include "app/attachment.h"
#include "app/audit_out.h"
#include "base/json.h"
#include "store/audit_find.h"

enum { PART_BYTES = 16 << 20, AUDIT_LINES = 2000 };

void archive_put(const ArchiveSection *section, Str name, Str title, Str bytes, Arena *a,
                 ArchiveFiles *out)
{
    *PUSH(a, out) =
        (ArchiveFile){.path = str_fmt(a, PRI_STR "/" PRI_STR, STR_ARG(section->id), STR_ARG(name)),
                      .section = section->name,
                      .title = title,
                      .bytes = bytes};
}

void archive_put_kept(const ArchiveSection *section, Str name, Str title, Str address, bool private,
                      Arena *a, ArchiveFiles *out)
{
    archive_put(section, name, title, S(""), a, out);
    out->v[out->n - 1].address = address;
    out->v[out->n - 1].private = private;
}

bool archive_bytes(App *app, const ArchiveFile *file, Arena *a, Str *out, Err *err)
{
    Files files = app_files(app);
    if (!file->address.n)
        return *out = file->bytes, true;
    return file->private ? files_get_private(&files, file->address, a, out, err)
                         : files_get(&files, file->address, a, out, err);
}

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_iso(a, d) : S("");
}

// --- who asked for what

// 110***********1234: enough to tell two people apart, not enough to be somebody.
static Str masked(Arena *a, Str number)
{
    return number.n > 8 ? str_fmt(a, PRI_STR "***" PRI_STR, STR_ARG(str_sub(number, 0, 3)),
                                  STR_ARG(str_from(number, number.n - 4)))
           : number.n   ? S("***")
                        : S("");
}

static void put_applicant(JsonOut *w, const ArchiveCase *c, Arena *a)
{
    const InfoRequest *r = &c->work.request;
    const Applicant *who = &c->applicant;
    json_key(w, S("applicant"));
    json_object(w);
    json_put_str(w, "kind", applicant_defs[r->applicant_kind].name);
    json_put_str(w, "name", r->applicant_name);
    if (!c->nameless) {
        json_put_str(w, "id_kind", who->id_kind);
        json_put_str(w, "id_number", masked(a, who->id_number));
        json_put_str(w, "representative", who->representative);
        json_put_str(w, "contact", who->contact);
        json_put_str(w, "phone", who->phone);
        json_put_str(w, "email", who->email);
        json_put_str(w, "address", who->address);
        json_put_str(w, "postcode", who->postcode);
    }
    json_end(w);
}

static Str outcome_words(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : id;
}

static bool write_request(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                          ArchiveFiles *out, Err *err)
{
    (void)app, (void)err;
    const InfoRequest *r = &c->work.request;
    Buf b = buf_new(a, PART_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", r->code);
    json_put_str(&w, "organ", r->organ_name);
    json_put_str(&w, "channel", channel_defs[r->channel].name);
    json_put_str(&w, "title", r->title);
    json_put_str(&w, "description", r->description);
    json_put_str(&w, "form", r->form);
    json_put_str(&w, "way", r->way);
    put_applicant(&w, c, a);
    json_put_str(&w, "handler", r->handler_name);
    json_put_str(&w, "filed", day(a, r->filed));
    json_put_str(&w, "received", day(a, r->received));
    json_put_str(&w, "due", day(a, r->due));
    json_put_str(&w, "ended", day(a, r->ended));
    json_put_str(&w, "phase", phase_defs[r->phase].name);
    json_put_str(&w, "outcome", outcome_words(r->outcome));
    json_put_int(&w, "units", r->n_units);
    json_put_str(&w, "note", r->note);
    json_end(&w);
    archive_put(s, S("request.json"), S("申请登记的内容"), buf_str(&b), a, out);
    return true;
}

// --- facts

static void put_fact(JsonOut *w, const StoredFact *f, Arena *a)
{
    json_object(w);
    json_put_int(w, "id", f->fact.id);
    json_put_str(w, "kind", request_fact_defs[f->fact.kind].id);
    json_put_str(w, "name", request_fact_defs[f->fact.kind].name);
    json_put_str(w, "on", day(a, f->fact.on));
    if (f->fact.kind == FACT_FILED)
        json_put_str(w, "channel", channel_defs[f->fact.channel].id);
    if (f->fact.workdays)
        json_put_int(w, "workdays", f->fact.workdays);
    if (date_is(f->fact.until))
        json_put_str(w, "until", day(a, f->fact.until));
    if (f->fact.about)
        json_put_int(w, "about", f->fact.about);
    json_put_str(w, "document", f->fact.document);
    json_put_str(w, "whom", f->whom);
    json_put_str(w, "note", f->note);
    json_put_str(w, "recorded_at", moment_text(a, f->recorded_at));
    json_put_str(w, "recorded_by", f->person_name);
    if (f->struck_at)
        json_put_str(w, "struck_at", moment_text(a, f->struck_at));
    json_end(w);
}

static bool write_facts(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                        ArchiveFiles *out, Err *err)
{
    (void)app, (void)err;
    Buf b = buf_new(a, PART_BYTES);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < c->work.stored.n; i++)
        put_fact(&w, &c->work.stored.v[i], a);
    json_end(&w);
    archive_put(s, S("facts.json"), S("办理经过，每一步"), buf_str(&b), a, out);
    return true;
}

// --- ledger

static Str ledger_text(const ArchiveCase *c, Arena *a)
{
    Buf b = buf_new(a, PART_BYTES);
    buf_fmt(&b, "期限台账：" PRI_STR "\n\n", STR_ARG(c->work.request.code));
    for (size_t i = 0; i < c->ledger.n; i++) {
        const LedgerLine *l = &c->ledger.v[i];
        Str from = day(a, l->from);
        Str to = l->to.days == l->from.days ? S("") : str_cat(a, S(" 至 "), day(a, l->to));
        buf_fmt(&b, PRI_STR PRI_STR "  " PRI_STR "  %d日，累计%d日  " PRI_STR "\n", STR_ARG(from),
                STR_ARG(to), STR_ARG(l->words), l->days, l->total, STR_ARG(l->source));
    }
    if (!c->ledger.n)
        buf_add(&b, S("没有期限在走：尚未收到，或者在期限开始之前结束。\n"));
    return buf_str(&b);
}

static bool write_ledger(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                         ArchiveFiles *out, Err *err)
{
    (void)app, (void)err;
    archive_put(s, S("ledger.txt"), S("期限逐日的计算和依据"), ledger_text(c, a), a, out);
    return true;
}

// --- attachments

// What was added to the request, named by its number; index.html has the name it came with.
static bool write_attachments(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                              ArchiveFiles *out, Err *err)
{
    Attachments found;
    if (!store_attachment_of(app->db, &app->scope, S("request"), c->work.request.id.n, a, &found,
                             err))
        return false;
    for (size_t i = 0; i < found.n; i++) {
        const Attachment *at = &found.v[i];
        if (c->nameless && at->private)
            continue;
        archive_put_kept(s, str_fmt(a, "%lld." PRI_STR, (long long)at->id, STR_ARG(at->kind)),
                         at->name, at->address, at->private, a, out);
    }
    return true;
}

// --- audit

// The lines about this request, the oldest first. They carry the organ's own people, not who asked.
static bool write_audit(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                        ArchiveFiles *out, Err *err)
{
    AuditFilter filter = {.noun = S("request"), .noun_id = c->work.request.id.n};
    AuditHits hits;
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    if (!store_audit_find(app->db, &app->scope, &filter, 0, AUDIT_LINES, a, &hits, err))
        return false;
    if (hits.next)
        return fail(err, ERR_LIMIT, NULL, "这件申请的操作记录超过%d行，放不进档案包",
                    "more than %d lines of the audit are about this request", AUDIT_LINES);
    Buf b = buf_new(a, PART_BYTES);
    audit_out_begin(&b, AUDIT_JSON);
    for (size_t i = hits.n; i > 0; i--)
        audit_out_line(&b, AUDIT_JSON, &hits.v[i - 1], i == hits.n, scratch);
    audit_out_end(&b, AUDIT_JSON);
    archive_put(s, S("audit.json"), S("操作记录中关于这件申请的行"), buf_str(&b), a, out);
    return true;
}

// --- all

// clang-format off
const ArchiveSection archive_sections[] = {
    // folder, name, what puts files there
    { SI("request"),     SI("申请"),     write_request },
    { SI("facts"),       SI("办理经过"), write_facts },
    { SI("ledger"),      SI("期限台账"), write_ledger },
    { SI("ledger"),      SI("期限台账"), archive_ledger_pdf },
    { SI("letters"),     SI("文书"),     archive_letters },
    { SI("decision"),    SI("决定"),     archive_decision },
    { SI("releases"),    SI("公开的材料"), archive_releases },
    { SI("fees"),        SI("信息处理费"), archive_fees },
    { SI("remedies"),    SI("复议诉讼"), archive_remedies },
    { SI("attachments"), SI("附件"),     write_attachments },
    { SI("audit"),       SI("操作记录"), write_audit },
};
// clang-format on
const size_t n_archive_sections = sizeof archive_sections / sizeof *archive_sections;

// Size and sum of each, one at a time: what is large is not held.
static bool measure(App *app, ArchiveFiles *files, Arena *a, Err *err)
{
    for (size_t i = 0; i < files->n; i++) {
        ArchiveFile *f = &files->v[i];
        unsigned char sum[SHA256_BYTES];
        Arena scratch = *a;
        Str bytes = {0};
        if (!archive_bytes(app, f, &scratch, &bytes, err))
            return false;
        crypt_sha256_raw(bytes, sum);
        f->size = bytes.n;
        f->sha256 = crypt_hex(a, (Str){(const char *)sum, sizeof sum});
    }
    return true;
}

bool archive_files(App *app, const ArchiveCase *c, Arena *a, ArchiveFiles *out, Err *err)
{
    ArchiveFiles parts = {0}, all = {0};
    for (size_t i = 0; i < n_archive_sections; i++)
        if (!archive_sections[i].write(app, c, &archive_sections[i], a, &parts, err))
            return false;
    if (!measure(app, &parts, a, err))
        return false;
    *PUSH(a, &all) = (ArchiveFile){.path = S("index.html"),
                                   .section = S(""),
                                   .title = S("目录"),
                                   .bytes = archive_index(c, &parts, a)};
    for (size_t i = 0; i < parts.n; i++)
        *PUSH(a, &all) = parts.v[i];
    *out = all;
    return true;
}

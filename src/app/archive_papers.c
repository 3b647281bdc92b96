// Sections of a package that other areas keep: the decision and its drafts, what was given
// out, fees, remedies.
#include "app/archive_papers.h"

#include "app/attachment.h"
#include "app/letter_paper.h"
#include "app/release.h"
#include "base/json.h"
#include "store/decision.h"
#include "store/fee.h"
#include "store/remedy.h"

enum { PART_BYTES = 16 << 20, REMEDIES_MOST = 100 };

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_iso(a, d) : S("");
}

// The JSON buffer grows at the end of its own arena: what goes into it is made in this one.
static Str made(Buf *b)
{
    return buf_str(b);
}

// --- the decision and its versions

static void put_deed(JsonOut *w, const DecisionDeed *d, Arena scratch)
{
    json_object(w);
    json_put_str(w, "action", decision_action_ids[d->action]);
    json_put_int(w, "draft", d->draft);
    json_put_str(w, "at", moment_text(&scratch, d->at));
    json_put_str(w, "by", d->name);
    json_put_str(w, "instead_of", d->instead_of_name);
    json_put_str(w, "reason", d->reason);
    json_end(w);
}

// Papers of the second decision and those behind it stand beside the first: 2-decision.json.
static Str named(Arena *a, int64_t nth, const char *name)
{
    return nth == 1 ? str_z(name) : str_fmt(a, "%lld-%s", (long long)nth, name);
}

static Str called(Arena *a, int64_t nth, Str words)
{
    return nth == 1 ? words : str_fmt(a, "第%lld次决定：" PRI_STR, (long long)nth, STR_ARG(words));
}

static bool put_drafts(App *app, const ArchiveCase *c, const ArchiveSection *s, int64_t nth,
                       Arena *a, ArchiveFiles *out, Err *err)
{
    DecisionDrafts drafts;
    RequestId id = c->work.request.id;
    if (!store_decision_drafts(app->db, app->site, id, nth, a, &drafts, err))
        return false;
    for (size_t i = drafts.n; i > 0; i--) {
        DecisionSheet *sheet = NEW(a, DecisionSheet, 1);
        const DecisionDraft *d = &drafts.v[i - 1];
        if (!store_decision_draft_get(app->db, app->site, id, nth, d->draft, a, sheet, err))
            return false;
        Str name = str_fmt(a, "draft-%lld.json", (long long)d->draft);
        Str words = str_fmt(a, "第%lld稿，" PRI_STR "，" PRI_STR, (long long)d->draft,
                            STR_ARG(d->who), STR_ARG(moment_text(a, d->at)));
        archive_put(s, named(a, nth, str_to_z(a, name)), called(a, nth, words),
                    decision_sheet_json(sheet, a), a, out);
    }
    return true;
}

static bool put_decision(App *app, const ArchiveCase *c, const ArchiveSection *s, int64_t nth,
                         Arena *a, ArchiveFiles *out, Err *err)
{
    DecisionDeeds deeds;
    Decision *d = NEW(a, Decision, 1);
    RequestId id = c->work.request.id;
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    if (!store_decision_nth(app->db, app->site, id, nth, a, d, err) ||
        !store_decision_deeds(app->db, app->site, id, nth, a, &deeds, err))
        return false;
    Str sheet = decision_sheet_json(&d->sheet, a);
    Buf b = buf_new(a, PART_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "state", decision_states[d->state].name);
    json_put_int(&w, "nth", d->nth);
    json_put_str(&w, "letter", d->letter_code);
    json_key(&w, S("sheet"));
    json_raw(&w, sheet);
    json_key(&w, S("deeds"));
    json_array(&w);
    for (size_t i = 0; i < deeds.n; i++)
        put_deed(&w, &deeds.v[i], scratch);
    json_end(&w);
    json_end(&w);
    Str text = made(&b);
    archive_put(s, named(a, nth, "decision.json"),
                called(a, nth, S("决定，以及谁在什么时候拟稿、审核、签发")), text, a, out);
    return put_drafts(app, c, s, nth, a, out, err);
}

bool archive_decision(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                      ArchiveFiles *out, Err *err)
{
    DecisionHeads heads;
    if (c->nameless)
        return true;
    if (!store_decision_heads(app->db, app->site, c->work.request.id, a, &heads, err))
        return false;
    for (size_t i = 0; i < heads.n; i++)
        if (!put_decision(app, c, s, heads.v[i].nth, a, out, err))
            return false;
    return true;
}

// --- what was given out

static void put_given(const ArchiveSection *s, const ReleaseFile *f, Arena *a, ArchiveFiles *out)
{
    Str name = str_fmt(a, "%lld", (long long)f->id.n);
    bool blacked = f->result.n != 0;
    archive_put_kept(s,
                     str_fmt(a, PRI_STR ".%s", STR_ARG(name),
                             blacked ? "pdf" : str_to_z(a, attach_kinds[f->kind].id)),
                     f->name, blacked ? f->result : f->address, true, a, out);
    if (f->certificate.n)
        archive_put(s, str_cat(a, name, S("-certificate.json")),
                    str_cat(a, f->name, S("：遮盖的证明")), f->certificate, a, out);
}

static bool put_release(App *app, const ArchiveCase *c, const ArchiveSection *s, int64_t nth,
                        Arena *a, ArchiveFiles *out, Err *err)
{
    Release release;
    if (!app_release_nth(app, c->work.request.id, nth, a, &release, err))
        return false;
    for (size_t i = 0; i < release.files.n; i++)
        if (release_states[release.files.v[i].state].given)
            put_given(s, &release.files.v[i], a, out);
    if (release.elsewhere.words.n)
        archive_put(s, named(a, nth, "elsewhere.txt"), called(a, nth, S("没有附件：信息在哪里")),
                    release.elsewhere.words, a, out);
    return true;
}

bool archive_releases(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                      ArchiveFiles *out, Err *err)
{
    DecisionHeads heads;
    if (c->nameless)
        return true;
    if (!store_decision_heads(app->db, app->site, c->work.request.id, a, &heads, err))
        return false;
    if (!heads.n)
        return put_release(app, c, s, 1, a, out, err);
    for (size_t i = 0; i < heads.n; i++)
        if (!put_release(app, c, s, heads.v[i].nth, a, out, err))
            return false;
    return true;
}

// --- fees

bool archive_fees(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                  ArchiveFiles *out, Err *err)
{
    FeeNotices found;
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    if (!store_fee_notices(app->db, app->site, c->work.request.id, a, &found, err) || !found.n)
        return !found.n;
    Buf b = buf_new(a, PART_BYTES);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < found.n; i++) {
        const FeeNotice *f = &found.v[i];
        json_object(&w);
        json_put_str(&w, "document", f->document);
        json_put_str(&w, "noticed", day(&scratch, f->noticed));
        json_put_int(&w, "full_yuan", f->full.n);
        json_put_int(&w, "yuan", f->yuan.n);
        json_put_int(&w, "paid_yuan", f->paid.n);
        json_put_str(&w, "settled", day(&scratch, f->settled));
        json_put_bool(&w, "void", f->voided_at != 0);
        json_end(&w);
    }
    json_end(&w);
    archive_put(s, S("fees.json"), S("信息处理费的通知和缴纳"), made(&b), a, out);
    return true;
}

// --- remedies

static void put_remedy_fact(JsonOut *w, const StoredRemedyFact *f, Arena scratch)
{
    json_object(w);
    json_put_int(w, "kind", f->fact.kind);
    json_put_str(w, "on", day(&scratch, f->fact.on));
    json_put_str(w, "forum", f->forum);
    json_put_str(w, "number", f->number);
    json_put_str(w, "document", f->document);
    json_put_str(w, "result", f->result);
    json_put_bool(w, "struck", f->struck_at != 0);
    json_end(w);
}

static bool put_remedy(App *app, const RemedyCase *r, JsonOut *w, Arena *a, Arena scratch, Err *err)
{
    StoredRemedyFacts facts;
    if (!store_remedy_facts(app->db, app->site, r->id, a, &facts, err))
        return false;
    json_object(w);
    json_put_str(w, "kind", remedy_kinds[r->kind].name);
    json_put_str(w, "title", r->title);
    json_put_str(w, "forum", r->forum);
    json_put_str(w, "number", r->number);
    json_put_str(w, "filed", day(&scratch, r->filed));
    json_put_str(w, "closed", day(&scratch, r->closed));
    json_key(w, S("facts"));
    json_array(w);
    for (size_t i = 0; i < facts.n; i++)
        put_remedy_fact(w, &facts.v[i], scratch);
    json_end(w);
    json_end(w);
    return true;
}

bool archive_remedies(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                      ArchiveFiles *out, Err *err)
{
    RemedyCases found;
    RemedyAskList ask = {.from = date_none,
                         .to = date_none,
                         .any_kind = true,
                         .request = c->work.request.id,
                         .closed_from = date_none,
                         .limit = REMEDIES_MOST};
    CLEANUP(arena_end) Arena kept = arena_new(PART_BYTES);
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    if (!store_remedy_list(app->db, &app->scope, &ask, a, &found, err) || !found.n)
        return !found.n;
    Buf b = buf_new(a, PART_BYTES);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < found.n; i++)
        if (!put_remedy(app, &found.v[i], &w, &kept, scratch, err))
            return false;
    json_end(&w);
    archive_put(s, S("remedies.json"), S("行政复议、行政诉讼"), made(&b), a, out);
    return true;
}

// --- the ledger as it is printed

bool archive_ledger_pdf(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                        ArchiveFiles *out, Err *err)
{
    Str pdf;
    RequestFile file = {.request = c->work.request,
                        .applicant = c->applicant,
                        .facts = c->work.stored,
                        .clock = c->clock,
                        .ledger = c->ledger,
                        .rules = c->work.rules};
    Paper paper = ledger_paper(&file, app->today, a);
    Papers one = {&paper, 1, 1};
    if (!c->ledger.n)
        return true;
    if (!paper_pdf(&one, a, &pdf, err))
        return false;
    archive_put(s, S("ledger.pdf"), S("期限台账，供打印"), pdf, a, out);
    return true;
}

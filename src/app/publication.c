#include "app/publication.h"

#include "app/act.h"
#include "app/attachment.h"
#include "app/release.h"
#include "base/json.h"
#include "domain/attach_kind.h"
#include "domain/index_no.h"
#include "store/asked.h"
#include "store/organ.h"

enum { NOTE_BYTES = 64 << 10 };

static Str summary_json(const Publication *p, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "title", p->title);
    json_put_str(&w, "state", publication_states[p->state].name);
    if (p->index_no.n)
        json_put_str(&w, "code", p->index_no);
    json_put_str(&w, "due", date_is(p->due) ? date_iso(a, p->due) : S(""));
    if (date_is(p->formed))
        json_put_str(&w, "formed", date_iso(a, p->formed));
    if (p->withdrawn_why.n)
        json_put_str(&w, "why", p->withdrawn_why);
    json_end(&w);
    return buf_str(&b);
}

static bool note(Act *act, ActKind kind, const Publication *p, Str was, Arena *a, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("publication"),
                               .noun_id = p->id.n,
                               .version = p->version,
                               .organ = p->organ,
                               .was = was,
                               .became = summary_json(p, a)},
                    err);
}

// What is public depends on it: pages that are kept fall.
static bool finish(Act *act, Err *err)
{
    App *app = act->app;
    return store_site_touch(app->db, app->site, err) && act_commit(act, err);
}

bool app_publication_askers(App *app, const InfoRequest *request, int64_t *out, Err *err)
{
    int64_t asked, n = 0;
    if (!store_asked_of(app->db, app->site, request->id, &asked, err) ||
        (asked && !store_asked_count(app->db, &app->scope, asked, &n, err)))
        return false;
    *out = n > 1 ? n : 1;
    return true;
}

static bool none_yet(App *app, RequestId id, Arena *a, Err *err)
{
    Publications found;
    if (!store_publication_of(app->db, &app->scope, id, a, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (found.v[i].state != PUBLICATION_WITHDRAWN)
            return fail(err, ERR_RULE, NULL, "这件申请的信息已经转为主动公开",
                        "there is a publication of this request already");
    return true;
}

// --- what the applicant suggests

bool app_publication_asked(App *app, RequestId request, Arena *a, PublicationAsked *out, Err *err)
{
    PublicationAsked x = {0};
    Publications found;
    Scope site = scope_site(app->site);
    bool said = false, reviewed = false;
    if (!store_publication_suggested(app->db, app->site, request, &said, err) ||
        !store_publication_review(app->db, app->site, request, a, &x.review, &reviewed, err) ||
        !store_publication_of(app->db, &site, request, a, &found, err))
        return false;
    if (found.n)
        x.publication = found.v[found.n - 1];
    bool live = found.n && x.publication.state != PUBLICATION_WITHDRAWN;
    x.suggestion = publication_suggestion(said, reviewed, x.review.accepted, live);
    *out = x;
    return true;
}

static bool take_suggestion(App *app, RequestId request, Arena *a, Err *err)
{
    PublicationAsked now;
    PublicationReview review = {.accepted = true, .on = app->today, .person = app->actor.person};
    if (!app_publication_asked(app, request, a, &now, err))
        return false;
    return now.suggestion != SUGGESTION_WAITS ||
           store_publication_review_add(app->db, app->site, request, &review, err);
}

static Str decline_json(const InfoRequest *r, Str reason, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", r->code);
    json_put_str(&w, "why", reason);
    json_end(&w);
    return buf_str(&b);
}

bool app_publication_decline(App *app, RequestId request, Str reason, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    InfoRequest r;
    PublicationAsked now;
    PublicationReview review = {.reason = reason, .on = app->today, .person = app->actor.person};
    if (!act_begin(app, &act, err) ||
        !store_request_get(app->db, &app->scope, request, a, &r, err) ||
        !app_publication_asked(app, request, a, &now, err) ||
        !publication_decline_may(now.suggestion, reason, err) ||
        !store_publication_review_add(app->db, app->site, request, &review, err))
        return false;
    ActNote said = {.kind = ACT_PUBLICATION_DECLINE,
                    .noun = S("request"),
                    .noun_id = request.n,
                    .version = r.version,
                    .organ = r.organ,
                    .became = decline_json(&r, reason, a)};
    return act_note(&act, &said, err) && act_commit(&act, err);
}

// --- decided, written, published

bool app_publication_decide(App *app, RequestId request, PublicationWhy why, Arena *a,
                            Publication *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    InfoRequest r;
    RequestRules rules;
    Term term;
    int64_t askers;
    if (!app_request_rules(app, a, &rules, err) ||
        !calendar_due(&rules.calendar, app->today, clock_rules[RULE_PUBLISH].n, &term, err) ||
        !act_begin(app, &act, err) ||
        !store_request_get(app->db, &app->scope, request, a, &r, err) ||
        !app_publication_askers(app, &r, &askers, err) ||
        !publication_may(r.phase, r.outcome, why, askers, err) || !none_yet(app, request, a, err))
        return false;
    Publication p = {.organ = r.organ,
                     .organ_name = r.organ_name,
                     .request = request,
                     .why = why,
                     .title = r.title,
                     .state = PUBLICATION_DUE,
                     .decided = app->today,
                     .due = term.due,
                     .published = date_none,
                     .withdrawn = date_none,
                     .formed = date_none,
                     .corrected = date_none,
                     .created_at = app->now,
                     .person = app->actor.person};
    if (!take_suggestion(app, request, a, err) ||
        !store_publication_add(app->db, app->site, &p, err) ||
        !note(&act, ACT_PUBLICATION_DECIDE, &p, S(""), a, err) || !finish(&act, err))
        return false;
    *out = p;
    return true;
}

static bool load(App *app, PublicationId id, int64_t version, Arena *a, Publication *p, Str *was,
                 Err *err)
{
    if (!store_publication_get(app->db, &app->scope, id, a, p, err))
        return false;
    *was = summary_json(p, a);
    return p->version == version ||
           fail(err, ERR_BUSY, NULL, "这条信息刚被别人改过，请看过现在的内容再提交",
                "somebody else has changed this publication; look at it again");
}

static bool same_as(const Publication *p, const PublicationEdit *edit)
{
    return str_eq(p->title, edit->title) && str_eq(p->summary, edit->summary) &&
           p->formed.days == edit->formed.days;
}

// While it is written much may be missing, but no day that has not come.
static bool written_may(const App *app, const Publication *p, const PublicationEdit *edit, Err *err)
{
    if (p->state != PUBLICATION_DUE)
        return fail(err, ERR_RULE, NULL, "已经发布过的信息，由有“签发答复”权限的人更正或者撤下",
                    "what was published is corrected or withdrawn by those who sign");
    if (!edit->title.n)
        return fail(err, ERR_INPUT, NULL, "请写明标题", "the title is missing");
    return !date_is(edit->formed) ||
           publication_complete(S("-"), S("-"), edit->formed, app->today, err);
}

static bool corrected_may(const App *app, const Publication *p, const PublicationEdit *edit,
                          Err *err)
{
    if (p->state != PUBLICATION_PUBLIC)
        return fail(err, ERR_RULE, NULL, "只有公开着的信息才能更正",
                    "only what is public is corrected");
    if (same_as(p, edit))
        return fail(err, ERR_INPUT, NULL, "没有改动", "nothing is changed");
    if (!edit->why.n)
        return fail(err, ERR_INPUT, NULL, "请写明更正了什么、为什么，公众看得到",
                    "say what is corrected, and why");
    return publication_complete(edit->title, edit->summary, edit->formed, app->today, err);
}

static bool change(Act *act, Publication *p, const PublicationEdit *edit, Str was, Arena *a,
                   Err *err)
{
    p->title = edit->title;
    p->summary = edit->summary;
    p->formed = edit->formed;
    return store_publication_save(act->app->db, &act->app->scope, p, err) &&
           note(act, ACT_PUBLICATION_EDIT, p, was, a, err) && finish(act, err);
}

bool app_publication_edit(App *app, const PublicationEdit *edit, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Publication p;
    Str was;
    return act_begin(app, &act, err) && load(app, edit->id, edit->version, a, &p, &was, err) &&
           written_may(app, &p, edit, err) && change(&act, &p, edit, was, a, err);
}

bool app_publication_correct(App *app, const PublicationEdit *edit, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Publication p;
    Str was;
    if (!act_begin(app, &act, err) || !load(app, edit->id, edit->version, a, &p, &was, err) ||
        !corrected_may(app, &p, edit, err))
        return false;
    PublicationChange before = {.on = app->today,
                                .formed = p.formed,
                                .title = p.title,
                                .summary = p.summary,
                                .why = edit->why,
                                .person = app->actor.person};
    return store_publication_change_add(app->db, app->site, p.id, &before, err) &&
           change(&act, &p, edit, was, a, err);
}

// Where the site has no template of its own: 条例第十二条 wants every piece of public information
// to be found by an index.
static const Str INDEX_USUAL = SI("{年}-{流水:5}");

// The next number of the site's template.
static bool number(App *app, Publication *p, Arena *a, Err *err)
{
    Site site;
    Organ organ;
    Scope all = scope_site(app->site);
    Str ignored;
    if (!store_site_get(app->db, app->site, a, &site, err) ||
        !store_organ_get(app->db, &all, p->organ, a, &organ, err))
        return false;
    Str form = site.index_form.n ? site.index_form : INDEX_USUAL;
    return index_no_make(form, &organ, app->today, 1, a, &ignored, &p->counted, err) &&
           store_publication_serial(app->db, app->site, p->counted, &p->serial, err) &&
           index_no_make(form, &organ, app->today, ++p->serial, a, &p->index_no, &p->counted, err);
}

typedef struct Kept {
    PublicationFile *v;
    size_t n;
} Kept;

static bool chosen(int64_t id, const int64_t *files, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (files[i] == id)
            return true;
    return false;
}

// Copies of what the applicant was given, among the files that everybody may have: before the act.
static bool keep(App *app, RequestId request, const int64_t *files, size_t n, Arena *a, Kept *out,
                 Err *err)
{
    ReleasePublic given;
    Files store = app_files(app);
    if (!n)
        return true;
    if (!app_release_public(app, request, a, &given, err))
        return false;
    out->v = NEW(a, PublicationFile, given.n);
    for (size_t i = 0; i < given.n; i++) {
        ReleasePublicFile file;
        AttachKind kind;
        Str bytes;
        PublicationFile *f = &out->v[out->n];
        if (!chosen(given.v[i].id.n, files, n))
            continue;
        if (!app_release_public_get(app, request, given.v[i].id, a, &file, &bytes, err) ||
            !attach_kind_of(bytes, &kind, err) || !files_put(&store, bytes, a, &f->address, err))
            return false;
        f->no = (int64_t)++out->n;
        f->name = file.name;
        f->kind = attach_kinds[kind].id;
        f->bytes = (int64_t)bytes.n;
    }
    return out->n == n || fail(err, ERR_INPUT, NULL, "选中的文件有的没有随答复发出",
                               "some of the files did not go out with the reply");
}

bool app_publication_publish(App *app, PublicationId id, int64_t version, const int64_t *files,
                             size_t n, Arena *a, Err *err)
{
    Publication p;
    Kept kept = {0};
    Str was;
    if (!load(app, id, version, a, &p, &was, err) ||
        !publication_step(p.state, PUBLICATION_PUBLIC, err) ||
        !publication_complete(p.title, p.summary, p.formed, app->today, err) ||
        !keep(app, p.request, files, n, a, &kept, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !load(app, id, version, a, &p, &was, err) ||
        !number(app, &p, a, err))
        return false;
    p.state = PUBLICATION_PUBLIC;
    p.published = app->today;
    for (size_t i = 0; i < kept.n; i++)
        if (!store_publication_file_add(app->db, app->site, id, &kept.v[i], err))
            return false;
    return store_publication_save(app->db, &app->scope, &p, err) &&
           note(&act, ACT_PUBLICATION_PUBLISH, &p, was, a, err) && finish(&act, err);
}

bool app_publication_withdraw(App *app, PublicationId id, int64_t version, Str why, Arena *a,
                              Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Publication p;
    Str was;
    if (!why.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么撤下，公众看得到",
                    "say why it is withdrawn");
    if (!act_begin(app, &act, err) || !load(app, id, version, a, &p, &was, err) ||
        !publication_step(p.state, PUBLICATION_WITHDRAWN, err))
        return false;
    p.state = PUBLICATION_WITHDRAWN;
    p.withdrawn = app->today;
    p.withdrawn_why = why;
    return store_publication_save(app->db, &app->scope, &p, err) &&
           note(&act, ACT_PUBLICATION_WITHDRAW, &p, was, a, err) && finish(&act, err);
}

bool app_publication_file(App *app, PublicationId id, int64_t no, Arena *a, PublicationFile *out,
                          Str *bytes, Err *err)
{
    Publication p;
    PublicationFiles found;
    Files store = app_files(app);
    if (!store_publication_shown(app->db, app->site, id, a, &p, err) ||
        !store_publication_files(app->db, app->site, id, a, &found, err))
        return false;
    for (size_t i = 0; i < found.n && p.state == PUBLICATION_PUBLIC; i++)
        if (found.v[i].no == no) {
            *out = found.v[i];
            return files_get(&store, found.v[i].address, a, bytes, err);
        }
    return fail(err, ERR_MISSING, NULL, "没有这份文件", "there is no such file");
}

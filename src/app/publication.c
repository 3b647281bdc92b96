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
                     .created_at = app->now,
                     .person = app->actor.person};
    if (!store_publication_add(app->db, app->site, &p, err) ||
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

static bool says_enough(Str title, Str summary, Err *err)
{
    return (title.n && summary.n) ||
           fail(err, ERR_INPUT, NULL, "请写明标题和内容概述", "title and summary are missing");
}

bool app_publication_edit(App *app, const PublicationEdit *edit, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Publication p;
    Str was;
    if (!says_enough(edit->title, edit->summary, err) || !act_begin(app, &act, err) ||
        !load(app, edit->id, edit->version, a, &p, &was, err))
        return false;
    if (p.state == PUBLICATION_WITHDRAWN)
        return fail(err, ERR_RULE, NULL, "已经撤下的信息不能再改", "it was withdrawn");
    p.title = edit->title;
    p.summary = edit->summary;
    return store_publication_save(app->db, &app->scope, &p, err) &&
           note(&act, ACT_PUBLICATION_EDIT, &p, was, a, err) && finish(&act, err);
}

// The next number of the site's template; empty where the site has none.
static bool number(App *app, Publication *p, Arena *a, Err *err)
{
    Site site;
    Organ organ;
    Scope all = scope_site(app->site);
    Str ignored;
    if (!store_site_get(app->db, app->site, a, &site, err) ||
        !store_organ_get(app->db, &all, p->organ, a, &organ, err))
        return false;
    if (!site.index_form.n)
        return true;
    return index_no_make(site.index_form, &organ, app->today, 1, a, &ignored, &p->counted, err) &&
           store_publication_serial(app->db, app->site, p->counted, &p->serial, err) &&
           index_no_make(site.index_form, &organ, app->today, ++p->serial, a, &p->index_no,
                         &p->counted, err);
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
        !says_enough(p.title, p.summary, err) || !keep(app, p.request, files, n, a, &kept, err))
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

// After its years a request is left without who asked. The order makes that it can be done again
// where it was interrupted: the package without names is kept first, what the store holds is
// emptied next, and the rows say so last.
#include "app/applicant.h"
#include "app/archive.h"
#include "app/archive_part.h"
#include "app/archive_work.h"
#include "app/attachment.h"
#include "store/anonym.h"
#include "store/letter.h"

// The request as it stands afterwards, not written yet.
static bool nameless(App *app, ArchiveCase *c, AnonymWords *words, Arena *a, Err *err)
{
    InfoRequest *r = &c->work.request;
    *words = anonym_words(r->applicant_name, &c->applicant);
    c->nameless = true;
    c->applicant = (Applicant){0};
    r->applicant_name = ANONYM_SOMEBODY;
    r->note = S("");
    r->title = anonym_text(a, words, r->title);
    r->description = anonym_text(a, words, r->description);
    r->query_hash = S("");
    for (size_t i = 0; i < c->work.stored.n; i++) {
        StoredFact *f = &c->work.stored.v[i];
        f->whom = f->whom.n ? ANONYM_SOMEBODY : S("");
        f->note = S("");
        f->fact.document = anonym_text(a, words, f->fact.document);
    }
    return applicant_seal(app, &c->applicant, a, r, err);
}

// Every package of the request and every private attachment that nothing else shares.
static bool wipe(App *app, const ArchiveCase *c, Arena *a, Err *err)
{
    Files files = app_files(app);
    Strs addresses;
    if (!store_anonym_addresses(app->db, app->site, c->work.request.id, a, &addresses, err))
        return false;
    for (size_t i = 0; i < addresses.n; i++)
        if (!files_erase(&files, addresses.v[i], a, err))
            return false;
    return true;
}

static bool write_down(App *app, ArchiveCase *c, const AnonymWords *words, const Archived *row,
                       const ArchivedVolumes *more, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestId id = c->work.request.id;
    if (!act_begin(app, &act, err) ||
        !request_load(app, id, c->work.request.version, a, &work, err) ||
        !store_anonym_request(app->db, &app->scope, &c->work.request, err) ||
        !store_anonym_facts(app->db, app->site, id, ANONYM_SOMEBODY, err) ||
        !store_anonym_papers(app->db, app->site, id, words, err) ||
        !store_anonym_files(app->db, app->site, id, err) ||
        !store_letter_forget(app->db, app->site, id, err) ||
        !store_archive_anonymised(app->db, app->site, row, err) ||
        !archive_volumes_add(app, row, more, err))
        return false;
    work.request.version++;
    return request_note(&act, ACT_REQUEST_ANONYMISE, &work, a, err) && act_commit(&act, err);
}

static bool one(App *app, const Archived *due, Arena *a, Err *err)
{
    ArchiveCase c;
    AnonymWords words;
    Archived row = *due;
    ArchivedVolumes more;
    row.anonymised_at = app->now;
    return archive_case_load(app, due->request, 0, a, &c, err) &&
           nameless(app, &c, &words, a, err) &&
           archive_case_keep(app, &c, due->archived_at, a, &row, &more, err) &&
           wipe(app, &c, a, err) && write_down(app, &c, &words, &row, &more, a, err);
}

bool app_anonymise(App *app, Str mark, Arena *a, size_t *done, Err *err)
{
    AnonymPlan plan;
    if (!app_anonym_plan(app, a, &plan, err))
        return false;
    if (!plan.due.n || !str_eq(mark, plan.mark))
        return fail(err, ERR_BUSY, NULL, "清单已经变了，请看过现在的清单再确认",
                    "the plan is another by now; look at it again");
    for (size_t i = 0; i < plan.due.n; i++) {
        Arena scratch = *a;
        if (!one(app, &plan.due.v[i], &scratch, err))
            return false;
        app->once = S(""); // spent with the first
    }
    *done = plan.due.n;
    return true;
}

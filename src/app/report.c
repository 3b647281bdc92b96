#include "app/report.h"

#include "app/act.h"
#include "app/attachment.h"
#include "app/import.h"
#include "base/json.h"
#include "report/child.h"
#include "report/report_json.h"

enum { READING_MAX = 64 << 20 }; // bytes of one document's JSON

static CheckOptions check_options(const App *app)
{
    return (CheckOptions){.lang = app->lang, .today = app->today};
}

// --- reading

static bool read_and_check(const App *app, Str name, Str bytes, Arena *a, Reading *out, Err *err)
{
    CheckOptions opt = check_options(app);
    if (!app->in_process)
        return report_read_in_child(name, bytes, &opt, a, out, err);
    if (!report_read(name, bytes, a, out, err))
        return false;
    for (size_t i = 0; i < out->docs.n; i++)
        report_check(&out->docs.v[i], &opt, a);
    return true;
}

static void check_again(const App *app, Document *doc, Arena *a)
{
    CheckOptions opt = check_options(app);
    doc->findings = (Findings){0};
    report_check(doc, &opt, a);
}

// --- what the store wants to know of a document

static int64_t *count_of(FindingCounts *c, const Finding *f)
{
    int64_t *failed[] = {&c->note, &c->warning, &c->error}; // by Severity
    switch (f->result) {
    case RESULT_PASS:
        return &c->pass;
    case RESULT_FAIL:
        return failed[f->severity];
    case RESULT_DOUBTFUL:
        return &c->doubtful;
    case RESULT_NOT_ASSESSABLE:
        return &c->open;
    }
    return &c->open;
}

static FindingCounts count_findings(const Document *doc)
{
    FindingCounts c = {0};
    for (size_t i = 0; i < doc->findings.n; i++)
        ++*count_of(&c, &doc->findings.v[i]);
    return c;
}

typedef struct ReportFindings {
    ReportFinding *v;
    size_t n, cap;
} ReportFindings;

static void add_finding(ReportFindings *all, const Finding *f, Arena *a)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].check, f->id) && str_eq(all->v[i].result, result_ids[f->result])) {
            all->v[i].n++;
            return;
        }
    *PUSH(a, all) = (ReportFinding){f->id, result_ids[f->result], 1};
}

typedef struct ReportCells {
    ReportCell *v;
    size_t n, cap;
} ReportCells;

static bool parts_of(const Reading *source, const Document *doc, Arena *a, ReportParts *out,
                     Err *err)
{
    Buf json = buf_new(a, READING_MAX);
    report_json_document(&json, source, doc, JSON_ALL);
    if (json.full)
        return fail(err, ERR_LIMIT, NULL, "报告内容过大，无法保存",
                    "the report is too large to keep");
    ReportCells cells = {0};
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (doc->cells[ix].state != CELL_ABSENT)
            *PUSH(a, &cells) = (ReportCell){cell_def(ix)->id, cell_state_ids[doc->cells[ix].state],
                                            doc->cells[ix].n};
    ReportFindings findings = {0};
    for (size_t i = 0; i < doc->findings.n; i++)
        add_finding(&findings, &doc->findings.v[i], a);
    *out = (ReportParts){buf_str(&json), cells.v, cells.n, findings.v, findings.n};
    return true;
}

// --- organs

// A report carries the name of the day it is written, in the January after.
static Date reported_on(int year)
{
    Date day = date_none;
    date_make(year + 1, 1, 31, &day);
    return day;
}

// Whose report it is: by the name it bears or bore. One that is not known becomes an organ.
static bool find_organ(App *app, Str name, int year, Arena *a, OrganRow *out, Err *err)
{
    bool found;
    Organ new;
    if (!store_organ_by_name_on(app->db, app->site, name, reported_on(year), a, out, &found, err))
        return false;
    if (found)
        return true;
    organ_from_name(name, &new);
    if (!store_organ_add(app->db, app->site, &new, a, err))
        return false;
    *out = (OrganRow){.id = new.id, .slug = new.slug, .name = new.name};
    return true;
}

// --- neighbours

// The document stored for an organ's year; *found says whether there is one.
static bool load_year(App *app, const OrganRow *organ, int year, Arena *a, StoredReport *stored,
                      Reading *source, Document *doc, bool *found, Err *err)
{
    Err why = {0};
    *found = store_report_get(app->db, app->site, organ->slug, year, a, stored, &why);
    if (!*found && why.kind != ERR_MISSING) {
        *err = why;
        return false;
    }
    return !*found || report_document_from_json(stored->reading, a, source, doc, err);
}

static bool check_against_earlier(App *app, const OrganRow *organ, Document *doc, Arena *a,
                                  Err *err)
{
    StoredReport stored;
    Reading source;
    Document *earlier = NEW(a, Document, 1);
    bool found;
    if (!load_year(app, organ, doc->year - 1, a, &stored, &source, earlier, &found, err))
        return false;
    CheckOptions opt = check_options(app);
    if (found)
        report_check_series(doc, earlier, &opt, a);
    else
        report_check_alone(doc, &opt, a);
    return true;
}

static bool check_later_anew(App *app, const OrganRow *organ, const Document *doc, Arena *a,
                             Err *err)
{
    StoredReport stored;
    Reading source;
    Document *later = NEW(a, Document, 1);
    bool found;
    if (!load_year(app, organ, doc->year + 1, a, &stored, &source, later, &found, err))
        return false;
    if (!found)
        return true;
    CheckOptions opt = check_options(app);
    check_again(app, later, a);
    report_check_series(later, doc, &opt, a);
    FindingCounts counts = count_findings(later);
    ReportParts parts;
    return parts_of(&source, later, a, &parts, err) &&
           store_report_rechecked(app->db, app->site, stored.row.id, &counts, &parts, err);
}

// --- one document

typedef struct Original {
    const Reading *reading;
    Str sha256;
    size_t bytes;
} Original;

static ReportRow row_of(const App *app, const OrganRow *organ, const Original *from, size_t which,
                        const Document *doc)
{
    return (ReportRow){
        .organ = organ->id,
        .year = doc->year,
        .edition = editions[doc->edition].id,
        .title = doc->title,
        .published = doc->published,
        .file_name = from->reading->name,
        .file_kind = file_kind_ids[from->reading->kind],
        .encoding = from->reading->encoding,
        .sha256 = from->sha256,
        .bytes = (int64_t)from->bytes,
        .doc = (int64_t)which,
        .imported_at = app->now,
        .counts = count_findings(doc),
    };
}

// Fills *done where the document is no report or cannot be placed.
static bool placed(Document *doc, const ImportOptions *opt, Imported *done)
{
    done->title = doc->title;
    if (doc->kind != DOC_REPORT) {
        done->done = IMPORT_OTHER;
        return false;
    }
    done->year = doc->year = opt->year ? opt->year : doc->year;
    done->organ = doc->organ = opt->organ.n ? opt->organ : doc->organ;
    done->done = IMPORT_REFUSED;
    if (!doc->organ.n)
        return fail(&done->why, ERR_INPUT, NULL, "看不出是哪个机关的报告，请用 --organ 指明",
                    "it does not say whose report it is; give --organ");
    if (!doc->year)
        return fail(&done->why, ERR_INPUT, NULL, "看不出是哪一年的报告，请用 --year 指明",
                    "it does not say for which year it is; give --year");
    return true;
}

static bool is_same(App *app, const OrganRow *organ, const Original *from, size_t which, int year,
                    Arena *a, bool *same, bool *replaces, Err *err)
{
    StoredReport stored;
    Err why = {0};
    *replaces = store_report_get(app->db, app->site, organ->slug, year, a, &stored, &why);
    if (!*replaces && why.kind != ERR_MISSING) {
        *err = why;
        return false;
    }
    *same =
        *replaces && str_eq(stored.row.sha256, from->sha256) && stored.row.doc == (int64_t)which;
    return true;
}

static bool note_kept(App *app, const ReportRow *row, Arena *a, Err *err)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "title", row->title);
    json_put_int(&w, "year", row->year);
    json_put_str(&w, "file", row->file_name);
    json_put_str(&w, "sha256", row->sha256);
    json_end(&w);
    return app_note_within(app,
                           &(ActNote){.kind = ACT_REPORT_IMPORT,
                                      .noun = S("report"),
                                      .noun_id = row->id.n,
                                      .version = row->version,
                                      .organ = row->organ,
                                      .became = buf_str(&b)},
                           err);
}

static bool keep(App *app, const OrganRow *organ, const Original *from, size_t which, Document *doc,
                 Arena *a, Imported *done, Err *err)
{
    ReportParts parts;
    if (!check_against_earlier(app, organ, doc, a, err) ||
        !parts_of(from->reading, doc, a, &parts, err))
        return false;
    ReportRow row = row_of(app, organ, from, which, doc);
    done->counts = row.counts;
    return store_report_put(app->db, app->site, &row, &parts, err) &&
           check_later_anew(app, organ, doc, a, err) && note_kept(app, &row, a, err);
}

static bool import_one(App *app, const Original *from, size_t which, const ImportOptions *opt,
                       Arena *a, Imported *done, Err *err)
{
    Document *doc = &from->reading->docs.v[which];
    OrganRow organ;
    bool same, replaces;
    if (!placed(doc, opt, done))
        return true;
    check_again(app, doc,
                a); // organ and year may be others now, and neighbours come from the store
    if (!find_organ(app, doc->organ, doc->year, a, &organ, err) ||
        !is_same(app, &organ, from, which, doc->year, a, &same, &replaces, err))
        return false;
    done->slug = organ.slug;
    done->counts = count_findings(doc);
    done->done = same ? IMPORT_SAME : replaces ? IMPORT_REPLACED : IMPORT_ADDED;
    return same || keep(app, &organ, from, which, doc, a, done, err);
}

// --- one file

// Which document comes next: by year, so that each finds the one before it in the store.
static size_t next_doc(const Documents *docs, const bool *taken)
{
    size_t best = docs->n;
    for (size_t i = 0; i < docs->n; i++)
        if (!taken[i] && (best == docs->n || docs->v[i].year < docs->v[best].year))
            best = i;
    return best;
}

static bool import_all(App *app, const Original *from, const ImportOptions *opt, Arena *a,
                       Importeds *out, Err *err)
{
    size_t n = from->reading->docs.n;
    bool *taken = NEW(a, bool, n);
    Imported *done = NEW(a, Imported, n);
    for (size_t i = 0; i < n; i++) {
        size_t which = next_doc(&from->reading->docs, taken);
        taken[which] = true;
        if (!import_one(app, from, which, opt, a, &done[which], err))
            return false;
    }
    *out = (Importeds){done, n, n};
    return true;
}

static bool one_report(const Reading *r, const ImportOptions *opt, Err *err)
{
    size_t reports = 0;
    for (size_t i = 0; i < r->docs.n; i++)
        reports += r->docs.v[i].kind == DOC_REPORT;
    return !opt->year || reports <= 1 ||
           fail(err, ERR_INPUT, NULL, "文件中有 %zu 份年报，不能用 --year 指明同一年",
                "there are %zu reports in the file; --year cannot be given for all of them",
                reports);
}

bool import_read(const App *app, Str name, Str bytes, const ImportOptions *opt, Arena *a,
                 Reading *out, Err *err)
{
    Reading r;
    if (!read_and_check(app, name, bytes, a, &r, err) || !one_report(&r, opt, err))
        return false;
    r.name = name;
    *out = r;
    return true;
}

static bool any_new(const Importeds *done)
{
    for (size_t i = 0; i < done->n; i++)
        if (done->v[i].done == IMPORT_ADDED || done->v[i].done == IMPORT_REPLACED)
            return true;
    return false;
}

// The original is on disk before the transaction that names it ends; where that fails it lies there
// unnamed and does no harm.
bool import_keep(App *app, const Reading *reading, Str bytes, const ImportOptions *opt, Arena *a,
                 Importeds *out, Err *err)
{
    Original from = {reading, files_address(a, bytes), bytes.n};
    Importeds done;
    Files files = app_files(app);
    if (!import_all(app, &from, opt, a, &done, err))
        return false;
    if (!opt->dry_run && any_new(&done) && !files_put(&files, bytes, a, &from.sha256, err))
        return false;
    *out = done;
    return true;
}

bool app_report_import(App *app, Str name, Str bytes, const ImportOptions *opt, Arena *a,
                       Importeds *out, Err *err)
{
    Reading reading;
    if (!import_read(app, name, bytes, opt, a, &reading, err))
        return false;
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Importeds done;
    if (!import_keep(app, &reading, bytes, opt, a, &done, err) ||
        (!opt->dry_run && !tx_commit(&tx, err)))
        return false;
    *out = done;
    return true;
}

// --- getting at them

bool app_report_get(App *app, Str organ_slug, int year, Arena *a, ReportPage *out, Err *err)
{
    ReportPage *page = NEW(a, ReportPage, 1);
    if (!store_report_get(app->db, app->site, organ_slug, year, a, &page->stored, err) ||
        !report_document_from_json(page->stored.reading, a, &page->source, &page->doc, err))
        return false;
    *out = *page;
    return true;
}

bool app_report_check_beside(App *app, Document *doc, Arena *a, Err *err)
{
    OrganRow organ;
    bool found;
    if (doc->kind != DOC_REPORT || !doc->year || !doc->organ.n)
        return true;
    if (!store_organ_by_name_on(app->db, app->site, doc->organ, reported_on(doc->year), a, &organ,
                                &found, err))
        return false;
    return !found || check_against_earlier(app, &organ, doc, a, err);
}

bool app_report_original(App *app, const ReportRow *row, Arena *a, Str *bytes, Err *err)
{
    Files files = app_files(app);
    return files_get(&files, row->sha256, a, bytes, err);
}

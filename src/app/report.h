// Putting published reports into the site, and getting at them again.
#ifndef GONGKAI_APP_REPORT_H
#define GONGKAI_APP_REPORT_H

#include "app/app.h"

typedef struct ImportOptions {
    Str organ;    // whose report it is, where the document does not say so, or says it wrongly
    int year;     // the same for the reporting year; 0: as the document says
    bool dry_run; // everything but keeping it
} ImportOptions;

typedef enum ImportDone {
    IMPORT_ADDED,
    IMPORT_REPLACED, // the organ's report of that year, which is now in the past
    IMPORT_SAME,     // these bytes are there already
    IMPORT_OTHER,    // a guide or something else; nothing to keep
    IMPORT_REFUSED,  // a report that cannot be placed; `why` says what to give
} ImportDone;

typedef struct Imported {
    ImportDone done;
    Str organ, slug, title;
    int year;
    FindingCounts counts;
    Err why; // IMPORT_REFUSED
} Imported;

typedef struct Importeds {
    Imported *v;
    size_t n, cap;
} Importeds;

// Reads one file of any kind and keeps every report in it, one line in *out for each document. The
// reports are checked also against those of the same organ that are stored for the years before
// and after, and the one after is checked anew. What cannot be placed does not keep the others of
// the file out.
//
// Errors: those of report_read and of the store; then nothing was kept.
bool app_report_import(App *app, Str name, Str bytes, const ImportOptions *opt, Arena *a,
                       Importeds *out, Err *err);

// A stored report with its document. ERR_MISSING.
typedef struct ReportPage {
    StoredReport stored;
    Reading source; // without documents
    Document doc;   // with findings
} ReportPage;

bool app_report_get(App *app, Str organ_slug, int year, Arena *a, ReportPage *out, Err *err);

// Adds to the findings of a report that is not in the site, and is not kept, what can be said only
// beside the stored report of its organ for the year before, where there is one.
bool app_report_check_beside(App *app, Document *doc, Arena *a, Err *err);

// The file a report was read from, as it came.
bool app_report_original(App *app, const ReportRow *row, Arena *a, Str *bytes, Err *err);

#endif

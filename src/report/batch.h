// Many files read and checked at once, each outside this process (pool.h). What is kept of each
// document in memory is a line; its JSON waits in an unlinked temporary file until it is printed,
// so ten thousand reports cost a few megabytes. After the last file the reports of one organ are
// put in order of their years and each is checked beside the one before it.
#ifndef GONGKAI_REPORT_BATCH_H
#define GONGKAI_REPORT_BATCH_H

#include "base/err.h"
#include "report/report_json.h"
#include "report/spill.h"

enum {
    BATCH_TIMEOUT_MS = 30000,     // for one file
    BATCH_MEMORY = 1 << 30,       // of the child that reads it
    BATCH_MAX_ANSWER = 128 << 20, // JSON of the documents of one file
};

typedef struct BatchOptions {
    const CheckOptions *check; // NULL: only read
    Lang lang;                 // of the reason why a file could not be read
    int workers;               // 0: one for each processor
    // Called after each file, for a line that shows how far it is; may be NULL.
    void (*progress)(void *ctx, size_t done, size_t total);
    void *progress_ctx;
} BatchOptions;

// A document among many.
typedef struct BatchDoc {
    size_t file;
    DocKind kind;
    Edition edition;
    int year;
    Str organ;
    bool beside;         // the year before was there too, and it was checked beside it
    bool alone;          // it was not, and the finding that says so waits to be added
    uint32_t results[4]; // findings by Result, those beside the year before included
    off_t at, series_at; // in the spill: its JSON, and findings to add to it
    size_t n, series_n;
    JsonSpans spans; // of the JSON
} BatchDoc;

typedef struct BatchFile {
    Str name;
    bool read;
    ErrKind why; // where it was not read
    Str message; // in words, in BatchOptions.lang
    size_t first, n_docs;
} BatchFile;

typedef struct Batch {
    BatchFile *files;
    size_t n_files, n_unreadable;
    struct {
        BatchDoc *v;
        size_t n, cap;
    } docs; // in the order they were read; BatchFile.first leads to a file's own
    Spill spill;
} Batch;

// Reads the files named; "-" is standard input, called `stdin_name`. One that cannot be read is
// marked and never stops the rest. What is in *out lies in `a`; batch_end closes the spill.
// ERR_SYSTEM where nothing can be read at all: no children, no room for the spill.
bool batch_read(const Strs *names, Str stdin_name, const BatchOptions *opt, Arena *a, Batch *out,
                Err *err);
void batch_end(Batch *b);

// Adds findings to a document's own; once, and only where it is not `beside`.
bool batch_add_findings(Batch *b, BatchDoc *doc, const Findings *more, Arena *a, Err *err);

// A document's JSON object with the parts asked for (report_json.h), findings beside the year
// before among the findings. Leaving a part out makes it cheaper to take up.
bool batch_json(const Batch *b, const BatchDoc *doc, unsigned parts, Arena *a, Str *out, Err *err);

// The same as a Document again.
bool batch_document(const Batch *b, const BatchDoc *doc, unsigned parts, Arena *a, Reading *source,
                    Document *out, Err *err);

#endif

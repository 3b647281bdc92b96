// Documents from which something is withheld: looked at, shown page by page, blacked out, and
// proven. What is withheld is painted over on pictures of the pages; out of the pictures a new PDF
// is made (own_pdf.h), so that nothing of the old file but what can be seen is in the new one. That
// is then opened again and proven (prove.h). What the new one says as text is only what can be read
// off its pictures (ocr.h).
//
//     source.h (pages, words) → find.h (where texts stand) → paint.h → own_pdf.h → prove.h
//
// All of it happens in a child: this program runs itself (`gongkai redact work`) with limits, no
// network and a seccomp filter, and takes the answer back. redact_do is what the child does.
#ifndef GONGKAI_REDACT_REDACT_H
#define GONGKAI_REDACT_REDACT_H

#include "domain/attach_kind.h"
#include "domain/redaction.h"

typedef enum RedactWork {
    REDACT_LOOK,    // how many pages, what is in it
    REDACT_PICTURE, // one page as PNG
    REDACT_MAKE,    // black out and prove
    REDACT_VERIFY,  // open a PDF and look for texts in it
    REDACT_WORK__COUNT,
} RedactWork;

// Told how far REDACT_MAKE is: `done` of `pages` are blacked out; all of them: the proof goes on.
// May be called again with the same numbers. False ends the work, with ERR_BUSY.
typedef struct RedactWatch {
    bool (*told)(void *ctx, int done, int pages);
    void *ctx;
} RedactWatch;

typedef struct RedactJob {
    RedactWork work;
    AttachKind kind; // PDF, PNG, JPEG
    Str source;
    RedactMarks marks;
    bool quick;        // nothing is read off pictures: no text layer, one check less
    int page, side;    // REDACT_PICTURE: at most so many pixels wide and high
    RedactWatch watch; // may be empty
} RedactJob;

typedef enum RedactCheckId {
    PROVE_STRUCTURE, // only what own_pdf.h writes
    PROVE_PICTURES,  // one picture a page, nothing in its data but the picture
    PROVE_PIXELS,    // solid under every mark
    PROVE_LAYER,     // the words of the invisible layer
    PROVE_BYTES,     // the file byte by byte, in every encoding
    PROVE_TEXT,      // what pdftotext reads
    PROVE_PARTS,     // what pdfinfo, pdfimages, pdfdetach see
    PROVE_SHOWN,     // what pdftoppm shows under every mark
    PROVE_OCR,       // what tesseract reads off the pages
    PROVE__COUNT,
} RedactCheckId;

typedef struct RedactCheckDef {
    Str id, name;
    Str held; // what is proven where it holds
} RedactCheckDef;
extern const RedactCheckDef redact_checks[PROVE__COUNT];

typedef enum RedactOutcome { PROOF_HELD, PROOF_FAILED, PROOF_NOT_MADE } RedactOutcome;

typedef struct RedactCheck {
    RedactOutcome outcome;
    bool done; // belongs to this work
    Str words; // what was found, or why it was not made
} RedactCheck;

typedef struct RedactPlaces {
    int64_t mark;
    int64_t places; // 0: a text that was found nowhere
} RedactPlaces;

// What was painted over, where: in pixels of the page's picture. Not told by a child.
typedef struct RedactBlot {
    int page;
    int x0, y0, x1, y1; // one past it
    int64_t mark;
} RedactBlot;

typedef struct RedactBlots {
    RedactBlot *v;
    size_t n, cap;
} RedactBlots;

typedef struct RedactResult {
    int pages;
    int *shapes; // width and height of each page as shown, in points
    bool text;   // it has words as text
    Strs hidden; // what is in it and not on its pages
    Str bytes;   // the picture, or what was made
    RedactCheck checks[PROVE__COUNT];
    RedactPlaces *places; // of each mark
    size_t n_places;
    RedactBlots blots;
    bool proven;   // no check failed
    bool unread;   // a page without text, and texts to be withheld, and no OCR to look for them
    int64_t layer; // words in the invisible layer
    Strs tools;
} RedactResult;

// ERR_UNREADABLE, ERR_LIMIT and ERR_INPUT in words that say what to do. That something withheld is
// left is no error: proven is false, and the checks say what.
bool redact_do(const RedactJob *job, Arena *a, RedactResult *out, Err *err);

// The same in a child. May be called from several threads at once; blocks. The watch is told at
// least every second.
bool redact_in_child(const RedactJob *job, Arena *a, RedactResult *out, Err *err);
// What the child does with its standard input: always an answer for the parent. What `watch` is
// told goes to standard output before it, a line each (redact_said).
Str redact_answer(Str asked, RedactWatch watch, Arena *a);
Str redact_said(int done, int pages, Arena *a); // "page 12 80\n"

// What looking at it found, for pages that show it: {"text":true,"hidden":[…],"shapes":[w,h,…]}.
Str redact_facts_json(const RedactResult *r, Arena *a);

// The result as a member of a certificate: document, marks with grounds, checks, tools; without the
// texts themselves.
Str redact_proof_json(const RedactJob *job, const RedactResult *r, Arena *a);

#endif

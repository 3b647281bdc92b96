// What is printed: official letters, the ledger of a request, envelopes. A Paper is what stands on
// it, in order and without any look; paper_pdf and paper_docx give it the form of official
// documents (党政机关公文格式 GB/T 9704—2012, 版心 156 mm × 225 mm, 22 lines of 28 characters) as
// far as the fonts that are installed allow.
//
// The same papers give the same bytes: nothing of them tells when or where they were made.
#ifndef GONGKAI_PAPER_PAPER_H
#define GONGKAI_PAPER_PAPER_H

#include "base/date.h"
#include "base/err.h"

typedef enum PaperForm {
    PAPER_A4,
    PAPER_DL,     // 信封, 220 mm × 110 mm
    PAPER_C5,     // 信封, 229 mm × 162 mm
    PAPER_LABELS, // 标签: addressees on sheets of A4, three beside each other, eight below
    PAPER_FORM__COUNT,
} PaperForm;

typedef enum PaperKind {
    PAPER_HEAD,   // 发文机关标志, red, above a red line that stands below the number
    PAPER_NUMBER, // 发文字号
    PAPER_TITLE,
    PAPER_TO,    // 主送机关, not indented
    PAPER_TEXT,  // a paragraph of the text
    PAPER_SIGN,  // 发文机关署名, centred over the day
    PAPER_DAY,   // 成文日期
    PAPER_NOTE,  // a small line, for what is not the letter's own text
    PAPER_TABLE, // rows of cells
    PAPER_KIND__COUNT,
} PaperKind;

enum { PAPER_COLUMNS = 6 };

typedef struct PaperRow {
    Str cells[PAPER_COLUMNS];
} PaperRow;

typedef struct PaperTable {
    int columns;
    double widths[PAPER_COLUMNS]; // parts of the whole width; their sum is 1
    Str heads[PAPER_COLUMNS];     // above the rows, on every page
    PaperRow *v;
    size_t n, cap;
} PaperTable;

typedef struct PaperPart {
    PaperKind kind;
    Str text;
    const PaperTable *table; // of PAPER_TABLE
} PaperPart;

typedef struct Envelope {
    Str postcode, address, name;
    Str from_postcode, from_address, from_name;
} Envelope;

typedef struct Paper {
    PaperForm form;
    Str title, author; // in the properties of the file
    Date on;
    Str mark; // 已作废, 样本: pale across every page; empty: none
    PaperPart *v;
    size_t n, cap;
    Envelope envelope; // of PAPER_DL, PAPER_C5 and PAPER_LABELS
} Paper;

typedef struct Papers {
    Paper *v;
    size_t n, cap;
} Papers;

void paper_add(Arena *a, Paper *paper, PaperKind kind, Str text);

enum { PAPER_MAX_BYTES = 64 << 20, PAPERS_MAX = 500 };

// One file, each paper beginning on a page of its own, page numbers from 1; labels that follow each
// other share sheets. May be called on
// several threads. ERR_LIMIT for more than PAPERS_MAX papers or PAPER_MAX_BYTES, ERR_SYSTEM where a
// library refuses.
bool paper_pdf(const Papers *papers, Arena *a, Str *out, Err *err);

// One letter as a Word document; ERR_INPUT for envelopes.
bool paper_docx(const Paper *paper, Arena *a, Str *out, Err *err);

#endif

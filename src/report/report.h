// A published report as read: documents, cells, chapters, findings. Made by report_read (read.c,
// locate.c), judged by report_check (check.c), carried between processes and into the database as
// JSON (report_json.h).
#ifndef GONGKAI_REPORT_REPORT_H
#define GONGKAI_REPORT_REPORT_H

#include "base/date.h"
#include "report/blocks.h"
#include "report/schema.h"

// --- cells
// --------------------------------------------------------------------------------------------------

typedef enum CellState {
    CELL_ABSENT,     // the source has no such cell
    CELL_BLANK,      // it has, and nothing (or only a dash) stands in it; never a zero
    CELL_UNREADABLE, // something stands there that cannot be read as one number for this cell
    CELL_VALUE,
} CellState;

// What was done to the written text to arrive at the value. Bits; ids in repair_defs.
typedef enum Repair {
    REPAIR_WIDTH = 1 << 0,     // full-width digits
    REPAIR_SPACES = 1 << 1,    // spaces or line breaks inside the number
    REPAIR_THOUSANDS = 1 << 2, // thousands marks
    REPAIR_UNIT = 1 << 3,      // a unit after the number (40项, 41.13万元)
    REPAIR_YUAN = 1 << 4,      // an amount in 元 turned into 万元
    REPAIR_SIGN_WORD = 1 << 5, // 增2, 减3
    REPAIR_DASH = 1 << 6,      // a dash or 无 read as blank
    REPAIR_LABEL = 1 << 7,     // the row's label was cut, wrapped or misspelt
    REPAIR_SPLIT = 1 << 8,     // figures run together, split where exactly one split fits
    REPAIR_POSITION =
        1
        << 9, // positions were lost; the arithmetic of the form places the figure (a guess, marked)
    REPAIR_ORDER = 1 << 10,   // found by the order of rows, its label being lost
    REPAIR_SCRIPT = 1 << 11,  // label in Traditional characters or Taiwan words
    REPAIR_RESIDUE = 1 << 12, // pinyin residues inside the label
    REPAIR_COLUMNS = 1 << 13, // columns in another order than the form's, or extra ones
    REPAIR_DIGITS = 1 << 14,  // 〇, 一 …, O or l read as digits
    REPAIR__COUNT = 15
} Repair;

typedef struct RepairDef {
    Str id, zh, en;
    bool guess; // the value is a reading among others and must be shown as one
} RepairDef;
extern const RepairDef repair_defs[REPAIR__COUNT];

typedef struct Cell {
    CellState state;
    uint32_t repairs;
    int64_t n; // when CELL_VALUE; unit by CellDef.type (TYPE_AMOUNT: millionths of 万元)
    Str raw;   // as written; empty where absent
    Place place;
} Cell;

// --- documents
// ----------------------------------------------------------------------------------------------

typedef enum DocKind { DOC_REPORT, DOC_GUIDE, DOC_OTHER } DocKind;
extern const Str doc_kind_ids[3];   // "report" "guide" "other"
extern const Str cell_state_ids[4]; // "absent" "blank" "unreadable" "value"

typedef struct Para {
    Str text; // normalised: Simplified, half-width digits and brackets as in the forms, residues
              // removed
    Str raw;  // as written
    Place place;
    int8_t chapter; // 1..6 by meaning, 0 before chapter one or where chapters are not told apart
    int8_t kind;    // PARA_*
} Para;

enum {
    PARA_TEXT,
    PARA_HEADING,   // a chapter's or section's heading
    PARA_TABLE,     // text of a table dump; not searched for statements
    PARA_FURNITURE, // 字号：大 中 小, 扫码…, navigation
};

typedef struct Chapter {
    int number;  // 1..6: which chapter of the form this is, by its title
    int printed; // the number it carries (一 = 1), 0 for none
    Str heading; // as printed, normalised
    Place place;
    size_t first, last; // paragraphs [first, last) of Document.paras
    bool has_table;     // an official table was found in it
} Chapter;

// Something noticed while reading that checks turn into findings.
typedef enum NoteKind {
    NOTE_EXTRA_ROW, // a row the form does not have (local additions)
    NOTE_EXTRA_COLUMN,
    NOTE_ROW_TWICE,     // the same row found twice with other figures
    NOTE_BROKEN_QUOTES, // ??? where quotation marks were
    NOTE_BROKEN_TEXT,   // U+FFFD or other signs of a wrong encoding
    NOTE_RESIDUE,       // pinyin residues, template residue
    NOTE_TRADITIONAL,   // converted from Traditional
    NOTE_AMBIGUOUS_ROW, // positions lost and no single reading fits
    NOTE_CUT,           // the document ends in the middle of a table
    NOTE_TEMPLATE,      // the template's own instructions left in
} NoteKind;

typedef struct Note {
    NoteKind kind;
    Str text; // as written
    Place place;
    CellIx cell; // or CELL_NONE
} Note;

typedef struct Paras {
    Para *v;
    size_t n, cap;
} Paras;
typedef struct Chapters {
    Chapter *v;
    size_t n, cap;
} Chapters;
typedef struct Notes {
    Note *v;
    size_t n, cap;
} Notes;

typedef enum Result { RESULT_PASS, RESULT_FAIL, RESULT_DOUBTFUL, RESULT_NOT_ASSESSABLE } Result;
typedef enum Severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;
extern const Str result_ids[4];   // "pass" "fail" "doubtful" "not_assessable"
extern const Str severity_ids[3]; // "note" "warning" "error"

typedef struct Finding {
    Str id; // of the check: "t3.row_sum"; stable
    Result result;
    Severity severity;
    Str title;       // in the language asked for
    Str message;     // what is wrong and what to do
    Str basis;       // the law or form it rests on
    Str evidence;    // the sum written out, or the sentence; may be empty
    Str left, right; // the two sides' values as printed; may be empty
    CellIx *cells;   // the first is the one to look at: the likeliest mistake, what is missing, or
                     // the total
    size_t n_cells;
    Place *places; // of the cells and sentences; of a sum that holds only the total's
    size_t n_places;
} Finding;

typedef struct Findings {
    Finding *v;
    size_t n, cap;
} Findings;

typedef struct Document {
    DocKind kind;
    Edition edition; // the form as printed
    bool mixed;      // rows of two editions
    int year;        // reporting year (统计年度), 0 unknown
    Str title;
    Str organ;                     // as it names itself, Simplified; empty unknown
    Date published;                // date_none unknown
    Date from, to;                 // the period it says it covers
    Place place;                   // where it begins
    bool table_seen[TABLE__COUNT]; // its label rows were found, whether or not figures were
    Cell cells[CELL_COUNT];
    Paras paras;
    Chapters chapters;
    Notes notes;
    Findings findings; // empty until checked
} Document;

typedef struct Documents {
    Document *v;
    size_t n, cap;
} Documents;

typedef struct Reading {
    Str name; // of the file, for people; may be empty
    FileKind kind;
    Str encoding; // "UTF-8", "GB18030" …; empty for binary kinds
    Documents docs;
} Reading;

// --- doing it
// ---------------------------------------------------------------------------------------------------

// Reads the bytes of one file of any kind. Everything in *out lies in the arena or in `bytes`,
// which must live as long. ERR_UNREADABLE, ERR_LIMIT, ERR_SYSTEM as the readers say. A text with no
// report in it is not an error: it is a document of kind other.
bool report_read(Str name, Str bytes, Arena *a, Reading *out, Err *err);

// The middle of report_read, for tests and fuzzing: understands blocks.
void report_locate(const Blocks *blocks, Arena *a, Documents *out);

typedef enum Lang { LANG_ZH, LANG_EN } Lang;

typedef struct CheckOptions {
    Lang lang;
    Date today; // for "published after …" of reports not dated, date_none to leave out
} CheckOptions;

// Fills doc->findings with every check that looks at one document. Order: as in the catalogue
// (check_defs).
void report_check(Document *doc, const CheckOptions *opt, Arena *a);

// Adds to `later` what can be said only beside the same organ's report of the year before.
// `earlier` may be read here or come from the database.
void report_check_series(Document *later, const Document *earlier, const CheckOptions *opt,
                         Arena *a);

// Pairs up the documents of one organ year by year (names compared without 年度报告 words and
// spaces) and runs report_check_series on each pair. Documents of unknown year or organ are paired
// only inside one file: documents that lie side by side in one Documents list, of which the others
// name one organ, or none. Expects report_check to have run.
void report_check_all(Document **docs, size_t n, const CheckOptions *opt, Arena *a);

// For a report that has no report of the year before to be put beside: adds the finding that says
// so, so that nobody takes the carry-over for checked.
void report_check_alone(Document *doc, const CheckOptions *opt, Arena *a);

// A cell's value as printed: "17", "-21", "41.13".
Str cell_print(Arena *a, CellIx ix, int64_t n);
static inline bool cell_has(const Document *d, CellIx ix)
{
    return d->cells[ix].state == CELL_VALUE;
}

#endif

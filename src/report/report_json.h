// Documents as JSON and back. One shape serves everyone: what `gongkai report read|check --json`
// prints (docs/report.schema.json), what the reading child answers its parent, what the store
// keeps.
//
//     {"schema":1, "documents":[DOCUMENT…], "unreadable":[{"name","kind","message"}…]}
//
// A DOCUMENT lists every cell of its edition, and every other cell that is not absent. Amounts are
// decimal numbers of 万元. Lengths of the page in a place are rounded to hundredths of a point;
// everything else comes back from JSON as it went in.
#ifndef GONGKAI_REPORT_JSON_H
#define GONGKAI_REPORT_JSON_H

#include "base/buf.h"
#include "report/report.h"

enum {
    REPORT_JSON_SCHEMA = 1,
    BOX_SCALE = 100, // boxes are written to hundredths of a point
};

// What a document's object holds besides its facts and cells.
enum {
    JSON_FINDINGS = 1 << 0,
    JSON_TEXT = 1 << 1, // paragraphs, with their chapters
    JSON_ALL = JSON_FINDINGS | JSON_TEXT,
};

extern const Str file_kind_ids[6];         // "text" "html" "pdf" "docx" "xlsx" "doc"
extern const Str table_ids[TABLE__COUNT];  // "t2" "t3" "t4" "stat"
extern const Str para_ids[4];              // by PARA_*: "text" "heading" "table" "furniture"
extern const Str note_ids[10];             // by NoteKind: "extra_row" …
extern const Str err_kind_ids[ERR__COUNT]; // by ErrKind: "input" "limit" "unreadable" "system" …

// Whether a document lists the cell: it belongs to its edition, or something stands there.
bool report_cell_listed(const Document *doc, CellIx ix);

// One document as an object. With JSON_FINDINGS the findings are its last member, so that the
// object ends in "]}". `source` says which file it came from; its docs are not looked at.
void report_json_document(Buf *b, const Reading *source, const Document *doc, unsigned parts);

// Where in the object the paragraphs and the findings begin, so that what is kept as JSON can be
// taken up without them: each with the comma before it, the paragraphs first, then the findings,
// then "}". Equal offsets where a part was left out.
typedef struct JsonSpans {
    size_t text, findings, end; // end: of the last part
} JsonSpans;
void report_json_document_spans(Buf *b, const Reading *source, const Document *doc, unsigned parts,
                                JsonSpans *spans);

// Findings without the brackets around them: {…},{…}
void report_json_findings(Buf *b, const Findings *findings);

// One member of "unreadable".
void report_json_unreadable(Buf *b, Str name, ErrKind kind, Str message);

// A whole answer for one file that was read.
void report_json(Buf *b, const Reading *r, unsigned parts);

// The reverse of report_json, for an answer about one file. Where the answer says that the file was
// unreadable, that is the error. Text lies in the arena, not in `json`. ERR_UNREADABLE for anything
// that is not such an answer.
bool report_from_json(Str json, Arena *a, Reading *out, Err *err);

// The reverse of report_json_document. out->docs of `source` is left empty.
bool report_document_from_json(Str json, Arena *a, Reading *source, Document *out, Err *err);

#endif

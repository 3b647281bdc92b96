// Forms that officers fill: a table of fields says what is asked, one function takes what was sent
// and puts a message beside every field that is wrong, and the same struct is shown again, filled
// (views/fields.html). Nothing typed is lost.
//
//     static const FieldDef defs[] = {
//         {"name", "机关全称", "与公章一致", FIELD_TEXT, .required = true, .max = 60},
//         {"ended_on", "撤销日期", "", FIELD_DATE},
//     };
//     Form f;
//     form_new(r, defs, 2, &f);                   // for a GET: then form_set what is known
//     if (!form_take(r, &f)) return page_again();  // for a POST: shows f, status 422
//     form_text(&f, "name"), form_date(&f, "ended_on")
//
// Fields are found by the address-independent name; asking for one that is not in the table is a
// mistake in the program, caught by an assertion.
#ifndef GONGKAI_WEB_FIELDS_H
#define GONGKAI_WEB_FIELDS_H

#include "base/date.h"
#include "web/http.h"

typedef enum FieldKind {
    FIELD_TEXT,
    FIELD_AREA,   // several lines
    FIELD_SELECT, // one of choices
    FIELD_RADIO,  // the same, all in sight
    FIELD_CHECKS, // any of choices
    FIELD_YES,    // one box, "1" when ticked
    FIELD_DATE,   // as date_parse reads it; shown by the browser's own control
    FIELD_NUMBER, // whole
    FIELD_EMAIL,
    FIELD_TEL,
    FIELD_PASSWORD, // never shown again
    FIELD_CODE,     // digits of a second factor
    FIELD_FILE,
    FIELD_HIDDEN,
    FIELD__COUNT,
} FieldKind;

typedef struct FieldDef {
    const char *name, *label;
    const char *hint; // NULL or "" for none
    FieldKind kind;
    bool required;
    int max;                  // characters; 0: 200, areas 4000
    const char *autocomplete; // of HTML; NULL: off
    const char *accept;       // of a file
} FieldDef;

typedef struct Choice {
    Str value, text, hint;
    bool chosen; // set by the form
} Choice;

typedef struct Choices {
    Choice *v;
    size_t n, cap;
} Choices;

typedef struct FieldView {
    const FieldDef *def;
    Str id; // of the element: "f-name"
    Str name, label, hint, autocomplete, accept;
    Str value;     // as typed
    Str error;     // what is wrong and what to do; empty: nothing
    Str described; // ids for aria-describedby
    Choices choices;
    bool drafted; // filled from a draft: form_set leaves it alone
    Strs chosen;  // of FIELD_CHECKS, in the draft
} FieldView;

// What somebody else did to a thing while this form was open.
typedef struct Change {
    Str who, at; // 许文; 2026-03-19 09:30:05
    Str field;   // 联系电话
    Str was, became;
} Change;

typedef struct Changes {
    Change *v;
    size_t n, cap;
} Changes;

typedef struct Form {
    Arena *a;
    FieldView *v;
    size_t n;
    Str error;  // of the form as a whole
    Str failed; // what is said above what is wrong: 还不能提交, until a page says otherwise
    size_t n_errors; // fields with one
    int64_t version; // of what is edited, as the page showed it; 0 none
    Str csrf, once;  // hidden fields of every form
    // Drafts, which every form with form_keys has without doing anything for it: the first is its
    // name among the viewer's drafts, empty for forms that hold secrets or next to nothing; the
    // others are set where a draft filled it.
    Str draft, drafted_at;
    PersonId whose; // so that what stays in a tab is offered to nobody else
    int64_t drafted_version;
    Changes meanwhile; // set by form_meanwhile
} Form;

// An empty form for this viewer, with a new key; for a GET, filled from the viewer's draft where
// there is one. `defs` must outlive it.
void form_new(Request *r, const FieldDef *defs, size_t n, Form *out);
void form_set(Form *f, const char *name, Str value);
void form_set_date(Form *f, const char *name, Date d);
void form_choice(Form *f, const char *name, Str value, Str text, Str hint); // adds one

// What was sent, trimmed; the form must be new, with its choices. Checks what the table says. False
// where a field is wrong.
bool form_take(Request *r, Form *f);

Str form_text(const Form *f, const char *name);
Date form_date(const Form *f, const char *name);   // date_none where empty
int64_t form_int(const Form *f, const char *name); // 0 where empty
bool form_yes(const Form *f, const char *name);
bool form_chosen(const Form *f, const char *name, Str value);

// What a rule found: a message beside the field; or above the form.
void form_wrong(Form *f, const char *name, Str message);
void form_fail(Form *f, const Err *err);
// What an act said (ERR_NONE: nothing) and the person at the form can mend stands above it: true.
// Anything else is for the error page: false, in *err.
bool form_mend(Form *f, const Err *why, Err *err);
bool form_is_wrong(const Form *f);

// For a save that failed with ERR_BUSY because somebody else has changed the thing: form_errors
// then shows who changed what since f->version, from the audit lines that the viewer's scope has,
// and the form carries the version as it is now, so that saving again is a decision and not an
// accident. What was typed stays. The page sets w->status to 409.
bool form_meanwhile(Request *r, Form *f, Str noun, int64_t noun_id, Err *err);

FieldView *form_field(const Form *f, const char *name);

// The number in the field "version" of what was sent; 0 for none.
int64_t request_version(const Request *r);

#endif

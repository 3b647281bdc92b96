// /desk/letters: letters as they went out, printed one by one or together, made void; the wording
// and the numbering of the site. A step with its letter is in page_request_form.c.
#ifndef GONGKAI_WEB_PAGE_LETTER_H
#define GONGKAI_WEB_PAGE_LETTER_H

#include "app/letter_paper.h"
#include "web/desk.h"
#include "web/page_request.h"
#include "web/request_part.h"

bool page_letters(Request *r, Response *w, Err *err);
// Some letters, or their envelopes, as one PDF: those chosen, or all that the filters find.
bool page_letters_print(Request *r, Response *w, Err *err);
bool page_letter(Request *r, Response *w, Err *err);
bool page_letter_pdf(Request *r, Response *w, Err *err);
bool page_letter_docx(Request *r, Response *w, Err *err);
bool page_letter_envelope(Request *r, Response *w, Err *err);
bool page_letter_void(Request *r, Response *w, Err *err);
bool page_letter_void_send(Request *r, Response *w, Err *err);
// A letter that goes with no step, of a request or a correction.
bool page_letter_new(Request *r, Response *w, Err *err);
bool page_letter_new_send(Request *r, Response *w, Err *err);
// 期限台账 as PDF.
bool page_request_ledger(Request *r, Response *w, Err *err);

bool page_letter_templates(Request *r, Response *w, Err *err);
bool page_letter_template(Request *r, Response *w, Err *err);
bool page_letter_template_send(Request *r, Response *w, Err *err);
bool page_letter_template_sample(Request *r, Response *w, Err *err);
bool page_letter_settings(Request *r, Response *w, Err *err);
bool page_letter_settings_send(Request *r, Response *w, Err *err);

// The part 文书 of a request's page.
bool part_letters(Request *r, const RequestFile *file, Out *out, Err *err);

// --- what the views are given

// A letter as it will look, in words.
typedef struct LetterSheet {
    Str head, title, code, addressee, organ, day, mark;
    Strs paragraphs; // none: there is nothing to show
} LetterSheet;

LetterSheet letter_sheet(Arena *a, const Letter *letter);
// One that has no number yet; `organ` signs it.
LetterSheet letter_sheet_draft(Arena *a, const LetterText *text, Str organ);

typedef struct LetterLine {
    int64_t id;
    Str href, code, title, addressee, day, who, owner, owner_href, state;
    bool is_void;
} LetterLine;

typedef struct LetterPartPage {
    LetterLine *v;
    size_t n;
    Str ledger;        // of a request; empty: none
    Str none;          // what is said where there is no letter
    CountedLinks more; // letters that may be issued without a step
} LetterPartPage;

// The letters of an owner; who may issue one more adds it with letter_offer.
bool letter_part_read(Request *r, LetterOwner owner, LetterPartPage *out, Err *err);
void letter_offer(Request *r, LetterOwner owner, LetterKind kind, LetterPartPage *p);

typedef struct LetterListPage {
    Desk desk;
    Form form; // its keys, for printing
    Str kind, text, from, to;
    Choices kinds;
    LetterLine *v;
    size_t n;
    Str next, first;
    bool may_edit; // wording and numbering
} LetterListPage;

typedef struct LetterPage {
    Desk desk;
    LetterSheet sheet;
    Facts facts;
    Str pdf, docx, dl, c5, void_href, void_words;
} LetterPage;

// A form with a letter in it: a step, a letter without one, a template.
typedef struct LetterFormPage {
    Desk desk;
    Form form;
    Str heading, hint, action, submit, back;
    LetterSheet sheet;
    Str held; // why the text could not go out as it is
    bool template;
    Str sample;     // of a template as stored, as PDF
    Facts places;   // that a template may have
    Facts versions; // of a template
} LetterFormPage;

typedef struct LetterTemplatesPage {
    Desk desk;
    LetterLine *v; // code: basis; addressee: to whom; state: version
    size_t n;
    Choices organs;
} LetterTemplatesPage;

#endif

// Letters, ledgers and envelopes as papers (paper/paper.h): what stands on them, from what is
// stored.
#ifndef GONGKAI_APP_LETTER_PAPER_H
#define GONGKAI_APP_LETTER_PAPER_H

#include "app/letter.h"
#include "paper/paper.h"

// As it was issued; a void one says so across the page.
Paper letter_paper(const Letter *letter, Arena *a);
Str letter_file_name(const Letter *letter, Str ending, Arena *a); // 示住建公复〔2026〕17号.pdf

// 期限台账: every step from receipt to the day due, with its source, for a court.
Paper ledger_paper(const RequestFile *file, Date today, Arena *a);

// The envelope of a letter: to the applicant at the address of the request, or to whom it went.
// ERR_RULE where there is no address.
bool letter_envelope(App *app, const Letter *letter, PaperForm form, Arena *a, Paper *out,
                     Err *err);

// Some letters, by their numbers, in that order, in scope: as papers, or as their envelopes. At
// most PAPERS_MAX. ERR_MISSING where one of them is not there; ERR_RULE, with their numbers, where
// envelopes have no address.
bool app_letters_print(App *app, const LetterId *ids, size_t n, Arena *a, Papers *out, Err *err);
bool app_letters_envelopes(App *app, const LetterId *ids, size_t n, PaperForm form, Arena *a,
                           Papers *out, Err *err);

#endif

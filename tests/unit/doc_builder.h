// Documents made by hand for tests: a faultless report of 示例县水务局, in which a test then
// changes what it is about.
//
//     Document *d = doc_new(&a, EDITION_FMT2021, 2023);
//     doc_set(d, "t3.new.natural", 3);
//     doc_set(d, "t3.new.total", 4);
//     report_check(d, &doc_check_zh, &a);
//     assert_result(d, "t3.row_sum", "t3.new.total", RESULT_FAIL);
#ifndef GONGKAI_DOC_BUILDER_H
#define GONGKAI_DOC_BUILDER_H

#include "test.h"

#include "report/report.h"

extern const CheckOptions doc_check_zh, doc_check_en;

// A report of that form and year: every cell of the form is 0 and stands at a place of its own, the
// six chapters are there with a sentence each (2014: none), published on 20 January of the year
// after.
Document *doc_new(Arena *a, Edition edition, int year);

// A cell's value; amounts in millionths of 万元. An unknown id fails the test.
void doc_set(Document *d, const char *id, int64_t n);
void doc_blank(Document *d, const char *id);
void doc_absent(Document *d, const char *id);
void doc_unreadable(Document *d, const char *id, const char *raw);
void doc_repair(Document *d, const char *id, uint32_t repairs);
// A row of table three: the six kinds of applicant and the total.
void doc_t3(Document *d, const char *row, int64_t natural, int64_t business, int64_t research,
            int64_t welfare, int64_t legal, int64_t other, int64_t total);
// Takes a table away altogether, as where the page has lost it.
void doc_drop_table(Document *d, TableId table);

// A paragraph more at the end of a chapter (1..6).
void doc_para(Document *d, Arena *a, int chapter, const char *text);
// Takes a chapter away, with its heading and text.
void doc_drop_chapter(Document *d, int chapter);
void doc_note(Document *d, Arena *a, NoteKind kind, const char *text);

// The first finding of that check; with a cell, the first whose first cell it is. NULL for none.
const Finding *doc_finding(const Document *d, const char *check, const char *cell);

const char *doc_result_name(const Finding *f);
#define assert_result(d, check, cell, want)                                                        \
    do {                                                                                           \
        const Finding *f_ = doc_finding(d, check, cell);                                           \
        if (!f_ || f_->result != (want))                                                           \
            fail_msg("%s is %s, not %s: " PRI_STR, check, doc_result_name(f_), result_ids[want].s, \
                     STR_ARG(f_ ? f_->message : S("")));                                           \
    } while (0)
// No finding of that check at all.
#define assert_no_finding(d, check)                                                                \
    do {                                                                                           \
        const Finding *f_ = doc_finding(d, check, NULL);                                           \
        if (f_)                                                                                    \
            fail_msg("%s is %s: " PRI_STR, check, doc_result_name(f_), STR_ARG(f_->message));      \
    } while (0)

#endif

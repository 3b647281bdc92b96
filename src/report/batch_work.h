// What the batch (batch.c) hands to a child and what comes back: this program's own structs, on one
// machine, so they are sent as they are. What comes back is still not trusted further than its
// lengths: a child has read somebody's file.
#ifndef GONGKAI_REPORT_BATCH_WORK_H
#define GONGKAI_REPORT_BATCH_WORK_H

#include "report/batch.h"

typedef enum JobKind { JOB_READ, JOB_SERIES } JobKind;

// Followed by the name and the bytes of a file, or by the JSON of the earlier and the later report.
typedef struct JobHead {
    JobKind kind;
    size_t first_n, second_n;
} JobHead;

typedef enum AnswerKind {
    ANSWER_READ,     // AnswerDoc…
    ANSWER_NOT_READ, // Err
    ANSWER_OPEN,     // a converter is needed: not in a child that may start no program
    ANSWER_SERIES,   // results, then findings as JSON
} AnswerKind;

typedef struct AnswerHead {
    AnswerKind kind;
    size_t n_docs;
} AnswerHead;

// Followed by the organ, the JSON, and the finding to add where no report of the year before turns
// up.
typedef struct AnswerDoc {
    DocKind kind;
    Edition edition;
    int year;
    uint32_t results[4];
    size_t organ_n, json_n, alone_n;
    JsonSpans spans;
} AnswerDoc;

static inline void add_bytes(Buf *b, const void *p, size_t n)
{
    buf_add(b, (Str){p, n});
}

// Each takes what stands in front; false where it is not there.
bool take_bytes(Str *from, void *out, size_t n);
bool take_str(Str *from, size_t n, Str *out);

void count_into(const Findings *findings, uint32_t results[4]);

// PoolPlan.work: reads a file, or sets two reports beside each other.
void batch_work(const BatchOptions *opt, Str request, bool open, Arena *a, Buf *answer);

#endif

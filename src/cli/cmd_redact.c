// gongkai redact: documents from which something is withheld, on the command line. Needs neither a
// site nor its data.
#include "base/file.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "domain/release.h"
#include "redact/redact.h"

#include <stdio.h>

enum { DOCUMENT_BYTES = 64 << 20 };

// To the parent, which waits for it.
static bool say_how_far(void *ctx, int done, int pages)
{
    Arena scratch = *(Arena *)ctx;
    out(redact_said(done, pages, &scratch));
    fflush(stdout);
    return true;
}

int cmd_redact_work(const Args *args, Err *err)
{
    Str asked;
    Arena lines = arena_new(64 << 10);
    if (!file_read_fd(0, 2 * (size_t)DOCUMENT_BYTES, args->a, &asked, err))
        return -1;
    out(redact_answer(asked, (RedactWatch){say_how_far, &lines}, args->a));
    return DONE_CLEAN;
}

static bool mark_add(const Args *args, RedactMarks *marks, RedactMark mark, Err *err)
{
    if (args->on[OPT_GROUND] && !ground_named(args->value[OPT_GROUND], &mark.ground))
        return fail(err, ERR_INPUT, NULL, "没有依据“" PRI_STR "”；看 gongkai law grounds",
                    "no ground “" PRI_STR "”; see gongkai law grounds",
                    STR_ARG(args->value[OPT_GROUND]));
    mark.id = (int64_t)marks->n + 1;
    *PUSH(args->a, marks) = mark;
    return redact_mark_check(&mark, REDACT_PAGES_MOST, err);
}

static bool marks_take(const Args *args, RedactMarks *out, Err *err)
{
    RedactMarks marks = {0};
    for (size_t i = 0; i < args->all[OPT_TEXT].n; i++)
        if (!mark_add(args, &marks,
                      (RedactMark){.words = args->all[OPT_TEXT].v[i], .ground = GROUND_PRIVACY},
                      err))
            return false;
    for (size_t i = 0; i < args->all[OPT_AREA].n; i++) {
        RedactMark mark = {.ground = GROUND_PRIVACY};
        if (!redact_area_read(args->all[OPT_AREA].v[i], &mark.box, err) ||
            !mark_add(args, &marks, mark, err))
            return false;
    }
    *out = marks;
    return true;
}

static bool document_read(const Args *args, RedactJob *job, Err *err)
{
    Str path = args->operands.v[0];
    if (!(str_eq(path, S("-")) ? file_read_fd(0, DOCUMENT_BYTES, args->a, &job->source, err)
                               : file_read(path, DOCUMENT_BYTES, args->a, &job->source, err)) ||
        !attach_kind_of(job->source, &job->kind, err))
        return false;
    return release_kinds[job->kind].marked ||
           fail(err, ERR_INPUT, NULL, "%s%.0s", "%.0s%s", release_kinds[job->kind].zh,
                release_kinds[job->kind].en);
}

static int show(const Args *args, const RedactJob *job, const RedactResult *r)
{
    static const char *const outcomes[] = {"held    ", "FAILED  ", "not made"};
    Buf b = buf_new(args->a, 4 << 20);
    if (args->on[OPT_JSON]) {
        out(str_cat(args->a, redact_proof_json(job, r, args->a), S("\n")));
        return r->proven ? DONE_CLEAN : DONE_FINDINGS;
    }
    for (size_t i = 0; i < r->n_places; i++)
        buf_fmt(&b, "mark %lld: %lld place%s\n", (long long)r->places[i].mark,
                (long long)r->places[i].places, r->places[i].places == 1 ? "" : "s");
    for (int i = 0; i < PROVE__COUNT; i++)
        if (r->checks[i].done)
            buf_fmt(&b, "%s  %-9s  " PRI_STR "\n", outcomes[r->checks[i].outcome],
                    redact_checks[i].id.s, STR_ARG(r->checks[i].words));
    buf_fmt(&b, "%s\n", r->proven ? "nothing withheld was found" : "NOT PROVEN");
    out(buf_str(&b));
    return r->proven ? DONE_CLEAN : DONE_FINDINGS;
}

// A text that stands nowhere may be a slip of the pen: nothing is written without saying so.
static bool all_found(const RedactJob *job, const RedactResult *r)
{
    for (size_t i = 0; i < job->marks.n; i++)
        if (job->marks.v[i].words.n && !r->places[i].places)
            return false;
    return true;
}

int cmd_redact(const Args *args, Err *err)
{
    RedactJob job = {.work = REDACT_MAKE};
    RedactResult r;
    if (!args->on[OPT_OUT]) {
        fail(err, ERR_INPUT, NULL, "要写明 --out", "--out is missing");
        return -1;
    }
    if (!marks_take(args, &job.marks, err) || !document_read(args, &job, err) ||
        !redact_in_child(&job, args->a, &r, err))
        return -1;
    int done = show(args, &job, &r);
    if (!r.proven)
        return done;
    if (!file_write(args->value[OPT_OUT], r.bytes, err))
        return -1;
    return all_found(&job, &r) ? DONE_CLEAN : DONE_FINDINGS;
}

int cmd_redact_verify(const Args *args, Err *err)
{
    RedactJob job = {.work = REDACT_VERIFY};
    RedactResult r;
    if (!marks_take(args, &job.marks, err) || !document_read(args, &job, err) ||
        !redact_in_child(&job, args->a, &r, err))
        return -1;
    return show(args, &job, &r);
}

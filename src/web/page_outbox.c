#include "web/page_outbox.h"

#include "app/config.h"
#include "app/job.h"
#include "app/outbox.h"
#include "domain/audit.h"
#include "views.h"
#include "web/page_common.h"

enum { MAILS_PER_PAGE = 50 };

static const Str OUTBOX = SI("/desk/outbox");

// clang-format off
static const Str looks[MAIL_STATE__COUNT] = {
    [MAIL_WAITING] = SI("pause"), [MAIL_SENT] = SI("ok"), [MAIL_FAILED] = SI("late"), [MAIL_DROPPED] = SI("") };

// Which states have a tab, and in which order.
static const MailState tabs[] = { MAIL_FAILED, MAIL_WAITING, MAIL_SENT, MAIL_DROPPED };
// clang-format on

// --- mail

static Str tab_path(Arena *a, MailState state)
{
    return state == MAIL_FAILED ? OUTBOX : path_with(a, OUTBOX, "state", mail_state_defs[state].id);
}

static bool read_tabs(Request *r, MailState current, Links *out, Err *err)
{
    App *app = app_of(r);
    int64_t n[MAIL_STATE__COUNT];
    if (!store_outbox_count(app->db, app->site, n, err))
        return false;
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++)
        *PUSH(r->a, out) =
            (Link){.href = tab_path(r->a, tabs[i]),
                   .text = str_fmt(r->a, PRI_STR " %lld", STR_ARG(mail_state_defs[tabs[i]].name),
                                   (long long)n[tabs[i]]),
                   .current = tabs[i] == current};
    return true;
}

static Str said(Arena *a, const Mail *m)
{
    if (!m->tries && !m->said.n)
        return S("");
    Str words =
        m->code ? str_fmt(a, "%lld " PRI_STR, (long long)m->code, STR_ARG(m->said)) : m->said;
    Str next =
        m->state == MAIL_WAITING ? str_cat(a, S("，再试时间："), moment_text(a, m->due_at)) : S("");
    return str_fmt(a, "试过%lld次" PRI_STR "。邮件服务器的答复：" PRI_STR, (long long)m->tries,
                   STR_ARG(next), STR_ARG(words));
}

static MailRowView row_view(Arena *a, const Mail *m, bool may)
{
    return (MailRowView){.id = m->id.n,
                         .version = m->version,
                         .to = m->to_name.n ? str_fmt(a, PRI_STR "（" PRI_STR "）",
                                                      STR_ARG(m->to_name), STR_ARG(m->to))
                                            : m->to,
                         .subject = m->subject,
                         .written = moment_text(a, m->written_at),
                         .state = mail_state_defs[m->state].name,
                         .looks = looks[m->state],
                         .said = m->state == MAIL_SENT ? S("") : said(a, m),
                         .may_retry = may && m->state != MAIL_SENT,
                         .may_drop = may && (m->state == MAIL_WAITING || m->state == MAIL_FAILED)};
}

static bool read_mails(Request *r, MailState state, OutboxPage *p, Err *err)
{
    int page = query_int(r, "page", 100000);
    page = page ? page : 1;
    MailAsk ask = {.by_state = true,
                   .state = state,
                   .offset = (int64_t)(page - 1) * MAILS_PER_PAGE,
                   .limit = MAILS_PER_PAGE};
    Mails mails;
    if (!app_outbox_list(app_of(r), &ask, r->a, &mails, &p->total, err))
        return false;
    bool may = viewer_may(r->viewer, MAY_JOB_RUN);
    p->rows = NEW(r->a, MailRowView, mails.n);
    for (size_t i = 0; i < mails.n; i++)
        p->rows[p->n++] = row_view(r->a, &mails.v[i], may);
    p->first = p->n ? ask.offset + 1 : 0;
    p->last = ask.offset + (int64_t)p->n;
    Str here = tab_path(r->a, state);
    p->previous = page > 1 ? path_with_int(r->a, here, "page", page - 1) : S("");
    p->next = p->last < p->total ? path_with_int(r->a, here, "page", page + 1) : S("");
    return true;
}

// --- jobs

static Str every(Arena *a, int s)
{
    return s % 86400 == 0  ? str_fmt(a, "每%d天", s / 86400)
           : s % 3600 == 0 ? str_fmt(a, "每%d小时", s / 3600)
           : s % 60 == 0   ? str_fmt(a, "每%d分钟", s / 60)
                           : str_fmt(a, "每%d秒", s);
}

static JobRowView job_view(App *app, const Job *job, const JobRow *row, Arena *a)
{
    bool runs = row->held_until > app->now, failed = row->failures > 0;
    return (JobRowView){.name = job->words,
                        .every = every(a, job_every_s(app, job)),
                        .state = runs            ? S("正在运行")
                                 : failed        ? S("失败，稍后重试")
                                 : row->ended_at ? S("正常")
                                                 : S("还没有运行过"),
                        .looks = failed                  ? S("late")
                                 : row->ended_at || runs ? S("ok")
                                                         : S(""),
                        .well_at = row->well_at ? moment_text(a, row->well_at) : S("—"),
                        .due_at = row->due_at > app->now ? moment_text(a, row->due_at) : S("马上")};
}

static bool read_jobs(Request *r, OutboxPage *p, Err *err)
{
    App *app = app_of(r);
    JobRows rows;
    if (!store_job_list(app->db, app->site, r->a, &rows, err))
        return false;
    p->jobs = NEW(r->a, JobRowView, n_jobs);
    for (size_t i = 0; i < n_jobs; i++) {
        JobRow row = {.name = jobs[i].name};
        for (size_t j = 0; j < rows.n; j++)
            if (str_eq(rows.v[j].name, jobs[i].name))
                row = rows.v[j];
        p->jobs[p->n_jobs++] = job_view(app, &jobs[i], &row, r->a);
    }
    return true;
}

// --- the pages

bool page_outbox(Request *r, Response *w, Err *err)
{
    OutboxPage p = {0};
    MailState state = MAIL_FAILED;
    const Config *config = app_of(r)->config;
    mail_state_named(request_query(r, "state"), &state);
    if (!desk_begin(r, S("邮件与任务"), DESK_OUTBOX, &p.desk, err) ||
        !read_tabs(r, state, &p.tabs, err) || !read_mails(r, state, &p, err) ||
        !read_jobs(r, &p, err))
        return false;
    p.configured = config && mail_configured(&config->mail);
    view_outbox(&w->out, &p);
    return true;
}

typedef bool MailAct(App *app, MailId id, int64_t version, Arena *a, Err *err);

static bool act_on(Request *r, Response *w, MailAct *act, const char *done, Err *err)
{
    MailId id = {0};
    int64_t version = 0;
    str_to_int(request_param(r, "id"), &id.n);
    str_to_int(request_form(r, "version"), &version);
    if (act(app_of(r), id, version, r->a, err))
        return desk_done(r, w, OUTBOX, done);
    // The job was quicker: the list says how it stands now.
    return err->kind == ERR_BUSY && desk_done(r, w, OUTBOX, "mail-changed");
}

bool page_mail_retry(Request *r, Response *w, Err *err)
{
    return act_on(r, w, app_outbox_retry, "mail-retried", err);
}

bool page_mail_drop(Request *r, Response *w, Err *err)
{
    return act_on(r, w, app_outbox_drop, "mail-dropped", err);
}

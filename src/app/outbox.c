#include "app/outbox.h"

#include "app/act.h"
#include "app/config.h"
#include "app/request_rules.h"
#include "base/crypt.h"
#include "base/json.h"

#include <time.h>

// --- sending

typedef struct Sender {
    App *app;
    const MailConfig *config;
    QuietHours quiet;
    Calendar calendar;
    Str name; // of this run
    int64_t began_s;
} Sender;

static int64_t steady_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

// The App's moment is that of the run's beginning; mails may take their time.
static int64_t now_of(const Sender *s)
{
    return s->app->now + steady_s() - s->began_s;
}

static bool sender_make(App *app, const MailConfig *config, Arena *a, Sender *out, Err *err)
{
    RequestRules rules;
    if (!app_request_rules(app, a, &rules, err))
        return false;
    *out = (Sender){.app = app,
                    .config = config,
                    .quiet = {config->quiet_from, config->quiet_to, config->quiet_weekend},
                    .calendar = rules.calendar,
                    .name = crypt_token(a, 8),
                    .began_s = steady_s()};
    return true;
}

static FetchMail mail_for(const MailConfig *config, Str to, Str message, const App *app)
{
    return (FetchMail){.host = config->host,
                       .port = config->port,
                       .tls = config->tls,
                       .user = config->user,
                       .password = config->password,
                       .from = config->from,
                       .to = to,
                       .message = message,
                       .ca_file = config->ca_file,
                       .timeout_ms = config->timeout_ms > 0 ? config->timeout_ms : MAIL_TIMEOUT_MS,
                       .stop = app->stop};
}

static OutboxStage stage_of(FetchStage stage)
{
    return stage == FETCH_STAGE_DONE                                   ? OUTBOX_TAKEN
           : stage == FETCH_STAGE_CONNECT || stage == FETCH_STAGE_FROM ? OUTBOX_AT_US
                                                                       : OUTBOX_AT_RECIPIENT;
}

// How the try ended, as facts of the mail. `now` is the moment after it.
static void conclude(Mail *m, OutboxVerdict verdict, int64_t now)
{
    uint64_t random;
    crypt_random(&random, sizeof random);
    m->tries++;
    m->first_at = m->first_at ? m->first_at : now;
    m->due_at = outbox_next(now, m->tries, random);
    m->state = verdict == OUTBOX_SENT                             ? MAIL_SENT
               : verdict == OUTBOX_NEVER                          ? MAIL_FAILED
               : outbox_gives_up(m->kind, m->first_at, m->due_at) ? MAIL_FAILED
                                                                  : MAIL_WAITING;
    m->ended_at = m->state == MAIL_WAITING ? 0 : now;
}

// False where the mail could not even be offered: every other one would fare the same.
static bool offer(const Sender *s, Mail *m, Arena *a, Err *err)
{
    MailMessage message = {m->message_id, m->to, m->to_name, m->subject, m->body, m->written_at};
    FetchReceipt receipt = {0};
    Str bytes;
    Err why = {0};
    if (!mail_build(s->config, &message, a, &bytes, &why)) {
        m->said = str_dup(a, str_z(why.zh));
        conclude(m, OUTBOX_NEVER, now_of(s));
        return mail_address_ok(s->config->from) || ((*err = why), false);
    }
    FetchMail mail = mail_for(s->config, m->to, bytes, s->app);
    bool answered = fetch_mail(&mail, a, &receipt, &why);
    OutboxStage stage = stage_of(receipt.stage);
    m->code = receipt.code;
    m->said = answered ? receipt.reply : str_dup(a, str_z(why.zh));
    conclude(m, answered ? outbox_verdict(stage, receipt.code) : OUTBOX_LATER, now_of(s));
    if (stage != OUTBOX_AT_US)
        return true;
    if (answered)
        return fail(err, ERR_SYSTEM, NULL, "邮件服务器拒绝了本平台：%d %s",
                    "the mail server refuses us: %d %s", receipt.code,
                    str_to_z(a, str_clip(a, receipt.reply, 200)));
    *err = why;
    return false;
}

static bool take(const Sender *s, Arena *a, Mail *out, bool *found, Err *err)
{
    App *app = s->app;
    int64_t now = now_of(s);
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_outbox_take(app->db, app->site, s->name,
                             outbox_quiet(&s->quiet, &s->calendar, now), now, now + OUTBOX_HOLD_S,
                             a, out, found, err) &&
           tx_commit(&tx, err);
}

static bool done(const Sender *s, const Mail *m, Err *err)
{
    App *app = s->app;
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_outbox_done(app->db, app->site, s->name, m, err) && tx_commit(&tx, err);
}

static bool may_go_on(const Sender *s, const OutboxRun *run)
{
    return run->sent + run->later + run->given_up < OUTBOX_RUN_MAX &&
           steady_s() - s->began_s < OUTBOX_RUN_S && !(s->app->stop && s->app->stop->asked);
}

bool app_outbox_send(App *app, const MailConfig *config, Arena *a, OutboxRun *out, Err *err)
{
    Sender s;
    *out = (OutboxRun){0};
    if (!mail_configured(config))
        return fail(err, ERR_SYSTEM, NULL, "没有配置邮件服务器（mail.host、mail.from）",
                    "no mail server is configured (mail.host, mail.from)");
    if (!sender_make(app, config, a, &s, err))
        return false;
    while (may_go_on(&s, out)) {
        Arena scratch = *a;
        Mail m;
        bool found;
        if (!take(&s, &scratch, &m, &found, err))
            return false;
        if (!found)
            return true;
        Err why = {0}, lost = {0};
        bool reached = offer(&s, &m, &scratch, &why);
        if (!done(&s, &m, &lost))
            return *err = lost, false;
        out->sent += m.state == MAIL_SENT;
        out->later += m.state == MAIL_WAITING;
        out->given_up += m.state == MAIL_FAILED;
        if (!reached)
            return *err = why, false;
    }
    return true;
}

// --- the administrator

bool app_outbox_list(App *app, const MailAsk *ask, Arena *a, Mails *out, int64_t *total, Err *err)
{
    return store_outbox_list(app->db, &app->scope, ask, a, out, total, err);
}

bool app_outbox_get(App *app, MailId id, Arena *a, Mail *out, Err *err)
{
    return store_outbox_get(app->db, &app->scope, id, a, out, err);
}

static Str json_of(const Mail *m, Arena *a)
{
    Buf b = buf_new(a, 4096);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "state", mail_state_defs[m->state].id);
    json_put_int(&w, "tries", m->tries);
    json_end(&w);
    return buf_str(&b);
}

static bool set(App *app, MailId id, int64_t version, MailState to, ActKind kind, Arena *a,
                Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Mail now;
    if (!act_begin(app, &act, err) || !store_outbox_get(app->db, &app->scope, id, a, &now, err))
        return false;
    if (now.state == MAIL_SENT)
        return fail(err, ERR_RULE, NULL, "这封邮件已经发出", "the mail is sent already");
    if (now.state == MAIL_DROPPED && to == MAIL_DROPPED)
        return fail(err, ERR_RULE, NULL, "这封邮件已经放弃发送", "the mail is dropped already");
    Mail next = now;
    next.state = to;
    next.version = version;
    next.tries = 0;
    next.due_at = app->now;
    next.ended_at = to == MAIL_WAITING ? 0 : app->now;
    ActNote note = {.kind = kind,
                    .noun = S("mail"),
                    .noun_id = id.n,
                    .version = version + 1,
                    .organ = now.organ,
                    .was = json_of(&now, a),
                    .became = json_of(&next, a)};
    return store_outbox_set(app->db, &app->scope, &next, err) && act_note(&act, &note, err) &&
           act_commit(&act, err);
}

bool app_outbox_retry(App *app, MailId id, int64_t version, Arena *a, Err *err)
{
    return set(app, id, version, MAIL_WAITING, ACT_MAIL_RETRY, a, err);
}

bool app_outbox_drop(App *app, MailId id, int64_t version, Arena *a, Err *err)
{
    return set(app, id, version, MAIL_DROPPED, ACT_MAIL_DROP, a, err);
}

bool app_mail_test(App *app, const MailConfig *config, Str to, Arena *a, FetchReceipt *out,
                   Err *err)
{
    MailMessage message = {
        .id = crypt_token(a, 16),
        .to = to,
        .subject = S("测试邮件：政府信息公开平台可以发送邮件"),
        .body = S("这是一封测试邮件。收到它，说明政府信息公开平台的邮件配置正确。\n\n"
                  "This is a test. If you read it, mail is configured.\n"),
        .written_at = app->now};
    Str bytes;
    if (!mail_configured(config))
        return fail(err, ERR_SYSTEM, NULL, "没有配置邮件服务器（mail.host、mail.from）",
                    "no mail server is configured (mail.host, mail.from)");
    if (!mail_build(config, &message, a, &bytes, err))
        return false;
    FetchMail mail = mail_for(config, to, bytes, app);
    return fetch_mail(&mail, a, out, err);
}

// --- the job

static bool forget(App *app, int64_t *n, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_outbox_forget(app->db, app->site, app->now - OUTBOX_SENT_S,
                               app->now - OUTBOX_FAILED_S, n, err) &&
           tx_commit(&tx, err);
}

bool app_outbox_job(App *app, Arena *a, Str *did, Err *err)
{
    OutboxRun run = {0};
    int64_t forgotten;
    if (!forget(app, &forgotten, err))
        return false;
    if (!app->config || !mail_configured(&app->config->mail))
        return true;
    bool well = app_outbox_send(app, &app->config->mail, a, &run, err);
    if (run.sent + run.later + run.given_up)
        *did = str_fmt(a, "sent %d, later %d, given up %d", run.sent, run.later, run.given_up);
    return well;
}

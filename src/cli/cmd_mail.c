// mail test, list, retry, drop: what the administrator does when mail does not arrive.
#include "app/outbox.h"

#include "app/config.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"

#include <stdio.h>
#include <time.h>

enum { LIST_MAX = 1000 };

static Str moment(Arena *a, int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm parts;
    if (!at || !localtime_r(&seconds, &parts))
        return S("-");
    return str_fmt(a, "%04d-%02d-%02d %02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1,
                   parts.tm_mday, parts.tm_hour, parts.tm_min);
}

int cmd_mail_test(const Args *args, Err *err)
{
    static const Str stages[] = {[FETCH_STAGE_CONNECT] = SI("this site"),
                                 [FETCH_STAGE_FROM] = SI("mail.from"),
                                 [FETCH_STAGE_TO] = SI("the recipient"),
                                 [FETCH_STAGE_DATA] = SI("the message"),
                                 [FETCH_STAGE_DONE] = SI("")};
    CLEANUP(app_close) App app = {0};
    FetchReceipt r;
    Arena *a = args->a;
    if (!args_app(args, DB_READ, &app, err) ||
        !app_mail_test(&app, &app.config->mail, args->operands.v[0], a, &r, err))
        return -1;
    if (r.stage != FETCH_STAGE_DONE)
        return fail(err, ERR_SYSTEM, NULL, "邮件服务器拒绝了（" PRI_STR "）：%d " PRI_STR,
                    "the mail server refuses " PRI_STR ": %d " PRI_STR, STR_ARG(stages[r.stage]),
                    r.code, STR_ARG(r.reply)),
               -1;
    out(str_fmt(a, "taken by " PRI_STR ": %d " PRI_STR "\n", STR_ARG(app.config->mail.host), r.code,
                STR_ARG(r.reply)));
    return DONE_CLEAN;
}

static void print_mail(const Mail *m, Arena *a)
{
    Buf b = buf_new(a, 8 << 10);
    buf_fmt(&b, "%-6lld %-8s %-16s %3lld  ", (long long)m->id.n,
            str_to_z(a, mail_state_defs[m->state].id), str_to_z(a, moment(a, m->written_at)),
            (long long)m->tries);
    text_shown(&b, m->to);
    buf_add(&b, S("  "));
    text_shown(&b, m->subject);
    if (m->state != MAIL_SENT && m->said.n) {
        buf_fmt(&b, "\n       %lld ", (long long)m->code);
        text_shown(&b, m->said);
    }
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

int cmd_mail_list(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Mails mails;
    int64_t total;
    MailAsk ask = {.limit = LIST_MAX};
    if (!args_app(args, DB_READ, &app, err) ||
        !app_outbox_list(&app, &ask, args->a, &mails, &total, err))
        return -1;
    out(S("MAIL   STATE    WRITTEN          TRIES TO  SUBJECT\n"));
    for (size_t i = 0; i < mails.n; i++)
        if (args->on[OPT_ALL] || mails.v[i].state == MAIL_WAITING ||
            mails.v[i].state == MAIL_FAILED)
            print_mail(&mails.v[i], args->a);
    if ((size_t)total > mails.n)
        out(str_fmt(args->a, "and %lld older\n", (long long)total - (long long)mails.n));
    return DONE_CLEAN;
}

typedef bool MailAct(App *app, MailId id, int64_t version, Arena *a, Err *err);

static int for_each(const Args *args, MailAct *act, Err *err)
{
    CLEANUP(app_close) App app = {0};
    if (!args_app(args, DB_WRITE, &app, err))
        return -1;
    for (size_t i = 0; i < args->operands.n; i++) {
        Str name = args->operands.v[i];
        MailId id;
        Mail m;
        if (!str_to_int(name, &id.n))
            return fail(err, ERR_INPUT, NULL, "“" PRI_STR "”不是邮件编号；看 gongkai mail list",
                        "“" PRI_STR "” is no number of a mail; see gongkai mail list",
                        STR_ARG(name)),
                   -1;
        if (!app_outbox_get(&app, id, args->a, &m, err) || !act(&app, id, m.version, args->a, err))
            return -1;
    }
    return DONE_CLEAN;
}

int cmd_mail_retry(const Args *args, Err *err)
{
    return for_each(args, app_outbox_retry, err);
}

int cmd_mail_drop(const Args *args, Err *err)
{
    return for_each(args, app_outbox_drop, err);
}

#include "app/applicant_mail.h"

#include "app/applicant.h"
#include "app/config.h"
#include "app/request_work.h"
#include "base/text.h"
#include "store/citizen.h"
#include "store/outbox.h"

enum { REQUESTS_A_RUN = 500 };

// What is told, one sentence each. {organ}, {due}: in the sentence's place.
typedef struct TellDef {
    FactKind fact;
    const char *subject;
    const char *words; // %1$s the organ, %2$s a day
    bool until;        // the day is when the applicant's own time is over, else when it is due
} TellDef;

// clang-format off
static const TellDef tells[] = {
    { FACT_CONFIRMED,        "收到申请的日期已经确认", "%1$s已经与您确认收到申请，最迟%2$s答复。", false },
    { FACT_CORRECTION_ASKED, "请补正您的申请",         "%1$s请您补正申请，最迟%2$s。要补正什么，请在查询页面查看告知书。逾期不补正的，视为放弃申请。", true },
    { FACT_EXTENDED,         "答复期限已经延长",       "%1$s延长了答复期限，最迟%2$s答复。", false },
    { FACT_DELAYED,          "答复期限已经另行确定",   "%1$s另行确定了答复期限，最迟%2$s答复。", false },
    { FACT_REASONS_ASKED,    "请说明理由",             "%1$s请您说明理由，请在查询页面查看。", false },
    { FACT_FEE_NOTICED,      "请查看收费通知",         "%1$s发出了收费通知，请在查询页面查看金额和缴纳方式，最迟%2$s。逾期不缴的，视为放弃申请。", true },
    { FACT_ANSWERED,         "您的申请已经答复",       "%1$s已经答复，请在查询页面查看。", false },
    { FACT_REDONE,           "您的申请已经重新答复",   "%1$s已经按复议决定或者判决重新答复，请在查询页面查看。", false },
    { FACT_CLOSED,           "您的申请已经终止办理",   "%1$s已经终止办理，原因请在查询页面查看。", false },
};
// clang-format on

static const TellDef *tell_of(FactKind kind)
{
    for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
        if (tells[i].fact == kind)
            return &tells[i];
    return NULL;
}

static Str one_line(Arena *a, Str words)
{
    Buf b = buf_new(a, words.n * 3 + 1);
    text_shown(&b, words);
    return buf_str(&b);
}

static Str sentence(const TellDef *tell, const InfoRequest *r, const Clock *clock, Arena *a)
{
    Date day = tell->until ? clock->waits_until : clock->due;
    Str on = date_is(day) ? date_zh(a, day) : S("通知上写明的日期");
    Str words = str_replace(a, str_z(tell->words), S("%1$s"), r->organ_name);
    return str_replace(a, words, S("%2$s"), on);
}

static Str body_of(const Config *config, const TellDef *tell, const InfoRequest *r,
                   const Clock *clock, Arena *a)
{
    Buf b = buf_new(a, MAIL_BODY_MAX);
    buf_fmt(&b, "您好：\n\n您的政府信息公开申请（编号" PRI_STR "）：\n\n", STR_ARG(r->code));
    buf_add(&b, sentence(tell, r, clock, a));
    buf_add(&b,
            S("\n\n用编号和登记回执上的查询码，可以在下面的网页查看。我们不会在邮件里向您要查询码、"
              "证件号码或者钱。\n"));
    if (config->base_url.n)
        buf_fmt(&b, "\n" PRI_STR "/progress\n", STR_ARG(config->base_url));
    buf_fmt(&b,
            "\n--\n这封邮件由" PRI_STR
            "自动发出，请不要直接回复。不想再收到的，可以在查询页面选择“不再发邮件”。\n",
            STR_ARG(config->mail.from_name));
    return buf_str(&b);
}

static bool mail_write(App *app, const RequestWork *work, const Clock *clock, const StoredFact *f,
                       const TellDef *tell, Str to, Arena *a, Err *err)
{
    const InfoRequest *r = &work->request;
    MailNew mail = {.kind = MAIL_NOTICE,
                    .organ = r->organ,
                    .to = to,
                    .to_name = one_line(a, r->applicant_name),
                    .subject = str_fmt(a, "%s（" PRI_STR "）", tell->subject, STR_ARG(r->code)),
                    .body = body_of(app->config, tell, r, clock, a),
                    .once =
                        str_fmt(a, "request:%lld:%lld", (long long)r->id.n, (long long)f->fact.id)};
    return store_outbox_add(app->db, app->site, &mail, app->now, a, err);
}

static bool tell_one(App *app, const MailDue *due, Arena *a, int *n, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    RequestWork work;
    Applicant who;
    Clock clock;
    int64_t last = due->told;
    if (!request_load(app, due->request, 0, a, &work, err) ||
        !applicant_open(app, &work.request, a, &who, err) ||
        !clock_compute(&work.facts, &work.rules.calendar, &work.rules.settings, app->today, &clock,
                       err))
        return false;
    for (size_t i = 0; i < work.stored.n; i++) {
        const StoredFact *f = &work.stored.v[i];
        last = f->fact.id > last ? f->fact.id : last;
        const TellDef *tell = tell_of(f->fact.kind);
        if (f->fact.id <= due->told || f->struck_at || !tell || !mail_address_ok(who.email))
            continue;
        if (!mail_write(app, &work, &clock, f, tell, who.email, a, err))
            return false;
        ++*n;
    }
    return store_request_mail_told(app->db, app->site, due->request, last, err) &&
           tx_commit(&tx, err);
}

bool app_applicant_mail(App *app, Arena *a, Str *did, Err *err)
{
    MailDues dues;
    int n = 0;
    *did = S("");
    if (!app->config || !mail_configured(&app->config->mail))
        return true;
    if (!store_request_mail_due(app->db, app->site, REQUESTS_A_RUN, a, &dues, err))
        return false;
    for (size_t i = 0; i < dues.n; i++) {
        Arena scratch = *a;
        if (!tell_one(app, &dues.v[i], &scratch, &n, err))
            return false;
    }
    if (n)
        *did = str_fmt(a, "wrote %d mails to applicants", n);
    return true;
}

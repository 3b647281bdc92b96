#include "domain/clock.h"

#include "domain/clock_run.h"

// clang-format off
const ClockRule clock_rules[RULE__COUNT] = {
    //                               id                    name                        n   unit           what silence means                                     source
    [RULE_REPLY]       = { SI("reply"),        SI("答复政府信息公开申请"),     20, SI("工作日"), SI(""),                                                SI("条例第三十三条第二款") },
    [RULE_EXTENSION]   = { SI("extension"),    SI("延长答复期限，最长"),       20, SI("工作日"), SI(""),                                                SI("条例第三十三条第二款") },
    [RULE_CORRECTION]  = { SI("correction"),   SI("一次性告知补正"),            7, SI("工作日"), SI(""),                                                SI("条例第三十条") },
    [RULE_THIRD_PARTY] = { SI("third_party"),  SI("第三方提出意见"),           15, SI("工作日"), SI("由行政机关依照条例的规定决定是否公开"),             SI("条例第三十二条") },
    [RULE_ORGAN]       = { SI("organ"),        SI("被征求意见的机关提出意见"), 15, SI("工作日"), SI("视为同意公开"),                                    SI("条例第三十四条") },
    [RULE_FEE_PAYMENT] = { SI("fee_payment"),  SI("缴纳信息处理费"),           20, SI("工作日"), SI("视为放弃申请，不再处理"),                          SI("信息处理费管理办法第六条") },
    [RULE_PUBLISH]     = { SI("publish"),      SI("主动公开政府信息"),         20, SI("工作日"), SI(""),                                                SI("条例第二十六条") },
    [RULE_REVIEW_DAYS] = { SI("review"),       SI("申请行政复议"),             60, SI("日"),     SI(""),                                                SI("行政复议法第二十条") },
    [RULE_SUIT_AFTER_REVIEW_DAYS] = { SI("suit_after_review"), SI("对复议决定不服提起诉讼"), 15, SI("日"), SI(""),                                    SI("行政诉讼法第四十五条") },
    [RULE_SUIT_MONTHS] = { SI("suit"),         SI("直接提起诉讼"),              6, SI("个月"),   SI(""),                                                SI("行政诉讼法第四十六条") },
};

const ChannelDef channel_defs[CHANNEL__COUNT] = {
    //                         id                 name                    waits  day of receipt                        source
    [CHANNEL_IN_PERSON]   = { SI("in_person"),   SI("当面提交"),         false, SI("提交之日"),                        SI("条例第三十一条第（一）项") },
    [CHANNEL_MAIL_SIGNED] = { SI("mail_signed"), SI("邮寄（需签收）"),   false, SI("行政机关签收之日"),                SI("条例第三十一条第（二）项") },
    [CHANNEL_MAIL_PLAIN]  = { SI("mail_plain"),  SI("平常信函"),         true,  SI("收到当日与申请人确认，以确认之日为准"), SI("条例第三十一条第（二）项") },
    [CHANNEL_INTERNET]    = { SI("internet"),    SI("互联网"),           true,  SI("双方确认之日"),                    SI("条例第三十一条第（三）项") },
    [CHANNEL_FAX]         = { SI("fax"),         SI("传真"),             true,  SI("双方确认之日"),                    SI("条例第三十一条第（三）项") },
    [CHANNEL_ORAL]        = { SI("oral"),        SI("口头（代为填写）"), false, SI("提交之日"),                        SI("条例第二十九条第一款、第三十一条第（一）项") },
};

const FactDef request_fact_defs[FACT__COUNT] = {
    [FACT_FILED]               = { SI("filed"),               SI("提交申请"),           SI("条例第二十九条") },
    [FACT_CONFIRMED]           = { SI("confirmed"),           SI("双方确认收到申请"),   SI("条例第三十一条") },
    [FACT_CORRECTION_ASKED]    = { SI("correction_asked"),    SI("告知补正"),           SI("条例第三十条") },
    [FACT_CORRECTED]           = { SI("corrected"),           SI("收到补正"),           SI("条例第三十条") },
    [FACT_THIRD_PARTY_ASKED]   = { SI("third_party_asked"),   SI("书面征求第三方意见"), SI("条例第三十二条") },
    [FACT_ORGAN_ASKED]         = { SI("organ_asked"),         SI("征求共同制作机关意见"), SI("条例第三十四条") },
    [FACT_ASKED_RECEIVED]      = { SI("asked_received"),      SI("征求意见书送达"),     SI("条例第三十二条、第三十四条") },
    [FACT_OPINION]             = { SI("opinion"),             SI("收到意见"),           SI("条例第三十二条、第三十四条") },
    [FACT_REASONS_ASKED]       = { SI("reasons_asked"),       SI("要求说明理由"),       SI("条例第三十五条") },
    [FACT_REASONS_GIVEN]       = { SI("reasons_given"),       SI("收到说明"),           SI("条例第三十五条") },
    [FACT_EXTENDED]            = { SI("extended"),            SI("延长答复期限"),       SI("条例第三十三条第二款") },
    [FACT_DELAYED]             = { SI("delayed"),             SI("确定延迟答复的合理期限"), SI("条例第三十五条") },
    [FACT_FEE_NOTICED]         = { SI("fee_noticed"),         SI("发出收费通知"),       SI("信息处理费管理办法第六条") },
    [FACT_FEE_NOTICE_RECEIVED] = { SI("fee_notice_received"), SI("申请人收到收费通知"), SI("信息处理费管理办法第六条") },
    [FACT_FEE_PAID]            = { SI("fee_paid"),            SI("完成缴费"),           SI("信息处理费管理办法第六条") },
    [FACT_ANSWERED]            = { SI("answered"),            SI("发出答复"),           SI("条例第三十六条") },
    [FACT_DELIVERED]           = { SI("delivered"),           SI("答复送达"),           SI("国办公开办函〔2016〕235号") },
    [FACT_WITHDRAWN]           = { SI("withdrawn"),           SI("申请人撤回申请"),     SI("") },
    [FACT_CLOSED]              = { SI("closed"),              SI("终止办理"),           SI("") },
    [FACT_REDONE]              = { SI("redone"),              SI("重新答复"),           SI("复议决定书、判决书") },
    [FACT_REDONE_DELIVERED]    = { SI("redone_delivered"),    SI("重新答复送达"),       SI("国办公开办函〔2016〕235号") },
};

const PhaseDef phase_defs[PHASE__COUNT] = {
    //                     id                  name              look           what comes first
    [PHASE_UNCONFIRMED] = { SI("unconfirmed"), SI("待确认"),   SI(""),      SI("先与申请人确认收到申请，登记确认之日") },
    [PHASE_OPEN]        = { SI("open"),        SI("办理中"),   SI("run"),   SI("") },
    [PHASE_CORRECTION]  = { SI("correction"),  SI("待补正"),   SI("wait"),  SI("先登记收到补正；期限过了没有补正的，登记终止") },
    [PHASE_OPINION]     = { SI("opinion"),     SI("征求意见"), SI("pause"), SI("先登记收到意见，或者等提出意见的期限届满") },
    [PHASE_FEE]         = { SI("fee"),         SI("待缴费"),   SI("wait"),  SI("先登记缴费；期限过了没有缴的，登记终止") },
    [PHASE_DONE]        = { SI("done"),        SI("已答复"),   SI("ok"),    SI("答复登记错了的，先撤销那一步；复议、诉讼责令重新答复的，在决定单上办理") },
    [PHASE_ENDED]       = { SI("ended"),       SI("已终止"),   SI(""),      SI("终止登记错了的，先撤销那一步") },
};

const ClockSettings clock_settings_default = {
    .correction_workdays = 10, .draft_workdays = 5, .remind_workdays = 3, .extension_once = true, .opinion_day_counts_out = true,
    .opinion_goes_over = true,
};

// In the order of setting_of.
const ClockSettingDef clock_setting_defs[] = {
    { SI("correction_workdays"),    SI("告知书没有写明时，申请人补正的期限"), SI("10个工作日"),
      SI("条例第三十条只要求“合理的补正期限”，没有规定天数；各地多为10至15个工作日"), false, 1, 60 },
    { SI("draft_workdays"),         SI("内部拟稿期限早于法定期限"), SI("5个工作日"),
      SI("留出审核、签发和送达的时间，与法定期限无关"), false, 0, 15 },
    { SI("remind_workdays"),        SI("到期前提醒承办人"), SI("3个工作日"),
      SI("内部提醒，与法定期限无关"), false, 1, 10 },
    { SI("extension_once"),         SI("一件申请只延期一次，补正或者缴费后重新起算的也不再延"), SI("是"),
      SI("条例第三十三条没有写重新起算以后能否再延；只延一次对机关更严，对申请人更有利"), true, 0, 1 },
    { SI("opinion_day_counts_out"), SI("收到意见当日仍不计入答复期限"), SI("是"),
      SI("条例没有规定征求意见所需时间如何起止；从发出的次日起，到收到意见的当日止"), true, 0, 1 },
    { SI("opinion_goes_over"),      SI("补正、缴费后重新计算期限时，还在征求的意见，余下的时间也不计入新的期限"), SI("是"),
      SI("条例第三十三条第三款：征求意见所需时间不计算在期限内，没有分是哪一段期限；在新的期限以前已经过去的，随旧的期限一起不再计算"), true, 0, 1 },
};
// clang-format on
const size_t n_clock_setting_defs = sizeof clock_setting_defs / sizeof *clock_setting_defs;

int clock_setting_get(const ClockSettings *s, size_t which)
{
    const int values[] = {s->correction_workdays, s->draft_workdays,         s->remind_workdays,
                          s->extension_once,      s->opinion_day_counts_out, s->opinion_goes_over};
    return values[which];
}

void clock_setting_put(ClockSettings *s, size_t which, int value)
{
    int *const numbers[] = {&s->correction_workdays, &s->draft_workdays, &s->remind_workdays};
    bool *const answers[] = {&s->extension_once, &s->opinion_day_counts_out, &s->opinion_goes_over};
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    if (which < NUMBERS)
        *numbers[which] = value;
    else
        *answers[which - NUMBERS] = value != 0;
}

Str clock_setting_words(size_t which, int value, Arena *a)
{
    if (clock_setting_defs[which].yes)
        return value ? S("是") : S("否");
    return str_fmt(a, "%d个工作日", value);
}

bool clock_setting_named(Str id, size_t *out)
{
    for (size_t i = 0; i < n_clock_setting_defs; i++)
        if (str_eq(clock_setting_defs[i].id, id))
            return *out = i, true;
    return false;
}

static bool done_or_ended(Phase phase)
{
    return phase == PHASE_DONE || phase == PHASE_ENDED;
}

static bool waiting_for_others(Phase phase)
{
    return phase == PHASE_CORRECTION || phase == PHASE_FEE;
}

// Used, left and paused, as of `day`.
static bool count_days(const TermRun *t, const Calendar *c, Date day, Clock *out, Err *err)
{
    int gone, paused, beyond;
    Date to = day.days < out->due.days ? day : out->due;
    if (!calendar_count(c, t->begins, to, &gone, err) ||
        !term_paused_days(t, c, to, &paused, err) ||
        !calendar_count(c, out->due, day, &beyond, err))
        return false;
    out->paused_days = paused;
    out->used = gone - paused;
    out->left = beyond > 0 ? -beyond : t->workdays - out->used;
    out->paused = term_pause(t, day) != NULL;
    return true;
}

static bool running(const ClockRun *run, const Calendar *c, const ClockSettings *s, Date today,
                    Clock *out, Err *err)
{
    const TermRun *t = &run->terms[run->n_terms - 1];
    Term due;
    Date day = run->answered && run->answered->on.days < today.days ? run->answered->on : today;
    if (t->delayed)
        due = (Term){t->delayed->until,
                     !calendar_has(c, t->delayed->until) || !calendar_known(c, t->delayed->until)};
    else if (!term_due(t, c, &due, err))
        return false;
    out->due = due.due;
    out->provisional |= due.provisional;
    out->term = t->workdays;
    out->draft_due = calendar_before(c, due.due, s->draft_workdays);
    if (!count_days(t, c, day, out, err))
        return false;
    bool after = day.days > due.due.days;
    out->overdue = after && !run->answered && !run->ended;
    out->late = after && run->answered;
    return true;
}

bool clock_compute(const RequestFacts *facts, const Calendar *calendar,
                   const ClockSettings *settings, Date today, Clock *out, Err *err)
{
    ClockRun run;
    if (!clock_run(facts, calendar, settings, today, &run, err))
        return false;
    Clock clock = {.phase = run.phase,
                   .received = run.received ? run.received->on : date_none,
                   .begins = date_none,
                   .due = date_none,
                   .draft_due = date_none,
                   .waits_until = run.waits_until,
                   .correction_by = date_none,
                   .extended = run.extended,
                   .provisional = run.provisional};
    clock.lapsed = waiting_for_others(run.phase) && today.days > run.waits_until.days;
    if (run.n_terms) {
        Term by;
        clock.begins = run.terms[run.n_terms - 1].begins;
        if (!calendar_due(calendar, clock.received, clock_rules[RULE_CORRECTION].n, &by, err))
            return false;
        clock.correction_by = by.due;
        bool runs = !waiting_for_others(run.phase) && (!run.ended || run.answered);
        if (runs && !running(&run, calendar, settings, today, &clock, err))
            return false;
    }
    if (done_or_ended(run.phase))
        clock.waits_until = date_none;
    *out = clock;
    return true;
}

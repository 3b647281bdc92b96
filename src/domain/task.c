#include "domain/task.h"

#include <assert.h>

// clang-format off
#define OWN { ROLE__COUNT }
const TaskKindDef task_kinds[TASK__COUNT] = {
    [TASK_ORGAN_FACTS] = {
        SI("organ.facts"), SI("机关信息"),
        SI("补齐统一社会信用代码和公开指南要写明的联系方式"),
        SI("/desk/organs/{n}/edit"),
        SI("补齐机关信息：{name}"), SI("还缺{more}"), { ROLE_OFFICER, ROLE_ADMIN, ROLE__COUNT }, 30, false, false, SI("条例第十二条") },
    [TASK_REPORT_FAULTS] = {
        SI("report.faults"), SI("年报核对"),
        SI("逐项看核对结果，确有错误的更正后重新公布"),
        SI("/annual-reports/{mark}"),
        SI("核对年报：{name}"), SI("核对出{more}处不符"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 30, false, false, SI("条例第五十条") },
    [TASK_REPORT_MISSING] = {
        SI("report.missing"), SI("年报公布"),
        SI("编制、公布上一年度政府信息公开工作年度报告"),
        SI("/check"),
        SI("公布{more}年度报告：{name}"), SI("本站还没有这份报告"), { ROLE_HEAD, ROLE_OFFICER, ROLE_ADMIN }, 0, true, false, SI("条例第四十九条") },
    [TASK_SECOND_FACTOR] = {
        SI("person.second"), SI("账号安全"),
        SI("您的岗位要签字，请启用动态口令"),
        SI("/desk/account"),
        SI("启用动态口令"), SI("您的岗位要签字，只有密码还不够"), OWN, 7, false, false, SI("") },
    [TASK_CODES_LOW] = {
        SI("person.codes"), SI("账号安全"),
        SI("恢复码快用完了，请重新生成一组并妥善保管"),
        SI("/desk/account"),
        SI("补领恢复码"), SI("还剩{more}个没有用过"), OWN, 30, false, false, SI("") },
    [TASK_SUBSTITUTION_ENDS] = {
        SI("substitution.ends"), SI("代行"),
        SI("代行就要结束，没有办完的请交代清楚；还要继续的，请延长"),
        SI("/desk/people/{mark}"),
        SI("代行到期：代{name}"), SI("到期以后这些岗位不再由您代行"), OWN, 0, false, true, SI("") },
    [TASK_MAIL_FAILED] = {
        SI("mail.failed"), SI("邮件"),
        SI("有邮件多次发送都没有送达，请核对地址和邮件设置"),
        SI("/desk/outbox"),
        SI("处理没有送达的邮件"), SI("{more}封没有送达"), { ROLE_ADMIN, ROLE__COUNT }, 3, false, false, SI("") },
    [TASK_REQUEST_CONFIRM] = {
        SI("request.confirm"), SI("依申请"),
        SI("与申请人确认收到申请；确认之日是收到申请之日"),
        SI("/desk/requests/{n}"),
        SI("确认收到：{name}"), SI("确认之日起计算答复期限"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 1, false, false, SI("条例第三十一条") },
    [TASK_REQUEST_ANSWER] = {
        SI("request.answer"), SI("依申请"),
        SI("在期限内答复；怎样算出来的，看申请的期限台账"),
        SI("/desk/requests/{n}"),
        SI("答复：{name}"), SI("法定期限，不能改期"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("条例第三十三条") },
    [TASK_REQUEST_LAPSED] = {
        SI("request.lapsed"), SI("依申请"),
        SI("申请人补正或者缴费的期限已过，没有正当理由的可以终止办理"),
        SI("/desk/requests/{n}"),
        SI("期限已过：{name}"), SI("申请人没有补正或者缴费"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 3, false, false, SI("条例第三十条，信息处理费管理办法第六条") },
    [TASK_REMEDY_ANSWER] = {
        SI("remedy.answer"), SI("复议诉讼"),
        SI("向复议机关、法院提交答复、证据和依据；期限以通知书写明的为准"),
        SI("/desk/remedies/{n}"),
        SI("答复{more}：{name}"), SI("以通知书写明的期限为准，不能改期"), { ROLE_LEGAL, ROLE_OFFICER, ROLE_HEAD }, 0, true, false, SI("答复通知书、应诉通知书") },
    [TASK_REMEDY_REDO] = {
        SI("remedy.redo"), SI("复议诉讼"),
        SI("按复议决定、判决重新作出决定，在申请的决定单上拟稿、送审、签发、发出，答复申请人"),
        SI("/desk/remedies/{n}"),
        SI("重新处理：{name}"), SI("以决定、判决写明的期限为准，不能改期"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("复议决定书、判决书") },
    [TASK_REQUEST_DUTY] = {
        SI("request.duty"), SI("依申请"),
        SI("在内部时限以前办出来，送审；时限是本机关定的"),
        SI("/desk/requests/{n}"),
        SI("承办：{name}"), SI("{more}"), OWN, 0, false, false, SI("条例第四十五条") },
    [TASK_DECISION_SECTION] = {
        SI("decision.section"), SI("审核签发"),
        SI("审核本科室起草的答复；通过或者退回，退回的写明改哪里"),
        SI("/desk/requests/{n}/decision/review"),
        SI("审核答复：{name}"), SI("{more}"), { ROLE_REVIEWER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("条例第三十三条") },
    [TASK_DECISION_LEGAL] = {
        SI("decision.legal"), SI("审核签发"),
        SI("审核答复的依据、理由和程序；通过或者退回"),
        SI("/desk/requests/{n}/decision/legal"),
        SI("法制审核：{name}"), SI("{more}"), { ROLE_LEGAL, ROLE_ADMIN, ROLE__COUNT }, 0, true, false, SI("条例第三十三条") },
    [TASK_DECISION_SIGN] = {
        SI("decision.sign"), SI("审核签发"),
        SI("签发或者退回；签发以后文书编号，不能再改"),
        SI("/desk/requests/{n}/decision/sign"),
        SI("签发答复：{name}"), SI("{more}"), { ROLE_LEADER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("条例第三十三条") },
    [TASK_DECISION_SEND] = {
        SI("decision.send"), SI("审核签发"),
        SI("按申请人要求的方式发出，登记发出之日"),
        SI("/desk/requests/{n}/decision/send"),
        SI("发出答复：{name}"), SI("{more}"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("条例第三十三条") },
    [TASK_REQUEST_SILENT] = {
        SI("request.silent"), SI("依申请"),
        SI("征求意见的期限已过：第三方没有意见的由本机关决定是否公开，共同制作的机关没有意见的视为同意公开"),
        SI("/desk/requests/{n}"),
        SI("逾期未提意见：{name}"), SI("答复期限已经继续计算"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 2, false, true, SI("条例第三十二条、第三十四条") },
    [TASK_PUBLISH_SUGGESTED] = {
        SI("publish.suggested"), SI("主动公开"),
        SI("审核申请人的建议：属于主动公开范围的，转为主动公开；不属于的写明理由，申请人看得到"),
        SI("/desk/requests/{n}/suggestion"),
        SI("审核主动公开的建议：{name}"), SI("经审核属于主动公开范围的，应当及时公开"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 7, false, false, SI("条例第四十四条第二款") },
    [TASK_PUBLISH_WRITE] = {
        SI("publish.write"), SI("主动公开"),
        SI("写明标题、内容概述和生成日期，交签发人发布"),
        SI("/desk/publications/{n}"),
        SI("写好要公开的信息：{name}"), SI("决定公开之日起20个工作日以内发布"), { ROLE_OFFICER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("条例第二十六条、第四十四条") },
    [TASK_PUBLISH] = {
        SI("publish.publish"), SI("主动公开"),
        SI("看过内容，选定一并公开的文件，发布"),
        SI("/desk/publications/{n}"),
        SI("发布信息：{name}"), SI("已经写好，决定公开之日起20个工作日以内发布"), { ROLE_LEADER, ROLE_HEAD, ROLE_ADMIN }, 0, true, false, SI("条例第二十六条、第四十四条") },
};

const Str task_state_ids[TASK_STATE__COUNT] = {
    [TASK_OPEN] = SI("open"), [TASK_DONE] = SI("done"), [TASK_DROPPED] = SI("dropped") };
const Str task_state_names[TASK_STATE__COUNT] = {
    [TASK_OPEN] = SI("待办"), [TASK_DONE] = SI("已办"), [TASK_DROPPED] = SI("不办") };

const TaskStepDef task_steps[STEP__COUNT] = {
    //               id           name            why    mine   gives
    [STEP_TAKE]  = { SI("take"),  SI("接手"),     false, false, false },
    [STEP_BACK]  = { SI("back"),  SI("退回岗位"), false, true,  false },
    [STEP_GIVE]  = { SI("give"),  SI("分派"),     false, false, true  },
    [STEP_DEFER] = { SI("defer"), SI("改期"),     true,  false, false },
    [STEP_DONE]  = { SI("done"),  SI("办好了"),   false, false, false },
    [STEP_DROP]  = { SI("drop"),  SI("不再提醒"), true,  false, true  },
};
// clang-format on

bool task_kind_named(Str id, TaskKind *out)
{
    for (int k = 0; k < TASK__COUNT; k++)
        if (str_eq(task_kinds[k].id, id))
            return *out = (TaskKind)k, true;
    return false;
}

bool task_step_named(Str id, TaskStepKind *out)
{
    for (int k = 0; k < STEP__COUNT; k++)
        if (str_eq(task_steps[k].id, id))
            return *out = (TaskStepKind)k, true;
    return false;
}

// --- boxes

// o7: person 7's own. r3.head: whoever is head at organ 3. p7.3.head: person 7, as head at organ 3.
Str task_box(Arena *a, OrganId organ, Role role, PersonId person)
{
    if (role == ROLE__COUNT)
        return str_fmt(a, "o%lld", (long long)person.n);
    Str place = str_fmt(a, "%lld." PRI_STR, (long long)organ.n, STR_ARG(role_defs[role].id));
    return person.n ? str_fmt(a, "p%lld." PRI_STR, (long long)person.n, STR_ARG(place))
                    : str_cat(a, S("r"), place);
}

static void add_box(Arena *a, Strs *boxes, Str box)
{
    for (size_t i = 0; i < boxes->n; i++)
        if (str_eq(boxes->v[i], box))
            return;
    if (boxes->n < TASK_BOXES)
        *PUSH(a, boxes) = box;
}

Strs task_boxes(const Viewer *v, Arena *a)
{
    Strs boxes = {0};
    add_box(a, &boxes, task_box(a, v->organ, ROLE__COUNT, v->person));
    for (size_t i = 0; i < v->posts.n; i++) {
        const Post *p = &v->posts.v[i];
        if (p->organ.n != v->organ.n)
            continue;
        add_box(a, &boxes, task_box(a, p->organ, p->role, v->person));
        add_box(a, &boxes, task_box(a, p->organ, p->role, (PersonId){0}));
        if (p->instead_of.n)
            add_box(a, &boxes, task_box(a, p->organ, p->role, p->instead_of));
    }
    return boxes;
}

Str task_door(const Task *t, Arena *a)
{
    Str door = str_replace(a, task_kinds[t->kind].door, S("{mark}"), t->mark);
    return str_replace(a, door, S("{n}"), str_fmt(a, "%lld", (long long)t->noun_id));
}

static Str filled(Arena *a, Str words, const char *name, Str value)
{
    return str_replace(a, words, str_z(name), value);
}

void task_words(Task *t, Str name, Str more, Arena *a)
{
    const TaskKindDef *kind = &task_kinds[t->kind];
    t->title = str_clip(a, filled(a, filled(a, kind->title, "{name}", name), "{more}", more),
                        TASK_TITLE_MAX);
    t->about = str_clip(a, filled(a, filled(a, kind->about, "{name}", name), "{more}", more),
                        TASK_TITLE_MAX);
}

// --- dates

TaskWhen task_when(Date due, Date today)
{
    if (!date_is(due))
        return WHEN_NONE;
    int left = due.days - today.days;
    return left < 0 ? WHEN_OVERDUE : left == 0 ? WHEN_TODAY : left <= 7 ? WHEN_WEEK : WHEN_LATER;
}

Str task_left(Arena *a, Date due, Date today)
{
    if (!date_is(due))
        return S("");
    int left = due.days - today.days;
    if (left < 0)
        return str_fmt(a, "逾期%d天", -left);
    return left == 0 ? S("今天") : left == 1 ? S("明天") : str_fmt(a, "还剩%d天", left);
}

// --- steps

static bool has_it(const Task *t, const TaskStep *s)
{
    return t->person.n && t->person.n == s->by.n;
}

static bool refused(const Task *t, const TaskStep *s, Err *err)
{
    const TaskStepDef *step = &task_steps[s->kind];
    bool own = t->role == ROLE__COUNT;
    if (t->state != TASK_OPEN)
        return !fail(err, ERR_RULE, NULL, "这件待办已经" PRI_STR "，不能再改",
                     "the task is closed (" PRI_STR ")", STR_ARG(task_state_names[t->state]));
    if (step->gives && !s->may_give)
        return !fail(err, ERR_DENIED, NULL, "“" PRI_STR "”要由本机关的负责人或者管理员来做",
                     "“" PRI_STR "” takes the power to give tasks", STR_ARG(step->name));
    if (!step->gives && !s->in_box)
        return !fail(err, ERR_DENIED, NULL, "这件待办不归您现在的岗位办",
                     "the task is not for a post of yours");
    if (own && (s->kind == STEP_TAKE || s->kind == STEP_BACK || s->kind == STEP_GIVE))
        return !fail(err, ERR_RULE, NULL, "这是本人的事，不能交给别人",
                     "it is a person's own and goes to nobody else");
    if (step->mine && !has_it(t, s))
        return !fail(err, ERR_RULE, NULL, "这件待办不在您手里", "the task is not with you");
    if (s->kind == STEP_TAKE && has_it(t, s))
        return !fail(err, ERR_RULE, NULL, "这件待办已经在您手里", "the task is with you already");
    if (s->kind == STEP_DONE && !task_kinds[t->kind].by_hand)
        return !fail(err, ERR_RULE, NULL, "事情办好以后，这件待办自动销号",
                     "the task is settled by itself once the thing is done");
    if (s->kind == STEP_DEFER && task_kinds[t->kind].by_law)
        return !fail(err, ERR_RULE, NULL, "法定期限不能改期", "the law's date is not put off");
    return false;
}

bool task_can(const Task *t, const TaskStep *step)
{
    Err unread = {0};
    return !refused(t, step, &unread);
}

static bool lacks_something(const TaskStep *s, Err *err)
{
    if (task_steps[s->kind].why && !s->why.n)
        return !fail(err, ERR_INPUT, NULL, "请写明理由", "a reason is wanted");
    if (s->kind == STEP_GIVE && !s->to.n)
        return !fail(err, ERR_INPUT, NULL, "请选择交给谁", "to whom?");
    if (s->kind == STEP_DEFER && (!date_is(s->until) || s->until.days < s->today.days))
        return !fail(err, ERR_INPUT, NULL, "请填写改到哪一天，不能早于今天",
                     "a day is wanted that is not past");
    return false;
}

bool task_decide(const Task *t, const TaskStep *s, Task *out, Err *err)
{
    if (refused(t, s, err) || lacks_something(s, err))
        return false;
    Task next = *t;
    switch (s->kind) {
    case STEP_TAKE:
        next.person = s->by;
        break;
    case STEP_BACK:
        next.person = (PersonId){0};
        break;
    case STEP_GIVE:
        next.person = s->to;
        break;
    case STEP_DEFER:
        next.due = s->until;
        next.why = s->why;
        break;
    case STEP_DONE:
    case STEP_DROP:
        next.state = s->kind == STEP_DONE ? TASK_DONE : TASK_DROPPED;
        next.why = s->kind == STEP_DROP ? s->why : t->why;
        next.done_at = s->now;
        next.done_by = s->by;
        break;
    case STEP__COUNT:
        assert(false && "a step");
    }
    next.version = t->version + 1;
    *out = next;
    return true;
}

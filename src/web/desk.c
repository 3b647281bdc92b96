#include "web/desk.h"

#include "base/crypt.h"
#include "store/task.h"
#include "web/page_common.h"

// clang-format off
// The navigation: an item is there for whoever has the power. A heading begins a group.
static const struct { DeskNav id; Verb may; Str href, text, heading; } items[] = {
    { DESK_HOME,    MAY_DESK,        SI("/desk"),         SI("我的工作"),   SI("") },
    { DESK_NOTICES, MAY_DESK,        SI("/desk/notices"), SI("通知"),       SI("") },
    { DESK_STAND_IN, MAY_DESK,       SI("/desk/substitution"), SI("我的代行"), SI("") },
    { DESK_REQUESTS, MAY_REQUEST_READ, SI("/desk/requests"), SI("申请办理"), SI("依申请") },
    { DESK_GROUPS,  MAY_REQUEST_READ, SI("/desk/groups"), SI("并案"), SI("依申请") },
    { DESK_LETTERS, MAY_REQUEST_READ, SI("/desk/letters"), SI("文书"), SI("依申请") },
    { DESK_FEES, MAY_REQUEST_READ, SI("/desk/fees"), SI("信息处理费"), SI("依申请") },
    { DESK_REMEDIES, MAY_REQUEST_READ, SI("/desk/remedies"), SI("复议诉讼"), SI("依申请") },
    { DESK_CORRECTIONS, MAY_REQUEST_READ, SI("/desk/corrections"), SI("更正申请"), SI("依申请") },
    { DESK_ARCHIVE, MAY_REQUEST_ARCHIVE, SI("/desk/archive"), SI("归档与保管"), SI("依申请") },
    { DESK_PUBLICATIONS, MAY_REQUEST_READ, SI("/desk/publications"), SI("转为主动公开"), SI("依申请") },
    { DESK_FIGURES, MAY_REQUEST_READ, SI("/desk/figures"), SI("申请统计"), SI("统计与期限") },
    { DESK_TIMES,   MAY_REQUEST_READ, SI("/desk/figures/times"), SI("办理时间"), SI("统计与期限") },
    { DESK_FORECAST, MAY_REQUEST_READ, SI("/desk/forecast"), SI("到期预测"), SI("统计与期限") },
    { DESK_CALENDAR, MAY_DESK,       SI("/desk/calendar"), SI("工作日历"), SI("统计与期限") },
    { DESK_ORGANS,  MAY_ORGAN_READ,  SI("/desk/organs"),  SI("机关"),       SI("管理") },
    { DESK_PEOPLE,  MAY_PERSON_READ, SI("/desk/people"),  SI("人员与岗位"), SI("管理") },
    { DESK_ROLES,   MAY_PERSON_READ, SI("/desk/roles"),   SI("权限表"),     SI("管理") },
    { DESK_CLOCK,   MAY_SITE_EDIT,   SI("/desk/clock"), SI("期限设置"), SI("管理") },
    { DESK_DECISIONS, MAY_SITE_EDIT, SI("/desk/site/decisions"), SI("答复的审核"), SI("管理") },
    { DESK_TEMPLATES, MAY_SITE_EDIT, SI("/desk/letters/templates"), SI("文书模板"), SI("管理") },
    { DESK_RETENTION, MAY_SITE_EDIT, SI("/desk/site/retention"), SI("保管年限"), SI("管理") },
    { DESK_API_KEYS, MAY_SITE_EDIT,  SI("/desk/api-keys"), SI("接口密钥"), SI("管理") },
    { DESK_SITE,    MAY_SITE_EDIT,   SI("/desk/site"),    SI("站点设置"),   SI("管理") },
    { DESK_AUDIT,   MAY_AUDIT_READ,  SI("/desk/audit"),   SI("操作记录"),   SI("监督") },
    { DESK_OUTBOX,  MAY_JOB_READ,    SI("/desk/outbox"),  SI("邮件与任务"), SI("监督") },
};

// What desk_done can say.
static const struct { const char *id; Str text; } done_words[] = {
    { "saved", SI("已保存") },
    { "rules-changed", SI("已生效，在办申请已重新计算，日期有变的通知了承办人") },
    { "file-added", SI("文件已添加") },
    { "api-key-revoked", SI("密钥已撤销，用它的系统马上被拒绝") },
    { "release-made", SI("已遮盖并检查，结果如下") },
    { "release-cancelled", SI("已取消遮盖，标记都还在") },
    { "release-confirmed", SI("已确认，随答复提供") },
    { "release-clean", SI("已写明无需遮盖") },
    { "release-dropped", SI("已撤下") },
    { "suggestion-declined", SI("已提交审核意见，申请人查询时看得到") },
    { "publication-decided", SI("已转为主动公开，请写明内容，由签发人发布") },
    { "published", SI("已发布") },
    { "withdrawn", SI("已撤下，原地址显示原因") },
    { "archived", SI("已归档，档案包已签名保存") },
    { "reopened", SI("已重新打开，可以继续办理") },
    { "anonymised", SI("已清除保管期满的申请人信息") },
    { "registered", SI("已登记") },
    { "joined", SI("已并案") },
    { "left", SI("已解除并案") },
    { "split", SI("计件已保存") },
    { "declined", SI("已记下不并案的理由") },
    { "bulk_begun", SI("已开始办理") },
    { "none_chosen", SI("没有选中申请") },
    { "fee-noticed", SI("收费通知已发出，等申请人缴费") },
    { "fee-waived", SI("免收已登记，申请照常办理") },
    { "letter-issued", SI("文书已出具并编号") },
    { "letter-void", SI("文书已作废，文号保留") },
    { "template-saved", SI("模板已保存，以后出具的文书用新模板") },
    { "mail-retried", SI("已放回发件箱，马上再试") },
    { "mail-dropped", SI("已放弃发送") },
    { "mail-changed", SI("没有改动：这封邮件的状态刚刚变了，请看现在的情况") },
    { "organs-imported", SI("文件已全部导入") },
    { "person-added", SI("账号已开设") },
    { "person-closed", SI("账号已停用，岗位、代行和登录一并结束") },
    { "post-given", SI("岗位已授予") },
    { "post-taken", SI("岗位已免去") },
    { "handed-over", SI("已全部交接，清单如下") },
    { "substitute-set", SI("代行已设置") },
    { "substitute-ended", SI("代行已结束") },
    { "task_take", SI("已接手") },
    { "tasks_taken", SI("已接手所选的待办") },
    { "tasks_taken_some", SI("所选的有些已被别人接手或者改过，其余的已接手") },
    { "tasks_none", SI("没有选中待办") },
    { "task_back", SI("已退回岗位") },
    { "task_give", SI("已分派，并通知了对方") },
    { "task_defer", SI("已改期") },
    { "task_done", SI("已办结") },
    { "task_drop", SI("不再提醒这一件") },
    { "notice_read", SI("已标为已读") },
    { "draft", SI("已存为草稿，只有您自己看得到，30天内有效") },
    { "draft_dropped", SI("草稿已丢掉") },
    { "session_ended", SI("已结束那次登录") },
    { "sessions_ended", SI("已结束其他全部登录") },
    { "password_changed", SI("密码已修改，别处的登录已结束") },
    { "linked", SI("已关联") },
    { "unlinked", SI("已取消关联") },
    { "second_dropped", SI("已取消动态口令") },
    { "forwarded", SI("已转送，那里登记了一件相同的申请") },
    { "decision-submitted", SI("已送审") },
    { "decision-passed", SI("已审核通过，送下一步") },
    { "decision-returned", SI("已退回，并通知了拟稿人") },
    { "decision-recalled", SI("已撤回到拟稿") },
    { "decision-signed", SI("已签发，并通知了拟稿人发出") },
    { "decision-sent", SI("已登记发出，这件申请已经答复") },
    { "decision-delivered", SI("已登记送达") },
    { "organ_switched", SI("已换到另一个机关") },
};
// clang-format on

// Counts are shown to DESK_COUNT_MAX, which then means “at least”.
static int64_t count_of(DeskNav id, const DeskCounts *counts)
{
    return id == DESK_HOME ? counts->tasks : id == DESK_NOTICES ? counts->notices : 0;
}

static DeskItems nav_of(Request *r, DeskNav current, const DeskCounts *counts)
{
    DeskItems nav = {0};
    Str heading = S("");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (!viewer_may(r->viewer, items[i].may))
            continue;
        bool begins = !str_eq(items[i].heading, heading);
        heading = items[i].heading;
        *PUSH(r->a, &nav) = (DeskItem){.href = items[i].href,
                                       .text = items[i].text,
                                       .heading = begins ? heading : S(""),
                                       .count = count_of(items[i].id, counts),
                                       .current = items[i].id == current};
    }
    return nav;
}

// 公开机构经办人、管理员（代许文）
static Str roles_of(Arena *a, const Viewer *v)
{
    Strs names = {0};
    for (size_t i = 0; i < v->posts.n; i++) {
        const Post *p = &v->posts.v[i];
        Str name = role_defs[p->role].name;
        if (p->organ.n == v->organ.n)
            *PUSH(a, &names) = p->instead_of.n ? str_fmt(a, PRI_STR "（代" PRI_STR "）",
                                                         STR_ARG(name), STR_ARG(p->instead_of_name))
                                               : name;
    }
    return str_join(a, names.v, names.n, S("、"));
}

static bool is_listed(const Choices *organs, Str value)
{
    for (size_t i = 0; i < organs->n; i++)
        if (str_eq(organs->v[i].value, value))
            return true;
    return false;
}

// Each organ with a post once, as the posts come.
static Choices organs_of(Arena *a, const Viewer *v)
{
    Choices organs = {0};
    for (size_t i = 0; i < v->posts.n; i++) {
        const Post *p = &v->posts.v[i];
        Str value = str_fmt(a, "%lld", (long long)p->organ.n);
        if (!is_listed(&organs, value))
            *PUSH(a, &organs) =
                (Choice){.value = value, .text = p->organ_name, .chosen = p->organ.n == v->organ.n};
    }
    return organs;
}

static Str said_of(const Request *r)
{
    Str id = request_query(r, "done");
    for (size_t i = 0; i < sizeof done_words / sizeof *done_words; i++)
        if (str_eq(id, str_z(done_words[i].id)))
            return done_words[i].text;
    return S("");
}

static void begin(Request *r, Str title, DeskNav nav, const DeskCounts *counts, Desk *out)
{
    *out = (Desk){.organ = r->viewer->organ_name,
                  .name = r->viewer->name,
                  .roles = roles_of(r->a, r->viewer),
                  .nav = nav_of(r, nav, counts),
                  .organs = organs_of(r->a, r->viewer),
                  .csrf = r->viewer->csrf,
                  .once = crypt_token(r->a, 16),
                  .said = said_of(r)};
    page_begin_plain(r, counts->site, title, NAV_NONE, &out->page);
    out->page.colours = site_css_path(r->a, counts->accent, counts->brand);
}

bool desk_begin(Request *r, Str title, DeskNav nav, Desk *out, Err *err)
{
    DeskCounts counts;
    Strs boxes = task_boxes(r->viewer, r->a);
    if (!store_desk_counts(app_of(r)->db, app_of(r)->site, r->viewer->person, &boxes, r->a, &counts,
                           err))
        return false;
    begin(r, title, nav, &counts, out);
    return true;
}

void desk_begin_plain(Request *r, Str title, Desk *out)
{
    DeskCounts none = {.site = S("政府信息公开")};
    begin(r, title, DESK_NONE, &none, out);
}

void desk_crumb(Request *r, Desk *d, Str href, Str text)
{
    page_crumb(r, &d->page, href, text);
}

bool desk_done(Request *r, Response *w, Str path, const char *what)
{
    static const char *const modes[] = {[MODE_ELDER] = "elder", [MODE_CONTRAST] = "contrast"};
    path = path_with(r->a, path, "done", str_z(what));
    if (r->mode != MODE_PLAIN)
        path = path_with(r->a, path, "mode", str_z(modes[r->mode]));
    return respond_redirect(w, path_with(r->a, path, "hant", r->hant ? S("1") : S("")));
}

#include "domain/audit.h"

#include "domain/organ.h"
#include "domain/site.h"

// clang-format off
const ActDef act_defs[ACT__COUNT] = {
    [ACT_SITE_EDIT]      = { SI("site.edit"),      SI("修改站点设置") },
    [ACT_SAMPLE_LOAD]    = { SI("sample.load"),    SI("载入样例") },
    [ACT_REPORT_IMPORT]  = { SI("report.import"),  SI("导入年度报告") },
    [ACT_ORGAN_FOUND]    = { SI("organ.found"),    SI("设立机关") },
    [ACT_ORGAN_EDIT]     = { SI("organ.edit"),     SI("修改机关信息") },
    [ACT_ORGAN_RENAME]   = { SI("organ.rename"),   SI("机关更名") },
    [ACT_ORGAN_MERGE]    = { SI("organ.merge"),    SI("机关并入") },
    [ACT_ORGAN_SPLIT]    = { SI("organ.split"),    SI("机关分设") },
    [ACT_ORGAN_ABOLISH]  = { SI("organ.abolish"),  SI("撤销机关") },
    [ACT_ORGAN_MOVE]     = { SI("organ.move"),     SI("改变机关隶属") },
    [ACT_ORGAN_LINE]     = { SI("organ.line"),     SI("修改监督关系") },
    [ACT_ORGAN_IMPORT]   = { SI("organ.import"),   SI("批量导入机关") },
    [ACT_AUDIT_EXPORT]   = { SI("audit.export"),   SI("导出操作记录") },
    [ACT_AUDIT_SEAL]     = { SI("audit.seal"),     SI("封存操作记录") },
    [ACT_AUDIT_SEAL_KEY] = { SI("audit.seal_key"), SI("更换封存密钥") },
    [ACT_FILE_ADD]       = { SI("file.add"),       SI("添加附件") },
    [ACT_FILE_READ]      = { SI("file.read"),      SI("下载内部附件") },
    [ACT_MAIL_RETRY]     = { SI("mail.retry"),     SI("重新发送邮件") },
    [ACT_MAIL_DROP]      = { SI("mail.drop"),      SI("放弃发送邮件") },
    [ACT_DENIED]         = { SI("denied"),         SI("越权操作被拒绝") },
    [ACT_PERSON_ADD]     = { SI("person.add"),     SI("开设账号") },
    [ACT_PERSON_EDIT]    = { SI("person.edit"),    SI("修改人员信息") },
    [ACT_PERSON_CLOSE]   = { SI("person.close"),   SI("停用账号") },
    [ACT_PERSON_REOPEN]  = { SI("person.reopen"),  SI("重新启用账号") },
    [ACT_PERSON_RESET]   = { SI("person.reset"),   SI("重设密码") },
    [ACT_POST_GIVE]      = { SI("post.give"),      SI("授予岗位") },
    [ACT_POST_TAKE]      = { SI("post.take"),      SI("免去岗位") },
    [ACT_SUBSTITUTE_SET] = { SI("substitute.set"), SI("设置代行") },
    [ACT_SUBSTITUTE_END] = { SI("substitute.end"), SI("结束代行") },
    [ACT_REQUEST_REGISTER] = { SI("request.register"), SI("登记申请") },
    [ACT_REQUEST_STEP]     = { SI("request.step"),     SI("办理申请") },
    [ACT_REQUEST_STRIKE]   = { SI("request.strike"),   SI("撤销申请的一步") },
    [ACT_REQUEST_ASSIGN]   = { SI("request.assign"),   SI("指定承办人") },
    [ACT_FEE_NOTICE]  = { SI("fee.notice"),  SI("发出收费通知或者免收") },
    [ACT_FEE_MONEY]   = { SI("fee.money"),   SI("登记缴费或者退费") },
    [ACT_FEE_STRIKE]  = { SI("fee.strike"),  SI("撤销一笔缴费或者退费") },
    [ACT_FEE_LOWER]   = { SI("fee.lower"),   SI("减收信息处理费") },
    [ACT_FEE_VOID]    = { SI("fee.void"),    SI("撤销收费通知") },
    [ACT_FEE_LAPSE]   = { SI("fee.lapse"),   SI("逾期未缴费，终止办理") },
    [ACT_REMEDY_OPEN]     = { SI("remedy.open"),     SI("登记复议、诉讼案件") },
    [ACT_REMEDY_STEP]     = { SI("remedy.step"),     SI("登记复议、诉讼的一步") },
    [ACT_REMEDY_STRIKE]   = { SI("remedy.strike"),   SI("撤销复议、诉讼的一步") },
    [ACT_REMEDY_SETTINGS] = { SI("remedy.settings"), SI("修改复议诉讼和更正的天数") },
    [ACT_REQUEST_SAID]     = { SI("request.said"),     SI("申请人补充、确认") },
    [ACT_REQUEST_REVEAL]   = { SI("request.reveal"),   SI("显示申请人证件号码") },
    [ACT_REQUEST_CODE]     = { SI("request.code"),     SI("出具新的查询码") },
    [ACT_CORRECTION_FILE]    = { SI("correction.file"),    SI("登记更正申请") },
    [ACT_CORRECTION_EXAMINE] = { SI("correction.examine"), SI("审核更正申请") },
    [ACT_CORRECTION_END]     = { SI("correction.end"),     SI("办结更正申请") },
    [ACT_RELEASE_ADD]       = { SI("release.add"),       SI("添加拟公开的文件") },
    [ACT_RELEASE_DROP]      = { SI("release.drop"),      SI("撤下拟公开的文件") },
    [ACT_RELEASE_MARK]      = { SI("release.mark"),      SI("标记要遮盖的内容") },
    [ACT_RELEASE_UNMARK]    = { SI("release.unmark"),    SI("删去遮盖标记") },
    [ACT_RELEASE_ORDER]     = { SI("release.order"),     SI("要求遮盖文件并检查") },
    [ACT_RELEASE_CANCEL]    = { SI("release.cancel"),    SI("取消遮盖文件") },
    [ACT_RELEASE_MAKE]      = { SI("release.make"),      SI("遮盖文件并检查") },
    [ACT_RELEASE_CONFIRM]   = { SI("release.confirm"),   SI("确认遮盖后的文件") },
    [ACT_RELEASE_CLEAN]     = { SI("release.clean"),     SI("确认文件无需遮盖") },
    [ACT_RELEASE_ELSEWHERE] = { SI("release.elsewhere"), SI("写明不附文件、怎样获取") },
    [ACT_RELEASE_LOOK]      = { SI("release.look"),      SI("查看拟公开文件的页面") },
    [ACT_RELEASE_GIVE]      = { SI("release.give"),      SI("申请人下载公开的文件") },
    [ACT_REQUEST_JOIN]     = { SI("request.join"),     SI("并案") },
    [ACT_REQUEST_LEAVE]    = { SI("request.leave"),    SI("解除并案") },
    [ACT_REQUEST_NOT_JOINED] = { SI("request.not_joined"), SI("决定不并案") },
    [ACT_REQUEST_SPLIT]    = { SI("request.split"),    SI("拆分计件") },
    [ACT_BULK_BEGIN]       = { SI("bulk.begin"),       SI("批量办理") },
    [ACT_LETTER_ISSUE]     = { SI("letter.issue"),     SI("出具文书") },
    [ACT_LETTER_VOID]      = { SI("letter.void"),      SI("作废文书") },
    [ACT_LETTER_TEMPLATE]  = { SI("letter.template"),  SI("修改文书模板") },
    [ACT_LETTER_SETTINGS]  = { SI("letter.settings"),  SI("修改文书编号设置") },
    [ACT_CALENDAR_ADD]      = { SI("calendar.add"),      SI("录入放假安排") },
    [ACT_CALENDAR_WITHDRAW] = { SI("calendar.withdraw"), SI("撤回放假安排") },
    [ACT_CLOCK_SETTINGS]    = { SI("clock.settings"),    SI("修改期限设置") },
    [ACT_REQUEST_REMIND]    = { SI("request.remind"),    SI("提醒申请期限") },
    [ACT_REQUEST_FORWARD]  = { SI("request.forward"),  SI("转给负责的机关") },
    [ACT_DECISION_SAVE]    = { SI("decision.save"),    SI("起草答复") },
    [ACT_DECISION_SUBMIT]  = { SI("decision.submit"),  SI("答复送审") },
    [ACT_DECISION_PASS]    = { SI("decision.pass"),    SI("审核通过答复") },
    [ACT_DECISION_RETURN]  = { SI("decision.return"),  SI("退回答复") },
    [ACT_DECISION_RECALL]  = { SI("decision.recall"),  SI("撤回答复") },
    [ACT_DECISION_SIGN]    = { SI("decision.sign"),    SI("签发答复") },
    [ACT_DECISION_SEND]    = { SI("decision.send"),    SI("发出答复") },
    [ACT_DECISION_DELIVER] = { SI("decision.deliver"), SI("登记送达") },
    [ACT_OPINION_KEEP]     = { SI("opinion.keep"),     SI("登记征求的意见") },
    [ACT_DECISION_SETTING] = { SI("decision.setting"), SI("设置答复审核") },
    [ACT_HANDOVER]       = { SI("handover"),       SI("交接") },
    [ACT_SIGN_IN]         = { SI("sign_in"),         SI("登录") },
    [ACT_SIGN_IN_CODE]    = { SI("sign_in.code"),    SI("登录，动态口令通过") },
    [ACT_SIGN_IN_HELD]    = { SI("sign_in.held"),    SI("多次登录失败，暂停尝试") },
    [ACT_SIGN_OUT]        = { SI("sign_out"),        SI("结束登录") },
    [ACT_SIGN_OUT_OTHERS] = { SI("sign_out.others"), SI("结束本人其他登录") },
    [ACT_SESSION_MOVED]   = { SI("session.moved"),   SI("登录凭据在别的地址出现，已结束登录") },
    [ACT_SESSION_ORGAN]   = { SI("session.organ"),   SI("切换工作机关") },
    [ACT_PASSWORD_CHANGE] = { SI("password.change"), SI("修改本人密码") },
    [ACT_SECOND_SET]      = { SI("second.set"),      SI("设置动态口令") },
    [ACT_SECOND_DROP]     = { SI("second.drop"),     SI("取消动态口令") },
    [ACT_RECOVERY_MAKE]   = { SI("recovery.make"),   SI("生成恢复码") },
    [ACT_RECOVERY_USE]    = { SI("recovery.use"),    SI("使用恢复码登录") },
    [ACT_IDENTITY_LINK]   = { SI("identity.link"),   SI("关联统一身份") },
    [ACT_IDENTITY_UNLINK] = { SI("identity.unlink"), SI("取消关联统一身份") },
    [ACT_TASK_TAKE]      = { SI("task.take"),      SI("接手待办") },
    [ACT_TASK_BACK]      = { SI("task.back"),      SI("退回待办") },
    [ACT_TASK_GIVE]      = { SI("task.give"),      SI("分派待办") },
    [ACT_TASK_DEFER]     = { SI("task.defer"),     SI("待办改期") },
    [ACT_TASK_DONE]      = { SI("task.done"),      SI("办结待办") },
    [ACT_TASK_DROP]      = { SI("task.drop"),      SI("不再提醒待办") },
    [ACT_TASK_REFRESH]   = { SI("task.refresh"),   SI("查找到期事项") },
    [ACT_REQUEST_ARCHIVE]   = { SI("request.archive"),   SI("归档") },
    [ACT_REQUEST_REOPEN]    = { SI("request.reopen"),    SI("重新打开已归档的申请") },
    [ACT_REQUEST_ANONYMISE] = { SI("request.anonymise"), SI("保管期满，清除申请人信息") },
    [ACT_REQUEST_EXPORT]    = { SI("request.export"),    SI("导出申请台账") },
    [ACT_ARCHIVE_READ]      = { SI("archive.read"),      SI("下载档案包") },
    [ACT_RETENTION_SET]     = { SI("retention.set"),     SI("设置保管年限") },
    [ACT_PUBLICATION_DECIDE]   = { SI("publication.decide"),   SI("转为主动公开") },
    [ACT_PUBLICATION_EDIT]     = { SI("publication.edit"),     SI("修改、更正公开的内容") },
    [ACT_PUBLICATION_PUBLISH]  = { SI("publication.publish"),  SI("发布") },
    [ACT_PUBLICATION_WITHDRAW] = { SI("publication.withdraw"), SI("撤下已发布的内容") },
    [ACT_PUBLICATION_DECLINE]  = { SI("publication.decline"),  SI("不采纳主动公开的建议") },
    [ACT_API_KEY_MAKE]      = { SI("api_key.make"),      SI("开通接口密钥") },
    [ACT_API_KEY_REVOKE]    = { SI("api_key.revoke"),    SI("撤销接口密钥") },
    [ACT_NOTICE_CHOOSE]  = { SI("notice.choose"),  SI("选择通知方式") },
};

// Of acts and of attachments: what they are about.
static const ActDef nouns[] = {
    { SI("audit"),      SI("操作记录") },
    { SI("api_key"),    SI("接口密钥") },
    { SI("attachment"), SI("附件") },
    { SI("bulk"),       SI("批量办理") },
    { SI("calendar"),   SI("工作日历") },
    { SI("clock"),      SI("期限设置") },
    { SI("form"),       SI("表单") },
    { SI("letter"),     SI("文书") },
    { SI("letter_template"), SI("文书模板") },
    { SI("mail"),       SI("邮件") },
    { SI("organ"),      SI("机关") },
    { SI("organ_life"), SI("机关变更") },
    { SI("person"),     SI("人员") },
    { SI("publication"), SI("主动公开信息") },
    { SI("remedy"),     SI("复议诉讼") },
    { SI("correction"), SI("更正申请") },
    { SI("report"),     SI("年度报告") },
    { SI("request"),    SI("申请") },
    { SI("session"),    SI("登录") },
    { SI("site"),       SI("站点") },
    { SI("task"),       SI("待办") },
};

// Members of was and became.
static const ActDef fields[] = {
    { SI("added"),       SI("新增") },
    { SI("address"),     SI("地址") },
    { SI("basis"),       SI("依据") },
    { SI("became"),      SI("改动后") },
    { SI("business"),    SI("监督的业务") },
    { SI("bytes"),       SI("字节数") },
    { SI("changed"),     SI("变更") },
    { SI("code"),        SI("编号") },
    { SI("count"),       SI("条数") },
    { SI("days"),        SI("日期") },
    { SI("despite"),     SI("提示") },
    { SI("draft"), SI("第几稿") },
    { SI("reason"), SI("理由") },
    { SI("section_review"), SI("科室审核") },
    { SI("way"), SI("方式") },
    { SI("due"),         SI("到期日") },
    { SI("email"),       SI("电子邮箱") },
    { SI("fee_basis"),       SI("收费标准") },
    { SI("fee_full_yuan"),   SI("按标准（元）") },
    { SI("fee_paid_yuan"),   SI("已缴（元）") },
    { SI("fee_reason"),      SI("减免的理由") },
    { SI("fee_void_reason"), SI("撤销的理由") },
    { SI("fee_yuan"),        SI("应缴（元）") },
    { SI("remedy_forum"),      SI("复议机关、法院") },
    { SI("remedy_kind"),       SI("种类") },
    { SI("remedy_number"),     SI("案号") },
    { SI("remedy_result"),     SI("结果") },
    { SI("review_answer"),     SI("复议答复的天数") },
    { SI("suit_answer"),       SI("答辩的天数") },
    { SI("redo"),              SI("重新答复的天数") },
    { SI("correction_target"), SI("更正的内部时限") },
    { SI("file"),        SI("文件") },
    { SI("filter"),      SI("条件") },
    { SI("format"),      SI("格式") },
    { SI("from"),        SI("自") },
    { SI("handler"),     SI("承办人") },
    { SI("heirs"),       SI("承继的机关") },
    { SI("id"),          SI("编号") },
    { SI("issuer"),      SI("身份提供方") },
    { SI("kind"),        SI("类别") },
    { SI("lead"),        SI("主件") },
    { SI("letter"),      SI("文书") },
    { SI("letter_prefix"), SI("发文代字") },
    { SI("request_prefix"), SI("申请编号代字") },
    { SI("head"),        SI("发文机关标志") },
    { SI("review_channel"), SI("网上复议渠道") },
    { SI("fee_way"),     SI("缴纳方式") },
    { SI("level"),       SI("级别") },
    { SI("lines"),       SI("行数") },
    { SI("login"),       SI("登录名") },
    { SI("made"),        SI("新增") },
    { SI("moved"),       SI("日期有变的申请") },
    { SI("name"),        SI("名称") },
    { SI("next_key"),    SI("新公钥") },
    { SI("mark"),        SI("标记") },
    { SI("note"),        SI("说明") },
    { SI("number"),      SI("文号") },
    { SI("noun"),        SI("对象") },
    { SI("noun_id"),     SI("对象编号") },
    { SI("on"),          SI("生效日期") },
    { SI("organ"),       SI("机关") },
    { SI("overdue"),     SI("因此逾期") },
    { SI("outcome"),     SI("结果") },
    { SI("over"),        SI("监督机关编号") },
    { SI("over_name"),   SI("监督机关") },
    { SI("parent"),      SI("上级机关") },
    { SI("path"),        SI("地址") },
    { SI("person"),      SI("人员") },
    { SI("phase"),       SI("阶段") },
    { SI("phone"),       SI("电话") },
    { SI("power"),       SI("所需权限") },
    { SI("reason"),      SI("理由") },
    { SI("private"),     SI("内部") },
    { SI("public_key"),  SI("原公钥") },
    { SI("reason"),      SI("理由") },
    { SI("requests"),    SI("申请") },
    { SI("role"),        SI("岗位") },
    { SI("saved"),       SI("因此不再逾期") },
    { SI("seal"),        SI("第几次封存") },
    { SI("second"),      SI("动态口令") },
    { SI("settled"),     SI("自动了结") },
    { SI("sha256"),      SI("SHA-256") },
    { SI("state"),       SI("状态") },
    { SI("status"),      SI("状态") },
    { SI("subject"),     SI("对方账号") },
    { SI("substitute"),  SI("代行人") },
    { SI("successor"),   SI("接手人") },
    { SI("formed"),      SI("生成日期") },
    { SI("per_minute"),  SI("每分钟次数") },
    { SI("title"),       SI("标题") },
    { SI("to"),          SI("至（含）") },
    { SI("version"),     SI("版本") },
    { SI("told"),        SI("发出通知") },
    { SI("tries"),       SI("次数") },
    { SI("type"),        SI("类型") },
    { SI("units"),       SI("件数") },
    { SI("until"),       SI("至（不含）") },
    { SI("was"),         SI("改动前") },
    { SI("was_name"),    SI("原名") },
    { SI("why"),         SI("原因") },
    { SI("year"),        SI("年度") },
    { SI("years"),       SI("年限") },
};

const AuditFaultDef audit_fault_defs[AUDIT__COUNT] = {
    [AUDIT_FINE]         = { SI("fine"),         SI("完好"), SI("whole") },
    [AUDIT_CHANGED]      = { SI("changed"),      SI("内容与哈希不符：这一行被改过，或者上一行连同哈希被改过"),
                                                 SI("what it says is not what its hash is over: it was changed, or the line above was, with its hash") },
    [AUDIT_MISSING]      = { SI("missing"),      SI("这一行不在了"), SI("it is not there") },
    [AUDIT_TAKEN_OUT]    = { SI("taken_out"),    SI("这里原来的行被删去，后面的行被重新编号"),
                                                 SI("the line that stood here was taken out and those behind it renumbered") },
    [AUDIT_ADDED]        = { SI("added"),        SI("这一行是后来插入的"), SI("it was added between two lines that belong together") },
    [AUDIT_REORDERED]    = { SI("reordered"),    SI("这一行被调换了位置"), SI("it stands in the place of another line") },
    [AUDIT_TIME]         = { SI("time"),         SI("时间早于上一行"), SI("it is from before the line above it") },
    [AUDIT_TRUNCATED]    = { SI("truncated"),    SI("从这一行起的记录不在了，封存记录表明曾经有过"),
                                                 SI("from here on lines are not there that a seal or anchor is about") },
    [AUDIT_RESEALED]     = { SI("rewritten"),    SI("这一行不是封存时的那一行：此前的记录被整段重写"),
                                                 SI("it is not the line that was sealed or anchored: lines up to here were written anew") },
    [AUDIT_SEAL_CHANGED] = { SI("seal_changed"), SI("封存记录的签名不符"), SI("the seal's signature is not of what it says") },
    [AUDIT_SEAL_MISSING] = { SI("seal_missing"), SI("封存记录不在了"), SI("the seal is not there") },
    [AUDIT_SEAL_KEY]     = { SI("seal_key"),     SI("封存记录不是用本站密钥签名的"), SI("the seal is signed with a key that is not the site's") },
};
// clang-format on

static Str name_in(const ActDef *defs, size_t n, Str id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(defs[i].id, id))
            return defs[i].name;
    return id;
}

Str act_name(Str id)
{
    return name_in(act_defs, ACT__COUNT, id);
}

Str noun_name(Str id)
{
    return name_in(nouns, sizeof nouns / sizeof *nouns, id);
}

Str audit_field_name(Str key)
{
    OrganField organ;
    SiteField site;
    Str name = name_in(fields, sizeof fields / sizeof *fields, key);
    if (!str_eq(name, key))
        return name;
    if (organ_field_named(key, &organ))
        return organ_fields[organ].name;
    return site_field_named(key, &site) ? site_fields[site].name : key;
}

// --- the chain

// Small pieces are gathered and hashed together; a large text is hashed where it lies.
typedef struct Feed {
    Sha256 sum;
    char room[1024];
    size_t n;
} Feed;

static void feed_flush(Feed *f)
{
    sha256_add(&f->sum, (Str){f->room, f->n});
    f->n = 0;
}

static void feed(Feed *f, Str s)
{
    if (f->n + s.n > sizeof f->room)
        feed_flush(f);
    if (s.n > sizeof f->room) {
        sha256_add(&f->sum, s);
    } else if (s.n) {
        memcpy(f->room + f->n, s.s, s.n);
        f->n += s.n;
    }
}

static void feed_digits(Feed *f, int64_t n, char end)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    digits[--at] = end;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0)
        digits[--at] = '-';
    feed(f, (Str){digits + at, sizeof digits - at});
}

static void feed_number(Feed *f, int64_t n)
{
    feed_digits(f, n, ',');
}

static void feed_text(Feed *f, Str s)
{
    feed_digits(f, (int64_t)s.n, ':');
    feed(f, s);
}

void audit_hash(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *line,
                unsigned char out[SHA256_BYTES])
{
    const Actor *who = &line->actor;
    Feed f;
    f.sum = sha256_begin();
    f.n = 0;
    feed(&f, S("gongkai audit 1\n"));
    feed(&f, (Str){(const char *)above, SHA256_BYTES});
    feed_number(&f, site.n);
    feed_number(&f, line->id);
    feed_number(&f, line->at);
    feed_number(&f, line->clock);
    feed_text(&f, line->act);
    feed_number(&f, who->person.n);
    feed_text(&f, who->name);
    feed_number(&f, who->instead_of.n);
    feed_number(&f, line->organ.n);
    feed_text(&f, who->via);
    feed_text(&f, who->ip);
    feed_number(&f, who->session.n);
    feed_text(&f, who->request);
    feed_text(&f, line->noun);
    feed_number(&f, line->noun_id);
    feed_number(&f, line->version);
    feed_text(&f, line->was);
    feed_text(&f, line->became);
    feed_flush(&f);
    sha256_end(&f.sum, out);
}

// --- verifying

static bool fits(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *line)
{
    unsigned char hash[SHA256_BYTES];
    audit_hash(site, above, line, hash);
    return memcmp(hash, line->hash, sizeof hash) == 0;
}

AuditFault audit_follows(SiteId site, int64_t id, int64_t at,
                         const unsigned char hash[SHA256_BYTES], const AuditLine *line)
{
    if (line->id != id + 1)
        return AUDIT_MISSING;
    if (!fits(site, hash, line))
        return AUDIT_CHANGED;
    return line->at < at ? AUDIT_TIME : AUDIT_FINE;
}

// As fits, had the line been written with this number.
static bool fits_as(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *line,
                    int64_t id)
{
    AuditLine as = *line;
    as.id = id;
    return fits(site, above, &as);
}

AuditFault audit_explain(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *v,
                         size_t n)
{
    int64_t place = v[0].id;
    for (size_t i = 1; i < n; i++) {
        if (!fits_as(site, above, &v[i], place)) // is this the one that belongs here?
            continue;
        bool moved_on = i + 1 < n ? fits_as(site, v[i].hash, &v[i + 1], place + 1)
                                  : !fits_as(site, v[i].hash, &v[0], place + 1);
        return moved_on ? AUDIT_ADDED : AUDIT_REORDERED;
    }
    // Behind a line that was taken out each still follows the one above, but for its number.
    for (size_t by = 1; n > 1 && by <= AUDIT_LOOK; by++)
        if (fits_as(site, v[0].hash, &v[1], v[1].id + (int64_t)by))
            return AUDIT_TAKEN_OUT;
    return AUDIT_CHANGED;
}

#include "domain/role.h"

// clang-format off
const RoleDef role_defs[ROLE__COUNT] = {
    //                     id                name                      short            signs  about
    [ROLE_DRAFTER]    = { SI("drafter"),    SI("拟稿人"),             SI("拟稿"),     false, SI("起草公开信息和答复，送审，不能审核自己的稿件") },
    [ROLE_REVIEWER]   = { SI("reviewer"),   SI("科室审核人"),         SI("初审"),     true,  SI("审核本科室的稿件和答复") },
    [ROLE_LEADER]     = { SI("leader"),     SI("分管领导"),           SI("签发"),     true,  SI("签发公开信息和答复") },
    [ROLE_SECRECY]    = { SI("secrecy"),    SI("保密审查员"),         SI("保密"),     true,  SI("公开之前逐项作保密审查（条例第十七条）") },
    [ROLE_LEGAL]      = { SI("legal"),      SI("法制审核员"),         SI("法审"),     true,  SI("审核答复和规范性文件的合法性") },
    [ROLE_OFFICER]    = { SI("officer"),    SI("公开机构经办人"),     SI("经办"),     false, SI("登记和办理申请，发布信息，编制年度报告（条例第四条）") },
    [ROLE_HEAD]       = { SI("head"),       SI("公开机构负责人"),     SI("负责"),     true,  SI("批准延期，审定答复，对公开工作负责（条例第四条、第三十三条）") },
    [ROLE_ARCHIVIST]  = { SI("archivist"),  SI("档案管理员"),         SI("归档"),     false, SI("办结以后归档，管理保管期限") },
    [ROLE_SUPERVISOR] = { SI("supervisor"), SI("主管部门监督员"),     SI("监督"),     false, SI("查看和督促本机关主管的下级机关（条例第四十六条、第四十七条）") },
    [ROLE_ADMIN]      = { SI("admin"),      SI("管理员"),             SI("管理"),     true,  SI("管理机关、人员和设置，不因此看到申请的内容") },
    [ROLE_AUDITOR]    = { SI("auditor"),    SI("审计员"),             SI("审计"),     true,  SI("查看和导出操作记录，什么都不能改") },
};

const VerbDef verb_defs[VERB__COUNT] = {
    [MAY_ANYONE]       = { SI("anyone"),       SI("公众访问") },
    [MAY_ENTER]        = { SI("enter"),        SI("完成登录") },
    [MAY_DESK]         = { SI("desk"),         SI("使用工作台") },
    [MAY_ORGAN_READ]   = { SI("organ.read"),   SI("查看机关") },
    [MAY_ORGAN_EDIT]   = { SI("organ.edit"),   SI("修改机关信息") },
    [MAY_ORGAN_CHANGE] = { SI("organ.change"), SI("设立、更名、合并、撤销机关") },
    [MAY_SITE_EDIT]    = { SI("site.edit"),    SI("修改站点设置") },
    [MAY_PERSON_READ]  = { SI("person.read"),  SI("查看人员") },
    [MAY_PERSON_EDIT]  = { SI("person.edit"),  SI("管理人员和岗位") },
    [MAY_AUDIT_READ]   = { SI("audit.read"),   SI("查看操作记录") },
    [MAY_FILE_READ]    = { SI("file.read"),    SI("下载内部文件") },
    [MAY_JOB_READ]     = { SI("job.read"),     SI("查看任务和邮件") },
    [MAY_JOB_RUN]      = { SI("job.run"),      SI("重发或放弃邮件") },
    [MAY_REQUEST_READ]     = { SI("request.read"),     SI("查看申请") },
    [MAY_REQUEST_REGISTER] = { SI("request.register"), SI("登记申请") },
    [MAY_REQUEST_HANDLE]   = { SI("request.handle"),   SI("办理申请") },
    [MAY_REQUEST_APPROVE]  = { SI("request.approve"),  SI("批准延期") },
    [MAY_REQUEST_REVIEW]   = { SI("request.review"),   SI("审核答复") },
    [MAY_REQUEST_LEGAL]    = { SI("request.legal"),    SI("法制审核") },
    [MAY_REQUEST_SIGN]     = { SI("request.sign"),     SI("签发答复") },
    [MAY_REQUEST_ARCHIVE]  = { SI("request.archive"),  SI("归档") },
    [MAY_TASK_GIVE]    = { SI("task.give"),    SI("分派待办") },
};

// . nothing   o the organ and its sections   b and the organs below   s everything of the site, and only
// for posts at the organ that runs it.
static const char policy[VERB__COUNT][ROLE__COUNT + 1] = {
    //                     drafter
    //                     |reviewer
    //                     ||leader
    //                     |||secrecy
    //                     ||||legal
    //                     |||||officer
    //                     ||||||head
    //                     |||||||archivist
    //                     ||||||||supervisor
    //                     |||||||||admin
    //                     ||||||||||auditor
    [MAY_ANYONE]       = "ooooooooooo",
    [MAY_ENTER]        = "ooooooooooo",
    [MAY_DESK]         = "ooooooooooo",
    [MAY_ORGAN_READ]   = "oooooooobbb",
    [MAY_ORGAN_EDIT]   = ".....oo..b.",
    [MAY_ORGAN_CHANGE] = ".........s.",
    [MAY_SITE_EDIT]    = ".........s.",
    [MAY_PERSON_READ]  = "oooooooobbb",
    [MAY_PERSON_EDIT]  = ".........b.",
    [MAY_AUDIT_READ]   = "..........b",
    [MAY_FILE_READ]    = "..o..ooobb.",
    [MAY_JOB_READ]     = ".........ss",
    [MAY_JOB_RUN]      = ".........s.",
    [MAY_REQUEST_READ]     = "oooooooob..",
    [MAY_REQUEST_REGISTER] = ".....oo....",
    [MAY_REQUEST_HANDLE]   = "o....oo....",
    [MAY_REQUEST_APPROVE]  = "......o....", // 条例第三十三条第二款：经政府信息公开工作机构负责人同意
    [MAY_REQUEST_REVIEW]   = ".o....o....", // 拟稿、审核、签发的各是一人（domain/decision.h）
    [MAY_REQUEST_LEGAL]    = "....o......",
    [MAY_REQUEST_SIGN]     = "..o...o....",
    [MAY_REQUEST_ARCHIVE]  = "......oo...", // 条例第四十五条：归档
    [MAY_TASK_GIVE]    = "..o...o..b.",
};
// clang-format on

bool role_named(Str id, Role *out)
{
    for (int r = 0; r < ROLE__COUNT; r++)
        if (str_eq(role_defs[r].id, id))
            return *out = (Role)r, true;
    return false;
}

static Reach reach_of(char letter, bool at_top)
{
    switch (letter) {
    case 'o':
        return REACH_ORGAN;
    case 'b':
        return at_top ? REACH_SITE : REACH_BELOW;
    case 's':
        return at_top ? REACH_SITE : REACH_NONE;
    }
    return REACH_NONE;
}

Reach role_reach(Role role, Verb verb, bool at_top)
{
    return reach_of(policy[verb][role], at_top);
}

Reach roles_reach(uint32_t roles, Verb verb, bool at_top)
{
    Reach most = REACH_NONE;
    for (int r = 0; r < ROLE__COUNT; r++) {
        Reach reach = roles >> r & 1 ? role_reach((Role)r, verb, at_top) : REACH_NONE;
        most = reach > most ? reach : most;
    }
    return most;
}

bool roles_sign(uint32_t roles)
{
    for (int r = 0; r < ROLE__COUNT; r++)
        if (roles >> r & 1 && role_defs[r].signs)
            return true;
    return false;
}

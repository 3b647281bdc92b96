#include "domain/notice.h"

// clang-format off
const NoticeKindDef notice_kinds[NOTICE__COUNT] = {
    //                       id                   name            about                                             mail   must
    [NOTICE_TASK_GIVEN]  = { SI("task.given"),    SI("分派待办"), SI("有人把一件待办交给您"),                       true,  false },
    [NOTICE_TASK_DUE]    = { SI("task.due"),      SI("到期提醒"), SI("您手里的待办今天到期或者已经逾期"),           true,  false },
    [NOTICE_HANDED_OVER] = { SI("handed.over"),   SI("工作交接"), SI("有人把没有办完的事交接给您"),                 true,  false },
    [NOTICE_SUBSTITUTE]  = { SI("substitute"),    SI("代行"),     SI("请您代行，或者有人代行您的岗位"),             true,  false },
    [NOTICE_POST]        = { SI("post"),          SI("岗位变动"), SI("给了您岗位，或者收回了岗位"),                 false, false },
    [NOTICE_ACCOUNT]     = { SI("account"),       SI("账号安全"), SI("密码、动态口令有改动，或者有陌生的登录"),     true,  true  },
    [NOTICE_REQUEST]     = { SI("request"),       SI("申请期限"), SI("您承办的申请将要到期、已经逾期或者日期有变"),   true,  false },
    [NOTICE_FILE]        = { SI("file"),          SI("文件处理"), SI("您要求遮盖的文件处理完了，或者没有完成"),       false, false },
    [NOTICE_SYSTEM]      = { SI("system"),        SI("系统运行"), SI("给管理员：任务失败、邮件送不出去"),           false, false },
};
// clang-format on

bool notice_kind_named(Str id, NoticeKind *out)
{
    for (int k = 0; k < NOTICE__COUNT; k++)
        if (str_eq(notice_kinds[k].id, id))
            return *out = (NoticeKind)k, true;
    return false;
}

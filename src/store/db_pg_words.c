#include "store/db_pg.h"

#include <stdlib.h>

int pg_status(const char *state)
{
    return (int)strtol(state && strlen(state) == 5 ? state : "XX000", NULL, 36);
}

static void state_of(int status, char out[6])
{
    for (int i = 4; i >= 0; i--, status /= 36)
        out[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[status % 36];
    out[5] = '\0';
}

// clang-format off
// The first whose digits the SQLSTATE begins with.
#define STATE_WORDS(X) \
    X(PG_MAYBE, ERR_BUSY,   "提交时与数据库的连接中断，可能已经保存；请先查看，再决定是否重试", "the connection was lost while committing, so it may have been saved; look before you try again") \
    X(PG_AWAY,  ERR_BUSY,   "暂时连不上数据库，请稍后重试",                     "the database cannot be reached; try again in a moment") \
    X("08",    ERR_BUSY,   "与数据库的连接中断，没有保存；请稍后重试",         "the connection to the database was lost, nothing was saved; try again in a moment") \
    X("57014", ERR_BUSY,   "数据库处理时间过长，已停止；请稍后重试",           "the database took too long and was stopped; try again in a moment") \
    X("57",    ERR_BUSY,   "数据库正在停止或启动，请稍后重试",                 "the database is being stopped or started; try again in a moment") \
    X("53300", ERR_BUSY,   "数据库连接已用完，请稍后重试",                     "the database takes no more connections; try again in a moment") \
    X("53100", ERR_SYSTEM, "数据库的磁盘已满，没有保存；请清理磁盘后重试",     "the database's disk is full, nothing was saved; make room and try again") \
    X("53",    ERR_SYSTEM, "数据库资源不足，没有保存",                         "the database is short of resources, nothing was saved") \
    X("55P03", ERR_BUSY,   "数据正在被其他操作写入，请稍后重试",               "the database is being written by someone else; try again in a moment") \
    X("40",    ERR_BUSY,   "数据正在被其他操作写入，请稍后重试",               "the database is being written by someone else; try again in a moment") \
    X("25P03", ERR_BUSY,   "操作间隔过长，数据库已放弃，没有保存；请重试",     "the database gave up waiting, nothing was saved; try again") \
    X("25006", ERR_SYSTEM, "数据库只读，没有保存；请检查数据库的设置",         "the database is read-only, nothing was saved; check its settings") \
    X("23",    ERR_BUSY,   "同时有人做了同样的改动，请刷新后重试",             "someone else has made the same change; reload and try again") \
    X("P0001", ERR_RULE,   "这些记录只能追加，不能修改或删除",                 "these records can only be added to, not changed or removed") \
    X("22021", ERR_INPUT,  "文字中含有不能保存的字符；请删去后重试",           "a text holds a character that cannot be stored; remove it and try again") \
    X("54",    ERR_LIMIT,  "内容超过数据库允许的大小",                         "the content is larger than the database allows") \
    X("28",    ERR_SYSTEM, "数据库拒绝登录；请检查地址、用户和密码",           "the database refused the sign-in; check address, user and password") \
    X("3D",    ERR_SYSTEM, "服务器上没有这个数据库；请先建立",                 "the server has no such database; create it first") \
    X("42501", ERR_SYSTEM, "数据库用户没有所需权限",                           "the database's user lacks a right that is needed") \
    X("XX001", ERR_SYSTEM, "数据库已损坏；请从备份恢复",                       "the database is damaged; restore a backup") \
    X("XX002", ERR_SYSTEM, "数据库索引已损坏；请重建索引",                     "an index of the database is damaged; rebuild it")
// clang-format on

bool pg_fail(Db *db, int status, Err *err)
{
    char state[6];
    state_of(status, state);
#define X(begins, kind, zh, en)                                                                    \
    if (strncmp(state, begins, sizeof begins - 1) == 0)                                            \
        return fail(err, kind, db->detail, zh, en);
    STATE_WORDS(X)
#undef X
    return fail(err, ERR_SYSTEM, db->detail, "数据库出错", "the database failed");
}

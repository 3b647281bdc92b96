// The words of reports, and what each says about a figure near it. To teach the reader a wording,
// add a row. A word without features only keeps shorter words inside it from being found (无法 is
// not 无). The longest word wins.
#include "report/claims.h"

#define F(name) FEATURE(name)
#define W(word, features)                                                                          \
    {                                                                                              \
        SI(word), features, -1                                                                     \
    }
#define ROW(word, row)                                                                             \
    {                                                                                              \
        SI(word), F(SUB), row                                                                      \
    }

// clang-format off
const ClaimWord claim_words[] = {
    // --- what it is about: applications
    W("依申请公开", F(REQUEST)), W("政府信息公开申请", F(REQUEST)), W("信息公开申请", F(REQUEST)),
    W("政务公开申请", F(REQUEST)), W("政府信息申请", F(REQUEST)), W("公开政府信息申请", F(REQUEST)),
    W("政府信息依申请公开", F(REQUEST)), W("信息依申请公开", F(REQUEST)), W("依申请公开政府信息", F(REQUEST)),
    W("公开政府信息的申请", F(REQUEST)), W("信息公开的申请", F(REQUEST)), W("申请政府信息公开", F(REQUEST)),
    W("申请公开政府信息", F(REQUEST)), W("申请信息公开", F(REQUEST)), W("政府信息公开件", F(REQUEST)),
    W("依申请件", F(REQUEST)), W("公开申请", F(REQUEST)), W("申请公开", F(REQUEST)), W("依申请信息公开", F(REQUEST)),
    W("依申请公开申请", F(REQUEST)), W("依申请公开事项", F(REQUEST)), W("依申请公开件", F(REQUEST)), W("依申请公开办件", F(REQUEST)), W("上年结转申请", F(CARRY_IN) | F(REQUEST)), W("上年度结转申请", F(CARRY_IN) | F(REQUEST)),
    W("依申请", F(REQUEST)), W("向社会公开政府信息", F(PUBLISH)), W("政府信息公开申请表", 0), W("政府信息公开申请书", 0),
    W("政府信息公开", F(DISCLOSURE)), W("信息公开", F(DISCLOSURE)), W("政务公开", F(DISCLOSURE)),
    W("依申请公开栏目", 0), W("依申请公开专栏", 0), W("依申请公开平台", 0), W("依申请公开指南", 0), W("依申请公开工作", 0),
    W("依申请公开系统", 0), W("依申请公开制度", 0), W("依申请公开流程", 0), W("依申请公开目录", 0), W("依申请公开信息数", F(ELSE)),
    W("依申请公开率", 0), W("依申请公开培训", F(ELSE)), W("申请公开目录", 0),
    // --- reviews and suits
    W("行政复议", F(REVIEW)), W("复议", F(REVIEW)), W("行政诉讼", F(SUIT)), W("诉讼", F(SUIT)), W("行政应诉", F(SUIT)),
    W("复议案件", F(REVIEW)), W("诉讼案件", F(SUIT)), W("起诉", F(SUIT)),
    W("直接起诉", F(SUIT) | F(DIRECT)), W("未经复议直接起诉", F(SUIT) | F(DIRECT)), W("未经复议直接提起", F(SUIT) | F(DIRECT)),
    W("未经行政复议直接起诉", F(SUIT) | F(DIRECT)), W("直接提起行政诉讼", F(SUIT) | F(DIRECT)), W("未经复议", F(DIRECT)),
    W("复议后起诉", F(SUIT) | F(AFTER)), W("经复议后起诉", F(SUIT) | F(AFTER)), W("行政复议后起诉", F(SUIT) | F(AFTER)),
    W("复议后提起诉讼", F(SUIT) | F(AFTER)), W("复议后提起行政诉讼", F(SUIT) | F(AFTER)), W("复议诉讼", F(REVIEW) | F(SUIT)),
    W("行政复议机关", F(CHANNEL)), W("审结", F(CLOSE)), W("审理", F(PROCESS)), W("承办", F(PROCESS)), W("行政复议法", 0), W("行政诉讼法", 0), W("行政复议及行政诉讼情况", 0), W("复议机关", 0), W("行政复议办公室", 0),
    W("行政复议决定书", 0), W("行政复议决定", 0), W("行政复议委员会", 0), W("复议决定", 0),
    W("结果维持", F(UPHELD)), W("维持", F(UPHELD)), W("予以维持", F(UPHELD)), W("维护", 0), W("驳回", F(OTHER_RESULT)), W("驳回原告诉讼请求", F(UPHELD)), W("驳回诉讼请求", F(UPHELD)), W("驳回原告的诉讼请求", F(UPHELD)),
    W("结果纠正", F(CORRECTED)), W("纠正", F(CORRECTED)), W("纠错", F(CORRECTED)), W("被依法纠错", F(CORRECTED)), W("被纠错", F(CORRECTED)),
    W("败诉", F(SUIT) | F(CORRECTED)), W("撤销", F(CORRECTED)), W("确认违法", F(CORRECTED)), W("责令履行", F(CORRECTED)),
    W("其他结果", F(OTHER_RESULT)), W("其它结果", F(OTHER_RESULT)), W("终止", F(OTHER_RESULT)), W("撤诉", F(OTHER_RESULT)), W("不予受理", F(OTHER_RESULT)),
    W("尚未审结", F(PENDING)), W("未审结", F(PENDING)), W("正在审理", F(PENDING)), W("审理中", F(PENDING)), W("在审", F(PENDING)), W("待审结", F(PENDING)),
    W("尚在审理", F(PENDING)), W("未结案", F(PENDING)),
    // --- rules, decisions, charges
    W("行政规范性文件", F(NORM)), W("规范性文件", F(NORM)), W("规章", F(RULES)), W("政府规章", F(RULES)), W("规章制度", F(ELSE)),
    W("规范性文件解读", F(ELSE)), W("部门文件和规范性文件", F(ELSE)), W("规范性文件和部门文件", F(ELSE)), W("政策性文件", F(ELSE)),
    W("规范性文件类", F(ELSE)), W("法律法规规章", 0), W("法规规章", 0), W("规章规范性文件", F(ELSE)), W("规范性文件管理", F(NORM)),
    W("行政许可", F(LICENCE)), W("行政处罚", F(PENALTY)), W("行政强制", F(COERCION)), W("行政许可类", F(ELSE)), W("行政许可信息", F(ELSE)),
    W("行政处罚信息", F(ELSE)), W("行政强制信息", F(ELSE)), W("行政处罚类", F(ELSE)), W("行政强制类", F(ELSE)), W("双公示", F(ELSE)), W("行政许可事项", F(ELSE)), W("行政许可和行政处罚", F(ELSE)),
    W("行政许可、行政处罚", F(ELSE)), W("行政许可行政处罚", F(ELSE)), W("行政许可法", 0), W("行政处罚法", 0),
    W("行政事业性收费", F(CHARGE)), W("行政事业型收费", F(CHARGE)), W("行政事业性收费项目", F(ELSE)),
    W("信息处理费", F(FEE)), W("政府信息公开信息处理费", F(FEE)), W("信息公开处理费", F(FEE)), W("收取费用", F(FEE) | F(LEVY)), W("收取任何费用", F(FEE) | F(LEVY)),
    W("信息处理费用", F(FEE)), W("处理费", F(FEE)), W("信息处理费管理办法", 0), W("政府信息公开信息处理费管理办法", 0), W("收费标准", 0), W("收费金额", F(FEE) | F(LEVY)), W("申请收费", F(FEE)),
    W("信息公开收费", F(FEE)), W("政府信息公开收费", F(FEE)), W("依申请公开收费", F(FEE)), W("信息公开费用", F(FEE)), W("检索费", F(FEE)), W("复制费", F(FEE)), W("依申请公开信息收取的费用", F(FEE) | F(LEVY)),
    // --- publishing
    W("主动公开", F(PUBLISH)), W("公开信息", F(PUBLISH)), W("发布信息", F(PUBLISH)), W("公开各类信息", F(PUBLISH)), W("公开政府信息", F(PUBLISH)),
    W("发布各类信息", F(PUBLISH)), W("发布政务信息", F(PUBLISH)), W("更新信息", F(PUBLISH)), W("发布政府信息", F(PUBLISH)), W("信息发布", F(PUBLISH)),
    W("已主动公开", F(R1)), W("均已主动公开", 0), W("主动公开规范性文件", F(PUBLISH) | F(NORM)), W("主动公开行政规范性文件", F(PUBLISH) | F(NORM)),
    W("公开规范性文件", F(PUBLISH) | F(NORM)), W("公开行政规范性文件", F(PUBLISH) | F(NORM)), W("发布规范性文件", F(PUBLISH) | F(NORM)),
    W("发布行政规范性文件", F(PUBLISH) | F(NORM)), W("公开发布", F(PUBLISH)), W("发布", F(PUBLISH)), W("公示", F(PUBLISH)), W("公布", F(PUBLISH)),
    // --- what the tables do not count
    W("提案", F(ELSE)), W("建议", F(ELSE)), W("议案", F(ELSE)), W("信访", F(ELSE)), W("留言", F(ELSE)), W("热线", F(ELSE)), W("工单", F(ELSE)),
    W("咨询", F(ELSE)), W("来信", F(ELSE)), W("来电", F(ELSE)), W("投诉", F(ELSE)), W("举报", F(ELSE)), W("培训", F(ELSE)), W("会议", F(ELSE)),
    W("解读", F(ELSE)), W("新闻发布会", F(ELSE)), W("发布会", F(ELSE)), W("微博", F(ELSE)), W("微信", F(ELSE)), W("公众号", F(ELSE)), W("检查", F(ELSE)),
    W("抽查", F(ELSE)), W("访问", F(ELSE)), W("部门文件", F(ELSE)), W("栏目", F(ELSE)), W("专栏", F(ELSE)), W("信箱", F(ELSE)), W("诉求", F(ELSE)),
    W("访谈", F(ELSE)), W("征集", F(ELSE)), W("调查", F(ELSE)), W("回应", F(ELSE)), W("舆情", F(ELSE)), W("预案", F(ELSE)), W("方案", F(ELSE)),
    W("告知书", F(ELSE)), W("答复书", F(ELSE)), W("答复意见书", F(ELSE)), W("补正通知书", F(ELSE)), W("通知书", F(ELSE)), W("群众反映", F(ELSE)), W("群众事项", F(ELSE)), W("民生事项", F(ELSE)), W("代拟", F(ELSE)), W("代市政府", F(ELSE)), W("代县政府", F(ELSE)), W("代区政府", F(ELSE)), W("责任追究", F(ELSE)), W("泄密", F(ELSE)), W("纠纷", F(ELSE)), W("逾期", F(ELSE)), W("超期", F(ELSE)), W("开放日", F(ELSE)), W("活动", F(ELSE)),
    W("依申请公开来信", F(REQUEST)), W("书面申请", F(REQUEST) | F(CHANNEL)), W("审批", F(ELSE)), W("执法", F(ELSE)), W("采购", F(ELSE)), W("招标", F(ELSE)),
    W("公报", F(ELSE)), W("督查", F(ELSE)), W("问政", F(ELSE)), W("政务服务", F(ELSE)), W("政务服务网", F(CHANNEL)), W("政务服务平台", F(CHANNEL)), W("政务服务中心", F(CHANNEL)), W("政务服务大厅", F(CHANNEL)), W("意见箱", F(ELSE)), W("民意", F(ELSE)), W("网民", F(ELSE)),
    W("点击", F(ELSE)), W("浏览", F(ELSE)), W("关注", F(ELSE)), W("转载", F(ELSE)), W("稿件", F(ELSE)), W("信息数", F(ELSE)), W("申请人", 0),
    W("问题", F(ELSE)), W("整改", F(ELSE)), W("转接", F(ELSE)), W("文件", 0), W("审查", F(ELSE)), W("备案", F(ELSE)), W("更正申请", F(ELSE)), W("许可申请", F(ELSE)),
    W("救助申请", F(ELSE)), W("复议申请", F(REVIEW)), W("行政复议申请", F(REVIEW)), W("民事", F(ELSE)), W("刑事", F(ELSE)), W("仲裁", F(ELSE)), W("申诉", 0),
    W("调解", F(ELSE)), W("办件", F(ELSE)), W("服务事项", F(ELSE)), W("政务服务事项", F(ELSE)), W("公开栏", F(ELSE)), W("处理决定", 0),
    // --- what was done with applications
    W("新收", F(NEWLY)), W("新收到", F(NEWLY)), W("新接收", F(NEWLY)), W("新受理", F(NEWLY)), W("本年新收", F(NEWLY)), W("新增申请", F(NEWLY)),
    W("新收申请", F(NEWLY) | F(REQUEST)),
    W("收到", F(RECEIVE)), W("接收", F(RECEIVE)), W("接到", F(RECEIVE)), W("收悉", F(RECEIVE)), W("接收到", F(RECEIVE)), W("接收办", F(ACCEPT)), W("收取", F(LEVY)),
    W("受理", F(ACCEPT)), W("收办", F(ACCEPT)), W("登记", F(ACCEPT)), W("承接", F(ACCEPT)), W("接办", F(ACCEPT)), W("共收", F(RECEIVE) | F(TOTAL)), W("共收到", F(RECEIVE) | F(TOTAL)), W("共收办", F(ACCEPT) | F(TOTAL)),
    W("办理", F(PROCESS)), W("处理", F(PROCESS)), W("依法处理", F(PROCESS)), W("接收处理", F(ACCEPT)), W("办理结果", 0), W("处理结果", 0), W("办理情况", 0), W("办理答复", F(CLOSE)),
    W("办结", F(CLOSE)), W("答复", F(CLOSE)), W("办复", F(CLOSE)), W("办理完毕", F(CLOSE)), W("已办理", F(CLOSE)), W("回复", F(CLOSE) | F(RESTRICT)), W("已办", F(CLOSE)), W("办毕", F(CLOSE)), W("办理完成", F(CLOSE)),
    W("答复率", F(RATE)), W("办结率", F(RATE) | F(CLOSE)), W("按时办结率", F(RATE)), W("按时答复率", F(RATE)), W("满意率", F(RATE)), W("成功率", F(RATE)), W("及时率", F(RATE)), W("按期办结率", F(RATE)),
    W("公开率", F(RATE)), W("按时率", F(RATE)), W("知晓率", F(RATE)), W("覆盖率", F(RATE)), W("合格率", F(RATE)), W("率达", F(RATE)), W("率为", F(RATE)), W("回复率", F(RATE)), W("解读率", F(RATE)), W("纠错率", F(RATE)),
    W("效率", 0), W("频率", 0), W("延期答复", F(ELSE)), W("延期办结", F(ELSE)), W("按时办结", F(CLOSE)), W("当场答复", F(ELSE)), W("电话答复", F(ELSE)), W("重新答复", F(ELSE)), W("补正告知", F(ELSE)),
    W("未答复", F(ELSE)), W("未办结", F(CARRY_OUT)), W("尚未办结", F(CARRY_OUT)), W("正在办理", F(CARRY_OUT)), W("办理中", F(CARRY_OUT)), W("未办理完毕", F(CARRY_OUT)), W("在办", F(CARRY_OUT)),
    W("上年结转", F(CARRY_IN)), W("上年度结转", F(CARRY_IN)), W("上一年结转", F(CARRY_IN)), W("上一年度结转", F(CARRY_IN)), W("去年结转", F(CARRY_IN)), W("上年转结", F(CARRY_IN)),
    W("结转上年", F(CARRY_IN)), W("上年度转结", F(CARRY_IN)), W("往年结转", F(CARRY_IN)), W("上年结转至本年", F(CARRY_IN)), W("结转自上年", F(CARRY_IN)), W("上年末结转", F(CARRY_IN)), W("上年转入", F(CARRY_IN)), W("上年遗留", F(CARRY_IN)), W("上年度转入", F(CARRY_IN)),
    W("结转下年", F(CARRY_OUT)), W("结转下年度", F(CARRY_OUT)), W("结转下一年", F(CARRY_OUT)), W("结转下一年度", F(CARRY_OUT)), W("转下年", F(CARRY_OUT)), W("转下年度", F(CARRY_OUT)), W("结转至下年", F(CARRY_OUT)), W("结转至下一年", F(CARRY_OUT)),
    W("结转到下年", F(CARRY_OUT)), W("结转到下一年", F(CARRY_OUT)), W("转至下年", F(CARRY_OUT)), W("转入下年", F(CARRY_OUT)), W("转入下一年", F(CARRY_OUT)), W("下年度继续办理", F(CARRY_OUT)), W("下年继续办理", F(CARRY_OUT)), W("转到下年", F(CARRY_OUT)),
    W("下一年度继续办理", F(CARRY_OUT)), W("转下一年", F(CARRY_OUT)), W("转下一年度", F(CARRY_OUT)), W("转结下年", F(CARRY_OUT)), W("结转至下年度", F(CARRY_OUT)), W("结转入下年", F(CARRY_OUT)), W("跨年度办理", F(CARRY_OUT)), W("转至下一年", F(CARRY_OUT)), W("结转次年", F(CARRY_OUT)), W("结转至次年", F(CARRY_OUT)),
    W("转至", F(CARRY) | F(RESTRICT)), W("转入", F(CARRY) | F(RESTRICT)), W("转到", F(CARRY) | F(RESTRICT)), W("延至", F(CARRY) | F(RESTRICT)), W("结转至", F(CARRY)), W("结转到", F(CARRY)), W("结转入", F(CARRY)), W("结转", F(CARRY)), W("转结", F(CARRY)), W("继续办理", 0),
    // --- outcomes
    W("予以公开", F(R1)), W("同意公开", F(R1)), W("依法公开", F(R1)), W("给予公开", F(R1)), W("部分公开", F(R2)), W("予以部分公开", F(R2)), W("同意部分公开", F(R2)), W("不予公开", F(R3)), W("不同意公开", F(R3)),
    W("无法提供", F(R4)), W("不予处理", F(R5)), W("其他处理", F(R6)), W("其它处理", F(R6)), W("作其他处理", F(R6)), W("作出其他处理", F(R6)), W("其他方式处理", F(R6)), W("非不予公开", 0), W("无法提供的", F(R4)),
    W("不公开为例外", 0), W("不予公开的", F(R3)), W("全部公开", F(R1)), W("以公开为常态", 0),
    ROW("属于国家秘密", T3_R3_1), ROW("国家秘密", T3_R3_1), ROW("其他法律行政法规禁止公开", T3_R3_2), ROW("法律行政法规禁止公开", T3_R3_2), ROW("法律、行政法规禁止公开", T3_R3_2),
    ROW("三安全一稳定", T3_R3_3), ROW("保护第三方合法权益", T3_R3_4), ROW("第三方合法权益", T3_R3_4), ROW("涉及国家秘密", T3_R3_1), ROW("涉及第三方合法权益", T3_R3_4), ROW("涉及第三方权益", T3_R3_4), ROW("第三方权益", T3_R3_4), ROW("三类内部事务信息", T3_R3_5), ROW("内部事务信息", T3_R3_5), ROW("内部事务", T3_R3_5),
    ROW("四类过程性信息", T3_R3_6), ROW("过程性信息", T3_R3_6), ROW("行政执法案卷", T3_R3_7), ROW("执法案卷", T3_R3_7), ROW("行政查询事项", T3_R3_8),
    ROW("本机关不掌握相关政府信息", T3_R4_1), ROW("不掌握相关政府信息", T3_R4_1), ROW("不掌握相关信息", T3_R4_1), ROW("没有现成信息需要另行制作", T3_R4_2), ROW("没有现成信息", T3_R4_2), ROW("需要另行制作", T3_R4_2),
    ROW("补正后申请内容仍不明确", T3_R4_3), ROW("补正后仍不明确", T3_R4_3), ROW("信访举报投诉类申请", T3_R5_1), ROW("信访举报投诉类", T3_R5_1), ROW("信访、举报、投诉类", T3_R5_1), ROW("重复申请", T3_R5_2),
    ROW("要求提供公开出版物", T3_R5_3), ROW("提供公开出版物", T3_R5_3), ROW("无正当理由大量反复申请", T3_R5_4), ROW("大量反复申请", T3_R5_4), ROW("要求行政机关确认或重新出具已获取信息", T3_R5_5), ROW("重新出具已获取信息", T3_R5_5),
    ROW("逾期不补正", T3_R6_1), ROW("无正当理由逾期不补正", T3_R6_1), ROW("逾期未补正", T3_R6_1), ROW("逾期未按收费通知要求缴纳费用", T3_R6_2), ROW("逾期未缴费", T3_R6_2), ROW("逾期未缴纳费用", T3_R6_2),
    // --- who asked
    W("自然人", F(NATURAL)), W("公民个人", F(NATURAL)), W("个人申请", F(NATURAL)), W("公民申请", F(NATURAL)), W("法人或其他组织", F(LEGAL)), W("法人和其他组织", F(LEGAL)), W("法人或者其他组织", F(LEGAL)), W("法人及其他组织", F(LEGAL)), W("法人", F(LEGAL)),
    W("法人、其他组织", F(LEGAL)), W("公民、法人", 0), W("公民、法人和其他组织", 0), W("公民、法人或者其他组织", 0), W("公民、法人或其他组织", 0), W("公民、法人及其他组织", 0), W("法定代表人", 0), W("自然人和法人", 0),
    W("商业企业", F(BUSINESS)), W("科研机构", F(RESEARCH)), W("社会公益组织", F(WELFARE)), W("法律服务机构", F(LAWYER)),
    // --- rules made and repealed
    W("制发", F(MAKE)), W("制定", F(MAKE)), W("出台", F(MAKE)), W("印发", F(MAKE)), W("新制作", F(MAKE)), W("制作", F(MAKE)), W("制定出台", F(MAKE)), W("制定印发", F(MAKE)), W("新制定", F(MAKE)), W("制发行政规范性文件", F(MAKE) | F(NORM)),
    W("废止", F(REPEAL)), W("失效", F(REPEAL)), W("失效废止", F(REPEAL)), W("废止失效", F(REPEAL)), W("宣布失效", F(REPEAL)), W("宣布失效废止", F(REPEAL)), W("废止、失效", F(REPEAL)), W("废止和失效", F(REPEAL)),
    W("现行有效", F(IN_FORCE)), W("继续有效", F(IN_FORCE)), W("现行", F(IN_FORCE)), W("有效性", 0), W("修改", F(ELSE)), W("修订", F(ELSE)), W("清理", F(ELSE)), W("起草", F(ELSE)), W("草案", F(ELSE)),
    W("及时清理", 0), W("定期清理", 0),
    // --- none
    W("未收到", F(NEG) | F(RECEIVE)), W("没有收到", F(NEG) | F(RECEIVE)), W("未接到", F(NEG) | F(RECEIVE)), W("没有接到", F(NEG) | F(RECEIVE)), W("未接收到", F(NEG) | F(RECEIVE)), W("未接收", F(NEG) | F(RECEIVE)), W("未新收", F(NEG) | F(NEWLY)),
    W("未受理", F(NEG) | F(ACCEPT)), W("没有受理", F(NEG) | F(ACCEPT)), W("未有", F(NEG)), W("未发生", F(NEG)), W("没有发生", F(NEG)), W("无发生", F(NEG)), W("未产生", F(NEG)), W("没有产生", F(NEG)), W("未出现", F(NEG)), W("没有出现", F(NEG)), W("未引发", F(NEG)), W("没有引发", F(NEG)), W("未涉及", F(NEG)),
    W("没有", F(NEG)), W("没有因", F(NEG)), W("无", F(NEG)), W("暂无", F(NEG)), W("均无", F(NEG)), W("未被", F(NEG)), W("未曾", F(NEG)), W("未收取", F(NEG) | F(LEVY)), W("没有收取", F(NEG) | F(LEVY)), W("不存在", F(NEG)), W("未收费", F(NEG) | F(FEE)), W("未产生信息处理费", F(NEG) | F(FEE)),
    W("未向申请人收取", F(NEG) | F(LEVY)), W("未向申请人收取任何费用", F(NEG) | F(LEVY) | F(FEE)), W("未向申请人收取费用", F(NEG) | F(LEVY) | F(FEE)), W("未收取任何费用", F(NEG) | F(LEVY) | F(FEE)), W("未收取费用", F(NEG) | F(LEVY) | F(FEE)), W("没有收取任何费用", F(NEG) | F(LEVY) | F(FEE)), W("没有收取费用", F(NEG) | F(LEVY) | F(FEE)), W("未收取相关费用", F(NEG) | F(LEVY) | F(FEE)), W("未产生费用", F(NEG) | F(FEE)),
    W("未制发", F(NEG) | F(MAKE)), W("未制定", F(NEG) | F(MAKE)), W("未出台", F(NEG) | F(MAKE)), W("没有制发", F(NEG) | F(MAKE)), W("未制作", F(NEG) | F(MAKE)), W("未印发", F(NEG) | F(MAKE)), W("没有制定", F(NEG) | F(MAKE)),
    W("均为零", F(NEG)), W("都为零", F(NEG)), W("为零", F(NEG)), W("均为无", F(NEG)), W("零件", F(NEG)),
    W("未收到过", F(NEG) | F(RECEIVE)), W("未有收到", F(NEG) | F(RECEIVE)), W("没有收到过", F(NEG) | F(RECEIVE)), W("从未", F(NEG)), W("不收取", F(NEG) | F(LEVY)), W("未征收", F(NEG) | F(LEVY)), W("免收", 0), W("零申请", 0),
    W("无法", 0), W("无需", 0), W("无须", 0), W("无误", 0), W("无偿", 0), W("无障碍", 0), W("无力", 0), W("无论", 0), W("无关", 0), W("无正当理由", 0), W("无效", 0), W("无线", 0), W("无人", 0), W("无纸化", 0), W("无不", 0), W("无一", F(NEG)), W("无缝", 0), W("有无", 0), W("无疑", 0), W("无差错", 0), W("无诚信", 0),
    W("没有规定", 0), W("没有及时", 0), W("没有按", 0),
    // --- how it is said
    W("其中", F(AMONG)), W("包括", F(AMONG)), W("含", F(AMONG)), W("其中包括", F(AMONG)), W("其中包含", F(AMONG)), W("包含", F(AMONG)), W("其中主要包括", F(AMONG)), W("主要包括", F(AMONG) | F(ETC)), W("主要为", F(AMONG) | F(ETC)), W("主要是", F(AMONG) | F(ETC)),
    W("分别为", F(AMONG) | F(EXACTLY)), W("分别是", F(AMONG) | F(EXACTLY)), W("具体为", F(AMONG) | F(EXACTLY)), W("具体包括", F(AMONG) | F(EXACTLY)), W("具体如下", F(AMONG) | F(EXACTLY)), W("具体是", F(AMONG) | F(EXACTLY)), W("按办理结果分", F(AMONG) | F(EXACTLY)), W("内容包括", 0), W("包括但不限于", F(AMONG) | F(ETC)), W("涵盖", F(AMONG) | F(ETC)), W("内容涵盖", F(AMONG) | F(ETC)),
    W("等", F(ETC)), W("等级", 0), W("平等", 0), W("同等", 0), W("等待", 0), W("共", F(TOTAL)), W("总计", F(TOTAL)), W("合计", F(TOTAL)), W("总数", F(TOTAL)), W("累计", F(TOTAL)), W("共计", F(TOTAL)), W("总共", F(TOTAL)), W("全年", F(TOTAL)), W("公共", 0), W("共同", 0), W("共产党", 0), W("中共", 0), W("总量", F(TOTAL)), W("共享", 0),
    W("均为", F(EACH)), W("各为", F(EACH)), W("都为", F(EACH)), W("均是", F(EACH)), W("都是", F(EACH)), W("均", 0),
    W("网络", F(CHANNEL)), W("网上", F(CHANNEL)), W("信函", F(CHANNEL)), W("邮寄", F(CHANNEL)), W("邮件", F(CHANNEL)), W("当面", F(CHANNEL)), W("传真", F(CHANNEL)), W("现场", F(CHANNEL)), W("在线", F(CHANNEL)), W("平台提交", F(CHANNEL)), W("系统提交", F(CHANNEL)), W("互联网", F(CHANNEL)), W("书面", F(CHANNEL)), W("邮政", F(CHANNEL)), W("书信", F(CHANNEL)), W("挂号信", F(CHANNEL)), W("快递", F(CHANNEL)), W("线上", F(CHANNEL)), W("线下", F(CHANNEL)), W("口头", F(CHANNEL)), W("窗口", F(CHANNEL)), W("电子邮件", F(CHANNEL)),
    W("网站", F(CHANNEL)), W("渠道", F(CHANNEL)), W("涉及", F(RESTRICT)), W("关于", F(RESTRICT)), W("有关", F(RESTRICT)), W("转办", F(RESTRICT)), W("转来", F(RESTRICT)), W("转送", F(RESTRICT)), W("交办", F(RESTRICT)), W("移交", F(RESTRICT)), W("有关部门", 0), W("有关单位", 0), W("有关规定", 0), W("各有关部门", F(PARTIAL)), W("有关事项", 0),
    W("代办", F(RESTRICT)), W("协办", F(RESTRICT)), W("会办", F(RESTRICT)), W("指导", F(RESTRICT)), W("协调", F(RESTRICT)), W("协助", F(RESTRICT)),
    W("增长", F(GROW)), W("增加", F(GROW)), W("上升", F(GROW)), W("提高", F(GROW)), W("多出", F(GROW)), W("增幅", F(GROW)), W("增长率", F(GROW)), W("下降", F(SHRINK)), W("减少", F(SHRINK)), W("降低", F(SHRINK)), W("降幅", F(SHRINK)), W("增加至", 0), W("增长至", 0), W("增长到", 0), W("增加到", 0), W("增至", 0), W("上升至", 0), W("减少至", 0), W("下降至", 0), W("减少到", 0), W("持平", 0),
    W("占", F(SHARE)), W("占比", F(SHARE)), W("占比为", F(SHARE)), W("占总数", F(SHARE)), W("占总量", F(SHARE)), W("比例为", F(SHARE)), W("比重", F(SHARE)), W("抢占", 0), W("占用", 0), W("占地", 0),
    W("去年", F(LAST_YEAR)), W("上年", F(LAST_YEAR)), W("上一年", F(LAST_YEAR)), W("上年度", F(LAST_YEAR)), W("上一年度", F(LAST_YEAR)), W("同期", F(LAST_YEAR)), W("去年同期", F(LAST_YEAR)), W("上年同期", F(LAST_YEAR)), W("往年", F(LAST_YEAR)), W("同比", F(LAST_YEAR)), W("环比", F(PERIOD)), W("历年", F(LAST_YEAR)), W("以来", F(LAST_YEAR) | F(PERIOD)), W("前年", F(LAST_YEAR)), W("较上年", F(LAST_YEAR)), W("以前年度", F(LAST_YEAR)),
    W("下一步", F(PLAN)), W("下年", F(PLAN)), W("明年", F(PLAN)), W("计划", F(PLAN)), W("拟", F(PLAN)), W("将于", F(PLAN)), W("力争", F(PLAN)), W("规划计划", F(ELSE)), W("规划", 0), W("模拟", 0),
    W("上半年", F(PERIOD)), W("下半年", F(PERIOD)), W("季度", F(PERIOD)), W("每月", F(PERIOD)), W("每周", F(PERIOD)), W("每年", F(PERIOD)), W("每季度", F(PERIOD)), W("每日", F(PERIOD)), W("每期", F(PERIOD)), W("每次", F(PERIOD)), W("每个", F(PERIOD)), W("月份", F(PERIOD)),
    // --- whose figure it is
    W("全市", F(BROAD)), W("全区", F(BROAD)), W("全县", F(BROAD)), W("全省", F(BROAD)), W("全州", F(BROAD)), W("全系统", F(BROAD)), W("各级", F(BROAD)), W("各部门", F(PARTIAL)), W("各单位", F(PARTIAL)), W("各镇", F(PARTIAL)), W("各乡镇", F(PARTIAL)), W("各县", F(PARTIAL)), W("各区", F(PARTIAL)), W("我市", F(BROAD)), W("我区", F(BROAD)), W("我县", F(BROAD)), W("各职能部门", F(PARTIAL)), W("市直", F(PARTIAL)), W("县直", F(PARTIAL)), W("区直", F(PARTIAL)), W("各街道", F(PARTIAL)), W("全旗", F(BROAD)), W("全盟", F(BROAD)), W("我省", F(BROAD)), W("各行政机关", F(PARTIAL)), W("各地", F(PARTIAL)),
    W("我局", F(ORGAN)), W("我委", F(ORGAN)), W("我办", F(ORGAN)), W("我镇", F(ORGAN)), W("我乡", F(ORGAN)), W("我街道", F(ORGAN)), W("我中心", F(ORGAN)), W("本局", F(ORGAN)), W("本机关", F(ORGAN)), W("本单位", F(ORGAN)), W("本部门", F(ORGAN)), W("我单位", F(ORGAN)), W("全局", F(ORGAN)), W("本街道", F(ORGAN)), W("本镇", F(ORGAN)), W("本委", F(ORGAN)), W("本中心", F(ORGAN)), W("我厅", F(ORGAN)), W("全镇", F(ORGAN)), W("全乡", F(ORGAN)), W("全街道", F(ORGAN)), W("本乡", F(ORGAN)), W("我院", F(ORGAN)), W("我处", F(ORGAN)), W("我站", F(ORGAN)), W("本行政机关", F(ORGAN)),
    W("政府办公室", F(OWN)), W("政府办公厅", F(OWN)), W("政府办", F(OWN)), W("本级", F(OWN)), W("区政府", F(OWN)), W("县政府", F(OWN)), W("市政府", F(OWN)), W("省政府", F(OWN)), W("州政府", F(OWN)), W("旗政府", F(OWN)), W("市政府办公室", F(OWN)), W("区政府办公室", F(OWN)), W("县政府办公室", F(OWN)), W("市政府办", F(OWN)), W("县政府办", F(OWN)), W("区政府办", F(OWN)), W("府办", F(OWN)), W("管委会", F(OWN)), W("市政府及政府办", F(OWN)), W("人民政府", F(OWN)), W("镇人民政府", F(ORGAN)), W("乡人民政府", F(ORGAN)), W("镇政府", F(ORGAN)), W("乡政府", F(ORGAN)),
    W("市政府网站", F(CHANNEL)), W("县政府网站", F(CHANNEL)), W("区政府网站", F(CHANNEL)), W("市政府门户网站", F(CHANNEL)), W("县政府门户网站", F(CHANNEL)), W("区政府门户网站", F(CHANNEL)), W("人民政府网站", F(CHANNEL)), W("人民政府门户网站", F(CHANNEL)), W("人民政府网", F(CHANNEL)),
};
// clang-format on

const size_t n_claim_words = sizeof claim_words / sizeof *claim_words;

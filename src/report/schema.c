#include "report/schema.h"

// clang-format off
const EditionDef editions[EDITION__COUNT] = {
    //                    id              name on pages                             basis                                from  to
    [EDITION_NONE]     = {SI(""),         SI("无统一格式"),                          SI(""),                              0,    2013},
    [EDITION_STAT2014] = {SI("stat2014"), SI("2014年统计表"),                        SI("国办发〔2014〕32号"),            2014, 2018},
    [EDITION_FMT2019]  = {SI("fmt2019"),  SI("2019年格式（试行）"),                  SI("国办公开办函〔2019〕60号"),      2019, 2020},
    [EDITION_FMT2021]  = {SI("fmt2021"),  SI("2021年格式"),                          SI("国办公开办函〔2021〕30号"),      2021, 9999},
};

const Str chapter_titles[CHAPTERS] = {
    SI("总体情况"),
    SI("主动公开政府信息情况"),
    SI("收到和处理政府信息公开申请情况"),
    SI("政府信息公开行政复议、行政诉讼情况"),
    SI("存在的主要问题及改进情况"),
    SI("其他需要报告的事项"),
};

// Columns of table three (申请人情况) and four, in the order of the form.
#define T3_COLUMNS(X) \
    X("natural",  "自然人",       "natural persons") \
    X("business", "商业企业",     "businesses") \
    X("research", "科研机构",     "research bodies") \
    X("welfare",  "社会公益组织", "social welfare bodies") \
    X("legal",    "法律服务机构", "legal service bodies") \
    X("other",    "其他",         "other bodies") \
    X("total",    "总计",         "total")

#define T4_COLUMNS(X, block, zh) \
    X(block, zh, "upheld",    "结果维持") \
    X(block, zh, "corrected", "结果纠正") \
    X(block, zh, "other",     "其他结果") \
    X(block, zh, "pending",   "尚未审结") \
    X(block, zh, "total",     "总计")

// Rows of table three: key, label as printed, group, short name, English, editions.
#define T3_ROWS_(X) \
    X("new", "一、本年新收政府信息公开申请数量", "", "本年新收", "requests received this year", IN_2019 | IN_2021) \
    X("carried_in", "二、上年结转政府信息公开申请数量", "", "上年结转", "carried over from last year", IN_2019 | IN_2021) \
    X("r1", "（一）予以公开", "", "予以公开", "disclosed", IN_2019 | IN_2021) \
    X("r2", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", "部分公开", "partly disclosed", IN_2019 | IN_2021) \
    X("r3_1", "1.属于国家秘密", "（三）不予公开", "不予公开：属于国家秘密", "refused: state secret", IN_2019 | IN_2021) \
    X("r3_2", "2.其他法律行政法规禁止公开", "（三）不予公开", "不予公开：其他法律行政法规禁止公开", "refused: prohibited by law", IN_2019 | IN_2021) \
    X("r3_3", "3.危及“三安全一稳定”", "（三）不予公开", "不予公开：危及“三安全一稳定”", "refused: security or stability", IN_2019 | IN_2021) \
    X("r3_4", "4.保护第三方合法权益", "（三）不予公开", "不予公开：保护第三方合法权益", "refused: third party", IN_2019 | IN_2021) \
    X("r3_5", "5.属于三类内部事务信息", "（三）不予公开", "不予公开：属于三类内部事务信息", "refused: internal affairs", IN_2019 | IN_2021) \
    X("r3_6", "6.属于四类过程性信息", "（三）不予公开", "不予公开：属于四类过程性信息", "refused: deliberative", IN_2019 | IN_2021) \
    X("r3_7", "7.属于行政执法案卷", "（三）不予公开", "不予公开：属于行政执法案卷", "refused: enforcement file", IN_2019 | IN_2021) \
    X("r3_8", "8.属于行政查询事项", "（三）不予公开", "不予公开：属于行政查询事项", "refused: administrative query", IN_2019 | IN_2021) \
    X("r4_1", "1.本机关不掌握相关政府信息", "（四）无法提供", "无法提供：本机关不掌握", "cannot provide: not held", IN_2019 | IN_2021) \
    X("r4_2", "2.没有现成信息需要另行制作", "（四）无法提供", "无法提供：需要另行制作", "cannot provide: would have to be made", IN_2019 | IN_2021) \
    X("r4_3", "3.补正后申请内容仍不明确", "（四）无法提供", "无法提供：补正后仍不明确", "cannot provide: still unclear", IN_2019 | IN_2021) \
    X("r5_1", "1.信访举报投诉类申请", "（五）不予处理", "不予处理：信访举报投诉类", "not processed: petition or complaint", IN_2019 | IN_2021) \
    X("r5_2", "2.重复申请", "（五）不予处理", "不予处理：重复申请", "not processed: repeated", IN_2019 | IN_2021) \
    X("r5_3", "3.要求提供公开出版物", "（五）不予处理", "不予处理：要求提供公开出版物", "not processed: publication", IN_2019 | IN_2021) \
    X("r5_4", "4.无正当理由大量反复申请", "（五）不予处理", "不予处理：无正当理由大量反复申请", "not processed: vexatious", IN_2019 | IN_2021) \
    X("r5_5", "5.要求行政机关确认或重新出具已获取信息", "（五）不予处理", "不予处理：要求确认或重新出具", "not processed: re-issue", IN_2019 | IN_2021) \
    X("r6", "（六）其他处理", "", "其他处理", "other", IN_2019) \
    X("r6_1", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "（六）其他处理", "其他处理：逾期不补正", "other: correction lapsed", IN_2021) \
    X("r6_2", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理", "其他处理：逾期不缴费", "other: fee not paid", IN_2021) \
    X("r6_3", "3.其他", "（六）其他处理", "其他处理：其他", "other: other", IN_2021) \
    X("r7", "（七）总计", "", "办理结果总计", "outcomes, total", IN_2019 | IN_2021) \
    X("carried_out", "四、结转下年度继续办理", "", "结转下年度", "carried over to next year", IN_2019 | IN_2021)

#define X(key, label, group, shorter, en, in) {SI(key), SI(label), SI(group), SI(shorter), SI(en), in},
const T3RowDef t3_rows[T3_ROWS] = {T3_ROWS_(X)};
#undef X

#define X(key, label, en) {SI(key), SI(label), SI(en)},
const T3ColDef t3_cols[T3_COLS] = {T3_COLUMNS(X)};
#undef X

const T3ColDef t4_blocks[T4_BLOCKS] = {
    {SI("review"),            SI("行政复议"),       SI("administrative review")},
    {SI("suit_direct"),       SI("未经复议直接起诉"), SI("suits without review")},
    {SI("suit_after_review"), SI("复议后起诉"),     SI("suits after review")},
};

const T3ColDef t4_cols[T4_COLS] = {
    {SI("upheld"),    SI("结果维持"), SI("upheld")},
    {SI("corrected"), SI("结果纠正"), SI("corrected")},
    {SI("other"),     SI("其他结果"), SI("other")},
    {SI("pending"),   SI("尚未审结"), SI("pending")},
    {SI("total"),     SI("总计"),     SI("total")},
};

// The 2014 table: key, label, number before it, unit, type, row it is a part of, level, headings above it.
#define STAT_ROWS(X) \
    X("proactive",               "主动公开政府信息数", "（一）", "条", TYPE_COUNT, -1, 1, "一、主动公开情况") \
    X("proactive_normative",     "主动公开规范性文件数", "其中：", "条", TYPE_COUNT, 0, 2, "") \
    X("normative_made",          "制发规范性文件总数", "", "件", TYPE_COUNT, -1, 2, "") \
    X("channel_gazette",         "政府公报公开政府信息数", "1.", "条", TYPE_COUNT, -1, 2, "（二）通过不同渠道和方式公开政府信息的情况") \
    X("channel_website",         "政府网站公开政府信息数", "2.", "条", TYPE_COUNT, -1, 2, "") \
    X("channel_weibo",           "政务微博公开政府信息数", "3.", "条", TYPE_COUNT, -1, 2, "") \
    X("channel_wechat",          "政务微信公开政府信息数", "4.", "条", TYPE_COUNT, -1, 2, "") \
    X("channel_other",           "其他方式公开政府信息数", "5.", "条", TYPE_COUNT, -1, 2, "") \
    X("response",                "回应公众关注热点或重大舆情数", "（一）", "次", TYPE_COUNT, -1, 1, "二、回应解读情况") \
    X("press",                   "参加或举办新闻发布会总次数", "1.", "次", TYPE_COUNT, -1, 2, "（二）通过不同渠道和方式回应解读的情况") \
    X("press_head",              "主要负责同志参加新闻发布会次数", "其中：", "次", TYPE_COUNT, 9, 3, "") \
    X("interview",               "政府网站在线访谈次数", "2.", "次", TYPE_COUNT, -1, 2, "") \
    X("interview_head",          "主要负责同志参加政府网站在线访谈次数", "其中：", "次", TYPE_COUNT, 11, 3, "") \
    X("interpretation",          "政策解读稿件发布数", "3.", "篇", TYPE_COUNT, -1, 2, "") \
    X("weibo_response",          "微博微信回应事件数", "4.", "次", TYPE_COUNT, -1, 2, "") \
    X("other_response",          "其他方式回应事件数", "5.", "次", TYPE_COUNT, -1, 2, "") \
    X("requests",                "收到申请数", "（一）", "件", TYPE_COUNT, -1, 1, "三、依申请公开情况") \
    X("in_person",               "当面申请数", "1.", "件", TYPE_COUNT, 16, 2, "") \
    X("fax",                     "传真申请数", "2.", "件", TYPE_COUNT, 16, 2, "") \
    X("internet",                "网络申请数", "3.", "件", TYPE_COUNT, 16, 2, "") \
    X("letter",                  "信函申请数", "4.", "件", TYPE_COUNT, 16, 2, "") \
    X("finished",                "申请办结数", "（二）", "件", TYPE_COUNT, -1, 1, "") \
    X("finished_on_time",        "按时办结数", "1.", "件", TYPE_COUNT, 21, 2, "") \
    X("finished_extended",       "延期办结数", "2.", "件", TYPE_COUNT, 21, 2, "") \
    X("replies",                 "申请答复数", "（三）", "件", TYPE_COUNT, -1, 1, "") \
    X("already_public",          "属于已主动公开范围数", "1.", "件", TYPE_COUNT, 24, 2, "") \
    X("granted",                 "同意公开答复数", "2.", "件", TYPE_COUNT, 24, 2, "") \
    X("partly",                  "同意部分公开答复数", "3.", "件", TYPE_COUNT, 24, 2, "") \
    X("refused",                 "不同意公开答复数", "4.", "件", TYPE_COUNT, 24, 2, "") \
    X("refused_secret",          "涉及国家秘密", "其中：1.", "件", TYPE_COUNT, 28, 3, "") \
    X("refused_commercial",      "涉及商业秘密", "2.", "件", TYPE_COUNT, 28, 3, "") \
    X("refused_privacy",         "涉及个人隐私", "3.", "件", TYPE_COUNT, 28, 3, "") \
    X("refused_security",        "危及国家安全、公共安全、经济安全和社会稳定", "4.", "件", TYPE_COUNT, 28, 3, "") \
    X("refused_not_information", "不是《条例》所指政府信息", "5.", "件", TYPE_COUNT, 28, 3, "") \
    X("refused_other",           "法律法规规定的其他情形", "6.", "件", TYPE_COUNT, 28, 3, "") \
    X("not_ours",                "不属于本行政机关公开数", "5.", "件", TYPE_COUNT, 24, 2, "") \
    X("not_exist",               "申请信息不存在数", "6.", "件", TYPE_COUNT, 24, 2, "") \
    X("clarify",                 "告知作出更改补充数", "7.", "件", TYPE_COUNT, 24, 2, "") \
    X("elsewhere",               "告知通过其他途径办理数", "8.", "件", TYPE_COUNT, 24, 2, "") \
    X("review",                  "行政复议数量", "四、", "件", TYPE_COUNT, -1, 0, "") \
    X("review_upheld",           "维持具体行政行为数", "（一）", "件", TYPE_COUNT, 39, 1, "") \
    X("review_corrected",        "被依法纠错数", "（二）", "件", TYPE_COUNT, 39, 1, "") \
    X("review_other",            "其他情形数", "（三）", "件", TYPE_COUNT, 39, 1, "") \
    X("suit",                    "行政诉讼数量", "五、", "件", TYPE_COUNT, -1, 0, "") \
    X("suit_upheld",             "维持具体行政行为或者驳回原告诉讼请求数", "（一）", "件", TYPE_COUNT, 43, 1, "") \
    X("suit_corrected",          "被依法纠错数", "（二）", "件", TYPE_COUNT, 43, 1, "") \
    X("suit_other",              "其他情形数", "（三）", "件", TYPE_COUNT, 43, 1, "") \
    X("complaints",              "举报投诉数量", "六、", "件", TYPE_COUNT, -1, 0, "") \
    X("fee",                     "依申请公开信息收取的费用", "七、", "万元", TYPE_AMOUNT, -1, 0, "") \
    X("offices",                 "政府信息公开工作专门机构数", "（一）", "个", TYPE_COUNT, -1, 1, "八、机构建设和保障经费情况") \
    X("reading_points",          "设置政府信息公开查阅点数", "（二）", "个", TYPE_COUNT, -1, 1, "") \
    X("staff",                   "从事政府信息公开工作人员数", "（三）", "人", TYPE_COUNT, -1, 1, "") \
    X("full_time",               "专职人员数（不包括政府公报及政府网站工作人员数）", "1.", "人", TYPE_COUNT, 51, 2, "") \
    X("part_time",               "兼职人员数", "2.", "人", TYPE_COUNT, 51, 2, "") \
    X("budget",                  "政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "（四）", "万元", TYPE_AMOUNT, -1, 1, "") \
    X("meetings",                "召开政府信息公开工作会议或专题会议数", "（一）", "次", TYPE_COUNT, -1, 1, "九、政府信息公开会议和培训情况") \
    X("trainings",               "举办各类培训班数", "（二）", "次", TYPE_COUNT, -1, 1, "") \
    X("trainees",                "接受培训人员数", "（三）", "人次", TYPE_COUNT, -1, 1, "")

#define X(key, label, number, unit, type, parent, level, above) {SI(key), SI(label), SI(number), SI(unit), parent, level, SI(above)},
const StatRow stat_rows[STAT_CELLS] = {STAT_ROWS(X)};
#undef X

// Every cell, in the order of CellIx: table two as listed in schema.h, three row by row, four block by block.
const CellDef cell_defs[CELL_COUNT] = {
    // id, table, type, editions, row, column, unit, item of Art. 20
    {SI("t2.regulation.made"), TABLE_T2, TYPE_COUNT, IN_2019 | IN_2021, SI("规章"), SI("本年制发件数"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.regulation.repealed"), TABLE_T2, TYPE_COUNT, IN_2021, SI("规章"), SI("本年废止件数"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.regulation.in_force"), TABLE_T2, TYPE_COUNT, IN_2021, SI("规章"), SI("现行有效件数"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.regulation.newly_public"), TABLE_T2, TYPE_COUNT, IN_2019, SI("规章"), SI("本年新公开数量"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.regulation.all_public"), TABLE_T2, TYPE_COUNT, IN_2019, SI("规章"), SI("对外公开总数量"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.normative.made"), TABLE_T2, TYPE_COUNT, IN_2019 | IN_2021, SI("行政规范性文件"), SI("本年制发件数"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.normative.repealed"), TABLE_T2, TYPE_COUNT, IN_2021, SI("行政规范性文件"), SI("本年废止件数"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.normative.in_force"), TABLE_T2, TYPE_COUNT, IN_2021, SI("行政规范性文件"), SI("现行有效件数"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.normative.newly_public"), TABLE_T2, TYPE_COUNT, IN_2019, SI("行政规范性文件"), SI("本年新公开数量"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.normative.all_public"), TABLE_T2, TYPE_COUNT, IN_2019, SI("行政规范性文件"), SI("对外公开总数量"), SI("件"), SI("第二十条第（一）项")},
    {SI("t2.licence.last_year"), TABLE_T2, TYPE_COUNT, IN_2019, SI("行政许可"), SI("上一年项目数量"), SI("项"), SI("第二十条第（五）项")},
    {SI("t2.licence.change"), TABLE_T2, TYPE_CHANGE, IN_2019, SI("行政许可"), SI("本年增/减"), SI("项"), SI("第二十条第（五）项")},
    {SI("t2.licence.decided"), TABLE_T2, TYPE_COUNT, IN_2019 | IN_2021, SI("行政许可"), SI("本年处理决定数量"), SI("件"), SI("第二十条第（五）项")},
    {SI("t2.service.last_year"), TABLE_T2, TYPE_COUNT, IN_2019, SI("其他对外管理服务事项"), SI("上一年项目数量"), SI("项"), SI("第二十条第（五）项")},
    {SI("t2.service.change"), TABLE_T2, TYPE_CHANGE, IN_2019, SI("其他对外管理服务事项"), SI("本年增/减"), SI("项"), SI("第二十条第（五）项")},
    {SI("t2.service.decided"), TABLE_T2, TYPE_COUNT, IN_2019, SI("其他对外管理服务事项"), SI("本年处理决定数量"), SI("件"), SI("第二十条第（五）项")},
    {SI("t2.penalty.last_year"), TABLE_T2, TYPE_COUNT, IN_2019, SI("行政处罚"), SI("上一年项目数量"), SI("项"), SI("第二十条第（六）项")},
    {SI("t2.penalty.change"), TABLE_T2, TYPE_CHANGE, IN_2019, SI("行政处罚"), SI("本年增/减"), SI("项"), SI("第二十条第（六）项")},
    {SI("t2.penalty.decided"), TABLE_T2, TYPE_COUNT, IN_2019 | IN_2021, SI("行政处罚"), SI("本年处理决定数量"), SI("件"), SI("第二十条第（六）项")},
    {SI("t2.coercion.last_year"), TABLE_T2, TYPE_COUNT, IN_2019, SI("行政强制"), SI("上一年项目数量"), SI("项"), SI("第二十条第（六）项")},
    {SI("t2.coercion.change"), TABLE_T2, TYPE_CHANGE, IN_2019, SI("行政强制"), SI("本年增/减"), SI("项"), SI("第二十条第（六）项")},
    {SI("t2.coercion.decided"), TABLE_T2, TYPE_COUNT, IN_2019 | IN_2021, SI("行政强制"), SI("本年处理决定数量"), SI("件"), SI("第二十条第（六）项")},
    {SI("t2.charge.last_year"), TABLE_T2, TYPE_COUNT, IN_2019, SI("行政事业性收费"), SI("上一年项目数量"), SI("项"), SI("第二十条第（八）项")},
    {SI("t2.charge.change"), TABLE_T2, TYPE_CHANGE, IN_2019, SI("行政事业性收费"), SI("本年增/减"), SI("项"), SI("第二十条第（八）项")},
    {SI("t2.charge.amount_wan"), TABLE_T2, TYPE_AMOUNT, IN_2021, SI("行政事业性收费"), SI("本年收费金额"), SI("万元"), SI("第二十条第（八）项")},
    {SI("t2.procurement.items"), TABLE_T2, TYPE_COUNT, IN_2019, SI("政府集中采购"), SI("采购项目数量"), SI("项"), SI("第二十条第（九）项")},
    {SI("t2.procurement.amount_wan"), TABLE_T2, TYPE_AMOUNT, IN_2019, SI("政府集中采购"), SI("采购总金额"), SI("万元"), SI("第二十条第（九）项")},
#define COL3(key, label, group, shorter, en, in, col, col_label) \
    {SI("t3." key "." col), TABLE_T3, TYPE_COUNT, in, SI(shorter), SI(col_label), SI("件"), SI("")},
#define X(key, label, group, shorter, en, in) \
    COL3(key, label, group, shorter, en, in, "natural", "自然人") \
    COL3(key, label, group, shorter, en, in, "business", "商业企业") \
    COL3(key, label, group, shorter, en, in, "research", "科研机构") \
    COL3(key, label, group, shorter, en, in, "welfare", "社会公益组织") \
    COL3(key, label, group, shorter, en, in, "legal", "法律服务机构") \
    COL3(key, label, group, shorter, en, in, "other", "其他") \
    COL3(key, label, group, shorter, en, in, "total", "总计")
    T3_ROWS_(X)
#undef X
#define X(block, zh, key, label) {SI("t4." block "." key), TABLE_T4, TYPE_COUNT, IN_2019 | IN_2021, SI(zh), SI(label), SI("件"), SI("")},
    T4_COLUMNS(X, "review", "行政复议")
    T4_COLUMNS(X, "suit_direct", "未经复议直接起诉")
    T4_COLUMNS(X, "suit_after_review", "复议后起诉")
#undef X
#define X(key, label, number, unit, type, parent, level, above) \
    {SI("stat." key), TABLE_STAT, type, IN_2014, SI(label), SI("统计数"), SI(unit), SI("")},
    STAT_ROWS(X)
#undef X
};
// clang-format on

Edition edition_due(int year)
{
    for (int e = EDITION_STAT2014; e < EDITION__COUNT; e++)
        if (year >= editions[e].year_from && year <= editions[e].year_to)
            return (Edition)e;
    return EDITION_NONE;
}

CellIx cell_by_id(Str id)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (str_eq(cell_defs[ix].id, id))
            return ix;
    return CELL_NONE;
}

// What the text says against the tables and against itself: one row per wording.
#include "doc_builder.h"

#include "report/claims.h"

#include <stdlib.h>

typedef struct Row {
    const char *name;
    const char *cells; // "t3.new.total=17 t3.r7.total=16": over a report of zeros
    const char *text;  // a paragraph of chapter one
    const char *check;
    const char *said;  // what the text says, as shown; "" for a zero without a figure; NULL any
    int want;          // a Result, or NONE where nothing may be said
    Edition edition;   // 0: the 2021 form
    const char *organ; // NULL: a bureau
} Row;

enum {
    NONE = -1,
    PASS = RESULT_PASS,
    FAIL = RESULT_FAIL,
    DOUBT = RESULT_DOUBTFUL,
    OPEN = RESULT_NOT_ASSESSABLE
};

// clang-format off
static const Row rows[] = {
    // --- received
    {"received equals the table", "t3.new.total=17", "2023年，我局共收到政府信息公开申请17件。", "text.new", "17件", PASS, 0, NULL},
    {"received differs from the table", "t3.new.total=17", "2023年，我局共收到政府信息公开申请16件。", "text.new", "16件", FAIL, 0, NULL},
    {"received together with the carry-over", "t3.new.total=17 t3.carried_in.total=3", "我局共受理政府信息公开申请20件。", "text.new", "20件", PASS, 0, NULL},
    {"newly received is not with the carry-over", "t3.new.total=17 t3.carried_in.total=3", "我局本年新收政府信息公开申请20件。", "text.new", "20件", FAIL, 0, NULL},
    {"the figure before the noun", "t3.new.total=3", "我局收到3件政府信息公开申请，其中2件通过网络提交，1件通过信函提交。", "text.new", "3件", PASS, 0, NULL},
    {"a part by channel is no claim of the whole", "t3.new.total=3", "我局通过网络收到政府信息公开申请2件。", "text.new", NULL, NONE, 0, NULL},
    {"a Chinese numeral", "t3.new.total=23", "我镇全年收到依申请公开二十三件。", "text.new", "二十三件", PASS, 0, "示例县城关镇人民政府"},
    {"a wrong Chinese numeral", "t3.new.total=3", "我镇全年收到依申请公开申请两件。", "text.new", "两件", FAIL, 0, "示例县城关镇人民政府"},
    {"thousands", "t3.new.total=1234", "全市新收政府信息公开申请1,234件。", "text.new", "1,234件", PASS, 0, "示例市人民政府"},
    {"a round number", "t3.new.total=12345", "全市新收政府信息公开申请1.2万余件。", "text.new", "1.2万余件", PASS, 0, "示例市人民政府"},
    {"a round number that is far off", "t3.new.total=22345", "全市新收政府信息公开申请1.2万余件。", "text.new", "1.2万余件", DOUBT, 0, "示例市人民政府"},
    {"nothing received", "", "2023年，我局未收到依申请公开事项。", "text.new", "0", PASS, 0, NULL},
    {"nothing received but the table counts", "t3.new.total=2", "2023年，我局未收到政府信息公开申请。", "text.new", "0", FAIL, 0, NULL},
    {"the government alone beside a table of the district", "t3.new.total=95", "区政府收到政府信息公开申请17件。", "text.new", "17件", DOUBT, 0, "示例市东城区人民政府"},
    {"a slip of the government's own figure in its office's report", "t3.new.total=17", "市政府办公室新收到政府信息公开申请16件。", "text.new", "16件", FAIL, 0, "示例市人民政府办公室"},
    {"the office's own figure beside the district's", "t3.new.total=95", "区政府办公室收到政府信息公开申请17件。", "text.new", "17件", DOUBT, 0, "示例市东城区人民政府办公室"},
    {"the outcomes beside a figure of other scope", "t3.new.total=95 t3.r2.total=4", "区政府收到政府信息公开申请17件。其中，部分公开3件。", "text.outcome", "3件", DOUBT, 0, "示例市东城区人民政府"},
    {"the whole county said in an office's report", "t3.new.total=12", "全县收到政府信息公开申请85件。", "text.new", "85件", DOUBT, 0, "示例县人民政府办公室"},
    {"the whole district said of the whole district", "t3.new.total=95", "全区收到政府信息公开申请17件。", "text.new", "17件", FAIL, 0, "示例市东城区人民政府"},
    {"the towns are not the whole county", "t3.new.total=20", "2023年，县本级收到政府信息公开申请12件，各乡镇收到8件，合计20件。", "text.new", "8件", DOUBT, 0, "示例县人民政府"},
    {"the departments of the whole district are", "t3.new.total=170", "全区各部门收到政府信息公开申请107件。", "text.new", "107件", FAIL, 0, "示例市东城区人民政府"},
    {"the whole city said in a bureau's report", "t3.new.total=5", "全市各部门收到政府信息公开申请170件。", "text.new", "170件", DOUBT, 0, NULL},
    {"one figure fits, the other counts something else", "t3.new.total=95", "全区收到政府信息公开申请95件。区政府办公室收到政府信息公开申请17件。", "text.new", "17件", DOUBT, 0, "示例市东城区人民政府"},
    {"half a year is not the year", "t3.new.total=9", "2023年1-6月，我局收到政府信息公开申请5件。", "text.new", NULL, NONE, 0, NULL},
    {"one day is not the year", "t3.new.total=9", "2023年12月6日，我局收到政府信息公开申请1件。", "text.new", NULL, NONE, 0, NULL},
    {"up to the end of the year is the year", "t3.new.total=9", "截至2023年12月31日，我局收到政府信息公开申请8件。", "text.new", "8件", FAIL, 0, NULL},
    {"from the first day to the last", "t3.new.total=9", "2023年1月1日至12月31日，我局收到政府信息公开申请9件。", "text.new", "9件", PASS, 0, NULL},
    {"since a year long past", "t3.new.total=5", "自2008年条例施行以来，累计收到政府信息公开申请300件。", "text.new", NULL, NONE, 0, NULL},
    {"last year's figure is not this year's", "t3.new.total=5", "2022年我局收到政府信息公开申请9件。", "text.new", NULL, NONE, 0, NULL},
    {"received beside last year's", "t3.new.total=5", "我局收到政府信息公开申请5件，去年同期9件。", "text.new", "5件", PASS, 0, NULL},
    {"proposals are not requests", "", "2023年，我局收到人大代表建议6件，全部办结6件。", "text.new", NULL, NONE, 0, NULL},
    {"letters are not requests", "t3.new.total=2", "我局收到依申请公开2件。收到群众留言40件，均已办结。", "text.new", "2件", PASS, 0, NULL},
    {"a law's number is no count", "", "根据《中华人民共和国政府信息公开条例》（国务院令第711号）规定，受理政府信息公开申请。", "text.new", NULL, NONE, 0, NULL},
    {"days are no count", "", "收到申请之日起20个工作日内答复政府信息公开申请。", "text.new", NULL, NONE, 0, NULL},
    {"a telephone near the word is no count", "", "受理政府信息公开申请，电话：0123-4567890。", "text.new", NULL, NONE, 0, NULL},
    {"the table is gone", "-t3.new.total", "我局共收到政府信息公开申请17件。", "text.new", "17件", OPEN, 0, NULL},
    // --- closed and carried
    {"closed", "t3.r7.total=16", "我局收到政府信息公开申请，办结16件。", "text.closed", "16件", PASS, 0, NULL},
    {"what is closed sentences later may be something else", "t3.r7.total=3", "我局收到依申请公开3件。加强平台建设。全年办结群众来件120件。", "text.closed", "120件", DOUBT, 0, NULL},
    {"replies to others", "t3.r7.total=3", "我局收到依申请公开3件，回复群众120件次。", "text.closed", NULL, NONE, 0, NULL},
    {"closed differs", "t3.r7.total=3", "我局新收依申请公开1件，办结1件。", "text.closed", "1件", FAIL, 0, NULL},
    {"accepted and closed in one", "t3.r7.total=19 t3.new.total=19", "本机关共受理并办结政府信息公开申请19件。", "text.closed", "19件", PASS, 0, NULL},
    {"accepted, closed, joined by a pause", "t3.r7.total=19 t3.new.total=19", "共受理、办结政府信息公开申请19件。", "text.new", "19件", PASS, 0, NULL},
    {"carried over from last year", "t3.carried_in.total=2", "依申请公开方面，新收1件，上年结转2件。", "text.carried_in", "2件", PASS, 0, NULL},
    {"carried over from last year, wrong", "t3.carried_in.total=2", "依申请公开方面，新收1件，上年结转0件。", "text.carried_in", "0件", FAIL, 0, NULL},
    {"carried over in brackets", "t3.carried_in.total=2 t3.new.total=10", "共收到政府信息公开申请12件（含上年结转2件）。", "text.carried_in", "2件", PASS, 0, NULL},
    {"carried over from a year named", "t3.carried_in.total=2", "依申请公开方面，2022年结转2件。", "text.carried_in", "2件", PASS, 0, NULL},
    {"carried over to next year", "t3.carried_out.total=2", "全年收到信息公开申请9件，7件按时答复，2件结转下年度办理。", "text.carried_out", "2件", PASS, 0, NULL},
    {"moved to the year named", "t3.carried_out.total=1", "收到12份政府信息公开申请，11份已答复，1份转至2024年办理。", "text.carried_out", "1份", PASS, 0, NULL},
    {"what was moved is not what was handled", "t3.r7.total=11 t3.new.total=12", "收到12份政府信息公开申请，11份已答复，1份转至2024年办理。", "text.new", "1份", NONE, 0, NULL},
    {"carried over to next year, wrong", "t3.carried_out.total=1", "办结政府信息公开申请10件，结转下年2件。", "text.carried_out", "2件", FAIL, 0, NULL},
    // --- outcomes and applicants
    {"an outcome", "t3.r1.total=5", "办理政府信息公开申请方面，予以公开5件。", "text.outcome", "5件", PASS, 0, NULL},
    {"an outcome that differs", "t3.r2.total=0", "办理政府信息公开申请方面，部分公开3件。", "text.outcome", "3件", FAIL, 0, NULL},
    {"refusals are the sum of eight rows", "t3.r3_1.total=1 t3.r3_8.total=2", "办理政府信息公开申请方面，不予公开3件。", "text.outcome", "3件", PASS, 0, NULL},
    {"other outcomes of the 2019 form are one row", "t3.r6.total=3", "办理政府信息公开申请方面，其他处理3件。", "text.outcome", "3件", PASS, EDITION_FMT2019, NULL},
    {"other outcomes of the 2021 form are three rows", "t3.r6_1.total=1 t3.r6_3.total=2", "办理政府信息公开申请方面，作其他处理（含撤回）3件。", "text.outcome", "3件", PASS, 0, NULL},
    {"disclosed with the partly disclosed", "t3.r1.total=6 t3.r2.total=2", "办理政府信息公开申请方面，予以公开（含部分公开）8件。", "text.outcome", "8件", PASS, 0, NULL},
    {"a single row", "t3.r4_1.total=9", "办理政府信息公开申请方面，本机关不掌握相关政府信息9件。", "text.outcome", "9件", PASS, 0, NULL},
    {"an outcome with its share", "t3.r1.total=5", "答复政府信息公开申请10件，其中予以公开5件，占50%；不予公开5件，占50%。", "text.share", NULL, PASS, 0, NULL},
    {"items of information are no requests", "", "按信息条数统计，依申请公开信息数21条，不予公开信息数6条。", "text.outcome", NULL, NONE, 0, NULL},
    {"natural persons", "t3.new.natural=15 t3.carried_in.natural=2", "收到政府信息公开申请20件，其中自然人申请17件，法人或其他组织申请3件。", "text.applicant", "17件", PASS, 0, NULL},
    {"legal persons are the sum of five columns", "t3.new.business=2 t3.new.other=1", "收到政府信息公开申请20件，其中法人或其他组织申请3件。", "text.applicant", "3件", PASS, 0, NULL},
    {"natural persons, wrong", "t3.new.natural=15", "收到政府信息公开申请20件，其中自然人申请16件，法人或其他组织申请4件。", "text.applicant", "16件", FAIL, 0, NULL},
    // --- table four
    {"reviews", "t4.review.total=2", "政府信息公开行政复议共2件，行政诉讼没有。", "text.review", "2件", PASS, 0, NULL},
    {"suits are both kinds together", "t4.suit_direct.total=1 t4.suit_after_review.total=2", "因政府信息公开申请引发行政诉讼3件。", "text.suit", "3件", PASS, 0, NULL},
    {"suits, wrong", "t4.suit_direct.total=1", "因政府信息公开申请引发行政诉讼3件。", "text.suit", "3件", FAIL, 0, NULL},
    {"a suit's result", "t4.suit_direct.total=2 t4.suit_direct.upheld=1 t4.suit_direct.pending=1", "因政府信息公开被提起行政诉讼2件：1件维持，1件尚未审结。", "text.suit", "1件", PASS, 0, NULL},
    {"neither reviews nor suits", "", "未发生因政府信息公开申请引起的行政复议、行政诉讼。", "text.suit", "0", PASS, 0, NULL},
    {"no suits said, but the table counts one", "t4.suit_direct.total=1", "未发生因政府信息公开申请引起的行政复议和行政诉讼。", "text.suit", "0", FAIL, 0, NULL},
    {"both are nought", "", "政府信息公开行政复议、行政诉讼均为0件。", "text.review", "0件", PASS, 0, NULL},
    {"both are nil", "", "政府信息公开行政复议、行政诉讼情况均为零。", "text.suit", "0", PASS, 0, NULL},
    {"the subject behind the case", "t4.review.total=2", "2023年发生行政复议1件，为政府信息公开类。", "text.review", "1件", FAIL, 0, NULL},
    {"no complaints says nothing of reviews", "t4.review.total=1", "全年没有因政府信息公开被投诉举报或者责任追究。", "text.review", NULL, NONE, 0, NULL},
    {"all reviews, and those of disclosure among them", "t4.review.total=2", "区政府作为被申请人的行政复议案件共计15件，其中涉及政府信息公开的行政复议案件2件。", "text.review", "2件", PASS, 0, NULL},
    {"all reviews are not held against the table", "t4.review.total=2", "区政府作为被申请人的行政复议案件共计15件，其中涉及政府信息公开的行政复议案件2件。", "text.review", "15件", NONE, 0, NULL},
    {"all suits, and those of disclosure in brackets", "t4.suit_direct.total=1", "办理行政复议答复5件（其中政府信息公开2件）、行政应诉3件（其中政府信息公开1件）。", "text.suit", "3件", NONE, 0, NULL},
    {"no reviews, said by itself", "t4.review.total=2", "2023年未收到行政复议和行政诉讼。", "text.review", "0", FAIL, 0, NULL},
    {"by several ways and in all", "t3.new.total=8", "通过政务服务网收到政府信息公开申请5件、通过邮寄收到3件，共收到8件。", "text.new", "8件", PASS, 0, NULL},
    {"reviews decided by the organ itself", "t4.review.total=2", "审结政府信息公开行政复议案件12件。", "text.review", NULL, NONE, 0, NULL},
    {"reviews of other matters", "t4.review.total=1", "全年依法审理行政复议120件。", "text.review", NULL, NONE, 0, NULL},
    // --- table two
    {"rules made", "t2.normative.made=1", "本年度出台规范性文件1件。", "text.normative", "1件", PASS, 0, NULL},
    {"rules made, wrong", "t2.normative.made=1", "我局全年制发行政规范性文件2件。", "text.normative", "2件", FAIL, 0, NULL},
    {"rules in force, said of two kinds at once", "t2.normative.in_force=56 t2.regulation.in_force=3", "截至2023年底，现行有效规章3件、行政规范性文件56件。", "text.normative", "56件", PASS, 0, NULL},
    {"rules in the government's name", "t2.normative.made=1", "以市政府名义出台规范性文件2件。", "text.normative", "2件", DOUBT, 0, NULL},
    {"rules repealed", "t2.normative.repealed=2", "宣布失效废止规范性文件2件。", "text.normative", "2件", PASS, 0, NULL},
    {"rules together with other papers", "t2.normative.made=1", "公开部门文件和规范性文件共6件。", "text.normative", NULL, NONE, 0, NULL},
    {"rules published are not asked in the 2021 form", "t2.normative.made=1", "主动公开规范性文件3件。", "text.normative", "3件", OPEN, 0, NULL},
    {"rules published in the 2019 form", "t2.normative.newly_public=3", "主动公开规范性文件3件。", "text.normative", "3件", PASS, EDITION_FMT2019, NULL},
    {"decisions of an uncertain scope", "t2.penalty.decided=10", "作出行政处罚12件。", "text.decisions", "12件", DOUBT, 0, NULL},
    {"decisions agree", "t2.licence.decided=120", "全年办理行政许可120件。", "text.decisions", "120件", PASS, 0, NULL},
    {"decisions of the organ itself, wrong", "t2.licence.decided=120", "我局全年办理行政许可102件。", "text.decisions", "102件", FAIL, 0, NULL},
    {"licences published are no decisions", "t2.licence.decided=120", "公开行政许可信息102条。", "text.decisions", NULL, NONE, 0, NULL},
    {"charges of the organ itself, wrong", "t2.charge.amount_wan=41127600", "我局全年行政事业性收费45.13万元。", "text.charge", "45.13万元", FAIL, 0, NULL},
    {"letters of reply are no requests", "", "依申请公开方面，出具告知书12份。", "text.closed", NULL, NONE, 0, NULL},
    {"charges", "t2.charge.amount_wan=41127600", "全年行政事业性收费41.13万元。", "text.charge", "41.13万元", PASS, 0, NULL},
    // --- the 2014 table
    {"requests in the 2014 table", "stat.requests=7", "收到政府信息公开申请7件。", "text.new", "7件", PASS, EDITION_STAT2014, NULL},
    {"requests in the 2014 table, wrong", "stat.requests=7", "收到政府信息公开申请6件。", "text.new", "6件", FAIL, EDITION_STAT2014, NULL},
    {"the fee in the 2014 table", "stat.fee=100000000", "收取信息处理费350元。", "text.fee", "350元", FAIL, EDITION_STAT2014, NULL},
    {"items published in the 2014 table, wrong", "stat.proactive=700", "主动公开政府信息600条。", "text.published", "600条", DOUBT, EDITION_STAT2014, NULL},
    {"items published in the 2014 table", "stat.proactive=700", "主动公开政府信息700条。", "text.published", "700条", PASS, EDITION_STAT2014, NULL},
    // --- the text by itself
    {"what came in went out", "", "新收依申请公开10件，上年结转2件，办结11件，结转下年1件。", "text.balance", "12", PASS, 0, NULL},
    {"what came in did not go out", "", "新收依申请公开10件，上年结转2件，办结11件，结转下年2件。", "text.balance", "12", FAIL, 0, NULL},
    {"outcomes add up", "", "办结政府信息公开申请5件。其中，予以公开2件，部分公开3件。", "text.outcome_sum", NULL, PASS, 0, NULL},
    {"more outcomes than cases", "", "办结政府信息公开申请1件。其中，予以公开2件，部分公开3件，不予公开0件。", "text.outcome_sum", NULL, FAIL, 0, NULL},
    {"examples of outcomes are no sum", "", "办结政府信息公开申请20件，其中予以公开5件，部分公开3件。", "text.outcome_sum", NULL, NONE, 0, NULL},
    {"parts after a colon", "", "主动公开政府信息57条：其中公告4条，动态50条，财政信息3条。", "text.parts", NULL, PASS, 0, NULL},
    {"parts that nearly make the whole", "", "主动公开信息62条，其中图文三条，文件58条。", "text.parts", NULL, DOUBT, 0, NULL},
    {"parts that are examples", "", "主动公开信息62条，其中财政信息3条，涉农信息8条。", "text.parts", NULL, NONE, 0, NULL},
    {"one part, then something else", "", "主动公开信息85条，其中文件2条；通过微信公众号发布信息593条。", "text.parts", NULL, NONE, 0, NULL},
    {"who paid how much", "", "对5件申请收取信息处理费950元。其中，甲局2件，收取420元；乙局3件，收取530元。", "text.parts", NULL, PASS, 0, NULL},
    {"who paid how much, wrong", "", "对5件申请收取信息处理费950元。其中，甲局3件，收取420元；乙局3件，收取530元。", "text.parts", "3+3 = 6", FAIL, 0, NULL},
    {"last year's summary is a part like others", "", "主动公开政府信息57条：其中公告4条，动态50条，上年度工作总结3条。", "text.parts", NULL, PASS, 0, NULL},
    {"parts after a colon that do not add up", "", "主动公开政府信息57条：其中公告4条，动态50条，财政信息4条。", "text.parts", NULL, FAIL, 0, NULL},
    {"parts that end in 等", "", "主动公开政府信息57条。其中：公告4条，动态5条，财政信息3条等。", "text.parts", NULL, NONE, 0, NULL},
    {"parts by channel may overlap", "", "主动公开政府信息57条，其中网站发布57条，通过微信公众号发布50条。", "text.parts", NULL, NONE, 0, NULL},
    {"parts in brackets", "", "全县收到政府信息公开申请10件（甲镇2件、乙镇3件、丙镇5件）。", "text.parts", NULL, PASS, 0, NULL},
    {"applicants that do not add up", "", "收到政府信息公开申请20件，其中自然人申请16件，法人或其他组织申请3件。", "text.parts", NULL, FAIL, 0, NULL},
    {"shares cut instead of rounded", "", "主动公开政府信息57条：其中公告2条，占3.50%；动态55条，占96.49%。", "text.share", NULL, PASS, 0, NULL},
    {"a wrong share", "", "收到政府信息公开申请20件：其中自然人申请15件，占85%；法人或其他组织申请5件，占25%。", "text.share", "85%", FAIL, 0, NULL},
    {"growth by pieces and per cent", "", "收到政府信息公开申请30件，比上年增加10件，增长50%。", "text.growth", NULL, PASS, 0, NULL},
    {"growth that does not follow", "", "收到政府信息公开申请30件，比上年增加10件，增长33.3%。", "text.growth", NULL, FAIL, 0, NULL},
    {"growth from last year's figure", "", "收到政府信息公开申请31件，较上年度的25件增长24%。", "text.growth", NULL, PASS, 0, NULL},
    {"a decrease from a year named", "", "收到政府信息公开申请56件，比2022年的70件减少14件，下降20%。", "text.growth", NULL, PASS, 0, NULL},
    {"growth alone waits for last year's report", "", "收到政府信息公开申请30件，同比增长50%。", "text.growth", NULL, OPEN, 0, NULL},
    {"shares of what is not said", "", "从申请方式看，网上申请18件，占78.3%；信函申请5件，占21.7%。", "text.share", NULL, PASS, 0, NULL},
    {"no fee in other words", "", "2023年未向申请人收取任何费用。", "text.fee", NULL, PASS, 0, NULL},
    {"the fee said once", "", "本机关全年没有收取信息处理费。", "text.fee", NULL, PASS, 0, NULL},
    {"the fee said in two ways", "", "本机关未收取信息处理费。全年收取信息处理费430元。", "text.fee", NULL, DOUBT, 0, NULL},
};
// clang-format on

static Arena arena;

static void set_cells(Document *d, const char *cells)
{
    Str rest = str_z(cells), one, id, n;
    while (rest.n) {
        str_cut(rest, S(" "), &one, &rest);
        if (one.s[0] == '-') {
            doc_absent(d, str_to_z(&arena, str_from(one, 1)));
            continue;
        }
        int64_t value = 0;
        assert_true(str_cut(one, S("="), &id, &n) && str_to_int(n, &value));
        doc_set(d, str_to_z(&arena, id), value);
    }
}

static const Finding *finding(const Document *d, const Row *row)
{
    const Finding *found = NULL;
    for (size_t i = 0; i < d->findings.n; i++) {
        const Finding *f = &d->findings.v[i];
        if (!str_eq(f->id, str_z(row->check)))
            continue;
        found = found ? found : f;
        if (row->said && str_eq(f->left, str_z(row->said)))
            return f;
    }
    return row->said ? NULL : found;
}

static void holds(void **state)
{
    const Row *row = *state;
    arena = arena_new(64 << 20);
    Edition e = row->edition ? row->edition : EDITION_FMT2021;
    Document *d = doc_new(&arena, e,
                          e == EDITION_FMT2021   ? 2023
                          : e == EDITION_FMT2019 ? 2020
                                                 : 2017);
    if (row->organ)
        d->organ = str_z(row->organ);
    d->paras = (Paras){0}; // only what the row says
    d->chapters = (Chapters){0};
    *PUSH(&arena, &d->paras) =
        (Para){.text = str_z(row->text), .raw = str_z(row->text), .chapter = 1, .kind = PARA_TEXT};
    set_cells(d, row->cells);
    report_check(d, &doc_check_zh, &arena);
    const Finding *f = finding(d, row);
    int got = f ? (int)f->result : NONE;
    if (got != row->want)
        fail_msg("“%s”: %s is %s “" PRI_STR "”", row->text, row->check, doc_result_name(f),
                 STR_ARG(f ? f->message : S("")));
    arena_free(&arena);
}

static Document *saying(int year, int64_t received, const char *text)
{
    Document *d = doc_new(&arena, EDITION_FMT2021, year);
    doc_set(d, "t3.new.total", received);
    d->paras = (Paras){0};
    d->chapters = (Chapters){0};
    *PUSH(&arena, &d->paras) =
        (Para){.text = str_z(text), .raw = str_z(text), .chapter = 1, .kind = PARA_TEXT};
    return d;
}

static Result growth_beside(int64_t last_year, const char *text)
{
    Document *later = saying(2023, 30, text), *earlier = saying(2022, last_year, "");
    later->findings = (Findings){0};
    report_check_series(later, earlier, &doc_check_zh, &arena);
    const Finding *f = doc_finding(later, "text.growth", NULL);
    return f ? f->result : RESULT_NOT_ASSESSABLE;
}

static void growth_is_held_against_last_years_report(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    assert_int_equal(growth_beside(20, "我局收到政府信息公开申请30件，同比增长50%。"), RESULT_PASS);
    assert_int_equal(growth_beside(25, "我局收到政府信息公开申请30件，同比增长50%。"),
                     RESULT_DOUBTFUL);
    assert_int_equal(growth_beside(40, "我局收到政府信息公开申请30件，比上年减少10件。"),
                     RESULT_PASS);
    arena_free(&arena);
}

static void no_word_stands_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_claim_words; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(claim_words[i].text, claim_words[k].text))
                fail_msg(PRI_STR " stands twice", STR_ARG(claim_words[i].text));
}

int main(void)
{
    enum { N = sizeof rows / sizeof *rows };
    static struct CMUnitTest tests[N + 2];
    for (size_t i = 0; i < N; i++)
        tests[i] =
            (struct CMUnitTest){rows[i].name, holds, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    tests[N] = (struct CMUnitTest)cmocka_unit_test(growth_is_held_against_last_years_report);
    tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(no_word_stands_twice);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

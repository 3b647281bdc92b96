#include "app/sample_requests.h"

#include "app/request_work.h"
#include "store/organ.h"

enum { STEPS_MAX = 6 };

// A step so many days ago.
typedef struct SampleStep {
    FactKind kind;
    int ago, workdays;
    int64_t about; // the number of the fact that asked, from 1
    Str whom, document;
    Outcome outcome;
} SampleStep;

typedef struct SampleRequest {
    Str organ;
    Channel channel;
    ApplicantKind kind;
    Str name, title, description;
    int ago; // days since it was filed
    SampleStep steps[STEPS_MAX];
} SampleRequest;

#define NONE SI(""), SI(""), OUTCOME_DISCLOSED

// clang-format off
static const SampleRequest samples[] = {
    { SI("shuiwu"), CHANNEL_INTERNET, APPLICANT_NATURAL, SI("林禾"), SI("示例河防洪工程2025年度验收文件"), SI("示例河左岸堤防，2025年完工段的验收鉴定书"), 1, {{0}} },
    { SI("shuiwu"), CHANNEL_FAX, APPLICANT_BUSINESS, SI("示例市青禾咨询有限公司"), SI("全市取水许可证发放名单"), SI("2024年以来新发和延续的取水许可证，含许可水量"), 3, {{0}} },
    { SI("shuiwu"), CHANNEL_MAIL_SIGNED, APPLICANT_NATURAL, SI("何田"), SI("城南水库清淤工程施工合同"), SI("2025年签订，含工程量清单"), 11,
      { { FACT_THIRD_PARTY_ASKED, 6, 0, 0, SI("示例市安澜水利工程有限公司"), SI("征求第三方意见书"), OUTCOME_DISCLOSED } } },
    { SI("shuiwu"), CHANNEL_IN_PERSON, APPLICANT_NATURAL, SI("顾一"), SI("河滨路排涝泵站日常运行记录"), SI("2025年汛期，5月至9月"), 24, {{0}} },
    { SI("jiaoyu"), CHANNEL_INTERNET, APPLICANT_NATURAL, SI("唐宁"), SI("学校食堂检查情况"), SI("最近一次的检查"), 13,
      { { FACT_CONFIRMED, 13, 0, 0, NONE },
        { FACT_CORRECTION_ASKED, 11, 10, 0, SI(""), SI("补正告知书"), OUTCOME_DISCLOSED } } },
    { SI("jiaoyu"), CHANNEL_IN_PERSON, APPLICANT_WELFARE, SI("示例市助学公益中心"), SI("乡村学校校车运营补助发放情况"), SI("2023年至2025年，分学校的补助金额"), 19,
      { { FACT_EXTENDED, 2, 20, 0, SI(""), SI("延期答复告知书"), OUTCOME_DISCLOSED } } },
    { SI("jiaoyu"), CHANNEL_MAIL_SIGNED, APPLICANT_NATURAL, SI("孟冬"), SI("2022年小学学区划分的会议材料"), SI("不记得文号"), 125,
      { { FACT_CORRECTION_ASKED, 120, 10, 0, SI(""), SI("补正告知书"), OUTCOME_DISCLOSED },
        { FACT_CLOSED, 70, 0, 0, SI(""), SI("终止办理告知书"), OUTCOME_NOT_CORRECTED } } },
    { SI("zfb"), CHANNEL_IN_PERSON, APPLICANT_NATURAL, SI("周远"), SI("市政府常务会议议定事项"), SI("关于老旧小区改造的一次会议，2025年6月"), 62,
      { { FACT_ANSWERED, 41, 0, 0, SI(""), SI("政府信息公开申请答复书"), OUTCOME_DISCLOSED },
        { FACT_DELIVERED, 38, 0, 0, NONE } } },
    { SI("zfb"), CHANNEL_MAIL_SIGNED, APPLICANT_LEGAL, SI("示例律师事务所"), SI("市政府规范性文件清理结果"), SI("2024年清理后继续有效的目录"), 75,
      { { FACT_ANSWERED, 60, 0, 0, SI(""), SI("政府信息公开申请答复书"), OUTCOME_PUBLIC_ALREADY },
        { FACT_DELIVERED, 57, 0, 0, NONE } } },
    { SI("zhujian"), CHANNEL_INTERNET, APPLICANT_BUSINESS, SI("示例市同达建设有限公司"), SI("城东片区老旧小区改造施工合同"), SI("2024年签订，含报价清单"), 95,
      { { FACT_CONFIRMED, 95, 0, 0, NONE },
        { FACT_THIRD_PARTY_ASKED, 90, 0, 0, SI("示例市广厦建筑有限公司"), SI("征求第三方意见书"), OUTCOME_DISCLOSED },
        { FACT_OPINION, 80, 0, 3, SI(""), SI("复函"), OUTCOME_DISCLOSED },
        { FACT_ANSWERED, 66, 0, 0, SI(""), SI("政府信息部分公开告知书"), OUTCOME_PARTLY },
        { FACT_DELIVERED, 64, 0, 0, NONE } } },
    { SI("zhujian"), CHANNEL_INTERNET, APPLICANT_RESEARCH, SI("示例大学城市研究所"), SI("2010年以来保障性住房分配数据"), SI("按年度、按区域的套数"), 6,
      { { FACT_CONFIRMED, 5, 0, 0, NONE } } },
    { SI("zhujian"), CHANNEL_IN_PERSON, APPLICANT_NATURAL, SI("苗青"), SI("示例路12号房屋安全鉴定报告"), SI("2023年鉴定"), 33,
      { { FACT_ANSWERED, 20, 0, 0, SI(""), SI("政府信息不予公开告知书"), OUTCOME_THIRD_PARTY } } },
    { SI("caizheng"), CHANNEL_INTERNET, APPLICANT_NATURAL, SI("安然"), SI("2019年市级会议费明细"), SI("按单位、按次"), 48,
      { { FACT_CONFIRMED, 47, 0, 0, NONE },
        { FACT_ANSWERED, 30, 0, 0, SI(""), SI("政府信息不存在告知书"), OUTCOME_NOT_EXISTING } } },
    { SI("caizheng"), CHANNEL_ORAL, APPLICANT_NATURAL, SI("石奶奶"), SI("养老补贴发放标准"), SI("2025年城乡居民养老补贴的标准和依据，由工作人员代为填写"), 8, {{0}} },
    { SI("xian"), CHANNEL_IN_PERSON, APPLICANT_NATURAL, SI("程路"), SI("示例县农村公路建设计划"), SI("2025年"), 101,
      { { FACT_WITHDRAWN, 96, 0, 0, NONE } } },
    { SI("xian"), CHANNEL_MAIL_PLAIN, APPLICANT_OTHER, SI("示例县老年大学"), SI("县图书馆搬迁方案"), SI("搬迁时间和新馆地址的决定"), 2, {{0}} },
    { SI("shichang"), CHANNEL_INTERNET, APPLICANT_NATURAL, SI("温言"), SI("投诉举报处理结果"), SI("反映某超市价格问题的处理"), 40,
      { { FACT_CONFIRMED, 40, 0, 0, NONE },
        { FACT_ANSWERED, 31, 0, 0, SI(""), SI("告知书"), OUTCOME_PETITION } } },
};
// clang-format on

static const char *const id_kinds[] = {"居民身份证", "统一社会信用代码证书"};

static NewRequest new_request(const SampleRequest *s, OrganId organ, Date today)
{
    return (NewRequest){.organ = organ,
                        .channel = s->channel,
                        .filed = {today.days - s->ago},
                        .title = s->title,
                        .description = s->description,
                        .form = S("electronic"),
                        .way = S("platform"),
                        .kind = s->kind,
                        .name = s->name,
                        .applicant = {.id_kind = str_z(id_kinds[s->kind != APPLICANT_NATURAL]),
                                      .id_number = s->kind == APPLICANT_NATURAL
                                                       ? S("000000199001010000")
                                                       : S("00000000MB00000000"),
                                      .phone = S("0000-0000000"),
                                      .address = S("示例市示例路100号")}};
}

static bool take(App *app, RequestId id, const SampleStep *step, Arena *a, Err *err)
{
    RequestStep taken = {.id = id,
                         .fact = {.kind = step->kind,
                                  .on = {app->today.days - step->ago},
                                  .workdays = step->workdays,
                                  .about = step->about,
                                  .until = date_none,
                                  .document = step->document},
                         .whom = step->whom,
                         .outcome = step->outcome};
    return app_request_past_step(app, &taken, a, err);
}

static bool add(App *app, const SampleRequest *s, Arena *a, Err *err)
{
    OrganRow organ;
    Registered done;
    if (!store_organ_by_slug(app->db, app->site, s->organ, a, &organ, err))
        return false;
    NewRequest n = new_request(s, organ.id, app->today);
    if (!app_request_register(app, &n, a, &done, err))
        return false;
    for (const SampleStep *step = s->steps; step < s->steps + STEPS_MAX && step->kind; step++)
        if (!take(app, done.id, step, a, err))
            return false;
    return true;
}

bool app_sample_requests(App *app, Arena *a, Err *err)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (!add(app, &samples[i], a, err))
            return false;
    return true;
}

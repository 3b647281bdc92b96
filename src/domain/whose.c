#include "domain/whose.h"

// clang-format off
const WhoseRow whose_rows[] = {
    // what people say                                                            what it is about                  parts of names
    { SI("土地 征地 征收 宗地 用地 出让 规划许可 国土 不动产 房产证 矿 测绘"),       SI("土地、规划、不动产登记"),      SI("自然资源 国土 规划") },
    { SI("房屋 拆迁 住房 小区 物业 改造 施工 工程 竣工 验收 公租房 保障房 危房"),     SI("住房和建设工程"),              SI("住房 建设 住建") },
    { SI("学校 教育 入学 招生 学区 幼儿园 教师 民办学校 校车"),                     SI("教育"),                        SI("教育") },
    { SI("低保 救助 养老 福利 殡葬 社会组织 慈善 婚姻 地名 特困"),                   SI("民政"),                        SI("民政") },
    { SI("食品 营业执照 企业登记 价格 质量 药品 电梯 计量 投诉 市场 罚款"),          SI("市场监管"),                    SI("市场监督 市监") },
    { SI("污染 环评 环境影响 排污 噪声 空气 废水 固体废物 监测"),                   SI("环境保护"),                    SI("生态环境 环境保护 环保") },
    { SI("河 水库 供水 排水 防汛 洪 清淤 取水 灌溉 水费 水利"),                     SI("水利和供水"),                  SI("水务 水利") },
    { SI("公路 道路 交通 公交 出租车 客运 货运 桥 港口 停车"),                       SI("道路和运输"),                  SI("交通") },
    { SI("工资 社保 养老保险 劳动 工伤 就业 事业单位招聘 失业 退休"),               SI("就业和社会保险"),              SI("人力资源") },
    { SI("预算 决算 财政 采购 资金 三公 补贴 债务 拨款"),                           SI("财政资金"),                    SI("财政") },
    { SI("立项 项目审批 可研 核准 备案 发展规划 电价 招标"),                         SI("项目审批和价格"),              SI("发展和改革 发改") },
    { SI("医院 医疗 卫生 疫苗 防疫 计划生育 诊所 病"),                               SI("卫生健康"),                    SI("卫生健康 卫健") },
    { SI("户口 户籍 治安 警察 派出所 身份证 出入境 监控 事故认定"),                  SI("公安"),                        SI("公安") },
    { SI("农村 宅基地 承包 农业 种子 农机 粮 畜 兽 农药 耕地"),                     SI("农业农村"),                    SI("农业") },
    { SI("城管 违建 违法建设 摊 垃圾 环卫 路灯 广告牌"),                             SI("城市管理"),                    SI("城市管理 综合执法 城管") },
    { SI("消防 安全生产 应急 地震 事故调查 烟花"),                                   SI("应急和安全生产"),              SI("应急") },
    { SI("医保 报销 药价 生育保险"),                                               SI("医疗保障"),                    SI("医疗保障 医保") },
    { SI("税 发票"),                                                               SI("税务"),                        SI("税务") },
    { SI("律师 公证 法律援助 复议 人民调解 仲裁"),                                   SI("司法行政"),                    SI("司法") },
    { SI("树 森林 林地 公园 绿化 湿地"),                                           SI("林业和绿化"),                  SI("林业 园林 自然资源") },
    { SI("文物 旅游 文化 体育 图书馆 广播 电视"),                                   SI("文化、旅游和体育"),            SI("文化 旅游 体育 文旅") },
    { SI("政府会议 常务会议 政府文件 政府令 会议纪要 领导分工"),                     SI("政府的文件和会议"),            SI("人民政府 办公室 办公厅") },
    { SI("村 居委会 社区 村务"),                                                    SI("乡镇、街道和村（社区）"),      SI("镇人民政府 乡人民政府 街道") },
};
// clang-format on
const size_t n_whose_rows = sizeof whose_rows / sizeof *whose_rows;

static size_t hits(Str words, Str text)
{
    size_t n = 0;
    for (Str one; words.n;) {
        str_cut(words, S(" "), &one, &words);
        n += one.n && str_has(text, one);
    }
    return n;
}

size_t whose_find(Str text, const WhoseRow *out[WHOSE_MOST])
{
    size_t left[sizeof whose_rows / sizeof *whose_rows], n = 0;
    for (size_t i = 0; i < n_whose_rows; i++)
        left[i] = hits(whose_rows[i].words, text);
    for (; n < WHOSE_MOST; n++) {
        size_t best = 0;
        for (size_t i = 1; i < n_whose_rows; i++)
            if (left[i] > left[best])
                best = i;
        if (!left[best])
            break;
        out[n] = &whose_rows[best];
        left[best] = 0;
    }
    return n;
}

bool whose_fits(const WhoseRow *row, Str organ_name)
{
    return hits(row->names, organ_name) > 0;
}

#include "report/organ.h"

// The cities that can make rules (立法法 第九十三条: 设区的市, and the few undivided ones given the
// same power), as of the divisions published for 2023; the names without 市, each ended by a space.
// clang-format off
static const Str rule_cities = SI(" "
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 "
    "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 "
    "包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 "
    "鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 "
    "长春 吉林 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 "
    "鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 "
    "徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 "
    "宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 "
    "蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 "
    "池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 "
    "景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 "
    "淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 "
    "滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 "
    "漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 "
    "鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 "
    "岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 "
    "汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 "
    "东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 "
    "贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 "
    "自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 "
    "广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 "
    "曲靖 玉溪 保山 昭通 丽江 普洱 临沧 拉萨 日喀则 昌都 林芝 山南 "
    "那曲 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 "
    "嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 "
    "海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 ");
// clang-format on

// --- names

static bool ends_any(Str s, const Str *v, size_t n, Str *head)
{
    for (size_t i = 0; i < n; i++)
        if (str_ends(s, v[i])) {
            *head = str_sub(s, 0, s.n - v[i].n);
            return true;
        }
    return false;
}
#define ENDS_ANY(s, list, head) ends_any((s), (list), sizeof(list) / sizeof *(list), (head))

static bool has_any(Str s, const Str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(s, v[i]))
            return true;
    return false;
}
#define HAS_ANY(s, list) has_any((s), (list), sizeof(list) / sizeof *(list))

static Str squeeze(Arena *a, Str s)
{
    char *z = NEW(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0, len; i < s.n; i += len) {
        uint32_t r = str_rune(s, i, &len);
        static const char marks[] = " \t\n\r\"'()<>[]";
        static const Str wide = SI("\xe3\x80\x80\xc2\xa0（）《》“”【】〔〕");
        Str letter = str_sub(s, i, i + len);
        if ((r < 128 && strchr(marks, (int)r)) || (r >= 128 && str_has(wide, letter)))
            continue;
        memcpy(z + n, letter.s, len);
        n += len;
    }
    return (Str){z, n};
}

// "示例县水务局2023年政府信息公开工作年度报告" is about 示例县水务局.
static Str before_title(Str s)
{
    static const Str words[] = {SI("政府信息公开"), SI("信息公开"), SI("政务公开"), SI("年度报告"),
                                SI("年报")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ptrdiff_t at = str_find(s, words[i]);
        if (at >= 0)
            s = str_sub(s, 0, (size_t)at);
    }
    static const Str years[] = {SI("年度"), SI("年")};
    Str head;
    while (ENDS_ANY(s, years, &head) && head.n && head.s[head.n - 1] >= '0' &&
           head.s[head.n - 1] <= '9')
        s = head;
    while (s.n && s.s[s.n - 1] >= '0' && s.s[s.n - 1] <= '9')
        s.n--;
    return s;
}

Str organ_key(Arena *a, Str organ)
{
    return before_title(squeeze(a, organ));
}

// --- what kind of body it is

static const Str government_ends[] = {SI("人民政府"), SI("政府"), SI("行政公署"), SI("行署")};
static const Str office_ends[] = {SI("人民政府办公厅"), SI("人民政府办公室"), SI("政府办公厅"),
                                  SI("政府办公室"),     SI("政府办"),         SI("府办公室")};
static const Str township_ends[] = {SI("乡"),         SI("镇"),     SI("街道"),
                                    SI("街道办事处"), SI("街道办"), SI("苏木"),
                                    SI("民族乡"),     SI("区公所"), SI("街道管理处")};
static const Str county_ends[] = {SI("县"), SI("自治县"), SI("区"),   SI("旗"),
                                  SI("盟"), SI("地区"),   SI("林区"), SI("特区")};
static const Str department_ends[] = {
    SI("局"),   SI("厅"),   SI("委员会"), SI("委"),   SI("办公室"), SI("中心"), SI("处"),
    SI("队"),   SI("支队"), SI("大队"),   SI("总队"), SI("所"),     SI("站"),   SI("院"),
    SI("馆"),   SI("社"),   SI("公司"),   SI("会"),   SI("学校"),   SI("大学"), SI("办"),
    SI("分局"), SI("署"),   SI("部"),     SI("室"),   SI("团"),     SI("集团"), SI("管委会")};
static const Str park_ends[] = {SI("管理委员会"), SI("管委会"), SI("开发区"), SI("园区"),
                                SI("高新区"),     SI("新区"),   SI("示范区"), SI("度假区"),
                                SI("保税区"),     SI("合作区"), SI("景区")};
static const Str local_marks[] = {SI("省"), SI("市"), SI("县"), SI("区"), SI("州"),
                                  SI("旗"), SI("盟"), SI("镇"), SI("乡"), SI("街道")};

// Of a place whose government it is: its power.
static RulePower place_power(Str place)
{
    Str head;
    static const Str full[] = {SI("省"),     SI("自治区"), SI("自治州"), SI("北京市"),
                               SI("天津市"), SI("上海市"), SI("重庆市")};
    if (ENDS_ANY(place, full, &head) && (head.n || str_ends(place, S("市"))))
        return POWER_FULL;
    if (ENDS_ANY(place, township_ends, &head) || ENDS_ANY(place, county_ends, &head) ||
        ENDS_ANY(place, park_ends, &head))
        return POWER_NONE;
    if (!str_ends(place, S("市")))
        return POWER_UNKNOWN;
    Str city = str_sub(place, 0, place.n - S("市").n);
    // the name may begin with its province: try what is left behind each 省 or 自治区, then all of
    // it
    for (size_t i = 0, len; i < city.n; i += len) {
        str_rune(city, i, &len);
        Str tail = str_from(city, i);
        ptrdiff_t at = str_find(rule_cities, tail);
        if (tail.n >= 6 && at > 0 && rule_cities.s[at - 1] == ' ' &&
            rule_cities.s[(size_t)at + tail.n] == ' ' &&
            (i == 0 || str_ends(str_sub(city, 0, i), S("省")) ||
             str_ends(str_sub(city, 0, i), S("自治区"))))
            return POWER_FULL;
    }
    return POWER_CITY;
}

// Departments of the State Council carry no place: 财政部, 国家统计局, 中国气象局.
static bool is_central(Str organ)
{
    Str head;
    static const Str ends[] = {SI("部"), SI("局"), SI("总局"), SI("署"), SI("委员会"), SI("银行")};
    static const Str begins[] = {SI("国家"), SI("国务院"), SI("中国"), SI("中华人民共和国")};
    if (HAS_ANY(organ, local_marks) || !ENDS_ANY(organ, ends, &head))
        return false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts(organ, begins[i]))
            return true;
    static const Str ministries =
        SI(" 外交部 国防部 教育部 科学技术部 工业和信息化部 公安部 国家安全部 民政部 "
           "司法部 财政部 人力资源和社会保障部 自然资源部 生态环境部 住房和城乡建设部 "
           "交通运输部 水利部 农业农村部 商务部 文化和旅游部 退役军人事务部 应急管理部 "
           "审计署 海关总署 ");
    ptrdiff_t at = str_find(ministries, organ);
    return at > 0 && ministries.s[at - 1] == ' ' && ministries.s[(size_t)at + organ.n] == ' ';
}

RulePower organ_rule_power(Str organ)
{
    Str head;
    if (!organ.n)
        return POWER_UNKNOWN;
    if (is_central(organ))
        return POWER_FULL;
    if (ENDS_ANY(organ, office_ends, &head)) {
        RulePower power = place_power(head);
        return power == POWER_FULL ? POWER_OFFICE : power;
    }
    if (ENDS_ANY(organ, government_ends, &head))
        return place_power(head);
    RulePower power = place_power(organ);
    if (power != POWER_UNKNOWN)
        return power;
    return ENDS_ANY(organ, department_ends, &head) ? POWER_NONE : POWER_UNKNOWN;
}

OrganLevel organ_level(Str organ)
{
    Str place = organ, head;
    bool government =
        ENDS_ANY(organ, office_ends, &place) || ENDS_ANY(organ, government_ends, &place);
    if (ENDS_ANY(place, township_ends, &head))
        return ORGAN_TOWNSHIP;
    if (ENDS_ANY(organ, park_ends, &head) || ENDS_ANY(place, park_ends, &head))
        return ORGAN_UNKNOWN;
    static const Str places[] = {SI("省"), SI("市"), SI("州"), SI("县"),
                                 SI("区"), SI("旗"), SI("盟")};
    if (ENDS_ANY(place, places, &head))
        return ORGAN_GOVERNMENT;
    if (government)
        return ORGAN_UNKNOWN;
    // 条例 第四十九条 speaks of departments; schools, companies and institutions report by other
    // rules
    static const Str departments[] = {SI("局"),     SI("厅"),   SI("委员会"), SI("委"),
                                      SI("办公室"), SI("办"),   SI("署"),     SI("部"),
                                      SI("支队"),   SI("总队"), SI("大队")};
    return ENDS_ANY(organ, departments, &head) ? ORGAN_DEPARTMENT : ORGAN_UNKNOWN;
}

#include "report/trust_words.h"

#define HARMLESS(w) {SI(w), TRUST_HARMLESS, WEIGHT_NONE},
#define FRAME(w) {SI(w), TRUST_FRAME, WEIGHT_NONE},
#define GUARD(w) {SI(w), TRUST_GUARD, WEIGHT_NONE},
#define WEAK(class, w) {SI(w), TRUST_##class, WEIGHT_WEAK},
#define STRONG(class, w) {SI(w), TRUST_##class, WEIGHT_STRONG},
#define BRAND(class, w) {SI(w), TRUST_##class, WEIGHT_BRAND},
#define SIGN(class, w) {SI(w), TRUST_##class, WEIGHT_STRONG},

// clang-format off
const TrustWord trust_words[] = {
    // --- what organs rightly write
    HARMLESS("体育彩票") HARMLESS("福利彩票") HARMLESS("彩票公益金") HARMLESS("彩票管理") HARMLESS("彩票销售") HARMLESS("彩票站点") HARMLESS("投注站") HARMLESS("投注点") HARMLESS("彩票中心") HARMLESS("彩票网点") HARMLESS("99热线")
    HARMLESS("禁毒") HARMLESS("缉毒") HARMLESS("戒毒") HARMLESS("扫黄打非") HARMLESS("澳门特别行政区") HARMLESS("港澳") HARMLESS("粤港澳")
    HARMLESS("助学贷款") HARMLESS("创业担保贷款") HARMLESS("贷款贴息") HARMLESS("公积金贷款") HARMLESS("小额担保贷款") HARMLESS("扶贫小额信贷")
    HARMLESS("办证大厅") HARMLESS("办证中心") HARMLESS("太阳城街道") HARMLESS("太阳城社区") HARMLESS("网上办证") HARMLESS("大发展") HARMLESS("大发生") HARMLESS("赔偿")
    HARMLESS("代开发票服务") HARMLESS("税务代开发票") HARMLESS("开元街道") HARMLESS("凯时代") HARMLESS("一夜之间") HARMLESS("直播带岗") HARMLESS("伟德路")
    HARMLESS("提款权") HARMLESS("必威路") HARMLESS("永利镇") HARMLESS("永利村") HARMLESS("棋牌室") HARMLESS("人体器官捐献") HARMLESS("遗体器官捐献")
    // --- beginnings of fixed phrases
    FRAME("政府") FRAME("政府信息") FRAME("收到和处理") FRAME("信息公开") FRAME("中华人民共和国") FRAME("依")
    GUARD("打击") GUARD("整治") GUARD("禁止") GUARD("严禁") GUARD("查处") GUARD("查获") GUARD("防范") GUARD("抵制") GUARD("侦破")
    GUARD("黄赌毒") GUARD("治理") GUARD("案件") GUARD("犯罪") GUARD("违法") GUARD("反诈") GUARD("拒绝") GUARD("远离") GUARD("预防")
    GUARD("整顿") GUARD("取缔") GUARD("清查") GUARD("监管") GUARD("销毁") GUARD("涉嫌") GUARD("处罚") GUARD("宣传教育") GUARD("专项行动")
    GUARD("排查") GUARD("检查") GUARD("管制") GUARD("巡查") GUARD("管控") GUARD("严防") GUARD("核查") GUARD("执法") GUARD("集中收缴") GUARD("收缴") GUARD("举报") GUARD("非法") GUARD("不良信息") GUARD("暗链") GUARD("篡改") GUARD("警示")
    // --- gambling: names of sites
    BRAND(GAMBLING, "365体育") BRAND(GAMBLING, "365提款") BRAND(GAMBLING, "365官网") BRAND(GAMBLING, "188体育") BRAND(GAMBLING, "亚博体育")
    BRAND(GAMBLING, "新葡京") BRAND(GAMBLING, "葡京娱乐") BRAND(GAMBLING, "葡京赌") BRAND(GAMBLING, "澳门葡京") BRAND(GAMBLING, "威尼斯人娱乐") BRAND(GAMBLING, "澳门威尼斯") BRAND(GAMBLING, "金沙娱乐") BRAND(GAMBLING, "澳门金沙")
    BRAND(GAMBLING, "永利娱乐") BRAND(GAMBLING, "永利皇宫") BRAND(GAMBLING, "澳门永利") WEAK(GAMBLING, "永利集团") BRAND(GAMBLING, "太阳城娱乐") WEAK(GAMBLING, "太阳城集团") BRAND(GAMBLING, "银河娱乐") BRAND(GAMBLING, "澳门银河") BRAND(GAMBLING, "银河国际")
    BRAND(GAMBLING, "皇冠体育") BRAND(GAMBLING, "皇冠投注") BRAND(GAMBLING, "皇冠新现金") BRAND(GAMBLING, "皇冠足球") BRAND(GAMBLING, "皇冠现金") BRAND(GAMBLING, "乐鱼体育") BRAND(GAMBLING, "米兰体育") BRAND(GAMBLING, "开元棋牌") BRAND(GAMBLING, "万博体育")
    BRAND(GAMBLING, "必威体育") BRAND(GAMBLING, "沙巴体育") BRAND(GAMBLING, "华体会") BRAND(GAMBLING, "欧宝体育") BRAND(GAMBLING, "开云体育") BRAND(GAMBLING, "爱游戏体育") BRAND(GAMBLING, "九游会")
    BRAND(GAMBLING, "新濠天地") BRAND(GAMBLING, "利来国际") BRAND(GAMBLING, "凯时娱乐") BRAND(GAMBLING, "尊龙凯时") BRAND(GAMBLING, "龙8国际") BRAND(GAMBLING, "伟德国际") BRAND(GAMBLING, "伟德体育")
    BRAND(GAMBLING, "威廉希尔") BRAND(GAMBLING, "大发彩票") BRAND(GAMBLING, "大发体育") BRAND(GAMBLING, "大发快三") BRAND(GAMBLING, "ag真人") BRAND(GAMBLING, "ag亚游") BRAND(GAMBLING, "pg电子") BRAND(GAMBLING, "pt电子")
    BRAND(GAMBLING, "kok体育") BRAND(GAMBLING, "ob体育") BRAND(GAMBLING, "hth华体") BRAND(GAMBLING, "mg电子") BRAND(GAMBLING, "bb电子") WEAK(GAMBLING, "彩神") BRAND(GAMBLING, "彩票33") BRAND(GAMBLING, "500万彩票") BRAND(GAMBLING, "博狗") BRAND(GAMBLING, "博天堂")
    BRAND(GAMBLING, "星空体育") BRAND(GAMBLING, "球盟会") BRAND(GAMBLING, "金年会") BRAND(GAMBLING, "南宫体育") BRAND(GAMBLING, "南宫娱乐") BRAND(GAMBLING, "雷火电竞") BRAND(GAMBLING, "泛亚电竞") BRAND(GAMBLING, "小鱼儿主页") BRAND(GAMBLING, "香港马会") BRAND(GAMBLING, "管家婆彩图") BRAND(GAMBLING, "曾道人") WEAK(GAMBLING, "白小姐") WEAK(GAMBLING, "天下彩")
    BRAND(GAMBLING, "竞技宝") BRAND(GAMBLING, "双赢彩票") BRAND(GAMBLING, "鸿博体育") BRAND(GAMBLING, "bob体育") BRAND(GAMBLING, "jdb电子") BRAND(GAMBLING, "开元ky") BRAND(GAMBLING, "乐动体育") BRAND(GAMBLING, "百家乐") BRAND(GAMBLING, "365亚洲") BRAND(GAMBLING, "英国365") BRAND(GAMBLING, "三亿体育") BRAND(GAMBLING, "天博体育")
    BRAND(GAMBLING, "葡京") BRAND(GAMBLING, "火狐体育") BRAND(GAMBLING, "半岛体育") BRAND(GAMBLING, "江南体育") BRAND(GAMBLING, "九州体育") BRAND(GAMBLING, "博鱼体育") BRAND(GAMBLING, "爱博体育") BRAND(GAMBLING, "新莆京") BRAND(GAMBLING, "新匍京") BRAND(GAMBLING, "必赢亚洲") BRAND(GAMBLING, "必赢国际") BRAND(GAMBLING, "环亚娱乐") BRAND(GAMBLING, "千赢国际") BRAND(GAMBLING, "千亿国际") BRAND(GAMBLING, "龙虎国际") BRAND(GAMBLING, "金沙总站") BRAND(GAMBLING, "永利官网") BRAND(GAMBLING, "澳门太阳")
    // --- gambling: words
    STRONG(GAMBLING, "欧洲杯买球") STRONG(GAMBLING, "世界杯买球") STRONG(GAMBLING, "英超买球") STRONG(GAMBLING, "足球买球") STRONG(GAMBLING, "买球app") STRONG(GAMBLING, "买球平台") STRONG(GAMBLING, "投注app") STRONG(GAMBLING, "网投平台") STRONG(GAMBLING, "十大网投") STRONG(GAMBLING, "捕鱼王") STRONG(GAMBLING, "极速赛车") STRONG(GAMBLING, "江苏快3") STRONG(GAMBLING, "真人游戏") STRONG(GAMBLING, "真人百家") STRONG(GAMBLING, "彩票官网") STRONG(GAMBLING, "彩票注册") STRONG(GAMBLING, "彩票登录") STRONG(GAMBLING, "体育下注") STRONG(GAMBLING, "体育博彩") STRONG(GAMBLING, "电竞押注") STRONG(GAMBLING, "快乐彩") STRONG(GAMBLING, "pk拾") STRONG(GAMBLING, "送彩金")
    WEAK(GAMBLING, "安卓通用版") WEAK(GAMBLING, "手机app下载") WEAK(GAMBLING, "app最新版") WEAK(GAMBLING, "网页版登录") WEAK(GAMBLING, "官网入口") WEAK(GAMBLING, "首页登录") WEAK(GAMBLING, "全站app") WEAK(GAMBLING, "综合app") WEAK(GAMBLING, "体育app") WEAK(GAMBLING, "体育官网") WEAK(GAMBLING, "注册网址") WEAK(GAMBLING, "电子游艺") WEAK(GAMBLING, "官方网站登录") WEAK(GAMBLING, "下载安装")
    STRONG(GAMBLING, "赌城") STRONG(GAMBLING, "赌场") STRONG(GAMBLING, "赌博网") STRONG(GAMBLING, "赌博平台") STRONG(GAMBLING, "网赌") STRONG(GAMBLING, "赌球") STRONG(GAMBLING, "赌钱") STRONG(GAMBLING, "赌王") STRONG(GAMBLING, "赌盘") STRONG(GAMBLING, "真钱") STRONG(GAMBLING, "真人娱乐") STRONG(GAMBLING, "真人荷官") STRONG(GAMBLING, "真人视讯")
    STRONG(GAMBLING, "博彩") STRONG(GAMBLING, "菠菜网") WEAK(GAMBLING, "娱乐城") STRONG(GAMBLING, "体育投注") STRONG(GAMBLING, "足球投注") STRONG(GAMBLING, "投注网") STRONG(GAMBLING, "投注平台") STRONG(GAMBLING, "在线投注") STRONG(GAMBLING, "时时彩") WEAK(GAMBLING, "北京赛车") STRONG(GAMBLING, "六合彩") STRONG(GAMBLING, "老虎机")
    STRONG(GAMBLING, "捕鱼游戏") STRONG(GAMBLING, "棋牌游戏") STRONG(GAMBLING, "棋牌平台") STRONG(GAMBLING, "棋牌官网") STRONG(GAMBLING, "彩票平台") STRONG(GAMBLING, "彩票网") STRONG(GAMBLING, "彩票开奖") STRONG(GAMBLING, "彩票app") STRONG(GAMBLING, "网上赌") STRONG(GAMBLING, "炸金花") STRONG(GAMBLING, "牛牛游戏") STRONG(GAMBLING, "轮盘赌") STRONG(GAMBLING, "赛车pk10")
    STRONG(GAMBLING, "幸运飞艇") WEAK(GAMBLING, "特码") STRONG(GAMBLING, "一肖一码") STRONG(GAMBLING, "一肖中特") STRONG(GAMBLING, "波胆") STRONG(GAMBLING, "滚球") WEAK(GAMBLING, "返水") WEAK(GAMBLING, "注册送") WEAK(GAMBLING, "首存") STRONG(GAMBLING, "外围足球") STRONG(GAMBLING, "外围投注") STRONG(GAMBLING, "分分彩")
    STRONG(GAMBLING, "提款会被冻结") STRONG(GAMBLING, "电子竞彩") WEAK(GAMBLING, "国际娱乐") STRONG(GAMBLING, "全讯网") STRONG(GAMBLING, "跑狗图") STRONG(GAMBLING, "赌博官网") STRONG(GAMBLING, "线上赌") WEAK(GAMBLING, "电玩城")
    STRONG(GAMBLING, "澳门赌") STRONG(GAMBLING, "赌博网址") STRONG(GAMBLING, "龙虎斗") STRONG(GAMBLING, "德州扑克") STRONG(GAMBLING, "百人牛牛") STRONG(GAMBLING, "捕鱼达人")
    WEAK(GAMBLING, "赌博") WEAK(GAMBLING, "投注") WEAK(GAMBLING, "下注") WEAK(GAMBLING, "赔率") WEAK(GAMBLING, "盘口") WEAK(GAMBLING, "提款") WEAK(GAMBLING, "充值") WEAK(GAMBLING, "竞彩") WEAK(GAMBLING, "彩票") WEAK(GAMBLING, "官网登录") WEAK(GAMBLING, "注册登录") WEAK(GAMBLING, "体育平台") WEAK(GAMBLING, "棋牌") WEAK(GAMBLING, "官方下载") WEAK(GAMBLING, "手机版下载")
    WEAK(GAMBLING, "亚洲唯一") WEAK(GAMBLING, "最新网址") WEAK(GAMBLING, "备用网址") WEAK(GAMBLING, "app下载") WEAK(GAMBLING, "登录入口") WEAK(GAMBLING, "官方入口") WEAK(GAMBLING, "开奖") WEAK(GAMBLING, "电竞") WEAK(GAMBLING, "外围")
    // --- pornography
    STRONG(PORN, "裸聊") STRONG(PORN, "约炮") STRONG(PORN, "一夜情") STRONG(PORN, "同城约") STRONG(PORN, "成人视频") STRONG(PORN, "成人电影") STRONG(PORN, "成人网站") STRONG(PORN, "成人小说") STRONG(PORN, "成人影院") STRONG(PORN, "成人片") STRONG(PORN, "av女优") STRONG(PORN, "av在线")
    WEAK(PORN, "无码") WEAK(PORN, "国产精品") WEAK(PORN, "亚洲精品") STRONG(PORN, "久久精品") STRONG(PORN, "久久热") STRONG(PORN, "99热") WEAK(PORN, "黄片") WEAK(PORN, "毛片") WEAK(PORN, "三级片") STRONG(PORN, "激情视频") STRONG(PORN, "伦理片") STRONG(PORN, "色情视频") STRONG(PORN, "三级电影")
    STRONG(PORN, "外送茶") STRONG(PORN, "美女裸") STRONG(PORN, "裸照") STRONG(PORN, "激情小说") STRONG(PORN, "色情小说") STRONG(PORN, "乱伦") STRONG(PORN, "黄色网站") STRONG(PORN, "黄色视频") WEAK(PORN, "欧美性") STRONG(PORN, "日韩av")
    STRONG(PORN, "桑拿会所") STRONG(PORN, "上门按摩") STRONG(PORN, "同城交友") WEAK(PORN, "全套服务") WEAK(PORN, "在线播放免费") WEAK(PORN, "特级片") STRONG(PORN, "小姐上门") STRONG(PORN, "学生妹")
    WEAK(PORN, "色情") WEAK(PORN, "免费观看") WEAK(PORN, "高清视频") WEAK(PORN, "中文字幕") WEAK(PORN, "在线观看") WEAK(PORN, "激情") WEAK(PORN, "包夜") WEAK(PORN, "上门服务") WEAK(PORN, "有码") WEAK(PORN, "写真") WEAK(PORN, "在线播放") WEAK(PORN, "欧美") WEAK(PORN, "日韩")
    STRONG(PORN, "一区二区") STRONG(PORN, "精品一区") STRONG(PORN, "成人精品") STRONG(PORN, "高清无码") STRONG(PORN, "免费av") STRONG(PORN, "av天堂") STRONG(PORN, "麻豆传媒") STRONG(PORN, "麻豆视频") STRONG(PORN, "黑料网") STRONG(PORN, "吃瓜网") STRONG(PORN, "草榴") STRONG(PORN, "啪啪啪") STRONG(PORN, "啪啪视频") STRONG(PORN, "蜜桃视频") STRONG(PORN, "小黄片") STRONG(PORN, "做爱视频") STRONG(PORN, "av片") WEAK(PORN, "一本道") WEAK(PORN, "91视频") WEAK(PORN, "免费视频") WEAK(PORN, "狼友") WEAK(PORN, "蜜桃")
    // --- loans
    STRONG(LOAN, "信用卡套现") STRONG(LOAN, "花呗套现") STRONG(LOAN, "网贷套现") STRONG(LOAN, "白条套现") STRONG(LOAN, "黑户贷款") STRONG(LOAN, "黑户下款") STRONG(LOAN, "秒下款") STRONG(LOAN, "无视征信") STRONG(LOAN, "不看征信") STRONG(LOAN, "裸贷") STRONG(LOAN, "私人放款") STRONG(LOAN, "空放贷款") STRONG(LOAN, "征信修复") STRONG(LOAN, "信用卡代还") STRONG(LOAN, "网贷口子") STRONG(LOAN, "贷款口子") STRONG(LOAN, "强开额度")
    WEAK(LOAN, "套现") WEAK(LOAN, "网贷") WEAK(LOAN, "无抵押贷款") WEAK(LOAN, "秒批") WEAK(LOAN, "放款") WEAK(LOAN, "借款平台") WEAK(LOAN, "私人借贷") WEAK(LOAN, "急用钱") WEAK(LOAN, "下款") WEAK(LOAN, "借钱") WEAK(LOAN, "信用卡提额")
    // --- false papers
    STRONG(FORGERY, "办假证") STRONG(FORGERY, "办理假证") WEAK(FORGERY, "假证件") STRONG(FORGERY, "刻章办证") STRONG(FORGERY, "假文凭") STRONG(FORGERY, "买文凭") STRONG(FORGERY, "代写论文") STRONG(FORGERY, "论文代写") STRONG(FORGERY, "开发票加") WEAK(FORGERY, "出售发票") STRONG(FORGERY, "办理毕业证") STRONG(FORGERY, "代办文凭") STRONG(FORGERY, "代孕") STRONG(FORGERY, "卖肾")
    WEAK(FORGERY, "假币") WEAK(FORGERY, "假钞") WEAK(FORGERY, "银行卡出售") STRONG(FORGERY, "复制手机卡") STRONG(FORGERY, "窃听器") WEAK(FORGERY, "侦探公司") WEAK(FORGERY, "刷单")
    WEAK(FORGERY, "高仿") WEAK(FORGERY, "私家侦探")
    // --- drugs, arms
    STRONG(DRUGS, "迷奸") STRONG(DRUGS, "迷药") STRONG(DRUGS, "听话水") STRONG(DRUGS, "催情") STRONG(DRUGS, "催眠水") STRONG(DRUGS, "乖乖水") STRONG(DRUGS, "蒙汗药") STRONG(DRUGS, "出售枪") WEAK(DRUGS, "气枪") WEAK(DRUGS, "仿真枪") STRONG(DRUGS, "弩弓") STRONG(DRUGS, "k粉") STRONG(DRUGS, "摇头丸") STRONG(DRUGS, "枪支专卖") STRONG(DRUGS, "壮阳药") STRONG(DRUGS, "冰毒") STRONG(DRUGS, "大麻购买")
    // --- games
    STRONG(GAMES, "传奇私服") STRONG(GAMES, "新开传奇") STRONG(GAMES, "私服发布") STRONG(GAMES, "网游私服") STRONG(GAMES, "游戏外挂") STRONG(GAMES, "外挂下载") STRONG(GAMES, "传奇sf") WEAK(GAMES, "私服") WEAK(GAMES, "外挂") WEAK(GAMES, "刷钻")
    // --- wrong encodings: UTF-8 read as GBK, and what replaces the unreadable
    SIGN(GARBLED, "锟斤拷") SIGN(GARBLED, "烫烫烫") SIGN(GARBLED, "屯屯屯") SIGN(GARBLED, "鏀垮簻") SIGN(GARBLED, "淇℃伅") SIGN(GARBLED, "鍏紑") SIGN(GARBLED, "骞村害") SIGN(GARBLED, "鎶ュ憡") SIGN(GARBLED, "锛屾") SIGN(GARBLED, "鐢宠")
    SIGN(GARBLED, "\xef\xbf\xbd") SIGN(GARBLED, "â€") SIGN(GARBLED, "Ã¦") SIGN(GARBLED, "ã€‚") SIGN(GARBLED, "ï¼Œ") SIGN(GARBLED, "æ”¿") SIGN(GARBLED, "å…¬")
    // --- the template
    SIGN(UNFILLED, "自 年1月") SIGN(UNFILLED, "自年1月") SIGN(UNFILLED, "请在此") SIGN(UNFILLED, "此处填写") SIGN(UNFILLED, "请填写本") SIGN(UNFILLED, "请填写数") SIGN(UNFILLED, "(填写本") SIGN(UNFILLED, "(填写单位") SIGN(UNFILLED, "(填写数") SIGN(UNFILLED, "(填写具体") SIGN(UNFILLED, "（填写本") SIGN(UNFILLED, "（填写单位") SIGN(UNFILLED, "（填写数") SIGN(UNFILLED, "（填写具体") SIGN(UNFILLED, "*年第*季度") SIGN(UNFILLED, "某某局") SIGN(UNFILLED, "某某县") SIGN(UNFILLED, "某某市") SIGN(UNFILLED, "某某镇") SIGN(UNFILLED, "填写说明：") SIGN(UNFILLED, "(此处") SIGN(UNFILLED, "（此处")
    SIGN(UNFILLED, "××年") SIGN(UNFILLED, "××月") SIGN(UNFILLED, "××件") SIGN(UNFILLED, "××条") SIGN(UNFILLED, "××局") SIGN(UNFILLED, "××县") SIGN(UNFILLED, "××市") SIGN(UNFILLED, "××单位") SIGN(UNFILLED, "××镇") SIGN(UNFILLED, "××区") SIGN(UNFILLED, "××部门") SIGN(UNFILLED, "××××年") SIGN(UNFILLED, "×件") SIGN(UNFILLED, "×条")
    SIGN(UNFILLED, "xx年") SIGN(UNFILLED, "xx月") SIGN(UNFILLED, "xx件") SIGN(UNFILLED, "xx条") SIGN(UNFILLED, "xx局") SIGN(UNFILLED, "xx县") SIGN(UNFILLED, "xx市") SIGN(UNFILLED, "xx单位") SIGN(UNFILLED, "xx镇") SIGN(UNFILLED, "xx区") SIGN(UNFILLED, "xx部门") SIGN(UNFILLED, "xxxx年") SIGN(UNFILLED, "x件") SIGN(UNFILLED, "xxx件") SIGN(UNFILLED, "xxx条")
    SIGN(UNFILLED, "_年_月") SIGN(UNFILLED, "__年") SIGN(UNFILLED, "__件") SIGN(UNFILLED, "__条") SIGN(UNFILLED, "__次") SIGN(UNFILLED, "*件") SIGN(UNFILLED, "*年") SIGN(UNFILLED, "*条") SIGN(UNFILLED, "**县") SIGN(UNFILLED, "**市") SIGN(UNFILLED, "**局") SIGN(UNFILLED, "**年")
};

const size_t n_trust_words = sizeof trust_words / sizeof *trust_words;

const Str trust_latin[] = {
    SI("bet365"), SI("beplay"), SI("betball"), SI("sportsbook"), SI("365bet"), SI("beat365"), SI("188bet"), SI("12bet"), SI("1xbet"), SI("10bet"), SI("22bet"), SI("betway"), SI("unibet"), SI("manbet"),
    SI("dafabet"), SI("sbobet"), SI("betvictor"), SI("bet9"), SI("fun88"), SI("vwin"), SI("bwin"), SI("18luck"), SI("hg0088"), SI("dafa888"),
    SI("casino"), SI("poker"), SI("baccarat"), SI("jackpot"), SI("gambl"), SI("betting"), SI("porn"), SI("xvideo"), SI("viagra"),
};
const size_t n_trust_latin = sizeof trust_latin / sizeof *trust_latin;

// clang-format on

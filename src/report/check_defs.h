// The catalogue of checks: X(NAME, id, severity of a failure, basis, title 中文, title English).
// Ids are published and never change their meaning. Included several times, so it has no guard.
// clang-format off
//   name             id                    severity          basis                                中文                         English
// --- check_form.c
X(FORM_EDITION,       "form.edition",       SEVERITY_ERROR,   "国办公开办函〔2021〕30号",            "年报格式与统计年度相符",      "form of the edition due for the year")
// --- check_sums.c
X(T3_ROW_SUM,         "t3.row_sum",         SEVERITY_ERROR,   "年报格式表三",                       "总计等于各列之和",            "total equals the sum of its row")
X(T3_COL_SUM,         "t3.col_sum",         SEVERITY_ERROR,   "年报格式表三",                       "（七）总计等于各项之和",      "outcomes add up to row (7)")
X(T3_BALANCE,         "t3.balance",         SEVERITY_ERROR,   "年报格式表三勾稽关系",               "一＋二＝三＋四",              "1 + 2 = 3 + 4")
X(T4_BLOCK_SUM,       "t4.block_sum",       SEVERITY_ERROR,   "年报格式表四",                       "总计等于四种结果之和",        "total equals the sum of the four results")
X(STAT_SUM,           "stat.sum",           SEVERITY_ERROR,   "国办发〔2014〕32号 统计表",          "合计等于各分项之和",          "whole equals the sum of its parts")
// --- check_series.c
X(SERIES_CARRY,       "series.carry_over",  SEVERITY_ERROR,   "年报格式表三",                       "上年结转与上年度报告相符",    "carry-over equals last year's")
X(SERIES_IN_FORCE,    "series.in_force",    SEVERITY_ERROR,   "年报格式表二",                       "现行有效件数与上年接得上",    "number in force follows from last year's")
X(SERIES_ALL_PUBLIC,  "series.all_public",  SEVERITY_NOTE,    "国办公开办函〔2019〕60号 表二",       "对外公开总数量与上年接得上",  "number public follows from last year's")
X(SERIES_LAST_YEAR,   "series.last_year",   SEVERITY_NOTE,    "国办公开办函〔2019〕60号 表二",       "上一年项目数量与上年接得上",  "last year's items follow from last year's report")
X(SERIES_PENDING,     "series.pending",     SEVERITY_WARNING, "年报格式表四",                       "上年尚未审结的案件有下文",    "cases pending last year turn up again")
X(SERIES_COPIED,      "series.copied",      SEVERITY_WARNING, "国办公开办函〔2021〕30号",            "正文不与上年雷同",            "text is not last year's")
// --- check_text.c
X(TEXT_NEW,           "text.new",           SEVERITY_ERROR,   "条例第五十条，年报格式表三",          "正文收到申请数与表三相符",    "requests received: text and table agree")
X(TEXT_CARRIED_IN,    "text.carried_in",    SEVERITY_ERROR,   "条例第五十条，年报格式表三",          "正文上年结转数与表三相符",    "carry-over from last year: text and table agree")
X(TEXT_CLOSED,        "text.closed",        SEVERITY_ERROR,   "条例第五十条，年报格式表三",          "正文办结数与表三相符",        "requests closed: text and table agree")
X(TEXT_CARRIED_OUT,   "text.carried_out",   SEVERITY_ERROR,   "条例第五十条，年报格式表三",          "正文结转下年数与表三相符",    "carry-over to next year: text and table agree")
X(TEXT_OUTCOME,       "text.outcome",       SEVERITY_ERROR,   "条例第五十条，年报格式表三",          "正文办理结果与表三相符",      "outcomes: text and table agree")
X(TEXT_APPLICANT,     "text.applicant",     SEVERITY_ERROR,   "条例第五十条，年报格式表三",          "正文申请人情况与表三相符",    "applicants: text and table agree")
X(TEXT_REVIEW,        "text.review",        SEVERITY_ERROR,   "条例第五十条，年报格式表四",          "正文行政复议数与表四相符",    "reviews: text and table agree")
X(TEXT_SUIT,          "text.suit",          SEVERITY_ERROR,   "条例第五十条，年报格式表四",          "正文行政诉讼数与表四相符",    "suits: text and table agree")
X(TEXT_NORMATIVE,     "text.normative",     SEVERITY_WARNING, "条例第二十条，年报格式表二",          "正文规范性文件数与表二相符",  "rules: text and table agree")
X(TEXT_DECISIONS,     "text.decisions",     SEVERITY_WARNING, "条例第二十条，年报格式表二",          "正文行政行为数与表二相符",    "licences, penalties, coercion: text and table agree")
X(TEXT_CHARGE,        "text.charge",        SEVERITY_WARNING, "条例第二十条，年报格式表二",          "正文收费金额与表二相符",      "charges: text and table agree")
X(TEXT_FEE,           "text.fee",           SEVERITY_WARNING, "国办函〔2020〕109号",                "信息处理费说法前后一致",      "statements on the information fee agree")
X(TEXT_PUBLISHED,     "text.published",     SEVERITY_WARNING, "国办发〔2014〕32号 统计表",          "正文主动公开数与统计表相符",  "items published: text and table agree")
X(TEXT_BALANCE,       "text.balance",       SEVERITY_ERROR,   "年报格式表三勾稽关系",               "正文自身收支平衡",            "the text's own figures balance")
X(TEXT_OUTCOME_SUM,   "text.outcome_sum",   SEVERITY_ERROR,   "年报格式表三勾稽关系",               "正文各项办理结果合计相符",    "the text's outcomes add up")
X(TEXT_PARTS,         "text.parts",         SEVERITY_WARNING, "条例第五十条",                       "正文“其中”各项之和相符",      "parts in the text add up to their whole")
X(TEXT_SHARE,         "text.share",         SEVERITY_WARNING, "条例第五十条",                       "正文占比计算正确",            "shares in the text are right")
X(TEXT_GROWTH,        "text.growth",        SEVERITY_WARNING, "条例第五十条",                       "正文增减幅度计算正确",        "growth in the text is right")
// --- check_trust.c
X(TRUST_INJECTED,     "trust.injected",     SEVERITY_ERROR,   "国办秘函〔2019〕19号 单项否决",       "没有被植入的词语",            "no injected words")
X(TRUST_REPLACED,     "trust.replaced",     SEVERITY_ERROR,   "国办秘函〔2019〕19号 单项否决",       "固定用语没有被替换",          "no fixed phrase is replaced")
X(TRUST_ENCODING,     "trust.encoding",     SEVERITY_WARNING, "国办公开办函〔2019〕61号",            "文字没有乱码",                "no broken characters")
X(TRUST_RESIDUE,      "trust.residue",      SEVERITY_NOTE,    "国办公开办函〔2019〕61号",            "没有转换残留",                "no residue of a conversion")
X(TRUST_TEMPLATE,     "trust.template",     SEVERITY_WARNING, "条例第五十条",                       "没有模板残留",                "nothing of the template is left")
X(TRUST_YEAR,         "trust.year",         SEVERITY_WARNING, "条例第五十条",                       "正文年份是统计年度",          "the text speaks of the reporting year")
X(TRUST_DATE,         "trust.date",         SEVERITY_NOTE,    "条例第五十条",                       "日期书写完整",                "dates are well formed")
X(TRUST_LINK,         "trust.link",         SEVERITY_NOTE,    "国办发〔2018〕74号",                 "政府网站域名规范",            "addresses of government sites look right")
// clang-format on

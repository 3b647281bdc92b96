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
X(TEXT_NEW,           "text.new",           SEVERITY_ERROR,   "条例第五十条",                       "正文新收数与表三相符",        "requests received: text and table agree")
// --- check_trust.c
X(TRUST_INJECTED,     "trust.injected",     SEVERITY_ERROR,   "政府网站检查指标 单项否决",          "没有被植入的词语",            "no injected words")
// clang-format on

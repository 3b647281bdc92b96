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
// --- check_text.c
X(TEXT_NEW,           "text.new",           SEVERITY_ERROR,   "条例第五十条",                       "正文新收数与表三相符",        "requests received: text and table agree")
// --- check_trust.c
X(TRUST_INJECTED,     "trust.injected",     SEVERITY_ERROR,   "政府网站检查指标 单项否决",          "没有被植入的词语",            "no injected words")
// clang-format on

// The catalogue of checks: X(NAME, id, severity of a failure, basis, title 中文, title English).
// Ids are published and never change their meaning. Included several times, so it has no guard.
// clang-format off
//   name             id                    severity          basis                                中文                         English
// --- check_form.c
X(FORM_EDITION,       "form.edition",       SEVERITY_ERROR,   "国办公开办函〔2021〕30号",            "年报格式与统计年度相符",      "form of the edition due for the year")
// --- check_sums.c
X(T3_ROW_SUM,         "t3.row_sum",         SEVERITY_ERROR,   "年报格式表三",                       "总计等于各列之和",            "total equals the sum of its row")
// --- check_series.c
X(SERIES_CARRY,       "series.carry_over",  SEVERITY_ERROR,   "年报格式表三",                       "上年结转与上年度报告相符",    "carry-over equals last year's")
// --- check_text.c
X(TEXT_NEW,           "text.new",           SEVERITY_ERROR,   "条例第五十条",                       "正文新收数与表三相符",        "requests received: text and table agree")
// --- check_trust.c
X(TRUST_INJECTED,     "trust.injected",     SEVERITY_ERROR,   "政府网站检查指标 单项否决",          "没有被植入的词语",            "no injected words")
// clang-format on

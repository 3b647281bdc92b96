// The catalogue of checks: X(NAME, id, severity of a failure, basis, title 中文, title English).
// Ids are published and never change their meaning. Included several times, so it has no guard.
// clang-format off
//   name             id                    severity          basis                                中文                         English
// --- check_form.c
X(FORM_EDITION,         "form.edition",             SEVERITY_ERROR,   "国办公开办函〔2021〕30号",                     "年报格式与统计年度相符",         "form of the edition due for the year")
X(FORM_MIXED,           "form.mixed",               SEVERITY_WARNING, "国办公开办函〔2021〕30号",                     "只用一版格式",                   "rows of one form only")
X(FORM_TABLE_T2,        "form.table.t2",            SEVERITY_ERROR,   "年报格式表二",                                 "有主动公开情况表",               "table two is there")
X(FORM_TABLE_T3,        "form.table.t3",            SEVERITY_ERROR,   "年报格式表三",                                 "有申请情况表",                   "table three is there")
X(FORM_TABLE_T4,        "form.table.t4",            SEVERITY_ERROR,   "年报格式表四",                                 "有复议诉讼情况表",               "table four is there")
X(FORM_TABLE_STAT,      "form.table.stat",          SEVERITY_ERROR,   "国办发〔2014〕32号",                           "有统计表",                       "the statistics table is there")
X(FORM_ROW,             "form.row_missing",         SEVERITY_ERROR,   "年报格式",                                     "表格的行齐全",                   "no row is missing")
X(FORM_BLANK,           "form.blank",               SEVERITY_WARNING, "年报格式",                                     "单元格没有留空",                 "no cell is left blank")
X(FORM_TYPE,            "form.type",                SEVERITY_ERROR,   "年报格式",                                     "单元格填的是数字",               "cells hold numbers")
X(FORM_NEGATIVE,        "form.negative",            SEVERITY_ERROR,   "年报格式",                                     "件数和金额不为负",               "counts and amounts are not negative")
X(FORM_DECIMAL,         "form.decimal",             SEVERITY_ERROR,   "年报格式",                                     "件数是整数",                     "counts are whole numbers")
X(FORM_UNREADABLE,      "form.unreadable",          SEVERITY_WARNING, "年报格式",                                     "数字读得出",                     "figures can be read")
X(FORM_GUESS,           "form.guess",               SEVERITY_NOTE,    "年报格式",                                     "数字不须推定",                   "no figure is a guess")
X(FORM_AMOUNT,          "form.amount",              SEVERITY_WARNING, "年报格式表二",                                 "金额以万元为单位",               "amounts are in 万元")
X(FORM_EXTRA_ROW,       "form.extra_row",           SEVERITY_NOTE,    "年报格式",                                     "没有格式以外的行",               "no row beyond the form")
X(FORM_EXTRA_COLUMN,    "form.extra_column",        SEVERITY_NOTE,    "年报格式",                                     "没有格式以外的列",               "no column beyond the form")
X(FORM_ROW_TWICE,       "form.row_twice",           SEVERITY_WARNING, "年报格式",                                     "每行只出现一次",                 "no row stands there twice")
X(FORM_CUT,             "form.cut",                 SEVERITY_ERROR,   "年报格式",                                     "文本完整",                       "the text is complete")
// --- check_chapters.c
X(FORM_CHAPTERS_MISSING, "form.chapters.missing",    SEVERITY_ERROR,   "国办公开办函〔2021〕30号",                     "六章齐全",                       "all six chapters are there")
X(FORM_CHAPTERS_ORDER,  "form.chapters.order",      SEVERITY_WARNING, "国办公开办函〔2021〕30号",                     "各章次序与格式一致",             "chapters in the order of the form")
X(FORM_CHAPTERS_NUMBER, "form.chapters.number",     SEVERITY_WARNING, "国办公开办函〔2021〕30号",                     "章号与格式一致",                 "chapters numbered as in the form")
X(FORM_CHAPTERS_EMPTY,  "form.chapters.empty",      SEVERITY_WARNING, "条例第五十条",                                 "各章有内容",                     "no chapter is empty")
X(FORM_SECTION_EMPTY,   "form.section.empty",       SEVERITY_WARNING, "国办公开办函〔2021〕30号",                     "各节有内容",                     "no section is empty")
X(FORM_NUMBERING,       "form.numbering",           SEVERITY_NOTE,    "国办公开办函〔2021〕30号",                     "编号不跳号",                     "numbers run without gaps")
// --- check_facts.c
X(FORM_POWER,           "form.regulation_power",    SEVERITY_ERROR,   "立法法第九十一条、第九十三条",                 "规章与制定权相符",               "rules only by organs that can make them")
X(FORM_PERIOD,          "form.period",              SEVERITY_ERROR,   "条例第五十条",                                 "统计期限是全年",                 "period is the calendar year")
X(FORM_PUBLISHED,       "form.published",           SEVERITY_ERROR,   "条例第四十九条",                               "按期公布",                       "published in time")
X(FORM_FEE,             "form.fee_statement",       SEVERITY_WARNING, "国办函〔2020〕109号",                          "写明信息处理费",                 "fees are mentioned")
X(FORM_BASIS,           "form.superseded_basis",    SEVERITY_WARNING, "条例（国务院令第711号）；国办公开办函〔2021〕30号", "依据现行有效",                   "the basis cited is in force")
// --- check_sums.c
X(T3_ROW_SUM,           "t3.row_sum",               SEVERITY_ERROR,   "年报格式表三",                                 "总计等于各列之和",               "total equals the sum of its row")
X(T3_COL_SUM,           "t3.col_sum",               SEVERITY_ERROR,   "年报格式表三",                                 "（七）总计等于各项之和",         "outcomes add up to row (7)")
X(T3_BALANCE,           "t3.balance",               SEVERITY_ERROR,   "年报格式表三勾稽关系",                         "一＋二＝三＋四",                 "1 + 2 = 3 + 4")
X(T4_BLOCK_SUM,         "t4.block_sum",             SEVERITY_ERROR,   "年报格式表四",                                 "总计等于四种结果之和",           "total equals the sum of the four results")
X(STAT_SUM,             "stat.sum",                 SEVERITY_ERROR,   "国办发〔2014〕32号 统计表",                    "合计等于各分项之和",             "whole equals the sum of its parts")
X(STAT_PART,            "stat.part",                SEVERITY_WARNING, "国办发〔2014〕32号 统计表",                    "其中数不大于合计",               "parts do not exceed their whole")
X(STAT_CHANNELS,        "stat.channels",            SEVERITY_NOTE,    "国办发〔2014〕32号 统计表",                    "主动公开数不大于各渠道之和",     "published no more than by all channels")
X(T2_PUBLIC,            "t2.newly_public",          SEVERITY_WARNING, "国办公开办函〔2019〕60号 表二",                "本年新公开不多于对外公开总数",   "newly public within all public")
X(T2_CHANGE,            "t2.change",                SEVERITY_WARNING, "国办公开办函〔2019〕60号 表二",                "减少数不多于上一年项目数量",     "decrease within last year's number")
X(T2_IN_FORCE,          "t2.in_force",              SEVERITY_WARNING, "国办公开办函〔2021〕30号 表二",                "现行有效不少于制发减废止",       "in force at least made less repealed")
// --- check_series.c
X(SERIES_CARRY,         "series.carry_over",        SEVERITY_ERROR,   "年报格式表三",                                 "上年结转与上年度报告相符",       "carry-over equals last year's")
X(SERIES_IN_FORCE,      "series.in_force",          SEVERITY_ERROR,   "年报格式表二",                                 "现行有效件数与上年接得上",       "number in force follows from last year's")
X(SERIES_ALL_PUBLIC,    "series.all_public",        SEVERITY_NOTE,    "国办公开办函〔2019〕60号 表二",                "对外公开总数量与上年接得上",     "number public follows from last year's")
X(SERIES_LAST_YEAR,     "series.last_year",         SEVERITY_NOTE,    "国办公开办函〔2019〕60号 表二",                "上一年项目数量与上年接得上",     "last year's items follow from last year's report")
X(SERIES_PENDING,       "series.pending",           SEVERITY_WARNING, "年报格式表四",                                 "上年尚未审结的案件有下文",       "cases pending last year turn up again")
X(SERIES_COPIED,        "series.copied",            SEVERITY_WARNING, "国办公开办函〔2021〕30号",                     "正文不与上年雷同",               "text is not last year's")
// --- check_text.c
X(TEXT_NEW,             "text.new",                 SEVERITY_ERROR,   "条例第五十条",                                 "正文新收数与表三相符",           "requests received: text and table agree")
// --- check_trust.c
X(TRUST_INJECTED,       "trust.injected",           SEVERITY_ERROR,   "政府网站检查指标 单项否决",                    "没有被植入的词语",               "no injected words")
// clang-format on

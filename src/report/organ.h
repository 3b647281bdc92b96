// What an organ's name tells.
#ifndef GONGKAI_REPORT_ORGAN_H
#define GONGKAI_REPORT_ORGAN_H

#include "base/str.h"

// The name as it is compared: without spaces, brackets and what a title adds to it
// ("2023年政府信息公开 工作年度报告"). Empty for an empty name.
Str organ_key(Arena *a, Str organ);

// Whether it can make rules (规章; 立法法 第九十一、九十三条): departments of the State Council,
// the governments of provinces, of cities divided into districts and of autonomous prefectures.
typedef enum RulePower {
    POWER_UNKNOWN, // the name does not tell
    POWER_NONE, // 县、区、乡镇、街道, and departments and institutions of local governments
    POWER_CITY,   // a 市, which may be divided into districts or not
    POWER_OFFICE, // the office of a government that may have it: often reports for that government
    POWER_FULL,
} RulePower;
RulePower organ_rule_power(Str organ);

// When its report is due in the year after (条例 第四十九条; until 2018 第二十四条 of the 2008
// text).
typedef enum OrganLevel {
    ORGAN_UNKNOWN,
    ORGAN_TOWNSHIP,   // 乡、镇、街道: no date in the Regulation
    ORGAN_DEPARTMENT, // department of a government from the county up: 31 January
    ORGAN_GOVERNMENT, // such a government, or its office reporting for it: 31 March
} OrganLevel;
OrganLevel organ_level(Str organ);

#endif

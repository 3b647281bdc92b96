// A site (站点): one government's platform, and what its administrator can set.
#ifndef GONGKAI_DOMAIN_SITE_H
#define GONGKAI_DOMAIN_SITE_H

#include "base/err.h"
#include "base/str.h"
#include "domain/ids.h"

typedef struct Site {
    SiteId id;
    Str name;          // 示例县人民政府
    int64_t version;   // goes up with every change a public page can show; part of their ETags
    int64_t revision;  // of the settings: what an edit of them is checked against
    OrganId organ;     // the organ that runs it: posts there may reach the whole site
    Str division;      // 行政区划代码
    Str site_code;     // 政府网站标识码, ten digits
    Str icp, police;   // ICP备案号, 公安备案号
    Str accent, brand; // #1b4b87; empty: the usual ones
    Str index_form;    // template of 索引号 (domain/index_no.h)
    Str review_name, review_address, review_phone; // 行政复议机关, unless an organ has its own
    Str court_name, court_address, court_phone;    // 行政诉讼
    Str office, office_address, office_phone, office_mail; // 政府信息公开工作主管部门
} Site;

typedef enum SiteField {
    SF_NAME,
    SF_DIVISION,
    SF_CODE,
    SF_ICP,
    SF_POLICE,
    SF_ACCENT,
    SF_BRAND,
    SF_INDEX,
    SF_REVIEW,
    SF_REVIEW_ADDRESS,
    SF_REVIEW_PHONE,
    SF_COURT,
    SF_COURT_ADDRESS,
    SF_COURT_PHONE,
    SF_OFFICE,
    SF_OFFICE_ADDRESS,
    SF_OFFICE_PHONE,
    SF_OFFICE_MAIL,
    SF__COUNT,
} SiteField;

typedef struct SiteFieldDef {
    Str id, name;
    size_t max; // characters
    Str hint;
} SiteFieldDef;
extern const SiteFieldDef site_fields[SF__COUNT];

bool site_field_named(Str id, SiteField *out);
Str site_field_get(const Site *site, SiteField field);
// Trimmed and checked; ERR_INPUT or ERR_RULE with what is wrong, the site untouched.
bool site_field_set(Site *site, SiteField field, Str text, Arena *a, Err *err);

#endif

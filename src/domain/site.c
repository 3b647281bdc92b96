#include "domain/site.h"

#include "base/text.h"
#include "domain/colour.h"
#include "domain/index_no.h"

// clang-format off
const SiteFieldDef site_fields[SF__COUNT] = {
    //                      id                    name                          most  hint
    [SF_NAME]           = { SI("name"),           SI("站点名称"),               60,  SI("如：示例县人民政府") },
    [SF_DIVISION]       = { SI("division"),       SI("行政区划代码"),           12,  SI("六位") },
    [SF_CODE]           = { SI("site_code"),      SI("政府网站标识码"),         10,  SI("十位数字") },
    [SF_ICP]            = { SI("icp"),            SI("ICP备案号"),              60,  SI("") },
    [SF_POLICE]         = { SI("police"),         SI("公安备案号"),             60,  SI("") },
    [SF_ACCENT]         = { SI("accent"),         SI("主色"),                   7,   SI("链接和按钮的颜色，如#1b4b87；留空用本来的颜色") },
    [SF_BRAND]          = { SI("brand"),          SI("标志色"),                 7,   SI("红线和标志的颜色，如#b3261e；留空用本来的颜色") },
    [SF_INDEX]          = { SI("index_form"),     SI("索引号模板"),             INDEX_FORM_MAX, SI("如：{信用代码}/{年月}-{流水:5}") },
    [SF_REVIEW]         = { SI("review_name"),    SI("行政复议机关"),           80,  SI("机关没有另填的，用这里的") },
    [SF_REVIEW_ADDRESS] = { SI("review_address"), SI("行政复议机关地址"),       200, SI("") },
    [SF_REVIEW_PHONE]   = { SI("review_phone"),   SI("行政复议机关电话"),       60,  SI("") },
    [SF_COURT]          = { SI("court_name"),     SI("行政诉讼管辖法院"),       80,  SI("机关没有另填的，用这里的") },
    [SF_COURT_ADDRESS]  = { SI("court_address"),  SI("法院地址"),               200, SI("") },
    [SF_COURT_PHONE]    = { SI("court_phone"),    SI("法院电话"),               60,  SI("") },
    [SF_OFFICE]         = { SI("office"),         SI("政府信息公开工作主管部门"), 80, SI("条例第三条") },
    [SF_OFFICE_ADDRESS] = { SI("office_address"), SI("主管部门地址"),           200, SI("") },
    [SF_OFFICE_PHONE]   = { SI("office_phone"),   SI("主管部门电话"),           60,  SI("") },
    [SF_OFFICE_MAIL]    = { SI("office_mail"),    SI("主管部门电子邮箱"),       100, SI("") },
};

static const size_t text_at[SF__COUNT] = {
    [SF_NAME] = offsetof(Site, name),                   [SF_DIVISION] = offsetof(Site, division),
    [SF_CODE] = offsetof(Site, site_code),              [SF_ICP] = offsetof(Site, icp),
    [SF_POLICE] = offsetof(Site, police),               [SF_ACCENT] = offsetof(Site, accent),
    [SF_BRAND] = offsetof(Site, brand),                 [SF_INDEX] = offsetof(Site, index_form),
    [SF_REVIEW] = offsetof(Site, review_name),          [SF_REVIEW_ADDRESS] = offsetof(Site, review_address),
    [SF_REVIEW_PHONE] = offsetof(Site, review_phone),   [SF_COURT] = offsetof(Site, court_name),
    [SF_COURT_ADDRESS] = offsetof(Site, court_address), [SF_COURT_PHONE] = offsetof(Site, court_phone),
    [SF_OFFICE] = offsetof(Site, office),               [SF_OFFICE_ADDRESS] = offsetof(Site, office_address),
    [SF_OFFICE_PHONE] = offsetof(Site, office_phone),   [SF_OFFICE_MAIL] = offsetof(Site, office_mail),
};
// clang-format on

bool site_field_named(Str id, SiteField *out)
{
    for (int f = 0; f < SF__COUNT; f++)
        if (str_eq(site_fields[f].id, id) || str_eq(site_fields[f].name, id))
            return *out = (SiteField)f, true;
    return false;
}

Str site_field_get(const Site *site, SiteField field)
{
    return *(const Str *)((const char *)site + text_at[field]);
}

static bool digits(Str s, size_t from, size_t to)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] < '0' || s.s[i] > '9')
            return false;
    return s.n >= from && s.n <= to;
}

static bool one_line(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < 0x20 || s.s[i] == 0x7f)
            return false;
    return true;
}

static bool form_ok(SiteField field, Str s, Err *err)
{
    Colour c;
    if (field == SF_NAME && !s.n)
        return fail(err, ERR_INPUT, NULL, "请填写站点名称", "the name is missing");
    if (!s.n)
        return true;
    if (field == SF_CODE && !digits(s, 10, 10))
        return fail(err, ERR_INPUT, NULL, "政府网站标识码是十位数字",
                    "a site's identity code has ten digits");
    if (field == SF_DIVISION && !digits(s, 2, 12))
        return fail(err, ERR_INPUT, NULL, "行政区划代码是2到12位数字",
                    "a division code has 2 to 12 digits");
    if (field == SF_ACCENT)
        return colour_for_text(s, &c, err);
    if (field == SF_BRAND)
        return colour_for_text(s, &c, err);
    if (field == SF_OFFICE_MAIL && (!str_has(s, S("@")) || str_has(s, S(" "))))
        return fail(err, ERR_INPUT, NULL, "电子邮箱写得不完整", "this is no mail address");
    return field != SF_INDEX || index_form_ok(s, err);
}

bool site_field_set(Site *site, SiteField field, Str text, Arena *a, Err *err)
{
    const SiteFieldDef *def = &site_fields[field];
    Str s = str_trim(text);
    if (field == SF_CODE || field == SF_DIVISION)
        s = text_nfkc(a, s);
    if (str_runes(s) > def->max)
        return fail(err, ERR_INPUT, NULL, PRI_STR "不超过%zu字",
                    "the field " PRI_STR " has more than %zu characters", STR_ARG(def->name),
                    def->max);
    if (!one_line(s))
        return fail(err, ERR_INPUT, NULL, PRI_STR "里有不能显示的字符",
                    "the field " PRI_STR " holds control characters", STR_ARG(def->name));
    if (!form_ok(field, s, err))
        return false;
    *(Str *)((char *)site + text_at[field]) = s;
    return true;
}

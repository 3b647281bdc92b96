// The fields of an organ as text: one table for forms, CSV files, the command line and the audit.
#include "base/text.h"
#include "domain/organ.h"

// clang-format off
const OrganFieldDef organ_fields[OF__COUNT] = {
    //                      id                    name                             most  hint                                          by an act
    [OF_NAME]           = { SI("name"),           SI("机关名称"),                   80,  SI("全称"),                                    true },
    [OF_SHORT]          = { SI("short_name"),     SI("简称"),                       40,  SI(""),                                        false },
    [OF_ALIASES]        = { SI("aliases"),        SI("别称"),                       200, SI("几个之间用顿号隔开；按别称也能找到"),      false },
    [OF_SLUG]           = { SI("slug"),           SI("网址中的名字"),               60,  SI("小写字母、数字和短横；改了以后旧网址仍然有效"), false },
    [OF_KIND]           = { SI("kind"),           SI("类别"),                       20,  SI(""),                                        false },
    [OF_TIER]           = { SI("level"),          SI("级别"),                       20,  SI(""),                                        false },
    [OF_CREDIT]         = { SI("credit_code"),    SI("统一社会信用代码"),           18,  SI("18位；内设机构没有的，留空"),              false },
    [OF_CODE]           = { SI("code"),           SI("机关代码"),                   30,  SI("本站给机关编的代码，索引号可以用到"),      false },
    [OF_DIVISION]       = { SI("division"),       SI("行政区划代码"),               12,  SI("六位，如130102"),                          false },
    [OF_RULES]          = { SI("rules"),          SI("可以制定规章"),               4,   SI("立法法第九十一条、第九十三条"),            false },
    [OF_NORMATIVE]      = { SI("normative"),      SI("可以制定行政规范性文件"),     4,   SI(""),                                        false },
    [OF_FOUNDED]        = { SI("founded_on"),     SI("设立日期"),                   12,  SI("不清楚的，留空"),                          false },
    [OF_OFFICE]         = { SI("office"),         SI("政府信息公开工作机构"),       80,  SI("条例第四条、第十二条"),                    false },
    [OF_ADDRESS]        = { SI("address"),        SI("办公地址"),                   200, SI(""),                                        false },
    [OF_HOURS]          = { SI("hours"),          SI("办公时间"),                   200, SI("如：工作日8:30至12:00、14:30至18:00"),     false },
    [OF_PHONE]          = { SI("phone"),          SI("联系电话"),                   60,  SI(""),                                        false },
    [OF_FAX]            = { SI("fax"),            SI("传真号码"),                   60,  SI(""),                                        false },
    [OF_POST_CODE]      = { SI("post_code"),      SI("邮政编码"),                   6,   SI(""),                                        false },
    [OF_MAIL]           = { SI("mail"),           SI("电子邮箱"),                   100, SI(""),                                        false },
    [OF_REVIEW]         = { SI("review_name"),    SI("行政复议机关"),               80,  SI("与站点设置相同的，留空"),                  false },
    [OF_REVIEW_ADDRESS] = { SI("review_address"), SI("行政复议机关地址"),           200, SI(""),                                        false },
    [OF_REVIEW_PHONE]   = { SI("review_phone"),   SI("行政复议机关电话"),           60,  SI(""),                                        false },
    [OF_COURT]          = { SI("court_name"),     SI("行政诉讼管辖法院"),           80,  SI("与站点设置相同的，留空"),                  false },
    [OF_COURT_ADDRESS]  = { SI("court_address"),  SI("法院地址"),                   200, SI(""),                                        false },
    [OF_COURT_PHONE]    = { SI("court_phone"),    SI("法院电话"),                   60,  SI(""),                                        false },
};

static const size_t text_at[OF__COUNT] = { // of the fields that are plain text
    [OF_NAME] = offsetof(Organ, name),                     [OF_SHORT] = offsetof(Organ, short_name),
    [OF_ALIASES] = offsetof(Organ, aliases),               [OF_SLUG] = offsetof(Organ, slug),
    [OF_CREDIT] = offsetof(Organ, credit_code),            [OF_CODE] = offsetof(Organ, code),
    [OF_DIVISION] = offsetof(Organ, division),             [OF_OFFICE] = offsetof(Organ, office),
    [OF_ADDRESS] = offsetof(Organ, address),               [OF_HOURS] = offsetof(Organ, hours),
    [OF_PHONE] = offsetof(Organ, phone),                   [OF_FAX] = offsetof(Organ, fax),
    [OF_POST_CODE] = offsetof(Organ, post_code),           [OF_MAIL] = offsetof(Organ, mail),
    [OF_REVIEW] = offsetof(Organ, review_name),            [OF_REVIEW_ADDRESS] = offsetof(Organ, review_address),
    [OF_REVIEW_PHONE] = offsetof(Organ, review_phone),     [OF_COURT] = offsetof(Organ, court_name),
    [OF_COURT_ADDRESS] = offsetof(Organ, court_address),   [OF_COURT_PHONE] = offsetof(Organ, court_phone),
};
// clang-format on

bool organ_field_named(Str word, OrganField *out)
{
    for (int f = 0; f < OF__COUNT; f++)
        if (str_eq(organ_fields[f].id, word) || str_eq(organ_fields[f].name, word))
            return *out = (OrganField)f, true;
    return false;
}

static Str *text_of(const Organ *o, OrganField field)
{
    return text_at[field] ? (Str *)((char *)(uintptr_t)o + text_at[field]) : NULL;
}

Str organ_field_get(const Organ *o, OrganField field, Arena *a)
{
    const Str *text = text_of(o, field);
    if (text)
        return *text;
    if (field == OF_FOUNDED)
        return date_is(o->founded) ? date_iso(a, o->founded) : S("");
    if (field == OF_RULES || field == OF_NORMATIVE)
        return (field == OF_RULES ? o->rules : o->normative) ? S("1") : S("");
    return field == OF_KIND ? organ_kinds[o->kind].id : organ_tiers[o->tier].id;
}

// --- checks

static bool word_of(Str text, const WordDef *words, int n, int *out)
{
    for (int i = 0; i < n; i++)
        if (str_eq(words[i].id, text) || str_eq(words[i].name, text))
            return *out = i, true;
    return false;
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] < '0' || s.s[i] > '9')
            return false;
    return true;
}

static bool mail_ok(Str s)
{
    Str local, domain;
    return str_cut(s, S("@"), &local, &domain) && local.n && str_has(domain, S(".")) &&
           !str_has(s, S(" ")) && !str_has(domain, S("@"));
}

static bool control_free(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < 0x20 || s.s[i] == 0x7f)
            return false;
    return true;
}

static bool text_ok(OrganField field, Str s, Err *err)
{
    const OrganFieldDef *def = &organ_fields[field];
    if (str_runes(s) > def->max)
        return fail(err, ERR_INPUT, NULL, PRI_STR "不超过%zu字",
                    "the field " PRI_STR " has more than %zu characters", STR_ARG(def->name),
                    def->max);
    if (!control_free(s))
        return fail(err, ERR_INPUT, NULL, PRI_STR "里有不能显示的字符",
                    "the field " PRI_STR " holds control characters", STR_ARG(def->name));
    if (field == OF_NAME && !s.n)
        return fail(err, ERR_INPUT, NULL, "请填写机关名称", "the name is missing");
    if (field == OF_SLUG && !organ_slug_ok(s))
        return fail(err, ERR_INPUT, NULL, "网址中的名字只用小写字母、数字和短横，首尾不用短横",
                    "a slug has a-z, 0-9 and -, not at its ends");
    if (field == OF_DIVISION && s.n &&
        (!all_digits(s) || (s.n != 2 && s.n != 4 && s.n != 6 && s.n != 9 && s.n != 12)))
        return fail(err, ERR_INPUT, NULL, "行政区划代码是2、4、6、9或者12位数字",
                    "a division code has 2, 4, 6, 9 or 12 digits");
    if (field == OF_POST_CODE && s.n && (!all_digits(s) || s.n != 6))
        return fail(err, ERR_INPUT, NULL, "邮政编码是6位数字", "a post code has six digits");
    if (field == OF_MAIL && s.n && !mail_ok(s))
        return fail(err, ERR_INPUT, NULL, "电子邮箱写得不完整", "this is no mail address");
    return true;
}

static bool flag_of(Str text, bool *out)
{
    static const struct {
        Str word;
        bool is;
    } words[] = {{SI(""), false},   {SI("0"), false}, {SI("否"), false}, {SI("无"), false},
                 {SI("no"), false}, {SI("1"), true},  {SI("是"), true},  {SI("有"), true},
                 {SI("yes"), true}, {SI("on"), true}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(words[i].word, text))
            return *out = words[i].is, true;
    return false;
}

static bool refuse_word(OrganField field, Str text, Err *err)
{
    return fail(err, ERR_INPUT, NULL, PRI_STR "不认识：" PRI_STR,
                "the field " PRI_STR " does not know " PRI_STR, STR_ARG(organ_fields[field].name),
                STR_ARG(text));
}

// The Str fields; *out is what is to be kept.
static bool text_read(OrganField field, Str text, Arena *a, Str *out, Err *err)
{
    Str s = text;
    if (field == OF_CREDIT)
        return s.n ? credit_code_read(s, a, out, err) : (*out = S(""), true);
    if (field == OF_DIVISION || field == OF_POST_CODE || field == OF_PHONE || field == OF_FAX)
        s = text_nfkc(a, s);
    if (!text_ok(field, s, err))
        return false;
    *out = s;
    return true;
}

static bool word_set(Organ *o, OrganField field, Str text, Err *err)
{
    int i = 0;
    bool is = false, kind = field == OF_KIND, tier = field == OF_TIER;
    bool known = kind   ? word_of(text, organ_kinds, ORGANKIND__COUNT, &i)
                 : tier ? word_of(text, organ_tiers, TIER__COUNT, &i)
                        : flag_of(text, &is);
    if (!known)
        return refuse_word(field, text, err);
    if (kind)
        o->kind = (OrganKind)i;
    else if (tier)
        o->tier = (OrganTier)i;
    else
        *(field == OF_RULES ? &o->rules : &o->normative) = is;
    return true;
}

static bool date_set(Organ *o, Str text, Err *err)
{
    Date d = date_none;
    if (text.n && !date_parse(text, &d))
        return fail(err, ERR_INPUT, NULL, "日期写不成一天：" PRI_STR "，要像2024-03-19",
                    "not a day: " PRI_STR "; write 2024-03-19", STR_ARG(text));
    o->founded = d;
    return true;
}

bool organ_field_set(Organ *o, OrganField field, Str text, Arena *a, Err *err)
{
    Str s = str_trim(text), *to = text_of(o, field), kept;
    if (field == OF_FOUNDED)
        return date_set(o, s, err);
    if (!to)
        return word_set(o, field, s, err);
    if (!text_read(field, s, a, &kept, err))
        return false;
    *to = kept;
    return true;
}

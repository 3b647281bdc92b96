#include "domain/person.h"

// clang-format off
const PersonFieldDef person_fields[PF__COUNT] = {
    //             id             name             characters
    [PF_LOGIN] = { SI("login"),   SI("登录名"),    2, 40 },
    [PF_NAME]  = { SI("name"),    SI("姓名"),      1, 40 },
    [PF_PHONE] = { SI("phone"),   SI("电话"),      0, 30 },
    [PF_EMAIL] = { SI("email"),   SI("电子邮箱"),  0, 200 },
};

// Which roles one person does not hold together. A refused row keeps powers apart that watch one
// another; the others are for a small organ to weigh, and are told before the second is given. No row
// follows from a provision about disclosure: they are the ordinary separation of duties.
const RoleConflict role_conflicts[] = {
    { ROLE_ADMIN,    ROLE_AUDITOR,  true,  true,  SI("操作记录记的就是管理员的操作，要由别人来查") },
    { ROLE_OFFICER,  ROLE_AUDITOR,  true,  false, SI("审计员查看经办人的操作，不能查自己") },
    { ROLE_DRAFTER,  ROLE_REVIEWER, false, false, SI("自己起草的稿件要由别人审核，科室要另有审核人") },
    { ROLE_OFFICER,  ROLE_SECRECY,  false, false, SI("保密审查是公开前的另一道关，最好由另一个人把") },
    { ROLE_OFFICER,  ROLE_LEGAL,    false, false, SI("答复由经办人拟写，合法性最好由另一个人审核") },
};
// clang-format on
const size_t n_role_conflicts = sizeof role_conflicts / sizeof *role_conflicts;

// --- fields

Str *person_field(Person *p, PersonField field)
{
    switch (field) {
    case PF_LOGIN:
        return &p->login;
    case PF_NAME:
        return &p->name;
    case PF_PHONE:
        return &p->phone;
    case PF_EMAIL:
    case PF__COUNT:
        break;
    }
    return &p->email;
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool only(Str s, const char *others)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.s[i]) && !strchr(others, s.s[i]))
            return false;
    return true;
}

static bool login_ok(Str s, Err *err)
{
    return (only(s, "._-@") && is_alnum(s.s[0])) ||
           fail(
               err, ERR_INPUT, NULL, "登录名只用字母、数字和 . _ - @，并以字母或数字开头",
               "a login is made of letters, digits and . _ - @, and begins with a letter or digit");
}

static bool name_ok(Str s, Err *err)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < ' ' || strchr("<>\"\\", s.s[i]))
            return fail(err, ERR_INPUT, NULL, "姓名里有不能用的字符",
                        "the name holds a character that cannot stand in one");
    return true;
}

static bool phone_ok(Str s, Err *err)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++)
        digits += s.s[i] >= '0' && s.s[i] <= '9';
    for (size_t i = 0; i < s.n; i++)
        if (!(s.s[i] >= '0' && s.s[i] <= '9') && !strchr("+- ()", s.s[i]))
            digits = 0;
    return !s.n || digits >= 3 ||
           fail(err, ERR_INPUT, NULL, "电话只用数字和 + - ( )，例如 0571-88880000",
                "a phone number is made of digits and + - ( ), as 0571-88880000");
}

static bool email_ok(Str s, Err *err)
{
    Str before, host, rest;
    bool one = str_cut(s, S("@"), &before, &host) && !str_cut(host, S("@"), &rest, &rest);
    bool ok = one && before.n && only(before, "._-+") && only(host, ".-") &&
              str_has(host, S(".")) && is_alnum(host.s[0]) && is_alnum(host.s[host.n - 1]) &&
              !str_has(host, S(".."));
    return !s.n || ok ||
           fail(err, ERR_INPUT, NULL, "电子邮箱的写法不对，例如 zhou@example.gov.cn",
                "not a mail address, as zhou@example.gov.cn");
}

// clang-format off
static const struct { bool lower; bool (*ok)(Str s, Err *err); } readers[PF__COUNT] = {
    [PF_LOGIN] = { true,  login_ok },
    [PF_NAME]  = { false, name_ok },
    [PF_PHONE] = { false, phone_ok },
    [PF_EMAIL] = { true,  email_ok },
};
// clang-format on

static Str lower(Arena *a, Str s)
{
    char *low = NEW(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        low[i] = (char)(s.s[i] >= 'A' && s.s[i] <= 'Z' ? s.s[i] + 32 : s.s[i]);
    return (Str){low, s.n};
}

bool person_field_read(PersonField field, Str text, Arena *a, Str *out, Err *err)
{
    const PersonFieldDef *def = &person_fields[field];
    Str s = str_trim(text);
    s = readers[field].lower ? lower(a, s) : s;
    int runes = (int)str_runes(s);
    if (def->min && !runes)
        return fail(err, ERR_INPUT, NULL, "请填写" PRI_STR, "“" PRI_STR "” is needed",
                    STR_ARG(def->name));
    if (runes < def->min || runes > def->max)
        return fail(err, ERR_INPUT, NULL, PRI_STR "要在%d到%d个字之间",
                    "“" PRI_STR "” has between %d and %d characters", STR_ARG(def->name), def->min,
                    def->max);
    if (!readers[field].ok(s, err))
        return false;
    *out = s;
    return true;
}

bool person_fields_read(Person *p, Arena *a, Err *err)
{
    Person read = *p;
    for (int f = 0; f < PF__COUNT; f++) {
        Str *at = person_field(&read, (PersonField)f);
        if (!person_field_read((PersonField)f, *at, a, at, err))
            return false;
    }
    *p = read;
    return true;
}

// --- roles that do not go together

static bool breaks(const RoleConflict *row, const Post *held, Role role, OrganId organ)
{
    bool pair = (row->one == role && row->other == held->role) ||
                (row->other == role && row->one == held->role);
    return pair && (row->anywhere || held->organ.n == organ.n);
}

const RoleConflict *role_conflict(const Posts *held, Role role, OrganId organ, bool refused)
{
    for (size_t c = 0; c < n_role_conflicts; c++)
        for (size_t i = 0; role_conflicts[c].refused == refused && i < held->n; i++)
            if (breaks(&role_conflicts[c], &held->v[i], role, organ))
                return &role_conflicts[c];
    return NULL;
}

static bool conflict_fail(const RoleConflict *row, Err *err)
{
    return fail(err, ERR_RULE, NULL, PRI_STR "和" PRI_STR "不能是同一个人：" PRI_STR,
                "“" PRI_STR "” and “" PRI_STR "” cannot be one person: " PRI_STR,
                STR_ARG(role_defs[row->one].name), STR_ARG(role_defs[row->other].name),
                STR_ARG(row->why));
}

// --- posts

static bool closed_fail(const Person *p, Err *err)
{
    return fail(err, ERR_RULE, NULL, PRI_STR "的账号已停用，请先重新启用",
                "the account of " PRI_STR " is closed; open it again first", STR_ARG(p->name));
}

// A power over the whole site, or over organs the giver has no say in, is not theirs to give.
static bool reach_decide(const Giver *giver, bool within, bool at_top, Err *err)
{
    if (giver->reach == REACH_SITE || (within && !at_top))
        return true;
    return fail(err, ERR_RULE, NULL, "这个岗位的权限超出您管理的范围，请由上级管理员办理",
                "the power of this post reaches beyond what you administer");
}

bool post_take_decide(const Giver *giver, bool within, bool at_top, Err *err)
{
    return reach_decide(giver, within, at_top, err);
}

bool post_give_decide(const Giver *giver, const Person *to, const PostGift *gift, Date today,
                      Err *err)
{
    if (to->closed)
        return closed_fail(to, err);
    if (giver->person.n && giver->person.n == to->id.n)
        return fail(err, ERR_RULE, NULL, "不能给自己岗位，请由另一名管理员办理",
                    "nobody gives themselves a post; another administrator has to");
    if (gift->from.days < today.days)
        return fail(err, ERR_INPUT, NULL, "开始日期不能早于今天：过去的操作不能事后补上权限",
                    "a post cannot begin before today");
    if (date_is(gift->until) && gift->until.days <= gift->from.days)
        return fail(err, ERR_INPUT, NULL, "结束日期要在开始日期之后", "it ends before it begins");
    if (!reach_decide(giver, gift->within, gift->at_top, err))
        return false;
    for (size_t i = 0; i < gift->held->n; i++)
        if (gift->held->v[i].organ.n == gift->organ.n && gift->held->v[i].role == gift->role &&
            !gift->held->v[i].instead_of.n)
            return fail(err, ERR_RULE, NULL, PRI_STR "已经是这个机关的" PRI_STR,
                        PRI_STR " is “" PRI_STR "” there already", STR_ARG(to->name),
                        STR_ARG(role_defs[gift->role].name));
    const RoleConflict *row = role_conflict(gift->held, gift->role, gift->organ, true);
    return !row || conflict_fail(row, err);
}

bool admin_leave_decide(const Person *who, bool is_admin, int64_t other_admins, Err *err)
{
    return !is_admin || other_admins > 0 ||
           fail(err, ERR_RULE, NULL, PRI_STR "是本站最后一名管理员，请先让另一个人担任管理员",
                PRI_STR " is the last administrator of the site; make somebody else one first",
                STR_ARG(who->name));
}

// --- accounts

bool person_change_decide(const Giver *giver, const Person *p, const PersonFacts *facts, Err *err)
{
    if (giver->reach == REACH_SITE || !facts->beyond)
        return true;
    return fail(err, ERR_RULE, NULL, PRI_STR "在您管理的范围以外还有岗位，账号请由上级管理员办理",
                PRI_STR " holds posts beyond what you administer; the account is for a higher"
                        " administrator to change",
                STR_ARG(p->name));
}

bool person_close_decide(const Giver *giver, const Person *p, const PersonFacts *facts,
                         const Person *successor, Err *err)
{
    if (p->closed)
        return fail(err, ERR_RULE, NULL, "这个账号已经停用", "the account is closed already");
    if (giver->person.n && giver->person.n == p->id.n)
        return fail(err, ERR_RULE, NULL, "不能停用自己的账号，请由另一名管理员办理",
                    "nobody closes their own account");
    if (!person_change_decide(giver, p, facts, err) ||
        !admin_leave_decide(p, facts->is_admin, facts->other_admins, err))
        return false;
    if (successor)
        return handover_decide(giver, p, successor, err);
    return !facts->n_open ||
           fail(err, ERR_RULE, NULL, PRI_STR "手上还有%lld件没有办完，请选择由谁接手",
                PRI_STR " has %lld open; say who takes them over", STR_ARG(p->name),
                (long long)facts->n_open);
}

bool person_reset_decide(const Giver *giver, const Person *p, const PersonFacts *facts, Err *err)
{
    if (p->closed)
        return closed_fail(p, err);
    if (giver->person.n && giver->person.n == p->id.n)
        return fail(err, ERR_RULE, NULL, "自己的密码请在“账号”页面修改",
                    "change your own password on the account page");
    return person_change_decide(giver, p, facts, err);
}

bool person_reopen_decide(const Giver *giver, const Person *p, Err *err)
{
    (void)giver;
    return p->closed || fail(err, ERR_RULE, NULL, "这个账号没有停用", "the account is not closed");
}

bool handover_decide(const Giver *giver, const Person *from, const Person *to, Err *err)
{
    (void)giver;
    if (to->closed)
        return closed_fail(to, err);
    return from->id.n != to->id.n || fail(err, ERR_RULE, NULL, "接手的要是另一个人",
                                          "the successor has to be another person");
}

// --- substitution

static const uint32_t lent_when_named = 1u << ROLE_ADMIN | 1u << ROLE_AUDITOR;

uint32_t roles_lent_by_default(uint32_t held)
{
    return held & ~lent_when_named;
}

bool substitution_over(const Substitution *s, Date today)
{
    return s->to.days < today.days || (date_is(s->ended) && s->ended.days <= today.days);
}

bool substitution_on(const Substitution *s, Date day)
{
    return s->from.days <= day.days && !substitution_over(s, day);
}

static bool who_decide(const Giver *giver, const Person *away, const Person *substitute, Err *err)
{
    if (away->closed || substitute->closed)
        return closed_fail(away->closed ? away : substitute, err);
    if (away->id.n == substitute->id.n)
        return fail(err, ERR_RULE, NULL, "代行的要是另一个人",
                    "the substitute has to be another person");
    if (giver->person.n && giver->person.n == substitute->id.n)
        return fail(err, ERR_RULE, NULL, "不能由代行的人自己设置，请由本人或者另一名管理员办理",
                    "nobody makes themselves a substitute");
    return true;
}

static bool days_decide(const Substitution *s, Date today, Err *err)
{
    if (!date_is(s->from) || !date_is(s->to))
        return fail(err, ERR_INPUT, NULL, "请填写代行的起止日期", "first and last day are needed");
    if (s->to.days < s->from.days)
        return fail(err, ERR_INPUT, NULL, "结束日期早于开始日期", "it ends before it begins");
    if (s->from.days < today.days)
        return fail(err, ERR_INPUT, NULL, "开始日期不能早于今天", "it cannot begin before today");
    if (s->to.days - s->from.days >= SUBSTITUTION_DAYS)
        return fail(err, ERR_INPUT, NULL, "代行最多%d天，更长的请另行授予岗位",
                    "at most %d days; give a post for longer", SUBSTITUTION_DAYS);
    return true;
}

// One who stands in for a role at a time, so that it is clear whom to ask.
static bool overlap_decide(const Substitution *s, const Substitutions *other, Date today, Err *err)
{
    for (size_t i = 0; i < other->n; i++) {
        const Substitution *o = &other->v[i];
        bool meet = o->from.days <= s->to.days && s->from.days <= o->to.days;
        if (o->id == s->id || substitution_over(o, today) || !meet || !(o->roles & s->roles))
            continue;
        return fail(err, ERR_RULE, NULL, "这段时间里已由" PRI_STR "代行同样的岗位，请先结束那一次",
                    PRI_STR " stands in for the same role in these days; end that first",
                    STR_ARG(o->substitute_name));
    }
    return true;
}

static bool lent_decide(const Substitution *s, const SubstitutionFacts *facts, Err *err)
{
    if (!s->roles)
        return fail(err, ERR_INPUT, NULL, "请选择代行的岗位", "no role was chosen");
    if (!facts->near)
        return fail(err, ERR_RULE, NULL, "代行的要是本机关的人",
                    "the substitute has to work at the same organ");
    for (int r = 0; r < ROLE__COUNT; r++) {
        if (!(s->roles >> r & 1))
            continue;
        if (!(facts->held >> r & 1))
            return fail(err, ERR_RULE, NULL, "本人在这个机关不是" PRI_STR "，不能请人代行",
                        "the one who is away is not “" PRI_STR "” there",
                        STR_ARG(role_defs[r].name));
        const RoleConflict *row = role_conflict(facts->substitutes, (Role)r, s->organ, true);
        if (row)
            return conflict_fail(row, err);
    }
    return true;
}

bool substitution_decide(const Giver *giver, const Person *away, const Person *substitute,
                         const Substitution *s, const SubstitutionFacts *facts, Date today,
                         Err *err)
{
    bool oneself = giver->person.n && giver->person.n == away->id.n;
    return who_decide(giver, away, substitute, err) && days_decide(s, today, err) &&
           lent_decide(s, facts, err) &&
           (oneself || reach_decide(giver, facts->within, facts->at_top, err)) &&
           overlap_decide(s, facts->other, today, err);
}

#include "domain/organ.h"

#include "base/hanzi.h"
#include "base/text.h"

// clang-format off
const WordDef organ_kinds[ORGANKIND__COUNT] = {
    [ORGANKIND_GOVERNMENT] = { SI("government"), SI("人民政府") },
    [ORGANKIND_OFFICE]     = { SI("office"),     SI("政府办公厅（室）") },
    [ORGANKIND_DEPARTMENT] = { SI("department"), SI("工作部门") },
    [ORGANKIND_TOWNSHIP]   = { SI("township"),   SI("乡镇机关") },
    [ORGANKIND_DISPATCHED] = { SI("dispatched"), SI("派出机关、派出机构") },
    [ORGANKIND_SECTION]    = { SI("section"),    SI("内设机构") },
};

const WordDef organ_tiers[TIER__COUNT] = {
    [TIER_UNKNOWN]  = { SI(""),         SI("不明") },
    [TIER_STATE]    = { SI("state"),    SI("国家") },
    [TIER_PROVINCE] = { SI("province"), SI("省级") },
    [TIER_CITY]     = { SI("city"),     SI("市级") },
    [TIER_COUNTY]   = { SI("county"),   SI("县级") },
    [TIER_TOWNSHIP] = { SI("township"), SI("乡级") },
};

const WordDef organ_states[ORGAN_STATE__COUNT] = {
    [ORGAN_ACTIVE]    = { SI("active"),    SI("在用") },
    [ORGAN_MERGED]    = { SI("merged"),    SI("已合并") },
    [ORGAN_ABOLISHED] = { SI("abolished"), SI("已撤销") },
};

// The first that fits.
static const struct {
    Str ending;
    OrganKind kind;
    OrganTier tier;
} name_kinds[] = {
    { SI("街道办事处"),     ORGANKIND_DISPATCHED, TIER_TOWNSHIP },
    { SI("镇人民政府"),     ORGANKIND_GOVERNMENT, TIER_TOWNSHIP },
    { SI("乡人民政府"),     ORGANKIND_GOVERNMENT, TIER_TOWNSHIP },
    { SI("县人民政府"),     ORGANKIND_GOVERNMENT, TIER_COUNTY },
    { SI("区人民政府"),     ORGANKIND_GOVERNMENT, TIER_COUNTY },
    { SI("省人民政府"),     ORGANKIND_GOVERNMENT, TIER_PROVINCE },
    { SI("市人民政府"),     ORGANKIND_GOVERNMENT, TIER_CITY },
    { SI("人民政府办公室"), ORGANKIND_OFFICE,     TIER_UNKNOWN },
    { SI("人民政府办公厅"), ORGANKIND_OFFICE,     TIER_UNKNOWN },
    { SI("人民政府"),       ORGANKIND_GOVERNMENT, TIER_UNKNOWN },
    { SI(""),               ORGANKIND_DEPARTMENT, TIER_UNKNOWN },
};
// clang-format on

void organ_from_name(Str name, Organ *out)
{
    size_t i = 0;
    while (!str_ends(name, name_kinds[i].ending))
        i++;
    *out = (Organ){.kind = name_kinds[i].kind,
                   .tier = name_kinds[i].tier,
                   .name = name,
                   .founded = date_none,
                   .ended = date_none};
}

// --- codes

// clang-format off
static const char code_letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // without I O Z S V
static const int code_weights[17] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
// clang-format on

static int code_value(char c)
{
    const char *at = c ? strchr(code_letters, c) : NULL;
    return at ? (int)(at - code_letters) : -1;
}

char credit_code_digit(Str first17)
{
    int sum = 0;
    for (size_t i = 0; i < 17; i++)
        sum += code_value(first17.s[i]) * code_weights[i];
    return code_letters[(31 - sum % 31) % 31];
}

static Str upper(Arena *a, Str s)
{
    char *c = NEW(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        c[i] = s.s[i] >= 'a' && s.s[i] <= 'z' ? (char)(s.s[i] - 32) : s.s[i];
    return (Str){c, s.n};
}

bool credit_code_read(Str text, Arena *a, Str *out, Err *err)
{
    Str code = upper(a, str_replace(a, str_trim(text_nfkc(a, text)), S(" "), S("")));
    size_t runes = str_runes(code);
    if (runes != 18)
        return fail(err, ERR_INPUT, NULL, "统一社会信用代码是18位，这里有%zu位",
                    "a credit code has 18 characters, this has %zu", runes);
    for (size_t i = 0, len; i < code.n; i += len) {
        uint32_t c = str_rune(code, i, &len);
        if (c < 0x80 && code_value((char)c) >= 0)
            continue;
        Str at = str_sub(code, i, i + len);
        return fail(err, ERR_INPUT, NULL,
                    "统一社会信用代码第%zu位“" PRI_STR
                    "”不对：只用数字和大写字母，没有I、O、Z、S、V",
                    "character %zu of the credit code, “" PRI_STR
                    "”, is wrong: digits and capitals, without I O Z S V",
                    i + 1, STR_ARG(at));
    }
    if (credit_code_digit(code) != code.s[17])
        return fail(err, ERR_INPUT, NULL, "统一社会信用代码的校验位不对，请对照证书再看一遍",
                    "the check digit of the credit code is wrong");
    *out = code;
    return true;
}

Str organ_name_key(Arena *a, Str name)
{
    Str s = hanzi_simplify(a, text_nfkc(a, name));
    Buf b = buf_new(a, 4 * s.n + 16);
    for (size_t i = 0, len; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len);
        if (c == ' ' || c == 0x3000 || c == '\t')
            continue;
        if (c >= 'A' && c <= 'Z')
            buf_byte(&b, (char)(c | 32));
        else
            buf_add(&b, str_sub(s, i, i + len));
    }
    return buf_str(&b);
}

bool organ_slug_ok(Str slug)
{
    if (slug.n < 1 || slug.n > 60 || slug.s[0] == '-' || slug.s[slug.n - 1] == '-')
        return false;
    for (size_t i = 0; i < slug.n; i++) {
        char c = slug.s[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return true;
}

// --- the tree

typedef struct PlaceDoubt {
    OrganKind child, parent; // ORGANKIND__COUNT: any
    Str doubt;
} PlaceDoubt;

// clang-format off
static const PlaceDoubt place_doubts[] = {
    { ORGANKIND_GOVERNMENT, ORGANKIND_OFFICE,     SI("人民政府一般不设在办公厅（室）之下") },
    { ORGANKIND_GOVERNMENT, ORGANKIND_DEPARTMENT, SI("人民政府一般不设在工作部门之下") },
    { ORGANKIND_GOVERNMENT, ORGANKIND_TOWNSHIP,   SI("人民政府一般不设在乡镇机关之下") },
    { ORGANKIND_GOVERNMENT, ORGANKIND_DISPATCHED, SI("派出机关之下一般是乡镇街道，请核对") },
    { ORGANKIND_OFFICE,     ORGANKIND_DEPARTMENT, SI("政府办公厅（室）一般设在本级人民政府之下") },
    { ORGANKIND_OFFICE,     ORGANKIND_TOWNSHIP,   SI("政府办公厅（室）一般设在本级人民政府之下") },
    { ORGANKIND__COUNT,     ORGANKIND_SECTION,    SI("内设机构之下一般只有内设机构") },
};
// clang-format on

static Str kind_doubt(const Organ *child, const Organ *parent)
{
    if (child->kind == ORGANKIND_SECTION)
        return S("");
    for (size_t i = 0; i < sizeof place_doubts / sizeof *place_doubts; i++) {
        const PlaceDoubt *d = &place_doubts[i];
        if ((d->child == child->kind || d->child == ORGANKIND__COUNT) && d->parent == parent->kind)
            return d->doubt;
    }
    return S("");
}

Str organ_place_doubt(const Organ *child, const Organ *parent)
{
    Str doubt = kind_doubt(child, parent);
    if (!doubt.n && child->tier != TIER_UNKNOWN && parent->tier != TIER_UNKNOWN &&
        child->tier < parent->tier)
        return S("级别比上级机关高，请核对");
    return doubt;
}

// --- the life

// clang-format off
const WordDef life_events[LIFE__COUNT] = {
    [LIFE_FOUNDED]   = { SI("founded"),   SI("设立") },
    [LIFE_RENAMED]   = { SI("renamed"),   SI("更名") },
    [LIFE_MERGED]    = { SI("merged"),    SI("并入") },
    [LIFE_SPLIT]     = { SI("split"),     SI("分设") },
    [LIFE_ABOLISHED] = { SI("abolished"), SI("撤销") },
    [LIFE_MOVED]     = { SI("moved"),     SI("改变隶属") },
};
// clang-format on

bool life_event_named(Str id, LifeEvent *out)
{
    for (int e = 0; e < LIFE__COUNT; e++)
        if (str_eq(life_events[e].id, id))
            return *out = (LifeEvent)e, true;
    return false;
}

// What every step needs, whatever it is.
static bool step_ok(const LifeStep *step, Err *err)
{
    if (!date_is(step->on))
        return fail(err, ERR_INPUT, NULL, "请填写生效日期",
                    "the day on which it takes effect is missing");
    if (!str_trim(step->basis).n)
        return fail(err, ERR_INPUT, NULL, "请填写依据的文件（文号或者名称）",
                    "the decision it rests on is missing");
    return str_runes(step->basis) <= 300 ||
           fail(err, ERR_LIMIT, NULL, "依据不超过300字", "the basis has more than 300 characters");
}

static bool is_active(const Organ *o, Err *err)
{
    return o->state == ORGAN_ACTIVE ||
           fail(err, ERR_RULE, NULL, PRI_STR "" PRI_STR "，不能再作变更",
                PRI_STR " has ended (" PRI_STR "); nothing more can become of it", STR_ARG(o->name),
                STR_ARG(organ_states[o->state].name));
}

static bool in_order(const Organ *now, const LifeStep *step, const LifeFacts *facts, Err *err)
{
    if (date_is(now->founded) && step->on.days < now->founded.days)
        return fail(err, ERR_RULE, NULL, "生效日期早于设立日期", "the day is before the founding");
    return !date_is(facts->last) || step->on.days >= facts->last.days ||
           fail(err, ERR_RULE, NULL, "生效日期早于上一次变更的日期，请按先后顺序登记",
                "the day is before the last change that is recorded");
}

static bool can_step(const Organ *now, const LifeStep *step, const LifeFacts *facts, Err *err)
{
    return step_ok(step, err) && is_active(now, err) && in_order(now, step, facts, err);
}

static bool name_ok(Str name, const LifeFacts *facts, Err *err)
{
    if (!name.n)
        return fail(err, ERR_INPUT, NULL, "请填写机关名称", "the name is missing");
    return !facts->name_taken ||
           fail(err, ERR_RULE, NULL, "另有在用的机关叫这个名称：" PRI_STR,
                "another active organ bears the name " PRI_STR, STR_ARG(name));
}

bool organ_found(const Organ *form, const LifeStep *step, const LifeFacts *facts, Organ *next,
                 Err *err)
{
    if (!step_ok(step, err) || !name_ok(form->name, facts, err))
        return false;
    Organ o = *form;
    o.state = ORGAN_ACTIVE;
    o.founded = step->on;
    o.ended = date_none;
    *next = o;
    return true;
}

bool organ_rename(const Organ *now, Str name, const LifeStep *step, const LifeFacts *facts,
                  Organ *next, Err *err)
{
    if (!can_step(now, step, facts, err) || !name_ok(name, facts, err))
        return false;
    if (str_eq(name, now->name))
        return fail(err, ERR_INPUT, NULL, "新名称和现在的一样", "the new name is the present one");
    Organ o = *now;
    o.name = name;
    *next = o;
    return true;
}

static bool heir_ok(const Organ *now, const Organ *heir, const LifeFacts *facts, Err *err)
{
    if (heir->id.n == now->id.n)
        return fail(err, ERR_RULE, NULL, "机关不能并入它自己",
                    "an organ cannot be merged into itself");
    if (heir->state != ORGAN_ACTIVE)
        return fail(err, ERR_RULE, NULL, PRI_STR "" PRI_STR "，不能承继",
                    PRI_STR " has ended (" PRI_STR ") and cannot carry on", STR_ARG(heir->name),
                    STR_ARG(organ_states[heir->state].name));
    return !facts->heir_below ||
           fail(err, ERR_RULE, NULL, PRI_STR "在" PRI_STR "之下，请先改变它的隶属",
                PRI_STR " stands below " PRI_STR "; move it first", STR_ARG(heir->name),
                STR_ARG(now->name));
}

static void end(const Organ *now, OrganState state, Date on, Organ *next)
{
    Organ o = *now;
    o.state = state;
    o.ended = on;
    *next = o;
}

bool organ_merge(const Organ *now, const Organ *into, const LifeStep *step, const LifeFacts *facts,
                 Organ *next, Err *err)
{
    if (!can_step(now, step, facts, err) || !heir_ok(now, into, facts, err))
        return false;
    end(now, ORGAN_MERGED, step->on, next);
    return true;
}

bool organ_split(const Organ *now, const Organ *heirs, size_t n_heirs, const LifeStep *step,
                 const LifeFacts *facts, Organ *next, Err *err)
{
    if (!can_step(now, step, facts, err))
        return false;
    if (n_heirs < 2)
        return fail(err, ERR_INPUT, NULL, "分设要有两个以上承继的机关；只有一个的，请用“并入”",
                    "a split has two heirs or more; for one, merge");
    for (size_t i = 0; i < n_heirs; i++) {
        if (!heir_ok(now, &heirs[i], facts, err))
            return false;
        for (size_t j = 0; j < i; j++)
            if (heirs[i].id.n == heirs[j].id.n)
                return fail(err, ERR_INPUT, NULL, "承继的机关" PRI_STR "填了两次",
                            "the heir " PRI_STR " is named twice", STR_ARG(heirs[i].name));
    }
    end(now, ORGAN_ABOLISHED, step->on, next);
    return true;
}

// Whoever abolishes says first where what is below goes: it may go to several places.
bool organ_abolish(const Organ *now, const LifeStep *step, const LifeFacts *facts, Organ *next,
                   Err *err)
{
    if (!can_step(now, step, facts, err))
        return false;
    if (facts->n_children)
        return fail(err, ERR_RULE, NULL,
                    "它之下还有%zu个机关或者内设机构，请先改变它们的隶属，或者用“并入”",
                    "%zu organs or sections stand below it; move them first, or merge",
                    facts->n_children);
    end(now, ORGAN_ABOLISHED, step->on, next);
    return true;
}

bool organ_move(const Organ *now, const Organ *parent, const LifeStep *step, const LifeFacts *facts,
                Organ *next, Err *err)
{
    OrganId to = parent ? parent->id : (OrganId){0};
    if (!can_step(now, step, facts, err) || (parent && !is_active(parent, err)))
        return false;
    if (to.n == now->id.n || facts->would_circle)
        return fail(err, ERR_RULE, NULL, "新的上级机关在它自己之下（或者受它监督），会成为循环",
                    "the new place is below the organ itself");
    if (to.n == now->parent.n)
        return fail(err, ERR_INPUT, NULL, "它现在就在这个机关之下", "it stands there already");
    if (!parent && now->kind == ORGANKIND_SECTION)
        return fail(err, ERR_RULE, NULL, "内设机构要有所属的机关", "a section belongs to an organ");
    Organ o = *now;
    o.parent = to;
    *next = o;
    return true;
}

bool organ_line_ok(const Organ *organ, const Organ *over, Str business, bool would_circle, Err *err)
{
    if (!is_active(organ, err) || !is_active(over, err))
        return false;
    if (!business.n || str_runes(business) > 40)
        return fail(err, ERR_INPUT, NULL, "请填写监督的业务，不超过40字",
                    "the business that is supervised is missing, or longer than 40 characters");
    return !would_circle ||
           fail(err, ERR_RULE, NULL, PRI_STR "已经在" PRI_STR "之下，不能反过来监督它",
                PRI_STR " stands below " PRI_STR " and cannot supervise it", STR_ARG(over->name),
                STR_ARG(organ->name));
}

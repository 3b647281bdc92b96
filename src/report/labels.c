#include "report/labels.h"

#include "report/normal.h"

#include <threads.h>

#define COUNT(v) (sizeof(v) / sizeof *(v))

typedef struct Word {
    Str key; // Han characters only, without numbering
    Mark mark;
    int arg;
} Word;

// clang-format off
static const Word words[] = {
    // --- table two
    {SI("规章"),                         MARK_T2_ROW, T2R_REGULATION},
    {SI("行政规范性文件"),               MARK_T2_ROW, T2R_NORMATIVE},
    {SI("规范性文件"),                   MARK_T2_ROW, T2R_NORMATIVE},
    {SI("行政规范性文档"),               MARK_T2_ROW, T2R_NORMATIVE},
    {SI("规范性文档"),                   MARK_T2_ROW, T2R_NORMATIVE},
    {SI("规范性档案"),                   MARK_T2_ROW, T2R_NORMATIVE},
    {SI("行政规范性档案"),               MARK_T2_ROW, T2R_NORMATIVE},
    {SI("行政许可"),                     MARK_T2_ROW, T2R_LICENCE},
    {SI("其他对外管理服务事项"),         MARK_T2_ROW, T2R_SERVICE},
    {SI("行政处罚"),                     MARK_T2_ROW, T2R_PENALTY},
    {SI("行政强制"),                     MARK_T2_ROW, T2R_COERCION},
    {SI("行政强制措施"),                 MARK_T2_ROW, T2R_COERCION},
    {SI("行政事业性收费"),               MARK_T2_ROW, T2R_CHARGE},
    {SI("行政事业型收费"),               MARK_T2_ROW, T2R_CHARGE},
    {SI("行政事业性收费项目"),           MARK_T2_ROW, T2R_CHARGE},
    {SI("政府集中采购"),                 MARK_T2_ROW, T2R_PROCUREMENT},
    {SI("信息内容"),                     MARK_T2_BLOCK, 0},
    {SI("第二十条第一项"),               MARK_T2_BLOCK, 1},
    {SI("第二十条第五项"),               MARK_T2_BLOCK, 5},
    {SI("第二十条第六项"),               MARK_T2_BLOCK, 6},
    {SI("第二十条第八项"),               MARK_T2_BLOCK, 8},
    {SI("第二十条第九项"),               MARK_T2_BLOCK, 9},
    {SI("第二十条第项"),                 MARK_T2_BLOCK, 0},
    {SI("第二十条第"),                   MARK_T2_BLOCK, 0},
    {SI("第二十条"),                     MARK_T2_BLOCK, 0},
    {SI("本年新制作数量"),               MARK_T2_CAPTION, IN_2019},
    {SI("本年新公开数量"),               MARK_T2_CAPTION, IN_2019},
    {SI("本年新"),                       MARK_T2_CAPTION, IN_2019},
    {SI("制作数量"),                     MARK_T2_CAPTION, IN_2019},
    {SI("公开数量"),                     MARK_T2_CAPTION, IN_2019},
    {SI("对外公开总数量"),               MARK_T2_CAPTION, IN_2019},
    {SI("对外公开"),                     MARK_T2_CAPTION, IN_2019},
    {SI("总数量"),                       MARK_T2_CAPTION, IN_2019},
    {SI("上一年项目数量"),               MARK_T2_CAPTION, IN_2019},
    {SI("上一年"),                       MARK_T2_CAPTION, IN_2019},
    {SI("项目数量"),                     MARK_T2_CAPTION, IN_2019},
    {SI("本年增减"),                     MARK_T2_CAPTION, IN_2019},
    {SI("本年增"),                       MARK_T2_CAPTION, IN_2019},
    {SI("处理决定数量"),                 MARK_T2_CAPTION, IN_2019},
    {SI("采购项目数量"),                 MARK_T2_CAPTION, IN_2019},
    {SI("采购总金额"),                   MARK_T2_CAPTION, IN_2019},
    {SI("本年制发件数"),                 MARK_T2_CAPTION, IN_2021},
    {SI("本年度制发件数"),               MARK_T2_CAPTION, IN_2021},
    {SI("本年制发"),                     MARK_T2_CAPTION, IN_2021},
    {SI("制发件数"),                     MARK_T2_CAPTION, IN_2021},
    {SI("本年废止件数"),                 MARK_T2_CAPTION, IN_2021},
    {SI("本年度废止件数"),               MARK_T2_CAPTION, IN_2021},
    {SI("本年废止"),                     MARK_T2_CAPTION, IN_2021},
    {SI("废止件数"),                     MARK_T2_CAPTION, IN_2021},
    {SI("现行有效件数"),                 MARK_T2_CAPTION, IN_2021},
    {SI("现行有效"),                     MARK_T2_CAPTION, IN_2021},
    {SI("本年处理决定数量"),             MARK_T2_CAPTION, IN_2021},
    {SI("本年处理"),                     MARK_T2_CAPTION, IN_2021},
    {SI("决定数量"),                     MARK_T2_CAPTION, IN_2021 | IN_2019},
    {SI("本年收费金额"),                 MARK_T2_CAPTION, IN_2021},
    {SI("本年收费金额单位万元"),         MARK_T2_CAPTION, IN_2021},
    {SI("单位万元"),                     MARK_T2_CAPTION, IN_2021},
    // --- table three
    {SI("本年新收政府信息公开申请数量"), MARK_T3_ROW, T3_NEW},
    {SI("本年新收政府信息公开申请数"),   MARK_T3_ROW, T3_NEW},
    {SI("本年度新收政府信息公开申请数量"), MARK_T3_ROW, T3_NEW},
    {SI("上年结转政府信息公开申请数量"), MARK_T3_ROW, T3_CARRIED_IN},
    {SI("上年结转政府信息公开申请数"),   MARK_T3_ROW, T3_CARRIED_IN},
    {SI("上年度结转政府信息公开申请数量"), MARK_T3_ROW, T3_CARRIED_IN},
    {SI("予以公开"),                     MARK_T3_ROW, T3_R1},
    {SI("部分公开"),                     MARK_T3_ROW, T3_R2},
    {SI("部分公开区分处理的只计这一情形不计其他情形"), MARK_T3_ROW, T3_R2},
    {SI("属于国家秘密"),                 MARK_T3_ROW, T3_R3_1},
    {SI("其他法律行政法规禁止公开"),     MARK_T3_ROW, T3_R3_2},
    {SI("危及三安全一稳定"),             MARK_T3_ROW, T3_R3_3},
    {SI("保护第三方合法权益"),           MARK_T3_ROW, T3_R3_4},
    {SI("属于三类内部事务信息"),         MARK_T3_ROW, T3_R3_5},
    {SI("属于四类过程性信息"),           MARK_T3_ROW, T3_R3_6},
    {SI("属于行政执法案卷"),             MARK_T3_ROW, T3_R3_7},
    {SI("属于行政执法案卷信息"),         MARK_T3_ROW, T3_R3_7},
    {SI("属于行政查询事项"),             MARK_T3_ROW, T3_R3_8},
    {SI("本机关不掌握相关政府信息"),     MARK_T3_ROW, T3_R4_1},
    {SI("没有现成信息需要另行制作"),     MARK_T3_ROW, T3_R4_2},
    {SI("补正后申请内容仍不明确"),       MARK_T3_ROW, T3_R4_3},
    {SI("信访举报投诉类申请"),           MARK_T3_ROW, T3_R5_1},
    {SI("重复申请"),                     MARK_T3_ROW, T3_R5_2},
    {SI("要求提供公开出版物"),           MARK_T3_ROW, T3_R5_3},
    {SI("无正当理由大量反复申请"),       MARK_T3_ROW, T3_R5_4},
    {SI("要求行政机关确认或重新出具已获取信息"), MARK_T3_ROW, T3_R5_5},
    {SI("其他处理"),                     MARK_T3_ROW, T3_R6},
    {SI("申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请"), MARK_T3_ROW, T3_R6_1},
    {SI("申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请"), MARK_T3_ROW, T3_R6_2},
    {SI("结转下年度继续办理"),           MARK_T3_ROW, T3_CARRIED_OUT},
    {SI("结转下年继续办理"),             MARK_T3_ROW, T3_CARRIED_OUT},
    {SI("结转下一年度继续办理"),         MARK_T3_ROW, T3_CARRIED_OUT},
    {SI("本年度办理结果"),               MARK_T3_GROUP, T3_R1},
    {SI("本年办理结果"),                 MARK_T3_GROUP, T3_R1},
    {SI("不予公开"),                     MARK_T3_GROUP, T3_R3_1},
    {SI("无法提供"),                     MARK_T3_GROUP, T3_R4_1},
    {SI("不予处理"),                     MARK_T3_GROUP, T3_R5_1},
    {SI("本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"), MARK_T3_HEAD, -1},
    {SI("本列数据的勾稽关系为"),         MARK_T3_HEAD, -1},
    {SI("申请人情况"),                   MARK_T3_HEAD, -1},
    {SI("法人或其他组织"),               MARK_T3_HEAD, -1},
    {SI("自然人"),                       MARK_T3_HEAD, T3_NATURAL},
    {SI("商业企业"),                     MARK_T3_HEAD, T3_BUSINESS},
    {SI("科研机构"),                     MARK_T3_HEAD, T3_RESEARCH},
    {SI("社会公益组织"),                 MARK_T3_HEAD, T3_WELFARE},
    {SI("法律服务机构"),                 MARK_T3_HEAD, T3_LEGAL},
    {SI("其他"),                         MARK_T3_HEAD, T3_OTHER},
    {SI("其它"),                         MARK_T3_HEAD, T3_OTHER},
    {SI("总计"),                         MARK_T3_HEAD, T3_TOTAL},
    {SI("合计"),                         MARK_T3_HEAD, T3_TOTAL},
    // --- table four
    {SI("行政复议"),                     MARK_T4_HEAD, -1},
    {SI("行政诉讼"),                     MARK_T4_HEAD, -1},
    {SI("未经复议直接起诉"),             MARK_T4_HEAD, -1},
    {SI("复议后起诉"),                   MARK_T4_HEAD, -1},
    {SI("结果维持"),                     MARK_T4_HEAD, T4_UPHELD},
    {SI("结果纠正"),                     MARK_T4_HEAD, T4_CORRECTED},
    {SI("其他结果"),                     MARK_T4_HEAD, T4_OTHER},
    {SI("其它结果"),                     MARK_T4_HEAD, T4_OTHER},
    {SI("尚未审结"),                     MARK_T4_HEAD, T4_PENDING},
    // --- the 2014 table (its rows are added from stat_rows)
    {SI("统计指标"),                     MARK_STAT_HEAD, 1},
    {SI("政府信息公开情况统计表"),       MARK_STAT_HEAD, 1},
    {SI("计量单位"),                     MARK_STAT_HEAD, 0},
    {SI("统计数"),                       MARK_STAT_HEAD, 0},
    {SI("数据统计数"),                   MARK_STAT_HEAD, 0},
    {SI("主动公开情况"),                 MARK_STAT_HEAD, 0},
    {SI("回应解读情况"),                 MARK_STAT_HEAD, 0},
    {SI("依申请公开情况"),               MARK_STAT_HEAD, 0},
    {SI("件"), MARK_UNIT, 0}, {SI("条"), MARK_UNIT, 0}, {SI("次"), MARK_UNIT, 0}, {SI("篇"), MARK_UNIT, 0},
    {SI("个"), MARK_UNIT, 0}, {SI("人"), MARK_UNIT, 0}, {SI("人次"), MARK_UNIT, 0}, {SI("万元"), MARK_UNIT, 0},
    {SI("单位"), MARK_UNIT, 0}, {SI("项"), MARK_UNIT, 0},
    // --- other spellings of rows of the 2014 table
    {SI("主动公开规范性文件数"),         MARK_STAT_ROW, 1},
    {SI("政府公报公开政府信息数量"),     MARK_STAT_ROW, 3},
    {SI("收到申请数量"),                 MARK_STAT_ROW, 16},
    {SI("申请办结数量"),                 MARK_STAT_ROW, 21},
    {SI("维持具体行政行为数量"),         MARK_STAT_ROW, 40},
    {SI("行政复议数"),                   MARK_STAT_ROW, 39},
    {SI("行政诉讼数"),                   MARK_STAT_ROW, 43},
    {SI("举报投诉数"),                   MARK_STAT_ROW, 47},
    {SI("依申请公开信息收取费用"),       MARK_STAT_ROW, 48},
    {SI("专职人员数"),                   MARK_STAT_ROW, 52},
    {SI("政府信息公开专项经费"),         MARK_STAT_ROW, 54},
};
// clang-format on

// --- the table by hash, built once

enum { SLOTS = 1024, LABEL_KEY = 160, STAT_KEY = 160 };

static Word all[COUNT(words) + STAT_CELLS];
static char stat_keys[STAT_CELLS][STAT_KEY];
static size_t n_all;
static uint16_t slots[SLOTS]; // index into all, plus one
static once_flag once = ONCE_FLAG_INIT;

static const Word *find(Str key)
{
    for (size_t at = str_hash(key) % SLOTS; slots[at]; at = (at + 1) % SLOTS)
        if (str_eq(all[slots[at] - 1].key, key))
            return &all[slots[at] - 1];
    return NULL;
}

static void add(Word w)
{
    if (find(w.key))
        return;
    all[n_all++] = w;
    size_t at = str_hash(w.key) % SLOTS;
    while (slots[at])
        at = (at + 1) % SLOTS;
    slots[at] = (uint16_t)n_all;
}

static void build(void)
{
    for (size_t i = 0; i < COUNT(words); i++)
        add(words[i]);
    for (int i = 0; i < STAT_CELLS; i++) {
        size_t n = normal_key(stat_rows[i].label, true, stat_keys[i], STAT_KEY);
        add((Word){{stat_keys[i], n}, MARK_STAT_ROW, i});
    }
}

static Label label_of(const Word *w)
{
    return w ? (Label){.mark = w->mark, .arg = w->arg} : (Label){0};
}

// Where the first figure begins, behind the numbering: text.n where there is none. No label holds a
// digit but in brackets (计1条) and as the numbering of a label behind its group's
// ((三)不予公开 1.属于国家秘密).
static size_t first_figure(Str text)
{
    Str rest;
    int style, depth = 0;
    normal_number(text, &rest, &style);
    for (size_t i = text.n - rest.n; i < text.n; i++) {
        char c = text.s[i];
        depth += c == '(' ? 1 : c == ')' ? -(depth > 0) : 0;
        if (c < '0' || c > '9' || depth)
            continue;
        Str behind;
        size_t end = i;
        while (end < text.n && text.s[end] >= '0' && text.s[end] <= '9')
            end++;
        if (!normal_number(str_from(text, i), &behind, &style) || !behind.n ||
            (unsigned char)behind.s[0] < 0x80)
            return i;
        i = end;
    }
    return text.n;
}

Label label_exact(Str text)
{
    call_once(&once, build);
    char key[LABEL_KEY];
    if (!text.n || text.n > LABEL_MAX_BYTES || first_figure(text) < text.n)
        return (Label){0};
    size_t n = normal_key(text, true, key, sizeof key);
    const Word *w = n ? find((Str){key, n}) : NULL;
    if (!w && memchr(text.s, '(', text.n)) {
        n = normal_key(text, false, key, sizeof key);
        w = n ? find((Str){key, n}) : NULL;
    }
    static const Str of_which = SI("其中");
    if (!w && n && str_starts((Str){key, n}, of_which))
        w = find(str_from((Str){key, n}, of_which.n));
    return label_of(w);
}

// --- text that only resembles

static bool in_table(const Word *w, TableId in)
{
    switch (w->mark) {
    case MARK_T2_ROW:
    case MARK_T2_CAPTION:
    case MARK_T2_BLOCK:
        return in == TABLE_T2;
    case MARK_T3_ROW:
    case MARK_T3_GROUP:
    case MARK_T3_HEAD:
        return in == TABLE_T3;
    case MARK_T4_HEAD:
        return in == TABLE_T4;
    case MARK_STAT_ROW:
    case MARK_STAT_HEAD:
        return in == TABLE_STAT;
    case MARK_UNIT:
    case MARK_NONE:
        return false;
    }
    return false;
}

enum { RUNE = 3, MAX_RUNES = LABEL_KEY / RUNE }; // keys hold only characters of three bytes

// Edit distance in characters, given up above `limit`.
static size_t distance(Str x, Str y, size_t limit)
{
    size_t n = x.n / RUNE, m = y.n / RUNE, row[MAX_RUNES + 1];
    if (n > MAX_RUNES || m > MAX_RUNES || (n > m ? n - m : m - n) > limit)
        return limit + 1;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0], least = row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change =
                diagonal + (memcmp(x.s + (i - 1) * RUNE, y.s + (j - 1) * RUNE, RUNE) != 0);
            diagonal = row[j];
            size_t insert = row[j - 1] + 1, drop = row[j] + 1;
            row[j] = change < insert ? change : insert;
            row[j] = row[j] < drop ? row[j] : drop;
            least = row[j] < least ? row[j] : least;
        }
        if (least > limit)
            return limit + 1;
    }
    return row[m];
}

typedef struct Near {
    const Word *best;
    size_t score; // smaller is nearer
    bool tie;     // two different labels equally near
} Near;

static void offer(Near *near, const Word *w, size_t score)
{
    bool same = near->best && near->best->mark == w->mark && near->best->arg == w->arg;
    if (!near->best || score < near->score) {
        near->best = w;
        near->score = score;
        near->tie = false;
    } else if (score == near->score && !same) {
        near->tie = true;
    }
}

// Labels at the end of text (behind the group's label), cut labels, misspelt ones; in this order of
// trust.
static const Word *nearest(Str key, TableId in)
{
    Near near = {0};
    for (size_t i = 0; i < n_all; i++) {
        const Word *w = &all[i];
        size_t runes = w->key.n / RUNE;
        if (!in_table(w, in) || runes < 3)
            continue;
        if (runes >= 4 && str_ends(key, w->key))
            offer(&near, w, 100 - runes);
        else if (key.n >= 4 * RUNE && str_starts(w->key, key))
            offer(&near, w, 200);
        else if (runes >= 5 && str_starts(key, w->key) && key.n < w->key.n * 2)
            offer(&near, w, 300 - runes);
        else if (key.n >= 4 * RUNE) {
            size_t limit = runes >= 10 ? runes / 5 : runes >= 5 ? 1 : 0;
            size_t d = distance(key, w->key, limit);
            if (limit && d <= limit)
                offer(&near, w, 400 + d);
        }
    }
    return near.tie ? NULL : near.best;
}

// Where the figures behind a label begin: behind the last character that belongs to words.
static size_t figures_at(Str text)
{
    size_t at = text.n;
    while (at) {
        char c = text.s[at - 1];
        if ((c >= '0' && c <= '9') || c == ' ' || c == '.' || c == ',' || c == '-' || c == '+' ||
            c == '_' || c == '/')
            at--;
        else
            break;
    }
    size_t first = first_figure(text); // figures may have words between them (15增393)
    if (first < at)
        at = first;
    // "3.危及…1." would leave a numbering's dot behind; a figure begins with a digit, a sign or a
    // dash.
    while (at < text.n && (text.s[at] == ' ' || text.s[at] == '.' || text.s[at] == ','))
        at++;
    return at;
}

static Str without_unit(Str s)
{
    static const Str unit_words[] = {SI("人次"), SI("万元"), SI("件"), SI("条"),
                                     SI("次"),   SI("篇"),   SI("个"), SI("人")};
    for (size_t i = 0; i < COUNT(unit_words); i++)
        if (str_ends(s, unit_words[i]))
            return str_sub(s, 0, s.n - unit_words[i].n);
    return s;
}

Label label_near(Str text, TableId in)
{
    call_once(&once, build);
    Label label = label_exact(text);
    if (label.mark || text.n > LABEL_MAX_BYTES)
        return label;
    size_t at = figures_at(text);
    Str words_only = str_sub(text, 0, at), rest = str_trim(str_from(text, at));
    bool glued = at && text.s[at - 1] != ' ';
    if (rest.n) {
        label = label_exact(words_only);
        if (!label.mark)
            label = label_exact(without_unit(words_only)); // （一）收到申请数件12
        label.rest = rest;
        label.glued = glued;
        if (label.mark)
            return label;
    }
    char key[LABEL_KEY];
    size_t n = normal_key(words_only, true, key, sizeof key);
    for (int t = 0; n && t < TABLE__COUNT && !label.mark; t++) {
        if (in != TABLE__COUNT && in != (TableId)t)
            continue;
        label = label_of(nearest((Str){key, n}, (TableId)t));
        label.repairs = REPAIR_LABEL;
    }
    label.rest = rest;
    label.glued = glued;
    return label.mark ? label : (Label){0};
}

int label_stat_row(int row, int after)
{
    char key[STAT_KEY], other[STAT_KEY];
    size_t n = normal_key(stat_rows[row].label, true, key, sizeof key);
    for (int i = after + 1; i < STAT_CELLS; i++) {
        size_t m = normal_key(stat_rows[i].label, true, other, sizeof other);
        if (m == n && memcmp(key, other, n) == 0)
            return i;
    }
    return row;
}

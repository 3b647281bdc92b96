// What a report says of itself: chapters, year, organ, dates, kind.
#include "report/locate.h"

#include <string.h>

#define COUNT(v) (sizeof(v) / sizeof *(v))

static bool any_of(Str s, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(s, words[i]))
            return true;
    return false;
}

// --- chapters

// Words by which a chapter is known, in the order they are tried. All of a row's words must stand
// in the heading.
typedef struct ChapterWords {
    int chapter;
    Str a, b;
} ChapterWords;

// clang-format off
static const ChapterWords chapter_words[] = {
    {4, SI("行政复议"),     SI("行政诉讼")},
    {4, SI("复议"),         SI("诉讼")},
    {3, SI("收到和处理"),   SI("申请")},
    {3, SI("收到及处理"),   SI("申请")},
    {3, SI("依申请公开"),   SI("情况")},
    {3, SI("申请公开"),     SI("政府信息")},
    {2, SI("主动公开"),     SI("情况")},
    {2, SI("主动公开政府信息"), SI("")},
    {5, SI("存在"),         SI("问题")},
    {5, SI("主要问题"),     SI("")},
    {5, SI("问题"),         SI("改进")},
    {5, SI("不足"),         SI("改进")},
    {6, SI("其他"),         SI("报告的事项")},
    {6, SI("其它"),         SI("报告的事项")},
    {6, SI("其他"),         SI("报告事项")},
    {6, SI("其他事项"),     SI("")},
    {1, SI("总体情况"),     SI("")},
    {1, SI("基本情况"),     SI("")},
    {1, SI("概述"),         SI("")},
    {1, SI("总体"),         SI("情况")},
};
// clang-format on

enum { HEADING_BYTES = 120 };

static bool sentence_inside(Str s)
{
    return str_has(s, S("。")) || str_has(s, S("；")) || str_has(s, S(";")) || str_ends(s, S(","));
}

int chapter_of(const Line *line, int *printed)
{
    Str rest;
    int style;
    *printed = 0;
    if (line->grid || line->text.n > HEADING_BYTES || line->text.n < 9)
        return 0;
    int number = normal_number(line->text, &rest, &style);
    // Sections inside a chapter are numbered （一）; chapters 一、 or, in some annexes, 1、.
    if (style == NUMBER_HAN_BRACKET || style == NUMBER_DIGIT_BRACKET)
        return 0;
    rest = str_trim(rest);
    if (!style && !line->heading) {
        // A heading without a number is one only where it is the official title itself.
        for (int c = 0; c < CHAPTERS; c++)
            if (str_eq(rest, chapter_titles[c]))
                return c + 1;
        return 0;
    }
    if (sentence_inside(rest) || str_has(rest, S("|")))
        return 0;
    Label row = label_exact(line->text);
    if (row.mark == MARK_T3_ROW || row.mark == MARK_T3_GROUP || row.mark == MARK_STAT_ROW ||
        row.mark == MARK_STAT_HEAD)
        return 0;
    for (size_t i = 0; i < COUNT(chapter_words); i++)
        if (str_has(rest, chapter_words[i].a) && str_has(rest, chapter_words[i].b)) {
            *printed = number;
            return chapter_words[i].chapter;
        }
    return 0;
}

static void find_chapters(const Lines *lines, size_t from, size_t to, Arena *a, Document *doc)
{
    int now = 0;
    for (size_t i = from; i < to; i++) {
        const Line *line = &lines->v[i];
        int printed = 0, chapter = line->chapter ? chapter_of(line, &printed) : 0;
        if (line->grid || !line->text.n)
            continue;
        if (chapter) {
            now = chapter;
            *PUSH(a, &doc->chapters) = (Chapter){.number = chapter,
                                                 .printed = printed,
                                                 .heading = line->text,
                                                 .place = line->place,
                                                 .first = doc->paras.n + 1};
        }
        if (doc->chapters.n && line->in_table)
            doc->chapters.v[doc->chapters.n - 1].has_table = true;
        int8_t kind = chapter || line->heading ? PARA_HEADING
                      : line->furniture        ? PARA_FURNITURE
                      : line->in_table         ? PARA_TABLE
                                               : PARA_TEXT;
        *PUSH(a, &doc->paras) = (Para){line->text, line->raw, line->place, (int8_t)now, kind};
        if (doc->chapters.n)
            doc->chapters.v[doc->chapters.n - 1].last = doc->paras.n;
    }
}

// Grids stand between paragraphs; which chapter they belong to is the one open before them.
static void chapters_with_grids(const Lines *lines, size_t from, size_t to, Document *doc)
{
    size_t chapter = 0;
    for (size_t i = from; i < to; i++) {
        if (lines->v[i].chapter && chapter < doc->chapters.n)
            chapter++;
        if (lines->v[i].grid && lines->v[i].in_table && chapter)
            doc->chapters.v[chapter - 1].has_table = true;
    }
}

// --- furniture and titles

bool is_furniture(Str s)
{
    static const Str starts[] = {SI("字号:"),    SI("大 中 小"), SI("扫码"),     SI("扫一扫"),
                                 SI("【关闭"),   SI("打印本页"), SI("关闭窗口"), SI("分享到"),
                                 SI("当前位置"), SI("您的位置"), SI("上一篇"),   SI("下一篇"),
                                 SI("浏览次数"), SI("点击率"),   SI("相关词条"), SI("热门词条"),
                                 SI("联络我们"), SI("打印"),     SI("字体:"),    SI("【打印"),
                                 SI("[打印"),    SI("网站地图"), SI("版权所有"), SI("主办单位:")};
    if (s.n < 6 || s.n > 90)
        return false;
    for (size_t i = 0; i < COUNT(starts); i++)
        if (str_starts(s, starts[i]))
            return true;
    return false;
}

bool title_of_report(Str s)
{
    if (s.n < 18 || s.n > 180 ||
        !(str_ends(s, S("报告")) || str_ends(s, S("年报")) || str_ends(s, S(")"))))
        return false;
    bool subject =
        str_has(s, S("信息公开")) || str_has(s, S("政务公开")) || str_has(s, S("信息工作"));
    bool yearly = str_has(s, S("年度")) || str_has(s, S("年报")) ||
                  str_has(s, S("年政府信息公开")) || str_has(s, S("年信息公开"));
    static const Str sentence[] = {SI("》"),       SI("根据"), SI("编制"),
                                   SI("统计期限"), SI(">"),    SI("首页")};
    return subject && yearly && !sentence_inside(s) && !any_of(s, sentence, COUNT(sentence));
}

// --- year and period

static int year_at(Str s, size_t i)
{
    if (i + 4 > s.n || s.s[i] < '1' || s.s[i] > '2')
        return 0;
    int y = 0;
    for (size_t k = 0; k < 4; k++) {
        if (s.s[i + k] < '0' || s.s[i + k] > '9')
            return 0;
        y = y * 10 + (s.s[i + k] - '0');
    }
    bool longer = (i && s.s[i - 1] >= '0' && s.s[i - 1] <= '9') ||
                  (i + 4 < s.n && s.s[i + 4] >= '0' && s.s[i + 4] <= '9');
    return y >= 2003 && y <= 2099 && !longer ? y : 0;
}

// The first year in s that is followed by 年; *at is where.
static int year_in(Str s, size_t *at)
{
    for (size_t i = 0; i + 7 <= s.n; i++) {
        int y = year_at(s, i);
        if (y &&
            (str_starts(str_from(s, i + 4), S("年")) || str_starts(str_from(s, i + 4), S(" 年")))) {
            *at = i;
            return y;
        }
    }
    return 0;
}

static bool number_at(Str *s, int *n)
{
    while (str_starts(*s, S(" ")))
        *s = str_from(*s, 1);
    size_t k = 0;
    *n = 0;
    while (k < s->n && k < 4 && s->s[k] >= '0' && s->s[k] <= '9')
        *n = *n * 10 + (s->s[k++] - '0');
    *s = str_from(*s, k);
    while (str_starts(*s, S(" ")))
        *s = str_from(*s, 1);
    return k > 0;
}

static bool word_at(Str *s, Str w)
{
    if (!str_starts(*s, w))
        return false;
    *s = str_from(*s, w.n);
    return true;
}

// 2024年1月18日 at the front of *s; where the year is missing, `year` stands for it.
static bool date_at(Str *s, int year, Date *out)
{
    Str t = *s;
    int n, m, d;
    if (!number_at(&t, &n))
        return false;
    if (word_at(&t, S("年"))) {
        year = n;
        if (!number_at(&t, &n))
            return false;
    }
    m = n;
    if (!word_at(&t, S("月")) || !number_at(&t, &d) || !word_at(&t, S("日")) ||
        !date_make(year, m, d, out))
        return false;
    *s = t;
    return true;
}

// 统计期限自2020年1月1日起至2020年12月31日止
static bool period_in(Str s, Document *doc)
{
    for (Str rest = s;;) {
        ptrdiff_t at = str_find(rest, S("1月1日"));
        if (at < 7)
            return false;
        size_t year_from = (size_t)at;
        while (year_from && (unsigned char)rest.s[year_from - 1] < 0x80 &&
               rest.s[year_from - 1] == ' ')
            year_from--;
        Str from_text = str_from(rest, year_from >= 7 ? year_from - 7 : 0);
        Date from, to;
        Str t = from_text;
        if (date_at(&t, 0, &from)) {
            word_at(&t, S("起"));
            word_at(&t, S("开始"));
            word_at(&t, S(","));
            if (word_at(&t, S("至")) || word_at(&t, S("到")) || word_at(&t, S("—")) ||
                word_at(&t, S("-")) || word_at(&t, S("~"))) {
                word_at(&t, S("—"));
                if (date_at(&t, date_year(from), &to)) {
                    doc->from = from;
                    doc->to = to;
                    return true;
                }
            }
        }
        rest = str_from(rest, (size_t)at + S("1月1日").n);
    }
}

typedef struct Votes {
    int year[100], most, best; // by year - 2000
} Votes;

static void vote(Votes *v, int year, int weight)
{
    if (year < 2000 || year > 2099)
        return;
    v->year[year - 2000] += weight;
    if (v->year[year - 2000] > v->most) {
        v->most = v->year[year - 2000];
        v->best = year;
    }
}

static int year_by_votes(const Document *doc)
{
    Votes v = {0};
    size_t text = 0;
    for (size_t i = 0; i < doc->paras.n && text < 60; i++) {
        const Para *p = &doc->paras.v[i];
        size_t at;
        if (p->kind == PARA_TABLE || p->kind == PARA_FURNITURE)
            continue;
        text++;
        for (Str s = str_sub(p->text, 0, 1200); s.n;) {
            int y = year_in(s, &at);
            if (!y)
                break;
            Str behind = str_from(s, at + 7);
            bool first = at == 0 || (at < 12 && p->chapter <= 1);
            bool until = str_starts(behind, S("12月31日")) || str_starts(behind, S("12月底"));
            bool document = str_starts(behind, S("第")) ||
                            str_has(str_sub(s, at > 30 ? at - 30 : 0, at), S("《"));
            bool next = p->chapter >= 5; // plans for the year after stand here
            vote(&v, y, next ? 0 : document ? 1 : until ? 6 : first ? 4 : 2);
            s = behind;
        }
    }
    return v.best;
}

// --- organ

static Str cut_front(Str s, const Str *words, size_t n)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < n; i++)
            if (str_starts(s, words[i])) {
                s = str_trim(str_from(s, words[i].n));
                more = true;
            }
    }
    return s;
}

static Str cut_back(Str s, const Str *words, size_t n)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < n; i++)
            if (s.n > words[i].n && str_ends(s, words[i])) {
                s = str_trim(str_sub(s, 0, s.n - words[i].n));
                more = true;
            }
    }
    return s;
}

static bool is_name(Str s)
{
    if (s.n < 6 || s.n > 90 || str_has(s, S(",")) || str_has(s, S("。")) || str_has(s, S(":")) ||
        str_has(s, S("《")) || str_has(s, S("本报告")) || str_has(s, S("本年")) ||
        str_has(s, S("我")) || str_has(s, S("全文")))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] >= '0' && s.s[i] <= '9')
            return false;
    return true;
}

// 示例市水务局2023年政府信息公开工作年度报告, 2023年示例市水务局政府信息公开…,
// 示例市水务局政府信息公开…（2023年）
static Str organ_of_title(Str title)
{
    static const Str front[] = {SI("关于"), SI("大 中 小"), SI("字号:"), SI("年度"), SI("度"),
                                SI("年"),   SI(" "),        SI("-"),     SI("("),    SI(")")};
    static const Str back[] = {SI("关于"), SI("年度"), SI(" "), SI("-"), SI("("), SI("的")};
    size_t at;
    int year = year_in(title, &at);
    if (!year)
        for (at = 0; at + 4 <= title.n && !(year = year_at(title, at)); at++) {
        }
    Str name = year && at ? cut_back(cut_front(str_sub(title, 0, at), front, COUNT(front)), back,
                                     COUNT(back))
                          : S("");
    if (is_name(name) && !str_has(name, S("信息公开")))
        return name;
    Str behind = year && !name.n ? cut_front(str_from(title, at + 4), front, COUNT(front))
                                 : cut_front(title, front, COUNT(front));
    static const Str ends[] = {SI("政府信息"), SI("信息公开"), SI("政务公开"), SI("政务信息")};
    size_t end = behind.n;
    for (size_t i = 0; i < COUNT(ends); i++) {
        ptrdiff_t p = str_find(behind, ends[i]);
        if (p >= 0 && (size_t)p < end)
            end = (size_t)p;
    }
    name = cut_back(str_sub(behind, 0, end), back, COUNT(back));
    return end < behind.n && is_name(name) ? name : S("");
}

static Str between(Str s, Str before, const Str *after, size_t n)
{
    for (Str rest = s;;) {
        ptrdiff_t at = str_find(rest, before);
        if (at < 0)
            return S("");
        Str from = str_from(rest, (size_t)at + before.n);
        size_t end = from.n;
        for (size_t i = 0; i < n; i++) {
            ptrdiff_t p = str_find(from, after[i]);
            if (p > 0 && (size_t)p < end)
                end = (size_t)p;
        }
        Str name = str_trim(str_sub(from, 0, end));
        if (end < from.n && end <= 90 && is_name(name))
            return name;
        rest = from;
    }
}

static Str organ_of_text(Str s)
{
    static const Str by[] = {SI("根据"), SI("按照"),     SI("依据"),      SI("编制"),
                             SI("依照"), SI("负责编制"), SI("办公室编制")};
    static const Str contact[] = {SI("联系"),     SI("咨询"),         SI("(地址"),
                                  SI("政务公开"), SI("政府信息公开"), SI("(电话")};
    static const Str guide[] = {SI("政府信息公开指南"), SI("政府信息公开申请表"),
                                SI("政府信息主动公开"), SI("(以下简称"), SI("政务公开实施方案")};
    Str name = between(s, S("报告由"), by, COUNT(by));
    if (!name.n)
        name = between(s, S("由"), by, COUNT(by));
    if (!name.n)
        name = between(s, S("请与"), contact, COUNT(contact));
    if (!name.n)
        name = between(s, S("请联系"), contact + 2, COUNT(contact) - 2);
    if (!name.n)
        name = between(s, S("《"), guide, 3);
    return name;
}

// A line that is only a name, with a date on the next, is the signature.
static Str organ_of_signature(const Document *doc, Date *date)
{
    for (size_t i = doc->paras.n; i-- > 1;) {
        Str t = doc->paras.v[i].text;
        Date d;
        Str rest = t;
        if (!date_at(&rest, 0, &d) || str_trim(rest).n)
            continue;
        *date = d;
        Str name = str_trim(doc->paras.v[i - 1].text);
        static const Str suffixes[] = {SI("局"), SI("委员会"), SI("委"), SI("办公室"), SI("政府"),
                                       SI("处"), SI("中心"),   SI("院"), SI("会"),     SI("厅"),
                                       SI("部"), SI("署"),     SI("队"), SI("所"),     SI("馆"),
                                       SI("站"), SI("办")};
        for (size_t k = 0; k < COUNT(suffixes); k++)
            if (str_ends(name, suffixes[k]) && is_name(name) && name.n <= 75)
                return name;
        return S("");
    }
    return S("");
}

static Date date_behind(Str s, Str word)
{
    ptrdiff_t at = str_find(s, word);
    Date d;
    if (at < 0)
        return date_none;
    Str t = str_from(s, (size_t)at + word.n);
    while (t.n && (t.s[0] == ' ' || t.s[0] == ':'))
        t = str_from(t, 1);
    Str zh = t;
    if (date_at(&zh, 0, &d))
        return d;
    size_t n = 0;
    while (n < t.n && n < 10 &&
           ((t.s[n] >= '0' && t.s[n] <= '9') || t.s[n] == '-' || t.s[n] == '/' || t.s[n] == '.'))
        n++;
    return date_parse(str_sub(t, 0, n), &d) ? d : date_none;
}

static void find_published(Document *doc, Date signature)
{
    static const Str words[] = {SI("发布日期"), SI("发布时间"), SI("发文日期"), SI("公开日期"),
                                SI("成文日期"), SI("生成日期"), SI("时间:"),    SI("日期:")};
    for (size_t i = 0; i < doc->paras.n && i < 12; i++)
        for (size_t k = 0; k < COUNT(words); k++) {
            Date d = date_behind(str_sub(doc->paras.v[i].text, 0, 200), words[k]);
            if (date_is(d)) {
                doc->published = d;
                return;
            }
        }
    doc->published = signature;
}

static void find_title(Document *doc, Arena *a)
{
    for (size_t i = 0; i < doc->paras.n && i < 30; i++) {
        Str t = doc->paras.v[i].text;
        if (doc->paras.v[i].chapter > 0 || doc->paras.v[i].kind == PARA_TABLE)
            break;
        while (word_at(&t, S("大 中 小")) || word_at(&t, S("字号:")) || word_at(&t, S(" "))) {
        }
        Str joined = t;
        if (i + 1 < doc->paras.n && t.n && t.n < 90 && !title_of_report(t) &&
            doc->paras.v[i + 1].text.n < 120)
            joined = str_cat(a, t, doc->paras.v[i + 1].text);
        size_t at;
        // A line above a title that is complete by itself (the name of a column or sheet) is no
        // part of it.
        if (joined.n > t.n && title_of_report(doc->paras.v[i + 1].text) &&
            year_in(doc->paras.v[i + 1].text, &at) && organ_of_title(doc->paras.v[i + 1].text).n)
            continue;
        if (title_of_report(t) &&
            (year_in(t, &at) || !title_of_report(joined) || str_eq(t, joined))) {
            doc->title = t;
            return;
        }
        if (title_of_report(joined) && (is_name(t) || str_has(joined, S("年")))) {
            doc->title = joined;
            return;
        }
    }
}

static void find_year(Document *doc)
{
    size_t at = 0;
    int y = year_in(doc->title, &at);
    for (size_t i = 0; !y && i + 4 <= doc->title.n; i++)
        y = year_at(doc->title, i);
    if (!y && date_is(doc->from))
        y = date_year(doc->from);
    doc->year = y ? y : year_by_votes(doc);
    if (!doc->year && date_is(doc->published))
        doc->year = date_year(doc->published) - 1;
}

static void find_organ(Document *doc, Str signature)
{
    doc->organ = organ_of_title(doc->title);
    for (size_t i = 0; !doc->organ.n && i < doc->paras.n && i < 12; i++)
        if (doc->paras.v[i].kind == PARA_TEXT && doc->paras.v[i].chapter <= 1)
            doc->organ = organ_of_text(str_sub(doc->paras.v[i].text, 0, 3000));
    if (!doc->organ.n)
        doc->organ = signature;
    static const Str names[] = {SI("《")};
    static const Str guide[] = {SI("政府信息公开指南"), SI("政府信息主动公开"),
                                SI("政府信息公开工作"), SI("政务公开实施方案")};
    for (size_t i = 0; !doc->organ.n && i < doc->paras.n && i < 40; i++)
        if (doc->paras.v[i].kind == PARA_TEXT)
            doc->organ =
                between(str_sub(doc->paras.v[i].text, 0, 3000), names[0], guide, COUNT(guide));
}

void meta_title(Document *doc, Str title)
{
    // a site's name behind it: "…年度报告_示例市人民政府"
    static const Str marks[] = {SI("_"), SI("|"), SI(" - "), SI("-")};
    for (size_t i = 0; i < COUNT(marks) && !title_of_report(title); i++) {
        Str rest;
        str_cut(title, marks[i], &title, &rest);
        title = str_trim(title);
    }
    if (!title_of_report(title))
        return;
    doc->title = title;
    size_t at;
    if (year_in(title, &at))
        doc->year = year_in(title, &at);
    if (!doc->organ.n)
        doc->organ = organ_of_title(title);
    doc->kind = DOC_REPORT;
}

// --- kind

// A short line near the top that ends in the name of another kind of paper.
static bool titled(const Document *doc, const Str *names, size_t n)
{
    for (size_t i = 0; i < doc->paras.n && i < 6; i++)
        for (size_t k = 0; k < n; k++)
            if (doc->paras.v[i].text.n < 150 && str_ends(doc->paras.v[i].text, names[k]))
                return true;
    return false;
}

// A figure said of publishing or of requests, or that there were none: what a report is for.
static bool accounts(Str s)
{
    static const Str subjects[] = {SI("公开"), SI("申请"), SI("发布")};
    static const Str units[] = {SI("条"), SI("件"), SI("宗"), SI("次"), SI("份")};
    static const Str none[] = {SI("未收到"), SI("没有收到"), SI("未接收到"), SI("未发生"),
                               SI("未受理")};
    if (!any_of(s, subjects, COUNT(subjects)))
        return false;
    if (any_of(s, none, COUNT(none)))
        return true;
    for (size_t i = 1; i < s.n; i++)
        if (s.s[i - 1] >= '0' && s.s[i - 1] <= '9')
            for (size_t k = 0; k < COUNT(units); k++)
                if (str_starts(str_from(s, i), units[k]))
                    return true;
    return false;
}

static DocKind find_kind(const Document *doc)
{
    static const Str guide_words[] = {SI("本指南"),   SI("信息公开指南"), SI("受理机构"),
                                      SI("接收渠道"), SI("申请表"),       SI("监督和救济"),
                                      SI("公开范围"), SI("收费标准")};
    static const Str report_words[] = {SI("信息公开"), SI("公开政府信息"), SI("政务公开"),
                                       SI("主动公开"), SI("依申请公开")};
    static const Str guide_names[] = {SI("指南")};
    static const Str other_names[] = {SI("通知"), SI("办法"), SI("方案"), SI("意见"),
                                      SI("规定"), SI("制度"), SI("目录"), SI("要点"),
                                      SI("公告"), SI("细则"), SI("计划"), SI("条例")};
    bool forms =
        doc->table_seen[TABLE_T3] || doc->table_seen[TABLE_T4] || doc->table_seen[TABLE_STAT];
    if (forms || title_of_report(doc->title))
        return DOC_REPORT;
    size_t guide = 0, subject = 0, accounted = 0, chapters = 0, seen = 0;
    for (size_t i = 0; i < doc->paras.n && seen < 60; i++) {
        const Para *p = &doc->paras.v[i];
        if (p->kind == PARA_TABLE || p->kind == PARA_FURNITURE)
            continue;
        seen++;
        Str t = str_sub(p->text, 0, 2000);
        guide += any_of(t, guide_words, COUNT(guide_words));
        subject += any_of(t, report_words, COUNT(report_words));
        accounted += accounts(t);
    }
    for (size_t i = 0; i < doc->chapters.n; i++)
        chapters += doc->chapters.v[i].printed > 0 || doc->chapters.v[i].number == 1;
    if (guide >= 4 || titled(doc, guide_names, COUNT(guide_names)))
        return DOC_GUIDE;
    if (titled(doc, other_names, COUNT(other_names)) && !doc->table_seen[TABLE_T2])
        return DOC_OTHER;
    bool told = doc->table_seen[TABLE_T2] || chapters >= 2 || (accounted && doc->year);
    return told && (subject || chapters >= 2) ? DOC_REPORT : DOC_OTHER;
}

void meta_fill(const Lines *lines, size_t from, size_t to, Arena *a, Document *doc)
{
    doc->published = doc->from = doc->to = date_none;
    find_chapters(lines, from, to, a, doc);
    chapters_with_grids(lines, from, to, doc);
    find_title(doc, a);
    for (size_t i = 0; i < doc->paras.n; i++)
        if (doc->paras.v[i].kind == PARA_TEXT && str_has(doc->paras.v[i].text, S("1月1日")) &&
            period_in(doc->paras.v[i].text, doc))
            break;
    Date signature = date_none;
    Str signed_by = organ_of_signature(doc, &signature);
    find_published(doc, signature);
    find_year(doc);
    find_organ(doc, signed_by);
    doc->kind = find_kind(doc);
    if (doc->kind != DOC_REPORT)
        doc->year = 0; // years it names are not a reporting year
}

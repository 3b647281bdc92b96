// Whether the page can be trusted as the organ's own: words pushed in by attackers, broken text,
// what a template or a former year left behind. What the scan found (trust_scan.c) is told here.
#include "report/trust_scan.h"

// --- findings

static Str quote_at(const Scan *s, const Hit *h)
{
    Str text = h->text;
    size_t from = h->at > 60 ? h->at - 60 : 0;
    while (from < h->at && (text.s[from] & 0xc0) == 0x80)
        from++;
    return str_clip(s->c->a, str_from(text, from), QUOTE_RUNES);
}

static Str words_of(const Scan *s, const Hits *h)
{
    Str shown[SHOWN_WORDS];
    size_t n = 0;
    for (size_t i = 0; i < h->n && n < SHOWN_WORDS; i++) {
        bool seen = false;
        for (size_t k = 0; k < n && !seen; k++)
            seen = str_eq(shown[k], h->v[i].word);
        if (!seen)
            shown[n++] = h->v[i].word;
    }
    return str_join(s->c->a, shown, n, S("、"));
}

static Result worst(const Hits *h)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->v[i].result == RESULT_FAIL)
            return RESULT_FAIL;
    return RESULT_DOUBTFUL;
}

typedef struct HitWords {
    CheckId check;
    Str fail_zh, fail_en; // {words} and {n}: how often
    Str pass_zh, pass_en;
} HitWords;

static Str in_words(const Checking *c, Str zh, Str en)
{
    return c->opt->lang == LANG_EN ? en : zh;
}

static void hits_tell(Scan *s, const Hits *h, const HitWords *w)
{
    if (!h->all) {
        finding_add_said(s->c, w->check, RESULT_PASS, in_words(s->c, w->pass_zh, w->pass_en));
        return;
    }
    Str words = words_of(s, h);
    Str message = in_words(s->c, w->fail_zh, w->fail_en);
    message = str_replace(s->c->a, message, S("{words}"), words);
    message = str_replace(s->c->a, message, S("{n}"), str_fmt(s->c->a, "%zu", h->all));
    Finding *f = finding_add_said(s->c, w->check, worst(h), message);
    f->evidence = quote_at(s, &h->v[0]);
    f->left = words;
    if (f->result == RESULT_DOUBTFUL && f->severity == SEVERITY_ERROR)
        f->severity = SEVERITY_WARNING;
    for (size_t i = 0; i < h->n; i++)
        if (i == 0 || h->v[i].text.s != h->v[i - 1].text.s)
            finding_place(s->c, f, h->v[i].place);
}

// clang-format off
static const HitWords injected_words = {CHECK_TRUST_INJECTED,
    SI("页面里有不属于本机关的词语：{words}（{n} 处），疑似被植入。请立即删除，并检查网站是否被篡改。"),
    SI("The page holds words that are not the organ's: {words} ({n} times), probably injected. Remove them now and look whether the site was tampered with."),
    SI("没有发现被植入的词语。"), SI("No injected words were found.")};
static const HitWords garbled_words = {CHECK_TRUST_ENCODING,
    SI("文字有乱码：{words}（{n} 处）。请用正确的编码重新发布。"),
    SI("The text is garbled: {words} ({n} times). Publish it again in the right encoding."),
    SI("没有发现乱码。"), SI("No broken characters were found.")};
static const HitWords unfilled_words = {CHECK_TRUST_TEMPLATE,
    SI("留有模板中的文字或未填的空：{words}（{n} 处）。请填写或删除。"),
    SI("Words or blanks of the template are left: {words} ({n} times). Fill them in or remove them."),
    SI("没有发现模板残留。"), SI("Nothing of the template is left.")};
static const HitWords date_words = {CHECK_TRUST_DATE,
    SI("日期书写有误：{words}（{n} 处）。请更正。"),
    SI("Dates are not well formed: {words} ({n} times). Correct them."),
    SI("日期书写完整。"), SI("Dates are well formed.")};
static const HitWords link_words = {CHECK_TRUST_LINK,
    SI("政府网站的地址不在 gov.cn 之下：{words}（{n} 处）。请核对是否被替换。"),
    SI("The address of a government site is not under gov.cn: {words} ({n} times). Look whether it was replaced."),
    SI("政府网站地址没有异常。"), SI("Addresses of government sites look right.")};
static const HitWords year_words = {CHECK_TRUST_YEAR,
    SI("正文用 {words} 报告本年工作（{n} 处），与统计年度不同，可能是往年内容未更新。请核对。"),
    SI("The text reports this year's work under {words} ({n} times), not the reporting year; it may be left from a former report. Look at it."),
    SI("正文年份与统计年度相符。"), SI("The years in the text are the reporting year.")};
// clang-format on

// Notes of the reading that concern trust.
static void notes_add(Scan *s, NoteKind kind, CheckId check, Result result, Str message)
{
    size_t n = 0;
    const Note *first = NULL;
    for (size_t i = 0; i < s->c->doc->notes.n; i++)
        if (s->c->doc->notes.v[i].kind == kind) {
            first = first ? first : &s->c->doc->notes.v[i];
            n++;
        }
    if (!first)
        return;
    Finding *f = finding_add_said(s->c, check, result, message);
    f->evidence = str_clip(s->c->a, first->text, QUOTE_RUNES);
    for (size_t i = 0; i < s->c->doc->notes.n && f->n_places < MAX_HITS; i++)
        if (s->c->doc->notes.v[i].kind == kind)
            finding_place(s->c, f, s->c->doc->notes.v[i].place);
}

static bool note_among(const Document *d, NoteKind kind)
{
    for (size_t i = 0; i < d->notes.n; i++)
        if (d->notes.v[i].kind == kind)
            return true;
    return false;
}

static void tell_encoding(Scan *s)
{
    bool quotes = note_among(s->c->doc, NOTE_BROKEN_QUOTES);
    bool broken = note_among(s->c->doc, NOTE_BROKEN_TEXT) && !s->garbled.all;
    if (s->garbled.all || !(quotes || broken))
        hits_tell(s, &s->garbled, &garbled_words);
    if (broken)
        notes_add(
            s, NOTE_BROKEN_TEXT, CHECK_TRUST_ENCODING, RESULT_FAIL,
            say(s->c, "文字有乱码（无法还原的字符）。请用正确的编码重新发布。",
                "There are characters that were lost in a wrong encoding. Publish it again in the "
                "right one."));
    if (quotes)
        notes_add(s, NOTE_BROKEN_QUOTES, CHECK_TRUST_ENCODING, RESULT_FAIL,
                  say(s->c, "引号变成了“???”。请更正后重新发布。",
                      "Quotation marks have turned into ???. Correct them and publish again."));
}

// --- replaced words

// What may well stand there in a report.
static bool usual(Str x)
{
    bool figures = true; // 政府信息公开2023年度报告
    for (size_t i = 0; i < x.n && figures; i++)
        figures = x.s[i] >= '0' && x.s[i] <= '9';
    if (figures)
        return true;
    static const Str words[] = {
        SI("信息"), SI("公开"), SI("政务"), SI("网"),   SI("工作"), SI("数据"), SI("文件"),
        SI("部门"), SI("主动"), SI("依"),   SI("及"),   SI("和"),   SI("的"),   SI("等"),
        SI("各"),   SI("采购"), SI("平台"), SI("服务"), SI("公报"), SI("会议"), SI("决策"),
        SI("规章"), SI("办"),   SI("机关"), SI("门户"), SI("管理"), SI("制度"), SI("不"),
        SI("及时"), SI("予以"), SI("年度"), SI("报告"), SI("未"),   SI("与"),   SI("在"),
        SI("已"),   SI("应"),   SI("进行"), SI("全面"), SI("持续"), SI("推进"), SI("加强"),
        SI("情况"), SI("事项"), SI("内容"), SI("处理"), SI("申请"), SI("指南"), SI("目录"),
        SI("领域"), SI("重点"), SI("预"),   SI("项目"), SI("资金"), SI("对"),   SI("向"),
        SI("为"),   SI("将"),   SI("可"),   SI("经"),   SI("按"),   SI("通过"), SI("实行"),
        SI("本"),   SI("我"),   SI("全"),   SI("重大"), SI("财政"), SI("基层"), SI("统计"),
        SI("年"),   SI("复议"), SI("诉讼"), SI("收费"), SI("费用"), SI("保密"), SI("组织"),
        SI("人员"), SI("培训"), SI("考核"), SI("监督"), SI("宣传"), SI("保障"), SI("举报"),
        SI("投诉"), SI("机构"), SI("主要"), SI("存在"), SI("解读"), SI("审查"), SI("审核"),
        SI("发布"), SI("建设"), SI("落实"), SI("总体"), SI("其他"), SI("更新"), SI("受理"),
        SI("办理"), SI("职权"), SI("法"),   SI("规"),   SI("条例"),
    };
    return str_has_any(x, words, sizeof words / sizeof *words);
}

enum { REPLACED_AT_LEAST = 3 };

static size_t count_framed(const Scan *s, Str x, size_t *right)
{
    size_t n = 0;
    bool frame_seen[N_FRAMES] = {false};
    for (size_t i = 0; i < s->n_framed; i++)
        if (str_eq(s->framed[i].text, x)) {
            n++;
            frame_seen[s->framed[i].frame] = true;
        }
    *right = 0;
    for (size_t k = 0; k < N_FRAMES; k++)
        *right += frame_seen[k] ? s->right_in_frame[k] : 0;
    return n;
}

// The same foreign phrase stands again and again where a report has a word of its own.
static void tell_replaced(Scan *s)
{
    for (size_t i = 0; i < s->n_framed; i++) {
        const Framed *x = &s->framed[i];
        size_t right, n = count_framed(s, x->text, &right);
        if (n < REPLACED_AT_LEAST || right > n || usual(x->text))
            continue;
        const Frame *frame = &trust_frames[x->frame];
        Finding *f = finding_add(
            s->c, CHECK_TRUST_REPLACED, RESULT_FAIL,
            "“%.*s%.*s%.*s”中的“%.*s”多处被“%.*s”代替（%zu 处），疑似网页被篡改。请立即核对原文。",
            "In %.*s%.*s%.*s the word %.*s is replaced by %.*s (%zu times); the page was probably "
            "tampered with. Compare it with the original now.",
            STR_ARG(frame->before), STR_ARG(frame->word), STR_ARG(frame->after),
            STR_ARG(frame->word), STR_ARG(x->text), n);
        f->left = x->text;
        f->right = frame->word;
        f->evidence = quote_at(s, &(Hit){.text = x->in, .at = x->at});
        finding_place(s->c, f, x->place);
        return;
    }
    finding_add(s->c, CHECK_TRUST_REPLACED, RESULT_PASS, "固定用语没有被替换。",
                "No fixed phrase is replaced.");
}

static void tell_years(Scan *s)
{
    if (!s->c->doc->year || (!s->year_right && !s->years.all))
        return;
    if (!s->year_right && s->years.all > 1)
        s->years.v[0].result = RESULT_FAIL;
    hits_tell(s, &s->years, &year_words);
}

void check_trust(Checking *c)
{
    if (!c->doc->paras.n)
        return;
    Scan *s = NEW(c->a, Scan, 1);
    s->c = c;
    s->this_year = str_fmt(c->a, "%d年", c->doc->year);
    s->framed = NEW(c->a, Framed, MAX_FRAMES_SEEN);
    trust_scan(s);
    hits_tell(s, &s->injected, &injected_words);
    tell_replaced(s);
    tell_encoding(s);
    hits_tell(s, &s->unfilled, &unfilled_words);
    notes_add(s, NOTE_TEMPLATE, CHECK_TRUST_TEMPLATE, RESULT_FAIL,
              say(s->c, "留有模板的填写说明。请删除。",
                  "Instructions of the template are left. Remove them."));
    notes_add(s, NOTE_RESIDUE, CHECK_TRUST_RESIDUE, RESULT_DOUBTFUL,
              say(s->c, "词语中夹有拼音等转换残留，可能是镜像或自动转换的页面。请以原页面为准。",
                  "Words hold pinyin or other residue; the page may be a mirror or an automatic "
                  "conversion. Go by the original page."));
    tell_years(s);
    if (s->dates.all)
        hits_tell(s, &s->dates, &date_words);
    if (s->links.all)
        hits_tell(s, &s->links, &link_words);
}

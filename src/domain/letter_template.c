#include "base/buf.h"
#include "base/embedded.h"
#include "domain/letter.h"

extern const Embedded letter_files[]; // data/letters/*.txt, named by the ids of letter_defs
extern const size_t letter_files_n;

// clang-format off
const LetterPlace letter_places[] = {
    // name               what stands there                                          in previews
    { SI("申请人"),       SI("申请人的姓名或者名称"),                               SI("张三") },
    { SI("称谓"),         SI("您；申请人是单位的为“你单位”"),                       SI("您") },
    { SI("申请编号"),     SI("登记时的编号"),                                       SI("示住建依申〔2026〕17号") },
    { SI("收到日期"),     SI("收到申请之日（条例第三十一条）"),                     SI("2026年2月13日") },
    { SI("信息名称"),     SI("申请的信息的名称"),                                   SI("城东片区老旧小区改造施工合同") },
    { SI("申请内容"),     SI("申请书中对信息的描述"),                               SI("2024年签订的施工合同，含工程量清单") },
    { SI("提供方式"),     SI("申请人要求的获取方式"),                               SI("电子邮件") },
    { SI("经过"),         SI("补正、延期、征求意见、收费的日期，合成一句"),         SI("办理期间，本机关于2026年2月26日告知补正，于2026年3月4日收到补正。") },
    { SI("答复期限"),     SI("按台账计算的答复期限"),                               SI("2026年3月19日") },
    { SI("事实"),         SI("检索、审查的情况，由承办人写明"),                     SI("经检索，本机关制作并保存了上述信息。") },
    { SI("理由"),         SI("由承办人写明"),                                       SI("该信息涉及的内容需要进一步核对") },
    { SI("依据"),         SI("条例的条款，另有专门规定的加上"),                     SI("《中华人民共和国政府信息公开条例》第三十六条第（二）项") },
    { SI("处理结果"),     SI("提供的方式、途径、时间，或者有关机关的名称和联系方式"), SI("随本告知书提供该信息的电子数据，共12页。") },
    { SI("救济途径"),     SI("当日有效的复议、诉讼告知"),                           SI("如不服本告知，可以自收到之日起60日内向示例县人民政府申请行政复议，或者自收到之日起6个月内向示例县人民法院提起行政诉讼。") },
    { SI("网上复议渠道"), SI("通过互联网送达时，提交行政复议申请书的互联网渠道"),   SI("https://www.example.gov.cn/fuyi") },
    { SI("补正事项"),     SI("哪里不明确，怎样补正"),                               SI("请写明施工合同所涉的小区名称") },
    { SI("补正工作日"),   SI("给申请人的补正期限"),                                 SI("10") },
    { SI("补正截止"),     SI("补正期限的最后一日"),                                 SI("2026年3月12日") },
    { SI("延长工作日"),   SI("延长的工作日"),                                       SI("20") },
    { SI("征求对象"),     SI("被征求意见的第三方或者机关"),                         SI("示例县城建有限公司") },
    { SI("征求期限"),     SI("自收到征求意见书之日起的工作日"),                     SI("15") },
    { SI("公开内容"),     SI("决定公开的内容"),                                     SI("施工合同中除联系人电话以外的内容") },
    { SI("收费计算"),     SI("计收标准和计算过程"),                                 SI("共70页，前30页不收费，第31页至第70页每页10元") },
    { SI("收费金额"),     SI("应缴的元数"),                                         SI("400") },
    { SI("缴纳方式"),     SI("在哪里、怎样缴纳"),                                   SI("凭缴款码在示例县非税收入代收银行缴纳") },
    { SI("不准确之处"),   SI("更正申请：记录里哪里不准确"),                         SI("家庭人口登记为2人") },
    { SI("更正要求"),     SI("更正申请：应当怎样记录"),                             SI("家庭人口应为3人") },
    { SI("证据"),         SI("更正申请：申请人提出的证据"),                         SI("户口簿") },
    { SI("机关"),         SI("发文机关全称"),                                       SI("示例县住房和城乡建设局") },
    { SI("工作机构"),     SI("政府信息公开工作机构"),                               SI("示例县住房和城乡建设局办公室") },
    { SI("地址"),         SI("办公地址"),                                           SI("示例县城关镇建设路1号") },
    { SI("邮编"),         SI("邮政编码"),                                           SI("000000") },
    { SI("电话"),         SI("联系电话"),                                           SI("0000-0000000") },
    { SI("办公时间"),     SI("办公时间"),                                           SI("工作日8:30至12:00，14:30至18:00") },
    { SI("复议机关"),     SI("行政复议机关"),                                       SI("示例县人民政府") },
    { SI("法院"),         SI("有管辖权的人民法院"),                                 SI("示例县人民法院") },
    { SI("今天"),         SI("文书的日期"),                                         SI("2026年3月12日") },
};
// clang-format on
const size_t n_letter_places = sizeof letter_places / sizeof *letter_places;

static bool place_known(Str name)
{
    for (size_t i = 0; i < n_letter_places; i++)
        if (str_eq(letter_places[i].name, name))
            return true;
    return false;
}

// --- values

void letter_fill(Arena *a, LetterFill *fill, const char *name, Str value)
{
    *PUSH(a, fill) = (LetterValue){str_z(name), value};
}

Str letter_filled(const LetterFill *fill, Str name)
{
    for (size_t i = fill->n; i-- > 0;)
        if (str_eq(fill->v[i].name, name))
            return fill->v[i].value;
    return S("");
}

// --- templates

Str letter_template_default(LetterKind kind)
{
    Str name = letter_defs[kind].id;
    for (size_t i = 0; i < letter_files_n; i++) {
        Str file = letter_files[i].name;
        if (str_starts(file, name) && str_eq(str_from(file, name.n), S(".txt")))
            return letter_files[i].bytes;
    }
    return S("");
}

// A template in pieces.
typedef enum Piece { PIECE_TEXT, PIECE_PLACE, PIECE_IF, PIECE_END } Piece;

typedef struct Reader {
    Str rest;
    int line;
    Str within; // the place of the part that is open; empty: none
    Piece piece;
    Str text; // of PIECE_TEXT; else the place's name
} Reader;

static int lines_in(Str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.s[i] == '\n';
    return n;
}

static bool braces(Reader *r, Err *err)
{
    Str inside, rest;
    if (!str_cut(str_from(r->rest, 1), S("}"), &inside, &rest) || str_has(inside, S("\n")) ||
        str_has(inside, S("{")))
        return fail(err, ERR_INPUT, NULL, "第%d行：“{”没有对应的“}”",
                    "line %d: a brace that is not closed", r->line);
    r->rest = rest;
    if (str_eq(inside, S("/如有"))) {
        if (!r->within.n)
            return fail(err, ERR_INPUT, NULL, "第%d行：“{/如有}”前面没有“{如有 …}”",
                        "line %d: {/如有} without {如有 …}", r->line);
        r->piece = PIECE_END;
        r->within = S("");
        return true;
    }
    bool opens = str_starts(inside, S("如有"));
    Str name = opens ? str_trim(str_from(inside, S("如有").n)) : str_trim(inside);
    if (!place_known(name))
        return fail(err, ERR_INPUT, NULL,
                    "第%d行：没有“" PRI_STR "”这一项，可以用的项目列在编辑框下面",
                    "line %d: there is no place called “" PRI_STR "”", r->line,
                    STR_ARG(str_sub(name, 0, 60)));
    if (opens && r->within.n)
        return fail(err, ERR_INPUT, NULL, "第%d行：“{如有 …}”里面不能再有“{如有 …}”",
                    "line %d: parts cannot stand within parts", r->line);
    r->piece = opens ? PIECE_IF : PIECE_PLACE;
    r->text = name;
    if (opens)
        r->within = name;
    return true;
}

// The next piece; *more is false at the end.
static bool piece_next(Reader *r, bool *more, Err *err)
{
    *more = r->rest.n > 0;
    if (!*more)
        return !r->within.n ||
               fail(err, ERR_INPUT, NULL, "最后：“{如有 " PRI_STR "}”没有对应的“{/如有}”",
                    "the end: {如有 " PRI_STR "} is not closed", STR_ARG(r->within));
    if (r->rest.s[0] == '{')
        return braces(r, err);
    if (r->rest.s[0] == '}')
        return fail(err, ERR_INPUT, NULL, "第%d行：“}”前面没有“{”",
                    "line %d: a closing brace too many", r->line);
    size_t n = 0;
    while (n < r->rest.n && r->rest.s[n] != '{' && r->rest.s[n] != '}')
        n++;
    r->piece = PIECE_TEXT;
    r->text = str_sub(r->rest, 0, n);
    r->rest = str_from(r->rest, n);
    r->line += lines_in(r->text);
    return true;
}

static bool has_needed(LetterKind kind, Str text, Err *err)
{
    Str name, rest = letter_defs[kind].needs;
    while (rest.n) {
        str_cut(rest, S(" "), &name, &rest);
        char room[160];
        Arena scratch = arena_over(room, sizeof room);
        if (name.n && !str_has(text, str_fmt(&scratch, "{" PRI_STR "}", STR_ARG(name))))
            return fail(err, ERR_INPUT, NULL,
                        "模板里缺少“{" PRI_STR "}”：" PRI_STR "必须写明这一项（" PRI_STR "）",
                        "the template lacks {" PRI_STR "}, which " PRI_STR " must say (" PRI_STR
                        ")",
                        STR_ARG(name), STR_ARG(letter_title(kind)), STR_ARG(letter_source(kind)));
    }
    return true;
}

bool letter_template_ok(LetterKind kind, Str text, Err *err)
{
    Reader r = {.rest = text, .line = 1};
    bool more = true;
    if (text.n > LETTER_TEMPLATE_MAX)
        return fail(err, ERR_LIMIT, NULL, "模板太长，最多16KB", "the template is over 16 KB");
    while (more) {
        if (!piece_next(&r, &more, err))
            return false;
        if (more && r.piece != PIECE_TEXT && letter_defs[kind].to == TO_THIRD_PARTY &&
            str_eq(r.text, S("申请人")))
            return fail(err, ERR_INPUT, NULL, "第%d行：发给第三方的文书不能写申请人是谁",
                        "line %d: third parties are not told who asked", r.line);
    }
    return has_needed(kind, text, err);
}

#define MARK_OPEN "【请填写："
#define MARK_CLOSE "】"

static void put_value(Buf *b, const LetterFill *fill, Str name)
{
    Str value = letter_filled(fill, name);
    if (value.n) {
        buf_add(b, value);
        return;
    }
    buf_add(b, S(MARK_OPEN));
    buf_add(b, name);
    buf_add(b, S(MARK_CLOSE));
}

// Without what only arranges the lines.
Str letter_tidy(Arena *a, Str text)
{
    Buf b = buf_new(a, LETTER_BODY_MAX);
    Str line;
    while (text.n) {
        str_cut(text, S("\n"), &line, &text);
        line = str_trim(line);
        if (line.n && b.n)
            buf_byte(&b, '\n');
        buf_add(&b, line);
    }
    return buf_str(&b);
}

bool letter_merge(Str text, const LetterFill *fill, Arena *a, Str *out, Err *err)
{
    Buf b = buf_new(a, LETTER_BODY_MAX);
    Reader r = {.rest = text, .line = 1};
    bool shown = true;
    for (bool more = true; piece_next(&r, &more, err);) {
        if (!more) {
            if (b.full)
                return fail(err, ERR_LIMIT, NULL, "文书太长，最多32KB", "the letter is over 32 KB");
            *out = letter_tidy(a, buf_str(&b));
            return true;
        }
        if (r.piece == PIECE_IF)
            shown = letter_filled(fill, r.text).n > 0;
        else if (r.piece == PIECE_END)
            shown = true;
        else if (shown && r.piece == PIECE_PLACE)
            put_value(&b, fill, r.text);
        else if (shown)
            buf_add(&b, r.text);
    }
    return false;
}

Str letter_fill_marks(Str body, const LetterFill *fill, Arena *a)
{
    for (size_t i = 0; i < fill->n; i++)
        if (fill->v[i].value.n)
            body = str_replace(a, body,
                               str_fmt(a, MARK_OPEN PRI_STR MARK_CLOSE, STR_ARG(fill->v[i].name)),
                               fill->v[i].value);
    return body;
}

Str letter_unfilled(Str body)
{
    Str before, rest, name, ignored;
    if (!str_cut(body, S(MARK_OPEN), &before, &rest))
        return S("");
    str_cut(rest, S(MARK_CLOSE), &name, &ignored);
    return name.n ? name : S("…");
}

// --- what may not go out

// Sentences that send somebody to court at once, as texts from before 2024 do for 不予公开.
static bool offers_suit_at_once(Str body)
{
    static const Str months[] = {SI("6个月"), SI("六个月"), SI("3个月"), SI("三个月")};
    Str sentence, rest = body;
    while (rest.n) {
        str_cut(rest, S("。"), &sentence, &rest);
        if (!str_has(sentence, S("诉讼")) && !str_has(sentence, S("起诉")))
            continue;
        for (size_t i = 0; i < sizeof months / sizeof *months; i++)
            if (str_has(sentence, months[i]))
                return true;
        if (!str_has(sentence, S("复议决定")))
            return true;
    }
    return false;
}

static bool remedy_ok(Outcome o, Date on, Str body, Err *err)
{
    char room[4096];
    Arena scratch = arena_over(room, sizeof room);
    Str words = remedy_words(o, on, S("复议机关"), S("法院"), &scratch);
    if (!words.n)
        return true;
    if (!str_has(body, S("行政复议")) || !str_has(body, S("诉讼")))
        return fail(err, ERR_RULE, NULL,
                    "文书没有告知行政复议和行政诉讼的途径和期限（行政复议法第二十条，"
                    "行政诉讼法第四十六条）",
                    "the letter does not tell the remedies");
    bool review_first =
        outcome_defs[o].remedy == REMEDY_REVIEW_FIRST && str_has(words, S("复议决定书"));
    if (review_first && offers_suit_at_once(body))
        return fail(err, ERR_RULE, NULL,
                    "不予公开的，应当先申请行政复议，不能告知直接起诉（行政复议法第二十三条第一款"
                    "第（四）项、第二款）；请改用模板里“救济途径”的措辞",
                    "a refusal may not offer a suit without the review before it "
                    "(Administrative Reconsideration Law, Art. 23)");
    return true;
}

// Places that are filled from what the site keeps, and where it keeps it.
static const struct {
    Str place, where;
} kept_in[] = {
    {SI("网上复议渠道"), SI("。它对本机关都一样，由管理员在“文书”的“文号和红头”里填写一次")},
    {SI("缴纳方式"), SI("。它对本机关都一样，由管理员在“文书”的“文号和红头”里填写一次")},
    {SI("复议机关"), SI("。由管理员在机关信息或者站点设置里填写一次")},
    {SI("法院"), SI("。由管理员在机关信息或者站点设置里填写一次")},
};

static Str where_kept(Str place)
{
    for (size_t i = 0; i < sizeof kept_in / sizeof *kept_in; i++)
        if (str_eq(kept_in[i].place, place))
            return kept_in[i].where;
    return S("");
}

bool letter_ready(LetterKind kind, Date on, Str body, Err *err)
{
    Str name = letter_unfilled(body);
    if (name.n)
        return fail(err, ERR_RULE, NULL, "“" PRI_STR "”里还没有填写“" PRI_STR "”" PRI_STR,
                    "in “" PRI_STR "” the place “" PRI_STR "” is still empty" PRI_STR,
                    STR_ARG(letter_title(kind)), STR_ARG(name), STR_ARG(where_kept(name)));
    if (!str_trim(body).n)
        return fail(err, ERR_INPUT, NULL, "文书没有正文", "the letter has no text");
    if (body.n > LETTER_BODY_MAX)
        return fail(err, ERR_LIMIT, NULL, "文书太长，最多32KB", "the letter is over 32 KB");
    return !letter_is_reply(kind) || remedy_ok((Outcome)(kind - LETTER_REPLY), on, body, err);
}

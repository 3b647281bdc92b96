#include "app/decision_letter.h"

// What was found, as far as choosing the outcome says it; the drafter goes on from there.
// clang-format off
static const Str found_words[OUTCOME__COUNT] = {
    [OUTCOME_PUBLIC_ALREADY] = SI("经检索，所申请的信息本机关已经主动公开。"),
    [OUTCOME_DISCLOSED]      = SI("经检索，本机关保存有下列信息：{what}"),
    [OUTCOME_PARTLY]         = SI("经检索，本机关保存有所申请的信息，逐项审查如下。"),
    [OUTCOME_STATE_SECRET]   = SI("经检索，本机关保存有所申请的信息。经审查，该信息属于国家秘密。"),
    [OUTCOME_FORBIDDEN]      = SI("经检索，本机关保存有所申请的信息。经审查，该信息属于法律、行政法规禁止公开的信息。"),
    [OUTCOME_SAFETY]         = SI("经检索，本机关保存有所申请的信息。经审查，该信息公开后可能{class}。"),
    [OUTCOME_THIRD_PARTY]    = SI("经检索，本机关保存有所申请的信息。经审查，该信息{class}。"),
    [OUTCOME_INTERNAL]       = SI("经检索，本机关保存有所申请的信息。经审查，该信息属于{class}方面的内部事务信息。"),
    [OUTCOME_PROCESS]        = SI("经检索，本机关保存有所申请的信息。经审查，该信息是履行行政管理职能过程中形成的{class}。"),
    [OUTCOME_CASE_FILE]      = SI("经检索，本机关保存有所申请的信息。经审查，该信息属于行政执法案卷信息。"),
    [OUTCOME_QUERY]          = SI("经审查，所申请的信息属于{class}。"),
    [OUTCOME_NOT_EXISTING]   = SI("{search}"),
    [OUTCOME_OTHER_ORGAN]    = SI("经审查，所申请的信息不由本机关制作或者保存。"),
    [OUTCOME_NOT_MADE]       = SI("{search}"),
    [OUTCOME_UNCLEAR]        = SI("经审查补正后的申请内容，情况如下。"),
    [OUTCOME_PETITION]       = SI("经审查，申请所提的事项属于{class}。"),
    [OUTCOME_REPEATED]       = SI("经审查，相同内容的申请（编号：{earlier}）本机关已经答复。"),
    [OUTCOME_PUBLICATION]    = SI("经审查，所申请的是公开出版物（{class}）。"),
    [OUTCOME_EXCESSIVE]      = SI("经审查申请的数量、频次和所说明的理由，情况如下。"),
    [OUTCOME_REISSUE]        = SI("经审查，所申请的信息先前已经提供。"),
    [OUTCOME_OTHER]          = SI("经审查，情况如下。"),
};

static const struct { Str way, words; } given_words[] = { // as the applicant wants it
    { SI("platform"), SI("请凭申请编号和查询码在本平台下载。") },
    { SI("email"),    SI("以电子邮件发送到申请书中填写的邮箱。") },
    { SI("mail"),     SI("随本告知书邮寄。") },
    { SI("pick_up"),  SI("请到本机关领取。") },
    { SI("on_site"),  SI("请到本机关查阅、抄录。") },
};
// clang-format on

static Str given_how(Str way)
{
    for (size_t i = 0; i < sizeof given_words / sizeof *given_words; i++)
        if (str_eq(given_words[i].way, way))
            return given_words[i].words;
    return S("");
}

static Str stopped(Arena *a, Str s)
{
    return !s.n || str_ends(s, S("。")) ? s : str_cat(a, s, S("。"));
}

static Str found(const DecisionSheet *s, Arena *a)
{
    Str words = found_words[s->outcome];
    words =
        str_replace(a, words, S("{class}"), decision_class_name(s->outcome, s->field[DF_CLASS]));
    words = str_replace(a, words, S("{what}"), stopped(a, s->field[DF_WHAT]));
    words = str_replace(a, words, S("{search}"), stopped(a, s->field[DF_SEARCH]));
    words = str_replace(a, words, S("{earlier}"), s->field[DF_EARLIER]);
    return str_cat(a, words, stopped(a, s->field[DF_INTEREST]));
}

static Str piece_words(const DecisionPiece *p, int n, Arena *a)
{
    const DecisionGround *g = decision_ground(p->ground);
    return str_fmt(a, "%d．" PRI_STR "：属于" PRI_STR "（" PRI_STR "）。" PRI_STR, n,
                   STR_ARG(p->what), STR_ARG(g ? g->name : S("")),
                   STR_ARG(g ? letter_law(g->article, a) : S("")), STR_ARG(stopped(a, p->reason)));
}

// A paragraph for each piece that is withheld.
static Str reasons(const DecisionSheet *s, Arena *a)
{
    Strs lines = {0};
    if (!decision_needs[s->outcome].pieces)
        return stopped(a, s->field[DF_REASON]);
    for (size_t i = 0; i < s->n_pieces; i++)
        if (s->pieces[i].answer == PIECE_WITHHELD) {
            Str line = piece_words(&s->pieces[i], (int)lines.n + 1, a);
            *PUSH(a, &lines) = line;
        }
    return str_join(a, lines.v, lines.n, S("\n"));
}

static Str pieces_given(const DecisionSheet *s, Arena *a)
{
    Strs names = {0};
    for (size_t i = 0; decision_needs[s->outcome].pieces && i < s->n_pieces; i++)
        if (s->pieces[i].answer == PIECE_GIVEN)
            *PUSH(a, &names) = s->pieces[i].what;
    return names.n ? str_fmt(a, "公开的是：" PRI_STR "。",
                             STR_ARG(str_join(a, names.v, names.n, S("、"))))
                   : S("");
}

static Str result(const DecisionSheet *s, const InfoRequest *r, Arena *a)
{
    Str place = stopped(a, s->field[DF_PLACE]);
    if (s->outcome == OUTCOME_OTHER_ORGAN && s->field[DF_ORGAN].n)
        return str_fmt(a, "该信息由" PRI_STR "负责公开，联系方式：" PRI_STR "。",
                       STR_ARG(s->field[DF_ORGAN]), STR_ARG(s->field[DF_CONTACT]));
    if (!outcome_defs[s->outcome].releases)
        return place;
    return str_cat(a, pieces_given(s, a), place.n ? place : given_how(r->way));
}

LetterFill decision_fill(const DecisionSheet *s, const InfoRequest *r, Arena *a)
{
    LetterFill fill = {0};
    letter_fill(a, &fill, "事实", found(s, a));
    letter_fill(a, &fill, "理由", reasons(s, a));
    letter_fill(a, &fill, "处理结果", result(s, r, a));
    if (s->field[DF_BASIS].n)
        letter_fill(a, &fill, "依据",
                    str_fmt(a, PRI_STR "、" PRI_STR,
                            STR_ARG(letter_law(letter_source(letter_reply(s->outcome)), a)),
                            STR_ARG(s->field[DF_BASIS])));
    return fill;
}

static void begin_with(LetterFill *fill, Str beginning, Arena *a)
{
    for (size_t i = 0; beginning.n && i < fill->n; i++)
        if (str_eq(fill->v[i].name, S("事实")))
            fill->v[i].value = str_cat(a, beginning, fill->v[i].value);
}

bool decision_letter_redo(App *app, const RequestWork *work, const DecisionSheet *sheet,
                          Str beginning, Arena *a, LetterText *out, Err *err)
{
    LetterFill fill = decision_fill(sheet, &work->request, a);
    LetterText text;
    begin_with(&fill, beginning, a);
    if (!letter_draft(app, work, letter_reply(sheet->outcome), NULL, &fill, a, &text, err))
        return false;
    if (sheet->text.n)
        text.body = sheet->text;
    *out = text;
    return true;
}

bool decision_letter(App *app, const RequestWork *work, const DecisionSheet *sheet, Arena *a,
                     LetterText *out, Err *err)
{
    return decision_letter_redo(app, work, sheet, S(""), a, out, err);
}

// What each outcome has to say, and whether it has been said.
#include "base/json.h"
#include "domain/decision.h"

// clang-format off
const DecisionFieldDef decision_fields[DF__COUNT] = {
    //                 id                 on the sheet                     beside it                                                              lines  most
    [DF_CLASS]    = { SI("class"),    SI("属于哪一种"),                SI("条例列举的情形，选一种"),                                          false, 40 },
    [DF_WHAT]     = { SI("what"),     SI("提供的信息"),                SI("名称、文号，几份的逐份写"),                                        true,  2000 },
    [DF_PLACE]    = { SI("place"),    SI("获取的方式、途径"),          SI("网址，或者刊载的公报、报刊及期号，让申请人一次就能找到"),          true,  500 },
    [DF_SEARCH]   = { SI("search"),   SI("检索情况"),                  SI("在哪些档案、系统里，用什么关键词，检索了哪个时间段，由谁检索"),    true,  1000 },
    [DF_BASIS]    = { SI("basis"),    SI("所依据的法律、行政法规"),    SI("名称和条款，如《不动产登记暂行条例》第二十七条"),                  false, 300 },
    [DF_ORGAN]    = { SI("organ"),    SI("负责公开的机关"),            SI("能够确定的，写全称；不能确定的，留空"),                            false, 100 },
    [DF_CONTACT]  = { SI("contact"),  SI("该机关的联系方式"),          SI("地址、电话；写了机关的要写"),                                      false, 200 },
    [DF_EARLIER]  = { SI("earlier"),  SI("先前申请的编号"),            SI("如示住建依申〔2025〕61号，已经答复的"),                            false, 100 },
    [DF_REASON]   = { SI("reason"),   SI("理由"),                      SI("事实和认定的道理，申请人看得懂；不要只写条款"),                    true,  3000 },
    [DF_INTEREST] = { SI("interest"), SI("公共利益的考虑"),            SI("第三方不同意，但不公开会对公共利益造成重大影响的，写明为什么"),    true,  1000 },
};

const DecisionQuestionDef decision_questions[ASK__COUNT] = {
    [ASK_CLEAR]  = { SI("补不补"),   SI("申请内容明确吗？补正以后还是不明确的，选这里。") },
    [ASK_KIND]   = { SI("是不是"),   SI("是政府信息公开申请吗？信访、查询、出版物、重复申请等，选这里。") },
    [ASK_WHOSE]  = { SI("谁负责"),   SI("由本机关负责公开吗？") },
    [ASK_EXISTS] = { SI("有没有"),   SI("检索到了吗？有现成的吗？") },
    [ASK_MAY]    = { SI("给不给"),   SI("有条例第十四条至第十六条的情形吗？全部不公开的，选这里；能够区分的，选部分公开。") },
    [ASK_HOW]    = { SI("怎么给"),   SI("提供，还是告知获取的方式、途径？") },
    [ASK_REPLY]  = { SI("怎么答"),   SI("选好以后填写要写明的内容，文书、年报归类和救济告知一并生成。") },
};

#define B(field) (1u << DF_##field)
#define AFTER(fact) (1u << FACT_##fact)
const DecisionNeed decision_needs[OUTCOME__COUNT] = {
    //                            here  asked at    must                          may                      pieces  after                     what is missing then
    [OUTCOME_PUBLIC_ALREADY] = { true,  ASK_HOW,    B(PLACE),                     B(WHAT),                 false,  0, SI("") },
    [OUTCOME_DISCLOSED]      = { true,  ASK_HOW,    B(WHAT),                      B(PLACE) | B(INTEREST),  false,  0, SI("") },
    [OUTCOME_PARTLY]         = { true,  ASK_HOW,    0,                            B(PLACE) | B(INTEREST),  true,   0, SI("") },
    [OUTCOME_STATE_SECRET]   = { true,  ASK_MAY,    B(REASON),                    B(BASIS),                false,  0, SI("") },
    [OUTCOME_FORBIDDEN]      = { true,  ASK_MAY,    B(BASIS) | B(REASON),         0,                       false,  0, SI("") },
    [OUTCOME_SAFETY]         = { true,  ASK_MAY,    B(CLASS) | B(REASON),         0,                       false,  0, SI("") },
    [OUTCOME_THIRD_PARTY]    = { true,  ASK_MAY,    B(CLASS) | B(REASON),         0,                       false,  0, SI("") },
    [OUTCOME_INTERNAL]       = { true,  ASK_MAY,    B(CLASS) | B(REASON),         0,                       false,  0, SI("") },
    [OUTCOME_PROCESS]        = { true,  ASK_MAY,    B(CLASS) | B(REASON),         0,                       false,  0, SI("") },
    [OUTCOME_CASE_FILE]      = { true,  ASK_MAY,    B(REASON),                    B(BASIS),                false,  0, SI("") },
    [OUTCOME_QUERY]          = { true,  ASK_KIND,   B(CLASS) | B(BASIS),          B(PLACE),                false,  0, SI("") },
    [OUTCOME_NOT_EXISTING]   = { true,  ASK_EXISTS, B(SEARCH),                    B(REASON),               false,  0, SI("") },
    [OUTCOME_OTHER_ORGAN]    = { true,  ASK_WHOSE,  B(REASON),                    B(ORGAN) | B(CONTACT),   false,  0, SI("") },
    [OUTCOME_NOT_MADE]       = { true,  ASK_EXISTS, B(SEARCH) | B(REASON),        0,                       false,  0, SI("") },
    [OUTCOME_UNCLEAR]        = { true,  ASK_CLEAR,  B(REASON),                    0,                       false,  AFTER(CORRECTED),
                                 SI("申请人还没有补正过；内容不明确的，先一次性告知补正（条例第三十条）") },
    [OUTCOME_PETITION]       = { true,  ASK_KIND,   B(CLASS) | B(REASON),         B(PLACE),                false,  0, SI("") },
    [OUTCOME_REPEATED]       = { true,  ASK_KIND,   B(EARLIER),                   B(REASON),               false,  0, SI("") },
    [OUTCOME_PUBLICATION]    = { true,  ASK_KIND,   B(CLASS) | B(PLACE),          0,                       false,  0, SI("") },
    [OUTCOME_EXCESSIVE]      = { true,  ASK_KIND,   B(REASON),                    0,                       false,  AFTER(REASONS_ASKED),
                                 SI("还没有要求申请人说明理由；理由不合理的，才能不予处理（条例第三十五条）") },
    [OUTCOME_REISSUE]        = { true,  ASK_KIND,   B(REASON),                    B(EARLIER),              false,  0, SI("") },
    [OUTCOME_NOT_CORRECTED]  = { false, ASK_CLEAR,  0,                            0,                       false,  0, SI("") },
    [OUTCOME_NOT_PAID]       = { false, ASK_KIND,   0,                            0,                       false,  0, SI("") },
    [OUTCOME_WITHDRAWN]      = { false, ASK_KIND,   0,                            0,                       false,  0, SI("") },
    [OUTCOME_OTHER]          = { true,  ASK_KIND,   B(REASON),                    B(BASIS),                false,  0, SI("") },
};

const DecisionClass decision_classes[] = {
    { OUTCOME_SAFETY,      SI("state"),       SI("危及国家安全") },
    { OUTCOME_SAFETY,      SI("public"),      SI("危及公共安全") },
    { OUTCOME_SAFETY,      SI("economic"),    SI("危及经济安全") },
    { OUTCOME_SAFETY,      SI("stability"),   SI("危及社会稳定") },
    { OUTCOME_THIRD_PARTY, SI("business"),    SI("涉及商业秘密") },
    { OUTCOME_THIRD_PARTY, SI("privacy"),     SI("涉及个人隐私") },
    { OUTCOME_THIRD_PARTY, SI("other"),       SI("公开会对第三方其他合法权益造成损害") },
    { OUTCOME_INTERNAL,    SI("personnel"),   SI("人事管理") },
    { OUTCOME_INTERNAL,    SI("logistics"),   SI("后勤管理") },
    { OUTCOME_INTERNAL,    SI("workflow"),    SI("内部工作流程") },
    { OUTCOME_PROCESS,     SI("minutes"),     SI("讨论记录") },
    { OUTCOME_PROCESS,     SI("draft"),       SI("过程稿") },
    { OUTCOME_PROCESS,     SI("letter"),      SI("磋商信函") },
    { OUTCOME_PROCESS,     SI("report"),      SI("请示报告") },
    { OUTCOME_QUERY,       SI("company"),     SI("工商登记资料") },
    { OUTCOME_QUERY,       SI("property"),    SI("不动产登记资料") },
    { OUTCOME_QUERY,       SI("other"),       SI("法律、行政法规有特别规定的其他信息") },
    { OUTCOME_PETITION,    SI("petition"),    SI("信访") },
    { OUTCOME_PETITION,    SI("complaint"),   SI("投诉") },
    { OUTCOME_PETITION,    SI("report"),      SI("举报") },
    { OUTCOME_PUBLICATION, SI("gazette"),     SI("政府公报") },
    { OUTCOME_PUBLICATION, SI("press"),       SI("报刊") },
    { OUTCOME_PUBLICATION, SI("book"),        SI("书籍") },
    { OUTCOME_PUBLICATION, SI("other"),       SI("其他公开出版物") },
};
const size_t n_decision_classes = sizeof decision_classes / sizeof *decision_classes;

// As a letter writes them: 属于…
const DecisionGround decision_grounds[] = {
    { OUTCOME_STATE_SECRET, SI("国家秘密"),                                                   SI("条例第十四条") },
    { OUTCOME_FORBIDDEN,    SI("法律、行政法规禁止公开的信息"),                               SI("条例第十四条") },
    { OUTCOME_SAFETY,       SI("公开后可能危及国家安全、公共安全、经济安全、社会稳定的信息"), SI("条例第十四条") },
    { OUTCOME_THIRD_PARTY,  SI("商业秘密、个人隐私等公开会损害第三方合法权益的信息"),         SI("条例第十五条") },
    { OUTCOME_INTERNAL,     SI("内部事务信息"),                                               SI("条例第十六条第一款") },
    { OUTCOME_PROCESS,      SI("过程性信息"),                                                 SI("条例第十六条第二款") },
    { OUTCOME_CASE_FILE,    SI("行政执法案卷信息"),                                           SI("条例第十六条第二款") },
};
const size_t n_decision_grounds = sizeof decision_grounds / sizeof *decision_grounds;
// clang-format on

Str decision_class_name(Outcome outcome, Str id)
{
    for (size_t i = 0; i < n_decision_classes; i++)
        if (decision_classes[i].outcome == outcome && str_eq(decision_classes[i].id, id))
            return decision_classes[i].name;
    return id;
}

const DecisionGround *decision_ground(Outcome outcome)
{
    for (size_t i = 0; i < n_decision_grounds; i++)
        if (decision_grounds[i].outcome == outcome)
            return &decision_grounds[i];
    return NULL;
}

// --- as JSON

static const Str answer_ids[] = {
    [PIECE_OPEN] = SI(""), [PIECE_GIVEN] = SI("given"), [PIECE_WITHHELD] = SI("withheld")};

static void piece_out(JsonOut *w, const DecisionPiece *p)
{
    json_object(w);
    json_put_str(w, "what", p->what);
    json_put_str(w, "answer", answer_ids[p->answer]);
    if (decision_ground(p->ground))
        json_put_str(w, "ground", outcome_defs[p->ground].id);
    json_put_str(w, "reason", p->reason);
    json_end(w);
}

Str decision_sheet_json(const DecisionSheet *sheet, Arena *a)
{
    Buf b = buf_new(a, DECISION_SHEET_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    if (sheet->chosen)
        json_put_str(&w, "outcome", outcome_defs[sheet->outcome].id);
    for (int f = 0; f < DF__COUNT; f++)
        if (sheet->field[f].n)
            json_key(&w, decision_fields[f].id), json_str(&w, sheet->field[f]);
    json_key(&w, S("pieces")), json_array(&w);
    for (size_t i = 0; i < sheet->n_pieces; i++)
        piece_out(&w, &sheet->pieces[i]);
    json_end(&w);
    if (sheet->text.n)
        json_put_str(&w, "text", sheet->text);
    json_end(&w);
    return buf_str(&b);
}

static DecisionPiece piece_in(const Json *v)
{
    DecisionPiece p = {.what = json_get_str(v, "what"),
                       .ground = OUTCOME__COUNT,
                       .reason = json_get_str(v, "reason")};
    Str answer = json_get_str(v, "answer");
    p.answer = str_eq(answer, answer_ids[PIECE_GIVEN])      ? PIECE_GIVEN
               : str_eq(answer, answer_ids[PIECE_WITHHELD]) ? PIECE_WITHHELD
                                                            : PIECE_OPEN;
    outcome_named(json_get_str(v, "ground"), &p.ground);
    return p;
}

bool decision_sheet_read(Str json, Arena *a, DecisionSheet *out, Err *err)
{
    const Json *v;
    if (!json_read(json, DECISION_SHEET_BYTES, a, &v, err))
        return false;
    *out = (DecisionSheet){.outcome = OUTCOME__COUNT, .text = json_get_str(v, "text")};
    out->chosen = outcome_named(json_get_str(v, "outcome"), &out->outcome);
    for (int f = 0; f < DF__COUNT; f++)
        out->field[f] = json_get_str(v, str_to_z(a, decision_fields[f].id));
    for (const Json *p = json_first(json_get(v, "pieces")); p && out->n_pieces < DECISION_PIECES;
         p = json_next(p))
        out->pieces[out->n_pieces++] = piece_in(p);
    return true;
}

// --- what is missing

typedef struct Check {
    const DecisionSheet *sheet;
    const DecisionScene *scene;
    const DecisionNeed *need;
    Arena *a;
    DecisionLacks *out;
} Check;

static void lack(const Check *c, Str field, Str words)
{
    *PUSH(c->a, c->out) = (DecisionLack){field, words};
}

static void fields_said(const Check *c)
{
    for (int f = 0; f < DF__COUNT; f++)
        if (c->need->must >> f & 1 && !c->sheet->field[f].n)
            lack(c, decision_fields[f].id,
                 str_fmt(c->a, "请填写“" PRI_STR "”", STR_ARG(decision_fields[f].name)));
    if (c->sheet->outcome == OUTCOME_OTHER_ORGAN && c->sheet->field[DF_ORGAN].n &&
        !c->sheet->field[DF_CONTACT].n)
        lack(c, decision_fields[DF_CONTACT].id,
             S("能够确定负责机关的，要一并告知它的联系方式（条例第三十六条第（五）项）"));
}

static void piece_said(const Check *c, size_t i)
{
    const DecisionPiece *p = &c->sheet->pieces[i];
    int n = (int)i + 1;
    if (!p->what.n)
        lack(c, str_fmt(c->a, "piece%d_what", n), S("请写明是哪一部分信息"));
    if (p->answer == PIECE_OPEN)
        lack(c, str_fmt(c->a, "piece%d_answer", n), S("请选择公开或者不公开"));
    if (p->answer != PIECE_WITHHELD)
        return;
    if (!decision_ground(p->ground))
        lack(c, str_fmt(c->a, "piece%d_ground", n), S("请选择不公开的依据"));
    if (!p->reason.n)
        lack(c, str_fmt(c->a, "piece%d_reason", n),
             S("不公开的部分，要逐项说明理由（条例第三十七条）"));
}

static bool has_piece(const DecisionSheet *s, PieceAnswer answer)
{
    for (size_t i = 0; i < s->n_pieces; i++)
        if (s->pieces[i].answer == answer)
            return true;
    return false;
}

static void pieces_said(const Check *c)
{
    for (size_t i = 0; i < c->sheet->n_pieces; i++)
        piece_said(c, i);
    if (!has_piece(c->sheet, PIECE_GIVEN))
        lack(c, S("piece1_answer"), S("部分公开至少有一部分是公开的；全部不公开的，改选不予公开"));
    if (!has_piece(c->sheet, PIECE_WITHHELD))
        lack(c, S("piece1_answer"), S("部分公开至少有一部分是不公开的；全部公开的，改选予以公开"));
}

static void facts_stand(const Check *c)
{
    uint32_t stand = 0;
    for (size_t i = 0; i < c->scene->facts->n; i++)
        stand |= 1u << c->scene->facts->v[i].kind;
    if (c->need->after && !(c->need->after & stand))
        lack(c, S("outcome"), c->need->after_words);
}

static bool names_third_party(const DecisionSheet *s)
{
    for (size_t i = 0; decision_needs[s->outcome].pieces && i < s->n_pieces; i++)
        if (s->pieces[i].answer == PIECE_WITHHELD && s->pieces[i].ground == OUTCOME_THIRD_PARTY)
            return true;
    return s->outcome == OUTCOME_THIRD_PARTY;
}

// 条例第三十二条、第三十四条
static void others_heard(const Check *c)
{
    const DecisionScene *s = c->scene;
    bool gives = outcome_defs[c->sheet->outcome].releases;
    if (names_third_party(c->sheet) && !s->refused)
        lack(c, S("outcome"),
             S("以第三方权益为由不公开的，要有第三方不同意且理由合理的意见，或者本机关在意见逾期后"
               "作出的决定和理由；请先书面征求意见（条例第十五条、第三十二条）"));
    if (gives && s->phase == PHASE_OPINION)
        lack(c, S("outcome"), S("征求的意见还没有收到，期限也没有届满，现在不能决定公开"));
    if (gives && s->undecided)
        lack(
            c, S("outcome"),
            S("有第三方逾期没有提出意见，或者不同意而理由不充分；请先在“征求意见”里写明本机关的决定"
              "和理由（条例第三十二条）"));
    if (c->sheet->outcome == OUTCOME_DISCLOSED && s->despite && !c->sheet->field[DF_INTEREST].n)
        lack(c, decision_fields[DF_INTEREST].id,
             S("第三方不同意且理由合理；仍然决定公开的，要写明不公开会对公共利益造成什么重大影响"
               "（条例第三十二条）"));
}

static void remedies_named(const Check *c)
{
    if (outcome_defs[c->sheet->outcome].remedy == REMEDY_NONE)
        return;
    if (!c->scene->review.n || !c->scene->court.n)
        lack(
            c, S(""),
            S("还没有设置行政复议机关或者管辖法院，告知书写不出救济途径；请管理员在机关信息或者站点"
              "设置里填写"));
}

void decision_lacks(const DecisionSheet *sheet, const DecisionScene *scene, Arena *a,
                    DecisionLacks *out)
{
    DecisionLacks lacks = {0};
    if (!sheet->chosen || !decision_needs[sheet->outcome].here) {
        *PUSH(a, &lacks) = (DecisionLack){S("outcome"), S("请选择处理决定")};
        *out = lacks;
        return;
    }
    Check c = {sheet, scene, &decision_needs[sheet->outcome], a, &lacks};
    fields_said(&c);
    if (c.need->pieces)
        pieces_said(&c);
    facts_stand(&c);
    others_heard(&c);
    remedies_named(&c);
    *out = lacks;
}

#include "app/correction_letter.h"

// As people type it, with or without its full stop.
static Str sentence(Arena *a, Str words)
{
    Str s = str_trim(words);
    return !s.n || str_ends(s, S("。")) || str_ends(s, S("！")) ? s : str_cat(a, s, S("。"));
}

// clang-format off
static const struct { LetterKind kind; const char *place; Str before, sample; } told[] = {
    //                         where       before it                                                    in previews
    { LETTER_RECORD,           "处理结果", SI("本机关已予以更正："),                                    SI("家庭人口由2人改为3人") },
    { LETTER_RECORD_REFUSED,   "理由",     SI(""),                                                      SI("户口簿登记的家庭人口为2人") },
    { LETTER_RECORD_FORWARDED, "处理结果", SI("该事项不属于本机关职能范围，已转送有权更正的机关处理："), SI("示例县民政局，电话0000-0000000") },
    { LETTER_RECORD_TOLD,      "处理结果", SI("该事项不属于本机关职能范围，请向有权更正的机关提出："),   SI("示例县民政局，电话0000-0000000") },
};
// clang-format on

void correction_fill(LetterKind kind, Str words, Arena *a, LetterFill *out)
{
    for (size_t i = 0; words.n && i < sizeof told / sizeof *told; i++)
        if (told[i].kind == kind)
            letter_fill(a, out, told[i].place, str_cat(a, told[i].before, sentence(a, words)));
}

void correction_sample(LetterKind kind, Arena *a, LetterFill *out)
{
    letter_fill(a, out, "申请编号", S("示住建更正〔2026〕3号"));
    letter_fill(a, out, "信息名称", S("公租房轮候登记的家庭人口"));
    letter_fill(a, out, "事实", S("已与户口簿和轮候登记的原件核对。"));
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (told[i].kind == kind)
            correction_fill(kind, told[i].sample, a, out);
}

static LetterSubject subject_of(const Correction *c, LetterKind kind, Date today, Arena *a)
{
    bool to_applicant = letter_defs[kind].to == TO_APPLICANT;
    LetterSubject s = {.addressee = to_applicant ? c->applicant_name : S(""),
                       .by_internet = c->channel == CHANNEL_INTERNET, // told where they look
                       .on = today};
    LetterFill *f = &s.values;
    letter_fill(a, f, "申请人", c->applicant_name);
    letter_fill(a, f, "称谓", c->applicant_kind == APPLICANT_NATURAL ? S("您") : S("你单位"));
    letter_fill(a, f, "申请编号", c->code);
    letter_fill(a, f, "收到日期", date_zh(a, c->days.filed));
    letter_fill(a, f, "信息名称", c->record);
    letter_fill(a, f, "不准确之处", sentence(a, c->wrong));
    letter_fill(a, f, "更正要求", sentence(a, c->claim));
    letter_fill(a, f, "证据", sentence(a, c->evidence));
    letter_fill(a, f, "事实", sentence(a, c->examined));
    correction_fill(kind, c->words, a, f);
    return s;
}

bool correction_draft(App *app, CorrectionId id, LetterKind kind, const LetterFill *fill, Arena *a,
                      LetterText *out, Err *err)
{
    Correction c;
    LetterKnown known;
    if (!store_correction_get(app->db, &app->scope, id, a, &c, err) ||
        !letter_known(app, c.organ, kind, a, &known, err))
        return false;
    LetterSubject s = subject_of(&c, kind, app->today, a);
    return letter_draft_of(app, &s, &known, fill, a, out, err);
}

bool correction_send(Act *act, CorrectionId id, LetterKind kind, const LetterText *text, Arena *a,
                     Letter *out, Err *err)
{
    App *app = act->app;
    Correction c;
    if (!store_correction_get(app->db, &app->scope, id, a, &c, err))
        return false;
    if (!correction_may_send(c.ended, c.outcome, kind))
        return fail(err, ERR_RULE, NULL, "这件更正申请现在不能出具“" PRI_STR "”",
                    "“" PRI_STR "” does not go out for this correction now",
                    STR_ARG(letter_title(kind)));
    if (!letter_issue(act, letter_owner_correction(&c), kind, text, a, out, err))
        return false;
    if (!c.ended || correction_defs[c.outcome].letter != kind)
        return true;
    c.document = out->code;
    return store_correction_save(app->db, &app->scope, &c, err);
}

bool correction_letters(App *app, CorrectionId id, Arena *a, Letters *out, Err *err)
{
    Letters all, shown = {0};
    if (!store_letter_of(app->db, &app->scope, letter_owner(OWNER_CORRECTION, id.n), a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Letter *l = &all.v[i];
        if (!l->is_void && letter_defs[l->kind].to == TO_APPLICANT &&
            !store_letter_get(app->db, &app->scope, l->id, a, PUSH(a, &shown), err))
            return false;
    }
    *out = shown;
    return true;
}

#include "app/correction.h"

#include "app/act.h"
#include "app/applicant.h"
#include "app/request_rules.h"
#include "app/request_work.h"
#include "base/json.h"
#include "store/organ.h"
#include "store/remedy.h"

enum { NOTE_BYTES = 16 << 10 };

static Str summary(const Correction *c, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "code", c->code);
    json_put_str(&w, "title", c->record);
    if (c->ended)
        json_put_str(&w, "outcome", correction_defs[c->outcome].name);
    json_end(&w);
    return buf_str(&b);
}

static bool note(Act *act, ActKind kind, const Correction *c, Str was, Arena *a, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("correction"),
                               .noun_id = c->id.n,
                               .version = c->version,
                               .organ = c->organ,
                               .was = was,
                               .became = summary(c, a)},
                    err);
}

// --- filing

static bool says_enough(const App *app, const NewCorrection *n, Err *err)
{
    bool reachable = n->applicant.phone.n || n->applicant.email.n || n->applicant.address.n;
    if (!n->name.n || !n->applicant.id_number.n || !reachable)
        return fail(err, ERR_INPUT, NULL, "请填写姓名或者名称、身份证明和至少一种联系方式",
                    "name, proof of identity and a way to reach the applicant are wanted");
    if (!n->record.n || !n->wrong.n)
        return fail(err, ERR_INPUT, NULL, "请写明哪一项记录、哪里不准确（条例第四十一条）",
                    "say which record, and what in it is wrong (Regulation, Art. 41)");
    if (!n->evidence.n)
        return fail(err, ERR_INPUT, NULL, "请写明有什么证据证明记录不准确（条例第四十一条）",
                    "say what proves it (Regulation, Art. 41)");
    return (date_is(n->filed) && n->filed.days <= app->today.days) ||
           fail(err, ERR_INPUT, NULL, "提交日期应当是今天或者以前的一天",
                "the day of filing is today or before");
}

static bool target_of(App *app, Date filed, Arena *a, Date *out, Err *err)
{
    RequestRules rules;
    RemedySettingRows rows;
    Term term;
    if (!app_request_rules(app, a, &rules, err) ||
        !store_remedy_settings(app->db, app->site, &rows, err))
        return false;
    int n = rows.settings.n[SETTING_CORRECTION_TARGET];
    if (!n)
        return *out = date_none, true;
    return calendar_due(&rules.calendar, filed, n, &term, err) && (*out = term.due, true);
}

// What the seal of who asks is bound to (app/applicant.c).
static InfoRequest bearer(const Correction *c)
{
    return (InfoRequest){.organ = c->organ,
                         .filed = c->days.filed,
                         .query_hash = c->query_hash,
                         .sealed = c->sealed};
}

static bool seal(const App *app, const Applicant *who, Correction *c, Arena *a, Err *err)
{
    InfoRequest b = bearer(c);
    if (!applicant_seal(app, who, a, &b, err))
        return false;
    c->sealed = b.sealed;
    c->applicant_key = b.applicant_key;
    return true;
}

bool app_correction_file(App *app, const NewCorrection *n, Arena *a, CorrectionFiled *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Organ organ;
    Str query_code = crypt_token(a, QUERY_CODE_BYTES);
    Correction c = {.organ = n->organ,
                    .query_hash = crypt_sha256(a, query_code),
                    .channel = n->channel,
                    .applicant_kind = n->kind,
                    .applicant_name = n->name,
                    .record = n->record,
                    .wrong = n->wrong,
                    .claim = n->claim,
                    .evidence = n->evidence,
                    .request = n->request,
                    .target = date_none,
                    .days = {n->filed, date_none, date_none},
                    .created_at = app->now};
    if (!says_enough(app, n, err) || !target_of(app, n->filed, a, &c.target, err) ||
        !act_begin(app, &act, err) ||
        !store_organ_get(app->db, &app->scope, n->organ, a, &organ, err) ||
        !seal(app, &n->applicant, &c, a, err))
        return false;
    Str prefix = str_cat(a, organ.short_name.n ? organ.short_name : organ.name, S("更正"));
    if (!store_correction_add(app->db, app->site, prefix, &c, a, err) ||
        !note(&act, ACT_CORRECTION_FILE, &c, S(""), a, err) || !act_commit(&act, err))
        return false;
    *out = (CorrectionFiled){c.id, c.code, query_code, c.target};
    return true;
}

// --- steps

static bool load(App *app, CorrectionId id, int64_t version, Arena *a, Correction *out, Err *err)
{
    if (!store_correction_get(app->db, &app->scope, id, a, out, err))
        return false;
    return !version || version == out->version ||
           fail(err, ERR_BUSY, NULL, "这件更正申请刚被别人改过，请看过现在的内容再提交",
                "somebody else has changed this correction; look at it again");
}

bool app_correction_examine(App *app, CorrectionId id, int64_t version, Date on, Str words,
                            Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Correction c;
    if (!act_begin(app, &act, err) || !load(app, id, version, a, &c, err) ||
        !correction_examine(&c.days, on, words, app->today, err))
        return false;
    Str was = summary(&c, a);
    c.days.examined = on;
    c.examined = words;
    return store_correction_save(app->db, &app->scope, &c, err) &&
           note(&act, ACT_CORRECTION_EXAMINE, &c, was, a, err) && act_commit(&act, err);
}

// The letter with its number; else the number of one made elsewhere.
static bool told(Act *act, const Correction *c, const CorrectionEnd *end, Arena *a, Str *code,
                 Err *err)
{
    LetterKind kind = correction_defs[end->outcome].letter;
    Letter made;
    *code = end->document;
    if (kind == LETTER__COUNT)
        return true;
    if (!end->letter)
        return end->document.n || fail(err, ERR_INPUT, NULL, "请填写在别处制作的告知书的文号",
                                       "say the number of the letter that was made elsewhere");
    LetterText text = *end->letter;
    text.on = end->on;
    return letter_issue(act, letter_owner_correction(c), kind, &text, a, &made, err) &&
           (*code = made.code, true);
}

bool app_correction_end(App *app, const CorrectionEnd *end, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Correction c;
    Str code;
    if (!act_begin(app, &act, err) || !load(app, end->id, end->version, a, &c, err) ||
        !correction_end(&c.days, end->outcome, end->on, end->words, app->today, err) ||
        !told(&act, &c, end, a, &code, err))
        return false;
    Str was = summary(&c, a);
    c.days.ended = end->on;
    c.ended = true;
    c.outcome = end->outcome;
    c.words = end->words;
    c.document = code;
    return store_correction_save(app->db, &app->scope, &c, err) &&
           note(&act, ACT_CORRECTION_END, &c, was, a, err) && act_commit(&act, err);
}

// --- reading

bool app_correction_get(App *app, CorrectionId id, Arena *a, Correction *out, Applicant *who,
                        Err *err)
{
    Correction c;
    if (!load(app, id, 0, a, &c, err))
        return false;
    InfoRequest b = bearer(&c);
    if (!applicant_open(app, &b, a, who, err))
        return false;
    *out = c;
    return true;
}

bool app_correction_reveal(App *app, CorrectionId id, Arena *a, Correction *out, Applicant *who,
                           Err *err)
{
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !app_correction_get(app, id, a, out, who, err))
        return false;
    ActNote line = {.kind = ACT_REQUEST_REVEAL,
                    .noun = S("correction"),
                    .noun_id = id.n,
                    .version = out->version,
                    .organ = out->organ};
    return act_note(&act, &line, err) && act_commit(&act, err);
}

bool app_correction_progress(App *app, Str code, Str query_code, Arena *a, Correction *out,
                             Letters *letters, Err *err)
{
    CorrectionId id;
    bool found = false;
    Str hash = crypt_sha256(a, str_trim(query_code));
    if (!store_correction_by_code(app->db, app->site, request_code_normal(code, a), hash, &id,
                                  &found, err))
        return false;
    if (!found)
        return fail(err, ERR_MISSING, NULL, "没有这件更正申请，请核对编号和查询码",
                    "no such correction; check number and code");
    return store_correction_get(app->db, &app->scope, id, a, out, err) &&
           correction_letters(app, id, a, letters, err);
}

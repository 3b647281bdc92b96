#include "app/letter.h"

#include "app/correction_letter.h"
#include "base/json.h"

enum { NOTE_BYTES = 8 << 10 };

Str letter_prefix(const LetterSettings *settings, const Organ *organ, Arena *a)
{
    return settings->letter_prefix.n
               ? settings->letter_prefix
               : str_cat(a, organ->short_name.n ? organ->short_name : organ->name, S("公复"));
}

Str request_prefix(const LetterSettings *settings, const Organ *organ, Arena *a)
{
    return settings->request_prefix.n
               ? settings->request_prefix
               : str_cat(a, organ->short_name.n ? organ->short_name : organ->name, S("依申"));
}

// --- what is known

bool letter_known(App *app, OrganId organ, LetterKind kind, Arena *a, LetterKnown *out, Err *err)
{
    out->kind = kind;
    return store_site_get(app->db, app->site, a, &out->site, err) &&
           store_organ_get(app->db, &app->scope, organ, a, &out->organ, err) &&
           store_letter_settings(app->db, app->site, organ, a, &out->settings, err) &&
           store_letter_template(app->db, app->site, kind, a, &out->wording, err);
}

static Str or_else(Str first, Str second)
{
    return first.n ? first : second;
}

// What an outcome says by itself; the rest is for the officer to write.
static Str result_of(LetterKind kind)
{
    if (!letter_is_reply(kind))
        return S("");
    switch ((Outcome)(kind - LETTER_REPLY)) {
    case OUTCOME_STATE_SECRET:
    case OUTCOME_FORBIDDEN:
    case OUTCOME_SAFETY:
    case OUTCOME_THIRD_PARTY:
    case OUTCOME_INTERNAL:
    case OUTCOME_PROCESS:
    case OUTCOME_CASE_FILE:
        return S("本机关决定对所申请的信息不予公开。");
    case OUTCOME_NOT_EXISTING:
    case OUTCOME_REPEATED:
    case OUTCOME_EXCESSIVE:
    case OUTCOME_REISSUE:
    case OUTCOME_NOT_CORRECTED:
    case OUTCOME_NOT_PAID:
    case OUTCOME_WITHDRAWN:
        return S("本申请办理终结。");
    case OUTCOME_UNCLEAR:
        return S("本机关无法提供。");
    case OUTCOME_NOT_MADE:
        return S("本机关不予提供。");
    case OUTCOME_PETITION:
        return S("请通过信访、投诉、举报的相应渠道提出。");
    case OUTCOME_PUBLIC_ALREADY:
    case OUTCOME_DISCLOSED:
    case OUTCOME_PARTLY:
    case OUTCOME_QUERY:
    case OUTCOME_OTHER_ORGAN:
    case OUTCOME_PUBLICATION:
    case OUTCOME_OTHER:
    case OUTCOME__COUNT:
        break;
    }
    return S("");
}

// What reaches the applicant over the Internet has to name such a channel
// (行政复议法第二十二条第二款).
static bool by_internet(const InfoRequest *r)
{
    return str_eq(r->way, S("platform")) || str_eq(r->way, S("email"));
}

static void fill_organ(const App *app, const LetterKnown *k, LetterFill *f, Arena *a)
{
    const Organ *o = &k->organ;
    letter_fill(a, f, "机关", o->name);
    letter_fill(a, f, "工作机构", o->office);
    letter_fill(a, f, "地址", o->address);
    letter_fill(a, f, "邮编", o->post_code);
    letter_fill(a, f, "电话", o->phone);
    letter_fill(a, f, "办公时间", o->hours);
    letter_fill(a, f, "复议机关", or_else(o->review_name, k->site.review_name));
    letter_fill(a, f, "法院", or_else(o->court_name, k->site.court_name));
    letter_fill(a, f, "缴纳方式", k->settings.fee_way);
    letter_fill(a, f, "今天", date_zh(a, app->today));
}

static void fill_request(const RequestWork *w, LetterFill *f, Arena *a)
{
    const InfoRequest *r = &w->request;
    letter_fill(a, f, "申请人", r->applicant_name);
    letter_fill(a, f, "称谓", r->applicant_kind == APPLICANT_NATURAL ? S("您") : S("你单位"));
    letter_fill(a, f, "申请编号", r->code);
    letter_fill(a, f, "收到日期", date_is(r->received) ? date_zh(a, r->received) : S(""));
    letter_fill(a, f, "信息名称", r->title);
    letter_fill(a, f, "申请内容", str_eq(r->description, r->title) ? S("") : r->description);
    letter_fill(a, f, "经过", letter_course(&w->facts, a));
}

static void fill_clock(const Clock *c, LetterFill *f, Arena *a)
{
    letter_fill(a, f, "答复期限", date_is(c->due) ? date_zh(a, c->due) : S(""));
    if (c->phase == PHASE_CORRECTION)
        letter_fill(a, f, "补正截止", date_zh(a, c->waits_until));
}

static void fill_step(const RequestStep *s, LetterFill *f, Arena *a)
{
    FactKind kind = s->fact.kind;
    if (kind == FACT_CORRECTION_ASKED)
        letter_fill(a, f, "补正工作日", str_fmt(a, "%d", s->fact.workdays));
    if (kind == FACT_EXTENDED)
        letter_fill(a, f, "延长工作日", str_fmt(a, "%d", s->fact.workdays));
    if (kind == FACT_DELAYED && date_is(s->fact.until))
        letter_fill(a, f, "答复期限", date_zh(a, s->fact.until));
    letter_fill(a, f, "征求对象", s->whom);
}

static const ClockRule *opinion_rule(LetterKind kind)
{
    return &clock_rules[kind == LETTER_ORGAN ? RULE_ORGAN : RULE_THIRD_PARTY];
}

// Third parties are told of remedies too: a decision to disclose over their objection touches them.
static Outcome remedy_outcome(LetterKind kind)
{
    return letter_is_reply(kind) ? (Outcome)(kind - LETTER_REPLY) : OUTCOME_OTHER;
}

// Where review organ or court is not known, its place stays marked.
static void fill_remedy(const LetterSubject *s, const LetterKnown *k, LetterFill *f, Arena *a)
{
    Str review = or_else(letter_filled(f, S("复议机关")), S("【请填写：复议机关】"));
    Str court = or_else(letter_filled(f, S("法院")), S("【请填写：法院】"));
    letter_fill(a, f, "救济途径", remedy_words(remedy_outcome(k->kind), s->on, review, court, a));
    if (s->by_internet && letter_defs[k->kind].to == TO_APPLICANT)
        letter_fill(a, f, "网上复议渠道",
                    or_else(k->settings.review_channel, S("【请填写：网上复议渠道】")));
}

static void fill_given(const LetterFill *given, LetterFill *f, Arena *a)
{
    for (size_t i = 0; given && i < given->n; i++)
        if (given->v[i].value.n)
            *PUSH(a, f) = given->v[i];
}

static bool clock_after(App *app, const RequestWork *w, const RequestStep *step, Arena *a,
                        Clock *out, Err *err)
{
    RequestFacts next = w->facts;
    RequestFact fact;
    if (step) {
        fact = step->fact;
        fact.id = (int64_t)w->stored.n + 1;
        if (!request_decide(&w->facts, &fact, &w->rules.calendar, &w->rules.settings, app->today, a,
                            &next, err))
            return false;
    }
    return clock_compute(&next, &w->rules.calendar, &w->rules.settings, app->today, out, err);
}

static Str addressee_of(LetterKind kind, const RequestWork *w, const RequestStep *step)
{
    if (letter_defs[kind].to == TO_APPLICANT)
        return w->request.applicant_name;
    return step ? step->whom : S("");
}

bool letter_draft_of(const App *app, const LetterSubject *subject, const LetterKnown *k,
                     const LetterFill *fill, Arena *a, LetterText *out, Err *err)
{
    LetterFill f = {0};
    fill_organ(app, k, &f, a);
    letter_fill(a, &f, "依据", letter_law(letter_source(k->kind), a));
    letter_fill(a, &f, "处理结果", result_of(k->kind));
    fill_given(&subject->values, &f, a);
    fill_given(fill, &f, a);
    fill_remedy(subject, k, &f, a);
    fill_given(fill, &f, a);
    Str wording = or_else(k->wording.body, letter_template_default(k->kind));
    LetterText text = {.title = letter_title(k->kind),
                       .addressee = subject->addressee,
                       .on = subject->on,
                       .template_version = k->wording.body.n ? k->wording.version : 0};
    if (!letter_merge(wording, &f, a, &text.body, err))
        return false;
    *out = text;
    return true;
}

bool letter_draft_known(App *app, const RequestWork *work, const LetterKnown *k,
                        const RequestStep *step, const LetterFill *fill, Arena *a, LetterText *out,
                        Err *err)
{
    Clock clock;
    LetterSubject s = {.addressee = addressee_of(k->kind, work, step),
                       .by_internet = by_internet(&work->request),
                       .on = step ? step->fact.on : app->today};
    if (!clock_after(app, work, step, a, &clock, err))
        return false;
    fill_request(work, &s.values, a);
    fill_clock(&clock, &s.values, a);
    if (step)
        fill_step(step, &s.values, a);
    letter_fill(a, &s.values, "征求期限", str_fmt(a, "%d", opinion_rule(k->kind)->n));
    return letter_draft_of(app, &s, k, fill, a, out, err);
}

bool letter_draft(App *app, const RequestWork *work, LetterKind kind, const RequestStep *step,
                  const LetterFill *fill, Arena *a, LetterText *out, Err *err)
{
    LetterKnown known;
    return letter_known(app, work->request.organ, kind, a, &known, err) &&
           letter_draft_known(app, work, &known, step, fill, a, out, err);
}

static bool belongs(LetterKind kind, LetterOwner owner, Err *err)
{
    return letter_defs[kind].of == owner.kind ||
           fail(err, ERR_MISSING, NULL, "没有这种文书", "there is no such letter");
}

bool app_letter_draft(App *app, LetterOwner owner, LetterKind kind, const RequestStep *step,
                      const LetterFill *fill, Arena *a, LetterText *out, Err *err)
{
    RequestWork work;
    if (!belongs(kind, owner, err))
        return false;
    if (owner.kind == OWNER_CORRECTION)
        return correction_draft(app, (CorrectionId){owner.id}, kind, fill, a, out, err);
    return request_load(app, (RequestId){owner.id}, 0, a, &work, err) &&
           letter_draft(app, &work, kind, step, fill, a, out, err);
}

// --- issued

static Str summary(const Letter *l, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "number", l->code);
    json_put_str(&w, "letter", l->title);
    json_put_str(&w, "code", l->owner.code);
    if (l->is_void)
        json_put_str(&w, "reason", l->void_reason);
    json_end(&w);
    return buf_str(&b);
}

static bool note(Act *act, ActKind kind, const Letter *l, Arena *a, Err *err)
{
    return act_note(act,
                    &(ActNote){.kind = kind,
                               .noun = S("letter"),
                               .noun_id = l->id.n,
                               .organ = l->owner.organ,
                               .became = summary(l, a)},
                    err);
}

static bool text_ok(LetterKind kind, const LetterText *text, Err *err)
{
    if (!text->addressee.n)
        return fail(err, ERR_INPUT, NULL, "请写明文书发给谁", "the letter has no addressee");
    return letter_ready(kind, text->on, text->body, err);
}

bool letter_issue_known(Act *act, LetterOwner owner, const LetterKnown *k, const LetterText *text,
                        Arena *a, Letter *out, Err *err)
{
    App *app = act->app;
    LetterKind kind = k->kind;
    if (!text_ok(kind, text, err))
        return false;
    Letter l = {.owner = owner,
                .kind = kind,
                .title = text->title.n ? text->title : letter_title(kind),
                .addressee = text->addressee,
                .body = letter_tidy(a, text->body),
                .organ_name = k->organ.name,
                .head = k->settings.head,
                .address = text->address,
                .postcode = text->postcode,
                .template_version = text->template_version,
                .on = text->on,
                .person = app->actor.person,
                .person_name = app->actor.name,
                .created_at = app->now};
    Str prefix = letter_prefix(&k->settings, &k->organ, a);
    if (!store_letter_add(app->db, app->site, prefix, &l, a, err) ||
        !note(act, ACT_LETTER_ISSUE, &l, a, err))
        return false;
    *out = l;
    return true;
}

bool letter_issue(Act *act, LetterOwner owner, LetterKind kind, const LetterText *text, Arena *a,
                  Letter *out, Err *err)
{
    LetterKnown known;
    return letter_known(act->app, owner.organ, kind, a, &known, err) &&
           letter_issue_known(act, owner, &known, text, a, out, err);
}

bool app_letter_issue(App *app, LetterOwner owner, LetterKind kind, const LetterText *text,
                      Arena *a, Letter *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    if (!belongs(kind, owner, err))
        return false;
    if (letter_defs[kind].fact != FACT__COUNT)
        return fail(err, ERR_RULE, NULL, "“" PRI_STR "”随这一步一起发出，不能单独出具",
                    "“" PRI_STR "” goes out with its step", STR_ARG(letter_title(kind)));
    if (!act_begin(app, &act, err))
        return false;
    bool issued =
        owner.kind == OWNER_CORRECTION
            ? correction_send(&act, (CorrectionId){owner.id}, kind, text, a, out, err)
            : request_load(app, (RequestId){owner.id}, 0, a, &work, err) &&
                  letter_issue(&act, letter_owner_request(&work.request), kind, text, a, out, err);
    return issued && act_commit(&act, err);
}

// What a step makes and its letter must say, in the same words.
static bool says_the_same(App *app, const RequestWork *w, const RequestStep *step,
                          const LetterText *text, Arena *a, Err *err)
{
    Clock clock;
    LetterFill f = {0};
    static const char *const names[] = {"补正截止", "答复期限"};
    if (!clock_after(app, w, step, a, &clock, err))
        return false;
    if (step->fact.kind == FACT_CORRECTION_ASKED || step->fact.kind == FACT_EXTENDED ||
        step->fact.kind == FACT_DELAYED)
        fill_clock(&clock, &f, a);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Str value = letter_filled(&f, str_z(names[i]));
        if (value.n && !str_has(text->body, value))
            return fail(err, ERR_RULE, NULL,
                        "文书里的%s与这一步不一致，应为" PRI_STR "；可以按现在的填写重新生成文书",
                        "the letter does not say the same %s as the step: " PRI_STR, names[i],
                        STR_ARG(value));
    }
    return true;
}

bool app_letter_step(App *app, Verb may, const RequestStep *step, LetterKind kind,
                     const LetterText *text, Arena *a, Letter *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestStep taken = *step;
    LetterText dated = *text;
    dated.on = step->fact.on;
    if (step_rules[step->fact.kind].may != may)
        return fail(err, ERR_DENIED, NULL, "这一步需要另外的权限", "it takes another power");
    if (!request_by_hand(step->fact.kind, err) || !act_begin(app, &act, err) ||
        !request_load(app, step->id, step->version, a, &work, err) ||
        !says_the_same(app, &work, step, &dated, a, err) ||
        !letter_issue(&act, letter_owner_request(&work.request), kind, &dated, a, out, err))
        return false;
    taken.fact.document = out->code;
    return request_take(app, &work, &taken, a, err) &&
           request_note(&act, ACT_REQUEST_STEP, &work, a, err) && act_commit(&act, err);
}

bool letter_void(Act *act, LetterId id, Str reason, Arena *a, Err *err)
{
    App *app = act->app;
    Letter l;
    if (!reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明为什么作废", "say why it is made void");
    if (!store_letter_get(app->db, &app->scope, id, a, &l, err) ||
        !store_letter_void(app->db, &app->scope, id, app->actor.name, reason, app->now, err))
        return false;
    l.is_void = true;
    l.void_reason = reason;
    return note(act, ACT_LETTER_VOID, &l, a, err);
}

bool app_letter_void(App *app, LetterId id, Str reason, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    return act_begin(app, &act, err) && letter_void(&act, id, reason, a, err) &&
           act_commit(&act, err);
}

// --- the site's wording and numbering

static bool whole_site(const App *app, Err *err)
{
    return app->scope.reach == REACH_SITE ||
           fail(err, ERR_DENIED, NULL, "文书模板由运行本站的机关的管理员修改",
                "templates belong to the administrator of the organ that runs the site");
}

static Str template_note(LetterKind kind, int64_t version, bool usual, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "letter", letter_title(kind));
    json_put_int(&w, "version", version);
    if (usual)
        json_put_str(&w, "became", S("恢复默认"));
    json_end(&w);
    return buf_str(&b);
}

bool app_letter_template(App *app, LetterKind kind, int64_t version, Str body, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    LetterTemplate next = {.kind = kind,
                           .version = version,
                           .body = body,
                           .person = app->actor.person,
                           .person_name = app->actor.name,
                           .created_at = app->now};
    return whole_site(app, err) && (!body.n || letter_template_ok(kind, body, err)) &&
           act_begin(app, &act, err) && store_letter_template_add(app->db, app->site, &next, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_LETTER_TEMPLATE,
                               .noun = S("letter_template"),
                               .noun_id = kind + 1,
                               .version = next.version,
                               .became = template_note(kind, next.version, !body.n, a)},
                    err) &&
           act_commit(&act, err);
}

bool app_letter_sample(App *app, LetterKind kind, Str body, Arena *a, Letter *out, Err *err)
{
    LetterFill f = {0};
    for (size_t i = 0; i < n_letter_places; i++)
        *PUSH(a, &f) = (LetterValue){letter_places[i].name, letter_places[i].sample};
    letter_fill(a, &f, "依据", letter_law(letter_source(kind), a));
    letter_fill(a, &f, "救济途径",
                remedy_words(remedy_outcome(kind), app->today, S("示例县人民政府"),
                             S("示例县人民法院"), a));
    if (kind == letter_reply(OUTCOME_NOT_EXISTING) || kind == letter_reply(OUTCOME_NOT_MADE))
        letter_fill(a, &f, "事实", S("经检索本机关的档案和业务系统，没有找到该信息。"));
    if (result_of(kind).n)
        letter_fill(a, &f, "处理结果", result_of(kind));
    if (letter_defs[kind].of == OWNER_CORRECTION)
        correction_sample(kind, a, &f);
    Letter l = {.kind = kind,
                .code = S("示住建公复〔2026〕17号"),
                .title = letter_title(kind),
                .addressee =
                    letter_defs[kind].to == TO_APPLICANT ? S("张三") : S("示例县城建有限公司"),
                .organ_name = S("示例县住房和城乡建设局"),
                .on = app->today};
    if (!letter_merge(body.n ? body : letter_template_default(kind), &f, a, &l.body, err))
        return false;
    *out = l;
    return true;
}

static Str settings_note(const LetterSettings *s, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "letter_prefix", s->letter_prefix);
    json_put_str(&w, "request_prefix", s->request_prefix);
    json_put_str(&w, "head", s->head);
    json_put_str(&w, "review_channel", s->review_channel);
    json_put_str(&w, "fee_way", s->fee_way);
    json_end(&w);
    return buf_str(&b);
}

static bool prefix_ok(Str prefix, Err *err)
{
    if (str_has(prefix, S("〔")) || str_has(prefix, S("号")) || str_has(prefix, S("\n")))
        return fail(err, ERR_INPUT, NULL, "代字里不要写年份、序号和“号”字，例如：示住建公复",
                    "a prefix has neither year nor number");
    return true;
}

bool app_letter_settings(App *app, const LetterSettings *settings, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    LetterSettings was, next = *settings;
    return prefix_ok(next.letter_prefix, err) && prefix_ok(next.request_prefix, err) &&
           act_begin(app, &act, err) &&
           store_letter_settings(app->db, app->site, next.organ, a, &was, err) &&
           store_letter_settings_save(app->db, &app->scope, &next, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_LETTER_SETTINGS,
                               .noun = S("organ"),
                               .noun_id = next.organ.n,
                               .version = next.version,
                               .organ = next.organ,
                               .was = settings_note(&was, a),
                               .became = settings_note(&next, a)},
                    err) &&
           act_commit(&act, err);
}

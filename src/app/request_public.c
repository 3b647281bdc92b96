#include "app/request_public.h"

#include "app/applicant.h"
#include "app/key.h"
#include "app/request_work.h"
#include "base/hanzi.h"
#include "domain/proof.h"
#include "store/audit.h"
#include "store/site.h"

// Applicants have no scope: what they file goes to whichever organ they chose.
static App for_anyone(const App *app)
{
    App own = *app;
    own.scope = scope_site(app->site);
    return own;
}

// --- the receipt

static void line(Arena *a, ReceiptLines *lines, Str name, Str value)
{
    if (value.n)
        *PUSH(a, lines) = (ReceiptLine){name, value};
}

// Beijing time, which all of China keeps.
static Str beijing_time(Arena *a, int64_t now)
{
    enum { BEIJING_S = 8 * 3600, DAY_S = 86400 };
    int64_t t = now + BEIJING_S;
    int s = (int)(t % DAY_S);
    Str day = date_iso(a, (Date){(int32_t)(t / DAY_S)});
    return str_fmt(a, PRI_STR " %02d:%02d:%02d（北京时间）", STR_ARG(day), s / 3600, s / 60 % 60,
                   s % 60);
}

static bool receipt_of(const App *app, const InfoRequest *r, Str site, Str organ, Arena *a,
                       Str *out, Err *err)
{
    Key key;
    ReceiptLines lines = {0};
    if (!app_key(app, KEY_RECEIPTS, &key, err))
        return false;
    line(a, &lines, S("站点"), site);
    line(a, &lines, S("受理机关"), organ);
    line(a, &lines, S("编号"), r->code);
    line(a, &lines, S("提交时间"), beijing_time(a, r->created_at));
    line(a, &lines, S("渠道"), channel_defs[r->channel].name);
    line(a, &lines, S("申请人"), r->applicant_name);
    line(a, &lines, S("申请人类别"), applicant_defs[r->applicant_kind].name);
    line(a, &lines, S("信息名称"), r->title);
    line(a, &lines, S("特征性描述"), r->description);
    line(a, &lines, S("内容摘要（SHA-256）"),
         crypt_sha256(a, str_cat(a, r->title, str_cat(a, S("\n"), r->description))));
    *out = receipt_write(&lines, &key, a);
    crypt_wipe(&key, sizeof key);
    return true;
}

// Out of what is kept, so that it is the same text whenever it is asked for.
static bool filed_of(App *app, RequestId id, Str query_code, Arena *a, Filed *out, Err *err)
{
    InfoRequest r;
    Site site;
    Filed filed = {.id = id, .query_code = code_shown(a, query_code)};
    if (!store_request_get(app->db, &app->scope, id, a, &r, err) ||
        !store_site_get(app->db, app->site, a, &site, err) ||
        !receipt_of(app, &r, site.name, r.organ_name, a, &filed.receipt, err))
        return false;
    filed.code = r.code;
    filed.organ_name = r.organ_name;
    *out = filed;
    return true;
}

bool app_receipt_key(const App *app, Arena *a, Str *out, Err *err)
{
    Key key;
    unsigned char public_key[PUBLIC_KEY_BYTES];
    if (!app_key(app, KEY_RECEIPTS, &key, err))
        return false;
    crypt_public_key(&key, public_key);
    crypt_wipe(&key, sizeof key);
    *out = crypt_hex(a, (Str){(const char *)public_key, sizeof public_key});
    return true;
}

// --- filing

// Made out of the form's key, which nobody can guess, so that whoever sends the form again is shown
// the same code; of a form that is not ours a new one.
static bool query_code_of(const App *app, Arena *a, Str *out, Err *err)
{
    enum { OURS = 32 };
    Key key;
    unsigned char mac[SHA256_BYTES];
    *out = S("");
    if (app->once.n != OURS)
        return true;
    if (!app_key(app, KEY_FORMS, &key, err))
        return false;
    crypt_mac(&key, str_cat(a, S("query code "), app->once), mac);
    crypt_wipe(&key, sizeof key);
    *out = crypt_hex(a, (Str){(const char *)mac, QUERY_CODE_BYTES});
    return true;
}

// Whether this very form has been acted on, and what it was filed as.
static bool filed_before(App *app, Str query_code, Arena *a, Filed *out, bool *found, Err *err)
{
    Str noun;
    int64_t id;
    InfoRequest r;
    *found = false;
    if (!query_code.n ||
        !store_once_find(app->db, app->site, (PersonId){0}, app->once, a, &noun, &id, err))
        return !query_code.n;
    if (!str_eq(noun, S("request")))
        return true;
    if (!store_request_get(app->db, &app->scope, (RequestId){id}, a, &r, err))
        return false;
    *found = str_eq(r.query_hash, crypt_sha256(a, query_code));
    if (!*found || !filed_of(app, r.id, query_code, a, out, err))
        return !*found;
    out->again = true;
    return true;
}

static bool word_add(App *app, RequestId id, SaidWord word, Str text, Arena *a, Err *err);

static bool wishes_keep(App *app, RequestId id, const Wishes *w, Arena *a, Err *err)
{
    return (!w->help.n ||
            word_add(app, id, (SaidWord){.kind = WORD_HELP, .fact = 1}, w->help, a, err)) &&
           (!w->otherwise.n || word_add(app, id, (SaidWord){.kind = WORD_OTHERWISE, .fact = 1},
                                        w->otherwise, a, err)) &&
           store_request_mail_set(app->db, app->site, id, w->mail, err);
}

static bool proof_keep(App *app, OrganId organ, Str key, Arena *a, Attachment *out, Err *err)
{
    Held held;
    if (!key.n)
        return true;
    if (!app_held_get(app, key, a, &held, err))
        return false;
    AttachmentNew file = {.noun = S("request"),
                          .organ = organ,
                          .private = true,
                          .name = held.name,
                          .bytes = held.bytes};
    return attachment_keep(app, &file, a, out, err);
}

static bool proof_add(Act *act, RequestId id, Str key, Attachment *proof, Arena *a, Err *err)
{
    if (!key.n)
        return true;
    proof->noun_id = id.n;
    return attachment_add(act, proof, a, err) &&
           store_held_drop(act->app->db, act->app->site, crypt_sha256(a, key), err);
}

bool app_request_file(App *app, const NewRequest *request, const Wishes *wishes, Arena *a,
                      Filed *out, Err *err)
{
    App own = for_anyone(app);
    NewRequest n = *request;
    Registered done;
    Attachment proof = {0};
    bool before;
    n.channel = CHANNEL_INTERNET;
    n.filed = app->today;
    if (!query_code_of(&own, a, &n.query_code, err) ||
        !filed_before(&own, n.query_code, a, out, &before, err))
        return false;
    if (before)
        return true;
    CLEANUP(act_end) Act act = {0};
    return proof_keep(&own, n.organ, wishes->proof, a, &proof, err) && act_begin(&own, &act, err) &&
           citizen_try(&own, TRY_FILE, own.actor.ip, false, a, err) &&
           request_register(&act, &n, a, &done, err) &&
           wishes_keep(&own, done.id, wishes, a, err) &&
           proof_add(&act, done.id, wishes->proof, &proof, a, err) && act_commit(&act, err) &&
           filed_of(&own, done.id, done.query_code, a, out, err);
}

// --- how far it is

static bool not_found(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "编号或者查询码不对。两样都在登记回执上，请照着填写",
                "number or code is wrong; both are on the receipt");
}

static bool find(App *app, const Ticket *ticket, Arena *a, RequestId *out, bool *found, Err *err)
{
    Str hash = crypt_sha256(a, code_typed(a, ticket->code));
    Str number = request_code_normal(ticket->number, a);
    return store_request_by_code(app->db, app->site, number, hash, out, found, err) &&
           (*found || !hanzi_traditional(number) ||
            store_request_by_code(app->db, app->site,
                                  hanzi_simplify_as(a, number, HANZI_TRADITIONAL), hash, out, found,
                                  err));
}

bool request_ticket(App *app, const Ticket *ticket, Arena *a, App *own, RequestId *out, Err *err)
{
    bool found = false;
    *own = for_anyone(app);
    Str number = request_code_normal(ticket->number, a);
    if (!citizen_try(own, TRY_CODE, number, true, a, err) ||
        !find(own, ticket, a, out, &found, err))
        return false;
    return found || (citizen_try(own, TRY_CODE, number, false, a, err) && not_found(err));
}

// What is between officers stays there.
static void for_applicants(StoredFacts *facts)
{
    size_t kept = 0;
    for (size_t i = 0; i < facts->n; i++) {
        StoredFact f = facts->v[i];
        if (f.struck_at)
            continue;
        f.note = S("");
        f.person_name = S("");
        f.whom = S("");
        facts->v[kept++] = f;
    }
    facts->n = kept;
}

static Str word_about(Arena *a, RequestId request, int64_t word)
{
    return str_fmt(a, "request word %lld %lld", (long long)request.n, (long long)word);
}

static bool words_open(const App *app, RequestId id, Arena *a, SaidWords *words, Err *err)
{
    Key key;
    bool opened = true;
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    for (size_t i = 0; i < words->n; i++) {
        SaidWord *w = &words->v[i];
        opened &=
            !w->sealed.n || crypt_open(a, &key, w->sealed, word_about(a, id, w->id), &w->text);
    }
    crypt_wipe(&key, sizeof key);
    return opened || fail(err, ERR_SYSTEM, NULL, "申请人的话打不开：密钥不对，或者数据被改过",
                          "what the applicant said cannot be opened");
}

static bool words_of(App *app, RequestId id, Arena *a, SaidWords *out, Err *err)
{
    return store_word_list(app->db, app->site, id, a, out, err) && words_open(app, id, a, out, err);
}

// Replies, by the decisions whose letters they are; imported ones have none and go by the facts.
typedef struct Replies {
    DecisionHeads heads;
    RequestFacts facts;
} Replies;

static bool replies_of(App *app, RequestId id, const StoredFacts *stored, Arena *a, Replies *out,
                       Err *err)
{
    out->facts = facts_standing(stored, a);
    return store_decision_heads(app->db, app->site, id, a, &out->heads, err);
}

// A reply is signed before it goes out; until then it is the organ's.
static bool letter_is_out(const Letter *l, const Replies *replies)
{
    if (l->is_void || letter_defs[l->kind].to != TO_APPLICANT)
        return false;
    const DecisionHead *head = decision_of_letter(&replies->heads, l->id.n);
    if (head)
        return decision_is_out(head, &replies->facts);
    bool ended = false;
    for (size_t i = 0; i < replies->facts.n; i++)
        ended |= request_ends(replies->facts.v[i].kind);
    return ended || !letter_ends(l->kind);
}

static bool letters_out(App *app, RequestId id, const Replies *replies, Arena *a, Letters *out,
                        Err *err)
{
    Letters all, shown = {0};
    if (!store_letter_of(app->db, &app->scope, letter_owner(OWNER_REQUEST, id.n), a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (letter_is_out(&all.v[i], replies))
            *PUSH(a, &shown) = all.v[i];
    *out = shown;
    return true;
}

// The number of the decision made anew whose letter it is; 0 of the reply to the request.
static int64_t redo_of_letter(const Letter *l, const Replies *replies)
{
    const DecisionHead *head = decision_of_letter(&replies->heads, l->id.n);
    return head ? decision_redo(head) : 0;
}

// Reading the reply is receiving it, so that its text is not among what a look at the request
// shows.
static bool letter_is_open(const Letter *l, const Replies *replies, Phase phase)
{
    int64_t redo = redo_of_letter(l, replies);
    if (!letter_ends(l->kind) || (!redo && phase != PHASE_DONE))
        return true;
    return date_is(decision_arrived_on(redo, &replies->facts));
}

static bool letter_texts(App *app, const RequestFile *file, const Replies *replies, Arena *a,
                         Letters *letters, Err *err)
{
    for (size_t i = 0; i < letters->n; i++)
        if (letter_is_open(&letters->v[i], replies, file->request.phase) &&
            !store_letter_get(app->db, &app->scope, letters->v[i].id, a, &letters->v[i], err))
            return false;
    return true;
}

static bool redone_view(App *app, const InfoRequest *r, const Replies *replies, Arena *a,
                        RedoneView *out, Err *err)
{
    DecisionInHand hand;
    const DecisionHead *last = decision_last_out(&replies->heads, &replies->facts, app->today);
    int64_t redo = last ? decision_redo(last) : 0;
    if (!decision_hand(app, r, &replies->facts, a, &hand, err))
        return false;
    *out = (RedoneView){.sent_on = redo ? decision_sent_on(redo, &replies->facts) : date_none,
                        .arrived_on = redo ? decision_arrived_on(redo, &replies->facts) : date_none,
                        .due = hand.open && hand.head.remedy ? hand.order.due : date_none,
                        .told = hand.order.told};
    return true;
}

bool app_request_progress(App *app, const Ticket *ticket, Arena *a, Progress *out, Err *err)
{
    App own;
    RequestId id;
    RequestFile file;
    Replies replies;
    Progress g = {0};
    if (!request_ticket(app, ticket, a, &own, &id, err) ||
        !app_request_get(&own, id, a, &file, err) || !words_of(&own, id, a, &g.words, err) ||
        !store_request_mail_wanted(own.db, own.site, id, &g.mail, err) ||
        !replies_of(&own, id, &file.facts, a, &replies, err) ||
        !letters_out(&own, id, &replies, a, &g.letters, err) ||
        !letter_texts(&own, &file, &replies, a, &g.letters, err) ||
        !redone_view(&own, &file.request, &replies, a, &g.redone, err) ||
        !store_fee_standing(own.db, own.site, id, a, &g.fee, &g.has_fee, err) ||
        !remedy_days_of(&own, &file, a, &g.days, err) ||
        !app_publication_asked(&own, id, a, &g.publication, err))
        return false;
    g.decisions = replies.heads;
    file.request.note = S("");
    for_applicants(&file.facts);
    g.request = file.request;
    g.applicant = file.applicant;
    g.facts = file.facts;
    g.clock = file.clock;
    g.ledger = file.ledger;
    g.rules = file.rules;
    *out = g;
    return true;
}

// --- fetching the reply is receiving it

// `redo`: the number of a decision made anew, or 0 for the reply to the request.
static bool deliver(App *app, RequestId id, int64_t redo, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestStep step = {.id = id,
                        .fact = {.kind = redo ? FACT_REDONE_DELIVERED : FACT_DELIVERED,
                                 .on = app->today,
                                 .until = date_none,
                                 .about = redo,
                                 .document = S("申请人在平台收取")}};
    if (!act_begin(app, &act, err) || !request_load(app, id, 0, a, &work, err))
        return false;
    if (date_is(decision_arrived_on(redo, &work.facts)))
        return true;
    if (!redo && work.request.phase != PHASE_DONE)
        return true;
    return request_take(app, &work, &step, a, err) &&
           request_note(&act, ACT_REQUEST_SAID, &work, a, err) && act_commit(&act, err);
}

bool app_request_letter(App *app, const Ticket *ticket, LetterId letter, Arena *a, Letter *out,
                        Err *err)
{
    App own;
    RequestId id;
    StoredFacts facts;
    Replies replies;
    Letter l;
    if (!request_ticket(app, ticket, a, &own, &id, err) ||
        !store_request_facts(own.db, own.site, id, a, &facts, err) ||
        !replies_of(&own, id, &facts, a, &replies, err) ||
        !store_letter_get(own.db, &own.scope, letter, a, &l, err))
        return false;
    if (l.owner.kind != OWNER_REQUEST || l.owner.id != id.n || !letter_is_out(&l, &replies))
        return fail(err, ERR_MISSING, NULL, "没有这份文书", "there is no such letter");
    if (letter_ends(l.kind) && !deliver(&own, id, redo_of_letter(&l, &replies), a, err))
        return false;
    *out = l;
    return true;
}

bool app_request_released(App *app, const Ticket *ticket, ReleaseFileId file, Arena *a,
                          ReleasePublicFile *out, Str *bytes, Err *err)
{
    App own;
    RequestId id;
    return request_ticket(app, ticket, a, &own, &id, err) &&
           app_release_public_get(&own, id, file, a, out, bytes, err) &&
           deliver(&own, id, out->nth, a, err);
}

bool app_request_withdraw(App *app, const Ticket *ticket, Arena *a, Err *err)
{
    App own;
    RequestId id;
    if (!request_ticket(app, ticket, a, &own, &id, err))
        return false;
    RequestStep step = {.id = id,
                        .fact = {.kind = FACT_WITHDRAWN, .on = app->today, .until = date_none}};
    return app_request_step(&own, step_rules[FACT_WITHDRAWN].may, &step, a, err);
}

// --- saying something

enum { TEXT_RUNES = 2000, WORDS_MOST = 100 };

static bool word_add(App *app, RequestId id, SaidWord word, Str text, Arena *a, Err *err)
{
    Key key;
    word.said_at = app->now;
    if (!store_word_next(app->db, app->site, id, &word.id, err) ||
        !app_key(app, KEY_SECRETS, &key, err))
        return false;
    word.sealed = text.n ? crypt_seal(a, &key, text, word_about(a, id, word.id)) : S("");
    crypt_wipe(&key, sizeof key);
    return store_word_add(app->db, app->site, id, &word, err);
}

static bool said_before(const SaidWords *words, WordKind kind)
{
    for (size_t i = 0; i < words->n; i++)
        if (words->v[i].kind == kind)
            return true;
    return false;
}

static bool text_ok(const SayDef *def, Str text, Err *err)
{
    if (def->text && !text.n)
        return fail(err, ERR_INPUT, NULL, "请填写“" PRI_STR "”的内容", "no words: " PRI_STR,
                    STR_ARG(def->name));
    return str_runes(text) <= TEXT_RUNES ||
           fail(err, ERR_INPUT, NULL, "最多%d个字，现在有%zu个，请分两次提交",
                "at most %d characters, not %zu", TEXT_RUNES, str_runes(text));
}

static bool may_say(const RequestWork *work, const SaidWords *words, const Saying *s,
                    const App *app, Err *err)
{
    const SayDef *def = &say_defs[s->kind];
    Clock clock;
    if (!clock_compute(&work->facts, &work->rules.calendar, &work->rules.settings, app->today,
                       &clock, err))
        return false;
    if (!word_fits(s->kind, clock.phase))
        return fail(err, ERR_RULE, NULL, "这件申请现在是“" PRI_STR "”，不能“" PRI_STR "”",
                    "the request is “" PRI_STR "” now; not the time for “" PRI_STR "”",
                    STR_ARG(phase_defs[clock.phase].name), STR_ARG(def->name));
    if (def->once && said_before(words, s->kind))
        return fail(err, ERR_RULE, NULL, "“" PRI_STR "”已经收到，不用再提交",
                    "“" PRI_STR "” has been said", STR_ARG(def->name));
    if (words->n >= WORDS_MOST)
        return fail(err, ERR_LIMIT, NULL, "补充的次数太多了，请直接与受理机关联系",
                    "said too often; call the organ");
    return text_ok(def, s->text, err);
}

typedef struct WayDef {
    Str id, name;
} WayDef;
static const WayDef ways[] = {{SI("platform"), SI("平台下载")},
                              {SI("email"), SI("电子邮件")},
                              {SI("mail"), SI("邮寄")},
                              {SI("pick_up"), SI("自行领取")},
                              {SI("on_site"), SI("当场查阅")}};
static const WayDef forms[] = {{SI("electronic"), SI("电子数据")},
                               {SI("paper"), SI("纸质件")},
                               {SI("inspect"), SI("当场查阅、抄录")}};

static const WayDef *way_named(const WayDef *v, size_t n, Str id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].id, id))
            return &v[i];
    return NULL;
}

// Another way of receiving, over what was asked for; who has to be written to is sealed anew.
static bool way_change(App *app, RequestWork *work, const Saying *s, Arena *a, Str *text, Err *err)
{
    InfoRequest *r = &work->request;
    Applicant who;
    const WayDef *way = way_named(ways, sizeof ways / sizeof *ways, s->way);
    const WayDef *form = way_named(forms, sizeof forms / sizeof *forms, s->form);
    if (!way || !form)
        return fail(err, ERR_INPUT, NULL, "请选择希望的形式和得到的方式", "no such form or way");
    if (!applicant_open(app, r, a, &who, err))
        return false;
    who.email = s->email.n ? s->email : who.email;
    who.address = s->address.n ? s->address : who.address;
    if (str_eq(way->id, S("email")) && !who.email.n)
        return fail(err, ERR_INPUT, NULL, "要用电子邮件得到信息，请填写电子邮箱", "no address");
    if (str_eq(way->id, S("mail")) && !who.address.n)
        return fail(err, ERR_INPUT, NULL, "要邮寄，请填写通信地址和邮政编码", "no address");
    r->form = form->id;
    r->way = way->id;
    *text = str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(form->name), STR_ARG(way->name));
    return applicant_seal(app, &who, a, r, err);
}

// The fact that goes with the word; or what else it changes.
static bool word_acts(App *app, RequestWork *work, const Saying *s, Arena *a, SaidWord *word,
                      Str *text, Err *err)
{
    FactKind records = say_defs[s->kind].records;
    if (s->kind == WORD_WAY)
        return way_change(app, work, s, a, text, err) && request_save(app, work, err);
    if (records == FACT__COUNT)
        return true;
    RequestStep step = {.id = work->request.id,
                        .fact = {.kind = records, .on = app->today, .until = date_none}};
    if (!request_take(app, work, &step, a, err))
        return false;
    word->fact = work->stored.v[work->stored.n - 1].fact.id;
    return true;
}

static bool file_keep(App *app, const InfoRequest *r, const Saying *s, Arena *a, Attachment *out,
                      Err *err)
{
    AttachKind kind;
    AttachmentNew file = {.noun = S("request"),
                          .noun_id = r->id.n,
                          .organ = r->organ,
                          .private = true,
                          .name = s->file_name};
    return !s->file.n || (proof_clean(s->file, a, &kind, &file.bytes, err) &&
                          citizen_try(app, TRY_UPLOAD, app->actor.ip, false, a, err) &&
                          attachment_keep(app, &file, a, out, err));
}

bool app_request_say(App *app, const Ticket *ticket, const Saying *s, Arena *a, Err *err)
{
    App own;
    RequestId id;
    RequestWork work;
    SaidWords words;
    Attachment file = {0};
    InfoRequest r;
    SaidWord word = {.kind = s->kind};
    Str text = str_trim(s->text);
    if (!request_ticket(app, ticket, a, &own, &id, err) ||
        !store_request_get(own.db, &own.scope, id, a, &r, err) ||
        !file_keep(&own, &r, s, a, &file, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(&own, &act, err) || !request_load(&own, id, 0, a, &work, err) ||
        !words_of(&own, id, a, &words, err) || !may_say(&work, &words, s, &own, err) ||
        !word_acts(&own, &work, s, a, &word, &text, err) ||
        !request_note(&act, ACT_REQUEST_SAID, &work, a, err) ||
        (file.address.n && !attachment_add(&act, &file, a, err)))
        return false;
    word.file = file.id;
    return word_add(&own, id, word, text, a, err) && act_commit(&act, err);
}

bool app_request_mail(App *app, const Ticket *ticket, bool wanted, Arena *a, Err *err)
{
    App own;
    RequestId id;
    RequestWork work;
    CLEANUP(act_end) Act act = {0};
    return request_ticket(app, ticket, a, &own, &id, err) && act_begin(&own, &act, err) &&
           request_load(&own, id, 0, a, &work, err) &&
           store_request_mail_set(own.db, own.site, id, wanted, err) &&
           request_note(&act, ACT_REQUEST_SAID, &work, a, err) && act_commit(&act, err);
}

bool app_request_receipt(App *app, const Ticket *ticket, Arena *a, Filed *out, Err *err)
{
    App own;
    RequestId id;
    return request_ticket(app, ticket, a, &own, &id, err) &&
           filed_of(&own, id, code_typed(a, ticket->code), a, out, err);
}

// --- officers

bool app_request_words(App *app, const InfoRequest *request, Arena *a, SaidWords *out, Err *err)
{
    return words_of(app, request->id, a, out, err);
}

bool app_request_reveal(App *app, RequestId id, Arena *a, Applicant *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    InfoRequest r;
    if (!act_begin(app, &act, err) || !store_request_get(app->db, &app->scope, id, a, &r, err) ||
        !applicant_open(app, &r, a, out, err))
        return false;
    ActNote note = {.kind = ACT_REQUEST_REVEAL,
                    .noun = S("request"),
                    .noun_id = id.n,
                    .version = r.version,
                    .organ = r.organ};
    return act_note(&act, &note, err) && act_commit(&act, err);
}

#include "app/attachment.h"
#include "app/key.h"
#include "app/release_work.h"
#include "base/json.h"
#include "domain/outcome.h"
#include "store/group.h"

static const Str NOUN = SI("release");

// --- in hand

// The decision in hand on a request that was loaded.
static bool hand_of(App *app, const InfoRequest *r, Arena *a, DecisionInHand *out, Err *err)
{
    StoredFacts stored;
    if (!store_request_facts(app->db, app->site, r->id, a, &stored, err))
        return false;
    RequestFacts facts = facts_standing(&stored, a);
    return decision_hand(app, r, &facts, a, out, err);
}

static bool is_open(const DecisionInHand *hand, const ReleaseFile *f, const InfoRequest *r)
{
    return hand->open && hand->head.nth == f->nth && !r->archived_at;
}

static bool could_sign(App *app, const InfoRequest *r, int64_t nth, Arena *a, bool *out, Err *err)
{
    DecisionHands hands;
    DecisionDeeds deeds;
    Doer who = {app->actor.person, app->actor.instead_of};
    if (!store_decision_hands(app->db, app->site, r->organ, app->today, a, &hands, err) ||
        !store_decision_deeds(app->db, app->site, r->id, nth, a, &deeds, err))
        return false;
    *out = false;
    for (size_t i = 0; i < hands.n; i++)
        *out |= hands.v[i].person.n == who.person.n &&
                roles_reach(hands.v[i].roles, MAY_REQUEST_SIGN, false) != REACH_NONE &&
                !decision_conflict(&deeds, &who, PART_SIGN);
    return true;
}

// What was signed goes out as it was seen, or with more blacked out; anything else is for who could
// have signed it.
static bool is_fixed(App *app, const InfoRequest *r, const DecisionInHand *hand, Arena *a,
                     bool *out, Err *err)
{
    bool may = true;
    if (hand->head.state >= DECISION_SIGNED && !could_sign(app, r, hand->head.nth, a, &may, err))
        return false;
    *out = !may;
    return true;
}

static bool not_fixed(App *app, const InfoRequest *r, const DecisionInHand *hand, Arena *a,
                      Err *err)
{
    bool fixed;
    if (!is_fixed(app, r, hand, a, &fixed, err))
        return false;
    return !fixed ||
           fail(
               err, ERR_RULE, NULL,
               "答复已经签发，文件只能再多遮盖；添加、撤下、删去标记、改为原样提供，由能签发的人办",
               "the reply is signed: more may be blacked out; anything else is for who may sign");
}

static bool may_touch(App *app, const ReleaseFile *f, const InfoRequest *r, ReleaseTouch touch,
                      Arena *a, Err *err)
{
    DecisionInHand hand;
    if (touch == RELEASE_SEE)
        return true;
    if (!hand_of(app, r, a, &hand, err))
        return false;
    if (!is_open(&hand, f, r))
        return fail(err, ERR_RULE, NULL, "这件申请已经答复或者终止，拟公开的文件不能再改",
                    "the request has been answered or ended; its files cannot be changed");
    return touch == RELEASE_WITHHOLD || not_fixed(app, r, &hand, a, err);
}

bool release_load(App *app, ReleaseFileId id, int64_t version, ReleaseTouch touch, Arena *a,
                  ReleaseFile *file, InfoRequest *request, Err *err)
{
    if (!store_release_get(app->db, &app->scope, id, a, file, err) ||
        !store_request_get(app->db, &app->scope, file->request, a, request, err) ||
        !may_touch(app, file, request, touch, a, err))
        return false;
    if (version && file->version != version)
        return fail(err, ERR_BUSY, NULL, "这份文件刚被别人改过，请看过现在的样子再操作",
                    "somebody else has changed this file; look at it again");
    return true;
}

Str release_summary(const ReleaseFile *f, const char *key, Str more, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "file", f->name);
    json_put_int(&w, "id", f->id.n);
    json_put_str(&w, "state", release_states[f->state].name);
    json_put_str(&w, "sha256", f->result_hash.n ? f->result_hash : f->source_hash);
    if (more.n)
        json_put_str(&w, key, more);
    json_end(&w);
    return buf_str(&b);
}

static ActNote note_of(ActKind kind, const ReleaseFile *f, Str became)
{
    return (ActNote){.kind = kind,
                     .noun = S("request"),
                     .noun_id = f->request.n,
                     .organ = f->organ,
                     .became = became};
}

bool release_note(Act *act, ActKind kind, const ReleaseFile *f, const char *key, Str more, Arena *a,
                  Err *err)
{
    ActNote note = note_of(kind, f, release_summary(f, key, more, a));
    return act_note(act, &note, err);
}

void release_undo(ReleaseFile *f)
{
    f->state = RELEASE_OPEN;
    f->result = f->result_hash = f->certificate = S("");
    f->result_bytes = f->made_at = f->checked_at = 0;
    f->checked_by = (PersonId){0};
    f->checked_name = f->checked_note = S("");
}

// --- texts to be withheld

static Str about(ReleaseFileId file, Arena *a)
{
    return str_fmt(a, "release mark %lld", (long long)file.n);
}

bool release_words_seal(App *app, ReleaseFileId file, Str words, Arena *a, Str *out, Err *err)
{
    Key key;
    if (!words.n) {
        *out = words;
        return true;
    }
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    *out = crypt_seal(a, &key, words, about(file, a));
    crypt_wipe(&key, sizeof key);
    return true;
}

bool release_words_open(App *app, ReleaseFileId file, ReleaseMarks *marks, Arena *a, Err *err)
{
    Key key;
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    bool opened = true;
    for (size_t i = 0; i < marks->n; i++) {
        Str *words = &marks->v[i].mark.words;
        opened = opened && (!words->n || crypt_open(a, &key, *words, about(file, a), words));
    }
    crypt_wipe(&key, sizeof key);
    return opened || fail(err, ERR_SYSTEM, NULL, "要遮盖的文字打不开：密钥不对，或者数据被改过",
                          "the texts to withhold cannot be opened: another key, or changed data");
}

// --- adding and taking out

static Attachment attachment_of(const App *app, const ReleaseFile *f)
{
    return (Attachment){.noun = NOUN,
                        .noun_id = f->id.n,
                        .organ = f->organ,
                        .private = true,
                        .name = f->name,
                        .kind = attach_kinds[f->kind].id,
                        .bytes = f->bytes,
                        .address = f->address,
                        .added_by = app->actor.person,
                        .added_name = app->actor.name,
                        .added_at = app->now};
}

static bool may_add(App *app, const InfoRequest *r, const DecisionInHand *hand,
                    const ReleaseFiles *there, Arena *a, Err *err)
{
    if (!hand->open || r->archived_at)
        return fail(err, ERR_RULE, NULL, "这件申请已经答复或者终止，不能再添加拟公开的文件",
                    "the request has been answered or ended; no file can be added");
    if (!not_fixed(app, r, hand, a, err))
        return false;
    return there->n < RELEASE_FILES_MOST ||
           fail(err, ERR_LIMIT, NULL, "一件申请最多%d份拟公开的文件，请合并后再添加",
                "a request has at most %d files; join some of them", RELEASE_FILES_MOST);
}

// How many pages it has, and whether it can be opened at all; a text is none.
static bool look_at(const App *app, Str bytes, Arena *a, ReleaseFile *f, Err *err)
{
    RedactJob job = {.work = REDACT_LOOK, .kind = f->kind, .source = bytes};
    RedactResult r;
    f->facts = S("{}");
    if (!release_kinds[f->kind].marked)
        return true;
    if (!release_work(app, &job, a, &r, err))
        return false;
    f->pages = r.pages;
    f->facts = redact_facts_json(&r, a);
    return true;
}

bool app_release_add(App *app, RequestId request, Str name, Str bytes, Arena *a, ReleaseFile *out,
                     Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f = {.request = request,
                     .bytes = (int64_t)bytes.n,
                     .added_by = app->actor.person,
                     .added_name = app->actor.name,
                     .added_at = app->now,
                     .version = 1};
    InfoRequest r;
    ReleaseFiles there;
    DecisionInHand hand;
    Files files = app_files(app);
    if (!attach_kind_of(bytes, &f.kind, err) || !release_kind_check(f.kind, err) ||
        !look_at(app, bytes, a, &f, err) ||
        !store_request_get(app->db, &app->scope, request, a, &r, err) ||
        !files_put_private(&files, bytes, a, &f.address, err))
        return false;
    f.organ = r.organ;
    f.name = attach_kind_name(f.kind, name, a);
    f.source_hash = crypt_sha256(a, bytes);
    if (!act_begin(app, &act, err) ||
        !store_request_get(app->db, &app->scope, request, a, &r, err) ||
        !store_release_list(app->db, app->site, request, a, &there, err) ||
        !hand_of(app, &r, a, &hand, err) || !may_add(app, &r, &hand, &there, a, err) ||
        !store_release_number(app->db, app->site, &f.id, err))
        return false;
    f.nth = hand.head.nth;
    Attachment at = attachment_of(app, &f);
    if (!store_attachment_add(app->db, &app->scope, &at, err))
        return false;
    f.attachment = at.id;
    if (!store_release_add(app->db, app->site, &f, err) ||
        !store_decision_look_again(app->db, app->site, request, f.nth, err) ||
        !release_note(&act, ACT_RELEASE_ADD, &f, "", S(""), a, err) || !act_commit(&act, err))
        return false;
    *out = f;
    return true;
}

bool app_release_drop(App *app, ReleaseFileId id, int64_t version, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    if (!act_begin(app, &act, err) ||
        !release_load(app, id, version, RELEASE_CHANGE, a, &f, &r, err))
        return false;
    f.removed_at = app->now;
    return release_changed(app, &f, err) &&
           release_note(&act, ACT_RELEASE_DROP, &f, "", S(""), a, err) && act_commit(&act, err);
}

// --- what people say

static bool no_marks(App *app, ReleaseFileId id, Arena *a, Err *err)
{
    ReleaseMarks marks;
    if (!store_release_marks(app->db, app->site, id, a, &marks, err))
        return false;
    return marks.n == 0 ||
           fail(err, ERR_RULE, NULL, "这份文件有%d处遮盖标记；确实无需遮盖的，请先删去标记",
                "the file has %d marks; take them out first if nothing is to be withheld",
                (int)marks.n);
}

bool release_hidden(Str facts, Arena *a, Strs *out, Err *err)
{
    const Json *v;
    Strs found = {0};
    Str words;
    if (!json_read(facts, JSON_MAX_BYTES, a, &v, err))
        return false;
    for (const Json *i = json_first(json_get(v, "hidden")); i; i = json_next(i))
        if (json_as_str(i, &words))
            *PUSH(a, &found) = words;
    *out = found;
    return true;
}

// What is given out beside the pages is given out by somebody who knows it.
static bool knows(const ReleaseFile *f, bool knowing, Arena *a, Str *note, Err *err)
{
    Strs hidden;
    if (!release_hidden(f->facts, a, &hidden, err))
        return false;
    if (!hidden.n)
        return true;
    Str all = str_join(a, hidden.v, hidden.n, S("、"));
    if (!knowing)
        return fail(err, ERR_INPUT, NULL,
                    "文件里有页面上看不见的内容：" PRI_STR
                    "。请去掉这些内容，做一份新的PDF；一并给出的，请勾选“知道”",
                    "it holds what its pages do not show: " PRI_STR "; take it out, or say that"
                    " it is known",
                    STR_ARG(str_clip(a, all, 60)));
    *note = str_cat(a, str_cat(a, S("知道并一并提供："), all),
                    note->n ? str_cat(a, S("。"), *note) : S(""));
    return true;
}

bool app_release_clean(App *app, ReleaseFileId id, int64_t version, bool knowing, Str note,
                       Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    if (!act_begin(app, &act, err) ||
        !release_load(app, id, version, RELEASE_CHANGE, a, &f, &r, err) ||
        !no_marks(app, id, a, err) || !knows(&f, knowing, a, &note, err))
        return false;
    release_undo(&f);
    f.state = RELEASE_CLEAN;
    f.checked_by = app->actor.person;
    f.checked_name = app->actor.name;
    f.checked_at = app->now;
    f.checked_note = note;
    return release_changed(app, &f, err) &&
           release_note(&act, ACT_RELEASE_CLEAN, &f, "note", note, a, err) && act_commit(&act, err);
}

bool app_release_elsewhere(App *app, RequestId request, Str words, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseElsewhere said = {words, app->actor.person, app->actor.name, app->now};
    InfoRequest r;
    DecisionInHand hand;
    if (!act_begin(app, &act, err) ||
        !store_request_get(app->db, &app->scope, request, a, &r, err) ||
        !hand_of(app, &r, a, &hand, err))
        return false;
    if (!hand.open || r.archived_at)
        return fail(err, ERR_RULE, NULL, "这件申请已经答复或者终止，不能再改",
                    "the request has been answered or ended");
    if (!not_fixed(app, &r, &hand, a, err))
        return false;
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "note", words);
    json_end(&w);
    ActNote note = {.kind = ACT_RELEASE_ELSEWHERE,
                    .noun = S("request"),
                    .noun_id = request.n,
                    .organ = r.organ,
                    .became = buf_str(&b)};
    return store_release_elsewhere_set(app->db, app->site, request, hand.head.nth, &said, err) &&
           store_decision_look_again(app->db, app->site, request, hand.head.nth, err) &&
           act_note(&act, &note, err) && act_commit(&act, err);
}

// --- reading

static ReleaseCount count(const ReleaseFiles *files, const ReleaseMakings *makings)
{
    ReleaseCount c = {.making = (int)makings->n};
    for (size_t i = 0; i < files->n; i++)
        c.n[files->v[i].state]++;
    return c;
}

static void of_decision(ReleaseFiles *files, int64_t nth)
{
    size_t kept = 0;
    for (size_t i = 0; i < files->n; i++)
        if (files->v[i].nth == nth)
            files->v[kept++] = files->v[i];
    files->n = kept;
}

static bool release_get(App *app, RequestId request, int64_t nth, Arena *a, Release *out, Err *err)
{
    if (!store_release_list(app->db, app->site, request, a, &out->files, err) ||
        !store_making_list(app->db, app->site, request, a, &out->makings, err) ||
        !store_release_elsewhere(app->db, app->site, request, nth, a, &out->elsewhere, err))
        return false;
    out->nth = nth;
    of_decision(&out->files, nth);
    ReleaseCount c = count(&out->files, &out->makings);
    out->ready = release_ready(&c, out->elsewhere.words.n > 0, a, &out->why);
    return true;
}

bool app_release_nth(App *app, RequestId request, int64_t nth, Arena *a, Release *out, Err *err)
{
    InfoRequest r;
    DecisionInHand hand;
    Release found = {0};
    if (!store_request_get(app->db, &app->scope, request, a, &r, err) ||
        !hand_of(app, &r, a, &hand, err) ||
        !release_get(app, request, nth ? nth : hand.head.nth, a, &found, err) ||
        !is_fixed(app, &r, &hand, a, &found.fixed, err))
        return false;
    found.open = hand.open && found.nth == hand.head.nth && !r.archived_at;
    *out = found;
    return true;
}

bool app_release_get(App *app, RequestId request, Arena *a, Release *out, Err *err)
{
    return app_release_nth(app, request, 0, a, out, err);
}

bool release_ready_nth(App *app, RequestId request, int64_t nth, Arena *a, bool *ready, Str *why,
                       Err *err)
{
    Release found = {0};
    if (!release_get(app, request, nth, a, &found, err))
        return false;
    *ready = found.ready;
    *why = found.why;
    return true;
}

bool app_release_ready(App *app, RequestId request, Arena *a, bool *ready, Str *why, Err *err)
{
    Scope all = scope_site(app->site);
    DecisionInHand hand;
    InfoRequest r;
    return store_request_get(app->db, &all, request, a, &r, err) &&
           hand_of(app, &r, a, &hand, err) &&
           release_ready_nth(app, request, hand.head.nth, a, ready, why, err);
}

bool app_release_sheet(App *app, ReleaseFileId id, Arena *a, ReleaseSheet *out, Err *err)
{
    ReleaseSheet s = {0};
    if (!release_load(app, id, 0, RELEASE_SEE, a, &s.file, &s.request, err) ||
        !store_release_marks(app->db, app->site, id, a, &s.marks, err) ||
        !store_making_get(app->db, app->site, id, a, &s.making, err) ||
        !release_words_open(app, id, &s.marks, a, err))
        return false;
    DecisionInHand hand;
    if (!hand_of(app, &s.request, a, &hand, err) ||
        !is_fixed(app, &s.request, &hand, a, &s.fixed, err))
        return false;
    s.open = is_open(&hand, &s.file, &s.request);
    *out = s;
    return true;
}

// --- what the applicant is given

// Files may have been made ready before the decision became a refusal: what is given out is what
// the replies that went out say, not what lies there. Who asks was let in by the caller; applicants
// have no scope.
typedef struct GivenOut {
    bool first;   // the reply to the request gives something out
    int64_t *nth; // decisions made anew that do
    size_t n;
} GivenOut;

static bool given_out(App *app, RequestId request, Arena *a, GivenOut *out, Err *err)
{
    Scope anyone = scope_site(app->site);
    StoredFacts stored;
    DecisionHeads heads;
    InfoRequest r;
    Outcome outcome;
    if (!store_request_get(app->db, &anyone, request, a, &r, err) ||
        !store_request_facts(app->db, app->site, request, a, &stored, err) ||
        !store_decision_heads(app->db, app->site, request, a, &heads, err))
        return false;
    RequestFacts facts = facts_standing(&stored, a);
    *out = (GivenOut){.nth = NEW(a, int64_t, heads.n + 1)};
    out->first = date_is(decision_sent_on(0, &facts)) && outcome_named(r.outcome, &outcome) &&
                 outcome_defs[outcome].releases;
    for (size_t i = 0; i < heads.n; i++) {
        const DecisionHead *h = &heads.v[i];
        if (h->remedy && h->chosen && outcome_defs[h->outcome].releases &&
            decision_is_out(h, &facts))
            out->nth[out->n++] = h->nth;
    }
    return true;
}

// With which decisions files are given out, of which request: with the reply to a request those of
// the one that led, where they were answered together; with one made anew, its own.
typedef struct GivenFiles {
    RequestId of;
    int64_t nth;
    bool again; // made anew
} GivenFiles;

// Whose files they are: of the request that led, where this one was answered together with it.
static bool given_with(App *app, RequestId request, RequestId *out, Err *err)
{
    int64_t followers;
    RequestId lead = {0};
    if (!store_group_side(app->db, app->site, request, &followers, &lead, err))
        return false;
    *out = lead.n ? lead : request;
    return true;
}

// A picture that was blacked out is a PDF now.
static Str public_name(const ReleaseFile *f, Arena *a)
{
    ptrdiff_t dot = str_find_last(f->name, S("."));
    if (f->state != RELEASE_PROVEN || dot < 0)
        return f->name;
    return str_cat(a, str_sub(f->name, 0, (size_t)dot), S("（遮盖后）.pdf"));
}

static ReleasePublicFile public_file(const ReleaseFile *f, Arena *a)
{
    bool redacted = f->state == RELEASE_PROVEN;
    const AttachKindDef *kind = &attach_kinds[redacted ? ATTACH_PDF : f->kind];
    return (ReleasePublicFile){.id = f->id,
                               .name = public_name(f, a),
                               .kind = kind->name,
                               .type = kind->type,
                               .bytes = redacted ? f->result_bytes : f->bytes,
                               .hash = redacted ? f->result_hash : f->source_hash,
                               .redacted = redacted};
}

// The decision that answers it; files go with that one unless it was ordered anew.
static bool first_nth(App *app, RequestId request, Arena *a, int64_t *out, Err *err)
{
    Decision d;
    if (!store_decision_get(app->db, app->site, request, a, &d, err))
        return false;
    *out = d.nth;
    return true;
}

static bool given_files(App *app, RequestId request, Arena *a, GivenFiles **out, size_t *n,
                        Err *err)
{
    GivenOut given;
    if (!given_out(app, request, a, &given, err))
        return false;
    GivenFiles *v = NEW(a, GivenFiles, given.n + 1);
    *n = 0;
    if (given.first) {
        if (!given_with(app, request, &v[0].of, err) || !first_nth(app, v[0].of, a, &v[0].nth, err))
            return false;
        *n = 1;
    }
    for (size_t i = 0; i < given.n; i++)
        v[(*n)++] = (GivenFiles){request, given.nth[i], true};
    *out = v;
    return true;
}

static bool public_add(App *app, const GivenFiles *from, Arena *a, ReleasePublic *out, Err *err)
{
    Release found = {0};
    if (!release_get(app, from->of, from->nth, a, &found, err))
        return false;
    if (found.elsewhere.words.n)
        out->elsewhere = found.elsewhere.words;
    for (size_t i = 0; i < found.files.n; i++)
        if (release_states[found.files.v[i].state].given) {
            ReleasePublicFile *f = PUSH(a, out);
            *f = public_file(&found.files.v[i], a);
            f->nth = from->again ? from->nth : 0;
        }
    return true;
}

bool app_release_public(App *app, RequestId request, Arena *a, ReleasePublic *out, Err *err)
{
    ReleasePublic given = {0};
    GivenFiles *from;
    size_t n;
    if (!given_files(app, request, a, &from, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!public_add(app, &from[i], a, &given, err))
            return false;
    *out = given;
    return true;
}

static const ReleaseFile *file_among(const ReleaseFiles *files, ReleaseFileId id)
{
    for (size_t i = 0; i < files->n; i++)
        if (files->v[i].id.n == id.n && release_states[files->v[i].state].given)
            return &files->v[i];
    return NULL;
}

// NULL, with *err set, where it is not among them.
static const ReleaseFile *given_file(App *app, RequestId request, ReleaseFileId id, Arena *a,
                                     bool *again, Err *err)
{
    GivenFiles *from;
    size_t n;
    if (!given_files(app, request, a, &from, &n, err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        Release found = {0};
        if (!release_get(app, from[i].of, from[i].nth, a, &found, err))
            return NULL;
        const ReleaseFile *f = file_among(&found.files, id);
        *again = from[i].again;
        if (f)
            return f;
    }
    fail(err, ERR_MISSING, NULL, "没有这份文件", "there is no such file");
    return NULL;
}

bool app_release_public_get(App *app, RequestId request, ReleaseFileId id, Arena *a,
                            ReleasePublicFile *out, Str *bytes, Err *err)
{
    Files files = app_files(app);
    bool again = false;
    Str found;
    const ReleaseFile *f = given_file(app, request, id, a, &again, err);
    if (!f)
        return false;
    ReleasePublicFile given = public_file(f, a);
    given.nth = again ? f->nth : 0;
    if (!files_get_private(&files, given.redacted ? f->result : f->address, a, &found, err))
        return false;
    if (!str_eq(crypt_sha256(a, found), given.hash))
        return fail(err, ERR_SYSTEM, NULL, "文件与登记的不一致，不能提供，请联系公开机构",
                    "the file is not the one that was proven; it is not given out");
    ActNote note = note_of(ACT_RELEASE_GIVE, f, release_summary(f, "", S(""), a));
    if (!app_note(app, &note, err))
        return false;
    *out = given;
    *bytes = found;
    return true;
}

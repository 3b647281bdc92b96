#include "app/attachment.h"
#include "app/release_work.h"
#include "base/json.h"

enum { CERTIFICATE_BYTES = 8 << 20, PICTURE_SIDE = 1400 };

bool release_work(const App *app, const RedactJob *job, Arena *a, RedactResult *out, Err *err)
{
    return app->in_process ? redact_do(job, a, out, err) : redact_in_child(job, a, out, err);
}

// --- marks

static Str mark_words(const RedactMark *m, Arena *a)
{
    Str ground = ground_defs[m->ground].name;
    if (m->box.page)
        return str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(redact_area_words(&m->box, a)),
                       STR_ARG(ground));
    return str_fmt(a, "文字，%zu个字（" PRI_STR "）", str_runes(m->words), STR_ARG(ground));
}

bool release_can_be_marked(const ReleaseFile *f, Err *err)
{
    const ReleaseKind *k = &release_kinds[f->kind];
    return k->marked || fail(err, ERR_RULE, NULL, "%s%.0s", "%.0s%s", k->zh, k->en);
}

static bool mark_add(App *app, const ReleaseFile *f, const RedactMark *mark, int64_t id, Arena *a,
                     Err *err)
{
    ReleaseMark m = {.mark = *mark,
                     .added_by = app->actor.person,
                     .added_name = app->actor.name,
                     .added_at = app->now};
    m.mark.id = id;
    return redact_mark_check(mark, f->pages, err) &&
           release_words_seal(app, f->id, mark->words, a, &m.mark.words, err) &&
           store_release_mark_add(app->db, app->site, f->id, &m, err);
}

static int64_t last_mark(const ReleaseMarks *marks)
{
    return marks->n ? marks->v[marks->n - 1].mark.id : 0;
}

bool app_release_mark(App *app, ReleaseFileId id, int64_t version, const RedactMarks *marks,
                      Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    ReleaseMarks there;
    Strs words = {0};
    if (!marks->n)
        return fail(err, ERR_INPUT, NULL, "请划出区域，或者填写要遮盖的文字",
                    "mark an area, or say which text is to be withheld");
    if (!act_begin(app, &act, err) ||
        !release_load(app, id, version, RELEASE_WITHHOLD, a, &f, &r, err) ||
        !release_can_be_marked(&f, err) ||
        !store_release_marks(app->db, app->site, id, a, &there, err))
        return false;
    if (there.n + marks->n > REDACT_MARKS_MOST)
        return fail(err, ERR_LIMIT, NULL,
                    "一份文件最多%d处标记；整页不公开的，请用一个区域盖住整页",
                    "a document has at most %d marks", REDACT_MARKS_MOST);
    for (size_t i = 0; i < marks->n; i++) {
        if (!mark_add(app, &f, &marks->v[i], last_mark(&there) + 1 + (int64_t)i, a, err))
            return false;
        *PUSH(a, &words) = mark_words(&marks->v[i], a);
    }
    release_undo(&f);
    return release_changed(app, &f, err) &&
           release_note(&act, ACT_RELEASE_MARK, &f, "mark", str_join(a, words.v, words.n, S("；")),
                        a, err) &&
           act_commit(&act, err);
}

bool app_release_unmark(App *app, ReleaseFileId id, int64_t version, int64_t mark, Arena *a,
                        Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    ReleaseMarks there;
    if (!act_begin(app, &act, err) ||
        !release_load(app, id, version, RELEASE_CHANGE, a, &f, &r, err) ||
        !store_release_marks(app->db, app->site, id, a, &there, err) ||
        !release_words_open(app, id, &there, a, err))
        return false;
    for (size_t i = 0; i < there.n; i++) {
        if (there.v[i].mark.id != mark)
            continue;
        release_undo(&f);
        return store_release_mark_drop(app->db, app->site, id, mark, err) &&
               release_changed(app, &f, err) &&
               release_note(&act, ACT_RELEASE_UNMARK, &f, "mark", mark_words(&there.v[i].mark, a),
                            a, err) &&
               act_commit(&act, err);
    }
    return fail(err, ERR_MISSING, NULL, "没有这处标记，可能已被别人删去",
                "there is no such mark; somebody else may have taken it out");
}

// --- what a making needs (release_order.c)

Str release_certificate(const App *app, const ReleaseFile *f, const InfoRequest *r, Str proof,
                        Arena *a)
{
    Buf b = buf_new(a, CERTIFICATE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "certificate", S("gongkai release 1"));
    json_put_str(&w, "program", S("gongkai " GONGKAI_VERSION));
    json_put_str(&w, "request", r->code);
    json_put_str(&w, "organ", r->organ_name);
    json_put_str(&w, "file", f->name);
    json_put_str(&w, "made_by", app->actor.name);
    json_put_int(&w, "made_at", app->now);
    json_key(&w, S("proof"));
    json_raw(&w, proof);
    json_end(&w);
    return buf_str(&b);
}

bool release_source(const App *app, const ReleaseFile *f, Arena *a, Str *out, Err *err)
{
    Files files = app_files(app);
    if (!files_get_private(&files, f->address, a, out, err))
        return false;
    return str_eq(crypt_sha256(a, *out), f->source_hash) ||
           fail(err, ERR_SYSTEM, NULL, "文件与添加时的不一致，请重新添加",
                "the file is not the one that was added");
}

// --- confirming

bool release_doubts(Str certificate, Arena *a, Strs *out, Err *err)
{
    const Json *v;
    Strs doubts = {0};
    if (!certificate.n) {
        *out = doubts;
        return true;
    }
    if (!json_read(certificate, CERTIFICATE_BYTES, a, &v, err))
        return false;
    const Json *proof = json_get(v, "proof");
    for (const Json *m = json_first(json_get(proof, "marks")); m; m = json_next(m))
        if (str_eq(json_get_str(m, "kind"), S("text")) && !json_get_int(m, "places", 0))
            *PUSH(a, &doubts) =
                str_fmt(a, "第%lld号标记的文字在文件里没有找到，可能写法不同，也可能在图片里",
                        (long long)json_get_int(m, "id", 0));
    if (json_get_bool(proof, "unread"))
        *PUSH(a, &doubts) = S("有的页面是图片，没有可以查找的文字");
    *out = doubts;
    return true;
}

bool app_release_confirm(App *app, ReleaseFileId id, int64_t version, bool looked, Arena *a,
                         Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ReleaseFile f;
    InfoRequest r;
    Strs doubts;
    ReleaseMaking m;
    if (!act_begin(app, &act, err) ||
        !release_load(app, id, version, RELEASE_WITHHOLD, a, &f, &r, err) ||
        !store_making_get(app->db, app->site, id, a, &m, err) ||
        !release_doubts(f.certificate, a, &doubts, err))
        return false;
    if (making_states[m.state].open)
        return fail(err, ERR_RULE, NULL, "这份文件正在重新遮盖，请等完成后看过新的结果再确认",
                    "the file is being blacked out anew; wait for the result");
    if (f.state != RELEASE_MADE)
        return fail(err, ERR_RULE, NULL, "只有遮盖并通过检查的文件才能确认",
                    "only a file that was made and proven can be confirmed");
    if (doubts.n && !looked)
        return fail(err, ERR_INPUT, NULL, "请逐页看过，并勾选“已逐页看过”：" PRI_STR,
                    "look through all pages and say so: " PRI_STR, STR_ARG(doubts.v[0]));
    f.state = RELEASE_PROVEN;
    f.checked_by = app->actor.person;
    f.checked_name = app->actor.name;
    f.checked_at = app->now;
    f.checked_note = doubts.n ? S("已逐页看过") : S("");
    return store_release_save(app->db, app->site, &f, err) &&
           store_decision_look_again(app->db, app->site, f.request, f.nth, err) &&
           release_note(&act, ACT_RELEASE_CONFIRM, &f, "note", f.checked_note, a, err) &&
           act_commit(&act, err);
}

bool app_release_certificate(App *app, ReleaseFileId id, Arena *a, Str *json, Err *err)
{
    ReleaseFile f;
    InfoRequest r;
    if (!release_load(app, id, 0, RELEASE_SEE, a, &f, &r, err))
        return false;
    if (!f.certificate.n)
        return fail(err, ERR_MISSING, NULL, "这份文件还没有遮盖，没有证书",
                    "nothing was made of this file: there is no certificate");
    Buf b = buf_new(a, CERTIFICATE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "state", release_states[f.state].id);
    if (f.state == RELEASE_PROVEN) {
        json_put_str(&w, "confirmed_by", f.checked_name);
        json_put_int(&w, "confirmed_at", f.checked_at);
        json_put_str(&w, "confirmed_note", f.checked_note);
    }
    json_key(&w, S("made"));
    json_raw(&w, f.certificate);
    json_end(&w);
    *json = buf_str(&b);
    return true;
}

// --- looking

static bool look_note(App *app, const ReleaseFile *f, int page, bool result, Arena *a, Err *err)
{
    Str where = str_fmt(a, "%s第%d页", result ? "遮盖后" : "原文件", page);
    ActNote note = {.kind = ACT_RELEASE_LOOK,
                    .noun = S("request"),
                    .noun_id = f->request.n,
                    .organ = f->organ,
                    .became = release_summary(f, "note", where, a)};
    return app_note(app, &note, err);
}

bool app_release_result(App *app, ReleaseFileId id, Arena *a, Str *pdf, Err *err)
{
    Files files = app_files(app);
    ReleaseFile f;
    InfoRequest r;
    if (!release_load(app, id, 0, RELEASE_SEE, a, &f, &r, err))
        return false;
    if (!f.result.n)
        return fail(err, ERR_MISSING, NULL, "这份文件还没有遮盖",
                    "nothing was made of this file yet");
    return files_get_private(&files, f.result, a, pdf, err);
}

static bool picture_make(App *app, const ReleaseFile *f, int page, bool result, Arena *a, Str *png,
                         Err *err)
{
    Files files = app_files(app);
    RedactJob job = {.work = REDACT_PICTURE,
                     .kind = result ? ATTACH_PDF : f->kind,
                     .page = page,
                     .side = PICTURE_SIDE};
    RedactResult r;
    if (!files_get_private(&files, result ? f->result : f->address, a, &job.source, err) ||
        !release_work(app, &job, a, &r, err))
        return false;
    *png = r.bytes;
    return true;
}

// A picture is kept beside the files; that two make the same at once does no harm.
static bool picture_keep(App *app, const ReleaseFile *f, Str hash, int page, Str png, Arena *a,
                         Err *err)
{
    Files files = app_files(app);
    Str address;
    if (!files_put_private(&files, png, a, &address, err))
        return false;
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_release_page_add(app->db, app->site, f->id, hash, page, address, err) &&
           tx_commit(&tx, err);
}

bool app_release_picture(App *app, ReleaseFileId id, int page, bool result, Arena *a, Str *png,
                         Err *err)
{
    Files files = app_files(app);
    ReleaseFile f;
    InfoRequest r;
    Str address, found = S("");
    if (!release_load(app, id, 0, RELEASE_SEE, a, &f, &r, err))
        return false;
    Str hash = result ? f.result_hash : f.source_hash;
    if (page < 1 || page > f.pages || !hash.n)
        return fail(err, ERR_MISSING, NULL, "没有这一页", "there is no such page");
    if (!store_release_page(app->db, app->site, id, hash, page, a, &address, err))
        return false;
    Err gone;
    if ((!address.n || !files_get_private(&files, address, a, &found, &gone)) &&
        (!picture_make(app, &f, page, result, a, &found, err) ||
         !picture_keep(app, &f, hash, page, found, a, err)))
        return false;
    if (!look_note(app, &f, page, result, a, err))
        return false;
    *png = found;
    return true;
}

#include "web/page_release.h"

#include "base/json.h"
#include "views.h"
#include "web/page_common.h"
#include "web/static.h"

// --- addresses

static int64_t param(const Request *r, const char *name)
{
    int64_t n = 0;
    str_to_int(request_param(r, name), &n);
    return n;
}

static Str list_path(Arena *a, RequestId id)
{
    return str_fmt(a, "/desk/requests/%lld/release", (long long)id.n);
}

Str release_sheet_path(Arena *a, RequestId id, ReleaseFileId file)
{
    return str_fmt(a, "/desk/requests/%lld/release/%lld", (long long)id.n, (long long)file.n);
}

static Str moment_words(Arena *a, Str who, int64_t at)
{
    Str day = date_zh(a, moment_day(at));
    return str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(who.n ? who : S("（无姓名）")), STR_ARG(day));
}

// --- the list

static Str line_words(Arena *a, const ReleaseFile *f)
{
    if (f->checked_at)
        return str_fmt(a, PRI_STR "确认" PRI_STR PRI_STR,
                       STR_ARG(moment_words(a, f->checked_name, f->checked_at)),
                       STR_ARG(f->checked_note.n ? S("：") : S("")), STR_ARG(f->checked_note));
    return str_cat(a, moment_words(a, f->added_name, f->added_at), S("添加"));
}

static const ReleaseMaking *making_of(const Release *release, ReleaseFileId file)
{
    for (size_t i = 0; i < release->makings.n; i++)
        if (release->makings.v[i].file.n == file.n)
            return &release->makings.v[i];
    return NULL;
}

static ReleaseLines lines_of(Arena *a, const Release *release)
{
    ReleaseLines lines = {0};
    for (size_t i = 0; i < release->files.n; i++) {
        const ReleaseFile *f = &release->files.v[i];
        const ReleaseMaking *m = making_of(release, f->id);
        *PUSH(a, &lines) = (ReleaseLine){
            .href = release_sheet_path(a, f->request, f->id),
            .name = f->name,
            .size = f->pages ? str_fmt(a, "%d页，" PRI_STR, f->pages, STR_ARG(size_zh(a, f->bytes)))
                             : size_zh(a, f->bytes),
            .state = m ? making_states[m->state].name : release_states[f->state].name,
            .tag = m ? making_states[m->state].tag : release_states[f->state].tag,
            .words = m ? release_making_view(a, m).words : line_words(a, f)};
    }
    return lines;
}

// clang-format off
static const FieldDef add_defs[] = {
    { "file", "要提供的文件", "PDF、PNG、JPEG图片或者文本，最大32MB。Word、Excel文件请先另存（导出）为PDF，多页扫描件请存为PDF", FIELD_FILE,
      .required = true, .accept = ".pdf,.png,.jpg,.jpeg,.txt" },
};
static const FieldDef where_defs[] = {
    { "words", "不附文件的，在哪里、怎样获取", "例如：已在本机关网站公开，网址；到服务大厅三号窗口当场查阅。清空即为收回", FIELD_AREA, .max = 300 },
};
// clang-format on

static bool list_load(Request *r, ReleasePage *p, Err *err)
{
    App *app = app_of(r);
    RequestId id = {param(r, "id")};
    InfoRequest q;
    Release release;
    if (!store_request_get(app->db, &app->scope, id, r->a, &q, err) ||
        !app_release_get(app, id, r->a, &release, err))
        return false;
    p->href = list_path(r->a, id);
    p->code = q.code;
    p->title = q.title;
    p->lines = lines_of(r->a, &release);
    p->why = release.why;
    p->elsewhere = release.elsewhere.words;
    if (release.elsewhere.words.n)
        p->elsewhere_by = moment_words(r->a, release.elsewhere.name, release.elsewhere.at);
    p->may = release.open && !release.fixed && viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    form_new(r, add_defs, 1, &p->add);
    form_new(r, where_defs, 1, &p->where);
    p->add.draft = p->where.draft = S("");
    form_set(&p->where, "words", p->elsewhere);
    return true;
}

static void crumbs(Request *r, Desk *d, RequestId id, Str code)
{
    desk_crumb(r, d, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, d, str_fmt(r->a, "/desk/requests/%lld", (long long)id.n), code);
}

static bool list_show(Request *r, Response *w, ReleasePage *p, Err *err)
{
    if (!desk_begin(r, S("拟公开的文件"), DESK_REQUESTS, &p->desk, err))
        return false;
    crumbs(r, &p->desk, (RequestId){param(r, "id")}, p->code);
    desk_crumb(r, &p->desk, S(""), S("拟公开的文件"));
    if (form_is_wrong(&p->add) || form_is_wrong(&p->where))
        w->status = 422;
    view_release_list(&w->out, p);
    return true;
}

bool page_release(Request *r, Response *w, Err *err)
{
    ReleasePage p = {0};
    return list_load(r, &p, err) && list_show(r, w, &p, err);
}

static bool mendable(const Err *why)
{
    return why->kind == ERR_INPUT || why->kind == ERR_LIMIT || why->kind == ERR_UNREADABLE ||
           why->kind == ERR_RULE || why->kind == ERR_BUSY;
}

bool page_release_add(Request *r, Response *w, Err *err)
{
    ReleasePage p = {0};
    ReleaseFile added;
    Err why = {0};
    const Field *file = request_file(r, "file");
    if (!list_load(r, &p, err))
        return false;
    if (!form_take(r, &p.add) || !file)
        return list_show(r, w, &p, err);
    if (app_release_add(app_of(r), (RequestId){param(r, "id")}, file->file_name, file->value, r->a,
                        &added, &why))
        return desk_done(r, w, release_sheet_path(r->a, added.request, added.id), "file-added");
    if (!mendable(&why)) {
        *err = why;
        return false;
    }
    form_wrong(&p.add, "file", str_dup(r->a, str_z(why.zh)));
    return list_show(r, w, &p, err);
}

bool page_release_elsewhere(Request *r, Response *w, Err *err)
{
    ReleasePage p = {0};
    Err why = {0};
    if (!list_load(r, &p, err))
        return false;
    if (!form_take(r, &p.where))
        return list_show(r, w, &p, err);
    if (app_release_elsewhere(app_of(r), (RequestId){param(r, "id")}, form_text(&p.where, "words"),
                              r->a, &why))
        return desk_done(r, w, p.href, "saved");
    if (!mendable(&why)) {
        *err = why;
        return false;
    }
    form_fail(&p.where, &why);
    return list_show(r, w, &p, err);
}

// --- a sheet

// clang-format off
static const FieldDef mark_defs[] = {
    { "areas",  "划出的区域", "",                                                        FIELD_HIDDEN, .max = 8000 },
    { "left",   "左（%）",  "离页面左边",                                                FIELD_TEXT,   .max = 6 },
    { "top",    "上（%）",  "离页面上边",                                                FIELD_TEXT,   .max = 6 },
    { "width",  "宽（%）",  "",                                                          FIELD_TEXT,   .max = 6 },
    { "height", "高（%）",  "",                                                          FIELD_TEXT,   .max = 6 },
    { "words",  "要遮盖的文字", "一行一个，例如姓名、身份证号；文件里各处都会遮盖，隔着空格、换行，写成全角也算", FIELD_AREA, .max = 4000 },
    { "ground", "依据",     "",                                                          FIELD_SELECT, .required = true },
    { "note",   "说明",     "为什么不公开，只在案卷里显示",                              FIELD_TEXT,   .max = 200 },
    { "at",     "",         "",                                                          FIELD_HIDDEN, .max = 6 },
};
static const FieldDef clean_defs[] = {
    { "note",   "说明",     "例如：逐页看过，没有应当隐去的内容",                        FIELD_TEXT,   .max = 200 },
};
// clang-format on
enum { N_MARK = sizeof mark_defs / sizeof *mark_defs };

static void ground_choices(Arena *a, Form *f)
{
    for (int g = 0; g < GROUND__COUNT; g++)
        form_choice(f, "ground", ground_defs[g].id,
                    str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(ground_defs[g].name),
                            STR_ARG(ground_defs[g].source)),
                    S(""));
}

// The file must be one of this request, also where both are in scope.
bool release_sheet_get(Request *r, ReleaseSheet *s, Err *err)
{
    ReleaseFileId id = {param(r, "file")};
    if (!app_release_sheet(app_of(r), id, r->a, s, err))
        return false;
    return s->file.request.n == param(r, "id") ||
           fail(err, ERR_MISSING, NULL, "没有这份文件，或者已经撤下",
                "there is no such file, or it was taken out");
}

// The certificate as the page shows it; NULL where nothing was made.
static bool proof_of(Request *r, const ReleaseFile *f, const Json **proof, Err *err)
{
    const Json *v = NULL;
    if (f->certificate.n && !json_read(f->certificate, JSON_MAX_BYTES, r->a, &v, err))
        return false;
    *proof = json_get(v, "proof");
    return true;
}

static int64_t places_of(const Json *proof, int64_t mark)
{
    for (const Json *m = json_first(json_get(proof, "marks")); m; m = json_next(m))
        if (json_get_int(m, "id", 0) == mark)
            return json_get_int(m, "places", 0);
    return -1;
}

static void marks_view(Arena *a, const ReleaseSheet *s, const Json *proof, ReleaseSheetPage *p)
{
    p->marks = NEW(a, ReleaseMarkView, s->marks.n);
    for (size_t i = 0; i < s->marks.n; i++) {
        const RedactMark *m = &s->marks.v[i].mark;
        int64_t places = places_of(proof, m->id);
        p->marks[p->n_marks++] =
            (ReleaseMarkView){.id = m->id,
                              .x = m->box.x,
                              .y = m->box.y,
                              .w = m->box.w,
                              .h = m->box.h,
                              .here = m->box.page == p->page && !p->result,
                              .words = m->box.page  ? redact_area_words(&m->box, a)
                                       : m->words.n ? m->words
                                                    : S("（文字已按保管期限销毁）"),
                              .ground = ground_defs[m->ground].name,
                              .label = ground_defs[m->ground].source,
                              .note = m->note,
                              .by = s->marks.v[i].added_name,
                              .found = places < 0   ? S("")
                                       : places > 0 ? str_fmt(a, "%lld处", (long long)places)
                                                    : S("没有找到"),
                              .missing = places == 0};
    }
}

static const struct {
    Str id, name, tag;
} outcomes[] = {{SI("held"), SI("通过"), SI("ok")},
                {SI("failed"), SI("未通过"), SI("bad")},
                {SI("not_made"), SI("没有做"), SI("wait")}};

static void checks_view(Arena *a, const Json *proof, ReleaseSheetPage *p)
{
    const Json *checks = json_get(proof, "checks");
    p->checks = NEW(a, ReleaseCheckView, json_count(checks));
    for (const Json *c = json_first(checks); c; c = json_next(c)) {
        ReleaseCheckView *v = &p->checks[p->n_checks++];
        *v = (ReleaseCheckView){.name = json_get_str(c, "name"), .words = json_get_str(c, "words")};
        for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
            if (str_eq(json_get_str(c, "outcome"), outcomes[i].id)) {
                v->state = outcomes[i].name;
                v->tag = outcomes[i].tag;
            }
    }
}

static Str joined(Arena *a, const Json *list)
{
    Strs v = {0};
    Str s;
    for (const Json *i = json_first(list); i; i = json_next(i))
        if (json_as_str(i, &s))
            *PUSH(a, &v) = s;
    return str_join(a, v.v, v.n, S("、"));
}

static void made_view(Arena *a, const ReleaseFile *f, const Json *proof, ReleaseSheetPage *p)
{
    p->made = f->state == RELEASE_MADE || f->state == RELEASE_PROVEN;
    p->to_confirm = f->state == RELEASE_MADE;
    p->blocked = f->state == RELEASE_BLOCKED;
    if (!proof)
        return;
    Str tools = joined(a, json_get(proof, "tools"));
    p->proof_words = str_fmt(a, PRI_STR "生成并检查。程序：gongkai " GONGKAI_VERSION "、" PRI_STR,
                             STR_ARG(date_zh(a, moment_day(f->made_at))), STR_ARG(tools));
    checks_view(a, proof, p);
}

static bool facts_view(Arena *a, const ReleaseFile *f, ReleaseSheetPage *p, Err *err)
{
    const Json *v;
    int64_t size[2] = {595, 842};
    if (!json_read(f->facts, JSON_MAX_BYTES, a, &v, err))
        return false;
    p->hidden = joined(a, json_get(v, "hidden"));
    p->facts = f->pages ? str_fmt(a, "%d页，" PRI_STR, f->pages, STR_ARG(size_zh(a, f->bytes)))
                        : size_zh(a, f->bytes);
    const Json *n = json_first(json_get(v, "shapes"));
    for (int i = 0; n && i < 2 * (p->page - 1); i++)
        n = json_next(n);
    for (int i = 0; n && i < 2; i++, n = json_next(n))
        json_as_int(n, &size[i]);
    p->width = (int)size[0];
    p->height = (int)size[1];
    return true;
}

static Str page_path(Arena *a, const ReleaseSheetPage *p, int page, bool result)
{
    Str path = path_with_int(a, p->href, "page", page);
    return result ? path_with(a, path, "of", S("result")) : path;
}

static void pages_view(Request *r, ReleaseSheetPage *p)
{
    Arena *a = r->a;
    if (!p->pages)
        return;
    p->picture = str_fmt(a, PRI_STR "/picture/%d%s", STR_ARG(p->href), p->page,
                         p->result ? "?of=result" : "");
    p->alt =
        str_fmt(a, "%s，第%d页，共%d页", p->result ? "遮盖后的样子" : "原文件", p->page, p->pages);
    if (p->page > 1)
        p->before = page_path(a, p, p->page - 1, p->result);
    if (p->page < p->pages)
        p->after = page_path(a, p, p->page + 1, p->result);
    if (p->made)
        p->other = page_path(a, p, p->page, !p->result);
}

static bool sheet_load(Request *r, ReleaseSheetPage *p, Err *err)
{
    ReleaseSheet s;
    const Json *proof = NULL;
    if (!release_sheet_get(r, &s, err) || !proof_of(r, &s.file, &proof, err))
        return false;
    const ReleaseFile *f = &s.file;
    p->back = list_path(r->a, f->request);
    p->href = release_sheet_path(r->a, f->request, f->id);
    p->name = f->name;
    p->version = f->version;
    p->state = release_states[f->state].name;
    p->tag = release_states[f->state].tag;
    p->pages = f->pages;
    p->page = query_int(r, "page", f->pages);
    p->page = p->page ? p->page : 1;
    p->open = s.open && viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    p->fixed = s.fixed;
    p->can_mark = release_kinds[f->kind].marked;
    made_view(r->a, f, proof, p);
    p->result = p->made && str_eq(request_query(r, "of"), S("result"));
    if (f->checked_at)
        p->checked = line_words(r->a, f);
    p->making = release_making_view(r->a, &s.making);
    if (p->making.open) {
        p->state = p->making.state;
        p->tag = p->making.tag;
    }
    marks_view(r->a, &s, proof, p);
    pages_view(r, p);
    form_new(r, mark_defs, N_MARK, &p->mark);
    form_new(r, clean_defs, 1, &p->clean);
    p->mark.draft = p->clean.draft = S("");
    p->mark.version = p->clean.version = f->version;
    ground_choices(r->a, &p->mark);
    return facts_view(r->a, f, p, err) && release_doubts(f->certificate, r->a, &p->doubts, err);
}

void release_crumbs(Request *r, Desk *d, const ReleaseSheet *s)
{
    crumbs(r, d, s->file.request, s->request.code);
    desk_crumb(r, d, list_path(r->a, s->file.request), S("拟公开的文件"));
}

static bool sheet_show(Request *r, Response *w, ReleaseSheetPage *p, Err *err)
{
    ReleaseSheet s;
    if (!release_sheet_get(r, &s, err) || !desk_begin(r, p->name, DESK_REQUESTS, &p->desk, err))
        return false;
    release_crumbs(r, &p->desk, &s);
    desk_crumb(r, &p->desk, S(""), p->name);
    p->desk.page.script = asset("release.js");
    if (form_is_wrong(&p->mark) || form_is_wrong(&p->clean))
        w->status = 422;
    form_set(&p->mark, "at", str_fmt(r->a, "%d", p->page));
    view_release_sheet(&w->out, p);
    return true;
}

bool page_release_sheet(Request *r, Response *w, Err *err)
{
    ReleaseSheetPage p = {0};
    return sheet_load(r, &p, err) && sheet_show(r, w, &p, err);
}

// --- what is done on it

static bool again(Request *r, Response *w, ReleaseSheetPage *p, Form *f, const Err *why, Err *err)
{
    if (!mendable(why)) {
        *err = *why;
        return false;
    }
    form_fail(f, why);
    return sheet_show(r, w, p, err);
}

// The page that was shown when the form was sent.
static int page_sent(const Request *r, int pages)
{
    int64_t n = 0;
    str_to_int(request_form(r, "at"), &n);
    return n >= 1 && n <= pages ? (int)n : 1;
}

static bool areas_take(Arena *a, const Form *f, Ground ground, RedactMarks *out, Err *err)
{
    Str line, rest = form_text(f, "areas");
    while (rest.n) {
        RedactMark m = {.ground = ground, .note = form_text(f, "note")};
        str_cut(rest, S(";"), &line, &rest);
        if (!str_trim(line).n)
            continue;
        if (!redact_area_read(line, &m.box, err))
            return false;
        *PUSH(a, out) = m;
    }
    return true;
}

// The four numbers, for who has no pointer; all or none.
static bool numbers_take(Arena *a, const Form *f, int page, Ground ground, RedactMarks *out,
                         Err *err)
{
    static const char *const names[] = {"left", "top", "width", "height"};
    RedactMark m = {.ground = ground, .note = form_text(f, "note")};
    Str v[4];
    size_t given = 0;
    for (int i = 0; i < 4; i++) {
        v[i] = form_text(f, names[i]);
        given += v[i].n > 0;
    }
    if (!given)
        return true;
    if (given < 4)
        return fail(err, ERR_INPUT, NULL, "区域的左、上、宽、高四个数都要填",
                    "an area takes left, top, width and height");
    Str area = str_fmt(a, "%d:" PRI_STR "," PRI_STR "," PRI_STR "," PRI_STR, page, STR_ARG(v[0]),
                       STR_ARG(v[1]), STR_ARG(v[2]), STR_ARG(v[3]));
    if (!redact_area_read(area, &m.box, err))
        return false;
    *PUSH(a, out) = m;
    return true;
}

static void words_take(Arena *a, const Form *f, Ground ground, RedactMarks *out)
{
    Str line, rest = form_text(f, "words");
    while (rest.n) {
        str_cut(rest, S("\n"), &line, &rest);
        line = str_trim(line);
        if (line.n)
            *PUSH(a, out) =
                (RedactMark){.words = line, .ground = ground, .note = form_text(f, "note")};
    }
}

bool page_release_mark(Request *r, Response *w, Err *err)
{
    ReleaseSheetPage p = {0};
    RedactMarks marks = {0};
    Ground ground = GROUND_PRIVACY;
    Err why = {0};
    if (!sheet_load(r, &p, err))
        return false;
    int page = page_sent(r, p.pages);
    p.page = page;
    pages_view(r, &p);
    if (!form_take(r, &p.mark) || !ground_named(form_text(&p.mark, "ground"), &ground))
        return sheet_show(r, w, &p, err);
    words_take(r->a, &p.mark, ground, &marks);
    if (areas_take(r->a, &p.mark, ground, &marks, &why) &&
        numbers_take(r->a, &p.mark, page, ground, &marks, &why) &&
        app_release_mark(app_of(r), (ReleaseFileId){param(r, "file")}, request_version(r), &marks,
                         r->a, &why))
        return desk_done(r, w, page_path(r->a, &p, page, false), "saved");
    return again(r, w, &p, &p.mark, &why, err);
}

// The small forms: one thing done to the file, and back to its sheet.
typedef bool SheetAct(App *app, ReleaseFileId file, Request *r, Err *err);

static bool sheet_act(Request *r, Response *w, SheetAct *act, const char *done, bool result,
                      Err *err)
{
    ReleaseSheetPage p = {0};
    Err why = {0};
    if (!sheet_load(r, &p, err))
        return false;
    p.page = page_sent(r, p.pages);
    pages_view(r, &p);
    if (act(app_of(r), (ReleaseFileId){param(r, "file")}, r, &why))
        return desk_done(r, w, page_path(r->a, &p, p.page, result), done);
    return again(r, w, &p, &p.clean, &why, err);
}

static bool do_unmark(App *app, ReleaseFileId file, Request *r, Err *err)
{
    int64_t mark = 0;
    str_to_int(request_form(r, "mark"), &mark);
    return app_release_unmark(app, file, request_version(r), mark, r->a, err);
}

bool page_release_unmark(Request *r, Response *w, Err *err)
{
    return sheet_act(r, w, do_unmark, "saved", false, err);
}

bool page_release_make(Request *r, Response *w, Err *err)
{
    ReleaseSheetPage p = {0};
    ReleaseMaking making;
    Err why = {0};
    if (!sheet_load(r, &p, err))
        return false;
    p.page = page_sent(r, p.pages);
    pages_view(r, &p);
    if (app_release_order(app_of(r), (ReleaseFileId){param(r, "file")}, request_version(r), r->a,
                          &making, &why))
        return respond_redirect(w, str_cat(r->a, p.href, S("/making")));
    return again(r, w, &p, &p.clean, &why, err);
}

static bool do_confirm(App *app, ReleaseFileId file, Request *r, Err *err)
{
    bool looked = str_eq(request_form(r, "looked"), S("1"));
    return app_release_confirm(app, file, request_version(r), looked, r->a, err);
}

bool page_release_confirm(Request *r, Response *w, Err *err)
{
    return sheet_act(r, w, do_confirm, "release-confirmed", true, err);
}

static bool do_clean(App *app, ReleaseFileId file, Request *r, Err *err)
{
    Str note = str_clip(r->a, str_trim(request_form(r, "note")), 200);
    bool knowing = str_eq(request_form(r, "knowing"), S("1"));
    return app_release_clean(app, file, request_version(r), knowing, note, r->a, err);
}

bool page_release_clean(Request *r, Response *w, Err *err)
{
    return sheet_act(r, w, do_clean, "release-clean", false, err);
}

bool page_release_drop(Request *r, Response *w, Err *err)
{
    ReleaseSheetPage p = {0};
    Err why = {0};
    if (!sheet_load(r, &p, err))
        return false;
    if (app_release_drop(app_of(r), (ReleaseFileId){param(r, "file")}, request_version(r), r->a,
                         &why))
        return desk_done(r, w, p.back, "release-dropped");
    return again(r, w, &p, &p.clean, &why, err);
}

// --- pictures and files

bool page_release_picture(Request *r, Response *w, Err *err)
{
    ReleaseSheet s;
    Str png;
    bool result = str_eq(request_query(r, "of"), S("result"));
    if (!release_sheet_get(r, &s, err) ||
        !app_release_picture(app_of(r), s.file.id, (int)param(r, "page"), result, r->a, &png, err))
        return false;
    respond_type(w, S("image/png"));
    w->body = png;
    w->fresh = true;
    return true;
}

bool page_release_result(Request *r, Response *w, Err *err)
{
    ReleaseSheet s;
    Str pdf;
    if (!release_sheet_get(r, &s, err) ||
        !app_release_result(app_of(r), s.file.id, r->a, &pdf, err))
        return false;
    respond_download(r, w, S("application/pdf"), str_cat(r->a, s.file.name, S("（遮盖后）.pdf")));
    w->body = pdf;
    w->fresh = true;
    return true;
}

bool page_release_certificate(Request *r, Response *w, Err *err)
{
    ReleaseSheet s;
    Str json;
    if (!release_sheet_get(r, &s, err) ||
        !app_release_certificate(app_of(r), s.file.id, r->a, &json, err))
        return false;
    respond_download(r, w, S("application/json; charset=utf-8"),
                     str_cat(r->a, s.file.name, S("（遮盖证书）.json")));
    w->body = json;
    w->fresh = true;
    return true;
}

// --- the part of a request's page

bool part_release(Request *r, const RequestFile *file, Out *out, Err *err)
{
    Release release;
    ReleasePage p = {0};
    if (!app_release_get(app_of(r), file->request.id, r->a, &release, err))
        return false;
    p.href = list_path(r->a, file->request.id);
    p.lines = lines_of(r->a, &release);
    p.why = release.why;
    p.elsewhere = release.elsewhere.words;
    p.may = release.open && viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    if (!p.lines.n && !p.elsewhere.n && !p.may)
        return true;
    view_release_part(out, &p);
    return true;
}

#include "web/page_letter.h"

#include "store/correction.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"

enum { PER_PAGE = 50, ALL_AT_ONCE = 200 };

static const Str LIST = SI("/desk/letters");

// --- a letter in words

static Strs paragraphs_of(Arena *a, Str body)
{
    Strs out = {0};
    Str line;
    while (body.n) {
        str_cut(body, S("\n"), &line, &body);
        if (str_trim(line).n)
            *PUSH(a, &out) = str_trim(line);
    }
    return out;
}

LetterSheet letter_sheet(Arena *a, const Letter *l)
{
    return (LetterSheet){.head = l->head,
                         .title = l->title,
                         .code = l->code,
                         .addressee = l->addressee,
                         .organ = l->organ_name,
                         .day = date_zh(a, l->on),
                         .mark = l->is_void ? S("已作废") : S(""),
                         .paragraphs = paragraphs_of(a, l->body)};
}

LetterSheet letter_sheet_draft(Arena *a, const LetterText *text, Str organ)
{
    return (LetterSheet){.title = text->title,
                         .code = S("（文号在出具时编）"),
                         .addressee = text->addressee,
                         .organ = organ,
                         .day = date_zh(a, text->on),
                         .paragraphs = paragraphs_of(a, text->body)};
}

static Str owner_path(Arena *a, LetterOwner owner)
{
    return door_path(a, letter_of_nouns[owner.kind], owner.id);
}

static LetterLine line_of(Arena *a, const Letter *l)
{
    return (LetterLine){.id = l->id.n,
                        .href = door_path(a, S("letter"), l->id.n),
                        .code = l->code,
                        .title = l->title,
                        .addressee = l->addressee,
                        .day = date_zh(a, l->on),
                        .who = l->person_name,
                        .owner = l->owner.code,
                        .owner_href = owner_path(a, l->owner),
                        .state = l->is_void ? S("已作废") : S("已出具"),
                        .is_void = l->is_void};
}

static LetterLine *lines_of(Arena *a, const Letters *letters, size_t n)
{
    LetterLine *v = NEW(a, LetterLine, n);
    for (size_t i = 0; i < n; i++)
        v[i] = line_of(a, &letters->v[i]);
    return v;
}

// --- the part of an owner's page

bool letter_part_read(Request *r, LetterOwner owner, LetterPartPage *out, Err *err)
{
    App *app = app_of(r);
    Letters letters;
    if (!store_letter_of(app->db, &app->scope, owner, r->a, &letters, err))
        return false;
    *out = (LetterPartPage){.v = lines_of(r->a, &letters, letters.n), .n = letters.n};
    return true;
}

void letter_offer(Request *r, LetterOwner owner, LetterKind kind, LetterPartPage *p)
{
    *PUSH(r->a, &p->more) = (CountedLink){.href = str_fmt(r->a, PRI_STR "/letters/" PRI_STR,
                                                          STR_ARG(owner_path(r->a, owner)),
                                                          STR_ARG(letter_defs[kind].id)),
                                          .text = letter_title(kind)};
}

bool part_letters(Request *r, const RequestFile *file, Out *out, Err *err)
{
    LetterOwner owner = letter_owner(OWNER_REQUEST, file->request.id.n);
    LetterPartPage p;
    if (!letter_part_read(r, owner, &p, err))
        return false;
    p.ledger = str_cat(r->a, owner_path(r->a, owner), S("/ledger"));
    p.none = S("还没有出具文书。补正、延期、征求意见、收费等文书，在“下一步”里登记时一起出具。");
    for (int k = 0; k < LETTER_REPLY && viewer_may(r->viewer, MAY_REQUEST_HANDLE); k++)
        if (letter_defs[k].fact == FACT__COUNT && letter_defs[k].of == OWNER_REQUEST)
            letter_offer(r, owner, (LetterKind)k, &p);
    view_letter_part(out, &p);
    return true;
}

// --- the list

static LetterAsk ask_of(Str kind, Str text, Str from, Str to)
{
    LetterAsk ask = {.kind = kind,
                     .text = str_trim(text),
                     .from = date_none,
                     .to = date_none,
                     .limit = PER_PAGE + 1};
    date_parse(from, &ask.from);
    date_parse(to, &ask.to);
    return ask;
}

static void kinds_fill(Request *r, LetterListPage *p)
{
    for (int k = 0; k < LETTER__COUNT; k++) {
        Str name = k >= LETTER_REPLY
                       ? str_cat(r->a, S("答复："), outcome_defs[k - LETTER_REPLY].name)
                       : letter_title((LetterKind)k);
        *PUSH(r->a, &p->kinds) = (Choice){
            .value = letter_defs[k].id, .text = name, .chosen = str_eq(p->kind, letter_defs[k].id)};
    }
}

static Str list_path(Arena *a, const LetterListPage *p)
{
    Str path = path_with(a, path_with(a, LIST, "kind", p->kind), "q", p->text);
    return path_with(a, path_with(a, path, "from", p->from), "to", p->to);
}

bool page_letters(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Letters found;
    LetterListPage p = {.kind = request_query(r, "kind"),
                        .text = str_trim(request_query(r, "q")),
                        .from = request_query(r, "from"),
                        .to = request_query(r, "to")};
    LetterAsk ask = ask_of(p.kind, p.text, p.from, p.to);
    str_to_int(request_query(r, "before"), &ask.before.n);
    if (!desk_begin(r, S("文书"), DESK_LETTERS, &p.desk, err) ||
        !store_letter_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    form_new(r, NULL, 0, &p.form);
    p.form.draft = S("");
    kinds_fill(r, &p);
    p.n = found.n < PER_PAGE ? found.n : PER_PAGE;
    p.v = lines_of(r->a, &found, p.n);
    if (found.n > p.n)
        p.next = path_with_int(r->a, list_path(r->a, &p), "before", found.v[p.n - 1].id.n);
    p.first = ask.before.n ? list_path(r->a, &p) : S("");
    p.may_edit = viewer_may(r->viewer, MAY_SITE_EDIT);
    view_letter_list(&w->out, &p);
    return true;
}

// --- printed

static bool pdf_out(Request *r, Response *w, const Papers *papers, Str name, Err *err)
{
    if (!paper_pdf(papers, r->a, &w->body, err))
        return false;
    respond_download(r, w, S("application/pdf"), name);
    w->fresh = true;
    return true;
}

typedef struct Chosen {
    LetterId *v;
    size_t n, cap;
} Chosen;

static bool all_found(Request *r, Chosen *out, Err *err)
{
    App *app = app_of(r);
    Letters found;
    LetterAsk ask = ask_of(request_form(r, "kind"), request_form(r, "q"), request_form(r, "from"),
                           request_form(r, "to"));
    ask.limit = ALL_AT_ONCE;
    if (!store_letter_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    for (size_t i = found.n; i-- > 0;)
        if (!found.v[i].is_void)
            *PUSH(r->a, out) = found.v[i].id;
    return true;
}

static bool chosen(Request *r, Chosen *out, Err *err)
{
    if (str_eq(request_form(r, "which"), S("all")))
        return all_found(r, out, err);
    for (size_t i = 0; i < r->form.n; i++) {
        int64_t id;
        if (str_eq(r->form.v[i].name, S("letter")) && str_to_int(r->form.v[i].value, &id))
            *PUSH(r->a, out) = (LetterId){id};
    }
    return true;
}

// What carries an address.
static const struct {
    Str id;
    PaperForm form;
    Str name; // of the file
} carriers[] = {
    {SI("dl"), PAPER_DL, SI("信封")},
    {SI("c5"), PAPER_C5, SI("信封")},
    {SI("labels"), PAPER_LABELS, SI("标签")},
};

static bool form_of(Str id, PaperForm *out, Str *name)
{
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
        if (str_eq(carriers[i].id, id)) {
            *out = carriers[i].form;
            *name = carriers[i].name;
            return true;
        }
    return false;
}

bool page_letters_print(Request *r, Response *w, Err *err)
{
    Chosen ids = {0};
    Papers papers;
    PaperForm form;
    Str name;
    if (!chosen(r, &ids, err))
        return false;
    if (form_of(request_form(r, "do"), &form, &name))
        return app_letters_envelopes(app_of(r), ids.v, ids.n, form, r->a, &papers, err) &&
               pdf_out(r, w, &papers, str_cat(r->a, name, S(".pdf")), err);
    return app_letters_print(app_of(r), ids.v, ids.n, r->a, &papers, err) &&
           pdf_out(r, w, &papers, S("文书.pdf"), err);
}

static bool letter_asked(Request *r, Letter *out, Err *err)
{
    App *app = app_of(r);
    LetterId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    return store_letter_get(app->db, &app->scope, id, r->a, out, err);
}

bool page_letter_pdf(Request *r, Response *w, Err *err)
{
    Letter l;
    if (!letter_asked(r, &l, err))
        return false;
    Paper paper = letter_paper(&l, r->a);
    Papers one = {&paper, 1, 1};
    return pdf_out(r, w, &one, letter_file_name(&l, S("pdf"), r->a), err);
}

static const Str DOCX =
    SI("application/vnd.openxmlformats-officedocument.wordprocessingml.document");

bool page_letter_docx(Request *r, Response *w, Err *err)
{
    Letter l;
    if (!letter_asked(r, &l, err))
        return false;
    Paper paper = letter_paper(&l, r->a);
    if (!paper_docx(&paper, r->a, &w->body, err))
        return false;
    respond_download(r, w, DOCX, letter_file_name(&l, S("docx"), r->a));
    w->fresh = true;
    return true;
}

bool page_letter_envelope(Request *r, Response *w, Err *err)
{
    Letter l;
    Paper paper;
    PaperForm form = PAPER_DL;
    Str name = S("信封");
    (void)form_of(request_query(r, "form"), &form, &name);
    if (!letter_asked(r, &l, err) || !letter_envelope(app_of(r), &l, form, r->a, &paper, err))
        return false;
    Papers one = {&paper, 1, 1};
    return pdf_out(r, w, &one,
                   str_fmt(r->a, PRI_STR " " PRI_STR ".pdf", STR_ARG(name), STR_ARG(l.code)), err);
}

bool page_request_ledger(Request *r, Response *w, Err *err)
{
    RequestFile file;
    RequestId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    if (!app_request_get(app_of(r), id, r->a, &file, err))
        return false;
    Paper paper = ledger_paper(&file, app_of(r)->today, r->a);
    Papers one = {&paper, 1, 1};
    return pdf_out(r, w, &one,
                   str_fmt(r->a, "期限台账 " PRI_STR ".pdf", STR_ARG(file.request.code)), err);
}

// --- one letter

static void fact(Arena *a, Facts *facts, const char *name, Str value, Str href)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value, .href = href};
}

static Str path_of(Arena *a, const Letter *l, const char *tail)
{
    return str_fmt(a, PRI_STR "%s", STR_ARG(door_path(a, S("letter"), l->id.n)), tail);
}

static void facts_of(Arena *a, const Letter *l, LetterPage *p)
{
    fact(a, &p->facts, "文号", l->code, S(""));
    bool correction = l->owner.kind == OWNER_CORRECTION;
    fact(a, &p->facts, correction ? "更正申请" : "申请", l->owner.code, owner_path(a, l->owner));
    fact(a, &p->facts, correction ? "哪一项记录" : "申请内容", l->owner.title, S(""));
    fact(a, &p->facts, "出具",
         str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(l->person_name),
                 STR_ARG(moment_zh(a, l->created_at))),
         S(""));
    fact(a, &p->facts, "收件地址", l->address, S(""));
    fact(a, &p->facts, "模板",
         l->template_version ? str_fmt(a, "本站模板第%lld版", (long long)l->template_version)
                             : S("默认模板"),
         S(""));
}

bool page_letter(Request *r, Response *w, Err *err)
{
    Letter l;
    LetterPage p = {0};
    if (!letter_asked(r, &l, err) || !desk_begin(r, l.title, DESK_LETTERS, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, LIST, S("文书"));
    desk_crumb(r, &p.desk, S(""), l.code);
    p.sheet = letter_sheet(r->a, &l);
    facts_of(r->a, &l, &p);
    p.pdf = path_of(r->a, &l, "/pdf");
    p.docx = path_of(r->a, &l, "/docx");
    p.dl = path_of(r->a, &l, "/envelope?form=dl");
    p.c5 = path_of(r->a, &l, "/envelope?form=c5");
    if (!l.is_void && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p.void_href = path_of(r->a, &l, "/void");
    if (l.is_void)
        p.void_words = str_fmt(r->a, PRI_STR "于" PRI_STR "作废：" PRI_STR "。文号不再使用。",
                               STR_ARG(l.void_by), STR_ARG(moment_zh(r->a, l.void_at)),
                               STR_ARG(l.void_reason));
    view_letter_show(&w->out, &p);
    return true;
}

static const FieldDef void_defs[] = {
    {.name = "reason",
     .label = "为什么作废",
     .hint = "文书和文号都保留，打印出来带“已作废”字样；已经登记的步骤不受影响",
     .kind = FIELD_AREA,
     .required = true,
     .max = 200},
};

static bool void_begin(Request *r, LetterFormPage *p, Letter *l, Err *err)
{
    if (!letter_asked(r, l, err))
        return false;
    *p = (LetterFormPage){
        .heading = S("作废文书"),
        .hint = str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(l->code), STR_ARG(l->title)),
        .action = r->path,
        .submit = S("作废"),
        .back = door_path(r->a, S("letter"), l->id.n)};
    if (!desk_begin(r, p->heading, DESK_LETTERS, &p->desk, err))
        return false;
    desk_crumb(r, &p->desk, LIST, S("文书"));
    desk_crumb(r, &p->desk, p->back, l->code);
    desk_crumb(r, &p->desk, S(""), p->heading);
    form_new(r, void_defs, 1, &p->form);
    return true;
}

static bool show(Response *w, LetterFormPage *p)
{
    if (form_is_wrong(&p->form))
        w->status = 422;
    view_letter_form(&w->out, p);
    return true;
}

bool page_letter_void(Request *r, Response *w, Err *err)
{
    LetterFormPage p;
    Letter l;
    return void_begin(r, &p, &l, err) && show(w, &p);
}

bool page_letter_void_send(Request *r, Response *w, Err *err)
{
    LetterFormPage p;
    Letter l;
    Err why = {0};
    if (!void_begin(r, &p, &l, err))
        return false;
    if (!form_take(r, &p.form))
        return show(w, &p);
    if (!app_letter_void(app_of(r), l.id, form_text(&p.form, "reason"), r->a, &why))
        return form_mend(&p.form, &why, err) && show(w, &p);
    return desk_done(r, w, p.back, "letter-void");
}

// --- a letter without a step

static const FieldDef new_defs[] = {
    {.name = "addressee", .label = "发给", .kind = FIELD_TEXT, .required = true, .max = 100},
    {.name = "address",
     .label = "收件地址",
     .hint = "发给申请人的，用申请里的地址，这里不用填",
     .max = 200},
    {.name = "postcode", .label = "邮政编码", .max = 6},
    {.name = "text",
     .label = "正文",
     .hint = "一行一段；标题、文号、落款和日期自动加上",
     .kind = FIELD_AREA,
     .required = true,
     .max = 10000},
    {.name = "wording", .label = "模板版本", .kind = FIELD_HIDDEN},
};
enum { NEW_FIELDS = sizeof new_defs / sizeof *new_defs };

typedef struct NewPage {
    LetterFormPage page;
    LetterOwner owner;
    Str organ_name;
    LetterKind kind;
    LetterText text;
} NewPage;

static bool owner_load(Request *r, NewPage *p, Err *err)
{
    App *app = app_of(r);
    InfoRequest q;
    Correction c;
    if (p->owner.kind == OWNER_REQUEST) {
        if (!store_request_get(app->db, &app->scope, (RequestId){p->owner.id}, r->a, &q, err))
            return false;
        p->owner = letter_owner_request(&q);
        p->organ_name = q.organ_name;
        return true;
    }
    if (!store_correction_get(app->db, &app->scope, (CorrectionId){p->owner.id}, r->a, &c, err))
        return false;
    p->owner = letter_owner_correction(&c);
    p->organ_name = c.organ_name;
    return true;
}

// The kind says whose letter it is; the address has to say the same.
static bool kind_asked(Request *r, NewPage *p, Err *err)
{
    bool known = letter_named(request_param(r, "letter_kind"), &p->kind) &&
                 letter_defs[p->kind].fact == FACT__COUNT;
    if (known) {
        p->owner.kind = letter_defs[p->kind].of;
        str_to_int(request_param(r, "id"), &p->owner.id);
    }
    return (known && str_starts(r->path, owner_path(r->a, p->owner))) ||
           fail(err, ERR_MISSING, NULL, "没有这种文书", "there is no such letter");
}

static bool new_begin(Request *r, NewPage *p, Err *err)
{
    if (!kind_asked(r, p, err) || !owner_load(r, p, err))
        return false;
    const FormPlace *place = p->owner.kind == OWNER_REQUEST ? &place_requests : &place_corrections;
    Str back = owner_path(r->a, p->owner), title = letter_title(p->kind);
    p->page = (LetterFormPage){.heading = title,
                               .hint = str_fmt(r->a, PRI_STR "，" PRI_STR "。依据：" PRI_STR,
                                               STR_ARG(p->owner.code), STR_ARG(p->owner.title),
                                               STR_ARG(letter_source(p->kind))),
                               .action = r->path,
                               .submit = S("出具并编号"),
                               .back = back};
    if (!desk_begin(r, title, place->nav, &p->page.desk, err))
        return false;
    desk_crumb(r, &p->page.desk, place->list, place->name);
    desk_crumb(r, &p->page.desk, back, p->owner.code);
    desk_crumb(r, &p->page.desk, S(""), title);
    form_new(r, new_defs, NEW_FIELDS, &p->page.form);
    return true;
}

bool page_letter_new(Request *r, Response *w, Err *err)
{
    NewPage p = {0};
    if (!new_begin(r, &p, err) ||
        !app_letter_draft(app_of(r), p.owner, p.kind, NULL, NULL, r->a, &p.text, err))
        return false;
    form_set(&p.page.form, "addressee", p.text.addressee);
    form_set(&p.page.form, "text", p.text.body);
    form_set(&p.page.form, "wording", str_fmt(r->a, "%lld", (long long)p.text.template_version));
    p.page.sheet = letter_sheet_draft(r->a, &p.text, p.organ_name);
    return show(w, &p.page);
}

static LetterText new_read(const App *app, const NewPage *p)
{
    const Form *f = &p->page.form;
    return (LetterText){.title = letter_title(p->kind),
                        .addressee = form_text(f, "addressee"),
                        .address = form_text(f, "address"),
                        .postcode = form_text(f, "postcode"),
                        .body = form_text(f, "text"),
                        .template_version = form_int(f, "wording"),
                        .on = app->today};
}

bool page_letter_new_send(Request *r, Response *w, Err *err)
{
    NewPage p = {0};
    Letter done;
    Err why = {0};
    if (!new_begin(r, &p, err))
        return false;
    bool right = form_take(r, &p.page.form);
    p.text = new_read(app_of(r), &p);
    p.page.sheet = letter_sheet_draft(r->a, &p.text, p.organ_name);
    if (!right)
        return show(w, &p.page);
    if (str_eq(request_form(r, "do"), S("preview"))) {
        if (!letter_ready(p.kind, p.text.on, p.text.body, &why))
            p.page.held = str_dup(r->a, str_z(why.zh));
        return show(w, &p.page);
    }
    if (!app_letter_issue(app_of(r), p.owner, p.kind, &p.text, r->a, &done, &why))
        return form_mend(&p.page.form, &why, err) && show(w, &p.page);
    return desk_done(r, w, door_path(r->a, S("letter"), done.id.n), "letter-issued");
}

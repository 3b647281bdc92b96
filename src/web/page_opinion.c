#include "web/page_opinion.h"

#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_request.h"

static Str opinions_path(Arena *a, RequestId id)
{
    return str_fmt(a, "/desk/requests/%lld/opinions", (long long)id.n);
}

// --- the list

static void fact(Arena *a, Facts *facts, const char *name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value};
}

static Str day(Arena *a, Date d)
{
    return date_is(d) ? date_zh(a, d) : S("");
}

static Str with_number(Arena *a, Str day_words, Str number)
{
    return number.n ? str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(day_words), STR_ARG(number))
                    : day_words;
}

static void facts_of(Arena *a, const Opinion *o, OpinionView *v)
{
    fact(a, &v->facts, "发出", with_number(a, day(a, o->asked), o->document));
    fact(a, &v->facts, "寄往", with_number(a, o->address, o->number));
    fact(a, &v->facts, "对方收到", day(a, o->received));
    fact(a, &v->facts, date_is(o->received) ? "期限" : "期限（自发出起暂计）", day(a, o->due));
    fact(a, &v->facts, "收到意见", day(a, o->came));
    fact(a, &v->facts, "对方的理由", o->reasons);
    fact(a, &v->facts, "理由的认定", o->held ? opinion_helds[o->held].name : S(""));
    fact(a, &v->facts, "本机关的决定", o->decided ? opinion_decideds[o->decided].name : S(""));
    fact(a, &v->facts, "决定的理由", o->decided_why);
    fact(a, &v->facts, "书面告知第三方", with_number(a, day(a, o->told_on), o->told_number));
}

static bool part_open(const Opinion *o, OpinionPart part, Date today)
{
    bool third = o->kind == FACT_THIRD_PARTY_ASKED;
    switch (part) {
    case OPINION_SENT:
        return !o->address.n;
    case OPINION_RECEIVED:
        return !date_is(o->received) && !date_is(o->came);
    case OPINION_ANSWER:
        return o->answer == ANSWER_OPEN;
    case OPINION_JUDGE:
        return (opinion_silent(o, today) && third) || o->answer == ANSWER_PARTLY ||
               o->answer == ANSWER_DISAGREE;
    case OPINION_TOLD:
        return third && o->decided == DECIDED_GIVE && !date_is(o->told_on);
    case OPINION_PART__COUNT:
        break;
    }
    return false;
}

static void doors_of(Request *r, RequestId id, const Opinion *o, OpinionView *v)
{
    for (int p = 0; p < OPINION_PART__COUNT; p++)
        if (part_open(o, (OpinionPart)p, app_of(r)->today))
            *PUSH(r->a, &v->doors) = (Link){
                .href = str_fmt(r->a, PRI_STR "/%lld/" PRI_STR, STR_ARG(opinions_path(r->a, id)),
                                (long long)o->fact, STR_ARG(opinion_parts[p].id)),
                .text = opinion_parts[p].name};
}

static Str tag_of(const Opinion *o, Date today)
{
    return o->answer == ANSWER_AGREE                                       ? S("ok")
           : o->answer != ANSWER_OPEN                                      ? S("bad")
           : opinion_silent(o, today) && o->kind == FACT_THIRD_PARTY_ASKED ? S("late")
           : opinion_silent(o, today)                                      ? S("ok")
                                                                           : S("wait");
}

static OpinionsView list_view(Request *r, const RequestFile *file, const Opinions *list)
{
    Date today = app_of(r)->today;
    bool may = viewer_may(r->viewer, MAY_REQUEST_HANDLE) && file->request.open;
    OpinionsView v = {.v = NEW(r->a, OpinionView, list->n),
                      .n = list->n,
                      .href = opinions_path(r->a, file->request.id)};
    for (size_t i = 0; i < list->n; i++) {
        const Opinion *o = &list->v[i];
        OpinionView *one = &v.v[i];
        *one = (OpinionView){.whom = o->whom.n ? o->whom : S("没有写明对象"),
                             .kind = o->kind == FACT_ORGAN_ASKED ? S("共同制作机关") : S("第三方"),
                             .state = opinion_words(o, today),
                             .tag = tag_of(o, today)};
        facts_of(r->a, o, one);
        if (may)
            doors_of(r, file->request.id, o, one);
    }
    return v;
}

bool part_opinions(Request *r, const RequestFile *file, Out *out, Err *err)
{
    Opinions list;
    if (!opinions_load(app_of(r), file->request.id, &file->facts, &file->rules, r->a, &list, err))
        return false;
    OpinionsView v = list_view(r, file, &list);
    if (v.n)
        view_opinions_part(out, &v);
    return true;
}

static bool begin(Request *r, Str heading, RequestFile *file, Opinions *list, OpinionPage *p,
                  Err *err)
{
    App *app = app_of(r);
    *p = (OpinionPage){.heading = heading, .action = r->path};
    if (!app_request_get(app, request_id_of(r), r->a, file, err) ||
        !opinions_load(app, file->request.id, &file->facts, &file->rules, r->a, list, err) ||
        !desk_begin(r, heading, DESK_REQUESTS, &p->desk, err))
        return false;
    p->back = opinions_path(r->a, file->request.id);
    p->code = file->request.code;
    desk_crumb(r, &p->desk, S("/desk/requests"), S("申请办理"));
    desk_crumb(r, &p->desk, door_path(r->a, S("request"), file->request.id.n), p->code);
    if (!str_eq(p->back, r->path))
        desk_crumb(r, &p->desk, p->back, S("征求意见"));
    desk_crumb(r, &p->desk, S(""), heading);
    return true;
}

bool page_opinions(Request *r, Response *w, Err *err)
{
    OpinionPage p;
    RequestFile file;
    Opinions list;
    if (!begin(r, S("征求意见"), &file, &list, &p, err))
        return false;
    p.list = list_view(r, &file, &list);
    p.back = door_path(r->a, S("request"), file.request.id.n);
    view_opinions(&w->out, &p);
    return true;
}

// --- a form for each part

// clang-format off
static const FieldDef part_defs[] = {
    { .name = "address", .label = "征求意见书寄往的地址", .max = 200 },
    { .name = "number", .label = "挂号或者EMS号码", .max = 20 },
    { .name = "received", .label = "对方收到的日期", .kind = FIELD_DATE, .required = true },
    { .name = "came", .label = "收到意见的日期", .kind = FIELD_DATE, .required = true },
    { .name = "answer", .label = "对方的意见", .kind = FIELD_RADIO, .required = true },
    { .name = "reasons", .label = "对方的理由", .hint = "照录；不同意而没有说明理由的，写“没有说明理由”", .kind = FIELD_AREA, .max = 2000 },
    { .name = "document", .label = "回函的名称或者文号", .max = 100 },
    { .name = "held", .label = "对方的理由是否合理", .hint = "对方同意或者没有提出意见的，不选", .kind = FIELD_RADIO },
    { .name = "decided", .label = "本机关的决定", .hint = "理由合理的，不选就是不公开；认为不公开可能对公共利益造成重大影响的，可以决定公开", .kind = FIELD_RADIO },
    { .name = "decided_why", .label = "决定的理由", .kind = FIELD_AREA, .max = 2000 },
    { .name = "told_on", .label = "书面告知的日期", .hint = "告知决定公开的内容和理由", .kind = FIELD_DATE, .required = true },
    { .name = "told_number", .label = "告知书的文号或者邮寄号码", .max = 60 },
};
enum { PART_DEFS = sizeof part_defs / sizeof *part_defs };
static const OpinionPart part_of_def[PART_DEFS] = {
    OPINION_SENT, OPINION_SENT, OPINION_RECEIVED, OPINION_ANSWER, OPINION_ANSWER, OPINION_ANSWER,
    OPINION_ANSWER, OPINION_JUDGE, OPINION_JUDGE, OPINION_JUDGE, OPINION_TOLD, OPINION_TOLD,
};
// clang-format on

typedef struct PartForm {
    OpinionPage page;
    RequestFile file;
    Opinions list;
    const Opinion *o;
    OpinionPart part;
    FieldDef defs[PART_DEFS];
} PartForm;

static const Opinion *opinion_asked(const Request *r, const Opinions *list)
{
    int64_t fact = 0;
    str_to_int(request_param(r, "fact"), &fact);
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].fact == fact)
            return &list->v[i];
    return NULL;
}

static void word_choices(Form *f, const char *name, const OpinionWord *words, int n)
{
    for (int i = 1; i < n; i++)
        form_choice(f, name, words[i].id, words[i].name, S(""));
}

static void part_form(Request *r, PartForm *p)
{
    size_t n = 0;
    for (size_t i = 0; i < PART_DEFS; i++)
        if (part_of_def[i] == p->part)
            p->defs[n++] = part_defs[i];
    form_new(r, p->defs, n, &p->page.form);
    p->page.form.version = p->file.request.version;
    if (p->part == OPINION_ANSWER)
        word_choices(&p->page.form, "answer", opinion_answers, ANSWER__COUNT);
    if (p->part == OPINION_JUDGE) {
        word_choices(&p->page.form, "held", opinion_helds, HELD__COUNT);
        word_choices(&p->page.form, "decided", opinion_decideds, DECIDED__COUNT);
    }
}

static bool part_begin(Request *r, PartForm *p, Err *err)
{
    *p = (PartForm){0};
    if (!opinion_part_named(request_param(r, "part"), &p->part))
        return fail(err, ERR_MISSING, NULL, "没有这个步骤", "there is no such step");
    if (!begin(r, opinion_parts[p->part].name, &p->file, &p->list, &p->page, err))
        return false;
    p->o = opinion_asked(r, &p->list);
    if (!p->o)
        return fail(err, ERR_MISSING, NULL, "没有这份征求意见书",
                    "nobody was asked by that letter");
    p->page.submit = S("登记");
    p->page.hint = str_fmt(r->a, PRI_STR "，" PRI_STR "。依据：" PRI_STR, STR_ARG(p->o->whom),
                           STR_ARG(opinion_words(p->o, app_of(r)->today)),
                           STR_ARG(opinion_parts[p->part].source));
    part_form(r, p);
    return true;
}

static bool show(Response *w, PartForm *p)
{
    if (form_is_wrong(&p->page.form))
        w->status = 422;
    view_opinion_form(&w->out, &p->page);
    return true;
}

bool page_opinion(Request *r, Response *w, Err *err)
{
    PartForm p;
    if (!part_begin(r, &p, err))
        return false;
    Form *f = &p.page.form;
    Date today = app_of(r)->today;
    if (p.part == OPINION_RECEIVED)
        form_set_date(f, "received", today);
    if (p.part == OPINION_ANSWER)
        form_set_date(f, "came", date_is(p.o->came) ? p.o->came : today);
    if (p.part == OPINION_TOLD)
        form_set_date(f, "told_on", today);
    if (p.part == OPINION_JUDGE) {
        form_set(f, "held", opinion_helds[p.o->held].id);
        form_set(f, "decided", opinion_decideds[p.o->decided].id);
        form_set(f, "decided_why", p.o->decided_why);
    }
    return show(w, &p);
}

static Opinion said_of(const PartForm *p)
{
    const Form *f = &p->page.form;
    Opinion o = {.received = date_none, .came = date_none, .told_on = date_none};
    switch (p->part) {
    case OPINION_SENT:
        o.address = form_text(f, "address");
        o.number = form_text(f, "number");
        break;
    case OPINION_RECEIVED:
        o.received = form_date(f, "received");
        break;
    case OPINION_ANSWER:
        o.came = form_date(f, "came");
        o.answer =
            (OpinionAnswer)opinion_word(opinion_answers, ANSWER__COUNT, form_text(f, "answer"));
        o.reasons = form_text(f, "reasons");
        o.document = form_text(f, "document");
        break;
    case OPINION_JUDGE:
        o.held = (OpinionHeld)opinion_word(opinion_helds, HELD__COUNT, form_text(f, "held"));
        o.decided =
            (OpinionDecided)opinion_word(opinion_decideds, DECIDED__COUNT, form_text(f, "decided"));
        o.decided_why = form_text(f, "decided_why");
        break;
    case OPINION_TOLD:
        o.told_on = form_date(f, "told_on");
        o.told_number = form_text(f, "told_number");
        break;
    case OPINION_PART__COUNT:
        break;
    }
    return o;
}

bool page_opinion_send(Request *r, Response *w, Err *err)
{
    PartForm p;
    Err why = {0};
    if (!part_begin(r, &p, err))
        return false;
    if (!form_take(r, &p.page.form))
        return show(w, &p);
    OpinionStep step = {.id = p.file.request.id,
                        .version = p.page.form.version,
                        .fact = p.o->fact,
                        .part = p.part,
                        .said = said_of(&p)};
    if (app_opinion_keep(app_of(r), &step, r->a, &why))
        return desk_done(r, w, p.page.back, "saved");
    return form_mend(&p.page.form, &why, err) && show(w, &p);
}

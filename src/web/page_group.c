// What a request's page says about those like it, and the forms that join and split.
#include "web/page_group.h"

#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"

enum { REASON_RUNES = 300 };

static Str same_state(Arena *a, const AskedRequest *q)
{
    Outcome o;
    if (q->open || !outcome_named(q->outcome, &o))
        return q->lead.n ? str_cat(a, phase_defs[q->phase].name, S("，已并案"))
                         : phase_defs[q->phase].name;
    return date_is(q->ended) ? str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(outcome_defs[o].name),
                                       STR_ARG(date_zh(a, q->ended)))
                             : outcome_defs[o].name;
}

SameLine same_line(Arena *a, const AskedRequest *q)
{
    return (SameLine){.href = door_path(a, S("request"), q->id.n),
                      .code = q->code,
                      .title = q->title,
                      .organ = q->organ_name,
                      .filed = date_zh(a, q->filed),
                      .state = same_state(a, q),
                      .reply = q->document,
                      .alike = q->alike < ASKED_SAME ? str_fmt(a, "相同%d%%", q->alike / 10)
                                                     : S("文字相同")};
}

// --- who asked the same

static Str join_path(Arena *a, RequestId id, Str lead)
{
    return path_with(a, str_cat(a, door_path(a, S("request"), id.n), S("/join")), "lead", lead);
}

static void same_list(Request *r, const RequestFile *f, bool leads, const AskedRequests *from,
                      SameList *out)
{
    const InfoRequest *q = &f->request;
    bool may = q->open && !q->same_as.n && !leads && viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    out->v = NEW(r->a, SameLine, from->n);
    for (size_t i = 0; i < from->n; i++) {
        const AskedRequest *s = &from->v[i];
        SameLine *line = &out->v[out->n++];
        *line = same_line(r->a, s);
        if (may && s->open && !s->lead.n && s->organ.n == q->organ.n)
            line->join = join_path(r->a, q->id, s->code);
    }
}

// 条例第三十六条第（六）项: only what was answered before makes a request a repeated one.
static Str repeated_words(Arena *a, const AskedRequests *own)
{
    for (size_t i = 0; i < own->n; i++)
        if (own->v[i].phase == PHASE_DONE)
            return str_fmt(a,
                           "同一申请人以前就相同内容提出过" PRI_STR
                           "，已经答复；是否属于重复申请，请核对后决定（" PRI_STR "）。",
                           STR_ARG(own->v[i].code), STR_ARG(group_repeated_source));
    return S("");
}

// `none`: behind the count where no two are the same.
static Str count_words(Arena *a, const char *span, const ApplicantCount *c, const char *none)
{
    if (!c->n)
        return S("");
    return c->repeated ? str_fmt(a, "%s%lld件，其中%lld件与同期自己的另一件文字相同", span,
                                 (long long)c->n, (long long)c->repeated)
                       : str_fmt(a, "%s%lld件%s", span, (long long)c->n, none);
}

static const char NONE_SAME[] = "，文字没有相同的";

static Str same_words(Arena *a, const Radar *radar)
{
    if (radar->n_same > 1)
        return str_fmt(a, "您看得到的范围内，共%lld件申请文字相同（含本件）。",
                       (long long)radar->n_same);
    return radar->near.n ? S("没有文字相同的申请，有内容相近的。")
                         : S("没有找到相同或者相近的申请。");
}

// clang-format off
static const struct { const char *heading; size_t at; } same_lists[] = {
    { "同一申请人，文字相同",     offsetof(Radar, own) },
    { "别人向本机关提出，文字相同", offsetof(Radar, here) },
    { "向别的机关提出，文字相同", offsetof(Radar, away) },
    { "内容相近",                 offsetof(Radar, near) },
};
// clang-format on

static const AskedRequests *same_of(const Radar *radar, size_t i)
{
    return (const AskedRequests *)((const char *)radar + same_lists[i].at);
}

enum { NEARLY_SAME = 800 }; // per mille: the same paper, typed by somebody else

void same_draft(Request *r, const Radar *radar, SamePart *out, bool *many)
{
    SamePart p = {.say = radar->n_same ? str_fmt(r->a, "您看得到的范围内，已有%lld件申请文字相同。",
                                                 (long long)radar->n_same)
                         : radar->near.n ? S("没有文字相同的申请，有内容相近的。")
                                         : S("没有找到相同或者相近的申请。"),
                  .repeated = repeated_words(r->a, &radar->own),
                  .month = count_words(r->a, "提交的当月", &radar->month, ""),
                  .year = count_words(r->a, "当年", &radar->year, "")};
    for (size_t i = 0; i < sizeof same_lists / sizeof *same_lists; i++) {
        const AskedRequests *from = same_of(radar, i);
        p.lists[i].heading = str_z(same_lists[i].heading);
        p.lists[i].v = NEW(r->a, SameLine, from->n);
        for (size_t k = 0; k < from->n; k++)
            p.lists[i].v[p.lists[i].n++] = same_line(r->a, &from->v[k]);
    }
    *many = radar->own.n || radar->here.n || radar->away.n ||
            (radar->near.n && radar->near.v[0].alike >= NEARLY_SAME);
    *out = p;
}

bool request_part_same(Request *r, const RequestFile *file, Out *out, Err *err)
{
    Radar radar;
    const InfoRequest *q = &file->request;
    int64_t followers = 0;
    RequestId lead;
    if (!app_asked_radar(app_of(r), q, r->a, &radar, err) ||
        !store_group_side(app_of(r)->db, app_of(r)->site, q->id, &followers, &lead, err))
        return false;
    SamePart p = {.say = same_words(r->a, &radar),
                  .repeated = q->open ? repeated_words(r->a, &radar.own) : S(""),
                  .month = count_words(r->a, "提交的当月", &radar.month, NONE_SAME),
                  .year = count_words(r->a, "当年", &radar.year, NONE_SAME)};
    for (size_t i = 0; i < sizeof same_lists / sizeof *same_lists; i++) {
        p.lists[i].heading = str_z(same_lists[i].heading);
        same_list(r, file, followers > 0, same_of(&radar, i), &p.lists[i]);
    }
    if (radar.here.n + 1 >= ASKED_MANY && q->open)
        p.group =
            str_fmt(r->a, "/desk/groups/%lld/%lld", (long long)q->organ.n, (long long)radar.asked);
    view_group_same(out, &p);
    return true;
}

bool group_hint(Request *r, const InfoRequest *q, Str *hint, Err *err)
{
    Radar radar;
    if (!app_asked_radar(app_of(r), q, r->a, &radar, err))
        return false;
    if (radar.n_same > 1)
        *hint =
            str_fmt(r->a, PRI_STR "。" PRI_STR PRI_STR, STR_ARG(*hint),
                    STR_ARG(same_words(r->a, &radar)), STR_ARG(repeated_words(r->a, &radar.own)));
    return true;
}

// --- what it is answered together with

static bool follows(Request *r, const RequestFile *f, GroupPart *p, Err *err)
{
    App *app = app_of(r);
    Joined joined;
    bool found = false;
    InfoRequest lead;
    Scope all = scope_site(app->site);
    if (!store_joined_get(app->db, app->site, f->request.id, r->a, &joined, &found, err))
        return false;
    if (!found)
        return true;
    if (!store_request_get(app->db, &all, joined.lead, r->a, &lead, err))
        return false;
    p->lead = lead.code;
    p->lead_href = door_path(r->a, S("request"), lead.id.n);
    p->who = str_fmt(r->a, PRI_STR "于" PRI_STR "并案", STR_ARG(joined.person_name),
                     STR_ARG(moment_zh(r->a, joined.at)));
    p->reason = joined.reason;
    if (f->request.open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p->leave = str_cat(r->a, door_path(r->a, S("request"), f->request.id.n), S("/leave"));
    if (f->request.open && !lead.open)
        p->warn =
            S("主件已经办结，本件还没有：请到主件的并案页再适用一次答复，或者解除并案单独答复。");
    return true;
}

Str group_warning(Arena *a, const GroupFigures *f, const Clock *lead)
{
    if (f->overdue)
        return str_fmt(a, "并入的申请中有%lld件已经逾期。", (long long)f->overdue);
    if (date_is(f->first_due) && date_is(lead->due) && f->first_due.days < lead->due.days)
        return str_fmt(a, "并入的申请各按自己的期限计算，最早的一件" PRI_STR "到期，早于主件。",
                       STR_ARG(date_zh(a, f->first_due)));
    return S("");
}

static bool leads(Request *r, const RequestFile *f, GroupPart *p, Err *err)
{
    App *app = app_of(r);
    GroupFigures g;
    int64_t followers = 0;
    RequestId lead;
    if (!store_group_side(app->db, app->site, f->request.id, &followers, &lead, err))
        return false;
    if (!followers)
        return true;
    if (!store_group_figures(app->db, app->site, f->request.id, app->today, &g, err))
        return false;
    p->say = str_fmt(r->a, "本件是主件，并入%lld件，其中%lld件在办。对本件的答复送出后，逐件适用。",
                     (long long)g.n, (long long)g.open);
    p->list = str_cat(r->a, door_path(r->a, S("request"), f->request.id.n), S("/group"));
    p->warn = group_warning(r->a, &g, &f->clock);
    return true;
}

bool request_part_group(Request *r, const RequestFile *file, Out *out, Err *err)
{
    GroupPart p = {0};
    if (!follows(r, file, &p, err) || !leads(r, file, &p, err))
        return false;
    if (p.lead.n || p.say.n)
        view_group_part(out, &p);
    return true;
}

// --- what it is counted as

static Str outcome_name(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : S("与整件相同");
}

bool request_part_units(Request *r, const RequestFile *file, Out *out, Err *err)
{
    App *app = app_of(r);
    Split split;
    const InfoRequest *q = &file->request;
    if (!store_split_get(app->db, app->site, q->id, r->a, &split, err))
        return false;
    UnitsPart p = {.say = str_fmt(r->a, "按%lld件统计和计费。", (long long)q->n_units)};
    if (split.units.n)
        p.who = str_fmt(r->a, PRI_STR "于" PRI_STR "拆分：" PRI_STR, STR_ARG(split.person_name),
                        STR_ARG(moment_zh(r->a, split.at)), STR_ARG(split.reason));
    p.v = NEW(r->a, UnitLine, split.units.n);
    for (size_t i = 0; i < split.units.n; i++)
        p.v[p.n++] = (UnitLine){split.units.v[i].matter, outcome_name(split.units.v[i].outcome)};
    if (q->open && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p.edit = str_cat(r->a, door_path(r->a, S("request"), q->id.n), S("/units"));
    if (p.n || p.edit.n)
        view_group_units(out, &p);
    return true;
}

// --- forms

static bool asked_request(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    App *app = app_of(r);
    if (!store_request_get(app->db, &app->scope, request_id_of(r), r->a, q, err))
        return false;
    p->hint = str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(q->code), STR_ARG(q->title));
    return true;
}

static const FieldDef join_defs[] = {
    {.name = "lead",
     .label = "主件的编号",
     .hint = "对主件的答复送出后，同样的答复逐件送给并入的申请；各件的期限仍各自计算",
     .required = true,
     .max = 60},
    {.name = "reason",
     .label = "为什么是同一事项",
     .hint = "文字完全相同的可以不写",
     .kind = FIELD_AREA,
     .max = REASON_RUNES},
};

static bool join_begin(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    *p = (RequestFormPage){.heading = S("并案"), .submit = S("并入")};
    return asked_request(r, p, q, err) && form_page_of_request(r, p, q, join_defs, 2, err);
}

bool page_request_join(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    if (!join_begin(r, &p, &q, err))
        return false;
    form_set(&p.form, "lead", str_clip(r->a, request_query(r, "lead"), 60));
    return form_page_show(w, &p);
}

bool page_request_join_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    Err why = {0};
    if (!join_begin(r, &p, &q, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    if (!app_request_join(app_of(r), q.id, p.form.version, form_text(&p.form, "lead"),
                          form_text(&p.form, "reason"), r->a, &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, p.back, "joined");
}

static const FieldDef leave_defs[] = {
    {.name = "reason",
     .label = "为什么解除并案",
     .hint = "解除以后单独办理，期限不变",
     .kind = FIELD_AREA,
     .required = true,
     .max = REASON_RUNES},
};

static bool leave_begin(Request *r, RequestFormPage *p, InfoRequest *q, Err *err)
{
    *p = (RequestFormPage){.heading = S("解除并案"), .submit = S("解除")};
    return asked_request(r, p, q, err) && form_page_of_request(r, p, q, leave_defs, 1, err);
}

bool page_request_leave(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    return leave_begin(r, &p, &q, err) && form_page_show(w, &p);
}

bool page_request_leave_send(Request *r, Response *w, Err *err)
{
    RequestFormPage p;
    InfoRequest q;
    Err why = {0};
    if (!leave_begin(r, &p, &q, err))
        return false;
    if (!form_take(r, &p.form))
        return form_page_show(w, &p);
    if (!app_request_leave(app_of(r), q.id, p.form.version, form_text(&p.form, "reason"), r->a,
                           &why))
        return form_page_again(w, &p, &why, err);
    return desk_done(r, w, p.back, "left");
}

// --- units: the matters one a line, and an outcome for each that is there already

static const FieldDef matters_def = {
    .name = "matters",
    .label = "事项，每行一项",
    .hint =
        "一份申请里有几项内容的，按合理的最小单位拆分计件（国办函〔2020〕109号第四条）；只写一行"
        "就是不拆分",
    .kind = FIELD_AREA,
    .required = true,
    .max = (UNITS_MAX + 1) * (MATTER_RUNES + 1)};
static const FieldDef units_reason_def = {.name = "reason",
                                          .label = "为什么这样计件",
                                          .kind = FIELD_AREA,
                                          .required = true,
                                          .max = REASON_RUNES};

typedef struct UnitsForm {
    RequestFormPage page;
    InfoRequest request;
    Split split;
    FieldDef defs[UNITS_MAX + 2];
} UnitsForm;

static const char *outcome_field(Arena *a, size_t i)
{
    return str_to_z(a, str_fmt(a, "outcome%zu", i + 1));
}

static void outcome_choices(Form *f, const char *name)
{
    for (int o = 0; o < OUTCOME__COUNT; o++)
        if (unit_outcome_fits((Outcome)o))
            form_choice(f, name, outcome_defs[o].id, outcome_defs[o].name, S(""));
}

static bool units_begin(Request *r, UnitsForm *u, Err *err)
{
    size_t n = 0;
    u->page = (RequestFormPage){.heading = S("拆分计件"), .submit = S("保存")};
    if (!asked_request(r, &u->page, &u->request, err) ||
        !store_split_get(app_of(r)->db, app_of(r)->site, u->request.id, r->a, &u->split, err))
        return false;
    u->defs[n++] = matters_def;
    u->defs[n++] = units_reason_def;
    for (size_t i = 0; i < u->split.units.n && i < UNITS_MAX; i++)
        u->defs[n++] =
            (FieldDef){.name = outcome_field(r->a, i),
                       .label = str_to_z(
                           r->a, str_fmt(r->a, "第%zu件“" PRI_STR "”的处理结果，不选则与整件相同",
                                         i + 1, STR_ARG(u->split.units.v[i].matter))),
                       .kind = FIELD_SELECT};
    if (!form_page_of_request(r, &u->page, &u->request, u->defs, n, err))
        return false;
    for (size_t i = 2; i < n; i++)
        outcome_choices(&u->page.form, u->defs[i].name);
    return true;
}

static Str matter_lines(const Units *units, Arena *a)
{
    Strs lines = {0};
    for (size_t i = 0; i < units->n; i++)
        *PUSH(a, &lines) = units->v[i].matter;
    return str_join(a, lines.v, lines.n, S("\n"));
}

bool page_request_units(Request *r, Response *w, Err *err)
{
    UnitsForm *u = NEW(r->a, UnitsForm, 1);
    if (!units_begin(r, u, err))
        return false;
    form_set(&u->page.form, "matters",
             u->split.units.n ? matter_lines(&u->split.units, r->a) : u->request.title);
    form_set(&u->page.form, "reason", u->split.reason);
    for (size_t i = 0; i < u->split.units.n && i < UNITS_MAX; i++)
        form_set(&u->page.form, outcome_field(r->a, i), u->split.units.v[i].outcome);
    return form_page_show(w, &u->page);
}

// An outcome belongs to its matter, wherever that stands now.
static void outcomes_read(const UnitsForm *u, Units *units, Arena *a)
{
    for (size_t i = 0; i < u->split.units.n && i < UNITS_MAX; i++)
        for (size_t j = 0; j < units->n; j++)
            if (str_eq(units->v[j].matter, u->split.units.v[i].matter))
                units->v[j].outcome = form_text(&u->page.form, outcome_field(a, i));
}

bool page_request_units_send(Request *r, Response *w, Err *err)
{
    UnitsForm *u = NEW(r->a, UnitsForm, 1);
    Err why = {0};
    if (!units_begin(r, u, err))
        return false;
    if (!form_take(r, &u->page.form))
        return form_page_show(w, &u->page);
    Units units = units_read(form_text(&u->page.form, "matters"), r->a);
    outcomes_read(u, &units, r->a);
    if (!app_request_split(app_of(r), u->request.id, u->page.form.version, &units,
                           form_text(&u->page.form, "reason"), r->a, &why))
        return form_page_again(w, &u->page, &why, err);
    return desk_done(r, w, u->page.back, "split");
}

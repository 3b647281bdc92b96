#include "web/page_correction.h"

#include "base/crypt.h"
#include "domain/identity.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_applicant.h"
#include "web/page_common.h"

enum { PER_PAGE = 50 };

CorrectionId correction_id_of(const Request *r)
{
    CorrectionId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    return id;
}

static Str case_path(Arena *a, CorrectionId id, const char *tail)
{
    return str_cat(a, door_path(a, S("correction"), id.n), str_z(tail));
}

static Str day_or(Arena *a, Date d, const char *otherwise)
{
    return date_is(d) ? date_zh(a, d) : str_z(otherwise);
}

static Str state_name(const Correction *c)
{
    return c->ended                    ? correction_defs[c->outcome].name
           : date_is(c->days.examined) ? S("已审核")
                                       : S("待审核");
}

static Str state_tag(const Correction *c)
{
    return c->ended ? S("ok") : S("run");
}

// --- the register

static CorrectionLine line_of(Arena *a, const Correction *c, Date today)
{
    return (CorrectionLine){.href = case_path(a, c->id, ""),
                            .code = c->code,
                            .record = c->record,
                            .applicant = c->applicant_name,
                            .organ = c->organ_name,
                            .filed = date_zh(a, c->days.filed),
                            .target = day_or(a, c->target, "—"),
                            .state = state_name(c),
                            .tag = state_tag(c),
                            .late = !c->ended && date_is(c->target) && c->target.days < today.days};
}

bool page_corrections(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    CorrectionListPage p = {.text = str_trim(request_query(r, "q")),
                            .open_only = str_eq(request_query(r, "state"), S("open")),
                            .may_add = viewer_may(r->viewer, MAY_REQUEST_REGISTER)};
    CorrectionAsk ask = {.open_only = p.open_only, .text = p.text, .limit = PER_PAGE + 1};
    Corrections found;
    str_to_int(request_query(r, "before"), &ask.before);
    if (!desk_begin(r, S("更正申请"), DESK_CORRECTIONS, &p.desk, err) ||
        !store_correction_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    p.lines = NEW(r->a, CorrectionLine, shown);
    for (size_t i = 0; i < shown; i++)
        p.lines[p.n++] = line_of(r->a, &found.v[i], app->today);
    if (found.n > shown)
        p.next = path_with_int(r->a,
                               path_with(r->a, path_with(r->a, place_corrections.list, "q", p.text),
                                         "state", request_query(r, "state")),
                               "before", found.v[shown - 1].id.n);
    view_correction_list(&w->out, &p);
    return true;
}

// --- one

static void fact(Arena *a, Facts *facts, const char *name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = str_z(name), .value = value};
}

static void facts_read(Arena *a, const Correction *c, const Applicant *who, CorrectionPage *p)
{
    fact(a, &p->facts, "收到", date_zh(a, c->days.filed));
    fact(a, &p->facts, "内部时限", day_or(a, c->target, "没有设"));
    fact(a, &p->facts, "审核", day_or(a, c->days.examined, "还没有"));
    fact(a, &p->facts, "办结", day_or(a, c->days.ended, "还没有"));
    fact(a, &p->who, "申请人", c->applicant_name);
    fact(a, &p->who, "身份证明",
         str_cat(a, who->id_kind, str_cat(a, S(" "), identity_masked(who->id_number, a))));
    fact(a, &p->who, "电话", who->phone);
    fact(a, &p->who, "邮箱", who->email);
    fact(a, &p->who, "地址", who->address);
    fact(a, &p->who, "渠道", channel_defs[c->channel].name);
    fact(a, &p->who, "哪一项记录", c->record);
    fact(a, &p->who, "哪里不准确", c->wrong);
    fact(a, &p->who, "应当怎样", c->claim);
    fact(a, &p->who, "证据", c->evidence);
    fact(a, &p->who, "审核的情况", c->examined);
    fact(a, &p->who, "处理结果", c->words);
}

static void door(CorrectionPage *p, Str href, const char *name, const char *by)
{
    p->doors[p->n_doors++] = (StepDoor){.href = href, .name = str_z(name), .by = str_z(by)};
}

static void doors(Request *r, const Correction *c, CorrectionPage *p)
{
    p->doors = NEW(r->a, StepDoor, 3 + CORRECTION__COUNT);
    if (c->request.n)
        door(p, door_path(r->a, S("request"), c->request.n), "看相关的公开申请", "");
    if (!c->ended && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        door(p, case_path(r->a, c->id, "/examine"),
             date_is(c->days.examined) ? "重新登记审核的情况" : "登记审核的情况", "条例第四十一条");
    for (int o = 0; o < CORRECTION__COUNT && viewer_may(r->viewer, MAY_REQUEST_SIGN); o++)
        if (!c->ended && (!correction_defs[o].examined || date_is(c->days.examined)))
            door(p,
                 str_fmt(r->a, PRI_STR "/end/" PRI_STR, STR_ARG(case_path(r->a, c->id, "")),
                         STR_ARG(correction_defs[o].id)),
                 correction_defs[o].name.s, correction_defs[o].source.s);
    if (!c->ended && !viewer_may(r->viewer, MAY_REQUEST_SIGN))
        door(p, S(""), "办结，告知申请人", "审核以后，由有“签发答复”权限的人办理");
}

static bool numbered_here(const LetterPartPage *p, Str code)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].code, code))
            return true;
    return false;
}

static bool letters_read(Request *r, const Correction *c, CorrectionPage *p, Err *err)
{
    LetterOwner owner = letter_owner_correction(c);
    if (!letter_part_read(r, owner, &p->letters, err))
        return false;
    if (!numbered_here(&p->letters, c->document))
        fact(r->a, &p->who, "文号", c->document);
    p->letters.none = S("还没有出具文书。告知书在“下一步”里办结时一起出具。");
    for (int k = 0; k < LETTER__COUNT && viewer_may(r->viewer, MAY_REQUEST_HANDLE); k++)
        if (letter_defs[k].of == OWNER_CORRECTION &&
            correction_may_send(c->ended, c->outcome, (LetterKind)k))
            letter_offer(r, owner, (LetterKind)k, &p->letters);
    return true;
}

bool page_correction(Request *r, Response *w, Err *err)
{
    CorrectionPage p = {0};
    Correction c;
    Applicant who;
    if (!app_correction_get(app_of(r), correction_id_of(r), r->a, &c, &who, err) ||
        !desk_begin(r, c.record, DESK_CORRECTIONS, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, place_corrections.list, place_corrections.name);
    desk_crumb(r, &p.desk, S(""), c.code);
    p.title = c.record;
    p.code = c.code;
    p.state = state_name(&c);
    p.tag = state_tag(&c);
    p.say = c.ended
                ? S("已经办结。")
                : S("条例第四十一条没有规定办理期限；内部时限是本机关自己的要求，不是法定期限。");
    facts_read(r->a, &c, &who, &p);
    p.reveal = case_path(r->a, c.id, "/identity");
    p.csrf = r->viewer->csrf;
    p.once = crypt_token(r->a, 16);
    doors(r, &c, &p);
    if (!letters_read(r, &c, &p, err))
        return false;
    view_correction(&w->out, &p);
    return true;
}

bool page_correction_reveal(Request *r, Response *w, Err *err)
{
    RevealPage p = {0};
    Correction c;
    Applicant who;
    if (!app_correction_reveal(app_of(r), correction_id_of(r), r->a, &c, &who, err) ||
        !desk_begin(r, S("申请人的证件号码"), DESK_CORRECTIONS, &p.desk, err))
        return false;
    p.back = case_path(r->a, c.id, "");
    desk_crumb(r, &p.desk, place_corrections.list, place_corrections.name);
    desk_crumb(r, &p.desk, p.back, c.code);
    desk_crumb(r, &p.desk, S(""), S("证件号码"));
    p.id_kind = who.id_kind;
    p.number = who.id_number;
    view_request_reveal(&w->out, &p);
    return true;
}

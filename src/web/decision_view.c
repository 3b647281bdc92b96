#include "web/decision_view.h"

#include "web/page_common.h"

// --- who did what

static Str who_words(Arena *a, const DecisionDeed *d)
{
    return d->instead_of_name.n ? str_fmt(a, PRI_STR "（代" PRI_STR "）", STR_ARG(d->name),
                                          STR_ARG(d->instead_of_name))
                                : d->name;
}

static Str day_of(Arena *a, int64_t at)
{
    return date_zh(a, (Date){(int32_t)((at + 8 * 3600) / 86400)});
}

// What somebody did, by the part in whose hand it was.
static Str deed_words(Arena *a, const DecisionDeed *d)
{
    static const Str words[DECISION_ACTION__COUNT] = {
        [DECISION_SAVE] = SI("存第%d稿"),    [DECISION_SUBMIT] = SI("送审"),
        [DECISION_PASS] = SI("通过"),        [DECISION_RETURN] = SI("退回"),
        [DECISION_RECALL] = SI("撤回"),      [DECISION_SEND] = SI("发出"),
        [DECISION_DELIVER] = SI("登记送达"),
    };
    if (d->action == DECISION_SAVE)
        return str_fmt(a, "存第%lld稿", (long long)d->draft);
    if (d->action == DECISION_PASS || d->action == DECISION_RETURN)
        return d->part == PART_SIGN && d->action == DECISION_PASS
                   ? S("签发")
                   : str_cat(a, decision_parts[d->part].name, words[d->action]);
    return words[d->action];
}

DeedLine *deed_lines(Request *r, const DecisionDeeds *deeds, size_t *n)
{
    DeedLine *lines = NEW(r->a, DeedLine, deeds->n);
    for (size_t i = 0; i < deeds->n; i++) {
        const DecisionDeed *d = &deeds->v[deeds->n - 1 - i];
        lines[i] = (DeedLine){.at = moment_zh(r->a, d->at),
                              .who = who_words(r->a, d),
                              .words = deed_words(r->a, d),
                              .reason = d->reason};
    }
    *n = deeds->n;
    return lines;
}

// --- the gate: through whose hands

static const DecisionDeed *last_of(const DecisionDeeds *deeds, DecisionPart part,
                                   DecisionAction action)
{
    for (size_t i = deeds->n; i-- > 0;)
        if (deeds->v[i].part == part && deeds->v[i].action == action)
            return &deeds->v[i];
    return NULL;
}

// Whoever could take the part now, or whom to appoint.
static Str hands_words(Arena *a, const DecisionFile *d, DecisionPart part)
{
    Strs names = {0};
    for (size_t i = 0; i < d->hands.n; i++) {
        Doer who = {.person = d->hands.v[i].person};
        if (roles_reach(d->hands.v[i].roles, decision_parts[part].may, false) != REACH_NONE &&
            !decision_conflict(&d->deeds, &who, part))
            *PUSH(a, &names) = d->hands.v[i].name;
    }
    return names.n ? str_join(a, names.v, names.n, S("、"))
                   : str_cat(a, S("没有人可以办，请授予岗位："), decision_parts[part].roles);
}

static GateStep gate_step(Arena *a, const DecisionFile *d, DecisionPart part)
{
    static const DecisionState at[PART__COUNT] = {
        [PART_DRAFT] = DECISION_DRAFT,
        [PART_SECTION] = DECISION_SECTION,
        [PART_LEGAL] = DECISION_LEGAL,
        [PART_SIGN] = DECISION_SIGNING,
    };
    const DecisionDeed *deed =
        last_of(&d->deeds, part, part == PART_DRAFT ? DECISION_SAVE : DECISION_PASS);
    bool done = d->state > at[part], now = d->state == at[part];
    GateStep step = {.cls = done  ? S("done")
                            : now ? S("now")
                                  : S(""),
                     .name = decision_parts[part].name};
    if (deed && (done || part == PART_DRAFT)) {
        step.who = who_words(a, deed);
        step.day = day_of(a, deed->at);
    } else
        step.who = hands_words(a, d, part);
    return step;
}

static void gate(Arena *a, const RequestFile *file, const DecisionFile *d, SheetView *v)
{
    v->gate = NEW(a, GateStep, PART__COUNT + 1);
    for (DecisionPart part = PART_DRAFT; part < PART__COUNT; part++)
        if (part != PART_SECTION || d->section || d->state == DECISION_SECTION)
            v->gate[v->n_gate++] = gate_step(a, d, part);
    Date due = d->decision.ordered.n ? d->hand.order.due : file->clock.due;
    GateStep out = {.name = S("发出")};
    if (d->state == DECISION_SIGNED)
        out = (GateStep){.cls = S("now"), .name = S("发出"), .who = S("等经办人发出")};
    else if (d->state > DECISION_SIGNED)
        out = (GateStep){.cls = S("done"),
                         .name = decision_states[d->state].name,
                         .day = date_is(d->sent_on) ? date_zh(a, d->sent_on) : S("")};
    else if (date_is(due))
        out.day = str_cat(a, S("最迟"), date_zh(a, due));
    v->gate[v->n_gate++] = out;
}

// --- what it says

static void fact(Arena *a, Facts *facts, Str name, Str value)
{
    if (value.n)
        *PUSH(a, facts) = (Fact){.name = name, .value = value};
}

static void said(Arena *a, const DecisionSheet *s, SheetView *v)
{
    const OutcomeDef *def = &outcome_defs[s->outcome];
    fact(a, &v->said, S("处理决定"),
         str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(def->name), STR_ARG(def->source)));
    for (int f = 0; f < DF__COUNT; f++)
        fact(a, &v->said, decision_fields[f].name,
             f == DF_CLASS && s->field[f].n ? decision_class_name(s->outcome, s->field[f])
                                            : s->field[f]);
}

static PieceLine piece_line(Arena *a, const DecisionPiece *p)
{
    const DecisionGround *g = decision_ground(p->ground);
    bool withheld = p->answer == PIECE_WITHHELD;
    PieceLine line = {.what = p->what,
                      .tag = withheld                   ? S("bad")
                             : p->answer == PIECE_GIVEN ? S("ok")
                                                        : S("wait"),
                      .answer = withheld                   ? S("不公开")
                                : p->answer == PIECE_GIVEN ? S("公开")
                                                           : S("未定"),
                      .why = p->reason};
    if (withheld && g)
        line.why = str_fmt(a, PRI_STR "（" PRI_STR "）：" PRI_STR, STR_ARG(g->name),
                           STR_ARG(g->article), STR_ARG(p->reason));
    if (p->answer == PIECE_GIVEN && !p->reason.n)
        line.why = S("条例第三十六条第（二）项");
    return line;
}

static void pieces(Arena *a, const DecisionSheet *s, SheetView *v)
{
    v->pieces = NEW(a, PieceLine, DECISION_PIECES);
    for (size_t i = 0; decision_needs[s->outcome].pieces && i < s->n_pieces; i++)
        v->pieces[v->n_pieces++] = piece_line(a, &s->pieces[i]);
}

// r3_4: （三）4
static Str row_words(Arena *a, Str row)
{
    static const char *const numbers[] = {"", "一", "二", "三", "四", "五", "六", "七"};
    int64_t group = 0;
    Str head, item = S("");
    if (!str_cut(str_from(row, 1), S("_"), &head, &item))
        head = str_from(row, 1);
    str_to_int(head, &group);
    return str_fmt(a, "（%s）" PRI_STR, numbers[group < 8 ? group : 0], STR_ARG(item));
}

// One decision gives all three at once.
static void follows(Request *r, const RequestFile *file, const DecisionFile *d, SheetView *v)
{
    const DecisionSheet *s = &d->decision.sheet;
    const OutcomeDef *def = &outcome_defs[s->outcome];
    App *app = app_of(r);
    fact(r->a, &v->follows, S("文书"),
         d->decision.letter_code.n ? str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(def->letter),
                                             STR_ARG(d->decision.letter_code))
                                   : def->letter);
    fact(r->a, &v->follows, S("年报列入"),
         d->decision.ordered.n
             ? S("不再计入表三：这件申请的办理结果已经计过")
             : str_fmt(r->a, "表三" PRI_STR "，" PRI_STR "列，%lld件",
                       STR_ARG(row_words(r->a, outcome_row(s->outcome, date_year(app->today)))),
                       STR_ARG(applicant_defs[file->request.applicant_kind].name),
                       (long long)file->request.n_units));
    fact(r->a, &v->follows, S("救济告知"),
         def->remedy == REMEDY_NONE ? S("不告知救济途径") : d->remedy);
    fact(r->a, &v->follows, S("提供的文件"),
         !def->releases ? S("不提供文件")
         : d->ready     ? S("已经准备好")
                        : d->not_ready);
}

Str redo_say(Arena *a, const DecisionFile *d)
{
    const RedoOrder *o = &d->hand.order;
    if (!o->c.id.n)
        return S("");
    Str what = str_fmt(a, PRI_STR PRI_STR "（" PRI_STR "）" PRI_STR, STR_ARG(o->c.forum),
                       STR_ARG(o->paper), STR_ARG(remedy_kinds[o->c.kind].name),
                       STR_ARG(remedy_results[o->c.result].name));
    if (!date_is(o->due))
        return what;
    return str_fmt(
        a, PRI_STR "，最迟" PRI_STR "重新答复%s。", STR_ARG(what), STR_ARG(date_zh(a, o->due)),
        o->told ? "（文书写明的期限）" : "（文书没有写明期限，按本站设置计算，不是法定期限）");
}

static void lacks(Arena *a, const DecisionLacks *from, SheetView *v)
{
    for (size_t i = 0; i < from->n; i++)
        *PUSH(a, &v->lacks) = from->v[i].words;
}

SheetView sheet_view_draft(Request *r, const DecisionSheet *sheet)
{
    SheetView v = {.empty = !sheet->chosen, .text = sheet->text};
    if (v.empty)
        return v;
    said(r->a, sheet, &v);
    pieces(r->a, sheet, &v);
    return v;
}

SheetView sheet_view(Request *r, const RequestFile *file, const DecisionFile *d)
{
    SheetView v = sheet_view_draft(r, &d->decision.sheet);
    v.text = d->text;
    v.state = decision_states[d->state].name;
    v.tag = decision_states[d->state].tag;
    gate(r->a, file, d, &v);
    if (v.empty)
        return v;
    follows(r, file, d, &v);
    if (d->state < DECISION_SIGNED)
        lacks(r->a, &d->lacks, &v);
    return v;
}

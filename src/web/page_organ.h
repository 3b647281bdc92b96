// /desk/organs and /desk/site: the organ tree, the facts and lives of organs, imports, settings.
#ifndef GONGKAI_WEB_PAGE_ORGAN_H
#define GONGKAI_WEB_PAGE_ORGAN_H

#include "app/organ_import.h"
#include "web/desk.h"

bool page_organs(Request *r, Response *w, Err *err);
bool page_organ(Request *r, Response *w, Err *err);
bool page_organs_csv(Request *r, Response *w, Err *err);
bool page_organ_edit(Request *r, Response *w, Err *err);
bool page_organ_edit_send(Request *r, Response *w, Err *err);
bool page_organ_lines(Request *r, Response *w, Err *err);
bool page_organ_lines_send(Request *r, Response *w, Err *err);
bool page_organ_line_end(Request *r, Response *w, Err *err);
// The steps of a life: /desk/organs/new, /desk/organs/:id/rename …
bool page_organ_step(Request *r, Response *w, Err *err);
bool page_organ_step_send(Request *r, Response *w, Err *err);
bool page_organ_import(Request *r, Response *w, Err *err);
bool page_organ_import_send(Request *r, Response *w, Err *err);
bool page_site(Request *r, Response *w, Err *err);
bool page_site_send(Request *r, Response *w, Err *err);
bool page_site_css(Request *r, Response *w, Err *err);

enum { ORGAN_FIELDS_MAX = OF__COUNT + 8, ORGAN_BODY = ORGAN_CSV_MAX + (1 << 20) };

// --- what the views are given

typedef struct OrganLineView {
    Str href, name, note; // note: 按“市水务局”找到
    Str kind, tier, code;
    Str state, state_cls; // of one that has ended
    int depth;            // in the tree, from 0; at most 6
} OrganLineView;

typedef struct OrgansPage {
    Desk desk;
    Str words;
    bool ended;
    bool tree; // the whole of it; else a list by pages
    OrganLineView *rows;
    size_t n;
    int64_t first, last, total;
    Str previous, next;
    bool may_change;
} OrgansPage;

typedef struct LifeView {
    Str title; // 更名：示例市水利局 → 示例市水务局
    Str organ; // whose, where it was another's
    Str basis, on;
} LifeView;

typedef struct OrganLineOver {
    Str text, href;            // 受示例市水务局监督：水资源管理
    Str organ, over, business; // to end it
} OrganLineOver;

typedef struct OrganView {
    Desk desk;
    OrganId id;
    Str name, state, state_cls;
    Links acts;
    Facts facts, contacts, remedies;
    Facts names; // every name it had, and when
    LifeView *lives;
    size_t n_lives;
    OrganLineOver *lines;
    size_t n_lines;
    Links children, heirs, forerunners;
    Str people, people_href; // 3人在这里有岗位
    Str audit_href;
    Str csrf, once;
    bool may_change;
} OrganView;

typedef struct OrganForm {
    Desk desk;
    Str title, lead;
    Form form;
    Str action, button, back;
    Strs warnings;
    bool danger, multipart;
    // the second look: what was typed, what follows; then the form is hidden fields
    bool preview;
    Strs follows, doubts;
    // lines of supervision, and what a site's settings look like
    OrganLineOver *lines;
    size_t n_lines;
    bool may_end;
    Facts samples;
    Str css; // of the colours as typed, to be looked at
} OrganForm;

typedef struct PlanLineView {
    int line;
    Str kind, kind_cls, name;
    Str what; // changes, or why not
} PlanLineView;

typedef struct ImportPage {
    Desk desk;
    Form form;
    bool planned, can_run;
    size_t counts[PLAN__COUNT];
    PlanLineView *rows; // what changes, first those that are refused; at most 500
    size_t n, left;
    Str text; // the file again, for the second step
} ImportPage;

// --- shared by page_organ*.c

Str organ_path_of(Arena *a, OrganId id, const char *tail); // /desk/organs/7 + tail
OrganId organ_addressed(const Request *r);
// The organs to choose from, in scope, each indented by its depth; as text where they are too many.
bool organ_choose(Request *r, Form *f, const char *name, OrganId but, Err *err);
// Where there are too many to choose from, the field becomes one to type a name or code into.
bool organ_choice_kind(Request *r, FieldDef *def, Err *err);
// The organ of a name or code as typed; 0 with a message beside the field where there is none.
bool organ_typed(Request *r, Form *f, const char *name, Str text, OrganId *out, Err *err);
// Which was chosen, or typed (name, code). False with a message beside the field.
bool organ_chosen(Request *r, Form *f, const char *name, OrganId *out, Err *err);
// The lines in the order of the tree, with depths.
OrganLineView *organ_tree(Arena *a, const OrganLines *lines);
bool organ_form_show(Request *r, Response *w, OrganForm *p, DeskNav nav, Err *err);
// A mistake of the form is shown with it; anything else goes on to the error page.
bool organ_form_failed(Request *r, Response *w, OrganForm *p, DeskNav nav, Err *err);

#endif

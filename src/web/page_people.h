// /desk/people, /desk/substitution and /desk/roles: people, their posts, who stands in for whom.
#ifndef GONGKAI_WEB_PAGE_PEOPLE_H
#define GONGKAI_WEB_PAGE_PEOPLE_H

#include "app/handover.h"
#include "app/person.h"
#include "web/desk.h"

bool page_people(Request *r, Response *w, Err *err);
bool page_person(Request *r, Response *w, Err *err);
bool page_handover(Request *r, Response *w, Err *err);
bool page_roles(Request *r, Response *w, Err *err);

// forms: the page, and what is sent from it
bool page_person_new(Request *r, Response *w, Err *err);
bool page_person_new_send(Request *r, Response *w, Err *err);
bool page_person_edit(Request *r, Response *w, Err *err);
bool page_person_edit_send(Request *r, Response *w, Err *err);
bool page_person_post(Request *r, Response *w, Err *err);
bool page_person_post_send(Request *r, Response *w, Err *err);
bool page_person_post_take(Request *r, Response *w, Err *err);
bool page_person_close(Request *r, Response *w, Err *err);
bool page_person_close_send(Request *r, Response *w, Err *err);
bool page_person_reopen(Request *r, Response *w, Err *err);
bool page_person_reopen_send(Request *r, Response *w, Err *err);
bool page_person_reset(Request *r, Response *w, Err *err);
bool page_person_reset_send(Request *r, Response *w, Err *err);
bool page_person_link(Request *r, Response *w, Err *err);
bool page_person_link_send(Request *r, Response *w, Err *err);
bool page_person_hand_over(Request *r, Response *w, Err *err);
bool page_person_hand_over_send(Request *r, Response *w, Err *err);
bool page_person_stand_in(Request *r, Response *w, Err *err);
bool page_person_stand_in_send(Request *r, Response *w, Err *err);
bool page_person_stand_in_end(Request *r, Response *w, Err *err);
bool page_my_stand_in(Request *r, Response *w, Err *err);
bool page_my_stand_in_send(Request *r, Response *w, Err *err);
bool page_my_stand_in_end(Request *r, Response *w, Err *err);

// --- what the views are given

typedef struct PersonRowView {
    Str href, name, login, organ;
    Str roles; // 公开机构经办人；管理员（示例市教育局）
} PersonRowView;

typedef struct PeoplePage {
    Desk desk;
    Str text;              // part of a name or login that was asked for
    Choices organs, roles; // to filter by
    bool closed;           // the closed ones are shown
    Links tabs;            // 在用, 已停用
    Links chips;           // href: the list without this condition
    PersonRowView *rows;
    size_t n;
    int64_t first, last, total;
    Str previous, next; // empty at the ends
    bool may_add;
} PeoplePage;

// A small form of one button beside a row.
typedef struct RowButton {
    Str action, name, value, text; // a hidden field, and what stands on the button
    Str csrf, once;
} RowButton;

typedef struct PostView {
    Str role, organ, days; // 公开机构经办人; 示例市水务局; 2026年3月1日起
    bool held, has_button;
    RowButton take;
} PostView;

typedef struct StandView {
    Str who;   // 由吴敏代行, 代周衡
    Str roles; // 公开机构负责人、管理员
    Str organ, days, why, state_cls, state;
    bool has_button;
    RowButton end;
} StandView;

typedef struct StandViews {
    StandView *v;
    size_t n, cap;
} StandViews;

typedef struct HandoverView {
    Str href, text; // 交给吴敏12件
    Date on;
} HandoverView;

typedef struct PersonPage {
    Desk desk;
    const Person *person;
    Facts facts;
    PostView *posts;
    size_t n_posts, n_past; // the past ones stand behind
    StandViews stands;
    HandoverView *handovers;
    size_t n_handovers;
    Links acts;     // what may be done
    Str audit_href; // empty for those who may not read it
    bool may_edit;
    Str why_not; // for an administrator who may not change this account
} PersonPage;

typedef struct HandoverItemView {
    Str noun, title;
} HandoverItemView;

typedef struct HandoverItemViews {
    HandoverItemView *v;
    size_t n, cap;
} HandoverItemViews;

// Every form about people: a title, what to know before, perhaps a list, the fields, a button.
typedef struct PeopleForm {
    Desk desk;
    DeskNav nav; // where it stands; 0: among people
    Str title, lead;
    Strs warnings; // 别人刚刚改过：电话
    bool lists;    // items are shown, also where there are none
    HandoverItemViews items;
    StandViews stands;
    Form form;
    Str action, button, back;
    bool danger; // of the button
    bool closed; // nothing can be sent (no posts to lend); the form is left out
} PeopleForm;

typedef struct SecretPage { // a first password, shown once
    Desk desk;
    Str title, login, password, back;
    Date until;
} SecretPage;

typedef struct HandoverPage {
    Desk desk;
    const Handover *handover;
    Date on;
    HandoverItemViews items;
} HandoverPage;

typedef struct PolicyRow {
    Str id, name;
    Str words[ROLE__COUNT];
} PolicyRow;

typedef struct ConflictView {
    Str one, other, why, state_cls, state;
} ConflictView;

typedef struct RolesPage {
    Desk desk;
    PolicyRow rows[VERB__COUNT];
    size_t n;
    ConflictView *conflicts;
    size_t n_conflicts;
} RolesPage;

// --- shared by page_people*.c

Str person_path(Arena *a, PersonId id, const char *tail); // "/desk/people/7" + tail
PersonId person_param(const Request *r);                  // of the address; none: 0
Date day_of(int64_t at);                                  // of a moment, in China
Str days_zh(Arena *a, Date from, Date to);                // 2026年3月1日至3月5日
Str roles_zh(Arena *a, uint32_t roles);                   // between 、
HandoverItemViews handover_views(Arena *a, const HandoverItems *items);
RowButton row_button(Request *r, Str action, const char *name, int64_t value, Str text);
// Of one person or, with person 0, of everybody in app->scope. with_button: each that is not over
// can be ended, by a form sent to `action`.
bool stands_load(Request *r, PersonId person, bool over, Str action, StandViews *out, Err *err);

#endif

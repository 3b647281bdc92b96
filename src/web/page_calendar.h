// /desk/calendar and /desk/clock: the site's working days and how it reads what the law leaves
// open. Everybody at the desk may look; changing them is a form, a second look at which requests
// move, and then the act.
#ifndef GONGKAI_WEB_PAGE_CALENDAR_H
#define GONGKAI_WEB_PAGE_CALENDAR_H

#include "app/calendar.h"
#include "web/desk.h"

bool page_calendar(Request *r, Response *w, Err *err);
bool page_calendar_new(Request *r, Response *w, Err *err);
bool page_calendar_new_send(Request *r, Response *w, Err *err);
bool page_calendar_notice(Request *r, Response *w, Err *err);
bool page_calendar_withdraw(Request *r, Response *w, Err *err);
bool page_calendar_withdraw_send(Request *r, Response *w, Err *err);
bool page_clock(Request *r, Response *w, Err *err);
bool page_clock_edit(Request *r, Response *w, Err *err);
bool page_clock_edit_send(Request *r, Response *w, Err *err);

// /desk/forecast: what comes due in the next working days.
bool page_forecast(Request *r, Response *w, Err *err);

// --- what the views are given

enum { MONTH_WEEKS = 6 };

typedef struct MonthDay {
    int day;   // 0: not of this month
    Str cls;   // off work end: a day off by a notice, one worked, a weekend
    Str mark;  // 休 班
    Str label; // 春节，放假; read out
    bool today;
} MonthDay;

typedef struct Month {
    Str name; // 2026年2月
    int workdays;
    size_t n; // weeks
    MonthDay weeks[MONTH_WEEKS][7];
} Month;

typedef struct PaperLine {
    Str href, name; // number and title
    Str kind;       // 全国 地方 随程序
    Str who;        // entered by, and when; or withdrawn
    Str days;       // 放假7天，上班2天
    Str address;
    bool withdrawn;
} PaperLine;

typedef struct PaperLines {
    PaperLine *v;
    size_t n, cap;
} PaperLines;

typedef struct CalendarPage {
    Desk desk;
    int year;
    Str provisional; // what is said where there is no notice
    Facts facts;
    Month months[12];
    PaperLines notices;
    Str previous, next, edit;
    bool may_change;
} CalendarPage;

typedef struct PaperPage {
    Desk desk;
    Str title, state;
    bool withdrawn;
    Facts facts;
    Strs days;
    Str withdraw; // where, for who may
} PaperPage;

typedef struct SettingLine {
    Str name, value, reason, changed;
    bool own; // not the default
    Str standard;
} SettingLine;

typedef struct SettingLines {
    SettingLine *v;
    size_t n, cap;
} SettingLines;

typedef struct ChangeLine {
    Str at, who, name, was, became, why;
} ChangeLine;

typedef struct ChangeLines {
    ChangeLine *v;
    size_t n, cap;
} ChangeLines;

typedef struct ClockPage {
    Desk desk;
    SettingLines settings;
    ChangeLines changes; // the latest first
    bool may_change;
} ClockPage;

typedef struct MoveLine {
    Str code, organ, handler, was, becomes, note, cls;
} MoveLine;

typedef struct MoveLines {
    MoveLine *v;
    size_t n, cap;
} MoveLines;

typedef struct RulesFormPage {
    Desk desk;
    Form form;
    Str heading, lead, action, back, button;
    bool danger;
    Str again; // why it is looked at once more
    bool preview;
    Str workdays; // 2026年由248个工作日变为247个
    int64_t n_open, n_moved, n_overdue, n_saved, left;
    MoveLines moves;
} RulesFormPage;

typedef struct ForecastLine {
    Str href, code, title, organ, handler, due, draft, draft_cls;
    bool paused; // others are asked for their opinion
} ForecastLine;

typedef struct ForecastDay {
    Str name, note; // 3月13日 周五; 暂定
    bool late;
    ForecastLine *lines;
    size_t n;
} ForecastDay;

typedef struct ForecastPage {
    Desk desk;
    ForecastDay *days;
    size_t n;
    size_t n_due, n_unwritten; // of the days to come
    bool more;
} ForecastPage;

#endif

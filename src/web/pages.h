// What the pages are made of. A handler (page_*.c) asks the store, puts what it got into one of these
// structs, everything computed and in words, and hands it to a view of the same name (views/README.md).
// Strings lie in the arena of the request; views escape them.
#ifndef GONGKAI_WEB_PAGES_H
#define GONGKAI_WEB_PAGES_H

#include "report/report.h"

typedef struct Link {
    Str href, text;
    bool current;
} Link;

typedef struct Links {
    Link *v;
    size_t n, cap;
} Links;

typedef enum NavItem { NAV_NONE, NAV_HOME, NAV_REPORTS, NAV_CHECK, NAV_DATA } NavItem;

// How a page is shown: 长者模式 and 高对比 are other tokens for the same page (assets/tokens.css),
// Traditional is the same page with its text converted. Chosen by a link, kept in a cookie.
typedef enum ShowMode { SHOW_PLAIN, SHOW_ELDER, SHOW_CONTRAST } ShowMode;

typedef struct Page {
    Str title;       // without the site's name, which is added
    Str description; // for search engines; one sentence
    Str canonical;   // path and query under which search engines keep it; empty: not to be kept
    Str site;        // 示例县人民政府
    NavItem nav;
    Links crumbs; // from the home page to this one, which is the last; empty on the home page
    ShowMode mode;
    bool traditional;
    Links modes;    // the other ways to show this page
    Str script;     // address of a small module that makes the page more comfortable, or empty
    bool hero;      // the h1 is set large
} Page;

// --- findings

typedef struct FindingView {
    Str anchor;  // "f3"
    Str number;  // "结果3"
    Str cls;     // of the frame: "fail" "doubt" "pass" or empty
    Str tag_cls; // of the tag: "bad" "wait" "sign" "ok" or empty
    Str tag;     // 不符 存疑 提示 通过 无法判断
    Str check;   // id of the check
    Str title, message, basis, evidence;
    Links doors; // to its cells and to the sentence in the text
} FindingView;

typedef struct FindingViews {
    FindingView *v;
    size_t n, cap;
} FindingViews;

// How many findings of each kind; a failure of severity note is a hint, not a failure.
typedef struct Tally {
    size_t fails, doubts, hints, open, passes;
} Tally;

// --- cells and forms

typedef struct CellView {
    Str cls;    // z c-fail c-doubt c-na c-blank c-absent c-unread c-guess, several with spaces
    Str anchor; // so that a finding can lead here; empty where none does
    Str href;   // to its first finding, or empty
    Str words;  // what sight tells by colour: "不符，见结果1："
    Str text;   // 277, 空, 缺, or what stands there unreadable
    Str mark;   // the finding's number, small, or 推 for a guess
} CellView;

typedef struct T3RowView {
    Str label, note; // 予以公开; （区分处理的…）
    bool top;        // 一、二、四: the label spans all three label columns
    bool sum;        // （七）总计
    bool opens_results;   // first row of 三、本年度办理结果
    bool in_group;        // the label stands beside its group
    Str group_number, group_label; // where the group begins here: （三）, 不予公开
    int group_rows;
    const CellView *cells; // T3_COLS
} T3RowView;

typedef struct StatRowView {
    Str label, unit;
    int level; // 0..4
    const CellView *cell;
} StatRowView;

typedef struct OddCell { // a figure that the printed form has no place for
    Str label;
    const CellView *cell;
} OddCell;

typedef struct RepairView { // what reading did to a figure
    Str cell, raw, value, words;
} RepairView;

typedef struct FormsView {
    Str prefix; // of every id, where several reports stand on one page
    Edition edition;
    const CellView *cells; // CELL_COUNT
    bool has[TABLE__COUNT];
    T3RowView t3[T3_ROWS];
    size_t n_t3;
    int result_rows; // of 三、
    StatRowView stat[STAT_CELLS];
    size_t n_stat;
    OddCell *odd;
    size_t n_odd;
    RepairView *repairs;
    size_t n_repairs, n_repairs_left; // shown, and how many more there are
    bool any_blank, any_absent, any_guess, any_unread; // for the key beneath
} FormsView;

typedef struct ParaView {
    Str anchor; // empty where nothing leads to it
    Str text;
    bool heading;
} ParaView;

typedef struct ChapterView {
    Str anchor, heading;
    ParaView *paras;
    size_t n;
    TableId table; // the form that belongs into this chapter, TABLE__COUNT for none
} ChapterView;

// One report, ready to be shown: on its own page, and in the answer to an upload.
typedef struct ReportView {
    Str prefix;
    Str title, organ;
    int year;
    Str edition; // 2021年格式（国办公开办函〔2021〕30号）
    Str edition_due; // where another one is due for the year, else empty
    DocKind kind;
    size_t n_chapters_found, n_tables, n_values;
    Tally tally;
    Str verdict; // one sentence
    FindingViews shown;  // fails, then doubts, hints, what cannot be assessed
    FindingViews passed;
    FormsView forms;
    ChapterView *chapters;
    size_t n_chapters;
    const TableId *loose; // forms no chapter holds
    size_t n_loose;
} ReportView;

// Makes a report ready to be shown. `doc` is checked; `prefix` goes before every id.
void report_view(const Document *doc, Str prefix, Arena *a, ReportView *out);

Tally tally_of(const Findings *findings);
Str cell_name(Arena *a, CellIx ix); // 本年新收政府信息公开申请数量，自然人
Str edition_name(Arena *a, Edition e);

#endif

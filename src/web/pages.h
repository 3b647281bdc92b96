// What the pages are made of. A handler (page_*.c) asks the store, puts what it got into one of
// these structs, everything computed and in words, and hands it to a view of the same name
// (views/README.md). Strings lie in the arena of the request; views escape them.
#ifndef GONGKAI_WEB_PAGES_H
#define GONGKAI_WEB_PAGES_H

#include "report/report.h"
#include "web/http.h"

typedef struct Link {
    Str href, text;
    Str lang; // of the text, where it is not the page's; else empty
    bool current;
} Link;

typedef struct Links {
    Link *v;
    size_t n, cap;
} Links;

typedef enum NavItem { NAV_NONE, NAV_HOME, NAV_REPORTS, NAV_APPLY, NAV_CHECK, NAV_DATA } NavItem;

typedef struct Frame {
    Str title;       // without the site's name, which is added
    Str description; // for search engines; one sentence
    Str canonical;   // address under which search engines keep it; empty: they are asked not to
    Str site;        // 示例县人民政府
    bool site_named; // it is not just called 政府信息公开, which is said beside it
    NavItem nav;
    Links crumbs; // from the home page to this one, which is the last; empty on the home page
    Mode mode; // 长者模式 and 高对比 are other tokens for the same page (assets/tokens.css)
    bool hant; // in Traditional characters
    Str lang;  // zh-Hans or zh-Hant
    Links modes;                   // the other ways to show this page
    Str alternate, alternate_lang; // the same page in the other script
    Str colours; // address of the style sheet with the site's own colours, or empty
    bool forms;  // a page of the desk that shows an official form
    Strs foot;   // who runs the site, its codes, how to reach its office
    Str script;  // address of a small module that makes the page more comfortable, or empty
} Frame;

// --- findings

typedef struct FindingView {
    Str anchor;  // "f3"
    Str number;  // "结果3"
    Str cls;     // of the frame: "fail" "doubt" "pass" or empty
    Str tag_cls; // of the tag: "bad" "wait" "sign" "ok" or empty
    Str tag;     // 不符 存疑 提示 通过 无法判断
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
    Str label, note;               // 予以公开; （区分处理的…）
    bool top;                      // 一、二、四: the label spans all three label columns
    bool sum;                      // （七）总计
    bool opens_results;            // first row of 三、本年度办理结果
    bool in_group;                 // the label stands beside its group
    Str group_number, group_label; // where the group begins here: （三）, 不予公开
    int group_rows;
    const CellView *cells; // T3_COLS
} T3RowView;

typedef struct StatRowView {
    Str label, unit; // the label with its number
    Strs above;      // headings printed above it, which have no figure
    Str indent;      // class of its level: "l0" … "l3"
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
    size_t n_repairs, n_repairs_left;                  // shown, and how many more there are
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
    Str edition;     // 2021年格式（国办公开办函〔2021〕30号）
    Str edition_due; // where another one is due for the year, else empty
    DocKind kind;
    size_t n_chapters_found, n_tables, n_values;
    Tally tally;
    Str verdict;        // one sentence
    FindingViews shown; // fails, then doubts, hints, what cannot be assessed
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
Str cell_title(Arena *a, CellIx ix); // 本年新收政府信息公开申请数量，自然人
Str edition_name(Arena *a, Edition e);

// --- one struct per view

typedef struct ReportLine { // of a list
    Str href, title, organ, organ_href, edition;
    Date published; // date_none where not known
    int year;
    Tally tally;
} ReportLine;

typedef struct ReportLines {
    ReportLine *v;
    size_t n, cap;
} ReportLines;

typedef struct CountedLink {
    Str href, text;
    int64_t count;
    bool current;
} CountedLink;

typedef struct CountedLinks {
    CountedLink *v;
    size_t n, cap;
} CountedLinks;

// What else to know of an organ whose things are shown: other names, who carries on, whose work.
typedef struct OrganKin {
    Str names; // 原名：示例市水利局（至2024年2月29日）; empty where it had none other
    Str ended;                       // 2024年3月1日并入; empty while it is active
    Str href;                        // of its page
    CountedLinks heirs, forerunners; // with how many reports
} OrganKin;

typedef struct HomePage {
    Frame page;
    ReportLines latest, faulty; // the newest; and of these, those with failures
    int64_t n_reports, n_organs, n_years;
    int first_year, last_year;
} HomePage;

typedef struct ListPage {
    Frame page;
    Links chips; // href: the list without this condition
    int year;    // chosen, or 0
    Str clear;   // href without any
    int64_t total;
    ReportLines lines;
    CountedLinks years, organs;
    size_t organs_open; // shown before 其余机关
    size_t organs_left; // that are not listed at all: to be found by name
    Str name;           // part of an organ's name that was asked for, or empty
    CountedLinks named; // the organs it fits
    Links pages;        // current one marked; text empty for a gap
    Str previous, next; // empty at the ends
    Str trends, csv;    // of the one organ chosen; of the year chosen or all
    OrganKin kin;       // of the one organ chosen
} ListPage;

typedef struct Fact {
    Str name, value, href;
    bool wide; // on a line of its own
} Fact;

typedef struct Facts {
    Fact *v;
    size_t n, cap;
} Facts;

typedef struct Download {
    Str href, name, note;
} Download;

typedef struct ShowPage {
    Frame page;
    ReportView report;
    Str organ, organ_href;
    Date published;
    Facts facts;
    Download downloads[4];
    size_t n_downloads;
    Links years;         // of this organ
    Str trends, compare; // empty where there is nothing to compare with
    Str previous, previous_text, next, next_text;
    OrganKin kin;
} ShowPage;

typedef struct TrendColumn {
    Str name;
    Html sample;
    Str *values; // one for each year; 空, 缺 where there is no figure
} TrendColumn;

typedef struct TrendFigure {
    Str id, title, about;
    Html svg;
    TrendColumn *columns;
    size_t n_columns;
} TrendFigure;

typedef struct TrendsPage {
    Frame page;
    Links years; // to the reports
    Str *labels;
    size_t n_years;
    TrendFigure figures[4];
    size_t n_figures;
} TrendsPage;

typedef struct CompareRow {
    Str heading; // begins a new group where not empty
    Str cell, was, is, by;
    Str tag_cls, tag; // 增加 减少 新出现 …
} CompareRow;

typedef struct CompareChapter {
    Str title, was, is, alike;
    bool much_alike;
} CompareChapter;

typedef struct ComparePage {
    Frame page;
    Str action;
    CountedLinks from, to; // years to choose: text is the year
    int a, b;
    Str a_href, b_href;
    bool all; // also what is the same
    Str all_href, changed_href;
    size_t n_changed, n_appeared, n_vanished, n_same, n_not_comparable;
    CompareRow *rows;
    size_t n_rows;
    CompareChapter chapters[CHAPTERS];
    size_t n_chapters;
} ComparePage;

typedef struct CheckPage {
    Frame page;
    bool paste;      // the tab 粘贴文本
    Str text;        // comes back filled
    Str error;       // what is wrong and what to do; empty at first
    Str error_field; // id of the field it belongs to
    Str limit;       // 32 MB
    // the answer, after a file was sent
    bool answered;
    Str file_name;
    ReportView *reports;
    size_t n_reports, n_left; // shown, and how many more the file holds
    int64_t took_ms;
} CheckPage;

typedef struct OpenDataPage {
    Frame page;
    int64_t n_reports;
    CountedLinks years; // CSV of one year
    Str example;        // path of one report's JSON, or empty
} OpenDataPage;

typedef struct PlainPage { // nothing but words of its own
    Frame page;
} PlainPage;

typedef struct ErrorPage {
    Frame page;
    int status;
    Str heading, what, todo;
    Str id; // of the request
    Links doors;
} ErrorPage;

#endif

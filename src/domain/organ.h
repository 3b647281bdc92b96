// Organs (行政机关): what they are, what may stand under what, and how they come, change and go.
//
// The decisions here are pure: given what stands in the store, they say what should stand there
// afterwards, or why not. The law leaves the shape of the tree to the organs' own founding
// decisions, so a place that is merely unusual is a doubt to be shown, not an error; only what
// would make the records contradict themselves is refused.
#ifndef GONGKAI_DOMAIN_ORGAN_H
#define GONGKAI_DOMAIN_ORGAN_H

#include "base/date.h"
#include "base/err.h"
#include "domain/ids.h"

typedef enum OrganKind {
    ORGANKIND_GOVERNMENT, // 人民政府 of any level, townships' too
    ORGANKIND_OFFICE,     // 政府办公厅（室）
    ORGANKIND_DEPARTMENT, // 工作部门、直属机构
    ORGANKIND_TOWNSHIP,   // an organ of a township that is not its government
    ORGANKIND_DISPATCHED, // 派出机关、派出机构: 街道办事处, 派出所
    ORGANKIND_SECTION,    // 内设机构: 科、股
    ORGANKIND__COUNT,
} OrganKind;

typedef enum OrganTier {
    TIER_UNKNOWN,
    TIER_STATE,
    TIER_PROVINCE,
    TIER_CITY,
    TIER_COUNTY,
    TIER_TOWNSHIP,
    TIER__COUNT,
} OrganTier;

typedef enum OrganState {
    ORGAN_ACTIVE,
    ORGAN_MERGED,
    ORGAN_ABOLISHED,
    ORGAN_STATE__COUNT
} OrganState;

// `id` as stored, in CSV files and on the command line; `name` on pages.
typedef struct WordDef {
    Str id, name;
} WordDef;
extern const WordDef organ_kinds[ORGANKIND__COUNT];
extern const WordDef organ_tiers[TIER__COUNT]; // ids: "" state province city county township
extern const WordDef organ_states[ORGAN_STATE__COUNT];

typedef struct Organ {
    OrganId id, parent; // parent 0: none
    OrganKind kind;
    OrganTier tier; // level
    OrganState state;
    Str slug;              // in addresses: a-z, 0-9 and '-'
    Str name;              // in full, Simplified
    Str short_name;        // 市水务局
    Str aliases;           // what else people call it, between 、
    Str credit_code;       // 统一社会信用代码, 18 characters (GB 32100-2015)
    Str code;              // 机关代码, as the site numbers its organs: index numbers use it
    Str division;          // 行政区划代码
    bool rules, normative; // may make 规章; 行政规范性文件
    // 政府信息公开工作机构 as the guide names it (条例 第十二条)
    Str office, address, hours, phone, fax, post_code, mail;
    // Where its replies send people; empty: as the site says
    Str review_name, review_address, review_phone; // 行政复议机关
    Str court_name, court_address, court_phone;    // 行政诉讼
    Date founded, ended; // date_none unknown, or not ended; `ended` is the first day without it
    int64_t ordinal;     // among its siblings
    int64_t version;
} Organ;

// Kind and tier from how a name ends, for an organ that became known by a report. A department's
// level is not in its name's end, so it stays unknown.
void organ_from_name(Str name, Organ *out);

// --- fields: what forms, CSV files, the command line and the audit call them

typedef enum OrganField {
    OF_NAME,
    OF_SHORT,
    OF_ALIASES,
    OF_SLUG,
    OF_KIND,
    OF_TIER,
    OF_CREDIT,
    OF_CODE,
    OF_DIVISION,
    OF_RULES,
    OF_NORMATIVE,
    OF_FOUNDED,
    OF_OFFICE,
    OF_ADDRESS,
    OF_HOURS,
    OF_PHONE,
    OF_FAX,
    OF_POST_CODE,
    OF_MAIL,
    OF_REVIEW,
    OF_REVIEW_ADDRESS,
    OF_REVIEW_PHONE,
    OF_COURT,
    OF_COURT_ADDRESS,
    OF_COURT_PHONE,
    OF__COUNT,
} OrganField;

typedef struct OrganFieldDef {
    Str id;     // "credit_code": in forms, JSON, CSV headers, --set
    Str name;   // 统一社会信用代码
    size_t max; // characters
    Str hint;   // beside the field; may be empty
    bool life;  // changed by an act of its own (rename), not by editing
} OrganFieldDef;
extern const OrganFieldDef organ_fields[OF__COUNT];

// By id or Chinese name, for CSV headers.
bool organ_field_named(Str word, OrganField *out);

// A field as text: ids for kinds and levels, "1" or "" for powers, 2026-03-19 for days.
Str organ_field_get(const Organ *o, OrganField field, Arena *a);

// Sets a field from text as a person writes it: trimmed, kinds by id or name, codes in capitals,
// 是/1/yes for powers. ERR_INPUT with what is wrong; the organ is untouched then. An empty text
// clears, where that is allowed.
bool organ_field_set(Organ *o, OrganField field, Str text, Arena *a, Err *err);

// --- codes

// 统一社会信用代码: 18 of 0-9 A-Z without I O Z S V, the last one a check digit over the others
// (GB 32100-2015). *out is the code in capitals. ERR_INPUT names the place that is wrong.
bool credit_code_read(Str text, Arena *a, Str *out, Err *err);
// The check digit of the first 17 characters, which must be of the alphabet.
char credit_code_digit(Str first17);

// Names as they are searched: Simplified, normal width, lower case, without spaces.
Str organ_name_key(Arena *a, Str name);

bool organ_slug_ok(Str slug); // a-z 0-9 and '-', 1 to 60, not beginning or ending with '-'

// --- the tree

enum { ORGAN_DEPTH = 16 }; // levels of the tree

// What is unusual about one organ under another; empty where nothing is. A sentence for the page.
Str organ_place_doubt(const Organ *child, const Organ *parent);

// --- the life

typedef enum LifeEvent {
    LIFE_FOUNDED,
    LIFE_RENAMED,
    LIFE_MERGED,
    LIFE_SPLIT,
    LIFE_ABOLISHED,
    LIFE_MOVED,
    LIFE__COUNT,
} LifeEvent;
extern const WordDef life_events[LIFE__COUNT];

bool life_event_named(Str id, LifeEvent *out);

// What is said with every such act.
typedef struct LifeStep {
    Date on;   // the first day of the new state; may be in the future or long past
    Str basis; // 示编〔2024〕3号; asked for, since an organ changes by somebody's decision
} LifeStep;

// What the store knows of the others that a decision depends on.
typedef struct LifeFacts {
    Date today;
    Date last;         // when the organ's last recorded change took effect; date_none none
    bool name_taken;   // another active organ bears the name that is asked for
    bool would_circle; // the new place lies below the organ itself
    size_t n_children; // active organs and sections below it
    bool heir_below;   // an heir lies below the organ that ends
} LifeFacts;

// Each fills *next from *now. ERR_INPUT for what was typed, ERR_RULE for what cannot be.
bool organ_found(const Organ *form, const LifeStep *step, const LifeFacts *facts, Organ *next,
                 Err *err);
bool organ_rename(const Organ *now, Str name, const LifeStep *step, const LifeFacts *facts,
                  Organ *next, Err *err);
bool organ_merge(const Organ *now, const Organ *into, const LifeStep *step, const LifeFacts *facts,
                 Organ *next, Err *err);
bool organ_split(const Organ *now, const Organ *heirs, size_t n_heirs, const LifeStep *step,
                 const LifeFacts *facts, Organ *next, Err *err);
bool organ_abolish(const Organ *now, const LifeStep *step, const LifeFacts *facts, Organ *next,
                   Err *err);
bool organ_move(const Organ *now, const Organ *parent, const LifeStep *step, const LifeFacts *facts,
                Organ *next, Err *err); // parent NULL: to the top
// A line of supervision.
bool organ_line_ok(const Organ *organ, const Organ *over, Str business, bool would_circle,
                   Err *err);

#endif

// Requests for disclosure as stored: who asks, what for, and the facts. What follows from the facts
// is computed by domain/clock.h and kept beside them for lists alone.
//
// Who asks is sealed with the site's key (crypt_seal, KEY_SECRETS, about the request) but for name
// and kind; the number of the identity paper is kept as a keyed hash, to find the same applicant.
#ifndef GONGKAI_STORE_REQUEST_H
#define GONGKAI_STORE_REQUEST_H

#include "domain/clock.h"
#include "domain/outcome.h"
#include "store/scope.h"
#include "store/site.h"

typedef struct RequestId {
    int64_t n;
} RequestId;

typedef enum ApplicantKind { // columns of table three
    APPLICANT_NATURAL,
    APPLICANT_BUSINESS,
    APPLICANT_RESEARCH,
    APPLICANT_WELFARE,
    APPLICANT_LEGAL,
    APPLICANT_OTHER,
    APPLICANT__COUNT,
} ApplicantKind;

typedef struct ApplicantDef {
    Str id, name; // natural 自然人
} ApplicantDef;
extern const ApplicantDef applicant_defs[APPLICANT__COUNT];

// The parts of who asks that are sealed.
typedef struct Applicant {
    Str id_kind, id_number; // 居民身份证 …
    Str phone, email, address, postcode;
    Str representative; // 法定代表人, of an organisation
    Str contact;        // 联系人
} Applicant;

// What a request is found by (store/request_gram.h).
typedef struct RequestWords {
    OrganId organ;
    Str title, applicant_name;
} RequestWords;

// The same word would stand for a message of HTTP in web/.
typedef struct InfoRequest {
    RequestId id;
    OrganId organ;
    Str organ_name;
    int year;
    int64_t number;
    Str code, query_hash;
    Channel channel;
    Str title, description, form, way;
    ApplicantKind applicant_kind;
    Str applicant_name, applicant_key;
    Str sealed; // Applicant as JSON, sealed; the app opens it for those who may
    RequestId same_as;
    PersonId handler;
    Str handler_name;
    Str note;
    Date filed;
    // computed from the facts
    Date received, due, draft_due, turn, ended;
    Date act_by; // due, or the day the other side's time is over; REQUEST_NO_DAY days where neither
    Phase phase;
    bool open;
    Str outcome; // empty: undecided
    int64_t n_units, version, created_at;
    int64_t archived_at; // since when it is in the archive and may not be changed; 0: it is not
    RequestWords stored; // as store_request_get found them, of this version; organ 0: not known
} InfoRequest;

enum { REQUEST_NO_DAY = 4000000 }; // as act_by: behind every other day

typedef struct InfoRequests {
    InfoRequest *v;
    size_t n, cap;
} InfoRequests;

// A fact as recorded, with what the clock does not need.
typedef struct StoredFact {
    RequestFact fact;
    Str whom, note;
    int64_t recorded_at, struck_at;
    PersonId person;
    Str person_name;
} StoredFact;

typedef struct StoredFacts {
    StoredFact *v;
    size_t n, cap;
} StoredFacts;

// --- reading

bool store_request_get(Db *db, const Scope *scope, RequestId id, Arena *a, InfoRequest *out,
                       Err *err);
// By number and hash of the code that its applicant has. *found says whether there is one.
bool store_request_by_code(Db *db, SiteId site, Str code, Str query_hash, RequestId *out,
                           bool *found, Err *err);
// By number alone, in scope.
bool store_request_coded(Db *db, const Scope *scope, Str code, RequestId *out, bool *found,
                         Err *err);
// All facts, in the order of days and numbers; struck ones too.
bool store_request_facts(Db *db, SiteId site, RequestId id, Arena *a, StoredFacts *out, Err *err);
// Those that count, for the clock.
RequestFacts facts_standing(const StoredFacts *stored, Arena *a);

typedef enum RequestTab { // lists of mock page 08
    REQUESTS_OPEN,
    REQUESTS_MINE,     // handled by the scope's person
    REQUESTS_DUE_SOON, // due on `soon` or before
    REQUESTS_WAITING,  // somebody else's turn: correction, opinion, fee, confirmation
    REQUESTS_OVERDUE,  // due before `today`
    REQUESTS_ENDED,
    REQUESTS_ALL,
    REQUESTS__COUNT,
} RequestTab;

typedef struct RequestAsk {
    RequestTab tab;
    Date today, soon;
    Str text;        // part of title, applicant's name, number, or a code; empty: any
    OrganId organ;   // 0: any in scope
    Date after_day;  // keyset: behind the row with this act_by and number; date_none: from the
    RequestId after; // beginning
    int64_t limit;   // at most 200; 0: 20
} RequestAsk;

// By act_by, then number; with a text the newest request first, and behind `after` alone. One
// query, with a text a few.
bool store_request_list(Db *db, const Scope *scope, const RequestAsk *ask, Arena *a,
                        InfoRequests *out, Err *err);
// How many each tab has; what grows for ever (ended, all) is not counted. One query over the open
// ones.
enum { REQUESTS_UNCOUNTED = -1 };
bool store_request_counts(Db *db, const Scope *scope, Date today, Date soon,
                          int64_t out[REQUESTS__COUNT], Err *err);

// Open requests whose phase changes by itself on `today` or before, at most 500.
bool store_request_turning(Db *db, SiteId site, Date today, Arena *a, InfoRequests *out, Err *err);

// Words as stored; unknown ones are CHANNEL_IN_PERSON, PHASE_OPEN and APPLICANT_OTHER.
Channel request_channel(Str id);
Phase request_phase(Str id);
ApplicantKind request_applicant(Str id);
FactKind request_fact_kind(Str id);  // FACT__COUNT for one of a newer program
bool request_fact_unknown(Err *err); // says so

// --- figures of a period, for table three

typedef enum FigurePart {
    FIGURE_NEW,         // received in the period
    FIGURE_CARRIED_IN,  // received before it, and then not ended
    FIGURE_ENDED,       // ended in it
    FIGURE_CARRIED_OUT, // received up to its end, and then not ended
    FIGURE__COUNT,
} FigurePart;

// How many units (件) of one kind of applicant, and for FIGURE_ENDED of one outcome.
typedef struct RequestFigure {
    FigurePart part;
    ApplicantKind kind;
    Str outcome; // domain/outcome.h; of meaning for FIGURE_ENDED alone
    int64_t n;
} RequestFigure;

typedef struct RequestFigures {
    RequestFigure *v;
    size_t n, cap;
} RequestFigures;

// Both days belong to the period. One query for each part.
bool store_request_figures(Db *db, const Scope *scope, Date from, Date to, Arena *a,
                           RequestFigures *out, Err *err);

// The requests that a figure was counted from; of FIGURE_ENDED a row for each outcome that units of
// a request have, with n_units as many as have it, and so more rows than `limit` requests.
typedef struct FigureAsk {
    FigurePart part;
    Date from, to;
    ApplicantKind kind;
    bool any_kind;
    RequestId after;
    int64_t limit;
} FigureAsk;

bool store_request_figure_list(Db *db, const Scope *scope, const FigureAsk *ask, Arena *a,
                               InfoRequests *out, Err *err);

// --- writing, inside an act

// The computed columns alone, the version left as it is.
bool store_request_computed(Db *db, SiteId site, const InfoRequest *request, Err *err);

// Gives it its number in the year of `filed`; sets id, number and code (`prefix`〔2026〕17号).
bool store_request_add(Db *db, SiteId site, Str prefix, InfoRequest *request, Arena *a, Err *err);
// Everything but id, number and code, over the version it was read at.
bool store_request_save(Db *db, const Scope *scope, InfoRequest *request, Err *err);
// The hash of a new query code, and what is sealed about it; over the version it was loaded at.
bool store_request_code(Db *db, const Scope *scope, InfoRequest *request, Err *err);
// Takes a fact back. ERR_BUSY where it has been taken back already.
bool store_request_fact_strike(Db *db, SiteId site, RequestId id, int64_t fact, int64_t now,
                               Err *err);
bool store_request_fact_add(Db *db, SiteId site, RequestId id, const StoredFact *fact, Err *err);

#endif

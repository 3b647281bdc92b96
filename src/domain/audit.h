// The audit (操作记录): what an act is called, what one line holds, and the chain. Each line's hash
// is over the hash of the line above and over everything the line says, so that nothing can be
// taken out or changed without every later hash being another one; once a day the last hash is
// signed with the site's key (domain/seal.h).
#ifndef GONGKAI_DOMAIN_AUDIT_H
#define GONGKAI_DOMAIN_AUDIT_H

#include "base/crypt.h"
#include "domain/ids.h"

typedef enum ActKind {
    ACT_SITE_EDIT,
    ACT_SAMPLE_LOAD,
    ACT_REPORT_IMPORT,
    ACT_ORGAN_FOUND,
    ACT_ORGAN_EDIT,
    ACT_ORGAN_RENAME,
    ACT_ORGAN_MERGE,
    ACT_ORGAN_SPLIT,
    ACT_ORGAN_ABOLISH,
    ACT_ORGAN_MOVE,
    ACT_ORGAN_LINE,
    ACT_ORGAN_IMPORT,
    ACT_AUDIT_EXPORT,
    ACT_AUDIT_SEAL,
    ACT_AUDIT_SEAL_KEY,
    ACT_FILE_ADD,
    ACT_FILE_READ,
    ACT_MAIL_RETRY,
    ACT_MAIL_DROP,
    ACT_DENIED,
    ACT_PERSON_ADD,
    ACT_PERSON_EDIT,
    ACT_PERSON_CLOSE,
    ACT_PERSON_REOPEN,
    ACT_PERSON_RESET,
    ACT_POST_GIVE,
    ACT_POST_TAKE,
    ACT_SUBSTITUTE_SET,
    ACT_SUBSTITUTE_END,
    ACT_HANDOVER,
    ACT_SIGN_IN,
    ACT_SIGN_IN_CODE,
    ACT_SIGN_IN_HELD,
    ACT_SIGN_OUT,
    ACT_SIGN_OUT_OTHERS,
    ACT_SESSION_MOVED,
    ACT_SESSION_ORGAN,
    ACT_PASSWORD_CHANGE,
    ACT_SECOND_SET,
    ACT_SECOND_DROP,
    ACT_RECOVERY_MAKE,
    ACT_RECOVERY_USE,
    ACT_IDENTITY_LINK,
    ACT_IDENTITY_UNLINK,
    ACT_TASK_TAKE,
    ACT_TASK_BACK,
    ACT_TASK_GIVE,
    ACT_TASK_DEFER,
    ACT_TASK_DONE,
    ACT_TASK_DROP,
    ACT_TASK_REFRESH,
    ACT_NOTICE_CHOOSE,
    ACT_REQUEST_REGISTER,
    ACT_REQUEST_STEP,
    ACT_REQUEST_STRIKE,
    ACT_REQUEST_ASSIGN,
    ACT_FEE_NOTICE,
    ACT_FEE_MONEY,
    ACT_FEE_STRIKE,
    ACT_FEE_LOWER,
    ACT_FEE_VOID,
    ACT_FEE_LAPSE,
    ACT_REMEDY_OPEN,
    ACT_REMEDY_STEP,
    ACT_REMEDY_STRIKE,
    ACT_REMEDY_SETTINGS,
    ACT_REQUEST_SAID,
    ACT_REQUEST_REVEAL,
    ACT_REQUEST_CODE,
    ACT_CORRECTION_FILE,
    ACT_CORRECTION_EXAMINE,
    ACT_CORRECTION_END,
    ACT_RELEASE_ADD,
    ACT_RELEASE_DROP,
    ACT_RELEASE_MARK,
    ACT_RELEASE_UNMARK,
    ACT_RELEASE_ORDER,
    ACT_RELEASE_CANCEL,
    ACT_RELEASE_MAKE,
    ACT_RELEASE_CONFIRM,
    ACT_RELEASE_CLEAN,
    ACT_RELEASE_ELSEWHERE,
    ACT_RELEASE_LOOK,
    ACT_RELEASE_GIVE,
    ACT_REQUEST_JOIN,
    ACT_REQUEST_LEAVE,
    ACT_REQUEST_NOT_JOINED,
    ACT_REQUEST_SPLIT,
    ACT_BULK_BEGIN,
    ACT_LETTER_ISSUE,
    ACT_LETTER_VOID,
    ACT_LETTER_TEMPLATE,
    ACT_LETTER_SETTINGS,
    ACT_CALENDAR_ADD,
    ACT_CALENDAR_WITHDRAW,
    ACT_CLOCK_SETTINGS,
    ACT_REQUEST_REMIND,
    ACT_REQUEST_ARCHIVE,
    ACT_REQUEST_REOPEN,
    ACT_REQUEST_ANONYMISE,
    ACT_REQUEST_EXPORT,
    ACT_ARCHIVE_READ,
    ACT_RETENTION_SET,
    ACT_PUBLICATION_DECIDE,
    ACT_PUBLICATION_EDIT,
    ACT_PUBLICATION_PUBLISH,
    ACT_PUBLICATION_WITHDRAW,
    ACT_PUBLICATION_DECLINE,
    ACT_API_KEY_MAKE,
    ACT_API_KEY_REVOKE,
    ACT_REQUEST_FORWARD,
    ACT_DECISION_SAVE,
    ACT_DECISION_SUBMIT,
    ACT_DECISION_PASS,
    ACT_DECISION_RETURN,
    ACT_DECISION_RECALL,
    ACT_DECISION_SIGN,
    ACT_DECISION_SEND,
    ACT_DECISION_DELIVER,
    ACT_DECISION_SETTING,
    ACT_OPINION_KEEP,
    ACT__COUNT,
} ActKind;

typedef struct ActDef {
    Str id;   // as stored
    Str name; // on pages
} ActDef;
extern const ActDef act_defs[ACT__COUNT];

// The name of an act as stored; the id itself where a newer program has written it.
Str act_name(Str id);

// What acts are about: 机关 for organ. The id itself where it is not known.
Str noun_name(Str id);

// What a member of `was` and `became` is called on pages: 名称 for name. The key itself where it is
// not known.
Str audit_field_name(Str key);

// Who does it. Zeros and empty texts where there is none.
typedef struct Actor {
    PersonId person;
    Str name;            // "命令行 root" for the command line
    PersonId instead_of; // for whom, where a substitute acts
    SessionId session;
    Str ip;
    Str via;     // web cli job
    Str request; // its id in the log
} Actor;

typedef struct AuditLine {
    int64_t id;    // from 1, without gaps
    int64_t at;    // seconds since 1970-01-01 UTC, never before the line above
    int64_t clock; // what the clock said: earlier than `at` where it had been set back
    Str act;
    Actor actor;
    OrganId organ; // whose affair; none: the site's
    Str noun;
    int64_t noun_id, version; // 0: none
    Str was, became;          // JSON of what changed; empty: nothing
    unsigned char hash[SHA256_BYTES];
} AuditLine;

enum { AUDIT_TEXT_MAX = 1 << 20 }; // bytes of was, and of became

// The hash of a line under the one above it (zeros for the first), over `site` as well; line->hash
// is not read. What is hashed, in this order: "gongkai audit 1\n", the 32 bytes above, then each
// number as decimal digits and a comma, each text as its length in bytes, a colon and the text:
// site, id, at, clock, act, person, name, instead_of, organ, via, ip, session, request, noun,
// noun_id, version, was, became. The order is fixed and every part says where it ends, so that no
// two lines are the same bytes.
void audit_hash(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *line,
                unsigned char out[SHA256_BYTES]);

// --- verifying

typedef enum AuditFault {
    AUDIT_FINE,
    AUDIT_CHANGED,      // what the line says is not what its hash is over
    AUDIT_MISSING,      // a line is not there
    AUDIT_TAKEN_OUT,    // a line is not there, and those behind it have been renumbered
    AUDIT_ADDED,        // a line stands between two that belong together
    AUDIT_REORDERED,    // the line stands in the place of another
    AUDIT_TIME,         // the line is from before the one above it
    AUDIT_TRUNCATED,    // the last lines are not there: a seal or an anchor is about a later one
    AUDIT_RESEALED,     // the lines were written anew: not those that were sealed or anchored
    AUDIT_SEAL_CHANGED, // the seal's signature is not of what it says
    AUDIT_SEAL_MISSING, // a seal is not there
    AUDIT_SEAL_KEY,     // the seal is signed with a key that is not the site's
    AUDIT__COUNT,
} AuditFault;

typedef struct AuditFaultDef {
    Str id;     // in JSON
    Str zh, en; // what is wrong, behind "line 5: "
} AuditFaultDef;
extern const AuditFaultDef audit_fault_defs[AUDIT__COUNT];

// Whether `line` is the next one under a line of this id, time and hash (zeros for none).
AuditFault audit_follows(SiteId site, int64_t id, int64_t at,
                         const unsigned char hash[SHA256_BYTES], const AuditLine *line);

// Says more closely what happened where audit_follows found AUDIT_CHANGED: v[0] is that line, v[1]
// … those behind it, as many as there are up to AUDIT_LOOK.
enum { AUDIT_LOOK = 64 };
AuditFault audit_explain(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *v,
                         size_t n);

#endif

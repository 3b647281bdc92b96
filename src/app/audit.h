// Sealing and verifying the audit, finding lines in it and getting them out.
#ifndef GONGKAI_APP_AUDIT_H
#define GONGKAI_APP_AUDIT_H

#include "app/app.h"
#include "app/audit_out.h"
#include "domain/seal.h"

// --- seals

// Signs the last line, which is one that says so. *made is false where nothing was added since the
// last seal. What was added since then is verified first: ERR_SYSTEM where it does not hold. With
// new_key, the seals after this one are signed with another key. ERR_MISSING without the site's
// secret, ERR_RULE where it is not the one that sealed so far.
bool app_audit_seal(App *app, bool new_key, Arena *a, Seal *out, bool *made, Err *err);

// The same, once for each day.
bool app_audit_seal_daily(App *app, Arena *a, Seal *out, bool *made, Err *err);

// The newest seal as a text to be kept elsewhere. ERR_MISSING where there is none.
bool app_audit_anchor(App *app, Arena *a, Str *out, Err *err);

// --- verifying

typedef struct VerifyOptions {
    Date from;       // begin at the last seal before this day; date_none: at the first line
    Str public_keys; // one in hexadecimal digits a line, # begins a comment: which keys to trust;
                     // empty: the site's own, where its secret is there
    Str anchor;      // text with an anchor (domain/seal.h); empty: none
} VerifyOptions;

typedef struct Verified {
    AuditFault fault;           // the first; what is said below is about the lines before it
    int64_t line;               // where; 0: it is about a seal
    int64_t seal;               // which; 0: it is about a line alone
    int64_t first, last, lines; // walked
    int64_t seals;              // looked at
    int64_t sealed_to;          // the last line under a seal; what comes after is not proved yet
    Date sealed_on;
    bool keys_known; // the seals were compared with keys from outside the database
} Verified;

// Walks all lines in their order, in memory that does not grow with their number. A fault is no
// error. ERR_INPUT for keys or an anchor that cannot be read.
bool app_audit_verify(App *app, const VerifyOptions *opt, Verified *out, Err *err);

// --- finding: store/audit_find.h, with app->scope

// --- getting them out, newest first

typedef struct AuditExport {
    AuditFormat format;
    size_t most; // lines
    bool (*write)(void *ctx, Str piece, Err *err);
    void *ctx;
    size_t n;  // set: lines written
    bool left; // set: there are more than `most`
} AuditExport;

// Writes what the filter finds in app->scope, piece by piece. That it was done, and with which
// filter, is a line of the audit itself.
bool app_audit_export(App *app, const AuditFilter *filter, AuditExport *to, Arena *a, Err *err);

#endif

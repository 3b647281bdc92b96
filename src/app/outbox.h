// The outbox: mail that acts have written (store_outbox_add, in their own transaction) is sent
// here, by a job, tried again while that can help, and shown to the administrator where it cannot.
//
// A mail is sent once, whatever number of processes run the job: each takes it for itself first.
// Only where a process dies between the mail server's "taken" and writing that down, or the
// connection breaks there, it is sent again, with the same Message-ID, by which mail programs know
// it.
#ifndef GONGKAI_APP_OUTBOX_H
#define GONGKAI_APP_OUTBOX_H

#include "app/app.h"
#include "app/mail.h"
#include "store/outbox.h"

enum {
    OUTBOX_RUN_MAX = 500,          // mails of one run
    OUTBOX_RUN_S = 300,            // after which a run takes no other
    OUTBOX_HOLD_S = 1200,          // a process that holds a mail longer is taken for dead
    OUTBOX_SENT_S = 30 * 86400,    // how long what was sent is kept
    OUTBOX_FAILED_S = 180 * 86400, // and what was given up
};

typedef struct OutboxRun {
    int sent, later, given_up;
} OutboxRun;

// Sends what is due. In quiet hours only what is urgent. Ends early, with ERR_BUSY or ERR_SYSTEM,
// where the mail server cannot be reached or refuses us, because then no other would go either;
// *out says what was done nevertheless. Waits for the mail server: jobs and the command line only.
bool app_outbox_send(App *app, const MailConfig *config, Arena *a, OutboxRun *out, Err *err);

// One page of it, in app->scope.
bool app_outbox_list(App *app, const MailAsk *ask, Arena *a, Mails *out, int64_t *total, Err *err);
bool app_outbox_get(App *app, MailId id, Arena *a, Mail *out, Err *err);

// The administrator's two acts. Retry: due at once, as if never tried; ERR_RULE for what was sent.
// Drop: not tried any more; ERR_RULE for what was sent or dropped. `version` is the one shown.
bool app_outbox_retry(App *app, MailId id, int64_t version, Arena *a, Err *err);
bool app_outbox_drop(App *app, MailId id, int64_t version, Arena *a, Err *err);

// Sends one mail to `to` now, past the outbox, and says what the server answered.
bool app_mail_test(App *app, const MailConfig *config, Str to, Arena *a, FetchReceipt *out,
                   Err *err);

// The job (app/job.h), by app->config.
bool app_outbox_job(App *app, Arena *a, Str *did, Err *err);

#endif

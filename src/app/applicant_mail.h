// Mail to applicants who want to hear how their requests go on: that something happened, and where
// to look; never what was asked for or answered, because mail is read by others.
#ifndef GONGKAI_APP_APPLICANT_MAIL_H
#define GONGKAI_APP_APPLICANT_MAIL_H

#include "app/app.h"

// The job: writes into the outbox what applicants have not been told yet, once for each fact.
// Nothing where no mail is configured.
bool app_applicant_mail(App *app, Arena *a, Str *did, Err *err);

#endif

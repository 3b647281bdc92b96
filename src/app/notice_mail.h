// A notice of the desk as a mail in the outbox.
#ifndef GONGKAI_APP_NOTICE_MAIL_H
#define GONGKAI_APP_NOTICE_MAIL_H

#include "app/app.h"
#include "store/notice.h"

// Writes one, in the caller's transaction, where mail is configured, the kind or the person wants
// it, their account is open and has an address. Once for each notice.
bool notice_mail(App *app, PersonId to, const Notice *notice, Arena *a, Err *err);

#endif

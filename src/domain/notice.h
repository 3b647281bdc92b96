// Notices (通知): what a person is told in the desk, and by mail where the kind or they want it.
#ifndef GONGKAI_DOMAIN_NOTICE_H
#define GONGKAI_DOMAIN_NOTICE_H

#include "base/str.h"

typedef enum NoticeKind {
    NOTICE_TASK_GIVEN,  // somebody gave you a task
    NOTICE_TASK_DUE,    // a task of yours is due today or late
    NOTICE_HANDED_OVER, // somebody's open work came to you
    NOTICE_SUBSTITUTE,  // you stand in for somebody; somebody stands in for you
    NOTICE_POST,        // a post was given to you or taken
    NOTICE_ACCOUNT,     // signed in from somewhere new, password or second factor changed
    NOTICE_SYSTEM,      // to administrators: a job failed, mail is stuck
    NOTICE_REQUEST,     // the day of a request you handle moved, or comes near
    NOTICE_FILE,        // a file you had worked on behind the page is done, or could not be
    NOTICE__COUNT,
} NoticeKind;

typedef struct NoticeKindDef {
    Str id;    // as stored
    Str name;  // on pages
    Str about; // one sentence, for whoever chooses
    bool mail; // by mail too, unless they say no
    bool must; // by mail whatever they say: it guards the account
} NoticeKindDef;
extern const NoticeKindDef notice_kinds[NOTICE__COUNT];

bool notice_kind_named(Str id, NoticeKind *out);

#endif

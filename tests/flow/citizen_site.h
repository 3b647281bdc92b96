// A citizen over the program itself, for tests: the form filled in, sent from a step, with a file
// or without; what they take home, and what they ask with it. Each post comes from an address of
// its own, so that limits by the minute stay out of the way.
#ifndef GONGKAI_FLOW_CITIZEN_SITE_H
#define GONGKAI_FLOW_CITIZEN_SITE_H

#include "desk_site.h"

typedef struct Citizen {
    Arena *a;
    Jar jar;
    Str path; // /apply/…
    int posts;
} Citizen;

typedef struct Paper { // what the applicant takes home
    Str number, code, receipt;
} Paper;

// The form as it is sent from `step` (1 to 5) with go=on, `more` behind it ("&a=b").
Str citizen_answers(Citizen *c, int step, const char *more);
Reply citizen_post(Citizen *c, const char *target, Str form, int status);
Reply citizen_send(Citizen *c, Str form, int status); // to c->path
// The fields of a urlencoded form as multipart, with a file.
Reply citizen_send_file(Citizen *c, const char *target, Str form, const char *field,
                        const char *file_name, Str bytes, int status);
Paper citizen_filed(Citizen *c, const char *once, const char *more);
Str citizen_ticket(Citizen *c, const Paper *paper); // number and code, as a form
Str citizen_progress(Citizen *c, const Paper *paper, int status);

// What stands between two marks in a page; fails the test where they are not there.
Str between(Str html, Str from, Str to);

// A small photograph with the place it was taken in it ("GPS 0.000").
Str citizen_photo(void);

#endif

// What suites over the desk begin, end and look at pages with:
//
//     static int begin(void **state)
//     {
//         if (desk_site_open(state, &box, &a, &app) != 0)
//             return -1;
//         ... organs and people (sign_in.h)
//         site = program_serve(box, NULL);
//         ... jars
//     }
//     static int end(void **state) { return desk_site_close(state, &app, &site); }
#ifndef GONGKAI_FLOW_DESK_SITE_H
#define GONGKAI_FLOW_DESK_SITE_H

#include "program.h"
#include "sign_in.h"

// A box, and an App over it as of today in Beijing. Its memory is the box's.
int desk_site_open(void **state, SiteBox **box, Arena **a, App *app);
// Stops the program, which has to end well, and drops the box.
int desk_site_close(void **state, App *app, Program *site);

// What comes; fails the test, with the page, where the status is another.
Str page(Jar *jar, const char *target, int status);
Reply posted(Jar *jar, Str target, Str form, int status);
void shows(Str html, const char *text);
void hides(Str html, const char *text);

// "&name=value", encoded: for the body of a form.
Str form_field(Arena *a, const char *name, Str value);

#endif

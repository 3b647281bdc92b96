// What the two halves of the forms about people share.
#ifndef GONGKAI_WEB_PAGE_PEOPLE_FORM_H
#define GONGKAI_WEB_PAGE_PEOPLE_FORM_H

#include "store/organ.h"
#include "web/page_people.h"

bool people_form_show(Request *r, Response *w, PeopleForm *p, Err *err);
bool people_form_failed(Request *r, Response *w, PeopleForm *p, Err *err);
bool people_secret_show(Request *r, Response *w, Str title, PersonId id, const FirstPassword *first,
                        Err *err);
// Choices of a field: people by number, but one; organs of app->scope in the field "organ".
bool people_choose(Request *r, Form *f, const char *name, const People *people, PersonId but);
bool people_organs(Request *r, Form *f, OrganId chosen, Err *err);
uint32_t people_roles_chosen(const Form *f); // of the field "roles"

#endif

// /api/v1/…: requests, facts, ledger and figures for other systems of an organ, and registering
// from there (api.h).
#ifndef GONGKAI_WEB_PAGE_API_H
#define GONGKAI_WEB_PAGE_API_H

#include "web/http.h"

bool page_api_openapi(Request *r, Response *w, Err *err);
bool page_api_requests(Request *r, Response *w, Err *err);
bool page_api_register(Request *r, Response *w, Err *err);
bool page_api_request(Request *r, Response *w, Err *err);
bool page_api_facts(Request *r, Response *w, Err *err);
bool page_api_ledger(Request *r, Response *w, Err *err);
// For register and handle alike: the route's power has to be the one the step takes.
bool page_api_step(Request *r, Response *w, Err *err);
bool page_api_figures(Request *r, Response *w, Err *err);
bool page_api_due(Request *r, Response *w, Err *err);
bool page_api_count(Request *r, Response *w, Err *err);

#endif

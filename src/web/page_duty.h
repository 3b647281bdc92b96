// Who works on a request in which section, until when; as a part of its page. The form is
// page_request_assign.
#ifndef GONGKAI_WEB_PAGE_DUTY_H
#define GONGKAI_WEB_PAGE_DUTY_H

#include "web/request_part.h"

RequestPartShow part_duty;

typedef struct DutyLine {
    Str who, given, due, words;
    bool late, over;
} DutyLine;

typedef struct DutiesView {
    DutyLine *v;
    size_t n;
} DutiesView;

#endif

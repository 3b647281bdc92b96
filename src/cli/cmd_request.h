// What commands on requests share.
#ifndef GONGKAI_CLI_CMD_REQUEST_H
#define GONGKAI_CLI_CMD_REQUEST_H

#include "app/app.h"
#include "store/request.h"

// A request by its number in the data or by its code (brackets of any kind around the year).
bool request_operand(App *app, Str text, Arena *a, RequestId *out, Err *err);

#endif

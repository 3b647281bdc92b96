// What the commands on a data folder share.
#ifndef GONGKAI_CLI_CMD_DATA_H
#define GONGKAI_CLI_CMD_DATA_H

#include "app/app.h"
#include "cli/command.h"

Str args_data(const Args *args); // --data, or gongkai-data

// Opens the folder of --data.
bool args_app(const Args *args, DbMode mode, App *out, Err *err);

#endif

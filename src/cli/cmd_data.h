// What the commands on a data folder share.
#ifndef GONGKAI_CLI_CMD_DATA_H
#define GONGKAI_CLI_CMD_DATA_H

#include "app/app.h"
#include "cli/command.h"
#include "report/batch.h"

Str args_data(const Args *args); // --data, or gongkai-data

// Opens the folder of --data.
bool args_app(const Args *args, DbMode mode, App *out, Err *err);

// Reports whose year before is not among those read, each beside the one stored for it.
bool check_beside_stored(const Args *args, Batch *batch, Err *err);

#endif

// What the commands on a data folder share.
#ifndef GONGKAI_CLI_CMD_DATA_H
#define GONGKAI_CLI_CMD_DATA_H

#include "app/app.h"
#include "cli/command.h"
#include "report/batch.h"

// What is configured, the options of the command line included.
bool args_config(const Args *args, ConfigLoaded *out, Err *err);

// Opens the configured folder. Run as root, the process becomes the folder's owner first, so that
// what it writes the service can read.
bool args_app(const Args *args, DbMode mode, App *out, Err *err);

bool data_own(Str data, Arena *a, Err *err); // that becoming alone

// Reports whose year before is not among those read, each beside the one stored for it.
bool check_beside_stored(const Args *args, Batch *batch, Err *err);

#endif

// What the report commands share.
#ifndef GONGKAI_CLI_CMD_REPORT_H
#define GONGKAI_CLI_CMD_REPORT_H

#include "cli/command.h"
#include "report/batch.h"
#include "report/report_print.h"

Lang args_lang(const Args *args);
PrintOptions args_print(const Args *args);
bool args_one_format(const Args *args, Err *err); // --json and --csv exclude each other

// Reads what the operands name, with --jobs, --name and a line of progress on a terminal.
bool read_all_reports(const Args *args, const Strs *operands, bool check, Batch *batch, Err *err);

void name_one_unreadable(Str name, Str why); // on standard error; "" is standard input
void name_unreadable(const Batch *batch);    // each that was not read
int exit_code(const Batch *batch);
void out(Str s); // to standard output

#endif

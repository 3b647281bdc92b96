// The register as a file: exactly the rows of the filter, in their order.
#ifndef GONGKAI_APP_REGISTER_EXPORT_H
#define GONGKAI_APP_REGISTER_EXPORT_H

#include "app/app.h"
#include "store/register.h"

enum { REGISTER_EXPORT_MOST = 50000 };

typedef enum RegisterFormat { REGISTER_CSV, REGISTER_XLSX } RegisterFormat;

// At most REGISTER_EXPORT_MOST rows: ERR_LIMIT where there are more, so that no file passes for
// everything that is not. `asked` is the filter as it stood in the address, for the line that is
// left in the audit. The number of no identity paper is in it.
bool app_register_export(App *app, const RegisterAsk *ask, Str asked, RegisterFormat format,
                         Arena *a, Str *out, Err *err);

#endif

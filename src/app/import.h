// The two halves of an import, for the app functions that put reports into the site: reading, which
// takes long and needs no database, and keeping, inside a transaction of the caller's.
#ifndef GONGKAI_APP_IMPORT_H
#define GONGKAI_APP_IMPORT_H

#include "app/report.h"

// As app_report_import, up to the checks that look at one document. The bytes must outlive *out.
bool import_read(const App *app, Str name, Str bytes, const ImportOptions *opt, Arena *a,
                 Reading *out, Err *err);

// Places every document, checks it against its neighbours and saves it.
bool import_keep(App *app, const Reading *reading, Str bytes, const ImportOptions *opt, Arena *a,
                 Importeds *out, Err *err);

#endif

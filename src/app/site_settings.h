// The settings of the site, as one act.
#ifndef GONGKAI_APP_SITE_SETTINGS_H
#define GONGKAI_APP_SITE_SETTINGS_H

#include "app/app.h"

typedef struct SiteSetting {
    SiteField field;
    Str text; // as typed
} SiteSetting;

// Sets fields and, with organ.n, the organ that runs the site. `revision` is the one the form was
// filled from, 0 for the present one. ERR_INPUT, ERR_RULE, ERR_BUSY; ERR_DENIED where the scope is
// not the whole site.
bool app_site_edit(App *app, int64_t revision, const SiteSetting *v, size_t n, OrganId organ,
                   Arena *a, Site *out, Err *err);

// What an index number of the organ made today would look like by a template; ERR as index_no_make.
bool app_site_index_sample(App *app, Str form, OrganId organ, Arena *a, Str *out, Err *err);

#endif

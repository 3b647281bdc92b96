// The organs of the sample site, with their names, lives and lines; for app/sample.c only.
#ifndef GONGKAI_APP_SAMPLE_ORGANS_H
#define GONGKAI_APP_SAMPLE_ORGANS_H

#include "app/app.h"

// Into a site without organs, inside a transaction of the caller's: 示例市 with its office, bureaus
// and 示例县 below it; one bureau that was renamed, two that were merged into one.
bool sample_organs_add(App *app, Arena *a, Err *err);

#endif

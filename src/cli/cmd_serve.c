#include "cli/cmd_data.h"
#include "web/site.h"

#include <stdio.h>

static void say_where(uint16_t port)
{
    printf("gongkai: http://localhost:%d/\n", port);
    fflush(stdout);
}

int cmd_serve(const Args *args, Err *err)
{
    ConfigLoaded loaded;
    if (!args_config(args, &loaded, err) || !data_own(loaded.config.data, args->a, err))
        return -1;
    const Config *c = &loaded.config;
    log_set_level((LogLevel)c->log_level);
    SiteConfig config = {
        .config = c,
        .clock = main_clock, // the site runs for days, so it asks anew
        .listening = say_where,
    };
    return site_serve(&config, err) ? DONE_CLEAN : -1;
}

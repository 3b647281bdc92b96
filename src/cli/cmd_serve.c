#include "cli/cmd_data.h"
#include "web/site.h"

#include <stdio.h>

enum { PORT_DEFAULT = 8080, CACHE_DEFAULT_MB = 64, CACHE_MOST_MB = 16 << 10 };

static void say_where(uint16_t port)
{
    printf("gongkai: http://localhost:%d/\n", port);
    fflush(stdout);
}

static bool number_of(const Args *args, OptionId option, int64_t most, int64_t *out, Err *err)
{
    int64_t n;
    if (!args->on[option])
        return true;
    if (!str_to_int(args->value[option], &n) || n < 0 || n > most)
        return fail(err, ERR_INPUT, NULL, "--%s 应为0到%d之间的整数",
                    "--%s wants a number from 0 to %d", option_defs[option].name.s, (int)most);
    *out = n;
    return true;
}

int cmd_serve(const Args *args, Err *err)
{
    int64_t port = PORT_DEFAULT, cache_mb = CACHE_DEFAULT_MB;
    if (!number_of(args, OPT_PORT, UINT16_MAX, &port, err) ||
        !number_of(args, OPT_CACHE, CACHE_MOST_MB, &cache_mb, err))
        return -1;
    SiteConfig config = {
        .data = args_data(args),
        .bind = args->on[OPT_BIND] ? str_to_z(args->a, args->value[OPT_BIND]) : "127.0.0.1",
        .port = (uint16_t)port,
        .clock = main_clock, // the site runs for days, so it asks anew
        .cache_bytes = (size_t)cache_mb << 20,
        .quiet = args->on[OPT_QUIET],
        .listening = say_where,
    };
    return site_serve(&config, err) ? DONE_CLEAN : -1;
}

#include "cli/cmd_data.h"
#include "web/site.h"

#include <stdio.h>

enum { PORT_DEFAULT = 8080 };

static void say_where(uint16_t port)
{
    printf("gongkai: http://localhost:%d/\n", port);
    fflush(stdout);
}

static bool port_of(const Args *args, uint16_t *out, Err *err)
{
    int64_t port = PORT_DEFAULT;
    if (args->on[OPT_PORT] &&
        (!str_to_int(args->value[OPT_PORT], &port) || port < 0 || port > UINT16_MAX))
        return fail(err, ERR_INPUT, NULL, "--port 应为0到65535之间的整数（0为任选一个空闲端口）",
                    "--port wants a number from 0 (any free one) to 65535");
    *out = (uint16_t)port;
    return true;
}

int cmd_serve(const Args *args, Err *err)
{
    uint16_t port = 0;
    if (!port_of(args, &port, err))
        return -1;
    SiteConfig config = {
        .data = args_data(args),
        .bind = args->on[OPT_BIND] ? str_to_z(args->a, args->value[OPT_BIND]) : "127.0.0.1",
        .port = port,
        .clock = main_clock, // the site runs for days, so it asks anew
        .cache_bytes = SITE_CACHE_BYTES,
        .quiet = args->on[OPT_QUIET],
        .listening = say_where,
    };
    return site_serve(&config, err) ? DONE_CLEAN : -1;
}

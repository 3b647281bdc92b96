// Telling systemd how it stands (sd_notify(3)), by hand over its socket: a line such as READY=1.
// Where nobody listens ($NOTIFY_SOCKET is not set) nothing happens.
#ifndef GONGKAI_NOTIFY_H
#define GONGKAI_NOTIFY_H

#include "base/str.h"

// Any thread. False where the message could not be handed over; there is nothing to do about it.
bool notify_send(const char *state);

// How often WATCHDOG=1 is expected, in milliseconds: half of what systemd waits. 0: not at all.
int notify_watchdog_ms(void);

#endif

// The socket the server listens on.
#ifndef GONGKAI_WEB_LISTEN_H
#define GONGKAI_WEB_LISTEN_H

#include "base/err.h"

#include <stdint.h>

// `bind` NULL is every address of the machine; `port` 0 any free one. *port_out is the one taken.
// Where the port is taken, the words say so and what to do.
bool listen_on(const char *bind_to, uint16_t port, int *fd, uint16_t *port_out, Err *err);

#endif

// A browser that does exactly as told, for tests: bytes out, the answer in, nothing repaired.
#ifndef GONGKAI_FLOW_CLIENT_H
#define GONGKAI_FLOW_CLIENT_H

#include "base/str.h"

typedef struct Reply {
    int status; // 0 where the server closed without an answer
    Str head;   // from the status line to the empty line
    Str body;
} Reply;

int client_open(uint16_t port); // a connection to 127.0.0.1; -1 where there is none
bool client_send(int fd, Str bytes);
// One answer; `head_only` for HEAD. Waits at most 10 s.
Reply client_read(int fd, Arena *a, bool head_only);

// Opens, sends, reads, closes.
Reply client_ask(uint16_t port, Arena *a, Str request);
Reply client_get(uint16_t port, Arena *a, const char *target);

// Value of a header, empty where it is missing.
Str reply_header(const Reply *r, const char *name);

#endif

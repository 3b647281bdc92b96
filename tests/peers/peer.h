// Another server, run by a test: a node program of this folder that prints where it listens as one
// line of JSON and ends when its standard input closes.
//
//     CLEANUP(peer_end) Peer *p = peer_start("http_peer.mjs", NULL);
//     Str url = str_fmt(a, "http://127.0.0.1:%d/", (int)peer_int(p, "port"));
#ifndef GONGKAI_TESTS_PEER_H
#define GONGKAI_TESTS_PEER_H

#include "base/json.h"

#include <sys/types.h>

typedef struct Peer {
    pid_t pid;
    int to, from; // its standard input and output
    Arena a;
    const Json *said; // its first line; NULL where it did not start
    char rest[1 << 16];
    size_t n;
} Peer;

// Runs `script` of this folder with the further arguments up to NULL. One that prints
// nothing fails the test.
Peer *peer_start(const char *script, ...) __attribute__((sentinel));
void peer_end(Peer **p);

// Whether it said that it cannot run here ({"skip": "why"}: a program or package is not there).
bool peer_missing(const Peer *p);

// For a program whose every test needs this peer: true where it cannot run here, and the program
// skips itself.
bool peer_skips(const char *script);

// What the first line says.
int64_t peer_int(const Peer *p, const char *key);
Str peer_str(const Peer *p, const char *key);

// Its next line, waited for at most half a minute; the test fails where none comes.
const Json *peer_line(Peer *p);

// One line to its standard input.
void peer_tell(Peer *p, const char *line);

#endif

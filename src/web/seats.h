// Every open connection, and until when it may take for what it does now. Time alone, not activity,
// ends a connection: somebody who sends a byte every few seconds holds no place for ever.
#ifndef GONGKAI_WEB_SEATS_H
#define GONGKAI_WEB_SEATS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Seat {
    int fd;
    char ip[46];
    _Atomic int64_t until_ms; // of now_ms
    void *turn;               // the server's: the request on it that is not completed yet
    struct Seat *prev, *next;
} Seat;

typedef struct Seats Seats;

// Starts the thread that looks twice a second. NULL where it cannot be made.
Seats *seats_new(void);
void seats_free(Seats *s);

// NULL where there is no memory.
Seat *seat_take(Seats *s, int fd, int64_t until_ms);
void seat_leave(Seats *s, Seat *seat); // before fd is closed

int64_t now_ms(void); // since some moment; a few milliseconds coarse

#endif

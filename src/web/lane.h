// The slow lane: a few threads of their own and a queue with an end.
#ifndef GONGKAI_WEB_LANE_H
#define GONGKAI_WEB_LANE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct SlowLane SlowLane;

// `run` is called for each job, on one of `threads` threads; at most `max_waiting` jobs wait.
// NULL where threads cannot be made.
SlowLane *lane_new(int threads, size_t max_waiting, void (*run)(void *job));
// False where too many wait already, or the lane is ending.
bool lane_add(SlowLane *lane, void *job);
size_t lane_waiting(SlowLane *lane);
// Runs what waits, then ends the threads.
void lane_free(SlowLane *lane);

#endif

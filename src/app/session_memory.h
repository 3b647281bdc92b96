// What the threads of one process keep about sessions in memory, so that a quick page never waits
// for the database to write: when each was last seen, which ones came from a wrong address; and how
// many passwords are being computed. Nothing that another process needs is only here for longer
// than it takes to the next app_session_flush.
#ifndef GONGKAI_APP_SESSION_MEMORY_H
#define GONGKAI_APP_SESSION_MEMORY_H

#include "base/str.h"
#include "domain/ids.h"

typedef struct SessionMemory SessionMemory;

// NULL where there is no memory. Shared by all threads; freed when none uses it any more.
SessionMemory *session_memory_new(void);
void session_memory_free(SessionMemory *m);

// Notes that it was seen now. False, and nothing is noted, where it had not been for idle_s:
// neither by this process nor, as the database says, at `stored`.
bool session_memory_see(SessionMemory *m, SessionId id, int64_t stored, int idle_s, int64_t now);

// A session whose cookie came from a wrong address, to be ended at the next flush; refused from now
// on in this process.
typedef struct SessionMoved {
    SessionId id;
    PersonId person;
    int64_t at;
    char ip[48]; // whence
} SessionMoved;
void session_memory_moved(SessionMemory *m, SessionId id, PersonId person, Str ip, int64_t now);
bool session_memory_is_moved(SessionMemory *m, SessionId id);

typedef struct SessionSeen {
    SessionId id;
    int64_t at;
} SessionSeen;

// What is to be written down, taken out: at most `most` of each. Nothing, unless something has
// moved or `every_s` have gone by since the last time.
enum { SESSION_MOVED_MOST = 32 };
typedef struct SessionNews {
    SessionSeen *seen;
    size_t n_seen;
    SessionMoved moved[SESSION_MOVED_MOST];
    size_t n_moved;
} SessionNews;
SessionNews session_memory_take(SessionMemory *m, int64_t now, int64_t every_s, Arena *a);
// What was taken has been written: those that moved need not be refused from memory any more.
void session_memory_written(SessionMemory *m, const SessionNews *news);

// A place among those who compute a password now; false where all `most` are taken.
bool session_memory_hash_begin(SessionMemory *m, int most);
void session_memory_hash_end(SessionMemory *m);
// How many were begun so far: a login that does not exist costs as many as one that does.
int64_t session_memory_hashes(SessionMemory *m);

#endif

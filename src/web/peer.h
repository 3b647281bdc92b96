// Who asks, and what their request is called. Behind a proxy everybody comes from its address, and
// only it knows better; what others say of themselves is not believed.
#ifndef GONGKAI_WEB_PEER_H
#define GONGKAI_WEB_PEER_H

#include "base/address.h"

enum { PEER_TEXT = 46, PEER_ID = 65 };

// The address that `peer` asks for, into out: peer itself, unless it is a trusted proxy and
// `forwarded` (the last X-Forwarded-For) names others; then the last of them that is no trusted
// proxy, since what stands before that one anybody may have written.
void peer_client(const Nets *trusted, Str peer, Str forwarded, char out[PEER_TEXT]);

bool peer_trusted(const Nets *trusted, Str peer);

// A request's name as another program may give it: 8 to 64 letters, digits, '-', '_' and '.'.
bool peer_id_ok(Str id);
// One of our own, never the same in another process: 1f3a5c7e-00002a.
void peer_id_make(uint64_t n, char out[PEER_ID]);

#endif

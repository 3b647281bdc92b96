// Files that applicants send: a photograph or scan of an identity paper, what supports a
// correction. Judged by content; pictures come out without metadata (picture.h).
#ifndef GONGKAI_DOMAIN_PROOF_H
#define GONGKAI_DOMAIN_PROOF_H

#include "domain/attach_kind.h"

enum { PROOF_MAX = 10 << 20 }; // bytes of one file

// ERR_INPUT for anything but a whole JPEG, PNG or PDF, with what to do instead; ERR_LIMIT for what
// is larger than PROOF_MAX. *out is what to keep.
bool proof_clean(Str bytes, Arena *a, AttachKind *kind, Str *out, Err *err);

#endif

// The door for text: bytes of any encoding come in, valid UTF-8 without NUL goes on. Behind it no
// code checks or converts an encoding again. The only file that knows ICU.
#ifndef GONGKAI_TEXT_H
#define GONGKAI_TEXT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum { TEXT_MAX_BYTES = 64 << 20 }; // of one text, before decoding

// Decodes `bytes` to UTF-8. In this order: a byte order mark (UTF-8, UTF-16, UTF-32); valid UTF-8;
// otherwise the encoding among UTF-8, the declared one, GB18030, Big5 and UTF-16 under which the
// text reads most like Chinese. A declaration (a charset from HTTP or <meta>; may be empty) is a
// hint and not a proof, since pages are declared gb2312 that are UTF-8 and the other way round.
//
// What cannot be decoded, and every NUL, becomes U+FFFD. Where the bytes are valid UTF-8 already,
// *utf8 is those same bytes, not a copy; otherwise it lives in `a`. *encoding is a static name:
// utf-8, utf-16le, utf-16be, utf-32le, utf-32be, gb18030, big5 or what was declared (in `a`).
//
// Fails only with ERR_LIMIT, for more than TEXT_MAX_BYTES.
bool text_decode(Str bytes, Str declared_charset, Arena *a, Str *utf8, Str *encoding, Err *err);

// How many bytes from the front are valid UTF-8 without NUL; s.n where all are.
size_t text_valid(Str s);

// Adds text that somebody else wrote (a file's name, a report's title) as it may be shown on a
// terminal: on one line, without what would steer the terminal or turn the order of writing. Line
// ends and tabs become spaces; other control characters, and bytes that are not UTF-8, U+FFFD.
void text_shown(Buf *b, Str s);

// Encodes for a reader that wants something else than UTF-8 (tests, downloads): false where ICU
// does not know the encoding. What the encoding cannot hold becomes its substitute.
bool text_encode(Str utf8, const char *encoding, Arena *a, Str *bytes);

// Normalisation form KC: full-width letters and digits become ASCII ones, ① becomes 1,
// compatibility ideographs become the usual ones; also ，；：（） become ASCII. Returns s itself
// where nothing changes. `s` must be valid UTF-8.
Str text_nfkc(Arena *a, Str s);

#endif

// One-time codes by time (TOTP, RFC 6238: SHA-1, 30 seconds, 6 digits, what every authenticator
// understands). The only file that knows liboath.
#ifndef GONGKAI_OTP_H
#define GONGKAI_OTP_H

#include "base/str.h"

enum { OTP_SECRET_BYTES = 20, OTP_STEP_S = 30, OTP_DIGITS = 6 };

Str otp_secret(Arena *a); // random

// The secret as people type it: base32 in groups of four.
Str otp_text(Arena *a, Str secret);

// otpauth://totp/… for a QR code; issuer and account may be Chinese.
Str otp_uri(Arena *a, Str issuer, Str account, Str secret);

// The code of a step (seconds since 1970 / OTP_STEP_S), as an authenticator shows it.
Str otp_code(Arena *a, Str secret, int64_t step);

// Whether `code` (blanks within are passed over) is of this step or one beside it, and of none up
// to `used`, so that a code seen over a shoulder is not good again. *step is the one to be used up.
bool otp_verify(Str secret, Str code, int64_t now, int64_t used, int64_t *step);

#endif

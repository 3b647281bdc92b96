// Numbers that say who somebody is, as people type them: the identity number of a citizen
// (GB 11643-1999) and how it is shown. The code of an organisation is credit_code_read of organ.h.
//
// What is found here is a doubt and no proof: old cards, papers of other countries and mistakes of
// the registers exist, so whoever asks may say that it is right as it stands.
#ifndef GONGKAI_DOMAIN_IDENTITY_H
#define GONGKAI_DOMAIN_IDENTITY_H

#include "base/date.h"
#include "base/err.h"

// ERR_INPUT with what looks wrong in the 18 digits: how many there are, a sign that cannot be, a
// birthday that is not in the calendar or lies after `today`, the check digit (ISO 7064, MOD 11-2).
bool identity_number_check(Str typed, Date today, Err *err);

// The check digit of the first 17, which must be digits.
char identity_number_digit(Str first17);

// As papers and pages show it to those who need not read it: the first and the last four, stars
// between; of short ones less.
Str identity_masked(Str number, Arena *a);

// A number that people in this country can be called at: 7 to 15 digits, with + - ( ) and spaces
// between them, and an extension.
bool phone_looks_right(Str typed);

#endif

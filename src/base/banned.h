// Calls that have cost other projects dearly; included before every file by the build.
// Each line says what to use instead.
#ifndef GONGKAI_BANNED_H
#define GONGKAI_BANNED_H
#ifndef GONGKAI_NO_BAN

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef sprintf // the C library's headers make these macros for some compilers
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf // Buf, str_fmt: every buffer has a maximum
#pragma GCC poison strtok gets                    // str_cut
#pragma GCC poison localtime gmtime     // date.h; only main and the job runner read the clock
#pragma GCC poison atoi atol atoll atof // str_to_int: says when it is not a number
#pragma GCC poison system popen         // sandbox.h

#endif
#endif

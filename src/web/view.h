// What compiled views write with.
//
// A view says {{x}}; the compiler (tools/viewc) knows where x will stand and calls VIEW_TEXT,
// VIEW_ATTR, VIEW_URL or VIEW_URL_PART; those choose the function by the type of x. A type that is
// not listed does not compile, so nothing is written that was not thought about. Text that is not
// valid UTF-8, and control characters HTML does not allow, become U+FFFD.
#ifndef GONGKAI_WEB_VIEW_H
#define GONGKAI_WEB_VIEW_H

#include "base/buf.h"
#include "base/date.h"

// The page being written. b.full where it passed its maximum.
typedef struct Out {
    Buf b;
    bool hant; // will be shown in Traditional characters; the caller converts, not the view
} Out;

// HTML that is ready: made by code that escaped what it put in (charts). Only {{{x}}} takes it.
typedef struct Html {
    Str s;
} Html;

static inline void view_put(Out *o, const char *s, size_t n)
{
    buf_add(&o->b, (Str){s, n});
}

static inline void view_html(Out *o, Html h)
{
    buf_add(&o->b, h.s);
}

void view_text_str(Out *o, Str s); // & < > " ' escaped: right in text and in quoted values
void view_text_z(Out *o, const char *z);
void view_text_i(Out *o, int64_t n);
void view_text_u(Out *o, uint64_t n);
void view_text_f(Out *o, double x);  // at most 6 decimals, no trailing zeros
void view_text_date(Out *o, Date d); // 2026年3月19日; nothing for no date
void view_attr_date(Out *o, Date d); // 2026-03-19, as datetime= wants it

// A whole address: http, https, mailto, tel, or relative; anything else becomes #. What cannot
// stand in an address is percent-encoded, what is encoded already stays.
void view_url_str(Out *o, Str s);
void view_url_z(Out *o, const char *z);
// One piece of a path or query: everything but letters, digits and - . _ ~ is percent-encoded.
void view_part_str(Out *o, Str s);
void view_part_z(Out *o, const char *z);

// clang-format off
#define VIEW_NUMBERS                                                                               \
    unsigned char: view_text_u, short: view_text_i, unsigned short: view_text_u,                   \
    int: view_text_i, unsigned: view_text_u, long: view_text_i, unsigned long: view_text_u,        \
    long long: view_text_i, unsigned long long: view_text_u
#define VIEW_TEXT(o, x)                                                                            \
    _Generic((x), Str: view_text_str, char *: view_text_z, const char *: view_text_z,              \
             double: view_text_f, Date: view_text_date, VIEW_NUMBERS)((o), (x))
#define VIEW_ATTR(o, x)                                                                            \
    _Generic((x), Str: view_text_str, char *: view_text_z, const char *: view_text_z,              \
             double: view_text_f, Date: view_attr_date, VIEW_NUMBERS)((o), (x))
#define VIEW_URL(o, x)                                                                             \
    _Generic((x), Str: view_url_str, char *: view_url_z, const char *: view_url_z)((o), (x))
#define VIEW_URL_PART(o, x)                                                                        \
    _Generic((x), Str: view_part_str, char *: view_part_z, const char *: view_part_z,              \
             Date: view_attr_date, VIEW_NUMBERS)((o), (x))
// clang-format on

#endif

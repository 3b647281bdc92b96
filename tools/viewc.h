// The view compiler: views/*.html become C (tools/README.md says how to write a view).
//
// Two halves: viewc.c reads directives and writes C; viewc_html.c follows the HTML byte by byte, so
// that at every interpolation it is known where the value will stand, and where it may not.
#ifndef GONGKAI_VIEWC_H
#define GONGKAI_VIEWC_H

#include "base/str.h"

// Where in HTML the next byte stands.
typedef enum State {
    TEXT,     // between tags; also inside <title> and <textarea>
    TAG_OPEN, // after <
    TAG_NAME,
    IN_TAG, // between attributes
    ATTR_NAME,
    ATTR_EQ, // after name=
    VALUE,   // inside quotes
    VALUE_BARE,
    DECL, // <!doctype
} State;

// How an interpolated value is to be written.
typedef enum Place {
    PLACE_TEXT,
    PLACE_ATTR,
    PLACE_URL,      // the whole address: its scheme is checked
    PLACE_URL_PART, // a piece of one: everything that could mean something is percent-encoded
} Place;

typedef struct Html {
    State state;
    Str tag;  // the tag being read or, in text, the last one
    Str attr; // the attribute being read
    char quote;
    bool closing;     // the tag being read is an end tag
    bool slash;       // it ends in />
    bool has_src;     // <script src>
    bool url_begun;   // something of the address has been written
    bool url_open;    // a whole address has just been written: only / ? # & or the quote may follow
    bool after_name;  // a directive ended a tag or attribute name: a space or > must follow
    bool after_block; // nothing but a block-level tag stands right before
    Strs open;        // elements begun and not ended
    char name[64];    // what has been read of a name
    size_t n_name;
    const char *why; // set where a function returned false
} Html;

// Takes the next byte. False, and h->why set, where it may not stand there. `rest` is what follows
// it, `a` keeps names.
bool html_byte(Html *h, char c, Str rest, Arena *a);

// The place of an interpolation; false and h->why where none is possible.
bool html_place(Html *h, Place *out, Arena *a);

// A directive stands here: ends names. False where no directive may stand.
bool html_pause(Html *h, Arena *a);

// In <pre> and <textarea> every space counts.
bool html_keeps_space(const Html *h);
bool html_is_block(Str tag);

// Both branches of a condition must leave the page in the same place.
bool html_same(const Html *x, const Html *y);
// What is known after both branches: the more careful of two.
void html_join(Html *h, const Html *other);
Html html_copy(const Html *h, Arena *a);

#endif

// What acts about people leave in the audit: one JSON object with the members that are said.
#ifndef GONGKAI_APP_PERSON_NOTE_H
#define GONGKAI_APP_PERSON_NOTE_H

#include "base/json.h"
#include "domain/person.h"

typedef struct NoteOut {
    Buf *buf;
    JsonOut out;
} NoteOut;

enum { NOTE_MOST = 16 << 10 };

static inline NoteOut note_new(Arena *a)
{
    Buf *b = NEW(a, Buf, 1);
    *b = buf_new(a, NOTE_MOST);
    NoteOut n = {b, json_out(b)};
    json_object(&n.out);
    return n;
}

static inline void note_str(NoteOut *n, Str key, Str value) // empty: not said
{
    if (value.n) {
        json_key(&n->out, key);
        json_str(&n->out, value);
    }
}

static inline void note_int(NoteOut *n, Str key, int64_t value)
{
    json_key(&n->out, key);
    json_int(&n->out, value);
}

static inline void note_date(NoteOut *n, Str key, Date d, Arena *a) // none: not said
{
    note_str(n, key, date_is(d) ? date_iso(a, d) : S(""));
}

static inline Str note_done(NoteOut *n)
{
    json_end(&n->out);
    return buf_str(n->buf);
}

#endif

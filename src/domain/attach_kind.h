// What a file is, by its content and never by its name: the kinds that may be kept, and why others
// may not. Pure; looks at bytes without unpacking anything.
#ifndef GONGKAI_DOMAIN_ATTACH_KIND_H
#define GONGKAI_DOMAIN_ATTACH_KIND_H

#include "base/err.h"
#include "base/str.h"

typedef enum AttachKind {
    ATTACH_PDF,
    ATTACH_OFD,
    ATTACH_DOCX,
    ATTACH_XLSX,
    ATTACH_PPTX,
    ATTACH_DOC,
    ATTACH_XLS,
    ATTACH_PPT,
    ATTACH_PNG,
    ATTACH_JPEG,
    ATTACH_TIFF,
    ATTACH_TEXT,
    ATTACH_ZIP,
    ATTACH_KIND__COUNT,
} AttachKind;

typedef struct AttachKindDef {
    Str id;      // as stored, and the ending of its name
    Str endings; // others that fit as well, by spaces
    Str type;    // as it is sent
    Str name;    // on pages
    size_t max;  // bytes
} AttachKindDef;
extern const AttachKindDef attach_kinds[ATTACH_KIND__COUNT];

// ERR_INPUT for what may not be kept: programs, scripts, documents with macros, archives with any
// of these in them, pages with scripts, what is not known; ERR_LIMIT above the kind's maximum.
bool attach_kind_of(Str bytes, AttachKind *out, Err *err);
bool attach_kind_named(Str id, AttachKind *out);

// A name to save it under, from the one it came with: the last part of a path, without control and
// direction signs and what systems do not allow in names, at most 100 characters, with an ending
// that says what it is. Never empty.
Str attach_kind_name(AttachKind kind, Str name, Arena *a);

#endif

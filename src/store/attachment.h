// Files added to things, as rows; what they hold lies in the store of files (files.h).
#ifndef GONGKAI_STORE_ATTACHMENT_H
#define GONGKAI_STORE_ATTACHMENT_H

#include "store/scope.h"

typedef struct Attachment {
    int64_t id;
    Str noun; // what it belongs to
    int64_t noun_id;
    OrganId organ; // whose it is; none: the site's
    bool private;
    Str name, kind; // kind: domain/attach_kind.h
    int64_t bytes;
    Str address; // in the store of files
    PersonId added_by;
    Str added_name;
    int64_t added_at;
} Attachment;

typedef struct Attachments {
    Attachment *v;
    size_t n, cap;
} Attachments;

// Gives it its number. ERR_MISSING where its organ is out of scope.
bool store_attachment_add(Db *db, const Scope *scope, Attachment *attachment, Err *err);
// ERR_MISSING where there is none, or its organ is out of scope.
bool store_attachment_get(Db *db, const Scope *scope, int64_t id, Arena *a, Attachment *out,
                          Err *err);
// Those that belong to one thing, in the order added.
bool store_attachment_of(Db *db, const Scope *scope, Str noun, int64_t noun_id, Arena *a,
                         Attachments *out, Err *err);
// Those of one organ that belong to things of this kind, in the order added.
bool store_attachment_list(Db *db, const Scope *scope, OrganId organ, Str noun, Arena *a,
                           Attachments *out, Err *err);

#endif

// Files that officers add to things, and take out again; what they are is decided by their content
// (domain/attach_kind.h). The organ and the thing must be in app->scope.
#ifndef GONGKAI_APP_ATTACHMENT_H
#define GONGKAI_APP_ATTACHMENT_H

#include "app/act.h"
#include "store/attachment.h"
#include "store/files.h"

// Where the App keeps files: its folder, or the S3 store that is configured.
Files app_files(const App *app);

typedef struct AttachmentNew {
    Str noun; // what it is added to: "organ_life"
    int64_t noun_id;
    OrganId organ; // whose that is
    bool private;  // sealed, and each time it is read a line in the audit
    Str name;      // as it came; made safe
    Str bytes;
} AttachmentNew;

// ERR_INPUT and ERR_LIMIT for what may not be kept, ERR_MISSING where the organ is out of scope,
// and errors of files.h. What was kept before an error lies unnamed in the store and does no harm.
bool app_attachment_add(App *app, const AttachmentNew *file, Arena *a, Attachment *out, Err *err);

// The same in two parts, for acts that do more: what it holds is kept first, before the act begins;
// then the row, and its line in the audit.
bool attachment_keep(App *app, const AttachmentNew *file, Arena *a, Attachment *out, Err *err);
bool attachment_add(Act *act, Attachment *attachment, Arena *a, Err *err);

// The row and what it holds. A private one leaves a line in the audit before it is given out.
bool app_attachment_get(App *app, int64_t id, Arena *a, Attachment *out, Str *bytes, Err *err);

#endif

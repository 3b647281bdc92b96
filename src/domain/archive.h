// The archive (归档, 条例第四十五条): a closed request as one package that can be opened with what
// every system has, and proven without this program's data. A package is a tar archive:
//
//     index.html      everything at a glance, to be printed
//     request/ facts/ ledger/ …   one folder a section (app/archive_part.h)
//     SHA256SUMS      of every file but the manifest: `sha256sum -c SHA256SUMS`
//     manifest.txt    what it is about, every file with its SHA-256, and the site's signature
//
// What does not fit into one goes into several volumes (卷), each with its own sums, manifest and
// signature, so that each is proved by itself; index.html of the first names all files.
//
// The manifest is signed with the key of receipts (KEY_RECEIPTS), whose public half every receipt
// carries. Once in the archive a request may not be changed until a remedy opens it again.
#ifndef GONGKAI_DOMAIN_ARCHIVE_H
#define GONGKAI_DOMAIN_ARCHIVE_H

#include "base/crypt.h"
#include "domain/clock.h"
#include "domain/outcome.h"

#define ARCHIVE_MANIFEST "manifest.txt"
#define ARCHIVE_SUMS "SHA256SUMS"

// --- what may be archived, and changed

// ERR_RULE unless it is closed and not there already.
bool archive_may(Phase phase, bool archived, Err *err);
// ERR_RULE where it is in the archive.
bool archive_change_may(bool archived, Err *err);

// What opens an archived request again (复议、诉讼 …); nothing else does.
typedef struct ReopenKind {
    Str id, name;
} ReopenKind;
extern const ReopenKind reopen_kinds[];
extern const size_t n_reopen_kinds;

// ERR_RULE where it is not in the archive; ERR_INPUT for an unknown kind, or without the document
// or the reason.
bool archive_reopen_may(bool archived, Str kind, Str document, Str reason, Err *err);

// --- how long it is kept

typedef enum RetentionKind {
    RETAIN_ORDINARY,  // 一般
    RETAIN_DISPUTED,  // 有过复议或者诉讼
    RETAIN_WITHDRAWN, // 撤回、终止
    RETAIN__COUNT,
} RetentionKind;

// The Regulation says nothing about years: the defaults are a rule of the house, which a site may
// set otherwise.
typedef struct RetentionDef {
    Str id, name;
    int years;
    Str reason;
} RetentionDef;
extern const RetentionDef retention_kinds[RETAIN__COUNT];

enum { RETENTION_YEARS_MAX = 100 };

bool retention_named(Str id, RetentionKind *out);
RetentionKind retention_of(Str outcome, bool disputed);
// The last day on which it is kept: the years are whole calendar years after the one it ended in.
Date retention_until(Date ended, int years);
// The last day on which a request has ended whose time is over today.
Date retention_cut(Date today, int years);
bool retention_years_ok(int64_t years, Err *err);

// --- the manifest

typedef struct ArchiveFile {
    Str path;
    Str section; // title of its section: 期限台账
    Str title;   // what it is, for people
    Str bytes;
    // What lies in the store of files is read when it is packed, so that a package may be larger
    // than what fits into memory: bytes is empty until then, and these two are known.
    Str sha256;
    size_t size;
    Str address; // there; empty: bytes is all of it
    bool private;
} ArchiveFile;

typedef struct ArchiveFiles {
    ArchiveFile *v;
    size_t n, cap;
} ArchiveFiles;

typedef struct ArchiveHead {
    Str code, organ, title, archived; // archived: 2026-11-22 09:30:05
    int64_t nth;
    int volume, volumes; // 第2卷，共3卷; 0: there is one
} ArchiveHead;

typedef struct ArchiveVolumes {
    ArchiveFiles *v;
    size_t n, cap;
} ArchiveVolumes;

// The files in their order, as many in each volume (卷) as fit into `most` bytes of tar with sums
// and manifest. ERR_LIMIT for a file that fits into none.
bool archive_volumes(const ArchiveFiles *files, size_t most, Arena *a, ArchiveVolumes *out,
                     Err *err);
size_t archive_file_size(const ArchiveFile *file);

// One volume, mostly the whole package; modified_at is the time every file in it has. The same
// input gives the same bytes. ERR_LIMIT where it would be larger than ARCHIVE_MAX, which is what
// the store of files takes.
enum { ARCHIVE_MAX = 60 << 20 };
bool archive_pack(const ArchiveHead *head, const ArchiveFiles *files, int64_t modified_at,
                  const Key *key, Arena *a, Str *out, Err *err);

typedef struct ArchiveLine {
    Str name, value;
} ArchiveLine;

typedef struct ArchiveProof {
    ArchiveLine lines[8]; // of the head
    size_t n_lines;
    size_t n_files;
    int64_t bytes;
    Str public_key; // hexadecimal
    bool known;     // it is the one asked for
} ArchiveProof;

// Whether the package is whole: the signature fits the manifest, every file in it is there with its
// sum, and nothing else is. `public_key` may be empty: then any. ERR_UNREADABLE for what is no
// package, ERR_RULE where something was changed, taken out or added, or another key signed.
bool archive_verify(Str tar, Str public_key, Arena *a, ArchiveProof *out, Err *err);

#endif

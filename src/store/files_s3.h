// Originals in a store that speaks S3 (MinIO, Ceph, a cloud's), behind the same functions as the
// folder (store/files.h): <bucket>/<prefix>/ab/ab12…, addressed by the SHA-256 of their bytes.
//
// What fails on the way (timeout, 5xx, "slow down") is tried again, S3_TRIES times in all with
// growing pauses, which is safe because the same name always holds the same bytes. One request an
// object, up to S3_MAX_BYTES: there is no multipart.
#ifndef GONGKAI_STORE_FILES_S3_H
#define GONGKAI_STORE_FILES_S3_H

#include "base/fetch.h"

typedef struct S3Config {
    Str endpoint; // https://s3.example.gov.cn, without a path; empty: not used
    Str bucket;
    Str region; // empty: "us-east-1", what stores without regions expect
    Str access_key, secret_key;
    Str prefix;            // before every name: "gongkai/shili"; may be empty
    bool path_style;       // <endpoint>/<bucket>/… instead of <bucket>.<endpoint host>/…
    Str ca_file;           // PEM, trusted besides the system's authorities; may be empty
    int timeout_ms;        // of one try; 0: S3_TIMEOUT_MS
    const FetchStop *stop; // may be NULL
} S3Config;

enum { S3_TRIES = 4, S3_TIMEOUT_MS = 30000, S3_MAX_BYTES = 64 << 20 };

static inline bool s3_configured(const S3Config *config)
{
    return config->endpoint.n && config->bucket.n;
}

// Keeps `bytes` under `address` (64 hexadecimal digits), kept by the store before it returns.
// ERR_LIMIT above S3_MAX_BYTES; ERR_BUSY where the store cannot be reached; ERR_DENIED where it
// refuses the keys; ERR_SYSTEM for its other answers.
bool files_s3_put(const S3Config *config, Str address, Str bytes, Arena *a, Err *err);

// What is kept under an address. Where `sha256` is given, that of the bytes must be it (the address
// itself, for a file kept as it came), else ERR_SYSTEM; empty for what is kept sealed, where the
// seal tells. ERR_MISSING where there is none.
bool files_s3_get(const S3Config *config, Str address, Str sha256, Arena *a, Str *bytes, Err *err);

bool files_s3_has(const S3Config *config, Str address, Arena *a, bool *out, Err *err);

#endif

// Talking to other servers: requests over HTTP and HTTPS, mail over SMTP. The only file that knows
// libcurl.
//
// A call waits until the answer is there, so it is made by a job, a command or in the slow lane,
// never while a transaction is open. Any thread may call; connections are kept and used again.
//
// Certificates are always checked, against the system's authorities and, where named, a file of
// further ones (an organ's own authority). There is no way to turn that off.
//
// A function here fails only where no answer came: ERR_INPUT for an address that is none, ERR_BUSY
// where trying again can help (no route, no name, timeout, connection lost, told to stop),
// ERR_DENIED for a certificate that does not hold, ERR_LIMIT for an answer above the maximum.
// What the other side answered, 500 included, is an answer and for the caller to judge.
#ifndef GONGKAI_FETCH_H
#define GONGKAI_FETCH_H

#include "base/err.h"
#include "base/str.h"

// Told to stop (the program is ending), every call that was given it ends within about a second,
// with ERR_BUSY. Zero at first; may be set from another thread or a signal handler.
typedef struct FetchStop {
    _Atomic int asked;
} FetchStop;

typedef struct FetchHeader {
    Str name, value;
} FetchHeader;

enum {
    FETCH_TIMEOUT_MS = 10000, // where none is given: from the call to the last byte
    FETCH_CONNECT_MS = 5000,  // of which until the connection stands; or timeout_ms where shorter
    FETCH_MAX_BYTES = 1 << 20 // where none is given
};

typedef struct FetchAsk {
    Str url;    // https://… or http://…
    Str method; // empty: GET, or POST where there is a body
    const FetchHeader *headers;
    size_t n_headers;
    Str body;
    Str ca_file;        // PEM; authorities trusted besides the system's; may be empty
    Str user, password; // HTTP Basic; with `aws`, the access key and the secret key
    Str aws;            // signature of S3 and its like: "aws:amz:<region>:s3"; empty: none
    int timeout_ms;     // 0: FETCH_TIMEOUT_MS
    size_t max_bytes;   // of the answer's body; 0: FETCH_MAX_BYTES
    int redirects;      // how many are followed; 0: none, and 3xx is the answer
    const FetchStop *stop;
} FetchAsk;

typedef struct FetchAnswer {
    int status;
    Str content_type; // as sent; may be empty
    Str location;     // where a 3xx leads, in full; may be empty
    Str body;         // bytes
} FetchAnswer;

bool fetch(const FetchAsk *ask, Arena *a, FetchAnswer *out, Err *err);

// --- mail

typedef enum FetchTls {
    FETCH_STARTTLS, // begins in the clear and must change over before anything else is said (587)
    FETCH_TLS,      // from the first byte (465)
    FETCH_PLAIN,    // in the clear, to a relay on this machine or a network of one's own (25)
} FetchTls;

// How far a mail came.
typedef enum FetchStage {
    FETCH_STAGE_CONNECT, // greeting, TLS, signing in
    FETCH_STAGE_FROM,    // the sender
    FETCH_STAGE_TO,      // the recipient
    FETCH_STAGE_DATA,    // the message
    FETCH_STAGE_DONE,    // taken: from here on it is the other server's
} FetchStage;

typedef struct FetchMail {
    Str host;
    int port; // 0: 587, 465 or 25, as the way has it
    FetchTls tls;
    Str user, password; // both empty: without signing in
    Str from, to;       // addresses alone: lian@example.gov.cn
    Str message;        // headers and body, lines ended by CR LF
    Str helo;           // our name; empty: the machine's
    Str ca_file;
    int timeout_ms;
    const FetchStop *stop;
} FetchMail;

typedef struct FetchReceipt {
    FetchStage stage; // FETCH_STAGE_DONE, or where it was refused
    int code;         // the server's last reply; 0 where none came
    Str reply;        // its words, for the administrator; without control characters
} FetchReceipt;

// True where the server answered, if only to refuse: look at the stage. *out is set on failure too,
// so that it can be told how far it came (a connection lost after the message was sent leaves open
// whether it was taken).
bool fetch_mail(const FetchMail *mail, Arena *a, FetchReceipt *out, Err *err);

#endif

// Mail as an organ sends it: one recipient, plain text in UTF-8, Chinese subject and names, marked
// as sent by a program so that nobody's absence notice answers it.
//
// What is sent, and when, is the outbox's (app/outbox.h); this is how a message looks and where the
// mail server is.
#ifndef GONGKAI_APP_MAIL_H
#define GONGKAI_APP_MAIL_H

#include "base/fetch.h"

// Where mail goes out, as configured. Without a host no mail is sent, and notices stay in the desk.
typedef struct MailConfig {
    Str host;
    int port;     // 0: the usual one for `tls`
    FetchTls tls; // starttls, tls or plain
    Str user, password;
    Str from;           // the address mail comes from: xxgk@example.gov.cn
    Str from_name;      // 示例县政府信息公开平台
    Str reply_to;       // where answers go; empty: to `from`
    Str ca_file;        // PEM, trusted besides the system's authorities; may be empty
    int quiet_from;     // minutes after midnight, Chinese time, between which mail that is not
    int quiet_to;       // urgent waits: 1200 and 480 for 20:00 to 08:00; equal: never quiet
    bool quiet_weekend; // whether it waits over days that are not worked as well
    int timeout_ms;     // of one mail; 0: MAIL_TIMEOUT_MS
} MailConfig;

enum { MAIL_TIMEOUT_MS = 60000, MAIL_QUIET_FROM = 20 * 60, MAIL_QUIET_TO = 8 * 60 };

typedef struct MailMessage {
    Str id;             // left side of the Message-ID; the same again when it is sent again
    Str to, to_name;    // to_name may be empty
    Str subject, body;  // body: lines ended by LF
    int64_t written_at; // seconds since 1970-01-01 UTC
} MailMessage;

enum {
    MAIL_SUBJECT_MAX = 400,
    MAIL_NAME_MAX = 200,
    MAIL_ADDRESS_MAX = 254,
    MAIL_BODY_MAX = 256 << 10
};

// Whether mail can be sent at all.
static inline bool mail_configured(const MailConfig *config)
{
    return config->host.n && config->from.n;
}

// One address, without a name: local@domain, ASCII, as it goes into SMTP's own lines. No quoted
// local parts, no comments; nothing that could end the line or begin another parameter.
bool mail_address_ok(Str address);

// The message's bytes (RFC 5322, 2045, 2047), every line ended by CR LF and at most 78 characters,
// but for one that an address alone makes longer.
// ERR_INPUT for an address that is none, for line ends or other control characters in a name or
// subject, for what is longer than the maxima above.
bool mail_build(const MailConfig *config, const MailMessage *m, Arena *a, Str *out, Err *err);

#endif

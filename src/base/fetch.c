#include "base/fetch.h"

#include "base/buf.h"

#include <curl/curl.h>
#include <pthread.h>
#include <sys/socket.h>

// --- handles: kept for the connections in them

enum { IDLE_MAX = 8 };

static struct {
    pthread_once_t once;
    pthread_mutex_t lock;
    CURL *idle[IDLE_MAX];
    size_t n;
} pool = {.once = PTHREAD_ONCE_INIT, .lock = PTHREAD_MUTEX_INITIALIZER};

static void start(void)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        fputs("gongkai: libcurl does not start\n", stderr);
        exit(EXIT_MEMORY);
    }
}

static CURL *handle_take(void)
{
    pthread_once(&pool.once, start);
    pthread_mutex_lock(&pool.lock);
    CURL *h = pool.n ? pool.idle[--pool.n] : NULL;
    pthread_mutex_unlock(&pool.lock);
    if (!h && !(h = curl_easy_init())) {
        fputs("gongkai: no memory for a connection\n", stderr);
        exit(EXIT_MEMORY);
    }
    return h;
}

static void handle_give(CURL **h)
{
    curl_easy_reset(*h);
    pthread_mutex_lock(&pool.lock);
    bool kept = pool.n < IDLE_MAX;
    if (kept)
        pool.idle[pool.n++] = *h;
    pthread_mutex_unlock(&pool.lock);
    if (!kept)
        curl_easy_cleanup(*h);
}

static void list_end(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

static void list_add(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (!longer) {
        fputs("gongkai: no memory for a request\n", stderr);
        exit(EXIT_MEMORY);
    }
    *list = longer;
}

// --- what both kinds of call set

// Programs started meanwhile do not inherit the connection.
static curl_socket_t socket_open(void *unused, curlsocktype purpose, struct curl_sockaddr *to)
{
    (void)unused, (void)purpose;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static int told_to_stop(void *stop, curl_off_t down_all, curl_off_t down, curl_off_t up_all,
                        curl_off_t up)
{
    (void)down_all, (void)down, (void)up_all, (void)up;
    return ((FetchStop *)stop)->asked != 0;
}

typedef struct Common {
    Str url, user, password, ca_file;
    int timeout_ms;
    const FetchStop *stop;
} Common;

static void set_common(CURL *h, const Common *c, Arena *a)
{
    long timeout = c->timeout_ms > 0 ? c->timeout_ms : FETCH_TIMEOUT_MS;
    curl_easy_setopt(h, CURLOPT_URL, str_to_z(a, c->url));
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L); // threads
    curl_easy_setopt(h, CURLOPT_PROXY, "");    // straight there, whatever the environment says
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS,
                     timeout < FETCH_CONNECT_MS ? timeout : (long)FETCH_CONNECT_MS);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, socket_open);
    if (c->ca_file.n) // the system's directory of authorities (CAPATH) stays beside it
        curl_easy_setopt(h, CURLOPT_CAINFO, str_to_z(a, c->ca_file));
    if (c->user.n) {
        curl_easy_setopt(h, CURLOPT_USERNAME, str_to_z(a, c->user));
        curl_easy_setopt(h, CURLOPT_PASSWORD, str_to_z(a, c->password));
    }
    if (c->stop) {
        curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, told_to_stop);
        curl_easy_setopt(h, CURLOPT_XFERINFODATA, c->stop);
    }
}

// No spaces and control characters: nothing that could end a line of the protocol below.
static bool one_word(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] <= ' ' || s.s[i] == 0x7f)
            return false;
    return s.n > 0;
}

static bool one_line(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < ' ' || s.s[i] == 0x7f)
            return false;
    return true;
}

// --- why it went wrong

typedef struct Failure {
    CURLcode code;
    ErrKind kind;
    const char *zh, *en; // both take the server
} Failure;

// clang-format off
static const Failure failures[] = {
    {CURLE_URL_MALFORMAT,           ERR_INPUT,  "地址 %s 不正确", "%s is not an address"},
    {CURLE_UNSUPPORTED_PROTOCOL,    ERR_INPUT,  "地址 %s 不正确，应以 https:// 或 http:// 开头",
                                                "%s is not an address beginning with https:// or http://"},
    {CURLE_PEER_FAILED_VERIFICATION, ERR_DENIED, "%s 的证书不可信，连接已中止；请检查证书或 CA 文件",
                                                "the certificate of %s does not hold; check it, or the CA file"},
    {CURLE_SSL_CACERT_BADFILE,      ERR_SYSTEM, "连接 %s 所用的 CA 文件读不出",
                                                "the CA file for %s cannot be read"},
    {CURLE_SSL_CONNECT_ERROR,       ERR_BUSY,   "与 %s 建立加密连接失败", "no encrypted connection to %s"},
    {CURLE_USE_SSL_FAILED,          ERR_SYSTEM, "%s 不支持 STARTTLS，未在明文中继续",
                                                "%s offers no STARTTLS; nothing was sent in the clear"},
    {CURLE_COULDNT_RESOLVE_HOST,    ERR_BUSY,   "找不到服务器 %s", "no such server: %s"},
    {CURLE_COULDNT_CONNECT,         ERR_BUSY,   "连接不上 %s", "no connection to %s"},
    {CURLE_OPERATION_TIMEDOUT,      ERR_BUSY,   "%s 没有在规定时间内应答", "%s did not answer in time"},
    {CURLE_ABORTED_BY_CALLBACK,     ERR_BUSY,   "程序正在停止，与 %s 的通信已中止",
                                                "the program is stopping; the call to %s was ended"},
    {CURLE_FILESIZE_EXCEEDED,       ERR_LIMIT,  "%s 的应答超过允许的大小", "the answer of %s is larger than allowed"},
    {CURLE_TOO_MANY_REDIRECTS,      ERR_LIMIT,  "%s 转发次数过多", "%s redirects too often"},
    {CURLE_LOGIN_DENIED,            ERR_SYSTEM, "%s 不接受所配置的用户名和密码", "%s refuses the configured user and password"},
    {CURL_LAST,                    ERR_BUSY,   "与 %s 的通信中断", "the connection to %s broke"}, // all others
};
// clang-format on

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static bool fail_with(CURLcode code, const char *server, const char *detail, Err *err)
{
    size_t i = 0;
    while (failures[i].code != code && failures[i].code != CURL_LAST)
        i++;
    return fail(err, failures[i].kind, *detail ? detail : curl_easy_strerror(code), failures[i].zh,
                failures[i].en, server);
}

// Without what stands behind the host, which may be secret.
static char *server_of(Str url, Arena *a)
{
    Str scheme, rest, host;
    if (!str_cut(url, S("://"), &scheme, &rest))
        return str_to_z(a, str_clip(a, url, 60));
    str_cut(rest, S("/"), &host, &rest);
    return str_to_z(a, str_clip(a, host, 100));
}

// --- HTTP

static size_t take_body(char *bytes, size_t one, size_t n, void *to)
{
    Buf *body = to;
    (void)one;
    buf_add(body, (Str){bytes, n});
    return body->full ? 0 : n;
}

static bool headers_make(const FetchAsk *ask, Arena *a, struct curl_slist **list, Err *err)
{
    for (size_t i = 0; i < ask->n_headers; i++) {
        FetchHeader h = ask->headers[i];
        if (!one_word(h.name) || !one_line(h.value))
            return fail(err, ERR_INPUT, NULL, "请求头 %s 含有不允许的字符",
                        "the header %s has a character that may not be there",
                        str_to_z(a, str_clip(a, h.name, 40)));
        // "name;" is curl's way to send an empty one
        list_add(list, str_to_z(a, h.value.n ? str_fmt(a, PRI_STR ": " PRI_STR, STR_ARG(h.name),
                                                       STR_ARG(h.value))
                                             : str_cat(a, h.name, S(";"))));
    }
    if (!ask->aws.n) // not worth a round trip of waiting; but it would be signed and not sent
        list_add(list, "Expect:");
    return true;
}

static void set_method(CURL *h, const FetchAsk *ask, Arena *a)
{
    if (str_eq(ask->method, S("HEAD")))
        curl_easy_setopt(h, CURLOPT_NOBODY, 1L);
    else if (ask->method.n || ask->body.n)
        curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST,
                         ask->method.n ? str_to_z(a, ask->method) : "POST");
    // As fields, not as an upload: so that the signature of S3 covers them.
    if (ask->body.n) {
        curl_easy_setopt(h, CURLOPT_POSTFIELDS, ask->body.s);
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body.n);
    }
}

static void set_http(CURL *h, const FetchAsk *ask, Arena *a, Buf *body)
{
    set_common(
        h, &(Common){ask->url, ask->user, ask->password, ask->ca_file, ask->timeout_ms, ask->stop},
        a);
    set_method(h, ask, a);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(h, CURLOPT_REDIR_PROTOCOLS_STR,
                     str_starts(ask->url, S("https:")) ? "https" : "https,http");
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, ask->redirects > 0 ? 1L : 0L);
    curl_easy_setopt(h, CURLOPT_MAXREDIRS, (long)ask->redirects);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(h, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)body->max);
    if (ask->aws.n)
        curl_easy_setopt(h, CURLOPT_AWS_SIGV4, str_to_z(a, ask->aws));
}

bool fetch(const FetchAsk *ask, Arena *a, FetchAnswer *out, Err *err)
{
    CLEANUP(list_end) struct curl_slist *headers = NULL;
    char *server = server_of(ask->url, a);
    if (!one_word(ask->url) || (ask->method.n && !one_word(ask->method)))
        return fail_with(CURLE_URL_MALFORMAT, server, "", err);
    if (!headers_make(ask, a, &headers, err))
        return false;

    CLEANUP(handle_give) CURL *h = handle_take();
    char words[CURL_ERROR_SIZE] = "";
    Buf body = buf_new(a, ask->max_bytes ? ask->max_bytes : FETCH_MAX_BYTES);
    set_http(h, ask, a, &body);
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, words);
    CURLcode code = curl_easy_perform(h);
    if (code != CURLE_OK)
        return fail_with(body.full ? CURLE_FILESIZE_EXCEEDED : code, server, words, err);

    long status = 0;
    char *type = NULL, *location = NULL;
    curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(h, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(h, CURLINFO_REDIRECT_URL, &location);
    *out = (FetchAnswer){.status = (int)status,
                         .body = buf_str(&body),
                         .content_type = str_dup(a, str_z(type)),
                         .location = str_dup(a, str_z(location))};
    return true;
}

// --- SMTP

enum { REPLY_MAX = 300 };

typedef struct Talk {
    Str left; // of the message
    FetchStage stage;
    int code;
    bool quitting;
    char reply[REPLY_MAX];
    size_t n;
} Talk;

static size_t give_message(char *to, size_t one, size_t n, void *talk)
{
    Talk *t = talk;
    (void)one;
    if (n > t->left.n)
        n = t->left.n;
    memcpy(to, t->left.s, n);
    t->left = str_from(t->left, n);
    return n;
}

static void said(Talk *t, Str line)
{
    // clang-format off
    static const struct { Str verb; FetchStage stage; } steps[] = {
        {SI("MAIL "), FETCH_STAGE_FROM}, {SI("RCPT "), FETCH_STAGE_TO}, {SI("DATA"), FETCH_STAGE_DATA},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (str_starts(line, steps[i].verb))
            t->stage = steps[i].stage;
    t->quitting |= str_starts(line, S("QUIT"));
    if (!t->quitting) // what was said last stays
        t->n = 0;
}

// "550-5.1.1 no such\r\n550 person": the words of all lines of one reply, in one.
static void heard(Talk *t, Str line)
{
    int64_t code;
    if (t->quitting || line.n < 3 || !str_to_int(str_sub(line, 0, 3), &code))
        return;
    t->code = (int)code;
    Str words = str_trim(str_from(line, 4));
    if (t->n && t->n < REPLY_MAX)
        t->reply[t->n++] = ' ';
    for (size_t i = 0; i < words.n && t->n < REPLY_MAX; i++)
        t->reply[t->n++] = words.s[i] >= ' ' && words.s[i] < 0x7f ? words.s[i] : '?';
}

// The library's account of the conversation, which alone tells at which command a reply came.
// Signing in passes here too and is not looked at.
static int overhear(CURL *h, curl_infotype kind, char *bytes, size_t n, void *talk)
{
    (void)h;
    if (kind == CURLINFO_HEADER_OUT)
        said(talk, (Str){bytes, n});
    else if (kind == CURLINFO_HEADER_IN)
        heard(talk, (Str){bytes, n});
    return 0;
}

static bool host_ok(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '.' && c != '-' && c != ':' && c != '[' && c != ']')
            return false;
    }
    return s.n > 0;
}

static bool here(Str host)
{
    return str_eq(host, S("localhost")) || str_starts(host, S("127.")) || str_eq(host, S("[::1]"));
}

static bool address_ok(Str s)
{
    return one_word(s) && !str_has(s, S("<")) && !str_has(s, S(">"));
}

static bool mail_check(const FetchMail *mail, const char *server, Err *err)
{
    if (!host_ok(mail->host) || (mail->helo.n && !host_ok(mail->helo)))
        return fail_with(CURLE_URL_MALFORMAT, server, "", err);
    if (!address_ok(mail->from) || !address_ok(mail->to))
        return fail(err, ERR_INPUT, NULL, "邮件地址不正确（服务器 %s）",
                    "not a mail address (server %s)", server);
    if (mail->tls == FETCH_PLAIN && mail->user.n && !here(mail->host))
        return fail(err, ERR_INPUT, NULL, "不能在明文连接上向 %s 发送密码；请改用 STARTTLS 或 TLS",
                    "no password is sent to %s in the clear; use STARTTLS or TLS", server);
    return true;
}

static Str mail_url(const FetchMail *mail, Arena *a)
{
    static const int ports[] = {[FETCH_STARTTLS] = 587, [FETCH_TLS] = 465, [FETCH_PLAIN] = 25};
    return str_fmt(a, "%s://" PRI_STR ":%d/" PRI_STR, mail->tls == FETCH_TLS ? "smtps" : "smtp",
                   STR_ARG(mail->host), mail->port ? mail->port : ports[mail->tls],
                   STR_ARG(mail->helo));
}

static void set_mail(CURL *h, const FetchMail *mail, Arena *a, Talk *talk)
{
    set_common(h,
               &(Common){mail_url(mail, a), mail->user, mail->password, mail->ca_file,
                         mail->timeout_ms, mail->stop},
               a);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(h, CURLOPT_USE_SSL,
                     (long)(mail->tls == FETCH_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    // The library would take a connection in the clear again for a mail that must be encrypted.
    curl_easy_setopt(h, CURLOPT_FORBID_REUSE, mail->tls == FETCH_PLAIN ? 1L : 0L);
    curl_easy_setopt(h, CURLOPT_MAIL_FROM, str_to_z(a, mail->from));
    curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(h, CURLOPT_READFUNCTION, give_message);
    curl_easy_setopt(h, CURLOPT_READDATA, talk);
    curl_easy_setopt(h, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, overhear);
    curl_easy_setopt(h, CURLOPT_DEBUGDATA, talk);
}

bool fetch_mail(const FetchMail *mail, Arena *a, FetchReceipt *out, Err *err)
{
    char *server = str_to_z(a, str_clip(a, mail->host, 100));
    *out = (FetchReceipt){0};
    if (!mail_check(mail, server, err))
        return false;

    CLEANUP(list_end) struct curl_slist *to = NULL;
    CLEANUP(handle_give) CURL *h = handle_take();
    char words[CURL_ERROR_SIZE] = "";
    Talk talk = {.left = mail->message};
    list_add(&to, str_to_z(a, mail->to));
    set_mail(h, mail, a, &talk);
    curl_easy_setopt(h, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, words);
    CURLcode code = curl_easy_perform(h);
    *out = (FetchReceipt){.stage = code == CURLE_OK ? FETCH_STAGE_DONE : talk.stage,
                          .code = talk.code,
                          .reply = str_dup(a, (Str){talk.reply, talk.n})};
    return code == CURLE_OK || talk.code >= 400 || fail_with(code, server, words, err);
}

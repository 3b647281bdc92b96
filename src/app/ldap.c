#include "app/ldap.h"

#include "base/buf.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <ldap.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { DETAIL_MAX = 180 };

// --- words

static bool denied(Err *err, const char *detail)
{
    return fail(err, ERR_DENIED, detail, "用户名或密码不正确", "wrong user name or password");
}

static bool misconfigured(Err *err, const char *detail)
{
    return fail(err, ERR_SYSTEM, detail, "目录服务没有配置好，无法登录；请联系管理员（%s）",
                "the directory is not configured as it should be (%s)", detail);
}

// What the directory, or the way to it, says of a step that failed.
static bool failed(LDAP *ld, int code, const char *step, Err *err)
{
    char *words = NULL, detail[DETAIL_MAX];
    ldap_get_option(ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &words);
    snprintf(detail, sizeof detail, "%s: %s%s%s", step, ldap_err2string(code), words ? ": " : "",
             words ? words : "");
    ldap_memfree(words);
    bool away = code == LDAP_SERVER_DOWN || code == LDAP_TIMEOUT || code == LDAP_CONNECT_ERROR ||
                code == LDAP_BUSY || code == LDAP_UNAVAILABLE || code == LDAP_TIMELIMIT_EXCEEDED;
    if (away)
        return fail(err, ERR_BUSY, detail, "目录服务没有应答或证书不可信，请稍后再试（%s）",
                    "the directory does not answer, or its certificate does not hold (%s)", step);
    return misconfigured(err, detail);
}

// --- connection

static void connection_end(LDAP **ld)
{
    if (*ld)
        ldap_unbind_ext_s(*ld, NULL, NULL);
}

static bool on_this_machine(Str uri)
{
    static const Str here[] = {SI("ldap://127.0.0.1"), SI("ldap://localhost"), SI("ldap://[::1]")};
    for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
        Str rest = str_from(uri, here[i].n);
        if (str_starts(uri, here[i]) && (!rest.n || rest.s[0] == ':' || rest.s[0] == '/'))
            return true;
    }
    return str_starts(uri, S("ldapi://"));
}

static bool uri_ok(const LdapConfig *config, Err *err)
{
    for (size_t i = 0; i < config->uri.n; i++) // one server, and nothing that could be a second
        if ((unsigned char)config->uri.s[i] <= ' ' || config->uri.s[i] == ',')
            return misconfigured(err, "uri");
    if (str_starts(config->uri, S("ldaps://")))
        return !config->starttls || misconfigured(err, "starttls with ldaps://");
    if (!str_starts(config->uri, S("ldap://")) && !str_starts(config->uri, S("ldapi://")))
        return misconfigured(err, "uri");
    return config->starttls || on_this_machine(config->uri) ||
           misconfigured(err, "passwords in the clear: use ldaps:// or starttls");
}

// The library's own timeouts do not reach into the TLS handshake of ldaps:// (before OpenLDAP 2.6),
// where a silent server would hold us for ever. So somebody watches, and hangs up.
typedef struct Watch {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t over_now;
    struct timespec until;
    int fd; // a copy of the connection's, so that it is never another's; -1: nobody watches
    bool over;
} Watch;

static void *watch(void *watch)
{
    Watch *w = watch;
    int late = 0;
    pthread_mutex_lock(&w->lock);
    while (!w->over && late != ETIMEDOUT)
        late = pthread_cond_timedwait(&w->over_now, &w->lock, &w->until);
    if (!w->over)
        shutdown(w->fd, SHUT_RDWR);
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

// Called by the library when a connection stands, before TLS.
static int watch_begin(LDAP *ld, Sockbuf *sb, LDAPURLDesc *url, struct sockaddr *to,
                       struct ldap_conncb *self)
{
    Watch *w = self->lc_arg;
    int fd;
    (void)ld, (void)url, (void)to;
    if (w->fd >= 0 || ber_sockbuf_ctrl(sb, LBER_SB_OPT_GET_FD, &fd) != 1 ||
        (w->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3)) < 0)
        return -1;
    if (pthread_create(&w->thread, NULL, watch, w) == 0)
        return 0;
    close(w->fd);
    return w->fd = -1;
}

static void watch_lost(LDAP *ld, Sockbuf *sb, struct ldap_conncb *self)
{
    (void)ld, (void)sb, (void)self;
}

static void watch_end(Watch *w)
{
    if (w->fd >= 0) {
        pthread_mutex_lock(&w->lock);
        w->over = true;
        pthread_cond_signal(&w->over_now);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
        close(w->fd);
    }
    pthread_cond_destroy(&w->over_now);
    pthread_mutex_destroy(&w->lock);
}

static void watch_init(Watch *w, int ms)
{
    pthread_condattr_t steady; // a clock that nobody sets
    *w = (Watch){.fd = -1};
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&w->over_now, &steady);
    pthread_condattr_destroy(&steady);
    clock_gettime(CLOCK_MONOTONIC, &w->until);
    w->until.tv_nsec += ms % 1000 * 1000000L;
    w->until.tv_sec += ms / 1000 + w->until.tv_nsec / 1000000000;
    w->until.tv_nsec %= 1000000000;
}

static int timeout_of(const LdapConfig *config)
{
    return config->timeout_ms > 0 ? config->timeout_ms : LDAP_TIMEOUT_MS;
}

// What the file /etc/ldap/ldap.conf or the environment may say otherwise is said here.
static int set_options(LDAP *ld, const LdapConfig *config, Watch *w, Arena *a)
{
    int version = LDAP_VERSION3, demand = LDAP_OPT_X_TLS_DEMAND, client = 0;
    int ms = timeout_of(config);
    struct timeval wait = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000L};
    struct ldap_conncb *watched = NEW(a, struct ldap_conncb, 1);
    *watched = (struct ldap_conncb){.lc_add = watch_begin, .lc_del = watch_lost, .lc_arg = w};
    int bad = ldap_set_option(ld, LDAP_OPT_PROTOCOL_VERSION, &version) |
              ldap_set_option(ld, LDAP_OPT_NETWORK_TIMEOUT, &wait) |
              ldap_set_option(ld, LDAP_OPT_TIMEOUT, &wait) |
              ldap_set_option(ld, LDAP_OPT_CONNECT_CB, watched) |
              ldap_set_option(ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) |
              ldap_set_option(ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
    if (config->ca_file.n)
        bad |= ldap_set_option(ld, LDAP_OPT_X_TLS_CACERTFILE, str_to_z(a, config->ca_file));
    return bad | ldap_set_option(ld, LDAP_OPT_X_TLS_NEWCTX, &client);
}

static int bind_as(LDAP *ld, const char *dn, Str password)
{
    struct berval secret = {.bv_len = password.n, .bv_val = (char *)password.s};
    return ldap_sasl_bind_s(ld, dn, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
}

static bool open_directory(const LdapConfig *config, Watch *w, Arena *a, LDAP **out, Err *err)
{
    int code = ldap_initialize(out, str_to_z(a, config->uri));
    if (code != LDAP_SUCCESS || set_options(*out, config, w, a) != 0)
        return misconfigured(err, code == LDAP_SUCCESS ? "ca_file" : "uri");
    if (config->starttls && (code = ldap_start_tls_s(*out, NULL, NULL)) != LDAP_SUCCESS)
        return failed(*out, code, "starttls", err);
    if (config->bind_dn.n &&
        (code = bind_as(*out, str_to_z(a, config->bind_dn), config->bind_password)) != LDAP_SUCCESS)
        return failed(*out, code, "service bind", err);
    return true;
}

// --- the entry

// RFC 4515: what has a meaning in a filter is written as \ and two hex digits.
static void put_escaped(Buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] && !strchr("*()\\", s.s[i]))
            buf_byte(b, s.s[i]);
        else
            buf_fmt(b, "\\%02x", (unsigned char)s.s[i]);
}

static char *filter_for(const LdapConfig *config, Str name, Arena *a)
{
    Str filter = config->filter.n ? config->filter : S("(uid={})"), head;
    Buf b = buf_new(a, 16 << 10);
    while (str_cut(filter, S("{}"), &head, &filter)) {
        buf_add(&b, head);
        put_escaped(&b, name);
    }
    buf_add(&b, head);
    return str_to_z(a, buf_str(&b));
}

// The first value; empty where there is none, or it is not text.
static Str value_of(LDAP *ld, LDAPMessage *entry, const char *attribute, Arena *a)
{
    struct berval **values = ldap_get_values_len(ld, entry, attribute);
    Str value = {0};
    if (values && values[0])
        value = str_dup(a, (Str){values[0]->bv_val, values[0]->bv_len});
    ldap_value_free_len(values);
    return text_valid(value) == value.n ? str_trim(value) : S("");
}

static char *or_else(Arena *a, Str attribute, const char *otherwise)
{
    return str_to_z(a, attribute.n ? attribute : str_z(otherwise));
}

static void found_end(LDAPMessage **found)
{
    ldap_msgfree(*found);
}

static bool find(LDAP *ld, const LdapConfig *config, Str name, Arena *a, LdapIdentity *out,
                 Err *err)
{
    char *uid = or_else(a, config->uid_attr, "uid"), *cn = or_else(a, config->name_attr, "cn"),
         *mail = or_else(a, config->mail_attr, "mail"), *attributes[] = {uid, cn, mail, NULL};
    CLEANUP(found_end) LDAPMessage *found = NULL;
    int code =
        ldap_search_ext_s(ld, str_to_z(a, config->base), LDAP_SCOPE_SUBTREE,
                          filter_for(config, name, a), attributes, 0, NULL, NULL, NULL, 2, &found);
    if (code == LDAP_SIZELIMIT_EXCEEDED)
        return denied(err, "more than one entry");
    if (code != LDAP_SUCCESS)
        return failed(ld, code, "search", err);
    if (ldap_count_entries(ld, found) != 1)
        return denied(err, ldap_count_entries(ld, found) ? "more than one entry" : "no entry");
    LDAPMessage *entry = ldap_first_entry(ld, found);
    char *dn = ldap_get_dn(ld, entry);
    LdapIdentity who = {.dn = str_dup(a, str_z(dn)),
                        .uid = value_of(ld, entry, uid, a),
                        .name = value_of(ld, entry, cn, a),
                        .mail = value_of(ld, entry, mail, a)};
    ldap_memfree(dn);
    if (!who.dn.n || !who.uid.n)
        return misconfigured(err, "the entry has no uid_attr");
    *out = who;
    return true;
}

// --- both

static bool typed_ok(Str name, Str password)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.s[i] < ' ' || name.s[i] == 0x7f)
            return false;
    return name.n && name.n <= LDAP_NAME_MAX && password.n && password.n <= LDAP_PASSWORD_MAX &&
           !memchr(password.s, 0, password.n);
}

bool app_ldap_sign_in(const LdapConfig *config, Str name, Str password, Arena *a, LdapIdentity *out,
                      Err *err)
{
    LdapIdentity who = {0};
    if (!ldap_configured(config))
        return misconfigured(err, "uri and base");
    if (!uri_ok(config, err))
        return false;
    if (!typed_ok(name, password))
        return denied(err, "empty, too long or with control characters");

    CLEANUP(watch_end) Watch w;
    watch_init(&w, 2 * timeout_of(config));
    CLEANUP(connection_end) LDAP *ld = NULL;
    if (!open_directory(config, &w, a, &ld, err) || !find(ld, config, name, a, &who, err))
        return false;

    int code = bind_as(ld, str_to_z(a, who.dn), password);
    if (code == LDAP_INVALID_CREDENTIALS || code == LDAP_INAPPROPRIATE_AUTH ||
        code == LDAP_CONSTRAINT_VIOLATION || code == LDAP_UNWILLING_TO_PERFORM)
        return denied(err, ldap_err2string(code));
    if (code != LDAP_SUCCESS)
        return failed(ld, code, "bind", err);
    *out = who;
    return true;
}

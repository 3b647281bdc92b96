// The table of all keys, and what is shown of it. config_read.c reads values.
#include "app/config.h"

#include "base/buf.h"

// clang-format off
#define LAND(field) \
    _Generic(((Config *)0)->field, Str: LAND_STR, bool: LAND_BOOL, int: LAND_INT, unsigned: LAND_UINT, \
             int64_t: LAND_INT64, size_t: LAND_SIZE, Nets: LAND_NETS)
#define AT(field) offsetof(Config, field), LAND(field)
#define AT_MS(field) offsetof(Config, field), LAND_MS
#define GROUP(name, help) { SI(name), CONFIG_GROUP, 0, 0, SI(""), SI(""), SI(""), 0, LAND_STR, SI(help) }
#define KB (INT64_C(1) << 10)
#define MB (INT64_C(1) << 20)
#define GB (INT64_C(1) << 30)
#define HOUR 3600
#define DAY (24 * HOUR)

const ConfigKey config_keys[] = {
    // name                          type            low   high   choices  standard  installed  where, help
    GROUP("Where things are", ""),
    { SI("data"),                    CONFIG_PATH,    0, 0, SI(""), SI("gongkai-data"), SI("/var/lib/gongkai"), AT(data),
      SI("The folder with everything the site keeps: the database (unless it is a PostgreSQL),\n"
         "the documents under files/, and the site's key.") },
    { SI("database"),                CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(database),
      SI("Empty: gongkai.db in the data folder (SQLite). For PostgreSQL its address:\n"
         "postgresql://user:password@host:5432/gongkai (docs/admin/postgresql.md).") },
    { SI("site"),                    CONFIG_INT,     1, INT32_MAX, SI(""), SI("1"), SI(""), AT(site),
      SI("The number of the site in the database. One database may hold several.") },
    { SI("key_file"),                CONFIG_PATH,    0, 0, SI(""), SI(""), SI(""), AT(key_file),
      SI("The key that seals the audit trail and encrypts private files. Empty: secret.key in the data\n"
         "folder. Keep a copy apart from the backups: without it private files cannot be read.") },

    { SI("sample"),                  CONFIG_BOOL,    0, 0, SI(""), SI("yes"), SI("no"), AT(sample),
      SI("Whether a site without organs is filled with a sample to look at (示例市).") },

    GROUP("Answering", ""),
    { SI("bind"),                    CONFIG_ADDRESS, 0, 0, SI(""), SI("127.0.0.1"), SI(""), AT(bind),
      SI("Listen on this address; 0.0.0.0 or :: for all. Leave it where nginx runs on the same machine.") },
    { SI("port"),                    CONFIG_INT,     0, 65535, SI(""), SI("8080"), SI(""), AT(port),
      SI("Listen on this port; 0 for any free one.") },
    { SI("base_url"),                CONFIG_URL,     0, 0, SI(""), SI(""), SI(""), AT(base_url),
      SI("The address people type, as https://www.example.gov.cn. It stands in feeds, mails and sign-in\n"
         "at a provider; with https:// cookies are sent over TLS only. Empty: as the browser asks.") },
    { SI("trusted_proxies"),         CONFIG_NETS,    0, 0, SI(""), SI("127.0.0.0/8 ::1"), SI(""), AT(trusted_proxies),
      SI("Networks of the proxies in front. Only what comes from them may say whom it asks for\n"
         "(X-Forwarded-For) and name its request (X-Request-Id).") },
    { SI("upload_max"),              CONFIG_SIZE,    1 * MB, 1 * GB, SI(""), SI("57MB"), SI(""), AT(upload_max),
      SI("The largest request that is taken. client_max_body_size in nginx must be as large.\n"
         "Addresses have lower limits of their own.") },
    { SI("fast_threads"),            CONFIG_INT,     1, 32, SI(""), SI("2"), SI(""), AT(fast_threads),
      SI("Threads that read requests and answer what is quick.") },
    { SI("slow_threads"),            CONFIG_INT,     1, 32, SI(""), SI("2"), SI(""), AT(slow_threads),
      SI("Threads for what takes long: reading documents, exports.") },
    { SI("max_connections"),         CONFIG_INT,     10, 15000, SI(""), SI("1000"), SI(""), AT(max_connections),
      SI("Connections at one time.") },
    { SI("max_connections_per_address"), CONFIG_INT, 1, 15000, SI(""), SI("200"), SI("1000"), AT(max_connections_per_address),
      SI("Connections at one time from one address. Behind nginx on the same machine all come from one.") },
    { SI("cache"),                   CONFIG_SIZE,    0, 16 * GB, SI(""), SI("64MB"), SI(""), AT(cache),
      SI("Memory for public pages as rendered; 0 for none.") },
    { SI("model_cache"),             CONFIG_SIZE,    1 * MB, 16 * GB, SI(""), SI("32MB"), SI(""), AT(model_cache),
      SI("Memory for reports as decoded, from which pages are made.") },

    GROUP("Watching", ""),
    { SI("log_level"),               CONFIG_CHOICE,  0, 0, SI("error warn info debug"), SI("info"), SI(""), AT(log_level),
      SI("How much goes to the log (standard error, with systemd the journal).") },
    { SI("log_requests"),            CONFIG_BOOL,    0, 0, SI(""), SI("yes"), SI(""), AT(log_requests),
      SI("A line for each request.") },
    { SI("metrics_token"),           CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(metrics_token),
      SI("Who sends it (Authorization: Bearer …) may read /metrics from anywhere. Without it only this\n"
         "machine may, and only where it asks directly, not through a proxy.") },
    { SI("jobs"),                    CONFIG_BOOL,    0, 0, SI(""), SI("yes"), SI(""), AT(jobs),
      SI("Whether `gongkai serve` runs the jobs (gongkai job list). With several servers on one database\n"
         "they take turns by themselves.") },
    { SI("job.outbox"),              CONFIG_DURATION, 10, DAY, SI(""), SI("1m"), SI(""), AT(job.outbox),
      SI("How often mail that waits is sent.") },
    { SI("job.clean"),               CONFIG_DURATION, 60, 30 * DAY, SI(""), SI("1h"), SI(""), AT(job.clean),
      SI("How often what is used up is thrown away.") },
    { SI("job.seal"),                CONFIG_DURATION, 60, 30 * DAY, SI(""), SI("1h"), SI(""), AT(job.seal),
      SI("How often is looked whether the audit of a day that has ended is still to be sealed.") },
    { SI("job.desk"),                CONFIG_DURATION, 60, DAY, SI(""), SI("10m"), SI(""), AT(job.desk),
      SI("How often the desk looks for what is to be done.") },
    { SI("job.bulk"),                CONFIG_DURATION, 1, DAY, SI(""), SI("5s"), SI(""), AT(job.bulk),
      SI("How often is looked whether something is still to be done to many requests at once.") },

    GROUP("Blacking out", "Files that are given out with a reply (docs/handbook/遮盖与提供.md)."),
    { SI("redact.at_once"),          CONFIG_INT,     0, 16, SI(""), SI("1"), SI(""), AT(redact.at_once),
      SI("Files that are blacked out at one time by this server; the others wait their turn. Each keeps one\n"
         "processor busy and takes up to 600 MB, tesseract included. 0: another server does it.") },

    GROUP("Asking for information", "What people without an account may do (docs/handbook/申请人看到什么.md)."),
    { SI("apply.per_day"),           CONFIG_INT,     0, 1000000, SI(""), SI("50"), SI(""), AT(apply.per_day),
      SI("Requests that may be filed over the Internet from one network in a day (IPv4 address, IPv6 /64);\n"
         "0: any number. Offices, libraries and villages share one address: not too few.") },
    { SI("apply.draft"),             CONFIG_DURATION, DAY, 90 * DAY, SI(""), SI("7d"), SI(""), AT(apply.draft_s),
      SI("How long a form that somebody means to go on with is kept.") },

    GROUP("Mail", "How notices leave the house (docs/admin/mail.md). Without mail.host they stay in the desk."),
    { SI("mail.host"),               CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(mail.host),
      SI("The mail server.") },
    { SI("mail.port"),               CONFIG_INT,     0, 65535, SI(""), SI("0"), SI(""), AT(mail.port),
      SI("0: the usual one for mail.tls (587, 465, 25).") },
    { SI("mail.tls"),                CONFIG_CHOICE,  0, 0, SI("starttls tls plain"), SI("starttls"), SI(""), AT(mail.tls),
      SI("How the connection is protected; plain only on a network of your own.") },
    { SI("mail.user"),               CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(mail.user),
      SI("Whom to sign in as there; empty: without.") },
    { SI("mail.password"),           CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(mail.password),
      SI("The password for it.") },
    { SI("mail.from"),               CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(mail.from),
      SI("The address mail comes from, as xxgk@example.gov.cn.") },
    { SI("mail.from_name"),          CONFIG_TEXT,    0, 0, SI(""), SI("政府信息公开平台"), SI(""), AT(mail.from_name),
      SI("The name beside it.") },
    { SI("mail.reply_to"),           CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(mail.reply_to),
      SI("Where answers go; empty: to mail.from.") },
    { SI("mail.ca_file"),            CONFIG_PATH,    0, 0, SI(""), SI(""), SI(""), AT(mail.ca_file),
      SI("Certificates (PEM) trusted besides the system's.") },
    { SI("mail.quiet_from"),         CONFIG_CLOCK,   0, 0, SI(""), SI("20:00"), SI(""), AT(mail.quiet_from),
      SI("From this time of day mail that is not urgent waits, Chinese time …") },
    { SI("mail.quiet_to"),           CONFIG_CLOCK,   0, 0, SI(""), SI("08:00"), SI(""), AT(mail.quiet_to),
      SI("… until this one; both the same: never.") },
    { SI("mail.quiet_weekend"),      CONFIG_BOOL,    0, 0, SI(""), SI("yes"), SI(""), AT(mail.quiet_weekend),
      SI("Whether it waits over days that are not worked as well (by the notices on holidays).") },
    { SI("mail.timeout"),            CONFIG_DURATION, 1, 600, SI(""), SI("60s"), SI(""), AT_MS(mail.timeout_ms),
      SI("How long one mail may take.") },

    GROUP("Signing in", "Sessions and passwords (docs/admin/sign-in.md)."),
    { SI("sign_in.idle"),            CONFIG_DURATION, 60, 24 * HOUR, SI(""), SI("30m"), SI(""), AT(sign_in.idle_s),
      SI("A session without a request for so long ends.") },
    { SI("sign_in.longest"),         CONFIG_DURATION, 600, 7 * DAY, SI(""), SI("12h"), SI(""), AT(sign_in.absolute_s),
      SI("A session ends after so long in any case.") },
    { SI("sign_in.sessions"),        CONFIG_INT,     1, 50, SI(""), SI("5"), SI(""), AT(sign_in.per_person),
      SI("Sessions of one person at one time; one more ends the oldest.") },
    { SI("sign_in.address"),         CONFIG_CHOICE,  0, 0, SI("exact network off"), SI("network"), SI(""), AT(sign_in.address),
      SI("Where a session may go on from. exact: only the address it began at. network: the same /24\n"
         "(IPv4) or /64 (IPv6). off: anywhere. From elsewhere it is ended and its owner told.") },
    { SI("sign_in.hash_passes"),     CONFIG_INT,     1, 20, SI(""), SI("2"), SI(""), AT(sign_in.hash_passes),
      SI("Cost of a password (argon2id): passes. Changed, each password is kept anew at its next use.") },
    { SI("sign_in.hash_memory"),     CONFIG_INT,     8192, 1 << 20, SI(""), SI("65536"), SI(""), AT(sign_in.hash_memory_kb),
      SI("Cost of a password: memory in KB.") },
    { SI("sign_in.hash_at_once"),    CONFIG_INT,     1, 64, SI(""), SI("4"), SI(""), AT(sign_in.hash_at_once),
      SI("Passwords computed at one time; more are asked to come back in a moment. Each takes hash_memory.") },
    { SI("sign_in.first_password"),  CONFIG_DURATION, HOUR, 90 * DAY, SI(""), SI("7d"), SI(""), AT(sign_in.first_password_s),
      SI("How long a password given by an administrator is good.") },
    { SI("sign_in.provider_second"), CONFIG_BOOL,    0, 0, SI(""), SI("no"), SI(""), AT(sign_in.oidc_second),
      SI("Whether a provider (below) that says it asked for a second factor is believed; otherwise those\n"
         "whose role signs give a code of this site as well.") },
    { SI("sign_in.provider_acr"),    CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(sign_in.oidc_acr),
      SI("What it says in that case as acr, several by blanks; besides mfa, otp and hwk in amr.") },

    GROUP("Sign-in at a provider", "OpenID Connect (docs/admin/single-sign-on.md)."),
    { SI("oidc.issuer"),             CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(oidc.issuer),
      SI("The provider's address as it names itself; empty: not used.") },
    { SI("oidc.client_id"),          CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(oidc.client_id),
      SI("What the provider calls this site.") },
    { SI("oidc.client_secret"),      CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(oidc.client_secret),
      SI("The secret it has given; empty for a public client.") },
    { SI("oidc.redirect_uri"),       CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(oidc.redirect_uri),
      SI("The way back, as registered there. Empty: base_url with\n/desk/sign-in/oidc/back.") },
    { SI("oidc.scopes"),             CONFIG_TEXT,    0, 0, SI(""), SI("openid profile email"), SI(""), AT(oidc.scopes),
      SI("What is asked of it.") },
    { SI("oidc.label"),              CONFIG_TEXT,    0, 0, SI(""), SI("统一身份认证"), SI(""), AT(oidc.label),
      SI("The words on the button.") },
    { SI("oidc.name_claim"),         CONFIG_TEXT,    0, 0, SI(""), SI("name"), SI(""), AT(oidc.name_claim),
      SI("Which claim is the person's name.") },
    { SI("oidc.ca_file"),            CONFIG_PATH,    0, 0, SI(""), SI(""), SI(""), AT(oidc.ca_file),
      SI("Certificates (PEM) trusted besides the system's.") },
    { SI("oidc.clock_skew"),         CONFIG_DURATION, 1, 600, SI(""), SI("60s"), SI(""), AT(oidc.skew_s),
      SI("How far the two clocks may differ.") },
    { SI("oidc.timeout"),            CONFIG_DURATION, 1, 60, SI(""), SI("10s"), SI(""), AT_MS(oidc.timeout_ms),
      SI("How long one request to it may take.") },

    GROUP("Sign-in with a directory", "LDAP (docs/admin/single-sign-on.md)."),
    { SI("ldap.uri"),                CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(ldap.uri),
      SI("ldaps://host or ldap://host; empty: not used.") },
    { SI("ldap.starttls"),           CONFIG_BOOL,    0, 0, SI(""), SI("no"), SI(""), AT(ldap.starttls),
      SI("With ldap://: change over to TLS before anything else is said.") },
    { SI("ldap.ca_file"),            CONFIG_PATH,    0, 0, SI(""), SI(""), SI(""), AT(ldap.ca_file),
      SI("Certificates (PEM) of the authority; empty: the system's.") },
    { SI("ldap.bind_dn"),            CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(ldap.bind_dn),
      SI("As whom to search; empty: anonymously.") },
    { SI("ldap.bind_password"),      CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(ldap.bind_password),
      SI("The password for it.") },
    { SI("ldap.base"),               CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(ldap.base),
      SI("Where people are: ou=people,dc=example,dc=cn.") },
    { SI("ldap.filter"),             CONFIG_TEXT,    0, 0, SI(""), SI("(uid={})"), SI(""), AT(ldap.filter),
      SI("How one is found; {} stands for the name typed.") },
    { SI("ldap.uid_attr"),           CONFIG_TEXT,    0, 0, SI(""), SI("uid"), SI(""), AT(ldap.uid_attr),
      SI("The attribute accounts are found by.") },
    { SI("ldap.name_attr"),          CONFIG_TEXT,    0, 0, SI(""), SI("cn"), SI(""), AT(ldap.name_attr),
      SI("The attribute with the person's name.") },
    { SI("ldap.mail_attr"),          CONFIG_TEXT,    0, 0, SI(""), SI("mail"), SI(""), AT(ldap.mail_attr),
      SI("The attribute with the address for mail.") },
    { SI("ldap.timeout"),            CONFIG_DURATION, 1, 60, SI(""), SI("5s"), SI(""), AT_MS(ldap.timeout_ms),
      SI("How long one step may take.") },

    GROUP("Files in a store", "S3-compatible, instead of files/ in the data folder (docs/admin/files.md)."),
    { SI("s3.endpoint"),             CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(s3.endpoint),
      SI("https://s3.example.gov.cn; empty: not used.") },
    { SI("s3.bucket"),               CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(s3.bucket),
      SI("The bucket, which must be there.") },
    { SI("s3.region"),               CONFIG_TEXT,    0, 0, SI(""), SI("us-east-1"), SI(""), AT(s3.region),
      SI("Stores without regions expect us-east-1.") },
    { SI("s3.access_key"),           CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(s3.access_key),
      SI("The key's name.") },
    { SI("s3.secret_key"),           CONFIG_SECRET,  0, 0, SI(""), SI(""), SI(""), AT(s3.secret_key),
      SI("The key.") },
    { SI("s3.prefix"),               CONFIG_TEXT,    0, 0, SI(""), SI(""), SI(""), AT(s3.prefix),
      SI("Before every name: gongkai/shili.") },
    { SI("s3.path_style"),           CONFIG_BOOL,    0, 0, SI(""), SI("yes"), SI(""), AT(s3.path_style),
      SI("endpoint/bucket/… (MinIO, Ceph) instead of bucket.endpoint/….") },
    { SI("s3.ca_file"),              CONFIG_PATH,    0, 0, SI(""), SI(""), SI(""), AT(s3.ca_file),
      SI("Certificates (PEM) trusted besides the system's.") },
    { SI("s3.timeout"),              CONFIG_DURATION, 1, 600, SI(""), SI("30s"), SI(""), AT_MS(s3.timeout_ms),
      SI("How long one try may take.") },
};
// clang-format on
const size_t n_config_keys = sizeof config_keys / sizeof *config_keys;

enum { SHOWN_MAX = 1 << 20 };

static void comment(Buf *b, Str lines)
{
    Str one;
    for (bool more = lines.n > 0; more;) {
        more = str_cut(lines, S("\n"), &one, &lines);
        buf_fmt(b, "#%s" PRI_STR "\n", one.n ? " " : "", STR_ARG(one));
    }
}

static void what_it_takes(Buf *b, const ConfigKey *k)
{
    if (k->type == CONFIG_CHOICE)
        buf_fmt(b, "# One of: " PRI_STR ".\n", STR_ARG(k->choices));
    if (k->type == CONFIG_BOOL)
        buf_add(b, S("# yes or no.\n"));
    if (k->type == CONFIG_SECRET)
        buf_fmt(b, "# A secret; or in a file of its own: " PRI_STR "_file = /path.\n",
                STR_ARG(k->name));
}

Str config_sample(Arena *a)
{
    Buf b = buf_new(a, SHOWN_MAX);
    comment(
        &b,
        S("gongkai: what can be set. Made by `gongkai config sample`; check your changes with\n"
          "`gongkai config check`, see what holds with `gongkai config show`.\n"
          "\n"
          "A line is `key = value`; one that begins with # is a comment. Sizes are written as\n"
          "512KB, 64MB, 1GB; times as 30s, 15m, 12h, 7d. The lines commented out say what holds\n"
          "anyway. The environment goes before this file: GONGKAI_PORT for port, "
          "GONGKAI_MAIL_HOST\n"
          "for mail.host. After a change: systemctl restart gongkai."));
    for (size_t i = 0; i < n_config_keys; i++) {
        const ConfigKey *k = &config_keys[i];
        buf_byte(&b, '\n');
        if (k->type == CONFIG_GROUP) {
            buf_fmt(&b, "# ---- " PRI_STR "\n", STR_ARG(k->name));
            comment(&b, k->help);
            continue;
        }
        comment(&b, k->help);
        what_it_takes(&b, k);
        Str value = k->installed.n ? k->installed : k->standard;
        buf_fmt(&b, "%s" PRI_STR " =%s" PRI_STR "\n", k->installed.n ? "" : "#", STR_ARG(k->name),
                value.n ? " " : "", STR_ARG(value));
    }
    return buf_str(&b);
}

// Of an address with a password only that is hidden: which database it is must be seen.
static void show_secret(Buf *b, Str value)
{
    Str scheme, rest, user, password;
    ptrdiff_t at = str_find_last(value, S("@"));
    if (!value.n)
        return;
    if (!str_cut(value, S("://"), &scheme, &rest)) {
        buf_add(b, S("(set)"));
        return;
    }
    buf_fmt(b, PRI_STR "://", STR_ARG(scheme));
    if (at >= 0) {
        Str who = str_sub(value, scheme.n + 3, (size_t)at);
        bool has = str_cut(who, S(":"), &user, &password);
        buf_fmt(b, PRI_STR "%s@", STR_ARG(user), has ? ":***" : "");
        rest = str_from(value, (size_t)at + 1);
    }
    Str place, query;
    str_cut(rest, S("?"), &place, &query); // may hold password=…
    buf_add(b, place);
    buf_add(b, query.n ? S("?…") : S(""));
}

Str config_show(const ConfigLoaded *loaded, Arena *a)
{
    Buf b = buf_new(a, SHOWN_MAX);
    for (size_t i = 0; i < n_config_keys; i++) {
        const ConfigKey *k = &config_keys[i];
        const ConfigValue *v = &loaded->values[i];
        if (k->type == CONFIG_GROUP)
            continue;
        size_t start = b.n;
        buf_fmt(&b, PRI_STR " = ", STR_ARG(k->name));
        if (k->type == CONFIG_SECRET)
            show_secret(&b, v->text);
        else
            buf_add(&b, v->text);
        if (v->from.n) {
            do
                buf_byte(&b, ' ');
            while (b.n - start < 46);
            buf_fmt(&b, "# " PRI_STR, STR_ARG(v->from));
        }
        buf_byte(&b, '\n');
    }
    return buf_str(&b);
}

static Str takes(const ConfigKey *k, Arena *a)
{
    static const char *const names[CONFIG__COUNT] = {
        [CONFIG_TEXT] = "text",       [CONFIG_PATH] = "path",     [CONFIG_BOOL] = "yes, no",
        [CONFIG_SIZE] = "size",       [CONFIG_DURATION] = "time", [CONFIG_CLOCK] = "time of day",
        [CONFIG_ADDRESS] = "address", [CONFIG_NETS] = "networks", [CONFIG_URL] = "http(s)://…",
        [CONFIG_SECRET] = "secret",
    };
    if (k->type == CONFIG_INT)
        return str_fmt(a, "%lld–%lld", (long long)k->low, (long long)k->high);
    if (k->type == CONFIG_CHOICE)
        return str_replace(a, k->choices, S(" "), S(", "));
    return str_z(names[k->type]);
}

Str config_table(Arena *a)
{
    Buf b = buf_new(a, SHOWN_MAX);
    for (size_t i = 0; i < n_config_keys; i++) {
        const ConfigKey *k = &config_keys[i];
        if (k->type == CONFIG_GROUP) {
            buf_fmt(&b, "%s### " PRI_STR "\n\n", i ? "\n" : "", STR_ARG(k->name));
            if (k->help.n)
                buf_fmt(&b, PRI_STR "\n\n", STR_ARG(str_replace(a, k->help, S("\n"), S(" "))));
            buf_add(&b, S("| Key | Takes | Otherwise | What it is |\n|---|---|---|---|\n"));
            continue;
        }
        Str value = takes(k, a);
        buf_fmt(&b, "| `" PRI_STR "` | " PRI_STR " | %s" PRI_STR "%s | " PRI_STR " |\n",
                STR_ARG(k->name), STR_ARG(value), k->standard.n ? "`" : "", STR_ARG(k->standard),
                k->standard.n ? "`" : "", STR_ARG(str_replace(a, k->help, S("\n"), S(" "))));
    }
    return buf_str(&b);
}

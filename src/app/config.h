// What an administrator can set, and how: one table (config.c) says every key, its type, what
// stands where nothing is said, and where it lands in Config. The file /etc/gongkai/gongkai.conf,
// its commented sample, `gongkai config show` and the page docs/admin/configure.md come from that
// table.
//
// A value is looked for in this order, and the first found counts:
//
//     an option of the command line     --port 8080
//     the environment                   GONGKAI_PORT=8080, GONGKAI_MAIL_HOST=…
//     the file                          port = 8080
//     a systemd credential              (secrets only) a file of the key's name in
//                                       $CREDENTIALS_DIRECTORY
//     the table
//
// The file has one `key = value` a line; # begins a comment where it is the first sign of a line;
// [mail] makes `host` below it mean mail.host. A secret may stand in a file of its own: for
// mail.password also mail.password_file (GONGKAI_MAIL_PASSWORD_FILE) is understood. Files that hold
// a secret and may be read by every user of the machine are refused.
//
// To add a key: a field in Config, a row in config.c, then
// `build/gongkai config sample > packaging/gongkai.conf`.
#ifndef GONGKAI_APP_CONFIG_H
#define GONGKAI_APP_CONFIG_H

#include "app/app.h"
#include "app/ldap.h"
#include "app/mail.h"
#include "app/oidc.h"
#include "app/session_config.h"
#include "base/address.h"
#include "base/err.h"
#include "base/log.h"
#include "store/files_s3.h"

#define CONFIG_FILE "/etc/gongkai/gongkai.conf"

// Sizes in bytes, times in seconds. An empty Str: not set.
struct Config {
    Str data;     // the folder
    Str database; // empty: gongkai.db in the folder; else postgresql://…
    Str key_file; // empty: secret.key in the folder
    int64_t site;
    bool sample; // fill an empty site with the sample

    Str bind;
    int port;
    Str base_url; // https://example.gov.cn, without a slash at its end
    Nets trusted_proxies;
    size_t upload_max;
    int fast_threads, slow_threads, max_connections, max_connections_per_address;
    size_t cache, model_cache;

    int log_level; // LogLevel
    bool log_requests;
    Str metrics_token;
    bool jobs;
    struct ConfigJobs { // seconds between two runs
        int clean, seal, desk, outbox, bulk;
    } job;

    struct ConfigRedact {
        int at_once; // files blacked out at one time by this server
    } redact;

    struct ConfigApply { // people who ask without an account
        int per_day;     // requests from one network in a day; 0: any number
        int draft_s;     // how long a draft of theirs is kept
    } apply;

    SessionConfig sign_in;
    MailConfig mail;
    OidcConfig oidc;
    LdapConfig ldap;
    S3Config s3;
};

// Whether people come over TLS: cookies are then for TLS only.
static inline bool config_secure(const Config *c)
{
    return str_starts(c->base_url, S("https://"));
}

// Opens what is configured, as app_open does, and tells the App what else is. `config` must stay.
bool app_open_configured(const Config *config, DbMode mode, Date today, int64_t now, Arena *a,
                         App *out, Err *err);

typedef enum ConfigType {
    CONFIG_GROUP, // not a key: the heading of those that follow
    CONFIG_TEXT,
    CONFIG_PATH,
    CONFIG_INT, // low … high
    CONFIG_BOOL,
    CONFIG_CHOICE, // one of the words in `choices`; lands as its place among them
    CONFIG_DURATION,
    CONFIG_CLOCK, // 20:00; minutes after midnight
    CONFIG_SIZE,
    CONFIG_ADDRESS,
    CONFIG_NETS, // networks divided by commas or blanks
    CONFIG_URL,  // http:// or https://, host, nothing behind
    CONFIG_SECRET,
    CONFIG__COUNT,
} ConfigType;

// The C type of the field it lands in.
typedef enum ConfigLand {
    LAND_STR,
    LAND_BOOL,
    LAND_INT,
    LAND_UINT,
    LAND_MS, // seconds as milliseconds in an int
    LAND_INT64,
    LAND_SIZE,
    LAND_NETS,
} ConfigLand;

typedef struct ConfigKey {
    Str name; // mail.host
    ConfigType type;
    int64_t low, high; // of numbers, seconds, bytes
    Str choices;       // by blanks
    Str standard;      // the value where nothing is said, as it would be written
    Str installed;     // where not empty: what the installed file says instead
    size_t at;         // in Config
    ConfigLand land;
    Str help; // English, lines divided by \n
} ConfigKey;

extern const ConfigKey config_keys[];
extern const size_t n_config_keys;

typedef struct ConfigOption {
    Str key, value, option; // port, 8080, --port
} ConfigOption;

typedef struct ConfigInput {
    Str file;       // empty: none
    bool file_must; // where there is none it is a mistake
    const char *const *environment;
    const ConfigOption *options;
    size_t n_options;
} ConfigInput;

typedef struct ConfigValue {
    Str text; // as it was written
    Str from; // gongkai.conf:12, GONGKAI_PORT, --port; empty: the table
} ConfigValue;

typedef struct ConfigProblems {
    Err *v;
    size_t n, cap;
} ConfigProblems;

typedef struct ConfigLoaded {
    Config config;
    Str file;            // that was read; empty: none
    ConfigValue *values; // one for each of config_keys
    ConfigProblems problems;
} ConfigLoaded;

// Reads all of it and goes on after a mistake, so that all of them can be shown. *out is whole and
// usable only where there were none.
bool config_read(const ConfigInput *in, Arena *a, ConfigLoaded *out);
// The same, stopping at the first mistake: ERR_INPUT, with file and line.
bool config_load(const ConfigInput *in, Arena *a, ConfigLoaded *out, Err *err);
// What cannot work together (config_rules.c), added to the problems; config_read asks it.
void config_rules(const Config *c, Arena *a, ConfigProblems *problems);
// What works and may still not be meant, in English; for `config check`.
Strs config_notes(const Config *c, Arena *a);
// Only the table's own values; for tests and for what runs without a file.
Config config_standard(Arena *a);

// The commented file: every key with its help, commented out where it says what the table says.
Str config_sample(Arena *a);
// What holds and where each value came from, a line each; secrets are only said to be set.
Str config_show(const ConfigLoaded *loaded, Arena *a);
// The table of docs/admin/configure.md, in Markdown.
Str config_table(Arena *a);

// Names of GONGKAI_… in the environment that are no key; for `config check`.
Strs config_strange(const char *const *environment, Arena *a);

#endif

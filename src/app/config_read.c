// Values from the file, the environment and the command line into Config.
#include "app/config.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

#include <sys/stat.h>

enum { FILE_MAX = 1 << 20, SECRET_MAX = 64 << 10 };

typedef struct Reader {
    ConfigLoaded *out;
    Arena *a;
    const ConfigInput *in;
    bool open_to_all; // everybody may read the file
} Reader;

// One value on its way: what it is for, what was written, and where.
typedef struct Given {
    const ConfigKey *key;
    Str text, from;
} Given;

static Err *problem(Reader *r)
{
    return PUSH(r->a, &r->out->problems);
}

// --- one value

static bool scaled(Str s, const char *const units[], const int64_t factors[], int64_t *out)
{
    size_t digits = 0;
    int64_t n;
    while (digits < s.n && s.s[digits] >= '0' && s.s[digits] <= '9')
        digits++;
    Str unit = str_trim(str_from(s, digits));
    if (!digits || !str_to_int(str_sub(s, 0, digits), &n))
        return false;
    if (n == 0 && !unit.n)
        return *out = 0, true;
    for (size_t i = 0; units[i]; i++)
        if (str_eq(unit, str_z(units[i])))
            return !__builtin_mul_overflow(n, factors[i], out);
    return false;
}

static bool read_size(Str s, int64_t *out)
{
    static const char *const units[] = {"KB", "MB", "GB", "B", NULL};
    static const int64_t factors[] = {1 << 10, 1 << 20, 1 << 30, 1};
    return scaled(s, units, factors, out);
}

static bool read_duration(Str s, int64_t *out)
{
    static const char *const units[] = {"s", "m", "h", "d", NULL};
    static const int64_t factors[] = {1, 60, 3600, 86400};
    return scaled(s, units, factors, out);
}

// 20:00, in minutes after midnight.
static bool read_clock(Str s, int64_t *out)
{
    Str hours, minutes;
    int64_t h, m;
    if (!str_cut(s, S(":"), &hours, &minutes) || minutes.n != 2 || !str_to_int(hours, &h) ||
        !str_to_int(minutes, &m) || h < 0 || h > 24 || m < 0 || m > 59 || h * 60 + m > 1440)
        return false;
    *out = h * 60 + m;
    return true;
}

static bool read_bool(Str s, int64_t *out)
{
    static const Str words[] = {SI("no"), SI("yes"), SI("false"), SI("true"),
                                SI("0"),  SI("1"),   SI("off"),   SI("on")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(s, words[i]))
            return *out = (int64_t)i % 2, true;
    return false;
}

static bool read_choice(const ConfigKey *k, Str s, int64_t *out)
{
    Str one, rest = k->choices;
    bool more = true;
    for (int64_t i = 0; more; i++) {
        more = str_cut(rest, S(" "), &one, &rest);
        if (str_eq(one, s))
            return *out = i, true;
    }
    return false;
}

// A slash at the end is what people copy along.
static bool read_url(Str *s)
{
    Str scheme, host;
    if (!s->n)
        return true;
    if (str_ends(*s, S("/")))
        s->n--;
    if (!str_cut(*s, S("://"), &scheme, &host) ||
        !(str_eq(scheme, S("http")) || str_eq(scheme, S("https"))))
        return false;
    for (size_t i = 0; i < host.n; i++)
        if (!strchr("-.:[]", host.s[i]) && !((host.s[i] | 32) >= 'a' && (host.s[i] | 32) <= 'z') &&
            !(host.s[i] >= '0' && host.s[i] <= '9'))
            return false;
    return host.n > 0;
}

static bool read_nets(Str s, Arena *a, Nets *out)
{
    Nets nets = {0};
    size_t at = 0;
    while (at < s.n) {
        size_t end = at;
        while (end < s.n && !strchr(" ,\t", s.s[end]))
            end++;
        Net net;
        if (end > at && !net_parse(str_sub(s, at, end), &net))
            return false;
        if (end > at)
            *PUSH(a, &nets) = net;
        at = end + 1;
    }
    *out = nets;
    return true;
}

// What is wrong with it, in words; the arguments are the same in both languages.
static bool not_that(const Given *g, Err *err)
{
    const ConfigKey *k = g->key;
    static const struct {
        const char *zh, *en;
    } words[CONFIG__COUNT] = {
        [CONFIG_BOOL] = {"应为 yes 或 no", "is yes or no"},
        [CONFIG_DURATION] = {"应为时长（如 30s、15m、12h、7d），并在允许范围内",
                             "is a time such as 30s, 15m, 12h, 7d, within its range"},
        [CONFIG_SIZE] = {"应为大小（如 512KB、64MB、1GB），并在允许范围内",
                         "is a size such as 512KB, 64MB, 1GB, within its range"},
        [CONFIG_CLOCK] = {"应为时刻（如 20:00）", "is a time of day such as 20:00"},
        [CONFIG_ADDRESS] = {"应为 IP 地址", "is an IP address"},
        [CONFIG_NETS] = {"应为网段列表（如 10.0.0.0/8 ::1）",
                         "is a list of networks such as 10.0.0.0/8 ::1"},
        [CONFIG_URL] = {"应为 https://主机名，后面不带路径", "is https://host, nothing behind it"},
    };
    // a secret that is wrong is not repeated
    if (k->type == CONFIG_INT)
        return fail(err, ERR_INPUT, NULL,
                    PRI_STR "：" PRI_STR " 应为%lld到%lld之间的整数，不能是“" PRI_STR "”",
                    PRI_STR ": " PRI_STR " is a number from %lld to %lld, not “" PRI_STR "”",
                    STR_ARG(g->from), STR_ARG(k->name), (long long)k->low, (long long)k->high,
                    STR_ARG(g->text));
    if (k->type == CONFIG_CHOICE)
        return fail(err, ERR_INPUT, NULL,
                    PRI_STR "：" PRI_STR " 只能是 " PRI_STR " 之一，不能是“" PRI_STR "”",
                    PRI_STR ": " PRI_STR " is one of " PRI_STR ", not “" PRI_STR "”",
                    STR_ARG(g->from), STR_ARG(k->name), STR_ARG(k->choices), STR_ARG(g->text));
    fail(err, ERR_INPUT, NULL, PRI_STR "：" PRI_STR, PRI_STR ": " PRI_STR, STR_ARG(g->from),
         STR_ARG(k->name));
    size_t zh = strlen(err->zh), en = strlen(err->en);
    snprintf(err->zh + zh, sizeof err->zh - zh, " %s，不能是“" PRI_STR "”", words[k->type].zh,
             STR_ARG(g->text));
    snprintf(err->en + en, sizeof err->en - en, " %s, not “" PRI_STR "”", words[k->type].en,
             STR_ARG(g->text));
    return false;
}

static void land(const ConfigKey *k, Config *c, Str text, int64_t n)
{
    void *at = (char *)c + k->at;
    switch (k->land) {
    case LAND_STR:
        *(Str *)at = text;
        return;
    case LAND_BOOL:
        *(bool *)at = n != 0;
        return;
    case LAND_INT:
        *(int *)at = (int)n;
        return;
    case LAND_UINT:
        *(unsigned *)at = (unsigned)n;
        return;
    case LAND_MS:
        *(int *)at = (int)(n * 1000);
        return;
    case LAND_INT64:
        *(int64_t *)at = n;
        return;
    case LAND_SIZE:
        *(size_t *)at = (size_t)n;
        return;
    case LAND_NETS:
        return;
    }
}

static bool number(const ConfigKey *k, Str s, int64_t *n)
{
    bool ok = k->type == CONFIG_INT    ? str_to_int(s, n)
              : k->type == CONFIG_SIZE ? read_size(s, n)
                                       : read_duration(s, n);
    return ok && *n >= k->low && *n <= k->high;
}

static bool value_read(const Given *g, Arena *a, Config *c)
{
    const ConfigKey *k = g->key;
    Str text = g->text;
    int64_t n = 0;
    Address address;
    switch (k->type) {
    case CONFIG_TEXT:
    case CONFIG_PATH:
    case CONFIG_SECRET:
        break;
    case CONFIG_INT:
    case CONFIG_SIZE:
    case CONFIG_DURATION:
        if (!number(k, text, &n))
            return false;
        break;
    case CONFIG_BOOL:
        if (!read_bool(text, &n))
            return false;
        break;
    case CONFIG_CLOCK:
        if (!read_clock(text, &n))
            return false;
        break;
    case CONFIG_CHOICE:
        if (!read_choice(k, text, &n))
            return false;
        break;
    case CONFIG_ADDRESS:
        if (!address_parse(text, &address))
            return false;
        break;
    case CONFIG_NETS:
        return read_nets(text, a, (Nets *)((char *)c + k->at));
    case CONFIG_URL:
        if (!read_url(&text))
            return false;
        break;
    case CONFIG_GROUP:
    case CONFIG__COUNT:
        return false;
    }
    land(k, c, text, n);
    return true;
}

static void take(Reader *r, const Given *g)
{
    if (!value_read(g, r->a, &r->out->config)) {
        not_that(g, problem(r));
        return;
    }
    r->out->values[g->key - config_keys] = (ConfigValue){g->text, g->from};
}

// --- secrets in files of their own

static bool open_to_all(Str path, Arena *a)
{
    struct stat st;
    return stat(str_to_z(a, path), &st) == 0 && (st.st_mode & S_IROTH);
}

static bool secret_read(Str path, Str from, Arena *a, Str *out, Err *err)
{
    Str bytes;
    Err why;
    if (!file_read(path, SECRET_MAX, a, &bytes, &why)) {
        Err words = {.kind = ERR_INPUT};
        Str zh = str_clip(a, str_z(why.zh), 80), en = str_clip(a, str_z(why.en), 200);
        snprintf(words.zh, sizeof words.zh, PRI_STR "：" PRI_STR, STR_ARG(from), STR_ARG(zh));
        snprintf(words.en, sizeof words.en, PRI_STR ": " PRI_STR, STR_ARG(from), STR_ARG(en));
        *err = words;
        return false;
    }
    if (open_to_all(path, a))
        return fail(err, ERR_INPUT, NULL,
                    PRI_STR "：" PRI_STR " 所有用户都可读，请执行 chmod o-r 后重试",
                    PRI_STR ": " PRI_STR " may be read by every user; chmod o-r it", STR_ARG(from),
                    STR_ARG(path));
    *out = str_trim(bytes);
    return true;
}

static void take_file(Reader *r, Given g)
{
    Str path = g.text;
    Err err = {0};
    if (!secret_read(path, g.from, r->a, &g.text, &err)) {
        *problem(r) = err;
        return;
    }
    g.from = str_fmt(r->a, PRI_STR " (" PRI_STR ")", STR_ARG(path), STR_ARG(g.from));
    take(r, &g);
}

// mail.password, or with *in_file mail.password_file.
static const ConfigKey *key_find(Str name, bool *in_file)
{
    Str plain = str_ends(name, S("_file")) ? str_sub(name, 0, name.n - 5) : S("");
    for (size_t i = 0; i < n_config_keys; i++) {
        const ConfigKey *k = &config_keys[i];
        *in_file = k->type == CONFIG_SECRET && plain.n && str_eq(plain, k->name);
        if (k->type != CONFIG_GROUP && (*in_file || str_eq(k->name, name)))
            return k;
    }
    return NULL;
}

// --- the file

static Str unquoted(Str s)
{
    bool quoted = s.n >= 2 && s.s[0] == '"' && s.s[s.n - 1] == '"';
    return quoted ? str_sub(s, 1, s.n - 1) : s;
}

static void line_take(Reader *r, Str name, Str value, Str from, Str *seen)
{
    bool in_file;
    const ConfigKey *k = key_find(name, &in_file);
    if (!k) {
        fail(problem(r), ERR_INPUT, NULL, PRI_STR "：没有“" PRI_STR "”这个设置项",
             PRI_STR ": there is no key “" PRI_STR "”", STR_ARG(from), STR_ARG(name));
        return;
    }
    Str *before = &seen[k - config_keys];
    if (before->n) {
        fail(problem(r), ERR_INPUT, NULL, PRI_STR "：" PRI_STR " 已在 " PRI_STR " 设过",
             PRI_STR ": " PRI_STR " was set at " PRI_STR " already", STR_ARG(from),
             STR_ARG(k->name), STR_ARG(*before));
        return;
    }
    *before = from;
    if (k->type == CONFIG_SECRET && !in_file && value.n && r->open_to_all) {
        fail(problem(r), ERR_INPUT, NULL,
             PRI_STR "：" PRI_STR " 是机密，而这个文件所有用户都可读，请执行 chmod o-r 后重试",
             PRI_STR ": " PRI_STR " is a secret, and every user may read this file; chmod o-r it",
             STR_ARG(from), STR_ARG(k->name));
        return;
    }
    Given g = {k, value, from};
    in_file ? take_file(r, g) : take(r, &g);
}

static void lines_take(Reader *r, Str text)
{
    Str line, section = S(""), name, value;
    Str *seen = NEW(r->a, Str, n_config_keys);
    bool more = true;
    for (int n = 1; more; n++) {
        more = str_cut(text, S("\n"), &line, &text);
        line = str_trim(line);
        Str from = str_fmt(r->a, PRI_STR ":%d", STR_ARG(r->in->file), n);
        if (!line.n || line.s[0] == '#')
            continue;
        if (line.s[0] == '[' && str_ends(line, S("]"))) {
            section = str_trim(str_sub(line, 1, line.n - 1));
        } else if (!str_cut(line, S("="), &name, &value)) {
            fail(problem(r), ERR_INPUT, NULL, PRI_STR "：应为“设置项 = 值”",
                 PRI_STR ": a line is “key = value”", STR_ARG(from));
        } else {
            name = str_trim(name);
            if (section.n)
                name = str_fmt(r->a, PRI_STR "." PRI_STR, STR_ARG(section), STR_ARG(name));
            line_take(r, name, unquoted(str_trim(value)), from, seen);
        }
    }
}

static void file_take(Reader *r)
{
    Str bytes;
    Err err;
    if (!r->in->file.n)
        return;
    if (!file_read(r->in->file, FILE_MAX, r->a, &bytes, &err)) {
        if (err.kind == ERR_DENIED)
            fail(problem(r), ERR_DENIED, NULL,
                 "没有权限读取 " PRI_STR "；请用 sudo 运行，或者用 --config 指定别的文件",
                 PRI_STR " may not be read by you; run it with sudo, or name another with --config",
                 STR_ARG(r->in->file));
        else if (err.kind != ERR_MISSING || r->in->file_must)
            *problem(r) = err;
        return;
    }
    r->out->file = r->in->file;
    r->open_to_all = open_to_all(r->in->file, r->a);
    if (text_valid(bytes) != bytes.n) {
        fail(problem(r), ERR_INPUT, NULL, PRI_STR "：不是 UTF-8 文本", PRI_STR ": is not UTF-8",
             STR_ARG(r->in->file));
        return;
    }
    lines_take(r, bytes);
}

// --- the environment and the command line

static Str variable_name(Str key, Arena *a)
{
    Str name = str_cat(a, S("GONGKAI_"), key);
    char *z = str_to_z(a, name);
    for (char *c = z; *c; c++)
        *c = *c == '.' ? '_' : *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    return str_z(z);
}

static bool variable(const char *const *environment, Str name, Str *out)
{
    for (; environment && *environment; environment++) {
        Str one, value;
        if (str_cut(str_z(*environment), S("="), &one, &value) && str_eq(one, name))
            return *out = value, true;
    }
    return false;
}

static void environment_take(Reader *r)
{
    for (size_t i = 0; i < n_config_keys; i++) {
        const ConfigKey *k = &config_keys[i];
        if (k->type == CONFIG_GROUP)
            continue;
        Given g = {.key = k, .from = variable_name(k->name, r->a)};
        if (variable(r->in->environment, g.from, &g.text)) {
            take(r, &g);
            continue;
        }
        g.from = str_cat(r->a, g.from, S("_FILE"));
        if (k->type == CONFIG_SECRET && variable(r->in->environment, g.from, &g.text))
            take_file(r, g);
    }
}

static void credentials_take(Reader *r)
{
    Str dir;
    if (!variable(r->in->environment, S("CREDENTIALS_DIRECTORY"), &dir))
        return;
    for (size_t i = 0; i < n_config_keys; i++) {
        const ConfigKey *k = &config_keys[i];
        Str path = file_join(r->a, dir, k->name);
        if (k->type == CONFIG_SECRET && file_exists(path))
            take_file(r, (Given){k, path, S("credential")});
    }
}

static void options_take(Reader *r)
{
    for (size_t i = 0; i < r->in->n_options; i++) {
        const ConfigOption *o = &r->in->options[i];
        bool in_file;
        const ConfigKey *k = key_find(o->key, &in_file);
        if (k)
            take(r, &(Given){k, o->value, o->option});
    }
}

static void standard_take(Reader *r)
{
    for (size_t i = 0; i < n_config_keys; i++)
        if (config_keys[i].type != CONFIG_GROUP)
            take(r, &(Given){&config_keys[i], config_keys[i].standard, S("")});
}

// Where a provider sends people back to, which it wants to know beforehand.
static void derive(Config *c, Arena *a)
{
    if (c->oidc.issuer.n && !c->oidc.redirect_uri.n)
        c->oidc.redirect_uri = str_cat(a, c->base_url, S("/desk/sign-in/oidc/back"));
}

bool config_read(const ConfigInput *in, Arena *a, ConfigLoaded *out)
{
    *out = (ConfigLoaded){.values = NEW(a, ConfigValue, n_config_keys)};
    Reader r = {out, a, in, false};
    standard_take(&r);
    credentials_take(&r);
    file_take(&r);
    environment_take(&r);
    options_take(&r);
    derive(&out->config, a);
    if (!out->problems.n)
        config_rules(&out->config, a, &out->problems);
    return out->problems.n == 0;
}

bool config_load(const ConfigInput *in, Arena *a, ConfigLoaded *out, Err *err)
{
    ConfigLoaded loaded;
    if (!config_read(in, a, &loaded)) {
        *err = loaded.problems.v[0];
        return false;
    }
    *out = loaded;
    return true;
}

Config config_standard(Arena *a)
{
    ConfigLoaded loaded;
    config_read(&(ConfigInput){0}, a, &loaded);
    return loaded.config;
}

Strs config_strange(const char *const *environment, Arena *a)
{
    Strs strange = {0};
    for (; environment && *environment; environment++) {
        Str name, value;
        str_cut(str_z(*environment), S("="), &name, &value);
        if (!str_starts(name, S("GONGKAI_")) || str_eq(name, S("GONGKAI_CONFIG")))
            continue;
        bool known = false;
        for (size_t i = 0; i < n_config_keys; i++) {
            const ConfigKey *k = &config_keys[i];
            Str is = variable_name(k->name, a);
            known |= k->type != CONFIG_GROUP &&
                     (str_eq(name, is) ||
                      (k->type == CONFIG_SECRET && str_eq(name, str_cat(a, is, S("_FILE")))));
        }
        if (!known)
            *PUSH(a, &strange) = name;
    }
    return strange;
}

bool app_open_configured(const Config *config, DbMode mode, Date today, int64_t now, Arena *a,
                         App *out, Err *err)
{
    AppPlace place = app_place(config);
    if (!app_open(&place, mode, today, now, a, out, err))
        return false;
    out->config = config;
    return true;
}

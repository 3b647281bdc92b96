#include "store/files_s3.h"

#include "base/buf.h"
#include "base/crypt.h"

#include <time.h>

enum { PAUSE_MS = 100 }; // before the second try; doubles

// --- names

// Letters that stand in an address as they are, so that what is signed is what is sent.
static bool plain(Str s, const char *also)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (!c || !strchr(also, c)))
            return false;
    }
    return true;
}

static Str without_slashes(Str s)
{
    while (str_starts(s, S("/")))
        s = str_from(s, 1);
    while (str_ends(s, S("/")))
        s.n--;
    return s;
}

static bool url_of(const S3Config *config, Str address, Arena *a, Str *out, Err *err)
{
    Str scheme, host, prefix = without_slashes(config->prefix);
    if (!s3_configured(config) ||
        !str_cut(without_slashes(config->endpoint), S("://"), &scheme, &host) ||
        !plain(host, ".-:[]") || !plain(config->bucket, ".-") || !plain(prefix, "/._-") ||
        str_has(prefix, S("..")))
        return fail(err, ERR_INPUT, NULL,
                    "对象存储的配置不正确：endpoint 应为不带路径的地址，bucket 和 prefix "
                    "只能用字母、数字和 . - _ /",
                    "the S3 store is not configured: endpoint is an address without a path, bucket "
                    "and prefix have letters, digits and . - _ /");
    if (address.n != SHA256_BYTES * 2 || !plain(address, ""))
        return fail(err, ERR_MISSING, NULL, "没有这个文件", "no such file");
    Str folder = str_sub(address, 0, 2);
    Str name = prefix.n ? str_fmt(a, PRI_STR "/" PRI_STR "/" PRI_STR, STR_ARG(prefix),
                                  STR_ARG(folder), STR_ARG(address))
                        : str_fmt(a, PRI_STR "/" PRI_STR, STR_ARG(folder), STR_ARG(address));
    *out = config->path_style
               ? str_fmt(a, PRI_STR "://" PRI_STR "/" PRI_STR "/" PRI_STR, STR_ARG(scheme),
                         STR_ARG(host), STR_ARG(config->bucket), STR_ARG(name))
               : str_fmt(a, PRI_STR "://" PRI_STR "." PRI_STR "/" PRI_STR, STR_ARG(scheme),
                         STR_ARG(config->bucket), STR_ARG(host), STR_ARG(name));
    return true;
}

// --- asking, again where that can help

static bool again_helps(int status)
{
    return status >= 500 || status == 429 || status == 408;
}

static bool told_to_stop(const S3Config *config)
{
    return config->stop && config->stop->asked;
}

static void pause_ms(int ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&t, NULL);
}

static bool ask(const S3Config *config, FetchAsk q, Arena *a, FetchAnswer *out, Err *err)
{
    Str region = config->region.n ? config->region : S("us-east-1");
    // Said by us, because libcurl 7.88 signs the body's hash without saying it, as S3 wants.
    const FetchHeader headers[] = {{SI("x-amz-content-sha256"), crypt_sha256(a, q.body)},
                                   {SI("Content-Type"), SI("application/octet-stream")}};
    q.headers = headers;
    q.n_headers = q.body.n ? 2 : 1;
    q.aws = str_fmt(a, "aws:amz:" PRI_STR ":s3", STR_ARG(region));
    q.user = config->access_key;
    q.password = config->secret_key;
    q.ca_file = config->ca_file;
    q.timeout_ms = config->timeout_ms > 0 ? config->timeout_ms : S3_TIMEOUT_MS;
    q.stop = config->stop;
    for (int i = 1;; i++) {
        Arena before = *a;
        bool ok = fetch(&q, a, out, err);
        bool again = ok ? again_helps(out->status) : err->kind == ERR_BUSY;
        if (!again || i == S3_TRIES || told_to_stop(config))
            return ok;
        *a = before; // what half an answer took is given out again
        pause_ms(PAUSE_MS << (i - 1));
    }
}

// --- what was answered

// "<Code>NoSuchBucket</Code>" of the XML that explains a refusal.
static Str code_of(Str xml)
{
    Str before, rest, code;
    return str_cut(xml, S("<Code>"), &before, &rest) && str_cut(rest, S("</Code>"), &code, &rest) &&
                   code.n < 60 && plain(code, "")
               ? code
               : S("");
}

static bool refused(const FetchAnswer *answer, Arena *a, Err *err)
{
    Str code = code_of(answer->body);
    char *what = str_to_z(a, str_fmt(a, "%d " PRI_STR, answer->status, STR_ARG(code)));
    if (again_helps(answer->status))
        return fail(err, ERR_BUSY, what, "文件存储服务暂时不可用（%s），请稍后再试",
                    "the S3 store is not available now (%s)", what);
    if (answer->status == 404 && !str_eq(code, S("NoSuchBucket")))
        return fail(err, ERR_MISSING, what, "文件存储服务中没有这个原件（%s）",
                    "the original is not in the S3 store (%s)", what);
    if (answer->status == 401 || answer->status == 403)
        return fail(
            err, ERR_DENIED, what, "文件存储服务拒绝访问（%s）；请检查密钥、权限和服务器时钟",
            "the S3 store refuses (%s); check keys, permissions and this machine's clock", what);
    return fail(err, ERR_SYSTEM, what, "文件存储服务返回错误（%s），请检查配置",
                "the S3 store answers %s; check its configuration", what);
}

bool files_s3_put(const S3Config *config, Str address, Str bytes, Arena *a, Err *err)
{
    FetchAnswer answer;
    Str url;
    if (!url_of(config, address, a, &url, err))
        return false;
    if (bytes.n > S3_MAX_BYTES)
        return fail(err, ERR_LIMIT, NULL, "文件超过 %d MB，不能存入", "larger than %d MB",
                    S3_MAX_BYTES >> 20);
    FetchAsk q = {.url = url, .method = S("PUT"), .body = bytes};
    return ask(config, q, a, &answer, err) &&
           (answer.status / 100 == 2 || refused(&answer, a, err));
}

bool files_s3_get(const S3Config *config, Str address, Str sha256, Arena *a, Str *bytes, Err *err)
{
    FetchAnswer answer;
    Str url;
    if (!url_of(config, address, a, &url, err) ||
        !ask(config, (FetchAsk){.url = url, .max_bytes = S3_MAX_BYTES}, a, &answer, err))
        return false;
    if (answer.status != 200)
        return refused(&answer, a, err);
    if (sha256.n && !str_eq(crypt_sha256(a, answer.body), sha256))
        return fail(err, ERR_SYSTEM, NULL, "原件与入库时不同，可能已损坏或被改动",
                    "the original is not what was stored; it has been damaged or changed");
    *bytes = answer.body;
    return true;
}

bool files_s3_has(const S3Config *config, Str address, Arena *a, bool *out, Err *err)
{
    FetchAnswer answer;
    Str url;
    if (!url_of(config, address, a, &url, err) ||
        !ask(config, (FetchAsk){.url = url, .method = S("HEAD")}, a, &answer, err))
        return false;
    if (answer.status != 200 && answer.status != 404)
        return refused(&answer, a, err);
    *out = answer.status == 200;
    return true;
}

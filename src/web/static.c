#include "web/static.h"

#include "base/embedded.h"

#include <pthread.h>

extern const Embedded asset_files[];
extern const size_t asset_files_n;

static Assets all;
static char urls[MAX_ASSETS][96];

static const struct {
    Str ending, type;
} types[] = {
    {SI(".css"), SI("text/css; charset=utf-8")},
    {SI(".js"), SI("text/javascript; charset=utf-8")},
    {SI(".svg"), SI("image/svg+xml")},
    {SI(".png"), SI("image/png")},
    {SI(".ico"), SI("image/x-icon")},
    {SI(".txt"), SI("text/plain; charset=utf-8")},
    {SI(".json"), SI("application/json")},
    {SI(".webmanifest"), SI("application/manifest+json")},
    {SI(".xsl"), SI("text/xsl; charset=utf-8")},
};

static Str type_of(Str name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, types[i].ending))
            return types[i].type;
    return S("application/octet-stream");
}

static void all_make(void)
{
    for (size_t i = 0; i < asset_files_n && all.n < MAX_ASSETS; i++) {
        Str name = asset_files[i].name, body = asset_files[i].bytes;
        ptrdiff_t dot = str_find_last(name, S("."));
        Str stem = str_sub(name, 0, dot < 0 ? name.n : (size_t)dot);
        char *url = urls[all.n];
        int n = str_eq(name, S("robots.txt"))
                    ? snprintf(url, sizeof urls[0], "/robots.txt")
                    : snprintf(url, sizeof urls[0], "/assets/" PRI_STR ".%016llx" PRI_STR,
                               STR_ARG(stem), (unsigned long long)str_hash(body),
                               STR_ARG(str_from(name, stem.n)));
        all.v[all.n++] =
            (Asset){.name = name, .url = {url, (size_t)n}, .type = type_of(name), .body = body};
    }
}

const Assets *assets_all(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, all_make);
    return &all;
}

Str asset(const char *name)
{
    const Assets *as = assets_all();
    for (size_t i = 0; i < as->n; i++)
        if (str_eq(as->v[i].name, str_z(name)))
            return as->v[i].url;
    return S("");
}

const Asset *asset_find(Str url)
{
    const Assets *as = assets_all();
    for (size_t i = 0; i < as->n; i++)
        if (str_eq(as->v[i].url, url))
            return &as->v[i];
    return NULL;
}

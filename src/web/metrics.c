#include "web/metrics.h"

#include <dirent.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// The last one is all others.
static const unsigned statuses[METRIC_STATUSES] = {200, 303, 304, 308, 400, 403, 404, 405,
                                                   409, 413, 422, 429, 500, 503, 206, 0};

static const int64_t buckets_us[METRIC_BUCKETS] = {100,    250,    500,     1000,    2500,
                                                   5000,   10000,  25000,   50000,   100000,
                                                   250000, 500000, 1000000, 10000000};

static const char *const kinds[METRIC_KINDS] = {
    [ERR_NONE] = "none",       [ERR_INPUT] = "input",
    [ERR_MISSING] = "missing", [ERR_DENIED] = "denied",
    [ERR_RULE] = "rule",       [ERR_BUSY] = "busy",
    [ERR_LIMIT] = "limit",     [ERR_UNREADABLE] = "unreadable",
    [ERR_SYSTEM] = "system",   [ERR_REPEATED] = "repeated",
};

bool counters_init(Counters *c, size_t n_routes)
{
    *c = (Counters){0};
    c->requests = calloc((n_routes + METRIC__OTHERS) * METRIC_STATUSES, sizeof *c->requests);
    return c->requests != NULL;
}

void counters_free(Counters *c)
{
    free(c->requests);
}

static size_t status_at(unsigned status)
{
    size_t i = 0;
    while (i + 1 < METRIC_STATUSES && statuses[i] != status)
        i++;
    return i;
}

void counters_request(Counters *c, size_t row, unsigned status, int64_t us, bool slow, size_t bytes)
{
    size_t i = 0;
    while (i < METRIC_BUCKETS && us > buckets_us[i])
        i++;
    count_add(&c->requests[row * METRIC_STATUSES + status_at(status)], 1);
    count_add(&c->latency[i][slow], 1);
    count_add(&c->latency_us[slow], (uint64_t)us);
    count_add(&c->bytes, bytes);
}

// --- writing

void metrics_head(Buf *b, const char *name, const char *type, const char *help)
{
    buf_fmt(b, "# HELP gongkai_%s %s\n# TYPE gongkai_%s %s\n", name, help, name, type);
}

void metrics_value(Buf *b, const char *name, Str labels, int64_t value)
{
    const char *open = labels.n ? "{" : "", *close = labels.n ? "}" : "";
    buf_fmt(b, "gongkai_%s%s" PRI_STR "%s %lld\n", name, open, STR_ARG(labels), close,
            (long long)value);
}

void metrics_gauge(Buf *b, const char *name, const char *help, int64_t value)
{
    metrics_head(b, name, "gauge", help);
    metrics_value(b, name, S(""), value);
}

static uint64_t read_at(Counters *const *all, size_t n, size_t offset)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += atomic_load_explicit((Counter *)((char *)all[i] + offset), memory_order_relaxed);
    return sum;
}

static void write_requests(Buf *b, const Route *routes, size_t n_routes, Counters *const *all,
                           size_t n)
{
    static const char *const methods[] = {[METHOD_GET] = "GET", [METHOD_POST] = "POST"};
    metrics_head(b, "requests_total", "counter", "Requests answered, by route and status.");
    for (size_t row = 0; row < n_routes + METRIC__OTHERS; row++)
        for (size_t k = 0; k < METRIC_STATUSES; k++) {
            uint64_t sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += atomic_load_explicit(&all[i]->requests[row * METRIC_STATUSES + k],
                                            memory_order_relaxed);
            if (!sum) // most of them never
                continue;
            bool is = row < n_routes;
            buf_fmt(b, "gongkai_requests_total{method=\"%s\",route=\"%s\",status=\"%u\"} %llu\n",
                    is ? methods[routes[row].method] : "",
                    is                               ? routes[row].pattern
                    : row == n_routes + METRIC_ASSET ? "(built in)"
                                                     : "(none)",
                    statuses[k], (unsigned long long)sum);
        }
}

static void write_seconds(Buf *b, uint64_t us)
{
    buf_fmt(b, "%llu.%06llu", (unsigned long long)(us / 1000000),
            (unsigned long long)(us % 1000000));
}

static void write_lane(Buf *b, const char *lane, size_t slow, Counters *const *all, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i <= METRIC_BUCKETS; i++) {
        sum += read_at(all, n, offsetof(Counters, latency) + (2 * i + slow) * sizeof(Counter));
        buf_fmt(b, "gongkai_request_seconds_bucket{lane=\"%s\",le=\"", lane);
        if (i < METRIC_BUCKETS)
            write_seconds(b, (uint64_t)buckets_us[i]);
        else
            buf_add(b, S("+Inf"));
        buf_fmt(b, "\"} %llu\n", (unsigned long long)sum);
    }
    buf_fmt(b, "gongkai_request_seconds_sum{lane=\"%s\"} ", lane);
    write_seconds(b, read_at(all, n, offsetof(Counters, latency_us) + slow * sizeof(Counter)));
    buf_fmt(b, "\ngongkai_request_seconds_count{lane=\"%s\"} %llu\n", lane,
            (unsigned long long)sum);
}

void metrics_write(Buf *b, const Route *routes, size_t n_routes, Counters *const *all, size_t n)
{
    write_requests(b, routes, n_routes, all, n);
    metrics_head(b, "request_seconds", "histogram",
                 "From the first byte of a request to the last of its answer.");
    write_lane(b, "fast", 0, all, n);
    write_lane(b, "slow", 1, all, n);
    metrics_head(b, "cache_hits_total", "counter", "Pages found as rendered before.");
    metrics_value(b, "cache_hits_total", S(""), (int64_t)read_at(all, n, offsetof(Counters, hits)));
    metrics_head(b, "cache_misses_total", "counter", "Pages that had to be rendered to be kept.");
    metrics_value(b, "cache_misses_total", S(""),
                  (int64_t)read_at(all, n, offsetof(Counters, misses)));
    metrics_head(b, "response_bytes_total", "counter", "Bytes of bodies, as packed.");
    metrics_value(b, "response_bytes_total", S(""),
                  (int64_t)read_at(all, n, offsetof(Counters, bytes)));
    metrics_head(b, "errors_total", "counter",
                 "Answers that said no, by kind; busy: the database or a limit, system: ours.");
    for (size_t k = 1; k < METRIC_KINDS; k++)
        buf_fmt(
            b, "gongkai_errors_total{kind=\"%s\"} %llu\n", kinds[k],
            (unsigned long long)read_at(all, n, offsetof(Counters, errors) + k * sizeof(Counter)));
}

// --- the process

static int64_t open_files(void)
{
    int64_t n = -3; // ".", ".." and the folder itself
    DIR *d = opendir("/proc/self/fd");
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n < 0 ? 0 : n;
}

static int64_t resident_bytes(void)
{
    char line[128] = "";
    int64_t resident = 0;
    Str size, rest, pages;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f && fgets(line, sizeof line, f) && str_cut(str_z(line), S(" "), &size, &rest)) {
        str_cut(rest, S(" "), &pages, &rest);
        str_to_int(pages, &resident);
    }
    if (f)
        fclose(f);
    return resident * sysconf(_SC_PAGESIZE);
}

void metrics_process(Buf *b)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    metrics_gauge(b, "resident_bytes", "Memory in use.", resident_bytes());
    metrics_gauge(b, "open_files", "Files and connections open.", open_files());
    metrics_head(b, "cpu_seconds_total", "counter", "Processor time.");
    buf_add(b, S("gongkai_cpu_seconds_total "));
    write_seconds(b, (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
                         (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec));
    buf_byte(b, '\n');
    metrics_head(b, "build_info", "gauge", "The program.");
    buf_add(b, S("gongkai_build_info{version=\"" GONGKAI_VERSION "\"} 1\n"));
}

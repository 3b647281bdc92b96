// What text costs before anybody understands it. Rows as tools/bench wants them; the yardstick is a
// plain copy of the same bytes in the same run.
#include "base/text.h"
#include "base/buf.h"
#include "base/hanzi.h"
#include "base/json.h"

enum { ROUNDS = 9, BYTES = 16 << 20 };

static const Str line =
    SI("三、本年新收政府信息公开申请１２３件，其中自然人117件，（一）予以公开 45 件；"
       "公开行政规范性文件7件，政府网站发布信息2,048条。\n");
static const Str line_traditional = SI("三、本年新收政府資訊公開申請123件，上年結轉規範性檔案。\n");

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static Str many(Arena *a, Str s, size_t bytes)
{
    Buf b = buf_new(a, bytes + s.n);
    while (b.n < bytes)
        buf_add(&b, s);
    return buf_str(&b);
}

typedef size_t (*Work)(Str s, Arena *a);

static size_t copies(Str s, Arena *a)
{
    return str_dup(a, s).n;
}

static size_t decodes(Str s, Arena *a)
{
    Str utf8, encoding;
    Err err;
    return text_decode(s, S(""), a, &utf8, &encoding, &err) ? utf8.n : 0;
}

static size_t tells_kind(Str s, Arena *a)
{
    (void)a;
    return (size_t)hanzi_kind(s) + 1;
}

static size_t normalises(Str s, Arena *a)
{
    return text_nfkc(a, s).n;
}

static size_t simplifies(Str s, Arena *a)
{
    return hanzi_simplify(a, s).n;
}

static size_t quotes(Str s, Arena *a)
{
    Buf b = buf_new(a, s.n * 2);
    json_quote(&b, s);
    return b.n;
}

static size_t reads_json(Str s, Arena *a)
{
    const Json *v;
    Err err;
    return json_read(s, JSON_MAX_BYTES, a, &v, &err);
}

// The fastest of the rounds, in MB/s of processor time: what disturbs only ever slows.
static double speed(Work work, Str s, Arena a)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        Arena scratch = a;
        double began = now();
        if (!work(s, &scratch))
            return 0;
        double took = now() - began;
        best = took < best ? took : best;
    }
    return (double)s.n / best / 1e6;
}

static Str json_of(Arena *a, Str s)
{
    Buf b = buf_new(a, s.n * 2);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (Str head, rest = s; rest.n;) {
        str_cut(rest, S("\n"), &head, &rest);
        json_object(&w);
        json_put_str(&w, "text", head);
        json_put_int(&w, "line", (int64_t)rest.n);
        json_end(&w);
    }
    json_end(&w);
    return buf_str(&b);
}

int main(void)
{
    Arena a = arena_new((size_t)2 << 30);
    Str text = many(&a, line, BYTES), old = many(&a, line_traditional, BYTES / 16), gb = S("");
    text_encode(str_sub(text, 0, line.n * 20000), "gb18030", &a, &gb);
    const struct {
        const char *name;
        Work work;
        Str s;
        double goal; // MB/s, 0 for none
    } rows[] = {
        {"UTF-8 checked and handed on", decodes, text, 500},
        {"GB18030 told and decoded", decodes, gb, 0},
        {"Simplified, Traditional or Taiwan's words", tells_kind, text, 500},
        {"normalised (NFKC)", normalises, text, 0},
        {"Traditional to Simplified", simplifies, old, 0},
        {"written as a JSON string", quotes, text, 0},
        {"read from JSON", reads_json, json_of(&a, text), 0},
    };
    double copy = speed(copies, text, a);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double got = speed(rows[i].work, rows[i].s, a);
        printf("%s\t%.0f MB/s\tcopy %.0f MB/s\t%.2f\t", rows[i].name, got, copy, got / copy);
        if (rows[i].goal > 0)
            printf("%.0f MB/s\t%s\n", rows[i].goal, got >= rows[i].goal ? "met" : "missed");
        else
            printf("-\t-\n");
    }
    return 0;
}

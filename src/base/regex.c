#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/regex.h"

#include "base/buf.h"

#include <pcre2.h>
#include <pthread.h>
#include <stdatomic.h>

// Enough for any text we search with expressions that do not explode, some 100 ms of one that does.
enum { MATCH_LIMIT = 2000000, DEPTH_LIMIT = 10000, JIT_STACK = 512 << 10 };

// What a search needs besides the expression; one for each thread.
typedef struct Bench {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
} Bench;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local Bench bench;

static void clear_bench(void *p)
{
    Bench *b = p;
    pcre2_match_data_free(b->data);
    pcre2_match_context_free(b->context);
    pcre2_jit_stack_free(b->stack);
    *b = (Bench){0};
}

static void make_key(void)
{
    pthread_key_create(&key, clear_bench);
}

static Bench *this_bench(void)
{
    if (bench.data)
        return &bench;
    pthread_once(&once, make_key);
    bench.data = pcre2_match_data_create(REGEX_GROUPS, NULL);
    bench.context = pcre2_match_context_create(NULL);
    bench.stack = pcre2_jit_stack_create(32 << 10, JIT_STACK, NULL);
    if (!bench.data || !bench.context || !bench.stack) {
        fputs("gongkai: out of memory for regular expressions\n", stderr);
        exit(EXIT_MEMORY);
    }
    pcre2_set_match_limit(bench.context, MATCH_LIMIT);
    pcre2_set_depth_limit(bench.context, DEPTH_LIMIT);
    pcre2_jit_stack_assign(bench.context, NULL, bench.stack);
    pthread_setspecific(key, &bench);
    return &bench;
}

static pcre2_code *compiled(Regex *re)
{
    pcre2_code *code = atomic_load_explicit(&re->code, memory_order_acquire);
    if (code)
        return code;
    int number;
    size_t at;
    code = pcre2_compile((PCRE2_SPTR)re->pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF, &number, &at,
                         NULL);
    if (!code) {
        unsigned char why[200] = "";
        pcre2_get_error_message(number, why, sizeof why);
        fprintf(stderr, "gongkai: expression %s: %s at %zu\n", re->pattern, why, at);
        abort();
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without JIT it is slower, not wrong
    void *none = NULL;
    if (!atomic_compare_exchange_strong(&re->code, &none, code)) {
        pcre2_code_free(code); // another thread was first
        code = none;
    }
    return code;
}

bool regex_find(Regex *re, Str s, size_t from, RegexMatch *m)
{
    *m = (RegexMatch){0};
    if (from > s.n)
        return false;
    Bench *b = this_bench();
    int n = pcre2_match(compiled(re), (PCRE2_SPTR)(s.s ? s.s : ""), s.n, from, PCRE2_NO_UTF_CHECK,
                        b->data, b->context);
    m->gave_up = n < 0 && n != PCRE2_ERROR_NOMATCH;
    if (n < 0)
        return false;
    const size_t *at = pcre2_get_ovector_pointer(b->data);
    for (int i = 0; i < (n ? n : REGEX_GROUPS); i++)
        if (at[2 * i] != PCRE2_UNSET)
            m->group[i] = str_sub(s, at[2 * i], at[2 * i + 1]);
    m->start = at[0];
    m->end = at[1];
    return true;
}

bool regex_has(Regex *re, Str s)
{
    RegexMatch m;
    return regex_find(re, s, 0, &m);
}

static void put_replacement(Buf *b, Str with, const RegexMatch *m)
{
    for (size_t i = 0; i < with.n; i++) {
        char c = with.s[i], next = i + 1 < with.n ? with.s[i + 1] : 0;
        if (c == '$' && next >= '1' && next <= '9')
            buf_add(b, m->group[next - '0']);
        else
            buf_byte(b, c);
        i += c == '$' && (next == '$' || (next >= '1' && next <= '9'));
    }
}

// The next place a search may start behind an empty match: never inside a character.
static size_t step(Str s, size_t at)
{
    for (at++; at < s.n && ((unsigned char)s.s[at] & 0xc0) == 0x80; at++)
        continue;
    return at;
}

Str regex_replace(Arena *a, Regex *re, Str s, Str with)
{
    RegexMatch m;
    if (!regex_find(re, s, 0, &m))
        return s;
    Buf b = buf_new(a, s.n * 8 + with.n * 1024 + 1024);
    size_t done = 0, from;
    do {
        buf_add(&b, str_sub(s, done, m.start));
        put_replacement(&b, with, &m);
        done = m.end;
        from = m.end > m.start ? m.end : step(s, m.end);
    } while (regex_find(re, s, from, &m));
    buf_add(&b, str_from(s, done));
    return b.full ? s : buf_str(&b);
}

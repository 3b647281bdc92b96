#include "app/public_search.h"

#include "store/publication.h"
#include "store/search.h"

enum { TERMS_MOST = 6, REPORTS_OF_ONE = 3, ORGANS_LOOKED_AT = 3 };

typedef struct Ask {
    App *app;
    Str words; // all of it, without blanks
    Strs terms;
    int year; // among the words; 0 none
    Organs organs;
    const Organ *named[ORGANS_LOOKED_AT]; // organs whose names are among the words
    size_t n_named;
} Ask;

static void terms_of(Arena *a, Str words, Strs *out)
{
    static const Str between[] = {SI("，"), SI("、"), SI("。"), SI("；"), SI(","), SI("　")};
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        words = str_replace(a, words, between[i], S(" "));
    for (Str one; words.n && out->n < TERMS_MOST;) {
        str_cut(words, S(" "), &one, &words);
        if (str_runes(one) > 1)
            *PUSH(a, out) = one;
    }
}

static int year_in(Str words)
{
    int64_t year;
    for (size_t i = 0; i + 4 <= words.n; i++)
        if (words.s[i] == '2' && str_to_int(str_sub(words, i, i + 4), &year) && year >= 2008 &&
            year < 2100)
            return (int)year;
    return 0;
}

// The name stands in what was written, or what was written is part of the name.
static bool named(const Ask *ask, const Organ *o)
{
    if (str_has(ask->words, o->name) || (o->short_name.n && str_has(ask->words, o->short_name)))
        return true;
    for (size_t i = 0; i < ask->terms.n; i++)
        if (str_has(o->name, ask->terms.v[i]) || str_has(o->aliases, ask->terms.v[i]))
            return true;
    return false;
}

bool app_public_organs(App *app, Arena *a, Organs *out, Err *err)
{
    Scope site = scope_site(app->site);
    Organs all, open = {0};
    if (!store_organ_all(app->db, &site, a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].state == ORGAN_ACTIVE && all.v[i].kind != ORGANKIND_SECTION)
            *PUSH(a, &open) = all.v[i];
    *out = open;
    return true;
}

// --- what is public

static void hit(Arena *a, PublicHits *hits, Str title, Str about, Str door)
{
    for (size_t i = 0; i < hits->n; i++)
        if (str_eq(hits->v[i].door, door))
            return;
    if (hits->n < PUBLIC_HITS_MOST)
        *PUSH(a, hits) = (PublicHit){title, about, door};
}

static bool reports(const Ask *ask, Arena *a, PublicHits *hits, Err *err)
{
    for (size_t i = 0; i < ask->n_named; i++) {
        FoundReports found;
        int64_t total;
        const Organ *o = ask->named[i];
        if (!store_search_reports(ask->app->db, ask->app->site, o->name, ask->year, REPORTS_OF_ONE,
                                  a, &found, &total, err))
            return false;
        for (size_t k = 0; k < found.n; k++)
            hit(a, hits,
                str_fmt(a, PRI_STR "%d年政府信息公开工作年度报告", STR_ARG(found.v[k].organ_name),
                        found.v[k].year),
                S("年度报告：公开、申请、复议诉讼的数字和说明"),
                str_fmt(a, "/annual-reports/" PRI_STR "/%d", STR_ARG(found.v[k].organ_slug),
                        found.v[k].year));
    }
    return true;
}

static bool guides(const Ask *ask, Arena *a, PublicHits *hits, Err *err)
{
    (void)err;
    for (size_t i = 0; i < ask->n_named; i++)
        hit(a, hits, str_cat(a, ask->named[i]->name, S("的公开指南")),
            S("受理机构、地址、电话、办公时间、沿革"),
            str_cat(a, S("/organs/"), ask->named[i]->slug));
    return true;
}

// --- what was asked by others and is public now (条例第四十四条)

// People do not use the words of documents, so that pairs of characters are compared: how many of
// the words' pairs stand in the text, in percent.
static int pairs_shared(Str words, Str text)
{
    int n = 0, shared = 0;
    size_t first, second;
    for (size_t i = 0; i < words.n; i += first) {
        str_rune(words, i, &first);
        if (i + first >= words.n)
            break;
        str_rune(words, i + first, &second);
        n++;
        shared += str_has(text, str_sub(words, i, i + first + second));
    }
    return n ? shared * 100 / n : 0;
}

static void publication_hit(Arena *a, PublicHits *hits, const Publication *one)
{
    enum { SUMMARY_RUNES = 60 };
    hit(a, hits, one->title,
        str_fmt(a, PRI_STR "，" PRI_STR "公开。" PRI_STR, STR_ARG(one->organ_name),
                STR_ARG(date_zh(a, one->published)),
                STR_ARG(str_clip(a, one->summary, SUMMARY_RUNES))),
        str_fmt(a, "/disclosures/%lld", (long long)one->id.n));
}

// Those that have the very words, however old; then what is alike among the newest.
static bool answered(const Ask *ask, Arena *a, PublicHits *hits, Err *err)
{
    enum { LOOKED_AT = 500, LEAST = 50 };
    Publications same = {0}, all;
    if (str_runes(ask->words) > 1 &&
        !store_publication_search(ask->app->db, ask->app->site, ask->words, date_none,
                                  (PublicationId){0}, PUBLIC_HITS_MOST / 2, a, &same, err))
        return false;
    for (size_t i = 0; i < same.n; i++)
        publication_hit(a, hits, &same.v[i]);
    if (!store_publication_public(ask->app->db, ask->app->site, date_none, (PublicationId){0},
                                  LOOKED_AT, a, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (pairs_shared(ask->words, str_cat(a, all.v[i].title, all.v[i].summary)) >= LEAST)
            publication_hit(a, hits, &all.v[i]);
    return true;
}

// What is published, one row a kind; asked in this order.
typedef bool PublicSource(const Ask *ask, Arena *a, PublicHits *hits, Err *err);
static PublicSource *const sources[] = {answered, reports, guides};

// --- whose it may be

static void likely(Arena *a, LikelyOrgans *out, const Organ *o, Str why)
{
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i].slug, o->slug))
            return;
    if (out->n < LIKELY_ORGANS_MOST)
        *PUSH(a, out) = (LikelyOrgan){.name = o->name,
                                      .slug = o->slug,
                                      .why = why,
                                      .office = o->office,
                                      .phone = o->phone,
                                      .address = o->address};
}

static void organs_likely(const Ask *ask, Arena *a, LikelyOrgans *out)
{
    const WhoseRow *rows[WHOSE_MOST];
    size_t n = whose_find(ask->words, rows);
    for (size_t i = 0; i < ask->n_named; i++)
        likely(a, out, ask->named[i], S("名称相符"));
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < ask->organs.n; i++)
            if (whose_fits(rows[k], ask->organs.v[i].name))
                likely(a, out, &ask->organs.v[i], str_cat(a, S("一般负责"), rows[k]->about));
}

bool app_public_search(App *app, Str words, Arena *a, PublicHits *hits, LikelyOrgans *organs,
                       Err *err)
{
    Ask ask = {.app = app, .words = str_replace(a, words, S(" "), S("")), .year = year_in(words)};
    PublicHits found = {0};
    LikelyOrgans who = {0};
    terms_of(a, words, &ask.terms);
    if (!app_public_organs(app, a, &ask.organs, err))
        return false;
    for (size_t i = 0; i < ask.organs.n && ask.n_named < ORGANS_LOOKED_AT; i++)
        if (named(&ask, &ask.organs.v[i]))
            ask.named[ask.n_named++] = &ask.organs.v[i];
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!sources[i](&ask, a, &found, err))
            return false;
    organs_likely(&ask, a, &who);
    *hits = found;
    *organs = who;
    return true;
}

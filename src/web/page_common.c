#include "web/page_common.h"

#include "base/buf.h"

enum { PATH_MAX_BYTES = 8192 };

// --- addresses

static void put_encoded(Buf *b, Str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            (c && strchr("-._~", c))) {
            buf_byte(b, (char)c);
        } else {
            buf_byte(b, '%');
            buf_byte(b, hex[c >> 4]);
            buf_byte(b, hex[c & 15]);
        }
    }
}

Str path_with(Arena *a, Str path, const char *key, Str value)
{
    if (value.n == 0)
        return path;
    Buf b = buf_new(a, PATH_MAX_BYTES);
    buf_add(&b, path);
    buf_fmt(&b, "%c%s=", str_has(path, S("?")) ? '&' : '?', key);
    put_encoded(&b, value);
    return buf_str(&b);
}

Str path_with_int(Arena *a, Str path, const char *key, int64_t value)
{
    return value ? path_with(a, path, key, str_fmt(a, "%lld", (long long)value)) : path;
}

Str organ_path(Arena *a, Str organ_slug, const char *tail)
{
    Buf b = buf_new(a, PATH_MAX_BYTES);
    buf_add(&b, S("/annual-reports/"));
    put_encoded(&b, organ_slug);
    buf_add(&b, str_z(tail));
    return buf_str(&b);
}

Str report_path_tail(Arena *a, Str organ_slug, int year, const char *tail)
{
    Str path = organ_path(a, organ_slug, "/");
    return str_fmt(a, PRI_STR "%d%s", STR_ARG(path), year, tail);
}

Str report_path(Arena *a, Str organ_slug, int year)
{
    return report_path_tail(a, organ_slug, year, "");
}

int query_int(const Request *r, const char *name, int most)
{
    int64_t n;
    if (!str_to_int(request_query(r, name), &n) || n < 1 || n > most)
        return 0;
    return (int)n;
}

// --- the frame

// The address of this page with the keys its route knows, without the way of showing.
static Str this_path(Request *r)
{
    Str path = r->path;
    for (size_t i = 0; i < r->query.n; i++)
        path = path_with(r->a, path, str_to_z(r->a, r->query.v[i].name), r->query.v[i].value);
    return path;
}

static const char *const mode_ids[] = {
    [MODE_PLAIN] = "plain", [MODE_ELDER] = "elder", [MODE_CONTRAST] = "contrast"};

// Every way is written out, also the usual one, so that page_end leaves these links alone.
static Str show_path(Request *r, Mode mode, bool hant)
{
    Str path = path_with(r->a, this_path(r), "mode", str_z(mode_ids[mode]));
    return path_with(r->a, path, "hant", hant ? S("1") : S("0"));
}

static void page_modes(Request *r, Frame *p)
{
    static const Str names[] = {[MODE_PLAIN] = SI("标准模式"),
                                [MODE_ELDER] = SI("长者模式"),
                                [MODE_CONTRAST] = SI("高对比")};
    for (Mode m = MODE_PLAIN; m <= MODE_CONTRAST; m++)
        if (m != r->mode)
            *PUSH(r->a, &p->modes) = (Link){.href = show_path(r, m, r->hant), .text = names[m]};
    *PUSH(r->a, &p->modes) = (Link){
        .href = show_path(r, r->mode, !r->hant),
        .text = r->hant ? S("简体") : S("繁體"),
        .lang = r->hant ? S("") : S("zh-Hant"),
    };
}

void page_begin_plain(Request *r, Str site, Str title, NavItem nav, Frame *p)
{
    *p = (Frame){
        .title = title,
        .site = site,
        .site_named = !str_eq(site, S("政府信息公开")),
        .nav = nav,
        .mode = r->mode,
        .hant = r->hant,
        .lang = r->hant ? S("zh-Hant") : S("zh-Hans"),
    };
    page_modes(r, p);
}

Str site_css_path(Arena *a, Str accent, Str brand)
{
    if (!accent.n && !brand.n)
        return S("");
    Str path = path_with(a, S("/site.css"), "accent", str_from(accent, 1));
    return path_with(a, path, "brand", str_from(brand, 1));
}

static void foot_line(Arena *a, Frame *p, const char *label, Str text)
{
    if (text.n)
        *PUSH(a, &p->foot) = str_fmt(a, "%s" PRI_STR, label, STR_ARG(text));
}

void frame_site(Arena *a, const Site *site, Frame *p)
{
    p->colours = site_css_path(a, site->accent, site->brand);
    foot_line(a, p, "政府信息公开工作主管部门：", site->office);
    foot_line(a, p, "地址：", site->office_address);
    foot_line(a, p, "电话：", site->office_phone);
    foot_line(a, p, "电子邮箱：", site->office_mail);
    foot_line(a, p, "政府网站标识码：", site->site_code);
    foot_line(a, p, "", site->icp);
    foot_line(a, p, "", site->police);
}

bool page_begin(Request *r, Str title, NavItem nav, Frame *p, Err *err)
{
    Site site;
    if (!store_site_get(app_of(r)->db, app_of(r)->site, r->a, &site, err))
        return false;
    page_begin_plain(r, site.name, title, nav, p);
    frame_site(r->a, &site, p);
    Str plain = this_path(r), traditional = path_with(r->a, plain, "hant", S("1"));
    p->canonical = r->hant ? traditional : plain;
    p->alternate = r->hant ? plain : traditional;
    p->alternate_lang = r->hant ? S("zh-Hans") : S("zh-Hant");
    if (nav != NAV_HOME)
        page_crumb(r, p, S("/"), S("首页"));
    return true;
}

void page_crumb(Request *r, Frame *p, Str href, Str text)
{
    *PUSH(r->a, &p->crumbs) = (Link){.href = href, .text = text};
}

// --- rows of the store in words

Tally tally_of_counts(const FindingCounts *c)
{
    return (Tally){
        .fails = (size_t)(c->error + c->warning),
        .doubts = (size_t)c->doubtful,
        .hints = (size_t)c->note,
        .open = (size_t)c->open,
        .passes = (size_t)c->pass,
    };
}

Str edition_zh(Arena *a, Str edition_id)
{
    for (Edition e = EDITION_NONE; e < EDITION__COUNT; e++)
        if (str_eq(editions[e].id, edition_id))
            return edition_name(a, e);
    return edition_name(a, EDITION_NONE);
}

Str size_zh(Arena *a, int64_t bytes)
{
    if (bytes < 1024)
        return str_fmt(a, "%lld字节", (long long)bytes);
    if (bytes < 1024 * 1024)
        return str_fmt(a, "%lld KB", (long long)((bytes + 512) / 1024));
    int64_t tenths = (bytes * 10 + (1 << 19)) / (1 << 20);
    return tenths % 10 ? str_fmt(a, "%lld.%lld MB", (long long)tenths / 10, (long long)tenths % 10)
                       : str_fmt(a, "%lld MB", (long long)tenths / 10);
}

ReportLine report_line(Arena *a, const ReportRow *row)
{
    return (ReportLine){
        .href = report_path(a, row->organ_slug, row->year),
        .title = row->title.n ? row->title
                              : str_fmt(a, PRI_STR "%d年政府信息公开工作年度报告",
                                        STR_ARG(row->organ_name), row->year),
        .organ = row->organ_name,
        .organ_href = path_with(a, S("/annual-reports"), "organ", row->organ_slug),
        .edition = edition_zh(a, row->edition),
        .published = row->published,
        .year = row->year,
        .tally = tally_of_counts(&row->counts),
    };
}

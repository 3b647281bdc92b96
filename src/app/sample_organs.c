#include "app/sample_organs.h"

#include "store/organ.h"

typedef struct SampleOrgan {
    Str slug, name, short_name;
    OrganKind kind;
    OrganTier tier;
    Str parent;  // slug of a row above, or empty
    int founded; // year, on 1 May; 0 unknown
} SampleOrgan;

// A slug names an organ as founded; what it is called today follows below.
// clang-format off
static const SampleOrgan organs[] = {
    {SI("shi"),        SI("示例市人民政府"),             SI("市政府"),     ORGANKIND_GOVERNMENT, TIER_CITY,     SI(""),       0},
    {SI("zfb"),        SI("示例市人民政府办公室"),       SI("市政府办"),   ORGANKIND_OFFICE,     TIER_CITY,     SI("shi"),    0},
    {SI("gongkaike"),  SI("政务公开科"),                 SI(""),           ORGANKIND_SECTION,    TIER_UNKNOWN,  SI("zfb"),    2008},
    {SI("jiaoyu"),     SI("示例市教育局"),               SI("市教育局"),   ORGANKIND_DEPARTMENT, TIER_CITY,     SI("shi"),    0},
    {SI("caizheng"),   SI("示例市财政局"),               SI("市财政局"),   ORGANKIND_DEPARTMENT, TIER_CITY,     SI("shi"),    0},
    {SI("zhujian"),    SI("示例市住房和城乡建设局"),     SI("市住建局"),   ORGANKIND_DEPARTMENT, TIER_CITY,     SI("shi"),    2010},
    {SI("shuiwu"),     SI("示例市水利局"),               SI("市水务局"),   ORGANKIND_DEPARTMENT, TIER_CITY,     SI("shi"),    1986},
    {SI("shuiziyuan"), SI("水资源管理科"),               SI(""),           ORGANKIND_SECTION,    TIER_UNKNOWN,  SI("shuiwu"), 2012},
    {SI("gongshang"),  SI("示例市工商行政管理局"),       SI("市工商局"),   ORGANKIND_DEPARTMENT, TIER_CITY,     SI("shi"),    1982},
    {SI("zhijian"),    SI("示例市质量技术监督局"),       SI("市质监局"),   ORGANKIND_DEPARTMENT, TIER_CITY,     SI("shi"),    1990},
    {SI("shichang"),   SI("示例市市场监督管理局"),       SI("市市场监管局"), ORGANKIND_DEPARTMENT, TIER_CITY,   SI("shi"),    2018},
    {SI("xian"),       SI("示例县人民政府"),             SI("县政府"),     ORGANKIND_GOVERNMENT, TIER_COUNTY,   SI("shi"),    0},
    {SI("xianshui"),   SI("示例县水利局"),               SI("县水利局"),   ORGANKIND_DEPARTMENT, TIER_COUNTY,   SI("xian"),   2019},
    {SI("xianzhu"),    SI("示例县住房和城乡建设局"),     SI("县住建局"),   ORGANKIND_DEPARTMENT, TIER_COUNTY,   SI("xian"),   2010},
    {SI("chengguan"),  SI("示例县城关镇人民政府"),       SI("城关镇政府"), ORGANKIND_GOVERNMENT, TIER_TOWNSHIP, SI("xian"),   0},
    {SI("chengdong"),  SI("示例县城东街道办事处"),       SI("城东街道"),   ORGANKIND_DISPATCHED, TIER_TOWNSHIP, SI("xian"),   2015},
};

// Lives: renamed to `name`, or merged into `heir`.
static const struct {
    Str slug, name, heir;
    int year, month, day;
    Str basis;
} lives[] = {
    {SI("shuiwu"),    SI("示例市水务局"), SI(""),         2019, 3, 20, SI("示编〔2019〕5号《关于市水利局更名的通知》")},
    {SI("gongshang"), SI(""),             SI("shichang"), 2018, 5, 1,  SI("示编〔2018〕12号《关于组建市市场监督管理局的通知》")},
    {SI("zhijian"),   SI(""),             SI("shichang"), 2018, 5, 1,  SI("示编〔2018〕12号《关于组建市市场监督管理局的通知》")},
};

static const struct { Str organ, over, business; } lines[] = {
    {SI("xianshui"), SI("shuiwu"),  SI("水资源管理")},
    {SI("xianzhu"),  SI("zhujian"), SI("住房和城乡建设")},
};

// What the guide says of those with a disclosure office of their own.
static const struct { Str slug, office, address, phone, credit_code, code; } contacts[] = {
    {SI("zfb"),    SI("示例市人民政府办公室政务公开科"), SI("示例市示例路1号"),  SI("0000-1000001"), SI("11999900MB0000001K"), SI("001")},
    {SI("jiaoyu"), SI("示例市教育局办公室"),             SI("示例市示例路9号"),  SI("0000-1000002"), SI("11999900MB0000002N"), SI("002")},
    {SI("shuiwu"), SI("示例市水务局办公室"),             SI("示例市河滨路16号"), SI("0000-1000003"), SI("11999900MB0000003R"), SI("003")},
    {SI("xian"),   SI("示例县人民政府政务公开科"),       SI("示例县城关镇中街2号"), SI("0000-2000001"), SI("11999900MB0000004W"), SI("101")},
};
// clang-format on

enum { N_ORGANS = sizeof organs / sizeof *organs };

static Organ *named(Organ *all, Str slug)
{
    for (size_t i = 0; i < N_ORGANS; i++)
        if (str_eq(organs[i].slug, slug))
            return &all[i];
    return NULL;
}

static OrganId id_of(Organ *all, Str slug) // 0 for none
{
    const Organ *o = named(all, slug);
    return o ? o->id : (OrganId){0};
}

static Date day(int year, int month, int d)
{
    Date out = date_none;
    date_make(year, month, d, &out);
    return out;
}

static void contact(Organ *o)
{
    for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++)
        if (str_eq(contacts[i].slug, o->slug)) {
            o->office = contacts[i].office;
            o->address = contacts[i].address;
            o->phone = contacts[i].phone;
            o->credit_code = contacts[i].credit_code;
            o->code = contacts[i].code;
            o->hours = S("工作日8:30至12:00、14:30至18:00");
        }
}

static bool add(App *app, const SampleOrgan *from, Organ *all, Organ *out, Arena *a, Err *err)
{
    Organ o = {.kind = from->kind,
               .tier = from->tier,
               .slug = from->slug,
               .name = from->name,
               .short_name = from->short_name,
               .normative = from->kind != ORGANKIND_SECTION,
               .founded = from->founded ? day(from->founded, 5, 1) : date_none,
               .ended = date_none};
    o.parent = id_of(all, from->parent);
    contact(&o);
    *out = o;
    return store_organ_add(app->db, app->site, out, a, err);
}

static bool live(App *app, size_t i, Organ *all, Arena *a, Err *err)
{
    Scope site = scope_site(app->site);
    Organ *o = named(all, lives[i].slug);
    const Organ *heir = named(all, lives[i].heir);
    OrganLife life = {.organ = o->id,
                      .event = heir ? LIFE_MERGED : LIFE_RENAMED,
                      .on = day(lives[i].year, lives[i].month, lives[i].day),
                      .basis = lives[i].basis,
                      .old_name = heir ? S("") : o->name,
                      .new_name = lives[i].name,
                      .recorded_at = app->now};
    if (heir) {
        o->state = ORGAN_MERGED;
        o->ended = life.on;
    } else {
        o->name = lives[i].name;
    }
    return store_organ_save(app->db, &site, o, a, err) &&
           store_organ_life_add(app->db, app->site, &life, err) &&
           (heir ? store_organ_heir_add(app->db, app->site, o->id, heir->id, life.id, err)
                 : store_organ_name_add(app->db, app->site, o->id, o->name, life.on, err));
}

static bool settings(App *app, Organ *all, Arena *a, Err *err)
{
    Site site;
    if (!store_site_get(app->db, app->site, a, &site, err))
        return false;
    site.name = S("示例市人民政府");
    site.organ = id_of(all, S("zfb"));
    site.index_form = S("{信用代码}/{年月}-{流水:5}");
    site.review_name = S("示例市人民政府");
    site.court_name = S("示例市人民法院");
    site.office = S("示例市人民政府办公室");
    site.office_address = S("示例市示例路1号");
    site.office_phone = S("0000-1000001");
    return store_site_save(app->db, &site, err);
}

bool sample_organs_add(App *app, Arena *a, Err *err)
{
    Organ all[N_ORGANS] = {0};
    for (size_t i = 0; i < N_ORGANS; i++)
        if (!add(app, &organs[i], all, &all[i], a, err))
            return false;
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++)
        if (!live(app, i, all, a, err))
            return false;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!store_organ_line_add(app->db, app->site, id_of(all, lines[i].organ),
                                  id_of(all, lines[i].over), lines[i].business, day(2020, 1, 1),
                                  err))
            return false;
    return store_organ_under_refresh(app->db, app->site, err) && settings(app, all, a, err);
}

// /apply: what is public already, which organ holds it, what a good request says.
#include "web/page_apply.h"

#include "base/hanzi.h"
#include "views.h"
#include "web/page_common.h"

enum { FEW_ORGANS = 12 };

// clang-format off
const ApplyExample apply_examples[] = {
    { "我要了解拆迁的情况",
      "城东路15号院房屋征收补偿方案（2024年发布，含评估标准）",
      "写明是哪个地方、哪一年、什么文件，一找就到" },
    { "请公开贵局所有的合同",
      "2025年示例河清淤工程施工合同，及其工程量清单",
      "“所有”无从查起，会被要求补正；一件申请写一项内容" },
    { "为什么不给我办低保？",
      "2025年10月示例镇最低生活保障审核确认结果公示名单",
      "申请的是已经有的文件、记录。提问、投诉、信访走另外的渠道，这里不能答复" },
    { "统计近十年各小区投诉数量和排名",
      "2025年物业投诉受理情况月报（1月至12月）",
      "机关只提供现成的信息，不为申请另行汇总、分析" },
};
// clang-format on
const size_t n_apply_examples = sizeof apply_examples / sizeof *apply_examples;

static const FieldDef resume_defs[] = {
    {.name = "resume",
     .label = "续填码",
     .hint = "保存草稿时给您的16位码",
     .required = true,
     .max = 40},
};

// The organ's form, with what was looked for as the name of the information.
static Str form_path(Request *r, Str slug, Str words)
{
    return path_with(r->a, str_cat(r->a, S("/apply/"), slug), "about", words);
}

static bool organ_links(Request *r, ApplyPage *p, Err *err)
{
    Organs organs;
    if (!app_public_organs(app_of(r), r->a, &organs, err))
        return false;
    for (size_t i = 0; i < organs.n; i++)
        *PUSH(r->a, &p->organs) =
            (Link){.href = form_path(r, organs.v[i].slug, p->words), .text = organs.v[i].name};
    p->many = organs.n > FEW_ORGANS;
    return true;
}

static bool search(Request *r, ApplyPage *p, Err *err)
{
    p->searched = true;
    if (!app_public_search(app_of(r), p->words, r->a, &p->hits, &p->likely, err))
        return false;
    for (size_t i = 0; i < p->likely.n; i++)
        p->likely.v[i].slug = form_path(r, p->likely.v[i].slug, p->words);
    return true;
}

bool page_apply(Request *r, Response *w, Err *err)
{
    ApplyPage p = {0};
    Str words = str_trim(request_query(r, "q"));
    if (r->hant || hanzi_traditional(words))
        words = hanzi_simplify_as(r->a, words, HANZI_TRADITIONAL);
    p.words = str_clip(r->a, words, PUBLIC_WORDS_MAX);
    if (!page_begin(r, S("依申请公开"), NAV_APPLY, &p.page, err) || !organ_links(r, &p, err) ||
        (p.words.n && !search(r, &p, err)))
        return false;
    page_crumb(r, &p.page, S(""), S("依申请公开"));
    p.page.description = S("向行政机关申请公开政府信息，查询办理进度，核验登记回执。");
    form_new(r, resume_defs, 1, &p.resume);
    w->fresh = p.words.n > 0;
    view_apply(&w->out, &p);
    return true;
}

void applicant_acts(Request *r)
{
    App *app = app_of(r);
    app->actor = (Actor){.ip = r->ip, .via = S("web"), .request = r->id};
    app->once = request_form(r, "once");
}

bool applicant_told(const Err *err)
{
    return err->kind == ERR_INPUT || err->kind == ERR_LIMIT || err->kind == ERR_REPEATED ||
           err->kind == ERR_MISSING || err->kind == ERR_RULE;
}

Links apply_ways(Request *r, Frame *page)
{
    Links ways = {0};
    if (r->method != METHOD_POST)
        return ways;
    ways = page->modes;
    page->modes = (Links){0};
    page->alternate = S("");
    return ways;
}

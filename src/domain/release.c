#include "domain/release.h"

// clang-format off
const ReleaseStateDef release_states[RELEASE__COUNT] = {
    //                    id              name              tag          given
    [RELEASE_OPEN]    = { SI("open"),    SI("待处理"),     SI("wait"),  false },
    [RELEASE_MADE]    = { SI("made"),    SI("待确认"),     SI("wait"),  false },
    [RELEASE_BLOCKED] = { SI("blocked"), SI("未通过"),     SI("bad"),   false },
    [RELEASE_PROVEN]  = { SI("proven"),  SI("已遮盖"),     SI("ok"),    true  },
    [RELEASE_CLEAN]   = { SI("clean"),   SI("无需遮盖"),   SI("ok"),    true  },
};

const MakingStateDef making_states[MAKING__COUNT] = {
    //                     id               name            tag          open   todo
    [MAKING_NONE]      = { SI(""),          SI(""),         SI(""),      false, SI("") },
    [MAKING_WAITING]   = { SI("waiting"),   SI("排队中"),   SI("wait"),  true,  SI("") },
    [MAKING_GOING]     = { SI("going"),     SI("正在遮盖"), SI("wait"),  true,  SI("") },
    [MAKING_DONE]      = { SI("done"),      SI("已完成"),   SI("ok"),    false, SI("") },
    [MAKING_FAILED]    = { SI("failed"),    SI("没有完成"), SI("bad"),   false, SI("文件和标记没有变。按上面说的处理后，再点“遮盖并检查”。") },
    [MAKING_CANCELLED] = { SI("cancelled"), SI("已取消"),   SI("wait"),  false, SI("没有生成新文件，标记都还在。需要时再点“遮盖并检查”。") },
    [MAKING_STALE]     = { SI("stale"),     SI("已作废"),   SI("wait"),  false, SI("遮盖期间标记有改动，没有用旧标记生成文件。请再点“遮盖并检查”。") },
};

#define AS_PDF "不能直接提供Word、Excel和演示文稿：里面可能留有修订记录、批注和隐藏的内容。请在WPS或者Office里打开，接受或者拒绝全部修订，再用“文件—另存为（导出）—PDF”存一份，添加这份PDF"
#define AS_PDF_EN "settle its tracked changes, save it as PDF and add that: the document itself may hold changes, comments and hidden parts"
const ReleaseKind release_kinds[ATTACH_KIND__COUNT] = {
    //                taken  marked
    [ATTACH_PDF]  = { true,  true,  NULL, NULL },
    [ATTACH_PNG]  = { true,  true,  NULL, NULL },
    [ATTACH_JPEG] = { true,  true,  NULL, NULL },
    [ATTACH_TEXT] = { true,  false, "文本文件不能遮盖：请打开文件，另存（导出）为PDF，再添加PDF",
                                    "a text cannot be marked: save it as PDF and add that" },
    [ATTACH_TIFF] = { false, false, "不能直接添加TIFF图片：扫描的请在扫描软件里选存为PDF（多页也是一份），已有的请打开后“打印”到PDF，再添加",
                                    "scan into PDF, or print the TIFF picture into one, and add that" },
    [ATTACH_OFD]  = { false, false, "不能直接添加OFD文件：请用OFD阅读器打开，“另存为”或者“打印”成PDF，再添加",
                                    "save (print) the OFD document as PDF and add that" },
    [ATTACH_ZIP]  = { false, false, "请解开压缩包，把里面的文件逐个添加",
                                    "unpack the archive and add the files one by one" },
    [ATTACH_DOCX] = { false, false, AS_PDF, AS_PDF_EN },
    [ATTACH_XLSX] = { false, false, AS_PDF, AS_PDF_EN },
    [ATTACH_PPTX] = { false, false, AS_PDF, AS_PDF_EN },
    [ATTACH_DOC]  = { false, false, AS_PDF, AS_PDF_EN },
    [ATTACH_XLS]  = { false, false, AS_PDF, AS_PDF_EN },
    [ATTACH_PPT]  = { false, false, AS_PDF, AS_PDF_EN },
};
// clang-format on

bool release_state_named(Str id, ReleaseState *out)
{
    for (int s = 0; s < RELEASE__COUNT; s++)
        if (str_eq(release_states[s].id, id)) {
            *out = (ReleaseState)s;
            return true;
        }
    return false;
}

bool making_state_named(Str id, MakingState *out)
{
    for (int s = MAKING_WAITING; s < MAKING__COUNT; s++)
        if (str_eq(making_states[s].id, id)) {
            *out = (MakingState)s;
            return true;
        }
    return false;
}

Str making_words(MakingState state, int done, int pages, int64_t ahead, Arena *a)
{
    if (!making_states[state].open)
        return S("");
    if (state == MAKING_WAITING && ahead)
        return str_fmt(a, "排队中，前面还有%lld份文件。", (long long)ahead);
    if (state == MAKING_WAITING || !pages)
        return S("马上开始。");
    if (done < pages)
        return str_fmt(a, "正在涂黑第%d页，共%d页。", done + 1, pages);
    return str_fmt(a, "%d页都已涂黑，正在重新打开检查。", pages);
}

bool release_kind_check(AttachKind kind, Err *err)
{
    const ReleaseKind *k = &release_kinds[kind];
    return k->taken || fail(err, ERR_INPUT, NULL, "%s%.0s", "%.0s%s", k->zh, k->en);
}

bool release_ready(const ReleaseCount *files, bool elsewhere, Arena *a, Str *why)
{
    int all = 0, given = 0;
    for (int s = 0; s < RELEASE__COUNT; s++) {
        all += files->n[s];
        given += release_states[s].given ? files->n[s] : 0;
    }
    *why =
        files->making ? str_fmt(a, "有%d份拟公开的文件正在遮盖，请等完成并确认", files->making)
        : files->n[RELEASE_BLOCKED]
            ? str_fmt(a, "有%d份拟公开的文件没有通过检查，遮盖后仍有应当隐去的内容",
                      files->n[RELEASE_BLOCKED])
        : files->n[RELEASE_MADE]
            ? str_fmt(a, "有%d份拟公开的文件已经遮盖，还没有人看过并确认", files->n[RELEASE_MADE])
        : files->n[RELEASE_OPEN]
            ? str_fmt(a, "有%d份拟公开的文件还没有遮盖，也没有写明无需遮盖", files->n[RELEASE_OPEN])
        : !all && !elsewhere ? S("还没有添加拟公开的文件；不附文件的，请写明在哪里、怎样获取")
                             : S("");
    return why->n == 0 && (elsewhere || given > 0);
}

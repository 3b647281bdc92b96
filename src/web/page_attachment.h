// The documents that an organ's changes rest on (机构变更依据文件): listed, added and downloaded.
#ifndef GONGKAI_WEB_PAGE_ATTACHMENT_H
#define GONGKAI_WEB_PAGE_ATTACHMENT_H

#include "app/attachment.h"
#include "web/desk.h"

bool page_organ_files(Request *r, Response *w, Err *err);
bool page_organ_files_send(Request *r, Response *w, Err *err);
// Any attachment in scope, as a download.
bool page_attachment(Request *r, Response *w, Err *err);

// --- what the views are given

typedef struct AttachmentView {
    Str href, name, kind, size; // 批复.pdf; PDF文档; 386 KB
    Str added;                  // 2026年4月1日 周衡
    bool private;
} AttachmentView;

typedef struct AttachmentViews {
    AttachmentView *v;
    size_t n, cap;
} AttachmentViews;

// Those added to one thing; for other pages to show with {{> attachment_list(&views)}}.
AttachmentViews attachment_views(Arena *a, const Attachments *all, int64_t noun_id);

typedef struct OrganChangeView {
    Str what, on, basis; // 更名：甲 → 乙; 2026年4月1日; 示编〔2026〕3号
    AttachmentViews files;
} OrganChangeView;

typedef struct OrganFilesPage {
    Desk desk;
    Str organ, organ_href, action;
    OrganChangeView *changes;
    size_t n;
    bool may_add;
    Form form;
} OrganFilesPage;

#endif

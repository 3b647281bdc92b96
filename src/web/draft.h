// Drafts of forms (store/draft.h) as pages have them: form_new fills a form from the viewer's
// draft, the button 保存草稿 and assets/desk.js send what is typed to /desk/drafts, and act_commit
// throws the draft away.
#ifndef GONGKAI_WEB_DRAFT_H
#define GONGKAI_WEB_DRAFT_H

#include "web/fields.h"

// Gives the form its name among the drafts, and for a GET fills it from the one there is. A draft
// that cannot be read is no reason not to show the form.
void draft_begin(Request *r, Form *f);

#endif
